//! Writing whole numbers in their canonical spelling.

/// A number in decimal, without leading zeros, with `-` if it is below 0.
pub(crate) struct Decimal {
    /// The spelling stands at the end.
    bytes: [u8; Self::MAX_LENGTH],
    start: usize,
}

impl Decimal {
    /// How long a number of 64 bits is at the most: `-9223372036854775808`.
    pub(crate) const MAX_LENGTH: usize = 20;

    pub(crate) fn of_u64(mut number: u64) -> Self {
        let mut decimal = Self { bytes: [b'0'; Self::MAX_LENGTH], start: Self::MAX_LENGTH };
        for digit in decimal.bytes.iter_mut().rev() {
            *digit += u8::try_from(number % 10).unwrap_or_default();
            decimal.start -= 1;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        decimal
    }

    pub(crate) fn of_i64(number: i64) -> Self {
        let mut decimal = Self::of_u64(number.unsigned_abs());
        if number < 0 {
            // The longest number below 0 has nineteen digits.
            decimal.start = decimal.start.saturating_sub(1);
            if let Some(sign) = decimal.bytes.get_mut(decimal.start) {
                *sign = b'-';
            }
        }
        decimal
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn as_display_writes_them() {
        let numbers = [0, 1, 9, 10, 99, 100, 12_345, u64::from(u32::MAX), u64::MAX - 1, u64::MAX];
        for number in numbers {
            assert_eq!(Decimal::of_u64(number).as_str(), number.to_string());
        }
        for number in [0, -1, 1, -10, i64::MIN, i64::MAX] {
            assert_eq!(Decimal::of_i64(number).as_str(), number.to_string());
        }
    }
}
