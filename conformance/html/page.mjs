// Tests pages in a real browser: node page.mjs NODE_MODULES CHROMIUM FOLDER PASTED
//
// PASTED contains texts for the input, by catalog.
// FOLDER contains NAME.html, with the vectors of its catalog in NAME.json; case_N.html of hostile catalogs, with
// their vectors; and many.html with many errors.
import { deepStrictEqual, equal, ok } from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { finding, shown } from "./finding.mjs";

const [modules, chromium, folder, pastedFile] = process.argv.slice(2);
const load = createRequire(`${resolve(modules)}/`);
const playwright = load("playwright-core");
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [320, 768, 1280];

const browser = await playwright.chromium.launch({
  executablePath: chromium,
  args: ["--no-sandbox", "--disable-gpu"],
});

/** Returns the URL of a page, followed by `rest`. */
const addressOf = (name, rest = "") => pathToFileURL(join(resolve(folder), `${name}.html`)).href + rest;

/** Opens a page in its own browser context, passes it to `look`, and fails if the page reports errors. */
async function open(name, options, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) {
      complaints.push(`asks for ${request.url()}`);
    }
  });
  page.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(addressOf(name));
  const result = await look(page, context);
  deepStrictEqual(complaints, [], `${name}: the page complains`);
  await context.close();
  return result;
}

/** Checks the structure of a page: ids are unique, links have targets, and nothing foreign is in it. */
async function structure(page, name) {
  const found = await page.evaluate(() => {
    const ids = Array.from(document.querySelectorAll("[id]"), ({ id }) => id);
    const links = Array.from(document.querySelectorAll("a[href]"), (link) => link.getAttribute("href"));
    return {
      twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      broken: links.filter((href) => !/^(\?status=[0-9]{3})?#/.test(href) || !ids.includes(href.slice(href.indexOf("#") + 1))),
      scripts: document.scripts.length,
      handlers: Array.from(document.querySelectorAll("*")).filter((element) =>
        element.getAttributeNames().some((attribute) => attribute.startsWith("on")),
      ).length,
      foreign: document.querySelectorAll("img, iframe, object, embed, b, i, svg, base, main form:not(#search-form)").length,
    };
  });
  deepStrictEqual(found, { twice: [], broken: [], scripts: 2, handlers: 0, foreign: 0 }, name);
}

async function overflow(page, name) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    equal(wide, width, `${name} is ${wide} px wide in a window of ${width} px`);
    deepStrictEqual(await page.evaluate(strayLabels), [], `${name}: labels that are not beside the first line, ${width} px wide`);
  }
}

/** The labels in the first cards that are not beside the first line of what they name. */
function strayLabels() {
  const line = (node) => {
    const range = document.createRange();
    range.selectNodeContents(document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode());
    return range.getClientRects()[0]?.bottom ?? 0;
  };
  const rows = [...document.querySelectorAll("article dl > div")].slice(0, 50);
  const isStray = (row) => Math.abs(line(row.querySelector("dt")) - line(row.querySelector("dd"))) > 3;
  return rows.filter(isStray).map((row) => row.textContent);
}

/** Checks the order of a message from right to left: its first words are to the right of a value. */
async function direction(page) {
  const [first, value, last] = await page.evaluate(() => {
    const variable = document.querySelector("h4 var");
    const [before, after] = ["\u05d4\u05de\u05e9\u05ea\u05de\u05e9 ", " \u05dc\u05d0 \u05e0\u05de\u05e6\u05d0"].map((text) => document.createTextNode(text));
    variable.parentNode.replaceChildren('"', before, variable, after, '"');
    const left = (node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return range.getBoundingClientRect().left;
    };
    return [before, variable, after].map(left);
  });
  ok(first > value && value > last, `words from right to left begin at ${first}, ${value}, ${last}`);
}

