// How readers find an error on a page: on the first screen, by a link, by searching, in the contents.
import { deepStrictEqual, equal, ok } from "node:assert/strict";

/** Some errors of a large catalog, the last of which are near the end of the page. */
const MANY = ["row_1", "row_17", "row_300", "row_2500", "row_4000", "row_4990", "row_4999"];

/** `open` opens a page in a browser, and `addressOf` returns its URL. */
export async function finding(open, addressOf) {
  const pages = { open, addressOf };
  const average = await firstScreen(open, "kate");
  // It was 370 px when a card had its body on three lines, and a line for the retry.
  ok(average < 185, `a card is ${average} px high`);
  console.log(`kate: all of the first screen is there; a card is ${Math.round(average)} px high`);
  const kates = await open("kate", {}, shown);
  const farthest = [await landings(pages, "kate", kates), await landings(pages, "many", MANY)].map(Math.round);
  console.log(`permalinks land ${farthest[0]} px below the edge at ${kates.length} errors, ${farthest[1]} px at 5,000`);
  await open("kate", {}, contents);
  await open("kate", {}, (page) => linkedSearch(page, addressOf));
}

/** Returns the ids of the visible errors. */
export const shown = (page) =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll("article.error"))
      .filter((card) => card.checkVisibility())
      .map((card) => card.id),
  );

/** The search is in the URL, its matches are marked, and a correction is offered for a word that the page lacks. */
async function linkedSearch(page, addressOf) {
  const marked = () => page.evaluate(() => Array.from(CSS.highlights.get("found") ?? [], (range) => {
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live.toString();
  }));
  await page.goto(addressOf("kate", "?q=NOT+run_not&status=404"));
  deepStrictEqual(await shown(page), ["run_not_found"]);
  equal(await page.inputValue("#search-words"), "NOT run_not");
  deepStrictEqual(await marked(), ["not", "run_not", "Not", "not"]);
  await page.fill("#search-words", "api key");
  await page.selectOption("#search-status", "401");
  await page.selectOption("#search-section", { label: "Authentication" });
  equal(new URL(page.url()).search, "?q=api+key&status=401&section=section-authentication");
  await page.click("#search-clear");
  await page.waitForFunction(() => location.search === "");
  deepStrictEqual(await marked(), []);
  for (const [typed, meant, code] of [
    ["artefact lsited", "artifact listed", "artifact_not_listed"],
    ["toekn", "token", "token_expired"],
    ["tok_expired", "token_expired", "token_expired"],
    ["authoriza-tion", "authorization", "missing_authorization_header"],
    ["zzzzzz", null, null],
    ["(", null, null],
  ]) {
    await page.fill("#search-words", typed);
    const isOffered = await page.isVisible("#search-suggestion");
    equal(isOffered ? await page.textContent("#search-suggestion") : null, meant && `Did you mean “${meant}”?`, typed);
    if (isOffered) {
      await page.click("#search-suggestion");
      ok((await shown(page)).includes(code), typed);
    }
  }
  // The error in the URL's fragment is shown, even if the search does not match it.
  await page.goto(addressOf("kate", "?q=token#run_not_found"));
  ok((await shown(page)).includes("run_not_found"));
  await page.goto(addressOf("versions"));
  equal(await page.isVisible(".versions table"), false);
  await page.click(".contents a[href='#the-versions']");
  await page.waitForFunction(() => document.querySelector(".versions").open);
  for (const rest of ["?section=none", "?q=%", "#%"]) {
    await page.goto(addressOf("kate", rest));
  }
}

/** The first screen has the search, the input for responses and the first error; returns the mean height of a card. */
async function firstScreen(open, name) {
  for (const [width, height] of [[320, 640], [768, 1024], [1280, 800]]) {
    await open(name, { viewport: { width, height } }, async (page) => {
      const bottoms = await page.evaluate(() =>
        ["#search-words", "#paste-text", "article.error .top h4"].map(
          (selector) => document.querySelector(selector).getBoundingClientRect().bottom,
        ),
      );
      ok(bottoms.every((bottom, at) => bottom <= height && bottom > (bottoms[at - 1] ?? 0)), `${name}, ${width} px: ${bottoms}`);
    });
  }
  return open(name, {}, (page) =>
    page.evaluate(() => {
      const cards = Array.from(document.querySelectorAll("article.error"), (card) => card.getBoundingClientRect().height);
      return cards.reduce((sum, height) => sum + height, 0) / cards.length;
    }),
  );
}

/** Each link leads below the search, or to the edge if there is no search; returns the largest distance. */
async function landings({ open, addressOf }, name, ids) {
  let farthest = 0;
  for (const javaScriptEnabled of [true, false]) {
    await open(name, { javaScriptEnabled }, async (page) => {
      const away = async (id, how) => {
        // Gives the browser time to draw what has come into view.
        await page.waitForTimeout(300);
        const { y } = await page.locator(`[id="${id}"]`).boundingBox();
        const edge = javaScriptEnabled ? (await page.locator("#search-form").boundingBox()).height : 0;
        const distance = y - edge;
        ok(distance >= 0 && distance < 40, `${name}, ${how} #${id}, scripts ${javaScriptEnabled}: ${distance} px off`);
        farthest = Math.max(farthest, distance);
      };
      for (const id of ids) {
        await page.goto("about:blank");
        await page.goto(addressOf(name, `#${id}`));
        await away(id, "loaded with");
      }
      // The same links in reverse, on the open page.
      for (const id of ids.toReversed()) {
        await page.goto(addressOf(name, `#${id}`));
        await away(id, "led to");
      }
    });
  }
  return farthest;
}

/** The contents mark the error or section that the reader sees. */
async function contents(page) {
  const current = () => page.evaluate(() => {
    const links = Array.from(document.querySelectorAll(".contents [aria-current]"));
    const box = document.querySelector(".contents").getBoundingClientRect();
    return links.map((link) => {
      const { top, bottom } = link.getBoundingClientRect();
      return `${link.getAttribute("href")}${top < box.top || bottom > box.bottom ? " out of view" : ""}`;
    });
  });
  const followed = (href) => page.waitForFunction(
    (href) => document.querySelector(".contents [aria-current]")?.getAttribute("href") === href, href);
  await page.setViewportSize({ width: 1280, height: 500 });
  for (const id of ["token_expired", "query_insufficient_token_balance", "invalid_api_key"]) {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
    await followed(`#${id}`);
    deepStrictEqual(await current(), [`#${id}`]);
  }
  await page.evaluate(() => scrollTo(0, 1e6));
  await followed("#http-status-codes");
  deepStrictEqual(await current(), ["#http-status-codes"]);
}
