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
    let root = tree(source);
    let mut page = Page::default();
    read_nodes(&root, source, &mut page);
    if is_made(source.text, "html")
        && let Some(draft) = made_html::read(&root, source, &page)
    {
        return draft;
    }
    page.draft(Draft::default())
}

/// Reads the elements of a page.
pub(super) fn read_nodes(root: &Node, source: &Source<'_>, page: &mut Page) {
    Reader { source, page, heading: String::new(), head: None }.node(root, false);
}

fn is_list(node: &Node) -> bool {
    matches!(node.name.as_str(), "ul" | "ol" | "dl")
}

struct Reader<'p> {
    source: &'p Source<'p>,
    page: &'p mut Page,
    heading: String,
    /// The place of the heading, until something begins below it.
    head: Option<Place>,
}

impl Reader<'_> {
    fn node(&mut self, node: &Node, is_inside: bool) {
        let is_list = is_list(node);
        if is_list || matches!(node.name.as_str(), "pre" | "table") {
            self.block();
        }
        match node.name.as_str() {
            "script" | "style" | "template" | "nav" => return,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(node),
            "p" if !is_inside => self.paragraph(node),
            "pre" => {
                let place = self.source.line(node.line);
                self.page.example(&self.heading, &place, &node.raw_text());
            }
            "table" => table(node, &self.heading, self.source, self.page),
            // Lists in table cells are part of the cell.
            _ if is_list && !is_inside => self.page.list(&self.heading, items(node, self.source)),
            _ => {}
        }
        let is_inside = is_inside || is_list || node.name == "table";
        node.children.iter().for_each(|child| self.node(child, is_inside));
    }

    /// Begins a list, a table or code. What is below a code is no text.
    fn block(&mut self) {
        self.page.block();
        if let Some(place) = self.head.take().filter(|_| self.page.is_below_code()) {
            let why = format!("there is no text below “{}”", self.heading);
            self.page.bare.push((place, self.heading.clone(), why));
        }
    }

    fn heading(&mut self, node: &Node) {
        let cell = cell(node);
        // Behind a heading of Markdown, `{#id}` is its anchor.
        let text = cell.text.split(" {#").next().unwrap_or_default();
        let is_in_code = matches!(cell.code.as_slice(), [it] if *it == (0..text.len()));
        self.heading = one_line(text);
        self.head = Some(self.source.line(node.line));
        self.page.heading(node.name.as_bytes()[1], &self.heading, is_in_code);
        self.page.title.get_or_insert_with(|| self.heading.clone());
    }

    fn paragraph(&mut self, node: &Node) {
        let (place, text) = (self.source.line(node.line), node.shown_text());
        let head = self.head.take();
        let head = if node.is_markdown { head } else { Some(place.clone()) };
        self.page.paragraph(place, head, &self.heading, &text);
        let is_first = self.page.summary.is_none() && self.page.tables.is_empty();
        if is_first && self.page.title.as_ref() == Some(&self.heading) && !text.is_empty() {
            self.page.summary = Some(one_line(&text));
        }
    }
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

fn table(node: &Node, heading: &str, source: &Source<'_>, page: &mut Page) {
    let mut parts = Vec::new();
    let enters = |it: &Node| it.name != "table" || std::ptr::eq(it, node);
    node.collect(&enters, &mut parts);
    let (mut rows, mut heads) = (Vec::new(), 0);
    // The cells that span the rows below, by column, with the number of remaining rows.
    let mut above: Vec<(usize, Cell)> = Vec::new();
    for row in parts.into_iter().filter(|it| it.name == "tr") {
        let mut own = row.children.iter().filter(|it| matches!(it.name.as_str(), "td" | "th"));
        let is_head = heads == rows.len() && own.all(|it| it.name == "th");
        heads += usize::from(is_head);
        let cells = cells(row, rows.is_empty(), &mut above);
        rows.push(Row { place: source.line(row.line), cells });
    }
    let mut heading = heading.to_owned();
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
fn cells(row: &Node, is_head: bool, above: &mut Vec<(usize, Cell)>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let inherit = |cells: &mut Vec<Cell>, above: &mut Vec<(usize, Cell)>| {
        while let Some((left, cell)) = above.get_mut(cells.len()).filter(|(left, _)| *left > 0) {
            *left -= 1;
            cells.push(cell.clone());
        }
    };
    let own: Vec<&Node> =
        row.children.iter().filter(|it| matches!(it.name.as_str(), "td" | "th")).collect();
    for node in &own {
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
