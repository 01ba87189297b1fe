//! Ranks the readings of a body with several envelopes.

use kate_errors_codegen::Catalog;
use kate_errors_model::UnknownReason;
use kate_errors_model::template::FREE_TEXT;

use super::{Known, Reading};

/// The highest rank. No other envelope can do better.
pub(super) const MOST: u8 = 4;

/// The rank of a response with a code.
pub(super) const CODE: u8 = 2;

impl Reading {
    /// Returns the rank of a reading. A known error ranks above one without its free text, then a known or foreign
    /// code, then any other sign of an error.
    pub(super) fn worth(&self, catalog: &Catalog) -> u8 {
        let is_free = |known: &Known| catalog.rows[known.row].detail.source == FREE_TEXT;
        match self {
            Self::NotAnError => 0,
            Self::Validation => 1,
            Self::Known(known)
                if is_free(known) && known.values.iter().flatten().all(String::is_empty) =>
            {
                3
            }
            Self::Known(_) => MOST,
            Self::Unknown(UnknownReason::OtherCode, _) | Self::Unknown(_, Some(_)) => CODE,
            Self::Unknown(reason, None) => u8::from(reason.is_of_an_error()),
        }
    }
}
