//! Counts the steps of loops, so that tests can verify that no input makes compiling slow. Outside of tests,
//! nothing is counted.

/// Counts `steps` steps.
#[cfg(not(test))]
pub(crate) const fn count(_steps: usize) {}

#[cfg(test)]
pub(crate) use tests::count;

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt::Write as _;

    use crate::compile;
    use crate::report::{Style, render};

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(crate) fn count(steps: usize) {
        STEPS.set(STEPS.get() + steps);
    }

    /// Returns the steps to compile a catalog and to render its diagnostics.
    fn steps(catalog: &str) -> usize {
        STEPS.set(0);
        let compilation = compile("errors.yaml", catalog.as_bytes());
        let report = render(&compilation.source, &compilation.diagnostics, Style::Plain);
        count(report.len());
        STEPS.get()
    }

    const HEAD: &str =
        "catalog: Shop\nstatuses:\n  404: { name: Not Found, description: Nothing there }\n";

    /// Returns a catalog of errors, each with the lines that `more` returns.
    fn errors(number: usize, more: impl Fn(usize) -> String) -> String {
        let mut text = format!("{HEAD}sections:\n  - name: Orders\n    errors:\n");
        for error in 0..number {
            let more = more(error);
            let _ = write!(
                text,
                "      - code: e{error}\n        cause: It is number {error}\n        fix: See {error}\n{more}"
            );
        }
        text
    }

    fn detail(error: usize) -> String {
        format!("        status: 404\n        detail: Nothing at {error}\n")
    }

    fn lines(number: usize, line: impl Fn(usize) -> String) -> String {
        (0..number).map(line).collect()
    }

    fn chain(number: usize, last: &str) -> String {
        errors(number, |error| {
            let next = if error + 1 < number { format!("e{}", error + 1) } else { last.to_owned() };
            format!("        same_as: {next}\n")
        })
    }

    /// A kind of catalog, with a function of the number of its mistakes.
    type Kind = (&'static str, fn(usize) -> String);

    const KINDS: &[Kind] = &[
        ("unknown keys", |n| errors(1, detail) + &lines(n, |i| format!("k{i}: 1\n"))),
        ("unknown fields of an error", |n| {
            errors(1, detail) + &lines(n, |i| format!("        retri{i}: 1\n"))
        }),
        ("long unknown fields", |n| {
            errors(1, detail) + &lines(n / 10, |i| format!("{i}{}: 1\n", "description".repeat(20)))
        }),
        ("equal keys", |n| errors(1, detail) + &"k: 1\n".repeat(n)),
        ("unknown codes", |n| {
            let codes = lines(n, |i| format!("      - f{i}\n"));
            errors(n, detail) + "operations:\n  get:\n    route: GET /\n    errors:\n" + &codes
        }),
        ("a chain", |n| chain(n, "last") + "      - code: last\n" + &detail(n)),
        ("a circle", |n| chain(n, "e0")),
        ("a chain to nothing", |n| chain(n, "nothing")),
        ("texts to be quoted", |n| errors(n, |i| format!("        since: {i}\n") + &detail(i))),
        ("missing fields", |n| errors(n, |_| String::new())),
        ("statuses", |n| HEAD.to_owned() + &lines(n, |i| format!("  x{i}: {{}}\n"))),
        ("contexts", |n| {
            let contexts = lines(n, |i| format!("  c{i}: {{ text: Number {i} }}\n"));
            errors(n, |i| format!("        context: c{i}\n") + &detail(i))
                + "contexts:\n"
                + &contexts
        }),
        ("one line", |n| {
            let keys = lines(n, |i| format!("k{i}: 1, "));
            HEAD.replace("{ name", &format!("{{ {keys}name"))
        }),
        ("invisible characters", |n| errors(n, |i| detail(i) + "        since: a\u{200B}\n")),
        ("an open quote", |n| errors(n, detail) + "        since: \"a\n" + &errors(n, detail)),
        ("unknown contexts", |n| {
            let contexts = lines(n, |i| format!("  c{i}: {{ text: Number {i} }}\n"));
            errors(n, |i| format!("        context: d{i}\n") + &detail(i))
                + "contexts:\n"
                + &contexts
        }),
        ("messages that begin alike", |n| {
            errors(n, |i| {
                format!(
                    "        status: 404\n        params: {{ x: word }}\n        detail: No {{x}} at {i}.\n"
                )
            })
        }),
        ("messages that end alike", |n| {
            errors(n, |i| {
                format!(
                    "        status: 404\n        params: {{ x: word }}\n        detail: Number {i} is {{x}}\n"
                )
            })
        }),
        ("parameters", |n| {
            let params = lines(n, |i| format!("          p{i}: u64\n"));
            let text = lines(n, |i| format!("{{q{i}}} "));
            errors(1, |_| {
                format!(
                    "        status: 404\n        detail: No {text}.\n        params:\n{params}"
                )
            })
        }),
        ("lines of texts", |n| {
            let lines = |blanks: usize| format!("|\n{}", (" ".repeat(blanks) + "So\n").repeat(n));
            errors(1, |i| detail(i) + "        explanation: " + &lines(10)) + "x-a: " + &lines(2)
        }),
        ("an open bracket", |n| HEAD.replace('}', "") + &lines(n, |i| format!("    k{i}: 1\n"))),
    ];

    #[test]
    fn ten_times_as_much_takes_ten_times_as_long() {
        for (name, catalog) in KINDS {
            let (few, many) = (steps(&catalog(200)), steps(&catalog(2_000)));
            assert!(few > 0 && many < 15 * few, "{name}: {few} steps, then {many}");
        }
    }
}
