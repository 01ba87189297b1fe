//! Checks the page of every rule: its catalogs are released one after the other, and the last one is checked.
//!
//! `UPDATE_EXPECT=1` rewrites the reports and the table of docs/lock.md.

use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::rule::{Example, Rule};
use kate_errors_codegen::{Compilation, compile};

use super::rule::{LOCK_REUSED_MEMBER, RULES};
use super::{Lock, of_catalog, reuse};
use crate::diff::tests::{catalogs, compare_reports, compare_table, compiled};

/// Returns the histories of a page: consecutive catalogs up to one with a report, or up to the end of a section.
fn histories(rule: &Rule) -> Vec<Vec<Example>> {
    let mut histories: Vec<Vec<Example>> = Vec::new();
    for example in rule.page.examples() {
        match histories.last_mut() {
            Some(last)
                if last
                    .last()
                    .is_some_and(|it| !has_report(rule, it) && it.fails == example.fails) =>
            {
                last.push(example);
            }
            _ => histories.push(vec![example]),
        }
    }
    histories
}

fn has_report(rule: &Rule, example: &Example) -> bool {
    rule.page.text()[example.report_place.clone()].contains("```text")
}

/// Compiles the newest catalog of a history, with the diagnostics of its lock.
fn checked(history: &[Example]) -> Compilation {
    let compiled = |example: &Example| compiled("errors.yaml", example.catalog().as_bytes());
    let (now, released) = history.split_last().unwrap();
    let mut lock = Lock::default();
    for (example, release) in released.iter().zip(["1.0", "2.0", "3.0"]) {
        lock.record(release, &of_catalog(compiled(example).catalog().unwrap()));
    }
    // The lock survives a round trip as text.
    let lock = Lock::read(&lock.text()).unwrap();
    let mut now = compiled(now);
    now.add(reuse(&lock, &now));
    now
}

#[test]
fn reports_are_as_the_pages_have_them() {
    let reports = |rule: &&'static Rule| {
        let mut failing = Vec::new();
        for mut history in histories(rule) {
            let now = checked(&history);
            let is_found = now.diagnostics.iter().any(|it| it.rule == *rule);
            let last = history.remove(history.len() - 1);
            assert_eq!(is_found, last.fails, "{}: {}", rule.id, last.shown);
            let found = render(&now.source, &now.diagnostics, Style::Plain);
            failing.extend(last.fails.then(|| (last, found.trim_end().to_owned() + "\n")));
        }
        (rule.id, rule.page, failing)
    };
    compare_reports(RULES.iter().map(reports));
}

#[test]
fn every_rule_has_its_page() {
    for rule in RULES {
        let page = rule.page;
        assert!(page.text().starts_with(&format!("# {} (error)\n", rule.id)), "{}", rule.id);
        assert!(page.summary().ends_with('.') && !page.help().is_empty() && !page.why().is_empty());
        // A damaged lock cannot be shown with catalogs.
        if **rule == super::rule::LOCK_DAMAGED {
            continue;
        }
        let has = |fails| histories(rule).iter().any(|it| it[0].fails == fails);
        assert!(has(true) && has(false), "{}", rule.id);
    }
}

/// The documentation has an up-to-date table of rules.
#[test]
fn the_documentation_lists_every_rule() {
    let line = |rule: &&Rule| {
        let page = format!("../kate-errors-cli/rules/{}.md", rule.id);
        format!("| [`{}`]({page}) | {} | {} |\n", rule.id, rule.page.summary(), rule.page.help())
    };
    compare_table("docs/lock.md", 3, RULES.iter().map(line));
}

/// A lock survives a round trip as text, and has no complaints about its own catalog.
#[test]
fn every_catalog_has_a_lock() {
    for (path, text) in catalogs() {
        let compilation = compiled("errors.yaml", &text);
        let now = of_catalog(compilation.catalog().unwrap());
        let mut lock = Lock::default();
        lock.record("1.0", &now);
        let read = Lock::read(&lock.text()).unwrap();
        assert_eq!((&read.facts, &read.releases), (&lock.facts, &lock.releases));
        assert_eq!(read.changes(&now), [Vec::<&super::Fact>::new(), Vec::new()]);
        assert_eq!(reuse(&read, &compilation), [], "{}", path.display());
        // Every error has a message in the lock.
        let templates = lock.facts.keys().filter(|fact| fact.kind == super::Kind::Message).count();
        assert!(templates >= compilation.catalog().unwrap().rows.len(), "{}", path.display());
    }
}

