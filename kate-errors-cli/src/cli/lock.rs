//! The arguments of `lock`.

use clap::Args;

use super::catalog::{CatalogArguments, FILE_ONLY};

/// The longest name of a release, in bytes.
const MAX_NAME: usize = 100;

/// Parses the name of a release, which must be a word without `..`, the separator in lines of the lock.
fn release(text: &str) -> Result<String, String> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"._+-/".contains(&byte);
    let is_first = |byte: &u8| byte.is_ascii_alphanumeric();
    let begins = text.as_bytes().first().is_some_and(is_first);
    let is_name = begins && text.bytes().all(is_known) && text.len() <= MAX_NAME;
    if !is_name || text.contains("..") {
        return Err(
            "the name of a release consists of letters, digits and `.`, `_`, `+`, `-`, `/`, such as `1.4.0`"
                .to_owned(),
        );
    }
    Ok(text.to_owned())
}

/// Record a release in errors.lock, beside the catalog
///
/// The lock contains every code, message, status and parameter that was ever released, with the first and the
/// last release that had it. `kate-errors check` reads it, and reports if another error uses the code or message
/// of a released error, even if the released error was deleted.
///
/// Without --release, the command shows what was not released yet. It writes nothing, except to resolve merge
/// conflicts in the lock. Commit the lock, and do not edit it by hand: changes are detected.
///
/// Exit status: 0 the lock matches the catalog; 1 it does not, or the catalog has errors; 2 a file cannot be read
/// or written, or the lock is damaged.
#[derive(Debug, Args)]
#[command(mut_arg("file", |file| file.help(FILE_ONLY)), after_help = "\
Examples:
  kate-errors lock                              show unreleased changes
  kate-errors lock --release 1.4.0              record a release
  kate-errors lock --file billing/errors.yaml --release 2026-11-27")]
pub(crate) struct LockArguments {
    #[command(flatten)]
    pub(crate) catalog: CatalogArguments,
    /// The name of the release to record
    #[arg(long, value_name = "NAME", value_parser = release)]
    pub(crate) release: Option<String>,
    /// Record the release even if `check` reports reused codes or messages
    #[arg(long, requires = "release")]
    pub(crate) accept: bool,
}
