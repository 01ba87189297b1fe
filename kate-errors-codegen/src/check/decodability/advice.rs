//! The ways out of a clash. A type is only proposed if the clash is gone with it.

use std::cmp::Reverse;

use super::characters::Exclusions;

use super::hole::Hole;
use super::overlaps::{ambiguous_sentence_within, shared_sentence_within};
use super::readings::{Reading, readings};
use super::tree::{Pattern, Piece};
use super::wordings::{Role, Wording};

/// How many pairs of states are visited to see whether an advice is good: there are many to try, and of a
/// sentence of a thousand characters none is given rather than waited for.
const VISITS: usize = 50_000;

fn are_apart(one: &Pattern, other: &Pattern) -> bool {
    shared_sentence_within(VISITS, one, other) == Ok(None)
}

fn is_unambiguous(pattern: &Pattern) -> bool {
    ambiguous_sentence_within(VISITS, pattern) == Ok(None)
}

/// What to do about a sentence that comes from two wordings.
pub(super) fn on_clash(sentence: &str, first: &Wording<'_>, second: &Wording<'_>) -> String {
    let mut ways = Vec::new();
    ways.extend(narrower_type(sentence, first, second));
    ways.extend(in_quotes(sentence, first, second));
    ways.push(another_wording(first, second));
    if first.status != second.status {
        ways.push("leave it, if the status alone tells the two apart".to_owned());
    } else if is_detail(first) && is_detail(second) && first.row != second.row {
        ways.push(format!(
            "if one sentence for both is meant, say `same_as: {}` in `{}` instead of its detail",
            first.code, second.code
        ));
    }
    ways.join("; or ")
}

fn is_detail(wording: &Wording<'_>) -> bool {
    matches!(wording.role, Role::Detail)
}

fn another_wording(first: &Wording<'_>, second: &Wording<'_>) -> String {
    match (first.is_former(), second.is_former()) {
        (false, false) if first.row == second.row => {
            format!("reword the detail or the context of `{}`", first.code)
        }
        (false, false) => {
            "reword one of the two, so that its own text cannot be taken for a value of the other"
                .to_owned()
        }
        (true, true) => {
            "delete one of the two from `former`, if nothing sends it any more".to_owned()
        }
        (first_is_former, _) => {
            let (former, current) = if first_is_former { (first, second) } else { (second, first) };
            format!(
                "reword the detail of `{}`, or delete the former wording of `{}` if nothing sends \
                 it any more",
                current.code, former.code
            )
        }
    }
}

/// A parameter and narrower types for it, with which the two have no sentence in common.
fn narrower_type(sentence: &str, first: &Wording<'_>, second: &Wording<'_>) -> Option<String> {
    candidates(sentence, first, second).iter().find_map(|(name, hole, wording, other)| {
        let is_apart = |narrower: &Hole| {
            let one_row = wording.row == other.row;
            let pattern = with_type(&wording.pattern, name, narrower);
            let retyped = one_row.then(|| with_type(&other.pattern, name, narrower));
            let other = retyped.as_ref().unwrap_or(&other.pattern);
            are_apart(&pattern, other)
        };
        let mut good = narrower(hole);
        good.retain(|(_, narrower)| is_apart(narrower));
        let types = match (good.first()?.0, hole) {
            ("u64", Hole::Word) => {
                "`u64` if it is a number, or `one_of` if it is one of a few words"
            }
            ("u64", Hole::I64) => "`u64`, if it is never negative",
            ("u64", _) => "`u64`, if it is a number",
            _ => "`word`, if it never holds a blank",
        };
        Some(format!("give `{name}` of `{}` the type {types}", wording.code))
    })
}

/// A placeholder that needs quotes around it, and no more: the two have no sentence in common then. Quotes
/// are proposed for sentences of today alone.
fn in_quotes(sentence: &str, first: &Wording<'_>, second: &Wording<'_>) -> Option<String> {
    if first.row == second.row || !is_detail(first) || !is_detail(second) {
        return None;
    }
    candidates(sentence, first, second).iter().find_map(|(name, hole, wording, other)| {
        if stands_in_quotes(&wording.pattern, name) {
            return None;
        }
        let quoted = with_quotes(&wording.pattern, name, hole);
        let is_apart = are_apart(&quoted, &other.pattern);
        let is_good = is_apart && is_unambiguous(&quoted);
        is_good.then(|| format!("write `'{{{name}}}'`, with quotes, in `{}`", wording.code))
    })
}

type Candidate<'w, 'd> = (&'w str, &'w Hole, &'w Wording<'d>, &'w Wording<'d>);

