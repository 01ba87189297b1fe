//! Decoding responses: what tells errors apart, what is reported, and where the limits are.

use std::borrow::Cow;

use kate_errors::{
    CatalogError, CatalogOperation, Decoded, DetailKind, Difference, KateError, KateErrorCode,
    Note, Outcome, PathItem, QueryError, Scope, Section, SubscribeError, UnknownReason,
};

/// The generated code of a catalog that uses every feature.
#[path = "golden/jobs.rs"]
#[allow(missing_docs, dead_code)]
mod jobs;

use jobs::{JobsError, JobsErrorCode, ListRunsError, StartJobError};

const BALANCE: &[u8] = br#"{"detail":"Insufficient token balance"}"#;

fn subscription() -> KateError {
    KateError::SubscriptionInsufficientTokenBalance { context: None }
}

fn query() -> KateError {
    KateError::QueryInsufficientTokenBalance { context: None }
}

fn reason(body: impl AsRef<[u8]>) -> Option<UnknownReason> {
    let body = body.as_ref();
    let received = KateError::decode(404, body);
    assert_eq!(received.body(), body);
    received.unknown().map(kate_errors::Unknown::reason)
}

fn is_known(body: impl AsRef<[u8]>) -> bool {
    KateError::decode(404, body.as_ref()).known() == Some(&KateError::RunNotFound)
}

#[test]
fn homonyms_are_told_apart_by_what_is_known_about_the_response() {
    let alone = KateError::decode(402, BALANCE);
    assert_eq!((alone.known(), alone.alternatives()), (Some(&subscription()), &[query()][..]));
    let by_section = KateError::decoder().within(Section::Queries).decode(402, BALANCE);
    let by_operation = QueryError::decode(402, BALANCE);
    let header = Some("query_insufficient_token_balance");
    let by_header = KateError::decoder().error_code(header).decode(402, BALANCE);
    for received in [by_section, by_operation, by_header] {
        assert_eq!(received.known(), Some(&query()));
        assert!(received.alternatives().is_empty() && received.notes().is_empty());
    }
    // The server knows better than the client which error it means.
    let decoder = KateError::decoder().operation::<SubscribeError>().error_code(header);
    let both = decoder.decode(402, BALANCE);
    assert_eq!(both.known(), Some(&query()));
    assert_eq!(both.notes(), [Note::OutOfScope { scope: "subscribe" }]);
    // A scope that contains neither error does not tell them apart.
    let elsewhere = KateError::decoder().within(Section::Runs).decode(402, BALANCE);
    assert_eq!(elsewhere.known(), Some(&subscription()));
    assert_eq!(elsewhere.alternatives(), [query()]);
    assert_eq!(elsewhere.notes(), [Note::OutOfScope { scope: "Runs" }]);
}

