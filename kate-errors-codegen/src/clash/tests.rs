//! Compares the proof with a definition that shares no code with it: all messages of a template, made from all
//! of its values.

use std::collections::{HashMap, HashSet};

use kate_errors_model::template::{End, Piece, Segment, Template};
use kate_errors_model::types::{DECIMAL, I64, SCALARS, Scalar, TYPES, Type, U64};

use super::automaton::Automaton;
use super::search::Search;
use super::{are_apart, clashes, common_message, shared};

/// A source of numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn text(&mut self, letters: &[char], least: usize, most: usize) -> String {
        let length = least + self.below(most - least + 1);
        (0..length).map(|_| letters[self.below(letters.len())]).collect()
    }

    fn ty(&mut self, letters: &[char]) -> Type<'static> {
        match self.below(11) {
            0 | 1 => Type::Text,
            2 => Type::Lines,
            3 | 4 => Type::Word,
            5 => Type::Scalar(&U64),
            6 => Type::Scalar(&I64),
            7 => Type::Scalar(&DECIMAL),
            8 => Type::Scalar(SCALARS[self.below(SCALARS.len())]),
            _ => {
                let mut choices: Vec<_> =
                    (0..=self.below(3)).map(|_| self.text(letters, 1, 3).into()).collect();
                choices.sort();
                choices.dedup();
                Type::OneOf(choices.into())
            }
        }
    }

    fn pieces(&mut self, letters: &[char]) -> Vec<Piece<'static>> {
        let mut pieces = vec![Piece::Literal(self.text(letters, 0, 2).into())];
        let count = self.below(4);
        for param in 0..count {
            pieces.push(Piece::Placeholder(param, self.ty(letters)));
            let least = usize::from(param + 1 < count);
            pieces.push(Piece::Literal(self.text(letters, least, 3).into()));
        }
        pieces
    }

    /// Returns a template that `check` accepts; one in four is made with a context.
    fn template(&mut self, letters: &[char]) -> Template<'static> {
        loop {
            let template = Template::new(self.pieces(letters));
            let template = match self.below(8) {
                0 => template.with_context(&Template::new(self.pieces(letters))).0,
                1 => template.with_context(&Template::new(self.pieces(letters))).1,
                _ => template,
            };
            if crate::check::can_be_read(&template) {
                return template;
            }
        }
    }

    /// Returns two templates. The second one is often the first one with one change.
    fn pair(&mut self, letters: &[char]) -> [Template<'static>; 2] {
        let [a, b] = [self.template(letters), self.template(letters)];
        if self.below(3) == 0 || a.segments.is_empty() || b.segments.is_empty() {
            return [a, b];
        }
        loop {
            let mut changed = a.clone();
            let at = self.below(a.segments.len());
            let segments = changed.segments.to_mut();
            match self.below(4) {
                0 => segments[at].ty = self.ty(letters),
                1 => segments[at].literal = self.text(letters, 0, 3).into(),
                2 => drop(segments.remove(at)),
                _ => segments.insert(at, b.segments[0].clone()),
            }
            let segments = changed.segments.iter();
            let pieces = segments.flat_map(|segment| {
                let placeholder = Piece::Placeholder(segment.param, segment.ty.clone());
                [placeholder, Piece::Literal(segment.literal.clone())]
            });
            let changed =
                Template::new([Piece::Literal(changed.first.clone())].into_iter().chain(pieces));
            let is_apart = changed.segments.iter().rev().skip(1).all(|it| !it.literal.is_empty());
            if is_apart && crate::check::can_be_read(&changed) {
                return [a, changed];
            }
        }
    }
}

const LETTERS: [&[char]; 12] = [
    &['\n', 'a'],
    &['a', '\n', ' '],
    &['\'', 'a'],
    &['a', 'b'],
    &['a', ' '],
    &['0', '1'],
    &['a', '0'],
    &['-', '1', '0'],
    &['.', '1', 'a'],
    &['a', 'b', ' '],
    &['.', '-', '0', ' '],
    &['a', '.', ' '],
];

/// Whether a text is a value of the type, as docs/catalog.md defines it.
fn is_value(ty: &Type<'_>, text: &str) -> bool {
    match ty {
        Type::Text => !text.contains(char::is_control),
        Type::Lines => text.chars().all(|it| matches!(it, '\n' | '\r' | '\t') || !it.is_control()),
        Type::Word => {
            !text.is_empty() && !text.contains(|c: char| c.is_control() || c.is_whitespace())
        }
        Type::Scalar(scalar) => definition(scalar).map_or_else(
            || {
                let is_value = [scalar.info.example, scalar.stand_in].contains(&text);
                assert_eq!(is_value, ty.holds(text), "define {scalar:?}: is {text:?} a value?");
                is_value
            },
            |is_value| is_value(text),
        ),
        Type::OneOf(choices) => choices.iter().any(|choice| choice == text),
    }
}

