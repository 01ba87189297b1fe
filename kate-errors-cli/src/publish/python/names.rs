//! Names of Python classes and of the attributes with values.

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;

/// Capitalized names of Python's builtins. Redefining them would confuse readers, and break modules that import the
/// package with `*`.
const BUILT_IN: &str = "\
    ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup \
    BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError \
    ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError \
    DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception \
    ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning \
    GeneratorExit IOError ImportError ImportWarning IndentationError IndexError \
    InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError \
    ModuleNotFoundError NameError None NotADirectoryError NotImplemented NotImplementedError \
    OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError \
    PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError \
    RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError \
    SystemExit TabError TimeoutError True TypeError UnboundLocalError UnicodeDecodeError \
    UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning \
    ValueError Warning WindowsError ZeroDivisionError";

/// Names in a module of the package besides its classes.
const TAKEN: &str = "\
    FieldError Known Mapping NotAnError Note OPERATIONS OutOfScope ResponseError Retry STATUSES Unknown UnknownReason \
    Validation";

/// Python keywords that a parameter could be named, and the attributes of exceptions.
const ATTRIBUTES: &str = "\
    add_note and args assert body body_with cause class code def del detail docs_url elif except finally \
    fix from global import is lambda nonlocal not or pass raise response retired retry row \
    sanitized_parameters section self status takes_fields values with with_fields with_status with_traceback";

/// The names of the classes.
pub(super) struct Names {
    /// The base class of all errors.
    pub(super) error: String,
    /// The class of each error.
    pub(super) errors: Vec<String>,
    /// The class of each context.
    pub(super) contexts: Vec<String>,
    /// For each operation, the union of its errors.
    pub(super) operations: Vec<String>,
}

impl Names {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let name = &catalog.name;
        let taken = BUILT_IN.split(' ').chain(TAKEN.split(' '));
        let mut taken: BTreeSet<String> = taken.map(str::to_owned).collect();
        // A name that is taken gets the name of the catalog as a prefix.
        let mut free = |wanted: String| {
            let mut free = wanted.clone();
            if taken.contains(&free) {
                free = format!("{name}{wanted}");
            }
            while !taken.insert(free.clone()) {
                free.push('_');
            }
            free
        };
        let error = free(catalog.enum_name());
        for part in ["Operation", "Section"] {
            free(format!("{name}{part}"));
        }
        free(format!("Any{error}"));
        free(format!("{error}Code"));
        // By convention, exceptions end with `Error` (PEP 8).
        let class = |variant: &str| {
            if variant.ends_with("Error") { variant.to_owned() } else { format!("{variant}Error") }
        };
        Self {
            error,
            errors: catalog.rows.iter().map(|row| free(class(&row.variant))).collect(),
            contexts: catalog.contexts.iter().map(|it| free(it.type_name.clone())).collect(),
            operations: catalog.operations.iter().map(|it| free(it.type_name.clone())).collect(),
        }
    }
}

/// Returns the attribute with the value of a parameter.
pub(super) fn attribute(name: &str) -> String {
    if ATTRIBUTES.split(' ').any(|taken| taken == name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parameters must not hide members of exceptions.
    #[test]
    fn the_members_of_exceptions_are_known() {
        let source = include_str!("decoder.py");
        let (_, classes) = source.split_once("\nclass Values:").expect("the classes");
        let (classes, _) = classes.split_once("\nV = ").expect("their end");
        let methods = classes.lines().filter_map(|line| line.strip_prefix("    def "));
        let members = classes.lines().filter(|line| line.contains(": ClassVar["));
        let mut names: Vec<&str> = methods.chain(members.map(str::trim_start)).collect();
        names.retain(|name| !name.starts_with('_'));
        assert!(names.len() > 10, "{names:?}");
        for name in names {
            let name = name.split(['(', ':']).next().unwrap_or_default();
            assert!(ATTRIBUTES.split(' ').any(|taken| taken == name), "{name}");
        }
    }
}
