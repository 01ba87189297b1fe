//! The tables of the decoders in other languages, as JSON values. Modules contain them as literals, the HTML page as
//! JSON.
//!
//! They contain everything that a decoder needs and the library takes from the model, so decoders do not change with
//! it: types of parameters, the envelope, the ends of values, and both messages of errors with a context.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::envelope::SLOTS;
use kate_errors_model::envelope::{Content, Envelope, FieldPart, Form, Leaf, Piece, Place, Slot};
use kate_errors_model::json::MAX_DEPTH;
use kate_errors_model::template::{self, End, FREE_TEXT, Part, Segment, Template};
use kate_errors_model::types::{SCALARS, TYPES, TypeInfo};
use serde_json::{Map, Value, json};

use crate::messages;

/// The tables of a catalog. Members are named as in the types of `decoder.ts` and `decoder.py`.
pub(super) struct Tables {
    /// The members before `errors`, which are the same for all errors.
    pub(super) common: Map<String, Value>,
    /// The errors, in catalog order.
    pub(super) errors: Vec<Map<String, Value>>,
}

impl Tables {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let types = TYPES.iter().map(|info| (info.name.to_owned(), type_row(info)));
        let contexts = catalog.contexts.iter().map(|context| params(catalog, &context.params));
        let operations = catalog.operations.iter().map(|operation| {
            let names = operation.rows.iter().map(|row| catalog.rows[*row].name.as_str());
            (operation.name.clone(), names.map(Value::from).collect())
        });
        let common = [
            ("envelope", envelope(catalog)),
            ("types", Value::Object(types.collect())),
            ("reference", json!(catalog.reference)),
            ("contexts", contexts.collect()),
            ("operations", Value::Object(operations.collect())),
        ];
        Self {
            common: object(common),
            errors: catalog.rows.iter().map(|row| error(catalog, row)).collect(),
        }
    }

    /// Renders each common member on a line that is indented by `indent`.
    pub(super) fn members(&self, indent: &str, literal: fn(&Value) -> String) -> String {
        let line = |(name, value)| format!("{indent}\"{name}\": {},\n", literal(value));
        self.common.iter().map(line).collect::<Vec<_>>().concat()
    }

    /// Renders each error as a string literal with its JSON, on a line that is indented by `indent`. Modules with
    /// thousands of errors load fastest like this: compilers skip string literals, and the decoder parses them on
    /// demand.
    pub(super) fn errors(&self, indent: &str) -> String {
        let line = |error: &Map<String, Value>| {
            let json = Value::Object(error.clone()).to_string();
            // In JSON, control characters are escaped, so no line of source is broken.
            let text = json.replace('\\', r"\\").replace('\'', r"\'");
            format!("{indent}'{text}',\n")
        };
        self.errors.iter().map(line).collect::<Vec<_>>().concat()
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Returns the table of the envelope: what decoders read from a body, and what identifies errors.
fn envelope(catalog: &Catalog) -> Value {
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    // The JSON around the message, if bodies contain nothing else: such bodies need no parser.
    let around = match envelope.pieces {
        [Piece::Json(head), _, Piece::Json(tail)] if envelope.around().is_some() => {
            json!([head, tail])
        }
        _ => Value::Null,
    };
    let older = catalog.envelopes().skip(1).map(|parts| {
        let Envelope { places, fields, .. } = parts.envelope();
        json!({ "places": self::places(places), "fields": self::places(fields) })
    });
    let header = catalog.error_code();
    json!({
        "by_code": catalog.identity.is_by_code(),
        "by_detail": catalog.identity.is_by_detail(),
        "header": header.name,
        "code_in_header": leaf(&header.leaf),
        "around": around,
        "places": places(envelope.places),
        "fields": places(envelope.fields),
        "names": places(if messages::names_beside(catalog) { Envelope::NAMES.places } else { &[] }),
        "older": older.collect::<Vec<_>>(),
        "success": catalog.success,
        "depth": MAX_DEPTH,
    })
}

/// Returns the places of an envelope, each with the places inside it.
fn places(places: &[Place<'_>]) -> Value {
    outermost(places).map(|(place, inside)| self::place(place, inside)).collect()
}

/// Returns the places that are not inside another one, each with those inside it.
pub(super) fn outermost<'p>(
    mut places: &'p [Place<'p>],
) -> impl Iterator<Item = (&'p Place<'p>, &'p [Place<'p>])> {
    std::iter::from_fn(move || {
        let (place, rest) = places.split_first()?;
        let (inside, behind) = rest.split_at(place.within.min(rest.len()));
        places = behind;
        Some((place, inside))
    })
}

