/** An integer: a `number` if that is exact, or else its decimal digits. `BigInt(value)` accepts both. */
export type Integer = number | `${bigint}`;

/** What the catalog says about an error. In its texts, `{name}` is a placeholder for a value. */
export interface Info {
  readonly code: $Code;
  /** The HTTP status. */
  readonly status: number;
  readonly section: $Section;
  readonly detail: string;
  readonly cause: string;
  readonly fix: string;
  readonly retry: Retry;
  /** The URL of the error on the reference page; null if the catalog names no such page. */
  readonly docsUrl: string | null;
  /** Why servers no longer produce the error; null if they do. */
  readonly retired: string | null;
}

/** What the caller knows about the origin of a response. It tells errors with the same message apart. */
export interface Scope {
  /** The operation that was called. */
  readonly operation?: $Operation | undefined;
  /** The section of the API that was called. */
  readonly section?: $Section | undefined;
  /** The header field `$Header` of the response. */
  readonly errorCode?: string | null | undefined;
}

/** What is unexpected about a response whose error is known. */
export type Note =
  | { readonly kind: "status_differs"; readonly expected: number; readonly received: number }
  | { readonly kind: "former_message" }
  | { readonly kind: "other_message" }
  | { readonly kind: "retired" }
  | { readonly kind: "out_of_scope" }
  | { readonly kind: "code_contradicts"; readonly named: $Code }
  | { readonly kind: "code_unknown" }
  | { readonly kind: "no_code" }
  | { readonly kind: "values_differ" }
  /** The body has different values in two places of the same slot. The first place in the template counts. */
  | { readonly kind: "places_differ" }
  /** The body lists a further error: see `others`. */
  | { readonly kind: "more_errors" }
  | { readonly kind: "byte_order_mark" };

/** Why a response is not known. */
export type UnknownReason =
  | "other_message"
  | "empty"
  | "not_json"
  | "too_deep"
  | "not_an_object"
  | "no_detail"
  | "duplicate_detail"
  | "duplicate_member"
  | "no_code"
  | "other_code"
  | "other_kind"
  | "lone_surrogate"
  | "missing_value";

/** A decoded response: its status and body as received, and what they mean. */
export type Decoded<Body = unknown> = { readonly status: number; readonly body: Body } & Outcome & Format;

interface Format {
  /** Which of the older formats the body has, counted from 1; absent if it has that of the catalog. */
  readonly older?: number;
}

/**
 * What a response means. `code` is the code of its error. If the catalog identifies errors by their codes, it can be
 * set even if the values of the error could not be read.
 */
export type Outcome =
  | {
      readonly outcome: "known";
      readonly code: $Code;
      readonly error: $Error;
      /** The other errors with the same message, which the response could mean instead. */
      readonly alternatives: readonly $Error[];
      readonly notes: readonly Note[];
    }
  /**
   * In place of the message, the body lists what is wrong with the request, as FastAPI does. This may include data of
   * the request.
   */
  | { readonly outcome: "validation"; readonly code: null; readonly detail: unknown }
  | {
      readonly outcome: "unknown";
      readonly code: $Code | null;
      readonly reason: UnknownReason;
      /** The code in the body, or else in the header field `$Header`; null if the catalog does not have it. */
      readonly named: $Code | null;
    }
  /**
   * The status is 1xx, 2xx or 3xx. If the catalog sends errors with a success status, the body does not have what
   * identifies an error.
   */
  | { readonly outcome: "not_an_error"; readonly code: null };

/** A problem with a field of the request. What the response does not say is empty. */
export interface $FieldError {
  /** The path of the field: names and indices. */
  readonly loc: readonly (string | number)[];
  /** The path as text: `items[0].name`. */
  readonly path: string;
  /** The path as a JSON Pointer (RFC 6901): `/items/0/name`. */
  readonly pointer: string;
  /** The machine-readable code of the problem. */
  readonly code: string;
  /** The human-readable message. It is untrusted text. */
  readonly message: string;
}

/**
 * Decodes a response. It never throws, and an unknown response keeps its status and body.
 *
 * The body is a string, bytes (such as a `Buffer` or an `ArrayBuffer`), or parsed JSON, such as `response.data` of
 * axios. In a string or bytes, a duplicate of a member that is read makes the response unknown. In parsed JSON, the
 * parser has already dropped duplicates silently.
 */
export function decode<Body>(status: number, body: Body, scope?: Scope | null): Decoded<Body> {
  const isSuccess = typeof status === "number" && status >= 100 && status < 400;
  if (isSuccess && status !== TABLES.envelope.success) {
    return { status, body, outcome: "not_an_error", code: null };
  }
  const found = outcomeOrNone(status, body, scope);
  if (found.outcome === "known" && found.older === undefined) {
    // Spreading the outcome would take a third of the decoding time.
    const { code, error, alternatives, notes } = found;
    return { status, body, outcome: "known", code, error, alternatives, notes };
  }
  const isError = found.outcome === "known" || (found.outcome === "unknown" && isOfError(found.reason));
  return isError || !isSuccess
    ? { status, body, ...found }
    : { status, body, outcome: "not_an_error", code: null };
}

/**
 * Returns the problems with fields of the request that the response lists. A known error can come with such a list; a
 * `validation` outcome consists only of one. The fields are extracted on demand. It never throws.
 */
export function fields(decoded: Decoded): readonly $FieldError[] {
  try {
    switch (decoded.outcome) {
      case "not_an_error":
        return [];
      case "validation":
        return itemsOf(decoded.detail) ?? messagesInDetail(textOfBody(decoded.body), formOf(decoded));
      default: {
        const all = foundBy(fieldsAmong, decoded);
        return all.length > 0 ? all : foundBy(fieldsInDetail, decoded);
      }
    }
  } catch {
    return [];
  }
}

/**
 * Returns a string or number that the server has set for this response, such as the request ID. `name` is the name in
 * `{request.…}` of `wire.body`. Null if the response does not have the value, or if it is empty, as in a text for which
 * the server has no value. It is extracted on demand, and is untrusted. It never throws.
 */
export function requestValue(decoded: Decoded, name: string): string | null {
  try {
    const { places } = formOf(decoded);
    const read = readBody(decoded.body, places);
    return (wasRead(read) && firstText(there(`request.${name}`, read.found, flat(places)), read.found)) || null;
  } catch {
    return null;
  }
}

/**
 * Returns the further errors of a body that lists several. Each is decoded as a response of its own, with the same
 * status and a body that contains only that element. They are extracted on demand. It never throws.
 */
export function others(decoded: Decoded): readonly Decoded<string>[] {
  try {
    const bodies = decoded.outcome === "not_an_error" ? [] : bodiesOfOthers(decoded.body, formOf(decoded));
    return bodies.map((body) => decode(decoded.status, body));
  } catch {
    return [];
  }
}

/**
 * An error response as an exception: `throw new $Exception(decode(…))`. Its message and its JSON are meant for logs:
 * sensitive values are hidden, as in `redacted`. The complete response is in `decoded`: plain data for
 * `structuredClone` and workers.
 */
export class $Exception extends Error {
  override readonly name: string = "$Exception";
  // Private, because consoles print public members: bodies and values may be sensitive.
  readonly #decoded: Decoded;

  constructor(decoded: Decoded) {
    super(summaryOf(decoded));
    this.#decoded = decoded;
  }

  /** The decoded response. */
  get decoded(): Decoded {
    return this.#decoded;
  }

  /** The HTTP status. */
  get status(): number {
    return this.#decoded.status;
  }

  /** The code of the error; null if it is not known. */
  get code(): $Code | null {
    return this.#decoded.code;
  }

  /** The error with its values; null if it is not known. */
  get error(): $Error | null {
    // In a conditional expression, a union of thousands of errors would be too large for the compiler.
    if (this.#decoded.outcome === "known") {
      return this.#decoded.error;
    }
    return null;
  }

  toJSON(): { readonly name: string; readonly message: string; readonly status: number; readonly code: $Code | null } {
    return { name: this.name, message: this.message, status: this.status, code: this.code };
  }
}

/** The members that `throwIfError` uses of a response, such as one from `fetch`. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  clone(): { text(): Promise<string> };
}

/**
 * Returns the response if it is not an error: `const response = await throwIfError(await fetch(url))`.
 *
 * @throws $Exception if it is an error, whether the catalog knows it or not.
 */
export async function throwIfError<Given extends ResponseLike>(response: Given, scope?: Scope | null): Promise<Given> {
  const { status, headers } = response;
  if (status < 400 && status !== TABLES.envelope.success) {
    return response;
  }
  const body = await (status < 400 ? response.clone() : response).text();
  const errorCode = scope?.errorCode ?? headers.get(TABLES.envelope.header);
  const decoded = decode(status, body, { ...scope, errorCode });
  if (decoded.outcome === "not_an_error") {
    return response;
  }
  throw new $Exception(decoded);
}

/** Returns whether an operation can respond with an error. */
export function isErrorOf<Operation extends $Operation>(error: $Error, operation: Operation): error is $ErrorOf<Operation> {
  return lists(operation, rowOf(error));
}

/** Returns what the catalog says about an error, or about the first error with this code. */
export function info(of: $Code | $Error): Info {
  return infoOf(rowOf(of));
}

/** Returns the codes of all errors, in catalog order. */
export function codes(): readonly $Code[] {
  return Array.from(index().byCode.keys()) as $Code[];
}

/** Returns whether a string is a code of the catalog. */
export function isCode(text: string): text is $Code {
  return index().byCode.has(text);
}

/** Returns the message of an error as it is sent. Values that it cannot contain verbatim are sanitized. */
export function detail(error: $Error): string {
  return messageOf(error, sanitize);
}

/** Returns the names of the parameters whose values are sent only in sanitized form. */
export function sanitizedParameters(error: $Error): readonly string[] {
  const names: string[] = [];
  const isInMessage = rowOf(error).without_code === true;
  messageOf(error, (segment, value) => {
    if (sanitize(segment, value) !== value && (isInMessage || !segment.param.is_beside)) {
      names.push(segment.param.name);
    }
    return "";
  });
  return names;
}

/** Returns the message of an error for logs: sensitive values are hidden. */
export function redacted(error: $Error): string {
  return messageOf(error, (segment, value) => (segment.param.sensitive ? HIDDEN : sanitize(segment, value)));
}

/** Returns the cause of an error, with its values. */
export function cause(error: $Error): string {
  return explained(error, rowOf(error).cause);
}

/** Returns the fix for an error, with its values. */
export function fix(error: $Error): string {
  return explained(error, rowOf(error).fix);
}