/// Returns the definition of a type with values that are short enough to be enumerated.
fn definition(scalar: &Scalar) -> Option<fn(&str) -> bool> {
    Some(match scalar.info.name {
        "u64" => |text| text.parse::<u64>().is_ok_and(|number| number.to_string() == text),
        "i64" => |text| text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        "decimal" => |text| {
            let plain = text.strip_prefix('-').unwrap_or(text);
            let (whole, fraction) = plain.split_once('.').unwrap_or((plain, "0"));
            [whole, fraction]
                .iter()
                .all(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
        },
        _ => return None,
    })
}

/// Values of types whose values are all too long to be enumerated.
fn fixed() -> impl Iterator<Item = &'static str> {
    let fixed = SCALARS.iter().filter(|it| definition(it).is_none());
    fixed.flat_map(|scalar| [scalar.info.example, scalar.stand_in])
}

/// Whether the value ends exactly at its end, in a message in which the literal follows.
fn ends_there(segment: &Segment<'_>, value: &str) -> bool {
    let mark = segment.mark();
    let stands_at = |at: usize, behind: &str| {
        let text = value.bytes().skip(at).chain(behind.bytes());
        text.take(mark.len()).eq(mark.bytes())
    };
    match segment.end {
        _ if !segment.is_text() => true,
        End::Message | End::Literal | End::Unread => true,
        End::Before(_) => !(0..value.len()).any(|at| stands_at(at, "")),
        End::Mark(_) => !(0..value.len()).any(|at| stands_at(at, mark)),
    }
}

/// All texts of some letters up to a length, and those that are values of each type.
struct World {
    most: usize,
    texts: Vec<String>,
    values: HashMap<&'static str, Vec<String>>,
}

impl World {
    fn new(letters: &[char]) -> Self {
        // One more letter and a space, which represent all other characters.
        let blank = (!letters.contains(&' ')).then_some(' ');
        let letters: Vec<char> = letters.iter().copied().chain(['z']).chain(blank).collect();
        let most = if letters.len() < 5 { 4 } else { 3 };
        let mut texts = vec![String::new()];
        let mut from = 0;
        for _ in 0..most {
            let until = texts.len();
            for at in from..until {
                texts.extend(
                    letters
                        .iter()
                        .map(|letter| format!("{}{letter}", texts[at]))
                        .collect::<Vec<_>>(),
                );
            }
            from = until;
        }
        let types = TYPES.iter().filter_map(|info| Type::named(info.name));
        let values = types.map(|ty| {
            let all = texts.iter().cloned().chain(fixed().map(str::to_owned));
            let values = all.filter(|text| is_value(&ty, text));
            (ty.info().name, values.collect())
        });
        Self { most, values: values.collect(), texts }
    }

    /// Returns all messages in which at most `most` characters are not values of fixed length, with the number
    /// of ways to read each.
    fn language(&self, template: &Template<'_>) -> HashMap<String, usize> {
        let room = self.most.saturating_sub(template.first.len());
        let mut messages = vec![(template.first.to_string(), room)];
        for segment in &*template.segments {
            let choices: Vec<String> = segment.choices().map(str::to_owned).collect();
            let values = self.values.get(segment.ty.info().name).unwrap_or(&choices);
            let values = values.iter().filter(|value| ends_there(segment, value));
            let parts: Vec<(String, usize)> = values
                .map(|value| {
                    let is_fixed = fixed().any(|fixed| fixed == *value);
                    let length = segment.literal.len() + if is_fixed { 0 } else { value.len() };
                    (format!("{value}{}", segment.literal), length)
                })
                .collect();
            let mut next = Vec::new();
            for (message, room) in &messages {
                for (part, length) in &parts {
                    next.extend(
                        room.checked_sub(*length).map(|room| (format!("{message}{part}"), room)),
                    );
                }
            }
            messages = next;
        }
        let mut language = HashMap::new();
        for (message, _) in messages {
            *language.entry(message).or_insert(0) += 1;
        }
        language
    }
}

