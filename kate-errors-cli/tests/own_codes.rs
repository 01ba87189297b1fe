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

/// The name of an error without a code stands for it wherever errors are listed, but no body or header has it.
#[test]
fn errors_without_a_code_go_by_their_names() {
    let sandbox = Sandbox::with(include_str!("../../tests/catalogs/families/harbour.yaml"));
    let rows = sandbox.run(&["list", "--format", "json"]).exits(0).json();
    let codes: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["code"]).collect();
    assert_eq!(codes, ["no_berth", "berth_taken", "no_pilot", "none", "17", "no_ship"]);
    let marked: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["without_code"]).collect();
    assert_eq!(marked.iter().filter(|it| **it == true).count(), 3, "{marked:?}");
    let text = sandbox.run(&["explain", "berth_taken"]).exits(0).stdout;
    assert!(text.contains("Code        none: the message identifies the error\n"), "{text}");
    let markdown = sandbox.run(&["generate", "markdown"]).exits(0).stdout;
    assert!(markdown.contains("\"No pilot is free\" | - | 404, 409 |"), "{markdown}");
    assert!(markdown.contains("\"There is nothing to do\" | none | 409 |"), "{markdown}");
    let html = sandbox.run(&["generate", "html"]).exits(0).stdout;
    assert_eq!(html.matches("<dt>Code</dt><dd>none: ").count(), 3, "{html}");
    let rust = sandbox.run(&["generate", "rust"]).exits(0).stdout;
    assert_eq!(rust.matches("/// **Code:** none\\\n").count(), 3, "{rust}");
    let body = r#"{"message":"Berth 7 is taken","berth":7}"#;
    let read = sandbox.run(&["explain", "--format", "json", body]).exits(0).json();
    assert_eq!(read["errors"][0]["code"], "berth_taken", "{read}");
    let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
    let schema = &document["components"]["schemas"]["HarbourError"];
    assert_eq!(schema["required"], serde_json::json!(["message"]));
    let conflict = &document["components"]["responses"]["HarbourConflict"];
    let example = &conflict["content"]["application/json"]["examples"]["no_pilot"]["value"];
    assert_eq!(*example, serde_json::json!({ "message": "No pilot is free" }));
    let header = &conflict["headers"]["x-harbour-code"]["schema"];
    assert_eq!(header["enum"], serde_json::json!(["harbour:none", "harbour:17"]));
    // The codes that there are have a type.
    for (others, kind) in
        [(&["no_berth", "\"none\""][..], "integer"), (&["no_berth", "\"none\"", "17"], "string")]
    {
        let catalog = include_str!("../../tests/catalogs/families/harbour.yaml");
        let is_other =
            |line: &&str| others.iter().any(|code| line.contains(&format!("code: {code},")));
        let lines = catalog.lines().filter(|line| !is_other(line));
        let sandbox = Sandbox::with(lines.collect::<Vec<_>>().join("\n"));
        let document = sandbox.run(&["generate", "openapi", "--format", "json"]).exits(0).json();
        let body = &document["components"]["schemas"]["HarbourError"]["properties"];
        assert_eq!(body["error"]["properties"]["code"]["type"], kind, "{others:?}");
    }
}

/// A table with codes is compared with a catalog, some of whose errors have none.
#[test]
fn a_source_says_the_code_of_an_error_without_one() {
    let sandbox = Sandbox::with(include_str!("../../tests/catalogs/families/harbour.yaml"));
    sandbox.run(&["generate", "html", "--out", "errors.html"]).exits(0);
    let unknown = |text: &str| text.contains("has the code");
    let run = sandbox.run(&["import", "errors.html", "--out", "errors.yaml"]);
    assert!(!unknown(&run.stderr), "{}", run.stderr);
    sandbox.write("codes.csv", "code,status,message\nno_pilot,404,No pilot is free\n");
    let run = sandbox.run(&["import", "codes.csv", "--out", "errors.yaml"]);
    let line = "`no_pilot` has the code `none` in errors.yaml, and `no_pilot` here";
    assert!(run.stderr.contains(line), "{}", run.stderr);
}

/// Renaming changes the name; a code that is the text `none` is written in quotes.
#[test]
fn errors_without_a_code_are_edited() {
    let catalog = include_str!("../../tests/catalogs/families/harbour.yaml");
    let sandbox = Sandbox::with(catalog.replace("\"none\"", "nothing"));
    sandbox.run(&["rename", "berth_taken", "berth_in_use"]).exits(0);
    sandbox.run(&["rename", "nothing", "none"]).exits(0);
    let edited = sandbox.read("errors.yaml");
    assert!(edited.contains("{ code: none, name: berth_in_use,"), "{edited}");
    assert!(edited.contains("{ code: \"none\", name: nothing_to_do,"), "{edited}");
}
