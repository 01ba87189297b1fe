//! `lock`, and the diagnostics of `check` about it.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{BROKEN, CATALOG, Run, Sandbox, finished};
use expect_test::expect;

const HEAD: &str = "\
catalog: Jobs
WIRE
statuses:
  404: { name: Not Found, description: There is no such job }
  410: { name: Gone, description: It is over }
sections:
  - name: Jobs
    cause: It ended
    fix: List jobs
    errors:
";

const JOB: &str = "{ code: job, status: 404, detail: \"No job {id}\", params: { id: u64 } }";

const GONE: &str =
    "{ code: job_gone, status: 410, detail: \"Job {id} is gone\", params: { id: word } }";

/// Returns a catalog of Jobs with these errors, and with `more` after them.
fn with(wire: &str, errors: &[&str], more: &str) -> String {
    let errors = errors.iter().map(|error| format!("      - {error}\n"));
    HEAD.replace("WIRE\n", wire) + &errors.collect::<String>() + more
}

fn jobs(errors: &[&str]) -> String {
    with("", errors, "")
}

/// Creates a sandbox in which these catalogs were released one after the other, as 1.0, 2.0 and so on.
fn released(catalogs: &[String]) -> Sandbox {
    let sandbox = Sandbox::new();
    for (catalog, number) in catalogs.iter().zip(1..) {
        sandbox.write("errors.yaml", catalog);
        let release = format!("{number}.0");
        sandbox.run(&["lock", "--release", &release, "--accept"]).exits(0);
    }
    sandbox
}

/// Runs `check` on a catalog after these releases.
fn checked(catalogs: &[String], now: &str) -> Run {
    let sandbox = released(catalogs);
    sandbox.write("errors.yaml", now);
    // So wide that no line is wrapped.
    finished(sandbox.command(&["check"]).env("COLUMNS", "200"))
}

/// Returns the first lines of the errors.
fn found(run: &Run) -> Vec<&str> {
    run.stdout.lines().filter(|line| line.starts_with("error")).collect()
}

