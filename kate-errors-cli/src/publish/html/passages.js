
// What people paste: bodies, responses, lines of logs, what clients print, codes, statuses. What a message says is read
// by the decoder alone. The command `explain` looks in the same places, with the patterns that stand here; the texts of
// `tests/pasted.json` and thousands that are made of them (`cargo xtask conformance pasted`) hold both to one another.

/** What stands around bodies, in expressions that JavaScript and Rust read alike. `explain` takes them from here. */
const PATTERNS = {
  "record": [
    "^[ \\t]*[\\[(]?[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ]",
    "^[ \\t]*[\\[(]?[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "^[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} ",
    "^[^ ]+ [^ ]+ [^ ]+ [\\[][0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:",
    "^[ \\t]*[\\[]?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)[\\]: ]",
    "^[ \\t]*[{]\"(?:@timestamp|timestamp|time|ts|level|severity)\""
  ],
  "head": ["^[ \\t]*(?:[<*] )?HTTP/[0-9](?:[.][0-9])? +([1-5][0-9]{2})(?:[^0-9]|$)"],
  "field": ["^[ \\t]*(?:[<*] )?([A-Za-z0-9_.-]+):[ \\t]*(.*)$"],
  "status": [
    "HTTP/[0-9.]+[\"']? +([1-5][0-9]{2})(?:[^0-9]|$)",
    "status(?:[ _-]?code)?(?: of| is| was)?[\"']?[ \\t]*[:=]?[ \\t]*[\"']?([1-5][0-9]{2})(?:[^0-9]|$)",
    "(?:client|server) error[ \\t]*[(:'\"]*[ \\t]*([45][0-9]{2})(?:[^0-9]|$)",
    "(?:^|[^0-9])([45][0-9]{2}) (?:client|server) error",
    "HTTP[ _-]?(?:status|error|exception)?[ \\t]*[:(]?[ \\t]*([1-5][0-9]{2})(?:[^0-9]|$)",
    "(?:response|error|returned|code)(?: code| error)?[ \\t]*[:=]?[ \\t]*[(\\[]?([45][0-9]{2})(?:[^0-9]|$)",
    "(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^ ]+ (?:[^ ]+ )?([1-5][0-9]{2})(?:[^0-9]|$)",
    "[-=]> ?([1-5][0-9]{2})(?:[^0-9]|$)",
    "<(?:title|h1)>[ \\t]*([45][0-9]{2})(?:[^0-9]|$)",
    "^[ \\t]*([1-5][0-9]{2})[ \\t]*[-:,]?[ \\t]*(?:$|['\"`])",
    "(?:^|[^0-9A-Za-z.])([45][0-9]{2})[ :,-]+(?:message=['\"])?(?:bad[ _]request|unauthorized|payment[ _]required|forbidden|not[ _]found|method[ _]not[ _]allowed|not[ _]acceptable|request[ _]time-?out|conflict|gone|length[ _]required|precondition[ _]failed|(?:payload|content|request[ _]entity)[ _]too[ _]large|uri[ _]too[ _]long|unsupported[ _]media[ _]type|range[ _]not[ _]satisfiable|expectation[ _]failed|i'?m[ _]a[ _]teapot|misdirected[ _]request|unprocessable[ _](?:entity|content)|locked|failed[ _]dependency|too[ _]early|upgrade[ _]required|precondition[ _]required|too[ _]many[ _]requests|request[ _]header[ _]fields|unavailable[ _]for[ _]legal|internal[ _]server[ _]error|not[ _]implemented|bad[ _]gateway|service[ _](?:temporarily[ _])?unavailable|gateway[ _]time-?out|insufficient[ _]storage|loop[ _]detected)"
  ],
  "route": [
    "(?:^|[^A-Za-z])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \"']+(?:https?://[^/ \"']+)?(/[^ \"'?#)]*)",
    "()https?://[^/ \"'()]+(/[^ \"'?#)>]*)"
  ],
  "code": [
    "(?:code|error|reason|type|kind)[\"']?[ ]*[:=][ ]*[\"']?([A-Za-z][A-Za-z0-9_.-]*)",
    "(?:^|[^A-Za-z0-9_.-])([A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+)"
  ],
  "time": ["[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"],
  "page": ["<(?:!doctype html|html|head|title|body)"]
};

