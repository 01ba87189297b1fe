// The schema of bodies, and the responses. `utoipa` stands for either version here.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use utoipa::openapi::example::{Example, ExampleBuilder};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, RefOr, Response, ResponseBuilder};
use kate_errors_model::envelope::{Content, Leaf, Piece, Place, Slot};
use kate_errors_model::json::Kind;

use crate::catalog::table::Param;
use crate::{CatalogCode, CatalogError, CatalogResponse};

/// Responses by their status.
pub type Responses = BTreeMap<String, RefOr<Response>>;

/// Example texts. Every `text` parameter can hold one of them.
const TEXTS: &[&str] = &["some text", "text", "a", "1"];

/// `PartialSchema` of an error: an object with the message.
#[must_use]
pub fn schema<E: CatalogError>() -> RefOr<Schema> {
    let envelope = E::Code::ENVELOPE;
    RefOr::T(object(envelope.places, &optional(envelope.pieces)))
}

/// The slots that bodies need not contain.
fn optional<'e>(pieces: &[Piece<'e>]) -> Vec<Slot<'e>> {
    let group = |(at, piece): (usize, &Piece<'e>)| match piece {
        Piece::Optional(length) => pieces.get(at + 1..=at + length).unwrap_or_default(),
        _ => &[],
    };
    let slot = |piece: &Piece<'e>| match piece {
        Piece::Slot(slot, _) => Some(*slot),
        _ => None,
    };
    pieces.iter().enumerate().flat_map(group).filter_map(slot).collect()
}

/// An object with members at these places. Each of them can have any other members too.
fn object(places: &[Place<'_>], optional: &[Slot<'_>]) -> Schema {
    let mut object = ObjectBuilder::new().schema_type(Type::Object);
    let mut rest = places;
    while let Some((place, behind)) = rest.split_first() {
        let (within, next) = behind.split_at(place.within.min(behind.len()));
        object = object.property(place.name, member(place, within, optional));
        let is_sent = |place: &Place<'_>| match place.content {
            Content::Slot(leaf) | Content::Part(leaf) => !optional.contains(&leaf.slot),
            Content::Constant(_) => true,
            Content::Object | Content::Array(_) => false,
        };
        if is_sent(place) || within.iter().any(is_sent) {
            object = object.required(place.name);
        }
        rest = next;
    }
    let object = object.additional_properties(Some(AdditionalProperties::FreeForm(true)));
    Schema::Object(object.build())
}

fn member(place: &Place<'_>, within: &[Place<'_>], optional: &[Slot<'_>]) -> Schema {
    match (place.content, within) {
        (Content::Slot(Leaf { slot: Slot::Detail, .. }), _) => {
            let message = ObjectBuilder::new().schema_type(Type::String);
            Schema::Object(message.description(Some("The message.")).build())
        }
        (Content::Object, _) => object(within, optional),
        (Content::Array(_), [element, of_element @ ..]) => {
            let items = RefOr::T(member(element, of_element, optional));
            Schema::Array(ArrayBuilder::new().items(items).build())
        }
        _ => Schema::Object(ObjectBuilder::new().schema_type(SchemaType::AnyValue).build()),
    }
}

/// The name of the schema: that of the catalog's enum, since operations have the same body.
#[must_use]
pub fn schema_name<E: CatalogError>() -> Cow<'static, str> {
    Cow::Borrowed(E::Code::TABLE.enum_name)
}

/// `IntoResponses` of an error that has these codes: a response for each status that it can have.
#[must_use]
pub fn responses<E: CatalogError>(codes: &[E::Code]) -> Responses {
    let mut by_status: BTreeMap<u16, Vec<E::Code>> = BTreeMap::new();
    for code in codes.iter().copied() {
        if code.retired().is_none() {
            for status in core::iter::once(code.status()).chain(code.other_statuses().iter().copied()) {
                by_status.entry(status).or_default().push(code);
            }
        }
    }
    let response = |(status, codes): (u16, Vec<E::Code>)| {
        (status.to_string(), RefOr::T(response::<E>(status, &codes)))
    };
    by_status.into_iter().map(response).collect()
}

fn response<E: CatalogError>(status: u16, codes: &[E::Code]) -> Response {
    let statuses = E::Code::TABLE.statuses.iter();
    let name = statuses.clone().find(|row| row.status == status).map_or("", |row| row.name);
    let examples = codes.iter().flat_map(|code| examples::<E>(*code, status, codes));
    let content = ContentBuilder::new().schema(Some(schema::<E>())).examples_from_iter(examples);
    let mut response =
        ResponseBuilder::new().description(name).content(E::Code::ENVELOPE.media_type, content.build());
    let mut headers: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, value) in codes.iter().flat_map(|code| code.headers()) {
        headers.entry(name).or_insert(value);
    }
    for (name, value) in headers {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let description = Some(format!("such as `{value}`"));
        response = response
            .header(name, HeaderBuilder::new().schema(of_header(text)).description(description).build());
    }
    response.build()
}

/// Named examples of an error: its message without and, if it has one, with its context. An example is named
/// after the code, followed by the variant if other errors share the code.
fn examples<E: CatalogError>(
    code: E::Code,
    status: u16,
    codes: &[E::Code],
) -> impl Iterator<Item = (String, Example)> + use<E> {
    let is_shared = codes.iter().filter(|it| it.as_str() == code.as_str()).count() > 1;
    let name = if is_shared { format!("{code}.{code:?}") } else { code.to_string() };
    let has_context = code.__row().extras().context.is_some();
    let endings = [(false, ""), (true, ".with_context")].into_iter();
    endings.filter(move |(with_context, _)| has_context || !with_context).map(move |(with_context, ending)| {
        let error = example::<E>(code, with_context);
        let cause = error.as_ref().map_or(Cow::Borrowed(code.cause_template()), CatalogError::cause);
        let body = error.map(|error| CatalogResponse::new(error).with_status(status).body());
        let example = ExampleBuilder::new().summary(cause);
        let example = example.value(body.and_then(|body| serde_json::from_slice(&body).ok()));
        (format!("{name}{ending}"), example.build())
    })
}

/// The error with made-up values, or `None` if they do not fit, because only the catalog knows which do.
fn example<E: CatalogError>(code: E::Code, with_context: bool) -> Option<E> {
    let row = code.__row();
    let extras = row.extras();
    let template = E::Code::TABLE.message(row, with_context);
    let value = |(at, param): (usize, &Param)| {
        let mut segments = template.into_iter().flat_map(|template| template.segments.iter());
        if let Some(segment) = segments.find(|segment| segment.param == at) {
            let usual = segment.choices().next().into_iter().chain([segment.ty.info().example]);
            return usual.chain(TEXTS.iter().copied()).find(|value| segment.can_hold(value));
        }
        // Of a value that the message does not contain, only the kind is known here.
        let value = match param.kind {
            Kind::Boolean => "true",
            Kind::Number => "7",
            _ => "text",
        };
        (!param.is_optional).then_some(value)
    };
    let values: Vec<Option<&str>> = (0..).zip(extras.params).map(value).collect();
    let (own, context) = values.split_at(usize::from(extras.own).min(values.len()));
    E::__from_values(code, own, with_context.then_some(context))
}