/**
 * Makes a `switch` over the codes exhaustive: it does not compile if a code is missing.
 *
 * @throws always. It is never called with an error of this catalog.
 */
export function unreachable(error: never): never {
  throw new Error(`no error of the catalog: ${String(error)}`);
}

/** A parameter type. Its values end at an end mark, or where their grammar ends, or are choices. */
interface TypeRow {
  readonly ends: "mark" | "grammar" | "choice";
  readonly pattern: string;
  readonly stand_in: string;
  readonly range: readonly [string, string] | null;
}

interface ParamRow {
  readonly name: string;
  /** Its name in the object of all values in a body, if that is not `name`. */
  readonly member?: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly sensitive: boolean;
  /** Whether the body also has the value verbatim in a member of its own. */
  readonly is_beside: boolean;
  /** Whether the value can be missing. */
  readonly optional?: boolean;
}

/**
 * A placeholder: the index of the parameter, the end of its value, the literal after it, the maximum length of a value
 * in characters, and a replacement for characters that it cannot contain, if that is not the one of the type.
 *
 * A number is the length of the end mark, which is a prefix of the literal: 0 is the whole literal, and so is -1, but
 * then the value can contain the literal, because a member of the body has the value too. A string means that the value
 * ends with the message and cannot contain that string. An empty string means that the end cannot be determined: then
 * no value is read from the message.
 */
type SegmentRow = readonly [number, number | string, string, number?, string?, (readonly Mark[])?];

/** The first literal, and the placeholders after it. */
type MessageRow = readonly [string, ...(readonly SegmentRow[])];

/** Literals, and indices of parameters. */
type Prose = readonly (string | number)[];

// Codes and sections are plain strings here. Otherwise, the compiler would compare each row of a large table with the
// whole union.
interface Row {
  readonly code: string;
  /** Its name, which is also its anchor on the reference page, if that is not its code. */
  readonly name?: string;
  /** Whether responses have no code. Then `code` is the name, which no response has. */
  readonly without_code?: boolean;
  /** Whether its message is free text, the value of its parameter `detail`. */
  readonly is_free?: boolean;
  readonly status: number;
  /** The other statuses that it is sent with. */
  readonly other_statuses?: readonly number[];
  readonly section: string;
  readonly retry: Retry;
  readonly detail: MessageRow;
  /** The message followed by its context. */
  readonly full: MessageRow | null;
  readonly cause: Prose;
  readonly fix: Prose;
  /** Errors with equal parameters share one array once the index is built. */
  params: readonly ParamRow[];
  readonly context: number | null;
  /** The index of the error that it is an alias of. */
  readonly base: number | null;
  readonly former: readonly MessageRow[];
  readonly retired: string | null;
}

/** A place in a body that is read: a member of an object, or the element of an array, which has no name. */
interface Place {
  readonly name: string;
  /** The slot that is read there, such as `code`. */
  readonly slot?: string;
  /** Whether the slot is always a string. */
  readonly is_text?: boolean;
  readonly before?: Affix;
  readonly after?: Affix;
  /** The members of an object, the element of an array, or more slots that are read from the same value. */
  readonly inside?: readonly Place[];
  /** For an array: how many constants the element must have to be read. */
  readonly constants?: number;
  /** The value that an element must have there to be read. */
  readonly constant?: string | number | boolean;
}

/**
 * Text before or after a value, in which placeholders match anything. With `true`, it may be missing, and anything may
 * be on its other side.
 */
type Affix = readonly [string, boolean];

/** Where a body has what is read. */
interface Form {
  readonly places: readonly Place[];
  /** The places that list problems with fields of the request. */
  readonly fields: readonly Place[];
}

interface Tables {
  readonly envelope: Form & {
    /** Whether the code identifies an error, whatever its message. */
    readonly by_code: boolean;
    /** Whether the message alone can identify an error. If neither can, both are needed. */
    readonly by_detail: boolean;
    /** The header field with the code. */
    readonly header: string;
    /** The form of the code in that header field. */
    readonly code_in_header: Omit<Place, "name">;
    /** The JSON around the message in bodies that servers write, if they contain only the message. */
    readonly around: readonly [string, string] | null;
    /** The places that can name an error beside its message. */
    readonly names: readonly Place[];
    /** Older body formats, which are tried if the current one does not give an error. */
    readonly older: readonly Form[];
    /** The success status that errors are sent with too. */
    readonly success: number | null;
    /** The maximum nesting depth of arrays and objects. */
    readonly depth: number;
  };
  readonly types: Readonly<Record<string, TypeRow>>;
  readonly reference: string | null;
  /** The parameters of each context. */
  readonly contexts: readonly (readonly ParamRow[])[];
  /** The names of the errors of each operation. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
  readonly errors: readonly Row[];
}

const HIDDEN = "•••";

// Messages, prepared for reading and writing.

interface Type extends TypeRow {
  readonly key: string;
  /** Matches a value that begins at `lastIndex`. */
  readonly run: RegExp;
  /** Matches a text that is a value. */
  readonly whole: RegExp;
  /** Sorted by length, the longest first. */
  readonly choices: readonly string[];
}

interface Segment {
  readonly param: ParamRow;
  /** Its index among the parameters of the error and of its context. */
  readonly at: number;
  /** Whether it is a parameter of the error itself rather than of its context. */
  readonly isOwn: boolean;
  readonly type: Type;
  /**
   * The end mark of a value, or what a value at the end of the message cannot contain. It is empty if there is neither.
   */
  readonly mark: string;
  /**
   * What a value cannot contain: `mark`, unless a member of the body has the value too, and texts that end the message
   * in the body. Each with the text before and behind the value that it can extend into.
   */
  readonly excluded: readonly Mark[];
  readonly literal: string;
  readonly most: number;
  readonly standIn: string;
}

type Mark = readonly [text: string, before: string, behind: string];

interface Message {
  /** The error with this message, and its aliases. */
  readonly rows: readonly Row[];
  readonly isFormer: boolean;
  readonly hasContext: boolean;
  readonly first: string;
  readonly segments: readonly Segment[];
}

/** A lone surrogate. */
const LONE = /[\ud800-\udfff]/u;
const LONE_ONES = /[\ud800-\udfff]/gu;

/** Returns the parameters of an error, and then those of its context. */
function paramsOf(row: Row): readonly ParamRow[] {
  return row.context === null ? row.params : [...row.params, ...(TABLES.contexts[row.context] as readonly ParamRow[])];
}

const types = new Map<string, Type>();

function typeOf({ type: name, choices }: ParamRow): Type {
  let type = types.get(name);
  const key = type === undefined ? [name, ...choices].join("\u0000") : name;
  type ??= types.get(key);
  if (type === undefined) {
    const row = TABLES.types[name] as TypeRow;
    const run = new RegExp(row.pattern, "uy");
    const whole = new RegExp(`^(?:${row.pattern})$`, "u");
    type = { ...row, key, run, whole, choices: [...choices].sort((one, other) => other.length - one.length) };
    types.set(key, type);
  }
  return type;
}

function messageFrom(row: Row, message: MessageRow, aliases: readonly Row[]): Message {
  const [first, ...rest] = message;
  const segments = rest.map((segment) => segmentFrom(segment, row));
  const [isFormer, hasContext] = [row.former.includes(message), row.full === message];
  return { rows: [row, ...aliases], isFormer, hasContext, first, segments };
}

function segmentFrom([at, end, literal, most, standIn, around]: SegmentRow, row: Row): Segment {
  const param = paramsOf(row)[at] as ParamRow;
  const type = typeOf(param);
  const behind = Number(end) > 0 ? Array.from(literal).slice(0, Number(end)).join("") : literal;
  const mark = type.ends === "mark" ? (typeof end === "string" ? end : behind) : "";
  const isOwn = at < row.params.length;
  const excluded: Mark[] = mark === "" || end === -1 ? [] : [[mark, "", literal === "" ? "" : mark]];
  excluded.push(...(around ?? []));
  return { param, at, isOwn, type, mark, excluded, literal, most: most ?? Infinity, standIn: standIn ?? type.stand_in };
}

/** A message that was read from a text, and the offset where it ends. */
interface Reading {
  readonly message: Message;
  /** Its values, in the order of its placeholders. */
  readonly values: readonly string[];
  readonly end: number;
}

/** Reads a message that begins at `start`. Returns null if the text does not match. */
function readMessage(message: Message, text: string, start: number): Reading | null {
  if (!hasAt(text, message.first, start)) {
    return null;
  }
  const values = new Array<string>(message.segments.length);
  let count = 0;
  let at = start + message.first.length;
  for (const segment of message.segments) {
    const { literal, mark } = segment;
    const end = endOfValue(segment, text, at);
    if (end === -1 || (literal !== mark && !hasAt(text, literal, end))) {
      return null;
    }
    values[count] = text.slice(at, end);
    count += 1;
    at = end + literal.length;
  }
  return { message, values, end: at };
}

/**
 * Returns whether a literal is at an offset. `startsWith` is several times slower in Node.js, where it compares unit by
 * unit.
 */
function hasAt(text: string, literal: string, at: number): boolean {
  return text.slice(at, at + literal.length) === literal;
}

/** Returns the end of the value that begins at an offset, or -1 if there is none. There is no backtracking. */
function endOfValue({ type, mark, literal }: Segment, text: string, at: number): number {
  if (type.ends === "choice") {
    const choice = type.choices.find((it) => text.startsWith(it, at) && text.startsWith(literal, at + it.length));
    return choice === undefined ? -1 : at + choice.length;
  }
  if (type.ends === "grammar") {
    const end = endOfRun(type, text, at);
    return end !== -1 && isInRange(type, text.slice(at, end)) ? end : -1;
  }
  if (literal === "") {
    return mark !== "" && text.includes(mark, at) ? -1 : endOfRun(type, text, at);
  }
  const end = text.indexOf(mark, at);
  return end !== -1 && type.whole.test(text.slice(at, end)) ? end : -1;
}

function endOfRun(type: Type, text: string, at: number): number {
  type.run.lastIndex = at;
  return type.run.test(text) ? type.run.lastIndex : -1;
}

function isInRange({ range }: Type, digits: string): boolean {
  if (range === null) {
    return true;
  }
  const [least, most] = range;
  return digits.startsWith("-") ? isAtMost(digits.slice(1), least.slice(1)) : isAtMost(digits, most);
}

/**
 * Returns whether an integer is not greater than another. They are compared as text, because JavaScript rounds numbers.
 */
function isAtMost(digits: string, most: string): boolean {
  return digits.length < most.length || (digits.length === most.length && digits <= most);
}

