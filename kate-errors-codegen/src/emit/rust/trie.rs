//! The tree of the sentences that have holes. The library walks it, in `kate-errors/trie.rs`.

mod growth;

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constants::NO_STATUS;
use super::table::{Homonyms, full_pieces, option};
use crate::catalog::{Catalog, Param, ParamKind, Piece, Row};
use growth::Growth;
pub use growth::{Fork, Node};

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
    /// The nodes: the root first, those behind the holes of a node side by side.
    pub nodes: Vec<Node>,
    /// The places where texts part.
    pub forks: Vec<Fork>,
    /// Where the branches of the forks lead.
    pub branches: Vec<Way>,
    /// The wordings that end at the nodes.
    pub leaves: Vec<Leaf>,
    /// What the nodes name by an index.
    pub holes: Vec<Hole>,
}

/// A wording of a row.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// The index of the row.
    pub row: usize,
    /// Which of its wordings it is.
    pub wording: usize,
    /// The status of the row, if there is nothing more to say about it, its holes stand in the order of its
    /// parameters, and JSON escapes nothing in its text. Else [`NO_STATUS`].
    pub only_status: u32,
}

/// Where a text leads to: nowhere (0), to twice the index of a node, or to one more than twice the index of
/// a fork.
pub type Way = u32;

impl Trie {
    /// The tree of a catalog.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let (sentences, holes) = sentences(catalog);
        let homonyms = Homonyms::new(catalog);
        let leaves = sentences.iter().map(|sentence| leaf(catalog, &homonyms, sentence)).collect();
        let Growth { nodes, forks, branches, .. } = Growth::of(&sentences);
        Self { nodes, forks, branches, leaves, holes }
    }
}

fn leaf(catalog: &Catalog, homonyms: &Homonyms, (steps, row, wording): &Sentence) -> Leaf {
    let (index, row) = (*row, &catalog.rows[*row]);
    let context = row.context.filter(|_| *wording == 1).map(|context| &catalog.contexts[context]);
    let own = holes(&row.detail.pieces);
    let of_context = context.iter().flat_map(|context| holes(&context.text.pieces));
    let all: Vec<usize> = own.chain(of_context.map(|hole| hole + row.params.len())).collect();
    let in_order =
        all.into_iter().eq(0..row.params.len() + context.map_or(0, |it| it.params.len()));
    let is_all = homonyms.of(index).is_empty() && row.retired.is_none() && *wording <= 1;
    let in_json = !steps.iter().any(|step| [b'"', b'\\'].map(Step::from).contains(step));
    let status = catalog.statuses[row.status].code;
    let only_status = if in_order && in_json && is_all { status.into() } else { NO_STATUS };
    Leaf { row: index, wording: *wording, only_status }
}

fn holes(pieces: &[Piece]) -> impl Iterator<Item = usize> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Hole(param) => Some(*param),
    })
}

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let trie = Trie::new(catalog);
    let nodes = trie.nodes.iter().map(|node| node.emit(&trie.holes));
    let forks = trie.forks.iter().map(Fork::emit);
    let branches = trie.branches.iter().copied().map(Literal::u32_unsuffixed);
    let leaves = trie.leaves.iter().map(|leaf| {
        let [row, wording] = [leaf.row, leaf.wording].map(Literal::usize_unsuffixed);
        let only_status = Literal::u32_unsuffixed(leaf.only_status);
        quote! {
            ::kate_errors::__private::Leaf {
                row: #row, wording: #wording, only_status: #only_status,
            }
        }
    });
    quote! {
        ::kate_errors::__private::Trie {
            nodes: &[#(#nodes),*],
            forks: &[#(#forks),*],
            branches: &[#(#branches),*],
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
