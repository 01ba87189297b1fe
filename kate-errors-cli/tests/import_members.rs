//! `import` of what bodies have beside message and code: constants of errors, values, and what only a server knows.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod common;

use common::{Run, Sandbox};
use expect_test::expect;
use serde_json::{Value, json};

/// Returns a document with these bodies under a status.
fn document(media_type: &str, status: &str, bodies: &Value) -> String {
    let examples: serde_json::Map<String, Value> = bodies
        .as_array()
        .expect("bodies")
        .iter()
        .enumerate()
        .map(|(at, body)| (format!("example{at}"), json!({ "value": body })))
        .collect();
    let content = json!({ media_type: { "examples": examples } });
    let responses = json!({ status: { "description": "No", "content": content } });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Bank", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": responses } } },
    })
    .to_string()
}

/// Imports bodies of JSON with the status 400.
fn imported(bodies: &Value) -> String {
    imported_from(&document("application/json", "400", bodies))
}

/// Imports a document into a catalog that passes `check`, and returns its format of bodies and its errors.
fn imported_from(document: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("api.json", document);
    let Run { stdout, .. } = sandbox.run(&["import", "api.json"]).exits(0).harmless();
    sandbox.run_with_input(&["check", "-"], &stdout).exits(0);
    let (_, rest) = stdout.split_once("\nwire:\n").expect("a format of bodies");
    rest.split_once("\noperations:").map_or(rest, |(errors, _)| errors).to_owned()
}

/// The name of an example can be its code, but not if it is the message itself.
#[test]
fn examples_that_are_called_like_their_message() {
    let body = json!({ "value": { "message": "gone" } });
    let content = json!({ "application/json": { "examples": { "gone": body } } });
    let responses = json!({ "404": { "description": "No", "content": content } });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Bank", "version": "1" },
        "paths": { "/a": { "get": { "operationId": "a", "responses": responses } } },
    });
    let imported = imported_from(&document.to_string());
    assert!(imported.contains("body: { message: \"{detail}\" } # guess"), "{imported}");
    assert!(imported.contains("- code: gone # guess: the name of the example"), "{imported}");
}

/// Other links with the names of errors are none to the reference page, whose anchors are these names.
#[test]
fn links_to_the_reference_page() {
    let of = |name: &str, code: &str, before: &str| json!({ "code": code, "message": format!("It is {name}"), "help": format!("{before}{name}") });
    for (before, place) in [
        ("https://bank.example/errors#", "{docs_url}"),
        ("https://bank.example/errors/", "{any}"),
        ("errors#", "{help?}"),
    ] {
        let bodies = json!([of("frozen", "FROZEN", before), of("closed", "CLOSED", before)]);
        let imported = imported(&bodies);
        assert!(imported.contains(&format!("help: \"{place}\"")), "{before}: {imported}");
    }
}

/// A value is one of the message too, unless it is a plain word, which can be there by chance, or all that the message says.
#[test]
fn values_in_messages() {
    let imported = imported(&json!([
        { "code": "lost", "message": "Order ORD-8 is lost", "order_id": "ORD-8" },
        { "code": "missing", "message": "The name is required", "field": "name" },
        { "code": "gone", "message": "ORD-7", "order_id": "ORD-7" },
    ]));
    for detail in ["Order {order_id} is lost", "The name is required", "ORD-7"] {
        assert!(imported.contains(&format!("detail: {detail}\n")), "{detail}: {imported}");
    }
}

