//! The attribute `#[catalog("errors.yaml")]`. Its messages for mistakes are tested in `compile_fail`.

use crate::project::Project;

const CATALOG: &str =
    include_str!("../../kate-errors-derive/tests/compile_fail/catalogs/billing.yaml");

/// Prints the codes, one per line.
const MAIN: &str = "\
#[kate_errors::catalog(\"errors.yaml\")]
pub enum BillingError {}

fn main() {
    BillingErrorCode::ALL.iter().for_each(|code| println!(\"{code}\"));
}
";

#[test]
fn a_changed_import_rebuilds() {
    let project = Project::with_attribute("attribute-import", "");
    project.write("src/main.rs", &MAIN.replace("errors.yaml", "catalogs/billing.yaml"));
    project.write("catalogs/billing.yaml", "catalog: Billing\nimports: [../errors.yaml]\n");
    project.write("errors.yaml", CATALOG);
    let codes = "invoice_not_found\ncustomer_not_found\nfax_not_delivered\nwallet_empty\n";
    assert_eq!(project.run(""), codes);
    project.write("errors.yaml", &CATALOG.replace("fax_not_delivered", "telex_not_delivered"));
    assert_eq!(project.run(""), codes.replace("fax", "telex"));
}

#[test]
fn a_changed_catalog_rebuilds() {
    let project = Project::with_attribute("attribute", CATALOG);
    project.write("src/main.rs", MAIN);
    let codes = "invoice_not_found\ncustomer_not_found\nfax_not_delivered\nwallet_empty\n";
    assert_eq!(project.run(""), codes);
    assert!(project.build().succeeded().is_fresh());

    project.write("errors.yaml", &CATALOG.replace("fax_not_delivered", "telex_not_delivered"));
    assert!(!project.build().succeeded().is_fresh());
    assert_eq!(project.run(""), codes.replace("fax", "telex"));

    project.write("errors.yaml", &CATALOG.replace("{number} not found", "{nubmer} not found"));
    let broken = project.build().failed();
    assert!(broken.stderr.contains("error: errors.yaml does not compile\n"), "{}", broken.stderr);
    assert!(broken.stderr.contains("--> src/main.rs:1:24\n"), "{}", broken.stderr);
    assert!(broken.stderr.contains("due to 1 previous error"), "{}", broken.stderr);

    project.write("errors.yaml", CATALOG);
    assert!(!project.build().succeeded().is_fresh());
    assert_eq!(project.run(""), codes);
}
