//! Catalogs that import others: the merged catalog, and the places of diagnostics.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

use expect_test::expect;
use kate_errors_codegen::report::{Style, render};
use kate_errors_codegen::{Compilation, compile_with_imports};

const JOBS: &str = "\
catalog: Jobs
imports: [../base/common.yaml]
statuses:
  404: { name: Not Found, description: There is no such job }
sections:
  - name: Jobs
    errors:
      - { code: no_job, status: 404, detail: No job, cause: It ended, fix: List the jobs }
operations:
  get_job: { route: \"GET /jobs/{id}\", errors: [no_job, slow_down] }
";

const COMMON: &str = "\
catalog: Common
imports: [./more/teapot.yaml]
statuses:
  404: { name: Missing, description: Nothing there, fallback: no_route }
  401: { name: Unauthorized, description: No key, www_authenticate: Bearer }
  429: { name: Too Many Requests, description: Slow down, cause: Too many requests, fix: Wait }
sections:
  - name: Access
    errors:
      - { code: no_key, status: 401, detail: No key, cause: It is missing, fix: Send it }
      - { code: slow_down, status: 429, detail: Slow down }
  - name: Jobs
    status: 404
    cause: No route
    fix: Look at the reference
    errors:
      - { code: no_route, detail: No such route }
common: [no_key]
";

const TEAPOT: &str = "\
catalog: Teapot
imports: [../common.yaml, ../../api/errors.yaml]
statuses:
  503: { name: Service Unavailable, description: No coffee }
sections:
  - name: Tea
    errors:
      - { code: teapot, status: 503, detail: No coffee, cause: It is a teapot, fix: Drink tea }
";

/// Compiles `jobs` in the folder `api`, with these files in the folder `base` beside it.
fn compile(jobs: &str, common: &str, teapot: &str) -> Compilation {
    let mut read = |path: &str| match path {
        "../base/common.yaml" => Ok(common.as_bytes().to_vec()),
        "../base/more/teapot.yaml" => Ok(teapot.as_bytes().to_vec()),
        other => Err(format!("there is no {other}")),
    };
    compile_with_imports("api/errors.yaml", jobs.as_bytes(), &mut read)
}

fn report(compilation: &Compilation) -> String {
    render(&compilation.source, &compilation.diagnostics, Style::Plain)
}

#[test]
fn all_errors_are_in_one_catalog() {
    let compilation = compile(JOBS, COMMON, TEAPOT);
    assert_eq!(report(&compilation), "");
    let catalog = compilation.catalog().unwrap();
    let rows: Vec<_> = catalog
        .rows
        .iter()
        .map(|row| {
            let section = catalog.sections[row.section].name.as_str();
            (row.name.as_str(), section, row.origin.as_deref(), catalog.statuses[row.status].code)
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("no_job", "Jobs", None, 404),
            ("no_route", "Jobs", Some("Common"), 404),
            ("no_key", "Access", Some("Common"), 401),
            ("slow_down", "Access", Some("Common"), 429),
            ("teapot", "Tea", Some("Teapot"), 503),
        ]
    );
    // Each file is read once, however often it is imported.
    assert_eq!(compilation.imports(), ["../base/common.yaml", "../base/more/teapot.yaml"]);
    assert_eq!(catalog.name, "Jobs");
    // An error inherits its cause and fix from its own file.
    assert_eq!(catalog.rows[1].cause, "No route");
    assert_eq!(catalog.rows[3].cause, "Too many requests");
    // A status of the importing catalog takes precedence, and is completed by the imported one.
    let status = catalog.statuses.iter().find(|status| status.code == 404).unwrap();
    assert_eq!((status.name.as_str(), status.fallback), ("Not Found", Some(1)));
    assert_eq!(catalog.rows[2].headers.www_authenticate.as_deref(), Some("Bearer"));
    // Common errors of the imported catalog are common in the importing one.
    assert_eq!(catalog.common, [2]);
}

#[test]
fn a_catalog_may_have_no_errors_of_its_own() {
    let compilation = compile("catalog: Jobs\nimports: [../base/common.yaml]\n", COMMON, TEAPOT);
    assert_eq!(report(&compilation), "");
    assert_eq!(compilation.catalog().unwrap().rows.len(), 4);
}

#[test]
fn a_clash_points_into_both_files() {
    let jobs = JOBS.replace("detail: No job", "detail: No such route");
    expect![[r#"
        error[duplicate-detail]: two errors have the message “No such route” under 404
          --> base/common.yaml:17:35
           |
        17 |       - { code: no_route, detail: No such route }
           |                                   ^^^^^^^^^^^^^ under 404
           |
          ::: api/errors.yaml:8:46
           |
         8 |       - { code: no_job, status: 404, detail: No such route, cause: It ended, fix: List the jobs }
           |                                              ------------- the same message, under 404
           |
           = help: reword one of the two; or, if one message for both is meant, replace the status and detail of one by `same_as: no_route`

    "#]].assert_eq(&report(&compile(&jobs, COMMON, TEAPOT)));
    let teapot = TEAPOT.replace("code: teapot", "code: no_key");
    expect![[r#"
        error[duplicate-code]: the code `no_key` is used twice
          --> base/more/teapot.yaml:8:17
           |
         8 |       - { code: no_key, status: 503, detail: No coffee, cause: It is a teapot, fix: Drink tea }
           |                 ^^^^^^ again here
           |
          ::: base/common.yaml:10:17
           |
        10 |       - { code: no_key, status: 401, detail: No key, cause: It is missing, fix: Send it }
           |                 ------ first here
           |
           = help: give one of the errors another code

    "#]].assert_eq(&report(&compile(JOBS, COMMON, &teapot)));
}

#[test]
fn mistakes_of_imported_files_are_shown_there() {
    let broken = COMMON.replace("common: [no_key]", "common: [no_key");
    expect![[r#"
        error[unclosed-bracket]: the bracket `[` is not closed
          --> base/common.yaml:18:9
           |
        18 | common: [no_key
           |         ^ opened here
           |
           = help: close it with `]`, indented deeper than the key of the `[`

    "#]]
    .assert_eq(&report(&compile(JOBS, &broken, TEAPOT)));
    let unknown = TEAPOT.replace("fix: Drink", "fixx: Drink");
    expect![[r#"
        error[unknown-field]: an error has no field `fixx`
         --> base/more/teapot.yaml:8:80
          |
        8 |       - { code: teapot, status: 503, detail: No coffee, cause: It is a teapot, fixx: Drink tea }
          |                                                                                ^^^^ unknown field
          |
          = help: did you mean `fix`?

    "#]].assert_eq(&report(&compile(JOBS, COMMON, &unknown)));
    let invisible = TEAPOT.replace("No coffee,", "No\u{7} coffee,");
    expect![[r#"
        error[control-character]: the control character U+0007 is not allowed here
         --> base/more/teapot.yaml:8:48
          |
        8 |       - { code: teapot, status: 503, detail: No? coffee, cause: It is a teapot, fix: Drink tea }
          |                                                ^ here
          |
          = help: delete it, or write the text without it

    "#]].assert_eq(&report(&compile(JOBS, COMMON, &invisible)));
    let empty = report(&compile(JOBS, "", TEAPOT));
    expect![[r#"
        error[empty-file]: the file is empty
         --> base/common.yaml:1:1
          |
        1 |
          | ^ no catalog begins here
          |
          = help: `kate-errors init` writes a small catalog to start from

    "#]]
    .assert_eq(&empty);
}

#[test]
fn what_has_one_name_in_two_files() {
    let context = "contexts:\n  extra: { text: \"Code: {n}\", params: { n: u64 } }\n";
    let operation = "operations:\n  get_job: { route: GET /job, errors: [teapot] }\n";
    let with = |catalog: &str| format!("{catalog}{context}");
    let teapot = TEAPOT.replace("coffee,", "coffee, context: extra,") + context + operation;
    let jobs = with(JOBS).replace("No job,", "No job, context: extra,");
    expect![[r#"
        error[duplicate-key]: the context `extra` is in two catalogs
          --> base/more/teapot.yaml:10:3
           |
        10 |   extra: { text: "Code: {n}", params: { n: u64 } }
           |   ^^^^^ again here
           |
          ::: api/errors.yaml:12:3
           |
        12 |   extra: { text: "Code: {n}", params: { n: u64 } }
           |   ----- first here
           |
           = help: give one of the two another name

        error[duplicate-key]: the operation `get_job` is in two catalogs
          --> base/more/teapot.yaml:12:3
           |
        12 |   get_job: { route: GET /job, errors: [teapot] }
           |   ^^^^^^^ again here
           |
          ::: api/errors.yaml:10:3
           |
        10 |   get_job: { route: "GET /jobs/{id}", errors: [no_job, slow_down] }
           |   ------- first here
           |
           = help: give one of the two another name

    "#]]
    .assert_eq(&report(&compile(&jobs, COMMON, &teapot)));
}

#[test]
fn how_errors_travel_is_said_once() {
    let wire = "wire: { use: detail_and_code, identity: code }\n";
    let common = format!("{COMMON}{wire}");
    let with_common = compile(JOBS, &common, TEAPOT);
    assert_eq!(report(&with_common), "");
    let of_common = with_common.catalog().unwrap().envelope.clone();
    assert!(of_common.contains("{code}"), "{of_common}");
    // The importing catalog has a `wire`, so that of an imported one is ignored.
    let teapot = format!("{TEAPOT}wire: {{ use: google }}\n");
    assert_eq!(compile(JOBS, &common, &teapot).catalog().unwrap().envelope, of_common);
    let own = JOBS.replace("statuses:", "wire: { use: problem }\nstatuses:");
    assert_ne!(compile(&own, &common, &teapot).catalog().unwrap().envelope, of_common);
    let two = JOBS.replace("common.yaml]", "common.yaml, ../base/more/teapot.yaml]");
    expect![[r#"
        error[invalid-envelope]: two imported catalogs have a `wire`
         --> api/errors.yaml:2:32
          |
        2 | imports: [../base/common.yaml, ../base/more/teapot.yaml]
          |           -------------------  ^^^^^^^^^^^^^^^^^^^^^^^^ and this one
          |           |
          |           this one
          |
          = help: add a `wire` to this file

    "#]]
    .assert_eq(&report(&compile(&two, &common, &teapot)));
}

/// The header is that of the importing file, the code that of the imported one.
#[test]
fn a_header_cannot_contain_an_imported_code() {
    let common = COMMON.replace("code: no_key", "code: kein_schlüssel, name: no_key");
    assert_eq!(report(&compile(JOBS, &common, TEAPOT)), "");
    let jobs = format!("{JOBS}wire: {{ header: {{ x-error: \"{{code}}\" }} }}\n");
    expect![[r#"
        error[invalid-code]: the code `kein_schlüssel` cannot be sent in the header `x-error`
          --> base/common.yaml:10:17
           |
        10 |       - { code: kein_schlüssel, name: no_key, status: 401, detail: No key, cause: It is missing, fix: Send it }
           |                 ^^^^^^^^^^^^^^ not ASCII
           |
           = help: write the code with ASCII letters, digits, punctuation and spaces, or do not send it in a header

    "#]].assert_eq(&report(&compile(&jobs, &common, TEAPOT)));
}

#[test]
fn allowed_warnings_are_those_of_a_file() {
    let unexplained = TEAPOT.replace(", cause: It is a teapot, fix: Drink tea", "");
    let compilation = compile(JOBS, COMMON, &unexplained);
    assert_eq!(compilation.diagnostics.len(), 1);
    let allow = "allow_warnings: [unexplained-error]\n";
    let of_importer = compile(&format!("{JOBS}{allow}"), COMMON, &unexplained);
    assert_eq!(of_importer.diagnostics.len(), 1);
    let of_file = compile(JOBS, COMMON, &format!("{unexplained}{allow}"));
    assert_eq!(report(&of_file), "");
}

/// One report names all errors without a cause, but only those of one file, since each file allows its own.
#[test]
fn unexplained_errors_are_reported_by_file() {
    let allow = "allow_warnings: [unexplained-error]\n";
    let jobs = JOBS.replace(", cause: It ended", "");
    let teapot = TEAPOT.replace(", cause: It is a teapot", "");
    assert_ne!(jobs, JOBS);
    let files = |jobs: &str, teapot: &str| {
        let compilation = compile(jobs, COMMON, teapot);
        let places = compilation.diagnostics.iter().map(|found| {
            assert_eq!(found.related.len(), 0);
            compilation.source.file_index(found.primary.span.start)
        });
        places.collect::<Vec<_>>()
    };
    assert_eq!(files(&jobs, &teapot), [0, 2]);
    assert_eq!(files(&jobs, &format!("{teapot}{allow}")), [0]);
    assert_eq!(files(&format!("{jobs}{allow}"), &teapot), [2]);
}

/// A status of an imported catalog gives its cause, fix and values to the errors of that catalog only.
#[test]
fn what_errors_lack_under_an_imported_status() {
    let of_status = JOBS.replace("such job }", "such job, cause: It ended, fix: Look }");
    let error = "      - { code: too_many_jobs, status: 429, detail: Too many jobs }\noperations:";
    let jobs = of_status.replace("operations:", error);
    let unexplained = "the error `too_many_jobs` has no cause and no fix";
    assert!(report(&compile(&jobs, COMMON, TEAPOT)).contains(unexplained));
    let body = "{ detail: \"{detail}\", kind: \"{wire.kind}\" }";
    let jobs = jobs.replace("statuses:", &format!("wire: {{ body: {body} }}\nstatuses:"));
    let all = report(&compile(&jobs, COMMON, TEAPOT));
    let lacking =
        all.matches("the body always has `{wire.kind}`, and this error has no value for it");
    assert_eq!(lacking.count(), 6, "{all}");
}

#[test]
fn a_clash_belongs_to_the_importing_catalog() {
    let clash = JOBS.replace("detail: No job", "detail: No key");
    let allow = "allow_warnings: [detail-under-two-statuses]\n";
    let of_import = report(&compile(&clash, &format!("{COMMON}{allow}"), TEAPOT));
    assert!(of_import.contains("warning[detail-under-two-statuses]"), "{of_import}");
    assert_eq!(report(&compile(&format!("{clash}{allow}"), COMMON, TEAPOT)), "");
    // Only the importing catalog can name the other error.
    let same = clash.replace("status: 404,", "status: 401,");
    let report = report(&compile(&same, COMMON, TEAPOT));
    assert!(
        report.contains("replace the status and detail of one by `same_as: no_key`"),
        "{report}"
    );
}

#[test]
fn paths_are_relative() {
    for path in ["/etc/passwd", "C:\\errors.yaml", "https://example.com/errors.yaml", "base/"] {
        let jobs = JOBS.replace("../base/common.yaml", &format!("'{path}'"));
        let report = report(&compile(&jobs, COMMON, TEAPOT));
        assert!(report.contains("it is not a relative path"), "{report}");
    }
    let jobs = JOBS.replace("../base/common.yaml", "none.yaml");
    expect![[r#"
        error[unreadable-import]: cannot import `none.yaml`: there is no none.yaml
         --> api/errors.yaml:2:11
          |
        2 | imports: [none.yaml]
          |           ^^^^^^^^^ imported here
          |
          = help: give the path relative to the folder of this file, with `/` between folders: `../common/errors.yaml`

    "#]].assert_eq(&report(&compile(&jobs, COMMON, TEAPOT)));
    // Other paths to the same files.
    let twice =
        JOBS.replace("common.yaml]", "common.yaml, ./.././base/x/../common.yaml, errors.yaml]");
    assert_eq!(report(&compile(&twice, COMMON, TEAPOT)), "");
    // If the name of the current folder is unknown, `../base/common.yaml` may be `common.yaml`, and
    // `../api/errors.yaml` the catalog itself.
    let main = "catalog: Base\nimports: [common.yaml, ../api/errors.yaml]\n";
    let mut read = |path: &str| match path {
        "common.yaml" | "../base/common.yaml" => {
            Ok(COMMON.replace("./more", "../base/more").into_bytes())
        }
        "../base/more/teapot.yaml" => Ok(TEAPOT.as_bytes().to_vec()),
        "../api/errors.yaml" => Ok(JOBS.as_bytes().to_vec()),
        other => Err(format!("there is no {other}")),
    };
    let compilation = compile_with_imports("errors.yaml", main.as_bytes(), &mut read);
    assert_eq!(report(&compilation), "");
    assert_eq!(compilation.catalog().unwrap().rows.len(), 5);
}

#[test]
fn a_file_that_imports_itself_under_ever_new_names() {
    let jobs = JOBS.replace("../base/common.yaml", "x/errors.yaml");
    let mut count = 0;
    let mut read = |_: &str| {
        count += 1;
        Ok(format!("catalog: X{count}\nimports: [x/errors.yaml]\n").into_bytes())
    };
    let compilation = compile_with_imports("errors.yaml", jobs.as_bytes(), &mut read);
    assert!(compilation.has_errors());
    assert_eq!(count, 1_000);
}

/// Fifty catalogs with ten thousand errors form one catalog.
#[test]
fn a_company_of_catalogs() {
    let file = |number: usize| {
        let mut text = format!(
            "catalog: Team{number}\nstatuses:\n  404: {{ name: Not Found, description: Nothing there }}\n\
             sections:\n  - name: Team {number}\n    status: 404\n    cause: It is gone\n    fix: Look elsewhere\n    errors:\n"
        );
        let error = |error: usize| {
            format!(
                "      - {{ code: team_{number}_error_{error}, detail: \"Team {number} has no thing {error} called {{name}}\", params: {{ name: word }} }}\n"
            )
        };
        text.extend((0..200).map(error));
        text.into_bytes()
    };
    let names: Vec<String> = (0..50).map(|number| format!("team{number}.yaml")).collect();
    let main = format!("catalog: Company\nimports: [{}]\n", names.join(", "));
    let mut read = |path: &str| Ok(file(path[4..].trim_end_matches(".yaml").parse().unwrap()));
    let compilation = compile_with_imports("errors.yaml", main.as_bytes(), &mut read);
    assert_eq!(report(&compilation), "");
    assert_eq!(compilation.catalog().unwrap().rows.len(), 10_000);
}
