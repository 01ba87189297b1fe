//! The adapter to the YAML crate: builds a [`Node`] tree from its events. No other file names the crate.
//!
//! What a catalog must not contain (anchors, aliases, tags, merge keys, further documents) is reported on the
//! way. Reading recurses into collections, up to a depth of [`MAX_DEPTH`].

use std::collections::HashMap;

use granit_parser::{
    Event, Options, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, options,
};

pub(crate) use granit_parser::ErrorKind;

use super::extensions::is_placeholder;
use super::tree::{Entry, Key, Kind, Mapping, Node, Scalar, Style};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::{self, Rule};
use crate::source::Span;
use crate::work;

/// The maximum nesting depth of values.
pub(crate) const MAX_DEPTH: usize = 32;

/// The result of reading a text: the tree as far as it could be built, and why reading stopped.
pub(crate) struct Outcome {
    pub(crate) root: Option<Node>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) stop: Option<Stop>,
}

/// Why reading stopped before the end of the text.
pub(crate) enum Stop {
    /// For a reason that has its own diagnostic.
    Named(Box<Diagnostic>),
    /// The YAML parser gave up.
    Parser(Failure),
}

/// Where and why the YAML parser gave up, and its state at that point.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) at: usize,
    /// The end of what was read last.
    pub(crate) after: usize,
    /// The collections that were open, the innermost last.
    pub(crate) open: Vec<Collection>,
    /// The collection without brackets that ended just before.
    pub(crate) ended: Option<Collection>,
}

/// A list or mapping of which only the beginning is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Collection {
    /// The offset of its bracket, its first key, or its first dash.
    pub(crate) start: usize,
    pub(crate) flow: bool,
    pub(crate) sequence: bool,
}

/// Reads a text as one YAML document.
pub(crate) fn read(text: &str) -> Outcome {
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, strict_options()),
        length: text.len(),
        diagnostics: Vec::new(),
        stop: None,
        after: 0,
        open: Vec::new(),
        ended: None,
    };
    let mut root = None;
    while let Some((event, span)) = reader.next() {
        match event {
            Event::DocumentStart(..) if root.is_some() => {
                let message = "a second document begins here";
                let label = (place(&span), "here");
                reader.stop_with(Diagnostic::new(&rule::SECOND_DOCUMENT, message, label));
            }
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd => {}
            _ => root = Some(reader.node(event, &span)),
        }
    }
    Outcome { root, diagnostics: reader.diagnostics, stop: reader.stop }
}

