//! What clients of both catalogs read from a response, in words.

use std::collections::BTreeMap;

use super::witness::{Both, Sent, Which, Witness};
use crate::decode::{Note, Reading};
use crate::messages;

impl Both<'_> {
    pub(crate) fn witness(&self, sent: &Sent) -> Witness {
        let sender = self.side(sent.from).catalog;
        let header = sent.response.header.clone();
        let read = |client| self.reading(client, &self.read(client, sent));
        Witness {
            from: sent.from,
            is_older: sent.is_older,
            status: sent.response.status,
            header: header.map(|code| (sender.error_code().name.to_owned(), code)),
            body: sent.response.body.clone(),
            old: read(Which::Old),
            new: read(Which::New),
        }
    }

    /// Returns the response with everything besides the error that its body has a place for.
    pub(crate) fn full_body(&self, sent: &Sent) -> Sent {
        let (side, mut sent) = (self.side(sent.from), sent.clone());
        let row = side.row(sent.row);
        let values = &side.examples(sent.row)[..row.params.len()];
        let message = messages::render(&row.detail.parsed, values);
        sent.response.body = side.catalog.full_body(row, &message, values);
        sent
    }

    /// Returns what a client reads besides the error, by placeholder.
    pub(crate) fn beside(&self, client: Which, sent: &Sent) -> BTreeMap<String, String> {
        self.side(client).decoder.beside(&sent.response)
    }

    /// Returns a witness that also shows what is read besides the error.
    pub(crate) fn witness_of_all(&self, sent: &Sent) -> Witness {
        let all = |client| {
            let beside = self.beside(client, sent).into_iter();
            let beside = beside.map(|(name, value)| format!(", {name} = \"{value}\""));
            beside.collect::<Vec<_>>().concat()
        };
        let mut witness = self.witness(sent);
        witness.old += &all(Which::Old);
        witness.new += &all(Which::New);
        witness
    }

    /// Describes a reading in words.
    fn reading(&self, client: Which, reading: &Reading) -> String {
        let catalog = self.side(client).catalog;
        match reading {
            Reading::NotAnError => "not an error".to_owned(),
            Reading::Validation(_) => "a validation error".to_owned(),
            Reading::Unknown(_, Some(named)) if catalog.identity.is_by_code() => {
                format!(
                    "only the code `{}`, without its values",
                    catalog.rows[*named as usize].code
                )
            }
            Reading::Unknown(reason, _) => format!("unknown ({reason})"),
            Reading::Known(known, _) => {
                let row = &catalog.rows[known.row];
                let values = known.values_of(catalog.params(row));
                let values: Vec<String> = values
                    .map(|(param, value)| format!("{} = {}", param.name, serde_json::json!(value)))
                    .collect();
                let values = if values.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", values.join(", "))
                };
                let notes: Vec<&str> = known.notes.iter().filter_map(note).collect();
                let notes = if notes.is_empty() {
                    String::new()
                } else {
                    format!(", noting {}", notes.join(", "))
                };
                format!("`{}`{values}{notes}", row.name)
            }
        }
    }
}

fn note(note: &Note) -> Option<&'static str> {
    Some(match note {
        Note::StatusDiffers => "another status",
        Note::FormerMessage => "a former message",
        Note::Retired => "a retired error",
        Note::NoCode => "no code",
        Note::CodeContradicts(_) => "the code of another error",
        Note::CodeUnknown(_) => "an unknown code",
        Note::OtherMessage => "another message",
        Note::ValuesDiffer => "values that differ",
        Note::PlacesDiffer => "places that differ",
        Note::MoreErrors => "more errors",
        Note::OutOfScope | Note::ByteOrderMark => return None,
    })
}
