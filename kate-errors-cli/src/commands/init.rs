//! `init`: writes a small catalog to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::catalog_file::is_standard;
use crate::cli::InitArguments;
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;
use crate::visible::{shell_word, visible};

const CATALOG: &str = include_str!("init.yaml");

pub(crate) fn run(arguments: &InitArguments, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let path = arguments.catalog.given().unwrap_or(Path::new("errors.yaml"));
    if is_standard(path) {
        terminal.out.print(CATALOG)?;
        return Ok(Verdict::Clean);
    }
    let name = path.to_string_lossy().into_owned();
    // `create_new` also fails for dangling links, and checks and creates atomically.
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    match opened.and_then(|mut file| file.write_all(CATALOG.as_bytes())) {
        Ok(()) => {
            let (shown, word) = (visible(&name), shell_word(&name));
            terminal.err.note(&format!("wrote {shown}; next: kate-errors check --file {word}"));
            Ok(Verdict::Clean)
        }
        Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::Exists { name })
        }
        Err(reason) => Err(Failure::Unwritable { name, reason }),
    }
}
