//! The guarantee of a comparison: old clients do not misread what it calls compatible.
//!
//! They read each error as the same error with the same values, by its code alone, or not at all. Random catalogs are
//! edited at random, and servers of the new ones send hostile values.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{catalogs, compiled};
use crate::diff::witness::{Both, Fate, Side, Which};
use crate::diff::{Level, compare, pair, rule, verdict};
use crate::lock::{Lock, of_catalog, reuse};
use kate_errors_codegen::compile;
use kate_errors_model::template::CONTEXT_SEPARATOR;
use kate_errors_model::types::{TYPES, Type};

#[test]
fn nothing_has_changed_from_a_catalog_to_itself() {
    for (path, text) in catalogs() {
        let (old, new) = (compiled("old.yaml", &text), compiled("new.yaml", &text));
        let found: Vec<_> = compare(&old, &new).into_iter().map(|it| it.message).collect();
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
    }
}

/// One old message matches thousands of new texts, more changes than anyone would read.
#[test]
fn there_is_a_limit_to_what_is_compared() {
    let head = "catalog: Jobs\nstatuses:\n  404: { name: Not Found, description: Nothing }\nsections:\n  - name: Jobs\n    \
                cause: It ended\n    fix: Wait\n    errors:\n";
    let old = format!(
        "{head}      - {{ code: any, status: 404, detail: \"Job {{id}}\", params: {{ id: text }} }}\n"
    );
    let error = |at| format!("      - {{ code: job_{at}, status: 404, detail: Job {at} }}\n");
    for (count, is_limited) in [(900, false), (1_100, true)] {
        let new = head.to_owned() + &(0..count).map(error).collect::<String>();
        let (old, new) =
            (compiled("old.yaml", old.as_bytes()), compiled("new.yaml", new.as_bytes()));
        let found = compare(&old, &new);
        let has = |rule: &rule::Rule| found.iter().any(|it| it.rule == rule);
        assert!(has(&rule::ERROR_SPLIT));
        assert_eq!(has(&rule::NOT_COMPARED), is_limited);
    }
}

/// A deterministic random number generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    fn of(&mut self, items: &[&'static str]) -> &'static str {
        items[self.below(items.len())]
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

const LITERALS: &[&str] = &[
    "Job",
    " ",
    " is ",
    ": ",
    CONTEXT_SEPARATOR,
    ".",
    ", ",
    "-",
    "a",
    "0",
    " '",
    "' ",
    " (",
    ")",
    "No job ",
];

/// Returns every type, those of texts more often.
fn types() -> Vec<&'static str> {
    let named = TYPES.iter().map(|ty| ty.name).filter(|name| Type::named(name).is_some());
    let choices = ["{ one_of: [a, a b, b, is] }", "{ one_of: [a, is] }"];
    named.chain(["text", "text", "text", "word", "word"]).chain(choices).collect()
}

const VALUES: &[&str] = &[
    "",
    "a",
    "a b",
    "0",
    "-7",
    "1.50",
    "Job",
    "Job is a",
    "is",
    ": ",
    CONTEXT_SEPARATOR,
    "a. ",
    "'",
    "' a",
    ")",
    "a-0",
    "2026-11-26",
    " ",
    " is ",
    "a: 0",
    "b is a",
    "No job a",
];

const ENVELOPES: &[&str] = &[
    "",
    "",
    "",
    "wire: { use: detail_and_code }\n",
    "wire: { use: detail_and_code, identity: code_or_detail }\n",
    "wire: { use: detail_and_code, identity: code }\n",
    "wire: { use: detail_and_code, identity: code_and_detail }\n",
    "wire: { body: { code: \"{code}\", message: \"{detail}\", values: \"{params}\" }, identity: code }\n",
    "wire: { header: { x-code: \"{code}\" } }\n",
];

