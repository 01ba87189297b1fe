//! `cargo xtask scale`: checks that growing catalogs work, and measures what they cost.

use std::env::consts::EXE_EXTENSION;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use clap::Args;

use crate::catalog::{Row, peer, rows, yaml};
use crate::workspace::{Error, capture, cargo, cargo_command, output, read, root, write};

#[derive(Args)]
pub(crate) struct Options {
    /// The numbers of errors.
    #[arg(long, value_delimiter = ',', default_values_t = [15, 1_000, 10_000])]
    rows: Vec<usize>,
    /// Only let the errors go there and back; measure nothing.
    #[arg(long)]
    no_times: bool,
}

/// The names of build profiles, and Cargo's arguments for them.
const PROFILES: &[(&str, &[&str])] =
    &[("check", &["check"]), ("debug", &["build"]), ("release", &["build", "--release"])];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let mut sizes = Vec::new();
    for count in &options.rows {
        let rows = rows(*count);
        let ours = ours(&rows)?;
        let printed = cargo(&ours, &["run"])?;
        println!("{count} errors: {}", printed.trim());
        if !options.no_times {
            let theirs = theirs(&rows)?;
            times(*count, &ours, &theirs)?;
            // The bytes of the errors' texts: body, code, cause and fix.
            let texts = rows.iter().map(Row::texts).sum::<usize>() as u64;
            sizes.push([*count as u64, program_size(&ours)?, program_size(&theirs)?, texts]);
        }
    }
    if options.no_times {
        return Ok(());
    }
    if let [few, .., many] = sizes.as_slice() {
        let each =
            |column: usize| many[column].saturating_sub(few[column]) / (many[0] - few[0]).max(1);
        println!(
            "an error in a release program, from {} to {} errors: ours {} bytes, the texts alone {}, \
             thiserror and serde {} without status, cause and fix",
            few[0],
            many[0],
            each(1),
            each(3),
            each(2)
        );
    }
    rebuild()?;
    clean_builds()?;
    commands()
}

/// Returns the size of the stripped release program, without the messages for its self-test.
fn program_size(folder: &Path) -> Result<u64, Error> {
    cargo(folder, &["build", "--release"])?;
    let name = folder.file_name().unwrap_or_default();
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |file| file.len());
    let program = output().join("target/release").join(name).with_extension(EXE_EXTENSION);
    Ok(length(&program).saturating_sub(length(&folder.join("src/messages.txt"))))
}

/// Prints the cost of a rebuild after one of 1,000 messages has changed.
fn rebuild() -> Result<(), Error> {
    let rows = rows(1_000);
    let changed = |text: String| text.replacen(&rows[500].detail, "Something else happened", 1);
    let folders = [
        (ours(&rows)?, "errors.yaml", [yaml(&rows), changed(yaml(&rows))]),
        (theirs(&rows)?, "src/errors.rs", [peer(&rows), changed(peer(&rows))]),
    ];
    let mut spent = [f64::INFINITY; 2];
    for ((folder, file, texts), spent) in folders.iter().zip(&mut spent) {
        let build = || capture(cargo_command(folder).arg("build")).map(drop);
        build()?;
        for text in texts.iter().rev().cycle().take(4) {
            write(&folder.join(file), text)?;
            *spent = spent.min(seconds(build)?);
        }
    }
    compare("building again after one of 1,000 messages has changed", spent);
    Ok(())
}

