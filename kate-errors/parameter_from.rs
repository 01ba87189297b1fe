//! Converts fields of a server's own errors to parameters, for `#[derive(ToApiError)]`.
//!
//! Each conversion is total: a source type that is not within the target's range is a compile error, and a
//! character that is not allowed in a word or text is replaced when the message is written.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

/// A parameter that any `T` can be converted to.
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot become a parameter of type `{Self}`",
    label = "`{T}` cannot be converted to `{Self}`",
    note = "integers that always fit become a `u64` or `i64`, strings a `String`",
    note = "pass a value of a type that the catalog names with `rust:` unchanged: `id: kate_errors::AsIs(*id)`",
    note = "say in braces behind the code what becomes of it: `name: name.to_string()` for a text, or any \
            other expression"
)]
pub trait ParameterFrom<T: ?Sized>: Sized {
    /// Converts a value to the parameter.
    fn parameter_from(value: &T) -> Self;
}

/// A value of a type that a catalog names with `rust:`, for a parameter in `#[derive(ToApiError)]`. It is used
/// unchanged.
///
/// ```
/// # use kate_errors::AsIs;
/// let id = AsIs(7_u128);
/// assert_eq!(id.0, 7);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsIs<T>(pub T);

#[diagnostic::do_not_recommend]
impl<T: Clone> ParameterFrom<AsIs<T>> for T {
    fn parameter_from(value: &AsIs<T>) -> Self {
        value.0.clone()
    }
}

/// A type that generated code defines for a parameter or a context. It is converted from itself.
pub trait Generated: Clone {}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> ParameterFrom<T> for String {
    fn parameter_from(value: &T) -> Self {
        value.as_ref().to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> ParameterFrom<T> for Box<str> {
    fn parameter_from(value: &T) -> Self {
        value.as_ref().into()
    }
}

/// Converts booleans and integers, also from references to them.
macro_rules! scalars {
    ($($target:ident: $($source:ident)*;)*) => {
        $(
            $(
                #[diagnostic::do_not_recommend]
                impl ParameterFrom<$source> for $target {
                    fn parameter_from(value: &$source) -> Self {
                        Self::from(*value)
                    }
                }
            )*

            #[diagnostic::do_not_recommend]
            impl<T: ?Sized> ParameterFrom<&T> for $target
            where
                Self: ParameterFrom<T>,
            {
                fn parameter_from(value: &&T) -> Self {
                    Self::parameter_from(*value)
                }
            }
        )*
    };
}
scalars! {
    bool: bool;
    u64: u8 u16 u32 u64;
    i64: i8 i16 i32 i64 u8 u16 u32;
}

#[diagnostic::do_not_recommend]
impl ParameterFrom<usize> for u64 {
    fn parameter_from(value: &usize) -> Self {
        // No target of Rust has a wider `usize`.
        Self::try_from(*value).unwrap_or(Self::MAX)
    }
}

#[diagnostic::do_not_recommend]
impl<P: Generated> ParameterFrom<P> for P {
    fn parameter_from(value: &P) -> Self {
        value.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Generated> ParameterFrom<&P> for P {
    fn parameter_from(value: &&P) -> Self {
        (*value).clone()
    }
}

// Contexts, which are optional, and values that can be missing.

#[diagnostic::do_not_recommend]
impl<P: Generated> ParameterFrom<P> for Option<P> {
    fn parameter_from(value: &P) -> Self {
        Some(value.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<P: Generated> ParameterFrom<&P> for Option<P> {
    fn parameter_from(value: &&P) -> Self {
        Some((*value).clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T, P: ParameterFrom<T>> ParameterFrom<Option<T>> for Option<P> {
    fn parameter_from(value: &Option<T>) -> Self {
        value.as_ref().map(P::parameter_from)
    }
}

#[diagnostic::do_not_recommend]
impl<T, P: ParameterFrom<T>> ParameterFrom<&Option<T>> for Option<P> {
    fn parameter_from(value: &&Option<T>) -> Self {
        Self::parameter_from(*value)
    }
}
