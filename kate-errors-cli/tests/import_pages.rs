//! `import` of other people's page styles: names that are not valid here, tables of statuses, merged cells, notes after
//! messages, and what is in no table.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use std::fmt::Write as _;

use common::{Run, Sandbox};
use expect_test::{Expect, expect};
use serde_json::Value;

/// Returns a summary of what is imported from a source: statuses, errors by section, operations, and what is left out.
/// Asserts that the catalog passes `check`.
fn imported(name: &str, text: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write(name, text);
    let run = sandbox.run(&["import", name]).harmless();
    let mut out = String::new();
    if !run.stdout.is_empty() {
        sandbox.run_with_input(&["check", "-"], &run.stdout).exits(0);
        out = summary(&run.stdout);
    }
    out + &said(&run)
}

fn summary(catalog: &str) -> String {
    let mut out = String::new();
    let value: Value = serde_yaml::from_str(catalog).expect("YAML");
    let statuses: Vec<String> = value["statuses"]
        .as_object()
        .expect("statuses")
        .iter()
        .map(|(code, it)| format!("{code} {}", it["name"].as_str().expect("a name")))
        .collect();
    writeln!(out, "{}", statuses.join(", ")).expect("a string");
    for section in value["sections"].as_array().expect("sections") {
        writeln!(out, "{}", section["name"].as_str().expect("a name")).expect("a string");
        for error in section["errors"].as_array().expect("errors") {
            let guess = if error["status_basis"] == "inferred" { "?" } else { "" };
            let fields = ["detail", "cause", "fix"].map(|field| error[field].to_string());
            let [detail, cause, fix] = fields.map(|it| it.replace("null", "-"));
            let (code, status) = (&error["code"], &error["status"]);
            writeln!(out, "  {code} {status}{guess}: {detail} {cause} {fix}").expect("a string");
        }
    }
    for (name, operation) in value["operations"].as_object().into_iter().flatten() {
        writeln!(out, "{name}: {}", operation["errors"]).expect("a string");
    }
    out
}

