//! How errors are identified: by code and message together, or by either of them.

use kate_errors::{FieldError, Note, UnknownReason};

mod tokens {
    #[kate_errors::catalog("tests/catalogs/code_and_detail.yaml")]
    pub enum TokensError {}
}
use tokens::{TokensError, TokensErrorCode};

mod moving {
    #[kate_errors::catalog("tests/catalogs/code_or_detail.yaml")]
    pub enum MovingError {}
}
use moving::{MovingError, MovingErrorCode};

mod desk {
    #[kate_errors::catalog("tests/catalogs/families/desk.yaml")]
    pub enum DeskError {}
}
use desk::DeskError;

mod depot {
    #[kate_errors::catalog("tests/catalogs/families/moved.yaml")]
    pub enum DepotError {}
}
use depot::DepotError;

mod harbour {
    #[kate_errors::catalog("tests/catalogs/families/harbour.yaml")]
    pub enum HarbourError {}
}
use harbour::{HarbourError, HarbourErrorCode};

/// Its name stands for the code where programs ask for one, but no response has it.
#[test]
fn an_error_without_a_code_is_sent_and_read_without_one() {
    let error = HarbourError::BerthTaken { berth: 4 };
    assert_eq!(error.code().as_str(), "berth_taken");
    assert_eq!("berth_taken".parse(), Ok(HarbourErrorCode::BerthTaken));
    let response = error.clone().response().with_error_code();
    assert_eq!(response.body().as_ref(), br#"{"message":"Berth 4 is taken","berth":4}"#);
    assert!(response.headers().all(|(name, _)| name != "x-harbour-code"));
    let read = HarbourError::decode(409, response.body());
    assert_eq!((read.known(), read.notes()), (Some(&error), &[][..]));
    // The value in the message counts, not that in the member.
    let altered = HarbourError::NoShip { ship: "Old Bess".into() };
    assert_eq!(altered.sanitized_parameters(), ["ship"]);
    let read = HarbourError::decode(404, altered.body());
    assert_eq!(read.known(), Some(&altered.sanitized()));
    // As in the response, the message in the result of a tool identifies the error. In place of a code, its name would be
    // an unknown one.
    let result = String::from_utf8(response.tool_result()).unwrap();
    assert!(!result.contains("code"), "{result}");
    let read = HarbourError::decoder().decode_tool_result(result.as_bytes()).unwrap();
    assert_eq!((read.known(), read.notes()), (Some(&error), &[][..]));
    let named = result.replace(r#"{\"status\""#, r#"{\"code\":\"berth_taken\",\"status\""#);
    assert_ne!(named, result);
    let read = HarbourError::decoder().decode_tool_result(named.as_bytes()).unwrap();
    assert_eq!(read.unknown().unwrap().reason(), UnknownReason::OtherCode);
    // Other errors have one.
    let response = HarbourError::TooDeep.response();
    assert!(response.headers().any(|it| it == ("x-harbour-code", "harbour:17".into())));
    let result = String::from_utf8(response.tool_result()).unwrap();
    assert!(result.contains(r#""code":"17""#), "{result}");
    // In a response, the name is an unknown code.
    let decoder = HarbourError::decoder().error_code(Some("harbour:berth_taken"));
    let read = decoder.decode(409, error.body());
    assert_eq!(read.unknown().unwrap().reason(), UnknownReason::OtherCode);
    assert_eq!(read.code(), None);
}

/// Fields, values and details are read from the envelope in which the error was found.
#[test]
fn older_bodies_are_read_as_a_whole() {
    let body = r##"{"detail":"There is no such shelf","errors":[{"pointer":"#/shelf","detail":"is no number"}]}"##;
    let received = DepotError::decode(404, body.as_bytes());
    for received in [received.clone(), received.into_owned()] {
        assert_eq!(received.known(), Some(&DepotError::NoShelf));
        assert_eq!(received.detail().unwrap(), "There is no such shelf");
        assert_eq!(received.fields(), [FieldError::new("shelf", "is no number")]);
    }
    let body = br#"{"error_code":"no_shelf","message":"There is no such shelf","trace":"7f3a"}"#;
    assert_eq!(DepotError::decode(404, body).request_value("id").unwrap(), "7f3a");
    let read = |body| serde_json::from_str::<DepotError>(body).unwrap();
    assert_eq!(read(r#"{"detail":"There is no such shelf"}"#), DepotError::NoShelf);
    assert_eq!(read(r#"{"error_code":"no_shelf"}"#), DepotError::NoShelf);
}

#[test]
fn errors_are_shown_by_their_variants() {
    let taken = DeskError::Taken { detail: "There".to_owned(), hint: "Wait".to_owned() };
    assert_eq!(format!("{taken:?}"), r#"Taken { detail: "There", hint: "Wait" }"#);
    assert_eq!(format!("{:?}", DeskError::Closed { is_final: true }), "Closed { is_final: true }");
    assert_eq!(format!("{:?}", TokensError::GrantUsed), "GrantUsed");
}

#[test]
fn values_of_the_request_are_no_further_errors() {
    let body = br#"{"code":40002,"message":"It is closed","final":true,"traces":["a","b","c"]}"#;
    let received = DeskError::decode(409, body);
    assert_eq!(received.known(), Some(&DeskError::Closed { is_final: true }));
    assert_eq!(received.request_value("trace").unwrap(), "a");
    assert_eq!(received.others().count(), 0);
}

#[test]
fn errors_of_one_code_are_told_apart_by_message_and_status() {
    for error in [
        TokensError::GrantExpired { day: String::from("2026-03-01") },
        TokensError::GrantUsed,
        TokensError::ClientUnknown,
        TokensError::ClientInBody,
        TokensError::InvalidRequest,
    ] {
        let body = error.body();
        let spaced = [b" ", &*body, b"\n"].concat();
        for body in [body.into_owned(), spaced] {
            let received = TokensError::decode(error.status(), body);
            assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
            assert!(received.alternatives().is_empty());
        }
    }
}

#[test]
fn code_and_message_must_be_of_one_error() {
    let unknown = |body: &'static str| {
        let received = TokensError::decode(400, body.as_bytes());
        let unknown = *received.unknown().unwrap();
        assert_eq!(received.code(), None, "the code alone is not enough");
        (unknown.reason(), unknown.named())
    };
    assert_eq!(
        unknown(r#"{"error_description":"The grant was used before"}"#),
        (UnknownReason::NoCode, None)
    );
    assert_eq!(
        unknown(r#"{"error":"lost","error_description":"The grant was used before"}"#),
        (UnknownReason::OtherCode, None)
    );
    let first = Some(TokensErrorCode::GrantExpired);
    for body in [
        r#"{"error":"invalid_grant","error_description":"Der Code ist verbraucht"}"#,
        r#"{"error":"invalid_grant","error_description":"Wrong name or secret"}"#,
        r#"{"error":"invalid_grant"}"#,
    ] {
        assert_eq!(unknown(body), (UnknownReason::OtherMessage, first), "{body}");
    }
    let both = r#"{"error":"invalid_grant","error_description":"Wrong name or secret"}"#;
    let nearest = TokensError::decode(400, both.as_bytes()).nearest().unwrap();
    assert_eq!(nearest.code(), TokensErrorCode::ClientUnknown, "the message names its own error");
}

#[test]
fn either_code_or_message_is_enough() {
    let missing = MovingError::JobMissing { job: 7 };
    let known = |body: &str| {
        let received = MovingError::decode(404, body.as_bytes());
        let notes = received.notes().to_vec();
        (received.into_known().ok(), notes)
    };
    assert_eq!(
        known(r#"{"detail":"No job 7","code":"job_missing"}"#),
        (Some(missing.clone()), vec![])
    );
    assert_eq!(known(r#"{"detail":"No job 7"}"#), (Some(missing), vec![Note::NoCode]));
    let done = Note::OtherMessage { current: "The job is done" };
    let status = Note::StatusDiffers { expected: 409, received: 404 };
    assert_eq!(
        known(r#"{"detail":"Fertig","code":"job_done"}"#),
        (Some(MovingError::JobDone), vec![status, done])
    );
    let received = MovingError::decode(404, br#"{"detail":"Kein Job","code":"job_missing"}"#);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherMessage);
    assert_eq!(received.code(), Some(MovingErrorCode::JobMissing));
    let received = MovingError::decode(404, br#"{"detail":"No job 7","code":"lost"}"#);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherCode);
    let received = MovingError::decode(404, br#"{"detail":"Kein Job"}"#);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherMessage);
    assert_eq!(received.code(), None);
}

mod numbers {
    #[kate_errors::catalog("tests/catalogs/numbers.yaml")]
    pub enum NumbersError {}
}
use numbers::NumbersError;

#[test]
fn codes_that_are_numbers_are_numbers_on_the_wire() {
    let body = |error: NumbersError| String::from_utf8(error.body().into_owned()).unwrap();
    assert_eq!(
        body(NumbersError::StreamNotFound),
        r#"{"error":{"code":404,"err_code":10059,"description":"stream not found"}}"#
    );
    assert_eq!(
        body(NumbersError::Quoted),
        r#"{"error":{"code":404,"err_code":"08001","description":"stream not found"}}"#
    );
    let no_room = NumbersError::NoRoom { peers: 3 };
    for error in [no_room, NumbersError::StreamNotFound, NumbersError::Quoted] {
        let received = NumbersError::decode(error.status(), error.body().into_owned());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(json, serde_json::from_slice::<serde_json::Value>(&error.body()).unwrap());
        assert_eq!(serde_json::from_value::<NumbersError>(json).unwrap(), error);
    }
    // As other servers may write them: as a string, or as a number with a zero fraction or an exponent.
    for code in ["10059", r#""10059""#, "10059.0", "1.0059e4"] {
        let body = format!(r#"{{"error":{{"err_code":{code},"description":"stream not found"}}}}"#);
        let received = NumbersError::decode(404, body.into_bytes());
        assert_eq!(received.known(), Some(&NumbersError::StreamNotFound), "{code}");
    }
    for code in ["10059.5", "8001", "1e400", "true", "[10059]"] {
        let body = format!(r#"{{"error":{{"err_code":{code},"description":"stream not found"}}}}"#);
        assert_eq!(NumbersError::decode(404, body.into_bytes()).code(), None, "{code}");
    }
}

mod free {
    #[kate_errors::catalog("tests/catalogs/free.yaml")]
    pub enum FreeError {}
}
use free::FreeError;

#[test]
fn messages_may_be_any_text_and_have_line_breaks() {
    let detail = || String::from("1. \"No\"\r\n2.\tNever\u{1F600}");
    let name = || String::from("a\nb");
    let disabled = FreeError::DisabledException { detail: detail() };
    assert_eq!(disabled.detail(), detail());
    let worded = FreeError::Worded { name: name() };
    assert_eq!(worded.detail(), "Two lines:\nof a\nb | <b>\n*and* more");
    for error in [disabled.clone(), FreeError::KmsInternalException { detail: detail() }, worded] {
        assert!(error.sanitized_parameters().is_empty());
        let received = FreeError::decode(400, error.body().into_owned());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
    }
    // Some servers send no message.
    let body = br#"{"__type":"com.amazonaws.kms#DisabledException"}"#;
    let received = FreeError::decode(400, &body[..]);
    let empty = FreeError::DisabledException { detail: String::new() };
    assert_eq!((received.known(), received.notes()), (Some(&empty), &[][..]));
    let received = FreeError::decode(400, &br#"{"__type":"Worded"}"#[..]);
    assert_eq!(received.known(), None, "a message with values is not any text");
    // Logs contain no line breaks.
    let received = FreeError::decode(400, disabled.body().into_owned());
    assert!(!received.to_string().contains(['\n', '\r']), "{received}");
    let bell = FreeError::DisabledException { detail: String::from("a\u{7}b") };
    assert_eq!(bell.sanitized_parameters(), ["detail"]);
    assert_eq!(bell.detail(), "a\u{FFFD}b");
}

mod braces {
    #[kate_errors::catalog("tests/catalogs/braces.yaml")]
    pub enum BracesError {}
}
use braces::BracesError;

#[test]
fn a_message_in_braces_is_not_any_text() {
    let received = BracesError::decode(400, &br#"{"code":"no_value","message":"No"}"#[..]);
    assert_eq!(received.known(), Some(&BracesError::NoValue));
    assert_eq!(received.notes(), [Note::OtherMessage { current: "{detail}" }]);
}

mod members {
    #[kate_errors::catalog("tests/catalogs/members.yaml")]
    pub enum MembersError {}
}
use members::{MembersError, Stock};

fn sold_out(item: &str, left: Option<u64>) -> MembersError {
    MembersError::SoldOut { item: item.to_owned(), context: left.map(|left| Stock { left }) }
}

fn read(body: &str) -> (Option<MembersError>, Vec<Note<members::MembersErrorCode>>) {
    let received = MembersError::decode(409, body.as_bytes());
    let notes = received.notes().to_vec();
    (received.into_known().ok(), notes)
}

/// Without the status of the response, nothing chooses among the errors of a code.
#[test]
fn deserialize_refuses_a_code_of_several_errors() {
    let sent = |error: &MembersError| serde_json::from_slice::<MembersError>(&error.body());
    let refused = sent(&MembersError::NeverThere).unwrap_err().to_string();
    assert_eq!(
        refused,
        "errors under 404 and under 409 have this code: read it with `decode` and the status"
    );
    // Where the message identifies errors, too, it is the mistake.
    let other = r#"{"error":"invalid_grant","error_description":"?"}"#;
    let refused = serde_json::from_str::<TokensError>(other).unwrap_err().to_string();
    assert_eq!(refused, "the message is not in the catalog, expected the body of a TokensError");
    let other = r#"{"code":"quota_reached","message":"?","params":{}}"#;
    let refused = serde_json::from_str::<MembersError>(other).unwrap_err().to_string();
    assert_eq!(refused, "the message is not in the catalog, expected the body of a MembersError");
}

#[test]
fn values_are_read_from_members_of_their_own() {
    let too_many = MembersError::TooMany { wanted: -3, note: String::from("it's \"7\"\n") };
    assert_eq!(too_many.detail(), "There are too many");
    assert_eq!(
        String::from_utf8(too_many.body().into_owned()).unwrap(),
        r#"{"code":"too_many","message":"There are too many","params":{"wanted":-3,"note":"it's \"7\"\n"}}"#
    );
    let quoted = sold_out("a' is sold out' b", None);
    for error in [too_many, sold_out("mug", None), sold_out("O'Hara's", Some(7)), quoted] {
        assert!(error.sanitized_parameters().is_empty(), "nothing is altered in a member");
        assert_eq!(error.sanitized(), error);
        let received = MembersError::decode(409, error.body().into_owned());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
    }
    // Without a message, with a translated one, and with a former one.
    let mug = Some(sold_out("mug", None));
    assert_eq!(read(r#"{"code":"sold_out","params":{"item":"mug"}}"#), (mug.clone(), vec![]));
    let other = Note::OtherMessage { current: "'{item}' is sold out" };
    let body = r#"{"code":"sold_out","message":"Ausverkauft","params":{"item":"mug"}}"#;
    assert_eq!(read(body), (mug.clone(), vec![other]));
    let former = Note::FormerMessage { current: "'{item}' is sold out" };
    let body = r#"{"code":"sold_out","message":"Sold out: mug","params":{}}"#;
    assert_eq!(read(body), (mug.clone(), vec![former]));
    let former = Note::FormerMessage { current: "There are too many" };
    let body = r#"{"code":"too_many","message":"Too many","params":{"wanted":5,"note":""}}"#;
    let five = MembersError::TooMany { wanted: 5, note: String::new() };
    assert_eq!(read(body), (Some(five), vec![former]));
    // The member takes precedence over the message. A member that is null or of another kind counts as missing.
    let body = r#"{"code":"sold_out","message":"'cup' is sold out","params":{"item":"mug"}}"#;
    assert_eq!(read(body), (mug.clone(), vec![Note::ValuesDiffer]));
    for item in ["null", "7", "[]", r#""\ud800""#] {
        let body = format!(
            r#"{{"code":"sold_out","message":"'mug' is sold out","params":{{"item":{item}}}}}"#
        );
        assert_eq!(read(&body), (mug.clone(), vec![]), "{item}");
    }
    // If values are missing, only the code is known.
    for params in [r#"{"wanted":5}"#, r#"{"wanted":5.5,"note":""}"#, "null"] {
        let body =
            format!(r#"{{"code":"too_many","message":"There are too many","params":{params}}}"#);
        let received = MembersError::decode(409, body.into_bytes());
        assert_eq!(received.known(), None, "{params}");
        assert_eq!(received.code(), Some(members::MembersErrorCode::TooMany));
    }
}

#[test]
fn messages_from_which_no_value_can_be_read_are_compared() {
    let from = String::from(": nothing leads from");
    let error = MembersError::NoPath { from, to: String::from("b\u{7}"), hops: -1 };
    assert_eq!(
        String::from_utf8(error.body().into_owned()).unwrap(),
        "{\"code\":\"no_path\",\"message\":\": nothing leads fromb\u{FFFD}: nothing leads from \
         : nothing leads from to b\u{FFFD}, -10 steps at most\",\
         \"params\":{\"from\":\": nothing leads from\",\"to\":\"b\\u0007\",\"maxHops\":-1}}"
    );
    assert!(error.sanitized_parameters().is_empty() && error.sanitized() == error);
    assert_eq!(read(core::str::from_utf8(&error.body()).unwrap()).0, Some(error));
    let ab = MembersError::NoPath { from: String::from("a"), to: String::from("b"), hops: 1 };
    let params = r#""params":{"from":"a","to":"b","maxHops":1}"#;
    let with = |message: &str| read(&format!(r#"{{"code":"no_path",{message}{params}}}"#));
    let status = Note::StatusDiffers { expected: 404, received: 409 };
    let current = members::MembersErrorCode::NoPath.detail_template();
    let same = r#""message":"ab: nothing leads from a to b, 10 steps at most","#;
    assert_eq!(with(same), (Some(ab.clone()), vec![status.clone()]));
    assert_eq!(with(""), (Some(ab.clone()), vec![status.clone()]));
    let other = r#""message":"ab: nothing leads from a to c, 10 steps at most","#;
    assert_eq!(with(other), (Some(ab), vec![status, Note::OtherMessage { current }]));
    // If its member is missing, a value cannot be read from this message.
    let body = format!(r#"{{"code":"no_path",{same}"params":{{"from":"a","to":"b"}}}}"#);
    let received = MembersError::decode(404, body.into_bytes());
    assert_eq!(received.known(), None);
    assert_eq!(received.code(), Some(members::MembersErrorCode::NoPath));
}

#[test]
fn the_status_chooses_among_errors_of_one_code() {
    let decode = |status| {
        MembersError::decode(
            status,
            &br#"{"code":"not_there","message":"Nicht da","params":{}}"#[..],
        )
    };
    let other = Note::OtherMessage { current: "Not there" };
    for error in [MembersError::NeverThere, MembersError::SoldMeanwhile] {
        let received = decode(error.status());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[other.clone()][..]));
        let received = MembersError::decode(error.status(), error.body().into_owned());
        assert_eq!((received.known(), received.notes()), (Some(&error), &[][..]));
    }
    let received = decode(410);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::OtherMessage);
    assert_eq!(received.code().unwrap().as_str(), "not_there", "the code alone");
}

mod vault {
    #[kate_errors::catalog("tests/catalogs/families/vault.yaml")]
    pub enum VaultError {}
}

/// A header field may contain text around the code.
#[test]
fn a_code_is_read_from_a_header_field_with_text_around_it() {
    use vault::VaultError;

    let response = VaultError::ArchiveMissing.response();
    let sent = ("x-vault-errortype", "ArchiveMissing".into());
    assert!(response.headers().any(|field| field == sent));
    let decoder =
        VaultError::decoder().error_code(Some("ArchiveMissing:http://internal.example.com/"));
    let received = decoder.decode(404, br#"{"message":"The archive is missing"}"#);
    assert_eq!(received.known(), Some(&VaultError::ArchiveMissing));
    assert_eq!(received.notes(), []);
}

mod workshop {
    #[kate_errors::catalog("tests/catalogs/workshop.yaml")]
    pub enum WorkshopError {}
}

#[test]
fn messages_identify_errors_whose_values_are_members() {
    use workshop::{WorkshopError, WorkshopErrorCode};
    let (part, wait) = (String::from("a\tb is taken"), 5);
    let taken = WorkshopError::PartTaken { part, wait };
    let sent = r#"{"detail":"Part a�b�is taken is taken","wait":5,"extra":{"part":"a\tb is taken","wait":5}}"#;
    assert_eq!(String::from_utf8(taken.body().into_owned()).unwrap(), sent);
    assert_eq!(taken.sanitized_parameters(), ["part"], "the message decides");
    let received = WorkshopError::decode(409, sent.as_bytes());
    assert_eq!((received.known(), received.notes()), (Some(&taken.sanitized()), &[][..]));
    // A value that the error needs is missing.
    let received = WorkshopError::decode(429, br#"{"detail":"Too many requests"}"#);
    assert_eq!(received.unknown().unwrap().reason(), UnknownReason::MissingValue);
    let nearest = received.nearest().unwrap();
    assert_eq!((nearest.code(), nearest.differences()), (WorkshopErrorCode::SlowDown, &[][..]));
    let error: Result<WorkshopError, _> = serde_json::from_str(r#"{"detail":"Too many requests"}"#);
    assert!(error.unwrap_err().to_string().contains("a value beside it is missing or invalid"));
    let error: WorkshopError =
        serde_json::from_str(r#"{"detail":"Too many requests","wait":7}"#).unwrap();
    assert_eq!(error, WorkshopError::SlowDown { wait: 7, tier: None });
    assert_eq!(error.cause(), "There were too many requests");
}

mod crm {
    #[kate_errors::catalog("tests/catalogs/families/crm.yaml")]
    pub enum CrmError {}
}

/// Headers are ASCII, so a server that sends codes in one by its own choice leaves other codes out.
#[test]
fn no_header_has_a_code_that_is_not_ascii() {
    use crm::CrmError;
    let response = CrmError::TooLarge.response().with_error_code();
    let sent = r#"[{"message":"The record is too large","errorCode":"Größe_überschritten"}]"#;
    assert_eq!(response.body().as_ref(), sent.as_bytes());
    assert_eq!(response.headers().map(|(name, _)| name).collect::<Vec<_>>(), ["content-type"]);
    let named = CrmError::NotFound.response().with_error_code();
    assert!(named.headers().any(|field| field == ("x-error-code", "NOT_FOUND".into())));
}
