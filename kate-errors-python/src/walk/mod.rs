//! Walks through a module and all its functions, and lists the HTTP errors that they create.

mod branches;
mod sites;

use std::collections::BTreeMap;
use std::rc::Rc;

use self::sites::status_of;
pub(crate) use self::sites::{has_status, is_status};
use crate::package::Package;
use crate::syntax::{Class, Expr, Function, Kind, Statement};
use crate::values::{Arguments, Case, Cases, Frame, Value, each, guessed, shown, single, unknown};
use crate::{Raised, Reason, text};

pub(crate) type Found = (usize, Result<Raised, Reason>);

/// The state of a run.
#[derive(Default)]
pub(crate) struct State<'a> {
    pub(crate) found: Vec<Found>,
    /// The number of enclosing functions.
    functions: usize,
    /// Whether this is a run through a called function whose errors are listed.
    pub(crate) is_followed: bool,
    /// The length of the log of changes at the beginning of the enclosing loop, or 0.
    loop_start: usize,
    /// Whether an enclosing `except` caught an HTTP error.
    catching: bool,
    /// The arguments with which the `__init__` of the base class was called.
    pub(crate) super_calls: Vec<Arguments<'a>>,
    pub(crate) returns: Vec<Cases<'a>>,
}

/// Returns the errors found in a module, with their lines.
pub(crate) fn sites(package: &Package<'_>, module: usize) -> Vec<Found> {
    let mut frame = Frame::new(package, module, 0);
    frame.run(&package.modules[module].body);
    frame.walk.found
}

impl<'a> Statement<'a> {
    /// Returns the blocks of a statement that run as part of it.
    pub(crate) fn blocks(&'a self) -> Vec<&'a [Statement<'a>]> {
        match self {
            Self::Choose { arms, .. } => arms.iter().map(|arm| arm.body.as_slice()).collect(),
            Self::Loop { body, otherwise, .. } => vec![body, otherwise],
            Self::With { body, .. } => vec![body],
            Self::Try { body, handlers, otherwise, finally } => {
                let handlers = handlers.iter().map(|handler| handler.body.as_slice());
                [body.as_slice(), otherwise, finally].into_iter().chain(handlers).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns all blocks in a statement: also the body of a class or function.
    pub(crate) fn bodies(&'a self) -> Vec<&'a [Statement<'a>]> {
        match self {
            Self::Class(class) => vec![&class.body],
            Self::Function(function) => vec![&function.body],
            other => other.blocks(),
        }
    }
}

/// Returns statements with those inside them, in blocks that `inside` returns.
pub(crate) fn all<'a>(
    body: &'a [Statement<'a>],
    inside: fn(&'a Statement<'a>) -> Vec<&'a [Statement<'a>]>,
) -> impl Iterator<Item = &'a Statement<'a>> {
    let (mut block, mut open) = (body.iter(), Vec::new());
    std::iter::from_fn(move || {
        loop {
            if let Some(statement) = block.next() {
                open.extend(inside(statement));
                return Some(statement);
            }
            block = open.pop()?.iter();
        }
    })
}

impl<'a> Frame<'_, 'a> {
    /// Runs statements. Returns whether the end is reached.
    pub(crate) fn run(&mut self, statements: &'a [Statement<'a>]) -> bool {
        let mut reached = true;
        for statement in statements {
            reached &= self.step(statement);
            // When errors are listed, unreachable code is read as well, since this analysis may be wrong.
            if !reached && !self.lists() {
                break;
            }
        }
        reached
    }

    /// Whether this run lists what it finds, instead of following a call.
    fn lists(&self) -> bool {
        self.calls == 0
    }

    /// Whether this run lists errors.
    fn lists_errors(&self) -> bool {
        self.lists() || self.walk.is_followed
    }

