//! Growing the tree from sorted sentences.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{FIRST_HOLE, Hole, Sentence, Step, Way};
use crate::emit::rust::table::option;

/// A place at which sentences end, or holes begin.
#[derive(Debug, Default)]
pub struct Node {
    /// The index of the hole before the text, if there is one.
    pub hole: Option<usize>,
    /// The text behind the hole, or behind the node that leads here.
    pub text: String,
    /// Where the texts behind it lead to.
    pub texts: Way,
    /// The nodes behind its holes.
    pub holes: Range<usize>,
    /// The leaves of the sentences that end here.
    pub leaves: Range<usize>,
}

/// A place at which texts part.
#[derive(Debug)]
pub struct Fork {
    /// How many bytes stand before it, behind the last node.
    pub at: usize,
    /// The lowest byte that stands there in a text.
    pub low: u8,
    /// A branch for each byte from the lowest to the highest.
    pub branches: Range<usize>,
}

/// A tree that grows.
#[derive(Default)]
pub(super) struct Growth<'s> {
    sentences: &'s [Sentence],
    pub(super) nodes: Vec<Node>,
    pub(super) forks: Vec<Fork>,
    pub(super) branches: Vec<Way>,
    buds: VecDeque<Bud>,
}

/// Where the tree has not grown yet.
enum Bud {
    /// Behind the text of this node.
    Node(usize, Part),
    /// On a way through texts.
    Way(Stretch),
}

/// Sentences that lead to one place, and how many steps of them have been taken there.
#[derive(Clone)]
struct Part {
    range: Range<usize>,
    taken: usize,
}

/// A way through texts that has not been laid yet.
struct Stretch {
    end: End,
    /// How many steps had been taken at the last node.
    start: usize,
    /// How many forks have been passed since.
    forks: usize,
    /// Where its texts lead to. None of the texts begins with another.
    stops: Vec<Part>,
}

/// What a way begins at.
enum End {
    Node(usize),
    Branch(usize),
}

impl<'s> Growth<'s> {
    pub(super) fn of(sentences: &'s [Sentence]) -> Self {
        let mut growth = Self { sentences, nodes: vec![Node::default()], ..Self::default() };
        growth.buds.push_back(Bud::Node(0, Part { range: 0..sentences.len(), taken: 0 }));
        while let Some(bud) = growth.buds.pop_front() {
            match bud {
                Bud::Node(node, part) => growth.node(node, &part),
                Bud::Way(stretch) => growth.way(stretch),
            }
        }
        growth
    }

    /// What stands behind the text of a node.
    fn node(&mut self, node: usize, Part { range, taken }: &Part) {
        let (sentences, taken) = (&self.sentences[range.clone()], *taken);
        let leaves = sentences.partition_point(|(steps, ..)| steps.len() == taken);
        let is_text =
            |(steps, ..): &Sentence| steps.get(taken).is_none_or(|step| *step < FIRST_HOLE);
        let [texts, holes] =
            [leaves, sentences.partition_point(is_text)].map(|count| range.start + count);
        self.nodes[node].leaves = range.start..texts;
        let stops = self.stops(Part { range: texts..holes, taken });
        if !stops.is_empty() {
            let (end, start) = (End::Node(node), taken);
            self.buds.push_back(Bud::Way(Stretch { end, start, forks: 0, stops }));
        }
        let first = self.nodes.len();
        for (step, range) in children(self.sentences, holes..range.end, taken) {
            let text = valid(self.common(&range, taken + 1).collect());
            let part = Part { range, taken: taken + 1 + text.len() };
            self.buds.push_back(Bud::Node(self.nodes.len(), part));
            let hole = Some((step - FIRST_HOLE) as usize);
            self.nodes.push(Node { hole, text, ..Node::default() });
        }
        self.nodes[node].holes = first..self.nodes.len();
    }

    /// The first places behind a place at which sentences end, or holes begin.
    fn stops(&self, part: Part) -> Vec<Part> {
        let mut stops = Vec::new();
        let mut parts = vec![part];
        while let Some(Part { range, taken }) = parts.pop() {
            if range.is_empty() {
                continue;
            }
            let taken = taken + self.common(&range, taken).count();
            let [first, last] = self.outer(&range).map(|steps| steps.get(taken));
            if first.is_some() && last.is_some_and(|step| *step < FIRST_HOLE) {
                let children = children(self.sentences, range, taken);
                parts.extend(children.map(|(_, range)| Part { range, taken }));
            } else {
                stops.push(Part { range, taken });
            }
        }
        stops.sort_by_key(|stop| stop.range.start);
        stops
    }

    /// Lays a way: to the one node that it leads to, or else to a fork.
    fn way(&mut self, Stretch { end, start, forks, stops }: Stretch) {
        let leads_to = if let [stop] = stops.as_slice() {
            let steps = &self.sentences[stop.range.start].0[start..stop.taken];
            let text = valid(steps.iter().copied().map(byte).collect());
            self.buds.push_back(Bud::Node(self.nodes.len(), stop.clone()));
            self.nodes.push(Node { text, ..Node::default() });
            (self.nodes.len() - 1) * 2
        } else {
            self.fork(start, forks, stops) * 2 + 1
        };
        let way = Way::try_from(leads_to).unwrap_or(Way::MAX);
        match end {
            End::Node(node) => self.nodes[node].texts = way,
            End::Branch(branch) => self.branches[branch] = way,
        }
    }

