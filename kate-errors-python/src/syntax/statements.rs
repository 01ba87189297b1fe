//! Converts statements of the tree-sitter tree.

use tree_sitter::Node;

use super::{
    Arm, Class, Expr, Function, Handler, Import, Lower, MAX_DEPTH, Parameter, Slot, Statement,
    children, fields, first_error, line,
};

impl<'a> Lower<'a> {
    pub(super) fn source(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    pub(super) fn field(&self, node: Node<'_>, name: &str) -> &'a str {
        node.child_by_field_name(name).map_or("", |child| self.source(child))
    }

    /// Calls `read` one level deeper. Returns `None` at the limit.
    pub(super) fn deeper<T>(
        &mut self,
        node: Node<'_>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> Option<T> {
        if self.depth == MAX_DEPTH {
            // Something else, such as a long sum of names, contains no error.
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

    pub(super) fn statements(&mut self, block: Node<'_>) -> Vec<Statement<'a>> {
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
                let is_decorator = |child: &Node<'_>| child.kind() == "decorator";
                let decorators = children(node).into_iter().filter(is_decorator);
                let decorators: Vec<_> = decorators.map(|child| self.other(child)).collect();
                let mut definition = self.statement(node.child_by_field_name("definition")?)?;
                match &mut definition {
                    Statement::Class(class) => class.around.extend(decorators),
                    Statement::Function(function) => function.around.extend(decorators),
                    _ => {}
                }
                return Some(definition);
            }
            "class_definition" => Statement::Class(self.class(node)),
            "function_definition" => Statement::Function(self.function(node)),
            "if_statement" => self.choice(node),
            "match_statement" => self.cases(node),
            "for_statement" | "while_statement" => Statement::Loop {
                target: self.expr_in(node, "left"),
                head: self.expr_in(node, "right").or_else(|| self.expr_in(node, "condition"))?,
                body: self.block(node, "body"),
                otherwise: match node.child_by_field_name("alternative") {
                    Some(clause) => self.block(clause, "body"),
                    None => Vec::new(),
                },
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
                value: children(node).first().map(|child| self.expr(*child)),
            },
            "return_statement" => {
                Statement::Return(children(node).first().map(|child| self.expr(*child)))
            }
            "break_statement" | "continue_statement" => Statement::Leave,
            "expression_statement" => match children(node).as_slice() {
                [one] => match one.kind() {
                    "assignment" => self.assignment(*one),
                    "augmented_assignment" => Statement::Augment {
                        target: self.expr_in(*one, "left")?,
                        operator: self.field(*one, "operator").trim_end_matches('='),
                        value: self.expr_in(*one, "right")?,
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
        let is_named = |base: &Node<'_>| base.kind() == "keyword_argument";
        let (named, bases): (Vec<_>, Vec<_>) = bases.into_iter().partition(is_named);
        Class {
            module: self.module,
            name: self.field(node, "name"),
            around: named.into_iter().map(|argument| self.other(argument)).collect(),
            bases: (bases.into_iter())
                .map(|base| match base.kind() {
                    // `Generic[T]`: the class without its type argument.
                    "subscript" => self.expr(base.child_by_field_name("value").unwrap_or(base)),
                    _ => self.expr(base),
                })
                .collect(),
            body: self.block(node, "body"),
        }
    }

    fn function(&mut self, node: Node<'_>) -> Function<'a> {
        Function {
            module: self.module,
            name: self.field(node, "name"),
            parameters: self.parameters(node),
            around: Vec::new(),
            body: self.block(node, "body"),
        }
    }

    pub(super) fn parameters(&mut self, function: Node<'_>) -> Vec<Parameter<'a>> {
        let list = function.child_by_field_name("parameters").map(children).unwrap_or_default();
        let mut slot = Slot::One;
        let mut parameters = Vec::new();
        for node in list {
            let written = node.named_child(0).unwrap_or(node);
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
                default: self.expr_in(node, "value"),
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
        Arm { condition: self.expr_in(node, "condition"), body: self.block(node, body) }
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

    fn attempt(&mut self, node: Node<'_>) -> Statement<'a> {
        let (mut handlers, mut otherwise, mut finally) = (Vec::new(), Vec::new(), Vec::new());
        for clause in children(node) {
            let block = children(clause).into_iter().rfind(|child| child.kind() == "block");
            let body =
                |this: &mut Self| block.map(|block| this.statements(block)).unwrap_or_default();
            match clause.kind() {
                "except_clause" => {
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
        let pattern = first.filter(|node| node.kind() == "as_pattern");
        let types = pattern.map_or(first, |pattern| pattern.named_child(0));
        let name = pattern.and_then(|pattern| pattern.child_by_field_name("alias"));
        Handler {
            types: types.map(|node| self.expr(node)),
            name: name.map(|node| self.source(node)),
            body: body(self),
        }
    }

    fn with_items(&mut self, node: Node<'_>) -> Vec<(Expr<'a>, Option<&'a str>)> {
        let clause = children(node).into_iter().find(|child| child.kind() == "with_clause");
        let items = clause.map(children).unwrap_or_default();
        let item = |item: Node<'_>| {
            let value = item.child_by_field_name("value")?;
            let alias = value.child_by_field_name("alias").map(|node| self.source(node));
            Some((self.expr(value), alias))
        };
        items.into_iter().filter_map(item).collect()
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
                let alias = item.child_by_field_name("alias").map(|alias| self.source(alias));
                let path = if alias.is_some() { path } else { short };
                Import { name: alias.unwrap_or(short), level, path: format!("{from}{path}") }
            })
            .collect();
        if imports.is_empty() && is_from {
            imports.push(Import { name: "*", level, path: from.trim_end_matches('.').to_owned() });
        }
        imports
    }

    fn assignment(&mut self, node: Node<'_>) -> Statement<'a> {
        let annotation = node.child_by_field_name("type").map(|node| self.source(node));
        let mut targets: Vec<_> = self.expr_in(node, "left").into_iter().collect();
        let mut right = node.child_by_field_name("right");
        while let Some(next) = right.filter(|node| node.kind() == "assignment") {
            targets.extend(self.expr_in(next, "left"));
            right = next.child_by_field_name("right");
        }
        Statement::Assign { targets, value: right.map(|node| self.expr(node)), annotation }
    }
}
