//! The fast path of decoding: bodies written exactly as servers of this library write them, and messages without
//! values.

use core::iter;
use core::str;

use kate_errors_model::envelope::{Identity, Insides};
use kate_errors_model::index::Messages;
use kate_errors_model::json;

use super::candidates::Candidates;
use super::decoder::{Decoder, is_expected};
use crate::catalog::table::ErrorRow;
use crate::{CatalogCode, CatalogError, Notes, Outcome};

impl<E: CatalogError> Decoder<'_, E> {
    /// Decodes the body in the envelope of the catalog. `status` is that of the response, if known.
    #[inline]
    pub(super) fn outcome(&self, status: Option<u16>, body: &[u8]) -> Outcome<E> {
        // Most bodies are written exactly as servers of this library write them, with nothing escaped. Then the
        // message is between constant texts, and comparing bytes is enough to recognize it.
        let insides = match E::Code::AROUND {
            Some(around) => around.inside(body),
            None => None,
        };
        match insides {
            Some(insides) => self.inside(status, body, insides),
            None => self.places(&E::Code::ENVELOPE, status, body, false),
        }
    }

    /// Decodes a body that is written as servers of this library write it. If something in it is escaped, it is
    /// parsed instead.
    #[inline]
    fn inside(&self, status: Option<u16>, body: &[u8], insides: Insides<'_>) -> Outcome<E> {
        let Insides { code, detail, .. } = insides;
        let table = E::Code::TABLE;
        let likely = table.index.likely(detail);
        let is_sent = |row: &ErrorRow| row.has_body(insides.body);
        if let Some(error) = self.plain(status, likely.clone(), code.is_some(), is_sent) {
            return Outcome::Known { error, notes: Notes::NONE };
        }
        if !json::is_plain_text(detail) || !code.is_none_or(json::is_plain_text) {
            return self.places(&E::Code::ENVELOPE, status, body, false);
        }
        let named;
        let decoder = if code.is_some() {
            named = self.with_code(code);
            &named
        } else {
            self
        };
        if decoder.identifies_by_code() {
            return decoder.by_code(status, str::from_utf8(detail).ok(), None);
        }
        let hints = decoder.hints(status);
        let mut candidates = Candidates::new(&hints);
        let mut constants = likely.filter(|message| table.constant(*message) == detail);
        if let Some(first) = constants.next() {
            candidates.add_without_values(iter::once(first).chain(constants));
        }
        if !candidates.are_settled() {
            candidates.add_with_values(detail);
        }
        decoder.chosen(status, candidates, false)
    }

    /// Returns the error with the message, and with the code beside it, if that error has no values, is the only
    /// candidate, and there is nothing to note.
    #[inline]
    pub(super) fn plain_message(
        &self,
        status: Option<u16>,
        message: &str,
        code: Option<&[u8]>,
    ) -> Option<E> {
        let message = message.as_bytes();
        let likely = E::Code::TABLE.index.likely(message);
        self.plain(status, likely, code.is_some(), |row| {
            row.detail_bytes() == message && code.is_none_or(|code| code == row.code_bytes())
        })
    }

    /// Returns the error that was sent, if it has no values, is the only candidate, and there is nothing to note.
    #[inline]
    fn plain(
        &self,
        status: Option<u16>,
        mut likely: impl Iterator<Item = u32>,
        has_code: bool,
        is_sent: impl Fn(&ErrorRow) -> bool,
    ) -> Option<E> {
        let row = |at| Some((at, E::Code::TABLE.error(at)?));
        let (at, row) = likely.find_map(|at| row(at).filter(|(_, row)| is_sent(row)))?;
        let is_alone = row.extras.is_none() && self.scope.is_none() && self.header.is_none();
        let is_named = has_code || E::Code::IDENTITY == Identity::Detail;
        let is_expected = is_alone && is_named && is_expected(row, status);
        let code = *E::Code::ALL.get(at as usize).filter(|_| is_expected)?;
        E::__from_values(code, &[], None)
    }
}
