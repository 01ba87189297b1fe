//! What people paste: bodies, responses, lines of logs, what clients print, codes, statuses.
//!
//! It is read line by line, so that a text may have no end. `publish/html/passages.js` reads the same texts in the box of
//! the page, function by function; `tests/pasted.json` and thousands of texts that are made of it hold both to one another.

mod messages;
mod patterns;
mod scan;

use std::collections::HashMap;

use kate_errors_codegen::Catalog;
use regex::Regex;

use self::messages::Beginnings;
use self::scan::{Event, Group, Scanner};
use crate::decode::{Decoder, Known, Reading, Response};
use crate::lookup::Lookup;
use crate::messages::{aliases, code_header, has_status};

/// How much of a text is read at once: no client reads a longer response.
pub(crate) const BLOCK: usize = kate_errors_model::MAX_BODY;

/// What a text tells of in one place.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// The errors that it may be.
    pub(crate) rows: Vec<usize>,
    /// The first of them as a client reads it.
    pub(crate) known: Option<Known>,
    pub(crate) status: Option<u16>,
    /// The number of the operation.
    pub(crate) operation: Option<usize>,
    /// The line in which it stands, from 1.
    pub(crate) line: usize,
    /// When that was, if the line says so.
    pub(crate) time: Option<String>,
    /// What it looks like, where it is not known.
    pub(crate) texts: Vec<String>,
    /// Why it is not known.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An error, with its message.
    Error,
    /// An error without a message.
    Code,
    /// The beginning of a message.
    Cut,
    /// A body of no error of the catalog.
    Unknown,
    /// A list of fields that are wrong.
    Validation,
    /// A response that is no error.
    Success,
    /// A page of something between client and server.
    Page,
    /// A status alone.
    Status,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Code => "code",
            Self::Cut => "cut",
            Self::Unknown => "unknown",
            Self::Validation => "validation",
            Self::Success => "success",
            Self::Page => "page",
            Self::Status => "status",
        }
    }
}

impl Finding {
    fn of(kind: Kind, rows: Vec<usize>) -> Self {
        let known = None;
        Self {
            kind,
            rows,
            known,
            status: None,
            operation: None,
            line: 1,
            time: None,
            texts: Vec::new(),
            reason: None,
        }
    }

    /// Whether it tells of an error, and not of a response that is none.
    pub(crate) fn is_of_an_error(&self) -> bool {
        match self.kind {
            Kind::Success => false,
            Kind::Status => self.status.is_none_or(|status| status >= 400),
            _ => true,
        }
    }
}

/// What is known of a response before its body is seen.
#[derive(Clone, Debug, Default)]
struct Context {
    status: Option<u16>,
    is_page: bool,
    is_head: bool,
    in_head: bool,
    line: usize,
    time: Option<String>,
    code: Option<String>,
    operation: Option<usize>,
    is_used: bool,
}

/// Reads texts, of which each goes on where the one before it has ended.
pub(crate) struct Reader<'c> {
    catalog: &'c Catalog,
    decoder: Decoder<'c>,
    lookup: Lookup<'c>,
    beginnings: Beginnings<'c>,
    by_code: HashMap<&'c str, Vec<usize>>,
    code_field: Option<Regex>,
    context: Context,
    lines: usize,
    /// When the last line was written that says so.
    time: Option<String>,
    findings: Vec<Finding>,
}

