//! Finds and reads catalog files.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use kate_errors_codegen::source::{MAX_BYTES, Source, Span};
use kate_errors_codegen::{Catalog, Compilation, Diagnostic, compile, compile_with_imports};

use crate::failure::Failure;
use crate::formats::text;
use crate::output::Terminal;
use crate::visible::visible;

/// The name of the catalog if no file is given.
const DEFAULT_NAME: &str = "errors.yaml";

/// Other names that people may have given to a catalog; used for a hint only.
const OTHER_NAMES: &[&str] =
    &["errors.yml", "error.yaml", "error.yml", "Errors.yaml", "errors.yaml.txt", "errors.json"];

/// The maximum number of bytes that are read. The compiler rejects far smaller files with an excerpt; this limit is
/// for input that never ends.
pub(crate) const READ_LIMIT: usize = 16 * MAX_BYTES;

/// A catalog file and the result of compiling it.
#[derive(Debug)]
pub(crate) struct CatalogFile {
    /// The path as given, for machine-readable output; `-` is standard input.
    pub(crate) path: PathBuf,
    pub(crate) compilation: Compilation,
}

impl CatalogFile {
    /// Reads and compiles the `given` file, or the one that [`find`] returns.
    pub(crate) fn open(given: Option<&Path>, terminal: &Terminal) -> Result<Self, Failure> {
        Self::read(&find(given)?, terminal)
    }

    /// Reads and compiles the file at `path`, or standard input if `path` is `-`.
    pub(crate) fn read(path: &Path, terminal: &Terminal) -> Result<Self, Failure> {
        let name = name_of(path);
        let bytes = read_input(path, &name)?;
        Ok(Self::compiled(path, &name, &bytes, &mut from_folder_of(path), terminal))
    }

    /// Reads and compiles a version of a catalog: a file, standard input, or `git:REVISION:PATH`.
    pub(crate) fn read_version(path: &Path, terminal: &Terminal) -> Result<Self, Failure> {
        let name = name_of(path);
        let object = name.strip_prefix("git:").filter(|_| !path.exists());
        let Some(object) = object else { return Self::read(path, terminal) };
        let (_, file) = object
            .split_once(':')
            .filter(|(revision, file)| !(revision.starts_with('-') || file.is_empty()))
            .ok_or_else(|| Failure::NoRevision { name: name.clone() })?;
        let bytes = git_show(object, &name)?;
        let revision = object.split(':').next().unwrap_or_default();
        let mut read = |import: &str| {
            let object = format!("{revision}:{}", beside(Path::new(file), import).display());
            git_show(&object, import).map_err(|failure| failure.to_string())
        };
        Ok(Self::compiled(Path::new(file), &name, &bytes, &mut read, terminal))
    }

    /// Reads and compiles `path`, which holds a version of `file`. Messages call it `shown`, and imports are resolved
    /// relative to `file`.
    pub(crate) fn read_as(
        path: &Path,
        file: &Path,
        shown: &Path,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let bytes = read_file(path, &name_of(path))?;
        Ok(Self::compiled(shown, &name_of(shown), &bytes, &mut from_folder_of(file), terminal))
    }

    /// Compiles `text` as the future content of `path`.
    pub(crate) fn of(path: &Path, text: &str, terminal: &Terminal) -> Self {
        let read = &mut from_folder_of(path);
        Self::compiled(path, &name_of(path), text.as_bytes(), read, terminal)
    }

    /// Like [`Self::of`], for untrusted text: imports must be in the folder of the catalog or below it.
    pub(crate) fn of_guest(path: &Path, text: &str, terminal: &Terminal) -> Self {
        let mut read = from_folder_of(path);
        let is_below =
            |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        let read = &mut |import: &str| {
            let can_be_read = Path::new(import).components().all(is_below);
            if can_be_read { read(import) } else { Err("it is not below the catalog".to_owned()) }
        };
        Self::compiled(path, &name_of(path), text.as_bytes(), read, terminal)
    }

    fn compiled(
        path: &Path,
        name: &str,
        bytes: &[u8],
        read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>,
        terminal: &Terminal,
    ) -> Self {
        let _progress = terminal.progress(&format!("checking {name}"));
        let compilation = compile_with_imports(&visible(name), bytes, read);
        Self { path: path.to_owned(), compilation }
    }

    pub(crate) fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.compilation.diagnostics.iter()
    }

    /// Returns the path of the file that contains `span`: the catalog or one of its imports.
    pub(crate) fn path_at(&self, span: Span) -> PathBuf {
        let file = self.compilation.source.file_index(span.start);
        let import = file.checked_sub(1).and_then(|at| self.compilation.imports().get(at));
        import.map_or_else(|| self.path.clone(), |import| beside(&self.path, import))
    }

    /// Returns the name of the file for messages and machine-readable output. It is not escaped.
    pub(crate) fn name(&self) -> String {
        name_of(&self.path)
    }

    /// Returns the first diagnostic on one line.
    pub(crate) fn first(&self) -> String {
        let Some(first) = self.compilation.diagnostics.first() else { return String::new() };
        let line = self.compilation.source.position(first.primary.span.start).line;
        format!("line {line}: {}; {}", first.message, first.help)
    }

    /// Returns the name of the file that contains `span`.
    pub(crate) fn name_at(&self, span: Span) -> String {
        name_of(&self.path_at(span))
    }

    /// Returns the catalog. If it has errors, prints them on standard error and fails.
    pub(crate) fn catalog(&self, terminal: &mut Terminal) -> Result<&Catalog, Failure> {
        self.compilation.catalog().ok_or_else(|| {
            terminal.err.note(text::report(&self.compilation).trim_end());
            Failure::HasErrors
        })
    }
}

