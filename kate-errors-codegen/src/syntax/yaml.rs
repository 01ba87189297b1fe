//! The adapter to the YAML crate: its events become a [`Node`] tree. No other file names the crate.
//!
//! The tree is built without recursion, its depth is bounded, and what a catalog may not have
//! (anchors, aliases, tags, merge keys, further documents) is reported while it is built.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, options};

pub(crate) use granit_parser::ErrorKind;

use super::tree::{Entry, Key, Kind, Mapping, Node, Scalar, Style};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;
use crate::work;

/// How deep values may be nested.
pub(crate) const MAX_DEPTH: usize = 32;

/// What reading a text gave: as much of the tree as could be built, and why it stopped.
pub(crate) struct Outcome {
    pub(crate) root: Option<Node>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) stop: Option<Stop>,
}

/// Why reading stopped before the end of the text.
pub(crate) enum Stop {
    /// For a reason that has its diagnostic.
    Named(Box<Diagnostic>),
    /// The YAML parser gave up.
    Parser(Failure),
}

/// Where and why the YAML parser gave up, with what it had read by then.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) at: usize,
    /// The end of what was read last.
    pub(crate) after: usize,
    /// The collections that were open, the innermost last.
    pub(crate) open: Vec<Collection>,
    /// The collection without brackets that ended right before.
    pub(crate) ended: Option<Collection>,
}

/// A list or mapping of which no more than the beginning is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Collection {
    /// Where it begins: at its bracket, its first key, or its first dash.
    pub(crate) start: usize,
    pub(crate) flow: bool,
    pub(crate) sequence: bool,
}

/// Reads a text as one YAML document.
pub(crate) fn read(text: &str) -> Outcome {
    let mut builder = Builder::default();
    for event in Parser::new_from_str_with_options(text, strict_options()) {
        match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => builder.fail(&error, text.len()),
        }
        if builder.stop.is_some() {
            break;
        }
    }
    builder.finish(text.len())
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

/// Builds the tree from events.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
    stop: Option<Stop>,
    documents: usize,
    /// The end of the last event.
    after: usize,
    ended: Option<Collection>,
}

/// A collection that has begun and not ended.
struct Open {
    collection: Collection,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping(OpenMapping),
}

#[derive(Default)]
struct OpenMapping {
    entries: Vec<Entry>,
    next: Next,
    seen: HashMap<String, Span>,
    lacks_entries: bool,
    /// The keys that are there already.
    repeated: Vec<Key>,
}

