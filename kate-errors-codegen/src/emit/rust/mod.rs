//! The Rust emitter: the error enum of a catalog, its other types, and the table that they read.
//!
//! The generated items for `catalog: Kate` are:
//!
//! - in a module `kate_catalog`, re-exported: `Status`, `Section`, `KateErrorCode`, a struct for each context,
//!   an enum for each `one_of`, and the static table of all errors;
//! - next to the module: `KateError`, an enum for each operation, and their trait impls.
//!
//! All paths begin with `::kate_errors`, so nothing in a user's scope can change what the code means. Code that
//! is the same for every catalog is in the macros of the library; the generated code only contains variants,
//! fields and texts. Only this folder uses the crate `quote`.

mod beside;
mod docs;
mod enums;
mod envelope;
mod fields;
mod library;
mod lists;
mod numbered;
mod source_text;
mod table;

use std::fmt::Debug;

pub use library::library_path;
use lists::Lists;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
pub use source_text::source_text;

use crate::catalog::Catalog;
use crate::names;

/// What a user has written around the error enum, as in `#[catalog("errors.yaml")] pub enum BillingError {}`.
#[derive(Clone, Debug)]
pub struct EmitOptions {
    /// The attributes of the enum, including its documentation.
    pub attributes: TokenStream,
    /// The visibility of all items.
    pub visibility: TokenStream,
    /// The path of the library if it is not `::kate_errors`, because the dependency has another name.
    pub library: Option<TokenStream>,
    /// Whether a procedural macro emits the items. If so, they may also be inside a function.
    pub in_macro: bool,
}

impl Default for EmitOptions {
    /// Returns the options for a public enum without attributes.
    fn default() -> Self {
        Self {
            attributes: TokenStream::new(),
            visibility: quote!(pub),
            library: None,
            in_macro: false,
        }
    }
}

/// Generates the Rust items of a catalog.
#[must_use]
pub fn emit(catalog: &Catalog, options: &EmitOptions) -> TokenStream {
    let items = items(catalog, options, &mut Lists::default());
    match &options.library {
        Some(path) => library::renamed(items, path),
        None => items,
    }
}

/// Returns the text of what [`emit`] generates without options, formatted by `format`. Long lists are formatted
/// in chunks, so that a large catalog needs little memory; the text is the same.
///
/// # Errors
///
/// Returns the first error of `format`.
///
/// ```
/// use kate_errors_codegen::compile;
/// use kate_errors_codegen::emit::rust::{source_text, text};
///
/// let catalog = compile("errors.yaml", b"").skeleton("Jobs");
/// let text = text(&catalog, |items| Ok::<_, String>(source_text(items))).unwrap();
/// assert!(text.contains("pub enum JobsError"));
/// ```
pub fn text<E>(
    catalog: &Catalog,
    mut format: impl FnMut(TokenStream) -> Result<String, E>,
) -> Result<String, E> {
    let mut failure = None;
    let mut format = |items| {
        let text = format(items).map_err(|reason| failure.get_or_insert(reason));
        text.unwrap_or_default()
    };
    let mut lists = Lists::formatted_by(&mut format);
    let items = items(catalog, &EmitOptions::default(), &mut lists);
    let text = lists.text(items);
    failure.map_or(Ok(text), Err)
}

fn items(catalog: &Catalog, options: &EmitOptions, lists: &mut Lists<'_>) -> TokenStream {
    let names = &Names::new(catalog);
    let (beside, table) = (beside::emit(catalog, names, lists), table::emit(catalog, lists));
    let mut items = module(names, options, &quote!(#beside #table));
    items.extend(outside(catalog, names, options, lists));
    items
}

/// Returns the module of a catalog.
fn module(names: &Names, options: &EmitOptions, items: &TokenStream) -> TokenStream {
    let (visibility, module) = (&options.visibility, &names.module);
    let docs = docs::text(&format!("What belongs to `{}`.", names.error));
    quote! {
        #docs
        #[doc(hidden)]
        #[allow(
            dead_code, unreachable_pub, unused_qualifications, clippy::doc_markdown, clippy::enum_variant_names,
            clippy::unreadable_literal
        )]
        #visibility mod #module {
            use ::kate_errors::__private as lib;

            #items
        }
    }
}

/// Returns the items next to the module.
fn outside(
    catalog: &Catalog,
    names: &Names,
    options: &EmitOptions,
    lists: &mut Lists<'_>,
) -> TokenStream {
    let visibility = &options.visibility;
    let imported = imported(&names.module, options);
    let error = enums::error(catalog, names, options, lists);
    let operations = catalog.operations.iter();
    let operations = operations.map(|it| enums::operation(catalog, names, options, it, lists));
    quote! {
        #[doc(inline)]
        #[allow(unreachable_pub, unused_imports)]
        #visibility use #imported::*;

        #error
        #(#operations)*
    }
}

/// Returns the path of the module for imports. Inside a function, `self` is the module around it, so a macro
/// needs a plain name. That needs edition 2018 or later, which a macro gets from the span of its own tokens.
fn imported(module: &Ident, options: &EmitOptions) -> TokenStream {
    if options.in_macro {
        let module = Ident::new(&module.to_string(), Span::mixed_site());
        quote!(#module)
    } else {
        quote!(self::#module)
    }
}

/// The identifiers that the parts of the generated code share.
struct Names {
    /// `KateError`.
    error: Ident,
    /// `KateErrorCode`.
    code: Ident,
    /// `kate_catalog`.
    module: Ident,
}

impl Names {
    fn new(catalog: &Catalog) -> Self {
        Self {
            error: identifier(&catalog.enum_name()),
            code: format_ident!("{}Code", catalog.enum_name()),
            module: format_ident!("{}_catalog", names::snake_case(&catalog.name)),
        }
    }
}

/// Returns the attribute of enums that may grow with the catalog.
fn open(catalog: &Catalog) -> Option<TokenStream> {
    catalog.non_exhaustive.then(|| quote!(#[non_exhaustive]))
}

fn identifier(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns the name of an enum value's variant: its derived `Debug` output up to the fields.
fn variant_of(value: impl Debug) -> Ident {
    let text = format!("{value:?}");
    identifier(text.split('(').next().unwrap_or_default())
}
