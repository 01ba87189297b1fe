//! Errors in the envelopes of other servers, clouds and proxies: none is mistaken for an error of the catalog, and no
//! byte is lost. Most contain a message of the catalog, but in a place or an encoding that the catalog does not use.

use std::io::Write as _;

use kate_errors::{Decoded, DetailKind, KateError, UnknownReason};

/// Decodes a body, and checks that nothing is lost and nothing panics wherever the body is cut off.
fn decode(status: u16, body: &[u8]) -> Decoded<'_, KateError> {
    for cut in 0..body.len() {
        let received = KateError::decode(status, &body[..cut]);
        assert_eq!(received.body(), &body[..cut]);
    }
    let received = KateError::decode(status, body);
    assert_eq!((received.status(), received.body()), (status, body));
    assert!(!format!("{received}{received:?}").contains(|c: char| c.is_control()));
    received
}

fn reason(status: u16, body: impl AsRef<[u8]>) -> Option<UnknownReason> {
    decode(status, body.as_ref()).unknown().map(kate_errors::Unknown::reason)
}

#[test]
fn a_sentence_elsewhere_is_no_detail() {
    let bodies = [
        r#"{"message":"Run not found"}"#,
        r#"{"error":"Run not found"}"#,
        r#"{"error":{"code":404,"message":"Run not found","status":"NOT_FOUND"}}"#,
        r#"{"error":{"detail":"Run not found"}}"#,
        r#"{"errors":[{"status":"404","detail":"Run not found"}]}"#,
        r#"{"errors":{"detail":"Run not found"}}"#,
        r#"{"errors":[{"message":"Run not found","path":["run"],"locations":[{"line":1,"column":1}]}],"data":null}"#,
        r#"{"statusCode":404,"message":["Run not found"],"error":"Not Found"}"#,
        r#"{"kind":"Status","status":"Failure","message":"Run not found","reason":"NotFound","code":404}"#,
        r#"{"code":5,"message":"Run not found","details":[]}"#,
        r#"{"code":"not_found","msg":"Run not found"}"#,
        r#"{"__type":"com.example#NotFound","Message":"Run not found"}"#,
        r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"Run not found"},"id":1}"#,
        r#"{"error":"invalid_grant","error_description":"Run not found"}"#,
        r#"{"timestamp":"2026-01-05T10:12:14Z","status":404,"error":"Run not found","path":"/runs/1"}"#,
        r#"{"type":"about:blank","title":"Run not found","status":404,"instance":"/runs/1"}"#,
        r#"{"Detail":"Run not found"}"#,
        r#"{"detail ":"Run not found","details":"Run not found"}"#,
        "{}",
    ];
    for body in bodies {
        assert_eq!(reason(404, body), Some(UnknownReason::NoDetail), "{body}");
    }
    for body in [
        r#"[{"detail":"Run not found"}]"#,
        r#"["Run not found"]"#,
        "null",
        "404",
        r#""Run not found""#,
    ] {
        assert_eq!(reason(404, body), Some(UnknownReason::NotAnObject), "{body}");
    }
}

#[test]
fn a_detail_in_an_envelope_is_one() {
    let bodies = [
        r#"{"type":"about:blank","title":"Not Found","status":404,"detail":"Run not found","instance":"/runs/1"}"#,
        r#"{"detail":"Run not found","code":"not_found","messages":[{"message":"x"}]}"#,
        "\r\n\t {\"status\":404,\"errors\":[{\"detail\":\"Other\"}],\"detail\" : \"Run\\u0020not found\"}\n",
        r#"{"d\u0065tail":"Run not found","request_id":"1-2-3"}"#,
    ];
    for body in bodies {
        let received = decode(404, body.as_bytes());
        assert_eq!(received.known(), Some(&KateError::RunNotFound), "{body}");
        assert!(received.notes().is_empty(), "{body}");
    }
}

#[test]
fn pages_and_lines_of_proxies_are_no_json() {
    let bodies = [
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>Run not found</body>\r\n</html>\r\n",
        "<!DOCTYPE html>\n<title>Error</title>\n<pre>Run not found</pre>\n",
        "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchRun</Code><Message>Run not found</Message></Error>",
        "Run not found",
        "Run not found\n",
        "error code: 1015",
        "upstream connect error or disconnect/reset before headers. reset reason: overflow",
        "404 page not found\n",
        ")]}'\n{\"detail\":\"Run not found\"}",
        "callback({\"detail\":\"Run not found\"});",
        "event: error\ndata: {\"detail\":\"Run not found\"}\n\n",
        "1b\r\n{\"detail\":\"Run not found\"}\r\n0\r\n\r\n",
        "{'detail': 'Run not found'}",
        "{\"detail\":\"Run not found\",}",
        "{detail:\"Run not found\"}",
        "/* error */ {\"detail\":\"Run not found\"}",
        "{\"detail\":NaN}",
    ];
    for body in bodies {
        let reason = reason(502, body);
        assert!(matches!(reason, Some(UnknownReason::NotJson { .. })), "{body}: {reason:?}");
    }
}

