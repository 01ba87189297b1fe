//! The structs of contexts: `TokenBalance { required, available }`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, identifier, identifiers, params, table};
use crate::catalog::{Catalog, Context};

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    catalog.contexts.iter().map(context).collect()
}

fn context(context: &Context) -> TokenStream {
    let name = identifier(&context.type_name);
    let fields = params::fields(&context.params, &quote!(pub), &TokenStream::new());
    let names = identifiers(context.params.iter().map(|param| &param.name));
    let docs = docs::text(&format!("The context {}.", docs::code(&context.text.source)));
    let debug = debug(context);
    let pieces = table::pieces(&context.text.pieces, 0);
    let table = params::table(&context.params);
    quote! {
        #docs
        #[derive(
            ::core::clone::Clone, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash,
            ::core::cmp::PartialOrd, ::core::cmp::Ord,
        )]
        pub struct #name {
            #(#fields,)*
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let template = ::kate_errors::__private::Template { pieces: #pieces, params: #table };
                template.render(&[#(::kate_errors::__private::Parameter::to_value(&self.#names)),*], f)
            }
        }

        #[automatically_derived]
        impl ::kate_errors::__private::Generated for #name {}

        #debug
    }
}

/// `Debug`, with a mark in place of sensitive values.
fn debug(context: &Context) -> TokenStream {
    let name = identifier(&context.type_name);
    let name_text = &context.type_name;
    let fields = context.params.iter().map(|param| {
        let (field, text) = (identifier(&param.name), &param.name);
        if param.sensitive {
            quote!(.field(#text, &::core::format_args!("•••")))
        } else {
            quote!(.field(#text, &self.#field))
        }
    });
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name_text)#(#fields)*.finish()
            }
        }
    }
}
