//! Reads Markdown pages with the tables of GitHub, as the HTML pages that browsers show.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde_json::Value;

use super::Source;
use super::draft::Draft;
use super::html::walk;
use super::made_page::{is_made, wire_in};
use super::node::{MARK, Node, mark, tree};
use super::page::Page;
use super::table::one_line;

/// Tables and lists, inline markup in them, and front matter, which would otherwise be read as a heading.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_FOOTNOTES);

/// Reads a Markdown page.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let is_made = is_made(source.text, "markdown");
    let wire = if is_made { wire_in(source.text) } else { Value::Null };
    let mut page = Page { is_made, wire, ..Page::default() };
    let (mut shown, mut title, mut cell_end) = (String::new(), None, 0);
    let events = Parser::new_ext(source.text, OPTIONS).into_offset_iter();
    let events = events.flat_map(|(event, range)| {
        match event {
            // The text in place of an image is a part of the text around it.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
            Event::Start(tag) => {
                if let Tag::MetadataBlock(_) = tag {
                    title = title_in(&source.text[range.clone()]);
                }
                let line = source.at(range.start).line;
                let mark = |ends| format!("{ends}{}", mark(line, tag == Tag::HtmlBlock));
                let mark = ends_before(&tag).map(|ends| Event::InlineHtml(mark(ends).into()));
                mark.into_iter().chain([Event::Start(tag)]).collect()
            }
            Event::End(TagEnd::TableCell) => {
                cell_end = range.end;
                vec![event]
            }
            Event::End(TagEnd::TableRow) => {
                // The parser omits cells beyond the last column.
                let beyond = source.text.get(cell_end..range.end).unwrap_or_default();
                let beyond = beyond.trim_matches(|it: char| it == '|' || it.is_whitespace());
                let cell = [Event::Start(Tag::TableCell), Event::Text(beyond.into())];
                let cell = cell.into_iter().chain([Event::End(TagEnd::TableCell)]);
                cell.filter(|_| !beyond.is_empty()).chain([event]).collect()
            }
            Event::FootnoteReference(name) => vec![Event::Text(format!("[^{name}]").into())],
            Event::HardBreak => vec![Event::InlineHtml("<br>".into())],
            Event::Html(html) | Event::InlineHtml(html) if html.contains(MARK) => {
                vec![Event::InlineHtml(html.replace(MARK, "_").into())]
            }
            Event::InlineHtml(html) if is_value(&html) => vec![Event::Text(html)],
            other => vec![other],
        }
    });
    html::push_html(&mut shown, events);
    let mut root = tree(&Source::new(&source.name, &shown), false);
    // Generators make the first heading of the title in the front matter, unless there is one.
    let is_heading = |name: &&str| matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
    let first = root.all().into_iter().map(|it| it.name.as_str()).find(is_heading);
    if let Some(title) = title.filter(|_| first != Some("h1")) {
        let heading = Node { name: "h1".to_owned(), line: 1, ..Node::default() };
        root.children.insert(0, Node { children: vec![Node::text(title)], ..heading });
    }
    walk(&root, false, source, &mut page);
    page.draft(Draft::default())
}

/// Returns the title in front matter.
fn title_in(front: &str) -> Option<String> {
    let title = front.lines().find_map(|line| line.strip_prefix("title:"))?;
    Some(one_line(title.trim().trim_matches(['"', '\'']))).filter(|title| !title.is_empty())
}

/// Returns the tags that end what is before a block: only the text before it is that of the list item around it.
/// Returns `None` for what begins within a line.
fn ends_before(tag: &Tag<'_>) -> Option<&'static str> {
    match tag {
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell => {
            None
        }
        Tag::List(_)
        | Tag::DefinitionList
        | Tag::Table(_)
        | Tag::Heading { .. }
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock => Some("</li></dt></dd>"),
        _ => Some(""),
    }
}

/// Elements in texts of pages. Other names in angle brackets stand for values, although browsers do not show them.
const ELEMENTS: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "br", "cite", "code", "del", "details", "div", "em", "font",
    "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "summary", "sup", "tt", "u", "ul", "var", "wbr",
];

/// Whether an inline tag is a name in place of a value.
fn is_value(html: &str) -> bool {
    let name = html.strip_prefix('<').and_then(|it| it.strip_suffix('>')).unwrap_or_default();
    let is_part = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
    name.bytes().all(is_part) && !ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}
