//! Why the YAML parser gave up, in the words of the person who wrote the file.
//!
//! The parser says what it expected; the mistake often stands lines before. This file reads the lines
//! around the place to name the mistake itself: a quote that is never closed, a text that needs quotes.
//! `layout` looks at columns, dashes and colons, `flow` between brackets.

use super::draft::{Draft, Repair};
use super::field_names::{is_field_name, is_text_field};
use super::flow::{self, Flow};
use super::layout;
use super::line::Line;
use super::value::Value;
use super::yaml::{ErrorKind, Failure, MAX_DEPTH};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::{self, Rule};
use crate::source::{Source, Span};

/// How many lines above a failure the quote may stand that led to it.
const FAR_LINES: usize = 100;

/// A failure, named.
pub(super) struct Named {
    pub(super) diagnostic: Diagnostic,
    pub(super) repair: Repair,
}

/// Names `failure`. Lines that were mended before are not blamed again.
pub(super) fn name(draft: &Draft<'_>, failure: &Failure) -> Named {
    let at = failure.offset.min(draft.source().text().len());
    let mut line = draft.source().line_index(at);
    while line > 0 && draft.line(line).is_blank() {
        line -= 1;
    }
    let case = Case { draft, source: draft.source(), failure, at, line };
    let mut named = case.by_kind().or_else(|| case.by_lines()).unwrap_or_else(|| case.otherwise());
    // In a line that was mended, places are those of the mended text.
    let labels =
        std::iter::once(&mut named.diagnostic.primary).chain(&mut named.diagnostic.related);
    labels.for_each(|label| label.span = draft.source().snap(label.span));
    named
}

/// All that is known of a failure.
pub(super) struct Case<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) source: &'a Source,
    pub(super) failure: &'a Failure,
    at: usize,
    /// The last line with text up to the failure.
    pub(super) line: usize,
}

