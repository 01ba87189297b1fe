//! Typed errors for HTTP APIs that respond with a status and `{"detail": "<message>"}`.
//!
//! [`KateError`] is generated from the catalog `errors.yaml`, which comes with the crate. To generate an enum from
//! your own catalog, use the attribute `catalog` (feature `derive`) or the crate `kate-errors-codegen`.
//!
//! # Features
//!
//! All features are off by default. The library only needs `core` and `alloc`; its only external dependency is
//! `serde_core`. All features except `derive` need the standard library.
//!
//! | feature | adds |
//! |---|---|
//! | `derive` | the attribute `#[kate_errors::catalog("errors.yaml")]`, and `#[derive(ToApiError)]` |
//! | `http` | errors as `http::Response` for servers, and the module `client` for any HTTP client |
//! | `axum`, `actix-web` | errors as responses of these frameworks; for actix-web a middleware as well |
//! | `tower` | a layer that converts all other error responses to errors of the catalog |
//! | `tracing` | events for the errors that a server sends |
//! | `utoipa`, `utoipa-6` | errors in the documents that utoipa 5 and 6 make |
//! | `reqwest`, `reqwest-blocking` | the module `client` for the responses of reqwest 0.13 |
//! | `ureq` | the same for the responses of ureq 3 |
#![no_std]
#![forbid(unsafe_code)]
// The docs show which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;
#[cfg(any(feature = "http", test))]
extern crate std;
// Only serde's traits are needed; here, they have their familiar name.
extern crate serde_core as serde;
// Generated code refers to the library as `::kate_errors`, also in this crate.
extern crate self as kate_errors;

mod catalog;
#[cfg(feature = "http")]
pub mod client;
mod decode;
mod encode;
mod field_error;
mod parameter_from;
mod server;
mod tool_result;

#[doc(hidden)]
pub mod __private;

pub use catalog::{CatalogCode, CatalogError, Retired, UnknownChoice, UnknownCode};
pub use decode::{
    CatalogOperation, Decoded, Decoder, Difference, Nearest, Note, Notes, Outcome, Scope, Unknown,
    Validation,
};
pub use encode::{CatalogResponse, Fallback, Format, RequestValue};
pub use field_error::{FieldError, PathItem};
#[doc = include_str!("../docs/derive.md")]
#[cfg(feature = "derive")]
pub use kate_errors_derive::ToApiError;
/// Generates the error enum of your own catalog, without a build script. Needs the feature `derive`.
///
/// With this catalog in `docs/billing.yaml`:
///
/// ```yaml
#[doc = include_str!("../docs/billing.yaml")]
/// ```
///
/// the attribute generates this enum:
///
/// ```
/// /// What goes wrong with invoices.
/// #[kate_errors::catalog("docs/billing.yaml")]
/// pub enum BillingError {}
///
/// fn pay(cents: u64) -> Result<(), BillingError> {
///     let limit = 50_000;
///     if cents > limit {
///         return Err(BillingError::AmountTooLarge { amount: cents, limit });
///     }
///     Ok(())
/// }
///
/// let error = pay(90_000).unwrap_err();
/// assert_eq!(error.status(), Status::PaymentRequired);
/// assert_eq!(error.detail(), "Amount 90000 is over the limit of 50000 cents");
/// assert_eq!(error.fix(), "Pay in parts of 50000 cents at the most");
///
/// let read: BillingError = serde_json::from_slice(&error.body())?;
/// assert_eq!(read.code(), BillingErrorCode::AmountTooLarge);
/// assert_eq!(read, error);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "derive")]
pub use kate_errors_derive::catalog;
pub use kate_errors_model::json::Kind as DetailKind;
pub use kate_errors_model::{Retry, UnknownReason};
pub use parameter_from::AsIs;
#[cfg(feature = "actix-web")]
pub use server::actix;
pub use server::api_error::{ApiError, ToApiError};
#[cfg(any(feature = "actix-web", feature = "axum"))]
pub use server::rejection::Located;
#[cfg(feature = "tower")]
pub use server::tower;

/// Includes the code that the build script generated from a catalog: `include_catalog!()` for a file called
/// `errors.yaml`, `include_catalog!("billing.rs")` for `docs/billing.yaml` or any other `billing.yaml`.
///
/// See the crate `kate-errors-codegen` for the build script, which has two lines.
///
/// ```
/// mod errors {
///     kate_errors::include_catalog!();
/// }
///
/// assert_eq!(errors::KateError::RunNotFound.to_string(), "Run not found");
/// ```
#[macro_export]
macro_rules! include_catalog {
    () => {
        $crate::include_catalog!("errors.rs");
    };
    ($file:literal) => {
        ::core::include!(::core::concat!(
            ::core::env!(
                "OUT_DIR",
                "this crate has no build script, which compiles the catalog: write a build.rs that calls \
                 `kate_errors_codegen::build_script::compile`"
            ),
            "/",
            $file
        ));
    };
}

#[cfg(feature = "regenerate")]
mod generated {
    crate::include_catalog!();
}
#[cfg(not(feature = "regenerate"))]
#[path = "generated/kate.rs"]
mod generated;

#[doc(inline)]
pub use generated::*;

// The examples of the pages run as tests; they need these features.
#[cfg(all(doctest, feature = "derive", feature = "reqwest", feature = "axum", feature = "tower"))]
#[doc = include_str!("../README.md")]
mod readme {}

#[cfg(all(doctest, feature = "derive"))]
#[doc = include_str!("../docs/setup.md")]
mod setup_page {}

#[cfg(all(doctest, feature = "axum", feature = "tower", feature = "tracing"))]
#[doc = include_str!("../docs/servers.md")]
mod servers_page {}

#[cfg(doctest)]
#[doc = include_str!("../docs/agents.md")]
mod agents_page {}
