//! Converts tokens to the text of a source file.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The maximum width of lines. Compilers show whole lines if they report something in generated code.
const WIDTH: usize = 100;

/// Returns the text of items, in lines of readable length. It is not formatted: the command does that.
#[must_use]
pub fn source_text(tokens: TokenStream) -> String {
    let mut text = Text::default();
    text.tokens(tokens);
    text.out.push('\n');
    text.out
}

#[derive(Default)]
struct Text {
    out: String,
    column: usize,
    /// Whether the last token and the next one are joined, like the two colons of a path.
    is_joint: bool,
}

impl Text {
    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
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
                TokenTree::Punct(punct) => {
                    self.push(punct.as_char().encode_utf8(&mut [0; 4]));
                    self.is_joint = punct.spacing() == Spacing::Joint;
                }
                other => self.push(&other.to_string()),
            }
        }
    }

    fn push(&mut self, token: &str) {
        if self.is_joint || token.is_empty() {
            self.is_joint = false;
        } else if self.column + token.len() > WIDTH {
            self.out.push('\n');
            self.column = 0;
        } else if self.column > 0 {
            self.out.push(' ');
            self.column += 1;
        }
        self.out.push_str(token);
        self.column = match token.rsplit_once('\n') {
            Some((_, last)) => last.len(),
            None => self.column + token.len(),
        };
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
}
