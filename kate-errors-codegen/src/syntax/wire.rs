//! Reads the envelope of a catalog (`wire`).

use super::document::{Identity, Spanned, Text, Wire};
use super::fields::{Fields, Reader, Unwritten};
use super::tree::{Kind, Node};
use crate::source::Span;

/// JSON that is written as YAML, with the places of its values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Json {
    /// The JSON, without white space.
    pub(crate) text: String,
    /// The places of its values, the root first.
    pub(crate) places: Vec<Place>,
}

/// The place of a value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// The address of the value (JSON Pointer, RFC 6901).
    address: String,
    span: Span,
    /// The text, if the value is a scalar.
    text: String,
}

impl Json {
    /// Creates JSON that is defined elsewhere, and named at `span`.
    pub(crate) fn named(json: &str, span: Span) -> Self {
        Self { text: json.to_owned(), places: vec![Place { span, ..Place::default() }] }
    }

    /// Whether it stands for a body that could not be read.
    pub(crate) fn is_rejected(&self) -> bool {
        self.text == REJECTED
    }

    /// Returns the text and its place, if the JSON is a text.
    pub(crate) fn as_text(&self) -> Option<(&str, Span)> {
        let root = self.places.first().filter(|_| self.text.starts_with('"'))?;
        Some((&root.text, root.span))
    }

    /// Returns the place of the value at an address.
    pub(crate) fn place(&self, address: &str) -> Span {
        self.first(|place| place.address == address)
    }

    /// Returns the place of the first text that contains `part`.
    pub(crate) fn place_of(&self, part: &str) -> Span {
        self.first(|place| place.text.contains(part))
    }

    fn first(&self, is: impl Fn(&Place) -> bool) -> Span {
        let place = self.places.iter().find(|place| is(place));
        place.or(self.places.first()).map_or_else(Span::default, |place| place.span)
    }

    /// Adds the places of a node and of all its descendants.
    fn add(&mut self, node: &Node, address: &str) {
        let text = match &node.kind {
            Kind::Scalar(scalar) => scalar.value.clone(),
            _ => String::new(),
        };
        self.places.push(Place { address: address.to_owned(), span: node.span, text });
        match &node.kind {
            Kind::Sequence(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.add(item, &format!("{address}/{at}"));
                }
            }
            Kind::Mapping(mapping) => {
                for entry in &mapping.entries {
                    let name = entry.key.text.replace('~', "~0").replace('/', "~1");
                    self.add(&entry.value, &format!("{address}/{name}"));
                }
            }
            Kind::Scalar(_) | Kind::Rejected => {}
        }
    }
}

/// Replaces a body that could not be read and was reported, so that no placeholder counts as missing.
const REJECTED: &str = r#"{"code":"{code}","detail":"{detail}","params":"{params}"}"#;

impl Reader<'_> {
    pub(super) fn wire(&mut self, fields: &Fields<'_>, name: &str) -> Option<Wire> {
        let fields = self.fields(fields.get(name)?, "`wire`", Wire::FIELDS)?;
        let mut wire = Wire::read(self, &fields);
        self.has_status |= fields.get("status").is_some();
        if wire.profile.is_none() && wire.body.is_none() {
            wire.body = fields.place("use").map(|place| Json::named(REJECTED, place));
        }
        let code = |span| Spanned { value: Identity::Code, span };
        wire.identity = wire.identity.or_else(|| fields.place("identity").map(code));
        let body = wire.body.as_ref().map(|body| body.text.as_str());
        let has_message = body.is_none_or(|body| body.contains("{detail"));
        if wire.identity.is_some_and(|it| it.value == Identity::Code) {
            self.unwritten = if has_message { Unwritten::AnyText } else { Unwritten::Code };
        }
        Some(wire)
    }

    /// Reads constants by name, each as JSON.
    pub(super) fn constants(&mut self, fields: &Fields<'_>, name: &str) -> Vec<(Text, Json)> {
        self.map(fields, name, |it, key, node, _| {
            Some((key.clone(), it.located(node, "a constant")?))
        })
    }

    pub(super) fn template(&mut self, fields: &Fields<'_>, name: &str) -> Option<Json> {
        let node = fields.get(name)?;
        let body = self.located(node, &format!("`{name}`"));
        Some(body.unwrap_or_else(|| Json::named(REJECTED, node.span)))
    }

    pub(super) fn located(&mut self, node: &Node, what: &str) -> Option<Json> {
        let (mut text, mut json) = (Vec::new(), Json::default());
        self.json(node, what, &mut text)?;
        json.text = String::from_utf8_lossy(&text).into_owned();
        json.add(node, "");
        Some(json)
    }
}
