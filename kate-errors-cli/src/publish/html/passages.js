
// What people paste: which bodies it may hold, and what stands beside them. What a body says is read by the
// decoder alone.

const MOST_TRIES = 500;
const MOST_NESTED = 4;
const MOST_CHARACTERS = 65536;

/**
 * Reads a pasted text: what it tells of and whether it is a body on its own, or null if it tells of nothing.
 * Without a status beside it, that of the error is taken.
 */
function readPasted(text, scope) {
  const response = responseIn(text);
  if (response !== null) {
    return read(response.status, response.body, { ...scope, errorCode: response.errorCode });
  }
  if (isObject(text)) {
    const received = read(null, text, scope);
    if (received.found === "known" || received.reason === "other_sentence") {
      return received;
    }
  }
  const found = { details: [], others: [], lines: [], status: null };
  search(text.slice(0, MOST_CHARACTERS), 0, found);
  const whole = found.details.length > 0 ? found.details : found.others;
  const passages = found.details.length > 0 ? [] : found.lines.flatMap((line) => endingsOf(line));
  for (const sentence of [...whole, ...passages]) {
    const received = read(found.status, JSON.stringify({ detail: sentence }), scope);
    if (received.found === "known") {
      return received;
    }
  }
  return read(found.status, text, scope);
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
  found.lines.push(...text.split(/\r?\n/));
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

/** A line, and what is left of it behind each of its words: a log has much before a sentence. */
function endingsOf(line) {
  const text = line.trim();
  const endings = [text];
  for (const { index } of text.matchAll(/\s+(?=\S)/g)) {
    if (endings.length === MOST_TRIES) {
      break;
    }
    endings.push(text.slice(index).trim());
  }
  return endings;
}
