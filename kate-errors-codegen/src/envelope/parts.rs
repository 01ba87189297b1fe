//! From a template to the pieces that are written and the places that are read.

use std::ops::Range;
use std::{mem, slice};

use kate_errors_model::envelope::{Content, Envelope, Form, Leaf, Piece, Place};

use super::Mistake;
use super::placeholder::{ANY, placeholders};
use super::tree::{self, Fields, Kind, Member, Node, Presence, is_read};

/// The pieces and places of an envelope that is created at run time. They borrow from its template.
#[derive(Clone, Debug, Default)]
pub struct Parts<'t> {
    pieces: Vec<Piece<'t>>,
    places: Vec<Place<'t>>,
    fields: Vec<Place<'t>>,
}

impl<'t> Parts<'t> {
    /// Creates an envelope from a template, which is JSON as described in [this module](super). White space is
    /// not written; a template without any has the fewest pieces.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    ///
    /// let mistakes = Parts::new(r#"{"errors":[{"code":"{kode:x}"}],"message":"{detail"}"#).unwrap_err();
    /// assert_eq!(mistakes[0].place, "/errors/0/code");
    /// assert_eq!(mistakes[0].message, "there is no placeholder `{kode:x}`");
    /// assert_eq!(mistakes[1].place, "/message");
    /// ```
    ///
    /// # Errors
    ///
    /// All mistakes in the template.
    pub fn new(template: &'t str) -> Result<Self, Vec<Mistake>> {
        let root = tree::parse(template)?;
        let mut writer = Writer { template, pieces: Vec::new(), last: 0..0, is_of_fields: false };
        writer.value(&root);
        let [places, fields] = [false, true].map(|of_fields| {
            let mut reader = Reader {
                template,
                of_fields,
                in_element: false,
                in_field: false,
                places: Vec::new(),
            };
            if !of_fields || root.fields != Fields::None {
                reader.root(&root);
            }
            reader.places
        });
        Ok(Self { pieces: writer.pieces, places, fields })
    }

    /// The envelope.
    #[must_use]
    pub fn envelope(&self) -> Envelope<'_> {
        let Self { pieces, places, fields } = self;
        let media_type = Envelope::DETAIL.media_type;
        let envelope = Envelope { pieces, places, fields, media_type, success: None, older: &[] };
        // Bodies of the default envelope list fields as problem details do.
        if envelope.is_detail() {
            return Envelope { fields: Envelope::DETAIL.fields, ..envelope };
        }
        envelope
    }
}

/// Creates the pieces.
struct Writer<'t> {
    template: &'t str,
    pieces: Vec<Piece<'t>>,
    /// The span of the last piece in the template, if it can be extended.
    last: Range<usize>,
    /// Whether everything here is left out if no field is invalid.
    is_of_fields: bool,
}

impl<'t> Writer<'t> {
    /// Adds JSON of the template. If the last piece ends here, it is extended.
    fn json(&mut self, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let goes_on = !self.last.is_empty() && self.last.end == span.start;
        if goes_on {
            self.pieces.pop();
        }
        self.last = if goes_on { self.last.start..span.end } else { span };
        let json = self.template.get(self.last.clone()).unwrap_or_default();
        self.pieces.push(Piece::Json(json));
    }

    fn push(&mut self, piece: Piece<'t>) {
        self.pieces.push(piece);
        self.last = 0..0;
    }

    fn value(&mut self, node: &Node<'t>) {
        let Range { start, end } = node.span;
        match &node.kind {
            Kind::Constant => self.json(start..end),
            Kind::Slot(leaf) if leaf.form == Form::Value => {
                self.push(Piece::Slot(leaf.slot, leaf.form));
            }
            Kind::Slot(leaf) => self.slots(start..end, slice::from_ref(leaf)),
            Kind::Slots(leaves) => self.slots(start..end, leaves),
            Kind::Object(members) | Kind::Array(members) => {
                self.json(start..start + 1);
                self.members(members);
                self.json(end - 1..end);
            }
        }
    }

