//! Names in Python: of classes, and of the attributes that hold values.

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;

/// The names of Python itself that begin with a capital letter: nobody expects them to be anything else, and a module
/// that imports ours with a star would lose them.
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

/// Names that a module of the package has beside its classes.
const TAKEN: &str = "\
    FieldError Known Mapping NotAnError Note OPERATIONS OutOfScope ResponseError Retry STATUSES Unknown UnknownReason \
    Validation";

/// Keywords of Python that a parameter may be called, and what an exception has.
const ATTRIBUTES: &str = "\
    add_note and args assert body body_with cause class code def del detail docs_url elif except finally \
    fix from global import is lambda nonlocal not or pass raise response retired retry row \
    sanitized_parameters section self status takes_fields values with with_fields with_status with_traceback";

/// The names of the classes.
pub(super) struct Names {
    /// Of all errors.
    pub(super) error: String,
    /// Of each of them.
    pub(super) errors: Vec<String>,
    /// Of the contexts.
    pub(super) contexts: Vec<String>,
    /// Of the unions of the errors of each operation.
    pub(super) operations: Vec<String>,
}

impl Names {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let name = &catalog.name;
        let taken = BUILT_IN.split(' ').chain(TAKEN.split(' '));
        let mut taken: BTreeSet<String> = taken.map(str::to_owned).collect();
        // What is taken is called after the catalog.
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
        // Exceptions are called errors (PEP 8).
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

/// The attribute that holds the values of a parameter.
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

    /// No parameter hides what every exception has.
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
