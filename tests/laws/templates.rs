//! Templates that no catalog has: rendering and reading are inverse for them too.

use kate_errors::template::{Kind, Param, Piece, Template, Value};
use kate_errors::{Text, Word};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::config;
use crate::strategies::{i64, text, u64};

/// A parameter and the text behind it.
#[derive(Clone, Debug)]
struct Part {
    kind: PartKind,
    behind: String,
}

#[derive(Clone, Debug)]
enum PartKind {
    U64(u64),
    I64(i64),
    Word(String),
    Text(String),
    OneOf(usize),
}

const CHOICES: &[&str] = &["done", "a", "ab", "not found", "7", "-"];

/// Literals that look like values, and like parts of other literals.
fn literal() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        " ",
        "a",
        "b",
        "ab",
        "0",
        "-",
        ":",
        ". ",
        " not found",
        "x",
        "\"",
        "é",
    ]);
    vec(parts, 1..3).prop_map(|parts| parts.concat())
}

fn parts() -> impl Strategy<Value = (String, Vec<Part>)> {
    let near =
        vec(prop::sample::select(vec!["a", "b", "0", "-", ":", " ", ".", "x", "é", "\""]), 0..6);
    let near = near.prop_map(|parts| parts.concat());
    let kind = prop_oneof![
        u64().prop_map(PartKind::U64),
        i64().prop_map(PartKind::I64),
        near.clone().prop_map(PartKind::Word),
        near.prop_map(PartKind::Text),
        text().prop_map(PartKind::Word),
        text().prop_map(PartKind::Text),
        (0..CHOICES.len()).prop_map(PartKind::OneOf),
    ];
    let behind = (kind, literal()).prop_map(|(kind, behind)| Part { kind, behind });
    (prop_oneof![Just(String::new()), literal()], vec(behind, 0..4), any::<bool>()).prop_map(
        |(first, mut parts, open)| {
            if let Some(last) = parts.last_mut().filter(|_| open) {
                last.behind.clear();
            }
            (first, parts)
        },
    )
}

/// The value of a part, made so that its type holds it.
fn held(part: &Part) -> (Kind<'static>, Held) {
    let end = part.behind.chars().next();
    match &part.kind {
        PartKind::U64(number) => (Kind::U64, Held::U64(*number)),
        PartKind::I64(number) => (Kind::I64, Held::I64(*number)),
        PartKind::Word(word) => (Kind::Word, Held::Word(Word::from_lossy(word))),
        PartKind::Text(text) => {
            let text = Text::<'\0'>::from_lossy(text);
            let allowed = text.chars().filter(|character| Some(*character) != end);
            (Kind::Text(end), Held::Text(allowed.collect()))
        }
        PartKind::OneOf(choice) => (Kind::OneOf(CHOICES), Held::OneOf(CHOICES[*choice])),
    }
}

#[derive(Clone, Debug)]
enum Held {
    U64(u64),
    I64(i64),
    Word(Word),
    Text(String),
    OneOf(&'static str),
}

impl Held {
    fn value(&self) -> Value<'_> {
        match self {
            Self::U64(number) => Value::U64(*number),
            Self::I64(number) => Value::I64(*number),
            Self::Word(word) => Value::Word(word),
            Self::Text(text) => Value::Text(text),
            Self::OneOf(text) => Value::OneOf(text),
        }
    }
}

/// Whether what stands behind a value says where it ends, for all values that its type has.
fn is_decided(part: &Part) -> bool {
    let Some(next) = part.behind.chars().next() else { return true };
    match part.kind {
        PartKind::U64(_) | PartKind::I64(_) => !next.is_ascii_digit(),
        PartKind::Word(_) => next.is_whitespace(),
        PartKind::Text(_) => true,
        // `a` is the beginning of `ab`.
        PartKind::OneOf(_) => false,
    }
}

fn with_template(first: &str, parts: &[Part], test: impl FnOnce(&Template<'_>, &[Value<'_>])) {
    let held: Vec<_> = parts.iter().map(held).collect();
    let params: Vec<Param<'_>> =
        held.iter().map(|(kind, _)| Param { name: "p", kind: *kind, sensitive: false }).collect();
    let mut pieces = vec![Piece::Literal(first)];
    for (index, part) in parts.iter().enumerate() {
        pieces.push(Piece::Hole(index));
        if !part.behind.is_empty() {
            pieces.push(Piece::Literal(&part.behind));
        }
    }
    let values: Vec<Value<'_>> = held.iter().map(|(_, held)| held.value()).collect();
    test(&Template { pieces: &pieces, params: &params }, &values);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn read_is_the_inverse_of_render((first, parts) in parts()) {
        with_template(&first, &parts, |template, values| {
            let mut sentence = String::new();
            template.render(values, &mut sentence).unwrap();
            let read = template.read(&sentence).expect("a sentence of the template is read");
            if parts.iter().all(is_decided) {
                assert_eq!(read, values, "{sentence:?}");
            }
            let mut again = String::new();
            template.render(&read, &mut again).unwrap();
            assert_eq!(again, sentence, "other values with the same sentence at most");
        });
    }

    #[test]
    fn what_is_read_renders_to_the_sentence((first, parts) in parts(), sentence in text()) {
        with_template(&first, &parts, |template, _| {
            if let Some(values) = template.read(&sentence) {
                let mut again = String::new();
                template.render(&values, &mut again).unwrap();
                assert_eq!(again, sentence);
            }
        });
    }

    #[test]
    fn text_and_word_hold_what_they_say(string in text()) {
        let word = Word::from_lossy(&string);
        prop_assert_eq!(Word::try_from(word.as_str()), Ok(word.clone()));
        let is_word = !string.is_empty() && !string.contains(|c: char| c.is_whitespace() || c.is_control());
        prop_assert_eq!(Word::try_from(string.as_str()).is_ok(), is_word);
        prop_assert_eq!(word.as_str() == string, is_word);
        let text = Text::<'.'>::from_lossy(&string);
        prop_assert_eq!(Text::<'.'>::try_from(text.as_str()), Ok(text.clone()));
        let is_text = !string.contains(|c: char| c == '.' || c.is_control());
        prop_assert_eq!(Text::<'.'>::try_from(string.as_str()).is_ok(), is_text);
        prop_assert_eq!(text.as_str() == string, is_text);
    }
}
