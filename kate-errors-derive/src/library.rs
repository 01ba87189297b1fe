//! The path of the library in generated tokens: `::kate_errors`, unless a dependency has another name.

use syn::parse::ParseStream;
use syn::{LitStr, Path, Result, Token, parse_quote};

/// The path of the library.
pub(crate) struct Library(Path);

impl Library {
    /// Parses the path after `crate =`, with or without quotes, as in serde. A single name is that of a
    /// dependency.
    pub(crate) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut path = if input.peek(LitStr) {
            input.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?
        } else {
            Path::parse_mod_style(input)?
        };
        if let Some(name) = path.get_ident().filter(|name| *name != "crate") {
            path.leading_colon = Some(Token![::](name.span()));
        }
        Ok(Self(path))
    }

    /// Returns the path, for tokens in any place.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Whether the path is relative to the module in which it is used.
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
