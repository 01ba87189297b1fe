//! What a stage has found: a rule, a message, places and what to do.

use std::collections::BTreeMap;

use crate::rule::{Rule, Severity};
use crate::source::Span;

/// A place and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it, in a few lower-case words.
    pub text: String,
}

impl Label {
    /// Says `text` of the place `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

/// Errors that take part in the same mistake and have no diagnostic of their own: there are so many that
/// nobody would read them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotShown {
    /// The code of an error.
    pub code: String,
    /// The codes of the errors that it clashes with, its own if other wordings of it do.
    pub with: Vec<String>,
}

impl NotShown {
    /// What an error clashes with; several texts of one other error count once.
    pub(crate) fn new(code: &str, others: &BTreeMap<Span, &str>) -> Self {
        let mut with: Vec<String> = others.values().map(|other| (*other).to_owned()).collect();
        with.dedup();
        Self { code: code.to_owned(), with }
    }
}

/// One mistake, or one thing worth a warning, in a catalog.
///
/// ```
/// use kate_errors_codegen::diagnostic::{Diagnostic, Label};
/// use kate_errors_codegen::rule;
/// use kate_errors_codegen::source::Span;
///
/// let label = Label::new(Span::new(40, 43), "again here");
/// let diagnostic = Diagnostic::new(&rule::DUPLICATE_CODE, "the code `job` stands twice", label)
///     .related(Label::new(Span::new(10, 13), "first here"))
///     .help("rename one of the two");
/// assert!(diagnostic.is_error());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// What is wrong, in one lower-case sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// The other places that take part, the other side of a clash among them.
    pub related: Vec<Label>,
    /// What to do.
    pub help: String,
    /// Clashes of the same kind that no diagnostic shows, each once. Empty but for a few diagnostics.
    pub not_shown: Vec<NotShown>,
}

impl Diagnostic {
    /// A diagnostic with the help that the rule gives.
    pub fn new(rule: &'static Rule, message: impl Into<String>, primary: Label) -> Self {
        Self {
            rule,
            message: message.into(),
            primary,
            related: Vec::new(),
            help: rule.help.to_owned(),
            not_shown: Vec::new(),
        }
    }

    /// Names another place that takes part.
    #[must_use]
    pub fn related(mut self, label: Label) -> Self {
        self.related.push(label);
        self
    }

    /// Says what to do in this very case, instead of what the rule says in general.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Whether the catalog cannot be used with it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.rule.severity == Severity::Error
    }
}

/// Puts diagnostics into the order of the file, and drops what was found twice.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.primary.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}
