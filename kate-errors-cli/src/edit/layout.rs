//! Formats catalogs: two spaces for each level, and one space between words on a line.
//!
//! Only spaces, line breaks and indentation change. Order, quotes, comments and the contents of lines are kept.
//! Between values there are only YAML indicators, spaces and comments, so a `#` there begins a comment.

use std::ops::Range;

use kate_errors_codegen::Compilation;
use kate_errors_codegen::tree::{Entry, Kind, Node, Style};

use super::text::{is_flow, line_start, with_line_breaks};

/// Returns the formatted text of a catalog, or `None` if it is not valid YAML.
pub(crate) fn formatted(compilation: &Compilation) -> Option<String> {
    let text = compilation.source.own_text();
    let root = compilation.tree()?;
    let mut layout =
        Layout { text, at: 0, out: String::with_capacity(text.len()), columns: vec![] };
    layout.between(root.span.start, 0);
    if layout.is_flow(&root) {
        layout.in_brackets(&root, 0);
    } else {
        layout.block(&root, 0);
    }
    layout.between(text.len(), 0);
    layout.end_line();
    Some(with_line_breaks(&layout.out, text))
}

/// What ends a line.
const BREAKS: [char; 2] = ['\r', '\n'];

struct Layout<'s> {
    text: &'s str,
    /// The end of the text that is already formatted.
    at: usize,
    out: String,
    /// The columns of the enclosing lists and mappings, before and after formatting.
    columns: Vec<(usize, usize)>,
}

