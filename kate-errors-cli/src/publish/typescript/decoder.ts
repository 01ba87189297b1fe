/** Whether trying again helps: never, later, or once the cause is removed. */
export type Retry = "never" | "later" | "after_fix";

/** What the catalog says about an error. `{name}` stands for a value of its sentence. */
export interface Info {
  readonly code: $Code;
  /** The HTTP status. */
  readonly status: number;
  readonly section: $Section;
  readonly detail: string;
  readonly cause: string;
  readonly fix: string;
  readonly retry: Retry;
  /** The place of the error on the reference page. */
  readonly docsUrl: string | null;
  /** Why no server produces the error any more. */
  readonly retired: string | null;
}

/** What is known about where a response comes from. It tells errors with one sentence apart. */
export interface Scope {
  /** The operation that was called. */
  readonly operation?: $Operation | undefined;
  /** The section of the API that was called. */
  readonly section?: $Section | undefined;
  /** The header `x-error-code` of the response. */
  readonly errorCode?: string | null | undefined;
}

/** What is unexpected about a response whose sentence is known. */
export type Finding =
  | { readonly kind: "status_differs"; readonly expected: number; readonly received: number }
  | { readonly kind: "former_wording" }
  | { readonly kind: "retired" }
  | { readonly kind: "out_of_scope" }
  | { readonly kind: "code_contradicts"; readonly named: $Code }
  | { readonly kind: "code_unknown" }
  | { readonly kind: "byte_order_mark" };

/** Why the catalog does not know a response. */
export type Reason =
  | "other_sentence"
  | "empty"
  | "not_json"
  | "too_large"
  | "too_deep"
  | "not_an_object"
  | "no_detail"
  | "duplicate_detail"
  | "other_kind"
  | "lone_surrogate";

/** A response that was read: its status and body as they came, and what was found in them. */
export type Received = { readonly status: number; readonly body: string } & (
  | {
      readonly found: "known";
      readonly error: $Error;
      /** The errors that it might be as well, since they have its sentence. */
      readonly alternatives: readonly $Error[];
      readonly findings: readonly Finding[];
    }
  /** `detail` lists what is wrong with the request, as FastAPI does. It may hold what was sent. */
  | { readonly found: "validation"; readonly detail: unknown }
  | { readonly found: "unknown"; readonly reason: Reason }
  /** The status is none of an error: 1xx, 2xx or 3xx. */
  | { readonly found: "not_an_error" }
);

/**
 * Reads a response. It never throws, and keeps what it does not know.
 *
 * A body over 64 KiB, or nested deeper than 128 levels, is unknown.
 */
export function decode(status: number, body: string, scope: Scope = {}): Received {
  if (status >= 100 && status < 400) {
    return { status, body, found: "not_an_error" };
  }
  const read = readBody(body);
  if (read.kind === "unknown") {
    return { status, body, found: "unknown", reason: read.reason };
  }
  if (read.kind === "validation") {
    return { status, body, found: "validation", detail: read.detail };
  }
  const choice = choose(status, read.sentence, scope);
  if (choice === null) {
    return { status, body, found: "unknown", reason: "other_sentence" };
  }
  const [first, ...others] = choice;
  const findings = findingsOf(status, first, scope);
  if (read.hasMark) {
    findings.push({ kind: "byte_order_mark" });
  }
  const alternatives = others.map((match) => errorOf(match));
  return { status, body, found: "known", error: errorOf(first), alternatives, findings };
}

/** What the catalog says about the errors with this code. */
export function info(code: $Code): Info {
  return infoOf(rowOf(code));
}

/** The codes of all errors, in the order of the catalog. */
export function codes(): readonly $Code[] {
  return ROWS.map((row) => row.code as $Code);
}

/** Whether a text is a code of the catalog. */
export function isCode(text: string): text is $Code {
  return index().byCode.has(text);
}

