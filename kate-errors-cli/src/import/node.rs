//! The elements of a page, parsed from HTML.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::Source;
use super::table::one_line;

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
    (&["li"], &["li"], &["ul", "ol"]),
    (&["dt", "dd"], &["dt", "dd"], &["dl"]),
    (
        &["p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "ul", "ol", "dl", "div"],
        &["p"],
        &["td", "th", "li", "div"],
    ),
    // In Markdown, an anchor before a heading is often not closed.
    (&["a"], &["a"], &["p", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "li", "dt", "dd"]),
];

/// An element, or text, which has no name.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) children: Vec<Node>,
    /// Whether it is of Markdown. White space in it is shown as written.
    pub(super) is_markdown: bool,
}

impl Node {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

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

    /// Adds this element and those in it, without looking into elements that `enters` excludes.
    pub(super) fn collect<'n>(&'n self, enters: &impl Fn(&Self) -> bool, all: &mut Vec<&'n Self>) {
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
        if self.is_markdown {
            return out.trim().to_owned();
        }
        out.split('\n').map(one_line).collect::<Vec<String>>().join("\n").trim().to_owned()
    }
}

/// Begins the comment that [`mark`] makes.
pub(super) const MARK: &str = "kate-errors import: line ";

/// Returns a comment on the line before a block that is made of a line of a page in Markdown, or is HTML in it.
pub(super) fn mark(line: usize, is_html: bool) -> String {
    format!("<!--{MARK}{line}{}-->\n", if is_html { " html" } else { "" })
}

/// Parses a page. If it `has_raw_text`, what is in scripts and the like is text until their end, and no comment is a
/// mark. People who write Markdown do not always end them.
pub(super) fn tree(source: &Source<'_>, has_raw_text: bool) -> Node {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(has_raw_text);
    let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let line = |at: usize| source.at(at).line;
    let mut open = Open::default();
    // The last mark: its line, and the line that it names.
    let (mut shown, mut written, mut is_markdown) = (0, 0, false);
    for token in Tokenizer::new_with_emitter(source.text, emitter) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let name = string(&tag.name);
                open.close_implied(&name);
                let attributes = tag.attributes.iter();
                let attributes =
                    attributes.map(|(name, value)| (string(name), string(value))).collect();
                let line = line(tag.span.start).saturating_add(written).saturating_sub(shown);
                let node = Node { name, attributes, line, is_markdown, ..Node::default() };
                let is_void = VOID.contains(&node.name.as_str()) || tag.self_closing;
                if is_void || open.inside.len() >= DEEPEST {
                    open.add(node);
                } else {
                    open.inside.push(node);
                }
            }
            Ok(Token::EndTag(tag)) => {
                let name = string(&tag.name);
                if let Some(at) = open.inside.iter().rposition(|node| node.name == name) {
                    open.close(at);
                }
            }
            Ok(Token::String(found)) => open.add(Node::text(string(&found))),
            Ok(Token::Comment(comment)) if !has_raw_text => {
                let text = string(&comment);
                if let Some(mark) = text.strip_prefix(MARK) {
                    let number = mark.strip_suffix(" html");
                    is_markdown = number.is_none();
                    written = number.unwrap_or(mark).parse().unwrap_or_default();
                    shown = line(comment.span.start) + 1;
                }
            }
            Ok(_) => {}
            Err(never) => match never {},
        }
    }
    open.close(0);
    open.root
}

/// The root of a page, and the elements in it that have begun and not ended.
#[derive(Default)]
struct Open {
    root: Node,
    inside: Vec<Node>,
}

impl Open {
    fn add(&mut self, node: Node) {
        self.inside.last_mut().unwrap_or(&mut self.root).children.push(node);
    }

    /// Ends elements until `left` are open.
    fn close(&mut self, left: usize) {
        while self.inside.len() > left
            && let Some(node) = self.inside.pop()
        {
            self.add(node);
        }
    }

    /// Ends the elements that the start of an element called `name` implicitly ends.
    fn close_implied(&mut self, name: &str) {
        let is_one = |names: &[&str], node: &Node| names.contains(&node.name.as_str());
        for (_, ends, within) in IMPLIED.iter().filter(|(begins, ..)| begins.contains(&name)) {
            let stop = self.inside.iter().rposition(|node| is_one(within, node));
            let stop = stop.map_or(0, |at| at + 1);
            if let Some(at) = self.inside[stop..].iter().position(|node| is_one(ends, node)) {
                self.close(stop + at);
            }
        }
    }
}
