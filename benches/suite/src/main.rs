//! The benchmarks: each work beside its peer, in one process.
//!
//! `suite wall TEXT` prints times and ratios of the works whose names contain the text, `suite list` the names of the works, and `suite run WORK TIMES`
//! runs one work so often, for a tool that counts instructions: the difference of two runs is what the
//! work costs. `cargo xtask bench` does both.

#![forbid(unsafe_code)]

mod catalogs;
mod inputs;
mod peers;
mod works;

use std::time::{Duration, Instant};

use works::{Goals, Make, Pair, Work};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let pairs = works::pairs();
    match words.as_slice() {
        ["wall", only] => wall(pairs.iter().filter(|pair| pair.name.contains(only))),
        ["list"] => list(&pairs),
        ["run", name, times] => {
            if run(&pairs, name, times).is_none() {
                usage();
            }
        }
        _ => usage(),
    }
}

fn usage() {
    eprintln!(
        "usage: suite wall TEXT | suite list | suite run NAME:ours|peer TIMES, with a NAME of the list"
    );
    std::process::exit(2);
}

/// Prints the pairs: the name, the goal for instructions, the goal for times, the operations of a round.
fn list(pairs: &[Pair]) {
    for pair in pairs {
        let Goals { instructions, times } = pair.goals;
        println!("{}\t{}\t{}\t{}", pair.name, show(instructions), show(times), pair.round);
    }
}

fn show(goal: Option<f64>) -> String {
    goal.map_or("-".to_owned(), |goal| goal.to_string())
}

/// Runs one side of a pair: `NAME:ours` or `NAME:peer`.
fn run(pairs: &[Pair], name: &str, times: &str) -> Option<()> {
    let (name, side) = name.split_once(':')?;
    let pair = pairs.iter().find(|pair| pair.name == name)?;
    let make = if side == "ours" { &pair.ours } else { &pair.peer };
    println!("{}", repeat(&make(), times.parse().ok()?));
    Some(())
}

fn repeat(work: &Work, times: usize) -> usize {
    (0..times).map(|at| work(at)).fold(0, usize::wrapping_add)
}

/// Prints the shortest time of interleaved batches, for both sides of each pair.
fn wall<'p>(pairs: impl Iterator<Item = &'p Pair>) {
    println!("| work | ours | peer | ratio | goal |");
    println!("|---|---|---|---|---|");
    for pair in pairs {
        let [ours, peer] = times(pair);
        println!(
            "| {} | {ours:.0} ns | {peer:.0} ns | {:.2} | {} |",
            pair.name,
            ours / peer,
            pair.goals.times.map_or("-".to_owned(), |goal| format!("≤ {goal:.2}"))
        );
    }
}

fn times(pair: &Pair) -> [f64; 2] {
    const LENGTH: Duration = Duration::from_millis(4);
    // A round of one operation is a long one.
    let batches = if pair.round > 1 { 60 } else { 8 };
    let sides = [&pair.ours, &pair.peer].map(|make: &Make| make());
    let sizes = [0, 1].map(|side| batch_size(&sides[side], pair.round, LENGTH));
    let mut best = [f64::INFINITY; 2];
    for _ in 0..batches {
        for (side, work) in sides.iter().enumerate() {
            let start = Instant::now();
            std::hint::black_box(repeat(work, sizes[side]));
            let each = start.elapsed().as_secs_f64() * 1e9 / sizes[side] as f64;
            best[side] = best[side].min(each);
        }
    }
    best
}

/// How often the work runs in about this time; whole rounds over the inputs.
fn batch_size(work: &Work, round: usize, length: Duration) -> usize {
    let mut size = round;
    loop {
        let start = Instant::now();
        std::hint::black_box(repeat(work, size));
        if start.elapsed() >= length || size > round * 4096 {
            return size;
        }
        size *= 2;
    }
}
