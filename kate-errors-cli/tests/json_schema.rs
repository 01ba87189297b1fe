//! `generate json-schema`: everything that the compiler accepts is valid, and the schema rejects what a schema can
//! detect.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::Sandbox;
use jsonschema::Validator;
use kate_errors_codegen::compile;
use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::rule::RULES;
use kate_errors_model::types::{TYPES, Type};
use serde_json::Value;

/// The rules for which the schema rejects every violation that is valid YAML.
const SEEN: &[&str] = &[
    "comma-cuts-text",
    "directive",
    "empty-catalog",
    "empty-file",
    "empty-text",
    "inherited-field",
    "invalid-choice",
    "invalid-extension",
    "invalid-name",
    "invalid-placeholder",
    "invalid-reference",
    "invalid-route",
    "invalid-seconds",
    "invalid-value",
    "keyword",
    "list-dash",
    "merge-key",
    "missing-colon",
    "missing-field",
    "repeated-error",
    "reserved-name",
    "retired-without-reason",
    "status-out-of-range",
    "stray-brace",
    "too-deep",
    "unclosed-brace",
    "unknown-field",
    "unknown-type",
    "untrimmed-text",
    "wrong-indentation",
    "wrong-kind",
];

fn schema() -> Value {
    let text = Sandbox::new().run(&["generate", "json-schema"]).exits(0).stdout;
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft7::new(&schema()).expect("the schema is one")
}

/// Returns the catalog as YAML validators see it, or `None` if it is not valid YAML.
fn read(bytes: &[u8]) -> Option<Value> {
    Some(json(serde_yaml::from_slice(bytes).ok()?))
}

/// Converts YAML to JSON, in which keys are strings.
fn json(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Sequence(items) => items.into_iter().map(json).collect(),
        serde_yaml::Value::Mapping(members) => members
            .into_iter()
            .map(|(key, value)| match json(key) {
                Value::String(key) => (key, json(value)),
                other => (other.to_string(), json(value)),
            })
            .collect(),
        serde_yaml::Value::Tagged(tagged) => json(tagged.value),
        scalar => serde_json::to_value(scalar).expect("a scalar is JSON"),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

/// Returns the catalogs of the repository and of its tests, and every example of a rule.
fn catalogs() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut found = vec![
        root.join("errors.yaml"),
        root.join("docs/billing.yaml"),
        root.join("kate-errors-cli/src/commands/init.yaml"),
    ];
    files(&root.join("tests"), &mut found);
    found.sort();
    let file = |path: PathBuf| (path.display().to_string(), std::fs::read(&path).expect("a file"));
    let mut catalogs: Vec<(String, Vec<u8>)> = found.into_iter().map(file).collect();
    for rule in RULES {
        let examples = rule.page.examples().into_iter().enumerate();
        catalogs.extend(examples.map(|(index, example)| {
            (format!("{}, example {}", rule.id, index + 1), example.catalog().into_bytes())
        }));
    }
    catalogs
}

#[test]
fn what_is_accepted_is_valid() {
    let validator = validator();
    let mut accepted = 0;
    for (name, bytes) in catalogs() {
        if kate_errors_codegen::compile("errors.yaml", &bytes).catalog().is_none() {
            continue;
        }
        let catalog = read(&bytes).unwrap_or_else(|| panic!("{name} is YAML"));
        let errors: Vec<String> = validator
            .iter_errors(&catalog)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        accepted += 1;
    }
    assert!(accepted > 50, "only {accepted} catalogs are accepted");
}

#[test]
fn what_a_schema_can_see_is_refused() {
    let validator = validator();
    let mut refused: BTreeMap<&str, bool> = BTreeMap::new();
    for (_, bytes) in catalogs() {
        let compilation = kate_errors_codegen::compile("errors.yaml", &bytes);
        let rules: BTreeSet<&str> = compilation
            .diagnostics
            .iter()
            .filter(|it| it.is_error())
            .map(|it| it.rule.id)
            .collect();
        // Only a catalog with a single mistake shows whether the schema detects it.
        let (Some(rule), true, Some(catalog)) = (rules.first(), rules.len() == 1, read(&bytes))
        else {
            continue;
        };
        *refused.entry(rule).or_insert(true) &= !validator.is_valid(&catalog);
    }
    let seen: Vec<&str> = refused.iter().filter(|(_, all)| **all).map(|(rule, _)| *rule).collect();
    assert_eq!(seen, SEEN);
}

/// Every field of docs/catalog.md and every named type is in the schema, with a description.
#[test]
fn everything_is_described() {
    let schema = schema();
    let mut names = BTreeSet::new();
    described(&schema, "#", &mut names);
    let page = include_str!("../../docs/catalog.md");
    let tables = page.split("\n\n").filter(|block| block.starts_with("| field |"));
    let rows = tables.flat_map(|table| table.lines().skip(2));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let fields: BTreeSet<&str> =
        cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches([' ', '`'])).collect();
    assert!(fields.len() > 20, "{fields:?}");
    let missing: Vec<_> = fields.iter().filter(|name| !names.contains(**name)).collect();
    assert!(missing.is_empty(), "the schema lacks {missing:?}");
    let types = TYPES.iter().map(|ty| ty.name).filter(|name| Type::named(name).is_some());
    let listed = &schema["definitions"]["type"];
    assert_eq!(listed["enum"], types.clone().collect::<Value>());
    for name in types {
        let description = listed["description"].as_str().expect("a text");
        assert!(description.contains(&format!("`{name}`: ")), "{name} is not described");
    }
}

/// The compiler, the schema and docs/catalog.md know the same fields of an error.
#[test]
fn fields_of_an_error_are_the_same_everywhere() {
    let catalog = "catalog: Jobs\nsections: [{ name: Jobs, errors: [job_not_found] }]\n";
    let compilation = compile("errors.yaml", catalog.as_bytes());
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    let (_, fields) = report.split_once("its fields are ").expect("the fields");
    let fields = fields.lines().next().unwrap_or_default();
    let fields: BTreeSet<&str> = fields.split('`').skip(1).step_by(2).collect();
    let schema = schema();
    let properties = schema["definitions"]["error"]["properties"].as_object().expect("the fields");
    let described = properties.keys().map(String::as_str).chain(["x-…"]);
    assert_eq!(described.collect::<BTreeSet<_>>(), fields, "in the schema, and in the compiler");
    let page = include_str!("../../docs/catalog.md");
    let (_, table) = page.split_once("\n## An error\n").expect("the section");
    let rows = table.lines().skip(3).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let listed = cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches([' ', '`']));
    assert_eq!(listed.collect::<BTreeSet<_>>(), fields, "on the page, and in the compiler");
}

/// Collects the names of members, and asserts that each has a description.
fn described(schema: &Value, path: &str, names: &mut BTreeSet<String>) {
    let none = serde_json::Map::new();
    for (name, member) in schema["properties"].as_object().unwrap_or(&none) {
        // Members that are only in conditions are described elsewhere.
        if member.is_object() && !path.ends_with("/contains") && !path.contains("/then") {
            assert!(member["description"].is_string(), "{path}/{name} has no description");
            names.insert(name.clone());
        }
    }
    for (_, member) in schema["patternProperties"].as_object().unwrap_or(&none) {
        assert!(member["description"].is_string(), "{path} has a pattern without description");
        names.insert("x-…".to_owned());
    }
    let values = schema.as_object().into_iter().flatten();
    for (name, value) in values.filter(|(_, value)| value.is_object()) {
        described(value, &format!("{path}/{name}"), names);
    }
}
