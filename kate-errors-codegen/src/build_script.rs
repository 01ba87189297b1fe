//! The front end for build scripts.
//!
//! ```no_run
//! // In the `main` of build.rs:
//! kate_errors_codegen::build_script::compile("errors.yaml");
//! ```
//!
//! The crate includes the generated code with `kate_errors::include_catalog!();`.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use crate::emit::rust::{EmitOptions, emit, library_path, source_text};
use crate::package::{self, absolute};
use crate::{Compilation, Diagnostic};

/// Compiles the catalog at `path`, relative to the folder of `Cargo.toml`, to a file in Cargo's `OUT_DIR` with
/// the same name and the extension `.rs`.
///
/// If a build script compiles several catalogs, their file names must differ: two catalogs with the same name
/// stop the build.
///
/// Cargo reruns the build script only when the catalog or one of its imports changes. A catalog with mistakes stops
/// the build: all of them are printed with file, line, column and excerpt, and the process exits with code 1.
pub fn compile(path: impl AsRef<Path>) {
    run(path.as_ref(), None);
}

/// Compiles the catalog at `path` like [`compile`], for a crate in which the library has another name.
/// `library` is the name of the dependency, such as `ke` for `ke = { package = "kate-errors", … }`, or a path
/// such as `crate::reexports::kate_errors`.
///
/// The crate includes the generated code with `ke::include_catalog!();`.
///
/// ```no_run
/// // In the `main` of build.rs:
/// kate_errors_codegen::build_script::compile_for("errors.yaml", "ke");
/// ```
pub fn compile_for(path: impl AsRef<Path>, library: &str) {
    run(path.as_ref(), Some(library));
}

fn run(path: &Path, library: Option<&str>) {
    match generate(path, library) {
        Ok(compilation) => {
            // Not printed if the build stops: Cargo reruns a failed script anyway, and would show these lines
            // above the report.
            for file in package::files(path, &compilation) {
                println!("cargo:rerun-if-changed={}", absolute(&file).display());
            }
            print_warnings(&compilation);
        }
        Err(message) => fail(&message),
    }
}

fn generate(path: &Path, library: Option<&str>) -> Result<Compilation, String> {
    let library = match library {
        Some(name) => Some(library_path(name).ok_or_else(|| unknown_library(name))?),
        None => None,
    };
    let compilation = package::compile(path)?;
    let catalog = compilation.catalog().ok_or_else(|| package::failure(path, &compilation))?;
    let target = target(path)?;
    claim(&target, path)?;
    let tokens = emit(catalog, &EmitOptions { library, ..EmitOptions::default() });
    write(&target, &source_text(tokens))
        .map_err(|error| format!("cannot write {}: {error}", target.display()))?;
    Ok(compilation)
}

fn unknown_library(library: &str) -> String {
    format!(
        "`{library}` is not the name of a library: write the name of the dependency, or a path that begins with \
         `crate::` or `::`"
    )
}

/// Returns the path of the generated file in `OUT_DIR`.
fn target(path: &Path) -> Result<PathBuf, String> {
    let folder =
        env::var_os("OUT_DIR").ok_or("OUT_DIR is not set: Cargo sets it for build scripts")?;
    let name =
        path.file_stem().ok_or_else(|| format!("{} is not the name of a file", path.display()))?;
    // `shop.v2.yaml` becomes `shop.v2.rs`.
    let mut name = name.to_owned();
    name.push(".rs");
    Ok(PathBuf::from(folder).join(name))
}

/// The files that this run of the build script has generated, each with its catalog.
static MADE: Mutex<Vec<(PathBuf, PathBuf)>> = Mutex::new(Vec::new());

/// Claims the file `target` for the catalog at `path`. Otherwise, the second of two catalogs with the same name
/// would overwrite the first one, and the enum of the first would silently be missing.
fn claim(target: &Path, path: &Path) -> Result<(), String> {
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some((_, first)) = made.iter().find(|(other, _)| other == target) else {
        made.push((target.to_owned(), path.to_owned()));
        return Ok(());
    };
    if first == path {
        return Ok(());
    }
    let (first, second) = (first.display(), path.display());
    let file = target.file_name().unwrap_or_default().to_string_lossy();
    Err(format!("both {first} and {second} become {file}; give one of the two another name"))
}

/// Writes a file unless it already contains the text, so that unchanged code is not compiled again.
fn write(target: &Path, text: &str) -> std::io::Result<()> {
    match fs::read(target) {
        Ok(old) if old == text.as_bytes() => Ok(()),
        _ => fs::write(target, text),
    }
}

/// Prints each warning so that Cargo shows it as a warning of the package. All versions of Cargo understand the
/// syntax with one colon.
fn print_warnings(Compilation { source, diagnostics, .. }: &Compilation) {
    for Diagnostic { rule, message, primary, .. } in diagnostics {
        let at = source.position(primary.span.start);
        let name = source.name_at(primary.span.start);
        let place = format!("{name}:{}:{}", at.line, at.column);
        println!("cargo:warning={place}: {message} [{}]", rule.id);
    }
}

/// Prints the message to standard error, which Cargo shows completely, and exits. `cargo::error` takes only one
/// line: it would repeat the message without excerpts.
fn fail(message: &str) -> ! {
    // There is nowhere to report that standard error is closed.
    let _ = writeln!(std::io::stderr(), "{message}");
    process::exit(1)
}
