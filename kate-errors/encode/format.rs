//! The two formats of error bodies, and which of them a client asks for.

use crate::CatalogCode;

/// The format of the body of an error.
///
/// ```
/// use kate_errors::Format;
///
/// assert_eq!(Format::default(), Format::Json);
/// assert_eq!(Format::Problem.content_type(), "application/problem+json");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// The envelope of the catalog, by default `{"detail":"…"}`, as `application/json`.
    #[default]
    Json,
    /// Problem details: `detail` with `type`, `title` and `status`, as `application/problem+json` (RFC 9457).
    Problem,
}

impl Format {
    /// The format that a client accepts, from the values of its `Accept` headers (RFC 9110, section 12.5.1).
    ///
    /// Clients get problem details if they name them, with a weight that is not 0 and not lower than that of JSON.
    /// All others get JSON, whatever they accept, since an error in the wrong format is more useful than a 406.
    ///
    /// ```
    /// use kate_errors::Format;
    ///
    /// assert_eq!(Format::accepted([&b"application/problem+json"[..]]), Format::Problem);
    /// assert_eq!(Format::accepted([&b"application/json, application/problem+json;q=0.5"[..]]), Format::Json);
    /// assert_eq!(Format::accepted([&b"*/*"[..]]), Format::Json);
    /// assert_eq!(Format::accepted([&b"text/html"[..]]), Format::Json);
    /// ```
    #[must_use]
    pub fn accepted<'v>(values: impl IntoIterator<Item = &'v [u8]>) -> Self {
        let mut problem = None;
        let mut json = (0, 0);
        for range in values.into_iter().flat_map(ranges) {
            let weight = weight(range);
            let name = media_type(range);
            if name.eq_ignore_ascii_case(b"application/problem+json") {
                problem = problem.max(Some(weight));
            }
            // Of the ranges that cover JSON, the most specific one counts.
            let names = [&b"*/*"[..], b"application/*", b"application/json"];
            if let Some(precision) = names.iter().position(|json| name.eq_ignore_ascii_case(json)) {
                json = json.max((precision, weight));
            }
        }
        match problem {
            Some(weight) if weight > 0 && weight >= json.1 => Self::Problem,
            _ => Self::Json,
        }
    }

    /// The media type, for `Content-Type`.
    ///
    /// ```
    /// # use kate_errors::Format;
    /// assert_eq!(Format::Json.content_type(), "application/json");
    /// assert_eq!(Format::Problem.content_type(), "application/problem+json");
    /// ```
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Problem => "application/problem+json",
        }
    }

    /// The format in which errors of a catalog are sent. Problem details are a superset of `{"detail":"…"}` only:
    /// clients that read another envelope would not find the message in them.
    pub(crate) const fn of_catalog<C: CatalogCode>(self) -> Self {
        if C::IS_DETAIL { self } else { Self::Json }
    }

    /// The media type of a catalog's bodies in the format.
    pub(crate) const fn media_type<C: CatalogCode>(self) -> &'static str {
        match self {
            Self::Json => C::ENVELOPE.media_type,
            Self::Problem => self.content_type(),
        }
    }
}

/// The items of a list; commas in quotes do not separate items.
fn ranges(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    split(value, b',').map(<[u8]>::trim_ascii)
}

fn media_type(range: &[u8]) -> &[u8] {
    split(range, b';').next().unwrap_or_default().trim_ascii()
}

/// The weight of an item in thousandths (RFC 9110, section 12.4.2). An invalid weight counts as 0.
fn weight(range: &[u8]) -> u16 {
    let weights = split(range, b';').skip(1).filter_map(|parameter| {
        let (name, value) = parameter.split_at(parameter.iter().position(|byte| *byte == b'=')?);
        name.trim_ascii()
            .eq_ignore_ascii_case(b"q")
            .then(|| thousandths(value.get(1..)?.trim_ascii()))
    });
    weights.last().map_or(1000, Option::unwrap_or_default)
}

/// Parses a weight such as `0.25`, which is 250: at most three digits after the point, and at most 1.
fn thousandths(value: &[u8]) -> Option<u16> {
    let (whole, fraction) = match value {
        [whole, b'.', fraction @ ..] if fraction.len() <= 3 => (*whole, fraction),
        [whole] => (*whole, &[][..]),
        _ => return None,
    };
    if !matches!(whole, b'0' | b'1') || !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digits = fraction.iter().chain(core::iter::repeat(&b'0')).take(3);
    let fraction = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    let weight = u16::from(whole - b'0') * 1000 + fraction;
    (weight <= 1000).then_some(weight)
}

/// Splits `text` at separators that are not in quotes (RFC 9110, section 5.6.4).
fn split(text: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |byte| {
        let is_separator = *byte == separator && !quoted;
        match *byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ => {}
        }
        is_separator
    })
}
