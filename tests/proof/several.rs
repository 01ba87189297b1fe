//! Catalogs with more than one mistake: each is reported, none hides another, and what is left out is counted.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::{Compilation, Diagnostic, compile};

const HEAD: &str = "catalog: Jobs\nstatuses:\n  404: { name: Not Found, description: None }\n  \
                    409: { name: Conflict, description: In the way }\n  \
                    410: { name: Gone, description: It was there }\n";

/// The compilation of rows, each a code and the fields that matter.
fn compiled(contexts: &str, rows: &[(&str, &str)]) -> Compilation {
    let mut yaml = format!("{HEAD}{contexts}sections:\n  - name: Jobs\n    errors:\n");
    for (code, fields) in rows {
        let texts = "cause: What leads to it is known, fix: Ask somebody";
        writeln!(yaml, "      - {{ code: {code}, {fields}, {texts} }}").unwrap();
    }
    compile("jobs.yaml", yaml.as_bytes())
}

/// The rules and messages of the findings.
fn found(compilation: &Compilation) -> Vec<(&'static str, &str)> {
    let pair = |finding: &'_ Diagnostic| finding.rule.id;
    let messages = compilation.diagnostics.iter().map(|finding| finding.message.as_str());
    compilation.diagnostics.iter().map(pair).zip(messages).collect()
}

#[test]
fn a_third_row_does_not_hide_that_a_retired_sentence_is_used_again() {
    let rows = [
        ("job_missing", "status: 404, detail: Job is gone"),
        ("job_gone", "status: 410, detail: Job is gone, retired: { reason: Moved }"),
        ("job_moved", "status: 409, detail: Job is gone"),
    ];
    let expected = [
        ("duplicate-detail", "the sentence “Job is gone” of a retired error is used again"),
        ("detail-under-two-statuses", "the sentence “Job is gone” stands under 409 and under 404"),
        ("duplicate-detail", "the sentence “Job is gone” of a retired error is used again"),
    ];
    let mut expected: Vec<(&str, &str)> = expected.into();
    let compilation = compiled("", &rows);
    let mut found = found(&compilation);
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_row_that_repeats_another_is_compared_with_what_it_has_of_its_own() {
    let contexts =
        "contexts:\n  since: { text: \"since {minutes} minutes\", params: { minutes: u64 } }\n";
    let rows = [
        ("job_is_running", "status: 409, detail: \"Job {id} is running\", params: { id: word }"),
        (
            "job_runs",
            "status: 409, detail: \"Job {id} is running\", params: { id: word }, context: since",
        ),
        (
            "job_runs_long",
            "status: 409, detail: \"Job {id} is running. since {age}\", params: { id: u64, age: text }",
        ),
    ];
    let compilation = compiled(contexts, &rows);
    let rules: Vec<&str> = found(&compilation).iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rules, ["duplicate-detail", "ambiguous-sentences"]);
}

/// Every pair of rows that clashes is shown in a finding, or named in one.
#[test]
fn no_clash_is_dropped_where_there_are_too_many_to_show() {
    // Few enough for a report, which has an end, and too many for all of them to be shown.
    const ROWS: usize = 18;
    let codes: Vec<String> = (0..ROWS).map(|index| format!("row_{index}")).collect();
    // Two halves: whatever begins like one row of the first ends like any of the second.
    let fields: Vec<String> = (0..ROWS)
        .map(|index| {
            let detail =
                if index % 2 == 0 { format!("w{index} {{b}}") } else { format!("{{b}}#w{index}") };
            let status = if index % 3 == 0 { 404 } else { 409 };
            format!("status: {status}, detail: \"{detail}\", params: {{ b: text }}")
        })
        .collect();
    let rows: Vec<(&str, &str)> =
        codes.iter().zip(&fields).map(|(code, fields)| (code.as_str(), fields.as_str())).collect();
    let compilation = compiled("", &rows);
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut counted = 0;
    for finding in &compilation.diagnostics {
        assert!(finding.rule.id.starts_with("ambiguous-"), "{finding:?}");
        let named: Vec<&str> = finding.message.split('`').skip(1).step_by(2).collect();
        let shown = match named[..] {
            [one, other] => Some((one, other)),
            _ => None,
        };
        let others = finding.not_shown.iter().flat_map(|not_shown| {
            not_shown.with.iter().map(|other| (not_shown.code.as_str(), other.as_str()))
        });
        for (one, other) in shown.into_iter().chain(others) {
            counted += 1;
            pairs.insert((one.min(other), one.max(other)));
        }
        assert!(finding.help.len() < 1_000, "{}", finding.help);
    }
    // No pair is named twice, and none is missing.
    assert_eq!((pairs.len(), counted), (ROWS / 2 * (ROWS / 2), ROWS / 2 * (ROWS / 2)));
    assert!(compilation.diagnostics.len() <= 100, "{}", compilation.diagnostics.len());
    assert!(compilation.diagnostics.iter().any(|finding| !finding.not_shown.is_empty()));
}
