//! The adapter to the YAML crate: its events become a [`Node`] tree. No other file names the crate.
//!
//! The tree is built without recursion, its depth is bounded, and what a catalog may not have
//! (anchors, aliases, tags, merge keys, further documents) is reported while it is built.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, options};

pub(crate) use granit_parser::ErrorKind;

use super::draft::Draft;
use super::tree::{Entry, Key, Kind, Mapping, Node, Scalar, Style};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;

/// How deep values may be nested.
pub(crate) const MAX_DEPTH: usize = 32;

/// What reading a text gave: as much of the tree as could be built, and why it stopped.
pub(crate) struct Outcome {
    pub(crate) root: Option<Node>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) failure: Option<Failure>,
}

/// Where and why the YAML parser gave up.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) offset: usize,
    /// The brackets that were open, the innermost last.
    pub(crate) open_brackets: Vec<Span>,
}

/// Reads the text of a draft as one YAML document; all places are those of its source.
pub(super) fn read(draft: &Draft<'_>) -> Outcome {
    let mut builder = Builder::new(draft);
    let mut failure = None;
    for event in Parser::new_from_str_with_options(draft.text(), strict_options()) {
        let stop = match event {
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or_default();
                let offset = draft.origin(offset.min(draft.text().len()));
                Flow::Break(Some((error.kind().clone(), error.info(), offset)))
            }
        };
        if let Flow::Break(reason) = stop {
            failure = reason.map(|(kind, message, offset)| Failure {
                kind,
                message,
                offset,
                open_brackets: builder.open_brackets(),
            });
            break;
        }
    }
    builder.finish(failure)
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
struct Builder<'a> {
    draft: &'a Draft<'a>,
    open: Vec<Open>,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
    documents: usize,
}

/// A collection that has begun and not ended.
struct Open {
    start: Span,
    flow: bool,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, pending: Pending, seen: HashMap<String, Span> },
}

/// What comes next in a mapping.
enum Pending {
    Key,
    /// The value of this key.
    Value(Key),
    /// The value of a key that was reported.
    ReportedValue,
}

/// Whether to read on; if not, why, where that is a failure.
type Flow = std::ops::ControlFlow<Option<(ErrorKind, String, usize)>>;

impl<'a> Builder<'a> {
    fn new(draft: &'a Draft<'a>) -> Self {
        Self { draft, open: Vec::new(), root: None, diagnostics: Vec::new(), documents: 0 }
    }

    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Flow {
        let here = place(self.draft, span);
        if let Some(tag) = event.tag() {
            let tag_span = span.tag_span().map_or(here, |tag| place(self.draft, &tag));
            let message = format!("the tag `{}` is not allowed", tag.original());
            self.report(&rule::TAG, message, tag_span);
        }
        match event {
            Event::DocumentStart(..) => return self.start_document(here),
            Event::Scalar(value, style, ..) => self.scalar(value.into_owned(), style, span),
            Event::Alias(_) | Event::UnresolvedAlias(_) if self.key_was_reported() => {
                self.add(Node { span: here, kind: Kind::Rejected });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.report(&rule::ALIAS, "an alias is not allowed".to_owned(), here);
                self.add(Node { span: here, kind: Kind::Rejected });
            }
            Event::Anchor(_, name) => {
                let message = format!("the anchor `&{name}` is not allowed");
                self.report(&rule::ANCHOR, message, here);
            }
            Event::SequenceStart(style, ..) => {
                return self.start(here, style, Content::Sequence(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                let content = Content::Mapping {
                    entries: Vec::new(),
                    pending: Pending::Key,
                    seen: HashMap::new(),
                };
                return self.start(here, style, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(here, true),
            _ => {}
        }
        Flow::Continue(())
    }

    fn start_document(&mut self, span: Span) -> Flow {
        self.documents += 1;
        if self.documents < 2 {
            return Flow::Continue(());
        }
        self.report(&rule::SECOND_DOCUMENT, "a second document begins here".to_owned(), span);
        Flow::Break(None)
    }

    fn start(&mut self, span: Span, style: StructureStyle, content: Content) -> Flow {
        if self.open.len() == MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} deep");
            return Flow::Break(Some((ErrorKind::RecursionLimitExceeded, message, span.start)));
        }
        self.open.push(Open { start: span, flow: style == StructureStyle::Flow, content });
        Flow::Continue(())
    }

    fn end(&mut self, span: Span, whole: bool) {
        let Some(open) = self.open.pop() else { return };
        let span = Span::new(open.start.start, span.end.max(open.start.end));
        let kind = match open.content {
            Content::Sequence(items) => Kind::Sequence(items),
            Content::Mapping { entries, .. } => {
                Kind::Mapping(Mapping { entries, flow: open.flow, whole })
            }
        };
        self.add(Node { span, kind });
    }

    fn scalar(&mut self, value: String, style: ScalarStyle, span: &granit_parser::Span) {
        let range = span.byte_range().unwrap_or_default();
        let span = place(self.draft, span);
        if self.draft.is_made_up(range.start) {
            return self.add(Node { span, kind: Kind::Rejected });
        }
        let style = match style {
            ScalarStyle::Plain if range.is_empty() => Style::Absent,
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            _ => Style::Block,
        };
        let value = if style == Style::Absent { String::new() } else { value };
        self.add(Node { span, kind: Kind::Scalar(Scalar { value, style }) });
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping { entries, pending, .. }) => {
                match std::mem::replace(pending, Pending::Key) {
                    Pending::Value(key) => entries.push(Entry { key, value: node }),
                    Pending::ReportedValue => {}
                    Pending::Key => self.key(node),
                }
            }
        }
    }

