//! `cargo xtask fuzz`: runs the fuzz targets. Needs a nightly toolchain; installs cargo-fuzz itself.

use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::Args;
use kate_errors_codegen::rule;

use crate::workspace::{Error, cargo, nightly_cargo, output, read, root, run_shown, write};

#[derive(Args)]
pub(crate) struct Options {
    /// How long each target runs, in seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u32,
    /// The targets; all of them if none is named.
    targets: Vec<String>,
}

/// The targets, and the files of their seeds: catalogs, or recorded responses.
const TARGETS: &[(&str, &[&str])] = &[
    ("catalog", &["errors.yaml", "tests/catalogs", "kate-errors-codegen/rules"]),
    ("decode", &["tests/fixtures/real_responses.ndjson"]),
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
    let mut planted = 0;
    while let Some(path) = queue.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(Error::at(&path))? {
                queue.push(entry.map_err(Error::at(&path))?.path());
            }
            continue;
        }
        for seed in seeds_of(&path)? {
            write(&corpus.join(format!("seed-{planted:04}")), seed)?;
            planted += 1;
        }
    }
    fs::create_dir_all(corpus).map_err(Error::at(corpus))
}

/// Returns the seeds in a file: a catalog, each example of a rule, or each recorded response, preceded by two
/// bytes for its status.
fn seeds_of(path: &Path) -> Result<Vec<Vec<u8>>, Error> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("yaml") => Ok(vec![read(path)?.into_bytes()]),
        Some("md") => {
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            let examples = rule::find(&id).map(|rule| rule.page.examples()).unwrap_or_default();
            Ok(examples.iter().map(|example| example.catalog().into_bytes()).collect())
        }
        Some("ndjson") => {
            let text = read(path)?;
            let responses = text.lines().filter_map(|line| serde_json::from_str(line).ok());
            Ok(responses.filter_map(|response| seed_of(&response)).collect())
        }
        _ => Ok(Vec::new()),
    }
}

fn seed_of(response: &serde_json::Value) -> Option<Vec<u8>> {
    let status = u16::try_from(response["status"].as_u64()?).ok()?;
    let body = response["body_base64"].as_str()?;
    let body = data_encoding::BASE64.decode(body.as_bytes()).ok()?;
    Some(status.saturating_sub(400).to_le_bytes().into_iter().chain(body).collect())
}

fn fuzz(tools: &Path, target: &str, corpus: &Path, seconds: u32) -> Result<(), Error> {
    let mut command = nightly_cargo(&root().join("fuzz"));
    let path = env::var("PATH").unwrap_or_default();
    command
        .args(["fuzz", "run", target])
        .arg(corpus)
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .args(["-max_len=8192", "-timeout=10", "-print_final_stats=1"])
        .env("PATH", format!("{}:{path}", tools.join("bin").display()))
        .env("CARGO_TARGET_DIR", output().join("fuzz"));
    println!("fuzzing {target} for {seconds} s");
    run_shown(&mut command)
}
