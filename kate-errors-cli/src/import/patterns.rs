//! Reads the patterns of messages that `generate openapi` writes: texts, and types of values.
//!
//! [`publish::openapi::pattern`](crate::publish::openapi) writes them. They do not contain the names of values.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use kate_errors_model::template::{Piece as ModelPiece, Template};
use kate_errors_model::types::{TYPES, Type};
use serde_json::Value;

use crate::publish::openapi::DETAIL;

use super::message::{Kind, Message, ParamDraft, Piece};
use super::placeholder::{typed, word_before};

/// The maximum number of messages that are tried for an example.
const MOST_TRIED: usize = 64;

/// The messages that a schema allows.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// Whether a generated schema has them, so that examples have no placeholders.
    is_made: bool,
    constants: HashSet<String>,
    /// Messages with values, by their first literal.
    templates: BTreeMap<String, Vec<Message>>,
}

impl Patterns {
    /// Returns the messages of a schema: of the first pattern or enumeration in it that describes messages.
    pub(super) fn of(schema: &Value) -> Self {
        let mut patterns = Self { is_made: true, ..Self::default() };
        patterns.collect(schema, 0);
        patterns
    }

    /// Collects known messages.
    pub(super) fn of_messages<'m>(messages: impl Iterator<Item = &'m Message>) -> Self {
        let mut patterns = Self::default();
        for message in messages {
            patterns.add(message.clone());
        }
        patterns
    }

    fn collect(&mut self, schema: &Value, depth: usize) {
        if depth > 16 {
            return;
        }
        if schema["description"] == DETAIL {
            let kinds =
                schema["anyOf"].as_array().map_or_else(|| vec![schema], |all| all.iter().collect());
            return kinds.into_iter().for_each(|kind| self.take(kind));
        }
        let kinds = schema["anyOf"].as_array().into_iter().flatten();
        let properties = schema["properties"].as_object().into_iter().flat_map(|it| it.values());
        for below in kinds.chain(properties).chain(schema.get("items")) {
            self.collect(below, depth + 1);
        }
    }

    /// Adds the messages of a string schema.
    fn take(&mut self, schema: &Value) {
        let constants = schema["enum"].as_array().into_iter().flatten();
        self.constants.extend(constants.filter_map(Value::as_str).map(str::to_owned));
        let Some(pattern) = schema["pattern"].as_str() else { return };
        let inside =
            pattern.strip_prefix('^').and_then(|it| it.strip_suffix('$')).unwrap_or(pattern);
        let all = inside.strip_prefix("(?:").and_then(|it| it.strip_suffix(')'));
        for message in messages(all.unwrap_or(inside)) {
            self.add(message);
        }
    }

    fn add(&mut self, message: Message) {
        let first = match message.pieces.as_slice() {
            [Piece::Text(text)] => return self.constants.extend([text.clone()]),
            [Piece::Text(text), ..] => text.clone(),
            _ => String::new(),
        };
        self.templates.entry(first).or_default().push(message);
    }

    /// Returns the message of which a text is an example. Its examples are the values in the text.
    pub(super) fn find(&self, text: &str) -> Option<Message> {
        if self.constants.contains(text) {
            return Some(Message::constant(text));
        }
        self.all(text).next()
    }

    /// Returns the messages with values of which a text is an example.
    pub(super) fn all<'p>(&'p self, text: &'p str) -> impl Iterator<Item = Message> + 'p {
        let lengths = (0..=text.len()).rev().filter(|at| text.is_char_boundary(*at));
        let candidates = lengths.filter_map(|length| self.templates.get(&text[..length])).flatten();
        candidates.take(MOST_TRIED).filter_map(|message| with_examples(message, text))
    }

    /// Returns the message of a body. If it is unknown, it has no values; only if no messages are known, it can have
    /// placeholders.
    pub(super) fn message(&self, text: &str) -> Message {
        let is_known = self.is_made || !self.templates.is_empty() || !self.constants.is_empty();
        let other = || if is_known { Message::constant(text) } else { Message::of_others(text) };
        self.find(text).unwrap_or_else(other)
    }
}

