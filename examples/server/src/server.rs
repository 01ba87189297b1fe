//! Listening, and graceful shutdown.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

use crate::connections::{self, Limits};
use crate::database::Database;
use crate::options::Options;
use crate::router::{Times, router};
use crate::seed::seed;
use crate::state::AppState;

/// A server that listens, but does not serve requests yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    limits: Limits,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The server cannot listen on the address.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        source: io::Error,
    },
    /// The database cannot be opened, or the file is not a database.
    #[error("cannot use the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The system cannot provide randomness for the secret of the tokens.
    #[error("no secret for the tokens: {0}")]
    Secret(#[from] getrandom::Error),
}

impl Server {
    /// Opens the database, and binds the address.
    ///
    /// # Errors
    ///
    /// The address is in use, the file is not a database, or the system cannot provide randomness.
    pub async fn bind(options: &Options) -> Result<Self, StartError> {
        let database = Database::open(options.database.as_deref())?;
        if options.seed {
            seed(&database)?;
        }
        let state = AppState::new(database, options.requests_per_minute)?;
        let address = SocketAddr::new(options.host, options.port);
        let error = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(error)?;
        let address = listener.local_addr().map_err(error)?;
        let seconds = |count: NonZeroU16| Duration::from_secs(count.get().into());
        let (idle_time, request) =
            (seconds(options.idle_seconds), seconds(options.request_seconds));
        let limits = Limits { connections: options.max_connections.get().into(), idle_time };
        let router = router(state, Times { request, rest: idle_time });
        Ok(Self { listener, address, router, limits })
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves requests until `end` completes, then finishes those in progress.
    pub async fn run_until(self, end: impl Future<Output = ()>) {
        connections::serve(self.listener, self.router, self.limits, end).await;
    }

    /// Serves requests until the process receives Ctrl-C or, on Unix, `SIGTERM`. Signals count from the call, not only
    /// once the future is polled.
    pub fn run_until_signal(self) -> impl Future<Output = ()> {
        self.run_until(signal())
    }
}

/// Waits for Ctrl-C or `SIGTERM`. If a handler cannot be installed, the process has to be ended in another way.
#[cfg(unix)]
fn signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    // Installed at once: a loop that is busy with connections may poll the future late.
    let [interrupt, terminate] = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let received = |handler: std::io::Result<Signal>| async {
        match handler {
            Ok(mut handler) => drop(handler.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    async move {
        tokio::select! {
            () = received(interrupt) => {}
            () = received(terminate) => {}
        }
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
