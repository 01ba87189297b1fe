//! Explanations for programs.

use kate_errors_codegen::catalog::{Retired, StatusBasis};
use serde_json::{Map, Value, json};

use super::answer::{Answer, Explained};
use crate::formats::row_json::{row_json, value};
use crate::formats::{joined, to_json};

/// The answer as an object; its member `kind` says which.
pub(super) fn render(answer: &Answer<'_>, show_sensitive: bool) -> String {
    let errors = |errors: &[Explained<'_>]| -> Value {
        errors.iter().map(|error| explained(error, show_sensitive)).collect()
    };
    to_json(&match answer {
        Answer::Rule(rule) => {
            let weight = rule.weight.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
            let head = joined(json!({ "kind": "rule", "rule": rule.id }), weight.collect());
            let (summary, help, why) = (rule.page.summary(), rule.page.help(), rule.page.why());
            joined(head, json!({ "summary": summary, "help": help, "why": why }))
        }
        Answer::Code(with_code) => json!({ "kind": "code", "errors": errors(with_code) }),
        Answer::Status { status, errors: under } => json!({
            "kind": "status",
            "status": status.code,
            "status_name": status.name,
            "description": status.description,
            "errors": errors(under),
        }),
        Answer::Message { errors: found, status } => json!({
            "kind": "message",
            "status_found": status,
            "errors": errors(found),
        }),
        Answer::Nothing { suggestions, read_as } => {
            let found = json!({ "kind": "nothing", "did_you_mean": suggestions, "errors": [] });
            let reason = read_as.as_ref().map_or(json!({}), |reason| json!({ "reason": reason }));
            joined(found, reason)
        }
    })
}

/// What an error has in every format, and what its explanation adds.
fn explained(error: &Explained<'_>, show_sensitive: bool) -> Value {
    let Explained { catalog, row, is_former, .. } = error;
    let retired = |retired: &Retired| {
        json!({
            "since": retired.since,
            "reason": retired.reason,
            "replaced_by": retired.replaced_by.map(|row| &catalog.rows[row].code),
        })
    };
    let values = error.values.iter().map(|known| {
        let shown = value(known.param, known.shown(show_sensitive));
        (known.param.name.clone(), shown)
    });
    let former: Vec<&str> = row.former.iter().map(|former| former.source.as_str()).collect();
    let aliases: Vec<&str> = error.aliases().iter().map(|row| row.code.as_str()).collect();
    let added = json!({
        "status_basis": match row.status_basis {
            StatusBasis::Documented => "documented",
            StatusBasis::Inferred => "inferred",
        },
        "retry": row.retry.as_str(),
        "docs_url": catalog.docs_url(row),
        "since": row.since,
        "former": former,
        "retired": row.retired.as_ref().map(retired),
        "aliases": aliases,
        "is_former_message": is_former,
        "values": values.collect::<Map<_, _>>(),
        "explanation": {
            "cause": error.fill(&row.cause, show_sensitive),
            "fix": error.fill(&row.fix, show_sensitive),
        },
    });
    joined(row_json(catalog, row), added)
}
