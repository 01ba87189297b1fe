
// What people paste: which bodies it may hold, and what stands beside them. What a message says is read by the
// decoder alone. The command `explain` looks in the same places; the texts of `tests/pasted.json` hold both to it.

const MOST_TRIES = 500;
const MOST_NESTED = 4;
const MOST_CHARACTERS = 65536;
const MOST_LIKELY = 10;
const MOST_SIMILAR = 3;

/** What is said of a body alone. */
const OF_BODIES = ["other_message", "other_code", "validation"];

/**
 * Reads a pasted text: what it tells of, and the errors with similar messages if it tells of no error.
 * Without a status beside it, that of the error is taken.
 */
function readPasted(text, scope) {
  const response = responseIn(text);
  if (response !== null) {
    const decoded = read(response.status, response.body, { ...scope, errorCode: response.errorCode });
    return { ...decoded, similar: similarTo(decoded, passagesIn(response.body)) };
  }
  if (isBody(text)) {
    const decoded = read(null, text, scope);
    if (decoded.outcome === "known" || OF_BODIES.includes(decoded.reason ?? decoded.outcome)) {
      return { ...decoded, similar: similarTo(decoded, passagesIn(text)) };
    }
  }
  const found = passagesIn(text);
  let named = null;
  for (const decoded of readings(found, scope)) {
    if (decoded.outcome === "known") {
      return decoded;
    }
    named ??= decoded.code === null ? null : decoded;
  }
  const decoded = named ?? read(found.status, text, scope);
  return { ...decoded, similar: similarTo(decoded, found) };
}

/** What the passages of a text mean, the likely ones first. The message of a body is the whole message. */
function* readings(found, scope) {
  for (const body of found.bodies) {
    yield read(found.status, body, scope);
  }
  for (const message of found.bodies.length > 0 ? [] : messagesAmong(found)) {
    yield readAlone(found.status, message, scope);
  }
}

/** The passages that are messages without a body. */
function* messagesAmong({ others, lines }) {
  yield* others;
  const tries = { left: MOST_TRIES };
  for (const line of lines) {
    const message = messageWithin(line.trim(), tries);
    if (message !== null) {
      yield message;
    }
  }
}

function passagesIn(text) {
  const found = { bodies: [], details: [], others: [text.trim()], lines: [], status: null };
  search(text.slice(0, MOST_CHARACTERS), 0, found);
  return found;
}

/** Reads a body. Without a status nothing is said about one that differs. */
function read(status, body, scope) {
  return withoutStatus(status, decode(status ?? 0, body, scope));
}

/** Reads a message that stands alone: the errors that have it. */
function readAlone(status, message, scope) {
  const hints = hintsOf(scope);
  const matches = choose(status ?? 0, readingsOf(message), hints);
  const [first] = matches;
  // Values that stand beside a message are not in it.
  const isKnown = first !== undefined && errorOf(first) !== null;
  const named = first?.row.code ?? null;
  return isKnown
    ? withoutStatus(status, knownOf(matches, notesOf(status ?? 0, first, hints)))
    : unknown("other_message", { ...hints, named });
}

function withoutStatus(status, decoded) {
  if (status !== null || decoded.outcome !== "known") {
    return decoded;
  }
  return { ...decoded, notes: decoded.notes.filter(({ kind }) => kind !== "status_differs") };
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
  const name = `${TABLES.envelope.header}:`;
  const fields = text.slice(0, end.index).split(/\r?\n/).map((line) => line.replace(/^< /, ""));
  const field = fields.find((line) => line.toLowerCase().startsWith(name));
  const body = text.slice(end.index + end[0].length);
  return { status: Number(head[1]), body, errorCode: field?.slice(name.length) };
}

function isBody(text) {
  try {
    return isObject(JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text));
  } catch {
    return false;
  }
}

/** Collects the passages of a text: of JSON in it bodies with their messages, and other strings. */
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
    const { message, code } = readValue(value, false, TABLES.envelope.places);
    if ((TABLES.envelope.by_code && !TABLES.envelope.by_detail ? code : message) !== undefined) {
      found.bodies.push(value);
      found.details.push(...(message === undefined ? [] : [message]));
    }
    for (const [name, member] of Object.entries(value)) {
      if (/^status(?:_?code)?$/i.test(name) && Number.isInteger(member)) {
        found.status ??= member;
      } else if (member !== message) {
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
      const end = endOfJson(text, at);
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
function endOfJson(text, start) {
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

// Messages among other words

let beginnings = null;

/** All messages, by what they begin with. */
function allMessages() {
  if (beginnings === null) {
    const nodes = new Map();
    index().messages.forEach((message) => addTo(nodes, message.first, message, 0));
    beginnings = branchOf(nodes);
  }
  return beginnings;
}

/** The longest message of the catalog that stands in a line, between other words; null if there is none. */
function messageWithin(line, tries) {
  let longest = null;
  let before = "";
  for (let at = 0; at < line.length; at += before.length) {
    const isStart = !isWordCharacter(before.at(-1) ?? "");
    before = wordAt(line, at);
    const text = isStart ? messageAt(line, at, tries) : null;
    longest = (longest?.length ?? 0) >= (text?.length ?? 0) ? longest : text;
  }
  return longest;
}

/** The longest message that begins at a place, and ends with a word. Behind a quote, it ends before the next one. */
function messageAt(line, start, tries) {
  const quote = "\"'`".includes(line[start - 1] ?? " ") ? line.indexOf(line[start - 1], start) : -1;
  const rest = line.slice(start, quote === -1 ? undefined : quote);
  const found = [];
  follow(allMessages(), rest, 0, found, null);
  tries.left -= found.length;
  if (found.length === 0 || tries.left < 0) {
    return null;
  }
  const ends = found.map((message) => readMessage(message, rest, 0)?.end ?? 0);
  const end = Math.max(0, ...ends.filter((end) => !isWordCharacter(characterAt(rest, end))));
  return end > 0 ? rest.slice(0, end) : null;
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

/** The errors whose messages have most in common with a passage, where it is no error of the catalog. */
function similarTo({ outcome, reason }, { details, others }) {
  if (outcome === "known" || !["other_message", "other_code", "not_json"].includes(reason)) {
    return [];
  }
  const passages = (details.length > 0 ? details : others).slice(0, MOST_LIKELY).map(pairsOf);
  const rows = TABLES.errors.filter((row) => row.base === null).map((row) => {
    const [first, ...segments] = row.detail;
    const pairs = pairsOf([first, ...segments.map(([, , literal]) => literal)].join(" "));
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
