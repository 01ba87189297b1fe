//! What an expression is, as far as the source says: a text with values in it, a number, a class.
//!
//! An expression can be several things, one for each branch that leads to it. Each [`Case`] says
//! which branches those are, so that a status and a text of different branches are not combined.

use std::collections::HashMap;
use std::rc::Rc;

use crate::package::{ClassAt, FunctionAt, Package, Symbol};
use crate::syntax::{Argument, Expr, Function, Kind, Part, Slot};
use crate::text::{self, Field};
use crate::{Guess, Piece, Reason, frameworks};

/// How many cases a value has before it is given up, and how many pieces a message.
pub(crate) const MAX_CASES: usize = 32;
const MAX_PIECES: usize = 200;
const MAX_LENGTH: usize = 10_000;

/// How deep expressions are evaluated, through constants and calls.
const MAX_DEPTH: usize = 150;

/// How many calls of the package's own functions are followed into each other.
const MAX_CALLS: usize = 8;

/// A branch: where it is taken, on what condition, and which of its arms.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Choice<'a> {
    pub(crate) frame: usize,
    pub(crate) at: usize,
    pub(crate) condition: &'a str,
    pub(crate) arm: usize,
}

#[derive(Clone)]
pub(crate) struct Case<'a, T = Value<'a>> {
    pub(crate) when: Vec<Choice<'a>>,
    pub(crate) value: T,
}

pub(crate) type Cases<'a, T = Value<'a>> = Rc<Vec<Case<'a, T>>>;

