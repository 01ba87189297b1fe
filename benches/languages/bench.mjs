// The cost of decoding beside JSON.parse and a Map, in one process for catalogs of several sizes, and the cost of
// importing their modules: node bench.mjs NODE_MODULES FOLDER...
//
// A folder contains errors.ts and inputs.json, and is named after its number of errors.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [nodeModules, ...folders] = process.argv.slice(2);
const COUNT = 1024;
const ROUNDS = 100;
const BATCH = 32;

/** A small random number generator with the same sequence in every run (xorshift). */
function random() {
  let state = 0x9e3779b9;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

function chosen(all) {
  const below = random();
  return Array.from({ length: COUNT }, () => all[below(all.length)]);
}

const body = (detail) => JSON.stringify({ detail });
const plainOf = (list) => list.filter((it) => !it.has_values);
const valuesOf = (list) => list.filter((it) => it.has_values);

/** Compiles the module as TypeScript compilers do, and returns its path. */
function compiled(folder) {
  const ts = createRequire(`${resolve(nodeModules)}/`)("typescript");
  const options = { target: "ES2022", module: "ESNext" };
  const { outputText } = ts.transpileModule(readFileSync(join(folder, "errors.ts"), "utf8"), { compilerOptions: options });
  const path = resolve(folder, "errors.mjs");
  writeFileSync(path, outputText);
  return path;
}

/** Returns the pattern of a message with values. */
function patternOf(detail) {
  const escaped = detail.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\\\{\w+\\\}/g, "(.+?)")}$`);
}

/** Returns the benchmarks of a catalog, each with its inputs, our function and the peer's. */
function works(decode, inputs) {
  const byDetail = new Map(plainOf(inputs).map(({ code, detail }) => [detail, code]));
  const patterns = valuesOf(inputs).map(({ code, detail }) => [patternOf(detail), code]);
  const simple = ({ body }) => byDetail.get(JSON.parse(body).detail) ?? null;
  const thorough = ({ body }) => {
    const { detail } = JSON.parse(body);
    const code = byDetail.get(detail);
    return code ?? patterns.find(([pattern]) => pattern.test(detail))?.[1] ?? null;
  };
  const ours = ({ status, body }) => decode(status, body).code;
  const given = (list, change = (it) => it) => chosen(list).map((it) => change({ ...it, body: body(it.message) }));
  const plain = given(plainOf(inputs));
  const values = given(valuesOf(inputs));
  const unknown = (it) => ({ ...it, code: null, body: body(`${it.message.slice(0, -3)} or not`) });
  const spaced = (it) => ({ ...it, body: `{ "detail": ${JSON.stringify(it.message)} }\n` });
  // The processor's caches hold all that one message needs: what still grows is work.
  const one = (list) => list.map(() => list.at(-1));
  return {
    "without values": [plain, ours, simple],
    "one message without values": [one(plain), ours, simple],
    "without values, blanks around the members": [plain.map(spaced), ours, simple],
    "with values": [values, ours, simple],
    "one message with values": [one(values), ours, simple],
    "with values / a list of patterns": [values, ours, thorough],
    "unknown": [given(plainOf(inputs), unknown), ours, simple],
    "unknown, with values": [given(valuesOf(inputs), unknown), ours, simple],
  };
}

let sink = 0;

/** Returns how long some inputs take, in nanoseconds. Their bodies are new strings, like those of responses. */
function time(list, work) {
  const inputs = list.map((it) => ({ ...it, body: Buffer.from(it.body).toString("latin1") }));
  const started = process.hrtime.bigint();
  for (const input of inputs) {
    sink += work(input) === null ? 0 : 1;
  }
  return Number(process.hrtime.bigint() - started);
}

/** Sums the shortest times of small batches, so that other load on the machine has little effect. */
function shortest(list, works) {
  const batches = Array.from({ length: list.length / BATCH }, (_, at) => list.slice(at * BATCH, (at + 1) * BATCH));
  const best = works.map(() => batches.map(() => Infinity));
  return {
    round: () => batches.forEach((batch, at) => works.forEach((work, side) => {
      best[side][at] = Math.min(best[side][at], time(batch, work));
    })),
    result: () => best.map((times) => times.reduce((sum, it) => sum + it, 0) / list.length),
  };
}

const catalogs = [];
for (const folder of folders) {
  const { decode } = await import(pathToFileURL(compiled(folder)).href);
  const inputs = JSON.parse(readFileSync(join(folder, "inputs.json"), "utf8"));
  catalogs.push({ works: works(decode, inputs) });
}

for (const name of Object.keys(catalogs[0].works)) {
  const measured = catalogs.map(({ works }) => {
    const [list, ours, theirs] = works[name];
    const isPeerOf = (it) => theirs(it) === it.code || name.endsWith("with values");
    if (!list.every((it) => ours(it) === it.code && isPeerOf(it))) {
      throw new Error(`${name}: read as another error`);
    }
    return shortest(list, [ours, theirs]);
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.forEach((it) => it.round());
  }
  const results = measured.map((it) => it.result());
  const cells = results.map(([ours, theirs]) => `${ours.toFixed(0)} / ${theirs.toFixed(0)} = ${(ours / theirs).toFixed(2)}`);
  const growth = [0, 1].map((side) => (results.at(-1)[side] / results[0][side]).toFixed(2));
  console.log(`| TypeScript, ${name} | ${cells.join(" | ")} | ${growth.join(", peer ")} |`);
}

/** Returns the CPU times of importing the module and of the first decoding, in ms: the minimum of several processes. */
function importTimes(path) {
  const url = JSON.stringify(pathToFileURL(path).href);
  const script = `const started = process.cpuUsage(); const { decode } = await import(${url}); const imported = process.cpuUsage();
    const spent = (from, to) => (to.user + to.system - from.user - from.system) / 1000;
    decode(404, '{"detail":"x"}'); console.log(spent(started, imported), spent(imported, process.cpuUsage()));`;
  const run = () => execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
  const runs = Array.from({ length: 7 }, () => run().trim().split(" ").map(Number));
  return [0, 1].map((at) => Math.min(...runs.map((it) => it[at])));
}

const times = folders.map((folder) => importTimes(resolve(folder, "errors.mjs")).map((it) => it.toFixed(1)).join(" + "));
console.log(`| TypeScript, import + first decode, CPU ms | ${times.join(" | ")} | |`);
if (sink === 0) {
  throw new Error("nothing was read");
}
