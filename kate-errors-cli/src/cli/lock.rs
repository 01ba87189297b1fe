//! The arguments of `lock`.

use clap::Args;

use super::catalog::CatalogArguments;

/// The longest name of a release, in bytes.
const MAX_NAME: usize = 100;

/// The name of a release: a word that can stand in a line of a lock.
fn release(text: &str) -> Result<String, String> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-/".contains(&byte);
    let is_first = |byte: &u8| byte.is_ascii_alphanumeric();
    let begins = text.as_bytes().first().is_some_and(is_first);
    let is_name = begins && text.bytes().all(is_known) && text.len() <= MAX_NAME;
    if !is_name || text.contains("..") {
        return Err(
            "a release is called by letters, digits and `.`, `_`, `+`, `-`, `/`, such as `1.4.0`"
                .to_owned(),
        );
    }
    Ok(text.to_owned())
}

/// Record what a release makes known, in errors.lock beside the catalog
///
/// The lock has every code, message, status and parameter that was ever released, with the first and the last
/// release that had it. `kate-errors check` reads it, and finds codes and messages of released errors that others
/// have now, also where the released error is gone from the catalog.
///
/// Without --release it says what was not released yet, and writes nothing but the union of both sides of a
/// merge. Commit the lock, and leave it to this command: lines that were changed otherwise are noticed.
///
/// Exit status: 0 the lock has the state of the catalog now; 1 it has not, or the catalog has errors; 2 a file
/// cannot be read or written, or the lock is not to be trusted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors lock                              what was not released yet
  kate-errors lock --release 1.4.0              record it
  kate-errors lock --file billing/errors.yaml --release 2026-11-27")]
pub(crate) struct LockArguments {
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
    /// The name of the release that has the state of the catalog
    #[arg(long, value_name = "NAME", value_parser = release)]
    pub(crate) release: Option<String>,
    /// Record the release though `check` finds codes or messages that were those of other errors
    #[arg(long, requires = "release")]
    pub(crate) accept: bool,
}
