//! Catalogs that import others. Their texts are concatenated in one [`Source`], and their documents are joined
//! to one, so that later stages see everything at once: one proof covers all errors, and a diagnostic can have
//! places in several files.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::Compilation;
use crate::check::check;
use crate::diagnostic::{self, Diagnostic};
use crate::lower::lower;
use crate::rule::{self, Rule};
use crate::source::{Source, Span};
use crate::syntax::document::{Document, Text};
use crate::syntax::{self, Syntax};

/// The maximum number of imported catalogs. Through symbolic links, a file can import itself under ever new
/// names.
const MAX_IMPORTS: usize = 1_000;

/// A catalog joined with its imports.
pub(crate) struct Joined {
    source: Source,
    /// The diagnostics from before the checks.
    found: Vec<Diagnostic>,
    syntax: Syntax,
    /// The paths of the imported files, relative to the folder of the catalog.
    imports: Vec<String>,
    /// For each file, the rules whose warnings it allows.
    allowed: Vec<Vec<&'static Rule>>,
}

/// A catalog that is to be imported.
struct Import {
    path: Text,
    /// The folder of the importing file, relative to that of the catalog.
    folder: String,
    /// Whether its `wire` may be used: no file between it and the catalog has one.
    may_have_wire: bool,
}

impl Joined {
    pub(crate) fn of(source: Source, found: Vec<Diagnostic>) -> Self {
        let is_readable = found.is_empty();
        let syntax =
            if is_readable { syntax::read(&source, 0, &source) } else { Syntax::default() };
        let allowed = vec![syntax.document.allow_warnings.clone()];
        Self { source, found, syntax, imports: Vec::new(), allowed }
    }

    /// Reads all imports, each file once.
    pub(crate) fn import(&mut self, read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>) {
        let own_name = beside(self.source.name(), last(self.source.name()));
        let mut names = HashSet::from([own_name]);
        let mut queue = VecDeque::new();
        let mut wire = None;
        let may_have_wire = self.syntax.document.wire.is_none();
        queue.extend(imports_of(&self.syntax.document, "", may_have_wire));
        while let Some(Import { path, folder, may_have_wire }) = queue.pop_front() {
            let Some(file) = resolved(&folder, &path.value) else {
                let help = "write the path relative to the folder of this file, such as `../common/errors.yaml`";
                self.refuse(&path, "it is not a relative path").set_help(help);
                continue;
            };
            let name = beside(self.source.name(), &file);
            if !names.insert(name.clone()) {
                continue;
            }
            let has_room = self.imports.len() < MAX_IMPORTS;
            let too_many = || Err(format!("more than {MAX_IMPORTS} catalogs are imported"));
            let bytes = match if has_room { read(&file) } else { too_many() } {
                Ok(bytes) => bytes,
                Err(reason) => {
                    self.refuse(&path, &reason);
                    continue;
                }
            };
            let (imported, found) = Source::read(&name, &bytes);
            // Different paths can name the same file, such as one that leaves a folder and returns to it.
            if found.is_empty() && self.source.has_file(imported.text()) {
                continue;
            }
            let mut imported = self.add(&imported, found);
            let takes_wire = may_have_wire && imported.document.wire.is_some();
            match wire {
                Some(first) if takes_wire => self.second_wire(&path, first),
                None if takes_wire => {
                    wire = Some(path.span);
                    self.syntax.document.wire = imported.document.wire.take();
                }
                _ => {}
            }
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let may_have_wire = may_have_wire && !takes_wire;
            queue.extend(imports_of(&imported.document, folder, may_have_wire));
            self.imports.push(file);
            self.join(imported);
        }
    }

    /// Appends a file to the source, and reads it.
    fn add(&mut self, file: &Source, found: Vec<Diagnostic>) -> Syntax {
        let base = self.source.add(file);
        let is_readable = found.is_empty();
        self.found.extend(found.into_iter().map(|found| found.shifted(base)));
        if is_readable { syntax::read(&self.source, base, file) } else { Syntax::default() }
    }

    fn refuse(&mut self, path: &Text, reason: &str) -> &mut Diagnostic {
        self.syntax.whole = false;
        let message = format!("cannot import `{path}`: {reason}");
        diagnostic::push(
            &mut self.found,
            &rule::UNREADABLE_IMPORT,
            message,
            (path.span, "imported here"),
        )
    }

    fn second_wire(&mut self, path: &Text, first: Span) {
        let message = "two imported catalogs have a `wire`";
        let help = "add a `wire` to this file";
        let found = Diagnostic::new(&rule::INVALID_ENVELOPE, message, (path.span, "and this one"));
        self.found.push(found.related((first, "this one")).help(help));
    }

