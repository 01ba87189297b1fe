//! A package in a folder of its own, and what Cargo says when it builds it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use tempfile::TempDir;

/// The folder of the workspace.
const WORKSPACE: &str = env!("CARGO_MANIFEST_DIR");

/// A package that depends on `kate-errors`.
///
/// Cargo names what it builds after the package, wherever the package stands; packages of the same name
/// would overwrite each other in the target folder that they share. So each has a name of its own.
pub(crate) struct Project {
    name: &'static str,
    folder: TempDir,
}

/// What a run of Cargo gave.
pub(crate) struct Outcome {
    package: &'static str,
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// A package whose build script compiles its catalog, in two lines.
    pub(crate) fn with_build_script(name: &'static str, catalog: &str) -> Self {
        let project = Self::new(name, "", &build_dependency());
        project.write(
            "build.rs",
            "fn main() {\n    kate_errors_codegen::build_script::compile(\"errors.yaml\");\n}\n",
        );
        project.write("errors.yaml", catalog);
        project
    }

    /// A package that may use the attribute.
    pub(crate) fn with_attribute(name: &'static str, catalog: &str) -> Self {
        let project = Self::new(name, ", features = [\"derive\"]", "");
        project.write("errors.yaml", catalog);
        project
    }

    /// A package; `features` follow the path of its dependency, `more` is the rest of its manifest.
    pub(crate) fn new(name: &'static str, features: &str, more: &str) -> Self {
        Self::calling_it("kate-errors", name, features, more)
    }

    /// A package that calls its dependency `library`.
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

    /// The same package in another edition of Rust, whose code is for Rust 1.74 at the least.
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

    /// Builds, and says everything that was done for it.
    pub(crate) fn build(&self) -> Outcome {
        self.outcome(&["build", "--verbose"])
    }

    /// Has everything checked, and nothing built of it.
    pub(crate) fn check(&self) -> Outcome {
        self.outcome(&["check", "--verbose"])
    }

    /// Has its examples checked, which are crates of their own.
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

    /// Builds and runs, with `input` as standard input, and gives what the program printed.
    pub(crate) fn run(&self, input: &str) -> String {
        let file = self.folder.path().join("input");
        fs::write(&file, input).unwrap();
        let mut command = self.cargo(&["run", "--quiet"]);
        command.stdin(fs::File::open(file).unwrap()).stderr(Stdio::piped());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Cargo, with none of the variables that this test was started with, but a target folder that all
    /// packages share, so that what they depend on is built once.
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
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("front_ends"))
            .env("CARGO_TERM_COLOR", "never")
            // The packages stand in another folder each time, and what is built of them stays.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_PROFILE_DEV_STRIP", "true");
        command
    }
}

/// The lines of a manifest that a build script needs.
pub(crate) fn build_dependency() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/kate-errors-codegen");
    format!("\n[build-dependencies]\nkate-errors-codegen = {{ path = {path:?} }}\n")
}

impl Outcome {
    /// The outcome, if the build did not fail.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert!(self.success, "the build failed:\n{}", self.stderr);
        self
    }

    /// The outcome, if the build failed as it should: without a panic.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert!(!self.success, "the build did not fail:\n{}", self.stderr);
        for trace in ["panicked at", "stack backtrace", "RUST_BACKTRACE"] {
            assert!(!self.stderr.contains(trace), "{trace}:\n{}", self.stderr);
        }
        assert_eq!(self.stdout, "", "Cargo prints on standard error");
        self
    }

    /// Whether nothing was done for the package.
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
