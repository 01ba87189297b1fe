// Made from decoder.ts, sha256-azUq1cl4AdxJD5HI4y07LOF9utoY3n+ef6HcPmkj/5Y=. Do not edit.
export function decode(status, body, scope = {}) {
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
export function info(code) {
    return infoOf(rowOf(code));
}
export function codes() {
    return ROWS.map((row) => row.code);
}
export function isCode(text) {
    return index().byCode.has(text);
}
export function detail(error) {
    return sentenceOf(error, (_param, value) => value);
}
export function redacted(error) {
    return sentenceOf(error, (param, value) => (param.sensitive ? HIDDEN : value));
}
function sentenceOf(error, show) {
    const { values, context } = partsOf(error);
    const row = rowOf(error.code);
    const own = render(row.detail, row.params, values, show);
    const second = row.context === null ? undefined : CONTEXTS[row.context];
    if (second === undefined || context === null) {
        return own;
    }
    return own + SEPARATOR + render(second.text, second.params, context, show);
}
export function cause(error) {
    const row = rowOf(error.code);
    return render(row.cause, row.params, partsOf(error).values);
}
export function fix(error) {
    const row = rowOf(error.code);
    return render(row.fix, row.params, partsOf(error).values);
}
export function unreachable(error) {
    throw new Error(`no error of the catalog: ${String(error)}`);
}
const SEPARATOR = ". ";
const HIDDEN = "•••";
const MAX_BYTES = 65536;
const MAX_DEPTH = 128;
let indexOfAll = null;
function index() {
    indexOfAll ??= makeIndex();
    return indexOfAll;
}
function makeIndex() {
    const byCode = new Map();
    const constants = new Map();
    const templates = [];
    const homonyms = new Map();
    const add = (wording) => {
        if (wording.pieces.some((piece) => typeof piece === "number")) {
            templates.push(wording);
            return;
        }
        const sentence = wording.pieces.join("");
        const of = constants.get(sentence);
        if (of === undefined) {
            constants.set(sentence, [wording]);
        }
        else {
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
        }
        else {
            const of = homonyms.get(row.sameAs);
            if (of === undefined) {
                homonyms.set(row.sameAs, [row]);
            }
            else {
                of.push(row);
            }
        }
        for (const pieces of row.former) {
            add({ row: at, isFormer: true, pieces, params: row.params });
        }
    });
    return { byCode, constants, templates, homonyms };
}
function rowOf(code) {
    const row = index().byCode.get(code);
    if (row === undefined) {
        throw new Error(`no error of the catalog: ${String(code)}`);
    }
    return row;
}
function infoOf(row) {
    const names = {};
    for (const param of row.params) {
        names[param.name] = `{${param.name}}`;
    }
    return {
        code: row.code,
        status: row.status,
        section: row.section,
        detail: render(row.detail, row.params, names),
        cause: render(row.cause, row.params, names),
        fix: render(row.fix, row.params, names),
        retry: row.retry,
        docsUrl: REFERENCE === null ? null : `${REFERENCE}#${row.code}`,
        retired: row.retired,
    };
}
function partsOf(error) {
    const parts = error;
    return { values: parts.values ?? {}, context: parts.context ?? null };
}
function errorOf(match) {
    const { row, values, context } = match;
    const error = { code: row.code };
    if (row.params.length > 0) {
        error["values"] = values;
    }
    if (row.context !== null) {
        error["context"] = context;
    }
    return error;
}
function render(pieces, params, values, show = (_param, value) => value) {
    let text = "";
    for (const piece of pieces) {
        if (typeof piece === "string") {
            text += piece;
        }
        else {
            const param = params[piece];
            text += param === undefined ? "" : show(param, String(values[param.name] ?? ""));
        }
    }
    return text;
}
function readBody(body) {
    const unknown = (reason) => ({ kind: "unknown", reason });
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
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
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
    const found = value.detail;
    if (typeof found === "object" && found !== null) {
        return { kind: "validation", detail: found };
    }
    if (typeof found !== "string") {
        return unknown("other_kind");
    }
    return hasLoneSurrogate(found) ? unknown("lone_surrogate") : { kind: "sentence", sentence: found, hasMark };
}
function isLarge(text) {
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
function isBlank(text) {
    for (const character of text) {
        if (!" \t\r\n".includes(character)) {
            return false;
        }
    }
    return true;
}
function hasLoneSurrogate(text) {
    for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        if (code >= 0xd800 && code < 0xe000) {
            return true;
        }
    }
    return false;
}
function endOfString(text, start) {
    let at = start + 1;
    while (at < text.length && text[at] !== '"') {
        at += text[at] === "\\" ? 2 : 1;
    }
    return at + 1;
}
function depthOf(text) {
    let depth = 0;
    let deepest = 0;
    for (let at = 0; at < text.length; at += 1) {
        const character = text[at];
        if (character === '"') {
            at = endOfString(text, at) - 1;
        }
        else if (character === "{" || character === "[") {
            depth += 1;
            deepest = Math.max(deepest, depth);
        }
        else if (character === "}" || character === "]") {
            depth -= 1;
        }
    }
    return deepest;
}
function countOf(text, name) {
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
        }
        else if (character === "{" || character === "[") {
            depth += 1;
        }
        else if (character === "}" || character === "]") {
            depth -= 1;
        }
        if (!" \t\r\n".includes(character)) {
            before = character;
        }
    }
    return count;
}
function choose(status, sentence, scope) {
    let best = null;
    let bestRank = -1;
    const weigh = (match) => {
        const rank = rankOf(status, match, scope);
        if (best === null || rank > bestRank) {
            best = [match];
            bestRank = rank;
        }
        else if (rank === bestRank && !best.some((other) => other.row === match.row)) {
            best.push(match);
        }
    };
    for (const wording of index().constants.get(sentence) ?? []) {
        withHomonyms(wording, [], weigh);
    }
    let characters = null;
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
function withHomonyms(wording, values, weigh) {
    const base = ROWS[wording.row];
    if (base === undefined) {
        return;
    }
    for (const row of [base, ...(index().homonyms.get(wording.row) ?? [])]) {
        const isFormer = wording.isFormer;
        const own = {};
        const second = {};
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
function rankOf(status, match, scope) {
    const says = [
        scope.errorCode?.trim() === match.row.code,
        status === match.row.status,
        hasScope(scope) && isWithin(match.row, scope),
        !match.isFormer,
    ];
    return says.reduce((rank, says) => rank * 2 + (says ? 1 : 0), 0);
}
function hasScope(scope) {
    return scope.operation !== undefined || scope.section !== undefined;
}
function isWithin(row, scope) {
    const { operation, section } = scope;
    const lists = operation === undefined || (OPERATIONS[operation] ?? []).includes(row.code);
    return lists && (section === undefined || section === row.section);
}
function findingsOf(status, match, scope) {
    const { row } = match;
    const findings = [];
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
function mayBe(pieces, sentence) {
    const first = pieces[0];
    const last = pieces[pieces.length - 1];
    const begins = typeof first !== "string" || sentence.startsWith(first);
    return begins && (typeof last !== "string" || sentence.endsWith(last));
}
function readTemplate(pieces, params, sentence) {
    const length = sentence.length;
    const last = new Uint8Array(length + 1);
    last[length] = 1;
    const stages = [last];
    let ends = last;
    for (let at = pieces.length - 1; at >= 0; at -= 1) {
        const piece = pieces[at];
        if (piece === undefined) {
            return null;
        }
        const next = firstOf(pieces[at + 1]);
        const starts = typeof piece === "string"
            ? startsOfLiteral(Array.from(piece), sentence, ends)
            : startsOfHole(params[piece]?.kind, next, sentence, ends);
        stages.push(starts);
        ends = starts;
    }
    if (ends[0] !== 1) {
        return null;
    }
    const values = params.map(() => undefined);
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
    const all = [];
    for (const value of values) {
        if (value === undefined) {
            return null;
        }
        all.push(value);
    }
    return all;
}
function firstOf(piece) {
    if (typeof piece !== "string") {
        return null;
    }
    const [first] = piece;
    return first ?? null;
}
function startsOfLiteral(literal, sentence, ends) {
    const starts = new Uint8Array(ends.length);
    for (let at = 0; at + literal.length < ends.length; at += 1) {
        if (ends[at + literal.length] === 1 && literal.every((character, offset) => sentence[at + offset] === character)) {
            starts[at] = 1;
        }
    }
    return starts;
}
function startsOfHole(kind, next, sentence, ends) {
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
            }
            else {
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
function longest(kind, next, sentence, at, ends) {
    if (kind.is === "word") {
        let end = null;
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
function endOfShort(kind, sentence, at, ends) {
    const lengths = [];
    if (kind.is === "one_of") {
        for (const choice of kind.choices) {
            const characters = Array.from(choice);
            if (characters.every((character, offset) => sentence[at + offset] === character)) {
                lengths.push(characters.length);
            }
        }
        lengths.sort((left, right) => right - left);
    }
    else {
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
function fit(kind, text) {
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
        const allows = (character) => !isControl(character) && character !== kind.end;
        return Array.from(text).every((character) => allows(character)) ? text : null;
    }
    return kind.choices.includes(text) ? text : null;
}
const RANGES = {
    u64: [BigInt(0), BigInt("18446744073709551615")],
    i64: [BigInt("-9223372036854775808"), BigInt("9223372036854775807")],
};
function isDigit(character) {
    return character !== undefined && character >= "0" && character <= "9";
}
function isControl(character) {
    const code = character?.codePointAt(0) ?? 0;
    return code < 0x20 || (code >= 0x7f && code <= 0x9f);
}
const WHITE_SPACE = "\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
function isOfWord(character) {
    return character !== undefined && !isControl(character) && !WHITE_SPACE.includes(character);
}
