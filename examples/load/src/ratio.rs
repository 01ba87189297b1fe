//! What an error of the catalog costs a server in comparison with a plain handler, in the same run.

use std::time::Duration;

use crate::cases::request;
use crate::connection::Connection;
use crate::failure::Failure;
use crate::process::Server;

/// Batches for each handler. The handlers take turns, so that other load on the machine affects all of them.
const ROUNDS: u32 = 5;

const PATHS: [&str; 3] = ["/plain", "/catalog", "/text"];

pub(crate) async fn run(batch: u64) -> Result<(), Failure> {
    let program = std::env::current_exe().map_err(Failure::io("finding myself"))?;
    let server = Server::start(&program, &["paths"])?;
    let mut connection = Connection::to(&server.address);
    let mut totals = [Duration::ZERO; PATHS.len()];
    for round in 0..=ROUNDS {
        for (path, total) in PATHS.iter().zip(&mut totals) {
            let time = time(&server, &mut connection, path, batch).await?;
            // The first round is the warm-up.
            if round > 0 {
                *total += time;
            }
        }
    }
    let [plain, catalog, text] = totals.map(|total| total.as_secs_f64());
    let each = |total: f64| {
        let count = f64::from(ROUNDS) * f64::from(u32::try_from(batch).unwrap_or(u32::MAX));
        total * 1e6 / count
    };
    println!("time of the server's processor for one error, connection and HTTP included:");
    println!("  plain `Json(json!(…))`            {:6.1} µs", each(plain));
    println!(
        "  catalog, within its layer         {:6.1} µs, {:.2} of plain",
        each(catalog),
        catalog / plain
    );
    println!(
        "  text that the layer replaces      {:6.1} µs, {:.2} of plain",
        each(text),
        text / plain
    );
    Ok(())
}

async fn time(
    server: &Server,
    connection: &mut Connection,
    path: &'static str,
    batch: u64,
) -> Result<Duration, Failure> {
    let request = request("GET", path, "", "");
    let before = server.processor_time()?;
    for _ in 0..batch {
        let response = connection.ask(&request).await?;
        if response.status.as_u16() != 402 {
            return Err(Failure::Wrong { case: path, response: response.status.to_string() });
        }
    }
    Ok(server.processor_time()?.saturating_sub(before))
}
