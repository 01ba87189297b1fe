//! `common:` has the same effect as listing the errors in every operation, in every output.

mod common;

use common::Sandbox;

/// A catalog with two operations. Each has its own error, and one that both share is added by `COMMON` or by `OWN`.
const CATALOG: &str = "catalog: Shop
statuses:
  401: { name: Unauthorized, description: No key, www_authenticate: Bearer }
  404: { name: Not Found, description: Nothing there }
sections:
  - name: Shop
    errors:
      - { code: no_key, status: 401, detail: No key, cause: The header is missing, fix: Send it }
      - { code: no_item, status: 404, detail: No item, cause: It was sold, fix: Take another }
      - { code: no_order, status: 404, detail: No order, cause: It was sent, fix: Look again }
COMMONoperations:
  get_item: { route: \"GET /items/{id}\", errors: [no_itemOWN] }
  get_order: { route: \"GET /orders/{id}\", errors: [no_orderOWN] }
";

fn catalog(common: &str, own: &str) -> String {
    CATALOG.replace("COMMON", common).replace("OWN", own)
}

#[test]
fn each_operation_has_the_errors_that_are_common_to_all() {
    let listed = Sandbox::with(catalog("", ", no_key"));
    let common = Sandbox::with(catalog("common: [no_key]\n", ""));
    for target in ["rust", "openapi", "typescript", "vectors", "markdown"] {
        let text = |sandbox: &Sandbox| {
            let text = sandbox.run(&["generate", target]).exits(0).stdout;
            // One line contains the fingerprint of the file.
            let lines = text.lines().filter(|line| !line.contains("fingerprint"));
            lines.map(|line| line.to_owned() + "\n").collect::<String>()
        };
        let text = (text(&listed), text(&common));
        assert!(text.0.contains("No item"), "{target}");
        assert_eq!(text.0, text.1, "{target}");
    }
    for sandbox in [&listed, &common] {
        sandbox.run(&["generate", "python", "--out", "made"]).exits(0);
    }
    let errors = |sandbox: &Sandbox| sandbox.read("made/errors.py");
    assert_eq!(
        errors(&listed).lines().skip(1).collect::<Vec<_>>(),
        errors(&common).lines().skip(1).collect::<Vec<_>>()
    );
}

#[test]
fn the_page_shows_them_once() {
    let common = Sandbox::with(catalog("common: [no_key]\n", ""));
    let page = common.run(&["generate", "html"]).exits(0).stdout;
    let said = "<dt>Returned by</dt><dd><a href=\"#the-operations\">Every operation</a></dd>";
    assert_eq!(page.matches(said).count(), 1, "{page}");
    let (_, operations) = page.split_once("id=\"the-operations\"").unwrap();
    let (operations, _) = operations.split_once("</section>").unwrap();
    assert!(operations.contains("Every operation can respond with these errors"), "{operations}");
    assert_eq!(operations.matches("href=\"#no_key\"").count(), 1, "{operations}");
    assert_eq!(operations.matches("href=\"#no_item\"").count(), 1, "{operations}");
}