/// Returns the message with the values in `text` as examples, if the text matches.
pub(super) fn with_examples(message: &Message, text: &str) -> Option<Message> {
    let pieces = message.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => ModelPiece::Literal(text.as_str().into()),
        Piece::Value(at) => {
            let ty = match &message.params[*at].kind {
                Kind::Named(name) => Type::named(name).unwrap_or(Type::Text),
                Kind::OneOf(texts) => {
                    Type::OneOf(texts.iter().map(|it| Cow::from(it.as_str())).collect())
                }
            };
            ModelPiece::Placeholder(*at, ty)
        }
    });
    let template = Template::new(pieces);
    let mut values = vec![""; message.params.len()];
    if !template.read(text, &mut values) {
        written(&template, text, &mut values)?;
    }
    let examples: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let mut message = message.clone();
    for (param, example) in message.params.iter_mut().zip(examples) {
        param.example = Some(example).filter(|it| !it.is_empty());
    }
    Some(message)
}

/// Finds the values in a text that contain what ends them, so that responses with it cannot be read back.
fn written<'t>(template: &Template<'_>, text: &'t str, values: &mut [&'t str]) -> Option<()> {
    let mut rest = text.strip_prefix(&*template.first)?;
    let last = template.segments.len().checked_sub(1)?;
    for (at, segment) in template.segments.iter().enumerate() {
        let literal = &*segment.literal;
        let parts = if at == last {
            rest.strip_suffix(literal).map(|value| (value, ""))
        } else {
            rest.split_once(literal).filter(|_| !literal.is_empty())
        };
        (values[segment.param], rest) = parts.filter(|(value, _)| segment.ty.holds(value))?;
    }
    Some(())
}

/// Parses a pattern with alternatives.
fn messages(pattern: &str) -> Vec<Message> {
    let mut messages = Vec::new();
    let mut message = Message::default();
    let mut literal = String::new();
    let mut rest = pattern.chars();
    loop {
        let here = rest.as_str();
        let value = if here.starts_with(['(', '[']) { value(here) } else { None };
        if let Some((length, kind)) = value {
            message.push_text(&std::mem::take(&mut literal));
            let before = message.words();
            let name = word_before(&before).unwrap_or_else(|| "value".to_owned());
            let param = ParamDraft {
                kind,
                ..typed(&name, "text", "the document does not name its values")
            };
            message.push_value(param);
            rest = here[length..].chars();
            continue;
        }
        match rest.next() {
            None => break,
            Some('|') => {
                message.push_text(&std::mem::take(&mut literal));
                messages.push(std::mem::take(&mut message));
            }
            Some('\\') => literal.extend(rest.next().map(unescaped)),
            Some(other) => literal.push(other),
        }
    }
    message.push_text(&literal);
    messages.push(message);
    messages
}

/// Returns the character that stands for itself after a backslash, or for a line break.
fn unescaped(character: char) -> char {
    match character {
        'n' => '\n',
        'r' => '\r',
        other => other,
    }
}

/// Returns the length and type of the value pattern at the beginning of a text.
fn value(text: &str) -> Option<(usize, Kind)> {
    let scalar = TYPES
        .iter()
        .filter(|info| info.pattern.starts_with('('))
        .filter(|info| text.starts_with(info.pattern));
    // If several patterns match, take the longest one.
    if let Some(info) = scalar.max_by_key(|info| info.pattern.len()) {
        return Some((info.pattern.len(), Kind::Named(info.name)));
    }
    if let Some(class) = text.strip_prefix("[^") {
        // The end mark comes before the characters that the type excludes: one character, which may be escaped.
        let mark = class.char_indices().take(3).map(|(at, _)| at);
        let of_type = |at: usize| {
            let infos =
                TYPES.iter().filter_map(|info| Some((info, info.pattern.strip_prefix("[^")?)));
            let mut found = infos.filter(|(_, tail)| class[at..].starts_with(tail));
            found.next().map(|(info, tail)| (2 + at + tail.len(), Kind::Named(info.name)))
        };
        return mark.into_iter().find_map(of_type);
    }
    let inside = text.strip_prefix("(?:")?;
    let (mut texts, mut current, mut characters) =
        (Vec::new(), String::new(), inside.char_indices());
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => current.extend(characters.next().map(|(_, it)| unescaped(it))),
            '|' => texts.push(std::mem::take(&mut current)),
            ')' => {
                texts.push(current);
                return Some((3 + at + 1, Kind::OneOf(texts)));
            }
            other => current.push(other),
        }
    }
    None
}