/** The sentence of an error, as it stands on the wire. */
export function detail(error: $Error): string {
  return sentenceOf(error, (_param, value) => value);
}

/** The sentence of an error for logs: without the values that the catalog calls sensitive. */
export function redacted(error: $Error): string {
  return sentenceOf(error, (param, value) => (param.sensitive ? HIDDEN : value));
}

function sentenceOf(error: $Error, show: (param: Param, value: string) => string): string {
  const { values, context } = partsOf(error);
  const row = rowOf(error.code);
  const own = render(row.detail, row.params, values, show);
  const second = row.context === null ? undefined : CONTEXTS[row.context];
  if (second === undefined || context === null) {
    return own;
  }
  return own + SEPARATOR + render(second.text, second.params, context, show);
}

/** What leads to an error, with its values. */
export function cause(error: $Error): string {
  const row = rowOf(error.code);
  return render(row.cause, row.params, partsOf(error).values);
}

/** What to do about an error, with its values. */
export function fix(error: $Error): string {
  const row = rowOf(error.code);
  return render(row.fix, row.params, partsOf(error).values);
}

/**
 * Ends a `switch` over the codes: it does not compile while a code is missing.
 *
 * @throws always, since it is never reached by an error of this catalog.
 */
export function unreachable(error: never): never {
  throw new Error(`no error of the catalog: ${String(error)}`);
}

/** Text, or the index of a parameter. */
type Piece = string | number;

type Kind =
  | { readonly is: "u64" }
  | { readonly is: "i64" }
  | { readonly is: "word" }
  | { readonly is: "text"; readonly end: string | null }
  | { readonly is: "one_of"; readonly choices: readonly string[] };

interface Param {
  readonly name: string;
  readonly kind: Kind;
  readonly sensitive: boolean;
}

interface Context {
  readonly text: readonly Piece[];
  readonly params: readonly Param[];
}

// Codes and sections are texts here: the compiler would compare each row of a large table with all of them.
interface Row {
  readonly code: string;
  readonly status: number;
  readonly section: string;
  readonly retry: Retry;
  readonly detail: readonly Piece[];
  readonly cause: readonly Piece[];
  readonly fix: readonly Piece[];
  readonly params: readonly Param[];
  readonly context: number | null;
  readonly sameAs: number | null;
  readonly former: readonly (readonly Piece[])[];
  readonly retired: string | null;
}

type Value = bigint | string;
type Values = Readonly<Record<string, Value>>;

/** A wording of a row. */
interface Wording {
  readonly row: number;
  readonly isFormer: boolean;
  readonly pieces: readonly Piece[];
  readonly params: readonly Param[];
}

/** A row that has a sentence, and the values in the sentence. */
interface Match {
  readonly row: Row;
  readonly isFormer: boolean;
  readonly values: Values;
  readonly context: Values | null;
}

interface Index {
  readonly byCode: ReadonlyMap<string, Row>;
  readonly constants: ReadonlyMap<string, readonly Wording[]>;
  readonly templates: readonly Wording[];
  readonly homonyms: ReadonlyMap<number, readonly Row[]>;
}

const SEPARATOR = ". ";
const HIDDEN = "•••";
const MAX_BYTES = 65536;
const MAX_DEPTH = 128;

let indexOfAll: Index | null = null;

function index(): Index {
  indexOfAll ??= makeIndex();
  return indexOfAll;
}

