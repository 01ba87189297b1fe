//! The reader of templates against a slow one that tries every way to split the message.
#![no_main]

use arbitrary::Arbitrary;
use kate_errors_model::template::{Piece, Segment, Template, Value, Values};
use kate_errors_model::types::{SCALARS, Type};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    first: u8,
    /// The type of each placeholder, and the literal after it.
    placeholders: Vec<(u8, u8)>,
    message: Vec<u8>,
}

const LITERALS: &[&str] = &["", "a", "b", " ", "ab", "aa", "'", "0", ".", ": ", "' b", "é", ")"];
const PARTS: &[&str] = &[
    "a", "b", " ", "'", "0", "1", "-", ".", ": ", "é", "(", ")", "\n", "2024-02-29", "2024-02-30",
];

/// The maximum number of placeholders.
const PLACEHOLDERS: usize = 4;

fuzz_target!(|input: Input| {
    let template = template(&input);
    let part = |byte: &u8| PARTS[usize::from(*byte) % PARTS.len()];
    let message: String = input.message.iter().take(12).map(part).collect();
    let mut values = [""; PLACEHOLDERS];
    let is_read = template.read(&message, &mut values);
    let slow = message.strip_prefix(&*template.first);
    let slow = slow.is_some_and(|rest| can_be_cut(&template.segments, rest));
    assert_eq!(is_read, slow, "{template:?} {message:?}");
    if is_read {
        let rendered = template.render(Values::own(&values.map(Value::Text)));
        assert_eq!(rendered, message, "{template:?}");
    }
});

fn template(input: &Input) -> Template<'static> {
    let literal = |byte: u8| LITERALS[usize::from(byte) % LITERALS.len()];
    let mut pieces = vec![Piece::Literal(literal(input.first).into())];
    let placeholders = &input.placeholders[..input.placeholders.len().min(PLACEHOLDERS)];
    for (at, (ty, behind)) in placeholders.iter().enumerate() {
        let ty = match usize::from(*ty) % (SCALARS.len() + 3) {
            0 => Type::Text,
            1 => Type::Word,
            2 => Type::OneOf(vec!["a".into(), "ab".into(), "b".into(), "a b".into()].into()),
            scalar => Type::Scalar(SCALARS[scalar - 3]),
        };
        // No catalog has adjacent placeholders, or a literal that continues a number or a choice.
        let is_last = at + 1 == placeholders.len();
        let needs = !is_last || !matches!(ty, Type::Text | Type::Word);
        let literal = literal(*behind);
        let between = if needs && !(is_last && literal.is_empty()) { ";" } else { "" };
        pieces.push(Piece::Placeholder(at, ty));
        pieces.push(Piece::Literal(format!("{between}{literal}").into()));
    }
    Template::new(pieces)
}

/// Whether the text after the first literal can be split into values and literals.
fn can_be_cut(segments: &[Segment<'_>], rest: &str) -> bool {
    let Some((segment, others)) = segments.split_first() else { return rest.is_empty() };
    let ends = (0..=rest.len()).filter_map(|end| rest.split_at_checked(end));
    ends.filter(|(value, _)| segment.can_hold(value)).any(|(_, behind)| {
        behind.strip_prefix(&*segment.literal).is_some_and(|rest| can_be_cut(others, rest))
    })
}
