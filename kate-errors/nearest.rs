//! The row whose sentence is most like one that the catalog does not know.

use alloc::vec::Vec;
use core::fmt;

use crate::CatalogCode;
use crate::likeness::{Likeness, Wording};
use crate::table::Row;
use crate::template::Template;

/// The row whose sentence is most like the one received, and what differs. See
/// [`Decoded::nearest`](crate::Decoded::nearest).
///
/// ```
/// use kate_errors::KateError;
///
/// let received = KateError::decode(404, br#"{"detail":"Run  not found"}"#);
/// let nearest = received.nearest().unwrap();
/// assert_eq!(nearest.to_string(), "nearest is `run_not_found`: white space differs");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest<C> {
    code: C,
    differences: Vec<Difference>,
}

/// What differs between a sentence and that of a row.
///
/// ```
/// use kate_errors::{Difference, KateError};
///
/// let body = br#"{"detail":"Insufficient token balance. Required: 007, available: few"}"#;
/// let received = KateError::decode(402, body);
/// let nearest = received.nearest().unwrap();
/// let names = ["required", "available"];
/// let differences = names.map(|name| Difference::Parameter { name, expected: "u64" });
/// assert_eq!(nearest.differences(), differences);
/// assert_eq!(differences[0].to_string(), "`required` is no u64");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// Capital and small letters.
    Case,
    /// Blanks: more, fewer, or of another kind.
    WhiteSpace,
    /// The full stop at the end.
    FullStop,
    /// What stands in place of a parameter is not of its type, or is spelled in another way.
    Parameter {
        /// The name of the parameter.
        name: &'static str,
        /// The name of its type.
        expected: &'static str,
    },
    /// Other letters.
    Letters {
        /// How many of them must change.
        count: usize,
    },
}

impl<C: CatalogCode> Nearest<C> {
    /// The row.
    ///
    /// ```
    /// # use kate_errors::{KateError, KateErrorCode};
    /// let received = KateError::decode(404, br#"{"detail":"run not found"}"#);
    /// assert_eq!(received.nearest().unwrap().code(), KateErrorCode::RunNotFound);
    /// ```
    #[must_use]
    pub fn code(&self) -> C {
        self.code
    }

    /// What differs.
    ///
    /// ```
    /// # use kate_errors::{Difference, KateError};
    /// let received = KateError::decode(404, br#"{"detail":"run not found"}"#);
    /// assert_eq!(received.nearest().unwrap().differences(), [Difference::Case]);
    /// ```
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

impl<C: CatalogCode> fmt::Display for Nearest<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nearest is `{}`: ", self.code)?;
        for (index, difference) in self.differences.iter().enumerate() {
            write!(f, "{}{difference}", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Case => f.write_str("capital letters differ"),
            Self::WhiteSpace => f.write_str("white space differs"),
            Self::FullStop => f.write_str("the full stop at the end differs"),
            Self::Parameter { name, expected } => write!(f, "`{name}` is no {expected}"),
            Self::Letters { count: 1 } => f.write_str("one letter differs"),
            Self::Letters { count } => write!(f, "{count} letters differ"),
        }
    }
}

/// The row that is nearest to `sentence`, if one is near.
pub(crate) fn nearest<C: CatalogCode>(sentence: &str) -> Option<Nearest<C>> {
    let mut best: Option<(Likeness, usize)> = None;
    for (index, row) in C::TABLE.rows().enumerate() {
        let is_homonym = row.more().is_some_and(|more| more.same_as.is_some());
        for wording in wordings(row).filter(|_| !is_homonym) {
            let found = Likeness::of(wording, sentence, best.as_ref().map(|(best, _)| best.cost));
            best = found.map(|likeness| (likeness, index)).or(best);
        }
    }
    let (likeness, row) = best?;
    let differences = likeness.differences(sentence);
    let code = *C::ALL.get(row)?;
    (!differences.is_empty()).then_some(Nearest { code, differences })
}

/// Every sentence that a row has or had.
fn wordings(row: Row) -> impl Iterator<Item = Wording> {
    let more = row.more();
    let holes = !row.params().is_empty();
    let current =
        if holes { Wording::Template(row.template(false)) } else { Wording::Text(row.detail()) };
    let full = more.filter(|more| !more.full.is_empty()).map(|_| row.template(true));
    let former = more.into_iter().flat_map(|more| {
        let params = more.own_params();
        more.former.iter().map(move |pieces| Template { pieces, params })
    });
    core::iter::once(current).chain(full.into_iter().chain(former).map(Wording::Template))
}