/** Sanitizes a value: replaces as little of it as possible, so that the message can contain it. */
function sanitize(segment: Segment, value: string): string {
  const { type, most, standIn } = segment;
  const short = value.length <= most ? value : Array.from(value).slice(0, most).join("");
  if (canHold(segment, short)) {
    return short;
  }
  if (type.ends !== "mark") {
    return type.ends === "grammar" ? standIn : value;
  }
  const characters = Array.from(short.replace(LONE_ONES, standIn));
  const clean = characters.map((character) => (type.whole.test(character) ? character : standIn)).join("");
  const whole = type.whole.test(clean) ? clean : standIn;
  return segment.excluded.reduce((text, mark) => withoutMark(mark, text, standIn), whole);
}

function canHold(segment: Segment, value: string): boolean {
  const { type } = segment;
  if (type.ends === "choice") {
    return type.choices.includes(value);
  }
  const isValue = type.whole.test(value) && !LONE.test(value);
  const hasMark = segment.excluded.some((mark) => placeOfMark(mark, value) !== -1);
  return isValue && (type.ends === "grammar" ? isInRange(type, value) : !hasMark);
}

/** Returns the offset of the first character that an end mark has in a value; -1 if there is none. */
function placeOfMark([text, before, behind]: Mark, value: string): number {
  const at = (before + value + behind).indexOf(text);
  const place = Math.max(at - before.length, 0);
  return at !== -1 && (place < value.length || at < before.length) ? place : -1;
}

/** Replaces the first character of each end mark in a value, from left to right. */
function withoutMark([mark, before, behind]: Mark, value: string, standIn: string): string {
  let text = "";
  let rest = value;
  let at = placeOfMark([mark, before, behind], rest);
  while (at !== -1) {
    text += rest.slice(0, at) + standIn;
    rest = rest.slice(at + ((rest.codePointAt(at) ?? 0) > 0xffff ? 2 : 1));
    at = placeOfMark([mark, "", behind], rest);
  }
  return text + rest;
}

// The index of messages: a tree of their literals, which narrows a text down to a few candidates.

interface Index {
  /** The errors with each code. */
  readonly byCode: ReadonlyMap<string, readonly Row[]>;
  /** The codes of more than one error. */
  readonly shared: ReadonlySet<string>;
  /** The messages of each error, including those that it shares with other errors. */
  readonly ofRow: ReadonlyMap<Row, readonly Message[]>;
  readonly messages: readonly Message[];
  /** The messages without placeholders. If such a message alone identifies an error, the value is that error. */
  readonly constants: ReadonlyMap<string, Row | readonly Message[]>;
  /** The other messages, by their first literals. */
  readonly templates: Tree;
}

/** Messages that are equal up to and including one of their literals. */
interface Node {
  readonly literal: string;
  readonly messages: Message[];
  /** The number of placeholders before that literal. */
  readonly depth: number;
  /**
   * The messages that end there, and the continuations of the others. They are computed when a text first gets there.
   */
  parted: { readonly ends: readonly Message[]; readonly groups: readonly Group[] } | null;
}

/** Values at the same position that end in the same way, and the literals after them. */
interface Group {
  readonly segment: Segment;
  readonly literals: Tree;
  readonly count: number;
  /** The start of the end mark, as far as all of them share it. */
  readonly mark: string;
  /** Whether a value can continue past `mark`, up to its own literal. */
  readonly goesOn: boolean;
}

/** A radix tree of literals. Their common parts are skipped, and a literal is compared at the node where it ends. */
interface Tree {
  /**
   * All branches in one array of numbers, because objects for thousands of branches would not fit into the processor's
   * caches. A branch consists of: the offset at which its literals differ; the index of the node whose literal ends
   * there, or 0; the number of child branches; and for each child, in ascending order, its code unit and the index of
   * its branch.
   */
  readonly branches: number[];
  readonly nodes: (Node | null)[];
}

/** Up to this many messages are read one by one, which is as fast as telling them apart. */
const FEW = 4;

let indexOfAll: Index | null = null;

function index(): Index {
  indexOfAll ??= makeIndex();
  return indexOfAll;
}

function makeIndex(): Index {
  shareParams(TABLES.errors);
  const aliases = new Map<number | null, Row[]>();
  TABLES.errors.forEach((row) => push(aliases, row.base, row));
  const messages = TABLES.errors.flatMap((row, at) =>
    messagesOf(row).map((message) => messageFrom(row, message, aliases.get(at) ?? [])),
  );
  const constants = new Map<string, Message[]>();
  const templates = new Map<string, Node>();
  for (const message of messages) {
    if (message.segments.length === 0) {
      push(constants, message.first, message);
    } else {
      addTo(templates, message.first, message, 0);
    }
  }
  const byCode = new Map<string, Row[]>();
  TABLES.errors.forEach((row) => push(byCode, row.code, row));
  const ofRow = new Map<Row, Message[]>();
  messages.forEach((message) => message.rows.forEach((row) => push(ofRow, row, message)));
  const shared = new Set(Array.from(byCode).flatMap(([code, rows]) => (rows.length > 1 ? [code] : [])));
  const ofText = new Map(Array.from(constants, ([text, same]) => [text, aloneAmong(same, shared) ?? same]));
  return { byCode, shared, ofRow, messages, constants: ofText, templates: treeOf(templates) };
}

/**
 * Makes errors with equal parameters share one array: copies for thousands of errors would not fit into the processor's
 * caches.
 */
function shareParams(rows: readonly Row[]): void {
  const all = new Map<string, readonly ParamRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.params);
    row.params = all.get(key) ?? row.params;
    all.set(key, row.params);
  }
}

/** Returns the error that a message without placeholders identifies by itself, if any. */
function aloneAmong(messages: readonly Message[], shared: ReadonlySet<string>): Row | undefined {
  const { by_code: isByCode, by_detail: isByDetail } = TABLES.envelope;
  const [{ rows, isFormer }] = messages as [Message];
  const [row] = rows as [Row];
  const isPlain = !isFormer && row.retired === null && row.context === null && !shared.has(row.code);
  const isAlone = isPlain && messages.length === 1 && rows.length === 1;
  return isAlone && isByDetail && !isByCode ? row : undefined;
}

/**
 * Returns the messages that are indexed for an error. An alias only has its former ones: the others are indexed for the
 * error that it refers to.
 */
function messagesOf({ base, detail, full, former }: Row): readonly MessageRow[] {
  const isUnread = detail[1]?.[1] === "";
  const current = isUnread ? [] : full === null ? [detail] : [detail, full];
  return base === null ? [...current, ...former] : former;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) {
    map.set(key, [value]);
  } else {
    values.push(value);
  }
}

function addTo(nodes: Map<string, Node>, literal: string, message: Message, depth: number): void {
  const node: Node = nodes.get(literal) ?? { literal, messages: [], depth, parted: null };
  nodes.set(literal, node);
  node.messages.push(message);
}

function treeOf(nodes: ReadonlyMap<string, Node>): Tree {
  const tree: Tree = { branches: [], nodes: [null] };
  addBranch(tree, [...nodes.keys()].sort(), nodes);
  return tree;
}

/** Adds a branch for sorted literals, and returns its index. */
function addBranch(tree: Tree, texts: readonly string[], all: ReadonlyMap<string, Node>): number {
  const { branches, nodes } = tree;
  const first = texts[0] ?? "";
  const last = texts[texts.length - 1] ?? "";
  let at = 0;
  while (at < first.length && first[at] === last[at]) {
    at += 1;
  }
  const node = at === first.length ? all.get(first) : undefined;
  const others = new Map<number, string[]>();
  for (const text of texts.slice(at === first.length ? 1 : 0)) {
    push(others, text.charCodeAt(at), text);
  }
  const place = branches.length;
  branches.push(at, node === undefined ? 0 : nodes.push(node) - 1, others.size);
  others.forEach((_, unit) => branches.push(unit, 0));
  Array.from(others.values()).forEach((of, count) => {
    branches[place + 4 + 2 * count] = addBranch(tree, of, all);
  });
  return place;
}

/** Returns the index of the child branch for a code unit, or -1 if there is none. */
function branchWith(branches: readonly number[], place: number, unit: number): number {
  let low = place + 3;
  let count = branches[place + 2] as number;
  while (count > 0) {
    const half = count >> 1;
    const middle = low + 2 * half;
    const found = branches[middle] as number;
    if (found === unit) {
      return branches[middle + 1] as number;
    }
    low = found < unit ? middle + 2 : low;
    count = found < unit ? count - half - 1 : half;
  }
  return -1;
}

function part({ messages, depth }: Node): NonNullable<Node["parted"]> {
  const ends: Message[] = [];
  const parts = new Map<string, { segment: Segment; nodes: Map<string, Node> }>();
  for (const message of messages) {
    const segment = message.segments[depth];
    if (segment === undefined) {
      ends.push(message);
    } else {
      const key = keyOf(segment);
      const { nodes } = parts.get(key) ?? { nodes: new Map<string, Node>() };
      parts.set(key, { segment, nodes });
      addTo(nodes, segment.literal, message, depth + 1);
    }
  }
  const groups = Array.from(parts.values(), ({ segment, nodes }) => {
    const mark = nodes.size === 1 ? segment.mark : firstOf(segment.mark);
    const goesOn = mark !== segment.mark && segment.type.whole.test(mark);
    return { segment, literals: treeOf(nodes), count: nodes.size, mark, goesOn };
  });
  return { ends, groups };
}

/** Returns a key for values that end in the same way, whatever follows them. */
function keyOf({ type, mark, literal }: Segment): string {
  if (type.ends !== "mark" || literal === "") {
    return `${type.key}\n${type.ends === "mark" ? mark : ""}`;
  }
  const first = firstOf(mark);
  return mark === first ? `${type.key}\n${first}` : `${type.key}\n${first}\n`;
}

function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

/** Collects the messages that may continue with the text at an offset. None that does is left out. */
function follow({ branches, nodes }: Tree, text: string, at: number, found: Message[], seen: Node[] | null): void {
  for (let it = 0; it !== -1; it = branchWith(branches, it, text.charCodeAt(at + (branches[it] as number)))) {
    const node = nodes[branches[it + 1] as number] as Node | null;
    if (node !== null && !hasAt(text, node.literal, at)) {
      return;
    }
    if (node !== null && !(seen?.includes(node) ?? false)) {
      seen?.push(node);
      visit(node, text, at + node.literal.length, found);
    }
  }
}

