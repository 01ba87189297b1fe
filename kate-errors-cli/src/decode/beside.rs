//! Reads what a response contains besides its error: retry delay, values only the server knows, invalid fields.

use std::collections::BTreeMap;

use kate_errors::__private::fields_of;
use kate_errors_model::envelope::{Place, Slot};

use super::{Decoder, Response};

impl Decoder<'_> {
    /// Returns what can be read, by the name of its placeholder. Of a list of fields, only the first is read.
    pub(crate) fn beside(&self, response: &Response) -> BTreeMap<String, String> {
        let (_, at) = self.read(response, None);
        let envelope = self.envelope(at);
        let body = response.body.as_bytes();
        let mut read = BTreeMap::new();
        let Ok(found) = envelope.find(body) else { return read };
        for slot in envelope.places.iter().filter_map(Place::leaf).map(|leaf| leaf.slot) {
            let Some(value) = found.get(slot) else { continue };
            let text = value.as_str();
            let millis = || Some(text.parse::<u64>().ok()?.div_ceil(1000).to_string());
            let (name, text) = match slot {
                Slot::RetryAfter => ("retry_after".to_owned(), text.to_owned()),
                Slot::RetryAfterMillis => ("retry_after".to_owned(), millis().unwrap_or_default()),
                Slot::Request(name) if !text.is_empty() => {
                    (format!("request.{name}"), text.to_owned())
                }
                _ => continue,
            };
            read.entry(name).or_insert(text);
        }
        if let Some(field) = fields_of(&envelope, body).first() {
            let parts =
                [("path", &*field.path()), ("code", field.code()), ("message", field.message())];
            let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
            read.extend(parts.map(|(part, text)| (format!("field.{part}"), text.to_owned())));
        }
        read
    }
}
