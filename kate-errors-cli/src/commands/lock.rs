//! `lock`: what a release makes known, recorded beside the catalog.

use std::collections::BTreeSet;
use std::path::Path;

use crate::catalog_file::{self, CatalogFile};
use crate::cli::LockArguments;
use crate::failure::{Failure, Verdict};
use crate::generated_file::{GeneratedFile, State};
use crate::lock::{Fact, Lock, MARK, of_catalog, path_of, reuse};
use crate::output::Terminal;
use crate::visible::visible;

pub(crate) fn run(arguments: &LockArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let path = catalog_file::find(arguments.file.as_deref(), "")?;
    let path_of_lock = path_of(&path).ok_or(Failure::LockOfInput)?;
    let mut file = CatalogFile::read(&path, terminal)?;
    let mut lock = Lock::read_file(&path_of_lock)?.unwrap_or_default();
    let name = visible(&path_of_lock.to_string_lossy()).into_owned();
    put_in_order(&lock, &path_of_lock, &name, terminal)?;
    if !arguments.accept {
        file.compilation.add(reuse(&lock, &file.compilation));
    }
    let Some(catalog) = file.catalog(terminal) else { return Ok(Verdict::Findings) };
    let now = of_catalog(catalog);
    let is_recorded = lock.changes(&now).iter().all(Vec::is_empty);
    let newest = lock.releases.last();
    match &arguments.release {
        None if !is_recorded => return show(&lock, &now, &name, terminal),
        Some(release) if !is_recorded || newest != Some(release) => {
            if lock.releases.contains(release) {
                return Err(Failure::KnownRelease { name, release: release.clone() });
            }
            let summary = summary(&lock, &now);
            lock.record(release, &now);
            output(&lock, &path_of_lock).write()?;
            terminal.err.note(&format!("recorded {release} in {name}: {summary}"));
        }
        _ => {
            let newest = newest.map_or("", String::as_str);
            terminal.err.note(&format!("{name} is up to date; its newest release is {newest}"));
        }
    }
    Ok(Verdict::Clean)
}

fn output(lock: &Lock, path: &Path) -> GeneratedFile {
    GeneratedFile { path: path.to_owned(), text: lock.text(), mark: Some(MARK.to_owned()) }
}

/// Writes what was read, where a merge has left it in another order, or with both of its sides.
fn put_in_order(
    lock: &Lock,
    path: &Path,
    name: &str,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let output = output(lock, path);
    if let State::Stale(_) = output.state()? {
        output.write()?;
        terminal.err.note(&if lock.has_conflicts {
            format!("resolved the conflicts in {name}: it has the lines of both sides")
        } else {
            format!("put {name} in order")
        });
    }
    Ok(())
}

/// Shows how the catalog differs from its newest release.
fn show(
    lock: &Lock,
    now: &BTreeSet<Fact>,
    name: &str,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let [added, gone] = lock.changes(now);
    let marked = gone.iter().map(|fact| ('-', fact)).chain(added.iter().map(|fact| ('+', fact)));
    let lines = marked.map(|(mark, fact)| format!("{mark} {}\n", visible(&fact.text())));
    terminal.out.print(&lines.collect::<String>())?;
    let summary = summary(lock, now);
    terminal.err.note(&format!(
        "{name} does not have the state of the catalog: {summary}; to record it: kate-errors lock --release NAME"
    ));
    Ok(Verdict::Findings)
}

fn summary(lock: &Lock, now: &BTreeSet<Fact>) -> String {
    let [added, gone] = lock.changes(now).map(|facts| facts.len());
    format!("{added} added, {gone} gone")
}
