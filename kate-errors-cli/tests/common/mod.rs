//! Runs the real command in a temporary folder.

#![allow(dead_code, reason = "every test file uses a part of it")]

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A temporary folder that is deleted after the test.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// The result of a run of the command.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Creates a sandbox with a catalog.
    pub(crate) fn with(catalog: impl AsRef<[u8]>) -> Self {
        let sandbox = Self::new();
        sandbox.write("errors.yaml", catalog);
        sandbox
    }

    pub(crate) fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: impl AsRef<Path>) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Returns the command, set up to run in the folder, without the caller's settings for colors.
    pub(crate) fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kate-errors"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GITHUB_WORKSPACE", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Run {
        finished(&mut self.command(arguments))
    }

    /// Runs the command in a subfolder.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        std::fs::create_dir_all(self.path(folder)).unwrap();
        finished(self.command(arguments).current_dir(self.path(folder)))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that has read enough may end before it is given everything.
        if let Err(error) = child.stdin.take().unwrap().write_all(input.as_ref()) {
            assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{error}");
        }
        Run::of(child.wait_with_output().unwrap())
    }
}

pub(crate) fn finished(command: &mut Command) -> Run {
    Run::of(command.output().unwrap())
}

impl Run {
    fn of(output: std::process::Output) -> Self {
        let run = Self {
            status: output.status.code().expect("the command ended by itself"),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run
    }

    /// Asserts the exit status, and shows the whole run if it differs.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("standard output is JSON")
    }

    /// Asserts that the output contains nothing that controls a terminal.
    #[track_caller]
    pub(crate) fn harmless(self) -> Self {
        for text in [&self.stdout, &self.stderr] {
            let harm = text.chars().find(|character| {
                character.is_control() && !matches!(character, '\n' | '\t')
                    || ('\u{202A}'..='\u{202E}').contains(character)
                    || ('\u{2066}'..='\u{2069}').contains(character)
                    || matches!(character, '\u{2028}' | '\u{2029}')
            });
            assert_eq!(harm, None, "{self:#?}");
        }
        self
    }
}

/// Returns the targets of `generate`, as its help lists them.
pub(crate) fn targets() -> Vec<String> {
    let help = Sandbox::new().run(&["generate", "--help"]).exits(0).stdout;
    let (_, targets) = help.split_once("Possible values:").expect("the targets");
    let (targets, _) = targets.split_once("\nOptions:").expect("what follows the targets");
    let names = targets.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'));
    let names: Vec<String> = names.map(|(name, _)| name.to_owned()).collect();
    assert!(names.len() >= 7, "{names:?}");
    names
}

/// A catalog without diagnostics.
pub(crate) const CATALOG: &str = include_str!("catalog.yaml");

/// A catalog with an error that has two places, and a warning.
pub(crate) const BROKEN: &str = "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
  499: { name: Gone Away, description: The client left }
sections:
  - name: Orders
    errors:
      - code: order_not_found
        status: 404
        detail: Order not found
        cause: It does not exist
        fix: List your orders
      - code: order_not_found
        status: 404
        detail: No such order
        cause: It does not exist
        fix: List your orders
";

/// A catalog with a warning and no error.
pub(crate) const WARNING: &str = "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
  499: { name: Gone Away, description: The client left }
sections:
  - name: Orders
    errors:
      - code: order_not_found
        status: 404
        detail: Order not found
        cause: It does not exist
        fix: List your orders
";
