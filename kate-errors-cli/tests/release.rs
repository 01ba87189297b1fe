//! Releases: the packages of all crates, and how users install and run the command.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{BROKEN, CATALOG, Run, Sandbox, WARNING, finished};
use serde_json::Value;

const CRATES: &[&str] = &[
    "kate-errors",
    "kate-errors-cli",
    "kate-errors-codegen",
    "kate-errors-derive",
    "kate-errors-model",
    "kate-errors-python",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn cargo(arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    let run = finished(cargo.args(arguments).arg("--offline").current_dir(root()));
    run.exits(0).stdout
}

/// Returns Cargo's metadata of the crates that are published.
fn published() -> Vec<Value> {
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages.filter(|package| package["publish"].is_null()).cloned().collect()
}

#[test]
fn manifests_say_what_registries_show() {
    let mut names = BTreeSet::new();
    for package in published() {
        let name = package["name"].as_str().expect("a name").to_owned();
        for member in ["description", "license", "readme", "repository", "rust_version"] {
            assert!(package[member].as_str().is_some_and(|it| !it.is_empty()), "{name}: {member}");
        }
        for (member, most) in [("keywords", 5), ("categories", 5)] {
            let list = package[member].as_array().expect("a list");
            assert!((1..=most).contains(&list.len()), "{name}: {member}");
        }
        names.insert(name);
    }
    assert!(names.iter().eq(CRATES), "{names:?}");
    let library = published().into_iter().find(|it| it["name"] == "kate-errors").expect("it");
    assert_eq!(library["metadata"]["docs"]["rs"]["all-features"], true);
}

#[test]
fn packages_have_licences_and_no_tests() {
    for name in CRATES {
        let list = cargo(&["package", "--list", "--allow-dirty", "--package", name]);
        let files: BTreeSet<&str> = list.lines().collect();
        for file in ["Cargo.toml", "README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
            assert!(files.contains(file), "{name} lacks {file}");
        }
        assert!(files.iter().any(|file| file.ends_with("lib.rs") || file.ends_with("main.rs")));
        let of_tests = ["tests", "benches", "golden", "fixtures", "vectors"];
        for file in &files {
            let parts = file.split('/').map(|part| part.split('.').next().unwrap_or_default());
            // `publish/vectors/` is the generator of vectors.
            let parts: BTreeSet<&str> = parts.filter(|_| !file.contains("/publish/")).collect();
            assert!(of_tests.iter().all(|part| !parts.contains(part)), "{name} has {file}");
        }
    }
}

/// docs.rs builds from the package, which must contain all pages that the library's documentation includes.
#[test]
fn the_package_of_the_library_has_what_its_documentation_includes() {
    let list = cargo(&["package", "--list", "--allow-dirty", "--package", "kate-errors"]);
    let library = read("kate-errors/lib.rs");
    // What follows is only for the tests of pages.
    let (documented, _) = library.split_once("doctest").expect("pages that are tested");
    let pages = documented.split("include_str!(\"../").skip(1);
    let pages: Vec<&str> = pages.filter_map(|it| it.split('"').next()).collect();
    assert!(pages.contains(&"docs/derive.md"), "{pages:?}");
    assert!(pages.iter().all(|page| list.lines().any(|file| file == *page)), "{pages:?}\n{list}");
}

/// Cargo packages only licences in the crate's own folder: links, or copies where links are not supported.
#[test]
fn licences_are_the_same() {
    for name in CRATES.iter().filter(|name| **name != "kate-errors") {
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let own = read(&format!("{name}/{licence}"));
            let is_link_as_text = own.trim() == format!("../{licence}");
            assert!(own == read(licence) || is_link_as_text, "{name}/{licence}");
        }
    }
}

#[test]
fn the_changelog_has_the_version() {
    let heading = format!("\n## {}", env!("CARGO_PKG_VERSION"));
    assert!(read("CHANGELOG.md").contains(&heading), "no {heading}");
}

/// Every part of the URL and path for `cargo binstall` has a value.
#[test]
fn the_command_can_be_installed_without_building_it() {
    let package = published().into_iter().find(|it| it["name"] == "kate-errors-cli").expect("it");
    let metadata = &package["metadata"]["binstall"];
    let expand = |template: &str| {
        let version = package["version"].as_str().expect("a version");
        let repository = package["repository"].as_str().expect("a repository");
        let parts = [
            ("{ repo }", repository),
            ("{ version }", version),
            ("{ target }", "x86_64-unknown-linux-gnu"),
            ("{ archive-suffix }", ".tgz"),
            ("{ bin }", "kate-errors"),
            ("{ binary-ext }", ""),
        ];
        let text = metadata[template].as_str().expect("a template").to_owned();
        parts.iter().fold(text, |text, (part, value)| text.replace(part, value))
    };
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("kate-errors-{version}-x86_64-unknown-linux-gnu");
    let releases = "https://github.com/kate-errors/kate-errors/releases/download";
    assert_eq!(expand("pkg-url"), format!("{releases}/v{version}/{name}.tgz"));
    assert_eq!(expand("bin-dir"), format!("{name}/kate-errors"));
    assert_eq!(metadata["pkg-fmt"], "tgz");
}

