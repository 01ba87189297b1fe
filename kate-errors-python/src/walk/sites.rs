//! Finds the places where errors are raised or returned.

use super::Found;
use crate::bodies::{Sending, Sent};
use crate::classes::{Maker, Outcome};
use crate::package::Symbol;
use crate::syntax::{Argument, Expr, Kind, UNPACKED};
use crate::text;
use crate::values::{Arguments, Case, Cases, Frame, Value, both, only, plain_text, shown};
use crate::{Json, Piece, Raised, Reason, frameworks};

impl<'a> Frame<'_, 'a> {
    pub(super) fn raise(&mut self, line: usize, value: Option<&'a Expr<'a>>) {
        let Some(value) = value else {
            if self.walk.catching {
                self.list(line, Err(Reason::Reraised));
            }
            return;
        };
        self.look(value);
        if !self.lists_errors() {
            return;
        }
        if let Kind::Call(function, arguments) = &value.kind {
            let given = self.arguments(arguments);
            if !self.raises_handled(line, &self.eval(function), &given) {
                self.of_others(line, function, arguments);
            }
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
        self.raises_handled(line, &self.eval(value), &Arguments::default());
    }

    /// Lists what handlers of the package send for an exception of no framework. Returns whether they send an error.
    fn raises_handled(
        &mut self,
        line: usize,
        classes: &Cases<'a>,
        arguments: &Arguments<'a>,
    ) -> bool {
        let mut handled = false;
        // Like calls, handlers are followed only one level deep.
        if !self.lists() {
            return false;
        }
        for case in classes.iter() {
            if let Value::Symbol(symbol @ Symbol::Class(class)) = &case.value {
                handled |=
                    self.error_class(symbol).is_none() && self.handled(line, class, arguments);
            }
        }
        handled
    }

    pub(crate) fn list(&mut self, line: usize, found: Result<Raised, Reason>) {
        let is_same = |other: &Found| other.0 == line && other.1 == found;
        if self.lists_errors() && !self.walk.found.last().is_some_and(is_same) {
            self.walk.found.push((line, found));
        }
    }

    /// Lists every HTTP error that an expression creates.
    pub(super) fn look(&mut self, expr: &'a Expr<'a>) {
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
        let callees = self.eval(function);
        let is_abort = |path: &str| path.rsplit('.').next() == Some("abort");
        let is_called_so = |case: &Case<'a>| matches!(&case.value, Value::Symbol(Symbol::External(path)) if is_abort(path));
        if is_abort(function.text) || callees.iter().any(is_called_so) {
            self.of_others(expr.line, function, arguments);
        }
        for case in callees.iter() {
            let Value::Symbol(symbol) = &case.value else { continue };
            if let Symbol::Function(callee) = symbol {
                // Calls are followed only one level deep.
                if self.lists() {
                    self.follow(expr, callee);
                }
                continue;
            }
            let Some(maker) = self.maker(symbol) else { continue };
            let is_partial = maker.kind() == Some(frameworks::Kind::Partial);
            if !is_partial || self.is_error(arguments.first()) {
                let arguments = self.arguments(arguments);
                self.site(expr.line, &maker, &arguments);
            }
        }
    }

    /// Lists a call that creates an error of no known framework but has an error status.
    fn of_others(&mut self, line: usize, function: &'a Expr<'a>, arguments: &'a [Argument<'a>]) {
        let arguments = self.arguments(arguments);
        let is_one = |case: &Case<'a>| match &case.value {
            Value::Symbol(Symbol::Class(class)) => {
                self.error_class(&Symbol::Class(class)).is_none()
                    && self.has_status(class, &arguments)
            }
            Value::Symbol(Symbol::External(path)) => {
                frameworks::known(path).is_none() && has_status(&arguments)
            }
            Value::Unknown(..) => has_status(&arguments),
            _ => false,
        };
        if self.eval(function).iter().any(is_one) {
            self.list(line, Err(Reason::Sender(shown(function.text))));
        }
    }

    /// Returns the class or function that creates an error, if it is one.
    fn maker(&self, symbol: &Symbol<'a>) -> Option<Maker<'a>> {
        match symbol {
            Symbol::External(path) => frameworks::known(path).map(Maker::Known),
            symbol => self.error_class(symbol),
        }
    }

    /// Whether an argument is a class or function that creates an error.
    fn is_error(&self, argument: Option<&'a Argument<'a>>) -> bool {
        let makes = |symbol: &Symbol<'a>| self.maker(symbol).is_some();
        argument.is_some_and(|it| {
            let values = self.eval(&it.value);
            values.iter().any(|case| matches!(&case.value, Value::Symbol(symbol) if makes(symbol)))
        })
    }

    /// Lists an error response that a view returns. In Flask this is a tuple of body, status and header fields;
    /// in Django Ninja a tuple of status and body. Response objects have their status in a variable.
    pub(super) fn returned_response(&mut self, value: &'a Expr<'a>) {
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
        if positions[0].iter().any(is_status) {
            positions.reverse();
        }
        // What is no object is listed, since it is sent all the same.
        let is_called = |part: &&Expr<'_>| matches!(part.kind, Kind::Call(..));
        let is_sent = matches!(&value.kind, Kind::Tuple(parts) if parts.first().as_ref().is_some_and(is_called));
        let is_body = |case: &Case<'a>| matches!(case.value, Value::Dict(_) | Value::Text(_));
        let has_body = is_sent || positions[0].iter().any(is_body);
        if has_body && positions[1].iter().any(is_status) {
            let arguments = Arguments { positions, ..Arguments::default() };
            self.site(value.line, &Maker::Known(frameworks::RETURNED), &arguments);
        }
    }

    fn site(&mut self, line: usize, maker: &Maker<'a>, arguments: &Arguments<'a>) {
        let is_response = matches!(maker.kind(), Some(frameworks::Kind::Response { .. }));
        let found: Vec<_> = match self.outcomes(maker, arguments) {
            Err(_) if is_response => return,
            Err(reason) => vec![Err(reason)],
            Ok(outcomes) => {
                outcomes.iter().flat_map(|outcome| self.responses(outcome, is_response)).collect()
            }
        };
        for (at, response) in found.iter().enumerate() {
            if !found[..at].contains(response) {
                self.list(line, response.clone());
            }
        }
    }

    /// Returns every combination of status and text that can occur.
    fn responses(&self, outcome: &Outcome<'a>, is_response: bool) -> Vec<Result<Raised, Reason>> {
        let pairs = outcome
            .status
            .iter()
            .flat_map(|status| outcome.detail.iter().map(move |detail| (status, detail)));
        pairs
            .filter(|(status, detail)| both(&status.when, &detail.when).is_some())
            .filter(|(status, detail)| {
                !is_response || is_error_response(&status.value, &detail.value)
            })
            .flat_map(|(status, detail)| {
                let sent = outcome.sent.messages(detail, self.package.messages);
                sent.into_iter().map(|sending| Self::raised(outcome, &status.value, sending))
            })
            .collect()
    }

    fn raised(
        outcome: &Outcome<'a>,
        status: &Value<'a>,
        (message, body): Sending<'a>,
    ) -> Result<Raised, Reason> {
        let status = match status {
            Value::Number(number) => error_status(*number).ok_or(Reason::NoErrorStatus(*number))?,
            Value::Unknown(reason @ Reason::Unpacked(_), _) => return Err(reason.clone()),
            Value::Unknown(reason, _) => return Err(Reason::Status(reason.subject())),
            _ => return Err(Reason::Status("status_code".to_owned())),
        };
        let pieces = match message {
            Value::Text(pieces) => text::finish(&pieces)?,
            // Without a text, frameworks send that of the status.
            Value::Nothing if body == Sent::Detail.around(Json::Message) => {
                let phrase = frameworks::phrase(status).ok_or(Reason::Empty)?;
                vec![Piece::Text(phrase.to_owned())]
            }
            Value::Nothing => return Err(Reason::Empty),
            Value::Unknown(reason, _) => return Err(reason),
            Value::Number(number) => return Err(Reason::Expression(number.to_string())),
            Value::Symbol(Symbol::External(path)) => return Err(Reason::Variable(path)),
            Value::Object(class, _) => return Err(Reason::Computed(class.name.to_owned())),
            _ => return Err(Reason::Computed("a function".to_owned())),
        };
        Ok(Raised {
            status,
            pieces,
            code: outcome.code.as_ref().and_then(only_text),
            headers: outcome.headers.as_ref().map(header_fields).unwrap_or_default(),
            body,
        })
    }
}

