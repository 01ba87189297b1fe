//! Changed messages.

use std::collections::HashSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{self, Context, Param, Row};
use kate_errors_codegen::places::Place;
use kate_errors_model::template::Template;
use kate_errors_model::types::Type;

use super::finding::{Comparison, is, now_and_before, was};
use super::rule::{self, Rule};
use super::witness::{Fate, Sent, Which};
use crate::decode::Reading;

/// A message in the form that is compared: its literals, and the values between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageForm<'c> {
    pub(crate) literals: Vec<&'c str>,
    pub(crate) names: Vec<&'c str>,
    pub(crate) types: Vec<&'c Type<'static>>,
}

impl<'c> MessageForm<'c> {
    pub(crate) fn of(catalog: &'c Catalog, row: &'c Row) -> Self {
        Self::new(catalog.params(row), &row.detail.parsed)
    }

    fn of_context(context: &'c Context) -> Self {
        Self::new(context.params.iter(), &context.text.parsed)
    }

    pub(crate) fn new(
        params: impl Iterator<Item = &'c Param>,
        template: &'c Template<'static>,
    ) -> Self {
        let params: Vec<&str> = params.map(|param| param.name.as_str()).collect();
        let segments = &template.segments;
        let name = |at: usize| params.get(at).copied().unwrap_or_default();
        Self {
            literals: literals(template),
            names: segments.iter().map(|segment| name(segment.param)).collect(),
            types: segments.iter().map(|segment| &segment.ty).collect(),
        }
    }

    /// Whether both have the same literals, with the same values in the same places. Parameters may have been renamed,
    /// but a name that both have must be in the same place.
    pub(crate) fn has_same_form(&self, other: &Self) -> bool {
        let is_same =
            |(name, others): (&&str, &&str)| name == others || !other.names.contains(name);
        self.literals == other.literals && self.names.iter().zip(&other.names).all(is_same)
    }

    fn has_same_text(&self, other: &Self) -> bool {
        self.literals == other.literals && self.names == other.names
    }

    /// Returns the literals in lower case, without the characters for which `is_left_out` returns `true`.
    fn without(&self, is_left_out: impl Fn(char) -> bool) -> Vec<String> {
        let letters = |text: &&str| text.chars().filter(|it| !is_left_out(*it)).collect::<String>();
        self.literals.iter().map(|text| letters(text).to_lowercase()).collect()
    }

    fn set(&self) -> HashSet<&'c str> {
        self.names.iter().copied().collect()
    }
}

