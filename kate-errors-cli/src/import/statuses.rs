//! Reads statuses in tables: one, several, a class or a range.

use kate_errors_model::status;

use super::bodies::place;
use super::draft::{Draft, ErrorDraft};
use super::leaves::each_leaf;
use super::table::one_line;

/// Returns the names of a status: that of 422 was another one before RFC 9110.
pub(super) fn names(code: u16) -> impl Iterator<Item = &'static str> {
    (code == 422).then_some("Unprocessable Entity").into_iter().chain([status::name(code)])
}

/// Returns a text without blanks around it, and without `HTTP` before a status.
fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("HTTP ").unwrap_or(text).trim_start()
}

/// Returns the error status whose name a text is, possibly as a constant of a program: `HttpStatus.NOT_FOUND`.
pub(super) fn status_named(text: &str) -> Option<u16> {
    let name = text.rsplit(['.', ':']).next()?;
    let mut assigned = (400..600).filter(|code| status::is_assigned(*code));
    assigned.find(|code| names(*code).any(|it| letters(it).eq(letters(name))))
}

fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase())
}

/// Returns the status at the beginning of a text: `404`, `404 Not Found`, or `HTTP 404`.
pub(super) fn status_of(text: &str) -> Option<u16> {
    let text = bare(text);
    let digits = text.get(..3)?;
    let ends = !text[3..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
    let code: u16 = digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())??;
    (ends && (100..600).contains(&code)).then_some(code)
}

/// Returns the error status at the beginning of a text.
pub(super) fn error_status(text: &str) -> Option<u16> {
    status_of(text).filter(|code| status::is_error(*code))
}

/// Words before the status in a heading, such as `HTTP status code: 404`.
const BEFORE_STATUS: &[&str] =
    &["http", "status", "code", "error", "errors", "response", "responses"];

/// Returns the error status that a heading names: `404 Not Found`, or `HTTP status: 404`.
pub(super) fn status_of_heading(heading: &str) -> Option<u16> {
    let is_before = |word: &str| BEFORE_STATUS.contains(&word.to_lowercase().trim_end_matches(':'));
    let mut rest = heading.trim();
    while let Some((_, behind)) = rest.split_once(' ').filter(|(word, _)| is_before(word)) {
        rest = behind.trim_start();
    }
    error_status(rest).filter(|_| !is_class(rest))
}

/// Whether a text begins with a class of statuses, such as `5xx`, or a range, such as `500-599`.
pub(super) fn is_class(text: &str) -> bool {
    let text = bare(text);
    match text.as_bytes() {
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X', behind @ ..] => {
            behind.first().is_none_or(|byte| !byte.is_ascii_alphanumeric())
        }
        _ => status_of(text).is_some() && is_range(&text[3..]),
    }
}

/// Whether the text after a status makes it a range.
fn is_range(behind: &str) -> bool {
    let behind = behind.trim_start();
    let until = ["-", "–", "—", "to ", ".."].iter().find_map(|it| behind.strip_prefix(it));
    until.is_some_and(|end| status_of(end.trim_start_matches(['.', ' '])).is_some())
}

/// Whether a text begins with a class of statuses or an assigned status. Numbers from 100 to 199 are more often codes
/// than statuses.
pub(super) fn is_status(text: &str) -> bool {
    let is_used = |code: u16| code >= 200 && status::is_assigned(code);
    is_class(text) || status_of(text).is_some_and(is_used)
}

/// Whether a text is a status with its name, such as `404 Not Found`.
pub(super) fn has_name(text: &str) -> bool {
    let (codes, name) = statuses_of(text);
    let (Some(code), Some(name)) = (codes.first(), name) else { return false };
    names(*code).any(|it| it.eq_ignore_ascii_case(&name))
}

/// Returns the statuses at the beginning of a text, and the name after a single one: `404 Not Found`,
/// `404 (Not Found)`, `500, 502 - Server errors`. A name alone is its status. For a range such as `500-599`, it is
/// unknown which are meant, so there are none.
pub(super) fn statuses_of(text: &str) -> (Vec<u16>, Option<String>) {
    let mut codes = Vec::new();
    let mut rest = bare(text);
    while let Some(code) = status_of(rest) {
        if !codes.contains(&code) {
            codes.push(code);
        }
        if is_range(&rest[3..]) {
            return (Vec::new(), None);
        }
        rest = rest[3..].trim_start_matches(|c: char| c.is_whitespace() || ",/:;–—-".contains(c));
    }
    if codes.is_empty()
        && let Some(code) = status_named(rest)
    {
        return (vec![code], None);
    }
    let inside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let name =
        Some(one_line(inside.unwrap_or(rest))).filter(|name| codes.len() == 1 && !name.is_empty());
    (codes, name)
}

/// Whether responses with this status are errors, or may be.
pub(super) fn is_of_errors(status: &str) -> bool {
    matches!(status, "default" | "4XX" | "5XX" | "4xx" | "5xx") || error_status(status).is_some()
}

/// If a member `error` only has names of statuses beside the messages, these are no codes.
pub(super) fn names_of_statuses(draft: &mut Draft) {
    let place = draft.body.as_ref().and_then(|body| place(&body.value, "{code}"));
    let coded = || draft.errors().filter(|error| error.has_code());
    let status = |error: &ErrorDraft| {
        let text = error.code_text()?;
        let code = status_named(&text).filter(|code| status::name(*code) == text)?;
        (error.statuses.is_empty() || error.statuses == [code]).then_some(code)
    };
    let is_error = place.is_some_and(|place| place.ends_with("/error"));
    if !is_error || coded().next().is_none() || !coded().all(|error| status(error).is_some()) {
        return;
    }
    for error in draft.errors_mut().filter(|error| error.has_code()) {
        if error.statuses.is_empty() {
            error.statuses.extend(status(error));
            error.status_guess = Some("bodies have its name".into());
        }
        error.code = None;
    }
    if let Some(body) = &mut draft.body {
        each_leaf(&mut body.value, |_, leaf| {
            if *leaf == "{code}" {
                *leaf = "{title}".into();
            }
        });
    }
}