/** Runs axe, with a result below the input for responses and a search that hides some errors. */
async function accessibility(name, pasted) {
  let passes = 0;
  for (const colorScheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      // axe cannot be injected into a page whose policy is enforced.
      await open(name, { bypassCSP: true, colorScheme, viewport: { width, height: 800 } }, async (page) => {
        await page.fill("#paste-text", pasted);
        await page.evaluate(() => document.querySelector("details")?.setAttribute("open", ""));
        await page.evaluate(axe);
        const { violations, passes: passed } = await page.evaluate(
          (values) => globalThis.axe.run(document, { runOnly: { type: "tag", values } }),
          TAGS,
        );
        const shown = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
        deepStrictEqual(shown, [], `${name}, ${colorScheme}, ${width} px`);
        passes += passed.length;
      });
    }
  }
  return passes;
}

/** Returns what the page shows for each text in the input for responses. */
function readings(page, texts) {
  return page.evaluate((texts) => {
    const box = document.getElementById("paste-text");
    const result = document.getElementById("paste-result");
    const sensitive = document.getElementById("paste-sensitive");
    if (sensitive !== null) {
      sensitive.checked = true;
    }
    const all = (selector, of) => Array.from(result.querySelectorAll(selector), of);
    return texts.map((text) => {
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      const other = result.querySelector("[data-outcome]");
      if (other !== null) {
        return { outcome: other.dataset.outcome, similar: all(".similar code", (item) => item.textContent) };
      }
      return {
        code: result.querySelector(".meta a").textContent,
        message: result.querySelector("h3").textContent,
        values: all(".values li", (item) => [item.dataset.name, item.querySelector(".value").textContent]),
        similar: [],
        alternatives: all(".alternatives code", (item) => item.textContent),
        notes: all(".notes li", (item) => item.dataset.kind),
      };
    });
  }, texts);
}

/** If a client decodes nothing for one of these reasons, the page still looks for an error in the text. */
const LOOKED_INTO = ["no_detail", "not_json", "validation", "not_an_object", "other_kind", "too_deep"];

/** A lone surrogate, which the page does not accept as JSON. */
const HALF = /\\ud[89a-f]/i;

/** Pastes every vector as a response. */
async function vectors(page, name) {
  const { vectors } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  // The page knows no section, and takes the operation of a response from the reader's choice.
  const texts = vectors.filter(({ body, operation, section }) => [operation, section].every((it) => it === undefined) && body !== undefined);
  const header = await page.evaluate(() => JSON.parse(document.getElementById("catalog-data").textContent).envelope.header);
  const found = await readings(
    page,
    texts.map(({ status, body, error_code }) => {
      const code = error_code === undefined ? "" : `${header}: ${error_code}\r\n`;
      return `HTTP/1.1 ${status} Name\r\ncontent-type: application/json\r\n${code}\r\n${body}`;
    }),
  );
  texts.forEach(({ name: vector, expect }, at) => {
    const context = `${name}: ${vector}`;
    const outcome = expect.reason ?? expect.outcome;
    // The page finds JSON values in any text, and reads one level less than a client.
    const isDeepest = vector === "as deep as is read";
    if (isDeepest || HALF.test(texts[at].body) || LOOKED_INTO.includes(outcome)) {
      return;
    }
    if (expect.outcome !== "known") {
      equal(found[at].outcome, outcome, context);
      return;
    }
    const values = [...Object.entries(expect.values), ...Object.entries(expect.context_values ?? {})];
    equal(found[at].code, expect.code, context);
    deepStrictEqual(found[at].values.sort(), values.sort(), context);
    deepStrictEqual(found[at].alternatives, expect.alternatives, context);
    deepStrictEqual(found[at].notes, expect.notes.map(({ kind }) => kind), context);
  });
  return texts.length;
}

/** Texts that the page must read as the command `explain` does. */
async function likeExplain(page, cases) {
  const found = await readings(page, cases.map(({ text }) => text));
  for (const [at, { text, code, values, similar, found: all }] of cases.entries()) {
    // `pasted.mjs` compares everything else that is found in the text.
    if (all === undefined) {
      equal(found[at].code ?? null, code, text);
    }
    if (values !== undefined) {
      deepStrictEqual(Object.fromEntries(found[at].values), values, text);
    }
    if (similar !== undefined) {
      deepStrictEqual(found[at].similar.slice(0, 1), similar, text);
    }
  }
  return cases.length;
}

