//! What is known about a response before its body.

use super::finding::{Finding, Kind};
use super::scan::Event;
use super::{Before, Reader, patterns};
use crate::messages::has_status;

/// What is known about a response before its body.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Context {
    pub(super) status: Option<u16>,
    pub(super) is_page: bool,
    pub(super) is_head: bool,
    pub(super) in_head: bool,
    pub(super) line: usize,
    pub(super) time: Option<String>,
    pub(super) code: Option<String>,
    pub(super) operation: Option<usize>,
    pub(super) is_used: bool,
}

impl Reader<'_> {
    pub(super) fn apply(&mut self, event: Event, line: usize) {
        match event {
            Event::Status { status, is_head } => self.set_status(status, is_head, line),
            Event::Code(code) => self.set_code(code),
            Event::Operation(operation) => {
                let Context { is_used, status, is_head, line: before, .. } = self.context;
                let is_other = before != line && !self.is_continued;
                if is_used || (status.is_some() && !is_head && is_other) {
                    self.flush();
                }
                self.context.operation = Some(operation);
            }
            Event::Body { .. } => {}
        }
    }

    /// Whether a line has only the status of the body before it, which is the one that it has, or of an error that it may
    /// be if it has none yet. Then that body is read again, with its status.
    pub(super) fn belongs_to_body(&mut self, text: &str) -> bool {
        let status = patterns::first("status_alone", text).and_then(|it| patterns::number(&it));
        // Dumps of objects have other members before the status.
        let is_over = |before: &mut Before| {
            let is_member = text.starts_with([' ', '\t']) && before.context.status.is_some();
            !text.trim().is_empty() && (status.is_some() || !is_member)
        };
        let Some(before) = self.before.take_if(is_over) else { return false };
        if before.context.status.is_some() {
            return before.context.status == status;
        }
        let fits = |finding: &mut Finding| status.is_some_and(|it| finding.has(self.catalog, it));
        if self.findings.pop_if(fits).is_none() {
            return false;
        }
        self.context = Context { status, ..before.context };
        self.body(before.body, before.line);
        true
    }

    /// Whether a line ends with the name of the status before it, as in `404` and `Error: Not Found`.
    pub(super) fn has_name_of_status(&self, text: &str) -> bool {
        let mut statuses = self.catalog.statuses.iter();
        let status = statuses.find(|status| Some(status.code) == self.context.status);
        status.is_some_and(|status| text.ends_with(&*status.name))
    }

    fn set_status(&mut self, status: u16, is_head: bool, line: usize) {
        if self.context.is_used {
            self.context = Context::default();
        }
        let Context { is_head: was_head, line: before, .. } = self.context;
        let is_other = before != line;
        let is_next = if is_head { was_head || is_other } else { !was_head && is_other };
        match self.context.status {
            // Pages say it in their title and in their text, and dumps of errors in their message and in a member.
            Some(same)
                if same == status && !is_head && (self.context.is_page || self.is_continued) =>
            {
                return;
            }
            Some(_) if is_next => self.flush(),
            Some(_) if !is_head || was_head => return,
            _ => {}
        }
        self.context.status = Some(status);
        self.context.is_head = is_head;
        self.context.line = line;
        self.context.time = self.time.clone();
    }

    pub(super) fn set_code(&mut self, code: String) {
        if self.context.is_used {
            self.context = Context::default();
        }
        self.context.code.get_or_insert(code);
    }

    /// Reports a status or code without a body.
    pub(super) fn flush(&mut self) {
        let context = std::mem::take(&mut self.context);
        if context.is_used || (context.status.is_none() && context.code.is_none()) {
            return;
        }
        let code = context.code.as_deref().map(str::trim_ascii).unwrap_or_default();
        let named = self.by_code.get(code).cloned().unwrap_or_default();
        let mut finding = if !named.is_empty() {
            Finding::of(Kind::Code, self.preferred(named, &context))
        } else if context.status.is_none() {
            return;
        } else if context.is_page {
            Finding::of(Kind::Page, Vec::new())
        } else {
            let has = |row: &usize| self.has(*row, context.status);
            let under = (0..self.catalog.rows.len()).filter(has).collect();
            Finding::of(Kind::Status, self.preferred(under, &context))
        };
        finding.status = context.status;
        finding.line = context.line.max(1);
        finding.time = context.time;
        finding.operation = context.operation;
        self.findings.push(finding);
    }

    fn has(&self, row: usize, status: Option<u16>) -> bool {
        let row = &self.catalog.rows[row];
        status.is_none_or(|status| has_status(self.catalog, row, status))
    }

    /// Returns those of some errors that the status and the operation allow, if they allow any.
    pub(super) fn preferred(&self, all: Vec<usize>, context: &Context) -> Vec<usize> {
        let has = |row: &usize| self.has(*row, context.status);
        let is_listed = |row: &usize| self.lists(context.operation, *row);
        let filters: [&dyn Fn(&usize) -> bool; 2] = [&has, &is_listed];
        filters.iter().fold(all, |rows, is_so| {
            let some: Vec<usize> = rows.iter().copied().filter(is_so).collect();
            if some.is_empty() { rows } else { some }
        })
    }

    pub(super) fn lists(&self, operation: Option<usize>, row: usize) -> bool {
        operation.is_some_and(|operation| self.catalog.operations[operation].rows.contains(&row))
    }
}
