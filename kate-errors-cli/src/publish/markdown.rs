//! The reference page in Markdown (`CommonMark` with the tables of GitHub): statuses, the format of responses, and
//! the errors by section. It is also valid MDX, which some site generators use.
//!
//! Each error has its name as an anchor, such as `page.md#artifact_not_found`. Texts of the catalog are escaped: they
//! cannot add markup, end a cell, or become a link.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::iter;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row, StatusBasis};

use super::wire::wire;
use crate::messages;

pub(crate) fn page(catalog: &Catalog, mark: &str) -> String {
    // An unused link definition, because MDX does not support HTML comments.
    let mut page = format!("[//]: # \"{}\"\n\n", in_title(mark));
    if let Some(wire) = wire(catalog) {
        line(&mut page, &format!("{WIRE}{}\"\n", in_title(&wire.to_string())));
    }
    line(&mut page, &format!("# {}\n", text(catalog.title.as_deref().unwrap_or("Error Codes"))));
    if let Some(summary) = &catalog.summary {
        line(&mut page, &format!("{}\n", paragraph(summary)));
    }
    statuses(catalog, &mut page);
    response_format(catalog, &mut page);
    common_errors(catalog, &mut page);
    values(catalog, &mut page);
    retired(catalog, &mut page);
    former(catalog, &mut page);
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// Begins the line with the settings of the catalog, as the title of another such link definition.
pub(crate) const WIRE: &str = "[//]: # \"wire: ";

/// Escapes a text for the title of a link.
fn in_title(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn statuses(catalog: &Catalog, page: &mut String) {
    line(page, "## HTTP Status Codes\n");
    table_head(page, &["Code", "Name", "Description"]);
    for status in &catalog.statuses {
        cells(page, &[status.code.to_string(), text(&status.name), text(&status.description)]);
    }
    page.push('\n');
}

fn response_format(catalog: &Catalog, page: &mut String) {
    line(page, "## Error Response Format\n");
    page.push_str(&bodies(catalog));
}

/// Renders the format of bodies, with examples.
pub(super) fn bodies(catalog: &Catalog) -> String {
    let mut text = format!("{}\n\n", messages::about_bodies(catalog));
    for (before, body) in messages::example_bodies(catalog) {
        let end = if before.is_empty() { "" } else { "\n\n" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{before}{end}```json\n{body}\n```\n\n");
    }
    text
}

fn common_errors(catalog: &Catalog, page: &mut String) {
    line(page, "## Common Errors\n");
    for (index, section) in catalog.sections.iter().enumerate() {
        let mut rows = messages::current(catalog).filter(|row| row.section == index).peekable();
        if rows.peek().is_none() {
            continue;
        }
        line(page, &format!("### {}\n", text(&section.name)));
        let has_origin = catalog.rows.iter().any(|row| row.origin.is_some());
        let from = has_origin.then_some("Imported from");
        let own: &[&str] = if is_own(catalog) { &["Code", "Status"] } else { &[] };
        table_head(page, &[&["Error"], own, &["Cause", "Fix"], from.as_slice()].concat());
        for row in rows {
            let own = if own.is_empty() { Vec::new() } else { code_and_statuses(catalog, row) };
            let cause = text(&messages::shown(or_dash(&row.cause)));
            let fix = text(&messages::shown(or_dash(&row.fix)));
            let from = from.map(|_| text(row.origin.as_deref().unwrap_or("-")));
            error(page, row, own.into_iter().chain([cause, fix]).chain(from));
        }
        page.push('\n');
    }
}

/// Whether the API sends errors as the catalog has them. A catalog with inferred statuses describes pages of others,
/// which have neither codes nor statuses.
fn is_own(catalog: &Catalog) -> bool {
    messages::current(catalog).all(|row| row.status_basis == StatusBasis::Documented)
}

fn code_and_statuses(catalog: &Catalog, row: &Row) -> Vec<String> {
    let statuses = messages::statuses(catalog, row);
    let statuses: Vec<String> = statuses.map(|status| status.code.to_string()).collect();
    vec![text(row.sent_code().unwrap_or("-")), statuses.join(", ")]
}

fn error(page: &mut String, row: &Row, more: impl IntoIterator<Item = String>) {
    let message = text(&messages::quoted(&row.detail.source));
    let message = format!("<a id=\"{}\"></a>{message}", row.name);
    cells(page, &iter::once(message).chain(more).collect::<Vec<_>>());
}

/// Returns a dash in place of an empty text.
fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

/// Writes the table of values in messages, unless no message has any.
fn values(catalog: &Catalog, page: &mut String) {
    let rows = || messages::current(catalog).filter(|row| row.same_as.is_none());
    if rows().all(|row| row.params.is_empty()) {
        return;
    }
    line(page, "## Values\n");
    let of_catalog = || catalog.rows.iter().flat_map(|row| catalog.params(row));
    let has_members = of_catalog().any(|param| param.member != param.name);
    let columns = ["Message", "Value", "Type", "Meaning", "Example", "Member"];
    let columns = &columns[..columns.len() - usize::from(!has_members)];
    table_head(page, columns);
    let of_rows = rows().map(|row| (&row.detail, &row.params));
    let of_contexts = catalog.contexts.iter().map(|context| (&context.text, &context.params));
    // Errors that codes identify can have the same message and the same values.
    let mut written = HashSet::new();
    for (template, params) in of_rows.chain(of_contexts) {
        let message = messages::quoted(&template.source);
        for param in params {
            let optional = |text_of: &Option<String>| text(text_of.as_deref().unwrap_or("-"));
            let row = [
                text(&message),
                text(&param.name),
                values_of(param),
                optional(&param.description),
                optional(&param.example),
                text(&param.member),
            ];
            let row = &row[..columns.len()];
            if written.insert(row.to_vec()) {
                cells(page, row);
            }
        }
    }
    page.push('\n');
}

fn retired(catalog: &Catalog, page: &mut String) {
    let rows = catalog.rows.iter().filter_map(|row| Some((row, row.retired.as_ref()?)));
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    line(page, "## Retired Errors\n");
    line(page, "No server responds with these errors any more:\n");
    table_head(page, &["Error", "Cause", "Why it was retired"]);
    for (row, retired) in rows {
        let mut why = text(&retired.reason);
        if let Some(since) = &retired.since {
            // Writing to a string cannot fail.
            let _ = write!(why, " (since {})", text(since));
        }
        if let Some(other) = retired.replaced_by.and_then(|other| catalog.rows.get(other)) {
            let _ = write!(why, "; see [{}](#{})", text(&other.code), other.name);
        }
        error(page, row, [text(&messages::shown(or_dash(&row.cause))), why]);
    }
    page.push('\n');
}

fn former(catalog: &Catalog, page: &mut String) {
    if catalog.rows.iter().all(|row| row.former.is_empty()) {
        return;
    }
    line(page, "## Former Messages\n");
    table_head(page, &["Formerly", "Now"]);
    for row in &catalog.rows {
        for former in &row.former {
            let now = text(&messages::message(&row.detail.source));
            let former = text(&messages::quoted(&former.source));
            cells(page, &[former, format!("[{now}](#{})", row.name)]);
        }
    }
    page.push('\n');
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

fn table_head(page: &mut String, columns: &[&str]) {
    line(page, &format!("| {} |", columns.join(" | ")));
    line(page, &format!("|{}", " --- |".repeat(columns.len())));
}

fn cells(page: &mut String, cells: &[String]) {
    line(page, &format!("| {} |", cells.join(" | ")));
}

/// Describes the values of a parameter, in Markdown as it is. Choices are text.
pub(super) fn values_of(param: &Param) -> String {
    let values = messages::holds(param);
    if messages::choices(param).is_some() { text(&values) } else { values }
}

/// Escapes `source` for Markdown and MDX, where braces are expressions. The result is on one line.
fn text(source: &str) -> String {
    plain(source).replace('{', "\\{").replace('}', "\\}")
}

/// Escapes `text` for Markdown. The result is on one line.
pub(super) fn plain(text: &str) -> String {
    const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '#', '&', '~', '$'];
    let mut escaped = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let rest = &text[at..];
        // GitHub turns bare URLs into links.
        let is_address = rest.starts_with("://")
            || character == '.' && text[..at].to_ascii_lowercase().ends_with("www")
            || character == '!' && rest.starts_with("![");
        if MARKUP.contains(&character) || is_address {
            escaped.push('\\');
        }
        match character {
            '\n' => escaped.push_str("<br />"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Escapes `source` as a paragraph that does not begin a list, a heading or a rule.
pub(super) fn paragraph(source: &str) -> String {
    let escaped = text(source);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let behind = escaped.get(digits..).unwrap_or_default();
    if digits > 0 && behind.starts_with(['.', ')']) {
        return format!("{}\\{behind}", &escaped[..digits]);
    }
    // In MDX, a line that begins with one of these words is code.
    for (word, spelled) in [("import ", "&#105;mport "), ("export ", "&#101;xport ")] {
        if let Some(behind) = escaped.strip_prefix(word) {
            return format!("{spelled}{behind}");
        }
    }
    if escaped.starts_with(['-', '+', '=']) { format!("\\{escaped}") } else { escaped }
}
