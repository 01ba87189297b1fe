//! Reading the fields of one mapping: which are there, which are unknown, which are missing.

use super::tree::{Entry, Kind, Mapping, Node, Style};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule::{self, Rule};
use crate::source::{Invisible, Source, Span};
use crate::suggest;

/// Reads nodes, and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Whether everything that has a name could be read. If not, nothing is said to be missing that
    /// others refer to.
    pub(super) complete: bool,
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
        let entry = self.entry(name)?;
        let lost = without_blank(entry, self.mapping, self.known).is_some();
        (!lost).then_some(&entry.value)
    }

    /// The entry with this name, or the one that is reported as misspelt.
    fn entry(&self, name: &str) -> Option<&'n Entry> {
        let entries = &self.mapping.entries;
        let exact = entries.iter().find(|entry| entry.key.text == name);
        exact.or_else(|| {
            entries.iter().find(|entry| meant(entry, self.mapping, self.known) == Some(name))
        })
    }

    /// The known fields that are there, with the places of their names.
    pub(super) fn present(&self) -> Vec<(&'static str, Span)> {
        let place = |name: &&'static str| Some((*name, self.entry(name)?.key.span));
        self.known.iter().filter_map(place).collect()
    }
}

/// The field that is meant by a key that is none.
fn meant(entry: &Entry, mapping: &Mapping, known: &[&'static str]) -> Option<&'static str> {
    let key = &entry.key.text;
    if known.contains(&key.as_str()) {
        return None;
    }
    let key = without_blank(entry, mapping, known).map_or(key.as_str(), |(key, _)| key);
    let is_there = |name: &str| mapping.entries.iter().any(|entry| entry.key.text == name);
    let free = || known.iter().copied().filter(|name| !is_there(name));
    suggest::nearest(key, free()).or_else(|| free().find(|name| synonyms(name).contains(&key)))
}

/// What other formats call a field. Where it is there already, these are no names of it.
fn synonyms(field: &str) -> &'static [&'static str] {
    match field {
        "detail" => &["message", "msg", "error", "sentence", "title", "text", "description"],
        "text" => &["message", "msg", "sentence", "detail", "template"],
        "code" => &["id", "key", "slug", "name", "identifier"],
        "name" => &["title", "label", "phrase", "section"],
        "cause" => &["why", "reason"],
        "fix" => &["hint", "help", "solution", "resolution", "remedy", "action", "what_to_do"],
        "former" => &["previous", "previously", "old", "was", "aliases"],
        "params" => &["args", "arguments", "fields", "variables", "values", "placeholders"],
        "one_of" => &["enum", "values", "choices", "options", "variants"],
        "type" => &["kind", "ty", "format"],
        "description" => &["desc", "doc", "docs", "comment", "meaning"],
        "example" => &["ex", "sample"],
        "sensitive" => &["secret", "private", "pii"],
        "reference" => &["url", "link", "docs", "docs_url"],
        "sections" => &["groups", "categories"],
        "errors" => &["codes", "rows", "entries", "items"],
        "route" => &["path", "url", "endpoint"],
        _ => &[],
    }
}

/// A key and a value that the missing blank behind the colon has made one text: `{ name:OK }`.
fn without_blank<'n>(
    entry: &'n Entry,
    mapping: &Mapping,
    known: &[&str],
) -> Option<(&'n str, &'n str)> {
    let (key, value) = entry.key.text.split_once(':')?;
    let read_as_key = mapping.flow && entry.value.is_absent() && known.contains(&key);
    read_as_key.then_some((key, value))
}

