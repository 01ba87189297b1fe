//! `compat`: which clients read the errors of which servers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::diff::all_compile;
use crate::catalog_file::CatalogFile;
use crate::cli::{CompatArguments, CompatFormat};
use crate::diff::Fate;
use crate::diff::matrix::{Cell, Missed};
use crate::diff::show::{markdown, response};
use crate::failure::{Failure, Verdict};
use crate::formats::to_json;
use crate::output::{HEADING, Terminal};
use crate::table;
use crate::visible::visible;

/// How many of the errors that are not read as themselves are shown to people.
const MOST_SHOWN: usize = 100;

pub(crate) fn run(
    arguments: &CompatArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let read = |path| CatalogFile::read_version(path, terminal);
    let files: Vec<CatalogFile> =
        arguments.files.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    all_compile(&files.iter().collect::<Vec<_>>(), terminal)?;
    let progress = terminal.progress("decoding the responses of all versions");
    let matrix = Matrix::of(&files);
    drop(progress);
    terminal.out.print(&match arguments.format {
        CompatFormat::Text => matrix.text(),
        CompatFormat::Json => to_json(&matrix.json()),
        CompatFormat::Markdown => matrix.markdown(),
    })?;
    let is_safe = matrix.cells.iter().all(|(_, cell)| cell.is_safe());
    Ok(if is_safe { Verdict::Clean } else { Verdict::Findings })
}

/// A server and a client, by their places among the versions.
type Place = (usize, usize);

struct Matrix<'f> {
    versions: Vec<&'f str>,
    /// By server, then by client.
    cells: Vec<(Place, Cell)>,
}

/// An error that is not read as itself: what becomes of it, its name, and the response.
type Response = (Reverse<usize>, String, String);

/// What is read in a response, and by which clients.
type Read = (String, Vec<usize>);

impl<'f> Matrix<'f> {
    fn of(files: &'f [CatalogFile]) -> Self {
        let places = (0..files.len()).flat_map(|a| (0..files.len()).map(move |b| (a, b)));
        let cell = |(server, client): Place| {
            let cell = Cell::of(&files[server].compilation, &files[client].compilation)?;
            Some(((server, client), cell))
        };
        Self {
            versions: files.iter().map(|file| file.compilation.source.name()).collect(),
            cells: places.filter_map(cell).collect(),
        }
    }

    /// The lines of the table, with the names of versions at their beginnings.
    fn lines(&self) -> Vec<Vec<String>> {
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
    fn described(&self) -> (Vec<(String, Vec<String>)>, usize) {
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

    fn text(&self) -> String {
        let cell = |(at, text): (usize, &String)| {
            if at == 0 { table::Cell::new(text, HEADING) } else { table::Cell::plain(text) }
        };
        let line = |line: &Vec<String>| line.iter().enumerate().map(cell).collect();
        let mut text = table::render(&self.lines().iter().map(line).collect::<Vec<_>>());
        let (described, more) = self.described();
        for (response, readings) in described {
            text = format!("{text}\n{}\n", visible(&response));
            text.extend(readings.iter().map(|reading| format!("  {}\n", visible(reading))));
        }
        if more > 0 {
            text = format!("{text}\n{more} more; `--format json` has all\n");
        }
        text
    }

    fn markdown(&self) -> String {
        let line = |line: &Vec<String>| {
            let cells: Vec<String> = line.iter().map(|cell| markdown(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        };
        let mut lines = self.lines().iter().map(line).collect::<Vec<_>>();
        lines.insert(1, format!("|{}\n", "---|".repeat(self.versions.len() + 1)));
        let mut text = lines.concat();
        let (described, more) = self.described();
        for (at, (response, readings)) in described.iter().enumerate() {
            text = format!("{text}{}- {}\n", if at == 0 { "\n" } else { "" }, markdown(response));
            text.extend(readings.iter().map(|reading| format!("  - {}\n", markdown(reading))));
        }
        if more > 0 {
            text = format!("{text}- {more} more\n");
        }
        text
    }

    fn json(&self) -> Value {
        let cell = |((server, client), cell): &(Place, Cell)| {
            let count = |of: usize| cell.missed.iter().filter(|it| kind(it) == of).count();
            json!({
                "server": self.versions[*server],
                "client": self.versions[*client],
                "errors": cell.errors,
                "itself": cell.errors - cell.missed.len(),
                "by_code": count(0),
                "unknown": count(1),
                "with_other_values": count(2),
                "as_another": count(3),
                "all_compared": cell.is_proved,
                "otherwise": cell.missed.iter().map(missed_json).collect::<Vec<_>>(),
            })
        };
        json!({ "versions": self.versions, "cells": self.cells.iter().map(cell).collect::<Vec<_>>() })
    }
}

/// What can become of an error that is not read as itself: in a cell, and of one error.
const KINDS: [(&str, &str); 4] = [
    ("by code", "known by its code only"),
    ("unknown", "unknown"),
    ("with other values", "read with other values"),
    ("as another", "read as another error"),
];

/// The place of what becomes of an error among `KINDS`.
fn kind(missed: &Missed) -> usize {
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

fn missed_json(missed: &Missed) -> Value {
    let witness = &missed.witness;
    let header = witness.header.as_ref().map(|(name, code)| json!({ "name": name, "value": code }));
    json!({
        "error": missed.name,
        "read": KINDS[kind(missed)].0.replace(' ', "_"),
        "status": witness.status,
        "header": header,
        "body": witness.body,
        "reading": witness.old,
    })
}
