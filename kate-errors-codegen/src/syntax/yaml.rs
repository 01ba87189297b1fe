//! The adapter to the YAML crate: its events become a [`Node`] tree. No other file names the crate.
//!
//! The tree is built without recursion, its depth is bounded, and what a catalog may not have
//! (anchors, aliases, tags, merge keys, further documents) is reported while it is built.

use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, options};

pub(crate) use granit_parser::ErrorKind;

use super::tree::{Entry, Key, Kind, Mapping, Node, Scalar, Style};
use crate::finding::{Finding, Label};
use crate::rule;
use crate::source::Span;

/// How deep values may be nested.
pub(crate) const MAX_DEPTH: usize = 32;

/// What reading a text gave: as much of the tree as could be built, and why it stopped.
pub(crate) struct Outcome {
    pub(crate) root: Option<Node>,
    pub(crate) findings: Vec<Finding>,
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

/// Reads `text` as one YAML document.
pub(crate) fn read(text: &str) -> Outcome {
    let mut builder = Builder::default();
    let mut failure = None;
    for event in Parser::new_from_str_with_options(text, strict_options()) {
        match event {
            Ok((event, span)) => {
                if builder.take(event, &span).is_break() {
                    break;
                }
            }
            Err(error) => {
                failure = Some(Failure {
                    kind: error.kind().clone(),
                    message: error.info(),
                    offset: error.marker().byte_offset().unwrap_or_default().min(text.len()),
                    open_brackets: builder.open_brackets(),
                });
                break;
            }
        }
    }
    builder.finish(failure, text.len())
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
    findings: Vec<Finding>,
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
    Mapping {
        entries: Vec<Entry>,
        /// The key whose value comes next. `None` in the inner option is a key that was reported.
        pending: Option<Option<Key>>,
        seen: HashMap<String, Span>,
    },
}

type Flow = std::ops::ControlFlow<()>;

impl Builder {
    fn take(&mut self, event: Event<'_>, span: &granit_parser::Span) -> Flow {
        if let Some(tag) = event.tag() {
            let tag_span = span.tag_span().map_or(place(span), |tag| place(&tag));
            let message = format!("the tag `{}` is not allowed", tag.original());
            self.report(&rule::TAG, message, tag_span);
        }
        match event {
            Event::DocumentStart(..) => return self.start_document(place(span)),
            Event::Scalar(value, style, ..) => self.scalar(value.into_owned(), style, place(span)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.report(&rule::ALIAS, "an alias is not allowed".to_owned(), place(span));
                self.add(Node { span: place(span), kind: Kind::Rejected });
            }
            Event::Anchor(_, name) => {
                let message = format!("the anchor `&{name}` is not allowed");
                self.report(&rule::ANCHOR, message, place(span));
            }
            Event::SequenceStart(style, ..) => {
                return self.start(place(span), style, Content::Sequence(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                let content =
                    Content::Mapping { entries: Vec::new(), pending: None, seen: HashMap::new() };
                return self.start(place(span), style, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place(span), true),
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
        Flow::Break(())
    }

    fn start(&mut self, span: Span, style: StructureStyle, content: Content) -> Flow {
        if self.open.len() == MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} deep");
            self.report(&rule::TOO_DEEP, message, span);
            return Flow::Break(());
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

    fn scalar(&mut self, value: String, style: ScalarStyle, span: Span) {
        let style = match style {
            ScalarStyle::Plain if span.start == span.end => Style::Absent,
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
            Some(Content::Mapping { entries, pending, .. }) => match pending.take() {
                Some(Some(key)) => entries.push(Entry { key, value: node }),
                Some(None) => {}
                None => self.key(node),
            },
        }
    }

    fn key(&mut self, node: Node) {
        let key = self.accept_key(node);
        if let Some(Open { content: Content::Mapping { pending, .. }, .. }) = self.open.last_mut() {
            *pending = Some(key);
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
            let finding = Finding::new(
                &rule::DUPLICATE_KEY,
                format!("the key `{}` stands twice in one mapping", scalar.value),
                Label::new(span, "again here"),
            );
            self.findings.push(finding.related(Label::new(first, "first here")));
            return None;
        }
        Some(Key { text: scalar.value, span, style: scalar.style })
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
        self.findings.push(Finding::new(rule, message, Label::new(span, "here")));
    }

    fn open_brackets(&self) -> Vec<Span> {
        self.open.iter().filter(|open| open.flow).map(|open| open.start).collect()
    }

    /// Closes what is still open, and marks it as not whole.
    fn finish(mut self, failure: Option<Failure>, end: usize) -> Outcome {
        while let Some(open) = self.open.last_mut() {
            if let Content::Mapping { entries, pending, .. } = &mut open.content {
                if let Some(Some(key)) = pending.take() {
                    let value = Node { span: key.span, kind: Kind::Rejected };
                    entries.push(Entry { key, value });
                }
            }
            self.end(Span::new(end, end), false);
        }
        Outcome { root: self.root, findings: self.findings, failure }
    }
}

fn place(span: &granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or_default();
    Span::new(range.start, range.end)
}
