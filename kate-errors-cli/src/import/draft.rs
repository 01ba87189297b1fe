//! A draft of a catalog: what a source says about errors. Any part may be missing.
//!
//! Every reader returns a [`Draft`], and its only use is to write a catalog. What is inferred and not in the source
//! is a guess, with a reason.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use kate_errors_codegen::envelope::Parts;
use kate_errors_model::envelope::Identity;
use serde_json::Value;

use super::members::Members;
use super::message::Message;
use super::table::one_line;

/// Why a value was inferred; `None` if it is in the source.
pub(crate) type Guess = Option<Cow<'static, str>>;

/// A value, and the reason if it was inferred.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said<T> {
    pub(crate) value: T,
    pub(crate) guess: Guess,
}

impl<T> Said<T> {
    /// Creates a value that is in the source.
    pub(crate) fn surely(value: T) -> Self {
        Self { value, guess: None }
    }

    /// Creates a value that was inferred.
    pub(crate) fn guess(value: T, why: impl Into<Cow<'static, str>>) -> Self {
        Self { value, guess: Some(why.into()) }
    }
}

/// A line of a source, or 0 if the line is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Rc<str>,
    pub(crate) line: usize,
}

/// What a source says about errors.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) name: Option<Said<String>>,
    pub(crate) title: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) statuses: BTreeMap<u16, StatusDraft>,
    /// The body of a response, with `{code}` and `{detail}` as placeholders.
    pub(crate) body: Option<Said<Value>>,
    /// Other bodies that responses have.
    pub(crate) reads: Vec<Value>,
    /// The header field with the code.
    pub(crate) header: Option<Value>,
    /// The status of successful responses that can also have errors.
    pub(crate) success: Option<u16>,
    /// The media type of bodies, if it is not `application/json`.
    pub(crate) media_type: Option<Said<String>>,
    /// What identifies errors, if it is not the message.
    pub(crate) identity: Option<Said<&'static str>>,
    pub(crate) contexts: Vec<ContextDraft>,
    pub(crate) sections: Vec<SectionDraft>,
    /// Names of errors that every operation has.
    pub(crate) common: Vec<String>,
    pub(crate) operations: Vec<OperationDraft>,
    /// User-defined fields.
    pub(crate) extensions: Vec<(String, Value)>,
    pub(crate) left_out: Vec<LeftOut>,
    /// How many messages were repeated without saying anything new.
    pub(crate) repeated: usize,
    /// The errors of an existing catalog that are not in the source.
    pub(crate) gone: Vec<String>,
    /// Messages of example bodies that no error of the source has.
    pub(crate) unknown_examples: Vec<(Place, String)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct StatusDraft {
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    /// Header fields, as written in a catalog.
    pub(crate) fields: BTreeMap<String, Value>,
}

#[derive(Clone, Debug)]
pub(crate) struct ContextDraft {
    pub(crate) name: Said<String>,
    pub(crate) text: Message,
}

#[derive(Debug, Default)]
pub(crate) struct SectionDraft {
    pub(crate) name: String,
    pub(crate) name_guess: Guess,
    pub(crate) errors: Vec<ErrorDraft>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ErrorDraft {
    pub(crate) place: Place,
    /// A string or a number.
    pub(crate) code: Option<Said<Value>>,
    /// Whether responses have no code. The name then stands for it.
    pub(crate) without_code: bool,
    pub(crate) name: Option<Said<String>>,
    pub(crate) statuses: Vec<u16>,
    pub(crate) status_guess: Guess,
    pub(crate) message: Message,
    pub(crate) message_guess: Guess,
    /// The name of the error whose message this one shares.
    pub(crate) same_as: Option<String>,
    /// The name of the context that can follow the message.
    pub(crate) context: Option<String>,
    pub(crate) cause: Option<String>,
    pub(crate) fix: Option<String>,
    pub(crate) former: Vec<Message>,
    pub(crate) retired: Option<RetiredDraft>,
    /// What its bodies have beside message and code.
    pub(crate) members: Members,
    /// The values that the error provides for bodies.
    pub(crate) wire: Vec<(String, Value)>,
    /// Other fields of a catalog: header fields, remarks, and user-defined fields.
    pub(crate) extensions: Vec<(String, Value)>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct RetiredDraft {
    pub(crate) reason: String,
    pub(crate) since: Option<String>,
    pub(crate) replaced_by: Option<String>,
}

#[derive(Debug)]
pub(crate) struct OperationDraft {
    pub(crate) name: Said<String>,
    pub(crate) route: String,
    pub(crate) summary: Option<String>,
    /// Names of errors.
    pub(crate) errors: Vec<String>,
}

/// Something that could not be imported.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LeftOut {
    pub(crate) place: Place,
    /// What it is, and why it was left out.
    pub(crate) why: String,
}

impl Place {
    /// Describes this place from the point of view of another place.
    pub(crate) fn seen_from(&self, other: &Self) -> String {
        match (self.file == other.file, self.line) {
            (true, 0) => "before".to_owned(),
            (true, line) => format!("in line {line}"),
            (false, 0) => format!("in {}", self.file),
            (false, line) => format!("in {}:{line}", self.file),
        }
    }
}

impl ContextDraft {
    /// Creates a context that is called after an error.
    pub(super) fn unnamed(error: &str, text: Message, why: &'static str) -> Self {
        Self { name: Said::guess(format!("{error}_context"), why), text }
    }
}

impl ErrorDraft {
    /// Creates an error with only a message.
    pub(crate) fn new(place: Place, message: Message) -> Self {
        Self { place, message, ..Self::default() }
    }

