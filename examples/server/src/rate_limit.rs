//! How many requests an agent may send in a minute.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kate_errors::{CatalogResponse, KateError};

use crate::credentials::Caller;
use crate::state::AppState;

/// A rate limit for each agent.
#[derive(Clone, Debug)]
pub struct RateLimit {
    limiter: Arc<DefaultKeyedRateLimiter<i64>>,
}

impl RateLimit {
    pub(crate) fn per_minute(requests: NonZeroU32) -> Self {
        Self { limiter: Arc::new(RateLimiter::keyed(Quota::per_minute(requests))) }
    }
}

/// Lets only as many requests through as the limit allows.
///
/// # Errors
///
/// The agent has sent too many requests; `Retry-After` says when the next one will be served.
pub async fn limit(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    request: Request,
    next: Next,
) -> Result<Response, CatalogResponse<KateError>> {
    if let Err(denied) = state.rate_limit.limiter.check_key(&caller.agent) {
        let wait = denied.wait_time_from(DefaultClock::default().now());
        return Err(KateError::RateLimitExceeded.response().retry_after(wait));
    }
    Ok(next.run(request).await)
}