function visit(node: Node, text: string, at: number, found: Message[]): void {
  if (node.messages.length <= FEW) {
    found.push(...node.messages);
    return;
  }
  node.parted ??= part(node);
  found.push(...node.parted.ends);
  for (const group of node.parted.groups) {
    enter(group, text, at, found);
  }
}

/** Follows the literals after the values that begin at an offset. */
function enter(group: Group, text: string, at: number, found: Message[]): void {
  const { type, literal } = group.segment;
  if (type.ends === "choice") {
    for (const choice of type.choices) {
      text.startsWith(choice, at) && follow(group.literals, text, at + choice.length, found, null);
    }
  } else if (type.ends === "mark" && literal !== "") {
    enterText(group, text, at, found);
  } else {
    const end = endOfRun(type, text, at);
    end !== -1 && follow(group.literals, text, end, found, null);
  }
}

/** Follows the literals after text values, each of them only at its first occurrence. */
function enterText({ literals, count, mark, goesOn }: Group, text: string, at: number, found: Message[]): void {
  const seen: Node[] | null = goesOn ? [] : null;
  for (let end = text.indexOf(mark, at); end !== -1; end = text.indexOf(mark, end + 1)) {
    follow(literals, text, end, found, seen);
    if (seen === null || seen.length === count) {
      return;
    }
  }
}

/** Returns the messages that match a text, each with its values. */
function readingsOf(text: string, constant = index().constants.get(text) ?? []): readonly Reading[] {
  const found = [...(isRow(constant) ? (index().ofRow.get(constant) ?? []) : constant)];
  follow(index().templates, text, 0, found, null);
  return readingsAmong(found, text);
}

function isRow(found: Row | readonly Message[] | undefined): found is Row {
  return found !== undefined && !Array.isArray(found);
}

function readingsAmong(messages: readonly Message[], text: string): readonly Reading[] {
  const readings = messages.map((message) => readMessage(message, text, 0));
  const isWhole = (reading: Reading | null): boolean => reading?.end === text.length;
  return (readings.every(isWhole) ? readings : readings.filter(isWhole)) as readonly Reading[];
}

// Choosing the error.

interface Hints {
  readonly operation: string | undefined;
  readonly section: string | undefined;
  /** The code in the header field. */
  readonly header: string | undefined;
  /** The code in the body. */
  readonly code: string | undefined;
  /** The code in the body, or else in the header field; null if the catalog does not have it. */
  readonly named: $Code | null;
  /** Whether the body is from an older server and has no place for the code. */
  readonly isOld?: boolean;
}

/** An error with a message that matches, and the values in it. */
interface Match {
  readonly row: Row;
  readonly message: Message;
  readonly values: readonly string[];
}

/** A match, and the error with its values. */
interface Candidate extends Match {
  readonly error: $Error;
}

const NO_HINTS: Hints = { operation: undefined, section: undefined, header: undefined, code: undefined, named: null };

/** Returns the hints in a scope. What is not a string is ignored. */
function hintsOf(scope: unknown): Hints {
  if (scope === undefined || scope === null) {
    return NO_HINTS;
  }
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  try {
    const { operation, section, errorCode } = Object(scope) as Readonly<Record<string, unknown>>;
    const header = codeInHeader(text(errorCode));
    return { operation: text(operation), section: text(section), header, code: undefined, named: codeIn(header) };
  } catch {
    return NO_HINTS;
  }
}

/** Returns the code in a value of the header field: the whole value if the text around the code is missing. */
function codeInHeader(value: string | undefined): string | undefined {
  return value === undefined ? undefined : (withoutAffixes(TABLES.envelope.code_in_header, trimmed(value)) ?? value);
}

/** Returns a text without surrounding whitespace if that is a code that responses can have; null otherwise. */
function codeIn(text: string | undefined): $Code | null {
  const code = text === undefined ? "" : trimmed(text);
  const [row] = index().byCode.get(code) ?? [];
  return row !== undefined && row.without_code !== true ? (code as $Code) : null;
}

/** Removes ASCII whitespace from both ends of a text. */
function trimmed(text: string): string {
  return /[^ \t\n\f\r](?:[^]*[^ \t\n\f\r])?/.exec(text)?.[0] ?? "";
}

/** Returns whether the response has a code, whether the catalog knows it or not. */
function hasCode({ code, header }: Hints): boolean {
  return (code ?? header) !== undefined;
}

/** Returns what a response means. A body that throws when it is accessed counts as not being JSON. */
function outcomeOrNone(status: number, body: unknown, scope: unknown): Outcome & Format {
  try {
    return bestOutcome(status, body, hintsOf(scope));
  } catch {
    return { outcome: "unknown", code: null, reason: "not_json", named: null };
  }
}

/** Returns what a body means in the current format, or in an older one if that gives more. */
function bestOutcome(status: number, body: unknown, hints: Hints): Outcome & Format {
  let ofOlder = hints;
  const readAs = (form: Form, isOld: boolean): Outcome => {
    const read = readBody(body, form.places);
    const outcome = outcomeIn(status, read, isOld ? { ...ofOlder, isOld } : ofOlder);
    const header = hasCode(hints) ? undefined : namedBeside(body, outcome);
    return header === undefined ? outcome : outcomeIn(status, read, { ...hints, header, named: codeIn(header) });
  };
  let best: Outcome & Format = readAs(TABLES.envelope, false);
  if (hasCode(hints) && TABLES.envelope.older.length > 0) {
    // The code in the header belongs to the current format if the body has a code or a list there.
    const read = readBody(body, TABLES.envelope.places);
    const isCurrent = best.outcome === "validation" || (wasRead(read) && read.code !== undefined);
    ofOlder = isCurrent ? { ...hints, header: undefined, named: null } : hints;
  }
  for (const [at, form] of TABLES.envelope.older.entries()) {
    if (worthOf(best) === MOST) {
      break;
    }
    // A format with a place for the code is not that of a server without codes.
    const isOld = worthOf(best) < 2 && !flat(form.places).some(({ slot }) => slot === "code");
    const other = readAs(form, isOld && !TABLES.envelope.by_detail && !hasCode(hints));
    best = worthOf(other) > worthOf(best) ? { ...other, older: at + 1 } : best;
  }
  return best;
}

/** Returns the code of the error that members beside the message name, of those with the same message. */
function namedBeside(body: unknown, outcome: Outcome): string | undefined {
  if (outcome.outcome !== "known" || outcome.alternatives.length === 0 || TABLES.envelope.names.length === 0) {
    return undefined;
  }
  try {
    const { found } = walkText(textOfBody(body), TABLES.envelope.names);
    const names = TABLES.envelope.names.map((place) => textAt(place, found.get(place)));
    const rows = [rowOf(outcome.error), ...outcome.alternatives.map(rowOf)];
    return rows.find((row) => names.includes(row.code) || names.includes(docsUrlOf(row) ?? ""))?.code;
  } catch {
    return undefined;
  }
}

function docsUrlOf(row: Row): string | null {
  return TABLES.reference === null ? null : `${TABLES.reference}#${nameOf(row)}`;
}

function formOf({ older = 0 }: Decoded): Form {
  return TABLES.envelope.older[older - 1] ?? TABLES.envelope;
}

/** The rank of the best outcome. */
const MOST = 4;

/**
 * Returns the rank of an outcome. From best to worst: an error, an error whose free text is missing, a code, anything
 * in the place of the message.
 */
function worthOf(outcome: Outcome): number {
  if (outcome.outcome === "known") {
    return rowOf(outcome.error).is_free === true && detail(outcome.error) === "" ? 3 : MOST;
  }
  if (outcome.outcome !== "unknown") {
    return 1;
  }
  return outcome.named !== null || outcome.reason === "other_code" ? 2 : Number(isOfError(outcome.reason));
}

const OF_ERRORS: readonly string[] = [
  "other_message",
  "other_code",
  "duplicate_detail",
  "duplicate_member",
  "lone_surrogate",
  "missing_value",
];

/** Returns whether a body has what identifies an error, even though it is unknown for this reason. */
function isOfError(reason: UnknownReason): boolean {
  return OF_ERRORS.includes(reason);
}

/** Returns what a body means, with notes if its places differ and if it lists more errors. */
function outcomeIn(status: number, read: Read, hints: Hints): Outcome {
  const outcome = outcomeOf(status, read, hints);
  if (outcome.outcome !== "known" || !wasRead(read) || read.found.size === 0) {
    return outcome;
  }
  const differ: readonly Note[] = placesDiffer(read.found) ? [{ kind: "places_differ" }] : [];
  const more: readonly Note[] = listsOthers(read) ? [{ kind: "more_errors" }] : [];
  return { ...outcome, notes: [...outcome.notes, ...differ, ...more] };
}

/** Returns whether places of the same slot have different values. The request's are not read. */
function placesDiffer(found: Found): boolean {
  const texts = new Map<string, string>();
  return Array.from(found).some(([place, value]) => {
    const text = isLost(value) ? undefined : textAt(place, value);
    if (place.slot === undefined || text === undefined || place.slot.startsWith("request.")) {
      return false;
    }
    const first = texts.get(place.slot) ?? text;
    texts.set(place.slot, first);
    return first !== text;
  });
}

/** Returns whether a body lists a further error with a different code or message. */
function listsOthers({ found, walked }: ReadBody): boolean {
  const array = found.size === 0 ? undefined : allPlaces().find((it) => listsErrors(it) && found.has(it));
  if (array === undefined) {
    return false;
  }
  const elements = elementsOf(array, walked ?? { nameOf: (key) => key, found: new Map(found), repeated: null });
  const [first, ...others] = elements.flatMap((it) => (it === null ? [] : [it]));
  const inside = flat(array.inside ?? []);
  const said = (slot: string, by: Found): string | undefined =>
    firstText(
      inside.filter((it) => it.slot === slot),
      by,
    );
  const differs = (slot: string, other: Found): boolean =>
    said(slot, other) !== undefined && first !== undefined && said(slot, other) !== said(slot, first);
  return others.some((other) => differs("code", other) || differs("detail", other));
}

/** Returns whether an array lists errors, rather than only values of an error or of the request. */
function listsErrors(place: Place): boolean {
  return isArrayPlace(place) && flat(place.inside ?? []).some(({ slot }) => slot === "code" || slot === "detail");
}

