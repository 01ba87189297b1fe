// What orval makes of the document: a client, and a schema for each response.
const input = "kate/3.1.json";

module.exports = {
  fetch: { input, output: { target: "fetch.ts", client: "fetch" } },
  zod: { input, output: { target: "zod.ts", client: "zod", override: { zod: { generateEachHttpStatus: true } } } },
};
