//! The reference page, and the pages for agents: markdownlint finds nothing in them.

use super::CATALOGS;
use super::tools::{Tools, folder};
use crate::workspace::{Error, run_shown, write};

/// Pages for agents are as long as their lines are, and have no comment that says so to linters.
const AGENTS: &str = r#"{ "MD013": false, "MD033": { "allowed_elements": ["br"] } }"#;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("markdown", &[])?;
    let mut lint = tools.node("markdownlint-cli2/markdownlint-cli2-bin.mjs");
    for (name, catalog) in CATALOGS {
        let page = format!("{name}.md");
        write(&folder.join(&page), tools.generate(&["markdown", catalog])?)?;
        lint.arg(page);
        let agents = format!("agents-{name}");
        let out = folder.join(&agents);
        tools.generate(&["agents", catalog, "--out", &out.to_string_lossy()])?;
        write(&out.join(".markdownlint.json"), AGENTS)?;
        lint.arg(format!("{agents}/*.{{md,txt}}"));
    }
    run_shown(lint.current_dir(&folder))
}
