//! The possible values of an expression, as far as the source determines them: a text with values in it, a
//! number, a class.
//!
//! An expression can have several values, one for each branch that leads to it. Each [`Case`] records these
//! branches, so that a status and a text from different branches are not combined.

mod evaluate;
mod frame;
mod messages;
mod truth;

use std::rc::Rc;

pub(crate) use self::frame::{Arguments, Frame};
pub(crate) use self::truth::narrowed;
use crate::package::Symbol;
use crate::syntax::{Class, Expr, Function, Kind};
use crate::text;
use crate::{Guess, Piece, Reason};

/// The maximum number of cases of a value, and below, the maximum number of pieces and of bytes of a message.
pub(crate) const MAX_CASES: usize = 32;
const MAX_PIECES: usize = 200;
const MAX_LENGTH: usize = 10_000;

/// The maximum depth of evaluation, including constants and calls.
const MAX_DEPTH: usize = 150;

/// The maximum nesting of calls of the package's own functions.
const MAX_CALLS: usize = 8;

/// An arm of a branch: where the branch is, its condition, and the index of the arm.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Choice<'a> {
    pub(crate) frame: usize,
    pub(crate) at: usize,
    pub(crate) condition: &'a str,
    pub(crate) arm: usize,
}

#[derive(Clone)]
pub(crate) struct Case<'a> {
    pub(crate) when: Vec<Choice<'a>>,
    pub(crate) value: Value<'a>,
}

pub(crate) type Cases<'a> = Rc<Vec<Case<'a>>>;

#[derive(Clone)]
pub(crate) enum Value<'a> {
    Text(Vec<Piece>),
    Number(i64),
    Nothing,
    Dict(Rc<Vec<(String, Cases<'a>)>>),
    /// An object of a class with fields: of a model, which is no JSON before it is converted, or an exception.
    Object(&'a Class<'a>, Rc<Vec<(String, Cases<'a>)>>),
    Symbol(Symbol<'a>),
    /// A lambda.
    Lambda(&'a Function<'a>),
    /// An HTTP error. The place where it is created is listed separately.
    Made,
    /// An HTTP error that `except` caught.
    Caught,
    Unknown(Reason, Option<Guess>),
}

pub(crate) fn single(value: Value<'_>) -> Cases<'_> {
    Rc::new(vec![Case { when: Vec::new(), value }])
}

/// Returns the value that an expression has in every case.
pub(crate) fn only<'c, 'a>(cases: &'c Cases<'a>) -> Option<&'c Value<'a>> {
    match cases.as_slice() {
        [case] => Some(&case.value),
        _ => None,
    }
}

pub(crate) fn unknown<'a>(reason: Reason) -> Cases<'a> {
    single(Value::Unknown(reason, None))
}

/// Returns the combined branches, or `None` if they exclude each other.
pub(crate) fn both<'a>(left: &[Choice<'a>], right: &[Choice<'a>]) -> Option<Vec<Choice<'a>>> {
    let mut when = left.to_vec();
    for choice in right {
        let same = |other: &&Choice<'_>| {
            (other.frame, other.at, other.condition) == (choice.frame, choice.at, choice.condition)
        };
        match left.iter().find(same) {
            Some(other) if other.arm != choice.arm => return None,
            Some(_) => {}
            None => when.push(choice.clone()),
        }
    }
    Some(when)
}

/// Applies `value` to every case.
pub(crate) fn each<'a>(
    cases: &Cases<'a>,
    mut value: impl FnMut(&Value<'a>) -> Cases<'a>,
) -> Cases<'a> {
    if let [case] = cases.as_slice() {
        if case.when.is_empty() {
            return value(&case.value);
        }
    }
    let mut result = Vec::new();
    for case in cases.iter() {
        for inner in value(&case.value).iter() {
            if let Some(when) = both(&case.when, &inner.when) {
                result.push(Case { when, value: inner.value.clone() });
            }
        }
    }
    if result.len() > MAX_CASES { unknown(Reason::TooMany) } else { Rc::new(result) }
}

fn hole_named<'a>(name: &str, from: String, type_guess: Option<Guess>) -> Cases<'a> {
    let name = text::name_of(&Expr { text: name, line: 0, kind: Kind::Name });
    single(Value::Text(vec![Piece::Value { name, type_guess, from }]))
}

fn parameter_value<'a>(name: &str, guess: Option<Guess>) -> Cases<'a> {
    single(Value::Unknown(Reason::Parameter(name.to_owned()), guess))
}

/// Returns the same value, with the type from an annotation.
pub(crate) fn guessed<'a>(cases: &Cases<'a>, guess: Option<Guess>) -> Cases<'a> {
    each(cases, |value| match value {
        Value::Unknown(reason, known) => single(Value::Unknown(reason.clone(), guess.or(*known))),
        value => single(value.clone()),
    })
}

/// Returns a text without values as a value.
pub(crate) fn fixed<'a>(text: impl Into<String>) -> Cases<'a> {
    single(Value::Text(vec![Piece::Text(text.into())]))
}

/// Returns a text without values.
pub(crate) fn plain_text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(pieces) => match pieces.as_slice() {
            [] => Some(String::new()),
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Shortens an expression for use in a sentence, on one line.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut line = String::new();
    let start: String = text.chars().take(2 * LONGEST).collect();
    for word in start.split_whitespace() {
        if line.len() + word.len() > LONGEST {
            line.push_str(if line.is_empty() { "…" } else { " …" });
            break;
        }
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}
