//! The JSON Schema of catalogs, for editors that complete and check them.
//!
//! It is the same for every catalog. Draft-07 is the youngest that all editors read. A catalog that
//! `kate-errors check` accepts is valid under it; it knows the form of a catalog alone, so the reverse
//! is not true.

/// The schema, whose first member waits for the mark.
const SCHEMA: &str = include_str!("json_schema/catalog.schema.json");

/// Where the mark goes.
const PLACE: &str = "@generated";

/// The schema.
pub(crate) fn schema(mark: &str) -> String {
    let mark = serde_json::Value::from(mark).to_string();
    SCHEMA.replacen(&format!("\"{PLACE}\""), &mark, 1)
}
