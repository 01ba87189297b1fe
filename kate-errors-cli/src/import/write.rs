//! Writes a catalog from a complete [`Draft`].
//!
//! All text of sources is escaped here, so nothing else turns it into YAML.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::body::is_usual;
use super::draft::{ContextDraft, Draft, ErrorDraft, Guess, Said, SectionDraft, StatusDraft};
use super::message::{Kind, Message, ParamDraft};
use crate::publish::yaml_text;
use crate::visible::{visible, visible_json};

/// The indentation of the fields of an error.
const FIELDS: usize = 8;

/// The text of a catalog, and the places of its errors.
pub(crate) struct Written {
    pub(crate) text: String,
    /// The line of each error's code, in the order of the draft, from 0.
    pub(crate) lines: Vec<usize>,
    /// The line after the last error.
    pub(crate) end: usize,
    /// The line of each operation.
    pub(crate) operations: Vec<usize>,
    /// What was guessed and why, and how often.
    pub(crate) guesses: Guesses,
}

/// The number of guesses, by subject and reason.
pub(crate) type Guesses = BTreeMap<(&'static str, String), usize>;

/// Writes a draft. Missing parts are omitted.
pub(crate) fn write(draft: &Draft) -> Written {
    let mut out = Lines::default();
    if let Some(name) = &draft.name {
        out.said(0, "catalog", name);
    }
    let head =
        [("title", &draft.title), ("summary", &draft.summary), ("reference", &draft.reference)];
    for (field, text) in head {
        out.text(0, field, text.as_deref());
    }
    for (name, content) in &draft.extensions {
        out.line(0, &format!("{}: {}", scalar(name), flow(content)), &None);
    }
    if draft.errors().any(|error| error.cause.is_none() || error.fix.is_none()) {
        out.line(0, "allow_warnings: [unexplained-error]", &None);
    }
    statuses(draft, &mut out);
    contexts(draft, &mut out);
    wire(draft, &mut out);
    out.line(0, "\nsections:", &None);
    let mut lines = Vec::new();
    for (at, section) in draft.sections.iter().enumerate() {
        if at > 0 {
            out.line(0, "", &None);
        }
        write_section_head(section, &mut out);
        for error in &section.errors {
            lines.push(out.count);
            write_error(error, draft, &mut out);
        }
    }
    let end = out.count;
    let operations = operations(draft, &mut out);
    Written { text: out.text, lines, end, operations, guesses: out.guesses }
}

/// Writes an error in the list of a section.
pub(super) fn write_error(error: &ErrorDraft, draft: &Draft, out: &mut Lines) {
    if let Some(code) = &error.code {
        let written = value(&code.value);
        if error.without_code {
            out.line(FIELDS - 2, "- code: none", &None);
            if error.name.is_none() {
                out.line(FIELDS, &format!("name: {written}"), &code.guess);
            }
        } else {
            out.line(FIELDS - 2, &format!("- code: {written}"), &code.guess);
        }
    }
    if let Some(name) = &error.name {
        out.said(FIELDS, "name", name);
    }
    if let Some(base) = &error.same_as {
        out.line(FIELDS, &format!("same_as: {}", scalar(base)), &None);
    } else {
        let statuses = match error.statuses.as_slice() {
            [status] => json!(status),
            all => json!(all),
        };
        if !error.statuses.is_empty() {
            out.line(FIELDS, &format!("status: {}", flow(&statuses)), &error.status_guess);
        }
        if error.status_guess.is_some() {
            out.line(FIELDS, "status_basis: inferred", &None);
        }
        if !error.message.is_empty() {
            let source = error.message.source();
            let detail = commented(&source, &error.message_guess);
            out.line(FIELDS, &format!("detail: {detail}"), &error.message_guess);
        }
        out.text(FIELDS, "context", error.context.as_deref());
        params(&error.message, FIELDS, out);
    }
    if !error.wire.is_empty() {
        let wire: Value = error.wire.iter().cloned().collect();
        out.line(FIELDS, &format!("wire: {}", flow(&wire)), &None);
    }
    let of_context =
        draft.contexts.iter().filter(|context| error.context.as_ref() == Some(&context.name.value));
    let params = of_context.flat_map(|context| &context.text.params).chain(&error.message.params);
    let params: Vec<ParamDraft> = params.cloned().collect();
    for (field, text) in [("cause", &error.cause), ("fix", &error.fix)] {
        let text = text.as_ref().map(|text| Message::shown(text, &params).source());
        out.text(FIELDS, field, text.as_deref());
    }
    if !error.former.is_empty() {
        let former: Vec<String> =
            error.former.iter().map(|message| json_text(&message.source())).collect();
        out.line(FIELDS, &format!("former: [{}]", former.join(", ")), &None);
    }
    if let Some(retired) = &error.retired {
        let mut fields = json!({ "reason": retired.reason });
        for (name, text) in [("since", &retired.since), ("replaced_by", &retired.replaced_by)] {
            if let Some(text) = text {
                fields[name] = text.as_str().into();
            }
        }
        out.line(FIELDS, &format!("retired: {}", flow(&fields)), &None);
    }
    for (name, content) in &error.extensions {
        out.line(FIELDS, &format!("{}: {}", scalar(name), flow(content)), &None);
    }
}

/// Returns what is written, without the indentation of its first line, and counts the guesses in it.
pub(super) fn unindented(guesses: &mut Guesses, write: impl FnOnce(&mut Lines)) -> String {
    let mut out = Lines { guesses: std::mem::take(guesses), ..Lines::default() };
    write(&mut out);
    *guesses = out.guesses;
    let depth = out.text.len() - out.text.trim_start_matches(' ').len();
    out.text.lines().flat_map(|line| [line.get(depth..).unwrap_or_default(), "\n"]).collect()
}

/// Writes the first lines of a section.
pub(super) fn write_section_head(section: &SectionDraft, out: &mut Lines) {
    let name = commented(&section.name, &section.name_guess);
    out.line(2, &format!("- name: {name}"), &section.name_guess);
    out.line(4, "errors:", &None);
}

fn statuses(draft: &Draft, out: &mut Lines) {
    out.line(0, "\nstatuses:", &None);
    for (code, status) in &draft.statuses {
        write_status(*code, status, out);
    }
}

/// Writes a status as an entry of the table.
pub(super) fn write_status(code: u16, status: &StatusDraft, out: &mut Lines) {
    let name = status.name.as_deref().unwrap_or_default();
    let description = status.description.as_deref();
    let guess = description.is_none().then(|| "the source does not describe it".into());
    let mut fields = json!({ "name": name, "description": description.unwrap_or(name) });
    for (name, value) in &status.fields {
        fields[name] = value.clone();
    }
    out.line(2, &format!("{code}: {}", flow(&fields)), &guess);
}

fn contexts(draft: &Draft, out: &mut Lines) {
    if draft.contexts.is_empty() {
        return;
    }
    out.line(0, "\ncontexts:", &None);
    for context in &draft.contexts {
        write_context(context, out);
    }
}

/// Writes a context as an entry of the contexts.
pub(super) fn write_context(context: &ContextDraft, out: &mut Lines) {
    out.line(2, &format!("{}:", context.name.value), &context.name.guess);
    out.line(4, &format!("text: {}", scalar(&context.text.source())), &None);
    params(&context.text, 4, out);
}

fn wire(draft: &Draft, out: &mut Lines) {
    let body = draft.body.as_ref().filter(|body| !is_usual(&body.value));
    let identity = draft.identity.as_ref().filter(|identity| identity.value != "detail");
    let is_silent = draft.success.is_none()
        && draft.media_type.is_none()
        && draft.header.is_none()
        && draft.reads.is_empty();
    if body.is_none() && identity.is_none() && is_silent {
        return;
    }
    out.line(0, "\nwire:", &None);
    if let Some(body) = body {
        out.line(2, &format!("body: {}", flow(&body.value)), &body.guess);
    }
    if let Some(media_type) = &draft.media_type {
        out.said(2, "media_type", media_type);
    }
    if !draft.reads.is_empty() {
        out.line(2, &format!("reads: {}", flow(&json!(draft.reads))), &None);
    }
    if let Some(header) = &draft.header {
        out.line(2, &format!("header: {}", flow(header)), &None);
    }
    if let Some(status) = draft.success {
        out.line(2, &format!("status: {status}"), &None);
    }
    if let Some(identity) = identity {
        if body.is_none() && draft.header.is_none() {
            out.line(2, "use: detail_and_code", &identity.guess);
        }
        let Said { value, guess } = identity.clone();
        out.said(2, "identity", &Said { value: value.to_owned(), guess });
    }
}

/// Writes the operations, and returns the line of each.
fn operations(draft: &Draft, out: &mut Lines) -> Vec<usize> {
    if !draft.common.is_empty() {
        out.line(0, &format!("\ncommon: {}", flow(&json!(draft.common))), &None);
    }
    if draft.operations.is_empty() {
        return Vec::new();
    }
    out.line(0, "\noperations:", &None);
    let mut lines = Vec::new();
    for operation in &draft.operations {
        lines.push(out.count);
        out.line(2, &format!("{}:", operation.name.value), &operation.name.guess);
        out.line(4, &format!("route: {}", scalar(&operation.route)), &None);
        out.text(4, "summary", operation.summary.as_deref());
        out.line(4, &format!("errors: {}", flow(&json!(operation.errors))), &None);
    }
    lines
}

fn params(message: &Message, indent: usize, out: &mut Lines) {
    if message.params.is_empty() {
        return;
    }
    out.line(indent, "params:", &None);
    for param in &message.params {
        let text = format!("{}: {}", scalar(&param.name), param_text(param));
        out.line(indent + 2, &text, &param.guess);
    }
}

fn param_text(param: &ParamDraft) -> String {
    let mut fields = match &param.kind {
        Kind::Named(name) => json!({ "type": name }),
        Kind::OneOf(texts) => json!({ "one_of": texts }),
    };
    for (name, text) in [("member", &param.member), ("description", &param.description)] {
        if let Some(text) = text {
            fields[name] = text.as_str().into();
        }
    }
    // Examples that are made up can be empty, those of catalogs cannot.
    if let Some(example) = param.example.as_ref().filter(|it| !it.is_empty()) {
        let is_number = matches!(param.kind, Kind::Named("u64" | "i64"));
        let number =
            example.parse::<i64>().ok().filter(|it| is_number && it.to_string() == *example);
        fields["example"] = number.map_or_else(|| example.as_str().into(), Value::from);
    }
    for (name, flag) in [("sensitive", param.sensitive), ("optional", param.optional)] {
        if flag {
            fields[name] = true.into();
        }
    }
    match &param.kind {
        Kind::Named(name) if fields.as_object().is_some_and(|it| it.len() == 1) => {
            (*name).to_owned()
        }
        _ => flow(&fields),
    }
}

fn scalar(text: &str) -> String {
    yaml_text::scalar(text, false)
}

/// Like [`scalar`], for strings in flow style.
fn flow_scalar(text: &str) -> String {
    yaml_text::scalar(text, true)
}

/// Writes a string, in quotes if a comment follows: otherwise the comment could be read as part of it.
fn commented(text: &str, guess: &Guess) -> String {
    if guess.is_some() { json_text(text) } else { scalar(text) }
}

/// Writes a string in quotes.
fn json_text(text: &str) -> String {
    visible_json(&Value::from(text).to_string())
}

fn value(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), scalar)
}

