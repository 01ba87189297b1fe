//! The rules of `check` that compare a catalog with its lock. They are in the command because the compiler reads only
//! the catalog.

use kate_errors_codegen::rule::{self, Page, Rule, Severity};

macro_rules! rules {
    ($($name:ident = $id:literal;)*) => {
        $(
            pub(crate) static $name: Rule = Rule {
                id: $id,
                severity: Severity::Error,
                page: Page::new(include_str!(concat!("../../rules/", $id, ".md"))),
            };
        )*

        /// Every rule.
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    LOCK_MISSING_ERROR = "lock-missing-error";
    LOCK_REUSED_CODE = "lock-reused-code";
    LOCK_REUSED_TEXT = "lock-reused-text";
    LOCK_REUSED_MEMBER = "lock-reused-member";
    LOCK_DAMAGED = "lock-damaged";
}

/// Returns all rules of `check`: those of the compiler, and these.
pub(crate) fn of_check() -> impl Iterator<Item = &'static Rule> {
    rule::RULES.iter().chain(RULES).copied()
}
