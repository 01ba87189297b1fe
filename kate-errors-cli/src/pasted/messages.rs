//! Finds messages between other words, and messages whose end is missing.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::AhoCorasick;
use kate_errors_codegen::Catalog;
use kate_errors_model::template::{End, FREE_TEXT, Segment, Template};
use kate_errors_model::types::Type;

use crate::lookup::{Lookup, Message};

/// The minimum length of a truncated message, in characters.
const LEAST_CUT: usize = 4;

/// The messages of a catalog, by their first literal.
pub(super) struct Beginnings<'c> {
    /// Finds the first literals of messages.
    firsts: Option<AhoCorasick>,
    /// The messages that begin with each first literal.
    with_first: Vec<Vec<usize>>,
    /// The messages that begin with a value.
    with_value: Vec<usize>,
    messages: Vec<(usize, &'c Template<'static>)>,
    /// For each error, the errors that share its message.
    aliases: Vec<Vec<usize>>,
}

impl<'c> Beginnings<'c> {
    pub(super) fn of(catalog: &'c Catalog, lookup: &Lookup<'c>, aliases: Vec<Vec<usize>>) -> Self {
        let is_free = |message: &&Message<'_>| catalog.rows[message.row].detail.source == FREE_TEXT;
        let all = lookup.messages.iter().filter(|message| !is_free(message));
        let messages: Vec<_> = all.map(|message| (message.row, message.template)).collect();
        let mut by_first: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (_, template)) in messages.iter().enumerate() {
            by_first.entry(&*template.first).or_default().push(at);
        }
        let with_value = by_first.remove("").unwrap_or_default();
        let firsts = AhoCorasick::new(by_first.keys()).ok();
        let with_first = by_first.into_values().collect();
        Self { firsts, with_first, with_value, messages, aliases }
    }

    /// Returns the place of the longest message in a line. It may be surrounded by other words.
    pub(super) fn within(&self, line: &str) -> Option<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let overlapping = self.firsts.iter().flat_map(|firsts| firsts.find_overlapping_iter(line));
        for begin in overlapping {
            let all = &self.with_first[begin.pattern().as_usize()];
            found.extend(all.iter().filter_map(|at| self.at(*at, line, begin.start())));
        }
        if !self.with_value.is_empty() {
            let starts = line.char_indices().map(|(start, _)| start);
            for start in starts {
                found.extend(self.with_value.iter().filter_map(|at| self.at(*at, line, start)));
            }
        }
        // Of equally long messages, the first one is returned.
        found.sort_unstable();
        let length = |(start, end): &(usize, usize)| line[*start..*end].encode_utf16().count();
        found.into_iter().rev().max_by_key(length)
    }

    /// Returns the place of the message, if it begins at `start` and does not begin or end inside a word.
    fn at(&self, message: usize, line: &str, start: usize) -> Option<(usize, usize)> {
        if line[..start].ends_with(is_word_character) {
            return None;
        }
        let rest = quoted_part(line, start);
        let end = end_of(self.messages[message].1, rest).filter(|end| *end > 0)?;
        (!rest[end..].starts_with(is_word_character)).then_some((start, start + end))
    }

    /// Returns the errors that have a message beginning with `text`. If it `goes_on`, the message must be longer.
    pub(super) fn rows_beginning(&self, text: &str, goes_on: bool) -> Vec<usize> {
        if text.chars().count() < LEAST_CUT {
            return Vec::new();
        }
        let messages = self.messages.iter();
        let cut = messages.filter(|(_, it)| !it.first.is_empty() && can_begin(it, text, goes_on));
        let rows = cut.flat_map(|(row, _)| std::iter::once(row).chain(&self.aliases[*row]));
        rows.copied().collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// Returns the text from `start`, up to the closing quote if an opening one precedes it.
fn quoted_part(line: &str, start: usize) -> &str {
    let rest = &line[start..];
    let quote = line[..start].chars().next_back().filter(|quote| matches!(quote, '"' | '\'' | '`'));
    let end = quote.and_then(|quote| rest.find(quote)).unwrap_or(rest.len());
    &rest[..end]
}

fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Returns the end of the message at the beginning of `text`. Each value is read as long as possible.
fn end_of(template: &Template<'_>, text: &str) -> Option<usize> {
    let mut rest = text.strip_prefix(&*template.first)?;
    for segment in &*template.segments {
        let end = end_of_value(segment, rest)?;
        rest = rest[end..].strip_prefix(&*segment.literal)?;
    }
    Some(text.len() - rest.len())
}

fn end_of_value(segment: &Segment<'_>, rest: &str) -> Option<usize> {
    match &segment.ty {
        Type::OneOf(_) => choice(segment, rest),
        Type::Scalar(scalar) => {
            let end = (scalar.claims)(rest.as_bytes())?;
            (scalar.in_range)(&rest[..end]).then_some(end)
        }
        text if segment.literal.is_empty() => {
            let is_before = matches!(&segment.end, End::Before(mark) if rest.contains(&**mark));
            let end = rest.find(|it| !text.allows(it)).unwrap_or(rest.len());
            (!is_before && holds(text, &rest[..end])).then_some(end)
        }
        text => rest.find(segment.mark()).filter(|end| holds(text, &rest[..*end])),
    }
}

fn holds(ty: &Type<'_>, value: &str) -> bool {
    (!value.is_empty() || !matches!(ty, Type::Word)) && value.chars().all(|it| ty.allows(it))
}

/// Returns the length of the longest choice that is followed by the segment's literal.
fn choice(segment: &Segment<'_>, rest: &str) -> Option<usize> {
    let fits = |choice: &&str| {
        rest.strip_prefix(*choice).is_some_and(|rest| rest.starts_with(&*segment.literal))
    };
    segment.choices().filter(fits).map(str::len).max()
}

fn can_begin(template: &Template<'_>, text: &str, goes_on: bool) -> bool {
    let Some(mut rest) = text.strip_prefix(&*template.first) else {
        return template.first.starts_with(text);
    };
    for segment in &*template.segments {
        if rest.is_empty() {
            return true;
        }
        let Some(end) = end_of_cut(segment, rest) else { return false };
        if end == rest.len() {
            return true;
        }
        let Some(behind) = rest[end..].strip_prefix(&*segment.literal) else {
            return segment.literal.starts_with(&rest[end..]);
        };
        rest = behind;
    }
    rest.is_empty() && !goes_on
}

/// Returns the end of a value that may be truncated, which then is the end of the text.
fn end_of_cut(segment: &Segment<'_>, rest: &str) -> Option<usize> {
    match &segment.ty {
        Type::OneOf(_) => choice(segment, rest).or_else(|| {
            let is_cut = |choice: &str| format!("{choice}{}", segment.literal).starts_with(rest);
            segment.choices().any(is_cut).then_some(rest.len())
        }),
        Type::Scalar(scalar) => (scalar.claims)(rest.as_bytes()),
        text => {
            let mark = Some(segment.mark()).filter(|_| !segment.literal.is_empty());
            let end = mark.and_then(|mark| rest.find(mark)).unwrap_or(rest.len());
            holds(text, &rest[..end]).then_some(end)
        }
    }
}
