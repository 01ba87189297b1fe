//! What a text tells of.

use crate::decode::Known;

/// What a text tells of in one place.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    /// The errors that it may be.
    pub(crate) rows: Vec<usize>,
    /// The first of them as a client reads it.
    pub(crate) known: Option<Known>,
    pub(crate) status: Option<u16>,
    /// The number of the operation.
    pub(crate) operation: Option<usize>,
    /// The line in which it stands, from 1.
    pub(crate) line: usize,
    /// When that was, if the line says so.
    pub(crate) time: Option<String>,
    /// What it looks like, where it is not known.
    pub(crate) texts: Vec<String>,
    /// Why it is not known.
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An error, with its message.
    Error,
    /// An error without a message.
    Code,
    /// The beginning of a message.
    Cut,
    /// A body of no error of the catalog.
    Unknown,
    /// A list of fields that are wrong.
    Validation,
    /// A response that is no error.
    Success,
    /// A page of something between client and server.
    Page,
    /// A status alone.
    Status,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Code => "code",
            Self::Cut => "cut",
            Self::Unknown => "unknown",
            Self::Validation => "validation",
            Self::Success => "success",
            Self::Page => "page",
            Self::Status => "status",
        }
    }
}

impl Finding {
    pub(super) fn of(kind: Kind, rows: Vec<usize>) -> Self {
        let known = None;
        Self {
            kind,
            rows,
            known,
            status: None,
            operation: None,
            line: 1,
            time: None,
            texts: Vec::new(),
            reason: None,
        }
    }

    /// Whether it tells of an error, and not of a response that is none.
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
