//! Which messages clash: a text that two of them claim.
//!
//! Each template is one deterministic automaton (`automaton`), so two of them clash if a pair of places can be reached
//! in which both accept (`search`). Most pairs are never looked at: sorted by the literals they begin with, and by those
//! they end with (`ends`), templates that can clash stand near each other.
//!
//! The work is bounded by a count of steps, which is the same in every run. Pairs that were not compared when it is
//! used up are counted, so that a catalog can be refused for them: what is accepted is proved.

mod automaton;
mod ends;
mod search;
#[cfg(test)]
mod tests;

use kate_errors_model::template::Template;

use automaton::Automaton;
use ends::Ends;
use search::Search;
pub(crate) use search::TooMany;

use crate::order::sorted_places;
use crate::work;

/// How many steps are taken for all messages of a catalog: some seconds of a build script that is not optimised. Lists
/// of five thousand real messages need a fiftieth of it.
pub(crate) const LIMIT: u64 = 40_000_000;

/// How many steps are taken to find a message that shows one clash.
const WITNESS_LIMIT: u64 = 1_000_000;

/// How many clashes are noted: nobody reads more, and a catalog in which all messages clash has millions.
const MAX_CLASHES: usize = 100_000;

/// What comparing some templates gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Clashes {
    /// The pairs that have a message in common, by their places in the list, in its order.
    pub(crate) pairs: Vec<(usize, usize)>,
    /// The templates that were not compared with all others.
    pub(crate) open: Vec<usize>,
}

/// The pairs of these templates that have a message in common, found within `limit` steps.
pub(crate) fn clashes(templates: &[&Template<'static>], limit: u64) -> Clashes {
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
            search.steps += 1;
            work::count(1);
            let is_shared = if search.steps > limit {
                Err(TooMany)
            } else if lacks_a_literal(templates[*a], templates[*b]) {
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

/// Whether two templates in order have messages that begin in the same way. Once one does not, none behind it does.
fn begins_alike(a: &Template<'static>, b: &Template<'static>) -> bool {
    match a.constant() {
        Some(message) => message == b.first,
        None => b.first.starts_with(&*a.first),
    }
}

/// Whether one of the two is constant and lacks a literal of the other.
fn lacks_a_literal(a: &Template<'static>, b: &Template<'static>) -> bool {
    match (a.constant(), b.constant()) {
        (None, Some(message)) => {
            !a.segments.iter().all(|segment| message.contains(&*segment.literal))
        }
        (Some(_), None) => lacks_a_literal(b, a),
        _ => false,
    }
}

/// The pairs of one template of each list that have a message in common, by their places in the lists, and whether all
/// pairs were compared: the work has a limit.
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
    let found = clashes(&[ours, theirs].concat(), LIMIT);
    let is_ours = |place: usize| place < ours.len();
    let across = found.pairs.into_iter().filter(|(a, b)| is_ours(*a) && !is_ours(*b));
    (across.map(|(a, b)| (a, b - ours.len())).collect(), found.open.is_empty())
}

/// A shortest message of both templates, unless they have none, or it takes too long to find.
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
    witness(a, b).ok().flatten()
}

/// A shortest message of both templates. It fails where the search for it would take too long.
pub(crate) fn witness(
    a: &Template<'static>,
    b: &Template<'static>,
) -> Result<Option<String>, TooMany> {
    let other = unused_character(&[a, b]);
    Search::new(other, WITNESS_LIMIT).witness(&Automaton::new(a), &Automaton::new(b))
}

/// Whether the two are known to have no message in common.
pub(crate) fn are_apart(a: &Template<'static>, b: &Template<'static>) -> bool {
    let other = unused_character(&[a, b]);
    let shared =
        Search::new(other, WITNESS_LIMIT).is_shared(&Automaton::new(a), &Automaton::new(b));
    shared == Ok(false)
}

/// A character that no literal and no choice has, so that it can stand for all such.
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
