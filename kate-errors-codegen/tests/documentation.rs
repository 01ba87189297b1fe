//! docs/catalog.md lists every rule and type as their tables have them, and its example is a valid catalog.

use std::env;
use std::fs;
use std::path::Path;

use kate_errors_codegen::compile;
use kate_errors_codegen::envelope::SLOTS;
use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::rule::{RULES, Rule, Severity};
use kate_errors_model::envelope::profiles::PROFILES;
use kate_errors_model::types::{Field, SCALARS, TYPES, TypeInfo};

/// Returns the line of a rule in the table of docs/catalog.md.
fn line(rule: &Rule) -> String {
    let warning = if rule.severity == Severity::Warning { " *(warning)*" } else { "" };
    // A rule's page is two folders deep. The page about catalogs is in docs/ itself.
    let cell = |text: &str| text.replace('|', "\\|").replace("../../docs/catalog.md", "");
    let (summary, help) = (cell(rule.page.summary()), cell(rule.page.help()));
    let page = format!("../kate-errors-codegen/rules/{}.md", rule.id);
    format!("| [`{}`]({page}){warning} | {summary} | {help} |\n", rule.id)
}

/// Returns the line of a type in the table of docs/catalog.md.
fn type_line(ty: &TypeInfo) -> String {
    let field = match ty.field {
        Field::String => "`String`",
        Field::U64 => "`u64`",
        Field::I64 => "`i64`",
        Field::Bool => "`bool`",
        Field::Enum => "an enum",
    };
    format!("| `{}` | {field} | {} |\n", ty.name, ty.description)
}

/// Compares the lines of the table after `heading`, up to the next empty line, with the expected ones.
fn table(heading: &str, lines: impl Iterator<Item = String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalog.md");
    let page = fs::read_to_string(&path).expect("docs/catalog.md");
    let (before, rest) = page.split_once(heading).expect(heading);
    let (head, rest) = rest.split_once("|---|---|---|\n").expect("a table");
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    let lines: String = lines.collect();
    let expected = format!("{before}{heading}{head}|---|---|---|\n{lines}{}", &rest[end..]);
    if env::var_os("UPDATE_EXPECT").is_some() && page != expected {
        fs::write(&path, &expected).expect("docs/catalog.md can be written");
        println!("rewritten: {} in docs/catalog.md", heading.trim());
    } else {
        assert!(
            page == expected,
            "{heading} in docs/catalog.md is stale; run this test with UPDATE_EXPECT=1"
        );
    }
}

#[test]
fn the_page_lists_every_rule_and_type() {
    table("### Types\n", TYPES.iter().map(|ty| type_line(ty)));
    table("## Rules\n", RULES.iter().map(|rule| line(rule)));
}

/// Only a field of type `String` can contain a text that is not valid.
#[test]
fn the_page_says_what_is_sent_in_place_of_an_invalid_value() {
    let page = include_str!("../../docs/catalog.md").split_whitespace().collect::<Vec<_>>();
    let page = page.join(" ");
    for scalar in SCALARS.iter().filter(|scalar| scalar.info.field == Field::String) {
        let sent = format!("`{}` (`{}`)", scalar.stand_in, scalar.info.name);
        assert!(page.contains(&sent), "docs/catalog.md lacks {sent}");
    }
}

#[test]
fn the_page_lists_every_envelope() {
    let page = include_str!("../../docs/catalog.md");
    let (_, list) = page.split_once("The envelopes for `use` are").expect("the list");
    let (list, _) = list.split_once("Each is just").expect("its end");
    for profile in PROFILES {
        assert!(
            list.contains(&format!("`{}`", profile.name)),
            "docs/catalog.md lacks {}",
            profile.name
        );
    }
}

#[test]
fn the_page_lists_every_placeholder() {
    for page in [include_str!("../../docs/catalog.md"), include_str!("../src/envelope/mod.rs")] {
        let lines = page.lines().map(|line| line.trim_start_matches("//! "));
        let table = lines.skip_while(|line| !line.starts_with("| placeholder |")).skip(2);
        let cells = table.map_while(|line| line.strip_prefix("| ")?.split(" |").next());
        let cells: Vec<&str> = cells.flat_map(|cell| cell.split(", ")).collect();
        for (name, ..) in SLOTS {
            assert!(cells.contains(&&*format!("`{{{name}}}`")), "{name} is not in {cells:?}");
        }
    }
}

#[test]
fn the_report_in_the_readme_is_a_real_one() {
    let (_, report) =
        include_str!("../../README.md").split_once("```text\nerror[").expect("a report");
    let (report, _) = report.split_once("```").expect("its end");
    let page = include_str!("../rules/needs-quotes.md");
    assert!(page.contains(&format!("```text\nerror[{report}```\n")), "{report}");
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
    // The page mentions an enum of choices, and one of its variants.
    let params = catalog.rows.iter().flat_map(|row| &row.params);
    let mut choices = params.filter_map(|param| param.choices());
    let state = choices.next().expect("a parameter with choices");
    assert_eq!(state.type_name, "JobStateState");
    assert!(state.choices.iter().any(|choice| choice.variant == "TimedOut"), "{state:?}");
}

#[test]
fn the_example_without_a_code_has_the_body_that_the_page_shows() {
    let (_, section) = include_str!("../../docs/catalog.md")
        .split_once("### Errors without a code\n")
        .expect("the page has a section about them");
    let (_, example) = section.split_once("```yaml\n").expect("it has an example");
    let (example, text) = example.split_once("```").expect("the example ends");
    let catalog = format!(
        "catalog: Jobs\nallow_warnings: [unexplained-error]\nstatuses:\n  404: {{ name: Not Found, description: None }}\n  \
         409: {{ name: Conflict, description: Later }}\n{example}"
    );
    let compilation = compile("catalog.md", catalog.as_bytes());
    let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
    assert!(report.is_empty(), "{report}");
    let catalog = compilation.catalog().expect("a catalog without diagnostics");
    let [with, without] = &catalog.rows[..] else { panic!("two errors") };
    assert_eq!([with, without].map(|row| row.sent_code()), [Some("job_not_found"), None]);
    let body = catalog.body(without, without.detail.constant().expect("no values"), &[]);
    assert!(text.contains(&format!("`{body}`")), "{body}");
}

/// An envelope that is followed by an error, as most sections of the page show them, is a catalog with it.
#[test]
fn the_envelopes_of_the_page_fit_the_errors_after_them() {
    let page = include_str!("../../docs/catalog.md");
    let blocks: Vec<&str> =
        page.split("```yaml\n").skip(1).filter_map(|it| it.split("```").next()).collect();
    let mut count = 0;
    for pair in blocks.windows(2) {
        let [wire, error] = pair else { unreachable!() };
        if !(wire.starts_with("wire:") && error.starts_with("- code:")) {
            continue;
        }
        let statuses =
            [400, 402, 409, 429].map(|it| format!("  {it}: {{ name: N{it}, description: d }}\n"));
        let error = error.replace('\n', "\n      ");
        let catalog = format!(
            "catalog: Page\n{wire}statuses:\n{}sections:\n  - name: All\n    errors:\n      {error}",
            statuses.concat()
        );
        let compilation = compile("catalog.md", catalog.as_bytes());
        assert!(!compilation.has_errors(), "{catalog}\n{:#?}", compilation.diagnostics);
        count += 1;
    }
    assert!(count >= 4, "{count}");
}
