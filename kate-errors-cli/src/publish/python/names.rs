//! Names in Python: of classes, and of the attributes that hold values.

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;

/// Names that a module of the package has beside its classes.
const TAKEN: &[&str] = &[
    "AnyError",
    "Catalog",
    "False",
    "Finding",
    "Mapping",
    "Known",
    "NotAnError",
    "None",
    "OPERATIONS",
    "Reason",
    "Retry",
    "STATUSES",
    "True",
    "Unknown",
    "Validation",
];

/// Keywords of Python that a parameter may be called, and what an exception has.
const ATTRIBUTES: &[&str] = &[
    "add_note",
    "and",
    "args",
    "assert",
    "body",
    "cause",
    "class",
    "code",
    "def",
    "del",
    "detail",
    "docs_url",
    "elif",
    "except",
    "finally",
    "fix",
    "from",
    "global",
    "import",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "retired",
    "retry",
    "row",
    "section",
    "status",
    "values",
    "with",
    "with_traceback",
];

/// The names of the classes.
pub(super) struct Names {
    /// Of the rows.
    pub(super) errors: Vec<String>,
    /// Of the contexts.
    pub(super) contexts: Vec<String>,
}

impl Names {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let error = catalog.enum_name();
        let mut taken: BTreeSet<String> = TAKEN.iter().map(|name| (*name).to_owned()).collect();
        taken.extend([format!("Any{error}"), format!("{error}Code"), error]);
        taken.extend([format!("{}Operation", catalog.name), format!("{}Section", catalog.name)]);
        let mut free = |name: String| {
            let mut name = name;
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            name
        };
        // Exceptions are called errors (PEP 8).
        let class = |variant: &str| {
            if variant.ends_with("Error") { variant.to_owned() } else { format!("{variant}Error") }
        };
        Self {
            errors: catalog.rows.iter().map(|row| free(class(&row.variant))).collect(),
            contexts: catalog.contexts.iter().map(|it| free(it.type_name.clone())).collect(),
        }
    }
}

/// The attribute that holds the values of a parameter.
pub(super) fn attribute(name: &str) -> String {
    if ATTRIBUTES.contains(&name) { format!("{name}_") } else { name.to_owned() }
}
