//! Reading the fields of one mapping: which are there, which are unknown, which are missing.

use super::document::{Spanned, Text};
use super::tree::{Key, Kind, Mapping, Node, Scalar, Style};
use crate::finding::{Finding, Label};
use crate::rule::{self, Rule};
use crate::source::{Invisible, Source, Span};
use crate::suggest;

/// Reads nodes, and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) findings: &'a mut Vec<Finding>,
}

/// The fields of one mapping, each taken once.
pub(super) struct Fields<'n> {
    pub(super) span: Span,
    mapping: &'n Mapping,
    known: &'static [&'static str],
}

impl<'n> Fields<'n> {
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        debug_assert!(self.known.contains(&name), "a field that `known` lacks is never found");
        self.mapping.entries.iter().find(|entry| entry.key.text == name).map(|entry| &entry.value)
    }

    /// The known fields that are there, with the places of their names.
    pub(super) fn present(&self) -> Vec<(&'static str, Span)> {
        let place = |name: &&'static str| {
            let entry = self.mapping.entries.iter().find(|entry| entry.key.text == **name)?;
            Some((*name, entry.key.span))
        };
        self.known.iter().filter_map(place).collect()
    }
}

impl Reader<'_> {
    pub(super) fn report(&mut self, rule: &'static Rule, message: impl Into<String>, label: Label) {
        self.findings.push(Finding::new(rule, message, label));
    }

    /// Reads a mapping with named fields; `what` says what it is, as in `a row`.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let mapping = self.mapping(node, what)?;
        for entry in &mapping.entries {
            if !known.contains(&entry.key.text.as_str()) {
                self.unknown_field(&entry.key, &entry.value, mapping, what, known);
            }
        }
        Some(Fields { span: node.span, mapping, known })
    }

    fn unknown_field(
        &mut self,
        key: &Key,
        value: &Node,
        mapping: &Mapping,
        what: &str,
        known: &[&str],
    ) {
        if mapping.flow && value.is_absent() && key.style == Style::Plain {
            let message = format!("a comma ends the text before `{}`", shorten(&key.text));
            let label = Label::new(key.span, "read as a field of its own");
            return self.report(&rule::COMMA_CUTS_TEXT, message, label);
        }
        let message = format!("{what} has no field `{}`", shorten(&key.text));
        let label = Label::new(key.span, "unknown field");
        let help = match suggest::nearest(&key.text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fields are {}", list(known)),
        };
        self.findings.push(Finding::new(&rule::UNKNOWN_FIELD, message, label).help(help));
    }

    pub(super) fn mapping<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n Mapping> {
        match &node.kind {
            Kind::Mapping(mapping) => Some(mapping),
            _ => self.wrong_kind(node, what, "a mapping: lines of `key: value`"),
        }
    }

    pub(super) fn sequence<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        match &node.kind {
            Kind::Sequence(items) => Some(items),
            _ => self.wrong_kind(node, what, "a list: lines that begin with `- `"),
        }
    }

    fn wrong_kind<T>(&mut self, node: &Node, what: &str, wanted: &str) -> Option<T> {
        if !matches!(node.kind, Kind::Rejected) {
            let message = format!("{what} is {wanted}; here stands {}", node.describe());
            let label = Label::new(self.visible(node.span), format!("this is {}", node.describe()));
            self.report(&rule::WRONG_KIND, message, label);
        }
        None
    }

    /// Reports a field that must be there, unless it may stand in a part that could not be read.
    pub(super) fn require<'n>(
        &mut self,
        fields: &Fields<'n>,
        name: &str,
        what: &str,
    ) -> Option<&'n Node> {
        let node = fields.get(name);
        if node.is_none() && fields.mapping.whole {
            let message = format!("{what} lacks the field `{name}`");
            let label = Label::new(self.head(fields), format!("`{name}` is missing here"));
            let help = format!("add `{name}:`");
            self.findings.push(Finding::new(&rule::MISSING_FIELD, message, label).help(help));
        }
        node
    }

    /// The first entry of a mapping: where a missing field is pointed out.
    fn head(&self, fields: &Fields<'_>) -> Span {
        match fields.mapping.entries.first() {
            Some(entry) if !fields.mapping.flow => {
                let line = self.source.line_span(self.source.line_index(entry.key.span.start));
                let entry_end = entry
                    .value
                    .span
                    .end
                    .clamp(entry.key.span.end, line.end.max(entry.key.span.end));
                Span::new(entry.key.span.start, entry_end)
            }
            _ => self.visible(fields.span),
        }
    }

    /// A place cut to its first line.
    fn visible(&self, span: Span) -> Span {
        let slice = self.source.slice(span);
        let first = slice.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.start + first.len())
    }

    /// A text of one line that shows what it is.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = self.prose(node, what)?;
        self.uncut(node, &text);
        Some(text)
    }

    /// A text that cannot hold a `#`, such as a code: a comment behind it is just a comment.
    pub(super) fn name(&mut self, node: &Node, what: &str) -> Option<Text> {
        self.prose(node, what)
    }

    fn prose(&mut self, node: &Node, what: &str) -> Option<Text> {
        let Kind::Scalar(scalar) = &node.kind else {
            return self.not_a_text(node, what);
        };
        let text = self.locate(scalar, node.span);
        let place = if scalar.style == Style::Absent { node.span } else { self.visible(node.span) };
        let value = text.value.as_str();
        if value.trim().is_empty() {
            self.report(
                &rule::EMPTY_TEXT,
                format!("{what} is empty"),
                Label::new(place, "no text"),
            );
            return None;
        }
        if value.trim_end_matches(['\n', '\r']).contains(['\n', '\r']) {
            let message = format!("{what} has more than one line");
            self.report(&rule::MULTILINE_TEXT, message, Label::new(place, "begins here"));
            return None;
        }
        if value.ends_with(['\n', '\r']) {
            let message = format!("{what} ends with a line break");
            let label = Label::new(place, "its last line break is part of the text");
            let help = "write the text on one line, or `>-` instead of `>` or `|`";
            self.findings.push(Finding::new(&rule::MULTILINE_TEXT, message, label).help(help));
            return None;
        }
        if value.trim() != value {
            let message = format!("{what} begins or ends with a blank");
            self.report(&rule::UNTRIMMED_TEXT, message, Label::new(place, "not trimmed"));
            return None;
        }
        self.has_only_visible_characters(&text).then_some(text)
    }

    fn not_a_text<T>(&mut self, node: &Node, what: &str) -> Option<T> {
        let raw = self.source.slice(node.span).trim_end();
        let flow = raw.starts_with('{') || raw.starts_with('[');
        if flow && !raw.contains('\n') && !matches!(node.kind, Kind::Rejected) {
            let message =
                format!("{what} must stand in quotes: YAML reads it as {}", node.describe());
            let label = Label::new(node.span, format!("read as {}", node.describe()));
            let help = format!("write it in double quotes: \"{}\"", raw.replace('"', "\\\""));
            self.findings.push(Finding::new(&rule::NEEDS_QUOTES, message, label).help(help));
            return None;
        }
        self.wrong_kind(node, what, "a text")
    }

    /// Whether every character shows. Reports those that came in through an escape; the others were
    /// reported when the file was read.
    fn has_only_visible_characters(&mut self, text: &Text) -> bool {
        let raw = self.source.slice(text.span);
        let mut clean = true;
        for character in text.value.chars() {
            let Some(kind) = Invisible::of(character) else { continue };
            clean = false;
            if !raw.contains(character) {
                self.findings.push(kind.finding(character, text.span));
            }
        }
        clean
    }

    fn locate(&self, scalar: &Scalar, span: Span) -> Text {
        let raw = self.source.slice(span);
        let margin = usize::from(scalar.style == Style::Quoted);
        let verbatim = (raw.get(margin..raw.len().saturating_sub(margin)) == Some(&scalar.value))
            .then_some(span.start + margin);
        Text { value: scalar.value.clone(), span, verbatim }
    }

    /// Reports a plain text that a ` #` behind it has cut short.
    fn uncut(&mut self, node: &Node, text: &Text) {
        let Kind::Scalar(Scalar { style: Style::Plain, .. }) = &node.kind else { return };
        let line = self.source.line_span(self.source.line_index(node.span.end));
        let rest = self.source.slice(Span::new(node.span.end, line.end));
        if !rest.trim_start().starts_with('#') || !rest.starts_with([' ', '\t']) {
            return;
        }
        let whole = format!("{}{}", text.value, rest.trim_end());
        let message =
            format!("` #` cuts the text short: what is read is `{}`", shorten(&text.value));
        let label =
            Label::new(Span::new(node.span.end + 1, line.end), "YAML takes this for a comment");
        let help = format!(
            "write \"{}\" if all of it is text; move the comment to a line of its own if it is one",
            whole.replace('\\', "\\\\").replace('"', "\\\"")
        );
        self.findings.push(Finding::new(&rule::COMMENT_CUTS_TEXT, message, label).help(help));
    }

    /// A status: three plain decimal digits, without quotes.
    pub(super) fn status(&mut self, text: &str, style: Style, span: Span) -> Option<Spanned<u16>> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = digits && (text == "0" || !text.starts_with('0'));
        if style != Style::Plain || !canonical {
            let message =
                format!("the status `{}` is not plain digits", shorten(self.source.slice(span)));
            self.report(&rule::STATUS_NOT_PLAIN, message, Label::new(span, "not plain digits"));
            return None;
        }
        // Whatever does not fit is far out of range, and is reported as that.
        Some(Spanned { value: text.parse().unwrap_or(u16::MAX), span })
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        choices: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.name(node, what)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned { value: *value, span: text.span });
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = format!("{what} cannot be `{}`", shorten(&text.value));
        let help = match suggest::nearest(&text.value, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", list(&names)),
        };
        let label = Label::new(text.span, "not one of the values");
        self.findings.push(Finding::new(&rule::INVALID_VALUE, message, label).help(help));
        None
    }
}

/// `a`, `b` and `c`, in backticks.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A text cut to what fits into a message.
pub(super) fn shorten(text: &str) -> String {
    const MAX_CHARACTERS: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= MAX_CHARACTERS && line.len() == text.len() {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MAX_CHARACTERS).collect();
    format!("{cut}…")
}
