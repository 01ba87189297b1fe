//! Finds bodies and strings in the JSON of a text, and statuses, codes and routes around it.

use std::borrow::Cow;

use kate_errors_codegen::catalog::Operation;
use kate_errors_model::UnknownReason;
use percent_encoding::percent_decode_str;
use regex::Captures;
use serde_json::Value;

use super::{Reader, patterns};
use crate::decode::{Reading, Response, names_no_error};

/// How many opening brackets are tried as the beginning of JSON. Bounds the work for text that only looks like JSON.
const MAX_TRIES: usize = 500;

/// How deeply JSON may be nested in JSON strings.
const MAX_NESTED: usize = 4;

/// The byte-order mark, which may precede a body.
const MARK: char = '\u{FEFF}';

/// Something found in a group of lines, in order.
#[derive(Debug)]
pub(super) enum Event {
    Status {
        status: u16,
        is_head: bool,
    },
    /// The code from a header field.
    Code(String),
    /// The index of an operation.
    Operation(usize),
    /// An object that may be a body, and whether it was decoded.
    Body {
        text: String,
        is_read: bool,
    },
}

impl Event {
    pub(super) fn is_body(&self) -> bool {
        matches!(self, Self::Body { .. })
    }
}

/// A line, or the lines that a JSON value spans.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) events: Vec<Event>,
    /// Texts that may be a complete message.
    pub(super) texts: Vec<String>,
    /// The lines that may contain a message.
    pub(super) lines: Vec<String>,
    pub(super) is_head: bool,
    pub(super) is_request: bool,
}