impl<'c> Reader<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        let lookup = Lookup::of(catalog);
        let beginnings = Beginnings::of(catalog, &lookup, aliases(catalog));
        let mut by_code: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, row) in catalog.rows.iter().enumerate() {
            by_code.entry(row.code.as_str()).or_default().push(at);
        }
        let code_field = patterns::code_field(&header(catalog));
        Self {
            catalog,
            decoder: Decoder::of(catalog),
            lookup,
            beginnings,
            by_code,
            code_field,
            context: Context::default(),
            lines: 0,
            time: None,
            findings: Vec::new(),
        }
    }

    /// All that a whole text tells of, in its order.
    pub(crate) fn read_all(&mut self, text: &str) -> Vec<Finding> {
        let called = errors_called(self.catalog, text.trim());
        if !called.is_empty() {
            return vec![Finding::of(Kind::Code, called)];
        }
        self.read(text);
        let mut findings = self.end();
        (self.lines, self.time) = (0, None);
        if findings.iter().any(Finding::is_of_an_error) {
            findings.retain(Finding::is_of_an_error);
        }
        findings.truncate(if findings.first().is_some_and(Finding::is_of_an_error) {
            usize::MAX
        } else {
            1
        });
        findings
    }

    /// Reads the next lines.
    pub(crate) fn read(&mut self, text: &str) {
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

    /// What was found since this was asked last.
    pub(crate) fn found(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    /// Says that nothing follows.
    pub(crate) fn end(&mut self) -> Vec<Finding> {
        self.flush();
        self.found()
    }

    fn group(&mut self, whole: &str) {
        let line = self.lines + 1;
        self.lines += whole.split('\n').count();
        let text = whole.strip_suffix('\r').unwrap_or(whole);
        if self.context.is_used {
            self.context = Context::default();
        }
        if patterns::is_in("record", text) {
            self.flush();
            self.time = patterns::first("time", text).map(|time| time[0].to_owned());
        }
        let is_head = patterns::is_in("head", text);
        if !is_head && self.context.in_head && self.is_in_head(text) {
            return;
        }
        let is_request = text.starts_with("> ");
        let texts = vec![text.trim().to_owned()];
        let mut group = Group { texts, is_head, is_request, ..Group::default() };
        self.scan(text, &mut group);
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
    }

    fn scan(&self, text: &str, group: &mut Group) {
        let scanner = Scanner {
            decoder: &self.decoder,
            operations: &self.catalog.operations,
            header: &header(self.catalog),
            code_field: self.code_field.as_ref(),
        };
        scanner.scan(text, 0, group);
    }

    /// Whether a line belongs to the head of a response, which an empty line ends.
    fn is_in_head(&mut self, text: &str) -> bool {
        let field = patterns::first("field", text);
        let blank = |text: &str| text.trim_matches([' ', '\t']).is_empty();
        let is_end = blank(text.trim_start_matches([' ', '\t']).trim_start_matches(['<', '*']));
        self.context.in_head = !is_end && field.is_some();
        if let Some(field) = &field {
            if field[1].eq_ignore_ascii_case(&header(self.catalog)) {
                self.set_code(field[2].trim().to_owned());
            }
        }
        is_end || field.is_some()
    }

    /// Whether a line is of a page in HTML, which nobody sends as an error of an API.
    fn is_page(&mut self, text: &str) -> bool {
        let found = patterns::is_in("page", text);
        self.context.is_page |= found;
        found
    }

    /// Takes what stands around bodies, and reads these. What follows a body may belong to it.
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

    fn apply(&mut self, event: Event, line: usize) {
        match event {
            Event::Status { status, is_head } => self.set_status(status, is_head, line),
            Event::Code(code) => self.set_code(code),
            Event::Operation(operation) => {
                let Context { is_used, status, is_head, line: before, .. } = self.context;
                if is_used || (status.is_some() && !is_head && before != line) {
                    self.flush();
                }
                self.context.operation = Some(operation);
            }
            Event::Body { .. } => {}
        }
    }

    fn set_status(&mut self, status: u16, is_head: bool, line: usize) {
        if self.context.is_used {
            self.context = Context::default();
        }
        let Context { is_head: was_head, line: before, .. } = self.context;
        let is_other = before != line;
        let is_next = if is_head { was_head || is_other } else { !was_head && is_other };
        match self.context.status {
            Some(_) if is_next => self.flush(),
            Some(_) if !is_head || was_head => return,
            _ => {}
        }
        self.context.status = Some(status);
        self.context.is_head = is_head;
        self.context.line = line;
        self.context.time = self.time.clone();
    }

    fn set_code(&mut self, code: String) {
        if self.context.is_used {
            self.context = Context::default();
        }
        self.context.code.get_or_insert(code);
    }

    /// A status, or a code, to which no body belongs is a finding of its own.
    fn flush(&mut self) {
        let context = std::mem::take(&mut self.context);
        if context.is_used || (context.status.is_none() && context.code.is_none()) {
            return;
        }
        let is_so = |row: &usize| {
            let row = &self.catalog.rows[*row];
            context.status.is_none_or(|status| has_status(self.catalog, row, status))
        };
        let code = context.code.as_deref().map(str::trim_ascii).unwrap_or_default();
        let named = self.by_code.get(code).cloned().unwrap_or_default();
        let fitting: Vec<usize> = named.iter().copied().filter(is_so).collect();
        let named = if fitting.is_empty() { named } else { fitting };
        let mut finding = if !named.is_empty() {
            Finding::of(Kind::Code, named)
        } else if context.status.is_none() {
            return;
        } else if context.is_page {
            Finding::of(Kind::Page, Vec::new())
        } else {
            let under: Vec<usize> = (0..self.catalog.rows.len()).filter(is_so).collect();
            let listed = under.iter().copied().filter(|row| self.lists(context.operation, *row));
            let listed: Vec<usize> = listed.collect();
            Finding::of(Kind::Status, if listed.is_empty() { under } else { listed })
        };
        finding.status = context.status;
        finding.line = context.line.max(1);
        finding.time = context.time;
        finding.operation = context.operation;
        self.findings.push(finding);
    }

    fn lists(&self, operation: Option<usize>, row: usize) -> bool {
        operation.is_some_and(|operation| self.catalog.operations[operation].rows.contains(&row))
    }

    fn emit(&mut self, finding: Finding, line: usize) {
        let Context { status, operation, .. } = self.context;
        let time = self.time.clone();
        self.findings.push(Finding { status, operation, line, time, ..finding });
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
        let mut finding = match reading {
            Reading::Known(known) => known_finding(known),
            Reading::Validation => Finding::of(Kind::Validation, Vec::new()),
            Reading::NotAnError => Finding::of(Kind::Success, Vec::new()),
            Reading::Unknown(reason, _) => {
                let reason = Some(reason.to_string());
                Finding { reason, ..Finding::of(Kind::Unknown, Vec::new()) }
            }
        };
        match finding.kind {
            Kind::Unknown => finding.texts = self.texts_in(&response.body),
            Kind::Validation => finding.texts = vec![response.body],
            _ => {}
        }
        self.emit(finding, line);
    }

    /// Texts of a body that may be like a message.
    pub(crate) fn texts_in(&self, text: &str) -> Vec<String> {
        let mut group = Group::default();
        self.scan(text, &mut group);
        group.texts
    }

    /// Reads a message without a body.
    fn text(&mut self, text: &str, group: &Group, line: usize) {
        let present = |all: &[String]| all.iter().filter(|it| !it.is_empty()).cloned().collect();
        let (texts, lines): (Vec<String>, Vec<String>) =
            (present(&group.texts), present(&group.lines));
        let found = texts.iter().find_map(|text| self.alone(text));
        let found = found.or_else(|| lines.iter().find_map(|line| self.within(line)));
        let found = found.or_else(|| self.cut(text));
        let found =
            found.or_else(|| texts.iter().chain(&lines).find_map(|text| self.codes_in(text)));
        if let Some(finding) = found {
            self.emit(finding, line);
        }
    }

    /// Reads a message that stands alone: the errors that have it.
    fn alone(&self, message: &str) -> Option<Finding> {
        let found = self.lookup.read(message);
        if found.is_empty() {
            return None;
        }
        let response = self.response(String::new());
        self.decoder.alone(&response, self.operation_rows(), message).map(known_finding)
    }

    /// Reads the longest message in a line. What follows it may be the beginning of a longer one that was cut.
    fn within(&self, line: &str) -> Option<Finding> {
        let (start, end) = self.beginnings.within(line)?;
        let cut = if end == line.len() {
            Vec::new()
        } else {
            self.beginnings.rows_beginning(&line[start..])
        };
        if cut.is_empty() {
            self.alone(&line[start..end])
        } else {
            Some(Finding::of(Kind::Cut, cut))
        }
    }

    /// Reads a message whose end is missing: the last text in quotes, of which the closing one is missing, or all.
    fn cut(&self, text: &str) -> Option<Finding> {
        let plain = scan::without_escapes(text);
        let open = |quote: char| {
            let pieces: Vec<&str> = plain.split(quote).collect();
            let [.., before, last] = pieces.as_slice() else { return None };
            let is_open = pieces.len() > 2 && before.trim() == ":";
            is_open.then_some(*last)
        };
        let candidates = [open('"'), open('\''), Some(text.trim())];
        candidates.into_iter().flatten().find_map(|candidate| {
            let shown = candidate.strip_suffix("...").or_else(|| candidate.strip_suffix('…'));
            let rows = self.beginnings.rows_beginning(shown.unwrap_or(candidate));
            (!rows.is_empty()).then(|| Finding::of(Kind::Cut, rows))
        })
    }

    /// The errors whose codes stand in a text.
    fn codes_in(&self, text: &str) -> Option<Finding> {
        let words = patterns::of("code").iter().flat_map(|pattern| pattern.captures_iter(text));
        let words = words.map(|word| word[1].to_lowercase().replace('-', "_"));
        let mut rows = words.filter_map(|word| self.by_code.get(word.as_str()).cloned());
        let exact = self.by_code.get(text).cloned();
        exact.or_else(|| rows.next()).map(|rows| Finding::of(Kind::Code, rows))
    }
}

fn known_finding(known: Known) -> Finding {
    let rows = std::iter::once(known.row).chain(known.alternatives.iter().copied()).collect();
    Finding { known: Some(known), ..Finding::of(Kind::Error, rows) }
}

/// The header field with the code, as the tables of the page have it.
fn header(catalog: &Catalog) -> String {
    code_header(catalog).to_lowercase()
}

/// The errors with this code or name, however it is spelled.
pub(crate) fn errors_called(catalog: &Catalog, text: &str) -> Vec<usize> {
    let rows = || catalog.rows.iter().enumerate();
    let exact: Vec<usize> = rows().filter(|(_, row)| row.code == text).map(|(at, _)| at).collect();
    let word = text.rsplit("::").next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
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
    let is_called = |row: &kate_errors_codegen::catalog::Row| {
        [&row.code, &row.name].into_iter().any(|name| spelled(name) == wanted)
    };
    rows().filter(|(_, row)| is_called(row)).map(|(at, _)| at).collect()
}
