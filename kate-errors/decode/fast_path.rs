//! The fast path of decoding: bodies written exactly as servers of this library write them, and messages without
//! values.

use core::iter;
use core::str;

use kate_errors_model::envelope::{Identity, Insides};
use kate_errors_model::json;

use super::candidates::Candidates;
use super::reader::{Reader, is_expected};
use super::reading::Reading;
use super::source::Source;

/// A body that is written as servers of this library write it, and the messages that it may have.
pub(super) struct Sent<'b, L> {
    insides: Insides<'b>,
    likely: L,
}

impl<'t, S: Source<'t>> Reader<'_, S> {
    /// Returns the error if the body is exactly the one that servers of this library send for an error without
    /// values, and there is nothing to note. Otherwise returns what is known of the body so far.
    #[inline]
    pub(super) fn sent<'b>(
        &self,
        status: Option<u16>,
        body: &'b [u8],
    ) -> Result<S::Error, Option<Sent<'b, impl Iterator<Item = u32> + Clone + use<'b, 't, S>>>>
    {
        // Most bodies are written exactly as servers of this library write them, with nothing escaped. Then the
        // message is between constant texts, and comparing bytes is enough to recognize it.
        let Some(around) = self.source.format().around else { return Err(None) };
        let Some(insides) = around.inside(body) else { return Err(None) };
        let likely = self.source.index().likely(insides.detail);
        let is_sent = |error| self.source.has_body(error, insides.body);
        let error = self.plain(status, likely.clone(), insides.code.is_some(), is_sent);
        error.ok_or(Some(Sent { insides, likely }))
    }

    /// Decodes another body in the envelope of the catalog. `status` is that of the response, if known.
    #[inline]
    pub(super) fn current<'b>(
        &self,
        status: Option<u16>,
        body: &'b [u8],
        sent: Option<Sent<'b, impl Iterator<Item = u32>>>,
    ) -> Reading<S::Error> {
        let source = self.source;
        let are_plain = |it: &Sent<'b, _>| {
            json::is_plain_text(it.insides.detail)
                && it.insides.code.is_none_or(json::is_plain_text)
        };
        // If something in it is escaped, it is parsed.
        let Some(Sent { insides, likely }) = sent.filter(are_plain) else {
            return self.places(source.format().envelope, status, body, false);
        };
        let Insides { code, detail, .. } = insides;
        let reader = Reader { code, ..*self };
        if reader.identifies_by_code() {
            return reader.by_code(status, str::from_utf8(detail).ok(), None);
        }
        let hints = reader.hints(status);
        let mut candidates = Candidates::new(source, &hints);
        let mut constants = likely.filter(|message| source.constant(*message) == detail);
        if let Some(first) = constants.next() {
            candidates.add_without_values(iter::once(first).chain(constants));
        }
        if !candidates.are_settled() {
            candidates.add_with_values(detail);
        }
        reader.chosen(status, candidates, false)
    }

    /// Returns the error with the message, and with the code beside it, if that error has no values, is the only
    /// candidate, and there is nothing to note.
    #[inline]
    pub(super) fn plain_message(
        &self,
        status: Option<u16>,
        message: &str,
        code: Option<&[u8]>,
    ) -> Option<S::Error> {
        let message = message.as_bytes();
        let likely = self.source.index().likely(message);
        self.plain(status, likely, code.is_some(), |error| {
            self.source.row(error).is_some_and(|row| {
                row.detail == message && code.is_none_or(|code| code == row.code)
            })
        })
    }

    /// Returns the error that was sent, if it has no values, is the only candidate, and there is nothing to note.
    #[inline]
    fn plain(
        &self,
        status: Option<u16>,
        likely: impl Iterator<Item = u32>,
        has_code: bool,
        is_sent: impl Fn(u32) -> bool,
    ) -> Option<S::Error> {
        /// If more errors than this share a message, as they can if codes identify them, their code finds them faster.
        const FEW: usize = 4;
        let source = self.source;
        let errors = likely.filter_map(|message| source.constant_of(message));
        let mut errors = errors.filter(|(_, is_former)| !is_former).map(|(error, _)| error);
        let is_sent = |error: &u32| is_sent(*error);
        let number = if source.format().identity == Identity::Detail {
            errors.find(is_sent)
        } else {
            errors.take(FEW).find(is_sent)
        }?;
        let row = source.row(number)?;
        let is_alone = row.is_alone && self.header.is_none();
        let is_alone = is_alone && source.has_in_scope(number).is_none();
        let is_named = has_code || source.format().identity == Identity::Detail;
        let is_expected = is_alone && is_named && is_expected(&row, status);
        is_expected.then(|| source.create(number, &[], None)).flatten()
    }
}