impl Reader<'_> {
    pub(super) fn scan(&self, text: &str, depth: usize, group: &mut Group) {
        if depth > MAX_NESTED {
            return;
        }
        let first = group.events.len();
        let mut at = 0;
        for (start, end, value) in values(text) {
            self.around(&text[at..start], group);
            let status = patterns::first("status_before", &text[at..start]);
            let status = status.filter(|_| !group.is_request).and_then(|it| patterns::number(&it));
            let event = |status| Event::Status { status, is_head: false };
            group.events.extend(status.map(event));
            let mark = if text[..start].ends_with(MARK) { MARK.len_utf8() } else { 0 };
            // The record of a request that a log has as JSON.
            group.events.extend(self.operation_in(&["request"], &text[start..end]));
            self.collect(&value, Some(&text[start - mark..end]), depth, group);
            at = end;
        }
        self.around(&text[at..], group);
        for plain in [without_entities(text), without_codes_of_bytes(text)] {
            if plain != text {
                self.scan_again(&plain, first, depth, group);
            }
        }
        group.lines.extend(text.split('\n').map(|line| line.trim().to_owned()));
        // Quotes in a JSON string do not end it.
        let masked = text.replace("\\\"", "\0");
        for (text, quote) in [(&*masked, '"'), (text, '\''), (text, '`')] {
            let pieces = text.split(quote).map(|piece| piece.replace('\0', "\""));
            group.texts.extend(pieces.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()));
        }
        // A log may contain a body as a JSON string whose end was not pasted.
        if text.contains("\\\"") {
            self.scan_again(&without_escapes(text), first, depth, group);
        }
    }

    /// Scans a text without its escapes, if it has no body with them. If it then has one, what was found with them, from
    /// `first` on, is found again.
    fn scan_again(&self, plain: &str, first: usize, depth: usize, group: &mut Group) {
        if group.events.iter().any(Event::is_body) {
            return;
        }
        let end = group.events.len();
        self.scan(plain, depth + 1, group);
        if group.events[end..].iter().any(Event::is_body) {
            group.events.drain(first..end);
        }
    }

    /// Collects statuses, codes and operations from text around bodies.
    fn around(&self, text: &str, group: &mut Group) {
        for line in text.split('\n') {
            group.events.extend(self.operation_in(&["route", "request"], line));
            let code = self.code_field.as_ref().and_then(|field| field.captures(line));
            group.events.extend(code.map(|code| Event::Code(code[1].to_owned())));
            let status = patterns::first("status", line).and_then(|it| patterns::number(&it));
            let is_head = group.is_head && patterns::is_in("head", line);
            let status = status.filter(|_| !group.is_request);
            group.events.extend(status.map(|status| Event::Status { status, is_head }));
        }
    }

    fn collect(&self, value: &Value, text: Option<&str>, depth: usize, group: &mut Group) {
        match value {
            Value::String(text) => {
                let text = without_colours(text);
                group.texts.push(text.trim().to_owned());
                self.scan(&text, depth + 1, group);
            }
            Value::Array(_) => self.object(value, text, depth, group),
            Value::Object(members) => {
                for (name, member) in members {
                    self.member(name, member, group);
                }
                self.object(value, text, depth, group);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Collects a status or a code from a member of an object.
    fn member(&self, name: &str, member: &Value, group: &mut Group) {
        let name = name.to_lowercase();
        let number = match member {
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => String::new(),
        };
        let status = number.parse().ok().filter(|status| (100..600).contains(status));
        let status =
            status.filter(|_| patterns::is_in("status_member", &name) && number.len() == 3);
        let is_code = name == "code" && self.by_code.contains_key(number.as_str());
        let status = status.filter(|_| !is_code);
        group.events.extend(status.map(|status| Event::Status { status, is_head: false }));
        let code = member.as_str().filter(|_| name == self.header);
        group.events.extend(code.map(|code| Event::Code(code.to_owned())));
    }

    /// Collects an object or array if it is a body. What is in it is collected unless it contains a known error.
    fn object(&self, value: &Value, text: Option<&str>, depth: usize, group: &mut Group) {
        let body = text.map_or_else(|| value.to_string(), str::to_owned);
        let response = Response { status: 0, header: None, body };
        let reading = self.decoder.decode(&response);
        let is_list = || ["\"loc\"", "\"msg\""].iter().all(|name| response.body.contains(name));
        // Deeper in a text, a list by name may be anything, such as the header fields of a request.
        let is_outer = text.is_some();
        let is_read = match reading {
            Reading::Known(..) => true,
            Reading::Validation(_) if is_list() => true,
            _ => is_outer && names_no_error(&reading) && has_paths(&self.decoder.fields(&response)),
        };
        let is_of_an_error = match reading {
            // The code may be in a header field.
            Reading::Unknown(UnknownReason::NoCode, None) => {
                self.decoder.has_message(&response.body)
            }
            Reading::Unknown(reason, named) => reason.is_of_an_error() || named.is_some(),
            _ => false,
        };
        let is_body = is_read || is_of_an_error;
        let at = group.events.len();
        if is_body {
            group.events.push(Event::Body { text: response.body, is_read });
        }
        if is_read {
            return;
        }
        // A number in quotes may be anything, such as an id.
        let is_number = |(name, member): &(&String, &Value)| {
            let text = member.as_str().filter(|text| !text.is_empty());
            text.is_some_and(|text| text.bytes().all(|it| it.is_ascii_digit()))
                && !patterns::is_in("status_text", name)
        };
        let members = value.as_object().into_iter().flatten();
        let members = members.filter(|member| !is_number(member)).map(|(_, member)| member);
        for inner in members.chain(value.as_array().into_iter().flatten()) {
            self.collect(inner, None, depth, group);
        }
        let is_inside = |event: &Event| matches!(event, Event::Body { is_read: true, .. });
        if is_body && group.events[at + 1..].iter().any(is_inside) {
            group.events.remove(at);
        } else if is_body {
            // Events inside the body belong to it.
            group.events.truncate(at + 1);
        }
    }

    /// Returns the operation whose route is in a text, unless nothing says which of several it is.
    fn operation_in(&self, kinds: &[&str], text: &str) -> Option<Event> {
        let mut all = operations_in(&self.catalog.operations, kinds, text).into_iter();
        all.next().filter(|_| all.next().is_none()).map(Event::Operation)
    }
}

/// Whether a list of messages says what one of them is about. Other lists of texts may be anything.
pub(super) fn has_paths(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(path, _)| !path.is_empty())
}

/// Returns the operations of the route in a text, as the first matching pattern of these kinds reads it.
pub(super) fn operations_in(operations: &[Operation], kinds: &[&str], text: &str) -> Vec<usize> {
    let mut patterns = kinds.iter().flat_map(|kind| patterns::of(kind));
    let found = patterns.find_map(|route| route.captures(text));
    found.map_or_else(Vec::new, |it| operations_at(operations, &it[1].to_uppercase(), &it[2]))
}

/// Returns the operations of a method and a path: the routes with the most literal segments. The API may be mounted
/// below another path.
fn operations_at(operations: &[Operation], method: &str, path: &str) -> Vec<usize> {
    fn parts(path: &str) -> Vec<Cow<'_, str>> {
        let parts = path.split('/').filter(|part| !part.is_empty());
        parts.map(|part| percent_decode_str(part).decode_utf8_lossy()).collect()
    }
    let path = parts(path);
    let rank = |operation: &Operation| {
        let wanted = parts(&operation.path);
        let behind = &path[path.len().checked_sub(wanted.len())?..];
        let is_placeholder = |part: &str| part.starts_with('{');
        let fits = wanted.iter().zip(behind).all(|(part, is)| is_placeholder(part) || part == is);
        let names = wanted.iter().filter(|part| !is_placeholder(part)).count();
        let is_of = method.is_empty() || operation.method == method;
        (is_of && fits && names > 0).then_some((path.len() == wanted.len(), names))
    };
    let ranks: Vec<_> = operations.iter().map(rank).collect();
    let best = ranks.iter().max().filter(|best| best.is_some());
    (0..ranks.len()).filter(|at| best == Some(&ranks[*at])).collect()
}

