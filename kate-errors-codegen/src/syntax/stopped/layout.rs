//! Explains lines in the wrong column, and list items with too many or too few dashes.

use super::super::field_names::is_field_name;
use super::super::yaml::Collection;
use super::line::{Line, split_entry};
use super::{Stopped, false_space};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::{Source, Span};

/// What people write instead of the dash of a list item.
const DASHES: &[char] = &['*', '+', '–', '—', '•', '·', '‐', '−'];

/// Reports an item that begins with something other than a dash and a space, if there is one at `start`.
pub(in crate::syntax) fn other_dash(source: &Source, start: usize) -> Option<Diagnostic> {
    let content = source.rest_of_line(start).trim_end();
    let mark = content.chars().next()?;
    let rest = content[mark.len_utf8()..].trim_start();
    let mut place = source.character_span(start);
    let message = match mark {
        '-' if !content.starts_with("- ") => match false_space(source, place.end) {
            Some((space, name)) => {
                place = space;
                format!("the dash is followed by {name}, not by a space")
            }
            None => "missing space after the dash".to_owned(),
        },
        _ if DASHES.contains(&mark) => format!("`{mark}` does not begin an item of a list"),
        _ => return None,
    };
    Some(
        Diagnostic::new(&rule::LIST_DASH, message, (place, "here"))
            .help(format!("write `- {rest}`")),
    )
}

/// Reports a mapping where a list of mappings is expected. `place` is its first line.
pub(in crate::syntax) fn missing_dash(source: &Source, place: Span) -> Diagnostic {
    let message = "the first item of the list has no dash";
    let line = source.slice(place);
    let help = format!(
        "write `- {line}`, and indent the other lines of the item two spaces deeper than the dash"
    );
    Diagnostic::new(&rule::LIST_DASH, message, (place, "here")).help(help)
}

impl Stopped<'_> {
    /// Reports a list item that begins with something other than a dash and a space.
    pub(super) fn other_dash(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let found = other_dash(self.source, line.content_place().start)?;
        let rest =
            line.content().trim_start_matches(|it| it == '-' || DASHES.contains(&it)).trim_start();
        let key = split_entry(rest).map_or(rest.trim_end_matches(':'), |(key, _)| key);
        // The list that is open may begin behind its first dash.
        let list = self.failure.open.last().filter(|open| open.sequence && !open.flow);
        let is_item = list.is_some_and(|list| {
            let first = self.line(self.source.line_index(list.start)).place();
            self.column(first.start) == self.column(line.content_place().start)
        });
        (is_field_name(key) || is_item).then_some(found)
    }

    /// Reports a line that begins where no collection of its kind is open: in another column than its
    /// neighbours, or with too many or too few dashes.
    pub(super) fn wrong_place(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let innermost = self.failure.open.last().copied();
        let mut above = self.failure.ended.into_iter().chain(innermost);
        let nearest = above.clone().next()?;
        let Some(kin) = above.find(|above| above.sequence == line.has_dash()) else {
            return Some(self.wrong_dash(line, nearest));
        };
        let column = self.column(line.place().start);
        let (kind, expected) =
            (if kin.sequence { "items" } else { "entries" }, self.column(kin.start));
        let message = format!(
            "this line begins in column {column}, the {kind} above it in column {expected}"
        );
        let diagnostic = self.misplaced(line.place(), message, self.first_of(kin));
        let is_at_dashes =
            innermost.is_some_and(|open| open.sequence && self.column(open.start) == column);
        Some(if is_at_dashes && !line.has_dash() {
            diagnostic.help(
                "begin it in the column of the entries it belongs to; if it begins an item of the list, \
                 write `- ` before it",
            )
        } else {
            diagnostic
        })
    }

    /// Returns the diagnostic for a line at `place` that does not begin in the column of its neighbour.
    pub(super) fn misplaced(&self, place: Span, message: String, neighbour: Span) -> Diagnostic {
        let label = |place: Span| {
            Label::new(place, format!("begins in column {}", self.column(place.start)))
        };
        Diagnostic::new(&rule::WRONG_INDENTATION, message, label(place)).related(label(neighbour))
    }

    fn wrong_dash(&self, line: &Line<'_>, neighbours: Collection) -> Diagnostic {
        let (message, label, help) = if line.has_dash() {
            (
                "a list item among entries without a dash",
                "has no dash",
                "delete the dash, write one before each item of the list, or write the key of the list on a \
                 line above it",
            )
        } else {
            (
                "an entry without a dash among the items of a list",
                "begins with a dash",
                "write `- ` before it if it begins an item; indent it deeper if it belongs to the one above",
            )
        };
        let diagnostic = self.report(&rule::LIST_DASH, message, line.place());
        diagnostic.related((self.first_of(neighbours), label)).help(help)
    }

    /// Returns the column of a place, counted from 1.
    fn column(&self, place: usize) -> usize {
        self.source.position(place).column
    }

    /// Returns the place from the beginning of a collection to the end of that line.
    fn first_of(&self, collection: Collection) -> Span {
        Span::new(collection.start, self.source.line_around(collection.start).end)
    }
}
