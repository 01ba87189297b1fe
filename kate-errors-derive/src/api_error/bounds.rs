//! The bounds of an impl on the type parameters of an item.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{GenericParam, Generics, WherePredicate, parse_quote};

use super::attribute::Response;
use super::item::Item;
use super::names;

/// Returns the predicates of the impl: those of the user, and those that depend on a type parameter: that the
/// item is an error, and that a transparent field can be converted to an API error.
pub(super) fn predicates(item: &Item<'_>) -> Vec<WherePredicate> {
    let (library, catalog) = (names::library(Span::call_site()), names::catalog(Span::call_site()));
    let own =
        item.generics.where_clause.iter().flat_map(|clause| clause.predicates.iter().cloned());
    let mapped = item.variants.iter().filter_map(|variant| match variant.response {
        Some(Response::Transparent(_)) => Some(variant.source()?.kind),
        _ => None,
    });
    let generic = mapped.filter(|kind| depends(kind.to_token_stream(), item.generics));
    let asked = generic.map(|kind| -> WherePredicate {
        parse_quote!(#kind: #library::__private::Transparent<#catalog>)
    });
    own.chain(asked).chain(error(item)).collect()
}

/// Returns the predicate that the item is an error, if that depends on a type parameter.
fn error(item: &Item<'_>) -> Option<WherePredicate> {
    let (name, (_, arguments, _)) = (item.name, item.generics.split_for_impl());
    let is_generic = item.generics.type_params().next().is_some();
    is_generic.then(|| parse_quote!(#name #arguments: ::core::error::Error))
}

/// Returns the parameters as an impl declares them: without defaults.
pub(super) fn declarations(generics: &Generics) -> TokenStream {
    let declaration = |parameter: &GenericParam| {
        let mut parameter = parameter.clone();
        match &mut parameter {
            GenericParam::Type(kind) => kind.default = None,
            GenericParam::Const(constant) => constant.default = None,
            GenericParam::Lifetime(_) => {}
        }
        quote!(#parameter,)
    };
    generics.params.iter().map(declaration).collect()
}

/// Whether the tokens of a type contain a type parameter.
fn depends(tokens: TokenStream, generics: &Generics) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => generics.type_params().any(|parameter| parameter.ident == ident),
        TokenTree::Group(group) => depends(group.stream(), generics),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
