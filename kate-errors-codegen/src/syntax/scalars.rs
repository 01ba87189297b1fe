//! Reads scalars: texts, names, statuses, and words of a fixed set.

use super::document::{Spanned, Text};
use super::fields::{Fields, Reader, list, shorten};
use super::other_types::{OtherType, is_exact_integer, is_plain_number};
use super::tree::{Kind, Node, Scalar, Style};
use crate::characters::{Invisible, describe, find_unseen_in_name};
use crate::rule;
use crate::source::{Span, invisible_character};
use crate::suggest::{self, did_you_mean};
use crate::work;

/// Which line breaks a text may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// None.
    One,
    /// Those that are written as `\n`.
    Escaped,
}

impl Reader<'_> {
    /// Reads a text of one line that every YAML parser reads as a text.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        self.prose(node, what, Lines::One, |_| false)
    }

    /// Reads a text that is sent. It may have line breaks that are written as `\n`.
    pub(super) fn message(&mut self, node: &Node, what: &str) -> Option<Text> {
        self.prose(node, what, Lines::Escaped, |_| false)
    }

    /// Reads the value of a parameter, which may also be a plain number, `true` or `false`.
    pub(super) fn text_or_scalar(&mut self, node: &Node, what: &str) -> Option<Text> {
        let is_plain = |text: &str| matches!(text, "true" | "false") || is_plain_number(text);
        self.prose(node, what, Lines::One, is_plain)
    }

    pub(super) fn text_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.text(fields.get(name)?, &format!("`{name}`"))
    }

    /// Reads a cause or a fix. One that could not be read is empty, since it is not missing.
    pub(super) fn advice_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        let text = self.text_field(fields, name);
        text.or_else(|| Some(Text { span: fields.place(name)?, ..Text::default() }))
    }

    pub(super) fn message_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.message(fields.get(name)?, &format!("`{name}`"))
    }

    /// Reads a text in Markdown, which may have many lines.
    pub(super) fn markdown_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        let node = fields.get(name)?;
        match &node.kind {
            Kind::Scalar(scalar)
                if !scalar.value.trim().is_empty() && scalar.style != Style::Plain =>
            {
                self.has_visible_lines(&scalar.value, node.span)
                    .then(|| self.locate(scalar, node.span))
            }
            _ => self.text_field(fields, name),
        }
    }

    /// Reads a list of items with `read`. Diagnostics call each of them `item`.
    pub(super) fn list(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        item: &str,
        read: fn(&mut Self, &Node, &str) -> Option<Text>,
    ) -> Vec<Text> {
        let items = fields.get(name).and_then(|node| self.sequence(node, &format!("`{name}`")));
        items.unwrap_or_default().iter().filter_map(|node| read(self, node, item)).collect()
    }

    fn prose(
        &mut self,
        node: &Node,
        what: &str,
        lines: Lines,
        is_fine: fn(&str) -> bool,
    ) -> Option<Text> {
        let Kind::Scalar(scalar) = &node.kind else {
            return self.not_a_text(node, what);
        };
        let text = self.scalar(scalar, node, what, lines)?;
        if scalar.style == Style::Plain {
            if self.is_cut(&text) {
                return None;
            }
            let other = OtherType::of(&text.value).filter(|_| !is_fine(&text.value));
            if let Some(other) = other {
                return self.needs_quotes(&text, what, other.describe());
            }
            self.literal_quotes(&text, what);
        }
        Some(text)
    }

    /// Reads a name, such as a code. Names do not contain `#`, so a comment after one is not an accident.
    pub(super) fn name(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.word(node, what)?;
        let Kind::Scalar(scalar) = &node.kind else { return None };
        if self.check_name(&text, scalar.style, what) {
            return Some(text);
        }
        self.complete = false;
        None
    }

    /// Reads a code: a name in any spelling, or an integer that all parsers read alike.
    pub(super) fn code(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.name(node, what)?;
        let Kind::Scalar(scalar) = &node.kind else { return None };
        let is_fine = scalar.style != Style::Plain || is_integer(node);
        match OtherType::of(&text.value).filter(|_| !is_fine) {
            None => Some(text),
            Some(other) => self.needs_quotes(&text, what, other.describe()),
        }
    }

    pub(super) fn code_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.code(fields.get(name)?, &format!("`{name}`"))
    }

    pub(super) fn name_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.name(fields.get(name)?, &format!("`{name}`"))
    }

    /// Reads a word whose type in other YAML parsers does not matter, such as `true`.
    pub(super) fn word(&mut self, node: &Node, what: &str) -> Option<Text> {
        let Kind::Scalar(scalar) = &node.kind else {
            return self.wrong_kind(node, what, "a name", "one word, without brackets");
        };
        let text = self.scalar(scalar, node, what, Lines::One)?;
        self.is_visible_name(&text.value, text.span).then_some(text)
    }

    /// Whether all YAML parsers read a name as a text or a number. Reports others. A number is left to `check`.
    pub(super) fn check_name(&mut self, name: &Text, style: Style, what: &str) -> bool {
        use OtherType::{Boolean, Null};
        let other = OtherType::of(&name.value).filter(|other| matches!(other, Null | Boolean));
        let other = other.filter(|_| style == Style::Plain);
        other.is_none_or(|it| self.needs_quotes::<()>(name, what, it.describe()).is_some())
    }

    /// Whether a name, of a field or of the user's own, has no invisible characters. Reports the first one.
    pub(super) fn is_visible_name(&mut self, name: &str, span: Span) -> bool {
        if !self.is_visible(name, span) {
            return false;
        }
        let Some((at, character)) = find_unseen_in_name(name) else { return true };
        let written = self.source.slice(span).find(name).map(|start| span.start + start + at);
        let place = written.map_or(span, |start| self.source.character_span(start));
        self.diagnostics.push(invisible_character(character, place));
        false
    }

    pub(super) fn needs_quotes<T>(&mut self, text: &Text, what: &str, other: &str) -> Option<T> {
        let message = format!("{what} needs quotes: YAML parsers read it as {other}");
        let label = (self.first_line(text.span), format!("read as {other}"));
        let help = format!("write it in double quotes: {}", quoted(&text.value));
        self.report(&rule::NEEDS_QUOTES, message, label).set_help(help);
        None
    }

    /// Reads a scalar that contains visible text.
    fn scalar(&mut self, scalar: &Scalar, node: &Node, what: &str, lines: Lines) -> Option<Text> {
        let text = self.locate(scalar, node.span);
        let value = text.value.as_str();
        let place =
            if scalar.style == Style::Absent { node.span } else { self.first_line(node.span) };
        if value.trim().is_empty() {
            self.empty(node, what, place);
        } else if (value.contains('\n') || value.contains('\r')) && !self.has_lines(&text, lines) {
            self.more_than_one_line(value, what, place);
        } else if value.trim() != value && !self.may_be_untrimmed(value, what, place, lines) {
            self.untrimmed(value, what, place);
        } else if self.is_visible(&value.replace('\n', " "), node.span) {
            return Some(text);
        }
        None
    }

    /// Whether the line breaks are intended: written as `\n`.
    fn has_lines(&self, text: &Text, lines: Lines) -> bool {
        let is_escaped = !self.source.slice(text.span).contains('\n');
        lines == Lines::Escaped && is_escaped && !text.value.contains('\r')
    }

    /// Whether the text is a message of a server that sends blanks around it. Warns of them.
    fn may_be_untrimmed(&mut self, value: &str, what: &str, place: Span, lines: Lines) -> bool {
        let trimmed = value.trim_matches([' ', '\n']);
        if lines == Lines::One || trimmed != value.trim() {
            return false;
        }
        let end = if value.starts_with(trimmed) { "ends" } else { "begins" };
        let message = format!("{what} {end} with white space");
        self.report(&rule::UNTRIMMED_MESSAGE, message, (place, "sent as it is"));
        true
    }

    fn empty(&mut self, node: &Node, what: &str, place: Span) {
        let behind = self.source.rest_of_line(node.span.end).trim_start_matches([':', ' ', '\t']);
        let is_comment = node.is_absent() && behind.starts_with('#');
        let text = quoted(behind.trim());
        let help = || format!("`#` begins a comment; write {text} if it is the text");
        self.report(&rule::EMPTY_TEXT, format!("{what} is empty"), (place, "no text"))
            .help_if(is_comment.then(help));
    }

    fn more_than_one_line(&mut self, value: &str, what: &str, place: Span) {
        let trimmed = value.trim_end_matches(['\n', '\r']);
        if trimmed.contains(['\n', '\r']) {
            let message = format!("{what} has more than one line");
            self.report(&rule::MULTILINE_TEXT, message, (place, "begins here"));
            return;
        }
        let is_block = !self.source.slice(place).starts_with(['"', '\'']);
        let help = if is_block {
            "write `|-` or `>-`: without `-`, the text ends with a line break"
        } else {
            "delete the line break at the end of the text"
        };
        let label = "its last line break is part of the text";
        let message = format!("{what} ends with a line break");
        self.report(&rule::MULTILINE_TEXT, message, (place, label)).set_help(help);
    }

    fn untrimmed(&mut self, value: &str, what: &str, place: Span) {
        let ends = [value.chars().next(), value.chars().next_back()];
        let space = ends.into_iter().flatten().find(|c| c.is_whitespace() && *c != ' ');
        let space = space.map_or("a space".to_owned(), describe);
        let message = format!("{what} begins or ends with {space}");
        self.report(&rule::UNTRIMMED_TEXT, message, (place, "not trimmed"));
    }

    fn not_a_text<T>(&mut self, node: &Node, what: &str) -> Option<T> {
        let raw = self.source.slice(node.span).trim_end();
        let line = self.source.line_around(node.span.start);
        let before = self.source.slice(Span::new(line.start, node.span.start));
        let flow = raw.starts_with(['{', '[']) || before.ends_with("- ");
        if flow && !raw.contains('\n') && !matches!(node.kind, Kind::Rejected) {
            let text = Text { value: raw.to_owned(), span: node.span, verbatim: None };
            return self.needs_quotes(&text, what, node.describe());
        }
        self.wrong_kind(node, what, "a text", "one line, in double quotes where in doubt")
    }

    /// Whether a value has no invisible characters. Reports one that an escape contains; others were reported
    /// when the file was read.
    pub(super) fn is_visible(&mut self, value: &str, span: Span) -> bool {
        work::count(span.range().len());
        if Invisible::find_in_file(self.source.slice(span)).is_some() {
            return false;
        }
        let Some((_, character)) = Invisible::find(value) else { return true };
        self.diagnostics.push(invisible_character(character, self.first_line(span)));
        false
    }

    /// Whether a value, which may have line breaks and tabs, has no invisible characters.
    pub(super) fn has_visible_lines(&mut self, value: &str, span: Span) -> bool {
        self.is_visible(&value.replace(['\n', '\r', '\t'], " "), span)
    }

    fn locate(&self, scalar: &Scalar, span: Span) -> Text {
        let raw = self.source.slice(span);
        let margin = usize::from(scalar.style == Style::Quoted);
        let verbatim = (raw.get(margin..raw.len().saturating_sub(margin)) == Some(&scalar.value))
            .then_some(span.start + margin);
        Text { value: scalar.value.clone(), span, verbatim }
    }

    /// Reports a plain text that a ` #` after it has cut short.
    pub(super) fn is_cut(&mut self, text: &Text) -> bool {
        let rest = self.source.rest_of_line(text.span.end).trim_end();
        let comment = rest.trim_start();
        if !comment.starts_with('#') || comment.len() == rest.len() {
            return false;
        }
        let end = text.span.end + rest.len();
        let label = (Span::new(end - comment.len(), end), "YAML reads this as a comment");
        let help = format!(
            "write {} if all of it is text; if it is a comment, move it to a line of its own",
            quoted(&format!("{text}{rest}"))
        );
        let message = format!("` #` cuts the text short: it ends as `{}`", shorten(&text.value));
        self.report(&rule::COMMENT_CUTS_TEXT, message, label).set_help(help);
        true
    }

    /// Warns about quotes around a text that are part of it.
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
            let label = (self.first_line(text.span), "read with its quotes");
            self.report(&rule::LITERAL_QUOTES, message, label);
        }
    }

    /// Reads a status: three plain decimal digits, without quotes.
    pub(super) fn status(&mut self, text: &str, style: Style, span: Span) -> Option<Spanned<u16>> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = digits && (text == "0" || !text.starts_with('0'));
        if style == Style::Plain && canonical {
            // A number that does not fit is reported as out of range.
            return Some(Spanned { value: text.parse().unwrap_or(u16::MAX), span });
        }
        if !self.is_visible_name(text, span) {
            return None;
        }
        let shown = shorten(self.source.slice(span));
        let (message, label) = if text.is_empty() {
            ("the status is empty".to_owned(), (span, "empty"))
        } else {
            let label = (self.first_line(span), "not three plain digits");
            (format!("the status `{shown}` is not three plain digits"), label)
        };
        // The intended number is still checked, so that one mistake is one diagnostic.
        let value = number_in(text);
        let how = if shown.contains(['"', '\'']) { ", without quotes" } else { " alone" };
        self.report(&rule::STATUS_NOT_PLAIN, message, label)
            .help_if(value.map(|value| format!("write `{value}`{how}")));
        value.map(|value| Spanned { value, span })
    }

    /// Reads `true` or `false`; a missing field is `false`.
    pub(super) fn flag(&mut self, fields: &Fields<'_>, name: &str) -> bool {
        let flags = &[("true", true), ("false", false)];
        self.choice(fields, name, flags).is_some_and(|flag| flag.value)
    }

    /// Reads one of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        choices: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.word(fields.get(name)?, &format!("`{name}`"))?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned { value: *value, span: text.span });
        }
        let names = choices.iter().map(|(name, _)| *name);
        let near = suggest::nearest(&text.value, names.clone());
        let help = did_you_mean(near, || format!("write {}", list(names, "or")));
        let message = format!("`{name}` cannot be `{}`", shorten(&text.value));
        let label = (text.span, "not one of the values");
        self.report(&rule::INVALID_VALUE, message, label).set_help(help);
        // The intended value is still checked, so that one mistake is one diagnostic.
        let (_, value) = choices.iter().find(|(name, _)| Some(*name) == near)?;
        Some(Spanned { value: *value, span: text.span })
    }
}

/// Returns the three digits in a text, ignoring other characters around them.
fn number_in(text: &str) -> Option<u16> {
    let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok().filter(|number| digits.len() == 3 && (100..=599).contains(number))
}

/// Returns a text in double quotes, as YAML reads it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a code is `none` without quotes: in responses, the error has no code.
pub(super) fn is_none(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain && scalar.value == "none")
}

/// Whether a node is an integer that every JSON parser reads without loss.
pub(super) fn is_integer(node: &Node) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.style == Style::Plain && is_exact_integer(&scalar.value))
}
