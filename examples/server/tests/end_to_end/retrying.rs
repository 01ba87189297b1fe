//! The client retries requests when that is allowed.

use kate_client::failure::Failure;
use kate_errors::KateError;

use crate::process::Server;

#[tokio::test]
async fn who_waits_as_long_as_the_server_says_is_served() {
    // After a burst of sixty, one request each second.
    let server = Server::start(&["--requests-per-minute", "60"]);
    let hasty = server.client("eve").with_retries(0);
    let refusal = loop {
        if let Err(failure) = hasty.wallet().await {
            break failure;
        }
    };
    let Failure::Api(error) = refusal else { panic!("{refusal}") };
    assert_eq!(error.known(), Some(&KateError::RateLimitExceeded));
    assert!(error.retry_after().is_some());

    let patient = server.client("eve").with_retries(5);
    assert_eq!(patient.wallet().await.expect("it is served in the end").balance, 0);
}
