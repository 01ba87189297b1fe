//! What the library finds in a catalog's index and tree of sentences is what the slow reader reads, and nothing
//! else.

use std::collections::BTreeMap;

use kate_errors::__private::{Row, Table, Value, each_row, row_at_once};
use kate_errors_codegen::{Catalog as Checked, compile};

use crate::random::{Catalog, Random, Style};
use crate::reference::{Piece, Reading, Role, Wording};
use crate::sentences::{sentence, strange};
use crate::table::table;

/// How many catalogs are made of each style.
const CATALOGS: usize = 1_000;

/// How many sentences are tried with each catalog that is accepted.
const SENTENCES: usize = 40;

/// Ends that are undecided, and numbers that touch.
const TIGHT: Style = Style {
    characters: &[
        'a', 'b', 'c', '0', '1', '-', ' ', '.', ':', '"', '\\', '\'', '{', '}', 'é', 'è', '“', '§',
        '😀',
    ],
    longest: 4,
    most: 4,
    repeats_contexts: false,
};

/// Many values.
const WIDE: Style = Style {
    characters: &[' ', ' ', ':', '"', '§', 'é', '('],
    longest: 3,
    most: 11,
    repeats_contexts: false,
};

/// A row that has a sentence: its code, whether it had it before, and the values.
type Found = (String, bool, Reading);

fn row_of(table: &'static Table, row: usize) -> Row {
    table.rows().nth(row).unwrap()
}

fn named(table: &'static Table, row: usize, values: &[Value<'_>]) -> Reading {
    let params = row_of(table, row).more().unwrap().params;
    let values = values.iter().map(ToString::to_string);
    params.iter().map(|param| param.name.to_owned()).zip(values).collect()
}

/// What the library finds.
fn found(table: &'static Table, sentence: &str) -> Vec<Found> {
    let mut found = Vec::new();
    each_row(table, sentence, &mut |row, is_former, values| {
        found.push((row_of(table, row).code().to_owned(), is_former, named(table, row, values)));
    });
    found.sort();
    found
}

/// What the slow reader finds. Rows with the sentence of another are found with that.
fn expected(checked: &Checked, wordings: &[Wording], sentence: &str) -> Vec<Found> {
    let mut expected = Vec::new();
    for wording in wordings {
        let row = checked.rows.iter().position(|row| row.code == wording.code).unwrap();
        let homonyms = checked.rows.iter().filter(|other| other.same_as == Some(row));
        let codes: Vec<&String> =
            std::iter::once(&wording.code).chain(homonyms.map(|row| &row.code)).collect();
        for reading in wording.readings(sentence) {
            let is_former = wording.role == Role::Former;
            expected.extend(codes.iter().map(|code| ((*code).clone(), is_former, reading.clone())));
        }
    }
    expected.sort();
    expected
}

/// What is found at a look at the tree alone, for a sentence that no row without values has.
fn check_at_once(table: &'static Table, status: u16, sentence: &str, expected: &[Found]) {
    let Some(at_once) = row_at_once(table, status, sentence) else { return };
    let status_of: BTreeMap<&str, u16> =
        table.rows().map(|row| (row.code(), row.status())).collect();
    let of_status: Vec<&Found> =
        expected.iter().filter(|(code, ..)| status_of[code.as_str()] == status).collect();
    match at_once {
        None => assert!(expected.is_empty(), "{sentence:?}: {expected:?}"),
        Some((row, values)) => {
            let code = row_of(table, row).code().to_owned();
            let found = (code, false, named(table, row, &values));
            assert_eq!(of_status, [&found], "{sentence:?}");
        }
    }
}

/// How much was looked at.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    accepted: usize,
    known: usize,
    unknown: usize,
    /// Sentences with more than four values, and with more than eight.
    wide: [usize; 2],
}

pub(crate) fn check_random(random: &mut Random, style: Style, tally: &mut Tally) {
    let catalog = Catalog::random(random, style);
    let yaml = catalog.yaml();
    let compilation = compile("random.yaml", yaml.as_bytes());
    let Some(checked) = compilation.catalog() else { return };
    tally.accepted += 1;
    let (table, wordings) = (table(checked), catalog.wordings());
    for _ in 0..SENTENCES {
        let wording = random.pick(&wordings);
        let sentence = if random.one_in(8) {
            let part = |random: &mut Random| match random.pick(&wording.pieces) {
                Piece::Literal(literal) if random.one_in(2) => literal,
                _ => strange(random),
            };
            (0..random.below(5)).map(|_| part(random)).collect()
        } else {
            sentence(random, &wording)
        };
        let expected = expected(checked, &wordings, &sentence);
        assert_eq!(found(table, &sentence), expected, "{sentence:?}\n{yaml}");
        let is_constant = |wording: &Wording| {
            let [Piece::Literal(text)] = wording.pieces.as_slice() else { return false };
            wording.role != Role::WithContext && *text == sentence
        };
        if !wordings.iter().any(is_constant) {
            check_at_once(table, wording.status, &sentence, &expected);
        }
        tally.known += usize::from(!expected.is_empty());
        tally.unknown += usize::from(expected.is_empty());
        let values = expected.first().map_or(0, |(_, _, values)| values.len());
        tally.wide[0] += usize::from(values > 4);
        tally.wide[1] += usize::from(values > 8);
    }
}

/// A catalog of either style.
pub(crate) fn check_any(random: &mut Random, tally: &mut Tally) {
    let style = if random.one_in(2) { TIGHT } else { WIDE };
    check_random(random, style, tally);
}

#[test]
fn the_tree_leads_to_what_the_slow_reader_reads() {
    let mut random = Random(0x7472_6965, Vec::new());
    let mut tally = Tally::default();
    for _ in 0..2 * CATALOGS {
        check_any(&mut random, &mut tally);
    }
    assert!(tally.accepted > 500, "{tally:?}");
    assert!(tally.known > 9_000 && tally.unknown > 9_000, "{tally:?}");
    assert!(tally.wide[0] > 300 && tally.wide[1] > 50, "{tally:?}");
}

/// The one sentence of the tree may have no values: that of a row with its context.
#[test]
fn a_tree_of_one_sentence_without_values() {
    let catalog = "catalog: One\nstatuses: { 404: { name: Not Found, description: None } }\n\
                   contexts: { more: { text: See the log } }\n\
                   sections:\n  - name: All\n    errors:\n      - code: not_found\n        status: 404\n        \
                   detail: Run not found\n        context: more\n        cause: It is gone\n        \
                   fix: Make another\n";
    let compilation = compile("one.yaml", catalog.as_bytes());
    let table = table(compilation.catalog().unwrap());
    for sentence in ["Run not found", "Run not found. See the log"] {
        let row = ("not_found".to_owned(), false, Reading::new());
        assert_eq!(found(table, sentence), [row], "{sentence}");
    }
    for sentence in ["", "Run not found. ", "Run not found. See the log.", "See the log"] {
        assert_eq!(found(table, sentence), [], "{sentence}");
    }
}
