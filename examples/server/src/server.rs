//! Listening, and stopping without cutting anybody off.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

use crate::database::Database;
use crate::options::Options;
use crate::router::router;
use crate::seed::seed;
use crate::state::AppState;

/// A server that listens, and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The database cannot be opened, or is not one.
    #[error("cannot use the database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The system has no randomness for the secret of the tokens.
    #[error("no secret for the tokens: {0}")]
    Secret(#[from] getrandom::Error),
}

impl Server {
    /// Opens the database, and takes the address.
    ///
    /// # Errors
    ///
    /// The address is taken, the file is no database, or the system has no randomness.
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
        Ok(Self { listener, address, router: router(state) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` is done, and then what was begun.
    ///
    /// # Errors
    ///
    /// Those of the listener.
    pub async fn run_until(self, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        axum::serve(self.listener, self.router).with_graceful_shutdown(end).await
    }

    /// Answers until the process is asked to end.
    ///
    /// # Errors
    ///
    /// Those of the listener.
    pub async fn run_until_signal(self) -> io::Result<()> {
        self.run_until(signal()).await
    }
}

/// Ctrl-C, or a polite `kill`.
async fn signal() {
    let interrupt = async {
        // Where no signal can be heard, the process ends in another way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
