//! Escapes untrusted text, so that it cannot control a terminal or a log viewer.
//!
//! All text from catalogs, arguments and file names is escaped here before it is printed.

use std::borrow::Cow;
use std::fmt::Write;

/// Escapes every invisible character, as `\n` or `\u{..}`. The result is on one line.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    escape(text, is_invisible)
}

/// Like [`visible`], but keeps line feeds and tabs.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escape(text, |character| is_invisible(character) && !matches!(character, '\n' | '\t'))
}

/// Quotes `text` as one word of a shell command that people can copy.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./@%+=:,".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", visible(text).replace('\'', r"'\''"))
}

/// Escapes every invisible character of a JSON text as `\uXXXX`, except line feeds.
///
/// The meaning does not change: in JSON, these characters can only be in strings.
pub(crate) fn visible_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        if is_invisible(character) && character != '\n' {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Whether a character moves the cursor, changes the text direction, breaks a line, or is invisible.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFFE}'
                | '\u{FFFF}'
        )
}

fn escape(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_escaped(character) {
            // Line breaks and tabs as in source code, others by number.
            match character {
                '\n' | '\r' | '\t' => shown.extend(character.escape_default()),
                _ => shown.extend(character.escape_unicode()),
            }
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_escaped() {
        let cases = [
            ("plain, täxt, 漢字 🦀", "plain, täxt, 漢字 🦀"),
            ("\x1b[31mred", "\\u{1b}[31mred"),
            ("a\u{9b}31m\u{7f}", "a\\u{9b}31m\\u{7f}"),
            ("a\r\n\tb", "a\\r\\n\\tb"),
            ("\u{202e}abc\u{2066}\u{2028}\u{2029}\u{feff}", {
                "\\u{202e}abc\\u{2066}\\u{2028}\\u{2029}\\u{feff}"
            }),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\n\tb\r\x1b"), "a\n\tb\\r\\u{1b}");
    }

    #[test]
    fn words_cannot_leave_their_quotes() {
        let cases = [
            ("src/errors.rs", "src/errors.rs"),
            ("", "''"),
            ("my file", "'my file'"),
            ("$(reboot)`;&", "'$(reboot)`;&'"),
            ("it's", r"'it'\''s'"),
            ("a\nb", "'a\\nb'"),
        ];
        for (text, word) in cases {
            assert_eq!(shell_word(text), word);
        }
    }

    #[test]
    fn json_stays_the_same_json() {
        let text = "\u{1b}\u{7f}\u{9b}\u{202e}\u{2028}\n\"\\ü";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = visible_json(&json);
        assert!(!shown.chars().any(|c| is_invisible(c) && c != '\n'), "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [text]);
    }
}
