//! Explanations for programs.

use kate_errors_codegen::catalog::{Retired, StatusBasis};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use super::answer::{Answer, Explained};
use crate::failure::Failure;
use crate::formats::row_json::{RowJson, value};
use crate::formats::to_json;

/// The answer as an object; its member `kind` says which.
pub(super) fn render(answer: &Answer<'_>, show_sensitive: bool) -> Result<String, Failure> {
    let errors = |errors: &'_ [Explained<'_>]| {
        let errors = errors.iter().map(|error| explained(error, show_sensitive));
        errors.collect::<Result<Vec<Json>, _>>()
    };
    to_json(&match answer {
        Answer::Rule(rule) => json!({
            "kind": "rule",
            "rule": rule.id,
            "severity": rule.severity.name(),
            "summary": rule.page.summary(),
            "help": rule.page.help(),
            "why": rule.page.why(),
        }),
        Answer::Code(error) => {
            json!({ "kind": "code", "errors": [explained(error, show_sensitive)?] })
        }
        Answer::Status { status, errors: under } => json!({
            "kind": "status",
            "status": status.code,
            "status_name": status.name,
            "description": status.description,
            "errors": errors(under)?,
        }),
        Answer::Message { errors: found, status } => json!({
            "kind": "message",
            "status_found": status,
            "errors": errors(found)?,
        }),
        Answer::Nothing { suggestions } => {
            json!({ "kind": "nothing", "did_you_mean": suggestions, "errors": [] })
        }
    })
}

/// What a row has in every format, and what its explanation adds.
#[derive(Serialize)]
struct ExplainedJson<'c> {
    #[serde(flatten)]
    row: RowJson<'c>,
    status_basis: &'static str,
    retry: &'static str,
    docs_url: Option<String>,
    since: Option<&'c str>,
    former: Vec<&'c str>,
    retired: Option<Json>,
    aliases: Vec<&'c str>,
    is_former_message: bool,
    values: Map<String, Json>,
    explanation: Explanation,
}

/// Cause and fix with the values put in.
#[derive(Serialize)]
struct Explanation {
    cause: String,
    fix: String,
}

fn explained(error: &Explained<'_>, show_sensitive: bool) -> Result<Json, Failure> {
    let Explained { catalog, row, is_former, .. } = error;
    let retired = |retired: &Retired| {
        json!({
            "since": retired.since,
            "reason": retired.reason,
            "replaced_by": retired.replaced_by.map(|row| &catalog.rows[row].code),
        })
    };
    Ok(serde_json::to_value(ExplainedJson {
        row: RowJson::of(catalog, row),
        status_basis: match row.status_basis {
            StatusBasis::Documented => "documented",
            StatusBasis::Inferred => "inferred",
        },
        retry: row.retry.as_str(),
        docs_url: catalog.docs_url(row),
        since: row.since.as_deref(),
        former: row.former.iter().map(|former| former.source.as_str()).collect(),
        retired: row.retired.as_ref().map(retired),
        aliases: error.aliases().iter().map(|row| row.code.as_str()).collect(),
        is_former_message: *is_former,
        values: values(error, show_sensitive),
        explanation: Explanation {
            cause: error.fill(&row.cause, show_sensitive),
            fix: error.fill(&row.fix, show_sensitive),
        },
    })?)
}

fn values(error: &Explained<'_>, show_sensitive: bool) -> Map<String, Json> {
    let values = error.values.iter().map(|known| {
        let shown = value(known.param, known.shown(show_sensitive));
        (known.param.name.clone(), shown)
    });
    values.collect()
}
