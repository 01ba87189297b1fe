//! The tree becomes a [`Document`]: one function for each kind of mapping in a catalog.

use super::document::{
    Context, Document, Operation, Param, ParamKind, Retired, Retry, Row, Section, Spanned, Status,
    StatusBasis, Text,
};
use super::fields::{Fields, Reader};
use super::tree::{Entry, Kind, Node, Style};
use crate::finding::{Finding, Label};
use crate::rule;
use crate::source::Source;
use crate::suggest;

const CATALOG: &[&str] =
    &["catalog", "title", "summary", "reference", "statuses", "contexts", "sections", "operations"];
const STATUS: &[&str] = &["name", "description"];
const CONTEXT: &[&str] = &["text", "params"];
const PARAM: &[&str] = &["type", "one_of", "description", "example", "sensitive"];
const SECTION: &[&str] = &["name", "errors"];
const ROW: &[&str] = &[
    "code",
    "same_as",
    "status",
    "status_basis",
    "detail",
    "context",
    "params",
    "former",
    "retired",
    "retry",
    "since",
    "cause",
    "fix",
];
const RETIRED: &[&str] = &["since", "reason", "replaced_by"];
const OPERATION: &[&str] = &["route", "summary", "errors"];
const TYPES: &[&str] = &["u64", "i64", "word", "text", "one_of"];

/// Reads the whole document.
pub(super) fn document(source: &Source, root: &Node, findings: &mut Vec<Finding>) -> Document {
    Reader { source, findings }.document(root).unwrap_or_default()
}

