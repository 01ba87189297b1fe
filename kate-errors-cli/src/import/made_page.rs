//! Reads the special tables of pages that `generate markdown` wrote.

use std::collections::{BTreeMap, HashMap};

use kate_errors_model::types::TYPES;
use serde_json::{Value, json};

use super::draft::{ContextDraft, Draft, ErrorDraft, RetiredDraft, Said};
use super::message::{Kind, Message, ParamDraft};
use super::names::{name_of, name_of_code};
use super::page::Page;
use super::table::{Row, Table, made_message, one_line};
use crate::messages::OPTIONAL;
use crate::publish::markdown::WIRE;

/// Special tables of generated pages, by their columns.
const VALUES: [&str; 6] = ["Message", "Value", "Type", "Meaning", "Example", "Member"];
const RETIRED: [&str; 3] = ["Error", "Cause", "Why it was retired"];
const FORMER: [&str; 2] = ["Formerly", "Now"];

/// The values of errors with the same message, and whether an error has it. Aliases share the last ones.
type Values = (bool, Vec<Vec<ParamDraft>>);

/// Whether it is such a table.
pub(super) fn is_special(table: &Table) -> bool {
    [&VALUES[..], &VALUES[..5], &RETIRED, &FORMER].iter().any(|it| table.columns == **it)
}

impl Page {
    fn rows<'p>(&'p self, columns: &'p [&str]) -> impl Iterator<Item = &'p Row> {
        let tables = self.tables.iter().filter(move |table| table.columns == columns);
        tables.flat_map(|table| &table.rows)
    }

    /// Reads the special tables of a generated page.
    pub(super) fn made(&self, draft: &mut Draft) {
        draft.take_wire(&self.wire);
        self.retired(draft);
        let mut values = self.values();
        for error in draft.errors_mut() {
            let text = error.message.plain().unwrap_or_default().to_owned();
            if let Some((is_used, params)) = values.get_mut(&text) {
                error.message = Message::shown(&text, &params[0]);
                params.drain(..usize::from(params.len() > 1));
                *is_used = true;
            }
        }
        for (text, (_, params)) in values.into_iter().filter(|(_, (is_used, _))| !is_used) {
            let text = Message::shown(&text, &params[0]);
            let names: Vec<&str> = text.params.iter().map(|it| it.name.as_str()).collect();
            let words = match text.plain() {
                Some(text) => name_of_code(text),
                None => names.join("_"),
            };
            draft.contexts.push(ContextDraft::unnamed(&words, text, "the page does not name it"));
        }
        let mut former: HashMap<&str, Vec<&str>> = HashMap::new();
        for row in self.rows(&FORMER) {
            let [old, now] = row.cells.as_slice() else { continue };
            let name = now.link.as_deref().and_then(|link| link.strip_prefix('#'));
            former.entry(name.unwrap_or_default()).or_default().push(made_message(&old.text));
        }
        for error in draft.errors_mut() {
            let old = former.remove(name_of(error).as_str()).unwrap_or_default().into_iter();
            error.former = old.map(|old| Message::shown(old, &error.message.params)).collect();
        }
    }

    /// Returns the values of each message.
    fn values(&self) -> BTreeMap<String, Values> {
        let mut values: BTreeMap<String, Values> = BTreeMap::new();
        // Members have a column only if one has another name than its value.
        for row in self.rows(&VALUES[..5]).chain(self.rows(&VALUES)) {
            let [message, name, kind, meaning, example, member @ ..] = row.cells.as_slice() else {
                continue;
            };
            let member = member.first().map(|member| member.text.clone());
            let said = |text: &str| Some(one_line(text)).filter(|text| text != "-");
            let param = ParamDraft {
                name: name.text.clone(),
                member: member.filter(|member| *member != name.text),
                kind: kind_of(kind.text.strip_suffix(OPTIONAL).unwrap_or(&kind.text)),
                optional: kind.text.ends_with(OPTIONAL),
                description: said(&meaning.text),
                example: said(&example.text),
                ..ParamDraft::default()
            };
            let message = made_message(&message.text).to_owned();
            let (_, of_errors) = values.entry(message).or_default();
            match of_errors.last_mut() {
                Some(last) if last.iter().all(|it| it.name != param.name) => last.push(param),
                _ => of_errors.push(vec![param]),
            }
        }
        values
    }

    fn retired(&self, draft: &mut Draft) {
        for row in self.rows(&RETIRED) {
            let [message, cause, why] = row.cells.as_slice() else { continue };
            let mut error =
                ErrorDraft::new(row.place.clone(), Message::constant(made_message(&message.text)));
            error.code = message.anchor.as_deref().map(|it| Said::surely(Value::from(it)));
            error.cause = Some(one_line(&cause.text)).filter(|text| text != "-");
            let mut reason = one_line(&why.text);
            let mut retired = RetiredDraft::default();
            if let Some(link) = why.link.as_deref().and_then(|link| link.strip_prefix('#')) {
                retired.replaced_by = Some(link.to_owned());
                reason.truncate(reason.rfind("; see ").unwrap_or(reason.len()));
            }
            let since = reason.strip_suffix(')').and_then(|it| it.rsplit_once(" (since "));
            if let Some((length, since)) =
                since.map(|(before, since)| (before.len(), since.to_owned()))
            {
                retired.since = Some(since);
                reason.truncate(length);
            }
            retired.reason = reason;
            error.retired = Some(retired);
            draft.push("Retired Errors", error);
        }
    }
}

/// Returns the settings of the catalog in a page.
pub(super) fn wire_in(text: &str) -> Value {
    let line = text.lines().take(5).find_map(|line| line.strip_prefix(WIRE)?.strip_suffix('"'));
    let line = line.map(|line| line.replace("\\\"", "\"").replace("\\\\", "\\"));
    let wire = line.and_then(|line| serde_json::from_str(&line).ok());
    wire.unwrap_or_else(usual)
}

/// Returns the settings of catalogs without any.
pub(super) fn usual() -> Value {
    json!({ "body": { "detail": "{detail}" } })
}

/// Returns the type with this description.
fn kind_of(shown: &str) -> Kind {
    let shown = one_line(shown);
    // Code is read without its backticks.
    let plain = |text: &str| text.replace('`', "");
    let info = TYPES.iter().find(|info| plain(info.description) == plain(&shown));
    info.map_or_else(
        || Kind::OneOf(shown.split(", or ").map(str::to_owned).collect()),
        |info| Kind::Named(info.name),
    )
}

/// Whether a text is marked as generated by this program.
pub(super) fn is_made(text: &str, target: &str) -> bool {
    let mark = format!("@generated by `kate-errors generate {target}`");
    text.lines().take(5).any(|line| line.contains(&mark))
}
