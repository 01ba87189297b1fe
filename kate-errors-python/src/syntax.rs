//! Python source as the few kinds of statements and expressions that the reader looks at.
//!
//! tree-sitter parses; everything else here works on this tree, so that another parser could take
//! its place. A statement that cannot be parsed is left out, and the rest of the file is read.

use std::collections::BTreeSet;

use tree_sitter::{Node, Parser};

/// How deep statements and expressions are read into each other: as deep as Python lets blocks be.
const MAX_DEPTH: usize = 100;

/// How many times tree-sitter may ask whether to go on: far more than any file of an application
/// needs, so that only a text made for it is given up.
const MAX_STEPS: usize = 2_000_000;

/// How many different indents a file has. tree-sitter-python 0.25 keeps those around a line in a
/// buffer for 380, and writes beyond its end if there are more.
const MAX_INDENTS: usize = 300;

/// A file.
pub(crate) struct Module<'a> {
    pub(crate) body: Vec<Statement<'a>>,
    /// The first line that cannot be parsed.
    pub(crate) broken: Option<usize>,
    /// The first line that is nested too deep.
    pub(crate) too_deep: Option<usize>,
}

pub(crate) enum Statement<'a> {
    Import(Vec<Import<'a>>),
    /// The annotation says what type a target has.
    Assign {
        targets: Vec<Expr<'a>>,
        value: Option<Expr<'a>>,
        annotation: Option<&'a str>,
    },
    /// `target += value`, with the operator without `=`.
    Augment {
        target: Expr<'a>,
        operator: &'a str,
        value: Expr<'a>,
    },
    Class(Class<'a>),
    Function(Function<'a>),
    Raise {
        line: usize,
        value: Option<Expr<'a>>,
    },
    Return(Option<Expr<'a>>),
    /// `break` and `continue`: what follows in the block is not reached.
    Leave,
    Expression(Expr<'a>),
    /// `if` and `match`. Without `exhaustive`, none of the arms may be taken.
    Choose {
        arms: Vec<Arm<'a>>,
        exhaustive: bool,
        at: usize,
    },
    Loop {
        target: Option<Expr<'a>>,
        head: Expr<'a>,
        body: Vec<Self>,
        otherwise: Vec<Self>,
    },
    Try {
        body: Vec<Self>,
        handlers: Vec<Handler<'a>>,
        otherwise: Vec<Self>,
        finally: Vec<Self>,
    },
    With {
        items: Vec<(Expr<'a>, Option<&'a str>)>,
        body: Vec<Self>,
    },
}

/// `name` is what the file calls it, `*` for all names; `level` counts the dots of a relative one.
pub(crate) struct Import<'a> {
    pub(crate) name: &'a str,
    pub(crate) level: usize,
    pub(crate) path: String,
}

pub(crate) struct Class<'a> {
    pub(crate) name: &'a str,
    pub(crate) bases: Vec<Expr<'a>>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Function<'a> {
    pub(crate) name: &'a str,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: Slot,
    pub(crate) annotation: Option<&'a str>,
    pub(crate) default: Option<Expr<'a>>,
}

/// Which arguments a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    One,
    Named,
    AllPositions,
    AllNames,
}

pub(crate) struct Arm<'a> {
    /// The condition of `if`, if this arm has one.
    pub(crate) condition: Option<Expr<'a>>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Handler<'a> {
    pub(crate) types: Option<Expr<'a>>,
    pub(crate) name: Option<&'a str>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Expr<'a> {
    /// As it is written.
    pub(crate) text: &'a str,
    pub(crate) line: usize,
    pub(crate) kind: Kind<'a>,
}

pub(crate) enum Kind<'a> {
    Text(Vec<Part<'a>>),
    Number(i64),
    Nothing,
    Name,
    Attribute(Box<Expr<'a>>, &'a str),
    Call(Box<Expr<'a>>, Vec<Argument<'a>>),
    Binary(Box<Expr<'a>>, &'a str, Box<Expr<'a>>),
    Not(Box<Expr<'a>>),
    If {
        condition: Box<Expr<'a>>,
        then: Box<Expr<'a>>,
        otherwise: Box<Expr<'a>>,
    },
    Tuple(Vec<Expr<'a>>),
    Dict(Vec<(Expr<'a>, Expr<'a>)>),
    Index(Box<Expr<'a>>, Box<Expr<'a>>),
    Lambda(Box<Function<'a>>),
    /// Anything else, with what stands in it.
    Other(Vec<Expr<'a>>),
}

impl<'a> Expr<'a> {
    /// The expressions that stand in it.
    pub(crate) fn parts(&'a self) -> Vec<&'a Self> {
        match &self.kind {
            Kind::Text(parts) => parts.iter().filter_map(Part::value).collect(),
            Kind::Attribute(inside, _) | Kind::Not(inside) => vec![inside],
            Kind::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| &argument.value);
                std::iter::once(&**function).chain(arguments).collect()
            }
            Kind::Binary(left, _, right) | Kind::Index(left, right) => vec![left, right],
            Kind::If { condition, then, otherwise } => vec![condition, then, otherwise],
            Kind::Tuple(parts) | Kind::Other(parts) => parts.iter().collect(),
            Kind::Dict(pairs) => pairs.iter().map(|(_, value)| value).collect(),
            Kind::Name | Kind::Number(_) | Kind::Nothing | Kind::Lambda(_) => Vec::new(),
        }
    }
}

pub(crate) enum Part<'a> {
    Text(String),
    Value { value: Expr<'a>, conversion: &'a str, format: &'a str },
}

impl<'a> Part<'a> {
    fn value(&'a self) -> Option<&'a Expr<'a>> {
        match self {
            Self::Text(_) => None,
            Self::Value { value, .. } => Some(value),
        }
    }
}

pub(crate) struct Argument<'a> {
    pub(crate) name: Option<&'a str>,
    /// `*x` and `**x`.
    pub(crate) unpacked: bool,
    pub(crate) value: Expr<'a>,
}

/// Reads one file.
pub(crate) fn parse<'a>(parser: &mut Parser, text: &'a str) -> Module<'a> {
    let nothing = |broken, too_deep| Module { body: Vec::new(), broken, too_deep };
    if indents(text) > MAX_INDENTS {
        return nothing(None, Some(1));
    }
    let mut steps = 0;
    let mut go_on = |_: &tree_sitter::ParseState| {
        steps += 1;
        if steps > MAX_STEPS {
            std::ops::ControlFlow::Break(())
        } else {
            std::ops::ControlFlow::Continue(())
        }
    };
    let options = tree_sitter::ParseOptions::new().progress_callback(&mut go_on);
    let bytes = text.as_bytes();
    let tree =
        parser.parse_with_options(&mut |at, _| &bytes[at.min(bytes.len())..], None, Some(options));
    parser.reset();
    let Some(tree) = tree else {
        return nothing(Some(1), None);
    };
    let mut lower = Lower { text, depth: 0, broken: None, too_deep: None };
    let root = tree.root_node();
    let body = lower.statements(root);
    if lower.broken.is_none() && root.has_error() {
        lower.broken = Some(first_error(root));
    }
    Module { body, broken: lower.broken, too_deep: lower.too_deep }
}

/// How many different indents there may be. The parser goes on counting behind a backslash at the end of a line and behind
/// a comment that a NUL ends, so that every run of blanks counts; and it keeps widths as numbers of 16 bits.
fn indents(text: &str) -> usize {
    let (mut widths, mut width) = (BTreeSet::new(), 0);
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b' ' => width += 1,
            b'\t' => width += 8,
            b'\\' if behind.starts_with(b"\r\n") => rest = &behind[2..],
            b'\\' if behind.starts_with(b"\n") => rest = &behind[1..],
            _ => {
                widths.insert(width);
                width = 0;
            }
        }
        if width > usize::from(u16::MAX) {
            return usize::MAX;
        }
    }
    widths.len()
}

/// The line of the first thing below `node` that is not Python.
fn first_error(node: Node<'_>) -> usize {
    let mut cursor = node.walk();
    loop {
        let here = cursor.node();
        if here.is_error() || here.is_missing() {
            return line(here);
        }
        let mut inside = here.has_error() && cursor.goto_first_child();
        while !inside || !cursor.node().has_error() {
            if !cursor.goto_next_sibling() {
                return line(cursor.node());
            }
            inside = true;
        }
    }
}

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

/// What stands in a node, without comments.
fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}

fn fields<'t>(node: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.children_by_field_name(name, &mut cursor)
        .filter(|child| child.kind() != "comment")
        .collect()
}

