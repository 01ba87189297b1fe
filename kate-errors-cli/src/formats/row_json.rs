//! An error of a catalog as a JSON object.

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use serde_json::{Value, json};

use crate::messages;

/// Returns the description of an error that all formats for programs share.
pub(crate) fn row_json(catalog: &Catalog, row: &Row) -> Value {
    let status = &catalog.statuses[row.status];
    let context = row.context.map(|context| &catalog.contexts[context]);
    let mut json = json!({
        "code": row.code,
        "variant": row.variant,
        "section": catalog.sections[row.section].name,
        "status": status.code,
        "status_name": status.name,
        "detail": row.detail.source,
        "context": context.map(|context| json!({
            "name": context.name,
            "text": context.text.source,
            "params": params(&context.params),
        })),
        "params": params(&row.params),
        "cause": row.cause,
        "fix": row.fix,
        "same_as": row.same_as.map(|base| &catalog.rows[base].code),
        "headers": row.headers.fields().into_iter().collect::<BTreeMap<_, _>>(),
    });
    for (name, _, value) in messages::REMARKS {
        json[name] = value(row);
    }
    if !row.other_statuses.is_empty() {
        json["other_statuses"] =
            messages::other_statuses(catalog, row).map(|status| status.code).collect();
    }
    if row.without_code {
        json["without_code"] = json!(true);
    }
    if let Some(origin) = &row.origin {
        json["imported_from"] = json!(origin);
    }
    if row.name != row.code {
        json["name"] = json!(row.name);
    }
    // Extensions of the catalog apply to all errors; an error's own take precedence.
    for extension in catalog.extensions.iter().chain(&row.extensions) {
        json[&extension.name] = messages::extension(extension);
    }
    json
}

fn params(params: &[Param]) -> Value {
    params.iter().map(param).collect()
}

fn param(param: &Param) -> Value {
    let mut json = json!({ "name": param.name, "type": param.ty.info().name });
    if param.member != param.name {
        json["member"] = json!(param.member);
    }
    if let Some(choices) = messages::choices(param) {
        json["choices"] = json!(choices);
    }
    json["description"] = json!(param.description);
    json["example"] = json!(param.example.as_deref().map(|text| value(param, text)));
    json["sensitive"] = json!(param.sensitive);
    if param.optional {
        json["optional"] = json!(true);
    }
    json
}

/// Returns the value with this text: a number or a boolean if the type holds these.
pub(crate) fn value(param: &Param, text: &str) -> Value {
    let bare = serde_json::from_str(text).ok().filter(|_| param.is_bare());
    bare.unwrap_or_else(|| Value::from(text))
}
