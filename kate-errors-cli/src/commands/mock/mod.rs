//! `mock`: a server that responds with any error of a catalog, to test clients.
//!
//! ```text
//! connection ─ server ─► request ─ routes ─► operation, error ─► reply: status, header fields, body ─ cors ─►
//! ```

mod cors;
mod reply;
mod routes;
mod server;

use std::net::SocketAddr;
use std::sync::Arc;

use crate::catalog_file::CatalogFile;
use crate::cli::MockArguments;
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;
use crate::visible::visible;

pub(crate) fn run(arguments: &MockArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let file = CatalogFile::open(arguments.catalog.given(), terminal)?;
    let catalog = file.catalog(terminal)?;
    let address = SocketAddr::new(arguments.host, arguments.port);
    let listen = |reason| Failure::Listen { address, reason };
    // Replies are computed quickly, so one thread is enough.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(listen)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        terminal.out.print(&format!("http://{address}/\n"))?;
        terminal.err.note(&format!("serving {} errors", catalog.rows.len()));
        let mut log = server::serve(listener, Arc::new(catalog.clone()));
        while let Some(line) = log.recv().await {
            terminal.err.note(&visible(&line));
        }
        Ok(Verdict::Clean)
    })
}
