//! Reports of responses with altered values.

use super::unlisted::Request;

/// An error of the catalog that was sent with altered values, because its message cannot represent the original
/// ones, or without values of the request for which the envelope has no place.
///
/// It names the parameters, but does not contain the values.
#[derive(Clone, Copy, Debug)]
pub struct Sanitized<'r, C> {
    pub(super) code: C,
    pub(super) request: Request<'r>,
    pub(super) parameters: &'r [&'static str],
}

impl<'r, C: Copy> Sanitized<'r, C> {
    /// The code of the error.
    #[must_use]
    pub fn code(&self) -> C {
        self.code
    }

    /// The names of the parameters whose values were altered, and of values that were not sent; at least one.
    #[must_use]
    pub fn parameters(&self) -> &'r [&'static str] {
        self.parameters
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &'r str {
        self.request.method
    }

    /// The path of the request URI.
    #[must_use]
    pub fn path(&self) -> &'r str {
        self.request.path
    }
}
