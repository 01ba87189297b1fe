//! Responses of real servers and proxies with their headers. What a client learns from each is in
//! `tests/fixtures/real_responses_of_clients.expected`, which `UPDATE_EXPECT=1` updates.

use std::fmt::Write as _;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use kate_errors::CatalogError;
use kate_errors::client::ErrorResponse;

use crate::clients::ALL;
use crate::server::{Server, send};
use fixtures::{Recorded, compare};

#[path = "../fixtures/recorded.rs"]
mod fixtures;

/// Errors of frameworks, so that some of the responses are known.
#[kate_errors::catalog("tests/catalogs/frameworks.yaml")]
pub enum FrameworksError {}

fn read<E: CatalogError>(response: &Recorded) -> Option<ErrorResponse<E>> {
    let mut headers = HeaderMap::new();
    for (name, value) in &response.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let status = StatusCode::from_u16(response.status).unwrap();
    let error = ErrorResponse::from_parts(status, &headers, response.body())?;
    assert_eq!(error.raw_body(), response.body(), "{}", response.source);
    assert_eq!((error.status(), error.headers()), (status, &headers));
    Some(error)
}

fn told<E: CatalogError>(error: &ErrorResponse<E>) -> String {
    let found = match (error.code(), error.validation(), error.received().unknown()) {
        (Some(code), _, _) => code.to_string(),
        (_, Some(_), _) => "validation".to_owned(),
        (_, _, Some(unknown)) => format!("unknown ({})", unknown.reason()),
        (None, None, None) => unreachable!(),
    };
    let retry_after = error.retry_after().map_or("-".to_owned(), |delay| format!("{delay:?}"));
    let request_id = error.request_id().unwrap_or("-");
    format!("{found} | retry: {:?} | after: {retry_after} | request: {request_id}", error.retry())
}

#[test]
fn every_response_is_read_as_expected() {
    let mut all = String::new();
    for response in &fixtures::recorded() {
        let status = response.status;
        let told = read::<FrameworksError>(response).map(|error| told(&error));
        let told = told.unwrap_or_else(|| "not an error".to_owned());
        writeln!(all, "{}\n    {status} | {told}", response.source).unwrap();
    }
    compare("real_responses_of_clients.expected", &all);
}

/// The responses, sent over a socket as recorded: reqwest and ureq return what `from_parts` does.
#[test]
fn clients_read_the_same_from_a_socket() {
    let is_error = |response: &Recorded| response.status >= 400;
    let responses = fixtures::recorded().into_iter().filter(is_error);
    let mut count = 0;
    for response in responses {
        let Some(expected) = read::<kate_errors::KateError>(&response) else { unreachable!() };
        let mut head = format!("HTTP/1.1 {} Recorded\r\n", response.status);
        for (name, value) in &response.headers {
            // The bodies were recorded without chunked encoding.
            if !name.eq_ignore_ascii_case("transfer-encoding") {
                write!(head, "{name}: {value}\r\n").unwrap();
            }
        }
        let server = Server::new(vec![send(head + "\r\n"), send(response.body())]);
        let is_head = response.source.contains("[HEAD ");
        for client in ALL.into_iter().filter(|_| !is_head) {
            let error = client.error(&server.url("/"));
            let source = &response.source;
            assert_eq!(error.raw_body(), response.body(), "{client:?} {source}");
            assert_eq!(error.status(), expected.status());
            assert_eq!(told(&error), told(&expected), "{client:?} {source}");
        }
        count += 1;
    }
    assert!(count > 100);
}
