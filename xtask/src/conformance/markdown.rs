//! The reference page, and the pages for agents: markdownlint finds nothing in them, and sites of MDX accept the page.

use std::process::Command;

use super::tools::{Tools, folder};
use super::{CATALOGS, hostile};
use crate::workspace::{Error, root, run_shown, write};

/// The rules that the page breaks on purpose: lines as long as their table needs them, anchors, sections that may be
/// called as another heading is, and what says that the page is generated before its heading.
const RULES: &str = r#"{ "MD013": false, "MD024": false, "MD033": false, "MD041": false }"#;

/// Pages for agents are as long as their lines are, and have no comment that says so to linters.
const AGENTS: &str = r#"{ "MD013": false, "MD033": { "allowed_elements": ["br"] } }"#;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("markdown", &[])?;
    write(&folder.join(".markdownlint.json"), RULES)?;
    let mut lint = tools.node("markdownlint-cli2/markdownlint-cli2-bin.mjs");
    let mut mdx = Command::new("node");
    mdx.arg(root().join("conformance/markdown/mdx.mjs")).arg(&tools.node_modules);
    for (name, catalog) in CATALOGS {
        let page = format!("{name}.md");
        write(&folder.join(&page), tools.generate(&["markdown", catalog])?)?;
        lint.arg(&page);
        mdx.arg(page);
        let agents = format!("agents-{name}");
        let out = folder.join(&agents);
        tools.generate(&["agents", catalog, "--out", &out.to_string_lossy()])?;
        write(&out.join(".markdownlint.json"), AGENTS)?;
        lint.arg(format!("{agents}/*.{{md,txt}}"));
    }
    for (name, catalog) in hostile::all() {
        let (source, name) = (folder.join(&name).with_extension("yaml"), format!("{name}.md"));
        write(&source, catalog)?;
        let page = tools.generate(&["markdown", &source.display().to_string()])?;
        write(&folder.join(&name), page)?;
        mdx.arg(name);
    }
    run_shown(lint.current_dir(&folder))?;
    run_shown(mdx.current_dir(&folder))
}
