//! A server that sends scripted bytes, and counts them.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that any step takes, whatever a client does.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the server does on a connection, once it has read the head of the request. After the last step it closes.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes this many times, or until the client disconnects.
    Repeat(Vec<u8>, usize),
    /// Waits this long.
    Wait(Duration),
    /// Aborts the connection, as a machine does that loses power (a reset, RFC 9293).
    Reset,
}

/// Returns a step that sends bytes.
pub(crate) fn send(bytes: impl AsRef<[u8]>) -> Step {
    Step::Send(bytes.as_ref().to_vec())
}

/// Returns the steps of a response with a body and its length.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let head = head(status, &format!("content-length: {}\r\n{headers}", body.len()));
    vec![send(head), send(body)]
}

/// Returns the head of a response. Each of `headers` ends with a line break.
pub(crate) fn head(status: u16, headers: &str) -> String {
    format!(
        "HTTP/1.1 {status} Something\r\ncontent-type: application/json\r\nconnection: close\r\n\
         {headers}\r\n"
    )
}

/// A running server, which stops on drop.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    is_over: AtomicBool,
    connections: AtomicUsize,
    ended: AtomicUsize,
    written: AtomicUsize,
}

impl Server {
    /// Starts a server that does the same on each connection.
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self::with(move |_, _| steps.clone())
    }

    /// Starts a server that does what `script` returns for the number of the connection, from 0, and the request.
    pub(crate) fn with(script: impl Fn(usize, &str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let (script, shared) = (Arc::new(script), Arc::clone(&state));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let number = shared.connections.fetch_add(1, Ordering::SeqCst);
                let (script, state) = (Arc::clone(&script), Arc::clone(&shared));
                thread::spawn(move || {
                    serve(&mut stream.unwrap(), number, &*script, &state);
                    state.ended.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        Self { address, state }
    }

    /// Returns the URL of a path on the server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns the number of connections so far.
    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Waits until all connections are closed, and returns how many bytes the clients, or the system for
    /// them, have accepted.
    pub(crate) fn written(&self) -> usize {
        let start = Instant::now();
        while self.state.ended.load(Ordering::SeqCst) < self.connections() {
            assert!(start.elapsed() < 2 * PATIENCE, "a connection does not end");
            thread::sleep(Duration::from_millis(5));
        }
        self.state.written.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        // Wakes up the thread that accepts connections.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    stream: &mut TcpStream,
    number: usize,
    script: &dyn Fn(usize, &str) -> Vec<Step>,
    state: &State,
) {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        request.push(byte[0]);
    }
    for step in script(number, &String::from_utf8_lossy(&request)) {
        let (bytes, count) = match step {
            Step::Send(bytes) => (bytes, 1),
            Step::Repeat(bytes, count) => (bytes, count),
            Step::Wait(time) => {
                thread::sleep(time.min(PATIENCE));
                continue;
            }
            Step::Reset => {
                return socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO)).unwrap();
            }
        };
        for _ in 0..count {
            if stream.write_all(&bytes).is_err() {
                return;
            }
            state.written.fetch_add(bytes.len(), Ordering::SeqCst);
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}
