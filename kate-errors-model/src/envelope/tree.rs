//! A template as it is parsed, with places in its text.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use super::placeholder::{self, Text};
use super::{Leaf, Mistake, MistakeKind, Slot};
use crate::json::{Fault, MAX_DEPTH, Scanner};

/// A value of a template.
pub(super) struct Node<'t> {
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) kind: Kind<'t>,
    /// Whether it is written.
    pub(super) presence: Presence,
    /// Whether a slot that is read stands in it.
    pub(super) is_read: bool,
}

pub(super) enum Kind<'t> {
    Constant,
    Slot(Leaf<'t>),
    Object(Vec<Member<'t>>),
    Array(Vec<Member<'t>>),
}

/// Whether a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Never,
    Maybe,
    Always,
}

/// A member of an object, or an element of an array.
pub(super) struct Member<'t> {
    /// Its name; empty for an element.
    pub(super) name: &'t str,
    /// Where the comma, the name and the colon stand, where there are any.
    pub(super) tokens: [Range<usize>; 3],
    pub(super) value: Node<'t>,
}

/// Parses a template, and finds all mistakes in it.
pub(super) fn parse(template: &str) -> Result<Node<'_>, Vec<Mistake>> {
    let scanner = Scanner::new(template);
    let mut parser = Parser { scanner, place: String::new(), mistakes: Vec::new() };
    let root = parser.whole();
    match root {
        Ok(root) if parser.mistakes.is_empty() => Ok(root),
        Ok(_) => Err(parser.mistakes),
        Err(fault) => {
            Err(Vec::from([Mistake { place: String::new(), kind: MistakeKind::NotJson(fault) }]))
        }
    }
}

struct Parser<'t> {
    scanner: Scanner<'t>,
    /// The place as a JSON Pointer.
    place: String,
    mistakes: Vec<Mistake>,
}

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Result<Node<'t>, Fault> {
        let root = self.node(0)?;
        self.scanner.skip_space();
        if self.scanner.peek().is_some() {
            return Err(self.scanner.fault());
        }
        if !matches!(root.kind, Kind::Object(_)) {
            self.mistake(MistakeKind::NotAnObject);
        }
        Ok(root)
    }

    fn mistake(&mut self, kind: MistakeKind) {
        self.mistakes.push(Mistake { place: self.place.clone(), kind });
    }

    /// Parses a value that stands in `depth` containers.
    fn node(&mut self, depth: u32) -> Result<Node<'t>, Fault> {
        self.scanner.skip_space();
        let start = self.scanner.at();
        let (kind, presence) = match self.scanner.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => return Err(Fault::TooDeep),
            Some(b'{') => container(Kind::Object, self.members(depth + 1)?),
            Some(b'[') => container(Kind::Array, self.elements(depth + 1)?),
            _ => self.leaf(depth)?,
        };
        let is_read = match &kind {
            Kind::Constant => false,
            Kind::Slot(leaf) => is_read(leaf.slot),
            Kind::Object(members) | Kind::Array(members) => {
                members.iter().any(|member| member.value.is_read)
            }
        };
        Ok(Node { span: start..self.scanner.at(), kind, presence, is_read })
    }

    fn leaf(&mut self, depth: u32) -> Result<(Kind<'t>, Presence), Fault> {
        let value = self.scanner.value(depth)?;
        let Some(string) = value.string() else { return Ok((Kind::Constant, Presence::Always)) };
        Ok(match placeholder::parse(string) {
            Ok(Text::Constant) => (Kind::Constant, Presence::Always),
            Ok(Text::Any) => (Kind::Constant, Presence::Never),
            Ok(Text::Slot { leaf, is_optional: true }) => (Kind::Slot(leaf), Presence::Maybe),
            Ok(Text::Slot { leaf, .. }) => (Kind::Slot(leaf), Presence::Always),
            Err(kind) => {
                self.mistake(kind);
                (Kind::Constant, Presence::Always)
            }
        })
    }

    fn members(&mut self, depth: u32) -> Result<Vec<Member<'t>>, Fault> {
        let (mut members, mut names) = (Vec::new(), BTreeSet::new());
        self.list([b'{', b'}'], |parser, comma| {
            parser.scanner.skip_space();
            let start = parser.scanner.at();
            let name = parser.scanner.name()?;
            let end = parser.scanner.at();
            let outer = parser.enter(name.inside);
            if name.has_escapes || name.inside.contains(['{', '}']) {
                parser.mistake(MistakeKind::Name);
            } else if !names.insert(name.inside) {
                parser.mistake(MistakeKind::Duplicate);
            }
            let value = parser.node(depth)?;
            parser.place.truncate(outer);
            let tokens = [comma, start..start + name.inside.len() + 2, end - 1..end];
            members.push(Member { name: name.inside, tokens, value });
            Ok(())
        })?;
        Ok(members)
    }

    fn elements(&mut self, depth: u32) -> Result<Vec<Member<'t>>, Fault> {
        let (mut elements, mut is_read) = (Vec::new(), false);
        self.list([b'[', b']'], |parser, comma| {
            let outer = parser.enter(&elements.len().to_string());
            let value = parser.node(depth)?;
            if value.is_read && is_read {
                parser.mistake(MistakeKind::SecondElement);
            } else if value.is_read && matches!(value.kind, Kind::Array(_)) {
                parser.mistake(MistakeKind::NestedArray);
            }
            is_read |= value.is_read;
            parser.place.truncate(outer);
            elements.push(Member { name: "", tokens: [comma, 0..0, 0..0], value });
            Ok(())
        })?;
        Ok(elements)
    }

    /// Parses what stands between two brackets; `item` is given the place of the comma before it.
    fn list(
        &mut self,
        [open, close]: [u8; 2],
        mut item: impl FnMut(&mut Self, Range<usize>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.scanner.require(open)?;
        self.scanner.skip_space();
        if self.scanner.eat(close) {
            return Ok(());
        }
        let mut comma = 0..0;
        loop {
            item(self, comma)?;
            self.scanner.skip_space();
            if !self.scanner.eat(b',') {
                return self.scanner.require(close);
            }
            comma = self.scanner.at() - 1..self.scanner.at();
        }
    }

    /// Goes to a member or an element; what is given back is the length of the place before.
    fn enter(&mut self, name: &str) -> usize {
        enter(&mut self.place, name)
    }
}

/// Adds a step to a JSON Pointer, and gives the length of what it was.
pub(super) fn enter(place: &mut String, name: &str) -> usize {
    let outer = place.len();
    place.push('/');
    place.push_str(&name.replace('~', "~0").replace('/', "~1"));
    outer
}

fn container<'t>(
    kind: fn(Vec<Member<'t>>) -> Kind<'t>,
    members: Vec<Member<'t>>,
) -> (Kind<'t>, Presence) {
    let mut presence = members.iter().map(|member| member.value.presence);
    let presence = if members.is_empty() || presence.clone().any(|one| one == Presence::Always) {
        Presence::Always
    } else if presence.all(|one| one == Presence::Never) {
        Presence::Never
    } else {
        Presence::Maybe
    };
    (kind(members), presence)
}

/// Whether a slot is read. What others hold follows from the error.
fn is_read(slot: Slot<'_>) -> bool {
    use Slot::{Cause, DocsUrl, Fix, Status, Title, Wire};
    !matches!(slot, Status | Title | DocsUrl | Cause | Fix | Wire(_))
}
