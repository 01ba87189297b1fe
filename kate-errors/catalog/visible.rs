//! Untrusted text in messages.

use core::fmt::{self, Write};

/// How many characters of a text are shown.
const MAX_CHARACTERS: usize = 200;

/// Text for one line of a log: control characters, line breaks, and characters that are not seen or that
/// turn the direction of writing are escaped; what is long is cut.
pub(crate) struct Visible<'t>(pub(crate) &'t str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(MAX_CHARACTERS) {
            match character {
                '"' | '\'' => f.write_char(character)?,
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        if characters.next().is_some() { f.write_char('…') } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn nothing_turns_or_breaks_the_line() {
        let shown = Visible("é \"a'\n\u{1B}[31m\u{9B}\u{202E}\u{2028}\u{200F}\u{2066}").to_string();
        assert_eq!(shown, "é \"a'\\n\\u{1b}[31m\\u{9b}\\u{202e}\\u{2028}\\u{200f}\\u{2066}");
        assert_eq!(Visible(&"a".repeat(300)).to_string().chars().count(), 201);
    }
}
