//! `mcp`: a Model Context Protocol server with which agents look up errors.
//!
//! ```text
//! standard input ─ rmcp ─► call: tool and arguments ─► tools ─► text and JSON, or an error of errors.yaml
//! ```

mod tools;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData,
    Implementation, ListToolsResult, PaginatedRequestParams, ServerCapabilities, ServerConfig,
    Tool, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer, ServerInitializeError};
use rmcp::{ServerHandler, ServiceExt};

use crate::catalog_file;
use crate::cli::McpArguments;
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;
use tools::TOOLS;

/// The errors of the tools. Agents receive them like those of any API with a catalog.
#[kate_errors::catalog("src/commands/mcp/errors.yaml")]
pub(crate) enum ToolError {}

const INSTRUCTIONS: &str = "Explains the errors of an HTTP API by their catalog. When a request has failed, hand the \
whole response, or the line of the log, to `explain`; it says what went wrong, what to do, and whether to try again.";

pub(crate) fn run(arguments: &McpArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    if arguments.catalog.given().is_some_and(catalog_file::is_standard) {
        return Err(Failure::InputIsTaken);
    }
    if io::stdin().is_terminal() {
        terminal.err.note("waiting for a client of the Model Context Protocol on standard input");
    }
    let failed = |reason: String| Failure::Protocol { reason };
    // There is only one client, which waits for each result, so one thread is enough.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed(error.to_string()))?;
    let served = runtime.block_on(async {
        let server = Server { file: arguments.catalog.given().map(Path::to_owned) };
        let running = match server.serve(rmcp::transport::stdio()).await {
            // The client disconnected without a request.
            Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            begun => begun.map_err(|error| failed(error.to_string()))?,
        };
        running.waiting().await.map(drop).map_err(|error| failed(error.to_string()))
    });
    // Does not wait for a thread that may still read standard input.
    runtime.shutdown_background();
    served.map(|()| Verdict::Clean)
}

struct Server {
    /// The path of the catalog, if one was given.
    file: Option<PathBuf>,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let mut config = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        config.server_info = Implementation::new("kate-errors", env!("CARGO_PKG_VERSION"));
        config.with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(described).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tool = TOOLS.iter().find(|tool| tool.name == request.name);
        let unknown =
            || ErrorData::invalid_params(format!("no tool is called `{}`", request.name), None);
        let tool = tool.ok_or_else(unknown)?;
        let output = (tool.call)(self.file.as_deref(), request.arguments.unwrap_or_default());
        let result = match output {
            Ok(output) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(output.text)]);
                result.structured_content = Some(output.json);
                Ok(result)
            }
            Err(error) => serde_json::from_slice(&error.response().tool_result()),
        };
        let result = result.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        Ok(CallToolResponse::Complete(result))
    }
}

fn described(tool: &tools::Tool) -> Tool {
    let schema = Arc::new((tool.arguments)());
    let annotations = ToolAnnotations::with_title(tool.title).read_only(true).open_world(false);
    Tool::new(tool.name, tool.description, schema).with_annotations(annotations)
}