/** Returns what a body means, given the hints about its response. */
function outcomeOf(status: number, read: Read, hints: Hints): Outcome {
  if (!wasRead(read)) {
    return unknown(read.reason, hints);
  }
  const { message, detail, code } = read;
  const all = code === undefined ? hints : { ...hints, code, named: codeIn(code) };
  const { by_code: isByCode, by_detail: isByDetail } = TABLES.envelope;
  const namesItsError = isByCode && all.named !== null;
  if (message === undefined && typeof detail === "object" && detail !== null && !namesItsError) {
    return { outcome: "validation", code: null, detail };
  }
  if (isByCode && hasCode(all) || all.isOld === true && message !== undefined) {
    return outcomeByCode(status, read, all);
  }
  if (message === undefined) {
    return unknown(detail === undefined && !isByDetail ? withoutError(all) : reasonOf(detail), all);
  }
  const constant = index().constants.get(message) ?? [];
  if (isRow(constant) && read.isSimple && constant.status === status && speaksFor(constant, all)) {
    // Nothing else is possible, and there is nothing to note.
    const code = constant.code as $Code;
    return { outcome: "known", code, error: { code } as $Error, alternatives: [], notes: [] };
  }
  const readings = readingsOf(message, constant);
  const matches = choose(status, readings, all, read.found);
  const [first] = matches;
  const isMeant = (row: Row): boolean => isByDetail || row.code === all.named;
  // All matches have the same rank: if the first one has the code, so do the others.
  if (first === undefined || !isMeant(first.row)) {
    const lacksValue = readings.some((reading) => reading.message.rows.some(isMeant));
    return unknown(lacksValue ? "missing_value" : isByDetail ? "other_message" : withoutError(all), all);
  }
  const notes = notesOf(status, first, all);
  if (isByCode && first.row.without_code !== true) {
    notes.push({ kind: "no_code" });
  }
  notes.push(...marksOf(read));
  if (differs(first, read.found)) {
    notes.push(VALUES_DIFFER);
  }
  return knownOf(matches, notes);
}

const VALUES_DIFFER: Note = { kind: "values_differ" };

/**
 * Returns whether members of the body have other values than the message. Sanitizing a value does not make it another
 * one.
 */
function differs(match: Candidate, found: Found): boolean {
  const { row, message, error } = match;
  if (found.size === 0) {
    return false;
  }
  const members = membersOf(row, found);
  if (members.every((member) => member === undefined)) {
    return false;
  }
  const other = errorFrom(row, textsOf(match, members), message.hasContext);
  return other !== null && detail(other) !== detail(error);
}

/**
 * Returns the only error with a message: the only one with the status, if any of them has it. Errors with free text are
 * ignored.
 */
function onlyOneWith(message: string, status: number): Row | undefined {
  const all = new Set(readingsOf(message).flatMap((reading) => reading.message.rows.filter((row) => row.is_free !== true)));
  const ofStatus = Array.from(all).filter((row) => hasStatus(row, status));
  const [row, ...others] = ofStatus.length > 0 ? ofStatus : all;
  return others.length > 0 ? undefined : row;
}

/**
 * Returns the error with the code of the response. Its values are read from members of the body, or else from the
 * message. If an older server sent no code, it is the only error with the message.
 */
function outcomeByCode(status: number, read: ReadBody, hints: Hints): Outcome {
  const { message, found } = read;
  const rows = index().byCode.get(hints.named ?? "") ?? [];
  // If several errors have the code, the status decides.
  const named = rows.length > 1 ? rows.find((it) => hasStatus(it, status)) : rows[0];
  const row = hints.isOld === true && message !== undefined ? onlyOneWith(message, status) : named;
  if (row === undefined) {
    return unknown(withoutError(hints), hints);
  }
  const members = membersOf(row, found);
  const ofContext = members.slice(row.params.length);
  const isThere = (it: string | undefined, at: number): boolean =>
    it !== undefined || paramsOf(row)[row.params.length + at]?.optional === true;
  const hasContext = ofContext.some((it) => it !== undefined) && ofContext.every(isThere);
  const readings = message === undefined ? [] : readingsAmong(index().ofRow.get(row) ?? [], message);
  const reading = readings.find((it) => !it.message.isFormer) ?? readings[0];
  let match: Match | undefined = reading && { ...reading, row };
  const free = row.is_free === true ? (message ?? "") : undefined;
  const ownOrFree = (it: string | undefined, at: number): string | undefined =>
    it ?? (row.params[at]?.name === "detail" ? free : undefined);
  const texts = match === undefined ? members.map(ownOrFree) : textsOf(match, members);
  let error = errorFrom(row, texts, hasContext || (match?.message.hasContext ?? false));
  // If the message does not match, or not with the members, an error without values is known by its code alone, and so
  // is one whose values are all in members. Free text can contain what no other value can, and may be missing.
  if (error === null && match !== undefined) {
    match = undefined;
    error = errorFrom(row, members.map(ownOrFree), hasContext);
  }
  if (error === null) {
    return unknown("other_message", hints);
  }
  const noted: Match = match ?? { row, message: messageFrom(row, row.detail, []), values: [] };
  const notes = notesOf(status, noted, hints);
  if (hints.isOld === true) {
    notes.push({ kind: "no_code" });
  }
  // This can be the current message even without a match: the values of some errors are not read from it.
  if (match === undefined && message !== undefined && free === undefined && detail(error) !== message) {
    notes.push({ kind: "other_message" });
  }
  notes.push(...marksOf(read));
  const areRead = match?.message.isFormer === false && members.some((member) => member !== undefined);
  if (areRead && detail(error) !== message) {
    notes.push(VALUES_DIFFER);
  }
  return { outcome: "known", code: error.code, error, alternatives: [], notes };
}

function unknown(reason: UnknownReason, { named }: Hints): Outcome {
  return { outcome: "unknown", code: TABLES.envelope.by_code ? named : null, reason, named };
}

/** Returns why there is no error, if the message alone does not identify errors. */
function withoutError(hints: Hints): UnknownReason {
  return hints.named !== null ? "other_message" : hasCode(hints) ? "other_code" : "no_code";
}

/** Returns the first match as the error, and the others as alternatives. */
function knownOf(matches: readonly Candidate[], notes: readonly Note[]): Outcome {
  const [error, ...alternatives] = matches.map((match) => match.error) as [$Error, ...$Error[]];
  return { outcome: "known", code: error.code, error, alternatives, notes };
}

function marksOf({ hasMark }: ReadBody): Note[] {
  return hasMark ? [{ kind: "byte_order_mark" }] : [];
}

/** Returns why the value in the place of the message is not a message. */
function reasonOf(detail: unknown): UnknownReason {
  if (detail === undefined) {
    return "no_detail";
  }
  if (typeof detail !== "string") {
    return "other_kind";
  }
  return LONE.test(detail) ? "lone_surrogate" : "other_message";
}

/**
 * Returns the best candidates among the errors with the message. Values that the message does not contain are read from
 * members. Errors that still lack a value are excluded.
 */
function choose(status: number, readings: readonly Reading[], hints: Hints, found: Found): readonly Candidate[] {
  const [first] = readings;
  if (first !== undefined && readings.length === 1 && first.message.rows.length === 1) {
    const only = candidateOf(first.message.rows[0] as Row, first, found);
    return only === null ? [] : [only];
  }
  const best = { rank: -1, matches: new Map<Row, Candidate>() };
  const placeOf = ({ message }: Reading): number => TABLES.errors.indexOf(message.rows[0] as Row);
  for (const reading of [...readings].sort((one, other) => placeOf(one) - placeOf(other))) {
    weigh(best, reading, found, status, hints);
  }
  return [...best.matches.values()];
}

function weigh(
  best: { rank: number; matches: Map<Row, Candidate> },
  reading: Reading,
  found: Found,
  status: number,
  hints: Hints,
): void {
  for (const row of reading.message.rows) {
    const rank = rankOf(status, row, reading.message.isFormer, hints);
    const match = rank < best.rank ? null : candidateOf(row, reading, found);
    if (match === null) {
      continue;
    }
    if (rank > best.rank) {
      best.matches = new Map([[row, match]]);
      best.rank = rank;
    } else if (!best.matches.has(row)) {
      best.matches.set(row, match);
    }
  }
}

function candidateOf(row: Row, { message, values }: Reading, found: Found): Candidate | null {
  const read = textsOf({ row, message, values }, []);
  const members = found.size > 0 && read.includes(undefined) ? membersOf(row, found) : [];
  const texts = members.length === 0 ? read : read.map((text, at) => text ?? members[at]);
  const error = errorFrom(row, texts, message.hasContext);
  return error === null ? null : { row, message, values, error };
}

function hasStatus(row: Row, status: number): boolean {
  return row.status === status || (row.other_statuses ?? []).includes(status);
}

/** Returns the rank of an error, by its code, its status, its scope, and whether its message is a former one. */
function rankOf(status: number, row: Row, isFormer: boolean, hints: Hints): number {
  const named = hints.named === row.code ? 8 : 0;
  const scope = hasScope(hints) && isWithin(row, hints) ? 2 : 0;
  return named + (hasStatus(row, status) ? 4 : 0) + scope + (isFormer ? 0 : 1);
}

function hasScope({ operation, section }: Hints): boolean {
  return operation !== undefined || section !== undefined;
}

function isWithin(row: Row, { operation, section }: Hints): boolean {
  return (operation === undefined || lists(operation, row)) && (section === undefined || section === row.section);
}

/** Returns whether an error agrees with the header field and the scope of the response. */
function speaksFor(row: Row, hints: Hints): boolean {
  return (hints.header === undefined || hints.header === row.code) && isWithin(row, hints);
}

function lists(operation: string, row: Row): boolean {
  const isOne = Object.prototype.hasOwnProperty.call(TABLES.operations, operation);
  return isOne && (TABLES.operations[operation] as readonly string[]).includes(nameOf(row));
}

function notesOf(status: number, { row, message }: Match, hints: Hints): Note[] {
  const notes: Note[] = [];
  if (!hasStatus(row, status)) {
    notes.push({ kind: "status_differs", expected: row.status, received: status });
  }
  if (message.isFormer) {
    notes.push({ kind: "former_message" });
  }
  if (row.retired !== null) {
    notes.push({ kind: "retired" });
  }
  if (!isWithin(row, hints)) {
    notes.push({ kind: "out_of_scope" });
  }
  const header = hints.header === undefined ? undefined : trimmed(hints.header);
  noteCode(hints.code, row, notes);
  header === hints.code || noteCode(header, row, notes);
  return notes;
}

function noteCode(code: string | undefined, row: Row, notes: Note[]): void {
  if (code === undefined) {
    return;
  }
  const named = codeIn(code);
  if (named !== row.code) {
    notes.push(named === null ? { kind: "code_unknown" } : { kind: "code_contradicts", named });
  }
}

// Errors, as their types declare them.

type Values = Record<string, unknown>;