impl Comparison<'_> {
    pub(super) fn messages(&mut self) {
        let aliases = self.both.new.catalog.aliases();
        for (old, new) in self.both.pairs.both() {
            if !self.is_inherited(old, new) && !self.is_code_reused(old, new) {
                self.detail(old, new, &aliases[new]);
                self.context(old, new);
            }
            if !self.is_code_reused(old, new) {
                self.former(old, new);
            }
            self.turned(old, new);
        }
        self.contexts();
    }

    /// Whether the error is an alias of the same error as before, for which the change is reported.
    pub(super) fn is_inherited(&self, old: usize, new: usize) -> bool {
        let bases = (self.both.old.row(old).same_as, self.both.new.row(new).same_as);
        matches!(bases, (Some(old), Some(new)) if self.both.pairs.new_of[old] == Some(new))
    }

    /// Reports an error that has become an alias of its former alias. If nothing else distinguishes the two, clients
    /// read the error that is not an alias.
    fn turned(&mut self, old: usize, new: usize) {
        let (was_row, is_row) = self.both.rows(old, new);
        let Some(base) = is_row.same_as.filter(|_| was_row.same_as.is_none()) else { return };
        let was_alias = self.both.pairs.old_of[base]
            .is_some_and(|before| self.both.old.row(before).same_as == Some(old));
        let identities = [&self.both.old, &self.both.new].map(|side| side.catalog.identity);
        if was_alias && identities.iter().all(|identity| !identity.is_by_code()) {
            let other = &self.both.new.row(base).name;
            let text = format!(
                "`{}` is an alias of `{other}` now, and was the other way round",
                is_row.name
            );
            let places = [is(new, "same_as", "now"), was(old, "code", "before")];
            self.wire(&rule::ALIAS_TURNED, text, &places, self.both.examples(old, base));
            // All aliases have the message too.
            let rows = self.both.new.catalog.rows.iter().enumerate();
            let aliases = rows.filter(|(_, row)| row.same_as == Some(base)).map(|(at, _)| at);
            self.broken.extend(aliases);
        }
    }

    /// Whether an error has the code of a retired error, but never had its message.
    pub(super) fn is_code_reused(&self, old: usize, new: usize) -> bool {
        let (was, is) = self.both.rows(old, new);
        let before = literals(&was.detail.parsed);
        let mut texts = std::iter::once(&is.detail).chain(&is.former);
        let is_other = texts.all(|text| literals(&text.parsed) != before);
        was.retired.is_some() && is.retired.is_none() && is_other
    }

    fn detail(&mut self, old: usize, new: usize, aliases: &[usize]) {
        let (was_row, is_row) = self.both.rows(old, new);
        let a = MessageForm::of(self.both.old.catalog, was_row);
        let b = MessageForm::of(self.both.new.catalog, is_row);
        // Renamed parameters are reported by `params`.
        if a.has_same_form(&b) {
            return;
        }
        let places = [is(new, "detail", "now"), was(old, "detail", "before")];
        let (sent, was_sent) = self.both.examples_with_context(old, new);
        let mut about = format!("the message of `{}`", is_row.name);
        if !aliases.is_empty() {
            let names = self.both.new.names(aliases.iter().copied());
            let have = if aliases.len() == 1 { "has" } else { "have" };
            about = format!("{about}, which {names} {have} too,");
        }
        let by_code = self.is_by_code_in_both(old, new);
        let is_kept = is_row.former.iter().any(|former| {
            let former = MessageForm::new(self.both.new.catalog.params(is_row), &former.parsed);
            former.has_same_text(&a)
        });
        let old_is_read = self.both.fate(&was_sent) == Fate::Same;
        let fate = self.both.fate(&sent);
        let new_is_read = fate == Fate::Same;
        // Older servers may send the old message without a code.
        let older = self.both.old.catalog.older_without_code();
        let older = older.and_then(|envelope| self.both.older(Which::Old, old, envelope));
        let is_lost = |sent: &Sent| {
            let reading = self.both.old.decoder.decode(&sent.response);
            matches!(reading, Reading::Known(..)) && self.both.fate(sent) != Fate::Same
        };
        if let Some(lost) = older.filter(|_| by_code && !is_kept).filter(is_lost) {
            let text = format!("{about} was reworded, and older servers send it without a code");
            self.wire(&rule::MESSAGE_REWORDED, text, &places, [Some(sent), Some(lost)]);
            return;
        }
        if by_code && old_is_read && new_is_read {
            let text = format!("{about} was reworded; the code identifies the error");
            self.find(&rule::TEXT_UNDER_CODE, text, &places);
            return;
        }
        let (rule, what): (&'static Rule, _) = if is_kept && old_is_read {
            (&rule::REWORDED_WITH_FORMER, "was reworded, and the old message is still read")
        } else if by_code && (is_kept || !new_is_read && fate != Fate::OtherValues) {
            (&rule::VALUES_LOST, "was reworded, and its values are nowhere else")
        } else {
            kind(&a, &b)
        };
        let is_sent = self.both.new.is_sent(new);
        let finding =
            self.wire(rule, format!("{about} {what}"), &places, [Some(sent), Some(was_sent)]);
        if rule == &rule::REWORDED_WITH_FORMER && !by_code {
            finding.help(if !is_sent {
                "nothing: clients still read it"
            } else if new_is_read {
                "nothing: old clients know the new message as a former one"
            } else {
                "update clients before servers: old clients do not know the new message; a code that \
                 identifies errors would prevent this"
            });
        } else if is_kept && is_row.context.is_some() {
            finding.help("keep the old text: a former message is read without its context");
        } else if finding.help.is_empty() {
            finding.help("keep the old text");
        }
    }

    /// Whether only the order of the values of an error's message has changed.
    pub(super) fn is_moved(&self, new: usize) -> bool {
        self.both.pairs.old_of[new].is_some_and(|old| {
            let a = MessageForm::of(self.both.old.catalog, self.both.old.row(old));
            let b = MessageForm::of(self.both.new.catalog, self.both.new.row(new));
            a.literals == b.literals && !a.has_same_form(&b)
        })
    }

    /// Whether clients of both catalogs identify an error by its code.
    fn is_by_code_in_both(&self, old: usize, new: usize) -> bool {
        let sides = [(&self.both.old, old), (&self.both.new, new)];
        sides
            .iter()
            .all(|(side, row)| side.catalog.identity.is_by_code() && !side.row(*row).without_code)
    }

    /// Reports a context that an error has gained or lost.
    fn context(&mut self, old: usize, new: usize) {
        let (was_row, is_row) = self.both.rows(old, new);
        let name = &is_row.name;
        match (was_row.context, is_row.context) {
            (None, Some(_)) => {
                let places = [
                    is(new, "context", "this can follow now"),
                    was(old, "detail", "nothing followed"),
                ];
                let was_sent = self.both.example(Which::Old, old);
                let sent = [self.both.full(Which::New, new), Some(was_sent)];
                let text = format!("a context can now follow the message of `{name}`");
                self.wire(&rule::CONTEXT_ADDED, text, &places, sent);
            }
            (Some(_), None) => {
                let places = [
                    is(new, "detail", "nothing follows"),
                    was(old, "context", "this could follow"),
                ];
                let sent = self.both.example(Which::New, new);
                let sent = [Some(sent), self.both.full(Which::Old, old)];
                let text = format!("a context can no longer follow the message of `{name}`");
                self.wire(&rule::CONTEXT_REMOVED, text, &places, sent);
            }
            _ => {}
        }
    }

    /// Reports contexts with changed text, each once, with the errors that have it.
    fn contexts(&mut self) {
        let (mut seen, mut renamed) = (HashSet::new(), HashSet::new());
        let pairs = self.both.sent_first();
        for &(old, new) in &pairs {
            let (was_row, is_row) = self.both.rows(old, new);
            let (Some(was_at), Some(is_at)) = (was_row.context, is_row.context) else { continue };
            let (was_text, is_text) =
                (&self.both.old.catalog.contexts[was_at], &self.both.new.catalog.contexts[is_at]);
            if was_text.type_name != is_text.type_name && renamed.insert((was_at, is_at)) {
                let text = format!(
                    "the type `{}` is called `{}` now",
                    was_text.type_name, is_text.type_name
                );
                let places = now_and_before(Place::Context(is_at), Place::Context(was_at));
                self.find(&rule::TYPE_RENAMED, text, &places);
            }
            // Renamed parameters are reported by `params`.
            if MessageForm::of_context(was_text).has_same_form(&MessageForm::of_context(is_text)) {
                continue;
            }
            let sent = [self.both.full(Which::New, new), self.both.full(Which::Old, old)];
            let is_read = self.is_context_read(old, new);
            if !is_read {
                self.broken.insert(new);
            }
            if !seen.insert((was_at, is_at, is_read)) {
                continue;
            }
            let rows = pairs.iter().filter(|(old, new)| {
                self.both.old.row(*old).context == Some(was_at)
                    && self.both.new.row(*new).context == Some(is_at)
                    && self.is_context_read(*old, *new) == is_read
            });
            let rows = self.both.new.names(rows.map(|(_, new)| *new));
            let text = format!("the context `{}` of {rows} was reworded", is_text.name);
            let places = now_and_before(Place::Context(is_at), Place::Context(was_at));
            if is_read {
                self.find(&rule::TEXT_UNDER_CODE, text, &places);
            } else {
                self.wire(&rule::CONTEXT_REWORDED, text, &places, sent);
            }
        }
    }

    /// Whether all clients read an error with its context by the code. Older servers may send it without one.
    fn is_context_read(&self, old: usize, new: usize) -> bool {
        let sent = [self.both.full(Which::New, new), self.both.full(Which::Old, old)];
        self.is_by_code_in_both(old, new)
            && self.both.old.catalog.older_without_code().is_none()
            && sent.iter().flatten().all(|it| self.both.fate(it) == Fate::Same)
    }

    fn former(&mut self, old: usize, new: usize) {
        let (was_row, is_row) = self.both.rows(old, new);
        let (lost, gained) = (first_beyond(was_row, is_row), first_beyond(is_row, was_row));
        let name = &is_row.name;
        if let Some(former) = lost {
            let places = [is(new, "former", "not here"), was(old, "former", "before")];
            let sent = self.both.former(Which::Old, old, &former.parsed);
            let text = format!("a former message of `{name}` is no longer read");
            self.wire(&rule::FORMER_REMOVED, text, &places, [None, Some(sent)]);
        }
        if let Some(former) = gained {
            let places = [is(new, "former", "now"), was(old, "detail", "before")];
            let sent = self.both.former(Which::New, new, &former.parsed);
            let text = format!("another former message of `{name}` is read");
            self.wire(&rule::FORMER_ADDED, text, &places, [Some(sent), None]);
        }
    }
}