    /// Returns why it, or a part of it, is left out.
    pub(super) fn left_out(&self, why: String) -> LeftOut {
        LeftOut { place: self.place.clone(), why }
    }

    /// Whether the code is in the source.
    pub(crate) fn has_code(&self) -> bool {
        self.code.as_ref().is_some_and(|code| code.guess.is_none())
    }

    /// Returns the code as text, if it is in the source.
    pub(crate) fn given_code(&self) -> Option<String> {
        self.code_text().filter(|_| self.has_code()).map(Cow::into_owned)
    }

    /// Adds the statuses that the error does not have yet.
    pub(crate) fn add_statuses(&mut self, statuses: Vec<u16>) {
        for status in statuses {
            if !self.statuses.contains(&status) {
                self.statuses.push(status);
            }
        }
    }

    /// Returns the code as text.
    pub(crate) fn code_text(&self) -> Option<Cow<'_, str>> {
        self.code.as_ref().map(|code| match &code.value {
            Value::String(text) => Cow::Borrowed(text.as_str()),
            other => Cow::Owned(other.to_string()),
        })
    }
}

impl Draft {
    /// Returns the errors of all sections.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &ErrorDraft> {
        self.sections.iter().flat_map(|section| &section.errors)
    }

    /// Returns the errors of all sections, for changes.
    pub(crate) fn errors_mut(&mut self) -> impl Iterator<Item = &mut ErrorDraft> {
        self.sections.iter_mut().flat_map(|section| &mut section.errors)
    }

    /// Adds an error to the section, which is the last one or a new one. Returns the indices of both.
    pub(crate) fn push(&mut self, section: &str, error: ErrorDraft) -> (usize, usize) {
        if self.sections.last().is_none_or(|last| last.name != section) {
            self.sections
                .push(SectionDraft { name: section.to_owned(), ..SectionDraft::default() });
        }
        let at = self.sections.len() - 1;
        let errors = &mut self.sections[at].errors;
        errors.push(error);
        (at, errors.len() - 1)
    }

    /// Whether responses have a place for the code; `None` if the format of their bodies is unknown.
    pub(crate) fn body_has_code(&self) -> Option<bool> {
        let body = self.body.as_ref();
        body.map(|body| self.header.is_some() || body.value.to_string().contains("{code}"))
    }

    /// Records that the format has a code for every error. Codes then identify errors even if no messages clash now:
    /// otherwise the identity could change with a later edition of the source. Errors whose codes are no codes are
    /// left out, as they would be sent with invented ones.
    pub(super) fn go_by_code(&mut self) {
        self.identity.get_or_insert(Said::guess("code", "the format has a code for every error"));
        self.retain_errors(|_, error, left_out| {
            let why = || format!("“{}” has no code that can be sent", error.message.source());
            left_out.extend((!error.has_code()).then(|| error.left_out(why())));
            error.has_code()
        });
    }

    /// Removes the errors for which `is_kept` returns false, given their indices and the list of what is left out.
    pub(super) fn retain_errors(
        &mut self,
        mut is_kept: impl FnMut(usize, &mut ErrorDraft, &mut Vec<LeftOut>) -> bool,
    ) {
        let mut number = 0;
        for section in &mut self.sections {
            section.errors.retain_mut(|error| {
                number += 1;
                is_kept(number - 1, error, &mut self.left_out)
            });
        }
        self.sections.retain(|section| !section.errors.is_empty());
    }

    /// Returns the place of the whole source, if it has errors.
    pub(super) fn place(&self) -> Option<Place> {
        self.errors().next().map(|error| Place { line: 0, ..error.place.clone() })
    }

    /// Records something that could not be imported.
    pub(crate) fn leave_out(&mut self, place: &Place, why: impl Into<String>) {
        let left_out = LeftOut { place: place.clone(), why: why.into() };
        let mut here = self.left_out.iter().rev().take_while(|other| other.place == *place);
        if !here.any(|other| *other == left_out) {
            self.left_out.push(left_out);
        }
    }

    /// Records a note behind a text.
    pub(super) fn leave_out_note(&mut self, place: &Place, note: Option<&str>, text: &str) {
        if let Some(note) = note {
            self.leave_out(place, format!("“{}” behind “{}”", one_line(note), one_line(text)));
        }
    }

    /// Records something that many parts of a source have in common.
    pub(super) fn leave_out_once(&mut self, place: &Place, why: String) {
        if !self.left_out.iter().any(|it| it.why == why) {
            self.leave_out(place, why);
        }
    }

    /// Adds the content of another source. In conflicts, this one wins.
    pub(crate) fn join(&mut self, mut other: Self) {
        match &self.body {
            Some(body) => other.fit(&body.value),
            None => self.body = other.body.take(),
        }
        self.name = self.name.take().or(other.name);
        self.title = self.title.take().or(other.title);
        self.summary = self.summary.take().or(other.summary);
        self.reference = self.reference.take().or(other.reference);
        self.reads.extend(other.reads);
        self.header = self.header.take().or(other.header);
        self.success = self.success.or(other.success);
        self.media_type = self.media_type.take().or(other.media_type);
        self.extensions.extend(other.extensions);
        self.identity = self.identity.take().or(other.identity);
        for (code, status) in other.statuses {
            self.status(code, status.name, status.description);
            let fields = &mut self.statuses.entry(code).or_default().fields;
            for (name, value) in status.fields {
                fields.entry(name).or_insert(value);
            }
        }
        self.contexts.extend(other.contexts);
        self.sections.extend(other.sections);
        self.common.extend(other.common);
        self.operations.extend(other.operations);
        self.left_out.extend(other.left_out);
        self.unknown_examples.extend(other.unknown_examples);
    }

    /// Reports the examples with unknown messages.
    pub(crate) fn list_unknown_examples(&mut self, is_known: impl Fn(&str) -> bool) {
        for (place, message) in std::mem::take(&mut self.unknown_examples) {
            if !is_known(&message) {
                let shown = one_line(&message);
                self.leave_out(&place, format!("the example “{shown}” matches no error"));
            }
        }
    }

    /// Reads the settings of the catalog that a source was generated from.
    pub(super) fn take_wire(&mut self, wire: &Value) {
        let body = wire.get("body").filter(|it| Parts::new(&it.to_string()).is_ok());
        let Some(body) = body else { return };
        let text = |name: &str| wire[name].as_str().map(str::to_owned);
        let name = |identity: &Value| {
            Identity::ALL.iter().map(|(name, _)| *name).find(|name| *identity == **name)
        };
        self.body = Some(Said::surely(body.clone()));
        self.identity = name(&wire["identity"]).map(Said::surely);
        self.reads = wire["reads"].as_array().cloned().unwrap_or_default();
        self.media_type = text("media_type").map(Said::surely);
        self.header = wire.get("header").cloned();
        self.reference = text("reference").or(self.reference.take());
        self.success = wire["status"].as_u64().and_then(|it| it.try_into().ok());
    }

    /// Forgets the format of bodies, and what errors have there.
    pub(super) fn drop_body(&mut self) {
        self.body = None;
        self.fit(&Value::Null);
    }

    /// Puts the examples of members into messages, in place of their values. Returns whether there are any.
    pub(super) fn take_back_members(&mut self) -> bool {
        self.errors_mut().fold(false, |any, error| error.message.take_back_members() | any)
    }

    /// Adds name and description of a status, unless they are already known.
    pub(crate) fn status(&mut self, code: u16, name: Option<String>, description: Option<String>) {
        let status = self.statuses.entry(code).or_default();
        status.name = status.name.take().or(name);
        status.description = status.description.take().or(description);
    }
}
