//! Faulty requests: whatever is wrong, the response has a message of the catalog.

use std::io::Write as _;

use crate::process::Server;
use crate::raw::{Connection, JSON, KEY, ask, request};

/// The paths, and the methods that they support.
const PATHS: [(&str, &str); 13] = [
    ("/auth/token", "POST"),
    ("/wallet", "GET,HEAD"),
    ("/artifacts", "GET,HEAD,POST"),
    ("/artifacts/upload", "POST"),
    ("/artifacts/1", "GET,HEAD"),
    ("/artifacts/1/extraction", "POST"),
    ("/artifacts/1/draft", "DELETE"),
    ("/artifacts/1/cover", "POST"),
    ("/artifacts/1/publish", "POST"),
    ("/artifacts/1/subscribe", "POST"),
    ("/artifacts/1/query", "POST"),
    ("/agents/1/runs", "POST"),
    ("/agents/1/runs/1/spans", "POST"),
];

#[test]
fn a_wrong_method_on_any_path_is_told_the_right_ones() {
    let server = Server::start(&["--requests-per-minute", "10000"]);
    for (path, allowed) in PATHS {
        for method in
            ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"]
        {
            if allowed.split(',').any(|known| known == method) {
                continue;
            }
            let what = format!("{method} {path}");
            let response = ask(&server, &request(&what, KEY, b""));
            response.is_in_catalog(405, &what);
            assert_eq!(response.header("allow"), Some(allowed), "{what}");
        }
    }
}

