//! Envelopes other than `{"detail":"…"}`, and errors that are identified by their codes.

use kate_errors::{Fallback, Note, Unknown, UnknownReason};
use serde_json::{Value, json};

/// Identified by their messages.
#[kate_errors::catalog("tests/catalogs/error_objects.yaml")]
pub enum ErrorObjectsError {}

/// Identified by their codes.
mod by_code {
    #[kate_errors::catalog("tests/catalogs/by_code.yaml")]
    pub enum ByCodeError {}
}
use by_code::{ByCodeError, ByCodeErrorCode};

/// Identified by their messages, in a body that is compared before it is parsed.
mod azure {
    #[kate_errors::catalog("tests/catalogs/azure.yaml")]
    pub enum AzureError {}
}
use azure::{AzureError, AzureErrorCode};

/// With every slot in the body.
mod every_slot {
    #[kate_errors::catalog("tests/catalogs/every_slot.yaml")]
    pub enum EverySlotError {}
}
use every_slot::EverySlotError;

fn json_of(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

fn sold_out(left: Option<u64>) -> ErrorObjectsError {
    ErrorObjectsError::SoldOut {
        item: String::from("\"Blue\" mug"),
        context: left.map(|left| Stock { left }),
    }
}

#[test]
fn bodies_have_the_form_of_the_template() {
    assert_eq!(
        *ErrorObjectsError::OrderMissing.body(),
        *br#"{"error":{"code":"order_missing","message":"No such order","docs":"https://shop.example.com/errors#order_missing"}}"#
    );
    assert_eq!(
        json_of(&sold_out(Some(2)).body()),
        json!({ "error": {
            "code": "sold_out",
            "message": "The item \"Blue\" mug is sold out. 2 left",
            "docs": "https://shop.example.com/errors#sold_out",
        } })
    );
    let mut body = Vec::new();
    sold_out(None).write_body(&mut body);
    assert_eq!(body, *sold_out(None).body());
}

/// The command generates the same bodies from the same catalog (`kate-errors-cli/tests/wire.rs`).
#[test]
fn every_slot_has_its_value() {
    let expected: [Value; 2] =
        serde_json::from_str(include_str!("catalogs/every_slot.json")).unwrap();
    let context = Some(every_slot::Stock { left: 5 });
    let sold_out = EverySlotError::SoldOut { item: String::from("Mug \\ cup"), context };
    for (error, expected) in [EverySlotError::Closed, sold_out].into_iter().zip(expected) {
        assert_eq!(json_of(&error.body()), expected);
        let received = EverySlotError::decode(error.status(), error.body().into_owned());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
    }
}

#[test]
fn a_value_in_a_member_that_differs_is_a_note() {
    let sold_out = |item: &str| EverySlotError::SoldOut { item: item.to_owned(), context: None };
    let error = sold_out("Mug");
    let body = String::from_utf8(error.body().into_owned()).unwrap();
    let received = EverySlotError::decode(
        error.status(),
        body.replace("\"item\":\"Mug\"", "\"item\":\"Cup\"").into_bytes(),
    );
    assert_eq!((received.known(), received.notes()), (Some(&error), &[Note::ValuesDiffer][..]));
    // A value that was sanitized in the message does not count as a different one.
    let altered = sold_out("Mug\tcup");
    let received = EverySlotError::decode(altered.status(), altered.body().into_owned());
    assert_eq!((received.known(), received.notes()), (Some(&altered.sanitized()), &[][..]));
}

#[test]
fn what_is_written_is_read() {
    let aliases = [ErrorObjectsError::OrderMissing, ErrorObjectsError::CartMissing];
    for error in aliases.into_iter().chain([sold_out(None), sold_out(Some(7))]) {
        let received = ErrorObjectsError::decode(error.status(), error.body().into_owned());
        assert_eq!(received.known(), Some(&error), "the code chooses among errors of one message");
        assert_eq!(received.notes(), []);
        assert_eq!(received.detail().unwrap(), error.detail());
        let through_serde: ErrorObjectsError =
            serde_json::from_value(serde_json::to_value(&error).unwrap()).unwrap();
        assert_eq!(through_serde, error);
    }
}

#[test]
fn order_blanks_and_other_members_do_not_matter() {
    let body = r#" { "trace": [{}, null], "error" : { "message": "No such order", "more": {"message": 1} , "code": "order_missing" } }"#;
    let received = ErrorObjectsError::decode(404, body.as_bytes());
    assert_eq!(received.known(), Some(&ErrorObjectsError::OrderMissing));
    assert_eq!(received.notes(), []);
}

#[test]
fn the_message_goes_before_the_code() {
    let decode = |body: &'static str| ErrorObjectsError::decode(404, body.as_bytes());
    let received = decode(r#"{"error":{"code":"sold_out","message":"No such order"}}"#);
    assert_eq!(received.known(), Some(&ErrorObjectsError::OrderMissing));
    let named = ErrorObjectsErrorCode::SoldOut;
    assert_eq!(received.notes(), [Note::CodeContradicts { named }]);

    let received = decode(r#"{"error":{"code":"gone","message":"No such order"}}"#);
    assert_eq!(received.known(), Some(&ErrorObjectsError::OrderMissing));
    assert_eq!(received.notes(), [Note::CodeUnknown { value: String::from("gone") }]);

    let received = decode(r#"{"error":{"code":"order_missing","message":"Keine Bestellung"}}"#);
    let unknown = received.unknown().unwrap();
    assert_eq!(unknown.reason(), UnknownReason::OtherMessage);
    assert_eq!(unknown.named(), Some(ErrorObjectsErrorCode::OrderMissing));
    assert_eq!(received.code(), None, "a code is a hint, not what errors are known by");
}

/// The code is checked, whether or not a body is spelled as this library spells it.
#[test]
fn spelling_does_not_matter() {
    let (no_disk, no_snapshot) = (AzureErrorCode::NoDisk, AzureErrorCode::NoSnapshot);
    let snapshot = AzureError::NoSnapshot { name: String::from("of May") };
    for (code, message, error, notes) in [
        ("no_disk", "No such disk", Some(AzureError::NoDisk), vec![]),
        ("no_snapshot", r#"No snapshot \"of May\""#, Some(snapshot.clone()), vec![]),
        (
            "no_snapshot",
            "No such disk",
            Some(AzureError::NoDisk),
            vec![Note::CodeContradicts { named: no_snapshot }],
        ),
        (
            "no_disk",
            r#"No snapshot \"of May\""#,
            Some(snapshot.clone()),
            vec![Note::CodeContradicts { named: no_disk }],
        ),
        (
            "no_disc",
            "No such disk",
            Some(AzureError::NoDisk),
            vec![Note::CodeUnknown { value: String::from("no_disc") }],
        ),
        (
            r"d\u00efsk",
            "No such disk",
            Some(AzureError::NoDisk),
            vec![Note::CodeUnknown { value: String::from("d\u{ef}sk") }],
        ),
        ("no_disk", "No disk", None, vec![]),
    ] {
        let tight = format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#);
        let wide = tight.replace(':', " : ").replace('{', "{ ");
        let turned = format!(r#"{{"error":{{"message":"{message}","code":"{code}"}}}}"#);
        for body in [format!("{tight}\n"), tight, wide, turned] {
            let received = AzureError::decode(404, body.as_bytes());
            assert_eq!((received.known(), received.notes()), (error.as_ref(), &*notes), "{body}");
        }
    }
    assert_eq!(
        *snapshot.body(),
        *br#"{"error":{"code":"no_snapshot","message":"No snapshot \"of May\""}}"#
    );
    // Invalid strings are rejected, wherever they are.
    for body in [
        "{\"error\":{\"code\":\"no\u{1}disk\",\"message\":\"No such disk\"}}".as_bytes(),
        b"{\"error\":{\"code\":\"no_disk\",\"message\":\"No such\" disk\"}}",
        b"{\"error\":{\"code\":\"no_\xFFdisk\",\"message\":\"No such disk\"}}",
    ] {
        assert!(AzureError::decode(404, body).unknown().is_some());
    }
}

#[test]
fn bodies_of_another_form_are_unknown() {
    for (body, reason) in [
        (r#"{"detail":"No such order"}"#, UnknownReason::NoDetail),
        (r#"{"error":"No such order"}"#, UnknownReason::NoDetail),
        (r#"{"error":{"message":null}}"#, UnknownReason::OtherKind(kate_errors::DetailKind::Null)),
        (r#"{"error":{"message":"a","message":"a"}}"#, UnknownReason::DuplicateDetail),
        (r#"{"error":{"message":"a"},"error":{}}"#, UnknownReason::DuplicateMember),
        (r#"{"error":{"message":"a"}"#, UnknownReason::Truncated),
    ] {
        let received = ErrorObjectsError::decode(404, body.as_bytes());
        assert_eq!(received.unknown().map(Unknown::reason), Some(reason), "{body}");
    }
}

#[test]
fn a_response_of_no_error_has_the_same_form() {
    let body = Fallback::<ErrorObjectsErrorCode>::of(503).body().into_owned();
    let expected =
        json!({ "error": { "code": null, "message": "Service Unavailable", "docs": "" } });
    assert_eq!(json_of(&body), expected);
    assert!(ErrorObjectsError::decode(503, body).unknown().is_some());
}

#[test]
fn codes_tell_errors_of_one_message_apart() {
    for error in [ByCodeError::OrderMissing, ByCodeError::CartMissing] {
        let received = ByCodeError::decode(404, error.body().into_owned());
        assert_eq!(received.known(), Some(&error));
        assert_eq!(received.notes(), []);
        assert_eq!(received.code(), Some(error.code()));
        assert!(received.alternatives().is_empty());
    }
    let error = ByCodeError::SoldOut { item: String::from("Mug: blue"), left: 0 };
    assert_eq!(
        json_of(&error.body()),
        json!({ "error": { "code": 409, "message": "Mug: blue is sold out: 0 left", "details": [{
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "sold_out",
            "domain": "shop.example.com",
            "metadata": { "item": "Mug: blue", "left": "0" },
        }] } })
    );
    let received = ByCodeError::decode(409, error.body().into_owned());
    assert_eq!(received.known(), Some(&error));
    let through_serde: ByCodeError = serde_json::from_slice(&error.body()).unwrap();
    assert_eq!(through_serde, error);
}

#[test]
fn every_response_has_the_code_in_the_header_of_the_catalog() {
    let headers = |response: kate_errors::CatalogResponse<ByCodeError>| {
        let named = response.headers().filter(|(name, _)| name.starts_with("x-"));
        named.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    assert_eq!(headers(ByCodeError::CartMissing.response()), ["x-shop-error: cart_missing"]);
    let asked_for = ByCodeError::CartMissing.response().with_error_code();
    assert_eq!(headers(asked_for), ["x-shop-error: cart_missing"]);
    assert_eq!(headers(kate_errors::CatalogResponse::fallback(404)), [""; 0]);
}

/// Returns a body in Google's format, with another detail before the one that contains the code.
fn google(reason: &str, message: &str) -> Vec<u8> {
    let info = json!({ "reason": reason, "@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "shop.example.com" });
    let help = json!({ "@type": "type.googleapis.com/google.rpc.Help", "reason": "order_missing" });
    json!({ "error": { "details": [help, info], "message": message } }).to_string().into_bytes()
}

#[test]
fn a_known_code_is_enough_without_values() {
    let received = ByCodeError::decode(404, google("cart_missing", "Warenkorb nicht gefunden"));
    assert_eq!(received.known(), Some(&ByCodeError::CartMissing));
    assert_eq!(received.notes(), [Note::OtherMessage { current: "Not found" }]);

    let received = ByCodeError::decode(409, google("sold_out", "Ausverkauft"));
    assert_eq!(received.known(), None, "nobody knows the values");
    assert_eq!(received.code(), Some(ByCodeErrorCode::SoldOut));
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherMessage);
}

#[test]
fn former_messages_are_those_of_the_code() {
    let former = |reason, message| {
        let received = ByCodeError::decode(
            if reason == "sold_out" { 409 } else { 404 },
            google(reason, message),
        );
        let notes = received.notes().to_vec();
        (received.into_known().ok(), notes)
    };
    let (error, notes) = former("sold_out", "Sold out: Mug, 3 left");
    assert_eq!(error, Some(ByCodeError::SoldOut { item: String::from("Mug"), left: 3 }));
    let current = "{item} is sold out: {left} left";
    assert_eq!(notes, [Note::FormerMessage { current }]);
    let (error, notes) = former("cart_missing", "No such cart");
    assert_eq!(error, Some(ByCodeError::CartMissing));
    assert_eq!(notes, [Note::FormerMessage { current: "Not found" }]);
    // A former message of another error is just another message.
    let (error, notes) = former("order_missing", "No such cart");
    assert_eq!(error, Some(ByCodeError::OrderMissing));
    assert_eq!(notes, [Note::OtherMessage { current: "Not found" }]);
}

#[test]
fn without_a_known_code_nothing_is_known() {
    let received = ByCodeError::decode(404, google("order_lost", "Not found"));
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherCode);
    let received = ByCodeError::decode(404, br#"{"error":{"message":"Not found"}}"#);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::NoCode);
    // If the body has no code, the header is read.
    let decoder = ByCodeError::decoder().error_code(Some("cart_missing"));
    let received = decoder.decode(404, br#"{"error":{"message":"Not found"}}"#);
    assert_eq!(received.known(), Some(&ByCodeError::CartMissing));
    // If they differ, the body takes precedence.
    let decoder = ByCodeError::decoder().error_code(Some("cart_missing"));
    let received = decoder.decode(404, google("order_missing", "Not found"));
    assert_eq!(received.known(), Some(&ByCodeError::OrderMissing));
    let named = ByCodeErrorCode::CartMissing;
    assert_eq!(received.notes(), [Note::CodeContradicts { named }]);
}

#[kate_errors::catalog("tests/catalogs/requests.yaml")]
pub enum RequestsError {}

#[test]
fn errors_bring_along_what_their_bodies_show() {
    assert_eq!(
        json_of(&RequestsError::NoOrder.body()),
        json!({ "error": {
            "code": "no_order", "type": "request_error", "message": "No such order", "grpc": 5,
        } })
    );
    let error = RequestsError::SoldOut { item: "Mug".into() };
    assert_eq!(
        json_of(&error.body()),
        json!({ "error": {
            "code": "sold_out", "type": "stock \"error\"", "message": "Mug is sold out", "docs": "/errors/sold-out",
        } })
    );
    assert_eq!(RequestsError::decode(409, error.body()).known(), Some(&error));
}

#[test]
fn responses_have_values_of_their_request() {
    let error = RequestsError::SoldOut { item: "Mug".into() };
    let response = error.clone().response().request_value("request_id", "a\"b");
    let response = response.request_value("request_id", "later").request_value("other", 7_u64);
    assert_eq!(response.sanitized_parameters(), ["other"]);
    let body = response.body();
    assert_eq!(json_of(&body)["error"]["request_id"], json!("a\"b"));
    let received = RequestsError::decode(409, body);
    assert_eq!(received.known(), Some(&error));
    assert_eq!(received.request_value("request_id").as_deref(), Some("a\"b"));
    assert_eq!(received.request_value("other"), None);
    // An error without values, and a response without an error.
    let number = RequestsError::NoOrder.response().request_value("request_id", -7_i64).body();
    assert_eq!(json_of(&number)["error"]["request_id"], json!(-7));
    assert_eq!(
        RequestsError::decode(404, number).request_value("request_id").as_deref(),
        Some("-7")
    );
    let fallback = kate_errors::CatalogResponse::<RequestsError>::fallback(409);
    let body = fallback.request_value("request_id", "7f").body();
    assert_eq!(json_of(&body)["error"]["request_id"], json!("7f"));
    assert_eq!(json_of(&body)["error"]["message"], json!("Conflict"));
}

mod traces {
    #[kate_errors::catalog("tests/catalogs/traces.yaml")]
    pub enum TracesError {}
}

#[test]
fn a_text_without_its_request_value_is_read_as_none() {
    use traces::TracesError::{self, NoOrder};
    let read = |body: &[u8]| {
        let received = TracesError::decode(404, body.to_vec());
        received.request_value("id").map(String::from)
    };
    let body = NoOrder.body();
    assert_eq!(*body, *br#"{"detail":"No such order","trace":"id="}"#);
    assert_eq!(read(&body), None);
    assert_eq!(read(&NoOrder.response().request_value("id", "7").body()), Some("7".to_owned()));
}

/// As in TypeScript and Python, a success is read in the format of the catalog, whatever else it resembles.
#[test]
fn a_success_has_no_older_format() {
    let body = br#"{"message":[{"loc":["name"]}],"id":"7"}"#;
    let [error, success] = [404, 200].map(|status| traces::TracesError::decode(status, body));
    assert!(error.validation().is_some() && !success.is_error());
    assert_eq!(error.request_value("id").as_deref(), Some("7"));
    assert_eq!(success.request_value("id"), None);
}

#[test]
fn bodies_have_the_media_type_of_the_catalog() {
    let response = RequestsError::NoOrder.response();
    let expected = ("content-type", "application/vnd.requests+json".into());
    assert_eq!(response.headers().next(), Some(expected));
    // Problem details would not contain the code.
    let asked = response.accept([&b"application/problem+json"[..]]);
    assert_eq!(asked.content_type(), "application/vnd.requests+json");
    assert_eq!(ErrorObjectsError::OrderMissing.response().content_type(), "application/json");
}

#[test]
fn bodies_say_how_long_to_wait_as_their_header_field_does() {
    let busy = || RequestsError::Busy.response();
    assert_eq!(json_of(&busy().body())["error"]["retry_in"], json!(5));
    let later = busy().retry_after(std::time::Duration::from_secs(40));
    assert_eq!(json_of(&later.body())["error"]["retry_in"], json!(40));
    assert!(later.headers().any(|field| field == ("retry-after", "40".into())));
    let fallback = kate_errors::CatalogResponse::<RequestsError>::fallback(503);
    let fallback = fallback.retry_after(std::time::Duration::from_secs(9));
    assert_eq!(json_of(&fallback.body())["error"]["retry_in"], json!(9));
    let fallback = kate_errors::CatalogResponse::<EverySlotError>::fallback(503);
    assert!(fallback.headers().any(|field| field == ("retry-after", "3".into())));
    assert_eq!(json_of(&fallback.body())["wait"], json!(3));
    let longest = fallback.retry_after(std::time::Duration::MAX);
    assert_eq!(json_of(&longest.body())["wait_ms"], json!(u64::MAX));
}

mod statuses {
    #[kate_errors::catalog("tests/catalogs/statuses.yaml")]
    pub enum StatusesError {}
}
use statuses::{StatusesError, StatusesErrorCode};

#[test]
fn an_error_is_sent_with_any_of_its_statuses() {
    let headers = |response: &kate_errors::CatalogResponse<StatusesError>| {
        let named = response.headers().filter(|(name, _)| *name != "content-type");
        named.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
    };
    assert_eq!(StatusesErrorCode::NoAccess.other_statuses(), [401]);
    let first = StatusesError::NoAccess.response();
    assert_eq!((first.status(), headers(&first)), (403, vec![]));
    let other = StatusesError::NoAccess.response().with_status(401);
    assert_eq!(other.status(), 401);
    assert_eq!(headers(&other), [r#"www-authenticate: Bearer realm="statuses""#]);
    assert_eq!(
        json_of(&other.body()),
        json!({
            "code": "no_access", "message": "No access", "status": 401, "title": "Unauthorized",
            "hint": "Ask for another",
        })
    );
    // A status that the error does not have.
    let refused = StatusesError::NoAccess.response().with_status(404);
    assert_eq!((refused.status(), json_of(&refused.body())["status"].clone()), (403, json!(403)));
    // What the error states takes precedence over what the status states.
    let error = StatusesError::NoItem { item: "mug".into() };
    let unavailable = error.clone().response().with_status(503);
    assert_eq!(headers(&unavailable), ["retry-after: 7"]);
    assert_eq!(json_of(&unavailable.body())["message"], json!("No mug"));
    assert_eq!(StatusesError::decode(503, unavailable.body()).known(), Some(&error));
}

#[test]
fn an_error_is_read_under_any_of_its_statuses() {
    let decode = |status| StatusesError::decode(status, StatusesError::NoAccess.body());
    for status in [403, 401] {
        assert_eq!(decode(status).known(), Some(&StatusesError::NoAccess));
        assert_eq!(decode(status).notes(), []);
    }
    assert_eq!(decode(404).notes(), [Note::StatusDiffers { expected: 403, received: 404 }]);
    let error = StatusesError::NoItem { item: "mug".into() };
    for status in [404, 410, 503] {
        let received = StatusesError::decode(status, error.body());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
    }
    // The status tells errors with the same code apart.
    let locked = StatusesError::decode(403, StatusesError::ItemLocked.body());
    assert_eq!(locked.known(), Some(&StatusesError::ItemLocked));
}

mod members {
    #[kate_errors::catalog("tests/catalogs/members.yaml")]
    pub enum MembersError {}
}
use members::MembersError;

#[test]
fn values_contain_no_text_that_ends_the_message_in_the_body() {
    mod shards {
        #[kate_errors::catalog("tests/catalogs/families/shards.yaml")]
        pub enum ShardsError {}
    }
    use shards::ShardsError::{Sh03014, Sh12001};
    let errors = [
        Sh03014 { column: "total (trace 7)".into(), clause: "field list".into() },
        Sh03014 { column: "a".into(), clause: "b' (trace".into() },
        Sh12001 { detail: "unsupported (trace (trace 1".into() },
    ];
    let sent = [
        "unknown column 'total\u{FFFD}(trace 7)' in 'field list'",
        "unknown column 'a' in 'b\u{FFFD} (trace'",
        "unsupported\u{FFFD}(trace\u{FFFD}(trace 1",
    ];
    for (error, sent) in errors.into_iter().zip(sent) {
        assert_eq!(error.detail(), sent);
        let body = error.response().body().into_owned();
        let received = kate_errors::Decoder::new().decode(400, body);
        assert_eq!(received.known(), Some(&error.sanitized()));
        assert_eq!((received.notes(), error.sanitized().detail()), (&[][..], error.detail()));
        assert_eq!(error.sanitized_parameters().len(), 1);
    }
}

#[test]
fn values_contain_no_text_before_which_something_else_can_be() {
    mod prefixed {
        #[kate_errors::catalog("tests/catalogs/prefixed.yaml")]
        pub enum PrefixedError {}
    }
    use prefixed::PrefixedError::{self, BadName, Taken};
    let errors = [
        BadName { name: "a: b".into() },
        Taken { name: "a: b".into() },
        BadName { name: "a [ref".into() },
        BadName { name: "a:".into() },
    ];
    let all = [
        "No name a\u{FFFD} b",
        "a:\u{FFFD}b is taken",
        "No name a\u{FFFD}[ref",
        "No name a\u{FFFD}",
    ];
    for (error, sent) in errors.into_iter().zip(all) {
        assert_eq!(error.detail(), sent);
        let received = PrefixedError::decode(error.status(), error.body());
        assert_eq!(received.known(), Some(&error.sanitized()));
        let longer = format!(r#"{{"message":"EU: {sent} [ref [7"}}"#);
        let received = PrefixedError::decode(error.status(), longer.as_bytes());
        assert_eq!(received.known(), Some(&error.sanitized()));
    }
}

#[test]
fn clients_can_read_bodies_with_long_texts_beside_the_message() {
    for text in ["x".repeat(70_000), "\u{1F600}\"".repeat(30_000)] {
        let error = MembersError::TooMany { wanted: -7, note: text.clone() };
        let body = error.body();
        assert!(body.len() <= 65_536, "{}", body.len());
        let decoded = MembersError::decode(409, body);
        let Some(MembersError::TooMany { wanted: -7, note }) = decoded.known() else {
            panic!("{decoded:?}");
        };
        assert!(text.starts_with(note.as_str()));
        assert_eq!(note.len(), 16_384);
        assert_eq!(decoded.known(), Some(&error.sanitized()));
        assert_eq!(error.sanitized_parameters(), ["note"]);
    }
}

/// A value that is cut is the same in the message and in its member, and in two places of the message.
#[test]
fn clients_find_nothing_unexpected_in_bodies_that_were_cut() {
    mod two_places {
        #[kate_errors::catalog("tests/catalogs/fields/two_places.yaml")]
        pub enum TwoPlacesError {}
    }
    use two_places::TwoPlacesError::{self, NameTaken};
    let text = "\u{1F600}\"".repeat(30_000);
    let twice = NameTaken { name: text.clone() };
    let body = twice.body();
    assert!(body.len() <= 65_536, "{}", body.len());
    let decoded = TwoPlacesError::decode(409, body);
    assert_eq!(decoded.known(), Some(&twice.sanitized()));
    assert_eq!((decoded.notes(), twice.sanitized_parameters()), (&[][..], vec!["name"]));
    let error = MembersError::NoSource { data_source: text, kind: "table".into(), most: 3 };
    let decoded = MembersError::decode(404, error.body());
    assert_eq!(decoded.known(), Some(&error.sanitized()));
    assert_eq!(decoded.notes(), []);
}

/// A part of a choice is no choice, however long it is.
#[test]
#[expect(clippy::many_single_char_names, reason = "those of the catalog")]
fn choices_are_never_cut() {
    mod long_choice {
        #[kate_errors::catalog("tests/catalogs/fields/long_choice.yaml")]
        pub enum LongChoiceError {}
    }
    use long_choice::{LongChoiceError, StuckState};
    for state in StuckState::ALL {
        let [a, b, c, d, e, f] = [(); 6].map(|()| "\u{1}".repeat(2_000).into());
        let state = *state;
        let error = LongChoiceError::Stuck { a, b, c, d, e, f, state };
        let body = error.body();
        assert!(body.len() <= 65_536, "{}", body.len());
        let decoded = LongChoiceError::decode(409, body);
        assert_eq!(decoded.known(), Some(&error.sanitized()));
        assert_eq!(error.sanitized_parameters().len(), 6);
    }
}
