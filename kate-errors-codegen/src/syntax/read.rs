//! The tree becomes a [`Document`]: one function for each kind of mapping in a catalog.

use kate_errors_model::Retry;

use super::document::{
    Context, Document, Operation, Reserved, Retired, Row, Section, Spanned, Status, StatusBasis,
    Text,
};
use super::field_names::{CATALOG, CONTEXT, OPERATION, RESERVED, RETIRED, ROW, SECTION, STATUS};
use super::fields::{Fields, Reader};
use super::params::can_read_params;
use super::tree::{Kind, Node, Style};
use crate::rule;

const BASIS: &[(&str, StatusBasis)] =
    &[("documented", StatusBasis::Documented), ("inferred", StatusBasis::Inferred)];

impl Reader<'_> {
    /// Reads the whole document.
    pub(super) fn document(&mut self, root: &Node) -> Option<Document> {
        let what = "the catalog";
        if !matches!(root.kind, Kind::Mapping(_)) {
            return self.no_catalog(root);
        }
        let fields = self.fields(root, what, CATALOG)?;
        self.require(&fields, &["catalog", "statuses", "sections"], what);
        self.complete &= fields.get("statuses").is_some() && fields.get("sections").is_some();
        let sections = fields.get("sections").and_then(|node| self.sequence(node, "`sections`"));
        Some(Document {
            catalog: self.name_field(&fields, "catalog"),
            title: self.text_field(&fields, "title"),
            summary: self.text_field(&fields, "summary"),
            reference: self.name_field(&fields, "reference"),
            statuses: self.map(&fields, "statuses", Self::status_entry),
            contexts: self.map(&fields, "contexts", Self::context),
            sections: sections
                .unwrap_or_default()
                .iter()
                .filter_map(|it| self.section(it))
                .collect(),
            operations: self.map(&fields, "operations", Self::operation),
            reserved: self.reserved(&fields).unwrap_or_default(),
        })
    }

    fn no_catalog<T>(&mut self, root: &Node) -> Option<T> {
        let message = format!("the file is not a catalog, but {}", root.describe());
        let label = (self.first_line(root.span), format!("this is {}", root.describe()));
        let help = "a catalog begins with `catalog:` and its name; \
                    `kate-errors init` writes a small one to start from";
        self.report(&rule::WRONG_KIND, message, label).set_help(help);
        None
    }

    fn reserved(&mut self, fields: &Fields<'_>) -> Option<Reserved> {
        let fields = self.fields(fields.get("reserved")?, "`reserved`", RESERVED)?;
        Some(Reserved {
            codes: self.list(&fields, "codes", "a code", Self::name),
            details: self.list(&fields, "details", "an item of `details`", Self::text),
        })
    }

    fn status_entry(&mut self, key: &Text, node: &Node, style: Style) -> Option<Status> {
        // JSON has no keys without quotes.
        let style = if style == Style::Quoted { Style::Plain } else { style };
        let Some(code) = self.status(&key.value, style, key.span) else {
            self.complete = false;
            return None;
        };
        let mut status = Status::new(code);
        let what = format!("the status {}", status.code.value);
        if let Some(fields) = self.fields(node, &what, STATUS) {
            self.require(&fields, &["name", "description"], &what);
            status.name = self.text_field(&fields, "name");
            status.description = self.text_field(&fields, "description");
            status.headers = self.headers(&fields);
            status.fallback = self.name_field(&fields, "fallback");
        }
        Some(status)
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
        let fields = self.fields(node, "a section", SECTION)?;
        self.require(&fields, SECTION, "a section");
        self.complete &= fields.get("errors").is_some();
        let errors = fields.get("errors").and_then(|node| self.sequence(node, "`errors`"));
        Some(Section {
            name: self.text_field(&fields, "name"),
            errors: errors.unwrap_or_default().iter().filter_map(|node| self.row(node)).collect(),
        })
    }

    fn row(&mut self, node: &Node) -> Option<Row> {
        let fields = self.fields(node, "an error", ROW)?;
        let code = self.name_field(&fields, "code");
        self.complete &= code.is_some();
        let what = code
            .as_ref()
            .map_or("an error".to_owned(), |code| format!("the error `{}`", code.value));
        let required: &[&str] = match fields.get("same_as") {
            None => &["code", "status", "detail", "cause", "fix"],
            Some(_) => &["code", "cause", "fix"],
        };
        self.require(&fields, required, &what);
        Some(Row {
            span: node.span,
            code,
            status: fields.get("status").and_then(|node| self.row_status(node)),
            status_basis: self.choice(&fields, "status_basis", BASIS),
            detail: self.text_field(&fields, "detail"),
            context: self.name_field(&fields, "context"),
            params: self.params(&fields),
            has_all_params: can_read_params(&fields),
            same_as: self.name_field(&fields, "same_as"),
            former: self.list(&fields, "former", "an item of `former`", Self::text),
            retired: fields.get("retired").and_then(|node| self.retired(node)),
            retry: self.choice(&fields, "retry", &Retry::ALL.map(|it| (it.as_str(), it))),
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
        if fields.get("reason").is_none() {
            let message = "this error is retired without a reason";
            let label = (self.first_line(node.span), "no `reason` here");
            self.report(&rule::RETIRED_WITHOUT_REASON, message, label);
        }
        Some(Retired {
            span: node.span,
            since: self.text_field(&fields, "since"),
            reason: self.text_field(&fields, "reason"),
            replaced_by: self.name_field(&fields, "replaced_by"),
        })
    }

    fn operation(&mut self, key: &Text, node: &Node, _: Style) -> Option<Operation> {
        let what = format!("the operation `{}`", key.value);
        let fields = self.fields(node, &what, OPERATION)?;
        self.require(&fields, &["route", "errors"], &what);
        Some(Operation {
            name: key.clone(),
            route: self.text_field(&fields, "route"),
            summary: self.text_field(&fields, "summary"),
            errors: self.list(&fields, "errors", "a code", Self::name),
        })
    }

    /// A mapping whose keys are names of the user's own.
    pub(super) fn map<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        read: fn(&mut Self, &Text, &Node, Style) -> Option<T>,
    ) -> Vec<T> {
        let written = || format!("lines such as `{}`, indented deeper", example_entry(name));
        let mapping = |node| self.mapping(node, &format!("`{name}`"), written);
        let mapping = fields.get(name).and_then(mapping);
        let mut values = Vec::new();
        for entry in mapping.map(|mapping| mapping.entries.as_slice()).unwrap_or_default() {
            let key = &entry.key;
            if self.is_visible_name(&key.text, key.span) {
                let text = Text { value: key.text.clone(), span: key.span, verbatim: None };
                self.check_name(&text, key.style, "the name");
                values.extend(read(self, &text, &entry.value, key.style));
            } else {
                self.complete = false;
            }
        }
        values
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
