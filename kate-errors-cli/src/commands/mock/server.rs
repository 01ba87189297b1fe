//! The connections: how many there are, how long they take, and how much they send, is bounded.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use kate_errors_codegen::Catalog;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::reply::reply;

/// How many connections there are at once. Others wait. A process has a thousand files, where it has not asked for more.
const MAX_CONNECTIONS: usize = 900;

/// How many lines of the log wait to be printed. Those for which there is no place are left out.
const MAX_LINES: usize = 1024;

/// How long a connection may take in all.
const MAX_TIME: Duration = Duration::from_secs(60);

/// How long the head of a request may take.
const MAX_HEAD_TIME: Duration = Duration::from_secs(10);

/// How long the head of a request may be, in bytes.
const MAX_HEAD: usize = 32 * 1024;

/// How long a client may say nothing in the middle of a body.
const MAX_SILENCE: Duration = Duration::from_secs(1);

/// How long is waited where no connection can be taken, since files have run out.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers without end, and gives a line for each request.
pub(super) fn serve(listener: TcpListener, catalog: Arc<Catalog>) -> Receiver<String> {
    let (log, lines) = channel(MAX_LINES);
    tokio::spawn(async move {
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(PAUSE).await;
                continue;
            };
            let (catalog, log) = (Arc::clone(&catalog), log.clone());
            tokio::spawn(async move {
                // Clients may go away as they like.
                let _ = tokio::time::timeout(MAX_TIME, connection(stream, &catalog, &log)).await;
                drop(place);
            });
        }
    });
    lines
}

async fn connection(
    stream: TcpStream,
    catalog: &Catalog,
    log: &Sender<String>,
) -> Result<(), hyper::Error> {
    let service = service_fn(|request: Request<Incoming>| async move {
        let (head, body) = request.into_parts();
        tokio::spawn(drain(body));
        let (reply, what) = reply(catalog, &head);
        let line = format!("{} {} -> {} {what}", head.method, head.uri, reply.status().as_u16());
        // Who reads slowly misses lines, and keeps no client waiting.
        let _ = log.try_send(line);
        Ok::<_, Infallible>(reply)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(MAX_HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .await
}

/// Reads what a client sends beside the response, and forgets it: many clients look at no response before all is sent.
async fn drain(mut body: Incoming) {
    while let Ok(Some(Ok(_))) = tokio::time::timeout(MAX_SILENCE, body.frame()).await {}
}