/// Returns the lines about what is left out.
fn said(run: &Run) -> String {
    let lines = run.stderr.lines();
    let lines =
        lines.filter(|line| line.contains("left out: ") || line.starts_with("no errors were"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn check(name: &str, text: &str, expected: &Expect) {
    expected.assert_eq(&imported(name, text));
}

/// Headings, tags and operations that are not valid as names get valid ones, each marked as a guess.
#[test]
fn names_that_cannot_be_identifiers() {
    let headings = [
        "2. Runs",
        "404 Not Found",
        "4xx errors",
        "6.2 Error codes",
        "Ошибки",
        "Überweisungen",
        "Self",
        "—",
        "runs",
        "5",
        "§ 7 (a)",
        "🦀",
    ];
    let mut page = String::from("# Errors of the Self API\n");
    for (at, heading) in headings.iter().enumerate() {
        write!(
            page,
            "\n## {heading}\n\n| Error | Fix |\n|--|--|\n| Thing {at} went wrong | Wait |\n"
        )
        .expect("a string");
    }
    let sandbox = Sandbox::new();
    sandbox.write("errors.md", &page);
    let run = sandbox.run(&["import", "errors.md", "--out", "errors.yaml"]).harmless().exits(0);
    let catalog = sandbox.read("errors.yaml");
    sandbox.run(&["check"]).exits(0);
    let sections: Vec<&str> =
        catalog.lines().filter_map(|line| line.strip_prefix("  - name: ")).collect();
    expect![[r#"
        "Runs" # guess: an identifier is made of the name; the source has `2. Runs`
        "Not Found" # guess: an identifier is made of the name; the source has `404 Not Found`
        "Section 4xx errors" # guess: an identifier is made of the name; the source has `4xx errors`
        "Error codes" # guess: an identifier is made of the name; the source has `6.2 Error codes`
        "Oshibki" # guess: an identifier is made of the name; the source has `Ошибки`
        "Uberweisungen" # guess: an identifier is made of the name; the source has `Überweisungen`
        "Section Self" # guess: an identifier is made of the name; the source has `Self`
        "Errors" # guess: an identifier is made of the name; the source has `—`
        "Section 5" # guess: an identifier is made of the name; the source has `5`
        "SS 7 (a)" # guess: an identifier is made of the name; the source has `§ 7 (a)`
        "crab" # guess: an identifier is made of the name; the source has `🦀`"#]]
    .assert_eq(&sections.join("\n"));
    assert!(run.stderr.contains("guess: parameter or name ("), "{}", run.stderr);

    // The same import into an existing catalog: a section with the same identifier gets the errors.
    let ours = "catalog: Books\nstatuses:\n  400: { name: Bad Request, description: Bad }\n\nsections:\n  - name: Runs\n    errors:\n      - code: no_run\n        status: 400\n        detail: No run\n        cause: A\n        fix: B\n";
    sandbox.write("ours.yaml", ours);
    let run = sandbox.run(&["import", "errors.md", "--out", "ours.yaml"]).harmless();
    sandbox.run(&["check", "ours.yaml"]).exits(0);
    assert_eq!(said(&run), "");
    let merged = sandbox.read("ours.yaml");
    assert_eq!(
        merged.matches("- name: Runs\n").count() + merged.matches("- name: \"Runs\"").count(),
        1,
        "{merged}"
    );
    assert!(
        merged.contains("- name: \"Not Found\" # guess: an identifier is made of the name; the source has `404 Not Found`\n"),
        "{merged}"
    );
}

#[test]
fn operations_that_cannot_be_names() {
    let mut document =
        String::from("openapi: 3.1.0\ninfo: { title: Books API, version: '1' }\npaths:\n");
    let ids = ["2faEnable", "self", "books", "getBook", "get_book", "создать", "x"];
    for (at, id) in ids.iter().enumerate() {
        let path = if *id == "x" { "/a b/{c".to_owned() } else { format!("/a{at}") };
        write!(
            document,
            "  '{path}':\n    get: {{ operationId: {id}, tags: ['1. Users'], responses: {{ '404': {{ description: No such thing }} }} }}\n"
        )
        .expect("a string");
    }
    check(
        "api.yaml",
        &document,
        &expect![[r#"
            404 Not Found
            Users
              "no_such_thing" 404: "No such thing" - -
            operation_2fa_enable: ["no_such_thing"]
            operation_self: ["no_such_thing"]
            books_2: ["no_such_thing"]
            get_book: ["no_such_thing"]
            get_book_2: ["no_such_thing"]
            sozdat: ["no_such_thing"]
            api.yaml: left out: the operation `x` is refused (invalid-route): ` ` is not allowed in a path
        "#]],
    );
}

/// A table of statuses is recognized, whatever its columns are called. Other rows are listed.
#[test]
fn tables_of_statuses() {
    let error = "\n## Loans\n\n| Error | Fix |\n|--|--|\n| The book is away | Wait |\n";
    let tables = [
        "| Code | Name | Description |\n|--|--|--|\n| 404 | Not Found | Nothing there |\n| 409 | Conflict | Too late |\n| 5xx | Server errors | Ours |\n",
        "| Error Code | Meaning |\n|--|--|\n| 400 | Bad Request |\n| 404 | Not Found |\n",
        "| Status | Meaning |\n|--|--|\n| 404 | Not there |\n| 409 - Conflict | Late |\n| 500-599 | Ours |\n| 500 – 599 | Ours |\n",
        "| Return values | Description |\n|--|--|\n| 400 Bad Request | You did it |\n| 422 Unprocessable Entity | You did it too |\n",
        "| Status | Error |\n|--|--|\n| 404 | Not Found |\n| 409 | Conflict |\n| 418 | Teapot |\n",
    ];
    for (table, expected) in tables.iter().zip([
        expect![[r#"
            404 Not Found, 409 Conflict
            Loans
              "the_book_away" 404?: "The book is away" - "Wait"
            errors.md:7: left out: “5xx” is not a status
        "#]],
        expect![[r#"
            400 Bad Request, 404 Not Found
            Loans
              "the_book_away" 400?: "The book is away" - "Wait"
        "#]],
        expect![[r#"
            404 Not Found, 409 Conflict
            Loans
              "the_book_away" 404?: "The book is away" - "Wait"
            errors.md:7: left out: “500-599” is not a status
            errors.md:8: left out: “500 – 599” is not a status
        "#]],
        expect![[r#"
            400 Bad Request, 422 Unprocessable Entity
            Loans
              "the_book_away" 400?: "The book is away" - "Wait"
        "#]],
        expect![[r#"
            404 Not Found, 409 Conflict, 418 Teapot
            Loans
              "the_book_away" 404?: "The book is away" - "Wait"
        "#]],
    ]) {
        check("errors.md", &format!("# Errors\n\n{table}{error}"), &expected);
    }
    // Other numbers are codes, and a column of words has no statuses.
    let own =
        "| Code | Message |\n|--|--|\n| 101 | No book |\n| 187 | No pen |\n| 404 | No shelf |\n";
    check(
        "errors.md",
        own,
        &expect![[r#"
            400 Bad Request
            Errors
              "101" 400?: "No book" - -
              "187" 400?: "No pen" - -
              "404" 400?: "No shelf" - -
        "#]],
    );
    check(
        "errors.md",
        "# Errors\n\nCode | Meaning\n--|--\n400 | Bad Request -- Yours.\n418 | Tea.\n",
        &expect![[r#"
            no errors were found, only statuses
        "#]],
    );
    let states = "# Jobs\n\n| Status | Description |\n|--|--|\n| active | It runs |\n| paused | It does not |\n\n| Plan | Limit | Description |\n|--|--|--|\n| Free | 100 | Per minute |\n| Paid | 500 | Per minute |\n\n| Name | Type | Description |\n|--|--|--|\n| id | string | The id |\n";
    check(
        "jobs.md",
        states,
        &expect![[r#"
        no errors were found
    "#]],
    );
}

/// Tables of errors without causes, codes and statuses. Other possible tables of errors are listed.
#[test]
fn tables_that_say_little() {
    let page = "# Errors\n\n## Tokens\n\n| Error | Description |\n|--|--|\n| \"Invalid token\" | The token is invalid. |\n| Expired token | None |\n\n## Error fields\n\n| Field | Description |\n|--|--|\n| message | What went wrong |\n\n## Messages\n\n| Message | Description |\n|--|--|\n| hello | Says hello |\n\n## Words\n\n| Word | Meaning |\n|--|--|\n| loan | Away |\n\n## Handling errors\n\n- Retry it\n- [Ask](#ask)\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        400 Bad Request
        Tokens
          "invalid_token" 400?: "Invalid token" "The token is invalid." -
          "expired_token" 400?: "Expired token" - -
        errors.md:14: left out: the table with the columns “Field”, “Description” does not say that it is one of errors
        errors.md:20: left out: the table with the columns “Message”, “Description” does not say that it is one of errors
        errors.md:30: left out: the list below “Handling errors” is not a table
    "#]],
    );
    let headings = "| Error | Trigger | How to handle |\n|--|--|--|\n| No book | It went | None |\n\n| Error | Troubleshooting |\n|--|--|\n| No pen | Buy one |\n\n| Errors | Likely reasons | Suggested solution |\n|--|--|--|\n| No ink | It dried | Refill it |\n";
    check(
        "errors.md",
        headings,
        &expect![[r#"
        400 Bad Request
        Errors
          "no_book" 400?: "No book" "It went" -
          "no_pen" 400?: "No pen" - "Buy one"
          "no_ink" 400?: "No ink" "It dried" "Refill it"
    "#]],
    );
}

/// One error under each heading: as a table of its fields, as a list of them, or as an example of a body.
#[test]
fn one_error_under_each_heading() {
    let page = "# Errors\n\n### Invalid token\n\n| **Status** | 401 |\n|--|--|\n| **Cause** | It expired |\n\n### Any\n\n| Field | Value |\n|--|--|\n| HTTP status | 409 |\n| Code | run_locked |\n| Message | The run is locked |\n\n### No quota\n\n- **Status**: 429\n- **Fix**: Wait\n\n### E7 – No plan\n\n- Status: 402\n- Fix: Buy one\n\n## Statuses\n\n* 404 Not Found: nothing is there\n* `500` - ours\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
            401 Unauthorized, 402 Payment Required, 404 Not Found, 409 Conflict, 429 Too Many Requests, 500 Internal Server Error
            Errors
              "invalid_token" 401: "Invalid token" "It expired" -
              "run_locked" 409: "The run is locked" - -
              "no_quota" 429: "No quota" - "Wait"
              "E7" 402: "No plan" - "Buy one"
        "#]],
    );
    let html = "<h1>Errors</h1><h2>Invalid token</h2><ul><li><b>Status</b>: 401<li>Cause: It expired</ul><h2>No quota</h2><dl><dt>Status<dd>429<dt>Fix<dd>Wait</dl><table><tr><td><ul><li>Status: 404<li>Fix: a</ul></table>";
    check(
        "errors.html",
        html,
        &expect![[r#"
        401 Unauthorized, 429 Too Many Requests
        Errors
          "invalid_token" 401: "Invalid token" "It expired" -
          "no_quota" 429: "No quota" - "Wait"
    "#]],
    );
    let examples = "# Errors\n\n## Exists\n\n```json\n{\"code\":\"BookAlreadyExists\",\"message\":\"The book is there\",\"status\":409}\n```\n\n## Missing\n\n```json\n{\"code\":\"NoBook\",\"message\":\"No book 7\",\"status\":404}\n```\n\n```json\n{\"title\":\"Dune\"}\n```\n";
    check(
        "errors.md",
        examples,
        &expect![[r#"
            404 Not Found, 409 Conflict
            Errors
              "BookAlreadyExists" 409: "The book is there" - -
              "NoBook" 404: "No book 7" - -
            errors.md:15: left out: the example “Dune” matches no error
        "#]],
    );
}

/// Paragraphs with the fields of an error below its message, and paragraphs and items that begin with a message in quotes.
/// The section is the heading above. What is about other things is no error, and what is not read is listed.
#[test]
fn messages_in_quotes_without_a_table() {
    let page = "# Error codes\n\n## Webhooks\n\n### \"Signature invalid\"\n\n**Status:** 401\n\n**Cause:** Another secret\n\n### \"URL not reachable\"\n\n**Cause:** It is private\n\n**Fix:** Open it\n\n### \"Hook not found\"\n\nIt was deleted.\n\n### Hook exists\n\n**Cause:** You made it\n\n**Fix:** Use it\n\n## Tokens\n\n\"Key is wrong\" (`bad_key`, 401): You revoked it.\n\n\"Token expired\": It is old.\n\n## Uploads\n\n- **\"No upload\"** (404): It has ended.\n- \"Out of order\" (by chance): Again.\n- \"detail\": the message.\n\n## Runs\n\n\"Run is lost\"\n: 404 It went.\n\n## Books\n\n| Error | Cause |\n|--|--|\n| \"No book\" | It burnt |\n\n\"No book\" - a book can also be lent.\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
            401 Unauthorized, 404 Not Found
            Webhooks
              "signature_invalid" 401: "Signature invalid" "Another secret" -
              "url_not_reachable" 401?: "URL not reachable" "It is private" "Open it"
              "hook_exists" 401?: "Hook exists" "You made it" "Use it"
            Tokens
              "bad_key" 401: "Key is wrong" "You revoked it." -
              "token_expired" 401?: "Token expired" "It is old." -
            Uploads
              "no_upload" 404: "No upload" "It has ended." -
            Books
              "no_book" 401?: "No book" "It burnt" -
            errors.md:19: left out: the text about "Hook not found" is not read
            errors.md:36: left out: the text about "Out of order" is not read
            errors.md:41: left out: the text about "Run is lost" is not read
        "#]],
    );
    let html = "<h1>Error codes</h1><h2>Webhooks</h2><h3>\"Signature invalid\"</h3><p><b>Status:</b> 401<br><b>Cause:</b> Another secret</p><h3>\"Hook not found\"</h3><p>It was deleted.</p><h2>Tokens</h2><p>\"Key is wrong\" (<code>bad_key</code>, 401): You revoked it.</p><h2>Runs</h2><dl><dt>\"Run is lost\"<dd>404 It went.</dl>";
    check(
        "errors.html",
        html,
        &expect![[r#"
            401 Unauthorized
            Webhooks
              "signature_invalid" 401: "Signature invalid" "Another secret" -
            Tokens
              "bad_key" 401: "Key is wrong" "You revoked it." -
            errors.html:1: left out: the text about "Hook not found" is not read
            errors.html:1: left out: the text about "Run is lost" is not read
        "#]],
    );
}

/// What stands under a heading has its status, which the heading or a paragraph names.
#[test]
fn statuses_of_headings() {
    let page = "# Errors\n\n## 409 Conflict\n\n| Code | Message |\n|--|--|\n| `user_exists` | There is such a user |\n\n### Status: 422\n\n| Code | Message |\n|--|--|\n| `no_name` | Name the user |\n\n## HTTP 404 (Not Found)\n\n- `no_user`: There is no such user\n- `no_group`: There is no such group\n\n## 4xx errors\n\n| Code | Message |\n|--|--|\n| `any` | Any other |\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        400 Bad Request, 404 Not Found, 409 Conflict, 422 Unprocessable Content
        Conflict
          "user_exists" 409: "There is such a user" - -
        Status: 422
          "no_name" 422: "Name the user" - -
        HTTP 404 (Not Found)
          "no_user" 404: "There is no such user" - -
          "no_group" 404: "There is no such group" - -
        Section 4xx errors
          "any" 400?: "Any other" - -
    "#]],
    );
    let html = "<h1>Errors</h1><h2 id=a>404 Not Found<a class=headerlink href='#a'>¶</a></h2><table><tr><th>Code<th>Message<tr><td>1001<td>No user</table><h2>Other errors <a href='#b'>#</a></h2><dl><dt><code>bad_name</code> (400)<dd>The name is empty<dt><code>no_quota</code> (429)<dd>Slow down</dl>";
    check(
        "errors.html",
        html,
        &expect![[r#"
        400 Bad Request, 404 Not Found, 429 Too Many Requests
        Not Found
          "1001" 404: "No user" - -
        Other errors
          "bad_name" 400: "The name is empty" - -
          "no_quota" 429: "Slow down" - -
    "#]],
    );
    let paragraphs = "# Errors\n\n## `card_declined`\n\n**HTTP status:** 402\n\n```json\n{\"code\":\"card_declined\",\"message\":\"Your card was declined\"}\n```\n\n## `gone`\n\n```json\n{\"code\":\"gone\",\"message\":\"It is gone\"}\n```\n";
    check(
        "errors.md",
        paragraphs,
        &expect![[r#"
        402 Payment Required, 410 Gone
        Errors
          "card_declined" 402: "Your card was declined" - -
          "gone" 410?: "It is gone" - -
    "#]],
    );
    let html = "<h1>Errors</h1><h2>card_declined</h2><p><b>Status:</b> 402 Payment Required</p><pre>{\"code\":\"card_declined\",\"message\":\"Your card was declined\"}</pre>";
    check(
        "errors.html",
        html,
        &expect![[r#"
        402 Payment Required
        Errors
          "card_declined" 402: "Your card was declined" - -
    "#]],
    );
}

/// An example with the code of an error has its message, if the page says only what it means.
#[test]
fn messages_of_examples() {
    let page = "# Errors\n\n## card_declined {#card}\n\n- **Status:** 402\n- **Meaning:** The bank declined it\n\n```json\n{\"code\":\"card_declined\",\"message\":\"Your card was declined\"}\n```\n\n## More\n\n| Code | Status | Description |\n|--|--|--|\n| `no_order` | 404 | The order was deleted |\n| `locked` | 409 | Somebody edits it |\n\n```json\n{\"code\":\"no_order\",\"message\":\"No such order\"}\n```\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        402 Payment Required, 404 Not Found, 409 Conflict
        Errors
          "card_declined" 402: "Your card was declined" "The bank declined it" -
        More
          "no_order" 404: "No such order" "The order was deleted" -
          "locked" 409: "Somebody edits it" - -
    "#]],
    );
    check(
        "errors.csv",
        "code,status,message\r\nA1,404,\"No order.\r\nLook it up\"\r\n",
        &expect![[r#"
            404 Not Found
            Errors
              "A1" 404: "No order.\nLook it up" - -
        "#]],
    );
}

/// Quotes in the first line hide separators. Placeholders have positions, and `%%` is a percent sign.
#[test]
fn tables_of_other_programs() {
    let table = "\"Error code\",\"Status;\",\"Message\"\nA1,404,No %1$s in %2$s\nA2,409,Disk %d%% full\nA3,400,Please <b>log in</b>\n";
    check(
        "errors.csv",
        table,
        &expect![[r#"
            400 Bad Request, 404 Not Found, 409 Conflict
            Errors
              "A1" 404: "No {no} in {value}" - -
              "A2" 409: "Disk {disk}% full" - -
              "A3" 400: "Please <b>log in</b>" - -
        "#]],
    );
}

/// The head of an example has the status of an error that is in a list. A raised link is a footnote.
#[test]
fn statuses_of_examples_and_footnotes() {
    let html = "<h1>Errors</h1><pre>HTTP/1.1 422 Unprocessable Entity\n\n{\"code\":\"taken\",\"message\":\"The name is taken\"}</pre><pre>HTTP/1.1 409 Conflict\n\n{\"code\":\"held\",\"message\":\"It is held\"}</pre><ul><li><code>taken</code>: Choose another name<li><code>is_long</code>: It is too long</ul><table><tr><th>Error code<th>Message<tr><td>held<td>It is held<sup><a href='#f1'>1</a></sup></table>";
    check(
        "errors.html",
        html,
        &expect![[r#"
            400 Bad Request, 409 Conflict, 422 Unprocessable Content
            Errors
              "taken" 422: "The name is taken" "Choose another name" -
              "is_long" 400?: "It is too long" - -
              "held" 409: "It is held" - -
            errors.html:5: left out: “[^1]” behind “It is held”
        "#]],
    );
}

/// A status can be its name, also as a constant of a program.
#[test]
fn names_of_statuses() {
    let json = r#"[{"errorCode":"A","httpStatus":"NOT_FOUND","message":"No a"},{"errorCode":"B","httpStatus":"HttpStatus.UNPROCESSABLE_ENTITY","message":"No b"},{"errorCode":"C","httpStatus":"HTTP 409","message":"No c"},{"errorCode":"D","httpStatus":"NOT_ANY","message":"No d"}]"#;
    check(
        "errors.json",
        json,
        &expect![[r#"
        404 Not Found, 409 Conflict, 422 Unprocessable Content
        Errors
          "A" 404: "No a" - -
          "B" 422: "No b" - -
          "C" 409: "No c" - -
          "D" 404?: "No d" - -
        errors.json:1: left out: “NOT_ANY” is not a status
    "#]],
    );
}

/// An array of tables is a list of errors, as in JSON.
#[test]
fn arrays_of_tables() {
    let toml = "[[errors]]\ncode = \"no_user\"\nstatus = 404\nmessage = \"No user {id}\"\n[[errors]]\ncode = \"exists\"\nstatus = 409\nmessage = \"It exists\"\n[other]\nage = 1\n";
    check(
        "errors.toml",
        toml,
        &expect![[r#"
        404 Not Found, 409 Conflict
        Errors
          "no_user" 404: "No user {id}" - -
          "exists" 409: "It exists" - -
        errors.toml:9: left out: the row has no message
    "#]],
    );
}

/// Examples without a status are recognized as errors by their members.
#[test]
fn examples_without_statuses() {
    let page = "# Books\n\n```json\n{\"error\": {\"code\": \"no_book\", \"message\": \"No book\"}}\n```\n\n```json\n{\"code\": \"DE\", \"title\": \"Dune\"}\n```\n";
    check(
        "books.md",
        page,
        &expect![[r#"
            400 Bad Request
            Errors
              "no_book" 400?: "No book" - -
            books.md:7: left out: the example “Dune” matches no error
        "#]],
    );
}

/// Responses of a document without an error are listed.
#[test]
fn responses_without_an_error() {
    let document = "openapi: 3.1.0\ninfo: { title: Books API, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '404': { description: No such thing }\n        4XX: { description: Yours }\n        default: { description: Any, content: { application/json: { schema: { type: object } } } }\n        '500': { $ref: '#/components/responses/Nowhere' }\n        '503': { description: '' }\n";
    check(
        "api.yaml",
        document,
        &expect![[r#"
            404 Not Found, 500 Internal Server Error, 503 Service Unavailable
            Errors
              "no_such_thing" 404: "No such thing" - -
            get_a: ["no_such_thing"]
            api.yaml:8: left out: GET /a, 4XX: it has neither an example nor a single status
            api.yaml:9: left out: GET /a, default: it has neither an example nor a single status
            api.yaml:10: left out: GET /a, 500: `#/components/responses/Nowhere` leads nowhere
            api.yaml:11: left out: GET /a, 503: it has neither an example nor a description
        "#]],
    );
}

#[test]
fn merged_cells() {
    let html = "<h1>Errors</h1><table><tr><th>Error<th>Cause<th>Fix</tr>\
        <tr><td colspan=3><b>Runs</b></tr><tr><td>\"Run locked\"<td colspan=2>Contact support</tr>\
        <tr><td colspan=3>Artifacts</tr><tr><td>\"Artifact gone\"<td>It expired<td rowspan=2>Make it again</tr>\
        <tr><td>\"Artifact lost\"<td>We lost it</tr></table>\
        <table><tr><th colspan=3>Books</th></tr><tr><th>Status<th>Error<th>Fix</tr><tr><td>404<td>No book<td>Look</tr>\
        <tr><td colspan=3>Pens</tr><tr><td>409<td>No pen<td>Buy one</tr></table>";
    check(
        "errors.html",
        html,
        &expect![[r#"
        404 Not Found, 409 Conflict
        Runs
          "run_locked" 404?: "Run locked" "Contact support" -
        Artifacts
          "artifact_gone" 404?: "Artifact gone" "It expired" "Make it again"
          "artifact_lost" 404?: "Artifact lost" "We lost it" "Make it again"
        Books
          "no_book" 404: "No book" - "Look"
        Pens
          "no_pen" 409: "No pen" - "Buy one"
    "#]],
    );
    let page = "# Errors\n\n| Section | Error | Cause |\n|--|--|--|\n| Runs | \"Run locked\" | Somebody has it |\n| | \"Run lost\" | It went |\n| Books | | |\n| | \"Book lost\" | It burnt |\n\n## Others\n\n| | Error | Fix |\n|--|--|--|\n| Pens | | |\n| | No pen | Buy one |\n\n| Error | Fix |\n|--|--|\n| **Shelves** | |\n| No shelf | Build one |\n| No room | |\n\n## Bold\n\n| Error | Fix |\n|--|--|\n| **No lamp** | |\n| **No light** | Wait |\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        400 Bad Request
        Runs
          "run_locked" 400?: "Run locked" "Somebody has it" -
          "run_lost" 400?: "Run lost" "It went" -
        Books
          "book_lost" 400?: "Book lost" "It burnt" -
        Pens
          "no_pen" 400?: "No pen" - "Buy one"
        Shelves
          "no_shelf" 400?: "No shelf" - "Build one"
          "no_room" 400?: "No room" - -
        Bold
          "no_lamp" 400?: "No lamp" - -
          "no_light" 400?: "No light" - "Wait"
    "#]],
    );
}

/// Numeric codes of a table are matched with the numbers in examples of bodies.
#[test]
fn codes_that_are_numbers() {
    let page = "| Code | Message | Status |\n|--|--|--|\n| 20404 | Resource was not found | 404 |\n| 20405 | Method wrong | 405 |\n\n```json\n{\"code\": 20404, \"message\": \"Resource was not found\", \"status\": 404}\n```\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        404 Not Found, 405 Method Not Allowed
        Errors
          20404 404: "Resource was not found" - -
          20405 405: "Method wrong" - -
    "#]],
    );
}

/// Many lists and tables that are not read are reported in one line per heading.
#[test]
fn what_is_not_read_is_listed_once_for_each_heading() {
    let of_books = "## Errors\n\n- Retry it\n\nText.\n\n- Wait\n\n## Error codes\n\n- Retry\n\n## Errors\n\n| Field | Description |\n|--|--|\n| message | What went wrong |\n\n## Error codes\n\n1. Wait\n";
    let expected = expect![[r#"
        books.md:3: left out: the list below “Errors” is not a table; 2 more below “Errors” are not read
        books.md:11: left out: the list below “Error codes” is not a table; 1 more below “Error codes” is not read
        no errors were found
    "#]];
    check("books.md", of_books, &expected);
    let html = "<h2>Errors</h2><ul><li>Retry it</ul>\n<ul><li>Wait</ul><h2>Error codes</h2><ul><li>Retry</ul><h2>Errors</h2>\n\n<table><tr><th>Field<th>Description<tr><td>message<td>What went wrong</table>\n<h2>Error codes</h2><ol><li>Wait</ol>";
    check(
        "books.html",
        html,
        &expect![[r#"
        books.html:1: left out: the list below “Errors” is not a table; 2 more below “Errors” are not read
        books.html:2: left out: the list below “Error codes” is not a table; 1 more below “Error codes” is not read
        no errors were found
    "#]],
    );
}

/// Endpoints that each have a heading such as “Errors” are different sections, but a repeated heading that is the
/// message of an error stays the message.
#[test]
fn repeated_headings_are_named_after_the_ones_above() {
    let endpoint = |name: &str, message: &str| {
        format!("## {name}\n\n### Errors\n\n| Status | Message |\n|--|--|\n| 404 | {message} |\n\n")
    };
    let page = format!("# Library\n\n{}", endpoint("Lend a book", "No book"));
    let page = page + &endpoint("Join", "No card") + &endpoint("Pay", "No fee");
    check(
        "library.md",
        &page,
        &expect![[r#"
        404 Not Found
        Lend a book: Errors
          "no_book" 404: "No book" - -
        Join: Errors
          "no_card" 404: "No card" - -
        Pay: Errors
          "no_fee" 404: "No fee" - -
    "#]],
    );
    let error = |above: &str, cause: &str| {
        format!("## {above}\n\n### Validation error\n\n- Status: 400\n- Cause: {cause}\n\n")
    };
    let page =
        format!("# Errors\n\n{}", error("Books", "A bad title") + &error("Cards", "A bad name"));
    check(
        "errors.md",
        &page,
        &expect![[r#"
        400 Bad Request
        Books
          "book_validation_error" 400: "Validation error" "A bad title" -
        Cards
          "card_validation_error" null: - "A bad name" -
    "#]],
    );
}

/// Near misses of a status, a list of statuses, and a column of sections.
#[test]
fn near_misses_of_statuses_and_sections() {
    let page = "# Errors\n\n| Status | Error |\n|--|--|\n| 500 to 599 | It broke |\n| 404 | No book |\n\n## Error statuses\n\n- 404 - No book\n- Retry it\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
        404 Not Found
        Errors
          "it_broke" 404?: "It broke" - -
          "no_book" 404: "No book" - -
        errors.md:5: left out: “500 to 599” is not a status
        errors.md:10: left out: the list below “Error statuses” is not a table
    "#]],
    );
    let numbered =
        "# Errors\n\n|  | Error | Fix |\n|--|--|--|\n| 1 | No book | a |\n| 2 | No pen | b |\n";
    check(
        "errors.md",
        numbered,
        &expect![[r#"
            400 Bad Request
            Errors
              "no_book" 400?: "No book" - "a"
              "no_pen" 400?: "No pen" - "b"
            errors.md:5: left out: column 1 is not read: it has no heading
        "#]],
    );
}

/// A code is one error, even with several messages.
#[test]
fn several_messages_of_one_code() {
    let page = "# Errors\n\n| Code | Error |\n|--|--|\n| gone | \"A is gone\" or \"B is gone\" |\n|  | \"A is lost\", \"B is lost\", or `C is lost` |\n|  | \"x\" and \"y\" must be \"z\" |\n|  | `d` or `e |\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
            400 Bad Request, 410 Gone
            Errors
              "gone" 410?: "A is gone" - -
              "a_lost" 400?: "A is lost" - -
              "b_lost" 400?: "B is lost" - -
              "c_lost" 400?: "C is lost" - -
              "x_and_y_must_be_z" 400?: "\"x\" and \"y\" must be \"z\"" - -
              "d_or_e" 400?: "d or `e" - -
            errors.md:5: left out: “or "B is gone"” behind “A is gone”
        "#]],
    );
}

/// Text in quotes or code is the message. Text after it is listed.
#[test]
fn notes_behind_messages() {
    let page = "# Errors\n\n| Error | Fix |\n|--|--|\n| \"Cover not generated\"[^1] | a |\n| \"Artifact not listed\" *(deprecated)* | b |\n| `File too large`<br>(since v2) | c |\n| ~~Artifact has no price~~ | d |\n| \"A is away\" / \"B is away\" | e |\n| \"C is away\" or \"D is away\" | f |\n| `E is away` or `F is away` | g |\n| \"x\" is required | h |\n| `y` is required | i |\n| Not listed[^2] | j |\n| \"Too late\" (at least by a day) to change it | k |\n\n[^1]: Since v2.\n";
    check(
        "errors.md",
        page,
        &expect![[r#"
            400 Bad Request
            Errors
              "cover_not_generated" 400?: "Cover not generated" - "a"
              "artifact_not_listed" 400?: "Artifact not listed" - "b"
              "file_too_large" 400?: "File too large" - "c"
              "artifact_has_no_price" 400?: "Artifact has no price" - "d"
              "a_away" 400?: "A is away" - "e"
              "b_away" 400?: "B is away" - "e"
              "c_away" 400?: "C is away" - "f"
              "d_away" 400?: "D is away" - "f"
              "e_away" 400?: "E is away" - "g"
              "f_away" 400?: "F is away" - "g"
              "x_required" 400?: "\"x\" is required" - "h"
              "y_required" 400?: "y is required" - "i"
              "not_listed" 400?: "Not listed" - "j"
              "too_late_at_least_by_a_day_to" 400?: "\"Too late\" (at least by a day) to change it" - "k"
            errors.md:5: left out: “[^1]” behind “Cover not generated”
            errors.md:6: left out: “(deprecated)” behind “Artifact not listed”
            errors.md:7: left out: “(since v2)” behind “File too large”
            errors.md:8: left out: “Artifact has no price” is struck out
            errors.md:14: left out: “[^2]” behind “Not listed”
        "#]],
    );
    let html = "<h1>Errors</h1><table><tr><th>Error<th>Fix<tr><td>\"Cover lost\"<sup>1</sup><td>a<tr><td><code>File lost</code> <i>(deprecated)</i><td>b<tr><td><del>Pen lost</del><td>c<tr><td><code>A b</code> or <code>C d</code><td>e</table>";
    check(
        "errors.html",
        html,
        &expect![[r#"
            400 Bad Request
            Errors
              "cover_lost" 400?: "Cover lost" - "a"
              "file_lost" 400?: "File lost" - "b"
              "pen_lost" 400?: "Pen lost" - "c"
              "a_b" 400?: "A b" - "e"
              "c_d" 400?: "C d" - "e"
            errors.html:1: left out: “1” behind “Cover lost”
            errors.html:1: left out: “(deprecated)” behind “File lost”
            errors.html:1: left out: “Pen lost” is struck out
        "#]],
    );
    // In data, quotes and notes are part of the message.
    check(
        "errors.csv",
        "message,status\n\"\"\"Book\"\" (lost)\",404\n",
        &expect![[r#"
        404 Not Found
        Errors
          "book_lost" 404: "\"Book\" (lost)" - -
    "#]],
    );
}

/// GitHub renders HTML tables whose cells contain Markdown between blank lines.
#[test]
fn tables_in_html_in_markdown() {
    let text = "# Errors\n\n## Jobs\n\n<table>\n<tr><th>Code</th><th>Status</th><th>Message</th></tr>\n<tr><td>\n\n\
                gone\n\n</td><td>410</td><td>Job gone</td></tr>\n</table>\n\n## Runs\n\n| Code | Status | Message |\n\
                |---|---|---|\n| lost | 404 | Run lost |\n| odd | 4O4 | Run odd |\n";
    check(
        "errors.md",
        text,
        &expect![[r#"
        404 Not Found, 410 Gone
        Jobs
          "gone" 410: "Job gone" - -
        Runs
          "lost" 404: "Run lost" - -
          "odd" 404?: "Run odd" - -
        errors.md:19: left out: “4O4” is not a status
    "#]],
    );
}

/// Headings and lists in HTML count in Markdown, too.
#[test]
fn lists_in_html_in_markdown() {
    let text = "# Errors\n\n<h2>Loans</h2>\n\n| Code | Message |\n|---|---|\n| no_book | No such book |\n\n<h2>Lost</h2>\n\
                <ul>\n<li><code>old_book</code> (410): It is old\n<li><code>new_book</code> (409): It is new\n</ul>\n\n\
                <h2>Errors to come</h2>\n\n<ul><li>None\n</ul>\n";
    check(
        "errors.md",
        text,
        &expect![[r#"
        409 Conflict, 410 Gone
        Loans
          "no_book" 409?: "No such book" - -
        Lost
          "old_book" 410: "It is old" - -
          "new_book" 409: "It is new" - -
        errors.md:17: left out: the list below “Errors to come” is not a table
    "#]],
    );
}

/// Anchors that are not closed do not nest what is below them ever deeper, and frames do not hide it.
#[test]
fn anchors_in_html_in_markdown() {
    let error = |at| {
        format!(
            "<a name=\"e{at}\">\n\n## Jobs {at}\n\n| Code | Message |\n|---|---|\n| e_{at} | No {at} |\n\n"
        )
    };
    let catalog = printed(
        "errors.md",
        &format!("# Errors\n\n<iframe src=\"x\" />\n\n{}", (0..300).map(error).collect::<String>()),
    );
    assert_eq!(catalog.matches("- code: e_").count(), 300);
}

/// An example can be a complete response.
#[test]
fn examples_with_the_head_of_a_response() {
    let text = "# Errors\n\n```http\nHTTP/1.1 409 Conflict\nX-Id: 7\n\n{\"error\":\"busy\",\"message\":\"Job is busy\"}\n```\n";
    check(
        "errors.md",
        text,
        &expect![[r#"
        409 Conflict
        Errors
          "busy" 409: "Job is busy" - -
    "#]],
    );
}

/// The operations of a path can stand elsewhere: in the document, or in another one.
#[test]
fn paths_that_are_references() {
    let document = r##"{"openapi":"3.1.0","info":{"title":"A","version":"1"},
        "paths":{"/a":{"$ref":"#/components/pathItems/a"},"/b":{"$ref":"b.json"}},
        "components":{"pathItems":{"a":{"get":{"responses":{"404":{"description":"No cart"}}}}}}}"##;
    let sandbox = Sandbox::new();
    sandbox.write("api.json", document);
    let run = sandbox.run(&["import", "api.json"]).exits(1);
    assert!(run.stdout.contains("No cart"), "{}", run.stdout);
    let told = "api.json:2: left out: /b: `b.json` is in another file: bundle them\n";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

/// A body can list several errors.
#[test]
fn each_error_of_an_example() {
    let document = r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{"/a":{"get":{"responses":{"400":{"description":"No",
        "content":{"application/vnd.api+json":{"example":{"errors":[{"code":"bad","detail":"Bad name"},{"code":"long","detail":"Long name"}]}}}}}}}}}"#;
    check(
        "api.json",
        document,
        &expect![[r#"
        400 Bad Request
        Errors
          "bad" 400: "Bad name" - -
          "long" 400: "Long name" - -
        get_a: ["bad","long"]
    "#]],
    );
    let sandbox = Sandbox::new();
    sandbox.write("api.json", document);
    let run = sandbox.run(&["import", "api.json"]).exits(0);
    let body = r#"body: { errors: [{ code: "{code}", detail: "{detail}" }] }"#;
    assert!(run.stdout.contains(body), "{}", run.stdout);
    // The list can be deeper in the body, or be the whole body, and its errors can lack codes.
    let (before, rest) = document.split_once(r#"{"errors":["#).expect("a list");
    let (list, after) = rest.split_once("]}").expect("its end");
    let list = list.replace(r#""code":"bad","#, "").replace(r#""code":"long","#, "");
    for body in [format!(r#"{{"data":{{"errors":[{list}]}}}}"#), format!("[{list}]")] {
        sandbox.write("api.json", format!("{before}{body}{after}"));
        let run = sandbox.run(&["import", "api.json"]).exits(0);
        let is_array = run.stdout.contains("body: [{ detail: \"{detail}\" }]");
        assert_eq!(is_array, body.starts_with('['), "{}", run.stdout);
        assert!(run.stdout.contains("detail: Bad name\n"), "{}", run.stdout);
        assert!(run.stdout.contains("detail: Long name\n"), "{}", run.stdout);
    }
    // Items beside a message are fields of the request.
    let fields = "# Errors\n\n```json\n{\"code\":\"bad\",\"message\":\"Bad request\",\"errors\":[{\"code\":\"a\",\"message\":\"A\"},\
                  {\"code\":\"b\",\"message\":\"B\"}]}\n```\n";
    check(
        "errors.md",
        fields,
        &expect![[r#"
        400 Bad Request
        Errors
          "bad" 400?: "Bad request" - -
    "#]],
    );
}

/// The media type is that of most examples, not an unusual first one.
#[test]
fn the_media_type_of_most_examples() {
    let response = |status: u16, media_type: &str, message: &str| {
        format!(
            "\"{status}\":{{\"description\":\"No\",\"content\":{{\"{media_type}\":{{\"example\":\
             \"{{\\\"code\\\":\\\"E{status}\\\",\\\"message\\\":\\\"{message}\\\"}}\"}}}}}}"
        )
    };
    let document = |responses: &[String]| {
        format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"A","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{{}}}}}}}}}}}"#,
            responses.join(",")
        )
    };
    let (json, problem) = ("application/json", "application/problem+json");
    let both =
        [response(404, problem, "No a"), response(409, json, "No b"), response(410, json, "No c")];
    let sandbox = Sandbox::new();
    sandbox.write("api.json", document(&both));
    let run = sandbox.run(&["import", "api.json"]).exits(0);
    assert!(!run.stdout.contains("media_type"), "{}", run.stdout);
    // Their examples are strings that contain bodies.
    assert!(run.stdout.contains("- code: E404"), "{}", run.stdout);
    let both = [
        response(404, json, "No a"),
        response(409, problem, "No b"),
        response(410, problem, "No c"),
    ];
    sandbox.write("api.json", document(&both));
    let run = sandbox.run(&["import", "api.json"]).exits(0);
    assert!(run.stdout.contains("media_type: application/problem+json # guess"), "{}", run.stdout);
}

/// Those who receive webhooks and callbacks send the responses to them. Header fields are in a catalog, or listed.
#[test]
fn responses_that_are_not_of_the_api() {
    let document = r##"
openapi: 3.1.0
info: { title: Orders API, version: "1" }
paths:
  /orders:
    post:
      operationId: add_order
      callbacks:
        paid: { $ref: "#/components/callbacks/Paid" }
        sent:
          "{$request.body#/url}":
            put:
              responses:
                "204": { description: Fine }
                "410": { description: The order is unknown }
      responses:
        "429":
          description: Too many orders
          headers: { Retry-After: { schema: { type: integer, examples: [30] } } }
    get:
      operationId: list_orders
      responses:
        "403":
          description: No access
          headers: { Retry-After: { schema: { type: integer }, example: 5 } }
        "429":
          description: Too many lists
          headers:
            Retry-After: { examples: { later: { value: 60 } } }
        "503":
          description: Closed
          headers: { retry-after: { schema: { type: string, default: "Fri, 31 Dec 1999 23:59:59 GMT" } } }
webhooks:
  order_paid:
    post:
      responses:
        "400": { description: It cannot be read }
        default: { description: Other }
components:
  callbacks:
    Paid:
      "{$request.body#/paid}":
        post: { responses: { "404": { description: No such order } } }
"##;
    check(
        "api.yaml",
        document,
        &expect![[r#"
        403 Forbidden, 429 Too Many Requests, 503 Service Unavailable
        Errors
          "too_many_orders" 429: "Too many orders" - -
          "no_access" 403: "No access" - -
          "too_many_lists" 429: "Too many lists" - -
          "closed" 503: "Closed" - -
        add_order: ["too_many_orders"]
        list_orders: ["no_access","too_many_lists","closed"]
        api.yaml:9: left out: POST {$request.body#/paid}, 404: the receiver of the callback sends this
        api.yaml:15: left out: PUT {$request.body#/url}, 410: the receiver of the callback sends this
        api.yaml:23: left out: 403 has `Retry-After: 5`, which a catalog cannot have
        api.yaml:26: left out: 429 has `Retry-After: 60`, but other responses differ
        api.yaml:30: left out: 503 has `retry-after: Fri, 31 Dec 1999 23:59:59 GMT`, which a catalog cannot have
        api.yaml:37: left out: POST order_paid, 400, default: the receiver of the webhook sends this
    "#]],
    );
}

/// Tables as teams have them: two rows of headings, and symbols behind codes.
#[test]
fn headings_of_two_rows_and_symbols_behind_codes() {
    let page = "<h1>Errors</h1>
<table>
<thead><tr><th rowspan=2>Code<th colspan=2>Details<tr><th>Message<th>Resolution</thead>
<tr><td>E100<td>Disk full<td>Free space
<tr><td>E101<td>Fan broken<td>Replace it
</table>
<table>
<tr><th>HTTP code<th>Error<th>Description<th>Resolution
<tr><td>404<td><code>not_found</code><td>Not there<td>Look again
<tr><td>429<td><code>rate_limited</code> ⚠️<td>Retry after {n} seconds<td>Wait
</table>
";
    check(
        "errors.html",
        page,
        &expect![[r#"
        404 Not Found, 429 Too Many Requests
        Errors
          "E100" 404?: "Disk full" - "Free space"
          "E101" 404?: "Fan broken" - "Replace it"
          "not_found" 404: "Not there" - "Look again"
          "rate_limited" 429: "Retry after {n} seconds" - "Wait"
        errors.html:10: left out: “⚠️” behind “rate_limited”
    "#]],
    );
}

/// Returns the catalog that is made from a source.
fn printed(name: &str, text: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write(name, text);
    let run = sandbox.run(&["import", name]).harmless();
    sandbox.run_with_input(&["check", "-"], &run.stdout).exits(0);
    run.stdout
}

/// Most examples have a code, which several messages share, and a few have none: the codes are still those of bodies.
#[test]
fn a_few_examples_without_codes() {
    let example = |number: usize, value: &str| {
        format!(
            "  /p{number}: {{ get: {{ responses: {{ '404': {{ description: x, content: {{ application/json: {{ example: {value} }} }} }} }} }} }}\n"
        )
    };
    let coded = |code: &str, message: &str, id: &str| {
        format!("{{ request_id: {id}, errors: [{{ code: {code}, message: {message} }}] }}")
    };
    let bodies = |without: usize| -> String {
        let mut all = vec![
            coded("not_found", "No user", "5a51e149-a96c"),
            coded("not_found", "No book", "6b51e149-a96c"),
            coded("gone", "Too late", "null"),
        ];
        all.extend((0..without).map(|at| format!("{{ error_key: k{at}, message: Bad key{at} }}")));
        let paths: String = all.iter().enumerate().map(|(at, it)| example(at, it)).collect();
        format!("openapi: 3.0.0\ninfo: {{ title: Books, version: '1' }}\npaths:\n{paths}")
    };
    let catalog = printed("api.yaml", &bodies(1));
    let wire = "  body: { request_id: \"{request.request_id?}\", errors: [{ code: \"{code}\", message: \"{detail}\" }] }";
    assert!(catalog.contains(wire), "{catalog}");
    assert!(catalog.contains("  identity: code_and_detail # guess"), "{catalog}");
    assert_eq!(catalog.matches("- code: not_found").count(), 2, "{catalog}");
    assert_eq!(catalog.matches("detail: ").count(), 4, "{catalog}");
    // If there are more, the messages identify errors, and the code is not sent.
    let catalog = printed("api.yaml", &bodies(3));
    assert!(catalog.contains("errors: [{ code: \"{any}\""), "{catalog}");
    assert!(!catalog.contains("identity:"), "{catalog}");
}

/// The marks of lines are those that the import of Markdown writes. Comments of a page that look like one are comments.
#[test]
fn comments_change_no_lines() {
    let mark = "<!--kate-errors import: line 900-->";
    let hidden = mark.replace("import", "importkate-errors import: line  import");
    for mark in [mark, &format!("A <b>name</b>{mark}"), &hidden, "<!kate-errors import: line 9>"] {
        let markdown = format!("{mark}\n\n## 400 (E2) - Bad request\n\nIt is wrong.\n");
        let found = imported("page.md", &markdown);
        assert!(found.starts_with("page.md:3: left out: "), "{mark}: {found}");
        let html = format!("{mark}\n\n<h2>400 (E2) - Bad request</h2><p>It is wrong.</p>\n");
        let found = imported("page.html", &html);
        assert!(found.starts_with("page.html:3: left out: "), "{mark}: {found}");
    }
}

/// A heading that names a status and an error, with only a text below it, is listed. A status alone is no error, and what is
/// below a table or an example belongs to it.
#[test]
fn texts_below_headings_with_a_status() {
    let page = "# Errors\n\n```json\n{ \"code\": \"E1\", \"message\": \"No key\" }\n```\n\n## 404 Not Found\n\nNothing is there.\n\n## 400 (E2) - Bad request\n\nIt is wrong.\n\n## 409: Taken\n\nSee:\n\n```json\n{ \"code\": \"E3\", \"message\": \"Taken\" }\n```\n";
    let listed = |name: &str, line: usize| {
        format!("{name}:{line}: left out: the text below “400 (E2) - Bad request” is not read\n")
    };
    let found = imported("page.md", page);
    assert!(found.ends_with(&listed("page.md", 11)), "{found}");
    assert_eq!(found.matches("left out").count(), 1, "{found}");
    let html = page
        .replace("```json\n", "<pre>")
        .replace("```\n", "</pre>")
        .replace("\n## ", "\n<h2>")
        .replace("# ", "<h1>");
    let html: String = html
        .lines()
        .map(|line| match line.strip_prefix("<h") {
            Some(heading) => format!("<h{heading}</h2>\n"),
            None if line.ends_with(['.', ':']) => format!("<p>{line}</p>\n"),
            None => format!("{line}\n"),
        })
        .collect();
    let found = imported("page.html", &html);
    assert!(found.ends_with(&listed("page.html", 11)), "{found}");
}

/// Signs of less and greater are no placeholder, an error whose message another code has keeps its own status, and of several
/// columns that can be the message, it is the one that says so.
#[test]
fn texts_of_codes_in_tables() {
    let page = "# Error codes\n\n|Code|Error Text|Error Message|\n|--|--|--|\n|1|Bad name|No < or > in <field>.|\n|2|Bad day|Give a day.|\n|3|Bad days|Give a day.|\n";
    let run = Sandbox::new().run_with_input(&["import", "-", "--from", "markdown"], page);
    let run = run.exits(0);
    for line in [
        "        detail: No < or > in {field}.",
        "        x-error-text: Bad name",
        "      - code: \"3\"\n        same_as: code_2\n",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    // If codes identify errors, because other messages clash, each error has its own message and status.
    let clash =
        format!("{page}|4|-|{{a}}{{b}} a day.|\n|5|-|{{a}} {{b}} day.|\n|6|-|{{a}} b {{c}}.|\n");
    let run = Sandbox::new().run_with_input(&["import", "-", "--from", "markdown"], clash);
    let third = "- code: \"3\"\n        status: 400 # guess: the source does not say it\n";
    assert!(run.stdout.contains(third), "{}{}", run.stdout, run.stderr);
}

/// Names of statuses beside messages, or in a table of statuses, are no codes; beside other names, they are.
#[test]
fn names_of_statuses_are_no_codes() {
    let table = "\n|Error Code|Error Name|Description|\n|--|--|--|\n|401|Unauthorized|Wrong key|\n|404|Not Found|No such path|\n";
    let made = |bodies: [[&str; 2]; 2]| {
        let blocks = bodies.map(|[error, message]| {
            format!("```json\n{{\"error\":\"{error}\",\"message\":\"{message}\"}}\n```\n")
        });
        let page = format!("# Errors\n{}{table}", blocks.concat());
        let run = Sandbox::new().run_with_input(&["import", "-", "--from", "markdown"], page);
        run.exits(0).stdout
    };
    let twice = made([["Unauthorized", "Bad key"], ["Unauthorized", "Bad client"]]);
    assert!(twice.contains("body: { error: \"{title}\", message: \"{detail}\" }"), "{twice}");
    for code in ["bad_key", "bad_client"] {
        let error = format!(
            "- code: {code} # guess: derived from the message\n        status: 401 # guess: bodies have its name\n"
        );
        assert!(twice.contains(&error), "{twice}");
    }
    assert_eq!(twice.matches("- code: ").count(), 2, "{twice}");
    let other = made([["Unauthorized", "Bad key"], ["Duplicate", "There is one"]]);
    assert!(other.contains("body: { error: \"{code}\", message: \"{detail}\" }"), "{other}");
    assert!(other.contains("- code: Unauthorized\n"), "{other}");
}

/// A list of codes with statuses is one of errors, whatever its heading is. The body above it is then only an example.
#[test]
fn lists_of_codes_with_statuses() {
    let page = "# Catalog v1\n```json\n{ \"error\": { \"code\": \"STRING_CODE\", \"message\": \"For people\" } }\n```\n## Codes\n- NO_RUN (404): it is missing\n- BUSY (409): try later\n";
    let run = Sandbox::new().run_with_input(&["import", "-", "--from", "markdown"], page);
    for line in ["- code: NO_RUN\n        status: 404\n", "- code: BUSY\n        status: 409\n"] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
    assert!(!run.stdout.contains("STRING_CODE"), "{}", run.stdout);
    assert!(run.stdout.contains("body: { error: { code: \"{code}\", message: \"{detail}\" } }"));
    assert!(run.stderr.contains("the example “For people” matches no error"), "{}", run.stderr);
}

/// Symbols beside statuses are codes, also in a column of names; and codes with one name are two errors.
#[test]
fn codes_in_columns_of_names() {
    let made = |text: &str, from: &str| {
        let run = Sandbox::new().run_with_input(&["import", "-", "--from", from], text);
        run.stdout
    };
    let csv = "name,codes,description\nBIO_TOO_LONG,400,The bio is too long\nNO_CHAT,400 403,No such chat\nWAIT_{n},420,Wait\n";
    let of_csv = made(csv, "csv");
    for line in [
        "- code: NO_CHAT\n        status: [400, 403]\n",
        "- code: BIO_TOO_LONG\n        status: 400\n",
    ] {
        assert!(of_csv.contains(line), "{of_csv}");
    }
    let statuses = "# Errors\n|Status|Name|Description|\n|-|-|-|\n|404|NotFound|There is none|\n|429|TooManyRequests|Slow down|\n";
    assert!(!made(statuses, "markdown").contains("- code: "));
    let toml = "[[error]]\nName = \"ErrAdmin\"\nStatusHTTP = 403\nMessage = \"Admins only\"\n[[error]]\nName = \"ErrGone\"\nStatusHTTP = 410\nMessage = \"It is gone\"\n";
    let of_toml = made(toml, "toml");
    assert!(
        of_toml.contains("- code: ErrGone\n        status: 410\n        detail: It is gone\n"),
        "{of_toml}"
    );
    let json = r#"[{"code":-1,"message":"It failed"},{"code":1,"message":"It is out of range"}]"#;
    let of_json = made(json, "json");
    assert!(of_json.contains("- code: -1\n"), "{of_json}");
    let second =
        "- code: 1\n        name: code_1_2 # guess: another error has the name of its code\n";
    assert!(of_json.contains(second), "{of_json}");
}

/// Headings that are codes, with a status and a text or fields below them, in Markdown and in HTML.
#[test]
fn headings_that_are_codes_have_statuses() {
    let errors = [("card_declined", "It was declined."), ("old_card", "It has expired.")];
    let markdown = errors.map(|(code, text)| format!("## {code}\nStatus: 402\n\n{text}\n\n"));
    let html = errors.map(|(code, text)| format!("<h2>{code}</h2><p>Status: 402</p><p>{text}</p>"));
    let fields = errors
        .map(|(code, text)| format!("<h2>{code}</h2><p>Status: 402</p><p>Message: {text}</p>"));
    let pages = [
        ("markdown", format!("# Errors\n{}", markdown.concat())),
        ("html", format!("<h1>Errors</h1>{}", html.concat())),
        ("html", format!("<h1>Errors</h1>{}", fields.concat())),
    ];
    for (from, page) in pages {
        let run = Sandbox::new().run_with_input(&["import", "-", "--from", from], page).exits(0);
        for (code, text) in errors {
            let (_, error) = run
                .stdout
                .split_once(&format!("- code: {code}\n        status: 402\n"))
                .expect("it");
            assert!(error.lines().next().is_some_and(|line| line.contains(text)), "{}", run.stdout);
        }
    }
    let list = "# Errors\n- 1 - It is late\n- 2 – It is gone\n";
    let run = Sandbox::new().run_with_input(&["import", "-", "--from", "markdown"], list);
    assert!(
        run.stdout.contains("detail: \"It is late\"")
            && run.stdout.contains("detail: \"It is gone\"")
    );
}

/// Notes, separators and footnotes around messages, and statuses with one name.
#[test]
fn notes_around_messages() {
    let page = r#"# Errors of the MyError API

## Jobs

| Status | Error | Cause |
|---|---|---|
| 404 | "One" [note] | x |
| 404 | "Two" — note | x |
| 404 | "Three" - note | x |
| 404 | "Four", or "Five" and "Six" | x |
| 404 | [^1] | x |
| 404 | "Seven"[^1] | x |

| Error | Cause |
|---|---|
| It was lost | x |
| Lost or went | x |

## Statuses

| Status | Name | Meaning |
|---|---|---|
| 404 | Gone | It was lost |
| 410 | Gone | It went |

- «It is nine»: so it is
"#;
    check(
        "page.md",
        page,
        &expect![[r#"
        404 Gone, 410 Gone 410
        Jobs
          "one" 404: "One" "x" -
          "two" 404: "Two" "x" -
          "three" 404: "Three" "x" -
          "four" 404: "Four" "x" -
          "five" 404: "Five" "x" -
          "six" 404: "Six" "x" -
          "error_1" 404: "[^1]" "x" -
          "seven" 404: "Seven" "x" -
          "it_lost" 404?: "It was lost" "x" -
          "lost_or_went" 404?: "Lost or went" "x" -
        Statuses
          "it_nine" 404?: "It is nine" "so it is" -
        page.md:7: left out: “[note]” behind “One”
        page.md:8: left out: “— note” behind “Two”
        page.md:9: left out: “- note” behind “Three”
        page.md:12: left out: “[^1]” behind “Seven”
    "#]],
    );
    let two = "# Errors\n\n| Status | Meaning |\n|---|---|\n| 404 | lost file |\n| 410 | old file |\n\n\
               | Error | Cause |\n|---|---|\n| Lost old file | x |\n";
    check(
        "page.md",
        two,
        &expect![[r#"
        404 Not Found, 410 Gone
        Errors
          "lost_old_file" 404?: "Lost old file" "x" -
    "#]],
    );
}

/// Columns of codes, names and messages that other columns explain, and headings with a text below them.
#[test]
fn columns_beside_others() {
    let page = r"# Errors

| Status | Response | Error message | Description | Reason |
|---|---|---|---|---|
| 404 | a | It is lost | b | c |

| Type | Description |
|---|---|
| a_b | c |
";
    check(
        "page.md",
        page,
        &expect![[r#"
        404 Not Found
        Errors
          "it_lost" 404: "It is lost" "c" -
        page.md:9: left out: the table with the columns “Type”, “Description” does not say that it is one of errors
    "#]],
    );
    let headings = r"# Errors

## NO_BOOK

HTTP status: 404

The book is lost.

## 404

It is lost.

## NO_SHELF

```
x
```

The shelf is lost.

## NO_ROOM

- `a`: b
";
    check(
        "page.md",
        headings,
        &expect![[r#"
        page.md:9: left out: the text below “404” is not read
        no errors were found
    "#]],
    );
    let text = "Errors of jobs\nThe API has these.\nStatusErrorCause\n404\"One\"It went\n\
                404\"Two (x)\" Missing\n409Disk 5Times\n\n\
                {\"detail\": \"Nine\", \"errors\":\n{\"detail\": \"Ten\"}}\n";
    check(
        "page.txt",
        text,
        &expect![[r#"
        404 Not Found, 409 Conflict
        The API has these.
          "one" 404: "One" "It went" -
          "two_x_missing" 404: "\"Two (x)\" Missing" - -
          "disk_5" 409: "Disk 5" "Times" -
        page.txt:5: left out: cannot find the cells of “”: 2 were found, and 3 are expected
        page.txt:8: left out: the example “Nine” matches no error
    "#]],
    );
}

/// Rows with fewer cells, tables without a heading, and codes beside numbers.
#[test]
fn cells_and_codes_beside_others() {
    let text = "Errors of jobs\nThe API has these.\nStatus\tError\tCause\n404\tThree\n";
    check(
        "page.txt",
        text,
        &expect![[r#"
        404 Not Found
        The API has these.
          "three" 404: "Three" - -
    "#]],
    );
    let tables = "| Error code | x |\n|---|---|\n| a | x |\n\n".repeat(2);
    check(
        "page.md",
        &tables,
        &expect![[r#"
        page.md:3: left out: the table with the columns “Error code”, “x” has none for messages; 1 more without a heading is not read
        no errors were found
    "#]],
    );
    let numbers = "# Errors\n\n| Code | Error |\n|---|---|\n| 5 | One |\n| 007 | Two |\n\n```json\n\
                   {\"code\": 5, \"message\": \"One\"}\n```\n";
    check(
        "page.md",
        numbers,
        &expect![[r#"
        400 Bad Request
        Errors
          5 400?: "One" - -
          "007" 400?: "Two" - -
    "#]],
    );
}

/// Placeholders and signs in messages, and words that say that there is nothing.
#[test]
fn signs_in_messages() {
    let table = "status;message;cause (in short);x;fix\n\
                 404;<br> No {a }, <p> or X. at 100%d;none;1;nil\n\
                 404;\"(:id) is Y/N; N/A, X/Y\";-;2;Wait\n\
                 404;limit=5: 7 of rest;N/A;3;NIL\n\
                 404.13;Job {id} of {id} is lost;;4;\n";
    check(
        "errors.csv",
        table,
        &expect![[r#"
        404 Not Found
        Errors
          "br_no_p_or_at_100_d" 404: "<br> No {a}, <p> or {or}. at 100%d" - -
          "y_n_n_a_x_y" 404: "({id}) is Y/N; N/A, X/Y" - "Wait"
          "limit_5_7_of_rest" 404: "limit=5: 7 of rest" - -
          "job_of_lost" 404?: "Job {id} of {id_2} is lost" - -
        errors.csv:5: left out: “404.13” is not a status
    "#]],
    );
    assert!(printed("errors.csv", table).contains("word # guess: the message has `id` already\n"));
    let named = "status,message,section\n400,Type,Address\n404,Type,Class\n";
    check(
        "errors.csv",
        named,
        &expect![[r#"
        400 Bad Request, 404 Not Found
        Address
          "address_type_error" 400: "Type" - -
        Class
          "class_type_error" 404: "Type" - -
    "#]],
    );
    let lines = "status,message\r\n404,\"One\r\ntwo\"\r\n";
    check(
        "errors.csv",
        lines,
        &expect![[r#"
        404 Not Found
        Errors
          "one_two" 404: "One\ntwo" - -
    "#]],
    );
    let numbers = r#"{"errors":[{"code":1.5,"message":"One"},{"code":2,"message":"Two"}]}"#;
    check(
        "errors.json",
        numbers,
        &expect![[r#"
        400 Bad Request
        Errors
          "1.5" 400?: "One" - -
          2 400?: "Two" - -
    "#]],
    );
    let phrases =
        r#"{"Not found here":{"code":"a","message":"x"},"It is gone":{"code":"b","message":"y"}}"#;
    check(
        "errors.json",
        phrases,
        &expect![[r#"
        400 Bad Request
        Errors
          "a" 400?: "x" - -
          "b" 400?: "y" - -
    "#]],
    );
    let spark = r#"{"A":{"message":["a"],"subClass":{},"sub_class":{"X":{"message":["x"]}}},
        "B":{"message":["b"],"sub_class":{"Y":{"message":["y"]}}}}"#;
    check(
        "errors.json",
        spark,
        &expect![[r#"
        400 Bad Request
        Errors
          "A" 400?: "a" - -
          "B.Y" 400?: "b y" - -
    "#]],
    );
}

/// What documents say in more than one place.
#[test]
fn descriptions_and_names_of_responses() {
    let document = r##"openapi: 3.0.0
info: { title: Shop, version: "1" }
paths:
  /a:
    get:
      operationId: get_a
      summary: ""
      responses:
        "404": { $ref: "#/components/responses/Lost" }
        "409":
          description: Taken
          content:
            application/json:
              examples:
                taken: { value: { message: taken } }
                is_taken: { description: It is taken, value: { message: It is taken } }
  /b:
    get: { operationId: get_b, summary: get b, responses: { "410": { description: "It went." }, "418": { $ref: "#/components/responses/Odd" } } }
components:
  responses:
    Lost: { description: "It is lost.", content: { application/json: { example: { message: It is lost } } } }
    Odd: { description: Odd, content: { application/json: { example: { x: 1 } } } }
    Other: { description: Not Acceptable for us. }
    413Large: { description: "It is large." }
"##;
    check(
        "api.yaml",
        document,
        &expect![[r#"
        404 Not Found, 406 Not Acceptable, 409 Conflict, 410 Gone, 413 Content Too Large, 418 Client Error
        Errors
          "it_lost" 404: "It is lost" - -
          "taken" 409: "taken" - -
          "is_taken" 409: "It is taken" - -
          "it_went" 410: "It went" - -
          "odd" 418: "Odd" - -
          "not_acceptable_for_us" 406: "Not Acceptable for us" - -
          "it_large" 413: "It is large" - -
        get_a: ["it_lost","taken","is_taken"]
        get_b: ["it_went","odd"]
        api.yaml:22: left out: GET /b, 418: the example has no message
    "#]],
    );
    assert!(!printed("api.yaml", document).contains("summary:"));
    let swagger = r#"{"swagger":"2.0","info":{"title":"x"},"produces":["text/plain","application/json"],"paths":{
        "/a":{"get":{"responses":{"404":{"description":"d","examples":{"named":{"message":"One"}}}}}}}}"#;
    check(
        "api.json",
        swagger,
        &expect![[r#"
        404 Not Found
        Errors
          "named" 404: "One" - -
        get_a: ["named"]
    "#]],
    );
}
