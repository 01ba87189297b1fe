//! `enum KateError`: the error enum itself.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Names, Shell, docs, identifier, identifiers, impls, params};
use crate::catalog::{Catalog, Context, Row};

pub(super) fn emit(catalog: &Catalog, names: &Names, shell: &Shell) -> TokenStream {
    let error = &names.error;
    let (attributes, visibility) = (&shell.attributes, &shell.visibility);
    let variants = variants(catalog, names, catalog.rows.iter());
    let docs = docs::text(&format!("An error of the {} API.", catalog.name));
    let docs = if attributes_have_docs(attributes) { TokenStream::new() } else { docs };
    let impls = impls::emit(error);
    let (methods, catalog_error) = (methods(names), catalog_error(catalog, names));
    quote! {
        #docs
        #attributes
        #[derive(::core::clone::Clone)]
        #[allow(dead_code, unreachable_pub)]
        #visibility enum #error {
            #(#variants,)*
        }

        #methods
        #catalog_error
        #impls
    }
}

fn attributes_have_docs(attributes: &TokenStream) -> bool {
    attributes.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Group(group) => {
            group.stream().into_iter().next().is_some_and(|name| name.to_string() == "doc")
        }
        _ => false,
    })
}

/// The variants of some rows.
pub(super) fn variants<'c>(
    catalog: &'c Catalog,
    names: &'c Names,
    rows: impl Iterator<Item = &'c Row> + 'c,
) -> impl Iterator<Item = TokenStream> + 'c {
    let module = &names.module;
    let module = quote!(#module::);
    rows.map(move |row| {
        let docs = docs::row(catalog, row);
        let name = identifier(&row.variant);
        let mut fields = params::fields(&row.params, &TokenStream::new(), &module);
        if let Some(context) = row.context {
            let context = identifier(&catalog.contexts[context].type_name);
            let docs = docs::text("The second sentence, if the answer has one.");
            fields.push(quote!(#docs context: ::core::option::Option<#module #context>));
        }
        if row.retired.is_some() {
            let docs = docs::text("Only reading an old answer gives it.");
            fields.push(quote!(#docs retired: ::kate_errors::Retired));
        }
        if fields.is_empty() { quote!(#docs #name) } else { quote!(#docs #name { #(#fields,)* }) }
    })
}

fn methods(names: &Names) -> TokenStream {
    let (error, module) = (&names.error, &names.module);
    quote! {
        #[allow(dead_code, unreachable_pub)]
        impl #error {
            /// Reads a response of a server. It never fails, and keeps status and body whole.
            #[must_use]
            pub fn decode<'b>(
                status: ::core::primitive::u16,
                body: impl ::core::convert::Into<
                    ::kate_errors::__private::Cow<'b, [::core::primitive::u8]>,
                >,
            ) -> ::kate_errors::Decoded<'b, Self> {
                Self::decoder().decode(status, body)
            }

            /// Reads responses, with what is known about where they come from.
            #[must_use]
            pub fn decoder<'h>() -> ::kate_errors::Decoder<'h, Self> {
                ::kate_errors::Decoder::new()
            }

            /// The HTTP status of the response.
            #[must_use]
            pub fn status(&self) -> #module::Status {
                self.code().status()
            }

            /// The sentence on the wire, borrowed where it has no values.
            #[must_use]
            pub fn detail(&self) -> ::kate_errors::__private::Cow<'static, ::core::primitive::str> {
                ::kate_errors::CatalogError::detail(self)
            }

            /// The body of the response, `{"detail":"…"}` in UTF-8, borrowed where it has no values.
            #[must_use]
            pub fn body(&self) -> ::kate_errors::__private::Cow<'static, [::core::primitive::u8]> {
                ::kate_errors::CatalogError::body(self)
            }

            /// Writes the body of the response to the end of `out`, for servers that use a buffer again.
            pub fn write_body(
                &self,
                out: &mut ::kate_errors::__private::Vec<::core::primitive::u8>,
            ) {
                ::kate_errors::CatalogError::write_body(self, out);
            }

            /// What leads to the error, with the values in it.
            #[must_use]
            pub fn cause(&self) -> ::kate_errors::__private::Cow<'static, ::core::primitive::str> {
                ::kate_errors::CatalogError::cause(self)
            }

            /// What to do about the error, with the values in it.
            #[must_use]
            pub fn fix(&self) -> ::kate_errors::__private::Cow<'static, ::core::primitive::str> {
                ::kate_errors::CatalogError::fix(self)
            }

            /// The section of the reference page.
            #[must_use]
            pub fn section(&self) -> #module::Section {
                self.code().section()
            }

            /// Whether trying again helps.
            #[must_use]
            pub fn retry(&self) -> ::kate_errors::Retry {
                self.code().retry()
            }

            /// The header fields of the response: names in lower case, and values (RFC 9110).
            pub fn headers(
                &self,
            ) -> impl ::core::iter::Iterator<
                Item = (&'static ::core::primitive::str, &'static ::core::primitive::str),
            > + use<> {
                self.code().headers()
            }

            /// The code as OpenTelemetry's `error.type`: one of few fixed words.
            #[must_use]
            pub fn error_type(&self) -> &'static ::core::primitive::str {
                self.code().as_str()
            }

            /// An answer that more can be said about, such as when to try again.
            #[must_use]
            pub fn response(&self) -> ::kate_errors::CatalogResponse<Self> {
                ::kate_errors::CatalogResponse::new(::core::clone::Clone::clone(self))
            }

            /// The place of the error on the reference page, if the catalog names one.
            #[must_use]
            pub fn docs_url(&self) -> ::core::option::Option<::kate_errors::__private::String> {
                self.code().docs_url()
            }
        }
    }
}

