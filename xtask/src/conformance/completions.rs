//! Shell completions: what bash, zsh and fish offer at the end of a line.

use std::path::Path;
use std::process::Command;

use super::tools::{Tools, folder};
use crate::program;
use crate::workspace::{Error, capture, root, write};

/// An incomplete line, and some of the words that are offered.
const LINES: &[(&str, &[&str])] = &[
    ("kate-errors expl", &["explain"]),
    ("kate-errors generate json", &["json-schema"]),
    ("kate-errors generate ", &["rust", "openapi", "typescript"]),
    ("kate-errors check --for", &["--format"]),
    ("kate-errors check --format s", &["sarif"]),
    ("kate-errors explain run_n", &["run_not_found", "run_not_in_running_status"]),
    ("kate-errors explain 40", &["400", "404"]),
    ("kate-errors explain --file other.yaml no_", &["no_such_order"]),
    ("kate-errors explain --file other.yaml shop:", &["sold|out"]),
    ("kate-errors explain --file other.yaml it", &["it's"]),
    ("kate-errors list --file other.yaml --section Ord", &["Orders & more"]),
    ("kate-errors list --status 42", &["422", "429"]),
    ("kate-errors rename file_", &["file_too_large"]),
    ("kate-errors list --file oth", &["other.yaml"]),
];

const OTHER: &str = "\
catalog: Shop
statuses:
  404: { name: Not Found, description: nothing here }
sections:
  - name: Orders & more
    errors:
      - { code: no_such_order, status: 404, detail: Order not found, cause: wrong id, fix: check the id }
      - { code: \"shop:sold|out\", status: 404, detail: Sold out, cause: All are sold, fix: Wait }
      - { code: \"it's\", status: 404, detail: It is gone, cause: It was sold, fix: Take another }
";

pub(super) fn check(tools: &Tools) -> Result<(), Error> {
    let folder = folder("completions", &["completions"])?;
    let catalog = root().join("errors.yaml");
    std::fs::copy(&catalog, folder.join("errors.yaml")).map_err(Error::at(&catalog))?;
    write(&folder.join("other.yaml"), OTHER)?;
    for (shell, package) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish")] {
        let Ok(program) = program::find_or_install(&[shell], &[package]) else {
            println!("{shell}: not shown here, it is not installed");
            continue;
        };
        let script = capture(&mut tools.command(&["completions", shell]))?;
        write(&folder.join(format!("completions.{shell}")), script)?;
        for (line, wanted) in LINES {
            let offered = offered(tools, &program, shell, &folder, line)?;
            let missing = wanted.iter().find(|word| !offered.contains(**word));
            if let Some(missing) = missing {
                return Err(Error(format!(
                    "{shell} does not offer `{missing}` for `{line}`, but: {offered}"
                )));
            }
        }
        println!("{shell}: {} lines completed", LINES.len());
    }
    Ok(())
}

/// Returns what a shell offers for a line, as determined by a script in its own language.
fn offered(
    tools: &Tools,
    program: &Path,
    shell: &str,
    folder: &Path,
    line: &str,
) -> Result<String, Error> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let command = tools.command_folder().into_iter().chain(std::env::split_paths(&path));
    let path = std::env::join_paths(command).map_err(|error| Error(error.to_string()))?;
    let mut ask = Command::new(program);
    if shell != "fish" {
        ask.arg(if shell == "zsh" { "-f" } else { "--norc" });
    }
    ask.arg(format!("offered.{shell}")).arg(line).current_dir(folder).env("PATH", path);
    capture(ask.env("HOME", folder).env("XDG_CONFIG_HOME", folder).env_remove("ZDOTDIR"))
}
