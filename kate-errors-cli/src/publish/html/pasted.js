
// Reading what people paste, line by line: what stands around a body, and the body itself, or a message without one.

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
  const similar = near.length > 0 ? similarTo(near) : [];
  return { ...decoded, status, rows, operation: first?.operation, similar, more: others.map(decodedOf) };
}

/** Why there is no error in a response, or in a text that has no body at all. */
function alone(text, finding) {
  const [, body] = /^[^]*?\r?\n(?:< ?)?\r?\n([^]*)$/.exec(text) ?? [];
  const isResponse = firstMatch("head", text) !== null && body !== undefined;
  const { outcome, reason } = isResponse ? decode(finding?.status ?? 0, body, {}) : { outcome: "unknown" };
  return { outcome: outcome === "known" ? "unknown" : outcome, reason: reason ?? finding?.kind ?? "not_json" };
}

/** What is shown of one finding among others. */
function decodedOf({ kind, decoded, status, rows, operation }) {
  const found = { outcome: "unknown", code: null, reason: kind, named: null, rows, operation, ...decoded };
  return { ...found, status: status ?? 0, similar: [] };
}

/**
 * All that a text tells of, in its order. A finding has a kind: an `error` with its message, a `code` without one, a
 * `cut` message, what is `unknown`, a `validation`, a `success`, a `page` of something between, a `status` alone, or an
 * `operation` whose route is all of the text.
 */
function readAll(pasted, scope = {}) {
  const text = withoutQuotes(withoutColours(pasted));
  const called = codeCalled(text.trim());
  if (called.length > 0) {
    return called;
  }
  const reader = { scope, findings: [], context: emptyContext(), before: null };
  for (const group of groupsOf(text.slice(0, MOST_CHARACTERS))) {
    readGroup(reader, group);
  }
  flush(reader);
  const { findings } = reader;
  // A message can have line breaks.
  const whole = findings.every(({ kind }) => kind === "cut") ? readAlone(reader, text.trim()) : null;
  if (whole !== null) {
    return [{ ...whole, status: null, operation: null, line: 1 }];
  }
  if (findings.length === 0) {
    // People leave out the underscores.
    const called = codeCalled(withoutValues(text.trim()).replaceAll(" ", "_"));
    return [called, statusCalled(text.trim()), operationsAlone(text.trim())].find((it) => it.length > 0) ?? [];
  }
  const errors = findings.filter(({ kind, status }) => kind !== "success" && !(kind === "status" && status < 400));
  return errors.length > 0 ? errors : findings.slice(0, 1);
}

/** Removes the marks of an email before what it quotes. A request that curl shows has the same mark. */
function withoutQuotes(text) {
  const isRequest = (run) => firstMatch("request_line", run) !== null;
  const plain = (run) => (isRequest(run) ? run : run.replace(new RegExp(PATTERNS.quote_mark[0], "gu"), "$1"));
  return text.replace(new RegExp(PATTERNS.quoted[0], "gu"), plain);
}