impl Layout<'_> {
    fn is_flow(&self, node: &Node) -> bool {
        is_flow(self.text, node)
    }

    /// Formats the text before `end`: comments and at most one blank line. A comment keeps the level of whatever it
    /// was aligned with; otherwise it is indented by `indent`, as what follows. Returns whether there was a line
    /// break.
    fn between(&mut self, end: usize, indent: usize) -> bool {
        let end = end.max(self.at);
        let gap = &self.text[self.at..end];
        let next = self.column(end);
        let mut from = self.at;
        self.at = end;
        let mut is_apart = false;
        for (number, line) in gap.split('\n').enumerate() {
            let comment = line.find('#').map(|at| line[at..].trim_end());
            if number > 0 && line.trim().is_empty() && from + line.len() < end {
                is_apart = true;
            }
            match comment {
                Some(comment) if number == 0 && !self.out.is_empty() => {
                    let joint = if self.out.ends_with('\n') { "" } else { " " };
                    self.out.extend([joint, comment, "\n"]);
                }
                Some(comment) => {
                    self.end_line();
                    self.separate(&mut is_apart);
                    let column = line.find('#').unwrap_or_default();
                    let is_deeper = |(old, _): &&(usize, usize)| next < *old && *old <= column;
                    let around = self.columns.iter().rev().find(is_deeper);
                    let blanks = around.map_or(indent, |(_, new)| *new);
                    self.out.extend([&" ".repeat(blanks), comment, "\n"]);
                }
                None if self.out.is_empty() && line.starts_with("---") => self.out += "---\n",
                None => {}
            }
            from += line.len() + 1;
        }
        if is_apart {
            self.end_line();
            self.separate(&mut is_apart);
        }
        gap.contains('\n')
    }

    /// Writes a blank line if there was one, except at the beginning of the text.
    fn separate(&mut self, is_apart: &mut bool) {
        if std::mem::take(is_apart) && !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Returns the number of bytes before `at` in its line.
    fn column(&self, at: usize) -> usize {
        at - line_start(self.text, at)
    }

    fn end_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes `text` after a space, or indented at the beginning of a line.
    fn put(&mut self, text: &str, indent: usize) {
        if self.out.is_empty() || self.out.ends_with('\n') {
            self.out += &" ".repeat(indent);
        } else if !self.out.ends_with([' ', '[']) {
            self.out.push(' ');
        }
        self.out += text;
    }

    /// Formats a list or mapping in block style.
    fn block(&mut self, node: &Node, indent: usize) {
        let depth = self.columns.len();
        for (number, item) in node.items().iter().enumerate() {
            let gap = &self.text[self.at..item.span.start];
            let dash = self.at + dash_in(gap);
            self.between(dash, indent);
            self.enter(depth, dash, indent);
            if number > 0 {
                self.end_line();
            }
            self.put("-", indent);
            self.at = dash + 1;
            self.value(item, indent);
        }
        for (number, Entry { key, value }) in node.entries().iter().enumerate() {
            self.between(key.span.start, indent);
            self.enter(depth, key.span.start, indent);
            if number > 0 {
                self.end_line();
            }
            self.put(&self.text[key.span.range()], indent);
            self.out.push(':');
            self.at = key.span.end;
            let is_block = !matches!(value.kind, Kind::Scalar(_)) && !self.is_flow(value);
            if is_block {
                self.between(value.span.start.min(self.first(value)), indent + 2);
                self.end_line();
                self.block(value, indent + 2);
            } else {
                self.value(value, indent);
            }
        }
    }

    /// Returns the start of a list or mapping, including its first dash.
    fn first(&self, node: &Node) -> usize {
        let gap = self.text.get(self.at..node.span.start).unwrap_or_default();
        match node.kind {
            Kind::Sequence(_) if gap.contains('-') => self.at + dash_in(gap),
            _ => node.span.start,
        }
    }

    fn enter(&mut self, depth: usize, start: usize, indent: usize) {
        let column = self.column(start);
        self.columns.truncate(depth);
        self.columns.push((column, indent));
    }

    /// Formats a value after its key or dash.
    fn value(&mut self, node: &Node, indent: usize) {
        match &node.kind {
            Kind::Scalar(scalar) if scalar.style == Style::Absent => {}
            Kind::Scalar(scalar) if scalar.style == Style::Block => self.block_scalar(node, indent),
            Kind::Scalar(_) => {
                self.between(node.span.start, indent + 2);
                self.scalar(node.span.range(), indent);
            }
            _ if self.is_flow(node) => {
                self.between(node.span.start, indent + 2);
                self.in_brackets(node, indent + 2);
            }
            _ => self.block(node, indent + 2),
        }
    }

    /// Writes a scalar unchanged. Its further lines are indented by `indent + 2`.
    fn scalar(&mut self, place: Range<usize>, indent: usize) {
        let written = self.text[place.clone()].trim_end();
        self.at = place.start + written.len();
        let mut lines = written.lines();
        self.put(lines.next().unwrap_or_default(), indent + 2);
        for line in lines.map(str::trim_start) {
            let blanks = if line.is_empty() { 0 } else { indent + 2 };
            self.out.extend(["\n", &" ".repeat(blanks), line]);
        }
    }

    /// Formats a block scalar (`|` or `>`). Lines keep their indentation relative to the least indented one.
    fn block_scalar(&mut self, node: &Node, indent: usize) {
        let header = self.text[self.at..].find(['|', '>']).map_or(self.at, |at| self.at + at);
        self.between(header, indent + 2);
        let lines = self.text[header..].find('\n').map_or(self.text.len(), |at| header + at + 1);
        let written = self.text[header..lines].trim_end();
        self.put(written, indent + 2);
        let mark = &written[..written.find('#').unwrap_or(written.len())];
        let content = &self.text[lines..node.span.end.max(lines)];
        let filled = content.lines().filter(|line| !line.trim().is_empty());
        let least = filled.map(depth).min().unwrap_or(content.len());
        // With an indentation indicator, spaces beyond the indicated indentation belong to the text.
        let digit = mark.bytes().find(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        let around = self.columns.last().map_or(0, |(column, _)| *column);
        let (old, new) = digit.map_or((least, indent + 2), |deep| (around + deep, indent + deep));
        let mut rows: Vec<&str> = content.split_inclusive('\n').collect();
        // Only with `+`, empty lines at the end are part of the text.
        let keeps = mark.contains('+');
        let is_after =
            |row: &mut &str| unindented(row, old).is_empty() && !(keeps && row.ends_with('\n'));
        while rows.pop_if(is_after).is_some() {}
        for row in &rows {
            let line = unindented(row, old);
            let blanks = if line.is_empty() { 0 } else { new };
            self.out.extend(["\n", &" ".repeat(blanks), line]);
        }
        self.at = lines + rows.iter().map(|row| row.len()).sum::<usize>();
        if keeps {
            self.out.push('\n');
        } else {
            self.at = self.text[..self.at].trim_end_matches(BREAKS).len();
        }
    }

    /// Formats a list or mapping in flow style. If it has several lines, its brackets are indented by `indent`.
    fn in_brackets(&mut self, node: &Node, indent: usize) {
        let written = &self.text[node.span.range()];
        if !written.starts_with(['[', '{']) {
            // An item that is one entry needs no braces: `[a: b]`.
            return node.entries().iter().for_each(|entry| self.entry(entry, indent));
        }
        let (open, close) = written.split_at(1);
        let close = &close[close.len() - 1..];
        self.put(open, indent);
        self.at += 1;
        let end = node.span.end - 1;
        let is_empty = node.items().is_empty() && node.entries().is_empty();
        for (number, item) in node.items().iter().enumerate() {
            self.part(number, item.span.start, indent + 2);
            self.value(item, indent);
        }
        for (number, entry) in node.entries().iter().enumerate() {
            self.part(number, entry.key.span.start, indent + 2);
            self.entry(entry, indent);
        }
        let comma = self.text[self.at..end].trim_start().strip_prefix(',');
        // Without the comma, the comment would cut short a text without quotes.
        if comma.is_some_and(|behind| behind.trim_start().starts_with('#')) {
            self.out.push(',');
        }
        if self.between(end, indent) && !is_empty {
            self.end_line();
        }
        let is_joined = is_empty || open == "[";
        if is_joined && !self.out.ends_with('\n') {
            self.out += close;
        } else {
            self.put(close, indent);
        }
        self.at = node.span.end;
    }

    /// Formats an entry in brackets.
    fn entry(&mut self, Entry { key, value }: &Entry, indent: usize) {
        self.scalar(key.span.range(), indent);
        if !value.is_absent() {
            self.out.push(':');
            self.value(value, indent);
        }
    }

    /// Moves on to the next item in brackets.
    fn part(&mut self, number: usize, start: usize, indent: usize) {
        if number > 0 {
            self.out.push(',');
        }
        if self.between(start, indent) {
            self.end_line();
        }
    }
}

/// Returns the number of spaces at the beginning of a line.
fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns a line without its break and up to `indent` spaces at its beginning.
fn unindented(line: &str, indent: usize) -> &str {
    line[indent.min(depth(line))..].trim_end_matches(BREAKS)
}

/// Returns the position of the dash of an item in the text before it, outside comments.
fn dash_in(gap: &str) -> usize {
    let mut at = 0;
    for line in gap.split('\n') {
        let code = &line[..line.find('#').unwrap_or(line.len())];
        if let Some(dash) = code.find('-') {
            return at + dash;
        }
        at += line.len() + 1;
    }
    gap.len()
}