/// Returns the literals around the values of a message.
fn literals<'t>(template: &'t Template<'static>) -> Vec<&'t str> {
    let behind = template.segments.iter().map(|segment| &*segment.literal);
    std::iter::once(&*template.first).chain(behind).collect()
}

/// Returns the first former message of `row` that `other` neither has nor had.
fn first_beyond<'r>(row: &'r Row, other: &Row) -> Option<&'r catalog::Template> {
    row.former.iter().find(|former| {
        let mut known = other.former.iter().chain([&other.detail]);
        known.all(|it| literals(&it.parsed) != literals(&former.parsed))
    })
}

/// Returns the kind of change, for a message whose old text is no longer read.
fn kind(a: &MessageForm<'_>, b: &MessageForm<'_>) -> (&'static Rule, &'static str) {
    let (olds, news) = (a.set(), b.set());
    let is_quote = |it: char| "'\"`“”‘’«»".contains(it);
    let is_list = |it: char| it.is_ascii_digit() || matches!(it, ',' | ' ');
    if !news.is_subset(&olds) && is_instance(a, b) {
        (&rule::MESSAGE_GENERALISED, "has a parameter where it had a constant")
    } else if a.literals == b.literals {
        (&rule::VALUE_MOVED, "has its parameters in another order")
    } else if !news.is_subset(&olds) {
        (&rule::VALUE_ADDED, "has another parameter")
    } else if !olds.is_subset(&news) {
        (&rule::VALUE_REMOVED, "lacks a parameter that it had")
    } else if a.names != b.names {
        (&rule::VALUE_MOVED, "has its parameters in another order")
    } else if a.without(is_quote) == b.without(is_quote)
        && a.without(|_| false) != b.without(|_| false)
    {
        (&rule::MESSAGE_REQUOTED, "has other quotes")
    } else if a.without(|it| !it.is_alphanumeric()) == b.without(|it| !it.is_alphanumeric()) {
        (&rule::MESSAGE_RESPELLED, "only differs in letter case or punctuation")
    } else if has_grown(a, b, is_list) {
        (&rule::LITERAL_LIST_CHANGED, "has another number or list in its text")
    } else {
        (&rule::MESSAGE_REWORDED, "was reworded")
    }
}

