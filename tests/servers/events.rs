//! The events for the crate `tracing`: they name the error, and contain no values.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex};

use kate_errors::tower::CatalogLayer;
use kate_errors::{CatalogError, CatalogResponse, KateError};
use tower::{Layer as _, Service as _, service_fn};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber, span};
use tracing_subscriber::layer::{Context, SubscriberExt as _};

use crate::layer::JobsError;

/// Collects all events, and what is recorded in spans.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Lines>>);

/// The level of each event, or `None` for what is recorded in a span, and the fields.
type Lines = Vec<(Option<Level>, String)>;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl<S: Subscriber> tracing_subscriber::Layer<S> for Captured {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().push((Some(*event.metadata().level()), line.0));
    }

    fn on_record(&self, _: &span::Id, values: &span::Record<'_>, _: Context<'_, S>) {
        let mut line = Line(String::new());
        values.record(&mut line);
        self.0.lock().unwrap().push((None, line.0));
    }
}

/// Returns what is logged while `work` runs.
fn captured(work: impl FnOnce()) -> Lines {
    let captured = Captured::default();
    let subscriber = tracing_subscriber::registry().with(captured.clone());
    tracing::subscriber::with_default(subscriber, work);
    // Another thread that registers an event may still hold the subscriber for a moment.
    std::mem::take(&mut *captured.0.lock().unwrap())
}

fn answered<E: CatalogError>(error: E) -> Lines {
    captured(|| drop(http::Response::<Vec<u8>>::from(CatalogResponse::new(error))))
}

#[test]
fn an_answer_is_an_event_with_code_status_and_section() {
    let lines = answered(KateError::RunNotFound);
    let line = r#" message=request failed error.type="run_not_found" http.response.status_code=404 kate.section="Runs""#;
    assert_eq!(lines[0], (Some(Level::INFO), line.to_owned()));
    assert_eq!(lines[1].0, Some(Level::DEBUG));
    assert_eq!(lines.len(), 2);
}

