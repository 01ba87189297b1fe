//! Untrusted text in messages.

use core::fmt::{self, Write};

/// The maximum number of characters that are shown.
const MAX_CHARACTERS: usize = 200;

/// Untrusted text for one line of a log. Control characters, line breaks, invisible characters and those that
/// change the direction of text are escaped; long text is truncated.
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
