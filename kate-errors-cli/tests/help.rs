//! The command's own documentation: help, manual pages, completions, and messages about wrong usage.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{CATALOG, Run, Sandbox};
use expect_test::{expect, expect_file};

/// Returns the subcommands, as `man` lists them.
fn subcommands() -> Vec<String> {
    let help = run(&["man", "-h"]).exits(0).stdout;
    let (_, names) = help.split_once("[possible values: ").expect("the subcommands");
    let (names, _) = names.split_once(']').expect("the end of the list");
    names.split(',').map(|name| name.trim().to_owned()).collect()
}

fn run(arguments: &[&str]) -> Run {
    Sandbox::new().run(arguments)
}

#[test]
fn help_texts() {
    expect_file!["help/kate-errors.txt"].assert_eq(&run(&["--help"]).exits(0).stdout);
    for subcommand in &subcommands() {
        let help = run(&[subcommand.as_str(), "--help"]).exits(0).stdout;
        assert!(help.contains("Examples:\n  kate-errors "), "{help}");
        expect_file![format!("help/{subcommand}.txt")].assert_eq(&help);
    }
}

#[test]
fn the_readme_lists_every_subcommand() {
    let readme = include_str!("../../README.md");
    let (_, table) = readme.split_once("| command | what it does |").expect("the table");
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = lines.filter_map(|line| line.split('|').nth(1)).flat_map(|cell| cell.split(','));
    let names = cells.filter_map(|cell| cell.trim().trim_matches('`').split(' ').next());
    let mut listed: Vec<&str> = names.collect();
    let mut expected = subcommands();
    // It prints what the other subcommands say about themselves.
    expected.retain(|name| name != "help");
    listed.sort_unstable();
    expected.sort_unstable();
    assert_eq!(listed, expected);
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

/// `cargo xtask conformance completions` tests the scripts in real shells.
#[test]
fn completions_of_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).exits(0).stdout;
        assert!(script.contains("COMPLETE"), "{shell}: {script}");
        assert!(!script.contains("target"), "{shell} finds the command by its name: {script}");
    }
}

/// Returns the completions for a line that ends with the word to complete.
fn completed(sandbox: &Sandbox, line: &[&str]) -> Vec<String> {
    let mut command = sandbox.command(&["--", "kate-errors"]);
    command.args(line).env("COMPLETE", "fish");
    let run = common::finished(&mut command).exits(0);
    let words = run.stdout.lines().map(|line| line.split('\t').next().unwrap_or_default());
    words.map(str::to_owned).collect()
}

#[test]
fn completions_know_subcommands_targets_and_the_catalog() {
    let sandbox = Sandbox::with(CATALOG);
    for subcommand in &subcommands() {
        assert_eq!(
            completed(&sandbox, &[&subcommand[..2]]).iter().filter(|it| *it == subcommand).count(),
            1
        );
    }
    assert_eq!(completed(&sandbox, &["generate", "json"]), ["json-schema"]);
    assert_eq!(completed(&sandbox, &["explain", "order_n"]), ["order_not_found"]);
    assert_eq!(completed(&sandbox, &["explain", "40"]), ["400", "402", "404"]);
    assert_eq!(completed(&sandbox, &["list", "--status", "41"]), ["410"]);
    assert_eq!(completed(&sandbox, &["list", "--section", "Ra"]), ["Rate Limits"]);
    assert_eq!(completed(&sandbox, &["rename", "coup"]), ["coupon_rejected"]);
    sandbox.write("other.yaml", CATALOG.replace("order_not_found", "order_nowhere"));
    let line = ["explain", "--file", "other.yaml", "order_n"];
    assert_eq!(completed(&sandbox, &line), ["order_nowhere"]);
    sandbox.write("broken.yaml", common::BROKEN);
    assert_eq!(completed(&sandbox, &["explain", "--file", "broken.yaml", "order_n"]), [""; 0]);
    assert_eq!(completed(&Sandbox::new(), &["explain", "order_n"]), [""; 0]);
}

/// All commands that read one catalog accept the same options for it.
#[test]
fn the_file_is_named_in_one_way() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.yaml", CATALOG);
    let commands: &[&[&str]] = &[
        &["check"],
        &["list"],
        &["explain", "404"],
        &["fmt"],
        &["lock", "--release", "1.0"],
        &["generate", "rust"],
        &["reword", "order_not_found", "There is no such order"],
        &["rename", "order_vanished", "order_gone"],
        &["retire", "rate_limit_exceeded", "--reason", "no limits"],
        &[
            "add",
            "order_lost",
            "--section",
            "Orders",
            "--status",
            "404",
            "--detail",
            "Lost order",
            "--cause",
            "c",
            "--fix",
            "f",
        ],
    ];
    for command in commands {
        for option in ["--file", "-f"] {
            sandbox.write("shop.yaml", CATALOG);
            std::fs::remove_file(sandbox.path("errors.lock")).unwrap_or_default();
            sandbox.run(&[command, &[option, "shop.yaml"][..]].concat()).exits(0);
        }
    }
    // Earlier ways to name the file still work.
    for command in [&["check"][..], &["list"], &["fmt"], &["generate", "rust"]] {
        sandbox.run(&[command, &["shop.yaml"]].concat()).exits(0);
        sandbox.run_with_input(&[command, &["-"]].concat(), CATALOG).exits(0);
    }
    sandbox.run(&["generate", "rust", "shop.yaml", "--file", "shop.yaml"]).exits(2);
    sandbox.run(&["check", "--file", "shop.yaml", "shop.yaml"]).exits(0);
    sandbox.run(&["init", "--file", "mine.yaml"]).exits(0);
    sandbox.run(&["init", "other.yaml"]).exits(0);
}

#[test]
fn manual_pages() {
    let page = run(&["man"]).exits(0).stdout;
    assert!(page.contains(".TH kate-errors 1"), "{page}");
    for subcommand in &subcommands() {
        assert!(page.contains(&format!("kate\\-errors\\-{subcommand}(1)")), "{page}");
        let page = run(&["man", subcommand.as_str()]).exits(0).stdout;
        assert!(page.contains(&format!(".TH kate-errors-{subcommand} 1")), "{page}");
        let examples = page.split(".SH EXAMPLES\n.nf\n").nth(1).expect("examples");
        let (examples, _) = examples.split_once("\n.fi\n").expect("their end");
        let help = run(&[subcommand.as_str(), "--help"]).stdout;
        let (_, shown) = help.split_once("Examples:\n").expect("examples");
        let plain = examples
            .replace("\\-", "-")
            .replace("\\*(Aq", "'")
            .replace("\\\\", "\\")
            .replace("\\&", "");
        // The help wraps and indents lines.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&plain), words(shown));
        let begins = |line: &str| shown.contains(&format!("  {}", &line[..line.len().min(60)]));
        assert!(plain.lines().all(begins), "{plain}");
        assert!(!page.contains("EXTRA"), "{page}");
    }
}
