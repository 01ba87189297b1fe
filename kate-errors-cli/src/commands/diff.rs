//! `diff`: shows what changed between two catalogs, and what it breaks.

use std::path::{Path, PathBuf};

use crate::catalog_file::CatalogFile;
use crate::cli::{Allowed, DiffArguments, DiffFormat};
use crate::diff::show::Compared;
use crate::diff::{Finding, Level, compare, verdict};
use crate::failure::{Failure, Verdict};
use crate::formats::{sarif, to_json};
use crate::output::{self, Terminal};
use crate::visible::visible;

/// The path that Git passes for a missing side of a diff.
const NO_FILE: &str = "/dev/null";

pub(crate) fn run(arguments: &DiffArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let files: Vec<&Path> = arguments.files.iter().map(AsRef::as_ref).collect();
    let (old, new) = match files[..] {
        [old, new] => {
            (CatalogFile::read_version(old, terminal)?, CatalogFile::read_version(new, terminal)?)
        }
        // The seven arguments of an external diff of Git, plus the new name and the similarity if the file was renamed.
        [path, old, _, _, new, _, _] if [old, new].contains(&Path::new(NO_FILE)) => {
            let what = if new == Path::new(NO_FILE) { "was deleted" } else { "is new" };
            let path = path.to_string_lossy();
            terminal.out.print(&format!("the catalog `{}` {what}\n", visible(&path)))?;
            return Ok(Verdict::Clean);
        }
        [path, old, _, _, new, _, _] => as_named(path, path, old, new, terminal)?,
        [path, old, _, _, new, _, _, name, _] => as_named(path, name, old, new, terminal)?,
        // Git passes a single path for a file with unresolved conflicts.
        [_] if std::env::var_os("GIT_DIFF_PATH_TOTAL").is_some() => return Ok(Verdict::Clean),
        _ => return Err(Failure::TwoVersions { count: files.len() }),
    };
    let is_for_git = files.len() != 2;
    let compared = match compared(&old, &new, &arguments.allow, terminal) {
        // Git treats any other exit status of an external diff as a failure, and shows no further files.
        Err(failure @ Failure::BrokenVersion { .. }) if is_for_git => {
            terminal.fail(&failure);
            return Ok(Verdict::Clean);
        }
        compared => compared?,
    };
    match arguments.format {
        DiffFormat::Text => {
            terminal.out.print(&compared.text(output::style()))?;
            terminal.err.note(&compared.summary());
        }
        DiffFormat::Json => terminal.out.print(&to_json(&compared.json()))?,
        DiffFormat::Github => terminal.out.print(&compared.github())?,
        DiffFormat::Sarif => terminal.out.print(&sarif::log(compared.sarif(), &[]))?,
        DiffFormat::Markdown => terminal.out.print(&compared.markdown())?,
    }
    Ok(if is_for_git { Verdict::Clean } else { self::exit(&compared.findings) })
}

/// Reads the two files that Git passes, which messages call by their names in the repository.
fn as_named(
    path: &Path,
    name: &Path,
    old: &Path,
    new: &Path,
    terminal: &Terminal,
) -> Result<(CatalogFile, CatalogFile), Failure> {
    let before = Path::new("a").join(path);
    let old = CatalogFile::read_as(old, path, &before, terminal)?;
    Ok((old, CatalogFile::read_as(new, name, name, terminal)?))
}

/// Compares two files. Both must compile.
pub(super) fn compared<'f>(
    old: &'f CatalogFile,
    new: &'f CatalogFile,
    allowed: &[Allowed],
    terminal: &mut Terminal,
) -> Result<Compared<'f>, Failure> {
    all_compile([old, new], terminal)?;
    let _progress = terminal.progress("comparing catalogs");
    let mut findings = compare(&old.compilation, &new.compilation);
    for finding in &mut findings {
        let allowed = allowed.iter().find(|allowed| allowed.rule == finding.rule);
        finding.allowed = allowed.map(|allowed| allowed.reason.clone());
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level()));
    Ok(Compared { old, new, findings })
}

/// Reads the versions of a catalog. All must compile.
pub(super) fn all_versions(
    paths: &[PathBuf],
    terminal: &mut Terminal,
) -> Result<Vec<CatalogFile>, Failure> {
    let files = paths.iter().map(|path| CatalogFile::read_version(path, terminal));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    all_compile(&files, terminal)?;
    Ok(files)
}

/// Shows the errors of files that do not compile, and fails if there are any.
fn all_compile<'f>(
    files: impl IntoIterator<Item = &'f CatalogFile>,
    terminal: &mut Terminal,
) -> Result<(), Failure> {
    let is_broken = |file: &&CatalogFile| file.catalog(terminal).is_err();
    let broken: Vec<_> = files.into_iter().filter(is_broken).collect();
    let name = |file: &CatalogFile| file.compilation.source.name().to_owned();
    broken.first().map_or(Ok(()), |file| Err(Failure::BrokenVersion { name: name(file) }))
}

/// Returns the verdict of a comparison: only breaking changes count.
pub(super) fn exit(findings: &[Finding]) -> Verdict {
    if verdict(findings) == Some(Level::Major) { Verdict::Findings } else { Verdict::Clean }
}
