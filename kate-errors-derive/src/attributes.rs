//! Decides which attributes of the user's enum are kept.

use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Path, Token, parse_quote};

/// The traits that every generated enum implements, by the last segment of their paths in a derive.
const PROVIDED: &[&str] =
    &["Clone", "Debug", "Deserialize", "Display", "Eq", "Error", "Hash", "PartialEq", "Serialize"];

/// Returns the attributes without derives of provided traits.
pub(crate) fn keep(attributes: &[Attribute]) -> proc_macro2::TokenStream {
    let kept = attributes.iter().filter_map(|attribute| {
        if !attribute.path().is_ident("derive") {
            return Some(attribute.clone());
        }
        keep_derives(attribute)
    });
    quote!(#(#kept)*)
}

fn keep_derives(attribute: &Attribute) -> Option<Attribute> {
    let Meta::List(_) = &attribute.meta else { return Some(attribute.clone()) };
    let parse = Punctuated::<Path, Token![,]>::parse_terminated;
    // Arguments that cannot be parsed are left for the compiler to report.
    let Ok(paths) = attribute.parse_args_with(parse) else { return Some(attribute.clone()) };
    let kept: Vec<Path> = paths.into_iter().filter(|path| !is_provided(path)).collect();
    (!kept.is_empty()).then(|| parse_quote!(#[derive(#(#kept),*)]))
}

fn is_provided(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| PROVIDED.iter().any(|name| last.ident == name))
}
