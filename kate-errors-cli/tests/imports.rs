//! A catalog that imports another: each command shows in which file something is.

mod common;

use std::process::Command;

use common::{Sandbox, finished};

const COMMON: &str = "\
catalog: Common
statuses:
  429: { name: Too Many Requests, description: Slow down }
sections:
  - name: Limits
    errors:
      - { code: slow_down, status: 429, detail: Slow down, cause: Too many requests, fix: Wait }
";

const JOBS: &str = "\
catalog: Jobs
imports: [../common/errors.yaml]
reference: https://docs.example.com/errors
statuses:
  404: { name: Not Found, description: Nothing there }
sections:
  - name: Jobs
    errors:
      - { code: no_job, status: 404, detail: No job, cause: It ended, fix: List jobs }
";

/// Returns an imported catalog that clashes with the importing one.
fn clash() -> String {
    COMMON.replace("detail: Slow down", "detail: No job").replace("status: 429", "status: 404")
        + "  - name: Nothing\n    errors: []\n"
}

fn sandbox(common: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("common/errors.yaml", common);
    sandbox.write("jobs/errors.yaml", JOBS);
    sandbox
}

#[test]
fn outputs_say_where_an_error_is_from() {
    let sandbox = sandbox(COMMON);
    let run = sandbox.run(&["check", "jobs/errors.yaml", "--deny-warnings"]).exits(0);
    assert!(run.stderr.contains("defines 2 errors"), "{run:?}");
    sandbox.run_in("jobs", &["check"]).exits(0);
    let list = sandbox.run(&["list", "jobs/errors.yaml", "--format", "json"]).json();
    assert_eq!(list[0].get("imported_from"), None);
    assert_eq!(list[1]["imported_from"], "Common");
    let explained = sandbox.run(&["explain", "slow_down", "--file", "jobs/errors.yaml"]).exits(0);
    assert!(explained.stdout.contains("Imported from  Common"), "{explained:?}");
    let page = sandbox.run(&["generate", "markdown", "jobs/errors.yaml"]).exits(0).stdout;
    assert!(page.contains("| Too many requests | Wait | Common |"), "{page}");
    assert!(page.contains("| It ended | List jobs | - |"), "{page}");
    let page = sandbox.run(&["generate", "html", "jobs/errors.yaml"]).exits(0).stdout;
    assert!(page.contains("<dt>Imported from</dt><dd>Common</dd>"), "{page}");
    // A generated file is stale if an imported file has changed.
    let generate = ["generate", "rust", "jobs/errors.yaml", "--out", "errors.rs"];
    sandbox.run(&generate).exits(0);
    sandbox.run(&[&generate[..], &["--check"]].concat()).exits(0);
    sandbox.write("common/errors.yaml", COMMON.replace("fix: Wait", "fix: Wait a bit"));
    sandbox.run(&[&generate[..], &["--check"]].concat()).exits(1);
}

#[test]
fn formats_name_the_file_of_each_place() {
    let sandbox = sandbox(&clash());
    let run = |format| sandbox.run(&["check", "jobs/errors.yaml", "--format", format]).exits(1);
    let json = run("json").json();
    let found =
        json.as_array().unwrap().iter().find(|it| it["rule"] == "duplicate-detail").unwrap();
    assert_eq!(
        (found["file"].as_str(), found["line"].as_u64()),
        (Some("common/errors.yaml"), Some(7))
    );
    let related = &found["related"][0];
    assert_eq!(
        (related["file"].as_str(), related["line"].as_u64()),
        (Some("jobs/errors.yaml"), Some(9))
    );
    let github = run("github").stdout;
    assert!(github.contains("file=common/errors.yaml,line=7,"), "{github}");
    assert!(github.contains("%0Ajobs/errors.yaml:9:"), "{github}");
    let sarif = run("sarif").json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|it| it["ruleId"] == "duplicate-detail").unwrap();
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "common/errors.yaml");
    assert_eq!(place["region"]["startLine"], 7);
    let text = run("text").stdout;
    assert!(text.contains("--> common/errors.yaml:7:"), "{text}");
    assert!(text.contains("::: jobs/errors.yaml:9:"), "{text}");
    let missing = Sandbox::with(JOBS.replace("../common", "common")).run(&["check"]).exits(1);
    assert!(
        missing.stdout.contains("cannot import `common/errors.yaml`: No such file"),
        "{missing:?}"
    );
    let standard_input = sandbox.run_with_input(&["check", "-"], JOBS.replace("../", "")).exits(1);
    assert!(standard_input.stdout.contains("--> common/errors.yaml:7:"), "{standard_input:?}");
}

