//! Documentation of generated items. Text of the catalog is escaped, so that it is shown literally, never as a
//! link, a heading, HTML, or a code block that rustdoc would run as a test.

use proc_macro2::TokenStream;
use quote::quote;

use crate::catalog::{Catalog, Param, Retry, Row};
use crate::names::capitalize;

/// Returns one line of documentation in Markdown.
pub(super) fn text(line: &str) -> TokenStream {
    lines([line.to_owned()])
}

/// Returns several lines of documentation in Markdown.
pub(super) fn lines(lines: impl IntoIterator<Item = String>) -> TokenStream {
    let lines =
        lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Returns the status and the message of an error.
pub(super) fn heading(catalog: &Catalog, row: &Row) -> TokenStream {
    text(&heading_line(catalog, row))
}

fn heading_line(catalog: &Catalog, row: &Row) -> String {
    let status = &catalog.statuses[row.status];
    format!("{} {}: {}", status.code, escape(&status.name), code(&message(catalog, row)))
}

/// Returns what the reference page says about an error.
pub(super) fn row(catalog: &Catalog, row: &Row) -> TokenStream {
    let mut facts = Vec::new();
    facts.extend(row.without_code.then(|| "**Code:** none".to_owned()));
    facts.extend((row.code != row.name).then(|| format!("**Code:** {}", code(&row.code))));
    let others = row.other_statuses.iter().map(|status| &catalog.statuses[*status]);
    let others = others.map(|it| format!("**Or:** {} {}", it.code, escape(&it.name)));
    facts.extend(others);
    facts.extend(row.retired.as_ref().map(|it| format!("**Retired:** {}", escape(&it.reason))));
    let advice = [("Cause", &row.cause), ("Fix", &row.fix)].into_iter();
    let advice = advice.filter(|(_, text)| !text.is_empty());
    facts.extend(advice.map(|(name, text)| format!("**{name}:** {}", escape(text))));
    if row.retry == Retry::Later {
        facts.push("**Retry:** the same request may succeed later.".to_owned());
    }
    facts.extend(
        row.same_as.map(|base| format!("Has the message of {}.", code(&catalog.rows[base].code))),
    );
    facts.extend(
        catalog
            .docs_url(row)
            .map(|url| format!("[Reference](<{}>)", url.replace('<', "%3C").replace('>', "%3E"))),
    );
    // The facts are lines of one paragraph; a backslash breaks the line.
    let last = facts.len().saturating_sub(1);
    let between = if facts.is_empty() { None } else { Some(String::new()) };
    let broken = facts.into_iter().enumerate();
    let broken = broken.map(|(at, fact)| if at < last { fact + "\\" } else { fact });
    lines(std::iter::once(heading_line(catalog, row)).chain(between).chain(broken))
}

fn message(catalog: &Catalog, row: &Row) -> String {
    match row.context {
        Some(context) => {
            format!("{}[. {}]", row.detail.source, catalog.contexts[context].text.source)
        }
        None => row.detail.source.clone(),
    }
}

/// Returns the description of a parameter.
pub(super) fn param(param: &Param) -> TokenStream {
    let mut line = match &param.description {
        Some(description) => capitalize(&escape(description)),
        None => format!("The value of {}.", code(&param.name)),
    };
    if !line.ends_with('.') {
        line.push('.');
    }
    line.extend(param.example.as_ref().map(|example| format!(" For example {}.", code(example))));
    line.extend(param.optional.then_some(" `None` if the response does not have it."));
    line.extend(param.sensitive.then_some(" Kept out of logs, `Debug` and `Display`."));
    text(&line)
}

/// Returns any text as a Markdown code span. Line breaks become spaces, since they would end the line of
/// documentation.
pub(super) fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Markdown strips these spaces, which separate the text's own backticks from the fence.
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Escapes text so that Markdown shows it literally.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let special = matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$'
        );
        // A first character may begin a list, a heading or a rule; `://` may become a link.
        let leading = at == 0 && !character.is_alphanumeric() && character.is_ascii_punctuation();
        let list_number =
            matches!(character, '.' | ')') && text[..at].bytes().all(|b| b.is_ascii_digit());
        let scheme = character == ':' && text[at..].starts_with("://");
        if special || leading || list_number || scheme {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text() {
        assert_eq!(escape("see [a](b) <b> *c* `d`"), r"see \[a\](b) \<b\> \*c\* \`d\`");
        assert_eq!(escape("# no heading"), r"\# no heading");
        assert_eq!(escape("1. no list"), r"1\. no list");
        assert_eq!(escape("https://a.b"), r"https\://a.b");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a\n# b"), "`a # b`");
        assert_eq!(code("`a``b"), "``` `a``b ```");
    }
}
