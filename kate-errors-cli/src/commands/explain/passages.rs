//! The passages of a pasted text that may be the message of an error.
//!
//! People paste what they have: a message, a body, a response, a line of a log that holds the body as a
//! string. What it holds as JSON is read as JSON; of the rest, what stands in quotes is a candidate.

use kate_errors_model::envelope::{Envelope, Slot};
use serde_json::Value;

/// How many opening braces are tried as the beginning of JSON: a bound for text that only looks like it.
const MAX_ATTEMPTS: usize = 500;

/// How deep strings may hold JSON that holds strings.
const MAX_DEPTH: usize = 4;

/// How many passages are compared with messages that nearly fit.
const MAX_LIKELY: usize = 50;

/// Members of logs that carry the status.
const STATUS: &[&str] = &["status", "status_code", "statusCode"];

/// What stands before a status in a line of text.
const STATUS_MARKS: &[&str] =
    &["HTTP/1.1 ", "HTTP/1.0 ", "HTTP/2 ", "HTTP/2.0 ", "HTTP/3 ", "status=", "status_code="];

/// The passages of a text, the likely ones first.
#[derive(Debug, Default)]
pub(super) struct Passages {
    /// The codes of bodies.
    pub(super) codes: Vec<String>,
    /// The messages of bodies. Where there are any, they alone are meant.
    pub(super) details: Vec<String>,
    /// Other passages that may be a message as they are.
    pub(super) others: Vec<String>,
    /// The lines that a message may stand in.
    pub(super) lines: Vec<String>,
    /// The first object in JSON, which may be a body.
    pub(super) body: Option<String>,
    /// The status beside them.
    pub(super) status: Option<u16>,
}

impl Passages {
    /// The passages to compare with messages that nearly fit.
    pub(super) fn likely(&self) -> impl Iterator<Item = &str> {
        let passages = if self.details.is_empty() { &self.others } else { &self.details };
        passages.iter().map(String::as_str).take(MAX_LIKELY)
    }

