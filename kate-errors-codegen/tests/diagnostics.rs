//! Every rule fires where it should, and only there: broken catalogs and their reports, side by side.
//!
//! `fixtures/<rule>/<case>.yaml` is a catalog with one mistake, `<case>.expected` the whole report of
//! it. A case called `many-…` has more than one mistake; of one called `…among-many…` only what is found of
//! the rule itself is reported, since the rest would fill a book. A case called `near-miss…` comes close to
//! breaking the rule and does not; without a report beside it nothing at all is found in it.
//!
//! `BLESS=1 cargo test -p kate-errors-codegen --test diagnostics` rewrites the reports. Read them
//! before committing: a report is right when the person who made the mistake could mend it from there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kate_errors_codegen::report::{self, Style};
use kate_errors_codegen::rule::{self, RULES};
use kate_errors_codegen::source::MAX_BYTES;
use kate_errors_codegen::{Compilation, compile};

/// A catalog in the folder of a rule.
struct Case {
    rule: String,
    name: String,
    content: Vec<u8>,
}

impl Case {
    fn file_name(&self) -> String {
        format!("{}.yaml", self.name)
    }

    fn expected_path(&self) -> PathBuf {
        fixtures().join(&self.rule).join(&self.name).with_extension("expected")
    }

    fn is_near_miss(&self) -> bool {
        self.name.starts_with("near-miss")
    }

    /// What is wrong with the case or its report; empty if all is well.
    fn complaints(&self, bless: bool) -> Vec<String> {
        let mut compilation = compile(&self.file_name(), &self.content);
        if self.name.contains("among-many") {
            compilation.diagnostics.retain(|diagnostic| diagnostic.rule.id == self.rule);
        }
        let report = report::render(&compilation.source, &compilation.diagnostics, Style::Plain);
        if bless {
            self.bless(&report);
        }
        let mut complaints = self.count_findings(&compilation);
        let expected = fs::read_to_string(self.expected_path());
        if expected.is_err() && !self.is_near_miss() {
            complaints.push("no report stands beside the catalog".to_owned());
        } else if expected.as_deref().unwrap_or_default() != report {
            let expected = expected.unwrap_or_default();
            complaints.push(format!("expected:\n{expected}\nfound:\n{report}"));
        }
        let place = format!("{}/{}", self.rule, self.file_name());
        complaints.iter().map(|complaint| format!("{place}: {complaint}")).collect()
    }

    fn count_findings(&self, compilation: &Compilation) -> Vec<String> {
        let found = compilation.diagnostics.len();
        let of_rule = compilation.diagnostics.iter().filter(|f| f.rule.id == self.rule).count();
        let mut complaints = Vec::new();
        if self.is_near_miss() {
            if of_rule > 0 {
                complaints.push("a near miss breaks the rule".to_owned());
            }
            return complaints;
        }
        if of_rule == 0 {
            complaints.push("nothing is found of the rule it is for".to_owned());
        }
        if self.name.starts_with("many-") == (found == 1) {
            complaints.push(format!("{found} diagnostics"));
        }
        complaints
    }

    fn bless(&self, report: &str) {
        let path = self.expected_path();
        if report.is_empty() {
            // A near miss in which nothing is found has no report to keep.
            let _ = fs::remove_file(path);
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, report).unwrap();
        }
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn folders() -> Vec<PathBuf> {
    entries(&fixtures()).into_iter().filter(|path| path.is_dir()).collect()
}

fn name_of(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The catalogs in the folders, and those that would be silly as files.
fn cases() -> Vec<Case> {
    let mut cases = generated();
    for folder in folders() {
        for path in entries(&folder) {
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let content = fs::read(&path).unwrap();
                cases.push(Case { rule: name_of(&folder), name: name_of(&path), content });
            }
        }
    }
    cases
}

const SMALL: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such job }
sections:
  - name: Jobs
    errors:
      - code: job_not_found
        status: 404
        detail: Job not found
        cause: No job has this id
        fix: List the jobs
";

