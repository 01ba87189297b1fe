//! Words and small pieces of markup that several parts of the page have.

use kate_errors_codegen::catalog::{Extension, Retry, Row};
use kate_errors_model::template::{Part, parse};
use maud::{Markup, html};
use serde_json::Value;

use super::Page;
use crate::messages;

/// A text: its literals as they are, and the names of values in braces, set apart.
pub(super) fn template(text: &str) -> Markup {
    html! {
        @for part in parse(text).parts {
            @match part {
                Part::Literal(literal) => (literal),
                Part::Placeholder(it) => var { "{" (it.name) "}" },
            }
        }
    }
}

/// A text in which backticks stand around code.
pub(super) fn with_code(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// The value of a field of a user's own: a text as it is, anything else as JSON.
pub(super) fn extension(extension: &Extension) -> Markup {
    match messages::extension(extension) {
        Value::String(text) => html! { (text) },
        value => html! { code { (value) } },
    }
}

/// A status as a badge, in the colour of its class.
pub(super) fn badge(code: u16) -> Markup {
    html! { span class={ "badge of-" (code / 100) } { (code) } }
}

/// A code or a name, which may break behind its underscores.
pub(super) fn name(name: &str) -> Markup {
    breaking(name, '_')
}

/// A path, which may break behind its slashes.
pub(super) fn path(path: &str) -> Markup {
    html! { code.path { (breaking(path, '/')) } }
}

fn breaking(text: &str, behind: char) -> Markup {
    html! {
        @for (index, part) in text.split(behind).enumerate() {
            @if index > 0 { (behind) wbr; }
            (part)
        }
    }
}

/// A link to an error on the page.
pub(super) fn link(page: &Page<'_>, row: usize) -> Markup {
    let row = &page.catalog.rows[row];
    html! { a href={ "#" (row.name) } { code { (name(&row.code)) } } }
}

/// Whether trying again helps, and after how long.
pub(crate) fn retry(row: &Row) -> String {
    match (row.retry, row.headers.retry_after) {
        (Retry::Never, _) => "Do not retry".to_owned(),
        (Retry::AfterFix, _) => "Retry after the fix".to_owned(),
        (Retry::Later, None) => "Retry later".to_owned(),
        (Retry::Later, Some(seconds)) => format!("Retry after {seconds} s"),
    }
}
