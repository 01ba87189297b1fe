//! Finds placeholders in the notation of other tools.
//!
//! It supports those of well-known languages and pages: `{name}`, `${name}`, `<name>`, `:name`, `%s`, a single `N` or
//! `X`, and example numbers after a colon. Names and types are guesses.

use super::message::{Kind, ParamDraft, snake_case};

/// Returns the placeholder at `at` with its length. The text since the previous placeholder begins at `literal`.
pub(super) fn at(text: &str, literal: usize, at: usize) -> Option<(usize, ParamDraft)> {
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

/// The maximum number of bytes in an element of HTML.
const MOST_IN_TAG: usize = 400;

/// The delimiters of names, the longest first.
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
        // Names are short. The limit keeps the search linear.
        let end = inside.bytes().take(64).position(|byte| byte == close.as_bytes()[0])?;
        let (name, behind) = inside.split_at(end);
        behind.strip_prefix(close)?;
        // `{0}` and `{}` have no name; `{name!r}` and `{amount:.2f}` have a format.
        let name = name.trim().split([':', '!']).next().unwrap_or_default();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
        let is_placeholder = name.chars().all(is_name) && (!name.is_empty() || *open == "{");
        let is_tag = *open == "<"
            && (!inside.starts_with(|c: char| c.is_ascii_alphabetic())
                || inside[..end].ends_with(' ')
                || is_html(name, behind));
        let number = name.bytes().all(|byte| byte.is_ascii_digit());
        let wanted = if number { "value" } else { name };
        let is_digit = close.ends_with('d');
        let param = if is_digit { typed(wanted, "i64", "%d") } else { named(wanted) };
        (is_placeholder && !is_tag).then(|| (open.len() + end + close.len(), param))
    })
}

/// Whether a name in angle brackets is an element of HTML: a line break, or closed behind it.
fn is_html(name: &str, behind: &str) -> bool {
    let end = format!("</{name}>");
    let near = behind.as_bytes().get(..MOST_IN_TAG).unwrap_or(behind.as_bytes());
    ["br", "p"].contains(&name) || near.windows(end.len()).any(|it| it == end.as_bytes())
}

/// Reads a placeholder of `printf`, such as `%s`, `%5.2f` or `%1$s`.
fn verb(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let behind = rest.strip_prefix('%')?;
    let flags =
        behind.bytes().take(16).take_while(|byte| b"+-#.0123456789$l".contains(byte)).count();
    let verb = behind[flags..].chars().next()?;
    // After a digit, `%` is a percent sign, as in `100% sure`, and so is `%%`.
    if before.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
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

/// Reads `:name` as in routes. The colon of a sentence is followed by a space.
fn colon(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let is_begin = before.is_empty() || before.ends_with([' ', '/', '"', '\'', '(', '`']);
    let length = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let name = &rest[1..=length];
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
    (is_begin && is_name).then(|| (length + 1, named(name)))
}

/// Reads a single `X` or `N`.
fn letter(rest: &str, before: &str) -> Option<(usize, ParamDraft)> {
    let behind = rest[1..].strip_prefix('.').unwrap_or(&rest[1..]);
    let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || "-_'/".contains(c));
    let begins = before.ends_with([' ', '"', '\'', '(']);
    let kind = if rest.starts_with('N') { "u64" } else { "word" };
    let name = word_before(before).unwrap_or_else(|| "value".to_owned());
    (begins && ends).then(|| (1, typed(&name, kind, "a letter in place of a value")))
}

/// Reads an example number after `name: ` or `name=`. Other numbers are text: `at most 255 characters`.
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
    let mut param = typed(&name, kind, "a number, which may be an example");
    param.example = Some(digits.to_owned());
    (is_number && ends).then_some((digits.len(), param))
}

/// Words that are not the name of what follows them.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "at", "by", "for", "from", "in", "is", "least", "most", "of", "on", "than", "the",
    "to", "with",
];

/// Returns the name at the end of a text: its last word that is not a small word.
pub(super) fn word_before(text: &str) -> Option<String> {
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

pub(super) fn typed(name: &str, kind: &'static str, why: &'static str) -> ParamDraft {
    ParamDraft {
        name: name.to_owned(),
        kind: Kind::Named(kind),
        guess: Some(why.into()),
        ..ParamDraft::default()
    }
}

/// Returns a parameter of which only the name is known.
pub(super) fn named(name: &str) -> ParamDraft {
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
    use super::super::message::{Kind, Message};

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
            ("Job <job and id> not found", "Job {job_and_id} not found word"),
            ("Job :id not found", "Job {id} not found word"),
            ("No file %s at line %d", "No file {file} at line {line} text,i64"),
            ("No file %(path)s", "No file {path} text"),
            ("User %1$s has %2$d items", "User {user} has {has} items text,i64"),
            ("Disk %d%% full, %%s", "Disk {disk}% full, %s i64"),
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
            ("50%% of it", "50%% of it "),
            ("Log <b>in</b><br>now", "Log <b>in</b><br>now "),
            ("a: b, 12:30, a <1 and c> d", "a: b, 12:30, a <1 and c> d "),
            ("Use a <b or > c", "Use a <b or > c "),
            ("{\"a\": [1]}", "{{\"a\": [1]}} "),
            ("X-Ray, N/A, version: 1.2.3", "X-Ray, N/A, version: 1.2.3 "),
            ("} {", "}} {{ "),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
