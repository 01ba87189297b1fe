//! The connections: how many there are, how long they take, and how much of the head of a request they may send
//! is bounded.
//!
//! `axum::serve` would do without bounds; this is the same loop on hyper, with them.

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

/// How long the head of a request may be, in bytes.
const MAX_HEAD: usize = 64 * 1024;

/// How long a connection is used. Whoever is in the middle of a request then has [`GRACE`] for it.
const MAX_AGE: Duration = Duration::from_mins(5);

/// How long what was begun may take when a connection, or the server, is to end.
const GRACE: Duration = Duration::from_secs(30);

/// How long is waited where no connection can be taken, since files have run out.
const PAUSE: Duration = Duration::from_millis(50);

/// What clients may do to the server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many connections there are at once. Others wait.
    pub(crate) connections: usize,
    /// How long the head of a request may take and may not come, and how long nothing of an answer may be taken.
    pub(crate) idle_time: Duration,
}

/// Answers until `end` is done, and then what was begun.
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
    // Nobody may come any more, and all connections hear of it.
    drop((listener, server));
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _ = timeout(GRACE, places.acquire_many(all)).await;
}

/// Answers one client, until it goes, its time is over, or the server ends.
async fn connection(
    stream: TcpStream,
    router: Router,
    limits: Limits,
    mut server: watch::Receiver<()>,
) {
    // An answer is one write, and there is nothing to wait for.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.idle_time));
    let connection = Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle_time)
        .max_buf_size(MAX_HEAD)
        // Who has said everything may close that side, and listen.
        .half_close(true)
        .serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    tokio::select! {
        // Clients may go away as they like.
        _ = connection.as_mut() => return,
        _ = server.changed() => {}
        () = sleep(MAX_AGE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(GRACE, connection).await;
}
