//! The catalog, checked: valid by construction, so that nothing that is made from it can fail.
//!
//! Only [`compile`](crate::compile) makes one.

mod params;

pub use kate_errors_model::Retry;
use kate_errors_model::status::HEADER_FIELDS;
use kate_errors_model::template;

pub use self::params::{Choice, Choices, FieldType, Param};
pub use crate::syntax::document::{Identity, StatusBasis};

/// A checked catalog.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Catalog {
    /// Its name in `UpperCamelCase`: `Kate` names the enum `KateError`.
    pub name: String,
    /// The heading of the reference page.
    pub title: Option<String>,
    /// What the reference page says below its heading.
    pub summary: Option<String>,
    /// The address of the reference page.
    pub reference: Option<String>,
    /// Whether its enums are `#[non_exhaustive]`.
    pub non_exhaustive: bool,
    /// The table of statuses, in the order of the file.
    pub statuses: Vec<Status>,
    /// The contexts, in the order of the file.
    pub contexts: Vec<Context>,
    /// The sections, in the order of the file.
    pub sections: Vec<Section>,
    /// The errors of all sections, in the order of the file.
    pub rows: Vec<Row>,
    /// The indices of the errors that every operation can answer with, in the order of the catalog.
    pub common: Vec<usize>,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// What deleted errors had, and no error may have again.
    pub reserved: Reserved,
    /// The template of bodies: JSON with placeholders at its leaves, without white space. What stands in it is described
    /// in [`envelope`](kate_errors_model::envelope).
    pub envelope: String,
    /// The templates of older bodies, in the order in which they are read: none of them is written.
    pub older_envelopes: Vec<String>,
    /// The media type of bodies.
    pub media_type: String,
    /// The status of a success under which errors travel too.
    pub success: Option<u16>,
    /// What tells errors apart when a response is read.
    pub identity: Identity,
    /// The header field in which every response of an error has its code: its name, in lower case, and the template of its
    /// value.
    pub code_header: Option<(String, String)>,
    /// Fields of its own, `x-…`, in the order of the file.
    pub extensions: Vec<Extension>,
}

/// A field of a user's own, of the catalog or of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extension {
    /// The name, with the `x-` that it begins with.
    pub name: String,
    /// The value as JSON.
    pub json: String,
}

/// What deleted errors had.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reserved {
    /// Their codes, in the order of the file.
    pub codes: Vec<String>,
    /// Their messages as the file spells them, in its order.
    pub details: Vec<String>,
}

/// A status of the table.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Status {
    /// The number, from 100 to 599.
    pub code: u16,
    /// The name, such as `Not Found`.
    pub name: String,
    /// The identifier of the name, such as `NotFound`.
    pub variant: String,
    /// What it means in this API.
    pub description: String,
    /// The header fields of answers with this status.
    pub headers: Headers,
    /// The index of the row that stands for answers with this status that are of no row.
    pub fallback: Option<usize>,
}

/// The header fields of an answer (RFC 9110), as far as a catalog knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Headers {
    /// `WWW-Authenticate`: challenges.
    pub www_authenticate: Option<String>,
    /// `Proxy-Authenticate`: challenges.
    pub proxy_authenticate: Option<String>,
    /// `Allow`: methods.
    pub allow: Option<Vec<String>>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
}

impl Headers {
    /// The names, in lower case, and the values.
    ///
    /// ```
    /// use kate_errors_codegen::catalog::Headers;
    ///
    /// let mut headers = Headers::default();
    /// headers.allow = Some(vec!["GET".to_owned(), "HEAD".to_owned()]);
    /// assert_eq!(headers.fields(), [("allow", "GET, HEAD".to_owned())]);
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let values = [
            self.www_authenticate.clone(),
            self.proxy_authenticate.clone(),
            self.allow.as_ref().map(|methods| methods.join(", ")),
            self.retry_after.map(|seconds| seconds.to_string()),
        ];
        let fields = HEADER_FIELDS.iter().zip(values);
        fields.filter_map(|(field, value)| Some((field.lower_case, value?))).collect()
    }

    /// These fields, and those of `other` that are not among them.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            www_authenticate: self.www_authenticate.or(other.www_authenticate),
            proxy_authenticate: self.proxy_authenticate.or(other.proxy_authenticate),
            allow: self.allow.or(other.allow),
            retry_after: self.retry_after.or(other.retry_after),
        }
    }
}

/// A text that may follow the message of an error.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// The name in `snake_case`.
    pub name: String,
    /// The name of its struct, such as `TokenBalance`.
    pub type_name: String,
    /// The message.
    pub text: Template,
    /// Its parameters, in the order of the file.
    pub params: Vec<Param>,
}

/// A group of errors.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Section {
    /// The name, such as `Rate Limits`.
    pub name: String,
    /// The identifier of the name, such as `RateLimits`.
    pub variant: String,
}

