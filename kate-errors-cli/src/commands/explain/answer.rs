//! Finds what a question is about.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param, Row, Status};
use kate_errors_codegen::rule::Page;
use kate_errors_codegen::suggest;
use kate_errors_model::status::may_be_error;
use kate_errors_model::template;
use serde_json::Value as Json;

use super::likeness;
use crate::decode::{Decoder, Known, Note, Reading, Response};
use crate::diff;
use crate::lock;
use crate::pasted::{Finding, Kind};

/// Shown in place of a sensitive value.
const HIDDEN: &str = "•••";

/// How many similar messages are suggested if nothing matches.
const MAX_SUGGESTIONS: usize = 3;

/// How many texts are compared with messages to find similar ones.
const MAX_LIKELY: usize = 50;

/// What a question is about: a finding, with what the catalog says about it.
pub(super) struct Answer<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) finding: Finding,
    /// The errors of the finding. If it is unknown, they only have the code of the response, which alone does not
    /// identify errors.
    pub(super) errors: Vec<Explained<'c>>,
    /// Similar codes and messages, if nothing in the catalog fits.
    pub(super) suggestions: Vec<String>,
}

impl<'c> Answer<'c> {
    /// Returns the answer to a finding.
    pub(super) fn of(catalog: &'c Catalog, finding: Finding, show_sensitive: bool) -> Self {
        let read = |row: &usize| Explained::read(catalog, *row, &finding, show_sensitive);
        let errors = finding.rows.iter().map(read).collect();
        let is_unknown = finding.kind == Kind::Unknown;
        let suggestions = if is_unknown { similar(catalog, &finding.texts) } else { Vec::new() };
        let mut answer = Self { catalog, finding, errors, suggestions };
        let status = answer.finding.status.unwrap_or_default();
        if answer.finding.kind == Kind::Status && !answer.is_known() && !may_be_error(status) {
            answer.finding.kind = Kind::Success;
        }
        answer
    }

    /// Whether the catalog has what was asked for.
    pub(super) fn is_known(&self) -> bool {
        match self.finding.kind {
            Kind::Unknown | Kind::Page => false,
            Kind::Status => self.listed().is_some(),
            _ => true,
        }
    }

    /// Returns the status as the catalog lists it.
    pub(super) fn listed(&self) -> Option<&'c Status> {
        self.catalog.statuses.iter().find(|status| Some(status.code) == self.finding.status)
    }

    pub(super) fn operation(&self) -> Option<&'c Operation> {
        self.finding.operation.map(|operation| &self.catalog.operations[operation])
    }
}

pub(super) struct Rule {
    pub(super) id: &'static str,
    /// Severity, or class and level, each with its label.
    pub(super) weight: Vec<(&'static str, &'static str)>,
    pub(super) page: Page,
    /// The number of catalogs in each example of its page.
    pub(super) catalogs: usize,
}

impl Rule {
    /// Returns the rule with this id.
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

    /// Returns the ids of all rules.
    fn ids<'i>() -> impl Iterator<Item = &'i str> {
        lock::rule::of_check()
            .map(|rule| rule.id)
            .chain(diff::rule::RULES.iter().map(|rule| rule.id))
    }
}

/// An error, and the values in its message.
pub(super) struct Explained<'c> {
    pub(super) catalog: &'c Catalog,
    pub(super) row: &'c Row,
    /// Whether the message is a former one.
    pub(super) is_former: bool,
    /// The values of the error's parameters, then those of its context, as they are shown. Empty without a message.
    pub(super) values: Vec<(&'c Param, String)>,
    /// What is unexpected about the response.
    pub(super) notes: Vec<String>,
    /// The paths and messages of the invalid fields that the response lists.
    pub(super) fields: Vec<(String, String)>,
}

