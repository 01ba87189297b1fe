//! The modules of a package, and the resolution of names in them.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use crate::handlers::Handlers;
use crate::helpers::Own;
use crate::syntax::{Class, Expr, Function, Import, Module, Statement};
use crate::values::Cases;

/// The maximum number of modules searched for one name.
const MAX_SEARCHED: usize = 500;

/// The modules searched so far, each with the name. Imports can be circular, and `import *` has several ways to a module.
type Searched = HashSet<(usize, String)>;

/// What a name refers to.
#[derive(Clone)]
pub(crate) enum Symbol<'a> {
    Module(usize),
    Class(&'a Class<'a>),
    Function(&'a Function<'a>),
    /// The module of a constant, and the expressions assigned to it: several if there are branches.
    Constant(usize, Vec<&'a Expr<'a>>),
    /// Something outside of the package, such as `fastapi.HTTPException`.
    External(String),
}

#[derive(Clone, Copy)]
enum Definition<'a> {
    Class(&'a Class<'a>),
    Function(&'a Function<'a>),
    Value(&'a Expr<'a>),
    Import(&'a Import<'a>),
}

type Definitions<'a> = HashMap<&'a str, Vec<Definition<'a>>>;

#[derive(Default)]
pub(crate) struct Package<'a> {
    pub(crate) modules: &'a [Module<'a>],
    /// The names of members that can have the message.
    pub(crate) messages: &'a [&'a str],
    /// The directories of each file, then its name.
    paths: Vec<Vec<&'a str>>,
    /// The modules by the absolute paths that may refer to them.
    by_path: HashMap<String, Vec<usize>>,
    definitions: Vec<Definitions<'a>>,
    stars: Vec<Vec<&'a Import<'a>>>,
    /// For each module, whether it uses Django's REST framework, which then also handles Django's own
    /// exceptions.
    pub(crate) rest: Vec<bool>,
    /// The members of each class, by the address of the class.
    members: HashMap<*const Class<'a>, Definitions<'a>>,
    /// The values of constants, by the address of the expression.
    pub(crate) constants: RefCell<HashMap<*const Expr<'a>, Cases<'a>>>,
    /// What functions create by themselves, by their addresses.
    pub(crate) helpers: RefCell<HashMap<*const Function<'a>, Rc<Own>>>,
    /// The places in functions that calls were followed to, and whether each call determined what is created
    /// there.
    pub(crate) followed: RefCell<BTreeMap<(usize, usize), bool>>,
    /// The functions that convert exceptions to responses.
    pub(crate) handlers: OnceCell<Handlers<'a>>,
    searched: RefCell<Searched>,
    /// The number of frames created so far.
    pub(crate) frames: Cell<usize>,
    /// The nesting depth of the current evaluation.
    pub(crate) depth: Cell<usize>,
}

