//! The index of the sentences that have no holes.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::perfect_hash::PerfectHash;
use super::table::{Homonyms, body, escaped, has_more};
use crate::catalog::Catalog;

/// A row that has a sentence, and which of its wordings that is: 0 for the one that it has now, and then
/// those that it had before.
type Wording = (usize, usize);

pub(super) fn emit(catalog: &Catalog, homonyms: &Homonyms) -> TokenStream {
    let sentences = sentences(catalog);
    let texts: Vec<String> = sentences.keys().cloned().collect();
    let groups: Vec<&Vec<Wording>> = sentences.values().collect();
    let hash = PerfectHash::new(&texts);
    // Behind the slots stand the other rows that have the sentence of a slot.
    let mut others = Vec::new();
    let mut entries = Vec::new();
    for slot in &hash.slots {
        let mut entry = quote!(::kate_errors::__private::Entry::NONE);
        let Some(sentence) = *slot else {
            entries.push(entry);
            continue;
        };
        let group = groups[sentence];
        // From the last to the first, so that each leads to the one that stands behind it.
        for (position, wording) in group.iter().enumerate().rev() {
            let is_last = position + 1 == group.len();
            let next = if is_last { 0 } else { hash.slots.len() + others.len() - 1 };
            entry = self::entry(
                (catalog, homonyms),
                &texts[sentence],
                *wording,
                next,
                is_last && position == 0,
            );
            if position > 0 {
                others.push(entry.clone());
            }
        }
        entries.push(entry);
    }
    let longest = texts.iter().map(String::len).max().unwrap_or_default();
    let longest = Literal::usize_unsuffixed(longest);
    let whole = hash.whole;
    let seed = Literal::u64_unsuffixed(hash.seed);
    let displacements = hash.displacements.iter().map(|it| Literal::u32_unsuffixed(*it));
    let slots = Literal::usize_unsuffixed(hash.slots.len());
    quote! {
        ::kate_errors::__private::Constants {
            seed: #seed,
            whole: #whole,
            longest: #longest,
            displacements: &[#(#displacements),*],
            slots: #slots,
            entries: &[#(#entries,)* #(#others),*],
        }
    }
}

fn entry(
    (catalog, homonyms): (&Catalog, &Homonyms),
    escaped: &str,
    (row, wording): Wording,
    next: usize,
    is_only: bool,
) -> TokenStream {
    let has_more = wording > 0 || has_more(&catalog.rows[row], homonyms.of(row));
    let status = catalog.statuses[catalog.rows[row].status].code;
    let only_status = Literal::u16_unsuffixed(if is_only && !has_more { status } else { 0 });
    let body = body(escaped);
    let [row, wording, next] = [row, wording, next].map(Literal::usize_unsuffixed);
    quote! {
        ::kate_errors::__private::Entry {
            body: #body, row: #row, wording: #wording, next: #next, only_status: #only_status,
        }
    }
}

/// The sentences as they stand on the wire, and the rows that have them, in the order of the catalog.
fn sentences(catalog: &Catalog) -> BTreeMap<String, Vec<Wording>> {
    let mut sentences: BTreeMap<String, Vec<Wording>> = BTreeMap::new();
    for (index, row) in catalog.rows.iter().enumerate() {
        // A homonym is found through the row that it names, but for wordings that it alone had.
        let current = row.same_as.is_none().then_some(&row.detail);
        let wordings = current.into_iter().map(|detail| (0, detail));
        let former = row.former.iter().enumerate().map(|(at, former)| (at + 1, former));
        for (wording, template) in wordings.chain(former) {
            if let Some(text) = template.constant() {
                sentences.entry(escaped(text)).or_default().push((index, wording));
            }
        }
    }
    sentences
}
