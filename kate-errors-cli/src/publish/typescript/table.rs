//! The tables that the decoder works on, as values: a module has them as literals, a page as JSON.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, ParamKind, Piece, Retry, Row, Template};
use serde_json::{Map, Value, json};

/// What the decoder knows of a catalog. The names of members are those of the types in `decoder.ts`.
pub(in crate::publish) struct Tables {
    /// The address of the reference page, or null.
    pub(in crate::publish) reference: Value,
    /// The contexts, in the order of the catalog.
    pub(in crate::publish) contexts: Vec<Value>,
    /// The codes of each operation, by its name.
    pub(in crate::publish) operations: Map<String, Value>,
    /// The errors, in the order of the catalog.
    pub(in crate::publish) rows: Vec<Map<String, Value>>,
}

impl Tables {
    pub(in crate::publish) fn of(catalog: &Catalog) -> Self {
        let context = |context: &kate_errors_codegen::catalog::Context| json!({ "text": pieces(&context.text), "params": params(&context.params) });
        let operations = catalog.operations.iter().map(|operation| {
            let rows = operation.rows.iter().filter_map(|row| catalog.rows.get(*row));
            (operation.name.clone(), rows.map(|row| Value::from(row.code.as_str())).collect())
        });
        Self {
            reference: catalog.reference.as_deref().map_or(Value::Null, Value::from),
            contexts: catalog.contexts.iter().map(context).collect(),
            operations: operations.collect(),
            rows: catalog.rows.iter().map(|row| table_row(catalog, row)).collect(),
        }
    }
}

fn table_row(catalog: &Catalog, row: &Row) -> Map<String, Value> {
    let former: Vec<Value> = row.former.iter().map(pieces).collect();
    let members = [
        ("code", json!(row.code)),
        ("status", json!(catalog.statuses[row.status].code)),
        ("section", json!(catalog.sections[row.section].name)),
        ("retry", json!(retry(row.retry))),
        ("detail", pieces(&row.detail)),
        ("cause", pieces(&row.cause)),
        ("fix", pieces(&row.fix)),
        ("params", params(&row.params)),
        ("context", json!(row.context)),
        ("sameAs", json!(row.same_as)),
        ("former", json!(former)),
        ("retired", json!(row.retired.as_ref().map(|retired| &retired.reason))),
    ];
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "never",
        Retry::Later => "later",
        Retry::AfterFix => "after_fix",
    }
}

fn pieces(template: &Template) -> Value {
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => Value::from(text.as_str()),
        Piece::Hole(param) => Value::from(*param),
    };
    template.pieces.iter().map(piece).collect()
}

fn params(params: &[Param]) -> Value {
    params.iter().map(param).collect()
}

fn param(param: &Param) -> Value {
    let mut kind = json!({ "is": param.kind.name() });
    match &param.kind {
        ParamKind::Text { ends_at } => kind["end"] = json!(ends_at),
        ParamKind::OneOf(choices) => {
            kind["choices"] = choices.choices.iter().map(|it| it.text.as_str()).collect();
        }
        ParamKind::U64 | ParamKind::I64 | ParamKind::Word => {}
    }
    json!({ "name": param.name, "kind": kind, "sensitive": param.sensitive })
}
