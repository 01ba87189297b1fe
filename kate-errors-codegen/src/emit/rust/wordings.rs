//! The index of the sentences that have holes: by what they begin with, and then by what they end with.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::table::full_pieces;
use crate::catalog::{Catalog, Piece, Row};

/// What follows the last hole, backwards; the row; and which of its wordings it is: 0 without context, 1
/// with it, and then those that it had before.
type Wording = (Vec<u8>, usize, usize);

pub(super) fn emit(catalog: &Catalog) -> TokenStream {
    let groups = groups(catalog);
    let prefixes: Vec<&[u8]> = groups.keys().map(String::as_bytes).collect();
    let group_parents = parents(&prefixes);
    let mut wordings = Vec::new();
    let mut heads = Vec::new();
    for (index, (prefix, group)) in groups.iter().enumerate() {
        let first = Literal::usize_unsuffixed(wordings.len());
        let suffixes: Vec<&[u8]> = group.iter().map(|(suffix, ..)| suffix.as_slice()).collect();
        let parents = parents(&suffixes);
        wordings.extend(group.iter().zip(parents).map(|(it, parent)| wording(it, parent)));
        let end = Literal::usize_unsuffixed(wordings.len());
        let parent = Literal::usize_unsuffixed(group_parents[index]);
        heads.push(quote! {
            ::kate_errors::__private::Group { prefix: #prefix, parent: #parent, first: #first, end: #end }
        });
    }
    quote! {
        ::kate_errors::__private::Wordings { groups: &[#(#heads),*], wordings: &[#(#wordings),*] }
    }
}

fn wording((suffix, row, wording): &Wording, parent: usize) -> TokenStream {
    let suffix: Vec<u8> = suffix.iter().rev().copied().collect();
    let suffix = String::from_utf8_lossy(&suffix);
    let [row, wording, parent] = [*row, *wording, parent].map(Literal::usize_unsuffixed);
    quote! {
        ::kate_errors::__private::Wording { suffix: #suffix, row: #row, wording: #wording, parent: #parent }
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

/// The wordings that begin with the same text, sorted.
fn groups(catalog: &Catalog) -> BTreeMap<String, Vec<Wording>> {
    let mut groups: BTreeMap<String, Vec<Wording>> = BTreeMap::new();
    for (index, row) in catalog.rows.iter().enumerate() {
        for (wording, pieces) in templates(catalog, row) {
            let prefix = match pieces.first() {
                Some(Piece::Literal(text)) => text.clone(),
                _ => String::new(),
            };
            let suffix = match pieces.last() {
                Some(Piece::Literal(text)) => text.bytes().rev().collect(),
                _ => Vec::new(),
            };
            groups.entry(prefix).or_default().push((suffix, index, wording));
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
