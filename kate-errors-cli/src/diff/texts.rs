//! Texts that are messages of both catalogs.

use kate_errors_codegen::clash::{common_message, shared};
use kate_errors_model::envelope::Identity;
use kate_errors_model::template::Template;

use super::finding::Comparison;
use super::witness::{Sent, Which};

/// The maximum number of pairs of messages with a common text that are decoded.
pub(super) const MOST_PAIRS: usize = 1_000;

impl Comparison<'_> {
    /// Returns responses with errors that may have a message of another error in the other catalog, each pair once. Also
    /// returns whether all messages were compared.
    pub(super) fn common(
        &self,
        from: Which,
        rows: impl Iterator<Item = usize>,
    ) -> (Vec<Sent>, bool) {
        let rows = rows.filter(|at| !self.is_by_code(from, *at));
        let forms = rows.flat_map(|at| {
            let row = self.both.side(from).row(at);
            let templates = std::iter::once(&row.detail.parsed).chain(&row.with_context);
            templates.map(move |template| (at, template))
        });
        let forms: Vec<(usize, &Template<'static>)> = forms.collect();
        if forms.is_empty() {
            return (Vec::new(), true);
        }
        let (server, client) = (self.both.side(from), self.both.side(from.other()));
        let known = &client.decoder.lookup.messages;
        let ours: Vec<_> = known.iter().map(|message| message.template).collect();
        let theirs: Vec<_> = forms.iter().map(|(_, template)| *template).collect();
        let (mut pairs, is_complete) = shared(&ours, &theirs);
        pairs.retain(|(ours, theirs)| {
            let (row, other) = (forms[*theirs].0, known[*ours].row);
            let is_told = client.catalog.identity == Identity::CodeAndDetail
                && server.row(row).sent_code().is_some_and(|it| it != client.row(other).code);
            !is_told && self.both.counterpart(from, row) != Some(other)
        });
        let is_whole = is_complete && pairs.len() <= MOST_PAIRS;
        let sent = |(other, at): (usize, usize)| {
            let (row, template) = forms[at];
            let text = common_message(template, ours[other])?;
            Some(self.of_text(from, row, template, &text))
        };
        (pairs.into_iter().take(MOST_PAIRS).filter_map(sent).collect(), is_whole)
    }

    /// Returns the error with `text` as its message, and the values that its own client reads from it.
    pub(super) fn of_text(
        &self,
        from: Which,
        row: usize,
        template: &Template<'static>,
        text: &str,
    ) -> Sent {
        let catalog = self.both.side(from).catalog;
        let plain = readable(text);
        let mut read = vec![""; catalog.params(&catalog.rows[row]).count()];
        let mut others = read.clone();
        let is_plain = template.read(&plain, &mut read);
        let (text, read) = if is_plain {
            (plain.as_str(), read)
        } else {
            let _ = template.read(text, &mut others);
            (text, others)
        };
        let values: Vec<String> = read.into_iter().map(str::to_owned).collect();
        let own = catalog.rows[row].params.len();
        let is_full = template.segments.iter().any(|segment| segment.param >= own);
        let values = if is_full { &values[..] } else { &values[..own] };
        self.both.response(from, row, text, values)
    }
}

/// Makes a common text readable: the search uses private-use characters for arbitrary ones.
pub(crate) fn readable(text: &str) -> String {
    text.chars().map(|it| if ('\u{E000}'..'\u{F900}').contains(&it) { 'x' } else { it }).collect()
}
