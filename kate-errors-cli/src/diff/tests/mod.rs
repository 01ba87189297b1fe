mod laws;
mod pages;
mod random;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use kate_errors_codegen::rule::{Example, Page};
use kate_errors_codegen::{Compilation, compile};

/// Returns the path of a file in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Compiles a catalog that must not have errors.
pub(crate) fn compiled(name: &str, text: &[u8]) -> Compilation {
    let compilation = compile(name, text);
    let errors: Vec<_> = compilation.diagnostics.iter().filter(|it| it.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", String::from_utf8_lossy(text));
    compilation
}

/// Returns every catalog below `tests/catalogs`, and the one of the Kate API.
pub(crate) fn catalogs() -> Vec<(PathBuf, Vec<u8>)> {
    yaml_files(&["tests/catalogs"])
}

/// Returns the catalog of the Kate API, and the YAML files below some folders.
pub(crate) fn yaml_files(folders: &[&str]) -> Vec<(PathBuf, Vec<u8>)> {
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| repository(folder)).collect();
    let mut files = vec![repository("errors.yaml")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "yaml") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 30, "{files:?}");
    files.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

/// Compares the reports on the pages of rules with those that were found: the id of each rule, its page, and its
/// failing examples with their reports. `UPDATE_EXPECT=1` rewrites the pages.
pub(crate) fn compare_reports(
    found: impl Iterator<Item = (&'static str, Page, Vec<(Example, String)>)>,
) {
    let mut stale = String::new();
    for (id, page, found) in found {
        let mut text = page.text().to_owned();
        for (example, found) in found.into_iter().rev().filter(|(it, found)| it.report != *found) {
            let _ = writeln!(stale, "{id}:\nexpected:\n{}found:\n{found}", example.report);
            text.replace_range(example.report_place, &format!("\n```text\n{found}```\n"));
        }
        if is_update() && text != page.text() {
            let file = repository("kate-errors-cli/rules").join(id).with_extension("md");
            fs::write(file, text).unwrap();
        }
    }
    assert!(is_update() || stale.is_empty(), "{stale}UPDATE_EXPECT=1 accepts what was found");
}

/// Compares the lines of a table with those in a file. `UPDATE_EXPECT=1` rewrites the file.
pub(crate) fn compare_table(file: &str, columns: usize, lines: impl Iterator<Item = String>) {
    let path = repository(file);
    let page = fs::read_to_string(&path).unwrap();
    let rule = format!("|{}\n", "---|".repeat(columns));
    let (before, rest) = page.split_once(&rule).unwrap();
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    let expected = format!("{before}{rule}{}{}", lines.collect::<String>(), &rest[end..]);
    if is_update() {
        fs::write(&path, &expected).unwrap();
    }
    assert!(is_update() || page == expected, "{file} is stale: UPDATE_EXPECT=1");
}
