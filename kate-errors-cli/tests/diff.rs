//! `diff` and `check --against`: versions, formats, exit statuses, and Git.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use std::process::Command;

use common::{BROKEN, CATALOG, Run, Sandbox, WARNING, finished};
use expect_test::expect;

/// Returns the catalog with one message reworded.
fn changed() -> String {
    let reworded = CATALOG.replacen("detail: ", "detail: Today ", 1);
    assert_ne!(reworded, CATALOG);
    reworded
}

fn sandbox(old: &str, new: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("old.yaml", old);
    sandbox.write("new.yaml", new);
    sandbox
}

fn diff(old: &str, new: &str, options: &[&str]) -> Run {
    sandbox(old, new).run(&[&["diff", "old.yaml", "new.yaml"], options].concat())
}

const OLD: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such job }
sections:
  - name: Jobs
    cause: It ended
    fix: List jobs
    errors:
      - { code: job_not_found, status: 404, detail: \"No job {id}\", params: { id: u64 } }
";

/// Returns the change that the documentation recommends: the former message is kept.
fn with_former() -> String {
    OLD.replace("No job {id}\"", "Job {id} was not found\", former: [\"No job {id}\"]")
}

#[test]
fn nothing_has_changed() {
    let run = diff(CATALOG, CATALOG, &[]).exits(0);
    assert_eq!(run.stdout, "verdict: no change\n");
    assert_eq!(run.stderr, "old.yaml (6 errors) and new.yaml (6 errors) were compared\n");
}

#[test]
fn findings_as_text() {
    let run = diff(OLD, &with_former(), &[]).exits(0);
    expect![[r#"
        minor[reworded-with-former]: the message of `job_not_found` was reworded, and
                                     the old message is still read
         --> new.yaml:9:53
          |
        9 | ...status: 404, detail: "Job {id} was not found", former: ["No job {id}"]...
          |                         ^^^^^^^^^^^^^^^^^^^^^^^^ now
          |
         ::: old.yaml:9:53
          |
        9 | ...nd, status: 404, detail: "No job {id}", params: { id: u64 } }
          |                             ------------- before
          |
          = reason: A message has changed, and the old one is still read.
          = witness: a server of the new catalog sends 404 {"detail":"Job 7 was not
                     found"}
          = old client: unknown (the message is not in the catalog)
          = new client: `job_not_found` (id = "7")
          = rollout: clients first
          = help: update clients before servers: old clients do not know the new
                  message; a code that identifies errors would prevent this

        verdict: minor (1 minor)
    "#]]
    .assert_eq(&run.stdout);
    diff(CATALOG, &changed(), &[]).exits(1);
}

#[test]
fn findings_as_json() {
    let run = diff(OLD, &with_former(), &["--format", "json"]).exits(0);
    expect![[r#"
        {
          "verdict": "minor",
          "findings": [
            {
              "rule": "reworded-with-former",
              "class": "wire",
              "level": "minor",
              "message": "the message of `job_not_found` was reworded, and the old message is still read",
              "reason": "A message has changed, and the old one is still read.",
              "help": "update clients before servers: old clients do not know the new message; a code that identifies errors would prevent this",
              "places": [
                {
                  "catalog": "new",
                  "file": "new.yaml",
                  "line": 9,
                  "column": 53,
                  "end_line": 9,
                  "end_column": 77,
                  "label": "now"
                },
                {
                  "catalog": "old",
                  "file": "old.yaml",
                  "line": 9,
                  "column": 53,
                  "end_line": 9,
                  "end_column": 66,
                  "label": "before"
                }
              ],
              "witnesses": [
                {
                  "from": "new",
                  "status": 404,
                  "header": null,
                  "body": "{\"detail\":\"Job 7 was not found\"}",
                  "old_client": "unknown (the message is not in the catalog)",
                  "new_client": "`job_not_found` (id = \"7\")"
                }
              ],
              "rollout": "clients-first",
              "allowed": null
            }
          ]
        }
    "#]].assert_eq(&run.stdout);
    let json = diff(CATALOG, CATALOG, &["--format", "json"]).exits(0).json();
    assert_eq!(json, serde_json::json!({ "verdict": null, "findings": [] }));
}

#[test]
fn findings_as_workflow_commands() {
    let run = diff(OLD, &with_former(), &["--format", "github"]).exits(0);
    expect![[r#"
        ::warning file=new.yaml,line=9,col=53,endLine=9,endColumn=77,title=reworded-with-former::the message of `job_not_found` was reworded, and the old message is still read%0Areason: A message has changed, and the old one is still read.%0Awitness: a server of the new catalog sends 404 {"detail":"Job 7 was not found"}%0Aold client: unknown (the message is not in the catalog)%0Anew client: `job_not_found` (id = "7")%0Arollout: clients first%0Ahelp: update clients before servers: old clients do not know the new message; a code that identifies errors would prevent this
        ::notice::kate-errors diff: minor (1 minor)
    "#]].assert_eq(&run.stdout);
}

#[test]
fn findings_as_a_changelog() {
    let run = diff(OLD, &with_former(), &["--format", "markdown"]).exits(0);
    expect![[r#"
        ### Changes

        - The message of `job_not_found` was reworded, and the old message is still read. Rollout: clients first.

        Version: minor (1 minor)
    "#]].assert_eq(&run.stdout);
}

#[test]
fn findings_as_sarif() {
    let log = diff(CATALOG, &changed(), &["--format", "sarif"]).exits(1).json();
    let run = &log["runs"][0];
    let ids: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert!(ids.len() >= 40 && ids.contains(&"message-reworded"), "{ids:?}");
    let result = &run["results"][0];
    assert!(ids.contains(&result["ruleId"].as_str().unwrap()), "{result:#}");
    assert_eq!(result["level"], "error");
    let uri =
        |place: &serde_json::Value| place["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(uri(&result["locations"][0]), "new.yaml");
    assert_eq!(uri(&result["relatedLocations"][0]), "old.yaml");
}

#[test]
fn what_is_allowed_does_not_count() {
    let allow = "message-reworded=nobody is there yet";
    let new = OLD.replace("No job {id}", "Job {id} was not found");
    let run = diff(OLD, &new, &["--allow", allow]).exits(0);
    assert!(run.stdout.contains("= allowed: nobody is there yet\n"), "{}", run.stdout);
    assert!(run.stdout.ends_with("verdict: patch (1 patch)\n"), "{}", run.stdout);
    let run = diff(OLD, &new, &["--allow", allow, "--format", "markdown"]).exits(0);
    assert!(run.stdout.contains("Allowed: nobody is there yet."), "{}", run.stdout);
    let run = diff(OLD, &new, &["--allow", allow, "--format", "sarif"]).exits(0).json();
    let suppressed = &run["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppressed["justification"], "nobody is there yet");
    diff(OLD, &new, &["--allow", "error-removed=another rule"]).exits(1);
    diff(OLD, &new, &["--allow", "message-reworded"]).exits(2);
    diff(OLD, &new, &["--allow", "no-such-rule=why"]).exits(2);
}

#[test]
fn what_cannot_be_compared() {
    let run = diff(BROKEN, CATALOG, &[]).exits(2);
    assert!(run.stderr.contains("error[duplicate-code]"), "{}", run.stderr);
    assert!(run.stderr.contains("`old.yaml` has errors"), "{}", run.stderr);
    let sandbox = sandbox(CATALOG, CATALOG);
    sandbox.run(&["diff", "old.yaml", "nowhere.yaml"]).exits(2);
    sandbox.run(&["diff", "old.yaml"]).exits(2);
    sandbox.run(&["diff", "old.yaml", "new.yaml", "new.yaml"]).exits(2);
    let run = sandbox.run_with_input(&["diff", "old.yaml", "-"], CATALOG).exits(0);
    assert_eq!(run.stdout, "verdict: no change\n");
}

/// Texts of catalogs that could control a terminal or a log, or break a page.
#[test]
fn hostile_texts_stay_where_they_are() {
    let hostile = r#""\u001b[31m {x} ::error::a `b` <script> [a](b) \u202e %0A""#;
    let old = OLD.replace(r#""No job {id}", params: { id: u64 }"#, "No job");
    let new = OLD
        .replace(r#""No job {id}""#, hostile)
        .replace("{ id: u64 }", "{ x: { type: text, example: \"\\u001b[2J\\n::error::b\" } }");
    // `check` rejects control characters. The other characters have a meaning in some format.
    let new = new.replace("\\u001b", "").replace("\\u202e", "").replace("\\n", "");
    for format in ["text", "json", "github", "sarif", "markdown"] {
        let run = diff(&old, &new, &["--format", format]).exits(1).harmless();
        match format {
            "markdown" => assert!(!run.stdout.contains("<script>"), "{}", run.stdout),
            "github" => {
                let is_command = |line: &&str| line.starts_with("::");
                assert_eq!(
                    run.stdout.lines().filter(is_command).count(),
                    run.stdout.lines().count()
                );
                assert!(!run.stdout.contains("\n::error::a"), "{}", run.stdout);
            }
            "json" | "sarif" => drop(run.json()),
            _ => {}
        }
    }
    let sandbox = Sandbox::new();
    sandbox.write("\u{1b}[31mold.yaml", OLD);
    sandbox.write("new.yaml", with_former());
    for format in ["text", "json", "github", "sarif", "markdown"] {
        let arguments = ["diff", "\u{1b}[31mold.yaml", "new.yaml", "--format", format];
        sandbox.run(&arguments).exits(0).harmless();
    }
}

#[test]
fn check_with_an_older_version() {
    let sandbox = sandbox(OLD, &OLD.replace("No job", "No such job"));
    let against = ["check", "new.yaml", "--against", "old.yaml"];
    let run = sandbox.run(&against).exits(1);
    assert!(run.stdout.contains("major[message-reworded]"), "{}", run.stdout);
    assert_eq!(run.stderr, "new.yaml: no diagnostics; it defines 1 error in 1 section\n");
    let json = sandbox.run(&[&against[..], &["--format", "json"]].concat()).exits(1).json();
    assert_eq!(json["diagnostics"], serde_json::json!([]));
    assert_eq!(json["against"]["verdict"], "major");
    let run = sandbox.run(&[&against[..], &["--format", "github"]].concat()).exits(1);
    assert!(run.stdout.starts_with("::error file=new.yaml,line=9,"), "{}", run.stdout);
    let log = sandbox.run(&[&against[..], &["--format", "sarif"]].concat()).exits(1).json();
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "message-reworded");
    let allow = ["--allow", "message-reworded=nobody is there yet"];
    sandbox.run(&[&against[..], &allow].concat()).exits(0);
    // Without an older version there is nothing to allow.
    sandbox.run(&["check", "new.yaml", allow[0], allow[1]]).exits(2);
    sandbox.run(&["check", "new.yaml", "old.yaml", "--against", "old.yaml"]).exits(2);
    sandbox.run(&["check", "new.yaml", "--against", "nowhere.yaml"]).exits(2);
    // A catalog that does not compile is not compared.
    sandbox.write("new.yaml", BROKEN);
    let run = sandbox.run(&against).exits(1);
    assert!(!run.stdout.contains("verdict"), "{}", run.stdout);
    // Diagnostics are shown even if there is nothing to compare with.
    sandbox.write("old.yaml", BROKEN);
    sandbox.write("new.yaml", WARNING);
    let run = sandbox.run(&against).exits(2);
    assert!(run.stdout.contains("warning[status-unassigned]"), "{run:#?}");
    assert!(run.stderr.contains("`old.yaml` has errors"), "{run:#?}");
}

/// Returns a catalog with an error, and aliases of it.
fn inherited() -> String {
    let (head, _) = OLD.split_once("      - {").unwrap();
    format!(
        "{head}      - {{ code: job_not_found, status: 404, detail: No job }}
      - {{ code: old_job_not_found, same_as: job_not_found }}
      - {{ code: lost_job_not_found, same_as: job_not_found }}
"
    )
}

#[test]
fn what_errors_inherit_is_said_once() {
    let new = inherited().replace("No job", "No such job").replace("It ended", "It is over");
    let json = diff(&inherited(), &new, &["--format", "json"]).exits(1).json();
    let messages: Vec<&str> = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["message"].as_str().unwrap())
        .collect();
    let expected = [
        "the message of `job_not_found`, which `old_job_not_found` and `lost_job_not_found` have too, was reworded",
        "the cause of `job_not_found`, `old_job_not_found` and `lost_job_not_found` changed",
    ];
    assert_eq!(messages, expected);
}

/// Clients read more from a body than the error: when to retry, values of the request, and its invalid fields.
#[test]
fn what_is_beside_the_error_is_part_of_the_format() {
    const FIELDS: &str = r#"[{ f: "{field.path}", m: "{field.message}" }]"#;
    let with = |beside: &str| {
        let wire = format!("wire: {{ body: {{ detail: \"{{detail}}\", {beside} }} }}\nstatuses:");
        OLD.replacen("statuses:", &wire, 1)
    };
    let fields = format!("fields: {FIELDS}");
    let wait = r#"wait: "{retry_after?}""#;
    let id = r#"id: "{request.id?}""#;
    let found = |old: &str, new: &str| diff(&with(old), &with(new), &["--format", "markdown"]);
    for (old, new, beside) in [
        (wait, r#"wait: "{retry_after:ms?}""#, "`retry_after`"),
        (wait, "ok: false", "`retry_after`"),
        (id, r#"trace: "{request.id?}""#, "`request.id`"),
        (id, r#"id: "{request.trace?}""#, "`request.id`"),
        (&fields, "ok: false", "`field.message` and `field.path`"),
        (&fields, &fields.replace(" m:", " message:"), "`field.message`"),
        (
            &fields,
            r#"fields: { "{field.path}": "{field.message}" }"#,
            "`field.message` and `field.path`",
        ),
    ] {
        let run = found(old, new).exits(1);
        let text =
            format!("- Old clients read {beside} of new bodies in another way, or not at all");
        assert!(run.stdout.contains(&text), "{new}: {}", run.stdout);
    }
    // A text without its value shows nothing that clients would miss.
    let run = diff(&with(r#"id: "id={request.id}""#), &with(r#"id: "id=""#), &[]).exits(1);
    assert!(run.stdout.contains(r#"request.id = "id""#), "{}", run.stdout);
    for (old, new) in [
        ("ok: false", wait),
        ("ok: false", id),
        ("ok: false", &*fields),
        (&fields, &fields.replace("path", "pointer")),
        (id, r#"id: "{request.id}""#),
    ] {
        found(old, new).exits(0);
    }
}

/// A client that misses a value does not read all of a response.
#[test]
fn values_that_can_be_missing_are_missed() {
    let with = |name: &str| {
        let wire = format!(
            "wire: {{ body: {{ code: \"{{code}}\", {name}: \"{{params}}\" }}, identity: code }}\nstatuses:"
        );
        OLD.replacen("statuses:", &wire, 1)
            .replace("id: u64", "id: { type: u64, optional: true }")
            .replace(", detail: \"No job {id}\"", ", detail: No job")
    };
    let run = diff(&with("values"), &with("data"), &[]).exits(1);
    assert!(run.stdout.contains("old client: `job_not_found`\n"), "{}", run.stdout);
    assert!(run.stdout.contains("rollout: neither order is safe"), "{}", run.stdout);
}

/// Where messages identify errors, an error with another code is the same error.
#[test]
fn values_of_a_renamed_error_are_missed() {
    let with = |member: &str, code: &str| {
        let error = format!("{code}, status: 404, detail: No job");
        let wire = format!("wire: {{ body: {{ detail: \"{{detail}}\", {member} }} }}\nstatuses:");
        OLD.replacen("statuses:", &wire, 1)
            .replace("id: u64", "id: { type: u64, optional: true }")
            .replace("job_not_found, status: 404, detail: \"No job {id}\"", &error)
            + "      - { code: job_lost, status: 404, detail: Job lost }\n"
    };
    let old = with("id: \"{id?}\"", "job_not_found");
    let new = with("values: \"{params}\"", "no_job");
    let run = diff(&old, &new, &[]).exits(1);
    assert!(run.stdout.contains("major[envelope-changed]"), "{}", run.stdout);
    assert!(run.stdout.contains("rollout: neither order is safe"), "{}", run.stdout);
}

/// Text in place of `{any}` is never written by this library, but other servers may write it.
#[test]
fn text_around_a_message_is_part_of_the_format() {
    let with = |text: &str| {
        OLD.replacen(
            "statuses:",
            &format!("wire: {{ body: {{ detail: \"{text}\" }} }}\nstatuses:"),
            1,
        )
    };
    let (bare, around) = (with("{detail}"), with("{detail} (request {any}"));
    let run = diff(&around, &bare, &[]).exits(1);
    assert!(
        run.stdout.contains("major[envelope-changed]: new clients do not read"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("rollout: servers first"), "{}", run.stdout);
    let run = diff(&bare, &around, &[]).exits(0);
    assert!(run.stdout.contains("minor[envelope-extended]: old clients do not"), "{}", run.stdout);
    assert!(run.stdout.contains("rollout: clients first"), "{}", run.stdout);
}

#[test]
fn order_does_not_matter() {
    let catalog = inherited();
    let (head, errors) = catalog.split_once("    errors:\n").unwrap();
    let mut errors: Vec<&str> = errors.lines().collect();
    errors.reverse();
    let reversed = format!("{head}    errors:\n{}\n", errors.join("\n"));
    assert_eq!(diff(&catalog, &reversed, &[]).exits(0).stdout, "verdict: no change\n");
}

/// Runs Git in the folder of a sandbox, without the caller's configuration.
fn git(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let mut git = Command::new("git");
    git.args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    ])
    .args(arguments)
    .current_dir(sandbox.path("."))
    .env("GIT_CONFIG_NOSYSTEM", "1")
    .env("GIT_CONFIG_GLOBAL", "/dev/null")
    .env("GIT_PAGER", "cat");
    finished(&mut git)
}

fn repository() -> Sandbox {
    let sandbox = Sandbox::with(OLD);
    git(&sandbox, &["init", "-q"]).exits(0);
    git(&sandbox, &["add", "."]).exits(0);
    git(&sandbox, &["commit", "-q", "-m", "First"]).exits(0);
    sandbox.write("errors.yaml", OLD.replace("No job", "No such job"));
    sandbox
}

#[test]
fn versions_of_git() {
    let sandbox = repository();
    let run = sandbox.run(&["diff", "git:HEAD:errors.yaml", "errors.yaml"]).exits(1);
    assert!(run.stdout.contains("::: git:HEAD:errors.yaml:9:"), "{}", run.stdout);
    sandbox.run(&["check", "--against", "git:HEAD:errors.yaml"]).exits(1);
    sandbox.run(&["diff", "git:HEAD:errors.yaml", "git:HEAD:errors.yaml"]).exits(0);
    let cases = [
        ("git:nowhere:errors.yaml", "cannot read `git:nowhere:errors.yaml`: fatal: "),
        ("git:HEAD:nowhere.yaml", "cannot read `git:HEAD:nowhere.yaml`: fatal: "),
        ("git:HEAD", "`git:HEAD` is not a version"),
        ("git:--output=x:errors.yaml", "`git:--output=x:errors.yaml` is not a version"),
    ];
    for (version, message) in cases {
        let run = sandbox.run(&["diff", version, "errors.yaml"]).exits(2);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    let mut command = sandbox.command(&["diff", "git:HEAD:errors.yaml", "errors.yaml"]);
    let run = finished(command.env("PATH", "")).exits(2);
    assert!(run.stderr.contains("git cannot be run: "), "{}", run.stderr);
}

/// The commands of docs/diff.md.
#[test]
fn the_external_diff_of_git() {
    let page = include_str!("../../docs/diff.md");
    assert!(page.contains("git config diff.kate-errors.command 'kate-errors diff'\n"));
    assert!(page.contains("echo 'errors.yaml diff=kate-errors' >> .gitattributes\n"));
    let sandbox = repository();
    let program = format!("'{}' diff", env!("CARGO_BIN_EXE_kate-errors"));
    git(&sandbox, &["config", "diff.kate-errors.command", &program]).exits(0);
    sandbox.write(".gitattributes", "errors.yaml diff=kate-errors\n");
    let run = git(&sandbox, &["diff"]).exits(0);
    assert!(run.stdout.contains("major[message-reworded]"), "{run:#?}");
    assert!(
        run.stdout.contains("--> errors.yaml:9:") && run.stdout.contains("::: a/errors.yaml:9:")
    );
    // A file with mistakes is shown as such, and the others are still shown.
    let valid = std::fs::read_to_string(sandbox.path("errors.yaml")).unwrap();
    sandbox.write("errors.yaml", valid.replace("status: 404", "status: 4040"));
    let run = git(&sandbox, &["diff"]).exits(0);
    assert!(run.stderr.ends_with("`errors.yaml` has errors, so nothing can be compared with it\n"));
    sandbox.write("errors.yaml", valid);
    git(&sandbox, &["mv", "errors.yaml", "more.yaml"]).exits(0);
    sandbox.write(".gitattributes", "*.yaml diff=kate-errors\n");
    let run = git(&sandbox, &["diff", "-M", "HEAD"]).exits(0);
    assert!(run.stdout.contains("--> more.yaml:9:"), "{run:#?}");
    // A new or deleted file has no other version.
    let run = git(&sandbox, &["diff", "--no-renames", "HEAD"]).exits(0);
    let expected = "the catalog `errors.yaml` was deleted\nthe catalog `more.yaml` is new\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn the_same_bytes_in_every_run() {
    let old = include_str!("../../errors.yaml");
    let new = old.replace("not found", "was not found").replacen("status: 404", "status: 410", 3);
    let sandbox = sandbox(old, &new);
    for format in ["text", "json", "github", "sarif", "markdown"] {
        let run = || sandbox.run(&["diff", "old.yaml", "new.yaml", "--format", format]);
        assert_eq!(run().stdout, run().stdout);
    }
}

#[test]
fn rules_are_explained() {
    let run = Sandbox::new().run(&["explain", "message-reworded"]).exits(0);
    assert!(
        run.stdout.contains("(wire, major)") && run.stdout.contains("Found:"),
        "{}",
        run.stdout
    );
    let json = Sandbox::new().run(&["explain", "--format", "json", "error-added"]).exits(0).json();
    assert_eq!((&json["class"], &json["level"]), (&"wire".into(), &"minor".into()));
}

/// An error that has gained a parameter counts for the order of a new format, too.
#[test]
fn errors_with_other_parameters_count_for_the_order() {
    let of = |wire: &str, more: &str| {
        format!(
            "catalog: Jobs\nwire: {{ {wire}, identity: code }}\nstatuses:\n  404: {{ name: Not Found, description: No such \
             job }}\nsections:\n  - name: Jobs\n    cause: It ended\n    fix: Wait\n    errors:\n      - {{ code: gone, status: \
             404, detail: Gone }}\n      - {{ code: lost, status: 404, detail: \"Lost: {{id}}\", params: {{ id: word{more} }} }}\n"
        )
    };
    let brief = "body: { code: \"{code}\", values: \"{params}\" }";
    let run = diff(
        &of("use: detail_and_code", ""),
        &of(brief, ", note: { type: text, optional: true }"),
        &["--format", "json"],
    );
    let report = run.json();
    let found = report["findings"].as_array().expect("findings");
    let envelope = found.iter().find(|it| it["rule"] == "envelope-changed").expect("a new format");
    // Old servers have the value in the message alone, and new ones have none.
    assert_eq!(envelope["rollout"], "neither", "{report}");
}

/// Every error counts for the order of an older format that is read no longer, or from now on.
#[test]
fn errors_of_older_formats_count_for_the_order() {
    let of = |reads: &str| {
        with_errors(&["code: gone, detail: Gone", "code: lost, detail: Lost, params: { id: u64 }"])
            .replace("code_or_detail", &format!("code{reads}"))
            .replace("message: \"{detail}\"", "message: \"{detail}\", values: \"{params}\"")
    };
    let older = of(", reads: [{ error: { code: \"{code}\" }, data: \"{params}\" }]");
    for (old, new, order) in
        [(&older, &of(""), "servers-first"), (&of(""), &older, "clients-first")]
    {
        let report = diff(old, new, &["--format", "json"]).json();
        let found = &report["findings"][0];
        assert_eq!(found["rollout"], order, "{report}");
        assert!(
            found["witnesses"][0]["body"]
                .as_str()
                .is_some_and(|it| it.contains("\"data\":{\"id\":7}")),
            "{report}"
        );
    }
}

/// A field that is a string can contain any text. If that is not a value of its type, the message has another value in
/// its place, but a member has the text.
#[test]
fn texts_that_are_no_values_count_for_the_order() {
    for ty in ["decimal", "uuid", "date", "timestamp"] {
        let error = format!("code: gone, detail: \"Gone {{id}}\", params: {{ id: {ty} }}");
        let of = |identity: &str| {
            with_errors(&[&error])
                .replace("code_or_detail", identity)
                .replace("message: \"{detail}\"", "message: \"{detail}\", values: \"{params}\"")
        };
        let run = diff(&of("detail"), &of("code_or_detail"), &[]).exits(1);
        assert!(run.stdout.contains("major[identity-changed]"), "{}", run.stdout);
        assert!(run.stdout.contains("neither order is safe"), "{}", run.stdout);
    }
}

/// The order of releases is decided with values that messages cannot hold unchanged, and with contexts.
#[test]
fn orders_hold_for_hostile_values() {
    let of = |wire: &str, error: &str| {
        format!(
            "catalog: Jobs\nwire: {{ {wire} }}\nstatuses:\n  404: {{ name: Not Found, description: No such job }}\n\
             contexts: {{ more: {{ text: \"Left: {{left}}\", params: {{ left: u64 }} }} }}\nsections:\n  - name: Jobs\n    \
             cause: It ended\n    fix: Wait\n    errors:\n      - {{ code: gone, status: 404, {error}, context: more }}\n"
        )
    };
    let with =
        "body: { code: \"{code}\", message: \"{detail}\", values: \"{params}\" }, identity: code";
    let without = "body: { code: \"{code}\", message: \"{detail}\" }, identity: code";
    let brief = "body: { code: \"{code}\", values: \"{params}\" }, identity: code";
    let word = "detail: \"Job {id}\", params: { id: word }";
    let renamed = "detail: \"Job {job}\", params: { job: word }";
    let constant = "detail: Job gone";
    let swapped = "detail: \"Job {b} of {a}\", params: { a: text, b: text }";
    let both = "detail: \"Job {id} of {user}\", params: { id: text, user: text }";
    let pairs = [
        (of(with, word), of(without, word)),
        (of(with, word), of(with, renamed)),
        (of(brief, constant), of(without, constant)),
        (of("identity: detail", word), of(without, renamed)),
        (of("identity: detail", both), of("identity: detail", swapped)),
    ];
    let mut lines = String::new();
    for (old, new) in pairs {
        let run = diff(&old, &new, &[]);
        let is_shown = |line: &&str| {
            ["major", "minor", "verdict", "= witness", "= old", "= new", "= rollout"]
                .iter()
                .any(|it| line.trim_start().starts_with(it))
        };
        lines.extend(run.stdout.lines().filter(is_shown).flat_map(|line| [line, "\n"]));
        lines.push_str(&run.stderr);
    }
    expect![[r#"
        major[envelope-changed]: bodies have another format
          = witness: a server of the old catalog sends 404
          = old client: `gone` (id = "abc-123. Left: abc-123")
          = new client: `gone` (id = "abc-123.�Left:�abc-123")
          = rollout: servers first
        verdict: major (1 major)
        old.yaml (1 error) and new.yaml (1 error) were compared
        major[member-renamed]: the value `id` of `gone` is called `job` now
           = witness: a server of the new catalog sends 404
           = old client: `gone` (id = "abc-123.�Left:�abc-123")
           = new client: `gone` (job = "abc-123. Left: abc-123")
           = witness: a server of the old catalog sends 404
           = old client: `gone` (id = "abc-123. Left: abc-123")
           = new client: `gone` (job = "abc-123.�Left:�abc-123")
           = rollout: neither order is safe
        verdict: major (1 major)
        old.yaml (1 error) and new.yaml (1 error) were compared
        major[envelope-changed]: bodies have another format
          = witness: a server of the new catalog sends 404
          = old client: `gone`
          = new client: `gone` (left = "7")
          = witness: a server of the old catalog sends 404
          = old client: `gone` (left = "7")
          = new client: `gone`
          = rollout: neither order is safe
        verdict: major (1 major)
        old.yaml (1 error) and new.yaml (1 error) were compared
        major[envelope-changed]: bodies have another format
          = witness: a server of the new catalog sends 404
          = old client: unknown (the body has no message)
          = new client: `gone` (job = "abc-123")
          = witness: a server of the old catalog sends 404 {"detail":"Job abc-123"}
          = old client: `gone` (id = "abc-123")
          = new client: unknown (the body has no code)
          = rollout: neither order is safe
        major[identity-changed]: errors were identified by their message, and are now
          = witness: a server of the new catalog sends 404
          = old client: unknown (the body has no message)
          = new client: `gone` (job = "abc-123")
          = witness: a server of the old catalog sends 404 {"detail":"Job abc-123"}
          = old client: `gone` (id = "abc-123")
          = new client: unknown (the body has no code)
          = rollout: neither order is safe
        major[parameter-renamed]: the value `id` of `gone` is called `job` now
        verdict: major (3 major)
        old.yaml (1 error) and new.yaml (1 error) were compared
        major[parameter-renamed]: the value `id` of `gone` is called `b` now
        major[parameter-renamed]: the value `user` of `gone` is called `a` now
        verdict: major (2 major)
        old.yaml (1 error) and new.yaml (1 error) were compared
    "#]]
    .assert_eq(&lines);
}

/// A value is renamed in its member, too, if the error has lost its context in the same release.
#[test]
fn a_value_is_renamed_beside_a_context() {
    let of = |name: &str, context: &str| {
        format!(
            "catalog: Jobs\nwire: {{ body: {{ code: \"{{code}}\", values: \"{{params}}\" }}, identity: code }}\nstatuses:\n  404: {{ \
             name: Not Found, description: None }}\ncontexts: {{ more: {{ text: \"Left: {{left}}\", params: {{ left: u64 }} }} \
             }}\nsections:\n  - name: Jobs\n    cause: It ended\n    fix: Wait\n    errors:\n      - {{ code: gone, status: 404, \
             detail: \"Gone: {{{name}}}\", params: {{ {name}: word }}{context} }}\n      - {{ code: kept, status: 404, detail: \
             Kept, context: more }}\n"
        )
    };
    let run = diff(&of("id", ", context: more"), &of("job", ""), &["--format", "json"]);
    let report = run.json();
    let rules = report["findings"].as_array().expect("findings").iter().map(|it| &it["rule"]);
    assert!(rules.clone().any(|rule| rule == "member-renamed"), "{report}");
    assert!(rules.clone().any(|rule| rule == "context-removed"), "{report}");
}

/// Returns a catalog in which errors need not have a code.
fn with_errors(errors: &[&str]) -> String {
    let line = |error: &&str| format!("      - {{ {error} }}\n");
    format!(
        "catalog: Jobs
wire: {{ body: {{ error: {{ code: \"{{code}}\" }}, message: \"{{detail}}\" }}, identity: code_or_detail }}
statuses:
  404: {{ name: Not Found, description: There is no such job }}
sections:
  - name: Jobs
    status: 404
    cause: It ended
    fix: List jobs
    errors:
{}",
        errors.iter().map(line).collect::<String>()
    )
}

/// Old clients read the message of an error without a code, whatever its other responses contain.
#[test]
fn errors_without_a_code_are_read_by_their_messages() {
    let none = "code: none, name: job_lost, detail: Job lost";
    let with = "code: job_done, detail: Job done";
    let given = "code: J1, name: job_lost, detail: Job lost";
    let reworded = "code: none, name: job_lost, detail: The job is lost";
    let taken = "code: none, name: job_other, detail: Job done";
    let renamed = "code: none, name: job_gone, detail: Job lost";
    // Responses have no codes at all.
    let by_text = |errors: &[&str]| {
        with_errors(errors)
            .replace("error: { code: \"{code}\" }, ", "")
            .replace(", identity: code_or_detail", "")
    };
    let both = with_errors(&[none, with]);
    let new = "code: none, name: job_new, detail: Job new";
    let pairs = [
        (both.clone(), with_errors(&[given, with])),
        (with_errors(&[given, with]), both.clone()),
        (both.clone(), with_errors(&[reworded, with])),
        (both.clone(), with_errors(&[none, taken])),
        (both.clone(), with_errors(&[none, with, new])),
        (both.clone(), with_errors(&[renamed, with])),
        (by_text(&["code: job_lost, detail: Job lost", with]), both.clone()),
        (by_text(&[given, with]), both),
    ];
    let mut lines = String::new();
    for (old, new) in pairs {
        let run = diff(&old, &new, &[]);
        let is_shown = |line: &&str| {
            let heads = ["= witness:", "= old client:", "= new client:", "= rollout:", "m", "v"];
            heads.iter().any(|it| line.trim_start().starts_with(it))
        };
        lines.extend(run.stdout.lines().filter(is_shown).flat_map(|line| [line, "\n"]));
    }
    expect![[r#"
        major[code-changed]: `job_lost` has the code `J1` now
           = witness: a server of the new catalog sends 404
           = old client: unknown (the code is not in the catalog)
           = new client: `job_lost`
           = rollout: clients first
        verdict: major (1 major)
        major[code-changed]: `job_lost` has no code now
           = witness: a server of the old catalog sends 404
           = old client: `job_lost`
           = new client: unknown (the code is not in the catalog)
           = rollout: servers first
        verdict: major (1 major)
        major[message-reworded]: the message of `job_lost` was reworded
           = witness: a server of the new catalog sends 404 {"message":"The job is
           = old client: unknown (the message is not in the catalog)
           = new client: `job_lost`
           = witness: a server of the old catalog sends 404 {"message":"Job lost"}
           = old client: `job_lost`
           = new client: unknown (the message is not in the catalog)
           = rollout: neither order is safe
                   messages can change freely
        verdict: major (1 major)
        major[code-changed]: `job_other` has no code now
           = witness: a server of the old catalog sends 404
           = old client: `job_done`
           = new client: unknown (the code is not in the catalog)
           = rollout: servers first
        verdict: major (1 major)
        minor[error-added]: the error `job_new` is new
           = witness: a server of the new catalog sends 404 {"message":"Job new"}
           = old client: unknown (the message is not in the catalog)
           = new client: `job_new`
           = rollout: clients first
        verdict: minor (1 minor)
        major[error-renamed]: the error `job_lost` was renamed to `job_gone`
        verdict: major (1 major)
        minor[envelope-extended]: bodies have other members, and all clients recognise
          = witness: a server of the new catalog sends 404
          = old client: `job_done`
          = new client: `job_done`
          = rollout: servers and clients in either order
        minor[identity-extended]: errors were identified by their message, and are now
          = witness: a server of the new catalog sends 404
          = old client: `job_done`
          = new client: `job_done`
          = rollout: servers and clients in either order
        verdict: minor (2 minor)
        major[error-renamed]: the error `J1` was renamed to `job_lost`
        minor[envelope-extended]: bodies have other members, and all clients recognise
          = witness: a server of the new catalog sends 404
          = old client: `job_done`
          = new client: `job_done`
          = rollout: servers and clients in either order
        minor[identity-extended]: errors were identified by their message, and are now
          = witness: a server of the new catalog sends 404
          = old client: `job_done`
          = new client: `job_done`
          = rollout: servers and clients in either order
        verdict: major (1 major, 2 minor)
    "#]]
    .assert_eq(&lines);
}

/// Returns a catalog in which only messages identify errors.
fn by_message(errors: &[&str]) -> String {
    let others = "\n  409: { name: Conflict, description: Closed }\n  410: { name: Gone, description: Old }\nsections:";
    let text = with_errors(errors).replace("\nsections:", others);
    text.split_inclusive('\n').filter(|line| !line.starts_with("wire:")).collect()
}

/// No server of the new catalog sends a retired error, and a server of the old one only before it was retired.
#[test]
fn retired_errors_are_sent_by_older_servers() {
    let retired = |text: &str, is_retired: bool| {
        let more = if is_retired { ", retired: { reason: it ended }" } else { "" };
        format!("code: aa, status: 404, detail: {text}{more}")
    };
    let found = |was_retired| {
        let [old, new] = [retired("First", was_retired), retired("Second", true)]
            .map(|it| by_message(&[&it, "code: bb, status: 404, detail: Other"]));
        let run = diff(&old, &new, &["--format", "json"]).exits(1);
        let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        found["findings"][0].clone()
    };
    let finding = found(false);
    assert_eq!(finding["rule"], "message-reworded");
    assert_eq!(finding["rollout"], "servers-first");
    let bodies = finding["witnesses"].as_array().expect("witnesses").iter().map(|it| &it["body"]);
    assert_eq!(bodies.collect::<Vec<_>>(), [r#"{"detail":"First"}"#]);
    let [old, new] = [("First", true), ("Second", true)]
        .map(|(text, is_retired)| by_message(&[&retired(text, is_retired)]));
    let run = diff(&old, &new, &[]).exits(1);
    assert!(
        run.stdout.contains("an older server sends 404 {\"detail\":\"First\"}"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("Second\"}"), "{}", run.stdout);
    let new = new.replace("ended }", "ended }, former: [First]");
    let run = diff(&old, &new, &[]).exits(0);
    let [order, help] = ["servers and clients in either order", "nothing: clients still read it"];
    assert!(run.stdout.contains(order) && run.stdout.contains(help), "{}", run.stdout);
    // The error that replaces it has its message.
    let replaced = "code: aa, same_as: bb, retired: { reason: it ended, replaced_by: bb }";
    let old = by_message(&[&retired("First", false)]);
    let run = diff(&old, &by_message(&[replaced, "code: bb, status: 404, detail: First"]), &[]);
    assert!(run.stdout.contains("is one of `aa`, which is retired"), "{}", run.stdout);
}

/// Only clients of the error with a code read a reworded context.
#[test]
fn a_context_of_errors_with_and_without_a_code() {
    let catalog = |text: &str| {
        let of = ["code: aa, detail: Gone", "code: none, name: bb, detail: Away"];
        let context =
            format!("contexts: {{ c: {{ text: \"{text}\", params: {{ n: u64 }} }} }}\nstatuses:");
        let errors = of.map(|it| format!("{it}, context: c"));
        with_errors(&[&errors[0], &errors[1]])
            .replace("statuses:", &context)
            .replace("message: \"{detail}\"", "message: \"{detail}\", values: \"{params}\"")
    };
    let run = diff(&catalog("A: {n}"), &catalog("B: {n}"), &[]).exits(1);
    for found in [
        "major[context-reworded]: the context `c` of `bb` was reworded\n",
        "patch[text-under-code]: the context `c` of `aa` was reworded\n",
    ] {
        assert!(run.stdout.contains(found), "{}", run.stdout);
    }
}

/// A body shows which fields of the request clients no longer read.
#[test]
fn a_removed_place_of_fields_is_shown() {
    let wire = |fields: &str| {
        let body = format!("{{ message: \"{{detail}}\"{fields} }}");
        by_message(&["code: aa, status: 404, detail: First"])
            .replace("statuses:", &format!("wire: {{ body: {body} }}\nstatuses:"))
    };
    let old = wire(", errors: [{ field: \"{field.path}\", text: \"{field.message}\" }]");
    let run = diff(&old, &wire(""), &[]).exits(1);
    let [old, new] = ["old client: `aa`, field.message", "new client: `aa`\n"];
    assert!(run.stdout.contains(old) && run.stdout.contains(new), "{}", run.stdout);
}

/// If a value could contain the old message, a response shows what old clients read from it.
#[test]
fn values_that_end_elsewhere_are_shown() {
    let error = |text: &str, params: &str| {
        by_message(&[&format!("code: aa, status: 404, detail: \"{text}\", params: {{ {params} }}")])
    };
    let old = error("No {id} in eu is left", "id: text");
    let new = error("No {id} in {region} is left", "id: text, region: text");
    let run = diff(&old, &new, &[]).exits(1);
    assert!(run.stdout.contains("major[message-generalised]"), "{}", run.stdout);
    let (_, finding) = run.stdout.split_once("major[read-with-other-values]").expect("a finding");
    let old = "= old client: `aa` (id = \"some text in some text\")";
    let new = "= new client: `aa` (id = \"some text\", region = \"some text in eu\")";
    assert!(finding.contains(old) && finding.contains(new), "{finding}");
    // In the shortest common text, both values are equal.
    let context = |text: &str| {
        let contexts = format!(
            "contexts: {{ c: {{ text: \"{text}\", params: {{ n: u64, m: u64 }} }} }}\nstatuses:"
        );
        by_message(&["code: aa, status: 404, detail: Gone, context: c"])
            .replace("statuses:", &contexts)
    };
    let run = diff(&context("{n} of {m}"), &context("{m} of {n}"), &[]).exits(1);
    assert!(run.stdout.contains("old clients read other values"), "{}", run.stdout);
    // Two old errors have this message, each with its status. Clients read the same one whichever is compared.
    let twice = [409, 410].map(|status| format!("code: e{status}, status: {status}, detail: Gone"));
    let old = by_message(&[&twice[0], &twice[1]]);
    let new = by_message(&[&twice[0], &twice[1], "code: more, status: 404, detail: Gone"]);
    let run = diff(&old, &new, &[]).exits(1);
    assert_eq!(run.stdout.matches("[read-as-another]").count(), 1, "{}", run.stdout);
}

/// Old clients read the new message, with other values: so its values are not lost, as they are if only the code is read.
#[test]
fn other_values_are_not_lost_ones() {
    let old = OLD.replace("statuses:", "wire: { use: detail_and_code, identity: code }\nstatuses:");
    let old = old
        .replace("No job {id}\", params: { id: u64 }", "No job {id} here\", params: { id: text }");
    let more = old.replace(
        "No job {id} here\", params: { id: text }",
        "No job {id} ({name}) here\", params: { id: text, name: text }",
    );
    let other = old.replace("No job {id} here", "Job {id} is missing");
    let rules = |new: &str| {
        let run = diff(&old, new, &["--format", "json"]).exits(1).json();
        let findings = run["findings"].as_array().expect("findings").iter();
        findings.map(|it| it["rule"].as_str().expect("a rule").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&more), ["value-added", "read-with-other-values"]);
    assert_eq!(rules(&other), ["values-lost"]);
}

/// Two values of a type change places in a message, and clients still read it by its code.
#[test]
fn swapped_values_of_any_type_are_noticed() {
    let error = |text: &str, ty: &str| {
        let params = ["a", "b", "c"].map(|name| format!("{name}: {ty}")).join(", ");
        by_message(&[&format!("code: aa, status: 404, detail: \"{text}\", params: {{ {params} }}")])
            .replace("statuses:", "wire: { use: detail_and_code, identity: code }\nstatuses:")
    };
    for ty in ["bool", "uuid", "date", "timestamp", "decimal", "{ one_of: [x, y] }"] {
        for swapped in ["{b}, {a}, {c}", "{c}, {b}, {a}", "{a}, {c}, {b}"] {
            let [old, new] = [error("{a}, {b}, {c}", ty), error(swapped, ty)];
            let run = diff(&old, &new, &[]).exits(1);
            assert!(
                run.stdout.contains("verdict: major (1 major"),
                "{ty} {swapped} {}",
                run.stdout
            );
            let files = sandbox(&old, &new);
            files.run(&["compat", "old.yaml", "new.yaml"]).exits(1);
        }
    }
}

/// A retired error does not hide that its alias, or another error with its context, is still sent.
#[test]
fn what_is_sent_counts_for_the_order() {
    let retired = "retired: { reason: it ended }";
    let base = |text: &str| format!("code: aa, status: 404, detail: {text}, {retired}");
    let of = |base: &str| by_message(&[base, "code: bb, same_as: aa"]);
    let new = base("Second").replace("Second", "Second, former: [First]");
    let run = diff(&of(&base("First")), &of(&new), &[]).exits(0);
    let [order, help] = ["= rollout: clients first", "= help: update clients before servers"];
    assert!(run.stdout.contains(order) && run.stdout.contains(help), "{}", run.stdout);
    let context = |context: &str| {
        let errors = [
            &format!("code: aa, status: 404, detail: First, context: c, {retired}"),
            "code: bb, status: 404, detail: Other, context: c",
        ];
        by_message(&errors)
            .replace("statuses:", &format!("contexts: {{ c: {context} }}\nstatuses:"))
    };
    let left = "{ text: \"Left: {left}\", params: { left: u64 } }";
    for changed in [left.replace("Left", "All"), left.replace("u64", "i64")] {
        let run = diff(&context(left), &context(&changed), &[]).exits(1);
        let body = "a server of the new catalog sends 404 {\"detail\":\"Other. ";
        assert!(run.stdout.contains(body), "{}", run.stdout);
        assert!(!run.stdout.contains("= rollout: servers first"), "{}", run.stdout);
    }
}

/// The step of docs/changing.md breaks no client. An example that ends early in the message without its context is not
/// made up: it would be altered there.
#[test]
fn made_up_examples_fit_messages_without_their_context() {
    let old = by_message(&[
        "code: aa, status: 404, detail: \"Too many {thing}s\", params: { thing: text }, context: c",
    ]);
    let old = old.replace(
        "statuses:",
        "wire: { use: detail_and_code }\ncontexts: { c: { text: \"Left: {left}\", params: { left: u64 } } }\nstatuses:",
    );
    let new = old.replace("detail_and_code }", "detail_and_code, identity: code_or_detail }");
    let run = diff(&old, &new, &[]).exits(0);
    assert!(!run.stdout.contains('\u{FFFD}'), "{}", run.stdout);
}

/// A value at the end of a message can contain what becomes the context, or was one.
#[test]
fn values_that_look_like_a_context_count_for_the_order() {
    let of = |ty: &str, more: &str| {
        let error = format!(
            "code: aa, status: 404, detail: \"Lost: {{id}}\", params: {{ id: {ty} }}{more}"
        );
        by_message(&[&error, "code: bb, status: 404, detail: Gone, context: c"]).replace(
            "statuses:",
            "contexts: { c: { text: \"Left: {left}\", params: { left: u64 } } }\nstatuses:",
        )
    };
    for (ty, added, removed) in [
        ("u64", "clients first", "servers first"),
        ("text", "neither order is safe", "neither order is safe"),
    ] {
        let (bare, with) = (of(ty, ""), of(ty, ", context: c"));
        for (old, new, order) in [(&bare, &with, added), (&with, &bare, removed)] {
            let run = diff(old, new, &[]).exits(1);
            let (_, found) = run.stdout.split_once("major[context-").expect("a finding");
            assert!(found.contains(&format!("= rollout: {order}\n")), "{ty} {found}");
        }
    }
}

/// Two errors may have a message under different statuses. If one of them gets another status, clients can no longer tell
/// the two apart, whatever the examples are.
#[test]
fn messages_under_two_statuses_count_for_the_order() {
    let choices = |status, other| {
        let error = |code, status, choices, example| {
            let param = format!("s: {{ one_of: {choices}, example: {example} }}");
            format!("code: {code}, status: {status}, detail: \"Job {{s}}\", params: {{ {param} }}")
        };
        by_message(&[&error("aa", status, "[a, b]", "a"), &error("bb", other, "[b, c]", "c")])
    };
    let texts = |status: u16| {
        by_message(&[
            "code: aa, status: 404, detail: \"Job {s}-{t}\", params: { s: word, t: word }",
            &format!("code: bb, status: {status}, detail: \"Job {{s}}\", params: {{ s: text }}"),
        ])
    };
    for [old, new] in [[choices(404, 409), choices(409, 404)], [texts(409), texts(410)]] {
        let run = diff(&old, &new, &[]).exits(1);
        assert!(run.stdout.contains("= old client: `aa`"), "{}", run.stdout);
        assert!(!run.stdout.contains("in either order"), "{}", run.stdout);
    }
}

/// A text ends at a full stop, which a moment can contain.
#[test]
fn values_of_a_narrow_type_can_contain_an_end_mark() {
    let of = |ty: &str| {
        by_message(&[&format!(
            "code: aa, status: 404, detail: \"Lost at {{at}}.\", params: {{ at: {ty} }}"
        )])
    };
    let run = diff(&of("timestamp"), &of("text"), &[]).exits(1);
    assert!(run.stdout.contains("= rollout: neither order is safe"), "{}", run.stdout);
}

/// What has changed in a context is shown there.
#[test]
fn values_of_contexts_are_shown_in_their_context() {
    let of = |params: &str| {
        by_message(&["code: aa, status: 404, detail: Gone, context: c"]).replace(
            "statuses:",
            &format!(
                "contexts:\n  c: {{ text: \"Left: {{left}}\", params: {{ {params} }} }}\nstatuses:"
            ),
        )
    };
    let run = diff(&of("left: u64"), &of("left: i64"), &[]).exits(1);
    assert!(run.stdout.contains("new.yaml:3:40\n"), "{}", run.stdout);
    assert!(run.stdout.contains("old.yaml:3:40\n"), "{}", run.stdout);
}

/// No server sends a retired error any more, so nobody has to be updated first.
#[test]
fn retired_errors_may_change_if_they_are_read() {
    let retired = |ty: &str| {
        format!(
            "code: aa, status: 404, detail: \"No job {{id}}\", params: {{ id: {ty} }}, retired: {{ reason: it ended }}"
        )
    };
    let of = |ty: &str| by_message(&[&retired(ty), "code: bb, status: 404, detail: Other"]);
    let member = |params: &str| {
        let error = format!(
            "code: aa, detail: Gone, params: {{ {params} }}, retired: {{ reason: it ended }}"
        );
        with_errors(&[&error, "code: bb, detail: Other"])
            .replace("message: \"{detail}\"", "message: \"{detail}\", values: \"{params}\"")
    };
    let widened = [of("u64"), of("word"), "type-widened".to_owned()];
    let removed = [member("id: word, by: word"), member("id: word"), "member-removed".to_owned()];
    for [old, new, rule] in [widened, removed] {
        let run = diff(&old, &new, &[]).exits(1);
        let of_rule = format!("major[{rule}]");
        let found = run.stdout.split("\n\n").find(|it| it.starts_with(&of_rule));
        let found = found.expect("a finding");
        assert!(found.contains("in either order"), "{}", run.stdout);
        assert!(found.contains("= help: nothing on the wire"), "{}", run.stdout);
    }
}

/// What breaks is the context, not what has changed beside it.
#[test]
fn nothing_to_do_has_no_unsafe_order() {
    let context = |text: &str, header: &str, ty: &str| {
        let context = format!("contexts: {{ c: {{ text: \"{text}\" }} }}\nstatuses:");
        let error = format!("code: aa, detail: Gone, context: c, params: {{ id: {ty} }}");
        let body = format!("wire: {{ {header}body:");
        let values = "message: \"{detail}\", values: \"{params}\"";
        with_errors(&[&error])
            .replace("statuses:", &context)
            .replace("wire: { body:", &body)
            .replace("message: \"{detail}\"", values)
            .replace("code_or_detail", "detail")
    };
    let old = context("Wait", "", "word");
    for new in
        [context("Stop", "header: { x-code: \"{code}\" }, ", "word"), context("Stop", "", "text")]
    {
        let run = diff(&old, &new, &[]).exits(1);
        let nothing = run.stdout.split("\n\n").filter(|it| it.contains("= help: nothing"));
        assert!(nothing.clone().all(|it| it.contains("in either order")), "{}", run.stdout);
    }
}

/// Each setting of `wire` is shown where it is.
#[test]
fn settings_are_underlined() {
    let with = |identity: &str, status: u16| {
        by_message(&["code: aa, status: 404, detail: Gone"]).replace(
            "statuses:",
            &format!("wire:\n  body: {{ code: \"{{code}}\", detail: \"{{detail}}\" }}\n  identity: {identity}\n  status: {status}\nstatuses:\n  {status}: {{ name: Good, description: Good }}"),
        )
    };
    let run = diff(&with("detail", 200), &with("code", 202), &["--format", "json"]).exits(1);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let lines = |rule: &str| {
        let mut all = found["findings"].as_array().expect("findings").iter();
        let finding = all.find(|it| it["rule"].as_str().is_some_and(|it| it.starts_with(rule)));
        finding.expect("a finding")["places"][0]["line"].clone()
    };
    assert_eq!([lines("identity-"), lines("success-added")], [4, 5]);
}

/// Servers send the message of a retired error with the code of its alias.
#[test]
fn an_alias_of_a_retired_error_has_its_own_code() {
    let of = |text: &str| {
        let base = format!("code: aa, detail: {text}, retired: {{ reason: it ended }}");
        with_errors(&[&base, "code: bb, same_as: aa"]).replace("code_or_detail", "detail")
    };
    let run = diff(&of("First"), &of("Second"), &[]).exits(1);
    assert!(
        run.stdout.contains("{\"error\":{\"code\":\"bb\"},\"message\":\"Second\"}"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("\"aa\"}"), "{}", run.stdout);
}
