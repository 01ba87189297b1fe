//! Catalogs with hostile text in every text field, for the tests of all generators.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Texts that try to break out of their context.
pub(crate) const HOSTILE: &[&str] = &[
    "\"",
    "'",
    "\\",
    "a\"b",
    "ends with a backslash \\",
    "\\\" out",
    "\\n is no line break",
    "\\u{202e}",
    "\"#",
    "\"##",
    "r#\"raw\"#",
    "*/",
    "/* open",
    "// comment",
    "/// doc",
    "//! inner doc",
    "*/ fn main() { loop {} } /*",
    "\"); panic!(\"out",
    "#[doc = \"x\"]",
    "#![feature(x)]",
    "`code`",
    "``two``",
    "```",
    "```rust panic!() ```",
    "~~~ fence",
    "    indented code panic!()",
    "a ` b `` c ``` d",
    "`",
    "ends with `",
    "[link]",
    "[link](https://example.com)",
    "[`Vec`]",
    "[Option::unwrap]",
    "![image](x.png)",
    "[ref]: https://example.com",
    "[^note]",
    "- [ ] task",
    "<script>alert(1)</script>",
    "<b>bold",
    "</div>",
    "<!-- comment",
    "&lt;entity&amp;",
    "https://example.com/bare?x=1",
    "<https://example.com>",
    "www.example.com",
    "# heading",
    "> quote",
    "- list",
    "+ list",
    "1. list",
    "1) list",
    "---",
    "===",
    "***",
    "| table | cell |",
    "*emphasis* _too_ **strong**",
    "~~struck~~",
    "$x^2$",
    "{braces}",
    "{{double}}",
    "{",
    "}",
    "{:?}",
    "{0}",
    "%s %d",
    "${shell} $(command) `command`",
    "concat!(env!(\"PATH\"))",
    "$crate::x",
    "'a 'static",
    "emoji 😀 and ligature ﬁ",
    "combining e\u{301} and Ünïcödé",
    "日本語のテキスト",
    "العربية",
    "zero\u{200B}width",
    "no\u{A0}break",
    "tab\tinside",
    "nul\0",
    "escape \u{1B}[31m",
    "bell \u{7}",
    "delete \u{7F}",
    "next line \u{85}",
    "line separator \u{2028}",
    "paragraph \u{2029}",
    "byte order \u{FEFF} mark",
    "right to left \u{202E}",
    "isolate \u{2066}x\u{2069}",
    "mark \u{200F}",
    "two\nlines",
    "carriage\rreturn",
    " leading blank",
    "trailing blank ",
    "",
    "   ",
    "null",
    "~",
    "true",
    "# comment",
    "key: value",
    "&anchor",
    "*alias",
    "!tag",
    "@at",
    "%directive",
    "- ",
    "Self",
    "fn",
    "surrogate \\ud800",
    "private \u{E000} use",
    "replacement \u{FFFD}",
];

/// All fields whose text appears in Rust code or in its documentation.
pub(crate) const FIELDS: &[&str] = &[
    "status name",
    "status description",
    "context text",
    "context param description",
    "context param example",
    "section name",
    "detail",
    "former",
    "cause",
    "fix",
    "param description",
    "param example",
    "choice",
    "retired reason",
    "title",
    "summary",
    "since",
    "operation summary",
    "realm",
];

/// Returns a text as a double-quoted YAML scalar.
fn yaml(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(quoted, "\\{character}").unwrap(),
            ' '..='~' => quoted.push(character),
            _ => write!(quoted, "\\U{:08x}", u32::from(character)).unwrap(),
        }
    }
    quoted + "\""
}

/// Returns a challenge with the text as its realm (RFC 9110, section 5.6.4).
pub(crate) fn challenge(realm: &str) -> String {
    format!("Bearer realm=\"{}\"", realm.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Escapes the braces of a text, so that a template contains it as literal text.
fn template(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The hostile text of each field that contains one.
pub(crate) type Texts<'t> = BTreeMap<&'static str, &'t str>;

/// Returns a catalog with hostile texts in some fields.
pub(crate) fn catalog(name: &str, texts: &Texts<'_>) -> String {
    let value = |field: &str, otherwise: &str| yaml(texts.get(field).unwrap_or(&otherwise));
    let in_template = |field: &str, otherwise: &str| {
        yaml(&texts.get(field).map_or(otherwise.to_owned(), |text| template(text)))
    };
    let context = template(texts.get("context text").unwrap_or(&"Limit"));
    format!(
        r#"catalog: {name}
title: {title}
summary: {summary}
reference: https://example.com/errors
statuses:
  404: {{ name: {status_name}, description: {status_description} }}
  401: {{ name: Unauthorized, description: Who is it, www_authenticate: {challenge} }}
contexts:
  limits:
    text: {context_text}
    params:
      limit: {{ type: text, description: {context_param_description}, example: {context_param_example} }}
sections:
  - name: {section_name}
    errors:
      - code: plain
        status: 404
        detail: {detail}
        former: [{former}]
        since: {since}
        cause: {cause}
        fix: {fix}
      - code: locked
        status: 401
        detail: It is locked
        cause: A key is missing
        fix: Find it
      - code: with_values
        status: 404
        detail: "The state {{state}} of {{job}}"
        context: limits
        params:
          state: {{ one_of: [{choice}, other] }}
          job: {{ type: text, description: {param_description}, example: {param_example} }}
        cause: Somebody
        fix: Nobody
      - code: old
        status: 404
        detail: An old sentence
        retired: {{ reason: {retired_reason} }}
        cause: Time
        fix: None
operations:
  run: {{ route: GET /run, summary: {operation_summary}, errors: [plain, with_values] }}
"#,
        challenge = yaml(&challenge(texts.get("realm").unwrap_or(&"jobs"))),
        title = value("title", "Errors"),
        summary = value("summary", "All of them"),
        status_name = value("status name", "Not Found"),
        status_description = value("status description", "It is not there"),
        context_text = yaml(&format!("{context}: {{limit}}")),
        context_param_description = value("context param description", "the limit"),
        context_param_example = value("context param example", "5"),
        section_name = value("section name", "Jobs"),
        detail = in_template("detail", "A plain sentence"),
        former = in_template("former", "A former sentence"),
        since = value("since", "2026"),
        cause = in_template("cause", "The cause"),
        fix = in_template("fix", "The fix"),
        choice = value("choice", "running"),
        param_description = value("param description", "the job"),
        param_example = value("param example", "x"),
        retired_reason = value("retired reason", "unused"),
        operation_summary = value("operation summary", "Runs"),
    )
}
