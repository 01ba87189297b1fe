//! Rows that no server produces any more.

/// The field of a variant that is retired. Nothing outside the library makes one, so no server can
/// answer with a retired error; reading an old answer gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Retired(());

impl Retired {
    #[doc(hidden)]
    #[must_use]
    pub const fn __read_from_the_wire() -> Self {
        Self(())
    }
}
