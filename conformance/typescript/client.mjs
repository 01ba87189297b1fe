// Reads every error of a real server with a generated decoder: node client.mjs MODULE URL
import { equal, ok } from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modulePath, url] = process.argv.slice(2);
const decoder = await import(pathToFileURL(resolve(modulePath)).href);

async function get(path) {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
  const errorCode = response.headers.get("x-error-code");
  return decoder.decode(response.status, await response.text(), { errorCode: errorCode ?? undefined });
}

for (const code of decoder.codes()) {
  for (const withContext of [false, true]) {
    const received = await get(`/errors/${code}?with_context=${withContext}`);
    equal(received.found, "known", code);
    equal(received.error.code, code);
    equal(received.alternatives.length, 0);
    ok(received.findings.every((finding) => finding.kind === "retired"), JSON.stringify(received.findings));
  }
}
equal((await get("/nothing")).found, "unknown");
equal((await get("/errors/x?with_context=maybe")).found, "validation");
console.log(`${decoder.codes().length} errors of a server read`);