    fn step(&mut self, statement: &'a Statement<'a>) -> bool {
        match statement {
            Statement::Import(imports) => {
                if self.in_function() {
                    for import in imports {
                        let symbol = self.package.import(self.module, import);
                        let value = symbol.map(|symbol| self.symbol(symbol));
                        self.set(import.name, value.unwrap_or_else(|| elsewhere(import.name)));
                    }
                }
            }
            Statement::Assign { targets, value, annotation } => {
                let Some(value) = value else { return true };
                self.look(value);
                let guess = annotation.and_then(text::guess_of_annotation);
                for target in targets {
                    self.change(target, value);
                    self.assign(target, value, guess);
                }
            }
            Statement::Augment { target, operator, value } => {
                self.look(value);
                // A value from before the loop may be that of the previous iteration, too.
                let since = self.log.get(self.walk.loop_start..).unwrap_or_default();
                let fresh = since.iter().any(|(name, _)| *name == target.text);
                let known = fresh && *operator == "+";
                let sum = if known { self.sum(target, value) } else { None };
                self.set(target.text, sum.unwrap_or_else(|| elsewhere(target.text)));
            }
            Statement::Class(class) => self.class(class),
            Statement::Function(function) => self.function(function),
            Statement::Raise { line, value } => {
                self.raise(*line, value.as_ref());
                return false;
            }
            Statement::Return(value) => {
                if let Some(value) = value {
                    self.look(value);
                    self.returned_response(value);
                    if !self.lists() {
                        let returned = self.eval(value);
                        self.walk.returns.push(returned);
                    }
                }
                return false;
            }
            Statement::Leave => return false,
            Statement::Expression(expr) => {
                self.look(expr);
                self.changed_by(expr);
                if let Some(arguments) = self.super_arguments(expr).filter(|_| !self.lists()) {
                    self.walk.super_calls.push(arguments);
                }
            }
            Statement::Choose { arms, exhaustive, at } => {
                return self.choose(arms, *exhaustive, *at);
            }
            Statement::Loop { target, head, body, otherwise } => {
                self.look(head);
                if let Some(target) = target {
                    self.forget(target);
                }
                let at = std::ptr::from_ref(statement) as usize;
                let outer = self.walk.loop_start;
                self.branch(at, "", 2, |this, arm| {
                    if arm == 1 {
                        return true;
                    }
                    this.unsettle(body, at);
                    this.walk.loop_start = this.log.len();
                    this.run(body)
                });
                self.walk.loop_start = outer;
                self.run(otherwise);
            }
            Statement::With { items, body } => {
                for (value, name) in items {
                    self.look(value);
                    if let Some(name) = name {
                        self.set(name, elsewhere(name));
                    }
                }
                return self.run(body);
            }
            Statement::Try { body, handlers, otherwise, finally } => {
                return self.attempt(statement, body, handlers, otherwise) & self.run(finally);
            }
        }
        true
    }

    fn in_function(&self) -> bool {
        !self.lists() || self.walk.functions > 0
    }

    /// Assigns a variable of a function. Variables of modules and classes are resolved where they are used.
    fn assign(&mut self, target: &'a Expr<'a>, value: &'a Expr<'a>, guess: Option<crate::Guess>) {
        if !self.in_function() {
            return;
        }
        match (&target.kind, &value.kind) {
            (Kind::Tuple(targets), Kind::Tuple(values)) if targets.len() == values.len() => {
                let values: Vec<_> = values.iter().map(|value| self.eval(value)).collect();
                for (target, value) in targets.iter().zip(values) {
                    self.set(target.text, value);
                }
            }
            (Kind::Tuple(_), _) => self.forget(target),
            (Kind::Index(object, key), _) => self.put(object, key, value),
            _ => {
                let cases = guessed(&self.eval(value), guess);
                // Another response has its own status.
                let status = self.variables.get_key_value(&*status_of(target));
                if let Some((status, _)) = status.map(|(name, value)| (*name, value)) {
                    self.set(status, elsewhere(status));
                }
                self.set(target.text, cases);
            }
        }
    }

    /// Assigns an item, which changes the object.
    fn put(&mut self, object: &'a Expr<'a>, key: &'a Expr<'a>, value: &'a Expr<'a>) {
        let key = self.key(key);
        let is_object = |case: &Case<'a>| matches!(case.value, Value::Dict(_));
        let before = self.variables.get(object.text).filter(|it| it.iter().all(is_object));
        let Some(before) = before.filter(|_| !key.starts_with('[')) else {
            return self.forget(object_of(object));
        };
        let item = self.eval(value);
        let changed = each(before, |object| match object {
            Value::Dict(entries) => {
                let others = entries.iter().filter(|(name, _)| *name != key).cloned();
                let item = (key.clone(), item.clone());
                single(Value::Dict(Rc::new(others.chain([item]).collect())))
            }
            other => single(other.clone()),
        });
        self.set(object.text, changed);
    }

