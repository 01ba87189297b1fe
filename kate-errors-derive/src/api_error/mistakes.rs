//! What is wrong with what the user wrote: all of it, not the first mistake alone.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Error;

/// The mistakes that were found so far.
#[derive(Default)]
pub(super) struct Mistakes(Vec<Error>);

impl Mistakes {
    /// Notes what stands at `place`.
    pub(super) fn at(&mut self, place: impl ToTokens, message: impl std::fmt::Display) {
        self.0.push(Error::new_spanned(place, message));
    }

    /// The value, or a note of why there is none.
    pub(super) fn note<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    pub(super) fn into_compile_errors(self) -> TokenStream {
        self.0.into_iter().map(Error::into_compile_error).collect()
    }
}