fn catalog_error(catalog: &Catalog, names: &Names) -> TokenStream {
    let (error, code, module) = (&names.error, &names.code, &names.module);
    let variants = identifiers(catalog.rows.iter().map(|row| &row.variant));
    let patterns: Vec<TokenStream> = catalog.rows.iter().map(pattern).collect();
    let with_values = with_values(catalog);
    let with_fields = catalog.rows.iter().filter(|row| has_fields(row));
    let constructors = with_fields.map(|row| constructor(catalog, names, row));
    // A context alone may have any number of values: its arm looks at them.
    let all_match = catalog.rows.iter().all(|row| row.params.is_empty() && row.context.is_some());
    let plain = catalog.rows.iter().any(|row| !has_fields(row)).then(|| {
        quote! {
            (code, []) => {
                ::kate_errors::CatalogError::__from_row(::kate_errors::CatalogCode::__index(code))
            }
        }
    });
    let rest = (!all_match).then(|| quote!(#plain _ => ::core::option::Option::None,));
    let from_row = from_row(catalog);
    quote! {
        #[allow(dead_code, unreachable_pub)]
        impl #error {
            /// The code of the row.
            #[must_use]
            pub fn code(&self) -> #module::#code {
                match self {
                    #(#patterns => #module::#code::#variants,)*
                }
            }
        }

        #[automatically_derived]
        impl ::kate_errors::CatalogError for #error {
            type Code = #module::#code;

            fn code(&self) -> #module::#code {
                self.code()
            }

            #with_values

            fn __from_values(
                code: #module::#code,
                values: &[::kate_errors::__private::Value<'_>],
            ) -> ::core::option::Option<Self> {
                match (code, values) {
                    #(#constructors,)*
                    #rest
                }
            }

            #from_row
        }

        #[automatically_derived]
        impl ::core::convert::From<&#error> for #module::#code {
            fn from(error: &#error) -> Self {
                error.code()
            }
        }
    }
}