impl Reader<'_> {
    pub(super) fn report(&mut self, rule: &'static Rule, message: impl Into<String>, label: Label) {
        self.diagnostics.push(Diagnostic::new(rule, message, label));
    }

    /// Reads a mapping with named fields; `what` says what it is, as in `a row`.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let written = || format!("its fields are {}", list(known, "and"));
        let mapping = self.mapping(node, what, written)?;
        for entry in &mapping.entries {
            if !known.contains(&entry.key.text.as_str()) {
                self.unknown_field(entry, mapping, what, known);
            }
        }
        Some(Fields { span: node.span, mapping, known })
    }

    fn unknown_field(
        &mut self,
        entry: &Entry,
        mapping: &Mapping,
        what: &str,
        known: &[&'static str],
    ) {
        let Entry { key, value } = entry;
        let label = |text: &str| Label::new(key.span, text);
        if let Some(invisible) = Invisible::find(&key.text) {
            return self.diagnostics.push(invisible.diagnostic(key.span));
        }
        if let Some((name, value)) = without_blank(entry, mapping, known) {
            let message = format!("no blank stands behind the colon of `{name}`");
            let diagnostic =
                Diagnostic::new(&rule::MISSING_COLON, message, label("read as one word"));
            return self
                .diagnostics
                .push(diagnostic.help(format!("did you mean `{name}: {value}`?")));
        }
        let meant = meant(entry, mapping, known);
        if mapping.flow
            && value.is_absent()
            && key.style == Style::Plain
            && (meant.is_none() || key.text.contains(' '))
        {
            let message = format!("a comma ends the text before `{}`", shorten(&key.text));
            return self.report(
                &rule::COMMA_CUTS_TEXT,
                message,
                label("read as a field of its own"),
            );
        }
        let message = format!("{what} has no field `{}`", shorten(&key.text));
        let help = match meant {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the fields are {}", list(known, "and")),
        };
        let diagnostic = Diagnostic::new(&rule::UNKNOWN_FIELD, message, label("unknown field"));
        self.diagnostics.push(diagnostic.help(help));
    }

    /// Reads a mapping; `written` says how it is written.
    pub(super) fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        written: impl FnOnce() -> String,
    ) -> Option<&'n Mapping> {
        if let Kind::Mapping(mapping) = &node.kind {
            self.complete &= mapping.whole;
            return Some(mapping);
        }
        self.complete = false;
        self.wrong_kind(node, what, "a mapping", &written())
    }

    pub(super) fn sequence<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        if let Kind::Sequence(items) = &node.kind {
            return Some(items);
        }
        self.complete = false;
        self.wrong_kind(node, what, "a list", "lines that begin with `- `")
    }

    /// Reports a node that is not what it should be, unless it was reported before.
    pub(super) fn wrong_kind<T>(
        &mut self,
        node: &Node,
        what: &str,
        wanted: &str,
        written: &str,
    ) -> Option<T> {
        if matches!(node.kind, Kind::Rejected) {
            return None;
        }
        let place = Label::new(self.visible(node.span), format!("this is {}", node.describe()));
        let (message, label) = if node.is_absent() {
            let label = Label::new(node.span, "nothing stands here");
            (format!("{what} is {wanted}, and nothing stands there"), label)
        } else {
            (format!("{what} is {wanted}, and here stands {}", node.describe()), place)
        };
        let help = format!("write {wanted}: {written}");
        self.diagnostics.push(Diagnostic::new(&rule::WRONG_KIND, message, label).help(help));
        None
    }

    /// Reports fields that must be there, unless they may stand in a part that could not be read.
    pub(super) fn require(&mut self, fields: &Fields<'_>, names: &[&str], what: &str) {
        let missing: Vec<&str> =
            names.iter().copied().filter(|name| fields.entry(name).is_none()).collect();
        let (Some(first), true) = (missing.first(), fields.mapping.whole) else { return };
        let (noun, verb) = if missing.len() == 1 { ("field", "is") } else { ("fields", "are") };
        let shown = list(&missing, "and");
        let message = format!("{what} lacks the {noun} {shown}");
        let label = Label::new(self.head(fields), format!("{shown} {verb} missing here"));
        let help = match missing.as_slice() {
            [_] => format!("add `{first}:`"),
            _ => format!("add {shown}, each on a line of its own"),
        };
        self.diagnostics.push(Diagnostic::new(&rule::MISSING_FIELD, message, label).help(help));
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
    pub(super) fn visible(&self, span: Span) -> Span {
        let slice = self.source.slice(span);
        let first = slice.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.start + first.len())
    }
}

/// `a`, `b` and `c`, in backticks; `joint` is the word before the last one.
pub(super) fn list(names: &[&str], joint: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {joint} {last}", rest.join(", ")),
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
