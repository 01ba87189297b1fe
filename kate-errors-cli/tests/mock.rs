//! `mock`: every error of a catalog over a connection, as clients read it.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use common::Sandbox;
use kate_errors::KateError;

/// A server that stops with the test.
struct Mock {
    child: Child,
    address: String,
    _sandbox: Sandbox,
}

/// Operations that share a route, and one with a longer literal. The code is not the name, and has text around it in the
/// header.
const ROUTES: &str = "\
catalog: Routes
wire: { body: { detail: \"{detail}\" }, header: { x-routes: \"urn:{code}\" } }
statuses:
  404: { name: Not Found, description: There is no such thing, cause: It was deleted, fix: List them }
  409: { name: Conflict, description: The state forbids it, cause: It is late, fix: Wait }
sections:
  - name: Jobs
    status: 404
    errors:
      - { code: NO_JOB, name: no_job, detail: \"No job {id}\", params: { id: { type: word, example: j-1 } } }
      - { code: none_yet, detail: \"No job yet: {{0}}\" }
      - { code: too late, name: late, status: 409, detail: \"Too late for {job}, {by}\", params: { job: word, by: text } }
operations:
  read_job: { route: \"GET /jobs/{id}\", errors: [no_job] }
  watch_job: { route: \"GET /jobs/{id}\", errors: [late] }
  latest_job: { route: GET /jobs/latest, errors: [none_yet] }
  put_job: { route: \"PUT /jobs/{id}\", errors: [] }
";

/// A response.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Mock {
    fn start(catalog: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        Self::of(std::fs::read(root.join(catalog)).expect("the catalog"))
    }

    fn of(catalog: impl AsRef<[u8]>) -> Self {
        let sandbox = Sandbox::with(catalog);
        let mut command = sandbox.command(&["mock", "--port", "0"]);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("http://").and_then(|it| it.strip_suffix('/'));
        let address = address.expect("an address").to_owned();
        assert!(address.starts_with("127.0.0.1:"), "{address}");
        Self { child, address, _sandbox: sandbox }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        stream
    }

    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // The server may respond and close before it has read everything.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8(answer).expect("it is UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn request(&self, method: &str, path: &str) -> Answer {
        self.with_headers(method, path, "")
    }

    fn with_headers(&self, method: &str, path: &str, headers: &str) -> Answer {
        let head =
            format!("{method} {path} HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n{headers}\r\n");
        self.send(head.as_bytes())
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path)
    }

    /// Returns the codes, each with its status and addresses.
    fn list(&self) -> Vec<(String, u64, Vec<String>)> {
        let list: serde_json::Value = serde_json::from_str(&self.get("/").body).expect("JSON");
        let rows = list["errors"].as_array().expect("a list").iter();
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        rows.map(|row| {
            let addresses = row["addresses"].as_array().expect("a list").iter().map(text).collect();
            (text(&row["code"]), row["status"].as_u64().expect("a number"), addresses)
        })
        .collect()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find_map(|(found, value)| (found == name).then_some(value))
    }
}

/// The decoder of the library reads each error, with and without its context, without notes.
#[test]
fn clients_read_every_error_of_the_kate_catalog() {
    let mock = Mock::start("errors.yaml");
    let list = mock.list();
    assert_eq!(list.len(), 15);
    let mut read = 0;
    for (code, status, addresses) in list {
        for address in addresses {
            let answer = mock.get(&address);
            assert_eq!(u64::from(answer.status), status, "{address}");
            assert_eq!(answer.header("content-type"), Some("application/json"));
            let decoder = KateError::decoder().error_code(answer.header("x-error-code"));
            let received = decoder.decode(answer.status, answer.body.as_bytes());
            let known = received.known().unwrap_or_else(|| panic!("{address}: {received:?}"));
            assert_eq!(known.code().as_str(), code);
            assert_eq!(received.notes(), [], "{address}");
            assert_eq!(answer.header("www-authenticate").is_some(), status == 401, "{address}");
            read += 1;
        }
    }
    assert_eq!(read, 17);
}

#[test]
fn values_are_put_in() {
    let mock = Mock::start("errors.yaml");
    let path = "/errors/query_insufficient_token_balance";
    let body = |query: &str| mock.get(&format!("{path}{query}")).body;
    assert_eq!(body(""), r#"{"detail":"Insufficient token balance"}"#);
    let full =
        r#"{"detail":"Insufficient token balance. Required: 18446744073709551615, available: 0"}"#;
    assert_eq!(body("?required=18446744073709551615&available=0"), full);
    let examples = r#"{"detail":"Insufficient token balance. Required: 500, available: 120"}"#;
    assert_eq!(body("?_context=true"), examples);
    assert_eq!(body("?required=3&_context=false"), body(""));
    let head = mock.request("HEAD", "/errors/run_not_found");
    assert_eq!((head.status, head.body.as_str()), (404, ""));
    assert_eq!(mock.request("POST", "/errors/run_not_found").status, 404);
}

/// A catalog that uses every feature: header fields, texts that need escapes, former messages.
#[test]
fn header_fields_and_former_messages() {
    let mock = Mock::start("tests/catalogs/jobs.yaml");
    let jobs =
        mock.get("/errors/too_many_jobs?kind=a%20%22b%22%20%E2%82%AC&used=1&limit=2&owner=x");
    assert_eq!(jobs.status, 429);
    assert_eq!(jobs.header("retry-after"), Some("60"));
    let body: serde_json::Value = serde_json::from_str(&jobs.body).expect("it is JSON");
    assert_eq!(body["detail"], "Too many jobs of kind a \"b\" €. Used 1 of 2 for x");
    let former = mock.get("/errors/job_not_found?id=7&_former=1");
    assert_eq!(former.body, r#"{"detail":"No job 7"}"#);
    assert_eq!(mock.get("/errors/job_not_found?_former=2").status, 400);
    let quoted = mock.get("/errors/bad_name?name=a%22b");
    assert!(quoted.body.contains(", and ends at the next `\"`"), "{quoted:?}");
    // So does a text of the body.
    let shards = Mock::start("tests/catalogs/families/shards.yaml");
    let traced = shards.get("/errors/SH03014?clause=a%20(trace%20b)");
    assert_eq!(traced.status, 400, "{traced:?}");
    assert!(traced.body.contains(", and ends at the next ` (trace `"), "{traced:?}");
    // A value that a member has, too, ends nowhere.
    let beside = Mock::start("tests/catalogs/families/beside.yaml");
    let refused = beside.get("/errors/missing?item=a%07b");
    assert!(refused.status == 400 && !refused.body.contains("ends at the next"), "{refused:?}");
    let list = mock.list();
    let addresses = list.iter().map(|(_, _, addresses)| addresses.len());
    assert_eq!(addresses.collect::<Vec<_>>(), [2, 1, 1, 1, 1, 2, 2, 1, 1]);
    assert!(list[0].2.contains(&"/errors/job_not_found?id=job-7&_former=1".to_owned()), "{list:?}");
    assert_eq!(list[8].2, ["/errors/braces"]);
    for (code, status, addresses) in list {
        for address in addresses {
            let answer = mock.get(&address);
            assert_eq!(u64::from(answer.status), status, "{address}");
            assert_eq!(answer.header("x-error-code"), Some(code.as_str()));
        }
    }
}

/// A request that it cannot serve gets a plain text, which is not an error of a catalog.
#[test]
fn what_cannot_be_answered_is_said() {
    let mock = Mock::start("errors.yaml");
    let path = "/errors/query_insufficient_token_balance";
    let cases = [
        ("/errors/nothing".to_owned(), 404, "no error of the catalog has this code; `/` lists"),
        ("/errors/run_not_fuond".to_owned(), 404, "; did you mean `run_not_found`? `/` lists them"),
        (format!("/errors/{}", "run_not_".repeat(4000)), 404, "has this code; `/` lists them"),
        ("/other".to_owned(), 404, "`/errors/CODE`"),
        (format!("{path}?required=-1"), 400, "it holds whole numbers from 0 to 2^64 - 1"),
        (format!("{path}?required=007"), 400, "cannot hold this value"),
        (format!("{path}?_context=maybe"), 400, "`_context` must be true or false"),
        (format!("{path}?x%0Ay=1"), 400, r"no value `x\ny`; it has: required, available, _context"),
        ("/errors/run_not_found?_context=true".to_owned(), 400, "has no context"),
    ];
    for (path, status, why) in cases {
        let answer = mock.get(&path);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.body.contains(why), "{path}: {answer:?}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(KateError::decode(answer.status, answer.body.as_bytes()).known().is_none());
    }
}

/// Clients read 64 KiB, so values are cut as the library cuts them.
#[test]
#[expect(clippy::many_single_char_names, reason = "those of the catalog")]
fn long_values_are_cut() {
    mod long_choice {
        #[kate_errors::catalog("../tests/catalogs/fields/long_choice.yaml")]
        pub enum LongChoiceError {}
    }
    use long_choice::{LongChoiceError, StuckState};
    let mock = Mock::start("tests/catalogs/fields/long_choice.yaml");
    let [b, c, d, e, f] = [(); 5].map(|()| "some text".into());
    let (a, state) = ("\"".repeat(30_000).into(), StuckState::Idle);
    let answer = mock.with_headers("POST", "/jobs", &format!("x-mock-error: stuck?a={a}\r\n"));
    let error = LongChoiceError::Stuck { a, b, c, d, e, f, state };
    assert_eq!(answer.body.as_bytes(), &*error.body());
    assert_eq!(error.sanitized_parameters(), ["a"]);
}

/// An oversized head is rejected, a body is not waited for, and silent clients do not block others.
#[test]
fn it_is_bounded() {
    let mock = Mock::start("errors.yaml");
    let silent: Vec<TcpStream> = (0..300).map(|_| mock.connect()).collect();
    assert_eq!(mock.get("/").status, 200);
    let long = format!("GET /{} HTTP/1.1\r\nhost: mock\r\n\r\n", "x".repeat(1 << 20));
    let answer = mock.send(long.as_bytes());
    assert!([414, 431].contains(&answer.status), "{answer:?}");
    let header = format!("GET / HTTP/1.1\r\nhost: mock\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    assert_eq!(mock.send(header.as_bytes()).status, 431);
    let unsent = b"POST /errors/run_not_found HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\
        content-length: 1000000000\r\n\r\nx";
    assert_eq!(mock.send(unsent).status, 404);
    let mut upload = b"POST /errors/run_not_found HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\
        content-length: 16777216\r\n\r\n"
        .to_vec();
    upload.resize(upload.len() + (1 << 24), b'x');
    mock.connect().write_all(&upload).expect("a client may send all before it reads");
    assert_eq!(mock.send(&upload).status, 404);
    assert_eq!(mock.send(b"\x16\x03\x01 no HTTP\r\n\r\n").status, 400);
    drop(silent);
    assert_eq!(mock.get("/").status, 200);
}

/// The catalog's routes respond as its server does: with the operation's first error, or the one that is named.
#[test]
fn routes_of_the_catalog_respond_with_their_errors() {
    let mock = Mock::start("errors.yaml");
    let path = "/artifacts/a-7/subscribe";
    let first = mock.request("POST", path);
    assert_eq!((first.status, first.header("x-error-code")), (404, Some("artifact_not_found")));
    let by_query = mock.request("POST", &format!("{path}?_error=already_subscribed&page=2"));
    assert_eq!((by_query.status, &*by_query.body), (409, r#"{"detail":"Already subscribed"}"#));
    let by_header =
        |value: &str| mock.with_headers("POST", path, &format!("x-mock-error: {value}\r\n"));
    let code = "subscription_insufficient_token_balance";
    let full = by_header(&format!("{code}?required=3&_context=true"));
    let detail = r#"{"detail":"Insufficient token balance. Required: 3, available: 120"}"#;
    assert_eq!((full.status, &*full.body), (402, detail));
    for (answer, why) in [
        (
            by_header("run_not_found"),
            "the operation has no such error; it has: already_subscribed, ",
        ),
        (by_header(&format!("{code}?nothing=1")), "the error has no value `nothing`"),
    ] {
        assert_eq!(answer.status, 400);
        assert!(answer.body.contains(why), "{answer:?}");
    }
    let by_get = mock.request("GET", path);
    assert_eq!((by_get.status, by_get.header("allow")), (405, Some("POST")));
    assert_eq!(mock.request("POST", "/artifacts/upload").status, 400);
    let list: serde_json::Value = serde_json::from_str(&mock.get("/").body).expect("JSON");
    assert_eq!(list["operations"][0]["route"], "POST /artifacts/{artifact_id}/subscribe");
}

/// Operations may share a route, a query has parameters of the API beside values, and a code may be written as anything.
#[test]
fn routes_lead_to_all_errors_of_their_operations() {
    let mock = Mock::of(ROUTES);
    for (path, status, code, detail) in [
        ("/jobs/7", 404, "NO_JOB", "No job j-1"),
        ("/jobs/7?page=2&id=j-9", 404, "NO_JOB", "No job j-9"),
        ("/jobs/7?_error=NO_JOB&page=2&id=j-9", 404, "NO_JOB", "No job j-9"),
        ("/jobs/7?_error=late&by=Ada&page=2", 409, "too late", "Too late for abc-123, Ada"),
        ("/jobs/latest", 404, "none_yet", "No job yet: {0}"),
        ("/errors/NO_JOB?id=1", 404, "NO_JOB", "No job 1"),
        ("/errors/no_job?id=1", 404, "NO_JOB", "No job 1"),
        ("/errors/too%20late?by=Ada", 409, "too late", "Too late for abc-123, Ada"),
    ] {
        let answer = mock.get(path);
        assert_eq!(answer.header("x-routes"), Some(&*format!("urn:{code}")), "{path}: {answer:?}");
        let body = serde_json::json!({ "detail": detail }).to_string();
        assert_eq!((answer.status, answer.body), (status, body), "{path}");
    }
    let in_utf8 = mock.with_headers("GET", "/jobs/7", "x-mock-error: late?by=Zoë\r\n");
    assert_eq!(in_utf8.body, r#"{"detail":"Too late for abc-123, Zoë"}"#);
    let without_errors = mock.request("PUT", "/jobs/7");
    assert!(without_errors.body.ends_with("it has none\n"), "{without_errors:?}");
    let head = mock.request("HEAD", "/jobs/7?_error=NO_JOB");
    assert_eq!((head.status, head.header("x-routes"), &*head.body), (404, Some("urn:NO_JOB"), ""));
    let list: serde_json::Value = serde_json::from_str(&mock.get("/").body).expect("JSON");
    assert_eq!(list["errors"][1]["detail"], "No job yet: {0}");
}

/// A method that no route of the path has gets the catalog's error for that: the one for servers that only know the
/// status, or else the first one.
#[test]
fn wrong_methods_are_not_allowed() {
    let with_405 = |status: &str, error: &str| {
        let status =
            format!("statuses:\n  405: {{ name: Wrong, description: Not like this{status} }}\n");
        let error = format!("    errors:\n      - {{ status: 405, cause: c, fix: f, {error} }}\n");
        ROUTES.replacen("statuses:\n", &status, 1).replacen("    errors:\n", &error, 1)
    };
    let header = ", allow: [BREW]";
    let first = with_405(header, "code: not_so, detail: \"Not with {m}\", params: { m: word }");
    let two = "code: not_so, detail: Not so }\n      - { status: 405, cause: c, fix: f, \
        code: other, detail: Another";
    let plain = "kate-errors mock: the catalog has this route with other methods\n";
    for (catalog, code, body) in [
        (ROUTES.to_owned(), None, plain),
        (first, Some("urn:not_so"), r#"{"detail":"Not with abc-123"}"#),
        (with_405(", fallback: other", two), Some("urn:other"), r#"{"detail":"Another"}"#),
    ] {
        let mock = Mock::of(catalog);
        for (method, path, allow) in [
            ("DELETE", "/jobs/7", "GET, HEAD, PUT"),
            ("POST", "/jobs/latest?page=2", "GET, HEAD, PUT"),
            ("OPTIONS", "/jobs/7", "GET, HEAD, PUT"),
        ] {
            let answer = mock.with_headers(method, path, "x-mock-error: no_job\r\n");
            assert_eq!((answer.status, &*answer.body), (405, body), "{method} {path}");
            assert_eq!(answer.head.matches("allow: ").count(), 1, "{answer:?}");
            let exposed = answer.header("access-control-expose-headers").unwrap_or_default();
            assert!(exposed.contains("allow"), "{answer:?}");
            assert_eq!((answer.header("allow"), answer.header("x-routes")), (Some(allow), code));
        }
        assert_eq!(mock.request("DELETE", "/jobs").status, 404);
        assert_eq!(mock.request("DELETE", "/errors/no_job").header("allow"), None);
    }
}

/// A request chooses one of the statuses of an error, in the query or in the header. The body has it too.
#[test]
fn any_status_of_an_error_can_be_requested() {
    let mock = Mock::of(
        "catalog: Doors\n\
         wire: { body: { status: \"{status}\", title: \"{title}\", detail: \"{detail}\" } }\n\
         statuses:\n  401: { name: Unauthorized, description: No key }\n  \
         403: { name: Forbidden, description: Another key }\n\
         sections:\n  - name: Doors\n    errors:\n      \
         - { code: no_access, status: [403, 401], detail: No access, cause: It is closed, fix: Knock }\n\
         operations:\n  open: { route: POST /doors, errors: [no_access] }\n",
    );
    let body = |status: u16, name: &str| {
        format!(r#"{{"status":{status},"title":"{name}","detail":"No access"}}"#)
    };
    let header = "x-mock-error: no_access?_status=401\r\n";
    for answer in [
        mock.get("/errors/no_access?_status=401"),
        mock.request("POST", "/doors?_status=401"),
        mock.request("POST", "/doors?_error=no_access&_status=401"),
        mock.with_headers("POST", "/doors", header),
    ] {
        assert_eq!((answer.status, answer.body), (401, body(401, "Unauthorized")));
    }
    let first = mock.request("POST", "/doors");
    assert_eq!((first.status, first.body), (403, body(403, "Forbidden")));
    let other = mock.get("/errors/no_access?_status=404");
    let why = "`_status` must be a status of the error: 403, 401";
    assert!(other.status == 400 && other.body.contains(why), "{other:?}");
    assert_eq!(mock.list()[0].2, ["/errors/no_access", "/errors/no_access?_status=401"]);
}

#[test]
fn browsers_of_other_origins_read_it() {
    let mock = Mock::start("errors.yaml");
    let origin = "origin: http://localhost:3000\r\n";
    let answer = mock.with_headers("GET", "/errors/token_expired", origin);
    assert_eq!(answer.header("access-control-allow-origin"), Some("http://localhost:3000"));
    let exposed = answer.header("access-control-expose-headers").expect("a list");
    assert!(exposed.contains("x-error-code") && exposed.contains("www-authenticate"), "{exposed}");
    let credentials = |answer: &Answer| {
        let header = answer.header("access-control-allow-credentials");
        assert_eq!(answer.header("vary"), Some("origin"));
        header.map(str::to_owned)
    };
    assert_eq!(credentials(&answer).as_deref(), Some("true"));
    let list = mock.get("/");
    assert_eq!(list.header("access-control-allow-origin"), Some("*"));
    assert_eq!(credentials(&list), None);
    let asks =
        "access-control-request-method: PATCH\r\naccess-control-request-headers: x-api-key\r\n";
    let preflight = mock.with_headers("OPTIONS", "/anything", &format!("{origin}{asks}"));
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-methods"), Some("PATCH"));
    assert_eq!(preflight.header("access-control-allow-headers"), Some("x-api-key"));
    assert_eq!(preflight.header("access-control-allow-origin"), Some("http://localhost:3000"));
    assert_eq!(preflight.header("access-control-max-age"), Some("600"));
    assert_eq!(credentials(&preflight).as_deref(), Some("true"));
    // What is no preflight is a request.
    for (method, headers) in [
        ("GET", format!("{origin}{asks}")),
        ("OPTIONS", asks.to_owned()),
        ("OPTIONS", origin.to_owned()),
    ] {
        let answer = mock.with_headers(method, "/errors/token_expired", &headers);
        assert_eq!(answer.status, 401, "{method} {headers}");
    }
}

/// If bodies have the default form, a client can request problem details, as from servers in Rust.
#[test]
fn problem_details_are_sent_to_who_asks_for_them() {
    let ask = |catalog: &str, path: &str, accept: &str| {
        let mock = Mock::start(catalog);
        mock.with_headers("GET", path, &format!("accept: {accept}\r\n"))
    };
    let problem = ask("errors.yaml", "/errors/run_not_found", "application/problem+json");
    assert_eq!(problem.header("content-type"), Some("application/problem+json"));
    let body: serde_json::Value = serde_json::from_str(&problem.body).expect("JSON");
    let url = "https://docs.projectkate.com/reference/error-codes#run_not_found";
    assert_eq!((&body["status"], &body["type"]), (&404.into(), &url.into()));
    assert_eq!(body["detail"], "Run not found");
    let path = "/errors/file_missing";
    let without_page = ask("tests/catalogs/twins.yaml", path, "application/problem+json");
    assert!(without_page.body.starts_with(r#"{"type":"about:blank","title":"#), "{without_page:?}");
    for (accept, media_type) in [
        ("application/problem+json;q=0, */*", "application/json"),
        ("application/problem+json; q=0.0", "application/json"),
        ("application/problem+json;q=0.5", "application/problem+json"),
        ("application/json, application/problem+json;q=0.5", "application/json"),
        ("text/html, Application/Problem+JSON ;q=1", "application/problem+json"),
        ("text/html\r\naccept: application/problem+json", "application/problem+json"),
    ] {
        let answer = ask("errors.yaml", "/errors/run_not_found", accept);
        assert_eq!(answer.header("content-type"), Some(media_type), "{accept}");
    }
    let own = ask("tests/catalogs/requests.yaml", "/errors/no_order", "application/problem+json");
    assert_eq!(own.header("content-type"), Some("application/vnd.requests+json"));
}

#[test]
fn requests_are_logged() {
    let mut mock = Mock::start("errors.yaml");
    mock.request("POST", "/artifacts/a-7/subscribe?%1b[31m");
    mock.get("/nothing");
    let log = BufReader::new(mock.child.stderr.take().expect("its log")).lines();
    let lines: Vec<String> = log.take(3).map(|line| line.expect("a line")).collect();
    let expected = [
        "serving 15 errors",
        "POST /artifacts/a-7/subscribe?%1b[31m -> 404 artifact_not_found",
        "GET /nothing -> 404 mock: the catalog has no such route; there is `/`, which lists the errors and routes, and `/errors/CODE`",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn it_starts_with_a_sound_catalog_and_a_free_port_alone() {
    let mock = Mock::start("errors.yaml");
    let (_, port) = mock.address.split_once(':').expect("a port");
    let run = Sandbox::with(common::CATALOG).run(&["mock", "--port", port]).exits(2);
    assert!(run.stderr.contains("cannot listen on 127.0.0.1:"), "{}", run.stderr);
    Sandbox::with(common::BROKEN).run(&["mock", "--port", "0"]).exits(1);
    Sandbox::new().run(&["mock", "--port", "0"]).exits(2);
    Sandbox::new().run(&["mock", "--port", "70000"]).exits(2);
}

#[test]
fn bodies_have_the_media_type_and_the_status_of_the_catalog() {
    for (catalog, error, status, media_type) in [
        ("requests.yaml", "no_order", 404, "application/vnd.requests+json"),
        ("families/json_api.yaml", "NOT_YOURS", 403, "application/vnd.api+json"),
        ("families/slack.yaml", "is_archived", 200, "application/json"),
        ("families/moved.yaml", "no_shelf", 404, "application/json"),
        ("families/harbour.yaml", "no_pilot", 404, "application/json"),
        // This code is not ASCII.
        ("families/crm.yaml", "too_large", 400, "application/json"),
    ] {
        let mock = Mock::start(&format!("tests/catalogs/{catalog}"));
        let answer = mock.get(&format!("/errors/{error}"));
        let head = answer.head.to_ascii_lowercase();
        let field = format!("content-type: {media_type}");
        assert!(head.lines().any(|line| line == field), "{catalog}: {head}");
        assert_eq!(answer.status, status, "{catalog}: {}", answer.body);
        let is_named = head.lines().any(|line| line.contains("code: "));
        assert_eq!(is_named, !["no_pilot", "too_large"].contains(&error), "{catalog}: {head}");
    }
}

#[test]
fn values_have_their_members_even_if_no_message_has_them() {
    let mock = Mock::start("tests/catalogs/members.yaml");
    let answer = mock.get("/errors/no_source?data_source=x&most=9");
    assert_eq!(
        answer.body,
        r#"{"code":"no_source","message":"No abc-123 in x","params":{"dataSource":"x","type":"abc-123","2-\"fa\"":9}}"#
    );
    // Those of a context are sent with its message alone.
    let [bare, full] =
        ["false", "true"].map(|it| mock.get(&format!("/errors/sold_out?_context={it}")));
    assert!(!bare.body.contains("left") && full.body.contains("left\":"), "{bare:?} {full:?}");
    // The types of members hold without a message, so that bodies are always JSON.
    for value in ["wanted=many", "note=%00", "wanted="] {
        let answer = mock.get(&format!("/errors/too_many?{value}"));
        assert_eq!(answer.status, 400, "{value}: {answer:?}");
        assert!(answer.body.contains("cannot hold this value; it holds"), "{value}: {answer:?}");
    }
    let answer = mock.get("/errors/too_many?wanted=2");
    let body = r#"{"code":"too_many","message":"There are too many","params":{"wanted":2,"note":"a note"}}"#;
    assert_eq!(answer.body, body);
}