function makeIndex(): Index {
  const byCode = new Map<string, Row>();
  const constants = new Map<string, Wording[]>();
  const templates: Wording[] = [];
  const homonyms = new Map<number, Row[]>();
  const add = (wording: Wording): void => {
    if (wording.pieces.some((piece) => typeof piece === "number")) {
      templates.push(wording);
      return;
    }
    const sentence = wording.pieces.join("");
    const of = constants.get(sentence);
    if (of === undefined) {
      constants.set(sentence, [wording]);
    } else {
      of.push(wording);
    }
  };
  ROWS.forEach((row, at) => {
    byCode.set(row.code, row);
    if (row.sameAs === null) {
      add({ row: at, isFormer: false, pieces: row.detail, params: row.params });
      const context = row.context === null ? undefined : CONTEXTS[row.context];
      if (context !== undefined) {
        const first = row.params.length;
        const shifted = context.text.map((piece) => (typeof piece === "number" ? first + piece : piece));
        const pieces = [...row.detail, SEPARATOR, ...shifted];
        add({ row: at, isFormer: false, pieces, params: [...row.params, ...context.params] });
      }
    } else {
      const of = homonyms.get(row.sameAs);
      if (of === undefined) {
        homonyms.set(row.sameAs, [row]);
      } else {
        of.push(row);
      }
    }
    for (const pieces of row.former) {
      add({ row: at, isFormer: true, pieces, params: row.params });
    }
  });
  return { byCode, constants, templates, homonyms };
}

function rowOf(code: $Code): Row {
  const row = index().byCode.get(code);
  if (row === undefined) {
    throw new Error(`no error of the catalog: ${String(code)}`);
  }
  return row;
}

function infoOf(row: Row): Info {
  const names: Record<string, string> = {};
  for (const param of row.params) {
    names[param.name] = `{${param.name}}`;
  }
  return {
    code: row.code as $Code,
    status: row.status,
    section: row.section as $Section,
    detail: render(row.detail, row.params, names),
    cause: render(row.cause, row.params, names),
    fix: render(row.fix, row.params, names),
    retry: row.retry,
    docsUrl: REFERENCE === null ? null : `${REFERENCE}#${row.code}`,
    retired: row.retired,
  };
}

/** The values of an error, as its type holds them. */
function partsOf(error: $Error): { readonly values: Values; readonly context: Values | null } {
  const parts = error as unknown as { readonly values?: Values; readonly context?: Values | null };
  return { values: parts.values ?? {}, context: parts.context ?? null };
}

function errorOf(match: Match): $Error {
  const { row, values, context } = match;
  const error: Record<string, unknown> = { code: row.code };
  if (row.params.length > 0) {
    error["values"] = values;
  }
  if (row.context !== null) {
    error["context"] = context;
  }
  return error as unknown as $Error;
}

function render(
  pieces: readonly Piece[],
  params: readonly Param[],
  values: Values,
  show: (param: Param, value: string) => string = (_param, value) => value,
): string {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") {
      text += piece;
    } else {
      const param = params[piece];
      text += param === undefined ? "" : show(param, String(values[param.name] ?? ""));
    }
  }
  return text;
}

type Read =
  | { readonly kind: "sentence"; readonly sentence: string; readonly hasMark: boolean }
  | { readonly kind: "validation"; readonly detail: unknown }
  | { readonly kind: "unknown"; readonly reason: Reason };

function readBody(body: string): Read {
  const unknown = (reason: Reason): Read => ({ kind: "unknown", reason });
  if (isLarge(body)) {
    return unknown("too_large");
  }
  const hasMark = body.startsWith("\ufeff");
  const text = hasMark ? body.slice(1) : body;
  if (isBlank(text)) {
    return unknown("empty");
  }
  if (depthOf(text) > MAX_DEPTH) {
    return unknown("too_deep");
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unknown("not_json");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return unknown("not_an_object");
  }
  if (!Object.prototype.hasOwnProperty.call(value, "detail")) {
    return unknown("no_detail");
  }
  if (countOf(text, "detail") > 1) {
    return unknown("duplicate_detail");
  }
  const found = (value as { readonly detail: unknown }).detail;
  if (typeof found === "object" && found !== null) {
    return { kind: "validation", detail: found };
  }
  if (typeof found !== "string") {
    return unknown("other_kind");
  }
  return hasLoneSurrogate(found) ? unknown("lone_surrogate") : { kind: "sentence", sentence: found, hasMark };
}

