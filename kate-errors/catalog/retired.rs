//! Retired errors, which no server sends any more.

/// The field of a retired variant. It cannot be constructed outside the library, so no server can send a retired
/// error. Decoding an old response returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Retired(());

impl Retired {
    // A constant, because the compiler would suggest a function to anyone who tries to construct one.
    pub(crate) const READ_FROM_THE_WIRE: Self = Self(());
}
