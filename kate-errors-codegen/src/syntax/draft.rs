//! The text that is handed to the parser: the source, with the lines that stopped the parser mended.
//!
//! Mending a line lets one run show what is wrong behind it. Whatever is read from the draft has its
//! place in the source, and what was made up stays out of the catalog.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::line::Line;
use crate::source::Source;

/// How to read on behind a mistake.
#[derive(Clone, Debug)]
pub(super) enum Repair {
    /// Leaves lines out that mean nothing.
    Blank(Vec<usize>),
    /// Leaves out a line that means something nobody knows, and what hangs on it.
    TakeOut(usize),
    /// Passes over the value of the entry on a line, wherever it ends; the key stays.
    Reject(usize),
    /// Reads another text in place of a line.
    Rewrite(usize, String),
    /// Moves lines to columns, whatever they are indented with.
    Reindent(Vec<(usize, usize)>),
    /// Moves lines by as many columns as lie between two columns.
    Move(Vec<usize>, Shift),
    /// Reads one more line above a line.
    Insert(usize, String),
}

impl Repair {
    /// The line that is repaired, or the first of them.
    fn line(&self) -> Option<usize> {
        match self {
            Self::TakeOut(line)
            | Self::Reject(line)
            | Self::Rewrite(line, _)
            | Self::Insert(line, _) => Some(*line),
            Self::Blank(lines) | Self::Move(lines, _) => lines.first().copied(),
            Self::Reindent(lines) => lines.first().map(|(line, _)| *line),
        }
    }
}

/// How far, and in which direction, a line is moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shift {
    /// The column, from 0, in which something begins in the source.
    pub(super) from: usize,
    /// The column, from 0, in which it begins in the draft.
    pub(super) to: usize,
}

impl Shift {
    /// The column in the draft of a column in the source.
    pub(super) fn apply(self, column: usize) -> usize {
        (column + self.to).saturating_sub(self.from)
    }

    /// The column in the source of a column in the draft.
    pub(super) fn undo(self, column: usize) -> usize {
        (column + self.from).saturating_sub(self.to)
    }
}

/// What stands in the draft in place of a line.
#[derive(Debug, Default)]
struct Change {
    above: Option<String>,
    text: String,
    shift: Shift,
    /// From which column of the draft on a value is made up.
    made_up_from: Option<usize>,
    taken_out: bool,
}

/// Where a line of the draft begins.
struct Start {
    at: usize,
    line: usize,
    inserted: bool,
}

