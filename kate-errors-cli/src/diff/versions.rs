//! Compares all versions of a catalog that are in use, each as servers and as clients.
//!
//! The result for people is a table and a list of misread errors, which `compat` and the HTML page show.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kate_errors_codegen::Compilation;

use super::Fate;
use super::matrix::{Cell, Missed};
use super::show::response;
use crate::visible::visible;

/// The maximum number of misread errors that are shown to people.
const MOST_SHOWN: usize = 100;

/// A server and a client, as indices of versions.
pub(crate) type Place = (usize, usize);

/// Each version as servers against each version as clients.
pub(crate) struct Matrix<'f> {
    pub(crate) versions: Vec<&'f str>,
    /// The results, ordered by server, then by client.
    pub(crate) cells: Vec<(Place, Cell)>,
}

/// A misread error: its index in [`KINDS`], its name, and the response.
type Response = (Reverse<usize>, String, String);

/// A reading of a response, and the clients that read it so.
type Read = (String, Vec<usize>);

impl<'f> Matrix<'f> {
    pub(crate) fn of(versions: &[&'f Compilation]) -> Self {
        let places = (0..versions.len()).flat_map(|a| (0..versions.len()).map(move |b| (a, b)));
        let cell = |(server, client): Place| {
            let cell = Cell::of(versions[server], versions[client])?;
            Some(((server, client), cell))
        };
        Self {
            versions: versions.iter().map(|version| version.source.name()).collect(),
            cells: places.filter_map(cell).collect(),
        }
    }

    /// Returns the rows of the table. Each begins with the name of a version.
    pub(crate) fn lines(&self) -> Vec<Vec<String>> {
        let name = |version: &&str| visible(version).into_owned();
        let line = |(at, cells): (usize, &[(Place, Cell)])| {
            let cells = cells.iter().map(|(_, cell)| in_short(cell));
            std::iter::once(name(&self.versions[at])).chain(cells).collect()
        };
        let head = std::iter::once("servers \\ clients".to_owned());
        let head = head.chain(self.versions.iter().map(name)).collect();
        let rest = self.cells.chunks(self.versions.len()).enumerate().map(line);
        std::iter::once(head).chain(rest).collect()
    }

    /// Returns the misread errors, the worst first: each response with the readings of clients and the servers that
    /// send it.
    fn missed(&self) -> BTreeMap<Response, BTreeMap<Read, Vec<usize>>> {
        let mut readings: BTreeMap<(Response, String, usize), Vec<usize>> = BTreeMap::new();
        for ((server, client), cell) in &self.cells {
            for missed in &cell.missed {
                let weight = Reverse(kind(missed));
                let response = (weight, missed.name.clone(), response(&missed.witness));
                let key = (response, missed.witness.old.clone(), *server);
                readings.entry(key).or_default().push(*client);
            }
        }
        let mut all: BTreeMap<Response, BTreeMap<Read, Vec<usize>>> = BTreeMap::new();
        for ((response, reading, server), clients) in readings {
            let servers = all.entry(response).or_default().entry((reading, clients)).or_default();
            servers.push(server);
        }
        all
    }

    fn names(&self, versions: &[usize]) -> String {
        let names: Vec<&str> = versions.iter().map(|at| self.versions[*at]).collect();
        names.join(", ")
    }

    /// Returns a line for each misread response with a line for each reading, and the number of omitted responses.
    pub(crate) fn described(&self) -> (Vec<(String, Vec<String>)>, usize) {
        let missed = self.missed();
        let shown = missed.iter().take(MOST_SHOWN).map(|((weight, name, response), read)| {
            let read = read.iter().map(|((reading, clients), servers)| {
                let (servers, clients) = (self.names(servers), self.names(clients));
                format!("sent by {servers}, read by clients of {clients}: {reading}")
            });
            let what = KINDS[weight.0].1;
            (format!("`{name}` is {what}: {response}"), read.collect())
        });
        (shown.collect(), missed.len().saturating_sub(MOST_SHOWN))
    }
}

/// The ways to misread an error, the worst last: as shown in a cell of the table, and in a sentence.
pub(crate) const KINDS: [(&str, &str); 4] = [
    ("by code", "known by its code only"),
    ("unknown", "unknown"),
    ("with other values", "read with other values"),
    ("as another", "read as another error"),
];

/// Returns the index of an error's fate in [`KINDS`].
pub(crate) fn kind(missed: &Missed) -> usize {
    match missed.fate {
        Fate::Same | Fate::CodeAlone => 0,
        Fate::Unknown => 1,
        Fate::OtherValues => 2,
        Fate::Other(_) => 3,
    }
}

/// Summarizes a cell, such as `14 of 15, 1 by code`.
fn in_short(cell: &Cell) -> String {
    let same = cell.errors - cell.missed.len();
    let mut text = format!("{same} of {}", cell.errors);
    if cell.missed.is_empty() {
        text = format!("all {same}");
    }
    for (at, (name, _)) in KINDS.iter().enumerate() {
        let count = cell.missed.iter().filter(|missed| kind(missed) == at).count();
        if count > 0 {
            text = format!("{text}, {count} {name}");
        }
    }
    if cell.is_proved { text } else { text + ", not all compared" }
}
