//! Reads HTML pages: their elements, and the tables in them.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::Source;
use super::draft::{Draft, Place};
use super::made_html;
use super::made_page::is_made;
use super::page::Page;
use super::table::{Cell, Row, Table, one_line};

/// The maximum nesting of elements. Deeper ones become siblings of their parents.
const DEEPEST: usize = 200;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements (first list) that implicitly close others (second list), unless one of the third list is in between.
const IMPLIED: &[(&[&str], &[&str], &[&str])] = &[
    (&["td", "th"], &["td", "th"], &["tr", "table"]),
    (&["tr"], &["td", "th", "tr"], &["table"]),
    (&["thead", "tbody", "tfoot"], &["td", "th", "tr", "thead", "tbody", "tfoot"], &["table"]),
    (&["li"], &["li"], &["ul", "ol"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
    (
        &["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "ul", "ol", "dl", "div"],
        &["p"],
        &["td", "th", "li", "div"],
    ),
];

/// An element, or text, which has no name.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    text: String,
    pub(super) line: usize,
    pub(super) children: Vec<Node>,
}

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|it| it.split_whitespace().any(|it| it == class))
    }

    /// Returns all nodes in this element, including itself, in document order.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut all = Vec::new();
        self.collect(&|_| true, &mut all);
        all
    }

    /// Returns the elements with this name, including nested ones.
    pub(super) fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|node| node.name == name).collect()
    }

    fn collect<'n>(&'n self, enters: &impl Fn(&Self) -> bool, all: &mut Vec<&'n Self>) {
        all.push(self);
        if enters(self) {
            self.children.iter().for_each(|child| child.collect(enters, all));
        }
    }

    /// Returns the text as written.
    pub(super) fn raw_text(&self) -> String {
        let mut out = String::new();
        for node in self.all() {
            out.push_str(&node.text);
        }
        out
    }

    /// Whether it is a link to its own place, as generators of pages put beside headings: a sign without words.
    fn is_permalink(&self) -> bool {
        self.attribute("href").is_some_and(|it| it.starts_with('#'))
            && !self.raw_text().contains(char::is_alphanumeric)
    }

    /// Whether it is a raised link to another place of the page.
    fn is_footnote(&self) -> bool {
        let is_link = |it: &Self| it.attribute("href").is_some_and(|it| it.starts_with('#'));
        self.name == "sup" && self.named("a").into_iter().any(is_link)
    }

    /// Returns the text as displayed: white space is collapsed, and `br` is a line break.
    pub(super) fn shown_text(&self) -> String {
        let mut out = String::new();
        let mut shown = Vec::new();
        let is_shown = |node: &Self| {
            !(matches!(node.name.as_str(), "script" | "style")
                || node.is_permalink()
                || node.is_footnote())
        };
        self.collect(&is_shown, &mut shown);
        for node in shown {
            match node.name.as_str() {
                "br" => out.push('\n'),
                "p" | "li" | "div" => out.push(' '),
                // As in Markdown.
                _ if node.is_footnote() => {
                    out.extend(["[^", node.raw_text().trim_matches(['[', ']']), "]"]);
                }
                _ => out.push_str(&node.text.replace(['\n', '\r'], " ")),
            }
        }
        out.split('\n').map(one_line).collect::<Vec<String>>().join("\n").trim().to_owned()
    }
}

/// Reads an HTML page.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let root = tree(source, 0..source.text.len());
    let mut page = Page::default();
    let mut heading = String::new();
    walk(&root, &mut heading, false, source, &mut page);
    if is_made(source.text, "html")
        && let Some(draft) = made_html::read(&root, source, &page)
    {
        return draft;
    }
    page.draft(Draft::default())
}

/// Reads a part of a page.
pub(super) fn read_part(
    part: Range<usize>,
    heading: &mut String,
    source: &Source<'_>,
    page: &mut Page,
) {
    walk(&tree(source, part), heading, false, source, page);
}