/// Wraps a file that is not a catalog, to get at its text, positions and YAML tree.
pub(crate) fn foreign(name: &str, bytes: &[u8]) -> Compilation {
    let mut file = compile(name, b"");
    file.source = Source::read(name, bytes).0;
    file.diagnostics.clear();
    file
}

/// Reads and compiles the file at `path`, without progress line or output.
pub(crate) fn compiled(path: &Path) -> Result<Compilation, Failure> {
    let name = name_of(path);
    Ok(compile_with_imports(&name, &read_file(path, &name)?, &mut from_folder_of(path)))
}

/// Returns a function that reads the imports of the catalog at `path`.
fn from_folder_of(path: &Path) -> impl FnMut(&str) -> Result<Vec<u8>, String> {
    move |import| {
        let failed = |failure| match failure {
            Failure::Unreadable { reason, .. } => reason.to_string(),
            other => other.to_string(),
        };
        read_file(&beside(path, import), import).map_err(failed)
    }
}

/// Resolves an import of the catalog at `path`. Each `..` removes a component of `path` while there is one.
fn beside(path: &Path, import: &str) -> PathBuf {
    let mut beside = path.with_file_name("");
    for part in Path::new(import).components() {
        let can_climb =
            beside.components().next_back().is_some_and(|it| matches!(it, Component::Normal(_)));
        match part {
            Component::ParentDir if can_climb => drop(beside.pop()),
            part => beside.push(part),
        }
    }
    beside
}

/// Whether `path` means standard input or output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Returns the `given` path, or else `errors.yaml` in the current folder or the nearest one above it. A path that was
/// found is relative, because it is shown to users.
pub(crate) fn find(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(path) = given {
        return Ok(path.to_owned());
    }
    let current = std::env::current_dir()
        .map_err(|reason| Failure::Unreadable { name: ".".to_owned(), reason })?;
    let mut relative = PathBuf::new();
    let mut other = None;
    for folder in current.ancestors() {
        if folder.join(DEFAULT_NAME).is_file() {
            return Ok(relative.join(DEFAULT_NAME));
        }
        let name = OTHER_NAMES.iter().find(|name| folder.join(name).is_file());
        other = other.or_else(|| name.map(|name| relative.join(name)));
        relative.push("..");
    }
    Err(match other {
        Some(other) => Failure::OtherCatalog { other: name_of(&other) },
        None => Failure::NoCatalog,
    })
}

/// Returns the `given` files, or the one that [`find`] returns if there are none.
pub(crate) fn find_all<'p>(given: impl Iterator<Item = &'p Path>) -> Result<Vec<PathBuf>, Failure> {
    let given: Vec<PathBuf> = given.map(Path::to_owned).collect();
    if given.is_empty() { Ok(vec![find(None)?]) } else { Ok(given) }
}

/// Returns the content of a file in Git, named as `REVISION:PATH`.
fn git_show(object: &str, name: &str) -> Result<Vec<u8>, Failure> {
    let failed = |reason: String| Failure::Git { name: name.to_owned(), reason };
    let mut git = Command::new("git")
        .args(["show", "--no-textconv", object])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("git cannot be run: {error}")))?;
    let bytes = git.stdout.take().map_or(Ok(Vec::new()), |out| read_limited(out, name))?;
    let ended = git.wait_with_output().map_err(|error| failed(error.to_string()))?;
    if ended.status.success() {
        return Ok(bytes);
    }
    // Hints follow on further lines.
    let reason = String::from_utf8_lossy(&ended.stderr);
    Err(failed(reason.trim().lines().next().unwrap_or_default().to_owned()))
}

fn read_file(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    if path.is_dir() {
        return Err(Failure::Folder { name: name.trim_end_matches('/').to_owned() });
    }
    let unreadable = |reason| Failure::Unreadable { name: name.to_owned(), reason };
    read_limited(File::open(path).map_err(unreadable)?, name)
}

/// Reads the file at `path`.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    read_file(path, &name_of(path))
}

/// Reads the file at `path`, or standard input if `path` is `-`.
fn read_input(path: &Path, name: &str) -> Result<Vec<u8>, Failure> {
    if is_standard(path) { read_limited(io::stdin().lock(), name) } else { read_file(path, name) }
}

/// Reads the text at `path`, or standard input if `path` is `-`. Returns its name and the text.
pub(crate) fn read_source(path: &Path) -> Result<(String, String), Failure> {
    let name = name_of(path);
    let text = String::from_utf8(read_input(path, &name)?);
    let text = text.map_err(|_| Failure::NotText { name: name.clone() })?;
    Ok((name, text))
}

/// Reads all of `reader`, up to [`READ_LIMIT`] bytes. Messages call it `name`.
pub(crate) fn read_limited(reader: impl Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader
        .take(READ_LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|reason| Failure::Unreadable { name: name.to_owned(), reason })?;
    if bytes.len() > READ_LIMIT {
        return Err(Failure::Endless { name: name.to_owned() });
    }
    Ok(bytes)
}

fn name_of(path: &Path) -> String {
    if is_standard(path) { "<stdin>".to_owned() } else { path.to_string_lossy().into_owned() }
}
