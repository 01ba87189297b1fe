//! The benchmarks: each piece of work beside a peer's, in one process.
//!
//! `suite wall TEXT` prints times and ratios of the benchmarks whose names contain the text, and `suite list` prints
//! names and goals. `suite run NAME:ours|peer TIMES` repeats one side of a benchmark, for a tool that counts
//! instructions: the difference between two runs is the cost. `cargo xtask bench` does all of this.

#![forbid(unsafe_code)]

mod catalogs;
mod decoding;
mod encoding;
mod inputs;

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One side of a benchmark: processes the input with this number, and returns something derived from the result.
type Work = Box<dyn Fn(usize) -> usize>;

/// A benchmark: our work and the peer's. Each is set up on demand, so a run of one does not pay for the others.
struct Pair {
    name: String,
    goal: Goal,
    sides: [Box<dyn Fn() -> Work>; 2],
}

/// The goal of a benchmark.
#[derive(Clone, Copy)]
enum Goal {
    /// None: the ratio to the peer is only informative.
    None,
    /// At most this multiple of the peer's instructions.
    Ratio(f64),
    /// At most this many nanoseconds.
    Nanoseconds(f64),
}

fn pair(
    name: impl Into<String>,
    goal: Goal,
    ours: impl Fn() -> Work + 'static,
    peer: impl Fn() -> Work + 'static,
) -> Pair {
    Pair { name: name.into(), goal, sides: [Box::new(ours), Box::new(peer)] }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut pairs = encoding::pairs();
    pairs.extend(decoding::pairs());
    match words.as_slice() {
        ["wall", only] => wall(pairs.iter().filter(|pair| pair.name.contains(only))),
        ["list"] => list(&pairs),
        ["run", name, times] if run(&pairs, name, times).is_some() => {}
        _ => {
            eprintln!("usage: suite wall TEXT | suite list | suite run NAME:ours|peer TIMES");
            std::process::exit(2);
        }
    }
}

/// Prints the names of the benchmarks, and their goals for the ratio of instructions.
fn list(pairs: &[Pair]) {
    for pair in pairs {
        let goal = match pair.goal {
            Goal::Ratio(goal) => format!("≤ {goal:.2}"),
            _ => "-".to_owned(),
        };
        println!("{}\t{goal}", pair.name);
    }
}

/// Runs one side of a benchmark.
fn run(pairs: &[Pair], name: &str, times: &str) -> Option<()> {
    let (name, side) = name.split_once(':')?;
    let [ours, peer] = &pairs.iter().find(|pair| pair.name == name)?.sides;
    let work = if side == "ours" { ours() } else { peer() };
    println!("{}", repeat(&work, times.parse().ok()?));
    Some(())
}

fn repeat(work: &Work, times: usize) -> usize {
    (0..times).map(|at| work(at)).fold(0, usize::wrapping_add)
}

/// Prints the shortest time of interleaved batches, for both sides of each benchmark.
fn wall<'p>(pairs: impl Iterator<Item = &'p Pair>) {
    println!("| work | ours | peer | ratio | goal |");
    println!("|---|---|---|---|---|");
    for pair in pairs {
        let [ours, peer] = times(pair);
        let goal = match pair.goal {
            Goal::Nanoseconds(goal) => format!("≤ {goal:.0} ns"),
            _ => "-".to_owned(),
        };
        println!("| {} | {ours:.0} ns | {peer:.0} ns | {:.2} | {goal} |", pair.name, ours / peer);
    }
}

fn times(pair: &Pair) -> [f64; 2] {
    let sides = pair.sides.each_ref().map(|make| make());
    let sizes = sides.each_ref().map(batch_size);
    let mut best = [f64::INFINITY; 2];
    for _ in 0..60 {
        for (side, work) in sides.iter().enumerate() {
            let start = Instant::now();
            black_box(repeat(work, sizes[side]));
            let each = start.elapsed().as_secs_f64() * 1e9 / sizes[side] as f64;
            best[side] = best[side].min(each);
        }
    }
    best
}

/// Returns how often the work runs in a few milliseconds, as a multiple of the number of inputs.
fn batch_size(work: &Work) -> usize {
    let mut size = inputs::COUNT;
    loop {
        let start = Instant::now();
        black_box(repeat(work, size));
        if start.elapsed() >= Duration::from_millis(4) {
            return size;
        }
        size *= 2;
    }
}
