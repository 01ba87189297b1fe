//! Pages in Markdown with the tables of GitHub.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Source;
use super::draft::Draft;
use super::page::{Page, is_made};
use super::records::Lines;
use super::table::{Cell, Row, Table, one_line};

/// Tables, and what stands before the page for programs, which is no heading.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

/// Reads a page in Markdown.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let mut page = Page { is_made: is_made(source.text, "markdown"), ..Page::default() };
    let mut lines = Lines::of(source.text);
    let (mut heading, mut cell, mut cells) = (String::new(), Cell::default(), Vec::new());
    let mut level = HeadingLevel::H1;
    let mut table: Option<Table> = None;
    for (event, range) in Parser::new_ext(source.text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => {
                table = Some(Table { heading: heading.clone(), ..Table::default() });
            }
            Event::Start(
                Tag::TableCell | Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_),
            ) => {
                cell = Cell::default();
            }
            Event::Start(Tag::Link { dest_url, .. }) => cell.link = Some(dest_url.into_string()),
            Event::Text(text) | Event::Code(text) => cell.text.push_str(&text),
            Event::SoftBreak => cell.text.push(' '),
            Event::HardBreak => cell.text.push('\n'),
            Event::InlineHtml(html) => html_of(&html, &mut cell),
            Event::End(TagEnd::TableCell) => cells.push(std::mem::take(&mut cell)),
            Event::End(TagEnd::TableHead) => {
                if let Some(table) = &mut table {
                    table.columns = cells.drain(..).map(|cell| one_line(&cell.text)).collect();
                }
            }
            Event::End(TagEnd::TableRow) => {
                if let Some(table) = &mut table {
                    let place = source.line(lines.at(range.start));
                    table.rows.push(Row { place, cells: std::mem::take(&mut cells) });
                }
            }
            Event::End(TagEnd::Table) => {
                let place = table
                    .as_ref()
                    .and_then(|table| table.rows.first())
                    .map(|row| row.place.clone());
                page.tables.extend(place.zip(table.take()));
            }
            Event::End(TagEnd::Heading(depth)) => {
                heading = one_line(&cell.text);
                level = depth;
                page.title = page.title.or_else(|| Some(heading.clone()));
            }
            Event::End(TagEnd::Paragraph)
                if page.is_made && cell.text.starts_with("All errors return JSON") =>
            {
                page.about = Some(one_line(&cell.text));
            }
            Event::End(TagEnd::Paragraph) if page.summary.is_none() && page.title.is_some() => {
                // The paragraph below the title, before anything else.
                page.summary = (level == HeadingLevel::H1).then(|| one_line(&cell.text));
            }
            Event::End(TagEnd::CodeBlock) => {
                let place = source.line(lines.at(range.start));
                page.examples
                    .extend(serde_json::from_str(&cell.text).ok().map(|value| (place, value)));
            }
            _ => {}
        }
    }
    page.draft(Draft::default())
}

/// What tags within a line say: a line break, or where links lead to.
fn html_of(html: &str, cell: &mut Cell) {
    let lower = html.to_ascii_lowercase();
    if lower.starts_with("<br") {
        cell.text.push('\n');
    }
    let anchor = ["id=\"", "name=\""].iter().find_map(|attribute| {
        let (_, behind) = html.split_once(attribute)?;
        behind.split_once('"').map(|(id, _)| id.to_owned())
    });
    cell.anchor = cell.anchor.take().or(anchor);
}
