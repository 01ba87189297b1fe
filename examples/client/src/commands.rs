//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use serde::Serialize;

use crate::client::{Client, Credentials};
use crate::explanation::Explanation;
use crate::failure::Failure;
use crate::tour::{TourError, tour};
use crate::types::{NewArtifact, Span};

/// A client of the Kate API.
#[derive(Debug, Parser)]
#[command(name = "kate-client", version)]
pub struct Arguments {
    /// Where the API is.
    #[arg(long, env = "KATE_URL", default_value = "http://127.0.0.1:8000")]
    url: String,
    /// The key of an agent.
    #[arg(long, env = "KATE_API_KEY", hide_env_values = true)]
    api_key: Option<String>,
    /// A token of an agent, in place of its key.
    #[arg(long, env = "KATE_TOKEN", hide_env_values = true, conflicts_with = "api_key")]
    token: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Provoke all fifteen errors of a server that was started with `--seed`.
    Tour,
    /// Get a token.
    Token {
        /// How long it lasts.
        #[arg(default_value_t = 900)]
        seconds: u64,
    },
    /// Show the tokens in the wallet.
    Wallet,
    /// List artifacts.
    Artifacts,
    /// Make an artifact of a file.
    Upload {
        /// The file, of at most 20 MB.
        file: PathBuf,
        #[command(flatten)]
        new: New,
    },
    /// Make a draft of the source of an artifact.
    Extract { artifact: u64 },
    /// Throw the draft of an artifact away.
    Discard { artifact: u64 },
    /// Make a cover for an artifact.
    Cover { artifact: u64 },
    /// Publish an artifact.
    Publish {
        artifact: u64,
        /// Refuse if there is no cover.
        #[arg(long)]
        no_cover: bool,
    },
    /// Subscribe to an artifact.
    Subscribe { artifact: u64 },
    /// Ask an artifact.
    Query { artifact: u64, question: String },
    /// Begin a run.
    Run { agent: u64 },
    /// Add a step to a run.
    Span { agent: u64, run: u64, name: String, milliseconds: u32 },
    /// End a run.
    Complete { agent: u64, run: u64 },
}

#[derive(Args, Debug)]
struct New {
    #[arg(long)]
    title: String,
    /// Tokens for a subscription.
    #[arg(long, default_value_t = 0)]
    subscription_price: u32,
    /// Tokens for each query.
    #[arg(long, default_value_t = 0)]
    query_price: u32,
}

/// Why a command fails.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// A call failed.
    #[error("{}", explain(.0))]
    Call(#[from] Failure),
    /// The tour did not see all errors.
    #[error(transparent)]
    Tour(#[from] TourError),
    /// A file cannot be read.
    #[error("cannot read {path}: {source}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A response cannot be printed.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

fn explain(failure: &Failure) -> String {
    match failure {
        Failure::Transport(_) => failure.to_string(),
        Failure::Api(error) => Explanation(error).to_string(),
    }
}

impl Arguments {
    /// Runs the command that the command line names.
    ///
    /// # Errors
    ///
    /// The API refused a request or could not be reached, or a file could not be read.
    pub async fn run(self) -> Result<(), CommandError> {
        let credentials = match (self.api_key, self.token) {
            (Some(key), _) => Credentials::Key(key),
            (None, Some(token)) => Credentials::Token(token),
            (None, None) => Credentials::None,
        };
        let client = Client::new(&self.url, credentials)?;
        self.command.run(&client).await
    }
}

impl Command {
    async fn run(self, client: &Client) -> Result<(), CommandError> {
        match self {
            Self::Tour => {
                let mut number = 0;
                tour(client, |step| {
                    number += 1;
                    println!("{number}. {}\n{}\n", step.what, Explanation(&step.error));
                })
                .await?;
                println!("all {number} errors seen");
                Ok(())
            }
            Self::Token { seconds } => show(&client.token(seconds).await?),
            Self::Wallet => show(&client.wallet().await?),
            Self::Artifacts => show(&client.artifacts().await?),
            Self::Upload { file, new } => {
                let New { title, subscription_price, query_price } = new;
                let content = std::fs::read(&file)
                    .map_err(|source| CommandError::File { path: file, source })?;
                let new = NewArtifact { title, subscription_price, query_price };
                show(&client.upload(&new, content).await?)
            }
            Self::Extract { artifact } => show(&client.extract(artifact).await?),
            Self::Discard { artifact } => Ok(client.discard_draft(artifact).await?),
            Self::Cover { artifact } => show(&client.generate_cover(artifact).await?),
            Self::Publish { artifact, no_cover } => {
                show(&client.publish(artifact, !no_cover).await?)
            }
            Self::Subscribe { artifact } => show(&client.subscribe(artifact).await?),
            Self::Query { artifact, question } => show(&client.query(artifact, &question).await?),
            Self::Run { agent } => show(&client.create_run(agent).await?),
            Self::Span { agent, run, name, milliseconds } => {
                show(&client.upload_spans(agent, run, &[Span { name, milliseconds }]).await?)
            }
            Self::Complete { agent, run } => show(&client.complete_run(agent, run).await?),
        }
    }
}

fn show(response: &impl Serialize) -> Result<(), CommandError> {
    println!("{}", serde_json::to_string_pretty(response)?);
    Ok(())
}