    fn fork(&mut self, start: usize, forks: usize, stops: Vec<Part>) -> usize {
        let at = self.parting(start, forks, &stops);
        let mut parted: BTreeMap<u8, Vec<Part>> = BTreeMap::new();
        for stop in stops {
            parted.entry(self.byte(&stop, start + at)).or_default().push(stop);
        }
        let first = self.branches.len();
        let low = parted.keys().next().copied().unwrap_or_default();
        for (byte, stops) in parted {
            let end = End::Branch(first + usize::from(byte - low));
            self.branches.resize(first + usize::from(byte - low) + 1, 0);
            self.buds.push_back(Bud::Way(Stretch { end, start, forks: forks + 1, stops }));
        }
        self.forks.push(Fork { at, low, branches: first..self.branches.len() });
        self.forks.len() - 1
    }

    /// The place behind the last node at which texts part best: into the most parts, so that there are few
    /// forks on a way. After many forks, the first place is as good: looking for a better one at each of them
    /// would take long.
    fn parting(&self, start: usize, forks: usize, stops: &[Part]) -> usize {
        const MANY: usize = 16;
        const FAR: usize = 64;
        let shortest = stops.iter().map(|stop| stop.taken - start).min().unwrap_or_default();
        let far = if forks < MANY { shortest.min(FAR) } else { 0 };
        let parts = |at: &usize| {
            let bytes: BTreeSet<u8> =
                stops.iter().map(|stop| self.byte(stop, start + at)).collect();
            (bytes.len(), Reverse(*at))
        };
        let best = (0..far).map(|at| parts(&at)).max().filter(|(parts, _)| *parts > 1);
        best.map_or_else(|| self.first_parting(start, stops), |(_, Reverse(at))| at)
    }

    /// The first place at which the texts are not all the same.
    fn first_parting(&self, start: usize, stops: &[Part]) -> usize {
        // They are sorted.
        let (Some(first), Some(last)) = (stops.first(), stops.last()) else { return 0 };
        self.common(&(first.range.start..last.range.end), start).count()
    }

    fn byte(&self, stop: &Part, taken: usize) -> u8 {
        byte(self.sentences[stop.range.start].0[taken])
    }

    /// The bytes that sentences have in common behind the steps that have been taken.
    fn common(&self, range: &Range<usize>, taken: usize) -> impl Iterator<Item = u8> + use<'s> {
        // They are sorted: what the first and the last have in common, all have.
        let [first, last] = self.outer(range);
        let both = first[taken..].iter().zip(&last[taken..]);
        both.map_while(|(left, right)| (left == right && *left < FIRST_HOLE).then_some(byte(*left)))
    }

    /// The steps of the first and the last of some sentences.
    fn outer(&self, range: &Range<usize>) -> [&'s [Step]; 2] {
        [range.start, range.end - 1].map(|index| self.sentences[index].0.as_slice())
    }
}

/// The byte that a step is.
fn byte(step: Step) -> u8 {
    step.to_le_bytes()[0]
}

/// The whole characters that bytes begin with.
fn valid(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let valid = error.utf8_error().valid_up_to();
        String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned()
    })
}

/// The next steps of sentences, and which of them take each.
fn children(
    sentences: &[Sentence],
    range: Range<usize>,
    taken: usize,
) -> impl Iterator<Item = (Step, Range<usize>)> + use<'_> {
    let mut start = range.start;
    sentences[range].chunk_by(move |left, right| left.0[taken] == right.0[taken]).map(
        move |sentences| {
            let child = start..start + sentences.len();
            start = child.end;
            (sentences[0].0[taken], child)
        },
    )
}

impl Node {
    pub(super) fn emit(&self, holes: &[Hole]) -> TokenStream {
        let hole = option(self.hole.map(|hole| {
            let hole = holes[hole].emit();
            quote!(::kate_errors::__private::Hole::#hole)
        }));
        let (text, texts) = (&self.text, Literal::u32_unsuffixed(self.texts));
        let numbers = [self.holes.start, self.holes.len(), self.leaves.start, self.leaves.len()];
        let [first_hole, holes, leaf, leaves] = numbers.map(Literal::usize_unsuffixed);
        quote! {
            ::kate_errors::__private::Node {
                hole: #hole, text: #text, texts: #texts, first_hole: #first_hole, holes: #holes,
                leaf: #leaf, leaves: #leaves,
            }
        }
    }
}

impl Fork {
    pub(super) fn emit(&self) -> TokenStream {
        let low = Literal::u8_unsuffixed(self.low);
        let numbers = [self.at, self.branches.start, self.branches.len()];
        let [at, first, branches] = numbers.map(Literal::usize_unsuffixed);
        quote! {
            ::kate_errors::__private::Fork { at: #at, low: #low, first: #first, branches: #branches }
        }
    }
}
