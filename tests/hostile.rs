//! Hostile text in every text field of a catalog: either a rule rejects it, or it is the same value at run time, the
//! code compiles without warnings, and no text becomes a documentation test.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use kate_errors_codegen::emit::rust::EmitOptions;

#[path = "hostile/catalogs.rs"]
mod catalogs;

use catalogs::{FIELDS, HOSTILE, Texts, catalog, challenge};

/// The rules that may reject a hostile text.
const REFUSALS: &[&str] = &[
    "bidirectional-character",
    "control-character",
    "empty-text",
    "example-mismatch",
    "invalid-challenge",
    "invalid-choice",
    "invalid-name",
    "keyword",
    "multiline-text",
    "untrimmed-text",
];

/// Returns the Rust assertion that a field has its text at run time; empty for fields that are only in the
/// documentation.
fn assertion(name: &str, field: &str, text: &str, context: &str) -> String {
    let error = format!("{name}Error");
    let with_context = "context: Some(Limits { limit: String::from(\"x\") })";
    let read = |body: &str, expected: &str| {
        format!("assert_eq!(serde_json::from_str::<{error}>({body:?}).unwrap(), {expected});")
    };
    let body = |detail: &str| serde_json::json!({ "detail": detail }).to_string();
    match field {
        "status name" => format!(
            "assert_eq!(Status::from_u16(404).unwrap().name(), {text:?});
            let fallback = kate_errors::Fallback::<{error}Code>::of(404);
            assert_eq!(fallback.body(), {:?}.as_bytes());",
            body(text)
        ),
        "realm" => {
            let expected = ("www-authenticate", challenge(text));
            format!("assert_eq!({error}::Locked.headers().next(), Some({expected:?}));")
        }
        "status description" => {
            format!("assert_eq!(Status::from_u16(404).unwrap().description(), {text:?});")
        }
        "section name" => format!("assert_eq!(Section::ALL[0].name(), {text:?});"),
        "detail" => format!(
            "assert_eq!({error}::Plain.detail(), {text:?});
            assert_eq!({error}::Plain.body(), {:?}.as_bytes());
            {}",
            body(text),
            read(&body(text), &format!("{error}::Plain")),
        ),
        "former" => read(&body(text), &format!("{error}::Plain")),
        "cause" => format!("assert_eq!({error}::Plain.cause(), {text:?});"),
        "fix" => format!("assert_eq!({error}::Plain.fix(), {text:?});"),
        "context text" => {
            let detail = format!("The state other of y. {context}: x");
            format!(
                "let error = {error}::WithValues {{ state: WithValuesState::Other, \
                 job: String::from(\"y\"), {with_context} }};
                assert_eq!(error.detail(), {detail:?});
                {}",
                read(&body(&detail), "error"),
            )
        }
        "choice" => format!("assert_eq!(WithValuesState::ALL[0].as_str(), {text:?});"),
        "retired reason" => {
            format!("assert_eq!(CatalogCode::retired({error}Code::Old), Some({text:?}));")
        }
        _ => String::new(),
    }
}

/// Whether a field can contain a text. Asserts that only the rules in `REFUSALS` reject texts.
fn accepts(field: &'static str, text: &str) -> bool {
    let source = catalog("Billing", &Texts::from([(field, text)]));
    let compilation = kate_errors_codegen::compile("errors.yaml", source.as_bytes());
    for finding in compilation.diagnostics.iter().filter(|finding| finding.is_error()) {
        let id = finding.rule.id;
        assert!(REFUSALS.contains(&id), "{field}: {text:?} is refused by {id}");
    }
    compilation.catalog().is_some()
}

/// Returns the texts of one catalog. Each field contains a different text, if it accepts that, so over all catalogs
/// every field contains every text that it accepts.
fn texts(case: usize) -> Texts<'static> {
    let text = |at: usize| HOSTILE[(case + 7 * at) % HOSTILE.len()];
    let fields = FIELDS.iter().enumerate().map(|(at, field)| (*field, text(at)));
    fields.filter(|(field, text)| accepts(field, text)).collect()
}

