//! The search and the box for responses. They need the script, and are hidden without it.

use maud::{Markup, html};

use super::Page;
use crate::messages::counted;

pub(super) fn search(page: &Page<'_>) -> Markup {
    let statuses = page.catalog.statuses.iter().filter(|status| status.code >= 400);
    html! {
        form.search.needs-script id="search-form" role="search" aria-label="Errors" {
            input.words id="search-words" type="search" autocomplete="off" spellcheck="false" aria-label="Search"
                aria-keyshortcuts="/" placeholder="Search: words, a code, a header …  ( / )";
            select id="search-status" aria-label="Status" {
                option value="" { "All statuses" }
                @for status in statuses {
                    option value=(status.code) { (status.code) " " (status.name) }
                }
            }
            select id="search-section" aria-label="Section" {
                option value="" { "All sections" }
                @for section in &page.current {
                    option value=(page.sections[*section]) { (page.catalog.sections[*section].name) }
                }
            }
            div.found {
                p id="search-found" role="status" { (counted(page.catalog.rows.len(), "error")) }
                button id="search-suggestion" type="button" hidden {}
                button id="search-clear" type="reset" hidden { "Show all" }
            }
        }
    }
}

pub(super) fn paste(page: &Page<'_>) -> Markup {
    html! {
        section.paste.needs-script aria-labelledby="paste-a-response" {
            div.top {
                h2 id="paste-a-response" { "Paste a Response" }
                p id="paste-help" { "A body, a response, or a log line. It stays in your browser." }
            }
            textarea id="paste-text" rows="2" autocomplete="off" spellcheck="false"
                aria-label="Response or log line" aria-describedby="paste-help"
                placeholder="HTTP/1.1 404 Not Found …" {}
            div.options {
                @if !page.catalog.operations.is_empty() {
                    div.field {
                        label for="paste-operation" { "Operation" }
                        select id="paste-operation" {
                            option value="" { "Any" }
                            @for operation in &page.catalog.operations {
                                option value=(operation.name) { (operation.method) " " (operation.path) }
                            }
                        }
                    }
                }
                @if has_sensitive(page) {
                    div.check {
                        input id="paste-sensitive" type="checkbox";
                        label for="paste-sensitive" { "Show sensitive values" }
                    }
                }
            }
            div.result id="paste-result" aria-live="polite" {}
        }
    }
}

fn has_sensitive(page: &Page<'_>) -> bool {
    let rows = page.catalog.rows.iter().flat_map(|row| &row.params);
    let contexts = page.catalog.contexts.iter().flat_map(|context| &context.params);
    rows.chain(contexts).any(|param| param.sensitive)
}
