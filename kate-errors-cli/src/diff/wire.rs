//! Changes of the format and the transport of errors.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Identity, Row};
use kate_errors_codegen::places::Place;

use super::finding::{At, Comparison, names, now_and_before};
use super::order::Order;
use super::rule;
use super::witness::{Fate, Sent, Which};
use crate::messages;

/// Returns the places of a field of `wire`.
const fn places(field: &str) -> [At<'_>; 2] {
    now_and_before(Place::Wire(field), Place::Wire(field))
}

/// Returns the text of an error's context.
fn context<'c>(catalog: &'c Catalog, row: &Row) -> Option<&'c str> {
    Some(&catalog.contexts[row.context?].text.source)
}

impl Comparison<'_> {
    /// Compares the format that all bodies share. What it breaks is not reported again for each error.
    pub(super) fn envelope(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let (sent, is_new_read) = self.sample(Which::New);
        let (was_sent, is_old_read) = self.sample(Which::Old);
        let [is, was] = [&sent, &was_sent].map(|it| it.as_ref().map(|it| self.both.fate(it)));
        let is_read = is_new_read && is_old_read && Order::of(is, was) != Order::Neither;
        // An error that has or lacks a code is reported as such.
        if old.envelope_with_optional_code() != new.envelope_with_optional_code() {
            let (rule, text) = if is_read {
                (
                    &rule::ENVELOPE_EXTENDED,
                    "bodies have other members, and all clients recognise the errors",
                )
            } else {
                (&rule::ENVELOPE_CHANGED, "bodies have another format")
            };
            self.wire(rule, text, &places("body"), [sent.clone(), was_sent.clone()]);
            if is_read {
                self.beside(sent.as_ref(), was_sent.as_ref());
            }
        }
        if old.identity != new.identity {
            let text = format!(
                "errors were identified by their {}, and are now identified by their {}",
                messages::known_by(old.identity),
                messages::known_by(new.identity)
            );
            let rule = if is_read { &rule::IDENTITY_EXTENDED } else { &rule::IDENTITY_CHANGED };
            self.wire(rule, text, &places("identity"), [sent.clone(), was_sent.clone()]);
        }
        if old.code_header != new.code_header {
            let is_renamed = old.error_code().name != new.error_code().name;
            let of = |header: &Option<(String, String)>| match header {
                None => "no header".to_owned(),
                Some((name, _)) if is_renamed => format!("`{name}`"),
                Some((name, value)) => format!("`{name}: {value}`"),
            };
            let text = format!(
                "{} has the code where {} had it",
                of(&new.code_header),
                of(&old.code_header)
            );
            let rule = match &old.code_header {
                None if is_read => &rule::HEADER_ADDED,
                Some((_, value)) if is_read && self.is_header_read(value) => &rule::HEADER_EXTENDED,
                _ => &rule::HEADER_CHANGED,
            };
            // What other changes break is reported as such: a further header breaks nothing.
            let shown = [&sent, &was_sent].map(|sent| {
                let is_shown =
                    |it: &&Sent| *rule != rule::HEADER_ADDED || self.both.fate(it) != Fate::Same;
                sent.as_ref().filter(is_shown).cloned()
            });
            self.wire(rule, text, &places("header"), shown);
        }
        self.older_bodies();
        let under = |sent: &Option<Sent>, status| Some(sent.clone()?.under(status));
        let is_changed = old.success != new.success;
        if let Some(status) = old.success.filter(|_| is_changed) {
            let text = format!("errors with the status {status} are no longer read");
            let was_sent = under(&was_sent, status);
            self.wire(&rule::SUCCESS_REMOVED, text, &places("status"), [None, was_sent]);
        }
        if let Some(status) = new.success.filter(|_| is_changed) {
            let text = format!("errors with the status {status} are read too");
            self.wire(&rule::SUCCESS_ADDED, text, &places("status"), [under(&sent, status), None]);
        }
        if old.media_type != new.media_type {
            let text = format!("bodies are `{}`, and were `{}`", new.media_type, old.media_type);
            self.wire(&rule::MEDIA_TYPE_CHANGED, text, &places("media_type"), [sent, was_sent]);
        }
    }

    /// Whether clients of both catalogs read the code in the header field of the other, even if the old one has text in
    /// the place of `{any}`.
    fn is_header_read(&self, old_value: &str) -> bool {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let (was, is) = (old.error_code(), new.error_code());
        let is_read = |code: &str| {
            let sent = old_value.replace("{code}", code).replace("{any}", "x");
            is.code(sent.as_bytes()) == code.as_bytes()
                && is.code(was.value(code).as_bytes()) == code.as_bytes()
        };
        let is_new_read = |code: &str| was.code(is.value(code).as_bytes()) == code.as_bytes();
        was.name == is.name
            && old.rows.iter().all(|row| is_read(&row.code))
            && new.rows.iter().all(|row| is_new_read(&row.code))
    }

    /// Compares what bodies can contain besides the error. If clients read less or something else, the format has
    /// changed.
    fn beside(&mut self, sent: Option<&Sent>, was_sent: Option<&Sent>) {
        let [Some(sent), Some(was_sent)] =
            [sent, was_sent].map(|it| Some(self.both.full_body(it?)))
        else {
            return;
        };
        let was = self.both.beside(Which::Old, &was_sent);
        let lost = |client: Which, sent: &Sent| {
            let is = self.both.beside(client, sent);
            let others = was.iter().filter(|(name, value)| is.get(*name) != Some(value));
            names(others.map(|(name, _)| name.as_str()))
        };
        let [is_new_read, is_old_read] =
            [&sent, &was_sent].map(|it| self.both.fate(it) == Fate::Same);
        let others = lost(Which::Old, &sent);
        let is_less = is_new_read && !others.is_empty();
        if is_new_read && is_old_read && others.is_empty() {
            return;
        }
        let is_either = is_old_read && lost(Which::New, &was_sent).is_empty();
        let [of_old, of_new] = [Which::Old, Which::New].map(|it| self.both.beside(it, &sent));
        let of = if is_old_read && of_old != of_new { &sent } else { &was_sent };
        let witness = self.both.witness_of_all(of);
        let Some(finding) = self.findings.last_mut() else { return };
        if is_less || !is_old_read {
            finding.rule = &rule::ENVELOPE_CHANGED;
            finding.rule.page.help().clone_into(&mut finding.help);
        }
        finding.message = if is_less {
            format!("old clients read {others} of new bodies in another way, or not at all")
        } else if is_old_read {
            "old clients do not read all that bodies may have now".to_owned()
        } else {
            "new clients do not read all that bodies might have".to_owned()
        };
        finding.witnesses = vec![witness];
        finding.order = Some(match (is_new_read && !is_less, is_either) {
            (true, _) => Order::ServersFirst,
            (false, true) => Order::ClientsFirst,
            (false, false) => Order::Neither,
        });
    }

    /// Compares the formats that are read but not written. Once one is removed, servers that still send it are not
    /// understood.
    fn older_bodies(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let read = |catalog: &Catalog| -> Vec<String> {
            std::iter::once(&catalog.envelope).chain(&catalog.older_envelopes).cloned().collect()
        };
        let (is_read, was_read) = (read(new), read(old));
        for gone in old.older_envelopes.iter().filter(|it| !is_read.contains(it)) {
            let text = format!("bodies in the format {gone} are no longer read");
            let sent = self.older(Which::Old, gone);
            self.wire(&rule::OLDER_BODY_REMOVED, text, &places("reads"), [None, sent]);
        }
        for added in new.older_envelopes.iter().filter(|it| !was_read.contains(it)) {
            let text = format!("bodies in the format {added} are read too");
            let sent = self.older(Which::New, added);
            self.wire(&rule::OLDER_BODY_ADDED, text, &places("reads"), [sent, None]);
        }
    }

    /// Returns the error in an older format of which clients of the other catalog read least. Errors that they lack are
    /// reported as such.
    fn older(&self, from: Which, envelope: &str) -> Option<Sent> {
        let rows = (0..self.both.side(from).catalog.rows.len()).rev();
        let sent = rows.filter_map(|row| self.both.older(from, row, envelope));
        sent.max_by_key(|it| (self.both.counterpart(from, it.row).is_some(), self.both.fate(it)))
    }

    /// Returns a response that clients of the other catalog misread, or else one of which they only read the code, or
    /// else the first one, and whether they misread none.
    ///
    /// Changed texts are reported elsewhere, so bodies of this catalog get the message of the other one. Errors with
    /// another code or other parameters are only examples.
    fn sample(&self, which: Which) -> (Option<Sent>, bool) {
        let client = which.other();
        let (mut first, mut least, mut is_comparable) = (None, None, false);
        // Then errors are the same if their codes differ.
        let catalogs = [self.both.old.catalog, self.both.new.catalog];
        let is_by_detail = catalogs.iter().all(|it| it.identity == Identity::Detail);
        for (old, new) in self.both.pairs.both() {
            let (was, is) = self.both.rows(old, new);
            if was.retired.is_some() || which == Which::New && is.retired.is_some() {
                continue;
            }
            let (row, known) = if which == Which::Old { (old, new) } else { (new, old) };
            let example = || self.both.example(which, row);
            let params = |row: &Row| -> Vec<_> {
                row.params.iter().map(|it| (it.name.clone(), it.ty.clone())).collect()
            };
            let is_same = (is_by_detail || was.sent_code() == is.sent_code())
                && was.detail.source == is.detail.source
                && context(self.both.old.catalog, was) == context(self.both.new.catalog, is);
            let forms = self.both.all_examples(which, row).into_iter().rev().filter(|_| is_same);
            let forms = forms.map(|form| (self.both.fate(&form), form));
            let worst = forms.max_by_key(|(fate, _)| *fate).filter(|(fate, _)| *fate != Fate::Same);
            if was.sent_code() != is.sent_code() || params(was) != params(is) {
                first = first.or_else(|| Some(example()));
                least = least.or(worst.map(|(_, form)| form));
                continue;
            }
            let side = self.both.side(client);
            let error = side.row(known);
            let values = &messages::examples(side.catalog, error)[..error.params.len()];
            let message = messages::render(&error.detail.parsed, values);
            let sent = self.both.response(which, row, &message, values);
            if !self.both.is_read(&sent, known, values) {
                return (Some(example()), false);
            }
            match worst {
                None => {}
                Some((Fate::CodeAlone, form)) => least = least.or(Some(form)),
                Some((_, form)) => return (Some(form), false),
            }
            first = first.filter(|_| is_comparable).or_else(|| Some(example()));
            is_comparable = true;
        }
        (least.or(first), is_comparable)
    }

    /// Compares the values that errors have for the body.
    pub(super) fn wire_values(&mut self) {
        self.grouped(&rule::WIRE_VALUE_CHANGED, "wire", "the values for the body", |_, row| {
            row.wire
                .iter()
                .map(|(name, json)| format!("{name}: {json}"))
                .collect::<Vec<_>>()
                .join(", ")
        });
    }

    /// Compares what servers send besides bodies, and what clients do.
    pub(super) fn behaviour(&mut self) {
        self.grouped(&rule::RETRY_CHANGED, "retry", "the retry advice", |_, row| {
            row.retry.as_str().to_owned()
        });
        self.grouped(&rule::HEADERS_CHANGED, "status", "the headers", |_, row| {
            let fields = row.headers.fields().into_iter();
            fields.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
        });
        for (at, before, after) in self.both_statuses() {
            let fallback = |which, row: Option<usize>| {
                row.map(|row| self.both.side(which).row(row).name.clone()).unwrap_or_default()
            };
            let (old, new) =
                (&self.both.old.catalog.statuses[before], &self.both.new.catalog.statuses[after]);
            let (was, is) =
                (fallback(Which::Old, old.fallback), fallback(Which::New, new.fallback));
            let places = now_and_before(Place::Status(after), Place::Status(before));
            let mut errors = self.both.pairs.both().into_iter();
            let is_said = errors.any(|(was, is)| {
                let (was, is) = self.both.rows(was, is);
                is.status == after && was.headers != is.headers
            });
            if old.headers != new.headers && !is_said {
                let text = format!("the headers of responses with {at} changed");
                self.find(&rule::HEADERS_CHANGED, text, &places);
            }
            let is_renamed =
                old.fallback.and_then(|row| self.both.pairs.new_of[row]) == new.fallback;
            if was != is && !is_renamed {
                let text = format!(
                    "responses with {at} that are not an error of the catalog have another message"
                );
                self.find(&rule::FALLBACK_CHANGED, text, &places);
            }
        }
    }

    /// Returns the statuses that both catalogs list, with their indices.
    pub(super) fn both_statuses(&self) -> Vec<(u16, usize, usize)> {
        let new = &self.both.new.catalog.statuses;
        let pair = |(before, status): (usize, &kate_errors_codegen::catalog::Status)| {
            let after = new.iter().position(|it| it.code == status.code)?;
            Some((status.code, before, after))
        };
        self.both.old.catalog.statuses.iter().enumerate().filter_map(pair).collect()
    }
}
