//! `explain`: codes, statuses, rules, messages, and pasted text around them.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{BROKEN, CATALOG, Run, Sandbox};
use expect_test::{Expect, expect};

fn explain(what: &str) -> Run {
    Sandbox::with(CATALOG).run(&["explain", what])
}

#[track_caller]
fn explains(what: &str, expected: &Expect) {
    let run = explain(what).exits(0).harmless();
    assert_eq!(run.stderr, "");
    expected.assert_eq(&run.stdout);
}

/// Returns the codes of the errors that explain `what`.
fn codes(what: &str) -> Vec<String> {
    let run = Sandbox::with(CATALOG).run(&["explain", "--format", "json", what]);
    let errors = run.json()["errors"].clone();
    let codes = errors.as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap());
    codes.map(str::to_owned).collect()
}

#[test]
fn an_error_with_header_fields() {
    explains(
        "rate_limit_exceeded",
        &expect![[r#"
            rate_limit_exceeded
              Status   429 Too Many Requests
              Section  Rate Limits
              Message  Rate limit exceeded
              Cause    Too many requests in a short time
              Fix      Wait, then try again
              Retry    later: the same request may succeed
              Headers  retry-after: 30
              Docs     https://shop.example/errors#rate_limit_exceeded
        "#]],
    );
}

#[test]
fn a_code() {
    explains(
        "order_insufficient_balance",
        &expect![[r#"
            order_insufficient_balance
              Status        402 Payment Required
              Section       Orders
              Message       Insufficient balance
              Context       Required: {required}, available: {available} (may follow)
              Parameters    required: u64, what the operation costs, such as 500
                            available: u64, what the wallet holds, such as 120
              Cause         The wallet holds less than the order costs
              Fix           Add money to the wallet
              Retry         after the fix
              Same message  refund_insufficient_balance (Refunds)
              Docs          https://shop.example/errors#order_insufficient_balance
        "#]],
    );
    explains(
        "coupon_rejected",
        &expect![[r#"
            coupon_rejected
              Status      400 Bad Request
              Section     Orders
              Message     Coupon {coupon} was rejected: {reason}
              Parameters  coupon: word, the code on the coupon, such as SPRING (sensitive)
                          reason: one of expired | unknown, why, such as expired
              Cause       The coupon {coupon} is {reason}
              Fix         Use another coupon than {coupon}
              Retry       after the fix
              Docs        https://shop.example/errors#coupon_rejected
        "#]],
    );
    explains(
        "order_vanished",
        &expect![[r#"
            order_vanished
              Status      410 Gone
              Section     Orders
              Message     Order vanished: {why}
              Parameters  why: text, what happened to it
              Cause       The order was deleted
              Fix         Order again
              Retry       no: the response would be the same
              Retired     since 2.0: orders are kept for ever; replaced by order_not_found
              Docs        https://shop.example/errors#order_vanished
        "#]],
    );
    for name in ["CouponRejected", "ShopError::CouponRejected"] {
        assert_eq!(explain(name).stdout, explain("coupon_rejected").stdout);
    }
}

#[test]
fn a_status() {
    explains(
        "402",
        &expect![[r#"
        402 Payment Required
          Meaning  The balance is too low

          order_insufficient_balance   Orders   Insufficient balance
          refund_insufficient_balance  Refunds  Insufficient balance
    "#]],
    );
    for name in ["402 Payment Required", "HTTP 402", "HTTP/1.1 402 Payment Required"] {
        assert_eq!(explain(name).stdout, explain("402").stdout, "{name}");
    }
}

#[test]
fn a_rule_needs_no_sound_catalog() {
    explains(
        "duplicate-code",
        &expect![[r#"
            duplicate-code
              Rule  Every error must have its own code, including retired errors. (error)
              Fix   give one of the errors another code

            Programs identify the error by its code: in responses, on the reference page and in logs. A retired error is still
            read.

            Fails:

                - code: job_not_found
                - code: job_not_found
                  retired: { reason: Jobs last }

                error[duplicate-code]: the code `job_not_found` is used twice
                  --> errors.yaml:13:15
                   |
                 8 |       - code: job_not_found
                   |               ------------- first here
                ...
                13 |       - code: job_not_found
                   |               ^^^^^^^^^^^^^ again here
                   |
                   = help: give one of the errors another code

            Passes:

                - code: job_not_found
                - code: jobs_not_found
        "#]],
    );
    for sandbox in [Sandbox::with(BROKEN), Sandbox::new()] {
        let run = sandbox.run(&["explain", "duplicate-code"]).exits(0);
        assert_eq!(run.stdout, explain("duplicate-code").stdout);
    }
    let named_like_a_rule = CATALOG.replace("order_vanished", "anchor");
    let run = Sandbox::with(named_like_a_rule).run(&["explain", "anchor"]).exits(0);
    assert!(run.stdout.contains("410 Gone"), "the error is meant: {}", run.stdout);
}

#[test]
fn a_message_with_values() {
    explains(
        "Coupon SPRING was rejected: expired",
        &expect![[r#"
            coupon_rejected
              Status   400 Bad Request
              Section  Orders
              Message  Coupon {coupon} was rejected: {reason}
              Values   coupon = •••
                       reason = expired
              Cause    The coupon ••• is expired
              Fix      Use another coupon than •••
              Retry    after the fix
              Docs     https://shop.example/errors#coupon_rejected
        "#]],
    );
    let arguments = ["explain", "--show-sensitive", "Coupon SPRING was rejected: expired"];
    let run = Sandbox::with(CATALOG).run(&arguments).exits(0);
    assert!(run.stdout.contains("  coupon = SPRING\n"), "{}", run.stdout);
    assert!(run.stdout.contains("  The coupon SPRING is expired\n"), "{}", run.stdout);
}

#[test]
fn a_former_message() {
    let run = explain("Coupon SPRING is unknown").exits(0);
    assert!(run.stdout.contains("this is a former message of the error"));
    assert!(run.stdout.contains("  reason = unknown\n"), "{}", run.stdout);
}

/// A route alone is an operation, with its errors. In other text, it only says where an error comes from.
#[test]
fn a_route() {
    let operations = "operations:\n  buy: { route: \"POST /orders\", errors: [order_insufficient_balance, coupon_rejected] }\n  \
        show: { route: \"GET /orders/{id}\", errors: [order_not_found] }\n  \
        end: { route: \"DELETE /orders/{id}\", errors: [order_not_found] }\n";
    let sandbox = Sandbox::with(format!("{CATALOG}\n{operations}"));
    let run = sandbox.run(&["explain", "POST", "/v2/orders"]).exits(0);
    expect![[r#"
        POST /orders (buy)
          order_insufficient_balance  Orders  Insufficient balance
          coupon_rejected             Orders  Coupon {coupon} was rejected: {reason}
    "#]]
    .assert_eq(&run.stdout);
    let run =
        sandbox.run(&["explain", "--format", "json", "DELETE https://a.example/orders/7?x=1"]);
    let json = run.exits(0).json();
    assert_eq!((&json["kind"], &json["operation"]), (&"operation".into(), &"end".into()));
    assert_eq!(json["route"], "DELETE /orders/{id}");
    assert_eq!(json["errors"][0]["code"], "order_not_found");
    // Two operations have this path, with the same errors.
    let run = sandbox.run(&["explain", "/orders/7"]).exits(0);
    expect![[r#"
        GET /orders/{id} (show)
          order_not_found  Orders  Order not found

        DELETE /orders/{id} (end)
          order_not_found  Orders  Order not found

        COUNT  ERROR                      FIRST   LAST
        1      GET /orders/{id} (show)    line 1  line 1
        1      DELETE /orders/{id} (end)  line 1  line 1
    "#]]
    .assert_eq(&run.stdout);
    for other in ["PUT /orders/7", "/orders/7/items", "POST /orders now"] {
        sandbox.run(&["explain", other]).exits(1);
    }
}

#[test]
fn a_pasted_line() {
    explains(
        r#"HTTP/1.1 402 … {"detail":"Insufficient balance. Required: 500, available: 120"} 12ms"#,
        &expect![[r#"
            2 errors have this message.

            order_insufficient_balance
              Status        402 Payment Required
              Section       Orders
              Message       Insufficient balance
              Context       Required: {required}, available: {available} (may follow)
              Values        required = 500
                            available = 120
              Cause         The wallet holds less than the order costs
              Fix           Add money to the wallet
              Retry         after the fix
              Same message  refund_insufficient_balance (Refunds)
              Docs          https://shop.example/errors#order_insufficient_balance

            refund_insufficient_balance
              Status        402 Payment Required
              Section       Refunds
              Message       Insufficient balance
              Context       Required: {required}, available: {available} (may follow)
              Values        required = 500
                            available = 120
              Cause         The shop cannot pay the refund
              Fix           Wait for the next day
              Retry         after the fix
              Same message  order_insufficient_balance (Orders)
              Docs          https://shop.example/errors#refund_insufficient_balance
        "#]],
    );
}

#[test]
fn what_is_pasted_around_a_message() {
    let balance = ["order_insufficient_balance", "refund_insufficient_balance"];
    let cases: &[(&str, &[&str])] = &[
        ("Order not found", &["order_not_found"]),
        ("  Order not found\n", &["order_not_found"]),
        ("\"Order not found\"", &["order_not_found"]),
        ("{'detail': 'Order not found'}", &["order_not_found"]),
        (r#"{"detail":"Order not found","request":7}"#, &["order_not_found"]),
        (r#"{"detail":"Order\u0020not found"}"#, &["order_not_found"]),
        (r#"{"level":"warn","body":"{\"detail\":\"Order not found\"}"}"#, &["order_not_found"]),
        (r#"at 12:00 body="{\"detail\":\"Order not found\"}" id=7"#, &["order_not_found"]),
        (r#"at 12:00 body="{\"detail\":\"Order not found\"#, &["order_not_found"]),
        (
            "HTTP/2 404\r\na: b\r\n\r\n{\n  \"detail\": \"Order not found\"\n}\n",
            &["order_not_found"],
        ),
        ("12:00 ERROR shop: Order not found (id 7)", &["order_not_found"]),
        (r#"{"msg":"call failed: Order not found, giving up"}"#, &["order_not_found"]),
        ("Insufficient balance", &balance),
        ("12:00 Insufficient balance. Required: 500, available: 120.", &balance),
        (r#"error="Order vanished: a, b (c)" took=12ms"#, &["order_vanished"]),
        // A message that differs from the catalog's, even if it contains that.
        (r#"{"detail":"Order not found today"}"#, &[]),
        (r#"{"detail":"order not found"}"#, &[]),
        (r#"{"detail":["Order not found"]}"#, &["order_not_found"]),
        ("Reorder not founded", &[]),
        ("Coupon A B was rejected: expired", &[]),
        ("<html>502 Bad Gateway</html>", &[]),
    ];
    for (pasted, expected) in cases {
        assert_eq!(codes(pasted), *expected, "{pasted}");
    }
}

#[test]
fn values_are_typed_in_json() {
    let pasted = r#"{"status":500,"detail":"Insufficient balance. Required: 500, available: 120"}"#;
    let run = Sandbox::with(CATALOG).run(&["explain", "--format=json", pasted]).exits(0);
    let answer = run.json();
    assert_eq!(answer["kind"], "message");
    assert_eq!(answer["status_found"], 500);
    let values = serde_json::json!({ "required": 500, "available": 120 });
    assert_eq!(answer["errors"][0]["values"], values);

    let pasted = "Coupon SPRING was rejected: expired";
    let run = Sandbox::with(CATALOG).run(&["explain", "--format=json", pasted]).exits(0);
    assert!(!run.stdout.contains("\"SPRING\"") || run.stdout.contains("\"example\": \"SPRING\""));
    let error = &run.json()["errors"][0];
    assert_eq!(error["values"], serde_json::json!({ "coupon": "•••", "reason": "expired" }));
    assert_eq!(error["explanation"]["cause"], "The coupon ••• is expired");
    assert_eq!(error["cause"], "The coupon {coupon} is {reason}");
}

#[test]
fn kinds_of_answers_in_json() {
    for (what, kind, status) in [
        ("order_not_found", "code", 0),
        ("404", "status", 0),
        ("anchor", "rule", 0),
        ("Order not found", "message", 0),
        ("nothing of the kind", "nothing", 1),
    ] {
        let run = Sandbox::with(CATALOG).run(&["explain", "--format", "json", what]).exits(status);
        assert_eq!(run.json()["kind"], kind);
    }
}

#[test]
fn a_status_that_does_not_fit_is_told() {
    let run = explain(r#"HTTP/1.1 500 {"detail":"Order not found"}"#).exits(0);
    let note = "The catalog does not list the status 500 for this message.\n";
    assert!(run.stdout.ends_with(note), "{}", run.stdout);
}

#[test]
fn a_status_tells_equal_messages_apart() {
    let catalog = CATALOG.replace("detail: Rate limit exceeded", "detail: Order not found");
    let sandbox = Sandbox::with(catalog);
    let run = sandbox.run(&["explain", r#"HTTP/1.1 429 {"detail":"Order not found"}"#]).exits(0);
    assert!(run.stdout.starts_with("rate_limit_exceeded\n"), "{}", run.stdout);
    let run = sandbox.run(&["explain", "Order not found"]).exits(0);
    assert!(run.stdout.starts_with("2 errors have this message.\n"), "{}", run.stdout);
}

#[test]
fn did_you_mean() {
    let cases = [
        ("order_not_fund", "`order_not_found`"),
        ("Oder not found", "`Order not found`"),
        (r#"{"detail":"Insuficient balance. Required: 5"}"#, "`Insufficient balance`"),
        ("Coupon X was rejectet: expired", "`Coupon {coupon} was rejected: {reason}`"),
        ("duplicate-cod", "`duplicate-code`"),
    ];
    for (what, meant) in cases {
        let run = explain(what).exits(1);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error: nothing in the catalog fits\n"), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("  did you mean {meant}?\n")), "{}", run.stderr);
    }
}

/// A message that is about no field in particular is shown, too.
#[test]
fn messages_of_validations_without_a_path() {
    let list = r#"{"detail":[{"loc":[],"msg":"the end is before the start"},{"loc":["body","end"],"msg":"a date"}]}"#;
    let first = "lists the fields that are wrong.\n            the end is before the start\n";
    let shown = explain(list).stdout;
    assert!(shown.contains(first) && shown.contains("\n  body.end  a date\n"), "{shown}");
    let catalog = include_str!("../../tests/catalogs/families/json_api.yaml");
    let body = r#"{"errors":[{"code":"TITLE_EMPTY","detail":"The title is empty"},{"detail":"Say more","source":{"pointer":"/b"}},{"detail":"And more","source":{"pointer":""}}]}"#;
    let shown = Sandbox::with(catalog).run(&["explain", body]).exits(0).stdout;
    assert!(shown.contains("b: Say more\n") && shown.contains("  And more\n"), "{shown}");
}

#[test]
fn standard_input_and_several_words() {
    let sandbox = Sandbox::with(CATALOG);
    let expected = explain("Order not found").stdout;
    assert_eq!(sandbox.run(&["explain", "Order", "not", "found"]).exits(0).stdout, expected);
    let body = r#"{"detail":"Order not found"}"#;
    assert_eq!(sandbox.run_with_input(&["explain"], body).exits(0).stdout, expected);
    assert_eq!(sandbox.run_with_input(&["explain", "-"], body).exits(0).stdout, expected);
    let run = sandbox.run_with_input(&["explain"], " \n").exits(2);
    assert!(run.stderr.starts_with("error: nothing to explain; "), "{}", run.stderr);
    let run = sandbox.run_with_input(&["explain"], "a ".repeat(400_000)).exits(1);
    let nothing = "error: nothing in the catalog fits\n  `kate-errors list` shows all errors\n";
    assert_eq!(run.stderr, nothing);
    sandbox.run_with_input(&["explain", "--file", "-"], CATALOG).exits(2);
    let latin = b"{\"detail\":\"Order not found\",\"x\":\"\xFF\"}";
    sandbox.run_with_input(&["explain"], latin).exits(0);
    // Windows PowerShell writes UTF-16.
    for (log, shown) in [
        (body.to_owned(), "order_not_found\n"),
        (format!("{body}\n").repeat(40_000), "40000  order_not_found"),
    ] {
        for (mark, unit) in [
            ([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]),
            ([0xFE, 0xFF], u16::to_be_bytes),
        ] {
            let units = mark.into_iter().chain(log.encode_utf16().flat_map(unit));
            let run = sandbox.run_with_input(&["explain"], units.collect::<Vec<u8>>()).exits(0);
            assert!(run.stdout.contains(shown), "{}", run.stdout);
        }
    }
}

#[test]
fn a_catalog_by_name() {
    let sandbox = Sandbox::new();
    sandbox.write("shop.yaml", CATALOG);
    sandbox.run(&["explain", "404", "--file", "shop.yaml"]).exits(0);
    let run = sandbox.run(&["explain", "404"]).exits(2);
    // A file name after the words would be taken for one of them.
    assert!(run.stderr.contains("name a file with `--file`, or let"), "{}", run.stderr);
    let run = Sandbox::with(BROKEN).run(&["explain", "404"]).exits(1);
    assert!(run.stderr.contains("error[duplicate-code]"), "{}", run.stderr);
}

#[test]
fn hostile_values_cannot_drive_the_terminal() {
    let hostile = "Order vanished: \u{202e}a\u{2066}b";
    let run = explain(hostile).exits(0).harmless();
    assert!(run.stdout.contains("why = \\u{202e}a\\u{2066}b"), "{}", run.stdout);
    let arguments = ["explain", "--format", "json", hostile];
    Sandbox::with(CATALOG).run(&arguments).exits(0).harmless();
    explain("\x1b[2J\u{9b}31m\r\n::error::").exits(1).harmless();
}

/// Texts that the command and the input of the HTML page must read alike: `cargo xtask conformance html` pastes them
/// into the page.
#[test]
fn what_is_pasted_is_read_as_the_page_reads_it() {
    let all: serde_json::Value = serde_json::from_str(include_str!("pasted.json")).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for (name, cases) in all.as_object().unwrap() {
        let sandbox = Sandbox::with(std::fs::read(root.join(name)).unwrap());
        let catalog = sandbox.run(&["list", "--format", "json"]).json();
        for case in cases.as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let arguments = ["explain", "--format", "json", "--show-sensitive", "--", text];
            let found = sandbox.run(&arguments).json();
            if let Some(wanted) = case.get("found") {
                let line = serde_json::to_string(text).unwrap() + "\n";
                let each = sandbox.run_with_input(&["explain", "--each"], line).exits(0).json();
                let row = |name: &serde_json::Value| name.as_str().unwrap().to_owned();
                let shown = each.as_array().unwrap().iter().map(|it| {
                    let rows: Vec<String> =
                        it["rows"].as_array().unwrap().iter().map(row).collect();
                    serde_json::json!([it["kind"], it["status"], rows.join(" ")])
                });
                assert_eq!(shown.collect::<serde_json::Value>(), *wanted, "{text}");
                continue;
            }
            assert_eq!(found["errors"][0]["code"], case["code"], "{text}: {found}");
            if let Some(values) = case.get("values") {
                let texts = found["errors"][0]["values"].as_object().unwrap().iter();
                let texts = texts.map(|(name, value)| {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    (name.clone(), serde_json::Value::from(text))
                });
                assert_eq!(serde_json::Value::Object(texts.collect()), *values, "{text}");
            }
            for code in
                case.get("similar").and_then(serde_json::Value::as_array).into_iter().flatten()
            {
                let mut rows = catalog.as_array().unwrap().iter();
                let row = rows.find(|row| row["code"] == *code).expect("a row");
                let offered = found["did_you_mean"].as_array().unwrap();
                assert!(offered.contains(&row["detail"]), "{text}: {found}");
            }
        }
    }
}

/// If code and message identify errors together, the code of a response is named, although its message is unknown.
#[test]
fn the_code_of_an_unknown_response_is_named() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let catalog = std::fs::read(root.join("tests/catalogs/code_and_detail.yaml")).unwrap();
    let sandbox = Sandbox::with(catalog);
    let body = r#"{"error":"invalid_grant","error_description":"Nope"}"#;
    let run = sandbox.run(&["explain", body]).exits(1);
    let line = "its code `invalid_grant` is that of `grant_expired` and `grant_used`";
    assert!(run.stderr.contains(line), "{}", run.stderr);
    let json = sandbox.run(&["explain", "--format", "json", body]).json();
    assert_eq!(json["code"], "invalid_grant");
}

/// What users may have if the body is lost, or is not from this API.
/// The page shows them too.
#[test]
fn notes_and_fields_of_a_response() {
    let by_name = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/catalogs/fields/by_name.yaml");
    let explain = |what: &str| {
        let run = Sandbox::new().run(&["explain", "--file", by_name, what]).exits(0);
        run.stdout
    };
    expect![[r#"
        invalid_request
          Status   422 Unprocessable Content
          Section  Requests
          Message  The request is not valid
          Fields   name: is missing
                   items[0].size: is odd
          Cause    Fields of it are missing, or hold something else than they should
          Fix      Correct the fields that the response names
          Retry    after the fix
          Note     the response has another message
    "#]]
    .assert_eq(&explain(
        r#"{"code":"invalid_request","message":"Invalid","errors":{"name":["is missing"],"items[0].size":["is odd"]}}"#,
    ));
    // A list in place of the message.
    expect![[r#"
        invalid_request
          Status   422 Unprocessable Content
          Section  Requests
          Message  The request is not valid
          Fields   name: is missing
          Cause    Fields of it are missing, or hold something else than they should
          Fix      Correct the fields that the response names
          Retry    after the fix
    "#]]
    .assert_eq(&explain(r#"{"code":"invalid_request","message":{"name":["is missing"]}}"#));
    // Only the code is known.
    expect![[r#"
        name_taken
          Status      409 Conflict
          Section     Requests
          Message     The name "{name}" is taken
          Parameters  name: text, the name, such as Ada
          Cause       Somebody else has it
          Fix         Choose another one
          Retry       after the fix
          Note        the message is not in the catalog
    "#]]
    .assert_eq(&explain(r#"{"code":"name_taken","message":"Ada is taken"}"#));
}

#[test]
fn the_code_of_another_error() {
    let kate = concat!(env!("CARGO_MANIFEST_DIR"), "/../errors.yaml");
    let explain = |code: &str| {
        let response = format!(
            "HTTP/1.1 404 Not Found\nx-error-code: {code}\n\n{{\"detail\":\"Run not found\"}}"
        );
        let run = Sandbox::new().run(&["explain", "--file", kate, &response]).exits(0);
        run.stdout.lines().find_map(|line| line.trim().strip_prefix("Note").map(str::to_owned))
    };
    assert_eq!(explain("run_not_found"), None);
    let note = explain("token_expired").unwrap();
    assert_eq!(note.trim(), "the response names another error, `token_expired`");
    let note = explain("run_lost").unwrap();
    assert_eq!(note.trim(), "the response names no error of the catalog");
}

#[test]
fn what_is_not_a_body() {
    explains(
        r#"HTTP/1.1 422
content-type: application/json

{"detail":[{"loc":["body","title"],"msg":"Field required","type":"missing"}]}"#,
        &expect![[r#"
            The request was invalid: the response lists the fields that are wrong.
              body.title  Field required
        "#]],
    );
    explains(
        r#"200 {"detail":"Order deleted"}"#,
        &expect![[r#"
            A response with status 200 is not an error.
        "#]],
    );
    for answer in ["HTTP/1.1 302 Found", "302"] {
        let run = explain(answer).exits(0);
        assert_eq!(run.stdout, "A response with status 302 is not an error.\n", "{answer}");
    }
    let page = explain("HTTP/1.1 200 OK\n\n<html></html>").stdout;
    assert!(!page.contains("Client Error"), "{page}");
    let run = explain("<html>\n<head><title>502 Bad Gateway</title></head>\n</html>").exits(1);
    expect![[r#"
        502 Bad Gateway: an HTML page, from a proxy or a server in front of the API.
    "#]]
    .assert_eq(&run.stdout);
    let run = explain("418").exits(1);
    expect![[r#"
        418
        The catalog has no error with this status.
    "#]]
    .assert_eq(&run.stdout);
    assert_eq!(run.stderr, "");
    for same in ["ORDER_NOT_FOUND", "order-not-found", "OrderNotFound", "ShopError::OrderNotFound"]
    {
        assert_eq!(explain(same).exits(0).stdout, explain("order_not_found").stdout, "{same}");
    }
    for same in [
        "status 404",
        "Request failed with status code 404",
        "HTTP status client error (404 Not Found) for url (http://localhost:8000/runs/7)",
        "requests.exceptions.HTTPError: 404 Client Error: Not Found for url: http://localhost/x",
    ] {
        assert_eq!(explain(same).exits(0).stdout, explain("404").stdout, "{same}");
    }
    let cut = explain(r#"{"detail":"Insufficient balance. Requ"#).exits(0).stdout;
    assert!(cut.starts_with("The message is cut off; "), "{cut}");
}

#[test]
fn the_route_says_which_operation_is_meant() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let sandbox = Sandbox::with(std::fs::read(root.join("errors.yaml")).unwrap());
    let line =
        r#"POST /artifacts/77/query status=402 body={"detail":"Insufficient token balance"}"#;
    let run = sandbox.run(&["explain", line]).exits(0);
    assert!(run.stdout.starts_with("query_insufficient_token_balance\n"), "{}", run.stdout);
    let said = "The operation POST /artifacts/{artifact_id}/query (query) lists this error.\n";
    assert!(run.stdout.ends_with(said), "{}", run.stdout);
    let line = line.replace("77/query", "77/subscribe");
    let run = sandbox.run(&["explain", &line]).exits(0);
    assert!(run.stdout.starts_with("subscription_insufficient_token_balance\n"), "{}", run.stdout);
}

/// A log of any size is read line by line, and the report ends with one line for each error.
#[test]
fn a_log() {
    let sandbox = Sandbox::with(CATALOG);
    let mut log = vec!["2026-11-27T04:00:00Z INFO started".to_owned()];
    for second in 0..3_000 {
        let body = r#"{"detail":"Coupon SPRING was rejected: expired"}"#;
        log.push(format!("2026-11-27T04:00:{:02}Z WARN status=400 body={body}", second % 60));
        log.push(
            "10.0.0.1 - - [27/Nov/2026:04:00:00 +0000] \"GET /orders/7 HTTP/1.1\" 404 153"
                .to_owned(),
        );
    }
    log.push("2026-11-27T05:00:00Z ERROR Rate limit exceeded (took 12 ms)".to_owned());
    let log = log.join("\n");
    let run = sandbox.run_with_input(&["explain"], &log).exits(0);
    let (_, summary) = run.stdout.split_once("COUNT").expect("a summary");
    expect![[r#"
          ERROR                            FIRST                             LAST
        3000   coupon_rejected                  line 2 (2026-11-27T04:00:00Z)     line 6000 (2026-11-27T04:00:59Z)
        3000   404 Not Found without a message  line 3                            line 6001
        1      rate_limit_exceeded              line 6002 (2026-11-27T05:00:00Z)  line 6002 (2026-11-27T05:00:00Z)
    "#]].assert_eq(summary);
    let json = sandbox.run_with_input(&["explain", "--format", "json"], &log).exits(0).json();
    let entry = serde_json::json!({
        "kind": "error", "codes": ["coupon_rejected"], "status": 400, "count": 3000,
        "first": { "line": 2, "time": "2026-11-27T04:00:00Z" },
        "last": { "line": 6000, "time": "2026-11-27T04:00:59Z" },
    });
    assert_eq!(json["occurrences"][0], entry);
    // If the text contains several responses, all are explained.
    let both = "HTTP/1.1 404\r\n\r\n{\"detail\":\"Order not found\"}\nHTTP/1.1 429\r\n\r\n{\"detail\":\"Rate limit exceeded\"}\n";
    let run = sandbox.run_with_input(&["explain"], both).exits(0);
    assert!(run.stdout.starts_with("order_not_found\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\nrate_limit_exceeded\n"), "{}", run.stdout);
    let json = sandbox.run_with_input(&["explain", "--format", "json"], both).exits(0).json();
    assert_eq!(json["kind"], "several");
}

/// For a body in another form, the output says why it is not one of the catalog; for a JSON response, too.
#[test]
fn what_looks_like_a_body_and_is_none() {
    let ask = |question: &str| Sandbox::with(CATALOG).run(&["explain", question]).exits(1).stderr;
    expect![[r#"
        error: nothing in the catalog fits
          read as a response body: the body has no message
          `kate-errors list` shows all errors
    "#]]
    .assert_eq(&ask(r#"{"error":"x"}"#));
    expect![[r#"
        error: nothing in the catalog fits
          read as a response body: its message is a list or an object
          `kate-errors list` shows all errors
    "#]]
    .assert_eq(&ask(r#"{"detail":[{"place":"body"}]}"#));
    expect![[r#"
        error: nothing in the catalog fits
          read as a response body: the message is not in the catalog
          `kate-errors list` shows all errors
    "#]]
    .assert_eq(&ask(r#"{"detail":"No such thing at all"}"#));
    let json = Sandbox::with(CATALOG).run(&["explain", r#"{"error":"x"}"#, "--format", "json"]);
    expect![[r#""the body has no message""#]]
        .assert_eq(&json.exits(1).json()["reason"].to_string());
}

/// If the code identifies errors, one text can be the message of several, each with its own values.
#[test]
fn a_text_that_is_the_message_of_several_errors() {
    let catalog = "catalog: Engine
wire: { body: { error: \"{code}\", message: \"{detail}\" }, identity: code }
statuses:
  400: { name: Bad Request, description: The query is wrong, cause: It is wrong, fix: Correct it }
sections:
  - name: Queries
    errors:
      - { code: OVERFLOW, status: 400, detail: \"{operation}. Set {setting}\", params: { operation: text, setting: word } }
      - { code: FAILED, status: 400, detail: \"{reason}\", params: { reason: text } }
";
    let arguments = ["explain", "--format", "json", "Too large. Set ansi"];
    let run = Sandbox::with(catalog).run(&arguments).exits(0);
    let values = ["OVERFLOW", "FAILED"].map(|code| {
        let errors = run.json()["errors"].clone();
        let error = errors.as_array().unwrap().iter().find(|error| error["code"] == code);
        error.unwrap()["values"].clone()
    });
    let expected = [
        serde_json::json!({ "operation": "Too large", "setting": "ansi" }),
        serde_json::json!({ "reason": "Too large. Set ansi" }),
    ];
    assert_eq!(values, expected);
}

/// The value of an error is not replaced by one of the same name in its context.
#[test]
fn values_of_the_same_name() {
    let catalog = "catalog: A\nstatuses: { 404: { name: Not Found, description: d } }\n\
        contexts:\n  near: { text: \"Not {name}\", params: { name: word } }\n\
        sections:\n  - name: S\n    errors:\n      - { code: gone, status: 404, detail: \"No {name}\", \
        params: { name: word }, context: near, cause: c, fix: \"Make {name}\" }\n";
    let sandbox = Sandbox::with(catalog);
    let json = sandbox.run(&["explain", "--format", "json", "No x. Not y"]).exits(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let error = &json["errors"][0];
    assert_eq!(error["values"], serde_json::json!({ "name": "x" }));
    assert_eq!(error["explanation"]["fix"], "Make x");
}

/// A list in place of the message is what a client reads, also if the body lists fields in their own place.
#[test]
fn fields_in_two_places() {
    let catalog = CATALOG.replacen('\n', "\nwire: { use: problem }\n", 1);
    let body = r#"{"detail":[{"loc":["name"],"msg":"is missing"}],"errors":[{"pointer":"/id","detail":"is odd"}]}"#;
    let run = Sandbox::with(catalog).run(&["explain", "--format", "json", body]).exits(0);
    assert_eq!(run.json()["fields"][0]["place"], "name", "{}", run.stdout);
}

/// The text of a context can be the same for all values: it says that the context is there.
#[test]
fn a_context_without_values_in_its_text() {
    let catalog = "catalog: A
wire: { body: { message: \"{detail}\", data: \"{params}\" } }
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
contexts: { wait: { text: Wait, params: { seconds: { type: u64, optional: true } } } }
sections:
  - name: S
    errors: [{ code: gone, status: 404, detail: It is gone, context: wait }]
";
    let body = r#"{"message":"It is gone. Wait","data":{"seconds":7}}"#;
    let json = Sandbox::with(catalog).run(&["explain", "--format", "json", body]).exits(0).json();
    assert_eq!(json["errors"][0]["values"], serde_json::json!({ "seconds": 7 }));
}

/// A negative number is a code, not an option.
#[test]
fn a_negative_code() {
    let catalog =
        CATALOG.replace("code: order_not_found", "code: -32600\n        name: order_not_found");
    let run = Sandbox::with(catalog).run(&["explain", "-32600"]).exits(0);
    assert!(run.stdout.starts_with("-32600\n"), "{}", run.stdout);
}
