//! Sentences of rows: templates with values in them, as servers send them.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Context, Param, ParamKind, Piece, Row, Template};

/// What stands between a detail and its context.
pub(crate) const CONTEXT_SEPARATOR: &str = ". ";

/// The context of a row.
pub(crate) fn context<'c>(catalog: &'c Catalog, row: &Row) -> Option<&'c Context> {
    row.context.and_then(|context| catalog.contexts.get(context))
}

/// The rows that servers produce, in the order of the catalog.
pub(crate) fn current(catalog: &Catalog) -> impl Iterator<Item = &Row> {
    catalog.rows.iter().filter(|row| row.retired.is_none())
}

/// A template with `values`, one for each of its parameters.
pub(crate) fn render(template: &Template, values: &[String]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Hole(param) => values.get(*param).cloned().unwrap_or_default(),
    };
    template.pieces.iter().map(piece).collect()
}

/// A template for people: placeholders in braces, and braces that are text as they are.
pub(crate) fn shown(template: &Template, params: &[Param]) -> String {
    let names: Vec<String> = params.iter().map(|param| format!("{{{}}}", param.name)).collect();
    render(template, &names)
}

/// A detail and its context.
pub(crate) fn joined(detail: &str, context: &str) -> String {
    format!("{detail}{CONTEXT_SEPARATOR}{context}")
}

/// A value for each parameter: its example, or one that is made up.
pub(crate) fn examples(params: &[Param]) -> Vec<String> {
    params.iter().map(example).collect()
}

fn example(param: &Param) -> String {
    if let Some(example) = &param.example {
        return example.clone();
    }
    match &param.kind {
        ParamKind::U64 => "7".to_owned(),
        ParamKind::I64 => "-7".to_owned(),
        ParamKind::Word => "abc-123".to_owned(),
        ParamKind::Text { ends_at } => {
            let fits = |text: &&str| ends_at.is_none_or(|end| !text.contains(end));
            ["some text", "text", "a", "1"].into_iter().find(fits).unwrap_or_default().to_owned()
        }
        ParamKind::OneOf(choices) => {
            choices.choices.first().map(|choice| choice.text.clone()).unwrap_or_default()
        }
    }
}

/// The sentence of a row with example values, and with its context if it has one.
pub(crate) fn example_sentences(catalog: &Catalog, row: &Row) -> (String, Option<String>) {
    let detail = render(&row.detail, &examples(&row.params));
    let full = context(catalog, row)
        .map(|context| joined(&detail, &render(&context.text, &examples(&context.params))));
    (detail, full)
}

/// The error that most operations answer with, of those whose sentence has no values if there are any.
pub(crate) fn most_common(catalog: &Catalog) -> Option<&Row> {
    let mut best: Option<((bool, usize), &Row)> = None;
    for (index, row) in catalog.rows.iter().enumerate().filter(|(_, row)| row.retired.is_none()) {
        let listed = catalog.operations.iter().filter(|it| it.rows.contains(&index)).count();
        let rank = (row.detail.constant().is_some(), listed);
        if best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, row));
        }
    }
    best.map(|(_, row)| row)
}

/// What a parameter can hold, in words.
pub(crate) fn kind(param: &Param) -> String {
    match &param.kind {
        ParamKind::U64 => "whole number from 0".to_owned(),
        ParamKind::I64 => "whole number".to_owned(),
        ParamKind::Word => "one word".to_owned(),
        ParamKind::Text { ends_at: None } => "text".to_owned(),
        ParamKind::Text { ends_at: Some(' ') } => "text without blanks".to_owned(),
        ParamKind::Text { ends_at: Some(end) } => format!("text without \"{end}\""),
        ParamKind::OneOf(choices) => {
            let texts: Vec<&str> = choices.choices.iter().map(|it| it.text.as_str()).collect();
            texts.join(", or ")
        }
    }
}