/// The placeholders of both, those with the longest values first: most likely these hold what is meant as
/// text of the other.
fn candidates<'w, 'd>(
    sentence: &str,
    first: &'w Wording<'d>,
    second: &'w Wording<'d>,
) -> Vec<Candidate<'w, 'd>> {
    let mut candidates: Vec<(Reverse<usize>, Candidate<'w, 'd>)> = Vec::new();
    for (wording, other) in [(first, second), (second, first)] {
        let reading = readings(&wording.pattern, sentence).into_iter().next().unwrap_or_default();
        for (name, hole) in holes(&wording.pattern) {
            let value = reading.iter().find(|(other, _)| other == name);
            let length = value.map_or(0, |(_, value)| value.chars().count());
            candidates.push((Reverse(length), (name, hole, wording, other)));
        }
    }
    candidates.sort_by_key(|(length, _)| *length);
    candidates.into_iter().map(|(_, candidate)| candidate).collect()
}

fn stands_in_quotes(pattern: &Pattern, name: &str) -> bool {
    let behind = first_behind(pattern, name);
    behind.is_some_and(|character| matches!(character, '\'' | '"' | '`' | '”' | '’'))
}

/// The pattern with quotes around a placeholder, at which a text ends then.
fn with_quotes(pattern: &Pattern, name: &str, hole: &Hole) -> Pattern {
    let hole = match hole {
        Hole::Text(_) => Hole::Text(Exclusions::new(Some('\''), None)),
        other => other.clone(),
    };
    let quote = || Piece::Literal("'".to_owned());
    let mut quoted = Pattern::new();
    for piece in pattern {
        if piece.hole_name() == Some(name) {
            quoted.extend([quote(), Piece::Hole(name.to_owned(), hole.clone()), quote()]);
        } else {
            quoted.push(piece.clone());
        }
    }
    quoted
}

/// What to do about a sentence that can be read in two ways.
pub(super) fn on_ambiguity(sentence: &str, pattern: &Pattern, readings: &[Reading]) -> String {
    let differing = readings.first().zip(readings.get(1)).and_then(|(one, other)| {
        one.iter().zip(other).find(|(one, other)| one != other).map(|((name, _), _)| name)
    });
    let mut ways = Vec::new();
    for (name, hole) in holes(pattern) {
        let end = first_behind(pattern, name);
        let text = Hole::Text(Exclusions::new(end, None));
        let wider = (*hole == Hole::Word && end.is_some()).then_some(("text", text));
        let narrower = narrower(hole).into_iter().chain(wider);
        let good = narrower
            .filter(|(_, hole)| is_unambiguous(&with_type(pattern, name, hole)))
            .map(|(kind, _)| match (kind, end) {
                ("text", Some(end)) => format!("`text`, which ends at the next `{end}`"),
                _ => format!("`{kind}`"),
            });
        let good: Vec<String> = good.collect();
        if !good.is_empty() {
            ways.push(format!("give `{name}` the type {}", good.join(" or ")));
        }
    }
    ways.truncate(1);
    let name = differing.map_or("", String::as_str);
    ways.push(format!(
        "begin what stands behind `{{{name}}}` with something that no value of it holds"
    ));
    format!("nobody can tell the values of “{sentence}”: {}", ways.join("; or "))
}

fn holes(pattern: &Pattern) -> impl Iterator<Item = (&str, &Hole)> {
    pattern.iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Hole(name, hole) => Some((name.as_str(), hole)),
    })
}

/// The types that a hole may have been meant to have, by name.
fn narrower(hole: &Hole) -> Vec<(&'static str, Hole)> {
    match hole {
        Hole::U64 | Hole::OneOf(_) => Vec::new(),
        Hole::I64 | Hole::Word => vec![("u64", Hole::U64)],
        Hole::Text(_) => vec![("word", Hole::Word), ("u64", Hole::U64)],
    }
}

/// The character that stands behind a placeholder.
fn first_behind(pattern: &Pattern, name: &str) -> Option<char> {
    let at = pattern.iter().position(|piece| piece.hole_name() == Some(name))?;
    match pattern.get(at + 1)? {
        Piece::Literal(literal) => literal.chars().next(),
        Piece::Hole(..) => None,
    }
}

fn with_type(pattern: &Pattern, name: &str, hole: &Hole) -> Pattern {
    let retype = |piece: &Piece| match piece {
        Piece::Hole(other, _) if other == name => Piece::Hole(other.clone(), hole.clone()),
        other => other.clone(),
    };
    pattern.iter().map(retype).collect()
}
