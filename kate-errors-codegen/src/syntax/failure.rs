//! Why the YAML parser gave up, in the words of the person who wrote the file.
//!
//! The parser says what it expected; the mistake often stands lines before. This file reads the lines
//! around the place to name the mistake itself: a quote that is never closed, a text that needs quotes,
//! a line in the wrong column.

use super::line::Line;
use super::yaml::{ErrorKind, Failure, MAX_DEPTH};
use crate::finding::{Finding, Label};
use crate::rule;
use crate::source::{Source, Span};

/// A failure, named.
pub(crate) struct Named {
    pub(crate) finding: Finding,
    /// The line, from 0, that has to be taken out to read on.
    pub(crate) line: usize,
}

/// Names `failure`. The lines in `passed` were taken out before and are not looked at.
pub(crate) fn name(source: &Source, failure: &Failure, passed: &[usize]) -> Named {
    let at = failure.offset.min(source.text().len());
    let mut line = source.line_index(at);
    while line > 0 && source.slice(source.line_span(line)).trim().is_empty() {
        line -= 1;
    }
    let case = Case { source, failure, at, line, passed };
    let finding = case.by_kind().or_else(|| case.by_lines()).unwrap_or_else(|| case.otherwise());
    let line = source.line_index(finding.primary.span.start);
    Named { finding, line }
}

/// All that is known of a failure.
struct Case<'a> {
    source: &'a Source,
    failure: &'a Failure,
    at: usize,
    /// The last line with text up to the failure.
    line: usize,
    passed: &'a [usize],
}

