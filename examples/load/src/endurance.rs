//! The endurance test: a given number of requests, and an error on each.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::cases::{At, Case, cases, file, prepare};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::process::Server;

/// Concurrent connections to each server.
const CONNECTIONS: u64 = 16;

/// How much memory a server may gain after it has warmed up, in KiB.
const GROWTH: u64 = 8 * 1024;

/// The time limit for all requests. A run that takes longer has hung.
const TIME: Duration = Duration::from_mins(4);

/// A server without an effective rate limit, and one that lets one request through each minute.
struct Servers {
    open: Server,
    limited: Server,
    cases: Vec<Case>,
    file: Case,
    let_through: AtomicU64,
}

pub(crate) async fn run(requests: u64) -> Result<(), Failure> {
    let program = std::env::current_exe().map_err(Failure::io("finding the server"))?;
    let servers = Arc::new(Servers::start(&program.with_file_name("kate-server")).await?);
    let begin = Instant::now();
    let all = tokio::time::timeout(TIME, async {
        // Enough requests to fill pools and caches.
        send(&servers, requests / 4).await?;
        let before = servers.memory()?;
        let begin = Instant::now();
        send(&servers, requests).await?;
        Ok::<_, Failure>((before, begin.elapsed()))
    });
    let (before, time) = all.await.map_err(|_| Failure::TooSlow(TIME.as_secs()))??;
    let after = servers.memory()?;
    println!(
        "{requests} errors over {CONNECTIONS} connections in {:.1} s, all responses right; \
         memory {before} KiB before, {after} KiB after",
        time.as_secs_f64()
    );
    let let_through = servers.let_through.load(Ordering::Relaxed);
    if let_through > 1 + begin.elapsed().as_secs().div_ceil(60) {
        return Err(Failure::LetThrough(let_through));
    }
    let growth = after.saturating_sub(before);
    if growth > GROWTH { Err(Failure::Grown(growth)) } else { Ok(()) }
}

impl Servers {
    async fn start(program: &Path) -> Result<Self, Failure> {
        let start = |limit: &str| {
            let arguments = ["--seed", "--port", "0", "--requests-per-minute", limit];
            Server::start(program, &arguments)
        };
        let (open, limited) = (start(&u32::MAX.to_string())?, start("1")?);
        let expired = prepare(&mut Connection::to(&open.address)).await?;
        let cases = cases(&expired);
        Ok(Self { open, limited, cases, file: file(), let_through: AtomicU64::new(0) })
    }

    /// Returns the memory of both servers, in KiB.
    fn memory(&self) -> Result<u64, Failure> {
        Ok(self.open.memory()? + self.limited.memory()?)
    }

    /// Sends the cases in turn, and a file of 20 MB at the end.
    async fn ask(&self, requests: u64) -> Result<(), Failure> {
        let mut open = Connection::to(&self.open.address);
        let mut limited = Connection::to(&self.limited.address);
        let mut turn = self.cases.iter().cycle();
        for _ in 0..requests {
            let Some(case) = turn.next() else { break };
            let connection = match case.at {
                At::Open => &mut open,
                At::Limited => &mut limited,
            };
            let response = connection.ask(&case.request).await?;
            if matches!(case.at, At::Limited) && response.status.is_success() {
                self.let_through.fetch_add(1, Ordering::Relaxed);
            } else {
                case.check(&response)?;
            }
        }
        self.file.check(&open.ask(&self.file.request).await?)
    }
}

/// Sends this many requests, distributed over all connections.
async fn send(servers: &Arc<Servers>, requests: u64) -> Result<(), Failure> {
    let mut tasks = Vec::new();
    for number in 0..CONNECTIONS {
        let share = requests / CONNECTIONS + u64::from(number < requests % CONNECTIONS);
        let servers = Arc::clone(servers);
        tasks.push(tokio::spawn(async move { servers.ask(share).await }));
    }
    for task in tasks {
        task.await.map_err(|error| Failure::NotHttp(error.to_string()))??;
    }
    Ok(())
}
