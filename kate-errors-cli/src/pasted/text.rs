//! Reads messages and codes without a body.

use super::finding::{Finding, Kind};
use super::scan::Group;
use super::{Reader, patterns, scan};

impl Reader<'_> {
    /// Reads a message without a body.
    pub(super) fn text(&mut self, text: &str, group: &Group, line: usize) {
        let present = |all: &[String]| all.iter().filter(|it| !it.is_empty()).cloned().collect();
        let (texts, lines): (Vec<String>, Vec<String>) =
            (present(&group.texts), present(&group.lines));
        let found = texts.iter().find_map(|text| self.alone(text));
        let found = found.or_else(|| lines.iter().find_map(|line| self.within(line)));
        let found = found.or_else(|| self.cut(text));
        let found =
            found.or_else(|| texts.iter().chain(&lines).find_map(|text| self.codes_in(text)));
        if let Some(finding) = found {
            self.emit(finding, line);
        }
    }

    /// Reads a text that is a complete message. Values that are beside it in a body are unknown.
    pub(super) fn alone(&self, message: &str) -> Option<Finding> {
        let rows = self.decoder.rows_with(message);
        if rows.is_empty() {
            return None;
        }
        let response = self.response(String::new());
        let known = self.decoder.alone(&response, self.operation_rows(), message);
        Some(known.map_or_else(|| Finding::of(Kind::Code, rows), Finding::from))
    }

    /// Reads the longest message in a line. If the text from its start, up to an ellipsis, also begins a longer
    /// message, that one was truncated.
    fn within(&mut self, line: &str) -> Option<Finding> {
        let (start, end) = self.beginnings.within(line)?;
        let shown = end + shortened(&line[end..]).map_or(line.len() - end, str::len);
        let beginning = |goes_on| self.beginnings.rows_beginning(&line[start..shown], goes_on);
        if end < line.len() && !beginning(true).is_empty() {
            return Some(Finding::of(Kind::Cut, beginning(false)));
        }
        let message = &line[start..end];
        let finding = self.alone(message)?;
        // Some clients print the status in front, others behind in parentheses.
        let status = patterns::first("status_behind", &line[end..])
            .or_else(|| patterns::first("status_before", &line[..start]));
        let status = status.filter(|_| self.context.status.is_none());
        let status = status.and_then(|it| patterns::number(&it));
        let Some(status) = status.filter(|it| finding.has(self.catalog, *it)) else {
            return Some(finding);
        };
        self.context.status = Some(status);
        self.alone(message)
    }

    /// Reads a truncated message: a text in quotes whose closing quote is missing, or which has an ellipsis, or the
    /// whole text.
    fn cut(&self, text: &str) -> Option<Finding> {
        let plain = scan::without_escapes(text);
        let open = |quote: char| {
            let pieces: Vec<&str> = plain.split(quote).collect();
            let is_open = |at: &usize| {
                let is_last = *at > 1 && at + 1 == pieces.len();
                let is_value = pieces[at - 1].trim_end().ends_with([':', '=']);
                is_value && (is_last || shortened(pieces[*at]).is_some())
            };
            (1..pieces.len()).find(is_open).map(|at| pieces[at])
        };
        let candidates = [open('"'), open('\''), Some(text.trim())];
        candidates.into_iter().flatten().find_map(|candidate| {
            let shown = [Some(candidate), shortened(candidate)].into_iter().flatten();
            let mut rows = shown.map(|it| self.beginnings.rows_beginning(it, false));
            rows.find(|rows| !rows.is_empty()).map(|rows| Finding::of(Kind::Cut, rows))
        })
    }

    /// Returns the errors of the first known code in a text.
    fn codes_in(&self, text: &str) -> Option<Finding> {
        let words = patterns::of("code").iter().flat_map(|pattern| pattern.captures_iter(text));
        let spelled = |word: &str| self.by_spelling.get(&spelled(word)).cloned();
        // A variant can follow its enum.
        let variant = |word: &str| spelled(word.rsplit("::").next().unwrap_or_default());
        let mut rows = words.filter_map(|word| spelled(&word[1]).or_else(|| variant(&word[1])));
        let exact = self.by_code.get(text).cloned();
        exact.or_else(|| rows.next()).map(|rows| Finding::of(Kind::Code, rows))
    }
}

/// Returns what stands before an ellipsis.
fn shortened(text: &str) -> Option<&str> {
    patterns::first("ellipsis", text).map(|it| &text[..it.get_match().start()])
}

/// Returns a code in the spelling by which it is found: people write it in any case, with `-` or `_`.
pub(super) fn spelled(code: &str) -> String {
    code.to_lowercase().replace('-', "_")
}
