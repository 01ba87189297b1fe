//! `cargo xtask fuzz`: runs the fuzz targets. Needs a nightly toolchain; installs cargo-fuzz itself.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use clap::Args;

use crate::workspace::{Error, cargo, output, root, run_shown, write};

#[derive(Args)]
pub(crate) struct Options {
    /// How long each target runs, in seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
    /// The targets; all of them if none is named.
    targets: Vec<String>,
}

/// The targets, and the files in the repository that each begins with.
const TARGETS: &[(&str, &[&str])] = &[
    ("catalog", &["errors.yaml", "tests/catalogs", "kate-errors-codegen/tests/fixtures"]),
    ("template", &[]),
];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let tools = output().join("tools");
    if !tools.join("bin/cargo-fuzz").exists() {
        let folder = tools.display().to_string();
        cargo(root(), &["install", "cargo-fuzz", "--locked", "--root", &folder])?;
    }
    let wanted =
        |name: &str| options.targets.is_empty() || options.targets.iter().any(|t| t == name);
    for (name, seeds) in TARGETS.iter().filter(|(name, _)| wanted(name)) {
        let corpus = output().join("corpus").join(name);
        plant(&corpus, seeds)?;
        fuzz(&tools, name, &corpus, options.seconds)?;
    }
    Ok(())
}

/// Copies the seeds of a target into its corpus.
fn plant(corpus: &Path, seeds: &[&str]) -> Result<(), Error> {
    let mut queue: Vec<PathBuf> = seeds.iter().map(|seed| root().join(seed)).collect();
    let mut count = 0;
    while let Some(path) = queue.pop() {
        let error = |source| Error::File { path: path.display().to_string(), source };
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(error)? {
                queue.push(entry.map_err(error)?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let bytes = fs::read(&path).map_err(error)?;
            write(&corpus.join(format!("seed-{count:04}")), &String::from_utf8_lossy(&bytes))?;
            count += 1;
        }
    }
    fs::create_dir_all(corpus)
        .map_err(|source| Error::File { path: corpus.display().to_string(), source })
}

fn fuzz(tools: &Path, target: &str, corpus: &Path, seconds: u32) -> Result<(), Error> {
    let mut command = Command::new("cargo");
    let path = env::var("PATH").unwrap_or_default();
    command
        .args(["+nightly", "fuzz", "run", target])
        .arg(corpus)
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=8192", "-timeout=10", "-print_final_stats=1"])
        .current_dir(root().join("fuzz"))
        .env("PATH", format!("{}:{path}", tools.join("bin").display()))
        .env("CARGO_TARGET_DIR", output().join("fuzz"))
        .env_remove("RUSTUP_TOOLCHAIN");
    println!("fuzzing {target} for {seconds} s");
    run_shown(&mut command)
}
