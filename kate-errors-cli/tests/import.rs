//! `import`: the catalogs that are made from pages, documents and tables that a team already has.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use std::fmt::Write as _;
use std::path::Path;

use common::{Run, Sandbox};
use expect_test::expect;
use serde_json::{Value, json};

/// Imports a text under a name, and checks the printed catalog.
fn import(name: &str, text: impl AsRef<[u8]>) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write(name, text);
    let run = sandbox.run(&["import", name]).harmless();
    if !run.stdout.is_empty() {
        sandbox.run_with_input(&["check", "-"], &run.stdout).exits(0);
        assert!(run.stdout.lines().all(|line| line == line.trim_end()), "{}", run.stdout);
    }
    run
}

fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    std::fs::read_to_string(root.join(path)).expect(path)
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// Returns the errors of a catalog, each with its section.
fn errors(catalog: &Value) -> Vec<(String, Value)> {
    let sections = catalog["sections"].as_array().expect("sections");
    let of_section = |section: &Value| {
        let name = section["name"].as_str().expect("a name").to_owned();
        let errors = section["errors"].as_array().expect("errors").clone();
        errors.into_iter().map(move |error| (name.clone(), error)).collect::<Vec<_>>()
    };
    sections.iter().flat_map(of_section).collect()
}

/// Importing the reference page gives the handwritten catalog, except for what the page does not say: the statuses of
/// errors, the name of the context and the meaning of its values, a header field, and the operations.
#[test]
fn the_reference_page_gives_the_catalog() {
    let run = import("page.txt", file("tests/fixtures/reference-page.txt")).exits(0);
    let (made, ours) = (yaml(&run.stdout), yaml(&file("errors.yaml")));
    for field in ["catalog", "title", "summary"] {
        assert_eq!(made[field], ours[field], "{field}");
    }
    let mut statuses = ours["statuses"].clone();
    statuses["401"].as_object_mut().expect("a status").remove("www_authenticate");
    assert_eq!(made["statuses"], statuses);
    let made_context = &made["contexts"]["insufficient_token_balance_context"];
    let our_context = &ours["contexts"]["token_balance"];
    assert_eq!(made_context["text"], our_context["text"]);
    for param in ["required", "available"] {
        for field in ["type", "example"] {
            assert_eq!(made_context["params"][param][field], our_context["params"][param][field]);
        }
    }
    let (made, ours) = (errors(&made), errors(&ours));
    assert_eq!(made.len(), 15);
    let mut statuses = Vec::new();
    for ((made_section, made), (section, ours)) in made.iter().zip(&ours) {
        assert_eq!(made_section, section);
        for field in ["code", "detail", "same_as", "cause", "fix"] {
            assert_eq!(made[field], ours[field], "{field} of {}", ours["code"]);
        }
        assert_eq!(made["context"].is_null(), ours["context"].is_null());
        if made["status"] != ours["status"] {
            statuses.push(format!(
                "{}: {}",
                ours["code"].as_str().expect("a code"),
                made["status"]
            ));
        }
        assert_eq!(made["same_as"].is_null(), made["status_basis"] == "inferred");
    }
    // The page does not state the status of these, and their words do not imply one.
    expect![[r#"
        cover_not_generated: 400
        artifact_not_listed: 400
        no_active_subscription: 400
        run_not_in_running_status: 400"#]]
    .assert_eq(&statuses.join("\n"));
    expect![[r#"
        guess: code (15): derived from the message
        guess: name of the catalog (1): from the title or the summary
        guess: parameter or name (2): a number, which may be an example
        guess: parameter or name (1): from an example of a body; the name is invented
        guess: status (9): it shares words with the status
        guess: status (5): the source does not say it
        15 errors in 6 sections
    "#]]
    .assert_eq(&run.stderr);
    // What is listed as a guess is marked in its line.
    assert_eq!(run.stdout.matches(" # guess: derived from the message\n").count(), 15);
}

/// If cells run into each other so that their ends cannot be found, what is certain is kept and the rest is reported.
#[test]
fn a_copied_row_that_cannot_be_cut_is_said() {
    let text = "Errors\n\nUploads\nErrorCauseFix\n\"Bad upload\"GitHub said noAsk OAuthTwice\n\"Other\"It isFix it\n";
    let run = import("page.txt", text).exits(1);
    assert!(run.stderr.starts_with(
        "page.txt:5: left out: cannot find the cells of “GitHub said noAsk OAuthTwice”: "
    ));
    let found = errors(&yaml(&run.stdout));
    assert_eq!(found[0].1["detail"], "Bad upload");
    assert!(found[0].1["cause"].is_null());
    assert_eq!((&found[1].1["cause"], &found[1].1["fix"]), (&"It is".into(), &"Fix it".into()));
    let joined = "Errors\n\nJobs\nCodeErrorCauseFixStatus\nE1\"No such job\"It endedSee \"My JOBS\"404\ngone\"Gone\"A bad IDCheck the ID410\n";
    let run = import("page.txt", joined).exits(0);
    let read = errors(&yaml(&run.stdout)).into_iter().map(|(_, error)| {
        ["code", "detail", "cause", "fix", "status"].map(|field| error[field].clone())
    });
    let expected = [
        json!(["E1", "No such job", "It ended", "See \"My JOBS\"", 404]),
        json!(["gone", "Gone", "A bad ID", "Check the ID", 410]),
    ];
    assert_eq!(read.map(|it| json!(it)).collect::<Vec<_>>(), expected);
    let after =
        "Errors\n\nJobs\nErrorStatusCauseFix\n\"No job\"404It endedWait\n\"It is \"404 times\n";
    let run = import("page.txt", after).exits(1);
    assert!(run.stderr.contains("cannot find the cells of “404 times”"), "{}", run.stderr);
    assert_eq!(errors(&yaml(&run.stdout))[0].1["status"], 404);
    let listed = "Errors\n\nJobs\nErrorStatus\n\"No job\"404\n\"Gone\"410\n\n{\"errors\": [{\"message\": \"No job\", \"code\": \"E1\"}, {\"message\": \"Gone\", \"code\": \"E2\"}]}\n";
    let read = yaml(&import("page.txt", listed).exits(0).stdout);
    assert_eq!(read["wire"]["body"]["errors"].as_array().map(Vec::len), Some(1));
    let codes = errors(&read).into_iter().map(|(_, error)| error["code"].clone());
    assert_eq!(codes.collect::<Vec<Value>>(), ["E1", "E2"]);
    let tabs = "Errors\nStatus\tError\tFix\n404\tNo such job\tList jobs\n";
    let run = import("page.txt", tabs).exits(0);
    assert!(run.stdout.contains(
        "      - code: no_such_job # guess: derived from the message\n        status: 404\n"
    ));
}

/// White space at the ends of a message is sent, if the source is code or JSON. In a table, it is only layout.
#[test]
fn white_space_around_messages() {
    let example =
        r#"{"default": {"content": {"application/json": {"example": {"detail": " Gone "}}}}}"#;
    let document = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "A", "version": "1"}}, "paths": {{"/a": {{"get": {{"responses": {}}}}}}}}}"#,
        example.replace("default", "404"),
    );
    let python =
        "from fastapi import HTTPException\n\ndef get():\n    raise HTTPException(404, ' Gone ')\n";
    let json = r#"[{"code": "gone", "status": 404, "message": " Gone "}]"#;
    for (name, text) in [("api.json", &*document), ("app.py", python), ("errors.json", json)] {
        let run = import(name, text).exits(0);
        assert_eq!(errors(&yaml(&run.stdout))[0].1["detail"], " Gone ", "{name}");
        let checked = Sandbox::new().run_with_input(&["check", "-"], &run.stdout).exits(0);
        let warns = checked.stdout.contains("warning[untrimmed-message]");
        assert!(warns, "{name}: {}", checked.stdout);
    }
    for (name, text) in [
        ("errors.csv", "code, status, message\ngone, 404, Gone \n"),
        ("errors.md", "| Status | Error |\n| --- | --- |\n| 404 | ` Gone ` |\n"),
    ] {
        let run = import(name, text).exits(0);
        assert_eq!(errors(&yaml(&run.stdout))[0].1["detail"], "Gone", "{name}");
    }
}

/// Such a code is not the source of an identifier, so the error gets a name.
#[test]
fn codes_that_are_not_ascii() {
    let text = "code,status,message\nGröße_überschritten,413,Zu groß\n记录不存在,404,记录不存在\n";
    let run = import("errors.csv", text).exits(0);
    let names = [
        "Größe_überschritten\n        name: grosse_uberschritten #",
        "记录不存在\n        name: ji_lu_bu",
    ];
    assert!(names.iter().all(|name| run.stdout.contains(name)), "{}", run.stdout);
    Sandbox::with(run.stdout).run(&["check"]).exits(0);
}

#[test]
fn a_table_in_csv() {
    let text = "\
code;http_status;message;description;resolution;owner
ORDER_NOT_FOUND;404;Order {orderId} not found;No such order;List your orders;shop
E-17;409;\"Order \"\"x\"\" is {state}: {reason}\";;Wait;
E-17;410;Another;;Wait;
LIMIT;429;Rate limit of N per minute exceeded;-;;
OK;200;fine;;;
;404 Not Found;No user;;;
BAD;four;Bad thing # here;;;
;;;;;
";
    let run = import("errors.csv", text).exits(1);
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it
          409: { name: Conflict, description: Conflict } # guess: the source does not describe it
          410: { name: Gone, description: Gone } # guess: the source does not describe it
          429: { name: Too Many Requests, description: Too Many Requests } # guess: the source does not describe it

        sections:
          - name: Errors
            errors:
              - code: ORDER_NOT_FOUND
                status: 404
                detail: Order {order_id} not found
                params:
                  order_id: word # guess: the source has no types
                cause: No such order
                fix: List your orders
                x-owner: shop
              - code: E-17
                status: 409
                detail: "Order \"x\" is {state}: {reason}"
                params:
                  state: text # guess: the source has no types
                  reason: text # guess: the source has no types
                fix: Wait
              - code: LIMIT
                status: 429
                detail: Rate limit of {limit} per minute exceeded
                params:
                  limit: u64 # guess: a letter in place of a value
              - code: no_user # guess: derived from the message
                status: 404
                detail: No user
              - code: BAD
                status: 404 # guess: the source does not say it
                status_basis: inferred
                detail: "Bad thing # here"
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        errors.csv:4: left out: `E-17` has another message, `Another`, than in line 3, `Order "x" is {state}: {reason}`
        errors.csv:6: left out: the status 200 of “fine” is not an error status
        errors.csv:8: left out: “four” is not a status
        guess: code (1): derived from the message
        guess: description of a status (4): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (1): a letter in place of a value
        guess: parameter or name (3): the source has no types
        guess: status (1): the source does not say it
        5 errors in 1 section
    "#]].assert_eq(&run.stderr);
}

