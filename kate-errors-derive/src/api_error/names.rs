//! What the expansion calls what it names often. Each stands for a path that the user wrote once, so that
//! the compiler says once if it leads nowhere.

use proc_macro2::{Ident, Span};

/// The library. The compiler underlines what reaches from the first token of a path to the last, so all
/// of them stand in one place.
pub(super) fn library(span: Span) -> Ident {
    Ident::new("__kate_errors", span)
}

/// The enum of the catalog.
pub(super) fn catalog(span: Span) -> Ident {
    Ident::new("__Catalog", span)
}