    /// Adds a text with slots.
    fn slots(&mut self, Range { start, end }: Range<usize>, leaves: &[Leaf<'t>]) {
        let text = self.template.get(start + 1..end - 1).unwrap_or_default();
        let places = placeholders(text).unwrap_or_default();
        let (mut leaves, mut from) = (leaves.iter(), start);
        for place in places {
            let (open, close) = (start + 1 + place.start, start + 1 + place.end);
            let is_any = self.template.get(open..close) == Some(ANY);
            // `{any}` at the beginning or end is skipped with the text beside it.
            let is_first = is_any && open == start + 1;
            self.json(from..open);
            from = if is_first { start + 1 + next_brace(text, place.end) } else { close };
            let slot = if is_any { None } else { leaves.next() };
            if let Some(leaf) = slot {
                self.push(Piece::Slot(leaf.slot, Form::Inside));
                if leaf.after.is_open {
                    from = end - 1;
                    break;
                }
            }
        }
        self.json(from..end);
    }

    fn members(&mut self, members: &[Member<'t>]) {
        let mut before = Presence::Never;
        for member in members {
            let presence = match member.value.presence {
                Presence::Maybe if self.is_of_fields && member.value.is_of_fields() => {
                    Presence::Always
                }
                presence => presence,
            };
            match presence {
                _ if member.value.fields == Fields::OfOne && member.name.is_empty() => {
                    self.each(member, before);
                }
                Presence::Never => continue,
                Presence::Always => self.member(member, before),
                Presence::Maybe => self.optional(member, before),
            }
            if before != Presence::Always {
                before = presence;
            }
        }
    }

    /// Adds the comma before a member.
    fn separate(&mut self, member: &Member<'t>, before: Presence) {
        match before {
            Presence::Never => {}
            Presence::Maybe => self.push(Piece::Comma),
            Presence::Always => self.json(member.tokens[0].clone()),
        }
    }

    /// Adds a member. `before` is the presence of members before it.
    fn member(&mut self, member: &Member<'t>, before: Presence) {
        self.separate(member, before);
        let [_, name, colon] = member.tokens.clone();
        self.json(name);
        self.json(colon);
        self.value(&member.value);
    }

    /// Adds the element of an array that is written for each field.
    fn each(&mut self, member: &Member<'t>, before: Presence) {
        self.separate(member, before);
        self.group(Piece::Each, |writer| writer.value(&member.value));
    }

    fn optional(&mut self, member: &Member<'t>, before: Presence) {
        let is_of_fields = member.value.is_of_fields();
        let group = match member.value.kind {
            Kind::Slot(_) | Kind::Slots(_) => Piece::Optional,
            _ if is_of_fields => Piece::Optional,
            _ => Piece::Container,
        };
        let outer = mem::replace(&mut self.is_of_fields, is_of_fields);
        self.group(group, |writer| writer.member(member, before));
        self.is_of_fields = outer;
    }

    /// Adds a group of pieces.
    fn group(&mut self, group: fn(usize) -> Piece<'t>, add: impl FnOnce(&mut Self)) {
        let at = self.pieces.len();
        self.push(group(0));
        add(self);
        let length = self.pieces.len() - at - 1;
        if let Some(piece) = self.pieces.get_mut(at) {
            *piece = group(length);
        }
        self.last = 0..0;
    }
}

/// Creates the places: those of the error, or those of fields.
struct Reader<'t> {
    template: &'t str,
    of_fields: bool,
    /// Whether this is inside an element of an array. Elsewhere, constants select nothing.
    in_element: bool,
    /// Whether this is inside an element that is repeated for each field. Slots of the error there are read for
    /// the field too.
    in_field: bool,
    places: Vec<Place<'t>>,
}

impl<'t> Reader<'t> {
    /// Whether a value contains anything that is read.
    fn is_read(&self, node: &Node<'t>) -> bool {
        let is_of_error = node.is_read && (self.in_field || !self.of_fields);
        is_of_error || self.of_fields && node.fields != Fields::None
    }

    /// Adds the places of a whole body. One that is an array has the place of a member without a name.
    fn root(&mut self, node: &Node<'t>) {
        match node.kind {
            Kind::Array(_) => self.member("", node),
            _ => self.members(node),
        };
    }

    /// Adds the places of the members of a container. Returns how many constants select it.
    fn members(&mut self, node: &Node<'t>) -> usize {
        let (in_element, in_field) = (self.in_element, self.in_field);
        let constants = match &node.kind {
            Kind::Object(members) => {
                members.iter().map(|member| self.member(member.name, &member.value)).sum()
            }
            Kind::Array(elements) => {
                self.in_element = true;
                let mut constants = 0;
                for element in elements {
                    if self.is_read(&element.value) {
                        self.in_field |= element.value.fields == Fields::OfOne;
                        constants += self.member("", &element.value);
                    }
                }
                constants
            }
            _ => 0,
        };
        (self.in_element, self.in_field) = (in_element, in_field);
        constants
    }

    /// Adds the places of the slots of one text.
    fn parts(&mut self, name: &'t str, leaves: &[Leaf<'t>]) -> usize {
        let read: Vec<_> = leaves.iter().filter(|leaf| is_read(leaf.slot)).collect();
        if let [first, others @ ..] = read.as_slice() {
            let (content, within) = (Content::Slot(**first), others.len());
            self.places.push(Place { name, content, within });
            let part =
                |leaf: &&Leaf<'t>| Place { name: "", content: Content::Part(**leaf), within: 0 };
            self.places.extend(others.iter().map(part));
        }
        0
    }

    /// Adds the place of a member or an element if anything in it is read or compared. Returns its constants.
    fn member(&mut self, name: &'t str, value: &Node<'t>) -> usize {
        let at = self.places.len();
        let constant = self.template.get(value.span.clone()).unwrap_or_default();
        let is_read = self.is_read(value);
        let content = match &value.kind {
            Kind::Slot(leaf) if is_read => Content::Slot(*leaf),
            Kind::Slots(leaves) if is_read => return self.parts(name, leaves),
            // Parsers differ in whether null is a value, so it selects nothing.
            Kind::Constant if self.in_element && is_written(value) && constant != "null" => {
                Content::Constant(constant)
            }
            Kind::Object(_) => Content::Object,
            Kind::Array(_) if is_read => Content::Array(0),
            _ => return 0,
        };
        self.places.push(Place { name, content, within: 0 });
        let mut constants = self.members(value);
        if constants == 0 && content == Content::Object && !is_read {
            self.places.truncate(at);
        }
        let within = self.places.len().saturating_sub(at + 1);
        let Some(place) = self.places.get_mut(at) else { return 0 };
        place.within = within;
        match &mut place.content {
            Content::Constant(_) => constants = 1,
            Content::Array(needed) => *needed = mem::take(&mut constants),
            _ => {}
        }
        constants
    }
}

/// Returns where the next placeholder of a text begins, or the end of the text.
fn next_brace(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find('{')).map_or(text.len(), |at| from + at)
}

fn is_written(node: &Node<'_>) -> bool {
    node.presence != Presence::Never
}
