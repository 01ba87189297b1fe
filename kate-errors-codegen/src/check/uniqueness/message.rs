//! The messages of a catalog: every text that an error can have on the wire.

use std::collections::HashSet;

use kate_errors_model::MAX_LITERALS;
use kate_errors_model::template::{Template, parse};

use super::shape;
use crate::check::Checker;
use crate::check::placeholders::has_readable_values;
use crate::messages;
use crate::syntax::document::{Context, Identity, Param, Row, Text};

/// One message of an error.
#[derive(Debug)]
pub(super) struct Message<'d> {
    /// The number of its error.
    pub(super) row: usize,
    /// What its error is called in reports: its code, or its name where errors may share codes.
    pub(super) code: &'d str,
    /// The code of its error, as it is sent.
    pub(super) sent_code: &'d str,
    pub(super) status: u16,
    pub(super) role: Role<'d>,
    /// The text in the file; of a detail with its context, the detail.
    pub(super) text: &'d Text,
    /// What the detail of its error looks like.
    pub(super) shape: String,
    pub(super) template: Template<'static>,
    /// The parameters, as the template counts them.
    pub(super) params: Vec<&'d Param>,
}

/// What a message is to its error.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role<'d> {
    /// What servers send.
    Detail,
    /// The same with its context.
    WithContext(&'d Context),
    /// What they sent before.
    Former,
}

impl<'d> Message<'d> {
    pub(super) fn is_former(&self) -> bool {
        matches!(self.role, Role::Former)
    }

    /// The text that somebody would change: with its context and without it, a detail is one.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.row, if self.is_former() { self.text.span.start } else { 0 })
    }

    /// The text of the context, where it is part of the message.
    pub(super) fn context(&self) -> Option<&'d Text> {
        match self.role {
            Role::WithContext(context) => context.text.as_ref(),
            Role::Detail | Role::Former => None,
        }
    }
}

/// Every message of every error, in the order of the file. Texts in which other rules find mistakes are left out: what
/// they mean is not certain.
pub(super) fn messages<'d>(checker: &Checker<'d>) -> Vec<Message<'d>> {
    let mut messages = Vec::new();
    for (index, row) in checker.all_rows().enumerate() {
        of_row(checker, index, row, &mut messages);
    }
    for message in &mut messages {
        message.template = checker.as_read(std::mem::take(&mut message.template));
    }
    messages
}

fn of_row<'d>(
    checker: &Checker<'d>,
    index: usize,
    row: &'d Row,
    messages: &mut Vec<Message<'d>>,
) -> Option<()> {
    let sent_code = row.code.as_ref()?.value.as_str();
    let needs_both = checker.document.identity() == Identity::CodeAndDetail;
    let code = if needs_both { row.key.as_ref()?.value.as_str() } else { sent_code };
    let base = checker.base(row)?;
    base.status?;
    let statuses: Vec<u16> = base.statuses().map(|status| status.value).collect();
    let detail = base.detail.as_ref()?;
    let mut alone = usable(detail, &base.params)?;
    let shape = shape(&detail.value, &base.params);
    let mut push = |role, text, template, more: &'d [Param]| {
        let params: Vec<&Param> = base.params.iter().chain(more).collect();
        // Only where code, status and message tell errors apart together, each status counts by itself.
        let count = if needs_both { statuses.len() } else { 1 };
        messages.extend(statuses.iter().take(count).map(|status| Message {
            row: index,
            code,
            sent_code,
            status: *status,
            role,
            text,
            shape: shape.clone(),
            template: Template::clone(&template),
            params: params.clone(),
        }));
    };
    if row.same_as.is_none() {
        if let Some((context, text)) =
            checker.context_of(base).and_then(|it| Some((it, it.text.as_ref()?)))
        {
            if let Some(second) = usable(text, &context.params) {
                let second = messages::behind(second, base.params.len());
                let (without, full) = alone.with_context(&second);
                alone = without;
                push(Role::WithContext(context), detail, full, &context.params);
            }
        }
        push(Role::Detail, detail, alone, &[]);
    }
    let mut seen = HashSet::from([detail.value.as_str()]);
    for former in row.former.iter().filter(|former| seen.insert(&former.value)) {
        if let Some(template) = usable(former, &base.params) {
            push(Role::Former, former, template, &[]);
        }
    }
    Some(())
}

/// The template of a text in which no mistake has been found.
fn usable(text: &Text, params: &[Param]) -> Option<Template<'static>> {
    let parsed = parse(&text.value);
    let index = messages::index(params);
    let are_declared = parsed.placeholders().all(|placeholder| {
        let param = index.get(placeholder.name.as_str()).map(|at| &params[*at]);
        param.is_some_and(|param| param.ty.is_some())
    });
    let template = messages::template(&text.value, params);
    let is_sound = parsed.errors.is_empty()
        && are_declared
        && text.value.len() <= MAX_LITERALS
        && has_readable_values(&template);
    is_sound.then_some(template)
}
