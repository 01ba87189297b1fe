//! `import`: a catalog from what a team already has.

use std::path::Path;
use std::rc::Rc;

use crate::catalog_file;
use crate::cli::ImportArguments;
use crate::failure::{Failure, Verdict};
use crate::formats::text;
use crate::generated_file::{GeneratedFile, State};
use crate::import::{self, Draft, Settled, Source};
use crate::messages::counted;
use crate::output::Terminal;
use crate::visible::{shell_word, visible};

pub(crate) fn run(
    arguments: &ImportArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut draft = Draft::default();
    for path in &arguments.sources {
        let (name, text) = catalog_file::read_source(path)?;
        let source = Source { name: Rc::from(name), text: &text };
        let Some(format) = arguments.from.or_else(|| import::format_of(&source)) else {
            return Err(Failure::UnknownFormat { name: source.name.to_string() });
        };
        draft.join(import::read(&source, format));
    }
    if draft.errors().next().is_none() {
        report(&draft, terminal);
        terminal.err.note("no errors were found");
        return Ok(Verdict::Findings);
    }
    let Settled { text, compilation, guesses } = import::settle(&mut draft);
    report(&draft, terminal);
    for ((subject, why), count) in &guesses {
        terminal.err.note(&format!("guess: {subject} ({count}): {}", visible(why)));
    }
    let is_catalog = compilation.catalog().is_some();
    if !is_catalog {
        terminal.err.note("what was made has errors, which `kate-errors check` shows too:");
        terminal.err.note(text::report(&compilation).trim_end());
    }
    match &arguments.out {
        None => terminal.print_file(&text)?,
        Some(path) => write_new(path, text)?,
    }
    let what = format!(
        "{} in {}",
        counted(draft.errors().count(), "error"),
        counted(draft.sections.len(), "section")
    );
    if let Some(path) = &arguments.out {
        let name = path.to_string_lossy();
        terminal.err.note(&format!(
            "wrote {} with {what}; next: kate-errors check {}",
            visible(&name),
            shell_word(&name)
        ));
    } else {
        terminal.err.note(&what);
    }
    let all = is_catalog && draft.left_out.is_empty();
    Ok(if all { Verdict::Clean } else { Verdict::Findings })
}

/// Says what was left out.
fn report(draft: &Draft, terminal: &mut Terminal) {
    let mut files: Vec<&str> = draft.left_out.iter().map(|it| &*it.place.file).collect();
    files.dedup();
    let mut left_out: Vec<_> = draft.left_out.iter().collect();
    let file_of = |file: &str| files.iter().position(|it| *it == file);
    left_out.sort_by_key(|it| (file_of(&it.place.file), it.place.line));
    for left_out in left_out {
        let place = &left_out.place;
        let line = if place.line == 0 { String::new() } else { format!(":{}", place.line) };
        let (file, why) = (visible(&place.file), visible(&left_out.why));
        terminal.err.note(&format!("{file}{line}: left out: {why}"));
    }
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: String) -> Result<(), Failure> {
    let file = GeneratedFile { path: path.to_owned(), text, mark: None };
    match file.state()? {
        State::Missing => file.write(),
        State::Fresh | State::Stale(_) => Err(Failure::Exists { name: file.name() }),
    }
}
