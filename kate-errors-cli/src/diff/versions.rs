//! All versions of a catalog that are in use, each as servers and as clients, for people: a table, and what is not read as
//! itself. `compat` shows it, and so does the page in HTML.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kate_errors_codegen::Compilation;

use super::Fate;
use super::matrix::{Cell, Missed};
use super::show::response;
use crate::visible::visible;

/// How many of the errors that are not read as themselves are shown to people.
const MOST_SHOWN: usize = 100;

/// A server and a client, by their places among the versions.
pub(crate) type Place = (usize, usize);

/// Which clients read the errors of which servers: each version against each.
pub(crate) struct Matrix<'f> {
    pub(crate) versions: Vec<&'f str>,
    /// By server, then by client.
    pub(crate) cells: Vec<(Place, Cell)>,
}

/// An error that is not read as itself: what becomes of it, its name, and the response.
type Response = (Reverse<usize>, String, String);

/// What is read in a response, and by which clients.
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

    /// The lines of the table, with the names of versions at their beginnings.
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

    /// What is not read as itself, the worst first: each response with the servers that send it, and what clients read.
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

    /// A line for each response, and one below it for what is read; and how many are left out.
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

/// What can become of an error that is not read as itself: in a cell, and of one error.
pub(crate) const KINDS: [(&str, &str); 4] = [
    ("by code", "known by its code only"),
    ("unknown", "unknown"),
    ("with other values", "read with other values"),
    ("as another", "read as another error"),
];

/// The place of what becomes of an error among `KINDS`.
pub(crate) fn kind(missed: &Missed) -> usize {
    match missed.fate {
        Fate::Same | Fate::CodeAlone => 0,
        Fate::Unknown => 1,
        Fate::OtherValues => 2,
        Fate::Other(_) => 3,
    }
}

/// `14 of 15, 1 by code`.
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