#[derive(Clone)]
pub(crate) enum Value<'a> {
    Text(Vec<Piece>),
    Number(i64),
    Nothing,
    Dict(Rc<Vec<(String, Cases<'a>)>>),
    Symbol(Symbol<'a>),
    /// A lambda.
    Lambda(FunctionAt<'a>),
    /// An HTTP error; where it is made is a site of its own.
    Made,
    /// An HTTP error that `except` caught.
    Caught,
    Unknown(Reason, Option<Guess>),
}

pub(crate) fn single(value: Value<'_>) -> Cases<'_> {
    Rc::new(vec![Case { when: Vec::new(), value }])
}

pub(crate) fn unknown<'a>(reason: Reason) -> Cases<'a> {
    single(Value::Unknown(reason, None))
}

/// The branches of both, or `None` if they exclude each other.
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

/// The cases of arms of one branch.
pub(crate) fn union<'a>(arms: impl IntoIterator<Item = (Choice<'a>, Cases<'a>)>) -> Cases<'a> {
    let mut cases = Vec::new();
    for (choice, arm) in arms {
        for case in arm.iter() {
            if let Some(when) = both(&case.when, std::slice::from_ref(&choice)) {
                cases.push(Case { when, value: case.value.clone() });
            }
        }
    }
    if cases.len() > MAX_CASES { unknown(Reason::TooMany) } else { Rc::new(cases) }
}

/// Joins two messages, case by case.
fn concat<'a>(
    left: &[Case<'a, Vec<Piece>>],
    right: &[Case<'a, Vec<Piece>>],
) -> Vec<Case<'a, Vec<Piece>>> {
    let mut cases = Vec::new();
    for (first, second) in
        left.iter().flat_map(|first| right.iter().map(move |second| (first, second)))
    {
        if let Some(when) = both(&first.when, &second.when) {
            let mut value = first.value.clone();
            if fits(&value) {
                text::append(&mut value, &second.value);
            }
            cases.push(Case { when, value });
        }
        if cases.len() > MAX_CASES {
            break;
        }
    }
    cases
}

/// Arguments of a call.
#[derive(Clone, Default)]
pub(crate) struct Arguments<'a> {
    pub(crate) positions: Vec<Cases<'a>>,
    pub(crate) names: Vec<(String, Cases<'a>)>,
    /// `*x` or `**x`, where `x` is not known.
    pub(crate) unpacked: Option<&'a str>,
}

impl<'a> Arguments<'a> {
    /// The argument of a parameter, given its name and position.
    pub(crate) fn get(&self, name: &str, position: Option<usize>) -> Option<Cases<'a>> {
        let named = self.names.iter().rfind(|(other, _)| other == name).map(|(_, value)| value);
        let value = named.or_else(|| self.positions.get(position?)).cloned();
        value.or_else(|| Some(unknown(Reason::Unpacked(self.unpacked?.to_owned()))))
    }
}

/// A run through a function or a module: what its variables are at this point.
pub(crate) struct Frame<'p, 'a> {
    pub(crate) package: &'p Package<'a>,
    pub(crate) module: usize,
    /// Tells its branches from those of other runs.
    pub(crate) id: usize,
    /// How many calls were followed to get here.
    pub(crate) calls: usize,
    /// The class of `self`.
    pub(crate) this: Option<ClassAt<'a>>,
    /// By the text of the target: `x`, `self.x`.
    pub(crate) variables: HashMap<&'a str, Cases<'a>>,
    /// What was there before each change of `variables`.
    pub(crate) log: Vec<(&'a str, Option<Cases<'a>>)>,
    /// What the parameters `*args` and `**kwargs` took.
    rest: HashMap<&'a str, Arguments<'a>>,
    pub(crate) walk: crate::walk::State<'a>,
}

impl<'p, 'a> Frame<'p, 'a> {
    pub(crate) fn new(package: &'p Package<'a>, module: usize, calls: usize) -> Self {
        let id = package.frames.get() + 1;
        package.frames.set(id);
        Self {
            package,
            module,
            id,
            calls,
            this: None,
            variables: HashMap::new(),
            log: Vec::new(),
            rest: HashMap::new(),
            walk: crate::walk::State::default(),
        }
    }

    /// A run through a function that was called, if that is not too deep.
    pub(crate) fn call(&self, module: usize) -> Option<Self> {
        (self.calls < MAX_CALLS).then(|| Self::new(self.package, module, self.calls + 1))
    }

    pub(crate) fn set(&mut self, name: &'a str, value: Cases<'a>) {
        let before = self.variables.insert(name, value);
        self.log.push((name, before));
    }

    pub(crate) fn choice(&self, at: usize, condition: &'a str, arm: usize) -> Choice<'a> {
        Choice { frame: self.id, at, condition, arm }
    }

    /// Gives the parameters of a function their values.
    pub(crate) fn bind(&mut self, function: &'a Function<'a>, arguments: &Arguments<'a>) {
        let positions =
            function.parameters.iter().filter(|parameter| parameter.kind == Slot::One).count();
        let mut names = arguments.names.clone();
        for (position, parameter) in function.parameters.iter().enumerate() {
            names.retain(|(name, _)| name != parameter.name);
            let value = match parameter.kind {
                Slot::One => arguments.get(parameter.name, Some(position)),
                Slot::Named => arguments.get(parameter.name, None),
                Slot::AllPositions => {
                    let positions =
                        arguments.positions.get(positions..).unwrap_or_default().to_vec();
                    let rest = Arguments {
                        positions,
                        unpacked: arguments.unpacked,
                        ..Arguments::default()
                    };
                    self.rest.insert(parameter.name, rest);
                    None
                }
                Slot::AllNames => {
                    let names = std::mem::take(&mut names);
                    let rest =
                        Arguments { names, unpacked: arguments.unpacked, ..Arguments::default() };
                    self.rest.insert(parameter.name, rest);
                    None
                }
            };
            let value = value.or_else(|| Some(self.eval(parameter.default.as_ref()?)));
            let guess = parameter.annotation.and_then(text::guess_of_annotation);
            self.set(
                parameter.name,
                value.map_or_else(
                    || parameter_value(parameter.name, guess),
                    |value| guessed(&value, guess),
                ),
            );
        }
    }

    /// Inside of a function, its parameters can be anything.
    pub(crate) fn bind_unknown(&mut self, function: &'a Function<'a>) {
        for (index, parameter) in function.parameters.iter().enumerate() {
            let guess = parameter.annotation.and_then(text::guess_of_annotation);
            let mut value = parameter_value(parameter.name, guess);
            // A default text is one of those that it can be.
            let default = parameter.default.as_ref().map(|default| self.eval(default));
            if let Some(default) = default
                .filter(|cases| cases.iter().all(|case| matches!(case.value, Value::Text(_))))
            {
                let arms = [value, default].into_iter().enumerate();
                value = union(
                    arms.map(|(arm, value)| (self.choice(index, parameter.name, arm), value)),
                );
            }
            self.set(parameter.name, value);
        }
    }

    pub(crate) fn arguments(&self, arguments: &'a [Argument<'a>]) -> Arguments<'a> {
        let mut result = Arguments::default();
        for argument in arguments {
            match argument.name {
                _ if argument.unpacked => self.unpack(&argument.value, &mut result),
                Some(name) => result.names.push((name.to_owned(), self.eval(&argument.value))),
                None => result.positions.push(self.eval(&argument.value)),
            }
        }
        result
    }

    fn unpack(&self, value: &'a Expr<'a>, into: &mut Arguments<'a>) {
        if let Some(rest) = self.rest.get(value.text) {
            into.positions.extend(rest.positions.iter().cloned());
            into.names.extend(rest.names.iter().cloned());
            into.unpacked = into.unpacked.or(rest.unpacked);
        } else if let [Case { value: Value::Dict(entries), .. }] = self.eval(value).as_slice() {
            into.names.extend(entries.iter().cloned());
        } else {
            into.unpacked = Some(value.text);
        }
    }

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
                    union([
                        (self.choice(0, condition.text, 0), first),
                        (self.choice(0, condition.text, 1), self.eval(otherwise)),
                    ])
                }
            },
            Kind::Dict(pairs) => {
                let key = |key: &Expr<'a>| match key.kind {
                    Kind::Text(ref parts) => match parts.as_slice() {
                        [Part::Text(text)] => text.clone(),
                        _ => key.text.to_owned(),
                    },
                    _ => key.text.to_owned(),
                };
                single(Value::Dict(Rc::new(
                    pairs.iter().map(|(name, value)| (key(name), self.eval(value))).collect(),
                )))
            }
            Kind::Index(object, key) => self.entry(expr, object, key),
            Kind::Lambda(function) => {
                single(Value::Lambda(FunctionAt { module: self.module, function }))
            }
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

    /// The value of a constant, or the symbol itself.
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
            _ => union(
                values
                    .into_iter()
                    .enumerate()
                    .map(|(arm, value)| (frame.choice(0, "", arm), evaluated(value))),
            ),
        }
    }

    fn attribute(&self, expr: &'a Expr<'a>, object: &'a Expr<'a>, name: &str) -> Cases<'a> {
        // `status.HTTP_404_NOT_FOUND`, wherever `status` comes from.
        let elsewhere = || {
            frameworks::status_name(name)
                .map_or_else(|| unknown(Reason::Variable(shown(expr.text))), single)
        };
        if let (Some(this), "self" | "cls") = (self.this, object.text) {
            return self.member(this, name).unwrap_or_else(elsewhere);
        }
        let attribute = |value: &Value<'a>| match (value, name) {
            (Value::Text(_) | Value::Number(_), "value") => single(value.clone()),
            (Value::Number(status), "phrase") => frameworks::phrase(*status)
                .map_or_else(elsewhere, |phrase| {
                    single(Value::Text(vec![Piece::Text(phrase.to_owned())]))
                }),
            (Value::Symbol(Symbol::Class(class)), _) => {
                self.member(*class, name).unwrap_or_else(elsewhere)
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
            (Kind::Name, Some(first)) if function.text == "str" => {
                return each(&self.eval(first), |value| match value {
                    Value::Text(_) | Value::Unknown(Reason::FromException(_), _) => {
                        single(value.clone())
                    }
                    Value::Caught => unknown(Reason::FromException(expr.text.to_owned())),
                    _ => unknown(Reason::Computed(shown(expr.text))),
                });
            }
            (Kind::Name, Some(first))
                if matches!(function.text, "_" | "gettext" | "gettext_lazy") =>
            {
                return self.eval(first);
            }
            _ => {}
        }
        each(&self.eval(function), |callee| match callee {
            Value::Symbol(Symbol::External(path)) if frameworks::makes_json(path) => {
                let body = self.arguments(arguments);
                let named = || single(Value::Dict(Rc::new(body.names.clone())));
                body.positions.first().cloned().unwrap_or_else(named)
            }
            Value::Symbol(Symbol::External(path)) => {
                let text = frameworks::translated(path).and_then(|index| arguments.get(index));
                let known = frameworks::known(path);
                let is_response = known.is_some_and(|it| it.kind == frameworks::Kind::Response);
                match text.filter(|text| !text.unpacked) {
                    Some(text) => self.eval(&text.value),
                    // A response without a status is what it has as its body, until it gets one.
                    None if is_response && arguments.len() == 1 => self.eval(&arguments[0].value),
                    None if frameworks::known(path).is_some() => single(Value::Made),
                    None => computed(),
                }
            }
            Value::Symbol(symbol) if self.error_class(symbol).is_some() => single(Value::Made),
            Value::Symbol(Symbol::Function(callee)) | Value::Lambda(callee) => {
                self.returned(*callee, arguments).unwrap_or_else(computed)
            }
            _ => computed(),
        })
    }

    /// The fields of `.format` or `%`, each replaced by what `value` says.
    fn fill(
        pieces: &[Piece],
        split: fn(&str) -> Option<Vec<Field>>,
        mut value: impl FnMut(&str, &str, &str) -> Option<Vec<Case<'a, Vec<Piece>>>>,
    ) -> Option<Cases<'a>> {
        let mut message = vec![Case { when: Vec::new(), value: Vec::new() }];
        for piece in pieces {
            let Piece::Text(text) = piece else {
                message =
                    concat(&message, &[Case { when: Vec::new(), value: vec![piece.clone()] }]);
                continue;
            };
            for field in split(text)? {
                let cases = match field {
                    Field::Text(text) => {
                        vec![Case { when: Vec::new(), value: vec![Piece::Text(text)] }]
                    }
                    Field::Value { key, conversion, format } => value(&key, &conversion, &format)?,
                };
                message = concat(&message, &cases);
            }
        }
        texts(message)
    }

    fn format(&self, pieces: &[Piece], arguments: &'a [Argument<'a>]) -> Cases<'a> {
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
                Some(position) => {
                    arguments.iter().filter(|argument| argument.name.is_none()).nth(position)
                }
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
            Some(self.hole(
                value,
                conversion,
                if rest.is_empty() { format } else { "s" },
                named.as_deref(),
            ))
        });
        filled.unwrap_or_else(|| unknown(Reason::Expression("str.format".to_owned())))
    }

    fn percent(&self, expr: &'a Expr<'a>, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Cases<'a> {
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
                Some(self.hole(value, conversion, format, named))
            });
            filled.unwrap_or_else(other)
        })
    }

    /// `left + right`, if one of them is a text.
    pub(crate) fn sum(&self, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Option<Cases<'a>> {
        let (first, second) = (self.eval(left), self.eval(right));
        let is_text =
            |cases: &Cases<'a>| cases.iter().any(|case| matches!(case.value, Value::Text(_)));
        if !is_text(&first) && !is_text(&second) {
            return None;
        }
        texts(concat(&put_in(left, &first, "", "", None), &put_in(right, &second, "", "", None)))
    }

    /// `left or right`: `right` where `left` is nothing.
    fn either(&self, expr: &'a Expr<'a>, left: &'a Expr<'a>, right: &'a Expr<'a>) -> Cases<'a> {
        let first = self.eval(left);
        match truths(&first) {
            Some(true) => first,
            Some(false) => self.eval(right),
            None => union([
                (self.choice(0, expr.text, 0), narrowed(&first, true)),
                (self.choice(0, expr.text, 1), self.eval(right)),
            ]),
        }
    }

    fn entry(&self, expr: &'a Expr<'a>, object: &'a Expr<'a>, key: &'a Expr<'a>) -> Cases<'a> {
        let elsewhere = || unknown(Reason::Variable(shown(expr.text)));
        let key = match self.eval(key).as_slice() {
            [Case { value: Value::Text(pieces), .. }] => match pieces.as_slice() {
                [Piece::Text(text)] => text.clone(),
                _ => return elsewhere(),
            },
            _ => key.text.to_owned(),
        };
        each(&self.eval(object), |object| match object {
            Value::Dict(entries) => entries
                .iter()
                .rfind(|(name, _)| *name == key)
                .map_or_else(elsewhere, |(_, value)| value.clone()),
            _ => elsewhere(),
        })
    }

    fn parts(&self, parts: &'a [Part<'a>]) -> Cases<'a> {
        let mut message = vec![Case { when: Vec::new(), value: Vec::new() }];
        for part in parts {
            let cases = match part {
                Part::Text(text) => {
                    vec![Case { when: Vec::new(), value: vec![Piece::Text(text.clone())] }]
                }
                Part::Value { value, conversion, format } => {
                    self.hole(value, conversion, format, None)
                }
            };
            message = concat(&message, &cases);
        }
        texts(message).unwrap_or_else(|| unknown(Reason::TooMany))
    }

    /// A value in a message, or the text that it always is.
    fn hole(
        &self,
        expr: &'a Expr<'a>,
        conversion: &str,
        format: &str,
        named: Option<&str>,
    ) -> Vec<Case<'a, Vec<Piece>>> {
        put_in(expr, &self.eval(expr), conversion, format, named)
    }

    /// Whether a condition holds, where that is certain. It is asked in functions that are called
    /// with known arguments: elsewhere, both branches are to be read.
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
                match self.eval(&value.value).as_slice() {
                    [Case { value: Value::Text(_), .. }] => Some(class.value.text == "str"),
                    [Case { value: Value::Unknown(Reason::FromException(_), _), .. }]
                        if class.value.text == "Exception" =>
                    {
                        Some(true)
                    }
                    _ => None,
                }
            }
            _ => truths(&self.eval(condition)),
        }
    }
}

