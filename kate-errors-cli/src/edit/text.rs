//! Changes to the text of a catalog. The rest of the text is not touched.

use std::ops::Range;

use kate_errors_codegen::Source;
use kate_errors_codegen::tree::{Entry, Kind, Node, Style};
use serde_json::Value;

use crate::publish::yaml_text;

/// Changes to a text. They must not overlap.
pub(crate) struct Changes<'s> {
    text: &'s str,
    /// Whether the file looks like JSON: braces, and keys in quotes.
    json: bool,
    list: Vec<(Range<usize>, String)>,
}

impl<'s> Changes<'s> {
    pub(crate) fn of(source: &'s Source, root: &Node) -> Self {
        let json = root.entries().iter().all(|entry| entry.key.style == Style::Quoted);
        let mut changes = Self { text: source.own_text(), json: false, list: Vec::new() };
        changes.json = json && changes.is_flow(root);
        changes
    }

    /// Whether a list or mapping is in flow style.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        is_flow(self.text, node)
    }

    /// Returns the end of a node's content. For block style, it is the end of the last value.
    fn end(&self, node: &Node) -> usize {
        match &node.kind {
            Kind::Mapping(mapping) if !mapping.flow => {
                mapping.entries.last().map_or(node.span.end, |last| self.entry_end(last))
            }
            Kind::Sequence(items) if !self.is_flow(node) => {
                items.last().map_or(node.span.end, |last| self.end(last))
            }
            _ => node.span.start + self.text[node.span.range()].trim_end().len(),
        }
    }

    /// Where an entry begins: at its key, or at a `?` before it.
    fn start(&self, entry: &Entry) -> usize {
        let start = entry.key.span.start;
        let mark = self.text[..start].trim_end_matches(' ').strip_suffix('?');
        mark.map_or(start, str::len)
    }

    fn entry_end(&self, entry: &Entry) -> usize {
        let end = self.end(&entry.value);
        // An absent value is before the colon.
        let behind = self.text[end..].trim_start_matches(' ').strip_prefix(':');
        behind.map_or(end, |behind| self.text.len() - behind.len())
    }

    /// Returns the text with all changes.
    pub(crate) fn applied(self) -> String {
        applied(self.text, self.list)
    }

    fn change(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.list.push((range, new.into()));
    }

    /// Replaces a scalar. The new text gets the quotes of the old one, or quotes if it needs them.
    pub(super) fn replace(&mut self, node: &Node, text: &str, in_flow: bool) {
        let old = &self.text[node.span.range()];
        if let Some(mark) = self.block_mark(node) {
            // A comment behind the mark stays, which would be read as a part of a text without quotes.
            let head = self.text[..node.span.start].trim_end().len();
            self.change(mark, Value::from(text).to_string());
            return self.change(head..self.end(node), "");
        }
        let new = match old.chars().next() {
            Some('\'') => format!("'{}'", text.replace('\'', "''")),
            Some('"') => Value::from(text).to_string(),
            _ => self.scalar(text, in_flow),
        };
        let end = node.span.start + old.trim_end().len();
        self.change(node.span.start..end, new);
    }

    /// Where `|` or `>` stands with what belongs to it, if a text is in lines below one.
    fn block_mark(&self, node: &Node) -> Option<Range<usize>> {
        let is_block = matches!(&node.kind, Kind::Scalar(scalar) if scalar.style == Style::Block);
        let before = self.text[..node.span.start].trim_end();
        let line = line_start(before, before.len());
        let head = before[line..].split(" #").next().filter(|_| is_block)?.trim_end();
        Some(line + head.rfind(['|', '>'])?..line + head.len())
    }

    /// Where the dash of an item stands: there are only blanks and comments between the two.
    fn dash(&self, item: &Node) -> Option<usize> {
        let start = self.block_mark(item).map_or(item.span.start, |mark| mark.start);
        let (mut lines, mut at) = (self.text[..start].split_inclusive('\n').rev(), start);
        lines.find_map(|line| {
            at -= line.len();
            Some(at + line.split('#').next()?.rfind('-')?)
        })
    }

    /// Replaces a number by another one.
    pub(super) fn replace_plain(&mut self, node: &Node, number: &str) {
        let old = self.text[node.span.range()].trim_end();
        self.change(node.span.start..node.span.start + old.len(), number);
    }

    /// Inserts a field after the entry `behind` of a mapping, or at its end.
    pub(super) fn insert(&mut self, mapping: &Node, behind: &str, field: &str, value: &Value) {
        let entries = mapping.entries();
        let found = entries.iter().find(|entry| entry.key.text == behind);
        let Some(entry) = found.or(entries.last()) else { return };
        if self.is_flow(mapping) {
            let field = format!("{}: {}", self.scalar(field, true), self.inline(value));
            return self.join(entry.key.span.start, self.entry_end(entry), &field);
        }
        let blanks = self.column(self.start(&entries[0]));
        let field = self.block_field(field, value, blanks);
        let apart = if found.is_some() { "" } else { self.apart(mapping) };
        self.add_lines(self.entry_end(entry), &format!("{apart}{field}"));
    }

    /// Appends a value to a list.
    pub(super) fn append(&mut self, list: &Node, value: &Value) {
        let Some(end_item) = list.items().last() else {
            let inside = list.span.start + 1..list.span.end - 1;
            return self.change(inside, self.inline(value));
        };
        if self.is_flow(list) {
            let item = self.inline(value);
            return self.join(end_item.span.start, self.end(end_item), &item);
        }
        let item = if self.is_flow(end_item) {
            format!("- {}", self.inline(value))
        } else {
            self.block_item(value, 0)
        };
        self.append_lines(list, &item);
    }

    /// Returns a line break if the last items or entries are separated by a blank line.
    fn apart(&self, node: &Node) -> &'static str {
        let between = match (node.items(), node.entries()) {
            ([.., before, last], _) => self.end(before)..last.span.start,
            (_, [.., before, last]) => self.entry_end(before)..last.key.span.start,
            _ => return "",
        };
        let between = self.text.get(between).unwrap_or_default();
        if between.replace('\r', "").contains("\n\n") { "\n" } else { "" }
    }

    /// Appends unindented lines to a list or mapping. Returns `None` if it is in flow style.
    pub(crate) fn append_lines(&mut self, node: &Node, lines: &str) -> Option<()> {
        let start = match (node.items(), node.entries()) {
            _ if self.is_flow(node) => return None,
            ([first, ..], _) => self.dash(first)?,
            (_, first) => self.start(first.first()?),
        };
        let blanks = " ".repeat(self.column(start));
        let indent =
            |line: &str| if line.is_empty() { String::new() } else { format!("{blanks}{line}") };
        let lines: Vec<String> = lines.lines().map(indent).collect();
        let lines = format!("{}{}", self.apart(node), lines.join("\n"));
        self.add_lines(self.end(node), &lines);
        Some(())
    }

    /// Removes an item from a list.
    pub(super) fn remove(&mut self, list: &Node, at: usize) {
        let items = list.items();
        let range = match self.is_flow(list) {
            true if items.len() == 1 => list.span.start + 1..list.span.end - 1,
            true => self.in_flow(items, at),
            // A list in block style cannot be empty.
            false if items.len() == 1 => {
                let dash = self.dash(&items[0]).unwrap_or_default();
                let mut lines = self.text[..dash].lines().rev().map(str::trim_start);
                let key = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
                // In the column of its key, it would be no value of it.
                let is_deeper = key.is_none_or(|key| {
                    let start = key.as_ptr().addr() - self.text.as_ptr().addr();
                    self.column(start) < self.column(dash)
                });
                let empty = if is_deeper { "[]" } else { "  []" };
                return self.change(dash..self.end(&items[0]), empty);
            }
            false => {
                let dash = self.dash(&items[at]).unwrap_or_default();
                line_start(self.text, dash)..self.next_line(self.end(&items[at]))
            }
        };
        self.change(range, "");
    }

    /// Returns what has to be removed with an item of a list in flow style. Comments on the lines of other items stay.
    fn in_flow(&mut self, items: &[Node], at: usize) -> Range<usize> {
        let (start, end) = (items[at].span.start, self.end(&items[at]));
        let before = at.checked_sub(1).map(|at| self.end(&items[at]));
        let after = items.get(at + 1).map(|item| item.span.start);
        let comma = |end: usize| {
            let rest = self.text[end..].trim_start_matches(' ').strip_prefix(',');
            rest.map_or(end, |rest| self.text.len() - rest.len())
        };
        let line = start - self.column(start);
        let behind = self.text[comma(end)..self.line_end(end)].trim_start();
        let has_line = self.text[line..start].trim().is_empty()
            && (behind.is_empty() || behind.starts_with('#'));
        match (before, after) {
            (Some(before), _) if !self.text[before..start].contains('\n') => before..end,
            (_, Some(after)) if !self.text[end..after].contains('\n') => start..after,
            _ => {
                if let (Some(before), None) = (before, after) {
                    self.change(before..comma(before), "");
                }
                if has_line { line..self.next_line(end) } else { start..comma(end) }
            }
        }
    }

    /// Adds lines after the line that contains `end`.
    fn add_lines(&mut self, end: usize, lines: &str) {
        let end = self.line_end(end);
        self.change(end..end, format!("\n{lines}"));
    }

    /// Returns the end of the line that contains `at`, before its line break.
    fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Returns where the line after the one that contains `at` begins.
    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// Appends an item in flow style, after one that begins at `start` and ends at `end`.
    fn join(&mut self, start: usize, end: usize, item: &str) {
        let blanks = self.column(start);
        let line = start - blanks;
        let has_line = self.text[line..start].trim().is_empty();
        let line_end = self.line_end(end);
        let is_before_comment = self.text[end..line_end].trim_start().starts_with('#');
        if !has_line && !is_before_comment {
            return self.change(end..end, format!(", {item}"));
        }
        // A comment stays on the line of the item before it.
        let to = if is_before_comment { line_end } else { end };
        self.change(end..end, ",");
        self.change(to..to, format!("\n{}{item}", " ".repeat(blanks)));
    }

    /// Returns the number of bytes before `at` in its line.
    fn column(&self, at: usize) -> usize {
        at - line_start(self.text, at)
    }

    fn scalar(&self, text: &str, in_flow: bool) -> String {
        if self.json {
            return Value::from(text).to_string();
        }
        yaml_text::scalar(text, in_flow)
    }

    /// Writes an item of a list in block style.
    fn block_item(&self, value: &Value, blanks: usize) -> String {
        let item = match value {
            Value::Object(fields) => {
                let fields =
                    fields.iter().map(|(name, value)| self.block_field(name, value, blanks + 2));
                fields.collect::<Vec<_>>().join("\n").trim_start().to_owned()
            }
            value => self.inline(value),
        };
        format!("{}- {item}", " ".repeat(blanks))
    }

    /// Writes a field of a mapping in block style.
    fn block_field(&self, name: &str, value: &Value, blanks: usize) -> String {
        let value = match value {
            Value::String(text) => format!(" {}", self.scalar(text, false)),
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let items = items.iter().map(|item| self.block_item(item, blanks + 2));
                format!("\n{}", items.collect::<Vec<_>>().join("\n"))
            }
            value => format!(" {}", self.inline(value)),
        };
        format!("{}{}:{value}", " ".repeat(blanks), self.scalar(name, false))
    }

    /// Writes a value on one line, in flow style.
    fn inline(&self, value: &Value) -> String {
        yaml_text::flow(value, &|text| self.scalar(text, true))
    }
}

/// Returns a text with changes, which must not overlap. They get its line breaks.
pub(crate) fn applied(old: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut text = String::with_capacity(old.len());
    let mut at = 0;
    for (range, new) in &changes {
        text.push_str(&old[at..range.start]);
        text.push_str(&with_line_breaks(new, old));
        at = range.end;
    }
    text.push_str(&old[at..]);
    text
}

/// Returns where the line that contains `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line| line + 1)
}

/// Whether a list or mapping of a text is in flow style.
pub(super) fn is_flow(text: &str, node: &Node) -> bool {
    match &node.kind {
        Kind::Mapping(mapping) => mapping.flow,
        // The span of a list in block style may begin at its first item, which may itself begin with `[`.
        Kind::Sequence(items) => {
            text[node.span.start..].starts_with('[')
                && items.first().is_none_or(|first| first.span.start > node.span.start)
        }
        Kind::Scalar(_) | Kind::Rejected => false,
    }
}

/// Returns `new` with the line breaks of `old`.
pub(super) fn with_line_breaks(new: &str, old: &str) -> String {
    if old.contains("\r\n") { new.replace('\n', "\r\n") } else { new.to_owned() }
}
