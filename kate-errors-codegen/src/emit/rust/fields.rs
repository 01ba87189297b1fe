//! Fields of parameters: their types, their values, and their initializers.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{docs, identifier};
use crate::catalog::{FieldType, Param};

/// The place of a field: the paths of the library and of the catalog's types from there.
pub(super) struct Place {
    pub(super) lib: TokenStream,
    pub(super) module: TokenStream,
}

impl Place {
    /// Returns the place inside the module of the catalog.
    pub(super) fn beside() -> Self {
        Self { lib: quote!(lib), module: TokenStream::new() }
    }

    /// Returns the place next to the module with this name.
    pub(super) fn outside(module: &Ident) -> Self {
        Self { lib: quote!(::kate_errors::__private), module: quote!(#module::) }
    }
}

fn field_type(param: &Param, Place { lib, module }: &Place) -> TokenStream {
    match &param.field {
        FieldType::String => quote!(#lib::String),
        FieldType::BoxedStr => {
            quote!(#lib::Box<#lib::str>)
        }
        FieldType::U64 => quote!(#lib::u64),
        FieldType::I64 => quote!(#lib::i64),
        FieldType::Bool => quote!(#lib::bool),
        FieldType::Choices(choices) => {
            let name = identifier(&choices.type_name);
            quote!(#module #name)
        }
        FieldType::Custom(path) => {
            let names = path.split("::").map(identifier);
            let root = (!path.starts_with("crate::")).then(|| quote!(::));
            quote!(#root #(#names)::*)
        }
    }
}

/// Returns the fields of parameters, with their documentation.
pub(super) fn fields(
    params: &[Param],
    visibility: &TokenStream,
    place: &Place,
) -> Vec<TokenStream> {
    let field = |param: &Param| {
        let (docs, name) = (docs::param(param), identifier(&param.name));
        let kind = field_type(param, place);
        let lib = &place.lib;
        let kind = if param.optional { quote!(#lib::Option<#kind>) } else { kind };
        quote!(#docs #visibility #name: #kind)
    };
    params.iter().map(field).collect()
}

/// Returns the value of a field that a pattern has bound by reference.
pub(super) fn value(param: &Param, Place { lib, .. }: &Place) -> TokenStream {
    let name = identifier(&param.name);
    let value = match &param.field {
        FieldType::String | FieldType::BoxedStr => quote!(Text(#name)),
        FieldType::U64 => quote!(U64(*#name)),
        FieldType::I64 => quote!(I64(*#name)),
        FieldType::Bool => quote!(Bool(*#name)),
        FieldType::Choices(_) => quote!(Fixed(#name.as_str())),
        FieldType::Custom(_) => quote!(Display(#name)),
    };
    if param.optional {
        return quote!(#name.as_ref().map_or(#lib::Value::Absent, |#name| #lib::Value::#value));
    }
    quote!(#lib::Value::#value)
}

/// Returns the initializers of fields, read from the values in `list`.
pub(super) fn read<'p>(
    params: &'p [Param],
    list: &'p TokenStream,
    Place { lib, .. }: &'p Place,
) -> impl Iterator<Item = TokenStream> + 'p {
    params.iter().enumerate().map(move |(at, param)| {
        let (name, at) = (identifier(&param.name), Literal::usize_unsuffixed(at));
        let is_boxed = param.field == FieldType::BoxedStr;
        let read = identifier(if is_boxed { "read_boxed" } else { "read" });
        if param.optional {
            return quote!(#name: #lib::read_optional(#list, #at, #lib::#read)?);
        }
        quote!(#name: #lib::#read(#list, #at)?)
    })
}