/// Returns the variable for the status of a named response.
pub(super) fn status_of(response: &Expr<'_>) -> String {
    format!("{}.status_code", response.text)
}

/// Whether a response is an error: by its status, or if that is unknown, because it has a detail.
fn is_error_response(status: &Value<'_>, detail: &Value<'_>) -> bool {
    match status {
        Value::Number(status) => *status >= 400,
        _ => {
            matches!(detail, Value::Dict(entries) if entries.iter().any(|(name, _)| name == "detail"))
        }
    }
}

/// Whether a value is the status of an error.
pub(crate) fn is_status(case: &Case<'_>) -> bool {
    matches!(case.value, Value::Number(number) if error_status(number).is_some())
}

/// Returns a number as the status of an error, if it is one.
fn error_status(number: i64) -> Option<u16> {
    u16::try_from(number).ok().filter(|status| (400..600).contains(status))
}

/// Whether one of the arguments is the status of an error.
pub(crate) fn has_status(arguments: &Arguments<'_>) -> bool {
    let names = arguments.names.iter().map(|(_, value)| value);
    arguments.positions.iter().chain(names).any(|cases| cases.iter().any(is_status))
}

fn only_text(cases: &Cases<'_>) -> Option<String> {
    plain_text(only(cases)?).filter(|text| !text.is_empty())
}

/// Returns header fields, with their values if the source determines them.
fn header_fields(cases: &Cases<'_>) -> Vec<(String, Option<String>)> {
    let mut fields: Vec<(String, Option<String>)> = Vec::new();
    for case in cases.iter() {
        let Value::Dict(entries) = &case.value else { continue };
        for (name, value) in entries.iter().filter(|(name, _)| name != UNPACKED) {
            let value = match only(value) {
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => only_text(value),
            };
            if !fields.iter().any(|(other, _)| other == name) {
                fields.push((name.clone(), value));
            }
        }
    }
    fields
}
