//! The columns in which lines begin, and those in which they should.

use super::draft::{Draft, Repair, Shift};
use super::failure::Named;
use super::line::Line;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;

/// A column in which entries, or the items of a list, begin.
pub(super) struct Level {
    pub(super) column: usize,
    pub(super) dash: bool,
    /// A key, or a dash, that begins there.
    pub(super) place: Span,
    pub(super) line: usize,
    /// Whether the column follows from what stands at `place`, which begins elsewhere.
    pub(super) derived: bool,
}

/// The columns in which something begins that is still open above a line, the innermost first.
pub(super) fn levels(draft: &Draft<'_>, index: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    let mut limit = usize::MAX;
    for (line, above) in draft.above(index) {
        if limit == 0 {
            break;
        }
        if above.is_entry() || above.has_dash() {
            let open = levels_of(&above, line).into_iter().filter(|level| level.column < limit);
            levels.extend(open);
            limit = limit.min(above.begin());
        }
    }
    levels
}

/// The columns in which something begins on a line, the innermost first.
pub(super) fn levels_of(above: &Line<'_>, line: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    if above.is_entry() {
        let (column, place) = (above.entry_column(), above.key_span());
        levels.push(Level { column, dash: false, place, line, derived: false });
    }
    let dashes: Vec<usize> = above.dashes().collect();
    let dashes = dashes.into_iter().rev();
    levels.extend(dashes.map(|column| Level {
        column,
        dash: true,
        place: above.dash_span(column),
        line,
        derived: false,
    }));
    levels
}

/// The lines that move with a line to a column: those that are aligned to it.
pub(super) fn aligned(draft: &Draft<'_>, index: usize, column: usize) -> Vec<usize> {
    let line = draft.line(index);
    let entry = line.entry_column();
    let next = draft.below(index).next().map(|(_, next)| next.begin());
    let together = column < line.begin() || line.has_dash() && next == Some(entry);
    let below = draft.below(index).take_while(|(_, below)| below.begin() >= entry);
    let below = below.map(|(below, _)| below).filter(|_| together);
    std::iter::once(index).chain(below).collect()
}

/// The diagnostic that a line should begin where a level does, and the move that puts it there.
pub(super) fn misplaced(line: &Line<'_>, level: &Level, lines: Vec<usize>) -> Named {
    let (column, expected) = (line.begin() + 1, level.column + 1);
    let message =
        format!("this line begins in column {column}, its neighbours in column {expected}");
    let label = Label::new(line.content_span(), format!("begins in column {column}"));
    let kind = if level.dash { "this item" } else { "this entry" };
    let neighbour = if level.derived {
        Label::new(level.place, "belongs to the same item")
    } else {
        Label::new(level.place, format!("{kind} begins in column {expected}"))
    };
    let diagnostic = Diagnostic::new(&rule::WRONG_INDENTATION, message, label)
        .related(neighbour)
        .help(format!("begin it in column {expected}"));
    let shift = Shift { from: line.begin(), to: level.column };
    Named { diagnostic, repair: Repair::Move(lines, shift) }
}
