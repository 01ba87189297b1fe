// Reads the lists in bodies with a generated decoder: node fields.mjs MODULE CASES CATALOG
import { deepStrictEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modulePath, casesPath, catalog] = process.argv.slice(2);
const { decode, fields, others } = await import(pathToFileURL(resolve(modulePath)).href);
const cases = JSON.parse(readFileSync(casesPath, "utf8")).filter((it) => it.catalog === catalog);
ok(cases.length > 0, "there are cases");

const parts = (decoded) => fields(decoded).map(({ loc, path, pointer, code, message }) => [loc, path, pointer, code, message]);

/** Returns the fields that a body lists, and its further errors with their fields and bodies. */
function listed(decoded) {
  const further = others(decoded);
  ok(further.every(({ status, body }) => status === decoded.status && typeof body === "string"));
  ok(further.length > 0 || !decoded.notes?.some(({ kind }) => kind === "more_errors"), "the note says that there are more");
  return { fields: parts(decoded), others: further.map((it) => [it.error?.code ?? null, parts(it), it.body]) };
}

let failed = 0;
for (const { status, body, header, is_text: isText, fields, others } of cases) {
  try {
    const bodies = [body, Buffer.from(body), ...(isText ? [] : [JSON.parse(body)])];
    for (const given of bodies) {
      const decoded = decode(status, given, { errorCode: header });
      const found = listed(decoded);
      // What was parsed has lost its spelling.
      const isText = typeof given === "string" || Buffer.isBuffer(given);
      const expected = isText ? others : others.map(([code, fields], at) => [code, fields, found.others[at]?.[2]]);
      deepStrictEqual(found, { fields, others: expected });
    }
    // What was decoded can be stored as JSON.
    const decoded = decode(status, body, { errorCode: header });
    deepStrictEqual(listed(JSON.parse(JSON.stringify(decoded))), { fields, others });
  } catch (error) {
    failed += 1;
    console.error(`${body.slice(0, 200)}\n${error.message}\n`);
  }
}

// No value makes them throw.
const trap = new Proxy({}, { get: () => { throw new Error("a trap"); }, ownKeys: () => { throw new Error("a trap"); } });
const cycle = {};
cycle.errors = [cycle, cycle];
cycle.fields = [cycle];
for (const body of [undefined, null, 0, 1n, "", "{", [], {}, trap, cycle, Symbol("x"), () => 0, Buffer.from([255]), { errors: [1n] }]) {
  deepStrictEqual(listed(decode(422, body)), { fields: [], others: [] });
}
console.log(`${cases.length} bodies read, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
