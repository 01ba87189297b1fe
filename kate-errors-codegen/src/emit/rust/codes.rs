//! `enum KateErrorCode`: the rows without their values.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, docs, identifiers};
use crate::catalog::Catalog;

pub(super) fn emit(catalog: &Catalog, names: &Names) -> TokenStream {
    let code = &names.code;
    let variants = identifiers(catalog.rows.iter().map(|row| &row.variant));
    let row_docs = catalog.rows.iter().map(|row| docs::row_code(catalog, row));
    let docs = docs::text(&format!(
        "The codes of the errors: the rows of `{}` without values.",
        names.error
    ));
    let (impls, conversions) = (impls(names), conversions(names));
    quote! {
        #docs
        #[derive(
            ::core::clone::Clone, ::core::marker::Copy, ::core::cmp::PartialEq, ::core::cmp::Eq,
            ::core::cmp::PartialOrd, ::core::cmp::Ord, ::core::hash::Hash,
        )]
        pub enum #code {
            #(#row_docs #variants,)*
        }

        impl #code {
            /// Every code, in the order of the catalog.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];
        }

        #impls
        #conversions
    }
}

fn impls(names: &Names) -> TokenStream {
    let code = &names.code;
    quote! {
        impl #code {
            /// The code as the catalog spells it, such as `artifact_not_found`.
            #[must_use]
            pub fn as_str(self) -> &'static ::core::primitive::str {
                ::kate_errors::CatalogCode::as_str(self)
            }

            /// The HTTP status.
            #[must_use]
            pub fn status(self) -> Status {
                let row = ::kate_errors::CatalogCode::__row(self);
                Status::ALL[row.status_index()]
            }

            /// The section of the reference page.
            #[must_use]
            pub fn section(self) -> Section {
                let row = ::kate_errors::CatalogCode::__row(self);
                Section::ALL[row.section()]
            }

            /// The sentence, with `{name}` where values stand.
            #[must_use]
            pub fn detail_template(self) -> &'static ::core::primitive::str {
                ::kate_errors::CatalogCode::detail_template(self)
            }

            /// What leads to the error, with `{name}` where values stand.
            #[must_use]
            pub fn cause_template(self) -> &'static ::core::primitive::str {
                ::kate_errors::CatalogCode::cause_template(self)
            }

            /// What to do about the error, with `{name}` where values stand.
            #[must_use]
            pub fn fix_template(self) -> &'static ::core::primitive::str {
                ::kate_errors::CatalogCode::fix_template(self)
            }

            /// Whether trying again helps.
            #[must_use]
            pub fn retry(self) -> ::kate_errors::Retry {
                ::kate_errors::CatalogCode::retry(self)
            }

            /// The header fields of its answers: names in lower case, and values (RFC 9110).
            pub fn headers(
                self,
            ) -> impl ::core::iter::Iterator<
                Item = (&'static ::core::primitive::str, &'static ::core::primitive::str),
            > {
                ::kate_errors::CatalogCode::headers(self)
            }

            /// The place of the error on the reference page, if the catalog names one.
            #[must_use]
            pub fn docs_url(self) -> ::core::option::Option<::kate_errors::__private::String> {
                ::kate_errors::CatalogCode::docs_url(self)
            }
        }

        #[automatically_derived]
        impl ::kate_errors::CatalogCode for #code {
            const ALL: &'static [Self] = Self::ALL;
            const TABLE: &'static ::kate_errors::__private::Table = &TABLE;

            fn __index(self) -> ::core::primitive::usize {
                self as ::core::primitive::usize
            }
        }
    }
}

fn conversions(names: &Names) -> TokenStream {
    let code = &names.code;
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::kate_errors::CatalogCode::__row(*self).variant())
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #code {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for #code {
            type Err = ::kate_errors::UnknownCode;

            fn from_str(code: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
                ::kate_errors::__private::parse_code(code)
            }
        }
    }
}
