//! Reads the errors in the examples of responses.

use kate_errors_model::status::HEADER_FIELDS;
use serde_json::Value;

use super::Reader;
use crate::import::body::{self, Body};
use crate::import::draft::{ContextDraft, ErrorDraft, Place, Said};
use crate::import::examples::{Example, code_of, members, variant_of};
use crate::import::fields::of_catalog;
use crate::import::message::{Message, snake_case};
use crate::import::names;
use crate::import::table::one_line;
use crate::publish::openapi::{CAUSE_BEHIND, WITH_CONTEXT};

impl<'d> Reader<'d> {
    /// Adds the header fields of a response that a catalog can have, with their example values. Other values are listed.
    pub(super) fn header_fields(&mut self, response: &'d Value, status: u16, place: &Place) {
        for (name, header) in members(&response["headers"]) {
            let key = snake_case(name);
            let header = self.document.resolved(header);
            let is_field = HEADER_FIELDS.iter().any(|field| field.key == key);
            let value = self.document.value_of(header).filter(|_| is_field);
            let Some(value) = value else { continue };
            let fields = &mut self.draft.statuses.entry(status).or_default().fields;
            let own = of_catalog(name, &value, status);
            let is_own = own.is_some();
            if own
                .is_some_and(|(key, own)| *fields.entry(key).or_insert_with(|| own.clone()) == own)
            {
                continue;
            }
            let why =
                if is_own { "but other responses differ" } else { "which a catalog cannot have" };
            let value = one_line(value.as_str().unwrap_or(&value.to_string()));
            self.draft.leave_out_once(place, format!("{status} has `{name}: {value}`, {why}"));
        }
    }

    /// Whether an example shows a message with its context. If so, the context is recorded.
    pub(super) fn is_context(&mut self, example: &Example<'_>, found: &Body) -> bool {
        let base =
            example.name.and_then(|name| name.trim_end_matches('_').strip_suffix(WITH_CONTEXT));
        let shown = base.and_then(|base| Some((base, self.details.get(base)?)));
        let Some((base, (detail, code))) = shown else {
            return false;
        };
        let context = self.patterns.message(found.text()).behind(detail);
        let others = || self.patterns.all(found.text()).find_map(|message| message.behind(detail));
        if let Some(context) = context.or_else(others) {
            self.context(base, &(detail.source(), code.clone()), context);
        }
        true
    }

    /// Returns the error in an example.
    pub(super) fn error_of(
        &mut self,
        at: Place,
        example: Example<'_>,
        found: &Body,
        is_ours: bool,
    ) -> ErrorDraft {
        let texts = if is_ours {
            // The summary is the code, followed by the cause if there is one.
            let name = example.name.unwrap_or_default();
            let cause = example.summary.filter(|summary| *summary != name);
            let behind = |it| str::strip_prefix(str::strip_prefix(it, name)?, CAUSE_BEHIND);
            [cause.map(|cause| behind(cause).unwrap_or(cause)), example.description]
        } else {
            [example.description, None]
        };
        let mut error = ErrorDraft::new(at, self.patterns.message(found.text()));
        error.code = code_of(&example, found, is_ours);
        let identity = self.draft.identity.as_ref().map(|identity| identity.value);
        error.without_code = is_ours && found.code.is_none() && identity == Some("code_or_detail");
        error.name = variant_of(&example, &error).filter(|_| is_ours).map(Said::surely);
        let assembled = "put together from examples of members";
        let assembled = example.is_assembled.then(|| assembled.into());
        error.message_guess = assembled.or_else(|| error.message.number().filter(|_| !is_ours));
        let [cause, fix] = texts.map(|text| text.map(one_line).filter(|it| !it.is_empty()));
        error.cause = cause.filter(|cause| is_ours || cause != found.text());
        error.fix = fix;
        error.extensions = example.extensions;
        if let Some(name) = example.name {
            self.details.insert(name.to_owned(), (error.message.clone(), error.given_code()));
        }
        error
    }

    /// Adds an error to the draft unless it is known, and returns its name.
    pub(super) fn error(&mut self, section: &str, mut error: ErrorDraft, is_ours: bool) -> String {
        let given = error.given_code();
        let key = (error.message.source(), given.clone());
        if let Some((section, at)) = self.known.get(&key) {
            let first = &mut self.draft.sections[*section].errors[*at];
            if !is_ours || (&first.cause, &first.fix) == (&error.cause, &error.fix) {
                first.add_statuses(error.statuses);
                first.members.join(&error.members);
                return names::name_of(first);
            }
            error.name = error.name.take().or_else(|| {
                let base = names::name_of_code(given.as_deref().unwrap_or_default());
                let name = self.codes.free(&base);
                Some(Said::guess(name, "another error has its code and message"))
            });
        }
        if given.is_none() {
            let named = error.code.take();
            let taken = &self.codes.taken;
            let is_free =
                |it: &Said<Value>| !it.value.as_str().is_some_and(|it| taken.contains(it));
            error.code = Some(named.filter(is_free).unwrap_or_else(|| {
                let code = self.codes.free(&names::code_of_message(&error));
                Said::guess(Value::from(code), "derived from the message")
            }));
        }
        self.codes.taken.insert(error.code_text().unwrap_or_default().into_owned());
        let name = names::name_of(&error);
        self.known.insert(key, self.draft.push(section, error));
        name
    }

    /// Adds a context to the error with this message and code, whose example is called `base`.
    fn context(&mut self, base: &str, error: &(String, Option<String>), text: Message) {
        let contexts = &mut self.draft.contexts;
        let name = self.contexts.entry(text.source()).or_insert_with(|| {
            let base = names::name_of_code(base);
            let context = ContextDraft::unnamed(&base, text, "the document does not name it");
            contexts.push(context.clone());
            context.name.value
        });
        if let Some((section, at)) = self.known.get(error) {
            self.draft.sections[*section].errors[*at].context = Some(name.clone());
        }
    }

    pub(super) fn body(&self, example: &Example<'_>) -> Option<Body> {
        let is_known = |text: &str| self.patterns.find(text).is_some();
        // If the example is named like a text with an underscore, that text is a code, not a message.
        let is_code_of = |text: &str| example.name == Some(text) && text.contains('_');
        let found = body::read(&example.value, example.name, is_known, is_code_of)?;
        Some(found).filter(|found| !found.text().trim().is_empty())
    }
}
