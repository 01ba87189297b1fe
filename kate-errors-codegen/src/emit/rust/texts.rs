//! The texts of a table, one behind the other in one literal: an address of its own for each text would
//! make tables several times as large, and take the Rust compiler longer.

use proc_macro2::Literal;

/// Texts, one behind the other.
#[derive(Debug, Default)]
pub struct Texts {
    /// The texts.
    pub text: String,
    /// The same as the source of a literal, each text in a line of its own.
    source: String,
}

impl Texts {
    /// Adds a text. The place where it begins, in bytes.
    pub fn push(&mut self, text: &str) -> usize {
        let start = self.text.len();
        self.text.push_str(text);
        if !text.is_empty() {
            self.source.push_str("\\\n        ");
            write(text, &mut self.source);
        }
        start
    }

    /// The literal.
    pub(super) fn emit(&self) -> Literal {
        let source = format!("\"{}\\\n    \"", self.source);
        source.parse().unwrap_or_else(|_| Literal::string(&self.text))
    }
}

/// Writes a text as the inside of a literal, at the beginning of a line, where blanks would be skipped.
fn write(text: &str, source: &mut String) {
    for (index, character) in text.chars().enumerate() {
        match character {
            blank if index == 0 && blank.is_whitespace() => source.extend(blank.escape_unicode()),
            '"' | '\\' => source.extend(['\\', character]),
            ' '..='~' => source.push(character),
            _ => source.extend(character.escape_debug()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_is_the_texts() {
        let mut texts = Texts::default();
        let all = [
            " a",
            "\"b\\",
            "",
            "\u{A0}c\n",
            "'d'",
            "{e}",
            "\u{202E}\u{2028}\0\r",
            "\u{E9}\u{301}",
            "\\",
        ];
        let starts = all.map(|text| texts.push(text));
        for (start, text) in starts.into_iter().zip(all) {
            assert_eq!(&texts.text[start..start + text.len()], text);
        }
        let source = texts.emit().to_string();
        assert!(source.is_ascii() || source.contains('\u{E9}'), "{source}");
        let literal: syn::LitStr = syn::parse_str(&source).unwrap();
        assert_eq!(literal.value(), all.concat());
    }
}
