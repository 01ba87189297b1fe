//! Sentences of rows: templates with values in them, as servers send them.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Context, Param, ParamKind, Piece, Row, Template};

/// What stands between a detail and its context.
pub(super) const CONTEXT_SEPARATOR: &str = ". ";

/// The context of a row.
pub(super) fn context<'c>(catalog: &'c Catalog, row: &Row) -> Option<&'c Context> {
    row.context.and_then(|context| catalog.contexts.get(context))
}

/// The rows that servers produce, in the order of the catalog.
pub(super) fn current(catalog: &Catalog) -> impl Iterator<Item = &Row> {
    catalog.rows.iter().filter(|row| row.retired.is_none())
}

/// A template with `values`, one for each of its parameters.
pub(super) fn render(template: &Template, values: &[String]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Hole(param) => values.get(*param).cloned().unwrap_or_default(),
    };
    template.pieces.iter().map(piece).collect()
}

/// A template for people: placeholders in braces, and braces that are text as they are.
pub(super) fn shown(template: &Template, params: &[Param]) -> String {
    let names: Vec<String> = params.iter().map(|param| format!("{{{}}}", param.name)).collect();
    render(template, &names)
}

/// A detail and its context.
pub(super) fn joined(detail: &str, context: &str) -> String {
    format!("{detail}{CONTEXT_SEPARATOR}{context}")
}

/// A value for each parameter: its example, or one that is made up.
pub(super) fn examples(params: &[Param]) -> Vec<String> {
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
pub(super) fn example_sentences(catalog: &Catalog, row: &Row) -> (String, Option<String>) {
    let detail = render(&row.detail, &examples(&row.params));
    let full = context(catalog, row)
        .map(|context| joined(&detail, &render(&context.text, &examples(&context.params))));
    (detail, full)
}
