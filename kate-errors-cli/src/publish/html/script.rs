//! The script of the page, the policy that allows only this script, and its data.

use data_encoding::BASE64;
use kate_errors_codegen::Catalog;
use maud::PreEscaped;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::super::tables::Tables;
use super::super::typescript;
use super::super::wire::wire;

/// Reads the tables of the decoder, the names of statuses, and the routes of operations.
const TABLES: &str = "const { STATUSES, ROUTES, ...TABLES } = \
                      JSON.parse(document.getElementById(\"catalog-data\").textContent);\n";

/// Returns the script, which is the same for every catalog.
///
/// It contains the decoder of `generate typescript`, so the page reads responses as clients do.
pub(super) fn script() -> String {
    let parts = [
        TABLES,
        typescript::JAVASCRIPT_DECODER,
        include_str!("passages.js"),
        include_str!("messages.js"),
        include_str!("pasted.js"),
        include_str!("search.js"),
        include_str!("contents.js"),
        include_str!("page.js"),
    ];
    lines(&parts.concat())
}

pub(super) fn style() -> String {
    lines(include_str!("page.css"))
}

/// Normalizes line breaks as browsers do before they hash a text.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// Returns the Content Security Policy (CSP level 3): only this script and these styles, and nothing from elsewhere.
pub(super) fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    )
}

/// Returns the tables as JSON. `<` is escaped, so that they neither end their element nor begin a comment.
pub(super) fn data(catalog: &Catalog) -> PreEscaped<String> {
    let Tables { mut common, errors } = Tables::of(catalog);
    let statuses = catalog.statuses.iter();
    let statuses: Map<String, Value> =
        statuses.map(|status| (status.code.to_string(), json!(status.name))).collect();
    common.insert("STATUSES".to_owned(), statuses.into());
    let operations = catalog.operations.iter();
    let routes: Map<String, Value> =
        operations.map(|it| (it.name.clone(), json!([it.method, it.path]))).collect();
    common.insert("ROUTES".to_owned(), routes.into());
    common.extend(wire(catalog).map(|wire| ("wire".to_owned(), wire)));
    let members = common.iter().map(|(name, value)| format!("\"{name}\":{value},\n"));
    let errors: Vec<String> = errors.into_iter().map(|row| Value::from(row).to_string()).collect();
    let text =
        format!("{{{}\"errors\":[\n{}\n]}}", members.collect::<String>(), errors.join(",\n"));
    PreEscaped(text.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After a change of `decoder.ts`, generate `decoder.js`: `UPDATE_EXPECT=1 cargo xtask conformance html`.
    #[test]
    fn the_decoder_is_the_one_of_typescript() {
        let source = include_str!("../typescript/decoder.ts");
        let hash = BASE64.encode(&Sha256::digest(source));
        let first = typescript::JAVASCRIPT_DECODER.lines().next().unwrap_or_default();
        assert_eq!(first, format!("// Made from decoder.ts, sha256-{hash}. Do not edit."));
    }

    /// These texts would end the element, or begin a comment that hides its end.
    #[test]
    fn the_script_and_the_style_stay_in_their_elements() {
        for text in [script(), style()] {
            let lower = text.to_lowercase();
            assert!(!lower.contains("</") && !lower.contains("<!--") && !lower.contains("<script"));
        }
    }
}