/// The same for every case.
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

/// Whether a message is short enough to be read on.
fn fits(message: &[Piece]) -> bool {
    let length = |piece: &Piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Value { .. } => 0,
    };
    message.len() <= MAX_PIECES && message.iter().map(length).sum::<usize>() <= MAX_LENGTH
}

fn texts<'a>(message: Vec<Case<'a, Vec<Piece>>>) -> Option<Cases<'a>> {
    let few = message.len() <= MAX_CASES && message.iter().all(|case| fits(&case.value));
    let text =
        |case: Case<'a, Vec<Piece>>| Case { when: case.when, value: Value::Text(case.value) };
    few.then(|| Rc::new(message.into_iter().map(text).collect()))
}

/// A value in a message: its text if all its cases have one, else a place for it.
fn put_in<'a>(
    expr: &Expr<'a>,
    cases: &Cases<'a>,
    conversion: &str,
    format: &str,
    named: Option<&str>,
) -> Vec<Case<'a, Vec<Piece>>> {
    let text = |case: &Case<'a>| {
        let value = match &case.value {
            Value::Text(pieces) => pieces.clone(),
            Value::Number(number) => vec![Piece::Text(number.to_string())],
            _ => return None,
        };
        Some(Case { when: case.when.clone(), value })
    };
    let plain = conversion.is_empty() && matches!(format, "" | "d");
    if let Some(texts) = cases.iter().map(text).collect::<Option<Vec<_>>>().filter(|_| plain) {
        return texts;
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

fn hole_named<'a>(
    name: &str,
    from: String,
    type_guess: Option<Guess>,
) -> Vec<Case<'a, Vec<Piece>>> {
    let name = text::name_of(&Expr { text: name, line: 0, kind: Kind::Name });
    vec![Case { when: Vec::new(), value: vec![Piece::Value { name, type_guess, from }] }]
}

