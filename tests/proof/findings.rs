//! Every report is right: none is missing, none is a false alarm, and each shows a shortest sentence with
//! readings that render to it.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::{Compilation, Diagnostic, compile};

use crate::random::{Catalog, Random, Style, quoted};
use crate::reference::{Reading, Role, Tried, Wording, shortest};

/// How many catalogs are looked at.
const CATALOGS: usize = 2_000;

/// How many sentences are tried for a question.
const BUDGET: usize = 600;

const STYLE: Style = Style {
    characters: &['a', 'b', '0', '1', '-', ' ', '.', ':', '.', ' '],
    longest: 2,
    most: 4,
    repeats_contexts: true,
};

const CLASHES: &[&str] = &["ambiguous-sentences", "ambiguous-under-two-statuses"];

/// Two codes, the smaller first; one code twice for what is wrong with one row.
type Pair = (String, String);

fn pair(one: &str, other: &str) -> Pair {
    let (one, other) = (one.min(other), one.max(other));
    (one.to_owned(), other.to_owned())
}

/// What stands between `“` and `”`.
fn witness(finding: &Diagnostic) -> &str {
    let (_, behind) = finding.message.split_once('“').unwrap();
    behind.split_once('”').unwrap().0
}

/// The codes that a text names.
fn codes(text: &str) -> Vec<String> {
    let named = text.split('`').skip(1).step_by(2);
    named.filter(|name| name.starts_with("row_")).map(str::to_owned).collect()
}

/// The readings that a label shows: `read as p0 = "x", p1 = "y" or as …`.
fn shown_readings(label: &str) -> Vec<Reading> {
    let Some((_, values)) = label.split_once("read as ") else { return Vec::new() };
    let reading = |values: &str| -> Reading {
        let values = values.split("\", p").map(|value| value.trim_start_matches('p'));
        let value = |value: &str| {
            let (name, value) = value.split_once(" = \"")?;
            Some((format!("p{name}"), value.trim_end_matches('"').to_owned()))
        };
        values.filter_map(value).collect()
    };
    values.split(" or as ").map(reading).collect()
}

struct Case {
    wordings: Vec<Wording>,
    compilation: Compilation,
    yaml: String,
}

impl Case {
    fn of(&self, code: &str) -> Vec<&Wording> {
        self.wordings.iter().filter(|wording| wording.code == code).collect()
    }

    fn status(&self, code: &str) -> u16 {
        self.of(code)[0].status
    }

    /// Checks one finding, and gives the pair of rows that it is about.
    fn check_clash(&self, finding: &Diagnostic) -> (Pair, usize) {
        let sentence = witness(finding);
        let (_, origin) = finding.message.split_once('”').unwrap();
        let named = codes(origin);
        let (first, second) = (&named[0], &named[named.len() - 1]);
        let is_of =
            |code: &str| self.of(code).iter().any(|wording| !wording.readings(sentence).is_empty());
        assert!(is_of(first) && is_of(second), "{sentence:?}: {finding:?}\n{}", self.yaml);
        let is_error = self.status(first) == self.status(second);
        assert_eq!(finding.is_error(), is_error, "{finding:?}\n{}", self.yaml);
        // One text is both places where one row clashes with itself with its context.
        let places = std::iter::once(&finding.primary).chain(&finding.related);
        let mut shown = 0;
        for label in places.filter(|label| label.text.contains("read as")) {
            let text = self.compilation.source.slice(label.span);
            let of_text = |wording: &&Wording| {
                quoted(&wording.source) == text
                    || wording.role == Role::WithContext && label.text.starts_with("or, with this")
            };
            for reading in shown_readings(&label.text) {
                let renders =
                    |wording: &Wording| wording.render(&reading).as_deref() == Some(sentence);
                let fits = self.wordings.iter().filter(of_text).any(renders);
                assert!(fits, "{reading:?} of {text}: {finding:?}\n{}", self.yaml);
                shown += 1;
            }
        }
        assert!(shown >= 2, "both readings are shown: {finding:?}\n{}", self.yaml);
        (pair(first, second), sentence.chars().count())
    }

    fn check_ambiguity(&self, finding: &Diagnostic) -> Option<(Pair, usize)> {
        let sentence = witness(finding);
        let (_, origin) = finding.message.split_once('”').unwrap();
        // A context is ambiguous whatever stands before it.
        let code = codes(origin).first().cloned()?;
        let readings = shown_readings(&finding.primary.text);
        assert!(readings.len() == 2 && readings[0] != readings[1], "{finding:?}\n{}", self.yaml);
        let both = |wording: &&Wording| {
            readings.iter().all(|reading| wording.render(reading).as_deref() == Some(sentence))
        };
        assert!(self.of(&code).iter().any(both), "{finding:?}\n{}", self.yaml);
        Some((pair(&code, &code), sentence.chars().count()))
    }