/// What comes next in a mapping.
#[derive(Default)]
enum Next {
    #[default]
    Key,
    /// The value of this key.
    Value(Key),
    /// The value of a key that was reported.
    ReportedValue,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) {
        let here = place(span);
        if let Some(tag) = event.tag() {
            let tag_span = span.tag_span().map_or(here, |tag| place(&tag));
            self.report(
                &rule::TAG,
                format!("the tag `{}` is not allowed", tag.original()),
                tag_span,
            );
        }
        match event {
            Event::DocumentStart(..) => self.start_document(here),
            Event::Scalar(value, style, ..) => self.scalar(value.into_owned(), style, here),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(here),
            Event::Anchor(_, name) => {
                self.report(&rule::ANCHOR, format!("the anchor `&{name}` is not allowed"), here);
            }
            Event::SequenceStart(style, ..) => {
                self.start(here, style, Content::Sequence(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                self.start(here, style, Content::Mapping(OpenMapping::default()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(here.end),
            _ => {}
        }
    }

    fn start_document(&mut self, span: Span) {
        self.documents += 1;
        if self.documents > 1 {
            let message = "a second document begins here";
            let label = Label::new(span, "here");
            self.stop_with(Diagnostic::new(&rule::SECOND_DOCUMENT, message, label));
        }
    }

    fn stop_with(&mut self, diagnostic: Diagnostic) {
        self.stop = Some(Stop::Named(Box::new(diagnostic)));
    }

    fn start(&mut self, span: Span, style: StructureStyle, content: Content) {
        if self.open.len() == MAX_DEPTH {
            return self.stop_with(too_deep(span));
        }
        let collection = Collection {
            start: span.start,
            flow: style == StructureStyle::Flow,
            sequence: matches!(content, Content::Sequence(_)),
        };
        self.open.push(Open { collection, content });
        self.reach(if collection.flow { span.end } else { span.start });
    }

    fn end(&mut self, end: usize) {
        let Some(Open { collection, content }) = self.open.pop() else { return };
        let span = Span::new(collection.start, end.max(collection.start));
        let kind = match content {
            Content::Sequence(items) => Kind::Sequence(items),
            Content::Mapping(mapping) => {
                self.diagnostics.extend(mapping.duplicate_keys());
                let OpenMapping { entries, lacks_entries, .. } = mapping;
                Kind::Mapping(Mapping { entries, flow: collection.flow, lacks_entries })
            }
        };
        self.add(Node { span, kind });
        if collection.flow {
            self.reach(end);
        } else {
            self.ended = Some(collection);
        }
    }

    /// Notes that the text was read up to `end`.
    fn reach(&mut self, end: usize) {
        self.after = self.after.max(end);
        self.ended = None;
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, span: Span) {
        self.reach(span.end);
        let style = match style {
            ScalarStyle::Plain if span.range().is_empty() => Style::Absent,
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            _ => Style::Block,
        };
        let value = if style == Style::Absent { String::new() } else { value };
        self.add(Node { span, kind: Kind::Scalar(Scalar { value, style }) });
    }

    fn alias(&mut self, span: Span) {
        self.reach(span.end);
        // The merge key that an alias most often stands behind was reported.
        if !matches!(self.innermost_mapping(), Some(OpenMapping { next: Next::ReportedValue, .. }))
        {
            self.report(&rule::ALIAS, "an alias is not allowed".to_owned(), span);
        }
        self.add(Node { span, kind: Kind::Rejected });
    }

    /// The mapping that what comes next belongs to.
    fn innermost_mapping(&mut self) -> Option<&mut OpenMapping> {
        match self.open.last_mut().map(|open| &mut open.content) {
            Some(Content::Mapping(mapping)) => Some(mapping),
            _ => None,
        }
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping(mapping)) => match std::mem::take(&mut mapping.next) {
                Next::Value(key) => mapping.entries.push(Entry { key, value: node }),
                Next::ReportedValue => mapping.lacks_entries = true,
                Next::Key => mapping.next = mapping.key(node, &mut self.diagnostics),
            },
        }
    }

    fn report(&mut self, rule: &'static rule::Rule, message: String, span: Span) {
        self.diagnostics.push(Diagnostic::new(rule, message, Label::new(span, "here")));
    }

    fn fail(&mut self, error: &ScanError, length: usize) {
        self.stop = Some(Stop::Parser(Failure {
            kind: error.kind().clone(),
            message: error.info(),
            at: error.marker().byte_offset().unwrap_or(length).min(length),
            after: self.after,
            open: self.open.iter().map(|open| open.collection).collect(),
            ended: self.ended,
        }));
    }

    /// Closes what is still open, for a skeleton of the catalog.
    fn finish(mut self, end: usize) -> Outcome {
        while !self.open.is_empty() {
            self.end(end);
        }
        Outcome { root: self.root, diagnostics: self.diagnostics, stop: self.stop }
    }
}

impl OpenMapping {
    /// Takes a key, and says what comes next: not its value if no mapping of a catalog can have the key.
    fn key(&mut self, node: Node, diagnostics: &mut Vec<Diagnostic>) -> Next {
        work::count(1);
        let span = node.span;
        let mut report = |rule, message: &str| {
            diagnostics.push(Diagnostic::new(rule, message, Label::new(span, "here")));
            Next::ReportedValue
        };
        let scalar = match node.kind {
            Kind::Scalar(scalar) => scalar,
            Kind::Rejected => return Next::ReportedValue,
            _ => return report(&rule::WRONG_KIND, "a key must be a plain name"),
        };
        if scalar.value == "<<" && scalar.style == Style::Plain {
            return report(&rule::MERGE_KEY, "the merge key `<<` is not allowed");
        }
        let key = Key { text: scalar.value, span, style: scalar.style };
        if self.seen.contains_key(&key.text) {
            self.repeated.push(key);
            return Next::ReportedValue;
        }
        self.seen.insert(key.text.clone(), span);
        Next::Value(key)
    }

    /// One diagnostic for all keys that stand twice: one forgotten dash doubles most of them.
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
        let first = Label::new(self.seen.get(key).copied().unwrap_or_default(), "first here");
        let again = Label::new(*span, "again here");
        Some(Diagnostic::new(&rule::DUPLICATE_KEY, message, again).related(first).help(help))
    }
}

/// The diagnostic for a value at `span` that is nested too deep.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("values are nested more than {MAX_DEPTH} deep");
    Diagnostic::new(&rule::TOO_DEEP, message, Label::new(span, "here"))
}

fn place(span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(range.start, range.end.max(range.start))
}
