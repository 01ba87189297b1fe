//! The index of the sentences that have no holes.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::perfect_hash::PerfectHash;
use super::rows::Record;
use super::table::{BODY_HEAD, Homonyms, escaped, has_more};
use super::texts::Texts;
use crate::catalog::Catalog;

/// A row that has a sentence, and which of its wordings that is: 0 for the one that it has now, and then
/// those that it had before.
type Wording = (usize, usize);

/// Stands for the status of a row of which there is more to say. No `u16` is it, so no response has it.
pub const NO_STATUS: u32 = 1 << 16;

/// The same, for a wording that the row had before.
pub const NO_STATUS_FORMER: u32 = NO_STATUS + 1;

/// The index, in the same form as in the library. Public for tests, which have the library search it.
#[derive(Debug)]
pub struct Constants {
    /// The perfect hash of the sentences.
    pub hash: PerfectHash,
    /// The length of the longest sentence, in bytes.
    pub longest: usize,
    /// The slots, and behind them the other rows that have the sentence of a slot.
    pub entries: Vec<Option<Entry>>,
}

/// A row that has a sentence.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The sentence as it stands in a body.
    pub escaped: String,
    /// The index of the row.
    pub row: usize,
    /// Which of the row's wordings it is: 0 for the one that it has now, and then those that it had before.
    pub wording: usize,
    /// The index of the next entry with this sentence; 0 if it is the last.
    pub next: usize,
    /// The status of the row, if there is nothing more to say about the sentence; else [`NO_STATUS`] or
    /// [`NO_STATUS_FORMER`].
    pub only_status: u32,
}

impl Constants {
    /// The index of a catalog's sentences.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        Self::with_homonyms(catalog, &Homonyms::new(catalog))
    }

    fn with_homonyms(catalog: &Catalog, homonyms: &Homonyms) -> Self {
        let sentences = sentences(catalog);
        let texts: Vec<String> = sentences.keys().cloned().collect();
        let groups: Vec<&Vec<Wording>> = sentences.values().collect();
        let hash = PerfectHash::new(&texts);
        let mut others = Vec::new();
        let mut entries = Vec::new();
        for slot in &hash.slots {
            let Some(sentence) = *slot else {
                entries.push(None);
                continue;
            };
            let entry = |(row, wording): &Wording| {
                let (escaped, row, wording) = (texts[sentence].clone(), *row, *wording);
                let only_status = if wording == 0 { NO_STATUS } else { NO_STATUS_FORMER };
                Entry { escaped, row, wording, next: 0, only_status }
            };
            let mut rows: Vec<Entry> = groups[sentence].iter().map(entry).collect();
            // Each leads to the one that stands behind it.
            let (first, count) = (hash.slots.len() + others.len(), rows.len());
            for (at, row) in rows.iter_mut().enumerate().take(count - 1) {
                row.next = first + at;
            }
            if let [only] = rows.as_mut_slice() {
                only.only_status = only_status((catalog, homonyms), only);
            }
            let mut rows = rows.into_iter();
            entries.push(rows.next());
            others.extend(rows.map(Some));
        }
        entries.extend(others);
        let longest = texts.iter().map(String::len).max().unwrap_or_default();
        Self { hash, longest, entries }
    }
}

pub(super) fn emit(
    catalog: &Catalog,
    homonyms: &Homonyms,
    rows: &[Record],
    texts: &mut Texts,
) -> TokenStream {
    let Constants { hash, longest, entries } = Constants::with_homonyms(catalog, homonyms);
    let longest = Literal::usize_unsuffixed(longest);
    let whole = hash.whole;
    let seed = Literal::u64_unsuffixed(hash.seed);
    let displacements = hash.displacements.iter().map(|it| Literal::u32_unsuffixed(*it));
    let slots = Literal::usize_unsuffixed(hash.slots.len());
    let none = || quote!([0, ::core::primitive::u32::MAX, 0, 0, 0]);
    let entries =
        entries.iter().map(|entry| entry.as_ref().map_or_else(none, |it| it.emit(rows, texts)));
    quote! {
        ::kate_errors::__private::Constants {
            text: TEXT,
            seed: #seed,
            whole: #whole,
            longest: #longest,
            displacements: &[#(#displacements),*],
            slots: #slots,
            entries: &[#(#entries),*],
        }
    }
}

/// The status of a row that alone has a sentence, if there is nothing more to say about it.
fn only_status((catalog, homonyms): (&Catalog, &Homonyms), entry: &Entry) -> u32 {
    let row = &catalog.rows[entry.row];
    let has_more = entry.wording > 0 || has_more(row, homonyms.of(entry.row));
    if has_more { entry.only_status } else { catalog.statuses[row.status].code.into() }
}

impl Entry {
    /// Where the sentence begins in the texts, and its length; the row; its status; the next entry.
    fn emit(&self, rows: &[Record], texts: &mut Texts) -> TokenStream {
        let start = if self.wording == 0 {
            rows[self.row].body()[0] + BODY_HEAD.len()
        } else {
            texts.push(&self.escaped)
        };
        let numbers = [start, self.escaped.len(), self.row].map(Literal::usize_unsuffixed);
        let status = Literal::u32_unsuffixed(self.only_status);
        let next = Literal::usize_unsuffixed(self.next);
        quote!([#(#numbers,)* #status, #next])
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
