//! The tree of the sentences that have holes. The library walks it, in `kate-errors/trie.rs`.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::table::{full_pieces, option};
use crate::catalog::{Catalog, Param, ParamKind, Piece, Row};

/// A step of a sentence: a byte, or [`FIRST_HOLE`] and the index of a hole.
type Step = u32;

const FIRST_HOLE: Step = 256;

/// A sentence: its steps, its row, and which of the row's wordings it is: 0 without context, 1 with it, and
/// then those that it had before.
type Sentence = (Vec<Step>, usize, usize);

/// What a hole takes in. `before` is what stands behind it, if that may be part of it too: then the text of
/// its node begins with it, so that few ends must be tried.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole {
    /// A number from 0.
    U64 { before: Option<char> },
    /// A number.
    I64 { before: Option<char> },
    /// A word.
    Word { before: Option<char> },
    /// A text, where it ends, and a further character that it cannot hold.
    Text { until: Option<char>, without: Option<char> },
    /// One of these texts.
    OneOf(Vec<String>),
}

/// The tree, in the same form as in the library. Public for tests, which have the library walk it.
#[derive(Debug)]
pub struct Trie {
    /// The nodes: the root first, the children of each node side by side.
    pub nodes: Vec<Node>,
    /// The row of each leaf, and which of its wordings it is.
    pub leaves: Vec<(usize, usize)>,
    /// What the nodes name by an index.
    pub holes: Vec<Hole>,
}

impl Trie {
    /// The tree of a catalog.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let (sentences, holes) = sentences(catalog);
        let leaves = sentences.iter().map(|(_, row, wording)| (*row, *wording)).collect();
        Self { nodes: nodes(&sentences), leaves, holes }
    }

    /// The first byte of each node's text.
    #[must_use]
    pub fn first_bytes(&self) -> Vec<u8> {
        self.nodes.iter().map(|node| node.text.first().copied().unwrap_or_default()).collect()
    }
}

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let trie = Trie::new(catalog);
    let first_bytes = Literal::byte_string(&trie.first_bytes());
    let nodes = trie.nodes.iter().map(|node| node.emit(&trie.holes));
    let leaves = trie.leaves.iter().map(|(row, wording)| {
        let [row, wording] = [*row, *wording].map(Literal::usize_unsuffixed);
        quote!(::kate_errors::__private::Leaf { row: #row, wording: #wording })
    });
    quote! {
        ::kate_errors::__private::Trie {
            nodes: &[#(#nodes),*],
            first_bytes: #first_bytes,
            leaves: &[#(#leaves),*],
        }
    }
}

/// The sentences with holes, sorted by their steps, and the holes that the steps mean.
fn sentences(catalog: &Catalog) -> (Vec<Sentence>, Vec<Hole>) {
    let mut holes = BTreeMap::new();
    let mut sentences = Vec::new();
    for (index, row) in catalog.rows.iter().enumerate() {
        let context = row.context.map(|context| &catalog.contexts[context]);
        let of_context = context.iter().flat_map(|context| &context.params);
        let params: Vec<&Param> = row.params.iter().chain(of_context).collect();
        for (wording, pieces) in wordings(catalog, row) {
            sentences.push((steps(&pieces, &params, &mut holes), index, wording));
        }
    }
    sentences.sort();
    let mut sorted: Vec<(Hole, Step)> = holes.into_iter().collect();
    sorted.sort_by_key(|(_, step)| *step);
    (sentences, sorted.into_iter().map(|(hole, _)| hole).collect())
}

/// The wordings of a row that have holes. A homonym is found through the row that it names, but for
/// wordings that it alone had.
fn wordings(catalog: &Catalog, row: &Row) -> Vec<(usize, Vec<Piece>)> {
    let mut wordings = Vec::new();
    if row.same_as.is_none() {
        wordings.push((0, row.detail.pieces.clone()));
        wordings.extend(row.context.map(|context| {
            let text = &catalog.contexts[context].text;
            (1, full_pieces(&row.detail, text, row.params.len()))
        }));
    }
    let former = row.former.iter().enumerate();
    wordings.extend(former.map(|(at, former)| (at + 2, former.pieces.clone())));
    let has_holes = |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::Hole(_)));
    wordings.retain(|(wording, pieces)| *wording == 1 || has_holes(pieces));
    wordings
}

fn steps(pieces: &[Piece], params: &[&Param], holes: &mut BTreeMap<Hole, Step>) -> Vec<Step> {
    let mut steps = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(text) => steps.extend(text.bytes().map(Step::from)),
            Piece::Hole(param) => {
                let next = match pieces.get(index + 1) {
                    Some(Piece::Literal(text)) => text.chars().next(),
                    _ => None,
                };
                let new = FIRST_HOLE + Step::try_from(holes.len()).unwrap_or(Step::MAX);
                steps.push(*holes.entry(hole(&params[*param].kind, next)).or_insert(new));
            }
        }
    }
    steps
}

