//! Whether trying again helps.

/// Whether trying a request again helps after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Trying again gives the same answer.
    Never,
    /// Trying the same request again later may succeed.
    Later,
    /// Trying again may succeed once the cause is removed.
    AfterFix,
}
