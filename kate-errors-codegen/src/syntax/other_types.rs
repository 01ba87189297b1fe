//! The types that other YAML parsers give a plain text. YAML 1.1, which many of them read, has more types than
//! YAML 1.2, and no two parsers have the same types. With quotes, all of them agree.

/// A type other than text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherType {
    Null,
    Boolean,
    Number,
    Time,
    /// The keys `<<` and `=`.
    Special,
}

impl OtherType {
    /// Returns the type other than text that some YAML parser gives a plain `text`.
    pub(super) fn of(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "null" | "~" => return Some(Self::Null),
            // `y` and `n` are booleans only in the specification: no parser in use reads them so.
            "true" | "false" | "yes" | "no" | "on" | "off" => return Some(Self::Boolean),
            "<<" | "=" => return Some(Self::Special),
            _ => {}
        }
        if is_number(text) {
            return Some(Self::Number);
        }
        is_time(text).then_some(Self::Time)
    }

    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Time => "a date or time",
            Self::Special => "a special key",
        }
    }
}

/// Whether a text is a decimal number that is written the same way everywhere.
pub(super) fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let canonical = whole == "0" || !whole.starts_with('0');
    canonical && is_digits(whole) && is_digits(fraction)
}

/// Whether a text is an integer that every parser of YAML and JSON reads alike, since a double represents it
/// exactly.
pub(super) fn is_exact_integer(text: &str) -> bool {
    const LARGEST: u64 = (1 << 53) - 1;
    let integer = text.strip_prefix('-').unwrap_or(text).parse().ok();
    is_plain_number(text) && integer.is_some_and(|integer: u64| integer <= LARGEST)
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text).to_ascii_lowercase();
    if matches!(unsigned.as_str(), ".inf" | ".nan") {
        return true;
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    // Underscores group digits.
    let digits = unsigned.replace('_', "");
    let based = ["0x", "0o", "0b"].iter().find_map(|base| digits.strip_prefix(base));
    if let Some(based) = based {
        return !based.is_empty() && based.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    is_decimal(&digits) || is_sexagesimal(&digits)
}

/// `12`, `1.5`, `.5`, `1e3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    is_digits(exponent) && is_digits(&[whole, fraction].concat())
}

/// `1:30` and `1:30:05.5`, which are sexagesimal numbers.
fn is_sexagesimal(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut places = whole.split(':');
    places.next().is_some_and(is_digits)
        && whole.contains(':')
        && places.all(|place| place.len() <= 2 && is_digits(place))
}

/// `2024-01-01`, optionally followed by a time.
fn is_time(text: &str) -> bool {
    let date = text.split(['T', 't', ' ', '\t']).next().unwrap_or_default();
    let rest = text[date.len()..].trim_start_matches(['T', 't', ' ', '\t']);
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let is_short = |part: &str| part.len() <= 2 && is_digits(part);
    let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' ');
    let has_clock = rest.is_empty() || rest.contains(':') && rest.chars().all(is_clock);
    year.len() == 4 && is_digits(year) && is_short(month) && is_short(day) && has_clock
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_some_reader_takes_for_another_type() {
        let numbers = "0 12 -3 +7 012 0o17 0x1F 0b101 1_000 1.5 .5 1. 1e3 6.02e+23 .inf -.INF .NaN 1:30 190:20:30.5";
        let times = "2024-01-01 2024-1-1 2001-12-14t21:59:43.10-05:00 2001-12-14T21:59:43Z";
        let others = [
            ("null ~ Null NULL", Some(OtherType::Null)),
            ("yes No on OFF true False", Some(OtherType::Boolean)),
            (numbers, Some(OtherType::Number)),
            (times, Some(OtherType::Time)),
            ("= <<", Some(OtherType::Special)),
            ("v1.2 1.2.3 0x 0xyz 1:300 2024-01 e3 . - + _ nullable 1:a 10% y n", None),
        ];
        for (texts, other) in others {
            for text in texts.split(' ') {
                assert_eq!(OtherType::of(text), other, "{text}");
            }
        }
        assert_eq!(OtherType::of("2001-12-14 21:59:43.10 -5"), Some(OtherType::Time));
        for text in ["Job not found", "1 2", "2024-01-01 to 02", "404 Not Found"] {
            assert_eq!(OtherType::of(text), None, "{text}");
        }
    }
}
