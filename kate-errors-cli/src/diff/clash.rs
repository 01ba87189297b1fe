//! Finds new messages that old clients mistake for something else.
//!
//! Every changed message is compared with all old ones, by the proof that `check` uses within one catalog. A text
//! that both match is decoded by both clients, and the reading of the old client decides.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::clash::{common_message, shared};
use kate_errors_model::envelope::{Identity, Slot};
use kate_errors_model::template::Template;
use kate_errors_model::types::Type;

use super::finding::{Comparison, is, was};
use super::message::MessageForm;
use super::rule;
use super::texts::MOST_PAIRS;
use super::witness::{Fate, Sent, Which};
use crate::messages;

/// A message of the new catalog that old clients do not know.
struct Changed {
    row: usize,
    template: Template<'static>,
    /// Whether its literals or the order of its values differ from all old messages of the error, not only its types.
    is_reworded: bool,
}

impl Comparison<'_> {
    /// `is_whole` says whether everything was compared that was to be before.
    pub(super) fn clashes(&mut self, is_whole: bool) {
        let (mistaken, are_whole) = self.mistaken();
        let mut taken: BTreeMap<usize, Vec<(usize, Sent)>> = BTreeMap::new();
        for (sent, fate) in mistaken {
            let new = sent.row;
            match fate {
                Fate::Other(other) if self.both.pairs.new_of[other].is_none() => {
                    taken.entry(other).or_default().push((new, sent));
                }
                Fate::Other(other) => self.taken_for(new, other, sent),
                // `messages` has reported it.
                _ if self.is_moved(new) && self.broken.contains(&new) => {}
                _ => self.other_values(new, sent),
            }
        }
        for (old, mut news) in taken {
            if news.len() > 1 {
                self.split(old, &news);
            } else if let Some((new, sent)) = news.pop() {
                self.taken_for(new, old, sent);
            }
        }
        if !(self.without_code() && are_whole && is_whole) {
            let text = "not every new message could be compared with every old one";
            let place =
                [(Which::New, kate_errors_codegen::places::Place::Catalog, "in this catalog")];
            self.find(&rule::NOT_COMPARED, text, &place);
        }
        let of_all = [&rule::ENVELOPE_CHANGED, &rule::IDENTITY_CHANGED, &rule::HEADER_CHANGED];
        if !self.findings.iter().any(|finding| of_all.contains(&finding.rule)) {
            self.examples();
        }
    }

    /// Returns responses that old clients read as another error, or may read with other values, each with its fate.
    /// Also returns whether all messages were compared.
    pub(super) fn mistaken(&self) -> (Vec<(Sent, Fate)>, bool) {
        let changed = self.changed();
        let lookup = &self.both.old.decoder.lookup;
        let (pairs, is_complete) = self.pairs(&changed);
        let text_of = |(ours, theirs): (usize, usize)| {
            let (ours, theirs) = (&changed[ours], &lookup.messages[theirs]);
            Some((ours, theirs, common_message(&ours.template, theirs.template)?))
        };
        let mut shared = pairs.into_iter().filter_map(text_of);
        let (mut seen, mut mistaken) = (BTreeSet::new(), Vec::new());
        for (ours, theirs, text) in shared.by_ref().take(MOST_PAIRS) {
            let (new, old, template) = (ours.row, theirs.row, &ours.template);
            let is_own = self.both.pairs.old_of[new] == Some(old);
            if seen.contains(&(new, old)) {
                continue;
            }
            let mut sent = self.of_text(Which::New, new, template, &text);
            let mut fate = self.both.fate(&sent);
            // In the shortest common text, several values may be equal and hide that they are swapped, or empty and
            // hide that they end elsewhere.
            if is_own && fate == Fate::Same {
                let mut suspects = self.suspects(new, old, template).into_iter();
                if let Some(worse) = suspects.find(|it| self.both.fate(it) == Fate::OtherValues) {
                    (sent, fate) = (worse, Fate::OtherValues);
                }
            }
            let is_open = ours.is_reworded
                && !self.has_values_in_members(new, old)
                && !self.reads_alike(new, template, old, theirs.template);
            let is_other = fate == Fate::OtherValues || fate == Fate::Same && is_open;
            let (read, fate) = match fate {
                Fate::Other(other) => (other, fate),
                _ if is_own && is_other => (old, Fate::OtherValues),
                _ => continue,
            };
            if seen.insert((new, read)) {
                mistaken.push((sent, fate));
            }
        }
        let is_whole = is_complete && shared.next().is_none();
        (mistaken, is_whole)
    }

    /// Returns responses with an error whose values old clients may read in another way: with distinct examples, and
    /// with the old message within a value.
    fn suspects(&self, new: usize, old: usize, template: &Template<'static>) -> Vec<Sent> {
        let was = messages::whole(self.both.old.row(old));
        let text = messages::render(was, &self.both.old.examples(old));
        let last = template.segments.last().map_or("", |it| &*it.literal);
        let text = text.strip_prefix(&*template.first).unwrap_or(&text);
        let text = text.strip_suffix(last).unwrap_or(text);
        let texts = template.segments.iter().filter(|it| matches!(it.ty, Type::Text | Type::Lines));
        let places = std::iter::once(None).chain(texts.map(|it| Some(it.param)));
        let sent = |place: Option<usize>| {
            let mut values = self.both.new.examples(new);
            if let Some(at) = place {
                text.clone_into(&mut values[at]);
            }
            self.both.sent(Which::New, new, template, &values)
        };
        places.map(sent).collect()
    }

    /// Whether old clients read from any common text the values that new ones read: both messages begin alike until
    /// the last value that old clients read has ended.
    fn reads_alike(
        &self,
        new: usize,
        a: &Template<'static>,
        old: usize,
        b: &Template<'static>,
    ) -> bool {
        let [is, was] = [(&self.both.new, new), (&self.both.old, old)]
            .map(|(side, row)| side.catalog.params(side.row(row)).collect::<Vec<_>>());
        let (is_longer, mut is_alike) = (a.segments.len() > b.segments.len(), a.first == b.first);
        let mut values = a.segments.iter().zip(&*b.segments);
        a.segments.len() >= b.segments.len()
            && values.all(|(a, b)| {
                let is_next = a.literal == b.literal;
                let is_end = match a.ty {
                    Type::Scalar(_) => true,
                    // The last choice is the one at which the message ends.
                    Type::OneOf(_) => is_next && !is_longer,
                    _ => is_next && a.end == b.end,
                };
                let is_same = is[a.param].name == was[b.param].name && a.ty == b.ty;
                std::mem::replace(&mut is_alike, is_next) && is_same && is_end
            })
    }

    /// Returns the messages that old clients do not know: those of new errors, and changed ones.
    fn changed(&self) -> Vec<Changed> {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let mut changed = Vec::new();
        for (at, row) in new.rows.iter().enumerate().filter(|(at, _)| self.both.new.is_sent(*at)) {
            let before = self.both.pairs.old_of[at];
            if before.is_some_and(|before| self.is_inherited(before, at)) {
                continue;
            }
            let known: Vec<MessageForm<'_>> = before.map_or_else(Vec::new, |before| {
                let row = &old.rows[before];
                let former = row.former.iter().map(|former| &former.parsed);
                let all =
                    std::iter::once(&row.detail.parsed).chain(&row.with_context).chain(former);
                all.map(|it| MessageForm::new(old.params(row), it)).collect()
            });
            for template in std::iter::once(&row.detail.parsed).chain(&row.with_context) {
                let form = MessageForm::new(new.params(row), template);
                let same = known.iter().find(|it| it.has_same_form(&form));
                let is_reworded = same.is_none();
                let template = match same {
                    Some(known) if known.types == form.types => continue,
                    // If only choices were added, only these are new.
                    Some(known) => further_choices(template, known),
                    None => template.clone(),
                };
                changed.push(Changed { row: at, template, is_reworded });
            }
        }
        changed
    }

    /// Returns the pairs of a changed message and an old one that have a text in common, and whether all were compared.
    fn pairs(&self, changed: &[Changed]) -> (Vec<(usize, usize)>, bool) {
        let (old, new) = (&self.both.old, &self.both.new);
        let lookup = &old.decoder.lookup;
        let is_by_code = |at: &usize| self.is_by_code(Which::New, changed[*at].row);
        let (named, others): (Vec<usize>, _) = (0..changed.len()).partition(is_by_code);
        // Clients read only the messages of the error that the code names.
        let of_named = |at: usize| {
            let before = self.both.pairs.old_of[changed[at].row];
            let base = before.and_then(|row| old.catalog.rows[row].same_as);
            let numbers = before.into_iter().chain(base).flat_map(|row| lookup.numbers_of(row));
            numbers.map(move |number| (at, number)).collect::<Vec<_>>()
        };
        let ours: Vec<_> = others.iter().map(|at: &usize| &changed[*at].template).collect();
        let theirs: Vec<_> = lookup.messages.iter().map(|message| message.template).collect();
        let (pairs, is_complete) = shared(&ours, &theirs);
        let pairs = pairs.into_iter().map(|(ours, theirs)| (others[ours], theirs));
        let mut pairs: Vec<_> = named.into_iter().flat_map(of_named).chain(pairs).collect();
        if old.catalog.identity == Identity::CodeAndDetail {
            let code = |(ours, theirs): &(usize, usize)| {
                let row = lookup.messages[*theirs].row;
                new.catalog.rows[changed[*ours].row].code == old.catalog.rows[row].code
            };
            pairs.retain(code);
        }
        (pairs, is_complete)
    }

    /// Whether clients of the other catalog identify this error in bodies of its servers by its code.
    pub(super) fn is_by_code(&self, from: Which, row: usize) -> bool {
        let (client, server) = (self.both.side(from.other()), self.both.side(from));
        match client.catalog.identity {
            Identity::Code => true,
            Identity::CodeOrDetail => {
                let has_code = !server.row(row).without_code;
                has_code && client.decoder.reads(Slot::Code) && server.decoder.reads(Slot::Code)
            }
            Identity::Detail | Identity::CodeAndDetail => false,
        }
    }

    /// Whether old clients read all values of the error `new` from members, as `old`, whatever its message is.
    fn has_values_in_members(&self, new: usize, old: usize) -> bool {
        let side = &self.both.old;
        let mut params = side.catalog.params(side.row(old));
        self.is_by_code(Which::New, new)
            && params.all(|param| self.members(Which::Old, old, &param.name) != [None, None])
    }

    /// Finds messages that old servers send without a code, and that new clients take for those of errors that have
    /// one. Returns whether all were compared.
    fn without_code(&mut self) -> bool {
        let (old, new) = (self.both.old.catalog, self.both.new.catalog);
        let rows = old.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| row.without_code && row.retired.is_none());
        let (all, is_whole) = self.common(Which::Old, rows.map(|(at, _)| at));
        let mut seen = BTreeSet::new();
        for sent in all {
            let row = sent.row;
            let taken = messages::statuses(old, &old.rows[row]).find_map(|status| {
                let sent = sent.clone().under(status.code);
                match self.both.fate(&sent) {
                    Fate::Other(other) if self.is_by_code(Which::New, other) => Some((sent, other)),
                    _ => None,
                }
            });
            let Some((sent, other)) = taken else { continue };
            if seen.insert((row, other)) {
                let [is_name, was_name] = [&new.rows[other].name, &old.rows[row].name];
                let text = format!(
                    "a message of `{is_name}` is one of `{was_name}`, which had no code, to clients of the new catalog"
                );
                let places =
                    [is(other, "detail", "this one"), was(row, "detail", "and this one before")];
                self.wire(&rule::READ_AS_ANOTHER, text, &places, [None, Some(sent)]);
            }
        }
        is_whole
    }

    fn taken_for(&mut self, new: usize, old: usize, sent: Sent) {
        let (was_row, is_row) = self.both.rows(old, new);
        let after = self.both.pairs.new_of[old].map(|row| self.both.new.row(row));
        let (rule, what) =
            if [Some(was_row), after].iter().flatten().any(|row| row.retired.is_some()) {
                (&rule::RETIRED_TEXT_REUSED, "which is retired")
            } else if after.is_none() {
                (&rule::REMOVED_TEXT_REUSED, "which was removed")
            } else {
                (&rule::READ_AS_ANOTHER, "to clients of the old catalog")
            };
        let text = format!("a message of `{}` is one of `{}`, {what}", is_row.name, was_row.name);
        let places = [is(new, "detail", "this one"), was(old, "detail", "and this one before")];
        let example = self.both.example(Which::Old, old);
        let was_sent = self.both.least(std::iter::once(example).chain(self.both.taken(&sent, old)));
        self.wire(rule, text, &places, [Some(sent), was_sent]);
    }

    fn other_values(&mut self, new: usize, sent: Sent) {
        let old = self.both.pairs.old_of[new].unwrap_or_default();
        let name = &self.both.new.row(new).name;
        let may = if self.both.fate(&sent) == Fate::OtherValues { "" } else { "may " };
        let text = format!("old clients {may}read other values from messages of `{name}`");
        let places = [is(new, "detail", "now"), was(old, "detail", "before")];
        let was_sent = self.both.example(Which::Old, old);
        self.wire(&rule::READ_WITH_OTHER_VALUES, text, &places, [Some(sent), Some(was_sent)]);
    }

    fn split(&mut self, old: usize, news: &[(usize, Sent)]) {
        let name = &self.both.old.row(old).name;
        let parts = self.both.new.names(news.iter().map(|(new, _)| *new));
        let text = format!("the error `{name}` was split into {parts}");
        let mut places: Vec<_> =
            news.iter().map(|(new, _)| is(*new, "detail", "a part of it")).collect();
        places.push(was(old, "detail", "before"));
        let sent = news.first().map(|(_, sent)| sent.clone());
        let was_sent = self.both.example(Which::Old, old);
        self.wire(&rule::ERROR_SPLIT, text, &places, [sent, Some(was_sent)]);
        self.broken.extend(news.iter().map(|(new, _)| *new));
    }

    /// Decodes every error with example values. Finds what depends on other parts of the response than the message.
    fn examples(&mut self) {
        for (new, row) in self.both.new.catalog.rows.iter().enumerate() {
            if row.retired.is_some() || self.broken.contains(&new) {
                continue;
            }
            for sent in self.both.all_examples(Which::New, new) {
                match self.both.fate(&sent) {
                    Fate::Other(other) => self.taken_for(new, other, sent),
                    Fate::OtherValues => self.other_values(new, sent),
                    _ => continue,
                }
                break;
            }
        }
    }
}

/// Returns the template with only the choices that are new, or unchanged if anything else differs.
fn further_choices(template: &Template<'static>, known: &MessageForm<'_>) -> Template<'static> {
    let mut further = template.clone();
    let mut changed = template
        .segments
        .iter()
        .zip(&known.types)
        .enumerate()
        .filter(|(_, (it, ty))| it.ty != ***ty);
    let (Some((at, (segment, ty))), None) = (changed.next(), changed.next()) else {
        return further;
    };
    if let (Type::OneOf(new), Type::OneOf(old)) = (&segment.ty, ty) {
        let added: Vec<_> = new.iter().filter(|choice| !old.contains(choice)).cloned().collect();
        further.segments.to_mut()[at].ty = Type::OneOf(added.into());
    }
    further
}
