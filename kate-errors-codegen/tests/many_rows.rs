//! Large catalogs are checked like small ones: nothing is found in good ones, and one clash is found
//! among ten thousand rows. That it takes no time worth speaking of is for the benchmark to show.

#[path = "many_rows/mod.rs"]
mod many_rows;

use kate_errors_codegen::compile;
use many_rows::{Shape, catalog};

const SHAPES: &[Shape] = &[
    Shape::Constant,
    Shape::Mixed,
    Shape::OneBeginning,
    Shape::PlaceholderFirst,
    Shape::TextFirst,
];

#[test]
fn ten_thousand_rows_are_uniquely_decodable() {
    for shape in SHAPES {
        let diagnostics = compile("many.yaml", catalog(10_000, *shape).as_bytes()).diagnostics;
        assert!(
            diagnostics.is_empty(),
            "{shape:?}: {:?}",
            &diagnostics[..diagnostics.len().min(3)]
        );
    }
}

#[test]
fn one_clash_among_ten_thousand_rows_is_found() {
    for shape in &[Shape::Mixed, Shape::TextFirst] {
        let mut text = catalog(10_000, *shape);
        text.push_str(
            "      - code: last\n        status: 404\n        detail: \"{word}! {more}\"\n        params:\n          \
             word: word\n          more: text\n        cause: The last one\n        fix: None\n\
             \x20     - code: very_last\n        status: 404\n        detail: \"Oh! That is too much\"\n        \
             cause: The very last one\n        fix: Nothing\n",
        );
        let diagnostics = compile("many.yaml", text.as_bytes()).diagnostics;
        let found: Vec<(&str, &str)> = diagnostics
            .iter()
            .map(|diagnostic| (diagnostic.rule.id, diagnostic.message.as_str()))
            .filter(|(_, message)| message.contains("`very_last`"))
            .collect();
        let message = "the sentence “Oh! That is too much” comes from `last` and from `very_last`, \
                       both under 404";
        assert_eq!(found, [("ambiguous-sentences", message)], "{shape:?}");
    }
}
