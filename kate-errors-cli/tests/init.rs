//! `init`: the initial catalog.

mod common;

use common::Sandbox;

#[test]
fn the_catalog_passes_check() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["init"]).exits(0);
    assert_eq!(run.stderr, "wrote errors.yaml; next: kate-errors check --file errors.yaml\n");
    let run = sandbox.run(&["check", "--deny-warnings"]).exits(0);
    assert_eq!(run.stderr, "errors.yaml: no diagnostics; it defines 3 errors in 2 sections\n");
    assert!(sandbox.read("errors.yaml").starts_with("# "));
}

/// The comments of the file name commands that new users will try.
#[test]
fn the_commands_that_it_names_work() {
    let sandbox = Sandbox::new();
    let catalog = sandbox.run(&["init", "-"]).exits(0).stdout;
    sandbox.write("errors.yaml", &catalog);
    let mut count = 0;
    for line in catalog.lines().filter_map(|line| line.strip_prefix("#   kate-errors ")) {
        let (command, _) = line.rsplit_once("  ").expect("what it does");
        let quoted: Vec<&str> = command.trim().split('\'').collect();
        let words: Vec<&str> = quoted
            .iter()
            .enumerate()
            .flat_map(|(at, part)| match at % 2 {
                0 => part.split_whitespace().collect::<Vec<_>>(),
                _ => vec![*part],
            })
            .collect();
        sandbox.run(&words).exits(0);
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn standard_output() {
    let sandbox = Sandbox::new();
    let catalog = sandbox.run(&["init", "-"]).exits(0).stdout;
    sandbox.run_with_input(&["check", "-"], &catalog).exits(0);
    assert!(!sandbox.path("errors.yaml").exists());
    assert!(!sandbox.path("-").exists());
}

#[test]
fn what_exists_is_left_as_it_is() {
    let sandbox = Sandbox::with("mine");
    let run = sandbox.run(&["init"]).exits(2);
    assert_eq!(run.stderr, "error: `errors.yaml` already exists, and was not changed\n");
    assert_eq!(sandbox.read("errors.yaml"), "mine");
    let run = sandbox.run(&["init", "no/such/folder.yaml"]).exits(2);
    assert!(run.stderr.starts_with("error: cannot write `no/such/folder.yaml`: "));
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    let sandbox = Sandbox::new();
    std::os::unix::fs::symlink("elsewhere", sandbox.path("errors.yaml")).unwrap();
    sandbox.run(&["init"]).exits(2);
    assert!(!sandbox.path("elsewhere").exists());
}
