//! Reads what people paste: bodies, responses, log lines, output of clients, codes and statuses.
//!
//! Text is read line by line, so it may be endless. For the box of the HTML page, `publish/html/pasted.js`,
//! `passages.js` and `messages.js` implement the same, function by function; `tests/pasted.json` and thousands of
//! texts derived from it verify that both agree.

mod context;
mod finding;
mod messages;
mod patterns;
mod scan;
mod text;

use std::collections::BTreeMap;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Status;
use regex::Regex;

use self::context::Context;
pub(crate) use self::finding::{Finding, Kind};
use self::messages::Beginnings;
use self::scan::{Event, Group};
use crate::decode::{Decoder, Reading, Response, names_no_error};
use crate::messages::with_code;

/// How many bytes are read at once: the maximum size of a body for clients.
pub(crate) const BLOCK: usize = kate_errors_model::MAX_BODY;

/// A body, and what is known about it.
struct Before {
    body: String,
    line: usize,
    context: Context,
}

/// Reads consecutive chunks of a text.
pub(crate) struct Reader<'c> {
    catalog: &'c Catalog,
    decoder: Decoder<'c>,
    beginnings: Beginnings<'c>,
    by_code: BTreeMap<&'c str, Vec<usize>>,
    by_spelling: BTreeMap<String, Vec<usize>>,
    /// The lowercase name of the header field with the code, as in the tables of the page.
    header: String,
    code_field: Option<Regex>,
    context: Context,
    /// Whether the line is indented, and so continues what began before.
    is_continued: bool,
    lines: usize,
    /// The last body, if its status may be in the next line.
    before: Option<Before>,
    /// The timestamp of the last record that had one.
    time: Option<String>,
    findings: Vec<Finding>,
}

