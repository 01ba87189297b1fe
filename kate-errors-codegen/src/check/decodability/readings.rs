//! The readings of one sentence: which values it has.

use super::numbers::Bounds;
use super::tree::{Pattern, Tree};

/// The names of the parameters of a pattern, in order, with their values.
pub(super) type Reading = Vec<(String, String)>;

/// The readings of `sentence` as one of `pattern`'s; two of them, where there are more. First comes the
/// one in which the first values are longest.
pub(super) fn readings(pattern: &Pattern, sentence: &str) -> Vec<Reading> {
    let ways = Ways::new(pattern, sentence);
    let Some(first) = ways.first() else { return Vec::new() };
    let second = ways.other_than(&first);
    [Some(first), second].into_iter().flatten().map(|way| ways.reading(pattern, &way)).collect()
}

/// The ways along a sentence: for each place in it, the states that lie on a way to the end.
struct Ways {
    tree: Tree,
    characters: Vec<char>,
    layers: Vec<Vec<usize>>,
}

impl Ways {
    fn new(pattern: &Pattern, sentence: &str) -> Self {
        let mut tree = Tree::new(Bounds::Exact);
        tree.insert(pattern);
        let characters = sentence.chars().collect();
        let mut ways = Self { tree, characters, layers: vec![vec![Tree::START]] };
        for at in 0..ways.characters.len() {
            let mut next: Vec<usize> =
                ways.layers[at].iter().flat_map(|state| ways.steps(*state, at)).collect();
            next.sort_unstable();
            next.dedup();
            ways.layers.push(next);
        }
        ways.keep_those_that_end();
        ways
    }

    /// The states that the character at a place leads to.
    fn steps(&self, state: usize, at: usize) -> Vec<usize> {
        let mut steps = Vec::new();
        self.tree.steps(state, &mut steps);
        let character = self.characters[at];
        let fitting = steps.iter().filter(|step| step.characters.contains(character));
        fitting.map(|step| step.target).collect()
    }

    fn keep_those_that_end(&mut self) {
        let mut ends = Vec::new();
        let mut layers = std::mem::take(&mut self.layers);
        if let Some(last) = layers.last_mut() {
            last.retain(|state| {
                self.tree.ends(*state, &mut ends);
                !ends.is_empty()
            });
        }
        for at in (0..self.characters.len()).rev() {
            let (before, behind) = layers.split_at_mut(at + 1);
            before[at]
                .retain(|state| self.steps(*state, at).iter().any(|next| behind[0].contains(next)));
        }
        self.layers = layers;
    }

    /// The steps that lead to the end of the sentence.
    fn good_steps(&self, state: usize, at: usize) -> impl Iterator<Item = usize> {
        self.steps(state, at).into_iter().filter(move |next| self.layers[at + 1].contains(next))
    }

    fn first(&self) -> Option<Vec<usize>> {
        let start = self.layers.first()?.first()?;
        Some(self.complete(vec![*start]))
    }

    /// Goes on to the end, by the first of the steps at each place.
    fn complete(&self, mut way: Vec<usize>) -> Vec<usize> {
        while let Some(state) = way.last().filter(|_| way.len() <= self.characters.len()) {
            match self.good_steps(*state, way.len() - 1).next() {
                Some(next) => way.push(next),
                None => break,
            }
        }
        way
    }

    /// A way that parts from `way`, if there is one.
    fn other_than(&self, way: &[usize]) -> Option<Vec<usize>> {
        (0..self.characters.len()).find_map(|at| {
            let other = self.good_steps(way[at], at).find(|next| *next != way[at + 1])?;
            let mut parted = way[..=at].to_vec();
            parted.push(other);
            Some(self.complete(parted))
        })
    }

    fn reading(&self, pattern: &Pattern, way: &[usize]) -> Reading {
        let mut reading: Reading =
            hole_names(pattern).map(|name| (name.to_owned(), String::new())).collect();
        let holes = hole_numbers(&self.tree);
        for (state, character) in way.iter().skip(1).zip(&self.characters) {
            let hole = holes[self.tree.node_of(*state)];
            if let Some((_, value)) = hole.and_then(|hole| reading.get_mut(hole)) {
                value.push(*character);
            }
        }
        reading
    }
}

/// The names of the holes of a pattern, in order.
pub(super) fn hole_names(pattern: &Pattern) -> impl Iterator<Item = &str> {
    pattern.iter().filter_map(super::tree::Piece::hole_name)
}

/// For each node of the tree of one pattern, which of its holes it stands for.
pub(super) fn hole_numbers(tree: &Tree) -> Vec<Option<usize>> {
    let mut count = 0;
    let number = |node: usize| {
        tree.hole(node).map(|_| {
            count += 1;
            count - 1
        })
    };
    (0..tree.nodes.len()).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::super::characters::Exclusions;
    use super::super::hole::Hole;
    use super::super::tree::Piece;
    use super::*;

    fn shown(pattern: &Pattern, sentence: &str) -> Vec<String> {
        let values = |reading: Reading| -> Vec<String> {
            reading.into_iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        readings(pattern, sentence).into_iter().map(|reading| values(reading).join(" ")).collect()
    }

    #[test]
    fn one_reading_or_two_or_none() {
        let word = |name: &str| Piece::Hole(name.to_owned(), Hole::Word);
        let dotted = vec![word("a"), Piece::Literal(".".to_owned()), word("b")];
        assert_eq!(shown(&dotted, "x.y"), ["a=x b=y"]);
        assert_eq!(shown(&dotted, "x.y.z"), ["a=x.y b=z", "a=x b=y.z"]);
        assert_eq!(shown(&dotted, "x."), [""; 0]);
        assert_eq!(shown(&dotted, ""), [""; 0]);
    }

    #[test]
    fn empty_values() {
        let text = Piece::Hole("a".to_owned(), Hole::Text(Exclusions::new(Some('.'), None)));
        let pattern = vec![text, Piece::Literal(".".to_owned())];
        assert_eq!(shown(&pattern, "."), ["a="]);
        assert_eq!(shown(&pattern, "é."), ["a=é"]);
        assert_eq!(shown(&Vec::new(), ""), [""]);
    }
}
