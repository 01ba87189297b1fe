//! The types next to the error enum: `Status`, `Section`, the codes, contexts and choices.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::fields::{self, Place};
use super::lists::{Lists, Of};
use super::{Names, docs, identifier, open, table};
use crate::catalog::{Catalog, Choices, Context, FieldType, Param};

pub(super) fn emit(catalog: &Catalog, names: &Names, lists: &mut Lists<'_>) -> TokenStream {
    let (statuses, sections, codes) =
        (statuses(catalog), sections(catalog, names), codes(catalog, names, lists));
    let contexts = catalog.contexts.iter().map(context);
    let choices = choices(catalog);
    quote! {
        #statuses
        #sections
        #codes
        #(#contexts)*
        #(#choices)*
    }
}

fn statuses(catalog: &Catalog) -> TokenStream {
    let names = catalog.statuses.iter().map(|status| identifier(&status.variant));
    let variants = catalog.statuses.iter().map(|status| {
        let (variant, number) = (identifier(&status.variant), Literal::u16_unsuffixed(status.code));
        let name = docs::escape(&status.name);
        let text = docs::escape(&status.description);
        let docs = docs::text(&format!("{number} {name}: {text}"));
        quote!(#docs #variant = #number)
    });
    let docs = docs::text("The HTTP statuses of the catalog (RFC 9110, section 15).");
    let open = open(catalog);
    quote! {
        #docs
        #open
        #[repr(u16)]
        pub enum Status { #(#variants,)* }
        ::kate_errors::__statuses!([#(#names),*]);
    }
}

fn sections(catalog: &Catalog, names: &Names) -> TokenStream {
    let code = &names.code;
    let names = catalog.sections.iter().map(|section| identifier(&section.variant));
    let variants = catalog.sections.iter().map(|section| {
        let variant = identifier(&section.variant);
        let docs = docs::text(&format!("The section {}.", docs::escape(&section.name)));
        quote!(#docs #variant)
    });
    let docs = docs::text("The sections of the catalog: groups of errors.");
    let open = open(catalog);
    quote! {
        #docs
        #open
        pub enum Section { #(#variants,)* }
        ::kate_errors::__sections!(#code, [#(#names),*]);
    }
}

fn codes(catalog: &Catalog, names: &Names, lists: &mut Lists<'_>) -> TokenStream {
    let Names { code, error, .. } = names;
    let names = catalog.rows.iter().map(|row| identifier(&row.variant));
    let mut variants = catalog.rows.iter().map(|row| {
        let (docs, variant) = (docs::heading(catalog, row), identifier(&row.variant));
        quote!(#docs #variant)
    });
    let variants = lists.list(Of::Variants, 2, &mut variants);
    let docs = docs::text(&format!("The codes of `{error}`: its errors without values."));
    let open = open(catalog);
    quote! {
        #docs
        #open
        pub enum #code { #variants }
        ::kate_errors::__codes!(#code, [#(#names),*]);
    }
}

/// Returns the struct of a context.
fn context(context: &Context) -> TokenStream {
    let (name, text) = (identifier(&context.type_name), &context.type_name);
    let place = Place::beside();
    let fields = fields::fields(&context.params, &quote!(pub), &place);
    let docs = docs::text(&format!("The context {}.", docs::code(&context.text.source)));
    let names = context.params.iter().map(|param| identifier(&param.name));
    let values = context.params.iter().map(|param| fields::value(param, &place));
    let list = quote!(values);
    let read = fields::read(&context.params, &list, &place);
    let params = table::params(context.params.iter());
    let template = table::template(&context.text.parsed);
    let is_custom = |param: &Param| matches!(param.field, FieldType::Custom(_));
    let has_custom = context.params.iter().any(is_custom);
    let order = (!has_custom).then(|| quote!(, lib::PartialOrd, lib::Ord));
    quote! {
        #docs
        #[derive(lib::Clone #order)]
        pub struct #name {
            #(#fields,)*
        }

        impl lib::Context for #name {
            const NAME: &'static lib::str = #text;
            const PARAMS: &'static [lib::Param] = {
                use self::lib::Param;
                #params
            };

            fn template() -> &'static lib::Template<'static> {
                static TEMPLATE: lib::Template<'static> = {
                    #[allow(unused_imports)]
                    use self::lib::{Cow, End, Type, types};
                    #template
                };
                &TEMPLATE
            }

            fn with_values(&self, __with: &mut dyn lib::FnMut(&[lib::Value<'_>])) {
                let Self { #(#names),* } = self;
                __with(&[#(#values),*]);
            }

            fn from_values(values: &lib::Texts<'_>) -> lib::Option<Self> {
                lib::Option::Some(Self { #(#read),* })
            }
        }

        ::kate_errors::__context!(#name);
    }
}

/// Returns the enums of `one_of` parameters.
fn choices(catalog: &Catalog) -> impl Iterator<Item = TokenStream> {
    let of_contexts = catalog.contexts.iter().flat_map(|context| &context.params);
    // An alias shares the types of the error it names.
    let rows = catalog.rows.iter().filter(|row| row.same_as.is_none());
    let params = of_contexts.chain(rows.flat_map(|row| &row.params));
    let open = open(catalog);
    params.filter_map(move |param| {
        let Choices { type_name, choices, .. } = param.choices()?;
        let name = identifier(type_name);
        let parameter = docs::code(&param.name);
        let docs = docs::text(&format!("One of the values of the parameter {parameter}."));
        let variants = choices.iter().map(|choice| {
            let variant = identifier(&choice.variant);
            let docs = docs::text(&format!("{}.", docs::code(&choice.text)));
            quote!(#docs #variant)
        });
        let texts = choices.iter().map(|choice| {
            let (variant, text) = (identifier(&choice.variant), &choice.text);
            quote!(#variant = #text)
        });
        Some(quote! {
            #docs
            #open
            pub enum #name { #(#variants,)* }
            ::kate_errors::__choices!(#name, [#(#texts),*]);
        })
    })
}
