//! Edits catalogs without reformatting them: comments, order, quotes and blank lines outside the edit are kept.
//!
//! Each function takes a catalog that compiles, and returns the new text or, in words, why it cannot be edited: a message
//! that is not escaped. The new text is
//! not verified here: the command compiles it, and writes nothing if it has errors.

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
pub(crate) use text::{Changes, applied};

use crate::lock::Lock;

/// What says that an edit changes nothing.
const SAME: &str = "the catalog already says this";

/// The name that somebody may have meant, in words.
fn meant<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    nearest(name, names).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default()
}

/// A catalog that compiles, and the YAML tree of its text.
pub(crate) struct Editor<'c> {
    catalog: &'c Catalog,
    root: Node,
    changes: Changes<'c>,
}

impl<'c> Editor<'c> {
    /// Returns `None` if the catalog has errors.
    pub(crate) fn of(compilation: &'c Compilation) -> Option<Self> {
        let catalog = compilation.catalog()?;
        let root = compilation.tree()?;
        let changes = Changes::of(&compilation.source, &root);
        Some(Self { catalog, root, changes })
    }

    /// Adds an error at the end of a section: the only one, the named one, or a new one. `fields` are in the order in
    /// which they are written.
    pub(crate) fn add(
        mut self,
        section: Option<&str>,
        is_new: bool,
        fields: &Map<String, Value>,
    ) -> Result<String, String> {
        let code = fields.get("code").and_then(Value::as_str).unwrap_or_default();
        if self.catalog.rows.iter().any(|row| row.code == code) {
            return Err(format!("the catalog already has an error `{code}`"));
        }
        let mut fields = fields.clone();
        // If all other numeric codes are numbers, so is this one. In quotes, it would be a string in bodies.
        let mut alike = self.catalog.rows.iter().filter(|row| number(&row.code).is_some());
        let is_number = alike.clone().next().is_some() && alike.all(|row| row.is_number);
        if let Some(number) = number(code).filter(|_| is_number) {
            fields.insert("code".to_owned(), number.into());
        }
        let sections = self.root.get("sections").map(Node::items).unwrap_or_default();
        let names = || self.catalog.sections.iter().map(|section| section.name.as_str());
        let found = match section {
            // Imported sections come after those of this file.
            Some(name) => names().take(sections.len()).position(|it| it == name),
            None if sections.len() == 1 => Some(0),
            None if sections.is_empty() => {
                return Err(
                    "the catalog has no section of its own: `--new-section` creates one".to_owned()
                );
            }
            None => {
                return Err(
                    "the catalog has several sections: choose one with `--section`".to_owned()
                );
            }
        };
        let name = section.unwrap_or_default().to_owned();
        match found.and_then(|at| sections[at].get("errors")) {
            Some(_) if is_new => return Err(format!("the catalog already has a section `{name}`")),
            Some(errors) => self.changes.append(errors, &Value::Object(fields)),
            // A section can contain errors of the catalog and of imported files.
            None if is_new || names().any(|it| it == name) => {
                let section = json!({ "name": name, "errors": [fields] });
                match self.root.get("sections") {
                    Some(list) => self.changes.append(list, &section),
                    None => self.changes.insert(&self.root, "", "sections", &json!([section])),
                }
            }
            None => {
                let meant = meant(&name, names());
                return Err(format!(
                    "the catalog has no section `{name}`{meant}; `--new-section` creates one"
                ));
            }
        }
        Ok(self.changes.applied())
    }

