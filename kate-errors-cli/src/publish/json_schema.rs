//! The JSON Schema of catalogs, for editors that complete and check them.
//!
//! It is the same for every catalog. Draft-07 is the youngest that all editors read. A catalog that
//! `kate-errors check` accepts is valid under it; it knows the form of a catalog alone, so the reverse
//! is not true.

use kate_errors_codegen::rule::{RULES, Severity};
use kate_errors_model::types::{TYPES, Type};
use serde_json::Value;

/// The schema. Its first member waits for the mark, its list of types for those of the model, and one of rules.
const SCHEMA: &str = include_str!("json_schema/catalog.schema.json");

/// Where the mark goes.
const MARK: &str = "@generated";

/// Where the names of types go, and their descriptions.
const TYPES_PLACE: &str = "@types";

/// Where the names of rules go that warn.
const WARNINGS_PLACE: &str = "@warnings";

pub(crate) fn schema(mark: &str) -> String {
    // A list of choices stands in place of a name.
    let types = TYPES.iter().filter(|ty| Type::named(ty.name).is_some());
    let names: Vec<String> = types.clone().map(|ty| quoted(ty.name)).collect();
    let described = types.map(|ty| format!("`{}`: {}", ty.name, ty.description));
    let described = described.collect::<Vec<_>>().join("; ") + ".";
    let warnings = RULES.iter().filter(|rule| rule.severity == Severity::Warning);
    let warnings: Vec<String> = warnings.map(|rule| quoted(rule.id)).collect();
    SCHEMA
        .replacen(&quoted(MARK), &quoted(mark), 1)
        .replacen(&quoted(TYPES_PLACE), &quoted(&described), 1)
        .replacen(&quoted(TYPES_PLACE), &names.join(",\n        "), 1)
        .replacen(&quoted(WARNINGS_PLACE), &warnings.join(",\n          "), 1)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
