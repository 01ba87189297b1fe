//! Every rule fires where its page says so, and only there.
//!
//! A failing example on a page in `rules/` is a catalog and its complete report. In a passing example, the rule reports
//! nothing. `UPDATE_EXPECT=1 cargo test -p kate-errors-codegen --test rules` rewrites the reports and prints which ones
//! have changed. Read them before committing: a report is good if the person who made the mistake can correct it from
//! the report alone.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kate_errors_codegen::compile;
use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::rule::{Example, RULES, Rule};

/// Rules whose failing catalogs are too unwieldy for a page; `tests/generated_catalogs.rs` generates them.
const NOT_SHOWN: &[&str] =
    &["message-too-long", "not-utf8", "too-large", "too-many-diagnostics", "too-many-overlaps"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// Returns the report of an example. Characters that would be invisible on the page are shown by number.
fn report(example: &Example) -> String {
    let compilation = compile("errors.yaml", example.catalog().as_bytes());
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    let mut shown = String::new();
    for character in report.trim_end().chars() {
        let hidden = character != '\n' && character.is_whitespace() && character != ' ';
        let joins = matches!(character, '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}');
        if hidden || joins {
            let _ = write!(shown, "⟨U+{:04X}⟩", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown + "\n"
}

fn finds(rule: &Rule, example: &Example) -> bool {
    let compilation = compile("errors.yaml", example.catalog().as_bytes());
    compilation.diagnostics.iter().any(|diagnostic| diagnostic.rule == rule)
}

/// Returns the page with the compiler's current reports.
fn updated(rule: &Rule) -> String {
    let mut page = rule.page.text().to_owned();
    for example in rule.page.examples().iter().rev().filter(|example| example.fails) {
        let block = format!("\n```text\n{}```\n", report(example));
        page.replace_range(example.report_place.clone(), &block);
    }
    page
}

#[test]
fn reports_are_as_the_pages_have_them() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut stale = String::new();
    for rule in RULES {
        let examples = rule.page.examples();
        let failing = examples.iter().filter(|example| example.fails).enumerate();
        for (index, example) in failing.filter(|(_, it)| it.report != report(it)) {
            let _ = writeln!(stale, "rules/{}.md, failing example {}", rule.id, index + 1);
            if !update {
                let _ = writeln!(stale, "expected:\n{}found:\n{}", example.report, report(example));
            }
        }
        if update && updated(rule) != rule.page.text() {
            fs::write(folder().join(rule.id).with_extension("md"), updated(rule)).unwrap();
        }
    }
    if update && !stale.is_empty() {
        println!("rewritten:\n{stale}");
    }
    assert!(update || stale.is_empty(), "{stale}UPDATE_EXPECT=1 accepts what was found");
}

#[test]
fn rules_fire_where_they_should() {
    let mut complaints = String::new();
    for rule in RULES {
        for example in rule.page.examples().iter().filter(|it| it.fails != finds(rule, it)) {
            let what = if example.fails { "finds nothing in" } else { "finds something in" };
            let _ = writeln!(complaints, "{} {what}:\n{}", rule.id, example.catalog());
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_rule_has_its_page() {
    let mut complaints = String::new();
    for rule in RULES {
        let page = rule.page;
        let title = format!("# {} ({})\n", rule.id, rule.severity.name());
        let examples = page.examples();
        let has = |fails: bool| examples.iter().any(|example| example.fails == fails);
        let is_help =
            |help: &str| help.starts_with(|c: char| !c.is_uppercase()) && !help.ends_with('.');
        let faults = [
            (page.text().starts_with(&title), "the title"),
            (page.summary().ends_with('.') && !page.summary().contains('\n'), "the first sentence"),
            (is_help(page.help()) && !page.help().contains('\n'), "what to do"),
            (!page.why().is_empty(), "why"),
            (has(true) != NOT_SHOWN.contains(&rule.id), "a failing example"),
            (has(false), "a passing example"),
            (
                examples.iter().all(|example| example.fails || example.report.is_empty()),
                "its reports",
            ),
        ];
        for (_, what) in faults.iter().filter(|(is_right, _)| !is_right) {
            let _ = writeln!(complaints, "rules/{}.md: {what}", rule.id);
        }
    }
    let mut files: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.retain(|file| !RULES.iter().any(|rule| rule.id == file));
    assert!(complaints.is_empty() && files.is_empty(), "{complaints}pages of no rule: {files:?}");
}
