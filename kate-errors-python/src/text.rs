//! Messages: templates of `%` and `.format`, and names for the values in them.

use crate::syntax::{Expr, Kind};
use crate::{Guess, Piece, Reason};

/// A part of a template for `%` or `.format`.
pub(crate) enum Field {
    Text(String),
    Value { key: String, conversion: String, format: String },
}

fn push(fields: &mut Vec<Field>, letter: char) {
    match fields.last_mut() {
        Some(Field::Text(text)) => text.push(letter),
        _ => fields.push(Field::Text(letter.into())),
    }
}

/// Splits a template of `.format`. Returns `None` if it is invalid.
pub(crate) fn split_braces(template: &str) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut rest = template;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("{{") || rest.starts_with("}}") {
            push(&mut fields, letter);
            rest = &rest[2..];
        } else if letter == '{' {
            let end = closing(rest)?;
            let inside = &rest[1..end];
            let (name, format) = inside.split_once(':').unwrap_or((inside, ""));
            let (key, conversion) = name.split_once('!').unwrap_or((name, ""));
            fields.push(Field::Value {
                key: key.to_owned(),
                conversion: conversion.to_owned(),
                format: format.to_owned(),
            });
            rest = &rest[end + 1..];
        } else {
            push(&mut fields, letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    Some(fields)
}

/// Returns the offset of the brace that closes the one at the beginning of `text`.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Splits a template of `%`. Returns `None` if it is invalid.
pub(crate) fn split_percent(template: &str) -> Option<Vec<Field>> {
    let mut fields = Vec::new();
    let mut letters = template.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            push(&mut fields, letter);
            continue;
        }
        let mut key = String::new();
        if letters.next_if_eq(&'(').is_some() {
            key = letters.by_ref().take_while(|letter| *letter != ')').collect();
        }
        let mut format = String::new();
        while let Some(flag) = letters.next_if(|letter| "#0- +.123456789hlL".contains(*letter)) {
            format.push(flag);
        }
        match letters.next()? {
            '%' => push(&mut fields, '%'),
            letter @ ('s' | 'r' | 'a') => fields.push(Field::Value {
                key,
                conversion: if letter == 's' { String::new() } else { letter.into() },
                format,
            }),
            letter if letter.is_ascii_alphabetic() => {
                format.push(if matches!(letter, 'i' | 'u') { 'd' } else { letter });
                fields.push(Field::Value { key, conversion: String::new(), format });
            }
            _ => return None,
        }
    }
    Some(fields)
}

/// Returns the type of a value that follows from its conversion and format. `None` if they do not determine it.
pub(crate) fn guess_of_format(conversion: &str, format: &str) -> Option<Guess> {
    let digits = format
        .strip_suffix(['f', 'F', 'e', 'g'])
        .map(|rest| rest.strip_prefix('.').unwrap_or(rest));
    match (conversion, format) {
        ("", "") => None,
        ("", "d") => Some(Guess::Int),
        ("", _) if digits.is_some_and(|rest| rest.bytes().all(|digit| digit.is_ascii_digit())) => {
            Some(Guess::Float)
        }
        // Padding, thousands separators, hexadecimal, quotes: no longer a plain number.
        _ => Some(Guess::Text),
    }
}

/// Returns the type of a value that follows from an annotation such as `int`.
pub(crate) fn guess_of_annotation(annotation: &str) -> Option<Guess> {
    let inside = annotation.strip_prefix("Annotated[").unwrap_or(annotation);
    match inside.split(',').next()?.trim() {
        "int" => Some(Guess::Int),
        "float" => Some(Guess::Float),
        "str" => Some(Guess::Text),
        _ => None,
    }
}

/// Returns the name for the value of an expression, such as `user_id` for `user.id`.
pub(crate) fn name_of(expr: &Expr<'_>) -> String {
    let name = snake_case(&hint(expr));
    match name.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("value_{name}"),
        Some(_) => name,
    }
}

