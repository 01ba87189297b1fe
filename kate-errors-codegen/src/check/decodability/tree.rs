//! The automaton of all patterns: one tree in which those that begin alike go together.

use std::collections::HashMap;

use super::characters::Characters;
use super::hole::{Automaton, Edge, Hole};
use super::numbers::Bounds;

/// What sentences are made of: literals and holes, in turn.
pub(super) type Pattern = Vec<Piece>;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text as it stands.
    Literal(String),
    /// The value of the parameter of this name.
    Hole(String, Hole),
}

impl Piece {
    /// The name of the parameter, of a hole.
    pub(super) fn hole_name(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Hole(name, _) => Some(name),
        }
    }
}

/// What a node of the tree stands for, seen from the node before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    /// The beginning.
    Root,
    /// A character of a literal.
    Character(char),
    /// A hole with this automaton.
    Hole(usize),
}

/// A node of the tree: the patterns that begin alike up to here.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) symbol: Symbol,
    pub(super) parent: usize,
    /// The nodes behind this one, as a list: the first, and of each the next.
    first_child: Option<usize>,
    next_sibling: Option<usize>,
    /// The number of its first state. A hole has those of its automaton, a character one.
    first_state: usize,
    /// How many patterns end here.
    pub(super) patterns: usize,
    /// The one node at which all patterns end that come through here, as long as there is one.
    end: End,
    /// Whether a hole, or the end of more than one pattern, is here or behind: elsewhere nothing can be
    /// read in two ways.
    pub(super) is_interesting: bool,
}

/// Where the patterns end that come through a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    None,
    At(usize),
    AtSeveral,
}

impl Node {
    /// The only node at which patterns end that come through here.
    pub(super) fn only_end(&self) -> Option<usize> {
        match self.end {
            End::At(node) => Some(node),
            End::None | End::AtSeveral => None,
        }
    }
}

/// The tree of patterns, and the automaton over its states.
///
/// A state says how far reading has come: inside or behind the symbol of a node. There are no steps
/// that read nothing; a hole that may be empty is passed by when what stands behind it begins. A way
/// through the automaton tells each value from where it begins to where it ends, so ways and readings
/// are the same thing: a sentence has as many readings as there are ways along it to an end.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) automata: Vec<Automaton>,
    bounds: Bounds,
    known_holes: HashMap<Hole, usize>,
    node_of_state: Vec<usize>,
}

impl Tree {
    /// The state at the beginning.
    pub(super) const START: usize = 0;

    pub(super) fn new(bounds: Bounds) -> Self {
        let root = Node {
            symbol: Symbol::Root,
            parent: 0,
            first_child: None,
            next_sibling: None,
            first_state: Self::START,
            patterns: 0,
            end: End::None,
            is_interesting: false,
        };
        Self {
            nodes: vec![root],
            automata: Vec::new(),
            bounds,
            known_holes: HashMap::new(),
            node_of_state: vec![0],
        }
    }

    /// Adds a pattern and gives the node at which it ends; patterns with one end have the same sentences.
    pub(super) fn insert(&mut self, pattern: &[Piece]) -> usize {
        let mut node = 0;
        for piece in pattern {
            match piece {
                Piece::Literal(literal) => {
                    for character in literal.chars() {
                        node = self.child(node, Symbol::Character(character));
                    }
                }
                Piece::Hole(_, hole) => {
                    let hole = self.automaton(hole);
                    node = self.child(node, Symbol::Hole(hole));
                    self.mark(node);
                }
            }
        }
        self.nodes[node].patterns += 1;
        if self.nodes[node].patterns > 1 {
            self.mark(node);
        }
        self.note_end(node);
        node
    }

    /// Tells all nodes on the way to an end of it.
    fn note_end(&mut self, end: usize) {
        let mut at = end;
        loop {
            let node = &mut self.nodes[at];
            node.end = match node.end {
                End::None => End::At(end),
                End::At(other) if other == end => return,
                End::At(_) => End::AtSeveral,
                // So it is on the rest of the way.
                End::AtSeveral => return,
            };
            if at == node.parent {
                return;
            }
            at = node.parent;
        }
    }

    fn automaton(&mut self, hole: &Hole) -> usize {
        if let Some(known) = self.known_holes.get(hole) {
            return *known;
        }
        let index = self.automata.len();
        self.automata.push(Automaton::of(hole, self.bounds));
        self.known_holes.insert(hole.clone(), index);
        index
    }

