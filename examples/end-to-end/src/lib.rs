//! What the tests of this crate share: every error of the Kate catalog as a value.

use std::time::Duration;

use kate_errors::client::{ErrorResponse, ReqwestExt as _, ResponseReader};
use kate_errors::{
    CatalogOperation, KateError, KateErrorCode, QueryError, SubscribeError, TokenBalance,
};
use reqwest::RequestBuilder;

/// An error, and a reader for the responses of an operation that can fail with it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The error, with values.
    pub error: KateError,
    /// The reader of its responses.
    pub reader: ResponseReader<KateError>,
}

/// Returns all errors, in the order of the catalog.
///
/// ```
/// use kate_errors::KateErrorCode;
///
/// let codes: Vec<_> = kate_end_to_end::rows().iter().map(|row| row.error.code()).collect();
/// assert_eq!(codes, KateErrorCode::ALL);
/// ```
#[must_use]
pub fn rows() -> Vec<Row> {
    KateErrorCode::ALL.iter().map(|code| row(*code)).collect()
}

fn row(code: KateErrorCode) -> Row {
    use KateErrorCode as Code;
    let context = Some(TokenBalance { required: 500, available: 120 });
    let anywhere = |error| Row { error, reader: ResponseReader::new() };
    match code {
        Code::InvalidApiKey => anywhere(KateError::InvalidApiKey),
        Code::MissingAuthorizationHeader => anywhere(KateError::MissingAuthorizationHeader),
        Code::TokenExpired => anywhere(KateError::TokenExpired),
        Code::ArtifactNotFound => anywhere(KateError::ArtifactNotFound),
        Code::ArtifactAlreadyHasADraft => anywhere(KateError::ArtifactAlreadyHasADraft),
        Code::CoverNotGenerated => anywhere(KateError::CoverNotGenerated),
        Code::FileTooLarge => anywhere(KateError::FileTooLarge),
        Code::AlreadySubscribed => anywhere(KateError::AlreadySubscribed),
        Code::ArtifactNotListed => anywhere(KateError::ArtifactNotListed),
        Code::NoActiveSubscription => anywhere(KateError::NoActiveSubscription),
        Code::RunNotInRunningStatus => anywhere(KateError::RunNotInRunningStatus),
        Code::RunNotFound => anywhere(KateError::RunNotFound),
        Code::RateLimitExceeded => anywhere(KateError::RateLimitExceeded),
        // Both have the same message, and the operation tells them apart.
        Code::SubscriptionInsufficientTokenBalance => {
            within::<SubscribeError>(KateError::SubscriptionInsufficientTokenBalance { context })
        }
        Code::QueryInsufficientTokenBalance => {
            within::<QueryError>(KateError::QueryInsufficientTokenBalance { context })
        }
    }
}

fn within<O: CatalogOperation<Code = KateErrorCode>>(error: KateError) -> Row {
    Row { error, reader: ResponseReader::new().operation::<O>() }
}

/// Returns a client whose timeout is the longest that a test may take.
///
/// # Panics
///
/// If the HTTP client cannot be initialized.
#[must_use]
pub fn http() -> reqwest::Client {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        // Some servers close a connection after an error. A second request on it could fail.
        .pool_max_idle_per_host(0);
    client.build().expect("a client is made")
}

/// Sends a request that must be refused, and returns the error.
///
/// # Panics
///
/// If no response arrives, or the response is not an error.
pub async fn refused(
    request: RequestBuilder,
    reader: ResponseReader<KateError>,
) -> ErrorResponse<KateError> {
    let response = request.send().await.expect("a response comes");
    response.error_for(reader).await.expect_err("the response is an error")
}

/// Asserts that a response is this error, with the same values and byte for byte the same body.
///
/// # Panics
///
/// If it is not.
pub fn assert_is_row(response: &ErrorResponse<KateError>, row: &Row) {
    let expected = &row.error;
    assert_eq!(response.known(), Some(expected), "{response}");
    assert_eq!(response.status(), expected.status(), "{response}");
    assert_eq!(response.raw_body(), &*expected.body(), "{response}");
    assert_eq!(response.notes(), [], "{response}");
}
