//! The tree becomes a [`Document`]: one function for each kind of mapping in a catalog.

use super::document::{
    Context, Document, Operation, Param, ParamKind, Reserved, Retired, Retry, Row, Section,
    Spanned, Status, StatusBasis, Text,
};
use super::fields::{Fields, Reader};
use super::scalars::Plain;
use super::tree::{Entry, Kind, Node, Style};
use crate::finding::{Finding, Label};
use crate::rule;
use crate::source::Source;
use crate::suggest;

const CATALOG: &[&str] = &[
    "catalog",
    "title",
    "summary",
    "reference",
    "statuses",
    "contexts",
    "sections",
    "operations",
    "reserved",
];
const RESERVED: &[&str] = &["codes", "details"];
const STATUS: &[&str] = &[
    "name",
    "description",
    "fallback",
    "www_authenticate",
    "proxy_authenticate",
    "allow",
    "retry_after",
];
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
    "www_authenticate",
    "proxy_authenticate",
    "allow",
    "retry_after",
];
const RETIRED: &[&str] = &["since", "reason", "replaced_by"];
const OPERATION: &[&str] = &["route", "summary", "errors"];
const TYPES: &[&str] = &["u64", "i64", "word", "text", "one_of"];

/// The fields whose value is a sentence.
const SENTENCES: &[&str] =
    &["detail", "text", "cause", "fix", "title", "summary", "description", "reason"];

/// Whether a mapping of a catalog can have a field of this name.
pub(super) fn is_field_name(name: &str) -> bool {
    let mappings = [CATALOG, STATUS, CONTEXT, PARAM, SECTION, ROW, RETIRED, OPERATION, RESERVED];
    mappings.iter().any(|fields| fields.contains(&name))
}

/// Whether the catalog itself can have a field of this name.
pub(super) fn is_catalog_field(name: &str) -> bool {
    CATALOG.contains(&name)
}

/// Whether a field of this name holds a sentence.
pub(super) fn is_text_field(name: &str) -> bool {
    SENTENCES.contains(&name)
}

/// Reads the whole document, and tells whether everything that has a name could be read.
pub(super) fn document(
    source: &Source,
    root: &Node,
    findings: &mut Vec<Finding>,
) -> (Document, bool) {
    let mut reader = Reader { source, findings, complete: true };
    let document = reader.document(root).unwrap_or_default();
    (document, reader.complete)
}

