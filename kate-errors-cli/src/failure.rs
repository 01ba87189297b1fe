//! Why a command fails, and its exit status.

use std::io;
use std::net::SocketAddr;

use kate_errors_codegen::source::MAX_BYTES;

use crate::catalog_file::CatalogFile;

/// The result of a command; its value is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// The command found nothing to report.
    Clean = 0,
    /// There is something to report, or what was searched for does not exist.
    Findings = 1,
    /// A file could not be read, or the arguments are invalid.
    Trouble = 2,
}

/// Why a command could not do its work. The message may quote untrusted text.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The errors of the catalog were already printed.
    #[error("the catalog has errors")]
    HasErrors,
    #[error("cannot read `{name}`: {reason}")]
    Unreadable { name: String, reason: io::Error },
    #[error(
        "cannot read `{name}`: it is a folder; give the file in it, such as `{name}/errors.yaml`"
    )]
    Folder { name: String },
    #[error("cannot read `{name}`: it is larger than {} MiB, and a catalog has at most {} MiB",
        crate::catalog_file::READ_LIMIT >> 20, MAX_BYTES >> 20)]
    Endless { name: String },
    #[error(
        "there is no `errors.yaml` in this folder or one above it; name a file with `--file`, or let \
         `kate-errors init` write one"
    )]
    NoCatalog,
    #[error(
        "there is no `errors.yaml` in this folder or one above it, but there is `{other}`; rename it, or \
         name it with `--file`"
    )]
    OtherCatalog { other: String },
    #[error("`{name}` is not a version; write `git:REVISION:PATH`, such as `git:HEAD:errors.yaml`")]
    NoRevision { name: String },
    #[error("cannot read `{name}`: {reason}")]
    Git { name: String, reason: String },
    #[error("give two files to compare, OLD and NEW, not {count}")]
    TwoVersions { count: usize },
    #[error("`{name}` has errors, so nothing can be compared with it")]
    BrokenVersion { name: String },
    #[error("`--against` compares one catalog, but {count} are given")]
    OneVersion { count: usize },
    /// The diagnostics of the lock say what is wrong with it.
    #[error("`{}` is damaged: {}", .0.name(), .0.first())]
    Lock(Box<CatalogFile>),
    #[error("a lock is a file beside its catalog, which standard input does not have; give a file")]
    LockOfInput,
    #[error(
        "`{name}` already has the release `{release}`, and releases do not change; choose another name"
    )]
    KnownRelease { name: String, release: String },
    #[error("cannot write `{name}`: there is no folder `{folder}`")]
    NoFolder { name: String, folder: String },
    #[error("`--check` compares a file, and standard output is none")]
    UncheckedOutput,
    #[error("standard input is named twice, and can be read once")]
    InputTwice,
    #[error("cannot write `{name}`: {reason}")]
    Unwritable { name: String, reason: io::Error },
    #[error("`{name}` already exists, and was not changed")]
    Exists { name: String },
    #[error(
        "`{name}` has no `{mark}` in its first lines, so it is somebody's own or another target's, \
         and left as it is"
    )]
    Foreign { name: String, mark: String },
    #[error("`{name}` is a symbolic link, which is not followed; give the file itself")]
    Link { name: String },
    #[error("`{name}` is not a file")]
    NotAFile { name: String },
    #[error("`{name}` is not a folder, which this target needs for its files")]
    NotAFolder { name: String },
    #[error("`{target}` generates several files; give a folder for them with `--out`")]
    NeedsFolder { target: String },
    #[error("`{option}` is for `{of}`, not for `{target}`")]
    StrayOption { option: &'static str, of: String, target: String },
    #[error("`{target}` is the same for every catalog; omit `--file`")]
    NeedlessCatalog { target: String },
    #[error("cannot add errors to `{name}`: {reason}")]
    Merge { name: String, reason: String },
    #[error("cannot detect the format of `{name}`; give it with `--from`")]
    UnknownFormat { name: String },
    #[error("{0}")]
    Edit(String),
    #[error("`{name}` would change its meaning, so nothing is written; please report this")]
    Layout { name: String },
    #[error("cannot read `{name}`: it is not UTF-8")]
    NotText { name: String },
    #[error("the generated code cannot be formatted: {0}; please report this")]
    Format(#[from] syn::Error),
    #[error("nothing to explain; give a code, a status, a message or a response, or pipe one in")]
    NoQuestion,
    #[error("cannot listen on {address}: {reason}; another `--port` may be free, 0 chooses one")]
    Listen { address: SocketAddr, reason: io::Error },
    #[error("standard input is what clients ask on; name a file")]
    InputIsTaken,
    #[error("the client does not keep to the Model Context Protocol: {reason}")]
    Protocol { reason: String },
    #[error("cannot print: {0}")]
    Output(io::Error),
}
