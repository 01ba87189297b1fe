//! What is found in a pasted text.

use kate_errors_codegen::Catalog;
use serde::Serialize;

use crate::decode::Known;
use crate::messages::has_status;

/// What is found in one place of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// The errors that match.
    pub(crate) rows: Vec<usize>,
    /// The first of these errors, as a client decodes it.
    pub(crate) known: Option<Known>,
    pub(crate) status: Option<u16>,
    /// The index of the operation.
    pub(crate) operation: Option<usize>,
    /// The line number, from 1.
    pub(crate) line: usize,
    /// The timestamp of the line, if it has one.
    pub(crate) time: Option<String>,
    /// Of an unknown error, texts to find similar messages for; of a validation error, the body.
    pub(crate) texts: Vec<String>,
    /// The paths and messages of the invalid fields that a body lists.
    pub(crate) fields: Vec<(String, String)>,
    /// Why the error is unknown.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// An error with its message.
    #[default]
    Error,
    /// An error known by its code only.
    Code,
    /// The beginning of a message.
    Cut,
    /// A body without an error of the catalog.
    Unknown,
    /// A list of invalid fields.
    Validation,
    /// A response that is not an error.
    Success,
    /// An HTML page of a proxy or gateway.
    Page,
    /// A status without a body.
    Status,
    /// A route without a response.
    Operation,
}

impl Finding {
    pub(crate) fn of(kind: Kind, rows: Vec<usize>) -> Self {
        Self { kind, rows, line: 1, ..Self::default() }
    }

    /// Whether one of the errors is sent with the status.
    pub(super) fn has(&self, catalog: &Catalog, status: u16) -> bool {
        self.rows.iter().any(|row| has_status(catalog, &catalog.rows[*row], status))
    }

    /// Whether this is an error, not a successful response.
    pub(crate) fn is_of_an_error(&self) -> bool {
        match self.kind {
            Kind::Success => false,
            Kind::Status => self.status.is_none_or(|status| status >= 400),
            _ => true,
        }
    }
}

impl From<Known> for Finding {
    fn from(known: Known) -> Self {
        let rows = known.rows().collect();
        Self { known: Some(known), ..Self::of(Kind::Error, rows) }
    }
}
