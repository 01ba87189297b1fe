//! Reading and writing strings (RFC 8259, section 7).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::bytes::any;

/// The inside of a string that has been validated.
#[derive(Clone, Copy, Debug)]
pub struct Str<'t> {
    /// The text between the quotes.
    pub inside: &'t str,
    /// Whether it contains a backslash.
    pub has_escapes: bool,
}

/// An escaped half of a surrogate pair without the other half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoneSurrogate;

impl<'t> Str<'t> {
    /// The text, borrowed if nothing is escaped.
    ///
    /// # Errors
    ///
    /// If it contains half of a surrogate pair.
    #[inline]
    pub fn text(self) -> Result<Cow<'t, str>, LoneSurrogate> {
        if self.has_escapes {
            self.unescaped(None).map(Cow::Owned)
        } else {
            Ok(Cow::Borrowed(self.inside))
        }
    }

    /// The text, with a stand-in, if there is one, in place of each lone surrogate.
    fn unescaped(self, stand_in: Option<char>) -> Result<String, LoneSurrogate> {
        // An escape is longer than its character, so this is enough.
        let mut text = String::with_capacity(self.inside.len());
        for run in self.runs() {
            match run {
                Ok(Run::Plain(plain)) => text.push_str(plain),
                Ok(Run::Escape(character)) => text.push(character),
                Err(lone) => text.push(stand_in.ok_or(lone)?),
            }
        }
        Ok(text)
    }

    /// The text, with U+FFFD in place of each lone surrogate.
    #[must_use]
    pub fn text_lossy(self) -> String {
        self.unescaped(Some(char::REPLACEMENT_CHARACTER)).unwrap_or_default()
    }

    /// Whether the text is equal to `text`.
    #[must_use]
    #[inline]
    pub fn is(self, text: &str) -> bool {
        if self.has_escapes { self.is_unescaped(text) } else { self.inside == text }
    }

    fn is_unescaped(self, mut text: &str) -> bool {
        for run in self.runs() {
            let rest = match run {
                Ok(Run::Plain(plain)) => text.strip_prefix(plain),
                Ok(Run::Escape(character)) => text.strip_prefix(character),
                Err(LoneSurrogate) => None,
            };
            let Some(rest) = rest else { return false };
            text = rest;
        }
        text.is_empty()
    }

    fn runs(self) -> Runs<'t> {
        Runs { rest: self.inside }
    }
}

/// A part of a string.
enum Run<'t> {
    /// Characters that are not escaped.
    Plain(&'t str),
    /// The character of an escape.
    Escape(char),
}

/// The parts of a string.
struct Runs<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Runs<'t> {
    type Item = Result<Run<'t>, LoneSurrogate>;

    fn next(&mut self) -> Option<Self::Item> {
        let length = plain_run(self.rest.as_bytes());
        if length > 0 {
            let (plain, rest) = self.rest.split_at_checked(length)?;
            self.rest = rest;
            return Some(Ok(Run::Plain(plain)));
        }
        self.rest = self.rest.strip_prefix('\\')?;
        Some(self.escape().map(Run::Escape))
    }
}

impl Runs<'_> {
    fn escape(&mut self) -> Result<char, LoneSurrogate> {
        let (&kind, _) = self.rest.as_bytes().split_first().ok_or(LoneSurrogate)?;
        self.rest = self.rest.get(1..).unwrap_or_default();
        match kind {
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{C}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => self.code_point(),
            character => Ok(char::from(character)),
        }
    }

    fn code_point(&mut self) -> Result<char, LoneSurrogate> {
        let first = self.code_unit().ok_or(LoneSurrogate)?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(u32::from(first)).ok_or(LoneSurrogate);
        }
        // What follows a lone high surrogate is not consumed.
        let mut ahead = Self { rest: self.rest.strip_prefix("\\u").ok_or(LoneSurrogate)? };
        let low = ahead.code_unit().ok_or(LoneSurrogate)?;
        let mut pair = char::decode_utf16([first, low]);
        let character = pair.next().and_then(Result::ok).ok_or(LoneSurrogate)?;
        self.rest = ahead.rest;
        Ok(character)
    }

    fn code_unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        u16::from_str_radix(digits, 16).ok()
    }
}

