//! What the tests of this crate share: every row of the Kate catalog as a value.

use std::time::Duration;

use kate_errors::client::{ErrorResponse, ReqwestExt as _, ResponseReader};
use kate_errors::{
    CatalogOperation, KateError, KateErrorCode, QueryError, SubscribeError, TokenBalance,
};
use reqwest::RequestBuilder;

/// A row, and how a client reads the response of an operation that has it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row with values.
    pub error: KateError,
    /// The reader.
    pub reader: ResponseReader<KateError>,
}

/// All rows, in the order of the catalog.
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
        // One sentence: the operation tells them apart.
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

/// A client that waits for nothing longer than a test may take.
///
/// # Panics
///
/// The system has no networking to offer.
#[must_use]
pub fn http() -> reqwest::Client {
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(30))
        // Some servers close a connection after a fault, which a second request on it may meet.
        .pool_max_idle_per_host(0);
    client.build().expect("a client is made")
}

/// Sends a request that must be refused, and reads why.
///
/// # Panics
///
/// No answer comes, or the answer is no error.
pub async fn refused(
    request: RequestBuilder,
    reader: ResponseReader<KateError>,
) -> ErrorResponse<KateError> {
    let response = request.send().await.expect("an answer comes");
    response.error_for(reader).await.expect_err("the answer is an error")
}

/// The answer is this row, byte for byte and with its values.
///
/// # Panics
///
/// It is not.
pub fn assert_is_row(answer: &ErrorResponse<KateError>, row: &Row) {
    let expected = &row.error;
    assert_eq!(answer.known(), Some(expected), "{answer}");
    assert_eq!(answer.status(), expected.status(), "{answer}");
    assert_eq!(answer.raw_body(), &*expected.body(), "{answer}");
    assert_eq!(answer.notes(), [], "{answer}");
}
