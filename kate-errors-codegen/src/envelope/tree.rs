//! The parsed tree of a template, with positions in its text.

use std::collections::BTreeSet;
use std::ops::Range;

use kate_errors_model::envelope::{FieldPart, Form, Leaf, Slot};
use kate_errors_model::json::{Fault, MAX_DEPTH, Scanner};

use super::placeholder::{self, Text};
use super::{Mistake, MistakeKind};

/// A value of a template.
pub(super) struct Node<'t> {
    /// Its position in the template.
    pub(super) span: Range<usize>,
    /// What it is.
    pub(super) kind: Kind<'t>,
    /// Whether it is written.
    pub(super) presence: Presence,
    /// Whether it contains a slot that is read.
    pub(super) is_read: bool,
    /// Whether it contains parts of fields.
    pub(super) fields: Fields,
    /// Whether it contains slots of the error.
    has_slots: bool,
}

impl Node<'_> {
    /// Whether it has no content if no field is invalid.
    pub(super) fn is_of_fields(&self) -> bool {
        self.fields == Fields::Listed && !self.has_slots
    }
}

/// Which parts of fields a value contains.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fields {
    None,
    /// Parts of one field: the value is in the element of an array that lists fields.
    OfOne,
    /// All fields.
    Listed,
}

pub(super) enum Kind<'t> {
    Constant,
    Slot(Leaf<'t>),
    Slots(Vec<Leaf<'t>>),
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
    /// The positions of the comma, the name and the colon, as far as it has them.
    pub(super) tokens: [Range<usize>; 3],
    pub(super) value: Node<'t>,
}

/// Parses a template, and finds all mistakes in it, or the one that stops the parser.
pub(super) fn parse(template: &str) -> Result<Node<'_>, Vec<Mistake>> {
    let scanner = Scanner::new(template);
    let mut parser = Parser { scanner, place: String::new(), lists: 0, mistakes: Vec::new() };
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
    /// The current place as a JSON Pointer.
    place: String,
    /// How many of the values around the current one list something.
    lists: u32,
    mistakes: Vec<Mistake>,
}

/// The name of a member that is repeated for each field.
const BY_FIELD: &str = "{field.path}";

