//! Text and markup that several parts of the page share.

use kate_errors_codegen::catalog::{Param, Retry, Row};
use kate_errors_model::template::{FREE_TEXT, Part, parse};
use maud::{Markup, html};
use serde_json::Value;

use super::Page;
use crate::messages::{self, ANY_TEXT};

/// Renders a template: literals, and placeholders as variables.
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

/// Renders a message like [`template`], unless servers write it at run time.
pub(super) fn message(text: &str) -> Markup {
    if text == FREE_TEXT {
        html! { var { (ANY_TEXT) } }
    } else {
        template(text)
    }
}

/// Renders a message in quotes.
pub(super) fn quoted(text: &str) -> Markup {
    let quote = if text == FREE_TEXT { "" } else { "\"" };
    html! { (quote) (message(text)) (quote) }
}

/// Renders a text with code in backticks.
pub(super) fn with_code(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// Describes the values of a parameter. Choices are shown as they are.
pub(super) fn values(param: &Param) -> Markup {
    let values = messages::holds(param);
    if messages::choices(param).is_some() {
        html! { (values) }
    } else {
        with_code(&values)
    }
}

/// Renders the value of a field: strings as text, other values as JSON.
pub(super) fn value(value: &Value) -> Markup {
    match value {
        Value::String(text) => html! { (text) },
        value => html! { code { (value) } },
    }
}

/// Renders a status as a badge, coloured by its class.
pub(super) fn badge(code: u16) -> Markup {
    html! { span class={ "badge of-" (code / 100) } { (code) } }
}

/// Renders a code or a name with line-break opportunities after underscores.
pub(super) fn name(name: &str) -> Markup {
    breaking(name, '_')
}

/// Renders a path with line-break opportunities after slashes.
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

/// Renders a link to an error on the page.
pub(super) fn link(page: &Page<'_>, row: usize) -> Markup {
    let row = &page.catalog.rows[row];
    html! { a href={ "#" (row.name) } { code { (label(page, row)) } } }
}

/// Renders the code of an error, and its name if other errors have the code.
pub(super) fn label(page: &Page<'_>, row: &Row) -> Markup {
    let is_shared = page.shared.contains(row.code.as_str());
    html! { (name(&row.code)) @if is_shared { " (" (name(&row.name)) ")" } }
}

/// Says whether and when to retry.
pub(crate) fn retry(row: &Row) -> String {
    match (row.retry, row.headers.retry_after) {
        (Retry::Never, _) => "Do not retry".to_owned(),
        (Retry::AfterFix, _) => "Retry after the fix".to_owned(),
        (Retry::Later, None) => "Retry later".to_owned(),
        (Retry::Later, Some(seconds)) => format!("Retry after {seconds} s"),
    }
}
