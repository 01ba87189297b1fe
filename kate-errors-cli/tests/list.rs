//! `list`: the table and the array of objects.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{BROKEN, CATALOG, Sandbox};
use expect_test::expect;

#[test]
fn sections_with_their_errors() {
    let run = Sandbox::with(CATALOG).run(&["list"]).exits(0);
    assert_eq!(run.stderr, "");
    expect![[r#"
        Orders
          404  order_not_found              Order not found
          402  order_insufficient_balance   Insufficient balance[. Required: {required},
                                            available: {available}]
          400  coupon_rejected              Coupon {coupon} was rejected: {reason}
          410  order_vanished               Order vanished: {why}
                                            retired

        Refunds
          402  refund_insufficient_balance  Insufficient balance[. Required: {required},
                                            available: {available}]
                                            same as order_insufficient_balance

        Rate Limits
          429  rate_limit_exceeded          Rate limit exceeded
    "#]]
    .assert_eq(&run.stdout);
}

/// No line is wider than the terminal, and the content is the same at every width.
#[test]
fn any_width() {
    for catalog in ["errors.yaml", "tests/catalogs/jobs.yaml", "tests/catalogs/types.yaml"] {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let sandbox = Sandbox::with(std::fs::read(root.join(catalog)).unwrap());
        let list = |columns: &str| {
            let run = common::finished(sandbox.command(&["list"]).env("COLUMNS", columns)).exits(0);
            run.stdout
        };
        let letters =
            |text: &str| text.chars().filter(|it| !it.is_whitespace()).collect::<String>();
        for columns in [60, 80, 100] {
            let text = list(&columns.to_string());
            let wide = text.lines().find(|line| line.chars().count() > columns);
            assert_eq!(wide, None, "{catalog}");
            assert_eq!(letters(&text), letters(&list("500")));
        }
        assert_eq!(sandbox.run(&["list"]).stdout, list("80"));
    }
}

/// Other statuses are said, and long names of sections are wrapped.
#[test]
fn other_statuses_and_long_sections() {
    let name = "Access to what others own ".repeat(4);
    let catalog = format!(
        "catalog: A\nstatuses: {{ 401: {{ name: Unauthorized, description: d }}, 403: {{ name: Forbidden, description: d }} }}\n\
         sections:\n  - name: {}\n    errors:\n      \
         - {{ code: no_access, status: [403, 401], detail: No access, cause: c, fix: f }}\n",
        name.trim()
    );
    let sandbox = Sandbox::with(catalog);
    expect![[r#"
        Access to what others own Access to what others own Access to what others own
        Access to what others own
          403  no_access  No access
                          also 401
    "#]]
    .assert_eq(&sandbox.run(&["list"]).exits(0).stdout);
    for (target, comment) in [
        ("typescript", "403 Forbidden, or 401 Unauthorized: No access"),
        ("markdown", "| 403, 401 |"),
    ] {
        let made = sandbox.run(&["generate", target]).exits(0).stdout;
        assert!(made.contains(comment), "{made}");
    }
}

#[test]
fn filters() {
    let sandbox = Sandbox::with(CATALOG);
    let codes = |arguments: &[&str]| {
        let run = sandbox.run(&[&["list", "--format", "json"], arguments].concat()).exits(0);
        let rows = run.json();
        let codes = rows.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap());
        codes.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        codes(&["--status", "402"]),
        "order_insufficient_balance refund_insufficient_balance"
    );
    assert_eq!(
        codes(&["--status", "410", "--status", "429"]),
        "order_vanished rate_limit_exceeded"
    );
    assert_eq!(codes(&["--status", "4XX", "--section", "refunds"]), "refund_insufficient_balance");
    assert_eq!(codes(&["--section", "Rate Limits"]), "rate_limit_exceeded");
    assert_eq!(codes(&["BALANCE", "wallet"]), "order_insufficient_balance");
    assert_eq!(codes(&["balance wallet"]), "order_insufficient_balance");
    let none = sandbox.run(&["list", "--status", "5xx"]).exits(1);
    assert_eq!(
        (none.stdout.as_str(), none.stderr.as_str()),
        ("", "no error of the catalog matches\n")
    );
    let none = sandbox.run(&["list", "--section", "Refund"]).exits(1);
    assert_eq!(none.stderr, "the catalog has no section `Refund`; did you mean `Refunds`?\n");
    sandbox.run(&["list", "--status", "many"]).exits(2);
}

#[test]
fn statuses_have_colours() {
    let run = Sandbox::with(CATALOG).run(&["list", "--color", "always"]).exits(0);
    assert!(run.stdout.contains("\x1b[33m404\x1b[0m"), "{}", run.stdout);
}

#[test]
fn an_array_of_objects() {
    let run = Sandbox::with(CATALOG).run(&["list", "--format", "json"]).exits(0);
    let rows = run.json();
    let row = |code: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        rows.find(|row| row["code"] == code).unwrap().to_string()
    };
    expect![[r#"{"code":"coupon_rejected","variant":"CouponRejected","section":"Orders","status":400,"status_name":"Bad Request","detail":"Coupon {coupon} was rejected: {reason}","context":null,"params":[{"name":"coupon","type":"word","description":"the code on the coupon","example":"SPRING","sensitive":true},{"name":"reason","type":"one_of","choices":["expired","unknown"],"description":"why","example":"expired","sensitive":false}],"cause":"The coupon {coupon} is {reason}","fix":"Use another coupon than {coupon}","same_as":null,"headers":{},"since":null}"#]].assert_eq(&row("coupon_rejected"));
    expect![[r#"{"code":"refund_insufficient_balance","variant":"RefundInsufficientBalance","section":"Refunds","status":402,"status_name":"Payment Required","detail":"Insufficient balance","context":{"name":"balance","text":"Required: {required}, available: {available}","params":[{"name":"required","type":"u64","description":"what the operation costs","example":500,"sensitive":false},{"name":"available","type":"u64","description":"what the wallet holds","example":120,"sensitive":false}]},"params":[],"cause":"The shop cannot pay the refund","fix":"Wait for the next day","same_as":"order_insufficient_balance","headers":{},"since":null}"#]].assert_eq(&row("refund_insufficient_balance"));
}

#[test]
fn a_file_by_name_or_from_standard_input() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.yaml", CATALOG);
    let by_name = sandbox.run(&["list", "shop.yaml"]).exits(0);
    let by_input = sandbox.run_with_input(&["list", "-"], CATALOG).exits(0);
    assert_eq!(by_name.stdout, by_input.stdout);
    sandbox.run(&["list"]).exits(2);
    sandbox.run(&["list", "missing.yaml"]).exits(2);
}

#[test]
fn a_broken_catalog_is_reported_instead() {
    let run = Sandbox::with(BROKEN).run(&["list"]).exits(1);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("error[duplicate-code]"), "{}", run.stderr);
}
