//! Limits on connections: their number, their duration, and the size of the head of a request.
//!
//! `axum::serve` has no such limits; this is the same loop on hyper, with them.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// The maximum size of the head of a request, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// How long a connection is used. A request in progress then has [`GRACE`] to finish.
const MAX_AGE: Duration = Duration::from_mins(5);

/// How long a request in progress may take once its connection, or the server, is to close.
const GRACE: Duration = Duration::from_secs(30);

/// How long the server waits after a connection cannot be accepted, since file descriptors have run out.
const PAUSE: Duration = Duration::from_millis(50);

/// What clients may use of the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The maximum number of concurrent connections. Further ones wait.
    pub(crate) connections: usize,
    /// How long the head of a request may take, including the wait for it, and how long a client may read
    /// nothing of a response.
    pub(crate) idle_time: Duration,
}

/// Serves requests until `end` completes, then finishes those in progress.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let (server, _) = watch::channel(());
    let mut end = pin!(end);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            let (stream, _) = listener.accept().await.ok()?;
            Some((place, stream))
        };
        let next = tokio::select! {
            next = next => next,
            () = &mut end => break,
        };
        let Some((place, stream)) = next else {
            sleep(PAUSE).await;
            continue;
        };
        let connection = connection(stream, router.clone(), limits, server.subscribe());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    // Refuses new connections, and tells all open ones to shut down.
    drop((listener, server));
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _ = timeout(GRACE, places.acquire_many(all)).await;
}

/// Serves one client until it disconnects, its time is over, or the server stops.
async fn connection(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut server: watch::Receiver<()>,
) {
    // A response is a single write, so there is nothing to coalesce with it.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.idle_time));
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle_time)
        .max_buf_size(MAX_HEAD)
        // A client may close its side after it has sent everything, and still read.
        .half_close(true)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    tokio::select! {
        // A client may disconnect at any time.
        _ = connection.as_mut() => return,
        _ = server.changed() => {}
        () = sleep(MAX_AGE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(GRACE, connection).await;
}
