//! The impl of an item.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Path, parse_quote};

use super::item::Item;
use super::variant::Variant;
use super::{arm, bounds};

pub(super) fn expand(item: &Item<'_>) -> TokenStream {
    let Item { name, generics, .. } = item;
    let library = item.library.at(Span::call_site());
    let catalog: Path = item.catalog.clone().unwrap_or_else(|| parse_quote!(#library::KateError));
    let (_, arguments, _) = generics.split_for_impl();
    let declarations = bounds::declarations(generics);
    let predicates = bounds::predicates(item, &catalog);
    let body = body(item, &catalog);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_variables)]
        impl<#declarations> #library::ApiError for #name #arguments where #(#predicates,)* {
            type Catalog = #catalog;

            fn answer(&self) -> #library::Answer<Self::Catalog> {
                #body
            }
        }

        #library::__frameworks!([#declarations] #name #arguments [#(#predicates,)*]);
    }
}

fn body(item: &Item<'_>, catalog: &Path) -> TokenStream {
    if item.variants.is_empty() {
        return quote!(match *self {});
    }
    // Without a catalog nothing can be said of a row that is not a guess.
    let arms = item.variants.iter().map(|variant| match &item.catalog {
        Some(_) => arm::arm(variant, &item.library),
        None => arm::arm(&Variant { answer: None, fields: Vec::new(), ..*variant }, &item.library),
    });
    let name = arm::catalog(Span::call_site());
    quote! {
        #[allow(dead_code)]
        type #name = #catalog;
        match self {
            #(#arms)*
        }
    }
}
