//! `cargo xtask bench`: prints every ratio of the benchmarks.

mod languages;

use std::path::Path;
use std::process::Command;

use clap::Args;

use crate::workspace::{Error, capture, cargo, output, read, root, run_shown};

#[derive(Args)]
pub(crate) struct Options {
    /// Count instructions (needs valgrind).
    #[arg(long)]
    instructions: bool,
    /// Measure times.
    #[arg(long)]
    times: bool,
    /// Measure the decoders in TypeScript and Python beside JSON parsers (needs Node.js with npm, and Python).
    #[arg(long)]
    languages: bool,
    /// Only the works whose name contains this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
}

/// The number of repetitions in the two counted runs: one round over the inputs of a benchmark, and three.
const TIMES: [u64; 2] = [1024, 3 * 1024];

pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let all = !(options.instructions || options.times || options.languages);
    if all || options.instructions || options.times {
        suite(options)?;
    }
    if all || options.languages { languages::run() } else { Ok(()) }
}

fn suite(options: &Options) -> Result<(), Error> {
    let suite = root().join("benches/suite");
    cargo(&suite, &["build", "--release"])?;
    let program = output().join("target/release/kate-errors-benchmarks");
    let both = options.instructions == options.times;
    if both || options.instructions {
        instructions(&program, &options.only)?;
    }
    if both || options.times {
        println!("\nTimes, the shortest of interleaved batches:\n");
        run_shown(Command::new(&program).args(["wall", &options.only]))?;
    }
    Ok(())
}

fn instructions(program: &Path, only: &str) -> Result<(), Error> {
    println!("Instructions for one operation, set-up excluded:\n");
    println!("| work | ours | peer | ratio | goal |\n|---|---|---|---|---|");
    for line in capture(Command::new(program).arg("list"))?.lines() {
        let (name, goal) = line.split_once('\t').unwrap_or((line, "-"));
        if !name.contains(only) {
            continue;
        }
        let ours = per_operation(program, &format!("{name}:ours"))?;
        let peer = per_operation(program, &format!("{name}:peer"))?;
        println!("| {name} | {ours:.0} | {peer:.0} | {:.2} | {goal} |", ours / peer);
    }
    Ok(())
}

/// Returns the cost of one operation: the difference of a longer and a shorter run, divided by the number of
/// operations.
fn per_operation(program: &Path, work: &str) -> Result<f64, Error> {
    let [few, many] = TIMES;
    let more = total(program, work, many)?.saturating_sub(total(program, work, few)?);
    #[expect(clippy::cast_precision_loss, reason = "the counts are far below 2^53")]
    let [more, operations] = [more, many - few].map(|count| count as f64);
    Ok(more / operations)
}

/// Returns the number of instructions of a run.
fn total(program: &Path, work: &str, times: u64) -> Result<u64, Error> {
    let file = output().join("callgrind.out");
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(program)
        .args(["run", work, &times.to_string()]);
    capture(&mut command)?;
    let text = read(&file)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| Error::failed(&command, &"no totals"))
}
