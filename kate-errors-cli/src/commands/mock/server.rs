//! The connections: how many there are, how long they take, and how much they send, is bounded.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use kate_errors_codegen::Catalog;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::reply::reply;

/// How many connections there are at once. Others wait.
const MAX_CONNECTIONS: usize = 64;

/// How long a connection may take in all.
const MAX_TIME: Duration = Duration::from_secs(60);

/// How long the head of a request may take.
const MAX_HEAD_TIME: Duration = Duration::from_secs(10);

/// How long the head of a request may be, in bytes. No body is read.
const MAX_HEAD: usize = 32 * 1024;

/// How long is waited where no connection can be taken, since files have run out.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers without end.
pub(super) async fn serve(listener: &TcpListener, catalog: &Arc<Catalog>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let catalog = Arc::clone(catalog);
        tokio::spawn(async move {
            // Clients may go away as they like.
            let _ = tokio::time::timeout(MAX_TIME, connection(stream, &catalog)).await;
            drop(place);
        });
    }
}

async fn connection(stream: TcpStream, catalog: &Catalog) -> Result<(), hyper::Error> {
    let service = service_fn(|request: Request<Incoming>| async move {
        let uri = request.uri();
        Ok::<_, Infallible>(reply(catalog, uri.path(), uri.query()))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await
}
