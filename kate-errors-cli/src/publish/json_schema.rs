//! The JSON Schema of catalogs, for completion and validation in editors.
//!
//! It is the same for every catalog. Draft-07 is the newest version that all editors support. Every catalog that
//! `kate-errors check` accepts is valid, but not the reverse: the schema only knows the structure.

use kate_errors_codegen::rule::{RULES, Severity};
use kate_errors_model::envelope::profiles::PROFILES;
use kate_errors_model::types::{TYPES, Type};

use super::string;

/// The schema, with placeholders for the mark, and for what other crates list.
const SCHEMA: &str = include_str!("json_schema/catalog.schema.json");

/// The placeholder of the mark.
const MARK: &str = "@generated";

/// The placeholder of the names of types and, before that, of their descriptions.
const TYPES_PLACE: &str = "@types";

/// The placeholder of the names of envelopes.
const ENVELOPES_PLACE: &str = "@envelopes";

/// The placeholder of the names of rules that are warnings.
const WARNINGS_PLACE: &str = "@warnings";

pub(crate) fn schema(mark: &str) -> String {
    // Choices are written as a list, not as the name of a type.
    let types = TYPES.iter().filter(|ty| Type::named(ty.name).is_some());
    let names = types.clone().map(|ty| ty.name);
    let described = types.map(|ty| format!("`{}`: {}", ty.name, ty.description));
    let described = described.collect::<Vec<_>>().join("; ") + ".";
    let warnings = RULES.iter().filter(|rule| rule.severity == Severity::Warning);
    let envelopes = PROFILES.iter().map(|profile| profile.name);
    SCHEMA
        .replacen(&string(MARK), &string(mark), 1)
        .replacen(&string(TYPES_PLACE), &string(&described), 1)
        .replacen(&string(TYPES_PLACE), &items(names, 8), 1)
        .replacen(&string(ENVELOPES_PLACE), &items(envelopes, 12), 1)
        .replacen(&string(WARNINGS_PLACE), &items(warnings.map(|rule| rule.id), 10), 1)
}

/// Returns the items of a list, each on a line with the indentation.
fn items<'t>(texts: impl Iterator<Item = &'t str>, indent: usize) -> String {
    texts.map(string).collect::<Vec<_>>().join(&format!(",\n{}", " ".repeat(indent)))
}
