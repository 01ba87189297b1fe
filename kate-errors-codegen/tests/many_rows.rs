//! Large catalogs are checked like small ones: valid ones have no diagnostics, and one clash is found among
//! thousands of errors. The benchmark shows how long this takes.

#[path = "many_rows/mod.rs"]
mod many_rows;

use kate_errors_codegen::compile;
use many_rows::{Shape, catalog};

/// Each shape, with a number of errors that a debug build compares within seconds.
const SHAPES: &[(Shape, usize)] = &[
    (Shape::Constant, 10_000),
    (Shape::Mixed, 10_000),
    (Shape::OneBeginning, 3_000),
    (Shape::PlaceholderFirst, 3_000),
    (Shape::TextFirst, 1_000),
];

#[test]
fn many_rows_can_be_told_apart() {
    for (shape, rows) in SHAPES {
        let diagnostics = compile("many.yaml", catalog(*rows, *shape).as_bytes()).diagnostics;
        assert!(
            diagnostics.is_empty(),
            "{shape:?}: {:?}",
            &diagnostics[..diagnostics.len().min(3)]
        );
    }
}

#[test]
fn one_clash_among_many_rows_is_found() {
    let mut text = catalog(10_000, Shape::Mixed);
    text.push_str(
        "      - code: last\n        status: 404\n        detail: \"{word}! {more} (sic)\"\n        params:\n          \
         word: word\n          more: text\n        cause: The last one\n        fix: None\n\
         \x20     - code: very_last\n        status: 404\n        detail: \"Oh! That is too much (sic)\"\n        \
         cause: The very last one\n        fix: Nothing\n",
    );
    let diagnostics = compile("many.yaml", text.as_bytes()).diagnostics;
    let found: Vec<(&str, &str)> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.rule.id, diagnostic.message.as_str()))
        .filter(|(_, message)| message.contains("`very_last`"))
        .collect();
    let message = "the message “Oh! That is too much (sic)” comes from `last` and from `very_last`, \
                   both under 404";
    assert_eq!(found, [("ambiguous-sentences", message)]);
}