#[test]
fn head_is_answered_as_get_without_its_body() {
    let server = Server::start(&[]);
    for (path, status) in
        [("/wallet", 200), ("/artifacts/999", 404), ("/nowhere", 404), ("/artifacts/upload", 405)]
    {
        let head = ask(&server, &request(&format!("HEAD {path}"), KEY, b""));
        let get = ask(&server, &request(&format!("GET {path}"), KEY, b""));
        assert_eq!((head.status, get.status), (status, status), "{path}");
        assert_eq!(head.body, b"", "{path}");
        for name in ["content-type", "content-length", "allow"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[test]
fn a_body_that_is_not_what_it_should_be_is_refused() {
    let server = Server::start(&["--requests-per-minute", "10000"]);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    let long = [&br#"{"title":""#[..], &vec![b'a'; 10_000_000], br#""}"#].concat();
    let cases: [(&str, &str, &[u8], u16); 12] = [
        ("cut", JSON, br#"{"title":"#, 400),
        ("more behind it", JSON, br#"{"title":"a"} x"#, 400),
        ("not UTF-8", JSON, b"{\"title\":\"\xff\"}", 400),
        ("half a character", JSON, br#"{"title":"\ud800"}"#, 400),
        ("deep", JSON, &deep, 422),
        ("of 10 MB", JSON, &long, 413),
        ("of another type", JSON, br#"{"title":1}"#, 422),
        ("a number too large", JSON, br#"{"title":"a","query_price":99999999999}"#, 422),
        ("a member twice", JSON, br#"{"title":"a","title":"b"}"#, 422),
        ("text", "content-type: text/plain\r\n", b"title", 415),
        ("without a type", "", b"title", 415),
        (
            "packed",
            "content-type: application/json\r\ncontent-encoding: gzip\r\n",
            b"\x1f\x8b",
            415,
        ),
    ];
    for (what, head, body, status) in cases {
        let response = ask(&server, &request("POST /artifacts", &format!("{KEY}{head}"), body));
        response.is_in_catalog(status, what);
    }
    let packed = format!("{KEY}content-encoding: gzip\r\n");
    let response = ask(&server, &request("POST /artifacts/upload?title=a", &packed, b"\x1f\x8b"));
    response.is_in_catalog(415, "a packed file");
    assert_eq!(response.header("accept-encoding"), Some("identity"));
    // JSON strings may contain control characters.
    let zero = format!("{KEY}{JSON}");
    let response = ask(&server, &request("POST /artifacts", &zero, br#"{"title":"a\u0000b"}"#));
    assert_eq!(response.status, 201, "{response:?}");
}

#[test]
fn an_address_that_is_not_what_it_should_be_is_refused() {
    let server = Server::start(&["--requests-per-minute", "10000"]);
    let long = format!("GET /artifacts/{}", "a".repeat(30_000));
    for (line, status) in [
        ("GET /artifacts/%ff", 400),
        ("GET /artifacts/%00", 404),
        ("GET /artifacts/%zz", 404),
        ("GET /artifacts/99999999999999999999", 404),
        ("GET /artifacts/%2e%2e%2fwallet", 404),
        ("GET //wallet", 404),
        ("GET /wallet/", 404),
        ("POST /artifacts/upload", 400),
        ("POST /artifacts/upload?title=a&title=b", 400),
        ("POST /artifacts/upload?title=a&query_price=-1", 400),
        ("OPTIONS *", 404),
        ("CONNECT kate:80", 404),
        (long.as_str(), 404),
    ] {
        ask(&server, &request(line, KEY, b"")).is_in_catalog(status, line);
    }
}

#[test]
fn a_head_that_can_be_understood_in_two_ways_is_refused() {
    let server = Server::start(&[]);
    for (what, head, status) in [
        ("two keys", "x-api-key: kate-demo-ada\r\nx-api-key: kate-demo-bob\r\n", 401),
        ("a key twice", "x-api-key: kate-demo-ada\r\nx-api-key: kate-demo-ada\r\n", 401),
        ("two tokens", "authorization: Bearer a\r\nauthorization: Bearer b\r\n", 401),
        ("an empty key", "x-api-key:\r\n", 401),
        ("an unknown scheme", "authorization: Basic YTpi\r\n", 401),
        ("two hosts", "host: other\r\nx-api-key: kate-demo-ada\r\n", 400),
    ] {
        ask(&server, &request("GET /wallet", head, b"")).is_in_catalog(status, what);
    }
    let hostless = format!("GET /wallet HTTP/1.1\r\nconnection: close\r\n{KEY}\r\n");
    ask(&server, hostless.as_bytes()).is_in_catalog(400, "no host");
    // HTTP/1.0 does not require the header.
    let old = ask(&server, format!("GET /wallet HTTP/1.0\r\n{KEY}\r\n").as_bytes());
    assert_eq!(old.status, 200, "{old:?}");
    ask(&server, b"GET /wallet HTTP/1.0\r\n\r\n").is_in_catalog(401, "HTTP/1.0");
}

/// hyper rejects these before there is a request: it sends a status without a body, and closes.
#[test]
fn what_is_no_request_gets_a_bare_status() {
    let server = Server::start(&[]);
    let fields = "x: y\r\n".repeat(200);
    let large = format!("x: {}\r\n", "a".repeat(200_000));
    let get = |line: &str, head: &str| format!("{line}\r\nhost: kate\r\n{KEY}{head}\r\n");
    for (request, status) in [
        ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), 400),
        (get("GET /wallet HTTP/3.0", ""), 400),
        (get("GET /arti facts HTTP/1.1", ""), 400),
        (get("GET /wallet HTTP/1.1", "x : y\r\n"), 400),
        (get("GET /wallet HTTP/1.1", "x: y\r\n z\r\n"), 400),
        (get("GET /wallet HTTP/1.1", "content-length: -1\r\n"), 400),
        (get("GET /wallet HTTP/1.1", "content-length: 1\r\ncontent-length: 2\r\n"), 400),
        (get("POST /artifacts HTTP/1.1", "transfer-encoding: gzip\r\n"), 400),
        (get("GET /wallet HTTP/1.1", &fields), 431),
        (get(&format!("GET /{} HTTP/1.1", "a".repeat(66_000)), ""), 414),
        (get("GET /wallet HTTP/1.1", &large), 431),
    ] {
        let mut connection = Connection::open(&server);
        // The server may respond before it has received everything.
        let _ = connection.stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = std::io::Read::read_to_end(&mut connection.stream, &mut bytes);
        let text = String::from_utf8(bytes).expect("a head is ASCII");
        if text.is_empty() && request.len() > 200_000 {
            // The server closes before it has received everything, so the system may discard its response.
            continue;
        }
        let first: String = request.chars().take(60).collect();
        assert!(text.starts_with(&format!("HTTP/1.1 {status} ")), "{first:?}: {text}");
        assert!(text.ends_with("\r\n\r\n") && text.contains("content-length: 0\r\n"), "{text}");
    }
}

#[test]
fn a_body_that_breaks_off_is_refused_where_the_client_still_listens() {
    let server = Server::start(&[]);
    let announced = "content-length: 30\r\n\r\n{\"title\":";
    let broken = "transfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n";
    for (line, body) in [
        ("POST /artifacts", announced),
        ("POST /artifacts/upload?title=a", announced),
        ("POST /artifacts", broken),
        ("POST /artifacts/upload?title=a", broken),
    ] {
        let request = format!("{line} HTTP/1.1\r\nhost: kate\r\n{KEY}{JSON}{body}");
        ask(&server, request.as_bytes()).is_in_catalog(400, &format!("{line} {body}"));
    }
}

#[test]
fn a_file_that_is_announced_too_large_is_refused_before_it_is_sent() {
    // The server keeps receiving for this long after its response.
    let server = Server::start(&["--idle-seconds", "1"]);
    let head = format!("{KEY}content-length: 30000000\r\nexpect: 100-continue\r\n");
    let mut connection = Connection::open(&server);
    connection.send(&request("POST /artifacts/upload?title=a", &head, b""));
    // Only the response: there is no `100 Continue` before it.
    let response = connection.response();
    response.is_in_catalog(400, "a file of 30 MB");
    assert_eq!(response.body, br#"{"detail":"File too large"}"#);
}

#[test]
fn the_answers_to_many_requests_at_once_come_in_their_order() {
    let server = Server::start(&[]);
    let mut all = Vec::new();
    for number in 0..50 {
        let path = if number % 2 == 0 { "/nowhere" } else { "/artifacts/999" };
        all.extend(format!("GET {path} HTTP/1.1\r\nhost: kate\r\n{KEY}\r\n").into_bytes());
    }
    all.extend(request("GET /nowhere", KEY, b""));
    let mut connection = Connection::open(&server);
    connection.send(&all);
    let text = String::from_utf8(connection.receive()).expect("responses are text");
    let details: Vec<&str> =
        text.split("{\"detail\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let expected = ["Not Found", "Artifact not found"].into_iter().cycle().take(51);
    assert_eq!(details, expected.collect::<Vec<_>>());
}
