//! Laws of the library, each tried on at least 10,000 cases.

mod bodies;
mod errors;
mod json;
mod strategies;

/// The generated code of a catalog that has everything.
#[path = "../golden/jobs.rs"]
#[allow(missing_docs, dead_code)]
pub mod jobs;

/// How many cases a law is tried on.
pub(crate) const CASES: u32 = 10_000;

/// Fails with the smallest case, and leaves no files behind.
pub(crate) fn config() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: CASES,
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
