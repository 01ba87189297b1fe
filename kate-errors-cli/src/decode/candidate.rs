//! Errors that a message may be, with the values that were read.

use std::collections::HashSet;

use kate_errors_codegen::catalog::Param;

use super::members::{Members, field_holds};
use super::{Decoder, Hints, Known};
use crate::lookup::Message;
use crate::messages;

/// An error that matches the message, with its rank and its values.
pub(super) struct Candidate {
    rank: [bool; 4],
    pub(super) is_former: bool,
    pub(super) known: Known,
}

impl Decoder<'_> {
    /// Returns the error with these values, if its fields can hold them.
    pub(super) fn candidate(
        &self,
        row: usize,
        (message, values): (&Message<'_>, &[&str]),
        members: Option<&Members>,
        named: Option<usize>,
        hints: &Hints<'_>,
    ) -> Option<Candidate> {
        let own = self.catalog.rows[row].params.len();
        let all = self.catalog.params(&self.catalog.rows[row]).count();
        let deciding = members.filter(|it| it.decide);
        let has_context = message.has_context || deciding.is_some_and(|it| it.context().is_some());
        let value = |at: usize| {
            let member = members.and_then(|members| members.values.get(at).cloned().flatten());
            let stands = message.template.segments.iter().any(|segment| segment.param == at);
            let value = values.get(at).filter(|_| stands).map(|value| (*value).to_owned());
            if deciding.is_some() { member.or(value) } else { value.or(member) }
        };
        let read = if has_context { all } else { own };
        let mut values: Vec<Option<String>> = (0..read).map(value).collect();
        let context = has_context.then(|| values.split_off(own));
        let known = Known { row, values, context, ..Known::default() };
        let is_former = message.is_former;
        let is_listed = hints.operation.is_some_and(|rows| rows.contains(&row));
        let rank = [named == Some(row), self.has_status(row, hints), is_listed, !is_former];
        self.is_whole(&known).then_some(Candidate { rank, is_former, known })
    }

    /// Whether all required values are present, and the fields of the error can hold them.
    pub(super) fn is_whole(&self, known: &Known) -> bool {
        let row = &self.catalog.rows[known.row];
        let (own, all) = (row.params.len(), self.catalog.params(row));
        let params: Vec<&Param> = all.collect();
        let hold = |params: &[&Param], values: &[Option<String>]| {
            let holds =
                |(param, value): (&&Param, &Option<_>)| field_holds(param, value.as_deref());
            params.len() == values.len() && params.iter().zip(values).all(holds)
        };
        hold(&params[..own], &known.values)
            && known.context.as_ref().is_none_or(|context| hold(&params[own..], context))
    }

    /// Returns the message that a server would send for the error.
    pub(super) fn message(&self, known: &Known) -> String {
        let row = &self.catalog.rows[known.row];
        let template = row.with_context.as_ref().filter(|_| known.context.is_some());
        // Missing values do not occur in the template.
        let values = known.values.iter().chain(known.context.iter().flatten());
        let values: Vec<String> = values.map(|value| value.clone().unwrap_or_default()).collect();
        messages::render(template.unwrap_or(&row.detail.parsed), &values)
    }
}

/// Returns the candidate with the highest rank. Others of the same rank become its alternatives.
pub(super) fn chosen(candidates: Vec<Candidate>) -> Option<Candidate> {
    let rank = candidates.iter().map(|it| it.rank).max()?;
    let mut best = candidates.into_iter().filter(|it| it.rank == rank);
    let mut first = best.next()?;
    let mut seen = HashSet::from([first.known.row]);
    let others = best.map(|it| it.known).filter(|it| seen.insert(it.row));
    first.known.alternatives.extend(others);
    Some(first)
}
