//! Finding what a question is about.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param, Row, Status};
use kate_errors_codegen::rule::Page;
use kate_errors_codegen::suggest;
use kate_errors_model::status::is_no_error;
use kate_errors_model::template;
use serde_json::Value as Json;

use super::likeness;
use crate::decode::{Decoder, Known, Note, Reading, Response};
use crate::diff;
use crate::lock;
use crate::pasted::{Finding, Kind};

/// Stands for a value that is not to be shown.
const HIDDEN: &str = "•••";

/// How many messages are offered where none fits.
const MAX_SUGGESTIONS: usize = 3;

/// How many texts are compared with messages that nearly fit.
const MAX_LIKELY: usize = 50;

/// What a question is about.
pub(super) enum Answer<'c> {
    /// A rule of `check` or of `diff`.
    Rule(Rule),
    /// The errors with this code, or the one with this name.
    Code(Vec<Explained<'c>>),
    /// A status and every error under it, or those of an operation.
    Status { status: u16, listed: Option<&'c Status>, errors: Vec<Explained<'c>> },
    /// The errors that have the message, and the status that stands beside it.
    Message { errors: Vec<Explained<'c>>, status: Option<u16>, operation: Option<&'c Operation> },
    /// The errors with a message that begins like this.
    Cut(Vec<Explained<'c>>),
    /// The places and the messages of fields that are wrong.
    Validation(Vec<(String, String)>),
    /// A response that tells of no error.
    Success(Option<u16>),
    /// A page in HTML, with its status.
    Page(Option<u16>),
    /// Nothing in the catalog, what may be meant: codes and messages, and what a client makes of the body.
    Nothing { suggestions: Vec<String>, read_as: Option<String> },
}

impl Answer<'_> {
    /// Whether the catalog knows what it is.
    pub(super) fn is_known(&self) -> bool {
        match self {
            Self::Nothing { .. } | Self::Page(_) => false,
            Self::Status { listed, .. } => listed.is_some(),
            _ => true,
        }
    }
}

/// A rule.
pub(super) struct Rule {
    pub(super) id: &'static str,
    /// What it weighs, with the names of what is said there.
    pub(super) weight: Vec<(&'static str, &'static str)>,
    pub(super) page: Page,
    /// How many catalogs an example of its page has.
    pub(super) catalogs: usize,
}

impl Rule {
    /// The rule called `id`.
    pub(super) fn find(id: &str) -> Option<Self> {
        if let Some(rule) = lock::rule::of_check().find(|rule| rule.id == id) {
            let weight = vec![("severity", rule.severity.name())];
            let catalogs = if lock::rule::RULES.contains(&rule) { usize::MAX } else { 1 };
            return Some(Self { id: rule.id, weight, page: rule.page, catalogs });
        }
        let rule = diff::rule::find(id)?;
        let weight = vec![("class", rule.class.name()), ("level", rule.level.name())];
        Some(Self { id: rule.id, weight, page: rule.page, catalogs: 2 })
    }

    /// The ids of all rules.
    fn ids<'i>() -> impl Iterator<Item = &'i str> {
        lock::rule::of_check()
            .map(|rule| rule.id)
            .chain(diff::rule::RULES.iter().map(|rule| rule.id))
    }
}

/// An error, and the values that its message has.
pub(super) struct Explained<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) row: &'c Row,
    /// Whether the message is one that the error had before.
    pub(super) is_former: bool,
    /// The values of the error's parameters, then those of its context. Empty without a message.
    pub(super) values: Vec<Value<'c>>,
}

/// The value of a parameter.
#[derive(Clone, Debug)]
pub(super) struct Value<'c> {
    pub(super) param: &'c Param,
    pub(super) text: String,
}

impl Value<'_> {
    /// The value, if it may be seen.
    pub(super) fn shown(&self, show_sensitive: bool) -> &str {
        if self.param.sensitive && !show_sensitive { HIDDEN } else { &self.text }
    }
}

impl<'c> Explained<'c> {
    /// An error, and the values that were read in its message.
    pub(super) fn read(
        catalog: &'c Catalog,
        row: &'c Row,
        is_former: bool,
        known: Option<&Known>,
    ) -> Self {
        let values = known.into_iter().flat_map(|known| known.values_of(catalog.params(row)));
        let value = |(param, text): (&'c Param, &str)| Value { param, text: text.to_owned() };
        Self { catalog, row, is_former, values: values.map(value).collect() }
    }

    /// Cause or fix with the values put in; without values the names of the parameters stay.
    pub(super) fn fill(&self, text: &str, show_sensitive: bool) -> String {
        template::fill(text, |name| {
            let value = self.values.iter().find(|value| value.param.name == name)?;
            Some(value.shown(show_sensitive).to_owned().into())
        })
    }

    /// The other errors that have the same message under the same status.
    pub(super) fn aliases(&self) -> Vec<&'c Row> {
        let rows = &self.catalog.rows;
        let base = |row: &'c Row| row.same_as.map_or(row, |base| &rows[base]).code.as_str();
        let own = base(self.row);
        rows.iter().filter(|row| base(row) == own && row.code != self.row.code).collect()
    }
}

