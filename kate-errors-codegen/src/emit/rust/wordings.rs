//! The index of the sentences that have holes: by what they begin with, by their first hole, and then by
//! what stands behind it; where it is not decided where the hole ends, by what they end with.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::table::full_pieces;
use crate::catalog::{Catalog, Param, ParamKind, Piece, Row};

/// The text that is looked for behind the hole, backwards for an ending; the row; and which of its wordings
/// it is: 0 without context, 1 with it, and then those that it had before.
type Wording = (Vec<u8>, usize, usize);

/// What the first hole of a wording takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hole {
    U64,
    I64,
    Word,
    Text(char),
    Any,
}

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let groups = groups(catalog);
    let prefixes: Vec<&[u8]> = groups.keys().map(|(prefix, _)| prefix.as_bytes()).collect();
    let group_parents = parents(&prefixes);
    let mut wordings = Vec::new();
    let mut heads = Vec::new();
    for (index, ((prefix, hole), group)) in groups.iter().enumerate() {
        let first = Literal::usize_unsuffixed(wordings.len());
        let texts: Vec<&[u8]> = group.iter().map(|(text, ..)| text.as_slice()).collect();
        let parents = parents(&texts);
        wordings.extend(group.iter().zip(parents).map(|(it, parent)| wording(it, *hole, parent)));
        let end = Literal::usize_unsuffixed(wordings.len());
        let parent = Literal::usize_unsuffixed(group_parents[index]);
        let hole = self::hole(*hole);
        heads.push(quote! {
            ::kate_errors::__private::Group { prefix: #prefix,
                hole: #hole, parent: #parent, first: #first, end: #end }
        });
    }
    quote! {
        ::kate_errors::__private::Wordings { groups: &[#(#heads),*], wordings: &[#(#wordings),*] }
    }
}

fn hole(hole: Hole) -> TokenStream {
    let hole = match hole {
        Hole::U64 => quote!(U64),
        Hole::I64 => quote!(I64),
        Hole::Word => quote!(Word),
        Hole::Any => quote!(Any),
        Hole::Text(end) => {
            let end = Literal::character(end);
            quote!(Text(#end))
        }
    };
    quote!(::kate_errors::__private::Hole::#hole)
}

fn wording((text, row, wording): &Wording, hole: Hole, parent: usize) -> TokenStream {
    let mut text = text.clone();
    if hole == Hole::Any {
        text.reverse();
    }
    let text = String::from_utf8_lossy(&text);
    let [row, wording, parent] = [*row, *wording, parent].map(Literal::usize_unsuffixed);
    quote! {
        ::kate_errors::__private::Wording { text: #text, row: #row, wording: #wording, parent: #parent }
    }
}

/// For each of some sorted texts, one more than the index of the last one before it with which it begins;
/// 0 if there is none. Going on from one to the next finds all with which it begins.
fn parents(texts: &[&[u8]]) -> Vec<usize> {
    let mut parents: Vec<usize> = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let mut parent = index;
        // What a text begins with stands before it, or is what the text before it begins with.
        while parent > 0 && !text.starts_with(texts[parent - 1]) {
            parent = parents[parent - 1];
        }
        parents.push(parent);
    }
    parents
}

/// The wordings that begin with the same text and hole, sorted.
fn groups(catalog: &Catalog) -> BTreeMap<(String, Hole), Vec<Wording>> {
    let mut groups: BTreeMap<(String, Hole), Vec<Wording>> = BTreeMap::new();
    for (index, row) in catalog.rows.iter().enumerate() {
        let context = row.context.map(|context| &catalog.contexts[context]);
        let of_context = context.iter().flat_map(|context| &context.params);
        let params: Vec<&Param> = row.params.iter().chain(of_context).collect();
        for (wording, pieces) in templates(catalog, row) {
            let (prefix, rest) = match pieces.split_first() {
                Some((Piece::Literal(text), rest)) => (text.as_str(), rest),
                _ => ("", pieces.as_slice()),
            };
            let (hole, text) = key(rest, &params);
            groups.entry((prefix.to_owned(), hole)).or_default().push((text, index, wording));
        }
    }
    for group in groups.values_mut() {
        // The index is gone through from the end, so the first row of the catalog stands last.
        group.sort_by(|(left, left_row, left_wording), (right, right_row, right_wording)| {
            let rows = right_row.cmp(left_row);
            left.cmp(right).then(rows).then(right_wording.cmp(left_wording))
        });
    }
    groups
}

/// The hole with which pieces begin, and the text that is looked for behind it.
fn key(pieces: &[Piece], params: &[&Param]) -> (Hole, Vec<u8>) {
    let text = |piece: Option<&Piece>| match piece {
        Some(Piece::Literal(text)) => text.clone(),
        _ => String::new(),
    };
    let behind = text(pieces.get(1));
    let hole = match pieces.first() {
        Some(Piece::Hole(param)) => hole_before(&params[*param].kind, &behind, pieces.len() == 1),
        _ => Hole::Any,
    };
    match hole {
        Hole::Any => (hole, text(pieces.last()).bytes().rev().collect()),
        _ => (hole, behind.into_bytes()),
    }
}

/// What a hole of this kind takes in before a text, or at the end of a sentence.
fn hole_before(kind: &ParamKind, behind: &str, is_last: bool) -> Hole {
    let next = behind.chars().next();
    let ends = |ends: fn(char) -> bool| next.map_or(is_last, ends);
    match (kind, next) {
        (ParamKind::U64, _) if ends(|next| !next.is_ascii_digit()) => Hole::U64,
        (ParamKind::I64, _) if ends(|next| !next.is_ascii_digit()) => Hole::I64,
        (ParamKind::Word, _) if ends(char::is_whitespace) => Hole::Word,
        (ParamKind::Text { .. }, Some(next)) => Hole::Text(next),
        _ => Hole::Any,
    }
}

/// The wordings of a row that have holes. A homonym is found through the row that it names, but for
/// wordings that it alone had.
fn templates(catalog: &Catalog, row: &Row) -> Vec<(usize, Vec<Piece>)> {
    let mut templates = Vec::new();
    if row.same_as.is_none() {
        templates.push((0, row.detail.pieces.clone()));
        templates.extend(row.context.map(|context| {
            let text = &catalog.contexts[context].text;
            (1, full_pieces(&row.detail, text, row.params.len()))
        }));
    }
    let former = row.former.iter().enumerate();
    templates.extend(former.map(|(at, former)| (at + 2, former.pieces.clone())));
    let has_holes = |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::Hole(_)));
    templates.retain(|(wording, pieces)| *wording == 1 || has_holes(pieces));
    templates
}
