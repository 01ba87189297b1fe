//! Catalogs with hostile text in every field: the tools for the generated files can read these, and get the
//! same values.

use std::process::{Command, Stdio};

use super::tools::{PACKAGE, Tools, folder, written};
use crate::workspace::{Error, run_shown, write};

#[path = "../../../tests/hostile/catalogs.rs"]
mod catalogs;

use catalogs::{FIELDS, HOSTILE, Texts, catalog};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("hostile", &["typescript", "python", "hostile"])?;
    write(&folder.join("package.json"), PACKAGE)?;
    let mut documents = Vec::new();
    for (name, catalog) in all() {
        let path = |ending: &str| folder.join(format!("{name}{ending}"));
        let source = written(&folder, &name, catalog)?;
        for (target, ending) in [
            ("typescript", ".ts"),
            ("vectors", ".vectors.json"),
            ("openapi", ".openapi.yaml"),
            ("openapi", ".openapi.json"),
            ("python", ""),
        ] {
            tools.generate_into(&path(ending), &[target, &source])?;
        }
        documents.push(format!("{name}.openapi.yaml"));
    }
    // It refers to the Kate catalog.
    let usage = folder.join("usage.ts");
    std::fs::remove_file(&usage).map_err(Error::at(&usage))?;
    run_shown(tools.node("typescript/bin/tsc").current_dir(&folder))?;
    run_shown(Command::new("node").arg("all.mjs").current_dir(&folder))?;
    run_shown(tools.python("python").arg("all.py").current_dir(&folder))?;
    let mut validator = tools.python("openapi-spec-validator");
    run_shown(validator.args(&documents).current_dir(&folder).stdout(Stdio::null()))
}

/// A catalog of names that are reserved in some language.
const NAMES: &str = include_str!("../../../tests/hostile/names.yaml");

/// Returns the catalogs by their names.
pub(super) fn all() -> impl Iterator<Item = (String, String)> {
    let case = |case| (format!("case_{case}"), catalog(&format!("Case{case}"), &texts(case)));
    (0..HOSTILE.len()).map(case).chain([("case_names".to_owned(), NAMES.to_owned())])
}

/// Returns the texts of one catalog. Each field has another text that it accepts, so that over all catalogs
/// every field has every text that it accepts.
fn texts(case: usize) -> Texts<'static> {
    let text = |at: usize| HOSTILE[(case + 7 * at) % HOSTILE.len()];
    let accepts = |field: &'static str, text: &'static str| {
        let catalog = catalog("Case", &Texts::from([(field, text)]));
        kate_errors_codegen::compile("errors.yaml", catalog.as_bytes()).catalog().is_some()
    };
    let fields = FIELDS.iter().enumerate().map(|(at, field)| (*field, text(at)));
    fields.filter(|(field, text)| accepts(field, text)).collect()
}
