//! Edge cases of parameter values of all types. Each is used where it is valid, and where it is not.

use std::collections::BTreeSet;

use kate_errors_model::template::{Segment, Template};

/// Values that decoders have read incorrectly.
const EDGES: &[&str] = &[
    "",
    "0",
    "-0",
    "007",
    "+1",
    "-1",
    "1e3",
    // Beyond 2^53, where JavaScript numbers have gaps, and the limits of 64-bit integers and beyond.
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "-12.50",
    "0.000000000000000000001",
    "123456789012345678901234567890.5",
    ".5",
    "1.",
    "\u{664}\u{662}",
    "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-ffff-4fff-BFFF-FFFFFFFFFFFF",
    "0189-0a5d-ac96-774b-bcceb302099a8057-0000",
    "2000-02-29",
    "1900-02-29",
    "9999-12-31",
    "2024-04-31",
    "2024-02-29T23:59:60.123456789+23:59",
    "1970-01-01T00:00:00-00:00",
    "1970-01-01t00:00:00z",
    "1970-01-01T24:00:00Z",
    "-",
    ".",
    "{id}",
    "%s",
    "\"quoted\"",
    "it's",
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
    " ",
    "two  blanks",
    " at the ends ",
    "a. b: c, d",
    "not found",
    "true",
    "false",
    "\u{A0}",
    "👩‍👩‍👧",
];

/// The maximum number of values for a placeholder.
const MOST: usize = 24;

/// The maximum number of invalid values for a placeholder.
const MOST_MISFITS: usize = 6;

/// Returns the first placeholder of each value.
pub(super) fn places<'t, 's>(template: &'t Template<'s>) -> impl Iterator<Item = &'t Segment<'s>> {
    let mut seen = BTreeSet::new();
    template.segments.iter().filter(move |segment| seen.insert(segment.param))
}

/// Returns values that a placeholder can hold. If there are too many, `turn` selects which of them.
pub(super) fn hostile<'s>(segment: &'s Segment<'_>, turn: usize) -> Vec<&'s str> {
    let values = segment.choices().chain(EDGES.iter().copied());
    let mut values: Vec<&str> = values.filter(|value| segment.can_hold(value)).collect();
    if values.len() > MOST {
        let first = turn % values.len();
        values.rotate_left(first);
        values.truncate(MOST);
    }
    values
}

/// Returns texts that are invalid for the type of a placeholder, and could be mistaken for a value.
pub(super) fn misfits<'s>(segment: &'s Segment<'_>) -> impl Iterator<Item = &'s str> {
    let values = EDGES.iter().copied().filter(|value| !segment.ty.holds(value));
    values.take(MOST_MISFITS)
}

/// Returns values that cannot appear unchanged in the message.
pub(super) fn altered(template: &Template<'_>, segment: &Segment<'_>) -> Vec<String> {
    let mark = segment.mark();
    let mut values: Vec<String> = [
        format!("a{mark}b"),
        mark.repeat(2),
        "a\tb\u{85}c".to_owned(),
        "a b\u{A0}c".to_owned(),
        "\u{7f}".to_owned(),
        String::new(),
        "no such value".to_owned(),
    ]
    .into();
    // With an end mark such as `aa`, a value that ends with `a` would be cut too early.
    values.extend(mark.chars().next().map(String::from));
    for text in &*template.around {
        values.push(format!("a{text}b{text}"));
        // The text may begin at the end of a value, too.
        values.extend(text.char_indices().skip(1).map(|(end, _)| format!("a{}", &text[..end])));
    }
    let is_altered = |value: &String| template.sanitize(segment, value) != **value;
    values.retain(|value| segment.choices().next().is_none() && is_altered(value));
    values.sort();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use kate_errors_model::template::{Piece, Template};
    use kate_errors_model::types::{TYPES, Type};

    use super::*;

    /// Whoever adds a type adds values at its limits.
    #[test]
    fn every_type_has_values_that_fit_and_values_that_do_not() {
        for ty in TYPES.iter().filter_map(|info| Type::named(info.name)) {
            let template = Template::new([Piece::Placeholder(0, ty.clone())]);
            let segment = &template.segments[0];
            assert!(hostile(segment, 0).len() >= 2, "{ty:?}");
            let is_misfit = misfits(segment).count() > 0 || altered(&template, segment).len() > 1;
            assert!(is_misfit, "{ty:?}");
        }
    }
}
