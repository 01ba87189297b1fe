//! The page about catalogs lists every rule, as the table of rules has it, and its example is a catalog.

use std::env;
use std::fs;
use std::path::Path;

use kate_errors_codegen::catalog::ParamKind;
use kate_errors_codegen::compile;
use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::rule::{RULES, Rule, Severity};

/// The line of a rule in the table of docs/catalog.md.
fn line(rule: &Rule) -> String {
    let warning = if rule.severity == Severity::Warning { " *(warning)*" } else { "" };
    let cell = |text: &str| text.replace('|', "\\|");
    let (summary, help) = (cell(rule.page.summary()), cell(rule.page.help()));
    let page = format!("../kate-errors-codegen/rules/{}.md", rule.id);
    format!("| [`{}`]({page}){warning} | {summary} | {help} |\n", rule.id)
}

#[test]
fn the_page_lists_every_rule() {
    const HEAD: &str = "|---|---|---|\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalog.md");
    let page = fs::read_to_string(&path).expect("docs/catalog.md");
    let start = page.rfind(HEAD).expect("the table of rules is the last one") + HEAD.len();
    let expected =
        format!("{}{}", &page[..start], RULES.iter().map(|rule| line(rule)).collect::<String>());
    if env::var_os("UPDATE_EXPECT").is_some() && page != expected {
        fs::write(&path, &expected).expect("docs/catalog.md can be written");
        println!("rewritten: the table of rules in docs/catalog.md");
    }
    let page = fs::read_to_string(&path).expect("docs/catalog.md");
    assert!(
        page == expected,
        "the rules in docs/catalog.md are stale; run this test with UPDATE_EXPECT=1"
    );
}

#[test]
fn the_example_of_the_page_is_a_catalog() {
    let page = include_str!("../../docs/catalog.md");
    let (_, example) = page.split_once("```yaml\ncatalog: ").expect("the page has an example");
    let (example, _) = example.split_once("```").expect("the example ends");
    let compilation = compile("catalog.md", format!("catalog: {example}").as_bytes());
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    assert!(report.is_empty(), "{report}");
    let catalog = compilation.catalog().expect("a catalog without diagnostics");
    // The page names an enum of choices, and a variant of it.
    let params = catalog.rows.iter().flat_map(|row| &row.params);
    let mut choices = params.filter_map(|param| match &param.kind {
        ParamKind::OneOf(choices) => Some(choices),
        _ => None,
    });
    let state = choices.next().expect("a parameter with choices");
    assert_eq!(state.type_name, "JobStateState");
    assert!(state.choices.iter().any(|choice| choice.variant == "TimedOut"), "{state:?}");
}
