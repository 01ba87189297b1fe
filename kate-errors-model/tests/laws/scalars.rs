//! The grammar of each type equals its pattern, which other languages use.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kate_errors_model::types::{DATE, SCALARS, Scalar, TIMESTAMP, Type};
use proptest::collection::vec;
use proptest::prelude::*;
use regex::Regex;

use crate::config;

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = SCALARS.iter().map(|scalar| format!("^{}$", scalar.info.pattern));
    patterns.map(|pattern| Regex::new(&pattern).unwrap()).collect()
});

fn pattern(of: &Scalar) -> &'static Regex {
    &PATTERNS[SCALARS.iter().position(|scalar| *scalar == of).unwrap()]
}

fn near_value() -> impl Strategy<Value = String> {
    // The characters of all examples and patterns, and those beside them, at which a range may end too early or late.
    let texts = SCALARS.iter().flat_map(|scalar| [scalar.info.example, scalar.info.pattern]);
    let letters = texts.flat_map(str::bytes).flat_map(|it| [it - 1, it, it + 1]).chain(*b"tz \n");
    let letters: BTreeSet<char> = letters.map(char::from).collect();
    let letters = prop::sample::select(letters.into_iter().collect::<Vec<_>>());
    let stand = prop::sample::select(SCALARS).prop_map(|scalar| scalar.info.example.to_owned());
    let changes = vec((any::<prop::sample::Index>(), letters.clone()), 0..3);
    let near = (stand, changes).prop_map(|(text, changes)| {
        let mut characters: Vec<char> = text.chars().collect();
        for (at, letter) in changes {
            let at = at.index(characters.len());
            characters[at] = letter;
        }
        characters.into_iter().collect()
    });
    prop_oneof![near, vec(letters, 0..12).prop_map(|letters| letters.into_iter().collect())]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_pattern_is_the_grammar(text in near_value()) {
        for (scalar, pattern) in SCALARS.iter().zip(&*PATTERNS) {
            let is_claimed = (scalar.claims)(text.as_bytes()) == Some(text.len());
            prop_assert_eq!(is_claimed, pattern.is_match(&text), "{:?} {:?}", scalar, text);
        }
    }
}

#[test]
fn every_day_of_the_calendar_and_no_other_is_a_date() {
    let pattern = pattern(&DATE);
    let is_leap = |year: u32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    for year in (0..10_000).step_by(if cfg!(miri) { 997 } else { 1 }) {
        for month in 0..=13 {
            let days = match month {
                2 if is_leap(year) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            for day in [0, 1, 28, 29, 30, 31, 32] {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let is_day = (1..=days).contains(&day);
                assert_eq!(Type::Scalar(&DATE).holds(&text), is_day, "{text}");
                if year % 101 == 0 {
                    assert_eq!(pattern.is_match(&text), is_day, "{text}");
                }
            }
        }
    }
}

#[test]
fn every_part_of_a_time_has_its_range() {
    let pattern = pattern(&TIMESTAMP);
    for number in 0..100 {
        for (text, most) in [
            (format!("2024-02-29T{number:02}:00:00Z"), 23),
            (format!("2024-02-29T12:{number:02}:00Z"), 59),
            (format!("2024-02-29T12:00:{number:02}Z"), 60),
            (format!("2024-02-29T12:00:00+{number:02}:00"), 23),
            (format!("2024-02-29T12:00:00.5-01:{number:02}"), 59),
        ] {
            let is_time = number <= most;
            assert_eq!(Type::Scalar(&TIMESTAMP).holds(&text), is_time, "{text}");
            assert_eq!(pattern.is_match(&text), is_time, "{text}");
        }
    }
}

#[test]
fn examples_and_stand_ins_are_values() {
    for scalar in SCALARS {
        assert!(Type::Scalar(scalar).holds(scalar.info.example), "{scalar:?}");
        assert!(Type::Scalar(scalar).holds(scalar.stand_in), "{scalar:?}");
        assert_eq!(Type::named(scalar.info.name), Some(Type::Scalar(scalar)));
    }
}

#[test]
fn numbers_out_of_range_are_claimed_but_not_read() {
    for (name, text) in [
        ("u64", "18446744073709551616"),
        ("i64", "9223372036854775808"),
        ("i64", "-9223372036854775809"),
    ] {
        let Some(Type::Scalar(scalar)) = Type::named(name) else { panic!("{name}") };
        assert_eq!((scalar.claims)(text.as_bytes()), Some(text.len()));
        assert!(!Type::Scalar(scalar).holds(text));
        let shorter = &text[..text.len() - 1];
        assert!(Type::Scalar(scalar).holds(shorter));
    }
}