const MOST_TRIES = 500;
const MOST_NESTED = 4;
const MOST_DEPTH = 126;
const MOST_CHARACTERS = 65536;
const MOST_LIKELY = 10;
const MOST_SIMILAR = 3;
const LEAST_CUT = 4;

/** Half a character as JSON spells it. */
const HALF = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f]/;

const expressions = new Map();

function expressionsOf(kind) {
  if (!expressions.has(kind)) {
    expressions.set(kind, PATTERNS[kind].map((pattern) => new RegExp(pattern, "iu")));
  }
  return expressions.get(kind);
}

/** The first match of a kind in a line: the one that begins first, and of these the one whose pattern stands first. */
function firstMatch(kind, line) {
  const matches = expressionsOf(kind).map((expression) => expression.exec(line)).filter((match) => match !== null);
  return matches.reduce((first, match) => (first === null || match.index < first.index ? match : first), null);
}

/**
 * Reads a pasted text: the first thing that it tells of, with the others as `more`, and the errors with similar messages
 * if it tells of no error.
 */
function readPasted(text, scope) {
  const [first, ...others] = readAll(text, scope);
  const decoded = first?.decoded ?? { outcome: "unknown", code: null, named: null, ...alone(text, first) };
  const isNear = decoded.outcome === "unknown" && ["other_message", "other_code"].includes(decoded.reason);
  const near = first === undefined ? [text.trim(), ...textsIn(text)] : isNear ? (first.texts ?? []) : [];
  const [status, rows] = [first?.status ?? 0, first?.decoded === undefined ? (first?.rows ?? []) : []];
  return { ...decoded, status, rows, similar: near.length > 0 ? similarTo(near) : [], more: others.map(decodedOf) };
}

/** Why there is no error in a response, or in a text that has no body at all. */
function alone(text, finding) {
  const [, body] = /^[^]*?\r?\n(?:< ?)?\r?\n([^]*)$/.exec(text) ?? [];
  const isResponse = firstMatch("head", text) !== null && body !== undefined;
  const { outcome, reason } = isResponse ? decode(finding?.status ?? 0, body, {}) : { outcome: "unknown" };
  return { outcome: outcome === "known" ? "unknown" : outcome, reason: reason ?? finding?.kind ?? "not_json" };
}

/** What is shown of one finding among others. */
function decodedOf({ kind, decoded, status, rows }) {
  const found = { outcome: "unknown", code: null, reason: kind, named: null, rows, ...decoded };
  return { ...found, status: status ?? 0, similar: [] };
}

/**
 * All that a text tells of, in its order. A finding has a kind: an `error` with its message, a `code` without one, a
 * `cut` message, what is `unknown`, a `validation`, a `success`, a `page` of something between, or a `status` alone.
 */
function readAll(text, scope = {}) {
  const called = errorsCalled(text.trim());
  if (called.length > 0) {
    return [{ kind: "code", rows: called, status: null, line: 1 }];
  }
  const reader = { scope, findings: [], context: emptyContext() };
  for (const group of groupsOf(text.slice(0, MOST_CHARACTERS))) {
    readGroup(reader, group);
  }
  flush(reader);
  const { findings } = reader;
  const errors = findings.filter(({ kind, status }) => kind !== "success" && !(kind === "status" && status < 400));
  return errors.length > 0 ? errors : findings.slice(0, 1);
}

/** The errors with this code or name, however it is spelled. */
function errorsCalled(text) {
  const word = text.split("::").at(-1).split(".").at(-1);
  const exact = TABLES.errors.filter(({ code }) => code === text);
  if (exact.length > 0 || !/^(?=.*[A-Za-z])[A-Za-z0-9_-]{1,100}$/.test(word)) {
    return exact;
  }
  const spelled = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return TABLES.errors.filter((row) => [row.code, nameOf(row)].some((name) => spelled(name) === spelled(word)));
}

// What is known of a response before its body is seen

function emptyContext() {
  return { status: null, page: false, isHead: false, inHead: false, line: 0, code: null, operation: null, isUsed: false };
}