/// Writes a value on one line, in the style of catalogs.
fn flow(content: &Value) -> String {
    yaml_text::flow(content, &flow_scalar)
}

/// Lines of YAML, and the guesses in their comments.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    count: usize,
    guesses: Guesses,
}

impl Lines {
    /// Adds a line that is indented by `indent`. A line break at its beginning adds an empty line before it.
    fn line(&mut self, indent: usize, line: &str, guess: &Guess) {
        let start = self.text.len();
        let (before, line) = line.strip_prefix('\n').map_or(("", line), |line| ("\n", line));
        let blanks = if line.is_empty() { 0 } else { indent };
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{before}{:blanks$}{line}", "");
        if let Some(why) = guess {
            let _ = write!(self.text, " # guess: {}", visible(why));
            *self.guesses.entry((subject(line), why.to_string())).or_default() += 1;
        }
        self.text.push('\n');
        self.count += self.text[start..].matches('\n').count();
    }

    fn said(&mut self, indent: usize, field: &str, said: &Said<String>) {
        self.line(indent, &format!("{field}: {}", scalar(&said.value)), &said.guess);
    }

    fn text(&mut self, indent: usize, field: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.line(indent, &format!("{field}: {}", scalar(text)), &None);
        }
    }
}

/// Returns what a line is about, for the report.
fn subject(line: &str) -> &'static str {
    let field = line.trim_start_matches("- ").split(':').next().unwrap_or_default();
    match field {
        "code" => "code",
        "status" => "status",
        "detail" => "message",
        "catalog" => "name of the catalog",
        "body" | "identity" | "media_type" | "use" => "setting of `wire`",
        _ if field.bytes().all(|byte| byte.is_ascii_digit()) => "description of a status",
        _ => "parameter or name",
    }
}
