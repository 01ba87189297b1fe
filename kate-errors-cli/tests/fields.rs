//! Every output shows everything that a catalog states about an error, except what is listed here as omitted.

mod common;

use std::collections::BTreeSet;

use common::Sandbox;
use serde_json::Value;

/// A catalog in which each text of an error, and of what belongs to the error, is a unique word, `said…x`.
const CATALOG: &str = r#"
catalog: Shop
wire: { body: { detail: "{detail}", kind: "{wire.kind?}" } }
statuses:
  401: { name: Unauthorized, description: saidstatusdescriptionx, www_authenticate: Bearer realm="of_status" }
  407: { name: Proxy Authentication Required, description: It is needed, proxy_authenticate: Basic realm="of_status" }
contexts:
  left: { text: "saidcontextx {days}", params: { days: { type: u64, description: saidcontextparameterx, example: 3 } } }
sections:
  - name: saidsectionx
    errors:
      - code: saidcodex
        status: 401
        detail: "saiddetailx {value}"
        context: left
        params: { value: { type: word, description: saidparameterx, example: saidexamplex } }
        former: ["saidformerx {value}"]
        since: saidsincex
        x-team: [saidextensionx]
        cause: saidcausex
        fix: saidfixx
        wire: { kind: saidwirex }
        explanation: "*saidexplanationx*"
        www_authenticate: Bearer realm="saidchallengex"
      - code: via_proxy
        status: 407
        detail: Through a proxy
        cause: It has no key
        fix: Give it one
        proxy_authenticate: Basic realm="saidproxyx"
      - code: saidretiredcodex
        status: 401
        detail: It was so
        cause: Nobody knows
        fix: Wait
        retired: { reason: saidretiredreasonx, since: saidretiredsincex, replaced_by: saidcodex }
operations:
  order:
    route: POST /orders
    summary: saidoperationsummaryx
    errors: [saidcodex]
"#;

/// The names of the texts in the catalog above.
const SAID: &[&str] = &[
    "challenge",
    "cause",
    "code",
    "context",
    "contextparameter",
    "detail",
    "example",
    "explanation",
    "extension",
    "fix",
    "former",
    "operationsummary",
    "parameter",
    "proxy",
    "retiredreason",
    "retiredsince",
    "section",
    "since",
    "statusdescription",
    "wire",
];

/// The fields of an error in the schema that are not text for readers: numbers, names, and words from a list.
const NO_TEXT: &[&str] =
    &["allow", "name", "params", "retry", "retry_after", "same_as", "status", "status_basis"];

/// The name above for each field of an error that is text or contains texts.
const FIELDS: &[(&str, &str)] = &[
    ("cause", "cause"),
    ("code", "code"),
    ("context", "context"),
    ("detail", "detail"),
    ("explanation", "explanation"),
    ("fix", "fix"),
    ("former", "former"),
    ("proxy_authenticate", "proxy"),
    ("retired", "retiredreason"),
    ("since", "since"),
    ("wire", "wire"),
    ("www_authenticate", "challenge"),
];

