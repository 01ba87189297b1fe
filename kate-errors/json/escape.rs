//! Writing strings (RFC 8259, section 7).

use core::fmt;

/// Escapes what is written to it, as the inside of a JSON string.
pub(crate) struct Escaped<'w, W>(pub(crate) &'w mut W);

impl<W: fmt::Write> fmt::Write for Escaped<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
            return self.0.write_str(text);
        }
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0x08 => "\\b",
                0x0C => "\\f",
                0x00..0x20 => "",
                _ => continue,
            };
            self.0.write_str(&text[plain..at])?;
            plain = at + 1;
            if escape.is_empty() {
                write!(self.0, "\\u{byte:04x}")?;
            } else {
                self.0.write_str(escape)?;
            }
        }
        self.0.write_str(&text[plain..])
    }
}

/// Whether a byte stands for itself. Looking at all bytes of a text without stopping at the first that
/// does not is what the processor does many at a time.
#[allow(clippy::needless_bitwise_bool, reason = "a branch would stop at each byte")]
fn is_plain(byte: u8) -> bool {
    byte >= 0x20 && byte != b'"' && byte != b'\\'
}

/// Whether `escaped` is `text` as a body of ours has it, quotes and backslashes escaped.
pub(crate) fn escaped_is(escaped: &[u8], text: &str) -> bool {
    let mut rest = escaped;
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            let Some(next) = rest.strip_prefix(b"\\") else { return false };
            rest = next;
        }
        match rest.split_first() {
            Some((first, next)) if *first == byte => rest = next,
            _ => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text() {
        assert!(escaped_is(br#"a \"b\" \\ c"#, r#"a "b" \ c"#));
        assert!(!escaped_is(br#"a "b""#, r#"a "b""#));
        assert!(!escaped_is(b"ab", "a"));
        assert!(!escaped_is(b"a", "ab"));
    }
}
