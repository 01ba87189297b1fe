mod laws;
mod pages;
mod random;

use std::fs;
use std::path::{Path, PathBuf};

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
    let mut folders = vec![repository("tests/catalogs")];
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
