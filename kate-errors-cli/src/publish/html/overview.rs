//! What is true of all errors: the statuses, the format of responses, and the operations.

use kate_errors_codegen::catalog::Row;
use maud::{Markup, html};

use super::super::sentences;
use super::{Page, prose};

/// How a row is spelled as a body, indented.
pub(super) fn body(sentence: &str) -> String {
    format!("{:#}", serde_json::json!({ "detail": sentence }))
}

pub(super) fn statuses(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="http-status-codes" {
            h2 id="http-status-codes" { "HTTP Status Codes" }
            table.statuses {
                thead { tr { th scope="col" { "Code" } th scope="col" { "Name" } th scope="col" { "Description" } } }
                tbody {
                    @for status in &page.catalog.statuses {
                        tr id={ "status-" (status.code) } {
                            td { (prose::badge(status.code)) }
                            th scope="row" { (status.name) }
                            td { (status.description) }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn response_format(page: &Page<'_>) -> Markup {
    let plain = sentences::most_common(page.catalog)
        .map(|row| sentences::example_sentences(page.catalog, row).0);
    let with_context = sentences::current(page.catalog)
        .find_map(|row: &Row| sentences::example_sentences(page.catalog, row).1);
    html! {
        section aria-labelledby="error-response-format" {
            h2 id="error-response-format" { "Error Response Format" }
            p { "All errors return JSON with a " code { "detail" } " field:" }
            @if let Some(sentence) = plain { pre.json { code { (body(&sentence)) } } }
            @if let Some(sentence) = with_context {
                p { "Some errors include additional context:" }
                pre.json { code { (body(&sentence)) } }
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
            ul.operations {
                @for operation in &page.catalog.operations {
                    li id={ "operation-" (operation.name) } {
                        h3 { span.method { (operation.method) } " " (prose::path(&operation.path)) }
                        @if let Some(summary) = &operation.summary { p { (summary) } }
                        ul.chips {
                            @for row in &operation.rows { li { (prose::link(page, *row)) } }
                        }
                    }
                }
            }
        }
    }
}
