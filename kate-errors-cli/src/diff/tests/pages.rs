//! Checks the page of every rule in `rules/`.
//!
//! Each page has pairs of catalogs: some with the complete report of the rule, and near misses. The changes that
//! other rules find in them are in a snapshot. `UPDATE_EXPECT=1` rewrites the reports, the snapshot and the table of
//! docs/diff.md.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kate_errors_codegen::report::Style;
use kate_errors_codegen::rule::Example;

use super::{compare_reports, compare_table, compiled, is_update};
use crate::catalog_file::CatalogFile;
use crate::diff::rule::{RULES, Rule};
use crate::diff::show::Compared;
use crate::diff::{Finding, compare};

/// Rules whose pairs would be too large for a page. `laws` tests them.
const NOT_SHOWN: &[&str] = &["not-compared"];

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn file(name: &str, example: &Example) -> CatalogFile {
    let compilation = compiled(name, example.catalog().as_bytes());
    CatalogFile { path: name.into(), compilation }
}

/// Returns the pairs of a page.
fn pairs(rule: &Rule) -> Vec<[Example; 2]> {
    let examples = rule.page.examples();
    examples.chunks(2).map(|pair| <[Example; 2]>::try_from(pair.to_vec()).unwrap()).collect()
}

fn findings([old, new]: &[Example; 2]) -> Vec<Finding> {
    compare(&file("old.yaml", old).compilation, &file("new.yaml", new).compilation)
}

fn report([old, new]: &[Example; 2]) -> String {
    let (old, new) = (file("old.yaml", old), file("new.yaml", new));
    let findings = compare(&old.compilation, &new.compilation);
    Compared { old: &old, new: &new, findings }.text(Style::Plain)
}

#[test]
fn reports_are_as_the_pages_have_them() {
    let reports = |rule: &&Rule| {
        let failing = pairs(rule).into_iter().filter(|[_, new]| new.fails);
        let failing = failing.map(|pair| {
            let found = report(&pair);
            let [_, new] = pair;
            (new, found)
        });
        (rule.id, rule.page, failing.collect())
    };
    compare_reports(RULES.iter().map(reports));
}

#[test]
fn rules_find_what_they_should() {
    let mut complaints = String::new();
    for rule in RULES {
        for pair in pairs(rule) {
            let found = findings(&pair);
            if found.iter().any(|it| it.rule == *rule) != pair[1].fails {
                let rules: Vec<&str> = found.iter().map(|it| it.rule.id).collect();
                let what = if pair[1].fails { "does not find" } else { "finds" };
                let _ = writeln!(complaints, "{} {what} {rules:?}\n{}", rule.id, pair[1].shown);
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_rule_has_its_page() {
    let mut complaints = String::new();
    for rule in RULES {
        let page = rule.page;
        let title = format!("# {} ({}, {})\n", rule.id, rule.class.name(), rule.level.name());
        let pairs = pairs(rule);
        let has = |fails: bool| pairs.iter().any(|[_, new]| new.fails == fails);
        let is_help =
            |help: &str| help.starts_with(|it: char| !it.is_uppercase()) && !help.ends_with('.');
        let faults = [
            (page.text().starts_with(&title), "the title"),
            (page.summary().ends_with('.') && !page.summary().contains('\n'), "the first sentence"),
            (is_help(page.help()) && !page.help().contains('\n'), "what to do"),
            (!page.why().is_empty(), "why"),
            (has(true) != NOT_SHOWN.contains(&rule.id), "a pair in which it finds something"),
            (has(false), "a near miss"),
        ];
        for (_, what) in faults.iter().filter(|(is_right, _)| !is_right) {
            let _ = writeln!(complaints, "rules/{}.md: {what}", rule.id);
        }
    }
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    let of_locks = crate::lock::rule::RULES.iter().map(|rule| rule.id);
    let known: BTreeSet<&str> = ids.iter().copied().chain(of_locks).collect();
    let mut stray =
        files.filter(|path| !known.contains(&*path.file_stem().unwrap().to_string_lossy()));
    assert!(RULES.len() >= 40 && ids.len() == RULES.len());
    assert_eq!(stray.next(), None, "a page of no rule");
    assert!(complaints.is_empty(), "{complaints}");
}

/// Compares which rules find something in which pairs with the snapshot.
#[test]
fn cross_hits_are_known() {
    let mut hits = String::new();
    for rule in RULES {
        for (at, pair) in pairs(rule).iter().enumerate() {
            let found: BTreeSet<&str> = findings(pair).iter().map(|it| it.rule.id).collect();
            let kind = if pair[1].fails { "found" } else { "passes" };
            let found = found.into_iter().collect::<Vec<_>>().join(" ");
            let _ = writeln!(hits, "{} {kind} {}: {found}", rule.id, at + 1);
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/tests/cross_hits.txt");
    if is_update() {
        fs::write(&path, &hits).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), hits);
}

/// The documentation has an up-to-date table of rules.
#[test]
fn the_documentation_lists_every_rule() {
    let line = |rule: &&Rule| {
        let page = format!("../kate-errors-cli/rules/{}.md", rule.id);
        let cell = |text: &str| text.replace('|', "\\|");
        format!(
            "| [`{}`]({page}) | {} | {} | {} | {} |\n",
            rule.id,
            rule.class.name(),
            rule.level.name(),
            cell(rule.page.summary()),
            cell(rule.page.help())
        )
    };
    compare_table("docs/diff.md", 5, RULES.iter().map(line));
}
