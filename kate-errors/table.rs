//! The static tables that generated code holds.

use crate::constants::Constants;
use crate::template::{Param, Piece, Template};
use crate::trie::Trie;
use crate::{Retry, body};

/// A catalog at run time.
#[derive(Debug)]
pub struct Table {
    /// The name of the enum.
    pub enum_name: &'static str,
    /// The address of the reference page.
    pub reference: Option<&'static str>,
    /// The texts of the rows, one behind the other.
    pub text: &'static str,
    /// The rows, in the order of the catalog.
    pub rows: &'static [Record],
    /// What few rows have.
    pub more: &'static [More],
    /// Indices of the rows, sorted by code.
    pub by_code: &'static [u32],
    /// The sentences without holes.
    pub constants: Constants,
    /// The sentences with holes.
    pub trie: Trie,
    /// The table of statuses, in the order of the catalog.
    pub statuses: &'static [StatusRow],
    /// The names of the sections, in the order of the catalog.
    pub sections: &'static [&'static str],
}

/// A name and a value of a header field.
pub(crate) type Header = (&'static str, &'static str);

/// A status of the table of statuses.
#[derive(Debug)]
pub struct StatusRow {
    /// The number.
    pub status: u16,
    /// The name.
    pub name: &'static str,
    /// The body of a response whose sentence is the name.
    pub body: &'static str,
    /// The header fields of responses with this status.
    pub headers: &'static [Header],
    /// The index of the row that stands for responses of no row.
    pub fallback: Option<u32>,
}

/// What rows with values, homonyms and history have.
#[derive(Debug)]
pub struct More {
    /// The parameters of the row and then of the context.
    pub params: &'static [Param<'static>],
    /// How many of them are the row's.
    pub own: u16,
    /// The name of the struct of the context.
    pub context: Option<&'static str>,
    /// The pieces of the sentence without context.
    pub detail: &'static [Piece<'static>],
    /// The pieces of the sentence with context; empty where the row has none.
    pub full: &'static [Piece<'static>],
    /// How long the literals of the longest of the two are in a body, with what stands around the sentence.
    pub length: u32,
    /// Whether JSON escapes something in the literals.
    pub is_escaped: bool,
    /// The pieces of the cause.
    pub cause: &'static [Piece<'static>],
    /// The pieces of the fix.
    pub fix: &'static [Piece<'static>],
    /// The index of the row whose sentence it shares.
    pub same_as: Option<u32>,
    /// The indices of the rows that share its sentence.
    pub homonyms: &'static [u32],
    /// Wordings that it had before.
    pub former: &'static [&'static [Piece<'static>]],
    /// Why it is retired.
    pub retired: Option<&'static str>,
    /// The header fields, where they are others than those of the status.
    pub headers: Option<&'static [Header]>,
}

impl More {
    /// The parameters of the row itself.
    #[must_use]
    pub fn own_params(&self) -> &'static [Param<'static>] {
        self.params.get(..usize::from(self.own)).unwrap_or_default()
    }

    /// The parameters of the context.
    pub(crate) fn context_params(&self) -> &'static [Param<'static>] {
        self.params.get(usize::from(self.own)..).unwrap_or_default()
    }
}

/// A row in numbers: where its texts begin; the lengths of its body (0 if it has values), its sentence (0 if it
/// is the inside of the body), its code, the identifier of the code, its cause and its fix; its status; the
/// indices of status and section; whether trying again helps (0 never, 1 later, 2 after a fix); one more than the
/// index of what few rows have, 0 if it has none of that.
pub type Record = [u32; 12];

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    table: &'static Table,
    record: &'static Record,
}

impl Table {
    /// A row.
    pub(crate) fn row(&'static self, index: usize) -> Option<Row> {
        self.rows.get(index).map(|record| Row::new(self, record))
    }

    /// All rows, in the order of the catalog.
    pub fn rows(&'static self) -> impl Iterator<Item = Row> {
        self.rows.iter().map(move |record| Row::new(self, record))
    }
}

impl Row {
    /// The row of a table that a record is.
    pub(crate) fn new(table: &'static Table, record: &'static Record) -> Self {
        Self { table, record }
    }

    fn text(self, start: u32, length: u32) -> &'static str {
        let (start, length) = (start as usize, length as usize);
        self.table.text.get(start..start + length).unwrap_or_default()
    }

    /// The body of a response without values.
    #[inline]
    pub(crate) fn body(self) -> &'static [u8] {
        let [start, body, ..] = *self.record;
        let (start, length) = (start as usize, body as usize);
        self.table.text.as_bytes().get(start..start + length).unwrap_or_default()
    }

    /// The sentence, or the template of it as the catalog has it.
    pub(crate) fn detail(self) -> &'static str {
        let [start, body, detail, ..] = *self.record;
        if detail == 0 {
            return body::sentence(self.text(start, body));
        }
        self.text(start + body, detail)
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        let [start, body, detail, code, ..] = *self.record;
        self.text(start + body + detail, code)
    }

    /// The identifier of the code.
    #[must_use]
    pub fn variant(self) -> &'static str {
        let [start, body, detail, code, variant, ..] = *self.record;
        self.text(start + body + detail + code, variant)
    }

    /// What leads to it, or the template of it.
    pub(crate) fn cause(self) -> &'static str {
        let [start, body, detail, code, variant, cause, ..] = *self.record;
        self.text(start + body + detail + code + variant, cause)
    }

    /// What to do about it, or the template of it.
    pub(crate) fn fix(self) -> &'static str {
        let [start, body, detail, code, variant, cause, fix, ..] = *self.record;
        self.text(start + body + detail + code + variant + cause, fix)
    }

    /// The status.
    #[inline]
    #[must_use]
    pub fn status(self) -> u16 {
        let [.., status, _, _, _, _] = *self.record;
        u16::try_from(status).unwrap_or_default()
    }

    /// The index of the status in the table of statuses.
    #[must_use]
    pub fn status_index(self) -> usize {
        let [.., status, _, _, _] = *self.record;
        status as usize
    }

    /// The header fields of its responses.
    pub(crate) fn headers(self) -> &'static [Header] {
        let own = self.more().and_then(|more| more.headers);
        own.or_else(|| Some(self.table.statuses.get(self.status_index())?.headers))
            .unwrap_or_default()
    }

    /// The index of the section.
    #[must_use]
    pub fn section(self) -> usize {
        let [.., section, _, _] = *self.record;
        section as usize
    }

    /// Whether trying again helps.
    pub(crate) fn retry(self) -> Retry {
        let [.., retry, _] = *self.record;
        match retry {
            0 => Retry::Never,
            1 => Retry::Later,
            _ => Retry::AfterFix,
        }
    }

    /// What few rows have.
    #[must_use]
    pub fn more(self) -> Option<&'static More> {
        let [.., more] = *self.record;
        self.table.more.get((more as usize).checked_sub(1)?)
    }

    /// The parameters of the row itself.
    pub(crate) fn params(self) -> &'static [Param<'static>] {
        self.more().map_or(&[], More::own_params)
    }

    /// The sentence, with or without its context.
    pub(crate) fn template(self, with_context: bool) -> Template<'static> {
        match self.more() {
            Some(more) if with_context && !more.full.is_empty() => {
                Template { pieces: more.full, params: more.params }
            }
            Some(more) => Template { pieces: more.detail, params: more.own_params() },
            None => Template { pieces: &[], params: &[] },
        }
    }
}
