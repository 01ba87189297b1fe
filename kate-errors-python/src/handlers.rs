//! Exceptions of the package that a registered function converts to responses.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::Reason;
use crate::classes::Maker;
use crate::package::{Package, Symbol};
use crate::syntax::{Class, Expr, Function, Kind, Slot, Statement};
use crate::values::{Arguments, Cases, Frame, Value, only, single, unknown};
use crate::walk::all;

/// The field of an exception that has its text.
const TEXT: &str = "__str__";

/// The handlers of classes, by the addresses of the classes.
pub(crate) type Handlers<'a> = HashMap<*const Class<'a>, &'a Function<'a>>;

/// Finds `@app.exception_handler(Class)`, `app.add_exception_handler(Class, function)` and
/// `FastAPI(exception_handlers={Class: function})`, and the same of Flask.
pub(crate) fn handlers<'a>(package: &Package<'a>) -> Handlers<'a> {
    let mut handlers = Handlers::new();
    for (module, parsed) in package.modules.iter().enumerate() {
        let frame = Frame::new(package, module, 1);
        let mut add = |class: &'a Expr<'a>, handler: &'a Function<'a>| {
            for case in frame.eval(class).iter() {
                if let Value::Symbol(Symbol::Class(class)) = &case.value {
                    handlers.insert(std::ptr::from_ref(*class), handler);
                }
            }
        };
        for statement in all(&parsed.body, Statement::bodies) {
            match statement {
                Statement::Function(function) => {
                    for call in function.around.iter().flat_map(Expr::parts) {
                        let names = ["exception_handler", "errorhandler", "app_errorhandler"];
                        if let Some([class]) = call.arguments_to(&names).as_deref() {
                            add(class, function);
                        }
                    }
                }
                Statement::Expression(value)
                | Statement::Return(Some(value))
                | Statement::Assign { value: Some(value), .. } => {
                    for (class, handler) in value.registered() {
                        for case in frame.eval(handler).iter() {
                            if let Value::Symbol(Symbol::Function(handler)) = &case.value {
                                add(class, handler);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }
    handlers
}

impl<'a> Expr<'a> {
    /// Returns the classes that a call registers handlers of, each with the handler.
    fn registered(&'a self) -> Vec<(&'a Self, &'a Self)> {
        let names = ["add_exception_handler", "register_error_handler"];
        if let Some([class, handler]) = self.arguments_to(&names).as_deref() {
            return vec![(class, handler)];
        }
        let Kind::Call(_, arguments) = &self.kind else { return Vec::new() };
        let mut handlers = arguments.iter().filter(|it| it.name == Some("exception_handlers"));
        match handlers.next().map(|argument| &argument.value.kind) {
            Some(Kind::Dict(pairs)) => {
                pairs.iter().map(|(class, handler)| (class, handler)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the arguments, if this is a call of a method with one of these names.
    fn arguments_to(&'a self, names: &[&str]) -> Option<Vec<&'a Self>> {
        let Kind::Call(function, arguments) = &self.kind else { return None };
        let Kind::Attribute(_, name) = &function.kind else { return None };
        names.contains(name).then(|| arguments.iter().map(|argument| &argument.value).collect())
    }
}

impl<'a> Frame<'_, 'a> {
    /// Lists what the handler of a class sends for an exception. Returns whether it sends an error.
    pub(crate) fn handled(
        &mut self,
        line: usize,
        class: &'a Class<'a>,
        arguments: &Arguments<'a>,
    ) -> bool {
        let handlers = self.package.handlers.get_or_init(|| handlers(self.package));
        let ancestors = self.ancestors(class);
        let of_class = |own: &'a Class<'a>| handlers.get(&std::ptr::from_ref(own));
        let mut found = ancestors.iter().filter_map(Maker::own).filter_map(of_class);
        let Some(handler) = found.next().copied() else { return false };
        let exception = self.exception(class, &ancestors, arguments);
        // The exception is the last parameter: `(exc)` in Flask, otherwise `(request, exc)`.
        let parameters = handler.parameters.iter();
        let others = parameters.filter(|it| it.kind == Slot::One).count().saturating_sub(1);
        let mut positions = vec![unknown(Reason::Variable("request".to_owned())); others];
        positions.push(exception);
        let arguments = Arguments { positions, ..Arguments::default() };
        let (is_any, is_said) = self.follow_to(line, None, handler, &arguments);
        if is_any && !is_said {
            self.list(line, Err(Reason::Sender(class.name.to_owned())));
        }
        is_any
    }

    /// Returns an exception with the attributes that `__init__` sets.
    fn exception(
        &self,
        class: &'a Class<'a>,
        ancestors: &[Maker<'a>],
        arguments: &Arguments<'a>,
    ) -> Cases<'a> {
        let mut fields: Vec<(String, Cases<'a>)> = Vec::new();
        let mut arguments = arguments.clone();
        let own = ancestors.iter().filter_map(Maker::own);
        for init in own.filter_map(|own| self.package.member(own, "__init__")) {
            let Symbol::Function(init) = init else { break };
            let Some(mut frame) = self.initialize(class, init, &arguments) else { break };
            let set = frame.variables.iter();
            let set = set.filter_map(|(name, value)| Some((name.strip_prefix("self.")?, value)));
            // The first one with a name counts: that of the class itself.
            let set = set.collect::<BTreeMap<_, _>>().into_iter();
            fields.extend(set.map(|(name, value)| (name.to_owned(), value.clone())));
            match std::mem::take(&mut frame.walk.super_calls).as_slice() {
                [call] => arguments = call.clone(),
                _ => break,
            }
        }
        if let ([text], None) = (arguments.positions.as_slice(), self.member(class, TEXT)) {
            fields.push((TEXT.to_owned(), text.clone()));
        }
        single(Value::Object(class, Rc::new(fields)))
    }

    /// Returns an attribute of an object.
    pub(crate) fn field(
        &self,
        class: &'a Class<'a>,
        fields: &[(String, Cases<'a>)],
        name: &str,
    ) -> Option<Cases<'a>> {
        match fields.iter().find(|(field, _)| field == name) {
            Some((_, value)) => Some(value.clone()),
            None if name == "__class__" => Some(single(Value::Symbol(Symbol::Class(class)))),
            None => self.member(class, name),
        }
    }

    /// Returns the text of an object, if it has one.
    pub(crate) fn text_of(value: &Value<'a>) -> Option<Cases<'a>> {
        let Value::Object(_, fields) = value else { return None };
        fields.iter().find(|(field, _)| field == TEXT).map(|(_, text)| text.clone())
    }

    /// Whether an object is of a class, if that is certain.
    pub(crate) fn is_of(&self, object: &'a Class<'a>, class: &Cases<'a>) -> Option<bool> {
        let Some(Value::Symbol(Symbol::Class(class))) = only(class) else { return None };
        let ancestors = self.ancestors(object);
        Some(ancestors.iter().filter_map(Maker::own).any(|it| std::ptr::eq(it, *class)))
    }
}
