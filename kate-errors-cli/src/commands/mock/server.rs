//! The connections. Their number, duration and input are bounded.

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

/// The maximum number of concurrent connections; others wait. By default, a process can open about a thousand files.
const MAX_CONNECTIONS: usize = 900;

/// The maximum number of log lines that wait to be printed. Further lines are dropped.
const MAX_LINES: usize = 1024;

/// The maximum duration of a connection.
const MAX_TIME: Duration = Duration::from_secs(60);

/// The time limit for the head of a request.
const MAX_HEAD_TIME: Duration = Duration::from_secs(10);

/// The maximum size of the head of a request, in bytes.
const MAX_HEAD: usize = 32 * 1024;

/// How long a client may pause in the middle of a body.
const MAX_SILENCE: Duration = Duration::from_secs(1);

/// The pause after a connection could not be accepted because there are too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves connections forever, and sends a log line for each request.
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
                // Clients may disconnect at any time.
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
        // If the log is read too slowly, lines are dropped; clients never wait for it.
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
