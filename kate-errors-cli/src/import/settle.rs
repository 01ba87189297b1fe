//! Asks the compiler which errors it accepts, and leaves out the others.
//!
//! So the rules of catalogs are not implemented twice. Of clashing errors, the first one is kept.

use std::collections::{BTreeMap, BTreeSet};

use kate_errors_codegen::{Compilation, Diagnostic, compile};
use kate_errors_model::status::HEADER_FIELDS;
use serde_json::Value;

use super::draft::{Draft, ErrorDraft, LeftOut, Said};
use super::message::Kind;
use super::write::{Guesses, write};

/// The maximum number of compilations. A report has at most a hundred diagnostics, so a source with thousands of
/// invalid errors is not fixed completely.
pub(super) const MOST_ROUNDS: usize = 20;

/// The rules for messages that cannot be distinguished.
const CLASHES: &[&str] = &["duplicate-detail", "ambiguous-sentences", "ambiguous-template"];

/// A catalog, and the result of compiling it.
pub(crate) struct Settled {
    pub(crate) text: String,
    pub(crate) compilation: Compilation,
    pub(crate) guesses: Guesses,
}

/// Writes a draft, without the errors that the compiler rejects. These are moved to what is left out. `by_code` says
/// whether the catalog can go by code, if messages clash.
pub(crate) fn settle(draft: &mut Draft, by_code: bool) -> Settled {
    super::complete::complete(draft);
    let mut rounds = 0;
    loop {
        draft.prune_body();
        let written = write(draft);
        let compilation = compile("errors.yaml", written.text.as_bytes());
        let last = |starts: &[usize], line| starts.partition_point(|it| *it <= line).checked_sub(1);
        let refused_operations = refused(&compilation, |line| last(&written.operations, line));
        let refused =
            refused(&compilation, |line| last(&written.lines, line).filter(|_| line < written.end));
        rounds += 1;
        let of_body = compilation.diagnostics.iter().find(|it| it.rule.id == "invalid-envelope");
        if let (Some(diagnostic), Some(_)) = (of_body, &draft.body) {
            let why = format!("the format of bodies is rejected: {}", diagnostic.message);
            draft.left_out.extend(draft.place().map(|place| LeftOut { place, why }));
            draft.drop_body();
            continue;
        }
        // Routes of other tools can have any form.
        if !refused_operations.is_empty() && rounds <= MOST_ROUNDS {
            leave_out_operations(draft, &refused_operations);
            continue;
        }
        if refused.is_empty() || rounds > MOST_ROUNDS {
            return Settled { text: written.text, compilation, guesses: written.guesses };
        }
        let clashes = refused.values().any(|diagnostic| is_clash(diagnostic));
        if clashes && draft.take_back_members() {
            continue;
        }
        if clashes && by_code && may_go_by_code(draft) {
            let why = "messages clash, and every error has a code of the source";
            draft.identity = Some(Said::guess("code", why));
            // Each error has its own code, so that none has to be an alias because of its message.
            draft.errors_mut().filter(|it| !it.message.is_empty()).for_each(|it| it.same_as = None);
            super::complete::guess_statuses(draft);
            continue;
        }
        leave_out(draft, &refused);
    }
}

/// Returns the errors that the compiler rejects, by index, with the reason. `error` returns the error at a line.
pub(super) fn refused(
    compilation: &Compilation,
    error: impl Fn(usize) -> Option<usize>,
) -> BTreeMap<usize, &Diagnostic> {
    let mut refused = BTreeMap::new();
    for diagnostic in compilation.diagnostics.iter().filter(|it| it.is_error() && it.omitted == 0) {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        let lines = labels.map(|label| compilation.source.line_index(label.span.start));
        if let Some(last) = lines.filter_map(&error).max() {
            refused.entry(last).or_insert(diagnostic);
        }
    }
    refused
}

fn leave_out_operations(draft: &mut Draft, refused: &BTreeMap<usize, &Diagnostic>) {
    let place = draft.place();
    let mut number = 0;
    draft.operations.retain(|operation| {
        let diagnostic = refused.get(&number);
        number += 1;
        if let (Some(diagnostic), Some(place)) = (diagnostic, &place) {
            let why = refusal("operation", &operation.name.value, diagnostic);
            draft.left_out.push(LeftOut { place: place.clone(), why });
        }
        diagnostic.is_none()
    });
}

/// Returns why an error or an operation is left out.
fn refusal(what: &str, name: &str, Diagnostic { rule, message, .. }: &Diagnostic) -> String {
    format!("the {what} `{name}` is refused ({}): {message}", rule.id)
}

fn is_clash(diagnostic: &Diagnostic) -> bool {
    CLASHES.contains(&diagnostic.rule.id)
}

/// Whether only a header field of the error is rejected.
fn is_of_header(diagnostic: &Diagnostic) -> bool {
    ["inherited-field", "invalid-challenge", "invalid-seconds", "misplaced-header"]
        .contains(&diagnostic.rule.id)
}

/// Whether codes can identify errors: all of them are in the source, and bodies have a place for them.
fn may_go_by_code(draft: &Draft) -> bool {
    let has_place = draft.body_has_code().unwrap_or(true);
    let are_given = draft.errors().all(ErrorDraft::has_code);
    draft.identity.is_none() && has_place && are_given
}

/// Removes the errors that the compiler rejects, or changes what it rejects of them.
pub(super) fn leave_out(draft: &mut Draft, refused: &BTreeMap<usize, &Diagnostic>) {
    let mut gone = BTreeSet::new();
    draft.retain_errors(|number, error, left_out| {
        let Some(diagnostic) = refused.get(&number) else { return true };
        if is_clash(diagnostic) && narrowed(error) {
            return true;
        }
        let code = error.code_text().unwrap_or_default();
        let is_header = |(name, _): &(String, Value)| HEADER_FIELDS.iter().any(|it| it.key == name);
        if is_of_header(diagnostic) && error.extensions.iter().any(is_header) {
            let why = format!("the header fields of `{code}` are refused: {}", diagnostic.message);
            left_out.push(error.left_out(why));
            error.extensions.retain(|field| !is_header(field));
            return true;
        }
        left_out.push(error.left_out(refusal("error", &code, diagnostic)));
        gone.insert(super::names::name_of(error));
        false
    });
    draft.common.retain(|error| !gone.contains(error));
    for operation in &mut draft.operations {
        operation.errors.retain(|error| !gone.contains(error));
    }
    draft.operations.retain(|operation| !operation.errors.is_empty());
}

/// Changes texts whose type is a guess to words, which end at a space.
fn narrowed(error: &mut super::draft::ErrorDraft) -> bool {
    let mut changed = false;
    for param in &mut error.message.params {
        if param.kind == Kind::Named("text") && param.guess.is_some() {
            param.kind = Kind::Named("word");
            param.guess = Some("a text could not be told from the text around it".into());
            changed = true;
        }
    }
    changed
}
