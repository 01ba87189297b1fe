//! The settings of a catalog that readers of its responses need. Documents and pages have them, so that `import` restores
//! them.

use kate_errors_codegen::Catalog;
use kate_errors_model::envelope::Identity;
use serde_json::{Value, json};

/// Returns the member `wire` of a catalog, as it writes it, and its `reference`, if bodies are not the default.
pub(super) fn wire(catalog: &Catalog) -> Option<Value> {
    // The compiler has validated the templates.
    let template = |json: &String| -> Value { serde_json::from_str(json).unwrap_or_default() };
    let is_its = |(_, identity): &&(&str, Identity)| *identity == catalog.identity;
    let identity = Identity::ALL.iter().find(is_its).map(|(name, _)| *name);
    let mut wire = json!({ "body": template(&catalog.envelope), "identity": identity });
    if !catalog.older_envelopes.is_empty() {
        wire["reads"] = catalog.older_envelopes.iter().map(template).collect();
    }
    if let Some(status) = catalog.success {
        wire["status"] = status.into();
    }
    if let Some((name, value)) = &catalog.code_header {
        wire["header"] = json!({ name: value });
    }
    if catalog.media_type != "application/json" {
        wire["media_type"] = catalog.media_type.as_str().into();
    }
    if wire == json!({ "body": { "detail": "{detail}" }, "identity": "detail" }) {
        return None;
    }
    if let Some(reference) = &catalog.reference {
        wire["reference"] = reference.as_str().into();
    }
    Some(wire)
}
