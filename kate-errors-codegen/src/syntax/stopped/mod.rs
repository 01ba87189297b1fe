//! Explains why the YAML parser stopped, in terms that the author of the file understands.
//!
//! The parser reports what it expected, and where. These files inspect the line and the token there, and name
//! the mistake. The result is one diagnostic, without guesses about the rest of the file.

mod brackets;
mod colons;
mod layout;
pub(super) mod line;
mod quotes;

use super::yaml::{ErrorKind, Failure, too_deep};
use crate::characters::{describe, is_false_space};
use crate::diagnostic::Diagnostic;
use crate::rule::{self, Rule};
use crate::source::{Source, Span};
pub(super) use layout::{missing_dash, other_dash};
use line::{Line, Written};

/// Explains why the parser stopped.
pub(super) fn explain(source: &Source, failure: &Failure) -> Diagnostic {
    let mut line = source.line_index(failure.at);
    while line > 0 && Line::read(source, line).is_blank() {
        line -= 1;
    }
    let stopped = Stopped { source, failure, line };
    stopped
        .merge_conflict()
        .or_else(|| stopped.strange_indentation())
        .or_else(|| stopped.by_kind())
        .unwrap_or_else(|| stopped.otherwise())
}

/// What is known about the place where the parser stopped.
struct Stopped<'a> {
    source: &'a Source,
    failure: &'a Failure,
    /// The last line with content up to that place.
    line: usize,
}

impl<'a> Stopped<'a> {
    fn by_kind(&self) -> Option<Diagnostic> {
        use ErrorKind as K;
        match self.failure.kind {
            K::RecursionLimitExceeded => Some(too_deep(self.here())),
            K::DirectiveDisallowed => {
                let line = self.source.line_around(self.failure.at);
                Some(self.report(&rule::DIRECTIVE, "a directive is not allowed", line))
            }
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidLowSurrogateHexEscape
            | K::InvalidLowSurrogate
            | K::MissingLowSurrogate
            | K::UnpairedLowSurrogate
            | K::InvalidUnicodeEscape => Some(self.escape()),
            K::UnclosedQuotedScalar
            | K::InvalidQuotedScalarIndent
            | K::DocumentIndicatorInQuotedScalar => self.unclosed_quote(),
            K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
                self.text_behind_quotes()
            }
            _ if self.open_bracket().is_some() => self.long_key().or_else(|| self.in_brackets()),
            _ => self.long_key().or_else(|| self.in_block()),
        }
    }

    fn in_block(&self) -> Option<Diagnostic> {
        use ErrorKind as K;
        let line = self.line(self.line);
        if let Some(diagnostic) = self.other_dash(&line) {
            return Some(diagnostic);
        }
        match self.failure.kind {
            K::SimpleKeyExpected => Some(self.no_entry(&line)),
            K::MappingValueNotAllowed | K::InvalidSimpleKey => self.second_colon(&line),
            K::ExpectedBlockMappingKey
            | K::ExpectedBlockSequenceEntry
            | K::ExpectedDocumentStart
            | K::InvalidIndentation
                if self.failure.at <= line.content_place().start =>
            {
                self.wrong_place(&line)
            }
            K::InvalidDocumentEnd => None,
            _ => line.value().map(|value| self.unreadable_value(value)),
        }
    }

    /// Reports a value that the parser could not read as text, or that more text follows.
    fn unreadable_value(&self, value: Written<'_>) -> Diagnostic {
        let has_fields = value.text.starts_with('{') && value.text.contains(": ");
        if has_fields && self.failure.at > value.start {
            let place = Span::new(self.failure.at, value.place().end);
            let message = "text follows the bracket that ends the value";
            return self.report(&rule::YAML_SYNTAX, message, place).help("delete it");
        }
        value.needs_quotes()
    }

    /// Returns the offset of the innermost open bracket, or of the bracket at which the parser stopped.
    fn open_bracket(&self) -> Option<usize> {
        use ErrorKind as K;
        let innermost = self.failure.open.last().filter(|open| open.flow).map(|open| open.start);
        innermost.or(match self.failure.kind {
            K::UnclosedFlowCollection { .. }
            | K::MismatchedFlowCollectionEnd { .. }
            | K::MisplacedFlowCollectionEnd => Some(self.failure.at),
            _ => None,
        })
    }

    fn otherwise(&self) -> Diagnostic {
        let message = format!("this is not YAML: {}", self.failure.message);
        self.report(&rule::YAML_SYNTAX, message, self.here())
    }

    fn report(&self, rule: &'static Rule, message: impl Into<String>, place: Span) -> Diagnostic {
        let line = self.source.line_around(place.start);
        let place = Span::new(place.start, place.end.min(line.end).max(place.start));
        Diagnostic::new(rule, message, (place, "here"))
    }

    /// Returns the place of the character at which the parser stopped.
    fn here(&self) -> Span {
        self.source.character_span(self.failure.at)
    }

    fn line(&self, index: usize) -> Line<'a> {
        Line::read(self.source, index)
    }

    /// Returns the nearest line with content above the one where the parser stopped.
    fn line_above(&self) -> Option<Line<'a>> {
        (0..self.line).rev().map(|index| self.line(index)).find(|line| !line.is_blank())
    }

    /// Reports an unresolved merge conflict anywhere in the file, since other mistakes may belong to one side
    /// of it.
    fn merge_conflict(&self) -> Option<Diagnostic> {
        let marks = (0..self.source.line_count()).map(|index| self.source.line_span(index));
        let mut marks = marks.filter(|line| is_merge_mark(self.source.slice(*line)));
        let first = (marks.next()?, "a conflict marker");
        let mut diagnostic =
            Diagnostic::new(&rule::MERGE_CONFLICT, "unresolved merge conflict", first);
        for mark in marks.take(3) {
            let is_last = self.source.slice(mark).starts_with('>');
            diagnostic = diagnostic.related((mark, "another mark"));
            if is_last {
                break;
            }
        }
        Some(diagnostic)
    }

    /// Reports a line near the place that is indented with something other than spaces.
    fn strange_indentation(&self) -> Option<Diagnostic> {
        if self.failure.open.iter().any(|open| open.flow) {
            return None;
        }
        let near = self.line.saturating_sub(1)..self.source.line_count();
        let mut near = near.map(|index| self.line(index)).filter(|line| !line.is_blank()).take(3);
        let strange = |c: &char| *c == '\t' || is_false_space(*c);
        let (place, character) = near.find_map(|line| {
            let (at, character) = line.indentation().char_indices().find(|(_, c)| strange(c))?;
            Some((self.source.character_span(line.start + at), character))
        })?;
        let message = format!("the line is indented with {}", describe(character));
        let diagnostic = self.report(&rule::TAB_INDENTATION, message, place);
        Some(match character {
            '\t' => diagnostic,
            _ => diagnostic.help("replace it with a space"),
        })
    }
}

/// Returns the place and the name of the character at `at`, if it looks like a space but is not one.
fn false_space(source: &Source, at: usize) -> Option<(Span, String)> {
    let place = source.character_span(at);
    let character = source.slice(place).chars().next()?;
    is_false_space(character).then(|| (place, describe(character)))
}

/// Whether a line is a conflict marker of git.
fn is_merge_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| {
        line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}
