//! The operations of the API, as methods of [`Client`].

use kate_errors::client::ResponseReader;
use kate_errors::{QueryError, SubscribeError, UploadArtifactError, UploadSpansError};
use serde_json::json;

use crate::client::Client;
use crate::failure::Failure;
use crate::types::{
    Accepted, Artifact, NewArtifact, Reply, Run, Span, Subscription, Token, Wallet,
};

/// All methods fail if no response arrives, or if the API responds with an error.
#[allow(clippy::missing_errors_doc, reason = "documented above, for all methods")]
impl Client {
    /// Creates a token that is valid for `seconds` seconds.
    pub async fn token(&self, seconds: u64) -> Result<Token, Failure> {
        let call = self.post("/auth/token").json(&json!({ "seconds": seconds }));
        self.response(call).await
    }

    /// Returns the caller's wallet.
    pub async fn wallet(&self) -> Result<Wallet, Failure> {
        self.response(self.get("/wallet")).await
    }

    /// Returns the caller's own artifacts, and all listed ones.
    pub async fn artifacts(&self) -> Result<Vec<Artifact>, Failure> {
        self.response(self.get("/artifacts")).await
    }

    /// Returns one artifact.
    pub async fn artifact(&self, id: u64) -> Result<Artifact, Failure> {
        self.response(self.get(&format!("/artifacts/{id}"))).await
    }

    /// Creates an empty artifact.
    pub async fn create_artifact(&self, new: &NewArtifact) -> Result<Artifact, Failure> {
        self.response(self.post("/artifacts").json(new)).await
    }

    /// Creates an artifact from a file.
    pub async fn upload(&self, new: &NewArtifact, file: Vec<u8>) -> Result<Artifact, Failure> {
        let reader = ResponseReader::new().operation::<UploadArtifactError>();
        let call = self.post("/artifacts/upload").query(new).body(file).reader(reader);
        self.response(call).await
    }

    /// Creates a draft from the artifact's source.
    pub async fn extract(&self, id: u64) -> Result<Artifact, Failure> {
        self.response(self.post(&format!("/artifacts/{id}/extraction"))).await
    }

    /// Deletes the draft.
    pub async fn discard_draft(&self, id: u64) -> Result<(), Failure> {
        self.done(self.delete(&format!("/artifacts/{id}/draft"))).await
    }

    /// Generates a cover.
    pub async fn generate_cover(&self, id: u64) -> Result<Artifact, Failure> {
        self.response(self.post(&format!("/artifacts/{id}/cover"))).await
    }

    /// Publishes the draft. If the artifact has no cover, one is generated, unless `generate_cover` is false.
    pub async fn publish(&self, id: u64, generate_cover: bool) -> Result<Artifact, Failure> {
        let call = self.post(&format!("/artifacts/{id}/publish"));
        self.response(call.json(&json!({ "generate_cover": generate_cover }))).await
    }

    /// Subscribes the caller to an artifact.
    pub async fn subscribe(&self, id: u64) -> Result<Subscription, Failure> {
        let reader = ResponseReader::new().operation::<SubscribeError>();
        self.response(self.post(&format!("/artifacts/{id}/subscribe")).reader(reader)).await
    }

    /// Sends a question to an artifact.
    pub async fn query(&self, id: u64, question: &str) -> Result<Reply, Failure> {
        let reader = ResponseReader::new().operation::<QueryError>();
        let call = self.post(&format!("/artifacts/{id}/query")).reader(reader);
        self.response(call.json(&json!({ "question": question }))).await
    }

    /// Starts a run of an agent.
    pub async fn create_run(&self, agent: u64) -> Result<Run, Failure> {
        self.response(self.post(&format!("/agents/{agent}/runs"))).await
    }

    /// Adds steps to a run.
    pub async fn upload_spans(
        &self,
        agent: u64,
        run: u64,
        spans: &[Span],
    ) -> Result<Accepted, Failure> {
        let reader = ResponseReader::new().operation::<UploadSpansError>();
        let call = self.post(&format!("/agents/{agent}/runs/{run}/spans")).reader(reader);
        self.response(call.json(&json!({ "spans": spans }))).await
    }

    /// Completes a run.
    pub async fn complete_run(&self, agent: u64, run: u64) -> Result<Run, Failure> {
        self.response(self.post(&format!("/agents/{agent}/runs/{run}/complete"))).await
    }
}
