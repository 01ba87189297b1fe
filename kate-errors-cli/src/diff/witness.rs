//! Responses of one catalog's servers, decoded by clients of the other.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::envelope::Parts;
use kate_errors_model::envelope::{Identity, Slot};
use kate_errors_model::template::Template;
use kate_errors_model::types::Type;

use super::pair::Pairs;
pub(crate) use super::side::{Side, Which};
use crate::decode::{Known, Reading, Response};
use crate::messages;

/// A response that a server sends.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) from: Which,
    pub(crate) row: usize,
    pub(crate) response: Response,
    /// Whether it has a former message or body, which its catalog reads but no longer writes.
    pub(crate) is_older: bool,
}

impl Sent {
    /// Returns the response with another status.
    pub(crate) fn under(mut self, status: u16) -> Self {
        self.response.status = status;
        self
    }
}

/// How a client of the other catalog reads an error, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// The same error, with the same values.
    Same,
    /// The same error without its values, or without an optional one.
    CodeAlone,
    Unknown,
    /// The same error with other values.
    OtherValues,
    /// Another error: this one.
    Other(usize),
}

/// A response with the readings of both clients.
#[derive(Clone, Debug)]
pub(crate) struct Witness {
    pub(crate) from: Which,
    pub(crate) is_older: bool,
    pub(crate) status: u16,
    pub(crate) header: Option<(String, String)>,
    pub(crate) body: String,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// Both catalogs, and their matching errors.
pub(crate) struct Both<'c> {
    pub(crate) old: Side<'c>,
    pub(crate) new: Side<'c>,
    pub(crate) pairs: Pairs,
}

