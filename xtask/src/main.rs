//! The tasks of developers: `cargo xtask …`.

#![forbid(unsafe_code)]

mod bench;
mod catalog;
mod codegen;
mod conformance;
mod examples;
mod fuzz;
mod interop;
mod load;
mod miri;
mod program;
mod python;
mod scale;
mod server;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What developers of kate-errors run.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write what stands in the repository and is generated: code, pages, schema, vectors, reports of rules.
    Codegen(codegen::Options),
    /// Build generated catalogs of 15, 1,000 and 10,000 errors, let every error go there and back, and
    /// compare what rustc spends on them with an enum on thiserror and serde.
    Scale(scale::Options),
    /// Print every ratio of the benchmarks: instructions under valgrind, then times.
    Bench(bench::Options),
    /// Run the fuzz targets, with a nightly toolchain.
    Fuzz(fuzz::Options),
    /// Check format and lints of the crates in `examples/`, and run their tests.
    Examples,
    /// Let the client library read errors of real web frameworks of Python, and of nginx before them.
    /// Needs Python and the network, for their packages.
    Interop,
    /// Put the example server under load, with an error on every request: wrong answers, memory, and what an
    /// error costs beside a plain handler. Needs Linux.
    Load(load::Options),
    /// Give what is generated to the tools that it is made for: linters, validators, compilers, type
    /// checkers, servers. Needs Node.js with npm, and Python 3.10 or later; installs the rest itself.
    Conformance(conformance::Options),
    /// Run tests of the library in Miri, with a nightly toolchain.
    Miri(miri::Options),
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    let done = match task {
        Task::Codegen(options) => codegen::run(&options),
        Task::Scale(options) => scale::run(&options),
        Task::Bench(options) => bench::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Examples => examples::run(),
        Task::Interop => interop::run(),
        Task::Load(options) => load::run(&options),
        Task::Conformance(options) => conformance::run(&options),
        Task::Miri(options) => miri::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
