//! Runs through a module and every function in it, and lists the HTTP errors that are made.

use std::collections::BTreeMap;

use crate::classes::{Maker, Outcome};
use crate::frameworks;
use crate::package::{ClassAt, Package, Symbol};
use crate::syntax::{Argument, Arm, Class, Expr, Function, Handler, Kind, Statement};
use crate::values::{
    Arguments, Case, Cases, Frame, MAX_CASES, Value, both, narrowed, shown, single, union, unknown,
};
use crate::{Piece, Raised, Reason, text};

pub(crate) type Found = (usize, Result<Raised, Reason>);

/// What a run has met so far.
#[derive(Default)]
pub(crate) struct State<'a> {
    pub(crate) found: Vec<Found>,
    /// The functions and classes around, each with whether it is a function.
    pub(crate) around: Vec<(&'a str, bool)>,
    /// Whether this is a run through a function that was called, of which what it makes is listed.
    pub(crate) is_followed: bool,
    /// Where the log of changes was when the loop around began.
    loop_start: Option<usize>,
    /// Whether an `except` around caught an HTTP error.
    catching: bool,
    /// What the `__init__` of the class above was called with.
    pub(crate) super_calls: Vec<Arguments<'a>>,
    pub(crate) returns: Vec<Cases<'a>>,
}

/// What is found in a module, with lines.
pub(crate) fn sites(package: &Package<'_>, module: usize) -> Vec<Found> {
    let mut frame = Frame::new(package, module, 0);
    frame.run(&package.modules[module].body);
    frame.walk.found
}

impl<'a> Statement<'a> {
    /// The blocks of a statement that are run where it stands.
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
}