    /// The clashes of two rows, by the slow reader: how long a shortest sentence is, if one was found, and
    /// how long it is at least.
    fn expected(&self, one: &str, other: &str) -> (Option<usize>, usize) {
        let mut found = None;
        let mut at_least = usize::MAX;
        for left in self.of(one) {
            for right in self.of(other) {
                match shortest(&[left, right], BUDGET, |_| true) {
                    Tried::Found(length) => {
                        found = Some(found.map_or(length, |known: usize| known.min(length)));
                        at_least = at_least.min(length);
                    }
                    Tried::Never => {}
                    Tried::NotUpTo(length) => at_least = at_least.min(length + 1),
                }
            }
        }
        (found, at_least)
    }
}

/// How much was looked at, so that the test cannot become one of nothing.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    catalogs: usize,
    accepted: usize,
    clashes: usize,
    ambiguities: usize,
    apart: usize,
}

fn check(case: &Case, tally: &mut Tally) {
    let mut reported: BTreeMap<Pair, usize> = BTreeMap::new();
    let mut of_one: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
    let mut hidden: BTreeSet<Pair> = BTreeSet::new();
    for finding in &case.compilation.diagnostics {
        if CLASHES.contains(&finding.rule.id) {
            let (rows, length) = case.check_clash(finding);
            reported.entry(rows).and_modify(|known| *known = length.min(*known)).or_insert(length);
            if let Some((_, more)) = finding.help.rsplit_once("; `row_") {
                let more = codes(&format!("`row_{more}"));
                hidden.extend(more[1..].iter().map(|other| pair(&more[0], other)));
            }
        } else if finding.rule.id == "ambiguous-template" {
            if let Some((row, length)) = case.check_ambiguity(finding) {
                of_one.entry(row).or_default().push(length);
            }
        }
    }
    let all: BTreeSet<&String> = case.wordings.iter().map(|wording| &wording.code).collect();
    for one in &all {
        for other in all.iter().filter(|other| *other > one) {
            let (found, at_least) = case.expected(one, other);
            let rows = pair(one, other);
            let report = reported.get(&rows);
            let question =
                || format!("{rows:?} {found:?} {at_least}\n{}\n{:?}", case.yaml, reported);
            if found.is_some() {
                assert!(report.is_some() || hidden.contains(&rows), "missed: {}", question());
                tally.clashes += 1;
            }
            if let Some(length) = report {
                let is_shortest = *length >= at_least && found.is_none_or(|found| *length <= found);
                assert!(is_shortest, "no shortest sentence: {}", question());
            }
            tally.apart += usize::from(at_least == usize::MAX);
        }
        let reported = of_one.remove(&pair(one, one)).unwrap_or_default();
        check_one_row(case, one, &reported, tally);
    }
}

/// Each wording that the slow reader finds to be ambiguous has been reported, with a sentence of that length.
fn check_one_row(case: &Case, code: &str, reported: &[usize], tally: &mut Tally) {
    for wording in case.of(code).iter().filter(|wording| wording.role != Role::WithContext) {
        let tried = shortest(&[wording], BUDGET, |readings| readings[0].len() > 1);
        if let Tried::Found(length) = tried {
            assert!(reported.contains(&length), "{code} {length} {reported:?}\n{}", case.yaml);
            tally.ambiguities += 1;
        }
    }
}

/// Makes a catalog, and checks what is reported of it. One with other mistakes is left out: what its
/// sentences mean is not certain.
pub(crate) fn check_random(random: &mut Random, tally: &mut Tally) {
    let catalog = Catalog::random(random, STYLE);
    let yaml = catalog.yaml();
    let compilation = compile("random.yaml", yaml.as_bytes());
    let is_ours = |finding: &&Diagnostic| {
        CLASHES.contains(&finding.rule.id) || finding.rule.id == "ambiguous-template"
    };
    let has_others = compilation.diagnostics.iter().any(|finding| {
        finding.is_error() && !is_ours(&finding) || finding.rule.id == "detail-under-two-statuses"
    });
    if has_others {
        return;
    }
    tally.catalogs += 1;
    tally.accepted += usize::from(!compilation.has_errors());
    check(&Case { wordings: catalog.wordings(), compilation, yaml }, tally);
}

#[test]
fn every_report_is_right() {
    let mut random = Random(0x6B61_7465, Vec::new());
    let mut tally = Tally::default();
    for _ in 0..CATALOGS {
        check_random(&mut random, &mut tally);
    }
    assert!(tally.catalogs > 1_500 && tally.accepted > 500, "{tally:?}");
    assert!(tally.clashes > 350 && tally.ambiguities > 50 && tally.apart > 3_000, "{tally:?}");
}
