//! Reads extension fields (`x-…`): any YAML value, kept as JSON.

use kate_errors_model::json::push_escaped;

use super::document::Text;
use super::fields::{EXTENSION, Fields, Reader, shorten};
use super::other_types::{OtherType, is_exact_integer, is_plain_number};
use super::tree::{Kind, Mapping, Node, Scalar, Style};
use crate::catalog::Extension;
use crate::rule;

/// Names that generated files use themselves, and prefixes that `OpenAPI` reserves.
const TAKEN: &[&str] = &["x-generated-by", "x-kate-errors"];
const TAKEN_PREFIXES: &[&str] = &["x-oai-", "x-oas-"];

impl Reader<'_> {
    /// Reads the extension fields of a mapping, in the order of the file.
    pub(super) fn extensions(&mut self, fields: &Fields<'_>) -> Vec<Extension> {
        let mut extensions = Vec::new();
        for entry in fields.mapping.entries.iter().filter(|entry| is_extension(&entry.key.text)) {
            let name = Text { value: entry.key.text.clone(), span: entry.key.span, verbatim: None };
            let is_named = self.extension_name(&name);
            let mut json = Vec::new();
            if self.json(&entry.value, &format!("`{}`", shorten(&name.value)), &mut json).is_some()
                && is_named
            {
                let json = String::from_utf8_lossy(&json).into_owned();
                extensions.push(Extension { name: name.value, json });
            }
        }
        extensions
    }

    fn extension_name(&mut self, name: &Text) -> bool {
        if !self.is_visible_name(&name.value, name.span) {
            return false;
        }
        let text = name.value.as_str();
        let is_word = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
        let is_taken =
            TAKEN.contains(&text) || TAKEN_PREFIXES.iter().any(|it| text.starts_with(it));
        let shown = shorten(text);
        let (message, label) = if text == "x-" {
            ("the name of this field is missing".to_owned(), "a name follows `x-`")
        } else if !is_word {
            (
                format!("`{shown}` is not a valid name for a custom field"),
                "not only letters, digits, `-`, `_` and `.`",
            )
        } else if is_taken {
            (
                format!("a custom field cannot be called `{shown}`"),
                "reserved by OpenAPI or by an output",
            )
        } else {
            return true;
        };
        self.report(&rule::INVALID_EXTENSION, message, (name.span, label))
            .help_if(is_taken.then(|| "choose another name".to_owned()));
        false
    }

    /// Writes a node as JSON. Returns `None` if a part of it was reported.
    pub(super) fn json(&mut self, node: &Node, what: &str, out: &mut Vec<u8>) -> Option<()> {
        match &node.kind {
            Kind::Scalar(scalar) => self.json_scalar(scalar, node, what, out),
            Kind::Sequence(items) => {
                let mut read = Some(());
                out.push(b'[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    read = self.json(item, what, out).and(read);
                }
                out.push(b']');
                read
            }
            Kind::Mapping(mapping) if is_placeholder(mapping) => {
                let value = self.source.slice(node.span).trim_end().to_owned();
                let text = Text { value, span: node.span, verbatim: None };
                self.needs_quotes(&text, what, node.describe())
            }
            Kind::Mapping(mapping) => self.json_object(mapping, what, out),
            Kind::Rejected => None,
        }
    }

    fn json_object(&mut self, mapping: &Mapping, what: &str, out: &mut Vec<u8>) -> Option<()> {
        let mut read = (!mapping.lacks_entries).then_some(());
        out.push(b'{');
        for (at, entry) in mapping.entries.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            let key = &entry.key;
            let name = Text { value: key.text.clone(), span: key.span, verbatim: None };
            if self.is_visible(&key.text, key.span) {
                self.check_name(&name, key.style, "the name");
            } else {
                read = None;
            }
            json_string(&key.text, out);
            out.push(b':');
            read = self.json(&entry.value, what, out).and(read);
        }
        out.push(b'}');
        read
    }

    fn json_scalar(
        &mut self,
        scalar: &Scalar,
        node: &Node,
        what: &str,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        let value = scalar.value.as_str();
        if !self.has_visible_lines(value, node.span) {
            return None;
        }
        match scalar.style {
            Style::Absent => out.extend_from_slice(b"null"),
            Style::Plain => return self.json_plain(scalar, node, what, out),
            Style::Quoted | Style::Block => json_string(value, out),
        }
        Some(())
    }

    /// Writes a plain scalar, which all YAML parsers must read alike.
    fn json_plain(
        &mut self,
        scalar: &Scalar,
        node: &Node,
        what: &str,
        out: &mut Vec<u8>,
    ) -> Option<()> {
        let text = Text { value: scalar.value.clone(), span: node.span, verbatim: None };
        if self.is_cut(&text) {
            return None;
        }
        let value = text.value.as_str();
        match OtherType::of(value) {
            None => json_string(value, out),
            Some(OtherType::Null) => out.extend_from_slice(b"null"),
            Some(OtherType::Boolean) if matches!(value, "true" | "false") => {
                out.extend_from_slice(value.as_bytes());
            }
            Some(OtherType::Number) if is_exact_integer(value) || is_short_fraction(value) => {
                out.extend_from_slice(value.as_bytes());
            }
            Some(other) => return self.needs_quotes(&text, what, other.describe()),
        }
        Some(())
    }
}

/// Whether a mapping looks like a placeholder without its quotes: `{detail}`.
pub(super) fn is_placeholder(mapping: &Mapping) -> bool {
    mapping.flow && matches!(mapping.entries.as_slice(), [entry] if entry.value.is_absent())
}

/// Whether a name is that of an extension field.
pub(super) fn is_extension(name: &str) -> bool {
    name.starts_with(EXTENSION.trim_end_matches('…'))
}

/// Whether a number is a fraction with so few digits that a double preserves them.
fn is_short_fraction(text: &str) -> bool {
    is_plain_number(text) && text.contains('.') && text.len() <= 16
}

fn json_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    push_escaped(text, out);
    out.push(b'"');
}
