//! The library, as generated tokens name it: `::kate_errors`, unless a dependency has renamed it.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::ParseStream;
use syn::{LitStr, Path, Result, parse_quote};

/// The path of the library.
pub(crate) struct Library(Path);

impl Library {
    /// Reads what stands behind `crate =`: a path, in quotes if you like, as serde has it. A single name is
    /// that of a dependency.
    pub(crate) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path = if input.peek(LitStr) {
            input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?
        } else {
            Path::parse_mod_style(input)?
        };
        let is_relative = path.get_ident().is_some_and(|name| name != "crate");
        Ok(Self(if is_relative { parse_quote!(::#path) } else { path }))
    }

    /// The path for tokens that stand at `span`. The compiler underlines what reaches from the first
    /// token to the last, so all of them stand in one place.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        let tokens = self.0.to_token_stream().into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        tokens.collect()
    }

    /// Whether the path begins in the module that it stands in.
    pub(crate) fn is_relative(&self) -> bool {
        let first = self.0.segments.first();
        self.0.leading_colon.is_none() && first.is_some_and(|first| first.ident != "crate")
    }
}

impl Default for Library {
    fn default() -> Self {
        Self(parse_quote!(::kate_errors))
    }
}
