//! Searches for a message that two templates share.

use std::collections::{HashMap, HashSet, VecDeque};

use super::automaton::{Automaton, State};

/// A state of each template.
type Pair = (State, State);

/// The search exceeded its limit of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// Searches for messages that two templates share.
#[derive(Debug)]
pub(crate) struct Search {
    /// Represents all characters that no literal of the catalog contains.
    other: char,
    /// The number of steps taken in all searches.
    pub(crate) steps: u64,
    /// The maximum number of steps.
    pub(crate) limit: u64,
    seen: HashSet<Pair>,
    open: Vec<Pair>,
    characters: Vec<char>,
}

impl Search {
    /// Creates a search. No literal of the templates may contain the character `other`.
    pub(crate) fn new(other: char, limit: u64) -> Self {
        let (seen, open) = (HashSet::new(), Vec::new());
        Self { other, steps: 0, limit, seen, open, characters: Vec::new() }
    }

    /// Whether the two templates share a message. The search is depth-first; states from which only one
    /// character can follow are not remembered.
    pub(crate) fn is_shared(
        &mut self,
        a: &Automaton<'_>,
        b: &Automaton<'_>,
    ) -> Result<bool, TooMany> {
        let (short, long) = (&a.template.first, &b.template.first);
        if short.len() > long.len() {
            return self.is_shared(b, a);
        }
        let Some(rest) = long.strip_prefix(&**short) else { return Ok(false) };
        let ahead = rest.chars().try_fold(a.after_first(), |state, it| a.step(state, it));
        let Some(state) = ahead else { return Ok(false) };
        // Clearing a set takes time proportional to its capacity.
        if self.seen.capacity() > 1024 {
            self.seen = HashSet::new();
        }
        self.seen.clear();
        self.open.clear();
        self.open.push((state, b.after_first()));
        while let Some(pair) = self.open.pop() {
            let Some(pair) = self.along_literals(a, b, pair) else { continue };
            self.steps += 1;
            if self.steps > self.limit {
                return Err(TooMany);
            }
            if !self.seen.insert(pair) {
                continue;
            }
            let is_end = a.accepts(pair.0) && b.accepts(pair.1);
            if is_end || a.absorbs(pair.0, b) || b.absorbs(pair.1, a) {
                return Ok(true);
            }
            let mut characters = std::mem::take(&mut self.characters);
            next_characters(a, b, pair, self.other, &mut characters);
            for character in characters.iter().rev() {
                self.open.extend(step(a, b, pair, *character));
            }
            self.steps += characters.len() as u64;
            self.characters = characters;
        }
        Ok(false)
    }

    /// Follows the literals of either template as long as they determine the next character.
    fn along_literals(
        &mut self,
        a: &Automaton<'_>,
        b: &Automaton<'_>,
        mut pair: Pair,
    ) -> Option<Pair> {
        while let Some(character) = a.forced(pair.0).or_else(|| b.forced(pair.1)) {
            self.steps += 1;
            pair = step(a, b, pair, character)?;
        }
        Some(pair)
    }

    /// Returns a shortest message of both templates, found breadth-first. `None` if there is none within the limit.
    pub(crate) fn witness<'t>(&mut self, a: &Automaton<'t>, b: &Automaton<'t>) -> Option<String> {
        let start = (a.start(), b.start());
        let mut from: HashMap<Pair, (Pair, char)> = HashMap::from([(start, (start, self.other))]);
        let mut queue = VecDeque::from([start]);
        let mut characters = Vec::new();
        while let Some(pair) = queue.pop_front() {
            if a.accepts(pair.0) && b.accepts(pair.1) {
                return Some(self.message(start, pair, &from, [a, b]));
            }
            next_characters(a, b, pair, self.other, &mut characters);
            self.steps += 1 + characters.len() as u64;
            if self.steps > self.limit {
                return None;
            }
            for character in &characters {
                if let Some(next) = step(a, b, pair, *character) {
                    from.entry(next).or_insert_with(|| {
                        queue.push_back(next);
                        (pair, *character)
                    });
                }
            }
        }
        None
    }

    /// Returns the characters from the start to a pair of states. A letter that neither template contains
    /// replaces `other`.
    fn message(
        &self,
        start: Pair,
        end: Pair,
        from: &HashMap<Pair, (Pair, char)>,
        templates: [&Automaton<'_>; 2],
    ) -> String {
        let mut characters = Vec::new();
        let mut at = end;
        while at != start {
            let (before, character) = from[&at];
            characters.push(character);
            at = before;
        }
        let mut letters = ('g'..='z').chain('A'..='Z');
        let is_new = |letter: &char| !templates.iter().any(|template| template.has(*letter));
        let letter = letters.find(is_new).unwrap_or(self.other);
        let shown = |it: char| if it == self.other { letter } else { it };
        characters.into_iter().rev().map(shown).collect()
    }
}

fn step(a: &Automaton<'_>, b: &Automaton<'_>, pair: Pair, character: char) -> Option<Pair> {
    Some((a.step(pair.0, character)?, b.step(pair.1, character)?))
}

/// Collects the characters that may follow, without duplicates.
fn next_characters(
    a: &Automaton<'_>,
    b: &Automaton<'_>,
    pair: Pair,
    other: char,
    into: &mut Vec<char>,
) {
    into.clear();
    if let Some(character) = a.forced(pair.0).or_else(|| b.forced(pair.1)) {
        return into.push(character);
    }
    a.characters(pair.0, other, into);
    b.characters(pair.1, other, into);
    let mut kept = 0;
    for at in 0..into.len() {
        if !into[..kept].contains(&into[at]) {
            into.swap(kept, at);
            kept += 1;
        }
    }
    into.truncate(kept);
}
