//! The variables of a run, and the arguments of calls.

use std::collections::HashMap;
use std::rc::Rc;

use super::evaluate::is_object as is_known;
use super::{
    Case, Cases, Choice, MAX_CALLS, MAX_CASES, Value, both, guessed, only, parameter_value, single,
    unknown,
};
use crate::Reason;
use crate::package::{Package, Symbol};
use crate::syntax::{Argument, Class, Expr, Function, Kind, Slot};
use crate::text;

/// The arguments of a call.
#[derive(Clone, Default)]
pub(crate) struct Arguments<'a> {
    pub(crate) positions: Vec<Cases<'a>>,
    pub(crate) names: Vec<(String, Cases<'a>)>,
    /// The `x` of `*x` or `**x`, if it is unknown.
    pub(crate) unpacked: Option<&'a str>,
}

impl<'a> Arguments<'a> {
    /// Returns the argument of a parameter, given its name and position.
    pub(crate) fn get(&self, name: &str, position: Option<usize>) -> Option<Cases<'a>> {
        let named = self.names.iter().find(|(other, _)| other == name).map(|(_, value)| value);
        let value = named.or_else(|| self.positions.get(position?)).cloned();
        value.or_else(|| Some(unknown(Reason::Unpacked(self.unpacked?.to_owned()))))
    }
}

/// A run through a function or a module, with its variables at this point.
pub(crate) struct Frame<'p, 'a> {
    pub(crate) package: &'p Package<'a>,
    pub(crate) module: usize,
    /// Distinguishes its branches from those of other runs.
    pub(crate) id: usize,
    /// The number of calls that were followed to get here.
    pub(crate) calls: usize,
    /// The class of `self`.
    pub(crate) this: Option<&'a Class<'a>>,
    /// The variables by the text of the target: `x`, `self.x`.
    pub(crate) variables: HashMap<&'a str, Cases<'a>>,
    /// The value before each change of `variables`.
    pub(crate) log: Vec<(&'a str, Option<Cases<'a>>)>,
    /// The arguments collected by the parameters `*args` and `**kwargs`.
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

    /// Returns a run through a called function, unless calls are nested too deeply.
    pub(crate) fn call(&self, module: usize) -> Option<Self> {
        (self.calls < MAX_CALLS).then(|| Self::new(self.package, module, self.calls + 1))
    }

    pub(crate) fn set(&mut self, name: &'a str, value: Cases<'a>) {
        let before = self.variables.insert(name, value);
        self.log.push((name, before));
    }

    /// Combines the cases of the arms of a branch.
    pub(crate) fn union(
        &self,
        at: usize,
        condition: &'a str,
        arms: impl IntoIterator<Item = (usize, Cases<'a>)>,
    ) -> Cases<'a> {
        let mut cases = Vec::new();
        for (arm, values) in arms {
            let choice = Choice { frame: self.id, at, condition, arm };
            for case in values.iter() {
                if let Some(when) = both(&case.when, std::slice::from_ref(&choice)) {
                    cases.push(Case { when, value: case.value.clone() });
                }
            }
        }
        if cases.len() > MAX_CASES { unknown(Reason::TooMany) } else { Rc::new(cases) }
    }

    /// Sets the parameters of a function to the arguments of a call.
    pub(crate) fn bind(&mut self, function: &'a Function<'a>, arguments: &Arguments<'a>) {
        let positions =
            function.parameters.iter().filter(|parameter| parameter.kind == Slot::One).count();
        let mut names = arguments.names.clone();
        for (position, parameter) in function.parameters.iter().enumerate() {
            names.retain(|(name, _)| name != parameter.name);
            let value = match parameter.kind {
                Slot::One => arguments.get(parameter.name, Some(position)),
                Slot::Named => arguments.get(parameter.name, None),
                slot => {
                    let mut rest =
                        Arguments { unpacked: arguments.unpacked, ..Arguments::default() };
                    if slot == Slot::AllNames {
                        rest.names = std::mem::take(&mut names);
                    } else {
                        let others = arguments.positions.get(positions..);
                        rest.positions = others.unwrap_or_default().to_vec();
                    }
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

    /// Sets the parameters of a function to unknown values.
    pub(crate) fn bind_unknown(&mut self, function: &'a Function<'a>) {
        for (index, parameter) in function.parameters.iter().enumerate() {
            let guess = parameter.annotation.and_then(text::guess_of_annotation);
            let mut value = parameter_value(parameter.name, guess);
            // A default text or class is one of the possible values.
            let default = parameter.default.as_ref().map(|default| self.eval(default));
            let is_kept = |case: &Case<'a>| matches!(case.value, Value::Text(_) | Value::Symbol(_));
            if let Some(default) = default.filter(|cases| cases.iter().all(is_kept)) {
                value = self.union(index, parameter.name, [(0, value), (1, default)]);
            }
            self.set(parameter.name, value);
        }
    }

    /// Returns the class on which a method is called, or on an object of which.
    pub(crate) fn receiver(&self, function: &'a Expr<'a>) -> Option<&'a Class<'a>> {
        let Kind::Attribute(object, _) = &function.kind else { return None };
        if let ("self" | "cls", Some(this)) = (object.text, self.this) {
            return Some(this);
        }
        match only(&self.eval(object)) {
            Some(Value::Symbol(Symbol::Class(class)) | Value::Object(class, _)) => Some(*class),
            _ => None,
        }
    }

    /// Returns the arguments of a call, with what Python passes to a method as the first one.
    pub(crate) fn arguments_of(
        &self,
        function: &'a Expr<'a>,
        callee: &'a Function<'a>,
        arguments: &'a [Argument<'a>],
    ) -> Arguments<'a> {
        let mut arguments = self.arguments(arguments);
        let Kind::Attribute(object, _) = &function.kind else { return arguments };
        let of_class = |class| single(Value::Symbol(Symbol::Class(class)));
        let of_object = || unknown(Reason::Variable("self".to_owned()));
        let value = self.eval(object);
        let is_object = object.text == "self" || self.receiver(function).is_none();
        let first = match callee.parameters.first().map(|first| first.name) {
            Some("cls") => self.receiver(function).map_or_else(of_object, of_class),
            Some("self") if is_known(&value) => value,
            Some("self") if is_object => of_object(),
            _ => return arguments,
        };
        arguments.positions.insert(0, first);
        arguments
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
        } else if let Some(Value::Dict(entries)) = only(&self.eval(value)) {
            into.names.extend(entries.iter().cloned());
        } else {
            into.unpacked = Some(value.text);
        }
    }
}
