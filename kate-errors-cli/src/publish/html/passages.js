
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
  "field": ["^[ \\t]*(?:[<*] )?([A-Za-z0-9_.-]+):[ \\t]*([^\\n]*)$"],
  "status": [
    "HTTP/[0-9.]+[\"']? +([1-5][0-9]{2})(?:[^0-9.]|[.][^0-9]|[.]?$)",
    "status(?:[ _-]?code)?(?: of| is| was)?[\"'\\]]?[ \\t]*[:=(>|]?[ \\t]*(?:[\"']|int[(])?([1-5][0-9]{2})(?:[^0-9.]|[.][^0-9]|[.]?$)",
    "exit(?:ed)?(?: with)?[ _-](?:status|code)[ :=]*[12][0-9]{2}",
    "(?:client|server) error[ \\t]*[(:'\"]*[ \\t]*([45][0-9]{2})(?:[^0-9.]|[.][^0-9]|[.]?$)",
    "(?:^|[^0-9])([45][0-9]{2}) (?:client|server) error",
    "exception: [(]([45][0-9]{2})[)]",
    "exceptions?[.][a-z]+: ([45][0-9]{2}) ",
    "too many ([45][0-9]{2}) error",
    "HTTP[ _-]?(?:status|error|exception)?[ \\t]*[:(]?[ \\t]*([1-5][0-9]{2})(?:[^0-9.]|[.][^0-9]|[.]?$)",
    "(?:response|error|returned|code)(?: code| error| occurred)?[ \\t]*[:=]?[ \\t]*[(\\[]?([45][0-9]{2})(?:[^0-9A-Za-z.]|[.][^0-9]|[.]?$)",
    "expected[^0-9\n]{1,30}[1-5][0-9]{2}[^0-9\n]{1,20}(?:got|was|received|actual)[^0-9\n]{0,20}([1-5][0-9]{2})(?:[^0-9A-Za-z.]|[.][^0-9]|[.]?$)",
    "^[ \\t]*(?:received(?: value)?|actual)[ \\t]*: +([1-5][0-9]{2})[ \\t]*$",
    "(?:actual value is <|[(][1-5]xx[)] but it was |but actually found )([1-5][0-9]{2})",
    "expected ([1-5][0-9]{2}) to (?:[a-z]+ )?(?:equal|be) [1-5][0-9]{2}",
    "(?:(?:sent|completed|responded)(?: with)?|from [^ ]+ -) ([1-5][0-9]{2}) (?:[0-9]+B )?in [0-9]",
    "[|] ([1-5][0-9]{2}) [|] +[0-9.]+(?:\u00b5|m|n)?s ",
    "[0-9]/[+]?[0-9]+ ([1-5][0-9]{2}) [+]?[0-9]+ [^ ]+ [^ ]+ [A-Za-z-]{4} ",
    "^(?:https?|h2|grpcs|wss?)(?: [^ ]+){4}(?: [0-9.-]+){3} ([1-5][0-9]{2}) ",
    "(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) /[^ ]* [^ ]+ [0-9]+ [^ ]+ [0-9A-F.:]+ [^\n]* ([1-5][0-9]{2}) [0-9]+ [0-9]+ [0-9]+[ \t]*$",
    "(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^ ]+ (?:[^ ]+ )?([1-5][0-9]{2})(?:[^0-9A-Za-z.]|[.][^0-9]|[.]?$)",
    "^[ \\t]*[\\[(]([1-5][0-9]{2})[\\])][ \\t]+(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) ",
    "(?:[-=]>|<--) *[\\[]?([1-5][0-9]{2})(?:[^0-9A-Za-z.]|[.][^0-9]|[.]?$)",
    "<(?:title|h1)>[ \\t]*([45][0-9]{2})(?:[^0-9.]|[.][^0-9]|[.]?$)",
    "^[ \\t]*([1-5][0-9]{2})[ \\t]*[-:,]?[ \\t]*(?:$|['\"`])",
    "(?:^|[^0-9A-Za-z.])([45][0-9]{2})[ :,-]+(?:message=)?['\"(]?(?:bad[ _]request|unauthorized|payment[ _]required|forbidden|not[ _]found|method[ _]not[ _]allowed|not[ _]acceptable|request[ _]time-?out|conflict|gone|length[ _]required|precondition[ _]failed|(?:payload|content|request[ _]entity)[ _]too[ _]large|uri[ _]too[ _]long|unsupported[ _]media[ _]type|range[ _]not[ _]satisfiable|expectation[ _]failed|i'?m[ _]a[ _]teapot|misdirected[ _]request|unprocessable[ _](?:entity|content)|locked|failed[ _]dependency|too[ _]early|upgrade[ _]required|precondition[ _]required|too[ _]many[ _]requests|request[ _]header[ _]fields|unavailable[ _]for[ _]legal|internal[ _]server[ _]error|not[ _]implemented|bad[ _]gateway|service[ _](?:temporarily[ _])?unavailable|gateway[ _]time-?out|insufficient[ _]storage|loop[ _]detected)"
  ],
  "route": [
    "(?:^|[^A-Za-z])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\\])]?[ \"'|]+(?:https?://[^/ \"']+)?(/(?:[^ \"'`?#)]*[^ \"'`?#).,:;}])?)",
    "()https?://[^/ \"'()]+(/(?:[^ \"'?#)>]*[^ \"'?#)>.,:;}])?)"
  ],
  "request": [
    "(?:^|[^A-Za-z])(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\"']?[ \\t]*,?[ \\t]*[\"']?[a-z._-]{0,40}(?:path|ur[il]|route|target)[\"']?[ \\t]*[:=][ \\t]*[\"']?(?:https?://[^/ \"']+)?(/(?:[^ \"'`?#)]*[^ \"'`?#).,:;}])?)",
    "()(?:^|[^A-Za-z])[a-z._-]{0,40}(?:path|ur[il]|route|target)[\"']?[ \\t]*[:=][ \\t]*[\"']?(?:https?://[^/ \"']+)?(/(?:[^ \"'`?#)]*[^ \"'`?#).,:;}])?)"
  ],
  "route_alone": [
    "^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \\t]+(?:https?://[^/ \"'\\t\\r\\n]+)?(/[^ \"'`?#\\t\\r\\n]*)(?:[?#][^ \\t\\r\\n]*)?(?:[ \\t]+HTTP/[0-9.]+)?$",
    "^()(?:https?://[^/ \"'\\t\\r\\n]+)?(/[^ \"'`?#\\t\\r\\n]*)(?:[?#][^ \\t\\r\\n]*)?$"
  ],
  "status_member": [
    "^(?:[^ ]+[.]|(?:edge_?)?(?:downstream|elb|response)_?|sc-)?(?:http_?)?status(?:_?code)?$",
    "^(?:response|result)_?code$",
    "^code$"
  ],
  "status_text": ["(?:value|error|message|msg|text)$"],
  "status_before": ["(?:^|[ \\t'\"\u0060(\\[|,;])([45][0-9]{2})[\\])]?[ \\t]?[:,|;-]?[ \\t]*(?:b|<<)?['\"\u0060]*$"],
  "status_alone": [
    "^[ \\t]*[\"']?(?:HTTP)?[ _-]?(?:response)?[ _-]?(?:status)?[ _-]?(?:code)?[\"']?[ \\t]*[:=]?[ \\t]*([45][0-9]{2})(?:[ \\t]+[(]?[A-Za-z' -]+[)]?)?[ \\t]*,?$"
  ],
  "status_behind": ["^[ \\t]*[(\\[]([45][0-9]{2})[)\\]][ \\t]*$"],
  "code": [
    "(?:^|[^A-Za-z0-9.])(?:code|error)[\"']?[ ]*[:=]?[ ]*[\"'(]?(-?[0-9][A-Za-z0-9]{2,})",
    "[A-Za-z][ ]?[\\[(]([A-Za-z0-9](?:[A-Za-z0-9_.:/-]*[A-Za-z0-9])?)[\\])]:",
    "sqlstate[\"']?[ :=]*[\"']?([0-9A-Z]{5})(?:[^0-9A-Za-z_]|$)",
    "Err` value: ([A-Za-z0-9_:]+)",
    "(?:code|error|reason|type|kind)[\"']?[ ]*[:=][ ]*[\"']?([A-Za-z](?:[A-Za-z0-9_.:/-]*[A-Za-z0-9_])?)",
    "(?:^|[^A-Za-z0-9_.-])([A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+)",
    "(?:^|[^A-Za-z0-9_.:/-])([A-Za-z0-9]+(?:(?:::|[_.:/-])[A-Za-z0-9]+)+)"
  ],
  "time": ["[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"],
  "ellipsis": ["[ ]?[\\[(<]?(?:[.]{3}|\u2026|truncated)"],
  "bytes": [
    "(?:\\\\x[0-9a-f]{2})+",
    "[^ \\t\\n\"'<>]+"
  ],
  "encoded": ["%[0-9a-f]{2}", "^[^?&]*[?&][^+]*[+]"],
  "quoted": ["(?:^|\n)(?:>[^\n]*\n?)+"],
  "quote_mark": ["(^|\n)(?:> ?)+"],
  "request_line": ["(?:^|\n)> [A-Z]+ [^ \n]+ HTTP"],
  "colour": ["\u001b[\\[][0-9;:]*[A-Za-z]"],
  "page": ["<(?:!doctype html|html|head|body)", "<title>[ \\t]*[45][0-9]{2}"],
  "page_end": ["<[/]html>"]
};

