//! The static tables that generated code holds.

use crate::Retry;
use crate::constants::Constants;
use crate::template::{Param, Piece, Template};
use crate::trie::Trie;

/// A catalog at run time.
#[derive(Debug)]
pub struct Table {
    /// The name of the enum.
    pub enum_name: &'static str,
    /// The address of the reference page.
    pub reference: Option<&'static str>,
    /// The rows, in the order of the catalog.
    pub rows: &'static [Row],
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

/// A row of the table.
#[derive(Debug)]
pub struct Row {
    /// The code.
    pub code: &'static str,
    /// The identifier of the code.
    pub variant: &'static str,
    /// The status.
    pub status: u16,
    /// The index of the status in the table of statuses.
    pub status_index: u16,
    /// The index of the section.
    pub section: u16,
    /// Whether trying again helps.
    pub retry: Retry,
    /// The sentence, or the template of it as the catalog has it.
    pub detail: &'static str,
    /// The body of a response without values.
    pub body: &'static str,
    /// What leads to it, or the template of it.
    pub cause: &'static str,
    /// What to do about it, or the template of it.
    pub fix: &'static str,
    /// What few rows have.
    pub more: Option<&'static More>,
}

/// What rows with values, homonyms and history have.
#[derive(Debug)]
pub struct More {
    /// The parameters of the row.
    pub params: &'static [Param<'static>],
    /// The name of the struct of the context, and its parameters.
    pub context: Option<(&'static str, &'static [Param<'static>])>,
    /// The parameters of the row and then of the context.
    pub all_params: &'static [Param<'static>],
    /// The pieces of the sentence without context.
    pub detail: &'static [Piece<'static>],
    /// The pieces of the sentence with context; empty where the row has none.
    pub full: &'static [Piece<'static>],
    /// The pieces of the body without context: literals as they stand in JSON, with what stands around the
    /// sentence.
    pub body: &'static [Piece<'static>],
    /// The pieces of the body with context.
    pub full_body: &'static [Piece<'static>],
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

impl Row {
    /// The pieces of the body, with or without its context.
    pub(crate) fn body_pieces(&self, with_context: bool) -> &'static [Piece<'static>] {
        match self.more {
            Some(more) if with_context => more.full_body,
            Some(more) => more.body,
            None => &[],
        }
    }

    pub(crate) fn params(&self) -> &'static [Param<'static>] {
        self.more.map_or(&[], |more| more.params)
    }

    /// The sentence, with or without its context.
    pub(crate) fn template(&self, with_context: bool) -> Template<'static> {
        match self.more {
            Some(more) if with_context && !more.full.is_empty() => {
                Template { pieces: more.full, params: more.all_params }
            }
            Some(more) => Template { pieces: more.detail, params: more.params },
            None => Template { pieces: &[], params: &[] },
        }
    }
}
