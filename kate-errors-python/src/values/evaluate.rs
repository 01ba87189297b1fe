//! Evaluates expressions.

use std::rc::Rc;

use super::truth::truths;
use super::{
    Arguments, Cases, Frame, MAX_DEPTH, Value, each, fixed, narrowed, only, plain_text, shown,
    single, unknown,
};
use crate::package::Symbol;
use crate::syntax::{Argument, Expr, Kind, UNPACKED};
use crate::{Reason, frameworks};

impl<'a> Frame<'_, 'a> {
    pub(crate) fn eval(&self, expr: &'a Expr<'a>) -> Cases<'a> {
        let depth = &self.package.depth;
        if depth.get() > MAX_DEPTH {
            return unknown(Reason::TooDeep);
        }
        depth.set(depth.get() + 1);
        let cases = self.eval_kind(expr);
        depth.set(depth.get() - 1);
        cases
    }

    fn eval_kind(&self, expr: &'a Expr<'a>) -> Cases<'a> {
        match &expr.kind {
            Kind::Text(parts) => self.parts(parts),
            Kind::Number(number) => single(Value::Number(*number)),
            Kind::Nothing => single(Value::Nothing),
            Kind::Name => self.name(expr.text),
            Kind::Attribute(object, name) => match self.variables.get(expr.text) {
                Some(value) => value.clone(),
                None => self.attribute(expr, object, name),
            },
            Kind::Call(function, arguments) => self.result(expr, function, arguments),
            Kind::Binary(left, "+", right) => self
                .sum(left, right)
                .unwrap_or_else(|| unknown(Reason::Expression(shown(expr.text)))),
            Kind::Binary(left, "%", right) => self.percent(expr, left, right),
            Kind::Binary(left, "or", right) => self.either(expr, left, right),
            Kind::If { condition, then, otherwise } => match self.truth(condition) {
                Some(true) => self.eval(then),
                Some(false) => self.eval(otherwise),
                None => {
                    let mut first = self.eval(then);
                    if condition.text.starts_with(then.text) {
                        first = narrowed(&first, true);
                    }
                    self.union(0, condition.text, [(0, first), (1, self.eval(otherwise))])
                }
            },
            Kind::Dict(pairs) => {
                let entry =
                    |(key, value): &'a (Expr<'a>, Expr<'a>)| (self.key(key), self.eval(value));
                single(Value::Dict(Rc::new(pairs.iter().map(entry).collect())))
            }
            Kind::Index(object, key) => self.entry(expr, object, key),
            Kind::Lambda(function) => single(Value::Lambda(function)),
            // As in `dict(members or ())`.
            Kind::Tuple(parts) if parts.is_empty() => single(Value::Dict(Rc::default())),
            Kind::Tuple(_) => unknown(Reason::DetailIsList),
            Kind::Other(_) if expr.text.starts_with('[') => unknown(Reason::DetailIsList),
            Kind::Not(_) | Kind::Binary(..) | Kind::Other(_) => {
                unknown(Reason::Expression(shown(expr.text)))
            }
        }
    }

    fn name(&self, name: &'a str) -> Cases<'a> {
        if let Some(value) = self.variables.get(name) {
            return value.clone();
        }
        match self.package.name(self.module, name) {
            Some(symbol) => self.symbol(symbol),
            None => unknown(Reason::Variable(name.to_owned())),
        }
    }

    /// Returns the value of a constant, or the symbol itself.
    pub(crate) fn symbol(&self, symbol: Symbol<'a>) -> Cases<'a> {
        let Symbol::Constant(module, values) = symbol else {
            return single(match symbol {
                Symbol::External(path) => {
                    frameworks::constant(&path).unwrap_or(Value::Symbol(Symbol::External(path)))
                }
                symbol => Value::Symbol(symbol),
            });
        };
        let Some(frame) = self.call(module) else { return unknown(Reason::TooMany) };
        let evaluated = |value: &'a Expr<'a>| {
            let known = self.package.constants.borrow().get(&std::ptr::from_ref(value)).cloned();
            known.unwrap_or_else(|| {
                let cases = frame.eval(value);
                self.package.constants.borrow_mut().insert(value, cases.clone());
                cases
            })
        };
        match values.as_slice() {
            [value] => evaluated(value),
            _ => frame.union(0, "", values.into_iter().map(evaluated).enumerate()),
        }
    }

    fn attribute(&self, expr: &'a Expr<'a>, object: &'a Expr<'a>, name: &str) -> Cases<'a> {
        // `status.HTTP_404_NOT_FOUND`, wherever `status` is imported from.
        let elsewhere = || {
            frameworks::status_name(name)
                .map_or_else(|| unknown(Reason::Variable(shown(expr.text))), single)
        };
        let is_known = || self.variables.get(object.text).is_some_and(|it| is_object(it));
        if let (Some(this), "self" | "cls") = (self.this, object.text) {
            if !is_known() {
                return self.member(this, name).unwrap_or_else(elsewhere);
            }
        }
        let attribute = |value: &Value<'a>| match (value, name) {
            (Value::Text(_) | Value::Number(_), "value") => single(value.clone()),
            (Value::Number(status), "phrase") => u16::try_from(*status)
                .ok()
                .and_then(frameworks::phrase)
                .map_or_else(elsewhere, fixed),
            (Value::Symbol(Symbol::Class(class)), "__name__") => fixed(class.name),
            (Value::Object(class, fields), _) => {
                self.field(class, fields, name).unwrap_or_else(elsewhere)
            }
            (Value::Symbol(Symbol::Class(class)), _) => {
                self.member(class, name).unwrap_or_else(elsewhere)
            }
            (Value::Symbol(symbol), _) => self
                .package
                .attribute(symbol, name)
                .map_or_else(elsewhere, |symbol| self.symbol(symbol)),
            (Value::Unknown(Reason::FromException(_), _), _) => {
                unknown(Reason::FromException(shown(expr.text)))
            }
            _ => elsewhere(),
        };
        each(&self.eval(object), attribute)
    }

    fn result(
        &self,
        expr: &'a Expr<'a>,
        function: &'a Expr<'a>,
        arguments: &'a [Argument<'a>],
    ) -> Cases<'a> {
        let computed = || unknown(Reason::Computed(shown(function.text)));
        let first = arguments.first().filter(|first| !first.unpacked).map(|first| &first.value);
        match (&function.kind, first) {
            (Kind::Attribute(template, "format"), _) => {
                return each(&self.eval(template), |template| match template {
                    Value::Text(pieces) => self.format(pieces, arguments),
                    _ => computed(),
                });
            }
            (Kind::Attribute(object, "model_dump" | "dict"), _) => {
                let model = self.eval(object);
                if model.iter().any(|case| matches!(case.value, Value::Object(..))) {
                    return each(&model, |model| {
                        Self::dumped(model, arguments).unwrap_or_else(computed)
                    });
                }
            }
            (Kind::Name, Some(first)) if matches!(function.text, "int" | "type" | "str") => {
                return each(&self.eval(first), |value| match (function.text, value) {
                    ("int", Value::Number(_))
                    | ("str", Value::Text(_) | Value::Unknown(Reason::FromException(_), _)) => {
                        single(value.clone())
                    }
                    ("int", _) => plain_text(value)
                        .and_then(|text| text.parse().ok())
                        .map_or_else(computed, |number| single(Value::Number(number))),
                    ("type", Value::Object(class, _)) => {
                        single(Value::Symbol(Symbol::Class(class)))
                    }
                    ("type", _) => computed(),
                    (_, Value::Object(..)) => Self::text_of(value).unwrap_or_else(computed),
                    (_, Value::Number(number)) => fixed(number.to_string()),
                    (_, Value::Caught) => unknown(Reason::FromException(expr.text.to_owned())),
                    _ => unknown(Reason::Computed(shown(expr.text))),
                });
            }
            (Kind::Name, _) if function.text == "dict" => {
                let Arguments { positions, names, .. } = self.arguments(arguments);
                match positions.as_slice() {
                    [] => return single(Value::Dict(Rc::new(names))),
                    [object] if names.is_empty() => {
                        return each(object, |object| match object {
                            Value::Dict(_) => single(object.clone()),
                            _ => computed(),
                        });
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        // `_("…")` and `toolkit._("…")`, wherever they are imported from.
        let translated = |name: &str| {
            let text = arguments.get(frameworks::translated(name)?)?;
            (!text.unpacked).then(|| self.eval(&text.value))
        };
        if let Some(text) = translated(function.text) {
            return text;
        }
        each(&self.eval(function), |callee| match callee {
            Value::Symbol(Symbol::External(path)) if path == "http.HTTPStatus" => {
                first.map_or_else(computed, |status| self.eval(status))
            }
            Value::Symbol(Symbol::External(path)) if frameworks::makes_json(path) => {
                let body = self.arguments(arguments);
                let named = || single(Value::Dict(Rc::new(body.names.clone())));
                body.positions.first().cloned().unwrap_or_else(named)
            }
            Value::Symbol(Symbol::External(path)) => {
                let known = frameworks::known(path);
                let is_response = known.is_some_and(|it| it.kind == frameworks::RETURNED.kind);
                match translated(path) {
                    Some(text) => text,
                    // A response without a status is represented by its body until it gets one.
                    None if is_response && arguments.len() == 1 => self.eval(&arguments[0].value),
                    None if known.is_some() => single(Value::Made),
                    None => computed(),
                }
            }
            Value::Symbol(symbol) if self.error_class(symbol).is_some() => single(Value::Made),
            Value::Symbol(Symbol::Class(class)) => {
                self.model(class, arguments).unwrap_or_else(computed)
            }
            Value::Symbol(Symbol::Function(callee)) | Value::Lambda(callee) => {
                self.returned(function, callee, arguments).unwrap_or_else(computed)
            }
            _ => computed(),
        })
    }

    /// Evaluates `left or right`: `right` if `left` is falsy.
    fn either(&self, expr: &'a Expr<'a>, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Cases<'a> {
        let first = self.eval(left);
        match truths(&first) {
            Some(true) => first,
            Some(false) => self.eval(right),
            None => {
                let arms = [(0, narrowed(&first, true)), (1, self.eval(right))];
                self.union(0, expr.text, arms)
            }
        }
    }

    /// Returns a key as a name: its text or, in brackets, its expression.
    pub(crate) fn key(&self, key: &'a Expr<'a>) -> String {
        let text = only(&self.eval(key)).and_then(plain_text);
        let unknown =
            || if key.text == UNPACKED { UNPACKED.into() } else { format!("[{}]", key.text) };
        text.unwrap_or_else(unknown)
    }

    fn entry(&self, expr: &'a Expr<'a>, object: &'a Expr<'a>, key: &'a Expr<'a>) -> Cases<'a> {
        let elsewhere = || unknown(Reason::Variable(shown(expr.text)));
        let key = self.key(key);
        each(&self.eval(object), |object| match object {
            Value::Dict(entries) => entries
                .iter()
                .rfind(|(name, _)| *name == key)
                .map_or_else(elsewhere, |(_, value)| value.clone()),
            _ => elsewhere(),
        })
    }
}

/// Whether a value is an object whose fields are known.
pub(super) fn is_object(cases: &Cases<'_>) -> bool {
    matches!(only(cases), Some(Value::Object(..)))
}
