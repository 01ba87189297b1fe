//! The library, as generated tokens name it.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::{Path, parse_quote};

/// The path of the library: `::kate_errors`, unless a dependency has renamed it.
pub(super) struct Library(Path);

impl Library {
    pub(super) fn new(path: Option<Path>) -> Self {
        Self(path.unwrap_or_else(|| parse_quote!(::kate_errors)))
    }

    /// The path for tokens that stand at `span`. The compiler underlines what reaches from the first
    /// token to the last, so all of them stand in one place.
    pub(super) fn at(&self, span: Span) -> TokenStream {
        let tokens = self.0.to_token_stream().into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        tokens.collect()
    }
}