/// An error.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Row {
    /// What it is called for programs, in the spelling of the catalog.
    pub code: String,
    /// Whether the code is a number in JSON.
    pub is_number: bool,
    /// What it is called in the catalog, in `snake_case`, and its anchor on the reference page: the code, if it is one.
    pub name: String,
    /// The identifier of the name, such as `ArtifactNotFound`.
    pub variant: String,
    /// The name of the catalog that it is imported from.
    pub origin: Option<String>,
    /// The index of its section.
    pub section: usize,
    /// The index of its status.
    pub status: usize,
    /// The indices of others with which it may be sent.
    pub other_statuses: Vec<usize>,
    /// How the status is known.
    pub status_basis: StatusBasis,
    /// The message on the wire.
    pub detail: Template,
    /// The index of the context that may follow the message.
    pub context: Option<usize>,
    /// The message with its context, if it can have one.
    pub with_context: Option<template::Template<'static>>,
    /// The parameters of the message, in the order of the file.
    pub params: Vec<Param>,
    /// The index of the row whose status and message it shares.
    pub same_as: Option<usize>,
    /// Messages that it had before.
    pub former: Vec<Template>,
    /// Why and since when no server produces it any more.
    pub retired: Option<Retired>,
    /// Whether trying again helps.
    pub retry: Retry,
    /// Since when it exists.
    pub since: Option<String>,
    /// What leads to it, empty if the catalog does not say it. Placeholders name parameters of the error and of its context.
    pub cause: String,
    /// What to do about it, likewise.
    pub fix: String,
    /// More about it, in Markdown.
    pub explanation: Option<String>,
    /// What it brings along for its envelope: names, and scalars as JSON.
    pub wire: Vec<(String, String)>,
    /// The header fields of its answers, with those of its status.
    pub headers: Headers,
    /// Fields of its own, `x-…`, in the order of the file.
    pub extensions: Vec<Extension>,
}

impl Row {
    /// Whether the error is sent with the status of this index.
    #[must_use]
    pub fn has_status(&self, status: usize) -> bool {
        self.status == status || self.other_statuses.contains(&status)
    }
}

/// Why and since when a row is retired.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Retired {
    /// Since when.
    pub since: Option<String>,
    /// Why.
    pub reason: String,
    /// The index of the row that took its place.
    pub replaced_by: Option<usize>,
}

/// A message: literals and placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The template as it is written in the file.
    pub source: String,
    /// The same, ready to be rendered and read.
    pub parsed: template::Template<'static>,
}

impl Template {
    /// The text, where there is no placeholder in it.
    ///
    /// ```
    /// use kate_errors_codegen::catalog::Template;
    ///
    /// assert_eq!(Template::default().constant(), Some(""));
    /// ```
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        self.parsed.constant()
    }
}

/// An operation of the API.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name in `snake_case`.
    pub name: String,
    /// The name of its enum, such as `SubscribeError`.
    pub type_name: String,
    /// The method, such as `POST`.
    pub method: String,
    /// The path, such as `/artifacts/{artifact_id}`.
    pub path: String,
    /// What it does.
    pub summary: Option<String>,
    /// The indices of the errors it can answer with, the common ones among them, in the order of the catalog.
    pub rows: Vec<usize>,
}

impl Operation {
    /// Method and path, such as `POST /artifacts/{artifact_id}`.
    #[must_use]
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Catalog {
    /// The name of the enum: `KateError`.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let catalog = compile("errors.yaml", b"").skeleton("Jobs");
    /// assert_eq!(catalog.enum_name(), "JobsError");
    /// ```
    #[must_use]
    pub fn enum_name(&self) -> String {
        format!("{}Error", self.name)
    }

    /// The parameters of a row and those of its context, in the order in which its templates count them.
    pub fn params<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = &'c Param> + 'c {
        let context = row.context.map_or(&[][..], |context| &self.contexts[context].params);
        row.params.iter().chain(context)
    }

    /// For each error, the indices of those that have its message by `same_as`.
    #[must_use]
    pub fn aliases(&self) -> Vec<Vec<usize>> {
        let mut aliases = vec![Vec::new(); self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            row.same_as.into_iter().for_each(|base: usize| aliases[base].push(at));
        }
        aliases
    }

    /// The address of a row on the reference page, if the catalog has one.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let text = b"reference: https://docs.example.com/errors";
    /// let catalog = compile("errors.yaml", text).skeleton("Jobs");
    /// let url = catalog.docs_url(&catalog.rows[0]).unwrap();
    /// assert_eq!(url, "https://docs.example.com/errors#unreadable");
    /// ```
    #[must_use]
    pub fn docs_url(&self, row: &Row) -> Option<String> {
        self.reference.as_ref().map(|reference| format!("{reference}#{}", row.name))
    }
}
