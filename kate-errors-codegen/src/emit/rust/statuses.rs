//! `enum Status`: the table of statuses.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, identifiers};
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let statuses = &catalog.statuses;
    let variants = identifiers(statuses.iter().map(|status| &status.variant));
    let codes: Vec<Literal> =
        statuses.iter().map(|status| Literal::u16_unsuffixed(status.code)).collect();
    let names = statuses.iter().map(|status| &status.name);
    let descriptions = statuses.iter().map(|status| &status.description);
    let docs = statuses.iter().map(|status| {
        let (name, description) = (docs::escape(&status.name), docs::escape(&status.description));
        docs::text(&format!("{} {name}: {description}", status.code))
    });
    quote! {
        /// The HTTP statuses of the catalog (RFC 9110, section 15).
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq,
            ::core::cmp::Eq, ::core::cmp::PartialOrd, ::core::cmp::Ord, ::core::hash::Hash,
        )]
        #[repr(u16)]
        pub enum Status {
            #(#docs #variants = #codes,)*
        }

        impl Status {
            /// Every status, in the order of the catalog.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// The number, from 100 to 599.
            #[must_use]
            pub const fn as_u16(self) -> ::core::primitive::u16 {
                self as ::core::primitive::u16
            }

            /// The status with this number, if the catalog has it.
            #[must_use]
            pub const fn from_u16(status: ::core::primitive::u16) -> ::core::option::Option<Self> {
                match status {
                    #(#codes => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }

            /// The name, such as `Not Found`.
            #[must_use]
            pub const fn name(self) -> &'static ::core::primitive::str {
                match self {
                    #(Self::#variants => #names,)*
                }
            }

            /// What the status means in this API.
            #[must_use]
            pub const fn description(self) -> &'static ::core::primitive::str {
                match self {
                    #(Self::#variants => #descriptions,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for Status {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_u16(), f)
            }
        }

        #[automatically_derived]
        impl ::core::convert::From<Status> for ::core::primitive::u16 {
            fn from(status: Status) -> Self {
                status.as_u16()
            }
        }
    }
}
