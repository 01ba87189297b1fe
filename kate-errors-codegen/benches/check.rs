//! The cost of compiling a catalog, including the proof that it is uniquely decodable: with 15, 1,000 and
//! 10,000 errors, one in ten with parameters, and for the worst case that we know.
//!
//! `cargo bench -p kate-errors-codegen --bench check` prints optimized times. Build scripts run without
//! optimization; `cargo bench -p kate-errors-codegen --bench check --profile dev` prints theirs.

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

/// No error has parameters: the cost of everything except the search for clashes.
#[divan::bench(args = ROWS, max_time = 5)]
fn constant(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::Constant);
}

/// Errors as people write them.
#[divan::bench(args = ROWS, max_time = 5)]
fn mixed(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::Mixed);
}

/// Every error with parameters begins with `Job {id}`.
#[divan::bench(args = ROWS, max_time = 5)]
fn one_beginning(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::OneBeginning);
}

/// Every error with parameters begins with a placeholder.
#[divan::bench(args = ROWS, max_time = 5)]
fn placeholder_first(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::PlaceholderFirst);
}

/// Every error with parameters begins with a text, and the literal after it is in all other messages.
#[divan::bench(args = ROWS, max_time = 5)]
fn text_first(bencher: Bencher<'_, '_>, rows: usize) {
    bench(bencher, rows, Shape::TextFirst);
}

/// An invalid catalog: messages of placeholders and little else, all of which overlap. With 5,000 errors there are more
/// clashes than are counted, and the search is stopped.
#[divan::bench(args = [100, 1_000, 5_000], max_time = 5)]
fn overlapping_sentences(bencher: Bencher<'_, '_>, rows: usize) {
    let text = overlapping(rows);
    bencher.bench(|| compile("many.yaml", divan::black_box(text.as_bytes())));
}
