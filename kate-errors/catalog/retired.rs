//! Errors that no server produces any more.

/// The field of a variant that is retired. Nothing outside the library makes one, so no server can
/// answer with a retired error; reading an old answer gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Retired(());

impl Retired {
    // A constant, because the compiler would name a function to whoever tries to make one.
    pub(crate) const READ_FROM_THE_WIRE: Self = Self(());
}
