//! The script of the page, the policy that lets it run and no other, and the data it works on.

use data_encoding::BASE64;
use kate_errors_codegen::Catalog;
use maud::PreEscaped;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::super::tables::Tables;
use super::super::typescript;

/// Where the script finds the tables of the decoder, the names of statuses, and the routes of operations.
const TABLES: &str = "const { STATUSES, ROUTES, ...TABLES } = \
                      JSON.parse(document.getElementById(\"catalog-data\").textContent);\n";

/// The script: the same for every catalog.
///
/// The decoder is that of `generate typescript`, so that a page reads what a client reads.
pub(super) fn script() -> String {
    let (pasted, passages) = (include_str!("pasted.js"), include_str!("passages.js"));
    let parts = [include_str!("search.js"), include_str!("contents.js"), include_str!("page.js")];
    lines(&[TABLES, typescript::JAVASCRIPT_DECODER, passages, pasted, &parts.concat()].concat())
}

pub(super) fn style() -> String {
    lines(include_str!("page.css"))
}

/// A text with line breaks as browsers see them: they are hashed.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// The policy (CSP level 3): this script and these styles, and nothing from anywhere else.
pub(super) fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    )
}

/// The tables as JSON that neither ends the element it stands in nor begins a comment: `<` is escaped.
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
    let members = common.iter().map(|(name, value)| format!("\"{name}\":{value},\n"));
    let errors: Vec<String> = errors.into_iter().map(|row| Value::from(row).to_string()).collect();
    let text =
        format!("{{{}\"errors\":[\n{}\n]}}", members.collect::<String>(), errors.join(",\n"));
    PreEscaped(text.replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who changes `decoder.ts` makes `decoder.js` anew: `UPDATE_EXPECT=1 cargo xtask conformance html`.
    #[test]
    fn the_decoder_is_the_one_of_typescript() {
        let source = include_str!("../typescript/decoder.ts");
        let hash = BASE64.encode(&Sha256::digest(source));
        let first = typescript::JAVASCRIPT_DECODER.lines().next().unwrap_or_default();
        assert_eq!(first, format!("// Made from decoder.ts, sha256-{hash}. Do not edit."));
    }

    /// It would end the element that the script stands in, or begin what hides its end.
    #[test]
    fn the_script_and_the_style_stay_in_their_elements() {
        for text in [script(), style()] {
            let lower = text.to_lowercase();
            assert!(!lower.contains("</") && !lower.contains("<!--") && !lower.contains("<script"));
        }
    }
}
