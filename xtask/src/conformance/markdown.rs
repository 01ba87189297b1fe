//! The reference page: markdownlint finds nothing in it.

use super::generated::SUBJECTS;
use super::tools::{Tools, folder};
use crate::workspace::{Error, run_shown, write};

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("markdown")?;
    let mut lint = tools.node("markdownlint-cli2/markdownlint-cli2-bin.mjs");
    for subject in SUBJECTS {
        let name = format!("{}.md", subject.name);
        write(&folder.join(&name), tools.generate(&["markdown", subject.catalog])?)?;
        lint.arg(name);
    }
    run_shown(lint.current_dir(&folder))
}