/// An output, the command that generates it, and what it omits.
type Output = (&'static str, &'static [&'static str], &'static str);

const OUTPUTS: &[Output] = &[
    (
        "rust",
        &["generate", "rust"],
        "contextparameter explanation extension parameter retiredsince since",
    ),
    (
        "markdown",
        &["generate", "markdown"],
        "challenge explanation extension operationsummary proxy since",
    ),
    ("html", &["generate", "html"], ""),
    (
        "openapi",
        &["generate", "openapi"],
        "contextparameter explanation former parameter retiredreason retiredsince section since",
    ),
    (
        "typescript",
        &["generate", "typescript"],
        "challenge example explanation extension proxy retiredsince since statusdescription wire",
    ),
    (
        "python",
        &["generate", "python", "--out", "made"],
        "explanation extension operationsummary retiredsince since",
    ),
    (
        "agents",
        &["generate", "agents", "--out", "made-for-agents"],
        "explanation extension operationsummary statusdescription",
    ),
    (
        "vectors",
        &["generate", "vectors"],
        "challenge cause contextparameter explanation extension fix operationsummary parameter proxy retiredreason retiredsince since statusdescription",
    ),
    (
        "list as JSON",
        &["list", "--format", "json"],
        "explanation former operationsummary retiredreason retiredsince statusdescription wire",
    ),
    (
        "explain",
        &["explain", "saidcodex"],
        "explanation former operationsummary proxy retiredreason retiredsince statusdescription wire",
    ),
    (
        "explain as JSON",
        &["explain", "401", "--format", "json"],
        "explanation operationsummary proxy wire",
    ),
];

/// Returns the content of an output.
fn output(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let run = sandbox.run(arguments).exits(0);
    let Some(out) = arguments.iter().position(|it| *it == "--out") else { return run.stdout };
    let folder = sandbox.path(arguments[out + 1]).read_dir().expect("a folder");
    let files = folder.map(|file| file.expect("a file").path());
    files.map(|file| std::fs::read_to_string(file).expect("a text")).collect()
}

#[test]
fn every_text_is_in_every_output_or_left_out_on_purpose() {
    let sandbox = Sandbox::with(CATALOG);
    for (name, arguments, left_out) in OUTPUTS {
        let output = output(&sandbox, arguments);
        let has = |said: &&&str| output.contains(&format!("said{said}x"));
        let missing: Vec<&str> = SAID.iter().filter(|said| !has(said)).copied().collect();
        assert_eq!(missing.join(" "), *left_out, "{name} leaves out other texts");
    }
}

/// A message that servers write at run time is named in words for people, and `import` reads these.
#[test]
fn free_text_is_called_so() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/free.yaml");
    let sandbox = Sandbox::with(std::fs::read(file).expect("a catalog"));
    for arguments in [
        &["list"][..],
        &["explain", "DisabledException"],
        &["explain", "400"],
        &["generate", "markdown"],
        &["generate", "html"],
        &["generate", "typescript"],
        &["generate", "python", "--out", "made"],
        &["generate", "agents", "--out", "agents"],
    ] {
        let output = output(&sandbox, arguments);
        assert!(output.contains("(free text)"), "{arguments:?}");
        for wrong in
            ["\"{detail}\"<", "\"(free", "{detail}</var>", "{detail}\n", "\\{detail", ": {detail}"]
        {
            assert!(!output.contains(wrong), "{arguments:?} has {wrong}");
        }
    }
    for (target, name) in [("markdown", "page.md"), ("html", "page.html")] {
        sandbox.write(name, &sandbox.run(&["generate", target]).exits(0).stdout);
        let made = sandbox.run(&["import", name]).exits(0).stdout;
        let made: Value = serde_yaml::from_str(&made).expect("YAML");
        let errors = &made["sections"][0]["errors"];
        assert_eq!(errors[0]["detail"], "{detail}", "{name}");
        assert_eq!(errors[0]["params"]["detail"], "lines", "{name}");
        assert_eq!(errors[1]["params"]["detail"]["example"], "The service had a fault", "{name}");
        assert_eq!(errors[1]["params"]["detail"]["description"], Value::Null, "{name}");
    }
}

/// Descriptions of types contain code, which pages show as such, and `import` reads.
#[test]
fn types_are_described_with_code() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/types.yaml");
    let sandbox = Sandbox::with(std::fs::read(file).expect("a catalog"));
    let markdown = sandbox.run(&["generate", "markdown"]).exits(0).stdout;
    assert!(
        markdown.contains("| days as RFC 3339 writes them, such as `2024-02-29` |"),
        "{markdown}"
    );
    let html = sandbox.run(&["generate", "html"]).exits(0).stdout;
    let is_code = |it: &str| it.contains("writes them, such as <code>2024-02-29</code>");
    assert!(is_code(&html) && !html.contains("such as `"), "{html}");
    sandbox.write("page.md", &markdown);
    let made = sandbox.run(&["import", "page.md"]).stdout;
    assert!(made.contains(": date\n") || made.contains("type: date"), "{made}");
}

/// A new target must be added to `OUTPUTS`.
#[test]
fn every_output_is_looked_at() {
    let mut looked_at: BTreeSet<&str> = OUTPUTS.iter().map(|(name, ..)| *name).collect();
    assert!(looked_at.remove("explain") && looked_at.remove("explain as JSON"));
    assert!(looked_at.remove("list as JSON"));
    // It contains nothing of the catalog.
    looked_at.insert("json-schema");
    let targets = common::targets();
    let targets = targets.iter().map(String::as_str).collect();
    assert_eq!(looked_at, targets, "every target must be in `OUTPUTS`");
}

/// A new field must be added above.
#[test]
fn every_field_is_looked_at() {
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/errors.schema.json")).expect("it is JSON");
    let fields = schema["definitions"]["error"]["properties"].as_object().expect("the fields");
    let looked_at = FIELDS.iter().map(|(field, _)| *field).chain(NO_TEXT.iter().copied());
    let fields: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
    let looked_at: BTreeSet<&str> = looked_at.collect();
    assert_eq!(fields, looked_at, "every field of an error must be in `FIELDS` or `NO_TEXT`");
    for (field, said) in FIELDS {
        assert!(SAID.contains(said), "{field}");
        assert!(CATALOG.contains(&format!("said{said}x")), "{field}");
    }
}