#[test]
fn a_version_in_git_imports_that_version() {
    let sandbox = sandbox(COMMON);
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
        finished(git.current_dir(sandbox.path(""))).exits(0)
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    sandbox.write("common/errors.yaml", COMMON.replace("detail: Slow down", "detail: Slower now"));
    let diff = sandbox.run(&["diff", "git:HEAD:jobs/errors.yaml", "jobs/errors.yaml"]).exits(1);
    assert!(diff.stdout.contains("--> common/errors.yaml:7:"), "{diff:?}");
    assert!(diff.stdout.contains("major[message-reworded]"), "{diff:?}");
    sandbox
        .run_in("jobs", &["diff", "git:HEAD:./errors.yaml", "git:HEAD:jobs/errors.yaml"])
        .exits(0);
}

#[test]
fn an_imported_error_is_changed_where_it_is() {
    let sandbox = sandbox(COMMON);
    let reword = ["reword", "slow_down", "Slower", "--file", "jobs/errors.yaml"];
    let run = sandbox.run(&reword).exits(2);
    assert_eq!(
        run.stderr,
        "error: `slow_down` is imported from the catalog `Common`: change it there, with `--file`\n"
    );
    sandbox.run(&["reword", "no_job", "There is none", "--file", "jobs/errors.yaml"]).exits(0);
    let new = JOBS.replace("detail: No job", "detail: There is none, former: [No job]");
    assert_eq!(sandbox.read("jobs/errors.yaml"), new);
    sandbox.write("jobs/errors.yaml", JOBS.trim_end());
    sandbox.run(&["reword", "no_job", "There is none", "--file", "jobs/errors.yaml"]).exits(0);
    assert_eq!(sandbox.read("jobs/errors.yaml"), new.trim_end());
    let add = ["add", "x", "--status", "404", "--detail", "X", "--new-section", "Limits"];
    let before = sandbox.read("jobs/errors.yaml");
    sandbox.run(&[&add[..], &["--file", "jobs/errors.yaml"]].concat()).exits(0);
    assert_eq!(sandbox.read("common/errors.yaml"), COMMON);
    // An imported section counts as existing.
    let after = sandbox.read("jobs/errors.yaml");
    sandbox.write("jobs/errors.yaml", before);
    let add = ["add", "x", "--status", "404", "--detail", "X", "--section", "Limits"];
    sandbox.run(&[&add[..], &["--file", "jobs/errors.yaml"]].concat()).exits(0);
    assert_eq!(sandbox.read("jobs/errors.yaml"), after);
    // The errors of both files can be in one section, before those of another section.
    sandbox.write("common/errors.yaml", COMMON.replace("name: Limits", "name: Jobs"));
    let two = JOBS.to_owned()
        + "  - name: Further\n    errors:\n      - { code: z, status: 404, detail: Z, cause: c, fix: f }\n";
    sandbox.write("jobs/errors.yaml", &two);
    sandbox.run(&["reword", "z", "ZZ", "--file", "jobs/errors.yaml"]).exits(0);
    let new = two.replace("detail: Z", "detail: ZZ, former: [Z]");
    assert_eq!(sandbox.read("jobs/errors.yaml"), new);
    sandbox.run(&["fmt", "jobs/errors.yaml"]).exits(0);
    sandbox.run(&["retire", "no_job", "--reason", "r", "--file", "jobs/errors.yaml"]).exits(0);
}

/// A catalog that only imports others has no lists to which errors can be added.
#[test]
fn the_first_error_of_its_own() {
    let sandbox = sandbox(COMMON);
    let bare = "catalog: Jobs\nimports: [../common/errors.yaml]\n";
    sandbox.write("jobs/errors.yaml", bare);
    let add = ["add", "x", "--status", "429", "--detail", "X", "--cause", "c", "--fix", "f"];
    let add = |more: &[&str]| sandbox.run_in("jobs", &[&add[..], more].concat());
    let run = add(&[]).exits(2);
    assert_eq!(
        run.stderr,
        "error: the catalog has no section of its own: `--new-section` creates one\n"
    );
    add(&["--new-section", "Jobs"]).exits(0);
    assert!(
        sandbox.read("jobs/errors.yaml").starts_with(&format!("{bare}sections:\n  - name: Jobs\n"))
    );
    sandbox.write("jobs/errors.yaml", bare);
    add(&["--section", "Limits"]).exits(0);
    sandbox.write("jobs/errors.yaml", bare);
    sandbox.write("jobs/in.csv", "code,status,message,section\na,410,A,Jobs\nb,429,B,Limits\n");
    sandbox.run_in("jobs", &["import", "in.csv", "--out", "errors.yaml"]).exits(0);
    let run = sandbox.run_in("jobs", &["check"]).exits(0);
    assert!(run.stderr.contains("it defines 3 errors in 2 sections"), "{run:?}");
}
