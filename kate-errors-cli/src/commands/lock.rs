//! `lock`: records a release beside the catalog.

use std::path::{Path, PathBuf};

use crate::catalog_file::{self, CatalogFile};
use crate::cli::LockArguments;
use crate::failure::{Failure, Verdict};
use crate::generated_file::{GeneratedFile, State};
use crate::lock::{Damage, Lock, MARK, damaged, of_catalog, reuse};
use crate::output::Terminal;
use crate::visible::visible;

pub(crate) fn run(arguments: &LockArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let path = catalog_file::find(arguments.catalog.given())?;
    let path_of_lock = path_of(&path).ok_or(Failure::LockOfInput)?;
    let mut file = CatalogFile::read(&path, terminal)?;
    let mut lock = of_file(&path_of_lock)?.unwrap_or_default();
    let name = visible(&path_of_lock.to_string_lossy()).into_owned();
    put_in_order(&lock, &path_of_lock, &name, terminal)?;
    if !arguments.accept {
        file.compilation.add(reuse(&lock, &file.compilation));
    }
    let catalog = file.catalog(terminal)?;
    let now = of_catalog(catalog);
    let [added, gone] = lock.changes(&now);
    let is_recorded = added.is_empty() && gone.is_empty();
    let summary = format!("{} added, {} gone", added.len(), gone.len());
    let newest = lock.releases.last();
    match &arguments.release {
        None if !is_recorded => {
            // How the catalog differs from the newest release.
            let marked = gone.iter().map(|it| ('-', it)).chain(added.iter().map(|it| ('+', it)));
            let lines = marked.map(|(mark, fact)| format!("{mark} {}\n", visible(&fact.text())));
            terminal.out.print(&lines.collect::<String>())?;
            terminal.err.note(&format!(
                "{name} does not match the catalog: {summary}; to record it: kate-errors lock --release NAME"
            ));
            return Ok(Verdict::Findings);
        }
        Some(release) if !is_recorded || newest != Some(release) => {
            if lock.releases.contains(release) {
                return Err(Failure::KnownRelease { name, release: release.clone() });
            }
            lock.record(release, &now);
            output(&lock, &path_of_lock).save()?;
            terminal.err.note(&format!("recorded {release} in {name}: {summary}"));
        }
        _ => {
            let newest = newest.map_or("", String::as_str);
            terminal.err.note(&format!("{name} is up to date; its newest release is {newest}"));
        }
    }
    Ok(Verdict::Clean)
}

/// Adds the diagnostics of the lock to those of the catalog, if there is a lock.
pub(super) fn compare(file: &mut CatalogFile) -> Result<(), Failure> {
    let Some(path) = path_of(&file.path) else { return Ok(()) };
    let Some(bytes) = bytes_of(&path)? else { return Ok(()) };
    let lock = read(&path, &bytes)?;
    if let Some(line) = lock.conflict {
        return Err(failure(&path, &bytes, &Damage::unmerged(line)));
    }
    file.compilation.add(reuse(&lock, &file.compilation));
    Ok(())
}

/// Reads the lock of the catalog at `path`, if there is one.
pub(super) fn of(path: &Path) -> Result<Option<Lock>, Failure> {
    path_of(path).map_or(Ok(None), |path| of_file(&path))
}

/// Returns the path of the lock: that of the catalog with the extension `lock`. Standard input has none.
fn path_of(path: &Path) -> Option<PathBuf> {
    (!catalog_file::is_standard(path)).then(|| path.with_extension("lock"))
}

/// Reads the lock at `path`, if the file exists.
fn of_file(path: &Path) -> Result<Option<Lock>, Failure> {
    bytes_of(path)?.map(|bytes| read(path, &bytes)).transpose()
}

/// Reads a file, if it exists.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    // A dangling link exists, but cannot be read.
    path.symlink_metadata().ok().map(|_| catalog_file::read_bytes(path)).transpose()
}

fn read(path: &Path, bytes: &[u8]) -> Result<Lock, Failure> {
    Lock::read(&String::from_utf8_lossy(bytes)).map_err(|damage| failure(path, bytes, &damage))
}

fn failure(path: &Path, bytes: &[u8], damage: &Damage) -> Failure {
    let compilation = damaged(&visible(&path.to_string_lossy()), bytes, damage);
    Failure::Lock(Box::new(CatalogFile { path: path.to_owned(), compilation }))
}

fn output(lock: &Lock, path: &Path) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text: lock.text(), mark: Some(MARK.to_owned()) }
}

/// Rewrites the lock, if a merge left it unsorted or with conflicts.
fn put_in_order(
    lock: &Lock,
    path: &Path,
    name: &str,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let output = output(lock, path);
    if let State::Stale(_) = output.state()? {
        output.save()?;
        terminal.err.note(&if lock.conflict.is_some() {
            format!("resolved the conflicts in {name}: it now has the lines of both sides")
        } else {
            format!("put {name} in order")
        });
        for error in &lock.added_twice {
            terminal.err.note(&format!(
                "both sides have released a new error `{}`, with different messages: if it is the same error, list the \
                 other message under `former`; otherwise clients of one side mistake the error of the other for it",
                visible(error)
            ));
        }
    }
    Ok(())
}