/** Returns the error with a code and, if several have it, with a name. Without a name, the first one is returned. */
function rowOf(of: string | { readonly code: string; readonly name?: string }): Row {
  const { code, name } = typeof of === "string" ? { code: of, name: undefined } : of;
  const rows = index().byCode.get(code) ?? [];
  const row = name === undefined ? rows[0] : rows.find((it) => nameOf(it) === name);
  if (row === undefined) {
    throw new Error(`no error of the catalog: ${String(name ?? code)}`);
  }
  return row;
}

function nameOf({ name, code }: Row): string {
  return name ?? code;
}

function infoOf(row: Row): Info {
  const named = (param: string): string => `{${param}}`;
  const { first, segments } = messageFrom(row, row.detail, []);
  return {
    code: row.code as $Code,
    status: row.status,
    section: row.section as $Section,
    detail: first + segments.map(({ param, literal }) => named(param.name) + literal).join(""),
    cause: filled(row, row.cause, named),
    fix: filled(row, row.fix, named),
    retry: row.retry,
    docsUrl: docsUrlOf(row),
    retired: row.retired,
  };
}

/** Values as text, in the order of the parameters of an error and of its context. */
type Texts = readonly (string | undefined)[];

/** Returns the values of a message, with those in members of the body taking precedence. */
function textsOf({ row, message, values }: Match, members: Texts): Texts {
  const texts = paramsOf(row).map((_, at) => members[at]);
  let next = 0;
  for (const { at } of message.segments) {
    texts[at] = texts[at] === LOST ? values[next] : (texts[at] ?? values[next]);
    next += 1;
  }
  return texts;
}

/** Returns the error with these values; null if one of them is missing or not valid. */
function errorFrom(row: Row, texts: Texts, hasContext: boolean): $Error | null {
  const { code, params } = row;
  const { shared } = index();
  const error: Record<string, unknown> = shared.size > 0 && shared.has(code) ? { code, name: nameOf(row) } : { code };
  if (params.length > 0) {
    error["values"] = valuesFrom(params, texts, 0);
  }
  if (row.context !== null) {
    const ofContext = TABLES.contexts[row.context] as readonly ParamRow[];
    error["context"] = hasContext ? valuesFrom(ofContext, texts, params.length) : null;
  }
  if (error["values"] === null || (hasContext && error["context"] === null)) {
    return null;
  }
  return error as unknown as $Error;
}

/** Returns values by parameter name, from the texts that begin at an index; null if one is missing or not valid. */
function valuesFrom(params: readonly ParamRow[], texts: Texts, start: number): Values | null {
  const values: Values = {};
  let at = start;
  for (const param of params) {
    const text = texts[at];
    at += 1;
    if (text === undefined && param.optional === true) {
      continue;
    }
    const value = valueOf(param, text);
    if (value === null) {
      return null;
    }
    values[param.name] = value;
  }
  return values;
}

/** Returns the value of a text; null if it is missing or not valid. */
function valueOf(param: ParamRow, text: string | undefined): string | number | boolean | null {
  const type = typeOf(param);
  if (param.type === "bool") {
    return text === "true" || (text === "false" ? false : null);
  }
  if (text === undefined || (type.ends === "choice" && !type.choices.includes(text))) {
    return null;
  }
  if (type.range === null) {
    return text;
  }
  if (/^[1-9][0-9]{0,14}$/.test(text)) {
    return isInRange(type, text) ? Number(text) : null;
  }
  const [, sign, digits] = /^(?:\+|(-))?0*([0-9]+)$/.exec(text) ?? [];
  if (digits === undefined || (sign !== undefined && type.range[0] === "0")) {
    return null;
  }
  const whole = sign === undefined || digits === "0" ? digits : `-${digits}`;
  return isInRange(type, whole) ? (Number.isSafeInteger(Number(whole)) ? Number(whole) : whole) : null;
}

/** Returns the values of an error and of its context by parameter name, and whether it has a context. */
function valuesOf(error: $Error): { readonly values: Values; readonly hasContext: boolean } {
  const { values, context } = error as { readonly values?: Values; readonly context?: Values | null };
  // A parameter can have the name of a member that every object inherits.
  const all = Object.assign(Object.create(null) as Values, context, values);
  return { values: all, hasContext: (context ?? null) !== null };
}

function messageOf(error: $Error, show: (segment: Segment, value: string) => string): string {
  const row = rowOf(error);
  const { values, hasContext } = valuesOf(error);
  const { first, segments } = messageFrom(row, row.full !== null && hasContext ? row.full : row.detail, []);
  const parts = segments.map((segment) => show(segment, String(values[segment.param.name] ?? "")) + segment.literal);
  return first + parts.join("");
}

/** Returns a one-line summary of a response for logs. */
function summaryOf(decoded: Decoded): string {
  switch (decoded.outcome) {
    case "known":
      return redacted(decoded.error);
    case "validation":
      return `${decoded.status}: the request is not valid`;
    case "unknown":
      return `${decoded.status}: ${decoded.code ?? "not an error of the catalog"} (${decoded.reason})`;
    default:
      return `${decoded.status}: not an error`;
  }
}

function explained(error: $Error, prose: Prose): string {
  const { values } = valuesOf(error);
  return filled(rowOf(error), prose, (name) => String(values[name] ?? `{${name}}`));
}

function filled(row: Row, prose: Prose, value: (name: string) => string): string {
  const params = paramsOf(row);
  return prose.map((part) => (typeof part === "string" ? part : value((params[part] as ParamRow).name))).join("");
}

// Bodies.

/** What was read from a body, or why nothing was. */
type Read = { readonly reason: UnknownReason } | ReadBody;

interface ReadBody {
  readonly reason: null;
  readonly message: string | undefined;
  /** The value in the place of the message, of any type. */
  readonly detail: unknown;
  readonly code: string | undefined;
  readonly hasMark: boolean;
  readonly found: Found;
  /** The same with all duplicate members, if the text may have any. */
  readonly walked?: Walk;
  /** Whether the body has only a message. */
  readonly isSimple: boolean;
}

/**
 * Returns whether a body was read. Without `strictNullChecks`, comparing `reason` with null does not narrow the type.
 */
function wasRead(read: Read): read is ReadBody {
  return read.reason === null;
}

/** The values at the places that a body has, of any type. */
type Found = ReadonlyMap<Place, unknown>;

const NOTHING: Found = new Map();

// Part of every environment, but not of a library that all compilers load.
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: ArrayBufferView): string };
declare const BigInt: (digits: string) => bigint;

function readBody(body: unknown, places: readonly Place[]): Read {
  if (body === undefined || body === null) {
    return { reason: "empty" };
  }
  try {
    const bytes = bytesOf(body);
    const text = bytes === null ? body : textOf(bytes);
    return typeof text === "string" ? readText(text, places) : readValue(text, false, places);
  } catch {
    return { reason: "not_json" };
  }
}

function bytesOf(body: unknown): ArrayBufferView | null {
  if (ArrayBuffer.isView(body)) {
    return body;
  }
  const isBuffer = Object.prototype.toString.call(body) === "[object ArrayBuffer]";
  return isBuffer ? new Uint8Array(body as ArrayBuffer) : null;
}

/** Decodes UTF-8. Throws if the bytes are not valid. */
function textOf(bytes: ArrayBufferView): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

let simpleBody: RegExp | null = null;

/**
 * Returns a pattern for bodies that have only a message, with any whitespace. The message is a JSON string without
 * escapes.
 */
function simple(): RegExp {
  simpleBody ??= simpleFrom(TABLES.envelope.around);
  return simpleBody;
}

function simpleFrom(around: Tables["envelope"]["around"]): RegExp {
  const [head, tail] = around ?? ["\\", ""];
  if (head.includes("\\") || tail.includes("\\")) {
    return /[^]^/;
  }
  const blanks = "[ \\t\\r\\n]*";
  const tokens = (json: string): readonly string[] => json.match(/"[^"]*"|[{}[\]:,]|[^{}[\]:,"]+/gu) ?? [];
  const spaced = (json: string): string =>
    tokens(json).map((token) => blanks + token.replace(/[.*+?^${}()|[\]/]/gu, "\\$&")).join("");
  const message = '"([^"\\\\\\u0000-\\u001f\\ud800-\\udfff]*)"';
  return new RegExp(`^${spaced(head.slice(0, -1))}${blanks}${message}${spaced(tail.slice(1))}${blanks}$`);
}

/** Reads JSON text (RFC 8259). Throws if it is not valid. */
function readText(body: string, places: readonly Place[]): Read {
  const message = places === TABLES.envelope.places ? simple().exec(body)?.[1] : undefined;
  if (message !== undefined) {
    // No parser is needed.
    return { reason: null, message, detail: message, code: undefined, hasMark: false, found: NOTHING, isSimple: true };
  }
  const hasMark = body.startsWith("\ufeff");
  const text = hasMark ? body.slice(1) : body;
  if (/^[ \t\r\n]*$/.test(text)) {
    return { reason: "empty" };
  }
  if (isTooDeep(text)) {
    return { reason: "too_deep" };
  }
  const value: unknown = JSON.parse(text);
  const read = readValue(value, hasMark, places);
  if (!wasRead(read)) {
    return read;
  }
  const walked = mayRepeat(text) ? walkNumbered(JSON.parse(numbered(text)) as object, places) : undefined;
  if (walked !== undefined && walked.repeated !== null) {
    return { reason: walked.repeated.slot === "detail" ? "duplicate_detail" : "duplicate_member" };
  }
  // What callers see stays plain data. Only `found` has integers with all their digits, of type `bigint`.
  const exact: unknown = /[0-9]{16}/.test(text) ? JSON.parse(text, exactly) : value;
  const found = exact === value ? read.found : walk(exact as object, places, (key) => key).found;
  return walked === undefined ? { ...read, found } : { ...read, found, walked };
}

/** Revives a JSON integer with all its digits, if the environment provides its source text. */
function exactly(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  const digits = isRounded ? /^-?[0-9]+$/.exec(context?.source ?? "")?.[0] : undefined;
  return digits === undefined ? value : BigInt(digits);
}

/** Reads parsed JSON. */
function readValue(value: unknown, hasMark: boolean, places: readonly Place[]): Read {
  if (!isBody(value, places)) {
    return { reason: "not_an_object" };
  }
  const { found } = walk(value, places, (key) => key);
  const details = there("detail", found);
  const detail = details[0] && found.get(details[0]);
  const [message, code] = [firstText(details, found), firstText(there("code", found), found)];
  return { reason: null, message, detail, code, hasMark, found, isSimple: false };
}