impl<'c> Explained<'c> {
    /// Creates an explanation of an error with the values that were read from its message.
    fn read(catalog: &'c Catalog, at: usize, finding: &Finding, show_sensitive: bool) -> Self {
        let row = &catalog.rows[at];
        let mut known = finding.known.iter().flat_map(Known::all).filter(|known| known.row == at);
        let values =
            known.next().into_iter().flat_map(|known| known.values_of(catalog.params(row)));
        let shown = |(param, text): (&'c Param, &str)| {
            let is_hidden = param.sensitive && !show_sensitive;
            (param, if is_hidden { HIDDEN } else { text }.to_owned())
        };
        let noted = || finding.known.iter().flat_map(|known| &known.notes);
        Self {
            catalog,
            row,
            is_former: noted().any(|note| *note == Note::FormerMessage),
            values: values.map(shown).collect(),
            notes: noted()
                .filter_map(|it| note(catalog, it))
                .chain(finding.reason.clone())
                .collect(),
            fields: finding.fields.clone(),
        }
    }

    /// Fills the values into a cause or fix. Parameters without a value are shown by name.
    pub(super) fn fill(&self, text: &str) -> String {
        template::fill(text, |name| {
            let (_, value) = self.values.iter().find(|(param, _)| param.name == name)?;
            Some(value.into())
        })
    }

    /// Returns the other errors that share the message of this one by `same_as`.
    pub(super) fn aliases(&self) -> Vec<&'c Row> {
        let rows = &self.catalog.rows;
        let base = |row: &'c Row| row.same_as.map_or(row, |base| &rows[base]).code.as_str();
        let own = base(self.row);
        rows.iter().filter(|row| base(row) == own && row.code != self.row.code).collect()
    }
}

/// Returns what a note says, unless the explanation says it elsewhere or it matters to clients only.
fn note(catalog: &Catalog, note: &Note) -> Option<String> {
    let text = match note {
        Note::FormerMessage => "this is a former message of the error",
        Note::OtherMessage => "the response has another message",
        Note::CodeContradicts(named) => {
            let code = &catalog.rows[*named as usize].code;
            return Some(format!("the response names another error, `{code}`"));
        }
        Note::CodeUnknown(_) => "the response names no error of the catalog",
        Note::ValuesDiffer => "the message has other values than members of their own",
        Note::PlacesDiffer => "two places of the body have different values",
        Note::MoreErrors => "the body lists more errors",
        Note::StatusDiffers
        | Note::Retired
        | Note::OutOfScope
        | Note::NoCode
        | Note::ByteOrderMark => return None,
    };
    Some(text.to_owned())
}

/// Returns the answer for a text in which nothing is known.
pub(super) fn nothing<'c>(catalog: &'c Catalog, question: &str, texts: Vec<String>) -> Answer<'c> {
    let mut finding = Finding::of(Kind::Unknown, Vec::new());
    if question.parse::<u64>().is_ok() {
        return Answer::of(catalog, finding, false);
    }
    let codes = catalog.rows.iter().flat_map(|row| [row.code.as_str(), row.name.as_str()]);
    let name = suggest::nearest(question, codes.chain(Rule::ids())).map(str::to_owned);
    finding.texts = std::iter::once(question.to_owned()).chain(texts).collect();
    finding.reason = first_object(question).and_then(|body| read_as(catalog, &body));
    let mut answer = Answer::of(catalog, finding, false);
    answer.suggestions.splice(0..0, name);
    answer
}

/// Returns the messages most similar to one of the texts.
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

/// Returns how a client reads a body without an error of the catalog.
fn read_as(catalog: &Catalog, body: &str) -> Option<String> {
    let status = catalog.statuses.iter().map(|status| status.code).find(|status| *status >= 400)?;
    let response = Response { status, header: None, body: body.to_owned() };
    match Decoder::of(catalog).decode(&response) {
        Reading::Unknown(reason, _) => Some(reason.to_string()),
        Reading::Validation(_) => Some("its message is a list or an object".to_owned()),
        Reading::Known(..) | Reading::NotAnError => None,
    }
}
