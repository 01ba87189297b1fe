//! What a service has left of the body of a request.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Buf;
use http_body::Body;
use tokio::runtime::Handle;

use super::layer::Limits;

/// The place where the body and the answer of one request meet: only what is left once there is an answer is
/// thrown away, since a server that reads on before gives the client permission to send.
pub(super) struct Rest<B> {
    state: Arc<Mutex<State<B>>>,
    limits: Limits,
    // Whether the client waits for permission to send.
    waits: bool,
}

enum State<B> {
    /// The service is at work, and has the body or has read it.
    Served,
    /// The service has dropped the body, and has not answered.
    Left { body: B, is_begun: bool },
    /// The service has answered.
    Answered,
}

impl<B: Body + Send + Unpin + 'static> Rest<B> {
    pub(super) fn new(limits: Limits, waits: bool) -> Self {
        Self { state: Arc::new(Mutex::new(State::Served)), limits, waits }
    }

    /// The service has dropped the body before its end.
    pub(super) fn leave(&self, body: B, is_begun: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Answered => spawn(body, self.limits),
            _ => *state = State::Left { body, is_begun },
        }
    }

    /// The service has answered. Says whether the connection is of no use after this answer.
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

/// Receives the body beside all else. Without a runtime there is no connection either.
fn spawn<B: Body + Send + Unpin + 'static>(body: B, limits: Limits) {
    if let Ok(runtime) = Handle::try_current() {
        runtime.spawn(async move {
            // Whoever sends for longer than that has not been listening.
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
