//! Creating errors, and their responses.

use std::cell::RefCell;
use std::hint::black_box;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kate_errors::KateError;
use serde::Serialize;
use serde_json::json;

use crate::catalogs::peer::ScaleError as Peer;
use crate::catalogs::rows_15::{ScaleError, ScaleErrorCode};
use crate::{Goal, Pair, Work, pair};

/// A body as serde serializes it.
#[derive(Serialize)]
struct Body {
    detail: String,
}

pub(crate) fn pairs() -> Vec<Pair> {
    let ours = |work: fn(ScaleError) -> usize| move || each(move || work(with_values()));
    let peer = |work: fn(Peer) -> usize| move || each(move || work(peer_with_values()));
    let bytes = |error: Peer| peer_body(&error).len();
    let sent = |response: Response| usize::from(black_box(response).status().as_u16());
    vec![
        pair("body without values, and the status / copying it", Goal::Ratio(1.2), borrowed, copy),
        pair(
            "body without values into a used buffer / copying it",
            Goal::Ratio(1.6),
            into_buffer,
            copy,
        ),
        pair(
            "create an error with two values, and its body / thiserror and serde_json",
            Goal::Ratio(0.27),
            ours(|error| black_box(error.body()).len()),
            peer(bytes),
        ),
        pair(
            "create an error with two values, and its body / format! of the body",
            Goal::None,
            ours(|error| black_box(error.body()).len()),
            || {
                each(|| {
                    let (id, count) = black_box(("a-7", 42));
                    let body = format!("{{\"detail\":\"Project {id} is not open: {count} left\"}}");
                    black_box(body).len()
                })
            },
        ),
        pair(
            "create one with two values, and serde_json of it / thiserror and serde_json",
            Goal::Ratio(0.5),
            ours(|error| black_box(serde_json::to_vec(&error).expect("it serialises")).len()),
            peer(bytes),
        ),
        pair(
            "axum response without values / Json(json!(…))",
            Goal::Ratio(0.4),
            move || each(move || sent(black_box(KateError::RunNotFound).into_response())),
            move || {
                each(move || {
                    let body = Json(json!({ "detail": black_box("Run not found") }));
                    sent((StatusCode::NOT_FOUND, body).into_response())
                })
            },
        ),
        pair(
            "create one with two values, and its axum response / thiserror and Json(json!(…))",
            Goal::None,
            move || each(move || sent(with_values().into_response())),
            move || {
                each(move || {
                    let body = Json(json!({ "detail": peer_with_values().to_string() }));
                    sent((StatusCode::NOT_FOUND, body).into_response())
                })
            },
        ),
    ]
}

/// Does the same work in each iteration.
fn each(work: impl Fn() -> usize + 'static) -> Work {
    Box::new(move |_| work())
}

fn with_values() -> ScaleError {
    black_box(ScaleError::Row9 { id: black_box("a-7").to_owned(), count: black_box(42) })
}

fn peer_with_values() -> Peer {
    black_box(Peer::Row9 { id: black_box("a-7").to_owned(), count: black_box(42) })
}

fn peer_body(error: &Peer) -> Vec<u8> {
    let body = Body { detail: error.to_string() };
    black_box(serde_json::to_vec(&body).expect("it serialises"))
}

/// The errors without values.
fn constants() -> Vec<ScaleError> {
    let codes = ScaleErrorCode::ALL.iter().filter(|code| !code.detail_template().contains('{'));
    let read = |code: &ScaleErrorCode| {
        let body = json!({ "detail": code.detail_template() }).to_string();
        serde_json::from_str(&body).expect("a message")
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
    let (errors, buffer) = (constants(), RefCell::new(Vec::with_capacity(256)));
    Box::new(move |at| {
        let mut buffer = buffer.borrow_mut();
        buffer.clear();
        black_box(&errors[at % errors.len()]).write_body(&mut buffer);
        black_box(&buffer).len()
    })
}

/// Copies the bytes of the same bodies.
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
