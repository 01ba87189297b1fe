//! `init`: the catalog to start from.

mod common;

use common::Sandbox;

#[test]
fn the_catalog_passes_check() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["init"]).exits(0);
    assert_eq!(run.stderr, "wrote errors.yaml; next: kate-errors check errors.yaml\n");
    let run = sandbox.run(&["check", "--deny-warnings"]).exits(0);
    assert_eq!(run.stderr, "errors.yaml: no diagnostics; it defines 3 errors in 2 sections\n");
    assert!(sandbox.read("errors.yaml").starts_with("# "));
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
