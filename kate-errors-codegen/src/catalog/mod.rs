//! The checked catalog. It is valid by construction, so code generation cannot fail.
//!
//! Only [`compile`](crate::compile) creates one.

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
    /// The name in `UpperCamelCase`: `Kate` makes the enum `KateError`.
    pub name: String,
    /// The heading of the reference page.
    pub title: Option<String>,
    /// The text below the heading of the reference page.
    pub summary: Option<String>,
    /// The URL of the reference page.
    pub reference: Option<String>,
    /// Whether the generated enums are `#[non_exhaustive]`.
    pub non_exhaustive: bool,
    /// The statuses, in the order of the file.
    pub statuses: Vec<Status>,
    /// The contexts, in the order of the file.
    pub contexts: Vec<Context>,
    /// The sections, in the order of the file.
    pub sections: Vec<Section>,
    /// The errors of all sections, in the order of the file.
    pub rows: Vec<Row>,
    /// The indices of the errors that every operation can respond with, in the order of the catalog.
    pub common: Vec<usize>,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// The codes and messages of deleted errors, which no error may use again.
    pub reserved: Reserved,
    /// The template of response bodies: JSON with placeholders as leaves, without white space. The module
    /// [`envelope`](kate_errors_model::envelope) describes the placeholders.
    pub envelope: String,
    /// The templates of older bodies, in the order in which they are tried. They are read, but never written.
    pub older_envelopes: Vec<String>,
    /// The media type of response bodies.
    pub media_type: String,
    /// The success status with which errors are also sent.
    pub success: Option<u16>,
    /// How an error is identified when a response is read.
    pub identity: Identity,
    /// The header field that contains the code in every error response: its name in lower case, and the
    /// template of its value.
    pub code_header: Option<(String, String)>,
    /// The extension fields (`x-…`), in the order of the file.
    pub extensions: Vec<Extension>,
}

/// An extension field of a catalog or of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Extension {
    /// The name, including the prefix `x-`.
    pub name: String,
    /// The value, as JSON.
    pub json: String,
}

/// The codes and messages of deleted errors.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reserved {
    /// The codes, in the order of the file.
    pub codes: Vec<String>,
    /// The messages as they are written in the file, in its order.
    pub details: Vec<String>,
}

/// A status of the catalog.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Status {
    /// The number, from 100 to 599.
    pub code: u16,
    /// The name, such as `Not Found`.
    pub name: String,
    /// The identifier of the name, such as `NotFound`.
    pub variant: String,
    /// What the status means in this API.
    pub description: String,
    /// The header fields of responses with this status.
    pub headers: Headers,
    /// The index of the error that represents responses with this status that match no error.
    pub fallback: Option<usize>,
}

/// The header fields of a response (RFC 9110) that a catalog can set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Headers {
    /// `WWW-Authenticate`: the challenges.
    pub www_authenticate: Option<String>,
    /// `Proxy-Authenticate`: the challenges.
    pub proxy_authenticate: Option<String>,
    /// `Allow`: the methods.
    pub allow: Option<Vec<String>>,
    /// `Retry-After`, in seconds.
    pub retry_after: Option<u32>,
}

impl Headers {
    /// Returns the names in lower case, and the values.
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