/** The name of an error as Rust and Python show it, without the values behind it. */
function withoutValues(text) {
  const inner = text.replace(/^(?:Err\()?(?:Some\()?/, "");
  return /[)}]$/.test(text) ? inner.split(/[{(]/)[0].replace(/[ )]+$/, "") : text;
}

/** What is found in a text that is a code or a name. */
function codeCalled(text) {
  const rows = errorsCalled(text);
  return rows.length > 0 ? [{ kind: "code", rows, status: null, line: 1 }] : [];
}

/** What is found in a text that is the name of a status. */
function statusCalled(text) {
  const status = Number(Object.keys(STATUSES).find((it) => STATUSES[it].toLowerCase() === text.toLowerCase()) ?? 0);
  const rows = TABLES.errors.filter((row) => hasStatus(row, status));
  return status === 0 ? [] : [{ kind: "status", rows, status, operation: null, line: 1 }];
}

/** The operations whose route is all of a text, with their errors. */
function operationsAlone(text) {
  const listed = (operation) => TABLES.errors.filter((row) => lists(operation, row));
  return operationsIn(["route_alone"], text).map((operation) =>
    ({ kind: "operation", rows: listed(operation), status: null, operation, line: 1 }));
}

/** The errors with this code or name, however it is spelled. */
function errorsCalled(text) {
  const exact = TABLES.errors.filter(({ code }) => code === text);
  const word = text.split(/[:.\\]/).at(-1);
  if (exact.length > 0 || !/^(?=.*[A-Za-z])[A-Za-z0-9_-]{1,100}$/.test(word)) {
    return exact;
  }
  const spelled = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
  const called = (wanted) => TABLES.errors.filter((row) => [row.code, nameOf(row)].some((name) => spelled(name) === wanted));
  const rows = called(spelled(word));
  // Python calls the class of an error so, other languages call it an exception.
  return rows.length > 0 ? rows : called(spelled(word).replace(/(.)(?:error|exception)$/, "$1"));
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
  const named = code === null ? [] : (index().byCode.get(trimmed(code)) ?? []);
  const isCode = named.length > 0;
  if (isCode || status !== null) {
    const kind = isCode ? "code" : page ? "page" : "status";
    const all = { code: named, page: [], status: TABLES.errors.filter((row) => hasStatus(row, status)) }[kind];
    reader.findings.push({ kind, rows: preferred(all, { status, operation }), status, operation, line: Math.max(line, 1) });
  }
}

/** Those of some errors that the status and the operation allow, if they allow any. */
function preferred(all, { status, operation }) {
  const filters = [(row) => status === null || hasStatus(row, status), (row) => operation !== null && lists(operation, row)];
  return filters.reduce((rows, isSo) => (rows.some(isSo) ? rows.filter(isSo) : rows), all);
}

function setStatus(reader, status, isHead, line) {
  if (reader.context.isUsed) {
    reader.context = emptyContext();
  }
  const { context } = reader;
  const isOther = context.line !== line;
  if (context.status === status && (context.page || reader.isContinued) && !isHead) {
    // Pages say it in their title and in their text, and dumps of errors in their message and in a member.
    return;
  }
  if (context.status !== null && (isHead ? context.isHead || isOther : !context.isHead && isOther)) {
    flush(reader);
  } else if (context.status !== null && !(isHead && !context.isHead)) {
    return;
  }
  Object.assign(reader.context, { status, isHead, line });
}

function setOperation(reader, operation, line) {
  const { context } = reader;
  if (context.isUsed || (context.status !== null && !context.isHead && context.line !== line && !reader.isContinued)) {
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
  const rows = finding.kind === "cut" ? preferred(finding.rows, context) : finding.rows;
  reader.findings.push({ ...finding, rows, status: context.status, operation: context.operation, line });
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
  if (belongsToBody(reader, text)) {
    return;
  }
  // A body behind a head may have its time, as a record of a log has.
  const isBehindHead = reader.context.isHead && !reader.context.inHead;
  const isBody = isBehindHead && text.startsWith("{");
  if (firstMatch("record", text) !== null && !isBody && !hasNameOfStatus(reader, text)) {
    flush(reader);
  }
  // An indented line continues what began before.
  reader.isContinued = /^[ \t]/.test(text);
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
  if (reader.context.page && reader.context.status !== null && firstMatch("page_end", text) !== null) {
    flush(reader);
  }
}

/**
 * Whether a line has only the status of the body before it, which is the one that it has, or of an error that it may be if
 * it has none yet. Then that body is read again, with its status.
 */
function belongsToBody(reader, text) {
  const { before, findings } = reader;
  const status = Number(firstMatch("status_alone", text)?.[1] ?? 0);
  // Dumps of objects have other members before the status.
  const isMember = /^[ \t]/.test(text) && before !== null && before.context.status !== null;
  if (before === null || text.trim() === "" || (status === 0 && isMember)) {
    return false;
  }
  reader.before = null;
  if (before.context.status !== null) {
    return before.context.status === status;
  }
  if (!findings.at(-1).rows.some((row) => hasStatus(row, status))) {
    return false;
  }
  findings.pop();
  reader.context = { ...emptyContext(), ...before.context, status };
  emit(reader, readBodyIn(reader, before.body), before.line);
  return true;
}

/** Whether a line ends with the name of the status before it, as in `404` and `Error: Not Found`. */
function hasNameOfStatus({ context: { status } }, text) {
  return status !== null && STATUSES[status] !== undefined && text.endsWith(STATUSES[status]);
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
    const { status, code, operation } = reader.context;
    reader.before = { body: event.text, line, context: { status, code, operation } };
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
  if (fieldsAlone(decoded).length > 0) {
    return { kind: "validation", decoded, rows: [], texts };
  }
  if (decoded.outcome === "unknown") {
    // The code may say which error it is, although the message is another one.
    return { kind: decoded.code === null ? "unknown" : "code", decoded, rows: index().byCode.get(decoded.named) ?? [], texts };
  }
  const kinds = { known: "error", validation: "validation", not_an_error: "success" };
  const rows = decoded.outcome === "known" ? [decoded.error, ...decoded.alternatives].map(rowOf) : [];
  return { kind: kinds[decoded.outcome], decoded, rows, texts };
}

/** The fields of the request that a body lists where it tells of no error. */
function fieldsAlone(decoded) {
  const { outcome, reason, named } = decoded;
  const isAlone = outcome === "validation" || (outcome === "unknown" && named === null && !isOfError(reason));
  const listed = isAlone ? fieldsListed(decoded) : [];
  // Without a path, other lists of texts may be anything.
  return listed.some(({ path }) => path !== "") ? listed : [];
}

function fieldsListed(decoded) {
  return fields(decoded).filter(({ message }) => message !== "");
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
