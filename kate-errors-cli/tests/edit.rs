//! `add`, `reword`, `rename`, `retire` and `fmt`: what they change, and what they keep.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]
#![allow(clippy::needless_pass_by_value, reason = "expectations are passed in place")]

mod common;

use std::path::{Path, PathBuf};

use common::{BROKEN, Run, Sandbox};
use expect_test::{Expect, expect};

/// A catalog with an unusual layout, and with comments wherever they are possible.
const MESSY: &str = include_str!("edit/messy.yaml");

const JSON: &str = r#"{"catalog":"Jobs","statuses":{"404":{"name":"N","description":"D"}},"sections":[
 {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f"},
 {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
"#;

/// Returns the changes that a command makes to a catalog: the lines that are new, and those that are gone.
fn changes(catalog: &str, arguments: &[&str]) -> (Run, String) {
    let sandbox = Sandbox::with(catalog);
    let run = sandbox.run(arguments);
    let new = sandbox.read("errors.yaml");
    let diff = similar::TextDiff::from_lines(catalog, &new);
    let changed =
        diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    let lines = changed.map(|change| format!("{}{}", change.tag(), change.to_string_lossy()));
    (run.harmless(), lines.collect())
}

#[track_caller]
fn changed(catalog: &str, arguments: &[&str], expected: Expect) {
    let (run, lines) = changes(catalog, arguments);
    let run = run.exits(0);
    expected.assert_eq(&lines);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("verdict: "), "{run:?}");
}

/// Asserts that a command changes nothing, and reports why.
#[track_caller]
fn refused(catalog: &str, arguments: &[&str], status: i32, expected: Expect) {
    let (run, lines) = changes(catalog, arguments);
    assert_eq!(lines, "");
    expected.assert_eq(&run.exits(status).stderr);
}

#[test]
fn what_is_common_is_not_listed_by_operations() {
    let catalog = |common: &str, listed: &str| {
        let lists = format!(
            r#""common":["{common}"],"operations":{{"run":{{"route":"GET /","errors":["{listed}"]}}}},"#
        );
        JSON.replacen('{', &format!("{{{lists}"), 1)
    };
    let retire = ["retire", "a", "--reason", "gone", "--replaced-by", "b"];
    for (common, listed) in [("b", "a"), ("a", "b")] {
        let sandbox = Sandbox::with(catalog(common, listed));
        sandbox.run(&retire).exits(0);
        let new: serde_json::Value = serde_json::from_str(&sandbox.read("errors.yaml")).unwrap();
        assert_eq!(new["common"], serde_json::json!(["b"]));
        assert_eq!(new["operations"]["run"]["errors"], serde_json::json!([]));
    }
}

#[test]
fn an_error_is_added() {
    let add = [
        "add",
        "job_lost",
        "--status",
        "404",
        "--detail",
        "Job {id} was lost",
        "--param",
        "id=u64",
        "--cause",
        "A disk: broken",
        "--fix",
        "Start it again, please",
    ];
    let add_to_jobs = [&add[..], &["--section", "Jobs"]].concat();
    let flat = [&add[..], &["--section", "Flat"]].concat();
    changed(
        MESSY,
        &flat,
        expect![[r#"
        +  - { code: job_lost, status: 404, detail: "Job {id} was lost", params: { id: u64 }, cause: "A disk: broken", fix: "Start it again, please" }
    "#]],
    );
    changed(
        MESSY,
        &add_to_jobs,
        expect![[r#"
        +  - { code: job_lost, status: 404, detail: "Job {id} was lost", params: { id: u64 }, cause: "A disk: broken", fix: "Start it again, please" }
        +
    "#]],
    );
    changed(
        JSON,
        &add,
        expect![[r#"
        - {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
        + {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"},
        + { "code": "job_lost", "status": 404, "detail": "Job {id} was lost", "params": { "id": "u64" }, "cause": "A disk: broken", "fix": "Start it again, please" }]}]}
    "#]],
    );
    let new_section = [&add[..], &["--new-section", "Disks"]].concat();
    changed(
        MESSY,
        &new_section,
        expect![[r#"
            +- name: Disks
            +  errors:
            +    - code: job_lost
            +      status: 404
            +      detail: Job {id} was lost
            +      params: { id: u64 }
            +      cause: "A disk: broken"
            +      fix: Start it again, please
            +
        "#]],
    );
    let windows = Sandbox::with(MESSY.replace('\n', "\r\n"));
    windows.run(&flat).exits(0);
    let text = windows.read("errors.yaml");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

/// A catalog with empty lines between its fields.
const APART: &str = "\
catalog: Jobs

contexts:
  disk: { text: \"disk {disk}\", params: { disk: word } }

wire: { use: detail_and_code, identity: code_and_detail }

sections:
  - name: Jobs
    status: 404
    errors:
      - { code: gone, detail: Gone, cause: C, fix: F }

statuses:
  404: { name: Not Found, description: It is gone }
";

#[test]
fn further_fields_of_an_error() {
    let options = ["--context", "disk", "--retry", "later", "--name", "lost_job"];
    let texts = ["--cause", "- a dash", "--fix", "--force", "--explanation", "*Never* mind"];
    let add = ["add", "job_lost", "--detail", "Lost"];
    changed(
        APART,
        &[&add[..], &options, &texts].concat(),
        expect![[r#"
        +      - { code: job_lost, name: lost_job, detail: Lost, context: disk, cause: "- a dash", fix: "--force", explanation: "*Never* mind", retry: later }
    "#]],
    );
}

#[test]
fn what_stands_apart_stays_apart() {
    changed(
        APART,
        &["rename", "gone", "went"],
        expect![[r#"
        -      - { code: gone, detail: Gone, cause: C, fix: F }
        +      - { code: went, detail: Gone, cause: C, fix: F }
        +
        +reserved: { codes: [gone] }
    "#]],
    );
    let rename = ["rename", "gone", "went"];
    let lines = changes(&APART.replace('\n', "\r\n"), &rename).1;
    assert_eq!(lines.replace("\r\n", "\n"), changes(APART, &rename).1);
}

#[test]
fn an_error_that_cannot_be_added() {
    let two = JSON.replace(
        r#"[
 {"name":"S""#,
        r#"[{"name":"Other","errors":[]},
 {"name":"S""#,
    );
    let add = ["add", "c", "--status", "404", "--detail", "C"];
    refused(
        &two,
        &add,
        2,
        expect![[r#"
        error: the catalog has several sections: choose one with `--section`
    "#]],
    );
    refused(
        &two,
        &[&add[..], &["--section", "Othre"]].concat(),
        2,
        expect![[r#"
        error: the catalog has no section `Othre`, did you mean `Other`?; `--new-section` creates one
    "#]],
    );
    refused(
        JSON,
        &[&add[..], &["--new-section", "S"]].concat(),
        2,
        expect![[r#"
            error: the catalog already has a section `S`
        "#]],
    );
    refused(
        JSON,
        &["add", "a", "--status", "404", "--detail", "C"],
        2,
        expect![[r#"
            error: the catalog already has an error `a`
        "#]],
    );
    refused(
        JSON,
        &["add", "c", "--status", "404", "--detail", "A"],
        1,
        expect![[r#"
            warning[unexplained-error]: the error `c` has no cause and no fix
             --> errors.yaml:4:12
              |
            4 |  { "code": "c", "status": 404, "detail": "A" }]}]}
              |            ^^^ no cause and no fix
              |
              = help: add `cause` and `fix` to the error, to its section or to its
                      status; or allow it: `allow_warnings: [unexplained-error]`

            error[duplicate-detail]: two errors have the message “A” under 404
             --> errors.yaml:4:42
              |
            2 | ...:"a","status":404,"detail":"A","cause":"c","fix":"f"},
              |                               --- the same message, under 404
            3 | ...ail":"B","cause":"c","fix":"f"},
            4 | ... "detail": "A" }]}]}
              |               ^^^ under 404
              |
              = help: reword one of the two; or, if one message for both is meant,
                      replace the status and detail of one by `same_as: a`
            errors.yaml would have these errors, so nothing is written
        "#]],
    );
    refused(
        BROKEN,
        &add,
        1,
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
        "#]],
    );
}

#[test]
fn a_message_is_reworded() {
    let reword = |code, text| ["reword", code, text];
    changed(
        MESSY,
        &reword("job_not_found", "There is no job {id}: sorry"),
        expect![[r#"
        -      detail:   "Job {id}
        -        not found"   # message
        +      detail:   "There is no job {id}: sorry"   # message
        -        "Gone {id}"   # was
        +        "Gone {id}",   # was
        +        "Job {id} not found"
    "#]],
    );
    changed(
        MESSY,
        &reword("it_is", "That's it"),
        expect![[r#"
        -      detail: 'It''s'
        +      detail: 'That''s it'
        +      former: [It's]
    "#]],
    );
    // Keys in quotes alone make no JSON.
    let quoted =
        BLOCKS.replace("\ns", "\n\"s").replace("es:\n", "es\":\n").replace("ons:\n", "ons\":\n");
    let quoted = quoted.replace("catalog", "\"catalog\"").replace("\no", "\n\"o");
    changed(
        &quoted,
        &reword("lost", "It is lost"),
        expect![[r#"
        -      - { code: lost, status: 404, detail: Lost }
        +      - { code: lost, status: 404, detail: It is lost, former: [Lost] }
    "#]],
    );
    // The message from before the last change comes back.
    changed(
        MESSY,
        &reword("job_not_found", "No job {id}"),
        expect![[r#"
        -      detail:   "Job {id}
        -        not found"   # message
        +      detail:   "No job {id}"   # message
        -      former: [ "No job {id}",
        +      former: [ "Job {id} not found",
    "#]],
    );
    changed(
        JSON,
        &reword("b", "A \"B\""),
        expect![[r#"
        - {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
        + {"code":"b","status":404,"detail":"A \"B\"", "former": ["B"],"cause":"c","fix":"f"}]}]}
    "#]],
    );
    refused(
        JSON,
        &reword("b", "B"),
        2,
        expect![[r#"
        error: the catalog already says this
    "#]],
    );
    refused(
        JSON,
        &reword("b", "A"),
        1,
        expect![[r#"
            error[duplicate-detail]: two errors have the message “A” under 404
             --> errors.yaml:3:36
              |
            2 | ...de":"a","status":404,"detail":"A","cause":"c","fix":"f"},
              |                                  --- the same message, under 404
            3 | ...detail":"A", "former": ["B"],"cause":"c","fix":"f"}]}]}
              |            ^^^ under 404
              |
              = help: reword one of the two; or, if one message for both is meant,
                      replace the status and detail of one by `same_as: a`
            errors.yaml would have these errors, so nothing is written
        "#]],
    );
    refused(
        JSON,
        &reword("c", "A"),
        2,
        expect![[r#"
        error: the catalog has no error `c`
    "#]],
    );
    refused(
        MESSY,
        &reword("again", "A"),
        2,
        expect![[r#"
        error: `again` has its message from `it_is`: reword that one
    "#]],
    );
}

#[test]
fn an_error_is_renamed() {
    let rename = |code, new| ["rename", code, new];
    changed(
        MESSY,
        &rename("job_not_found", "job_missing"),
        expect![[r#"
        -  -   code: job_not_found   # c1
        +  -   code: job_missing   # c1
        -      errors: [it_is,job_not_found]}
        -   put: {route: PUT /jobs, errors: [job_not_found]}
        +      errors: [it_is,job_missing]}
        +   put: {route: PUT /jobs, errors: [job_missing]}
    "#]],
    );
    changed(
        MESSY,
        &rename("it-is", "it-was"),
        expect![[r#"
        -      code: it-is
        +      code: it-was
        -  - {code: again, same_as: it_is, cause: D,   fix: G}
        +  - {code: again, same_as: it_was, cause: D,   fix: G}
        -      errors: [it_is,job_not_found]}
        +      errors: [it_was,job_not_found]}
    "#]],
    );
    changed(
        MESSY,
        &rename("it_is", "it_was"),
        expect![[r#"
        +      name: it_was
        -  - {code: again, same_as: it_is, cause: D,   fix: G}
        +  - {code: again, same_as: it_was, cause: D,   fix: G}
        -      errors: [it_is,job_not_found]}
        +      errors: [it_was,job_not_found]}
    "#]],
    );
    changed(
        JSON,
        &rename("a", "c"),
        expect![[r#"
        - {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f"},
        + {"name":"S","errors":[{"code":"c","status":404,"detail":"A","cause":"c","fix":"f"},
    "#]],
    );
    let referred = JSON.replace("\"N\"", "\"N\",\"fallback\":\"b\"").replacen(
        "\"f\"}",
        "\"f\",\n\"retired\":{\"reason\":\"r\",\"replaced_by\":\"b\"}}",
        1,
    );
    let (_, lines) = changes(&referred, &rename("b", "c"));
    assert!(
        lines.contains(r#"+{"catalog":"Jobs","statuses":{"404":{"name":"N","fallback":"c","#),
        "{lines}"
    );
    assert!(lines.contains(r#"+"retired":{"reason":"r","replaced_by":"c"}"#), "{lines}");
    // Only the name is referred to.
    let named =
        BLOCKS.replace("code: lost", "code: lost, name: lost_job").replace("- lost", "- lost_job");
    changed(
        &named,
        &rename("lost", "went"),
        expect![[r#"
        -      - { code: lost, name: lost_job, status: 404, detail: Lost }
        +      - { code: went, name: lost_job, status: 404, detail: Lost }
    "#]],
    );
    refused(
        JSON,
        &rename("a", "b"),
        1,
        expect![[r#"
            error[duplicate-code]: the code `b` is used twice
             --> errors.yaml:3:10
              |
            2 |  {"name":"S","errors":[{"code":"b","status":404,"detail":"A","cause":"c",...
              |                                --- first here
            3 |  {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
              |          ^^^ again here
              |
              = help: give one of the errors another code
            errors.yaml would have these errors, so nothing is written
        "#]],
    );
    refused(
        JSON,
        &rename("a", "a"),
        2,
        expect![[r#"
        error: the catalog already says this
    "#]],
    );
}

#[test]
fn errors_that_share_a_code() {
    let rename = |code, new| ["rename", code, new];
    // Among errors that share a code, the name selects one.
    let shared = JSON
        .replace(
            "Jobs\",",
            "Jobs\",\"wire\":{\"use\":\"detail_and_code\",\"identity\":\"code_and_detail\"},",
        )
        .replace("\"a\"", "\"a\",\"name\":\"c\"")
        .replace("\"b\"", "\"a\",\"name\":\"d\"");
    refused(
        &shared,
        &rename("a", "e"),
        2,
        expect![[r#"
        error: several errors have the code `a`: name one of `c`, `d`
    "#]],
    );
    changed(
        &shared,
        &rename("d", "e"),
        expect![[r#"
        - {"code":"a","name":"d","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
        + {"code":"a","name":"e","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
    "#]],
    );
}

/// In quotes, they would be strings in bodies.
#[test]
fn codes_that_are_numbers_stay_numbers() {
    let numbers = include_str!("../../tests/catalogs/numbers.yaml");
    let shown = |arguments: &[&str]| {
        let (run, lines) = changes(numbers, arguments);
        (run.exits(0), lines).1
    };
    assert!(shown(&["rename", "10059", "10060"]).contains("+      - { code: 10060, name"));
    assert!(shown(&["rename", "08001", "8002"]).contains("+      - { code: \"8002\", name"));
    // The largest number that all clients can tell from the next one.
    let largest = "9007199254740991";
    assert!(shown(&["rename", "10059", largest]).contains(&format!("code: {largest},")));
    let larger = "9007199254740992";
    assert!(shown(&["rename", "10059", larger]).contains(&format!("code: \"{larger}\",")));
    assert!(shown(&["rename", "10059", "08003"]).contains("+      - { code: \"08003\", name"));
    let add = ["add", "10061", "--section", "Streams", "--status", "404", "--detail", "No stream"];
    let added = shown(&[&add[..], &["--cause", "It is gone", "--fix", "Make one"]].concat());
    assert!(added.contains("code: 10061"), "{added}");
    // The catalog has no number yet.
    let add = ["add", "7", "--name", "seven", "--status", "404", "--detail", "No seven"];
    let (run, added) = changes(JSON, &[&add[..], &["--cause", "c", "--fix", "f"]].concat());
    assert!(added.contains(r#""code": "7", "name": "seven""#), "{run:?}");
}

#[test]
fn a_code_that_clients_know_is_reserved() {
    let rename = |code, new| ["rename", code, new];
    // If clients identify errors by code, no other error may get the old code.
    let by_code = JSON
        .replace("Jobs\",", "Jobs\",\"wire\":{\"use\":\"detail_and_code\",\"identity\":\"code\"},");
    changed(
        &by_code,
        &rename("a", "c"),
        expect![[r#"
        - {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f"},
        - {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
        + {"name":"S","errors":[{"code":"c","status":404,"detail":"A","cause":"c","fix":"f"},
        + {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}], "reserved": { "codes": ["a"] }}
    "#]],
    );
    let empty = by_code.replace("}]}]}", "}]}],\n\"reserved\":{\"codes\":[]}}");
    let (_, lines) = changes(&empty, &rename("a", "c"));
    assert!(lines.contains("+\"reserved\":{\"codes\":[\"a\"]}}"), "{lines}");
    let reserved = by_code.replace("}]}]}", "}]}],\n\"reserved\":{\"details\":[\"Z\"]}}");
    let (_, lines) = changes(&reserved, &rename("a", "c"));
    assert!(lines.contains(r#""details":["Z"], "codes": ["a"]"#), "{lines}");
    // Another error still has the code.
    let shared = JSON
        .replace(
            "Jobs\",",
            "Jobs\",\"wire\":{\"use\":\"detail_and_code\",\"identity\":\"code_and_detail\"},",
        )
        .replace("\"b\"", "\"a\",\"name\":\"d\"");
    changed(
        &shared,
        &rename("a", "c"),
        expect![[r#"
        - {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f"},
        + {"name":"S","errors":[{"code":"c","status":404,"detail":"A","cause":"c","fix":"f"},
    "#]],
    );
}

/// Names are not sent, and what was not released is not known.
#[test]
fn a_name_that_clients_do_not_know_is_not_reserved() {
    let by_code = JSON
        .replace("Jobs\",", "Jobs\",\"wire\":{\"use\":\"detail_and_code\",\"identity\":\"code\"},")
        .replace("\"b\"", "\"b\",\"name\":\"d\"");
    changed(
        &by_code,
        &["rename", "d", "e"],
        expect![[r#"
        - {"code":"b","name":"d","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
        + {"code":"b","name":"e","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
    "#]],
    );
    let sandbox = Sandbox::with(JSON);
    sandbox.run(&["lock", "--release", "1.0"]).exits(0);
    let add = ["add", "c", "--status", "404", "--detail", "C", "--cause", "c", "--fix", "f"];
    sandbox.run(&add).exits(0);
    sandbox.run(&["rename", "c", "d"]).exits(0);
    assert!(!sandbox.read("errors.yaml").contains("reserved"));
}

/// An item of a list in brackets is removed with its line, and the comments of other items stay.
#[test]
fn an_item_with_a_comment_is_removed() {
    const LISTS: &str = "catalog: Jobs
statuses: { 404: { name: Not Found, description: None } }
sections:
  - { name: S, status: 404, cause: c, fix: f, errors: [
        { code: a, detail: A }, # about a
        { code: b, detail: B }, { code: c, detail: C } # about c
      ] }
operations:
  get: { route: GET /jobs, errors: [
      a, # first

      b , # second
      # last
      c # third
      ] }
  put: { route: PUT /jobs, errors: [a, # one
      b, c ] }
  post: { route: POST /jobs, errors: [c, b, # two
      a ] }
";
    let retire = |code| ["retire", code, "--reason", "old"];
    changed(
        LISTS,
        &retire("a"),
        expect![[r#"
        -        { code: a, detail: A }, # about a
        +        { code: a, detail: A, retired: { reason: old } }, # about a
        -      a, # first
        -  put: { route: PUT /jobs, errors: [a, # one
        +  put: { route: PUT /jobs, errors: [ # one
        -  post: { route: POST /jobs, errors: [c, b, # two
        -      a ] }
        +  post: { route: POST /jobs, errors: [c, b # two
        +       ] }
    "#]],
    );
    changed(
        LISTS,
        &retire("b"),
        expect![[r#"
        -        { code: b, detail: B }, { code: c, detail: C } # about c
        +        { code: b, detail: B, retired: { reason: old } }, { code: c, detail: C } # about c
        -      b , # second
        -      b, c ] }
        -  post: { route: POST /jobs, errors: [c, b, # two
        +      c ] }
        +  post: { route: POST /jobs, errors: [c, # two
    "#]],
    );
    changed(
        LISTS,
        &retire("c"),
        expect![[r#"
        -        { code: b, detail: B }, { code: c, detail: C } # about c
        +        { code: b, detail: B }, { code: c, detail: C, retired: { reason: old } } # about c
        -      b , # second
        +      b # second
        -      c # third
        -      b, c ] }
        -  post: { route: POST /jobs, errors: [c, b, # two
        +      b ] }
        +  post: { route: POST /jobs, errors: [b, # two
    "#]],
    );
    let lines = changes(&LISTS.replace('\n', "\r\n"), &retire("c")).1;
    assert_eq!(lines.replace("\r\n", "\n"), changes(LISTS, &retire("c")).1);
    let block = "catalog: Jobs\nstatuses: { 404: { name: Not Found, description: None } }\nsections:\n  - name: S\n    \
                 status: 404\n    cause: c\n    fix: f\n    errors:\n      - { code: a, detail: A }\n      - { code: b, \
                 detail: B }\noperations:\n  get:\n    route: GET /jobs\n    errors:\n      - a # one\n      - b\n";
    for breaks in ["\n", "\r\n"] {
        let sandbox = Sandbox::with(block.replace('\n', breaks));
        sandbox.run(&retire("a")).exits(0);
        let text = sandbox.read("errors.yaml");
        assert!(text.ends_with(&"errors:\n      - b\n".replace('\n', breaks)), "{text:?}");
    }
}

#[test]
fn an_error_is_retired() {
    let retire = |code| ["retire", code, "--reason", "jobs, they stay", "--since", "2.0"];
    changed(
        MESSY,
        &retire("job_not_found"),
        expect![[r#"
        +      retired: { reason: "jobs, they stay", since: "2.0" }
        -      errors: [it_is,job_not_found]}
        -   put: {route: PUT /jobs, errors: [job_not_found]}
        +      errors: [it_is]}
        +   put: {route: PUT /jobs, errors: []}
    "#]],
    );
    // The last field has no value.
    changed(
        &JSON.replace("\"f\"}]", "\"f\",\"x-a\" : }]"),
        &retire("b"),
        expect![[r#"
        - {"code":"b","status":404,"detail":"B","cause":"c","fix":"f","x-a" : }]}]}
        + {"code":"b","status":404,"detail":"B","cause":"c","fix":"f","x-a" :, "retired": { "reason": "jobs, they stay", "since": "2.0" } }]}]}
    "#]],
    );
    let replaced = [&retire("job_not_found")[..], &["--replaced-by", "it_is"]].concat();
    changed(
        MESSY,
        &replaced,
        expect![[r#"
        +      retired: { reason: "jobs, they stay", since: "2.0", replaced_by: it_is }
        -      errors: [it_is,job_not_found]}
        -   put: {route: PUT /jobs, errors: [job_not_found]}
        +      errors: [it_is]}
        +   put: {route: PUT /jobs, errors: [it_is]}
    "#]],
    );
    changed(
        JSON,
        &retire("a"),
        expect![[r#"
        - {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f"},
        + {"name":"S","errors":[{"code":"a","status":404,"detail":"A","cause":"c","fix":"f", "retired": { "reason": "jobs, they stay", "since": "2.0" }},
    "#]],
    );
    let sandbox = Sandbox::with(JSON);
    let run = sandbox.run(&retire("a")).exits(0);
    assert!(run.stderr.ends_with("verdict: minor (1 minor)\n"), "{run:?}");
    let run = sandbox.run(&retire("a")).exits(2);
    assert_eq!(run.stderr, "error: `a` is already retired\n");
    refused(
        JSON,
        &[&retire("a")[..], &["--replaced-by", "z"]].concat(),
        1,
        expect![[r#"
            error[unknown-replacement]: there is no error `z`
             --> errors.yaml:2:158
              |
            2 | ...ince": "2.0", "replaced_by": "z" }},
              |                                 ^^^ unknown
              |
              = help: write the name of an error that servers still send
            errors.yaml would have these errors, so nothing is written
        "#]],
    );
}

#[test]
fn what_was_released_is_not_used_again() {
    let sandbox = Sandbox::with(JSON);
    sandbox.run(&["lock", "--release", "1.0"]).exits(0);
    sandbox.run(&["rename", "a", "c"]).exits(0);
    assert!(sandbox.read("errors.yaml").contains(r#""reserved": { "codes": ["a"] }"#));
    sandbox.run(&["check"]).exits(0);
    // The code of a deleted error, of which only the message is reserved.
    let without = r#"{"catalog":"Jobs","statuses":{"404":{"name":"N","description":"D"}},
"sections":[{"name":"S","errors":[{"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}],"reserved":{"details":["A"]}}
"#;
    sandbox.write("errors.yaml", without);
    sandbox.run(&["lock", "--release", "2.0"]).exits(0);
    let add = ["add", "a", "--status", "404", "--detail", "Z", "--cause", "c", "--fix", "f"];
    let run = sandbox.run(&add).exits(1);
    assert!(run.stderr.contains("error[lock-reused-code]"), "{run:?}");
    assert_eq!(sandbox.read("errors.yaml"), without);
}

#[test]
fn standard_input_is_changed_on_the_way_to_standard_output() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with_input(&["reword", "a", "C", "--file", "-"], JSON).exits(0);
    assert_eq!(run.stdout, JSON.replace(r#""A""#, r#""C", "former": ["A"]"#));
}

const COMMENTED: &str = "\
catalog: Jobs
statuses:
  404: {
    name: Not Found,
    description: No such job, # yet
    }
sections:
  - name: Jobs
    errors:
      -
        # - of old
        code: a
        status: 404
        detail: A
        former: ['Z' # once
          ]
        cause: c
        fix: f
";

#[test]
fn comments_are_no_part_of_the_layout() {
    let add = ["add", "b", "--status", "404", "--detail", "B", "--cause", "c", "--fix", "f"];
    changed(
        COMMENTED,
        &add,
        expect![[r#"
            +      - code: b
            +        status: 404
            +        detail: B
            +        cause: c
            +        fix: f
        "#]],
    );
    changed(
        COMMENTED,
        &["reword", "a", "C"],
        expect![[r#"
        -        detail: A
        -        former: ['Z' # once
        +        detail: C
        +        former: ['Z', # once
        +                 A
    "#]],
    );
    let sandbox = Sandbox::with(COMMENTED);
    sandbox.run(&["fmt"]).exits(0);
    sandbox.run(&["check"]).exits(0);
    sandbox.run(&["fmt", "--check"]).exits(0);
}

#[test]
fn a_byte_order_mark_stays() {
    let sandbox = Sandbox::with(format!("\u{FEFF}{JSON}"));
    sandbox.run(&["reword", "a", "C"]).exits(0);
    assert!(sandbox.read("errors.yaml").starts_with("\u{FEFF}{\"catalog\""));
}

#[cfg(unix)]
#[test]
fn a_link_is_not_replaced() {
    let sandbox = Sandbox::new();
    sandbox.write("real.yaml", JSON);
    std::os::unix::fs::symlink("real.yaml", sandbox.path("errors.yaml")).unwrap();
    sandbox.run(&["reword", "a", "C"]).exits(2);
    assert_eq!(sandbox.read("real.yaml"), JSON);
}

#[test]
fn a_catalog_is_laid_out() {
    let sandbox = Sandbox::with(MESSY);
    let diff = sandbox.run(&["fmt", "--check"]).exits(1);
    assert!(diff.stdout.contains("+  404: { name: Not Found"), "{diff:?}");
    assert_eq!(sandbox.read("errors.yaml"), MESSY);
    sandbox.run(&["fmt"]).exits(0);
    expect_test::expect_file!["edit/laid_out.yaml"].assert_eq(&sandbox.read("errors.yaml"));
    let run = sandbox.run(&["fmt", "--check"]).exits(0);
    assert_eq!(run.stdout, "");
    let run = sandbox.run_with_input(&["fmt", "-"], format!("---\n{BLOCKS}")).exits(0);
    assert!(run.stdout.starts_with("---\ncatalog: Jobs\n"), "{run:?}");
    let run = sandbox.run_with_input(&["fmt", "-"], JSON).exits(0);
    expect![[r#"
        { "catalog": "Jobs", "statuses": { "404": { "name": "N", "description": "D" } }, "sections": [
            { "name": "S", "errors": [{ "code": "a", "status": 404, "detail": "A", "cause": "c", "fix": "f" },
                { "code": "b", "status": 404, "detail": "B", "cause": "c", "fix": "f" }] }] }
    "#]].assert_eq(&run.stdout);
    let checked = sandbox.run_with_input(&["fmt", "--check", "-"], run.stdout).exits(0);
    assert_eq!(checked.stdout, "");
    let broken = Sandbox::with(BROKEN);
    broken.run(&["fmt"]).exits(1);
    assert_eq!(broken.read("errors.yaml"), BROKEN);
}

/// Returns the comments of a text in their order; in these catalogs, a `#` inside a text has no space before it.
fn comments(text: &str) -> Vec<&str> {
    let comment = |line: &str| {
        let begin = if line.trim_start().starts_with('#') { "#" } else { " #" };
        line.find(begin)
    };
    text.lines().filter_map(|line| Some(line[comment(line)?..].trim())).collect()
}

/// Formats every valid catalog of the repository, also with other white space: the catalog means the same, its comments
/// are kept, and formatting it again changes nothing.
#[test]
fn layout_keeps_what_a_catalog_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![root.join("errors.yaml")];
    for folder in ["tests", "kate-errors-cli/tests", "examples", "conformance"] {
        yaml_files(&root.join(folder), &mut files);
    }
    let mut seen = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let compiled = kate_errors_codegen::compile("errors.yaml", text.as_bytes());
        if compiled.catalog().is_none() {
            continue;
        }
        seen += 1;
        let wide = text.replace("- ", "-   ").replace(", ", "  ,   ").replace("\n\n", "\n\n\n");
        for text in [text, wide] {
            let sandbox = Sandbox::with(&text);
            let before = kate_errors_codegen::compile("errors.yaml", text.as_bytes());
            if before.catalog().is_none() {
                continue;
            }
            sandbox.run(&["fmt"]).exits(0);
            let new = sandbox.read("errors.yaml");
            let after = kate_errors_codegen::compile("errors.yaml", new.as_bytes());
            let catalog = |it: &kate_errors_codegen::Compilation| format!("{:?}", it.catalog());
            assert_eq!(catalog(&before), catalog(&after), "{}", file.display());
            assert_eq!(comments(&text), comments(&new), "{}", file.display());
            sandbox.run(&["fmt", "--check"]).exits(0);
        }
    }
    assert!(seen > 40, "{seen}");
}

fn yaml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            yaml_files(&path, files);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            files.push(path);
        }
    }
    files.sort();
}

/// Values of a field of one's own, and how they are laid out.
const VALUES: &[(&str, &str)] = &[
    ("[a: b]", "[a: b]\n"),
    ("[\"a\":b, c , ? d : e]", "[\"a\": b, c, d: e]\n"),
    ("[ : b ]", "[: b]\n"),
    ("\n- {a\n b: c}", "\n  - { a\n      b: c }\n"),
    ("[ \"a\" :[b: {c: d}] ]", "[\"a\": [b: { c: d }]]\n"),
    ("|+\n  a\n\n\nx-b: c", "|+\n  a\n\n\nx-b: c\n"),
    ("|+\n\n\n\nx-b: c", "|+\n\n\n\nx-b: c\n"),
    ("\n- >+\n   a\n\n\n- b", "\n  - >+\n    a\n\n\n  - b\n"),
    ("|+\n  a\n\n\n", "|+\n  a\n\n\n"),
    ("|+\n  a\n\n  ", "|+\n  a\n\n"),
    ("|+\r\n  a\r\n\r\nx-b: c\r\n", "|+\r\n  a\r\n\r\nx-b: c\r\n"),
    ("|\n   a  \n\n\nx-b: c", "|\n  a  \n\nx-b: c\n"),
    (">-\n  a\n     \n\nx-b: c", ">-\n  a\n     \n\nx-b: c\n"),
    ("|\n     \n\nx-b: c", "|\n\nx-b: c\n"),
    ("|+\n  a\n# b\nx-b: c", "|+\n  a\n# b\nx-b: c\n"),
    ("| # 2+2\n   a\n\nx-b: c", "| # 2+2\n  a\n\nx-b: c\n"),
    ("|4\n      a\n    b\nx-b: c", "|4\n      a\n    b\nx-b: c\n"),
    ("\"a\n\n   b\"", "\"a\n\n  b\"\n"),
    ("[\n ]", "[]\n"),
    ("\n- [a]\n- b", "\n  - [a]\n  - b\n"),
    ("{\n }", "{}\n"),
    ("{ a,b: c }", "{ a, b: c }\n"),
    ("\n   # - a\n   - b", "\n  # - a\n  - b\n"),
    ("# a\n   # b\n   c: d", "# a\n  # b\n  c: d\n"),
    (
        "\n  a:\n   b:\n      c: d\n  e:\n         f: g\n      # h\n  i: j",
        "\n  a:\n    b:\n      c: d\n  e:\n    f: g\n  # h\n  i: j\n",
    ),
];

#[test]
fn layout_keeps_what_a_value_says() {
    for (value, laid_out) in VALUES {
        let formatted =
            |text: &str| Sandbox::new().run_with_input(&["fmt", "-"], text).exits(0).stdout;
        let new = formatted(&format!("{BLOCKS}x-a: {value}"));
        let (_, behind) = new.split_once("x-a:").unwrap();
        assert_eq!(behind.trim_start_matches(' '), *laid_out, "{value}");
        assert_eq!(formatted(&new), new, "{value}");
    }
}

/// Texts below `|` and `>`, and a list that begins in the column of its key.
const BLOCKS: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: It is gone }
sections:
  - name: Jobs
    cause: C
    fix: F
    errors:
      - code: gone
        status: 404
        detail: >- # in short
          It is
          gone
        former:
          - |-
            It was gone
      - { code: lost, status: 404, detail: Lost }
operations:
  get:
    route: GET /jobs
    errors:
    # the only one
    - lost # so far
";

/// A file in braces with a single key without quotes is YAML.
#[test]
fn a_key_without_quotes_makes_no_json() {
    changed(
        &JSON.replace("\"catalog\":", "catalog: "),
        &["reword", "b", "A \"B\""],
        expect![[r#"
            - {"code":"b","status":404,"detail":"B","cause":"c","fix":"f"}]}]}
            + {"code":"b","status":404,"detail":"A \"B\"", former: [B],"cause":"c","fix":"f"}]}]}
        "#]],
    );
}

#[test]
fn blocks_are_replaced() {
    changed(
        BLOCKS,
        &["reword", "gone", "There: nothing"],
        expect![[r#"
        -        detail: >- # in short
        -          It is
        -          gone
        +        detail: "There: nothing" # in short
        +          - It is gone
    "#]],
    );
    changed(
        BLOCKS,
        &["reword", "gone", "It was gone"],
        expect![[r#"
        -        detail: >- # in short
        -          It is
        -          gone
        +        detail: "It was gone" # in short
        -          - |-
        -            It was gone
        +          - "It is gone"
    "#]],
    );
    changed(
        BLOCKS,
        &["retire", "lost", "--reason", "found"],
        expect![[r#"
        -      - { code: lost, status: 404, detail: Lost }
        +      - { code: lost, status: 404, detail: Lost, retired: { reason: found } }
        -    - lost # so far
        +      [] # so far
    "#]],
    );
    // The key, not the comment, says where the list can begin.
    changed(
        &BLOCKS.replace("    # the only", "# the only"),
        &["retire", "lost", "--reason", "found"],
        expect![[r#"
        -      - { code: lost, status: 404, detail: Lost }
        +      - { code: lost, status: 404, detail: Lost, retired: { reason: found } }
        -    - lost # so far
        +      [] # so far
    "#]],
    );
    changed(
        &BLOCKS.replace("    - lost", "      - lost"),
        &["retire", "lost", "--reason", "found"],
        expect![[r#"
            -      - { code: lost, status: 404, detail: Lost }
            +      - { code: lost, status: 404, detail: Lost, retired: { reason: found } }
            -      - lost # so far
            +      [] # so far
        "#]],
    );
    // The quotes of a text stay.
    changed(
        &BLOCKS.replace("detail: Lost", "detail: \"Lost\""),
        &["reword", "lost", "It is lost"],
        expect![[r#"
        -      - { code: lost, status: 404, detail: "Lost" }
        +      - { code: lost, status: 404, detail: "It is lost", former: [Lost] }
    "#]],
    );
}

/// Keys can also be written behind a `?`, and their values behind a `:` on the next line.
#[test]
fn keys_behind_a_question_mark() {
    const KEYS: &str = "\
? catalog
: Jobs
? wire
: { use: detail_and_code }
statuses: { 404: { name: N, description: D } }
sections:
  - ? name
    : S
    ? errors
    : - ? code
        : a
        ? status
        : 404
        ? detail
        : Why ?
        ? cause
        : c
        fix: f
      - { ? code : b, status: 404, detail: B, cause: c, ? fix : f }
";
    changed(
        KEYS,
        &["reword", "a", "Why"],
        expect![[r#"
        -        : Why ?
        +        : Why
        +        former: [Why ?]
    "#]],
    );
    changed(
        KEYS,
        &["reword", "b", "Other"],
        expect![[r#"
        -      - { ? code : b, status: 404, detail: B, cause: c, ? fix : f }
        +      - { ? code : b, status: 404, detail: Other, former: [B], cause: c, ? fix : f }
    "#]],
    );
    changed(
        KEYS,
        &["rename", "a", "why"],
        expect![[r#"
        -        : a
        +        : why
    "#]],
    );
    let by_code = KEYS.replace("_and_code }", "_and_code, identity: code }");
    changed(
        &by_code,
        &["rename", "a", "why"],
        expect![[r#"
        -        : a
        +        : why
        +reserved: { codes: [a] }
    "#]],
    );
    changed(
        KEYS,
        &["retire", "a", "--reason", "R"],
        expect![[r#"
        +        retired: { reason: R }
    "#]],
    );
    changed(
        KEYS,
        &["add", "d", "--status", "404", "--detail", "D", "--cause", "c", "--fix", "f"],
        expect![[r#"
            +      - { code: d, status: 404, detail: D, cause: c, fix: f }
        "#]],
    );
}
