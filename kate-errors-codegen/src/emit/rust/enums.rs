//! The error enum, and an enum for each operation: their variants, and the conversion of fields to values and
//! back.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::fields::{self, Place};
use super::lists::{Lists, Of};
use super::{EmitOptions, Names, docs, identifier, open};
use crate::catalog::{Catalog, FieldType, Operation, Row};
use crate::lower::MAX_ERROR;

/// Returns the enum of all errors.
pub(super) fn error(
    catalog: &Catalog,
    names: &Names,
    options: &EmitOptions,
    lists: &mut Lists<'_>,
) -> TokenStream {
    let Names { error, code, module } = names;
    let (attributes, visibility) = (&options.attributes, &options.visibility);
    let docs = docs::text(&format!("An error of the {} API.", catalog.name));
    let docs = if has_attribute(attributes, "doc") { TokenStream::new() } else { docs };
    let open = open(catalog).filter(|_| !has_attribute(attributes, "non_exhaustive"));
    let item = item(catalog, names, (visibility, error), &mut catalog.rows.iter(), lists);
    let mut codes = catalog.rows.iter().map(|row| {
        let variant = identifier(&row.variant);
        quote!(Self::#variant { .. } => Code::#variant,)
    });
    let codes = lists.list(Of::Arms, 3, &mut codes);
    let with_values = with_values(catalog, names);
    let from_values = from_values(catalog, names, lists);
    let size = size_check(catalog, names);
    quote! {
        #docs
        #attributes
        #open
        #item

        #[allow(
            unused_qualifications,
            unused_variables,
            clippy::match_wildcard_for_single_variants,
            clippy::too_many_lines
        )]
        impl ::kate_errors::CatalogError for #error {
            type Code = #module::#code;

            fn code(&self) -> #module::#code {
                type Code = #module::#code;
                match self { #codes }
            }

            fn __with_values(
                &self,
                __with: &mut ::kate_errors::__private::With<'_>,
            ) {
                #with_values
            }

            #[inline]
            fn __from_values(
                code: #module::#code,
                own: &::kate_errors::__private::Texts<'_>,
                context: ::kate_errors::__private::Option<&::kate_errors::__private::Texts<'_>>,
            ) -> ::kate_errors::__private::Option<Self> {
                type Code = #module::#code;
                #from_values
            }
        }

        ::kate_errors::__error!(#error, #module::#code, #module::Section);
        #size
    }
}

fn has_attribute(attributes: &TokenStream, called: &str) -> bool {
    attributes.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.stream().into_iter().next().is_some_and(|name| name.to_string() == called)
        }
        _ => false,
    })
}

/// Verifies the size of the enum, since a user's own types may be larger than assumed when fields were boxed.
fn size_check(catalog: &Catalog, names: &Names) -> Option<TokenStream> {
    let is_custom =
        |row: &Row| catalog.params(row).any(|param| matches!(param.field, FieldType::Custom(_)));
    catalog.rows.iter().any(is_custom).then(|| {
        let (error, max) = (&names.error, MAX_ERROR);
        let message = format!(
            "`{error}` is larger than {MAX_ERROR} bytes, at which clippy warns of every function that returns it: put \
             the large ones of the types under `rust` into a box"
        );
        quote! {
            const _: () = ::core::assert!(::core::mem::size_of::<#error>() <= #max, #message);
        }
    })
}

/// Returns the enum of an operation: the errors it can respond with.
pub(super) fn operation(
    catalog: &Catalog,
    names: &Names,
    options: &EmitOptions,
    operation: &Operation,
    lists: &mut Lists<'_>,
) -> TokenStream {
    let Names { error, code, module } = names;
    let (name, visibility) = (&identifier(&operation.type_name), &options.visibility);
    let mut text = vec![format!(
        "An error of the operation {}: {}.",
        docs::code(&operation.name),
        docs::code(&operation.route())
    )];
    text.extend(operation.summary.iter().flat_map(|it| [String::new(), docs::escape(it)]));
    let (docs, called) = (docs::lines(text), &operation.name);
    let mut rows = operation.rows.iter().map(|row| &catalog.rows[*row]);
    let variants = rows.clone().map(whole);
    let item = item(catalog, names, (visibility, name), &mut rows, lists);
    let open = open(catalog);
    quote! {
        #docs
        #open
        #item
        ::kate_errors::__operation!(
            #name, #error, #module::#code, #module::Section, #called, [#(#variants),*]
        );
    }
}

/// Returns a variant with the names of all its fields.
fn whole(row: &Row) -> TokenStream {
    let variant = identifier(&row.variant);
    let mut fields: Vec<Ident> = row.params.iter().map(|param| identifier(&param.name)).collect();
    fields.extend(row.context.map(|_| identifier("context")));
    // Only the skeleton of a broken catalog has operations with retired errors.
    fields.extend(row.retired.as_ref().map(|_| identifier("retired")));
    if fields.is_empty() { quote!(#variant) } else { quote!(#variant { #(#fields),* }) }
}

/// Returns an enum of some errors of a catalog. Clippy must not judge texts and codes: for example, all codes
/// may end in `Exception`.
fn item(
    catalog: &Catalog,
    names: &Names,
    (visibility, name): (&TokenStream, &Ident),
    rows: &mut dyn Iterator<Item = &Row>,
    lists: &mut Lists<'_>,
) -> TokenStream {
    let variants = lists.list(Of::Variants, 1, &mut rows.map(|row| variant(catalog, names, row)));
    quote! {
        #[derive(::kate_errors::__private::Clone)]
        #[allow(
            dead_code, unreachable_pub, unused_qualifications, clippy::doc_markdown, clippy::enum_variant_names
        )]
        #visibility enum #name {
            #variants
        }
    }
}

