// Shows a document in a real browser: node pages.mjs NODE_MODULES BROWSER DOCUMENT
//
// Swagger UI, Redoc and Scalar show the code of every error of every operation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";

const [modules, executablePath, documentPath] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");
const description = JSON.parse(readFileSync(documentPath, "utf8"));

const PAGES = {
  "Swagger UI": {
    script: `${modules}/swagger-ui-dist/swagger-ui-bundle.js`,
    start: `SwaggerUIBundle({ url: "/document", dom_id: "#page", docExpansion: "full" })`,
  },
  Redoc: {
    script: `${modules}/redoc/bundles/redoc.standalone.js`,
    start: `Redoc.init("/document", {}, document.getElementById("page"))`,
  },
  Scalar: {
    script: `${modules}/@scalar/api-reference/dist/browser/standalone.js`,
    start: `Scalar.createApiReference("#page", { url: "/document", telemetry: false })`,
  },
};

let page;
const server = createServer((request, response) => {
  const html = () =>
    `<!doctype html><title>x</title><div id="page"></div><script src="/script"></script><script>${page.start}</script>`;
  const bodies = {
    "/": ["text/html", html],
    "/document": ["application/json", () => JSON.stringify(description)],
    "/script": ["text/javascript", () => readFileSync(page.script)],
  };
  const [type, body] = bodies[request.url] ?? ["text/plain", () => ""];
  response.writeHead(bodies[request.url] ? 200 : 404, { "content-type": `${type}; charset=utf-8` });
  response.end(body());
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const codes = new Set();
for (const item of Object.values(description.paths)) {
  for (const operation of Object.values(item).filter((it) => it.responses)) {
    for (const response of Object.values(operation.responses)) {
      const name = response.$ref?.split("/").pop();
      const found = name === undefined ? response : description.components.responses[name];
      for (const code of found["x-kate-errors"] ?? []) codes.add(code);
    }
  }
}
assert.ok(codes.size > 5, "the document has codes");

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const [name, it] of Object.entries(PAGES)) {
  page = it;
  // Scalar renders only what is in view.
  const tab = await browser.newPage({ viewport: { width: 1400, height: 4000 } });
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  const shown = (codes) => codes.every((code) => document.body.innerText.includes(code));
  await tab.waitForFunction(shown, [...codes], { timeout: 30000 }).catch(() => assert.fail(`${name} hides codes`));
  console.log(`${name} shows ${codes.size} codes`);
}
await browser.close();
server.close();