/// Prints the cost of building crates with all their dependencies: one that imports the library's catalog, one
/// with 15 errors of its own, and one with the same errors on thiserror and serde.
fn clean_builds() -> Result<(), Error> {
    let rows = rows(15);
    let import = package("clean-import", &our_library())?;
    write(&import.join("src/lib.rs"), "pub use kate_errors::KateError;\n")?;
    let own = package("clean-own", &our_dependencies())?;
    write(&own.join("build.rs"), BUILD_SCRIPT)?;
    write(&own.join("errors.yaml"), yaml(&rows))?;
    write(&own.join("src/lib.rs"), "kate_errors::include_catalog!();\n")?;
    let theirs = package("clean-theirs", THEIR_DEPENDENCIES)?;
    write(&theirs.join("src/lib.rs"), peer(&rows))?;
    let target = output().join("clean");
    let clean_build = |folder: &Path| {
        let run = |task| {
            let mut command = cargo_command(folder);
            // Cargo builds dependencies from a registry so, and only those of a path incrementally.
            command.env("CARGO_INCREMENTAL", "0").args([task, "--target-dir"]).arg(&target);
            capture(&mut command)
        };
        run("clean")?;
        seconds(|| run("build").map(drop))
    };
    // Downloads are not counted.
    let mut best = [f64::INFINITY; 3];
    for _ in 0..3 {
        for (folder, best) in [&import, &own, &theirs].into_iter().zip(&mut best) {
            *best = best.min(clean_build(folder)?);
        }
    }
    let [import, own, theirs] = best;
    compare("clean build of a crate that imports `KateError`", [import, theirs]);
    compare("clean build of a crate with 15 errors of its own", [own, theirs]);
    Ok(())
}

fn compare(what: &str, [ours, theirs]: [f64; 2]) {
    println!(
        "{what}: ours {ours:.2} s, thiserror, serde and serde_json {theirs:.2} s, ratio {:.2} (processor time)",
        ours / theirs
    );
}

/// Prints what the command spends on large catalogs.
fn commands() -> Result<(), Error> {
    let folder = output().join("commands");
    cargo(root(), &["build", "--release", "--package", "kate-errors-cli"])?;
    let program = output().join("target/release/kate-errors").with_extension(EXE_EXTENSION);
    for count in [5_000, 10_000] {
        let file = folder.join(format!("errors-{count}.yaml"));
        write(&file, yaml(&rows(count)))?;
        for arguments in [&["check"][..], &["generate", "rust"], &["generate", "vectors"]] {
            let mut command = Command::new(&program);
            command.args(arguments).arg(&file).stdout(Stdio::null()).stderr(Stdio::null());
            let mut peak = 0;
            let spent = seconds(|| {
                peak = peak_of(&mut command)?;
                Ok(())
            })?;
            println!(
                "{count} errors, `kate-errors {}`: {spent:.2} s (processor time), {} MB at the peak",
                arguments.join(" "),
                peak / 1000
            );
        }
    }
    Ok(())
}

/// Runs a command, and returns its peak memory in kilobytes, as Linux reports it while it runs; 0 elsewhere.
fn peak_of(command: &mut Command) -> Result<u64, Error> {
    let mut process = command.spawn().map_err(Error::start(command))?;
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    let ended = loop {
        if let Some(status) = process.try_wait().map_err(Error::start(command))? {
            break status;
        }
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        peak = now.unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(2));
    };
    if ended.success() { Ok(peak) } else { Err(Error::failed(command, &ended)) }
}

/// Prints what rustc spends on each of the two crates.
fn times(count: usize, ours: &Path, theirs: &Path) -> Result<(), Error> {
    for (name, arguments) in PROFILES {
        let (ours, theirs) =
            (compile_seconds(ours, arguments)?, compile_seconds(theirs, arguments)?);
        println!(
            "{count} errors, rustc {name}: ours {ours:.2} s, thiserror and serde {theirs:.2} s, \
             ratio {:.2}, difference {:+.2} s (processor time)",
            ours / theirs,
            ours - theirs
        );
    }
    Ok(())
}

/// Returns the processor time for compiling the crate alone: its dependencies and build script are already
/// built, and Cargo's own time is subtracted.
fn compile_seconds(folder: &Path, arguments: &[&str]) -> Result<f64, Error> {
    cargo(folder, arguments)?;
    let idle = seconds(|| cargo(folder, arguments).map(drop))?;
    let main = folder.join("src/main.rs");
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        write(&main, read(&main)?)?;
        best = best.min(seconds(|| cargo(folder, arguments).map(drop))?);
    }
    Ok(best - idle)
}