    /// Joins an imported document to this one.
    fn join(&mut self, imported: Syntax) {
        let Syntax { document: mut new, diagnostics, parsed, whole } = imported;
        self.syntax.diagnostics.extend(diagnostics);
        self.syntax.parsed &= parsed;
        self.syntax.whole &= whole;
        self.allowed.push(std::mem::take(&mut new.allow_warnings));
        let origin = new.catalog.as_ref().map(|name| name.value.clone());
        let old = &mut self.syntax.document;
        // An importing catalog's description of a status takes precedence over those of its imports.
        for status in new.statuses {
            match old.statuses.iter_mut().find(|known| known.code.value == status.code.value) {
                Some(known) => known.complete(status),
                None => old.statuses.push(status),
            }
        }
        for mut section in new.sections {
            section.errors.iter_mut().for_each(|row| row.origin.clone_from(&origin));
            let name = section.name.as_ref().map(|name| &name.value);
            let is_same = |known: &&mut syntax::document::Section| {
                name.is_some() && known.name.as_ref().map(|name| &name.value) == name
            };
            match old.sections.iter_mut().find(is_same) {
                Some(known) => known.errors.append(&mut section.errors),
                None => old.sections.push(section),
            }
        }
        let known: HashSet<String> = old.common.iter().map(|name| name.value.clone()).collect();
        old.common.extend(new.common.into_iter().filter(|name| !known.contains(&name.value)));
        old.reserved.codes.append(&mut new.reserved.codes);
        old.reserved.details.append(&mut new.reserved.details);
        self.found.extend(append(&mut old.contexts, new.contexts, "context", |it| &it.name));
        self.found.extend(append(&mut old.operations, new.operations, "operation", |it| &it.name));
    }

    pub(crate) fn compiled(self) -> Compilation {
        let Self { source, found: mut diagnostics, syntax, imports, allowed } = self;
        let envelopes = syntax.document.envelopes();
        if syntax.parsed {
            diagnostics.extend(check(&syntax, &envelopes));
        }
        let lowered = lower(&syntax.document, &envelopes);
        diagnostics.extend(syntax.diagnostics);
        diagnostics.retain(|found| {
            // A catalog is correct without those that import it, so a clash of the two belongs to the importing one.
            let places = found.related.iter().chain([&found.primary]);
            let file = places.map(|label| source.file_index(label.span.start)).min();
            let allowed = file.and_then(|file| allowed.get(file));
            allowed.is_none_or(|allowed| !allowed.contains(&found.rule))
        });
        let document = Arc::new(syntax.document);
        let diagnostics = diagnostic::report(diagnostics);
        Compilation { source, diagnostics, imports, lowered, document }
    }
}

fn imports_of(document: &Document, folder: &str, may_have_wire: bool) -> Vec<Import> {
    let import =
        |path: &Text| Import { path: path.clone(), folder: folder.to_owned(), may_have_wire };
    document.imports.iter().map(import).collect()
}

/// Adds the items with new names, and reports those whose names are taken.
fn append<T>(
    known: &mut Vec<T>,
    new: Vec<T>,
    what: &str,
    name: fn(&T) -> &Text,
) -> Vec<Diagnostic> {
    let names: HashMap<String, Span> =
        known.iter().map(|it| (name(it).value.clone(), name(it).span)).collect();
    let mut twice = Vec::new();
    for item in new {
        let Some(first) = names.get(&name(&item).value) else {
            known.push(item);
            continue;
        };
        let message = format!("the {what} `{}` is in two catalogs", name(&item));
        let again = (name(&item).span, "again here");
        let found = Diagnostic::new(&rule::DUPLICATE_KEY, message, again);
        let found = found.related((*first, "first here"));
        twice.push(found.help("give one of the two another name"));
    }
    twice
}

/// Resolves a path that is written in a file of `folder`. `None` if the path is not relative.
fn resolved(folder: &str, path: &str) -> Option<String> {
    let is_relative = !path.starts_with('/') && !path.contains(['\\', ':']) && !path.ends_with('/');
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(&last)) if last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    (is_relative && !path.is_empty()).then(|| parts.join("/"))
}

fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

/// Returns the path of a file relative to the folder of the file `name`.
fn beside(name: &str, path: &str) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let root = if folder.starts_with('/') || name.starts_with('/') { "/" } else { "" };
    resolved(folder, path).map_or_else(|| path.to_owned(), |path| format!("{root}{path}"))
}