    /// Replaces the message of an error, and keeps the old one as a former message.
    pub(crate) fn reword(self, code: &str, message: &str) -> Result<String, String> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, code)?;
        if let Some(base) = row.same_as {
            let base = &catalog.rows[base].name;
            return Err(format!("`{code}` has its message from `{base}`: reword that one"));
        }
        let no_message = || format!("the catalog has no message of `{code}`");
        let detail = node.get("detail").ok_or_else(no_message)?;
        let old = row.detail.source.as_str();
        if old == message {
            return Err(SAME.to_owned());
        }
        changes.replace(detail, message, changes.is_flow(node));
        let former = node.get("former");
        match former.and_then(|former| former.items().iter().find(|item| says(item, message))) {
            // If the new message is a former one, swap the two.
            Some(item) => changes.replace(item, old, true),
            None => match former {
                Some(former) => changes.append(former, &old.into()),
                None => changes.insert(node, "detail", "former", &json!([old])),
            },
        }
        Ok(changes.applied())
    }

    /// Replaces the code of an error, or its name if `old` is a name and not the code. All references are updated. A code
    /// that clients know or that was released is reserved, unless other errors have it too.
    pub(crate) fn rename(
        self,
        old: &str,
        new: &str,
        lock: Option<&Lock>,
    ) -> Result<String, String> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, old)?;
        if old == new {
            return Err(SAME.to_owned());
        }
        let is_code = row.sent_code() == Some(old);
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

    /// Marks an error as retired, and removes it from `common` and the operations, or replaces it by its successor
    /// there.
    pub(crate) fn retire(self, code: &str, retired: &Map<String, Value>) -> Result<String, String> {
        let Self { catalog, root, mut changes } = self;
        let (row, node) = error(catalog, &root, code)?;
        if row.retired.is_some() {
            return Err(format!("`{code}` is already retired"));
        }
        changes.insert(node, "", "retired", &Value::Object(retired.clone()));
        let successor = retired.get("replaced_by").and_then(Value::as_str);
        let place = |list: &Node, name: &str| list.items().iter().position(|item| says(item, name));
        // What is common is not listed by operations.
        let is_common = |name: &str| root.get("common").is_some_and(|it| place(it, name).is_some());
        for list in lists(&root) {
            match (place(list, &row.name), successor) {
                (Some(at), Some(successor))
                    if place(list, successor).is_none() && !is_common(successor) =>
                {
                    changes.replace(&list.items()[at], successor, true);
                }
                (Some(at), _) => changes.remove(list, at),
                (None, Some(successor)) if is_common(&row.name) => {
                    if let Some(at) = place(list, successor) {
                        changes.remove(list, at);
                    }
                }
                (None, _) => {}
            }
        }
        Ok(changes.applied())
    }
}

/// Returns the number that a code is without quotes.
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

/// Returns the error with this name or unique code, and its node.
fn error<'c, 'n>(
    catalog: &'c Catalog,
    root: &'n Node,
    code: &str,
) -> Result<(&'c Row, &'n Node), String> {
    let rows = &catalog.rows;
    let found = rows.iter().position(|row| row.name == code).or_else(|| {
        let is_shared = rows.iter().filter(|row| row.code == code).nth(1).is_some();
        rows.iter().position(|row| row.code == code).filter(|_| !is_shared)
    });
    if let Some((at, origin)) = found.and_then(|at| Some((at, rows[at].origin.clone()?))) {
        let name = &rows[at].name;
        return Err(format!(
            "`{name}` is imported from the catalog `{origin}`: change it there, with `--file`"
        ));
    }
    let own = |at: usize| rows[..at].iter().filter(|row| row.origin.is_none()).count();
    found.and_then(|at| Some((&rows[at], rows_of(root).nth(own(at))?))).ok_or_else(|| {
        let with_code = rows.iter().filter(|row| row.code == code);
        let names: Vec<&str> = with_code.map(|row| row.name.as_str()).collect();
        if !names.is_empty() {
            let names = names.join("`, `");
            return format!("several errors have the code `{code}`: name one of `{names}`");
        }
        let meant = meant(code, rows.iter().map(|row| row.name.as_str()));
        format!("the catalog has no error `{code}`{meant}")
    })
}

/// Returns the errors of all sections.
fn rows_of(root: &Node) -> impl Iterator<Item = &Node> {
    let sections = root.get("sections").map(Node::items).unwrap_or_default();
    sections.iter().filter_map(|section| section.get("errors")).flat_map(Node::items)
}

fn says(node: &Node, text: &str) -> bool {
    matches!(&node.kind, Kind::Scalar(scalar) if scalar.value == text)
}

/// Returns the lists of errors: `common`, and those of the operations.
fn lists(root: &Node) -> impl Iterator<Item = &Node> {
    let operations = root.get("operations").map(Node::entries).unwrap_or_default();
    let of_operations = operations.iter().filter_map(|it| it.value.get("errors"));
    root.get("common").into_iter().chain(of_operations)
}

/// Returns all nodes that refer to an error by name.
fn references(root: &Node) -> impl Iterator<Item = &Node> {
    let statuses = root.get("statuses").map(Node::entries).unwrap_or_default();
    let fallbacks = statuses.iter().filter_map(|entry| entry.value.get("fallback"));
    let of_rows = rows_of(root).flat_map(|row| {
        let successor = row.get("retired").and_then(|retired| retired.get("replaced_by"));
        row.get("same_as").into_iter().chain(successor)
    });
    fallbacks.chain(of_rows).chain(lists(root).flat_map(Node::items))
}

/// Whether two texts have the same keys, values and lists, in the same order.
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