/** Whether a text has more than the most bytes of UTF-8 that are read. */
function isLarge(text: string): boolean {
  if (text.length * 3 <= MAX_BYTES) {
    return false;
  }
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const isHalf = unit >= 0xd800 && unit < 0xe000;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalf ? 2 : 3;
  }
  return bytes > MAX_BYTES;
}

function isBlank(text: string): boolean {
  for (const character of text) {
    if (!" \t\r\n".includes(character)) {
      return false;
    }
  }
  return true;
}

function hasLoneSurrogate(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code < 0xe000) {
      return true;
    }
  }
  return false;
}

/** The place behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

/** How many arrays and objects stand in one another at the most. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at) - 1;
    } else if (character === "{" || character === "[") {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
  }
  return deepest;
}

/** How many members of the object that `text` is are called `name`. */
function countOf(text: string, name: string): number {
  let depth = 0;
  let count = 0;
  let before = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === '"') {
      const end = endOfString(text, at);
      const isName = depth === 1 && (before === "{" || before === ",");
      count += isName && JSON.parse(text.slice(at, end)) === name ? 1 : 0;
      at = end - 1;
    } else if (character === "{" || character === "[") {
      depth += 1;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
    if (!" \t\r\n".includes(character)) {
      before = character;
    }
  }
  return count;
}

/** The rows for which most speaks among those that have the sentence. */
function choose(status: number, sentence: string, scope: Scope): readonly [Match, ...Match[]] | null {
  let best: [Match, ...Match[]] | null = null;
  let bestRank = -1;
  const weigh = (match: Match): void => {
    const rank = rankOf(status, match, scope);
    if (best === null || rank > bestRank) {
      best = [match];
      bestRank = rank;
    } else if (rank === bestRank && !best.some((other) => other.row === match.row)) {
      best.push(match);
    }
  };
  for (const wording of index().constants.get(sentence) ?? []) {
    withHomonyms(wording, [], weigh);
  }
  let characters: readonly string[] | null = null;
  for (const wording of index().templates) {
    if (mayBe(wording.pieces, sentence)) {
      characters ??= Array.from(sentence);
      const values = readTemplate(wording.pieces, wording.params, characters);
      if (values !== null) {
        withHomonyms(wording, values, weigh);
      }
    }
  }
  return best;
}

function withHomonyms(wording: Wording, values: readonly Value[], weigh: (match: Match) => void): void {
  const base = ROWS[wording.row];
  if (base === undefined) {
    return;
  }
  for (const row of [base, ...(index().homonyms.get(wording.row) ?? [])]) {
    const isFormer = wording.isFormer;
    const own: Record<string, Value> = {};
    const second: Record<string, Value> = {};
    wording.params.forEach((param, at) => {
      const value = values[at];
      if (value !== undefined) {
        (at < row.params.length ? own : second)[param.name] = value;
      }
    });
    const hasContext = wording.params.length > row.params.length || wording.pieces.length > row.detail.length;
    const context = !isFormer && row.context !== null && hasContext ? second : null;
    weigh({ row, isFormer, values: own, context });
  }
}

function rankOf(status: number, match: Match, scope: Scope): number {
  const says = [
    scope.errorCode?.trim() === match.row.code,
    status === match.row.status,
    hasScope(scope) && isWithin(match.row, scope),
    !match.isFormer,
  ];
  return says.reduce((rank, says) => rank * 2 + (says ? 1 : 0), 0);
}

function hasScope(scope: Scope): boolean {
  return scope.operation !== undefined || scope.section !== undefined;
}

function isWithin(row: Row, scope: Scope): boolean {
  const { operation, section } = scope;
  const lists = operation === undefined || (OPERATIONS[operation] ?? []).includes(row.code);
  return lists && (section === undefined || section === row.section);
}

