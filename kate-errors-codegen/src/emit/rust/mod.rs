//! Rust: the error enum of a catalog, the types beside it, and the table they read.
//!
//! What is made, for `catalog: Kate`:
//!
//! - in a module `kate_catalog`, re-exported: `Status`, `Section`, `KateErrorCode`, a struct for each
//!   context, an enum for each `one_of`, and the static table of all rows;
//! - beside it `KateError`, an enum for each operation, and their trait impls.
//!
//! All paths are rooted (`::core::…`, `::kate_errors::…`), so nothing that a user has in scope can
//! change what the code means. What the types do is written once, in the library; the code here only
//! connects it to variants and fields. This folder alone names the crate `quote`.

mod choices;
mod codes;
#[doc(hidden)]
pub mod constants;
mod contexts;
mod docs;
mod errors;
mod impls;
mod library;
mod operations;
mod params;
#[doc(hidden)]
pub mod perfect_hash;
#[doc(hidden)]
pub mod rows;
mod sections;
mod statuses;
#[doc(hidden)]
pub mod table;
#[doc(hidden)]
pub mod texts;
#[doc(hidden)]
pub mod trie;

pub use library::library_path;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::catalog::Catalog;
use crate::names;

/// What a user has written around the error enum: `#[catalog("errors.yaml")] pub enum BillingError {}`.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The attributes of the enum, documentation included.
    pub attributes: TokenStream,
    /// The visibility of everything.
    pub visibility: TokenStream,
    /// The path of the library where it is not `::kate_errors`, because a dependency has another name.
    pub library: Option<TokenStream>,
}

impl Default for Shell {
    /// A public enum without attributes.
    fn default() -> Self {
        Self { attributes: TokenStream::new(), visibility: quote!(pub), library: None }
    }
}

/// The Rust items of a catalog.
#[must_use]
pub fn emit(catalog: &Catalog, shell: &Shell) -> TokenStream {
    let items = items(catalog, shell);
    match &shell.library {
        Some(path) => library::renamed(items, path),
        None => items,
    }
}

fn items(catalog: &Catalog, shell: &Shell) -> TokenStream {
    let names = &Names::new(catalog);
    let visibility = &shell.visibility;
    let module = &names.module;
    let statuses = statuses::emit(catalog);
    let sections = sections::emit(catalog, names);
    let seed = sections::seed(names, shell);
    let codes = codes::emit(catalog, names);
    let contexts = contexts::emit(catalog);
    let choices = choices::emit(catalog);
    let table = table::emit(catalog, names);
    let errors = errors::emit(catalog, names, shell);
    let operations = operations::emit(catalog, names, shell);
    let docs = docs::text(&format!("What stands beside `{}`.", names.error));
    quote! {
        #docs
        #[doc(hidden)]
        #[allow(dead_code, unreachable_pub)]
        #visibility mod #module {
            #statuses
            #sections
            #codes
            #contexts
            #choices
            #table
        }
        #[doc(inline)]
        #[allow(unreachable_pub, unused_imports)]
        #visibility use #module::*;
        #errors
        #seed
        #operations
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

fn identifier(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The identifiers of names that a catalog has checked.
fn identifiers<'n>(names: impl IntoIterator<Item = &'n String>) -> Vec<Ident> {
    names.into_iter().map(|name| identifier(name)).collect()
}
