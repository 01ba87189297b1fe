//! The arguments of `mcp`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// Answer agents, by the Model Context Protocol
///
/// A server on standard input and output, which a client of the protocol starts. It has four tools: `explain` says what
/// a code, a status, a message or a whole response means, `search` finds errors by words, `list` lists them, and `check`
/// shows the mistakes of the catalog, or of a text that is to become it. It reads nothing but the catalog, its lock and
/// what it imports, and writes nothing. The catalog is read for each call, so an edit counts at once.
///
/// Exit status: 0 the client has ended the connection; 2 it never began one as the protocol wants it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors mcp
  kate-errors mcp docs/errors.yaml
  {\"mcpServers\": {\"errors\": {\"command\": \"kate-errors\", \"args\": [\"mcp\", \"docs/errors.yaml\"]}}}")]
pub(crate) struct McpArguments {
    /// The catalog [default: errors.yaml of this folder or one above it]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}
