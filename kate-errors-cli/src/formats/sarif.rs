//! Diagnostics as SARIF 2.1.0 (OASIS Standard), which code scanning services read.

use std::collections::HashMap;

use kate_errors_codegen::Diagnostic;
use kate_errors_codegen::diagnostic::Label;
use kate_errors_codegen::rule::Page;
use kate_errors_codegen::source::Source;
use serde_json::{Value, json};

use crate::catalog_file::CatalogFile;
use crate::failure::Failure;
use crate::formats::{ends, to_json, uri};
use crate::lock::rule::of_check as of_check_rules;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Returns the rules of `check`, and the results of all `files`.
pub(crate) fn of_check(files: &[CatalogFile]) -> (Vec<Value>, Vec<Value>) {
    let rules = of_check_rules().map(|it| rule(it.id, it.page, it.severity.name()));
    (rules.collect(), files.iter().flat_map(results).collect())
}

pub(crate) fn rule(id: &str, page: Page, level: &str) -> Value {
    json!({
        "id": id,
        "shortDescription": { "text": page.summary() },
        "help": { "text": page.help() },
        "defaultConfiguration": { "level": level },
    })
}

/// Renders a log with rules and results, and the reasons why other files could not be read.
pub(crate) fn log((rules, results): (Vec<Value>, Vec<Value>), failures: &[Failure]) -> String {
    let notifications = failures
        .iter()
        .map(|failure| json!({ "level": "error", "message": { "text": failure.to_string() } }));
    to_json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kate-errors",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": notifications.collect::<Vec<Value>>(),
            }],
            "results": results,
        }],
    }))
}

fn results(file: &CatalogFile) -> Vec<Value> {
    let mut seen = HashMap::new();
    file.diagnostics().map(|diagnostic| result(file, diagnostic, &mut seen)).collect()
}

fn result(file: &CatalogFile, diagnostic: &Diagnostic, seen: &mut HashMap<u64, usize>) -> Value {
    let index = of_check_rules().position(|rule| rule.id == diagnostic.rule.id);
    let related: Vec<Value> =
        diagnostic.related.iter().map(|label| labelled(file, label)).collect();
    json!({
        "ruleId": diagnostic.rule.id,
        "ruleIndex": index,
        "level": diagnostic.rule.severity.name(),
        "message": { "text": format!("{}; help: {}", diagnostic.message, diagnostic.help) },
        "locations": [labelled(file, &diagnostic.primary)],
        "relatedLocations": related,
        "partialFingerprints": { "kateErrors/v1": fingerprint(&file.compilation.source, diagnostic, seen) },
    })
}

/// Returns a location with its message.
pub(crate) fn labelled(file: &CatalogFile, label: &Label) -> Value {
    let [start, end] = ends(&file.compilation.source, label.span);
    let uri = uri::of_path(&uri::repository_path(&file.path_at(label.span)));
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
        "message": { "text": label.text },
    })
}

/// Returns a fingerprint that does not change when lines are added above: rule, text of the line, and occurrence.
fn fingerprint(source: &Source, diagnostic: &Diagnostic, seen: &mut HashMap<u64, usize>) -> String {
    let line = source.line_span(source.line_index(diagnostic.primary.span.start));
    let text = format!("{}\0{}\0", diagnostic.rule.id, source.slice(line).trim());
    let hash = kate_errors_codegen::fingerprint(&text);
    let count = seen.entry(hash).or_default();
    *count += 1;
    format!("{hash:016x}:{count}")
}
