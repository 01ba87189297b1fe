//! `generate`: writes the files that are generated from a catalog.

use std::path::Path;

use super::diff::all_versions;
use crate::catalog_file::{self, CatalogFile, is_standard};
use crate::cli::GenerateArguments;
use crate::diff::versions::Matrix;
use crate::failure::{Failure, Verdict};
use crate::generated_file::{GeneratedFile, State, has_folder, make_folder, surplus};
use crate::messages::counted;
use crate::output::Terminal;
use crate::publish::Output;
use crate::publish::json_schema;
use crate::publish::openapi::{self, Format};
use crate::target::Target;
use crate::visible::{shell_word, visible};

pub(crate) fn run(
    arguments: &GenerateArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    consistent(arguments)?;
    let output = made(arguments, terminal)?;
    let Some(path) = arguments.out.as_deref().filter(|path| !is_standard(path)) else {
        if arguments.check {
            return Err(Failure::UncheckedOutput);
        }
        let Output::File(text) = output else {
            return Err(Failure::NeedsFolder { target: arguments.target.name() });
        };
        terminal.print_file(&text)?;
        return Ok(Verdict::Clean);
    };
    let mark = Some(arguments.target.mark_begins()).filter(|_| !is_in_place(arguments));
    match output {
        Output::File(text) => {
            let file = GeneratedFile { path: path.to_owned(), text, mark };
            bring_up_to_date(&[file], arguments, terminal)
        }
        Output::Folder(files) => {
            if !has_folder(path)? && !arguments.check {
                make_folder(path)?;
            }
            let file =
                |(name, text)| GeneratedFile { path: path.join(name), text, mark: mark.clone() };
            let files: Vec<_> = files.into_iter().map(file).collect();
            let verdict = bring_up_to_date(&files, arguments, terminal)?;
            let surplus = surplus(path, &files, &arguments.target.mark_begins())?;
            Ok(verdict.max(remove(&surplus, arguments, terminal)?))
        }
    }
}

/// Removes files that an earlier run generated and this one does not.
fn remove(
    surplus: &[GeneratedFile],
    arguments: &GenerateArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    for file in surplus {
        let name = file.name();
        let name = visible(&name);
        if arguments.check {
            let command = command();
            terminal.err.note(&format!("{name} is no longer made; to remove it: {command}"));
        } else {
            file.remove()?;
            terminal.err.note(&format!("removed {name}"));
        }
    }
    let is_found = arguments.check && !surplus.is_empty();
    Ok(if is_found { Verdict::Findings } else { Verdict::Clean })
}

/// Rejects options that belong to another target, and invalid combinations.
fn consistent(arguments: &GenerateArguments) -> Result<(), Failure> {
    let GenerateArguments { target, merge, format, openapi_version, compat, .. } = arguments;
    let options = [
        ("--merge", merge.is_some(), Target::OpenApi),
        ("--format", format.is_some(), Target::OpenApi),
        ("--openapi-version", openapi_version.is_some(), Target::OpenApi),
        ("--compat", !compat.is_empty(), Target::Html),
    ];
    let stray = options.into_iter().find(|(_, given, of)| *given && target != of);
    if let Some((option, _, of)) = stray {
        return Err(Failure::StrayOption { option, of: of.name(), target: target.name() });
    }
    let is_input = |path: Option<&Path>| path.is_some_and(is_standard);
    if is_input(merge.as_deref()) && is_input(arguments.catalog.given()) {
        return Err(Failure::InputTwice);
    }
    let needless = *target == Target::JsonSchema && arguments.catalog.given().is_some();
    if needless { Err(Failure::NeedlessCatalog { target: target.name() }) } else { Ok(()) }
}

