//! The sentences of a catalog, and which of them a passage is. The runtime library reads them, so that
//! the command finds what a client finds.

use kate_errors::template;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Piece, Row, Template};

use super::answer::{Explained, Value};
use super::passages::Passages;
use crate::fit::{choices, runtime_param};

/// What stands between a detail and its context.
const CONTEXT_SEPARATOR: &str = ". ";

/// How many places of a line are tried as the beginning, and as the end, of a sentence.
const MAX_PLACES: usize = 100;

/// Every wording of every row.
pub(super) struct Sentences<'c> {
    catalog: &'c Catalog,
    wordings: Vec<Wording<'c>>,
}

/// One wording of a row.
struct Wording<'c> {
    row: &'c Row,
    is_former: bool,
    pieces: Vec<template::Piece<'c>>,
    params: Vec<&'c Param>,
}

impl<'c> Sentences<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let wordings = catalog.rows.iter().flat_map(|row| wordings(catalog, row)).collect();
        Self { catalog, wordings }
    }

    /// The errors that the passages tell of.
    ///
    /// The sentence of a body is the whole sentence. Elsewhere it may stand among other words.
    pub(super) fn find(&self, passages: &Passages) -> Vec<Explained<'c>> {
        if let Some(found) = self.first_whole(&passages.details) {
            return found;
        }
        if !passages.details.is_empty() {
            return Vec::new();
        }
        self.first_whole(&passages.others)
            .or_else(|| passages.lines.iter().find_map(|line| self.within(line)))
            .unwrap_or_default()
    }

    fn first_whole(&self, passages: &[String]) -> Option<Vec<Explained<'c>>> {
        passages.iter().find_map(|passage| self.whole(passage))
    }

    /// The errors whose sentence `passage` is: by their current wording, or else by a former one.
    fn whole(&self, passage: &str) -> Option<Vec<Explained<'c>>> {
        let read = |is_former: bool| {
            let wordings = self.wordings.iter().filter(move |it| it.is_former == is_former);
            let read = wordings.filter_map(|wording| {
                Some(wording.explained(self.catalog, wording.read(passage)?))
            });
            read.collect::<Vec<_>>()
        };
        [false, true].map(read).into_iter().find(|errors| !errors.is_empty())
    }

    /// The errors of the longest sentence in `line`.
    fn within(&self, line: &str) -> Option<Vec<Explained<'c>>> {
        let found = self.wordings.iter().filter_map(|wording| wording.within(line));
        let longest = found.reduce(
            |longest, other| {
                if other.len() > longest.len() { other } else { longest }
            },
        );
        longest.and_then(|sentence| self.whole(sentence))
    }
}

fn wordings<'c>(catalog: &'c Catalog, row: &'c Row) -> Vec<Wording<'c>> {
    let params: Vec<&Param> = row.params.iter().collect();
    let wording = |template: &'c Template, is_former| Wording {
        row,
        is_former,
        pieces: pieces(template, 0),
        params: params.clone(),
    };
    let mut wordings = vec![wording(&row.detail, false)];
    if let Some(context) = row.context.map(|context| &catalog.contexts[context]) {
        let mut full = wording(&row.detail, false);
        full.pieces.push(template::Piece::Literal(CONTEXT_SEPARATOR));
        full.pieces.extend(pieces(&context.text, params.len()));
        full.params.extend(&context.params);
        wordings.push(full);
    }
    wordings.extend(row.former.iter().map(|former| wording(former, true)));
    wordings
}

/// The pieces of a template whose parameters stand from `first` on.
fn pieces(template: &Template, first: usize) -> Vec<template::Piece<'_>> {
    let pieces = template.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => template::Piece::Literal(text),
        Piece::Hole(param) => template::Piece::Hole(first + param),
    });
    pieces.collect()
}

impl<'c> Wording<'c> {
    fn explained(&self, catalog: &'c Catalog, texts: Vec<String>) -> Explained<'c> {
        let values = self.params.iter().zip(texts).map(|(param, text)| Value { param, text });
        Explained { catalog, row: self.row, is_former: self.is_former, values: values.collect() }
    }

    /// The values of `sentence`, if it is one of this wording.
    fn read(&self, sentence: &str) -> Option<Vec<String>> {
        let prefix = self.prefix().unwrap_or_default();
        if !sentence.starts_with(prefix) {
            return None;
        }
        let choices: Vec<Vec<&str>> = self.params.iter().map(|param| choices(param)).collect();
        let params = self.params.iter().zip(&choices);
        let params: Vec<_> = params.map(|(param, choices)| runtime_param(param, choices)).collect();
        let template = template::Template { pieces: &self.pieces, params: &params };
        let values = template.read(sentence)?;
        Some(values.iter().map(ToString::to_string).collect())
    }

    /// The longest sentence of this wording that begins first in `line`, between other words.
    fn within<'l>(&self, line: &'l str) -> Option<&'l str> {
        self.starts(line).into_iter().find_map(|start| {
            let rest = quoted_part(line, start);
            let mut sentences = self.ends(rest).into_iter().rev().map(|end| &rest[..end]);
            sentences.find(|sentence| self.read(sentence).is_some())
        })
    }

    /// Where in `line` the wording may begin.
    fn starts(&self, line: &str) -> Vec<usize> {
        let is_start = |at: &usize| !ends_in_word(&line[..*at]);
        match self.prefix() {
            Some(prefix) => {
                let found = line.match_indices(prefix).map(|(at, _)| at);
                found.filter(is_start).take(MAX_PLACES).collect()
            }
            None => boundaries(line).filter(is_start).take(MAX_PLACES).collect(),
        }
    }

    /// Where in `rest` the wording may end.
    fn ends(&self, rest: &str) -> Vec<usize> {
        let is_end = |at: &usize| !begins_in_word(&rest[*at..]);
        match self.pieces.last() {
            Some(template::Piece::Literal(text)) => {
                let found = rest.match_indices(text).map(|(at, text)| at + text.len());
                found.filter(is_end).take(MAX_PLACES).collect()
            }
            _ => boundaries(rest).filter(is_end).take(MAX_PLACES).chain([rest.len()]).collect(),
        }
    }

    fn prefix(&self) -> Option<&'c str> {
        match self.pieces.first() {
            Some(template::Piece::Literal(text)) => Some(text),
            _ => None,
        }
    }
}

/// What follows `start`, up to the closing quote if `start` stands behind an opening one.
fn quoted_part(line: &str, start: usize) -> &str {
    let rest = &line[start..];
    let quote = line[..start].chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | '`'));
    let end = quote.and_then(|quote| rest.find(quote)).unwrap_or(rest.len());
    &rest[..end]
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()])
}

fn ends_in_word(before: &str) -> bool {
    before.chars().next_back().is_some_and(is_word_character)
}

fn begins_in_word(behind: &str) -> bool {
    behind.chars().next().is_some_and(is_word_character)
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
