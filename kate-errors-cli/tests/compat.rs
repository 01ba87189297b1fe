//! `compat`: every version as a server and as a client.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{BROKEN, CATALOG, Run, Sandbox};
use expect_test::expect;

const HEAD: &str = "\
catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such job }
  410: { name: Gone, description: It is over }
WIRE
sections:
  - name: Jobs
    cause: It ended
    fix: List jobs
    errors:
";

const JOB: &str =
    "- { code: job_not_found, status: 404, detail: \"No job {id}\", params: { id: u64 } }";

const GONE: &str = "- { code: job_gone, status: 410, detail: Job is gone }";

/// Returns a catalog of Jobs with these errors and this `wire`.
fn jobs(wire: &str, errors: &[&str]) -> String {
    let errors = errors.iter().map(|error| format!("      {error}\n"));
    HEAD.replace("WIRE\n", wire) + &errors.collect::<String>()
}

fn compat(versions: &[String], options: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    let names: Vec<String> = (1..=versions.len()).map(|at| format!("v{at}.yaml")).collect();
    for (name, version) in names.iter().zip(versions) {
        sandbox.write(name, version);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    sandbox.run(&[&["compat"], &names[..], options].concat())
}

#[test]
fn what_is_not_read_as_itself() {
    let reworded = JOB.replace("No job {id}", "Job {id} was not found");
    let versions = [
        jobs("", &[JOB]),
        jobs("", &[JOB, GONE]),
        jobs("", &[&reworded, &GONE.replace("job_gone", "gone")]),
    ];
    let run = compat(&versions, &[]).exits(0);
    expect![[r#"
        servers \ clients  v1.yaml            v2.yaml            v3.yaml
        v1.yaml            all 1              all 1              0 of 1, 1 unknown
        v2.yaml            1 of 2, 1 unknown  all 2              1 of 2, 1 unknown
        v3.yaml            0 of 2, 2 unknown  1 of 2, 1 unknown  all 2

        `gone` is unknown: 410 {"detail":"Job is gone"}
          sent by v3.yaml, read by clients of v1.yaml: unknown (the message is not in the catalog)

        `job_gone` is unknown: 410 {"detail":"Job is gone"}
          sent by v2.yaml, read by clients of v1.yaml: unknown (the message is not in the catalog)

        `job_not_found` is unknown: 404 {"detail":"Job 7 was not found"}
          sent by v3.yaml, read by clients of v1.yaml, v2.yaml: unknown (the message is not in the catalog)

        `job_not_found` is unknown: 404 {"detail":"No job 7"}
          sent by v1.yaml, v2.yaml, read by clients of v3.yaml: unknown (the message is not in the catalog)
    "#]]
    .assert_eq(&run.stdout);
    // docs/diff.md shows this table.
    let (table, _) = run.stdout.split_once("\n\n").unwrap();
    let page = include_str!("../../docs/diff.md");
    assert!(page.contains("\nkate-errors compat v1.yaml v2.yaml v3.yaml\n"));
    assert!(page.contains(&format!("```text\n{table}\n```\n")), "{table}");
    let run = compat(&versions, &["--format", "markdown"]).exits(0);
    expect![[r#"
        | servers \\ clients | v1.yaml | v2.yaml | v3.yaml |
        |---|---|---|---|
        | v1.yaml | all 1 | all 1 | 0 of 1, 1 unknown |
        | v2.yaml | 1 of 2, 1 unknown | all 2 | 1 of 2, 1 unknown |
        | v3.yaml | 0 of 2, 2 unknown | 1 of 2, 1 unknown | all 2 |

        - `gone` is unknown: 410 \{\"detail\":\"Job is gone\"\}
          - sent by v3.yaml, read by clients of v1.yaml: unknown (the message is not in the catalog)
        - `job_gone` is unknown: 410 \{\"detail\":\"Job is gone\"\}
          - sent by v2.yaml, read by clients of v1.yaml: unknown (the message is not in the catalog)
        - `job_not_found` is unknown: 404 \{\"detail\":\"Job 7 was not found\"\}
          - sent by v3.yaml, read by clients of v1.yaml, v2.yaml: unknown (the message is not in the catalog)
        - `job_not_found` is unknown: 404 \{\"detail\":\"No job 7\"\}
          - sent by v1.yaml, v2.yaml, read by clients of v3.yaml: unknown (the message is not in the catalog)
    "#]]
    .assert_eq(&run.stdout);
    let json = compat(&versions[..2], &["--format", "json"]).exits(0).json();
    assert_eq!(json["versions"], serde_json::json!(["v1.yaml", "v2.yaml"]));
    expect![[r#"
        {
          "server": "v2.yaml",
          "client": "v1.yaml",
          "errors": 2,
          "itself": 1,
          "by_code": 0,
          "unknown": 1,
          "with_other_values": 0,
          "as_another": 0,
          "all_compared": true,
          "otherwise": [
            {
              "error": "job_gone",
              "read": "unknown",
              "status": 410,
              "header": null,
              "body": "{\"detail\":\"Job is gone\"}",
              "reading": "unknown (the message is not in the catalog)"
            }
          ]
        }
    "#]]
    .assert_eq(&format!("{:#}\n", json["cells"][2]));
}

/// A client that reads only the code does not know the values.
#[test]
fn the_code_alone() {
    let wire = "wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code }\n";
    let versions = [
        jobs(wire, &[JOB, GONE]),
        jobs(wire, &[&JOB.replace("No job", "No such job"), &GONE.replace("is", "has")]),
    ];
    let run = compat(&versions, &[]).exits(0);
    assert_eq!(run.stdout.matches("  1 of 2, 1 by code").count(), 2, "{}", run.stdout);
    assert!(run.stdout.contains("only the code `job_not_found`"), "{}", run.stdout);
}

/// No example is a message of the other error, but with some value it is.
#[test]
fn another_error_for_some_value() {
    let wide = "- { code: task_gone, status: 410, detail: \"Task {id}\", params: { id: text } }";
    let narrow = "- { code: task_7_gone, status: 404, detail: \"Task 7 is gone\" }";
    let versions = [jobs("", &[narrow]), jobs("", &[wide])];
    let run = compat(&versions, &[]).exits(1);
    assert!(run.stdout.contains("0 of 1, 1 as another"), "{}", run.stdout);
    expect![[r#"
        servers \ clients  v1.yaml               v2.yaml
        v1.yaml            all 1                 0 of 1, 1 as another
        v2.yaml            0 of 1, 1 as another  all 1

        `task_7_gone` is read as another error: 404 {"detail":"Task 7 is gone"}
          sent by v1.yaml, read by clients of v2.yaml: `task_gone` (id = "7 is gone"), noting another status

        `task_gone` is read as another error: 410 {"detail":"Task 7 is gone"}
          sent by v2.yaml, read by clients of v1.yaml: `task_7_gone`, noting another status
    "#]]
    .assert_eq(&run.stdout);
    // The error is the same, but its values differ.
    let state = |text: &str| {
        let params = "{ id: u64, state: text }";
        jobs(
            "",
            &[&format!("- {{ code: job, status: 404, detail: \"{text}\", params: {params} }}")],
        )
    };
    let versions = [state("Job {id} is {state}"), state("Job {id} is {state} now")];
    let run = compat(&versions, &[]).exits(1);
    assert!(run.stdout.contains("0 of 1, 1 with other values"), "{}", run.stdout);
}

/// Clients of both versions know both errors, and mistake one for the other in one response.
#[test]
fn a_turned_alias_is_another_error() {
    let alias = |code: &str, of: &str| format!("- {{ code: {code}, same_as: {of} }}");
    let gone = |code: &str| GONE.replace("job_gone", code);
    let versions = [
        jobs("", &[&gone("job_gone")]),
        jobs("", &[&gone("job_gone"), &alias("job_done", "job_gone")]),
        jobs("", &[&alias("job_gone", "job_done"), &gone("job_done")]),
    ];
    // A new alias is read as the error that has its message.
    let run = compat(&versions[..2], &[]).exits(0);
    assert_eq!(run.stdout.matches("all ").count(), 4, "{}", run.stdout);
    let run = compat(&versions[1..], &[]).exits(1);
    expect![[r#"
        servers \ clients  v1.yaml               v2.yaml
        v1.yaml            all 2                 1 of 2, 1 as another
        v2.yaml            1 of 2, 1 as another  all 2

        `job_done` is read as another error: 410 {"detail":"Job is gone"}
          sent by v2.yaml, read by clients of v1.yaml: `job_gone`

        `job_gone` is read as another error: 410 {"detail":"Job is gone"}
          sent by v1.yaml, read by clients of v2.yaml: `job_done`
    "#]]
    .assert_eq(&run.stdout);
}

/// If comparing takes too long, nothing is proved.
#[test]
fn what_was_not_compared() {
    let any = "- { code: any, status: 404, detail: \"Job {id}\", params: { id: text } }";
    let error = |at| format!("- {{ code: job_{at}, status: 404, detail: Job {at} }}");
    let errors: Vec<String> = (0..1_100).map(error).collect();
    let many = jobs("", &errors.iter().map(String::as_str).collect::<Vec<_>>());
    let run = compat(&[jobs("", &[any]), many], &[]).exits(1);
    assert!(run.stdout.contains("0 of 1100, 1100 as another, not all compared"), "{}", run.stdout);
}

/// Servers no longer send retired errors, but clients still read them.
#[test]
fn retired_errors_are_not_sent() {
    let retired = GONE.replace(" }", ", retired: { reason: nobody sends it } }");
    let run = compat(&[jobs("", &[JOB, GONE]), jobs("", &[JOB, &retired])], &[]).exits(0);
    assert_eq!(run.stdout.matches("all 2").count(), 2, "{}", run.stdout);
    assert_eq!(run.stdout.matches("all 1").count(), 2, "{}", run.stdout);
}

#[test]
fn what_cannot_be_shown() {
    let run = compat(&[CATALOG.to_owned()], &[]).exits(2);
    assert!(run.stderr.contains("2 values required"), "{}", run.stderr);
    let run = compat(&[CATALOG.to_owned(), BROKEN.to_owned()], &[]).exits(2);
    assert!(run.stderr.contains("error[duplicate-code]"), "{}", run.stderr);
    assert!(run.stderr.contains("`v2.yaml` has errors"), "{}", run.stderr);
    let sandbox = Sandbox::with(CATALOG);
    sandbox.run(&["compat", "errors.yaml", "nowhere.yaml"]).exits(2);
    let run = sandbox.run_with_input(&["compat", "errors.yaml", "-"], CATALOG).exits(0);
    assert!(run.stdout.contains("<stdin>"), "{}", run.stdout);
}

#[test]
fn many_are_not_shown_to_people() {
    let error =
        |prefix: &str, at| format!("- {{ code: job_{at}, status: 404, detail: {prefix} {at} }}");
    let version = |prefix: &str| {
        let errors: Vec<String> = (0..150).map(|at| error(prefix, at)).collect();
        jobs("", &errors.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let versions = [version("Job"), version("Task")];
    let run = compat(&versions, &[]).exits(0);
    assert!(run.stdout.ends_with("\n200 more; `--format json` has all\n"), "{}", run.stdout);
    let json = compat(&versions, &["--format", "json"]).exits(0).json();
    assert_eq!(json["cells"][1]["otherwise"].as_array().map(Vec::len), Some(150));
}

/// File names and texts that could control a terminal or break a page.
#[test]
fn hostile_texts_stay_where_they_are() {
    let hostile = GONE.replace("Job is gone", "\"<script> | `b` [a](b) \\u00e9\"");
    let sandbox = Sandbox::new();
    sandbox.write("\u{1b}[31m|old.yaml", jobs("", &[JOB]));
    sandbox.write("new.yaml", jobs("", &[JOB, &hostile]));
    for format in ["text", "json", "markdown"] {
        let versions = ["compat", "\u{1b}[31m|old.yaml", "new.yaml", "--format", format];
        let run = sandbox.run(&versions).exits(0).harmless();
        if format == "markdown" {
            assert!(!run.stdout.contains("<script>"), "{}", run.stdout);
            assert!(run.stdout.starts_with(r"| servers \\ clients | \\u\{1b\}\[31m\|old.yaml |"));
        }
        assert_eq!(run.stdout, sandbox.run(&versions).stdout);
    }
}
