//! The build script front end: `build.rs` and `include_catalog!`.

use crate::project::Project;

const ONE_ROW: &str = "\
catalog: Billing
statuses:
  404: { name: Not Found, description: There is no such thing }
sections:
  - name: Invoices
    errors:
      - code: invoice_not_found
        status: 404
        detail: Invoice not found
        cause: No invoice has this number
        fix: List the invoices
";

const ANOTHER_ROW: &str = "      - code: customer_not_found
        status: 404
        detail: Customer not found
        cause: Nobody has this name
        fix: List the customers
";

const THREE_FINDINGS: &str =
    include_str!("../../kate-errors-derive/tests/compile_fail/catalogs/three_findings.yaml");

const REPORT: &str = "\
errors.yaml does not compile

error[undeclared-placeholder]: `{number}` has no parameter
  --> errors.yaml:10:25
   |
10 |         detail: Invoice {number} not found
   |                         ^^^^^^^^ not declared
   |
   = help: declare it: `params: { number: { type: … } }`

error[duplicate-code]: the code `invoice_not_found` is used twice
  --> errors.yaml:13:15
   |
 8 |       - code: invoice_not_found
   |               ----------------- first here
...
13 |       - code: invoice_not_found
   |               ^^^^^^^^^^^^^^^^^ again here
   |
   = help: give one of the errors another code

error[unknown-status]: the status 400 is missing from `statuses`
  --> errors.yaml:19:17
   |
19 |         status: 400
   |                 ^^^ not in `statuses`
   |
   = help: add `400: { name: …, description: … }` to `statuses`
";

/// Prints the codes, one per line.
const MAIN: &str = "\
kate_errors::include_catalog!();

