//! The order in which servers and clients can be released.

use super::witness::Fate;

/// Who can be released first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Either,
    ServersFirst,
    ClientsFirst,
    Neither,
}

impl Order {
    /// Returns the order in which every response can be read, from the fates of new and old responses.
    pub(crate) fn of(new: Option<Fate>, old: Option<Fate>) -> Self {
        let is_read = |fate: Option<Fate>| fate.is_none_or(|fate| fate == Fate::Same);
        match (is_read(new), is_read(old)) {
            (true, true) => Self::Either,
            (true, false) => Self::ServersFirst,
            (false, true) => Self::ClientsFirst,
            (false, false) => Self::Neither,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Either => "either",
            Self::ServersFirst => "servers-first",
            Self::ClientsFirst => "clients-first",
            Self::Neither => "neither",
        }
    }

    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Either => "servers and clients in either order",
            Self::ServersFirst => "servers first",
            Self::ClientsFirst => "clients first",
            Self::Neither => "neither order is safe",
        }
    }
}
