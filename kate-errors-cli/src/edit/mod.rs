//! Changes of a catalog that keep its text: comments, order, quotes and blank lines stay where nothing is changed.
//!
//! Each function takes a catalog that compiles, and gives the new text, or why it cannot. Whether the new text is a
//! catalog is not asked here: the command compiles it, and writes nothing that has errors.

mod layout;
#[cfg(test)]
mod tests;
mod text;

use kate_errors_codegen::catalog::{Identity, Row};
use kate_errors_codegen::names::name_of_code;
use kate_errors_codegen::suggest::nearest;
use kate_errors_codegen::tree::{Kind, Node};
use kate_errors_codegen::{Catalog, Compilation};
use serde_json::{Map, Value, json};

pub(crate) use layout::formatted;
pub(crate) use text::Changes;

use crate::lock::Lock;

/// Why a catalog cannot be changed. Texts are not made visible.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    #[error("the catalog has no error `{code}`{}", meant(.near.as_deref()))]
    NoError { code: String, near: Option<String> },
    #[error("several errors have the code `{code}`: name one of `{names}`")]
    SharedCode { code: String, names: String },
    #[error("the catalog has no section `{name}`{}; `--new-section` creates one", meant(.near.as_deref()))]
    NoSection { name: String, near: Option<String> },
    #[error("the catalog has several sections: choose one with `--section`")]
    WhichSection,
    #[error("the catalog already has a section `{0}`")]
    Section(String),
    #[error("the catalog already has an error `{0}`")]
    Exists(String),
    #[error("`{code}` has its message from `{base}`: reword that one")]
    Inherited { code: String, base: String },
    #[error("the catalog has no message of `{0}`")]
    NoMessage(String),
    #[error("`{0}` is already retired")]
    Retired(String),
    #[error("`{code}` is imported from the catalog `{origin}`: change it there, with `--file`")]
    Imported { code: String, origin: String },
    #[error("the catalog already says this")]
    Same,
}

fn meant(near: Option<&str>) -> String {
    near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default()
}

/// A catalog that compiles, with the tree of its text.
pub(crate) struct Editor<'c> {
    catalog: &'c Catalog,
    root: Node,
    changes: Changes<'c>,
}

impl<'c> Editor<'c> {
    /// Nothing, where the catalog has errors.
    pub(crate) fn of(compilation: &'c Compilation) -> Option<Self> {
        let catalog = compilation.catalog()?;
        let root = compilation.tree()?;
        let changes = Changes::of(&compilation.source, &root);
        Some(Self { catalog, root, changes })
    }

    /// Puts an error at the end of a section: of the one there is, of the one that is named, or of a new one. Its fields
    /// are in the order in which they are to stand.
    pub(crate) fn add(
        mut self,
        section: Option<&str>,
        is_new: bool,
        fields: &Map<String, Value>,
    ) -> Result<String, EditError> {
        let code = fields.get("code").and_then(Value::as_str).unwrap_or_default();
        if self.catalog.rows.iter().any(|row| row.code == code) {
            return Err(EditError::Exists(code.to_owned()));
        }
        let mut fields = fields.clone();
        // Among numbers, a number: in quotes, it would be a string in bodies.
        let mut alike = self.catalog.rows.iter().filter(|row| number(&row.code).is_some());
        let is_number = alike.clone().next().is_some() && alike.all(|row| row.is_number);
        if let Some(number) = number(code).filter(|_| is_number) {
            fields.insert("code".to_owned(), number.into());
        }
        let sections = self.root.get("sections").map(Node::items).unwrap_or_default();
        let names = || self.catalog.sections.iter().map(|section| section.name.as_str());
        let found = match section {
            // Those that are imported stand behind them.
            Some(name) => names().take(sections.len()).position(|it| it == name),
            None if sections.len() == 1 => Some(0),
            None => return Err(EditError::WhichSection),
        };
        let name = section.unwrap_or_default().to_owned();
        match found.and_then(|at| sections[at].get("errors")) {
            Some(_) if is_new => return Err(EditError::Section(name)),
            Some(errors) => self.changes.append(errors, &Value::Object(fields)),
            // Errors of both files can be in one section.
            None if is_new || names().any(|it| it == name) => {
                let section = json!({ "name": name, "errors": [fields] });
                let list = self.root.get("sections").ok_or(EditError::WhichSection)?;
                self.changes.append(list, &section);
            }
            None => {
                let near = nearest(&name, names()).map(str::to_owned);
                return Err(EditError::NoSection { name, near });
            }
        }
        Ok(self.changes.applied())
    }