impl<'a> Package<'a> {
    pub(crate) fn new(
        files: impl Iterator<Item = &'a str>,
        modules: &'a [Module<'a>],
        messages: &'a [&'a str],
    ) -> Self {
        let paths: Vec<Vec<&str>> = files.map(module_path).collect();
        let mut package =
            Self { modules, messages, by_path: index(&paths), paths, ..Self::default() };
        for module in modules {
            let (mut definitions, mut stars) = (HashMap::new(), Vec::new());
            package.rest.push(false);
            package.define(&module.body, &mut definitions, &mut stars);
            package.definitions.push(definitions);
            package.stars.push(stars);
        }
        package
    }

    /// Collects the definitions in the statements of a module or class, including those in branches.
    fn define(
        &mut self,
        body: &'a [Statement<'a>],
        into: &mut Definitions<'a>,
        stars: &mut Vec<&'a Import<'a>>,
    ) {
        for statement in body {
            let (name, definition) = match statement {
                Statement::Class(class) => {
                    let mut members = HashMap::new();
                    self.define(&class.body, &mut members, stars);
                    self.members.insert(std::ptr::from_ref(class), members);
                    (class.name, Definition::Class(class))
                }
                Statement::Function(function) => (function.name, Definition::Function(function)),
                Statement::Import(imports) => {
                    for import in imports {
                        if let Some(rest) = self.rest.last_mut() {
                            *rest |= import.path.starts_with("rest_framework");
                        }
                        if import.name == "*" {
                            stars.push(import);
                        } else {
                            into.entry(import.name).or_default().push(Definition::Import(import));
                        }
                    }
                    continue;
                }
                Statement::Assign { targets, value: Some(value), .. } => {
                    for target in targets {
                        into.entry(target.text).or_default().push(Definition::Value(value));
                    }
                    continue;
                }
                Statement::Augment { target, value, .. } => (target.text, Definition::Value(value)),
                other => {
                    other.blocks().into_iter().for_each(|block| self.define(block, into, stars));
                    continue;
                }
            };
            into.entry(name).or_default().push(definition);
        }
    }

    /// Begins to resolve something.
    fn begin(&self) -> &Self {
        self.searched.borrow_mut().clear();
        self
    }

    /// Whether a name of a module or class was not searched before.
    fn is_new(&self, module: usize, name: String) -> bool {
        let mut searched = self.searched.borrow_mut();
        searched.len() <= MAX_SEARCHED && searched.insert((module, name))
    }

    /// Resolves a name at the top level of a module.
    pub(crate) fn name(&self, module: usize, name: &str) -> Option<Symbol<'a>> {
        self.begin().name_within(module, name)
    }

    fn name_within(&self, module: usize, name: &str) -> Option<Symbol<'a>> {
        if !self.is_new(module, name.to_owned()) {
            return None;
        }
        if let Some(definitions) = self.definitions[module].get(name) {
            return self.meaning(module, definitions);
        }
        self.stars[module].iter().find_map(|star| {
            match self.path_within(module, star.level, &format!("{}.{name}", star.path))? {
                Symbol::External(path) => {
                    crate::frameworks::known(&path).map(|_| Symbol::External(path))
                }
                symbol => Some(symbol),
            }
        })
    }

    fn meaning(&self, module: usize, definitions: &[Definition<'a>]) -> Option<Symbol<'a>> {
        let mut values = Vec::new();
        let symbol = |definition: &Definition<'a>| match *definition {
            Definition::Class(class) => Some(Symbol::Class(class)),
            Definition::Function(function) => Some(Symbol::Function(function)),
            Definition::Import(import) => self.path_within(module, import.level, &import.path),
            Definition::Value(value) => {
                values.push(value);
                None
            }
        };
        let symbol = definitions.iter().find_map(symbol);
        symbol.or_else(|| (!values.is_empty()).then_some(Symbol::Constant(module, values)))
    }

    /// Returns what a class itself defines under a name.
    pub(crate) fn member(&self, class: &'a Class<'a>, name: &str) -> Option<Symbol<'a>> {
        self.begin().member_within(class, name)
    }

    fn member_within(&self, class: &'a Class<'a>, name: &str) -> Option<Symbol<'a>> {
        let definitions = self.members.get(&std::ptr::from_ref(class))?.get(name)?;
        let is_new = self.is_new(class.module, format!("{}.{name}", class.name));
        is_new.then(|| self.meaning(class.module, definitions))?
    }

    /// Resolves an import in a module.
    pub(crate) fn import(&self, module: usize, import: &Import<'_>) -> Option<Symbol<'a>> {
        self.begin().path_within(module, import.level, &import.path)
    }

    fn path_within(&self, from: usize, level: usize, path: &str) -> Option<Symbol<'a>> {
        if level == 0 && crate::frameworks::is_framework(path) {
            return Some(Symbol::External(path.to_owned()));
        }
        let absolute = if level == 0 {
            path.to_owned()
        } else {
            let directories = self.paths[from].len().checked_sub(level)?;
            [self.paths[from][..directories].join("."), path.to_owned()].join(".")
        };
        let absolute = absolute.trim_matches('.');
        let mut end = absolute.len();
        loop {
            if let Some(module) = self.module(from, &absolute[..end]) {
                let mut symbol = Symbol::Module(module);
                for name in absolute[end..].split('.').filter(|name| !name.is_empty()) {
                    symbol = self.inside(&symbol, name)?;
                }
                return Some(symbol);
            }
            match absolute[..end].rfind('.') {
                Some(dot) => end = dot,
                None => return (level == 0).then(|| Symbol::External(path.to_owned())),
            }
        }
    }

    /// Resolves `name` in a module, a class or something external.
    fn inside(&self, symbol: &Symbol<'a>, name: &str) -> Option<Symbol<'a>> {
        match symbol {
            Symbol::Module(module) => {
                let defined = self.name_within(*module, name);
                defined.or_else(|| self.submodule(*module, name).map(Symbol::Module))
            }
            Symbol::Class(class) => self.member_within(class, name),
            Symbol::External(path) => Some(Symbol::External(format!("{path}.{name}"))),
            Symbol::Function(_) | Symbol::Constant(..) => None,
        }
    }

    /// Resolves an attribute in the source.
    pub(crate) fn attribute(&self, symbol: &Symbol<'a>, name: &str) -> Option<Symbol<'a>> {
        self.begin().inside(symbol, name)
    }

    fn submodule(&self, module: usize, name: &str) -> Option<usize> {
        let directory = &self.paths[module];
        let path = [&directory[..directory.len() - 1], &[name]].concat().join(".");
        self.module(module, path.trim_start_matches('.'))
    }

    /// Returns the module of an absolute path. If there are several, the one that shares most directories with
    /// `from`.
    fn module(&self, from: usize, path: &str) -> Option<usize> {
        let shared = |other: &usize| {
            let pairs = self.paths[from].iter().zip(&self.paths[*other]);
            pairs.take_while(|(left, right)| left == right).count()
        };
        self.by_path.get(path)?.iter().copied().max_by_key(shared)
    }
}

/// Splits `a/b/c.py` and `a/b/c/__init__.py` into directories and a name, which is empty for the latter.
fn module_path(file: &str) -> Vec<&str> {
    let stem = file.strip_suffix(".py").unwrap_or(file);
    let mut path: Vec<_> = stem.split('/').collect();
    if let Some(last) = path.last_mut().filter(|last| **last == "__init__") {
        *last = "";
    }
    path
}

/// Indexes each module by all paths by which Python may import it: from the root, and from every directory
/// above it that is not a package.
fn index(paths: &[Vec<&str>]) -> HashMap<String, Vec<usize>> {
    let packages: BTreeSet<&[&str]> = (paths.iter())
        .filter_map(|path| {
            path.split_last().filter(|(last, _)| last.is_empty()).map(|(_, rest)| rest)
        })
        .collect();
    let mut by_path: HashMap<String, Vec<usize>> = HashMap::new();
    for (module, path) in paths.iter().enumerate() {
        for start in 0..path.len() {
            if start == 0 || !packages.contains(&path[..start]) {
                let dotted = path[start..].join(".");
                // `./` and `../` at the beginning are no names.
                by_path.entry(dotted.trim_matches('.').to_owned()).or_default().push(module);
            }
        }
    }
    by_path
}
