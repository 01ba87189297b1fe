//! The steps of an automaton of patterns, laid out so that those with a character in common are found fast.

use super::characters::Characters;
use super::hole::Edge;
use super::tree::Tree;

/// The steps that lead on from a state.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    /// Those that read one character, in the order of the characters, and where they lead.
    pub(super) by_one: Vec<(char, usize)>,
    /// Those that read one of many characters. They are few: a node has one for each type at most.
    pub(super) by_many: Vec<Edge>,
}

impl Steps {
    fn push(&mut self, edge: &Edge) {
        match edge.characters {
            Characters::One(character) => self.by_one.push((character, edge.target)),
            _ => self.by_many.push(*edge),
        }
    }
}

/// The steps into what stands behind each node, in one table: a tree is visited far more often than it
/// has nodes.
#[derive(Clone, Debug)]
pub(super) struct StepTable {
    steps: Steps,
    /// For each node and one more, where its steps begin in both lists.
    begins: Vec<(usize, usize)>,
}

impl StepTable {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut table = Self { steps: Steps::default(), begins: Vec::new() };
        let mut edges = Vec::new();
        for node in 0..tree.nodes.len() {
            let begin = (table.steps.by_one.len(), table.steps.by_many.len());
            table.begins.push(begin);
            edges.clear();
            tree.beginnings(node, &mut edges);
            for edge in &edges {
                table.steps.push(edge);
            }
            table.steps.by_one[begin.0..].sort_unstable();
        }
        table.begins.push((table.steps.by_one.len(), table.steps.by_many.len()));
        table
    }

    /// Puts the steps that lead on from a state of the tree into `steps`.
    pub(super) fn of_state(&self, tree: &Tree, state: usize, steps: &mut Steps) {
        steps.by_one.clear();
        steps.by_many.clear();
        let node = tree.node_of(state);
        if tree.is_behind(state, node) {
            let (begin, end) = (self.begins[node], self.begins[node + 1]);
            steps.by_one.extend_from_slice(&self.steps.by_one[begin.0..end.0]);
            steps.by_many.extend_from_slice(&self.steps.by_many[begin.1..end.1]);
        }
        let behind = steps.by_one.len();
        for edge in tree.inside(state) {
            steps.push(&edge);
        }
        if steps.by_one.len() > behind {
            steps.by_one.sort_unstable();
        }
    }
}
