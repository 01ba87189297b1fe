//! Generates the impl of an item.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned as _;
use syn::{Path, parse_quote};

use super::item::Item;
use super::variant::Variant;
use super::{arm, bounds, names};

pub(super) fn expand(item: &Item<'_>) -> TokenStream {
    let Item { name, generics, .. } = item;
    let (library, catalog) = (names::library(Span::call_site()), names::catalog(Span::call_site()));
    let library_path = item.library.path();
    let catalog_path: Path =
        item.catalog.clone().unwrap_or_else(|| parse_quote!(#library::KateError));
    let (_, arguments, _) = generics.split_for_impl();
    let declarations = bounds::declarations(generics);
    let predicates = bounds::predicates(item);
    // These have the spans of the user's paths, so that an unresolved path is reported there.
    let named_library = names::library(library_path.span());
    let named_catalog = names::catalog(catalog_path.span());
    let body = body(item);
    quote! {
        const _: () = {
            use #library_path as #named_library;
            #[allow(dead_code)]
            type #catalog = #catalog_path;

            #[automatically_derived]
            #[allow(deprecated, unused_variables)]
            impl<#declarations> #library::ToApiError for #name #arguments where #(#predicates,)* {
                type Catalog = #named_catalog;

                fn to_api_error(&self) -> #library::ApiError<#catalog> {
                    #body
                }
            }

            #library::__frameworks!([#declarations] #name #arguments [#(#predicates,)*]);
        };
    }
}

fn body(item: &Item<'_>) -> TokenStream {
    if item.variants.is_empty() {
        return quote!(match *self {});
    }
    // Without a catalog, the error of a variant would be a guess.
    let arms = item.variants.iter().map(|variant| match &item.catalog {
        Some(_) => arm::arm(variant),
        None => arm::arm(&Variant { response: None, fields: Vec::new(), ..*variant }),
    });
    quote! {
        match self {
            #(#arms)*
        }
    }
}
