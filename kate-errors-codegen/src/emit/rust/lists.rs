//! Long lists: of variants, match arms, or table entries.
//!
//! A syntax tree of all errors of a large catalog takes twenty times as much memory as its text. So a formatter
//! gets long lists in chunks, and each chunk becomes text before the tokens of the next one are generated.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The number of elements in a chunk. Shorter lists are not split.
const PIECE: usize = 256;

/// The kind of elements of a list.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Expressions,
    Variants,
    /// Match arms, each with its comma.
    Arms,
}

impl Of {
    fn joined(self, elements: &[TokenStream]) -> TokenStream {
        match self {
            Self::Expressions => quote!(#(#elements),*),
            Self::Variants => quote!(#(#elements,)*),
            Self::Arms => quote!(#(#elements)*),
        }
    }

    /// Returns a placeholder element for `name`, which is formatted on a line of its own.
    fn marker(self, name: &Ident) -> TokenStream {
        match self {
            Self::Arms => quote!(#name => {}),
            Self::Expressions | Self::Variants => quote!(#name),
        }
    }

    /// Returns an item that contains the elements at an indentation of `depth`.
    fn item(self, elements: &[TokenStream], depth: usize) -> TokenStream {
        let elements = self.joined(elements);
        let item = match self {
            Self::Expressions => quote!(const LIST: List = [#elements];),
            Self::Variants => quote!(enum List { #elements }),
            Self::Arms => quote!(const LIST: List = match list { #elements };),
        };
        (1..depth).fold(item, |item, _| quote!(mod list { #item }))
    }
}

/// Collects long lists, as tokens or as formatted text.
#[derive(Default)]
pub(super) struct Lists<'f> {
    format: Option<&'f mut dyn FnMut(TokenStream) -> String>,
    /// The lists that were formatted to text, each with the name of its marker.
    texts: Vec<(Ident, String)>,
}

impl<'f> Lists<'f> {
    pub(super) fn formatted_by(format: &'f mut dyn FnMut(TokenStream) -> String) -> Self {
        Self { format: Some(format), texts: Vec::new() }
    }

    /// Returns the tokens of a list whose elements have an indentation of `depth`, or those of a marker for it.
    pub(super) fn list(
        &mut self,
        of: Of,
        depth: usize,
        elements: &mut dyn Iterator<Item = TokenStream>,
    ) -> TokenStream {
        let Some(format) = &mut self.format else {
            return of.joined(&elements.collect::<Vec<_>>());
        };
        // Long enough to be formatted on a line of its own.
        let name = format_ident!("list_{:_<99}", self.texts.len());
        let mut text = String::new();
        loop {
            let mut piece: Vec<TokenStream> = elements.take(PIECE).collect();
            if text.is_empty() && piece.len() < PIECE {
                return of.joined(&piece);
            }
            if piece.is_empty() {
                break;
            }
            piece.push(of.marker(&name));
            let formatted = format(of.item(&piece, depth));
            let (inside, _) = parted(&formatted, &name);
            let start = inside.match_indices('\n').nth(depth - 1).map_or(0, |(at, _)| at + 1);
            text.push_str(&inside[start..]);
        }
        self.texts.push((name.clone(), text));
        of.marker(&name)
    }

    /// Formats the items, and replaces the markers with the texts of their lists.
    pub(super) fn text(self, items: TokenStream) -> String {
        let formatted = self.format.map(|format| format(items)).unwrap_or_default();
        let mut text = String::new();
        let mut rest = &*formatted;
        // The lists were made in the order in which they occur in the text.
        for (name, list) in self.texts {
            let (before, behind) = parted(rest, &name);
            text.extend([before, &list]);
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// Splits the text around the line of a marker.
fn parted<'t>(text: &'t str, marker: &Ident) -> (&'t str, &'t str) {
    let at = text.rfind(&marker.to_string()).unwrap_or(text.len());
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    (&text[..start], &text[end..])
}
