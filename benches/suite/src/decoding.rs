//! Reading responses. Before anything is measured, the results of both sides are compared.

use std::borrow::Cow;
use std::hint::black_box;

use kate_errors::{CatalogCode, CatalogError, Decoder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::catalogs::{rows_15, rows_1000, rows_10000, objects, text};
use crate::inputs::{Response, responses};
use crate::{Goal, Pair, Work, pair};

/// The body as serde_json reads it, which does not tell which error it is.
#[derive(Deserialize)]
struct Body<'b> {
    #[serde(borrow)]
    detail: Cow<'b, str>,
}

/// FastAPI's list of invalid fields (status 422), as serde_json reads it.
#[derive(Deserialize)]
struct Listed {
    detail: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    loc: Vec<serde_json::Value>,
    msg: String,
    r#type: String,
}

pub(crate) fn pairs() -> Vec<Pair> {
    let mut pairs = of_size::<rows_15::ScaleError>("15 errors", rows_15::LINES);
    pairs.extend(of_size::<rows_1000::ScaleError>("1,000 errors", rows_1000::LINES));
    pairs.extend(of_size::<rows_10000::ScaleError>("10,000 errors", rows_10000::LINES));
    pairs.push(pair(
        "growth of decode without values, 10,000 errors / 15 errors",
        Goal::Ratio(1.3),
        || decode::<rows_10000::ScaleError>(responses(rows_10000::LINES, false, plain), true),
        || decode::<rows_15::ScaleError>(responses(rows_15::LINES, false, plain), true),
    ));
    for (how, has_blanks) in [("without values", false), ("with blanks around the members", true)] {
        pairs.push(pair(
            format!("decode a code and a message {how} / a message alone"),
            Goal::Ratio(1.3),
            move || decode_objects(objects(has_blanks)),
            move || decode::<rows_15::ScaleError>(responses(rows_15::LINES, false, if has_blanks { spaced } else { plain }), true),
        ));
    }
    pairs.push(pair(
        "decode a text of 4 KB / serde_json",
        Goal::None,
        || decode::<text::TextError>(long_text(), true),
        || parse(long_text()),
    ));
    pairs
}

fn of_size<E: CatalogError + DeserializeOwned>(size: &str, lines: &'static str) -> Vec<Pair> {
    let against = |work: &str, goal, has_values, body, known| {
        pair(
            format!("{work}, {size} / serde_json"),
            goal,
            move || decode::<E>(responses(lines, has_values, body), known),
            move || parse(responses(lines, has_values, body)),
        )
    };
    vec![
        against("decode without values", Goal::Ratio(0.3), false, plain, true),
        against("decode with values", Goal::Ratio(1.3), true, plain, true),
        against("decode an unknown message", Goal::Ratio(0.8), false, unknown, false),
        pair(
            format!("decode a body that ends with a line break, {size} / without"),
            Goal::Ratio(1.2),
            move || decode::<E>(responses(lines, false, ended), true),
            move || decode::<E>(responses(lines, false, plain), true),
        ),
        against("decode with blanks around the members", Goal::Ratio(1.3), false, spaced, true),
        against("decode with other members first", Goal::None, false, reordered, true),
        against("decode with an escape", Goal::None, false, escaped, true),
        pair(
            format!("decode what FastAPI lists, {size} / serde_json"),
            Goal::None,
            move || decode_listed::<E>(responses(lines, false, listed)),
            move || parse_listed(responses(lines, false, listed)),
        ),
        pair(
            format!("from_slice without values, {size} / serde_json"),
            Goal::Ratio(1.3),
            move || from_slice::<E>(responses(lines, false, plain)),
            move || parse(responses(lines, false, plain)),
        ),
        pair(
            format!("from_slice with values, {size} / serde_json"),
            Goal::None,
            move || from_slice::<E>(responses(lines, true, plain)),
            move || parse(responses(lines, true, plain)),
        ),
        pair(
            format!("Display of an unknown response, {size} / format! of the same"),
            Goal::Nanoseconds(2000.0),
            move || display::<E>(responses(lines, false, unknown)),
            move || format_status(responses(lines, false, unknown)),
        ),
    ]
}

