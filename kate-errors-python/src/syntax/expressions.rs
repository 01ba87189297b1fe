//! Converts expressions of the tree-sitter tree.

use tree_sitter::Node;

use super::{
    Argument, Expr, Function, Kind, Lower, Part, Statement, UNPACKED, children, fields, line,
};

impl<'a> Lower<'a> {
    pub(super) fn expr(&mut self, node: Node<'_>) -> Expr<'a> {
        let kind = self.deeper(node, |this| this.kind(node)).flatten();
        let kind = kind.unwrap_or(Kind::Other(Vec::new()));
        Expr { text: self.source(node), line: line(node), kind }
    }

    pub(super) fn expr_in(&mut self, node: Node<'_>, field: &str) -> Option<Expr<'a>> {
        node.child_by_field_name(field).map(|child| self.expr(child))
    }

    fn boxed(&mut self, node: Node<'_>, field: &str) -> Option<Box<Expr<'a>>> {
        self.expr_in(node, field).map(Box::new)
    }

    pub(super) fn other(&mut self, node: Node<'_>) -> Expr<'a> {
        let kind = Kind::Other(self.exprs(node));
        Expr { text: self.source(node), line: line(node), kind }
    }

    fn exprs(&mut self, node: Node<'_>) -> Vec<Expr<'a>> {
        children(node).into_iter().map(|child| self.expr(child)).collect()
    }

    /// Returns `None` for what cannot be read.
    fn kind(&mut self, node: Node<'_>) -> Option<Kind<'a>> {
        Some(match node.kind() {
            "identifier" => Kind::Name,
            "none" => Kind::Nothing,
            "integer" => Kind::Number(number(self.source(node))?),
            kind @ ("string" | "concatenated_string") => {
                let strings = if kind == "string" { vec![node] } else { children(node) };
                let mut parts = Vec::new();
                for string in strings {
                    self.string(string, &mut parts)?;
                }
                Kind::Text(parts)
            }
            "attribute" => {
                Kind::Attribute(self.boxed(node, "object")?, self.field(node, "attribute"))
            }
            "call" => {
                let arguments = node.child_by_field_name("arguments")?;
                let function = self.boxed(node, "function")?;
                Kind::Call(function, self.arguments(arguments))
            }
            "binary_operator" | "boolean_operator" => Kind::Binary(
                self.boxed(node, "left")?,
                self.field(node, "operator"),
                self.boxed(node, "right")?,
            ),
            "comparison_operator" => {
                let (sides, operators) = (children(node), fields(node, "operators"));
                let [left, right] = sides[..] else { return Some(Kind::Other(self.exprs(node))) };
                let last = operators.last()?;
                let operator = self.text.get(operators.first()?.start_byte()..last.end_byte())?;
                Kind::Binary(Box::new(self.expr(left)), operator, Box::new(self.expr(right)))
            }
            "not_operator" => Kind::Not(self.boxed(node, "argument")?),
            "conditional_expression" => {
                let [then, condition, otherwise] = children(node)[..] else { return None };
                Kind::If {
                    condition: Box::new(self.expr(condition)),
                    then: Box::new(self.expr(then)),
                    otherwise: Box::new(self.expr(otherwise)),
                }
            }
            "parenthesized_expression" => {
                let inside = *children(node).first()?;
                self.deeper(inside, |this| this.kind(inside)).flatten()?
            }
            "tuple" | "expression_list" | "pattern_list" | "tuple_pattern" => {
                Kind::Tuple(self.exprs(node))
            }
            "dictionary" => {
                let pairs = children(node).into_iter().map(|pair| self.pair(pair));
                Kind::Dict(pairs.collect())
            }
            "subscript" => Kind::Index(self.boxed(node, "value")?, self.boxed(node, "subscript")?),
            "lambda" => {
                let body = self.expr_in(node, "body")?;
                Kind::Lambda(Box::new(Function {
                    module: self.module,
                    name: "",
                    parameters: self.parameters(node),
                    around: Vec::new(),
                    body: vec![Statement::Return(Some(body))],
                }))
            }
            _ => Kind::Other(self.exprs(node)),
        })
    }

    fn arguments(&mut self, list: Node<'_>) -> Vec<Argument<'a>> {
        if list.kind() == "generator_expression" {
            return vec![Argument { name: None, unpacked: false, value: self.other(list) }];
        }
        let argument = |node: Node<'_>| {
            let (name, unpacked, value) = match node.kind() {
                "keyword_argument" => {
                    (Some(self.field(node, "name")), false, node.child_by_field_name("value"))
                }
                "list_splat" => (None, true, node.named_child(0)),
                "dictionary_splat" => (Some(UNPACKED), true, node.named_child(0)),
                _ => (None, false, None),
            };
            Argument { name, unpacked, value: self.expr(value.unwrap_or(node)) }
        };
        children(list).into_iter().map(argument).collect()
    }

    fn pair(&mut self, node: Node<'_>) -> (Expr<'a>, Expr<'a>) {
        if let (Some(key), Some(value)) = (self.expr_in(node, "key"), self.expr_in(node, "value")) {
            (key, value)
        } else {
            let key = Expr { text: UNPACKED, line: line(node), kind: Kind::Other(Vec::new()) };
            (key, self.other(node))
        }
    }

    /// Appends the text of a literal, without its quotes. Returns `None` for bytes and template strings.
    fn string(&mut self, node: Node<'_>, parts: &mut Vec<Part<'a>>) -> Option<()> {
        let prefix = self.source(node.child(0)?).to_ascii_lowercase();
        if prefix.contains(['b', 't']) {
            return None;
        }
        for child in children(node) {
            match child.kind() {
                "string_content" => self.content(child, prefix.contains('r'), parts)?,
                "interpolation" => self.interpolation(child, parts)?,
                _ => {}
            }
        }
        Some(())
    }

    fn content(&self, node: Node<'_>, raw: bool, parts: &mut Vec<Part<'a>>) -> Option<()> {
        let mut text = String::new();
        let mut at = node.start_byte();
        for child in children(node) {
            text.push_str(self.text.get(at..child.start_byte())?);
            at = child.end_byte();
            let written = self.source(child);
            match child.kind() {
                "escape_interpolation" => text.push_str(&written[..1]),
                _ if raw => text.push_str(written),
                _ => unescape(written, &mut text)?,
            }
        }
        text.push_str(self.text.get(at..node.end_byte())?);
        push_text(parts, text.replace("\r\n", "\n"));
        Some(())
    }

    fn interpolation(&mut self, node: Node<'_>, parts: &mut Vec<Part<'a>>) -> Option<()> {
        let value = self.expr_in(node, "expression")?;
        let mut conversion = self.field(node, "type_conversion").trim_start_matches('!');
        let format = self.field(node, "format_specifier").trim_start_matches(':');
        let mut cursor = node.walk();
        // `{x=}` also writes the expression and `=` before the value.
        if node.children(&mut cursor).any(|child| child.kind() == "=") {
            push_text(parts, format!("{}=", value.text));
            conversion = if conversion.is_empty() { "r" } else { conversion };
        }
        parts.push(Part::Value { value, conversion, format });
        Some(())
    }
}

fn push_text(parts: &mut Vec<Part<'_>>, text: String) {
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(&text),
        _ => parts.push(Part::Text(text)),
    }
}

fn number(written: &str) -> Option<i64> {
    let digits = written.replace('_', "").to_ascii_lowercase();
    let radix = match digits.get(..2) {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => return digits.parse().ok(),
    };
    i64::from_str_radix(&digits[2..], radix).ok()
}

/// Appends the character of an escape. Returns `None` for `\N{…}`, which needs the names of all characters.
fn unescape(written: &str, text: &mut String) -> Option<()> {
    let escape = written.strip_prefix('\\')?;
    let first = escape.chars().next()?;
    let code =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match first {
        '\n' | '\r' => {}
        '\\' | '\'' | '"' => text.push(first),
        'n' => text.push('\n'),
        't' => text.push('\t'),
        'r' => text.push('\r'),
        'a' => text.push('\u{7}'),
        'b' => text.push('\u{8}'),
        'f' => text.push('\u{c}'),
        'v' => text.push('\u{b}'),
        'x' | 'u' | 'U' => text.push(code(&escape[1..], 16)?),
        '0'..='7' => text.push(code(escape, 8)?),
        'N' => return None,
        _ => text.push_str(written),
    }
    Some(())
}
