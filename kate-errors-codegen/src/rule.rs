//! The table of rules: everything that the compiler can report about a catalog.
//!
//! A rule consists of its id, its severity, and a page in the folder `rules/`. The page says what the rule
//! demands and why, with examples that a test compiles. The stages add the message and places of each case.

pub use crate::page::{Example, Page};

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The catalog cannot be used.
    Error,
    /// The catalog can be used, but needs attention.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// The stable name, shown as `error[duplicate-code]`.
    pub id: &'static str,
    /// The severity of its diagnostics.
    pub severity: Severity,
    /// The page that documents the rule.
    pub page: Page,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident;)*) => {
        $(
            #[doc = concat!("The rule `", $id, "`.")]
            pub static $name: Rule = Rule {
                id: $id,
                severity: Severity::$severity,
                page: Page::new(include_str!(concat!("../rules/", $id, ".md"))),
            };
        )*

        /// Every rule, by stage and then by theme.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // The file.
    NOT_UTF8 = "not-utf8", Error;
    TOO_LARGE = "too-large", Error;
    EMPTY_FILE = "empty-file", Error;
    CONTROL_CHARACTER = "control-character", Error;
    BIDIRECTIONAL_CHARACTER = "bidirectional-character", Error;

    // YAML.
    TAB_INDENTATION = "tab-indentation", Error;
    WRONG_INDENTATION = "wrong-indentation", Error;
    LIST_DASH = "list-dash", Error;
    MERGE_CONFLICT = "merge-conflict", Error;
    UNTERMINATED_QUOTE = "unterminated-quote", Error;
    INVALID_ESCAPE = "invalid-escape", Error;
    UNCLOSED_BRACKET = "unclosed-bracket", Error;
    NEEDS_QUOTES = "needs-quotes", Error;
    COMMENT_CUTS_TEXT = "comment-cuts-text", Error;
    COMMA_CUTS_TEXT = "comma-cuts-text", Error;
    MISSING_COMMA = "missing-comma", Error;
    ENTRIES_ON_ONE_LINE = "entries-on-one-line", Error;
    MISSING_COLON = "missing-colon", Error;
    ANCHOR = "anchor", Error;
    ALIAS = "alias", Error;
    TAG = "tag", Error;
    MERGE_KEY = "merge-key", Error;
    SECOND_DOCUMENT = "second-document", Error;
    DIRECTIVE = "directive", Error;
    DUPLICATE_KEY = "duplicate-key", Error;
    TOO_DEEP = "too-deep", Error;
    YAML_SYNTAX = "yaml-syntax", Error;

    // Structure.
    UNKNOWN_FIELD = "unknown-field", Error;
    MISSING_FIELD = "missing-field", Error;
    WRONG_KIND = "wrong-kind", Error;
    EMPTY_TEXT = "empty-text", Error;
    UNTRIMMED_TEXT = "untrimmed-text", Error;
    UNTRIMMED_MESSAGE = "untrimmed-message", Warning;
    LITERAL_QUOTES = "literal-quotes", Warning;
    MULTILINE_TEXT = "multiline-text", Error;
    INVALID_EXTENSION = "invalid-extension", Error;
    STATUS_NOT_PLAIN = "status-not-plain", Error;
    INVALID_VALUE = "invalid-value", Error;
    UNREADABLE_IMPORT = "unreadable-import", Error;

    // Statuses.
    STATUS_OUT_OF_RANGE = "status-out-of-range", Error;
    STATUS_UNASSIGNED = "status-unassigned", Warning;
    STATUS_NOT_AN_ERROR = "status-not-an-error", Error;
    UNKNOWN_STATUS = "unknown-status", Error;

    // Header fields.
    INVALID_CHALLENGE = "invalid-challenge", Error;
    MISSING_CHALLENGE = "missing-challenge", Warning;
    INVALID_METHOD = "invalid-method", Error;
    INVALID_SECONDS = "invalid-seconds", Error;
    MISPLACED_HEADER = "misplaced-header", Warning;
    INVALID_FALLBACK = "invalid-fallback", Error;

    // The envelope.
    INVALID_ENVELOPE = "invalid-envelope", Error;

    // Names.
    INVALID_NAME = "invalid-name", Error;
    KEYWORD = "keyword", Error;
    RESERVED_NAME = "reserved-name", Error;
    NAME_COLLISION = "name-collision", Error;
    INVALID_CODE = "invalid-code", Error;
    DUPLICATE_CODE = "duplicate-code", Error;
    WITHOUT_CODE = "without-code", Error;

    RESERVED_CODE = "reserved-code", Error;

    // Templates and parameters.
    UNCLOSED_BRACE = "unclosed-brace", Error;
    STRAY_BRACE = "stray-brace", Error;
    INVALID_PLACEHOLDER = "invalid-placeholder", Error;
    ADJACENT_PLACEHOLDERS = "adjacent-placeholders", Error;
    REPEATED_PLACEHOLDER = "repeated-placeholder", Error;
    UNDECLARED_PLACEHOLDER = "undeclared-placeholder", Error;
    UNUSED_PARAMETER = "unused-parameter", Error;
    OPTIONAL_PARAMETER = "optional-parameter", Error;
    UNUSED_MEMBER = "unused-member", Warning;
    UNKNOWN_TYPE = "unknown-type", Error;
    INVALID_CHOICE = "invalid-choice", Error;
    EXAMPLE_MISMATCH = "example-mismatch", Error;
    UNKNOWN_CONTEXT = "unknown-context", Error;
    UNUSED_CONTEXT = "unused-context", Warning;

    // Errors.
    DUPLICATE_DETAIL = "duplicate-detail", Error;
    DETAIL_UNDER_TWO_STATUSES = "detail-under-two-statuses", Warning;
    AMBIGUOUS_SENTENCES = "ambiguous-sentences", Error;
    AMBIGUOUS_UNDER_TWO_STATUSES = "ambiguous-under-two-statuses", Warning;
    FRAGILE_PLACEHOLDER = "fragile-placeholder", Warning;
    FOREIGN_PLACEHOLDER = "foreign-placeholder", Warning;
    MESSAGE_TOO_LONG = "message-too-long", Error;
    TOO_MANY_VALUES = "too-many-values", Error;
    TOO_MANY_OVERLAPS = "too-many-overlaps", Error;
    UNREAD_WITHOUT_CODE = "unread-without-code", Warning;
    AMBIGUOUS_TEMPLATE = "ambiguous-template", Error;
    UNKNOWN_SAME_AS = "unknown-same-as", Error;
    CIRCULAR_SAME_AS = "circular-same-as", Error;
    INHERITED_FIELD = "inherited-field", Error;
    LOOK_ALIKE_DETAIL = "look-alike-detail", Warning;
    UNEXPLAINED_ERROR = "unexplained-error", Warning;
    RESTATES_DETAIL = "restates-detail", Warning;
    UNKNOWN_PARAMETER = "unknown-parameter", Error;
    RETIRED_WITHOUT_REASON = "retired-without-reason", Error;
    UNKNOWN_REPLACEMENT = "unknown-replacement", Error;
    RESERVED_DETAIL = "reserved-detail", Error;
    FORMER_IS_CURRENT = "former-is-current", Error;

    // Operations.
    UNKNOWN_ERROR = "unknown-error", Error;
    RETIRED_ERROR = "retired-error", Error;
    REPEATED_ERROR = "repeated-error", Error;
    COMMON_ERROR = "common-error", Error;
    INVALID_ROUTE = "invalid-route", Error;

    // The whole catalog.
    TOO_MANY_DIAGNOSTICS = "too-many-diagnostics", Warning;
    EMPTY_CATALOG = "empty-catalog", Error;
    INVALID_REFERENCE = "invalid-reference", Error;
}

/// Returns the rule with the id `id`.
///
/// ```
/// use kate_errors_codegen::rule;
///
/// assert_eq!(rule::find("duplicate-code").unwrap().id, "duplicate-code");
/// assert!(rule::find("no-such-rule").is_none());
/// ```
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
