//! Diagnostics as a person reads them: the message, the excerpt with carets, and what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::characters::stand_in;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::Severity;
use crate::source::{Position, Source};

/// How many columns stand before the name of a note: a line number of five digits, ` = `, and behind the name `: `.
const GUTTER: usize = 10;

/// How far apart two places of one diagnostic may be, in lines, to be shown in one excerpt.
const NEAR_LINES: usize = 50;

/// How long a line may be, in bytes, to be shown in an excerpt.
const MAX_LINE: usize = 2_000;

/// Whether a report has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// Text with the escape sequences of ANSI terminals, wrapped at their width. Text from the catalog cannot add any.
    Terminal {
        /// How many columns the terminal has.
        width: usize,
    },
}

/// How wide an excerpt is where nobody says how wide the terminal is.
const DEFAULT_WIDTH: usize = 140;

/// Prose is never narrower than this.
const MIN_WIDTH: usize = 24;

impl Style {
    /// `text` on one line; in a terminal, on as many as it takes behind something of `before` columns.
    fn lines(self, text: &str, before: usize) -> String {
        let line = visible_line(text);
        match self {
            Self::Plain => line,
            Self::Terminal { width } => {
                wrap(&line, width.saturating_sub(before).max(MIN_WIDTH)).join("\n")
            }
        }
    }
}

/// The lines of a text that is broken between words. A word that is wider than `width` is broken where the line ends,
/// unless it is an address, which people copy.
///
/// ```
/// assert_eq!(kate_errors_codegen::report::wrap("one two three", 8), ["one two", "three"]);
/// ```
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let is_first = lines.last().is_some_and(String::is_empty) && used == 0;
        if !is_first && used + 1 + word.width() > width {
            lines.push(String::new());
            used = 0;
        } else if !is_first {
            lines.last_mut().unwrap_or(&mut String::new()).push(' ');
            used += 1;
        }
        for character in word.chars() {
            let wide = character.width().unwrap_or_default();
            if used + wide > width && used > 0 && !word.contains("://") {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(character);
            }
            used += wide;
        }
    }
    lines
}

/// What is said of places in several files.
#[derive(Clone, Debug)]
pub struct Remark<'r> {
    /// What it weighs, and its colour.
    pub weight: (&'r str, Severity),
    /// The rule.
    pub id: &'r str,
    /// What there is, in one sentence.
    pub message: &'r str,
    /// The places, each in its file; the first one is what it is about.
    pub places: &'r [(&'r Source, Label)],
    /// What else there is to say, each with its name.
    pub notes: &'r [(&'r str, String)],
    /// What to do.
    pub help: &'r str,
}

/// Renders a remark as [`render`] renders a diagnostic.
#[must_use]
pub fn render_remark(remark: &Remark<'_>, style: Style) -> String {
    let mut group = titled(remark.weight, remark.id, remark.message, style);
    for (at, (source, label)) in remark.places.iter().enumerate() {
        let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = show(source, group, &[(kind, label)]);
    }
    for (name, note) in remark.notes {
        group = group
            .element(Level::NOTE.with_name(*name).message(style.lines(note, GUTTER + name.len())));
    }
    let help = Level::HELP.message(style.lines(remark.help, GUTTER + "help".len()));
    renderer(style).render(&[group.element(help)]) + "\n\n"
}

/// The beginning of a report: what it weighs, the rule, and what there is.
fn titled<'r>(
    (weight, severity): (&'r str, Severity),
    id: &'r str,
    message: &str,
    style: Style,
) -> Group<'r> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let before = weight.len() + id.len() + "[]: ".len();
    let title = level.with_name(weight).primary_title(style.lines(message, before));
    Group::with_title(title.id(id))
}

fn renderer(style: Style) -> Renderer {
    let (renderer, width) = match style {
        Style::Plain => (Renderer::plain(), DEFAULT_WIDTH),
        Style::Terminal { width } => (Renderer::styled(), width),
    };
    renderer.decor_style(DecorStyle::Ascii).term_width(width)
}

/// Renders all `diagnostics` of `source`, one after the other, with a blank line behind each.
///
/// Text of the catalog cannot control a terminal: invisible characters are replaced.
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
    let renderer = renderer(style);
    let mut report = String::new();
    for diagnostic in diagnostics {
        report.push_str(&render_one(source, diagnostic, style, &renderer));
        report.push_str("\n\n");
    }
    report
}

fn render_one(
    source: &Source,
    diagnostic: &Diagnostic,
    style: Style,
    renderer: &Renderer,
) -> String {
    let severity = diagnostic.rule.severity;
    let weight = (severity.name(), severity);
    let group = titled(weight, diagnostic.rule.id, &diagnostic.message, style);
    let mut group = show(source, group, &near_labels(source, diagnostic));
    for label in &diagnostic.related {
        if !is_near(source, diagnostic, label) {
            group = show(source, group, &[(AnnotationKind::Context, label)]);
        }
    }
    let help = Level::HELP.message(style.lines(&diagnostic.help, GUTTER + "help".len()));
    renderer.render(&[group.element(help)])
}

/// The primary place and what is near it.
fn near_labels<'a>(
    source: &Source,
    diagnostic: &'a Diagnostic,
) -> Vec<(AnnotationKind, &'a Label)> {
    let near = diagnostic.related.iter().filter(|label| is_near(source, diagnostic, label));
    let primary = (AnnotationKind::Primary, &diagnostic.primary);
    std::iter::once(primary).chain(near.map(|label| (AnnotationKind::Context, label))).collect()
}

fn is_near(source: &Source, diagnostic: &Diagnostic, label: &Label) -> bool {
    let line = |label: &Label| source.line_index(label.span.start);
    let file = |label: &Label| source.file_index(label.span.start);
    let primary = &diagnostic.primary;
    file(primary) == file(label) && line(primary).abs_diff(line(label)) <= NEAR_LINES
}

/// Adds places to a report: an excerpt, or where they are if their lines are too long for one.
fn show<'a>(
    source: &'a Source,
    group: Group<'a>,
    labels: &[(AnnotationKind, &'a Label)],
) -> Group<'a> {
    let first = labels
        .iter()
        .map(|(_, label)| source.line_index(label.span.start))
        .min()
        .unwrap_or_default();
    let last = labels.iter().map(|(_, label)| last_line(source, label)).max().unwrap_or_default();
    let is_long = |line: usize| source.line_span(line).range().len() > MAX_LINE;
    if (first..=last).any(is_long) {
        return labels.iter().fold(group, |group, (_, label)| group.element(origin(source, label)));
    }
    group.element(snippet(source, first, last, labels))
}

fn origin<'a>(source: &'a Source, label: &Label) -> Origin<'a> {
    let Position { line, column } = source.position(label.span.start);
    Origin::path(visible_line(source.name_at(label.span.start))).line(line).char_column(column)
}

/// The lines from `first` to `last`, with the labels that stand on them.
fn snippet<'a>(
    source: &'a Source,
    first: usize,
    last: usize,
    labels: &[(AnnotationKind, &'a Label)],
) -> Snippet<'a, Annotation<'a>> {
    let start = source.line_span(first).start;
    let end = source.line_span(last).end;
    let annotations = labels.iter().map(|(kind, label)| {
        let range = label_range(source, label);
        kind.span(range.start - start..range.end.min(end) - start).label(visible_line(&label.text))
    });
    Snippet::source(visible(&source.text()[start..end]))
        .line_start(source.line_in_file(first))
        .path(visible_line(source.name_at(start)))
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
