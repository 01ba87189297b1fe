//! Converts the tree to a [`Document`], with one function for each kind of mapping in a catalog.

use std::collections::HashMap;
use std::slice;

use super::document::{
    Context, Document, Operation, Reserved, Retired, Row, Section, Spanned, Status, Text,
};
use super::fields::{Fields, Reader, Unwritten, shorten};
use super::tree::{Kind, Node, Style};
use crate::rule::{self, RULES, Rule, Severity};
use crate::suggest::{self, did_you_mean};

impl Reader<'_> {
    /// Reads the whole document.
    pub(super) fn document(&mut self, root: &Node) -> Option<Document> {
        let what = "the catalog";
        if !matches!(root.kind, Kind::Mapping(_)) {
            return self.no_catalog(root);
        }
        let fields = self.fields(root, what, Document::FIELDS)?;
        let required: &[&str] = match fields.get("imports") {
            None => &["catalog", "statuses", "sections"],
            Some(_) => &["catalog"],
        };
        self.require(&fields, required, what);
        self.complete &= required.iter().all(|name| fields.get(name).is_some());
        self.has_status = fields.get("status").is_some();
        let mut document = Document::read(self, &fields);
        document.inherit();
        Some(document)
    }

    /// Reads the rules whose warnings the catalog allows.
    pub(super) fn warnings(&mut self, fields: &Fields<'_>, name: &str) -> Vec<&'static Rule> {
        let is_warning = |rule: &Rule| rule.severity == Severity::Warning;
        let mut allowed = Vec::new();
        for rule in self.list(fields, name, "the name of a rule", Self::word) {
            let found = rule::find(&rule.value);
            if let Some(found) = found.filter(|rule| is_warning(rule)) {
                allowed.push(found);
                continue;
            }
            let (message, label) = match found {
                Some(_) => {
                    (format!("`{rule}` reports errors, which cannot be allowed"), "not a warning")
                }
                None => (format!("there is no rule `{}`", shorten(&rule.value)), "unknown"),
            };
            let warnings = RULES.iter().filter(|rule| is_warning(rule)).map(|rule| rule.id);
            let near = suggest::nearest(&rule.value, warnings);
            let warns = "name a rule that warns: `kate-errors check` shows it as `warning[rule]`";
            let help = did_you_mean(near, || warns.to_owned());
            self.report(&rule::INVALID_VALUE, message, (rule.span, label)).set_help(help);
        }
        allowed
    }

    fn no_catalog<T>(&mut self, root: &Node) -> Option<T> {
        let message = format!("the file is not a catalog, but {}", root.describe());
        let label = (self.first_line(root.span), format!("this is {}", root.describe()));
        let help = "a catalog begins with `catalog:` and its name; \
                    `kate-errors init` writes a small one to start from";
        self.report(&rule::WRONG_KIND, message, label).set_help(help);
        None
    }

    pub(super) fn reserved(&mut self, fields: &Fields<'_>, name: &str) -> Option<Reserved> {
        let fields = self.fields(fields.get(name)?, "`reserved`", Reserved::FIELDS)?;
        Some(Reserved::read(self, &fields))
    }

    pub(super) fn status_entry(&mut self, key: &Text, node: &Node, style: Style) -> Option<Status> {
        // A status must not be quoted, but keys in JSON always are.
        let style = if style == Style::Quoted { Style::Plain } else { style };
        let Some(code) = self.status(&key.value, style, key.span) else {
            self.complete = false;
            return None;
        };
        let what = format!("the status {}", code.value);
        let Some(fields) = self.fields(node, &what, Status::FIELDS) else {
            return Some(Status { code, ..Status::default() });
        };
        self.require(&fields, &["name", "description"], &what);
        Some(Status::read(self, &fields, code))
    }

    pub(super) fn context(&mut self, key: &Text, node: &Node, _: Style) -> Option<Context> {
        let what = format!("the context `{key}`");
        let fields = self.fields(node, &what, Context::FIELDS)?;
        self.require(&fields, &["text"], &what);
        Some(Context::read(self, &fields, key.clone()))
    }

    pub(super) fn section(&mut self, node: &Node) -> Option<Section> {
        let fields = self.fields(node, "a section", Section::FIELDS)?;
        self.require(&fields, &["name", "errors"], "a section");
        self.complete &= fields.get("errors").is_some();
        let of_catalog = self.has_status;
        self.has_status |= fields.get("status").is_some();
        let section = Section::read(self, &fields);
        self.has_status = of_catalog;
        Some(section)
    }

    pub(super) fn row(&mut self, node: &Node) -> Option<Row> {
        let fields = self.fields(node, "an error", Row::FIELDS)?;
        let mut row = Row::read(self, &fields);
        if row.without_code.is_some() {
            row.code.clone_from(&row.name);
        }
        row.key = row.find_key();
        self.complete &= row.code.is_some() && row.key.is_some();
        let code = row.code.as_ref();
        let what = code.map_or("an error".to_owned(), |code| format!("the error `{code}`"));
        let inherits = fields.get("same_as").is_some();
        let mut required = vec!["code"];
        required.extend((!inherits && !self.has_status).then_some("status"));
        required.extend((!inherits && self.unwritten == Unwritten::Missing).then_some("detail"));
        let has_message = ["detail", "same_as"].iter().any(|it| fields.get(it).is_some());
        match self.unwritten {
            Unwritten::AnyText if !has_message => row.set_free_text(),
            Unwritten::Code if !has_message => row.set_code_as_text(),
            _ => {}
        }
        self.require(&fields, &required, &what);
        Some(row)
    }

    /// Reads a status, or a list of statuses.
    pub(super) fn statuses(&mut self, fields: &Fields<'_>, name: &str) -> Vec<Spanned<u16>> {
        let Some(node) = fields.get(name) else { return Vec::new() };
        let items = if node.items().is_empty() { slice::from_ref(node) } else { node.items() };
        let mut seen = HashMap::new();
        for item in items {
            let text = self.source.slice(item.span).trim_end();
            if let Some(first) = seen.insert(text, item.span) {
                let message = format!("the status {} is listed twice", shorten(text));
                self.report(&rule::INVALID_VALUE, message, (item.span, "again here"))
                    .also((first, "first here"))
                    .set_help("delete one of the two");
            }
        }
        items.iter().filter_map(|item| self.status_at(item)).collect()
    }

    pub(super) fn status_at(&mut self, node: &Node) -> Option<Spanned<u16>> {
        match &node.kind {
            Kind::Scalar(scalar) => self.status(&scalar.value, scalar.style, node.span),
            Kind::Rejected => None,
            _ => {
                let line = self.source.slice(self.first_line(node.span));
                self.status(line, Style::Quoted, node.span)
            }
        }
    }

    pub(super) fn retired(&mut self, fields: &Fields<'_>, name: &str) -> Option<Retired> {
        let node = fields.get(name)?;
        let fields = self.fields(node, "`retired`", Retired::FIELDS)?;
        if fields.get("reason").is_none() {
            let message = "this error is retired without a reason";
            let label = (self.first_line(node.span), "no `reason` here");
            self.report(&rule::RETIRED_WITHOUT_REASON, message, label);
        }
        Some(Retired::read(self, &fields))
    }

    pub(super) fn operation(&mut self, key: &Text, node: &Node, _: Style) -> Option<Operation> {
        let what = format!("the operation `{key}`");
        let fields = self.fields(node, &what, Operation::FIELDS)?;
        self.require(&fields, &["route", "errors"], &what);
        Some(Operation::read(self, &fields, key.clone()))
    }

    /// Reads a list of mappings.
    pub(super) fn items<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        read: fn(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let items = fields.get(name).and_then(|node| self.sequence(node, &format!("`{name}`")));
        items.unwrap_or_default().iter().filter_map(|node| read(self, node)).collect()
    }

    /// Reads a mapping whose keys are names chosen by the user.
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

/// Returns an example entry of a mapping whose keys are names chosen by the user.
fn example_entry(mapping: &str) -> &'static str {
    match mapping {
        "statuses" => "404: { name: Not Found, description: … }",
        "contexts" => "balance: { text: … }",
        "operations" => "get_job: { route: …, errors: … }",
        _ => "id: word",
    }
}
