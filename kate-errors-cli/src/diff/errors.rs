//! Errors that were added, removed or renamed.

use std::collections::{HashMap, HashSet};

use kate_errors_codegen::catalog::Row;
use kate_errors_codegen::places::Place;
use kate_errors_codegen::suggest;
use kate_errors_model::envelope::Slot;
use kate_errors_model::template::literals;
use serde_json::Value;

use super::finding::{Comparison, is, was};
use super::rule;
use super::witness::{Fate, Which};

/// The maximum number of new errors that are compared to guess the successor of a removed one.
const MOST_GUESSED: usize = 100;

impl Comparison<'_> {
    pub(super) fn errors(&mut self) {
        self.removed();
        self.added();
        let has_code = [&self.both.old, &self.both.new]
            .map(|side| side.decoder.reads(Slot::Code) || side.catalog.code_header.is_some());
        for (old, new) in self.both.pairs.both() {
            self.retirement(old, new);
            self.names(old, new, has_code);
        }
        self.reserved();
    }

    fn removed(&mut self) {
        // Candidates for its successor. A guess among hundreds would help nobody.
        let news = self.both.new.catalog.rows.iter().zip(&self.both.pairs.old_of);
        let added: Vec<&Row> =
            news.filter(|(_, old)| old.is_none()).map(|(row, _)| row).take(MOST_GUESSED).collect();
        for old in 0..self.both.old.catalog.rows.len() {
            if self.both.pairs.new_of[old].is_none() {
                let row = self.both.old.row(old);
                let sent = self.both.example(Which::Old, old);
                let text = format!("the error `{}` was removed", row.name);
                let places = [was(old, "code", "before")];
                let texts = added.iter().map(|row| row.detail.source.as_str());
                let near = suggest::nearest(&row.detail.source, texts).map(str::to_owned);
                let near = added.iter().find(|row| Some(&row.detail.source) == near.as_ref());
                let finding = self.wire(&rule::ERROR_REMOVED, text, &places, [None, Some(sent)]);
                if let Some(near) = near {
                    finding.help(format!(
                        "if it is `{}` now, keep its code and put its message under `former`; otherwise keep it, and add \
                         `retired` with the reason",
                        near.name
                    ));
                }
                if row.retired.is_some() {
                    finding.help("keep it as `retired`: this costs nothing, and clients can read it from servers that still send it");
                }
            }
        }
    }

    fn added(&mut self) {
        for new in 0..self.both.new.catalog.rows.len() {
            if self.both.pairs.old_of[new].is_none() {
                let row = self.both.new.row(new);
                let sent =
                    Some(self.both.example(Which::New, new)).filter(|_| row.retired.is_none());
                let base = row.same_as.map(|base| self.both.new.row(base));
                let base = base.filter(|_| {
                    sent.as_ref().is_some_and(|sent| self.both.fate(sent) == Fate::Same)
                });
                let text = format!("the error `{}` is new", row.name);
                let (rule, text, field) = match base {
                    Some(base) => {
                        let text = format!("{text}, and has the message of `{}`", base.name);
                        (&rule::ALIAS_ADDED, text, "same_as")
                    }
                    None => (&rule::ERROR_ADDED, text, "code"),
                };
                self.wire(rule, text, &[is(new, field, "here")], [sent, None]);
            }
        }
    }

    fn retirement(&mut self, old: usize, new: usize) {
        let (was_row, is_row) = self.both.rows(old, new);
        let name = &is_row.name;
        match (&was_row.retired, &is_row.retired) {
            (None, Some(_)) => {
                let text = format!("the error `{name}` was retired");
                let places = [is(new, "retired", "now"), was(old, "code", "before")];
                self.find(&rule::ERROR_RETIRED, text, &places);
            }
            (Some(_), None) if self.is_code_reused(old, new) => {
                let text =
                    format!("`{name}` is the code of a retired error, and now has another message");
                let places = [is(new, "detail", "now"), was(old, "retired", "retired here")];
                self.wire(&rule::RETIRED_CODE_REUSED, text, &places, self.both.examples(old, new));
            }
            (Some(_), None) => {
                let text = format!("the error `{name}` was retired, and is sent again");
                let places = [is(new, "code", "now"), was(old, "retired", "retired here")];
                self.find(&rule::ERROR_RESTORED, text, &places);
            }
            _ => {}
        }
    }

    /// Compares what an error is called in responses and in programs. `has_code` says whether the responses of each
    /// catalog have a place for the code.
    fn names(&mut self, old: usize, new: usize, has_code: [bool; 2]) {
        let (was_row, is_row) = self.both.rows(old, new);
        let sent = |row: &Row, has_code: bool| {
            row.sent_code().filter(|_| has_code).map(|code| (code.to_owned(), row.is_number))
        };
        let is_same = was_row.code == is_row.code && was_row.is_number == is_row.is_number;
        let is_sent_alike = sent(was_row, has_code[0]) == sent(is_row, has_code[1]);
        let places = [is(new, "code", "now"), was(old, "code", "before")];
        if is_same && (was_row.without_code == is_row.without_code || is_sent_alike) {
            if was_row.variant != is_row.variant {
                let text = format!("the error `{}` is called `{}` now", was_row.name, is_row.name);
                let places = [is(new, "name", "now"), was(old, "name", "before")];
                self.find(&rule::NAME_CHANGED, text, &places);
            }
        } else if is_sent_alike {
            let text = format!("the error `{}` was renamed to `{}`", was_row.code, is_row.code);
            self.find(&rule::ERROR_RENAMED, text, &places);
        } else {
            let is_number = was_row.is_number != is_row.is_number;
            let shown = |row: &Row| {
                let code = Value::from(row.code.as_str()).to_string();
                if is_number && !row.is_number { code } else { row.code.clone() }
            };
            let text = match (was_row.without_code, is_row.without_code) {
                (true, _) => format!("`{}` has the code `{}` now", is_row.name, shown(is_row)),
                (_, true) => format!("`{}` has no code now", is_row.name),
                _ => format!("the code `{}` is `{}` now", shown(was_row), shown(is_row)),
            };
            let sent = self.both.examples(old, new);
            let finding = self.wire(&rule::CODE_CHANGED, text, &places, sent);
            if was_row.without_code {
                finding.help("update clients before servers: old clients do not know the code");
            }
        }
    }

    /// Reports codes and messages of deleted errors that are no longer reserved, or used again.
    fn reserved(&mut self) {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let codes: HashMap<&str, usize> = new
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, row)| Some((row.sent_code()?, at)))
            .collect();
        let kept: HashSet<&String> = new.reserved.codes.iter().collect();
        for (at, code) in old.reserved.codes.iter().enumerate() {
            let before = (Which::Old, Place::ReservedCode(at), "reserved here");
            if let Some(row) = codes.get(code.as_str()) {
                let text = format!("the code `{code}` was that of a deleted error");
                let sent = self.both.example(Which::New, *row);
                let places = [is(*row, "code", "in use again"), before];
                self.wire(&rule::RESERVED_CODE_REUSED, text, &places, [Some(sent), None]);
            } else if !kept.contains(code) {
                let text = format!("the code `{code}` is no longer reserved");
                self.find(&rule::RESERVED_FORGOTTEN, text, &[before]);
            }
        }
        let details: HashMap<String, usize> = new
            .rows
            .iter()
            .enumerate()
            .map(|(at, row)| (literals(&row.detail.source), at))
            .collect();
        let kept: HashSet<String> = new.reserved.details.iter().map(|it| literals(it)).collect();
        for (at, detail) in old.reserved.details.iter().enumerate() {
            let before = (Which::Old, Place::ReservedMessage(at), "reserved here");
            if let Some(row) = details.get(&literals(detail)) {
                let name = &new.rows[*row].name;
                let text = format!("the message of `{name}` was that of a deleted error");
                let sent = self.both.example(Which::New, *row);
                let places = [is(*row, "detail", "in use again"), before];
                self.wire(&rule::RESERVED_TEXT_REUSED, text, &places, [Some(sent), None]);
            } else if !kept.contains(&literals(detail)) {
                let text = format!("the message `{detail}` is no longer reserved");
                self.find(&rule::RESERVED_FORGOTTEN, text, &[before]);
            }
        }
    }
}
