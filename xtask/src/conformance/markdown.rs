//! The reference page: markdownlint finds nothing in it.

use super::CATALOGS;
use super::tools::{Tools, folder};
use crate::workspace::{Error, run_shown, write};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("markdown", &[])?;
    let mut lint = tools.node("markdownlint-cli2/markdownlint-cli2-bin.mjs");
    for (name, catalog) in CATALOGS {
        let name = format!("{name}.md");
        write(&folder.join(&name), tools.generate(&["markdown", catalog])?)?;
        lint.arg(name);
    }
    run_shown(lint.current_dir(&folder))
}