impl<'c> Both<'c> {
    pub(crate) fn side(&self, which: Which) -> &Side<'c> {
        match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        }
    }

    /// Whether servers of its catalog still send an error.
    pub(crate) fn is_sent(&self, sent: &Sent) -> bool {
        self.side(sent.from).is_sent(sent.row)
    }

    /// Returns an error of each catalog.
    pub(crate) fn rows(&self, old: usize, new: usize) -> (&'c Row, &'c Row) {
        (self.old.row(old), self.new.row(new))
    }

    /// Returns the pairs of old and new errors, first those that servers still send: they show what a change breaks.
    pub(crate) fn sent_first(&self) -> Vec<(usize, usize)> {
        let mut pairs = self.pairs.both();
        pairs.sort_by_key(|(_, new)| !self.new.is_sent(*new));
        pairs
    }

    pub(super) fn counterpart(&self, of: Which, row: usize) -> Option<usize> {
        match of {
            Which::Old => self.pairs.new_of[row],
            Which::New => self.pairs.old_of[row],
        }
    }

    /// Returns an error as its server sends it, with example values.
    pub(crate) fn example(&self, from: Which, row: usize) -> Sent {
        let side = self.side(from);
        self.sent(from, row, &side.row(row).detail.parsed, &side.examples(row))
    }

    /// Returns an error in an older body format, without the code in a header field.
    pub(crate) fn older(&self, from: Which, row: usize, envelope: &str) -> Option<Sent> {
        let side = self.side(from);
        let Sent { row, mut response, .. } = self.example(from, row);
        let error = side.catalog.rows.get(row)?;
        let parts = Parts::new(envelope).ok()?;
        let values = &side.examples(row)[..error.params.len()];
        let message = messages::render(&error.detail.parsed, values);
        response.body = side.catalog.body_as(&parts.envelope(), error, &message, values);
        Some(Sent { from, row, response, is_older: true })
    }

    /// Returns an error with one of its former messages.
    pub(crate) fn former(&self, from: Which, row: usize, former: &Template<'_>) -> Sent {
        let side = self.side(from);
        let values = messages::examples(side.catalog, side.row(row));
        let own = &values[..side.row(row).params.len()];
        let sent = self.response_of(from, row, &messages::render(former, own), own);
        Sent { is_older: true, ..sent }
    }

    /// Returns an error as servers of both catalogs send it, the new one first.
    pub(crate) fn examples(&self, old: usize, new: usize) -> [Option<Sent>; 2] {
        [(Which::New, new), (Which::Old, old)].map(|(from, row)| Some(self.example(from, row)))
    }

    /// Returns the same, but with their contexts if both have one and the other side reads less of it.
    pub(crate) fn examples_with_context(&self, old: usize, new: usize) -> (Sent, Sent) {
        let (sent, was_sent) = (self.example(Which::New, new), self.example(Which::Old, old));
        let less_read =
            |bare: Sent, full: Sent| if self.fate(&full) > self.fate(&bare) { full } else { bare };
        match (self.full(Which::New, new), self.full(Which::Old, old)) {
            (Some(full), Some(was_full)) => (less_read(sent, full), less_read(was_sent, was_full)),
            _ => (sent, was_sent),
        }
    }

    /// Returns an error with example values, without the value of `param`.
    pub(crate) fn without(&self, from: Which, row: usize, param: &Param) -> Option<Sent> {
        let side = self.side(from);
        let mut error = side.row(row).clone();
        error.params.iter().find(|it| it.name == param.name)?;
        let values = side.examples(row);
        let message = messages::render(&error.detail.parsed, &values);
        let kept = error.params.iter().zip(values).filter(|(it, _)| it.name != param.name);
        let kept: Vec<String> = kept.map(|(_, value)| value).collect();
        error.params.retain(|it| it.name != param.name);
        let mut sent = self.response(from, row, &message, &kept);
        sent.response.body = side.catalog.body(&error, &message, &kept);
        Some(sent)
    }

    /// Returns an error with example values and its context, or `None` if it has no context.
    pub(crate) fn full(&self, from: Which, row: usize) -> Option<Sent> {
        let side = self.side(from);
        let template = side.row(row).with_context.as_ref()?;
        Some(self.sent(from, row, template, &side.examples(row)))
    }

    /// Returns an error of the old catalog with the values that its client reads from a response, if it takes that for
    /// this error.
    pub(crate) fn taken(&self, sent: &Sent, row: usize) -> Option<Sent> {
        let error = self.old.row(row);
        let Reading::Known(known, _) = self.read(Which::Old, sent) else { return None };
        let values = known.values.get(..error.params.len()).filter(|_| known.row == row)?;
        let values: Vec<String> = values.iter().cloned().collect::<Option<_>>()?;
        Some(self.sent(Which::Old, row, &error.detail.parsed, &values))
    }

    /// Returns an error without and with its context: with example values, and with values that messages cannot hold
    /// unchanged, unlike members of bodies, or that clients of the other catalog could read in another way.
    pub(crate) fn forms(&self, from: Which, row: usize) -> Vec<Sent> {
        let (side, error) = (self.side(from), self.side(from).row(row));
        let values = std::iter::once(side.examples(row)).chain(side.hostile(row));
        let values = values.chain(self.with_context_inside(from, row));
        let of = |values: Vec<String>| {
            let templates = std::iter::once(&error.detail.parsed).chain(&error.with_context);
            templates.map(|it| self.sent(from, row, it, &values)).collect::<Vec<_>>()
        };
        values.flat_map(of).collect()
    }

    /// Returns values that contain the context that the error has in the other catalog.
    fn with_context_inside(&self, from: Which, row: usize) -> Option<Vec<String>> {
        let (side, other) = (self.side(from), self.side(from.other()));
        let known = other.row(self.counterpart(from, row)?);
        let (bare, full) = messages::example_messages(other.catalog, known);
        let context = full?.strip_prefix(&bare)?.to_owned();
        let mut values = side.examples(row);
        for (value, param) in values.iter_mut().zip(&side.row(row).params) {
            if matches!(param.ty, Type::Text | Type::Lines) {
                value.push_str(&context);
            }
        }
        Some(values)
    }

    /// Returns all forms of an error, and an example with each of its other statuses.
    pub(crate) fn all_examples(&self, from: Which, row: usize) -> Vec<Sent> {
        let side = self.side(from);
        let mut all = self.forms(from, row);
        let statuses = messages::other_statuses(side.catalog, side.row(row)).map(|it| it.code);
        all.extend(statuses.map(|status| self.example(from, row).under(status)));
        all
    }

    /// Returns how a client of the other catalog reads a response or, if it reads it as it is meant, another form of
    /// the same error that it does not.
    pub(crate) fn least_read(&self, sent: Sent) -> (Sent, Fate) {
        let fate = self.fate(&sent);
        let forms = || self.forms(sent.from, sent.row).into_iter();
        let with_status = |form: Sent| {
            let form = form.under(sent.response.status);
            let fate = self.fate(&form);
            (form, fate)
        };
        let is_left = fate != Fate::Same || sent.is_older;
        let less =
            if is_left { None } else { forms().map(with_status).find(|it| it.1 != Fate::Same) };
        less.unwrap_or((sent, fate))
    }

    /// Returns the response of which clients of the other catalog read least, the first one of several.
    pub(crate) fn least(&self, sent: impl IntoIterator<Item = Sent>) -> Option<Sent> {
        let all: Vec<_> = sent.into_iter().map(|sent| (self.fate(&sent), sent)).collect();
        // `max_by_key` returns the last maximum, which is the first one because of `rev`.
        all.into_iter().rev().max_by_key(|(fate, _)| *fate).map(|(_, sent)| sent)
    }

    /// Returns an error with these values, rendered with this template.
    pub(crate) fn sent(
        &self,
        from: Which,
        row: usize,
        template: &Template<'_>,
        values: &[String],
    ) -> Sent {
        let own = self.side(from).row(row).params.len();
        let is_full = template.segments.iter().any(|segment| segment.param >= own);
        let values = if is_full { values } else { &values[..own.min(values.len())] };
        self.response(from, row, &messages::render(template, values), values)
    }

    /// Returns an error with exactly this message, as servers send it.
    pub(crate) fn response(
        &self,
        from: Which,
        row: usize,
        message: &str,
        values: &[String],
    ) -> Sent {
        self.response_of(from, self.side(from).sender(row), message, values)
    }

    fn response_of(&self, from: Which, row: usize, message: &str, values: &[String]) -> Sent {
        let (side, error) = (self.side(from), self.side(from).row(row));
        let has_header = side.catalog.code_header.is_some()
            || !side.decoder.reads(Slot::Code) && side.catalog.identity != Identity::Detail;
        let response = Response {
            status: side.catalog.statuses[error.status].code,
            header: error
                .sent_code()
                .filter(|_| has_header)
                .map(|code| side.catalog.error_code().value(code).into_owned()),
            body: side.catalog.body(error, message, values),
        };
        Sent { from, row, response, is_older: false }
    }

    /// Decodes a response. Each client only looks for the code in the header field of its own catalog.
    pub(super) fn read(&self, client: Which, sent: &Sent) -> Reading {
        let side = self.side(client);
        let mut response = sent.response.clone();
        let sender = self.side(sent.from).catalog;
        if sender.error_code().name != side.catalog.error_code().name {
            response.header = None;
        }
        side.decoder.decode(&response)
    }

    /// Whether a client of the other catalog reads a response as this error with these values.
    pub(crate) fn is_read(&self, sent: &Sent, row: usize, values: &[String]) -> bool {
        let reading = self.read(sent.from.other(), sent);
        matches!(reading, Reading::Known(known, _)
            if known.rows().any(|it| it == row)
                && known.values.iter().map(Option::as_ref).eq(values.iter().map(Some)))
    }

    /// Returns how a client of the other catalog reads a response.
    pub(crate) fn fate(&self, sent: &Sent) -> Fate {
        let client = sent.from.other();
        let expected = self.counterpart(sent.from, sent.row);
        let side = self.side(client);
        match self.read(client, sent) {
            Reading::Known(known, _) => {
                let Reading::Known(own, _) = self.read(sent.from, sent) else {
                    return Fate::OtherValues;
                };
                // Of errors with the same message, the sender's client reads the one that is not an alias; others
                // should as well.
                let first = self.counterpart(sent.from, own.row);
                let is_meant = match first.filter(|_| !own.alternatives.is_empty()) {
                    Some(first) => known.row == first || Some(known.row) == expected,
                    None => expected.is_some_and(|row| known.rows().any(|it| it == row)),
                };
                match is_meant {
                    false => Fate::Other(known.row),
                    true if self.lacks_values(sent, &own, &known) => Fate::CodeAlone,
                    true if self.has_same_values(sent, &own, &known) => Fate::Same,
                    true => Fate::OtherValues,
                }
            }
            Reading::Unknown(_, Some(named)) if side.catalog.identity.is_by_code() => {
                let named = named as usize;
                if Some(named) == expected { Fate::CodeAlone } else { Fate::Other(named) }
            }
            _ => Fate::Unknown,
        }
    }

    /// Whether a value is missing that the sender's own client reads and the reader knows, such as a value of a context.
    fn lacks_values(&self, sent: &Sent, own: &Known, known: &Known) -> bool {
        let sender = self.side(sent.from).catalog;
        let reader = self.side(sent.from.other()).catalog;
        let row = &reader.rows[known.row];
        let after = named(reader, row, known);
        let before = named(sender, &sender.rows[sent.row], own);
        before.iter().any(|(name, _)| {
            reader.params(row).any(|param| param.name == *name)
                && after.iter().all(|(it, _)| it != name)
        })
    }

    /// Whether each value equals that of the sender's own client. Values are compared by name; those whose names only
    /// one side knows are compared by position in the message.
    fn has_same_values(&self, sent: &Sent, own: &Known, known: &Known) -> bool {
        let sender = self.side(sent.from).catalog;
        let reader = self.side(sent.from.other()).catalog;
        let before = named(sender, &sender.rows[sent.row], own);
        let after = named(reader, &reader.rows[known.row], known);
        let is_in = |values: &[(&str, &str)], name: &str| values.iter().any(|(it, _)| *it == name);
        let mut rest = before.iter().filter(|(name, _)| !is_in(&after, name));
        after.iter().all(|(name, value)| {
            let sent = before.iter().find(|(it, _)| it == name).or_else(|| rest.next());
            sent.is_some_and(|(_, sent)| sent == value)
        })
    }
}

/// Returns the values that were read, with the names of their parameters, in the order of the message.
fn named<'v>(catalog: &'v Catalog, row: &'v Row, known: &'v Known) -> Vec<(&'v str, &'v str)> {
    let segments = &messages::whole(row).segments;
    let params: Vec<&Param> = catalog.params(row).collect();
    let place = |name: &str| segments.iter().position(|it| params[it.param].name == name);
    let values = known.values_of(params.iter().copied());
    let mut values: Vec<_> = values.map(|(param, value)| (param.name.as_str(), value)).collect();
    values.sort_by_key(|(name, _)| place(name).unwrap_or(usize::MAX));
    values
}