fn strict_options() -> Options {
    options! {
        strict_indentation: true,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

/// Builds nodes from events.
struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    /// The length of the text.
    length: usize,
    diagnostics: Vec<Diagnostic>,
    stop: Option<Stop>,
    after: usize,
    open: Vec<Collection>,
    ended: Option<Collection>,
}

impl<'t> Reader<'t> {
    /// Returns the next event, unless reading has stopped.
    fn next(&mut self) -> Option<(Event<'t>, granit_parser::Span)> {
        work::count(1);
        let next = self.events.next().filter(|_| self.stop.is_none())?;
        let (event, span) = next.map_err(|error| self.fail(&error)).ok()?;
        if let Event::Anchor(_, name) = event {
            let message = format!("the anchor `&{name}` is not allowed");
            self.report(&rule::ANCHOR, message, place(&span));
            return self.next();
        }
        Some((event, span))
    }

    fn fail(&mut self, error: &ScanError) {
        self.stop = Some(Stop::Parser(Failure {
            kind: error.kind().clone(),
            message: error.info(),
            at: error.marker().byte_offset().unwrap_or(self.length).min(self.length),
            after: self.after,
            open: self.open.clone(),
            ended: self.ended,
        }));
    }

    fn stop_with(&mut self, diagnostic: Diagnostic) {
        self.stop = Some(Stop::Named(Box::new(diagnostic)));
    }

    fn report(&mut self, rule: &'static Rule, message: impl Into<String>, span: Span) {
        self.diagnostics.push(Diagnostic::new(rule, message, (span, "here")));
    }

    /// Returns the node that begins with an event, as far as it can be read.
    fn node(&mut self, event: Event<'t>, span: &granit_parser::Span) -> Node {
        let here = place(span);
        if let Some(tag) = event.tag() {
            let message = format!("the tag `{}` is not allowed", tag.original());
            self.report(&rule::TAG, message, span.tag_span().map_or(here, |tag| place(&tag)));
        }
        match event {
            Event::Scalar(value, style, ..) => {
                self.reach(here.end);
                scalar(value.into_owned(), style, here)
            }
            Event::SequenceStart(style, ..) => self.collection(here, style, true),
            Event::MappingStart(style, ..) => self.collection(here, style, false),
            _ => {
                self.reach(here.end);
                self.report(&rule::ALIAS, "an alias is not allowed", here);
                Node { span: here, kind: Kind::Rejected }
            }
        }
    }

    fn collection(&mut self, begin: Span, style: StructureStyle, sequence: bool) -> Node {
        if self.open.len() == MAX_DEPTH {
            self.stop_with(too_deep(begin));
            return Node { span: begin, kind: Kind::Rejected };
        }
        let flow = style == StructureStyle::Flow;
        let collection = Collection { start: begin.start, flow, sequence };
        self.open.push(collection);
        self.reach(if flow { begin.end } else { begin.start });
        let (kind, end) = if sequence { self.items() } else { self.entries(flow) };
        let end = end.max(begin.start);
        if flow {
            self.reach(end);
        } else {
            self.ended = Some(collection);
        }
        // If reading stopped inside the collection, it is still open.
        if self.stop.is_none() {
            self.open.pop();
        }
        Node { span: Span::new(begin.start, end), kind }
    }

    /// Records that the text was read up to `end`.
    fn reach(&mut self, end: usize) {
        self.after = self.after.max(end);
        self.ended = None;
    }

    /// Reads the items of a list. Returns them and the end of the list.
    fn items(&mut self) -> (Kind, usize) {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next() {
            if matches!(event, Event::SequenceEnd) {
                return (Kind::Sequence(items), place(&span).end);
            }
            items.push(self.node(event, &span));
        }
        (Kind::Sequence(items), self.after)
    }

    /// Reads the entries of a mapping. Returns them and the end of the mapping.
    fn entries(&mut self, flow: bool) -> (Kind, usize) {
        let mut entries = Entries::default();
        let mut end = self.after;
        while let Some((event, span)) = self.next() {
            if matches!(event, Event::MappingEnd) {
                end = place(&span).end;
                break;
            }
            let key = self.node(event, &span);
            let Some((event, span)) = self.next() else { break };
            let reported = self.diagnostics.len();
            let value = self.node(event, &span);
            let of_value = self.diagnostics.split_off(reported);
            if let Some(key) = self.key(key, value.is_absent(), &mut entries) {
                self.diagnostics.extend(of_value);
                entries.list.push(Entry { key, value });
            } else {
                // The meaning of the key is unknown, so nothing is reported about its value.
                entries.are_lacking = true;
            }
        }
        self.diagnostics.extend(entries.duplicate_keys());
        let Entries { list, are_lacking, .. } = entries;
        (Kind::Mapping(Mapping { entries: list, flow, lacks_entries: are_lacking }), end)
    }

    /// Returns the key, unless it is not allowed in a catalog, or repeated in this mapping.
    fn key(&mut self, node: Node, is_lone: bool, entries: &mut Entries) -> Option<Key> {
        let scalar = match node.kind {
            Kind::Scalar(scalar) => scalar,
            // A placeholder without quotes, such as `{{id}}`, is reported where a text is read.
            Kind::Mapping(mapping) if is_lone && is_placeholder(&mapping) => {
                let value = format!("{{{}}}", mapping.entries[0].key.text);
                Scalar { value, style: Style::Plain }
            }
            Kind::Rejected => return None,
            _ => {
                self.report(&rule::WRONG_KIND, "a key must be a plain name", node.span);
                return None;
            }
        };
        if scalar.value == "<<" && scalar.style == Style::Plain {
            self.report(&rule::MERGE_KEY, "the merge key `<<` is not allowed", node.span);
            return None;
        }
        let key = Key { text: scalar.value, span: node.span, style: scalar.style };
        if entries.seen.contains_key(&key.text) {
            entries.repeated.push(key);
            return None;
        }
        entries.seen.insert(key.text.clone(), key.span);
        Some(key)
    }
}

/// The entries of a mapping that is being read.
#[derive(Default)]
struct Entries {
    list: Vec<Entry>,
    seen: HashMap<String, Span>,
    /// The repetitions of earlier keys.
    repeated: Vec<Key>,
    are_lacking: bool,
}

impl Entries {
    /// Returns one diagnostic for all repeated keys, since one missing dash repeats most keys of an item.
    fn duplicate_keys(&self) -> Option<Diagnostic> {
        let (Key { text: key, span, .. }, others) = self.repeated.split_first()?;
        let others = match others.len() {
            0 => String::new(),
            count => format!(", and so are {count} others"),
        };
        let message = format!("the key `{key}` is repeated in one mapping{others}");
        let help = format!(
            "delete or rename one of the two; if a new item of a list begins here, write `- {key}: …`"
        );
        let first = (self.seen.get(key).copied().unwrap_or_default(), "first here");
        let again = Label::new(*span, "again here");
        Some(Diagnostic::new(&rule::DUPLICATE_KEY, message, again).related(first).help(help))
    }
}

fn scalar(value: String, style: ScalarStyle, span: Span) -> Node {
    let style = match style {
        ScalarStyle::Plain if span.range().is_empty() => Style::Absent,
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        _ => Style::Block,
    };
    let value = if style == Style::Absent { String::new() } else { value };
    Node { span, kind: Kind::Scalar(Scalar { value, style }) }
}

/// Returns the diagnostic for a value at `span` that is nested too deeply.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("values are nested more than {MAX_DEPTH} deep");
    Diagnostic::new(&rule::TOO_DEEP, message, (span, "here"))
}

fn place(span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(range.start, range.end.max(range.start))
}
