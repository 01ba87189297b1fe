//! Values that lie at the edge of what a parameter can hold.

use kate_errors_codegen::catalog::{Param, ParamKind};

/// Words that look like something else.
const WORDS: &[&str] = &[
    "0",
    "-",
    ".",
    "{id}",
    "%s",
    "\"quoted\"",
    "\\",
    "a\\u0041",
    "</script>",
    "null",
    "日本語",
    "é",
    "e\u{301}",
    "😀",
    "\u{200B}",
    "\u{FFFD}",
    "$&",
    "a.b,c:d;e",
];

/// Texts that look like something else.
const TEXTS: &[&str] = &[
    "",
    " ",
    "two  blanks",
    " at the ends ",
    "{name}",
    "%s %d",
    "it's \"quoted\"",
    "\\ and \\n",
    "a. b: c, d",
    "not found",
    "<b>bold</b>",
    "日本語のテキスト",
    "\u{A0}",
    "\u{200B}",
    "👩‍👩‍👧",
    "$1 $& $`",
];

/// Values of a parameter that decoders have got wrong.
pub(super) fn hostile(param: &Param) -> Vec<String> {
    let fits = |text: &&&str| match &param.kind {
        ParamKind::Text { ends_at } => ends_at.is_none_or(|end| !text.contains(end)),
        _ => true,
    };
    let all = |texts: &[&str]| texts.iter().filter(fits).map(|text| (*text).to_owned()).collect();
    match &param.kind {
        // Beyond 2^53, where numbers of JavaScript have holes, and the last ones.
        ParamKind::U64 => all(&["0", "9007199254740993", "18446744073709551615"]),
        ParamKind::I64 => {
            all(&["0", "-9007199254740993", "-9223372036854775808", "9223372036854775807"])
        }
        ParamKind::Word => all(WORDS),
        ParamKind::Text { .. } => all(TEXTS),
        ParamKind::OneOf(choices) => choices.choices.iter().map(|it| it.text.clone()).collect(),
    }
}
