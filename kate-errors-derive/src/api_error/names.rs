//! Names in the expansion for paths that the user wrote. Each path is imported once, so that the compiler
//! reports only once that it cannot be resolved.

use proc_macro2::{Ident, Span};

/// Returns the name of the library. The compiler underlines a path from its first to its last token, so all
/// tokens of a path have the same span.
pub(super) fn library(span: Span) -> Ident {
    Ident::new("__kate_errors", span)
}

/// Returns the name of the enum of the catalog.
pub(super) fn catalog(span: Span) -> Ident {
    Ident::new("__Catalog", span)
}
