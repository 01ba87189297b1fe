//! Renders diagnostics for people: the message, the excerpt with carets, and what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::characters::stand_in;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::Severity;
use crate::source::{Position, Source};

/// The columns around the name of a note: before it, a line number of five digits and ` = `; after it, `: `.
const GUTTER: usize = 10;

/// The maximum distance, in lines, between places that are shown in one excerpt.
const NEAR_LINES: usize = 50;

/// The maximum length of a line in an excerpt, in bytes, and of a text, in characters.
const MAX_LINE: usize = 2_000;

/// Whether and how a report is styled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Only text.
    #[default]
    Plain,
    /// Text with ANSI escape sequences, wrapped to the width of the terminal. Text of the catalog cannot add
    /// escape sequences.
    Terminal {
        /// The width of the terminal, in columns.
        width: usize,
    },
}

/// The width of excerpts if the width of the terminal is unknown.
const DEFAULT_WIDTH: usize = 140;

/// The minimum width of prose.
const MIN_WIDTH: usize = 24;

impl Style {
    /// Returns `text` on one line; for a terminal, wrapped to the width that is left after `before` columns.
    fn lines(self, text: &str, before: usize) -> String {
        let mut line = visible_line(text);
        if let Some((end, _)) = line.char_indices().nth(MAX_LINE) {
            line.truncate(end);
            line.push('…');
        }
        match self {
            Self::Plain => line,
            Self::Terminal { width } => {
                wrap(&line, width.saturating_sub(before).max(MIN_WIDTH)).join("\n")
            }
        }
    }
}

/// Wraps a text at spaces. A word that is wider than `width` is broken at the end of the line, unless it is a
/// URL, which people copy.
///
/// ```
/// assert_eq!(kate_errors_codegen::report::wrap("one two three", 8), ["one two", "three"]);
/// ```
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let is_broken = !word.contains("://");
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
            if used + wide > width && used > 0 && is_broken {
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

/// A report about places in several files.
#[derive(Clone, Debug)]
pub struct Remark<'r> {
    /// The name of the severity, and the severity, which sets the colour.
    pub weight: (&'r str, Severity),
    /// The id of the rule.
    pub id: &'r str,
    /// What is wrong, in one sentence.
    pub message: &'r str,
    /// The places, each in its file. The first one is the primary place.
    pub places: &'r [(&'r Source, Label)],
    /// Further notes, each with its name.
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

/// Returns the first line of a report: severity, rule and message.
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

/// Renders all `diagnostics` of `source` in order, with an empty line after each.
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
    let related = diagnostic.related.iter().map(|label| (AnnotationKind::Context, label));
    let (near, far): (Vec<_>, Vec<_>) =
        related.partition(|(_, label)| are_near(source, &diagnostic.primary, label));
    let mut first = vec![(AnnotationKind::Primary, &diagnostic.primary)];
    first.extend(near);
    let mut group = show(source, group, &first);
    for label in far {
        group = show(source, group, &[label]);
    }
    let help = Level::HELP.message(style.lines(&diagnostic.help, GUTTER + "help".len()));
    renderer.render(&[group.element(help)])
}

/// Whether two places are shown in one excerpt.
fn are_near(source: &Source, one: &Label, other: &Label) -> bool {
    let line = |label: &Label| source.line_index(label.span.start);
    let file = |label: &Label| source.file_index(label.span.start);
    file(one) == file(other) && line(one).abs_diff(line(other)) <= NEAR_LINES
}

/// Adds places to a report: as an excerpt, or only by position if their lines are too long.
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

/// Returns the excerpt of the lines from `first` to `last`, with their labels.
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

/// Returns the byte range of a label, cut at the end of its first line: an excerpt shows where something
/// begins.
fn label_range(source: &Source, label: &Label) -> Range<usize> {
    let line = source.line_span(source.line_index(label.span.start));
    let start = label.span.start.min(line.end);
    start..label.span.end.clamp(start, line.end)
}

/// Returns the text on one line, so that a line break from the catalog cannot begin a line of the report.
fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// Replaces each invisible character with a visible one of the same length, so that offsets stay valid.
fn visible(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut visible = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        visible.push(match character {
            // Before a line feed it is part of the line break; alone it is a line break itself.
            '\r' if characters.peek() == Some(&'\n') => ' ',
            '\r' => '\n',
            _ => stand_in(character),
        });
    }
    visible
}
