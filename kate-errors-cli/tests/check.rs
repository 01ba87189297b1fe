//! `check`: formats, exit statuses, and which file is checked.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{BROKEN, CATALOG, Sandbox, WARNING};
use expect_test::expect;

#[test]
fn a_clean_catalog() {
    let run = Sandbox::with(CATALOG).run(&["check"]).exits(0);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "errors.yaml: no diagnostics; it defines 6 errors in 3 sections\n");
}

#[test]
fn diagnostics_as_text() {
    let run = Sandbox::with(BROKEN).run(&["check"]).exits(1);
    expect![[r#"
        warning[status-unassigned]: the status 499 is not assigned by IANA
         --> errors.yaml:4:3
          |
        4 |   499: { name: Gone Away, description: The client left }
          |   ^^^ not assigned
          |
          = help: clients treat it as the x00 of its class; use an assigned status
                  if one fits

        error[duplicate-code]: the code `order_not_found` is used twice
          --> errors.yaml:13:15
           |
         8 |       - code: order_not_found
           |               --------------- first here
        ...
        13 |       - code: order_not_found
           |               ^^^^^^^^^^^^^^^ again here
           |
           = help: give one of the errors another code

    "#]]
    .assert_eq(&run.stdout);
    assert_eq!(run.stderr, "errors.yaml: 1 error, 1 warning\n");
}

#[test]
fn warnings_count_when_told_so() {
    let sandbox = Sandbox::with(WARNING);
    let run = sandbox.run(&["check"]).exits(0);
    assert!(run.stdout.starts_with("warning[status-unassigned]: "), "{}", run.stdout);
    assert_eq!(run.stderr, "errors.yaml: 1 warning; it defines 1 error in 1 section\n");
    sandbox.run(&["check", "--deny-warnings"]).exits(1);
    sandbox.run(&["check", "--deny-warnings", "--format", "json"]).exits(1);
}

#[test]
fn diagnostics_as_json() {
    let run = Sandbox::with(BROKEN).run(&["check", "--format", "json"]).exits(1);
    assert_eq!(run.stderr, "");
    expect![[r#"
        [
          {
            "rule": "status-unassigned",
            "severity": "warning",
            "message": "the status 499 is not assigned by IANA",
            "file": "errors.yaml",
            "line": 4,
            "column": 3,
            "end_line": 4,
            "end_column": 6,
            "label": "not assigned",
            "help": "clients treat it as the x00 of its class; use an assigned status if one fits",
            "related": []
          },
          {
            "rule": "duplicate-code",
            "severity": "error",
            "message": "the code `order_not_found` is used twice",
            "file": "errors.yaml",
            "line": 13,
            "column": 15,
            "end_line": 13,
            "end_column": 30,
            "label": "again here",
            "help": "give one of the errors another code",
            "related": [
              {
                "file": "errors.yaml",
                "line": 8,
                "column": 15,
                "end_line": 8,
                "end_column": 30,
                "label": "first here"
              }
            ]
          }
        ]
    "#]]
    .assert_eq(&run.stdout);
    let clean = Sandbox::with(CATALOG).run(&["check", "--format=json"]).exits(0);
    assert_eq!(clean.json(), serde_json::json!([]));
}

#[test]
fn columns_count_characters() {
    let line = "  404: { name: \"Nöt Föund\", descriptio: x }";
    let column = line.chars().take_while(|character| *character != ',').count() + 3;
    let catalog = format!("catalog: Shop\nstatuses:\n{line}\nsections: []\n");
    let run = Sandbox::with(catalog).run(&["check", "--format", "json"]).exits(1);
    let findings = run.json();
    let finding = findings.as_array().unwrap().iter().find(|f| f["rule"] == "unknown-field");
    assert_eq!(finding.unwrap()["column"], column, "{findings}");
}

#[test]
fn diagnostics_for_github() {
    let run = Sandbox::with(BROKEN).run(&["check", "--format", "github"]).exits(1);
    expect![[r#"
        ::warning file=errors.yaml,line=4,col=3,endLine=4,endColumn=6,title=status-unassigned::the status 499 is not assigned by IANA%0Ahelp: clients treat it as the x00 of its class; use an assigned status if one fits
        ::error file=errors.yaml,line=13,col=15,endLine=13,endColumn=30,title=duplicate-code::the code `order_not_found` is used twice%0A8:15: first here%0Ahelp: give one of the errors another code
    "#]].assert_eq(&run.stdout);
}

#[test]
fn github_paths_begin_at_the_top_of_the_repository() {
    let sandbox = Sandbox::new();
    sandbox.write("service/errors.yaml", BROKEN);
    let mut command = sandbox.command(&["check", "--format", "github"]);
    command.current_dir(sandbox.path("service")).env("GITHUB_WORKSPACE", sandbox.path(""));
    let run = common::finished(&mut command).exits(1);
    assert!(run.stdout.contains(" file=service/errors.yaml,"), "{}", run.stdout);
}

#[test]
fn the_catalog_of_a_parent_folder() {
    let sandbox = Sandbox::with(CATALOG);
    let run = sandbox.run_in("a/b", &["check"]).exits(0);
    assert!(run.stderr.starts_with("../../errors.yaml: "), "{}", run.stderr);
    sandbox.write("a/errors.yaml", BROKEN);
    sandbox.run_in("a/b", &["check"]).exits(1);
}

#[test]
fn standard_input() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with_input(&["check", "-"], CATALOG).exits(0);
    assert_eq!(run.stderr, "<stdin>: no diagnostics; it defines 6 errors in 3 sections\n");
    let run = sandbox.run_with_input(&["check", "-", "--format", "json"], BROKEN).exits(1);
    assert_eq!(run.json()[0]["file"], "<stdin>");
}

#[test]
fn several_files() {
    let sandbox = Sandbox::with(CATALOG);
    sandbox.write("b.yaml", BROKEN);
    let run = sandbox.run(&["check", "errors.yaml", "b.yaml"]).exits(1);
    let summary = "errors.yaml: no diagnostics; it defines 6 errors in 3 sections\nb.yaml: 1 error, 1 warning\n";
    assert_eq!(run.stderr, summary);
}

#[test]
fn unreadable_files_do_not_hide_the_others() {
    let sandbox = Sandbox::with(BROKEN);
    std::fs::create_dir(sandbox.path("folder")).unwrap();
    let run = sandbox.run(&["check", "missing.yaml", "folder", "errors.yaml"]).exits(2);
    assert!(run.stdout.contains("error[duplicate-code]"), "{}", run.stdout);
    expect![[r#"
        errors.yaml: 1 error, 1 warning
        error: cannot read `missing.yaml`: No such file or directory (os error 2)
        error: cannot read `folder`: it is a folder; give the file in it, such as `folder/errors.yaml`
    "#]].assert_eq(&run.stderr);
    let run = sandbox.run(&["check", "missing.yaml", "errors.yaml", "--format=json"]).exits(2);
    assert_eq!(run.json().as_array().unwrap().len(), 2);
}

#[test]
fn nothing_to_check() {
    let run = Sandbox::new().run(&["check"]).exits(2);
    expect![[r#"
        error: there is no `errors.yaml` in this folder or one above it; name a file with `--file`, or let `kate-errors init` write one
    "#]].assert_eq(&run.stderr);
}

#[test]
fn more_than_anybody_reads() {
    let fields: Vec<String> = (0..150).map(|field| format!("field_{field}: 1\n")).collect();
    let sandbox = Sandbox::with(CATALOG.to_owned() + &fields.concat());
    let run = sandbox.run(&["check"]).exits(1);
    assert_eq!(run.stdout.matches("error[unknown-field]: ").count(), 100);
    assert!(run.stdout.contains("warning[too-many-diagnostics]: 50 more errors are not shown"));
    assert_eq!(run.stderr, "errors.yaml: 100 errors, and 50 more\n");
    let diagnostics = sandbox.run(&["check", "--format=json"]).exits(1).json();
    let diagnostics = diagnostics.as_array().unwrap();
    assert_eq!((diagnostics.len(), &diagnostics[100]["omitted"]), (101, &50.into()));
    assert!(diagnostics[99].get("omitted").is_none());
}

/// Clients would read no body with one of these texts. Servers cut causes and values.
#[test]
fn more_than_a_body_holds() {
    let check = |place: &str, length: usize| {
        let text = |name: &str, usual: &str| {
            if name == place { "x".repeat(length) } else { usual.to_owned() }
        };
        let catalog = format!(
            "catalog: Jobs
reference: https://example.com/{}
wire: {{ body: {{ code: '{{code}}', error: '{{detail}}', c: '{{detail}}', d: '{{detail}}', a: '{}', b: '{{title}}', e: '{{cause}}', f: '{{docs_url}}', g: '{{wire.kind}}' }} }}
statuses:
  404: {{ name: {}, description: There is no such job, cause: {}, fix: List the jobs }}
sections:
  - name: Jobs
    errors: [{{ name: gone, code: {}, status: 404, detail: {}, wire: {{ kind: {} }} }}]
",
            text("reference", "errors"),
            text("constant", "-"),
            text("title", "Not Found"),
            text("cause", "It ended"),
            text("code", "gone"),
            text("detail", "The job is gone"),
            text("wire", "old"),
        );
        Sandbox::with(catalog).run(&["check"])
    };
    for place in ["reference", "constant", "title", "code", "wire"] {
        let run = check(place, 33_000).exits(1);
        let report = "error[invalid-envelope]: the texts of a body have more than 32768 bytes";
        assert!(run.stdout.starts_with(report), "{place}: {}", run.stdout);
        check(place, 32_000).exits(0);
    }
    check("detail", 11_000).exits(1);
    check("detail", 10_800).exits(0);
    check("cause", 70_000).exits(0);
}

#[test]
fn a_catalog_of_another_name() {
    let sandbox = Sandbox::new();
    sandbox.write("errors.yml", CATALOG);
    let run = sandbox.run(&["check"]).exits(2);
    expect![[r#"
        error: there is no `errors.yaml` in this folder or one above it, but there is `errors.yml`; rename it, or name it with `--file`
    "#]].assert_eq(&run.stderr);
    let run = sandbox.run(&["explain", "404"]).exits(2);
    expect![[r#"
        error: there is no `errors.yaml` in this folder or one above it, but there is `errors.yml`; rename it, or name it with `--file`
    "#]].assert_eq(&run.stderr);
    sandbox.run(&["check", "errors.yml"]).exits(0);
}

#[test]
fn a_file_that_is_not_utf8() {
    let run = Sandbox::with(b"catalog: Sh\xFFp\n").run(&["check"]).exits(1);
    assert!(run.stdout.starts_with("error[not-utf8]: "), "{}", run.stdout);
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_without_end() {
    let run = Sandbox::new().run(&["check", "/dev/zero"]).exits(2);
    assert_eq!(
        run.stderr,
        "error: cannot read `/dev/zero`: it is larger than 64 MiB, and a catalog has at most 4 MiB\n"
    );
}