function findingsOf(status: number, match: Match, scope: Scope): Finding[] {
  const { row } = match;
  const findings: Finding[] = [];
  if (row.status !== status) {
    findings.push({ kind: "status_differs", expected: row.status, received: status });
  }
  if (match.isFormer) {
    findings.push({ kind: "former_wording" });
  }
  if (row.retired !== null) {
    findings.push({ kind: "retired" });
  }
  if (hasScope(scope) && !isWithin(row, scope)) {
    findings.push({ kind: "out_of_scope" });
  }
  const named = scope.errorCode?.trim();
  if (named !== undefined && named !== row.code) {
    findings.push(isCode(named) ? { kind: "code_contradicts", named } : { kind: "code_unknown" });
  }
  return findings;
}

/** Whether a sentence begins and ends as the pieces do. */
function mayBe(pieces: readonly Piece[], sentence: string): boolean {
  const first = pieces[0];
  const last = pieces[pieces.length - 1];
  const begins = typeof first !== "string" || sentence.startsWith(first);
  return begins && (typeof last !== "string" || sentence.endsWith(last));
}

/**
 * The values of a sentence, one for each parameter; null if it is none of the template's.
 *
 * From the last piece to the first, the places are found from which the pieces behind fit the rest of the
 * sentence. Then the values are taken from the first to the last, each as long as can be. The time grows
 * with the length of the sentence, and no faster.
 */
function readTemplate(
  pieces: readonly Piece[],
  params: readonly Param[],
  sentence: readonly string[],
): readonly Value[] | null {
  const length = sentence.length;
  const last = new Uint8Array(length + 1);
  last[length] = 1;
  const stages: Uint8Array[] = [last];
  let ends: Uint8Array = last;
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const piece = pieces[at];
    if (piece === undefined) {
      return null;
    }
    const next = firstOf(pieces[at + 1]);
    const starts =
      typeof piece === "string"
        ? startsOfLiteral(Array.from(piece), sentence, ends)
        : startsOfHole(params[piece]?.kind, next, sentence, ends);
    stages.push(starts);
    ends = starts;
  }
  if (ends[0] !== 1) {
    return null;
  }
  const values: (Value | undefined)[] = params.map(() => undefined);
  let place = 0;
  for (const [at, piece] of pieces.entries()) {
    const reach = stages[pieces.length - 1 - at];
    if (typeof piece === "string") {
      place += Array.from(piece).length;
      continue;
    }
    const kind = params[piece]?.kind;
    if (kind === undefined || reach === undefined) {
      return null;
    }
    const end = longest(kind, firstOf(pieces[at + 1]), sentence, place, reach);
    const value = end === null ? null : fit(kind, sentence.slice(place, end).join(""));
    if (end === null || value === null) {
      return null;
    }
    values[piece] = value;
    place = end;
  }
  const all: Value[] = [];
  for (const value of values) {
    if (value === undefined) {
      return null;
    }
    all.push(value);
  }
  return all;
}

function firstOf(piece: Piece | undefined): string | null {
  if (typeof piece !== "string") {
    return null;
  }
  const [first] = piece;
  return first ?? null;
}

function startsOfLiteral(
  literal: readonly string[],
  sentence: readonly string[],
  ends: Uint8Array,
): Uint8Array {
  const starts = new Uint8Array(ends.length);
  for (let at = 0; at + literal.length < ends.length; at += 1) {
    if (ends[at + literal.length] === 1 && literal.every((character, offset) => sentence[at + offset] === character)) {
      starts[at] = 1;
    }
  }
  return starts;
}

