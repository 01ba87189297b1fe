// Passes arbitrary values to a generated decoder: node never_throws.mjs MODULE
import { ok, deepStrictEqual } from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { decode, fields, others, codes, info, detail, redacted } = await import(pathToFileURL(resolve(process.argv[2])).href);

const fail = () => {
  throw new Error("a trap");
};
const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf"];
const proxies = traps.map((name) => new Proxy({ detail: "x" }, { [name]: fail }));
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const cycle = { detail: "x", errors: [], fields: [] };
Object.assign(cycle, { detail: cycle, error: cycle, errors: [cycle], fields: [cycle] });
let deep = { detail: "x" };
for (let at = 0; at < 100_000; at += 1) {
  deep = { detail: deep, error: deep };
}
const hostile = [
  undefined, null, true, 0, -0, NaN, Infinity, -1, 404.5, 2 ** 64, 10n, Symbol("x"), fail, class {}, new Date(NaN), /x/,
  "", " ", "{", "[", '"', "{}", "null", "\ud800", '{"detail":"\ud800"}', '{"detail":"\\ud800"}', '{"detail":null}', "\ufeff{}",
  '{"detail":"x","detail":"y"}', '{"__proto__":{"detail":"x"}}', '{"detail":{"__proto__":1}}', "\u0000", "toString", "constructor",
  '{"detail":1e999999}', `{"detail":${"9".repeat(100_000)}}`, `{"detail":"${"x".repeat(1_000_000)}"}`,
  `{"detail":"${"1".repeat(64_000)}"}`, "[".repeat(1_000_000), '{"detail":'.repeat(100_000), `{"detail":${"[".repeat(200_000)}`,
  [], {}, [[]], { detail: 1n }, { detail: Symbol("x") }, { detail: undefined }, Object.create(null), Object.freeze({ detail: "x" }),
  { get detail() { return fail(); } }, { toJSON: fail, detail: [1n] }, { toString: fail, [Symbol.toPrimitive]: fail }, cycle, deep,
  { detail: cycle }, { detail: [cycle] }, { detail: deep }, { detail: [{ loc: cycle, msg: 1n, type: Symbol("x") }] },
  { errors: proxies }, { error: proxies[0] }, { detail: proxies[0] }, { detail: proxies }, { detail: [revoked] },
  new Map([["detail", "x"]]), new Set(), new Error("x"), Promise.resolve(), new WeakMap(), new Proxy([], { get: fail }),
  Buffer.from([255, 254, 0]), new Uint8Array(0), new ArrayBuffer(3), new DataView(new ArrayBuffer(2)), new Float64Array([NaN]),
  new SharedArrayBuffer(4), structuredClone(new Uint8Array([123, 125])), new String('{"detail":"x"}'), new Number(404), revoked,
  ...proxies,
];
const scopes = hostile.flatMap((it) => [it, { operation: it }, { section: it }, { errorCode: it }]);
const REASONS = new Set(["known", "validation", "unknown", "not_an_error"]);

let read = 0;
function check(status, body, scope) {
  const decoded = decode(status, body, scope);
  ok(REASONS.has(decoded.outcome), decoded.outcome);
  ok(Object.is(decoded.body, body) && Object.is(decoded.status, status));
  ok(Array.isArray(fields(decoded)) && Array.isArray(others(decoded)));
  read += 1;
  return decoded;
}

for (const body of hostile) {
  hostile.forEach((status) => check(status, body));
  for (const status of [200, 302, 402, 404, 422, 500]) {
    check(status, body);
  }
}
for (const scope of scopes) {
  check(404, '{"detail":"x"}', scope);
}

// Nearly valid texts: each is cut, duplicated and altered at random places, with the same sequence in every run.
let state = 1;
const below = (bound) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return state % bound;
};
const PIECES = ['"', "\\", "{", "}", "[", "]", ":", ",", "\\u0000", "\ud800", "\udc00", "\ufffd", "1", "-", "e9", "null", " ", "\n", "\0", "é", "😀", "__proto__"];
for (const code of codes()) {
  const text = JSON.stringify({ detail: info(code).detail, error: { code, message: info(code).detail, type: code }, code });
  for (let round = 0; round < 50; round += 1) {
    let body = text;
    for (let change = below(4); change >= 0; change -= 1) {
      const at = below(body.length + 1);
      body = body.slice(0, at) + PIECES[below(PIECES.length)].repeat(1 + below(3)) + body.slice(at + below(3));
    }
    const decoded = check(info(code).status, body);
    deepStrictEqual(typeof JSON.stringify({ ...decoded, body: null }), "string");
    structuredClone(decoded);
    if (decoded.outcome === "known") {
      ok(typeof detail(decoded.error) === "string" && typeof redacted(decoded.error) === "string");
    }
  }
}
console.log(`${read} responses read, and nothing was thrown`);
