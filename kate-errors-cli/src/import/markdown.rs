//! Reads Markdown pages with the tables of GitHub.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::draft::{Draft, Place};
use super::made_page::{is_made, wire_in};
use super::page::Page;
use super::table::{Cell, Row, Table, one_line};
use super::{Source, html};

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
    let page = Page { is_made, wire, ..Page::default() };
    let mut reader = Reader {
        source,
        page,
        heading: String::new(),
        level: HeadingLevel::H1,
        is_front: false,
        head: None,
        cell: Cell::default(),
        bold: 0..0,
        cells: Vec::new(),
        cell_end: 0,
        table: None,
        depth: 0,
        item: None,
        items: Vec::new(),
        html: None,
    };
    for (event, range) in Parser::new_ext(source.text, OPTIONS).into_offset_iter() {
        reader.event(event, &range);
    }
    reader.page.draft(Draft::default())
}

struct Reader<'s> {
    source: &'s Source<'s>,
    page: Page,
    heading: String,
    level: HeadingLevel,
    /// Whether the title is that in the front matter, which a first heading replaces.
    is_front: bool,
    /// The place of the heading, until something begins below it.
    head: Option<Place>,
    /// The current cell, heading, paragraph, code block or list item.
    cell: Cell,
    /// The range of bold text in it.
    bold: Range<usize>,
    cells: Vec<Cell>,
    /// Where the last cell ends.
    cell_end: usize,
    table: Option<Table>,
    /// The number of open lists.
    depth: usize,
    /// The place of the list item whose text is being read.
    item: Option<Place>,
    items: Vec<(Place, Cell)>,
    /// The start of an HTML block with unclosed tables, and the number of these tables.
    html: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.cell.text.push_str(&text),
            Event::Code(text) => {
                let start = self.cell.text.len();
                self.cell.text.push_str(&text);
                self.cell.code.push(start..self.cell.text.len());
            }
            Event::FootnoteReference(name) => {
                self.cell.text.extend(["[^", name.as_ref(), "]"]);
            }
            Event::SoftBreak => self.cell.text.push(' '),
            Event::HardBreak => self.cell.text.push('\n'),
            Event::InlineHtml(html) => html_of(&html, &mut self.cell),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        if let Tag::Table(_) | Tag::List(_) | Tag::DefinitionList | Tag::CodeBlock(_) = tag {
            // What is below a code is no text.
            self.page.block();
            if self.page.is_below_code()
                && let Some(place) = self.head.take()
            {
                let why = format!("there is no text below “{}”", self.heading);
                self.page.bare.push((place, self.heading.clone(), why));
            }
            self.head = None;
        }
        match tag {
            Tag::Table(_) => {
                self.end_item();
                self.table = Some(Table { heading: self.heading.clone(), ..Table::default() });
            }
            Tag::List(_) | Tag::DefinitionList => {
                self.end_item();
                self.depth += 1;
            }
            Tag::DefinitionListDefinition => self.cell.text.push_str(": "),
            Tag::Item | Tag::DefinitionListTitle => {
                self.end_item();
                self.cell = Cell::default();
                self.item = Some(self.source.at(range.start));
            }
            // If list items are separated by blank lines, their text is in paragraphs.
            Tag::Paragraph if self.item.is_some() => {}
            Tag::TableCell
            | Tag::Heading { .. }
            | Tag::Paragraph
            | Tag::CodeBlock(_)
            | Tag::MetadataBlock(_) => {
                self.end_item();
                self.cell = Cell::default();
                self.bold = 0..0;
            }
            Tag::Link { dest_url, .. } => self.cell.link = Some(dest_url.into_string()),
            Tag::Strikethrough if self.cell.text.is_empty() => self.cell.is_struck_out = true,
            Tag::Strong => self.bold.start = self.cell.text.len(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Strong => self.bold.end = self.cell.text.len(),
            TagEnd::TableCell => {
                self.cell.is_bold = self.bold == (0..self.cell.text.len());
                self.cells.push(std::mem::take(&mut self.cell));
                self.cell_end = range.end;
            }
            TagEnd::TableHead => {
                let columns = self.cells.drain(..).map(|cell| one_line(&cell.text)).collect();
                if let Some(table) = &mut self.table {
                    table.columns = columns;
                }
            }
            TagEnd::TableRow => {
                let place = self.source.at(range.start);
                let mut cells = std::mem::take(&mut self.cells);
                // The parser omits cells beyond the last column.
                let beyond = self.source.text.get(self.cell_end..range.end).unwrap_or_default();
                let beyond = beyond.trim_matches(|it: char| it == '|' || it.is_whitespace());
                cells.extend(Some(beyond).filter(|it| !it.is_empty()).map(Cell::of));
                self.table.iter_mut().for_each(|table| {
                    table.rows.push(Row { place: place.clone(), cells: cells.clone() });
                });
            }
            TagEnd::Table => {
                if let Some(mut table) = self.table.take() {
                    let place = table.rows.first().map(|row| row.place.clone());
                    table.place = place.unwrap_or_else(|| self.source.at(range.start));
                    self.page.tables.push(table);
                }
            }
            TagEnd::HtmlBlock => self.html(range),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) | TagEnd::DefinitionList => {
                self.end_item();
                self.depth -= 1;
                if self.depth == 0 {
                    self.page.list(&self.heading, std::mem::take(&mut self.items));
                }
            }
            TagEnd::Heading(depth) => {
                // Behind a heading, `{#id}` is its anchor.
                let text = self.cell.text.split(" {#").next().unwrap_or_default();
                self.heading = one_line(text);
                self.level = depth;
                let whole = 0..text.len();
                let is_in_code = self.cell.code.as_slice() == std::slice::from_ref(&whole);
                self.head = Some(self.source.at(range.start));
                self.page.heading(depth as u8, &self.heading, is_in_code);
                let is_first = depth == HeadingLevel::H1 && std::mem::take(&mut self.is_front);
                if is_first || self.page.title.is_none() {
                    self.page.title = Some(self.heading.clone());
                    self.page.summary = None;
                }
            }
            TagEnd::MetadataBlock(_) => self.front_matter(),
            TagEnd::Paragraph => self.paragraph(range),
            TagEnd::CodeBlock => {
                let place = self.source.at(range.start);
                self.page.example(&self.heading, &place, &self.cell.text);
            }
            _ => {}
        }
    }

    /// Reads tables in HTML. A blank line ends an HTML block but not a table, so blocks are joined.
    fn html(&mut self, range: &Range<usize>) {
        let block = self.source.text.get(range.clone()).unwrap_or_default().to_lowercase();
        let count = |tag: &str| block.matches(tag).count();
        let is_first = self.html.is_none();
        let (start, open) = self.html.take().unwrap_or((range.start, 0));
        let open = (open + count("<table")).saturating_sub(count("</table"));
        if open > 0 {
            self.html = Some((start, open));
        } else if !is_first || block.contains("<table") {
            html::read_part(start..range.end, &mut self.heading, self.source, &mut self.page);
        }
    }

    /// Ends the text of a list item, because it ended or something else begins in it.
    fn end_item(&mut self) {
        if let Some(place) = self.item.take() {
            self.items.push((place, std::mem::take(&mut self.cell)));
        }
    }

    /// Reads the title of a page in its front matter, for pages whose generator makes the first heading of it.
    fn front_matter(&mut self) {
        let mut titles = self.cell.text.lines().filter_map(|line| line.strip_prefix("title:"));
        let title = titles.next().map(|title| one_line(title.trim().trim_matches(['"', '\''])));
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.heading.clone_from(&title);
            self.page.title = Some(title);
            self.is_front = true;
        }
    }

    fn paragraph(&mut self, range: &Range<usize>) {
        let (heading, text) = (&self.heading, &self.cell.text);
        let head = self.head.take();
        let place = self.source.at(range.start);
        self.page.paragraph(place, head, heading, text);
        if self.page.summary.is_none() && self.page.title.is_some() {
            // The summary is the first paragraph below the title.
            self.page.summary = (self.level == HeadingLevel::H1).then(|| one_line(text));
        }
    }
}

/// Elements in texts of pages. Other names in angle brackets stand for values, although browsers do not show them.
const ELEMENTS: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "cite", "code", "del", "details", "div", "em", "font", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "summary", "sup", "tt", "u", "ul", "var", "wbr",
];

/// Reads an inline tag: a line break, an anchor for links, or a name in place of a value.
fn html_of(html: &str, cell: &mut Cell) {
    let lower = html.to_ascii_lowercase();
    let name = lower.strip_prefix('<').and_then(|it| it.strip_suffix('>')).unwrap_or_default();
    let is_name = !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
    if lower.starts_with("<br") {
        cell.text.push('\n');
    } else if is_name && !ELEMENTS.contains(&name) {
        cell.text.push_str(html);
    }
    let anchor = ["id=\"", "name=\""].iter().find_map(|attribute| {
        let (_, behind) = html.split_once(attribute)?;
        behind.split_once('"').map(|(id, _)| id.to_owned())
    });
    cell.anchor = cell.anchor.take().or(anchor);
}
