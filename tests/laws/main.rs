//! Laws of the library, each tested with at least 10,000 cases.

mod bodies;
mod errors;
mod json;
mod strategies;

/// The generated code of a catalog that uses every feature.
#[path = "../golden/jobs.rs"]
#[allow(missing_docs, dead_code)]
pub mod jobs;

/// The number of cases for each law.
pub(crate) const CASES: u32 = 10_000;

/// Reports the smallest failing case, and writes no files.
pub(crate) fn config() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: CASES,
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
