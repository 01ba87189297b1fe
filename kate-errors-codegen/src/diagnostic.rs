//! The results of checks: a rule, a message, places, and what to do.

use std::collections::HashSet;

use crate::order::sorted_places;
use crate::rule::{self, Rule, Severity};
use crate::source::Span;
use crate::work;

/// The maximum number of diagnostics reported for one file.
pub const MAX_DIAGNOSTICS: usize = 100;

/// The maximum number of further places shown for one mistake.
const MAX_PLACES: usize = 4;

/// A place and a remark about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark, in a few lower-case words.
    pub text: String,
}

impl Label {
    /// Creates a label with `text` at `span`.
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

impl<T: Into<String>> From<(Span, T)> for Label {
    fn from((span, text): (Span, T)) -> Self {
        Self::new(span, text)
    }
}

/// An error with clashes that no diagnostic shows one by one, because there are too many to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotShown {
    /// The code of the error.
    pub code: String,
    /// The codes of the errors that it clashes with. Its own code is among them if two of its messages clash.
    pub with: Vec<String>,
}

impl NotShown {
    /// Creates an entry for the error `code`. Several clashes with the same error count once.
    pub(crate) fn new(code: &str, mut others: Vec<(Span, &str)>) -> Self {
        others.sort_unstable();
        let mut with: Vec<String> = others.iter().map(|(_, other)| (*other).to_owned()).collect();
        with.dedup();
        Self { code: code.to_owned(), with }
    }
}

/// A mistake in a catalog, or something worth a warning.
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
    /// The other places that take part, such as the other side of a clash.
    pub related: Vec<Label>,
    /// What to do.
    pub help: String,
    /// Clashes of the same kind that no diagnostic shows, without duplicates. Empty in most diagnostics.
    pub not_shown: Vec<NotShown>,
    /// The number of diagnostics that were left out, in the diagnostic that reports it; 0 in all others.
    pub omitted: usize,
    /// How many of them are errors.
    omitted_errors: usize,
}

impl Diagnostic {
    /// Creates a diagnostic with the help text of the rule.
    pub fn new(rule: &'static Rule, message: impl Into<String>, primary: impl Into<Label>) -> Self {
        work::count(1);
        Self {
            rule,
            message: message.into(),
            primary: primary.into(),
            related: Vec::new(),
            help: rule.page.help().to_owned(),
            not_shown: Vec::new(),
            omitted: 0,
            omitted_errors: 0,
        }
    }

    /// Adds another place that takes part.
    #[must_use]
    pub fn related(mut self, label: impl Into<Label>) -> Self {
        self.also(label);
        self
    }

    /// Replaces the general help of the rule with help for this case.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.set_help(help);
        self
    }

    /// Adds a place, as [`related`](Self::related) does, to a diagnostic that is already in a list.
    pub(crate) fn also(&mut self, label: impl Into<Label>) -> &mut Self {
        self.related.push(label.into());
        self
    }

    /// Adds the first few of the other places with the same mistake: all of them would be too many to read.
    pub(crate) fn also_at<L: Into<Label>>(&mut self, labels: impl Iterator<Item = L>) {
        self.related.extend(labels.take(MAX_PLACES).map(Into::into));
    }

    /// Replaces the help, as [`help`](Self::help) does, of a diagnostic that is already in a list.
    pub(crate) fn set_help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Replaces the help if there is help for this case.
    pub(crate) fn help_if(&mut self, help: Option<String>) {
        self.help = help.unwrap_or(std::mem::take(&mut self.help));
    }

    /// Moves all places by `by` bytes.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        for label in self.related.iter_mut().chain([&mut self.primary]) {
            label.span = label.span.shifted(by);
        }
        self
    }

    /// Whether it makes the catalog unusable.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.rule.severity == Severity::Error
    }
}

/// Adds a diagnostic to a list, and returns it so that places and help can be added.
pub(crate) fn push<'l>(
    list: &'l mut Vec<Diagnostic>,
    rule: &'static Rule,
    message: impl Into<String>,
    primary: impl Into<Label>,
) -> &'l mut Diagnostic {
    let at = list.len();
    list.push(Diagnostic::new(rule, message, primary));
    &mut list[at]
}

