//! Decodes responses with a catalog that was compiled at run time. The library's decoder does it, as for clients
//! with generated types.

mod beside;
mod compiled;
mod reading;

use std::collections::BTreeMap;

use kate_errors::__private::decode::{BodyFormat, Reader};
use kate_errors::__private::fields_of;
use kate_errors::FieldError;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Identity;
use kate_errors_codegen::envelope::Parts;
use kate_errors_model::envelope::{Envelope, Slot};

use self::compiled::{Compiled, Lists};
use self::reading::noted;
pub(crate) use self::reading::{Known, Note, Reading, Response, names_no_error};
use crate::lookup::Lookup;
use crate::messages;

/// A client of a catalog.
pub(crate) struct Decoder<'c> {
    catalog: &'c Catalog,
    /// The envelopes to try: the current one, then the older ones.
    parts: Vec<Parts<'c>>,
    pub(crate) lookup: Lookup<'c>,
    lists: Vec<Lists<'c>>,
    codes: BTreeMap<&'c str, Vec<usize>>,
}

impl<'c> Decoder<'c> {
    pub(crate) fn of(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            parts: catalog.envelopes().collect(),
            lookup: Lookup::of(catalog),
            lists: Lists::of(catalog),
            codes: messages::sent_with_code(catalog),
        }
    }

    /// Whether the current envelope has a place for the slot.
    pub(crate) fn reads(&self, slot: Slot<'_>) -> bool {
        self.envelope(0).reads(slot)
    }

    fn envelope(&self, at: usize) -> Envelope<'_> {
        self.parts[at].envelope()
    }

    pub(crate) fn decode(&self, response: &Response) -> Reading {
        self.decode_in(response, None)
    }

    /// Like [`Self::decode`], for the response of an operation. Among equally ranked errors, those listed in
    /// `operation` win.
    pub(crate) fn decode_in(&self, response: &Response, operation: Option<&[usize]>) -> Reading {
        self.read(response, operation).0
    }

    /// Decodes a message that is not in a body, with the status and the code header of its response.
    pub(crate) fn alone(
        &self,
        response: &Response,
        operation: Option<&[usize]>,
        message: &str,
    ) -> Option<Known> {
        let read = |reader: Reader<'_, Compiled<'_>>| reader.message(response.status, message);
        match noted(self.with_reader(response.header.as_deref(), operation, true, read)) {
            Reading::Known(known, _) => Some(known),
            _ => None,
        }
    }

    /// Returns the errors with a message, also if they have values that it does not contain.
    pub(crate) fn rows_with(&self, message: &str) -> Vec<usize> {
        let read = |reader: Reader<'_, Compiled<'_>>| reader.errors_with(message);
        let errors = self.with_reader(None, None, true, read);
        errors.into_iter().map(|error| error as usize).collect()
    }

    /// Whether the body has a message, whatever it says.
    pub(crate) fn has_message(&self, body: &str) -> bool {
        let envelope = self.envelope(0);
        envelope.find(body.as_bytes()).is_ok_and(|found| found.get(Slot::Detail).is_some())
    }

    /// Returns the paths and messages of the invalid fields that a body lists. Clients ask for them separately.
    pub(crate) fn fields(&self, response: &Response) -> Vec<(String, String)> {
        let fields = match self.read(response, None) {
            (Reading::Validation(validation), _) => validation.items().to_vec(),
            (_, at) => fields_of(&self.envelope(at), response.body.as_bytes()),
        };
        let shown = |field: FieldError| (field.path(), field.message().to_owned());
        let fields = fields.into_iter().map(shown);
        fields.filter(|(_, message)| !message.is_empty()).collect()
    }

    /// Returns what the response says, and the index of its envelope.
    fn read(&self, response: &Response, operation: Option<&[usize]>) -> (Reading, usize) {
        let body = response.body.as_bytes();
        let read = |reader: Reader<'_, Compiled<'_>>| reader.read(response.status, body);
        let (reading, older) = self.with_reader(response.header.as_deref(), operation, false, read);
        (noted(reading), older.into())
    }

    fn with_reader<R>(
        &self,
        header: Option<&str>,
        operation: Option<&[usize]>,
        is_alone: bool,
        read: impl FnOnce(Reader<'_, Compiled<'_>>) -> R,
    ) -> R {
        let older: Vec<_> = (1..self.parts.len()).map(|at| self.envelope(at)).collect();
        let success = self.catalog.success;
        let envelope = &Envelope { older: &older, success, ..self.envelope(0) };
        let identity = if is_alone { Identity::Detail } else { self.catalog.identity };
        // Comparing with the JSON around messages is only faster if that is a constant.
        let format = BodyFormat { around: None, ..BodyFormat::of(envelope, identity) };
        let code = self.catalog.error_code();
        let header = header.map(|header| code.code(header.as_bytes()));
        read(Reader::new(Compiled { decoder: self, format, operation, is_alone }, header))
    }
}

#[cfg(test)]
mod tests;
