//! The table of rules: every kind of change between two catalogs.
//!
//! A rule has an id, a class, the version bump that it requires, and a page in the folder `rules/` of the command. A
//! page has pairs of catalogs, which a test compares.

use kate_errors_codegen::rule::Page;

/// What a change affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// What responses contain, and how they are read.
    Wire,
    /// The names and types of generated code.
    Source,
    /// What servers and clients do.
    Behaviour,
    /// What people read.
    Docs,
}

impl Class {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Source => "source",
            Self::Behaviour => "behaviour",
            Self::Docs => "docs",
        }
    }
}

/// The version bump that a change requires (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    Patch,
    Minor,
    Major,
}

impl Level {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// A kind of change.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) class: Class,
    pub(crate) level: Level,
    pub(crate) page: Page,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

macro_rules! rules {
    ($($name:ident = $id:literal, $class:ident, $level:ident;)*) => {
        $(
            pub(crate) static $name: Rule = Rule {
                id: $id,
                class: Class::$class,
                level: Level::$level,
                page: Page::new(include_str!(concat!("../../rules/", $id, ".md"))),
            };
        )*

        /// Every rule, by theme.
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // Errors.
    ERROR_ADDED = "error-added", Wire, Minor;
    ALIAS_ADDED = "alias-added", Wire, Minor;
    ERROR_REMOVED = "error-removed", Wire, Major;
    ERROR_SPLIT = "error-split", Wire, Major;
    ERROR_RETIRED = "error-retired", Behaviour, Minor;
    ERROR_RESTORED = "error-restored", Behaviour, Minor;
    ERROR_RENAMED = "error-renamed", Source, Major;
    NAME_CHANGED = "name-changed", Source, Major;
    CODE_CHANGED = "code-changed", Wire, Major;
    ERROR_MOVED = "error-moved", Behaviour, Minor;

    // Messages.
    MESSAGE_REWORDED = "message-reworded", Wire, Major;
    MESSAGE_RESPELLED = "message-respelled", Wire, Major;
    MESSAGE_REQUOTED = "message-requoted", Wire, Major;
    LITERAL_LIST_CHANGED = "literal-list-changed", Wire, Major;
    MESSAGE_GENERALISED = "message-generalised", Wire, Major;
    VALUE_ADDED = "value-added", Wire, Major;
    VALUE_REMOVED = "value-removed", Wire, Major;
    VALUE_MOVED = "value-moved", Wire, Major;
    REWORDED_WITH_FORMER = "reworded-with-former", Wire, Minor;
    TEXT_UNDER_CODE = "text-under-code", Docs, Patch;
    VALUES_LOST = "values-lost", Wire, Major;
    FORMER_ADDED = "former-added", Wire, Minor;
    FORMER_REMOVED = "former-removed", Wire, Major;
    CONTEXT_ADDED = "context-added", Wire, Major;
    CONTEXT_REMOVED = "context-removed", Wire, Major;
    CONTEXT_REWORDED = "context-reworded", Wire, Major;

    // What old clients mistake for something else.
    ALIAS_TURNED = "alias-turned", Wire, Major;
    READ_AS_ANOTHER = "read-as-another", Wire, Major;
    READ_WITH_OTHER_VALUES = "read-with-other-values", Wire, Major;
    REMOVED_TEXT_REUSED = "removed-text-reused", Wire, Major;
    RETIRED_TEXT_REUSED = "retired-text-reused", Wire, Major;
    RETIRED_CODE_REUSED = "retired-code-reused", Wire, Major;
    RESERVED_CODE_REUSED = "reserved-code-reused", Wire, Major;
    RESERVED_TEXT_REUSED = "reserved-text-reused", Wire, Major;
    RESERVED_FORGOTTEN = "reserved-forgotten", Behaviour, Minor;
    NOT_COMPARED = "not-compared", Wire, Major;

    // Parameters.
    PARAMETER_RENAMED = "parameter-renamed", Source, Major;
    MEMBER_RENAMED = "member-renamed", Wire, Major;
    MEMBER_ADDED = "member-added", Wire, Major;
    MEMBER_REMOVED = "member-removed", Wire, Major;
    MEMBER_OPTIONAL = "member-optional", Wire, Major;
    MEMBER_REQUIRED = "member-required", Wire, Major;
    OPTIONAL_FIELD = "optional-field", Source, Major;
    TYPE_NARROWED = "type-narrowed", Wire, Major;
    TYPE_WIDENED = "type-widened", Wire, Major;
    TYPE_CHANGED = "type-changed", Wire, Major;
    CHOICE_ADDED = "choice-added", Wire, Minor;
    CHOICE_REMOVED = "choice-removed", Wire, Major;
    MEMBER_TYPE_CHANGED = "member-type-changed", Wire, Minor;
    TYPE_RENAMED = "type-renamed", Source, Major;
    FIELD_TYPE_CHANGED = "field-type-changed", Source, Major;
    SENSITIVITY_CHANGED = "sensitivity-changed", Behaviour, Minor;

    // Statuses.
    STATUS_MOVED = "status-moved", Wire, Major;
    STATUS_ADDED = "status-added", Wire, Minor;
    STATUS_REORDERED = "status-reordered", Behaviour, Minor;
    STATUS_DROPPED = "status-dropped", Wire, Major;

    // The envelope.
    ENVELOPE_CHANGED = "envelope-changed", Wire, Major;
    ENVELOPE_EXTENDED = "envelope-extended", Wire, Minor;
    IDENTITY_CHANGED = "identity-changed", Wire, Major;
    IDENTITY_EXTENDED = "identity-extended", Wire, Minor;
    OLDER_BODY_ADDED = "older-body-added", Wire, Minor;
    OLDER_BODY_REMOVED = "older-body-removed", Wire, Major;
    SUCCESS_ADDED = "success-added", Wire, Minor;
    SUCCESS_REMOVED = "success-removed", Wire, Major;
    HEADER_CHANGED = "header-changed", Wire, Major;
    HEADER_ADDED = "header-added", Wire, Minor;
    HEADER_EXTENDED = "header-extended", Wire, Minor;
    MEDIA_TYPE_CHANGED = "media-type-changed", Wire, Minor;
    WIRE_VALUE_CHANGED = "wire-value-changed", Wire, Minor;

    // Names besides those of errors.
    CATALOG_RENAMED = "catalog-renamed", Source, Major;
    NON_EXHAUSTIVE_ADDED = "non-exhaustive-added", Source, Major;
    NON_EXHAUSTIVE_REMOVED = "non-exhaustive-removed", Source, Minor;
    STATUS_LISTED = "status-listed", Source, Minor;
    STATUS_RENAMED = "status-renamed", Source, Major;
    STATUS_UNLISTED = "status-unlisted", Source, Major;
    SECTION_ADDED = "section-added", Source, Minor;
    SECTION_RENAMED = "section-renamed", Source, Major;
    SECTION_REMOVED = "section-removed", Source, Major;
    OPERATION_ADDED = "operation-added", Source, Minor;
    OPERATION_REMOVED = "operation-removed", Source, Major;
    OPERATION_RENAMED = "operation-renamed", Source, Major;
    OPERATION_ERROR_ADDED = "operation-error-added", Behaviour, Minor;
    OPERATION_ERROR_RETIRED = "operation-error-retired", Behaviour, Minor;
    OPERATION_ERROR_REMOVED = "operation-error-removed", Behaviour, Major;
    ROUTE_CHANGED = "route-changed", Behaviour, Minor;

    // What servers and clients do.
    RETRY_CHANGED = "retry-changed", Behaviour, Minor;
    HEADERS_CHANGED = "headers-changed", Behaviour, Minor;
    FALLBACK_CHANGED = "fallback-changed", Behaviour, Minor;

    // What people read.
    ADVICE_CHANGED = "advice-changed", Docs, Patch;
    EXPLANATION_CHANGED = "explanation-changed", Docs, Patch;
    STATUS_TEXT_CHANGED = "status-text-changed", Docs, Patch;
    REFERENCE_CHANGED = "reference-changed", Docs, Patch;
    DESCRIPTION_CHANGED = "description-changed", Docs, Patch;
    EXTENSION_CHANGED = "extension-changed", Docs, Patch;
}

/// Returns the rule with this id.
pub(crate) fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