fn place(place: &Place<'_>, inside: &[Place<'_>]) -> Value {
    let mut row = match &place.content {
        Content::Slot(leaf) | Content::Part(leaf) => self::leaf(leaf),
        Content::Object => object([("inside", places(inside))]),
        Content::Array(constants) => {
            object([("inside", places(inside)), ("constants", json!(constants))])
        }
        // Constants of a template are valid JSON.
        Content::Constant(json) => {
            object([("constant", serde_json::from_str(json).unwrap_or_default())])
        }
    };
    if !inside.is_empty() && place.leaf().is_some() {
        row.insert("inside".to_owned(), places(inside));
    }
    row.insert("name".to_owned(), json!(place.name));
    row.into()
}

fn leaf(leaf: &Leaf<'_>) -> Map<String, Value> {
    let mut row =
        object([("slot", slot(leaf.slot).into()), ("is_text", json!(leaf.form == Form::Inside))]);
    for (name, affix) in [("before", leaf.before), ("after", leaf.after)] {
        if !affix.text.is_empty() {
            row.insert(name.to_owned(), json!([affix.text, affix.is_open]));
        }
    }
    row
}

/// Returns a slot as it is written in templates.
fn slot(slot: Slot<'_>) -> String {
    match slot {
        Slot::RetryAfterMillis => "retry_after:ms".to_owned(),
        Slot::ParamsAsStrings => "params:string".to_owned(),
        Slot::Param(name) => format!("params.{name}"),
        Slot::Request(name) => format!("request.{name}"),
        Slot::Wire(name) => format!("wire.{name}"),
        Slot::Field(part) => {
            let name = FieldPart::ALL.iter().find(|(_, it)| *it == part);
            format!("field.{}", name.map_or("", |(name, _)| name))
        }
        Slot::MessageByField => "message_by_field".to_owned(),
        Slot::MessagesByField => "messages_by_field".to_owned(),
        named => {
            let name = SLOTS.iter().find(|(_, it, _)| *it == named);
            name.map_or("", |(name, ..)| name).to_owned()
        }
    }
}

