// Reads pasted texts as the box of a page does: node pasted.mjs MODULE PASTED CATALOG
//
// MODULE is the script of the page up to what it does with the page, and exports `readPasted`.
import { deepStrictEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [module, pasted, catalog] = process.argv.slice(2);
const { readPasted } = await import(pathToFileURL(resolve(module)).href);
for (const { text, code, values, similar } of JSON.parse(readFileSync(pasted, "utf8"))[catalog]) {
  const decoded = readPasted(text, {});
  equal(decoded.outcome === "known" ? decoded.error.code : null, code, text);
  if (values !== undefined) {
    const all = Object.entries({ ...decoded.error.values, ...decoded.error.context });
    deepStrictEqual(Object.fromEntries(all.map(([name, value]) => [name, String(value)])), values, text);
  }
  if (similar !== undefined) {
    deepStrictEqual((decoded.similar ?? []).slice(0, 1).map((row) => row.code), similar, text);
  }
}
