//! Reading parameters: their types, and what else is said of them.

use super::document::{Param, ParamKind, Spanned, Text};
use super::field_names::PARAM;
use super::fields::{Fields, Reader};
use super::tree::{Kind, Node};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::suggest;

const TYPES: &[&str] = &["u64", "i64", "word", "text", "one_of"];

const FLAG: &[(&str, bool)] = &[("true", true), ("false", false)];

impl Reader<'_> {
    pub(super) fn params(&mut self, fields: &Fields<'_>) -> Vec<Param> {
        self.map(fields, "params", |reader, key, node, _| Some(reader.param(key, node)))
    }

    fn param(&mut self, key: &Text, node: &Node) -> Param {
        let name = key.clone();
        if let Kind::Scalar(_) = &node.kind {
            let kind = self.type_name(node);
            return Param { name, kind, description: None, example: None, sensitive: false };
        }
        let what = format!("the parameter `{}`", key.value);
        let Some(fields) = self.fields(node, &what, PARAM) else {
            return Param { name, kind: None, description: None, example: None, sensitive: false };
        };
        let kind = match (fields.get("type"), fields.get("one_of")) {
            (Some(node), None) => self.param_type(node),
            (None, Some(node)) => self.one_of(node),
            (Some(_), Some(node)) => {
                let message = format!("{what} has both `type` and `one_of`");
                let label = Label::new(node.span, "a second type");
                let help = "`one_of` is a type of its own: delete `type`";
                self.diagnostics
                    .push(Diagnostic::new(&rule::UNKNOWN_TYPE, message, label).help(help));
                None
            }
            (None, None) => {
                self.require(&fields, &["type"], &what);
                None
            }
        };
        Param {
            name,
            kind,
            description: self.text_field(&fields, "description"),
            example: fields.get("example").and_then(|node| self.text_or_number(node, "`example`")),
            sensitive: self.choice(&fields, "sensitive", FLAG).is_some_and(|flag| flag.value),
        }
    }

    fn param_type(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.type_name(node);
        }
        let fields = self.fields(node, "a type", &["one_of"])?;
        self.require(&fields, &["one_of"], "a type that is a mapping");
        self.one_of(fields.get("one_of")?)
    }

    fn type_name(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        let text = self.word(node, "a type")?;
        let value = match text.value.as_str() {
            "u64" => ParamKind::U64,
            "i64" => ParamKind::I64,
            "word" => ParamKind::Word,
            "text" => ParamKind::Text,
            other => {
                let message = format!("unknown type `{other}`");
                let diagnostic =
                    Diagnostic::new(&rule::UNKNOWN_TYPE, message, Label::new(text.span, "unknown"));
                self.diagnostics.push(match synonym(other) {
                    Some("one_of") if other.starts_with("bool") => {
                        diagnostic.help("list the choices: `one_of: [\"true\", \"false\"]`")
                    }
                    Some("one_of") => diagnostic.help("list the choices: `one_of: [a, b]`"),
                    Some(kind) => diagnostic.help(format!("did you mean `{kind}`?")),
                    None => diagnostic,
                });
                return None;
            }
        };
        Some(Spanned { value, span: text.span })
    }

    fn one_of(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        let items = self.sequence(node, "`one_of`")?;
        if items.is_empty() {
            let message = "`one_of` has no choices";
            self.report(&rule::INVALID_CHOICE, message, Label::new(node.span, "an empty list"));
            return None;
        }
        let choices: Vec<Text> =
            items.iter().filter_map(|item| self.text(item, "a choice")).collect();
        (choices.len() == items.len())
            .then_some(Spanned { value: ParamKind::OneOf(choices), span: node.span })
    }
}

/// Whether the names of all parameters could be read.
pub(super) fn can_read_params(fields: &Fields<'_>) -> bool {
    let readable =
        |node: &Node| matches!(&node.kind, Kind::Mapping(mapping) if !mapping.lacks_entries);
    fields.get("params").is_none_or(readable)
}

/// The type that somebody means who writes the word of another language.
fn synonym(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "int" | "integer" | "i32" | "int64" | "isize" | "long" => Some("i64"),
        "uint" | "u32" | "usize" | "uint64" | "unsigned" | "number" => Some("u64"),
        "str" | "string" => Some("text"),
        "id" | "uuid" | "token" | "slug" | "float" | "f32" | "f64" | "double" | "decimal" => {
            Some("word")
        }
        "enum" | "choice" | "bool" | "boolean" => Some("one_of"),
        other => suggest::nearest(other, TYPES.iter().copied()),
    }
}
