//! The third stage: finds mistakes in the meaning of the document.
//!
//! Each file has the rules of one theme. Rules change nothing, and do not depend on the results of other rules.

mod aliases;
mod foreign;
mod headers;
mod look_alikes;
mod names;
mod operations;
mod params;
mod placeholders;
mod reserved;
mod retirement;
mod routes;
mod statuses;
mod templates;
mod texts;
mod uniqueness;

use std::collections::HashMap;

#[cfg(test)]
pub(crate) use placeholders::can_be_read;
pub(crate) use placeholders::has_readable_values;

use kate_errors_model::template::Template;

use crate::bases::Bases;
use crate::diagnostic::{Diagnostic, Label, push};
use crate::messages;
use crate::rule::{self, Rule};
use crate::source::Span;
use crate::suggest::Suggestions;
use crate::syntax::Syntax;
use crate::syntax::document::{Context, Document, Identity, Param, Row, Status, Text};
use crate::wire::{Envelopes, Members};

/// Returns a diagnostic for each mistake in the meaning of a document.
pub(crate) fn check(syntax: &Syntax, envelopes: &Envelopes) -> Vec<Diagnostic> {
    let mut checker = Checker::new(&syntax.document, syntax.whole, envelopes);
    checker.statuses();
    checker.headers();
    checker.diagnostics.extend(envelopes.mistakes.iter().cloned());
    checker.names();
    checker.templates();
    checker.params();
    checker.optional();
    checker.unused_members();
    checker.placeholders();
    checker.aliases();
    if checker.document.identity().is_by_detail() {
        checker.look_alikes();
    }
    checker.uniqueness();
    checker.texts();
    checker.retirement();
    checker.reserved();
    checker.operations();
    if syntax.diagnostics.is_empty() {
        checker.emptiness();
    }
    checker.diagnostics
}

/// The document, tables for lookups in it, and the diagnostics so far.
struct Checker<'d> {
    document: &'d Document,
    /// Whether the whole file could be read. If not, unknown names are not reported.
    whole: bool,
    by_code: HashMap<&'d str, &'d Row>,
    bases: Bases<'d>,
    contexts: HashMap<&'d str, &'d Context>,
    statuses: HashMap<u16, &'d Status>,
    envelopes: &'d Envelopes,
    /// The parameters whose values are read from members of the body.
    members: Members<'d>,
    suggestions: Suggestions,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Checker<'d> {
    fn new(document: &'d Document, whole: bool, envelopes: &'d Envelopes) -> Self {
        let contexts = document
            .contexts
            .iter()
            .map(|context| (context.name.value.as_str(), context))
            .collect();
        let statuses = document.statuses.iter().map(|status| (status.code.value, status)).collect();
        let with_code = document.rows().filter(|row| row.without_code.is_none());
        let by_code =
            with_code.filter_map(|row| Some((row.code.as_ref()?.value.as_str(), row))).collect();
        Self {
            document,
            whole,
            by_code,
            bases: Bases::new(document),
            contexts,
            statuses,
            envelopes,
            members: envelopes.members(document.identity()),
            suggestions: Suggestions::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Returns the template as it is read. If the code is the identity, texts end at the whole literals after
    /// them.
    fn as_read<'t>(&self, template: Template<'t>) -> Template<'t> {
        match self.document.identity() {
            Identity::Code => template.with_whole_marks(),
            _ => template,
        }
    }

    /// Returns the template of an error's message as it is read before its context. It may not be read at all if
    /// members have all its values.
    fn detail_as_read(&self, row: &Row) -> Option<Template<'static>> {
        let mut template = messages::template(&row.detail.as_ref()?.value, &row.params);
        if let Some((context, text)) = self.context_of(row).and_then(with_text) {
            let context = messages::template(&text.value, &context.params);
            template = template.with_context(&context).0;
        }
        Some(if self.members.have_all(row) {
            messages::by_code(template, true)
        } else {
            self.as_read(template)
        })
    }

    /// Returns the context that an error names, if it exists.
    fn context_of(&self, row: &Row) -> Option<&'d Context> {
        self.contexts.get(row.context.as_ref()?.value.as_str()).copied()
    }

    /// Returns the parameters of an error's context.
    fn params_of_context(&self, row: &Row) -> &'d [Param] {
        self.context_of(row).map_or(&[], |context| &context.params)
    }

    /// Reports a catalog without errors, whose enum could have no values. Only called if everything could be
    /// read, since an unreadable part may be an error.
    fn emptiness(&mut self) {
        let Some(name) = &self.document.catalog else { return };
        if self.document.rows().next().is_none() {
            let message = format!("the catalog `{name}` defines no errors");
            self.report(&rule::EMPTY_CATALOG, message, (name.span, "no error in any section"));
        }
    }

    fn report(
        &mut self,
        rule: &'static Rule,
        message: impl Into<String>,
        label: impl Into<Label>,
    ) -> &mut Diagnostic {
        push(&mut self.diagnostics, rule, message, label)
    }

    /// Returns the error to which another error, a status or an operation refers by name. Reports an unknown
    /// name.
    fn row_called(&mut self, name: &'d Text, rule: &'static Rule) -> Option<&'d Row> {
        let row = self.bases.named(&name.value);
        if row.is_none() && !self.called_by_code(name, rule) {
            let names = self.document.rows().filter_map(|row| row.key.as_ref());
            let names = names.map(|name| name.value.as_str());
            self.report_unknown(rule, format!("there is no error `{name}`"), name, names);
        }
        row
    }

    /// Reports a code that is used instead of a name. Returns `false` if `code` is not a known code.
    fn called_by_code(&mut self, code: &Text, rule: &'static Rule) -> bool {
        let Some(row) = self.by_code.get(code.value.as_str()) else { return false };
        let (Some(name), Some(place)) = (&row.key, &row.code) else { return false };
        let message = format!("the error with the code `{code}` is called `{name}` here");
        self.report(rule, message, (code.span, "its code, not its name"))
            .also((place.span, format!("has the name `{name}`")))
            .set_help(format!("write `{name}`"));
        true
    }

    /// Reports each repetition of a text, with the place of the first occurrence.
    fn repeated<'t>(
        &mut self,
        rule: &'static Rule,
        texts: impl IntoIterator<Item = (&'t str, Span)>,
        message: impl Fn(&str, Span) -> String,
    ) {
        let mut seen = HashMap::new();
        for (text, span) in texts {
            // Both places are that of the whole text if they are parts of a text with escapes.
            if let Some(first) = seen.get(text).copied() {
                let message = message(text, first);
                self.report(rule, message, (span, "again here")).also((first, "first here"));
            } else {
                seen.insert(text, span);
            }
        }
    }

    /// Reports an unknown name, unless it may refer to a part that could not be read.
    fn report_unknown<'n>(
        &mut self,
        rule: &'static Rule,
        message: String,
        name: &Text,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        if !self.whole {
            return;
        }
        let near = self.suggestions.nearest(&name.value, &mut known.into_iter());
        // If the intended name is not a valid one, that was already reported.
        if near.is_none_or(crate::names::is_snake_case) {
            self.report(rule, message, (name.span, "unknown"))
                .help_if(near.map(|near| format!("did you mean `{near}`?")));
        }
    }
}

/// Returns a context and its text, if that could be read.
fn with_text(context: &Context) -> Option<(&Context, &Text)> {
    Some((context, context.text.as_ref()?))
}

/// Returns how messages refer to an error, and its place.
fn row_name(row: &Row) -> (String, Span) {
    match &row.code {
        Some(code) => (format!("the error `{code}`"), code.span),
        None => ("an error without a code".to_owned(), row.span),
    }
}
