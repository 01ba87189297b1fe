//! Finds programs and packages, or installs them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::workspace::{Error, capture, read, write};

/// Returns the path of a program with one of these names. If it is missing, it is installed from Debian
/// packages, if possible.
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
        Error(format!("`{}` is not here, and cannot be installed{why}", names.join("` or `")))
    })
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // Debian installs servers in folders that are only in the path of administrators.
    let folders = env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let places = folders.flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

/// Installs the packages in `lists` into a folder, unless the last run has completed that.
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
