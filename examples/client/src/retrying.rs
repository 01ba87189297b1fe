//! Trying again what may be tried again, when it may be.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use reqwest::Method;

use crate::failure::Failure;

/// The longest that a person waits for a command without asking what is going on.
const PATIENCE: Duration = Duration::from_mins(1);

/// Does something until it succeeds, the answer says that it never will, or it was tried often enough.
pub(crate) async fn retrying<T, F: Future<Output = Result<T, Failure>>>(
    retries: usize,
    method: &Method,
    once: impl FnMut() -> F,
) -> Result<T, Failure> {
    once.retry(ExponentialBuilder::default().with_jitter().with_max_times(retries))
        .when(|failure| may_help(failure, method))
        .adjust(|failure, delay| match failure {
            // `None` says that there were enough tries.
            Failure::Api(error) => {
                delay.map(|delay| delay.max(error.retry_after().unwrap_or_default()))
            }
            Failure::Transport(_) => delay,
        })
        .notify(|failure, delay| eprintln!("{failure}; again in {} s", delay.as_secs_f32().ceil()))
        .await
}

fn may_help(failure: &Failure, method: &Method) -> bool {
    match failure {
        Failure::Transport(error) => error.is_connect(),
        Failure::Api(error) => {
            error.retry().allows(method) && error.retry_after().unwrap_or_default() <= PATIENCE
        }
    }
}