fn plain(message: &str) -> String {
    format!(r#"{{"detail":"{message}"}}"#)
}

fn unknown(message: &str) -> String {
    plain(&format!("{message}!"))
}

fn ended(message: &str) -> String {
    plain(message) + "\n"
}

fn spaced(message: &str) -> String {
    format!(r#"{{ "detail" : "{message}" }}"#)
}

fn reordered(message: &str) -> String {
    format!(r#"{{"type":"about:blank","title":"Error","status":404,"detail":"{message}"}}"#)
}

fn escaped(message: &str) -> String {
    plain(&message.replacen(' ', r"\u0020", 1))
}

fn listed(message: &str) -> String {
    format!(
        r#"{{"detail":[{{"type":"missing","loc":["body","items",0],"msg":"{message}","input":null}}]}}"#
    )
}

/// A message that ends with a text of 4 KB.
fn long_text() -> Vec<Response> {
    let reason = "something is broken ".repeat(205).trim_end().to_owned();
    let error = text::TextError::Failed { id: "a-7".to_owned(), reason };
    vec![Response { status: 400, body: error.body().into_owned() }]
}

/// Bodies with a code and a message.
fn objects(has_blanks: bool) -> Vec<Response> {
    let mut codes = rows_15::LINES.lines().filter_map(|line| line.rsplit_once('\t')).collect::<Vec<_>>();
    codes.retain(|(line, _)| line.contains("\tfalse\t"));
    let mut all = responses(rows_15::LINES, false, |message| message.to_owned());
    for response in &mut all {
        let message = String::from_utf8_lossy(&response.body);
        let code = codes.iter().find(|(line, _)| line.ends_with(&format!("\t{message}"))).expect("a code").1;
        let body = if has_blanks {
            format!(r#"{{ "error" : {{ "code" : "{code}", "message" : "{message}" }} }}"#)
        } else {
            format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#)
        };
        response.body = body.into_bytes();
    }
    all
}

fn decode_objects(responses: Vec<Response>) -> Work {
    for Response { status, body } in &responses {
        let decoded = objects::ScaleError::decode(*status, body.as_slice());
        assert!(decoded.known().is_some() && decoded.notes().is_empty());
    }
    Box::new(move |at| {
        let Response { status, body } = &responses[at % responses.len()];
        let decoded = Decoder::<objects::ScaleError>::new().decode(*status, black_box(body.as_slice()));
        black_box(&decoded).known().map_or(0, |error| usize::from(error.code().status()))
    })
}

fn read(response: &Response) -> Body<'_> {
    serde_json::from_slice(black_box(&response.body)).expect("a body")
}

fn parse(responses: Vec<Response>) -> Work {
    Box::new(move |at| black_box(read(&responses[at % responses.len()]).detail).len())
}

fn decode<E: CatalogError>(responses: Vec<Response>, known: bool) -> Work {
    for response in &responses {
        let decoded = Decoder::<E>::new().decode(response.status, &*response.body);
        assert_eq!(decoded.detail(), Some(read(response).detail));
        let expected = decoded.detail().filter(|_| known);
        assert_eq!(decoded.known().map(CatalogError::detail), expected);
    }
    Box::new(move |at| {
        let Response { status, body } = &responses[at % responses.len()];
        let decoded = Decoder::<E>::new().decode(*status, black_box(body.as_slice()));
        black_box(&decoded).known().map_or(0, |error| usize::from(error.code().status()))
    })
}

fn from_slice<E: CatalogError + DeserializeOwned>(responses: Vec<Response>) -> Work {
    let error = |response: &Response| -> E {
        serde_json::from_slice(black_box(&response.body)).expect("an error")
    };
    assert!(responses.iter().all(|response| error(response).detail() == read(response).detail));
    Box::new(move |at| usize::from(error(&responses[at % responses.len()]).code().status()))
}

fn parse_listed(responses: Vec<Response>) -> Work {
    Box::new(move |at| {
        let body = black_box(&responses[at % responses.len()].body);
        let Listed { detail } = serde_json::from_slice(body).expect("a list");
        black_box(&detail)
            .iter()
            .map(|item| item.loc.len() + item.msg.len() + item.r#type.len())
            .sum()
    })
}

fn decode_listed<E: CatalogError>(responses: Vec<Response>) -> Work {
    Box::new(move |at| {
        let Response { status, body } = &responses[at % responses.len()];
        let decoded = Decoder::<E>::new().decode(*status, black_box(body.as_slice()));
        let items = decoded.validation().expect("a list").items();
        black_box(items)
            .iter()
            .map(|item| item.loc().len() + item.message().len() + item.code().len())
            .sum()
    })
}

fn display<E: CatalogError>(responses: Vec<Response>) -> Work {
    let decode = |Response { status, body }| Decoder::<E>::new().decode(status, body);
    let decoded: Vec<_> = responses.into_iter().map(decode).collect();
    Box::new(move |at| black_box(decoded[at % decoded.len()].to_string()).len())
}

fn format_status(responses: Vec<Response>) -> Work {
    Box::new(move |at| {
        let status = responses[at % responses.len()].status;
        black_box(format!("{status}: {}", black_box("the message is not in the catalog"))).len()
    })
}
