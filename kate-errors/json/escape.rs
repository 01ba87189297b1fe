//! Writing strings (RFC 8259, section 7).

use alloc::vec::Vec;

use super::string::is_plain;

/// Writes `text` as the inside of a JSON string.
pub(crate) fn push_escaped(text: &str, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        text.bytes().for_each(|byte| push_byte(byte, out));
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
