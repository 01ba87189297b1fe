//! All errors of the catalog, each provoked by its real cause, as typed values.

use std::time::Duration;

use kate_client::tour::tour;
use kate_errors::{KateError, Note, TokenBalance};

use crate::process::Server;

fn expected() -> [KateError; 15] {
    [
        KateError::MissingAuthorizationHeader,
        KateError::InvalidApiKey,
        KateError::TokenExpired,
        KateError::ArtifactNotFound,
        KateError::ArtifactAlreadyHasADraft,
        KateError::CoverNotGenerated,
        KateError::ArtifactNotListed,
        KateError::FileTooLarge,
        KateError::SubscriptionInsufficientTokenBalance {
            context: Some(TokenBalance { required: 500, available: 120 }),
        },
        KateError::NoActiveSubscription,
        KateError::AlreadySubscribed,
        KateError::QueryInsufficientTokenBalance {
            context: Some(TokenBalance { required: 30, available: 20 }),
        },
        KateError::RunNotInRunningStatus,
        KateError::RunNotFound,
        KateError::RateLimitExceeded,
    ]
}

#[tokio::test]
async fn all_fifteen_rows_arrive_as_typed_values() {
    let server = Server::start(&[]);
    let mut received = Vec::new();
    tour(&server.client("bob"), |step| {
        let error = &step.error;
        let known = error.known().unwrap_or_else(|| panic!("{}: {error}", step.what)).clone();
        assert_eq!(error.status(), known.status(), "{}", step.what);
        assert_eq!(error.raw_body(), &*known.body(), "{}", step.what);
        // The catalog does not list this error for the operation, and the client notes that.
        let unlisted = [Note::OutOfScope { scope: "subscribe" }];
        let is_unlisted = known == KateError::ArtifactNotListed;
        assert_eq!(error.notes(), if is_unlisted { &unlisted[..] } else { &[] });
        for (name, value) in known.headers() {
            assert_eq!(error.headers()[name], *value, "{}", step.what);
        }
        let waits = error.retry_after();
        assert_eq!(waits.is_some(), known == KateError::RateLimitExceeded, "{}", step.what);
        assert!(waits.unwrap_or_default() <= Duration::from_mins(1));
        received.push(known);
    })
    .await
    .expect("the tour ends");
    assert_eq!(received, expected());
}

/// A second process finds what the first one has written, so the causes are facts of the database.
#[tokio::test]
async fn the_causes_outlive_the_process() {
    let folder = tempfile::tempdir().expect("a folder is made");
    let file = folder.path().join("kate.sqlite").display().to_string();
    let arguments = ["--database", &file];
    let mut first = Server::start(&arguments);
    first.client("bob").subscribe(2).await.expect("120 tokens are enough for 100");
    first.terminate();
    assert!(first.wait().success());

    let second = Server::start(&arguments);
    let failure = second.client("bob").subscribe(2).await.expect_err("once is enough");
    let kate_client::failure::Failure::Api(error) = failure else { panic!("{failure}") };
    assert_eq!(error.known(), Some(&KateError::AlreadySubscribed));
    assert_eq!(second.client("bob").wallet().await.expect("bob has a wallet").balance, 20);
}
