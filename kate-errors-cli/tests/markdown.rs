//! `generate markdown`: the page is the reference page of the Kate API, cell by cell, and texts of a catalog are
//! text in it.

mod common;

#[path = "../../tests/hostile/catalogs.rs"]
mod hostile;
#[path = "../../tests/hostile/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::path::Path;

use common::Sandbox;
use hostile::{HOSTILE, Texts};
use pages::texts;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The text of the reference page of the Kate API.
const PAGE: &str = include_str!("../../tests/fixtures/reference-page.txt");

/// The visible parts of a page: headings and paragraphs, and the cells of each row of a table.
#[derive(Debug, PartialEq)]
enum Seen {
    Heading(HeadingLevel, String),
    Paragraph(String),
    Code(String),
    Row(Vec<String>),
}

/// The markup of a page, beside what is visible.
#[derive(Debug, Default)]
struct Markup {
    html: BTreeSet<String>,
    links: BTreeSet<String>,
    others: BTreeSet<String>,
}

fn read(page: &str) -> (Vec<Seen>, Markup) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT;
    let (mut seen, mut markup, mut text, mut row) =
        (Vec::new(), Markup::default(), String::new(), Vec::new());
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                markup.links.insert(dest_url.into_string());
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::Table(_)
                | Tag::HtmlBlock
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            Event::Start(other) => {
                markup.others.insert(format!("{other:?}"));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                markup.html.insert(html.into_string());
            }
            Event::Text(it) => text.push_str(&it),
            Event::Code(it) => {
                if !["detail"].contains(&&*it) {
                    markup.others.insert(format!("code {it}"));
                }
                text.push_str(&it);
            }
            Event::End(TagEnd::Heading(level)) => {
                seen.push(Seen::Heading(level, std::mem::take(&mut text)));
            }
            Event::End(TagEnd::Paragraph) => seen.push(Seen::Paragraph(std::mem::take(&mut text))),
            Event::End(TagEnd::CodeBlock) => seen.push(Seen::Code(std::mem::take(&mut text))),
            Event::End(TagEnd::TableCell) => row.push(std::mem::take(&mut text)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                seen.push(Seen::Row(std::mem::take(&mut row)));
            }
            Event::End(_) => {}
            other => {
                markup.others.insert(format!("{other:?}"));
            }
        }
    }
    (seen, markup)
}

fn page(catalog: impl AsRef<[u8]>) -> String {
    Sandbox::with(catalog).run(&["generate", "markdown"]).exits(0).stdout
}

fn kate() -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    std::fs::read(root.join("errors.yaml")).expect("the catalog")
}

/// The page has every line of the reference page, in the same order, and nothing else.
#[test]
fn the_page_is_the_reference_page() {
    let (seen, _) = read(&page(kate()));
    // The text of the page begins with its breadcrumbs, and ends with its navigation.
    let lines = PAGE.lines().map(str::trim_end).filter(|line| !line.is_empty());
    let mut lines = lines.skip(2).filter(|line| *line != "On this page").peekable();
    let mut level = HeadingLevel::H1;
    for part in seen {
        let line = lines.next().unwrap_or_else(|| panic!("the page says more: {part:?}"));
        match part {
            Seen::Heading(depth, text) => {
                assert_eq!(text, line);
                assert!(depth as usize <= level as usize + 1, "{text} is too deep");
                level = depth;
            }
            Seen::Paragraph(text) => assert_eq!(text, line),
            // The text of the page has no separators between cells.
            Seen::Row(cells) => {
                assert_eq!(cells.len(), 3, "{cells:?}");
                assert_eq!(cells.concat(), line);
                let begins = |cell: &String| {
                    cell.starts_with(|c: char| c.is_uppercase() || c == '"' || c.is_ascii_digit())
                };
                assert!(cells.iter().all(begins), "a cell is cut elsewhere: {cells:?}");
            }
            Seen::Code(text) => {
                let mut code = text.lines();
                assert_eq!(code.next(), Some(line));
                assert!(code.eq(lines.by_ref().take(2)), "{text}");
            }
        }
    }
    assert_eq!(lines.next(), None, "the reference page says more");
}

#[test]
fn every_error_has_an_anchor() {
    let (_, markup) = read(&page(kate()));
    let codes = ["artifact_not_found", "query_insufficient_token_balance", "rate_limit_exceeded"];
    for code in codes {
        assert!(markup.html.contains(&format!("<a id=\"{code}\">")), "{code}");
    }
    let anchors = markup.html.iter().filter(|html| html.starts_with("<a id=")).count();
    assert_eq!(anchors, 15);
    assert!(markup.links.is_empty() && markup.others.is_empty(), "{markup:?}");
}

