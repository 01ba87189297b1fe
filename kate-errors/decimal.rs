//! Writing whole numbers in their canonical spelling.

use core::fmt;

/// Writes a number in decimal, without leading zeros.
pub(crate) fn write_u64(mut number: u64, out: &mut impl fmt::Write) -> fmt::Result {
    const MAX_DIGITS: usize = 20;
    let mut digits = [b'0'; MAX_DIGITS];
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        length += 1;
        if number == 0 {
            break;
        }
    }
    let digits = digits.get(MAX_DIGITS - length..).unwrap_or_default();
    out.write_str(core::str::from_utf8(digits).unwrap_or_default())
}

/// Writes a number in decimal, with `-` if it is below 0.
pub(crate) fn write_i64(number: i64, out: &mut impl fmt::Write) -> fmt::Result {
    if number < 0 {
        out.write_char('-')?;
    }
    write_u64(number.unsigned_abs(), out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    #[test]
    fn as_display_writes_them() {
        let numbers = [0, 1, 9, 10, 99, 100, 12_345, u64::from(u32::MAX), u64::MAX - 1, u64::MAX];
        for number in numbers {
            let mut text = String::new();
            write_u64(number, &mut text).unwrap();
            assert_eq!(text, number.to_string());
        }
        for number in [0, -1, 1, -10, i64::MIN, i64::MAX] {
            let mut text = String::new();
            write_i64(number, &mut text).unwrap();
            assert_eq!(text, number.to_string());
        }
    }
}