/// Returns the processor time of the commands that `work` runs.
fn seconds(work: impl FnOnce() -> Result<(), Error>) -> Result<f64, Error> {
    let before = spent_by_commands()?;
    work()?;
    Ok(spent_by_commands()?.saturating_sub(before).as_secs_f64())
}

/// Returns the processor time of all child processes that have ended.
#[cfg(unix)]
fn spent_by_commands() -> Result<Duration, Error> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::{TimeVal, TimeValLike as _};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(no_times)?;
    let duration = |time: TimeVal| {
        Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default())
    };
    Ok(duration(usage.user_time()) + duration(usage.system_time()))
}

#[cfg(not(unix))]
fn spent_by_commands() -> Result<Duration, Error> {
    Err(no_times("this system does not report them"))
}

fn no_times(why: impl std::fmt::Display) -> Error {
    Error(format!("no processor times: {why}; `--no-times` does without them"))
}

const THEIR_DEPENDENCIES: &str = "[dependencies]\nthiserror = \"2\"\n\
    serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

const BUILD_SCRIPT: &str =
    "fn main() {\n    kate_errors_codegen::build_script::compile(\"errors.yaml\");\n}\n";

fn our_library() -> String {
    format!("[dependencies]\nkate-errors = {{ path = \"{}\" }}\n", root().display())
}

fn our_dependencies() -> String {
    let compiler = root().join("kate-errors-codegen");
    our_library()
        + &format!(
            "\n[build-dependencies]\nkate-errors-codegen = {{ path = \"{}\" }}\n",
            compiler.display()
        )
}

/// Creates the folder of a crate with its manifest.
fn package(name: &str, dependencies: &str) -> Result<PathBuf, Error> {
    let folder = output().join(name);
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}\n\
         [profile.release]\nstrip = true\n\n[workspace]\n"
    );
    write(&folder.join("Cargo.toml"), manifest)?;
    Ok(folder)
}

/// Creates a crate with the catalog, whose program encodes and decodes every error.
fn ours(rows: &[Row]) -> Result<PathBuf, Error> {
    let dependencies = our_dependencies() + "\n[dependencies.serde_json]\nversion = \"1\"\n";
    let folder = package(&format!("ours-{}", rows.len()), &dependencies)?;
    write(&folder.join("build.rs"), BUILD_SCRIPT)?;
    write(&folder.join("errors.yaml"), yaml(rows))?;
    let messages = rows.iter().map(|row| format!("{}\t{}\n", row.code, row.message()));
    write(&folder.join("src/messages.txt"), messages.collect::<String>())?;
    write(&folder.join("src/main.rs"), ROUND_TRIP)?;
    Ok(folder)
}

const ROUND_TRIP: &str = r#"//! Every error goes there and back.

kate_errors::include_catalog!();

fn main() {
    let mut count = 0;
    for line in include_str!("messages.txt").lines() {
        let (code, message) = line.split_once('\t').expect("a code and a message");
        let body = format!("{{\"detail\":\"{message}\"}}");
        let error: ScaleError = serde_json::from_str(&body).expect(&body);
        assert_eq!(error.code().as_str(), code);
        assert_eq!(error.body(), body.as_bytes());
        assert_eq!(error.detail(), message);
        count += 1;
    }
    assert_eq!(count, ScaleErrorCode::ALL.len());
    println!("{count} went there and back");
}
"#;

/// Creates a crate with the same errors on thiserror and serde.
fn theirs(rows: &[Row]) -> Result<PathBuf, Error> {
    let folder = package(&format!("theirs-{}", rows.len()), THEIR_DEPENDENCIES)?;
    write(&folder.join("src/errors.rs"), peer(rows))?;
    write(&folder.join("src/main.rs"), PEER)?;
    Ok(folder)
}

const PEER: &str = r#"//! The errors on thiserror and serde.

include!("errors.rs");

fn main() {
    let error = ScaleError::Row0;
    let json = serde_json::to_string(&error).expect("it serialises");
    let back: ScaleError = serde_json::from_str(&json).expect("it deserialises");
    println!("{back} {error:?} {}", back.clone() == error);
}
"#;
