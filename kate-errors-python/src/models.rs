//! Objects of pydantic's models, which become JSON when they are converted.

use std::rc::Rc;

use crate::Reason;
use crate::package::Symbol;
use crate::syntax::{Argument, Class, Expr, Kind, Statement};
use crate::values::{Case, Cases, Frame, Value, only, single, unknown};

/// The maximum number of a model's ancestors.
const MAX_ANCESTORS: usize = 16;

/// A field, and its default if it has one.
type Field<'a> = (&'a str, Option<Cases<'a>>);

impl<'a> Frame<'_, 'a> {
    /// Returns an object of a model. `None` if the class is no model, or does more than keep its fields.
    pub(crate) fn model(
        &self,
        class: &'a Class<'a>,
        arguments: &'a [Argument<'a>],
    ) -> Option<Cases<'a>> {
        let fields = self.fields(class, MAX_ANCESTORS)?;
        let given = self.arguments(arguments);
        let is_field = |(name, _): &(String, _)| fields.iter().any(|(field, _)| field == name);
        if !given.positions.is_empty()
            || given.unpacked.is_some()
            || !given.names.iter().all(is_field)
        {
            return None;
        }
        let content = |(name, default): &Field<'a>| {
            let value = given.get(name, None).or_else(|| default.clone())?;
            Some(((*name).to_owned(), value))
        };
        let entries = fields.iter().map(content).collect::<Option<Vec<_>>>()?;
        Some(single(Value::Object(class, Rc::new(entries))))
    }

    /// Returns what `model_dump` or `dict` makes of an object.
    pub(crate) fn dumped(model: &Value<'a>, arguments: &'a [Argument<'a>]) -> Option<Cases<'a>> {
        let Value::Object(_, entries) = model else { return None };
        let mut entries = Rc::clone(entries);
        for argument in arguments {
            match (argument.name?, argument.value.text) {
                ("mode", _) => {}
                ("exclude_none", "True") => {
                    let is_kept = |(_, cases): &&(String, Cases<'a>)| {
                        !matches!(only(cases), Some(Value::Nothing))
                    };
                    entries = Rc::new(entries.iter().filter(is_kept).cloned().collect());
                }
                _ => return None,
            }
        }
        Some(single(Value::Dict(entries)))
    }

    /// Returns the fields of a class that derives only from pydantic's `BaseModel`.
    fn fields(&self, class: &'a Class<'a>, ancestors: usize) -> Option<Vec<Field<'a>>> {
        let frame = self.call(class.module)?;
        let ([base], []) = (class.bases.as_slice(), class.around.as_slice()) else {
            return None;
        };
        let mut fields = match only(&frame.eval(base)) {
            Some(Value::Symbol(Symbol::External(path))) if path == "pydantic.BaseModel" => {
                Vec::new()
            }
            Some(Value::Symbol(Symbol::Class(base))) => {
                self.fields(base, ancestors.checked_sub(1)?)?
            }
            _ => return None,
        };
        for statement in &class.body {
            match statement {
                Statement::Assign { targets, value, annotation: Some(annotation) } => {
                    let [Expr { text: name, kind: Kind::Name, .. }] = targets.as_slice() else {
                        return None;
                    };
                    if name.starts_with('_') || annotation.contains("ClassVar") {
                        continue;
                    }
                    if value.as_ref().is_some_and(is_excluded) {
                        return None;
                    }
                    let default = value.as_ref().and_then(|value| frame.default_of(value));
                    fields.retain(|(other, _)| other != name);
                    fields.push((name, default));
                }
                // Settings can rename members or leave them out only if they say so.
                Statement::Assign { value: Some(value), annotation: None, .. }
                    if !value.text.contains("serial") => {}
                Statement::Function(function) if is_plain(function.name, &function.around) => {}
                Statement::Expression(Expr { kind: Kind::Text(_), .. }) => {}
                _ => return None,
            }
        }
        Some(fields)
    }

    /// Returns the default of a field, if it has one.
    fn default_of(&self, value: &'a Expr<'a>) -> Option<Cases<'a>> {
        let Kind::Call(function, arguments) = &value.kind else { return Some(self.eval(value)) };
        let is_field = |case: &Case<'a>| matches!(&case.value, Value::Symbol(Symbol::External(path)) if path == "pydantic.Field");
        let is_made = arguments.iter().any(|it| it.name == Some("default_factory"));
        if is_made || !self.eval(function).iter().all(is_field) {
            return Some(unknown(Reason::Computed(function.text.to_owned())));
        }
        let given = self.arguments(arguments);
        let is_required = |cases: &Cases<'a>| matches!(only(cases), Some(Value::Unknown(Reason::Expression(text), _)) if text == "...");
        given.get("default", Some(0)).filter(|default| !is_required(default))
    }
}

/// Whether a field can be left out where an object is converted.
fn is_excluded(value: &Expr<'_>) -> bool {
    let says_so =
        |it: &Argument<'_>| it.unpacked || it.name.is_some_and(|it| it.starts_with("exclude"));
    matches!(&value.kind, Kind::Call(_, arguments) if arguments.iter().any(says_so))
}

/// Whether a method changes nothing about how an object is created and converted.
fn is_plain(name: &str, decorators: &[Expr<'_>]) -> bool {
    let is_known =
        |it: &Expr<'_>| matches!(it.text, "@classmethod" | "@staticmethod" | "@property");
    !matches!(name, "__init__" | "__new__" | "model_post_init" | "model_dump" | "dict")
        && decorators.iter().all(is_known)
}