/// Joins items to `a, b and c`. `joint` is the word before the last item.
pub(crate) fn list(items: impl Iterator<Item = String>, joint: &str) -> String {
    let items: Vec<String> = items.collect();
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {joint} {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

/// Joins the first items, `most` at most, and counts the others: `a, b and 3 more`.
pub fn few(mut items: impl Iterator<Item = String>, most: usize) -> String {
    let mut few: Vec<String> = items.by_ref().take(most).collect();
    few.extend(Some(items.count()).filter(|more| *more > 0).map(|more| format!("{more} more")));
    list(few.into_iter(), "and")
}

/// Sorts diagnostics in the order of the file, removes duplicates, and keeps a hundred at most, followed by one
/// that counts the rest, including what an earlier report left out. The first diagnostic of each rule is kept, so
/// that a thousand mistakes of one kind do not hide another kind; then errors, then warnings.
pub(crate) fn report(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (mut omitted, mut diagnostics): (Vec<_>, Vec<_>) =
        diagnostics.into_iter().partition(|diagnostic| diagnostic.omitted > 0);
    sort(&mut diagnostics);
    if diagnostics.len() <= MAX_DIAGNOSTICS {
        diagnostics.append(&mut omitted);
        return diagnostics;
    }
    let mut rules = HashSet::new();
    let first_of_rule: Vec<bool> =
        diagnostics.iter().map(|diagnostic| rules.insert(diagnostic.rule.id)).collect();
    let weight = |at: usize| (!first_of_rule[at], !diagnostics[at].is_error());
    let order = sorted_places(diagnostics.len(), &|a, b| weight(a).cmp(&weight(b)));
    let places: HashSet<usize> = order.into_iter().take(MAX_DIAGNOSTICS).collect();
    let mut kept = Vec::new();
    for (at, diagnostic) in diagnostics.into_iter().enumerate() {
        if places.contains(&at) { kept.push(diagnostic) } else { omitted.push(diagnostic) }
    }
    kept.extend(count(&omitted));
    kept
}

fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.primary.span, diagnostic.rule.id);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    diagnostics.dedup();
}

/// Returns the diagnostic that counts `omitted`, some of which may count others.
fn count(omitted: &[Diagnostic]) -> Option<Diagnostic> {
    let total: usize = omitted.iter().map(|it| it.omitted.max(1)).sum();
    let errors = |it: &Diagnostic| it.omitted_errors + usize::from(it.is_error());
    let errors: usize = omitted.iter().map(errors).sum();
    let counts = [(errors, "error"), (total - errors, "warning")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| {
            format!("{number} more {noun}{}", if *number == 1 { "" } else { "s" })
        })
        .collect();
    let verb = if total == 1 { "is" } else { "are" };
    let message = format!("{} {verb} not shown", counts.join(" and "));
    let first = omitted.iter().map(|it| it.primary.span).min()?;
    let label = Label::new(first, "the first of them is here");
    let mut diagnostic = Diagnostic::new(&rule::TOO_MANY_DIAGNOSTICS, message, label);
    (diagnostic.omitted, diagnostic.omitted_errors) = (total, errors);
    Some(diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rule: &'static Rule, place: usize) -> Diagnostic {
        Diagnostic::new(rule, place.to_string(), Label::new(Span::new(place, place), "here"))
    }

    #[test]
    fn errors_go_before_warnings() {
        let warnings = (0..150).map(|place| at(&rule::UNUSED_CONTEXT, place));
        let errors = (150..170).map(|place| at(&rule::UNKNOWN_FIELD, place));
        let reported = report(warnings.chain(errors).collect());
        assert_eq!(reported.len(), MAX_DIAGNOSTICS + 1);
        assert_eq!(reported.iter().filter(|diagnostic| diagnostic.is_error()).count(), 20);
        let last = &reported[MAX_DIAGNOSTICS];
        assert_eq!(last.message, "70 more warnings are not shown");
        assert_eq!((last.omitted, last.primary.span.start), (70, 80));
    }

    #[test]
    fn many_of_one_rule_hide_none_of_another() {
        let many = (0..5_000).map(|place| at(&rule::UNKNOWN_FIELD, place));
        let others = [at(&rule::UNUSED_CONTEXT, 6_000), at(&rule::EMPTY_TEXT, 7_000)];
        let reported = report(many.chain(others).collect());
        let rules: Vec<&str> = reported[97..].iter().map(|diagnostic| diagnostic.rule.id).collect();
        let last = ["unknown-field", "unused-context", "empty-text", "too-many-diagnostics"];
        assert_eq!(rules, last);
        assert_eq!(reported[100].message, "4902 more errors are not shown");
    }

    #[test]
    fn a_second_report_counts_what_the_first_one_left_out() {
        let mut reported = report((0..150).map(|place| at(&rule::UNKNOWN_FIELD, place)).collect());
        reported.extend((150..160).map(|place| at(&rule::UNUSED_CONTEXT, place)));
        let reported = report(reported);
        assert_eq!(reported.len(), MAX_DIAGNOSTICS + 1);
        let last = &reported[MAX_DIAGNOSTICS];
        assert_eq!(last.message, "51 more errors and 9 more warnings are not shown");
        assert_eq!(last.omitted, 60);
        assert_eq!(report(reported.clone()), reported);
    }

    #[test]
    fn a_hundred_are_shown() {
        let diagnostics: Vec<_> = (0..100).map(|place| at(&rule::UNKNOWN_FIELD, place)).collect();
        assert_eq!(report(diagnostics.clone()), diagnostics);
        let twice = diagnostics.iter().chain(&diagnostics).cloned().collect();
        assert_eq!(report(twice), diagnostics);
    }
}
