//! Numbers (RFC 8259, section 6): their spelling alone, so none is too large.

/// How many bytes of `bytes` are a number. `Err` holds the place of the first byte that is wrong, which
/// is the length where the number is cut off.
pub(crate) fn number(bytes: &[u8]) -> Result<usize, usize> {
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    at = if bytes.get(at) == Some(&b'0') { at + 1 } else { digits(bytes, at)? };
    if bytes.get(at) == Some(&b'.') {
        at = digits(bytes, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = digits(bytes, at + 1 + sign)?;
    }
    Ok(at)
}

/// The place behind the digits that begin at `at`; there must be one.
fn digits(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => Err(at),
        count => Ok(at + count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        let whole =
            ["0", "-0", "10", "1.5", "-0.0", "1e999", "1E+2", "1e-2", "123456789012345678901"];
        for text in whole {
            assert_eq!(number(text.as_bytes()), Ok(text.len()), "{text}");
        }
        for text in ["", "-", ".5", "1.", "1e", "1e+", "+1", "-a", "1.x"] {
            assert!(number(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(number(b"01"), Ok(1));
    }
}
