//! Reads the fields of a mapping: which are present, unknown or missing.

use std::fmt::Display;

use super::document::Row;
use super::extensions::is_extension;
use super::field_names::{is_field_name, synonyms};
use super::stopped::{missing_dash, other_dash};
use super::tree::{Entry, Kind, Mapping, Node, Style};
use crate::diagnostic::{self, Diagnostic, Label, push};
use crate::rule::{self, Rule};
use crate::source::{Source, Span};
use crate::suggest::{self, did_you_mean};

/// Reads nodes, and collects diagnostics.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether everything that has a name could be read.
    pub(super) complete: bool,
    /// Whether the catalog, or the current section, gives its errors a status.
    pub(super) has_status: bool,
    /// The message of an error without `detail`.
    pub(super) unwritten: Unwritten,
}

/// The message of an error without `detail`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unwritten {
    /// The message is required, so it is missing.
    Missing,
    /// Any text: errors are identified by their codes alone.
    AnyText,
    /// The code, since bodies have no place for messages either.
    Code,
}

/// Represents extension fields among the names of the fields that a mapping can have.
pub(super) const EXTENSION: &str = "x-…";

/// The fields of a mapping, each looked up once.
pub(super) struct Fields<'n> {
    pub(super) span: Span,
    pub(super) mapping: &'n Mapping,
    known: &'static [&'static str],
    found: Vec<(&'static str, Found<'n>)>,
}

/// A field under its own name, or under a reported misspelling.
struct Found<'n> {
    key: Span,
    /// The value, if it could be determined.
    value: Option<&'n Node>,
}

