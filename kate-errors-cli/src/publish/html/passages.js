
// What people paste: which bodies it may hold, and what stands beside them. What a sentence says is read by the
// decoder alone. The command `explain` looks in the same places; the texts of `tests/pasted.json` hold both to it.

const MOST_TRIES = 500;
const MOST_PLACES = 100;
const MOST_NESTED = 4;
const MOST_CHARACTERS = 65536;
const MOST_LIKELY = 10;
const MOST_SIMILAR = 3;

/**
 * Reads a pasted text: what it tells of, and the rows with similar sentences if it tells of no error.
 * Without a status beside it, that of the error is taken.
 */
function readPasted(text, scope) {
  const response = responseIn(text);
  if (response !== null) {
    const received = read(response.status, response.body, { ...scope, errorCode: response.errorCode });
    return { ...received, similar: similarTo(received, passagesIn(response.body)) };
  }
  if (isObject(text)) {
    const received = read(null, text, scope);
    if (received.found === "known" || received.reason === "other_sentence" || received.found === "validation") {
      return { ...received, similar: similarTo(received, passagesIn(text)) };
    }
  }
  const found = passagesIn(text);
  for (const sentence of sentencesOf(found)) {
    const received = read(found.status, JSON.stringify({ detail: sentence }), scope);
    if (received.found === "known") {
      return received;
    }
  }
  const received = read(found.status, text, scope);
  return { ...received, similar: similarTo(received, found) };
}

/** The passages that are sentences, the likely ones first. The sentence of a body is the whole sentence. */
function* sentencesOf({ details, others, lines }) {
  if (details.length > 0) {
    yield* details;
    return;
  }
  yield* others;
  const tries = { left: MOST_TRIES };
  for (const line of lines) {
    const sentence = sentenceWithin(line.trim(), tries);
    if (sentence !== null) {
      yield sentence;
    }
  }
}

function passagesIn(text) {
  const found = { details: [], others: [text.trim()], lines: [], status: null };
  search(text.slice(0, MOST_CHARACTERS), 0, found);
  return found;
}

/** Reads a body. Without a status nothing is said about one that differs. */
function read(status, body, scope) {
  const received = decode(status ?? 0, body, scope);
  if (status !== null || received.found !== "known") {
    return received;
  }
  const findings = received.findings.filter(({ kind }) => kind !== "status_differs");
  return { ...received, findings };
}

/** A response with its status line, header fields and body, as it is on the wire or as curl shows it. */
function responseIn(text) {
  const head = /^\s*(?:< )?HTTP\/[0-9.]+ ([0-9]{3})(?![0-9])/.exec(text);
  if (head === null) {
    return null;
  }
  const end = /\r?\n(?:< ?)?\r?\n/.exec(text);
  if (end === null) {
    return null;
  }
  const code = /^(?:< )?x-error-code:([^\r\n]*)/im.exec(text.slice(0, end.index));
  const body = text.slice(end.index + end[0].length);
  return { status: Number(head[1]), body, errorCode: code === null ? undefined : code[1].trim() };
}

