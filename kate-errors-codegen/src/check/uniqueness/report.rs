//! Diagnostics for clashes: the text that is two messages, how each reads it, the places, and possible changes.

use std::collections::HashMap;

use super::advice;
use super::message::{Message, Role, statuses};
use crate::clash;
use crate::diagnostic::{Diagnostic, Label, NotShown, few};
use crate::rule::{self, Rule};
use crate::source::Span;

/// The maximum number of clashes of one error that are shown one by one. A message that is only a placeholder
/// clashes with all others of the catalog.
const MAX_CLASHES_OF_A_ROW: usize = 5;

/// The maximum number of clashes of each rule that are shown one by one. Users fix these before they need more.
const MAX_CLASHES: usize = 200;

/// The maximum number of other errors that a help text names.
pub(super) const MAX_NAMES: usize = 10;

/// An error, and a rule that it breaks together with others.
type Side = (usize, &'static str);

/// The messages with which a message clashes, and the codes of their errors.
type Others<'d> = Vec<(Span, &'d str)>;

/// Two messages that share a text, in the order of the file.
pub(super) type Pair<'m, 'd> = (&'m Message<'d>, &'m Message<'d>);

/// Returns the diagnostics for clashes.
pub(super) fn clashes(pairs: &[Pair<'_, '_>]) -> Vec<Diagnostic> {
    let mut shown: HashMap<Side, usize> = HashMap::new();
    let mut hidden: HashMap<Side, Others<'_>> = HashMap::new();
    let mut diagnostics = Vec::new();
    let mut rests = Vec::new();
    for rule in [&rule::AMBIGUOUS_SENTENCES, &rule::AMBIGUOUS_UNDER_TWO_STATUSES] {
        let mut rest = Vec::new();
        let mut count = 0;
        for pair in pairs.iter().filter(|pair| clash_rule(pair).id == rule.id) {
            let (first, second) = pair;
            let sides = [(first.row, rule.id), (second.row, rule.id)];
            let is_full = |side: &Side| shown.get(side) == Some(&MAX_CLASHES_OF_A_ROW);
            if let Some(full) = sides.iter().position(is_full) {
                let other = [second, first][full];
                hidden.entry(sides[full]).or_default().push((other.text.span, other.code));
            } else if count == MAX_CLASHES {
                rest.push(pair);
            } else {
                count += 1;
                // Two messages of the same error are one side.
                for side in &sides[usize::from(first.row == second.row)..] {
                    *shown.entry(*side).or_default() += 1;
                }
                diagnostics.push((sides, [first.code, second.code], clash(rule, first, second)));
            }
        }
        rests.extend(too_many(rule, &rest));
    }
    // The last diagnostic of an error tells how many clashes are not shown.
    for (sides, codes, diagnostic) in diagnostics.iter_mut().rev() {
        for (side, code) in sides.iter().zip(codes) {
            if let Some(others) = hidden.remove(side) {
                let others = NotShown::new(code, others);
                diagnostic.help.push_str("; ");
                diagnostic.help.push_str(&in_words(&others));
                diagnostic.not_shown.push(others);
            }
        }
    }
    diagnostics.into_iter().map(|(_, _, diagnostic)| diagnostic).chain(rests).collect()
}

/// Returns the diagnostic for the clashes of a rule that exceed [`MAX_CLASHES`], without those of errors that reach
/// [`MAX_CLASHES_OF_A_ROW`].
fn too_many(rule: &'static Rule, pairs: &[&Pair<'_, '_>]) -> Option<Diagnostic> {
    let (first, _) = pairs.first()?;
    let (others, verb) = if pairs.len() == 1 { ("pair", "clashes") } else { ("pairs", "clash") };
    let message = format!("{} more {others} of messages {verb}: too many to show all", pairs.len());
    let label = Label::new(first.text.span, "the first of them in the file");
    let mut diagnostic = Diagnostic::new(rule, message, label)
        .help("resolve the clashes that are shown, and check again: the next ones are shown then");
    let place = |(first, _): &Pair<'_, '_>| (first.text.span, first.row);
    let of_rows = pairs.chunk_by(|a, b| place(a) == place(b));
    let not_shown = of_rows.map(|pairs| {
        let others = pairs.iter().map(|(_, second)| (second.text.span, second.code));
        NotShown::new(pairs[0].0.code, others.collect())
    });
    diagnostic.not_shown = not_shown.collect();
    Some(diagnostic)
}