    fn child(&mut self, parent: usize, symbol: Symbol) -> usize {
        let mut last = None;
        let mut at = self.nodes[parent].first_child;
        while let Some(child) = at {
            if self.nodes[child].symbol == symbol {
                return child;
            }
            last = Some(child);
            at = self.nodes[child].next_sibling;
        }
        let child = self.add(parent, symbol);
        match last {
            Some(last) => self.nodes[last].next_sibling = Some(child),
            None => self.nodes[parent].first_child = Some(child),
        }
        child
    }

    fn add(&mut self, parent: usize, symbol: Symbol) -> usize {
        let node = self.nodes.len();
        let states = match symbol {
            Symbol::Hole(hole) => self.automata[hole].edges.len(),
            Symbol::Root | Symbol::Character(_) => 1,
        };
        self.nodes.push(Node {
            symbol,
            parent,
            first_child: None,
            next_sibling: None,
            first_state: self.node_of_state.len(),
            patterns: 0,
            end: End::None,
            is_interesting: false,
        });
        self.node_of_state.resize(self.node_of_state.len() + states, node);
        node
    }

    fn mark(&mut self, mut node: usize) {
        while !self.nodes[node].is_interesting {
            self.nodes[node].is_interesting = true;
            node = self.nodes[node].parent;
        }
    }

    pub(super) fn state_count(&self) -> usize {
        self.node_of_state.len()
    }

    pub(super) fn node_of(&self, state: usize) -> usize {
        self.node_of_state[state]
    }

    /// The nodes behind a node.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.nodes[node].first_child, |child| self.nodes[*child].next_sibling)
    }

    /// The automaton of a node that stands for a hole.
    pub(super) fn hole(&self, node: usize) -> Option<&Automaton> {
        match self.nodes[node].symbol {
            Symbol::Hole(hole) => Some(&self.automata[hole]),
            Symbol::Root | Symbol::Character(_) => None,
        }
    }

    /// Puts the steps that lead on from a state into `steps`.
    pub(super) fn steps(&self, state: usize, steps: &mut Vec<Edge>) {
        steps.clear();
        steps.extend(self.inside(state));
        let node = self.node_of_state[state];
        if self.is_behind(state, node) {
            self.beginnings(node, steps);
        }
    }

    /// The steps on inside a hole.
    pub(super) fn inside(&self, state: usize) -> impl Iterator<Item = Edge> {
        let node = self.node_of_state[state];
        let first = self.nodes[node].first_state;
        let edges = self.hole(node).map_or(&[][..], |automaton| &automaton.edges[state - first]);
        edges.iter().map(move |edge| edge.shifted(first))
    }

    /// Whether what the node stands for has been read.
    pub(super) fn is_behind(&self, state: usize, node: usize) -> bool {
        match self.hole(node) {
            Some(automaton) => automaton.accepting[state - self.nodes[node].first_state],
            None => true,
        }
    }

    /// The steps into what stands behind a node.
    pub(super) fn beginnings(&self, node: usize, steps: &mut Vec<Edge>) {
        for child in self.children(node) {
            let first = self.nodes[child].first_state;
            match self.nodes[child].symbol {
                Symbol::Root => {}
                Symbol::Character(character) => {
                    steps.push(Edge { characters: Characters::One(character), target: first });
                }
                Symbol::Hole(hole) => {
                    let automaton = &self.automata[hole];
                    steps.extend(automaton.edges[0].iter().map(|edge| edge.shifted(first)));
                    if automaton.is_nullable() {
                        // Two holes never stand side by side, so this goes no deeper.
                        self.beginnings(child, steps);
                    }
                }
            }
        }
    }

    /// Puts the nodes at which patterns end into `ends`, if the sentence ends in this state.
    pub(super) fn ends(&self, state: usize, ends: &mut Vec<usize>) {
        ends.clear();
        let node = self.node_of_state[state];
        if !self.is_behind(state, node) {
            return;
        }
        let is_empty = |child: &usize| self.hole(*child).is_some_and(Automaton::is_nullable);
        let nodes = std::iter::once(node).chain(self.children(node).filter(is_empty));
        ends.extend(nodes.filter(|node| self.nodes[*node].patterns > 0));
    }
}
