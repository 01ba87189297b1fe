//! `cargo xtask scale`: does it work, and what does it cost, as catalogs grow?

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::catalog::{Row, peer, rows, yaml};
use crate::workspace::{Error, cargo, output, root, write};

#[derive(Args)]
pub(crate) struct Options {
    /// The numbers of rows.
    #[arg(long, value_delimiter = ',', default_values_t = [15, 1_000, 10_000])]
    rows: Vec<usize>,
    /// Only let the rows go there and back; measure nothing.
    #[arg(long)]
    no_times: bool,
}

/// What Cargo is asked to do with a crate, and what that is called.
const PROFILES: &[(&str, &[&str])] =
    &[("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    for count in &options.rows {
        let rows = rows(*count);
        let ours = ours(&rows)?;
        let printed = cargo(&ours, &["run"])?;
        println!("{count} rows: {}", printed.trim());
        if !options.no_times {
            times(*count, &ours, &theirs(&rows)?)?;
        }
    }
    Ok(())
}

/// Prints what rustc spends on a crate of each kind.
fn times(count: usize, ours: &Path, theirs: &Path) -> Result<(), Error> {
    for (name, arguments) in PROFILES {
        let (ours, theirs) =
            (compile_seconds(ours, arguments)?, compile_seconds(theirs, arguments)?);
        println!(
            "{count} rows, rustc {name}: ours {ours:.2} s, thiserror and serde {theirs:.2} s, \
             ratio {:.2}, difference {:+.2} s (processor time)",
            ours / theirs,
            ours - theirs
        );
    }
    Ok(())
}

/// The processor time that compiling the crate alone takes: its dependencies and its build script are
/// ready, and Cargo's own time is taken off.
fn compile_seconds(folder: &Path, arguments: &[&str]) -> Result<f64, Error> {
    cargo(folder, arguments)?;
    let idle = seconds(|| cargo(folder, arguments).map(drop))?;
    let main = folder.join("src/main.rs");
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let text = std::fs::read_to_string(&main)
            .map_err(|source| Error::File { path: main.display().to_string(), source })?;
        write(&main, &text)?;
        best = best.min(seconds(|| cargo(folder, arguments).map(drop))?);
    }
    Ok(best - idle)
}

/// The processor time of the commands that `work` runs.
fn seconds(work: impl FnOnce() -> Result<(), Error>) -> Result<f64, Error> {
    let before = spent_by_commands()?;
    work()?;
    Ok(spent_by_commands()?.saturating_sub(before).as_secs_f64())
}

/// The processor time that the commands which have ended took.
#[cfg(unix)]
fn spent_by_commands() -> Result<Duration, Error> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::{TimeVal, TimeValLike as _};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|errno| Error::Times(errno.into()))?;
    let duration = |time: TimeVal| {
        Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default())
    };
    Ok(duration(usage.user_time()) + duration(usage.system_time()))
}

#[cfg(not(unix))]
fn spent_by_commands() -> Result<Duration, Error> {
    Err(Error::Times(std::io::ErrorKind::Unsupported.into()))
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}\n\
         [workspace]\n"
    )
}

/// A crate with the catalog, whose program lets every row go there and back.
fn ours(rows: &[Row]) -> Result<PathBuf, Error> {
    let name = format!("ours-{}", rows.len());
    let folder = output().join(&name);
    let root = root().display();
    let dependencies = format!(
        "[dependencies]\nkate-errors = {{ path = \"{root}\" }}\nserde_json = \"1\"\n\n\
         [build-dependencies]\nkate-errors-codegen = {{ path = \"{root}/kate-errors-codegen\" }}\n"
    );
    write(&folder.join("Cargo.toml"), manifest(&name, &dependencies))?;
    let build =
        "fn main() {\n    kate_errors_codegen::build_script::compile(\"errors.yaml\");\n}\n";
    write(&folder.join("build.rs"), build)?;
    write(&folder.join("errors.yaml"), yaml(rows))?;
    let sentences = rows.iter().map(|row| format!("{}\t{}\n", row.code, row.sentence()));
    write(&folder.join("src/sentences.txt"), sentences.collect::<String>())?;
    write(&folder.join("src/main.rs"), ROUND_TRIP)?;
    Ok(folder)
}

const ROUND_TRIP: &str = r#"//! Every row goes there and back.

kate_errors::include_catalog!();

fn main() {
    let mut count = 0;
    for line in include_str!("sentences.txt").lines() {
        let (code, sentence) = line.split_once('\t').expect("a code and a sentence");
        let body = format!("{{\"detail\":\"{sentence}\"}}");
        let error: ScaleError = serde_json::from_str(&body).expect(&body);
        assert_eq!(error.code().as_str(), code);
        assert_eq!(error.body(), body.as_bytes());
        assert_eq!(error.detail(), sentence);
        count += 1;
    }
    assert_eq!(count, ScaleErrorCode::ALL.len());
    println!("{count} went there and back");
}
"#;

/// A crate with the same rows on thiserror and serde.
fn theirs(rows: &[Row]) -> Result<PathBuf, Error> {
    let name = format!("theirs-{}", rows.len());
    let folder = output().join(&name);
    let dependencies = "[dependencies]\nthiserror = \"2\"\nserde = { version = \"1\", features = [\"derive\"] }\n\
                        serde_json = \"1\"\n";
    write(&folder.join("Cargo.toml"), manifest(&name, dependencies))?;
    write(&folder.join("src/errors.rs"), peer(rows))?;
    write(&folder.join("src/main.rs"), PEER)?;
    Ok(folder)
}

const PEER: &str = r#"//! The rows on thiserror and serde.

include!("errors.rs");

fn main() {
    let error = ScaleError::Row0;
    let json = serde_json::to_string(&error).expect("it serialises");
    let back: ScaleError = serde_json::from_str(&json).expect("it deserialises");
    println!("{back} {error:?} {}", back.clone() == error);
}
"#;
