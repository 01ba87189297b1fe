//! Explanations as JSON.

use kate_errors_codegen::catalog::{Operation, Retired};
use kate_errors_model::status;
use serde_json::{Map, Value, json};

use super::answer::{Answer, Explained, Rule};
use super::summary::Summary;
use crate::formats::joined;
use crate::formats::row_json::{row_json, value};
use crate::pasted::Kind;

/// Renders one answer as an object with its `kind`; several as a list, with all of their errors and where they were
/// found.
pub(super) fn render(answers: &[Answer<'_>], summary: Option<&Summary<'_>>) -> Value {
    let rendered: Vec<Value> = answers.iter().map(answer).collect();
    let mut shown = match <[Value; 1]>::try_from(rendered) {
        Ok([only]) => only,
        Err(all) => {
            let errors = all.iter().filter_map(|it| it["errors"].as_array()).flatten();
            json!({ "kind": "several", "errors": errors.collect::<Vec<_>>(), "answers": all })
        }
    };
    if let Some(summary) = summary {
        shown["occurrences"] = summary.json();
    }
    shown
}

/// Renders a rule.
pub(super) fn rule(rule: &Rule) -> Value {
    let weight = rule.weight.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    let head = joined(json!({ "kind": "rule", "rule": rule.id }), weight.collect());
    let (summary, help, why) = (rule.page.summary(), rule.page.help(), rule.page.why());
    joined(head, json!({ "summary": summary, "help": help, "why": why }))
}

fn answer(answer: &Answer<'_>) -> Value {
    let (finding, operation) = (&answer.finding, answer.operation());
    let status = finding.status;
    let mut shown = match finding.kind {
        Kind::Code => json!({ "kind": "code" }),
        Kind::Status => json!({
            "kind": "status",
            "status": status,
            "status_name": answer.listed().map_or(status::name(status.unwrap_or_default()), |it| &it.name),
            "description": answer.listed().map(|it| &it.description),
        }),
        Kind::Error => json!({
            "kind": "message",
            "status_found": status,
            "operation": operation.map(|it| &it.name),
        }),
        Kind::Operation => json!({
            "kind": "operation",
            "operation": operation.map(|it| &it.name),
            "route": operation.map(Operation::route),
        }),
        Kind::Cut => json!({ "kind": "cut" }),
        Kind::Validation => json!({ "kind": "validation", "fields": listed(&finding.fields) }),
        Kind::Success => json!({ "kind": "success", "status": status }),
        Kind::Page => json!({ "kind": "page", "status": status }),
        Kind::Unknown => {
            let mut found =
                json!({ "kind": "nothing", "did_you_mean": answer.suggestions, "errors": [] });
            if let Some(reason) = &finding.reason {
                found["reason"] = json!(reason);
            }
            if let Some(named) = answer.errors.first() {
                found["code"] = json!(named.row.code);
            }
            return found;
        }
    };
    shown["errors"] = answer.errors.iter().map(explained).collect();
    shown
}

fn listed(fields: &[(String, String)]) -> Value {
    let field = |(place, message): &(String, String)| json!({ "place": place, "message": message });
    fields.iter().map(field).collect()
}

/// Returns what all formats say about an error, plus what `explain` adds.
fn explained(error: &Explained<'_>) -> Value {
    let Explained { catalog, row, is_former, .. } = error;
    let retired = |retired: &Retired| {
        json!({
            "since": retired.since,
            "reason": retired.reason,
            "replaced_by": retired.replaced_by.map(|row| &catalog.rows[row].code),
        })
    };
    let mut values = Map::new();
    for (param, text) in &error.values {
        // Its context can have a value of the same name.
        values.entry(param.name.clone()).or_insert(value(param, text));
    }
    let former: Vec<&str> = row.former.iter().map(|former| former.source.as_str()).collect();
    let aliases: Vec<&str> = error.aliases().iter().map(|row| row.code.as_str()).collect();
    let added = json!({
        "status_basis": row.status_basis.as_str(),
        "retry": row.retry.as_str(),
        "docs_url": catalog.docs_url(row),
        "former": former,
        "retired": row.retired.as_ref().map(retired),
        "aliases": aliases,
        "is_former_message": is_former,
        "notes": error.notes,
        "fields": listed(&error.fields),
        "values": values,
        "explanation": {
            "cause": error.fill(&row.cause),
            "fix": error.fill(&row.fix),
        },
    });
    joined(row_json(catalog, row), added)
}