/// Parses a part of a page.
fn tree(source: &Source<'_>, part: Range<usize>) -> Node {
    let text = source.text.get(part.clone()).unwrap_or_default();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut open = vec![Node::default()];
    for token in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let name = string(&tag.name);
                close_implied(&name, &mut open);
                let attributes = tag.attributes.iter();
                let attributes =
                    attributes.map(|(name, value)| (string(name), string(value))).collect();
                let line = source.at(part.start + tag.span.start).line;
                let node = Node { name, attributes, line, ..Node::default() };
                if VOID.contains(&node.name.as_str()) || tag.self_closing || open.len() > DEEPEST {
                    add(node, &mut open);
                } else {
                    open.push(node);
                }
            }
            Ok(Token::EndTag(tag)) => {
                let name = string(&tag.name);
                if let Some(at) = open.iter().skip(1).rposition(|node| node.name == name) {
                    close(at + 1, &mut open);
                }
            }
            Ok(Token::String(found)) => {
                add(Node { text: string(&found), ..Node::default() }, &mut open);
            }
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    close(1, &mut open);
    open.pop().unwrap_or_default()
}

fn add(node: Node, open: &mut [Node]) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

/// Closes elements until `left` are open.
fn close(left: usize, open: &mut Vec<Node>) {
    while open.len() > left.max(1) {
        if let Some(node) = open.pop() {
            add(node, open);
        }
    }
}

/// Closes the elements that the start of an element called `name` implicitly closes.
fn close_implied(name: &str, open: &mut Vec<Node>) {
    for (begins, ends, within) in IMPLIED {
        if !begins.contains(&name) {
            continue;
        }
        let stop =
            open.iter().rposition(|node| within.contains(&node.name.as_str())).unwrap_or_default();
        let first = open
            .iter()
            .enumerate()
            .skip(stop + 1)
            .find(|(_, node)| ends.contains(&node.name.as_str()));
        if let Some((at, _)) = first {
            close(at, open);
        }
    }
}

fn walk(node: &Node, heading: &mut String, is_inside: bool, source: &Source<'_>, page: &mut Page) {
    // Lists in table cells are part of the cell, and nested lists are part of their item.
    let is_list = matches!(node.name.as_str(), "ul" | "ol" | "dl");
    if is_list || matches!(node.name.as_str(), "pre" | "table") {
        page.block();
    }
    match node.name.as_str() {
        "script" | "style" | "template" | "nav" => return,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            *heading = one_line(&node.shown_text());
            let is_in_code = matches!(node.children.as_slice(), [only] if only.name == "code");
            page.heading(node.name.as_bytes()[1], heading, is_in_code);
            page.title = page.title.take().or_else(|| Some(heading.clone()));
        }
        "p" if !is_inside => {
            let (place, text) = (source.line(node.line), node.shown_text());
            page.paragraph(place.clone(), Some(place), heading, &text);
            let text = one_line(&text);
            let is_first = page.summary.is_none() && page.tables.is_empty();
            if is_first && page.title.as_ref() == Some(heading) && !text.is_empty() {
                page.summary = Some(text);
            }
        }
        "pre" => {
            page.example(heading, &source.line(node.line), &node.raw_text());
        }
        "table" => table(node, heading, source, page),
        _ if is_list && !is_inside => page.list(heading, items(node, source)),
        _ => {}
    }
    let is_inside = is_inside || is_list || node.name == "table";
    node.children.iter().for_each(|child| walk(child, heading, is_inside, source, page));
}

/// Returns the items of a list. In a description list, the description is appended to its term after a colon.
fn items(list: &Node, source: &Source<'_>) -> Vec<(Place, Cell)> {
    let mut items: Vec<(Place, Cell)> = Vec::new();
    for node in &list.children {
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
    page.tables.push(Table { place: head.place, heading, columns, rows, ..Table::default() });
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
