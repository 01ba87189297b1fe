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
    const decoded = await get(`/errors/${encodeURIComponent(code)}?with_context=${withContext}`);
    equal(decoded.outcome, "known", code);
    equal(decoded.error.code, code);
    equal(decoded.alternatives.length, 0);
    ok(decoded.notes.every((note) => note.kind === "retired"), JSON.stringify(decoded.notes));
  }
}
equal((await get("/nothing")).outcome, "unknown");
// FastAPI's own response has a list in place of a message, in a body with only `detail`.
ok(["validation", "unknown"].includes((await get("/errors/x?with_context=maybe")).outcome));
console.log(`${decoder.codes().length} errors of a server read`);