impl<'a> Frame<'_, 'a> {
    /// Runs statements. Returns whether what follows them is reached.
    pub(crate) fn run(&mut self, statements: &'a [Statement<'a>]) -> bool {
        let mut reached = true;
        for statement in statements {
            reached &= self.step(statement);
            // Otherwise what cannot be reached is read all the same: the reader may be wrong.
            if !reached && !self.lists() {
                break;
            }
        }
        reached
    }

    /// Whether this run lists what it meets, rather than follows a call.
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
                    self.assign(target, value, guess);
                }
            }
            Statement::Augment { target, operator, value } => {
                self.look(value);
                // In a loop, what it was before may be from the round before.
                let since =
                    self.log.get(self.walk.loop_start.unwrap_or_default()..).unwrap_or_default();
                let fresh = self.walk.loop_start.is_none()
                    || since.iter().any(|(name, _)| *name == target.text);
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
                    this.walk.loop_start = Some(this.log.len());
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
        !self.lists() || self.walk.around.iter().any(|(_, function)| *function)
    }

    /// Variables of modules and classes are looked up where they are used.
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
            // What is put into an object changes the object.
            (Kind::Index(object, _), _) => self.forget(object),
            _ => {
                let mut cases = self.eval(value);
                if let ([Case { value: Value::Unknown(reason, None), .. }], Some(guess)) =
                    (cases.as_slice(), guess)
                {
                    cases = single(Value::Unknown(reason.clone(), Some(guess)));
                }
                // Another response has a status of its own.
                let status = self.variables.get_key_value(&*status_of(target));
                if let Some((status, _)) = status.map(|(name, value)| (*name, value)) {
                    self.set(status, unknown(Reason::Status(status.to_owned())));
                }
                self.set(target.text, cases);
            }
        }
    }

    /// The variables of a target have a value that is not known.
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

    /// A method such as `update` changes the object of a variable.
    fn changed_by(&mut self, expr: &'a Expr<'a>) {
        let Kind::Call(method, _) = &expr.kind else { return };
        let Kind::Attribute(object, _) = &method.kind else { return };
        let is_object = |case: &Case<'a>| matches!(case.value, Value::Dict(_));
        if self.variables.get(object.text).is_some_and(|cases| cases.iter().any(is_object)) {
            self.forget(object);
        }
    }

    /// What a loop assigns may be what it was before, or is from the round before.
    fn unsettle(&mut self, body: &'a [Statement<'a>], at: usize) {
        let mut open = vec![body];
        while let Some(block) = open.pop() {
            for statement in block {
                open.extend(statement.blocks());
                let targets = match statement {
                    Statement::Assign { targets, .. } => targets.as_slice(),
                    Statement::Augment { target, .. } => std::slice::from_ref(target),
                    _ => &[],
                };
                let parts = targets.iter().flat_map(|target| match &target.kind {
                    Kind::Tuple(parts) => parts.iter().collect(),
                    _ => vec![target],
                });
                for name in parts.map(|part| part.text) {
                    let Some(before) = self.variables.get(name).cloned() else { continue };
                    let either = [before, elsewhere(name)].into_iter().enumerate();
                    let either = either.map(|(arm, value)| (self.choice(at, "round", arm), value));
                    self.set(name, union(either));
                }
            }
        }
    }

    fn class(&mut self, class: &'a Class<'a>) {
        let outer = self.this.replace(ClassAt { module: self.module, class });
        self.within(class.name, false, |frame| frame.run(&class.body));
        self.this = outer;
    }

    fn function(&mut self, function: &'a Function<'a>) {
        if !self.lists() {
            return;
        }
        self.within(function.name, true, |frame| {
            let (outer, catching) =
                (frame.walk.loop_start.take(), std::mem::take(&mut frame.walk.catching));
            frame.bind_unknown(function);
            let reached = frame.run(&function.body);
            (frame.walk.loop_start, frame.walk.catching) = (outer, catching);
            reached
        });
    }

    /// Runs what stands in a function or class; its variables are gone afterwards.
    fn within(&mut self, name: &'a str, is_function: bool, run: impl FnOnce(&mut Self) -> bool) {
        self.walk.around.push((name, is_function));
        let mark = self.log.len();
        run(self);
        self.undo(mark);
        self.walk.around.pop();
    }

    /// Takes back all changes of variables since `mark`, and returns what they were.
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

    /// Runs the arms of a branch, each from what is known before it. What differs after them has
    /// a case for each arm whose end is reached.
    fn branch(
        &mut self,
        at: usize,
        condition: &'a str,
        arms: usize,
        mut run: impl FnMut(&mut Self, usize) -> bool,
    ) -> bool {
        let mut ends = Vec::new();
        for arm in 0..arms {
            let mark = self.log.len();
            let reached = run(self, arm);
            let changed = self.undo(mark);
            if reached {
                ends.push((arm, changed));
            }
        }
        let mut names: Vec<&'a str> =
            ends.iter().flat_map(|(_, changed)| changed.keys().copied()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let value = |changed: &BTreeMap<&str, Cases<'a>>| {
                let value = changed.get(name).or_else(|| self.variables.get(name));
                value.cloned().unwrap_or_else(|| elsewhere(name))
            };
            let merged = match ends.as_slice() {
                [(_, only)] => value(only),
                many if many.len() > MAX_CASES => unknown(Reason::TooMany),
                _ => union(
                    ends.iter()
                        .map(|(arm, changed)| (self.choice(at, condition, *arm), value(changed))),
                ),
            };
            self.set(name, merged);
        }
        !ends.is_empty()
    }

    fn choose(&mut self, arms: &'a [Arm<'a>], exhaustive: bool, at: usize) -> bool {
        let condition = match arms.first().and_then(|arm| arm.condition.as_ref()) {
            Some(condition) if arms.len() + usize::from(!exhaustive) == 2 => condition.text,
            _ => "",
        };
        let at = if condition.is_empty() { at + 1 } else { 0 };
        let mut taken = false;
        self.branch(at, condition, arms.len() + usize::from(!exhaustive), |this, arm| {
            let truth = match arms.get(arm) {
                Some(Arm { condition: Some(condition), .. }) => {
                    this.look(condition);
                    this.truth(condition)
                }
                _ => None,
            };
            if taken || truth == Some(false) {
                return false;
            }
            taken = truth == Some(true);
            for before in arms.iter().take(arm).filter_map(|arm| arm.condition.as_ref()) {
                this.narrow(before, false);
            }
            if let Some(condition) = arms.get(arm).and_then(|arm| arm.condition.as_ref()) {
                this.narrow(condition, true);
            }
            arms.get(arm).is_none_or(|arm| this.run(&arm.body))
        })
    }

    /// Drops the cases of a variable that a condition excludes.
    fn narrow(&mut self, condition: &'a Expr<'a>, holds: bool) {
        match &condition.kind {
            Kind::Not(inside) => self.narrow(inside, !holds),
            Kind::Binary(left, operator @ ("and" | "or"), right)
                if holds == (*operator == "and") =>
            {
                self.narrow(left, holds);
                self.narrow(right, holds);
            }
            Kind::Binary(left, operator @ ("is" | "is not"), right)
                if matches!(right.kind, Kind::Nothing) && holds == (*operator == "is not") =>
            {
                self.narrow(left, true);
            }
            Kind::Name | Kind::Attribute(..) => {
                let cases = self.variables.get(condition.text).filter(|cases| cases.len() > 1);
                if let Some(cases) = cases.map(|cases| narrowed(cases, holds)) {
                    self.set(condition.text, cases);
                }
            }
            _ => {}
        }
    }

    fn attempt(
        &mut self,
        statement: &'a Statement<'a>,
        body: &'a [Statement<'a>],
        handlers: &'a [Handler<'a>],
        otherwise: &'a [Statement<'a>],
    ) -> bool {
        let at = std::ptr::from_ref(statement) as usize;
        let mut tried = BTreeMap::new();
        self.branch(at, "", handlers.len() + 1, |this, arm| {
            let Some(handler) = arm.checked_sub(1).map(|index| &handlers[index]) else {
                let mark = this.log.len();
                let reached = this.run(body);
                tried = this.undo(mark);
                for (name, value) in &tried {
                    this.set(name, value.clone());
                }
                return this.run(otherwise) & reached;
            };
            // How far the body came is not known.
            for (name, after) in &tried {
                let before = this.variables.get(name).cloned();
                let either = [before.unwrap_or_else(|| after.clone()), after.clone()];
                let either = either
                    .into_iter()
                    .enumerate()
                    .map(|(arm, value)| (this.choice(at + 1, "", arm), value));
                let either =
                    if this.variables.contains_key(name) { union(either) } else { after.clone() };
                this.set(name, either);
            }
            this.handle(handler)
        })
    }

    fn handle(&mut self, handler: &'a Handler<'a>) -> bool {
        let types = match &handler.types {
            Some(Expr { kind: Kind::Tuple(types), .. }) => types.iter().collect(),
            types => types.iter().collect::<Vec<_>>(),
        };
        let is_error = types.iter().any(|expr| {
            self.eval(expr).iter().any(|case| match &case.value {
                Value::Symbol(symbol) => self.error_class(symbol).is_some(),
                _ => false,
            })
        });
        if let Some(name) = handler.name {
            let value = if is_error {
                Value::Caught
            } else {
                Value::Unknown(Reason::FromException(name.to_owned()), None)
            };
            self.set(name, single(value));
        }
        let outer = std::mem::replace(&mut self.walk.catching, is_error);
        let reached = self.run(&handler.body);
        self.walk.catching = outer;
        reached
    }

    fn raise(&mut self, line: usize, value: Option<&'a Expr<'a>>) {
        let Some(value) = value else {
            if self.walk.catching {
                self.list(line, Err(Reason::Reraised));
            }
            return;
        };
        self.look(value);
        if !self.lists_errors() || matches!(value.kind, Kind::Call(..)) {
            return;
        }
        for case in self.eval(value).iter() {
            match &case.value {
                Value::Caught => self.list(line, Err(Reason::Reraised)),
                Value::Symbol(symbol) => {
                    if let Some(maker) = self.error_class(symbol) {
                        self.site(line, &maker, &Arguments::default());
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, line: usize, found: Result<Raised, Reason>) {
        if self.lists_errors() {
            self.walk.found.push((line, found));
        }
    }

    /// Lists every HTTP error that is made in an expression.
    fn look(&mut self, expr: &'a Expr<'a>) {
        if !self.lists_errors() {
            return;
        }
        match &expr.kind {
            Kind::Call(function, arguments) => self.call_site(expr, function, arguments),
            Kind::Lambda(function) => self.function(function),
            _ => {}
        }
        for part in expr.parts() {
            self.look(part);
        }
    }

    fn call_site(
        &mut self,
        expr: &'a Expr<'a>,
        function: &'a Expr<'a>,
        arguments: &'a [Argument<'a>],
    ) {
        if !matches!(function.kind, Kind::Name | Kind::Attribute(..)) {
            return;
        }
        for case in self.eval(function).iter() {
            let Value::Symbol(symbol) = &case.value else { continue };
            if let Symbol::Function(callee) = symbol {
                // One call is followed, and none out of that.
                if self.lists() {
                    self.follow(expr, *callee);
                }
                continue;
            }
            let function = match symbol {
                Symbol::External(path) => {
                    frameworks::known(path).filter(|known| known.kind.is_function())
                }
                _ => None,
            };
            let maker = function.map(Maker::Known).or_else(|| self.error_class(symbol));
            if let Some(maker) = maker {
                let arguments = self.arguments(arguments);
                self.site(expr.line, &maker, &arguments);
            }
        }
    }

    /// A view of Flask returns a response as a tuple: the body, the status, header fields. One of Django Ninja returns
    /// the status and the body. Responses that were made have their status as a variable.
    fn returned_response(&mut self, value: &'a Expr<'a>) {
        let mut positions: Vec<Cases<'a>> = match &value.kind {
            Kind::Tuple(parts) if matches!(parts.len(), 2 | 3) => {
                parts.iter().map(|part| self.eval(part)).collect()
            }
            Kind::Name => match self.variables.get(&*status_of(value)) {
                Some(status) => vec![self.eval(value), status.clone()],
                None => return,
            },
            _ => return,
        };
        if !self.lists_errors() {
            return;
        }
        let is_status = |case: &Case<'a>| matches!(case.value, Value::Number(status) if (400..600).contains(&status));
        if positions.len() == 2 && positions[0].iter().any(is_status) {
            positions.reverse();
        }
        let has_body = positions[0].iter().any(|case| matches!(case.value, Value::Dict(_)));
        if has_body && positions[1].iter().any(is_status) {
            let arguments = Arguments { positions, ..Arguments::default() };
            self.site(value.line, &Maker::Known(frameworks::RETURNED), &arguments);
        }
    }

    fn site(&mut self, line: usize, maker: &Maker<'a>, arguments: &Arguments<'a>) {
        let is_response =
            matches!(maker, Maker::Known(known) if known.kind == frameworks::Kind::Response);
        let mut found: Vec<Result<Raised, Reason>> = Vec::new();
        match self.outcomes(maker, arguments) {
            Err(reason) if is_response => drop(reason),
            Err(reason) => found.push(Err(reason)),
            Ok(outcomes) => {
                for outcome in outcomes {
                    found.extend(self.answers(&outcome, is_response));
                }
            }
        }
        let mut listed: Vec<Result<Raised, Reason>> = Vec::new();
        for answer in found {
            if !listed.contains(&answer) {
                listed.push(answer);
            }
        }
        for answer in listed {
            self.list(line, answer);
        }
    }

    /// Every status with every text that goes with it.
    fn answers(&self, outcome: &Outcome<'a>, is_response: bool) -> Vec<Result<Raised, Reason>> {
        let pairs = outcome
            .status
            .iter()
            .flat_map(|status| outcome.detail.iter().map(move |detail| (status, detail)));
        pairs
            .filter(|(status, detail)| both(&status.when, &detail.when).is_some())
            .filter(|(status, detail)| {
                !is_response || is_error_response(&status.value, &detail.value)
            })
            .map(|(status, detail)| self.answer(outcome, &status.value, &detail.value))
            .collect()
    }

    fn answer(
        &self,
        outcome: &Outcome<'a>,
        status: &Value<'a>,
        detail: &Value<'a>,
    ) -> Result<Raised, Reason> {
        let (number, status) = match status {
            Value::Number(number) => {
                match u16::try_from(*number).ok().filter(|status| (400..600).contains(status)) {
                    Some(status) => (*number, status),
                    None => return Err(Reason::NoErrorStatus(*number)),
                }
            }
            Value::Unknown(reason @ Reason::Unpacked(_), _) => return Err(reason.clone()),
            Value::Unknown(reason, _) => return Err(Reason::Status(reason.subject())),
            _ => return Err(Reason::Status("status_code".to_owned())),
        };
        let pieces = match detail {
            Value::Text(pieces) => text::finish(pieces)?,
            Value::Nothing => {
                let phrase = frameworks::phrase(number).ok_or(Reason::Empty)?;
                vec![Piece::Text(phrase.to_owned())]
            }
            Value::Dict(entries) => {
                let names: Vec<_> = entries.iter().map(|(name, _)| name.as_str()).collect();
                return Err(Reason::DetailIsObject(shown(&names.join(", "))));
            }
            Value::Unknown(reason, _) => return Err(reason.clone()),
            Value::Number(number) => return Err(Reason::Expression(number.to_string())),
            Value::Symbol(Symbol::External(path)) => return Err(Reason::Variable(path.clone())),
            _ => return Err(Reason::Computed("a function".to_owned())),
        };
        let around: Vec<_> = self
            .walk
            .around
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !name.is_empty())
            .collect();
        Ok(Raised {
            status,
            pieces,
            code: outcome.code.as_ref().and_then(plain_text),
            headers: outcome.headers.as_ref().map(header_fields).unwrap_or_default(),
            function: (!around.is_empty()).then(|| around.join(".")),
            form: outcome.form,
        })
    }
}

