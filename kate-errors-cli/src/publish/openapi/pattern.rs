//! Patterns of sentences with values, in the part of regular expressions that ECMA-262, Python and Rust
//! share.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, ParamKind, Piece, Row, Template};

use crate::publish::sentences::{self, CONTEXT_SEPARATOR};

/// Control characters, which no value holds.
const CONTROL: &str = "\\u0000-\\u001f\\u007f-\\u009f";

/// The sentences of a row: those without values, and patterns of the others, without the anchors.
pub(super) fn sentences_of(catalog: &Catalog, row: &Row) -> (Vec<String>, Vec<String>) {
    let (mut constants, mut patterns) = (Vec::new(), Vec::new());
    let detail = pieces(&row.detail, &row.params);
    match row.detail.constant() {
        Some(constant) => constants.push(constant.to_owned()),
        None => patterns.push(detail.clone()),
    }
    if let Some(context) = sentences::context(catalog, row) {
        let text = pieces(&context.text, &context.params);
        match (row.detail.constant(), context.text.constant()) {
            (Some(detail), Some(text)) => constants.push(sentences::joined(detail, text)),
            _ => patterns.push(format!("{detail}{}{text}", literal(CONTEXT_SEPARATOR))),
        }
    }
    (constants, patterns)
}

fn pieces(template: &Template, params: &[Param]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => literal(text),
        Piece::Hole(param) => params.get(*param).map(|param| hole(&param.kind)).unwrap_or_default(),
    };
    template.pieces.iter().map(piece).collect()
}

fn hole(kind: &ParamKind) -> String {
    match kind {
        ParamKind::U64 => "(?:0|[1-9][0-9]{0,19})".to_owned(),
        ParamKind::I64 => "(?:0|-?[1-9][0-9]{0,18})".to_owned(),
        ParamKind::Word => format!("[^\\s{CONTROL}]+"),
        ParamKind::Text { ends_at } => {
            let end = ends_at.map(in_class).unwrap_or_default();
            format!("[^{end}{CONTROL}]*")
        }
        ParamKind::OneOf(choices) => {
            let choices: Vec<String> = choices.choices.iter().map(|it| literal(&it.text)).collect();
            format!("(?:{})", choices.join("|"))
        }
    }
}

/// A text that means itself.
pub(super) fn literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\^$.*+?()[]{}|/".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A character between brackets.
fn in_class(character: char) -> String {
    if "\\^]-[".contains(character) { format!("\\{character}") } else { character.to_string() }
}
