// Reads pasted texts as the page does.
//
//   node pasted.mjs cases MODULE PASTED CATALOG    compares the results with the cases of a catalog
//   node pasted.mjs make VECTORS PASTED COUNT      prints generated texts, one JSON string per line
//   node pasted.mjs read MODULE                    prints the results for each line of standard input
//
// MODULE is the part of the page's script that does not use the page, and exports `readPasted`, `readAll` and `nameOf`.
// The output of `read` equals that of `kate-errors explain --each` for the same lines.
import { deepStrictEqual, equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [command, ...rest] = process.argv.slice(2);
await { cases, make, read }[command](...rest);

function load(module) {
  return import(pathToFileURL(resolve(module)).href);
}

function lines(path) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line !== "");
}

function texts(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function shown({ kind, rows, decoded, status, operation, line }, nameOf) {
  const { error, outcome } = decoded ?? {};
  const values = outcome === "known" ? texts({ ...error.values, ...error.context }) : null;
  return { kind, rows: rows.map(nameOf), values, status, operation: operation ?? null, line };
}

async function cases(module, pasted, catalog) {
  const { readPasted, readAll, nameOf } = await load(module);
  for (const { text, code, values, similar, found } of JSON.parse(readFileSync(pasted, "utf8"))[catalog]) {
    const decoded = readPasted(text, {});
    if (found === undefined) {
      equal(decoded.outcome === "known" ? decoded.error.code : null, code, text);
    } else {
      const all = readAll(text).map((it) => [it.kind, it.status, it.rows.map(nameOf).join(" ")]);
      deepStrictEqual(all, found, text);
    }
    if (values !== undefined) {
      deepStrictEqual(texts({ ...decoded.error.values, ...decoded.error.context }), values, text);
    }
    if (similar !== undefined) {
      deepStrictEqual((decoded.similar ?? []).slice(0, 1).map((row) => row.code), similar, text);
    }
  }
}

async function read(module) {
  const { readAll, nameOf } = await load(module);
  const all = lines(0).map((line) => JSON.stringify(readAll(JSON.parse(line)).map((it) => shown(it, nameOf))));
  process.stdout.write(all.map((line) => `${line}\n`).join(""));
}

/** A random number generator with the same sequence in every run (mulberry32). */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Makes texts from responses: as on the wire, in logs, truncated, several at once, or as clients print them. */
function make(vectors, pasted, count) {
  // Node.js before 21 loses digits of larger numbers.
  const read = readFileSync(vectors, "utf8").replace(/[0-9]{16,}/g, "9007199254740991");
  const all = JSON.parse(read).vectors.filter(({ body }) => typeof body === "string");
  const texts = Object.values(JSON.parse(readFileSync(pasted, "utf8"))).flat().map(({ text }) => text);
  const next = random(all.length);
  const pick = (list) => list[next(list.length)];
  const messageOf = (body) => pick([...body.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1])) ?? body;
  const codes = all.map(({ expect }) => expect.code).filter((code) => typeof code === "string");
  const route = () => pick([
    "POST /artifacts/77/query", "GET /agents/1/runs/7/spans", "POST /api/v1/artifacts/77/subscribe", "POST /artifacts/upload",
    "GET http://localhost:8000/artifacts/9/query", "DELETE /nothing", "GET /", "PUT /artifacts/77/query?x=1",
  ]);
  const one = () => {
    const { status, body, error_code: code } = pick(all);
    const field = code === undefined ? "" : `x-error-code: ${code}\r\n`;
    const quoted = JSON.stringify(body);
    return pick([
      () => body,
      () => messageOf(body),
      () => `HTTP/1.1 ${status} Some Reason\r\ncontent-type: application/json\r\n${field}\r\n${body}\r\n`,
      () => `< HTTP/2 ${status} \n< ${field.trim()}\n< \n${body}`,
      () => `> ${route()} HTTP/1.1\n> host: x\n>\n< HTTP/1.1 ${status}\n< a: b\n<\n${body}`,
      () => `2026-11-27T04:00:0${next(10)}Z ERROR ${route()} status=${status} body=${body} took=12`,
      () => `${route()} status=${status} body=${quoted} took=12ms`,
      () => `level=error method=${route().replace(" ", " path=")} status=${status} body=${quoted}`,
      () => JSON.stringify({ method: "POST", url: route().split(" ")[1], status, response: { body } }),
      () => JSON.stringify({ level: "error", headers: { "x-error-code": pick(codes) ?? "" }, body }),
      () => `{"response": ${body}, "statusCode": ${status}}`,
      () => `[${body}, ${body}]`,
      () => body.slice(0, next(body.length + 1)),
      () => `body=${quoted.slice(0, next(quoted.length + 1))}`,
      () => `ERROR call failed: ${messageOf(body)} (took 12 ms)`,
      () => `{'detail': '${messageOf(body)}'}`,
      () => `${status} ${body}`,
      () => pick(codes) ?? "",
      () => (pick(codes) ?? "").toUpperCase(),
      () => (pick(codes) ?? "").replaceAll("_", "-"),
      () => `error=${pick(codes)} status=${status}`,
      () => `x-error-code: ${pick(codes)}`,
      () => pick([
        `status ${status}`, `${status}`, `HTTP ${status}`, `Request failed with status code ${status}`,
        `HTTP status client error (${status} Not Found) for url (http://localhost:8000/artifacts/7/query)`,
        `requests.exceptions.HTTPError: ${status} Client Error: Not Found for url: http://localhost:8000/runs/7`,
        `httpx.HTTPStatusError: Client error '${status} Not Found' for url 'http://localhost/runs/7'`,
        `urllib.error.HTTPError: HTTP Error ${status}: Not Found`, `curl: (22) The requested URL returned error: ${status}`,
        `10.0.0.1 - - [27/Nov/2026:04:00:00 +0000] "${route()} HTTP/1.1" ${status} 153`, `${route()} ${status} 12.3 ms - 153`,
      ]),
      () => `<!DOCTYPE html>\n<html><head><title>${pick([502, 503, 504, 413])} Bad Gateway</title></head>\n<body>nginx</body></html>`,
      () => `{"detail":[{"loc":["body","${pick(codes)}"],"msg":"Field required","type":"missing"}]}`,
      () => pick(texts),
    ])();
  };
  const spoiled = (text) => {
    const at = next(text.length + 1);
    return pick([
      () => text.slice(0, at) + pick(['"', "'", "{", "}", "[", "]", "\\", "\n", " ", ":", "é", "😀", "_", "4"]) + text.slice(at),
      () => text.slice(0, at) + text.slice(at + 1 + next(4)),
      () => text.slice(at),
    ])();
  };
  for (let index = 0; index < Number(count); index += 1) {
    let text = one();
    if (next(4) === 0) {
      text += pick(["\n", "\n\n", " ", "\r\n2026-11-27 04:00:00 "]) + one();
    }
    if (next(5) === 0) {
      text = spoiled(text);
    }
    // The page reads as much of a text as the command reads at once.
    process.stdout.write(`${JSON.stringify(text.slice(0, 20_000).toWellFormed())}\n`);
  }
}