/** Other texts that people paste, beside complete responses. */
async function pasted(page) {
  const detail = "Insufficient token balance. Required: 500, available: 120";
  const body = JSON.stringify({ detail });
  const texts = [
    body,
    `${JSON.stringify({ detail }, null, 2)}\n`,
    `\n${detail}\n`,
    `{'detail': '${detail}'}`,
    `2026-11-24T08:00:00Z ERROR api: status=402 body=${JSON.stringify(body)} took=12`,
    JSON.stringify({ level: "error", status: 402, response: { body } }),
    JSON.stringify({ log: JSON.stringify({ log: body }) }),
    `ERROR worker 7: ${detail}`,
    `< HTTP/2 402 \n< content-type: application/json\n< \n${body}`,
    `requests.HTTPError: 402 Client Error: "${detail}"`,
  ];
  for (const [at, found] of (await readings(page, texts)).entries()) {
    equal(found.code, "subscription_insufficient_token_balance", texts[at]);
    deepStrictEqual(found.values, [["required", "500"], ["available", "120"]], texts[at]);
    deepStrictEqual(found.notes, [], texts[at]);
    equal(found.message, `"${detail}"`);
  }
  const named = `HTTP/1.1 402 X\nx-error-code: query_insufficient_token_balance\n\n${body}`;
  equal((await readings(page, [named]))[0].code, "query_insufficient_token_balance");
  // The message of a body must match completely.
  const others = ['{"detail":"Run not found!"}', '{"detail":"It says: Run not found"}', "<html>", "{", "[]"];
  const found = await readings(page, others);
  found.forEach((one, at) => ok(one.outcome !== undefined, `${others[at]}: ${one.code}`));
  await page.selectOption("#paste-operation", "query");
  equal((await readings(page, [body]))[0].code, "query_insufficient_token_balance");
  return texts.length;
}

async function search(page) {
  const all = await shown(page);
  for (const code of all) {
    await page.fill("#search-words", `  ${code.toUpperCase()} `);
    ok((await shown(page)).includes(code), code);
  }
  await page.fill("#search-words", "dashboard API generate");
  deepStrictEqual(await shown(page), ["invalid_api_key"]);
  equal(await page.textContent("#search-found"), `1 of ${all.length} errors`);
  equal(await page.locator("section.group:visible").count(), 1);
  await page.fill("#search-words", "");
  await page.selectOption("#search-status", "404");
  deepStrictEqual(await shown(page), ["artifact_not_found", "run_not_found"]);
  await page.selectOption("#search-section", { label: "Runs" });
  deepStrictEqual(await shown(page), ["run_not_found"]);
  // A link to a hidden error shows it.
  await page.click("nav a[href='#token_expired']");
  await page.waitForFunction(() => document.querySelector("#token_expired:target")?.checkVisibility());
  deepStrictEqual(await shown(page), all);
  return all.length;
}

async function keyboard(page) {
  await page.keyboard.press("Tab");
  equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the errors");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "common-errors");
  await page.keyboard.press("/");
  equal(await page.evaluate(() => document.activeElement.id), "search-words");
  await page.keyboard.type("run not found");
  deepStrictEqual(await shown(page), ["run_not_found"]);
  // In the search, a slash is a character and not a shortcut.
  await page.fill("#search-words", "");
  await page.keyboard.type("and/or");
  equal(await page.inputValue("#search-words"), "and/or");
  await page.fill("#search-words", "");
  await page.focus("#run_not_found .copy");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#run_not_found .copy").textContent === "Copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  deepStrictEqual(JSON.parse(copied), { detail: "Run not found" });
}

/** The policy of the page blocks other scripts. */
async function policy(name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(addressOf(name));
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    const handler = document.createElement("button");
    handler.setAttribute("onclick", "globalThis.ran = true");
    document.body.append(script, handler);
    handler.click();
    return globalThis.ran ?? false;
  });
  equal(ran, false);
  await context.close();
}

async function withoutScripts(name) {
  await open(name, { javaScriptEnabled: false }, async (page) => {
    for (const selector of ["#search-form", "#paste-text", ".copy"]) {
      equal(await page.locator(selector).first().isVisible(), false, selector);
    }
    equal(await page.locator("#run_not_found h4").isVisible(), true);
    await page.emulateMedia({ media: "print" });
    equal(await page.locator("nav").first().isVisible(), false);
    equal(await page.locator("#run_not_found pre").isVisible(), true);
  });
}

