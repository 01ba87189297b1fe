//! The trait impls that the error enum and the enums of operations have alike. The library does the
//! work; here it is only called.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn emit(name: &Ident) -> TokenStream {
    let (core_impls, serde_impls) = (core_impls(name), serde_impls(name));
    let api_error = api_error(name);
    quote!(#core_impls #serde_impls #api_error)
}

/// An error of the catalog answers with itself.
fn api_error(name: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::kate_errors::ToApiError for #name {
            type Catalog = Self;

            fn to_api_error(&self) -> ::kate_errors::ApiError<Self> {
                ::kate_errors::__private::answer(self)
            }
        }

        ::kate_errors::__frameworks!([] #name []);
        ::kate_errors::__utoipa!(#name);
    }
}

fn core_impls(name: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::kate_errors::__private::display(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::kate_errors::__private::debug(self, f)
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for #name {}

        #[automatically_derived]
        impl ::core::cmp::PartialEq for #name {
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                ::kate_errors::__private::eq(self, other)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for #name {}

        #[automatically_derived]
        impl ::core::hash::Hash for #name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::kate_errors::__private::hash(self, state);
            }
        }
    }
}

fn serde_impls(name: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl ::kate_errors::__private::serde::Serialize for #name {
            fn serialize<S: ::kate_errors::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::kate_errors::__private::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> ::kate_errors::__private::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::kate_errors::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::kate_errors::__private::deserialize(deserializer)
            }
        }
    }
}
