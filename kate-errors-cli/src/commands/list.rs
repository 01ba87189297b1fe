//! `list`: lists the errors of a catalog that match the filters.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::{report::wrap, suggest};
use kate_errors_model::template::CONTEXT_SEPARATOR;
use unicode_width::UnicodeWidthStr;

use crate::catalog_file::{CatalogFile, is_standard};
use crate::cli::{Format, ListArguments};
use crate::failure::{Failure, Verdict};
use crate::formats::row_json::row_json;
use crate::formats::to_json;
use crate::messages;
use crate::output::{ASIDE, HEADING, Terminal, of_status, painted, width};
use crate::visible::visible;

const GAP: &str = "  ";

/// The columns before a code: two spaces, the status, two spaces.
const BEFORE_CODE: usize = 7;

/// Codes may take the width divided by this. The message of a longer code begins on a new line.
const PART_OF_CODES: usize = 2;

/// The minimum width of messages, however narrow the terminal.
const MIN_TEXT: usize = 20;

pub(crate) fn run(arguments: &ListArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let (named, words) = file_and_words(arguments);
    let file = CatalogFile::open(named.as_deref(), terminal)?;
    let catalog = file.catalog(terminal)?;
    let rows: Vec<&Row> =
        catalog.rows.iter().filter(|row| is_asked_for(catalog, row, arguments, &words)).collect();
    let text = match arguments.format {
        Format::Text => grouped(catalog, &rows, width()),
        Format::Json => to_json(&rows.iter().map(|row| row_json(catalog, row)).collect()),
    };
    terminal.out.print(&text)?;
    if rows.is_empty() && !catalog.rows.is_empty() {
        terminal.err.note(&none_found(catalog, arguments));
        return Ok(Verdict::Findings);
    }
    Ok(Verdict::Clean)
}

/// Returns the catalog and the search words. The catalog used to be a positional argument, so a single word that is a
/// file is taken for the catalog.
fn file_and_words(arguments: &ListArguments) -> (Option<PathBuf>, Vec<String>) {
    let ListArguments { words, catalog, .. } = arguments;
    let is_catalog = |word: &str| {
        let path = Path::new(word);
        let ending = path.extension().unwrap_or_default();
        is_standard(path) || path.is_file() || ending == "yaml" || ending == "yml"
    };
    match (&catalog.file, words.as_slice()) {
        (None, [word]) if is_catalog(word) => (Some(word.into()), Vec::new()),
        (file, words) => {
            let words = words.iter().flat_map(|word| word.split_whitespace());
            (file.clone(), words.map(str::to_lowercase).collect())
        }
    }
}

fn is_asked_for(catalog: &Catalog, row: &Row, asked: &ListArguments, words: &[String]) -> bool {
    let section = &catalog.sections[row.section].name;
    let has_status = |filter: &RangeInclusive<u32>| {
        messages::statuses(catalog, row).any(|status| filter.contains(&status.code.into()))
    };
    let is_section = |name: &String| name.to_lowercase() == section.to_lowercase();
    let text = [&row.code, &row.name, section, &message(catalog, row), &row.cause, &row.fix]
        .map(|text| text.to_lowercase());
    (asked.status.is_empty() || asked.status.iter().any(has_status))
        && (asked.section.is_empty() || asked.section.iter().any(is_section))
        && words.iter().all(|word| text.iter().any(|text| text.contains(word)))
}

fn none_found(catalog: &Catalog, arguments: &ListArguments) -> String {
    let sections = || catalog.sections.iter().map(|section| section.name.as_str());
    let unknown = arguments
        .section
        .iter()
        .find(|name| !sections().any(|section| section.to_lowercase() == name.to_lowercase()));
    let Some(name) = unknown else { return "no error of the catalog matches".to_owned() };
    let near = suggest::nearest(name, sections());
    let near = near.map(|near| format!("; did you mean `{}`?", visible(near)));
    format!("the catalog has no section `{}`{}", visible(name), near.unwrap_or_default())
}

/// Renders the errors below the names of their sections, in lines of `width` columns.
fn grouped(catalog: &Catalog, rows: &[&Row], width: usize) -> String {
    let most = (width / PART_OF_CODES).saturating_sub(BEFORE_CODE);
    let codes = rows.iter().map(|row| row.code.width()).filter(|length| *length <= most);
    let codes = codes.max().unwrap_or_default();
    let mut groups = Vec::new();
    for (at, section) in catalog.sections.iter().enumerate() {
        let mut of_section = rows.iter().filter(|row| row.section == at).peekable();
        if of_section.peek().is_some() {
            let errors: String = of_section.map(|row| lines(catalog, row, codes, width)).collect();
            let name = wrap(&visible(&section.name), width);
            let name: Vec<_> = name.into_iter().map(|line| painted(HEADING, line)).collect();
            groups.push(format!("{}\n{errors}", name.join("\n")));
        }
    }
    groups.join("\n")
}

/// Renders the lines of an error. A code that is wider than `codes` columns has its own line.
fn lines(catalog: &Catalog, row: &Row, codes: usize, width: usize) -> String {
    let status = catalog.statuses[row.status].code;
    let before = BEFORE_CODE + codes + GAP.len();
    let wrapped = |text: &str| wrap(&visible(text), width.saturating_sub(before).max(MIN_TEXT));
    let remarks = remarks(catalog, row);
    let remark = remarks.iter().flat_map(|remark| wrapped(remark));
    let texts = wrapped(&message(catalog, row)).into_iter();
    let texts = texts.chain(remark.map(|line| painted(ASIDE, line)));
    let mut lines = format!("{GAP}{}{GAP}", painted(of_status(status), status));
    lines.push_str(&painted(HEADING, visible(&row.code)));
    let mut used = BEFORE_CODE + row.code.width();
    for text in texts {
        if used + GAP.len() > before {
            lines.push('\n');
            used = 0;
        }
        lines.push_str(&" ".repeat(before - used));
        lines.push_str(&text);
        used = width;
    }
    lines + "\n"
}

/// Returns the message, followed by its context in brackets.
fn message(catalog: &Catalog, row: &Row) -> String {
    let detail = messages::message(&row.detail.source);
    let context =
        row.context.map(|context| messages::shown(&catalog.contexts[context].text.source));
    context.map_or(detail.clone(), |text| format!("{detail}[{CONTEXT_SEPARATOR}{text}]"))
}

fn remarks(catalog: &Catalog, row: &Row) -> Vec<String> {
    let others = messages::other_statuses(catalog, row);
    let others = others.map(|status| format!("also {}", status.code));
    let remark = match (&row.retired, row.same_as) {
        (Some(_), _) => Some("retired".to_owned()),
        (None, Some(base)) => Some(format!("same as {}", catalog.rows[base].code)),
        (None, None) => None,
    };
    others.chain(remark).collect()
}
