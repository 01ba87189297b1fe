//! The catalogs for which files are generated and checked.

/// A name, the file, and the vectors of the catalog.
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) catalog: &'static str,
}

/// The Kate catalog, one that has everything that a catalog can have, and one of rows that are hard to tell
/// apart. There are vectors for each of them.
pub(super) const SUBJECTS: &[Subject] = &[
    Subject { name: "kate", catalog: "errors.yaml" },
    Subject { name: "jobs", catalog: "tests/catalogs/jobs.yaml" },
    Subject { name: "twins", catalog: "tests/catalogs/twins.yaml" },
    Subject { name: "types", catalog: "tests/catalogs/types.yaml" },
];

impl Subject {
    /// The vectors, from the folder of the workspace.
    pub(super) fn vectors(&self) -> std::path::PathBuf {
        crate::workspace::root().join("tests/vectors").join(format!("{}.json", self.name))
    }
}