/** A status, or a code, to which no body belongs is a finding of its own. */
function flush(reader) {
  const { status, code, operation, page, isUsed, line } = reader.context;
  reader.context = emptyContext();
  if (isUsed || (status === null && code === null)) {
    return;
  }
  const isSo = (row) => status === null || hasStatus(row, status);
  const named = code === null ? [] : (index().byCode.get(trimmed(code)) ?? []);
  const fitting = named.some(isSo) ? named.filter(isSo) : named;
  if (fitting.length > 0) {
    reader.findings.push({ kind: "code", rows: fitting, status, operation, line: Math.max(line, 1) });
  } else if (status !== null) {
    const under = TABLES.errors.filter(isSo);
    const listed = under.filter((row) => operation !== null && lists(operation, row));
    const rows = listed.length > 0 ? listed : under;
    reader.findings.push({ kind: page ? "page" : "status", rows: page ? [] : rows, status, operation, line });
  }
}

function setStatus(reader, status, isHead, line) {
  if (reader.context.isUsed) {
    reader.context = emptyContext();
  }
  const { context } = reader;
  const isOther = context.line !== line;
  if (context.status !== null && (isHead ? context.isHead || isOther : !context.isHead && isOther)) {
    flush(reader);
  } else if (context.status !== null && !(isHead && !context.isHead)) {
    return;
  }
  Object.assign(reader.context, { status, isHead, line });
}

function setOperation(reader, operation, line) {
  const { context } = reader;
  if (context.isUsed || (context.status !== null && !context.isHead && context.line !== line)) {
    flush(reader);
  }
  reader.context.operation = operation;
}

function setCode(reader, code) {
  if (reader.context.isUsed) {
    reader.context = emptyContext();
  }
  reader.context.code ??= code;
}

function emit(reader, finding, line) {
  const { context } = reader;
  reader.findings.push({ ...finding, status: context.status, operation: context.operation, line });
  context.isUsed = true;
}

// Lines, and bodies that take several of them

/** The lines of a text; one in which a value of JSON begins goes on until that ends. */
function groupsOf(text) {
  const groups = [];
  const values = valuesIn(text);
  let [start, line, next] = [0, 1, 0];
  const push = (end) => {
    const group = text.slice(start, end);
    groups.push({ text: group.replace(/\r$/, ""), line });
    line += group.split("\n").length;
    start = end + 1;
  };
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    while (next < values.length && values[next].end <= at) {
      next += 1;
    }
    if (next < values.length && values[next].start < at) {
      at = values[next].end - 1;
    } else {
      push(at);
    }
  }
  push(text.length);
  return groups;
}

function readGroup(reader, { text, line }) {
  if (reader.context.isUsed) {
    reader.context = emptyContext();
  }
  if (firstMatch("record", text) !== null) {
    flush(reader);
  }
  const isHead = firstMatch("head", text) !== null;
  if (!isHead && reader.context.inHead && isInHead(reader, text)) {
    return;
  }
  const group = { events: [], texts: [text.trim()], lines: [], isHead, isRequest: /^> /.test(text) };
  scan(text, 0, group);
  take(reader, group, line);
  const hasBody = group.events.some(({ kind }) => kind === "body");
  if (isHead && !hasBody) {
    reader.context.inHead = true;
  } else if (!hasBody && !group.isRequest && !isPage(reader, text)) {
    messageAmong(reader, text, group, line);
  }
  if (!isHead && text.trim() !== "") {
    reader.context.isHead = false;
  }
}

/** Whether a line belongs to the head of a response, which an empty line ends. */
function isInHead(reader, text) {
  const field = firstMatch("field", text);
  const isEnd = /^[ \t]*[<*]?[ \t]*$/.test(text);
  reader.context.inHead = !isEnd && field !== null;
  if (field !== null && field[1].toLowerCase() === TABLES.envelope.header) {
    setCode(reader, field[2].trim());
  }
  return isEnd || field !== null;
}

/** Whether a line is of a page in HTML, which nobody sends as an error of an API. */
function isPage(reader, text) {
  const found = firstMatch("page", text) !== null;
  reader.context.page ||= found;
  return found;
}

