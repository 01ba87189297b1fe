//! The page about catalogs lists every rule, as the table of rules has it.

use std::env;
use std::fs;
use std::path::Path;

use kate_errors_codegen::rule::{RULES, Rule, Severity};

/// The line of a rule in the table of docs/catalog.md.
fn line(rule: &Rule) -> String {
    let warning = if rule.severity == Severity::Warning { " *(warning)*" } else { "" };
    let cell = |text: &str| text.replace('|', "\\|");
    format!("| `{}`{warning} | {} | {} |\n", rule.id, cell(rule.summary), cell(rule.help))
}

#[test]
fn the_page_lists_every_rule() {
    const HEAD: &str = "|---|---|---|\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalog.md");
    let page = fs::read_to_string(&path).expect("docs/catalog.md");
    let start = page.rfind(HEAD).expect("the table of rules is the last one") + HEAD.len();
    let expected =
        format!("{}{}", &page[..start], RULES.iter().map(|rule| line(rule)).collect::<String>());
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &expected).expect("docs/catalog.md can be written");
    }
    let page = fs::read_to_string(&path).expect("docs/catalog.md");
    assert!(page == expected, "the rules in docs/catalog.md are stale; run this test with BLESS=1");
}