impl Case<'_> {
    /// Failures that the parser itself names well.
    fn by_kind(&self) -> Option<Named> {
        use ErrorKind as K;
        let diagnostic = match self.failure.kind {
            K::DirectiveDisallowed => {
                let line = self.source.line_span(self.source.line_index(self.at));
                let label = Label::new(Span::new(self.at, line.end), "a directive");
                Diagnostic::new(&rule::DIRECTIVE, "a directive is not allowed", label)
            }
            K::RecursionLimitExceeded => {
                self.here(&rule::TOO_DEEP, format!("values are nested more than {MAX_DEPTH} deep"))
            }
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidLowSurrogateHexEscape
            | K::InvalidLowSurrogate
            | K::MissingLowSurrogate
            | K::UnpairedLowSurrogate
            | K::InvalidUnicodeEscape => self.escape(),
            _ => return None,
        };
        let line = self.source.line_index(diagnostic.primary.span.start);
        let repair = match self.failure.kind {
            K::DirectiveDisallowed => Repair::Blank(vec![line]),
            _ => Repair::Reject(self.outermost_line().unwrap_or(line)),
        };
        Some(Named { diagnostic, repair })
    }

    /// Failures that only the lines around them explain, the surest explanation first.
    fn by_lines(&self) -> Option<Named> {
        self.unterminated_quote()
            .or_else(|| self.bracket())
            .or_else(|| self.bracket_alone())
            .or_else(|| self.layout())
    }

    fn otherwise(&self) -> Named {
        let message = format!("this is not YAML: {}", self.failure.message);
        let repair = Repair::TakeOut(self.source.line_index(self.at));
        Named { diagnostic: self.here(&rule::YAML_SYNTAX, message), repair }
    }

    fn here(&self, rule: &'static Rule, message: impl Into<String>) -> Diagnostic {
        let length = self.source.text()[self.at..].chars().next().map_or(0, char::len_utf8);
        Diagnostic::new(rule, message, Label::new(Span::new(self.at, self.at + length), "here"))
    }

    pub(super) fn line(&self, index: usize) -> Line<'_> {
        self.draft.line(index)
    }

    /// The line on which the outermost of the open brackets stands.
    fn outermost_line(&self) -> Option<usize> {
        self.failure.open_brackets.first().map(|open| self.source.line_index(open.start))
    }

    fn escape(&self) -> Diagnostic {
        let text = self.source.text();
        let line = self.source.line_span(self.source.line_index(self.at));
        let rest = text.get(self.at..).unwrap_or_default();
        let (start, length) = bad_escape(rest)
            .map(|(start, length)| (self.at + start, length))
            .or_else(|| text[line.start..self.at].rfind('\\').map(|at| (line.start + at, 2)))
            .unwrap_or((self.at, 1));
        let escape: String = text[start..].chars().take(length).collect();
        let span = Span::new(start, start + escape.len());
        let message = format!("`{escape}` is no escape that YAML knows");
        Diagnostic::new(&rule::INVALID_ESCAPE, message, Label::new(span, "this escape"))
    }

    /// A quote that opens on a line up to the failure and is not closed on that line.
    fn unterminated_quote(&self) -> Option<Named> {
        use ErrorKind as K;
        if !matches!(
            self.failure.kind,
            K::UnclosedQuotedScalar
                | K::InvalidQuotedScalarIndent
                | K::DocumentIndicatorInQuotedScalar
                | K::InvalidTrailingSingleQuotedScalar
                | K::InvalidTrailingDoubleQuotedScalar
                | K::SimpleKeyExpected
                | K::MappingValueNotAllowed
                | K::InvalidSimpleKey
                | K::TabInIndentation
        ) {
            return None;
        }
        let near = self.line.saturating_sub(FAR_LINES)..=self.line;
        let mut near = near.filter(|index| !self.draft.is_changed(*index));
        let opening =
            near.clone().find_map(|index| self.open_quote(index).map(|opening| (index, opening)));
        let Some((index, opening)) = opening else {
            return near.find_map(|index| self.quote_behind_brackets(index));
        };
        let label =
            Label::new(Span::new(opening, opening + 1), "opened here, and not closed on its line");
        let quote = &self.source.text()[opening..=opening];
        let message = format!("the quote {quote} is never closed");
        let diagnostic = Diagnostic::new(&rule::UNTERMINATED_QUOTE, message, label)
            .help(format!("close it with {quote} at the end of the text"));
        Some(Named { diagnostic, repair: Repair::Reject(index) })
    }

    /// A quote behind the bracket that ends a value.
    fn quote_behind_brackets(&self, index: usize) -> Option<Named> {
        let value = self.line(index).value()?;
        value.behind_brackets().filter(|(rest, _)| rest.starts_with(['"', '\'']))?;
        let diagnostic = layout::behind_mapping(&value)?;
        Some(Named { diagnostic, repair: Repair::Reject(index) })
    }

    /// Where a quote opens on a line that neither this line nor one that continues it closes.
    fn open_quote(&self, index: usize) -> Option<usize> {
        let line = self.line(index);
        let value = line.value().filter(Value::is_unclosed)?;
        let quote = value.quote()?;
        let column = line.entry_column();
        let closes = (index + 1..=self.line)
            .map(|below| self.line(below))
            .take_while(|below| below.is_blank() || below.begin() > column)
            .any(|below| below.content.ends_with(quote));
        (!closes).then_some(value.span.start)
    }

    /// What is wrong inside the innermost open bracket.
    fn bracket(&self) -> Option<Named> {
        let opened = self.innermost_bracket()?;
        let head = self.source.line_index(opened.start);
        let repair = Repair::Reject(self.outermost_line().unwrap_or(head));
        if let Some(diagnostic) = self.shallow_close(head) {
            return Some(Named { diagnostic, repair });
        }
        let line = self.source.line_span(head);
        let flow = Flow::cut(self.source.slice(Span::new(opened.end, line.end)), opened.end);
        if let Some(diagnostic) = self.text_in_bracket(head, &flow) {
            return Some(Named { diagnostic, repair });
        }
        if let Some(diagnostic) = flow.mistake(is_field_name) {
            return Some(Named { diagnostic, repair });
        }
        let inside = self.line(self.line).begin() > self.line(head).entry_column();
        if self.line > head && inside {
            let line = self.line(self.line);
            let start = line.content_span().start;
            if let Some(diagnostic) = Flow::cut(line.content, start).mistake(is_field_name) {
                return Some(Named { diagnostic, repair });
            }
            if let Some(diagnostic) = self.missing_comma_above(head) {
                return Some(Named { diagnostic, repair });
            }
        }
        Some(Named { diagnostic: self.unclosed_bracket(opened, &flow), repair })
    }

    fn innermost_bracket(&self) -> Option<Span> {
        let unclosed = matches!(self.failure.kind, ErrorKind::UnclosedFlowCollection { .. });
        let here = Span::new(self.at, self.at + 1);
        self.failure.open_brackets.last().copied().or(unclosed.then_some(here))
    }

    /// A closing bracket that is no deeper than the key of its collection.
    fn shallow_close(&self, head: usize) -> Option<Diagnostic> {
        let (line, key) = (self.line(self.line), self.line(head));
        let shallow = line.begin() <= key.entry_column() && line.content.starts_with(['}', ']']);
        if !shallow || self.line == head {
            return None;
        }
        let start = line.content_span().start;
        let message = "the closing bracket is no deeper than its key";
        let label = Label::new(Span::new(start, start + 1), "too far left");
        let diagnostic = Diagnostic::new(&rule::WRONG_INDENTATION, message, label)
            .related(Label::new(key.key_span(), "the key"));
        Some(diagnostic.help(format!("begin it in column {} or deeper", key.entry_column() + 2)))
    }

    /// A text field whose text begins with a placeholder: the bracket was never meant as one.
    fn text_in_bracket(&self, head: usize, flow: &Flow<'_>) -> Option<Diagnostic> {
        let line = self.line(head);
        let value = line.value()?;
        let text = line.key().is_some_and(is_text_field) && !value.has_fields();
        let unclosed = text && value.text.starts_with(['{', '[']) && flow.close().is_none();
        unclosed.then(|| {
            let reason = format!("`{}` begins a collection", &value.text[..1]);
            flow::needs_quotes(&value, reason)
        })
    }

    /// The line above the failure, where it ends without the comma that the next field needs.
    fn missing_comma_above(&self, head: usize) -> Option<Diagnostic> {
        use ErrorKind as K;
        let expects_comma = matches!(
            self.failure.kind,
            K::ExpectedFlowMappingSeparator
                | K::ExpectedFlowSequenceSeparator
                | K::InvalidTrailingDoubleQuotedScalar
                | K::MappingValueNotAllowed
                | K::InvalidSimpleKey
        );
        let (index, above) = self.draft.above(self.line).next()?;
        let ends_entry = !above.content.ends_with([',', '{', '[']);
        let here = self.line(self.line);
        if !expects_comma || index < head || !ends_entry || here.key().is_none() {
            return None;
        }
        let end = above.content_span().end;
        let message = format!("no comma stands before `{}`", here.key().unwrap_or_default());
        let last = above.content.chars().next_back().map_or(0, char::len_utf8);
        let label = Label::new(Span::new(end - last, end), "a comma is missing behind this");
        let next = Label::new(here.key_span(), "a field of its own");
        Some(Diagnostic::new(&rule::MISSING_COMMA, message, label).related(next))
    }

    fn unclosed_bracket(&self, opened: Span, flow: &Flow<'_>) -> Diagnostic {
        let bracket = self.source.slice(opened);
        let wanted = if bracket == "[" { ']' } else { '}' };
        if let Some((at, close)) = flow.close().filter(|(_, close)| *close != wanted) {
            let label = Label::new(Span::new(at, at + 1), format!("`{wanted}` would close it"));
            let message = format!("`{bracket}` is closed by `{close}`");
            return Diagnostic::new(&rule::UNCLOSED_BRACKET, message, label)
                .related(Label::new(opened, "opened here"))
                .help(format!("write `{wanted}` instead of `{close}`"));
        }
        let message = format!("the bracket `{bracket}` is not closed where it should be");
        let label = Label::new(opened, "opened here");
        let help = format!("close it with `{wanted}`, and put texts inside into double quotes");
        Diagnostic::new(&rule::UNCLOSED_BRACKET, message, label).help(help)
    }

    /// A closing bracket that none was opened for.
    fn bracket_alone(&self) -> Option<Named> {
        if !matches!(self.failure.kind, ErrorKind::MisplacedFlowCollectionEnd) {
            return None;
        }
        let line = self.source.line_index(self.at);
        let close = self.source.text()[self.at..].chars().next()?;
        let diagnostic =
            self.here(&rule::UNCLOSED_BRACKET, format!("the bracket `{close}` closes nothing"));
        let help = format!("delete it, or write the bracket that `{close}` closes");
        Some(Named { diagnostic: diagnostic.help(help), repair: Repair::Reject(line) })
    }
}

/// The first escape in a double-quoted text that YAML does not know: its place, and its characters.
fn bad_escape(text: &str) -> Option<(usize, usize)> {
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            continue;
        }
        let (_, escape) = characters.next()?;
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ if "0abt\tnvfre \"/\\N_LP\n\r".contains(escape) => continue,
            _ => return Some((at, 2)),
        };
        let hex: String = text[at + 2..].chars().take(digits).collect();
        let code = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits);
        if code.and_then(char::from_u32).is_none() {
            return Some((at, 2 + hex.chars().take_while(char::is_ascii_hexdigit).count()));
        }
    }
    None
}