const HEAD: &str = "catalog: Jobs\nstatuses:\n  404: { name: Not Found, description: Nothing }\nsections:\n  - name: Jobs\n    \
                cause: It ended\n    fix: Wait\n    errors:\n";

/// Hundreds of unused messages, and hundreds of new ones that each can match.
#[test]
fn there_is_a_limit_to_what_is_compared() {
    let by_code = "wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code }\n";
    let old = |at| {
        format!(
            "      - {{ code: old_{at}, status: 404, detail: \"Job {{id}} is {{state}}\", params: {{ id: u64, state: {{ \
             one_of: [up, down {at}] }} }} }}\n"
        )
    };
    let new = |at| format!("      - {{ code: new_{at}, status: 404, detail: Job {at} is up }}\n");
    let old = by_code.to_owned() + HEAD + &(0..330).map(old).collect::<String>();
    let new = HEAD.to_owned() + &(0..330).map(new).collect::<String>();
    let mut lock = Lock::default();
    lock.record("1.0", &of_catalog(compile("old.yaml", old.as_bytes()).catalog().unwrap()));
    lock.record("2.0", &std::collections::BTreeSet::new());
    let found = reuse(&lock, &compile("new.yaml", new.as_bytes()));
    assert!(found.iter().any(|it| it.rule.id == "too-many-overlaps"), "{}", found.len());
}

/// All errors of a catalog are replaced by as many others. Takes minutes if something is quadratic.
#[test]
fn a_catalog_may_be_replaced() {
    let catalog = |name: &str| {
        let error = |at| {
            format!(
                "      - {{ code: {name}_{at}, status: 404, detail: \"{name} {at} of {{id}}\", params: {{ id: u64 }} }}\n"
            )
        };
        compile(
            "errors.yaml",
            (HEAD.to_owned() + &(0..3_000).map(error).collect::<String>()).as_bytes(),
        )
    };
    let (before, mut after) = (catalog("job"), catalog("task"));
    let mut lock = Lock::default();
    lock.record("1.0", &of_catalog(before.catalog().unwrap()));
    let lock = Lock::read(&lock.text()).unwrap();
    after.add(reuse(&lock, &after));
    assert_eq!((after.diagnostics.len(), after.diagnostics[100].omitted), (101, 2_900));
}

/// A member with a value of the message can get another one if the message identifies the error.
#[test]
fn clients_read_what_is_in_the_message_from_there() {
    let catalog = |wire: &str, error: &str| {
        let text = format!(
            "catalog: Jobs\nwire: {{ body: {{ code: \"{{code}}\", detail: \"{{detail}}\", values: \"{{params}}\" }}{wire} }}\n\
             statuses: {{ 404: {{ name: Not Found, description: There is no such job }} }}\n\
             sections:\n  - name: Jobs\n    cause: It ended\n    fix: List jobs\n    errors:\n      \
             - {{ code: failed, status: 404, {error} }}\n"
        );
        compiled("errors.yaml", text.as_bytes())
    };
    for (wire, is_reported) in [("", false), (", identity: code", true)] {
        let mut lock = Lock::default();
        let before = ["detail: \"Failed on {host}\", params: { host: word }", "detail: It failed"];
        for (error, release) in before.into_iter().zip(["1.0", "2.0"]) {
            lock.record(release, &of_catalog(catalog(wire, error).catalog().unwrap()));
        }
        let now =
            "detail: \"Failed at {address}\", params: { address: { type: word, member: host } }";
        let found = reuse(&lock, &catalog(wire, now));
        let is_found = found.iter().any(|it| *it.rule == LOCK_REUSED_MEMBER);
        assert_eq!(is_found, is_reported, "{wire}: {found:#?}");
    }
}
