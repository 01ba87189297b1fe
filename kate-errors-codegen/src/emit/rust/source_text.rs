//! Converts tokens to the text of a source file.

use std::mem;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

/// The maximum width of lines without the texts in them. Compilers show whole lines if they report something in
/// generated code.
const WIDTH: usize = 100;

/// Returns the text of items, in lines of readable length. It is not formatted: the command does that.
///
/// A line ends after an attribute, an item, and a row of a table, and texts have no influence on where other lines end.
/// So a changed message moves nothing behind it, and an incremental build compiles only what has changed.
#[must_use]
pub fn source_text(tokens: TokenStream) -> String {
    let mut text = Text::default();
    text.tokens(tokens);
    text.end_line();
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    /// The width of the current line without the texts in it.
    column: usize,
    /// Whether the last token and the next one are joined, like the two colons of a path.
    is_joint: bool,
}

impl Text {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut begins_attribute = false;
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    self.group(&group);
                    if mem::take(&mut begins_attribute) {
                        self.end_line();
                    }
                }
                TokenTree::Punct(punct) => {
                    begins_attribute = punct.as_char() == '#';
                    self.punct(&punct);
                }
                other => self.push(&other.to_string()),
            }
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => ("", ""),
        };
        self.push(open);
        self.tokens(group.stream());
        self.push(close);
    }

    fn punct(&mut self, punct: &Punct) {
        let character = punct.as_char();
        let ends_line = character == ';' || character == ',' && self.out.ends_with('}');
        self.push(character.encode_utf8(&mut [0; 4]));
        self.is_joint = punct.spacing() == Spacing::Joint;
        if ends_line {
            self.end_line();
        }
    }

    fn push(&mut self, token: &str) {
        // Any text has the width of one character.
        let width = if token.ends_with(['"', '#']) { 1 } else { token.len() };
        if self.is_joint || token.is_empty() {
            self.is_joint = false;
        } else if self.column + width > WIDTH {
            self.end_line();
        } else if self.column > 0 {
            self.out.push(' ');
            self.column += 1;
        }
        self.out.push_str(token);
        self.column += width;
    }

    fn end_line(&mut self) {
        if mem::take(&mut self.column) > 0 {
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn tokens_are_the_same_when_they_are_read_again() {
        let items = quote! {
            #[doc = " a"] pub fn f<'a>(x: &'a ::core::primitive::u64) -> impl Fn() -> bool + use<'a> {
                let y = -1i64; move || *x >= 2 && y <<= 3 != r#"a
        b"#
            }
        };
        let items: TokenStream = std::iter::repeat_n(items, 20).collect();
        let text = source_text(items.clone());
        assert_eq!(text.parse::<TokenStream>().unwrap().to_string(), items.to_string());
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
    }

    #[test]
    fn a_changed_text_moves_nothing_behind_it() {
        let lines = |text: &str| {
            let length = text.len();
            let row = quote!(Row { status: 404, section: 0, cuts: [11, 53, 55, 63] });
            let items = quote! {
                #[doc = #text] Gone, Found,
                [Row { text: #text, cuts: [11, #length] }, #row, #row, #row, #length];
                fn last() {}
            };
            source_text(items).lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let (short, long) = (lines("short"), lines(&"long ".repeat(30)));
        let differ = short.iter().zip(&long).filter(|(short, long)| short != long);
        assert_eq!((short.len(), differ.count()), (long.len(), 3), "{short:#?} {long:#?}");
        assert_eq!(short.last(), long.last());
    }
}