/// What a hole takes in before a character, or at the end of a sentence.
fn hole(kind: &ParamKind, next: Option<char>) -> Hole {
    let digit = next.filter(char::is_ascii_digit);
    match kind {
        ParamKind::U64 => Hole::U64 { before: digit },
        ParamKind::I64 => Hole::I64 { before: digit },
        ParamKind::Word => {
            let may_stand_in_words = |next: &char| !next.is_whitespace() && !next.is_control();
            Hole::Word { before: next.filter(may_stand_in_words) }
        }
        // In a wording that it had before, a text may end elsewhere than it does now.
        ParamKind::Text { ends_at } => {
            Hole::Text { until: next, without: ends_at.filter(|end| Some(*end) != next) }
        }
        ParamKind::OneOf(choices) => {
            Hole::OneOf(choices.choices.iter().map(|choice| choice.text.clone()).collect())
        }
    }
}

/// A piece of the sentences that begin as the path to it says.
#[derive(Debug, Default)]
pub struct Node {
    /// The index of the hole before the text, if there is one.
    pub hole: Option<usize>,
    /// The text.
    pub text: Vec<u8>,
    /// The index of its first child. Those that begin with text come first, sorted by their first bytes.
    pub children: usize,
    /// How many children begin with text.
    pub texts: usize,
    /// How many children begin with a hole.
    pub holes: usize,
    /// The leaves of the sentences that end here.
    pub leaves: Range<usize>,
}

/// The nodes of sorted sentences, the root first, the children of each node side by side.
fn nodes(sentences: &[Sentence]) -> Vec<Node> {
    let mut nodes = vec![Node::default()];
    // The nodes that have no children yet: their sentences, and how many steps of them have been taken.
    let mut queue = VecDeque::from([(0, 0..sentences.len(), 0)]);
    while let Some((index, range, taken)) = queue.pop_front() {
        let (mut text, mut taken) = common(&sentences[range.clone()], taken);
        if index == 0 && sentences.first().is_some_and(|(steps, ..)| steps.len() == taken) {
            // The library looks for sentences behind the root: none ends there.
            (text, taken) = (Vec::new(), 0);
        }
        let leaves = sentences[range.clone()].iter().take_while(|(steps, ..)| steps.len() == taken);
        let first = range.start + leaves.count();
        let children = nodes.len();
        let (mut texts, mut holes) = (0, 0);
        for (step, child) in children_of(sentences, first..range.end, taken) {
            let node = match step.checked_sub(FIRST_HOLE) {
                Some(hole) => Node { hole: Some(hole as usize), ..Node::default() },
                None => Node { text: step.to_le_bytes()[..1].to_vec(), ..Node::default() },
            };
            *if node.hole.is_some() { &mut holes } else { &mut texts } += 1;
            queue.push_back((nodes.len(), child, taken + 1));
            nodes.push(node);
        }
        let node = &mut nodes[index];
        node.text.extend(text);
        (node.children, node.texts, node.holes) = (children, texts, holes);
        node.leaves = range.start..first;
    }
    nodes
}

/// The text that all sentences have behind the steps that have been taken, and how many steps that makes.
fn common(sentences: &[Sentence], taken: usize) -> (Vec<u8>, usize) {
    // They are sorted: what the first and the last have in common, all have.
    let (Some((first, ..)), Some((last, ..))) = (sentences.first(), sentences.last()) else {
        return (Vec::new(), taken);
    };
    let both = first[taken..].iter().zip(&last[taken..]);
    let text: Vec<u8> = both
        .take_while(|(left, right)| left == right)
        .map_while(|(step, _)| u8::try_from(*step).ok())
        .collect();
    let taken = taken + text.len();
    (text, taken)
}

/// The next steps of sentences, and which of them take each.
fn children_of(
    sentences: &[Sentence],
    range: Range<usize>,
    taken: usize,
) -> impl Iterator<Item = (Step, Range<usize>)> {
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
    fn emit(&self, holes: &[Hole]) -> TokenStream {
        let hole = option(self.hole.map(|hole| {
            let hole = holes[hole].emit();
            quote!(::kate_errors::__private::Hole::#hole)
        }));
        let text = Literal::byte_string(&self.text);
        let numbers = [self.children, self.texts, self.holes, self.leaves.start, self.leaves.len()];
        let [children, texts, holes, leaf, leaves] = numbers.map(Literal::usize_unsuffixed);
        quote! {
            ::kate_errors::__private::Node {
                hole: #hole, text: #text, children: #children, texts: #texts, holes: #holes, leaf: #leaf,
                leaves: #leaves,
            }
        }
    }
}

impl Hole {
    fn emit(&self) -> TokenStream {
        match self {
            Self::U64 { before } => {
                let open = before.is_some();
                quote!(U64 { open: #open })
            }
            Self::I64 { before } => {
                let open = before.is_some();
                quote!(I64 { open: #open })
            }
            Self::Word { before } => {
                let open = before.is_some();
                quote!(Word { open: #open })
            }
            Self::Text { until, without } => {
                let [until, without] = [until, without].map(|it| option(it.map(|it| quote!(#it))));
                quote!(Text { until: #until, without: #without })
            }
            Self::OneOf(choices) => quote!(OneOf(&[#(#choices),*])),
        }
    }
}
