//! `enum Section`: the groups of errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, identifiers};
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let variants = identifiers(catalog.sections.iter().map(|section| &section.variant));
    let names: Vec<&String> = catalog.sections.iter().map(|section| &section.name).collect();
    let docs = names.iter().map(|name| docs::text(&format!("The section {}.", docs::escape(name))));
    quote! {
        /// The sections of the catalog: groups of errors.
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq,
            ::core::cmp::Eq, ::core::cmp::PartialOrd, ::core::cmp::Ord, ::core::hash::Hash,
        )]
        pub enum Section {
            #(#docs #variants,)*
        }

        impl Section {
            /// Every section, in the order of the catalog.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The name, as the reference page has it.
            #[must_use]
            pub const fn name(self) -> &'static ::core::primitive::str {
                match self {
                    #(Self::#variants => #names,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for Section {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.name())
            }
        }
    }
}
