//! Pages for agents: `llms.txt` (llmstxt.org), which has a line for each error, and a short Markdown page for each
//! code.
//!
//! Pages are named after errors in `snake_case`, because codes can contain any characters. Texts of the catalog are
//! escaped, as on the reference page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param, Retired, Row};
use kate_errors_model::template::CONTEXT_SEPARATOR;

use super::html::prose::retry;
use super::in_comment;
use super::markdown::{bodies, paragraph, plain as text, values_of};
use crate::messages;

/// Returns the files with their names.
pub(crate) fn pages(catalog: &Catalog, mark: &str) -> Vec<(String, String)> {
    let mark = format!("<!-- {} -->\n\n", in_comment(mark));
    let agents = Agents::of(catalog);
    let pages = messages::codes(catalog).map(|code| {
        let rows = &agents.with_code[code];
        (agents.file_name(code), format!("{mark}{}", agents.page(code, rows)))
    });
    std::iter::once(("llms.txt".to_owned(), agents.overview(&mark))).chain(pages).collect()
}

struct Agents<'c> {
    catalog: &'c Catalog,
    /// The errors of each code.
    with_code: BTreeMap<&'c str, Vec<usize>>,
    /// For each error, the operations that list it.
    operations: Vec<Vec<&'c Operation>>,
}

impl<'c> Agents<'c> {
    fn of(catalog: &'c Catalog) -> Self {
        let (with_code, operations) = (messages::with_code(catalog), messages::operations(catalog));
        Self { catalog, with_code, operations }
    }

    /// Renders `llms.txt`: the API, the format of bodies, and all errors by section.
    fn overview(&self, mark: &str) -> String {
        let catalog = self.catalog;
        let title = catalog.title.as_deref().unwrap_or("Error Codes");
        let mut page = format!("# {}\n\n{mark}", text(title));
        if let Some(summary) = &catalog.summary {
            let _ = write!(page, "> {}\n\n", paragraph(summary));
        }
        page.push_str(&bodies(catalog));
        for (at, section) in catalog.sections.iter().enumerate() {
            let rows = messages::current(catalog).filter(|row| row.section == at);
            self.list(&section.name, rows, &mut page);
        }
        // By convention, readers with little room may skip a section of this name.
        self.list("Optional", catalog.rows.iter().filter(|row| row.retired.is_some()), &mut page);
        page.truncate(page.trim_end().len());
        page + "\n"
    }

    fn list(&self, heading: &str, rows: impl Iterator<Item = &'c Row>, page: &mut String) {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return;
        }
        let _ = write!(page, "## {}\n\n", text(heading));
        for row in rows {
            let retired = if row.retired.is_some() { "retired: " } else { "" };
            let status = self.catalog.statuses[row.status].code;
            let _ = write!(
                page,
                "- {}: {retired}{status} {}",
                self.link(row),
                quoted(&row.detail.source),
            );
            if !row.fix.is_empty() {
                let _ = write!(page, ". Fix: {}", shown(&row.fix));
            }
            page.push('\n');
        }
        page.push('\n');
    }

    /// Returns the file name of a code's page: the name of its first error. No other one contains a hyphen.
    fn file_name(&self, code: &str) -> String {
        let name = &self.catalog.rows[self.with_code[code][0]].name;
        // On Windows, the name of a device is not that of a file, whatever its ending.
        let device = name.trim_end_matches(|it: char| it.is_ascii_digit());
        let is_device = match name.len() - device.len() {
            0 => ["con", "prn", "aux", "nul"].contains(&device),
            1 => ["com", "lpt"].contains(&device),
            _ => false,
        };
        if is_device { format!("{name}-error.md") } else { format!("{name}.md") }
    }

    fn link(&self, row: &Row) -> String {
        format!("[{}]({})", code(&row.code), self.file_name(&row.code))
    }

    /// Renders the page of a code, with all of its errors.
    fn page(&self, name: &str, rows: &[usize]) -> String {
        let errors: Vec<String> = rows.iter().map(|row| self.error(*row)).collect();
        format!("# {}\n\n{}", code(name), errors.join("\n"))
    }

    fn error(&self, at: usize) -> String {
        let catalog = self.catalog;
        let row = &catalog.rows[at];
        let statuses = text(&messages::status_names(catalog, row));
        let mut page = format!("{statuses}: {}\n\n", quoted(&row.detail.source));
        for (name, value) in self.facts(at) {
            let _ = writeln!(page, "- {name}: {value}");
        }
        let (message, full) = messages::example_messages(catalog, row);
        let body = messages::indented_body(catalog, row, &full.unwrap_or(message));
        let _ = write!(page, "\n```json\n{body}\n```\n");
        page
    }

    /// Returns the facts about an error as Markdown, each with its label.
    fn facts(&self, at: usize) -> Vec<(&str, String)> {
        let catalog = self.catalog;
        let row = &catalog.rows[at];
        let mut facts: Vec<_> = messages::advice(row).map(|(name, it)| (name, shown(it))).collect();
        facts.push(("When to retry", retry(row)));
        facts.extend(
            messages::remarks(row).map(|(label, it)| (label, text(&messages::text_of(&it)))),
        );
        facts.extend(row.retired.as_ref().map(|retired| ("Retired", self.retired(retired))));
        if let Some(context) = row.context.map(|context| &catalog.contexts[context]) {
            let followed = format!("\"{CONTEXT_SEPARATOR}{}\"", shown(&context.text.source));
            facts.push(("May be followed by", followed));
        }
        facts.extend(catalog.params(row).map(|it| ("Value", param(it))));
        let headers = row.headers.fields().into_iter();
        facts.extend(headers.map(|(name, value)| ("Header", code(&format!("{name}: {value}")))));
        if catalog.common.contains(&at) {
            facts.push(("Operations", "every one".to_owned()));
        } else if !self.operations[at].is_empty() {
            let names = self.operations[at].iter().map(|it| code(&it.name));
            facts.push(("Operations", names.collect::<Vec<_>>().join(", ")));
        }
        let former = row.former.iter();
        facts.extend(former.map(|it| ("Former message", quoted(&it.source))));
        facts.extend(catalog.docs_url(row).map(|url| ("Reference", code(&url))));
        facts
    }

    fn retired(&self, retired: &Retired) -> String {
        let since = retired.since.as_ref().map(|since| format!("since {}: ", text(since)));
        let other = retired.replaced_by.map(|row| self.link(&self.catalog.rows[row]));
        let other = other.map(|other| format!("; see {other}"));
        since.unwrap_or_default() + &text(&retired.reason) + &other.unwrap_or_default()
    }
}

fn shown(source: &str) -> String {
    text(&messages::shown(source))
}

fn quoted(source: &str) -> String {
    text(&messages::quoted(source))
}

fn param(param: &Param) -> String {
    let description = param.description.as_ref().map(|it| format!(" ({})", text(it)));
    format!("{}{}: {}", code(&param.name), description.unwrap_or_default(), values_of(param))
}

/// Renders inline code or, if that is not possible, escaped text. It stays readable for agents that do not render
/// Markdown.
fn code(source: &str) -> String {
    if source.contains(['`', '\n']) { text(source) } else { format!("`{source}`") }
}