impl<'c> Reader<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let decoder = Decoder::of(catalog);
        let header = catalog.error_code().name.to_lowercase();
        Self {
            catalog,
            beginnings: Beginnings::of(catalog, &decoder.lookup, catalog.aliases()),
            decoder,
            by_code: with_code(catalog),
            by_spelling: with_spelling(catalog),
            code_field: patterns::code_field(&header),
            header,
            context: Context::default(),
            is_continued: false,
            before: None,
            lines: 0,
            time: None,
            findings: Vec::new(),
        }
    }

    /// Reads a complete text, and returns what it contains in order of appearance.
    pub(crate) fn read_all(&mut self, text: &str) -> Vec<Finding> {
        let text = &scan::without_quotes(&scan::without_colours(text));
        if let Some(finding) = self.called(text.trim()) {
            return vec![finding];
        }
        self.read(text);
        let mut findings = self.end();
        (self.lines, self.time) = (0, None);
        // A message can have line breaks.
        let is_whole = findings.iter().all(|finding| finding.kind == Kind::Cut);
        if let Some(finding) = self.alone(text.trim()).filter(|_| is_whole) {
            findings = vec![finding];
        }
        if findings.is_empty() {
            // People leave out the underscores.
            let called = self.called(&without_values(text.trim()).replace(' ', "_"));
            let called = called.or_else(|| self.status_called(text.trim()));
            findings = called.map_or_else(|| self.operations_alone(text.trim()), |it| vec![it]);
        }
        if findings.iter().any(Finding::is_of_an_error) {
            findings.retain(Finding::is_of_an_error);
        } else {
            findings.truncate(1);
        }
        findings
    }

    /// Reads a text that is a code or a name.
    fn called(&self, text: &str) -> Option<Finding> {
        let rows = errors_called(self.catalog, text);
        (!rows.is_empty()).then(|| Finding::of(Kind::Code, rows))
    }

    /// Reads a text that is the name of a status.
    fn status_called(&mut self, text: &str) -> Option<Finding> {
        let is_called = |status: &&Status| status.name.to_lowercase() == text.to_lowercase();
        self.context.status = Some(self.catalog.statuses.iter().find(is_called)?.code);
        self.flush();
        self.findings.pop()
    }

    /// Returns the operations whose route is all of a text, with their errors.
    fn operations_alone(&self, text: &str) -> Vec<Finding> {
        let all = scan::operations_in(&self.catalog.operations, &["route_alone"], text);
        let finding = |operation| {
            let rows = (0..self.catalog.rows.len()).filter(|row| self.lists(operation, *row));
            Finding { operation, ..Finding::of(Kind::Operation, rows.collect()) }
        };
        all.into_iter().map(Some).map(finding).collect()
    }

    /// Reads the next lines.
    pub(crate) fn read(&mut self, text: &str) {
        let text = &scan::without_quotes(&scan::without_colours(text));
        let values = scan::values(text);
        let mut values = values.iter().map(|(start, end, _)| (*start, *end)).peekable();
        let (mut start, mut at) = (0, 0);
        while let Some(found) = text[at..].find('\n') {
            let end = at + found;
            while values.next_if(|value| value.1 <= end).is_some() {}
            at = match values.peek() {
                Some((begins, ends)) if *begins < end => *ends,
                _ => {
                    self.group(&text[start..end]);
                    start = end + 1;
                    start
                }
            };
        }
        if start < text.len() {
            self.group(&text[start..]);
        }
    }

    /// Returns what was found since the last call.
    pub(crate) fn found(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// Ends the text, and returns what was not yet returned.
    pub(crate) fn end(&mut self) -> Vec<Finding> {
        self.flush();
        self.before = None;
        self.found()
    }

    fn group(&mut self, whole: &str) {
        let line = self.lines + 1;
        self.lines += whole.split('\n').count();
        let text = whole.strip_suffix('\r').unwrap_or(whole);
        if self.context.is_used {
            self.context = Context::default();
        }
        if self.belongs_to_body(text) {
            return;
        }
        // A body behind a head may have its time, as a record of a log has.
        let is_behind_head = self.context.is_head && !self.context.in_head;
        let is_body = is_behind_head && text.starts_with('{');
        if patterns::is_in("record", text) && !is_body && !self.has_name_of_status(text) {
            self.flush();
            self.time = patterns::first("time", text).map(|time| time[0].to_owned());
        }
        self.is_continued = text.starts_with([' ', '\t']);
        let is_head = patterns::is_in("head", text);
        if !is_head && self.context.in_head && self.is_in_head(text) {
            return;
        }
        let is_request = text.starts_with("> ");
        let texts = vec![text.trim().to_owned()];
        let mut group = Group { texts, is_head, is_request, ..Group::default() };
        self.scan(text, 0, &mut group);
        let has_body = group.events.iter().any(Event::is_body);
        self.take(std::mem::take(&mut group.events), line);
        if is_head && !has_body {
            self.context.in_head = true;
        } else if !has_body && !is_request && !self.is_page(text) {
            self.text(text, &group, line);
        }
        if !is_head && !text.trim().is_empty() {
            self.context.is_head = false;
        }
        let Context { is_page, status, .. } = self.context;
        if is_page && status.is_some() && patterns::is_in("page_end", text) {
            self.flush();
        }
    }

    /// Whether a line belongs to the head of a response, or is the empty line that ends it.
    fn is_in_head(&mut self, text: &str) -> bool {
        let field = patterns::first("field", text);
        let end = text.trim_start_matches([' ', '\t']);
        let end = end.strip_prefix(['<', '*']).unwrap_or(end);
        let is_end = end.trim_matches([' ', '\t']).is_empty();
        self.context.in_head = !is_end && field.is_some();
        if let Some(field) = &field
            && field[1].eq_ignore_ascii_case(&self.header)
        {
            self.set_code(field[2].trim().to_owned());
        }
        is_end || field.is_some()
    }

    /// Whether a line belongs to an HTML page, which APIs do not send as an error.
    fn is_page(&mut self, text: &str) -> bool {
        let found = patterns::is_in("page", text);
        self.context.is_page |= found;
        found
    }

    /// Applies the events around bodies, and reads the bodies. Events after a body supply what is missing for it.
    fn take(&mut self, events: Vec<Event>, line: usize) {
        let mut events: Vec<Option<Event>> = events.into_iter().map(Some).collect();
        for at in 0..events.len() {
            match events[at].take() {
                Some(Event::Body { text, .. }) => {
                    let behind = &mut events[at + 1..];
                    let is_body =
                        |event: &Option<Event>| event.as_ref().is_some_and(Event::is_body);
                    let end = behind.iter().position(is_body).unwrap_or(behind.len());
                    for other in &mut behind[..end] {
                        if let Some(event) = other.take_if(|event| self.is_missing(event)) {
                            self.apply(event, line);
                        }
                    }
                    let Context { status, operation, .. } = self.context;
                    let code = self.context.code.clone();
                    let context = Context { status, code, operation, ..Context::default() };
                    self.before = Some(Before { body: text.clone(), line, context });
                    self.body(text, line);
                }
                Some(event) => self.apply(event, line),
                None => {}
            }
        }
    }

    fn is_missing(&self, event: &Event) -> bool {
        match event {
            Event::Status { .. } => self.context.status.is_none(),
            Event::Code(_) => self.context.code.is_none(),
            Event::Operation(_) => self.context.operation.is_none(),
            Event::Body { .. } => false,
        }
    }

    fn emit(&mut self, finding: Finding, line: usize) {
        let Context { status, operation, .. } = self.context;
        let time = self.time.clone();
        let is_cut = finding.kind == Kind::Cut;
        let rows = finding.rows;
        let rows = if is_cut { self.preferred(rows, &self.context) } else { rows };
        self.findings.push(Finding { rows, status, operation, line, time, ..finding });
        self.context.is_used = true;
    }

    fn response(&self, body: String) -> Response {
        Response {
            status: self.context.status.unwrap_or(0),
            header: self.context.code.clone(),
            body,
        }
    }

    fn operation_rows(&self) -> Option<&'c [usize]> {
        self.context.operation.map(|operation| self.catalog.operations[operation].rows.as_slice())
    }

    fn body(&mut self, body: String, line: usize) {
        let response = self.response(body);
        let reading = self.decoder.decode_in(&response, self.operation_rows());
        let fields = self.decoder.fields(&response);
        let is_list = scan::has_paths(&fields) && names_no_error(&reading);
        let mut finding = match reading {
            Reading::Known(known, _) => Finding::from(known),
            _ if is_list => Finding::of(Kind::Validation, Vec::new()),
            Reading::Validation(_) => Finding::of(Kind::Validation, Vec::new()),
            Reading::NotAnError => Finding::of(Kind::Success, Vec::new()),
            Reading::Unknown(reason, named) => {
                let code = named.map(|row| self.catalog.rows[row as usize].code.as_str());
                let rows = code.and_then(|code| self.by_code.get(code)).cloned();
                // The code may identify the error, although its message does not match.
                let is_known = rows.is_some() && self.catalog.identity.is_by_code();
                let kind = if is_known { Kind::Code } else { Kind::Unknown };
                let reason = Some(reason.to_string());
                Finding { reason, ..Finding::of(kind, rows.unwrap_or_default()) }
            }
        };
        if finding.kind == Kind::Unknown {
            finding.texts = self.texts_in(&response.body);
        }
        self.emit(Finding { fields, ..finding }, line);
    }

    /// Returns the texts in a body that could be a message.
    pub(crate) fn texts_in(&self, text: &str) -> Vec<String> {
        let mut group = Group::default();
        self.scan(text, 0, &mut group);
        group.texts
    }
}

