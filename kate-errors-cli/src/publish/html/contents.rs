//! "On this page": links to all parts and, if there are few errors, to each of them.

use maud::{Markup, html};

use super::{Page, prose};

/// The maximum number of errors with links.
const FEW: usize = 60;

pub(super) fn contents(page: &Page<'_>) -> Markup {
    let with_errors = page.catalog.rows.len() <= FEW;
    html! {
        nav.contents aria-labelledby="on-this-page" {
            h2 id="on-this-page" { "On this page" }
            ul {
                li.needs-script { a href="#paste-a-response" { "Paste a Response" } }
                li {
                    a href="#common-errors" { "Common Errors" }
                    ul { @for section in &page.current { (section_entry(page, *section, with_errors)) } }
                }
                @if page.retired().next().is_some() { li { a href="#retired-errors" { "Retired Errors" } } }
                @if page.has_former() { li { a href="#former-messages" { "Former Messages" } } }
                @if !page.catalog.operations.is_empty() { li { a href="#the-operations" { "Operations" } } }
                li { a href="#error-response-format" { "Error Response Format" } }
                @if page.versions.is_some() { li { a href="#the-versions" { "Versions" } } }
                li { a href="#http-status-codes" { "HTTP Status Codes" } }
            }
        }
    }
}

fn section_entry(page: &Page<'_>, section: usize, with_errors: bool) -> Markup {
    html! {
        li {
            a href={ "#" (page.sections[section]) } { (page.catalog.sections[section].name) }
            @if with_errors {
                ul.codes {
                    @for (_, row) in page.rows(section) {
                        li { a href={ "#" (row.name) } { (prose::label(page, row)) } }
                    }
                }
            } @else {
                " " span.count { (page.rows(section).count()) }
            }
        }
    }
}
