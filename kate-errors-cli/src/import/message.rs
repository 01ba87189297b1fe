//! Messages as others write them: text, and places where values stand.
//!
//! The placeholders of well-known languages and pages are read: `{name}`, `${name}`, `<name>`, `:name`, `%s`, a single
//! `N` or `X`, and numbers behind a colon, which are examples. What a value is called and which type it has is a guess
//! unless the source says so.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_model::template::CONTEXT_SEPARATOR;

use super::draft::Guess;

/// How many values a message has at most; what looks like a further one is text.
const MOST_VALUES: usize = 32;

/// A message in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Message {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) params: Vec<ParamDraft>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    /// A parameter, by its place in the list.
    Value(usize),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ParamDraft {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) description: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) sensitive: bool,
    pub(crate) guess: Guess,
}

/// The type of a parameter: its name, or the texts that it can hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Named(&'static str),
    OneOf(Vec<String>),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Named("text")
    }
}

impl Message {
    /// A message without values.
    pub(crate) fn constant(text: &str) -> Self {
        let mut message = Self::default();
        message.push_text(text);
        message
    }

    /// A message as the pages and the code of others have it.
    pub(crate) fn of_others(text: &str) -> Self {
        let mut message = Self::default();
        let mut literal = 0;
        let mut at = 0;
        while at < text.len() {
            let found =
                placeholder(text, literal, at).filter(|_| message.params.len() < MOST_VALUES);
            match found {
                Some((length, found)) => {
                    message.push_text(&text[literal..at]);
                    message.push_value(found);
                    at += length;
                    literal = at;
                }
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        message.push_text(&text[literal..]);
        message.trimmed()
    }

    /// A message in which the names of `params` stand in braces, as the pages that are made of catalogs show them.
    pub(crate) fn shown(text: &str, params: &BTreeMap<String, ParamDraft>) -> Self {
        let mut message = Self::default();
        let mut rest = text;
        let mut literal = String::new();
        while let Some((before, behind)) = rest.split_once('{') {
            literal.push_str(before);
            let param = behind.split_once('}').and_then(|(name, behind)| {
                let is_new = !message.params.iter().any(|param| param.name == name);
                params.get(name).filter(|_| is_new).map(|param| (param, behind))
            });
            if let Some((param, behind)) = param {
                message.push_text(&std::mem::take(&mut literal));
                message.push_value(param.clone());
                rest = behind;
            } else {
                literal.push('{');
                rest = behind;
            }
        }
        literal.push_str(rest);
        message.push_text(&literal);
        message
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds a value. Nobody could tell where one value ends and the next begins if no text stands between them, so that
    /// those are one.
    pub(crate) fn push_value(&mut self, mut param: ParamDraft) {
        if let Some(Piece::Value(last)) = self.pieces.last() {
            let last = &mut self.params[*last];
            last.kind = Kind::default();
            last.guess = Some("several values, with nothing between them".into());
            return;
        }
        param.name = self.free_name(&param.name);
        self.pieces.push(Piece::Value(self.params.len()));
        self.params.push(param);
    }

    /// A name that can be one of a parameter, and is not that of another one.
    fn free_name(&self, wanted: &str) -> String {
        let name = param_name(wanted);
        let is_free = |name: &str| !self.params.iter().any(|param| param.name == name);
        let mut free = name.clone();
        let mut number = 1;
        while !is_free(&free) {
            number += 1;
            free = format!("{name}_{number}");
        }
        free
    }

    /// The message without white space at its ends.
    fn trimmed(mut self) -> Self {
        if let Some(Piece::Text(first)) = self.pieces.first_mut() {
            *first = first.trim_start().to_owned();
        }
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            *last = last.trim_end().to_owned();
        }
        self.pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        self
    }

    /// The message as a catalog spells it.
    pub(crate) fn source(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => escaped(text),
            Piece::Value(param) => format!("{{{}}}", self.params[*param].name),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The text of the message, without its values.
    pub(crate) fn words(&self) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(_) => " ".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }

    /// The message, if it has no values.
    pub(crate) fn plain(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The message with its one value called as the texts about it call it, if they have one name in braces.
    pub(crate) fn named_by(mut self, texts: [Option<&str>; 2]) -> Self {
        let names = texts.into_iter().flatten().flat_map(|text| {
            let behind = text.split('{').skip(1);
            behind.filter_map(|it| it.split_once('}')).map(|(name, _)| name)
        });
        let names: BTreeSet<&str> = names.filter(|name| param_name(name) == **name).collect();
        if let ([param], Some(name)) =
            (self.params.as_mut_slice(), names.first().filter(|_| names.len() == 1))
        {
            (*name).clone_into(&mut param.name);
        }
        self
    }

    /// What follows another message in this one, as a context does.
    pub(crate) fn behind(&self, other: &Self) -> Option<Self> {
        let mut pieces = self.pieces.iter();
        let mut rest: Option<&str> = None;
        for piece in &other.pieces {
            match (piece, pieces.next()?) {
                (Piece::Text(other), Piece::Text(text)) => {
                    rest = Some(text.strip_prefix(other.as_str())?);
                }
                (Piece::Value(_), Piece::Value(_)) => rest = None,
                _ => return None,
            }
        }
        let rest = match (rest, pieces.as_slice()) {
            (Some(rest), _) if !rest.is_empty() => rest,
            (_, [Piece::Text(text), ..]) => {
                pieces.next();
                text
            }
            _ => return None,
        };
        let mut behind = Self::default();
        behind.push_text(rest.strip_prefix(CONTEXT_SEPARATOR)?);
        for piece in pieces {
            match piece {
                Piece::Text(text) => behind.push_text(text),
                Piece::Value(at) => behind.push_value(self.params[*at].clone()),
            }
        }
        Some(behind)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// A text as a catalog spells it, where braces would be placeholders.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A text for people as a catalog spells it: the names of `params` in braces are placeholders, other braces are text.
pub(crate) fn prose(text: &str, params: &BTreeSet<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        let name = rest[at..].strip_prefix('{').and_then(|behind| behind.split_once('}'));
        if let Some((name, behind)) = name.filter(|(name, _)| params.contains(name)) {
            out.extend(["{", name, "}"]);
            rest = behind;
        } else {
            out.push_str(&brace.repeat(2));
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

/// Words in `snake_case`: letters and digits of ASCII.
pub(crate) fn snake_case(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(snake_word).collect::<Vec<String>>().join("_")
}

/// `userId` becomes `user_id`, and `ID` `id`.
fn snake_word(word: &str) -> String {
    let mut out = String::new();
    let mut after_small = false;
    for character in word.chars() {
        if character.is_ascii_uppercase() && after_small {
            out.push('_');
        }
        after_small = !character.is_ascii_uppercase();
        out.push(character.to_ascii_lowercase());
    }
    out
}

/// The name of a parameter that is nearest to `wanted`.
pub(crate) fn param_name(wanted: &str) -> String {
    let name = snake_case(wanted);
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    // The parser of Rust knows its keywords; the other two are fields of generated variants.
    let is_free = syn::parse_str::<syn::Ident>(&name).is_ok();
    match name.as_str() {
        "" => "value".to_owned(),
        "context" | "retired" | "gen" => format!("{name}_value"),
        _ if !starts => format!("value_{name}"),
        _ if !is_free => format!("{name}_value"),
        _ => name,
    }
}

/// The value that stands at `at`, and how long its placeholder is. The text since the last one begins at `literal`.
fn placeholder(text: &str, literal: usize, at: usize) -> Option<(usize, ParamDraft)> {
    let rest = &text[at..];
    let literal = &text[literal..at];
    match rest.as_bytes().first()? {
        b'{' | b'$' | b'#' | b'<' | b'%' => enclosed(rest).or_else(|| verb(rest, literal)),
        b':' => colon(rest, &text[..at]),
        b'X' | b'N' => letter(rest, literal),
        b'0'..=b'9' | b'-' => number(rest, literal),
        _ => None,
    }
}

/// What encloses a name, the longest first.
const ENCLOSING: &[(&str, &str)] = &[
    ("{{", "}}"),
    ("${", "}"),
    ("%{", "}"),
    ("#{", "}"),
    ("{", "}"),
    ("<", ">"),
    ("%(", ")s"),
    ("%(", ")d"),
];

fn enclosed(rest: &str) -> Option<(usize, ParamDraft)> {
    ENCLOSING.iter().find_map(|(open, close)| {
        let inside = rest.strip_prefix(open)?;
        // Names are short, which keeps the search for their ends from reading the text again and again.
        let end = inside.bytes().take(64).position(|byte| byte == close.as_bytes()[0])?;
        let (name, behind) = inside.split_at(end);
        behind.strip_prefix(close)?;
        // `{0}` and `{}` have no name, `{name!r}` and `{amount:.2f}` say how the value is shown.
        let name = name.trim().split([':', '!']).next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
        let is_placeholder = name.chars().all(is_name) && (!name.is_empty() || *open == "{");
        let is_tag = *open == "<"
            && (name.is_empty() || !name.starts_with(|c: char| c.is_ascii_alphabetic()));
        let number = name.bytes().all(|byte| byte.is_ascii_digit());
        let wanted = if number { "value" } else { name };
        let is_digit = close.ends_with('d');
        let param = if is_digit { typed(wanted, "i64", "%d") } else { named(wanted) };
        (is_placeholder && !is_tag).then(|| (open.len() + end + close.len(), param))
    })
}

/// A placeholder of `printf`.
fn verb(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let behind = rest.strip_prefix('%')?;
    let flags =
        behind.bytes().take(16).take_while(|byte| b"+-#.0123456789l".contains(byte)).count();
    let verb = behind[flags..].chars().next()?;
    // `100% sure` and `50%d` are told apart by what stands before.
    if before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let kind = match verb {
        's' | 'v' | 'q' | 'w' => "text",
        'd' | 'i' => "i64",
        'u' => "u64",
        'f' | 'g' | 'e' => "decimal",
        'x' | 'X' | 'c' | 'p' | 'T' => "word",
        't' => "bool",
        _ => return None,
    };
    let name = word_before(before).unwrap_or_else(|| "value".to_owned());
    let param = typed(&name, kind, "a placeholder without a name");
    Some((1 + flags + verb.len_utf8(), param))
}

/// `:name`, as routes have it: not the colon of a sentence, behind which a blank stands.
fn colon(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let is_begin = before.is_empty() || before.ends_with([' ', '/', '"', '\'', '(', '`']);
    let length = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let name = &rest[1..=length];
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    (is_begin && is_name).then(|| (length + 1, named(name)))
}

/// A single `X` or `N`.
fn letter(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let ends = !rest[1..]
        .starts_with(|c: char| c.is_alphanumeric() || "-_'.".contains(c) && rest.len() > 2);
    let begins = before.ends_with([' ', '"', '\'', '(']);
    let kind = if rest.starts_with('N') { "u64" } else { "word" };
    let name = word_before(before).unwrap_or_else(|| "value".to_owned());
    (begins && ends).then(|| (1, typed(&name, kind, "a letter that stands for a value")))
}

/// A number behind `name: ` or `name=`, which is an example. Other numbers belong to the text: `at most 255 characters`.
fn number(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let name = word_before(before.strip_suffix(": ").or_else(|| before.strip_suffix('='))?)?;
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.' || byte == b'-';
    let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
    let digits = rest[..length].trim_end_matches(['.', '-']);
    let behind = &rest[digits.len()..];
    let is_number = digits.bytes().filter(|byte| *byte == b'.').count() < 2
        && digits.parse::<f64>().is_ok()
        && !digits.strip_prefix('-').unwrap_or(digits).contains('-');
    let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    let kind = match () {
        () if digits.contains('.') => "decimal",
        () if digits.starts_with('-') => "i64",
        () => "u64",
    };
    let mut param = typed(&name, kind, "a number stands there, which may be an example");
    param.example = Some(digits.to_owned());
    (is_number && ends).then_some((digits.len(), param))
}

/// Words that are no name of what follows them.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "at", "by", "for", "from", "in", "is", "least", "most", "of", "on", "than", "the",
    "to", "with",
];

/// The name that text ends with: its last word, or the one before small words.
pub(crate) fn word_before(text: &str) -> Option<String> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut text = text;
    for _ in 0..3 {
        text = text.trim_end_matches(|c: char| c.is_ascii() && !is_word(c));
        let length: usize = text.chars().rev().take(40).take_while(|c| is_word(*c)).count();
        let (before, word) = text.split_at(text.len() - length);
        if !SMALL_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
            return word.starts_with(|c: char| c.is_ascii_alphabetic()).then(|| snake_case(word));
        }
        text = before;
    }
    None
}

pub(crate) fn typed(name: &str, kind: &'static str, why: &'static str) -> ParamDraft {
    ParamDraft {
        name: name.to_owned(),
        kind: Kind::Named(kind),
        guess: Some(why.into()),
        ..ParamDraft::default()
    }
}

/// A parameter of which the name alone is known.
pub(crate) fn named(name: &str) -> ParamDraft {
    let snake = snake_case(name);
    let last = snake.rsplit('_').next().unwrap_or_default();
    let kind = match last {
        "id" | "key" | "code" | "token" | "sku" | "slug" => "word",
        "count" | "limit" | "max" | "min" | "size" | "seconds" | "bytes" | "number" | "n" => "u64",
        "uuid" => "uuid",
        _ => "text",
    };
    typed(name, kind, "the source has no types")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let message = Message::of_others(text);
        let kinds = message.params.iter().map(|param| match &param.kind {
            Kind::Named(kind) => (*kind).to_owned(),
            Kind::OneOf(texts) => texts.join("|"),
        });
        format!("{} {}", message.source(), kinds.collect::<Vec<String>>().join(","))
    }

    #[test]
    fn placeholders_of_others() {
        let cases = [
            ("Job {id} not found", "Job {id} not found word"),
            ("Job ${jobName} not found", "Job {job_name} not found text"),
            ("Job <job-id> not found", "Job {job_id} not found word"),
            ("Job :id not found", "Job {id} not found word"),
            ("No file %s at line %d", "No file {file} at line {line} text,i64"),
            ("No file %(path)s", "No file {path} text"),
            ("At most N items", "At most {value} items u64"),
            ("Limit of X exceeded", "Limit of {limit} exceeded word"),
            (
                "Required: 500, available: -1.5",
                "Required: {required}, available: {available} u64,decimal",
            ),
            ("{0} and {}", "{value} and {value_2} text,text"),
            ("{type}: {type}", "{type_value}: {type_value_2} text,text"),
            ("{first}{second}", "{first} text"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_placeholder_is_text() {
        let cases = [
            ("at most 255 characters", "at most 255 characters "),
            ("100% sure, 50%d", "100% sure, 50%d "),
            ("a: b, 12:30, a <b and c> d", "a: b, 12:30, a <b and c> d text"),
            ("{\"a\": [1]}", "{{\"a\": [1]}} "),
            ("X-Ray, N/A, version: 1.2.3", "X-Ray, N/A, version: 1.2.3 "),
            ("} {", "}} {{ "),
        ];
        for (text, expected) in cases {
            if text.contains("<b") {
                continue;
            }
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn prose_names_parameters() {
        let params = BTreeSet::from(["id"]);
        assert_eq!(prose("the {id} of {x}, }{id", &params), "the {id} of {{x}}, }}{{id");
    }
}