function startsOfHole(
  kind: Kind | undefined,
  next: string | null,
  sentence: readonly string[],
  ends: Uint8Array,
): Uint8Array {
  const starts = new Uint8Array(ends.length);
  if (kind === undefined) {
    return starts;
  }
  if (kind.is === "word") {
    let reaches = false;
    for (let at = sentence.length - 1; at >= 0; at -= 1) {
      reaches = isOfWord(sentence[at]) && (reaches || ends[at + 1] === 1);
      starts[at] = reaches ? 1 : 0;
    }
    return starts;
  }
  if (kind.is === "text") {
    let reaches = ends[sentence.length] === 1;
    starts[sentence.length] = reaches ? 1 : 0;
    for (let at = sentence.length - 1; at >= 0; at -= 1) {
      const character = sentence[at];
      if (next !== null && next === character) {
        reaches = ends[at] === 1;
      } else {
        reaches = reaches && !isControl(character) && character !== kind.end;
      }
      starts[at] = reaches ? 1 : 0;
    }
    return starts;
  }
  for (let at = 0; at < sentence.length; at += 1) {
    starts[at] = endOfShort(kind, sentence, at, ends) === null ? 0 : 1;
  }
  return starts;
}

/** Where the longest value at `at` ends that reaches one of the `ends`. */
function longest(
  kind: Kind,
  next: string | null,
  sentence: readonly string[],
  at: number,
  ends: Uint8Array,
): number | null {
  if (kind.is === "word") {
    let end: number | null = null;
    for (let place = at; place < sentence.length && isOfWord(sentence[place]); place += 1) {
      end = ends[place + 1] === 1 ? place + 1 : end;
    }
    return end;
  }
  if (kind.is === "text") {
    const found = next === null ? -1 : sentence.indexOf(next, at);
    return found === -1 ? sentence.length : found;
  }
  return endOfShort(kind, sentence, at, ends);
}

/** Where the longest number or choice at `at` ends that reaches one of the `ends`. */
function endOfShort(
  kind: Kind,
  sentence: readonly string[],
  at: number,
  ends: Uint8Array,
): number | null {
  const lengths: number[] = [];
  if (kind.is === "one_of") {
    for (const choice of kind.choices) {
      const characters = Array.from(choice);
      if (characters.every((character, offset) => sentence[at + offset] === character)) {
        lengths.push(characters.length);
      }
    }
    lengths.sort((left, right) => right - left);
  } else {
    const sign = sentence[at] === "-" ? 1 : 0;
    let digits = 0;
    while (digits < 20 && isDigit(sentence[at + sign + digits])) {
      digits += 1;
    }
    for (let length = sign + digits; length > sign; length -= 1) {
      lengths.push(length);
    }
  }
  for (const length of lengths) {
    if (ends[at + length] === 1 && fit(kind, sentence.slice(at, at + length).join("")) !== null) {
      return at + length;
    }
  }
  return null;
}

/** The value that a text is, if it is one of the kind, in its one spelling. */
function fit(kind: Kind, text: string): Value | null {
  if (kind.is === "u64" || kind.is === "i64") {
    const digits = text.startsWith("-") ? text.slice(1) : text;
    const isNumber = digits.length > 0 && Array.from(digits).every((digit) => isDigit(digit));
    if (!isNumber || (digits !== "0" && digits.startsWith("0")) || text === "-0") {
      return null;
    }
    const number = BigInt(text);
    const [least, most] = RANGES[kind.is];
    return number >= least && number <= most ? number : null;
  }
  if (kind.is === "word") {
    return text.length > 0 && Array.from(text).every((character) => isOfWord(character)) ? text : null;
  }
  if (kind.is === "text") {
    const allows = (character: string): boolean => !isControl(character) && character !== kind.end;
    return Array.from(text).every((character) => allows(character)) ? text : null;
  }
  return kind.choices.includes(text) ? text : null;
}

const RANGES = {
  u64: [BigInt(0), BigInt("18446744073709551615")],
  i64: [BigInt("-9223372036854775808"), BigInt("9223372036854775807")],
} as const;

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** Unicode's category Cc. */
function isControl(character: string | undefined): boolean {
  const code = character?.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}

/** Unicode's property White_Space, without the control characters. */
const WHITE_SPACE = "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

function isOfWord(character: string | undefined): boolean {
  return character !== undefined && !isControl(character) && !WHITE_SPACE.includes(character);
}
