// Pages are valid MDX: node mdx.mjs NODE_MODULES PAGE...

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, ...pages] = process.argv.slice(2);
const { compile } = await import(pathToFileURL(`${modules}/@mdx-js/mdx/index.js`));
for (const page of pages) {
  await compile({ path: page, value: readFileSync(page, "utf8") });
}
console.log(`${pages.length} pages are MDX`);
