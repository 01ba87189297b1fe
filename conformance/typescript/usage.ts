// How the module of the Kate catalog is used: this is checked by the compilers, and run.
import { cause, decode, detail, fix, info, unreachable, type KateError } from "./kate.js";
import * as jobs from "./jobs.js";

function equal(found: unknown, expected: unknown): void {
  if (found !== expected) {
    throw new Error(`${String(found)} instead of ${String(expected)}`);
  }
}

function missingTokens(status: number, body: string): bigint | null {
  const received = decode(status, body, { operation: "subscribe" });
  if (received.found !== "known") {
    return null;
  }
  const { error } = received;
  switch (error.code) {
    case "subscription_insufficient_token_balance":
      return error.context === null ? null : error.context.required - error.context.available;
    default:
      return 0n;
  }
}

/** Every code has its case: the compiler sees it. */
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

/** One that lacks a code does not compile. */
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
const homonym = decode(402, '{"detail":"Insufficient token balance"}');
equal(homonym.found === "known" && homonym.alternatives.length, 1);
const scoped = decode(402, '{"detail":"Insufficient token balance"}', { section: "Queries" });
equal(scoped.found === "known" && scoped.error.code, "query_insufficient_token_balance");
const named = decode(402, '{"detail":"Insufficient token balance"}', { errorCode: "query_insufficient_token_balance" });
equal(named.found === "known" && named.alternatives.length, 0);
const error: KateError = { code: "run_not_found" };
equal(detail(error), "Run not found");
equal(cause(error), "Invalid run ID");
equal(fix(error), "Check the run ID");
equal(info("run_not_found").status, 404);
equal(info("run_not_found").docsUrl, "https://docs.projectkate.com/reference/error-codes#run_not_found");
const login: jobs.JobsError = { code: "login_failed", values: { user: "ada" } };
equal(jobs.detail(login), "Login of ada failed");
equal(jobs.redacted(login), "Login of ••• failed");
