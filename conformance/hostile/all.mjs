// Reads the vectors of every hostile catalog, and compares the results with what they expect: node all.mjs
import { deepStrictEqual, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";

let read = 0;
const texts = (values) =>
  values === null || values === undefined
    ? null
    : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
for (const name of readdirSync(".").filter((name) => name.endsWith(".vectors.json"))) {
  const decoder = await import(`./out/${name.replace(".vectors.json", ".js")}`);
  for (const { name: vector, status, body, operation, section, error_code: errorCode, expect } of JSON.parse(readFileSync(name, "utf8")).vectors) {
    if (body === undefined) {
      continue;
    }
    const decoded = decoder.decode(status, body, { operation, section, errorCode });
    deepStrictEqual(decoded.outcome, expect.outcome, `${name}: ${vector}`);
    if (decoded.outcome === "known") {
      deepStrictEqual(decoded.error.code, expect.code, `${name}: ${vector}`);
      deepStrictEqual(texts(decoded.error.values) ?? {}, expect.values, `${name}: ${vector}`);
      deepStrictEqual(texts(decoded.error.context), expect.context_values, `${name}: ${vector}`);
    }
    read += 1;
  }
}
ok(read > 5000, `${read} vectors`);
console.log(`${read} vectors of hostile catalogs read by TypeScript`);