/// RFC 9457: the code is the end of the type, the title belongs to the type, and the instance to the request.
#[test]
fn problem_details() {
    let problem = |kind: &str, title: &str, detail: &str, more: Value| {
        let mut body = json!({ "type": format!("https://bank.example/probs/{kind}"), "title": title, "detail": detail });
        more.as_object()
            .expect("members")
            .iter()
            .for_each(|(name, value)| body[name] = value.clone());
        body
    };
    let bodies = json!([
        problem(
            "out-of-credit",
            "You do not have enough credit",
            "The balance is 30, but that costs 50",
            json!({
                "instance": "/account/12345/msgs/abc", "balance": 30, "accounts": ["/account/12345"], "retryable": false,
            })
        ),
        problem(
            "card-lost",
            "The card is lost",
            "Card 4711-99 is reported as lost",
            json!({
                "instance": "/account/1", "card": "4711-99", "retryable": false, "retry_after": 3,
            })
        ),
        problem(
            "busy",
            "Too much to do",
            "The bank is busy",
            json!({
                "instance": "/account/4", "retryable": true, "retry_after": 3,
            })
        ),
    ]);
    let document = document("application/problem+json", "402", &bodies);
    expect![[r#"
          body: { type: "https://bank.example/probs/{code}", title: "{wire.title}", detail: "{detail}", instance: "{request.instance?}", balance: "{balance?}", accounts: "{any}", retryable: "{wire.retryable}", card: "{card?}", retry_after: "{retry_after?}" } # guess: what the examples have in common
          media_type: application/problem+json

        sections:
          - name: Errors
            errors:
              - code: out-of-credit
                status: 402
                detail: The balance is {balance}, but that costs 50
                params:
                  balance: { type: u64, example: 30 } # guess: a member of bodies
                wire: { title: You do not have enough credit, retryable: false }
              - code: card-lost
                status: 402
                detail: Card {card} is reported as lost
                params:
                  card: { type: text, example: "4711-99" } # guess: a member of bodies
                wire: { title: The card is lost, retryable: false }
              - code: busy
                status: 402
                detail: The bank is busy
                wire: { title: Too much to do, retryable: true }
    "#]].assert_eq(&imported_from(&document));
}

/// A value that differs between the bodies of an error is no constant, nor is one that the message contains.
#[test]
fn values_and_constants() {
    let body = |code: &str, kind: &str, message: &str, more: Value| {
        let mut error = json!({ "code": code, "type": kind, "message": message });
        more.as_object()
            .expect("members")
            .iter()
            .for_each(|(name, value)| error[name] = value.clone());
        json!({ "error": error, "requestId": "req_1", "path": "/v1/charges" })
    };
    let bodies = json!([
        body(
            "card_declined",
            "card_error",
            "Your card was declined",
            json!({ "decline_code": "lost_card" })
        ),
        body(
            "card_declined",
            "card_error",
            "Your card was declined",
            json!({ "decline_code": "stolen_card" })
        ),
        body("card_declined", "card_error", "Your card was declined", json!({})),
        body(
            "missing",
            "request_error",
            "There is no 'ch_7'",
            json!({ "param": "charge", "id": "ch_7" })
        ),
        body(
            "limited",
            "request_error",
            "At most 100 per 60 seconds",
            json!({ "limit": 100, "per": "60", "debt": -1 })
        ),
    ]);
    expect![[r#"
          body: { error: { code: "{code}", type: "{wire.type}", message: "{detail}", decline_code: "{decline_code?}", param: "{param?}", id: "{id?}", limit: "{limit?}", per: "{per:string?}", debt: "{debt?}" }, requestId: "{request.request_id?}", path: "{request.path?}" } # guess: what the examples have in common

        sections:
          - name: Errors
            errors:
              - code: card_declined
                status: 400
                detail: Your card was declined
                params:
                  decline_code: { type: text, example: lost_card, optional: true } # guess: a member of bodies
                wire: { type: card_error }
              - code: missing
                status: 400
                detail: There is no '{id}'
                params:
                  param: { type: text, example: charge } # guess: a member of bodies
                  id: { type: text, example: ch_7 } # guess: a member of bodies
                wire: { type: request_error }
              - code: limited
                status: 400
                detail: At most {limit} per {per} seconds
                params:
                  limit: { type: u64, example: 100 } # guess: a member of bodies
                  per: { type: text, example: "60" } # guess: a member of bodies
                  debt: { type: i64, example: -1 } # guess: a member of bodies
                wire: { type: request_error }
    "#]]
        .assert_eq(&imported(&bodies));
}

/// Bodies without a code among others with one.
#[test]
fn some_bodies_have_no_code() {
    let bodies = json!([
        { "error": { "code": "no_berth", "see": "https://harbour.example/no_berth" }, "message": "No berth" },
        { "error": { "code": "no_crane", "see": "https://harbour.example/no_crane" }, "message": "No crane" },
        { "message": "No pilot is free" },
    ]);
    expect![[r#"
          body: { error: { code: "{code?}", see: "https://harbour.example/{code?}" }, message: "{detail}" } # guess: what the examples have in common
          identity: code_or_detail # guess: some bodies have no code

        sections:
          - name: Errors
            errors:
              - code: no_berth
                status: 400
                detail: No berth
              - code: no_crane
                status: 400
                detail: No crane
              - code: none
                name: no_pilot_free # guess: derived from the message
                status: 400
                detail: No pilot is free
    "#]]
        .assert_eq(&imported(&bodies));
}

/// A catalog says what bodies have; errors that are added get the constants and values that it has places for.
#[test]
fn errors_are_added_to_a_catalog_with_members() {
    let sandbox = Sandbox::with(
        "catalog: Bank\nallow_warnings: [unexplained-error]\nwire: { body: { code: \"{code}\", kind: \"{wire.type}\", message: \"{detail}\", \
         limit: \"{limit?}\" }, identity: code }\nstatuses:\n  400: { name: Bad Request, description: Not now }\nsections:\n  - name: Errors\n    \
         errors:\n      - { code: late, status: 400, detail: Too late, params: { limit: u64 }, wire: { type: time } }\n",
    );
    let bodies = json!([
        { "code": "late", "kind": "time", "message": "Too late", "more": "a" },
        { "code": "many", "kind": "number", "message": "Too many", "limit": 7, "more": "b" },
    ]);
    sandbox.write("api.json", document("application/json", "400", &bodies));
    sandbox.run(&["import", "api.json", "--out", "errors.yaml"]).harmless();
    sandbox.run(&["check"]).exits(0);
    let catalog = sandbox.read("errors.yaml");
    let added = &catalog[catalog.find("sections:").expect("the errors")..];
    expect![[r#"
        sections:
          - name: Errors
            errors:
              - { code: late, status: 400, detail: Too late, params: { limit: u64 }, wire: { type: time } }
              - code: many
                status: 400
                detail: Too many
                params:
                  limit: { type: u64, example: 7 } # guess: a member of bodies
                wire: { type: number }
    "#]]
    .assert_eq(added);
}

/// Of two sources, the first one says what bodies have.
#[test]
fn members_without_a_place_are_left_out() {
    let sandbox = Sandbox::new();
    let page = "# Errors\n\n| Code | Status | Message |\n|---|---|---|\n| late | 400 | Too late |\n\n\
                ```json\n{\"code\": \"late\", \"message\": \"Too late\"}\n```\n";
    sandbox.write("errors.md", page);
    let bodies = json!([
        { "code": "many", "message": "Too many", "limit": 7, "kind": "a" },
        { "code": "few", "message": "Too few", "limit": 8, "kind": "b" },
    ]);
    sandbox.write("api.json", document("application/json", "400", &bodies));
    let made = sandbox.run(&["import", "errors.md", "api.json"]).exits(0).harmless().stdout;
    sandbox.run_with_input(&["check", "-"], &made).exits(0);
    assert!(
        made.contains("code: many") && !made.contains("wire: {") && !made.contains("params"),
        "{made}"
    );
}

/// Python source with bodies of its own.
#[test]
fn bodies_in_python_source() {
    let sandbox = Sandbox::new();
    let response = |status: u16, code: &str, message: &str, more: &str| {
        format!(
            "    yield JSONResponse(status_code={status}, content={{'code': '{code}', 'message': {message}, {more}}})\n"
        )
    };
    let source = "from fastapi.responses import JSONResponse\ndef all(x: int):\n".to_owned()
        + &response(404, "no_job", "'No such job'", "'type': 'job_error', 'retry': False")
        + &response(
            409,
            "taken",
            "'The job is taken'",
            "'type': 'job_error', 'retry': True, 'left': x",
        )
        + &response(
            400,
            "many",
            "f'{x} are too many'",
            "'type': 'input_error', 'retry': False, 'limit': 100",
        );
    sandbox.write("app.py", source);
    let made = sandbox.run(&["import", "app.py"]).exits(0).harmless().stdout;
    sandbox.run_with_input(&["check", "-"], &made).exits(0);
    expect![[r#"
        wire:
          body: { code: "{code}", message: "{detail}", type: "{wire.type}", retry: "{wire.retry}", limit: "{limit?}" } # guess: that of most errors, unless a handler sends another one

        sections:
          - name: App
            errors:
              - code: no_job
                status: 404
                detail: No such job
                wire: { type: job_error, retry: false }
              - code: taken
                status: 409
                detail: The job is taken
                wire: { type: job_error, retry: true }
              - code: many
                status: 400
                detail: "{x} are too many"
                params:
                  x: i64 # guess: taken from `x`
                  limit: { type: u64, example: 100 } # guess: a member of bodies
                wire: { type: input_error, retry: false }
    "#]].assert_eq(&made[made.find("wire:").expect("a format of bodies")..]);
}

/// Members that a catalog cannot have, and messages that values would make ambiguous, do not cost an error.
#[test]
fn strange_members() {
    let bodies = json!([
        { "code": "a", "message": "Limit 7 of 12", "any": -7, "request": -7, "x{": 1, "y\"z": "b", "detail": 3, "empty": "", "unseen": "\u{202E}" },
        { "code": "b", "message": "Limit 8 of 12", "any": -1, "limit": 8, "number": u64::MAX, "empty": "a", "unseen": "a", "detail": 4 },
        { "code": "c", "message": "Limit 9 of 12", "tried": 12, "retired": "gone", "context": "x-12345678", "any": -2, "detail": 5 },
        { "code": "d", "message": "Limit 7 of 12", "gen": 3 },
    ]);
    expect![[r#"
          body: { code: "{code}", message: "{detail}", any: "{params.any?}", request: "{request?}", detail: "{params.detail?}", empty: "{any}", unseen: "{any}", limit: "{limit?}", number: "{number?}", tried: "{tried?}", retired: "{wire.retired?}", context: "{context_value?}", gen: "{gen_value?}" } # guess: what the examples have in common
          identity: code # guess: several codes have one message

        sections:
          - name: Errors
            errors:
              - code: a
                status: 400
                detail: "Limit 7 of 12" # guess: 7 is a part of it, and no example of a value
                params:
                  any: { type: i64, example: -7 } # guess: a member of bodies
                  request: { type: i64, example: -7 } # guess: a member of bodies
                  detail: { type: u64, example: 3 } # guess: a member of bodies
              - code: b
                status: 400
                detail: Limit {limit} of 12
                params:
                  any: { type: i64, example: -1 } # guess: a member of bodies
                  detail: { type: u64, example: 4 } # guess: a member of bodies
                  limit: { type: u64, example: 8 } # guess: a member of bodies
                  number: { type: u64, example: "18446744073709551615" } # guess: a member of bodies
              - code: c
                status: 400
                detail: "Limit 9 of {tried}"
                params:
                  any: { type: i64, example: -2 } # guess: a member of bodies
                  detail: { type: u64, example: 5 } # guess: a member of bodies
                  tried: { type: u64, example: 12 } # guess: a member of bodies
                  context_value: { type: text, example: x-12345678 } # guess: a member of bodies
                wire: { retired: gone }
              - code: d
                status: 400
                detail: "Limit 7 of 12" # guess: 7 is a part of it, and no example of a value
                params:
                  gen_value: { type: u64, example: 3 } # guess: a member of bodies
    "#]].assert_eq(&imported(&bodies));
}

/// A type that is the specification of a status is no code.
#[test]
fn types_that_describe_statuses() {
    let body = |kind: &str, detail: &str| json!({ "type": kind, "detail": detail });
    let bodies = json!([
        body("https://tools.ietf.org/html/rfc9110#section-15.5.1", "No name"),
        body("https://tools.ietf.org/html/rfc9110#section-15.5.5", "No book"),
    ]);
    let made = imported_from(&document("application/problem+json", "400", &bodies));
    assert!(made.starts_with("  body: { type: \"{any}\", detail: \"{detail}\" }"), "{made}");
    assert!(!made.contains("section-15"), "{made}");
}

/// The same value has one meaning, and a value that would make messages ambiguous stays text.
#[test]
fn values_that_are_no_parameters() {
    let bodies = json!([
        { "message": "Value 7 found", "value": 7, "errno": u64::MAX, "a": { "limit": 1 }, "b": { "limit": 2 } },
        { "message": "Value 8 found", "errno": 3, "number": 1_u64 << 60, "version": i64::MIN, "a": { "limit": 1 }, "b": { "limit": 1 } },
    ]);
    expect![[r#"
          body: { message: "{detail}", value: "{value?}", errno: "{errno?}", a: { limit: "{limit?}" }, b: "{any}", number: "{number?}", version: "{version?}" } # guess: what the examples have in common

        sections:
          - name: Errors
            errors:
              - code: value_7_found # guess: derived from the message
                status: 400
                detail: Value 7 found
                params:
                  value: { type: u64, example: 7 } # guess: a member of bodies
                  errno: { type: u64, example: "18446744073709551615" } # guess: a member of bodies
                  limit: { type: u64, example: 1 } # guess: a member of bodies
              - code: value_8_found # guess: derived from the message
                status: 400
                detail: "Value 8 found" # guess: 8 is a part of it, and no example of a value
                params:
                  errno: { type: u64, example: 3 } # guess: a member of bodies
                  limit: { type: u64, example: 1 } # guess: a member of bodies
                  number: { type: u64, example: 1152921504606846976 } # guess: a member of bodies
                  version: { type: i64, example: -9223372036854775808 } # guess: a member of bodies
    "#]]
        .assert_eq(&imported(&bodies));
    let bodies = json!([
        { "code": "a", "message": "At most 8", "limit": 8 },
        { "code": "a", "message": "At most 8" },
        { "code": "b", "message": "Gone", "left": -3 },
        { "code": "c", "message": "Gone", "seat": -4 },
    ]);
    expect![[r#"
          body: { code: "{code}", message: "{detail}", limit: "{limit?}", left: "{left?}", seat: "{seat?}" } # guess: what the examples have in common
          identity: code # guess: several codes have one message

        sections:
          - name: Errors
            errors:
              - code: a
                status: 400
                detail: "At most {limit}"
                params:
                  limit: { type: u64, example: 8 } # guess: a member of bodies
              - code: b
                status: 400
                detail: Gone
                params:
                  left: { type: i64, example: -3 } # guess: a member of bodies
              - code: c
                status: 400
                detail: Gone
                params:
                  seat: { type: i64, example: -4 } # guess: a member of bodies
    "#]].assert_eq(&imported(&bodies));
    // Codes that are not always sent identify nothing, so an error with the message of another is an alias.
    let bodies = json!([
        { "code": "b", "message": "Gone", "left": -3 },
        { "code": "c", "message": "Gone", "seat": -4 },
        { "message": "Late" },
    ]);
    expect![[r#"
          body: { code: "{any}", message: "{detail}", left: "{left?}", seat: "{any}" } # guess: what the examples have in common

        sections:
          - name: Errors
            errors:
              - code: b
                status: 400
                detail: Gone
                params:
                  left: { type: i64, example: -3 } # guess: a member of bodies
              - code: c
                same_as: b
              - code: late # guess: derived from the message
                status: 400
                detail: Late
    "#]].assert_eq(&imported(&bodies));
}

/// A format has a limited number of members, so that many bodies with members of their own take linear time.
#[test]
fn a_format_with_many_members() {
    let body = |at: usize| json!({ "message": format!("No {at}"), format!("k{at}"): true });
    let bodies: Value = (0..400).map(body).collect();
    let made = imported(&bodies);
    let format = made.lines().next().expect("a format");
    assert!(format.contains("k254") && !format.contains("k255"), "{format}");
}
