//! Programs and packages: taken where they are, or installed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::workspace::{Error, capture, read, write};

/// Where a program is that has one of these names. Where it is missing it is installed, as far as this system
/// lets us: with the packages of Debian.
pub(crate) fn find_or_install(names: &[&str], packages: &[&str]) -> Result<PathBuf, Error> {
    if let Some(found) = find(names) {
        return Ok(found);
    }
    println!("installing {}", packages.join(", "));
    let mut update = Command::new("apt-get");
    update.args(["update", "--quiet=2"]);
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    let installed = capture(&mut update).and_then(|_| capture(&mut install));
    find(names).ok_or_else(|| {
        let why = installed.err().map(|error| format!(": {error}")).unwrap_or_default();
        Error::Unexpected(format!(
            "`{}` is not here, and cannot be installed{why}",
            names.join("` or `")
        ))
    })
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // Debian puts servers where only administrators look.
    let folders = env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let places = folders.flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// Installs into a folder what `lists` name, unless the last run has. What was broken off is begun again.
pub(crate) fn install_once(
    lists: &[&Path],
    folder: &Path,
    install: impl FnOnce() -> Result<(), Error>,
) -> Result<(), Error> {
    let wanted: String = lists.iter().map(|list| read(list)).collect::<Result<_, _>>()?;
    let installed = folder.join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    write(&installed, wanted)
}
