//! A tour of all errors of the API, each provoked by its real cause.

use std::time::Duration;

use kate_errors::client::ErrorResponse;
use kate_errors::{KateError, KateErrorCode};

use crate::client::{Client, Credentials};
use crate::failure::Failure;
use crate::types::{NewArtifact, Span};

/// The size of a file that is one byte too large.
const TOO_LARGE: usize = 20_000_001;

/// More requests than a server accepts in a minute.
const MANY: usize = 10_000;

/// An id that does not exist.
const NOBODY: u64 = 999_999_999;

/// One error of the tour.
#[derive(Debug)]
pub struct Step {
    /// What the request tried to do.
    pub what: &'static str,
    /// The error that came back.
    pub error: ErrorResponse<KateError>,
}

/// Why a tour ends early.
#[derive(Debug, thiserror::Error)]
pub enum TourError {
    /// A call failed that should have succeeded.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// A call succeeded that should have failed.
    #[error("{0}: the API accepts it")]
    Accepted(&'static str),
    /// The tour is over, and this error did not occur.
    #[error("the API never responded with {}", .0.as_str())]
    NotSeen(KateErrorCode),
}

/// Provokes every error of the API once, on a server that was started with `--seed`, and shows each. The
/// tour can be repeated on the same database.
///
/// # Errors
///
/// Fails if the server does not respond with every error.
pub async fn tour(anybody: &Client, mut show: impl FnMut(&Step)) -> Result<(), TourError> {
    let mut missing = KateErrorCode::ALL.to_vec();
    let mut see = |step: Step| {
        missing.retain(|code| Some(*code) != step.error.code());
        show(&step);
    };
    let with_key = |name: &str| {
        let credentials = Credentials::Key(format!("kate-demo-{name}"));
        anybody.with_credentials(credentials).with_retries(0)
    };
    let (ada, bob) = (with_key("ada"), with_key("bob"));
    credentials(&anybody.with_credentials(Credentials::None), &bob, &with_key("revoked"), &mut see)
        .await?;
    artifacts(&ada, &bob, &mut see).await?;
    shop(&bob, &mut see).await?;
    runs(&bob, &mut see).await?;
    see(hurry(&with_key("eve")).await?);
    missing.first().map_or(Ok(()), |code| Err(TourError::NotSeen(*code)))
}

async fn credentials(
    nobody: &Client,
    bob: &Client,
    revoked: &Client,
    see: &mut impl FnMut(Step),
) -> Result<(), TourError> {
    see(refused("a request without credentials", nobody.wallet().await)?);
    see(refused("a request with a key that is revoked", revoked.wallet().await)?);

    let token = bob.token(1).await?.token;
    tokio::time::sleep(Duration::from_millis(2100)).await;
    let late = bob.with_credentials(Credentials::Token(token));
    see(refused("a request with a token that lasted a second", late.wallet().await)?);
    Ok(())
}

async fn artifacts(
    ada: &Client,
    bob: &Client,
    see: &mut impl FnMut(Step),
) -> Result<(), TourError> {
    see(refused("an artifact that does not exist", bob.artifact(NOBODY).await)?);

    let new = NewArtifact { title: "Lichens".into(), subscription_price: 5, query_price: 1 };
    let artifact = ada.upload(&new, b"Lichens are two.".to_vec()).await?.id;
    ada.extract(artifact).await?;
    see(refused("a second extraction", ada.extract(artifact).await)?);
    see(refused("publishing without a cover", ada.publish(artifact, false).await)?);
    see(refused("subscribing before it is published", bob.subscribe(artifact).await)?);

    let file = vec![b'.'; TOO_LARGE];
    see(refused("an upload of more than 20 MB", ada.upload(&new, file).await)?);
    Ok(())
}

async fn shop(bob: &Client, see: &mut impl FnMut(Step)) -> Result<(), TourError> {
    // Both come from the seed. Bob can afford a subscription only to the second, and then none of its queries.
    let (dear, cheap) = (1, 2);
    see(refused("subscribing with too few tokens", bob.subscribe(dear).await)?);
    see(refused("a query without a subscription", bob.query(dear, "borrow").await)?);
    match bob.subscribe(cheap).await {
        // An earlier tour on the same database has subscribed already.
        Ok(_) => {}
        Err(Failure::Api(error)) if error.known() == Some(&KateError::AlreadySubscribed) => {}
        Err(other) => return Err(other.into()),
    }
    see(refused("subscribing twice", bob.subscribe(cheap).await)?);
    see(refused("a query with too few tokens", bob.query(cheap, "moon").await)?);
    Ok(())
}

async fn runs(bob: &Client, see: &mut impl FnMut(Step)) -> Result<(), TourError> {
    let agent = bob.wallet().await?.agent;
    let run = bob.create_run(agent).await?.id;
    let spans = [Span { name: "read the tables".into(), milliseconds: 12 }];
    bob.upload_spans(agent, run, &spans).await?;
    bob.complete_run(agent, run).await?;
    let late = bob.upload_spans(agent, run, &spans).await;
    see(refused("spans for a run that has ended", late)?);
    let lost = bob.upload_spans(agent, NOBODY, &spans).await;
    see(refused("spans for a run that does not exist", lost)?);
    Ok(())
}

async fn hurry(eve: &Client) -> Result<Step, TourError> {
    let what = "more requests in a minute than are served";
    for _ in 0..MANY {
        match eve.wallet().await {
            Ok(_) => {}
            refusal => return refused(what, refusal),
        }
    }
    Err(TourError::Accepted(what))
}

fn refused<T>(what: &'static str, outcome: Result<T, Failure>) -> Result<Step, TourError> {
    match outcome {
        Ok(_) => Err(TourError::Accepted(what)),
        Err(Failure::Api(error)) => Ok(Step { what, error }),
        Err(failure) => Err(failure.into()),
    }
}
