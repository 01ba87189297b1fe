// Made from decoder.ts, sha256-HQHUElpMlno4+LTo2R+cH+lxnkwib7IE0wdWncWnzbA=. Do not edit.
export function decode(status, body, scope) {
    const isSuccess = typeof status === "number" && status >= 100 && status < 400;
    if (isSuccess && status !== TABLES.envelope.success) {
        return { status, body, outcome: "not_an_error", code: null };
    }
    const found = outcomeOrNone(status, body, scope);
    if (found.outcome === "known" && found.older === undefined) {
        const { code, error, alternatives, notes } = found;
        return { status, body, outcome: "known", code, error, alternatives, notes };
    }
    const isError = found.outcome === "known" || (found.outcome === "unknown" && isOfError(found.reason));
    return isError || !isSuccess
        ? { status, body, ...found }
        : { status, body, outcome: "not_an_error", code: null };
}
export function fields(decoded) {
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
    }
    catch {
        return [];
    }
}
export function requestValue(decoded, name) {
    try {
        const { places } = formOf(decoded);
        const read = readBody(decoded.body, places);
        return (wasRead(read) && firstText(there(`request.${name}`, read.found, flat(places)), read.found)) || null;
    }
    catch {
        return null;
    }
}
export function others(decoded) {
    try {
        const bodies = decoded.outcome === "not_an_error" ? [] : bodiesOfOthers(decoded.body, formOf(decoded));
        return bodies.map((body) => decode(decoded.status, body));
    }
    catch {
        return [];
    }
}
export class $Exception extends Error {
    name = "$Exception";
    #decoded;
    constructor(decoded) {
        super(summaryOf(decoded));
        this.#decoded = decoded;
    }
    get decoded() {
        return this.#decoded;
    }
    get status() {
        return this.#decoded.status;
    }
    get code() {
        return this.#decoded.code;
    }
    get error() {
        if (this.#decoded.outcome === "known") {
            return this.#decoded.error;
        }
        return null;
    }
    toJSON() {
        return { name: this.name, message: this.message, status: this.status, code: this.code };
    }
}
export async function throwIfError(response, scope) {
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
export function isErrorOf(error, operation) {
    return lists(operation, rowOf(error));
}
export function info(of) {
    return infoOf(rowOf(of));
}
export function codes() {
    return Array.from(index().byCode.keys());
}
export function isCode(text) {
    return index().byCode.has(text);
}
export function detail(error) {
    return messageOf(error, sanitize);
}
export function sanitizedParameters(error) {
    const names = [];
    const isInMessage = rowOf(error).without_code === true;
    messageOf(error, (segment, value) => {
        if (sanitize(segment, value) !== value && (isInMessage || !segment.param.is_beside)) {
            names.push(segment.param.name);
        }
        return "";
    });
    return names;
}
export function redacted(error) {
    return messageOf(error, (segment, value) => (segment.param.sensitive ? HIDDEN : sanitize(segment, value)));
}
export function cause(error) {
    return explained(error, rowOf(error).cause);
}
export function fix(error) {
    return explained(error, rowOf(error).fix);
}
export function unreachable(error) {
    throw new Error(`no error of the catalog: ${String(error)}`);
}
const HIDDEN = "•••";
const LONE = /[\ud800-\udfff]/u;
const LONE_ONES = /[\ud800-\udfff]/gu;
function paramsOf(row) {
    return row.context === null ? row.params : [...row.params, ...TABLES.contexts[row.context]];
}
const types = new Map();
function typeOf({ type: name, choices }) {
    let type = types.get(name);
    const key = type === undefined ? [name, ...choices].join("\u0000") : name;
    type ??= types.get(key);
    if (type === undefined) {
        const row = TABLES.types[name];
        const run = new RegExp(row.pattern, "uy");
        const whole = new RegExp(`^(?:${row.pattern})$`, "u");
        type = { ...row, key, run, whole, choices: [...choices].sort((one, other) => other.length - one.length) };
        types.set(key, type);
    }
    return type;
}
function messageFrom(row, message, aliases) {
    const [first, ...rest] = message;
    const segments = rest.map((segment) => segmentFrom(segment, row));
    const [isFormer, hasContext] = [row.former.includes(message), row.full === message];
    return { rows: [row, ...aliases], isFormer, hasContext, first, segments };
}
function segmentFrom([at, end, literal, most, standIn, around], row) {
    const param = paramsOf(row)[at];
    const type = typeOf(param);
    const behind = Number(end) > 0 ? Array.from(literal).slice(0, Number(end)).join("") : literal;
    const mark = type.ends === "mark" ? (typeof end === "string" ? end : behind) : "";
    const isOwn = at < row.params.length;
    const excluded = mark === "" || end === -1 ? [] : [[mark, "", literal === "" ? "" : mark]];
    excluded.push(...(around ?? []));
    return { param, at, isOwn, type, mark, excluded, literal, most: most ?? Infinity, standIn: standIn ?? type.stand_in };
}
function readMessage(message, text, start) {
    if (!hasAt(text, message.first, start)) {
        return null;
    }
    const values = new Array(message.segments.length);
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
function hasAt(text, literal, at) {
    return text.slice(at, at + literal.length) === literal;
}
function endOfValue({ type, mark, literal }, text, at) {
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
function endOfRun(type, text, at) {
    type.run.lastIndex = at;
    return type.run.test(text) ? type.run.lastIndex : -1;
}
function isInRange({ range }, digits) {
    if (range === null) {
        return true;
    }
    const [least, most] = range;
    return digits.startsWith("-") ? isAtMost(digits.slice(1), least.slice(1)) : isAtMost(digits, most);
}
function isAtMost(digits, most) {
    return digits.length < most.length || (digits.length === most.length && digits <= most);
}
function sanitize(segment, value) {
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
function canHold(segment, value) {
    const { type } = segment;
    if (type.ends === "choice") {
        return type.choices.includes(value);
    }
    const isValue = type.whole.test(value) && !LONE.test(value);
    const hasMark = segment.excluded.some((mark) => placeOfMark(mark, value) !== -1);
    return isValue && (type.ends === "grammar" ? isInRange(type, value) : !hasMark);
}
function placeOfMark([text, before, behind], value) {
    const at = (before + value + behind).indexOf(text);
    const place = Math.max(at - before.length, 0);
    return at !== -1 && (place < value.length || at < before.length) ? place : -1;
}
function withoutMark([mark, before, behind], value, standIn) {
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
const FEW = 4;
let indexOfAll = null;
function index() {
    indexOfAll ??= makeIndex();
    return indexOfAll;
}
function makeIndex() {
    shareParams(TABLES.errors);
    const aliases = new Map();
    TABLES.errors.forEach((row) => push(aliases, row.base, row));
    const messages = TABLES.errors.flatMap((row, at) => messagesOf(row).map((message) => messageFrom(row, message, aliases.get(at) ?? [])));
    const constants = new Map();
    const templates = new Map();
    for (const message of messages) {
        if (message.segments.length === 0) {
            push(constants, message.first, message);
        }
        else {
            addTo(templates, message.first, message, 0);
        }
    }
    const byCode = new Map();
    TABLES.errors.forEach((row) => push(byCode, row.code, row));
    const ofRow = new Map();
    messages.forEach((message) => message.rows.forEach((row) => push(ofRow, row, message)));
    const shared = new Set(Array.from(byCode).flatMap(([code, rows]) => (rows.length > 1 ? [code] : [])));
    const ofText = new Map(Array.from(constants, ([text, same]) => [text, aloneAmong(same, shared) ?? same]));
    return { byCode, shared, ofRow, messages, constants: ofText, templates: treeOf(templates) };
}
function shareParams(rows) {
    const all = new Map();
    for (const row of rows) {
        const key = JSON.stringify(row.params);
        row.params = all.get(key) ?? row.params;
        all.set(key, row.params);
    }
}
function aloneAmong(messages, shared) {
    const { by_code: isByCode, by_detail: isByDetail } = TABLES.envelope;
    const [{ rows, isFormer }] = messages;
    const [row] = rows;
    const isPlain = !isFormer && row.retired === null && row.context === null && !shared.has(row.code);
    const isAlone = isPlain && messages.length === 1 && rows.length === 1;
    return isAlone && isByDetail && !isByCode ? row : undefined;
}
function messagesOf({ base, detail, full, former }) {
    const isUnread = detail[1]?.[1] === "";
    const current = isUnread ? [] : full === null ? [detail] : [detail, full];
    return base === null ? [...current, ...former] : former;
}
function push(map, key, value) {
    const values = map.get(key);
    if (values === undefined) {
        map.set(key, [value]);
    }
    else {
        values.push(value);
    }
}
function addTo(nodes, literal, message, depth) {
    const node = nodes.get(literal) ?? { literal, messages: [], depth, parted: null };
    nodes.set(literal, node);
    node.messages.push(message);
}
function treeOf(nodes) {
    const tree = { branches: [], nodes: [null] };
    addBranch(tree, [...nodes.keys()].sort(), nodes);
    return tree;
}
function addBranch(tree, texts, all) {
    const { branches, nodes } = tree;
    const first = texts[0] ?? "";
    const last = texts[texts.length - 1] ?? "";
    let at = 0;
    while (at < first.length && first[at] === last[at]) {
        at += 1;
    }
    const node = at === first.length ? all.get(first) : undefined;
    const others = new Map();
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
function branchWith(branches, place, unit) {
    let low = place + 3;
    let count = branches[place + 2];
    while (count > 0) {
        const half = count >> 1;
        const middle = low + 2 * half;
        const found = branches[middle];
        if (found === unit) {
            return branches[middle + 1];
        }
        low = found < unit ? middle + 2 : low;
        count = found < unit ? count - half - 1 : half;
    }
    return -1;
}
function part({ messages, depth }) {
    const ends = [];
    const parts = new Map();
    for (const message of messages) {
        const segment = message.segments[depth];
        if (segment === undefined) {
            ends.push(message);
        }
        else {
            const key = keyOf(segment);
            const { nodes } = parts.get(key) ?? { nodes: new Map() };
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
function keyOf({ type, mark, literal }) {
    if (type.ends !== "mark" || literal === "") {
        return `${type.key}\n${type.ends === "mark" ? mark : ""}`;
    }
    const first = firstOf(mark);
    return mark === first ? `${type.key}\n${first}` : `${type.key}\n${first}\n`;
}
function firstOf(text) {
    return String.fromCodePoint(text.codePointAt(0) ?? 0);
}
function follow({ branches, nodes }, text, at, found, seen) {
    for (let it = 0; it !== -1; it = branchWith(branches, it, text.charCodeAt(at + branches[it]))) {
        const node = nodes[branches[it + 1]];
        if (node !== null && !hasAt(text, node.literal, at)) {
            return;
        }
        if (node !== null && !(seen?.includes(node) ?? false)) {
            seen?.push(node);
            visit(node, text, at + node.literal.length, found);
        }
    }
}
function visit(node, text, at, found) {
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
function enter(group, text, at, found) {
    const { type, literal } = group.segment;
    if (type.ends === "choice") {
        for (const choice of type.choices) {
            text.startsWith(choice, at) && follow(group.literals, text, at + choice.length, found, null);
        }
    }
    else if (type.ends === "mark" && literal !== "") {
        enterText(group, text, at, found);
    }
    else {
        const end = endOfRun(type, text, at);
        end !== -1 && follow(group.literals, text, end, found, null);
    }
}
function enterText({ literals, count, mark, goesOn }, text, at, found) {
    const seen = goesOn ? [] : null;
    for (let end = text.indexOf(mark, at); end !== -1; end = text.indexOf(mark, end + 1)) {
        follow(literals, text, end, found, seen);
        if (seen === null || seen.length === count) {
            return;
        }
    }
}
function readingsOf(text, constant = index().constants.get(text) ?? []) {
    const found = [...(isRow(constant) ? (index().ofRow.get(constant) ?? []) : constant)];
    follow(index().templates, text, 0, found, null);
    return readingsAmong(found, text);
}
function isRow(found) {
    return found !== undefined && !Array.isArray(found);
}
function readingsAmong(messages, text) {
    const readings = messages.map((message) => readMessage(message, text, 0));
    const isWhole = (reading) => reading?.end === text.length;
    return (readings.every(isWhole) ? readings : readings.filter(isWhole));
}
const NO_HINTS = { operation: undefined, section: undefined, header: undefined, code: undefined, named: null };
function hintsOf(scope) {
    if (scope === undefined || scope === null) {
        return NO_HINTS;
    }
    const text = (value) => (typeof value === "string" ? value : undefined);
    try {
        const { operation, section, errorCode } = Object(scope);
        const header = codeInHeader(text(errorCode));
        return { operation: text(operation), section: text(section), header, code: undefined, named: codeIn(header) };
    }
    catch {
        return NO_HINTS;
    }
}
function codeInHeader(value) {
    return value === undefined ? undefined : (withoutAffixes(TABLES.envelope.code_in_header, trimmed(value)) ?? value);
}
function codeIn(text) {
    const code = text === undefined ? "" : trimmed(text);
    const [row] = index().byCode.get(code) ?? [];
    return row !== undefined && row.without_code !== true ? code : null;
}
function trimmed(text) {
    return /[^ \t\n\f\r](?:[^]*[^ \t\n\f\r])?/.exec(text)?.[0] ?? "";
}
function hasCode({ code, header }) {
    return (code ?? header) !== undefined;
}
function outcomeOrNone(status, body, scope) {
    try {
        return bestOutcome(status, body, hintsOf(scope));
    }
    catch {
        return { outcome: "unknown", code: null, reason: "not_json", named: null };
    }
}
function bestOutcome(status, body, hints) {
    let ofOlder = hints;
    const readAs = (form, isOld) => {
        const read = readBody(body, form.places);
        const outcome = outcomeIn(status, read, isOld ? { ...ofOlder, isOld } : ofOlder);
        const header = hasCode(hints) ? undefined : namedBeside(body, outcome);
        return header === undefined ? outcome : outcomeIn(status, read, { ...hints, header, named: codeIn(header) });
    };
    let best = readAs(TABLES.envelope, false);
    if (hasCode(hints) && TABLES.envelope.older.length > 0) {
        const read = readBody(body, TABLES.envelope.places);
        const isCurrent = best.outcome === "validation" || (wasRead(read) && read.code !== undefined);
        ofOlder = isCurrent ? { ...hints, header: undefined, named: null } : hints;
    }
    for (const [at, form] of TABLES.envelope.older.entries()) {
        if (worthOf(best) === MOST) {
            break;
        }
        const isOld = worthOf(best) < 2 && !flat(form.places).some(({ slot }) => slot === "code");
        const other = readAs(form, isOld && !TABLES.envelope.by_detail && !hasCode(hints));
        best = worthOf(other) > worthOf(best) ? { ...other, older: at + 1 } : best;
    }
    return best;
}
function namedBeside(body, outcome) {
    if (outcome.outcome !== "known" || outcome.alternatives.length === 0 || TABLES.envelope.names.length === 0) {
        return undefined;
    }
    try {
        const { found } = walkText(textOfBody(body), TABLES.envelope.names);
        const names = TABLES.envelope.names.map((place) => textAt(place, found.get(place)));
        const rows = [rowOf(outcome.error), ...outcome.alternatives.map(rowOf)];
        return rows.find((row) => names.includes(row.code) || names.includes(docsUrlOf(row) ?? ""))?.code;
    }
    catch {
        return undefined;
    }
}
function docsUrlOf(row) {
    return TABLES.reference === null ? null : `${TABLES.reference}#${nameOf(row)}`;
}
function formOf({ older = 0 }) {
    return TABLES.envelope.older[older - 1] ?? TABLES.envelope;
}
const MOST = 4;
function worthOf(outcome) {
    if (outcome.outcome === "known") {
        return rowOf(outcome.error).is_free === true && detail(outcome.error) === "" ? 3 : MOST;
    }
    if (outcome.outcome !== "unknown") {
        return 1;
    }
    return outcome.named !== null || outcome.reason === "other_code" ? 2 : Number(isOfError(outcome.reason));
}
const OF_ERRORS = [
    "other_message",
    "other_code",
    "duplicate_detail",
    "duplicate_member",
    "lone_surrogate",
    "missing_value",
];
function isOfError(reason) {
    return OF_ERRORS.includes(reason);
}
function outcomeIn(status, read, hints) {
    const outcome = outcomeOf(status, read, hints);
    if (outcome.outcome !== "known" || !wasRead(read) || read.found.size === 0) {
        return outcome;
    }
    const differ = placesDiffer(read.found) ? [{ kind: "places_differ" }] : [];
    const more = listsOthers(read) ? [{ kind: "more_errors" }] : [];
    return { ...outcome, notes: [...outcome.notes, ...differ, ...more] };
}
function placesDiffer(found) {
    const texts = new Map();
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
function listsOthers({ found, walked }) {
    const array = found.size === 0 ? undefined : allPlaces().find((it) => listsErrors(it) && found.has(it));
    if (array === undefined) {
        return false;
    }
    const elements = elementsOf(array, walked ?? { nameOf: (key) => key, found: new Map(found), repeated: null });
    const [first, ...others] = elements.flatMap((it) => (it === null ? [] : [it]));
    const inside = flat(array.inside ?? []);
    const said = (slot, by) => firstText(inside.filter((it) => it.slot === slot), by);
    const differs = (slot, other) => said(slot, other) !== undefined && first !== undefined && said(slot, other) !== said(slot, first);
    return others.some((other) => differs("code", other) || differs("detail", other));
}
function listsErrors(place) {
    return isArrayPlace(place) && flat(place.inside ?? []).some(({ slot }) => slot === "code" || slot === "detail");
}
function outcomeOf(status, read, hints) {
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
        const code = constant.code;
        return { outcome: "known", code, error: { code }, alternatives: [], notes: [] };
    }
    const readings = readingsOf(message, constant);
    const matches = choose(status, readings, all, read.found);
    const [first] = matches;
    const isMeant = (row) => isByDetail || row.code === all.named;
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
const VALUES_DIFFER = { kind: "values_differ" };
function differs(match, found) {
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
function onlyOneWith(message, status) {
    const all = new Set(readingsOf(message).flatMap((reading) => reading.message.rows.filter((row) => row.is_free !== true)));
    const ofStatus = Array.from(all).filter((row) => hasStatus(row, status));
    const [row, ...others] = ofStatus.length > 0 ? ofStatus : all;
    return others.length > 0 ? undefined : row;
}
function outcomeByCode(status, read, hints) {
    const { message, found } = read;
    const rows = index().byCode.get(hints.named ?? "") ?? [];
    const named = rows.length > 1 ? rows.find((it) => hasStatus(it, status)) : rows[0];
    const row = hints.isOld === true && message !== undefined ? onlyOneWith(message, status) : named;
    if (row === undefined) {
        return unknown(withoutError(hints), hints);
    }
    const members = membersOf(row, found);
    const ofContext = members.slice(row.params.length);
    const isThere = (it, at) => it !== undefined || paramsOf(row)[row.params.length + at]?.optional === true;
    const hasContext = ofContext.some((it) => it !== undefined) && ofContext.every(isThere);
    const readings = message === undefined ? [] : readingsAmong(index().ofRow.get(row) ?? [], message);
    const reading = readings.find((it) => !it.message.isFormer) ?? readings[0];
    let match = reading && { ...reading, row };
    const free = row.is_free === true ? (message ?? "") : undefined;
    const ownOrFree = (it, at) => it ?? (row.params[at]?.name === "detail" ? free : undefined);
    const texts = match === undefined ? members.map(ownOrFree) : textsOf(match, members);
    let error = errorFrom(row, texts, hasContext || (match?.message.hasContext ?? false));
    if (error === null && match !== undefined) {
        match = undefined;
        error = errorFrom(row, members.map(ownOrFree), hasContext);
    }
    if (error === null) {
        return unknown("other_message", hints);
    }
    const noted = match ?? { row, message: messageFrom(row, row.detail, []), values: [] };
    const notes = notesOf(status, noted, hints);
    if (hints.isOld === true) {
        notes.push({ kind: "no_code" });
    }
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
function unknown(reason, { named }) {
    return { outcome: "unknown", code: TABLES.envelope.by_code ? named : null, reason, named };
}
function withoutError(hints) {
    return hints.named !== null ? "other_message" : hasCode(hints) ? "other_code" : "no_code";
}
function knownOf(matches, notes) {
    const [error, ...alternatives] = matches.map((match) => match.error);
    return { outcome: "known", code: error.code, error, alternatives, notes };
}
function marksOf({ hasMark }) {
    return hasMark ? [{ kind: "byte_order_mark" }] : [];
}
function reasonOf(detail) {
    if (detail === undefined) {
        return "no_detail";
    }
    if (typeof detail !== "string") {
        return "other_kind";
    }
    return LONE.test(detail) ? "lone_surrogate" : "other_message";
}
function choose(status, readings, hints, found) {
    const [first] = readings;
    if (first !== undefined && readings.length === 1 && first.message.rows.length === 1) {
        const only = candidateOf(first.message.rows[0], first, found);
        return only === null ? [] : [only];
    }
    const best = { rank: -1, matches: new Map() };
    const placeOf = ({ message }) => TABLES.errors.indexOf(message.rows[0]);
    for (const reading of [...readings].sort((one, other) => placeOf(one) - placeOf(other))) {
        weigh(best, reading, found, status, hints);
    }
    return [...best.matches.values()];
}
function weigh(best, reading, found, status, hints) {
    for (const row of reading.message.rows) {
        const rank = rankOf(status, row, reading.message.isFormer, hints);
        const match = rank < best.rank ? null : candidateOf(row, reading, found);
        if (match === null) {
            continue;
        }
        if (rank > best.rank) {
            best.matches = new Map([[row, match]]);
            best.rank = rank;
        }
        else if (!best.matches.has(row)) {
            best.matches.set(row, match);
        }
    }
}
function candidateOf(row, { message, values }, found) {
    const read = textsOf({ row, message, values }, []);
    const members = found.size > 0 && read.includes(undefined) ? membersOf(row, found) : [];
    const texts = members.length === 0 ? read : read.map((text, at) => text ?? members[at]);
    const error = errorFrom(row, texts, message.hasContext);
    return error === null ? null : { row, message, values, error };
}
function hasStatus(row, status) {
    return row.status === status || (row.other_statuses ?? []).includes(status);
}
function rankOf(status, row, isFormer, hints) {
    const named = hints.named === row.code ? 8 : 0;
    const scope = hasScope(hints) && isWithin(row, hints) ? 2 : 0;
    return named + (hasStatus(row, status) ? 4 : 0) + scope + (isFormer ? 0 : 1);
}
function hasScope({ operation, section }) {
    return operation !== undefined || section !== undefined;
}
function isWithin(row, { operation, section }) {
    return (operation === undefined || lists(operation, row)) && (section === undefined || section === row.section);
}
function speaksFor(row, hints) {
    return (hints.header === undefined || hints.header === row.code) && isWithin(row, hints);
}
function lists(operation, row) {
    const isOne = Object.prototype.hasOwnProperty.call(TABLES.operations, operation);
    return isOne && TABLES.operations[operation].includes(nameOf(row));
}
function notesOf(status, { row, message }, hints) {
    const notes = [];
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
function noteCode(code, row, notes) {
    if (code === undefined) {
        return;
    }
    const named = codeIn(code);
    if (named !== row.code) {
        notes.push(named === null ? { kind: "code_unknown" } : { kind: "code_contradicts", named });
    }
}
function rowOf(of) {
    const { code, name } = typeof of === "string" ? { code: of, name: undefined } : of;
    const rows = index().byCode.get(code) ?? [];
    const row = name === undefined ? rows[0] : rows.find((it) => nameOf(it) === name);
    if (row === undefined) {
        throw new Error(`no error of the catalog: ${String(name ?? code)}`);
    }
    return row;
}
function nameOf({ name, code }) {
    return name ?? code;
}
function infoOf(row) {
    const named = (param) => `{${param}}`;
    const { first, segments } = messageFrom(row, row.detail, []);
    return {
        code: row.code,
        status: row.status,
        section: row.section,
        detail: first + segments.map(({ param, literal }) => named(param.name) + literal).join(""),
        cause: filled(row, row.cause, named),
        fix: filled(row, row.fix, named),
        retry: row.retry,
        docsUrl: docsUrlOf(row),
        retired: row.retired,
    };
}
function textsOf({ row, message, values }, members) {
    const texts = paramsOf(row).map((_, at) => members[at]);
    let next = 0;
    for (const { at } of message.segments) {
        texts[at] = texts[at] === LOST ? values[next] : (texts[at] ?? values[next]);
        next += 1;
    }
    return texts;
}
function errorFrom(row, texts, hasContext) {
    const { code, params } = row;
    const { shared } = index();
    const error = shared.size > 0 && shared.has(code) ? { code, name: nameOf(row) } : { code };
    if (params.length > 0) {
        error["values"] = valuesFrom(params, texts, 0);
    }
    if (row.context !== null) {
        const ofContext = TABLES.contexts[row.context];
        error["context"] = hasContext ? valuesFrom(ofContext, texts, params.length) : null;
    }
    if (error["values"] === null || (hasContext && error["context"] === null)) {
        return null;
    }
    return error;
}
function valuesFrom(params, texts, start) {
    const values = {};
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
function valueOf(param, text) {
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
function valuesOf(error) {
    const { values, context } = error;
    const all = Object.assign(Object.create(null), context, values);
    return { values: all, hasContext: (context ?? null) !== null };
}
function messageOf(error, show) {
    const row = rowOf(error);
    const { values, hasContext } = valuesOf(error);
    const { first, segments } = messageFrom(row, row.full !== null && hasContext ? row.full : row.detail, []);
    const parts = segments.map((segment) => show(segment, String(values[segment.param.name] ?? "")) + segment.literal);
    return first + parts.join("");
}
function summaryOf(decoded) {
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
function explained(error, prose) {
    const { values } = valuesOf(error);
    return filled(rowOf(error), prose, (name) => String(values[name] ?? `{${name}}`));
}
function filled(row, prose, value) {
    const params = paramsOf(row);
    return prose.map((part) => (typeof part === "string" ? part : value(params[part].name))).join("");
}
function wasRead(read) {
    return read.reason === null;
}
const NOTHING = new Map();
function readBody(body, places) {
    if (body === undefined || body === null) {
        return { reason: "empty" };
    }
    try {
        const bytes = bytesOf(body);
        const text = bytes === null ? body : textOf(bytes);
        return typeof text === "string" ? readText(text, places) : readValue(text, false, places);
    }
    catch {
        return { reason: "not_json" };
    }
}
function bytesOf(body) {
    if (ArrayBuffer.isView(body)) {
        return body;
    }
    const isBuffer = Object.prototype.toString.call(body) === "[object ArrayBuffer]";
    return isBuffer ? new Uint8Array(body) : null;
}
function textOf(bytes) {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
let simpleBody = null;
function simple() {
    simpleBody ??= simpleFrom(TABLES.envelope.around);
    return simpleBody;
}
function simpleFrom(around) {
    const [head, tail] = around ?? ["\\", ""];
    if (head.includes("\\") || tail.includes("\\")) {
        return /[^]^/;
    }
    const blanks = "[ \\t\\r\\n]*";
    const tokens = (json) => json.match(/"[^"]*"|[{}[\]:,]|[^{}[\]:,"]+/gu) ?? [];
    const spaced = (json) => tokens(json).map((token) => blanks + token.replace(/[.*+?^${}()|[\]/]/gu, "\\$&")).join("");
    const message = '"([^"\\\\\\u0000-\\u001f\\ud800-\\udfff]*)"';
    return new RegExp(`^${spaced(head.slice(0, -1))}${blanks}${message}${spaced(tail.slice(1))}${blanks}$`);
}
function readText(body, places) {
    const message = places === TABLES.envelope.places ? simple().exec(body)?.[1] : undefined;
    if (message !== undefined) {
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
    const value = JSON.parse(text);
    const read = readValue(value, hasMark, places);
    if (!wasRead(read)) {
        return read;
    }
    const walked = mayRepeat(text) ? walkNumbered(JSON.parse(numbered(text)), places) : undefined;
    if (walked !== undefined && walked.repeated !== null) {
        return { reason: walked.repeated.slot === "detail" ? "duplicate_detail" : "duplicate_member" };
    }
    const exact = /[0-9]{16}/.test(text) ? JSON.parse(text, exactly) : value;
    const found = exact === value ? read.found : walk(exact, places, (key) => key).found;
    return walked === undefined ? { ...read, found } : { ...read, found, walked };
}
function exactly(_, value, context) {
    const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
    const digits = isRounded ? /^-?[0-9]+$/.exec(context?.source ?? "")?.[0] : undefined;
    return digits === undefined ? value : BigInt(digits);
}
function readValue(value, hasMark, places) {
    if (!isBody(value, places)) {
        return { reason: "not_an_object" };
    }
    const { found } = walk(value, places, (key) => key);
    const details = there("detail", found);
    const detail = details[0] && found.get(details[0]);
    const [message, code] = [firstText(details, found), firstText(there("code", found), found)];
    return { reason: null, message, detail, code, hasMark, found, isSimple: false };
}
function there(slot, found, all = allPlaces()) {
    return all.filter((it) => it.slot === slot && found.has(it));
}
function membersOf(row, found) {
    return paramsOf(row).map((param) => memberOf(param, found));
}
function memberOf(param, found) {
    const alone = there(`params.${param.name}`, found).find((place) => textAt(place, found.get(place)) !== undefined);
    const value = alone && found.get(alone);
    const text = alone && (typeof value === "string" ? textAt(alone, value) : ofKind(param, value));
    if (text !== undefined) {
        return text;
    }
    const objects = [...there("params", found), ...there("params:string", found)].map((place) => found.get(place));
    const members = objects.find(isObject);
    const name = param.member ?? param.name;
    const isThere = members !== undefined && Object.prototype.hasOwnProperty.call(members, name);
    return isThere ? ofKind(param, members[name]) : undefined;
}
const LOST = "\ud800";
function ofKind(param, value) {
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
function isLost(value) {
    return Number.isInteger(value) && !Number.isSafeInteger(value);
}
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function walk(body, places, nameOf) {
    const walk = { nameOf, found: new Map(), repeated: null };
    const root = rootOf(places);
    if (root === undefined) {
        walkObject(body, places, walk.found, walk);
    }
    else if (Array.isArray(body)) {
        walk.found.set(root, body);
        walkInside(body, root, walk.found, walk);
    }
    return walk;
}
function rootOf([first]) {
    return first !== undefined && first.name === "" && isArrayPlace(first) ? first : undefined;
}
function isBody(value, places) {
    return isObject(value) || (Array.isArray(value) && rootOf(places) !== undefined);
}
function walkObject(object, places, found, walk) {
    let constants = 0;
    for (const [key, value] of Object.entries(object)) {
        const name = walk.nameOf(key);
        const place = places.find((it) => it.name === name);
        if (place !== undefined && found.has(place)) {
            walk.repeated = place;
        }
        else if (place !== undefined) {
            found.set(place, value);
            constants += walkInside(value, place, found, walk);
        }
    }
    return constants;
}
function walkInside(value, place, found, walk) {
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
function isElement(value, place, constants, found, walk) {
    const inside = new Map([[place, value]]);
    const isValue = () => place.slot === "params" || place.slot === "params:string" ? isObject(value) : valueAt(place, value) !== undefined;
    const isRead = place.inside === undefined || place.slot !== undefined
        ? isValue() && walkInside(value, place, inside, walk) === 0
        : isObject(value) && walkObject(value, place.inside, inside, walk) === constants;
    if (isRead) {
        inside.forEach((value, place) => found.set(place, value));
    }
    return isRead;
}
let flattened = null;
function allPlaces() {
    flattened ??= [TABLES.envelope, ...TABLES.envelope.older].flatMap((form) => flat(form.places));
    return flattened;
}
function flat(places) {
    return places.flatMap((it) => [it, ...flat(it.inside ?? [])]);
}
function firstText(places, found) {
    return places.map((place) => textAt(place, found.get(place))).find((text) => text !== undefined);
}
function valueAt(place, value) {
    if (place.slot === "field.loc" && typeof value !== "string") {
        return Array.isArray(value) ? value : undefined;
    }
    return textAt(place, value);
}
function textAt(place, value) {
    if (typeof value === "string") {
        return LONE.test(value) ? undefined : withoutAffixes(place, value);
    }
    const isBoolean = typeof value === "boolean" && /^(params|request)\./.test(place.slot ?? "");
    const isNumber = typeof value === "number" || typeof value === "bigint";
    return (isNumber || isBoolean) && place.is_text === false ? String(value) : undefined;
}
function withoutAffixes({ slot, before, after }, text) {
    if (before === undefined && after === undefined) {
        return text;
    }
    const [head, isOpen] = before ?? ["", false];
    const [first = "", ...others] = literalsOf(head);
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
    const last = others[others.length - 1] ?? first;
    const start = text.length - rest.length;
    const behind = text.slice(Math.max(start - last.length + 1, 0), start + value.length);
    const found = behind.lastIndexOf(last);
    return found === -1 ? value : behind.slice(found + last.length);
}
function markOf(after) {
    const [tail, isOpen] = after ?? ["", false];
    const [end, ...others] = literalsOf(tail);
    return isOpen || others.length > 0 ? end : undefined;
}
function withoutTail(after, text) {
    const [tail, isOpen] = after ?? ["", false];
    const mark = markOf(after);
    if (mark === undefined) {
        return text.endsWith(tail) ? text.slice(0, text.length - tail.length) : undefined;
    }
    const isBeforeCode = /^\{code[}:?][^{]*$/.test(tail.slice(mark.length));
    const at = isBeforeCode ? text.lastIndexOf(mark) : text.indexOf(mark);
    return at !== -1 ? text.slice(0, at) : isOpen ? text : undefined;
}
function literalsOf(text) {
    return text.split(/\{[^}]*\}/);
}
function mayRepeat(text) {
    const isRepeated = (quoted) => text.indexOf(quoted) !== text.lastIndexOf(quoted);
    return text.includes("\\") || allPlaces().some(({ name }) => isRepeated(JSON.stringify(name)));
}
function walkNumbered(body, places) {
    return walk(body, places, (key) => key.slice(key.indexOf(" ") + 1));
}
function numbered(text) {
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
function endOfString(text, start) {
    let at = start + 1;
    while (at < text.length && text[at] !== '"') {
        at += text[at] === "\\" ? 2 : 1;
    }
    return at + 1;
}
function isTooDeep(text) {
    const { depth } = TABLES.envelope;
    return text.split(/[[{]/, depth + 2).length > depth + 1 && depthOf(text) > depth;
}
function depthOf(text) {
    let deepest = 0;
    eachMark(text, 0, (_, __, depth) => {
        deepest = Math.max(deepest, depth);
        return true;
    });
    return deepest;
}
function eachMark(text, start, goesOn) {
    let depth = 0;
    for (let at = start; at < text.length; at += 1) {
        const mark = text[at];
        if (mark === '"') {
            at = endOfString(text, at) - 1;
        }
        else if ("{[}],".includes(mark)) {
            depth += mark === "," ? 0 : mark === "{" || mark === "[" ? 1 : -1;
            if (!goesOn(mark, at, depth)) {
                return;
            }
        }
    }
}
function cutsOf(text, start) {
    const cuts = [start];
    eachMark(text, start, (mark, at, depth) => {
        (depth === 0 || (depth === 1 && mark === ",")) && cuts.push(at);
        return depth > 0;
    });
    return cuts;
}
function textOfBody(body) {
    const bytes = bytesOf(body);
    const text = bytes === null ? body : textOf(bytes);
    return typeof text === "string" ? text.replace(/^\ufeff/, "") : JSON.stringify(text);
}
function walkText(text, places) {
    const body = isTooDeep(text) ? null : JSON.parse(numbered(text));
    if (!isBody(body, places)) {
        throw new Error("no body");
    }
    const walked = walkNumbered(body, places);
    if (walked.repeated !== null) {
        throw new Error("a member stands twice");
    }
    return { ...walked, body };
}
function isArrayPlace({ constants }) {
    return constants !== undefined;
}
function elementsOf(array, { nameOf, found }) {
    const { inside = [], constants = 0 } = array;
    const value = found.get(array);
    return (Array.isArray(value) ? value : []).map((it) => {
        const own = { nameOf, found: new Map(), repeated: null };
        const isRead = isElement(it, inside[0], constants, own.found, own);
        return isRead && own.repeated === null ? own.found : null;
    });
}
function bodiesOfOthers(body, { places }) {
    const ofErrors = flat(places).filter(listsErrors);
    if (ofErrors.length === 0) {
        return [];
    }
    const text = textOfBody(body);
    const walked = walkText(text, places);
    const array = ofErrors.find((it) => walked.found.has(it));
    const listed = walked.found.get(array);
    const arrays = [];
    JSON.stringify(walked.body, (_, it) => (Array.isArray(it) && arrays.push(it), it));
    const starts = [];
    eachMark(text, 0, (mark, at) => (mark === "[" && starts.push(at), true));
    const cuts = cutsOf(text, starts[arrays.indexOf(listed)] ?? 0);
    const [head, tail] = [text.slice(0, (cuts[0] ?? 0) + 1), text.slice(cuts[cuts.length - 1])];
    const fitting = elementsOf(array, walked).flatMap((it, at) => (it === null ? [] : [at]));
    return fitting.slice(1).map((at) => head + text.slice((cuts[at] ?? 0) + 1, cuts[at + 1]).trim() + tail);
}
function fieldsAmong(text, { fields, places }) {
    const [walked, all] = [walkText(text, fields), flat(fields)];
    const isInnermost = ({ inside = [] }) => !flat(inside).some(isArrayPlace);
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
function messagesByName(value, walked) {
    const isList = (it) => Array.isArray(it) && it.length > 0 && it.every((message) => typeof message === "string");
    return isObject(value) && Object.values(value).every(isList) ? membersOfAll(value, walked) : [];
}
function foundBy(find, decoded) {
    try {
        return find(textOfBody(decoded.body), formOf(decoded));
    }
    catch {
        return [];
    }
}
function fieldsInDetail(text, form) {
    walkText(text, form.places);
    const { found } = walk(JSON.parse(text), form.places, (key) => key);
    const places = there("detail", found, flat(form.places));
    const detail = places[0] === undefined ? undefined : found.get(places[0]);
    const isList = typeof detail === "object" && detail !== null && firstText(places, found) === undefined;
    return isList ? itemsOf(detail) ?? messagesInDetail(text, form) : [];
}
function messagesInDetail(text, { places }) {
    const walked = walkText(text, places);
    const [detail] = there("detail", walked.found, flat(places));
    return detail === undefined ? [] : messagesByName(walked.found.get(detail), walked);
}
function membersOfAll(value, { nameOf }) {
    const members = isObject(value) ? Object.entries(value) : [];
    return members.flatMap(([key, member]) => namedFields(nameOf(key), member));
}
function namedFields(name, value) {
    const messages = Array.isArray(value) ? value : [value];
    return messages.map((message) => fieldFrom(stepsIn(mended(name)), undefined, message));
}
function fieldsIn(found, all) {
    const valueOf = (slot) => there(slot, found, all).map((place) => valueAt(place, found.get(place))).find((it) => it !== undefined);
    const part = (name) => valueOf(`field.${name}`);
    const place = part("pointer") ?? part("fragment") ?? part("path") ?? part("loc");
    const [code, message] = [part("code"), part("message")];
    if ((place ?? code ?? message) === undefined) {
        return [];
    }
    const steps = typeof place === "string" ? stepsIn(place) : (place ?? []).map(stepFrom);
    return [fieldFrom(steps, code ?? valueOf("code"), message ?? valueOf("detail"))];
}
function itemsOf(detail) {
    if (Array.isArray(detail)) {
        return detail.map(itemOf);
    }
    const item = itemOf(detail);
    return item.loc.length + item.code.length + item.message.length > 0 ? [item] : null;
}
function itemOf(item) {
    if (!isObject(item)) {
        return fieldFrom([], undefined, item);
    }
    const { loc, type, msg } = item;
    const steps = Array.isArray(loc) ? loc : typeof loc === "string" ? [loc] : [];
    return fieldFrom(steps.map(stepFrom), type, msg);
}
function fieldFrom(loc, code, message) {
    const text = (value) => (typeof value === "string" ? mended(value) : "");
    const join = (path, step) => typeof step === "number" ? `${path}[${step}]` : path === "" ? step : `${path}.${step}`;
    const tokens = loc.map((step) => `/${String(step).replace(/~/g, "~0").replace(/\//g, "~1")}`);
    return { loc, path: loc.reduce(join, ""), pointer: tokens.join(""), code: text(code), message: text(message) };
}
function mended(text) {
    return text.replace(LONE_ONES, "\ufffd");
}
function stepFrom(value) {
    if (typeof value === "object" && value !== null) {
        return "…";
    }
    return typeof value === "string" ? mended(value) : stepOf(String(value));
}
function stepsIn(place) {
    const text = place.startsWith("#") ? place.slice(1).replace(/(?:%[0-9a-f]{2})+/giu, unescaped) : place;
    if (text.startsWith("/")) {
        return text.slice(1).split("/").map((token) => stepOf(token.replace(/~1/g, "/").replace(/~0/g, "~")));
    }
    return text === "" ? [] : text.split(".").flatMap(stepsOf);
}
function unescaped(run) {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (digits) => parseInt(digits, 16));
    return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}
function stepsOf(part) {
    const [, name = "", indices] = /^([^[]*)\[([^]*)\]$/.exec(part) ?? [];
    const steps = indices?.split("][").map(stepOf) ?? [""];
    const areIndices = steps.every((step) => typeof step === "number");
    return areIndices ? [...(name === "" ? [] : [stepOf(name)]), ...steps] : [stepOf(part)];
}
function stepOf(token) {
    const index = /^(?:0|-?[1-9][0-9]{0,15})$/.test(token) ? Number(token) : NaN;
    return Number.isSafeInteger(index) ? index : token;
}
