//! Long lists: of variants, of arms of a match, of entries of the table.
//!
//! A syntax tree of all the errors of a large catalog takes twenty times as much memory as their text. So whoever formats
//! the items gets a long list piece by piece, and each piece is text before the tokens of the next one are made.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// So many elements are formatted at once, and no list that has fewer is in pieces.
const PIECE: usize = 256;

/// What the elements of a list are.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Expressions,
    Variants,
    /// Arms, each with its comma.
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

    /// An element that stands on a line of its own.
    fn marker(self, name: &Ident) -> TokenStream {
        match self {
            Self::Arms => quote!(#name => {}),
            Self::Expressions | Self::Variants => quote!(#name),
        }
    }

    /// An item whose elements stand on lines that are indented `depth` times.
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

/// What becomes of long lists: tokens, as all else does, or texts.
#[derive(Default)]
pub(super) struct Lists<'f> {
    format: Option<&'f mut dyn FnMut(TokenStream) -> String>,
    /// Those that are texts, and the elements that stand for them.
    texts: Vec<(Ident, String)>,
}

impl<'f> Lists<'f> {
    pub(super) fn formatted_by(format: &'f mut dyn FnMut(TokenStream) -> String) -> Self {
        Self { format: Some(format), texts: Vec::new() }
    }

    /// The tokens of a list, whose elements are indented `depth` times.
    pub(super) fn list(
        &mut self,
        of: Of,
        depth: usize,
        elements: &mut dyn Iterator<Item = TokenStream>,
    ) -> TokenStream {
        let Some(format) = &mut self.format else {
            return of.joined(&elements.collect::<Vec<_>>());
        };
        // Too long for a line with anything else.
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

    /// The text of items with the lists that are texts.
    pub(super) fn text(self, items: TokenStream) -> String {
        let formatted = self.format.map(|format| format(items)).unwrap_or_default();
        let mut text = String::new();
        let mut rest = &*formatted;
        // They were made in the order in which they stand in the text.
        for (name, list) in self.texts {
            let (before, behind) = parted(rest, &name);
            text.extend([before, &list]);
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// What stands before the line of a marker, and behind it.
fn parted<'t>(text: &'t str, marker: &Ident) -> (&'t str, &'t str) {
    let at = text.rfind(&marker.to_string()).unwrap_or(text.len());
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    (&text[..start], &text[end..])
}
