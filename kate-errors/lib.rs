#![doc = include_str!("../README.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
// Generated code names the library `::kate_errors`, here as everywhere else.
extern crate self as kate_errors;

mod catalog_error;
mod decode;
mod fmt;
mod json;
mod parameter;
mod retirement;
mod retry;
mod table;
#[doc(hidden)]
pub mod template;
mod text;
mod word;

#[doc(hidden)]
pub mod __private;

pub use catalog_error::{CatalogCode, CatalogError, UnknownCode};
/// Makes the error enum of a catalog of your own, without a build script. Needs the feature `derive`.
///
/// With this catalog in `docs/billing.yaml`:
///
/// ```yaml
#[doc = include_str!("../docs/billing.yaml")]
/// ```
///
/// its errors are an enum like any other:
///
/// ```
/// /// What goes wrong with invoices.
/// #[kate_errors::catalog("docs/billing.yaml")]
/// pub enum BillingError {}
///
/// fn pay(number: u64) -> Result<(), BillingError> {
///     match number {
///         7 => Err(BillingError::WalletEmpty),
///         _ => Err(BillingError::InvoiceNotFound { number }),
///     }
/// }
///
/// let error = pay(8).unwrap_err();
/// assert_eq!(error.status(), Status::NotFound);
/// assert_eq!(&*error.body(), br#"{"detail":"Invoice 8 not found"}"#);
/// assert_eq!(error.cause(), "No invoice has the number 8");
///
/// let read: BillingError = serde_json::from_str(r#"{"detail":"Wallet empty"}"#)?;
/// assert_eq!(read, BillingError::WalletEmpty);
/// assert_eq!(read.code(), BillingErrorCode::WalletEmpty);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[cfg(feature = "derive")]
pub use kate_errors_derive::catalog;
pub use retirement::Retired;
pub use retry::Retry;
pub use text::{InvalidText, Text};
pub use word::{InvalidWord, Word};

/// Includes what the build script made from a catalog: `include_catalog!()` for the file `errors.rs`
/// of the build, `include_catalog!("billing.rs")` for another one.
///
/// The build script is two lines, see the crate `kate-errors-codegen`.
///
/// ```
/// mod errors {
///     // In a crate whose build script compiles its errors.yaml:
///     // kate_errors::include_catalog!();
/// }
/// ```
#[macro_export]
macro_rules! include_catalog {
    () => {
        $crate::include_catalog!("errors.rs");
    };
    ($file:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $file));
    };
}

include_catalog!();
