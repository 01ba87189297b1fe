//! The lines of the parts of an OpenAPI document.

use std::rc::Rc;

use kate_errors_codegen::source;
use kate_errors_codegen::tree::Node;

use super::Source;
use super::draft::Place;
use crate::catalog_file::foreign;

/// A document with the places of its parts, if they are known.
#[derive(Default)]
pub(super) struct Places {
    file: Rc<str>,
    document: Option<(source::Source, Node)>,
}

impl Places {
    pub(super) fn of(source: &Source<'_>) -> Self {
        let document = foreign(&source.name, source.text.as_bytes());
        let tree = document.tree();
        let document = tree.map(|tree| (document.source, tree));
        Self { file: Rc::clone(&source.name), document }
    }

    /// Returns the place at a path, or of the longest prefix that the document has.
    pub(super) fn at(&self, path: &[&str]) -> Place {
        let mut place = Place { file: Rc::clone(&self.file), line: 0 };
        let Some((source, root)) = &self.document else { return place };
        let is_swagger = root.get("swagger").is_some();
        let mut node = root;
        for name in path {
            // In Swagger, examples are where version 3 has `content`.
            let name = if is_swagger && *name == "content" { "examples" } else { name };
            let mut entries = node.entries().iter();
            let Some(entry) = entries.find(|entry| entry.key.text == name) else { break };
            place.line = source.line_index(entry.key.span.start) + 1;
            node = &entry.value;
        }
        place
    }
}
