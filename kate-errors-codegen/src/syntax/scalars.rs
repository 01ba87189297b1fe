//! Reading scalars: texts, names, statuses, and words of a fixed set.

use super::document::{Spanned, Text};
use super::fields::{Reader, list, shorten};
use super::tree::{Kind, Node, Scalar, Style};
use super::value::quoted;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::{Invisible, Span};
use crate::suggest;

/// What a plain scalar may be to YAML beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// A text, so that a reader that takes it for a number or a truth value is a surprise.
    Text,
    /// The value of a parameter, which may be a number.
    Value,
}

impl Reader<'_> {
    /// A text of one line that shows what it is.
    pub(super) fn text(&mut self, node: &Node, what: &str, plain: Plain) -> Option<Text> {
        let text = self.prose(node, what)?;
        let Kind::Scalar(scalar) = &node.kind else { return None };
        if scalar.style == Style::Plain {
            if self.is_cut(node, &text) {
                return None;
            }
            if let Some(other) = read_as(&text.value, plain) {
                self.needs_quotes(&text, what, other);
                return None;
            }
            self.literal_quotes(&text, what);
        }
        Some(text)
    }

    /// A text that cannot hold a `#`, such as a code: a comment behind it is just a comment.
    pub(super) fn name(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.word(node, what)?;
        if let Kind::Scalar(scalar) = &node.kind {
            self.check_name(&text, scalar.style, what);
        }
        Some(text)
    }

    /// A name of ours, of which `true` is one: how other readers take it is no matter.
    pub(super) fn word(&mut self, node: &Node, what: &str) -> Option<Text> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.prose(node, what);
        }
        self.wrong_kind(node, what, "a name", "one word, without brackets")
    }

    /// Reports a name that other readers of YAML take for a truth value, or for nothing. None is a number.
    pub(super) fn check_name(&mut self, name: &Text, style: Style, what: &str) {
        let other = read_as(&name.value, Plain::Value).filter(|_| style == Style::Plain);
        if let Some(other) = other {
            self.needs_quotes(name, what, other);
        }
    }

    fn needs_quotes(&mut self, text: &Text, what: &str, other: &str) {
        let message = format!("{what} must stand in quotes: YAML reads it as {other}");
        let label = Label::new(text.span, format!("read as {other}"));
        let help = format!("write it in double quotes: {}", quoted(&text.value));
        self.diagnostics.push(Diagnostic::new(&rule::NEEDS_QUOTES, message, label).help(help));
    }

    fn prose(&mut self, node: &Node, what: &str) -> Option<Text> {
        let Kind::Scalar(scalar) = &node.kind else {
            return self.not_a_text(node, what);
        };
        let text = self.locate(scalar, node.span);
        let place = if scalar.style == Style::Absent { node.span } else { self.visible(node.span) };
        let value = text.value.as_str();
        if value.trim().is_empty() {
            self.empty(node, what, place);
            return None;
        }
        if value.contains(['\n', '\r']) {
            self.more_than_one_line(scalar, node, what, place);
            return None;
        }
        if value.trim() != value {
            let message = format!("{what} begins or ends with a blank");
            self.report(&rule::UNTRIMMED_TEXT, message, Label::new(place, "not trimmed"));
            return None;
        }
        self.has_only_visible_characters(&text).then_some(text)
    }

    fn empty(&mut self, node: &Node, what: &str, place: Span) {
        let message = format!("{what} is empty");
        let diagnostic = Diagnostic::new(&rule::EMPTY_TEXT, message, Label::new(place, "no text"));
        let behind = self.rest_of_line(node.span.end).trim_start_matches([':', ' ', '\t']);
        let comment = node.is_absent() && behind.starts_with('#');
        self.diagnostics.push(if comment {
            let help =
                format!("`#` begins a comment; write {} if it is the text", quoted(behind.trim()));
            diagnostic.help(help)
        } else {
            diagnostic
        });
    }

    fn more_than_one_line(&mut self, scalar: &Scalar, node: &Node, what: &str, place: Span) {
        let trimmed = scalar.value.trim_end_matches(['\n', '\r']);
        if trimmed.contains(['\n', '\r']) {
            let message = format!("{what} has more than one line");
            self.report(&rule::MULTILINE_TEXT, message, Label::new(place, "begins here"));
            return;
        }
        let message = format!("{what} ends with a line break");
        let mark = self.source.text()[..node.span.start].rfind(['|', '>']);
        let mark = mark.filter(|_| scalar.style == Style::Block);
        let label = match mark {
            Some(mark) => Label::new(Span::new(mark, mark + 1), "keeps the last line break"),
            None => Label::new(place, "its last line break is part of the text"),
        };
        let help = "write the text on one line, or `>-` instead of `>` or `|`";
        self.diagnostics.push(Diagnostic::new(&rule::MULTILINE_TEXT, message, label).help(help));
    }

    fn not_a_text<T>(&mut self, node: &Node, what: &str) -> Option<T> {
        let raw = self.source.slice(node.span).trim_end();
        let line = self.source.line_span(self.source.line_index(node.span.start));
        let before = self.source.slice(Span::new(line.start, node.span.start));
        let flow = raw.starts_with(['{', '[']) || before.ends_with("- ");
        if flow && !raw.contains('\n') && !matches!(node.kind, Kind::Rejected) {
            let message =
                format!("{what} must stand in quotes: YAML reads it as {}", node.describe());
            let label = Label::new(node.span, format!("read as {}", node.describe()));
            let help = format!("write it in double quotes: {}", quoted(raw));
            self.diagnostics.push(Diagnostic::new(&rule::NEEDS_QUOTES, message, label).help(help));
            return None;
        }
        self.wrong_kind(node, what, "a text", "one line, in double quotes where in doubt")
    }

    /// Whether every character shows. Reports those that came in through an escape; the others were
    /// reported when the file was read.
    pub(super) fn has_only_visible_characters(&mut self, text: &Text) -> bool {
        let Some(invisible) = Invisible::find(&text.value) else { return true };
        self.diagnostics.push(invisible.diagnostic(self.visible(text.span)));
        false
    }

    fn locate(&self, scalar: &Scalar, span: Span) -> Text {
        let raw = self.source.slice(span);
        let margin = usize::from(scalar.style == Style::Quoted);
        let verbatim = (raw.get(margin..raw.len().saturating_sub(margin)) == Some(&scalar.value))
            .then_some(span.start + margin);
        Text { value: scalar.value.clone(), span, verbatim }
    }

    fn rest_of_line(&self, start: usize) -> &str {
        let line = self.source.line_span(self.source.line_index(start));
        self.source.slice(Span::new(start, line.end))
    }

    /// Reports a plain text that a ` #` behind it has cut short.
    fn is_cut(&mut self, node: &Node, text: &Text) -> bool {
        let rest = self.rest_of_line(node.span.end);
        if !rest.trim_start().starts_with('#') || !rest.starts_with([' ', '\t']) {
            return false;
        }
        let blanks = rest.len() - rest.trim_start().len();
        let start = node.span.end + blanks;
        let label = Label::new(
            Span::new(start, start + rest.trim().len()),
            "YAML takes this for a comment",
        );
        let help = format!(
            "write {} if all of it is text; move the comment to a line of its own if it is one",
            quoted(&format!("{}{}", text.value, rest.trim_end()))
        );
        let message =
            format!("` #` cuts the text short: what is read is `{}`", shorten(&text.value));
        self.diagnostics.push(Diagnostic::new(&rule::COMMENT_CUTS_TEXT, message, label).help(help));
        true
    }

    /// Warns of quotes that were meant to stand around a text, and are part of it.
    fn literal_quotes(&mut self, text: &Text, what: &str) {
        const AROUND: &[(char, char)] =
            &[('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('»', '«')];
        let value = &text.value;
        let around = AROUND.iter().any(|(open, close)| {
            let inner = value.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
            inner.is_some_and(|inner| !inner.contains([*open, *close]))
        });
        let stray = value.ends_with('"') && value.matches('"').count() % 2 == 1;
        if around || stray {
            let message = format!("the quotes are part of {what}");
            let label = Label::new(text.span, "read with its quotes");
            self.report(&rule::LITERAL_QUOTES, message, label);
        }
    }

    /// A status: three plain decimal digits, without quotes.
    pub(super) fn status(&mut self, text: &str, style: Style, span: Span) -> Option<Spanned<u16>> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = digits && (text == "0" || !text.starts_with('0'));
        if style == Style::Plain && canonical {
            // Whatever does not fit is far out of range, and is reported as that.
            return Some(Spanned { value: text.parse().unwrap_or(u16::MAX), span });
        }
        let shown = shorten(self.source.slice(span));
        let (message, label) = if text.is_empty() {
            ("there is no status here".to_owned(), Label::new(span, "nothing stands here"))
        } else {
            let label = Label::new(self.visible(span), "not plain digits");
            (format!("the status `{shown}` is not plain digits"), label)
        };
        let diagnostic = Diagnostic::new(&rule::STATUS_NOT_PLAIN, message, label);
        // The number that is meant goes on into the checks, so that one mistake is one diagnostic.
        let value = number_in(text);
        self.diagnostics.push(match value {
            Some(value) if shown.contains(['"', '\'']) => {
                diagnostic.help(format!("write `{value}`, without quotes"))
            }
            Some(value) => diagnostic.help(format!("write `{value}` alone")),
            None => diagnostic,
        });
        value.map(|value| Spanned { value, span })
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        choices: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.word(node, what)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned { value: *value, span: text.span });
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = format!("{what} cannot be `{}`", shorten(&text.value));
        let near = match text.value.to_lowercase().as_str() {
            "yes" | "on" => names.iter().copied().find(|name| *name == "true"),
            "no" | "off" => names.iter().copied().find(|name| *name == "false"),
            other => suggest::nearest(other, names.iter().copied()),
        };
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", list(&names, "or")),
        };
        let label = Label::new(text.span, "not one of the values");
        self.diagnostics.push(Diagnostic::new(&rule::INVALID_VALUE, message, label).help(help));
        None
    }
}

/// The only number of three digits in a text.
fn number_in(text: &str) -> Option<u16> {
    let runs = text.split(|c: char| !c.is_ascii_alphanumeric());
    let runs = runs.map(|run| run.trim_start_matches('0')).filter(|run| !run.is_empty());
    let mut numbers = runs.filter(|run| run.len() == 3 && run.bytes().all(|b| b.is_ascii_digit()));
    let number = numbers.next()?.parse().ok().filter(|number| (100..=599).contains(number));
    number.filter(|_| numbers.next().is_none())
}

/// What YAML's readers take a plain text for, where that is no text.
fn read_as(text: &str, plain: Plain) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "null" | "~" => return Some("nothing"),
        "true" | "false" | "yes" | "no" | "on" | "off" => return Some("a truth value"),
        ".nan" | ".inf" | "+.inf" | "-.inf" => return Some("a number"),
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let begins =
        unsigned.strip_prefix('.').unwrap_or(unsigned).starts_with(|c: char| c.is_ascii_digit());
    let based = ["0x", "0o"].iter().find_map(|base| unsigned.strip_prefix(*base));
    let number = begins && unsigned.parse::<f64>().is_ok()
        || based.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (number && plain == Plain::Text).then_some("a number")
}
