//! Texts that are composed with `+`, `%`, `.format` or f-strings.

use super::{
    Case, Cases, Frame, MAX_LENGTH, MAX_PIECES, Value, each, fixed, hole_named, shown, single,
    unknown,
};
use crate::syntax::{Argument, Expr, Kind, Part};
use crate::text::{self, Field};
use crate::{Guess, Piece, Reason};

impl<'a> Frame<'_, 'a> {
    /// Evaluates `left + right`, if one of them is a text.
    pub(crate) fn sum(&self, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Option<Cases<'a>> {
        let (first, second) = (self.eval(left), self.eval(right));
        let is_text =
            |cases: &Cases<'a>| cases.iter().any(|case| matches!(case.value, Value::Text(_)));
        if !is_text(&first) && !is_text(&second) {
            return None;
        }
        let insert = |expr, cases| insert(expr, cases, "", "", None);
        Some(concat(&insert(left, &first), &insert(right, &second)))
    }

    /// Replaces the fields of `.format` or `%` with the result of `value`.
    fn fill(
        pieces: &[Piece],
        split: fn(&str) -> Option<Vec<Field>>,
        mut value: impl FnMut(&str, &str, &str) -> Option<Cases<'a>>,
    ) -> Option<Cases<'a>> {
        let mut message = single(Value::Text(Vec::new()));
        for piece in pieces {
            let Piece::Text(text) = piece else {
                message = concat(&message, &single(Value::Text(vec![piece.clone()])));
                continue;
            };
            for field in split(text)? {
                let cases = match field {
                    Field::Text(text) => fixed(text),
                    Field::Value { key, conversion, format } => value(&key, &conversion, &format)?,
                };
                message = concat(&message, &cases);
            }
        }
        Some(message)
    }

    pub(super) fn format(&self, pieces: &[Piece], arguments: &'a [Argument<'a>]) -> Cases<'a> {
        let mut next = 0;
        let filled = Self::fill(pieces, text::split_braces, |key, conversion, format| {
            let (name, rest) = key.split_at(key.find(['.', '[']).unwrap_or(key.len()));
            let position = if name.is_empty() {
                next += 1;
                Some(next - 1)
            } else {
                name.parse::<usize>().ok()
            };
            let argument = match position {
                Some(position) => arguments.get(position),
                None => arguments.iter().find(|argument| argument.name == Some(name)),
            };
            let argument = argument.filter(|argument| !argument.unpacked);
            let Some(Argument { value, .. }) = argument else {
                let name = if position.is_some() { "value" } else { name };
                return Some(hole_named(
                    name,
                    format!("{{{key}}}"),
                    text::guess_of_format(conversion, format),
                ));
            };
            let named = if position.is_none() { Some(format!("{name}{rest}")) } else { None };
            Some(insert(
                value,
                &self.eval(value),
                conversion,
                if rest.is_empty() { format } else { "s" },
                named.as_deref(),
            ))
        });
        filled.unwrap_or_else(|| unknown(Reason::Expression("str.format".to_owned())))
    }

    pub(super) fn percent(
        &self,
        expr: &'a Expr<'a>,
        left: &'a Expr<'a>,
        right: &'a Expr<'a>,
    ) -> Cases<'a> {
        let other = || unknown(Reason::Expression(shown(expr.text)));
        each(&self.eval(left), |template| {
            let Value::Text(pieces) = template else { return other() };
            let mut next = 0;
            let filled = Self::fill(pieces, text::split_percent, |key, conversion, format| {
                next += 1;
                let value = match &right.kind {
                    Kind::Tuple(values) => values.get(next - 1)?,
                    Kind::Dict(pairs) => {
                        let is_key = |name: &Expr<'_>| name.text.trim_matches(['"', '\'']) == key;
                        pairs.iter().find(|(name, _)| is_key(name)).map(|(_, value)| value)?
                    }
                    _ if key.is_empty() && next == 1 => right,
                    _ if key.is_empty() => return None,
                    _ => {
                        let from = format!("{}[{key:?}]", right.text);
                        return Some(hole_named(
                            key,
                            from,
                            text::guess_of_format(conversion, format),
                        ));
                    }
                };
                let named = if key.is_empty() { None } else { Some(key) };
                Some(insert(value, &self.eval(value), conversion, format, named))
            });
            filled.unwrap_or_else(other)
        })
    }

    /// Fills in the only value of a text with `.format`, if the value is given.
    pub(crate) fn filled(
        text: &Value<'a>,
        name: &'static str,
        value: Option<Cases<'a>>,
    ) -> Cases<'a> {
        let (Value::Text(pieces), Some(value)) = (text, value) else { return single(text.clone()) };
        let expr = Expr { text: name, line: 0, kind: Kind::Name };
        let filled = Self::fill(pieces, text::split_braces, |_, conversion, format| {
            Some(insert(&expr, &value, conversion, format, None))
        });
        filled.unwrap_or_else(|| single(text.clone()))
    }

    pub(super) fn parts(&self, parts: &'a [Part<'a>]) -> Cases<'a> {
        let mut message = single(Value::Text(Vec::new()));
        for part in parts {
            let cases = match part {
                Part::Text(text) => fixed(text.as_str()),
                Part::Value { value, conversion, format } => {
                    insert(value, &self.eval(value), conversion, format, None)
                }
            };
            message = concat(&message, &cases);
        }
        message
    }
}

/// Joins two messages, case by case.
fn concat<'a>(left: &Cases<'a>, right: &Cases<'a>) -> Cases<'a> {
    let joined = |first: &Value<'a>, second: &Value<'a>| match (first, second) {
        (Value::Text(first), Value::Text(second)) => {
            let mut pieces = first.clone();
            text::append(&mut pieces, second);
            if fits(&pieces) { single(Value::Text(pieces)) } else { unknown(Reason::TooMany) }
        }
        (Value::Text(_), other) | (other, _) => single(other.clone()),
    };
    each(left, |first| each(right, |second| joined(first, second)))
}

/// Whether a message is short enough.
fn fits(message: &[Piece]) -> bool {
    let length = |piece: &Piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Value { .. } => 0,
    };
    message.len() <= MAX_PIECES && message.iter().map(length).sum::<usize>() <= MAX_LENGTH
}

/// Returns a value in a message: its texts if all cases have one, or else a placeholder.
fn insert<'a>(
    expr: &Expr<'a>,
    cases: &Cases<'a>,
    conversion: &str,
    format: &str,
    named: Option<&str>,
) -> Cases<'a> {
    let is_text = |case: &Case<'a>| matches!(case.value, Value::Text(_) | Value::Number(_));
    let is_plain = conversion.is_empty() && matches!(format, "" | "d");
    if is_plain && cases.iter().all(is_text) {
        return each(cases, |value| match value {
            Value::Number(number) => fixed(number.to_string()),
            text => single(text.clone()),
        });
    }
    let known = cases.iter().find_map(|case| match case.value {
        Value::Unknown(_, guess) => guess,
        _ => None,
    });
    let counts =
        matches!(&expr.kind, Kind::Call(function, _) if matches!(function.text, "len" | "int"));
    let guess =
        text::guess_of_format(conversion, format).or(known).or(counts.then_some(Guess::Int));
    let name = text::name_of(expr);
    let conversion = if conversion.is_empty() { String::new() } else { format!("!{conversion}") };
    let format = if format.is_empty() { String::new() } else { format!(":{format}") };
    hole_named(named.unwrap_or(&name), format!("{}{conversion}{format}", expr.text), guess)
}
