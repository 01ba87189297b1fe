//! Everything for servers: errors as responses of web frameworks, and layers that convert all other error responses.
//!
//! Impls of the traits of frameworks must be in the crate of the error type, so a macro generates them there. Which ones
//! it generates only depends on the features of this crate: each macro below exists with a feature and, empty, without it.

#[cfg(feature = "actix-web")]
pub mod actix;
pub(crate) mod api_error;
#[cfg(feature = "axum")]
pub(crate) mod axum;
#[cfg(any(feature = "http", feature = "actix-web", feature = "tracing"))]
pub(crate) mod events;
#[cfg(feature = "http")]
pub(crate) mod http;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod layer;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod media;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod policy;
#[cfg(any(feature = "actix-web", feature = "axum"))]
pub(crate) mod rejection;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod sanitized;
#[cfg(feature = "tower")]
pub mod tower;
#[cfg(any(feature = "actix-web", feature = "tower"))]
mod unlisted;
#[cfg(any(feature = "utoipa", feature = "utoipa-6"))]
pub(crate) mod utoipa;

/// What the macros below use.
pub(crate) mod macros {
    #[cfg(feature = "actix-web")]
    pub use super::actix::{error_response, status_code};
    #[cfg(feature = "axum")]
    pub use super::axum::into_response;
    #[cfg(feature = "http")]
    pub use super::http::into_http;
    #[cfg(feature = "utoipa")]
    pub use super::utoipa::version_5;
    #[cfg(feature = "utoipa-6")]
    pub use super::utoipa::version_6;
    #[cfg(feature = "actix-web")]
    pub use actix_web;
    #[cfg(feature = "axum")]
    pub use axum_core;
    #[cfg(feature = "http")]
    pub use http;
    #[cfg(feature = "utoipa")]
    pub use utoipa;
    #[cfg(feature = "utoipa-6")]
    pub use utoipa_6;
}

/// Implements the traits of all enabled frameworks for a type that is a [`ToApiError`](crate::ToApiError). Not
/// part of the public interface: generated code and `#[derive(ToApiError)]` call it.
///
/// It takes the generic parameters without their defaults, the type, and the predicates of its `where` clause,
/// each followed by a comma: `__frameworks!([T: Clone,] Failure<T> [T: Send,])`.
#[doc(hidden)]
#[macro_export]
macro_rules! __frameworks {
    ([$($generics:tt)*] $type:ty [$($predicates:tt)*]) => {
        $crate::__http_response!([$($generics)*] $type [$($predicates)*]);
        $crate::__axum_response!([$($generics)*] $type [$($predicates)*]);
        $crate::__actix_response!([$($generics)*] $type [$($predicates)*]);
    };
}

#[cfg(feature = "http")]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_response {
    ([$($generics:tt)*] $type:ty [$($predicates:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)* __Body> ::core::convert::From<$type>
            for $crate::__private::http::Response<__Body>
        where
            __Body: ::core::convert::From<$crate::__private::Vec<::core::primitive::u8>>,
            $($predicates)*
        {
            fn from(error: $type) -> Self {
                $crate::__private::into_http(&error)
            }
        }
    };
}

#[cfg(not(feature = "http"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_response {
    ($($type:tt)*) => {};
}

#[cfg(feature = "axum")]
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_response {
    ([$($generics:tt)*] $type:ty [$($predicates:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)*> $crate::__private::axum_core::response::IntoResponse for $type
        where
            $($predicates)*
        {
            fn into_response(self) -> $crate::__private::axum_core::response::Response {
                $crate::__private::into_response(&self)
            }
        }
    };
}

#[cfg(not(feature = "axum"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __axum_response {
    ($($type:tt)*) => {};
}

#[cfg(feature = "actix-web")]
#[doc(hidden)]
#[macro_export]
macro_rules! __actix_response {
    ([$($generics:tt)*] $type:ty [$($predicates:tt)*]) => {
        #[automatically_derived]
        impl<$($generics)*> $crate::__private::actix_web::ResponseError for $type
        where
            // Every `ToApiError` implements both. If a type does not implement it yet, that one mistake must be
            // reported once: a bound with a lifetime is checked where the impl is used.
            for<'__bound> $type: ::core::fmt::Debug + ::core::fmt::Display,
            $($predicates)*
        {
            fn status_code(&self) -> $crate::__private::actix_web::http::StatusCode {
                $crate::__private::status_code(self)
            }

            fn error_response(&self) -> $crate::__private::actix_web::HttpResponse {
                $crate::__private::error_response(self)
            }
        }
    };
}

#[cfg(not(feature = "actix-web"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __actix_response {
    ($($type:tt)*) => {};
}

/// Implements utoipa's traits for an error enum of a catalog, which has these codes. Not part of the public
/// interface: generated code calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa {
    ($type:ty, $codes:expr) => {
        $crate::__utoipa_5!($type, $codes);
        $crate::__utoipa_6!($type, $codes);
    };
}

#[cfg(feature = "utoipa")]
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_5 {
    ($type:ty, $codes:expr) => {
        $crate::__utoipa_impls!($type, $codes, utoipa, version_5);
    };
}

#[cfg(not(feature = "utoipa"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_5 {
    ($($type:tt)*) => {};
}

#[cfg(feature = "utoipa-6")]
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_6 {
    ($type:ty, $codes:expr) => {
        $crate::__utoipa_impls!($type, $codes, utoipa_6, version_6);
    };
}

#[cfg(not(feature = "utoipa-6"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_6 {
    ($($type:tt)*) => {};
}

/// The impls for one version of utoipa.
#[cfg(any(feature = "utoipa", feature = "utoipa-6"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __utoipa_impls {
    ($type:ty, $codes:expr, $utoipa:ident, $version:ident) => {
        #[automatically_derived]
        impl $crate::__private::$utoipa::PartialSchema for $type {
            fn schema() -> $crate::__private::$utoipa::openapi::RefOr<
                $crate::__private::$utoipa::openapi::schema::Schema,
            > {
                $crate::__private::$version::schema::<$type>()
            }
        }

        #[automatically_derived]
        impl $crate::__private::$utoipa::ToSchema for $type {
            fn name() -> $crate::__private::Cow<'static, ::core::primitive::str> {
                $crate::__private::$version::schema_name::<$type>()
            }
        }

        #[automatically_derived]
        impl $crate::__private::$utoipa::IntoResponses for $type {
            fn responses() -> $crate::__private::$version::Responses {
                $crate::__private::$version::responses::<$type>($codes)
            }
        }
    };
}
