//! Reading responses.

use std::hint::black_box;

use kate_errors::{CatalogCode, CatalogError, Decoder};

use super::{Goals, Pair, Work, pair};
use crate::catalogs::{rows_15, rows_1000, rows_10000, text};
use crate::inputs::{self, Response};
use crate::peers::{Borrowed, Patterns, Set};

/// A catalog of one size.
#[derive(Clone, Copy)]
struct Size {
    rows: &'static str,
    table: &'static str,
    phf: &'static phf::Map<&'static str, u32>,
    /// The goal for reading values, against what users write.
    patterns_goal: f64,
}

pub(super) fn pairs() -> Vec<Pair> {
    let size = |rows, table, phf, patterns_goal| Size { rows, table, phf, patterns_goal };
    let small = size("15", rows_15::TABLE, &rows_15::PHF, 1.0 / 6.0);
    let middle = size("1,000", rows_1000::TABLE, &rows_1000::PHF, 1.0 / 12.0);
    let large = size("10,000", rows_10000::TABLE, &rows_10000::PHF, 1.0 / 150.0);
    let mut pairs = of_size::<rows_15::ScaleError>(small);
    pairs.extend(of_size::<rows_1000::ScaleError>(middle));
    pairs.extend(of_size::<rows_10000::ScaleError>(large));
    pairs.push(pair(
        "growth of decode without values from 15 to 10,000 rows",
        Goals::instructions(1.15),
        move || ours::<rows_10000::ScaleError>(inputs::responses(large.table, false), true),
        move || ours::<rows_15::ScaleError>(inputs::responses(small.table, false), true),
    ));
    pairs.push(against_serde::<text::TextError>(
        "a text of 4 KB",
        Goals::times(0.6),
        long_text,
        true,
    ));
    pairs
}

fn of_size<E: CatalogError>(size: Size) -> Vec<Pair> {
    let Size { rows, table, phf, patterns_goal } = size;
    let plain = move || inputs::responses(table, false);
    let with_values = move || inputs::responses(table, true);
    let unknown = move || plain().iter().map(unknown_sentence).collect();
    let later = move || plain().iter().map(detail_last).collect();
    let without_goals = Goals { instructions: Some(0.25), times: Some(0.4) };
    vec![
        against_serde::<E>(
            &format!("decode without values, {rows} rows"),
            without_goals,
            plain,
            true,
        ),
        pair(
            format!("decode without values, {rows} rows / serde_json and phf"),
            Goals::NONE,
            move || ours::<E>(plain(), true),
            move || in_phf(plain(), phf),
        ),
        against_serde::<E>(
            &format!("decode with values, {rows} rows"),
            Goals::instructions(1.2),
            with_values,
            true,
        ),
        pair(
            format!("decode with values, {rows} rows / serde_json, HashMap and list of regexes"),
            Goals::times(patterns_goal),
            move || ours::<E>(with_values(), true),
            move || {
                let patterns = Patterns::new(&inputs::all(table));
                by_patterns(with_values(), move |body| patterns.read(body))
            },
        ),
        pair(
            format!("decode with values, {rows} rows / serde_json, HashMap and RegexSet"),
            Goals::NONE,
            move || ours::<E>(with_values(), true),
            move || {
                let set = Set::new(&inputs::all(table));
                by_patterns(with_values(), move |body| set.read(body))
            },
        ),
        against_serde::<E>(
            &format!("an unknown sentence, {rows} rows"),
            Goals::times(1.3),
            unknown,
            false,
        ),
        against_serde::<E>(
            &format!("other members first, {rows} rows"),
            Goals::times(1.3),
            later,
            true,
        ),
    ]
}

/// Against serde_json, which reads the body and does not say which error it is.
fn against_serde<E: CatalogError>(
    name: &str,
    goals: Goals,
    responses: impl Fn() -> Vec<Response> + Clone + 'static,
    known: bool,
) -> Pair {
    let same = responses.clone();
    pair(
        format!("{name} / serde_json"),
        goals,
        move || ours::<E>(responses(), known),
        move || {
            let responses = same();
            Box::new(move |at| black_box(read(&responses[at % responses.len()]).detail).len())
        },
    )
}

fn read(response: &Response) -> Borrowed<'_> {
    serde_json::from_slice(black_box(&response.body)).expect("a body")
}

fn ours<E: CatalogError>(responses: Vec<Response>, known: bool) -> Work {
    Box::new(move |at| {
        let response = &responses[at % responses.len()];
        let received =
            Decoder::<E>::new().decode(response.status, black_box(response.body.as_slice()));
        assert_eq!(received.known().is_some(), known);
        received.known().map_or(0, |error| usize::from(error.code().status()))
    })
}

fn in_phf(responses: Vec<Response>, phf: &'static phf::Map<&'static str, u32>) -> Work {
    Box::new(move |at| {
        let body = read(&responses[at % responses.len()]);
        *phf.get(&*body.detail).expect("a row") as usize
    })
}

fn by_patterns(
    responses: Vec<Response>,
    read: impl Fn(&[u8]) -> Option<(usize, u64)> + 'static,
) -> Work {
    Box::new(move |at| {
        let response = &responses[at % responses.len()];
        let (row, value) = read(black_box(&response.body)).expect("a row");
        row + value as usize
    })
}

fn unknown_sentence(response: &Response) -> Response {
    let sentence = format!("{}!", response.sentence);
    let body = serde_json::json!({ "detail": sentence }).to_string().into_bytes();
    Response { sentence, body, ..response.clone() }
}

fn detail_last(response: &Response) -> Response {
    let body = format!(
        "{{\"type\":\"about:blank\",\"title\":\"Error\",\"status\":{},\"detail\":\"{}\"}}",
        response.status, response.sentence
    );
    Response { body: body.into_bytes(), ..response.clone() }
}

/// A text of 4 KB at the end of a sentence.
fn long_text() -> Vec<Response> {
    let reason = "something is broken ".repeat(205);
    let error = text::TextError::Failed {
        id: String::from("a-7"),
        reason: String::from(reason.trim_end()),
    };
    vec![Response {
        status: 400,
        template: String::new(),
        sentence: error.to_string(),
        body: error.body().into_owned(),
    }]
}
