//! The works: each beside its peer, with the goals for their ratio.

use std::cell::OnceCell;
use std::hint::black_box;

use kate_errors::{CatalogCode, CatalogError, Decoder, Text, Word};

use crate::inputs::{self, Response};
use crate::peers::thiserror_rows::ScaleError as Peer;
use crate::peers::{Body, Borrowed, Patterns};

/// A work: does it once with the input of this number, and gives something of the result.
pub(crate) type Work = Box<dyn Fn(usize) -> usize>;

/// A work and its peer.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) ours: Work,
    pub(crate) peer: Work,
    /// The goal for the ratio of instructions.
    pub(crate) instructions: Option<f64>,
    /// The goal for the ratio of times.
    pub(crate) times: Option<f64>,
}

mod rows_15 {
    include!(concat!(env!("OUT_DIR"), "/rows_15.rs"));
}
mod rows_1000 {
    include!(concat!(env!("OUT_DIR"), "/rows_1000.rs"));
}
mod rows_10000 {
    include!(concat!(env!("OUT_DIR"), "/rows_10000.rs"));
}
mod text {
    include!(concat!(env!("OUT_DIR"), "/text.rs"));
}

/// All works.
pub(crate) fn pairs() -> Vec<Pair> {
    let mut pairs = bodies();
    pairs.extend(decoding::<rows_15::ScaleError>(
        "15",
        include_str!(concat!(env!("OUT_DIR"), "/rows_15.tsv")),
        [1.0 / 6.0, 1.2],
    ));
    pairs.extend(decoding::<rows_1000::ScaleError>(
        "1,000",
        include_str!(concat!(env!("OUT_DIR"), "/rows_1000.tsv")),
        [1.0 / 12.0, 1.2],
    ));
    pairs.extend(decoding::<rows_10000::ScaleError>(
        "10,000",
        include_str!(concat!(env!("OUT_DIR"), "/rows_10000.tsv")),
        [1.0 / 150.0, 1.2],
    ));
    pairs.push(long_text());
    pairs
}

fn pair(
    name: impl Into<String>,
    ours: Work,
    peer: Work,
    instructions: Option<f64>,
    times: Option<f64>,
) -> Pair {
    Pair { name: name.into(), ours, peer, instructions, times }
}

/// Producing bodies.
fn bodies() -> Vec<Pair> {
    use rows_15::ScaleErrorCode;
    let constants = || -> Vec<rows_15::ScaleError> {
        let codes = ScaleErrorCode::ALL.iter().filter(|code| !code.detail_template().contains('{'));
        let read = |code: &ScaleErrorCode| {
            let body = serde_json::json!({ "detail": code.detail_template() }).to_string();
            serde_json::from_str(&body).expect("a row")
        };
        codes.map(read).collect()
    };
    let copies: Vec<Vec<u8>> = constants().iter().map(|error| error.body().into_owned()).collect();
    let (borrowed, written) = (constants(), constants());
    let plain = || Peer::Row1;
    let with_values = rows_15::ScaleError::Row9 { id: Word::from_lossy("a-7"), count: 42 };
    let peer_with_values = Peer::Row9 { id: "a-7".to_owned(), count: 42 };
    let mut buffer = Vec::with_capacity(256);
    let buffer = std::cell::RefCell::new(std::mem::take(&mut buffer));
    vec![
        pair(
            "body without values, borrowed / copying it",
            Box::new(move |at| {
                let error = black_box(&borrowed[at % borrowed.len()]);
                usize::from(error.status().as_u16()) + black_box(error.body()).len()
            }),
            Box::new(move |at| {
                let mut buffer = buffer.borrow_mut();
                buffer.clear();
                buffer.extend_from_slice(black_box(&copies[at % copies.len()]));
                black_box(&buffer).len()
            }),
            Some(1.2),
            None,
        ),
        pair(
            "body without values / thiserror and serde_json",
            Box::new(move |at| black_box(written[at % written.len()].body()).len()),
            Box::new(move |_| peer_body(black_box(&plain()))),
            Some(1.0 / 12.0),
            None,
        ),
        pair(
            "body with two values / thiserror and serde_json",
            Box::new(move |_| black_box(black_box(&with_values).body()).len()),
            Box::new(move |_| peer_body(black_box(&peer_with_values))),
            Some(1.0 / 6.0),
            None,
        ),
    ]
}

fn peer_body(error: &Peer) -> usize {
    let body = Body { detail: error.to_string() };
    black_box(serde_json::to_vec(&body).expect("it serialises")).len()
}

/// Reading responses of a catalog. `goals`: against patterns in time, and against serde with values.
fn decoding<E: CatalogError>(size: &str, table: &'static str, goals: [f64; 2]) -> Vec<Pair> {
    let [patterns_goal, values_goal] = goals;
    let plain = inputs::responses(table, false);
    let with_values = inputs::responses(table, true);
    let unknown: Vec<Response> =
        plain.iter().map(|response| changed(response, |sentence| format!("{sentence}!"))).collect();
    let later: Vec<Response> = plain.iter().map(detail_last).collect();
    // Made by its first use: a run of another work should not pay for it.
    let patterns = OnceCell::new();
    let templated = with_values.clone();
    vec![
        against_serde::<E>(
            format!("decode without values, {size} rows / serde_json"),
            plain,
            true,
            Some(0.25),
            Some(0.40),
        ),
        against_serde::<E>(
            format!("decode with values, {size} rows / serde_json"),
            with_values,
            true,
            Some(values_goal),
            None,
        ),
        pair(
            format!("decode with values, {size} rows / serde_json, HashMap and regexes"),
            ours::<E>(templated.clone(), true),
            Box::new(move |at| {
                let (row, value) = patterns
                    .get_or_init(|| Patterns::new(&inputs::all(table)))
                    .read(black_box(&templated[at % templated.len()].body))
                    .expect("a row");
                row + value as usize
            }),
            None,
            Some(patterns_goal),
        ),
        against_serde::<E>(
            format!("an unknown sentence, {size} rows / serde_json"),
            unknown,
            false,
            None,
            Some(1.3),
        ),
        against_serde::<E>(
            format!("other members first, {size} rows / serde_json"),
            later,
            true,
            None,
            Some(1.3),
        ),
    ]
}

fn against_serde<E: CatalogError>(
    name: String,
    responses: Vec<Response>,
    known: bool,
    instructions: Option<f64>,
    times: Option<f64>,
) -> Pair {
    let peers = responses.clone();
    let peer: Work = Box::new(move |at| {
        let body: Borrowed<'_> =
            serde_json::from_slice(black_box(&peers[at % peers.len()].body)).expect("a body");
        black_box(body.detail).len()
    });
    pair(name, ours::<E>(responses, known), peer, instructions, times)
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

fn changed(response: &Response, change: impl Fn(&str) -> String) -> Response {
    let sentence = change(&response.sentence);
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
fn long_text() -> Pair {
    let reason = "something is broken ".repeat(205);
    let error = text::TextError::Failed {
        id: Word::from_lossy("a-7"),
        reason: Text::from_lossy(reason.trim_end()),
    };
    let response = Response {
        status: 400,
        template: String::new(),
        sentence: error.to_string(),
        body: error.body().into_owned(),
    };
    against_serde::<text::TextError>(
        "a text of 4 KB / serde_json".to_owned(),
        vec![response],
        true,
        None,
        Some(0.6),
    )
}