#[test]
fn an_operation_finds_what_it_does_not_list() {
    let received = SubscribeError::decode(404, br#"{"detail":"Run not found"}"#);
    assert_eq!(received.notes(), [Note::OutOfScope { scope: "subscribe" }]);
    assert_eq!(received.notes()[0].to_string(), "`subscribe` does not list the error");
    let wide = received.into_known().unwrap();
    assert_eq!(SubscribeError::try_from(wide), Err(KateError::RunNotFound));
    let listed = SubscribeError::decode(402, BALANCE).into_known().unwrap();
    let narrow = SubscribeError::try_from(listed).unwrap();
    assert_eq!(narrow, SubscribeError::SubscriptionInsufficientTokenBalance { context: None });
    let scope = Scope::of_operation::<SubscribeError>();
    assert!(SubscribeError::CODES.iter().all(|code| scope.holds(*code)));
    assert!(!scope.holds(KateErrorCode::RunNotFound));
}

#[test]
fn the_header_is_checked_against_the_sentence() {
    let body = br#"{"detail":"Run not found"}"#;
    let with = |header| KateError::decoder().error_code(Some(header)).decode(404, body.as_slice());
    assert!(with(" run_not_found ").notes().is_empty());
    let named = KateErrorCode::ArtifactNotFound;
    assert_eq!(with("artifact_not_found").notes(), [Note::CodeContradicts { named }]);
    let long = "x\n".repeat(50);
    let received = with(&long);
    let [Note::CodeUnknown { value }] = received.notes() else { panic!() };
    assert_eq!(value.len(), 64);
    assert!(!received.to_string().contains('\n'));
    let none: Option<&str> = None;
    assert!(KateError::decoder().error_code(none).decode(404, body).notes().is_empty());
    let bytes = KateError::decoder().error_code(Some(b"\xFF")).decode(404, body);
    assert_eq!(bytes.notes(), [Note::CodeUnknown { value: "\u{FFFD}".into() }]);
    assert!(bytes.known().is_some());
}

#[test]
fn history_is_a_finding() {
    let former = JobsError::decode(404, br#"{"detail":"No job job-7"}"#);
    assert_eq!(former.known(), Some(&JobsError::JobNotFound { id: String::from("job-7") }));
    assert_eq!(former.notes(), [Note::FormerMessage { current: "Job {id} not found" }]);
    let retired = JobsError::decode(429, br#"{"detail":"Too many cooks"}"#);
    assert_eq!(retired.known().unwrap().code(), JobsErrorCode::TooManyThings);
    assert_eq!(retired.notes(), [Note::Retired { reason: "It said too little" }]);
    let all = StartJobError::decode(500, "\u{FEFF}{\"detail\":\"Too many cooks\"}".as_bytes());
    assert_eq!(all.notes().len(), 4);
    assert_eq!(
        all.to_string(),
        "500 too_many_things: Too many cooks; the status is 500 instead of 429; the error is retired: \
         It said too little; `start_job` does not list the error; the body begins with a byte order mark"
    );
}

#[test]
fn a_success_is_no_error() {
    for status in [100, 200, 204, 301, 399] {
        let received = KateError::decode(status, br#"{"detail":"Run not found"}"#);
        assert_eq!(received.outcome(), &Outcome::NotAnError);
        assert!(!received.is_error());
        assert_eq!(received.detail().as_deref(), Some("Run not found"));
        assert_eq!(received.nearest(), None);
    }
    for status in [0, 99, 400, 599, 600, 999, u16::MAX] {
        assert!(KateError::decode(status, br#"{"detail":"Run not found"}"#).known().is_some());
    }
}

#[test]
fn the_narrow_enum_of_an_operation_can_be_read_alone() {
    let decoder = kate_errors::Decoder::<ListRunsError>::new();
    let received = decoder.decode(429, br#"{"detail":"Too many jobs of kind batch"}"#);
    assert_eq!(received.known().unwrap().code(), JobsErrorCode::TooManyRuns);
    let other = decoder.decode(404, br#"{"detail":"Job j not found"}"#);
    assert_eq!(other.unknown().unwrap().reason(), UnknownReason::OtherMessage);
    assert_eq!(other.nearest(), None, "the sentence is one of the catalog");
}

#[test]
fn what_is_nearest() {
    let nearest = |detail: &str| {
        let body = serde_json::json!({ "detail": detail }).to_string();
        let received = JobsError::decode(400, body.into_bytes());
        let nearest = received.nearest()?;
        Some((nearest.code(), nearest.differences().to_vec()))
    };
    let parameter = |name, expected| Difference::Parameter { name, expected };
    let not_found = JobsErrorCode::JobNotFound;
    assert_eq!(nearest("job j-7 Not Found"), Some((not_found, vec![Difference::Case])));
    assert_eq!(nearest("Job j-7 not found."), Some((not_found, vec![Difference::FullStop])));
    assert_eq!(nearest(" Job j-7  not found"), Some((not_found, vec![Difference::WhiteSpace])));
    assert_eq!(nearest("Job j 7 not found"), Some((not_found, vec![parameter("id", "word")])));
    assert_eq!(nearest("Job j-7 was not found").unwrap().0, not_found);
    assert_eq!(
        nearest("Job j-7 not fuond"),
        Some((not_found, vec![Difference::Letters { count: 2 }]))
    );
    let offset = "Offset +7 lies outside of -5 to 5";
    assert_eq!(nearest(offset), Some((JobsErrorCode::BadOffset, vec![parameter("offset", "i64")])));
    let state = "Job j is broken, so it cannot be cancelled";
    assert_eq!(nearest(state), Some((JobsErrorCode::JobState, vec![parameter("state", "one_of")])));
    assert_eq!(nearest("Something else went wrong"), None);
    assert_eq!(nearest(""), None);
    assert_eq!(nearest(&"Job j-7 not found".repeat(2000)), None);
}

#[test]
fn a_validation_may_lack_anything() {
    let items = |detail: &str| {
        let body = format!("{{\"detail\":{detail}}}");
        let received = KateError::decode(422, body.as_bytes());
        let validation = received.validation().unwrap();
        assert_eq!(validation.json(), detail.trim());
        validation
            .items()
            .iter()
            .map(|item| (item.path(), item.message().to_owned()))
            .collect::<Vec<_>>()
    };
    let item = |path: &str, msg: &str| (path.to_owned(), msg.to_owned());
    assert_eq!(items("[]"), []);
    assert_eq!(items("{}"), []);
    assert_eq!(items(r#"["plain", 1, null, [], {}]"#).len(), 5);
    assert_eq!(items(r#"["plain"]"#), [item("", "plain")]);
    assert_eq!(items(r#"[{"loc":"body","msg":"\ud800"}]"#), [item("body", "\u{FFFD}")]);
    assert_eq!(
        items(r#"[{"l\u006fc":["a",0,1.5,null,{"b":1},-1]}]"#),
        [item("a[0].1.5.null.…[-1]", "")]
    );
    assert_eq!(items(r#"{"msg":"one","input":{"detail":[]}}"#), [item("", "one")]);
    assert_eq!(items(" [ { } , { } ] ").len(), 2);
    assert_eq!(PathItem::Str("a\n".into()).to_string(), "a\\n");
    let shown = |count| {
        let body = format!("{{\"detail\":[{}]}}", vec!["\"x\""; count].join(","));
        KateError::decode(422, body.as_bytes()).validation().unwrap().to_string()
    };
    assert_eq!(shown(10).matches('x').count(), 10);
    assert_eq!(shown(11), shown(10) + "; and 1 more");
}

#[test]
fn long_bodies() {
    let body = |length: usize| {
        let (head, tail) = (r#"{"x":""#, r#"","detail":"Run not found"}"#);
        format!("{head}{}{tail}", "x".repeat(length - head.len() - tail.len()))
    };
    // The caller already has the complete body, so there is no limit here. Clients limit what they collect.
    assert!(is_known(body(65_537)));
    let message = |length: usize| format!(r#"{{"detail":"{}"}}"#, "x".repeat(length - 13));
    assert_eq!(reason(message(1 << 20)), Some(UnknownReason::OtherMessage));
}

#[test]
fn the_deepest_body_that_is_read() {
    let body = |open: &str, close: &str, levels: usize| {
        let (open, close) = (open.repeat(levels - 1), close.repeat(levels - 1));
        format!(r#"{{"x":{open}{close},"detail":"Run not found"}}"#)
    };
    assert!(is_known(body("[", "]", 128)));
    assert_eq!(reason(body("[", "]", 129)), Some(UnknownReason::TooDeep));
    let objects = |levels: usize| {
        let value = format!("{}1{}", r#"{"a":"#.repeat(levels - 1), "}".repeat(levels - 1));
        format!(r#"{{"x":{value},"detail":"Run not found"}}"#)
    };
    assert!(is_known(objects(128)));
    assert_eq!(reason(objects(129)), Some(UnknownReason::TooDeep));
    assert_eq!(reason("[".repeat(60_000)), Some(UnknownReason::TooDeep));
    let array = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(reason(array(128)), Some(UnknownReason::NotAnObject));
    assert_eq!(reason(array(129)), Some(UnknownReason::TooDeep));
}

#[test]
fn text_that_is_none() {
    assert_eq!(
        reason(b"{\"detail\":\"Run \xFF not found\"}"),
        Some(UnknownReason::InvalidUtf8 { at: 15 })
    );
    assert_eq!(reason(b"\xEF\xBB\xBF\xFF"), Some(UnknownReason::InvalidUtf8 { at: 3 }));
    assert_eq!(
        reason(b"{\"a\":\"\xED\xA0\x80\",\"detail\":\"Run not found\"}"),
        Some(UnknownReason::InvalidUtf8 { at: 6 })
    );
    assert_eq!(reason(r#"{"detail":"\ud800"}"#), Some(UnknownReason::LoneSurrogate));
    assert_eq!(reason(r#"{"detail":"\udc00\ud800"}"#), Some(UnknownReason::LoneSurrogate));
    assert_eq!(reason(r#"{"detail":"\ud83d\ude00"}"#), Some(UnknownReason::OtherMessage));
    assert!(is_known(r#"{"a":"\ud800","\ud800":1,"detail":"Run not found"}"#), "it is elsewhere");
}

#[test]
fn bodies_that_are_nearly_right() {
    let known = "{\"detail\":\"Run not found\"}";
    assert!(is_known(known));
    assert!(is_known(known.replace(':', ": ")));
    assert!(is_known(known.replace(':', "  :\t")));
    assert!(is_known(format!("\n {known}\r\n")));
    assert!(is_known(format!("\u{FEFF}{known}")));
    assert_eq!(reason(format!("\u{FEFF}\u{FEFF}{known}")), Some(UnknownReason::NotJson { at: 3 }));
    assert_eq!(reason(format!("{known}\0")), Some(UnknownReason::TrailingBytes { at: 26 }));
    assert_eq!(reason(format!("{known}{known}")), Some(UnknownReason::TrailingBytes { at: 26 }));
    assert_eq!(reason(format!("[{known}]")), Some(UnknownReason::NotAnObject));
    assert_eq!(reason(r#"["Run not found"]"#), Some(UnknownReason::NotAnObject));
    assert_eq!(reason(r#""Run not found""#), Some(UnknownReason::NotAnObject));
    assert_eq!(reason("Run not found"), Some(UnknownReason::NotJson { at: 0 }));
    assert_eq!(reason("500 Internal Server Error"), Some(UnknownReason::NotJson { at: 4 }));
    let twice = r#"{"detail":"Run not found","detail":"Run not found"}"#;
    assert_eq!(reason(twice), Some(UnknownReason::DuplicateDetail));
    let twice = r#"{"detail":"Run not found","\u0064etail":null}"#;
    assert_eq!(reason(twice), Some(UnknownReason::DuplicateDetail));
    assert!(is_known(
        r#"{"a":1,"a":1e999,"b":-123456789012345678901234567890,"detail":"Run not found"}"#
    ));
    assert_eq!(reason(r#"{"detail":1e999}"#), Some(UnknownReason::OtherKind(DetailKind::Number)));
    assert_eq!(reason(r#"{"detail":null}"#), Some(UnknownReason::OtherKind(DetailKind::Null)));
    assert_eq!(reason(r#"{"detail":false}"#), Some(UnknownReason::OtherKind(DetailKind::Boolean)));
    assert_eq!(reason(r#"{"detail":"Run not found",}"#), Some(UnknownReason::NotJson { at: 26 }));
    assert_eq!(reason("{\"detail\":\"Run not\tfound\"}"), Some(UnknownReason::NotJson { at: 18 }));
    assert_eq!(
        reason(r#"{"detail":"Run not found" "a":1}"#),
        Some(UnknownReason::NotJson { at: 26 })
    );
    assert_eq!(reason(r#"{"detail":"\a"}"#), Some(UnknownReason::NotJson { at: 12 }));
    assert_eq!(reason(" \n"), Some(UnknownReason::Empty));
    assert_eq!(reason("\u{FEFF}"), Some(UnknownReason::Empty));
}

#[test]
fn a_body_cut_at_every_byte() {
    let bodies = [
        r#"{"detail":"Run not found"}"#,
        r#"{"a":[1.5e3,{"b":null}],"detail":"Run n\u006ft found","é😀":"é😀"}"#,
    ];
    for body in bodies {
        assert!(is_known(body));
        for end in 1..body.len() {
            assert_eq!(reason(&body.as_bytes()[..end]), Some(UnknownReason::Truncated), "{end}");
        }
        assert_eq!(reason(&body.as_bytes()[..0]), Some(UnknownReason::Empty));
    }
}

#[test]
fn values_at_their_limits() {
    let known = |detail: &str| {
        let body = serde_json::json!({ "detail": detail }).to_string();
        JobsError::decode(400, body.into_bytes()).known().is_some()
    };
    let offset = |number: &str| known(&format!("Offset {number} lies outside of -5 to 5"));
    assert!(offset("9223372036854775807") && offset("-9223372036854775808"));
    assert!(!offset("9223372036854775808") && !offset("-9223372036854775809"));
    let used = |number: &str| {
        let detail = format!("Too many jobs of kind a. Used {number} of 1 for x");
        let body = serde_json::json!({ "detail": detail }).to_string();
        let received = JobsError::decode(429, body.into_bytes());
        matches!(received.known(), Some(JobsError::TooManyJobs { context: Some(_), .. }))
    };
    assert!(used("18446744073709551615") && !used("18446744073709551616") && !used("-1"));
    let long = "x".repeat(65_000);
    assert!(known(&format!("Job {long} not found")) && known(&format!("Bad name \"{long}\": ")));
}

#[test]
fn a_response_is_kept_borrowed_or_owned() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>(
        error: T,
    ) -> Box<dyn std::error::Error> {
        Box::new(error)
    }
    let lent = KateError::decode(404, BALANCE);
    assert!(matches!(lent.clone().into_body(), Cow::Borrowed(_)));
    let given: Decoded<'static, KateError> = KateError::decode(404, BALANCE.to_vec());
    assert_eq!(given, lent);
    assert_eq!(given.clone().into_owned(), given);
    let error = is_error(given);
    assert!(error.source().is_none(), "its source would show sensitive values");
    assert!(error.to_string().starts_with("404 subscription_insufficient_token_balance: "));
}

#[test]
fn sensitive_values_are_shown_nowhere() {
    let received = JobsError::decode(400, br#"{"detail":"Login of hunter2 failed"}"#);
    assert_eq!(received.to_string(), "400 login_failed: Login of ••• failed");
    let near = JobsError::decode(400, br#"{"detail":"Login of hunter2 failed!"}"#);
    let shown = format!("{received:?}{near}{near:?}{:?}", near.nearest());
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(near.nearest().unwrap().code(), JobsErrorCode::LoginFailed);
    let known = received.known().unwrap();
    assert_eq!(known.detail(), "Login of hunter2 failed", "the wire carries them");
    assert_eq!(CatalogError::cause(known), "No such user: hunter2", "asked for, they are given");
}

/// A message that is nearly one with a sensitive value may contain the value, and so may anything that is in
/// place of a message.
#[test]
fn errors_of_deserialize_quote_nothing() {
    for body in [
        r#"{"detail":"Login of hunter2 failed!"}"#,
        r#"{"detail":"login of hunter2 failed"}"#,
        r#"{"detail":["hunter2"]}"#,
        r#"{"detail":{"hunter2":1}}"#,
        r#""hunter2""#,
        r#"["hunter2"]"#,
        r#"{"hunter2":"hunter2"}"#,
        r#"{"detail":"Login of hunter2 failed","detail":"hunter2"}"#,
        r#"{"detail":1357924680}"#,
        r#"{"detail":-1357924680}"#,
        r#"{"detail":1357924680.5}"#,
        "1357924680",
    ] {
        let error = serde_json::from_str::<JobsError>(body).unwrap_err();
        let value = serde_json::from_str::<serde_json::Value>(body).unwrap();
        let of_value = serde_json::from_value::<JobsError>(value).err();
        for error in std::iter::once(error).chain(of_value) {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("hunter2") && !shown.contains("13579246"), "{body}: {shown}");
        }
    }
    let error = serde_json::from_str::<JobsError>(r#""hunter2""#).unwrap_err().to_string();
    let expected = "invalid type: string, expected an object with the `detail` of a JobsError";
    assert!(error.starts_with(expected), "{error}");
}
