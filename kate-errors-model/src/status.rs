//! What follows from an HTTP status: its name, whether retrying helps, and which header fields belong to it.

/// Whether retrying a request helps after an error.
///
/// ```
/// use kate_errors_model::Retry;
///
/// assert_eq!(Retry::of_status(429), Retry::Later);
/// assert_eq!(Retry::of_status(404), Retry::AfterFix);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Retrying gives the same response.
    Never,
    /// Retrying the same request later may succeed.
    Later,
    /// Retrying may succeed once the cause is removed.
    AfterFix,
}

impl Retry {
    /// All retry advice, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Never, Self::Later, Self::AfterFix];

    /// The retry advice that follows from the status alone. A status that is not registered is treated as the x00
    /// of its class (RFC 9110, section 15).
    #[must_use]
    pub const fn of_status(status: u16) -> Self {
        match status {
            408 | 425 | 429 | 500 | 502 | 503 | 504 | 509 | 512.. => Self::Later,
            405 | 410 | 501 | 505 => Self::Never,
            _ => Self::AfterFix,
        }
    }

    /// The name in a catalog.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Later => "later",
            Self::AfterFix => "after_fix",
        }
    }
}

/// Whether the status is an error status (RFC 9110, section 15).
#[must_use]
pub const fn is_error(status: u16) -> bool {
    matches!(status, 400..=599)
}

/// Whether a response with the status may be an error: it is neither informational, nor successful, nor a
/// redirection (RFC 9110, section 15). Statuses outside of HTTP's range may be errors.
#[must_use]
pub const fn may_be_error(status: u16) -> bool {
    !matches!(status, 100..=399)
}

/// Whether IANA's registry of status codes assigns the status (418 is reserved there, and unused).
#[must_use]
pub const fn is_assigned(status: u16) -> bool {
    matches!(
        status,
        100..=104 | 200..=208 | 226 | 300..=305 | 307 | 308 | 400..=417 | 421..=426 | 428 | 429 | 431
            | 451 | 500..=508 | 510 | 511
    )
}

/// The name of an error status in RFC 9110 and IANA's registry. It is written out here because names from a
/// library can change with its version, and clients compare messages.
///
/// ```
/// assert_eq!(kate_errors_model::status::name(404), "Not Found");
/// assert_eq!(kate_errors_model::status::name(599), "Server Error");
/// ```
#[must_use]
pub const fn name(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        510 => "Not Extended",
        511 => "Network Authentication Required",
        _ if status < 500 => "Client Error",
        _ => "Server Error",
    }
}

/// A header field that a catalog can add to responses.
#[derive(Debug)]
pub struct HeaderField {
    /// The name of the field in a catalog, such as `retry_after`.
    pub key: &'static str,
    /// The name in HTTP, such as `Retry-After`.
    pub name: &'static str,
    /// The name in lower case, as it is sent.
    pub lower_case: &'static str,
    /// The statuses with which it has a meaning.
    pub statuses: &'static [u16],
    /// Where that is specified.
    pub reference: &'static str,
    /// Whether a response with one of these statuses must have it.
    pub is_required: bool,
}

/// The header fields that a catalog can add to responses, in the order in which they are sent.
pub static HEADER_FIELDS: [HeaderField; 4] = [
    HeaderField {
        key: "www_authenticate",
        name: "WWW-Authenticate",
        lower_case: "www-authenticate",
        statuses: &[401],
        reference: "RFC 9110, section 11.6.1",
        is_required: true,
    },
    HeaderField {
        key: "proxy_authenticate",
        name: "Proxy-Authenticate",
        lower_case: "proxy-authenticate",
        statuses: &[407],
        reference: "RFC 9110, section 11.7.1",
        is_required: true,
    },
    HeaderField {
        key: "allow",
        name: "Allow",
        lower_case: "allow",
        statuses: &[405],
        reference: "RFC 9110, section 10.2.1",
        is_required: false,
    },
    HeaderField {
        key: "retry_after",
        name: "Retry-After",
        lower_case: "retry-after",
        statuses: &[413, 429, 503],
        reference: "RFC 9110, section 10.2.3, and RFC 6585",
        is_required: false,
    },
];
