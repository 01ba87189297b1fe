//! Many diagnostics from one line: a line in the wrong column, or with a dash too many or too few, gives the
//! lines below it another meaning, and the diagnostics are about those. So where there are several, each
//! line near the first ones is tried in the columns where it could begin, with and without a dash; the
//! change that leaves least unexplained is the mistake.

use super::columns::{self, Level};
use super::draft::{Draft, Repair};
use super::failure::Named;
use super::field_names::is_catalog_field;
use super::line::Line;
use super::{Syntax, attempt};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::{self, Rule};
use crate::source::Source;

/// How often a file is read at the most to find the misplaced line, and how much text at the most, so that
/// no mistake makes compiling slow.
const MAX_READINGS: usize = 64;
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// How many diagnostics may be left beside the misplaced line.
const MAX_OTHERS: usize = 8;

/// How many lines can be found to be misplaced.
const MAX_MOVES: usize = 2;

/// How many of the diagnostics show where the misplaced line may be.
const FIRST_FINDINGS: usize = 2;

/// How many lines above a diagnostic may be the misplaced one.
const LINES_ABOVE: usize = 2;

/// The rules that a line in the wrong place breaks elsewhere.
const SHOW_LAYOUT: &[&Rule] = &[
    &rule::WRONG_INDENTATION,
    &rule::LIST_DASH,
    &rule::UNKNOWN_FIELD,
    &rule::MISSING_FIELD,
    &rule::WRONG_KIND,
    &rule::DUPLICATE_KEY,
    &rule::STATUS_NOT_PLAIN,
    &rule::MULTILINE_TEXT,
    &rule::YAML_SYNTAX,
];

/// The syntax with several diagnostics explained by one line, where that is what they come from.
pub(super) fn by_moving_lines(source: &Source, mut syntax: Syntax) -> Syntax {
    let mut moves: Vec<Repair> = Vec::new();
    let mut explained: Vec<Diagnostic> = Vec::new();
    let mut budget = MAX_BYTES.min(MAX_READINGS.saturating_mul(source.text().len()));
    while moves.len() < MAX_MOVES {
        let best = best_move(source, &syntax, &moves, &mut budget);
        let Some((named, better)) = best else { break };
        moves.push(named.repair);
        explained.push(named.diagnostic);
        syntax = better;
    }
    syntax.diagnostics.extend(explained);
    syntax
}

/// The move of one line after which the fewest diagnostics are left, if it explains more than one.
fn best_move(
    source: &Source,
    syntax: &Syntax,
    moves: &[Repair],
    budget: &mut usize,
) -> Option<(Named, Syntax)> {
    let mut best: Option<(Named, Syntax)> = None;
    // One diagnostic takes the place of those that are explained.
    let unknown =
        syntax.diagnostics.iter().any(|diagnostic| diagnostic.rule == &rule::UNKNOWN_FIELD);
    let limit = (syntax.diagnostics.len() + usize::from(unknown)).checked_sub(2)?;
    let mut limit = limit.min(MAX_OTHERS);
    let draft = Draft::with(source, moves);
    for line in suspects(&draft, &syntax.diagnostics) {
        for named in candidates(&draft, line) {
            let mut tried = moves.to_vec();
            tried.push(named.repair.clone());
            let Some(better) = attempt(source, &tried, limit, budget) else { continue };
            if displaces(source, line, &syntax.diagnostics, &better.diagnostics) {
                continue;
            }
            let done = better.diagnostics.is_empty();
            limit = better.diagnostics.len().saturating_sub(1);
            best = Some((named, better));
            if done {
                return best;
            }
        }
    }
    best
}

/// Whether the moved line fits no better where it stands now: something about its place is found in it
/// that was not found before.
fn displaces(source: &Source, moved: usize, before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    after.iter().any(|diagnostic| {
        let span = diagnostic.primary.span;
        let known =
            |other: &Diagnostic| other.rule == diagnostic.rule && other.primary.span == span;
        // What it lacks may have stood on a line of its own, above it.
        diagnostic.rule != &rule::MISSING_FIELD
            && SHOW_LAYOUT.contains(&diagnostic.rule)
            && source.line_index(span.start) == moved
            && !before.iter().any(known)
    })
}