#[test]
fn more_than_one_text_is_none() {
    let body = r#"{"detail":"Run not found"}"#;
    for bodies in [
        format!("{body}\n{body}\n"),
        format!("{body}{body}"),
        format!("{body}\0"),
        format!("{body}x"),
    ] {
        let at = body.len() + usize::from(bodies.as_bytes()[body.len()] == b'\n');
        assert_eq!(reason(404, &bodies), Some(UnknownReason::TrailingBytes { at }), "{bodies}");
    }
}

#[test]
fn other_encodings_are_not_read() {
    let body = r#"{"detail":"Run not found"}"#;
    let utf_16: Vec<u8> = body.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf_16.iter().copied()).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(body.as_bytes()).unwrap();
    assert!(matches!(reason(404, &utf_16), Some(UnknownReason::NotJson { .. })));
    for body in [with_mark, packed.finish().unwrap(), b"{\"detail\":\"L\xE4uft nicht\"}".to_vec()] {
        assert!(matches!(reason(404, &body), Some(UnknownReason::InvalidUtf8 { .. })), "{body:?}");
    }
    // A message within a message, from servers that encode JSON as a JSON string.
    assert_eq!(
        reason(404, r#""{\"detail\":\"Run not found\"}""#),
        Some(UnknownReason::NotAnObject)
    );
    assert_eq!(
        reason(404, r#"{"detail":"{\"detail\":\"Run not found\"}"}"#),
        Some(UnknownReason::OtherMessage)
    );
}

#[test]
fn what_is_nearly_the_sentence_is_named_and_not_taken() {
    for sentence in [
        "Run not found.",
        "run not found",
        " Run not found",
        r"Run not found\n",
        "Run  not found",
        "Run not foumd",
    ] {
        let body = format!(r#"{{"detail":"{sentence}"}}"#);
        let received = decode(404, body.as_bytes());
        assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherMessage, "{sentence}");
        let nearest = received.nearest().unwrap();
        assert_eq!(nearest.code(), kate_errors::KateErrorCode::RunNotFound, "{sentence}");
    }
    for sentence in ["Lauf nicht gefunden", "Permission denied", "", "Request was throttled."] {
        let body = format!(r#"{{"detail":"{sentence}"}}"#);
        assert_eq!(decode(404, body.as_bytes()).nearest(), None, "{sentence}");
    }
}

#[test]
fn details_that_are_no_sentence() {
    for (detail, kind) in
        [("null", DetailKind::Null), ("true", DetailKind::Boolean), ("-1.5e3", DetailKind::Number)]
    {
        let body = format!(r#"{{"detail":{detail}}}"#);
        assert_eq!(reason(400, body), Some(UnknownReason::OtherKind(kind)), "{detail}");
    }
}

/// Returns the paths, messages and codes of a validation error.
fn items(body: &str) -> Vec<(String, String, String)> {
    let received = decode(422, body.as_bytes());
    let items = received.validation().unwrap().items();
    items
        .iter()
        .map(|item| (item.path(), item.message().to_owned(), item.code().to_owned()))
        .collect()
}

#[test]
fn validations_of_both_generations_are_lists() {
    let first = r#"{"detail":[{"loc":["body",12],"msg":"Expecting value","type":"value_error.jsondecode","ctx":{"doc":"hunter2"}}]}"#;
    let second = r#"{"detail":[{"type":"string_type","loc":["body","pets",0,"Cat","name"],"msg":"No string","input":{"password":"hunter2"},"url":"https://errors.example.com"}],"body":{"password":"hunter2"}}"#;
    let nested = r#"{"detail":{"json":{"age":["Not a number."]}},"message":"Validation error"}"#;
    let row =
        |path: &str, msg: &str, kind: &str| (path.to_owned(), msg.to_owned(), kind.to_owned());
    assert_eq!(items(first), [row("body[12]", "Expecting value", "value_error.jsondecode")]);
    assert_eq!(items(second), [row("body.pets[0].Cat.name", "No string", "string_type")]);
    assert_eq!(items(nested), []);
    for body in [first, second, nested] {
        let received = decode(422, body.as_bytes());
        assert!(!format!("{received} {received:?}").contains("hunter2"), "{received:?}");
    }
}