/// A source with some of its lines changed.
pub(super) struct Draft<'a> {
    source: &'a Source,
    changes: BTreeMap<usize, Change>,
    text: Cow<'a, str>,
    starts: Vec<Start>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let text = Cow::Borrowed(source.text());
        Self { source, changes: BTreeMap::new(), text, starts: Vec::new() }
    }

    /// The source with some repairs made.
    pub(super) fn with(source: &'a Source, repairs: &[Repair]) -> Self {
        let mut draft = Self::new(source);
        for repair in repairs {
            draft.apply(repair.clone());
        }
        draft
    }

    pub(super) fn source(&self) -> &'a Source {
        self.source
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The place in the source of a place in the draft.
    pub(super) fn origin(&self, offset: usize) -> usize {
        let Some(start) = self.start_of(offset) else { return offset };
        let span = self.source.line_span(start.line);
        if start.inserted {
            return span.start;
        }
        let column = offset - start.at;
        let Some(change) = self.changes.get(&start.line) else {
            return (span.start + column).min(self.source.text().len());
        };
        let column = change.shift.undo(column).min(span.end - span.start);
        let mut place = span.start + column;
        while !self.source.text().is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    /// Whether what stands at a place of the draft was made up.
    pub(super) fn is_made_up(&self, offset: usize) -> bool {
        let Some(start) = self.start_of(offset) else { return false };
        let from = self.changes.get(&start.line).and_then(|change| change.made_up_from);
        !start.inserted && from.is_some_and(|from| offset - start.at >= from)
    }

    fn start_of(&self, offset: usize) -> Option<&Start> {
        let index = self.starts.partition_point(|start| start.at <= offset);
        self.starts.get(index.checked_sub(1)?)
    }

    /// The line as the draft has it, with its place in the source.
    pub(super) fn line(&self, index: usize) -> Line<'_> {
        let span = self.source.line_span(index);
        match self.changes.get(&index) {
            None => Line::read(span, self.source.slice(span), Shift::default()),
            Some(change) if change.shift != Shift::default() => {
                Line::read(span, self.source.slice(span), change.shift)
            }
            Some(change) => Line::read(span, &change.text, Shift::default()),
        }
    }

    /// The lines with text above a line, the nearest first.
    pub(super) fn above(&self, index: usize) -> impl Iterator<Item = (usize, Line<'_>)> {
        let lines = (0..index).rev().map(|above| (above, self.line(above)));
        lines.filter(|(_, line)| !line.is_blank())
    }

    /// The lines with text below a line, the nearest first.
    pub(super) fn below(&self, index: usize) -> impl Iterator<Item = (usize, Line<'_>)> {
        let lines = (index + 1..self.source.line_count()).map(|below| (below, self.line(below)));
        lines.filter(|(_, line)| !line.is_blank())
    }

    pub(super) fn is_changed(&self, line: usize) -> bool {
        self.changes.contains_key(&line)
    }

    /// The lines that have been mended.
    pub(super) fn changed(&self) -> BTreeSet<usize> {
        self.changes.keys().copied().collect()
    }

    /// The lines that mean something nobody knows.
    pub(super) fn taken_out(&self) -> impl Iterator<Item = usize> {
        self.changes.iter().filter(|(_, change)| change.taken_out).map(|(line, _)| *line)
    }

    /// Mends the draft. `false` where there is nothing more to try.
    pub(super) fn apply(&mut self, repair: Repair) -> bool {
        let Some(line) = repair.line() else { return false };
        match self.changes.get(&line) {
            Some(change) if change.taken_out => return false,
            // Mending the line did not help, or it broke another one: do without it.
            Some(_) => self.take_out(line),
            None => self.mend(repair),
        }
        self.write();
        true
    }

    fn mend(&mut self, repair: Repair) {
        match repair {
            Repair::Blank(lines) => {
                for line in lines {
                    self.changes.insert(line, Change::default());
                }
            }
            Repair::TakeOut(line) => self.take_out(line),
            Repair::Reject(line) => self.reject(line),
            Repair::Rewrite(line, text) => self.rewrite(line, text),
            Repair::Reindent(lines) => {
                for (line, to) in lines {
                    let old = self.source.slice(self.source.line_span(line));
                    let from = old.len() - old.trim_start().len();
                    self.shift(line, Shift { from, to });
                }
            }
            Repair::Move(lines, shift) => {
                for line in lines {
                    self.shift(line, shift);
                }
            }
            Repair::Insert(line, above) => {
                let text = self.source.slice(self.source.line_span(line)).to_owned();
                let above = Some(above);
                self.changes.insert(line, Change { above, text, ..Change::default() });
            }
        }
    }

    fn rewrite(&mut self, line: usize, text: String) {
        let key = Line::read(self.source.line_span(line), &text, Shift::default());
        let column = key.entry_column();
        let deeper = |below: &Line<'_>| {
            below.begin() > column || below.has_dash() && below.begin() == column
        };
        let has_block = self.below(line).next().is_some_and(|(_, below)| deeper(&below));
        let change = if key.opens_block() && !key.content.is_empty() && !has_block {
            // The value is missing too, which is the same mistake.
            let made_up_from = Some(text.len() + 1);
            Change { made_up_from, text: text + " x", ..Change::default() }
        } else {
            Change { text, ..Change::default() }
        };
        self.changes.insert(line, change);
    }

    fn take_out(&mut self, line: usize) {
        self.blank_below(line);
        self.changes.insert(line, Change { taken_out: true, ..Change::default() });
    }

    fn reject(&mut self, index: usize) {
        let Some(head) = self.line(index).head() else { return self.take_out(index) };
        self.blank_below(index);
        let change =
            Change { made_up_from: Some(head.len()), text: head + "x", ..Change::default() };
        self.changes.insert(index, change);
    }

    /// Leaves out the lines that hang on a line: those that are deeper, and closing brackets.
    fn blank_below(&mut self, index: usize) {
        let column = self.line(index).entry_column();
        let hangs = |line: &Line<'_>| {
            line.begin() > column || line.begin() == column && line.content.starts_with(['}', ']'])
        };
        let lines: Vec<usize> =
            self.below(index).take_while(|(_, line)| hangs(line)).map(|(below, _)| below).collect();
        for line in lines {
            self.changes.insert(line, Change::default());
        }
    }

    fn shift(&mut self, line: usize, shift: Shift) {
        let old = self.source.slice(self.source.line_span(line));
        let content = old.trim_start();
        let column = shift.apply(old.len() - content.len());
        let text = format!("{}{content}", " ".repeat(column));
        self.changes.insert(line, Change { text, shift, ..Change::default() });
    }

    /// Writes the text anew.
    fn write(&mut self) {
        let mut text = String::with_capacity(self.source.text().len());
        self.starts.clear();
        for line in 0..self.source.line_count() {
            let span = self.source.line_span(line);
            let next = self.source.line_span(line + 1).start;
            let mut begin = |text: &String, inserted| {
                self.starts.push(Start { at: text.len(), line, inserted });
            };
            match self.changes.get(&line) {
                None => {
                    begin(&text, false);
                    text.push_str(self.source.slice(span));
                }
                Some(change) => {
                    if let Some(above) = &change.above {
                        begin(&text, true);
                        text.push_str(above);
                        text.push('\n');
                    }
                    begin(&text, false);
                    text.push_str(&change.text);
                }
            }
            if let Some(line_break) = self.source.text().get(span.end..next) {
                text.push_str(line_break);
            }
        }
        self.text = Cow::Owned(text);
    }
}
