//! Codes in unusual spellings, wherever they are shown.

mod common;

use common::Sandbox;

const CATALOG: &str = include_str!("../../tests/catalogs/teams.yaml");

/// Codes, and the names of their errors.
const CODES: &[(&str, &str)] = &[
    ("DM-database-10001", "dm_database_10001"),
    ("42P01", "code_42_p01"),
    ("M_FORBIDDEN", "m_forbidden"),
    ("10059", "stream_not_found"),
    ("-32601", "code_32601"),
    ("08001", "code_08001"),
    ("urn:\"x\"\\#/<&>'`|{}*/", "hostile_code"),
];

#[test]
fn list_and_explain_show_codes_and_know_names() {
    let sandbox = Sandbox::with(CATALOG);
    let rows = sandbox.run(&["list", "--format", "json"]).exits(0).json();
    let table = sandbox.run(&["list"]).exits(0).stdout;
    for (code, name) in CODES {
        let mut rows = rows.as_array().unwrap().iter();
        let row = rows.find(|row| row["code"] == *code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(row["name"], *name);
        assert!(table.contains(&format!(" {code} ")), "{table}");
        for question in [code, name] {
            let run = sandbox.run(&["explain", "--format", "json", "--", question]).exits(0);
            assert_eq!(run.json()["errors"][0]["code"], *code, "{question}");
            let text = sandbox.run(&["explain", "--", question]).exits(0).stdout;
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some(*code));
            let named = lines.next().unwrap_or_default().split_whitespace();
            assert_eq!(named.collect::<Vec<_>>(), ["Name", name], "{text}");
        }
    }
    let mut rows = rows.as_array().unwrap().iter();
    let plain = rows.find(|row| row["code"] == "table_not_found").unwrap();
    assert_eq!(plain.get("name"), None, "it is the code");
}

/// Every link on the page leads to an id, and no id is used twice.
#[test]
fn pages_show_codes_and_link_by_name() {
    let sandbox = Sandbox::with(CATALOG);
    let page = sandbox.run(&["generate", "html"]).exits(0).stdout;
    let markdown = sandbox.run(&["generate", "markdown"]).exits(0).stdout;
    for (code, name) in CODES {
        let shown = code
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        let shown = shown.replace('_', "_<wbr>");
        let link = format!("<a class=\"permalink\" href=\"#{name}\"><code>{shown}</code></a>");
        assert!(page.contains(&link), "{link} in {page}");
        assert_eq!(page.matches(&format!(" id=\"{name}\"")).count(), 1, "{name}");
        assert!(page.contains(&format!("href=\"#{name}\"")), "{name}");
        assert_eq!(markdown.matches(&format!("<a id=\"{name}\"></a>")).count(), 1, "{markdown}");
    }
    assert!(markdown.contains("[M\\_FORBIDDEN](#m_forbidden)"), "{markdown}");
}

#[test]
fn documents_and_modules_have_codes() {
    let sandbox = Sandbox::with(CATALOG);
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let examples = &document["components"]["responses"]["TeamConflict"]["content"]["application/json"]
        ["examples"];
    let typescript = sandbox.run(&["generate", "typescript"]).exits(0).stdout;
    sandbox.run(&["generate", "python", "--out", "made"]).exits(0);
    let (python, stub) = (sandbox.read("made/errors.py"), sandbox.read("made/errors.pyi"));
    for (code, name) in CODES {
        assert!(examples[*code].is_object(), "{code}");
        let literal = serde_json::Value::from(*code).to_string();
        assert!(typescript.contains(&format!("readonly code: {literal}")), "{literal}");
        assert!(stub.contains(&format!("    {literal},\n")), "{literal}");
        // In both modules, errors are JSON texts.
        let name = format!("\"name\":\"{name}\"");
        assert!(typescript.contains(&name) && python.contains(&name), "{name}");
    }
    assert!(!typescript.contains("\"name\":\"table_not_found\""));
}
