//! Reads HTML pages: headings, paragraphs, examples, lists, and tables.

use super::Source;
use super::draft::{Draft, Place};
use super::made_html;
use super::made_page::is_made;
use super::node::{Node, tree};
use super::page::Page;
use super::table::{Cell, Row, Table, one_line};

/// Reads an HTML page.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let root = tree(source, true);
    let mut page = Page::default();
    walk(&root, false, source, &mut page);
    if is_made(source.text, "html")
        && let Some(draft) = made_html::read(&root, source, &page)
    {
        return draft;
    }
    page.draft(Draft::default())
}

fn is_list(node: &Node) -> bool {
    matches!(node.name.as_str(), "ul" | "ol" | "dl")
}

/// Reads an element of a page, and those in it. `is_inside` says whether it is in a list or a table.
pub(super) fn walk(node: &Node, is_inside: bool, source: &Source<'_>, page: &mut Page) {
    let place = source.line(node.line);
    let is_list = is_list(node);
    if is_list || matches!(node.name.as_str(), "pre" | "table") {
        page.block();
    }
    match node.name.as_str() {
        "script" | "style" | "template" | "nav" => return,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            let cell = cell(node);
            // Behind a heading of Markdown, `{#id}` is its anchor.
            let text = cell.text.split(" {#").next().unwrap_or_default();
            let is_in_code = matches!(cell.code.as_slice(), [it] if *it == (0..text.len()));
            page.heading(node.name.as_bytes()[1], place, one_line(text), is_in_code);
        }
        "p" if !is_inside => {
            let head = page.head.take();
            let head = if node.is_markdown { head } else { Some(place.clone()) };
            page.paragraph(place, head, &node.shown_text());
        }
        "pre" => page.example(&place, &node.raw_text()),
        "table" => table(node, source, page),
        // Lists in table cells are part of the cell.
        _ if is_list && !is_inside => page.list(&page.current(), items(node, source)),
        _ => {}
    }
    let is_inside = is_inside || is_list || node.name == "table";
    node.children.iter().for_each(|child| walk(child, is_inside, source, page));
}

/// Returns the items of a list, with those of lists between them. In a description list, the description is appended to
/// its term after a colon.
fn items(list: &Node, source: &Source<'_>) -> Vec<(Place, Cell)> {
    let (mut items, mut parts): (Vec<(Place, Cell)>, _) = (Vec::new(), Vec::new());
    list.collect(&is_list, &mut parts);
    for node in parts {
        match node.name.as_str() {
            "li" | "dt" => items.push((source.line(node.line), cell(node))),
            "dd" => {
                if let Some((_, term)) = items.last_mut() {
                    term.text.extend([": ", &node.shown_text()]);
                }
            }
            _ => {}
        }
    }
    items
}

/// Returns the number of rows or columns that a cell spans.
fn span(cell: &Node, attribute: &str) -> usize {
    cell.attribute(attribute).and_then(|it| it.parse().ok()).unwrap_or(1).clamp(1, 100)
}

fn table(node: &Node, source: &Source<'_>, page: &mut Page) {
    let mut parts = Vec::new();
    let enters = |it: &Node| it.name != "table" || std::ptr::eq(it, node);
    node.collect(&enters, &mut parts);
    let (mut rows, mut heads) = (Vec::new(), 0);
    // The cells that span the rows below, by column, with the number of remaining rows.
    let mut above: Vec<(usize, Cell)> = Vec::new();
    for row in parts.into_iter().filter(|it| it.name == "tr") {
        let is_own = |it: &&Node| matches!(it.name.as_str(), "td" | "th");
        let own: Vec<&Node> = row.children.iter().filter(is_own).collect();
        let is_head = heads == rows.len() && own.iter().all(|it| it.name == "th");
        heads += usize::from(is_head);
        let cells = cells(row, &own, rows.is_empty(), &mut above);
        rows.push(Row { place: source.line(row.line), cells });
    }
    let mut heading = page.current();
    // Rows with a merged cell at the top are a title.
    while rows.len() > 1 && rows[0].cells.iter().any(|cell| cell.is_merged) {
        heads = heads.saturating_sub(1);
        heading = one_line(&rows.remove(0).cells[0].text);
    }
    if rows.is_empty() {
        return;
    }
    // If there are several rows of headings, the last one has those of single columns.
    if heads < rows.len() {
        rows.drain(..heads.saturating_sub(1));
    }
    let head = rows.remove(0);
    let columns = head.cells.iter().map(|cell| one_line(&cell.text)).collect();
    let place = rows.first().map_or(head.place, |row| row.place.clone());
    page.tables.push(Table { place, heading, columns, rows, ..Table::default() });
}

/// Returns the cells of a row. A cell that spans columns is in the first of them, or in all of them if it is a heading.
fn cells(row: &Node, own: &[&Node], is_head: bool, above: &mut Vec<(usize, Cell)>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let inherit = |cells: &mut Vec<Cell>, above: &mut Vec<(usize, Cell)>| {
        while let Some((left, cell)) = above.get_mut(cells.len()).filter(|(left, _)| *left > 0) {
            *left -= 1;
            cells.push(cell.clone());
        }
    };
    for node in own {
        let columns = span(node, "colspan");
        for column in 0..columns {
            inherit(&mut cells, above);
            let found = match column {
                0 => Cell { is_merged: own.len() == 1 && columns > 1, ..cell(node) },
                _ if is_head => cell(node),
                _ => Cell::default(),
            };
            above.resize(above.len().max(cells.len() + 1), (0, Cell::default()));
            above[cells.len()] = (span(node, "rowspan") - 1, found.clone());
            cells.push(found);
        }
    }
    inherit(&mut cells, above);
    let anchor = row.attribute("id").map(str::to_owned);
    for cell in &mut cells {
        cell.anchor = cell.anchor.take().or_else(|| anchor.clone());
    }
    cells
}

fn cell(node: &Node) -> Cell {
    let all = node.all();
    let id =
        |node: &&Node| node.attribute("id").or_else(|| node.attribute("name")).map(str::to_owned);
    let link = all.iter().find_map(|node| node.attribute("href")).map(str::to_owned);
    let text = node.shown_text();
    let is_all_in = |names: &[&str]| {
        let mut parts = all.iter().filter(|it| names.contains(&it.name.as_str()));
        parts.any(|it| it.shown_text() == text)
    };
    let mut code = Vec::new();
    let mut behind = 0;
    for shown in node.named("code").iter().map(|it| it.shown_text()) {
        if let Some(at) = text[behind..].find(&shown).filter(|_| !shown.is_empty()) {
            let start = behind + at;
            behind = start + shown.len();
            code.push(start..behind);
        }
    }
    Cell {
        anchor: all.iter().find_map(id),
        link,
        code,
        is_bold: is_all_in(&["b", "strong"]),
        is_struck_out: is_all_in(&["s", "del", "strike"]),
        ..Cell::of(text)
    }
}
