//! The catalog as it is written: every field is optional, and every value has its place.
//!
//! A field is `None` if it is missing or could not be read. Both are reported while the document is read, so
//! later stages silently skip `None`.
//!
//! Each field of a catalog is declared here, in the `mapping!` that contains it, except for those of a parameter.

use std::fmt;
use std::ops::Range;

use kate_errors_model::Retry;
pub use kate_errors_model::envelope::Identity;
use kate_errors_model::template::FREE_TEXT;
use kate_errors_model::types::Type;

use super::fields::{EXTENSION, Fields, Reader};
use super::params::can_read_params;
use super::scalars::{is_integer, is_none};
use super::wire::Json;
use crate::bases::Bases;
use crate::catalog::Extension;
use crate::names;
use crate::rule::Rule;
use crate::source::Span;

/// A value and its place.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A text and its place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
    /// The offset of the value in the file, if the file contains it verbatim.
    pub(crate) verbatim: Option<usize>,
}

impl Text {
    /// Returns the place of a part of the value, or of the whole value if it is not verbatim in the file.
    pub(crate) fn part(&self, part: &Range<usize>) -> Span {
        self.verbatim.map_or(self.span, |base| Span::new(base + part.start, base + part.end))
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}

/// Reads a field, given its name.
type Read<'a, T> = fn(&mut Reader<'a>, &Fields<'_>, &'static str) -> T;

