//! What the layer does to responses, whatever the framework: the tests of each send these responses through its layer.

/// A request, and the service's response to it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) accept: &'static str,
    /// Whether the layer replaces JSON too.
    pub(crate) is_strict: bool,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: Vec<u8>,
}

/// What the layer returned.
#[derive(Debug)]
pub(crate) struct Taken {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// For each report: the reason, whether the response is replaced, the method, the path, the query, the media type
    /// and the length of the body.
    pub(crate) reports: Vec<String>,
}

/// Formats a report as [`Taken`] has it.
macro_rules! report {
    ($unlisted:expr) => {
        format!(
            "{} {} {} {} {:?} {:?} {}",
            $unlisted.reason().as_str(),
            $unlisted.is_replaced(),
            $unlisted.method(),
            $unlisted.path(),
            $unlisted.query(),
            $unlisted.content_type().map(String::from_utf8_lossy),
            $unlisted.body().len(),
        )
    };
}
pub(crate) use report;

/// The path and query of the request.
pub(crate) const ADDRESS: &str = "/runs/7?page=2";

impl Given {
    pub(crate) fn new(status: u16, content_type: &'static str, body: &[u8]) -> Self {
        Self {
            accept: "*/*",
            is_strict: false,
            status,
            headers: vec![("content-type", content_type)],
            body: body.to_vec(),
        }
    }
}

impl Taken {
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.as_str()).collect()
    }
}