    /// Returns these fields, with those of `other` where they are missing.
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
    /// The name of the generated struct, such as `TokenBalance`.
    pub type_name: String,
    /// The message.
    pub text: Template,
    /// The parameters, in the order of the file.
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
    /// The code that programs read, spelled as in the catalog. It is the name if the error is
    /// [without a code](Self::without_code).
    pub code: String,
    /// Whether responses with the error contain no code (`code: none`).
    pub without_code: bool,
    /// Whether the code is a number in JSON.
    pub is_number: bool,
    /// The name in the catalog, in `snake_case`, which is also the anchor on the reference page. It is the code
    /// itself if that is a name.
    pub name: String,
    /// The identifier of the name, such as `ArtifactNotFound`.
    pub variant: String,
    /// The name of the catalog from which the error is imported.
    pub origin: Option<String>,
    /// The index of the section in [`Catalog::sections`].
    pub section: usize,
    /// The index of the status in [`Catalog::statuses`].
    pub status: usize,
    /// The indices of further statuses with which the error may be sent.
    pub other_statuses: Vec<usize>,
    /// How the status is known.
    pub status_basis: StatusBasis,
    /// The message in the response.
    pub detail: Template,
    /// The index of the context that may follow the message.
    pub context: Option<usize>,
    /// The message followed by its context, if the error has one.
    pub with_context: Option<template::Template<'static>>,
    /// The parameters of the message, in the order of the file.
    pub params: Vec<Param>,
    /// The index of the error whose status and message this one shares.
    pub same_as: Option<usize>,
    /// Former messages.
    pub former: Vec<Template>,
    /// Why and since when no server sends the error any more.
    pub retired: Option<Retired>,
    /// Whether retrying the request helps.
    pub retry: Retry,
    /// Since when the error exists.
    pub since: Option<String>,
    /// What leads to the error; empty if the catalog does not say. Placeholders name parameters of the error
    /// and of its context.
    pub cause: String,
    /// What to do about the error; like `cause`, it may be empty and contain placeholders.
    pub fix: String,
    /// A longer explanation, in Markdown.
    pub explanation: Option<String>,
    /// The values that the error provides for the envelope: names, and scalars as JSON.
    pub wire: Vec<(String, String)>,
    /// The header fields of responses with this error, including those of its status.
    pub headers: Headers,
    /// The extension fields (`x-…`), in the order of the file.
    pub extensions: Vec<Extension>,
}

impl Row {
    /// Returns the code in responses with the error, if they contain one.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let catalog = compile("errors.yaml", b"").skeleton("Jobs");
    /// assert_eq!(catalog.rows[0].sent_code(), Some("unreadable"));
    /// ```
    #[must_use]
    pub fn sent_code(&self) -> Option<&str> {
        Some(self.code.as_str()).filter(|_| !self.without_code)
    }

    /// Whether the error is sent with the status that has this index.
    #[must_use]
    pub fn has_status(&self, status: usize) -> bool {
        self.status == status || self.other_statuses.contains(&status)
    }
}

/// Why and since when an error is retired.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Retired {
    /// Since when the error is retired.
    pub since: Option<String>,
    /// Why the error is retired.
    pub reason: String,
    /// The index of the error that replaces this one.
    pub replaced_by: Option<usize>,
}

/// A message: literals and placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The template as it is written in the file.
    pub source: String,
    /// The parsed template, ready to be rendered and read.
    pub parsed: template::Template<'static>,
}

impl Template {
    /// Returns the text, if the template has no placeholders.
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
    /// The name of the generated enum, such as `SubscribeError`.
    pub type_name: String,
    /// The method, such as `POST`.
    pub method: String,
    /// The path, such as `/artifacts/{artifact_id}`.
    pub path: String,
    /// What the operation does.
    pub summary: Option<String>,
    /// The indices of the errors that the operation can respond with, including the common ones, in the order
    /// of the catalog.
    pub rows: Vec<usize>,
}

impl Operation {
    /// Returns method and path, such as `POST /artifacts/{artifact_id}`.
    #[must_use]
    pub fn route(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

impl Catalog {
    /// Returns the name of the enum, such as `KateError`.
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

    /// Returns the parameters of an error, followed by those of its context. Templates refer to parameters by
    /// their index in this order.
    pub fn params<'c>(&'c self, row: &'c Row) -> impl Iterator<Item = &'c Param> + 'c {
        let context = row.context.map_or(&[][..], |context| &self.contexts[context].params);
        row.params.iter().chain(context)
    }

    /// Returns for each error the indices of its aliases: the errors that share its message by `same_as`.
    #[must_use]
    pub fn aliases(&self) -> Vec<Vec<usize>> {
        let mut aliases = vec![Vec::new(); self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            row.same_as.into_iter().for_each(|base: usize| aliases[base].push(at));
        }
        aliases
    }

    /// Returns the URL of an error on the reference page, if the catalog has one.
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
