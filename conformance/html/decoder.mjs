// Prints the decoder in JavaScript, which is `decoder.ts` without types and comments, for the script of the page:
// node decoder.mjs NODE_MODULES DECODER_TS
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, path] = process.argv.slice(2);
const ts = createRequire(`${resolve(modules)}/`)("typescript");
const source = readFileSync(path, "utf8");
const { outputText, diagnostics } = ts.transpileModule(source, {
  compilerOptions: { target: "ES2022", module: "ESNext", removeComments: true, newLine: "lf" },
  reportDiagnostics: true,
});
if (diagnostics.length > 0) {
  throw new Error(diagnostics.map(({ messageText }) => JSON.stringify(messageText)).join("\n"));
}
const hash = createHash("sha256").update(source).digest("base64");
process.stdout.write(`// Made from decoder.ts, sha256-${hash}. Do not edit.\n${outputText}`);
