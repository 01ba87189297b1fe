//! Nothing of a source, or of anything else that is only for the log, reaches the client.

use std::backtrace::Backtrace;
use std::error::Error;
use std::{fmt, io, iter};

use kate_errors::{ApiError, KateError, ToApiError};

use super::parameters::{JobsError, jobs_catalog};

/// Part of every error that is for the log.
const SECRET: &str = "postgres://admin:hunter2@10.0.0.7";

#[derive(Debug, thiserror::Error)]
#[error("cannot connect to {SECRET}")]
struct Connection {
    source: io::Error,
}

impl Connection {
    fn refused() -> Self {
        Self { source: io::Error::new(io::ErrorKind::ConnectionRefused, SECRET) }
    }
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
enum ServiceError {
    #[error("the query at {SECRET} failed")]
    #[api_error(internal)]
    Database(#[from] Connection),
    #[error("{SECRET} has no such run")]
    #[api_error(run_not_found)]
    NoRun { source: Connection },
    #[error("{SECRET} has no such artifact")]
    #[api_error(artifact_not_found {})]
    NoArtifact { cause: io::Error, query: &'static str },
}

#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = JobsError)]
enum JobsServiceError {
    #[error("{SECRET}")]
    #[api_error(bad_name)]
    BadName {
        name: String,
        reason: String,
        #[source]
        because: Connection,
    },
}

/// An error with a backtrace, which thiserror supports only on nightly.
#[derive(Debug, ToApiError)]
#[api_error(catalog = KateError)]
enum Traced {
    #[api_error(transparent)]
    Inner(Box<ServiceError>, Backtrace),
    #[api_error(run_not_found)]
    NoRun { trace: Backtrace },
}

impl fmt::Display for Traced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Inner(_, trace) | Self::NoRun { trace }) = self;
        write!(f, "{SECRET} at {trace}")
    }
}

impl Error for Traced {}

/// Returns the messages of an error and of all its sources.
fn chain(error: &dyn Error) -> Vec<String> {
    iter::successors(Some(error), |&error| error.source()).map(ToString::to_string).collect()
}

fn body<E: ToApiError>(error: &E) -> String {
    use kate_errors::CatalogError as _;
    let error = error.to_api_error().into_error().unwrap();
    String::from_utf8(error.body().into_owned()).unwrap()
}

#[test]
fn an_internal_fault_is_told_to_the_log_alone() {
    let error = ServiceError::from(Connection::refused());
    let told = chain(&error);
    assert_eq!(told.len(), 3);
    assert!(told.iter().all(|message| message.contains(SECRET)), "{told:?}");
    let answer = error.to_api_error();
    assert_eq!(answer, ApiError::Internal);
    assert_eq!(answer.status(), 500);
    assert_eq!(format!("{answer:?}"), "Internal");
}

#[test]
fn a_row_has_no_source() {
    let error = ServiceError::NoRun { source: Connection::refused() };
    assert_eq!(chain(&error).len(), 3);
    assert_eq!(body(&error), r#"{"detail":"Run not found"}"#);
    let answer = error.to_api_error().into_error().unwrap();
    assert!(answer.source().is_none());
    assert!(!format!("{answer:?} {answer}").contains(SECRET));
}

#[test]
fn fields_beside_the_row_stay_inside() {
    let error = ServiceError::NoArtifact { cause: io::Error::other(SECRET), query: SECRET };
    let ServiceError::NoArtifact { cause, query } = &error else { unreachable!() };
    assert_eq!((cause.to_string().as_str(), *query), (SECRET, SECRET));
    assert_eq!(body(&error), r#"{"detail":"Artifact not found"}"#);
}

#[test]
fn a_source_beside_parameters_is_not_passed() {
    let because = Connection::refused();
    let error = JobsServiceError::BadName { name: "a".to_owned(), reason: "b".to_owned(), because };
    assert_eq!(chain(&error).len(), 3);
    assert_eq!(body(&error), r#"{"detail":"Bad name \"a\": b"}"#);
    let code = error.to_api_error().into_error().map(|error| error.code());
    assert_eq!(code, Some(jobs_catalog::JobsErrorCode::BadName));
}

#[test]
fn a_backtrace_is_not_passed() {
    let error = Traced::NoRun { trace: Backtrace::force_capture() };
    assert!(error.to_string().contains(SECRET));
    assert_eq!(body(&error), r#"{"detail":"Run not found"}"#);
    let inner = Box::new(ServiceError::NoRun { source: Connection::refused() });
    let error = Traced::Inner(inner, Backtrace::force_capture());
    assert_eq!(body(&error), r#"{"detail":"Run not found"}"#);
}
