//! `list`: the table and the array of objects.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{BROKEN, CATALOG, Sandbox};
use expect_test::expect;

#[test]
fn a_table() {
    let run = Sandbox::with(CATALOG).run(&["list"]).exits(0);
    assert_eq!(run.stderr, "");
    expect![[r#"
        STATUS                 CODE                         SECTION      DETAIL
        404 Not Found          order_not_found              Orders       Order not found
        402 Payment Required   order_insufficient_balance   Orders       Insufficient balance[. Required: {required}, available: {available}]
        400 Bad Request        coupon_rejected              Orders       Coupon {coupon} was rejected: {reason}
        410 Gone               order_vanished               Orders       Order vanished: {why}                                                 retired
        402 Payment Required   refund_insufficient_balance  Refunds      Insufficient balance[. Required: {required}, available: {available}]  same as order_insufficient_balance
        429 Too Many Requests  rate_limit_exceeded          Rate Limits  Rate limit exceeded
    "#]].assert_eq(&run.stdout);
}

#[test]
fn an_array_of_objects() {
    let run = Sandbox::with(CATALOG).run(&["list", "--format", "json"]).exits(0);
    let rows = run.json();
    let row = |code: &str| {
        let mut rows = rows.as_array().unwrap().iter();
        rows.find(|row| row["code"] == code).unwrap().to_string()
    };
    expect![[r#"{"code":"coupon_rejected","variant":"CouponRejected","section":"Orders","status":400,"status_name":"Bad Request","detail":"Coupon {coupon} was rejected: {reason}","context":null,"params":[{"name":"coupon","type":"word","description":"the code on the coupon","example":"SPRING","sensitive":true},{"name":"reason","type":"one_of","choices":["expired","unknown"],"description":"why","example":"expired","sensitive":false}],"cause":"The coupon {coupon} is {reason}","fix":"Use another coupon than {coupon}","same_as":null,"headers":{}}"#]].assert_eq(&row("coupon_rejected"));
    expect![[r#"{"code":"refund_insufficient_balance","variant":"RefundInsufficientBalance","section":"Refunds","status":402,"status_name":"Payment Required","detail":"Insufficient balance","context":{"name":"balance","text":"Required: {required}, available: {available}","params":[{"name":"required","type":"u64","description":"what the operation costs","example":500,"sensitive":false},{"name":"available","type":"u64","description":"what the wallet holds","example":120,"sensitive":false}]},"params":[],"cause":"The shop cannot pay the refund","fix":"Wait for the next day","same_as":"order_insufficient_balance","headers":{}}"#]].assert_eq(&row("refund_insufficient_balance"));
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
