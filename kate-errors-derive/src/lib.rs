//! The macros of `kate-errors`. Use them through `kate-errors` with its feature `derive`.
//!
//! The attribute is a front end: it reads what the user wrote, calls the compiler, and reports. What is
//! generated, and every rule for catalogs, is in `kate-errors-codegen`.

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
/// The path is relative to the folder of the crate's `Cargo.toml`. The catalog says
/// `catalog: Billing`; the enum is called after it. The compiler watches the file: a changed catalog is
/// compiled again.
///
/// A crate that calls the library by another name says so: `#[ke::catalog("errors.yaml", crate = ke)]`.
///
/// Documentation, visibility and other attributes of the enum are kept. Derives of traits that the enum
/// has anyway (`Debug`, `Clone`, `PartialEq`, `Eq`, `Hash`, `Display`, `Error`, `Serialize`,
/// `Deserialize`) are taken out, others are kept.
///
/// Beside the enum stand `Status`, `Section`, `BillingErrorCode` and the types of parameters. They are
/// imported with a glob, so a type of yours with one of these names goes before it, and the types of two
/// catalogs in one module do not clash until one is named. All of them are in the module
/// `billing_catalog`.
///
/// # Errors
///
/// Every mistake of the catalog is shown, with file, line, column and excerpt, as one compile error at
/// the path. The enum is then made from what could be understood, so that its users compile. Warnings
/// cannot be shown: `kate-errors check` has them, and so has a build script.
#[proc_macro_attribute]
pub fn catalog(arguments: TokenStream, item: TokenStream) -> TokenStream {
    catalog::expand(arguments.into(), item.into()).into()
}

/// Says for each variant of a server's own error enum which error of a catalog it answers with.
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
/// The library's documentation of the derive tells all of it.
#[proc_macro_derive(ToApiError, attributes(api_error))]
pub fn api_error(input: TokenStream) -> TokenStream {
    api_error::expand(input.into()).into()
}