/// A random error.
#[derive(Clone)]
struct Error {
    code: String,
    status: &'static str,
    detail: String,
    /// The names and types of its parameters.
    params: Vec<(String, &'static str)>,
    former: Vec<String>,
    rest: &'static str,
}

#[derive(Clone)]
struct Made {
    wire: &'static str,
    errors: Vec<Error>,
    context: (String, &'static str),
}

fn message(random: &mut Random) -> (String, Vec<(String, &'static str)>) {
    let mut text = random.of(LITERALS).to_owned();
    let mut params = Vec::new();
    for at in 0..random.below(3) {
        let _ = write!(text, "{}{{p{at}}}", random.of(LITERALS));
        params.push((format!("p{at}"), random.of(&types())));
    }
    if random.once_in(2) {
        text.push_str(random.of(LITERALS));
    }
    (text.trim().to_owned(), params)
}

fn error(random: &mut Random, code: String) -> Error {
    let (detail, params) = message(random);
    let status = random.of(&["409", "409", "404", "[404, 409]"]);
    let rest = if random.once_in(5) { "context: more" } else { "" };
    Error { code, status, detail, params, former: Vec::new(), rest }
}

fn catalog(random: &mut Random) -> Made {
    let errors = (0..=random.below(3)).map(|at| error(random, format!("job_{at}"))).collect();
    Made { wire: random.of(ENVELOPES), errors, context: ("Left: {left}".to_owned(), "u64") }
}

/// Returns an edited catalog, with a bias to edits that a comparison calls compatible.
fn edited(made: &Made, random: &mut Random) -> Made {
    let mut made = made.clone();
    for _ in 0..=random.below(2) {
        let at = random.below(made.errors.len());
        let fresh = made.errors.len() + 10;
        let error = &mut made.errors[at];
        match random.below(20) {
            0..=2 => {
                let former = error.detail.clone();
                let (detail, _) = message(random);
                let mut detail = detail.replace("{p", "{q");
                for (at, (name, _)) in error.params.iter().enumerate() {
                    let placeholder = format!("{{q{at}}}");
                    if !detail.contains(&placeholder) {
                        let _ = write!(detail, "{}{placeholder}", random.of(LITERALS));
                    }
                    detail = detail.replace(&placeholder, &format!("{{{name}}}"));
                }
                if !detail.contains("{q") {
                    error.detail = detail;
                    if !random.once_in(4) {
                        error.former.push(former);
                    }
                }
            }
            // An instance of an existing message, or a text that contains one.
            15 | 16 => {
                let value = random.of(&["a", "0", "is", "a b"]);
                let detail = error.detail.replace("{p0}", value).replace("{p1}", value);
                let twin =
                    Error { detail, params: Vec::new(), former: Vec::new(), ..error.clone() };
                if random.once_in(2) {
                    made.errors.remove(at);
                }
                made.errors.push(Error { code: format!("job_{fresh}"), ..twin });
            }
            // Another literal after the last value, or none.
            17..=19 => {
                let former = error.detail.clone();
                let end = former.rfind('}').map_or(former.len(), |end| end + 1);
                let more = [random.of(LITERALS), random.of(LITERALS)].concat();
                error.detail = format!("{}{more}", &former[..end]).trim().to_owned();
                error.former.push(former);
            }
            3..=5 => made.errors.push(self::error(random, format!("job_{fresh}"))),
            6 => error.detail.push_str(random.of(LITERALS)),
            7 => {
                error.rest = if random.once_in(2) { "retired: { reason: It is over }" } else { "" }
            }
            8 => error.status = random.of(&["404", "[409, 404]", "409", "[404, 409]"]),
            9 => {
                if let Some((_, ty)) = error.params.first_mut() {
                    *ty = if *ty == "{ one_of: [a, is] }" {
                        "{ one_of: [a, is, b, a b] }"
                    } else {
                        random.of(&types())
                    };
                }
            }
            10 => {
                let detail = error.detail.clone();
                error.detail =
                    detail.replace("{p0}", "{x}").replace("{p1}", "{p0}").replace("{x}", "{p1}");
            }
            11 => error.code = format!("job_{}", random.below(fresh)),
            12 => made.wire = random.of(ENVELOPES),
            13 => {
                made.errors.remove(at);
                let code = format!("job_{}", random.below(4));
                made.errors.push(self::error(random, code));
            }
            _ => made.context = (format!("{}{{left}}", random.of(LITERALS)), random.of(&types())),
        }
    }
    made
}

fn text(made: &Made) -> String {
    let mut text = format!(
        "catalog: Jobs\n{}statuses:\n  404: {{ name: Not Found, description: Nothing }}\n  409: {{ name: Conflict, \
         description: Not now }}\nallow_warnings: [unused-context, unused-parameter]\n",
        made.wire
    );
    if made.errors.iter().any(|error| error.rest.starts_with("context")) {
        let (context, ty) = &made.context;
        let _ = writeln!(
            text,
            "contexts: {{ more: {{ text: {context:?}, params: {{ left: {ty} }} }} }}"
        );
    }
    text.push_str("sections:\n  - name: Jobs\n    cause: It ended\n    fix: Wait\n    errors:\n");
    for error in &made.errors {
        let params: Vec<String> =
            error.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let Error { code, status, detail, former, rest, .. } = error;
        let _ = write!(
            text,
            "      - code: {code}\n        status: {status}\n        detail: {detail:?}\n        params: {{ {} }}\n        \
             former: {former:?}\n        {rest}\n",
            params.join(", ")
        );
    }
    text.replace("allow_warnings: [unused-context, unused-parameter]\n", "")
        .replace("        former: []\n", "")
        .replace("        params: {  }\n", "")
}

/// Sends every error with values from the list, in all forms and with all statuses. Returns the first response that
/// old clients misread in a way that `counts`.
fn misread(both: &Both<'_>, random: &mut Random, counts: impl Fn(Fate) -> bool) -> Option<String> {
    let catalog = both.new.catalog;
    for (at, row) in catalog.rows.iter().enumerate().filter(|(_, row)| row.retired.is_none()) {
        for template in std::iter::once(&row.detail.parsed).chain(&row.with_context) {
            for _ in 0..12 {
                let value = |param: &kate_errors_codegen::catalog::Param| match param.choices() {
                    Some(choices) => {
                        choices.choices[random.below(choices.choices.len())].text.clone()
                    }
                    // Values that the field cannot hold are not sent.
                    None if param.is_integer() => random.of(&["0", "7", "1234"]).to_owned(),
                    None => random.of(VALUES).to_owned(),
                };
                let values: Vec<String> = catalog.params(row).map(value).collect();
                let mut sent = both.sent(Which::New, at, template, &values);
                let others = row.other_statuses.iter().map(|at| catalog.statuses[*at].code);
                let statuses: Vec<u16> =
                    std::iter::once(sent.response.status).chain(others).collect();
                for status in statuses {
                    sent.response.status = status;
                    if counts(both.fate(&sent)) {
                        return Some(format!("{:?}", both.witness(&sent)));
                    }
                }
            }
        }
    }
    None
}

#[test]
fn what_is_compatible_is_read_as_it_is_meant() {
    let mut random = Random(12);
    let (mut pairs, mut compatible, mut harmful, mut subtle) = (0, 0, 0, 0);
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    while pairs < 10_000 {
        let made = catalog(&mut random);
        let old = compile("old.yaml", text(&made).as_bytes());
        if old.catalog().is_none() {
            continue;
        }
        for _ in 0..4 {
            let new_text = text(&edited(&made, &mut random));
            let new = compile("new.yaml", new_text.as_bytes());
            let (Some(a), Some(b)) = (Side::of(&old), Side::of(&new)) else { continue };
            pairs += 1;
            let both = Both { pairs: pair::Pairs::of(a.catalog, b.catalog), old: a, new: b };
            let found = compare(&old, &new);
            for finding in &found {
                *rules.entry(finding.rule.id).or_default() += 1;
            }
            let is_else = |fate| matches!(fate, Fate::Other(_) | Fate::OtherValues);
            let misread = misread(&both, &mut random, is_else);
            let is_major = verdict(&found) == Some(Level::Major);
            compatible += usize::from(!is_major && !found.is_empty());
            harmful += usize::from(misread.is_some());
            // Only the comparison of messages found these.
            let major = found.iter().filter(|it| it.level() == Level::Major);
            let is_subtle = |rule: &rule::Rule| {
                *rule == rule::READ_AS_ANOTHER || *rule == rule::READ_WITH_OTHER_VALUES
            };
            subtle += usize::from(is_major && major.clone().all(|it| is_subtle(it.rule)));
            assert!(
                is_major || misread.is_none(),
                "{:?}\n{}\n{new_text}\n{}",
                found.iter().map(|it| it.rule.id).collect::<Vec<_>>(),
                text(&made),
                misread.unwrap_or_default()
            );
        }
    }
    // Guards against a vacuous test: many pairs are compatible, and many are harmful.
    assert!(
        compatible > 4_000 && harmful > 200 && subtle > 2,
        "{compatible} {harmful} {subtle} {rules:?}"
    );
    assert!(rules.contains_key(rule::READ_AS_ANOTHER.id), "{rules:?}");
}

/// An error is released, deleted in the next release, and then others are added. Clients that know the deleted error
/// never read as it what the lock allows.
#[test]
fn what_a_lock_lets_pass_is_not_the_deleted_error() {
    let mut random = Random(34);
    let (mut histories, mut found, mut harmful) = (0, 0, 0);
    while histories < 3_000 {
        let made = catalog(&mut random);
        let old = compile("old.yaml", text(&made).as_bytes());
        let gone = random.below(made.errors.len());
        let (Some(first), true) = (old.catalog(), made.errors.len() > 1) else { continue };
        let code = made.errors[gone].code.clone();
        for _ in 0..4 {
            let (mut between, mut now) = (made.clone(), edited(&made, &mut random));
            between.errors.remove(gone);
            now.errors.retain(|error| error.code != code);
            now.wire = made.wire;
            let between = compile("between.yaml", text(&between).as_bytes());
            let now_text = text(&now);
            let now = compile("now.yaml", now_text.as_bytes());
            let (Some(second), Some(b)) = (between.catalog(), Side::of(&now)) else { continue };
            histories += 1;
            let mut lock = Lock::default();
            lock.record("1.0", &of_catalog(first));
            lock.record("2.0", &of_catalog(second));
            let is_found = !reuse(&lock, &now).is_empty();
            let a = Side::of(&old).unwrap();
            let both = Both { pairs: pair::Pairs::of(a.catalog, b.catalog), old: a, new: b };
            let misread = misread(&both, &mut random, |fate| fate == Fate::Other(gone));
            found += usize::from(is_found);
            harmful += usize::from(misread.is_some());
            assert!(
                is_found || misread.is_none(),
                "{}\n{now_text}\n{}",
                text(&made),
                misread.unwrap_or_default()
            );
        }
    }
    assert!(found < histories / 2 && harmful > 15, "{found} {harmful}");
}
