//! The fields of generated types as values, which are compared, hashed and formatted alike in every catalog.
#![expect(
    clippy::missing_errors_doc,
    reason = "only generated code calls these, and their errors are those of the formatter"
)]

use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use kate_errors_model::template::{Template, Value, Values};

use super::table::Param;
use crate::encode::message::{HIDDEN, masked};
use crate::{CatalogCode, CatalogError};

/// The values of parameters as texts, in order; `None` for absent ones.
pub type Texts<'v> = [Option<&'v str>];

/// The struct of a context. Implemented by generated code.
pub trait Context: Sized {
    /// The name of the struct.
    const NAME: &'static str;

    /// Its parameters.
    const PARAMS: &'static [Param];

    /// The template of the context's text.
    fn template() -> &'static Template<'static>;

    /// Calls `with` with its values.
    fn with_values(&self, with: &mut dyn FnMut(&[Value<'_>]));

    /// Creates the context from these values, or returns `None` if one is invalid.
    fn from_values(values: &Texts<'_>) -> Option<Self>;
}

/// Calls `with` with the values of an error and of its context, if it has one.
pub fn with_context<C: Context>(
    own: &[Value<'_>],
    context: Option<&C>,
    with: &mut dyn FnMut(Values<'_>),
) {
    match context {
        Some(context) => {
            context.with_values(&mut |values| with(Values { own, context: Some(values) }));
        }
        None => with(Values { own, context: None }),
    }
}

/// Creates the context from its values, if there are any. Returns `None` if one is invalid.
pub fn read_context<C: Context>(values: Option<&Texts<'_>>) -> Option<Option<C>> {
    match values {
        Some(values) => C::from_values(values).map(Some),
        None => Some(None),
    }
}

/// Parses the value of a field.
#[must_use]
pub fn read<T: FromStr>(values: &Texts<'_>, at: usize) -> Option<T> {
    values.get(at).copied()??.parse().ok()
}

/// Returns the value of a field of type `Box<str>`.
#[must_use]
pub fn read_boxed(values: &Texts<'_>, at: usize) -> Option<alloc::boxed::Box<str>> {
    values.get(at).copied()?.map(Into::into)
}

/// Reads the value of a field of type `Option`. Returns `None` if it is present but invalid.
#[must_use]
pub fn read_optional<T>(
    values: &Texts<'_>,
    at: usize,
    read: impl Fn(&Texts<'_>, usize) -> Option<T>,
) -> Option<Option<T>> {
    match values.get(at)? {
        Some(_) => read(values, at).map(Some),
        None => Some(None),
    }
}

/// Whether two values are equal.
fn same(left: Value<'_>, right: Value<'_>) -> bool {
    match (left, right) {
        (Value::U64(left), Value::U64(right)) => left == right,
        (Value::I64(left), Value::I64(right)) => left == right,
        (Value::Absent, _) | (_, Value::Absent) => left.is_absent() && right.is_absent(),
        _ => left.text() == right.text(),
    }
}

fn all_same<'v>(
    left: impl IntoIterator<Item = &'v Value<'v>>,
    right: impl IntoIterator<Item = &'v Value<'v>>,
) -> bool {
    left.into_iter().zip(right).all(|(left, right)| same(*left, *right))
}

/// `PartialEq` of errors: equal codes and equal values.
pub fn eq<E: CatalogError>(left: &E, right: &E) -> bool {
    let mut equal = left.code() == right.code();
    if equal {
        left.__with_values(&mut |left| {
            right.__with_values(&mut |right| {
                let contexts = match (left.context, right.context) {
                    (Some(left), Some(right)) => all_same(left, right),
                    (left, right) => left.is_none() && right.is_none(),
                };
                equal = contexts && all_same(left.own, right.own);
            });
        });
    }
    equal
}

/// `Hash` of an error.
pub fn hash<E: CatalogError, H: Hasher>(error: &E, state: &mut H) {
    error.code().hash(state);
    error.__with_values(&mut |values| {
        values.context.is_some().hash(state);
        values.iter().for_each(|value| value.text().hash(state));
    });
}

/// `PartialEq` of contexts.
pub fn context_eq<C: Context>(left: &C, right: &C) -> bool {
    let mut equal = true;
    left.with_values(&mut |left| right.with_values(&mut |right| equal = all_same(left, right)));
    equal
}

/// `Hash` of a context.
pub fn context_hash<C: Context, H: Hasher>(context: &C, state: &mut H) {
    context.with_values(&mut |values| values.iter().for_each(|value| value.text().hash(state)));
}

/// `Display` of a context: its text, with a mark in place of each sensitive value.
pub fn context_display<C: Context>(context: &C, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut text = alloc::string::String::new();
    context.with_values(&mut |own| {
        text = C::template().render(Values::own(&masked(own.iter().copied(), C::PARAMS)));
    });
    f.write_str(&text)
}

/// `Debug` of a context.
pub fn context_debug<C: Context>(context: &C, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    context.with_values(&mut |values| result = fields(f, C::NAME, C::PARAMS, values).finish());
    result
}

/// `Debug` of an error, as if derived, except that sensitive values are hidden.
pub fn debug<E: CatalogError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let code = error.code();
    let extras = code.__row().extras();
    let name = alloc::format!("{code:?}");
    if extras.params.is_empty() && extras.context.is_none() {
        return f.write_str(&name);
    }
    let mut result = Ok(());
    error.__with_values(&mut |values| {
        let mut shown = fields(f, &name, extras.own_params(), values.own);
        if let Some(name) = extras.context {
            let context = values.context.map(|values| Fields {
                name,
                params: extras.context_params(),
                values,
            });
            shown.field("context", &context);
        }
        result = shown.finish();
    });
    result
}

fn fields<'f, 'g>(
    f: &'f mut fmt::Formatter<'g>,
    name: &str,
    params: &[Param],
    values: &[Value<'_>],
) -> fmt::DebugStruct<'f, 'g> {
    let mut fields = f.debug_struct(name);
    for (param, value) in params.iter().zip(values) {
        fields.field(param.name, &Shown { param: *param, value: *value });
    }
    fields
}

/// The values of a context.
struct Fields<'v> {
    name: &'static str,
    params: &'static [Param],
    values: &'v [Value<'v>],
}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fields(f, self.name, self.params, self.values).finish()
    }
}

/// A value, or a mark in its place if it is sensitive.
struct Shown<'v> {
    param: Param,
    value: Value<'v>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Value::Absent => f.write_str("None"),
            value if self.param.is_optional => {
                let param = Param { is_optional: false, ..self.param };
                f.debug_tuple("Some").field(&Shown { param, value }).finish()
            }
            _ if self.param.sensitive => f.write_str(HIDDEN),
            Value::U64(number) => fmt::Debug::fmt(&number, f),
            Value::I64(number) => fmt::Debug::fmt(&number, f),
            Value::Bool(value) => fmt::Debug::fmt(&value, f),
            Value::Text(text) | Value::Fixed(text) => fmt::Debug::fmt(text, f),
            Value::Display(value) => f.write_fmt(format_args!("{value}")),
        }
    }
}

/// `FromStr` of the enum of a `one_of`.
///
/// # Errors
///
/// If the text is not one of the choices.
pub fn parse_choice<C: Copy>(
    all: &'static [C],
    as_str: fn(C) -> &'static str,
    text: &str,
) -> Result<C, UnknownChoice> {
    find(all, |choice| as_str(choice) == text).ok_or(UnknownChoice(()))
}

/// Returns the first item for which `is` returns true.
pub fn find<T: Copy>(all: &'static [T], is: impl Fn(T) -> bool) -> Option<T> {
    all.iter().copied().find(|it| is(*it))
}

/// The error of parsing a text that is not one of the choices of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownChoice(());

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the choices")
    }
}

impl core::error::Error for UnknownChoice {}
