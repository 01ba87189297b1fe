//! The match arm of a variant in `to_api_error`.
//!
//! Its tokens have the spans of what the user wrote, so that the compiler shows mistakes there, and editors
//! lead from there to the error.

use kate_errors_codegen::names::{name_of_code, upper_camel_case};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Member;
use syn::spanned::Spanned as _;

use super::arguments::{Argument, Arguments, Value};
use super::attribute::Response;
use super::field::{Field, Role};
use super::names::{catalog, library};
use super::variant::Variant;

/// Returns the arm of a variant. If its response is unknown, it responds with an internal error.
pub(super) fn arm(variant: &Variant<'_>) -> TokenStream {
    let name = variant.name.map(|name| quote!(::#name));
    let (bound, api_error) = match &variant.response {
        None | Some(Response::Internal(_)) => {
            let library = library(Span::call_site());
            (TokenStream::new(), quote!(#library::ApiError::Internal))
        }
        Some(Response::Transparent(_)) => transparent(variant),
        Some(Response::Row { code, arguments: None }) => by_name(variant, code),
        Some(Response::Row { code, arguments: Some(Arguments { span, list }) }) => {
            let bind = |field: &Field<'_>| bind(field, &field.ident(*span));
            let bound = variant.fields.iter().map(bind).collect();
            (bound, row(code, &values(list, &variant.fields)))
        }
    };
    quote!(Self #name { #bound .. } => #api_error,)
}

/// Returns the tokens of an error of the catalog, with its parameters.
fn row(code: &Ident, parameters: &TokenStream) -> TokenStream {
    let (catalog, variant) = (catalog(code.span()), variant_of(code));
    let library = library(code.span());
    quote_spanned!(code.span()=> #library::ApiError::Catalog(#catalog::#variant { #parameters }))
}

/// Returns the variant of an error, which is named by its code or by the variant itself. A variant has small letters.
fn variant_of(code: &Ident) -> Ident {
    let text = code.to_string();
    let is_variant = text.starts_with(|c: char| c.is_uppercase())
        && text.contains(|c: char| c.is_lowercase())
        && !text.contains('_');
    let name = name_of_code(&text).filter(|_| !is_variant);
    name.map_or_else(|| code.clone(), |name| Ident::new(&upper_camel_case(&name), code.span()))
}

/// Uses each field as the parameter with its name, except for fields that are only logged.
fn by_name(variant: &Variant<'_>, code: &Ident) -> (TokenStream, TokenStream) {
    let (mut bound, mut values) = (TokenStream::new(), TokenStream::new());
    for field in variant.fields.iter().filter(|field| field.role == Role::Other) {
        let Some(name) = field.name() else { continue };
        let local = format_ident!("__{}", name, span = name.span());
        let value = made_from(&quote!(#local), name.span());
        bound.extend(bind(field, &local));
        values.extend(quote!(#name: #value,));
    }
    (bound, row(code, &values))
}

/// Returns the response of a field, as an error of the catalog.
fn transparent(variant: &Variant<'_>) -> (TokenStream, TokenStream) {
    let Some(field) = variant.source() else { return Default::default() };
    let (first, last) = field.ends();
    let (library, catalog) = (library(first), catalog(first));
    let inner = Ident::new("__inner", last);
    // The reference spans the first to the last token of the field's type.
    let inner_reference = quote_spanned!(first=> &*#inner);
    let api_error = quote_spanned! {first=>
        #library::__private::Transparent::<#catalog>::transparent(#inner_reference)
    };
    (bind(field, &inner), api_error)
}

fn bind(Field { member, .. }: &Field<'_>, local: &Ident) -> TokenStream {
    match member {
        Member::Named(name) if name == local => quote!(#name,),
        _ => quote!(#member: #local,),
    }
}

fn values(arguments: &[Argument], fields: &[Field<'_>]) -> TokenStream {
    arguments.iter().map(|argument| value(argument, fields)).collect()
}

fn value(Argument { name, value }: &Argument, fields: &[Field<'_>]) -> TokenStream {
    let value = match value {
        Value::Field => made_from(&quote!(#name), name.span()),
        Value::Plain(tokens) => tokens.clone(),
        Value::Expression(tokens) if is_field(tokens, fields) => made_from(tokens, tokens.span()),
        Value::Expression(tokens) => {
            let span = tokens.span();
            made_from(&quote_spanned!(span=> &(#tokens)), span)
        }
        Value::Struct { path, fields: inner } => {
            let (span, values) = (path.span(), values(inner, fields));
            made_from(&quote_spanned!(span=> &#path { #values }), span)
        }
    };
    quote!(#name: #value,)
}

/// Whether an expression is just a field, which is already a reference.
fn is_field(expression: &TokenStream, fields: &[Field<'_>]) -> bool {
    let name: Result<Ident, _> = syn::parse2(expression.clone());
    name.is_ok_and(|name| fields.iter().any(|field| field.ident(name.span()) == name))
}

/// Returns the tokens that convert a reference to a parameter.
fn made_from(reference: &TokenStream, span: Span) -> TokenStream {
    let library = library(span);
    quote_spanned!(span=> #library::__private::ParameterFrom::parameter_from(#reference))
}
