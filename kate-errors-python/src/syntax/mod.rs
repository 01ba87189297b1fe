//! A syntax tree of Python with the few kinds of statements and expressions that matter here.
//!
//! tree-sitter parses the source, and everything else works on this tree, so that the parser could be replaced.
//! A statement that cannot be parsed is left out; the rest of the file is still read.

mod expressions;
mod statements;

use std::collections::BTreeSet;

use tree_sitter::{Node, Parser};

/// The maximum nesting depth of statements and expressions: the depth to which Python limits blocks.
const MAX_DEPTH: usize = 100;

/// The maximum number of progress callbacks of tree-sitter. No real file needs as many, so only text that was
/// made to be slow is given up.
const MAX_STEPS: usize = 2_000_000;

/// The maximum number of different indentations in a file. tree-sitter-python 0.25 keeps those of enclosing
/// blocks in a buffer for 380, and writes beyond its end if there are more.
const MAX_INDENTS: usize = 300;

/// The key of an object whose entries another one takes over: `{**other}`.
pub(crate) const UNPACKED: &str = "**";

/// A file.
pub(crate) struct Module<'a> {
    pub(crate) body: Vec<Statement<'a>>,
    /// The first line that cannot be parsed.
    pub(crate) broken: Option<usize>,
    /// The first line that is nested too deeply.
    pub(crate) too_deep: Option<usize>,
}

pub(crate) enum Statement<'a> {
    Import(Vec<Import<'a>>),
    /// An assignment. The annotation is the type of the target.
    Assign {
        targets: Vec<Expr<'a>>,
        value: Option<Expr<'a>>,
        annotation: Option<&'a str>,
    },
    /// `target += value`. The operator has no `=`.
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
    /// `break` or `continue`: the rest of the block is not reached.
    Leave,
    Expression(Expr<'a>),
    /// `if` or `match`. Without `exhaustive`, possibly none of the arms runs.
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

/// `name` is the name in the file, or `*` for all names. `level` is the number of leading dots of a relative
/// import.
pub(crate) struct Import<'a> {
    pub(crate) name: &'a str,
    pub(crate) level: usize,
    pub(crate) path: String,
}

pub(crate) struct Class<'a> {
    /// The module that contains it.
    pub(crate) module: usize,
    pub(crate) name: &'a str,
    pub(crate) bases: Vec<Expr<'a>>,
    /// Decorators, and arguments beside the bases.
    pub(crate) around: Vec<Expr<'a>>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Function<'a> {
    /// The module that contains it.
    pub(crate) module: usize,
    pub(crate) name: &'a str,
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// Decorators.
    pub(crate) around: Vec<Expr<'a>>,
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
    /// The condition of an `if`, if this arm has one.
    pub(crate) condition: Option<Expr<'a>>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Handler<'a> {
    pub(crate) types: Option<Expr<'a>>,
    pub(crate) name: Option<&'a str>,
    pub(crate) body: Vec<Statement<'a>>,
}

pub(crate) struct Expr<'a> {
    /// The expression as it is written.
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
    /// Any other expression, with its subexpressions.
    Other(Vec<Expr<'a>>),
}

impl<'a> Expr<'a> {
    /// Returns the subexpressions.
    pub(crate) fn parts(&'a self) -> Vec<&'a Self> {
        match &self.kind {
            Kind::Text(parts) => {
                let value = |part: &'a Part<'a>| match part {
                    Part::Text(_) => None,
                    Part::Value { value, .. } => Some(value),
                };
                parts.iter().filter_map(value).collect()
            }
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

pub(crate) struct Argument<'a> {
    pub(crate) name: Option<&'a str>,
    /// Whether it is `*x` or `**x`.
    pub(crate) unpacked: bool,
    pub(crate) value: Expr<'a>,
}

/// Parses a file. `module` is its index.
pub(crate) fn parse<'a>(parser: &mut Parser, module: usize, text: &'a str) -> Module<'a> {
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
    let mut lower = Lower { module, text, depth: 0, broken: None, too_deep: None };
    let root = tree.root_node();
    let body = lower.statements(root);
    if lower.broken.is_none() && root.has_error() {
        lower.broken = Some(first_error(root));
    }
    Module { body, broken: lower.broken, too_deep: lower.too_deep }
}

/// Returns how many different indentations the parser may count. It keeps counting after a backslash at the end
/// of a line and after a comment that a NUL ends, so every run of spaces and tabs counts here. It keeps widths as
/// 16-bit numbers.
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

/// Returns the line of the first syntax error below `node`.
fn first_error(mut node: Node<'_>) -> usize {
    while !node.is_error() && !node.is_missing() {
        let mut cursor = node.walk();
        let Some(broken) = node.children(&mut cursor).find(Node::has_error) else { break };
        node = broken;
    }
    line(node)
}

fn line(node: Node<'_>) -> usize {
    node.start_position().row + 1
}

/// Returns the named children of a node, without comments.
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
    module: usize,
    text: &'a str,
    depth: usize,
    broken: Option<usize>,
    too_deep: Option<usize>,
}
