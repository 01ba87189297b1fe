//! Renders Markdown of a catalog: paragraphs, lists, code, emphasis, and links to web addresses.
//!
//! Everything else, such as HTML, images and other links, is shown as text.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

/// Renders `text` as HTML. `pulldown_cmark` escapes all text; [`safe`] removes raw HTML and other addresses before
/// that.
pub(super) fn render(text: &str) -> Markup {
    let mut links = Vec::new();
    let events = Parser::new(text).filter_map(|event| safe(event, &mut links));
    let mut markup = String::new();
    html::push_html(&mut markup, events);
    PreEscaped(markup)
}

/// Returns the event to render, if any. `links` records for each open link whether it is rendered.
fn safe<'t>(event: Event<'t>, links: &mut Vec<bool>) -> Option<Event<'t>> {
    Some(match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        // The page has its own headings.
        Event::Start(Tag::HtmlBlock | Tag::Heading { .. }) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock | TagEnd::Heading(_)) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let is_address =
                ["https://", "http://"].iter().any(|scheme| dest_url.starts_with(scheme));
            links.push(is_address);
            return is_address
                .then(|| Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id }));
        }
        Event::End(TagEnd::Link) => return links.pop().unwrap_or_default().then_some(event),
        event => event,
    })
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn nothing_is_markup_but_what_markdown_makes() {
        let cases = [
            (
                "a *b* `c<d`\n\n- e\n- f",
                "<p>a <em>b</em> <code>c&lt;d</code></p>\n<ul>\n<li>e</li>\n<li>f</li>\n</ul>\n",
            ),
            (
                "[a](https://b.example/?c&d \"e\")",
                "<p><a href=\"https://b.example/?c&amp;d\">a</a></p>\n",
            ),
            ("[a](javascript:b) [c](#d) <mailto:e@f.g>", "<p>a c mailto:e@f.g</p>\n"),
            ("a <b onclick=c>d</b>", "<p>a &lt;b onclick=c&gt;d&lt;/b&gt;</p>\n"),
            ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>\n"),
            ("![a](https://b.example/c.png)", "<p>a</p>\n"),
            ("# a", "<p>a</p>\n"),
            ("```b\"c <d\n<e>\n```", "<pre><code>&lt;e&gt;\n</code></pre>\n"),
            (
                "[a](https://b.example/\"onclick=c)",
                "<p><a href=\"https://b.example/%22onclick=c\">a</a></p>\n",
            ),
        ];
        for (text, markup) in cases {
            assert_eq!(render(text).into_string(), markup, "{text}");
        }
    }
}
