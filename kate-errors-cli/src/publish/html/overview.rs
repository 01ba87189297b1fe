//! What all errors have in common: the statuses, the format of responses, and the operations.

use maud::{Markup, html};

use super::{Page, prose};
use crate::messages::{self, counted};

/// If a status has more errors than this, it links to the search for them.
const MANY: usize = 30;

pub(super) fn statuses(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="http-status-codes" {
            h2 id="http-status-codes" { "HTTP Status Codes" }
            table.statuses {
                thead { tr { th scope="col" { "Code" } th scope="col" { "Name" } th scope="col" { "Description" } th scope="col" { "Its errors" } } }
                tbody {
                    @for status in &page.catalog.statuses {
                        tr id={ "status-" (status.code) } {
                            td { (prose::badge(status.code)) }
                            th scope="row" { (status.name) }
                            td { (status.description) }
                            td { (errors_of(page, status.code)) }
                        }
                    }
                }
            }
        }
    }
}

/// Renders links to the errors of a status or, if there are many, to the search for them.
fn errors_of(page: &Page<'_>, status: u16) -> Markup {
    let rows = page.catalog.rows.iter().enumerate();
    let with_status = rows.filter(|(_, row)| messages::has_status(page.catalog, row, status));
    let rows: Vec<usize> = with_status.map(|(index, _)| index).collect();
    html! {
        @if rows.len() > MANY {
            a href={ "?status=" (status) "#common-errors" } { (counted(rows.len(), "error")) }
        } @else if !rows.is_empty() {
            ul.chips { @for row in rows { li { (prose::link(page, row)) } } }
        }
    }
}

pub(super) fn response_format(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="error-response-format" {
            h2 id="error-response-format" { "Error Response Format" }
            p { (prose::with_code(&messages::about_bodies(page.catalog))) }
            @for (before, body) in messages::example_bodies(page.catalog) {
                @if !before.is_empty() { p { (before) } }
                pre.json { code { (body) } }
            }
        }
    }
}

pub(super) fn operations(page: &Page<'_>) -> Markup {
    if page.catalog.operations.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="the-operations" {
            h2 id="the-operations" { "Operations" }
            @if !page.catalog.common.is_empty() {
                p { "Every operation can respond with these errors, beside its own:" }
                ul.chips {
                    @for row in &page.catalog.common { li { (prose::link(page, *row)) } }
                }
            }
            ul.operations {
                @for operation in &page.catalog.operations {
                    li id={ "operation-" (operation.name) } {
                        h3 { span.method { (operation.method) } " " (prose::path(&operation.path)) }
                        @if let Some(summary) = &operation.summary { p { (summary) } }
                        ul.chips {
                            @for row in operation.rows.iter().filter(|row| !page.is_common(**row)) { li { (prose::link(page, *row)) } }
                        }
                    }
                }
            }
        }
    }
}
