// How to use the module of the Kate catalog: compilers check this file, and it is run.
import {
  cause, decode, detail, fields, fix, info, isErrorOf, KateException, others, throwIfError, unreachable, type FieldError,
  type Integer, type KateError, type KateErrorOf, type RunNotFound,
} from "./kate.js";
import * as jobs from "./jobs.js";
import * as tokens from "./code_and_detail.js";

declare function structuredClone<Value>(value: Value): Value;
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

function equal(found: unknown, expected: unknown): void {
  if (found !== expected) {
    throw new Error(`${String(found)} instead of ${String(expected)}`);
  }
}

function missingTokens(status: number, body: string): bigint | null {
  const decoded = decode(status, body, { operation: "subscribe" });
  if (decoded.outcome !== "known") {
    return null;
  }
  const { error } = decoded;
  switch (error.code) {
    case "subscription_insufficient_token_balance":
      return error.context === null ? null : BigInt(error.context.required) - BigInt(error.context.available);
    default:
      return 0n;
  }
}

/** Every code has a case, which the compiler checks. */
export function isOurs(error: KateError): boolean {
  switch (error.code) {
    case "invalid_api_key":
    case "missing_authorization_header":
    case "token_expired":
    case "artifact_not_found":
    case "artifact_already_has_a_draft":
    case "cover_not_generated":
    case "file_too_large":
    case "already_subscribed":
    case "subscription_insufficient_token_balance":
    case "artifact_not_listed":
    case "no_active_subscription":
    case "query_insufficient_token_balance":
    case "run_not_in_running_status":
    case "run_not_found":
      return true;
    case "rate_limit_exceeded":
      return false;
    default:
      return unreachable(error);
  }
}

/** A switch that lacks a code does not compile. */
export function lacksOne(error: Extract<KateError, { code: "run_not_found" | "token_expired" }>): boolean {
  switch (error.code) {
    case "run_not_found":
      return true;
    default:
      // @ts-expect-error token_expired is missing
      return unreachable(error);
  }
}

const body = '{"detail":"Insufficient token balance. Required: 18446744073709551615, available: 1"}';
equal(missingTokens(402, body), 18446744073709551614n);
equal(missingTokens(404, '{"detail":"Artifact not found"}'), 0n);
equal(missingTokens(502, "<html>"), null);
const large = decode(402, body);
equal(JSON.stringify(large.outcome === "known" && large.error), JSON.stringify({
  code: "subscription_insufficient_token_balance",
  context: { required: "18446744073709551615", available: 1 },
}));
// An integer may be a string of digits, so the compiler requires `Number` or `BigInt` for arithmetic.
export function difference(one: Integer, other: Integer): number {
  // @ts-expect-error a text is no number
  return one - other;
}
// The bodies that axios, Node.js and fetch return are read alike, and the decoder never throws.
for (const body of [{ detail: "Run not found" }, new TextEncoder().encode('{"detail":"Run not found"}')]) {
  equal(decode(404, body, null).outcome, "known");
}
const unknown = decode(404, '{"detail":"Ran away"}', { errorCode: "run_not_found" });
equal(unknown.outcome === "unknown" && unknown.named !== null && info(unknown.named).fix, "Check the run ID");
const shared = decode(402, '{"detail":"Insufficient token balance"}');
equal(shared.outcome === "known" && shared.alternatives.length, 1);
const scoped = decode(402, '{"detail":"Insufficient token balance"}', { section: "Queries" });
equal(scoped.outcome === "known" && scoped.error.code, "query_insufficient_token_balance");
const named = decode(402, '{"detail":"Insufficient token balance"}', { errorCode: "query_insufficient_token_balance" });
equal(named.outcome === "known" && named.alternatives.length, 0);
// Invalid fields of the request are plain data too.
const listed = decode(422, '{"detail":[{"loc":["body","items",0],"msg":"Field required","type":"missing"}]}');
const [field]: readonly FieldError[] = fields(listed);
equal(JSON.stringify(field), JSON.stringify({
  loc: ["body", "items", 0], path: "body.items[0]", pointer: "/body/items/0", code: "missing", message: "Field required",
}));
const problem = '{"detail":"Run not found","errors":[{"pointer":"#/run","detail":"is no UUID"}]}';
equal(fields(decode(404, problem)).map((it) => `${it.path}: ${it.message}`).join(), "run: is no UUID");
equal(others(decode(404, problem)).map((it) => it.code).length, 0);
const error: KateError = { code: "run_not_found" };
equal(detail(error), "Run not found");
equal(cause(error), "Invalid run ID");
equal(fix(error), "Check the run ID");
equal(info("run_not_found").status, 404);
equal(info("run_not_found").docsUrl, "https://docs.projectkate.com/reference/error-codes#run_not_found");
const login: jobs.JobsError = { code: "login_failed", values: { user: "ada" } };
equal(jobs.detail(login), "Login of ada failed");
equal(jobs.redacted(login), "Login of ••• failed");
const odd: jobs.JobsError = { code: "login_failed", values: { user: "a b" } };
equal(jobs.detail(odd), "Login of a\ufffdb failed");
equal(jobs.sanitizedParameters(odd).join(), "user");
// Errors that share a code have names.
const used = tokens.decode(400, { error: "invalid_grant", error_description: "The grant was used before" });
equal(used.outcome === "known" && used.error.code === "invalid_grant" && used.error.name, "grant_used");
equal(used.outcome === "known" && tokens.info(used.error).detail, "The grant was used before");
equal(tokens.info("invalid_grant").detail, "The grant expired on {day}");
equal(tokens.codes().join(), "invalid_grant,invalid_client,invalid_request");
const expired: tokens.TokensError = { code: "invalid_grant", name: "grant_expired", values: { day: "2024-02-29" } };
equal(tokens.detail(expired), "The grant expired on 2024-02-29");