/// The reference page of the Kate API shows no codes and statuses, since its statuses are inferred.
#[test]
fn a_catalog_of_ones_own_shows_codes_and_statuses() {
    let own = page(common::CATALOG);
    assert!(own.contains("| Error | Code | Status | Cause | Fix |"), "{own}");
    assert!(own.contains("</a>\"Order not found\" | order\\_not\\_found | 404 | "), "{own}");
    assert!(page(kate()).contains("| Error | Cause | Fix |"));
}

/// Nothing on a page is an MDX expression, comment or module.
#[test]
fn pages_are_mdx() {
    for summary in ["import { a } from 'b'", "export const a = 1", "{a} <b>"] {
        let catalog = common::CATALOG.replacen(
            "catalog: Shop\n",
            &format!("catalog: Shop\nsummary: \"{summary}\"\n"),
            1,
        );
        let page = page(&catalog);
        let (seen, _) = read(&page);
        assert!(seen.contains(&Seen::Paragraph(summary.to_owned())), "{page}");
        let mut is_code = false;
        for line in page.lines() {
            is_code ^= line.starts_with("```");
            let plain = line.replace("\\{", "").replace("\\<", "");
            let is_other = ["import ", "export ", "<!--"].iter().any(|it| line.starts_with(it));
            assert!(is_code || !plain.contains('{') && !is_other, "{line}");
        }
    }
}

/// Each field contains each text that it accepts: the page shows what it shows for harmless texts, with the texts in
/// their places, and there is no other markup.
#[test]
fn hostile_text_is_text() {
    let (shown, markup) = read(&page(hostile::catalog("Case", &Texts::new())));
    let mut tried = 0;
    for case in 0..HOSTILE.len() {
        let texts = texts(case);
        let (other, mut of_other) = read(&page(hostile::catalog("Case", &texts)));
        assert_eq!(of_other.others, markup.others, "{texts:?}");
        assert_eq!(of_other.links, markup.links, "{texts:?}");
        // A line break in a message.
        of_other.html.remove("<br />");
        assert_eq!(of_other.html, markup.html, "{texts:?}");
        assert_eq!(other.len(), shown.len(), "the structure changes: {texts:?}");
        for (other, shown) in other.iter().zip(&shown) {
            if let (Seen::Row(other), Seen::Row(shown)) = (other, shown) {
                assert_eq!(other.len(), shown.len(), "a table breaks: {texts:?}");
            }
        }
        let all = format!("{other:?}");
        for (field, text) in texts.iter().filter(|(field, _)| !INVISIBLE.contains(field)) {
            for line in text.split('\n') {
                let quoted = format!("{line:?}");
                let inside = &quoted[1..quoted.len() - 1];
                assert!(all.contains(inside), "{field}: {text:?} is not shown: {all}");
            }
        }
        tried += texts.len();
    }
    assert!(tried > 1000, "only {tried} texts");
}

/// Fields that the page does not show.
const INVISIBLE: &[&str] = &[
    "context param example",
    "param example",
    "context text",
    "since",
    "operation summary",
    "realm",
];

#[test]
fn the_name_of_the_catalog_stays_in_its_comment() {
    let sandbox = Sandbox::new();
    let name = "a --><script>alert(1)</script>.yaml";
    sandbox.write(name, kate());
    let page = sandbox.run(&["generate", "markdown", name]).exits(0).stdout;
    let (_, markup) = read(&page);
    assert!(!markup.html.iter().any(|html| html.contains("<script")), "{:?}", markup.html);
}

/// Readers see each place of values in a body: of the shop's error alone, and of the objects of all values.
#[test]
fn each_place_of_values_is_in_a_body() {
    let page = |catalog: &str| {
        let sandbox = Sandbox::with(catalog);
        sandbox.run(&["generate", "markdown"]).exits(0).stdout
    };
    let archive = page(include_str!("../../tests/catalogs/families/archive.yaml"));
    assert_eq!(archive.matches("Some errors have values in other members:\n").count(), 1);
    assert!(archive.contains("  \"shelf\": 4\n"), "{archive}");
    let gauge = page(include_str!("../../tests/catalogs/families/gauge.yaml"));
    let places = ["\"retry-after\": \"28.5\"", "\"var_name\": \"stream\""];
    assert!(places.iter().all(|place| gauge.matches(place).count() == 1), "{gauge}");
    let beside = page(include_str!("../../tests/catalogs/families/beside.yaml"));
    assert_eq!(beside.matches("\"params\": {\n").count(), 1, "{beside}");
}