/** Takes what stands around bodies, and reads these. What follows a body may belong to it. */
function take(reader, { events }, line) {
  events.forEach((event, at) => {
    if (event.kind !== "body") {
      apply(reader, event, line);
      return;
    }
    const ends = events.findIndex((other, index) => index > at && other.kind === "body");
    for (const other of events.slice(at + 1, ends === -1 ? undefined : ends)) {
      const { context } = reader;
      if (!other.isDone && context[other.kind] === null) {
        apply(reader, other, line);
        other.isDone = true;
      }
    }
    emit(reader, readBodyIn(reader, event.text), line);
  });
}

function apply(reader, { kind, value, isHead, isDone }, line) {
  if (isDone) {
    return;
  }
  if (kind === "status") {
    setStatus(reader, value, isHead, line);
  } else if (kind === "code") {
    setCode(reader, value);
  } else {
    setOperation(reader, value, line);
  }
}

/** What is known beside a body or a message. What somebody has chosen goes before what the text says. */
function scopeOf({ scope, context }) {
  const operation = scope.operation ?? context.operation ?? undefined;
  return { ...scope, operation, errorCode: context.code ?? undefined };
}

function readBodyIn(reader, body) {
  const { status } = reader.context;
  const decoded = withoutStatus(status, decode(status ?? 0, body, scopeOf(reader)));
  const texts = textsIn(body);
  const kinds = { known: "error", validation: "validation", not_an_error: "success", unknown: "unknown" };
  const rows = decoded.outcome === "known" ? [decoded.error, ...decoded.alternatives].map(rowOf) : [];
  return { kind: kinds[decoded.outcome], decoded, rows, texts };
}

/** Texts of a body that may be like a message. */
function textsIn(text) {
  const group = { events: [], texts: [], lines: [], isHead: false };
  scan(text.slice(0, MOST_CHARACTERS), 0, group);
  return [...new Set(group.texts)].filter((it) => it !== "");
}

function withoutStatus(status, decoded) {
  if (status !== null || decoded.outcome !== "known") {
    return decoded;
  }
  return { ...decoded, notes: decoded.notes.filter(({ kind }) => kind !== "status_differs") };
}

// Messages without a body

function messageAmong(reader, text, { texts, lines }, line) {
  const finding =
    firstFound(texts, (it) => readAlone(reader, it)) ??
    firstFound(lines, (it) => readWithin(reader, it)) ??
    readCut(text) ??
    firstFound([...texts, ...lines], codesIn);
  if (finding !== null) {
    emit(reader, finding, line);
  }
}

