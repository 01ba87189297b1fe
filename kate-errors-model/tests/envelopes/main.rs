//! Envelopes: what a template means, and whether bodies are read and written as `serde_json` would.

mod differential;
mod mutate;
mod oracle;
mod shapes;
mod templates;