fn variant(catalog: &Catalog, Names { module, .. }: &Names, row: &Row) -> TokenStream {
    let (docs, name) = (docs::row(catalog, row), identifier(&row.variant));
    let place = Place::outside(module);
    let mut fields = fields::fields(&row.params, &TokenStream::new(), &place);
    if let Some(context) = row.context {
        let context = identifier(&catalog.contexts[context].type_name);
        let docs = docs::text("The context, if the response has one.");
        let ty = quote!(::kate_errors::__private::Option<#module::#context>);
        fields.push(quote!(#docs context: #ty));
    }
    if row.retired.is_some() {
        let docs = docs::text("Only reading an old response gives it.");
        fields.push(quote!(#docs retired: ::kate_errors::Retired));
    }
    if fields.is_empty() { quote!(#docs #name) } else { quote!(#docs #name { #(#fields,)* }) }
}

/// Returns one arm for each signature, that is, for all errors whose fields have the same names and types, so
/// that the compiler's work does not grow with the number of errors.
fn with_values(catalog: &Catalog, names: &Names) -> TokenStream {
    let mut signatures: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in catalog.rows.iter().filter(|row| has_values(row)) {
        let params = row.params.iter().map(|param| (&param.name, &param.field, param.optional));
        let signature = format!("{:?} {:?}", params.collect::<Vec<_>>(), row.context);
        signatures.entry(signature).or_default().push(row);
    }
    let place = Place::outside(&names.module);
    let arms = signatures.values().map(|rows| signature_arm(rows, &place));
    let none = quote!(__with(::kate_errors::__private::Values::NONE));
    if signatures.is_empty() {
        return none;
    }
    let mut plain = catalog.rows.iter().filter(|row| !has_values(row));
    let rest = match (plain.next(), plain.next()) {
        (None, _) => TokenStream::new(),
        (Some(row), None) => {
            let variant = identifier(&row.variant);
            let rest = row.retired.is_some().then(|| quote!({ .. }));
            quote!(Self::#variant #rest => #none,)
        }
        _ => quote!(_ => #none,),
    };
    quote!(match self { #(#arms)* #rest })
}

/// Returns the body of the function that makes an error from its code and values. Most errors have no values,
/// and a function that reads none is fast, so the others are in a function of their own.
fn from_values(catalog: &Catalog, names: &Names, lists: &mut Lists<'_>) -> TokenStream {
    let (own, place) = (quote!(own), Place::outside(&names.module));
    let (error, lib) = (&names.error, &place.lib);
    let arm = |row: &Row| {
        let variant = identifier(&row.variant);
        let mut fields: Vec<TokenStream> = fields::read(&row.params, &own, &place).collect();
        fields.extend(row.context.map(|_| quote!(context: #lib::read_context(context)?)));
        fields.extend(row.retired.as_ref().map(|_| quote!(retired: #lib::retired())));
        let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
        quote!(Code::#variant => #error::#variant #fields,)
    };
    let has_fields = |row: &&Row| has_values(row) || row.retired.is_some();
    let count = catalog.rows.iter().filter(has_fields).count();
    if count == 0 || count == catalog.rows.len() {
        let arms = lists.list(Of::Arms, 4, &mut catalog.rows.iter().map(arm));
        return quote!(#lib::Option::Some(match code { #arms }));
    }
    // Lists must be made in the order in which they occur in the text.
    let mut others = catalog.rows.iter().filter(has_fields).map(arm);
    let others = lists.list(Of::Arms, 5, &mut others);
    let mut plain = catalog.rows.iter().filter(|row| !has_fields(row)).map(arm);
    let plain = lists.list(Of::Arms, 4, &mut plain);
    quote! {
        #[inline(never)]
        fn with_fields(
            code: Code,
            own: &#lib::Texts<'_>,
            context: #lib::Option<&#lib::Texts<'_>>,
        ) -> #lib::Option<#error> {
            #lib::Option::Some(match code { #others _ => return #lib::Option::None })
        }
        #lib::Option::Some(match code { #plain _ => return with_fields(code, own, context) })
    }
}

fn has_values(row: &Row) -> bool {
    !row.params.is_empty() || row.context.is_some()
}

fn signature_arm(rows: &[&Row], place: &Place) -> TokenStream {
    let Some(first) = rows.first() else { return TokenStream::new() };
    let names: Vec<_> = first.params.iter().map(|param| identifier(&param.name)).collect();
    let bound = first.context.map(|_| quote!(context,));
    let patterns = rows.iter().map(|row| {
        let variant = identifier(&row.variant);
        let rest = row.retired.is_some().then(|| quote!(..));
        quote!(Self::#variant { #(#names,)* #bound #rest })
    });
    let own = first.params.iter().map(|param| fields::value(param, place));
    let lib = &place.lib;
    let call = if first.context.is_some() {
        quote!(#lib::with_context(&[#(#own),*], context.as_ref(), __with))
    } else {
        quote!(__with(#lib::Values::own(&[#(#own),*])))
    };
    quote!(#(#patterns)|* => { #call; })
}
