//! Explains a missing colon, or a second one.

use super::super::field_names::is_field_name;
use super::super::fields::shorten;
use super::layout::missing_dash;
use super::line::{Line, Written, split_entry};
use super::{Stopped, false_space};
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::source::Span;

/// The maximum length of a key on one line, in characters.
const MAX_KEY: usize = 1_024;

impl Stopped<'_> {
    /// Reports a key that is too long for YAML to find its colon.
    pub(super) fn long_key(&self) -> Option<Diagnostic> {
        let (line, at) = (self.line(self.line), self.failure.at);
        let (key, start) = if self.open_bracket().is_some() {
            let start = self.source.line_around(at).start;
            let before = self.source.slice(Span::new(start, at));
            let begin = before.rfind([',', '{', '[', ':'])?;
            let is_key =
                !before[begin..].starts_with(':') && self.source.rest_of_line(at).starts_with(':');
            (before.get(begin + 1..).filter(|_| is_key)?, start + begin + 1)
        } else {
            (split_entry(line.content())?.0, line.content_place().start)
        };
        key.chars().nth(MAX_KEY)?;
        let message =
            format!("the key `{}` is longer than {MAX_KEY} characters", shorten(key.trim()));
        let place = Span::new(start, start + key.len());
        Some(
            self.report(&rule::YAML_SYNTAX, message, place)
                .help("shorten it: YAML allows no longer keys"),
        )
    }

    /// Reports a line that does not begin with a key, a colon and a space.
    pub(super) fn no_entry(&self, line: &Line<'_>) -> Diagnostic {
        let content = line.content();
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let (key, rest) = content.split_at(content.find(|c| !is_key(c)).unwrap_or(content.len()));
        let mut place = line.content_place();
        let colon = rest.chars().next().filter(|_| !key.is_empty());
        let message = match colon {
            Some(':') => match false_space(self.source, place.start + key.len() + 1) {
                Some((space, name)) => {
                    place = space;
                    format!("`{key}:` is followed by {name}, not by a space")
                }
                None => format!("missing space after `{key}:`"),
            },
            None | Some(' ' | '=' | '：') if is_field_name(key) => {
                format!("missing `:` after `{key}`")
            }
            _ => return self.no_entry_at_all(line),
        };
        let is_separator = |c: char| matches!(c, ':' | '=' | '：' | ',' | ';') || c.is_whitespace();
        let meant = format!("{key}: {}", rest.trim_start_matches(is_separator));
        let help = format!("did you mean `{}`?", meant.trim_end());
        self.report(&rule::MISSING_COLON, message, place).help(help)
    }

    fn no_entry_at_all(&self, line: &Line<'_>) -> Diagnostic {
        let is_block = |above: &Line<'_>| {
            above.value().is_some_and(|value| value.text.starts_with(['|', '>']))
        };
        if let Some(above) = self.line_above().filter(is_block) {
            let message = "the text is not indented deeper than its key";
            let diagnostic = self.report(&rule::WRONG_INDENTATION, message, line.place());
            return diagnostic.related((above.content_place(), "the key"));
        }
        let comments = ["//", "/*", "<!--", "--", ";"];
        let help = if comments.iter().any(|mark| line.content().starts_with(mark)) {
            "a comment begins with `#`"
        } else {
            "write `key: value`; a text that continues the line above is indented deeper"
        };
        let message = "this line is not `key: value`";
        self.report(&rule::MISSING_COLON, message, line.content_place()).help(help)
    }

    /// Reports a colon inside the text of a value, which begins on this line or on the one above.
    pub(super) fn second_colon(&self, line: &Line<'_>) -> Option<Diagnostic> {
        let value = line.value().filter(|value| value.start <= self.failure.at);
        if let Some(value) = value {
            return Some(self.colon_in_value(value));
        }
        let colon = line.content().find(':').map(|at| line.content_place().start + at);
        if colon.is_some_and(|at| false_space(self.source, at + 1).is_some()) {
            return Some(self.no_entry(line));
        }
        let above = self.line_above()?;
        if let Some(diagnostic) = self.other_dash(&above) {
            return Some(diagnostic);
        }
        let Some(key) = above.key() else { return Some(self.no_entry(&above)) };
        let mut higher = (0..self.line).rev().map(|index| self.line(index));
        let list = higher.by_ref().filter(|line| !line.is_blank()).nth(1);
        let is_list = |line: Line<'_>| matches!(line.key(), Some("sections" | "errors"));
        if !above.has_dash() && list.is_some_and(|it| it.value().is_none() && is_list(it)) {
            return Some(missing_dash(self.source, above.content_place()));
        }
        let message =
            format!("this line continues the value of `{key}`, because it is indented deeper");
        let help = "begin it in the column of its siblings, or write the key that it belongs to on a \
                    line of its own above it";
        Some(self.misplaced(line.place(), message, above.content_place()).help(help))
    }

    fn colon_in_value(&self, value: Written<'_>) -> Diagnostic {
        let Some((key, start)) = field_behind_comma(value) else { return value.needs_quotes() };
        let message = format!("`{key}` is on the line of another entry");
        let place = Span::new(start, start + key.len());
        self.report(&rule::ENTRIES_ON_ONE_LINE, message, place)
    }
}

/// Returns the field that follows a comma in a value.
fn field_behind_comma(value: Written<'_>) -> Option<(&str, usize)> {
    let (before, rest) = value.text.split_once(", ")?;
    let (key, _) = split_entry(rest)?;
    let bare = key.trim().trim_matches(['"', '\'']);
    is_field_name(bare).then_some((bare, value.start + before.len() + 2))
}