/// Returns the name of an error as Rust and Python show it, without the values after it.
fn without_values(text: &str) -> &str {
    let inner = ["Err(", "Some("].iter().fold(text, |it, wrap| it.strip_prefix(wrap).unwrap_or(it));
    let name = inner.split(['{', '(']).next().filter(|_| text.ends_with([')', '}']));
    name.map_or(text, |name| name.trim_end_matches([' ', ')']))
}

/// Returns the errors with this code or name, regardless of its spelling.
pub(crate) fn errors_called(catalog: &Catalog, text: &str) -> Vec<usize> {
    let rows = || catalog.rows.iter().enumerate();
    let exact: Vec<usize> = rows().filter(|(_, row)| row.code == text).map(|(at, _)| at).collect();
    let word = text.rsplit([':', '.', '\\']).next().unwrap_or_default();
    let is_name = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    let is_word = (1..=100).contains(&word.len())
        && word.bytes().all(is_name)
        && word.bytes().any(|it| it.is_ascii_alphabetic());
    if !exact.is_empty() || !is_word {
        return exact;
    }
    let spelled = |name: &str| {
        let letters = name.to_lowercase();
        letters.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let wanted = spelled(word);
    let called = |wanted: &str| {
        let is_so = |name: &String| spelled(name) == wanted;
        let rows = rows().filter(|(_, row)| is_so(&row.code) || is_so(&row.name));
        rows.map(|(at, _)| at).collect::<Vec<usize>>()
    };
    let rows = called(&wanted);
    // Python calls the class of an error so, other languages call it an exception.
    let class = ["error", "exception"].iter().find_map(|suffix| wanted.strip_suffix(suffix));
    let class = class.filter(|it| rows.is_empty() && !it.is_empty());
    class.map_or(rows, called)
}

/// Returns the errors with each code, in lower case with `_`, and those with each variant in lower case.
fn with_spelling(catalog: &Catalog) -> BTreeMap<String, Vec<usize>> {
    let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in catalog.rows.iter().enumerate() {
        rows.entry(text::spelled(&row.code)).or_default().push(at);
    }
    for (at, row) in catalog.rows.iter().enumerate() {
        rows.entry(row.name.replace('_', "")).or_insert_with(|| vec![at]);
    }
    rows
}
