//! The index finds every message, with few candidates.

use kate_errors_model::index::{Index, Messages};
use kate_errors_model::template::{Piece, Template, Value, Values};
use kate_errors_model::types::Type;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::config;
use crate::strategies::{template, value};

struct Catalog {
    constants: Vec<String>,
    templates: Vec<Template<'static>>,
}

impl<'m> Messages<'m> for &'m Catalog {
    fn constant(&self, message: u32) -> &'m [u8] {
        self.constants[message as usize].as_bytes()
    }

    fn template(&self, message: u32) -> &'m Template<'static> {
        &self.templates[message as usize]
    }
}

impl Catalog {
    fn index(&self) -> Index<'static> {
        let numbers = |count: usize| (0..u32::try_from(count).unwrap()).collect::<Vec<_>>();
        kate_errors_codegen::index::build(
            &self,
            &numbers(self.constants.len()),
            &numbers(self.templates.len()),
        )
    }

    /// Returns the templates found by the index that read a message, and the number of candidates.
    fn found(&self, index: &Index<'_>, message: &str) -> (Vec<u32>, usize) {
        let (mut found, mut count) = (Vec::new(), 0);
        index.templates(&self, message.as_bytes(), &mut |number| {
            count += 1;
            if self.templates[number as usize].read(message, &mut [""; 0]) {
                found.push(number);
            }
        });
        found.sort_unstable();
        (found, count)
    }
}

fn message(template: &Template<'_>, values: &[String]) -> String {
    let mut values: Vec<Value<'_>> = values.iter().map(|value| Value::Text(value)).collect();
    for segment in &*template.segments {
        if let Type::OneOf(choices) = &segment.ty {
            values[segment.param] = Value::Text(&choices[0]);
        }
    }
    template.render(Values::own(&values))
}

/// Literals, many of which have long prefixes in common or are prefixes of others.
fn long_literal() -> impl Strategy<Value = String> {
    let part = prop::sample::select(&["of the same ", "is not ", "ab", "a", "b", ": "][..]);
    vec(part, 1..7).prop_map(|parts| parts.concat())
}

fn long_template() -> impl Strategy<Value = Template<'static>> {
    let choices = (long_literal(), 1..4_usize).prop_map(|(beginning, count)| {
        Type::OneOf((0..count).map(|number| format!("{beginning}{number}").into()).collect())
    });
    let ty = prop_oneof![2 => Just(Type::Text), 1 => Just(Type::Word), 1 => choices];
    (long_literal(), ty, long_literal()).prop_map(|(before, ty, behind)| {
        let literals = [before, behind].map(|literal| Piece::Literal(literal.into()));
        let [before, behind] = literals;
        Template::new([before, Piece::Placeholder(0, ty), behind])
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_template_of_a_message_is_found_once(
        templates in prop_oneof![vec(template(), 1..12), vec(long_template(), 1..40)],
        values in vec(prop_oneof![value(), long_literal()], 12),
        other in prop_oneof![value(), long_literal()],
    ) {
        let templates: Vec<_> = templates.into_iter().filter(|it| !it.segments.is_empty()).collect();
        let catalog = Catalog { constants: Vec::new(), templates };
        let index = catalog.index();
        let messages = catalog.templates.iter().map(|template| message(template, &values));
        for message in messages.chain([other]) {
            let numbered = catalog.templates.iter().zip(0..);
            let reading = numbered.filter(|(template, _)| template.read(&message, &mut [""; 0]));
            let expected: Vec<u32> = reading.map(|(_, number)| number).collect();
            prop_assert_eq!(catalog.found(&index, &message).0, expected, "{:?} {:?}", message, catalog.templates);
        }
    }

    #[test]
    fn every_constant_is_found_in_order(constants in vec(value(), 0..20), other in value()) {
        let catalog = Catalog { constants, templates: Vec::new() };
        let index = catalog.index();
        for message in catalog.constants.iter().chain([&other]) {
            let found: Vec<u32> = index.constants(&&catalog, message.as_bytes()).collect();
            let numbered = catalog.constants.iter().zip(0..);
            let expected: Vec<u32> = numbered.filter(|(it, _)| *it == message).map(|(_, number)| number).collect();
            prop_assert_eq!(found, expected);
        }
    }
}

/// Combinations of 40 nouns, 25 predicates and 50 tails, with a placeholder between each two of them.
#[test]
fn a_shared_vocabulary_gives_few_candidates() {
    let text = |text: String| Piece::Literal(text.into());
    let mut templates = Vec::new();
    for number in 0..10_000 {
        let (noun, predicate, tail) = (number % 40, number / 40 % 25, number / 1000 % 50);
        templates.push(Template::new([
            text(format!("Noun{noun} ")),
            Piece::Placeholder(0, Type::Word),
            text(format!(" was not predicate{predicate} by ")),
            Piece::Placeholder(1, Type::Text),
            text(format!(" because of tail{tail}")),
        ]));
    }
    let catalog = Catalog { constants: Vec::new(), templates };
    let index = catalog.index();
    for number in (0..10_000).step_by(97) {
        let values = ["a-7".to_owned(), "somebody who was not there because of it".to_owned()];
        let message = message(&catalog.templates[number], &values);
        let (found, candidates) = catalog.found(&index, &message);
        assert_eq!(found, [u32::try_from(number).unwrap()]);
        assert!(candidates <= 4, "{candidates} candidates for {message}");
    }
}
