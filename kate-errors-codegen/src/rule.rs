//! The table of rules: everything that can be found in a catalog.
//!
//! A rule is a row: its id, its severity, what it is about, and what to do. The stages fill in the
//! words and places of each case.

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The catalog cannot be used.
    Error,
    /// The catalog can be used; somebody should look.
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

/// One row of the table of rules.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, shown as `error[duplicate-code]`.
    pub id: &'static str,
    /// How much a diagnostic of it weighs.
    pub severity: Severity,
    /// What it is about, in one sentence.
    pub summary: &'static str,
    /// What to do, where the case at hand has nothing better to say.
    pub help: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $summary:literal, $help:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $name: Rule =
                Rule { id: $id, severity: Severity::$severity, summary: $summary, help: $help };
        )*

        /// Every rule, by stage and then by theme.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // The file.
    NOT_UTF8 = "not-utf8", Error,
        "The file is UTF-8.",
        "save the file as UTF-8";
    TOO_LARGE = "too-large", Error,
        "The file has at most 4 MiB.",
        "split the catalog: 4 MiB hold more than ten thousand rows";
    EMPTY_FILE = "empty-file", Error,
        "The file holds a catalog.",
        "`kate-errors init` writes a small catalog to start from";
    CONTROL_CHARACTER = "control-character", Error,
        "Text holds no control characters, line separators or inner byte-order marks.",
        "delete it, or write the text without it";
    BIDIRECTIONAL_CHARACTER = "bidirectional-character", Error,
        "Text holds no characters that change the direction of the text around them.",
        "delete it: it makes text look different from what it is";

    // YAML.
    TAB_INDENTATION = "tab-indentation", Error,
        "Lines are indented with spaces.",
        "replace the tab by spaces: YAML does not indent with tabs";
    WRONG_INDENTATION = "wrong-indentation", Error,
        "The entries of a mapping, and the items of a list, begin in one column.",
        "begin the line in the column of the entries it belongs to";
    LIST_DASH = "list-dash", Error,
        "The items of a list begin with `- `, and nothing else does.",
        "write `- ` before each item of a list";
    MERGE_CONFLICT = "merge-conflict", Error,
        "No marks of a merge are left in the file.",
        "keep one of the two sides, and delete the lines with the marks";
    UNTERMINATED_QUOTE = "unterminated-quote", Error,
        "A quoted text is closed.",
        "close the quote at the end of the text";
    INVALID_ESCAPE = "invalid-escape", Error,
        "A backslash in double quotes begins an escape that YAML knows.",
        "write two backslashes for one, or use single quotes, in which a backslash is itself";
    UNCLOSED_BRACKET = "unclosed-bracket", Error,
        "A `{` or `[` is closed.",
        "close the bracket";
    NEEDS_QUOTES = "needs-quotes", Error,
        "Text that YAML would read as something else stands in quotes.",
        "put the text into double quotes";
    COMMENT_CUTS_TEXT = "comment-cuts-text", Error,
        "No text is cut short by ` #`, which begins a comment in YAML.",
        "put the text into double quotes, or move the comment to a line of its own";
    COMMA_CUTS_TEXT = "comma-cuts-text", Error,
        "No text between `{` and `}` is cut short by a comma.",
        "put the whole text into double quotes";
    MISSING_COMMA = "missing-comma", Error,
        "Between `{` and `}`, entries are separated by commas.",
        "write a comma between the two";
    ENTRIES_ON_ONE_LINE = "entries-on-one-line", Error,
        "Outside of braces, each entry stands on a line of its own, without commas.",
        "write each entry on a line of its own";
    MISSING_COLON = "missing-colon", Error,
        "A key is followed by a colon and a blank.",
        "write `key: value`, with a colon and a blank";
    ANCHOR = "anchor", Error,
        "A catalog has no YAML anchors.",
        "delete the anchor, or put the text into quotes if it begins with `&`";
    ALIAS = "alias", Error,
        "A catalog has no YAML aliases.",
        "write the value out, or put the text into quotes if it begins with `*`";
    TAG = "tag", Error,
        "A catalog has no YAML tags.",
        "delete the tag, or put the text into quotes if it begins with `!`";
    MERGE_KEY = "merge-key", Error,
        "A catalog has no YAML merge keys.",
        "write the fields out";
    SECOND_DOCUMENT = "second-document", Error,
        "A file holds one catalog.",
        "move what follows into a file of its own, or delete the `---`";
    DIRECTIVE = "directive", Error,
        "A catalog has no YAML directives.",
        "delete the line that begins with `%`";
    DUPLICATE_KEY = "duplicate-key", Error,
        "A mapping has each key once.",
        "delete one of the two, or rename it";
    TOO_DEEP = "too-deep", Error,
        "Values are nested at most 32 deep.",
        "no field of a catalog needs nesting this deep: look for a bracket too many";
    YAML_SYNTAX = "yaml-syntax", Error,
        "The file is YAML.",
        "put the text into double quotes if it is meant as text";

    // Structure.
    UNKNOWN_FIELD = "unknown-field", Error,
        "Every field is one that a catalog has.",
        "delete the field";
    MISSING_FIELD = "missing-field", Error,
        "Fields that must be there are there.",
        "add the field";
    WRONG_KIND = "wrong-kind", Error,
        "A field holds the kind of value it is meant for.",
        "write the value as the field needs it";
    EMPTY_TEXT = "empty-text", Error,
        "Text is not empty.",
        "write the text, or delete the field if it is optional";
    UNTRIMMED_TEXT = "untrimmed-text", Error,
        "Text has no blanks at its ends.",
        "delete the blanks at the ends of the text";
    LITERAL_QUOTES = "literal-quotes", Warning,
        "Quotes that are part of a text are meant to be.",
        "write plain double quotes around the whole text, or none";
    MULTILINE_TEXT = "multiline-text", Error,
        "Text is one line.",
        "write the text on one line, or fold it with `>-`";
    STATUS_NOT_PLAIN = "status-not-plain", Error,
        "A status is three plain decimal digits.",
        "write it as three plain digits, such as 404";
    INVALID_VALUE = "invalid-value", Error,
        "A field with a fixed set of values holds one of them.",
        "write one of the values that the field may have";

    // Statuses.
    STATUS_OUT_OF_RANGE = "status-out-of-range", Error,
        "A status lies from 100 to 599 (RFC 9110, section 15).",
        "use a status from 100 to 599";
    STATUS_UNASSIGNED = "status-unassigned", Warning,
        "A status is one that IANA's registry assigns.",
        "clients treat it as the x00 of its class; use an assigned status if one fits";
    STATUS_NOT_AN_ERROR = "status-not-an-error", Error,
        "An error's status lies from 400 to 599.",
        "give the error a status from 400 to 599";
    UNKNOWN_STATUS = "unknown-status", Error,
        "An error's status stands in the table `statuses`.",
        "add the status to the table `statuses`, with its name and description";

    // Header fields.
    INVALID_CHALLENGE = "invalid-challenge", Error,
        "`www_authenticate` and `proxy_authenticate` hold challenges (RFC 9110, section 11.6.1).",
        "write a scheme and its parameters, such as 'Bearer realm=\"jobs\"'";
    MISSING_CHALLENGE = "missing-challenge", Warning,
        "Errors under 401 and 407 carry a challenge (RFC 9110, sections 15.5.2 and 15.5.8).",
        "add the challenge to the status, and all its errors carry it";
    INVALID_METHOD = "invalid-method", Error,
        "`allow` lists methods of HTTP, each once.",
        "write methods in upper case, such as `allow: [GET, POST]`";
    INVALID_SECONDS = "invalid-seconds", Error,
        "`retry_after` is a whole number of seconds, at most a year.",
        "write plain digits, such as `retry_after: 30`";
    MISPLACED_HEADER = "misplaced-header", Warning,
        "A header field stands with a status that gives it a meaning (RFC 9110).",
        "delete it, or move it to the status that it is meant for";
    INVALID_FALLBACK = "invalid-fallback", Error,
        "`fallback` names an error under the same status that needs no values.",
        "name the code of an error that says no more than the status does";

    // Names.
    INVALID_NAME = "invalid-name", Error,
        "A name can be made an identifier.",
        "use ASCII letters and digits, beginning with a letter";
    KEYWORD = "keyword", Error,
        "No name is a keyword of Rust.",
        "choose another name";
    RESERVED_NAME = "reserved-name", Error,
        "No name is one that the generated code needs.",
        "choose another name";
    NAME_COLLISION = "name-collision", Error,
        "No two names become the same identifier.",
        "rename one of the two";
    DUPLICATE_CODE = "duplicate-code", Error,
        "Every error has a code of its own, retired ones included.",
        "give one of the errors another code";

    RESERVED_CODE = "reserved-code", Error,
        "No error has a code that is reserved.",
        "choose another code";

    // Templates and parameters.
    UNCLOSED_BRACE = "unclosed-brace", Error,
        "Every `{` of a template has its `}`.",
        "close the placeholder with `}`, or write `{{` for a brace that is text";
    STRAY_BRACE = "stray-brace", Error,
        "Every `}` of a template closes a placeholder.",
        "write `}}` for a brace that is text";
    INVALID_PLACEHOLDER = "invalid-placeholder", Error,
        "Between the braces of a placeholder stands the name of a parameter, and nothing else.",
        "write `{name}`, without blanks or formatting; write `{{` and `}}` for braces that are text";
    ADJACENT_PLACEHOLDERS = "adjacent-placeholders", Error,
        "Between two placeholders stands text.",
        "put text between the two: nobody could tell where one value ends and the next begins";
    REPEATED_PLACEHOLDER = "repeated-placeholder", Error,
        "A template names each parameter once.",
        "use the parameter once, or declare a second one";
    UNDECLARED_PLACEHOLDER = "undeclared-placeholder", Error,
        "Every placeholder has a parameter.",
        "declare the parameter under `params`";
    UNUSED_PARAMETER = "unused-parameter", Error,
        "Every parameter has a placeholder.",
        "use it in the text as `{name}`, or delete it";
    UNKNOWN_TYPE = "unknown-type", Error,
        "A parameter's type is `u64`, `i64`, `word`, `text` or `one_of`.",
        "use `u64`, `i64`, `word`, `text` or `one_of: [a, b]`";
    INVALID_CHOICE = "invalid-choice", Error,
        "The choices of a `one_of` are different, and can be told from the text around them.",
        "write each choice once, as a short text that begins with a letter";
    EXAMPLE_MISMATCH = "example-mismatch", Error,
        "An example fits the type of its parameter.",
        "give an example that the parameter can hold, in its canonical spelling";
    UNKNOWN_CONTEXT = "unknown-context", Error,
        "A row's context is one of `contexts`.",
        "declare the context under `contexts`";
    UNUSED_CONTEXT = "unused-context", Warning,
        "A context is used.",
        "name it in a row as `context:`, or delete it";

    // Rows.
    DUPLICATE_DETAIL = "duplicate-detail", Error,
        "One sentence under one status belongs to one error, unless `same_as` says it is meant.",
        "change one of the sentences, or say `same_as:` in one of the two rows";
    DETAIL_UNDER_TWO_STATUSES = "detail-under-two-statuses", Warning,
        "One sentence stands under one status.",
        "reword one of the two: clients can tell them apart by the status alone";
    AMBIGUOUS_SENTENCES = "ambiguous-sentences", Error,
        "No sentence comes from two errors under one status, or from one in two ways.",
        "give a parameter a narrower type, reword one of the two, or say `same_as:` in one of them";
    AMBIGUOUS_UNDER_TWO_STATUSES = "ambiguous-under-two-statuses", Warning,
        "No sentence comes from two errors, even under two statuses.",
        "reword one of the two: clients can tell them apart by the status alone";
    TOO_MANY_OVERLAPS = "too-many-overlaps", Error,
        "The sentences do not overlap so much that they cannot all be compared.",
        "begin the sentences with text of their own, or give their parameters narrower types";
    AMBIGUOUS_TEMPLATE = "ambiguous-template", Error,
        "The values of a sentence can be read in one way only.",
        "give a parameter a narrower type, or put text behind it that it cannot hold";
    UNKNOWN_SAME_AS = "unknown-same-as", Error,
        "`same_as` names another error.",
        "name the code of an error of this catalog";
    CIRCULAR_SAME_AS = "circular-same-as", Error,
        "`same_as` does not lead back to itself.",
        "give one of these errors its own status and detail";
    INHERITED_FIELD = "inherited-field", Error,
        "A row with `same_as` leaves status, detail, context and parameters to the row it names.",
        "delete the field: it is inherited";
    LOOK_ALIKE_DETAIL = "look-alike-detail", Warning,
        "No two details look the same and differ.",
        "write both in one way, with composed letters (Unicode NFC) and ordinary spaces, or reword one";
    RESTATES_DETAIL = "restates-detail", Warning,
        "Cause and fix say more than the sentence does.",
        "say what led to the error, and what the reader can do about it";
    UNKNOWN_PARAMETER = "unknown-parameter", Error,
        "Cause and fix name parameters that the row has.",
        "name a parameter of the row, or write `{{` for a brace that is text";
    RETIRED_WITHOUT_REASON = "retired-without-reason", Error,
        "A retired row says why it was retired.",
        "add `reason:` under `retired`";
    UNKNOWN_REPLACEMENT = "unknown-replacement", Error,
        "`replaced_by` names another error that is not retired.",
        "name the code of an error that servers still produce";
    RESERVED_DETAIL = "reserved-detail", Error,
        "No error has a sentence that is reserved.",
        "choose another sentence";
    FORMER_IS_CURRENT = "former-is-current", Error,
        "A former wording differs from the current one and from the other former ones.",
        "delete it from `former`";

    // Operations.
    UNKNOWN_ERROR = "unknown-error", Error,
        "An operation lists codes of errors of the catalog.",
        "name the code of an error of this catalog";
    RETIRED_ERROR = "retired-error", Error,
        "An operation lists no retired error.",
        "delete it from the list: no server produces it any more";
    REPEATED_ERROR = "repeated-error", Error,
        "An operation lists each error once.",
        "delete one of the two";
    INVALID_ROUTE = "invalid-route", Error,
        "A route is a method and a path.",
        "write a method and a path, such as `GET /jobs/{job_id}`";

    // The catalog as a whole.
    TOO_MANY_DIAGNOSTICS = "too-many-diagnostics", Warning,
        "A report holds at most a hundred diagnostics.",
        "correct the mistakes that are shown, and check again";
    EMPTY_CATALOG = "empty-catalog", Error,
        "A catalog holds at least one error.",
        "add an error to a section, with its `code`, `status`, `detail`, `cause` and `fix`";
    INVALID_REFERENCE = "invalid-reference", Error,
        "`reference` is an https or http address.",
        "write a whole address, such as https://docs.example.com/errors";
}

/// The rule called `id`.
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
