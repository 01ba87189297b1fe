//! How the steps of a walk grow: with the sentence and no faster, and not with the rows.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use kate_errors_codegen::compile;

use super::{Fork, Leaf, Node, Sentence, Trie, Way};
use crate::lookup;
use crate::steps;
use crate::table::Table;

#[path = "../../tests/proof/table.rs"]
mod table;

/// A row: its sentence, its parameters, and the sentence that it had before.
type Row = (String, String, String);

fn row(detail: &str, params: &str, former: &str) -> Row {
    (detail.into(), params.into(), former.into())
}

/// The table of a catalog whose rows may all have a context.
fn table(rows: &[Row], with_context: bool) -> &'static Table {
    let mut yaml =
        String::from("catalog: Attacked\nstatuses: { 404: { name: N, description: D } }\n");
    if with_context {
        yaml.push_str("contexts: { more: { text: \"Seen {seen}\", params: { seen: u64 } } }\n");
    }
    yaml.push_str("sections:\n  - name: All\n    errors:\n");
    for (index, (detail, params, former)) in rows.iter().enumerate() {
        let _ = write!(
            yaml,
            "      - {{ code: row_{index}, status: 404, detail: \"{detail}\", params: {{ {params} }}, \
             cause: It is so, fix: Do it"
        );
        if with_context {
            yaml.push_str(", context: more");
        }
        if !former.is_empty() {
            let _ = write!(yaml, ", former: [\"{former}\"]");
        }
        yaml.push_str(" }\n");
    }
    let compilation = compile("attacked.yaml", yaml.as_bytes());
    let Some(catalog) = compilation.catalog() else {
        panic!("{:?}\n{yaml}", compilation.findings.first())
    };
    table::table(catalog)
}

/// The steps that looking for a sentence takes.
fn steps(table: &'static Table, sentence: &str) -> usize {
    let all = steps::of(|| lookup::each(table, sentence, &mut |_| {}));
    let sentence = Sentence { bytes: sentence.as_bytes(), text: None, is_in_json: true };
    all + steps::of(|| {
        lookup::templated_at_once(&mut table.trie.walk(sentence), 404);
    })
}

const UNITS: &[&str] = &[
    "x",
    "1",
    "0",
    "10",
    ":",
    "x:",
    "1:",
    "x.",
    "x1:x",
    "-",
    "-1",
    "x-",
    "a",
    "ab",
    "aab",
    "\u{E9}",
    "x\u{E9}:",
    "\u{A7}",
    " ",
    "x ",
    ". ",
    "!",
    "x.!",
    "1000000000000000000000002",
    "1000000000000000000000002:",
    "no",
];

const ENDS: &[&str] =
    &["", "1", "x", "!", ":1", " x", "\u{7F}", "\n", ". Seen 1", "1000000000000000000000002"];

/// Sentences that a catalog is attacked with: a few bytes, and then the same thing over and over.
fn check(name: &str, table: &'static Table) {
    let beginnings: Vec<String> = {
        let mut all: Vec<String> = ["", "Job ", "x:"].map(String::from).into();
        all.extend(table.trie.nodes.iter().take(2).map(|node| node.text.into()));
        all
    };
    for beginning in &beginnings {
        for unit in UNITS {
            for end in ENDS {
                let sentence =
                    |length: usize| format!("{beginning}{}{end}", unit.repeat(length / unit.len()));
                let [short, long] = [1_000, 4_000].map(|length| steps(table, &sentence(length)));
                assert!(
                    long <= short * 9 / 2 + 2_000,
                    "{name}: {short} steps, then {long} for {beginning:?}, {unit:?}, {end:?}"
                );
            }
        }
    }
}

