//! `cargo xtask scale`: does it work, and what does it cost, as catalogs grow?

use std::env::consts::EXE_EXTENSION;
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
    let mut sizes = Vec::new();
    for count in &options.rows {
        let rows = rows(*count);
        let ours = ours(&rows)?;
        let printed = cargo(&ours, &["run"])?;
        println!("{count} rows: {}", printed.trim());
        if !options.no_times {
            let theirs = theirs(&rows)?;
            times(*count, &ours, &theirs)?;
            sizes.push((*count, program_size(&ours)?, program_size(&theirs)?));
        }
    }
    if let ([(few, ..), .., (many, ..)], false) = (sizes.as_slice(), options.no_times) {
        let [ours, theirs] = [size_of_row(&sizes, |it| it.1), size_of_row(&sizes, |it| it.2)];
        println!(
            "a row in a release program, from {few} to {many} rows: ours {ours} bytes, \
             thiserror and serde {theirs} bytes without status, cause and fix"
        );
    }
    if !options.no_times {
        clean_build()?;
    }
    Ok(())
}

/// How large the release program is, without symbols; the sentences that it tests itself with do not count.
fn program_size(folder: &Path) -> Result<u64, Error> {
    cargo(folder, &["build", "--release"])?;
    let name = folder.file_name().unwrap_or_default();
    let sentences = folder.join("src/sentences.txt");
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    let program = output().join("target/release").join(name).with_extension(EXE_EXTENSION);
    Ok(length(&program).saturating_sub(length(&sentences)))
}

fn size_of_row(sizes: &[(usize, u64, u64)], size: impl Fn(&(usize, u64, u64)) -> u64) -> u64 {
    let (Some(few), Some(many)) = (sizes.first(), sizes.last()) else { return 0 };
    let rows = u64::try_from(many.0.saturating_sub(few.0)).unwrap_or(u64::MAX).max(1);
    size(many).saturating_sub(size(few)) / rows
}

/// Prints what a build of a crate and all that it depends on costs.
fn clean_build() -> Result<(), Error> {
    let rows = rows(15);
    let with_catalog = package("clean-ours", &our_dependencies())?;
    write(&with_catalog.join("build.rs"), BUILD_SCRIPT)?;
    write(&with_catalog.join("errors.yaml"), yaml(&rows))?;
    write(&with_catalog.join("src/lib.rs"), "kate_errors::include_catalog!();\n")?;
    let with_derives = package("clean-theirs", THEIR_DEPENDENCIES)?;
    write(&with_derives.join("src/lib.rs"), peer(&rows))?;
    let mut spent = [0.0; 2];
    for (folder, spent) in [with_catalog, with_derives].iter().zip(&mut spent) {
        let target = output().join("clean");
        let target = target.to_string_lossy();
        let arguments = ["build", "--target-dir", &*target];
        cargo(folder, &["clean", "--target-dir", &*target])?;
        *spent = seconds(|| cargo(folder, &arguments).map(drop))?;
    }
    let [ours, theirs] = spent;
    println!(
        "clean build of a crate with 15 rows: ours {ours:.2} s, thiserror, serde and serde_json \
         {theirs:.2} s, ratio {:.2} (processor time)",
        ours / theirs
    );
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
         [profile.release]\nstrip = true\n\n[workspace]\n"
    )
}

const THEIR_DEPENDENCIES: &str = "[dependencies]\nthiserror = \"2\"\n\
    serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

const BUILD_SCRIPT: &str =
    "fn main() {\n    kate_errors_codegen::build_script::compile(\"errors.yaml\");\n}\n";

fn our_dependencies() -> String {
    let root = root().display();
    format!(
        "[dependencies]\nkate-errors = {{ path = \"{root}\" }}\n\n\
         [build-dependencies]\nkate-errors-codegen = {{ path = \"{root}/kate-errors-codegen\" }}\n"
    )
}

/// The folder of a crate, and its manifest in it.
fn package(name: &str, dependencies: &str) -> Result<PathBuf, Error> {
    let folder = output().join(name);
    write(&folder.join("Cargo.toml"), manifest(name, dependencies))?;
    Ok(folder)
}

/// A crate with the catalog, whose program lets every row go there and back.
fn ours(rows: &[Row]) -> Result<PathBuf, Error> {
    let dependencies = our_dependencies() + "\n[dependencies.serde_json]\nversion = \"1\"\n";
    let folder = package(&format!("ours-{}", rows.len()), &dependencies)?;
    write(&folder.join("build.rs"), BUILD_SCRIPT)?;
    write(&folder.join("errors.yaml"), yaml(rows))?;
    let sentences = rows.iter().map(|row| format!("{}\t{}\n", row.code, row.message()));
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
    let folder = package(&format!("theirs-{}", rows.len()), THEIR_DEPENDENCIES)?;
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
