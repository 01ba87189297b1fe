//! What the compiler accepts can be told apart: in random accepted catalogs, each message is read as its own error,
//! with the values that it was rendered with, and as no other error.

use std::cell::Cell;
use std::fmt::Write as _;

use kate_errors_codegen::catalog::{Catalog, Param, Row};
use kate_errors_codegen::compile;
use kate_errors_model::template::{Template, Value, Values};
use kate_errors_model::types::{TYPES, Type};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;

const LITERALS: &[&str] = &[
    "Job", " ", " is ", ": ", ". ", ".", ", ", "-", "/", "a", "0", " '", "' ", " \"", "\" ", " (",
    ")",
];

/// Returns every type, those of texts more often.
fn types() -> Vec<&'static str> {
    let named = TYPES.iter().map(|ty| ty.name).filter(|name| Type::named(name).is_some());
    named.chain(["text", "text", "word", "word", "{ one_of: [a, a b, b, is] }"]).collect()
}

/// Values that look like the literals around them, and like those of other messages.
const VALUES: &[&str] = &[
    "",
    "a",
    "a b",
    "0",
    "-7",
    "1.50",
    "true",
    "false",
    "Job",
    "Job is a",
    "is",
    ": ",
    ". ",
    "a. ",
    "'",
    "\"",
    "\" is ",
    "' a",
    ")",
    "a/b",
    "a-0",
    "\u{FFFD}",
    "é",
    "2026-11-26",
    "2026-11-26T01:02:03Z",
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "a\nb",
    " ",
    " is ",
    "a: 0",
];

/// Generates a message with placeholders, and the types of its parameters.
fn message(prefix: &'static str) -> impl Strategy<Value = (String, Vec<&'static str>)> {
    let parts = prop::collection::vec((select(LITERALS), select(types())), 0..3);
    (select(LITERALS), parts, prop::option::of(select(LITERALS))).prop_map(
        move |(first, parts, last)| {
            let (mut text, mut types) = (first.to_owned(), Vec::new());
            for (at, (literal, ty)) in parts.into_iter().enumerate() {
                write!(text, "{literal}{{{prefix}{at}}}").unwrap();
                types.push(ty);
            }
            text.push_str(last.unwrap_or_default());
            (text.trim().to_owned(), types)
        },
    )
}

fn params(prefix: &str, types: &[&str]) -> String {
    let params = types.iter().enumerate();
    params
        .map(|(at, ty)| {
            format!(
                "{prefix}{at}: {}",
                if ty.starts_with('{') { (*ty).to_owned() } else { format!("{{ type: {ty} }}") }
            )
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// Generates a catalog of two or three errors, the first of which may have a context.
fn catalog() -> impl Strategy<Value = String> {
    let errors = prop::collection::vec((message("p"), any::<bool>()), 2..4);
    (errors, message("c")).prop_map(|(errors, (context, types))| {
        let mut text = format!(
            "catalog: Jobs\nstatuses: {{ 409: {{ name: Conflict, description: Not now }} }}\ncontexts:\n  more:\n    \
             text: {context:?}\n    params: {{ {} }}\nsections:\n  - name: Jobs\n    errors:\n",
            params("c", &types)
        );
        for (at, ((detail, types), has_context)) in errors.into_iter().enumerate() {
            let context = if has_context { "        context: more\n" } else { "" };
            write!(
                text,
                "      - code: job_{at}\n        status: 409\n        detail: {detail:?}\n        params: {{ {} }}\n\
                 {context}        cause: It is number {at}\n        fix: Wait for number {at}\n",
                params("p", &types)
            )
            .unwrap();
        }
        text
    })
}

/// Returns all messages of a catalog, each with its error and whether it has the context.
fn messages(catalog: &Catalog) -> Vec<(usize, bool, Template<'static>)> {
    let of_row = |(at, row): (usize, &Row)| {
        let context = row.context.map(|it| &catalog.contexts[it].text.parsed);
        let (without, with) = match (context, &row.with_context) {
            (Some(_), Some(with)) => (row.detail.parsed.clone(), Some((at, true, with.clone()))),
            _ => (row.detail.parsed.clone(), None),
        };
        std::iter::once((at, false, without)).chain(with)
    };
    catalog.rows.iter().enumerate().flat_map(of_row).collect()
}

#[test]
fn accepted_catalogs_are_read_uniquely() {
    let config =
        ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() };
    let accepted = Cell::new(0);
    let values = prop::collection::vec(select(VALUES), 6);
    TestRunner::new_with_rng(
        config.clone(),
        proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm),
    )
    .run(&(catalog(), values), |(text, values)| {
        let compilation = compile("errors.yaml", text.as_bytes());
        let Some(catalog) = compilation.catalog() else { return Ok(()) };
        accepted.set(accepted.get() + 1);
        let messages = messages(catalog);
        for (row, has_context, template) in &messages {
            let row_of = &catalog.rows[*row];
            let of_context = row_of.context.map(|it| &catalog.contexts[it].params);
            let params = row_of.params.iter().chain(of_context.into_iter().flatten());
            // The value of a parameter with choices must be one of them.
            let value = |(param, text): (&Param, &&'static str)| {
                Value::Text(if param.choices().is_some() { "a b" } else { text })
            };
            let own: Vec<_> = params.zip(&values).map(value).collect();
            let params = row_of.params.len();
            let values =
                Values { own: &own[..params], context: has_context.then_some(&own[params..]) };
            let sent = template.render(values);
            let readers = messages.iter().filter(|(.., it)| it.read(&sent, &mut [""; 6]));
            let readers: Vec<_> =
                readers.map(|(row, has_context, _)| (*row, *has_context)).collect();
            prop_assert_eq!(readers, [(*row, *has_context)], "{:?} of\n{}", sent, text);
        }
        Ok(())
    })
    .unwrap();
    assert!(accepted.get() > 3_000, "only {} catalogs were accepted", accepted.get());
}
