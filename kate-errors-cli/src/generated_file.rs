//! Generated files: written whole or not at all, and compared instead of written on demand.
//!
//! Writing and comparing look at the file in one way, so that what one of them says of a file the
//! other one agrees with.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::visible::visible_lines;

/// What a file has to say near its beginning to be overwritten.
const MARK: &str = "@generated";

/// In how many lines the mark is looked for.
const MARKED_LINES: usize = 5;

/// How long a diff may be searched for before a longer one is shown.
const DIFF_TIME: Duration = Duration::from_secs(5);

/// A file and what should stand in it.
pub(crate) struct GeneratedFile<'f> {
    pub(crate) path: &'f Path,
    pub(crate) text: &'f str,
}

/// What stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// What should stand there.
    Fresh,
    /// Something that was generated once.
    Stale(String),
    /// There is no file.
    Missing,
}

impl GeneratedFile<'_> {
    /// What stands in the file; a failure where it is nothing that may be overwritten.
    pub(crate) fn state(&self) -> Result<State, Failure> {
        match fs::symlink_metadata(self.path) {
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(State::Missing),
            Err(reason) => Err(Failure::Unreadable { name: self.name(), reason }),
            Ok(found) if found.is_symlink() => Err(Failure::Link { name: self.name() }),
            Ok(found) if !found.is_file() => Err(Failure::NotAFile { name: self.name() }),
            Ok(_) => self.compare(),
        }
    }

    fn compare(&self) -> Result<State, Failure> {
        let bytes = fs::read(self.path)
            .map_err(|reason| Failure::Unreadable { name: self.name(), reason })?;
        let old = String::from_utf8_lossy(&bytes);
        if !old.lines().take(MARKED_LINES).any(|line| line.contains(MARK)) {
            return Err(Failure::Foreign { name: self.name() });
        }
        // A checkout on Windows may have turned the line breaks.
        let is_fresh = old == self.text || old.replace("\r\n", "\n") == self.text;
        Ok(if is_fresh { State::Fresh } else { State::Stale(old.into_owned()) })
    }

    /// Writes the text beside the file, and puts it into its place in one step.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        self.replace().map_err(|reason| Failure::Unwritable { name: self.name(), reason })
    }

    fn replace(&self) -> io::Result<()> {
        let parent = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let mut file = temporary_file(parent.unwrap_or(Path::new(".")))?;
        file.write_all(self.text.as_bytes())?;
        if let Ok(old) = fs::symlink_metadata(self.path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(self.path)?;
        Ok(())
    }

    /// How `old` differs from what should stand in the file. Harmless on a screen.
    pub(crate) fn diff(&self, old: &str) -> String {
        let name = self.name();
        let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(old, self.text);
        let diff = diff.unified_diff().header(&name, &format!("{name} (generated)")).to_string();
        visible_lines(&diff).into_owned()
    }

    pub(crate) fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }
}

/// A file that others may read, as far as the process lets them: temporary files are private otherwise.
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kate-errors-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
