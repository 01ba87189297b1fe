//! Retrying: which failed calls are sent again, and when.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable as _};
use reqwest::Method;

use crate::failure::Failure;

/// The longest wait before a retry: longer than this, a user would think that the command hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Calls `once` until it succeeds, fails in a way that a retry cannot help, or has been retried `retries` times.
pub(crate) async fn retrying<T, F: Future<Output = Result<T, Failure>>>(
    retries: usize,
    method: &Method,
    once: impl FnMut() -> F,
) -> Result<T, Failure> {
    once.retry(ExponentialBuilder::default().with_jitter().with_max_times(retries))
        .when(|failure| may_help(failure, method))
        .adjust(|failure, delay| match failure {
            // `None` means that there are no retries left.
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
