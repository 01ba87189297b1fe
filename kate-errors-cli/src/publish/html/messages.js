
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
  const matches = choose(status ?? 0, readings, hints, NOTHING);
  const [first] = matches;
  if (first === undefined) {
    // Values that are beside a message in a body are unknown.
    const rows = new Set(readings.flatMap((reading) => reading.message.rows));
    return rows.size === 0 ? null : { kind: "code", rows: TABLES.errors.filter((row) => rows.has(row)) };
  }
  const decoded = { status: status ?? 0, body: message, ...knownOf(matches, notesOf(status ?? 0, first, hints)) };
  return { kind: "error", decoded: withoutStatus(status, decoded), rows: matches.map(({ row }) => row), texts: [] };
}

/**
 * Reads the longest message in a line. What follows it, up to an ellipsis, may be the beginning of a longer one that was
 * cut.
 */
function readWithin(reader, line) {
  const found = messageWithin(line, { left: MOST_TRIES });
  if (found === null) {
    return null;
  }
  const rest = line.slice(found.start);
  const behind = rest.slice(found.text.length);
  const shown = found.text + (shortened(behind) ?? behind);
  if (behind !== "" && rowsBeginning(shown, true).length > 0) {
    return { kind: "cut", rows: rowsBeginning(shown, false) };
  }
  const finding = readAlone(reader, found.text);
  // Some clients print the status in front, others behind in parentheses.
  const printed = firstMatch("status_behind", behind) ?? firstMatch("status_before", line.slice(0, found.start));
  const status = Number(printed?.[1] ?? 0);
  if (finding === null || reader.context.status !== null || !finding.rows.some((row) => hasStatus(row, status))) {
    return finding;
  }
  reader.context.status = status;
  return readAlone(reader, found.text);
}

/**
 * Reads a message whose end is missing: a text in quotes, of which the closing one is missing or which has an ellipsis,
 * or all.
 */
function readCut(text) {
  const open = (quote) => {
    const pieces = text.replace(/\\(["\\])/g, "$1").split(quote);
    const isOpen = (piece, at) => {
      const isLast = at > 1 && at === pieces.length - 1;
      return /[:=]$/.test(pieces[at - 1]?.trimEnd() ?? "") && (isLast || shortened(piece) !== null);
    };
    return pieces.find(isOpen) ?? null;
  };
  for (const candidate of [open('"'), open("'"), text.trim()].filter((it) => it !== null)) {
    for (const shown of [candidate, shortened(candidate)].filter((it) => it !== null)) {
      const rows = rowsBeginning(shown, false);
      if (rows.length > 0) {
        return { kind: "cut", rows };
      }
    }
  }
  return null;
}

/** What stands before an ellipsis; null if there is none. */
function shortened(text) {
  const ellipsis = firstMatch("ellipsis", text);
  return ellipsis && text.slice(0, ellipsis.index);
}

/** The errors with a message that can begin like this; if it `goesOn`, with a longer one. */
function rowsBeginning(text, goesOn) {
  if (Array.from(text).length < LEAST_CUT) {
    return [];
  }
  const messages = index().messages.filter((it) => it.first !== "" && canBegin(it, text, goesOn));
  const rows = new Set(messages.flatMap((it) => it.rows));
  return TABLES.errors.filter((row) => rows.has(row));
}

function canBegin({ first, segments }, text, goesOn) {
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
  return at === text.length && !goesOn;
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

let spellings = null;

/** The errors with a code, in any case, with `-` or `_`, or with a variant, which can follow its enum. */
function rowsSpelled(word) {
  const spelled = (code) => code.toLowerCase().replaceAll("-", "_");
  if (spellings === null) {
    spellings = new Map();
    TABLES.errors.forEach((row) => push(spellings, spelled(row.code), row));
    for (const row of TABLES.errors) {
      const variant = nameOf(row).replaceAll("_", "");
      if (!spellings.has(variant)) {
        spellings.set(variant, [row]);
      }
    }
  }
  return spellings.get(spelled(word)) ?? spellings.get(spelled(word.split("::").at(-1)));
}

/** The errors whose codes stand in a text. */
function codesIn(text) {
  const exact = index().byCode.get(text);
  if (exact !== undefined) {
    return { kind: "code", rows: exact };
  }
  for (const expression of expressionsOf("code")) {
    for (const match of text.matchAll(new RegExp(expression, "giu"))) {
      const rows = rowsSpelled(match[1]);
      if (rows !== undefined) {
        return { kind: "code", rows };
      }
    }
  }
  return null;
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