const names = readdirSync(folder).filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -5));
const bodies = {
  kate: '{"detail":"Insufficient token balance. Required: 500, available: 120"}',
  // The Kate page with an older version, folded.
  versions: '{"detail":"Run not found"}',
  jobs: '{"detail":"No job 7"}',
  twins: '{"detail":"No job 7"}',
  error_objects: '{"error":{"code":"sold_out","message":"The item Mug is sold out. 2 left"}}',
  by_code: `{"error":{"message":"Ausverkauft","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
    "reason":"sold_out","domain":"shop.example.com"}]}}`,
};
for (const [name, body] of Object.entries(bodies)) {
  const passes = await accessibility(name, body);
  const read = await open(name, {}, async (page) => {
    await structure(page, name);
    await overflow(page, name);
    return vectors(page, name);
  });
  console.log(`${name}: axe finds nothing (${passes} rules pass), ${read} vectors read in the box`);
}
await finding(open, addressOf);
await open("jobs", {}, direction);
await open("twice", {}, async (page) => {
  const [{ values }] = await readings(page, ['{"detail":"No x. Not y"}']);
  deepStrictEqual(values, [["name", "x"], ["name", "y"]]);
});
await policy("kate");
await withoutScripts("kate");
const forms = await open("kate", {}, pasted);
const pastedTexts = JSON.parse(readFileSync(pastedFile, "utf8"));
let alike = 0;
for (const [catalog, texts] of Object.entries(pastedTexts)) {
  const name = catalog === "errors.yaml" ? "kate" : basename(catalog, ".yaml");
  alike += await open(name, {}, (page) => likeExplain(page, texts));
}
console.log(`${alike} texts pasted, and read as the command explain reads them`);
const searched = await open("kate", {}, search);
await open("kate", { permissions: ["clipboard-read", "clipboard-write"] }, keyboard);
console.log(`kate: ${forms} forms of a response pasted, ${searched} errors searched for, copied by keyboard`);

let hostile = 0;
let read = 0;
for (const name of names.filter((name) => !(name in bodies) && name !== "many")) {
  read += await open(name, {}, async (page) => {
    await structure(page, name);
    await overflow(page, name);
    await page.fill("#search-words", "<script>");
    return vectors(page, name);
  });
  hostile += 1;
}
ok(hostile > 50, `${hostile} catalogs`);
console.log(`${hostile} more catalogs, most of them hostile: nothing runs, nothing is out of place, ${read} vectors read`);

await open("many", {}, async (page) => {
  const timed = async (what, does) => {
    const started = performance.now();
    const result = await does();
    console.log(`many rows: ${what}: ${Math.round(performance.now() - started)} ms`);
    return result;
  };
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domComplete);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  console.log(`many rows: ${elements} elements, complete after ${Math.round(loaded)} ms`);
  const count = (await shown(page)).length;
  const typed = (words) =>
    page.evaluate((words) => {
      const box = document.getElementById("search-words");
      box.value = words;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      return document.documentElement.getBoundingClientRect().height;
    }, words);
  await timed("first search, with layout", () => typed("row_42"));
  await timed("next search, with layout", () => typed("row_4"));
  await timed("all shown again, with layout", () => typed(""));
  equal((await shown(page)).length, count);
  const { vectors } = JSON.parse(readFileSync(join(folder, "many.json"), "utf8"));
  const last = vectors.findLast(({ expect }) => expect.outcome === "known");
  const [found] = await timed("a response pasted", () => readings(page, [last.body]));
  equal(found.code, last.expect.code);
  const noise = `${"ERROR x {\"a\": ' ".repeat(4000)}`;
  const [nothing] = await timed("64 KiB of noise pasted", () => readings(page, [noise]));
  ok(nothing.outcome !== undefined);
  for (const repeated of ["é", "&", "a-", "["]) {
    const long = `{"detail":"${repeated.repeat(32000 / repeated.length)}"}`;
    await timed(`32,000 times “${repeated}” pasted`, () => readings(page, [long]));
  }
});
await browser.close();
