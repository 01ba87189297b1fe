//! Templates, and values that are likely to break them.

use kate_errors_model::template::{Piece, Template};
use kate_errors_model::types::{SCALARS, Type};
use proptest::collection::vec;
use proptest::prelude::*;

/// Parts of literals, and of values that may be mistaken for literals.
const PARTS: &[&str] = &[
    " ",
    "a",
    "b",
    "ab",
    "0",
    "-",
    ":",
    ".",
    ". ",
    " not found",
    "x",
    "\"",
    "'",
    "(",
    ")",
    "é",
    "T",
    "Z",
];

/// Characters that no value should contain.
const HOSTILE: &[&str] =
    &["\n", "\0", "\u{85}", "\u{A0}", "\u{FFFD}", "?", "_", "😀", "\u{2028}", "{", "\\"];

fn joined(parts: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    vec(prop::sample::select(parts), 0..=most).prop_map(|parts| parts.concat())
}

/// Any value, whatever its type.
pub(crate) fn value() -> impl Strategy<Value = String> {
    let hostile = (joined(PARTS, 3), joined(HOSTILE, 2), joined(PARTS, 2));
    let scalar = prop::sample::select(SCALARS).prop_map(|scalar| scalar.info.example.to_owned());
    prop_oneof![
        4 => joined(PARTS, 5),
        2 => hostile.prop_map(|(a, b, c)| a + &b + &c),
        2 => scalar,
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => ".{0,8}",
    ]
}

pub(crate) fn ty() -> impl Strategy<Value = Type<'static>> {
    let scalar = prop::sample::select(SCALARS).prop_map(Type::Scalar);
    let choices = Type::OneOf(vec!["done".into(), "not found".into(), "7".into()].into());
    prop_oneof![3 => Just(Type::Text), 2 => Just(Type::Word), 3 => scalar, 1 => Just(choices)]
}

/// Generates templates, some of an error with a context: with or without the text of the context. Numbers and choices
/// are never followed by a literal that could continue them.
pub(crate) fn template() -> impl Strategy<Value = Template<'static>> {
    let context = prop::option::weighted(0.2, pieces(8));
    (pieces(0), context, any::<bool>()).prop_map(|(detail, context, with)| {
        let detail = Template::new(detail);
        match context {
            None => detail,
            Some(context) => {
                let (alone, full) = detail.with_context(&Template::new(context));
                if with { full } else { alone }
            }
        }
    })
}

fn pieces(first: usize) -> impl Strategy<Value = Vec<Piece<'static>>> {
    let placeholder = (ty(), joined(PARTS, 3));
    (joined(PARTS, 2), vec(placeholder, 0..4)).prop_map(move |(before, placeholders)| {
        let mut pieces = vec![Piece::Literal(before.into())];
        let count = placeholders.len();
        for (at, (ty, literal)) in placeholders.into_iter().enumerate() {
            let is_number = matches!(ty, Type::Scalar(_) | Type::OneOf(_));
            pieces.push(Piece::Placeholder(first + at, ty));
            let needs = is_number && !literal.is_empty() || literal.is_empty() && at + 1 < count;
            let literal = if needs { format!(";{literal}") } else { literal };
            pieces.push(Piece::Literal(literal.into()));
        }
        pieces
    })
}