impl<'n> Fields<'n> {
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        self.found(name)?.value
    }

    /// Returns the place of a field's name, if the field is present, even without a value.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        Some(self.found(name)?.key)
    }

    fn found(&self, name: &str) -> Option<&Found<'n>> {
        debug_assert!(self.known.contains(&name), "a field that `known` lacks is never found");
        self.found.iter().find(|(found, _)| *found == name).map(|(_, found)| found)
    }

    fn put(&mut self, name: &'static str, key: Span, value: Option<&'n Node>) {
        self.found.push((name, Found { key, value }));
    }

    /// Returns the known fields that are not present.
    fn free(&self) -> impl Iterator<Item = &'static str> + Clone {
        let is_free = |name: &&str| self.found.iter().all(|(found, _)| found != name);
        self.known.iter().copied().filter(is_free)
    }

    /// Returns the known fields that are present, with the places of their names.
    pub(super) fn present(&self) -> Vec<(&'static str, Span)> {
        self.found.iter().map(|(name, found)| (*name, found.key)).collect()
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            diagnostics: Vec::new(),
            complete: true,
            has_status: false,
            unwritten: Unwritten::Missing,
        }
    }

    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        message: impl Into<String>,
        label: impl Into<Label>,
    ) -> &mut Diagnostic {
        push(&mut self.diagnostics, rule, message, label)
    }

    /// Reads a mapping with named fields. `what` describes it in messages, such as `a section`.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let written = || format!("its fields are {}", list(known, "and"));
        let mapping = self.mapping(node, what, written)?;
        let mut fields = Fields { span: node.span, mapping, known, found: Vec::new() };
        let mut unknown = Vec::new();
        for entry in &mapping.entries {
            match known.iter().find(|name| **name == entry.key.text) {
                Some(name) => fields.put(name, entry.key.span, Some(&entry.value)),
                None if known.contains(&EXTENSION) && is_extension(&entry.key.text) => {}
                None => unknown.push(entry),
            }
        }
        if what == "a section" && !mapping.flow {
            self.beside_list(&mut unknown, &mut fields);
        }
        for entry in unknown {
            self.unknown_field(entry, what, &mut fields);
        }
        Some(fields)
    }

    /// Reports the fields of an error that begin in the column of `errors`, below it. Nobody knows of which error they are,
    /// so the list is not read.
    fn beside_list(&mut self, unknown: &mut Vec<&Entry>, fields: &mut Fields<'_>) {
        let mut found = fields.found.iter_mut();
        let Some((_, errors)) = found.find(|(name, _)| *name == "errors") else { return };
        let (mut first, key) = (None, errors.key);
        unknown.retain(|Entry { key: it, .. }| {
            let is_beside = it.span.start > key.start && Row::FIELDS.contains(&&*it.text);
            first = first.or(is_beside.then_some(it));
            !is_beside
        });
        let Some(first) = first else { return };
        errors.value = None;
        let message =
            format!("the field `{}` of an error begins in the column of `errors`", first.text);
        self.report(&rule::WRONG_INDENTATION, message, (first.span, "in the same column"))
            .also((key, "the list of errors"))
            .set_help("begin each error with `- `, and indent its other fields two spaces deeper than the dash");
    }

    /// Reports a key that is not the name of a field. The intended field then counts as present.
    fn unknown_field<'n>(&mut self, entry: &'n Entry, what: &str, fields: &mut Fields<'n>) {
        let Entry { key, value } = entry;
        if self.missing_space(entry, fields) {
            return;
        }
        let meant = meant(&key.text, fields);
        let continues = key.style == Style::Plain && (meant.is_none() || key.text.contains(' '));
        let is_cut =
            fields.mapping.flow && value.is_absent() && continues && !is_first(entry, fields);
        if let Some(name) = meant {
            fields.put(name, key.span, Some(value).filter(|_| !is_cut));
        }
        if !self.is_visible_name(&key.text, key.span) {
            return;
        }
        if is_cut {
            let message = format!("a comma cuts the text short before `{}`", shorten(&key.text));
            self.report(&rule::COMMA_CUTS_TEXT, message, (key.span, "read as a field of its own"));
            return;
        }
        let message = format!("{what} has no field `{}`", shorten(&key.text));
        let help = did_you_mean(meant, || format!("the fields are {}", list(fields.known, "and")));
        self.report(&rule::UNKNOWN_FIELD, message, (key.span, "unknown field")).set_help(help);
    }

    /// Reports a key and a value that were read as one text, because there is no space after the colon, or no colon:
    /// `{ name:OK }`, `{ name=OK }`. A text that a comma cuts short may continue with the name of a field that is there.
    fn missing_space(&mut self, entry: &Entry, fields: &mut Fields<'_>) -> bool {
        let Some((name, value)) = entry.key.text.split_once([':', '=', ' ']) else { return false };
        let known = fields.known.iter().find(|known| **known == name);
        let Some(name) = known.filter(|_| fields.mapping.flow && entry.value.is_absent()) else {
            return false;
        };
        let (place, rest) = (entry.key.span, &entry.key.text[name.len()..]);
        let may_continue = rest.starts_with(' ') && !is_first(entry, fields);
        match fields.found(name) {
            Some(_) if may_continue => return false,
            Some(_) => {}
            None => fields.put(name, place, None),
        }
        if self.is_visible_name(value, place) {
            let message = if rest.starts_with(':') {
                format!("missing space after `{name}:`")
            } else {
                format!("missing `:` after `{name}`")
            };
            let value = value.trim_start_matches([' ', '=', ':']);
            let mut help = format!("did you mean `{name}: {}`?", shorten(value));
            if may_continue {
                help += " or, if it continues the text before the comma, quote the whole text";
            }
            self.report(&rule::MISSING_COLON, message, (place, "read as one word")).set_help(help);
        }
        true
    }

    /// Reads a mapping. `written` describes in messages how to write it.
    pub(super) fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        written: impl FnOnce() -> String,
    ) -> Option<&'n Mapping> {
        if let Kind::Mapping(mapping) = &node.kind {
            self.complete &= !mapping.lacks_entries;
            return Some(mapping);
        }
        self.complete = false;
        self.wrong_kind(node, what, "a mapping", &written())
    }

    pub(super) fn sequence<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        if let Kind::Sequence(items) = &node.kind {
            return Some(items);
        }
        self.complete = false;
        match &node.kind {
            Kind::Rejected => return None,
            // Keys that are repeated begin further items, and were reported.
            Kind::Mapping(mapping) if mapping.lacks_entries => return None,
            _ => {}
        }
        if let Some(found) = self.wrong_item(node, what) {
            self.diagnostics.push(found);
            return None;
        }
        self.wrong_kind(node, what, "a list", "lines that begin with `- `")
    }

    /// Explains what was read in place of a list, because its first item has no dash, or no space after it.
    fn wrong_item(&self, node: &Node, what: &str) -> Option<Diagnostic> {
        let first = self.first_line(node.span);
        let before = Span::new(self.source.line_around(first.start).start, first.start);
        if !self.source.slice(before).trim().is_empty() {
            return None;
        }
        other_dash(self.source, first.start).or_else(|| {
            let Kind::Mapping(mapping) = &node.kind else { return None };
            let key = &mapping.entries.first()?.key.text;
            let is_item = matches!(what, "`sections`" | "`errors`") && is_field_name(key);
            is_item.then(|| missing_dash(self.source, first))
        })
    }

    /// Reports a node of the wrong kind, unless it was already reported.
    pub(super) fn wrong_kind<T>(
        &mut self,
        node: &Node,
        what: &str,
        wanted: &str,
        written: &str,
    ) -> Option<T> {
        if matches!(node.kind, Kind::Rejected) {
            return None;
        }
        let is = node.describe();
        let (message, label) = if node.is_absent() {
            (format!("{what} must be {wanted}, but is empty"), (node.span, "empty".to_owned()))
        } else {
            let label = (self.first_line(node.span), format!("this is {is}"));
            (format!("{what} must be {wanted}, not {is}"), label)
        };
        let help = format!("write {wanted}: {written}");
        self.report(&rule::WRONG_KIND, message, label).set_help(help);
        None
    }

    /// Reports missing required fields.
    pub(super) fn require(&mut self, fields: &Fields<'_>, names: &[&str], what: &str) {
        let missing: Vec<&str> =
            names.iter().copied().filter(|name| fields.found(name).is_none()).collect();
        let (Some(first), false) = (missing.first(), fields.mapping.lacks_entries) else { return };
        let (noun, verb) = if missing.len() == 1 { ("field", "is") } else { ("fields", "are") };
        let shown = list(&missing, "and");
        let message = format!("{what} lacks the {noun} {shown}");
        let label = (self.head(fields), format!("{shown} {verb} missing here"));
        let help = match missing.as_slice() {
            [_] => format!("add `{first}:`"),
            _ => format!("add {shown}, each on a line of its own"),
        };
        self.report(&rule::MISSING_FIELD, message, label).set_help(help);
    }

    /// Returns the place of the first entry of a mapping, at which missing fields are reported.
    fn head(&self, fields: &Fields<'_>) -> Span {
        match fields.mapping.entries.first() {
            Some(Entry { key, value }) if !fields.mapping.flow => {
                let end = self.source.line_around(key.span.start).end.max(key.span.end);
                Span::new(key.span.start, value.span.end.clamp(key.span.end, end))
            }
            _ => self.first_line(fields.span),
        }
    }

    /// Returns the place, cut at the end of its first line.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let slice = self.source.slice(span);
        let first = slice.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.start + first.len())
    }
}

/// Whether no comma precedes an entry.
fn is_first(entry: &Entry, fields: &Fields<'_>) -> bool {
    fields.mapping.entries.first().is_some_and(|first| first.key.span == entry.key.span)
}

/// Returns the missing field that an unknown key was probably meant to be.
fn meant(key: &str, fields: &Fields<'_>) -> Option<&'static str> {
    let near = suggest::nearest(key, fields.free());
    // An error can have a `name`, but other formats use this key for the code or the message.
    let is_plain = |name: &&str| *name != "name" || !fields.known.contains(&"code");
    near.or_else(|| fields.free().filter(is_plain).find(|name| synonyms(name).contains(&key)))
}

/// Joins names in backticks to `a`, `b` and `c`. `joint` is the word before the last one.
pub(super) fn list(names: impl IntoIterator<Item = impl Display>, joint: &str) -> String {
    diagnostic::list(names.into_iter().map(|name| format!("`{name}`")), joint)
}

/// Cuts a text to a length that fits into a message.
pub(super) fn shorten(text: &str) -> String {
    const MAX_CHARACTERS: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_CHARACTERS) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}
