//! The reference page as one HTML file, which includes its styles, scripts and data and loads nothing else.
//!
//! ```text
//! Catalog ─┬─ head, contents, tables, errors ─► what readers see, with or without scripts
//!          └─ Tables ─► data ─► script: decoder.js, passages.js, messages.js, pasted.js, search.js, contents.js, page.js
//! ```
//!
//! Text of the catalog becomes markup in only two places: in the templates of `maud`, which escape it,
//! and in [`script::data`]. The script is the same for every catalog. The Content Security Policy
//! contains its hash, so no other script runs. Ids of the page have a hyphen, which names of errors do
//! not have.

mod contents;
mod errors;
mod markdown;
mod overview;
pub(super) mod prose;
mod script;
mod tools;
mod versions;

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Row};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::in_comment;
use crate::diff::versions::Matrix;
use crate::messages;

/// With more errors than this, browsers render only those on the screen.
const MANY: usize = 300;

/// The favicon: an exclamation mark in a rounded square.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E\
    %3Crect width='16' height='16' rx='4' fill='%234338ca'/%3E\
    %3Cpath d='M8 3.5v5.5M8 11.6v.9' stroke='white' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E";

pub(crate) fn page(catalog: &Catalog, mark: &str, versions: Option<&Matrix<'_>>) -> String {
    let page = Page::of(catalog, versions);
    let title = page.title();
    let (script, style) = (script::script(), script::style());
    let markup = html! {
        (DOCTYPE)
        (PreEscaped(format!("\n<!-- {} -->\n", in_comment(mark))))
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(script::policy(&script, &style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                @if let Some(summary) = &catalog.summary { meta name="description" content=(summary); }
                @if let Some(reference) = &catalog.reference { link rel="canonical" href=(reference); }
                link rel="icon" href=(PreEscaped(ICON));
                style { (PreEscaped(&style)) }
            }
            (body(&page, title))
            (PreEscaped("\n"))
            script type="application/json" id="catalog-data" { (script::data(catalog)) }
            (PreEscaped("\n"))
            script type="module" { (PreEscaped(&script)) }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}

fn body(page: &Page<'_>, title: &str) -> Markup {
    html! {
        body.many[page.catalog.rows.len() > MANY] {
            a.skip href="#common-errors" { "Skip to the errors" }
            header.banner {
                h1 { (title) }
                @if let Some(summary) = &page.catalog.summary { p.summary { (summary) } }
                @if !page.catalog.extensions.is_empty() {
                    dl {
                        @for extension in &page.catalog.extensions {
                            (errors::entry(&extension.name, &prose::value(&messages::extension(extension))))
                        }
                    }
                }
            }
            div.columns {
                (contents::contents(page))
                main {
                    (tools::search(page))
                    (tools::paste(page))
                    (errors::common_errors(page))
                    (errors::retired(page))
                    (errors::former(page))
                    (overview::operations(page))
                    (overview::response_format(page))
                    @if let Some(matrix) = page.versions { (versions::versions(matrix)) }
                    (overview::statuses(page))
                }
            }
            footer.footer { p { "Generated from the error catalog by " code { "kate-errors" } "." } }
        }
    }
}

/// A catalog, and the ids and links of its page.
struct Page<'c> {
    catalog: &'c Catalog,
    /// The catalog and other versions of it.
    versions: Option<&'c Matrix<'c>>,
    /// The id of each section. It is derived from its name, so links work until the section is renamed.
    sections: Vec<String>,
    /// The sections with errors that are not retired.
    current: Vec<usize>,
    /// For each error, the operations that list it.
    operations: Vec<Vec<&'c Operation>>,
    /// For each error, the errors with the same message.
    aliases: Vec<Vec<usize>>,
    /// The codes that more than one error has.
    shared: BTreeSet<&'c str>,
}

impl<'c> Page<'c> {
    fn of(catalog: &'c Catalog, versions: Option<&'c Matrix<'c>>) -> Self {
        let sections = 0..catalog.sections.len();
        let has_current = |section: &usize| {
            catalog.rows.iter().any(|row| row.section == *section && row.retired.is_none())
        };
        Self {
            catalog,
            versions,
            sections: section_ids(catalog),
            current: sections.filter(has_current).collect(),
            operations: messages::operations(catalog),
            aliases: same_message(catalog),
            shared: messages::shared_codes(catalog),
        }
    }

    fn title(&self) -> &'c str {
        self.catalog.title.as_deref().unwrap_or("Error Codes")
    }

    /// Returns the errors of a section that are not retired, with their indices.
    fn rows(&self, section: usize) -> impl Iterator<Item = (usize, &'c Row)> {
        let rows = self.catalog.rows.iter().enumerate();
        rows.filter(move |(_, row)| row.section == section && row.retired.is_none())
    }

    fn retired(&self) -> impl Iterator<Item = (usize, &'c Row)> {
        self.catalog.rows.iter().enumerate().filter(|(_, row)| row.retired.is_some())
    }

    /// Whether every operation can respond with the error.
    fn is_common(&self, index: usize) -> bool {
        !self.catalog.operations.is_empty() && self.catalog.common.binary_search(&index).is_ok()
    }

    fn has_former(&self) -> bool {
        self.catalog.rows.iter().any(|row| !row.former.is_empty())
    }
}

fn section_ids(catalog: &Catalog) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let id = |name: &String| {
        let lower = name.to_lowercase();
        let words = lower.split(|character: char| !character.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let base = format!("section-{}", words.join("-"));
        let mut id = base.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    };
    catalog.sections.iter().map(|section| &section.name).map(id).collect()
}

/// Returns the other errors with the message of each error. Only the first of very many lists them all, otherwise the
/// length of the page would grow with their square.
fn same_message(catalog: &Catalog) -> Vec<Vec<usize>> {
    const MOST: usize = 20;
    let aliases = catalog.aliases();
    let others = |(at, row): (usize, &Row)| {
        let base = row.same_as.unwrap_or(at);
        let many = Some(vec![base]).filter(|_| base != at && aliases[base].len() > MOST);
        let all = std::iter::once(base).chain(aliases[base].iter().copied());
        many.unwrap_or_else(|| all.filter(|other| *other != at).collect())
    };
    catalog.rows.iter().enumerate().map(others).collect()
}
