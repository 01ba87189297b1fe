//! The catalog, checked: valid by construction, so that nothing that is made from it can fail.
//!
//! Only [`compile`](crate::compile) makes one.

pub use crate::syntax::document::{Retry, StatusBasis};

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
    /// The table of statuses, in the order of the file.
    pub statuses: Vec<Status>,
    /// The contexts, in the order of the file.
    pub contexts: Vec<Context>,
    /// The sections, in the order of the file.
    pub sections: Vec<Section>,
    /// The errors of all sections, in the order of the file.
    pub rows: Vec<Row>,
    /// The operations, in the order of the file.
    pub operations: Vec<Operation>,
    /// What deleted errors had, and no error may have again.
    pub reserved: Reserved,
}

/// What deleted errors had.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Reserved {
    /// Their codes, in the order of the file.
    pub codes: Vec<String>,
    /// Their sentences as the file spells them, in its order.
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
        let fields = [
            ("www-authenticate", self.www_authenticate.clone()),
            ("proxy-authenticate", self.proxy_authenticate.clone()),
            ("allow", self.allow.as_ref().map(|methods| methods.join(", "))),
            ("retry-after", self.retry_after.map(|seconds| seconds.to_string())),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
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

/// A second sentence that a detail may have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// The name in `snake_case`.
    pub name: String,
    /// The name of its struct, such as `TokenBalance`.
    pub type_name: String,
    /// The sentence.
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
    /// The stable name in `snake_case`.
    pub code: String,
    /// The identifier of the code, such as `ArtifactNotFound`.
    pub variant: String,
    /// The index of its section.
    pub section: usize,
    /// The index of its status.
    pub status: usize,
    /// How the status is known.
    pub status_basis: StatusBasis,
    /// The sentence on the wire.
    pub detail: Template,
    /// The index of the context that may follow the sentence.
    pub context: Option<usize>,
    /// The parameters of the sentence, in the order of the file.
    pub params: Vec<Param>,
    /// The index of the row whose status and sentence it shares.
    pub same_as: Option<usize>,
    /// Wordings that it had before.
    pub former: Vec<Template>,
    /// Why and since when no server produces it any more.
    pub retired: Option<Retired>,
    /// Whether trying again helps.
    pub retry: Retry,
    /// Since when it exists.
    pub since: Option<String>,
    /// What leads to it. Placeholders name parameters of the row.
    pub cause: Template,
    /// What to do about it. Placeholders name parameters of the row.
    pub fix: Template,
    /// The header fields of its answers, with those of its status.
    pub headers: Headers,
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

/// A typed hole in a template.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Param {
    /// The name in `snake_case`.
    pub name: String,
    /// The type.
    pub kind: ParamKind,
    /// What it is.
    pub description: Option<String>,
    /// A value in its canonical spelling.
    pub example: Option<String>,
    /// Whether it is kept out of logs and `Debug`.
    pub sensitive: bool,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A whole number from 0.
    U64,
    /// A whole number.
    I64,
    /// One or more characters without white space and control characters.
    Word,
    /// Any characters but control characters and the one at which it ends.
    Text {
        /// The first character of the text behind it; `None` runs to the end of the sentence.
        ends_at: Option<char>,
    },
    /// One of a few texts.
    OneOf(Choices),
}

impl ParamKind {
    /// The name that the type has in a catalog.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::U64 => "u64",
            Self::I64 => "i64",
            Self::Word => "word",
            Self::Text { .. } => "text",
            Self::OneOf(_) => "one_of",
        }
    }
}

/// The choices of a `one_of`, and the enum that stands for them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choices {
    /// The name of the enum.
    pub type_name: String,
    /// The texts and their identifiers, in the order of the file.
    pub choices: Vec<Choice>,
}

/// One choice of a `one_of`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The text on the wire.
    pub text: String,
    /// Its identifier.
    pub variant: String,
}

/// Text with holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The template as it is written in the file.
    pub source: String,
    /// Its pieces: never two literals in a row, no empty literal.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands on the wire.
    Literal(String),
    /// The index of the parameter whose value stands here.
    Hole(usize),
}

impl Template {
    /// The text, where there is no hole in it.
    ///
    /// ```
    /// use kate_errors_codegen::catalog::{Piece, Template};
    ///
    /// let mut template = Template::default();
    /// assert_eq!(template.constant(), Some(""));
    /// template.pieces = vec![Piece::Literal("Job ".to_owned()), Piece::Hole(0)];
    /// assert_eq!(template.constant(), None);
    /// ```
    #[must_use]
    pub fn constant(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
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
    /// The indices of the errors it can answer with, in the order of the catalog.
    pub rows: Vec<usize>,
}

impl Catalog {
    /// The name of the enum: `KateError`.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// # let catalog = b"catalog: Jobs
    /// # reference: https://docs.example.com/errors
    /// # statuses:
    /// #   404: { name: Not Found, description: Nothing there }
    /// # sections:
    /// #   - name: Jobs
    /// #     errors:
    /// #       - { code: job_not_found, status: 404, detail: Job not found, cause: It ended, fix: List jobs }
    /// # ";
    ///
    /// let compilation = compile("errors.yaml", catalog);
    /// assert_eq!(compilation.catalog().unwrap().enum_name(), "JobsError");
    /// ```
    #[must_use]
    pub fn enum_name(&self) -> String {
        format!("{}Error", self.name)
    }

    /// The address of a row on the reference page, if the catalog has one.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// # let catalog = b"catalog: Jobs
    /// # reference: https://docs.example.com/errors
    /// # statuses:
    /// #   404: { name: Not Found, description: Nothing there }
    /// # sections:
    /// #   - name: Jobs
    /// #     errors:
    /// #       - { code: job_not_found, status: 404, detail: Job not found, cause: It ended, fix: List jobs }
    /// # ";
    ///
    /// let compilation = compile("errors.yaml", catalog);
    /// let catalog = compilation.catalog().unwrap();
    /// let url = catalog.docs_url(&catalog.rows[0]).unwrap();
    /// assert_eq!(url, "https://docs.example.com/errors#job_not_found");
    /// ```
    #[must_use]
    pub fn docs_url(&self, row: &Row) -> Option<String> {
        self.reference.as_ref().map(|reference| format!("{reference}#{}", row.code))
    }
}
