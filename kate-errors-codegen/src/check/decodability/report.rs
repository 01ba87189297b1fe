//! Clashes and ambiguities in words: the sentence, its readings, the places and the ways out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::advice;
use super::clashes::{Ambiguity, Clash, Sentence};
use super::overlaps::shared_sentence;
use super::readings::{Reading, readings};
use super::tree::Pattern;
use super::wordings::{Role, Wording};
use crate::finding::{Finding, Label, NotShown};
use crate::rule::{self, Rule};
use crate::source::Span;
use crate::syntax::document::Text;

/// How many clashes of one row are shown one by one: a sentence that is all placeholder clashes with
/// every other one of the catalog.
const MAX_CLASHES_OF_A_ROW: usize = 5;

/// How many clashes are shown one by one for each rule. Nobody reads more before mending these.
const MAX_CLASHES: usize = 200;

/// How many characters their sentences have at most, all together: what nobody reads takes long to find, too.
const MAX_CHARACTERS: u32 = 20_000;

/// How many of the others are named in words.
const MAX_NAMES: usize = 10;

/// A row and a rule that it breaks together with others.
type Side = (usize, &'static str);

/// The codes of the rows that one clashes with, in the order of the file.
type Others<'d> = BTreeMap<Span, &'d str>;

/// The findings for clashes.
pub(super) fn clashes(wordings: &[Wording<'_>], clashes: &[Clash]) -> Vec<Finding> {
    let mut shown: HashMap<Side, usize> = HashMap::new();
    let mut shown_of_rule: HashMap<&str, (usize, u32)> = HashMap::new();
    let mut hidden: HashMap<Side, Others<'_>> = HashMap::new();
    let mut rest =
        [Rest::new(&rule::AMBIGUOUS_SENTENCES), Rest::new(&rule::AMBIGUOUS_UNDER_TWO_STATUSES)];
    let mut findings = Vec::new();
    for clash in clashes {
        let (first, second) = (&wordings[clash.first], &wordings[clash.second]);
        let rule = clash_rule(first, second);
        let sides = [(first.row, rule.id), (second.row, rule.id)];
        let is_full = |side: &Side| shown.get(side) == Some(&MAX_CLASHES_OF_A_ROW);
        if let Some(full) = sides.iter().position(is_full) {
            let other = [second, first][full];
            hidden.entry(sides[full]).or_default().insert(other.text.span, other.code);
            continue;
        }
        let (count, characters) = shown_of_rule.entry(rule.id).or_default();
        if *count == MAX_CLASHES || *characters > MAX_CHARACTERS {
            let rest = rest.iter_mut().filter(|rest| rest.rule.id == rule.id);
            rest.for_each(|rest| rest.add(first, second));
            continue;
        }
        *count += 1;
        *characters += clash.length;
        for side in HashSet::from(sides) {
            *shown.entry(side).or_default() += 1;
        }
        let codes = [first.code, second.code];
        findings.push((sides, codes, clash_finding(rule, clash, first, second)));
    }
    // The last one that is shown of a row says how many are not.
    for (sides, codes, finding) in findings.iter_mut().rev() {
        for (side, code) in sides.iter().zip(codes) {
            if let Some(others) = hidden.remove(side) {
                let others = NotShown::new(code, &others);
                finding.help.push_str("; ");
                finding.help.push_str(&in_words(&others));
                finding.not_shown.push(others);
            }
        }
    }
    let findings = findings.into_iter().map(|(_, _, finding)| finding);
    findings.chain(rest.iter().filter_map(Rest::finding)).collect()
}

/// The clashes of a rule beyond those that are shown, of rows that are not shown more often than others.
struct Rest<'w, 'd> {
    rule: &'static Rule,
    count: usize,
    /// By the row that stands first.
    rows: BTreeMap<(Span, usize), (&'w Wording<'d>, Others<'d>)>,
}

impl<'w, 'd> Rest<'w, 'd> {
    fn new(rule: &'static Rule) -> Self {
        Self { rule, count: 0, rows: BTreeMap::new() }
    }

    fn add(&mut self, first: &'w Wording<'d>, second: &'w Wording<'d>) {
        self.count += 1;
        let row = self.rows.entry((first.text.span, first.row));
        let (_, others) = row.or_insert_with(|| (first, Others::new()));
        others.insert(second.text.span, second.code);
    }

    fn finding(&self) -> Option<Finding> {
        let (first, _) = self.rows.values().next()?;
        let (others, verb) = if self.count == 1 { ("pair", "clashes") } else { ("pairs", "clash") };
        let message = format!(
            "{} more {others} of sentences {verb}: so many do that not all are shown",
            self.count
        );
        let label = Label::new(first.text.span, "the first of them in the file");
        let mut finding = Finding::new(self.rule, message, label)
            .help("mend the clashes that are shown, and check again: the next ones are shown then");
        let rows = self.rows.values();
        finding.not_shown = rows.map(|(row, others)| NotShown::new(row.code, others)).collect();
        Some(finding)
    }
}

/// Says that a row clashes with others too, and with which.
fn in_words(others: &NotShown) -> String {
    let code = &others.code;
    let name = |other: &String| {
        let is_its_own = other == code;
        if is_its_own { "other wordings of its own".to_owned() } else { format!("`{other}`") }
    };
    let mut names: Vec<String> = others.with.iter().take(MAX_NAMES).map(name).collect();
    if let Some(more) = others.with.len().checked_sub(MAX_NAMES + 1) {
        names.push(format!("{} more", more + 1));
    }
    let last = names.pop().unwrap_or_default();
    let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    let verb = if others.with.len() == 1 { "is" } else { "are" };
    format!("`{code}` clashes in this way with {names} too, which {verb} not shown")
}

fn clash_rule(first: &Wording<'_>, second: &Wording<'_>) -> &'static Rule {
    if first.status == second.status {
        &rule::AMBIGUOUS_SENTENCES
    } else {
        &rule::AMBIGUOUS_UNDER_TWO_STATUSES
    }
}

fn clash_finding(
    rule: &'static Rule,
    clash: &Clash,
    first: &Wording<'_>,
    second: &Wording<'_>,
) -> Finding {
    let sentence = match &clash.sentence {
        Sentence::Shared => {
            shared_sentence(&first.pattern, &second.pattern).ok().flatten().unwrap_or_default()
        }
        Sentence::OfDifferentValues(sentence) => sentence.clone(),
    };
    let (first_reading, second_reading) = two_readings(&sentence, first, second);
    let message = message(&sentence, first, second);
    let primary = Label::new(second.text.span, read_as(&second_reading));
    let mut finding = Finding::new(rule, message, primary);
    if first.text.span != second.text.span {
        finding = finding.related(Label::new(first.text.span, read_as(&first_reading)));
    }
    for (wording, other) in [(first, &first_reading), (second, &second_reading)] {
        if let Some(text) = context_text(wording) {
            let label = if first.text.span == second.text.span {
                format!("or, with this behind it, {}", read_as(other))
            } else {
                format!("behind the sentence of `{}`", wording.code)
            };
            finding = finding.related(Label::new(text.span, label));
        }
    }
    finding.help(advice::on_clash(&sentence, first, second))
}

/// A reading of the sentence as each wording's, with different values where that is what is wrong: between
/// two wordings of one row of which both or none have the context.
fn two_readings(sentence: &str, first: &Wording<'_>, second: &Wording<'_>) -> (Reading, Reading) {
    let firsts = readings(&first.pattern, sentence);
    let seconds = readings(&second.pattern, sentence);
    let pairs = firsts.iter().flat_map(|one| seconds.iter().map(move |other| (one, other)));
    let has_context = |wording: &Wording<'_>| context_text(wording).is_some();
    let one_error = first.row == second.row && has_context(first) == has_context(second);
    let differ = |(one, other): &(&Reading, &Reading)| !one_error || sorted(one) != sorted(other);
    let mut pairs = pairs.filter(differ);
    pairs.next().map(|(one, other)| (one.clone(), other.clone())).unwrap_or_default()
}

fn sorted(reading: &Reading) -> Reading {
    let mut reading = reading.clone();
    reading.sort();
    reading
}

fn message(sentence: &str, first: &Wording<'_>, second: &Wording<'_>) -> String {
    let origin = if first.row == second.row {
        of_one_row(first, second)
    } else if first.status == second.status {
        format!("{} and from {}, both under {}", name(first), name(second), first.status)
    } else {
        let (one, other) = (first.status, second.status);
        format!("{} under {one} and from {} under {other}", name(first), name(second))
    };
    format!("the sentence “{sentence}” comes from {origin}")
}

/// The names of two wordings of one row, the one of today first.
fn of_one_row(first: &Wording<'_>, second: &Wording<'_>) -> String {
    let code = first.code;
    match (first.is_former(), second.is_former()) {
        (true, true) => format!("two former wordings of `{code}`, with different values"),
        (false, false) => {
            let with_context = if context_text(first).is_some() { first } else { second };
            format!("{} and from `{code}` without it", name(with_context))
        }
        (first_is_former, _) => {
            let current = if first_is_former { second } else { first };
            let difference = match current.role {
                Role::WithContext(_) => "which has no context",
                Role::Detail | Role::Former => "with different values",
            };
            format!("{} and from a former wording of it, {difference}", name(current))
        }
    }
}

fn name(wording: &Wording<'_>) -> String {
    let code = wording.code;
    match wording.role {
        Role::Detail => format!("`{code}`"),
        Role::WithContext(context) => format!("`{code}` with its context `{}`", context.name.value),
        Role::Former => format!("a former wording of `{code}`"),
    }
}

fn context_text<'d>(wording: &Wording<'d>) -> Option<&'d Text> {
    match wording.role {
        Role::WithContext(context) => context.text.as_ref(),
        Role::Detail | Role::Former => None,
    }
}

