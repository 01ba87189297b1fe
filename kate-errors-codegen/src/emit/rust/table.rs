//! The static table of rows.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::rows::{self, Record};
use super::texts::Texts;
use super::{Names, constants, params, trie};
use crate::catalog::{Catalog, Headers, Param, Piece, Row, Status, Template};
use crate::lower::CONTEXT_SEPARATOR;

/// What stands before the sentence in a body, and behind it.
pub(super) const BODY_HEAD: &str = "{\"detail\":\"";
const BODY_TAIL: &str = "\"}";

pub(super) fn emit(catalog: &Catalog, names: &Names) -> TokenStream {
    let length = Literal::usize_unsuffixed(catalog.rows.len());
    let homonyms = Homonyms::new(catalog);
    let mut texts = Texts::default();
    let rows = rows::rows(catalog, &homonyms, &mut texts);
    let records = rows.iter().map(Record::emit);
    let rest = catalog
        .rows
        .iter()
        .zip(0..)
        .filter(|(row, index)| has_more(row, homonyms.of(*index)) || has_headers(catalog, row));
    let mut lists = ParamLists::default();
    let rest: Vec<TokenStream> =
        rest.map(|(row, index)| more(catalog, row, homonyms.of(index), &mut lists)).collect();
    let lists = lists.emit();
    let enum_name = names.error.to_string();
    let reference = option(catalog.reference.as_ref().map(|reference| quote!(#reference)));
    let mut by_code: Vec<usize> = (0..catalog.rows.len()).collect();
    by_code.sort_by_key(|row| &catalog.rows[*row].code);
    let by_code = indices(by_code);
    let constants = constants::emit(catalog, &homonyms, &rows, &mut texts);
    let trie = trie::emit(catalog);
    let statuses = catalog.statuses.iter().map(status);
    let sections = catalog.sections.iter().map(|section| &section.name);
    let text = texts.emit();
    quote! {
        pub(super) static TABLE: ::kate_errors::__private::Table = ::kate_errors::__private::Table {
            enum_name: #enum_name,
            reference: #reference,
            text: TEXT,
            rows: &ROWS,
            more: &[#(#rest),*],
            by_code: #by_code,
            constants: #constants,
            trie: #trie,
            statuses: &[#(#statuses),*],
            sections: &[#(#sections),*],
        };

        /// The texts of the rows, one behind the other.
        const TEXT: &::core::primitive::str = #text;

        #lists

        /// For each row: where its texts begin, the lengths of body (0 if it has values), sentence (0 if it is the
        /// inside of the body), code, variant, cause and fix; the status, the indices of status and section; whether
        /// trying again helps (never, later, after a fix); which of the tables of what few rows have is its own,
        /// counted from 1.
        static ROWS: [::kate_errors::__private::Record; #length] = [#(#records),*];
    }
}

fn status(status: &Status) -> TokenStream {
    let (code, name) = (Literal::u16_unsuffixed(status.code), &status.name);
    let (body, headers) = (body(&escaped(name)), headers(&status.headers));
    let fallback = option(status.fallback.map(|row| {
        let row = Literal::usize_unsuffixed(row);
        quote!(#row)
    }));
    quote! {
        ::kate_errors::__private::StatusRow {
            status: #code,
            name: #name,
            body: #body,
            headers: #headers,
            fallback: #fallback,
        }
    }
}

/// Names and values of header fields.
fn headers(headers: &Headers) -> TokenStream {
    let fields = headers.fields().into_iter().map(|(name, value)| quote!((#name, #value)));
    quote!(&[#(#fields),*])
}

/// Whether a row has header fields that its status does not have.
pub(super) fn has_headers(catalog: &Catalog, row: &Row) -> bool {
    row.headers != catalog.statuses[row.status].headers
}

fn indices(indices: impl IntoIterator<Item = usize>) -> TokenStream {
    let indices = indices.into_iter().map(Literal::usize_unsuffixed);
    quote!(&[#(#indices),*])
}

/// The rows that share the sentence of each row.
#[derive(Debug)]
pub struct Homonyms(Vec<Vec<usize>>);

impl Homonyms {
    /// Those of a catalog.
    #[must_use]
    pub fn new(catalog: &Catalog) -> Self {
        let mut homonyms = vec![Vec::new(); catalog.rows.len()];
        for (index, row) in catalog.rows.iter().enumerate() {
            if let Some(base) = row.same_as {
                homonyms[base].push(index);
            }
        }
        Self(homonyms)
    }

    pub(super) fn of(&self, row: usize) -> &[usize] {
        &self.0[row]
    }
}

/// The body of a sentence that stands as in a JSON string.
pub(super) fn body(escaped: &str) -> String {
    format!("{BODY_HEAD}{escaped}{BODY_TAIL}")
}

/// A sentence as the inside of a JSON string. None has characters that need other escapes (RFC 8259,
/// section 7).
pub(super) fn escaped(detail: &str) -> String {
    detail.replace('\\', "\\\\").replace('"', "\\\"")
}

/// How long the literals of a sentence are in a body, with what stands around it.
fn body_length(sentence: &[Piece]) -> usize {
    let lengths = sentence.iter().map(|piece| match piece {
        Piece::Literal(text) => escaped(text).len(),
        Piece::Hole(_) => 0,
    });
    BODY_HEAD.len() + lengths.sum::<usize>() + BODY_TAIL.len()
}

fn is_escaped(piece: &Piece) -> bool {
    matches!(piece, Piece::Literal(text) if escaped(text) != *text)
}

pub(super) fn has_more(row: &Row, homonyms: &[usize]) -> bool {
    let has_values = !row.params.is_empty() || row.context.is_some();
    let has_history = !row.former.is_empty() || row.retired.is_some();
    has_values || has_history || row.same_as.is_some() || !homonyms.is_empty()
}

fn more(catalog: &Catalog, row: &Row, homonyms: &[usize], lists: &mut ParamLists) -> TokenStream {
    let context = row.context.map(|context| &catalog.contexts[context]);
    let of_context = context.iter().flat_map(|context| &context.params);
    let params = lists.name(row.params.iter().chain(of_context).cloned().collect());
    let own = Literal::usize_unsuffixed(row.params.len());
    let full = context.map(|context| full_pieces(&row.detail, &context.text, row.params.len()));
    let full = full.unwrap_or_default();
    let length = body_length(&row.detail.pieces).max(body_length(&full));
    let length = Literal::usize_unsuffixed(length);
    let is_escaped = row.detail.pieces.iter().chain(&full).any(is_escaped);
    let context = option(context.map(|context| {
        let name = &context.type_name;
        quote!(#name)
    }));
    let (detail, full) = (pieces(&row.detail.pieces, 0), pieces(&full, 0));
    let (cause, fix) = (explanation(&row.cause), explanation(&row.fix));
    let same_as = option(row.same_as.map(|base| {
        let base = Literal::usize_unsuffixed(base);
        quote!(#base)
    }));
    let homonyms = indices(homonyms.iter().copied());
    let former = row.former.iter().map(|former| pieces(&former.pieces, 0));
    let retired = option(row.retired.as_ref().map(|retired| {
        let reason = &retired.reason;
        quote!(#reason)
    }));
    let headers = option(has_headers(catalog, row).then(|| headers(&row.headers)));
    quote! {
        ::kate_errors::__private::More {
            params: #params,
            own: #own,
            context: #context,
            detail: #detail,
            full: #full,
            length: #length,
            is_escaped: #is_escaped,
            cause: #cause,
            fix: #fix,
            same_as: #same_as,
            homonyms: #homonyms,
            former: &[#(#former),*],
            retired: #retired,
            headers: #headers,
        }
    }
}

/// Lists of parameters. Many rows have the same one.
#[derive(Default)]
struct ParamLists(Vec<Vec<Param>>, BTreeMap<String, usize>);

impl ParamLists {
    /// The name of the constant that is the list.
    fn name(&mut self, params: Vec<Param>) -> Ident {
        let Self(lists, indices) = self;
        let index = *indices.entry(format!("{params:?}")).or_insert(lists.len());
        if index == lists.len() {
            lists.push(params);
        }
        format_ident!("PARAMS_{index}")
    }

    /// The constants.
    fn emit(&self) -> TokenStream {
        let constants = self.0.iter().enumerate().map(|(index, params)| {
            let (name, params) = (format_ident!("PARAMS_{index}"), params::table(params));
            quote! {
                const #name: &[::kate_errors::__private::Param<'static>] = #params;
            }
        });
        constants.collect()
    }
}

/// The sentence, the separator and the context as one template.
pub(super) fn full_pieces(detail: &Template, context: &Template, params: usize) -> Vec<Piece> {
    let mut all = detail.pieces.clone();
    match all.last_mut() {
        Some(Piece::Literal(last)) => last.push_str(CONTEXT_SEPARATOR),
        _ => all.push(Piece::Literal(CONTEXT_SEPARATOR.to_owned())),
    }
    for piece in &context.pieces {
        match (all.last_mut(), piece) {
            (Some(Piece::Literal(last)), Piece::Literal(next)) => last.push_str(next),
            (_, Piece::Literal(next)) => all.push(Piece::Literal(next.clone())),
            (_, Piece::Hole(param)) => all.push(Piece::Hole(param + params)),
        }
    }
    all
}

/// The pieces of a cause or fix; none where it is the same for all values.
fn explanation(template: &Template) -> TokenStream {
    if template.constant().is_some() { quote!(&[]) } else { pieces(&template.pieces, 0) }
}

/// The pieces of a template, the parameters counted from `first`.
pub(super) fn pieces(pieces: &[Piece], first: usize) -> TokenStream {
    let pieces = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => quote!(::kate_errors::__private::Piece::Literal(#text)),
        Piece::Hole(param) => {
            let param = Literal::usize_unsuffixed(param + first);
            quote!(::kate_errors::__private::Piece::Hole(#param))
        }
    });
    quote!(&[#(#pieces),*])
}

pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}