    /// Gives an error another message, and keeps the old one as a former one.
    pub(crate) fn reword(self, code: &str, message: &str) -> Result<String, EditError> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, code)?;
        if let Some(base) = row.same_as {
            let base = catalog.rows[base].name.clone();
            return Err(EditError::Inherited { code: code.to_owned(), base });
        }
        let detail = node.get("detail").ok_or_else(|| EditError::NoMessage(code.to_owned()))?;
        let old = row.detail.source.as_str();
        if old == message {
            return Err(EditError::Same);
        }
        changes.replace(detail, message, changes.is_flow(node));
        let former = node.get("former");
        match former.and_then(|former| former.items().iter().find(|item| says(item, message))) {
            // What it said once, it says again.
            Some(item) => changes.replace(item, old, true),
            None => match former {
                Some(former) => changes.append(former, &old.into()),
                None => changes.insert(node, "detail", "former", &json!([old])),
            },
        }
        Ok(changes.applied())
    }

    /// Gives an error another code, or another name where `old` is one that is not its code. All that refer to it follow.
    /// No other error may get a code that clients know, or that was released.
    pub(crate) fn rename(
        self,
        old: &str,
        new: &str,
        lock: Option<&Lock>,
    ) -> Result<String, EditError> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, old)?;
        if old == new {
            return Err(EditError::Same);
        }
        let is_code = row.code == old;
        match (node.get("code"), node.get("name")) {
            (Some(code), _) if is_code && row.is_number && number(new).is_some() => {
                changes.replace_plain(code, new);
            }
            (Some(code), _) if is_code => changes.replace(code, new, changes.is_flow(node)),
            (_, Some(name)) => changes.replace(name, new, changes.is_flow(node)),
            _ => changes.insert(node, "code", "name", &new.into()),
        }
        let keeps_name = is_code && node.get("name").is_some();
        let name = if is_code { name_of_code(new) } else { Some(new.to_owned()) };
        if let Some(name) = name.filter(|_| !keeps_name) {
            for reference in references(&root).filter(|node| says(node, &row.name)) {
                changes.replace(reference, &name, true);
            }
        }
        let is_released = lock.is_some_and(|lock| lock.facts_of(&row.name).next().is_some());
        let others = catalog.rows.iter().filter(|other| other.name != row.name);
        let is_shared = others.map(|other| &other.code).any(|code| *code == row.code);
        if is_code && !is_shared && (is_released || catalog.identity != Identity::Detail) {
            reserve(&row.code, &root, &mut changes);
        }
        Ok(changes.applied())
    }

    /// Says of an error that no server sends it any more, and takes it from the lists of what operations answer with.
    pub(crate) fn retire(
        self,
        code: &str,
        retired: &Map<String, Value>,
    ) -> Result<String, EditError> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, code)?;
        if row.retired.is_some() {
            return Err(EditError::Retired(code.to_owned()));
        }
        changes.insert(node, "", "retired", &Value::Object(retired.clone()));
        let successor = retired.get("replaced_by").and_then(Value::as_str);
        for list in lists(&root) {
            let Some(at) = list.items().iter().position(|item| says(item, &row.name)) else {
                continue;
            };
            match successor.filter(|it| !list.items().iter().any(|item| says(item, it))) {
                Some(successor) => changes.replace(&list.items()[at], successor, true),
                None => changes.remove(list, at),
            }
        }
        Ok(changes.applied())
    }
}

/// The number that a code is if it stands without quotes.
fn number(code: &str) -> Option<i64> {
    const MOST: u64 = (1 << 53) - 1;
    let number: i64 = code.parse().ok()?;
    (number.to_string() == code && number.unsigned_abs() <= MOST).then_some(number)
}