/// What the layer is expected to do to a response.
#[derive(Clone, Copy)]
enum Expected {
    /// Not an error, or a stream: the layer does not change it.
    Untouched,
    /// A response of the catalog, which is kept.
    Listed,
    /// A response of the catalog with this message, which is written again.
    Rewritten(&'static str),
    /// Kept for this reason; if the layer replaces JSON, replaced by a response with this message.
    Kept(&'static str, &'static str),
    /// Replaced for this reason by a response with this message.
    Replaced(&'static str, &'static str),
}

use Expected::{Kept, Listed, Replaced, Rewritten, Untouched};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
const RUN: &[u8] = br#"{"detail":"Run not found"}"#;
const OWN: &[u8] = br#"{"errors":["name"]}"#;
const GZIP: &[u8] = b"\x1f\x8b\x08 whatever";

fn cases() -> Vec<(Given, Expected)> {
    let given = Given::new;
    let with = |body, status, content_type, coding| Given {
        headers: vec![("content-type", content_type), ("content-encoding", coding)],
        ..given(status, content_type, body)
    };
    let encoded = |status, content_type, coding| with(GZIP, status, content_type, coding);
    let encoded_run = |coding| with(RUN, 404, JSON, coding);
    let long = &vec![b' '; 70_000];
    let longest = &vec![b'x'; 65_536];
    let beside = br#"{"detail":"Internal Server Error","trace":"at db.rs:7"}"#;
    let balance = br#"{"detail":"Insufficient token balance"}"#;
    vec![
        (given(200, JSON, RUN), Untouched),
        (given(302, "text/html", b"over there"), Untouched),
        (given(404, "text/event-stream", b"data: 1\n\n"), Untouched),
        (given(404, "Text/Event-Stream", b"data: 1\n\n"), Untouched),
        (given(503, "multipart/x-mixed-replace;boundary=x", b"--x"), Untouched),
        (given(404, JSON, RUN), Listed),
        (
            given(404, "Application/JSON; charset=utf-8", br#" {"detail": "Run not found"} "#),
            Listed,
        ),
        (given(404, JSON, br#"{"detail":"Not Found"}"#), Listed),
        (given(404, PROBLEM, br#"{"type":"about:blank","detail":"Run not found"}"#), Listed),
        (encoded_run("identity"), Listed),
        (encoded_run("Identity"), Listed),
        // Two errors have this message. The header field says which one it is.
        (
            Given {
                headers: vec![
                    ("content-type", JSON),
                    ("x-error-code", "query_insufficient_token_balance"),
                ],
                ..given(402, JSON, balance)
            },
            Listed,
        ),
        (given(404, "text/plain", RUN), Rewritten("Run not found")),
        (given(500, JSON, beside), Rewritten("Internal Server Error")),
        (given(422, JSON, OWN), Kept("not_in_catalog", "Unprocessable Entity")),
        (
            given(422, "application/vnd.api+json", OWN),
            Kept("not_in_catalog", "Unprocessable Entity"),
        ),
        (given(410, JSON, RUN), Kept("status_differs", "Gone")),
        (encoded(404, JSON, "gzip"), Kept("encoded", "Not Found")),
        (given(400, JSON, long), Kept("too_large", "Bad Request")),
        (given(404, "text/plain", b""), Replaced("empty", "Not Found")),
        (given(404, JSON, b""), Replaced("empty", "Not Found")),
        (given(404, "image/png", b""), Replaced("empty", "Not Found")),
        (given(404, "text/plain", b"no"), Replaced("not_json", "Not Found")),
        (given(404, "", b"no"), Replaced("not_json", "Not Found")),
        (given(400, JSON, b"{"), Replaced("not_json", "Bad Request")),
        (given(400, "text/plain", long), Replaced("not_json", "Bad Request")),
        (given(400, "text/plain", longest), Replaced("not_json", "Bad Request")),
        (given(404, "image/png", RUN), Replaced("not_json", "Not Found")),
        (given(422, "text/plain", OWN), Replaced("not_in_catalog", "Unprocessable Entity")),
        (given(500, JSON, OWN), Replaced("not_in_catalog", "Internal Server Error")),
        (given(503, JSON, RUN), Replaced("status_differs", "Service Unavailable")),
        (given(503, JSON, long), Replaced("too_large", "Service Unavailable")),
        (encoded(404, "text/html", "gzip"), Replaced("encoded", "Not Found")),
        (encoded(503, JSON, "br"), Replaced("encoded", "Service Unavailable")),
        // The layer has a replacement for this status.
        (given(413, "text/plain", b"more than 16 bytes"), Replaced("not_json", "File too large")),
    ]
}

/// Sends all cases through a layer that has `FileTooLarge` as its replacement for 413.
pub(crate) fn check(through: impl Fn(Given) -> Taken) {
    for (given, expected) in cases() {
        for is_strict in [false, true] {
            for accept in ["*/*", PROBLEM] {
                let given = Given { accept, is_strict, ..given.clone() };
                assert_case(&given, expected, &through(given.clone()));
            }
        }
    }
}

fn assert_case(given: &Given, expected: Expected, taken: &Taken) {
    let wants_problem = given.accept == PROBLEM;
    let is_problem = given.headers[0].1 == PROBLEM;
    match expected {
        Listed if wants_problem && !is_problem => assert_written(given, taken, None),
        Listed => assert_kept(given, taken, &["accept"]),
        Kept(..) if !given.is_strict => assert_kept(given, taken, &[]),
        Untouched => assert_kept(given, taken, &[]),
        Rewritten(detail) | Kept(_, detail) | Replaced(_, detail) => {
            assert_written(given, taken, Some(detail));
        }
    }
    let (reason, is_replaced) = match expected {
        Untouched | Listed | Rewritten(_) => {
            return assert_eq!(taken.reports, [""; 0], "{given:?}");
        }
        Kept(reason, _) => (reason, given.is_strict),
        Replaced(reason, _) => (reason, true),
    };
    let content_type = given.headers[0].1;
    // The layer reads only bodies that may be a message.
    let is_read = ["not_json", "not_in_catalog", "status_differs"].contains(&reason);
    let is_read = is_read && content_type != "image/png" && given.body.len() <= 64 * 1024;
    let length = if is_read { given.body.len() } else { 0 };
    let report = format!(
        r#"{reason} {is_replaced} GET /runs/7 Some("page=2") Some({content_type:?}) {length}"#
    );
    assert_eq!(taken.reports, [report], "{given:?}");
}

fn assert_kept(given: &Given, taken: &Taken, vary: &[&str]) {
    assert_eq!((taken.status, &taken.body), (given.status, &given.body), "{given:?}");
    assert_eq!(taken.values("vary"), vary, "{given:?}");
    for (name, value) in &given.headers {
        assert_eq!(taken.values(name), [*value], "{given:?}");
    }
}

/// Asserts that the response is one of the catalog, with this message or else with that of the original response.
fn assert_written(given: &Given, taken: &Taken, detail: Option<&str>) {
    let json = |body| serde_json::from_slice::<serde_json::Value>(body).unwrap();
    let expected = detail.map_or_else(|| json(&given.body)["detail"].clone(), Into::into);
    assert_eq!(json(&taken.body)["detail"], expected, "{given:?}");
    if let [_, ("x-error-code", code)] = *given.headers {
        assert!(json(&taken.body)["type"].as_str().unwrap().ends_with(code), "{given:?}");
    }
    let status = if given.status == 413 { 400 } else { given.status };
    assert_eq!(taken.status, status, "{given:?}");
    let content_type = if given.accept == PROBLEM { PROBLEM } else { JSON };
    assert_eq!(taken.values("content-type"), [content_type], "{given:?}");
    assert_eq!(taken.values("vary"), ["accept"], "{given:?}");
    assert_eq!(taken.values("content-encoding"), [""; 0], "{given:?}");
}

/// Tests the header fields that describe a body, one by one: if the body is replaced they are removed or rewritten,
/// and if it is kept they are kept. Other fields are kept in both cases.
pub(crate) fn check_headers(through: impl Fn(Given) -> Taken) {
    let of_the_body = [
        ("accept-ranges", "bytes"),
        ("content-digest", "sha-256=:YWJj:"),
        ("content-disposition", "attachment"),
        ("content-encoding", "identity"),
        ("content-language", "en"),
        ("content-length", "3"),
        ("content-location", "/errors/7"),
        ("content-md5", "YWJj"),
        ("content-type", "text/plain"),
        ("digest", "sha-256=YWJj"),
        ("etag", "\"abc\""),
        ("last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("repr-digest", "sha-256=:YWJj:"),
        ("trailer", "x-checksum"),
        ("transfer-encoding", "gzip"),
    ];
    let others = [
        ("access-control-allow-origin", "*"),
        ("allow", "GET"),
        ("cache-control", "no-store"),
        ("retry-after", "7"),
        ("set-cookie", "a=1"),
        ("www-authenticate", "Basic realm=\"files\""),
        ("x-request-id", "5f3a"),
    ];
    let with = |field: (&'static str, &'static str), mut given: Given| {
        given.headers.retain(|(name, _)| *name != field.0);
        given.headers.push(field);
        through(given)
    };
    for field in of_the_body {
        let replaced = with(field, Given::new(401, "text/plain", b"abc"));
        assert!(!replaced.values(field.0).contains(&field.1), "{field:?} of the body is sent");
        if field.0 != "content-length" && field.0 != "content-type" {
            let kept = with(field, Given::new(401, JSON, OWN));
            assert_eq!(kept.values(field.0), [field.1]);
        }
    }
    for field in others {
        for given in [Given::new(401, "text/plain", b"abc"), Given::new(401, JSON, OWN)] {
            assert_eq!(with(field, given).values(field.0), [field.1]);
        }
    }
    for (vary, expected) in [
        ("origin", &["origin", "accept"][..]),
        ("origin, Accept", &["origin, Accept"]),
        ("*", &["*"]),
    ] {
        for body in [&b"abc"[..], RUN] {
            let taken = with(("vary", vary), Given::new(404, JSON, body));
            assert_eq!(taken.values("vary"), expected);
        }
    }
}
