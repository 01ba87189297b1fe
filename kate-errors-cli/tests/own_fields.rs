//! A catalog's own fields, and fields that errors inherit from sections and statuses.

mod common;

use common::Sandbox;
use serde_json::{Value, json};

const CATALOG: &str = r#"
catalog: Shop
status: 400
allow_warnings: [unexplained-error]
x-team: shop
x-contact: { mail: shop@example.com, "on call": [Ada, "Grace </script>"] }
statuses:
  400: { name: Bad Request, description: It makes no sense, fix: "Read the reference, {{id}}" }
  404: { name: Not Found, description: Nothing there }
sections:
  - name: Items
    status: 404
    cause: Items are sold
    errors:
      - code: no_item
        detail: "No item {id}"
        params: { id: word }
        fix: "Take another than {id}"
        explanation: |
          Items are <b>sold</b> *once*:

          - see [the shelf](https://shop.example.com/shelf),
          - not [this](javascript:alert(1)).
        x-team: stock
        x-everything:
          - 1
          - -2.50
          - 9007199254740991
          - "9007199254740992"
          - null
          - ~
          - true
          - "yes"
          - plain text
          - "<b onclick='a'>&amp;</b>"
          - "a\tb"
          - |
            two
            lines
          - { a: [], b: {} }
      - { code: no_shelf, detail: No shelf, cause: It was moved }
      - { code: no_room, same_as: no_shelf }
  - name: Requests
    errors:
      - { code: odd_request, detail: Odd request }
"#;

fn row(rows: &Value, code: &str) -> Value {
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["code"] == code).unwrap().clone()
}

#[test]
fn what_is_common_to_errors_is_written_once() {
    let rows = Sandbox::with(CATALOG).run(&["list", "--format", "json"]).exits(0).json();
    let has = |code, status, cause, fix| {
        let row = row(&rows, code);
        assert_eq!(
            (&row["status"], &row["cause"], &row["fix"]),
            (&json!(status), &json!(cause), &json!(fix)),
            "{code}"
        );
    };
    has("no_item", 404, "Items are sold", "Take another than {id}");
    has("no_shelf", 404, "It was moved", "");
    has("no_room", 404, "Items are sold", "");
    has("odd_request", 400, "", "Read the reference, {{id}}");
}

/// Another YAML parser gives the same JSON.
#[test]
fn fields_of_ones_own_are_kept_as_json() {
    let sandbox = Sandbox::with(CATALOG);
    let rows = sandbox.run(&["list", "--format", "json"]).exits(0).json();
    let yaml: Value =
        serde_yaml::from_str(&CATALOG.replace("400:", "\"400\":").replace("404:", "\"404\":"))
            .unwrap();
    let written = &yaml["sections"][0]["errors"][0];
    let item = row(&rows, "no_item");
    assert_eq!(item["x-everything"], written["x-everything"]);
    assert_eq!(item["x-team"], "stock");
    assert_eq!(item["x-contact"], yaml["x-contact"]);
    assert_eq!(row(&rows, "odd_request")["x-team"], "shop");

    for version in ["3.1", "3.0"] {
        let arguments = ["generate", "openapi", "--format", "json", "--openapi-version", version];
        let document = sandbox.run(&arguments).exits(0).json();
        let schema = &document["components"]["schemas"]["ShopError"];
        assert_eq!(schema["x-contact"], yaml["x-contact"]);
        let response = &document["components"]["responses"]["ShopNotFound"];
        let examples = &response["content"]["application/json"]["examples"];
        assert_eq!(examples["no_item"]["x-everything"], written["x-everything"]);
        assert_eq!(examples["no_item"]["x-team"], "stock");
        assert_eq!(examples["no_shelf"].get("x-team"), None);
        assert_eq!(examples["no_shelf"].get("description"), None);
    }
    let document = sandbox.run(&["generate", "openapi"]).exits(0).stdout;
    let document: Value = serde_yaml::from_str(&document).unwrap();
    assert_eq!(document["components"]["schemas"]["ShopError"]["x-contact"], yaml["x-contact"]);
}

#[test]
fn the_page_shows_fields_of_ones_own_as_text() {
    let page = Sandbox::with(CATALOG).run(&["generate", "html"]).exits(0).stdout;
    let (head, _) = page.split_once("<div class=\"columns\">").unwrap();
    assert!(head.contains("<dt>x-team</dt><dd>shop</dd>"), "{head}");
    assert!(head.contains("Grace &lt;/script&gt;"), "{head}");
    assert!(page.contains("<dt>x-team</dt><dd>stock</dd>"), "{page}");
    assert!(page.contains("&lt;b onclick='a'&gt;&amp;amp;&lt;/b&gt;"), "{page}");
    assert!(!page.contains("<b onclick"), "{page}");
    let (_, card) = page.split_once("<article class=\"error\" id=\"odd_request\"").unwrap();
    let (card, _) = card.split_once("</article>").unwrap();
    assert!(card.contains("<dt>Fix</dt>") && !card.contains("<dt>Cause</dt>"), "{card}");
}

#[test]
fn texts_that_nobody_wrote_are_left_out() {
    let sandbox = Sandbox::with(CATALOG);
    for target in ["typescript", "markdown", "rust"] {
        let text = sandbox.run(&["generate", target]).exits(0).stdout;
        let empty = ["Cause: \n", "Cause:** \n", "Fix:** \n", "Cause:\n", "|  |", "/// \n"];
        for empty in empty {
            assert!(!text.contains(empty), "{target} has {empty:?}");
        }
    }
    let explained = sandbox.run(&["explain", "odd_request"]).exits(0).stdout;
    assert!(explained.contains("Fix") && !explained.contains("Cause"), "{explained}");
    let check = sandbox.run(&["check"]).exits(0);
    assert!(
        !check.stderr.contains("warning") && !check.stdout.contains("warning"),
        "{}",
        check.stderr
    );
}

#[test]
fn the_page_has_explanations_without_markup_of_their_own() {
    let page = Sandbox::with(CATALOG).run(&["generate", "html"]).exits(0).stdout;
    let (_, rest) = page.split_once("<div class=\"explanation\">").unwrap();
    let (shown, _) = rest.split_once("</div>").unwrap();
    let expected = "<p>Items are &lt;b&gt;sold&lt;/b&gt; <em>once</em>:</p>\n<ul>\n\
        <li>see <a href=\"https://shop.example.com/shelf\">the shelf</a>,</li>\n\
        <li>not this.</li>\n</ul>\n";
    assert_eq!(shown, expected);
}
