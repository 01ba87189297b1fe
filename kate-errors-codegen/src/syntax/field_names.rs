//! The names of the fields in the mappings of a catalog, and their names in other formats.

use super::document::{
    Context, Document, Operation, Reserved, Retired, Row, Section, Status, Wire,
};

pub(super) const PARAM: &[&str] =
    &["type", "one_of", "rust", "member", "description", "example", "sensitive", "optional"];

/// Whether a mapping of a catalog can have a field with this name.
pub(super) fn is_field_name(name: &str) -> bool {
    let mappings = [Document::FIELDS, Status::FIELDS, Context::FIELDS, PARAM, Section::FIELDS];
    let more = [Row::FIELDS, Retired::FIELDS, Operation::FIELDS, Reserved::FIELDS, Wire::FIELDS];
    mappings.iter().chain(&more).any(|fields| fields.contains(&name))
}

/// Whether a field with this name contains prose.
pub(super) fn is_text_field(name: &str) -> bool {
    matches!(
        name,
        "detail" | "text" | "cause" | "fix" | "title" | "summary" | "description" | "reason"
    )
}

/// Returns what other formats call a field. These names only count if the field is missing.
pub(super) fn synonyms(field: &str) -> &'static [&'static str] {
    match field {
        "detail" => &["message", "msg", "error", "sentence", "title", "text", "description"],
        "text" => &["message", "msg", "sentence", "detail", "template"],
        "code" => &["id", "key", "slug", "identifier"],
        "name" => &["title", "label", "phrase", "section"],
        "cause" => &["why", "reason"],
        "fix" => &["hint", "help", "solution", "resolution", "remedy", "action", "what_to_do"],
        "former" => &["previous", "previously", "old", "was", "aliases"],
        "params" => &["args", "arguments", "fields", "variables", "values", "placeholders"],
        "one_of" => &["enum", "values", "choices", "options", "variants"],
        "type" => &["kind", "ty", "format"],
        "description" => &["desc", "doc", "docs", "comment", "meaning"],
        "example" => &["ex", "sample"],
        "member" => &["json", "wire", "rename", "property"],
        "sensitive" => &["secret", "private", "pii"],
        "optional" => &["nullable", "maybe"],
        "reference" => &["url", "link", "docs", "docs_url"],
        "sections" => &["groups", "categories"],
        "errors" => &["codes", "rows", "entries", "items"],
        "route" => &["path", "url", "endpoint"],
        _ => &[],
    }
}
