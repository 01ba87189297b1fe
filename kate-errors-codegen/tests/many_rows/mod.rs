//! Catalogs of any size, for tests and benchmarks: one error in ten has parameters.

use std::fmt::Write as _;

/// The messages of the errors with parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// No error has parameters, for comparison.
    Constant,
    /// Messages as people write them.
    Mixed,
    /// All begin with `Job {id}` and end with a text.
    OneBeginning,
    /// All begin with a placeholder, most of them with a text.
    PlaceholderFirst,
    /// All begin with a text, and the literal after it is in all other messages too.
    TextFirst,
}

const THINGS: &[&str] = &[
    "artifact", "agent", "run", "span", "wallet", "token", "upload", "query", "plan", "key",
    "team", "invoice", "webhook", "job", "file", "draft", "report", "bucket", "schedule", "export",
];

const STATES: &[&str] = &[
    "not found",
    "already exists",
    "was deleted",
    "is locked",
    "is too large",
    "has expired",
    "is not running",
    "is not yet ready",
    "cannot be changed",
    "belongs to another account",
    "has no owner",
    "is out of date",
    "is still in use",
    "was cancelled",
    "failed its check",
    "needs a confirmed address",
    "is over its limit",
    "is not part of the plan",
];

const PLACES: &[&str] = &[
    "in this region",
    "for this account",
    "in the archive",
    "on the server",
    "in version two",
    "after the last change",
    "in the sandbox",
    "before the upload",
    "without a subscription",
    "during maintenance",
    "of the workspace",
    "on this endpoint",
];

/// Returns a catalog of this many errors without diagnostics.
pub(crate) fn catalog(rows: usize, shape: Shape) -> String {
    let mut text = String::from(
        "catalog: Many\nstatuses:\n  404: { name: Not Found, description: There is none }\nsections:\n  \
         - name: All\n    errors:\n",
    );
    for index in 0..rows {
        let (detail, params) = if index % 10 == 3 && !matches!(shape, Shape::Constant) {
            with_parameters(index / 10, shape)
        } else {
            (constant(index, shape), String::new())
        };
        let _ = write!(
            text,
            "      - code: error_{index}\n        status: 404\n        detail: \"{detail}\"\n{params}        \
             cause: Row {index} of many came up\n        fix: Look it up under {index}\n"
        );
    }
    text
}

/// Returns a catalog in which every message is four placeholders with a few characters between them, so that nearly
/// every text is the message of many errors.
#[allow(dead_code, reason = "for the benchmark alone")]
pub(crate) fn overlapping(rows: usize) -> String {
    const BETWEEN: &[&str] = &[" ", ": ", " - ", "/", ".", ", ", " in ", " of "];
    const TYPES: &[&str] = &[
        "{ type: word }",
        "{ type: text }",
        "{ type: u64 }",
        "{ type: i64 }",
        "{ one_of: [pod, node, secret, all of them] }",
    ];
    let mut text = String::from(
        "catalog: Many\nstatuses:\n  404: { name: Not Found, description: There is none }\nsections:\n  \
         - name: All\n    errors:\n",
    );
    for index in 0..rows {
        // The stride has no factor in common with the number of combinations, so no two errors are the same.
        let mut digits = index * 7919;
        let mut next = |count: usize| {
            let digit = digits % count;
            digits /= count;
            digit
        };
        let between = [0; 3].map(|_| BETWEEN[next(BETWEEN.len())]);
        let types = [0; 4].map(|_| TYPES[next(TYPES.len())]);
        let _ = write!(
            text,
            "      - code: error_{index}\n        status: 404\n        detail: \"{{a}}{}{{b}}{}{{c}}{}{{d}}\"\n        \
             params: {{ a: {}, b: {}, c: {}, d: {} }}\n        \
             cause: Row {index} of many came up\n        fix: Look it up under {index}\n",
            between[0], between[1], between[2], types[0], types[1], types[2], types[3]
        );
    }
    text
}

fn phrase(index: usize) -> String {
    let thing = THINGS[index % THINGS.len()];
    let index = index / THINGS.len();
    let state = STATES[index % STATES.len()];
    let index = index / STATES.len();
    let place = PLACES[index % PLACES.len()];
    let more = index / PLACES.len();
    if more == 0 {
        format!("{thing} {state} {place}")
    } else {
        format!("{thing} {state} {place}, {more}")
    }
}

fn constant(index: usize, shape: Shape) -> String {
    let phrase = phrase(index);
    match shape {
        Shape::TextFirst => format!("The {phrase}: stop; or ask, please (see below)"),
        _ => format!("The {phrase}"),
    }
}

fn with_parameters(index: usize, shape: Shape) -> (String, String) {
    let phrase = phrase(index);
    let (detail, params): (String, &[&str]) = match (shape, index % 5) {
        (Shape::Constant, _) => (phrase, &[]),
        (Shape::Mixed, 0) => (format!("Your {phrase}: {{id}}"), &["id: word"]),
        (Shape::Mixed, 1) => (format!("Job {{id}} of the {phrase}"), &["id: word"]),
        (Shape::Mixed, 2) => {
            (format!("Limit for {phrase} is {{limit}}, got {{size}}"), &["limit: u64", "size: u64"])
        }
        (Shape::Mixed, 3) => {
            (format!("Field {{name}} of {phrase}: {{reason}}"), &["name: word", "reason: text"])
        }
        (Shape::Mixed, _) => (format!("{{thing}} and the {phrase}"), &["thing: word"]),
        (Shape::OneBeginning, _) => {
            (format!("Job {{id}} for {phrase}: {{reason}}"), &["id: word", "reason: text"])
        }
        (Shape::TextFirst, kind) => {
            let follows = [':', ';', ',', '/', '!'][kind];
            (format!("{{thing}}{follows} {phrase} (see {{page}})"), &["thing: text", "page: word"])
        }
        (Shape::PlaceholderFirst, 0) => (format!("{{thing}}: {phrase}"), &["thing: text"]),
        (Shape::PlaceholderFirst, 1) => (format!("{{thing}} ({phrase})"), &["thing: word"]),
        (Shape::PlaceholderFirst, 2) => (format!("{{thing}}; {phrase}"), &["thing: text"]),
        (Shape::PlaceholderFirst, 3) => (format!("{{count}} times {phrase}"), &["count: u64"]),
        (Shape::PlaceholderFirst, _) => (
            format!("{{thing}}, it is said, {phrase}; {{reason}}"),
            &["thing: text", "reason: word"],
        ),
    };
    let mut lines = String::from("        params:\n");
    for param in params {
        let _ = writeln!(lines, "          {param}");
    }
    (detail, lines)
}
