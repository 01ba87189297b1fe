//! The names of statuses, for those that a catalog does not have.
//!
//! They are those of RFC 9110 and of IANA's registry, written out here: names that come from a library
//! change with its version, and clients compare sentences.

/// A name, and the body of a response whose sentence it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatusName {
    pub(crate) name: &'static str,
    pub(crate) body: &'static str,
}

macro_rules! names {
    ($($status:pat => $name:literal,)*) => {
        /// The name of a status. One that is not registered has the name of its class (RFC 9110,
        /// section 15), and one that HTTP does not know is taken for a server error, as clients take it.
        pub(crate) const fn of(status: u16) -> StatusName {
            match status {
                $($status => StatusName { name: $name, body: concat!("{\"detail\":\"", $name, "\"}") },)*
            }
        }
    };
}

names! {
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
    400..=499 => "Client Error",
    _ => "Server Error",
}