fn reserve(code: &str, root: &Node, changes: &mut Changes<'_>) {
    let codes = json!([code]);
    match root.get("reserved") {
        None => changes.insert(root, "", "reserved", &json!({ "codes": codes })),
        Some(reserved) => match reserved.get("codes") {
            None => changes.insert(reserved, "", "codes", &codes),
            Some(list) => changes.append(list, &code.into()),
        },
    }
}

/// The error with a name, or with a code that no other one has, and its place.
fn error<'c, 'n>(
    catalog: &'c Catalog,
    root: &'n Node,
    code: &str,
) -> Result<(&'c Row, &'n Node), EditError> {
    let rows = &catalog.rows;
    let found = rows.iter().position(|row| row.name == code).or_else(|| {
        let is_shared = rows.iter().filter(|row| row.code == code).nth(1).is_some();
        rows.iter().position(|row| row.code == code).filter(|_| !is_shared)
    });
    if let Some((at, origin)) = found.and_then(|at| Some((at, rows[at].origin.clone()?))) {
        return Err(EditError::Imported { code: rows[at].name.clone(), origin });
    }
    let own = |at: usize| rows[..at].iter().filter(|row| row.origin.is_none()).count();
    found.and_then(|at| Some((&rows[at], rows_of(root).nth(own(at))?))).ok_or_else(|| {
        let with_code = rows.iter().filter(|row| row.code == code);
        let names: Vec<&str> = with_code.map(|row| row.name.as_str()).collect();
        if !names.is_empty() {
            return EditError::SharedCode { code: code.to_owned(), names: names.join("`, `") };
        }
        let near = nearest(code, rows.iter().map(|row| row.name.as_str())).map(str::to_owned);
        EditError::NoError { code: code.to_owned(), near }
    })
}

/// The errors of all sections.
fn rows_of(root: &Node) -> impl Iterator<Item = &Node> {
    let sections = root.get("sections").map(Node::items).unwrap_or_default();
    sections.iter().filter_map(|section| section.get("errors")).flat_map(Node::items)
}

fn says(node: &Node, text: &str) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.value == text)
}

/// The lists of what the API, or an operation of it, answers with.
fn lists(root: &Node) -> impl Iterator<Item = &Node> {
    let operations = root.get("operations").map(Node::entries).unwrap_or_default();
    let of_operations = operations.iter().filter_map(|it| it.value.get("errors"));
    root.get("common").into_iter().chain(of_operations)
}

/// Everything that names an error, the error apart.
fn references(root: &Node) -> impl Iterator<Item = &Node> {
    let statuses = root.get("statuses").map(Node::entries).unwrap_or_default();
    let fallbacks = statuses.iter().filter_map(|entry| entry.value.get("fallback"));
    let of_rows = rows_of(root).flat_map(|row| {
        let successor = row.get("retired").and_then(|retired| retired.get("replaced_by"));
        row.get("same_as").into_iter().chain(successor)
    });
    fallbacks.chain(of_rows).chain(lists(root).flat_map(Node::items))
}

/// Whether two texts say the same: the same keys, values and lists, in the same order.
pub(crate) fn same(one: &Compilation, other: &Compilation) -> bool {
    fn same(one: &Node, other: &Node) -> bool {
        let (items, entries) = (one.items(), one.entries());
        match (&one.kind, &other.kind) {
            (Kind::Scalar(one), Kind::Scalar(other)) => {
                one.value == other.value && one.style == other.style
            }
            _ => {
                items.len() == other.items().len()
                    && entries.len() == other.entries().len()
                    && items.iter().zip(other.items()).all(|(one, other)| same(one, other))
                    && entries.iter().zip(other.entries()).all(|(one, other)| {
                        one.key.text == other.key.text && same(&one.value, &other.value)
                    })
            }
        }
    }
    match (one.tree(), other.tree()) {
        (Some(one), Some(other)) => same(&one, &other),
        _ => false,
    }
}
