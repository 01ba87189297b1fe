//! The lines of the parts of an OpenAPI document.

use std::collections::HashMap;
use std::rc::Rc;

use kate_errors_codegen::source;
use kate_errors_codegen::tree::Entry;

use super::Source;
use super::draft::Place;
use crate::catalog_file::foreign;

/// The depth of examples.
const DEEPEST: usize = 9;

/// The lines of responses, of their examples, and of what contains these.
#[derive(Default)]
pub(super) struct Places {
    file: Rc<str>,
    /// By path: the names of members, each after a line break.
    lines: HashMap<String, usize>,
}

impl Places {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let mut places = Self { file: Rc::clone(&source.name), lines: HashMap::new() };
        let document = foreign(&source.name, source.text.as_bytes());
        if let Some(tree) = document.tree() {
            let is_swagger = tree.get("swagger").is_some();
            places.collect(tree.entries(), &mut String::new(), 0, is_swagger, &document.source);
        }
        places
    }

    fn collect(
        &mut self,
        entries: &[Entry],
        at: &mut String,
        depth: usize,
        is_swagger: bool,
        source: &source::Source,
    ) {
        if depth > DEEPEST {
            return;
        }
        for entry in entries {
            let end = at.len();
            let name = entry.key.text.as_str();
            // In Swagger, examples are where version 3 has `content`.
            let is_content = is_swagger && name == "examples";
            at.extend(["\n", if is_content { "content" } else { name }]);
            let line = source.line_index(entry.key.span.start) + 1;
            self.lines.entry(at.clone()).or_insert(line);
            self.collect(entry.value.entries(), at, depth + 1, is_swagger, source);
            at.truncate(end);
        }
    }

    /// Returns the place at a path, or of the longest known prefix.
    pub(super) fn at(&self, path: &[&str]) -> Place {
        let mut at = String::new();
        let mut line = 0;
        for name in path {
            at.extend(["\n", name]);
            let Some(next) = self.lines.get(&at) else { break };
            line = *next;
        }
        Place { file: Rc::clone(&self.file), line }
    }
}