/// Returns a help text that names the errors of clashes that are not shown.
fn in_words(others: &NotShown) -> String {
    let code = &others.code;
    let name = |other: &String| {
        if other == code { "other messages of its own".to_owned() } else { format!("`{other}`") }
    };
    let names = few(others.with.iter().map(name), MAX_NAMES);
    let verb = if others.with.len() == 1 { "is" } else { "are" };
    format!("`{code}` clashes in the same way with {names}, which {verb} not shown")
}

fn clash_rule((first, second): &Pair<'_, '_>) -> &'static Rule {
    let [one, other] = statuses(first, second);
    if one == other { &rule::AMBIGUOUS_SENTENCES } else { &rule::AMBIGUOUS_UNDER_TWO_STATUSES }
}

fn clash(rule: &'static Rule, first: &Message<'_>, second: &Message<'_>) -> Diagnostic {
    let text = clash::common_message(&first.template, &second.template);
    let origin = origin(first, second);
    let message = match &text {
        Some(text) => format!("the message “{text}” comes from {origin}"),
        // The clash is proved, but finding a text would take too long: the messages have thousands of
        // characters.
        None => format!("a message comes from {origin}"),
    };
    let text = text.unwrap_or_default();
    let mut diagnostic =
        Diagnostic::new(rule, message, Label::new(second.text.span, read_as(second, &text)));
    if first.text.span != second.text.span {
        diagnostic = diagnostic.related(Label::new(first.text.span, read_as(first, &text)));
    }
    for message in [first, second] {
        if let Some(context) = message.context() {
            let label = if first.text.span == second.text.span {
                format!("or, with this context, {}", read_as(message, &text))
            } else {
                format!("the context of `{}`", message.code)
            };
            diagnostic = diagnostic.related(Label::new(context.span, label));
        }
    }
    diagnostic.help(advice::on_clash(&text, first, second))
}

fn origin(first: &Message<'_>, second: &Message<'_>) -> String {
    if first.row == second.row {
        return of_one_row(first, second);
    }
    let [one, other] = statuses(first, second);
    if one == other {
        return format!("{} and from {}, both under {one}", name(first), name(second));
    }
    format!("{} under {one} and from {} under {other}", name(first), name(second))
}

/// Describes two messages of one error, the current one first.
fn of_one_row(first: &Message<'_>, second: &Message<'_>) -> String {
    let code = first.code;
    match (first.is_former(), second.is_former()) {
        (true, true) => format!("two former messages of `{code}`"),
        (false, false) => {
            let with_context = if first.context().is_some() { first } else { second };
            format!("{} and from `{code}` without it", name(with_context))
        }
        (first_is_former, _) => {
            let current = if first_is_former { second } else { first };
            format!("{} and from one of its former messages", name(current))
        }
    }
}

fn name(message: &Message<'_>) -> String {
    let code = message.code;
    match message.role {
        Role::Detail => format!("`{code}`"),
        Role::WithContext(context) => format!("`{code}` with its context `{}`", context.name.value),
        Role::Former => format!("a former message of `{code}`"),
    }
}

/// Describes the values that a message has in a text.
fn read_as(message: &Message<'_>, text: &str) -> String {
    let mut values = vec![""; message.params.len()];
    if !message.template.read(text, &mut values) {
        // Numbers out of range are accepted by the automaton, but not read.
        return "also of this message".to_owned();
    }
    let shown = message.template.segments.iter().filter_map(|segment| {
        let (param, value) = (message.params.get(segment.param)?, values.get(segment.param)?);
        Some(format!("{} = {value:?}", param.name.value))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        "read literally".to_owned()
    } else {
        format!("read as {}", shown.join(", "))
    }
}

/// Returns the diagnostic for messages that were not all compared.
pub(super) fn unfinished(
    (open, all): (usize, usize),
    first: &Message<'_>,
    has_clashes: bool,
) -> Diagnostic {
    let message = format!(
        "{open} of {all} messages were not compared with all others: so many overlap that the search was stopped"
    );
    let label = Label::new(first.text.span, "the first of them in the file");
    let diagnostic = Diagnostic::new(&rule::TOO_MANY_OVERLAPS, message, label);
    if has_clashes {
        let help =
            "resolve the clashes that are shown, and check again: the search goes further then";
        return diagnostic.help(help);
    }
    diagnostic
}
