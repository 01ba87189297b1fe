//! The enums of `one_of` parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, identifier, identifiers};
use crate::catalog::{Catalog, Choices, Param, ParamKind};

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let of_contexts = catalog.contexts.iter().flat_map(|context| &context.params);
    // A homonym shares the types of the row it names.
    let rows = catalog.rows.iter().filter(|row| row.same_as.is_none());
    let of_rows = rows.flat_map(|row| &row.params);
    of_contexts.chain(of_rows).filter_map(choices_of).map(choices).collect()
}

fn choices_of(param: &Param) -> Option<&Choices> {
    match &param.kind {
        ParamKind::OneOf(choices) => Some(choices),
        _ => None,
    }
}

fn choices(choices: &Choices) -> TokenStream {
    let name = identifier(&choices.type_name);
    let variants = identifiers(choices.choices.iter().map(|choice| &choice.variant));
    let texts: Vec<&String> = choices.choices.iter().map(|choice| &choice.text).collect();
    let docs = texts.iter().map(|text| docs::text(&format!("{}.", docs::code(text))));
    let type_docs = docs::text("One of the values that the parameter may have.");
    quote! {
        #type_docs
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq,
            ::core::cmp::Eq, ::core::cmp::PartialOrd, ::core::cmp::Ord, ::core::hash::Hash,
        )]
        pub enum #name {
            #(#docs #variants,)*
        }

        impl #name {
            /// Every value, in the order of the catalog.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The text on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static ::core::primitive::str {
                match self {
                    #(Self::#variants => #texts,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::kate_errors::__private::Generated for #name {}

        #[automatically_derived]
        impl ::kate_errors::__private::Parameter for #name {
            fn to_value(&self) -> ::kate_errors::__private::Value<'_> {
                ::kate_errors::__private::Value::OneOf(self.as_str())
            }

            fn from_value(
                value: ::kate_errors::__private::Value<'_>,
            ) -> ::core::option::Option<Self> {
                ::kate_errors::__private::parse_choice(Self::ALL, Self::as_str, value)
            }
        }
    }
}
