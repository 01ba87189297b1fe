//! `add`, `reword`, `rename`, `retire` and `fmt`: edits a catalog, and writes it if it still has no errors.

use std::path::Path;

use serde_json::{Map, Value};

use crate::catalog_file::{self, CatalogFile, is_standard};
use crate::cli::{
    AddArguments, FmtArguments, NamedCatalog, RenameArguments, RetireArguments, RewordArguments,
};
use crate::commands::diff::compared;
use crate::commands::lock;
use crate::edit::{Editor, formatted, same};
use crate::failure::{Failure, Verdict};
use crate::generated_file::GeneratedFile;
use crate::output::{self, Terminal};
use crate::visible::visible;

pub(crate) fn add(arguments: &AddArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let params = arguments.param.iter();
    let params: Map<String, Value> =
        params.map(|(name, ty)| (name.clone(), Value::from(ty.as_str()))).collect();
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let fields = [
        ("code", Some(Value::from(arguments.code.as_str()))),
        ("name", text(&arguments.name)),
        ("same_as", text(&arguments.same_as)),
        ("status", arguments.status.map(Value::from)),
        ("detail", text(&arguments.detail)),
        ("params", (!params.is_empty()).then(|| Value::Object(params))),
        ("context", text(&arguments.context)),
        ("since", text(&arguments.since)),
        ("cause", text(&arguments.cause)),
        ("fix", text(&arguments.fix)),
        ("explanation", text(&arguments.explanation)),
        ("retry", text(&arguments.retry)),
    ];
    let section = arguments.new_section.as_ref().or(arguments.section.as_ref());
    let is_new = arguments.new_section.is_some();
    edit(&arguments.catalog, terminal, |editor| {
        editor.add(section.map(String::as_str), is_new, &given(fields))
    })
}

pub(crate) fn reword(
    arguments: &RewordArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let RewordArguments { code, message, catalog } = arguments;
    edit(catalog, terminal, |editor| editor.reword(code, message))
}

pub(crate) fn rename(
    arguments: &RenameArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let RenameArguments { code, new, catalog } = arguments;
    let path = catalog_file::find(catalog.file.as_deref())?;
    let lock = lock::of(&path)?;
    edit(catalog, terminal, |editor| editor.rename(code, new, lock.as_ref()))
}

pub(crate) fn retire(
    arguments: &RetireArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    let fields = [
        ("reason", Some(Value::from(arguments.reason.as_str()))),
        ("since", text(&arguments.since)),
        ("replaced_by", text(&arguments.replaced_by)),
    ];
    edit(&arguments.catalog, terminal, |editor| editor.retire(&arguments.code, &given(fields)))
}

fn given<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Edits a catalog, and reports what that means for its users.
fn edit(
    catalog: &NamedCatalog,
    terminal: &mut Terminal,
    change: impl FnOnce(Editor<'_>) -> Result<String, String>,
) -> Result<Verdict, Failure> {
    let path = catalog_file::find(catalog.file.as_deref())?;
    let old = CatalogFile::read(&path, terminal)?;
    old.catalog(terminal)?;
    let editor = Editor::of(&old.compilation).ok_or(Failure::HasErrors)?;
    let text = change(editor).map_err(Failure::Edit)?;
    let mut new = CatalogFile::of(&path, &text, terminal);
    lock::compare(&mut new)?;
    new.catalog(terminal).inspect_err(|_| {
        let name = old.name();
        let what = format!("{} would have these errors, so nothing is written", visible(&name));
        terminal.err.note(&what);
    })?;
    write(&path, text, terminal)?;
    let meaning = compared(&old, &new, &[], terminal)?.text(output::style());
    terminal.err.note(meaning.trim_end());
    Ok(Verdict::Clean)
}

/// Replaces the catalog atomically, or prints it if it came from standard input.
fn write(path: &Path, text: String, terminal: &mut Terminal) -> Result<(), Failure> {
    if is_standard(path) {
        return terminal.print_file(&text);
    }
    let file = GeneratedFile { path: path.to_owned(), text, mark: None };
    // Fails for links, so that none is replaced by a file.
    let _state = file.state()?;
    file.write()
}

pub(crate) fn fmt(arguments: &FmtArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let paths = catalog_file::find_all(arguments.catalogs.given())?;
    let mut verdict = Verdict::Clean;
    for path in &paths {
        verdict = verdict.max(lay_out(path, arguments.check, terminal)?);
    }
    Ok(verdict)
}

fn lay_out(path: &Path, check: bool, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let file = CatalogFile::read(path, terminal)?;
    if file.catalog(terminal).is_err() {
        return Ok(Verdict::Findings);
    }
    let old = file.compilation.source.own_text();
    let new = formatted(&file.compilation).unwrap_or_default();
    let again = CatalogFile::of(path, &new, terminal);
    if again.compilation.has_errors() || !same(&file.compilation, &again.compilation) {
        return Err(Failure::Layout { name: file.name() });
    }
    if check && new != old {
        let wanted = GeneratedFile { path: path.to_owned(), text: new, mark: None };
        terminal.out.print(&wanted.diff(old))?;
        return Ok(Verdict::Findings);
    }
    if !check && (new != old || is_standard(path)) {
        write(path, new, terminal)?;
    }
    Ok(Verdict::Clean)
}
