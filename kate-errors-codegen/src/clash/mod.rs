//! Finds messages that clash: two templates that share a text.
//!
//! Each template is a deterministic automaton (`automaton`). Two templates clash if a pair of states can be
//! reached in which both accept (`search`). Most pairs are never compared: sorting templates by their first
//! literals, and by their last ones (`ends`), brings those that can clash together.
//!
//! The work is limited by a count of steps, which is the same in every run. Templates that were not compared
//! when the limit is reached are reported, so that their catalog can be rejected: every accepted catalog is
//! proved.

mod automaton;
mod ends;
mod search;
#[cfg(test)]
mod tests;

use kate_errors_model::template::{End, Segment, Template};
use kate_errors_model::types::Type;

use automaton::Automaton;
use ends::Ends;
use search::{Search, TooMany};

use crate::order::sorted_places;
use crate::work;

/// The maximum number of steps for all messages of a catalog: a few seconds in an unoptimised build script.
/// Lists of five thousand real messages need a fiftieth of it.
pub(crate) const LIMIT: u64 = 40_000_000;

/// The maximum number of steps to find a message that shows one clash.
const WITNESS_LIMIT: u64 = 1_000_000;

/// The maximum number of clashes that are recorded. More are of no use, and a catalog in which all messages
/// clash has millions.
const MAX_CLASHES: usize = 100_000;

/// The result of comparing templates.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Clashes {
    /// The pairs that share a message, by their indices in the list and in its order.
    pub(crate) pairs: Vec<(usize, usize)>,
    /// The templates that were not compared with all others.
    pub(crate) open: Vec<usize>,
}

