//! Where the parts of a catalog stand in its file, for who compares two of them.

use crate::Compilation;
use crate::source::Span;
use crate::syntax::document::{Param, Row, Text};

/// A part of a catalog, by its index in the [`Catalog`](crate::Catalog).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'n> {
    /// The name of the catalog.
    Catalog,
    /// How errors travel.
    Wire,
    /// An error: the value of one of its fields, or its code where it has no such field of its own.
    Error(usize, &'n str),
    /// A parameter of an error, by its name.
    Param(usize, &'n str),
    /// A status.
    Status(usize),
    /// A context.
    Context(usize),
    /// A section.
    Section(usize),
    /// An operation.
    Operation(usize),
    /// The index of a reserved code.
    ReservedCode(usize),
    /// The index of a reserved message.
    ReservedMessage(usize),
}

impl Compilation {
    /// Where a part of the catalog stands; the beginning of the file, if it stands nowhere.
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
            Place::Wire => {
                let wire = document.wire.as_ref();
                let identity = wire.and_then(|wire| Some(wire.identity?.span));
                let profile = wire.and_then(|wire| wire.profile.as_ref().map(text));
                let body = wire.and_then(|wire| Some(wire.body.as_ref()?.place("")));
                body.or(profile).or(identity).or(document.catalog.as_ref().map(text))
            }
            Place::Error(at, field) => row(at).and_then(|row| of_row(row, field)),
            Place::Param(at, name) => row(at).and_then(|row| {
                let param = |it: &&Param| it.name.value == name;
                let found = row.params.iter().find(param).map(|it| it.name.span);
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

fn of_row(row: &Row, field: &str) -> Option<Span> {
    let value = match field {
        "code" => row.code.as_ref().map(text),
        "detail" => row.detail.as_ref().map(text),
        "status" => row.status.map(|status| status.span),
        "former" => row.former.first().map(text),
        "cause" => row.cause.as_ref().map(text),
        "fix" => row.fix.as_ref().map(text),
        "name" => row.name.as_ref().map(text),
        "context" => row.context.as_ref().map(text),
        _ => None,
    };
    let named = row.field(field);
    let code = row.code.as_ref().map(text);
    // What an error has from around it stands elsewhere.
    named.and(value).or(named).or(code).or(Some(row.span))
}