/** Returns the places of a slot that the body has, in template order. */
function there(slot: string, found: Found, all = allPlaces()): readonly Place[] {
  return all.filter((it) => it.slot === slot && found.has(it));
}

/** Returns the values that the body has in members, for the parameters of an error and of its context. */
function membersOf(row: Row, found: Found): Texts {
  return paramsOf(row).map((param) => memberOf(param, found));
}

function memberOf(param: ParamRow, found: Found): string | undefined {
  const alone = there(`params.${param.name}`, found).find((place) => textAt(place, found.get(place)) !== undefined);
  const value = alone && found.get(alone);
  const text = alone && (typeof value === "string" ? textAt(alone, value) : ofKind(param, value));
  if (text !== undefined) {
    return text;
  }
  const objects = [...there("params", found), ...there("params:string", found)].map((place) => found.get(place));
  const members = objects.find(isObject) as Values | undefined;
  const name = param.member ?? param.name;
  const isThere = members !== undefined && Object.prototype.hasOwnProperty.call(members, name);
  return isThere ? ofKind(param, members[name]) : undefined;
}

/** In place of a number whose digits are lost. It is not a valid text, so the value is neither known nor missing. */
const LOST = "\ud800";

/** Returns a value as text, as in a message; undefined if it is of the wrong type. */
function ofKind(param: ParamRow, value: unknown): string | undefined {
  if (typeof value === "string") {
    return LONE.test(value) ? undefined : value;
  }
  if (typeof value === "boolean") {
    return param.type === "bool" ? String(value) : undefined;
  }
  if ((typeof value !== "number" && typeof value !== "bigint") || typeOf(param).range === null) {
    return undefined;
  }
  return isLost(value) ? LOST : String(value);
}

/** Returns whether JavaScript may have lost digits of a number. Then only the JSON text can have them. */
function isLost(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Places: where a body has its code and its message.

/** The state of a search for places in a body. */
interface Walk {
  /** Returns the name of the member with a key. */
  readonly nameOf: (key: string) => string;
  /** The values at the places that were found, of any type. */
  readonly found: Map<Place, unknown>;
  /** The last place that was found twice. */
  repeated: Place | null;
}

function walk(body: object, places: readonly Place[], nameOf: Walk["nameOf"]): Walk {
  const walk: Walk = { nameOf, found: new Map(), repeated: null };
  const root = rootOf(places);
  if (root === undefined) {
    walkObject(body, places, walk.found, walk);
  } else if (Array.isArray(body)) {
    walk.found.set(root, body);
    walkInside(body, root, walk.found, walk);
  }
  return walk;
}

/** Returns the place of a body that is an array. It contains all other places. */
function rootOf([first]: readonly Place[]): Place | undefined {
  return first !== undefined && first.name === "" && isArrayPlace(first) ? first : undefined;
}

function isBody(value: unknown, places: readonly Place[]): value is object {
  return isObject(value) || (Array.isArray(value) && rootOf(places) !== undefined);
}

/** Looks for places among the members of an object. Returns how many constants match. */
function walkObject(object: object, places: readonly Place[], found: Map<Place, unknown>, walk: Walk): number {
  let constants = 0;
  for (const [key, value] of Object.entries(object)) {
    const name = walk.nameOf(key);
    const place = places.find((it) => it.name === name);
    if (place !== undefined && found.has(place)) {
      walk.repeated = place;
    } else if (place !== undefined) {
      found.set(place, value);
      constants += walkInside(value, place, found, walk);
    }
  }
  return constants;
}

/** Looks for the places inside another one. Returns how many constants match. */
function walkInside(value: unknown, place: Place, found: Map<Place, unknown>, walk: Walk): number {
  const { slot, inside, constants, constant } = place;
  if (constant !== undefined) {
    return value === constant ? 1 : 0;
  }
  if (slot !== undefined) {
    inside?.forEach((it) => found.set(it, value));
    return 0;
  }
  const [element] = inside ?? [];
  if (constants !== undefined && element !== undefined) {
    Array.isArray(value) && value.some((it) => isElement(it, element, constants, found, walk));
    return 0;
  }
  return inside !== undefined && isObject(value) ? walkObject(value, inside, found, walk) : 0;
}

/** Returns whether an element of an array is the one to read: an object with the constants, or the value of a slot. */
function isElement(
  value: unknown,
  place: Place,
  constants: number,
  found: Map<Place, unknown>,
  walk: Walk,
): boolean {
  const inside = new Map([[place, value]]);
  const isValue = (): boolean =>
    place.slot === "params" || place.slot === "params:string" ? isObject(value) : valueAt(place, value) !== undefined;
  const isRead =
    place.inside === undefined || place.slot !== undefined
      ? isValue() && walkInside(value, place, inside, walk) === 0
      : isObject(value) && walkObject(value, place.inside, inside, walk) === constants;
  if (isRead) {
    inside.forEach((value, place) => found.set(place, value));
  }
  return isRead;
}

let flattened: readonly Place[] | null = null;

/** Returns all places, in template order. */
function allPlaces(): readonly Place[] {
  flattened ??= [TABLES.envelope, ...TABLES.envelope.older].flatMap((form) => flat(form.places));
  return flattened;
}

/** Returns places, each followed by those inside it. */
function flat(places: readonly Place[]): readonly Place[] {
  return places.flatMap((it) => [it, ...flat(it.inside ?? [])]);
}

/** Returns the text at the first of some places that has one. */
function firstText(places: readonly Place[], found: Found): string | undefined {
  return places.map((place) => textAt(place, found.get(place))).find((text) => text !== undefined);
}

/** Returns the value at a place if it is of the right type: a text, or the steps of a field path. */
function valueAt(place: Place, value: unknown): string | readonly unknown[] | undefined {
  if (place.slot === "field.loc" && typeof value !== "string") {
    return Array.isArray(value) ? value : undefined;
  }
  return textAt(place, value);
}

/** Returns the text of the value at a place, if it is of the right type. */
function textAt(place: Place, value: unknown): string | undefined {
  if (typeof value === "string") {
    return LONE.test(value) ? undefined : withoutAffixes(place, value);
  }
  const isBoolean = typeof value === "boolean" && /^(params|request)\./.test(place.slot ?? "");
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return (isNumber || isBoolean) && place.is_text === false ? String(value) : undefined;
}

function withoutAffixes({ slot, before, after }: Omit<Place, "name">, text: string): string | undefined {
  if (before === undefined && after === undefined) {
    return text;
  }
  const [head, isOpen] = before ?? ["", false];
  const [first = "", ...others] = literalsOf(head);
  // Text that may be missing is present only if it comes before the text that follows it.
  const next = others[0] ?? markOf(after);
  const [at, end] = [text.indexOf(first), next === undefined ? -1 : text.indexOf(next)];
  if (!isOpen && at !== 0) {
    return undefined;
  }
  let rest = at === -1 || (isOpen && end !== -1 && end < at) ? text : text.slice(at + first.length);
  for (const literal of others) {
    const found = rest.indexOf(literal);
    if (found === -1) {
      return undefined;
    }
    rest = rest.slice(found + literal.length);
  }
  const value = withoutTail(after, rest);
  if (value === undefined || slot !== "code" || !(isOpen || others.length > 0)) {
    return value;
  }
  // No code of the catalog contains the text before it, but a namespace may, as in `com.example.Gone`, and it may end with
  // the beginning of that text, as in `Gone - - E7`.
  const last = others[others.length - 1] ?? first;
  const start = text.length - rest.length;
  const behind = text.slice(Math.max(start - last.length + 1, 0), start + value.length);
  const found = behind.lastIndexOf(last);
  return found === -1 ? value : behind.slice(found + last.length);
}

/** Returns the text that ends a value at its first occurrence; undefined if only the end of the whole text counts. */
function markOf(after: Affix | undefined): string | undefined {
  const [tail, isOpen] = after ?? ["", false];
  const [end, ...others] = literalsOf(tail);
  return isOpen || others.length > 0 ? end : undefined;
}

/** Returns a text without what follows the value. */
function withoutTail(after: Affix | undefined, text: string): string | undefined {
  const [tail, isOpen] = after ?? ["", false];
  const mark = markOf(after);
  if (mark === undefined) {
    return text.endsWith(tail) ? text.slice(0, text.length - tail.length) : undefined;
  }
  // The same applies after a message: `Run not found [gone]`.
  const isBeforeCode = /^\{code[}:?][^{]*$/.test(tail.slice(mark.length));
  const at = isBeforeCode ? text.lastIndexOf(mark) : text.indexOf(mark);
  return at !== -1 ? text.slice(0, at) : isOpen ? text : undefined;
}

/** Returns the literals between the placeholders of a text. Placeholders match anything. */
function literalsOf(text: string): string[] {
  return text.split(/\{[^}]*\}/);
}

/** Returns whether the name of a place may occur more than once in a text, perhaps with escapes. */
function mayRepeat(text: string): boolean {
  const isRepeated = (quoted: string): boolean => text.indexOf(quoted) !== text.lastIndexOf(quoted);
  return text.includes("\\") || allPlaces().some(({ name }) => isRepeated(JSON.stringify(name)));
}

function walkNumbered(body: object, places: readonly Place[]): Walk {
  return walk(body, places, (key) => key.slice(key.indexOf(" ") + 1));
}

/** Numbers the member names in JSON text, so that parsing it keeps duplicates and the order of members. */
function numbered(text: string): string {
  const colon = /[ \t\r\n]*:/y;
  let all = "";
  let [from, end, count] = [0, 0, 0];
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', end)) {
    end = endOfString(text, at);
    colon.lastIndex = end;
    if (colon.test(text)) {
      count += 1;
      all += `${text.slice(from, at)}"${count} `;
      from = at + 1;
    }
  }
  return all + text.slice(from);
}

/** Returns the offset after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === "\\" ? 2 : 1;
  }
  return at + 1;
}

/**
 * Returns whether arrays and objects are nested too deeply. Most texts have so few brackets that counting them is
 * enough.
 */