#[test]
fn a_server_error_is_an_event_of_the_highest_level() {
    let lines = captured(|| drop(CatalogResponse::<KateError>::fallback(500).into_http()));
    assert_eq!(lines[0].0, Some(Level::ERROR));
    assert!(lines[0].1.contains(r#"error.type="_OTHER""#), "{lines:?}");
}

#[test]
fn no_value_is_told_and_no_sensitive_one_at_any_level() {
    let user = String::from("ada-7");
    let lines = answered(JobsError::LoginFailed { user });
    assert!(lines.iter().all(|(_, line)| !line.contains("ada-7")), "{lines:?}");
    let id = String::from("job-7");
    let lines = answered(JobsError::JobNotFound { id });
    let told =
        |level| lines.iter().any(|(known, line)| *known == Some(level) && line.contains("job-7"));
    assert!(told(Level::DEBUG) && !told(Level::INFO), "{lines:?}");
}

#[test]
fn an_event_names_the_parameters_whose_values_were_altered_and_no_value() {
    let (name, reason) = ("hunter\"2".to_owned(), "c\td".to_owned());
    let lines = answered(JobsError::BadName { name, reason });
    let (level, line) = &lines[0];
    assert_eq!(*level, Some(Level::INFO));
    assert!(line.contains(r#" kate.sanitized="name,reason""#), "{line}");
    assert!(!line.contains("hunter"), "{line}");
    let (name, reason) = ("a/b".to_owned(), "it has a slash".to_owned());
    let lines = answered(JobsError::BadName { name, reason });
    assert!(lines.iter().all(|(_, line)| !line.contains("kate.sanitized")), "{lines:?}");
}

/// An internal error of a server.
#[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
#[api_error(catalog = KateError)]
enum Fault {
    #[error("the database failed")]
    #[api_error(internal)]
    Database(#[from] std::io::Error),
}

#[test]
fn an_internal_fault_is_told_with_its_sources_and_answered_without() {
    let lines = captured(|| {
        let fault = Fault::from(std::io::Error::other("10.0.0.7\nrefused"));
        let response = http::Response::<Vec<u8>>::from(fault);
        assert_eq!(response.body(), br#"{"detail":"Internal Server Error"}"#);
    });
    let line = r" message=internal fault exception.message=the database failed: 10.0.0.7\nrefused";
    assert_eq!(lines[0], (Some(Level::ERROR), line.to_owned()));
    assert_eq!(lines[1].0, Some(Level::ERROR));
}

/// The errors of a server, which its clients see as errors of a catalog.
#[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
#[api_error(catalog = JobsError)]
enum JobsFault {
    #[error("member owes {0}\nat least")]
    #[api_error(login_failed { user: "ada-7" })]
    Owes(&'static str, #[source] std::io::Error),
    #[error("the table has no row {0}")]
    #[api_error(job_not_found { id: "job-7" })]
    NoRow(u64),
    #[error("cannot log in, for {}", .0.detail())]
    #[api_error(transparent)]
    Worded(JobsError),
    #[error(transparent)]
    #[api_error(transparent)]
    Plain(JobsError),
    #[error("cannot log in")]
    #[api_error(transparent)]
    Caused(#[source] JobsError),
}

#[kate_errors::catalog("tests/catalogs/retries.yaml")]
enum RetriesError {}

#[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
#[api_error(catalog = RetriesError)]
enum RetriesFault {
    #[error("the machine owes {0}")]
    #[api_error(maintenance {})]
    Full(u64),
}

#[kate_errors::catalog("tests/catalogs/free.yaml")]
enum FreeError {}

#[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
#[api_error(catalog = FreeError)]
enum FreeFault {
    #[error("the driver said: {0}")]
    #[api_error(kms_internal_exception { detail: _0 })]
    Said(String),
}

fn failed(fault: impl Into<http::Response<Vec<u8>>>) -> Lines {
    captured(|| {
        let response = fault.into();
        assert!(!String::from_utf8_lossy(response.body()).contains("owes"));
    })
}

#[test]
fn what_an_error_of_a_server_says_of_itself_is_told_with_its_response() {
    let (level, line) =
        failed(JobsFault::Owes("12.50", std::io::Error::other("10.0.0.7"))).remove(0);
    assert_eq!(level, Some(Level::INFO));
    let message = r" exception.message=member owes 12.50\nat least: 10.0.0.7";
    assert!(line.ends_with(message) && line.contains("login_failed"), "{line}");
    let (level, line) = failed(JobsFault::NoRow(7)).remove(0);
    assert_eq!(level, Some(Level::INFO));
    assert!(line.ends_with(" exception.message=the table has no row 7"), "{line}");
    let (level, line) = failed(RetriesFault::Full(9)).remove(0);
    assert_eq!(level, Some(Level::ERROR));
    assert!(line.ends_with(" exception.message=the machine owes 9"), "{line}");
}

#[test]
fn an_error_of_the_catalog_in_one_of_a_server_shows_no_sensitive_value() {
    let user = || JobsError::LoginFailed { user: String::from("ada-7") };
    let sentence = user().detail().replace("ada-7", "•••");
    for (fault, message) in [
        (JobsFault::Worded(user()), Some(format!("cannot log in, for {sentence}"))),
        (JobsFault::Caused(user()), Some(format!("cannot log in: {sentence}"))),
        (JobsFault::Plain(user()), None),
    ] {
        let lines = failed(fault);
        assert!(lines.iter().all(|(_, line)| !line.contains("ada-7")), "{lines:?}");
        let told = message.map(|message| format!(" exception.message={message}"));
        assert_eq!(lines[0].1.contains("exception.message"), told.is_some(), "{lines:?}");
        assert!(lines[0].1.ends_with(&told.unwrap_or_default()), "{lines:?}");
    }
}

#[test]
fn an_empty_message_hides_nothing_in_the_text_of_a_server() {
    let lines = failed(FreeFault::Said(String::new()));
    let line = &lines[0].1;
    assert!(line.ends_with(" exception.message=the driver said: "), "{line}");
}

#[test]
fn a_span_that_has_the_fields_gets_them() {
    let lines = captured(|| {
        let span = tracing::info_span!(
            "request",
            "error.type" = tracing::field::Empty,
            "http.response.status_code" = tracing::field::Empty,
        );
        span.in_scope(|| drop(KateError::RunNotFound.response().into_http()));
    });
    let recorded: Vec<&str> =
        lines.iter().filter(|(level, _)| level.is_none()).map(|(_, line)| line.as_str()).collect();
    assert_eq!(recorded, [r#" error.type="run_not_found""#, " http.response.status_code=404"]);
}

#[test]
fn a_response_is_told_of_once_however_many_layers_there_are() {
    for (status, body) in [(404, r#"{"detail":"Run not found"}"#), (413, "too large")] {
        let lines = captured(|| {
            let service = service_fn(move |_: http::Request<()>| async move {
                let body = http_body_util::Full::new(bytes::Bytes::from(body));
                let response = http::Response::builder().status(status);
                let response = response.header("content-type", "application/json").body(body);
                Ok::<_, std::convert::Infallible>(response.unwrap())
            });
            let layer = CatalogLayer::new().replacement(413, KateError::FileTooLarge);
            let mut service = layer.layer(layer.layer(service));
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(service.call(http::Request::new(()))).unwrap();
        });
        let answered = lines.iter().filter(|(_, line)| line.contains("message=request failed"));
        assert_eq!(answered.count(), 1, "{lines:?}");
    }
}

#[test]
fn a_response_that_is_not_in_the_catalog_is_an_event() {
    let lines = captured(|| {
        let service = service_fn(|_: http::Request<()>| async {
            let mut response =
                http::Response::new(http_body_util::Full::new(bytes::Bytes::from("hunter2")));
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            Ok::<_, std::convert::Infallible>(response)
        });
        let mut service = CatalogLayer::<KateError>::new().layer(service);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(service.call(http::Request::new(()))).unwrap();
    });
    let line = r#" message=a response that is not in the catalog error.type="_OTHER" http.response.status_code=500 http.request.method="GET" reason="not_json" replaced=true"#;
    assert_eq!(lines[0], (Some(Level::ERROR), line.to_owned()));
    assert!(lines.iter().all(|(_, line)| !line.contains("hunter2")), "{lines:?}");
}
