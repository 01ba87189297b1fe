//! `check`: reports every mistake in the catalogs, in the requested format.

use serde_json::json;

use crate::catalog_file::{self, CatalogFile};
use crate::cli::{CheckArguments, CheckFormat};
use crate::commands::diff::{compared, exit};
use crate::commands::lock;
use crate::diff::show::Compared;
use crate::failure::{Failure, Verdict};
use crate::formats::{github, json, sarif, text, to_json};
use crate::output::{self, Terminal};

pub(crate) fn run(arguments: &CheckArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let Read { files, catalogs, mut failures } = read_all(arguments, terminal)?;
    let old = arguments.against.as_deref().map(|old| CatalogFile::read_version(old, terminal));
    let old = old.and_then(|old| old.map_err(|failure| failures.push(failure)).ok());
    let compared = match (&old, &files[..catalogs]) {
        // For a catalog with errors, only these are shown.
        (Some(old), [new]) if new.compilation.catalog().is_some() => {
            let compared = compared(old, new, &arguments.allow, terminal);
            compared.map_err(|failure| failures.push(failure)).ok()
        }
        (Some(_), [_, _, ..]) => return Err(Failure::OneVersion { count: catalogs }),
        _ => None,
    };
    show(&files, &failures, compared.as_ref(), arguments, terminal)?;
    for failure in &failures {
        terminal.fail(failure);
    }
    let is_all_read = failures.is_empty() && files.len() == catalogs;
    let trouble = if is_all_read { Verdict::Clean } else { Verdict::Trouble };
    let verdicts = files.iter().map(|file| verdict(file, arguments.deny_warnings));
    let against = compared.map_or(Verdict::Clean, |compared| exit(&compared.findings));
    Ok(verdicts.fold(trouble.max(against), Verdict::max))
}

/// The files to check.
struct Read {
    /// The catalogs, then their damaged locks.
    files: Vec<CatalogFile>,
    catalogs: usize,
    failures: Vec<Failure>,
}

/// Reads every file. Those that cannot be read do not keep the others from being checked.
fn read_all(arguments: &CheckArguments, terminal: &Terminal) -> Result<Read, Failure> {
    let paths = catalog_file::find_all(arguments.catalogs.given())?;
    let (mut files, mut locks, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for path in &paths {
        match CatalogFile::read(path, terminal) {
            Ok(mut file) => {
                let compared = if arguments.no_lock { Ok(()) } else { lock::compare(&mut file) };
                match compared {
                    Ok(()) => {}
                    Err(Failure::Lock(lock)) => locks.push(*lock),
                    Err(failure) => failures.push(failure),
                }
                files.push(file);
            }
            Err(failure) => failures.push(failure),
        }
    }
    let catalogs = files.len();
    files.extend(locks);
    Ok(Read { files, catalogs, failures })
}

fn show(
    files: &[CatalogFile],
    failures: &[Failure],
    compared: Option<&Compared<'_>>,
    arguments: &CheckArguments,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    match arguments.format {
        CheckFormat::Text => {
            for file in files {
                terminal.out.print(&text::report(&file.compilation))?;
                terminal.err.note(&text::summary(file));
            }
            compared.map_or(Ok(()), |compared| terminal.out.print(&compared.text(output::style())))
        }
        CheckFormat::Json => {
            let mut shown = json::render(files);
            if arguments.against.is_some() {
                shown = json!({ "diagnostics": shown, "against": compared.map(Compared::json) });
            }
            terminal.out.print(&to_json(&shown))
        }
        CheckFormat::Github => {
            let against = compared.map(Compared::github).unwrap_or_default();
            terminal.out.print(&(github::render(files) + &against))
        }
        CheckFormat::Sarif => {
            let (mut rules, mut results) = sarif::of_check(files);
            if let Some((more_rules, more_results)) = compared.map(Compared::sarif) {
                rules.extend(more_rules);
                results.extend(more_results);
            }
            terminal.out.print(&sarif::log((rules, results), failures))
        }
    }
}

fn verdict(file: &CatalogFile, deny_warnings: bool) -> Verdict {
    let counts = file.compilation.diagnostics.iter().any(|found| deny_warnings || found.is_error());
    if counts { Verdict::Findings } else { Verdict::Clean }
}
