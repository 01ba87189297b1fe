//! The fields that the mappings of a catalog can have.

pub(super) const CATALOG: &[&str] = &[
    "catalog",
    "title",
    "summary",
    "reference",
    "statuses",
    "contexts",
    "sections",
    "operations",
    "reserved",
];
pub(super) const RESERVED: &[&str] = &["codes", "details"];
pub(super) const STATUS: &[&str] = &[
    "name",
    "description",
    "fallback",
    "www_authenticate",
    "proxy_authenticate",
    "allow",
    "retry_after",
];
pub(super) const CONTEXT: &[&str] = &["text", "params"];
pub(super) const PARAM: &[&str] = &["type", "one_of", "description", "example", "sensitive"];
pub(super) const SECTION: &[&str] = &["name", "errors"];
pub(super) const ROW: &[&str] = &[
    "code",
    "same_as",
    "status",
    "status_basis",
    "detail",
    "context",
    "params",
    "former",
    "retired",
    "retry",
    "since",
    "cause",
    "fix",
    "www_authenticate",
    "proxy_authenticate",
    "allow",
    "retry_after",
];
pub(super) const RETIRED: &[&str] = &["since", "reason", "replaced_by"];
pub(super) const OPERATION: &[&str] = &["route", "summary", "errors"];
/// The fields whose value is a sentence.
const SENTENCES: &[&str] =
    &["detail", "text", "cause", "fix", "title", "summary", "description", "reason"];

/// Whether a mapping of a catalog can have a field of this name.
pub(super) fn is_field_name(name: &str) -> bool {
    let mappings = [CATALOG, STATUS, CONTEXT, PARAM, SECTION, ROW, RETIRED, OPERATION, RESERVED];
    mappings.iter().any(|fields| fields.contains(&name))
}

/// Whether the catalog itself can have a field of this name.
pub(super) fn is_catalog_field(name: &str) -> bool {
    CATALOG.contains(&name)
}

/// Whether a field of this name holds a sentence.
pub(super) fn is_text_field(name: &str) -> bool {
    SENTENCES.contains(&name)
}