fn read_as(reading: &Reading) -> String {
    if reading.is_empty() {
        "read as it stands".to_owned()
    } else {
        format!("read as {}", values(reading))
    }
}

fn values(reading: &Reading) -> String {
    let values: Vec<String> =
        reading.iter().map(|(name, value)| format!("{name} = {value:?}")).collect();
    values.join(", ")
}

/// The finding for a wording that is ambiguous in itself.
pub(super) fn ambiguity(ambiguity: &Ambiguity, wording: &Wording<'_>) -> Finding {
    let (text, pattern) = (wording.text, &wording.pattern);
    let finding = ambiguous_text(&ambiguity.sentence, text, pattern, &name(wording));
    match context_text(wording) {
        Some(context) => finding.related(Label::new(context.span, "behind it")),
        None => finding,
    }
}

/// The finding for a text that is ambiguous in itself; `owner` is whose it is.
pub(super) fn ambiguous_text(
    sentence: &str,
    text: &Text,
    pattern: &Pattern,
    owner: &str,
) -> Finding {
    let message = format!("the sentence “{sentence}” of {owner} can be read in two ways");
    let readings = readings(pattern, sentence);
    let ways: Vec<String> = readings.iter().map(values).collect();
    let label = format!("read as {}", ways.join(" or as "));
    let finding = Finding::new(&rule::AMBIGUOUS_TEMPLATE, message, Label::new(text.span, label));
    finding.help(advice::on_ambiguity(sentence, pattern, &readings))
}

/// The finding that not all pairs of sentences have been compared.
pub(super) fn unfinished(open: u64, all: usize, first: &Wording<'_>, has_clashes: bool) -> Finding {
    let all = all as u64 * (all as u64 + 1) / 2;
    let message = format!(
        "{open} of the {all} pairs of sentences were not compared: so many overlap that the search was \
         stopped"
    );
    let label = "this sentence, and some behind it, were not compared with all others";
    let finding =
        Finding::new(&rule::TOO_MANY_OVERLAPS, message, Label::new(first.text.span, label));
    if has_clashes {
        finding
            .help("mend the clashes that are shown, and check again: the search goes further then")
    } else {
        finding
    }
}
