//! The arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::diff::rule::{self, Rule};

/// A rule whose changes are allowed, and the reason.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    pub(crate) rule: &'static Rule,
    pub(crate) reason: String,
}

pub(super) fn allowed(text: &str) -> Result<Allowed, String> {
    let (id, reason) = text.split_once('=').unwrap_or((text, ""));
    let rule = rule::find(id).ok_or_else(|| format!("there is no rule `{id}` of `diff`"))?;
    if reason.trim().is_empty() {
        return Err(format!("give a reason: `{id}=REASON`"));
    }
    Ok(Allowed { rule, reason: reason.trim().to_owned() })
}

/// Compare two versions of a catalog, and show what breaks
///
/// Each change is reported under a rule. It affects the wire, source code, behaviour, or docs. A change on the
/// wire comes with a response, what clients of both versions read from it, and who can be released first. OLD and
/// NEW are files, `-` for standard input, or `git:REVISION:PATH`. `kate-errors explain RULE` explains a rule.
///
/// An allowed change counts as a patch. The command also works as an external diff of Git, with the seven arguments
/// that Git passes. In this use, changes do not affect the exit status.
///
/// Exit status: 0 compatible (minor, patch, no change); 1 breaking (major); 2 a file cannot be read, or has
/// errors.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  kate-errors diff git:HEAD:errors.yaml errors.yaml
  kate-errors diff git:v1.4.0:errors.yaml git:main:errors.yaml --format markdown
  kate-errors diff old.yaml new.yaml --allow 'error-removed=nobody has sent it for a year'
  kate-errors check --against git:origin/main:errors.yaml    for continuous integration
  git config diff.kate-errors.command 'kate-errors diff'     for `git diff`, with the next line
  echo 'errors.yaml diff=kate-errors' >> .gitattributes")]
pub(crate) struct DiffArguments {
    /// The older and the newer version; or the arguments of an external diff of Git
    #[arg(value_names = ["OLD", "NEW"], num_args = 1..=9, required = true,
        value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// How changes are shown
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    /// Allow the changes of a rule, with a reason; can be given several times
    #[arg(long, value_name = "RULE=REASON", value_parser = allowed)]
    pub(crate) allow: Vec<Allowed>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Excerpts with carets, for people
    #[default]
    Text,
    /// An object with the verdict and the changes
    Json,
    /// Workflow commands, which GitHub shows in pull requests
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// An entry of a changelog
    Markdown,
}
