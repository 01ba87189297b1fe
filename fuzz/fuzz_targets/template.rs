//! The template reader against a slow one that tries every way to cut the sentence.
#![no_main]

use arbitrary::Arbitrary;
use kate_errors::template::{Kind, Param, Piece, Template, Value};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum Part {
    Literal(u8),
    U64,
    I64,
    Word,
    Text,
    OneOf,
}

#[derive(Arbitrary, Debug)]
struct Input {
    parts: Vec<Part>,
    sentence: Vec<u8>,
}

const LITERALS: &[&str] = &["a", "b", " ", "ab", "-", "0", "1", ".", ": ", "a b"];
const CHOICES: &[&str] = &["a", "ab", "b", "a b"];

fuzz_target!(|input: Input| {
    let sentence: String =
        input.sentence.iter().take(12).map(|byte| b"ab 0-1.:"[*byte as usize % 8] as char).collect();
    let parts = &input.parts[..input.parts.len().min(6)];
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut params = Vec::new();
    for part in parts {
        let kind = match part {
            Part::Literal(at) => {
                pieces.push(Piece::Literal(LITERALS[*at as usize % LITERALS.len()]));
                continue;
            }
            Part::U64 => Kind::U64,
            Part::I64 => Kind::I64,
            Part::Word => Kind::Word,
            Part::Text => Kind::Text(None),
            Part::OneOf => Kind::OneOf(CHOICES),
        };
        // No catalog has adjacent placeholders.
        if matches!(pieces.last(), Some(Piece::Hole(_))) {
            continue;
        }
        pieces.push(Piece::Hole(params.len()));
        params.push(Param { name: "p", kind, sensitive: false });
    }
    // A text ends at the first character of what follows it.
    for at in 0..pieces.len() {
        if let Piece::Hole(param) = pieces[at] {
            if let Kind::Text(_) = params[param].kind {
                let end = match pieces.get(at + 1) {
                    Some(Piece::Literal(literal)) => literal.chars().next(),
                    _ => None,
                };
                params[param].kind = Kind::Text(end);
            }
        }
    }
    let template = Template { pieces: &pieces, params: &params };
    let fast = template.read(&sentence);
    assert_eq!(fast.is_some(), slow(&pieces, &params, &sentence), "{pieces:?} {sentence:?}");
    if let Some(values) = fast {
        let mut rendered = String::new();
        template.render(&values, &mut rendered).expect("writing to a string");
        assert_eq!(rendered, sentence);
        assert!(values.iter().zip(&params).all(|(value, param)| fits(value, param.kind)));
    }
});

/// Whether there is a way to cut the sentence.
fn slow(pieces: &[Piece<'_>], params: &[Param<'_>], sentence: &str) -> bool {
    let Some((piece, rest)) = pieces.split_first() else { return sentence.is_empty() };
    match piece {
        Piece::Literal(literal) => {
            sentence.strip_prefix(literal).is_some_and(|tail| slow(rest, params, tail))
        }
        Piece::Hole(param) => (0..=sentence.len()).any(|end| {
            may_be(&sentence[..end], params[*param].kind) && slow(rest, params, &sentence[end..])
        }),
    }
}

fn may_be(text: &str, kind: Kind<'_>) -> bool {
    match kind {
        Kind::U64 => text.parse::<u64>().is_ok_and(|number| number.to_string() == text),
        Kind::I64 => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        Kind::Word => !text.is_empty() && !text.contains(char::is_whitespace),
        Kind::Text(end) => end.is_none_or(|end| !text.contains(end)),
        Kind::OneOf(choices) => choices.contains(&text),
    }
}

fn fits(value: &Value<'_>, kind: Kind<'_>) -> bool {
    may_be(&value.to_string(), kind)
}
