//! The macros of `kate-errors`. Use them through `kate-errors` with its feature `derive`.
//!
//! The attribute is a front end: it reads what the user wrote, calls the compiler, and reports diagnostics. The
//! generated code and all rules for catalogs are in `kate-errors-codegen`.

#![forbid(unsafe_code)]

mod api_error;
mod attributes;
mod catalog;
mod library;

use proc_macro::TokenStream;

/// Turns an empty enum into the error enum of a catalog.
///
/// ```text
/// #[kate_errors::catalog("errors.yaml")]
/// pub enum BillingError {}
/// ```
///
/// The path is relative to the folder of the crate's `Cargo.toml`. The enum is named after the catalog, here
/// `catalog: Billing`. If the catalog changes, it is compiled again.
///
/// If a crate renames the library, add the name: `#[ke::catalog("errors.yaml", crate = ke)]`.
///
/// Documentation, visibility and other attributes of the enum are kept. Derives of traits that the enum
/// implements anyway (`Debug`, `Clone`, `PartialEq`, `Eq`, `Hash`, `Display`, `Error`, `Serialize`,
/// `Deserialize`) are removed, others are kept.
///
/// The attribute also generates `Status`, `Section`, `BillingErrorCode` and the types of parameters, in the
/// module `billing_catalog`. They are imported with a glob, so your own type with one of these names takes
/// precedence, and the types of two catalogs in one module do not clash until one is used.
///
/// # Errors
///
/// All mistakes of the catalog are reported as one compile error at the path, with file, line, column and
/// excerpt. The enum is then generated from the part that could be understood, so that code using it compiles.
/// Warnings cannot be shown: `kate-errors check` and a build script show them.
#[proc_macro_attribute]
pub fn catalog(arguments: TokenStream, item: TokenStream) -> TokenStream {
    catalog::expand(arguments.into(), item.into()).into()
}

/// Maps each variant of a server's own error enum to the error of a catalog that the client gets.
///
/// ```text
/// #[derive(Debug, thiserror::Error, kate_errors::ToApiError)]
/// #[api_error(catalog = KateError)]
/// enum ServiceError {
///     #[error("no artifact {0}")]
///     #[api_error(artifact_not_found)]
///     NoArtifact(u64),
///     #[error(transparent)]
///     #[api_error(transparent)]
///     Wallet(#[from] WalletError),
///     #[error("the database failed")]
///     #[api_error(internal)]
///     Database(#[from] std::io::Error),
/// }
/// ```
///
/// See the documentation of the derive in the library.
#[proc_macro_derive(ToApiError, attributes(api_error))]
pub fn api_error(input: TokenStream) -> TokenStream {
    api_error::expand(input.into()).into()
}