#[test]
fn hostile_text_is_refused_or_comes_out_the_same() {
    assert!(HOSTILE.len() >= 60, "at least 60 texts");
    let mut modules = String::new();
    let mut checks = String::new();
    let mut accepted: BTreeMap<&str, usize> = BTreeMap::new();
    for case in 0..HOSTILE.len() {
        let texts = texts(case);
        let name = format!("Case{case}");
        let source = catalog(&name, &texts);
        let compilation = kate_errors_codegen::compile("errors.yaml", source.as_bytes());
        let Some(catalog) = compilation.catalog() else {
            panic!("{source}\n{:#?}", compilation.diagnostics);
        };
        let tokens = kate_errors_codegen::emit::rust::emit(catalog, &EmitOptions::default());
        write!(modules, "pub mod case_{case} {{ //! A case.\n{tokens} }}\n").unwrap();
        writeln!(checks, "#[test] fn case_{case}() {{ use hostile::case_{case}::*;").unwrap();
        for (field, text) in &texts {
            *accepted.entry(field).or_default() += 1;
            let context = texts.get("context text").unwrap_or(&"Limit");
            writeln!(checks, "{{ {} }}", assertion(&name, field, text, context)).unwrap();
        }
        checks.push_str("}\n");
    }
    // Names that are reserved or used in the target languages.
    let names = kate_errors_codegen::compile("errors.yaml", include_bytes!("hostile/names.yaml"));
    let names = names.catalog().expect("a sound catalog");
    let tokens = kate_errors_codegen::emit::rust::emit(names, &EmitOptions::default());
    write!(modules, "pub mod names {{ //! Names.\n{tokens} }}\n").unwrap();
    checks.push_str(
        "#[test] fn names() { use hostile::names::*; for code in HostileErrorCode::ALL { \
                     assert_eq!(code.as_str().parse(), Ok(*code)); } }\n",
    );
    for field in FIELDS {
        let count = accepted.get(field).copied().unwrap_or_default();
        let names = ["status name", "section name", "choice", "realm"].contains(field);
        assert!(count >= if names { 10 } else { 60 }, "{field} accepts only {count} of the texts");
    }
    let stranger = Stranger::new("hostile", &modules, &checks);
    stranger.cargo(&["test", "--test", "values"]);
    let doc_tests = stranger.cargo(&["test", "--doc"]);
    assert!(doc_tests.contains("running 0 tests"), "no text is run as a test: {doc_tests}");
    stranger.cargo(&["doc", "--no-deps"]);
}

/// A crate outside the workspace that contains generated code. Its tests are in a separate file, so the code is
/// compiled once, for them and for the documentation tests.
struct Stranger {
    folder: PathBuf,
    target: PathBuf,
}

impl Stranger {
    fn new(name: &str, modules: &str, tests: &str) -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = temporary.join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("tests")).unwrap();
        let root = env!("CARGO_MANIFEST_DIR");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\nkate-errors = {{ path = {root:?} }}\nserde_json = \"1\"\n\n\
             [workspace]\n\n[profile.dev]\ndebug = false\nincremental = false\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(Path::new(root).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let head = "//! Generated code.\n#![forbid(unsafe_code)]\n\
                    #![deny(warnings, missing_docs, rustdoc::all)]\n\
                    #![allow(rustdoc::missing_crate_level_docs, rustdoc::private_doc_tests)]\n";
        fs::write(folder.join("src/lib.rs"), format!("{head}{modules}")).unwrap();
        let head = "//! What generated code gives at run time.\n\
                    #![allow(unused_imports, clippy::wildcard_imports)]\n\
                    use kate_errors::CatalogCode;\n";
        fs::write(folder.join("tests/values.rs"), format!("{head}{tests}")).unwrap();
        Self { folder, target: temporary.join("target") }
    }

    fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUSTDOCFLAGS", "-D warnings")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let (stdout, stderr) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "cargo {arguments:?}\n{stdout}\n{stderr}");
        stdout.into_owned()
    }
}
