// What editors show: asks the TypeScript language service about a module: node hover.mjs NODE_MODULES
import { ok } from "node:assert/strict";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const ts = createRequire(`${resolve(process.argv[2])}/`)("typescript");
const EDITED = resolve("edited.ts");
// A bar marks the end of each name that is hovered over.
const marked = `import { decode, KateException, throwIfError, type RunNotFound, type KateErrorOf } from "./kate.js";
const decoded = decode|(404, "", { operation: "subscribe" });
if (decoded.outcome === "known" && decoded.error.code === "run_not_found") {
  decoded.error.code|;
}
export function shown(error: RunNotFound|, other: KateErrorOf|<"subscribe">): string {
  return other.code === "already_subscribed" ? error.code : new KateException|(decoded).message;
}
export const check = throwIfError|;
if (decoded.outcome === "known" && decoded.error.code === "subscription_insufficient_token_balance") {
  console.log(decoded.error.context?.required|);
}
declare const console: { log(it: unknown): void };
`;
const [text, ...places] = marked.split("|").reduce(
  ([all, ...found], part, at) => [all + part, ...found, ...(at === 0 ? [] : [all.length - 1])],
  [""],
);
const options = { ...ts.readConfigFile("tsconfig.json", ts.sys.readFile).config.compilerOptions };
const { options: parsed } = ts.convertCompilerOptionsFromJson(options, ".");
const host = {
  getScriptFileNames: () => [EDITED],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const content = name === EDITED ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => resolve("."),
  getCompilationSettings: () => parsed,
  getDefaultLibFileName: (it) => ts.getDefaultLibFilePath(it),
  fileExists: (name) => name === EDITED || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
};
const service = ts.createLanguageService(host);
const hovers = places.map((at) => {
  const info = service.getQuickInfoAtPosition(EDITED, at);
  return `${ts.displayPartsToString(info?.displayParts)}\n${ts.displayPartsToString(info?.documentation)}`;
});
const EXPECTED = [
  ["decode", "Decodes a response. It never throws"],
  ["(property) RunNotFound.code", "404 Not Found: Run not found", "Cause: Invalid run ID", "Fix: Check the run ID"],
  ["interface RunNotFound", "404 Not Found: Run not found", "Fix: Check the run ID"],
  ["KateErrorOf", "The errors that an operation responds with"],
  ["KateException", "An error response as an exception"],
  ["throwIfError", "Returns the response if it is not an error"],
  ["TokenBalance.required", "Integer"],
];
ok(hovers.length === EXPECTED.length, `${hovers.length} places`);
EXPECTED.forEach((texts, at) => texts.forEach((it) => ok(hovers[at].includes(it), `${it} is missing in:\n${hovers[at]}`)));
const wrong = service.getSemanticDiagnostics(EDITED).map((it) => ts.flattenDiagnosticMessageText(it.messageText, "\n"));
ok(wrong.length === 0, wrong.join("\n"));
console.log(`${hovers.length} places show documentation`);
