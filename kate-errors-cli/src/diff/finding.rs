//! A change between two catalogs, and the comparison that collects them.

use std::collections::HashSet;

use kate_errors_codegen::Compilation;
use kate_errors_codegen::diagnostic::{Label, few};
use kate_errors_codegen::places::Place;

use super::order::Order;
use super::pair::Pairs;
use super::rule::{Level, Rule};
use super::witness::{Both, Fate, Sent, Side, Which, Witness};

/// A change between two catalogs.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) rule: &'static Rule,
    /// What has changed, as a sentence without its full stop.
    pub(crate) message: String,
    /// The places of the change, each in one of the catalogs.
    pub(crate) places: Vec<(Which, Label)>,
    /// Responses that demonstrate it.
    pub(crate) witnesses: Vec<Witness>,
    /// Who can be released first. Only for changes on the wire.
    pub(crate) order: Option<Order>,
    /// What to do about it.
    pub(crate) help: String,
    /// The reason why it was allowed, if it was.
    pub(crate) allowed: Option<String>,
}

impl Finding {
    /// Returns the version bump that the change requires; only a patch if it was allowed.
    pub(crate) fn level(&self) -> Level {
        if self.allowed.is_some() { Level::Patch } else { self.rule.level }
    }

    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }
}

/// Two catalogs, and the changes found so far.
pub(crate) struct Comparison<'c> {
    pub(crate) both: Both<'c>,
    pub(crate) findings: Vec<Finding>,
    /// New errors for which a major change was reported.
    pub(crate) broken: HashSet<usize>,
}

/// A place in one of the catalogs, with its label.
pub(crate) type At<'p> = (Which, Place<'p>, &'p str);

impl<'c> Comparison<'c> {
    /// Starts a comparison. Returns `None` if one of the catalogs does not compile.
    pub(crate) fn of(old: &'c Compilation, new: &'c Compilation) -> Option<Self> {
        let (old, new) = (Side::of(old)?, Side::of(new)?);
        let pairs = Pairs::of(old.catalog, new.catalog);
        let both = Both { old, new, pairs };
        Some(Self { both, findings: Vec::new(), broken: HashSet::new() })
    }

    pub(crate) fn find(
        &mut self,
        rule: &'static Rule,
        message: impl Into<String>,
        places: &[At<'_>],
    ) -> &mut Finding {
        let label = |(which, place, text): &At<'_>| {
            (*which, Label::new(self.both.side(*which).compilation.place(*place), *text))
        };
        let places: Vec<_> = places.iter().map(label).collect();
        let help = rule.page.help().to_owned();
        let message = message.into();
        let at = self.findings.len();
        self.findings.push(Finding {
            rule,
            message,
            places,
            witnesses: Vec::new(),
            order: None,
            help,
            allowed: None,
        });
        &mut self.findings[at]
    }

    /// Reports a change on the wire, with a response of each side, the new one first. How each side reads the other's
    /// response decides who can be released first; responses that are misread become witnesses.
    pub(crate) fn wire(
        &mut self,
        rule: &'static Rule,
        message: impl Into<String>,
        places: &[At<'_>],
        sent: [Option<Sent>; 2],
    ) -> &mut Finding {
        if rule.level == Level::Major {
            self.broken.extend(sent[0].as_ref().map(|sent| sent.row));
        }
        let is_gone = sent[0].as_ref().is_some_and(|it| !it.is_older && !self.both.is_sent(it));
        // Servers do not send retired errors, but older servers do.
        let sent = sent.map(|sent| {
            let (mut sent, fate) = self.both.least_read(sent?);
            let is_retired = !self.both.is_sent(&sent);
            let is_sent = !is_retired || sent.is_older || sent.from == Which::Old;
            sent.is_older |= is_retired;
            is_sent.then_some((sent, fate))
        });
        let [new, old] = sent.each_ref().map(|it| it.as_ref().map(|(_, fate)| *fate));
        let all = || sent.iter().flatten();
        let mut shown: Vec<_> = all().filter(|(_, fate)| *fate != Fate::Same).collect();
        if shown.is_empty() {
            shown.extend(all().next());
        }
        let witnesses = shown.iter().map(|(sent, _)| self.both.witness(sent)).collect();
        let finding = self.find(rule, message, places);
        finding.witnesses = witnesses;
        finding.order = Some(Order::of(new, old));
        if is_gone {
            finding.help(if finding.order == Some(Order::Either) {
                "nothing on the wire: no server sends it, and clients read it from older ones"
            } else {
                "keep it as it was: older servers still send it"
            });
        }
        finding
    }
}

/// Places of something that is in both catalogs.
pub(crate) const fn now_and_before<'p>(new: Place<'p>, old: Place<'p>) -> [At<'p>; 2] {
    [(Which::New, new, "now"), (Which::Old, old, "before")]
}

/// The place of a field of an error in the old catalog.
pub(crate) fn was<'p>(row: usize, field: &'p str, text: &'p str) -> At<'p> {
    (Which::Old, Place::Error(row, field), text)
}

/// The place of a field of an error in the new catalog.
pub(crate) fn is<'p>(row: usize, field: &'p str, text: &'p str) -> At<'p> {
    (Which::New, Place::Error(row, field), text)
}

/// Lists names, such as `` `a`, `b` and 3 more ``.
pub(crate) fn names<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    few(names.into_iter().map(|name| format!("`{name}`")), 6)
}
