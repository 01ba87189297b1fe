// Reads every vector with a generated decoder: node vectors.mjs MODULE VECTORS
import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modulePath, vectorsPath] = process.argv.slice(2);
const decoder = await import(pathToFileURL(resolve(modulePath)).href);
const { vectors } = JSON.parse(readFileSync(vectorsPath, "utf8"));
ok(vectors.length > 100, "there are vectors");

const texts = (values) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));

/** What was read, in the words of the vectors. */
function reading(received) {
  if (received.found === "unknown") {
    return { found: "unknown", reason: received.reason };
  }
  if (received.found !== "known") {
    return { found: received.found };
  }
  const { error, alternatives, findings } = received;
  return {
    found: "known",
    code: error.code,
    values: texts(error.values),
    context_values: error.context ? texts(error.context) : null,
    alternatives: alternatives.map((alternative) => alternative.code),
    findings,
  };
}

let read = 0;
let failed = 0;
for (const { name, status, body, body_base64, expect } of vectors) {
  // A body that is not UTF-8 does not come as text.
  if (body === undefined) {
    ok(body_base64 !== undefined, name);
    continue;
  }
  const received = decoder.decode(status, body);
  try {
    deepStrictEqual(received.body, body);
    deepStrictEqual(received.status, status);
    deepStrictEqual(reading(received), expect);
    // What was read is what was sent, unless the wording is a former one.
    const sentence = expect.found === "known" ? JSON.parse(body.replace("\ufeff", "")).detail : "";
    const isFormer = expect.findings?.some((finding) => finding.kind === "former_wording");
    if (expect.found === "known" && !isFormer) {
      deepStrictEqual(decoder.detail(received.error), sentence);
    }
    read += 1;
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${body.slice(0, 200)}\n${error.message}\n`);
  }
}
console.log(`${read} vectors read, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
