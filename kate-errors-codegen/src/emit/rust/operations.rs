//! An enum for each operation: the errors it can answer with, and no other.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Names, Shell, docs, errors, identifier, identifiers, impls};
use crate::catalog::{Catalog, Operation, Row};

pub(super) fn emit(catalog: &Catalog, names: &Names, shell: &Shell) -> TokenStream {
    catalog
        .operations
        .iter()
        .map(|operation| self::operation(catalog, names, shell, operation))
        .collect()
}

fn operation(
    catalog: &Catalog,
    names: &Names,
    shell: &Shell,
    operation: &Operation,
) -> TokenStream {
    let name = identifier(&operation.type_name);
    let visibility = &shell.visibility;
    let rows = operation.rows.iter().map(|row| &catalog.rows[*row]);
    let variants = errors::variants(catalog, names, rows);
    let mut text = vec![format!(
        "An error of the operation {}: {}.",
        docs::code(&operation.name),
        docs::code(&format!("{} {}", operation.method, operation.path))
    )];
    text.extend(
        operation.summary.iter().flat_map(|summary| [String::new(), docs::escape(summary)]),
    );
    let docs = docs::lines(text);
    let (conversions, catalog_error) =
        (conversions(catalog, names, operation), catalog_error(names, operation));
    let codes = identifiers(operation.rows.iter().map(|row| &catalog.rows[*row].variant));
    let scope = scope(names, operation, &codes);
    let impls = impls::emit(&name);
    quote! {
        #docs
        #[derive(::core::clone::Clone)]
        #[allow(dead_code, unreachable_pub)]
        #visibility enum #name {
            #(#variants,)*
        }

        #conversions
        #catalog_error
        #scope
        #impls
    }
}

/// The operation as the place that a response comes from.
fn scope(names: &Names, operation: &Operation, codes: &[Ident]) -> TokenStream {
    let (error, code, module) = (&names.error, &names.code, &names.module);
    let (name, text) = (identifier(&operation.type_name), &operation.name);
    quote! {
        #[automatically_derived]
        impl ::kate_errors::CatalogOperation for #name {
            type Catalog = #error;
            const NAME: &'static ::core::primitive::str = #text;
            const CODES: &'static [#module::#code] = &[#(#module::#code::#codes),*];
        }

        #[allow(dead_code, unreachable_pub)]
        impl #name {
            /// Reads a response of the operation. An error that the operation does not list is read
            /// too, and the response says so.
            #[must_use]
            pub fn decode<'b>(
                status: ::core::primitive::u16,
                body: impl ::core::convert::Into<
                    ::kate_errors::__private::Cow<'b, [::core::primitive::u8]>,
                >,
            ) -> ::kate_errors::Decoded<'b, #error> {
                #error::decoder().operation::<Self>().decode(status, body)
            }
        }
    }
}

/// Widening into the error enum, and narrowing back.
fn conversions(catalog: &Catalog, names: &Names, operation: &Operation) -> TokenStream {
    let (name, error) = (identifier(&operation.type_name), &names.error);
    let rows: Vec<TokenStream> =
        operation.rows.iter().map(|row| fields(&catalog.rows[*row])).collect();
    let all = operation.rows.len() == catalog.rows.len();
    let rest = (!all).then(|| quote!(other => ::core::result::Result::Err(other),));
    quote! {
        #[automatically_derived]
        impl ::core::convert::From<#name> for #error {
            fn from(error: #name) -> Self {
                match error {
                    #(#name::#rows => Self::#rows,)*
                }
            }
        }

        #[automatically_derived]
        impl ::core::convert::TryFrom<#error> for #name {
            type Error = #error;

            fn try_from(error: #error) -> ::core::result::Result<Self, #error> {
                match error {
                    #(#error::#rows => ::core::result::Result::Ok(Self::#rows),)*
                    #rest
                }
            }
        }
    }
}

/// A variant with all of its fields: a pattern and an expression in one.
fn fields(row: &Row) -> TokenStream {
    let variant = identifier(&row.variant);
    let mut fields = identifiers(row.params.iter().map(|param| &param.name));
    fields.extend(row.context.map(|_| identifier("context")));
    // Only a skeleton has operations with retired rows.
    fields.extend(row.retired.as_ref().map(|_| identifier("retired")));
    if fields.is_empty() { quote!(#variant) } else { quote!(#variant { #(#fields),* }) }
}

fn catalog_error(names: &Names, operation: &Operation) -> TokenStream {
    let (error, code, module) = (&names.error, &names.code, &names.module);
    let name = identifier(&operation.type_name);
    // Only a skeleton has operations without rows, of which there is no value.
    let allow = operation.rows.is_empty().then(|| quote!(#[allow(unreachable_code)]));
    quote! {
        #[automatically_derived]
        #allow
        impl ::kate_errors::CatalogError for #name {
            type Code = #module::#code;

            fn code(&self) -> #module::#code {
                <#error as ::core::convert::From<#name>>::from(::core::clone::Clone::clone(self)).code()
            }

            fn __with_values(
                &self,
                __with: &mut dyn ::core::ops::FnMut(&[::kate_errors::__private::Value<'_>]),
            ) {
                let error = <#error as ::core::convert::From<#name>>::from(::core::clone::Clone::clone(self));
                ::kate_errors::CatalogError::__with_values(&error, __with);
            }

            fn __from_values(
                code: #module::#code,
                values: &[::kate_errors::__private::Value<'_>],
            ) -> ::core::option::Option<Self> {
                let error: #error = ::kate_errors::CatalogError::__from_values(code, values)?;
                ::core::convert::TryInto::try_into(error).ok()
            }
        }
    }
}
