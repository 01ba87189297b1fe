//! Compares the servers of one version of a catalog with the clients of another.
//!
//! Every error is rendered with example values by the server's catalog, and decoded by the client's. Examples cannot
//! show that no other values are mistaken for another error, so the messages are also compared by the proof of
//! `clash`.

use std::cmp::Reverse;

use kate_errors_codegen::Compilation;

use super::finding::Comparison;
use super::witness::{Fate, Sent, Which, Witness};

/// The readings of clients of one version, for the errors that servers of another version send.
pub(crate) struct Cell {
    /// The number of errors that these servers send.
    pub(crate) errors: usize,
    /// The errors that are misread.
    pub(crate) missed: Vec<Missed>,
    /// Whether it is proved that no other errors are read as another error or with other values.
    pub(crate) is_proved: bool,
}

/// An error that is misread.
pub(crate) struct Missed {
    pub(crate) name: String,
    pub(crate) fate: Fate,
    /// A response; `old` is the reading of the client.
    pub(crate) witness: Witness,
}

impl Cell {
    /// Compares two versions. Returns `None` if one of them does not compile.
    pub(crate) fn of(server: &Compilation, client: &Compilation) -> Option<Self> {
        let comparison = Comparison::of(client, server)?;
        let both = &comparison.both;
        let rows = both.new.catalog.rows.iter().enumerate();
        let current = rows.filter(|(_, row)| row.retired.is_none());
        let sent = current.flat_map(|(at, _)| both.all_examples(Which::New, at));
        let mut all: Vec<(Sent, Fate)> = sent
            .map(|sent| {
                let fate = both.fate(&sent);
                (sent, fate)
            })
            .collect();
        let (mistaken, is_proved) = comparison.mistaken();
        all.extend(mistaken);
        // Keeps the worst fate of each error.
        all.sort_by_key(|(sent, fate)| (sent.row, Reverse(*fate)));
        all.dedup_by_key(|(sent, _)| sent.row);
        let missed =
            all.iter().filter(|(_, fate)| *fate != Fate::Same).map(|(sent, fate)| Missed {
                name: both.new.row(sent.row).name.clone(),
                fate: *fate,
                witness: both.witness(sent),
            });
        Some(Self { errors: all.len(), missed: missed.collect(), is_proved })
    }

    /// Whether it is proved that no error is read as another one or with other values.
    pub(crate) fn is_safe(&self) -> bool {
        self.is_proved && self.missed.iter().all(|missed| missed.fate <= Fate::Unknown)
    }
}
