//! The messages of a catalog: every text that an error can have in a response.

use std::collections::HashSet;
use std::ptr;

use kate_errors_model::MAX_LITERALS;
use kate_errors_model::template::{Template, parse};

use crate::check::aliases::{shape, shared_status};
use crate::check::placeholders::has_readable_values;
use crate::check::{Checker, with_text};
use crate::messages;
use crate::syntax::document::{Context, Identity, Param, Row, Text};

/// One message of an error.
#[derive(Debug)]
pub(super) struct Message<'d> {
    /// The index of the error.
    pub(super) row: usize,
    /// How reports name the error: by its code, or by its name if errors may share codes.
    pub(super) code: &'d str,
    /// How reports name the error that declares the parameters.
    pub(super) owner: &'d str,
    /// The code of the error, as it is sent.
    pub(super) sent_code: &'d str,
    pub(super) status: u16,
    /// The error whose statuses it has.
    pub(super) base: &'d Row,
    pub(super) role: Role<'d>,
    /// The text in the file; for a detail with its context, the detail.
    pub(super) text: &'d Text,
    /// The shape of the error's detail.
    pub(super) shape: String,
    pub(super) template: Template<'static>,
    /// The parameters, by their indices in the template.
    pub(super) params: Vec<&'d Param>,
}

/// The kind of a message.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role<'d> {
    /// The current message.
    Detail,
    /// The current message, followed by its context.
    WithContext(&'d Context),
    /// A former message.
    Former,
}

impl<'d> Message<'d> {
    pub(super) fn is_former(&self) -> bool {
        matches!(self.role, Role::Former)
    }

    /// Returns the text of the context, if it is part of the message.
    pub(super) fn context(&self) -> Option<&'d Text> {
        match self.role {
            Role::WithContext(context) => context.text.as_ref(),
            Role::Detail | Role::Former => None,
        }
    }
}

/// Returns every message of every error, in the order of the file. Texts in which other rules find mistakes are
/// left out, since their meaning is not certain.
pub(super) fn messages<'d>(checker: &Checker<'d>) -> Vec<Message<'d>> {
    let mut messages = Vec::new();
    let mut compared = HashSet::new();
    let by_detail = checker.document.identity().is_by_detail();
    for (index, row) in checker.document.rows().enumerate() {
        let Some(base) = checker.bases.of(row) else { continue };
        // If the code has to match, an alias with another code is compared with other errors than its base is.
        let code = row.code.as_ref().filter(|_| !by_detail).map(|code| &code.value);
        let has_other_code = code != base.code.as_ref().map(|code| &code.value);
        let is_compared = row.same_as.is_none()
            || !by_detail && has_other_code && compared.insert((ptr::from_ref(base), code));
        of_row(checker, (index, row), base, is_compared, &mut messages);
    }
    for message in &mut messages {
        message.template = checker.as_read(std::mem::take(&mut message.template));
    }
    messages
}

/// Returns the statuses under which two messages are compared: one that both can have, or else the first of each.
pub(super) fn statuses(first: &Message<'_>, second: &Message<'_>) -> [u16; 2] {
    if first.status == second.status {
        return [first.status; 2];
    }
    shared_status(first.base, second.base).map_or([first.status, second.status], |it| [it; 2])
}

/// Adds the messages of an error: the current ones if `is_compared`, and the former ones. An alias also has those of its
/// base if `is_compared`.
fn of_row<'d>(
    checker: &Checker<'d>,
    (index, row): (usize, &'d Row),
    base: &'d Row,
    is_compared: bool,
    messages: &mut Vec<Message<'d>>,
) -> Option<()> {
    let sent_code = row.code.as_ref()?.value.as_str();
    let needs_both = checker.document.identity() == Identity::CodeAndDetail;
    let name = |row: &'d Row| {
        let name = if needs_both { row.key.as_ref() } else { row.code.as_ref() };
        Some(name?.value.as_str())
    };
    let (code, owner) = (name(row)?, name(base)?);
    let statuses: Vec<u16> = base.status.iter().map(|status| status.value).collect();
    let detail = base.detail.as_ref()?;
    let mut alone = usable(detail, &base.params)?;
    let shape = shape(&detail.value, &base.params);
    let mut push = |role, text, template, more: &'d [Param]| {
        let params: Vec<&Param> = base.params.iter().chain(more).collect();
        // Each status counts separately only if code, status and message identify errors together.
        let count = if needs_both { statuses.len() } else { 1 };
        messages.extend(statuses.iter().take(count).map(|status| Message {
            row: index,
            code,
            owner,
            sent_code,
            status: *status,
            base,
            role,
            text,
            shape: shape.clone(),
            template: Template::clone(&template),
            params: params.clone(),
        }));
    };
    if is_compared {
        if let Some((context, text)) = checker.context_of(base).and_then(with_text) {
            if let Some(second) = usable(text, &context.params) {
                let second = messages::behind(second, base.params.len());
                let (without, full) = alone.with_context(&second);
                alone = without;
                push(Role::WithContext(context), detail, full, &context.params);
            }
        }
        push(Role::Detail, detail, alone, &[]);
    }
    // An alias is also read from the former messages of its base.
    let of_base = base.former.iter().filter(|_| is_compared && row.same_as.is_some());
    let mut seen = HashSet::from([detail.value.as_str()]);
    for former in of_base.chain(&row.former).filter(|former| seen.insert(&former.value)) {
        if let Some(template) = usable(former, &base.params) {
            push(Role::Former, former, template, &[]);
        }
    }
    Some(())
}

/// Returns the template of a text without mistakes.
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
