//! Reads parameters: their types and other fields.

use kate_errors_model::types::{TYPES, Type};

use super::document::{Param, Spanned, Text};
use super::field_names::PARAM;
use super::fields::{Fields, Reader, list};
use super::tree::{Kind, Node};
use crate::names;
use crate::rule;
use crate::suggest;

impl Reader<'_> {
    pub(super) fn params(&mut self, fields: &Fields<'_>, name: &str) -> Vec<Param> {
        self.map(fields, name, |reader, key, node, _| Some(reader.param(key, node)))
    }

    fn param(&mut self, key: &Text, node: &Node) -> Param {
        let mut param = Param { name: key.clone(), ..Param::default() };
        if let Kind::Scalar(_) = &node.kind {
            param.ty = self.type_name(node);
            return param;
        }
        let what = format!("the parameter `{key}`");
        let Some(fields) = self.fields(node, &what, PARAM) else { return param };
        match (fields.get("type"), fields.get("one_of")) {
            (Some(node), None) => self.param_type(node, &mut param),
            (None, Some(node)) => self.one_of(node, &mut param),
            (Some(_), Some(node)) => {
                let message = format!("{what} has both `type` and `one_of`");
                let help = "`one_of` is a type of its own: delete `type`";
                self.report(&rule::UNKNOWN_TYPE, message, (node.span, "a second type"))
                    .set_help(help);
            }
            (None, None) => self.require(&fields, &["type"], &what),
        }
        param.member = self.text_field(&fields, "member");
        param.rust = fields.get("rust").and_then(|node| self.rust_type(node));
        param.description = self.text_field(&fields, "description");
        param.example =
            fields.get("example").and_then(|node| self.text_or_scalar(node, "`example`"));
        param.sensitive = self.flag(&fields, "sensitive");
        param.optional = self.flag(&fields, "optional");
        param
    }

    fn param_type(&mut self, node: &Node, param: &mut Param) {
        if matches!(node.kind, Kind::Scalar(_)) {
            param.ty = self.type_name(node);
            return;
        }
        let Some(fields) = self.fields(node, "a type", &["one_of"]) else { return };
        self.require(&fields, &["one_of"], "a type that is a mapping");
        if let Some(node) = fields.get("one_of") {
            self.one_of(node, param);
        }
    }

    fn type_name(&mut self, node: &Node) -> Option<Spanned<Type<'static>>> {
        let text = self.word(node, "a type")?;
        if let Some(value) = Type::named(&text.value) {
            return Some(Spanned { value, span: text.span });
        }
        let message = format!("there is no type `{text}`");
        let help = match synonym(&text.value) {
            Some("one_of") => "list the choices: `one_of: [a, b]`".to_owned(),
            Some(kind) => format!("did you mean `{kind}`?"),
            None => format!("the types are {}", list(TYPES.iter().map(|ty| ty.name), "and")),
        };
        self.report(&rule::UNKNOWN_TYPE, message, (text.span, "unknown type")).set_help(help);
        None
    }

    fn one_of(&mut self, node: &Node, param: &mut Param) {
        let Some(items) = self.sequence(node, "`one_of`") else { return };
        if items.is_empty() {
            let message = "`one_of` has no choices";
            self.report(&rule::INVALID_CHOICE, message, (node.span, "an empty list"));
            return;
        }
        let choices: Vec<Text> =
            items.iter().filter_map(|item| self.text(item, "a choice")).collect();
        if choices.len() == items.len() {
            let texts = choices.iter().map(|choice| choice.value.clone().into()).collect();
            param.ty = Some(Spanned { value: Type::OneOf(texts), span: node.span });
            param.choices = choices;
        }
    }

    /// Reads the path of a Rust type. It becomes source code, so it may only contain names and `::`.
    fn rust_type(&mut self, node: &Node) -> Option<Text> {
        let text = self.word(node, "`rust`")?;
        let path: Vec<&str> = text.value.split("::").collect();
        if path.len() > 1 && path.iter().all(|name| names::is_word(name)) {
            return Some(text);
        }
        let message = format!("`{text}` is not the path of a Rust type");
        let label = (text.span, "names separated by `::`");
        let help = "write the path from the name of a crate, or from `crate`: `uuid::Uuid`, `crate::ids::RunId`";
        self.report(&rule::INVALID_VALUE, message, label).set_help(help);
        None
    }
}

/// Whether the names of all parameters could be read.
pub(super) fn can_read_params(fields: &Fields<'_>) -> bool {
    let readable =
        |node: &Node| matches!(&node.kind, Kind::Mapping(mapping) if !mapping.lacks_entries);
    fields.get("params").is_none_or(readable)
}

/// Returns the type that a word from another language means.
fn synonym(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "int" | "integer" | "i32" | "int64" | "isize" | "long" => Some("i64"),
        "uint" | "u32" | "usize" | "uint64" | "unsigned" | "number" => Some("u64"),
        "float" | "f32" | "f64" | "double" | "money" | "price" => Some("decimal"),
        "str" | "string" => Some("text"),
        "id" | "token" | "slug" => Some("word"),
        "guid" => Some("uuid"),
        "datetime" | "date-time" | "time" | "instant" => Some("timestamp"),
        "day" => Some("date"),
        "boolean" | "flag" => Some("bool"),
        "enum" | "choice" => Some("one_of"),
        other => suggest::nearest(other, TYPES.iter().map(|ty| ty.name)),
    }
}
