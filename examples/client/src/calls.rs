//! The calls of the API.

use kate_errors::client::ResponseReader;
use kate_errors::{QueryError, SubscribeError, UploadArtifactError, UploadSpansError};
use serde_json::json;

use crate::client::Client;
use crate::failure::Failure;
use crate::types::{
    Accepted, Artifact, NewArtifact, Reply, Run, Span, Subscription, Token, Wallet,
};

/// All fail if no answer comes, and if the API answers with an error.
#[allow(clippy::missing_errors_doc, reason = "said above, for all of them")]
impl Client {
    /// A token that lasts so many seconds.
    pub async fn token(&self, seconds: u64) -> Result<Token, Failure> {
        let call = self.post("/auth/token").json(&json!({ "seconds": seconds }));
        self.answer(call).await
    }

    /// The caller's tokens.
    pub async fn wallet(&self) -> Result<Wallet, Failure> {
        self.answer(self.get("/wallet")).await
    }

    /// The caller's artifacts, and those that are listed.
    pub async fn artifacts(&self) -> Result<Vec<Artifact>, Failure> {
        self.answer(self.get("/artifacts")).await
    }

    /// One artifact.
    pub async fn artifact(&self, id: u64) -> Result<Artifact, Failure> {
        self.answer(self.get(&format!("/artifacts/{id}"))).await
    }

    /// A new artifact with nothing in it.
    pub async fn create_artifact(&self, new: &NewArtifact) -> Result<Artifact, Failure> {
        self.answer(self.post("/artifacts").json(new)).await
    }

    /// A new artifact that is made from a file.
    pub async fn upload(&self, new: &NewArtifact, file: Vec<u8>) -> Result<Artifact, Failure> {
        let reader = ResponseReader::new().operation::<UploadArtifactError>();
        let call = self.post("/artifacts/upload").query(new).body(file).reader(reader);
        self.answer(call).await
    }

    /// Makes a draft of the source.
    pub async fn extract(&self, id: u64) -> Result<Artifact, Failure> {
        self.answer(self.post(&format!("/artifacts/{id}/extraction"))).await
    }

    /// Throws the draft away.
    pub async fn discard_draft(&self, id: u64) -> Result<(), Failure> {
        self.done(self.delete(&format!("/artifacts/{id}/draft"))).await
    }

    /// Makes a cover.
    pub async fn generate_cover(&self, id: u64) -> Result<Artifact, Failure> {
        self.answer(self.post(&format!("/artifacts/{id}/cover"))).await
    }

    /// Publishes the draft; a cover is made if there is none and it may be.
    pub async fn publish(&self, id: u64, generate_cover: bool) -> Result<Artifact, Failure> {
        let call = self.post(&format!("/artifacts/{id}/publish"));
        self.answer(call.json(&json!({ "generate_cover": generate_cover }))).await
    }

    /// Subscribes the caller.
    pub async fn subscribe(&self, id: u64) -> Result<Subscription, Failure> {
        let reader = ResponseReader::new().operation::<SubscribeError>();
        self.answer(self.post(&format!("/artifacts/{id}/subscribe")).reader(reader)).await
    }

    /// Asks an artifact.
    pub async fn query(&self, id: u64, question: &str) -> Result<Reply, Failure> {
        let reader = ResponseReader::new().operation::<QueryError>();
        let call = self.post(&format!("/artifacts/{id}/query")).reader(reader);
        self.answer(call.json(&json!({ "question": question }))).await
    }

    /// Begins a run.
    pub async fn create_run(&self, agent: u64) -> Result<Run, Failure> {
        self.answer(self.post(&format!("/agents/{agent}/runs"))).await
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
        self.answer(call.json(&json!({ "spans": spans }))).await
    }

    /// Ends a run.
    pub async fn complete_run(&self, agent: u64, run: u64) -> Result<Run, Failure> {
        self.answer(self.post(&format!("/agents/{agent}/runs/{run}/complete"))).await
    }
}
