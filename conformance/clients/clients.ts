// Reads errors with what orval makes of a document: node out/clients.js URL
//
// `fetch.ts` is a client, `zod.ts` has a schema for each response. URL is that of `responses.py`.

import type { ZodType } from "zod";

import * as client from "./fetch.js";
import * as schemas from "./zod.js";

interface Case {
  operation: string;
  status: number;
  name: string;
  body: unknown;
}

declare const process: { argv: string[] };

const [, , url] = process.argv;
// The client sends requests to paths, which browsers resolve against the address of the page.
const send = globalThis.fetch;
globalThis.fetch = (path, options) => send(new URL(String(path), url), options);
const cases: Case[] = await (await fetch("/")).json();

const OPERATIONS: Record<string, (options: RequestInit) => Promise<{ status: number; data: unknown }>> = {
  upload_artifact: (options) => client.uploadArtifact(options),
  subscribe: (options) => client.subscribe("x", options),
  query: (options) => client.query("x", options),
  upload_spans: (options) => client.uploadSpans("x", "x", options),
};

function expect(holds: boolean, item: Case): void {
  if (!holds) throw new Error(`${item.operation}: ${item.name} is not read`);
}

function schema(item: Case): ZodType {
  const operation = item.operation.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const name = `${operation[0]!.toUpperCase()}${operation.slice(1)}${item.status}Response`;
  const found = Object.entries(schemas).find(([it]) => it === name);
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found[1] as ZodType;
}

for (const [at, item] of cases.entries()) {
  const headers = { "x-case": String(at + 1) };
  const response = await OPERATIONS[item.operation]!({ headers });
  expect(response.status === item.status && JSON.stringify(response.data) === JSON.stringify(item.body), item);
  expect(schema(item).safeParse(item.body).success, item);
  for (const other of cases) {
    const differs = other.operation === item.operation && other.status !== item.status;
    expect(!differs || !schema(item).safeParse(other.body).success, other);
  }
}

/** A status decides which messages the types allow. */
export function isListed(response: client.queryResponse): boolean {
  if (response.status === 403) return response.data.detail === "No active subscription";
  // @ts-expect-error: no message of status 404.
  return response.status === 404 && response.data.detail === "No active subscription";
}

console.log(`the client and the schemas of orval: ${cases.length} errors`);
