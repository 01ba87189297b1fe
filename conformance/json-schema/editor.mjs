// What editors show for a catalog, according to yaml-language-server over its protocol:
// node editor.mjs NODE_MODULES SCHEMA CATALOG...

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, schemaPath, ...catalogs] = process.argv.slice(2);
const program = `${modules}/yaml-language-server/bin/yaml-language-server`;
const child = spawn("node", [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
let buffer = Buffer.alloc(0);
let last = 0;

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function request(method, params) {
  last += 1;
  send({ id: last, method, params });
  return new Promise((resolve) => waiting.set(last, resolve));
}

child.stdout.on("data", (bytes) => {
  buffer = Buffer.concat([buffer, bytes]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, Math.max(end, 0)))?.[1]);
    if (end < 0 || buffer.length < end + 4 + length) return;
    const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length));
    buffer = buffer.subarray(end + 4 + length);
    if (message.method === undefined) {
      assert.equal(message.error, undefined);
      waiting.get(message.id)(message.result);
    } else if (message.id !== undefined) {
      send({ id: message.id, result: message.params?.items?.map(() => null) ?? null });
    }
  }
});

let opened = 0;
/** Opens a catalog in which `|` marks the cursor. */
function open(text) {
  opened += 1;
  const uri = `file:///catalog-${opened}.yaml`;
  const full = `# yaml-language-server: $schema=${pathToFileURL(schemaPath)}\n${text}`;
  const before = full.split("|")[0].split("\n");
  const document = { uri, languageId: "yaml", version: 1, text: full.replace("|", "") };
  send({ method: "textDocument/didOpen", params: { textDocument: document } });
  return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1).length } };
}

const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
const completionItem = { snippetSupport: true, documentationFormat: ["markdown"] };
const textDocument = { hover: { contentFormat: ["markdown"] }, completion: { completionItem } };
await request("initialize", { processId: null, rootUri: null, capabilities: { textDocument } });
send({ method: "initialized", params: {} });

// Hovering over a field shows the schema's description of the field, and not the one of texts.
const { properties } = schema.definitions.error;
const plain = (text) => text.replace(/[\\`]/g, "").replace(/\s+/g, " ");
let hovered = 0;
for (const path of catalogs) {
  const text = readFileSync(path, "utf8").replace(/^# yaml-language-server.*\n/, "").replaceAll("|", "/");
  const seen = new Set();
  for (const match of text.matchAll(/^ {8}([a-z_]+):|^ {6}- (code):/gm)) {
    const name = match[1] ?? match[2];
    if (seen.has(name) || properties[name] === undefined) continue;
    seen.add(name);
    const at = match.index + match[0].length - 2;
    const hover = await request("textDocument/hover", open(`${text.slice(0, at)}|${text.slice(at)}`));
    const shown = plain(hover?.contents?.value ?? "");
    assert.ok(shown.includes(plain(properties[name].description)), `${path}: ${name} shows ${shown}`);
    hovered += 1;
  }
}
assert.ok(hovered > 8, `only ${hovered} fields`);

// Fields are completed with a colon, and values are the known ones.
const HEAD = "catalog: Kate\nstatuses:\n  404: { name: Not Found, description: x }\nsections:\n  - name: A\n    errors:\n";
const complete = async (text) => {
  const list = await request("textDocument/completion", open(text));
  return (list.items ?? list).map((item) => [item.label, item.textEdit?.newText ?? item.insertText]);
};
const PLACES = [
  ["|", Object.keys(schema.properties)],
  ["catalog: Kate\nstatuses:\n  404:\n    |", Object.keys(schema.definitions.status.properties)],
  ["catalog: Kate\nsections:\n  - |", Object.keys(schema.definitions.section.properties)],
  [`${HEAD}      - |`, Object.keys(properties)],
  [`${HEAD}      - code: a\n        params:\n          id:\n            |`, ["type", "one_of", "description", "example"]],
];
for (const [text, names] of PLACES) {
  const items = new Map(await complete(text));
  for (const name of names) {
    const inserted = items.get(name);
    assert.ok(inserted?.startsWith(`${name}:`), `${JSON.stringify(text)}: ${name} inserts ${inserted}`);
  }
}
const envelopes = (await complete("catalog: Kate\nwire:\n  use: |")).map(([label]) => label);
assert.ok(envelopes.includes("problem"), envelopes.join());
console.log(`yaml-language-server: ${hovered} fields hovered, ${PLACES.length} places completed`);
child.kill();
process.exit(0);
