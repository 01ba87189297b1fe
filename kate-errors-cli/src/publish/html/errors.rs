//! The errors, by section, and those that are no more.

use kate_errors_codegen::catalog::{Param, Row};
use maud::{Markup, PreEscaped, html};

use super::super::sentences;
use super::overview::body;
use super::{Page, prose, tools};

pub(super) fn common_errors(page: &Page<'_>) -> Markup {
    html! {
        section aria-labelledby="common-errors" {
            h2 id="common-errors" tabindex="-1" { "Common Errors" }
            (tools::search(page))
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
            p { "No server answers with these errors any more:" }
            @for (index, row) in page.retired() { (error(page, index, row)) }
        }
    }
}

pub(super) fn former(page: &Page<'_>) -> Markup {
    if !page.has_former() {
        return html! {};
    }
    html! {
        section aria-labelledby="former-wordings" {
            h2 id="former-wordings" { "Former Wordings" }
            table {
                thead { tr { th scope="col" { "Formerly" } th scope="col" { "Now" } } }
                tbody {
                    @for row in &page.catalog.rows {
                        @for former in &row.former {
                            tr {
                                td { (prose::template(former, &row.params)) }
                                td { a href={ "#" (row.code) } { (prose::template(&row.detail, &row.params)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// An error as a card.
fn error(page: &Page<'_>, index: usize, row: &Row) -> Markup {
    let status = &page.catalog.statuses[row.status];
    let title = format!("title-{}", row.code);
    html! {
        (PreEscaped("\n"))
        article.error id=(row.code) aria-labelledby=(title)
            data-status=(status.code) data-section=(row.section) {
            div.top {
                (prose::badge(status.code))
                (heading(row, &title))
                a.permalink href={ "#" (row.code) } aria-label={ "Permalink to " (row.code) } { "#" }
            }
            p.meta { code { (prose::name(&row.code)) } " " span { (status.name) } }
            dl {
                (entry("Cause", &prose::template(&row.cause, &row.params)))
                (entry("Fix", &prose::template(&row.fix, &row.params)))
                (entry("Retry", &html! { (prose::retry(row)) }))
                (context(page, row))
                (values(row.params.iter().chain(context_params(page, row))))
                (facts(page, index, row))
            }
            (example(page, row))
        }
    }
}

/// The sentence. Retired errors stand right below a part of the page, the others in a section of it.
fn heading(row: &Row, id: &str) -> Markup {
    let sentence = html! { "\"" (prose::template(&row.detail, &row.params)) "\"" };
    html! {
        @if row.retired.is_some() { h3 id=(id) { (sentence) } } @else { h4 id=(id) { (sentence) } }
    }
}

fn entry(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// The second sentence.
fn context(page: &Page<'_>, row: &Row) -> Markup {
    let Some(context) = sentences::context(page.catalog, row) else { return html! {} };
    let sentence = prose::template(&context.text, &context.params);
    let separator = sentences::CONTEXT_SEPARATOR;
    entry("Context", &html! { "May be followed by \"" (separator) (sentence) "\"" })
}

fn context_params<'c>(page: &Page<'c>, row: &Row) -> &'c [Param] {
    sentences::context(page.catalog, row).map_or(&[], |context| &context.params)
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
                    code.name { (param.name) } ": " span.kind { (sentences::kind(param)) }
                    @if let Some(description) = &param.description { "; " (description) }
                    @if let Some(example) = &param.example { "; for example " code { (example) } }
                    @if param.sensitive { " " span.tag { "sensitive: keep it out of logs" } }
                }
            }
        }
    };
    entry("Values", &list)
}

/// What some errors have.
fn facts(page: &Page<'_>, index: usize, row: &Row) -> Markup {
    let headers = row.headers.fields();
    let links = |rows: &[usize]| html! { ul.chips { @for row in rows { li { (prose::link(page, *row)) } } } };
    html! {
        @if !headers.is_empty() {
            (entry("Headers", &html! { ul { @for (name, value) in &headers { li { code { (name) ": " (value) } } } } }))
        }
        @if !page.operations[index].is_empty() { (entry("Given by", &operations(page, &page.operations[index]))) }
        @if !page.homonyms[index].is_empty() { (entry("Same sentence", &links(&page.homonyms[index]))) }
        @if !row.former.is_empty() {
            (entry("Formerly", &html! {
                ul { @for former in &row.former { li { "\"" (prose::template(former, &row.params)) "\"" } } }
            }))
        }
        @if let Some(since) = &row.since { (entry("Since", &html! { (since) })) }
        @if let Some(retired) = &row.retired {
            (entry("Retired", &html! {
                (retired.reason)
                @if let Some(since) = &retired.since { " (since " (since) ")" }
                @if let Some(other) = retired.replaced_by { "; see " (prose::link(page, other)) }
            }))
        }
    }
}

fn operations(page: &Page<'_>, operations: &[usize]) -> Markup {
    html! {
        ul {
            @for operation in operations.iter().map(|index| &page.catalog.operations[*index]) {
                li {
                    a href={ "#operation-" (operation.name) } {
                        span.method { (operation.method) } " " (prose::path(&operation.path))
                    }
                }
            }
        }
    }
}

fn example(page: &Page<'_>, row: &Row) -> Markup {
    let (detail, full) = sentences::example_sentences(page.catalog, row);
    html! {
        div.example {
            pre.json { code { (body(&full.unwrap_or(detail))) } }
            button.copy.needs-script type="button" aria-label={ "Copy JSON of " (row.code) } { "Copy JSON" }
        }
    }
}