/// Returns the pieces from which bodies are written: JSON as text, slots, `null` for a comma next to optional
/// members, groups that can be omitted, and elements that are repeated for each field of a request.
pub(super) fn pieces(mut pieces: &[Piece<'_>]) -> Value {
    let mut nested = Vec::new();
    while let [piece, rest @ ..] = pieces {
        pieces = rest;
        nested.push(match *piece {
            Piece::Json(json) => json!(json),
            Piece::Comma => Value::Null,
            Piece::Slot(slot, form) => {
                json!({ "slot": self::slot(slot), "is_text": form == Form::Inside })
            }
            Piece::Optional(length) | Piece::Container(length) | Piece::Each(length) => {
                let (group, behind) = pieces.split_at(length.min(pieces.len()));
                pieces = behind;
                let group = self::pieces(group);
                match piece {
                    Piece::Each(_) => json!({ "each": group }),
                    _ => {
                        json!({ "group": group, "is_container": matches!(piece, Piece::Container(_)) })
                    }
                }
            }
        });
    }
    nested.into()
}

fn type_row(info: &TypeInfo) -> Value {
    let scalar = SCALARS.iter().find(|scalar| scalar.info.name == info.name);
    let ends = match (scalar, info.pattern) {
        (Some(_), _) => "grammar",
        (None, "") => "choice",
        (None, _) => "mark",
    };
    let range = info.field.range();
    json!({
        "ends": ends,
        "pattern": info.pattern,
        "stand_in": scalar.map_or_else(|| STAND_IN.to_owned(), |scalar| scalar.stand_in.to_owned()),
        "range": range.map(|(least, most)| [least.to_string(), most.to_string()]),
    })
}

/// The usual replacement for characters that a text cannot contain.
const STAND_IN: &str = "\u{FFFD}";

fn error(catalog: &Catalog, row: &Row) -> Map<String, Value> {
    let former = row.former.iter().map(|former| message(&former.parsed));
    let name = (row.name != row.code).then(|| ("name".to_owned(), json!(row.name)));
    let without_code = row.without_code.then(|| ("without_code".to_owned(), json!(true)));
    let is_free = row.detail.source == FREE_TEXT;
    let is_free = is_free.then(|| ("is_free".to_owned(), json!(is_free)));
    let others: Vec<u16> = messages::other_statuses(catalog, row).map(|it| it.code).collect();
    let others = (!others.is_empty()).then(|| ("other_statuses".to_owned(), json!(others)));
    let code = std::iter::once(("code".to_owned(), json!(row.code)));
    let rest = object([
        ("status", json!(catalog.statuses[row.status].code)),
        ("section", json!(catalog.sections[row.section].name)),
        ("retry", json!(row.retry.as_str())),
        ("detail", message(&row.detail.parsed)),
        ("full", row.with_context.as_ref().map_or(Value::Null, message)),
        ("cause", prose(catalog, row, &row.cause)),
        ("fix", prose(catalog, row, &row.fix)),
        ("params", params(catalog, &row.params)),
        ("context", json!(row.context)),
        ("base", json!(row.same_as)),
        ("former", former.collect()),
        ("retired", json!(row.retired.as_ref().map(|retired| &retired.reason))),
    ]);
    code.chain(name).chain(without_code).chain(is_free).chain(others).chain(rest).collect()
}

/// Returns a message: its first literal, then its segments.
fn message(template: &Template<'_>) -> Value {
    let segments = template.segments.iter().map(|it| segment(template, it));
    std::iter::once(json!(template.first)).chain(segments).collect()
}

/// Returns a segment: the parameter, the end of its value (an empty text if it cannot be found, -1 if the value can
/// contain the literal after it), and that literal. Texts also have their maximum length in characters, and their
/// replacement character if it is not the usual one. They also have the texts that end the message in the body, each
/// with the literal before the value, if there are any.
fn segment(template: &Template<'_>, segment: &Segment<'_>) -> Value {
    let end = match &segment.end {
        End::Before(mark) => json!(mark),
        End::Unread => json!(""),
        End::Mark(length) if *length < segment.literal.len() => {
            json!(segment.mark().chars().count())
        }
        End::Mark(_) | End::Message => json!(0),
        End::Literal => json!(-1),
    };
    let mut row = vec![json!(segment.param), end, json!(segment.literal)];
    if segment.is_text() {
        row.push(json!(template.longest_value()));
        let stand_in = segment.stand_in().to_string();
        if !template.around.is_empty() {
            let around = template.marks_around(segment).map(|mark| json!(mark));
            row.extend([stand_in.into(), around.collect()]);
        } else if stand_in != STAND_IN {
            row.push(stand_in.into());
        }
    }
    row.into()
}

/// Returns a cause or fix as a list of literals and indices of parameters.
fn prose(catalog: &Catalog, row: &Row, text: &str) -> Value {
    let part = |part| match part {
        Part::Literal(literal) => Value::from(literal),
        Part::Placeholder(it) => {
            json!(catalog.params(row).position(|param| param.name == it.name))
        }
    };
    template::parse(text).parts.into_iter().map(part).collect()
}

fn params(catalog: &Catalog, params: &[Param]) -> Value {
    params.iter().map(|it| param(catalog, it)).collect()
}

fn param(catalog: &Catalog, param: &Param) -> Value {
    let mut row = json!({
        "name": param.name,
        "type": param.ty.info().name,
        "choices": messages::choices(param).unwrap_or_default(),
        "sensitive": param.sensitive,
        "is_beside": messages::is_beside(catalog, param),
    });
    if param.member != param.name {
        row["member"] = json!(param.member);
    }
    if param.optional {
        row["optional"] = json!(true);
    }
    row
}
