// Reads every vector with a generated decoder: node vectors.mjs MODULE VECTORS
import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modulePath, vectorsPath] = process.argv.slice(2);
const decoder = await import(pathToFileURL(resolve(modulePath)).href);
const { vectors, written } = JSON.parse(readFileSync(vectorsPath, "utf8"));
ok(vectors.length > 5, "there are vectors");

const texts = (values) =>
  Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]));

/** Returns what was decoded in the format of the vectors. */
function reading(decoded) {
  if (decoded.outcome === "unknown") {
    const { outcome, reason, named, code } = decoded;
    return { outcome, reason, named, ...(code === null ? {} : { code }) };
  }
  if (decoded.outcome !== "known") {
    return { outcome: decoded.outcome };
  }
  const { code, error, alternatives, notes } = decoded;
  deepStrictEqual(error.code, code);
  return {
    outcome: "known",
    code,
    values: texts(error.values),
    context_values: error.context ? texts(error.context) : null,
    alternatives: alternatives.map((alternative) => alternative.code),
    notes,
  };
}

let failed = 0;
function compare(name, text, check) {
  try {
    check();
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${text.slice(0, 200)}\n${error.message}\n`);
  }
}

function read({ status, body, body_base64, operation, section, error_code: errorCode, expect }) {
  const given = body ?? Buffer.from(body_base64, "base64");
  const scope = { operation, section, errorCode };
  const decoded = decoder.decode(status, given, scope);
  deepStrictEqual(decoded.body, given);
  deepStrictEqual(decoded.status, status);
  deepStrictEqual(reading(decoded), expect);
  // What was decoded can be stored as JSON.
  deepStrictEqual(reading(JSON.parse(JSON.stringify(decoded))), expect);
  const bytes = Buffer.from(given);
  deepStrictEqual(reading(decoder.decode(status, bytes, scope)), expect);
  deepStrictEqual(reading(decoder.decode(status, new Uint8Array(bytes).buffer, scope)), expect);
  if (expect.outcome === "known") {
    // Parsers remove a byte order mark.
    const parsed = JSON.parse(body.replace("\ufeff", ""));
    const notes = expect.notes.filter(({ kind }) => kind !== "byte_order_mark");
    deepStrictEqual(reading(decoder.decode(status, parsed, scope)), { ...expect, notes });
    // The decoded message is the one that was sent, unless that is a former or another one.
    if (!expect.notes.some(({ kind }) => kind === "former_message" || kind === "other_message")) {
      const isText = typeof parsed.detail === "string" && !/[\ud800-\udfff]/u.test(parsed.detail);
      deepStrictEqual(decoder.detail(decoded.error), isText ? parsed.detail : decoder.detail(decoded.error));
      // If a message is any text, other servers may have sent characters that no value can contain.
      const texts = Object.values(decoded.error.values ?? {}).map(String).join("");
      const isFree = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u.test(texts);
      deepStrictEqual(decoder.sanitizedParameters(decoded.error), isFree ? ["detail"] : []);
    }
  }
}

for (const vector of vectors) {
  compare(vector.name, vector.body ?? vector.body_base64, () => read(vector));
}
for (const { name, error: named, code, without_code: isWithout, values, context_values: context, detail, sanitized, body } of written) {
  const error = { code, ...(named === undefined ? {} : { name: named }), values, ...(context === null ? {} : { context }) };
  compare(name, detail, () => {
    deepStrictEqual(decoder.detail(error), detail);
    deepStrictEqual(decoder.sanitizedParameters(error), sanitized);
    const { error: read, alternatives } = decoder.decode(decoder.info(error).status, body, { errorCode: isWithout ? undefined : code });
    ok([read, ...alternatives].some((it) => it.code === code && it.name === named), JSON.stringify(read));
  });
}

// No value makes it throw.
const trap = new Proxy({}, { get: () => { throw new Error("a trap"); }, getOwnPropertyDescriptor: () => { throw new Error("a trap"); } });
const things = [undefined, null, 0, NaN, 1n, true, "", "{", [], {}, trap, Symbol("x"), () => 0, new Date(), new Map(), Object.create(null), Buffer.from([255]), new DataView(new ArrayBuffer(2)), new Uint16Array(2)];
for (const body of things) {
  for (const other of [404, ...things]) {
    for (const scope of [other, { operation: other, section: other, errorCode: other }, { operation: "toString" }, { section: "__proto__" }]) {
      const { outcome, reason } = decoder.decode(other, body, scope);
      ok(outcome === "unknown" && reason !== undefined, String(outcome));
    }
  }
}
console.log(`${vectors.length} vectors read, ${written.length} written, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
