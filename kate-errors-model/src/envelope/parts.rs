//! From a template to what is written and what is read.

use alloc::vec::Vec;
use core::ops::Range;

use super::tree::{self, Kind, Member, Node, Presence};
use super::{Affix, Content, Envelope, Form, Mistake, Piece, Place};

/// The pieces and places of an envelope that is made at run time, cut out of its template.
#[derive(Clone, Debug, Default)]
pub struct Parts<'t> {
    pieces: Vec<Piece<'t>>,
    places: Vec<Place<'t>>,
}

impl<'t> Parts<'t> {
    /// Makes an envelope of a template, which is JSON: what it means is on the page of [this module](super). White space
    /// is not written; a template without any has the fewest pieces.
    ///
    /// ```
    /// use kate_errors_model::envelope::{MistakeKind, Parts};
    ///
    /// let mistakes = Parts::new(r#"{"errors":[{"code":"{kode:x}"}],"message":"{detail"}"#).unwrap_err();
    /// assert_eq!(mistakes[0].place, "/errors/0/code");
    /// assert_eq!(mistakes[0].kind.to_string(), "there is no placeholder `{kode:x}`");
    /// assert_eq!((&*mistakes[1].place, &mistakes[1].kind), ("/message", &MistakeKind::Brace));
    /// ```
    ///
    /// # Errors
    ///
    /// All mistakes in the template, or the one that stops its parser.
    pub fn new(template: &'t str) -> Result<Self, Vec<Mistake>> {
        let root = tree::parse(template)?;
        let mut writer = Writer { template, pieces: Vec::new(), last: 0..0 };
        writer.value(&root);
        let mut places = Vec::new();
        add_members(&root, false, template, &mut places);
        Ok(Self { pieces: writer.pieces, places })
    }

    /// The envelope.
    #[must_use]
    pub fn envelope(&self) -> Envelope<'_> {
        Envelope { pieces: &self.pieces, places: &self.places }
    }
}

/// What is written.
struct Writer<'t> {
    template: &'t str,
    pieces: Vec<Piece<'t>>,
    /// Where the last piece was cut out, if more can be added to it.
    last: Range<usize>,
}

impl<'t> Writer<'t> {
    /// Adds JSON of the template, to the last piece if that ends here.
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
            Kind::Slot(leaf) => {
                let length = |affix: Affix<'_>| if affix.is_open { 0 } else { affix.text.len() };
                self.json(start..start + 1 + length(leaf.before));
                self.push(Piece::Slot(leaf.slot, leaf.form));
                self.json(end - 1 - length(leaf.after)..end);
            }
            Kind::Object(members) | Kind::Array(members) => {
                self.json(start..start + 1);
                self.members(members);
                self.json(end - 1..end);
            }
        }
    }

    fn members(&mut self, members: &[Member<'t>]) {
        let mut before = Presence::Never;
        for member in members {
            let presence = member.value.presence;
            match presence {
                Presence::Never => continue,
                Presence::Always => self.member(member, before),
                Presence::Maybe => self.optional(member, before),
            }
            if before != Presence::Always {
                before = presence;
            }
        }
    }

    /// Adds a member; `before` is whether one stands before it.
    fn member(&mut self, member: &Member<'t>, before: Presence) {
        let [comma, name, colon] = member.tokens.clone();
        match before {
            Presence::Never => {}
            Presence::Maybe => self.push(Piece::Comma),
            Presence::Always => self.json(comma),
        }
        self.json(name);
        self.json(colon);
        self.value(&member.value);
    }

    fn optional(&mut self, member: &Member<'t>, before: Presence) {
        let group = match member.value.kind {
            Kind::Slot(_) => Piece::Optional,
            _ => Piece::Container,
        };
        let at = self.pieces.len();
        self.push(group(0));
        self.member(member, before);
        let length = self.pieces.len() - at - 1;
        if let Some(piece) = self.pieces.get_mut(at) {
            *piece = group(length);
        }
        self.last = 0..0;
    }
}

/// Adds the places of the members of a container. How many constants select it; there are none unless it is, or stands
/// in, an element of an array.
fn add_members<'t>(
    node: &Node<'t>,
    in_element: bool,
    template: &'t str,
    places: &mut Vec<Place<'t>>,
) -> usize {
    match &node.kind {
        Kind::Object(members) => {
            members.iter().map(|member| add(member, in_element, template, places)).sum()
        }
        Kind::Array(elements) => elements
            .iter()
            .filter(|element| element.value.is_read)
            .map(|element| add(element, true, template, places))
            .sum(),
        _ => 0,
    }
}

/// Adds the place of a member or an element if something is read or compared in it.
fn add<'t>(
    member: &Member<'t>,
    in_element: bool,
    template: &'t str,
    places: &mut Vec<Place<'t>>,
) -> usize {
    let (name, value, at) = (member.name, &member.value, places.len());
    let constant = template.get(value.span.clone()).unwrap_or_default();
    let content = match &value.kind {
        Kind::Slot(leaf) if value.is_read => Content::Slot(*leaf),
        // Readers differ in whether null is a value, so it selects nothing.
        Kind::Constant if in_element && is_written(value) && constant != "null" => {
            Content::Constant(constant)
        }
        Kind::Object(_) => Content::Object,
        Kind::Array(_) if value.is_read => Content::Array(0),
        _ => return 0,
    };
    places.push(Place { name, content, within: 0 });
    let mut constants = add_members(value, in_element, template, places);
    if constants == 0 && content == Content::Object && !value.is_read {
        places.truncate(at);
    }
    let within = places.len().saturating_sub(at + 1);
    let Some(place) = places.get_mut(at) else { return 0 };
    place.within = within;
    match &mut place.content {
        Content::Constant(_) => constants = 1,
        Content::Array(needed) => *needed = core::mem::take(&mut constants),
        _ => {}
    }
    constants
}

fn is_written(node: &Node<'_>) -> bool {
    node.presence != Presence::Never
}
