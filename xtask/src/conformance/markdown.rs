//! The reference page and the pages for agents: markdownlint reports nothing, and MDX accepts the reference
//! page.

use super::tools::{Tools, folder, written};
use super::{CATALOGS, hostile};
use crate::workspace::{Error, run_shown, write};

/// The rules that the page breaks on purpose: long lines in its table, anchors, sections with the name of
/// another heading, and the note before its heading that it is generated.
const RULES: &str = r#"{ "MD013": false, "MD024": false, "MD033": false, "MD041": false }"#;

/// The rules that pages for agents break: their lines are long, and they have no comment that tells linters so.
const AGENTS: &str = r#"{ "MD013": false, "MD033": { "allowed_elements": ["br"] } }"#;

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("markdown", &[])?;
    write(&folder.join(".markdownlint.json"), RULES)?;
    let mut lint = tools.node("markdownlint-cli2/markdownlint-cli2-bin.mjs");
    let mut mdx = tools.script("markdown/mdx.mjs");
    for (name, catalog) in CATALOGS {
        let page = format!("{name}.md");
        tools.generate_into(&folder.join(&page), &["markdown", catalog])?;
        lint.arg(&page);
        mdx.arg(page);
        let agents = format!("agents-{name}");
        let out = folder.join(&agents);
        tools.generate_into(&out, &["agents", catalog])?;
        write(&out.join(".markdownlint.json"), AGENTS)?;
        lint.arg(format!("{agents}/*.{{md,txt}}"));
    }
    for (name, catalog) in hostile::all() {
        let source = written(&folder, &name, catalog)?;
        let name = format!("{name}.md");
        tools.generate_into(&folder.join(&name), &["markdown", &source])?;
        mdx.arg(name);
    }
    run_shown(lint.current_dir(&folder))?;
    run_shown(mdx.current_dir(&folder))
}
