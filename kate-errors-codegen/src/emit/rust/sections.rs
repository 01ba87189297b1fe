//! `enum Section`: the groups of errors.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, Shell, docs, identifiers};
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog, shared: &Names) -> TokenStream {
    let variants = identifiers(catalog.sections.iter().map(|section| &section.variant));
    let names: Vec<&String> = catalog.sections.iter().map(|section| &section.name).collect();
    let docs = names.iter().map(|name| docs::text(&format!("The section {}.", docs::escape(name))));
    let scope = scope(shared);
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

        #scope
    }
}

/// A section as the place that a response comes from.
fn scope(names: &Names) -> TokenStream {
    let code = &names.code;
    quote! {
        #[automatically_derived]
        impl ::core::convert::From<Section> for ::kate_errors::Scope<#code> {
            fn from(section: Section) -> Self {
                ::kate_errors::__private::section(section as ::core::primitive::u16, section.name())
            }
        }
    }
}

/// A section as what reads its errors; it stands beside the enum, which may be local to a function. The
/// compiler refuses it for an enum that is not public, since `Section` is public in its module.
pub(super) fn seed(names: &Names, shell: &Shell) -> Option<TokenStream> {
    let (error, module) = (&names.error, &names.module);
    let is_public = shell.visibility.to_string() == "pub";
    is_public.then(|| {
        quote! {
            /// Reads `{"detail": …}` as an error, of this section where others have the same sentence.
            #[automatically_derived]
            impl<'de> ::kate_errors::__private::serde::de::DeserializeSeed<'de>
                for #module::Section
            {
                type Value = #error;

                fn deserialize<D: ::kate_errors::__private::serde::Deserializer<'de>>(
                    self,
                    deserializer: D,
                ) -> ::core::result::Result<Self::Value, D::Error> {
                    ::kate_errors::__private::deserialize_within(self, deserializer)
                }
            }
        }
    })
}
