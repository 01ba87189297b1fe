//! The commands in docs/publishing.md do what the page says.

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::Sandbox;
use kate_errors_model::types::{Field, TYPES};

const PAGE: &str = include_str!("../../docs/publishing.md");

const README: &str = include_str!("../../README.md");

const API: &str = "openapi: 3.1.0\ninfo: { title: Kate, version: '1' }\npaths: {}\n";

#[test]
fn every_command_of_the_page_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let catalog = std::fs::read(root.join("errors.yaml")).expect("the catalog");
    let sandbox = Sandbox::with(&catalog);
    sandbox.write("api.yaml", API);
    for version in ["v1.yaml", "v2.yaml"] {
        sandbox.write(version, &catalog);
    }
    let commands = PAGE.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
    let commands: Vec<&str> = commands.flat_map(|(commands, _)| commands.lines()).collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        let run = sandbox.run(&arguments).exits(0);
        let out = arguments.iter().position(|it| *it == "--out").map(|at| arguments[at + 1]);
        assert!(out.map_or(!run.stdout.is_empty(), |out| sandbox.path(out).exists()), "{command}");
    }
}

/// Every target is in the table of the page.
#[test]
fn every_target_is_on_the_page() {
    for name in common::targets() {
        assert!(PAGE.contains(&format!("\n| `{name}` |")), "the page lacks {name}");
    }
}

/// The README's table has exactly the targets except Rust, which the rest of that page is about.
#[test]
fn every_target_is_in_the_readme() {
    let (_, table) = README.split_once("| target of `kate-errors generate` |").expect("the table");
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = lines.filter_map(|line| line.split('|').nth(1)).flat_map(|cell| cell.split(','));
    let listed: BTreeSet<&str> = cells.map(|name| name.trim().trim_matches('`')).collect();
    let targets = common::targets();
    let expected = targets.iter().map(String::as_str).filter(|name| *name != "rust");
    assert_eq!(listed, expected.collect());
    assert!(README.contains("kate-errors generate rust"));
}

/// The table of values in other languages has every type, with what it is there.
#[test]
fn every_type_is_on_the_page() {
    let (_, table) = PAGE.split_once("| type | in TypeScript |").expect("the table");
    let types: Vec<&str> = table.lines().skip(2).take_while(|line| !line.is_empty()).collect();
    let expected = TYPES.iter().map(|ty| {
        let (typescript, python) = match (ty.field.range(), ty.field) {
            (Some(_), _) => ("`Integer`: `number`, or digits", "`int`"),
            (None, Field::Bool) => ("`boolean`", "`bool`"),
            (None, Field::Enum) => ("a union of its texts", "a `Literal` of its texts"),
            (None, _) => ("`string`", "`str`"),
        };
        format!("| `{}` | {typescript} | {python} |", ty.name)
    });
    let expected: Vec<String> = expected.collect();
    assert_eq!(
        types, expected,
        "the table of docs/publishing.md has other types, or another order"
    );
}

/// The vector that the page shows is one of the file.
#[test]
fn the_vector_of_the_page_is_a_real_one() {
    let (_, block) = PAGE.split_once("```json\n").expect("a vector");
    let (vector, _) = block.split_once("```").expect("its end");
    let vector: serde_json::Value = serde_json::from_str(vector).expect("it is JSON");
    let file = include_str!("../../tests/vectors/kate.json");
    let file: serde_json::Value = serde_json::from_str(file).expect("it is JSON");
    assert!(file["vectors"].as_array().expect("a list").contains(&vector));
}
