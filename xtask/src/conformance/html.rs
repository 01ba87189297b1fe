//! The HTML page in a real browser: it works with and without scripts, axe finds no mistakes in it, hostile
//! text never runs, and its box for responses reads all vectors.
//!
//! The decoder of the page is derived from the TypeScript decoder here. `UPDATE_EXPECT=1` writes it.

use std::path::Path;
use std::time::Instant;

use super::CATALOGS;
use super::hostile;
use super::tools::{Tools, folder, written};
use crate::catalog::{rows, yaml};
use crate::program;
use crate::workspace::{Error, capture, read, root, run_shown, write};

const ROWS: usize = 5_000;

/// The possible names of Chromium.
pub(super) const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

/// An error and its context have values of the same name.
const TWICE: &str = "\
catalog: Twice
statuses: { 404: { name: Not Found, description: It is gone } }
contexts:
  near: { text: \"Not {name}\", params: { name: word } }
sections:
  - name: Names
    errors:
      - { code: gone, status: 404, detail: \"No {name}\", params: { name: word }, context: near, cause: c, fix: f }
";

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    decoder_is_fresh(tools)?;
    let browser = program::find_or_install(BROWSERS, &["chromium", "fonts-dejavu-core"])?;
    let folder = folder("html", &[])?;
    for (name, catalog) in CATALOGS {
        page(tools, &folder, name, catalog)?;
    }
    let pasted = root().join("kate-errors-cli/tests/pasted.json");
    for catalog in catalogs(&read(&pasted)?) {
        let name = catalog.rsplit(['/', '.']).nth(1).unwrap_or(&catalog);
        page(tools, &folder, name, &catalog)?;
    }
    with_versions(tools, &folder)?;
    for (name, catalog) in hostile::all().chain([("twice".to_owned(), TWICE.to_owned())]) {
        page(tools, &folder, &name, &written(&folder, &name, catalog)?)?;
    }
    let many = written(&folder, "many", yaml(&rows(ROWS)))?;
    let started = Instant::now();
    page(tools, &folder, "many", &many)?;
    println!(
        "page and vectors of {ROWS} rows: {:.1} s, built without optimisation",
        started.elapsed().as_secs_f64()
    );
    run_shown(tools.script("html/page.mjs").arg(browser).arg(&folder).arg(pasted))
}

/// Returns the catalogs into whose pages texts are pasted, except those that have a page anyway.
fn catalogs(pasted: &str) -> Vec<String> {
    let pasted: serde_json::Map<_, _> = serde_json::from_str(pasted).unwrap_or_default();
    let all = pasted.into_iter().map(|(catalog, _)| catalog);
    all.filter(|it| CATALOGS.iter().all(|(_, catalog)| it != catalog)).collect()
}

/// Writes the page of the Kate catalog together with an older version.
fn with_versions(tools: &Tools, folder: &Path) -> Result<(), Error> {
    let catalog = read(&root().join("errors.yaml"))?;
    let catalog = catalog.replace("detail: Token expired", "detail: Token too old");
    let older = written(folder, "older", catalog)?;
    let page = folder.join("versions.html");
    tools.generate_into(&page, &["html", "errors.yaml", "--compat", &older])?;
    tools.generate_into(&folder.join("versions.json"), &["vectors", "errors.yaml"])
}

/// Writes a page and the vectors of its catalog.
fn page(tools: &Tools, folder: &Path, name: &str, catalog: &str) -> Result<(), Error> {
    let path = |ending: &str| folder.join(format!("{name}.{ending}"));
    tools.generate_into(&path("html"), &["html", catalog])?;
    tools.generate_into(&path("json"), &["vectors", catalog])
}

fn decoder_is_fresh(tools: &Tools) -> Result<(), Error> {
    let sources = root().join("kate-errors-cli/src/publish/typescript");
    let path = sources.join("decoder.js");
    let made = capture(tools.script("html/decoder.mjs").arg(sources.join("decoder.ts")))?;
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return write(&path, made);
    }
    if read(&path)? == made {
        return Ok(());
    }
    let path = path.display();
    Err(Error(format!(
        "{path} is not made from decoder.ts as it is now; `UPDATE_EXPECT=1 cargo xtask conformance html` writes it"
    )))
}