#[test]
fn releases_are_recorded() {
    let sandbox = Sandbox::with(jobs(&[JOB]));
    let run = sandbox.run(&["lock"]).exits(1);
    expect![[r#"
        + job code "job"
        + job message "No job {id}"
        + job parameter id u64
        + job status 404
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        errors.lock does not match the catalog: 4 added, 0 gone; to record it: kate-errors lock --release NAME
    "#]].assert_eq(&run.stderr);
    assert!(!sandbox.path("errors.lock").exists());
    let run = sandbox.run(&["lock", "--release", "1.0"]).exits(0);
    assert_eq!(run.stderr, "recorded 1.0 in errors.lock: 4 added, 0 gone\n");
    sandbox.write("errors.yaml", jobs(&[&JOB.replace("\"No job {id}\"", "\"Job {id} is lost\"")]));
    let run = sandbox.run(&["lock"]).exits(1);
    expect![[r#"
        - job message "No job {id}"
        + job message "Job {id} is lost"
    "#]]
    .assert_eq(&run.stdout);
    sandbox.run(&["lock", "--release", "1.1"]).exits(0);
    let lock = sandbox.read("errors.lock");
    expect![[r##"
        # What was ever released. `kate-errors lock` writes this file; docs/lock.md describes it.
        @release 1.0 4 53684317b306c3d5
        @release 1.1 1 0fc39e0fb6309563
        job code "job" 1.0.. 0b48dbea71a575f5
        job message "Job {id} is lost" 1.1.. d86c62acec269333
        job message "No job {id}" 1.0..1.0 9fd4149c37598280
        job parameter id u64 1.0.. 033f0316a00bafbc
        job status 404 1.0.. 6fc54d134f329e0f
    "##]]
    .assert_eq(&lock);
    // The page shows this file.
    assert!(include_str!("../../docs/lock.md").contains(&format!("```text\n{lock}```\n")));
    // Running it again changes nothing, and a recorded release does not change either.
    let run = sandbox.run(&["lock", "--release", "1.1"]).exits(0);
    assert_eq!(run.stderr, "errors.lock is up to date; its newest release is 1.1\n");
    sandbox.run(&["lock"]).exits(0);
    sandbox.run(&["lock", "--release", "1.0"]).exits(2);
    assert_eq!(sandbox.read("errors.lock"), lock);
    sandbox.write("errors.yaml", jobs(&[JOB]));
    let run = sandbox.run(&["lock", "--release", "1.1"]).exits(2);
    expect![[r#"
        error: `errors.lock` already has the release `1.1`, and releases do not change; choose another name
    "#]].assert_eq(&run.stderr);
    // A message that comes back is recorded as if it had been in the releases between.
    sandbox.run(&["lock", "--release", "1.2"]).exits(0);
    let lock = sandbox.read("errors.lock");
    assert!(lock.contains("job message \"No job {id}\" 1.0.. "), "{lock}");
    assert!(lock.contains("job message \"Job {id} is lost\" 1.1..1.1 "), "{lock}");
    // A release without changes is recorded too.
    let run = sandbox.run(&["lock", "--release", "1.3"]).exits(0);
    assert_eq!(run.stderr, "recorded 1.3 in errors.lock: 0 added, 0 gone\n");
    // A lock is named after its catalog.
    sandbox.write("users.yaml", CATALOG);
    sandbox.run(&["lock", "users.yaml", "--release", "1"]).exits(0);
    assert!(sandbox.read("users.lock").starts_with("# What was ever released."));
}

#[test]
fn a_text_of_an_error_that_is_gone() {
    let now = jobs(&[JOB, "{ code: bus, status: 404, detail: Job center is gone }"]);
    let sandbox = released(&[jobs(&[JOB, GONE]), jobs(&[JOB])]);
    sandbox.write("errors.yaml", &now);
    let run = sandbox.run(&["check"]).exits(1);
    expect![[r#"
        error[lock-reused-text]: `bus` can have the message “Job center is gone”, which
                                 `job_gone` had as “Job {id} is gone”, released in 1.0
          --> errors.yaml:11:43
           |
        11 |       - { code: bus, status: 404, detail: Job center is gone }
           |                                           ^^^^^^^^^^^^^^^^^^ used again
           |
           = help: choose words that the released message cannot have

    "#]]
    .assert_eq(&run.stdout);
    assert_eq!(run.stderr, "errors.yaml: 1 error\n");
    let json = sandbox.run(&["check", "--format", "json"]).exits(1).json();
    assert_eq!((&json[0]["rule"], &json[0]["line"]), (&"lock-reused-text".into(), &11.into()));
    let log = sandbox.run(&["check", "--format", "sarif"]).exits(1).json();
    let result = &log["runs"][0]["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][index]["id"], "lock-reused-text");
    let run = sandbox.run(&["check", "--format", "github"]).exits(1);
    assert!(run.stdout.starts_with("::error file=errors.yaml,line=11,"), "{}", run.stdout);
    sandbox.run(&["check", "--no-lock"]).exits(0);
    sandbox.run_with_input(&["check", "-"], &now).exits(0);
    // It is not recorded without `--accept`, and not reported again after that.
    let run = sandbox.run(&["lock", "--release", "3.0"]).exits(1);
    assert!(run.stderr.starts_with("error[lock-reused-text]: "), "{}", run.stderr);
    sandbox.run(&["lock", "--release", "3.0", "--accept"]).exits(0);
    sandbox.run(&["check"]).exits(0);
    sandbox.run(&["explain", "lock-reused-text"]).exits(0);
}

#[test]
fn texts_that_are_taken() {
    let before = [jobs(&[JOB, GONE]), jobs(&[JOB])];
    let taken = [
        // The same words, and other templates that can render them.
        "{ code: a, status: 404, detail: \"Job {of} is gone\", params: { of: word } }",
        "{ code: a, status: 404, detail: \"{it}\", params: { it: { one_of: [b, Job 7 is gone] } } }",
        "{ code: a, status: 404, detail: \"Job {of}gone\", params: { of: text } }",
        // Messages that are only read.
        "{ code: a, status: 404, detail: Gone, former: [Job 7 is gone] }",
        "{ code: a, status: 404, detail: Job 7 is gone, retired: { reason: it was rash } }",
    ];
    for error in taken {
        let run = checked(&before, &jobs(&[JOB, error])).exits(1);
        assert!(found(&run)[0].starts_with("error[lock-reused-text]"), "{error}\n{}", run.stdout);
    }
    let free = [
        "{ code: a, status: 404, detail: \"Job {of} is lost\", params: { of: word } }",
        "{ code: a, status: 404, detail: Job  7 8 is gone }",
        // The error itself comes back.
        GONE,
    ];
    for error in free {
        checked(&before, &jobs(&[JOB, error])).exits(0);
    }
}

/// A value had one type, then another: messages with both were released.
#[test]
fn every_type_that_a_value_had_counts() {
    let typed = |ty: &str| GONE.replace("word", ty);
    let before = [jobs(&[&typed("u64")]), jobs(&[&typed("{ one_of: [a, b] }")]), jobs(&[JOB])];
    for (text, status) in [("Job 7 is gone", 1), ("Job b is gone", 1), ("Job c is gone", 0)] {
        let error = format!("{{ code: a, status: 404, detail: {text} }}");
        checked(&before, &jobs(&[JOB, &error])).exits(status);
    }
    // The error still exists, but its values had a wider type before.
    let before = [jobs(&[JOB, GONE])];
    let error = "{ code: a, status: 404, detail: Job b is gone }";
    let run = checked(&before, &jobs(&[JOB, &typed("u64"), error])).exits(1);
    assert!(run.stdout.starts_with("error[lock-reused-text]"), "{}", run.stdout);
    checked(&before, &jobs(&[JOB, &typed("u64")])).exits(0);
    // The message is unchanged, and then its value gets a wider type.
    let before = [jobs(&[&typed("u64"), error]), jobs(&[&typed("u64")])];
    checked(&before, &jobs(&[&typed("u64")])).exits(0);
    let run = checked(&before, &jobs(&[GONE])).exits(1);
    assert!(run.stdout.starts_with("error[lock-reused-text]"), "{}", run.stdout);
}

#[test]
fn messages_with_their_contexts() {
    let context = "contexts: { left: { text: \"{left} left\", params: { left: u64 } } }\n";
    let error = "{ code: full, status: 410, detail: Full, context: left }";
    let before = [with("", &[JOB, error], context), jobs(&[JOB])];
    let taken = "{ code: a, status: 404, detail: Full. 7 left }";
    let run = checked(&before, &jobs(&[JOB, taken])).exits(1);
    assert!(found(&run)[0].contains("which `full` had as “Full. {left} left”"), "{}", run.stdout);
    checked(&before, &jobs(&[JOB, &taken.replace('7', "b")])).exits(0);
    // The other way round.
    let before = [jobs(&[JOB, taken]), jobs(&[JOB])];
    let run = checked(&before, &with("", &[JOB, error], context)).exits(1);
    assert!(
        found(&run)[0].contains("`full` can have the message “Full. 7 left”"),
        "{}",
        run.stdout
    );
}

#[test]
fn members_of_values_are_recorded() {
    let wire = "wire: { body: { code: \"{code}\", values: \"{params}\" }, identity: code }\n";
    let job = |params: &str| {
        let error = format!("{{ code: job, status: 404, detail: No job, params: {{ {params} }} }}");
        with(wire, &[&error], "")
    };
    let before = [job("id: { type: u64, member: jobId }, host: word")];
    let sandbox = released(&before);
    sandbox.write(
        "errors.yaml",
        job("id: { type: u64, member: number }, host: { type: word, optional: true }"),
    );
    let run = sandbox.run(&["lock"]).exits(1);
    expect![[r#"
        - job member id "jobId"
        - job parameter host word
        + job member id "number"
        + job parameter host word optional
    "#]]
    .assert_eq(&run.stdout);
    // No client of a release may take the address for the host.
    let after = [before[0].clone(), job("id: { type: u64, member: jobId }")];
    let run = checked(
        &after,
        &job("id: { type: u64, member: jobId }, address: { type: word, member: host }"),
    );
    let expected = "error[lock-reused-member]: the member `host` of `job` had the value `host`, released in 1.0";
    assert_eq!(found(&run.exits(1)), [expected]);
    checked(&after, &job("id: { type: u64, member: jobId }, host: { one_of: [a, b] }")).exits(0);
}

#[test]
fn codes_that_are_taken() {
    let before = [jobs(&[JOB, GONE]), jobs(&[JOB])];
    let other = "{ code: job_gone, status: 410, detail: The job center is closed }";
    let run = checked(&before, &jobs(&[JOB, other])).exits(1);
    assert_eq!(
        found(&run),
        [
            "error[lock-reused-code]: the code `job_gone` was that of a deleted error, released in 1.0"
        ]
    );
    // With another name, the code belongs to another error.
    let other = "{ code: job_gone, name: center, status: 410, detail: The job center is closed }";
    let run = checked(&before, &jobs(&[JOB, other])).exits(1);
    assert_eq!(
        found(&run),
        ["error[lock-reused-code]: the code `job_gone` was that of `job_gone`, released in 1.0"]
    );
    // An error that still exists may be reworded, and a deleted one may come back with a message that it had.
    checked(&before[..1], &jobs(&[JOB, &GONE.replace("gone\"", "over\"")])).exits(0);
    let back = "{ code: job_gone, status: 410, detail: \"Job {id} is over\", \
                former: [\"Job {id} is gone\"], params: { id: word } }";
    checked(&before, &jobs(&[JOB, back])).exits(0);
}

#[test]
fn errors_that_are_missing() {
    let before = [jobs(&[JOB, GONE])];
    let run = checked(&before, &jobs(&[JOB])).exits(1);
    assert_eq!(
        found(&run),
        [
            "error[lock-missing-error]: the error `job_gone`, released since 1.0, is not in the catalog"
        ]
    );
    let retired = GONE.replace(" }", ", retired: { reason: nobody sends it } }").replacen(
        "params: { id: word, retired: { reason: nobody sends it } }, retired: { reason: nobody sends it } }",
        "params: { id: word }, retired: { reason: nobody sends it } }",
        1,
    );
    checked(&before, &jobs(&[JOB, &retired])).exits(0);
    for reserved in ["codes: [job_gone]", "details: [\"Job {id} is gone\"]"] {
        let reserved = format!("reserved: {{ {reserved} }}\n");
        checked(&before, &with("", &[JOB], &reserved)).exits(0);
    }
    // What the newest release lacked was decided then.
    checked(&[jobs(&[JOB, GONE]), jobs(&[JOB])], &jobs(&[JOB])).exits(0);
}

#[test]
fn errors_that_are_renamed() {
    let before = [jobs(&[JOB, GONE])];
    // With the same code it is the same error. With another code, clients may still look for the old one.
    let renamed = GONE.replace("code: job_gone", "code: job_gone, name: lost");
    let renamed_then = [before[0].clone(), jobs(&[JOB, &renamed])];
    checked(&before, &renamed_then[1]).exits(0);
    // An earlier name can come back.
    checked(&renamed_then, &before[0]).exits(0);
    let renamed = GONE.replace("job_gone", "lost");
    let run = checked(&before, &jobs(&[JOB, &renamed])).exits(1);
    expect![[r#"
        error[lock-missing-error]: the error `job_gone`, released since 1.0, is not in the catalog
          --> errors.yaml:1:10
           |
         1 | catalog: Jobs
           |          ^^^^ in this catalog
        ...
        11 |       - { code: lost, status: 410, detail: "Job {id} is gone", params: { id: word } }
           |                 ---- has its message
           |
           = help: if it is `lost` now, keep its code, or put the old one under `reserved`

    "#]]
    .assert_eq(&run.stdout);
    let reserved = "reserved: { codes: [job_gone] }\n";
    checked(&before, &with("", &[JOB, &renamed], reserved)).exits(0);
    // An error with a former message of it is the same error too.
    let reworded = renamed.replace(
        "detail: \"Job {id} is gone\"",
        "detail: \"Job {id} is over\", former: [\"Job {id} is gone\"]",
    );
    checked(&before, &with("", &[JOB, &reworded], reserved)).exits(0);
    let before = [jobs(&[JOB, GONE]), jobs(&[JOB, &renamed])];
    checked(&before, &jobs(&[JOB, &renamed.replace("word", "text")])).exits(0);
    let before = [jobs(&[JOB, GONE])];
    // An error that was released itself is not the renamed one.
    let taken = "{ code: job, status: 410, detail: \"Job {id} is gone\", params: { id: word } }";
    let run = checked(&before, &with("", &[taken], reserved)).exits(1);
    assert!(found(&run)[0].starts_with("error[lock-reused-text]"), "{}", run.stdout);
    // This holds with another status too, unless the message has no words or several errors have it.
    let other = renamed.replace("410", "404");
    checked(&before, &with("", &[JOB, &other], reserved)).exits(0);
    let twin = "{ code: c, status: 400, detail: \"Job {id} is gone\", params: { id: word } }";
    let head = "statuses:\n  400: { name: Bad Request, description: It is wrong }\n";
    let twins = with("", &[JOB, &other, twin], reserved).replace("statuses:\n", head);
    let run = checked(&before, &twins).exits(1);
    assert!(found(&run)[0].starts_with("error[lock-reused-text]"), "{}", run.stdout);
    let before = [jobs(&[JOB, &GONE.replace("Job {id} is gone", "{id}")])];
    let other = other.replace("Job {id} is gone", "{id}");
    let run = checked(&before, &with("", &[JOB, &other], reserved)).exits(1);
    assert!(found(&run)[0].starts_with("error[lock-reused-text]"), "{}", run.stdout);
}

/// Errors that share the message of another error, which they name.
#[test]
fn aliases() {
    let alias = |code: &str, of: &str| format!("{{ code: {code}, same_as: {of} }}");
    let (lost, late) = (GONE.replace("job_gone", "lost"), alias("late", "lost"));
    let before = [jobs(&[GONE, &alias("lost", "job_gone")]), jobs(&[&lost])];
    // The message is that of `lost` as much as that of the deleted error.
    checked(&before, &jobs(&[&lost, &late])).exits(0);
    checked(&before, &jobs(&[&lost, &late, JOB])).exits(0);
}

/// The identity of errors decides what may be reused.
#[test]
fn the_identity_counts() {
    let wire = |identity: &str| {
        format!(
            "wire: {{ body: {{ code: \"{{code}}\", detail: \"{{detail}}\" }}, identity: {identity} }}\n"
        )
    };
    let (text, code) = (
        "{ code: a, status: 404, detail: Job 7 is gone }",
        "{ code: job_gone, name: a, status: 404, detail: The center is closed }",
    );
    let cases = [
        ("detail", text, 1),
        ("code_or_detail", text, 1),
        ("code", text, 0),
        ("code_and_detail", text, 0),
        ("code_or_detail", "{ code: none, name: a, status: 404, detail: Job 7 is gone }", 1),
        ("code_or_detail", "{ code: none, name: a, status: 404, detail: The center is closed }", 0),
        ("detail", code, 1),
        ("code", code, 1),
        ("code_and_detail", code, 0),
        ("code_and_detail", "{ code: job_gone, name: a, status: 404, detail: Job 7 is gone }", 1),
    ];
    for (identity, error, status) in cases {
        let before = [with(&wire(identity), &[JOB, GONE], ""), with(&wire(identity), &[JOB], "")];
        let run = checked(&before, &with(&wire(identity), &[JOB, error], ""));
        assert_eq!(run.status, status, "{identity} {error}: {run:#?}");
    }
    // Equal codes do not make two errors one, and each error has its own messages.
    let both = |errors: &[&str]| with(&wire("code_and_detail"), errors, "");
    let coarse = "{ code: job_gone, name: a, status: 404, detail: The center is closed }";
    let run = checked(&[both(&[JOB, GONE])], &both(&[JOB, coarse])).exits(1);
    assert!(found(&run)[0].starts_with("error[lock-missing-error]"), "{}", run.stdout);
    let [x, y, z] = ["name: a, code: x", "name: b, code: y", "name: c, code: y"]
        .map(|names| format!("{{ {names}, status: 404, detail: Away }}"));
    let run = checked(&[both(&[JOB, &x, &y]), both(&[JOB])], &both(&[JOB, &z])).exits(1);
    assert!(found(&run)[0].contains("was that of `b`"), "{}", run.stdout);
    // The name of an error without a code is no code that was released, and its code is new.
    let either = |errors: &[&str]| with(&wire("code_or_detail"), errors, "");
    let none = "{ code: none, name: a, status: 404, detail: Away }";
    let given = "{ code: b, name: a, status: 404, detail: Away }";
    let taken = "{ code: a, name: c, status: 404, detail: Not here }";
    checked(&[either(&[JOB, none])], &either(&[JOB, given, taken])).exits(0);
    let run = checked(&[either(&[JOB, none])], &either(&[JOB])).exits(1);
    assert!(found(&run)[0].starts_with("error[lock-missing-error]"), "{}", run.stdout);
    // An error without a code that is called like a deleted code is not the deleted error, whose messages it may not have.
    let kept = "{ code: none, name: c, status: 404, detail: Box 7 is lost }";
    let deleted =
        "{ code: c, name: d, status: 404, detail: \"Box {id} is lost\", params: { id: u64 } }";
    let run = checked(&[either(&[JOB, deleted])], &either(&[JOB, kept])).exits(1);
    let rules = ["error[lock-missing-error]", "error[lock-reused-text]"];
    for rule in rules {
        assert!(found(&run).iter().any(|it| it.starts_with(rule)), "{}", run.stdout);
    }
    // Errors may share a code under several statuses.
    let by_code = |errors: &[&str]| with(&wire("code"), errors, "");
    let other = "{ code: job, name: job_is_over, status: 410, detail: Over }";
    checked(&[by_code(&[JOB])], &by_code(&[JOB, other])).exits(0);
}

/// Runs Git in the folder of a sandbox, without the caller's configuration.
fn git(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(sandbox.path("."))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    finished(&mut git)
}

fn commit(sandbox: &Sandbox) {
    git(sandbox, &["add", "."]).exits(0);
    git(sandbox, &["commit", "-q", "-m", "Change"]).exits(0);
}

/// Creates two branches, each with its own release and error, during their merge.
fn merging(attributes: &str, style: &str) -> Sandbox {
    let error = |code: &str| format!("{{ code: {code}, status: 404, detail: The {code} is away }}");
    let sandbox = released(&[jobs(&[JOB, GONE])]);
    git(&sandbox, &["init", "-q"]).exits(0);
    sandbox.write(".gitattributes", attributes);
    commit(&sandbox);
    git(&sandbox, &["checkout", "-q", "-b", "other"]).exits(0);
    sandbox.write("errors.yaml", jobs(&[JOB, &error("zoo"), GONE]));
    sandbox.run(&["lock", "--release", "1.2"]).exits(0);
    commit(&sandbox);
    git(&sandbox, &["checkout", "-q", "main"]).exits(0);
    sandbox.write("errors.yaml", jobs(&[&error("ape"), JOB, &GONE.replace("gone\"", "over\"")]));
    sandbox.run(&["lock", "--release", "1.1"]).exits(0);
    commit(&sandbox);
    git(&sandbox, &["-c", style, "merge", "-q", "other"]);
    // Both branches changed the end of the list.
    sandbox.write(
        "errors.yaml",
        jobs(&[&error("ape"), JOB, &error("zoo"), &GONE.replace("gone\"", "over\"")]),
    );
    sandbox
}

#[test]
fn merges() {
    let sandbox = merging("", "merge.conflictStyle=merge");
    let unmerged = sandbox.read("errors.lock");
    assert!(unmerged.contains("<<<<<<< "), "{unmerged}");
    let run = sandbox.run(&["check"]).exits(2);
    expect![[r#"
        error[lock-damaged]: the lock has merge conflicts
         --> errors.lock:3:1
          |
        3 | <<<<<<< HEAD
          | ^^^^^^^^^^^^ the first one
          |
          = help: run `kate-errors lock`, which resolves them

    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        errors.yaml: no diagnostics; it defines 4 errors in 1 section
        errors.lock: 1 error
    "#]]
    .assert_eq(&run.stderr);
    let run = sandbox.run(&["lock"]).exits(0);
    expect![[r#"
        resolved the conflicts in errors.lock: it now has the lines of both sides
        errors.lock is up to date; its newest release is 1.2
    "#]]
    .assert_eq(&run.stderr);
    let lock = sandbox.read("errors.lock");
    expect![[r##"
        # What was ever released. `kate-errors lock` writes this file; docs/lock.md describes it.
        @release 1.0 8 53684717b306caa1
        @release 1.1 4 0fc3930fb6309218
        @release 1.2 3 0793d60fb1c1dc83
        ape code "ape" 1.1.. 5c81e050f59df74a
        ape message "The ape is away" 1.1.. bef3f716d7e49371
        ape status 404 1.1.. d048a14eafef6f99
        job code "job" 1.0.. 0b48dbea71a575f5
        job message "No job {id}" 1.0.. f2d2ae825acd187b
        job parameter id u64 1.0.. 033f0316a00bafbc
        job status 404 1.0.. 6fc54d134f329e0f
        job_gone code "job_gone" 1.0.. 7d26840576410161
        job_gone message "Job {id} is gone" 1.0..1.0 1c3d0a84bd9ee82e
        job_gone message "Job {id} is over" 1.1.. d3e4c5e96190aab5
        job_gone parameter id word 1.0.. 289f94c2c85ad0df
        job_gone status 410 1.0.. 7a120e44e0879198
        zoo code "zoo" 1.2.. a82c178cf2fc8377
        zoo message "The zoo is away" 1.2.. 794faaa2e3097598
        zoo status 404 1.2.. 139eac98c7a5a4cc
    "##]]
    .assert_eq(&lock);
    sandbox.run(&["check"]).exits(0);
    let before = merging("", "merge.conflictStyle=diff3");
    assert!(before.read("errors.lock").contains("||||||| "));
    before.run(&["lock"]).exits(0);
    assert_eq!(before.read("errors.lock"), lock);
    // If Git takes the lines of both sides, nobody needs to run `lock`.
    let union = merging("errors.lock merge=union\n", "merge.conflictStyle=merge");
    union.run(&["check"]).exits(0);
    let run = union.run(&["lock"]).exits(0);
    assert!(run.stderr.starts_with("put errors.lock in order\n"), "{}", run.stderr);
    assert_eq!(union.read("errors.lock"), lock);
}

/// Two branches have changed the same line, or given two releases the same name.
#[test]
fn both_sides_of_a_merge_count() {
    let of = |releases: &[&str], catalogs: &[String]| {
        let sandbox = Sandbox::new();
        for (release, catalog) in releases.iter().zip(catalogs) {
            sandbox.write("errors.yaml", catalog);
            sandbox.run(&["lock", "--release", release, "--accept"]).exits(0);
        }
        sandbox.read("errors.lock")
    };
    let (both, job) = (jobs(&[JOB, GONE]), jobs(&[JOB]));
    let ours = of(&["1.0", "2.0"], &[job.clone(), both.clone()]);
    let theirs = of(&["1.0", "3.0", "2.0"], &[both.clone(), both, job.clone()]);
    let sandbox = Sandbox::with(&job);
    let merge =
        format!("<<<<<<< ours\n{ours}||||||| base\nnonsense\n=======\n{theirs}>>>>>>> theirs\n");
    sandbox.write("errors.lock", merge.replace('\n', "\r\n"));
    let run = sandbox.run(&["lock"]).exits(1);
    // Our newest release still has the error, which is later than any end of it.
    assert!(run.stderr.contains("the error `job_gone`, released since 1.0"), "{}", run.stderr);
    let lock = sandbox.read("errors.lock");
    assert!(lock.contains("job_gone status 410 1.0.. "), "{lock}");
    let releases =
        lock.lines().filter_map(|line| line.strip_prefix("@release ")?.split(' ').next());
    assert_eq!(releases.collect::<Vec<_>>(), ["1.0", "2.0", "3.0"]);
    assert!(!lock.contains('\r'), "{lock}");
    assert_eq!(lock.lines().count(), 1 + 3 + 8);
}

/// Two branches have released an error with the same name, and only one of them can have meant it.
#[test]
fn both_sides_of_a_merge_add_an_error() {
    let new =
        |detail: &str| jobs(&[JOB, &format!("{{ code: new, status: 404, detail: {detail} }}")]);
    let of = |detail: &str, release: &str| {
        let sandbox = released(&[jobs(&[JOB])]);
        sandbox.write("errors.yaml", new(detail));
        sandbox.run(&["lock", "--release", release]).exits(0);
        sandbox.read("errors.lock")
    };
    let merged = |ours: &str, theirs: &str| {
        let sandbox = Sandbox::with(new("Ours"));
        sandbox.write("errors.lock", format!("<<<<<<< a\n{ours}=======\n{theirs}>>>>>>> b\n"));
        sandbox.run(&["lock"]).stderr
    };
    let (ours, theirs) = (of("Ours", "2.0"), of("Theirs", "3.0"));
    expect![[r#"
        resolved the conflicts in errors.lock: it now has the lines of both sides
        both sides have released a new error `new`, with different messages: if it is the same error, list the other message under `former`; otherwise clients of one side mistake the error of the other for it
        errors.lock does not match the catalog: 0 added, 1 gone; to record it: kate-errors lock --release NAME
    "#]].assert_eq(&merged(&ours, &theirs));
    assert!(!merged(&ours, &of("Ours", "3.0")).contains("both sides have"));
    // Both sides have chosen the same name for their release.
    assert!(
        merged(&ours, &of("Theirs", "2.0")).contains("both sides have released a new error `new`")
    );
    assert!(!merged(&ours, &of("Ours", "2.0")).contains("both sides have"));
}

/// A line that both sides have ended lasts until the later of the two releases.
#[test]
fn both_sides_of_a_merge_end_a_line() {
    let (both, job) = (jobs(&[JOB, GONE]), jobs(&[JOB]));
    let ours = released(&[both.clone(), job.clone()]).read("errors.lock");
    let theirs = released(&[job.clone(), both.clone(), both, job.clone()]).read("errors.lock");
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let sandbox = Sandbox::with(&job);
        sandbox.write("errors.lock", format!("<<<<<<< a\n{ours}=======\n{theirs}>>>>>>> b\n"));
        sandbox.run(&["lock"]).exits(0);
        let lock = sandbox.read("errors.lock");
        assert!(lock.contains("job_gone status 410 1.0..3.0 "), "{lock}");
        sandbox.run(&["check"]).exits(0);
    }
}

/// A damaged lock is reported like a mistake in a catalog, in every format, and together with those.
#[test]
fn a_damaged_lock_is_reported() {
    let sandbox = released(&[jobs(&[JOB, GONE]), jobs(&[JOB])]);
    let lock = sandbox.read("errors.lock").replace("1.0..1.0", "1.0..");
    sandbox.write("errors.lock", &lock);
    let run = sandbox.run(&["check"]).exits(2);
    expect![[r#"
        error[lock-damaged]: this line was changed by hand
         --> errors.lock:8:1
          |
        8 | job_gone code "job_gone" 1.0.. 9fb267a7ebb4f5fe
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has another checksum
          |
          = help: restore the line: `git log -p` shows the original

        error[lock-damaged]: this line was changed by hand
         --> errors.lock:9:1
          |
        9 | job_gone message "Job {id} is gone" 1.0.. 1c3d0a84bd9ee82e
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has another checksum
          |
          = help: restore the line: `git log -p` shows the original

        error[lock-damaged]: this line was changed by hand
          --> errors.lock:10:1
           |
        10 | job_gone parameter id word 1.0.. be153c1c2e4a4c74
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has another checksum
           |
           = help: restore the line: `git log -p` shows the original

        error[lock-damaged]: this line was changed by hand
          --> errors.lock:11:1
           |
        11 | job_gone status 410 1.0.. faec76639024f03d
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has another checksum
           |
           = help: restore the line: `git log -p` shows the original

    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        errors.yaml: no diagnostics; it defines 1 error in 1 section
        errors.lock: 4 errors
    "#]]
    .assert_eq(&run.stderr);
    // The page of the rule shows this report.
    let (first, _) = run.stdout.split_once("\n\n").unwrap();
    assert!(include_str!("../rules/lock-damaged.md").contains(&format!("```text\n{first}\n```\n")));
    sandbox.run(&["explain", "lock-damaged"]).exits(0);
    let json = sandbox.run(&["check", "--format", "json"]).exits(2).json();
    expect![[r#"
        {
          "rule": "lock-damaged",
          "severity": "error",
          "message": "this line was changed by hand",
          "file": "errors.lock",
          "line": 8,
          "column": 1,
          "end_line": 8,
          "end_column": 48,
          "label": "has another checksum",
          "help": "restore the line: `git log -p` shows the original",
          "related": []
        }
    "#]]
    .assert_eq(&format!("{:#}\n", json[0]));
    let run = sandbox.run(&["check", "--format", "github"]).exits(2);
    assert!(run.stdout.starts_with("::error file=errors.lock,line=8,col=1,"), "{}", run.stdout);
    let log = sandbox.run(&["check", "--format", "sarif"]).exits(2).json();
    assert_eq!(log["runs"][0]["results"][3]["ruleId"], "lock-damaged");
    // The comparison with an older version is still made.
    sandbox.write("old.yaml", jobs(&[GONE]));
    let run = sandbox.run(&["check", "--against", "old.yaml"]).exits(2);
    assert!(run.stdout.contains("major[error-removed]"), "{}", run.stdout);
    assert!(run.stdout.contains("error[lock-damaged]"), "{}", run.stdout);
    // Commands that edit a catalog do not trust the lock either.
    let run = sandbox.run(&["rename", "job", "task"]).exits(2);
    assert!(run.stderr.starts_with("error[lock-damaged]: "), "{}", run.stderr);
}

#[test]
fn locks_that_cannot_be_trusted() {
    let sandbox = released(&[jobs(&[JOB, GONE]), jobs(&[JOB])]);
    let lock = sandbox.read("errors.lock");
    let line = |begin: &str| lock.lines().find(|line| line.starts_with(begin)).unwrap();
    let line_of = |line: &str| format!("{line} {:016x}\n", kate_errors_codegen::fingerprint(line));
    let without = |begin: &str| lock.replace(&format!("{}\n", line(begin)), "");
    let by_hand = "this line was changed by hand";
    let releases = ["@release 1.0", "@release 2.0"].map(line);
    let swapped = lock.replace(&releases.join("\n"), &[releases[1], releases[0]].join("\n"));
    let cases = [
        (lock.replace("job_gone status 410", "job_gone status 404"), 11, by_hand),
        (lock.replace("Job {id} is gone", "Job {id}"), 9, by_hand),
        (lock.replace("1.0..1.0", "1.0.."), 8, by_hand),
        (lock.replace("1.0..1.0", "1.0..1.0 "), 8, by_hand),
        (lock.clone() + "more\n", 12, by_hand),
        (without("job_gone status"), 2, "1 of the lines that came with the release `1.0` are"),
        (without("@release 1.0"), 2, "this line was changed by hand, or is not in its place"),
        (swapped, 2, "this line was changed by hand, or is not in its place"),
        (lock.replace("# What", "# This"), 1, "the file does not begin as a lock does"),
        (String::new(), 1, "the file does not begin as a lock does"),
        (lock.lines().take(1).collect(), 1, "the lock has no releases"),
        (lock.replacen("@release 2.0", "# By hand\n@release 2.0", 1), 3, by_hand),
        (lock.clone() + &line_of("job future 1 1.0.."), 12, "this line cannot be understood"),
        (lock.clone() + &line_of("job message \"a 1.0.."), 12, "this line cannot be understood"),
        (lock.clone() + &line_of("job parameter a b 1.0.."), 12, "this line cannot be understood"),
        (lock.clone() + &line_of("@release 9"), 12, "this line cannot be understood"),
        (
            lock.clone() + &line_of("job status 404 1.0..9"),
            12,
            "the release `9` is not in the list",
        ),
    ];
    for (broken, line, message) in cases {
        assert_ne!(broken, lock);
        sandbox.write("errors.lock", &broken);
        for command in [&["check"][..], &["lock"], &["lock", "--release", "3.0", "--accept"]] {
            let run = sandbox.run(command).exits(2).harmless();
            let report = run.stdout + &run.stderr;
            let first = format!("error[lock-damaged]: {message}");
            assert!(report.starts_with(&first), "{message}: {report}");
            assert!(report.contains(&format!("--> errors.lock:{line}:1\n")), "{report}");
            assert_eq!(sandbox.read("errors.lock"), broken);
        }
        sandbox.run(&["check", "--no-lock"]).exits(0);
    }
    // Line breaks that editors or Git have converted are not a change.
    sandbox.write("errors.lock", lock.replace('\n', "\r\n"));
    sandbox.run(&["check"]).exits(0);
    sandbox.run(&["lock"]).exits(0);
    sandbox.write("errors.lock", format!("\u{feff}{lock}"));
    sandbox.run(&["check"]).exits(0);
    sandbox.write("errors.lock", b"# What \xff");
    let run = sandbox.run(&["check"]).exits(2);
    assert!(run.stdout.starts_with("error[not-utf8]: the file is not UTF-8"), "{}", run.stdout);
    assert!(run.stdout.contains("--> errors.lock:1:8\n"), "{}", run.stdout);
    std::fs::remove_file(sandbox.path("errors.lock")).unwrap();
    std::fs::create_dir(sandbox.path("errors.lock")).unwrap();
    sandbox.run(&["check"]).exits(2);
    sandbox.run(&["lock", "--release", "4"]).exits(2);
}

#[test]
fn what_cannot_be_recorded() {
    let sandbox = Sandbox::with(BROKEN);
    let run = sandbox.run(&["lock", "--release", "1.0"]).exits(1);
    assert!(run.stderr.contains("error[duplicate-code]"), "{}", run.stderr);
    assert!(!sandbox.path("errors.lock").exists());
    sandbox.write("errors.yaml", CATALOG);
    for release in ["", "1 0", "1..2", "-1", "a\nb", "\u{1b}[31m", "é", &"1".repeat(101)] {
        sandbox.run(&["lock", &format!("--release={release}")]).exits(2).harmless();
    }
    sandbox.run(&["lock", "--accept"]).exits(2);
    sandbox.run(&["lock", "-", "--release", "1.0"]).exits(2);
    sandbox.run(&["lock", "nowhere.yaml", "--release", "1.0"]).exits(2);
    assert!(!sandbox.path("errors.lock").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", sandbox.path("errors.lock")).unwrap();
        sandbox.run(&["lock", "--release", "1.0"]).exits(2);
        sandbox.run(&["check"]).exits(2);
        assert!(!sandbox.path("nowhere").exists());
    }
}

/// Texts that look like lines of a lock, or of a merge.
#[test]
fn hostile_texts_stay_where_they_are() {
    let texts = [
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> other",
        "# comment",
        "@release 9.9 1 0",
        "1.0.. a",
        "\\\" 1.0.. \\\\",
        "{{x}} é 漢字 \u{202f} 🦀",
        "a\u{e000}b",
    ];
    let error = |(at, text): (usize, &&str)| {
        format!("{{ code: e{at}, status: 404, detail: \"{text}\", former: [\"{text} before\"] }}")
    };
    let mut errors: Vec<String> = texts.iter().enumerate().map(error).collect();
    let choices = "{ one_of: [\"a b\", \"a]\", \"a \\\" 1.0..\", u64] }";
    errors.push(format!(
        "{{ code: release, status: 404, detail: \"Of {{x}}\", params: {{ x: {choices} }} }}"
    ));
    let errors: Vec<&str> = errors.iter().map(String::as_str).collect();
    let sandbox = Sandbox::with(jobs(&errors));
    sandbox.run(&["lock"]).exits(1).harmless();
    sandbox.run(&["lock", "--release", "1.0"]).exits(0).harmless();
    let lock = sandbox.read("errors.lock");
    let shown = |it: char| it == '\n' || !it.is_control();
    assert!(lock.chars().all(shown), "{lock}");
    sandbox.run(&["lock"]).exits(0);
    sandbox.run(&["check"]).exits(0);
    // Each of them is reported if it is reused.
    sandbox.write("errors.yaml", jobs(&[JOB]));
    sandbox.run(&["lock", "--release", "2.0", "--accept"]).exits(0);
    let again: Vec<String> =
        errors.iter().map(|it| it.replacen("code: ", "code: new_", 1)).collect();
    sandbox.write("errors.yaml", jobs(&again.iter().map(String::as_str).collect::<Vec<_>>()));
    let json = sandbox.run(&["check", "--format", "json"]).exits(1).json();
    let rules: Vec<&str> =
        json.as_array().unwrap().iter().map(|it| it["rule"].as_str().unwrap()).collect();
    let reused = rules.iter().filter(|it| **it == "lock-reused-text").count();
    assert_eq!(reused, 2 * texts.len() + 1, "{rules:?}");
    sandbox.run(&["check"]).exits(1).harmless();
}

/// The reference page of the Kate API is the first release.
#[test]
fn the_lock_of_the_repository_can_be_trusted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sandbox = Sandbox::with(std::fs::read(root.join("errors.yaml")).unwrap());
    sandbox.write("errors.lock", std::fs::read(root.join("errors.lock")).unwrap());
    sandbox.run(&["check"]).exits(0);
    // Changes since the last release are recorded with the next one.
    assert_ne!(sandbox.run(&["lock"]).status, 2);
    assert!(sandbox.read("errors.lock").contains("\n@release reference-page 51 "));
}

#[test]
fn every_command_of_the_page_works() {
    let page = include_str!("../../docs/lock.md");
    let commands = page.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
    let commands: Vec<&str> = commands.flat_map(|(commands, _)| commands.lines()).collect();
    assert!(commands.len() >= 4, "{commands:?}");
    let sandbox = Sandbox::with(CATALOG);
    for command in commands {
        sandbox.run(&command.split(' ').skip(1).collect::<Vec<_>>()).exits(0);
    }
    assert!(page.contains("```text\nerrors.lock merge=union\n```"));
}
