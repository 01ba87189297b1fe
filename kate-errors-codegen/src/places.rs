//! The places of the parts of a catalog in its file, for tools that compare two catalogs.

use crate::Compilation;
use crate::source::Span;
use crate::syntax::document::{Context, Param, Row, Text, Wire};

/// A part of a catalog. Errors and other parts are identified by their index in the
/// [`Catalog`](crate::Catalog).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'n> {
    /// The name of the catalog.
    Catalog,
    /// A field of the envelope (`wire`): its value, or the envelope if it does not have the field.
    Wire(&'n str),
    /// An error: the value of one of its fields, or its code if it does not have the field.
    Error(usize, &'n str),
    /// A parameter of an error or of its context, by its name.
    Param(usize, &'n str),
    /// A status.
    Status(usize),
    /// A context.
    Context(usize),
    /// A section.
    Section(usize),
    /// An operation.
    Operation(usize),
    /// A reserved code, by its index.
    ReservedCode(usize),
    /// A reserved message, by its index.
    ReservedMessage(usize),
}

impl Compilation {
    /// Returns the place of a part of the catalog; the beginning of the file if the file does not have the
    /// part.
    ///
    /// ```
    /// use kate_errors_codegen::compile;
    /// use kate_errors_codegen::places::Place;
    ///
    /// let compilation = compile("errors.yaml", b"catalog: Jobs\n");
    /// assert_eq!(compilation.source.slice(compilation.place(Place::Catalog)), "Jobs");
    /// ```
    #[must_use]
    pub fn place(&self, place: Place<'_>) -> Span {
        let document = &self.document;
        let row = |mut at: usize| {
            document.sections.iter().find_map(|section| {
                let row = section.errors.get(at);
                at = at.wrapping_sub(section.errors.len());
                row
            })
        };
        let found = match place {
            Place::Catalog => document.catalog.as_ref().map(text),
            Place::Wire(field) => {
                let wire = document.wire.as_ref().and_then(|wire| of_wire(wire, field));
                wire.or(document.catalog.as_ref().map(text))
            }
            Place::Error(at, field) => row(at).and_then(|row| of_row(row, field)),
            Place::Param(at, name) => row(at).and_then(|row| {
                let param = |it: &&Param| it.name.value == name;
                let has = |it: &&Context| {
                    Some(&it.name.value) == row.context.as_ref().map(|it| &it.value)
                };
                let context = document.contexts.iter().find(has);
                let params = row.params.iter().chain(context.into_iter().flat_map(|it| &it.params));
                let found = params.into_iter().find(param).map(|it| it.name.span);
                found.or_else(|| of_row(row, "detail"))
            }),
            Place::Status(at) => document.statuses.get(at).map(|it| it.code.span),
            Place::Context(at) => {
                document.contexts.get(at).and_then(|it| it.text.as_ref()).map(text)
            }
            Place::Section(at) => {
                document.sections.get(at).and_then(|it| it.name.as_ref()).map(text)
            }
            Place::Operation(at) => document.operations.get(at).map(|it| it.name.span),
            Place::ReservedCode(at) => document.reserved.codes.get(at).map(text),
            Place::ReservedMessage(at) => document.reserved.details.get(at).map(text),
        };
        found.unwrap_or_default()
    }
}

fn text(text: &Text) -> Span {
    text.span
}

fn of_wire(wire: &Wire, field: &str) -> Option<Span> {
    let identity = wire.identity.map(|identity| identity.span);
    let value = match field {
        "header" => wire.header.first().map(|(name, _)| name.span),
        "identity" => identity,
        "media_type" => wire.media_type.as_ref().map(text),
        "reads" => wire.reads.first().map(|json| json.place("")),
        "status" => wire.status.map(|status| status.span),
        _ => None,
    };
    let body = wire.body.as_ref().map(|json| json.place(""));
    value.or(body).or(wire.profile.as_ref().map(text)).or(identity)
}

fn of_row(row: &Row, field: &str) -> Option<Span> {
    let value = match field {
        "code" => row.without_code.or_else(|| row.code.as_ref().map(text)),
        "detail" => row.detail.as_ref().map(text),
        "status" => row.status.first().map(|status| status.span),
        "former" => row.former.first().map(text),
        "cause" => row.cause.as_ref().map(text),
        "fix" => row.fix.as_ref().map(text),
        "name" => row.name.as_ref().map(text),
        "context" => row.context.as_ref().map(text),
        _ => None,
    };
    let named = row.field(field);
    let code = row.code.as_ref().map(text);
    // A value that an error inherits is written elsewhere, so the error's code is its place.
    named.and(value).or(named).or(code).or(Some(row.span))
}