const MOST_TRIES = 500;
const MOST_NESTED = 4;
const MOST_DEPTH = 127;
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

// Bodies, and what stands around them

/** Collects what a text holds: of JSON in it bodies, and strings; of the rest statuses, codes and routes. */
function scan(text, depth, group) {
  if (depth > MOST_NESTED) {
    return;
  }
  const first = group.events.length;
  let at = 0;
  for (const { start, end, value } of valuesIn(text)) {
    around(text.slice(at, start), group);
    const status = group.isRequest === true ? null : firstMatch("status_before", text.slice(at, start));
    if (status !== null) {
      group.events.push({ kind: "status", value: Number(status[1]), isHead: false });
    }
    const mark = text[start - 1] === "\ufeff" ? 1 : 0;
    // The record of a request that a log has as JSON.
    pushOperation(["request"], text.slice(start, end), group);
    collect(value, text.slice(start - mark, end), depth, group);
    at = end;
  }
  around(text.slice(at), group);
  for (const plain of [withoutEntities(text), withoutCodesOfBytes(text)]) {
    if (plain !== text) {
      scanAgain(plain, first, depth, group);
    }
  }
  group.lines.push(...text.split("\n").map((line) => line.trim()));
  // Quotes in a JSON string do not end it.
  for (const pieces of [text.replace(/\\"/g, "\0").split('"'), text.split("'"), text.split("`")]) {
    const plain = pieces.map((piece) => piece.replace(/\0/g, '"').trim());
    group.texts.push(...plain.filter((piece) => piece !== ""));
  }
  if (text.includes('\\"')) {
    scanAgain(text.replace(/\\(["\\])/g, "$1"), first, depth, group);
  }
}

/**
 * Scans a text without its escapes, if it has no body with them. If it then has one, what was found with them, from `first`
 * on, is found again.
 */
function scanAgain(plain, first, depth, group) {
  const end = group.events.length;
  const hasBody = (from) => group.events.slice(from).some(({ kind }) => kind === "body");
  if (hasBody(0)) {
    return;
  }
  scan(plain, depth + 1, group);
  if (hasBody(end)) {
    group.events.splice(first, end - first);
  }
}

const ENTITIES = { quot: '"', "#34": '"', apos: "'", "#39": "'", "#x27": "'", lt: "<", gt: ">", amp: "&" };

/** Reads what an HTML page spells as entities. */
function withoutEntities(text) {
  return text.replace(/&(quot|#34|apos|#39|#x27|lt|gt|amp);/g, (_, name) => ENTITIES[name]);
}

/** Reads bytes that a log, such as that of nginx, has as `\x22`, and an address as `%22`. */
function withoutCodesOfBytes(text) {
  const read = (run) => {
    const encoded = run.replaceAll("\\x", "%");
    if (firstMatch("encoded", encoded) === null) {
      return run;
    }
    return encoded.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/giu, unescaped);
  };
  return PATTERNS.bytes.reduce((plain, runs) => plain.replace(new RegExp(runs, "giu"), read), text);
}

/** Removes the codes that make a text coloured or bold on a terminal. */
function withoutColours(text) {
  const [colour] = PATTERNS.colour;
  return text.replace(new RegExp(colour, "giu"), "");
}

/** Collects what stands around bodies. */
function around(text, group) {
  for (const line of text.split("\n")) {
    pushOperation(["route", "request"], line, group);
    const code = codeField().exec(line);
    if (code !== null) {
      group.events.push({ kind: "code", value: code[1] });
    }
    const status = group.isRequest === true ? null : firstMatch("status", line);
    // That of a process has no number.
    if (status?.[1] !== undefined) {
      const isHead = group.isHead && firstMatch("head", line) !== null;
      group.events.push({ kind: "status", value: Number(status[1]), isHead });
    }
  }
}

let codeFieldOfAll = null;

/** The header field with the code as it may stand in a line. */
function codeField() {
  const name = () => TABLES.envelope.header.replace(/[^A-Za-z0-9-]/g, (it) => (it === "^" ? "\\^" : `[${it}]`));
  codeFieldOfAll ??= new RegExp(`${name()}["']?[ \t]*[:=][ \t]*["']?([^ "',;}\\]\\\\]+)`, "iu");
  return codeFieldOfAll;
}

function collect(value, text, depth, group) {
  if (typeof value === "string") {
    const plain = withoutColours(value);
    group.texts.push(plain.trim());
    scan(plain, depth + 1, group);
  } else if (Array.isArray(value)) {
    collectBody(value, text, depth, group);
  } else if (isObject(value)) {
    besides(value, group);
    collectBody(value, text, depth, group);
  }
}

/** Collects the status and the code that stand beside a body. */
function besides(object, group) {
  for (const [name, member] of Object.entries(object)) {
    const status = firstMatch("status_member", name) !== null && /^[1-5][0-9]{2}$/.test(String(member));
    const isCode = name.toLowerCase() === "code" && index().byCode.has(String(member));
    if (status && !isCode && (typeof member === "number" || typeof member === "string")) {
      group.events.push({ kind: "status", value: Number(member), isHead: false });
    }
    if (name.toLowerCase() === TABLES.envelope.header && typeof member === "string") {
      group.events.push({ kind: "code", value: member });
    }
  }
}

/** Collects an object or array if it is a body, and what is in it if it is none of a known error. */
function collectBody(value, outer, depth, group) {
  const text = outer ?? JSON.stringify(value);
  const decoded = decode(0, text, {});
  const { outcome, reason, named } = decoded;
  const isList = ['"loc"', '"msg"'].every((name) => text.includes(name));
  // Deeper in a text, a list by name may be anything, such as the header fields of a request.
  const isByName = () => outer !== null && fieldsAlone(decoded).length > 0;
  const isRead = outcome === "known" || (outcome === "validation" && isList) || isByName();
  // A header field may have the code.
  const hasMessage = () => readBody(text, TABLES.envelope.places).message !== undefined;
  const isError = isOfError(reason) || (named ?? null) !== null || (reason === "no_code" && hasMessage());
  const isBody = isRead || isError;
  const body = { kind: "body", text, isRead };
  if (isBody) {
    group.events.push(body);
  }
  if (isRead) {
    return;
  }
  const before = group.events.length;
  // A number in quotes may be anything, such as an id.
  const isNumber = ([name, member]) => /^"[0-9]+"$/.test(JSON.stringify(member)) && firstMatch("status_text", name) === null;
  const members = Object.entries(value).filter((member) => Array.isArray(value) || !isNumber(member));
  members.forEach(([, member]) => collect(member, null, depth, group));
  if (!isBody) {
    return;
  }
  if (group.events.slice(before).some((event) => event.isRead === true)) {
    group.events.splice(before - 1, 1);
  } else {
    group.events.length = before;
  }
}

/** Collects the operation whose route stands in a text, in the way of the first pattern of the kinds that fits. */
function pushOperation(kinds, text, group) {
  const all = operationsIn(kinds, text);
  // Nothing says which of several it is.
  if (all.length === 1) {
    group.events.push({ kind: "operation", value: all[0] });
  }
}

/** The operations of the route that stands in a text, in the way of the first pattern of the kinds that fits. */
function operationsIn(kinds, text) {
  const matches = kinds.flatMap(expressionsOf).map((expression) => expression.exec(text)).filter((it) => it !== null);
  return matches.length === 0 ? [] : operationsAt(matches[0][1].toUpperCase(), matches[0][2]);
}

/** The operations of a method and a path: the routes with most names. The API may be mounted below another path. */
function operationsAt(method, path) {
  const plain = (part) => part.replace(/(?:%[0-9a-f]{2})+/giu, unescaped);
  const partsOf = (of) => of.split("/").filter((part) => part !== "").map(plain);
  const parts = partsOf(path);
  const all = Object.entries(routes()).filter(([, [of]]) => method === "" || of === method);
  const fitting = all.flatMap(([name, [, route]]) => {
    const wanted = partsOf(route);
    const behind = parts.slice(parts.length - wanted.length);
    const isHole = (part) => part.startsWith("{");
    const fits = wanted.length <= parts.length && wanted.every((part, at) => isHole(part) || part === behind[at]);
    const names = wanted.filter((part) => !isHole(part)).length;
    return fits && names > 0 ? [{ name, rank: (parts.length === wanted.length ? 1000 : 0) + names }] : [];
  });
  const most = Math.max(...fitting.map(({ rank }) => rank));
  return fitting.filter(({ rank }) => rank === most).map(({ name }) => name);
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
      const end = cutsOf(text, at).at(-1) + 1;
      const json = text.slice(at, end);
      try {
        const value = JSON.parse(json);
        if (depthOf(json) <= MOST_DEPTH && !HALF.test(JSON.stringify(value))) {
          // A status in brackets, as in `<Response [404]>`, is text.
          if (!(Array.isArray(value) && value.length === 1 && typeof value[0] === "number")) {
            values.push({ start: at, end, value });
          }
          at = end - 1;
        }
      } catch {
        // It only looks like JSON.
      }
    }
  }
  return values;
}

// Messages among other words

let beginnings = null;

/** All messages, by what they begin with. */
function allMessages() {
  if (beginnings === null) {
    const nodes = new Map();
    const isWorded = ({ rows }) => rows[0].is_free !== true;
    index().messages.filter(isWorded).forEach((message) => addTo(nodes, message.first, message, 0));
    beginnings = treeOf(nodes);
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