fn parameter_value<'a>(name: &str, guess: Option<Guess>) -> Cases<'a> {
    single(Value::Unknown(Reason::Parameter(name.to_owned()), guess))
}

/// The same value, with the type that an annotation says.
fn guessed<'a>(cases: &Cases<'a>, guess: Option<Guess>) -> Cases<'a> {
    each(cases, |value| match value {
        Value::Unknown(reason, known) => single(Value::Unknown(reason.clone(), guess.or(*known))),
        value => single(value.clone()),
    })
}

/// The cases that can be true, or can be false; all if that leaves none.
pub(crate) fn narrowed<'a>(cases: &Cases<'a>, holds: bool) -> Cases<'a> {
    let kept: Vec<_> =
        cases.iter().filter(|case| truth_of(&case.value) != Some(!holds)).cloned().collect();
    if kept.is_empty() { cases.clone() } else { Rc::new(kept) }
}

fn truths(cases: &Cases<'_>) -> Option<bool> {
    let mut truths = cases.iter().map(|case| truth_of(&case.value));
    let first = truths.next()??;
    truths.all(|other| other == Some(first)).then_some(first)
}

/// Whether Python takes a value for true, where that is certain.
fn truth_of(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Text(pieces) => {
            let says = |piece: &Piece| matches!(piece, Piece::Text(text) if !text.is_empty());
            let is_fixed = pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
            if pieces.iter().any(says) { Some(true) } else { is_fixed.then_some(false) }
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
        | Value::Made
        | Value::Caught => Some(true),
        Value::Symbol(_) | Value::Unknown(..) => None,
    }
}

/// Whether two values are the same, where that is certain.
fn equal(left: &Cases<'_>, right: &Cases<'_>) -> Option<bool> {
    let ([left], [right]) = (left.as_slice(), right.as_slice()) else { return None };
    match (&left.value, &right.value) {
        (Value::Nothing, Value::Nothing) => Some(true),
        (Value::Number(left), Value::Number(right)) => Some(left == right),
        (Value::Text(left), Value::Text(right)) => {
            let fixed =
                |pieces: &[Piece]| pieces.iter().all(|piece| matches!(piece, Piece::Text(_)));
            (fixed(left) && fixed(right)).then(|| left == right)
        }
        (Value::Unknown(Reason::FromException(_), _), Value::Nothing) => Some(false),
        (Value::Unknown(..) | Value::Symbol(_), _) | (_, Value::Unknown(..) | Value::Symbol(_)) => {
            None
        }
        _ => Some(false),
    }
}

/// An expression in a sentence: one line, and not a long one.
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
