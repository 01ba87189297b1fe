//! The rows of the table, in numbers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::table::{Homonyms, body, escaped, has_headers, has_more};
use super::texts::Texts;
use crate::catalog::{Catalog, Retry, Row, Template};

/// A row in numbers, in the same form as in the library.
#[derive(Clone, Copy, Debug)]
pub struct Record(pub [usize; 12]);

impl Record {
    /// Where the body of the sentence begins in the texts, and its length.
    pub(super) fn body(&self) -> [usize; 2] {
        let [start, body, ..] = self.0;
        [start, body]
    }

    pub(super) fn emit(&self) -> TokenStream {
        let numbers = self.0.map(Literal::usize_unsuffixed);
        quote!([#(#numbers),*])
    }
}

/// The rows of a catalog, and their texts.
pub fn rows(catalog: &Catalog, homonyms: &Homonyms, texts: &mut Texts) -> Vec<Record> {
    let mut rest = 0;
    let rows = catalog.rows.iter().enumerate().map(|(index, row)| {
        let has_more = has_more(row, homonyms.of(index)) || has_headers(catalog, row);
        rest += usize::from(has_more);
        let status = usize::from(catalog.statuses[row.status].code);
        record(row, status, if has_more { rest } else { 0 }, texts)
    });
    rows.collect()
}

fn record(row: &Row, status: usize, more: usize, texts: &mut Texts) -> Record {
    let body = row.detail.constant().map(|detail| body(&escaped(detail))).unwrap_or_default();
    let is_inside = row.detail.constant().is_some_and(|detail| escaped(detail) == detail);
    let detail = if is_inside { "" } else { text(&row.detail) };
    let texts_of_row = [&body, detail, &row.code, &row.variant, text(&row.cause), text(&row.fix)];
    let start = texts.text.len();
    let [body, detail, code, variant, cause, fix] = texts_of_row.map(|text| {
        texts.push(text);
        text.len()
    });
    let retry = match row.retry {
        Retry::Never => 0,
        Retry::Later => 1,
        Retry::AfterFix => 2,
    };
    let (index, section) = (row.status, row.section);
    Record([start, body, detail, code, variant, cause, fix, status, index, section, retry, more])
}

/// The text of a template, braces as they are on the wire; where there are holes, as in the catalog.
fn text(template: &Template) -> &str {
    template.constant().unwrap_or(&template.source)
}
