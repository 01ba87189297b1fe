//! Which messages of a catalog the passages of a pasted text are. They are read as a client reads them.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Identity;
use kate_errors_model::template::{FREE_TEXT, Template};

use super::answer::{Explained, with_code};
use super::passages::Passages;
use crate::lookup::Lookup;
use crate::messages::aliases;

/// How many places of a line are tried as the beginning, and as the end, of a message.
const MAX_PLACES: usize = 100;

/// The errors that the passages tell of.
///
/// The message of a body is the whole message. Elsewhere it may stand among other words.
pub(super) fn search<'c>(catalog: &'c Catalog, passages: &Passages) -> Vec<Explained<'c>> {
    let search = Search { catalog, lookup: Lookup::of(catalog), aliases: aliases(catalog) };
    let errors = search.by_message(passages).unwrap_or_default();
    if passages.codes.is_empty() { errors } else { search.by_code(&passages.codes, errors) }
}

struct Search<'c> {
    catalog: &'c Catalog,
    lookup: Lookup<'c>,
    aliases: Vec<Vec<usize>>,
}

impl<'c> Search<'c> {
    fn by_message(&self, passages: &Passages) -> Option<Vec<Explained<'c>>> {
        if !passages.details.is_empty() || !passages.codes.is_empty() {
            return self.first_whole(&passages.details);
        }
        let others = self.first_whole(&passages.others);
        others.or_else(|| passages.lines.iter().find_map(|line| self.within(line)))
    }

    /// Of errors that have the message those that have the code too, or else what counts for a client.
    fn by_code(&self, codes: &[String], mut errors: Vec<Explained<'c>>) -> Vec<Explained<'c>> {
        let is_named = |error: &Explained<'_>| codes.contains(&error.row.code);
        if errors.iter().any(is_named) {
            errors.retain(is_named);
        } else if self.catalog.identity.is_by_code() {
            return with_code(self.catalog, |code| codes.iter().any(|it| it == code));
        } else if self.catalog.identity == Identity::CodeAndDetail {
            errors.clear();
        }
        errors
    }

    fn first_whole(&self, passages: &[String]) -> Option<Vec<Explained<'c>>> {
        passages.iter().find_map(|passage| self.whole(passage))
    }

    /// The errors whose message `passage` is: their current one, or else a former one.
    fn whole(&self, passage: &str) -> Option<Vec<Explained<'c>>> {
        let mut found = self.lookup.read(passage);
        // What may be any text says nothing.
        found.retain(|(message, _)| self.catalog.rows[message.row].detail.source != FREE_TEXT);
        if found.iter().any(|(message, _)| !message.is_former) {
            found.retain(|(message, _)| !message.is_former);
        }
        let mut errors = Vec::new();
        for (message, values) in found {
            for row in std::iter::once(&message.row).chain(&self.aliases[message.row]) {
                let row = &self.catalog.rows[*row];
                errors.push(Explained::read(self.catalog, row, message.is_former, &values));
            }
        }
        (!errors.is_empty()).then_some(errors)
    }

    /// The errors of the longest message in `line`.
    fn within(&self, line: &str) -> Option<Vec<Explained<'c>>> {
        // The first of equal ones, which is the last of them here.
        let messages = self.lookup.messages().iter().rev();
        let found = messages.filter_map(|message| within(message.template, line));
        found.max_by_key(|message| message.len()).and_then(|message| self.whole(message))
    }
}

/// The longest message of a template that begins first in `line`, between other words.
fn within<'l>(template: &Template<'_>, line: &'l str) -> Option<&'l str> {
    let starts = places(line, &template.first).map(|at| (&line[..at], at));
    let mut starts =
        starts.filter(|(before, _)| !before.ends_with(is_word_character)).take(MAX_PLACES);
    starts.find_map(|(_, start)| {
        let rest = quoted_part(line, start);
        let literal = template.last_literal();
        let ends = places(rest, literal).map(|at| at + literal.len());
        let ends = ends.filter(|end| !rest[*end..].starts_with(is_word_character));
        let mut ends: Vec<usize> = ends.take(MAX_PLACES).collect();
        // A value at the end may run to the end, however far away that is.
        ends.extend(Some(rest.len()).filter(|_| literal.is_empty()));
        let mut messages = ends.into_iter().rev().map(|end| &rest[..end]);
        messages.find(|message| !message.is_empty() && template.read(message, &mut []))
    })
}

/// Where `part` stands in `text`; an empty one stands everywhere.
fn places<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(part).map(|(at, _)| at)
}

/// What follows `start`, up to the closing quote if `start` stands behind an opening one.
fn quoted_part(line: &str, start: usize) -> &str {
    let rest = &line[start..];
    let quote = line[..start].chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | '`'));
    let end = quote.and_then(|quote| rest.find(quote)).unwrap_or(rest.len());
    &rest[..end]
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
