//! Envelopes: the meaning of templates, and bodies that are read and written as `serde_json` would.

mod differential;
mod mutate;
mod oracle;
mod shapes;
mod templates;