fn generated() -> Vec<Case> {
    let case = |rule: &str, name: &str, content: Vec<u8>| Case {
        rule: rule.to_owned(),
        name: name.to_owned(),
        content,
    };
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter().chain(SMALL.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    let latin1 = SMALL.replace("Job not found", "Auftrag geh\u{1}rt niemandem");
    let latin1 = latin1.bytes().map(|b| if b == 1 { 0xF6 } else { b }).collect::<Vec<u8>>();
    let mut cut = SMALL.replace("List the jobs", "Öffne die Liste").into_bytes();
    let eszett = cut.iter().position(|byte| *byte == 0xC3).unwrap();
    cut.remove(eszett + 1);
    let padded = |length: usize| {
        let comment = "# padding padding padding padding padding padding padding padding\n";
        let mut bytes = SMALL.as_bytes().to_vec();
        bytes.extend(comment.bytes().cycle().take(length - SMALL.len() - 1));
        bytes.push(b'\n');
        bytes
    };
    let nested = |depth: usize| {
        let value = format!("{}{}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        format!("{SMALL}operations: {value}\n").into_bytes()
    };
    // Each error can be `any`, and one word more, so that no two have the same choices.
    let overlapping = |rows: usize| {
        let row = |row: usize| {
            format!(
                "      - code: state_{row}\n        status: 404\n        detail: \"{{state}}\"\n        params:\n          \
                 state: {{ one_of: [any, of_{row}] }}\n        cause: See row {row}\n        fix: None\n"
            )
        };
        let rows: String = (0..rows).map(row).collect();
        format!("{SMALL}{rows}").into_bytes()
    };
    let unknown = |fields: usize| {
        let fields: Vec<String> = (0..fields).map(|field| format!("field_{field}: 1\n")).collect();
        let fields = fields.concat();
        format!("{SMALL}{fields}").into_bytes()
    };
    let with_mark = |marks: usize| ["\u{FEFF}".repeat(marks).as_bytes(), SMALL.as_bytes()].concat();
    vec![
        case("not-utf8", "latin1-letter", latin1),
        case("not-utf8", "character-cut-in-half", cut),
        case("not-utf8", "utf16-little-endian", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        case("not-utf8", "utf16-big-endian", utf16([0xFE, 0xFF], u16::to_be_bytes)),
        case("not-utf8", "near-miss-byte-order-mark", with_mark(1)),
        case("control-character", "second-byte-order-mark", with_mark(2)),
        case("too-many-diagnostics", "among-many-unknown-fields", unknown(1_234)),
        case("too-many-diagnostics", "near-miss-among-many-unknown-fields", unknown(100)),
        case("too-large", "one-byte-too-many", padded(MAX_BYTES + 1)),
        case("too-large", "near-miss-at-the-limit", padded(MAX_BYTES)),
        case("too-deep", "thirty-three-levels", nested(33)),
        case("too-deep", "hundred-thousand-levels", nested(100_000)),
        case("too-deep", "near-miss-thirty-two-levels", nested(32)),
        case("too-many-overlaps", "among-many-clashes", overlapping(800)),
        case("too-many-overlaps", "near-miss-among-many-clashes", overlapping(400)),
    ]
}

#[test]
fn reports_are_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let complaints: Vec<String> = cases().iter().flat_map(|case| case.complaints(bless)).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_rule_has_a_case_and_a_near_miss() {
    let cases = cases();
    assert!(cases.len() > 130, "only {} cases were found", cases.len());
    let of_rule = |id: &str, near_miss: bool| {
        cases.iter().any(|case| case.rule == id && case.is_near_miss() == near_miss)
    };
    let lacking: Vec<String> = RULES
        .iter()
        .flat_map(|rule| [(rule.id, false, "case"), (rule.id, true, "near miss")])
        .filter(|(id, near_miss, _)| !of_rule(id, *near_miss))
        .map(|(id, _, what)| format!("{id} has no {what}"))
        .collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn every_file_belongs_to_a_rule_and_a_case() {
    let expected: BTreeSet<PathBuf> = cases().iter().map(Case::expected_path).collect();
    for folder in folders() {
        assert!(rule::find(&name_of(&folder)).is_some(), "no rule is called {}", folder.display());
        for path in entries(&folder) {
            let known = path.extension().is_some_and(|extension| extension == "yaml")
                || expected.contains(&path);
            assert!(known, "{} belongs to no case", path.display());
        }
    }
}
