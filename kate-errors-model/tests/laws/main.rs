//! Laws of the model, each tested with at least 10,000 cases.

mod index;
mod scalars;
mod strategies;
mod templates;

/// Reports the smallest failing case, and writes no files.
fn config() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: 10_000,
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