/// `__from_row`: the variants without fields, apart from the others, so that the compiler can make a table
/// of them.
fn from_row(catalog: &Catalog) -> TokenStream {
    let arms =
        catalog.rows.iter().enumerate().filter(|(_, row)| !has_fields(row)).map(|(at, row)| {
            let (at, variant) = (Literal::usize_unsuffixed(at), identifier(&row.variant));
            quote!(#at => Self::#variant,)
        });
    let arms: TokenStream = arms.collect();
    if arms.is_empty() {
        return quote! {
            fn __from_row(_row: ::core::primitive::usize) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        };
    }
    quote! {
        fn __from_row(row: ::core::primitive::usize) -> ::core::option::Option<Self> {
            ::core::option::Option::Some(match row {
                #arms
                _ => return ::core::option::Option::None,
            })
        }
    }
}

fn has_values(row: &Row) -> bool {
    !row.params.is_empty() || row.context.is_some()
}

fn has_fields(row: &Row) -> bool {
    has_values(row) || row.retired.is_some()
}

/// The pattern that matches the variant of a row, whatever its fields hold.
fn pattern(row: &Row) -> TokenStream {
    let variant = identifier(&row.variant);
    if has_fields(row) { quote!(Self::#variant { .. }) } else { quote!(Self::#variant) }
}

/// `__with_values`: one arm for each signature, that is, for all rows whose fields have the same names
/// and types, so that the compiler's work does not grow with the rows.
fn with_values(catalog: &Catalog) -> TokenStream {
    let mut signatures: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in catalog.rows.iter().filter(|row| has_values(row)) {
        signatures.entry(signature(row)).or_default().push(row);
    }
    let arms = signatures.values().map(|rows| signature_arm(catalog, rows));
    let plain: Vec<&Row> = catalog.rows.iter().filter(|row| !has_values(row)).collect();
    let rest = match plain.as_slice() {
        [] => None,
        [row] => Some(pattern(row)),
        _ => Some(quote!(_)),
    };
    let rest = rest.map(|pattern| quote!(#pattern => __with(&[]),));
    quote! {
        fn __with_values(
            &self,
            __with: &mut dyn ::core::ops::FnMut(&[::kate_errors::__private::Value<'_>]),
        ) {
            match self {
                #(#arms)*
                #rest
            }
        }
    }
}

/// What the fields of a row are, as far as a pattern can tell.
fn signature(row: &Row) -> String {
    let params = row.params.iter().map(|param| format!("{}: {:?}", param.name, param.kind));
    format!("{:?} {:?}", params.collect::<Vec<_>>(), row.context)
}

fn signature_arm(catalog: &Catalog, rows: &[&Row]) -> TokenStream {
    let Some(first) = rows.first() else { return TokenStream::new() };
    let names = identifiers(first.params.iter().map(|param| &param.name));
    let context = first.context.map(|context| &catalog.contexts[context]);
    let bound = context.map(|_| quote!(context,));
    let patterns = rows.iter().map(|row| {
        let variant = identifier(&row.variant);
        let rest = row.retired.is_some().then(|| quote!(..));
        quote!(Self::#variant { #(#names,)* #bound #rest })
    });
    let own: Vec<TokenStream> = names
        .iter()
        .map(|name| quote!(::kate_errors::__private::Parameter::to_value(#name)))
        .collect();
    let call = match context {
        None => quote!({ __with(&[#(#own),*]); }),
        Some(context) => call_with_context(context, &own),
    };
    quote!(#(#patterns)|* => #call,)
}

fn call_with_context(context: &Context, own: &[TokenStream]) -> TokenStream {
    let fields = identifiers(context.params.iter().map(|param| &param.name));
    let values = fields
        .iter()
        .map(|field| quote!(::kate_errors::__private::Parameter::to_value(&context.#field)));
    quote! {
        match context {
            ::core::option::Option::Some(context) => { __with(&[#(#own,)* #(#values),*]); }
            ::core::option::Option::None => { __with(&[#(#own),*]); }
        }
    }
}

/// The arm of `__from_values` that makes the variant of a row.
fn constructor(catalog: &Catalog, names: &Names, row: &Row) -> TokenStream {
    let (code, module) = (&names.code, &names.module);
    let variant = identifier(&row.variant);
    let fields = identifiers(row.params.iter().map(|param| &param.name));
    let from_value = |name: &proc_macro2::Ident| quote!(#name: ::kate_errors::__private::Parameter::from_value(*#name)?);
    let own: Vec<TokenStream> = fields.iter().map(from_value).collect();
    let retired =
        row.retired.is_some().then(|| quote!(retired: ::kate_errors::__private::retired(),));
    let Some(context) = row.context.map(|context| &catalog.contexts[context]) else {
        return quote! {
            (#module::#code::#variant, [#(#fields),*]) => {
                ::core::option::Option::Some(Self::#variant { #(#own,)* #retired })
            }
        };
    };
    let context_type = identifier(&context.type_name);
    // The values of the context stand behind those of the row; names of the two may be the same.
    let context_fields = identifiers(context.params.iter().map(|param| &param.name));
    let context_values = context_fields.iter().map(from_value);
    let pattern =
        if fields.is_empty() { quote!(context) } else { quote!([#(#fields,)* context @ ..]) };
    quote! {
        (#module::#code::#variant, #pattern) => ::core::option::Option::Some(Self::#variant {
            #(#own,)*
            context: match context {
                [] => ::core::option::Option::None,
                [#(#context_fields),*] => ::core::option::Option::Some(#module::#context_type {
                    #(#context_values,)*
                }),
                _ => return ::core::option::Option::None,
            },
            #retired
        })
    }
}
