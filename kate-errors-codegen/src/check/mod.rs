//! The third stage: what the document means, and every mistake in it.
//!
//! Each file holds the rules of one theme. They only look; nothing is changed, and none depends on
//! what another has found.

mod aliases;
mod bases;
mod choices;
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

use bases::Bases;
#[cfg(test)]
pub(crate) use placeholders::can_be_read;

use crate::diagnostic::{Diagnostic, Label};
use crate::rule::{self, Rule};
use crate::source::Span;
use crate::suggest::Suggestions;
use crate::syntax::Syntax;
use crate::syntax::document::{Context, Document, Row, Status, Text};

/// Everything that is wrong with the meaning of a document.
pub(crate) fn check(syntax: &Syntax) -> Vec<Diagnostic> {
    let mut checker = Checker::new(&syntax.document, syntax.whole);
    checker.statuses();
    checker.headers();
    checker.names();
    checker.templates();
    checker.params();
    checker.choices();
    checker.placeholders();
    checker.aliases();
    checker.look_alikes();
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

/// The document, the tables for looking things up in it, and what has been found.
struct Checker<'d> {
    document: &'d Document,
    /// Whether all of the file could be read. If not, nothing is said to be missing.
    whole: bool,
    rows: HashMap<&'d str, &'d Row>,
    bases: Bases<'d>,
    contexts: HashMap<&'d str, &'d Context>,
    statuses: HashMap<u16, &'d Status>,
    suggestions: Suggestions,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Checker<'d> {
    fn new(document: &'d Document, whole: bool) -> Self {
        let mut rows = HashMap::new();
        for row in all_rows(document) {
            if let Some(code) = &row.code {
                rows.entry(code.value.as_str()).or_insert(row);
            }
        }
        let contexts = document
            .contexts
            .iter()
            .map(|context| (context.name.value.as_str(), context))
            .collect();
        let statuses = document.statuses.iter().map(|status| (status.code.value, status)).collect();
        let bases = Bases::new(all_rows(document), &rows);
        let (suggestions, diagnostics) = (Suggestions::default(), Vec::new());
        Self { document, whole, rows, bases, contexts, statuses, suggestions, diagnostics }
    }

    /// Every row, in the order of the file.
    fn all_rows(&self) -> impl Iterator<Item = &'d Row> + use<'d> {
        all_rows(self.document)
    }

    /// Every code, in the order of the file.
    fn codes(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let codes = self.all_rows().filter_map(|row| row.code.as_ref());
        codes.map(|code| code.value.as_str())
    }

    /// The row whose detail `row` has: itself, or the one at the end of its chain of `same_as`.
    /// `None` where the chain leads to nothing or in a circle.
    fn base(&self, row: &Row) -> Option<&'d Row> {
        self.bases.of(row)
    }

    /// A catalog without a row: an enum that nobody could make a value of. Where something could not be
    /// read, that may have been a row.
    fn emptiness(&mut self) {
        let Some(name) = &self.document.catalog else { return };
        if self.all_rows().next().is_none() {
            let message = format!("the catalog `{}` defines no errors", name.value);
            self.report(
                &rule::EMPTY_CATALOG,
                message,
                Label::new(name.span, "no error in any section"),
            );
        }
    }

    fn report(&mut self, rule: &'static Rule, message: impl Into<String>, label: Label) {
        self.diagnostics.push(Diagnostic::new(rule, message, label));
    }

    fn report_clash(&mut self, rule: &'static Rule, message: String, second: Label, first: Label) {
        self.diagnostics.push(Diagnostic::new(rule, message, second).related(first));
    }

    /// Reports a name that refers to nothing, unless it may refer to a part that could not be read.
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
        let diagnostic = Diagnostic::new(rule, message, Label::new(name.span, "unknown"));
        self.diagnostics.push(match self.suggestions.nearest(&name.value, known) {
            // The name that is meant was reported as none that can be used.
            Some(near) if !crate::names::is_snake_case(near) => return,
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        });
    }
}

fn all_rows(document: &Document) -> impl Iterator<Item = &Row> {
    document.sections.iter().flat_map(|section| &section.errors)
}

/// What a row is called in messages, and where.
fn row_name(row: &Row) -> (String, Span) {
    match &row.code {
        Some(code) => (format!("the error `{}`", code.value), code.span),
        None => ("an error without a code".to_owned(), row.span),
    }
}