#[test]
fn steps_grow_no_faster_than_the_sentence() {
    let long_digits = "1000000000000000000000002";
    let cases = [
        row("{host}:{port} is down", "host: word, port: u64", ""),
        row("{host}:{port}", "host: word, port: i64", ""),
        row("{a}:{n}:{m} x", "a: word, n: u64, m: u64", ""),
        row("{n}0{m}x", "n: u64, m: { one_of: [a, ab] }", ""),
        row("{a}:{o} x", "a: word, o: { one_of: [x, xx, xab] }", ""),
        row(&format!("{{a}}{long_digits}{{n}}"), "a: word, n: u64", ""),
        row(&format!("{{a}}x{long_digits}x{{n}} {{b}}"), "a: word, n: i64, b: word", ""),
        row("Job {a}: {t}", "a: word, t: text", ""),
        row("{a}:{t}: no", "a: word, t: text", ""),
        row("No {t}.{a} x", "a: word, t: text", "{a}.{t}!"),
        row("No {t}.{a} x", "a: word, t: text", "{a}.{t}"),
        row("{a}.{b} {c}.{d} {e}:{n}", "a: word, b: u64, c: word, d: u64, e: word, n: u64", ""),
        row(
            "{o} {p} {q} {r}x",
            "o: { one_of: [a, a a] }, p: u64, q: { one_of: [a, ab] }, r: word",
            "",
        ),
        row("'{name}'", "name: text", ""),
        row("{a}\u{E9}:{n}", "a: word, n: u64", ""),
    ];
    for case in &cases {
        check(&case.0, table(core::slice::from_ref(case), false));
    }
    let with_context = [
        row("Job {a}: {t}", "a: word, t: text", ""),
        row("{host}:{port}", "host: word, port: u64", ""),
    ];
    for case in &with_context {
        check(&format!("{} with context", case.0), table(core::slice::from_ref(case), true));
    }
}

#[test]
fn steps_do_not_grow_with_the_rows() {
    for (hole, kind) in [("{a}", "word"), ("{a}:{b}", "word"), ("{a}:", "text"), ("{a}", "u64")] {
        let params =
            if hole.contains("{b}") { format!("a: {kind}, b: u64") } else { format!("a: {kind}") };
        let table = |count: usize| {
            let rows: Vec<Row> =
                (0..count).map(|at| row(&format!("{hole} is no {at}th"), &params, "")).collect();
            table(&rows, false)
        };
        let (few, many) = (table(10), table(1_000));
        for sentence in
            ["x is no 7th", "7 is no 7th", "x:7 is no 7th", "x: is no 7th", "x:x:x:x", ""]
        {
            let [few, many] = [few, many].map(|table| steps(table, sentence));
            assert!(many <= few + 4, "{hole} {kind} {sentence:?}: {few} steps, then {many}");
        }
    }
}

/// Behind the branches of a fork are those of another: they are not its own.
#[test]
fn a_byte_behind_the_highest_of_a_fork_leads_nowhere() {
    const fn node(text: &'static str, texts: Way, leaves: u16) -> Node {
        Node { hole: None, text, texts, first_hole: 0, holes: 0, leaves, leaf: 0 }
    }
    static TRIE: Trie = Trie {
        nodes: &[node("", 1, 0), node("b", 0, 1), node("c", 0, 1)],
        forks: &[Fork { at: 0, low: b'b', branches: 1, first: 0 }],
        branches: &[2, 4],
        leaves: &[Leaf { row: 0, wording: 0, only_status: 404 }],
    };
    let leads = |sentence: &'static str| TRIE.walk(sentence.into()).next().is_some();
    assert_eq!(["a", "b", "c", "d", ""].map(leads), [false, true, false, false, false]);
}

/// In a sentence as it stands in a JSON string, what is escaped is no value: it stands for another one.
#[test]
fn what_json_escapes_fits_no_hole() {
    let cases = [
        ("Host {host}:{port} is down", "host: word, port: u64", r"Host x\u0041:80 is down"),
        ("Host {host} is down", "host: word", r"Host x\u0041 is down"),
        ("Host {host}: {why}", "host: word, why: text", r"Host x: say \u0022no"),
        ("No {kind}1{n}", "kind: { one_of: ['a\\b', a] }, n: u64", r"No a\b17"),
    ];
    for (detail, params, sentence) in cases {
        let table = table(&[row(detail, params, "")], false);
        let at_once = |bytes: &'static str| {
            let sentence = Sentence { bytes: bytes.as_bytes(), text: None, is_in_json: true };
            matches!(
                lookup::templated_at_once(&mut table.trie.walk(sentence), 404),
                lookup::AtOnce::Row(_)
            )
        };
        assert!(!at_once(sentence), "{sentence}");
        let plain = sentence.replace(r"\u0041", "").replace(r"\u0022", "").replace(r"a\b", "a");
        assert!(at_once(plain.leak()), "{sentence}");
    }
}
