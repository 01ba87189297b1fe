//! The tools, with their arguments and results.

use std::any::Any;
use std::path::Path;

use clap::ColorChoice;
use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::report::{self, Style};
use kate_errors_codegen::{Catalog, Diagnostic};
use kate_errors_model::MAX_BODY;
use rmcp::handler::server::common::schema_for_type;
use rmcp::model::JsonObject;
use rmcp::schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{Similar, ToolError};
use crate::catalog_file::{self, CatalogFile};
use crate::commands::{explain, lock};
use crate::failure::Failure;
use crate::formats::{json as diagnostics, text};
use crate::messages;
use crate::output::Terminal;
use crate::visible::{visible, visible_lines};

/// How many errors `list` returns by default.
const LISTED: usize = 100;

/// How many errors `search` returns by default.
const FOUND: usize = 20;

pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) arguments: fn() -> JsonObject,
    pub(super) call: fn(Option<&Path>, JsonObject) -> Result<Output, ToolError>,
}

/// The result of a tool, as text for models and JSON for programs.
pub(super) struct Output {
    pub(super) text: String,
    pub(super) json: Value,
}

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "explain",
        title: "Explain an error",
        description: "Says what an error of the API means, what leads to it, what to do about it and whether to try \
            again. Give it any text that has the error in it: a code, a status, a message, a body, a whole response, \
            or a line of a log. Explains rules of the catalog, too, by their ids.",
        arguments: schema::<Explain>,
        call: |file, arguments| explain(file, &read(arguments)?),
    },
    Tool {
        name: "search",
        title: "Search errors",
        description: "Finds errors of the API by words of their codes, messages, causes, fixes and sections, the best \
            first.",
        arguments: schema::<Search>,
        call: |file, arguments| search(file, &read(arguments)?),
    },
    Tool {
        name: "list",
        title: "List errors",
        description: "Lists the errors of the API, in the order of the catalog, all of them or those of a status or \
            section.",
        arguments: schema::<List>,
        call: |file, arguments| list(file, &read(arguments)?),
    },
    Tool {
        name: "check",
        title: "Check the catalog",
        description: "Shows every mistake of the catalog errors.yaml, with its place and what to do about it; or of a \
            text that is to become the catalog.",
        arguments: schema::<Check>,
        call: |file, arguments| check(file, &read(arguments)?),
    },
];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
struct Explain {
    /// What to explain
    text: String,
    /// Whether to show the values of parameters that the catalog calls sensitive
    #[serde(default)]
    show_sensitive: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
struct Search {
    /// Words, in any order and case
    words: String,
    /// How many errors to pass over: `next_offset` of the call before
    #[serde(default)]
    offset: usize,
    /// How many errors to return at most; 20 if it is left out
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
struct List {
    /// Only the errors with this status
    status: Option<u16>,
    /// Only the errors of the section with this name
    section: Option<String>,
    /// How many errors to pass over: `next_offset` of the call before
    #[serde(default)]
    offset: usize,
    /// How many errors to return at most; 100 if it is left out
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
struct Check {
    /// The text to check in place of the catalog's
    text: Option<String>,
}

fn schema<T: JsonSchema + Any>() -> JsonObject {
    let mut schema = (*schema_for_type::<T>()).clone();
    // Names of types in this file mean nothing to an agent.
    schema.remove("title");
    schema
}

fn read<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, ToolError> {
    let read = serde_json::from_value(Value::Object(arguments));
    read.map_err(|error| invalid(&error.to_string()))
}

fn invalid(reason: &str) -> ToolError {
    ToolError::InvalidArguments { reason: one_line(reason) }
}

fn unreadable(failure: &Failure) -> ToolError {
    ToolError::CatalogUnreadable { reason: one_line(&failure.to_string()) }
}

/// Escapes a text so that it fits into the message of an error.
fn one_line(text: &str) -> String {
    visible(text).into_owned()
}

fn open(file: Option<&Path>) -> Result<CatalogFile, ToolError> {
    CatalogFile::open(file, &Terminal::new(ColorChoice::Never))
        .map_err(|failure| unreadable(&failure))
}

fn catalog_of(file: &CatalogFile) -> Result<&Catalog, ToolError> {
    file.compilation.catalog().ok_or_else(|| {
        let first = file.compilation.diagnostics.iter().find(|it| it.is_error());
        let first = first.map(|first| first.message.as_str()).unwrap_or_default();
        ToolError::CatalogHasErrors { first: one_line(first) }
    })
}

fn explain(file: Option<&Path>, arguments: &Explain) -> Result<Output, ToolError> {
    let question = arguments.text.trim();
    if question.is_empty() {
        return Err(invalid("`text` is empty"));
    }
    if question.len() > MAX_BODY {
        let limit = MAX_BODY >> 10;
        return Err(invalid(&format!("`text` is larger than {limit} KiB; give only the response")));
    }
    let file = open(file);
    let explained = explain::explained(question, file.as_ref().ok(), arguments.show_sensitive);
    let Some((text, json)) = explained else {
        // Why the question could not be explained.
        let failure = file.and_then(|file| catalog_of(&file).map(drop)).err();
        return Err(failure.unwrap_or_else(|| nothing(&[])));
    };
    match json["did_you_mean"].as_array() {
        Some(similar) => Err(nothing(similar)),
        None => Ok(Output { text: anstream::adapter::strip_str(&text).to_string(), json }),
    }
}

fn nothing(similar: &[Value]) -> ToolError {
    let similar: Vec<String> = similar.iter().filter_map(Value::as_str).map(one_line).collect();
    let context = (!similar.is_empty()).then(|| Similar { similar: similar.join(" | ") });
    ToolError::NothingFits { context }
}

fn search(file: Option<&Path>, arguments: &Search) -> Result<Output, ToolError> {
    let file = open(file)?;
    let catalog = catalog_of(&file)?;
    let wanted = arguments.words.to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    // Matches in the name or message rank higher than those in the documentation.
    let score = |row: &Row| {
        let known = format!("{} {} {}", row.code, row.name, row.detail.source).to_lowercase();
        let section = &catalog.sections[row.section].name;
        let said = format!("{} {} {section}", row.cause, row.fix).to_lowercase();
        let count = |text: &str| words.iter().filter(|word| text.contains(**word)).count();
        let both = words.iter().filter(|word| known.contains(**word) || said.contains(**word));
        (both.count(), count(&known))
    };
    let mut found: Vec<_> = catalog.rows.iter().map(|row| (score(row), row)).collect();
    found.retain(|(score, _)| score.0 > 0);
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let rows: Vec<&Row> = found.into_iter().map(|(_, row)| row).collect();
    Ok(listed(catalog, &rows, arguments.offset, arguments.limit.unwrap_or(FOUND)))
}

fn list(file: Option<&Path>, arguments: &List) -> Result<Output, ToolError> {
    let file = open(file)?;
    let catalog = catalog_of(&file)?;
    let has_status =
        |row: &Row| arguments.status.is_none_or(|it| messages::has_status(catalog, row, it));
    let wanted = arguments.section.as_ref().map(|section| section.to_lowercase());
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|it| *it == name.to_lowercase());
    let sections: Vec<&str> = catalog.sections.iter().map(|it| it.name.as_str()).collect();
    if !sections.iter().any(|name| is_wanted(name)) {
        return Err(nothing(&sections.into_iter().map(Value::from).collect::<Vec<_>>()));
    }
    let is_in_section = |row: &Row| is_wanted(&catalog.sections[row.section].name);
    let rows = catalog.rows.iter().filter(|row| has_status(row) && is_in_section(row));
    let rows: Vec<&Row> = rows.collect();
    Ok(listed(catalog, &rows, arguments.offset, arguments.limit.unwrap_or(LISTED)))
}

/// Returns a page of errors. `explain` has the details of each.
fn listed(catalog: &Catalog, rows: &[&Row], offset: usize, limit: usize) -> Output {
    let shown: Vec<&Row> = rows.iter().copied().skip(offset).take(limit).collect();
    let line = |row: &&Row| {
        let retired = if row.retired.is_some() { " (retired)" } else { "" };
        let status = catalog.statuses[row.status].code;
        let message = messages::message(&row.detail.source);
        format!("{status} {}{retired}: {}\n", visible(&row.code), visible(&message))
    };
    let error = |row: &&Row| {
        json!({
            "code": row.code,
            "status": catalog.statuses[row.status].code,
            "section": catalog.sections[row.section].name,
            "detail": row.detail.source,
            "fix": row.fix,
            "retired": row.retired.is_some(),
        })
    };
    let mut json = json!({
        "total": rows.len(),
        "errors": shown.iter().map(error).collect::<Vec<_>>(),
    });
    let end = offset.saturating_add(shown.len());
    let rest = match shown.len() {
        0 => "no errors\n".to_owned(),
        count if end < rows.len() => {
            json["next_offset"] = json!(end);
            format!("{count} of {}; the next ones have the offset {end}\n", rows.len())
        }
        _ => String::new(),
    };
    let text = shown.iter().map(line).chain([rest]).collect();
    Output { text, json }
}

fn check(file: Option<&Path>, arguments: &Check) -> Result<Output, ToolError> {
    let path = catalog_file::find(file).map_err(|failure| unreadable(&failure))?;
    let terminal = Terminal::new(ColorChoice::Never);
    let read = match &arguments.text {
        Some(text) => Ok(CatalogFile::of_guest(&path, text, &terminal)),
        None => CatalogFile::read(&path, &terminal),
    };
    let mut file = read.map_err(|failure| unreadable(&failure))?;
    lock::compare(&mut file).map_err(|failure| unreadable(&failure))?;
    let compilation = &file.compilation;
    let errors = compilation.diagnostics.iter().filter(|it| Diagnostic::is_error(it)).count();
    let shown = report::render(&compilation.source, &compilation.diagnostics, Style::Plain);
    let json = json!({
        "is_sound": errors == 0,
        "diagnostics": diagnostics::render(std::slice::from_ref(&file)),
    });
    Ok(Output { text: format!("{}{}\n", visible_lines(&shown), text::summary(&file)), json })
}