/// Declares the type of a mapping. `$given` is a value that the reader passes, such as the key. Each field has
/// its type and the function that reads it. After `and` follow the names of further fields, and members that
/// are read from any fields of the mapping.
macro_rules! mapping {
    (
        $(#[$meta:meta])* $name:ident($($given:ident: $given_ty:ty)?) {
            $($(#[$field_meta:meta])* $field:ident: $ty:ty = $read:expr,)*
        }
        $(and [$($key:expr),*] {
            $($(#[$more_meta:meta])* $more:ident: $more_ty:ty = $more_read:expr,)*
        })?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            $(pub(crate) $given: $given_ty,)?
            $($(#[$field_meta])* pub(crate) $field: $ty,)*
            $($($(#[$more_meta])* pub(crate) $more: $more_ty,)*)?
        }

        impl $name {
            /// The names of its fields.
            pub(super) const FIELDS: &[&str] =
                &[$(stringify!($field),)* $($($key,)*)?];

            pub(super) fn read(
                reader: &mut Reader<'_>,
                fields: &Fields<'_>,
                $($given: $given_ty)?
            ) -> Self {
                Self {
                    $($given,)?
                    $($field: {
                        let read: Read<'_, $ty> = $read;
                        read(reader, fields, stringify!($field))
                    },)*
                    $($($more: {
                        let read: Read<'_, $more_ty> = $more_read;
                        read(reader, fields, "")
                    },)*)?
                }
            }
        }
    };
}

mapping! {
    Document() {
        catalog: Option<Text> = Reader::name_field,
        title: Option<Text> = Reader::text_field,
        summary: Option<Text> = Reader::text_field,
        reference: Option<Text> = Reader::name_field,
        imports: Vec<Text> = |it, fields, name| it.list(fields, name, "a path", Reader::word),
        non_exhaustive: bool = Reader::flag,
        wire: Option<Wire> = Reader::wire,
        /// The statuses of errors for which neither they nor their sections set any.
        status: Vec<Spanned<u16>> = Reader::statuses,
        statuses: Vec<Status> = |it, fields, name| it.map(fields, name, Reader::status_entry),
        contexts: Vec<Context> = |it, fields, name| it.map(fields, name, Reader::context),
        sections: Vec<Section> = |it, fields, name| it.items(fields, name, Reader::section),
        common: Vec<Text> = |it, fields, name| it.list(fields, name, "a name", Reader::name),
        operations: Vec<Operation> = |it, fields, name| it.map(fields, name, Reader::operation),
        reserved: Reserved = |it, fields, name| it.reserved(fields, name).unwrap_or_default(),
        allow_warnings: Vec<&'static Rule> = Reader::warnings,
    } and [EXTENSION] {
        extensions: Vec<Extension> = |it, fields, _| it.extensions(fields),
    }
}

mapping! {
    /// The envelope, and how errors are identified (`wire`).
    Wire() {
        with: Vec<(Text, Json)> = Reader::constants,
        body: Option<Json> = Reader::template,
        identity: Option<Spanned<Identity>> =
            |it, fields, name| it.choice(fields, name, Identity::ALL),
        header: Vec<(Text, Json)> = Reader::constants,
        media_type: Option<Text> = Reader::name_field,
        /// Templates, or the names of some as texts.
        reads: Vec<Json> = |it, fields, name| {
            it.items(fields, name, |it, node| it.located(node, "an envelope"))
        },
        status: Option<Spanned<u16>> = |it, fields, name| it.status_at(fields.get(name)?),
    } and ["use"] {
        /// The name of a well-known envelope that this API uses.
        profile: Option<Text> = |it, fields, _| it.name_field(fields, "use"),
    }
}

impl Document {
    /// Returns the errors of all sections, in the order of the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.errors)
    }

    /// Whether the status of an error is in the table. One that is not is reported, and could give the error what it lacks.
    pub(crate) fn lists_status(&self, row: &Row, bases: &Bases<'_>) -> bool {
        let status = bases.of(row).and_then(|base| base.status.first());
        let mut listed = self.statuses.iter().map(|it| it.code.value);
        status.is_some_and(|status| listed.any(|it| it == status.value))
    }

    /// Returns all parameters: those of the contexts, then those of the errors.
    pub(crate) fn params(&self) -> impl Iterator<Item = &Param> {
        let of_contexts = self.contexts.iter().flat_map(|context| &context.params);
        of_contexts.chain(self.rows().flat_map(|row| &row.params))
    }
}

mapping! {
    /// The codes and messages of deleted errors, which no error may use again.
    Reserved() {
        codes: Vec<Text> = |it, fields, name| it.list(fields, name, "a code", Reader::code),
        details: Vec<Text> =
            |it, fields, name| it.list(fields, name, "an item of `details`", Reader::message),
    }
}

mapping! {
    Status(code: Spanned<u16>) {
        name: Option<Text> = Reader::text_field,
        description: Option<Text> = Reader::text_field,
        fallback: Option<Text> = Reader::name_field,
        cause: Option<Text> = Reader::advice_field,
        fix: Option<Text> = Reader::advice_field,
        wire: Vec<(Text, Json)> = Reader::constants,
    } and ["www_authenticate", "proxy_authenticate", "allow", "retry_after"] {
        headers: Headers = |it, fields, _| Headers::read(it, fields),
    }
}

mapping! {
    /// The header fields that a status or an error sets on its responses, as they are written.
    Headers() {
        www_authenticate: Option<Text> = Reader::text_field,
        proxy_authenticate: Option<Text> = Reader::text_field,
        allow: Option<Spanned<Vec<Text>>> = Reader::methods,
        retry_after: Option<u32> = Reader::seconds,
    } and [] {
        /// The names of the fields that are present, with their places.
        fields: Vec<(&'static str, Span)> = |_, fields, _| {
            let present = fields.present().into_iter();
            present.filter(|(name, _)| Headers::FIELDS.contains(name)).collect()
        },
    }
}

impl Status {
    /// Adds what this status lacks from the entry of an imported catalog for the same status.
    pub(crate) fn complete(&mut self, imported: Self) {
        self.fallback = self.fallback.take().or(imported.fallback);
        if self.headers.fields.is_empty() {
            self.headers = imported.headers;
        }
    }
}

impl Headers {
    /// Returns the place of a field's name, if the field is present, whether or not its value could be read.
    pub(crate) fn field(&self, name: &str) -> Option<Span> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, span)| *span)
    }
}

mapping! {
    Context(name: Text) {
        text: Option<Text> = Reader::message_field,
        params: Vec<Param> = Reader::params,
    } and [] {
        /// Whether the names of all parameters could be read.
        has_all_params: bool = |_, fields, _| can_read_params(fields),
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Param {
    pub(crate) name: Text,
    /// The name of its member in the `{params}` object of a body, if that is not the parameter's name.
    pub(crate) member: Option<Text>,
    pub(crate) ty: Option<Spanned<Type<'static>>>,
    /// The choices of a `one_of`.
    pub(crate) choices: Vec<Text>,
    /// The Rust type of the field, if it is a user's own type.
    pub(crate) rust: Option<Text>,
    pub(crate) description: Option<Text>,
    pub(crate) example: Option<Text>,
    pub(crate) sensitive: bool,
    /// Whether the value can be missing.
    pub(crate) optional: bool,
}

impl Param {
    /// Returns the name of its member in the `{params}` object of a body.
    pub(crate) fn member(&self) -> &Text {
        self.member.as_ref().unwrap_or(&self.name)
    }
}

mapping! {
    Section() {
        name: Option<Text> = Reader::text_field,
        status: Vec<Spanned<u16>> = Reader::statuses,
        cause: Option<Text> = Reader::advice_field,
        fix: Option<Text> = Reader::advice_field,
        wire: Vec<(Text, Json)> = Reader::constants,
        errors: Vec<Row> = |it, fields, name| it.items(fields, name, Reader::row),
    }
}

mapping! {
    Row() {
        code: Option<Text> = Reader::code_field,
        name: Option<Text> = Reader::name_field,
        same_as: Option<Text> = Reader::name_field,
        /// The statuses with which the error is sent: the first one, unless the server chooses another.
        status: Vec<Spanned<u16>> = Reader::statuses,
        status_basis: Option<Spanned<StatusBasis>> =
            |it, fields, name| it.choice(fields, name, StatusBasis::ALL),
        detail: Option<Text> = Reader::message_field,
        context: Option<Text> = Reader::name_field,
        params: Vec<Param> = Reader::params,
        former: Vec<Text> =
            |it, fields, name| it.list(fields, name, "an item of `former`", Reader::message),
        retired: Option<Retired> = Reader::retired,
        retry: Option<Spanned<Retry>> =
            |it, fields, name| it.choice(fields, name, &Retry::ALL.map(|it| (it.as_str(), it))),
        since: Option<Text> = Reader::text_field,
        cause: Option<Text> = Reader::advice_field,
        fix: Option<Text> = Reader::advice_field,
        /// The values that the error provides for the envelope, including inherited ones.
        wire: Vec<(Text, Json)> = Reader::constants,
        explanation: Option<Text> = Reader::markdown_field,
    } and ["www_authenticate", "proxy_authenticate", "allow", "retry_after", EXTENSION] {
        /// The place of `code: none`: in responses, the error has no code. Everywhere else, its name stands for it.
        without_code: Option<Span> = |_, fields, _| {
            fields.get("code").filter(|code| is_none(code)).map(|code| code.span)
        },
        /// Whether the code is a number: an integer without quotes.
        has_number: bool = |_, fields, _| fields.get("code").is_some_and(is_integer),
        /// The name by which the rest of the file refers to the error: its `name`, or one derived from its
        /// code.
        key: Option<Text> = |_, _, _| None,
        /// The name of the catalog from which the error is imported.
        origin: Option<String> = |_, _, _| None,
        span: Span = |_, fields, _| fields.span,
        /// Whether the names of all parameters could be read.
        has_all_params: bool = |_, fields, _| can_read_params(fields),
        headers: Headers = |it, fields, _| Headers::read(it, fields),
        /// The names of the fields that are present, with their places.
        fields: Vec<(&'static str, Span)> = |_, fields, _| fields.present(),
        extensions: Vec<Extension> = |it, fields, _| it.extensions(fields),
    }
}

impl Row {
    /// Makes the message any text: the value of a parameter `detail`.
    pub(super) fn set_free_text(&mut self) {
        let span = self.code.as_ref().map_or(self.span, |code| code.span);
        let text = |value: &str| Text { value: value.to_owned(), span, verbatim: None };
        self.detail = Some(text(FREE_TEXT));
        if self.params.iter().all(|param| param.name.value != "detail") {
            let ty = Some(Spanned { value: Type::Lines, span });
            self.params.insert(0, Param { name: text("detail"), ty, ..Param::default() });
        }
    }

    /// Makes the code the message, for bodies that have no place for a message.
    pub(super) fn set_code_as_text(&mut self) {
        let text = |code: &Text| {
            let value = code.value.replace('{', "{{").replace('}', "}}");
            Text { value, span: code.span, verbatim: None }
        };
        self.detail = self.code.as_ref().map(text);
    }

    /// Returns the name by which the rest of the file refers to the error: its `name`, or one derived from its
    /// code.
    pub(super) fn find_key(&self) -> Option<Text> {
        if self.field("name").is_some() {
            return self.name.clone();
        }
        let code = self.code.as_ref()?;
        let value = names::name_of_code(&code.value)?;
        Some(Text { value, span: code.span, verbatim: None })
    }

    /// Returns the place of a field's name, if the field is present.
    pub(crate) fn field(&self, name: &str) -> Option<Span> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, span)| *span)
    }
}

/// How the status of an error is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusBasis {
    /// The API documents or shows the status.
    #[default]
    Documented,
    /// The status is inferred from the meaning of statuses.
    Inferred,
}

impl StatusBasis {
    /// All variants, with their names in a catalog.
    const ALL: &[(&str, Self)] =
        &[(Self::Documented.as_str(), Self::Documented), (Self::Inferred.as_str(), Self::Inferred)];

    /// Its name in a catalog.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Inferred => "inferred",
        }
    }
}

mapping! {
    Retired() {
        since: Option<Text> = Reader::text_field,
        reason: Option<Text> = Reader::text_field,
        replaced_by: Option<Text> = Reader::name_field,
    } and [] {
        span: Span = |_, fields, _| fields.span,
    }
}

mapping! {
    Operation(name: Text) {
        route: Option<Text> = Reader::text_field,
        summary: Option<Text> = Reader::text_field,
        errors: Vec<Text> = |it, fields, name| it.list(fields, name, "a name", Reader::name),
    }
}
