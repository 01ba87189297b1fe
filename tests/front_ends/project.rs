//! A package in its own folder, and Cargo's output for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use tempfile::TempDir;

/// The workspace folder.
const WORKSPACE: &str = env!("CARGO_MANIFEST_DIR");

/// A package that depends on `kate-errors`.
///
/// All packages share a target folder, and Cargo names what it builds after the package, whatever its folder is.
/// Packages of the same name would overwrite each other, so each has its own name.
pub(crate) struct Project {
    name: &'static str,
    folder: TempDir,
}

/// The result of a run of Cargo.
pub(crate) struct Outcome {
    package: &'static str,
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// Creates a package with a two-line build script that compiles its catalog.
    pub(crate) fn with_build_script(name: &'static str, catalog: &str) -> Self {
        let project = Self::new(name, "", &build_dependency());
        project.write(
            "build.rs",
            "fn main() {\n    kate_errors_codegen::build_script::compile(\"errors.yaml\");\n}\n",
        );
        project.write("errors.yaml", catalog);
        project
    }

    /// Creates a package that can use the attribute.
    pub(crate) fn with_attribute(name: &'static str, catalog: &str) -> Self {
        let project = Self::new(name, ", features = [\"derive\"]", "");
        project.write("errors.yaml", catalog);
        project
    }

    /// Creates a package. `features` follows the path of the dependency, and `more` is the rest of the manifest.
    pub(crate) fn new(name: &'static str, features: &str, more: &str) -> Self {
        Self::calling_it("kate-errors", name, features, more)
    }

    /// Creates a package in which the dependency is called `library`.
    pub(crate) fn calling_it(
        library: &str,
        name: &'static str,
        features: &str,
        more: &str,
    ) -> Self {
        let project = Self { name, folder: tempfile::tempdir().unwrap() };
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             {library} = {{ package = \"kate-errors\", path = {WORKSPACE:?}{features} }}\n{more}"
        );
        project.write("Cargo.toml", &manifest);
        let lock = fs::read_to_string(Path::new(WORKSPACE).join("Cargo.lock")).unwrap();
        project.write("Cargo.lock", &lock);
        project
    }

    /// Changes the edition, and sets the minimum Rust version to 1.74.
    pub(crate) fn set_edition(&self, edition: &str) {
        let path = self.folder.path().join("Cargo.toml");
        let manifest = fs::read_to_string(path).unwrap();
        let (before, after) = manifest.split_once("edition = \"2024\"\n").unwrap();
        self.write(
            "Cargo.toml",
            &format!("{before}edition = {edition:?}\nrust-version = \"1.74\"\n{after}"),
        );
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    /// Builds the package with verbose output.
    pub(crate) fn build(&self) -> Outcome {
        self.outcome(&["build", "--verbose"])
    }

    /// Runs `cargo check` with verbose output.
    pub(crate) fn check(&self) -> Outcome {
        self.outcome(&["check", "--verbose"])
    }

    /// Runs `cargo check` for the examples, which are separate crates.
    pub(crate) fn examples(&self) -> Outcome {
        self.outcome(&["check", "--verbose", "--examples"])
    }

    fn outcome(&self, arguments: &[&str]) -> Outcome {
        let output = self.cargo(arguments).output().unwrap();
        Outcome {
            package: self.name,
            success: output.status.success(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Builds and runs the package with `input` as standard input, and returns what it printed.
    pub(crate) fn run(&self, input: &str) -> String {
        let file = self.folder.path().join("input");
        fs::write(&file, input).unwrap();
        let mut command = self.cargo(&["run", "--quiet"]);
        command.stdin(fs::File::open(file).unwrap()).stderr(Stdio::piped());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Builds the package, and returns the program with its symbols.
    #[cfg(unix)]
    pub(crate) fn program(&self) -> Vec<u8> {
        self.outcome(&["build", "--config", "profile.dev.strip=false"]).succeeded();
        fs::read(target().join("debug").join(self.name)).unwrap()
    }

    /// Returns a Cargo command without the variables that this test was started with. All packages share
    /// its target folder, so dependencies are built once.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let of_cargo = name.starts_with("CARGO") && name != "CARGO_HOME";
            if of_cargo || matches!(name.as_str(), "OUT_DIR" | "RUSTFLAGS" | "RUST_BACKTRACE") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .arg("--offline")
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_TERM_COLOR", "never")
            // The packages are in another folder each time, and what is built of them is never removed.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_PROFILE_DEV_STRIP", "true");
        command
    }
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("front_ends")
}

/// Returns the lines of a manifest that a build script needs.
pub(crate) fn build_dependency() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/kate-errors-codegen");
    format!("\n[build-dependencies]\nkate-errors-codegen = {{ path = {path:?} }}\n")
}

impl Outcome {
    /// Returns the outcome; panics if the build failed.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert!(self.success, "the build failed:\n{}", self.stderr);
        self
    }

    /// Returns the outcome; panics unless the build failed without a panic.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert!(!self.success, "the build did not fail:\n{}", self.stderr);
        for trace in ["panicked at", "stack backtrace", "RUST_BACKTRACE"] {
            assert!(!self.stderr.contains(trace), "{trace}:\n{}", self.stderr);
        }
        assert_eq!(self.stdout, "", "Cargo prints on standard error");
        self
    }

    /// Whether the package was up to date.
    pub(crate) fn is_fresh(&self) -> bool {
        self.stderr.contains(&format!("Fresh {} v0.1.0", self.package))
    }

    /// Whether the package's build script was run.
    pub(crate) fn ran_build_script(&self) -> bool {
        let script = format!("{}-", self.package);
        let runs = |line: &&str| line.contains("Running `") && line.contains("build-script-build`");
        self.stderr.lines().filter(runs).any(|line| line.contains(&script))
    }
}
