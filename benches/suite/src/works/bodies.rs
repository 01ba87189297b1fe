//! Producing bodies.

use std::cell::RefCell;
use std::hint::black_box;

use kate_errors::Word;

use super::{Goals, Pair, Work, pair};
use crate::catalogs::rows_15::{ScaleError, ScaleErrorCode};
use crate::peers::Body;
use crate::peers::thiserror_rows::ScaleError as Peer;

pub(super) fn pairs() -> Vec<Pair> {
    vec![
        pair(
            "body without values, borrowed, and status / copying it",
            Goals::instructions(1.2),
            borrowed,
            copy,
        ),
        pair(
            "body without values into a used buffer / copying it",
            Goals::instructions(1.6),
            into_buffer,
            copy,
        ),
        pair(
            "body without values / thiserror and serde_json",
            Goals::instructions(1.0 / 12.0),
            || {
                let errors = constants();
                Box::new(move |at| black_box(errors[at % errors.len()].body()).len())
            },
            || Box::new(|_| peer_body(black_box(&Peer::Row1))),
        ),
        pair(
            "body with two values / thiserror and serde_json",
            Goals::instructions(1.0 / 6.0),
            || {
                let error = ScaleError::Row9 { id: String::from("a-7"), count: 42 };
                Box::new(move |_| black_box(black_box(&error).body()).len())
            },
            || {
                let error = Peer::Row9 { id: "a-7".to_owned(), count: 42 };
                Box::new(move |_| peer_body(black_box(&error)))
            },
        ),
    ]
}

/// The rows without values.
fn constants() -> Vec<ScaleError> {
    let codes = ScaleErrorCode::ALL.iter().filter(|code| !code.detail_template().contains('{'));
    let read = |code: &ScaleErrorCode| {
        let body = serde_json::json!({ "detail": code.detail_template() }).to_string();
        serde_json::from_str(&body).expect("a row")
    };
    codes.map(read).collect()
}

fn borrowed() -> Work {
    let errors = constants();
    Box::new(move |at| {
        let error = black_box(&errors[at % errors.len()]);
        usize::from(error.status()) + black_box(error.body()).len()
    })
}

fn into_buffer() -> Work {
    let errors = constants();
    let buffer = RefCell::new(Vec::with_capacity(256));
    Box::new(move |at| {
        let mut buffer = buffer.borrow_mut();
        buffer.clear();
        black_box(&errors[at % errors.len()]).write_body(&mut buffer);
        black_box(&buffer).len()
    })
}

/// Copying the bytes of the same bodies.
fn copy() -> Work {
    let bodies: Vec<Vec<u8>> = constants().iter().map(|error| error.body().into_owned()).collect();
    let buffer = RefCell::new(Vec::with_capacity(256));
    Box::new(move |at| {
        let mut buffer = buffer.borrow_mut();
        buffer.clear();
        buffer.extend_from_slice(black_box(&bodies[at % bodies.len()]));
        black_box(&buffer).len()
    })
}

fn peer_body(error: &Peer) -> usize {
    let body = Body { detail: error.to_string() };
    black_box(serde_json::to_vec(&body).expect("it serialises")).len()
}
