//! Finding what a question is about.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row, Status};
use kate_errors_codegen::rule::{self, Page, RULES};
use kate_errors_codegen::suggest;
use kate_errors_model::envelope::Parts;
use kate_errors_model::template;

use super::likeness;
use super::passages::{self, Passages};
use super::search::search;
use crate::decode::{Decoder, Reading, Response};
use crate::diff;
use crate::lock;
use crate::messages;

/// Stands for a value that is not to be shown.
const HIDDEN: &str = "•••";

/// How many messages are offered where none fits.
const MAX_SUGGESTIONS: usize = 3;

/// What a question is about.
pub(super) enum Answer<'c> {
    /// A rule of `check` or of `diff`.
    Rule(Rule),
    /// The errors with this code, or the one with this name.
    Code(Vec<Explained<'c>>),
    /// A status and every error under it.
    Status { status: &'c Status, errors: Vec<Explained<'c>> },
    /// The errors that have the message, and the status that stands beside it.
    Message { errors: Vec<Explained<'c>>, status: Option<u16> },
    /// Nothing in the catalog, what may be meant: codes and messages, and what a client makes of the body.
    Nothing { suggestions: Vec<String>, read_as: Option<String> },
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
        let of_check = rule::find(id).map(|rule| {
            let weight = vec![("severity", rule.severity.name())];
            Self { id: rule.id, weight, page: rule.page, catalogs: 1 }
        });
        let of_lock = lock::rule::find(id).map(|rule| {
            let weight = vec![("severity", rule.severity.name())];
            Self { id: rule.id, weight, page: rule.page, catalogs: usize::MAX }
        });
        of_check.or(of_lock).or_else(|| {
            let rule = diff::rule::find(id)?;
            let weight = vec![("class", rule.class.name()), ("level", rule.level.name())];
            Some(Self { id: rule.id, weight, page: rule.page, catalogs: 2 })
        })
    }

    /// The ids of all rules.
    fn ids<'i>() -> impl Iterator<Item = &'i str> {
        let of_check = RULES.iter().chain(lock::rule::RULES).map(|rule| rule.id);
        of_check.chain(diff::rule::RULES.iter().map(|rule| rule.id))
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
        values: &[&str],
    ) -> Self {
        let values = catalog.params(row).zip(values);
        let value = |(param, text): (&'c Param, &&str)| Value { param, text: (*text).to_owned() };
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

/// What `question`, which is trimmed, is about.
pub(super) fn find<'c>(catalog: &'c Catalog, question: &str) -> Answer<'c> {
    // A code may be a number: what stands in the catalog goes before what HTTP says.
    let called = rows_called(catalog, question);
    if !called.is_empty() {
        return Answer::Code(called);
    }
    if let Some(answer) = status_called(catalog, question) {
        return answer;
    }
    let parts: Vec<_> = catalog.envelopes().collect();
    let envelopes: Vec<_> = parts.iter().map(Parts::envelope).collect();
    let passages = passages::find(question, &envelopes);
    let mut errors = search(catalog, &passages);
    if errors.is_empty() {
        return nothing(catalog, question, &passages);
    }
    let under_status = |error: &Explained<'_>| {
        passages.status.is_some_and(|status| messages::has_status(catalog, error.row, status))
    };
    if errors.iter().any(under_status) {
        errors.retain(under_status);
    }
    Answer::Message { errors, status: passages.status }
}

/// The errors with this code, or else that of this name or variant, with or without the enum before it.
fn rows_called<'c>(catalog: &'c Catalog, name: &str) -> Vec<Explained<'c>> {
    let variant = name.rsplit("::").next().unwrap_or(name);
    let with_code = with_code(catalog, |code| code == name);
    let named = |row: &&Row| row.name == name || row.variant == variant;
    if with_code.is_empty() {
        let named = catalog.rows.iter().find(named);
        return named.map(|row| Explained::read(catalog, row, false, &[])).into_iter().collect();
    }
    with_code
}

/// The errors with one of some codes, without values.
pub(super) fn with_code(catalog: &Catalog, is_one: impl Fn(&str) -> bool) -> Vec<Explained<'_>> {
    let rows = catalog.rows.iter().filter(|row| is_one(&row.code));
    rows.map(|row| Explained::read(catalog, row, false, &[])).collect()
}

/// The status with this number, with or without its name behind it.
fn status_called<'c>(catalog: &'c Catalog, question: &str) -> Option<Answer<'c>> {
    let question = passages::without_protocol(question);
    let (number, name) = question.split_once(' ').unwrap_or((question, ""));
    let number: u16 = number.parse().ok()?;
    let status = catalog.statuses.iter().find(|status| status.code == number)?;
    (name.is_empty() || name.eq_ignore_ascii_case(&status.name))
        .then(|| Answer::Status { status, errors: under(catalog, status) })
}

fn under<'c>(catalog: &'c Catalog, status: &Status) -> Vec<Explained<'c>> {
    let rows = catalog.rows.iter();
    rows.filter(|row| messages::has_status(catalog, row, status.code))
        .map(|row| Explained::read(catalog, row, false, &[]))
        .collect()
}

fn nothing<'c>(catalog: &'c Catalog, question: &str, passages: &Passages) -> Answer<'c> {
    if let Ok(number) = question.parse::<u16>() {
        let suggestions = near_statuses(catalog, number);
        return Answer::Nothing { suggestions, read_as: None };
    }
    let codes = catalog.rows.iter().flat_map(|row| [row.code.as_str(), row.name.as_str()]);
    let name = suggest::nearest(question, codes.chain(Rule::ids()));
    let messages = catalog.rows.iter().map(|row| row.detail.source.as_str());
    let near = likeness::nearest(passages.likely(), messages, MAX_SUGGESTIONS);
    Answer::Nothing {
        suggestions: name.into_iter().chain(near).map(str::to_owned).collect(),
        read_as: passages.body.as_deref().and_then(|body| read_as(catalog, body)),
    }
}

/// What a client makes of a body that is of no error in the catalog.
fn read_as(catalog: &Catalog, body: &str) -> Option<String> {
    let status = catalog.statuses.iter().map(|status| status.code).find(|status| *status >= 400)?;
    let response = Response { status, header: None, body: body.to_owned() };
    match Decoder::of(catalog).decode(&response) {
        Reading::Unknown(reason, _) => Some(reason.to_string()),
        Reading::Validation => Some("it says which fields of a request are wrong".to_owned()),
        Reading::Known(_) | Reading::NotAnError => None,
    }
}

fn near_statuses(catalog: &Catalog, number: u16) -> Vec<String> {
    let mut statuses: Vec<u16> = catalog.statuses.iter().map(|status| status.code).collect();
    statuses.sort_by_key(|status| status.abs_diff(number));
    statuses.iter().take(MAX_SUGGESTIONS).map(u16::to_string).collect()
}
