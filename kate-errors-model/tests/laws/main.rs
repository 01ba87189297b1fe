//! Laws of the model, each tried on at least 10,000 cases.

mod index;
mod scalars;
mod strategies;
mod templates;

/// Fails with the smallest case, and leaves no files behind.
fn config() -> proptest::test_runner::Config {
    proptest::test_runner::Config {
        cases: 10_000,
        failure_persistence: None,
        ..proptest::test_runner::Config::default()
    }
}