/// Finds the pairs of templates that share a message, within `limit` steps.
pub(crate) fn clashes(templates: &[&Template<'static>], limit: u64) -> Clashes {
    clashes_if(&|_, _| true, templates, limit)
}

/// Finds those of the pairs that `is_wanted` accepts, by their indices.
fn clashes_if(
    is_wanted: &dyn Fn(usize, usize) -> bool,
    templates: &[&Template<'static>],
    limit: u64,
) -> Clashes {
    let automata: Vec<Automaton<'_>> = templates.iter().map(|it| Automaton::new(it)).collect();
    let order = sorted_places(templates.len(), &|a, b| templates[a].first.cmp(&templates[b].first));
    let ends = Ends::new(order.iter().map(|at| templates[*at].last_literal()).collect());
    let mut search = Search::new(unused_character(templates), limit);
    let mut found = Clashes::default();
    for (place, a) in order.iter().enumerate() {
        let behind = order.get(place + 1..).unwrap_or_default();
        let near = behind.partition_point(|b| begins_alike(templates[*a], templates[*b]));
        for b in ends.alike(place, place + 1..place + 1 + near) {
            let b = &order[b];
            if !is_wanted(*a, *b) {
                continue;
            }
            search.steps += 1;
            work::count(1);
            let is_shared = if search.steps > limit {
                Err(TooMany)
            } else if lacks_a_literal(templates[*a], templates[*b])
                || has_other_literal(templates[*a], templates[*b])
            {
                Ok(false)
            } else {
                search.is_shared(&automata[*a], &automata[*b])
            };
            if is_shared == Ok(true) {
                found.pairs.push((*a.min(b), *a.max(b)));
            }
            if is_shared == Err(TooMany) || found.pairs.len() == MAX_CLASHES {
                found.open = order[place..].to_vec();
                found.open.sort_unstable();
                break;
            }
        }
        if !found.open.is_empty() {
            break;
        }
    }
    let pairs = sorted_places(found.pairs.len(), &|a, b| found.pairs[a].cmp(&found.pairs[b]));
    found.pairs = pairs.into_iter().map(|at| found.pairs[at]).collect();
    found
}

/// Whether two templates, in sorted order, have messages that begin alike. If `b` does not, no later template
/// does.
fn begins_alike(a: &Template<'static>, b: &Template<'static>) -> bool {
    match a.constant() {
        Some(message) => message == b.first,
        None => b.first.starts_with(&*a.first),
    }
}

/// Whether one of the two is constant and does not contain all literals of the other.
fn lacks_a_literal(a: &Template<'static>, b: &Template<'static>) -> bool {
    match (a.constant(), b.constant()) {
        (None, Some(message)) => {
            !a.segments.iter().all(|segment| message.contains(&*segment.literal))
        }
        (Some(_), None) => lacks_a_literal(b, a),
        _ => false,
    }
}

/// Whether the two have different literals after values that end at the same place of a message. This is known
/// without a search, and tells most templates apart.
fn has_other_literal(a: &Template<'static>, b: &Template<'static>) -> bool {
    if a.first != b.first {
        return false;
    }
    for (a, b) in a.segments.iter().zip(&*b.segments) {
        if !ends_like(a, b) {
            return false;
        }
        if a.literal != b.literal {
            return !a.literal.starts_with(&*b.literal) && !b.literal.starts_with(&*a.literal);
        }
    }
    false
}

/// Whether values of both placeholders end at the same place, if they begin at the same place.
fn ends_like(a: &Segment<'_>, b: &Segment<'_>) -> bool {
    match (&a.ty, &b.ty, &a.end, &b.end) {
        (Type::Scalar(a), Type::Scalar(b), ..) => a.info.name == b.info.name,
        (.., End::Mark(_), End::Mark(_)) => {
            // A word ends at the first white space, and its end mark has to begin there.
            let is_word = |it: &Segment<'_>| {
                it.ty == Type::Word && it.mark().starts_with(|first| !it.ty.allows(first))
            };
            a.mark() == b.mark() || is_word(a) && is_word(b)
        }
        _ => false,
    }
}

/// Finds the pairs of one template from each list that share a message. Returns their indices in the lists, and
/// whether all pairs were compared: the work is limited.
///
/// ```
/// use kate_errors_codegen::clash::shared;
/// use kate_errors_model::template::{Piece, Template};
/// use kate_errors_model::types::Type;
///
/// let any = Template::new([Piece::Literal("Job ".into()), Piece::Placeholder(0, Type::Text)]);
/// let one = Template::new([Piece::Literal("Job 7".into())]);
/// assert_eq!(shared(&[&any], &[&one]), (vec![(0, 0)], true));
/// ```
#[must_use]
pub fn shared(
    ours: &[&Template<'static>],
    theirs: &[&Template<'static>],
) -> (Vec<(usize, usize)>, bool) {
    if ours.is_empty() {
        return (Vec::new(), true);
    }
    let is_across = |a: usize, b: usize| (a < ours.len()) != (b < ours.len());
    let found = clashes_if(&is_across, &[ours, theirs].concat(), LIMIT);
    let pairs = found.pairs.into_iter().map(|(a, b)| (a, b - ours.len()));
    (pairs.collect(), found.open.is_empty())
}

/// Returns a shortest message of both templates. `None` if there is none, or if it would take too long to find.
///
/// ```
/// use kate_errors_codegen::clash::common_message;
/// use kate_errors_model::template::{Piece, Template};
///
/// let [a, b] = ["Gone", "Lost"].map(|text| Template::new([Piece::Literal(text.into())]));
/// assert_eq!(common_message(&a, &a).as_deref(), Some("Gone"));
/// assert_eq!(common_message(&a, &b), None);
/// ```
#[must_use]
pub fn common_message(a: &Template<'static>, b: &Template<'static>) -> Option<String> {
    let other = unused_character(&[a, b]);
    Search::new(other, WITNESS_LIMIT).witness(&Automaton::new(a), &Automaton::new(b))
}

/// Whether the two templates are known to share no message.
pub(crate) fn are_apart(a: &Template<'static>, b: &Template<'static>) -> bool {
    let other = unused_character(&[a, b]);
    let shared =
        Search::new(other, WITNESS_LIMIT).is_shared(&Automaton::new(a), &Automaton::new(b));
    shared == Ok(false)
}

/// Returns a character that no literal and no choice contains, so that it can represent all such characters.
fn unused_character(templates: &[&Template<'static>]) -> char {
    let mut used: Vec<char> = Vec::new();
    let mut add = |text: &str| used.extend(text.chars().filter(|it| *it >= '\u{E000}'));
    for template in templates {
        add(&template.first);
        for segment in &*template.segments {
            add(&segment.literal);
            add(segment.mark());
            segment.choices().for_each(&mut add);
        }
    }
    used.sort_unstable();
    ('\u{E000}'..=char::MAX).find(|it| used.binary_search(it).is_err()).unwrap_or('\u{E000}')
}
