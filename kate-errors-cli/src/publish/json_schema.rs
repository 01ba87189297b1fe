//! The JSON Schema of catalogs, for completion and validation in editors.
//!
//! It is the same for every catalog. Draft-07 is the newest version that all editors support. Every catalog that
//! `kate-errors check` accepts is valid, but not the reverse: the schema only knows the structure.

use kate_errors_codegen::rule::{RULES, Severity};
use kate_errors_model::types::{TYPES, Type};
use serde_json::Value;

/// The schema, with placeholders for the mark, the types of the model, and the rules that are warnings.
const SCHEMA: &str = include_str!("json_schema/catalog.schema.json");

/// The placeholder of the mark.
const MARK: &str = "@generated";

/// The placeholder of the names of types and, before that, of their descriptions.
const TYPES_PLACE: &str = "@types";

/// The placeholder of the names of rules that are warnings.
const WARNINGS_PLACE: &str = "@warnings";

pub(crate) fn schema(mark: &str) -> String {
    // Choices are written as a list, not as the name of a type.
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
