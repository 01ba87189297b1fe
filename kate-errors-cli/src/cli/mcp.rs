//! The arguments of `mcp`.

use clap::Args;

use super::catalog::{CatalogArguments, FILE_ONLY};

/// Explain errors to agents over the Model Context Protocol
///
/// The command is a server on standard input and output, which a client of the protocol starts. It has four tools:
/// `explain` says what a code, a status, a message or a response means, `search` finds errors by words, `list` lists
/// them, and `check` reports the mistakes of the catalog, or of a text that will become one. It only reads the catalog,
/// its lock and its imports, and writes nothing. Each call reads the catalog again, so edits take effect at once.
///
/// Exit status: 0 the client closed the connection; 2 wrong usage, or the client does not follow the
/// protocol.
#[derive(Debug, Args)]
#[command(mut_arg("file", |file| file.help(FILE_ONLY)), after_help = "\
Examples:
  kate-errors mcp
  kate-errors mcp --file docs/errors.yaml
  {\"mcpServers\": {\"errors\": {\"command\": \"kate-errors\", \"args\": [\"mcp\", \"--file\", \"docs/errors.yaml\"]}}}")]
pub(crate) struct McpArguments {
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
}
