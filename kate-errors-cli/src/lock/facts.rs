//! The facts of a catalog, and how their values are written in a lock.

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_model::template::{CONTEXT_SEPARATOR, Part, Piece, Template, parse};
use kate_errors_model::types::Type;
use serde_json::json;

use super::{Fact, Kind};
use crate::messages;
use crate::visible::visible_json;

/// Returns all facts that a release of the catalog makes public.
pub(crate) fn of_catalog(catalog: &Catalog) -> BTreeSet<Fact> {
    let mut facts = BTreeSet::new();
    let parts = catalog.envelope();
    let has_members = parts.envelope().reads_params();
    for row in &catalog.rows {
        let mut add = |kind, value| facts.insert(Fact { error: row.name.clone(), kind, value });
        if let Some(code) = row.sent_code() {
            add(Kind::Code, quoted(code));
        }
        for status in messages::statuses(catalog, row) {
            add(Kind::Status, status.code.to_string());
        }
        let full = full_message(catalog, row);
        let former = row.former.iter().map(|former| &former.source);
        for message in std::iter::once(&row.detail.source).chain(&full).chain(former) {
            add(Kind::Message, quoted(message));
        }
        for param in catalog.params(row) {
            add(Kind::Parameter, parameter(param));
            if has_members {
                add(Kind::Member, member(&param.name, &param.member));
            }
        }
    }
    facts
}

/// Returns the message of an error with its context, or `None` if it has no context.
pub(super) fn full_message(catalog: &Catalog, row: &Row) -> Option<String> {
    let context = &catalog.contexts[row.context?].text.source;
    Some([&row.detail.source, CONTEXT_SEPARATOR, context].concat())
}

/// Writes a text as a JSON string on one line, with invisible characters escaped.
pub(super) fn quoted(text: &str) -> String {
    visible_json(&json!(text).to_string())
}

/// Reads a text that [`quoted`] wrote.
pub(super) fn unquoted(value: &str) -> Option<String> {
    serde_json::from_str(value).ok()
}

pub(super) fn parameter(param: &Param) -> String {
    let ty = match &param.ty {
        Type::OneOf(choices) => visible_json(&json!(choices).to_string()),
        ty => ty.info().name.to_owned(),
    };
    let optional = if param.optional { OPTIONAL } else { "" };
    format!("{} {ty}{optional}", param.name)
}

/// What stands behind the type of a parameter that can be missing.
const OPTIONAL: &str = " optional";

/// The member in which the object of all values has a value.
pub(super) fn member(param: &str, member: &str) -> String {
    format!("{param} {}", quoted(member))
}

/// The name of a parameter, and the member of its value, that stand in the lock.
pub(super) fn of_member(value: &str) -> Option<(&str, String)> {
    let (name, member) = value.split_once(' ')?;
    Some((name, unquoted(member)?))
}

/// Reads the name and the type of a parameter.
pub(super) fn typed(value: &str) -> Option<(&str, Type<'static>)> {
    let (name, ty) = value.split_once(' ')?;
    let ty = ty.strip_suffix(OPTIONAL).unwrap_or(ty);
    let choices = || serde_json::from_str::<Vec<String>>(ty).ok();
    let one_of = || Some(Type::OneOf(choices()?.into_iter().map(Into::into).collect()));
    Some((name, Type::named(ty).or_else(one_of)?))
}

/// Builds the template of a message with the given types of its placeholders. Returns `None` if one has no type.
pub(super) fn template<'t>(
    message: &str,
    mut type_of: impl FnMut(&str) -> Option<&'t Type<'static>>,
) -> Option<Template<'static>> {
    let mut at = 0..;
    let piece = |part| match part {
        Part::Literal(literal) => Some(Piece::Literal(literal.into())),
        Part::Placeholder(it) => Some(Piece::Placeholder(at.next()?, type_of(&it.name)?.clone())),
    };
    let pieces: Option<Vec<_>> = parse(message).parts.into_iter().map(piece).collect();
    pieces.map(Template::new)
}
