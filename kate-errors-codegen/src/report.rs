//! Diagnostics as a person reads them: the message, the excerpt with carets, and what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::characters::stand_in;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::Severity;
use crate::source::Source;

/// How far apart two places of one diagnostic may be, in lines, to be shown in one excerpt.
const NEAR_LINES: usize = 50;

/// Whether a report has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// Text with the escape sequences of ANSI terminals. Text from the catalog cannot add any.
    Coloured,
}

/// Renders all `diagnostics` of `source`, one after the other, with a blank line behind each.
///
/// Nothing that stands in the catalog can drive a terminal: characters that do not show are replaced.
///
/// ```
/// use kate_errors_codegen::compile;
/// use kate_errors_codegen::report::{Style, render};
///
/// let compilation = compile("errors.yaml", b"");
/// let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
/// assert!(report.starts_with("error[empty-file]: "), "{report}");
/// ```
#[must_use]
pub fn render(source: &Source, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(140);
    let mut report = String::new();
    for diagnostic in diagnostics {
        report.push_str(&render_one(source, diagnostic, &renderer));
        report.push_str("\n\n");
    }
    report
}

fn render_one(source: &Source, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible_line(&diagnostic.message)).id(diagnostic.rule.id);
    let mut group: Group<'_> = title.element(excerpt(source, diagnostic));
    for label in &diagnostic.related {
        if !is_near(source, diagnostic, label) {
            group = group.element(snippet(source, &[(AnnotationKind::Context, label)]));
        }
    }
    let help = Level::HELP.message(visible_line(&diagnostic.help));
    renderer.render(&[group.element(help)])
}

/// The excerpt around the primary place and what is near it.
fn excerpt<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> Snippet<'a, Annotation<'a>> {
    let mut labels = vec![(AnnotationKind::Primary, &diagnostic.primary)];
    for label in &diagnostic.related {
        if is_near(source, diagnostic, label) {
            labels.push((AnnotationKind::Context, label));
        }
    }
    snippet(source, &labels)
}

fn is_near(source: &Source, diagnostic: &Diagnostic, label: &Label) -> bool {
    let line = |label: &Label| source.line_index(label.span.start);
    line(&diagnostic.primary).abs_diff(line(label)) <= NEAR_LINES
}

fn snippet<'a>(
    source: &'a Source,
    labels: &[(AnnotationKind, &'a Label)],
) -> Snippet<'a, Annotation<'a>> {
    let first = labels
        .iter()
        .map(|(_, label)| source.line_index(label.span.start))
        .min()
        .unwrap_or_default();
    let last = labels.iter().map(|(_, label)| last_line(source, label)).max().unwrap_or_default();
    let start = source.line_span(first).start;
    let end = source.line_span(last).end;
    let annotations = labels.iter().map(|(kind, label)| {
        let range = label_range(source, label);
        kind.span(range.start - start..range.end.min(end) - start).label(visible_line(&label.text))
    });
    Snippet::source(visible(&source.text()[start..end]))
        .line_start(first + 1)
        .path(visible_line(source.name()))
        .annotations(annotations)
}

fn last_line(source: &Source, label: &Label) -> usize {
    source.line_index(label_range(source, label).end)
}

/// The bytes of a label, cut to the line it begins on: an excerpt shows where something begins.
fn label_range(source: &Source, label: &Label) -> Range<usize> {
    let line = source.line_span(source.line_index(label.span.start));
    let start = label.span.start.min(line.end);
    start..label.span.end.clamp(start, line.end)
}

/// The text on one line: a line break from the catalog cannot begin a line of the report.
fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// The text with a visible character of the same length for each that does not show, so that places in
/// it stay where they are.
fn visible(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut visible = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        visible.push(match character {
            // Before a line feed it is a part of the line break, alone it is one itself.
            '\r' if characters.peek() == Some(&'\n') => ' ',
            '\r' => '\n',
            _ => stand_in(character),
        });
    }
    visible
}