/// Tables of errors can be in other tables, and have any names that tables have.
#[test]
fn tables_in_toml() {
    let toml = "\
[error.DM-database-10001]
message = \"database driver error\"
description = \"\"
workaround = \"Check the connection\"
tags = [\"not-set\", \"high\"]

[error.other.DM-10002]
status = 404
message = 'no %s'
reason = \"It ended\"
since = 2024-02-29

[meta]
version = 0x10
[empty]
[error.DM-10003]
message = \"\"
[\"DM:Err %s\"]
error = \"not a code\"
message = \"not a code\"
";
    let run = import("errors.toml", toml).exits(1);
    let errors = &run.stdout[run.stdout.find("sections:").expect("sections")..];
    expect![[r#"
        sections:
          - name: Errors
            errors:
              - code: DM-database-10001
                status: 404 # guess: the source does not say it
                status_basis: inferred
                detail: database driver error
                fix: Check the connection
                x-tags: [not-set, high]
              - code: DM-10002
                status: 404
                detail: "no {no}"
                params:
                  "no": text # guess: a placeholder without a name
                cause: It ended
                x-since: "2024-02-29"
              - code: DM-10003
                status: 404 # guess: the source does not say it
                status_basis: inferred
    "#]]
    .assert_eq(errors);
    expect![[r#"
        errors.toml:13: left out: the row has no message
        errors.toml:15: left out: the row has no message
        errors.toml:18: left out: “DM:Err %s” cannot be a code
        errors.toml:18: left out: “not a code” has no code that can be sent
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (1): a placeholder without a name
        guess: setting of `wire` (2): the format has a code for every error
        guess: status (2): the source does not say it
        3 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
}

/// If messages clash and every error has a code, codes identify errors, also those with the message of another one.
#[test]
fn messages_that_clash_under_codes() {
    let json = r#"[
  { "constant": "OpenErr", "code": 500, "error_code": 7, "description": "{err}" },
  { "constant": "ReadErr", "code": 500, "error_code": 8, "description": "{err}" },
  { "constant": "Full", "code": 500, "error_code": 9, "description": "disk full" },
  { "constant": "Full2", "code": 500, "error_code": 10, "description": "disk full" }
]"#;
    let run = import("errors.json", json).exits(0);
    assert!(!run.stdout.contains("same_as"), "{}", run.stdout);
    let (_, errors) = run.stdout.split_once("wire:\n").expect("the envelope");
    expect![[r#"
          use: detail_and_code # guess: messages clash, and every error has a code of the source
          identity: code # guess: messages clash, and every error has a code of the source

        sections:
          - name: Errors
            errors:
              - code: 7
                status: 500
                detail: "{err}" # guess: the column “description”
                params:
                  err: text # guess: the source has no types
                x-constant: OpenErr
              - code: 8
                status: 500
                detail: "{err}" # guess: the column “description”
                params:
                  err: text # guess: the source has no types
                x-constant: ReadErr
              - code: 9
                status: 500
                detail: "disk full" # guess: the column “description”
                x-constant: Full
              - code: 10
                status: 500
                detail: "disk full" # guess: the column “description”
                x-constant: Full2
    "#]]
    .assert_eq(errors);
}

/// A cell that no column of the header names is lost in most readers: the separator was not quoted.
#[test]
fn cells_without_a_column() {
    let csv = "code,status,message,,note,note\ngone,410,Job gone, really,,\na,404,No a,x,y,z\nb,409,B is busy,,y,z,now,\n";
    let markdown = "# Errors\n\n| Code | Status | Message |\n|---|---|---|\n| gone | 410 | Job | gone |\n| a | 404 | No a |\n\n\
                    | Status | Name | Since |\n|---|---|---|\n| 404 | Not Found | 2.0 |\n";
    let html = "<h1>Errors</h1><table><tr><th>Code<th>Status<th>Message<tr><td>gone<td>410<td>Job<td>gone</table>";
    let json =
        r#"[{ "code": "gone", "status": 410, "message": "Job gone", "error": { "id": 7 } }]"#;
    let runs = [("e.csv", csv), ("e.md", markdown), ("e.html", html), ("e.json", json)];
    let listed = runs.map(|(name, text)| import(name, text).exits(1).stderr);
    let listed = listed.concat();
    let listed: Vec<&str> = listed.lines().filter(|line| line.contains("left out")).collect();
    expect![[r#"
        e.csv:2: left out: column 4 is not read: it has no heading
        e.csv:3: left out: the column “note” is not read
        e.csv:4: left out: “now” is beyond the last column
        e.md:5: left out: “gone” is beyond the last column
        e.md:10: left out: the column “Since” is not read
        e.html:1: left out: “gone” is beyond the last column
        e.json:1: left out: `error` is an object or a list
    "#]]
    .assert_eq(&(listed.join("\n") + "\n"));
}

#[test]
fn objects_in_json() {
    let text = r#"{
  "A_B": { "message": "The file %s has %d lines", "status": 404, "solution": "Use ${another} {file}" },
  "plain": "Done: no",
  "bad": [1],
  "number": { "code": 17, "message": "Version: 1.5, not 'x'", "status": "400" }
}"#;
    let run = import("errors.json", text).exits(1);
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          400: { name: Bad Request, description: Bad Request } # guess: the source does not describe it
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it

        wire:
          use: detail_and_code # guess: the format has a code for every error
          identity: code # guess: the format has a code for every error

        sections:
          - name: Errors
            errors:
              - code: A_B
                status: 404
                detail: The file {file} has {has} lines
                params:
                  file: text # guess: a placeholder without a name
                  has: i64 # guess: a placeholder without a name
                fix: "Use ${{another}} {file}"
              - code: plain
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "Done: no"
              - code: 17
                status: 400
                detail: "Version: {version}, not 'x'"
                params:
                  version: { type: decimal, example: "1.5" } # guess: a number, which may be an example
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        errors.json:4: left out: this is not an object
        guess: description of a status (2): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (1): a number, which may be an example
        guess: parameter or name (2): a placeholder without a name
        guess: setting of `wire` (2): the format has a code for every error
        guess: status (1): the source does not say it
        3 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
    let list = r#"[{"code": "a", "message": "One", "status": 404}, {"code": "b", "message": "One", "status": 404}]"#;
    let run = import("errors.json", list).exits(0);
    assert!(run.stdout.contains("      - code: b\n        same_as: a\n"), "{}", run.stdout);
    let broken = import("errors.json", "[{\"code\":\n nope").exits(1);
    assert!(
        broken.stderr.starts_with("errors.json:2: left out: this is not JSON with errors: "),
        "{}",
        broken.stderr
    );
    assert_eq!(broken.stdout, "");
}

/// A typical page: sections, statuses with their names, placeholders of several kinds, a cell with a line break.
const PAGE: &str = r#"---
title: "Errors"
---
# Errors of the Books API

What can go wrong.

## Status codes

| Status | Meaning |
|---|---|
| 404 (Not Found) | Nothing is there |
| 409 - Conflict | Somebody else was faster |
| 500, 502 - Server errors | Our fault |

## Loans

| Status code | Error code | Error message | Possible cause | Possible solutions | Team |
|---|:--|---|---|---|---|
| 404 | `BK-1` | `Book <isbn> not found` | A typo in `isbn` | Search \\| browse | books |
| 409 Conflict | BK-2 | "Book :id is lent" | - | Wait | |
| 409 | BK-3 | Limit: 5<br>reached | {x} & "y" | Return *one* | |
| 409, 410 | BK-1 | Something else | | | |
| | | | Lost | | |

## Words

| Word | Meaning |
|---|---|
| loan | A book that is away |
"#;

#[test]
fn a_page_in_markdown() {
    let run = import("errors.md", PAGE).exits(1);
    expect![[r#"
        catalog: Books # guess: from the title or the summary
        title: Errors of the Books API
        summary: What can go wrong.
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Nothing is there }
          409: { name: Conflict, description: Somebody else was faster }
          410: { name: Gone, description: Gone } # guess: the source does not describe it
          500: { name: Internal Server Error, description: Our fault }
          502: { name: Bad Gateway, description: Our fault }

        wire:
          use: detail_and_code # guess: several messages have one code
          identity: code_and_detail # guess: several messages have one code

        sections:
          - name: Loans
            errors:
              - code: BK-1
                status: 404
                detail: Book {isbn} not found
                params:
                  isbn: text # guess: the source has no types
                cause: A typo in isbn
                fix: Search | browse
                x-team: books
              - code: BK-2
                status: 409
                detail: Book {id} is lent
                params:
                  id: word # guess: the source has no types
                fix: Wait
              - code: BK-3
                status: 409
                detail: "Limit: {limit}\nreached"
                params:
                  limit: { type: u64, example: 5 } # guess: a number, which may be an example
                cause: "{{x}} & \"y\""
                fix: Return one
              - code: BK-1
                name: something_else # guess: derived from the message
                status: [409, 410]
                detail: Something else
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        errors.md:24: left out: the row has no message
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): from the title or the summary
        guess: parameter or name (1): a number, which may be an example
        guess: parameter or name (1): derived from the message
        guess: parameter or name (2): the source has no types
        guess: setting of `wire` (2): several messages have one code
        4 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
}

/// HTML as found in practice: end tags are missing, a status spans several rows, a list is in a cell.
#[test]
fn a_page_in_html() {
    let page = "<!doctype html><title>x</title><nav><h1>Menu</h1></nav><h1>Errors of the <b>Books</b> API</h1><p>What can
        go &amp; wrong.<script>\"<table><tr><th>Error<th>Fix\"</script>
        <h2>Loans</h2><table><thead><tr><th>HTTP status<th>Message<th>Solution<tbody>
        <tr id=lent><td rowspan=2>409<td><code>Book {id} is lent</code><td><ul><li>Wait<li>or <i>ask</i></ul>
        <tr><td>Limit of <b>N</b> books<br>reached</td><td>&lt;Return&gt; one</tr>
        <tr><td>404 Not Found<td>No such book<td></table>
        <pre>{\"error\": {\"message\": \"No such book\", \"id\": 7}}</pre>";
    let run = import("errors.html", page).exits(0);
    expect![[r#"
        catalog: Books # guess: from the title or the summary
        title: Errors of the Books API
        summary: What can go & wrong.
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it
          409: { name: Conflict, description: Conflict } # guess: the source does not describe it

        wire:
          body: { error: { message: "{detail}", id: "{any}" } } # guess: from one example

        sections:
          - name: Loans
            errors:
              - code: lent # guess: the anchor of the error on the page
                status: 409
                detail: Book {id} is lent
                params:
                  id: word # guess: the source has no types
                fix: Wait or ask
              - code: limit_of_books_reached # guess: derived from the message
                status: 409
                detail: "Limit of {limit} books\nreached"
                params:
                  limit: u64 # guess: a letter in place of a value
                fix: "<Return> one"
              - code: no_such_book # guess: derived from the message
                status: 404
                detail: No such book
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        guess: code (2): derived from the message
        guess: code (1): the anchor of the error on the page
        guess: description of a status (2): the source does not describe it
        guess: name of the catalog (1): from the title or the summary
        guess: parameter or name (1): a letter in place of a value
        guess: parameter or name (1): the source has no types
        guess: setting of `wire` (1): from one example
        3 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
}

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Books API, version: "1" }
paths:
  /books/{id}:
    get:
      operationId: getBook
      tags: [Books]
      responses:
        "200": { description: A book }
        "404":
          description: There is no such book
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
              example: { type: about:blank, code: no_book, title: Not Found, status: 404, detail: "Book 7 was not found" }
        "429": { $ref: "#/components/responses/TooMany" }
    delete:
      responses:
        "404":
          description: There is no such book
          content:
            application/problem+json:
              example: { type: about:blank, code: no_book, title: Not Found, status: 404, detail: "Book 7 was not found" }
        "409":
          description: The book cannot be deleted
          content:
            application/problem+json:
              examples:
                lent: { $ref: "#/components/examples/Lent" }
                empty: { value: { nothing: 1 } }
        "412": { description: Somebody has changed the book. }
        "500":
          description: Broken
          content: { application/problem+json: { schema: { $ref: "#/components/schemas/Loop" } } }
components:
  examples:
    Lent:
      description: Somebody has it
      value: { type: about:blank, code: lent, title: Conflict, status: 409, detail: "The book is lent" }
  responses:
    TooMany:
      description: Slow down
      headers: { Retry-After: { schema: { type: integer }, example: 30 } }
      content:
        application/problem+json:
          schema:
            allOf:
              - $ref: "#/components/schemas/Problem"
              - properties:
                  code: { const: too_many }
                  detail: { type: string, enum: [Too many requests] }
                  status: { example: 429 }
  schemas:
    Problem:
      type: object
      properties: { type: { const: about:blank }, title: { type: string }, status: { type: integer } }
    Loop: { anyOf: [{ $ref: "#/components/schemas/Loop" }, { $ref: "#/components/schemas/Loop" }] }
"##;

#[test]
fn a_document_of_openapi() {
    let run = import("api.yaml", DOCUMENT).exits(1);
    expect![[r#"
        catalog: Books # guess: from the title of the document
        title: Books API
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it
          409: { name: Conflict, description: Conflict } # guess: the source does not describe it
          412: { name: Precondition Failed, description: Precondition Failed } # guess: the source does not describe it
          429: { name: Too Many Requests, description: Too Many Requests, retry_after: 30 } # guess: the source does not describe it
          500: { name: Internal Server Error, description: Internal Server Error } # guess: the source does not describe it

        wire:
          body: { type: about:blank, code: "{code}", title: "{any}", status: "{status}", detail: "{detail}" } # guess: what the examples have in common
          media_type: application/problem+json

        sections:
          - name: Books
            errors:
              - code: no_book
                status: 404
                detail: "Book 7 was not found" # guess: 7 is a part of it, and no example of a value
              - code: too_many
                status: 429
                detail: "Too many requests" # guess: put together from examples of members

          - name: Errors
            errors:
              - code: lent
                status: 409
                detail: The book is lent
                cause: Somebody has it
              - code: somebody_has_changed_the_book # guess: derived from the message
                status: 412
                detail: "Somebody has changed the book" # guess: the description of the response, which has no example
              - code: broken # guess: derived from the message
                status: 500
                detail: "Broken" # guess: the description of the response, which has no example

        operations:
          get_book:
            route: "GET /books/{id}"
            errors: [no_book, too_many]
          delete_books_id: # guess: the operation has no `operationId`
            route: "DELETE /books/{id}"
            errors: [no_book, lent, somebody_has_changed_the_book, broken]
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        api.yaml:31: left out: DELETE /books/{id}, 409: empty has no message
        guess: code (2): derived from the message
        guess: description of a status (5): the source does not describe it
        guess: message (1): 7 is a part of it, and no example of a value
        guess: message (1): put together from examples of members
        guess: message (2): the description of the response, which has no example
        guess: name of the catalog (1): from the title of the document
        guess: parameter or name (1): the operation has no
        guess: setting of `wire` (1): what the examples have in common
        5 errors in 2 sections
    "#]]
    .assert_eq(&run.stderr);
    let older = import("api.yaml", "swagger: '1.2'\npaths: {}\n").exits(1);
    assert_eq!(
        older.stderr,
        "api.yaml: left out: this is not an OpenAPI document: it has neither `openapi: 3.…` nor `swagger: \"2.0\"`\n\
         no errors were found\n"
    );
    // The same document in JSON, one value per line.
    let json = serde_json::to_string_pretty(&yaml(DOCUMENT)).expect("JSON").replace("  ", "\t");
    let of_json = import("api.json", &json).exits(1);
    assert_eq!(of_json.stdout, run.stdout);
    let line = json.lines().position(|line| line.trim().starts_with("\"empty\"")).unwrap() + 1;
    let left_out =
        format!("api.json:{line}: left out: DELETE /books/{{id}}, 409: empty has no message\n");
    assert!(of_json.stderr.starts_with(&left_out), "{}", of_json.stderr);
}

const SWAGGER: &str = r##"
swagger: "2.0"
info: { title: Books API, version: "1" }
produces: [text/plain, application/vnd.books+json]
paths:
  /books/{id}:
    parameters: [{ name: id, in: path, type: string }]
    get:
      operationId: getBook
      responses:
        200: { description: A book }
        403:
          description: Members only
          schema: { $ref: "#/definitions/Problem" }
          examples:
            application/vnd.books+json: { code: no_member, detail: "You are no member" }
        404:
          description: There is no such book
          examples:
            lost: { code: lost, detail: "The book was lost" }
            sold: { code: sold, detail: "The book was sold" }
        409: { $ref: "#/responses/Lent" }
        410: { $ref: "#/responses/Nowhere" }
        422: { description: Wrong, schema: { $ref: "#/definitions/Wrong" } }
        423: {}
        default: { description: Anything else }
responses:
  Lent:
    description: Somebody has it
    examples: { application/vnd.books+json: { code: lent, detail: "The book is lent" } }
  Busy:
    description: Too Many Requests
    examples:
      application/vnd.books+json: {}
definitions:
  Wrong:
    allOf:
      - { $ref: "#/definitions/Problem" }
      - { properties: { code: { enum: [wrong, odd] }, detail: { enum: [The id is wrong, The id is odd] } } }
  Problem:
    type: object
    properties: { code: { type: string }, detail: { type: string } }
"##;

/// In Swagger 2, schemas and examples are in other places.
#[test]
fn a_document_of_swagger() {
    let run = import("api.yaml", SWAGGER).exits(1);
    expect![[r#"
        catalog: Books # guess: from the title of the document
        title: Books API
        allow_warnings: [unexplained-error]

        statuses:
          403: { name: Forbidden, description: Forbidden } # guess: the source does not describe it
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it
          409: { name: Conflict, description: Conflict } # guess: the source does not describe it
          410: { name: Gone, description: Gone } # guess: the source does not describe it
          422: { name: Unprocessable Content, description: Unprocessable Content } # guess: the source does not describe it
          423: { name: Locked, description: Locked } # guess: the source does not describe it
          429: { name: Too Many Requests, description: Too Many Requests } # guess: the source does not describe it

        wire:
          body: { code: "{code}", detail: "{detail}" } # guess: what the examples have in common
          media_type: application/vnd.books+json

        sections:
          - name: Errors
            errors:
              - code: no_member
                status: 403
                detail: You are no member
              - code: lost
                status: 404
                detail: The book was lost
              - code: sold
                status: 404
                detail: The book was sold
              - code: lent
                status: 409
                detail: The book is lent
              - code: wrong
                status: 422
                detail: The id is wrong
              - code: odd
                status: 422
                detail: The id is odd
              - code: too_many_requests # guess: derived from the message
                status: 429
                detail: "Too Many Requests" # guess: the description of the response, which has no example

        operations:
          get_book:
            route: "GET /books/{id}"
            errors: [no_member, lost, sold, lent, wrong, odd]
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        api.yaml:23: left out: GET /books/{id}, 410: `#/responses/Nowhere` leads nowhere
        api.yaml:25: left out: GET /books/{id}, 423: it has neither an example nor a description
        api.yaml:26: left out: GET /books/{id}, default: it has neither an example nor a single status
        api.yaml:34: left out: Busy: the example has no message
        guess: code (1): derived from the message
        guess: description of a status (7): the source does not describe it
        guess: message (1): the description of the response, which has no example
        guess: name of the catalog (1): from the title of the document
        guess: setting of `wire` (1): what the examples have in common
        7 errors in 1 section
    "#]].assert_eq(&run.stderr);
    let unnamed = import("api", SWAGGER).exits(1);
    assert_eq!(unnamed.stdout, run.stdout);
    // Among the media types that it produces, the JSON one is that of errors.
    let schema = "{ properties: { detail: { example: No book } } }";
    let document = format!(
        "swagger: 2.0\nproduces: [text/plain, application/problem+json]\npaths:\n  /books:\n    get: {{ responses: {{ \
         404: {{ description: No, schema: {schema} }} }} }}\n"
    );
    let wire = &yaml(&import("api.yaml", &document).exits(0).stdout)["wire"];
    assert_eq!(wire["media_type"], "application/problem+json");
}

/// The code can be the name of an error, in whatever case.
#[test]
fn a_name_that_is_the_code() {
    let response = |name: &str, text: &str| {
        format!(
            "{{ description: No, content: {{ a/json: {{ example: {{ name: {name}, message: {text}, id: x1 }} }} }} }}"
        )
    };
    let document = |first: &str, second: &str| {
        let (first, second) = (response(first, "No book"), response(second, "It is lent"));
        format!(
            "openapi: 3.1.0\npaths: {{ /a: {{ get: {{ responses: {{ 404: {first}, 409: {second} }} }} }} }}\n"
        )
    };
    let found = |document: &str| {
        let catalog = yaml(&import("api.yaml", document).stdout);
        let errors = errors(&catalog);
        format!(
            "{} {} {}",
            catalog["wire"]["body"]["name"], errors[0].1["code"], errors[1].1["code"]
        )
    };
    assert_eq!(found(&document("NO_BOOK", "BookLent")), r#""{code}" "NO_BOOK" "BookLent""#);
    let text = found(&document("Not there", "Not now"));
    assert_eq!(text, r#""{wire.name}" "no_book" "it_lent""#);
}

/// An operation without an imported error is omitted, and a value that looks like a link is not a constant.
#[test]
fn what_is_left_of_a_document() {
    let example = |detail: &str| format!("{{ detail: \"{detail}\", self: /errors }}");
    let response = |detail: &str| {
        format!(
            "{{ description: No, content: {{ application/json: {{ example: {} }} }} }}",
            example(detail)
        )
    };
    let document = format!(
        "openapi: 3.1.0\npaths:\n  /a: {{ get: {{ responses: {{ 404: {} }} }} }}\n  /b: {{ get: {{ responses: {{ 404: {} }} }} }}\n",
        response("Job {id} is gone"),
        response("Job x is gone"),
    );
    let run = import("api.yaml", &document).exits(1);
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it

        wire:
          body: { detail: "{detail}", self: "{any}" } # guess: what the examples have in common

        sections:
          - name: Errors
            errors:
              - code: job_gone # guess: derived from the message
                status: 404
                detail: Job {id} is gone
                params:
                  id: word # guess: the source has no types

        operations:
          get_a: # guess: the operation has no `operationId`
            route: GET /a
            errors: [job_gone]
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        api.yaml:4: left out: the error `job_x_gone` is refused (ambiguous-sentences): the message “Job x is gone” comes from `job_gone` and from `job_x_gone`, both under 404
        guess: code (1): derived from the message
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (1): the operation has no
        guess: parameter or name (1): the source has no types
        guess: setting of `wire` (1): what the examples have in common
        1 error in 1 section
    "#]].assert_eq(&run.stderr);
}

#[test]
fn lists_of_other_projects() {
    let spark = r#"{
  "CANNOT_OPEN": { "message": ["Cannot open <filePath>.", "Try '<hint>'."], "sqlState": "42000" },
  "ODD": { "message": ["<left><type> <= <left>: <not one>, {brace} <b>% <100>"] },
  "BAD": { "message": ["Bad:"], "subClass": { "WORSE": { "message": ["worse"] }, "WORST": { "message": ["<what>"] } } },
  "WORST_OF_ALL_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS": { "message": ["Long."] }
}"#;
    let run = import("error-conditions.json", spark).exits(0);
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          400: { name: Bad Request, description: Bad Request } # guess: the source does not describe it

        wire:
          body: { errorClass: "{code}", messageParameters: "{params:string}" } # guess: Spark's format MINIMAL without its sqlState
          identity: code # guess: the format has a code for every error

        sections:
          - name: Errors
            errors:
              - code: CANNOT_OPEN
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "Cannot open {file_path}.\nTry '{hint}'."
                params:
                  file_path: { type: text, member: filePath } # guess: the source has no types
                  hint: text # guess: the source has no types
                x-sql-state: "42000"
              - code: ODD
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "{left}{type_value} <= {left}: <not one>, {{brace}} {b}% {value_100}"
                params:
                  left: text # guess: the source has no types
                  type_value: { type: text, member: type } # guess: the source has no types
                  b: text # guess: the source has no types
                  value_100: { type: text, member: "100" } # guess: the source has no types
              - code: BAD.WORSE
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "Bad: worse"
              - code: BAD.WORST
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "Bad: {what}"
                params:
                  what: text # guess: the source has no types
              - code: WORST_OF_ALL_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS_THE_CONDITIONS_THAT_ARE_BELOW_OTHERS
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: Long.
    "#]].assert_eq(&run.stdout);
    let toml = "# made\n[\"CDC:ErrOpen\"]\nerror = \'\'\'\ncannot open %s at %d\n\'\'\'\ndescription = \"Why\"\n\n[\"CDC:ErrEnd\"]\nerror = \"the end\"\n\n[\"CDC:ErrX\"]\n";
    let run = import("errors.toml", toml).exits(1);
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          400: { name: Bad Request, description: Bad Request } # guess: the source does not describe it

        wire:
          use: detail_and_code # guess: the format has a code for every error
          identity: code # guess: the format has a code for every error

        sections:
          - name: Errors
            errors:
              - code: CDC:ErrOpen
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: "cannot open {open} at {value}"
                params:
                  open: text # guess: a placeholder without a name
                  value: i64 # guess: a placeholder without a name
                cause: Why
              - code: CDC:ErrEnd
                status: 400 # guess: the source does not say it
                status_basis: inferred
                detail: the end
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        errors.toml:11: left out: the row has no message
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (2): a placeholder without a name
        guess: setting of `wire` (2): the format has a code for every error
        guess: status (2): the source does not say it
        2 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
}

/// Members that Spark's format has, and a catalog has not, become custom fields; subclasses have theirs too.
#[test]
fn further_members_of_conditions() {
    let conditions = r#"{
  "A": { "message": ["A"], "sqlState": "42000", "breakingChangeInfo": { "needsAudit": false } },
  "B": { "message": ["B:"], "remark": "all", "sub_class": { "C": { "message": ["c"], "sqlState": "1" }, "D": { "message": ["d"] } } },
  "E": { "message": ["E"], "subClass": {} },
  "F": 3
}"#;
    let run = import("error-conditions.json", conditions).exits(1);
    let custom = errors(&yaml(&run.stdout)).into_iter().map(|(_, error)| {
        let of = |name: &str| error[name].to_string();
        [of("code"), of("x-sql-state"), of("x-breaking-change-info"), of("x-remark")].join(" ")
    });
    assert_eq!(
        custom.collect::<Vec<_>>(),
        [
            r#""A" "42000" {"needsAudit":false} null"#,
            r#""B.C" "1" null "all""#,
            r#""B.D" null null "all""#,
            r#""E" null null null"#,
        ]
    );
    let left_out = "error-conditions.json:5: left out: `F` is not an object\n";
    assert!(run.stderr.starts_with(left_out), "{}", run.stderr);
}

/// Returns the catalogs of this repository that pass `check`.
fn catalogs() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let folders = ["tests/catalogs", "tests/catalogs/families", "docs"];
    let entries =
        folders.iter().flat_map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder"));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.push(root.join("errors.yaml"));
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    paths.sort();
    let read = |path: std::path::PathBuf| {
        (path.display().to_string(), std::fs::read_to_string(&path).expect("a file"))
    };
    let mut all: Vec<(String, String)> = paths.into_iter().map(read).collect();
    assert!(all.len() > 30, "{}", all.len());
    all.extend(MORE.map(|(name, catalog)| (name.to_owned(), catalog.to_owned())));
    all
}

/// Further catalogs, each of which was not restored once.
const MORE: [(&str, &str); 7] = [
    // No error has the success status, or the only one has it beside another.
    (
        "no_success.yaml",
        "\
catalog: Shop
statuses:
  200: { name: Done, description: It worked }
  404: { name: Not Found, description: There is no such thing }
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, status: 200, identity: code }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: 404, detail: No such order, cause: A, fix: B }
",
    ),
    (
        "one_success.yaml",
        "\
catalog: Shop
statuses:
  200: { name: OK, description: It worked }
  404: { name: Not Found, description: There is no such thing }
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, status: 200, identity: code }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: [404, 200], detail: No such order, cause: A, fix: B }
",
    ),
    // The same code under two statuses, in front of the message.
    (
        "twice.yaml",
        "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
  410: { name: Gone, description: It was there }
wire: { body: { detail: \"{code}: {detail}\" }, identity: code_and_detail }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: 404, detail: No such order, cause: A, fix: B }
      - { code: no_order, name: old_order, status: 410, detail: No such order any more, cause: A, fix: B }
",
    ),
    // The same code twice under a status: with a context, and an alias with a name.
    (
        "shared.yaml",
        "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code_and_detail }
contexts: { wait: { text: Wait } }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: 404, detail: No such order, context: wait, cause: A, fix: B }
      - { code: no_order, name: old_order, status: 404, detail: No such order any more, cause: C, fix: D }
      - { code: no_order, name: no_cart, same_as: no_order, cause: E, fix: F }
",
    ),
    // An alias has a code, its error has none.
    (
        "coded_alias.yaml",
        "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code_or_detail }
sections:
  - name: Orders
    errors:
      - { code: none, name: no_order, status: 404, detail: No such order, cause: A, fix: B }
      - { code: no_cart, same_as: no_order, cause: C, fix: D }
",
    ),
    // A body that has no value at the place of one, and messages with braces in bodies with more behind them.
    (
        "empty_value.yaml",
        "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
wire: { body: { message: \"{detail} (trace {any}\", id: \"{id:string}\" } }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: 404, detail: \"No such {{order}}\", cause: A, fix: B }
      - { code: no_cart, status: 404, detail: No cart, params: { id: word }, cause: C, fix: D }
",
    ),
    // Only an older format has the code.
    (
        "older_code.yaml",
        "\
catalog: Shop
statuses:
  404: { name: Not Found, description: There is no such thing }
wire: { body: { detail: \"{detail}\" }, reads: [{ code: \"{code}\", message: \"{detail}\" }] }
sections:
  - name: Orders
    errors:
      - { code: no_order, status: 404, detail: No such order, cause: A, fix: B }
",
    ),
];

/// Returns what `generate` makes of a catalog, and what it makes of the catalog that is imported from that.
fn twice(path: &str, catalog: &str, target: &str, name: &str) -> (String, String) {
    let sandbox = Sandbox::with(catalog);
    sandbox.run(&["generate", target, "--out", name]).exits(0);
    let imported = sandbox.run(&["import", name]);
    sandbox.write("again.yaml", &imported.stdout);
    let again = sandbox.run(&["generate", target, "again.yaml"]);
    assert_eq!(again.status, 0, "{path}: {}", again.stderr);
    (sandbox.read(name), again.stdout)
}

/// Operations list errors by the names that the compiler derives from their codes, also from keywords.
#[test]
fn operations_list_errors_by_the_names_of_their_codes() {
    let example = |code: &str| json!({ "value": { "code": code, "detail": format!("No {code}") } });
    let examples = json!({ "a": example("Gen"), "b": example("type"), "c": example("NoBook") });
    let content = json!({ "application/json": { "examples": examples } });
    let responses = json!({ "404": { "description": "", "content": content } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Books API", "version": "1" },
        "paths": { "/books": { "get": { "operationId": "get_book", "responses": responses } } },
    });
    let made = yaml(&import("api.json", document.to_string()).exits(0).stdout);
    let listed = &made["operations"]["get_book"]["errors"];
    assert_eq!(listed, &json!(["code_gen", "code_type", "no_book"]));
}

/// Returns the tables and the settings of a Markdown page. The examples of bodies depend on operations, which the page does
/// not have.
fn tables(page: &str) -> Vec<&str> {
    page.lines().skip(1).filter(|line| line.starts_with(['|', '#', '['])).collect()
}

/// The catalog imported from the output of `generate markdown` gives the same page.
#[test]
fn a_page_that_was_made_is_restored() {
    let mut differ = String::new();
    for (path, catalog) in catalogs() {
        let (first, again) = twice(&path, &catalog, "markdown", "page.md");
        let (first, again) = (tables(&first), tables(&again));
        let missing = first.iter().filter(|line| !again.contains(line)).count();
        if first != again {
            let name = path.rsplit('/').next().expect("a name");
            writeln!(differ, "{name}: {missing} of {} lines", first.len()).expect("a string");
        }
    }
    expect![[r#"
        conditions.yaml: 1 of 20 lines
        shards.yaml: 1 of 21 lines
        members.yaml: 0 of 49 lines
        requests.yaml: 1 of 20 lines
    "#]]
    .assert_eq(&differ);
}

/// Returns the tables of the decoder in an HTML page, and the table of statuses.
fn data(page: &str) -> (Value, String) {
    let (_, data) = page.split_once("id=\"catalog-data\">").expect("the tables");
    let (data, _) = data.split_once("</script>").expect("their end");
    let (_, statuses) = page.split_once("<table class=\"statuses\">").expect("the statuses");
    (yaml(data), statuses.split_once("</table>").expect("their end").0.to_owned())
}

/// The catalog imported from the output of `generate html` has the same errors, values, statuses and operations.
#[test]
fn a_page_in_html_that_was_made_is_restored() {
    let mut count = 0;
    for (path, catalog) in catalogs() {
        let (first, again) = twice(&path, &catalog, "html", "page.html");
        let remarks = |page: &str| {
            let entries = page.split("<dt>Since</dt>").skip(1);
            entries.filter_map(|it| Some(it.split_once("</dd>")?.0.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(remarks(&first), remarks(&again), "{path}");
        count += remarks(&first).len();
        let ((first, statuses), (again, statuses_again)) = (data(&first), data(&again));
        for (first, again) in first["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .zip(again["errors"].as_array().expect("errors"))
        {
            assert_eq!(first, again, "{path}");
        }
        for (name, first) in first.as_object().expect("an object") {
            assert_eq!(*first, again[name], "{path}: {name}");
        }
        assert_eq!(statuses, statuses_again, "{path}");
    }
    assert!(count > 0);
}

/// What is no custom field, such as the advice to retry, is not compared with the catalog's custom fields.
#[test]
fn a_page_in_html_that_was_made_says_nothing_new() {
    let sandbox = Sandbox::new();
    let catalog = "catalog: Books\nstatuses:\n  404: { name: Not Found, description: Not there }\nsections:\n  - name: Books\n    \
                   errors:\n      - code: no_book\n        status: 404\n        detail: No book\n        cause: c\n        fix: f\n        \
                   since: \"1.2\"\n        retry: later\n        x-team: a\n";
    sandbox.write("errors.yaml", catalog);
    let page = sandbox.run(&["generate", "html", "errors.yaml"]).exits(0).stdout;
    sandbox.write("page.html", page);
    let run = sandbox.run(&["import", "page.html", "--out", "errors.yaml"]).exits(0);
    assert_eq!(run.stderr, "nothing was added to errors.yaml\n");
    assert_eq!(sandbox.read("errors.yaml"), catalog);
}

/// Returns the examples of a document, each with its status. The order of members does not matter.
fn examples(document: &str) -> Vec<String> {
    let mut document = yaml(document);
    document.sort_all_objects();
    let mut all = Vec::new();
    for (name, response) in document["components"]["responses"].as_object().into_iter().flatten() {
        for content in response["content"].as_object().expect("a content").values() {
            for (code, example) in content["examples"].as_object().expect("examples") {
                all.push(format!(
                    "{name} {code} {} {} {}",
                    example["summary"], example["description"], example["value"]
                ));
            }
        }
    }
    all.sort();
    all
}

/// Returns the lines of a document in YAML, sorted, without those that list all errors in the order of the catalog.
fn lines(document: &str) -> Vec<&str> {
    let lists = |line: &&str| line.contains("pattern: \"^(?:") || line.contains("Errors: `");
    let mut lines: Vec<&str> = document.lines().skip(1).filter(|line| !lists(line)).collect();
    lines.sort_unstable();
    lines
}

/// The catalog imported from the output of `generate openapi` gives the same document, but for the order of errors: with
/// the same codes, statuses, causes, fixes, contexts, bodies and headers. A document has no sections, and the names of
/// values are invented.
#[test]
fn a_document_that_was_made_is_restored() {
    let mut differ = String::new();
    for (path, catalog) in catalogs() {
        for name in ["api.yaml", "api.json"] {
            let (first, again) = twice(&path, &catalog, "openapi", name);
            assert_eq!(examples(&first), examples(&again), "{path}");
            let (first, again) = (lines(&first), lines(&again));
            for line in first.iter().filter(|line| name == "api.yaml" && !again.contains(line)) {
                let file = path.rsplit('/').next().expect("a name");
                writeln!(differ, "{file}: {}", line.trim()).expect("a string");
            }
        }
    }
    // A value in an older format only, and the value of a header field that another status has, too.
    expect![[r#"
        ledger.yaml: booked: "{is_booked}"
        statuses.yaml: example: "7"
    "#]]
    .assert_eq(&differ);
}

/// The example in docs/import.md, with the result that the page shows.
#[test]
fn the_example_of_the_documentation() {
    let page = file("docs/import.md");
    let block = |language: &str| {
        let (_, block) = page.split_once(&format!("```{language}\n")).expect("a block");
        block.split_once("```").expect("its end").0.to_owned()
    };
    assert_eq!(import("errors.md", block("markdown")).exits(0).stdout, block("yaml"));
    let help = Sandbox::new().run(&["import", "--help"]).exits(0).stdout;
    let formats = help.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'));
    for (format, _) in formats.filter(|(format, _)| !["auto", "always", "never"].contains(format)) {
        assert!(page.contains(&format!("\n| `{format}` |")), "{format}");
    }
}

#[test]
fn files_and_standard_input() {
    let sandbox = Sandbox::new();
    let table = "code,status,message\na,404,One\n";
    sandbox.write("a.csv", table);
    sandbox.write("b.csv", "code,status,message,cause\nb,404,Two,Why\na,404,One,Because\n");
    let run = sandbox.run(&["import", "a.csv", "b.csv", "--out", "errors.yaml"]).exits(0);
    assert!(run.stderr.ends_with(
        "wrote errors.yaml with 2 errors in 1 section; next: kate-errors check --file errors.yaml\n"
    ));
    assert_eq!(run.stdout, "");
    let text = sandbox.read("errors.yaml");
    assert!(
        text.contains(
            "      - code: a\n        status: 404\n        detail: One\n        cause: Because\n"
        ),
        "{text}"
    );
    sandbox.run(&["check"]).exits(0);
    // The output is the same each time.
    assert_eq!(sandbox.run(&["import", "a.csv", "b.csv"]).exits(0).stdout, text);
    let piped = sandbox.run_with_input(&["import", "-", "--from", "csv"], table).exits(0);
    assert_eq!(piped.stdout, sandbox.run(&["import", "a.csv"]).exits(0).stdout);
    let run = sandbox.run_with_input(&["import", "-"], "whatever").exits(2);
    assert_eq!(run.stderr, "error: cannot detect the format of `<stdin>`; give it with `--from`\n");
    let piped = sandbox.run_with_input(&["import", "-"], PAGE).exits(1);
    assert!(
        piped.stderr.starts_with("<stdin>:24: left out: the row has no message\n"),
        "{}",
        piped.stderr
    );
    sandbox.run(&["import", "no.csv"]).exits(2);
    sandbox.run(&["import"]).exits(2);
    sandbox.write("latin.csv", b"code\n\xff");
    sandbox.run(&["import", "latin.csv"]).exits(2);
    sandbox.write("empty.csv", "");
    let run = sandbox.run(&["import", "empty.csv", "--out", "none.yaml"]).exits(1);
    assert_eq!(run.stderr, "no errors were found\n");
    assert!(!sandbox.path("none.yaml").exists());
}

/// If messages cannot be told apart, the first is kept, unless codes tell them apart.
#[test]
fn messages_that_clash() {
    let page = "| Status | Error | Fix |\n|--|--|--|\n| 404 | {a} not found | - |\n| 404 | Job not found | - |\n| 404 | {x}{y} | - |\n| 404 | Job not found | Look |\n| 404 | Job not found | |\n";
    let run = import("errors.md", page).exits(1);
    let details: Vec<Value> =
        errors(&yaml(&run.stdout)).into_iter().map(|(_, error)| error["detail"].clone()).collect();
    assert_eq!(details.len(), 2, "{}", run.stdout);
    assert_eq!(details[0], "{a} not found");
    assert!(
        run.stderr.contains(
            "errors.md:4: left out: the error `job_not_found` is refused (ambiguous-sentences): "
        ),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("repeated (1): the same message again, imported once\n"),
        "{}",
        run.stderr
    );
}

/// The same message under another status is another error, and each of them may be repeated.
#[test]
fn messages_repeated_under_two_statuses() {
    let raised =
        [404, 403, 403, 404, 403].map(|it| format!("    raise HTTPException({it}, 'No job')\n"));
    let run = import(
        "jobs.py",
        format!("from fastapi import HTTPException\n\n\ndef get():\n{}", raised.concat()),
    );
    let run = run.exits(0);
    let statuses = errors(&yaml(&run.stdout)).into_iter().map(|(_, error)| error["status"].clone());
    assert_eq!(statuses.collect::<Vec<_>>(), [404, 403], "{}", run.stdout);
    assert!(run.stderr.contains("repeated (3): "), "{}", run.stderr);
}

/// A repeated message is one error, whatever its values are called; what differs the second time is listed.
#[test]
fn what_is_said_twice() {
    let page = "| Status | Error | Cause |\n|--|--|--|\n| 404 | No job {id} | - |\n| 404 | No job {job_id} | - |\n";
    let run = import("errors.md", page).exits(0);
    assert!(run.stderr.contains("repeated (1): "), "{}", run.stderr);
    let table = "code,status,message,cause,fix,team\na,404,Gone,Old,,x\na,404,Gone,New,Wait,y\nb,409,Full,,,\nb,410,Full,Big,,\n";
    let run = import("errors.csv", table).exits(1);
    let told: Vec<&str> = run.stderr.lines().take_while(|line| line.contains("left out")).collect();
    expect![[r#"
        errors.csv:3: left out: `a` has another cause, `New`, than in line 2, `Old`
        errors.csv:3: left out: `a` has another `x-team`, `"y"`, than in line 2, `"x"`"#]]
    .assert_eq(&told.join("\n"));
    assert!(run.stdout.contains("status: [409, 410]"), "{}", run.stdout);
}

/// Whatever a source contains is text in the catalog, and no output controls a terminal.
#[test]
fn hostile_text_is_text() {
    let texts = [
        "a # b",
        "a: b",
        "- a",
        "{a}",
        "}a{",
        "{{a}}",
        "'a\"",
        "\\",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "yes",
        "null",
        "~",
        "1e3",
        "08",
        "---",
        "a\u{1b}[31mb",
        "a\u{202e}b",
        "\u{feff}a",
        "a\u{2028}b",
        "a\tb",
        "ä 漢字 🦀",
        "<script>alert(1)</script>",
        "a | b",
        "# guess: x",
    ];
    let rows = texts.iter().enumerate().map(|(at, text)| {
        serde_json::json!({ "code": format!("c{at}"), "status": 404, "message": format!("{at} {text}"), "cause": text, "fix": text, "note": text })
    });
    let rows: Vec<Value> = rows.collect();
    let run = import("errors.json", Value::from(rows).to_string());
    let made = errors(&yaml(&run.stdout));
    for (_, error) in &made {
        let at: usize = error["code"].as_str().expect("a code")[1..].parse().expect("a number");
        let cause = error["cause"].as_str().expect("a cause").replace("{{", "{").replace("}}", "}");
        let words = |text: &str| {
            text.replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let params = error["params"].as_object().map_or(0, serde_json::Map::len);
        assert!(params > 0 || cause == words(texts[at]), "{cause:?} {:?}", texts[at]);
    }
    expect![[r#"
        errors.json:1: left out: the error `c20` is refused (control-character): the control character U+001B is not allowed here
        errors.json:1: left out: the error `c21` is refused (bidirectional-character): the bidirectional control character U+202E is not allowed here
        errors.json:1: left out: the error `c22` is refused (control-character): the byte-order mark U+FEFF is not allowed here
        errors.json:1: left out: the error `c23` is refused (control-character): the line separator U+2028 is not allowed here
        errors.json:1: left out: the error `c24` is refused (control-character): the tab U+0009 is not allowed here
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (2): the source has no types
        24 errors in 1 section
    "#]].assert_eq(&run.stderr);
    assert!(made.len() > 20, "{}", made.len());
}

/// Whatever the input is, the command ends with a report. Takes hours if anything is quadratic.
#[test]
fn what_is_no_source_is_said() {
    let long = |text: &str| text.repeat(50_000 / text.len());
    let texts = [
        String::new(), "\0".to_owned(), "{".to_owned(), "[[[[".to_owned(), "| a".to_owned(), "<table><tr><td>".to_owned(), "openapi: 3.1.0".to_owned(),
        "openapi: 3.1.0\npaths: { /a: { get: { responses: { 404: { $ref: '#/paths/~1a/get/responses/404' } } } } }".to_owned(),
        "{\"openapi\":\"3.1.0\",\"paths\":[]}".to_owned(), "error,cause\n\"".to_owned(), "ErrorCauseFix\n\"".to_owned(), "[\"a\"]".to_owned(),
        long("{"), long("{\"a\":"), long("["), long("|"), long("| Error | Fix |\n|--|--|\n"), long("<td>"), long("<table>"), long("</p>"), long("<p><div>"),
        long("ErrorCauseFix\n"), long("Aa"), format!("ErrorCauseFix\n{}", long("aB")), format!("error\n{}", long("{a} ")), format!("status,error\n{}", long("400,%s\n")),
        format!("status,error\n{}", long("400,=1=1=1\n")), format!("error\n{}", long(": ")), format!("[{}1]", long("1,")), long("a: &a [*a]\n"),
    ];
    for format in ["markdown", "html", "text", "openapi", "csv", "json", "spark", "toml"] {
        for text in &texts {
            let sandbox = Sandbox::new();
            let run = sandbox.run_with_input(&["import", "-", "--from", format], text).harmless();
            assert!(run.status < 2, "{format} {}: {run:?}", &text[..text.len().min(40)]);
        }
    }
}

/// A catalog with an unusual layout.
const OURS: &str = "\
# Ours.
catalog: Books
statuses:
    404: {name: Not Found,   description: 'Nothing is there'} # kept
    409: { name: Conflict, description: Somebody was faster }

sections:
  # first
  - name: Loans
    errors:
    # The oldest error.
    - { code: no_book, status: 404, detail: \"No book {isbn}\", params: { isbn: word }, cause: It went, fix: Look }

    - code: lent
      status: 409   # or 423
      detail: 'Book is lent'
      cause: Somebody has it
      fix: Wait

  - name: Readers
    errors:
    - { code: no_reader, status: 404, detail: No reader, cause: Gone, fix: Look }
";

/// A second import adds new errors to their sections, keeps every character that exists, and reports differences.
/// The lists of errors and sections end at the same place, and so may the whole file. Each gets what belongs to it.
#[test]
fn additions_at_the_same_place() {
    let catalog = "\
catalog: Books
statuses:
  404: { name: Not Found, description: Nothing is there }
sections:
- name: Loans
  errors:
  - { code: no_book, status: 404, detail: No book, cause: It went, fix: Look }
";
    let page = "# Errors\n\n## Fees\n\n| Code | Status | Message |\n|--|--|--|\n| no_credit | 404 | No credit |\n\n```json\n{\"detail\":\"No credit. Required: 5, available: 3\"}\n```\n\n## Loans\n\n| Code | Status | Message |\n|--|--|--|\n| lost | 404 | The book is lost |\n";
    let sandbox = Sandbox::with(catalog);
    sandbox.write("page.md", page);
    sandbox.run(&["import", "page.md", "--out", "errors.yaml"]).exits(0);
    sandbox.run(&["check"]).exits(0);
    let merged = sandbox.read("errors.yaml");
    let places = ["- code: lost", "- name: Fees", "- code: no_credit", "contexts:"];
    let places = places.map(|it| merged[catalog.len()..].find(it).expect(it));
    assert!(places.is_sorted(), "{merged}");
}

#[test]
fn a_second_import_adds_what_is_new() {
    let sandbox = Sandbox::with(OURS);
    let table = "\
code,status,message,cause,fix,section
no_book,410,No book <id>,It went,Look,Loans
lent,409,Book is lent,Another cause,,Loans
lost,410,Book {id} was lost. Since: 2020,Somebody lost it,Pay,Loans
late,409,Book is late,,,Loans
late_too,409,Book is late,Somebody is late,Wait,Readers
no_shelf,404,No shelf,Burnt,Build,Shelves
clash,404,No {x},,,Shelves
no_pen,404,No pen at all,,,Readers
lent_too,409,Book is lent,Lent twice,Wait,Readers
";
    sandbox.write("more.csv", table);
    let import = || sandbox.run(&["import", "more.csv", "--out", "errors.yaml"]).harmless();
    let run = import().exits(1);
    let merged = sandbox.read("errors.yaml");
    expect![[r##"
        # Ours.
        catalog: Books
        statuses:
            404: {name: Not Found,   description: 'Nothing is there'} # kept
            409: { name: Conflict, description: Somebody was faster }
            410: { name: Gone, description: Gone } # guess: the source does not describe it

        sections:
          # first
          - name: Loans
            errors:
            # The oldest error.
            - { code: no_book, status: 404, detail: "No book {isbn}", params: { isbn: word }, cause: It went, fix: Look }

            - code: lent
              status: 409   # or 423
              detail: 'Book is lent'
              cause: Somebody has it
              fix: Wait

            - code: lost
              status: 410
              detail: "Book {id} was lost. Since: {since}"
              params:
                id: word # guess: the source has no types
                since: { type: u64, example: 2020 } # guess: a number, which may be an example
              cause: Somebody lost it
              fix: Pay

            - code: late
              status: 409
              detail: Book is late

          - name: Readers
            errors:
            - { code: no_reader, status: 404, detail: No reader, cause: Gone, fix: Look }
            - code: late_too
              same_as: late
              cause: Somebody is late
              fix: Wait
            - code: no_pen
              status: 404
              detail: No pen at all
            - code: lent_too
              same_as: lent
              cause: Lent twice
              fix: Wait

          - name: Shelves
            errors:
              - code: no_shelf
                status: 404
                detail: No shelf
                cause: Burnt
                fix: Build
    "##]].assert_eq(&merged);
    expect![[r#"
        more.csv:2: left out: `no_book` has the status `404` in errors.yaml, and `410` here
        more.csv:3: left out: `lent` has the cause `Somebody has it` in errors.yaml, and `Another cause` here
        more.csv:8: left out: the error `clash` is refused (ambiguous-sentences): the message “No shelf” comes from `no_shelf` and from `clash`, both under 404
        kept (1): not found in the source: `no_reader`
        guess: description of a status (1): the source does not describe it
        guess: parameter or name (1): a number, which may be an example
        guess: parameter or name (1): the source has no types
        wrote errors.yaml with 6 new errors; next: kate-errors check --file errors.yaml
    "#]].assert_eq(&run.stderr);
    // Every existing line is kept, in the same order.
    let mut lines = merged.lines();
    for line in OURS.lines() {
        assert!(lines.any(|it| it == line), "{line}");
    }
    // A repeated import has nothing to add.
    let run = import().exits(1);
    assert!(run.stderr.ends_with("nothing was added to errors.yaml\n"), "{}", run.stderr);
    assert_eq!(sandbox.read("errors.yaml"), merged);
    // An error that clashes with an existing one is left out.
    sandbox.write("clash.csv", "code,status,message\nany,404,<a> reader\n");
    let run = sandbox.run(&["import", "clash.csv", "--out", "errors.yaml"]).exits(1);
    assert!(
        run.stderr.starts_with(
            "clash.csv:2: left out: the error `any` is refused (ambiguous-sentences): "
        )
    );
    assert_eq!(sandbox.read("errors.yaml"), merged);
    let windows = OURS.replace('\n', "\r\n");
    sandbox.write("errors.yaml", &windows);
    import().exits(1);
    assert_eq!(sandbox.read("errors.yaml"), merged.replace('\n', "\r\n"));
}

/// A catalog keeps its byte order mark when something is added.
#[test]
fn a_byte_order_mark_stays() {
    let catalog = "\u{FEFF}catalog: Books\nstatuses:\n  404: { name: Not Found, description: D }\nsections:\n  - name: A\n    errors:\n      - { code: a, status: 404, detail: A, cause: B, fix: C }\n";
    let sandbox = Sandbox::with(catalog);
    sandbox.write("a.csv", "status,message\n404,One\n");
    sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).exits(0);
    assert!(sandbox.read("errors.yaml").starts_with(catalog), "{}", sandbox.read("errors.yaml"));
}

/// A text that could not be told from a message of the catalog becomes a word.
#[test]
fn a_value_is_narrowed_beside_the_messages_of_the_catalog() {
    let catalog = "catalog: Jobs\ntitle: T\nsummary: S.\nstatuses:\n  404: { name: Not Found, description: Gone }\nsections:\n  - name: Errors\n    errors:\n      - code: two_words\n        status: 404\n        detail: Job a b is gone\n        cause: C\n        fix: F\n";
    let sandbox = Sandbox::with(catalog);
    sandbox.write("a.csv", "message,status,cause,fix\nJob {name} is gone,404,C,G\n");
    sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).exits(0);
    assert_eq!(checked_errors(&sandbox), 2);
    assert!(sandbox.read("errors.yaml").contains("name: word # guess: a text could not be told"));
}

/// A file that is not a valid catalog, or not a file, is not changed.
#[test]
fn what_cannot_be_added_to_is_left() {
    let sandbox = Sandbox::with("catalog: 7");
    sandbox.write("a.csv", "status,message\n404,One\n");
    let run = sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).exits(1);
    assert!(
        run.stderr.ends_with("errors.yaml has errors, and was not changed\n"),
        "{}",
        run.stderr
    );
    assert_eq!(sandbox.read("errors.yaml"), "catalog: 7");
    std::fs::create_dir(sandbox.path("folder")).expect("a folder");
    sandbox.run(&["import", "a.csv", "--out", "folder"]).exits(2);
    let flow = "{ catalog: Books, statuses: { 404: { name: Not Found, description: Gone } }, sections: [{ name: A, errors: [{ code: a, status: 404, detail: A, cause: B, fix: C }] }] }";
    sandbox.write("flow.yaml", flow);
    let run = sandbox.run(&["import", "a.csv", "--out", "flow.yaml"]).exits(1);
    assert!(
        run.stderr
            .contains("a.csv:2: left out: `one` cannot be added to flow.yaml; add it by hand\n"),
        "{}",
        run.stderr
    );
    assert_eq!(sandbox.read("flow.yaml"), flow);
}

/// The types of values are read from the patterns of a document, and their examples from its messages.
#[test]
fn types_are_in_a_document() {
    let sandbox = Sandbox::with(file("tests/catalogs/types.yaml"));
    sandbox.run(&["generate", "openapi", "--out", "api.yaml"]).exits(0);
    let made = sandbox.run(&["import", "api.yaml"]).exits(0).stdout;
    sandbox.write("again.yaml", &made);
    let types = |catalog: &str| {
        let page = sandbox.run(&["generate", "html", catalog]).exits(0).stdout;
        let (data, _) = data(&page);
        let of_error = |error: &Value| {
            let params = error["params"].as_array().expect("parameters").iter();
            let types = params.map(|param| format!("{} {}", param["type"], param["choices"]));
            let mut types: Vec<String> = types.collect();
            types.sort();
            format!("{} {}", error["code"], types.join(", "))
        };
        let errors = data["errors"].as_array().expect("errors").iter();
        let mut all: Vec<String> =
            errors.filter(|error| error["retired"].is_null()).map(of_error).collect();
        all.sort();
        all
    };
    let (ours, again) = (types("errors.yaml"), types("again.yaml"));
    assert!(ours.len() > 25, "{}", ours.len());
    let differ: Vec<_> = ours.iter().filter(|error| !again.contains(error)).collect();
    assert_eq!(differ, Vec::<&String>::new(), "{again:#?}");
    assert!(made.contains("{ type: decimal, example: \"12.50\" }"), "{made}");
}

/// Duplicates within a file and between files are reported differently, and errors are found where a function that
/// raises them is called.
#[test]
fn a_python_package_that_repeats_itself() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "app/errors.py",
        "from fastapi import HTTPException\n\n\ndef not_found(text):\n    raise HTTPException(404, text)\n",
    );
    let jobs = "from .errors import not_found\n\n\ndef get(job):\n    not_found('No such job')\n";
    sandbox.write("app/jobs.py", jobs.to_owned() + "    not_found('No such job')\n");
    sandbox.write("app/runs.py", jobs);
    let run = sandbox.run(&["import", "app"]).exits(0);
    assert!(run.stdout.contains("detail: No such job\n"), "{}", run.stdout);
    expect![[r#"
        repeated (2): the same message again, imported once
        guess: code (1): derived from the message
        guess: description of a status (1): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        1 error in 1 section
    "#]]
    .assert_eq(&run.stderr);
}

/// A folder is a package: constants, classes and statuses are resolved across its files.
#[test]
fn a_python_package() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "src/app/errors.py",
        "from fastapi import HTTPException, status\n\nGONE = 'The job is gone'\n\n\n\
         class JobNotFound(HTTPException):\n    def __init__(self, job: int):\n        \
         super().__init__(status.HTTP_404_NOT_FOUND, detail=f\"No job {job}\")\n",
    );
    sandbox.write(
        "src/app/routers/user_jobs.py",
        "from http import HTTPStatus\nfrom fastapi import HTTPException as E\n\
         from app.errors import GONE, JobNotFound\n\n\ndef get(job, name):\n    if not job:\n        \
         raise JobNotFound(job)\n    if job.gone:\n        raise E(HTTPStatus.GONE, GONE)\n    try:\n        run()\n    \
         except Exception as e:\n        raise E(500, str(e))\n    raise E(409, 'Job \\u007b%s\\u007d is %.2f' % (name, job.rate))\n",
    );
    sandbox.write("src/app/venv/other.py", "raise HTTPException(400, 'not ours')\n");
    sandbox.write("src/app/latin.py", b"raise E(400, '\xe9')\n");
    let run = sandbox.run(&["import", "src/app"]).exits(1).harmless();
    expect![[r#"
        catalog: Imported # guess: choose the name; the enum is called after it
        allow_warnings: [unexplained-error]

        statuses:
          404: { name: Not Found, description: Not Found } # guess: the source does not describe it
          409: { name: Conflict, description: Conflict } # guess: the source does not describe it
          410: { name: Gone, description: Gone } # guess: the source does not describe it

        sections:
          - name: User jobs
            errors:
              - code: no_job # guess: derived from the message
                status: 404
                detail: "No job {job}"
                params:
                  job: i64 # guess: taken from `job`
              - code: the_job_gone # guess: derived from the message
                status: 410
                detail: The job is gone
              - code: job # guess: derived from the message
                status: 409
                detail: "Job {{{name}}} is {job_rate}"
                params:
                  name: text # guess: taken from `name`
                  job_rate: decimal # guess: taken from `job.rate:.2f`
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        src/app/routers/user_jobs.py:14: left out: the text is that of another exception, `e`
        src/app/latin.py: left out: cannot read `src/app/latin.py`: it is not UTF-8
        guess: code (3): derived from the message
        guess: description of a status (3): the source does not describe it
        guess: name of the catalog (1): choose the name; the enum is called after it
        guess: parameter or name (3): taken from
        3 errors in 1 section
    "#]]
    .assert_eq(&run.stderr);
    sandbox.write("errors.yaml", &run.stdout);
    sandbox.run(&["check", "errors.yaml"]).exits(0);
    // Existing errors are not added again.
    let again = sandbox.run(&["import", "src/app", "--out", "errors.yaml"]).exits(1);
    assert!(again.stderr.contains("nothing was added to errors.yaml"), "{again:?}");
}

/// Returns a page with a table of errors, and examples of bodies.
fn page_with(codes: &[&str], bodies: &[&str]) -> String {
    let mut page = "# Errors\n\n| Status | Code | Error |\n|---|---|---|\n".to_owned();
    for code in codes {
        writeln!(page, "| 404 | {code} | No such {} |", &code[3..]).expect("a string");
    }
    for body in bodies {
        writeln!(page, "\n```json\n{body}\n```").expect("a string");
    }
    page
}

/// Only values that other bodies have too become constants: not ids, links, or names of fields.
#[test]
fn values_of_one_response_are_no_constants() {
    let body = |bodies: &[&str]| {
        let run = import("errors.md", page_with(&["no_order", "no_user"], bodies)).exits(0);
        assert!(run.stdout.contains(" # guess: "), "{}", run.stdout);
        yaml(&run.stdout)["wire"]["body"].clone()
    };
    let any = "{any}";
    let one = r#"{"error":{"code":"no_order","message":"No such order","type":"lookup","request_id":"req_8f3a","docs":"https://x.example/no_order","retryable":false}}"#;
    let expected = serde_json::json!({ "error": { "code": "{code}", "message": "{detail}", "type": any, "request_id": any, "docs": any, "retryable": any } });
    assert_eq!(body(&[one]), expected);
    // The same example twice counts once.
    assert_eq!(body(&[one, one]), expected);
    let stripe = |code: &str, what: &str| {
        format!(
            r#"{{"error":{{"type":"invalid_request_error","code":"{code}","message":"No such {what}","param":"amount","doc_url":"https://x.example/codes"}}}}"#
        )
    };
    let (order, user) = (stripe("no_order", "order"), stripe("no_user", "user"));
    let expected = serde_json::json!({ "error": { "type": "invalid_request_error", "code": "{code}", "message": "{detail}", "param": any, "doc_url": any } });
    assert_eq!(body(&[&order, &user]), expected);
    let github = r#"{"message":"No such order","success":false,"errors":[{"resource":"Issue","field":"title"}]}"#;
    assert_eq!(
        body(&[github]),
        serde_json::json!({ "message": "{detail}", "success": false, "errors": any })
    );
}

/// A code in the table is a code in bodies too, even where a message could be.
#[test]
fn a_body_with_only_the_code() {
    let slack = page_with(&["no_order", "no_user"], &[r#"{"ok":false,"error":"no_order"}"#]);
    let run = import("errors.md", slack).exits(0);
    let wire = yaml(&run.stdout)["wire"].clone();
    let expected =
        serde_json::json!({ "body": { "ok": false, "error": "{code}" }, "identity": "code" });
    assert_eq!(wire, expected);
    let document = r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{"404":{"description":"No","content":{"application/json":{"examples":
        {"no_order":{"value":{"ok":false,"error":"no_order"}},"no_user":{"value":{"ok":false,"error":"no_user"}}}}}}}}}}}"#;
    assert_eq!(yaml(&import("api.json", document).exits(0).stdout)["wire"], expected);
}

/// A code may have several words. The name of the response's status is none.
#[test]
fn codes_of_several_words_in_bodies() {
    let codes = |bodies: &[(u16, &str)]| {
        let response = |(status, body): &(u16, &str)| {
            let content = format!(r#"{{"application/json":{{"example":{body}}}}}"#);
            format!(r#""{status}":{{"description":"No","content":{content}}}"#)
        };
        let responses = bodies.iter().map(response).collect::<Vec<_>>().join(",");
        let document = format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"A","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{{responses}}}}}}}}}}}"#
        );
        let catalog = yaml(&import("api.json", document).exits(0).stdout);
        let errors = catalog["sections"][0]["errors"].as_array().expect("errors").clone();
        let codes: Vec<String> = errors.iter().map(|error| error["code"].to_string()).collect();
        (catalog["wire"]["body"].to_string(), codes.join(" "))
    };
    let (body, found) = codes(&[
        (401, r#"{"error":"Token Expired","message":"Log in again"}"#),
        (404, r#"{"error":"Not Found","message":"Nothing is there"}"#),
    ]);
    assert_eq!(body, r#"{"error":"{code}","message":"{detail}"}"#);
    assert_eq!(found, r#""Token Expired" "Not Found""#);
    let (body, found) = codes(&[
        (404, r#"{"code":"not found","message":"bucket is gone"}"#),
        (400, r#"{"code":"too long for this server to be read","message":"it is too long"}"#),
    ]);
    assert_eq!(body, r#"{"code":"{code}","message":"{detail}"}"#);
    assert_eq!(found, r#""not found" "it_too_long""#);
    let (body, found) =
        codes(&[(404, r#"{"status":404,"error":"Not Found","message":"No such order"}"#)]);
    assert_eq!(body, r#"{"status":"{status}","error":"{title}","message":"{detail}"}"#);
    assert_eq!(found, r#""no_such_order""#);
}

/// Servers write messages at run time where a table has codes, and says everything about them but the message.
#[test]
fn codes_without_messages() {
    let table = "| Code | Status | When emitted |\n|---|---|---|\n| `LENT` | 409 | Somebody else has it |\n| `no book` | 404 | - |\n";
    let example =
        "```json\n{\"code\":\"LENT\",\"error\":\"Book 7 is lent\",\"trace\":\"a\"}\n```\n";
    let run = import("errors.md", format!("# Error codes\n\n{table}\n{example}")).exits(0);
    let catalog = yaml(&run.stdout);
    let expected = serde_json::json!([
        { "code": "LENT", "status": 409, "params": { "detail": { "type": "lines", "example": "Book 7 is lent" } },
          "cause": "Somebody else has it" },
        { "code": "no book", "status": 404 }
    ]);
    assert_eq!(catalog["sections"][0]["errors"], expected);
    assert_eq!(catalog["wire"]["identity"], "code");
    // An error without a code cannot be told apart by it, so those without messages are left out.
    let other = "| Status | Message |\n|---|---|\n| 410 | The library is closed |\n";
    let run =
        import("errors.md", format!("# Error codes\n\n{table}\n## Errors\n\n{other}")).exits(1);
    assert_eq!(yaml(&run.stdout)["sections"][0]["errors"][0]["detail"], "The library is closed");
    for code in ["LENT", "no book"] {
        let why = format!("`{code}` has no message, and codes do not identify all errors");
        assert!(run.stderr.contains(&why), "{}", run.stderr);
    }
    // Codes alone say nothing about errors.
    let list = "# Error codes\n\n| Code | Page |\n|---|---|\n| LENT | 12 |\n";
    assert!(import("errors.md", list).exits(1).stderr.contains("has none for messages"));
}

/// A list below a heading about errors is one if each item begins with a code.
#[test]
fn lists_of_codes() {
    let page = "# API\n\n## Error codes\n\n- `bad_query` - The query is too long\n- `too_many`: Slow down\n\n\
        ## Numeric errors\n\n* 1 The body is too large\n* 2000 No such *camera*\n\n## Common error codes\n\n`M_NO`\n: You may not\n\n`M_LATE`\n: It is too late,\nso wait\n\n## Errors\n\n- Logging: all are logged\n";
    let run = import("errors.md", page).exits(1);
    let catalog = yaml(&run.stdout);
    let errors = catalog["sections"].as_array().expect("sections").iter();
    let errors = errors.flat_map(|section| section["errors"].as_array().expect("errors"));
    let found: Vec<String> =
        errors.map(|error| format!("{} {}", error["code"], error["detail"])).collect();
    let expected = [
        r#""bad_query" "The query is too long""#,
        r#""too_many" "Slow down""#,
        r#""1" "The body is too large""#,
        r#""2000" "No such camera""#,
        r#""M_NO" "You may not""#,
        r#""M_LATE" "It is too late, so wait""#,
    ];
    assert_eq!(found, expected);
    assert!(run.stdout.contains("# guess: the text behind the code"), "{}", run.stdout);
    assert!(run.stderr.contains("the list below “Errors” is not a table"), "{}", run.stderr);
}

/// Examples below a heading with a status have that status. A block may have several, with comments between them.
#[test]
fn examples_below_headings_with_a_status() {
    let page = "# Fehler\n\n### 401 Unauthorized\n\n```json\n// No token\n{ \"error\": \"Token Missing\", \"message\": \"Log in\" }\n\n\
        // An old one\n{ \"error\": \"Token Expired\", \"message\": \"Log in again\" }\n```\n\n### Weitere\n\n```json\n\
        { \"error\": \"Lent\", \"message\": \"It is lent\" }\n```\n";
    let catalog = yaml(&import("errors.md", page).exits(0).stdout);
    let errors = catalog["sections"][0]["errors"].as_array().expect("errors").iter();
    let found: Vec<String> = errors
        .map(|it| format!("{} {} {}", it["status"], it["code"], it["status_basis"]))
        .collect();
    let expected =
        [r#"401 "Token Missing" null"#, r#"401 "Token Expired" null"#, r#"400 "Lent" "inferred""#];
    assert_eq!(found, expected);
}

/// A page can have a table of statuses, and errors only in its examples.
#[test]
fn statuses_in_a_table_and_errors_in_examples() {
    let page = "# API\n\n## Statuses\n\n| Code | Meaning | Description |\n|--|--|--|\n| 401 | Unauthorized | The API key is wrong |\n\
        | 404 | Not Found | There is nothing |\n\n## An error\n\n```json\n{ \"state\": \"bad\", \"message\": \"Wrong API key\" }\n```\n\n\
        ## A success\n\n```json\n{ \"state\": \"good\", \"message\": \"Done\" }\n```\n";
    let catalog = yaml(&import("errors.md", page).exits(1).stdout);
    let status = &catalog["statuses"]["401"];
    assert_eq!(
        (&status["name"], &status["description"]),
        (&serde_json::json!("Unauthorized"), &serde_json::json!("The API key is wrong"))
    );
    let errors = catalog["sections"][0]["errors"].as_array().expect("errors");
    let found: Vec<_> = errors.iter().map(|it| (&it["status"], &it["detail"])).collect();
    assert_eq!(found, [(&serde_json::json!(401), &serde_json::json!("Wrong API key"))]);
}

/// A remark in parentheses does not change what a heading means.
#[test]
fn headings_with_a_remark() {
    let page =
        "# Errors\n\n| HTTP status (gateway) | Message (exact) |\n|--|--|\n| 409 | It is lent |\n";
    let catalog = yaml(&import("errors.md", page).exits(0).stdout);
    let error = &catalog["sections"][0]["errors"][0];
    assert_eq!(
        (error["status"].as_u64(), error["detail"].as_str()),
        (Some(409), Some("It is lent"))
    );
}

/// A schema that lists codes and no message is left out once for each response, not once for each code.
#[test]
fn a_response_is_left_out_once() {
    let document = r##"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{
        "404":{"description":"No","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}}}}}},
        "components":{"schemas":{"Error":{"type":"object","required":["code","message"],"properties":{
        "code":{"type":"string","enum":["A_1","B_2","C_3"]},"message":{"type":"string"}}}}}}"##;
    let run = import("api.json", document).exits(1);
    assert_eq!(run.stderr.matches("has no message").count(), 1, "{}", run.stderr);
}

/// Documents of others: integers beyond 64 bits, operations in other files, and messages in `errorSummary`.
#[test]
fn documents_with_what_others_write() {
    let document = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '429':\n          \
        description: No\n          content:\n            application/json:\n              example:\n                errorCode: E47\n                \
        errorSummary: Slow down\n    post:\n      $ref: other.yaml\ncomponents:\n  schemas:\n    Seed:\n      minimum: -9223372036854776000\n";
    let run = import("api.yaml", document).exits(1);
    let catalog = yaml(&run.stdout);
    let error = &catalog["sections"][0]["errors"][0];
    assert_eq!(
        (error["code"].as_str(), error["detail"].as_str()),
        (Some("E47"), Some("Slow down"))
    );
    let body = serde_json::json!({ "errorCode": "{code}", "errorSummary": "{detail}" });
    assert_eq!(catalog["wire"]["body"], body);
    assert!(
        run.stderr.contains("/a post: `other.yaml` is in another file: bundle them"),
        "{}",
        run.stderr
    );
}

/// Data with short and long messages, and an error whose message the data lacks.
#[test]
fn data_with_short_messages() {
    let item = |code: &str, short: &str, long: &str| {
        format!(
            r#"{{"name":"A","description":"{code} is returned","shortMessage":"{short}","longMessage":"{long}","code":"{code}","status":"404"}}"#
        )
    };
    let all = [item("no_user", "no user", "There is no such user"), item("no_team", "", "")];
    let catalog = yaml(&import("a.json", format!("[{}]", all.join(","))).exits(0).stdout);
    let errors = &catalog["sections"][0]["errors"];
    assert_eq!(errors[0]["detail"], "no user");
    assert_eq!(errors[0]["x-long-message"], "There is no such user");
    assert_eq!(
        (&errors[1]["code"], &errors[1]["detail"]),
        (&"no_team".into(), &serde_json::Value::Null)
    );
    assert_eq!(catalog["wire"]["identity"], "code");
    // Codes that several errors have do not identify them.
    let all = [all.join(","), item("no_user", "no admin", "")].join(",");
    let run = import("a.json", format!("[{all}]")).exits(1);
    assert!(run.stderr.contains("`no_team` has no message"), "{}", run.stderr);
    assert_eq!(yaml(&run.stdout)["wire"]["identity"], "code_and_detail");
}

/// Objects by code can be in the only member of a document, and codes can have the names that databases give them.
#[test]
fn codes_in_an_object_and_of_databases() {
    let codes = |name: &str, text: &str| {
        let catalog = yaml(&import(name, text).exits(0).stdout);
        let errors = catalog["sections"][0]["errors"].as_array().expect("errors").clone();
        errors
            .iter()
            .map(|it| format!("{} {} {}", it["code"], it["status"], it["detail"]))
            .collect::<Vec<_>>()
    };
    let json = r#"{"errors":{"A_1":{"http_status":401,"description":"No token"},"A_2":{"http_status":403,"description":"No access"}}}"#;
    assert_eq!(codes("a.json", json), [r#""A_1" 401 "No token""#, r#""A_2" 403 "No access""#]);
    let csv = "SQLSTATE,Name,Message\n28P01,invalid_password,The password is wrong\n";
    assert_eq!(codes("a.csv", csv), [r#""28P01" 400 "The password is wrong""#]);
}

/// The headings of a page about errors can be codes, with the message in the paragraph below.
#[test]
fn headings_that_are_codes() {
    let page = "# Error reference\n\nAll of them.\n\n## Codes\n\n### P1000\n\n\"No user `{user}`\"\n\nMore about it.\n\n### P1001\n\n\
        It is late.\n\n### P1002\n\n```sh\nrun\n```\n\nThat helps.\n\n### FAQ\n\nAsk us.\n\n### 404\n\nNothing is there.\n";
    let found = |page: &str| {
        let catalog = yaml(&import("errors.md", page).stdout);
        let errors = catalog["sections"][0]["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|it| format!("{} {}", it["code"], it["detail"])).collect::<Vec<_>>()
    };
    assert_eq!(found(page), [r#""P1000" "No user {user}""#, r#""P1001" "It is late.""#]);
    let front =
        page.replace("# Error reference\n", "---\ntitle: \"Error reference\"\nicon: x\n---\n");
    assert_eq!(found(&front), found(page));
    // A word in code is a code among codes.
    let marked = page.replace("FAQ", "`late`");
    assert_eq!(found(&marked)[2], r#""late" "Ask us.""#);
    // Codes without a text are listed.
    let bare = page.replace("It is late.", "- It is late.\n- It is dark.");
    let bare = format!("{bare}\n### P1002\n\nNo.\n");
    let run = import("errors.md", &bare).exits(1);
    assert!(
        run.stderr.contains("errors.md:13: left out: there is no text below “P1001”\n"),
        "{}",
        run.stderr
    );
    assert_eq!(found(&bare).len(), 2);
    let list = "# Errors\n\n- `no_book`: No book\n- `gone`: It is gone\n";
    assert_eq!(found(list), [r#""no_book" "No book""#, r#""gone" "It is gone""#]);
    assert!(found(&list.replace("no_book", "lent")).is_empty());
    // Elsewhere, headings are headings.
    assert!(found(&page.replace("Error reference", "Products")).is_empty());
    let table = "\n## All\n\n| Status | Message |\n|---|---|\n| 404 | No book |\n";
    assert_eq!(found(&format!("{page}{table}")), [r#""no_book" "No book""#]);
}

/// The code of bodies is optional in a catalog with an error that has none; the place of the code is the same.
#[test]
fn errors_are_added_to_a_catalog_with_optional_codes() {
    let harbour = include_str!("../../tests/catalogs/families/harbour.yaml");
    let sandbox = Sandbox::with(harbour);
    let page = "# Errors\n\n| Code | Status | Message |\n|---|---|---|\n| LATE | 409 | It is late |\n\n\
        ```json\n{\"error\":{\"code\":\"LATE\"},\"message\":\"It is late\"}\n```\n";
    sandbox.write("more.md", page);
    sandbox.run(&["generate", "markdown", "--out", "page.md"]).exits(0);
    let run = sandbox.run(&["import", "more.md", "page.md", "--out", "errors.yaml"]).exits(0);
    assert!(!run.stderr.contains("left out"), "{}", run.stderr);
    // A source can have the code that the catalog lacks.
    let page = "# Errors\n\n| Code | Status | Message |\n|---|---|---|\n| berth_taken | 409 | Berth {berth} is taken |\n";
    sandbox.write("more.md", page);
    let run = sandbox.run(&["import", "more.md", "--out", "errors.yaml"]).exits(1);
    let told = "`berth_taken` has the code `none` in errors.yaml, and `berth_taken` here";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

/// If bodies have several forms, that of most examples becomes the catalog's, and the others are listed.
#[test]
fn bodies_of_several_forms() {
    let response = |media_type: &str, example: &str| {
        format!(r#"{{"description":"No","content":{{"{media_type}":{{"example":{example}}}}}}}"#)
    };
    let document = |responses: &[(u16, String)]| {
        let all: Vec<String> =
            responses.iter().map(|(status, it)| format!("\"{status}\":{it}")).collect();
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"A","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{{}}}}}}}}}}}"#,
            all.join(",")
        )
    };
    let problem = |status: u16, title: &str, detail: &str| {
        let body = format!(
            r#"{{"type":"about:blank","title":"{title}","status":{status},"detail":"{detail}"}}"#
        );
        (status, response("application/problem+json", &body))
    };
    let run = import(
        "api.json",
        document(&[
            problem(404, "Not Found", "No such order"),
            (
                409,
                response("application/json", r#"{"error":{"code":"lent","message":"It is lent"}}"#),
            ),
            problem(410, "Gone", "It is gone"),
            (500, response("text/plain", "\"Broken\"")),
        ]),
    )
    .exits(1);
    let wire = yaml(&run.stdout)["wire"].clone();
    let body = serde_json::json!({ "type": "about:blank", "title": "{title}", "status": "{status}", "detail": "{detail}" });
    assert_eq!(wire, serde_json::json!({ "body": body, "media_type": "application/problem+json" }));
    assert!(
        run.stdout
            .contains("  media_type: application/problem+json # guess: that of most examples\n")
    );
    for listed in [
        "api.json:1: left out: 1 example with bodies of another form, `{\"error\":{",
        "api.json:1: left out: 1 example with bodies that are texts, not objects\n",
    ] {
        assert!(run.stderr.contains(listed), "{}", run.stderr);
    }
}

/// A framework's response to requests that it cannot read contains a list and no message.
#[test]
fn a_list_is_no_message() {
    let document = r##"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{
        "404":{"description":"No such order"},
        "422":{"description":"Validation Error","content":{"application/json":{"schema":{"$ref":"#/components/schemas/HTTPValidationError"}}}}}}}},
        "components":{"schemas":{"HTTPValidationError":{"type":"object","properties":{"detail":{"type":"array","items":{"type":"object"}}}}}}}"##;
    let run = import("api.json", document).exits(1);
    assert!(!run.stdout.contains("Validation Error"), "{}", run.stdout);
    assert!(
        run.stderr.contains(
            "api.json:3: left out: 422: by its schema, `detail` is a list, not a message\n"
        ),
        "{}",
        run.stderr
    );
}

/// The page from which the catalog was made adds nothing. A later edition adds what is new in it.
#[test]
fn later_editions_of_the_reference_page() {
    let ours = file("errors.yaml");
    let sandbox = Sandbox::with(&ours);
    let page = file("tests/fixtures/reference-page.txt");
    let add = |name: &str, text: &str| {
        sandbox.write("errors.yaml", &ours);
        sandbox.write(name, text);
        sandbox.run(&["import", name, "--out", "errors.yaml"]).harmless()
    };
    let run = add("page.txt", &page).exits(0);
    assert_eq!(run.stderr, "nothing was added to errors.yaml\n");
    let chats = "Chats\nErrorCauseFix\n\"Insufficient token balance\"Not enough tokens for a chat messageTop up\n";
    let later = page
        .replace("\nRate Limits\n", &format!("\n{chats}\nRate Limits\n"))
        .replace("Rate limit exceeded\n500", "Too many\n500")
        .replace("\n\nError Response", "\n503Service UnavailableWe are away\n\nError Response")
        .replace("\"detail\": \"Artifact not found\"", "\"message\": \"Artifact not found\"")
        .replace("\"detail\": \"Insuff", "\"message\": \"Insuff");
    let run = add("later.txt", &later).exits(1);
    expect![[r#"
        later.txt: left out: the status 429 has the description `Rate limit exceeded` in errors.yaml, and `Too many` here
        later.txt: left out: the status 503, `We are away`, is not in errors.yaml, and no new error has it
        later.txt: left out: the bodies of the source, `{"message":"{detail}"}`, are not those of errors.yaml: see its `wire`
        guess: code (1): derived from the message
        wrote errors.yaml with 1 new error; next: kate-errors check --file errors.yaml
    "#]].assert_eq(&run.stderr);
    let merged = sandbox.read("errors.yaml");
    let alias = "\n  - name: Chats\n    errors:\n      - code: chat_insufficient_token_balance # guess: derived from the message\n        same_as: subscription_insufficient_token_balance\n        cause: Not enough tokens for a chat message\n        fix: Top up\n";
    assert!(merged.contains(alias), "{merged}");
    assert!(!merged.contains("insufficient_token_balance_context"), "{merged}");
    // A message in other words, and one that was deleted.
    let later = page
        .replace("\"Already subscribed\"", "\"Already subscribed to {artifact_id}\"")
        .replace("\"Run not found\"Invalid run IDCheck the run ID\n", "");
    let run = add("later.txt", &later).exits(1);
    expect![[r#"
        later.txt:58: left out: `already_subscribed` has the message `Already subscribed` in errors.yaml, and `Already subscribed to {artifact_id}` here
        kept (1): not found in the source: `run_not_found`
        nothing was added to errors.yaml
    "#]]
    .assert_eq(&run.stderr);
    // A further column, which becomes a custom field of new errors.
    let table =
        "## Runs\n\n| Error | Team |\n|---|---|\n| Run not found | runs |\n| Run ended | runs |\n";
    let run = add("team.md", &format!("# Errors\n\n{table}")).exits(1);
    let listed =
        "left out: `run_not_found` has the field x-team `none` in errors.yaml, and `runs` here\n";
    assert_eq!(run.stderr.matches(listed).count(), 1, "{}", run.stderr);
    assert_eq!(sandbox.read("errors.yaml").matches("x-team: runs\n").count(), 1);
    let run = sandbox.run(&["import", "team.md", "--out", "errors.yaml"]).exits(1);
    assert_eq!(run.stderr.matches("left out").count(), 1, "{}", run.stderr);
    // A page with only new parts, whose examples the catalog knows.
    let only = "# Errors\n\n## Chats\n\n| Error | Cause | Fix |\n|---|---|---|\n| Run not found | The chat has no run | Start one |\n\n```json\n{ \"detail\": \"Artifact not found\" }\n```\n\n```json\n{ \"detail\": \"Insufficient token balance. Required: 5, available: 1\" }\n```\n\n```json\n{ \"detail\": \"Never heard of\" }\n```\n";
    let run = add("only.md", only).exits(1);
    assert_eq!(run.stderr.matches("matches no error").count(), 1, "{}", run.stderr);
    let merged = sandbox.read("errors.yaml");
    assert!(merged.contains("- code: chat_run_not_found"), "{merged}");
    assert!(merged.contains("same_as: run_not_found\n"), "{merged}");
}

/// A later edition has an error in another section, and has renamed a section.
#[test]
fn moved_errors_are_listed() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "section,message\nRuns,No run\nRuns,No span\nRate Limits,Too fast\n");
    sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).exits(0);
    sandbox.write("a.csv", "section,message\nruns,No run\nSpans,No span\nRate limiting,Too fast\n");
    let run = sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).exits(1);
    expect![[r#"
        a.csv:3: left out: `no_span` has the section `Runs` in errors.yaml, and `Spans` here
        a.csv:4: left out: `too_fast` has the section `Rate Limits` in errors.yaml, and `Rate limiting` here
        nothing was added to errors.yaml
    "#]]
    .assert_eq(&run.stderr);
}

/// A later edition adds codes, or renames values: the errors are still the same.
#[test]
fn errors_are_known_by_their_messages() {
    let sandbox = Sandbox::new();
    let add = |text: &str| {
        sandbox.write("a.csv", text);
        sandbox.run(&["import", "a.csv", "--out", "errors.yaml"]).harmless()
    };
    add("status,message,cause\n404,No order {id},It went\n404,No user,Gone\n").exits(0);
    let first = sandbox.read("errors.yaml");
    let run = add("code,status,message,cause\nE-1,404,No order {number},It went\nE-2,404,No user,Gone\nE-3,404,No user,Asleep\n").exits(1);
    expect![[r#"
        a.csv:2: left out: `no_order` has the code `no_order` in errors.yaml, and `E-1` here
        a.csv:3: left out: `no_user` has the code `no_user` in errors.yaml, and `E-2` here
        wrote errors.yaml with 1 new error; next: kate-errors check --file errors.yaml
    "#]]
    .assert_eq(&run.stderr);
    let merged = sandbox.read("errors.yaml");
    assert_eq!(
        merged.strip_prefix(&first),
        Some("      - code: E-3\n        same_as: no_user\n        cause: Asleep\n"),
        "{merged}"
    );
    let run = add("status,message\n404,No order {number}\n").exits(0);
    assert_eq!(
        run.stderr,
        "kept (2): not found in the source: `no_user` and `e_3`\nnothing was added to errors.yaml\n"
    );
}

/// Whether the code identifies errors does not depend on whether messages happen to clash.
#[test]
fn the_identity_of_lists_with_codes() {
    let condition =
        |code: &str, message: &str| format!(r#""{code}": {{ "message": ["{message}"] }}"#);
    let spark = |more: &str| {
        let (a, b) = (condition("A_B", "New table"), condition("C", "No <file>"));
        format!("{{ {a}, {b}{more} }}")
    };
    let wire = |name: &str, text: &str| yaml(&import(name, text).exits(0).stdout)["wire"].clone();
    let by_code = serde_json::json!({ "use": "detail_and_code", "identity": "code" });
    let of_spark = serde_json::json!({
        "body": { "errorClass": "{code}", "messageParameters": "{params:string}" }, "identity": "code",
    });
    assert_eq!(wire("a.json", &spark("")), of_spark);
    let later = spark(&format!(", {}", condition("NEW_ONE", "New <x>")));
    assert_eq!(wire("a.json", &later), of_spark);
    assert_eq!(wire("a.toml", "[\"A:B\"]\nerror = \"the end\"\n"), by_code);
    assert_eq!(wire("b.json", r#"{ "a": "One", "b": "Two" }"#), by_code);
    // The next edition adds its error to the catalog.
    let sandbox = Sandbox::new();
    for (text, errors) in [(spark(""), 2), (later, 3)] {
        sandbox.write("a.json", text);
        sandbox.run(&["import", "a.json", "--out", "errors.yaml"]).exits(0);
        assert_eq!(checked_errors(&sandbox), errors);
    }
}

/// If one of several sources has errors without codes, bodies keep the format that its examples show.
#[test]
fn codes_in_one_of_two_sources() {
    let sandbox = Sandbox::new();
    sandbox.write("list.json", r#"{"E1": {"message": "No job"}, "E2": {"message": "No run"}}"#);
    let body =
        |message: &str| format!("```\n{{\"text\": \"{message}\", \"kind\": \"x\"}}\n```\n\n");
    let table = "# Errors\n\n| Error | Status |\n|--|--|\n| No pen | 404 |\n| No ink | 409 |\n\n";
    sandbox.write("page.md", format!("{table}{}{}", body("No pen"), body("No ink")));
    let run = sandbox.run(&["import", "list.json", "page.md"]).exits(0);
    let expected = json!({ "body": { "text": "{detail}", "kind": "x" } });
    assert_eq!(yaml(&run.stdout)["wire"], expected, "{}", run.stderr);
}

fn checked_errors(sandbox: &Sandbox) -> usize {
    sandbox.run(&["check"]).exits(0);
    errors(&yaml(&sandbox.read("errors.yaml"))).len()
}

/// A list of errors can be beside fields that describe it, and is not a message itself.
#[test]
fn a_list_of_errors_in_an_object() {
    let list = r#"[{"code":"E1","status":404,"message":"No cart"},{"code":"E2","status":409,"message":"Clash"}]"#;
    let run =
        import("a.json", format!(r#"{{"version":1,"title":"Shop","errors":{list}}}"#)).exits(0);
    assert_eq!(errors(&yaml(&run.stdout)).len(), 2);
    // So it can deeper in it, if it is the only one.
    let run =
        import("a.json", format!(r#"{{"meta":{{"v":1}},"data":{{"errors":{list}}}}}"#)).exits(0);
    assert_eq!(errors(&yaml(&run.stdout)).len(), 2);
    let run = import("a.json", format!(r#"{{"data":{{"errors":{list}}},"tags":[1]}}"#)).exits(0);
    assert_eq!(errors(&yaml(&run.stdout)).len(), 2);
    let run = import("a.json", format!(r#"{{"data":{{"errors":{list}}},"tags":[{{}}]}}"#)).exits(1);
    assert!(run.stderr.ends_with("no errors were found\n"), "{}", run.stderr);
    // A document is one whatever lists it has.
    let document = r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"tags":[{}],"responses":{"404":{"description":"No cart"}}}}}}"#;
    let run = import("a.json", document);
    assert!(run.stdout.contains("No cart"), "{}", run.stdout);
    // What is listed below an error belongs to it.
    let run = import("a.json", r#"{"E1":{"message":"No cart","params":[{"code":"E9"}]}}"#).exits(0);
    assert_eq!(errors(&yaml(&run.stdout))[0].1["code"], "E1");
}

/// If all errors are rejected, there is no catalog and no file is written.
#[test]
fn errors_that_are_all_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("a.json", r#"[{"code":"E1","status":404,"message":"Evil \u001b[31m"}]"#);
    let run = sandbox.run(&["import", "a.json", "--out", "errors.yaml"]).exits(1).harmless();
    assert!(
        run.stderr.ends_with("no errors were found that a catalog can have\n"),
        "{}",
        run.stderr
    );
    assert!(!sandbox.path("errors.yaml").exists());
}

/// The codes of Django REST framework are not in its bodies, so they do not tell errors apart.
#[test]
fn codes_that_are_not_sent() {
    let source = "from rest_framework.exceptions import NotFound\n\n\
        def find():\n    raise NotFound(\"No cart\", code=\"missing\")\n    \
        raise NotFound(\"No shelf\", code=\"missing\")\n";
    let sandbox = Sandbox::new();
    sandbox.write("views.py", source);
    let run = sandbox.run(&["import", "views.py"]).exits(0);
    assert!(!run.stdout.contains("wire"), "{}", run.stdout);
    let code = |code: &str| run.stdout.contains(&format!("- code: {code}"));
    assert!(code("missing\n") && code("no_shelf # guess"), "{}", run.stdout);
}

#[test]
fn header_fields_of_python() {
    let source = "from fastapi import HTTPException as E\n\n\ndef get(x):\n    \
        raise E(401, 'No key', headers={'WWW-Authenticate': 'Bearer'})\n    \
        raise E(429, 'Fast' if x else 'Slow', headers={'Retry-After': '30', 'X-Left': '0', 'X-Max': '1'})\n    \
        raise E(401, 'Bad key', headers={'WWW-Authenticate': '=='})\n    \
        raise E(404, 'No job', headers={'Retry-After': '30'})\n";
    let run = import("a.py", source).exits(1);
    let errors = errors(&yaml(&run.stdout));
    let field = |at: usize, name: &str| errors[at].1[name].clone();
    assert_eq!(errors.len(), 5);
    assert_eq!(
        (field(0, "www_authenticate"), field(1, "retry_after")),
        ("Bearer".into(), 30.into())
    );
    assert!(field(3, "www_authenticate").is_null() && field(4, "retry_after").is_null());
    assert_eq!(run.stderr.matches("`X-Left`").count(), 1, "{}", run.stderr);
    for listed in [
        "a.py:6: left out: the header field `X-Left`\n",
        "a.py:7: left out: the header fields of `bad_key` are refused: ",
        "a.py:8: left out: the header field `Retry-After`\n",
    ] {
        assert!(run.stderr.contains(listed), "{}", run.stderr);
    }
}

/// Extensions of Flask send the text in another member than FastAPI.
#[test]
fn bodies_of_extensions_of_flask() {
    let source = "from flask_restful import abort\n\ndef view(job):\n    abort(404, message=f'No job {job}')\n";
    let run = import("jobs.py", source).exits(0);
    assert!(run.stdout.contains("body: { message: \"{detail}\" } # guess: "), "{}", run.stdout);
    assert!(run.stdout.contains("detail: \"No job {job}\"\n"), "{}", run.stdout);
}

/// A number that is called the code of an error is sent, the name of a constant is not. A status is no code.
#[test]
fn codes_beside_names_in_a_program() {
    let list = r#"[
        {"constant": "NoBookErr", "code": 404, "error_code": 10040, "description": "no book", "help": ""},
        {"constant": "NoShelfErrF", "code": 404, "error_code": 10041, "description": "no shelf {name}"}
    ]"#;
    let run = import("errors.json", list).exits(0);
    let all = errors(&yaml(&run.stdout));
    assert_eq!(all[0].1["code"], 10_040, "{}", run.stdout);
    assert_eq!(
        (&all[1].1["status"], &all[1].1["x-constant"]),
        (&404.into(), &"NoShelfErrF".into())
    );
    // The first column that a table has.
    for (names, code) in [
        (["error_code", "id", "code", "symbol"], "A"),
        (["symbol", "error_code", "id", "code"], "B"),
        (["symbol", "code", "id", "team"], "C"),
        (["team", "exception", "code", "url"], "C"),
        (["team", "exception", "url", "owner"], "B"),
    ] {
        let table = format!("{},status,message\nA,B,C,D,404,No book\n", names.join(","));
        let run = import("errors.csv", table).exits(0);
        assert_eq!(errors(&yaml(&run.stdout))[0].1["code"], code, "{names:?} {}", run.stdout);
    }
}

/// The names of the members of an object can be messages.
#[test]
fn an_object_by_message() {
    let object = r#"{
        "'{0}' expected.": { "category": "Error", "code": 1005 },
        "Write '{0}' in place of '{0}'.": { "category": "Error", "code": 1064, "elided": true },
        "Deprecated": { "category": "Message", "code": 6385 }
    }"#;
    let run = import("messages.json", object).exits(0);
    let all = errors(&yaml(&run.stdout));
    let said = |at: usize| {
        let (section, error): &(String, serde_json::Value) = &all[at];
        (section.clone(), error["code"].clone(), error["detail"].clone())
    };
    assert_eq!(said(0), ("Error".into(), 1005.into(), "'{value}' expected.".into()));
    assert_eq!(said(1).2, "Write '{value}' in place of '{value_2}'.");
    assert_eq!(said(2), ("Message".into(), 6385.into(), "Deprecated".into()));
    assert!(run.stdout.contains("  identity: code # guess: "), "{}", run.stdout);
    // Names without spaces are codes, and objects with a message of their own have it.
    let by_code = r#"{"gone": {"code": 410, "message": "It is gone"}, "lost": {"code": 404, "message": "It is lost"}}"#;
    let run = import("codes.json", by_code).exits(0);
    assert!(run.stdout.contains("code: gone\n"), "{}", run.stdout);
    let own = r#"{"no book": {"error_code": "a1", "message": "No such book"}}"#;
    let run = import("own.json", own);
    assert!(run.stdout.contains("detail: No such book"), "{}", run.stdout);
}

/// The body is that of most errors. The others say what the server sends, and clients read that too.
#[test]
fn bodies_of_python_in_several_forms() {
    let sandbox = Sandbox::new();
    let source = "from fastapi import HTTPException as E\n\ndef get(x):\n    \
        raise E(404, {'error': 'No shelf', 'id': x})\n    \
        raise E(404, {'error': f'No board {x}', 'level': 1})\n    \
        raise E(404, 'No book')\n    raise E(410, 'Gone')\n    raise E(409, 'Lent')\n    \
        raise E(400, {'code': 'bad', 'message': 'Bad book'})\n";
    sandbox.write("books.py", source);
    let run = sandbox.run(&["import", "books.py"]).exits(0);
    let wire = "wire:\n  reads: [{ detail: { error: \"{detail}\" } }, { detail: { message: \"{detail}\" } }]\n";
    assert!(run.stdout.contains(wire), "{}", run.stdout);
    let shelf = "detail: \"No shelf\" # guess: the source sends it as `{\"detail\":{\"error\":\"{detail}\",\"id\":\"{any}\"}}`\n";
    assert!(run.stdout.contains(shelf), "{}", run.stdout);
    assert!(run.stdout.contains("code: bad\n"), "{}", run.stdout);
    assert!(run.stdout.contains("detail: No book\n"), "{}", run.stdout);
    let guesses = "guess: message (3): the source sends it as\n";
    assert!(run.stderr.contains(guesses), "{}", run.stderr);
    sandbox.write("errors.yaml", &run.stdout);
    sandbox.run(&["check"]).exits(0);
    let body = r#"HTTP 404 {"detail":{"error":"No board 7","level":1}}"#;
    let explained = sandbox.run(&["explain", body]).exits(0);
    assert!(explained.stdout.contains("no_board"), "{}", explained.stdout);
    // A catalog that does not read a body says so when errors are added to it.
    sandbox.write("errors.yaml", run.stdout.replace(", { detail: { message: \"{detail}\" } }", ""));
    let again = sandbox.run(&["import", "books.py", "--out", "errors.yaml"]).exits(1);
    let listed = "the bodies of the source, `{\"detail\":{\"message\":\"{detail}\"}}`, are not those of errors.yaml";
    assert!(again.stderr.contains(listed), "{}", again.stderr);
    assert_eq!(again.stderr.matches("left out").count(), 1, "{}", again.stderr);
}

/// If each error is sent with a code, it is in the body. Constants are those that all errors have.
#[test]
fn bodies_of_python_with_codes() {
    let source = "from fastapi import HTTPException as E\n\ndef get(x):\n    \
        raise E(404, {'error': True, 'code': 'no_book', 'message': 'No book'})\n    \
        raise E(410, {'error': True, 'code': 'gone', 'message': f'{x} is gone', 'book': x})\n";
    let run = import("books.py", source).exits(0);
    let body =
        "body: { detail: { error: true, code: \"{code}\", message: \"{detail}\" } } # guess: ";
    assert!(run.stdout.contains(body), "{}", run.stdout);
    assert!(run.stdout.contains("code: no_book\n") && run.stdout.contains("code: gone\n"));
    // Without one of the codes, none is sent.
    let mixed = format!("{source}    raise E(400, {{'error': True, 'message': 'Bad book'}})\n");
    let run = import("books.py", mixed).exits(0);
    let body = "body: { detail: { error: true, message: \"{detail}\" } } # guess: ";
    assert!(run.stdout.contains(body), "{}", run.stdout);
    assert!(run.stdout.contains("code: no_book\n") && !run.stdout.contains("reads"));
}

/// The modules of a package are found wherever the command is run.
#[test]
fn a_package_around_the_folder() {
    let sandbox = Sandbox::new();
    sandbox.write("shop/__init__.py", "");
    sandbox.write("shop/texts.py", "GONE = \"It is gone\"\n");
    let view = "from fastapi import HTTPException\nfrom .texts import GONE\n\n\n\
                def view():\n    raise HTTPException(410, GONE)\n";
    sandbox.write("shop/views.py", view);
    for (folder, source) in [("", "shop"), ("shop", "."), ("shop/tests", "..")] {
        let run = sandbox.run_in(folder, &["import", source]).exits(0);
        assert!(run.stdout.contains("detail: It is gone"), "{source}: {run:?}");
    }
}