impl<'t> Parser<'t> {
    fn whole(&mut self) -> Result<Node<'t>, Fault> {
        let root = self.node(0)?;
        self.scanner.skip_space();
        if self.scanner.peek().is_some() {
            return Err(self.scanner.fault());
        }
        if !matches!(root.kind, Kind::Object(_) | Kind::Array(_)) {
            // The others are those of a text that was not meant as one.
            self.mistakes.clear();
            self.mistake(MistakeKind::NoContainer);
        }
        Ok(root)
    }

    fn mistake(&mut self, kind: MistakeKind) {
        self.mistakes.push(Mistake { place: self.place.clone(), kind });
    }

    /// Parses a value inside `depth` containers.
    fn node(&mut self, depth: u32) -> Result<Node<'t>, Fault> {
        self.scanner.skip_space();
        let start = self.scanner.at();
        let (kind, presence) = match self.scanner.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => return Err(Fault::TooDeep),
            Some(b'{') => self.object(depth + 1)?,
            Some(b'[') => container(Kind::Array, self.elements(depth + 1)?),
            _ => self.leaf(depth)?,
        };
        let (is_read, fields, has_slots) = match &kind {
            Kind::Constant => (false, Fields::None, false),
            Kind::Slot(leaf) => {
                let fields = fields(leaf.slot);
                (is_read(leaf.slot), fields, fields == Fields::None)
            }
            Kind::Slots(leaves) => {
                (leaves.iter().any(|leaf| is_read(leaf.slot)), Fields::None, true)
            }
            Kind::Object(members) => self.of_members(members),
            Kind::Array(elements) => {
                let (is_read, fields, has_slots) = self.of_members(elements);
                // Its element describes one field, and the array lists all of them.
                (is_read, if fields == Fields::OfOne { Fields::Listed } else { fields }, has_slots)
            }
        };
        let span = start..self.scanner.at();
        let mut node = Node { span, kind, presence, is_read, fields, has_slots };
        if node.is_of_fields() && presence == Presence::Always {
            node.presence = Presence::Maybe;
        }
        Ok(node)
    }

    /// What members contain: slots that are read, parts of fields, slots of the error.
    fn of_members(&mut self, members: &[Member<'t>]) -> (bool, Fields, bool) {
        let any = |is: fn(&Node<'t>) -> bool| members.iter().any(|member| is(&member.value));
        let [of_one, listed] = [Fields::OfOne, Fields::Listed]
            .map(|fields| members.iter().any(|member| member.value.fields == fields));
        if of_one && listed {
            self.mistake(MistakeKind::Fields);
        }
        let fields = match (of_one, listed) {
            (_, true) => Fields::Listed,
            (true, _) => Fields::OfOne,
            _ => Fields::None,
        };
        (any(|it| it.is_read), fields, any(|it| it.has_slots))
    }

    /// Parses an object, or messages by field, which are an object in a body.
    fn object(&mut self, depth: u32) -> Result<(Kind<'t>, Presence), Fault> {
        let members = self.members(depth)?;
        let Some(by_field) = members.iter().find(|member| member.name == BY_FIELD) else {
            return Ok(container(Kind::Object, members));
        };
        let (slot, value) = match &by_field.value.kind {
            Kind::Array(elements) if elements.len() == 1 => {
                (Slot::MessagesByField, &elements[0].value)
            }
            _ => (Slot::MessageByField, &by_field.value),
        };
        let message = Leaf::of_slot(Slot::Field(FieldPart::Message), Form::Inside);
        if members.len() > 1 || !matches!(value.kind, Kind::Slot(leaf) if leaf == message) {
            self.mistake(MistakeKind::ByField);
        }
        Ok((Kind::Slot(Leaf::of_slot(slot, Form::Value)), Presence::Maybe))
    }

    fn leaf(&mut self, depth: u32) -> Result<(Kind<'t>, Presence), Fault> {
        let value = self.scanner.value(depth)?;
        let Some(string) = value.string() else { return Ok((Kind::Constant, Presence::Always)) };
        let text = placeholder::parse(string);
        if let Ok(Text::Slot { leaf: Leaf { slot: Slot::Field(_), .. }, .. }) = text {
            if self.lists == 0 {
                self.mistake(MistakeKind::Fields);
            }
        }
        Ok(match text {
            Ok(Text::Constant) => (Kind::Constant, Presence::Always),
            Ok(Text::Any) => (Kind::Constant, Presence::Never),
            Ok(Text::Slot { leaf, is_optional }) => (Kind::Slot(leaf), maybe(is_optional)),
            Ok(Text::Slots { leaves, is_optional }) => (Kind::Slots(leaves), maybe(is_optional)),
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
            let is_by_field = name.inside == BY_FIELD;
            let has_brace = !is_by_field && name.inside.contains(['{', '}']);
            if name.inside.is_empty() || name.has_escapes || has_brace {
                parser.mistake(MistakeKind::Name);
            } else if !names.insert(name.inside) {
                parser.mistake(MistakeKind::Duplicate);
            }
            parser.lists += u32::from(is_by_field);
            let value = parser.node(depth)?;
            parser.lists -= u32::from(is_by_field);
            parser.place.truncate(outer);
            let tokens = [comma, start..start + name.inside.len() + 2, end - 1..end];
            members.push(Member { name: name.inside, tokens, value });
            Ok(())
        })?;
        Ok(members)
    }

    fn elements(&mut self, depth: u32) -> Result<Vec<Member<'t>>, Fault> {
        let (mut elements, mut is_read, mut has_one) = (Vec::new(), false, false);
        self.list([b'[', b']'], |parser, comma| {
            let outer = parser.enter(&elements.len().to_string());
            parser.lists += 1;
            let value = parser.node(depth)?;
            parser.lists -= 1;
            let is_of_one = value.fields == Fields::OfOne;
            if value.is_read && is_read || is_of_one && has_one {
                parser.mistake(MistakeKind::SecondElement);
            } else if matches!(value.kind, Kind::Array(_))
                && (value.is_read || value.fields != Fields::None)
            {
                parser.mistake(MistakeKind::NestedArray);
            }
            is_read |= value.is_read;
            has_one |= is_of_one;
            parser.place.truncate(outer);
            elements.push(Member { name: "", tokens: [comma, 0..0, 0..0], value });
            Ok(())
        })?;
        Ok(elements)
    }

    /// Parses what is between two brackets. `item` gets the position of the comma before the item.
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

    /// Goes to a member or an element. Returns the length of the place before that.
    fn enter(&mut self, name: &str) -> usize {
        enter(&mut self.place, name)
    }
}

/// Adds a token to a JSON Pointer. Returns the length that it had before.
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

fn maybe(is_optional: bool) -> Presence {
    if is_optional { Presence::Maybe } else { Presence::Always }
}

/// Whether a slot is read. Other slots follow from the error, or are read separately.
pub(super) fn is_read(slot: Slot<'_>) -> bool {
    use Slot::{Cause, DocsUrl, Fix, Status, Title, Wire};
    let follows = matches!(slot, Status | Title | DocsUrl | Cause | Fix | Wire(_));
    !follows && fields(slot) == Fields::None
}

fn fields(slot: Slot<'_>) -> Fields {
    match slot {
        Slot::Field(_) => Fields::OfOne,
        Slot::MessageByField | Slot::MessagesByField => Fields::Listed,
        _ => Fields::None,
    }
}
