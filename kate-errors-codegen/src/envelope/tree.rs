//! The parsed tree of a template, with positions in its text.

use std::collections::BTreeSet;
use std::ops::Range;

use kate_errors_model::envelope::{FieldPart, Form, Leaf, Slot};
use kate_errors_model::json::{self, Raw, Str};

use super::Mistake;
use super::placeholder::{self, Text};

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

/// Parses a template, and finds all mistakes in it.
pub(super) fn parse(template: &str) -> Result<Node<'_>, Vec<Mistake>> {
    let mut parser = Parser { template, place: String::new(), lists: 0, mistakes: Vec::new() };
    let Ok(value) = Raw::parse(template) else {
        parser.mistake("the template is not JSON");
        return Err(parser.mistakes);
    };
    let root = parser.node(value);
    if !matches!(root.kind, Kind::Object(_) | Kind::Array(_)) {
        // The others are those of a text that was not meant as one.
        parser.mistakes.clear();
        parser.mistake("the template is neither an object nor an array");
    }
    if parser.mistakes.is_empty() { Ok(root) } else { Err(parser.mistakes) }
}

struct Parser<'t> {
    template: &'t str,
    /// The current place as a JSON Pointer.
    place: String,
    /// How many of the values around the current one list something.
    lists: u32,
    mistakes: Vec<Mistake>,
}

/// The name of a member that is repeated for each field.
const BY_FIELD: &str = "{field.path}";

/// The mistake of parts of a field that are not in a list of fields, or beside one.
const FIELDS: &str =
    "parts of a field must be in an element of an array, which is repeated for each field";

impl<'t> Parser<'t> {
    fn mistake(&mut self, message: impl Into<String>) {
        self.mistakes.push(Mistake { place: self.place.clone(), message: message.into() });
    }

    /// Returns the position of a part of the template.
    fn span(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr().addr().wrapping_sub(self.template.as_ptr().addr());
        start..start + part.len()
    }

    /// Returns the position of a token, surrounded by white space; empty if it is not there.
    fn token(&self, token: char, around: Range<usize>) -> Range<usize> {
        let text = self.template.get(around.clone()).unwrap_or_default();
        text.find(token).map_or(0..0, |at| around.start + at..around.start + at + 1)
    }