/// Returns the words of a name, not yet in `snake_case`.
fn hint(expr: &Expr<'_>) -> String {
    match &expr.kind {
        Kind::Name if matches!(expr.text, "e" | "ex" | "exc" | "err" | "exception") => {
            "error".to_owned()
        }
        Kind::Name if matches!(expr.text, "self" | "cls") => String::new(),
        Kind::Name => expr.text.to_owned(),
        Kind::Attribute(object, "value" | "__name__" | "__class__") => hint(object),
        Kind::Attribute(object, name) => join(object, name),
        Kind::Index(object, key) => match key.kind {
            Kind::Text(_) => join(object, key.text),
            _ => hint(object),
        },
        Kind::Call(function, arguments) => {
            let first = arguments.first();
            let called = function.text.trim_start_matches("get_").to_owned();
            match (&function.kind, first) {
                (Kind::Name, Some(first)) => match function.text {
                    "len" => format!("{}_count", hint(&first.value)),
                    "type" => format!("{}_type", hint(&first.value)),
                    "str" | "repr" | "int" | "float" | "round" | "list" | "sorted" | "set"
                    | "tuple" | "max" | "min" | "abs" => hint(&first.value),
                    _ => called,
                },
                (Kind::Attribute(_, "join"), Some(first)) => hint(&first.value),
                (Kind::Attribute(object, "get"), Some(first)) => join(object, first.value.text),
                (
                    Kind::Attribute(
                        object,
                        "strip" | "lower" | "upper" | "title" | "capitalize" | "keys" | "isoformat"
                        | "decode",
                    ),
                    _,
                ) => hint(object),
                (Kind::Attribute(_, name), _) => name.trim_start_matches("get_").to_owned(),
                _ => called,
            }
        }
        Kind::Binary(left, ..) => hint(left),
        Kind::If { then, otherwise, .. } => match hint(then) {
            name if name.is_empty() => hint(otherwise),
            name => name,
        },
        // `[x.name for x in …]` and the like: the first part.
        Kind::Other(parts) => parts.first().map(hint).unwrap_or_default(),
        _ => String::new(),
    }
}

/// Joins `user` and `id` to `user_id`; `self.request.user.id` gives the same. A word is not repeated.
fn join(object: &Expr<'_>, name: &str) -> String {
    let owner = match &object.kind {
        Kind::Attribute(_, last) => (*last).to_owned(),
        _ => hint(object),
    };
    let (name, owner) = (snake_case(name), snake_case(&owner));
    let last = owner.rsplit('_').next().unwrap_or_default();
    let says_owner = name.split('_').next() == Some(last);
    if owner.is_empty() || says_owner { name } else { format!("{owner}_{name}") }
}

/// Converts words to ASCII letters and digits in lower case. Words are separated by `_`, spaces and capitals.
fn snake_case(words: &str) -> String {
    let mut name = String::new();
    let mut after_small = false;
    for letter in words.chars().take(60) {
        if !letter.is_ascii_alphanumeric() {
            after_small = false;
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            continue;
        }
        if letter.is_ascii_uppercase() && after_small {
            name.push('_');
        }
        after_small = !letter.is_ascii_uppercase();
        name.push(letter.to_ascii_lowercase());
    }
    name.trim_end_matches('_').to_owned()
}

/// Appends pieces to a message. Adjacent texts are joined.
pub(crate) fn append(message: &mut Vec<Piece>, pieces: &[Piece]) {
    for piece in pieces {
        match (message.last_mut(), piece) {
            (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(text),
            _ => message.push(piece.clone()),
        }
    }
}

/// Returns a message as it is reported: without empty texts, with unique names, and with at least one word.
pub(crate) fn finish(message: &[Piece]) -> Result<Vec<Piece>, Reason> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for piece in message {
        match piece {
            Piece::Text(text) if text.is_empty() => {}
            Piece::Value { name, type_guess, from } => {
                let numbered = |number: usize| {
                    if number == 1 { name.clone() } else { format!("{name}_{number}") }
                };
                let unique = (1..=message.len()).map(numbered).find(|name| !names.contains(name));
                let unique = unique.unwrap_or_default();
                names.push(unique.clone());
                pieces.push(Piece::Value {
                    name: unique,
                    type_guess: *type_guess,
                    from: from.clone(),
                });
            }
            Piece::Text(_) => append(&mut pieces, std::slice::from_ref(piece)),
        }
    }
    let is_word =
        |piece: &Piece| matches!(piece, Piece::Text(text) if text.chars().any(char::is_alphabetic));
    match pieces.as_slice() {
        [] => Err(Reason::Empty),
        _ if pieces.iter().any(is_word) => Ok(pieces),
        _ => Err(Reason::OnlyValues),
    }
}
