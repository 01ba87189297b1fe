//! Messages in the style of many public APIs, in one catalog under one status. The expected diagnostics are
//! for people to read.
//!
//! `UPDATE_EXPECT=1 cargo test -p kate-errors-codegen --test published` rewrites the report.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kate_errors_codegen::compile;
use kate_errors_codegen::report::{Style, render};

/// Returns the type that a parameter of this name would be given.
fn kind(name: &str) -> &'static str {
    match name {
        "count" | "size" | "limit" | "port" | "status" => "{ type: u64 }",
        "offset" | "from" | "to" => "{ type: i64 }",
        "reason" | "value" | "fields" | "time" => "{ type: text }",
        "unit" => "{ one_of: [second, minute, day] }",
        "state" | "state_wanted" => "{ one_of: [queued, running, done] }",
        _ => "{ type: word }",
    }
}

fn catalog(messages: &str) -> String {
    let mut text = String::from(
        "catalog: Published\nstatuses:\n  400: { name: Bad Request, description: Any of them }\nsections:\n  \
         - name: All\n    errors:\n",
    );
    for (index, message) in messages.lines().enumerate() {
        let line = index + 1;
        let quoted = message.replace('"', "\\\"");
        let _ = write!(
            text,
            "      - code: line_{line}\n        status: 400\n        detail: \"{quoted}\"\n        \
             cause: It is the message of line {line}\n        fix: See line {line}\n"
        );
        let names: Vec<&str> =
            message.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        if !names.is_empty() {
            text.push_str("        params:\n");
        }
        for name in names {
            let _ = writeln!(text, "          {name}: {}", kind(name));
        }
    }
    text
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published")
}

#[test]
fn the_report_is_as_expected() {
    let messages = fs::read_to_string(folder().join("messages.txt")).unwrap();
    let compilation = compile("published.yaml", catalog(&messages).as_bytes());
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    let path = folder().join("report.expected");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &report).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == report, "expected:\n{expected}\nfound:\n{report}");
}
