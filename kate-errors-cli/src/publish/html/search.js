
// The search: words, a status and a section. What it finds is marked on the page and is in the address, and a word
// that the page does not have is corrected.

const element = (id) => document.getElementById(id);

/** The fields of the search, by their names in the address. */
const FIELDS = [["q", "search-words"], ["status", "search-status"], ["section", "search-section"]];

/** On how many cards the words are marked. */
const MOST_MARKED = 500;

let cards = null;

/** The cards of errors and their texts: they are read once, when somebody searches. */
function allCards() {
  cards ??= Array.from(document.querySelectorAll("article.error"), (card) => ({
    card,
    statuses: card.dataset.status.split(" "),
    section: card.closest("section").getAttribute("aria-labelledby"),
    ...cardText(card),
  }));
  return cards;
}

/** The text of a card, and which of its nodes begins where. Names that may break are one word. */
function cardText(card) {
  const nodes = document.createTreeWalker(card, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
    parentElement.closest("button, dt") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const parts = [];
  let text = "";
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    text += node.previousSibling?.nodeName === "WBR" ? "" : " ";
    parts.push({ node, start: text.length });
    text += node.data;
  }
  return { parts, text };
}

const literal = (word) => word.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");

const wordsIn = (text) => text.split(/\s+/).filter((word) => word !== "");

/** The cards that have all the words. */
function cardsWith(words) {
  const patterns = words.map((word) => new RegExp(literal(word), "iu"));
  return allCards().filter(({ text }) => patterns.every((pattern) => pattern.test(text)));
}

function filter() {
  const [words, status, section] = FIELDS.map(([, id]) => element(id).value);
  const list = wordsIn(words);
  const found = cardsWith(list).filter(
    (one) => (status === "" || one.statuses.includes(status)) && (section === "" || section === one.section),
  );
  const shown = new Set(found);
  for (const one of allCards()) {
    one.card.hidden = !shown.has(one);
  }
  for (const group of document.querySelectorAll("section.group")) {
    group.hidden = group.querySelector("article:not([hidden])") === null;
  }
  mark(list, found);
  suggest(list, found);
  const all = allCards().length;
  const errors = all === 1 ? "error" : "errors";
  element("search-found").textContent = found.length === all ? `${all} ${errors}` : `${found.length} of ${all} ${errors}`;
  element("search-clear").hidden = words === "" && status === "" && section === "";
}

/** Marks words on cards. Highlights change nothing in the document; browsers that lack them show no marks. */
function mark(words, found) {
  const marks = globalThis.CSS?.highlights;
  marks?.delete("found");
  if (marks && words.length > 0) {
    // The longer words first: of two that begin at one place, they are to be marked.
    const longest = words.map(literal).sort((one, other) => other.length - one.length);
    const pattern = new RegExp(longest.join("|"), "giu");
    marks.set("found", new Highlight(...found.slice(0, MOST_MARKED).flatMap((one) => rangesIn(one, pattern))));
  }
}

function rangesIn({ parts, text }, pattern) {
  return Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => {
    const [startContainer, startOffset] = placeOf(index, parts);
    const [endContainer, endBefore] = placeOf(index + length - 1, parts);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset: endBefore + 1 });
  });
}

function placeOf(at, parts) {
  const { node, start } = parts.findLast((part) => part.start <= at);
  return [node, at - start];
}

// "Did you mean"

let vocabulary = null;

/** Offers to search for the words that are most like those that no card has. */
function suggest(words, found) {
  const corrected = found.length > 0 ? words : words.map((word) => (cardsWith([word]).length > 0 ? word : nearest(word)));
  const text = corrected.includes(null) || cardsWith(corrected).length === 0 ? "" : corrected.join(" ");
  const button = element("search-suggestion");
  button.hidden = text === "" || text === words.join(" ");
  button.dataset.words = text;
  button.textContent = `Did you mean “${text}”?`;
}

/** The word of the page that is nearest to one, or that begins like it; null if none is near. */
function nearest(word) {
  vocabulary ??= new Set(allCards().flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}_]{3,}/gu) ?? []));
  const typed = word.toLowerCase();
  let [best, fewest] = [null, typed.length < 6 ? 2 : 3];
  for (const known of typed.length < 3 ? [] : vocabulary) {
    const edits = Math.min(editsBetween(typed, known), editsBetween(typed, known.slice(0, typed.length)) + 0.5);
    [best, fewest] = edits < fewest ? [known, edits] : [best, fewest];
  }
  return best;
}

/** How many letters are missing, added, changed, or swapped with the next one. */
function editsBetween(one, other) {
  if (Math.abs(one.length - other.length) > 2) {
    return Infinity;
  }
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const line = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      line[j] = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
      line[j] = isSwapped ? Math.min(line[j], before[j - 2] + 1) : line[j];
    }
    [before, last] = [last, line];
  }
  return last[other.length];
}

// The address

/** Puts what is searched for into the address, so that it can be linked to. */
function writeAddress() {
  const query = new URLSearchParams();
  for (const [name, id] of FIELDS) {
    const value = element(id).value.trim();
    if (value !== "") {
      query.set(name, value);
    }
  }
  const text = String(query);
  try {
    history.replaceState(history.state, "", (text === "" ? location.pathname : `?${text}`) + location.hash);
  } catch {
    // The page has no address of its own, or the browser allows only so many changes in a time.
  }
}

/** Searches for what the address says. */
function readAddress() {
  const query = new URLSearchParams(location.search);
  for (const [name, id] of FIELDS.filter(([name]) => query.has(name))) {
    const field = element(id);
    field.value = query.get(name);
    // A section that the page no longer has.
    field.selectedIndex = Math.max(field.selectedIndex, 0);
  }
  if (FIELDS.some(([name]) => query.has(name))) {
    filter();
  }
}

/** What the address names. */
function targetOfAddress() {
  try {
    return element(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
}

/** Shows what the address names, whatever is searched for. */
function showTarget() {
  const target = targetOfAddress();
  if (target?.closest("[hidden]")) {
    element("search-form").reset();
    filter();
  }
  target?.closest("details")?.setAttribute("open", "");
  target?.scrollIntoView();
}

/** `/` leads to the search, unless somebody is writing. */
function focusSearch(event) {
  const isWriting = event.target.closest?.("input, textarea, select") ?? null;
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && isWriting === null) {
    event.preventDefault();
    element("search-words").select();
  }
}
