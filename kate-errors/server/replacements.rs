//! What is answered in place of a response that is not in the catalog: the same for every framework.

use alloc::vec::Vec;

use crate::{CatalogError, CatalogResponse};

/// The answers for the statuses.
#[derive(Clone)]
pub(crate) struct Replacements<E> {
    pub(crate) answers: Vec<(u16, E)>,
    /// Whether they say their codes in the header field `x-error-code`.
    pub(crate) has_error_codes: bool,
}

impl<E: CatalogError> Replacements<E> {
    /// The fallbacks of the catalog alone.
    pub(crate) const fn new() -> Self {
        Self { answers: Vec::new(), has_error_codes: false }
    }

    /// Answers with this error from now on where the status is this one.
    pub(crate) fn set(&mut self, status: u16, error: E) {
        self.answers.retain(|(known, _)| *known != status);
        self.answers.push((status, error));
    }

    /// The answer in place of a response with this status.
    pub(crate) fn of(&self, status: u16) -> CatalogResponse<E> {
        let answer = self.answers.iter().find(|(known, _)| *known == status);
        let response = match answer {
            Some((_, error)) => CatalogResponse::new(error.clone()),
            None => CatalogResponse::fallback(status),
        };
        if self.has_error_codes { response.with_error_code() } else { response }
    }
}