/** The errors of an operation form a type, so the compiler checks that none is missing. */
export function advice(error: KateErrorOf<"subscribe">): string {
  switch (error.code) {
    case "artifact_not_found":
      return "there is no such artifact";
    case "already_subscribed":
      return "you have it already";
    case "subscription_insufficient_token_balance":
      return "you lack tokens";
    default:
      return unreachable(error);
  }
}
const subscribed: KateError = { code: "already_subscribed" };
equal(isErrorOf(subscribed, "subscribe") && advice(subscribed), "you have it already");
const other: RunNotFound = { code: "run_not_found" };
equal(isErrorOf(other, "subscribe"), false);

/** Returns a response like those of fetch. */
function response(status: number, body: string, code: string | null = null) {
  const text = (): Promise<string> => Promise.resolve(body);
  return { status, headers: { get: (name: string) => (name === "x-error-code" ? code : null) }, text, clone: () => ({ text }) };
}
async function caught(status: number, body: string, code: string | null = null): Promise<KateException | null> {
  const given = response(status, body, code);
  try {
    equal(await throwIfError(given, { operation: "query" }), given);
    return null;
  } catch (error) {
    if (error instanceof KateException && error instanceof Error) {
      return error;
    }
    throw error;
  }
}
equal(await caught(200, "{}"), null);
const lacks = await caught(402, '{"detail":"Insufficient token balance. Required: 500, available: 120"}');
equal(lacks?.code, "query_insufficient_token_balance");
equal(lacks?.name, "KateException");
equal(lacks?.error?.code === "query_insufficient_token_balance" && lacks.error.context?.required, 500);
equal(JSON.stringify(lacks), JSON.stringify({
  name: "KateException", message: "Insufficient token balance. Required: 500, available: 120", status: 402, code: lacks?.code,
}));
equal((await caught(402, '{"detail":"Insufficient token balance"}', "subscription_insufficient_token_balance"))?.code,
  "subscription_insufficient_token_balance");
// A scope without a code does not hide the header with the code.
const fromHeader = await throwIfError(response(404, "{}", "run_not_found"), { errorCode: undefined }).catch((error: unknown) =>
  error instanceof KateException && error.decoded.outcome === "unknown" ? error.decoded.named : error);
equal(fromHeader, "run_not_found");
equal((await caught(404, '{"detail":"my secret"}'))?.message, "404: not an error of the catalog (other_message)");
equal((await caught(422, '{"detail":[]}'))?.message, "422: the request is not valid");
for (const [status, body] of [[402, lacks?.decoded.body], [404, '{"detail":"?"}'], [422, '{"detail":[{"msg":"x"}]}'], [200, ""]] as const) {
  const decoded = decode(status, body);
  equal(JSON.stringify(structuredClone(decoded)), JSON.stringify(decoded));
}
