//! Mistakes that are looked for in the whole file: the marks of a merge, and lines that are indented with
//! something else than blanks.

use super::draft::{Draft, Repair};
use super::failure::Named;
use super::field_names::is_catalog_field;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::{Source, Span};

/// The first merge that was left half done, if there is one that was not reported.
pub(super) fn merge_conflict(draft: &Draft<'_>) -> Option<Named> {
    let source = draft.source();
    let marks: Vec<(usize, char)> = (0..source.line_count())
        .filter(|line| !draft.is_changed(*line))
        .filter_map(|line| Some((line, merge_mark(source.slice(source.line_span(line)))?)))
        .collect();
    let (first, _) = *marks.first()?;
    let end = marks.iter().position(|(_, mark)| *mark == '>').unwrap_or(marks.len() - 1);
    let marks = &marks[..=end];
    let label = Label::new(source.line_span(first), "a mark of the merge");
    let mut diagnostic =
        Diagnostic::new(&rule::MERGE_CONFLICT, "a merge was left half done", label);
    for (line, _) in &marks[1..] {
        diagnostic =
            diagnostic.related(Label::new(source.line_span(*line), "a mark of the same merge"));
    }
    // The side above is read, the others are not.
    let other = marks.iter().find(|(_, mark)| matches!(mark, '|' | '=')).map(|(line, _)| *line);
    let last = marks.last().map_or(first, |(line, _)| *line);
    let mut lines: Vec<usize> = marks.iter().map(|(line, _)| *line).collect();
    lines.extend(other.filter(|_| marks.len() > 1).map_or(last..last, |other| other..last));
    lines.sort_unstable();
    lines.dedup();
    Some(Named { diagnostic, repair: Repair::Blank(lines) })
}

/// The character of a line that git leaves in a file to be merged.
fn merge_mark(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|first| "<|=>".contains(*first))?;
    let rest = line.trim_start_matches(mark);
    let seven = line.len() - rest.len() == 7;
    (seven && (rest.is_empty() || rest.starts_with(' '))).then_some(mark)
}

/// Lines that are indented with tabs, all in one diagnostic.
pub(super) fn tabs(draft: &Draft<'_>) -> Option<Named> {
    let source = draft.source();
    if source.text().trim_start().starts_with(['{', '[']) {
        // As JSON is indented, which YAML allows.
        return None;
    }
    strange_indentation(draft, |character| character == '\t')
}

/// Lines that are indented with blanks that are none to YAML, all in one diagnostic.
pub(super) fn strange_blanks(draft: &Draft<'_>) -> Option<Named> {
    let strange = |character: char| !character.is_ascii() && character.is_whitespace();
    strange_indentation(draft, strange)
}

fn strange_indentation(draft: &Draft<'_>, strange: fn(char) -> bool) -> Option<Named> {
    let source = draft.source();
    let lines: Vec<(usize, Span, char)> = (0..source.line_count())
        .filter(|line| !draft.is_changed(*line))
        .filter_map(|line| place_in_indentation(source, line, strange))
        .collect();
    let (first, span, character) = *lines.first()?;
    let what = if character == '\t' {
        "a tab".to_owned()
    } else {
        format!("the blank U+{:04X}", u32::from(character))
    };
    let message = match lines.len() {
        1 => format!("the line is indented with {what}"),
        count => format!("the line is indented with {what}, and so are {} below it", count - 1),
    };
    let diagnostic =
        Diagnostic::new(&rule::TAB_INDENTATION, message, Label::new(span, "not a blank"));
    let diagnostic = if character == '\t' {
        diagnostic
    } else {
        diagnostic.help("replace it by an ordinary blank")
    };
    let single = lines.len() == 1;
    let repair = if single { align(draft, first) } else { rewrite_all(draft, &lines) };
    Some(Named { diagnostic, repair })
}

fn place_in_indentation(
    source: &Source,
    line: usize,
    strange: fn(char) -> bool,
) -> Option<(usize, Span, char)> {
    let span = source.line_span(line);
    let text = source.slice(span);
    let indent = text.len() - text.trim_start().len();
    let (at, character) = text[..indent].char_indices().find(|(_, c)| strange(*c))?;
    let start = span.start + at;
    Some((line, Span::new(start, start + character.len_utf8()), character))
}

/// The line in the column of the entry above it, or at the margin where it begins a part of the catalog.
fn align(draft: &Draft<'_>, index: usize) -> Repair {
    let line = draft.line(index);
    let mut above = draft.above(index).map(|(_, line)| line);
    let column = if line.key().is_some_and(is_catalog_field) {
        0
    } else if let Some(near) = above.next() {
        match (near.opens_block(), line.has_dash()) {
            (true, _) => near.entry_column() + 2,
            (false, false) => near.entry_column(),
            (false, true) => near
                .dashes()
                .last()
                .or_else(|| above.find_map(|line| line.dashes().last()))
                .unwrap_or_default(),
        }
    } else {
        0
    };
    Repair::Reindent(vec![(index, column)])
}

/// Each of many lines with two blanks for a tab, and one for any other blank.
fn rewrite_all(draft: &Draft<'_>, lines: &[(usize, Span, char)]) -> Repair {
    let source = draft.source();
    let columns = lines.iter().map(|(line, ..)| {
        let text = source.slice(source.line_span(*line));
        let indent = &text[..text.len() - text.trim_start().len()];
        (*line, indent.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum())
    });
    Repair::Reindent(columns.collect())
}
