//! The errors by section, and the retired errors.

use kate_errors_codegen::catalog::{Operation, Param, Retry, Row};
use kate_errors_model::template::CONTEXT_SEPARATOR;
use maud::{Markup, PreEscaped, html};

use super::{Page, markdown, prose};
use crate::messages;

pub(super) fn common_errors(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="common-errors" {
            h2 id="common-errors" tabindex="-1" { "Common Errors" }
            @for section in &page.current {
                section.group aria-labelledby=(page.sections[*section]) {
                    h3 id=(page.sections[*section]) { (page.catalog.sections[*section].name) }
                    @for (index, row) in page.rows(*section) { (error(page, index, row)) }
                }
            }
        }
    }
}

pub(super) fn retired(page: &Page<'_>) -> Markup {
    if page.retired().next().is_none() {
        return html! {};
    }
    html! {
        section.group aria-labelledby="retired-errors" {
            h2 id="retired-errors" { "Retired Errors" }
            p { "No server responds with these errors any more:" }
            @for (index, row) in page.retired() { (error(page, index, row)) }
        }
    }
}

pub(super) fn former(page: &Page<'_>) -> Markup {
    if !page.has_former() {
        return html! {};
    }
    html! {
        section aria-labelledby="former-messages" {
            h2 id="former-messages" { "Former Messages" }
            table {
                thead { tr { th scope="col" { "Formerly" } th scope="col" { "Now" } } }
                tbody {
                    @for row in &page.catalog.rows {
                        @for former in &row.former {
                            tr {
                                td { (prose::template(&former.source)) }
                                td { a href={ "#" (row.name) } { (prose::message(&row.detail.source)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders an error as a card.
fn error(page: &Page<'_>, index: usize, row: &Row) -> Markup {
    let status = &page.catalog.statuses[row.status];
    let title = format!("title-{}", row.name);
    let statuses = messages::statuses(page.catalog, row).map(|it| it.code.to_string());
    let statuses = statuses.collect::<Vec<_>>().join(" ");
    html! {
        (PreEscaped("\n"))
        article.error id=(row.name) aria-labelledby=(title) data-status=(statuses) {
            div.top {
                (prose::badge(status.code))
                (heading(row, &title))
                div.meta {
                    a.permalink href={ "#" (row.name) } { code { (prose::name(&row.code)) } }
                    span { (status.name)
                        @for other in messages::other_statuses(page.catalog, row) {
                            ", or " (other.code) " " (other.name)
                        } }
                    span.tag.retry.later[row.retry == Retry::Later] { (prose::retry(row)) }
                }
            }
            dl {
                @for (name, text) in messages::advice(row) { (entry(name, &prose::template(text))) }
                (facts(page, index, row))
                (context(page, row))
                (values(page.catalog.params(row)))
            }
            @if let Some(text) = &row.explanation { div.explanation { (markdown::render(text)) } }
            (example(page, row))
        }
    }
}

/// Renders the message. Retired errors are directly below a part of the page, the others below a
/// section, so their headings have different levels.
fn heading(row: &Row, id: &str) -> Markup {
    let message = prose::quoted(&row.detail.source);
    html! {
        @if row.retired.is_some() { h3 id=(id) { (message) } } @else { h4 id=(id) { (message) } }
    }
}

pub(super) fn entry(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// Renders an entry that spans all columns.
fn wide_entry(name: &str, value: &Markup) -> Markup {
    html! { div.wide { dt { (name) } dd { (value) } } }
}

/// Renders the context that can follow the message.
fn context(page: &Page<'_>, row: &Row) -> Markup {
    let Some(context) = row.context else { return html! {} };
    let text = prose::template(&page.catalog.contexts[context].text.source);
    wide_entry("Context", &html! { "May be followed by \"" (CONTEXT_SEPARATOR) (text) "\"" })
}

fn values<'p>(params: impl Iterator<Item = &'p Param>) -> Markup {
    let mut params = params.peekable();
    if params.peek().is_none() {
        return html! {};
    }
    let list = html! {
        ul {
            @for param in params {
                li {
                    code.name { (param.name) } ": " span.kind { (prose::values(param)) }
                    @if let Some(description) = &param.description { "; " (description) }
                    @if let Some(example) = &param.example { "; for example " code { (example) } }
                    @if param.member != param.name { " " span.tag { "in bodies: " (param.member) } }
                    @if param.sensitive { " " span.tag { "sensitive: keep it out of logs" } }
                }
            }
        }
    };
    wide_entry("Values", &list)
}

/// Renders what only some errors have.
fn facts(page: &Page<'_>, index: usize, row: &Row) -> Markup {
    let headers = row.headers.fields();
    let links = |rows: &[usize]| html! { ul.chips { @for row in rows { li { (prose::link(page, *row)) } } } };
    html! {
        @if !headers.is_empty() {
            (entry("Headers", &html! { ul { @for (name, value) in &headers { li { code { (name) ": " (value) } } } } }))
        }
        @if page.is_common(index) {
            (entry("Returned by", &html! { a href="#the-operations" { "Every operation" } }))
        } @else if !page.operations[index].is_empty() {
            (wide_entry("Returned by", &operations(&page.operations[index])))
        }
        @if !page.aliases[index].is_empty() { (entry("Same message", &links(&page.aliases[index]))) }
        @if !row.former.is_empty() {
            (entry("Formerly", &html! {
                ul { @for former in &row.former { li { "\"" (prose::template(&former.source)) "\"" } } }
            }))
        }
        @for extension in &row.extensions { (entry(&extension.name, &prose::value(&messages::extension(extension)))) }
        @if let Some(origin) = &row.origin { (entry("Imported from", &html! { (origin) })) }
        @for (label, value) in messages::remarks(row) { (entry(label, &prose::value(&value))) }
        @if let Some(retired) = &row.retired {
            (entry("Retired", &html! {
                (retired.reason)
                @if let Some(since) = &retired.since { " (since " (since) ")" }
                @if let Some(other) = retired.replaced_by { "; see " (prose::link(page, other)) }
            }))
        }
    }
}

fn operations(operations: &[&Operation]) -> Markup {
    html! {
        ul {
            @for operation in operations {
                li {
                    a href={ "#operation-" (operation.name) } {
                        span.method { (operation.method) } " " (prose::path(&operation.path))
                    }
                }
            }
        }
    }
}

/// Renders an example body on one line, as servers send it.
fn example(page: &Page<'_>, row: &Row) -> Markup {
    let (detail, full) = messages::example_messages(page.catalog, row);
    let body = messages::body_json(page.catalog, row, &full.unwrap_or(detail));
    html! {
        div.example {
            pre.json { (body) }
            button.copy.needs-script type="button" aria-label={ "Copy JSON of " (row.code) } { "Copy" }
        }
    }
}
