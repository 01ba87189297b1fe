//! What the types that answer requests have for the frameworks that are switched on.

/// The impls of a type that is an [`ApiError`](crate::ApiError), one for each framework among the features.
/// Not part of the public interface: generated code and `#[derive(ApiError)]` call it.
///
/// It takes the generic parameters without their defaults, the type, and the predicates of its `where`
/// clause, each with a comma behind it: `__frameworks!([T: Clone,] Failure<T> [T: Send,])`.
#[doc(hidden)]
#[macro_export]
macro_rules! __frameworks {
    ([$($generics:tt)*] $type:ty [$($predicates:tt)*]) => {};
}
