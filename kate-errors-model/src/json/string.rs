//! Reading and writing strings (RFC 8259, section 7).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::any;

/// The inside of a string whose spelling has been checked.
#[derive(Clone, Copy, Debug)]
pub struct Str<'t> {
    /// What stands between the quotes.
    pub inside: &'t str,
    /// Whether a backslash is among it.
    pub has_escapes: bool,
}

/// An escaped half of a surrogate pair without the other half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoneSurrogate;

impl<'t> Str<'t> {
    /// The text, borrowed where nothing is escaped.
    ///
    /// # Errors
    ///
    /// If half of a surrogate pair stands in it.
    pub fn text(self) -> Result<Cow<'t, str>, LoneSurrogate> {
        if !self.has_escapes {
            return Ok(Cow::Borrowed(self.inside));
        }
        let text: Result<String, LoneSurrogate> = Characters { rest: self.inside }.collect();
        text.map(Cow::Owned)
    }

    /// The text, U+FFFD in place of each lone surrogate.
    #[must_use]
    pub fn text_lossy(self) -> String {
        let characters = Characters { rest: self.inside };
        characters.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    }

    /// Whether the text is `text`.
    pub fn is(self, text: &str) -> bool {
        if !self.has_escapes {
            return self.inside == text;
        }
        Characters { rest: self.inside }.eq(text.chars().map(Ok))
    }
}

/// The characters of a string, escapes resolved.
struct Characters<'t> {
    rest: &'t str,
}

impl Iterator for Characters<'_> {
    type Item = Result<char, LoneSurrogate>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.take()? {
            '\\' => Some(self.escape()),
            character => Some(Ok(character)),
        }
    }
}

impl Characters<'_> {
    fn take(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    fn escape(&mut self) -> Result<char, LoneSurrogate> {
        match self.take() {
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{C}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.code_point(),
            Some(character) => Ok(character),
            None => Err(LoneSurrogate),
        }
    }

    fn code_point(&mut self) -> Result<char, LoneSurrogate> {
        let first = self.code_unit().ok_or(LoneSurrogate)?;
        let mut units = [first, 0];
        let mut length = 1;
        if (0xD800..0xDC00).contains(&first) {
            // What follows a lone high surrogate stays where it is.
            let mut ahead = Self { rest: self.rest.strip_prefix("\\u").ok_or(LoneSurrogate)? };
            let low = ahead.code_unit().filter(|low| (0xDC00..0xE000).contains(low));
            units = [first, low.ok_or(LoneSurrogate)?];
            length = 2;
            self.rest = ahead.rest;
        }
        let mut decoded = char::decode_utf16(units.into_iter().take(length));
        decoded.next().and_then(Result::ok).ok_or(LoneSurrogate)
    }

    fn code_unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        u16::from_str_radix(digits, 16).ok()
    }
}

/// How many bytes stand before the first quote, backslash or control character.
pub(super) fn plain_run(bytes: &[u8]) -> usize {
    let words = bytes.chunks_exact(8);
    let length = bytes.len();
    let tail = words.remainder();
    let mut at = 0;
    for word in words {
        if let Ok(word) = <[u8; 8]>::try_from(word) {
            let special = special_bytes(u64::from_le_bytes(word));
            if special != 0 {
                return at + (special.trailing_zeros() / 8) as usize;
            }
        }
        at += 8;
    }
    let plain = tail.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
    plain.map_or(length, |plain| at + plain)
}

/// Whether no quote, backslash or control character below U+0020 stands in `bytes`.
#[must_use]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each byte would keep it from being done at once"
)]
pub fn is_plain(bytes: &[u8]) -> bool {
    !any(bytes, |byte| (byte < 0x20) | (byte == b'"') | (byte == b'\\'))
}

/// The text that stands in `inside`, the inside of a JSON string, if it is UTF-8 in which nothing is or must be escaped.
#[must_use]
pub fn plain_text(inside: &[u8]) -> Option<&str> {
    core::str::from_utf8(inside).ok().filter(|_| is_plain(inside))
}

/// The high bit of each byte that ends a plain run, at least of the lowest such byte: what is borrowed
/// in a subtraction marks bytes above one that is marked rightly.
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote = word ^ (ONES * 0x22);
    let backslash = word ^ (ONES * 0x5C);
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is_control = word.wrapping_sub(ONES * 0x20) & !word;
    (is_zero(quote) | is_zero(backslash) | is_control) & HIGH
}

/// Writes `text` as the inside of a JSON string.
pub fn push_escaped(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    escape_from(start, out);
}

/// Escapes what stands in `out` from `start` on, to be the inside of a JSON string. Mostly there is nothing to escape,
/// and looking at a whole message is quicker than looking at its parts.
pub fn escape_from(start: usize, out: &mut Vec<u8>) {
    if !out.get(start..).is_none_or(is_plain) {
        let text = out.split_off(start);
        for byte in text {
            push_byte(byte, out);
        }
    }
}

fn push_byte(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let escape = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0C => b'f',
        0x00..0x20 => {
            let [high, low] = [byte >> 4, byte & 0xF].map(|digit| DIGITS[usize::from(digit)]);
            out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            return;
        }
        _ => return out.push(byte),
    };
    out.extend_from_slice(&[b'\\', escape]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn plain_runs_end_at_every_special_byte_and_no_other() {
        const TELLING: &[u8] = b"\0\x1F !\"#[\\]~\x7F\x80\xC2\xFF";
        let all: Vec<u8> = (0..=255).collect();
        // In Miri, all of them take ten minutes.
        for byte in if cfg!(miri) { TELLING } else { &all[..] }.iter().copied() {
            for place in 0..20 {
                let mut bytes = vec![b'a'; 20];
                bytes[place] = byte;
                let special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(plain_run(&bytes), if special { place } else { 20 }, "{byte} {place}");
                assert_eq!(is_plain(&bytes), !special, "{byte} {place}");
                assert_eq!(is_plain(&bytes[..=place]), !special, "{byte} {place}");
            }
        }
    }

    #[test]
    fn escapes() {
        let text = |inside| Str { inside, has_escapes: true }.text();
        assert_eq!(
            text(r#"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"#).unwrap(),
            "\"\\/\u{8}\u{C}\n\r\té😀"
        );
        for lone in [r"\ud800", r"\udc00", r"\ud800\u0041", r"\ud800x", r"\udc00\ud800"] {
            assert_eq!(text(lone), Err(LoneSurrogate), "{lone}");
        }
        let lossy = Str { inside: r"a\ud800\u0041", has_escapes: true }.text_lossy();
        assert_eq!(lossy, "a\u{FFFD}A");
    }

    #[test]
    fn every_character_that_must_be_escaped_is() {
        let mut escaped = Vec::new();
        push_escaped("\"\\\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}é", &mut escaped);
        assert_eq!(
            escaped,
            r#"\"\\\n\r\t\b\f\u0000\u001f"#.bytes().chain("\u{7F}é".bytes()).collect::<Vec<_>>()
        );
    }
}
