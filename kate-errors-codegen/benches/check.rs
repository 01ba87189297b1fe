//! What compiling a catalog costs, the proof that it is uniquely decodable included, for 15, 1,000 and
//! 10,000 rows of which one in ten has parameters; and for the worst that we know.
//!
//! `cargo bench -p kate-errors-codegen --bench check` prints optimised times. Build scripts run without
//! optimisation; `cargo bench -p kate-errors-codegen --bench check --profile dev` prints theirs.

#[path = "../tests/many_rows/mod.rs"]
mod many_rows;

use divan::Bencher;
use kate_errors_codegen::compile;
use many_rows::{Shape, catalog, overlapping};

fn main() {
    divan::main();
}

const ROWS: &[usize] = &[15, 1_000, 10_000];

fn bench(bencher: Bencher<'_, '_>, rows: usize, shape: Shape) {
    let text = catalog(rows, shape);
    bencher.bench(|| compile("many.yaml", divan::black_box(text.as_bytes())));
}

/// No row has parameters: what all but the search for clashes costs.
#[divan::bench(args = ROWS, max_time = 5)]
fn constant(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::Constant);
}

/// Rows as people write them.
#[divan::bench(args = ROWS, max_time = 5)]
fn mixed(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::Mixed);
}

/// Every row with parameters begins with `Job {id}`.
#[divan::bench(args = ROWS, max_time = 5)]
fn one_beginning(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::OneBeginning);
}

/// Every row with parameters begins with a placeholder.
#[divan::bench(args = ROWS, max_time = 5)]
fn placeholder_first(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::PlaceholderFirst);
}

/// Every row with parameters begins with a text, and what follows it stands in all other rows.
#[divan::bench(args = ROWS, max_time = 5)]
fn text_first(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::TextFirst);
}

/// A catalog that is broken on purpose: sentences of placeholders and little else, all of which overlap.
/// With 5,000 rows there are more clashes than are counted, and the search is stopped.
#[divan::bench(args = [100, 1_000, 5_000], max_time = 5)]
fn overlapping_sentences(bencher: Bencher<'_, '_>, rows: usize) {
    let text = overlapping(rows);
    bencher.bench(|| compile("many.yaml", divan::black_box(text.as_bytes())));
}
