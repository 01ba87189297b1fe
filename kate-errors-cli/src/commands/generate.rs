//! `generate`: a file of one's own from a catalog.

use std::path::Path;

use crate::catalog_file::{self, CatalogFile};
use crate::cli::GenerateArguments;
use crate::failure::{Failure, Verdict};
use crate::generated_file::{GeneratedFile, State};
use crate::output::Terminal;
use crate::visible::{shell_word, visible};

pub(crate) fn run(
    arguments: &GenerateArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let file = CatalogFile::read(&catalog_file::find(arguments.file.as_deref())?)?;
    let Some(catalog) = file.catalog(terminal) else {
        return Ok(Verdict::Findings);
    };
    let text = arguments.target.render(catalog, &file.path)?;
    let Some(path) = &arguments.out else {
        terminal.out.print(&text)?;
        return Ok(Verdict::Clean);
    };
    bring_up_to_date(&GeneratedFile { path, text: &text }, arguments, terminal)
}

fn bring_up_to_date(
    file: &GeneratedFile<'_>,
    arguments: &GenerateArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let name = file.name();
    let name = visible(&name);
    let old = match file.state()? {
        State::Fresh => {
            terminal.err.note(&format!("{name} is up to date"));
            return Ok(Verdict::Clean);
        }
        State::Stale(old) => Some(old),
        State::Missing => None,
    };
    if arguments.check {
        terminal.out.print(&file.diff(old.as_deref().unwrap_or_default()))?;
        let what = if old.is_some() { "is stale" } else { "is missing" };
        terminal
            .err
            .note(&format!("{name} {what}; to write it: {}", command(arguments, file.path)));
        return Ok(Verdict::Findings);
    }
    file.write()?;
    terminal.err.note(&format!("wrote {name}"));
    Ok(Verdict::Clean)
}

/// The command that writes what `--check` found wanting.
fn command(arguments: &GenerateArguments, out: &Path) -> String {
    let mut command = format!("kate-errors generate {}", arguments.target.name());
    for (option, path) in [("", arguments.file.as_deref()), ("--out ", Some(out))] {
        if let Some(path) = path {
            command = format!("{command} {option}{}", shell_word(&path.to_string_lossy()));
        }
    }
    command
}