impl Reader<'_> {
    fn document(&mut self, root: &Node) -> Option<Document> {
        let what = "the catalog";
        let fields = self.fields(root, what, CATALOG)?;
        Some(Document {
            catalog: self.required_name(&fields, "catalog", what),
            title: self.optional_text(&fields, "title"),
            summary: self.optional_text(&fields, "summary"),
            reference: fields.get("reference").and_then(|node| self.name(node, "`reference`")),
            statuses: self.required_map(&fields, "statuses", what, Self::status_entry),
            contexts: self.optional_map(&fields, "contexts", Self::context),
            sections: self.sections(&fields),
            operations: self.optional_map(&fields, "operations", Self::operation),
        })
    }

    fn sections(&mut self, fields: &Fields<'_>) -> Vec<Section> {
        let Some(node) = self.require(fields, "sections", "the catalog") else { return Vec::new() };
        let Some(items) = self.sequence(node, "`sections`") else { return Vec::new() };
        items.iter().filter_map(|item| self.section(item)).collect()
    }

    fn status_entry(&mut self, key: &Text, node: &Node, style: Style) -> Option<Status> {
        let code = self.status(&key.value, style, key.span)?;
        let what = format!("the status {}", code.value);
        let fields = self.fields(node, &what, STATUS);
        let fields = fields.as_ref();
        Some(Status {
            code,
            name: fields.and_then(|fields| self.required_text(fields, "name", &what)),
            description: fields.and_then(|fields| self.required_text(fields, "description", &what)),
        })
    }

    fn context(&mut self, key: &Text, node: &Node, _: Style) -> Option<Context> {
        let what = format!("the context `{}`", key.value);
        let fields = self.fields(node, &what, CONTEXT)?;
        Some(Context {
            name: key.clone(),
            text: self.required_text(&fields, "text", &what),
            params: self.optional_map(&fields, "params", Self::param),
        })
    }

    fn param(&mut self, key: &Text, node: &Node, _: Style) -> Option<Param> {
        let name = key.clone();
        if let Kind::Scalar(_) = &node.kind {
            let kind = self.type_name(node);
            return Some(Param { name, kind, description: None, example: None, sensitive: false });
        }
        let what = format!("the parameter `{}`", key.value);
        let fields = self.fields(node, &what, PARAM)?;
        let kind = match (fields.get("type"), fields.get("one_of")) {
            (Some(node), None) => self.param_type(node),
            (None, Some(node)) => self.one_of(node),
            (Some(_), Some(node)) => {
                let message = format!("{what} has both `type` and `one_of`");
                let label = Label::new(node.span, "a second type");
                let help = "`one_of` is a type of its own: delete `type`";
                self.findings.push(Finding::new(&rule::UNKNOWN_TYPE, message, label).help(help));
                None
            }
            (None, None) => {
                self.require(&fields, "type", &what);
                None
            }
        };
        Some(Param {
            name,
            kind,
            description: self.optional_text(&fields, "description"),
            example: fields.get("example").and_then(|node| self.text(node, "`example`")),
            sensitive: self.flag(&fields, "sensitive"),
        })
    }

    fn param_type(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        if matches!(node.kind, Kind::Scalar(_)) {
            return self.type_name(node);
        }
        let fields = self.fields(node, "a type", &["one_of"])?;
        let choices = self.require(&fields, "one_of", "a type that is a mapping")?;
        self.one_of(choices)
    }

    fn type_name(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        let text = self.name(node, "a type")?;
        let value = match text.value.as_str() {
            "u64" => ParamKind::U64,
            "i64" => ParamKind::I64,
            "word" => ParamKind::Word,
            "text" => ParamKind::Text,
            other => {
                let message = format!("there is no type `{other}`");
                let finding = Finding::new(
                    &rule::UNKNOWN_TYPE,
                    message,
                    Label::new(text.span, "unknown type"),
                );
                self.findings.push(match synonym(other) {
                    Some(kind) => finding.help(format!("did you mean `{kind}`?")),
                    None => finding,
                });
                return None;
            }
        };
        Some(Spanned { value, span: text.span })
    }

    fn one_of(&mut self, node: &Node) -> Option<Spanned<ParamKind>> {
        let items = self.sequence(node, "`one_of`")?;
        if items.is_empty() {
            let message = "`one_of` lists no choice";
            self.report(&rule::INVALID_CHOICE, message, Label::new(node.span, "an empty list"));
            return None;
        }
        let choices: Vec<Text> =
            items.iter().filter_map(|item| self.text(item, "a choice")).collect();
        (choices.len() == items.len())
            .then_some(Spanned { value: ParamKind::OneOf(choices), span: node.span })
    }

    fn section(&mut self, node: &Node) -> Option<Section> {
        let what = "a section";
        let fields = self.fields(node, what, SECTION)?;
        let name = self.required_text(&fields, "name", what);
        let errors = self
            .require(&fields, "errors", what)
            .and_then(|node| self.sequence(node, "`errors`"))
            .unwrap_or_default();
        let errors = errors.iter().filter_map(|node| self.row(node)).collect();
        Some(Section { name, errors })
    }

    fn row(&mut self, node: &Node) -> Option<Row> {
        let fields = self.fields(node, "an error", ROW)?;
        let code = self.required_name(&fields, "code", "an error");
        let what = code
            .as_ref()
            .map_or("an error".to_owned(), |code| format!("the error `{}`", code.value));
        let same_as = fields.get("same_as").and_then(|node| self.name(node, "`same_as`"));
        if fields.get("same_as").is_none() {
            self.require(&fields, "status", &what);
            self.require(&fields, "detail", &what);
        }
        let basis = [("documented", StatusBasis::Documented), ("inferred", StatusBasis::Inferred)];
        let retry =
            [("never", Retry::Never), ("later", Retry::Later), ("after_fix", Retry::AfterFix)];
        Some(Row {
            span: node.span,
            code,
            status: fields.get("status").and_then(|node| self.row_status(node)),
            status_basis: fields
                .get("status_basis")
                .and_then(|node| self.choice(node, "`status_basis`", &basis)),
            detail: self.optional_text(&fields, "detail"),
            context: fields.get("context").and_then(|node| self.name(node, "`context`")),
            params: self.optional_map(&fields, "params", Self::param),
            same_as,
            former: self.texts(&fields, "former"),
            retired: fields.get("retired").and_then(|node| self.retired(node)),
            retry: fields.get("retry").and_then(|node| self.choice(node, "`retry`", &retry)),
            since: self.optional_text(&fields, "since"),
            cause: self.required_text(&fields, "cause", &what),
            fix: self.required_text(&fields, "fix", &what),
            fields: fields.present(),
        })
    }

    fn row_status(&mut self, node: &Node) -> Option<Spanned<u16>> {
        match &node.kind {
            Kind::Scalar(scalar) => self.status(&scalar.value, scalar.style, node.span),
            _ => {
                self.name(node, "`status`");
                None
            }
        }
    }

    fn retired(&mut self, node: &Node) -> Option<Retired> {
        let fields = self.fields(node, "`retired`", RETIRED)?;
        let reason = self.optional_text(&fields, "reason");
        if fields.get("reason").is_none() {
            let message = "a retired error says why it was retired";
            let label = Label::new(node.span, "no `reason` here");
            self.report(&rule::RETIRED_WITHOUT_REASON, message, label);
        }
        Some(Retired {
            span: node.span,
            since: self.optional_text(&fields, "since"),
            reason,
            replaced_by: fields
                .get("replaced_by")
                .and_then(|node| self.name(node, "`replaced_by`")),
        })
    }

    fn operation(&mut self, key: &Text, node: &Node, _: Style) -> Option<Operation> {
        let what = format!("the operation `{}`", key.value);
        let fields = self.fields(node, &what, OPERATION)?;
        let errors = self.require(&fields, "errors", &what);
        let errors = errors.and_then(|node| self.sequence(node, "`errors`")).unwrap_or_default();
        Some(Operation {
            name: key.clone(),
            route: self.required_text(&fields, "route", &what),
            summary: self.optional_text(&fields, "summary"),
            errors: errors.iter().filter_map(|node| self.name(node, "a code")).collect(),
        })
    }

    fn texts(&mut self, fields: &Fields<'_>, name: &str) -> Vec<Text> {
        let what = format!("`{name}`");
        let items = fields.get(name).and_then(|node| self.sequence(node, &what));
        let items = items.unwrap_or_default();
        items.iter().filter_map(|node| self.text(node, &format!("an item of {what}"))).collect()
    }

    fn flag(&mut self, fields: &Fields<'_>, name: &str) -> bool {
        let what = format!("`{name}`");
        let choices = [("true", true), ("false", false)];
        let flag = fields.get(name).and_then(|node| self.choice(node, &what, &choices));
        flag.is_some_and(|flag| flag.value)
    }

    fn optional_text(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        fields.get(name).and_then(|node| self.text(node, &format!("`{name}`")))
    }

    fn required_text(&mut self, fields: &Fields<'_>, name: &str, what: &str) -> Option<Text> {
        self.require(fields, name, what).and_then(|node| self.text(node, &format!("`{name}`")))
    }

    fn required_name(&mut self, fields: &Fields<'_>, name: &str, what: &str) -> Option<Text> {
        self.require(fields, name, what).and_then(|node| self.name(node, &format!("`{name}`")))
    }

    fn required_map<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        what: &str,
        entry: fn(&mut Self, &Text, &Node, Style) -> Option<T>,
    ) -> Vec<T> {
        self.require(fields, name, what);
        self.optional_map(fields, name, entry)
    }

    /// A mapping whose keys are names of the user's own.
    fn optional_map<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        entry: fn(&mut Self, &Text, &Node, Style) -> Option<T>,
    ) -> Vec<T> {
        let mapping = fields.get(name).and_then(|node| self.mapping(node, &format!("`{name}`")));
        let entries = mapping.map(|mapping| mapping.entries.as_slice()).unwrap_or_default();
        let read = |item: &Entry| {
            let key = &item.key;
            let text = Text { value: key.text.clone(), span: key.span, verbatim: None };
            entry(self, &text, &item.value, key.style)
        };
        entries.iter().filter_map(read).collect()
    }
}

/// The type that somebody means who writes the word of another language.
fn synonym(written: &str) -> Option<&'static str> {
    match written.to_lowercase().as_str() {
        "int" | "integer" | "i32" | "int64" | "isize" | "long" => Some("i64"),
        "uint" | "u32" | "usize" | "uint64" | "unsigned" | "number" => Some("u64"),
        "str" | "string" => Some("text"),
        "id" | "uuid" | "token" | "slug" => Some("word"),
        "enum" | "choice" => Some("one_of"),
        other => suggest::nearest(other, TYPES.iter().copied()),
    }
}
