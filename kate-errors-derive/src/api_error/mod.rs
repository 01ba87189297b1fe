//! `#[derive(ApiError)]`: which error of a catalog each error of a server answers with.
//!
//! ```text
//! tokens ─ attribute, arguments ─► item ─► arm, bounds ─► expand
//!          (what the user wrote)   (checked) (one for each variant)
//! ```
//!
//! A derive does not see the catalog: a build script or another crate has compiled it. So a row becomes
//! the path of its variant, in the place where the user wrote it, and what is wrong with the row or with
//! its parameters is for the compiler to say. What can be wrong without a catalog is said here.

mod arguments;
mod arm;
mod attribute;
mod attributes;
mod bounds;
mod expand;
mod field;
mod item;
mod mistakes;
mod names;
mod variant;

use proc_macro2::TokenStream;
use quote::quote;

use item::Item;
use mistakes::Mistakes;

/// Expands the derive.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut mistakes = Mistakes::default();
    let item = Item::read(&input, &mut mistakes);
    let mistakes = mistakes.into_compile_errors();
    // The impl is there all the same, so that one mistake is one error.
    let expansion = item.map(|item| expand::expand(&item));
    quote!(#mistakes #expansion)
}