/// Generates the output.
fn made(arguments: &GenerateArguments, terminal: &mut Terminal) -> Result<Output, Failure> {
    let target = arguments.target;
    if target == Target::JsonSchema {
        let schema = json_schema::schema(&format!("{}. Do not edit.", target.mark_begins()));
        return Ok(Output::File(schema));
    }
    let file = CatalogFile::open(arguments.catalog.given(), terminal)?;
    let catalog = file.catalog(terminal)?;
    let mark = target.mark(&file.path, file.compilation.source.text());
    let versions = all_versions(&arguments.compat, terminal)?;
    let progress = terminal.progress(&format!("making {} of {}", target.name(), file.name()));
    let Some(path) = &arguments.merge else {
        let all = versions.iter().chain([&file]).map(|file| &file.compilation);
        let matrix = (!versions.is_empty()).then(|| Matrix::of(&all.collect::<Vec<_>>()));
        let of_openapi = (arguments.openapi_version.unwrap_or_default(), format(arguments));
        return target.render(catalog, &mark, of_openapi, matrix.as_ref());
    };
    let name = path.to_string_lossy().into_owned();
    let (_, old) = catalog_file::read_source(path)?;
    let merged = openapi::merge(catalog, &old).map_err(|reason| Failure::Merge { name, reason })?;
    drop(progress);
    for note in merged.notes {
        terminal.err.note(&format!("note: {}", visible(&note)));
    }
    let text = if is_in_place(arguments) || arguments.out.as_deref().is_none_or(is_standard) {
        merged.text
    } else {
        openapi::marked(&merged.text, &mark)
    };
    Ok(Output::File(text))
}

/// Returns the requested format, or else the one that the name of the file implies.
fn format(arguments: &GenerateArguments) -> Format {
    let ending = arguments.out.as_deref().and_then(Path::extension);
    let is_json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    arguments.format.unwrap_or(if is_json { Format::Json } else { Format::Yaml })
}

/// Whether the document to merge into is also the one to write. It is then the user's own file, which
/// may be overwritten.
fn is_in_place(arguments: &GenerateArguments) -> bool {
    let (Some(merge), Some(out)) = (&arguments.merge, &arguments.out) else { return false };
    if is_standard(merge) {
        return false;
    }
    let same = || Some(merge.canonicalize().ok()? == out.canonicalize().ok()?);
    merge == out || same().unwrap_or(false)
}

/// If there are more files, they are counted, not listed.
const MAX_LISTED: usize = 20;

fn bring_up_to_date(
    files: &[GeneratedFile],
    arguments: &GenerateArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    // Inspect all files before writing any: if one must not be overwritten, none is written.
    let states: Result<Vec<State>, Failure> = files.iter().map(GeneratedFile::state).collect();
    let mut verdict = Verdict::Clean;
    let (mut fresh, mut written) = (0, 0);
    let is_listed = files.len() <= MAX_LISTED;
    for (file, state) in files.iter().zip(states?) {
        let name = file.name();
        let name = visible(&name);
        let old = match state {
            State::Fresh => {
                fresh += 1;
                if is_listed {
                    terminal.err.note(&format!("{name} is up to date"));
                }
                continue;
            }
            State::Stale(old) => Some(old),
            State::Missing => None,
        };
        if arguments.check {
            let progress = terminal.progress(&format!("comparing {name}"));
            let diff = file.diff(old.as_deref().unwrap_or_default());
            drop(progress);
            terminal.out.print(&diff)?;
            let what = if old.is_some() { "is stale" } else { "is missing" };
            terminal.err.note(&format!("{name} {what}; to write it: {}", command()));
            verdict = Verdict::Findings;
        } else {
            file.write()?;
            written += 1;
            if is_listed {
                terminal.err.note(&format!("wrote {name}"));
            }
        }
    }
    let out = arguments.out.as_deref().unwrap_or(Path::new("")).to_string_lossy();
    for (count, what) in [(written, "written to"), (fresh, "up to date in")] {
        if count > 0 && !is_listed {
            terminal.err.note(&format!("{}: {what} {}", counted(count, "file"), visible(&out)));
        }
    }
    Ok(verdict)
}

/// Returns the command that fixes what `--check` found: this one without the option.
fn command() -> String {
    let words = std::env::args_os().skip(1).filter(|word| word != "--check");
    let words = words.map(|word| shell_word(&word.to_string_lossy()));
    std::iter::once("kate-errors".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}