#[test]
fn hooks_run_commands_that_there_are() {
    let hooks: Value = serde_yaml::from_str(&read(".pre-commit-hooks.yaml")).expect("YAML");
    let hooks = hooks.as_array().expect("a list");
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        let mut words = hook["entry"].as_str().expect("an entry").split(' ');
        assert_eq!(words.next(), Some("kate-errors"));
        let run = |catalog: &str| {
            let sandbox = Sandbox::with(catalog);
            sandbox.run(&words.clone().chain(["errors.yaml"]).collect::<Vec<_>>())
        };
        run(CATALOG).exits(0);
        run(BROKEN).exits(1);
    }
}

/// Returns the environment variables that a step of the action gets for some inputs.
fn environment(step: &Value, inputs: &Value, given: &[(&str, &str)]) -> Vec<(String, String)> {
    let members = step["env"].as_object().expect("variables").iter();
    let value = |expression: &Value| {
        let inside = expression.as_str()?.strip_prefix("${{ inputs.")?.strip_suffix(" }}")?;
        let given = given.iter().find(|(name, _)| *name == inside).map(|(_, value)| *value);
        given.or_else(|| inputs[inside]["default"].as_str()).map(str::to_owned)
    };
    members.map(|(name, it)| (name.clone(), value(it).expect("an input"))).collect()
}

/// Runs a step of action.yml in a folder as GitHub does, with `programs` first in the path.
fn step(at: usize, sandbox: &Sandbox, programs: &Path, given: &[(&str, &str)]) -> Run {
    let action: Value = serde_yaml::from_str(&read("action.yml")).expect("YAML");
    let step = &action["runs"]["steps"][at];
    assert_eq!((&action["runs"]["using"], &step["shell"]), (&"composite".into(), &"bash".into()));
    let script = step["run"].as_str().expect("a script");
    assert!(!script.contains("${{"), "an input in a script is run as one");
    let path = std::env::var("PATH").expect("a path");
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    bash.current_dir(sandbox.path("")).env("GITHUB_ACTION_PATH", root());
    bash.env("PATH", format!("{}:{path}", programs.display()));
    bash.env("GITHUB_WORKSPACE", sandbox.path(""));
    bash.envs(environment(step, &action["inputs"], given));
    finished(&mut bash)
}

/// Creates a folder of programs: these scripts, and the command itself if they include it.
#[cfg(unix)]
fn programs(sandbox: &Sandbox, scripts: &[(&str, &str)]) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = sandbox.path("programs");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, script) in scripts {
        let file = folder.join(name);
        fs::write(&file, format!("#!/usr/bin/env bash\n{script}\n")).expect("a script");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it can be run");
    }
    folder
}

#[test]
#[cfg(unix)]
fn the_action_checks_catalogs() {
    let command = Path::new(env!("CARGO_BIN_EXE_kate-errors")).parent().expect("a folder");
    let check = |sandbox: &Sandbox, given: &[(&str, &str)]| step(1, sandbox, command, given);
    check(&Sandbox::with(CATALOG), &[]).exits(0);
    let run = check(&Sandbox::with(BROKEN), &[]).exits(1);
    assert!(run.stdout.contains("\n::error file=errors.yaml,line=13,"), "{}", run.stdout);
    check(&Sandbox::with(WARNING), &[]).exits(0);
    check(&Sandbox::with(WARNING), &[("deny-warnings", "true")]).exits(1);

    let sandbox = Sandbox::new();
    sandbox.write("a b/errors.yaml", CATALOG);
    sandbox.write("--format", WARNING);
    let run = check(&sandbox, &[("files", "a b/errors.yaml\n\n--format\n")]).exits(0);
    assert!(run.stdout.starts_with("::warning file=--format,"), "{}", run.stdout);
    sandbox.write("old.yaml", CATALOG.replace("Order not found", "There is no such order"));
    let against = [("files", "a b/errors.yaml"), ("against", "old.yaml")];
    let run = check(&sandbox, &against).exits(1);
    assert!(run.stdout.contains("message-reworded"), "{}", run.stdout);
    // No part of an input is executed.
    check(&sandbox, &[("files", "$(touch run)`touch run`;touch run")]).exits(2);
    assert!(!sandbox.path("run").exists());
}

#[test]
#[cfg(unix)]
fn the_action_installs_the_command() {
    let sandbox = Sandbox::new();
    let there = ("kate-errors", "echo kate-errors 0.1.0");
    let no_binstall = ("cargo", "[ \"$1\" != binstall ] || exit 101\necho \"$@\"");
    let binstall = ("cargo", "[ \"$2\" = -V ] || echo \"$@\"");
    let absent = ("kate-errors", "exit 127");
    let cases = [
        (&[there][..], "", "kate-errors 0.1.0 is installed\n"),
        (&[there], "0.1.0", "kate-errors 0.1.0 is installed\n"),
        (&[there, no_binstall], "0.2.0", "install --locked --force kate-errors-cli@0.2.0\n"),
        (&[absent, no_binstall], "", "install --locked --force kate-errors-cli\n"),
        (&[absent, binstall], "0.2.0", "binstall --no-confirm --force kate-errors-cli@0.2.0\n"),
    ];
    for (scripts, version, expected) in cases {
        let programs = programs(&sandbox, scripts);
        let run = step(0, &sandbox, &programs, &[("version", version)]).exits(0);
        assert_eq!(run.stdout, expected);
    }
}
