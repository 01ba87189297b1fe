//! The tree becomes a [`Document`]: one function for each kind of mapping in a catalog.

use super::document::{
    Context, Document, Operation, Reserved, Retired, Retry, Row, Section, Spanned, Status,
    StatusBasis, Text,
};
use super::field_names::{CATALOG, CONTEXT, OPERATION, RESERVED, RETIRED, ROW, SECTION, STATUS};
use super::fields::{Fields, Reader};
use super::params::can_read_params;
use super::scalars::Plain;
use super::tree::{Entry, Kind, Node, Style};
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Source;

/// Reads the whole document, and tells whether everything that has a name could be read.
pub(super) fn document(
    source: &Source,
    root: &Node,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Document, bool) {
    let mut reader = Reader { source, diagnostics, complete: true };
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
        self.diagnostics.push(Diagnostic::new(&rule::WRONG_KIND, message, label).help(help));
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

    pub(super) fn flag(&mut self, fields: &Fields<'_>, name: &str) -> bool {
        let what = format!("`{name}`");
        let choices = [("true", true), ("false", false)];
        let flag = fields.get(name).and_then(|node| self.choice(node, &what, &choices));
        flag.is_some_and(|flag| flag.value)
    }

    pub(super) fn text_field(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        fields.get(name).and_then(|node| self.text(node, &format!("`{name}`"), Plain::Text))
    }

    /// A mapping whose keys are names of the user's own.
    pub(super) fn map<T>(
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
                self.check_name(&text, key.style, "the name");
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