/// What a finding says.
pub(super) fn of<'c>(catalog: &'c Catalog, finding: &Finding) -> Answer<'c> {
    let errors = || errors(catalog, finding);
    let status = finding.status;
    match finding.kind {
        Kind::Error => {
            let operation = finding.operation.map(|operation| &catalog.operations[operation]);
            Answer::Message { errors: errors(), status, operation }
        }
        Kind::Code => Answer::Code(errors()),
        Kind::Cut => Answer::Cut(errors()),
        Kind::Status => {
            let status = status.unwrap_or_default();
            let listed = catalog.statuses.iter().find(|it| it.code == status);
            if listed.is_none() && is_no_error(status) {
                return Answer::Success(finding.status);
            }
            Answer::Status { status, listed, errors: errors() }
        }
        Kind::Page => Answer::Page(status),
        Kind::Success => Answer::Success(status),
        Kind::Validation => {
            let body = finding.texts.first().map_or("", String::as_str);
            Answer::Validation(fields(&serde_json::from_str(body).unwrap_or_default()))
        }
        Kind::Unknown => Answer::Nothing {
            suggestions: similar(catalog, &finding.texts),
            read_as: finding.reason.clone(),
        },
    }
}

/// The errors of a finding, each with the values that its own message has.
fn errors<'c>(catalog: &'c Catalog, finding: &Finding) -> Vec<Explained<'c>> {
    let known = finding.known.as_ref();
    let is_former = known.is_some_and(|known| known.notes.contains(&Note::FormerMessage));
    let read = |row: &usize| {
        let known = known.and_then(|known| known.all().find(|it| it.row == *row));
        Explained::read(catalog, &catalog.rows[*row], is_former, known)
    };
    finding.rows.iter().map(read).collect()
}

/// The places and messages of a list of fields, in the form of FastAPI. What was sent is left out: it may be a secret.
fn fields(body: &Json) -> Vec<(String, String)> {
    match body {
        Json::Array(items) => items.iter().flat_map(fields).collect(),
        Json::Object(members) => match (members.get("loc"), members.get("msg")) {
            (Some(Json::Array(steps)), Some(Json::String(message))) => {
                let step =
                    |step: &Json| step.as_str().map_or_else(|| step.to_string(), str::to_owned);
                vec![(steps.iter().map(step).collect::<Vec<_>>().join("."), message.clone())]
            }
            _ => members.values().flat_map(fields).collect(),
        },
        _ => Vec::new(),
    }
}

/// What is said where nothing in a text is known.
pub(super) fn nothing<'c>(catalog: &'c Catalog, question: &str, texts: &[String]) -> Answer<'c> {
    if question.parse::<u64>().is_ok() {
        return Answer::Nothing { suggestions: Vec::new(), read_as: None };
    }
    let codes = catalog.rows.iter().flat_map(|row| [row.code.as_str(), row.name.as_str()]);
    let name = suggest::nearest(question, codes.chain(Rule::ids())).map(str::to_owned);
    let whole = std::iter::once(question.to_owned()).chain(texts.iter().cloned());
    let similar = similar(catalog, &whole.collect::<Vec<_>>());
    Answer::Nothing {
        suggestions: name.into_iter().chain(similar).collect(),
        read_as: first_object(question).and_then(|body| read_as(catalog, &body)),
    }
}

/// The messages that are most like one of some texts.
fn similar(catalog: &Catalog, texts: &[String]) -> Vec<String> {
    let messages = catalog.rows.iter().map(|row| row.detail.source.as_str());
    let texts = texts.iter().map(String::as_str).take(MAX_LIKELY);
    likeness::nearest(texts, messages, MAX_SUGGESTIONS).map(str::to_owned).collect()
}

fn first_object(text: &str) -> Option<String> {
    let start = text.find('{')?;
    let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Json>();
    values.next()?.ok().map(|value| value.to_string())
}

/// What a client makes of a body that is of no error in the catalog.
fn read_as(catalog: &Catalog, body: &str) -> Option<String> {
    let status = catalog.statuses.iter().map(|status| status.code).find(|status| *status >= 400)?;
    let response = Response { status, header: None, body: body.to_owned() };
    match Decoder::of(catalog).decode(&response) {
        Reading::Unknown(reason, _) => Some(reason.to_string()),
        Reading::Validation => Some("its message is a list or an object".to_owned()),
        Reading::Known(_) | Reading::NotAnError => None,
    }
}