impl Reader<'_> {
    fn document(&mut self, root: &Node) -> Option<Document> {
        let what = "the catalog";
        if !matches!(root.kind, Kind::Mapping(_)) {
            self.no_catalog(root);
            return None;
        }
        let fields = self.fields(root, what, CATALOG)?;
        self.require(&fields, &["catalog", "statuses", "sections"], what);
        self.complete &= fields.get("statuses").is_some() && fields.get("sections").is_some();
        Some(Document {
            catalog: fields.get("catalog").and_then(|node| self.name(node, "`catalog`")),
            title: self.text_field(&fields, "title"),
            summary: self.text_field(&fields, "summary"),
            reference: fields.get("reference").and_then(|node| self.name(node, "`reference`")),
            statuses: self.map(&fields, "statuses", Self::status_entry),
            contexts: self.map(&fields, "contexts", Self::context),
            sections: self.sections(&fields),
            operations: self.map(&fields, "operations", Self::operation),
            reserved: fields.get("reserved").and_then(|n| self.reserved(n)).unwrap_or_default(),
        })
    }

    fn reserved(&mut self, node: &Node) -> Option<Reserved> {
        let fields = self.fields(node, "`reserved`", RESERVED)?;
        let codes = fields.get("codes").and_then(|node| self.sequence(node, "`codes`"));
        let codes = codes.unwrap_or_default();
        Some(Reserved {
            codes: codes.iter().filter_map(|node| self.name(node, "a code")).collect(),
            details: self.texts(&fields, "details"),
        })
    }

    fn no_catalog(&mut self, root: &Node) {
        let message = format!("the file is no catalog, but {}", root.describe());
        let label = Label::new(self.visible(root.span), format!("this is {}", root.describe()));
        let help = "a catalog begins with `catalog:` and its name; \
                    `kate-errors init` writes a small one to start from";
        self.findings.push(Finding::new(&rule::WRONG_KIND, message, label).help(help));
    }

    fn sections(&mut self, fields: &Fields<'_>) -> Vec<Section> {
        let Some(node) = fields.get("sections") else { return Vec::new() };
        let Some(items) = self.sequence(node, "`sections`") else { return Vec::new() };
        items.iter().filter_map(|item| self.section(item)).collect()
    }

    fn status_entry(&mut self, key: &Text, node: &Node, style: Style) -> Option<Status> {
        // JSON has no keys without quotes.
        let style = if style == Style::Quoted { Style::Plain } else { style };
        let Some(code) = self.status(&key.value, style, key.span) else {
            self.complete = false;
            return None;
        };
        let what = format!("the status {}", code.value);
        let fields = self.fields(node, &what, STATUS);
        let fields = fields.as_ref();
        if let Some(fields) = fields {
            self.require(fields, &["name", "description"], &what);
        }
        Some(Status {
            code,
            name: fields.and_then(|fields| self.text_field(fields, "name")),
            description: fields.and_then(|fields| self.text_field(fields, "description")),
            headers: fields.map(|fields| self.headers(fields)).unwrap_or_default(),
            fallback: fields
                .and_then(|fields| fields.get("fallback"))
                .and_then(|node| self.name(node, "`fallback`")),
        })
    }

    fn context(&mut self, key: &Text, node: &Node, _: Style) -> Option<Context> {
        let what = format!("the context `{}`", key.value);
        let fields = self.fields(node, &what, CONTEXT)?;
        self.require(&fields, &["text"], &what);
        Some(Context {
            name: key.clone(),
            text: self.text_field(&fields, "text"),
            params: self.params(&fields),
            has_all_params: can_read_params(&fields),
        })
    }

    fn params(&mut self, fields: &Fields<'_>) -> Vec<Param> {
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
                self.findings.push(Finding::new(&rule::UNKNOWN_TYPE, message, label).help(help));
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
            example: fields
                .get("example")
                .and_then(|node| self.text(node, "`example`", Plain::Value)),
            sensitive: self.flag(&fields, "sensitive"),
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
                    Some("one_of") if other.starts_with("bool") => {
                        finding.help("list the choices: `one_of: [\"true\", \"false\"]`")
                    }
                    Some("one_of") => finding.help("list the choices: `one_of: [a, b]`"),
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
            items.iter().filter_map(|item| self.text(item, "a choice", Plain::Text)).collect();
        (choices.len() == items.len())
            .then_some(Spanned { value: ParamKind::OneOf(choices), span: node.span })
    }

    fn section(&mut self, node: &Node) -> Option<Section> {
        let what = "a section";
        let fields = self.fields(node, what, SECTION)?;
        self.require(&fields, SECTION, what);
        let name = self.text_field(&fields, "name");
        self.complete &= fields.get("errors").is_some();
        let errors = fields.get("errors").and_then(|node| self.sequence(node, "`errors`"));
        let errors = errors.unwrap_or_default();
        let errors = errors.iter().filter_map(|node| self.row(node)).collect();
        Some(Section { name, errors })
    }

    fn row(&mut self, node: &Node) -> Option<Row> {
        let fields = self.fields(node, "an error", ROW)?;
        let code = fields.get("code").and_then(|node| self.name(node, "`code`"));
        self.complete &= code.is_some();
        let what = code
            .as_ref()
            .map_or("an error".to_owned(), |code| format!("the error `{}`", code.value));
        let same_as = fields.get("same_as").and_then(|node| self.name(node, "`same_as`"));
        let required: &[&str] = match fields.get("same_as") {
            None => &["code", "status", "detail", "cause", "fix"],
            Some(_) => &["code", "cause", "fix"],
        };
        self.require(&fields, required, &what);
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
            detail: self.text_field(&fields, "detail"),
            context: fields.get("context").and_then(|node| self.name(node, "`context`")),
            params: self.params(&fields),
            has_all_params: can_read_params(&fields),
            same_as,
            former: self.texts(&fields, "former"),
            retired: fields.get("retired").and_then(|node| self.retired(node)),
            retry: fields.get("retry").and_then(|node| self.choice(node, "`retry`", &retry)),
            since: self.text_field(&fields, "since"),
            cause: self.text_field(&fields, "cause"),
            fix: self.text_field(&fields, "fix"),
            headers: self.headers(&fields),
            fields: fields.present(),
        })
    }

    fn row_status(&mut self, node: &Node) -> Option<Spanned<u16>> {
        match &node.kind {
            Kind::Scalar(scalar) => self.status(&scalar.value, scalar.style, node.span),
            Kind::Rejected => None,
            _ => self.status(self.source.slice(node.span), Style::Quoted, node.span),
        }
    }

    fn retired(&mut self, node: &Node) -> Option<Retired> {
        let fields = self.fields(node, "`retired`", RETIRED)?;
        let reason = self.text_field(&fields, "reason");
        if fields.get("reason").is_none() {
            let message = "a retired error says why it was retired";
            let label = Label::new(node.span, "no `reason` here");
            self.report(&rule::RETIRED_WITHOUT_REASON, message, label);
        }
        Some(Retired {
            span: node.span,
            since: self.text_field(&fields, "since"),
            reason,
            replaced_by: fields
                .get("replaced_by")
                .and_then(|node| self.name(node, "`replaced_by`")),
        })
    }

    fn operation(&mut self, key: &Text, node: &Node, _: Style) -> Option<Operation> {
        let what = format!("the operation `{}`", key.value);
        let fields = self.fields(node, &what, OPERATION)?;
        self.require(&fields, &["route", "errors"], &what);
        let errors = fields
            .get("errors")
            .and_then(|node| self.sequence(node, "`errors`"))
            .unwrap_or_default();
        Some(Operation {
            name: key.clone(),
            route: self.text_field(&fields, "route"),
            summary: self.text_field(&fields, "summary"),
            errors: errors.iter().filter_map(|node| self.name(node, "a code")).collect(),
        })
    }

    fn texts(&mut self, fields: &Fields<'_>, name: &str) -> Vec<Text> {
        let what = format!("`{name}`");
        let items = fields.get(name).and_then(|node| self.sequence(node, &what));
        let items = items.unwrap_or_default();
        items
            .iter()
            .filter_map(|node| self.text(node, &format!("an item of {what}"), Plain::Text))
            .collect()
    }

    fn flag(&mut self, fields: &Fields<'_>, name: &str) -> bool {
        let what = format!("`{name}`");
        let choices = [("true", true), ("false", false)];
        let flag = fields.get(name).and_then(|node| self.choice(node, &what, &choices));
        flag.is_some_and(|flag| flag.value)
    }

    pub(super) fn text_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        fields.get(name).and_then(|node| self.text(node, &format!("`{name}`"), Plain::Text))
    }

    /// A mapping whose keys are names of the user's own.
    fn map<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        entry: fn(&mut Self, &Text, &Node, Style) -> Option<T>,
    ) -> Vec<T> {
        let written = || format!("lines such as `{}`, indented deeper", example_entry(name));
        let mapping = |node| self.mapping(node, &format!("`{name}`"), written);
        let mapping = fields.get(name).and_then(mapping);
        let entries = mapping.map(|mapping| mapping.entries.as_slice()).unwrap_or_default();
        let read = |item: &Entry| {
            let key = &item.key;
            let text = Text { value: key.text.clone(), span: key.span, verbatim: None };
            if self.has_only_visible_characters(&text) {
                return entry(self, &text, &item.value, key.style);
            }
            self.complete = false;
            None
        };
        entries.iter().filter_map(read).collect()
    }
}

/// An entry of a mapping whose keys are names of the user's own.
fn example_entry(mapping: &str) -> &'static str {
    match mapping {
        "statuses" => "404: { name: Not Found, description: … }",
        "contexts" => "balance: { text: … }",
        "operations" => "get_job: { route: …, errors: … }",
        _ => "id: word",
    }
}

/// Whether the names of all parameters could be read.
fn can_read_params(fields: &Fields<'_>) -> bool {
    let readable = |node: &Node| matches!(&node.kind, Kind::Mapping(mapping) if mapping.whole);
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
