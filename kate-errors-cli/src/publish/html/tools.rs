//! What the script makes of the page: a search, and a box for responses. Without scripts neither is shown.

use maud::{Markup, html};

use super::Page;
use crate::messages::counted;

pub(super) fn search(page: &Page<'_>) -> Markup {
    let statuses = page.catalog.statuses.iter().filter(|status| status.code >= 400);
    html! {
        form.search.needs-script id="search-form" role="search" aria-label="Errors" {
            div.field.words {
                label for="search-words" { "Search" }
                input id="search-words" type="search" autocomplete="off" spellcheck="false"
                    placeholder="Words, a code, a header …";
            }
            div.field {
                label for="search-status" { "Status" }
                select id="search-status" {
                    option value="" { "All" }
                    @for status in statuses {
                        option value=(status.code) { (status.code) " " (status.name) }
                    }
                }
            }
            div.field {
                label for="search-section" { "Section" }
                select id="search-section" {
                    option value="" { "All" }
                    @for section in &page.current {
                        option value=(section) { (page.catalog.sections[*section].name) }
                    }
                }
            }
            div.found {
                p id="search-found" role="status" { (counted(page.catalog.rows.len(), "error")) }
                button id="search-clear" type="reset" hidden { "Show all" }
            }
        }
    }
}

pub(super) fn paste(page: &Page<'_>) -> Markup {
    html! {
        section.paste.needs-script aria-labelledby="paste-a-response" {
            h2 id="paste-a-response" { "Paste a Response" }
            p id="paste-help" {
                "A body, a whole response, or a line of a log: the error that it tells of appears below. "
                "What you paste stays in your browser."
            }
            div.field {
                label for="paste-text" { "Response or line of a log" }
                textarea id="paste-text" rows="4" autocomplete="off" spellcheck="false" aria-describedby="paste-help"
                    placeholder="HTTP/1.1 404 Not Found …" {}
            }
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