fn main() {
    BillingErrorCode::ALL.iter().for_each(|code| println!(\"{code}\"));
}
";

fn project(name: &'static str, catalog: &str) -> Project {
    let project = Project::with_build_script(name, catalog);
    project.write("src/main.rs", MAIN);
    project
}

#[test]
fn a_changed_catalog_rebuilds_and_nothing_else_does() {
    let project = project("changed-catalog", ONE_ROW);
    let first = project.build().succeeded();
    assert!(first.ran_build_script() && !first.is_fresh(), "{}", first.stderr);
    assert_eq!(project.run(""), "invoice_not_found\n");

    let untouched = project.build().succeeded();
    assert!(untouched.is_fresh() && !untouched.ran_build_script(), "{}", untouched.stderr);

    project.write("notes.txt", "another file");
    project.write("src/main.rs", &MAIN.replace("code}", "code:?}"));
    let elsewhere = project.build().succeeded();
    assert!(!elsewhere.is_fresh() && !elsewhere.ran_build_script(), "{}", elsewhere.stderr);

    project.write("errors.yaml", &(ONE_ROW.to_owned() + ANOTHER_ROW));
    let changed = project.build().succeeded();
    assert!(changed.ran_build_script() && !changed.is_fresh(), "{}", changed.stderr);
    assert_eq!(project.run(""), "InvoiceNotFound\nCustomerNotFound\n");
}

#[test]
fn a_changed_import_rebuilds() {
    let project = project("changed-import", "catalog: Billing\nimports: [common/errors.yaml]\n");
    project.write("common/errors.yaml", ONE_ROW);
    assert_eq!(project.run(""), "invoice_not_found\n");
    project.write("common/errors.yaml", &(ONE_ROW.to_owned() + ANOTHER_ROW));
    let changed = project.build().succeeded();
    assert!(changed.ran_build_script() && !changed.is_fresh(), "{}", changed.stderr);
    assert_eq!(project.run(""), "invoice_not_found\ncustomer_not_found\n");
}

#[test]
fn a_crate_without_a_build_script_is_told_so() {
    let project = Project::new("no-script", "", "");
    project.write("src/main.rs", MAIN);
    let broken = project.build().failed();
    let message = "error: this crate has no build script, which compiles the catalog: write a build.rs \
                   that calls `kate_errors_codegen::build_script::compile`\n";
    assert!(broken.stderr.contains(message), "{}", broken.stderr);
}

#[test]
fn two_catalogs_of_one_name_do_not_overwrite_each_other() {
    let project = project("same-name", ONE_ROW);
    project.write("shop/errors.yaml", &ONE_ROW.replace("Billing", "Shop"));
    project.write(
        "build.rs",
        "fn main() {
            kate_errors_codegen::build_script::compile(\"errors.yaml\");
            kate_errors_codegen::build_script::compile(\"shop/errors.yaml\");
        }",
    );
    let broken = project.build().failed();
    let message = "  --- stderr\n  both errors.yaml and shop/errors.yaml become errors.rs; give one of the \
                   two another name\n";
    assert!(broken.stderr.contains(message), "{}", broken.stderr);

    // Compiling the same catalog twice is not a clash.
    project.write(
        "build.rs",
        "fn main() {
            kate_errors_codegen::build_script::compile(\"errors.yaml\");
            kate_errors_codegen::build_script::compile(\"errors.yaml\");
        }",
    );
    project.build().succeeded();
}

/// The script may change its folder, other build systems use `.` as the folder, and a name may have several dots.
#[test]
fn the_folder_of_the_script_makes_no_difference() {
    let project = project("elsewhere", ONE_ROW);
    project.write("shop.v2.yaml", ONE_ROW);
    project.write("src/main.rs", &MAIN.replace("!()", "!(\"shop.v2.rs\")"));
    for before in [
        "std::env::set_current_dir(\"src\").unwrap();",
        "unsafe { std::env::set_var(\"CARGO_MANIFEST_DIR\", \".\") };",
    ] {
        let call = "kate_errors_codegen::build_script::compile(\"shop.v2.yaml\");";
        project.write("build.rs", &format!("fn main() {{ {before} {call} }}"));
        project.build().succeeded();
        assert_eq!(project.run(""), "invoice_not_found\n");
        let again = project.build().succeeded();
        assert!(again.is_fresh() && !again.ran_build_script(), "{}", again.stderr);
    }
}

#[test]
fn a_broken_catalog_stops_the_build_with_every_finding() {
    let project = project("broken-catalog", THREE_FINDINGS);
    let broken = project.build().failed();
    assert_eq!(said(&broken.stderr), REPORT);

    // Nothing has changed, and the second build fails as well.
    assert_eq!(said(&project.build().failed().stderr), REPORT);

    project.remove("errors.yaml");
    let missing = project.build().failed();
    let message = "there is no file errors.yaml in the folder of Cargo.toml\n";
    assert_eq!(said(&missing.stderr), message);

    project.write("errors.yaml", ONE_ROW);
    project.build().succeeded();
    assert_eq!(project.run(""), "invoice_not_found\n");

    // The catalog was valid when it was compiled before.
    project.write("errors.yaml", THREE_FINDINGS);
    assert_eq!(said(&project.build().failed().stderr), REPORT);
}

#[test]
fn a_warning_is_a_warning_of_the_package() {
    let project = project(
        "catalog-with-warning",
        include_str!("../../kate-errors-derive/tests/compile_fail/catalogs/only_a_warning.yaml"),
    );
    let built = project.build().succeeded();
    let warning = "warning: catalog-with-warning@0.1.0: errors.yaml:6:3: no error uses the context `spare` \
                   [unused-context]\n";
    assert!(built.stderr.contains(warning), "{}", built.stderr);
}

/// Returns the output of the build script, without the indentation that Cargo adds.
fn said(stderr: &str) -> String {
    let (_, said) = stderr.split_once("Caused by:\n").expect("Cargo names the cause");
    let (status, said) = said.split_once("  --- stderr\n").expect("the script says something");
    assert!(status.ends_with("(exit status: 1)\n"), "nothing but the report: {status}");
    let indented = said.lines().take_while(|line| line.is_empty() || line.starts_with("  "));
    indented.map(|line| line.strip_prefix("  ").unwrap_or(line).to_owned() + "\n").collect()
}
