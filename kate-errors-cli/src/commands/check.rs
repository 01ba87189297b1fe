//! `check`: every mistake of the catalogs, in the format asked for.

use crate::catalog_file::{self, CatalogFile};
use crate::cli::{CheckArguments, CheckFormat};
use crate::failure::{Failure, Verdict};
use crate::formats::{github, json, sarif, text};
use crate::output::Terminal;

pub(crate) fn run(arguments: &CheckArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let (files, failures) = read_all(arguments, terminal)?;
    show(&files, &failures, arguments.format, terminal)?;
    for failure in &failures {
        terminal.fail(failure);
    }
    let trouble = if failures.is_empty() { Verdict::Clean } else { Verdict::Trouble };
    let verdicts = files.iter().map(|file| verdict(file, arguments.deny_warnings));
    Ok(verdicts.fold(trouble, Verdict::max))
}

/// Reads every file, and keeps apart those that cannot be read: the others are checked all the same.
fn read_all(
    arguments: &CheckArguments,
    terminal: &Terminal,
) -> Result<(Vec<CatalogFile>, Vec<Failure>), Failure> {
    let mut paths = arguments.files.clone();
    if paths.is_empty() {
        paths.push(catalog_file::find(None, "")?);
    }
    let mut files = Vec::new();
    let mut failures = Vec::new();
    for path in &paths {
        match CatalogFile::read(path, terminal) {
            Ok(file) => files.push(file),
            Err(failure) => failures.push(failure),
        }
    }
    Ok((files, failures))
}

fn show(
    files: &[CatalogFile],
    failures: &[Failure],
    format: CheckFormat,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    match format {
        CheckFormat::Text => files.iter().try_for_each(|file| {
            terminal.out.print(&text::report(&file.compilation))?;
            terminal.err.note(&text::summary(file));
            Ok(())
        }),
        CheckFormat::Json => terminal.out.print(&json::render(files)),
        CheckFormat::Github => terminal.out.print(&github::render(files)),
        CheckFormat::Sarif => terminal.out.print(&sarif::render(files, failures)),
    }
}

fn verdict(file: &CatalogFile, deny_warnings: bool) -> Verdict {
    let counts = file.compilation.diagnostics.iter().any(|found| deny_warnings || found.is_error());
    if counts { Verdict::Findings } else { Verdict::Clean }
}