/// What the status of a response is called that has a name.
fn status_of(response: &Expr<'_>) -> String {
    format!("{}.status_code", response.text)
}

fn elsewhere<'a>(name: &str) -> Cases<'a> {
    unknown(Reason::Variable(shown(name)))
}

/// Most responses are no errors: one is if its status says so, or if it has a detail.
fn is_error_response(status: &Value<'_>, detail: &Value<'_>) -> bool {
    match status {
        Value::Number(status) => *status >= 400,
        _ => !matches!(detail, Value::Unknown(Reason::OtherBody, _)),
    }
}

fn plain_text(cases: &Cases<'_>) -> Option<String> {
    match cases.as_slice() {
        [Case { value: Value::Text(pieces), .. }] => match pieces.as_slice() {
            [Piece::Text(text)] => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Header fields, with their values where the source says them.
fn header_fields(cases: &Cases<'_>) -> Vec<(String, Option<String>)> {
    let mut fields: Vec<(String, Option<String>)> = Vec::new();
    for case in cases.iter() {
        let Value::Dict(entries) = &case.value else { continue };
        for (name, value) in entries.iter().filter(|(name, _)| name != "**") {
            let number = match value.as_slice() {
                [Case { value: Value::Number(number), .. }] => Some(number.to_string()),
                _ => None,
            };
            if !fields.iter().any(|(other, _)| other == name) {
                fields.push((name.clone(), plain_text(value).or(number)));
            }
        }
    }
    fields
}
