//! Compiling the catalogs of a package, for build scripts and macros. Their paths are relative to the folder of
//! Cargo.toml.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::report::{Style, render};
use crate::{Compilation, compile_with_imports};

/// Compiles the catalog at `path` and its imports.
///
/// # Errors
///
/// The reason why the file cannot be read.
pub fn compile(path: &Path) -> Result<Compilation, String> {
    let bytes = fs::read(absolute(path)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            format!("there is no file {} in the folder of Cargo.toml", path.display())
        }
        _ => format!("cannot read {}: {error}", path.display()),
    })?;
    let mut read =
        |import: &str| fs::read(absolute(&beside(path, import))).map_err(|error| error.to_string());
    Ok(compile_with_imports(&path.to_string_lossy(), &bytes, &mut read))
}

/// Returns the paths of a catalog and its imports.
#[must_use]
pub fn files(path: &Path, compilation: &Compilation) -> Vec<PathBuf> {
    let imports = compilation.imports().iter().map(|import| beside(path, import));
    std::iter::once(path.to_owned()).chain(imports).collect()
}

/// Returns the message for a catalog with errors: all of its diagnostics.
#[must_use]
pub fn failure(path: &Path, Compilation { source, diagnostics, .. }: &Compilation) -> String {
    let report = render(source, diagnostics, Style::Plain);
    format!("{} does not compile\n\n{}", path.display(), report.trim_end())
}

/// Returns the absolute path of a file. Cargo starts a build script in the folder of Cargo.toml. But the script may
/// have changed its directory, and other build systems may set `CARGO_MANIFEST_DIR` to `.`.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let path = folder.join(path);
    std::path::absolute(&path).unwrap_or(path)
}

fn beside(catalog: &Path, import: &str) -> PathBuf {
    catalog.parent().unwrap_or(Path::new("")).join(import)
}