struct Lower<'a> {
    text: &'a str,
    depth: usize,
    broken: Option<usize>,
    too_deep: Option<usize>,
}

impl<'a> Lower<'a> {
    fn source(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn field(&self, node: Node<'_>, name: &str) -> &'a str {
        node.child_by_field_name(name).map_or("", |child| self.source(child))
    }

    /// One level deeper, or `None` at the limit.
    fn deeper<T>(&mut self, node: Node<'_>, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth == MAX_DEPTH {
            // A long sum of names is no loss.
            if self.source(node).contains('(') || self.source(node).contains("raise") {
                self.too_deep.get_or_insert(line(node));
            }
            return None;
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        Some(read)
    }

    fn statements(&mut self, block: Node<'_>) -> Vec<Statement<'a>> {
        let read = |this: &mut Self| {
            children(block).into_iter().filter_map(|node| this.statement(node)).collect()
        };
        self.deeper(block, read).unwrap_or_default()
    }

    fn block(&mut self, node: Node<'_>, field: &str) -> Vec<Statement<'a>> {
        node.child_by_field_name(field).map(|block| self.statements(block)).unwrap_or_default()
    }

    fn statement(&mut self, node: Node<'_>) -> Option<Statement<'a>> {
        Some(match node.kind() {
            "decorated_definition" => {
                return self.statement(node.child_by_field_name("definition")?);
            }
            "class_definition" => Statement::Class(self.class(node)),
            "function_definition" => Statement::Function(self.function(node)),
            "if_statement" => self.choice(node),
            "match_statement" => self.cases(node),
            "for_statement" | "while_statement" => Statement::Loop {
                target: node.child_by_field_name("left").map(|left| self.expr(left)),
                head: {
                    let head = node.child_by_field_name("right");
                    self.expr(head.or_else(|| node.child_by_field_name("condition"))?)
                },
                body: self.block(node, "body"),
                otherwise: self.alternative(node),
            },
            "try_statement" => self.attempt(node),
            "with_statement" => {
                Statement::With { items: self.with_items(node), body: self.block(node, "body") }
            }
            _ if node.has_error() => {
                self.broken.get_or_insert_with(|| first_error(node));
                return None;
            }
            "import_statement" | "import_from_statement" => Statement::Import(self.imports(node)),
            "raise_statement" => Statement::Raise {
                line: line(node),
                value: node
                    .named_child(0)
                    .filter(|child| child.kind() != "comment")
                    .map(|child| self.expr(child)),
            },
            "return_statement" => {
                Statement::Return(children(node).first().map(|child| self.expr(*child)))
            }
            "break_statement" | "continue_statement" => Statement::Leave,
            "expression_statement" => match children(node).as_slice() {
                [one] => match one.kind() {
                    "assignment" => self.assignment(*one),
                    "augmented_assignment" => Statement::Augment {
                        target: self.expr(one.child_by_field_name("left")?),
                        operator: self.field(*one, "operator").trim_end_matches('='),
                        value: self.expr(one.child_by_field_name("right")?),
                    },
                    _ => Statement::Expression(self.expr(*one)),
                },
                _ => Statement::Expression(self.other(node)),
            },
            _ => Statement::Expression(self.other(node)),
        })
    }

    fn class(&mut self, node: Node<'_>) -> Class<'a> {
        let bases = node.child_by_field_name("superclasses").map(children).unwrap_or_default();
        Class {
            name: self.field(node, "name"),
            bases: (bases.into_iter())
                .filter(|base| base.kind() != "keyword_argument")
                .map(|base| match base.kind() {
                    // Generic[T]: the class, not what it is made for.
                    "subscript" => self.expr(base.child_by_field_name("value").unwrap_or(base)),
                    _ => self.expr(base),
                })
                .collect(),
            body: self.block(node, "body"),
        }
    }

    fn function(&mut self, node: Node<'_>) -> Function<'a> {
        let parameters = node.child_by_field_name("parameters");
        Function {
            name: self.field(node, "name"),
            parameters: parameters.map(|list| self.parameters(list)).unwrap_or_default(),
            body: self.block(node, "body"),
        }
    }

    fn parameters(&mut self, list: Node<'_>) -> Vec<Parameter<'a>> {
        let mut slot = Slot::One;
        let mut parameters = Vec::new();
        for node in children(list) {
            let named =
                node.child_by_field_name("name").or_else(|| node.named_child(0)).unwrap_or(node);
            let written = if node.kind() == "identifier" { node } else { named };
            let kind = match (node.kind(), written.kind()) {
                ("keyword_separator", _) => {
                    slot = Slot::Named;
                    continue;
                }
                ("positional_separator", _) => continue,
                ("list_splat_pattern", _) | (_, "list_splat_pattern") => {
                    slot = Slot::Named;
                    Slot::AllPositions
                }
                ("dictionary_splat_pattern", _) | (_, "dictionary_splat_pattern") => Slot::AllNames,
                _ => slot,
            };
            parameters.push(Parameter {
                name: self.source(written).trim_start_matches('*'),
                kind,
                annotation: node.child_by_field_name("type").map(|node| self.source(node)),
                default: node.child_by_field_name("value").map(|value| self.expr(value)),
            });
        }
        parameters
    }

    fn choice(&mut self, node: Node<'_>) -> Statement<'a> {
        let mut arms = vec![self.arm(node, "consequence")];
        let mut exhaustive = false;
        for next in fields(node, "alternative") {
            exhaustive = next.kind() == "else_clause";
            arms.push(self.arm(next, if exhaustive { "body" } else { "consequence" }));
        }
        Statement::Choose { arms, exhaustive, at: node.start_byte() }
    }

    fn arm(&mut self, node: Node<'_>, body: &str) -> Arm<'a> {
        Arm {
            condition: node.child_by_field_name("condition").map(|node| self.expr(node)),
            body: self.block(node, body),
        }
    }

    fn cases(&mut self, node: Node<'_>) -> Statement<'a> {
        let block = node.child_by_field_name("body");
        let clauses = block.map(|block| fields(block, "alternative")).unwrap_or_default();
        let whole = clauses.last().is_some_and(|last| {
            children(*last).first().is_some_and(|pattern| self.source(*pattern) == "_")
                && last.child_by_field_name("guard").is_none()
        });
        let arms = clauses.into_iter().map(|clause| self.arm(clause, "consequence")).collect();
        Statement::Choose { arms, exhaustive: whole, at: node.start_byte() }
    }

    /// The block of `else` after a loop.
    fn alternative(&mut self, node: Node<'_>) -> Vec<Statement<'a>> {
        node.child_by_field_name("alternative")
            .map(|node| self.block(node, "body"))
            .unwrap_or_default()
    }

    fn attempt(&mut self, node: Node<'_>) -> Statement<'a> {
        let (mut handlers, mut otherwise, mut finally) = (Vec::new(), Vec::new(), Vec::new());
        for clause in children(node) {
            let block = children(clause).into_iter().rfind(|child| child.kind() == "block");
            let body =
                |this: &mut Self| block.map(|block| this.statements(block)).unwrap_or_default();
            match clause.kind() {
                "except_clause" | "except_group_clause" => {
                    handlers.push(self.handler(clause, body));
                }
                "else_clause" => otherwise = body(self),
                "finally_clause" => finally = body(self),
                _ => {}
            }
        }
        Statement::Try { body: self.block(node, "body"), handlers, otherwise, finally }
    }

    fn handler(
        &mut self,
        clause: Node<'_>,
        body: impl FnOnce(&mut Self) -> Vec<Statement<'a>>,
    ) -> Handler<'a> {
        let first = children(clause).into_iter().find(|child| child.kind() != "block");
        let mut types = clause.child_by_field_name("value").or(first);
        let mut name = clause.child_by_field_name("alias");
        if let Some(pattern) = types.filter(|node| node.kind() == "as_pattern") {
            types = pattern.named_child(0);
            name = pattern.child_by_field_name("alias");
        }
        Handler {
            types: types.map(|node| self.expr(node)),
            name: name.map(|node| self.source(node)),
            body: body(self),
        }
    }

    fn with_items(&mut self, node: Node<'_>) -> Vec<(Expr<'a>, Option<&'a str>)> {
        let clause = children(node).into_iter().find(|child| child.kind() == "with_clause");
        let items = clause.map(children).unwrap_or_default();
        let item = |this: &mut Self, item: Node<'_>| {
            let value = item.child_by_field_name("value")?;
            let alias = value.child_by_field_name("alias").map(|node| this.source(node));
            Some((this.expr(value), alias))
        };
        items.into_iter().filter_map(|node| item(self, node)).collect()
    }

    fn imports(&mut self, node: Node<'_>) -> Vec<Import<'a>> {
        let (mut level, mut from) = (0, String::new());
        if let Some(module) = node.child_by_field_name("module_name") {
            let written = self.source(module).replace(char::is_whitespace, "");
            let name = written.trim_start_matches('.');
            level = written.len() - name.len();
            from = if name.is_empty() { String::new() } else { format!("{name}.") };
        }
        let is_from = node.kind() == "import_from_statement";
        let mut imports: Vec<_> = (fields(node, "name").into_iter())
            .map(|item| {
                let aliased = item.child_by_field_name("name");
                let path = self.source(aliased.unwrap_or(item));
                let short = if is_from { path } else { path.split('.').next().unwrap_or(path) };
                match item.child_by_field_name("alias") {
                    Some(alias) => {
                        Import { name: self.source(alias), level, path: format!("{from}{path}") }
                    }
                    None => Import { name: short, level, path: format!("{from}{short}") },
                }
            })
            .collect();
        if imports.is_empty() && is_from {
            imports.push(Import { name: "*", level, path: from.trim_end_matches('.').to_owned() });
        }
        imports
    }

    fn assignment(&mut self, node: Node<'_>) -> Statement<'a> {
        let annotation = node.child_by_field_name("type").map(|node| self.source(node));
        let mut targets: Vec<_> =
            node.child_by_field_name("left").map(|node| self.expr(node)).into_iter().collect();
        let mut right = node.child_by_field_name("right");
        while let Some(next) = right.filter(|node| node.kind() == "assignment") {
            targets.extend(next.child_by_field_name("left").map(|node| self.expr(node)));
            right = next.child_by_field_name("right");
        }
        Statement::Assign { targets, value: right.map(|node| self.expr(node)), annotation }
    }

    fn expr(&mut self, node: Node<'_>) -> Expr<'a> {
        let kind = self.deeper(node, |this| this.kind(node)).flatten();
        let kind = kind.unwrap_or(Kind::Other(Vec::new()));
        Expr { text: self.source(node), line: line(node), kind }
    }

    fn other(&mut self, node: Node<'_>) -> Expr<'a> {
        let kind = Kind::Other(self.exprs(node));
        Expr { text: self.source(node), line: line(node), kind }
    }

    fn exprs(&mut self, node: Node<'_>) -> Vec<Expr<'a>> {
        children(node).into_iter().map(|child| self.expr(child)).collect()
    }

    /// `None` for what cannot be read.
    fn kind(&mut self, node: Node<'_>) -> Option<Kind<'a>> {
        let boxed = |this: &mut Self, node| Box::new(this.expr(node));
        Some(match node.kind() {
            "identifier" => Kind::Name,
            "none" => Kind::Nothing,
            "integer" => Kind::Number(number(self.source(node))?),
            "string" => {
                let mut parts = Vec::new();
                self.string(node, &mut parts)?;
                Kind::Text(parts)
            }
            "concatenated_string" => {
                let mut parts = Vec::new();
                for string in children(node) {
                    self.string(string, &mut parts)?;
                }
                Kind::Text(parts)
            }
            "attribute" => Kind::Attribute(
                boxed(self, node.child_by_field_name("object")?),
                self.field(node, "attribute"),
            ),
            "call" => {
                let arguments = node.child_by_field_name("arguments")?;
                let function = boxed(self, node.child_by_field_name("function")?);
                Kind::Call(function, self.arguments(arguments))
            }
            "binary_operator" | "boolean_operator" => Kind::Binary(
                boxed(self, node.child_by_field_name("left")?),
                self.field(node, "operator"),
                boxed(self, node.child_by_field_name("right")?),
            ),
            "comparison_operator" => {
                let (sides, operators) = (children(node), fields(node, "operators"));
                let [left, right] = sides[..] else { return Some(Kind::Other(self.exprs(node))) };
                let last = operators.last()?;
                let operator = self.text.get(operators.first()?.start_byte()..last.end_byte())?;
                Kind::Binary(boxed(self, left), operator, boxed(self, right))
            }
            "not_operator" => Kind::Not(boxed(self, node.child_by_field_name("argument")?)),
            "conditional_expression" => {
                let [then, condition, otherwise] = children(node)[..] else { return None };
                Kind::If {
                    condition: boxed(self, condition),
                    then: boxed(self, then),
                    otherwise: boxed(self, otherwise),
                }
            }
            "parenthesized_expression" => match children(node)[..] {
                [one] => self.deeper(one, |this| this.kind(one)).flatten()?,
                _ => Kind::Other(self.exprs(node)),
            },
            "tuple" | "expression_list" | "pattern_list" | "tuple_pattern" => {
                Kind::Tuple(self.exprs(node))
            }
            "dictionary" => {
                let pairs = children(node).into_iter().map(|pair| self.pair(pair));
                Kind::Dict(pairs.collect())
            }
            "subscript" => Kind::Index(
                boxed(self, node.child_by_field_name("value")?),
                boxed(self, node.child_by_field_name("subscript")?),
            ),
            "lambda" => {
                let parameters = node.child_by_field_name("parameters");
                let body = self.expr(node.child_by_field_name("body")?);
                Kind::Lambda(Box::new(Function {
                    name: "",
                    parameters: parameters.map(|list| self.parameters(list)).unwrap_or_default(),
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
        let argument = |this: &mut Self, node: Node<'_>| match node.kind() {
            "keyword_argument" => {
                let value = node.child_by_field_name("value").unwrap_or(node);
                Argument {
                    name: Some(this.field(node, "name")),
                    unpacked: false,
                    value: this.expr(value),
                }
            }
            kind @ ("list_splat" | "dictionary_splat") => {
                let value = node.named_child(0).unwrap_or(node);
                let name = (kind == "dictionary_splat").then_some("**");
                Argument { name, unpacked: true, value: this.expr(value) }
            }
            _ => Argument { name: None, unpacked: false, value: this.expr(node) },
        };
        children(list).into_iter().map(|node| argument(self, node)).collect()
    }

    fn pair(&mut self, node: Node<'_>) -> (Expr<'a>, Expr<'a>) {
        let (key, value) = (node.child_by_field_name("key"), node.child_by_field_name("value"));
        if let (Some(key), Some(value)) = (key, value) {
            (self.expr(key), self.expr(value))
        } else {
            let key = Expr { text: "**", line: line(node), kind: Kind::Other(Vec::new()) };
            (key, self.other(node))
        }
    }

    /// The text of one literal, without its quotes. `None` for bytes and templates.
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
        let inside = node.child_by_field_name("expression")?;
        let value = self.expr(inside);
        let mut conversion = self.field(node, "type_conversion").trim_start_matches('!');
        let format = self.field(node, "format_specifier").trim_start_matches(':');
        let mut cursor = node.walk();
        // `{x=}` also writes what stands before the value.
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

/// `None` for `\N{…}`, which needs the names of all characters.
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
