//! A variant of an enum, or a whole struct, and its response.

use kate_errors_codegen::suggest;
use proc_macro2::Ident;
use syn::Fields;
use syn::ext::IdentExt as _;

use super::arguments::{Argument, Value};
use super::attribute::{Response, is_ours};
use super::attributes::Attributes;
use super::field::{Field, Role};
use super::mistakes::Mistakes;

pub(super) struct Variant<'i> {
    /// The name of the variant; `None` for a struct.
    pub(super) name: Option<&'i Ident>,
    pub(super) fields: Vec<Field<'i>>,
    /// The response; `None` if it is unknown, which is a mistake.
    pub(super) response: Option<Response>,
}

impl<'i> Variant<'i> {
    pub(super) fn read(variant: &'i syn::Variant, mistakes: &mut Mistakes) -> Self {
        let attributes = Attributes::read(&variant.attrs, mistakes);
        let catalog = attributes.catalog.as_ref().map(|(option, _)| option);
        let library = attributes.library.as_ref().map(|(option, _)| option);
        for option in catalog.into_iter().chain(library) {
            mistakes.at(option, format!("`{option}` belongs on the enum, not on a variant"));
        }
        let is_misplaced = attributes.catalog.is_some() || attributes.library.is_some();
        let attributes =
            Attributes { is_broken: attributes.is_broken || is_misplaced, ..attributes };
        let name = &variant.ident;
        Self { name: Some(name), ..Self::of_struct(name, &variant.fields, attributes, mistakes) }
    }

    pub(super) fn of_struct(
        name: &Ident,
        fields: &'i Fields,
        attributes: Attributes,
        mistakes: &mut Mistakes,
    ) -> Self {
        for attribute in fields.iter().flat_map(|field| &field.attrs).filter(|a| is_ours(a)) {
            let message = "write this on the variant: `#[api_error(code { parameter: field })]`";
            mistakes.at(attribute, message);
        }
        let fields = Field::all(fields);
        if attributes.response.is_none() && !attributes.is_broken {
            mistakes.at(name, without_response(name));
        }
        let response = attributes.response.filter(|response| match response {
            Response::Internal(_) => true,
            Response::Transparent(word) => check_source(word, name, &fields, mistakes),
            Response::Row { arguments, .. } => {
                let list = arguments.as_ref().map_or(&[][..], |arguments| &arguments.list);
                check_fields(name, &fields, list, mistakes)
            }
        });
        Self { name: None, fields, response }
    }

    /// Returns the field that determines a transparent response: the source, or the only field.
    pub(super) fn source(&self) -> Option<&Field<'i>> {
        candidates(&self.fields).pop()
    }
}

fn without_response(name: &Ident) -> String {
    format!(
        "say what `{name}` responds with: `#[api_error(code_of_an_error)]`, `#[api_error(transparent)]` for \
         what is in it, or `#[api_error(internal)]` for a 500 that tells nothing"
    )
}

/// Returns the fields that may determine a transparent response.
fn candidates<'f, 'i>(fields: &'f [Field<'i>]) -> Vec<&'f Field<'i>> {
    let sources: Vec<_> = fields.iter().filter(|field| field.role == Role::Source).collect();
    let others = fields.iter().filter(|field| field.role != Role::Backtrace);
    if sources.is_empty() { others.collect() } else { sources }
}

/// Whether exactly one field may determine a transparent response.
fn check_source(word: &Ident, name: &Ident, fields: &[Field<'_>], mistakes: &mut Mistakes) -> bool {
    let candidates = candidates(fields);
    let message = match candidates.as_slice() {
        [_] => return true,
        [] => format!(
            "`transparent` responds with the error in a field, and `{name}` has no field: name an error or `internal`"
        ),
        [_, _, ..] => format!(
            "`transparent` responds with the error in one field, and `{name}` has {}: mark the one with \
             `#[source]`, or name an error",
            candidates.len()
        ),
    };
    mistakes.at(word, message);
    false
}

/// Whether there is a field for each argument that is just a name.
fn check_fields(
    name: &Ident,
    fields: &[Field<'_>],
    arguments: &[Argument],
    mistakes: &mut Mistakes,
) -> bool {
    let mut are_known = true;
    for argument in arguments {
        match &argument.value {
            Value::Field if !fields.iter().any(|field| field.is_called(&argument.name)) => {
                mistakes.at(&argument.name, unknown_field(name, fields, &argument.name));
                are_known = false;
            }
            Value::Struct { fields: inner, .. } => {
                are_known &= check_fields(name, fields, inner, mistakes);
            }
            Value::Field | Value::Expression(_) | Value::Plain(_) => {}
        }
    }
    are_known
}

fn unknown_field(name: &Ident, fields: &[Field<'_>], wrong: &Ident) -> String {
    let names: Vec<String> =
        fields.iter().filter_map(Field::name).map(|name| name.unraw().to_string()).collect();
    let near = suggest::nearest(&wrong.unraw().to_string(), names.iter().map(String::as_str));
    let help = near.map_or_else(
        || format!("say what it is: `{wrong}: value`"),
        |near| format!("did you mean `{near}`, or `{wrong}: {near}`?"),
    );
    format!("`{name}` has no field `{wrong}`; {help}")
}
