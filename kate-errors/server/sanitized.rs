//! What is told about a response with values that its message could not hold.

use super::unlisted::Request;

/// An error of the catalog that was sent with altered values: the message of the catalog cannot hold the original ones.
///
/// It says which parameters they are of, and not what the values are.
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

    /// The names of the parameters whose values were altered: one at the least.
    #[must_use]
    pub fn parameters(&self) -> &'r [&'static str] {
        self.parameters
    }

    /// The method of the request.
    #[must_use]
    pub fn method(&self) -> &'r str {
        self.request.method
    }

    /// The path of the request's address.
    #[must_use]
    pub fn path(&self) -> &'r str {
        self.request.path
    }
}