/// The lines that may be misplaced: those of the first diagnostics, and the lines right above them.
fn suspects(draft: &Draft<'_>, diagnostics: &[Diagnostic]) -> Vec<usize> {
    let source = draft.source();
    let layout = diagnostics.iter().filter(|diagnostic| SHOW_LAYOUT.contains(&diagnostic.rule));
    let mut lines: Vec<usize> =
        layout.map(|diagnostic| source.line_index(diagnostic.primary.span.start)).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut suspects = Vec::new();
    for line in lines.into_iter().take(FIRST_FINDINGS) {
        let above = draft.above(line).take(LINES_ABOVE).map(|(above, _)| above);
        for suspect in std::iter::once(line).chain(above) {
            if !suspects.contains(&suspect) && may_move(draft, suspect) {
                suspects.push(suspect);
            }
        }
    }
    suspects
}

/// Whether a line may be misplaced: not if it was mended, nor if it begins a part of the catalog where
/// that belongs.
fn may_move(draft: &Draft<'_>, index: usize) -> bool {
    let line = draft.line(index);
    let indent = line.text.len() - line.text.trim_start().len();
    let blanks = line.text[..indent].bytes().all(|byte| byte == b' ');
    let part = line.begin() == 0 && !line.has_dash() && line.key().is_some_and(is_catalog_field);
    blanks && !part && !draft.is_changed(index)
}

/// Each way to move a line to a column in which something of its kind begins.
fn candidates(draft: &Draft<'_>, index: usize) -> Vec<Named> {
    let line = draft.line(index);
    if !line.is_entry() && !line.has_dash() {
        return Vec::new();
    }
    let below = draft.below(index).next();
    let below = below.map(|(below, line)| columns::levels_of(&line, below)).unwrap_or_default();
    let mut levels = columns::levels(draft, index);
    if line.has_dash() {
        // The entry behind the dash stands in the column of the entries below it.
        let width = line.entry_column() - line.begin();
        levels.extend(below.iter().filter(|level| !level.dash && level.column >= width).map(
            |level| Level { column: level.column - width, dash: true, derived: true, ..*level },
        ));
    }
    levels.extend(below);
    let mut named = Vec::new();
    for level in &levels {
        if level.dash != line.has_dash() || level.column == line.begin() {
            continue;
        }
        let aligned = columns::aligned(draft, index, level.column);
        if aligned.len() > 1 {
            named.push(columns::misplaced(&line, level, vec![index]));
        }
        named.push(columns::misplaced(&line, level, aligned));
    }
    named.extend(deeper(draft, &line, index));
    named.extend(without_dash(&line, index));
    named.extend(with_dash(draft, &line, index));
    named
}

/// The line as the first entry below the key above it.
fn deeper(draft: &Draft<'_>, line: &Line<'_>, index: usize) -> Option<Named> {
    let (_, above) = draft.above(index).next()?;
    let column = above.entry_column() + 2;
    if !above.opens_block() || line.begin() == column {
        return None;
    }
    let place = above.key_span();
    let level = Level { column, dash: line.has_dash(), place, line: index, derived: true };
    let mut named = columns::misplaced(line, &level, vec![index]);
    let key = above.key().unwrap_or_default();
    named.diagnostic.message = format!("this line begins in the wrong column to belong to `{key}`");
    named.diagnostic.related = vec![Label::new(place, "the key above it")];
    Some(named)
}

/// The line as an entry of a mapping.
fn without_dash(line: &Line<'_>, index: usize) -> Option<Named> {
    let dash = line.dashes().next()?;
    let message = "a dash stands before this entry, and none belongs there";
    let label = Label::new(line.dash_span(dash), "a dash");
    let diagnostic = Diagnostic::new(&rule::LIST_DASH, message, label).help("delete the dash");
    let text = format!("{}{}", " ".repeat(dash), line.content);
    Some(Named { diagnostic, repair: Repair::Rewrite(index, text) })
}

/// The line as the first item of a list below the key above it.
fn with_dash(draft: &Draft<'_>, line: &Line<'_>, index: usize) -> Vec<Named> {
    let list = |above: &Line<'_>| matches!(above.key(), Some("sections" | "errors"));
    let opens = draft.above(index).next().is_some_and(|(_, above)| list(&above));
    let Some(key) = line.key().filter(|_| opens && !line.has_dash()) else { return Vec::new() };
    let columns = [line.begin().checked_sub(2), Some(line.begin())];
    let named = columns.into_iter().flatten().map(|column| {
        let message = format!("no dash stands before `{key}`");
        let label = Label::new(line.key_span(), "begins an item of the list");
        let diagnostic = Diagnostic::new(&rule::LIST_DASH, message, label)
            .help(format!("write `- {}`", line.content));
        let text = format!("{}- {}", " ".repeat(column), line.content);
        Named { diagnostic, repair: Repair::Rewrite(index, text) }
    });
    named.collect()
}
