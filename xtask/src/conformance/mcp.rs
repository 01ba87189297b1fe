//! `kate-errors mcp`, used by the client of the protocol's JavaScript SDK.

use super::CATALOGS;
use super::tools::Tools;
use crate::workspace::{Error, root, run_shown};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    for (_, catalog) in CATALOGS {
        let server = tools.command(&["mcp", catalog]);
        let mut node = tools.script("mcp/client.mjs");
        node.arg(server.get_program()).args(server.get_args()).current_dir(root());
        run_shown(&mut node)?;
    }
    Ok(())
}