    fn key(&mut self, node: Node) {
        let key = self.accept_key(node);
        if let Some(Open { content: Content::Mapping { pending, .. }, .. }) = self.open.last_mut() {
            *pending = key.map_or(Pending::ReportedValue, Pending::Value);
        }
    }

    /// The key, unless it is one that no mapping of a catalog can have.
    fn accept_key(&mut self, node: Node) -> Option<Key> {
        let span = node.span;
        let Kind::Scalar(scalar) = node.kind else {
            if !matches!(node.kind, Kind::Rejected) {
                self.report(&rule::WRONG_KIND, "a key is a plain name".to_owned(), span);
            }
            return None;
        };
        if scalar.value == "<<" && scalar.style == Style::Plain {
            self.report(&rule::MERGE_KEY, "the merge key `<<` is not allowed".to_owned(), span);
            return None;
        }
        if let Some(first) = self.remember(&scalar.value, span) {
            if self.begins_next_item(&scalar.value, first, span) {
                return Some(Key { text: scalar.value, span, style: scalar.style });
            }
            let emptied = self.drop_empty(&scalar.value);
            let diagnostic = Diagnostic::new(
                &rule::DUPLICATE_KEY,
                format!("the key `{}` stands twice in one mapping", scalar.value),
                Label::new(span, "again here"),
            );
            self.diagnostics.push(diagnostic.related(Label::new(first, "first here")));
            return emptied.then_some(Key { text: scalar.value, span, style: scalar.style });
        }
        Some(Key { text: scalar.value, span, style: scalar.style })
    }

    /// Takes an entry with the key that the item of a list begins with as the beginning of the next
    /// item, whose dash was forgotten. `false` where it is but a key that stands twice.
    fn begins_next_item(&mut self, key: &str, first: Span, span: Span) -> bool {
        let [.., Open { content: Content::Sequence(items), .. }, item] = self.open.as_mut_slice()
        else {
            return false;
        };
        let Content::Mapping { entries, seen, .. } = &mut item.content else { return false };
        if item.flow
            || entries.len() < 2
            || entries.first().is_none_or(|entry| entry.key.text != key)
        {
            return false;
        }
        let ended = Mapping { entries: std::mem::take(entries), flow: false, whole: true };
        let place = Span::new(item.start.start, span.start);
        items.push(Node { span: place, kind: Kind::Mapping(ended) });
        item.start = span;
        seen.clear();
        seen.insert(key.to_owned(), span);
        let label = Label::new(span, "begins an item of the list");
        let diagnostic =
            Diagnostic::new(&rule::LIST_DASH, format!("no dash stands before `{key}`"), label)
                .related(Label::new(first, "the item above begins with a dash"))
                .help(format!("write `- {key}: …`, or delete the line if `{key}` stands twice"));
        self.diagnostics.push(diagnostic);
        true
    }

    /// Forgets the entry with this key if it has no value, so that one that has takes its place.
    fn drop_empty(&mut self, key: &str) -> bool {
        let Some(Open { content: Content::Mapping { entries, .. }, .. }) = self.open.last_mut()
        else {
            return false;
        };
        let before = entries.len();
        entries.retain(|entry| entry.key.text != key || !entry.value.is_absent());
        entries.len() < before
    }

    /// Whether the key whose value comes next was reported, so that its value need not be.
    fn key_was_reported(&self) -> bool {
        matches!(
            self.open.last().map(|open| &open.content),
            Some(Content::Mapping { pending: Pending::ReportedValue, .. })
        )
    }

    /// Notes the key of the innermost mapping, and gives the place where it stood before.
    fn remember(&mut self, key: &str, span: Span) -> Option<Span> {
        let Some(Open { content: Content::Mapping { seen, .. }, .. }) = self.open.last_mut() else {
            return None;
        };
        if let Some(first) = seen.get(key) {
            return Some(*first);
        }
        seen.insert(key.to_owned(), span);
        None
    }

    fn report(&mut self, rule: &'static rule::Rule, message: String, span: Span) {
        self.diagnostics.push(Diagnostic::new(rule, message, Label::new(span, "here")));
    }

    fn open_brackets(&self) -> Vec<Span> {
        self.open.iter().filter(|open| open.flow).map(|open| open.start).collect()
    }

    /// Closes what is still open, and marks it as not whole.
    fn finish(mut self, failure: Option<Failure>) -> Outcome {
        let end = self.draft.source().text().len();
        while let Some(open) = self.open.last_mut() {
            if let Content::Mapping { entries, pending, .. } = &mut open.content {
                if let Pending::Value(key) = std::mem::replace(pending, Pending::Key) {
                    let value = Node { span: key.span, kind: Kind::Rejected };
                    entries.push(Entry { key, value });
                }
            }
            self.end(Span::new(end, end), false);
        }
        Outcome { root: self.root, diagnostics: self.diagnostics, failure }
    }
}

/// The place in the source.
fn place(draft: &Draft<'_>, span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    let start = draft.origin(range.start);
    Span::new(start, draft.origin(range.end).max(start))
}
