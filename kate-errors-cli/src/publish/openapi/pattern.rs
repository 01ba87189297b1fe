//! Patterns of messages with values, in the subset of regular expressions that ECMA-262, Python and Rust share. The
//! engines of Go and Rust have no lookahead.

use kate_errors_model::template::{Segment, Template};

/// Returns the pattern of a message with values, without anchors.
pub(super) fn pattern(template: &Template<'_>) -> String {
    let segments = template.segments.iter();
    let segments = segments.map(|segment| value(segment) + &literal(&segment.literal));
    literal(&template.first) + &segments.collect::<String>()
}

/// Returns the pattern of a value. If a text ends at a single character, the pattern excludes it. A longer end mark
/// would need a lookahead, so the pattern allows any text, and also matches messages that are read differently.
fn value(segment: &Segment<'_>) -> String {
    let choices: Vec<String> = segment.choices().map(literal).collect();
    if !choices.is_empty() {
        return format!("(?:{})", choices.join("|"));
    }
    let pattern = segment.ty.info().pattern;
    let mut mark = segment.excluded().chars();
    match (mark.next(), mark.next()) {
        (Some(end), None) => pattern.replacen("[^", &format!("[^{}", in_class(end)), 1),
        _ => pattern.to_owned(),
    }
}

/// Escapes a literal text.
pub(super) fn literal(text: &str) -> String {
    text.chars().map(|character| escaped(character, "\\^$.*+?()[]{}|/")).collect()
}

/// Escapes a character for a character class.
fn in_class(character: char) -> String {
    escaped(character, "\\^]-[")
}

/// Escapes a character if it is one of the special ones. Line breaks are escaped, too: generators of clients write
/// patterns into literals of one line.
fn escaped(character: char, special: &str) -> String {
    match character {
        '\n' => r"\n".to_owned(),
        _ if special.contains(character) => format!("\\{character}"),
        _ => character.to_string(),
    }
}
