//! Rust: the error enum of a catalog, the types beside it, and the table they read.
//!
//! What is made, for `catalog: Kate`:
//!
//! - in a module `kate_catalog`, re-exported: `Status`, `Section`, `KateErrorCode`, a struct for each
//!   context, an enum for each `one_of`, and the static table of all errors;
//! - beside it `KateError`, an enum for each operation, and their trait impls.
//!
//! All paths begin with `::kate_errors`, so nothing that a user has in scope can change what the code means. What is the
//! same for every catalog is written once, in the macros of the library; the code here holds variants, fields and
//! texts. This folder alone names the crate `quote`.

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

/// What a user has written around the error enum: `#[catalog("errors.yaml")] pub enum BillingError {}`.
#[derive(Clone, Debug)]
pub struct EmitOptions {
    /// The attributes of the enum, documentation included.
    pub attributes: TokenStream,
    /// The visibility of everything.
    pub visibility: TokenStream,
    /// The path of the library where it is not `::kate_errors`, because a dependency has another name.
    pub library: Option<TokenStream>,
    /// Whether a procedural macro emits the items: then they may stand inside of a function too.
    pub in_macro: bool,
}

impl Default for EmitOptions {
    /// A public enum without attributes.
    fn default() -> Self {
        Self {
            attributes: TokenStream::new(),
            visibility: quote!(pub),
            library: None,
            in_macro: false,
        }
    }
}

/// The Rust items of a catalog.
#[must_use]
pub fn emit(catalog: &Catalog, options: &EmitOptions) -> TokenStream {
    let items = items(catalog, options, &mut Lists::default());
    match &options.library {
        Some(path) => library::renamed(items, path),
        None => items,
    }
}

/// The text of what [`emit`] gives without options, by a function that formats items. Long lists are formatted piece by piece:
/// so a large catalog needs little memory, and the text is the same.
///
/// # Errors
///
/// The first failure of the function.
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

/// The module of a catalog.
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

/// What stands beside the module.
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

/// The path of the module, as an import names it. In a function `self` is not the function. A plain name there is what
/// only editions since 2018 understand, which a macro can ask for by where its tokens say that they are from.
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

/// The attribute of each enum that may grow with the catalog.
fn open(catalog: &Catalog) -> Option<TokenStream> {
    catalog.non_exhaustive.then(|| quote!(#[non_exhaustive]))
}

fn identifier(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The variant of a value, as a derived `Debug` spells it: what stands before its fields.
fn variant_of(value: impl Debug) -> Ident {
    let text = format!("{value:?}");
    identifier(text.split('(').next().unwrap_or_default())
}