/// Returns the JSON objects and arrays in `text`, each with its start and end.
pub(super) fn values(text: &str) -> Vec<(usize, usize, Value)> {
    let mut values = Vec::new();
    let mut at = 0;
    for _ in 0..MAX_TRIES {
        let Some(found) = text[at..].find(['{', '[']) else { break };
        at += found;
        let mut stream = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        if let Some(Ok(value)) = stream.next() {
            let end = at + stream.byte_offset();
            // A status in brackets, as in `<Response [404]>`, is text.
            let is_number = |items: &Vec<Value>| matches!(items.as_slice(), [Value::Number(_)]);
            if !value.as_array().is_some_and(is_number) {
                values.push((at, end, value));
            }
            at = end;
        } else {
            at += 1;
        }
    }
    values
}

/// How an HTML page spells characters. The last one begins all of them.
const ENTITIES: [(&str, &str); 8] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&apos;", "'"),
    ("&#39;", "'"),
    ("&#x27;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&amp;", "&"),
];

/// Reads what an HTML page spells as entities.
fn without_entities(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, is)| text.replace(entity, is))
}

/// Reads bytes that a log, such as that of nginx, has as `\x22`, and an address as `%22`.
fn without_codes_of_bytes(text: &str) -> String {
    let read = |run: &Captures<'_>| {
        let encoded = run[0].replace("\\x", "%");
        if !patterns::is_in("encoded", &encoded) {
            return run[0].to_owned();
        }
        percent_decode_str(&encoded.replace('+', " ")).decode_utf8_lossy().into_owned()
    };
    let runs = patterns::of("bytes").iter();
    runs.fold(text.to_owned(), |text, run| run.replace_all(&text, read).into_owned())
}

/// Removes the marks of an email before what it quotes. A request that curl shows has the same mark.
pub(super) fn without_quotes(text: &str) -> String {
    let plain = |run: &Captures<'_>| {
        let is_request = patterns::is_in("request_line", &run[0]);
        let marks = patterns::of("quote_mark").iter().filter(|_| !is_request);
        marks.fold(run[0].to_owned(), |run, mark| mark.replace_all(&run, "$1").into_owned())
    };
    let runs = patterns::of("quoted").iter();
    runs.fold(text.to_owned(), |text, run| run.replace_all(&text, plain).into_owned())
}

/// Removes the codes that make a text coloured or bold on a terminal.
pub(super) fn without_colours(text: &str) -> Cow<'_, str> {
    let colours = patterns::of("colour").iter().filter(|_| text.contains('\u{1B}'));
    colours.fold(text.into(), |text, colour| colour.replace_all(&text, "").into_owned().into())
}

/// Unescapes quotes and backslashes of a JSON string.
pub(super) fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && matches!(next, '"' | '\\'));
        plain.push(escaped.unwrap_or(character));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_only_looks_like_json_takes_no_time() {
        for text in ["{\"a\":\"{\",", "[", "{\"a\":", "\\\"", "{"] {
            values(&text.repeat(64 * 1024 / text.len()));
        }
    }
}