    /// Lists attributes of an error that are set after it was created. The error itself is listed as well.
    fn change(&mut self, target: &'a Expr<'a>, value: &'a Expr<'a>) {
        let is_status =
            |case: &Case<'a>| matches!(case.value, Value::Number(status) if status >= 400);
        let object = match &target.kind {
            Kind::Attribute(object, "detail" | "description") => object,
            Kind::Attribute(object, "status_code") if self.eval(value).iter().any(is_status) => {
                object
            }
            _ => return,
        };
        let is_error = |case: &Case<'a>| matches!(case.value, Value::Made);
        if self.variables.get(object.text).is_some_and(|cases| cases.iter().any(is_error)) {
            self.list(target.line, Err(Reason::Changed(shown(target.text))));
        }
    }

    /// Makes the variables of a target unknown.
    fn forget(&mut self, target: &'a Expr<'a>) {
        match &target.kind {
            Kind::Tuple(parts) | Kind::Other(parts) => {
                for part in parts {
                    self.forget(part);
                }
            }
            _ => self.set(target.text, elsewhere(target.text)),
        }
    }

    /// Makes a variable unknown if a method such as `update` changes its object.
    fn changed_by(&mut self, expr: &'a Expr<'a>) {
        let Kind::Call(method, _) = &expr.kind else { return };
        let Kind::Attribute(object, _) = &method.kind else { return };
        let is_object = |case: &Case<'a>| matches!(case.value, Value::Dict(_));
        if self.variables.get(object.text).is_some_and(|cases| cases.iter().any(is_object)) {
            self.forget(object);
        }
    }

    /// Variables assigned in a loop may have their value from before the loop, or from the previous iteration.
    fn unsettle(&mut self, body: &'a [Statement<'a>], at: usize) {
        for statement in all(body, Statement::blocks) {
            let targets = match statement {
                Statement::Assign { targets, .. } => targets.as_slice(),
                Statement::Augment { target, .. } => std::slice::from_ref(target),
                _ => &[],
            };
            let parts = targets.iter().flat_map(|target| match &target.kind {
                Kind::Tuple(parts) => parts.iter().collect(),
                _ => vec![target],
            });
            for name in parts.map(|part| object_of(part).text) {
                let Some(before) = self.variables.get(name).cloned() else { continue };
                let either = [(0, before), (1, elsewhere(name))];
                self.set(name, self.union(at, "round", either));
            }
        }
    }

    fn class(&mut self, class: &'a Class<'a>) {
        for expr in &class.around {
            self.look(expr);
        }
        let outer = self.this.replace(class);
        self.within(|frame| frame.run(&class.body));
        self.this = outer;
    }

    fn function(&mut self, function: &'a Function<'a>) {
        if !self.lists() {
            return;
        }
        let defaults = function.parameters.iter().filter_map(|it| it.default.as_ref());
        for expr in function.around.iter().chain(defaults) {
            self.look(expr);
        }
        self.within(|frame| {
            let catching = std::mem::take(&mut frame.walk.catching);
            frame.walk.functions += 1;
            frame.bind_unknown(function);
            let reached = frame.run(&function.body);
            frame.walk.functions -= 1;
            frame.walk.catching = catching;
            reached
        });
    }

    /// Runs the body of a function or class, and then removes its variables.
    fn within(&mut self, run: impl FnOnce(&mut Self) -> bool) {
        let mark = self.log.len();
        run(self);
        self.undo(mark);
    }

    /// Reverts all changes of variables since `mark`. Returns the values they had until then.
    fn undo(&mut self, mark: usize) -> BTreeMap<&'a str, Cases<'a>> {
        let mut changed = BTreeMap::new();
        for (name, before) in self.log.drain(mark..).rev() {
            let after = match before {
                Some(before) => self.variables.insert(name, before),
                None => self.variables.remove(name),
            };
            if let Some(after) = after {
                changed.entry(name).or_insert(after);
            }
        }
        changed
    }
}

/// Returns the object that an item belongs to, however deep.
fn object_of<'a>(mut target: &'a Expr<'a>) -> &'a Expr<'a> {
    while let Kind::Index(object, _) = &target.kind {
        target = object;
    }
    target
}

fn elsewhere<'a>(name: &str) -> Cases<'a> {
    unknown(Reason::Variable(shown(name)))
}
