//! Generated files: replaced atomically, or compared with what would be written (`--check`).
//!
//! Writing and comparing share [`GeneratedFile::state`], so they always agree about a file.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::visible::visible_lines;

/// The number of lines at the beginning of a file that are searched for the mark.
const MARKED_LINES: usize = 5;

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// How long to search for a minimal diff before settling for a longer one.
const DIFF_TIME: Duration = Duration::from_secs(5);

/// A file and its generated content.
pub(crate) struct GeneratedFile {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The text that the file must contain near its beginning to be overwritten. `None` for a user's own document
    /// that they named as the one to change.
    pub(crate) mark: Option<String>,
}

/// The state of an existing file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It has the generated content.
    Fresh,
    /// It was generated, but its content is outdated. Contains the old text.
    Stale(String),
    Missing,
}

impl GeneratedFile {
    /// Compares the file with the generated text. Fails if the file must not be overwritten.
    pub(crate) fn state(&self) -> Result<State, Failure> {
        match found_at(&self.path)? {
            None => return Ok(State::Missing),
            Some(found) if !found.is_file() => return Err(Failure::NotAFile { name: self.name() }),
            Some(_) => {}
        }
        let bytes = fs::read(&self.path)
            .map_err(|reason| Failure::Unreadable { name: self.name(), reason })?;
        let old = String::from_utf8_lossy(&bytes);
        let is_same = |text: &str| text == self.text;
        // A document that is only added to may begin with a byte order mark.
        let plain = old.strip_prefix(BYTE_ORDER_MARK).filter(|_| self.mark.is_none());
        // A checkout on Windows may have converted the line breaks.
        if is_same(&old) || plain.is_some_and(is_same) || is_same(&old.replace("\r\n", "\n")) {
            return Ok(State::Fresh);
        }
        match &self.mark {
            Some(mark) if !has_mark(&old, mark) => {
                Err(Failure::Foreign { name: self.name(), mark: mark.clone() })
            }
            _ => Ok(State::Stale(old.into_owned())),
        }
    }

    pub(crate) fn remove(&self) -> Result<(), Failure> {
        fs::remove_file(&self.path)
            .map_err(|reason| Failure::Unwritable { name: self.name(), reason })
    }

    /// Writes the file. Only a user's own document waits for the disk: for thousands of files, this would take a minute, and
    /// those with a mark can be generated again.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        self.replace(self.mark.is_none())
    }

    /// Writes a file that has a mark, but cannot be generated again: waits until its content is on the disk.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        self.replace(true)
    }

    /// Writes a temporary file in the same folder and renames it to the target.
    fn replace(&self, waits: bool) -> Result<(), Failure> {
        // Messages do not mention the temporary file: the cause is a missing folder or missing permission.
        let folder = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if !folder.is_dir() {
            let folder = folder.to_string_lossy().into_owned();
            return Err(Failure::NoFolder { name: self.name(), folder });
        }
        let unwritable = |reason: io::Error| {
            let reason = io::Error::from(reason.kind());
            Failure::Unwritable { name: self.name(), reason }
        };
        self.replace_in(folder, waits).map_err(unwritable)
    }

    fn replace_in(&self, folder: &Path, waits: bool) -> io::Result<()> {
        let mut file = temporary_file(folder)?;
        let has_mark = |old: &[u8]| old.starts_with(BYTE_ORDER_MARK.as_bytes());
        // A document of the user's own keeps it.
        if self.mark.is_none()
            && !has_mark(self.text.as_bytes())
            && fs::read(&self.path).is_ok_and(|old| has_mark(&old))
        {
            file.write_all(BYTE_ORDER_MARK.as_bytes())?;
        }
        file.write_all(self.text.as_bytes())?;
        if let Ok(old) = fs::symlink_metadata(&self.path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        if waits {
            file.as_file().sync_all()?;
        }
        file.persist(&self.path)?;
        Ok(())
    }

    /// Returns the diff from `old` to the generated text, with invisible characters escaped.
    pub(crate) fn diff(&self, old: &str) -> String {
        let name = self.name();
        let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(old, self.text.as_str());
        let diff = diff.unified_diff().header(&name, &format!("{name} (generated)")).to_string();
        visible_lines(&diff).into_owned()
    }

    pub(crate) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// Whether a text has the mark in its first lines.
fn has_mark(text: &str, mark: &str) -> bool {
    text.lines().take(MARKED_LINES).any(|line| line.contains(mark))
}

/// Returns the files in `folder` that have the mark but are not among `files`, sorted by path.
pub(crate) fn surplus(
    folder: &Path,
    files: &[GeneratedFile],
    mark: &str,
) -> Result<Vec<GeneratedFile>, Failure> {
    let unreadable = |reason| {
        let name = folder.to_string_lossy().into_owned();
        Failure::Unreadable { name, reason }
    };
    let made: HashSet<&Path> = files.iter().map(|file| file.path.as_path()).collect();
    let mut surplus = Vec::new();
    if !has_folder(folder)? {
        return Ok(surplus);
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if made.contains(path.as_path()) {
            continue;
        }
        // Links and unreadable files were not generated, so they are ignored.
        let is_file = found_at(&path).is_ok_and(|found| found.is_some_and(|it| it.is_file()));
        let text = if is_file { head(&path).unwrap_or_default() } else { String::new() };
        if has_mark(&text, mark) {
            surplus.push(GeneratedFile { path, text, mark: Some(mark.to_owned()) });
        }
    }
    surplus.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(surplus)
}

/// Reads the beginning of a file. The folder may contain files of any size.
fn head(path: &Path) -> io::Result<String> {
    let mut head = Vec::new();
    fs::File::open(path)?.take(4096).read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Whether there is a folder at `path`. Fails if there is something else.
pub(crate) fn has_folder(path: &Path) -> Result<bool, Failure> {
    match found_at(path)? {
        Some(found) if !found.is_dir() => {
            Err(Failure::NotAFolder { name: path.to_string_lossy().into_owned() })
        }
        found => Ok(found.is_some()),
    }
}

/// Returns the metadata of `path`, or `None` if nothing is there. Fails for links, which are never followed.
fn found_at(path: &Path) -> Result<Option<fs::Metadata>, Failure> {
    let name = path.to_string_lossy().into_owned();
    match fs::symlink_metadata(path) {
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(Failure::Unreadable { name, reason }),
        Ok(found) if found.is_symlink() => Err(Failure::Link { name }),
        Ok(found) => Ok(Some(found)),
    }
}

/// Creates the folder for generated files. Its parent must exist.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    let name = path.to_string_lossy().into_owned();
    fs::create_dir(path).map_err(|reason| Failure::Unwritable { name, reason })
}

/// Creates a temporary file with the permissions of ordinary files; by default, temporary files are private.
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kate-errors-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