impl Case<'_> {
    /// Failures that the parser itself names well.
    fn by_kind(&self) -> Option<Finding> {
        use ErrorKind as K;
        match self.failure.kind {
            K::DirectiveDisallowed => {
                Some(self.here(&rule::DIRECTIVE, "a directive is not allowed"))
            }
            K::RecursionLimitExceeded => Some(
                self.here(&rule::TOO_DEEP, format!("values are nested more than {MAX_DEPTH} deep")),
            ),
            K::TabInBlockIndentation | K::TabInIndentation | K::TabNotAllowed => {
                Some(self.tab().unwrap_or_else(|| {
                    self.here(&rule::TAB_INDENTATION, "a tab stands where YAML wants blanks")
                }))
            }
            K::UnknownQuotedScalarEscape
            | K::InvalidQuotedScalarHexEscape
            | K::InvalidLowSurrogateHexEscape
            | K::InvalidLowSurrogate
            | K::MissingLowSurrogate
            | K::UnpairedLowSurrogate
            | K::InvalidUnicodeEscape => Some(self.escape()),
            _ => None,
        }
    }

    /// Failures that only the lines around them explain, the surest explanation first.
    fn by_lines(&self) -> Option<Finding> {
        self.tab()
            .or_else(|| self.unterminated_quote())
            .or_else(|| self.needs_quotes())
            .or_else(|| self.unclosed_bracket())
            .or_else(|| self.missing_colon())
            .or_else(|| self.wrong_indentation())
    }

    fn otherwise(&self) -> Finding {
        let message = format!("this is not YAML: {}", self.failure.message);
        self.here(&rule::YAML_SYNTAX, message)
    }

    fn here(&self, rule: &'static rule::Rule, message: impl Into<String>) -> Finding {
        let text = self.source.text();
        let length = text[self.at..].chars().next().map_or(0, char::len_utf8);
        Finding::new(rule, message, Label::new(Span::new(self.at, self.at + length), "here"))
    }

    fn line(&self, index: usize) -> Line<'_> {
        Line::read(self.source, index)
    }

    fn tab(&self) -> Option<Finding> {
        let line = self.line(self.line);
        let tab = line.text.find('\t').filter(|tab| line.text[..*tab].trim().is_empty())?;
        let start = line.span.start + tab;
        let label = Label::new(Span::new(start, start + 1), "a tab");
        Some(Finding::new(&rule::TAB_INDENTATION, "the line is indented with a tab", label))
    }

    fn escape(&self) -> Finding {
        let text = self.source.text();
        let backslash = text[..self.at].rfind('\\').unwrap_or(self.at);
        let escape: String = text[backslash..].chars().take(2).collect();
        let span = Span::new(backslash, backslash + escape.len());
        let message = format!("`{}` is no escape that YAML knows", escape.escape_debug());
        Finding::new(&rule::INVALID_ESCAPE, message, Label::new(span, "this escape"))
    }

    /// A quote that opens on a line up to the failure and is not closed on that line.
    fn unterminated_quote(&self) -> Option<Finding> {
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
        ) {
            return None;
        }
        let opening = (0..=self.line)
            .rev()
            .take(100)
            .filter(|index| !self.passed.contains(index))
            .find_map(|index| self.line(index).open_quote())?;
        let label =
            Label::new(Span::new(opening, opening + 1), "opened here, and not closed on its line");
        let quote = &self.source.text()[opening..=opening];
        let message = format!("the quote {quote} is never closed");
        let mut finding = Finding::new(&rule::UNTERMINATED_QUOTE, message, label);
        if self.source.line_index(opening) != self.source.line_index(self.at) {
            let noticed = Span::new(self.at, self.at + 1);
            finding = finding.related(Label::new(noticed, "YAML reads on to here"));
        }
        Some(finding)
    }

    /// A value on the failing line that YAML does not read as the text it is meant to be.
    fn needs_quotes(&self) -> Option<Finding> {
        let line = self.line(self.line);
        let value = line.value()?;
        let reason = value.why_quotes()?;
        let label = Label::new(value.span, reason);
        let message = format!("the text {} must stand in quotes", value.shown());
        let help = format!("write it in double quotes: {}", value.quoted());
        Some(Finding::new(&rule::NEEDS_QUOTES, message, label).help(help))
    }

    fn unclosed_bracket(&self) -> Option<Finding> {
        use ErrorKind as K;
        if let K::MismatchedFlowCollectionEnd { open, close } = self.failure.kind {
            let finding =
                self.here(&rule::UNCLOSED_BRACKET, format!("`{open}` is closed by `{close}`"));
            return Some(match self.failure.open_brackets.last() {
                Some(opened) => finding.related(Label::new(*opened, "opened here")),
                None => finding,
            });
        }
        let opened = *self.failure.open_brackets.last()?;
        let bracket = self.source.slice(opened);
        let message = format!("the bracket `{bracket}` is not closed where it should be");
        let finding =
            Finding::new(&rule::UNCLOSED_BRACKET, message, Label::new(opened, "opened here"));
        let noticed = Span::new(self.at, (self.at + 1).min(self.source.text().len()));
        let close = if bracket == "[" { "]" } else { "}" };
        Some(finding.related(Label::new(noticed, "YAML cannot read on here")).help(format!(
            "close the bracket with `{close}`, and put texts inside into double quotes"
        )))
    }

    fn missing_colon(&self) -> Option<Finding> {
        use ErrorKind as K;
        if !matches!(self.failure.kind, K::SimpleKeyExpected | K::InvalidSimpleKey) {
            return None;
        }
        let line = self.line(self.line);
        if line.content.is_empty() || line.value().is_some() {
            return None;
        }
        let message = "this line has no `key: value`";
        let label = Label::new(line.content_span(), "no colon and blank after a key");
        let finding = Finding::new(&rule::MISSING_COLON, message, label);
        Some(match line.suggest_colon() {
            Some(suggestion) => finding.help(format!("did you mean `{suggestion}`?")),
            None => finding,
        })
    }

    fn wrong_indentation(&self) -> Option<Finding> {
        use ErrorKind as K;
        if !matches!(
            self.failure.kind,
            K::ExpectedBlockMappingKey
                | K::ExpectedBlockSequenceEntry
                | K::InvalidIndentation
                | K::MappingValueNotAllowed
                | K::BlockSequenceEntryNotAllowed
                | K::InvalidSimpleKey
                | K::InvalidFlowScalarIndent
        ) {
            return None;
        }
        let line = self.line(self.line);
        let before =
            (0..self.line).rev().map(|index| self.line(index)).find(|before| before.is_entry())?;
        let column = line.indent + 1;
        let expected = before.key_column + 1;
        let message = format!("this line begins in column {column}, which fits no entry above it");
        let label = Label::new(line.content_span(), format!("begins in column {column}"));
        let neighbour =
            Label::new(before.key_span(), format!("this entry begins in column {expected}"));
        Some(Finding::new(&rule::WRONG_INDENTATION, message, label).related(neighbour).help(
            format!(
                "begin it in column {expected} if it belongs beside that entry; \
                 an entry below it begins deeper, one beside its parent less deep"
            ),
        ))
    }
}