    fn search(&mut self, text: &str, envelopes: &[Envelope<'_>], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        self.status = self.status.or_else(|| status_in(text));
        self.lines.extend(text.lines().map(|line| line.trim().to_owned()));
        for value in json_values(text) {
            self.collect(&value, envelopes, depth);
        }
        for quote in ['"', '\'', '`'] {
            let pieces = text.split(quote).map(str::trim).filter(|piece| !piece.is_empty());
            self.others.extend(pieces.map(str::to_owned));
        }
        // A log may hold a body as a string whose other end was not pasted.
        if text.contains("\\\"") {
            self.search(&without_escapes(text), envelopes, depth + 1);
        }
    }

    fn collect(&mut self, value: &Value, envelopes: &[Envelope<'_>], depth: usize) {
        match value {
            // What is a message is not looked into.
            Value::String(text) if self.details.last() == Some(text) => {}
            Value::String(text) => {
                self.others.push(text.trim().to_owned());
                self.search(text, envelopes, depth + 1);
            }
            Value::Array(items) => {
                for item in items {
                    self.collect(item, envelopes, depth);
                }
            }
            Value::Object(members) => {
                self.body(value, envelopes);
                for (name, member) in members {
                    if STATUS.contains(&name.as_str()) {
                        self.status = self.status.or_else(|| number(member));
                    }
                    self.collect(member, envelopes, depth);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Takes the code and the message of what may be a body.
    fn body(&mut self, value: &Value, envelopes: &[Envelope<'_>]) {
        let body = value.to_string();
        for found in envelopes.iter().filter_map(|envelope| envelope.find(body.as_bytes()).ok()) {
            self.codes.extend(found.get(Slot::Code).map(|code| code.code().into_owned()));
            self.details.extend(found.get(Slot::Detail).map(|detail| detail.as_str().to_owned()));
        }
        self.body.get_or_insert(body);
    }
}

fn number(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|number| u16::try_from(number).ok())
}

/// What `text` holds, with bodies of the forms that `envelopes` describe.
pub(super) fn find(text: &str, envelopes: &[Envelope<'_>]) -> Passages {
    let mut passages = Passages::default();
    passages.others.push(text.to_owned());
    passages.search(text, envelopes, 0);
    passages
}

/// A status line without the protocol it may begin with.
pub(super) fn without_protocol(line: &str) -> &str {
    match line.split_once(' ') {
        Some((protocol, rest)) if protocol.starts_with("HTTP") => rest.trim_start(),
        _ => line,
    }
}

/// The JSON objects and arrays that stand in `text`.
fn json_values(text: &str) -> Vec<Value> {
    let mut values = Vec::new();
    let mut at = 0;
    for _ in 0..MAX_ATTEMPTS {
        let Some(found) = text[at..].find(['{', '[']) else { break };
        at += found;
        let mut stream = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        if let Some(Ok(value)) = stream.next() {
            at += stream.byte_offset();
            values.push(value);
        } else {
            at += 1;
        }
    }
    values
}

/// The text as it was before it was put into a JSON string, as far as quotes and backslashes go.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let escaped = characters.next_if(|next| character == '\\' && matches!(next, '"' | '\\'));
        plain.push(escaped.unwrap_or(character));
    }
    plain
}

fn status_in(text: &str) -> Option<u16> {
    STATUS_MARKS.iter().find_map(|mark| {
        let (_, behind) = text.split_once(mark)?;
        let digits = behind.split(|character: char| !character.is_ascii_digit()).next()?;
        digits.parse().ok().filter(|status| (100..=599).contains(status))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_found_in_what_is_around_them() {
        let cases = [
            r#"{"detail":"A b"}"#,
            r#"HTTP/1.1 402 Payment Required {"detail": "A b", "more": [1]} 12ms"#,
            "HTTP/1.1 404 Not Found\r\ncontent-type: x\r\n\r\n{\n  \"detail\": \"A b\"\n}\n",
            r#"{"level":"error","body":"{\"detail\":\"A b\"}"}"#,
            r#"body="{\"detail\":\"A b\"}" took=12"#,
            r#""{\\\"detail\\\":\\\"A b\\\"}" cut"#,
            r#"{"log":"{\"body\":\"{\\\"detail\\\":\\\"A b\\\"}\"}"}"#,
            r#"[{"response":{"detail":"A b"}}]"#,
            r#"{"a": {{{ {"detail":"A b"}"#,
        ];
        for text in cases {
            let found = find(text, &[Envelope::DETAIL]);
            assert!(found.details.iter().any(|detail| detail == "A b"), "{text}: {found:?}");
        }
    }

    #[test]
    fn quoted_passages_are_candidates() {
        for text in ["{'detail': 'A b'}", "error: \"A b\" (1)", "said `A b`", "A b"] {
            let found = find(text, &[Envelope::DETAIL]);
            assert_eq!(found.details, [""; 0]);
            assert!(found.others.iter().any(|passage| passage == "A b"), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_status_stands_beside() {
        let cases = [
            ("< HTTP/2 402 \r\n", Some(402)),
            ("HTTP/1.1 404 Not Found", Some(404)),
            (r#"{"status":429,"detail":"A b"}"#, Some(429)),
            ("status=503 took=12", Some(503)),
            ("status=5034", None),
            ("took 404 ms", None),
        ];
        for (text, status) in cases {
            assert_eq!(find(text, &[Envelope::DETAIL]).status, status, "{text}");
        }
    }

    #[test]
    fn text_that_only_looks_like_json_takes_no_time() {
        for text in ["{\"a\":\"{\",", "[", "{\"a\":", "\\\"", "{"] {
            find(&text.repeat(64 * 1024 / text.len()), &[Envelope::DETAIL]);
        }
    }
}
