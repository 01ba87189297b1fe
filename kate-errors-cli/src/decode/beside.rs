//! Reads what a response contains besides its error: retry delay, values only the server knows, invalid fields.

use std::collections::BTreeMap;

use kate_errors_model::envelope::{FieldPart, Found, Place, Slot};
use kate_errors_model::json::Str;

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
        let Ok(found) = envelope.find_fields(body) else { return read };
        let by_field = [Slot::MessageByField, Slot::MessagesByField];
        if let Some(members) = by_field.into_iter().find_map(|slot| found.raw(slot)) {
            if let Some((name, value)) = members.members().next() {
                let value = value.elements().next().unwrap_or(value);
                read.insert("field.path".to_owned(), name.text_lossy());
                let message = value.string().map(Str::text_lossy);
                read.extend(message.map(|message| ("field.message".to_owned(), message)));
            }
        } else if let Some(field) = found.each_field().next() {
            field_parts(&field, &mut read);
        }
        read
    }
}

/// Reads the parts of an invalid field. Paths are reduced to the same text, whatever their format.
fn field_parts(field: &Found<'_, '_>, read: &mut BTreeMap<String, String>) {
    for (name, part) in FieldPart::ALL {
        let Some(value) = field.get(Slot::Field(*part)) else { continue };
        let (name, text) = match part {
            FieldPart::Code | FieldPart::Message => (*name, value.as_str()),
            _ => ("path", value.as_str().trim_matches(['#', '/', '[', ']', '"'])),
        };
        read.insert(format!("field.{name}"), text.to_owned());
    }
}
