//! `import`: converts existing errors to a catalog.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

use kate_errors_codegen::diagnostic::few;

use crate::catalog_file::{self, CatalogFile};
use crate::cli::ImportArguments;
use crate::failure::{Failure, Verdict};
use crate::formats::text;
use crate::generated_file::{GeneratedFile, State};
use crate::import::{self, Draft, Guesses, Merged, Place, Settled, Source};
use crate::messages::counted;
use crate::output::Terminal;
use crate::visible::{shell_word, visible};

/// Folders with code of others, or files that Python created.
const NOT_OF_A_PACKAGE: &[&str] = &["__pycache__", "node_modules", "site-packages", "venv"];

pub(crate) fn run(
    arguments: &ImportArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut draft = Draft::default();
    for path in &arguments.sources {
        if path.is_dir() {
            let (files, left_out) = package(path, terminal)?;
            draft.join(import::python::read(&files));
            for (name, why) in left_out {
                draft.leave_out(&Place { file: Rc::from(name), line: 0 }, why);
            }
            continue;
        }
        let (name, text) = catalog_file::read_source(path)?;
        let source = Source::new(&name, &text);
        let Some(format) = arguments.from.or_else(|| import::format_of(&source)) else {
            return Err(Failure::UnknownFormat { name: source.name.to_string() });
        };
        draft.join(import::read(&source, format));
    }
    if draft.errors().next().is_none() {
        report(&draft, terminal);
        let only = if draft.statuses.is_empty() { "" } else { ", only statuses" };
        terminal.err.note(&format!("no errors were found{only}"));
        return Ok(Verdict::Findings);
    }
    match arguments.out.as_deref().filter(|path| !catalog_file::is_standard(path)) {
        Some(path) if has_file(path)? => add_to(path, draft, terminal),
        out => make(out, draft, terminal),
    }
}

/// Returns the files of a Python package, with paths relative to its parent folder, and those that cannot be read,
/// with the reason.
#[expect(clippy::type_complexity, reason = "two lists of pairs of texts")]
fn package(
    folder: &Path,
    terminal: &Terminal,
) -> Result<(Vec<(String, String)>, Vec<(String, String)>), Failure> {
    let _progress = terminal.progress(&format!("reading {}", folder.display()));
    let (mut files, mut left_out) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let name = folder.to_string_lossy().into_owned();
        let unreadable = |reason| Failure::Unreadable { name: name.clone(), reason };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
            if path.is_dir() {
                if !is_link && !name.starts_with('.') && !NOT_OF_A_PACKAGE.contains(&name.as_str())
                {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "py") {
                let shown = path.to_string_lossy().replace('\\', "/");
                match catalog_file::read_source(&path) {
                    Ok((_, text)) => files.push((shown, text)),
                    Err(failure) => left_out.push((shown, failure.to_string())),
                }
            }
        }
    }
    files.sort();
    left_out.sort();
    Ok((files, left_out))
}

/// Whether there is a file to add to.
fn has_file(path: &Path) -> Result<bool, Failure> {
    let file = GeneratedFile { path: path.to_owned(), text: String::new(), mark: None };
    Ok(file.state()? != State::Missing)
}

/// Writes a new catalog.
fn make(out: Option<&Path>, mut draft: Draft, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let Settled { text, compilation, guesses } = import::settle(&mut draft, true);
    draft.list_unknown_examples(|_| false);
    report(&draft, terminal);
    if draft.errors().next().is_none() {
        terminal.err.note("no errors were found that a catalog can have");
        return Ok(Verdict::Findings);
    }
    report_guesses(&guesses, terminal);
    let is_catalog = compilation.catalog().is_some();
    if !is_catalog {
        terminal.err.note("the result has errors, which `kate-errors check` shows too:");
        terminal.err.note(text::report(&compilation).trim_end());
    }
    let errors = counted(draft.errors().count(), "error");
    let what = format!("{errors} in {}", counted(draft.sections.len(), "section"));
    match out {
        None => {
            terminal.print_file(&text)?;
            terminal.err.note(&what);
        }
        Some(path) => write(path, text, &format!("with {what}"), terminal)?,
    }
    Ok(verdict(is_catalog && draft.left_out.is_empty()))
}

/// Adds new errors to an existing catalog.
fn add_to(path: &Path, mut draft: Draft, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let file = CatalogFile::read(path, terminal)?;
    let name = file.name();
    let Ok(catalog) = file.catalog(terminal) else {
        terminal.err.note(&format!("{} has errors, and was not changed", visible(&name)));
        return Ok(Verdict::Findings);
    };
    // Resolve clashes within the sources first.
    import::settle(&mut draft, catalog.identity.is_by_code());
    let compile = |text: &str| CatalogFile::of(path, text, terminal).compilation;
    let Merged { text, added, guesses } =
        import::merge(&mut draft, &file.compilation, catalog, &name, compile);
    report(&draft, terminal);
    report_guesses(&guesses, terminal);
    if added == 0 {
        terminal.err.note(&format!("nothing was added to {}", visible(&name)));
    } else {
        write(path, text, &format!("with {}", counted(added, "new error")), terminal)?;
    }
    Ok(verdict(draft.left_out.is_empty()))
}

fn verdict(all: bool) -> Verdict {
    if all { Verdict::Clean } else { Verdict::Findings }
}

/// Replaces a file atomically.
fn write(path: &Path, text: String, what: &str, terminal: &mut Terminal) -> Result<(), Failure> {
    let file = GeneratedFile { path: path.to_owned(), text, mark: None };
    file.write()?;
    let name = file.name();
    let (shown, word) = (visible(&name), shell_word(&name));
    terminal.err.note(&format!("wrote {shown} {what}; next: kate-errors check --file {word}"));
    Ok(())
}

/// Reports what was guessed, and how often.
fn report_guesses(guesses: &Guesses, terminal: &mut Terminal) {
    // The quoted text of each guess is in the catalog, so guesses are counted without it.
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for ((subject, why), count) in guesses {
        let quotes = why.match_indices('`').nth(1).filter(|_| why.ends_with('`'));
        let why = quotes.and_then(|_| why.split(" `").next()).unwrap_or(why);
        *kinds.entry((subject, why)).or_default() += count;
    }
    for ((subject, why), count) in kinds {
        terminal.err.note(&format!("guess: {subject} ({count}): {}", visible(why)));
    }
}

/// Reports what was left out.
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
    if draft.repeated > 0 {
        let count = draft.repeated;
        terminal.err.note(&format!("repeated ({count}): the same message again, imported once"));
    }
    if !draft.gone.is_empty() {
        let names = few(draft.gone.iter().map(|name| format!("`{name}`")), 6);
        terminal
            .err
            .note(&format!("kept ({}): not found in the source: {names}", draft.gone.len()));
    }
}