function isObject(text) {
  try {
    const value = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Collects the passages of a text: of JSON in it the sentences of bodies, and other strings. */
function search(text, depth, found) {
  if (depth > MOST_NESTED) {
    return;
  }
  const status = /(?:HTTP\/[0-9.]+ |status(?:_?code)?=)([1-5][0-9]{2})(?![0-9])/i.exec(text);
  found.status ??= status === null ? null : Number(status[1]);
  for (const line of text.split(/\r?\n/)) {
    found.lines.push(line);
  }
  for (const value of valuesIn(text)) {
    collect(value, depth, found);
  }
  for (const quote of ['"', "'", "`"]) {
    found.others.push(...text.split(quote).map((piece) => piece.trim()).filter((piece) => piece !== ""));
  }
  if (text.includes('\\"')) {
    search(text.replace(/\\(["\\])/g, "$1"), depth + 1, found);
  }
}

function collect(value, depth, found) {
  if (typeof value === "string") {
    found.others.push(value.trim());
    search(value, depth + 1, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (name === "detail" && typeof member === "string") {
        found.details.push(member);
      } else if (/^status(?:_?code)?$/i.test(name) && Number.isInteger(member)) {
        found.status ??= member;
      } else {
        collect(member, depth, found);
      }
    }
  }
}

/** The arrays and objects that a text holds as JSON. */
function valuesIn(text) {
  const values = [];
  for (let at = 0, tries = 0; at < text.length && tries < MOST_TRIES; at += 1) {
    if (text[at] === "{" || text[at] === "[") {
      tries += 1;
      const end = endOfValue(text, at);
      try {
        values.push(JSON.parse(text.slice(at, end)));
        at = end - 1;
      } catch {
        // It only looks like JSON.
      }
    }
  }
  return values;
}

/** The place behind the array or object that begins at `start`. */
function endOfValue(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') {
      at = endOfString(text, at) - 1;
    } else if (text[at] === "{" || text[at] === "[") {
      depth += 1;
    } else if (text[at] === "}" || text[at] === "]") {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return start;
}

// Sentences among other words

let beginnings = null;

/** The wordings by the word that they begin with; those that may begin with any word under an empty one. */
function wordingsBy(word) {
  if (beginnings === null) {
    beginnings = new Map();
    for (const wording of [...Array.from(index().constants.values(), ([first]) => first), ...index().templates]) {
      const [piece] = wording.pieces;
      const first = typeof piece === "string" ? wordAt(piece, 0) : "";
      // A value may go on with the word.
      const key = wording.pieces.length > 1 && first === piece ? "" : first;
      const same = beginnings.get(key);
      if (same === undefined) {
        beginnings.set(key, [wording]);
      } else {
        same.push(wording);
      }
    }
  }
  return beginnings.get(word) ?? [];
}

/** The longest sentence of the catalog that stands in a line, between other words; null if there is none. */
function sentenceWithin(line, tries) {
  const done = new Set();
  let longest = null;
  let word = "";
  let before = "";
  for (let at = 0; at < line.length; at += word.length) {
    before = word;
    word = wordAt(line, at);
    if (isWordCharacter(before.at(-1) ?? "")) {
      continue;
    }
    for (const wording of [...wordingsBy(word), ...wordingsBy("")]) {
      const sentence = done.has(wording) ? null : sentenceAt(line, at, wording, tries);
      if (sentence !== null) {
        done.add(wording);
        longest = longest !== null && longest.length >= sentence.length ? longest : sentence;
      }
    }
  }
  return longest;
}

/** The longest sentence of a wording that begins at a place. Behind a quote, it ends before the next one. */
function sentenceAt(line, start, { pieces, params }, tries) {
  const [first] = pieces;
  if (typeof first === "string" && !line.startsWith(first, start)) {
    return null;
  }
  const quote = "\"'`".includes(line[start - 1] ?? " ") ? line.indexOf(line[start - 1], start) : -1;
  const rest = line.slice(start, quote === -1 ? undefined : quote);
  for (const end of endsOf(rest, pieces[pieces.length - 1]).reverse()) {
    tries.left -= 1;
    if (tries.left < 0) {
      return null;
    }
    const sentence = rest.slice(0, end);
    if (mayBe(pieces, sentence) && readTemplate(pieces, params, Array.from(sentence)) !== null) {
      return sentence;
    }
  }
  return null;
}

/** The places at which a sentence may end whose last piece is this. */
function endsOf(text, last) {
  const literal = typeof last === "string" ? last : "";
  const ends = [];
  for (let at = text.indexOf(literal); at !== -1 && ends.length < MOST_PLACES; at = text.indexOf(literal, at + 1)) {
    const end = at + literal.length;
    if (!isWordCharacter(characterAt(text, end))) {
      ends.push(end);
    }
    if (at === text.length) {
      break;
    }
  }
  return literal === "" && ends.at(-1) !== text.length ? [...ends, text.length] : ends;
}

const characterAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");

const isWordCharacter = (character) => /^[\p{Alphabetic}\p{Nd}\p{Nl}\p{No}_]$/u.test(character);

/** The word that begins at a place, or the one character that is there. */
function wordAt(text, start) {
  let end = start;
  while (isWordCharacter(characterAt(text, end))) {
    end += characterAt(text, end).length;
  }
  return end > start ? text.slice(start, end) : characterAt(text, start);
}

// "Did you mean"

/** The rows whose sentences have most in common with a passage, where it is no error of the catalog. */
function similarTo({ found, reason }, { details, others }) {
  if (found === "known" || (reason !== "other_sentence" && reason !== "not_json")) {
    return [];
  }
  const passages = (details.length > 0 ? details : others).slice(0, MOST_LIKELY).map(pairsOf);
  const rows = ROWS.filter((row) => row.sameAs === null).map((row) => {
    const pairs = pairsOf(row.detail.filter((piece) => typeof piece === "string").join(" "));
    return { row, share: Math.max(...passages.map((passage) => shareOf(passage, pairs))) };
  });
  const near = rows.filter(({ share }) => share >= 0.5).sort((one, other) => other.share - one.share);
  return near.slice(0, MOST_SIMILAR).map(({ row }) => row);
}

/** The pairs of neighbouring letters in the words of a text. */
function pairsOf(text) {
  const words = text.slice(0, 1000).toLowerCase().split(/\P{Alphabetic}+/u).map((word) => Array.from(word));
  return new Set(words.flatMap((word) => word.slice(1).map((letter, at) => word[at] + letter)));
}

/** How much two sets have in common, from 0 to 1. */
function shareOf(one, other) {
  let common = 0;
  for (const pair of one) {
    common += other.has(pair) ? 1 : 0;
  }
  return (2 * common) / Math.max(one.size + other.size, 1);
}
