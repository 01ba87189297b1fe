//! What the command says of itself: help, manual pages, completions, wrong usage.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{Run, Sandbox};
use expect_test::{expect, expect_file};

const SUBCOMMANDS: &[&str] = &[
    "check",
    "diff",
    "compat",
    "lock",
    "add",
    "reword",
    "rename",
    "retire",
    "fmt",
    "list",
    "explain",
    "generate",
    "mock",
    "mcp",
    "import",
    "init",
    "completions",
    "man",
];

fn run(arguments: &[&str]) -> Run {
    Sandbox::new().run(arguments)
}

#[test]
fn help_texts() {
    expect_file!["help/kate-errors.txt"].assert_eq(&run(&["--help"]).exits(0).stdout);
    for subcommand in SUBCOMMANDS {
        let help = run(&[subcommand, "--help"]).exits(0).stdout;
        assert!(help.contains("Examples:\n  kate-errors "), "{help}");
        expect_file![format!("help/{subcommand}.txt")].assert_eq(&help);
    }
}

#[test]
fn the_version() {
    let version = run(&["--version"]).exits(0).stdout;
    assert_eq!(version, concat!("kate-errors ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn wrong_usage() {
    run(&[]).exits(2);
    run(&["check", "--format", "xml"]).exits(2);
    run(&["completions"]).exits(2);
    run(&["completions", "tcsh"]).exits(2);
    run(&["man", "tcsh"]).exits(2);
    let run = run(&["chekc"]).exits(2);
    assert_eq!(run.stdout, "");
    expect![[r#"
        error: unrecognized subcommand 'chekc'

          tip: a similar subcommand exists: 'check'

        Usage: kate-errors [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]
    .assert_eq(&run.stderr);
}

#[test]
fn completions_know_every_subcommand() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).exits(0).stdout;
        for subcommand in SUBCOMMANDS {
            assert!(script.contains(subcommand), "{shell}: {subcommand}");
        }
        assert_eq!(script, run(&["completions", shell]).stdout, "{shell} is deterministic");
    }
}

#[test]
fn manual_pages() {
    let page = run(&["man"]).exits(0).stdout;
    assert!(page.contains(".TH kate-errors 1"), "{page}");
    for subcommand in SUBCOMMANDS {
        assert!(page.contains(&format!("kate\\-errors\\-{subcommand}(1)")), "{page}");
        let page = run(&["man", subcommand]).exits(0).stdout;
        assert!(page.contains(&format!(".TH kate-errors-{subcommand} 1")), "{page}");
        assert!(page.contains("Examples:"), "{page}");
    }
}
