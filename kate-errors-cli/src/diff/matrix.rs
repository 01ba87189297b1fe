//! Which clients read what which servers send: one version of a catalog against another.
//!
//! Every error is rendered by the server's catalog with example values, and decoded by the client's. Examples cannot show
//! that no other values are taken for another error: for that, messages are compared by the proof of `clash`.

use std::cmp::Reverse;

use kate_errors_codegen::Compilation;

use super::finding::Comparison;
use super::witness::{Fate, Sent, Which, Witness};

/// What clients of one version make of the errors that servers of another send.
pub(crate) struct Cell {
    /// How many errors these servers send.
    pub(crate) errors: usize,
    /// Those of them that are not read as what they are.
    pub(crate) missed: Vec<Missed>,
    /// Whether it is proved that only these are read as another error, or with other values.
    pub(crate) is_proved: bool,
}

/// An error that is not read as what it is.
pub(crate) struct Missed {
    pub(crate) name: String,
    pub(crate) fate: Fate,
    /// A response, with what the client reads as `old`.
    pub(crate) witness: Witness,
}

impl Cell {
    /// There is none where a catalog does not compile.
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
        // The worst of what becomes of each error.
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

    /// Whether no error is ever read as another one, or with other values.
    pub(crate) fn is_safe(&self) -> bool {
        self.is_proved && self.missed.iter().all(|missed| missed.fate <= Fate::Unknown)
    }
}