function firstFound(all, read) {
  for (const one of all) {
    const found = one === "" ? null : read(one);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Reads a message that stands alone: the errors that have it. */
function readAlone(reader, message) {
  const status = reader.context.status;
  const hints = hintsOf(scopeOf(reader));
  const readings = readingsOf(message).filter((reading) => reading.message.rows[0].is_free !== true);
  const matches = choose(status ?? 0, readings, hints);
  const [first] = matches;
  // Values that stand beside a message are not in it.
  if (first === undefined || errorOf(first) === null) {
    return null;
  }
  const decoded = { status: status ?? 0, body: message, ...knownOf(matches, notesOf(status ?? 0, first, hints)) };
  return { kind: "error", decoded: withoutStatus(status, decoded), rows: matches.map(({ row }) => row), texts: [] };
}

/** Reads the longest message in a line. What follows it may be the beginning of a longer one that was cut. */
function readWithin(reader, line) {
  const found = messageWithin(line, { left: MOST_TRIES });
  if (found === null) {
    return null;
  }
  const rest = line.slice(found.start);
  const cut = rest === found.text ? [] : rowsBeginning(rest);
  return cut.length > 0 ? { kind: "cut", rows: cut } : readAlone(reader, found.text);
}

/** Reads a message whose end is missing: the last text in quotes, of which the closing one is missing, or all. */
function readCut(text) {
  const open = (quote) => {
    const pieces = text.replace(/\\(["\\])/g, "$1").split(quote);
    return pieces.length > 2 && pieces.at(-2).trim() === ":" ? pieces.at(-1) : null;
  };
  const candidates = [open('"'), open("'"), text.trim()].filter((it) => it !== null);
  for (const candidate of candidates) {
    const rows = rowsBeginning(candidate.replace(/(?:[.]{3}|\u2026)$/, ""));
    if (rows.length > 0) {
      return { kind: "cut", rows };
    }
  }
  return null;
}

/** The errors with a message that can begin like this. */
function rowsBeginning(text) {
  if (Array.from(text).length < LEAST_CUT) {
    return [];
  }
  const messages = index().messages.filter((it) => it.first !== "" && canBegin(it, text));
  const rows = new Set(messages.flatMap((it) => it.rows));
  return TABLES.errors.filter((row) => rows.has(row));
}

function canBegin({ first, segments }, text) {
  if (!text.startsWith(first)) {
    return first.startsWith(text);
  }
  let at = first.length;
  for (const segment of segments) {
    if (at === text.length) {
      return true;
    }
    const end = endOfCut(segment, text, at);
    if (end === text.length) {
      return true;
    }
    if (end === -1 || !text.startsWith(segment.literal, end)) {
      return end !== -1 && segment.literal.startsWith(text.slice(end));
    }
    at = end + segment.literal.length;
  }
  return at === text.length;
}

/** Where a value ends, which may be cut: then that is the end of the text. */
function endOfCut(segment, text, at) {
  const { type, mark, literal } = segment;
  if (type.ends === "choice") {
    const choice = type.choices.find((it) => text.startsWith(it, at) && text.startsWith(literal, at + it.length));
    const isCut = type.choices.some((it) => (it + literal).startsWith(text.slice(at)));
    return choice !== undefined ? at + choice.length : isCut ? text.length : -1;
  }
  if (type.ends === "grammar") {
    return endOfRun(type, text, at);
  }
  const end = literal === "" ? -1 : text.indexOf(mark, at);
  const value = text.slice(at, end === -1 ? undefined : end);
  return type.whole.test(value) ? at + value.length : -1;
}

/** The errors whose codes stand in a text. */
function codesIn(text) {
  const exact = index().byCode.get(text);
  if (exact !== undefined) {
    return { kind: "code", rows: exact };
  }
  for (const expression of expressionsOf("code")) {
    for (const match of text.matchAll(new RegExp(expression, "giu"))) {
      const rows = index().byCode.get(match[1].toLowerCase().replaceAll("-", "_"));
      if (rows !== undefined) {
        return { kind: "code", rows };
      }
    }
  }
  return null;
}

// Bodies, and what stands around them

/** Collects what a text holds: of JSON in it bodies, and strings; of the rest statuses, codes and routes. */
function scan(text, depth, group) {
  if (depth > MOST_NESTED) {
    return;
  }
  let at = 0;
  for (const { start, end, value } of valuesIn(text)) {
    around(text.slice(at, start), group);
    collect(value, text.slice(start, end), depth, group);
    at = end;
  }
  around(text.slice(at), group);
  group.lines.push(...text.split("\n").map((line) => line.trim()));
  for (const quote of ['"', "'", "`"]) {
    group.texts.push(...text.split(quote).map((piece) => piece.trim()).filter((piece) => piece !== ""));
  }
  if (text.includes('\\"') && !group.events.some(({ kind }) => kind === "body")) {
    scan(text.replace(/\\(["\\])/g, "$1"), depth + 1, group);
  }
}

/** Collects what stands around bodies. */
function around(text, group) {
  for (const line of text.split("\n")) {
    const operation = operationIn(line);
    if (operation !== null) {
      group.events.push({ kind: "operation", value: operation });
    }
    const code = codeField().exec(line);
    if (code !== null) {
      group.events.push({ kind: "code", value: code[1] });
    }
    const status = group.isRequest === true ? null : firstMatch("status", line);
    if (status !== null) {
      const isHead = group.isHead && firstMatch("head", line) !== null;
      group.events.push({ kind: "status", value: Number(status[1]), isHead });
    }
  }
}

let codeFieldOfAll = null;

/** The header field with the code as it may stand in a line. */
function codeField() {
  const name = () => TABLES.envelope.header.replace(/[^A-Za-z0-9-]/g, (it) => (it === "^" ? "\\^" : `[${it}]`));
  codeFieldOfAll ??= new RegExp(`${name()}["']?[ \t]*[:=][ \t]*["']?([^ "',;}\\]]+)`, "iu");
  return codeFieldOfAll;
}

function collect(value, text, depth, group) {
  if (typeof value === "string") {
    group.texts.push(value.trim());
    scan(value, depth + 1, group);
  } else if (Array.isArray(value)) {
    value.forEach((item) => collect(item, null, depth, group));
  } else if (isObject(value)) {
    besides(value, group);
    collectBody(value, text ?? JSON.stringify(value), depth, group);
  }
}

/** Collects the status and the code that stand beside a body. */
function besides(object, group) {
  for (const [name, member] of Object.entries(object)) {
    const status = /^(?:status(?:_?code)?|http_?status|code)$/i.test(name) && /^[1-5][0-9]{2}$/.test(String(member));
    if (status && (typeof member === "number" || typeof member === "string")) {
      group.events.push({ kind: "status", value: Number(member), isHead: false });
    }
    if (name.toLowerCase() === TABLES.envelope.header && typeof member === "string") {
      group.events.push({ kind: "code", value: member });
    }
  }
}

/** Collects an object if it is a body, and what is in it if it is none of a known error. */
function collectBody(object, text, depth, group) {
  const { outcome, reason, named } = decode(0, text, {});
  const isList = ['"loc"', '"msg"'].every((name) => text.includes(name));
  const isRead = outcome === "known" || (outcome === "validation" && isList);
  const isBody = isRead || isOfError(reason) || (named ?? null) !== null;
  const body = { kind: "body", text, isRead };
  if (isBody) {
    group.events.push(body);
  }
  if (isRead) {
    return;
  }
  const before = group.events.length;
  Object.values(object).forEach((member) => collect(member, null, depth, group));
  if (!isBody) {
    return;
  }
  if (group.events.slice(before).some((event) => event.isRead === true)) {
    group.events.splice(before - 1, 1);
  } else {
    group.events.length = before;
  }
}

/** The operation whose route stands in a line. */
function operationIn(line) {
  for (const expression of expressionsOf("route")) {
    const match = expression.exec(line);
    if (match !== null) {
      return operationAt(match[1].toUpperCase(), match[2]);
    }
  }
  return null;
}

/** The operation of a method and a path: the route with most names in it. The API may be mounted below another path. */
function operationAt(method, path) {
  const parts = path.split("/").filter((part) => part !== "");
  const all = Object.entries(routes()).filter(([, [of]]) => method === "" || of === method);
  const fitting = all.flatMap(([name, [, route]]) => {
    const wanted = route.split("/").filter((part) => part !== "");
    const behind = parts.slice(parts.length - wanted.length);
    const isHole = (part) => part.startsWith("{");
    const fits = wanted.length <= parts.length && wanted.every((part, at) => isHole(part) || part === behind[at]);
    const names = wanted.filter((part) => !isHole(part)).length;
    return fits && names > 0 ? [{ name, rank: (parts.length === wanted.length ? 1000 : 0) + names }] : [];
  });
  const most = Math.max(...fitting.map(({ rank }) => rank));
  const best = fitting.filter(({ rank }) => rank === most);
  return best.length === 1 ? best[0].name : null;
}

/** Methods and paths of operations, by their names. */
function routes() {
  return typeof ROUTES === "undefined" ? {} : ROUTES;
}

/** The arrays and objects that a text holds as JSON, and where. */
function valuesIn(text) {
  const values = [];
  for (let at = 0, tries = 0; at < text.length && tries < MOST_TRIES; at += 1) {
    if (text[at] === "{" || text[at] === "[") {
      tries += 1;
      const end = endOfJson(text, at);
      const json = text.slice(at, end);
      try {
        const value = JSON.parse(json);
        if (depthOf(json) <= MOST_DEPTH && !HALF.test(JSON.stringify(value))) {
          values.push({ start: at, end, value });
          at = end - 1;
        }
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
    longest = (longest?.text.length ?? 0) >= (text?.length ?? 0) ? longest : { text, start: at };
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

/** The errors whose messages have most in common with one of some texts. */
function similarTo(texts) {
  const passages = texts.slice(0, MOST_LIKELY).map(pairsOf);
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
