//! Collects all mistakes in what the user wrote, not only the first one.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// The mistakes found so far.
#[derive(Default)]
pub(super) struct Mistakes(Vec<Error>);

impl Mistakes {
    /// Adds a mistake at `place`.
    pub(super) fn at(&mut self, place: impl ToTokens, message: impl std::fmt::Display) {
        self.0.push(Error::new_spanned(place, message));
    }

    /// Returns the value, or adds the error as a mistake.
    pub(super) fn note<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    pub(super) fn into_compile_errors(self) -> TokenStream {
        self.0.into_iter().map(Error::into_compile_error).collect()
    }
}