function isTooDeep(text: string): boolean {
  const { depth } = TABLES.envelope;
  return text.split(/[[{]/, depth + 2).length > depth + 1 && depthOf(text) > depth;
}

/** Returns the nesting depth of arrays and objects. */
function depthOf(text: string): number {
  let deepest = 0;
  eachMark(text, 0, (_, __, depth) => {
    deepest = Math.max(deepest, depth);
    return true;
  });
  return deepest;
}

/** Visits the brackets and commas of JSON, with the number of brackets that are open after each, until told to stop. */
function eachMark(text: string, start: number, goesOn: (mark: string, at: number, depth: number) => boolean): void {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const mark = text[at] as string;
    if (mark === '"') {
      at = endOfString(text, at) - 1;
    } else if ("{[}],".includes(mark)) {
      depth += mark === "," ? 0 : mark === "{" || mark === "[" ? 1 : -1;
      if (!goesOn(mark, at, depth)) {
        return;
      }
    }
  }
}

/**
 * Returns the offsets of the opening bracket, the commas and the closing bracket of the array or object at an offset.
 */
function cutsOf(text: string, start: number): readonly number[] {
  const cuts = [start];
  eachMark(text, start, (mark, at, depth) => {
    (depth === 0 || (depth === 1 && mark === ",")) && cuts.push(at);
    return depth > 0;
  });
  return cuts;
}

// Fields of a request, and further errors.

/** Returns a body as text, without a byte order mark. Throws if that is not possible. */
function textOfBody(body: unknown): string {
  const bytes = bytesOf(body);
  const text = bytes === null ? body : textOf(bytes);
  return typeof text === "string" ? text.replace(/^\ufeff/, "") : JSON.stringify(text);
}

/** Looks for places in JSON text. Throws if it is not a body. */
function walkText(text: string, places: readonly Place[]): Walk & { readonly body: object } {
  const body: unknown = isTooDeep(text) ? null : JSON.parse(numbered(text));
  if (!isBody(body, places)) {
    throw new Error("no body");
  }
  const walked = walkNumbered(body, places);
  if (walked.repeated !== null) {
    throw new Error("a member stands twice");
  }
  return { ...walked, body };
}

function isArrayPlace({ constants }: Place): boolean {
  return constants !== undefined;
}

/** Returns what each element of an array has; null for one that is not read. */
function elementsOf(array: Place, { nameOf, found }: Walk): readonly (Found | null)[] {
  const { inside = [], constants = 0 } = array;
  const value = found.get(array);
  return (Array.isArray(value) ? value : []).map((it: unknown) => {
    const own: Walk = { nameOf, found: new Map(), repeated: null };
    const isRead = isElement(it, inside[0] as Place, constants, own.found, own);
    return isRead && own.repeated === null ? own.found : null;
  });
}

/** Returns a body for each further error: the same text, with only that element in the array. */
function bodiesOfOthers(body: unknown, { places }: Form): readonly string[] {
  const ofErrors = flat(places).filter(listsErrors);
  if (ofErrors.length === 0) {
    return [];
  }
  const text = textOfBody(body);
  const walked = walkText(text, places);
  const array = ofErrors.find((it) => walked.found.has(it)) as Place;
  const listed = walked.found.get(array);
  const arrays: unknown[] = [];
  JSON.stringify(walked.body, (_, it: unknown) => (Array.isArray(it) && arrays.push(it), it));
  const starts: number[] = [];
  eachMark(text, 0, (mark, at) => (mark === "[" && starts.push(at), true));
  const cuts = cutsOf(text, starts[arrays.indexOf(listed)] ?? 0);
  const [head, tail] = [text.slice(0, (cuts[0] ?? 0) + 1), text.slice(cuts[cuts.length - 1])];
  const fitting = elementsOf(array, walked).flatMap((it, at) => (it === null ? [] : [at]));
  return fitting.slice(1).map((at) => head + text.slice((cuts[at] ?? 0) + 1, cuts[at + 1]).trim() + tail);
}

/**
 * Returns the fields that a body lists: by name, in the innermost array, or in an object of lists of messages that
 * takes the place of the array or is the whole body.
 */
function fieldsAmong(text: string, { fields, places }: Form): readonly $FieldError[] {
  const [walked, all] = [walkText(text, fields), flat(fields)];
  const isInnermost = ({ inside = [] }: Place): boolean => !flat(inside).some(isArrayPlace);
  const [byName] = ["message_by_field", "messages_by_field"].flatMap((slot) => there(slot, walked.found, all));
  if (byName !== undefined) {
    return membersOfAll(walked.found.get(byName), walked);
  }
  const array = all.find((it) => isArrayPlace(it) && walked.found.has(it) && isInnermost(it));
  if (array === undefined) {
    return walkText(text, places).found.size === 0 ? messagesByName(walked.body, walked) : [];
  }
  const byNameInPlace = messagesByName(walked.found.get(array), walked);
  return [...byNameInPlace, ...elementsOf(array, walked).flatMap((found) => (found === null ? [] : fieldsIn(found, all)))];
}

/** Returns the fields of an object whose members are all lists of messages. */
function messagesByName(value: unknown, walked: Walk): readonly $FieldError[] {
  const isList = (it: unknown): boolean =>
    Array.isArray(it) && it.length > 0 && it.every((message) => typeof message === "string");
  return isObject(value) && Object.values(value).every(isList) ? membersOfAll(value, walked) : [];
}

/** Returns the fields that a function finds, or none if it throws because the body has another form. */
function foundBy(find: (text: string, form: Form) => readonly $FieldError[], decoded: Decoded): readonly $FieldError[] {
  try {
    return find(textOfBody(decoded.body), formOf(decoded));
  } catch {
    return [];
  }
}

/** Returns the fields of a list in the place of the message. */
function fieldsInDetail(text: string, form: Form): readonly $FieldError[] {
  // This throws if a member is repeated.
  walkText(text, form.places);
  const { found } = walk(JSON.parse(text) as object, form.places, (key) => key);
  const places = there("detail", found, flat(form.places));
  const detail = places[0] === undefined ? undefined : found.get(places[0]);
  const isList = typeof detail === "object" && detail !== null && firstText(places, found) === undefined;
  return isList ? itemsOf(detail) ?? messagesInDetail(text, form) : [];
}

/** Returns the fields of an object of lists of messages in the place of the message. */
function messagesInDetail(text: string, { places }: Form): readonly $FieldError[] {
  const walked = walkText(text, places);
  const [detail] = there("detail", walked.found, flat(places));
  return detail === undefined ? [] : messagesByName(walked.found.get(detail), walked);
}

/** Returns the fields that the members of an object describe. */
function membersOfAll(value: unknown, { nameOf }: Walk): readonly $FieldError[] {
  const members = isObject(value) ? Object.entries(value) : [];
  return members.flatMap(([key, member]) => namedFields(nameOf(key), member));
}

/** Returns the fields that a member describes: its name is the field, its value a message or a list of messages. */
function namedFields(name: string, value: unknown): readonly $FieldError[] {
  const messages: readonly unknown[] = Array.isArray(value) ? value : [value];
  return messages.map((message) => fieldFrom(stepsIn(mended(name)), undefined, message));
}

/**
 * Returns the field that an element of an array describes. If it has no code or message for the field, those of the
 * error count.
 */
function fieldsIn(found: Found, all: readonly Place[]): readonly $FieldError[] {
  const valueOf = (slot: string): string | readonly unknown[] | undefined =>
    there(slot, found, all).map((place) => valueAt(place, found.get(place))).find((it) => it !== undefined);
  const part = (name: string): ReturnType<typeof valueOf> => valueOf(`field.${name}`);
  const place = part("pointer") ?? part("fragment") ?? part("path") ?? part("loc");
  const [code, message] = [part("code"), part("message")];
  if ((place ?? code ?? message) === undefined) {
    return [];
  }
  const steps = typeof place === "string" ? stepsIn(place) : (place ?? []).map(stepFrom);
  return [fieldFrom(steps, code ?? valueOf("code"), message ?? valueOf("detail"))];
}

/**
 * Returns the items of FastAPI's list. An object is one item if it has any member of one; otherwise the result is null.
 */
function itemsOf(detail: unknown): readonly $FieldError[] | null {
  if (Array.isArray(detail)) {
    return detail.map(itemOf);
  }
  const item = itemOf(detail);
  return item.loc.length + item.code.length + item.message.length > 0 ? [item] : null;
}

function itemOf(item: unknown): $FieldError {
  if (!isObject(item)) {
    return fieldFrom([], undefined, item);
  }
  const { loc, type, msg } = item as { readonly loc?: unknown; readonly type?: unknown; readonly msg?: unknown };
  const steps: readonly unknown[] = Array.isArray(loc) ? loc : typeof loc === "string" ? [loc] : [];
  return fieldFrom(steps.map(stepFrom), type, msg);
}

type Steps = readonly (string | number)[];

/** Returns a field with these parts. A code or message that is not a string is empty. */
function fieldFrom(loc: Steps, code: unknown, message: unknown): $FieldError {
  const text = (value: unknown): string => (typeof value === "string" ? mended(value) : "");
  const join = (path: string, step: string | number): string =>
    typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`;
  const tokens = loc.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`);
  return { loc, path: loc.reduce<string>(join, ""), pointer: tokens.join(""), code: text(code), message: text(message) };
}

/** Replaces lone surrogates with U+FFFD. */
function mended(text: string): string {
  return text.replace(LONE_ONES, "\ufffd");
}

/** Returns an element of a list as a step of a path. */
function stepFrom(value: unknown): string | number {
  if (typeof value === "object" && value !== null) {
    // No path has such a step. It might be a value of the request.
    return "…";
  }
  return typeof value === "string" ? mended(value) : stepOf(String(value));
}

/** Returns the steps of a path such as `items[0].name`, or of a JSON Pointer, which may be a URI fragment. */
function stepsIn(place: string): Steps {
  const text = place.startsWith("#") ? place.slice(1).replace(/(?:%[0-9a-f]{2})+/giu, unescaped) : place;
  if (text.startsWith("/")) {
    return text.slice(1).split("/").map((token) => stepOf(token.replace(/~1/g, "/").replace(/~0/g, "~")));
  }
  return text === "" ? [] : text.split(".").flatMap(stepsOf);
}

/** Decodes percent-encoded UTF-8. */
function unescaped(run: string): string {
  const bytes = Uint8Array.from(run.slice(1).split("%"), (digits) => parseInt(digits, 16));
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}

/** Returns the steps in the part between two dots of a path: a name, and indices after it. */
function stepsOf(part: string): Steps {
  const [, name = "", indices] = /^([^[]*)\[([^]*)\]$/.exec(part) ?? [];
  const steps = indices?.split("][").map(stepOf) ?? [""];
  const areIndices = steps.every((step) => typeof step === "number");
  return areIndices ? [...(name === "" ? [] : [stepOf(name)]), ...steps] : [stepOf(part)];
}

/** Returns a token as an index if it is one, and otherwise as a name. */
function stepOf(token: string): string | number {
  const index = /^(?:0|-?[1-9][0-9]{0,15})$/.test(token) ? Number(token) : NaN;
  return Number.isSafeInteger(index) ? index : token;
}
