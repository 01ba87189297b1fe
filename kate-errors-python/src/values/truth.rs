//! Evaluates conditions, as far as they are certain.

use std::rc::Rc;

use super::{Cases, Frame, Value, only, plain_text};
use crate::package::Symbol;
use crate::syntax::{Expr, Kind};
use crate::{Piece, Reason};

impl<'a> Frame<'_, 'a> {
    /// Whether a condition holds, if that is certain. Only decided in functions that are called with known
    /// arguments; elsewhere, both branches are read.
    pub(crate) fn truth(&self, condition: &'a Expr<'a>) -> Option<bool> {
        if self.calls == 0 {
            return None;
        }
        match &condition.kind {
            Kind::Not(inside) => self.truth(inside).map(|truth| !truth),
            Kind::Binary(left, "and", right) => match (self.truth(left), self.truth(right)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Kind::Binary(left, operator @ ("is" | "==" | "is not" | "!="), right) => {
                let equal = equal(&self.eval(left), &self.eval(right))?;
                Some(equal == matches!(*operator, "is" | "=="))
            }
            Kind::Call(function, arguments) if function.text == "isinstance" => {
                let [value, class] = arguments.as_slice() else { return None };
                match only(&self.eval(&value.value)) {
                    Some(Value::Text(_)) => Some(class.value.text == "str"),
                    Some(Value::Object(object, _)) => self.is_of(object, &self.eval(&class.value)),
                    _ => None,
                }
            }
            _ => truths(&self.eval(condition)),
        }
    }
}

/// Returns the cases that can be true (or false); all cases if that leaves none.
pub(crate) fn narrowed<'a>(cases: &Cases<'a>, holds: bool) -> Cases<'a> {
    let kept: Vec<_> =
        cases.iter().filter(|case| truth_of(&case.value) != Some(!holds)).cloned().collect();
    if kept.is_empty() { cases.clone() } else { Rc::new(kept) }
}

pub(super) fn truths(cases: &Cases<'_>) -> Option<bool> {
    let mut truths = cases.iter().map(|case| truth_of(&case.value));
    let first = truths.next()??;
    truths.all(|other| other == Some(first)).then_some(first)
}

/// Whether a value is truthy in Python, if that is certain.
fn truth_of(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Text(pieces) => {
            let says = |piece: &Piece| matches!(piece, Piece::Text(text) if !text.is_empty());
            if pieces.iter().any(says) { Some(true) } else { plain_text(value).map(|_| false) }
        }
        Value::Number(number) => Some(*number != 0),
        Value::Nothing => Some(false),
        Value::Dict(entries) => Some(!entries.is_empty()),
        Value::Unknown(Reason::FromException(from), _) => {
            from.chars().all(char::is_alphanumeric).then_some(true)
        }
        Value::Unknown(Reason::Expression(text), _) if text == "True" => Some(true),
        Value::Unknown(Reason::Expression(text), _) if text == "False" => Some(false),
        Value::Symbol(Symbol::Class(_) | Symbol::Function(_))
        | Value::Lambda(_)
        | Value::Object(..)
        | Value::Made
        | Value::Caught => Some(true),
        Value::Symbol(_) | Value::Unknown(..) => None,
    }
}

/// Whether two values are equal, if that is certain.
fn equal(left: &Cases<'_>, right: &Cases<'_>) -> Option<bool> {
    match (only(left)?, only(right)?) {
        (Value::Nothing, Value::Nothing) => Some(true),
        (Value::Number(left), Value::Number(right)) => Some(left == right),
        (left @ Value::Text(_), right @ Value::Text(_)) => {
            Some(plain_text(left)? == plain_text(right)?)
        }
        (Value::Unknown(Reason::FromException(_), _), Value::Nothing) => Some(false),
        (Value::Unknown(..) | Value::Symbol(_), _) | (_, Value::Unknown(..) | Value::Symbol(_)) => {
            None
        }
        _ => Some(false),
    }
}