    /// Parses a value. The scanner has already limited its depth.
    fn node(&mut self, value: Raw<'t>) -> Node<'t> {
        let (kind, presence) = match (value.kind(), value.string()) {
            (json::Kind::Object, _) => self.object(value),
            (json::Kind::Array, _) => container(Kind::Array, self.elements(value)),
            (_, Some(string)) => self.text(string),
            _ => (Kind::Constant, Presence::Always),
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
        let span = self.span(value.as_str());
        let mut node = Node { span, kind, presence, is_read, fields, has_slots };
        if node.is_of_fields() && presence == Presence::Always {
            node.presence = Presence::Maybe;
        }
        node
    }

    /// What members contain: slots that are read, parts of fields, slots of the error.
    fn of_members(&mut self, members: &[Member<'t>]) -> (bool, Fields, bool) {
        let any = |is: fn(&Node<'t>) -> bool| members.iter().any(|member| is(&member.value));
        let [of_one, listed] = [Fields::OfOne, Fields::Listed]
            .map(|fields| members.iter().any(|member| member.value.fields == fields));
        if of_one && listed {
            self.mistake(FIELDS);
        }
        let fields = match (of_one, listed) {
            (_, true) => Fields::Listed,
            (true, _) => Fields::OfOne,
            _ => Fields::None,
        };
        (any(|it| it.is_read), fields, any(|it| it.has_slots))
    }

    /// Parses an object, or messages by field, which are an object in a body.
    fn object(&mut self, object: Raw<'t>) -> (Kind<'t>, Presence) {
        let members = self.members(object);
        let Some(by_field) = members.iter().find(|member| member.name == BY_FIELD) else {
            return container(Kind::Object, members);
        };
        let (slot, value) = match &by_field.value.kind {
            Kind::Array(elements) if elements.len() == 1 => {
                (Slot::MessagesByField, &elements[0].value)
            }
            _ => (Slot::MessageByField, &by_field.value),
        };
        let message = Leaf::of_slot(Slot::Field(FieldPart::Message), Form::Inside);
        if members.len() > 1 || !matches!(value.kind, Kind::Slot(leaf) if leaf == message) {
            self.mistake(
                "messages by field must be `{ \"{field.path}\": \"{field.message}\" }`, or a list for each",
            );
        }
        (Kind::Slot(Leaf::of_slot(slot, Form::Value)), Presence::Maybe)
    }

    fn text(&mut self, string: Str<'t>) -> (Kind<'t>, Presence) {
        let text = placeholder::parse(string);
        if let Ok(Text::Slot { leaf: Leaf { slot: Slot::Field(_), .. }, .. }) = text {
            if self.lists == 0 {
                self.mistake(FIELDS);
            }
        }
        match text {
            Ok(Text::Constant) => (Kind::Constant, Presence::Always),
            Ok(Text::Any) => (Kind::Constant, Presence::Never),
            Ok(Text::Slot { leaf, is_optional }) => (Kind::Slot(leaf), maybe(is_optional)),
            Ok(Text::Slots { leaves, is_optional }) => (Kind::Slots(leaves), maybe(is_optional)),
            Err(message) => {
                self.mistake(message);
                (Kind::Constant, Presence::Always)
            }
        }
    }

    fn members(&mut self, object: Raw<'t>) -> Vec<Member<'t>> {
        let (mut members, mut names) = (Vec::new(), BTreeSet::new());
        let mut behind = self.span(object.as_str()).start + 1;
        for (Str { inside: name, has_escapes }, value) in object.members() {
            let outer = enter(&mut self.place, name);
            let is_by_field = name == BY_FIELD;
            let has_brace = !is_by_field && name.contains(['{', '}']);
            if name.is_empty() || has_escapes || has_brace {
                self.mistake(
                    "the name is empty, or contains a brace or a character that JSON escapes",
                );
            } else if !names.insert(name) {
                self.mistake("the object already has this member");
            }
            self.lists += u32::from(is_by_field);
            let value = self.node(value);
            self.lists -= u32::from(is_by_field);
            self.place.truncate(outer);
            let inside = self.span(name);
            let quoted = inside.start - 1..inside.end + 1;
            let comma = self.token(',', behind..quoted.start);
            let colon = self.token(':', quoted.end..value.span.start);
            behind = value.span.end;
            members.push(Member { name, tokens: [comma, quoted, colon], value });
        }
        members
    }

    fn elements(&mut self, array: Raw<'t>) -> Vec<Member<'t>> {
        let (mut elements, mut is_read, mut has_one) = (Vec::new(), false, false);
        let mut behind = self.span(array.as_str()).start + 1;
        for value in array.elements() {
            let outer = enter(&mut self.place, &elements.len().to_string());
            self.lists += 1;
            let value = self.node(value);
            self.lists -= 1;
            let is_of_one = value.fields == Fields::OfOne;
            if value.is_read && is_read || is_of_one && has_one {
                self.mistake("only one element of an array is read, and this is the second one");
            } else if matches!(value.kind, Kind::Array(_))
                && (value.is_read || value.fields != Fields::None)
            {
                self.mistake("an array directly inside an array cannot be read");
            }
            is_read |= value.is_read;
            has_one |= is_of_one;
            self.place.truncate(outer);
            let comma = self.token(',', behind..value.span.start);
            behind = value.span.end;
            elements.push(Member { name: "", tokens: [comma, 0..0, 0..0], value });
        }
        elements
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
    match slot {
        Slot::Status
        | Slot::Title
        | Slot::DocsUrl
        | Slot::Cause
        | Slot::Fix
        | Slot::Wire(_)
        | Slot::Field(_)
        | Slot::MessageByField
        | Slot::MessagesByField => false,
        Slot::Code
        | Slot::Detail
        | Slot::RetryAfter
        | Slot::RetryAfterMillis
        | Slot::Params
        | Slot::ParamsAsStrings
        | Slot::Param(_)
        | Slot::Request(_)
        | Slot::NextField => true,
    }
}

fn fields(slot: Slot<'_>) -> Fields {
    match slot {
        Slot::Field(_) => Fields::OfOne,
        Slot::MessageByField | Slot::MessagesByField => Fields::Listed,
        _ => Fields::None,
    }
}