/// Whether `message` has only parameters in place of constants of `a`.
fn is_instance(a: &MessageForm<'_>, message: &MessageForm<'_>) -> bool {
    let values = a.names.iter().zip(&a.literals[1..]);
    let text = values.fold(a.literals[0].to_owned(), |text, (name, literal)| {
        format!("{text}\0{name}\0{literal}")
    });
    let Some(mut rest) = text.strip_prefix(message.literals[0]) else { return false };
    let last = message.names.len() - 1;
    message.names.iter().zip(&message.literals[1..]).enumerate().all(|(at, (name, literal))| {
        let found = if at == last {
            rest.strip_suffix(literal).map(|value| (value, ""))
        } else {
            rest.split_once(literal)
        };
        found.is_some_and(|(value, behind)| {
            rest = behind;
            let is_constant = !a.names.contains(name) && message.types[at].holds(value);
            is_constant
                || value.strip_prefix('\0').and_then(|it| it.strip_suffix('\0')) == Some(name)
        })
    })
}

/// Whether the texts differ only in numbers, or in the items of one list, with equal text around it.
fn has_grown(a: &MessageForm<'_>, b: &MessageForm<'_>, is_list: impl Fn(char) -> bool) -> bool {
    let digits = |it: char| it.is_ascii_digit();
    if a.without(digits) == b.without(digits) {
        return true;
    }
    let (a, b) = (a.literals.join("\0"), b.literals.join("\0"));
    let words = |text: &str| -> Vec<String> {
        text.split(|it| is_list(it) && !it.is_ascii_digit())
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (old, new) = (words(&a), words(&b));
    let is_kept = |some: &[String], of: &[String]| {
        let mut rest = of.iter();
        some.iter().all(|word| rest.any(|it| it == word))
    };
    let has_list = |text: &str| text.contains(", ");
    (has_list(&a) || has_list(&b)) && (is_kept(&old, &new) || is_kept(&new, &old))
}
