// Calls `kate-errors mcp` with the client of the protocol's SDK, which validates every message against the protocol's
// schema: node client.mjs NODE_MODULES COMMAND mcp CATALOG

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [nodeModules, command, ...args] = process.argv.slice(2);
const require = createRequire(`${nodeModules}/`);
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");
const Ajv = require("ajv/dist/2020").default;

const client = new Client({ name: "conformance", version: "1" });
await client.connect(new StdioClientTransport({ command, args }));
assert.equal(client.getServerVersion().name, "kate-errors");
assert.match(client.getInstructions(), /explain/);

const { tools } = await client.listTools();
assert.deepEqual(tools.map((tool) => tool.name), ["explain", "search", "list", "check"]);
const ajv = new Ajv({ formats: { uint: true, uint16: true } });
const accepts = new Map(tools.map((tool) => [tool.name, ajv.compile(tool.inputSchema)]));

// A tool accepts exactly what its schema accepts.
async function call(name, given, isAccepted = true) {
  assert.equal(accepts.get(name)(given), isAccepted, `${name}: ${JSON.stringify(given)}`);
  const result = await client.callTool({ name, arguments: given });
  assert.equal(result.content.length, 1);
  assert.equal(result.content[0].type, "text");
  return result;
}

async function answer(name, given) {
  const result = await call(name, given);
  assert.equal(result.isError, false, JSON.stringify(result));
  return result.structuredContent;
}

async function failure(name, given, isAccepted = true) {
  const result = await call(name, given, isAccepted);
  assert.equal(result.isError, true, JSON.stringify(result));
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  return result.structuredContent;
}

const errors = [];
for (let offset = 0; offset !== undefined; ) {
  const page = await answer("list", { offset, limit: 10 });
  errors.push(...page.errors);
  offset = page.next_offset;
}
assert.ok(errors.length >= 2);
for (const { code, status } of errors) {
  const explained = await answer("explain", { text: code });
  assert.ok(explained.errors.some((error) => error.code === code && error.status === status));
  const listed = await answer("list", { status });
  assert.ok(listed.errors.some((error) => error.code === code));
}
const [{ code, detail }] = errors;
const found = await answer("search", { words: `${detail} ${code}` });
assert.equal(found.errors[0].code, code);
assert.equal((await answer("check", {})).is_sound, true);
assert.equal((await answer("check", { text: "errors: [" })).is_sound, false);

assert.equal((await failure("explain", { text: "zzzzzz qqqqqq" })).code, "nothing_fits");
assert.equal((await failure("explain", {}, false)).code, "invalid_arguments");
assert.equal((await failure("list", { status: "404" }, false)).code, "invalid_arguments");
assert.equal((await failure("search", { word: "a" }, false)).code, "invalid_arguments");
await assert.rejects(client.callTool({ name: "delete", arguments: {} }));
await client.close();
console.log(`${args.at(-1)}: ${errors.length} errors explained`);