/// The lowest bit of each byte of a word.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The highest bit of each byte of a word.
const HIGH: u64 = ONES << 7;

/// The number of bytes before the first quote, backslash or control character.
#[inline]
pub(crate) fn plain_run(bytes: &[u8]) -> usize {
    run(bytes, special_bytes, is_special)
}

/// The number of bytes before the first quote.
#[inline]
pub(crate) fn run_before_quote(bytes: &[u8]) -> usize {
    let quotes = |word: u64| (word ^ (ONES * 0x22)).wrapping_sub(ONES) & !word & HIGH;
    run(bytes, quotes, |byte| byte == b'"')
}

/// The number of bytes before the first that ends the run. `ends` sets the high bit of each such byte in a word. Only
/// the lowest one must be reliable.
#[inline]
fn run(bytes: &[u8], ends: impl Fn(u64) -> u64, is_end: impl Fn(u8) -> bool) -> usize {
    let first = |word: [u8; 8]| {
        let ends = ends(u64::from_le_bytes(word));
        (ends != 0).then(|| (ends.trailing_zeros() / 8) as usize)
    };
    let mut at = 0;
    for word in bytes.chunks_exact(8) {
        if let Some(end) = word.try_into().ok().and_then(first) {
            return at + end;
        }
        at += 8;
    }
    match bytes.last_chunk() {
        // The last word may overlap the one before it, in which no byte ends the run.
        Some(word) => first(*word).map_or(bytes.len(), |end| bytes.len() - 8 + end),
        None => bytes.iter().position(|byte| is_end(*byte)).unwrap_or(bytes.len()),
    }
}

/// Whether a byte ends a plain run: a quote, a backslash or a control character.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "a branch for each byte would prevent vectorization"
)]
const fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Whether `bytes` contains no quote, backslash or control character below U+0020.
#[must_use]
pub fn is_plain(bytes: &[u8]) -> bool {
    !any(bytes, is_special)
}

/// Whether `inside`, the inside of a JSON string, is UTF-8 in which nothing is or must be escaped.
#[must_use]
pub fn is_plain_text(inside: &[u8]) -> bool {
    // Nearly every text is ASCII, which is quick to check.
    let is_ascii = !any(inside, |byte| is_special(byte) | !byte.is_ascii());
    is_ascii || is_plain(inside) && core::str::from_utf8(inside).is_ok()
}

/// Sets the high bit of each byte that ends a plain run. Only the lowest one is reliable: the borrow of a
/// subtraction may also set the bits of bytes above it.
#[inline]
fn special_bytes(word: u64) -> u64 {
    // With one bit flipped, only control characters and the quote are below 0x21.
    let control_or_quote = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (control_or_quote | backslash) & !word & HIGH
}

/// Writes `text` as the inside of a JSON string.
pub fn push_escaped(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(text.as_bytes());
    escape_from(start, out);
}

/// Escapes `out` from `start` on, as the inside of a JSON string. Usually there is nothing to escape, and
/// checking a whole message is faster than checking its parts.
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
                let quote = if byte == b'"' { place } else { 20 };
                assert_eq!(run_before_quote(&bytes), quote, "{byte} {place}");
                assert_eq!(is_plain(&bytes), !special, "{byte} {place}");
                assert_eq!(is_plain(&bytes[..=place]), !special, "{byte} {place}");
            }
        }
    }

    #[test]
    fn plain_texts_are_utf8_without_special_bytes() {
        for plain in ["", "a \u{7F}", "Größe", "sixteen bytes and é"] {
            assert!(is_plain_text(plain.as_bytes()), "{plain}");
        }
        for other in [&b"\xFF"[..], b"sixteen bytes and \xC3", b"Gr\xC3\xB6\"", b"\\", b"a\n"] {
            assert!(!is_plain_text(other), "{other:?}");
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
        for (inside, is) in [(r"d\u0065tail", "detail"), (r"\n", "\n"), (r"\ud83d\ude00é", "😀é")]
        {
            let name = Str { inside, has_escapes: true };
            assert!(name.is(is) && !name.is("detai") && !name.is(&[is, "l"].concat()), "{inside}");
        }
        assert!(!Str { inside: r"\ud800", has_escapes: true }.is("\u{FFFD}"));
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
