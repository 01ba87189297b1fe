//! Errors, and nothing else, for as many requests as are asked for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::cases::{Case, cases, prepare};
use crate::connection::Connection;
use crate::failure::Failure;
use crate::process::Server;

/// Connections at the same time.
const CONNECTIONS: u64 = 16;

/// What a server may grow by after it has warmed up, in KiB.
const GROWTH: u64 = 8 * 1024;

/// The longest that all requests may take.
const TIME: Duration = Duration::from_mins(4);

pub(crate) async fn run(requests: u64) -> Result<(), Failure> {
    let program = std::env::current_exe().map_err(Failure::io("finding the server"))?;
    let program = program.with_file_name("kate-server");
    let most = u32::MAX.to_string();
    let arguments = ["--seed", "--port", "0", "--requests-per-minute", &most];
    let server = Server::start(&program, &arguments)?;
    prepare(&mut Connection::open(&server.address).await?).await?;

    let all = tokio::time::timeout(TIME, async {
        // As many as it takes for pools and caches to be full.
        send(&server, requests / 4).await?;
        let before = server.memory()?;
        let begin = Instant::now();
        send(&server, requests).await?;
        Ok::<_, Failure>((before, begin.elapsed()))
    });
    let (before, time) = all.await.map_err(|_| Failure::TooSlow(TIME.as_secs()))??;
    let after = server.memory()?;
    println!(
        "{requests} errors over {CONNECTIONS} connections in {:.1} s, all answers right; \
         memory {before} KiB before, {after} KiB after",
        time.as_secs_f64()
    );
    let growth = after.saturating_sub(before);
    if growth > GROWTH { Err(Failure::Grown(growth)) } else { Ok(()) }
}

/// Sends the cases in turn, over all connections.
async fn send(server: &Server, requests: u64) -> Result<(), Failure> {
    let cases = Arc::new(cases());
    let mut tasks = Vec::new();
    for number in 0..CONNECTIONS {
        let connection = Connection::open(&server.address).await?;
        let share = requests / CONNECTIONS + u64::from(number < requests % CONNECTIONS);
        tasks.push(tokio::spawn(one(connection, Arc::clone(&cases), share)));
    }
    for task in tasks {
        task.await.map_err(|error| Failure::NotHttp(error.to_string()))??;
    }
    Ok(())
}

async fn one(mut connection: Connection, cases: Arc<Vec<Case>>, share: u64) -> Result<(), Failure> {
    let mut turn = cases.iter().cycle();
    for _ in 0..share {
        if let Some(case) = turn.next() {
            case.check(&connection.ask(&case.request).await?)?;
        }
    }
    Ok(())
}
