//! The rest of a request's body, which the service has not read.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Buf;
use http_body::Body;
use tokio::runtime::Handle;

use super::layer::Limits;

/// What the body and the response of one request share. The rest of a body is received only once there is a
/// response: a server that reads earlier gives the client permission to send.
pub(super) struct Rest<B> {
    state: Arc<Mutex<State<B>>>,
    limits: Limits,
    // Whether the client waits for permission to send (`Expect: 100-continue`).
    waits: bool,
}

enum State<B> {
    /// The service is running, and has the body or has read it.
    Served,
    /// The service has dropped the body, and has not responded.
    Left { body: B, is_begun: bool },
    /// The service has responded.
    Answered,
}

impl<B: Body + Send + Unpin + 'static> Rest<B> {
    pub(super) fn new(limits: Limits, waits: bool) -> Self {
        Self { state: Arc::new(Mutex::new(State::Served)), limits, waits }
    }

    /// Takes a body that the service has dropped before its end.
    pub(super) fn leave(&self, body: B, is_begun: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Answered => spawn(body, self.limits),
            _ => *state = State::Left { body, is_begun },
        }
    }

    /// Notes that the service has responded. Returns whether the connection must be closed after this response.
    pub(super) fn answered(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State::Left { body, is_begun } = std::mem::replace(&mut *state, State::Answered) else {
            return false;
        };
        let closes = (self.waits && !is_begun) || body.size_hint().lower() > self.limits.bytes;
        spawn(body, self.limits);
        closes
    }
}

/// Receives the body in the background. Without a runtime there is no connection either.
fn spawn<B: Body + Send + Unpin + 'static>(body: B, limits: Limits) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(async move {
            // A client that still sends after this time is not reading the response.
            let _ = tokio::time::timeout(limits.time, discard(body, limits.bytes)).await;
        });
    }
}

async fn discard<B: Body + Send + Unpin>(mut body: B, mut bytes: u64) {
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let length = frame.data_ref().map_or(0, Buf::remaining);
        match bytes.checked_sub(u64::try_from(length).unwrap_or(u64::MAX)) {
            Some(left) => bytes = left,
            None => return,
        }
    }
}

impl<B> Clone for Rest<B> {
    fn clone(&self) -> Self {
        Self { state: Arc::clone(&self.state), limits: self.limits, waits: self.waits }
    }
}

impl<B> fmt::Debug for Rest<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest").finish_non_exhaustive()
    }
}