#[test]
fn clashes_are_those_that_trying_finds() {
    let mut random = Random(0xFEDC_BA98_7654_3211);
    let (mut shared, mut apart) = (0, 0);
    let worlds = LETTERS.map(World::new);
    for case in 0..24_000 {
        let at = random.below(LETTERS.len());
        let (letters, world) = (LETTERS[at], &worlds[at]);
        let pair = random.pair(letters);
        let languages = pair.each_ref().map(|template| world.language(template));
        for (template, language) in pair.iter().zip(&languages) {
            assert!(language.values().all(|ways| *ways == 1), "read in two ways: {template:?}");
            let automaton = Automaton::new(template);
            let some = world.texts.iter().skip(case % 11).step_by(11);
            for text in some.chain(language.keys()) {
                let is_known = language.contains_key(text);
                let end = text.chars().try_fold(automaton.start(), |at, it| automaton.step(at, it));
                let accepts = end.is_some_and(|end| automaton.accepts(end));
                assert_eq!(accepts, is_known, "case {case}: {text:?} {template:?}");
                let mut values = [""; 8];
                assert_eq!(template.read(text, &mut values), is_known, "{text:?} {template:?}");
            }
        }
        let [a, b] = &pair;
        let found = common_message(a, b);
        assert_eq!(are_apart(a, b), found.is_none(), "{pair:?}");
        let tried: HashSet<&String> =
            languages[0].keys().filter(|text| languages[1].contains_key(*text)).collect();
        if let Some(found) = &found {
            let mut values = [""; 8];
            assert!(a.read(found, &mut values) && b.read(found, &mut values), "{found:?} {pair:?}");
            let shortest = tried.iter().map(|text| text.chars().count()).min();
            assert!(shortest.is_none_or(|it| found.chars().count() <= it), "{found:?} {pair:?}");
            shared += 1;
        } else {
            assert!(tried.is_empty(), "missed {tried:?}: {pair:?}");
            apart += 1;
        }
    }
    assert!(shared > 3_000 && apart > 3_000, "{shared} shared, {apart} apart");
}

#[test]
fn many_templates_are_compared_pair_by_pair() {
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    for _ in 0..300 {
        let letters = LETTERS[random.below(LETTERS.len())];
        let templates: Vec<Template<'_>> = (0..6).flat_map(|_| random.pair(letters)).collect();
        let templates: Vec<&Template<'_>> = templates.iter().collect();
        let found = clashes(&templates, u64::MAX);
        let pairs = (0..12).flat_map(|a| (a + 1..12).map(move |b| (a, b)));
        let expected: Vec<_> =
            pairs.filter(|(a, b)| !are_apart(templates[*a], templates[*b])).collect();
        assert_eq!(found.pairs, expected, "{templates:?}");
    }
}

#[test]
fn other_literals_after_values_do_not_always_tell_templates_apart() {
    let template = |first: &str, ty: Type<'static>, last: &str| {
        let literal = |text: &str| Piece::Literal(text.to_owned().into());
        Template::new([literal(first), Piece::Placeholder(0, ty), literal(last)])
    };
    let pairs = [
        [template("a ", Type::Word, " b c"), template("a b ", Type::Word, " c")],
        [template("", Type::Scalar(&U64), ".5 c"), template("", Type::Scalar(&DECIMAL), " c")],
    ];
    for (pair, shared) in pairs.iter().zip(["a b b c", "0.5 c"]) {
        assert_eq!(clashes(&pair.each_ref(), u64::MAX).pairs, [(0, 1)], "{shared}");
        assert_eq!(common_message(&pair[0], &pair[1]).as_deref(), Some(shared));
    }
}

#[test]
fn a_search_that_takes_too_long_is_stopped_and_says_so() {
    let choice =
        |number: usize| Type::OneOf(vec!["any".into(), format!("of {number}").into()].into());
    let templates: Vec<_> =
        (0..500).map(|number| Template::new([Piece::Placeholder(0, choice(number))])).collect();
    let templates: Vec<&Template<'_>> = templates.iter().collect();
    let found = clashes(&templates, 100_000);
    assert!(!found.open.is_empty() && !found.pairs.is_empty());
    assert!(clashes(&templates[..10], 100_000).open.is_empty());
}

#[test]
fn only_pairs_of_both_lists_are_searched() {
    let literal = |text: &str| Template::new([Piece::Literal(text.to_owned().into())]);
    let (one, other) = (literal("Gone"), literal("Lost"));
    // Half a million pairs within a list would exceed the limit.
    let many = vec![&one; 1_000];
    assert_eq!(shared(&[&other], &many), (Vec::new(), true));
    assert_eq!(shared(&many, &[&other, &one]).0.len(), 1_000);
    assert_eq!(shared(&[&other, &one], &many).0[999], (1, 999));
    assert_eq!(shared(&[], &many), (Vec::new(), true));
}

#[test]
fn a_character_of_the_catalog_never_stands_for_all_others() {
    let literal = |text: &str| Template::new([Piece::Literal(text.to_owned().into())]);
    let text =
        Template::new([Piece::Literal("\u{E000}".into()), Piece::Placeholder(0, Type::Text)]);
    assert!(!are_apart(&text, &literal("\u{E000}x")));
    assert!(are_apart(&text, &literal("x\u{E000}")));
    let (a, b) = (Automaton::new(&text), Automaton::new(&text));
    assert_eq!(Search::new('\u{E001}', 100).witness(&a, &b).as_deref(), Some("\u{E000}"));
}
