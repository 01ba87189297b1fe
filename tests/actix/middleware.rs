//! Errors that actix-web itself responds with, behind the middleware: each becomes one in the format of the catalog.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use actix_web::body::BodyStream;
use actix_web::http::StatusCode;
use actix_web::middleware::from_fn;
use actix_web::test::{self, TestRequest};
use actix_web::{App, Error, HttpResponse, HttpServer, error, web};
use kate_errors::actix::{CatalogMiddleware, UnlistedReason};
use kate_errors::{CatalogResponse, KateError, TokenBalance};
use serde_json::{Value, json};

use crate::cases::{self, ADDRESS, Given, Taken, report};
use crate::client::Client;

fn json_of(status: u16, body: Value) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap()).json(body)
}

fn text_of(status: u16, body: &'static str) -> HttpResponse {
    HttpResponse::build(StatusCode::from_u16(status).unwrap())
        .insert_header(("etag", "\"x\""))
        .insert_header(("x-kept", "yes"))
        .body(body)
}

/// Returns a response whose body is sent in parts.
fn stream_of(status: u16, content_type: &'static str, parts: [&'static str; 2]) -> HttpResponse {
    let parts = parts.map(|part| Ok::<_, Infallible>(web::Bytes::from_static(part.as_bytes())));
    HttpResponse::build(StatusCode::from_u16(status).unwrap())
        .content_type(content_type)
        .body(BodyStream::new(Parts(parts.into_iter())))
}

struct Parts(std::array::IntoIter<Result<web::Bytes, Infallible>, 2>);

impl futures_core::Stream for Parts {
    type Item = Result<web::Bytes, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.next())
    }
}

fn balance() -> KateError {
    let context = Some(TokenBalance { required: 500, available: 120 });
    KateError::QueryInsufficientTokenBalance { context }
}

fn routes(config: &mut web::ServiceConfig) {
    let own = || async { json_of(422, json!({ "errors": ["name"] })) };
    let leak = || async { json_of(500, json!({ "detail": "hunter2" })) };
    let beside =
        || async { json_of(500, json!({ "detail": "Internal Server Error", "trace": "hunter2" })) };
    let failing = from_fn(async |_, _| -> Result<_, Error> {
        Err::<actix_web::dev::ServiceResponse, _>(error::ErrorServiceUnavailable("10.0.0.7"))
    });
    config
        .app_data(web::JsonConfig::default().limit(16))
        .app_data(web::PayloadConfig::new(16))
        .route("/runs/{id}", web::get().to(async |id: web::Path<u64>| id.to_string()))
        .service(web::resource("/json").route(web::post().to(async |_: web::Json<Value>| "read")))
        .route("/search", web::get().to(async |_: web::Query<Vec<u64>>| "found"))
        .route("/bytes", web::post().to(async |body: web::Bytes| body.len().to_string()))
        .route("/data", web::get().to(async |_: web::Data<u64>| "there"))
        .route("/row", web::get().to(async || Err::<&str, _>(balance())))
        .route("/text", web::get().to(async || text_of(500, "the password is hunter2")))
        .route("/error", web::get().to(async || Err::<&str, _>(error::ErrorConflict("hunter2"))))
        .route("/own", web::get().to(own))
        .route("/leak", web::get().to(leak))
        .route("/beside", web::get().to(beside))
        .route("/by-hand", web::get().to(async || json_of(404, json!({"detail":"Run not found"}))))
        .route("/mistyped", web::get().to(async || text_of(404, r#"{"detail":"Run not found"}"#)))
        .route(
            "/other-status",
            web::get().to(async || json_of(410, json!({"detail":"Run not found"}))),
        )
        .route(
            "/success",
            web::get().to(async || json_of(200, json!({"detail":"Artifact deleted"}))),
        )
        .route(
            "/stream",
            web::get().to(async || stream_of(404, "application/json", ["{\"a\":", "1}"])),
        )
        .route("/page", web::get().to(async || stream_of(502, "text/html", ["<h1>", "10.0.0.7"])))
        .route(
            "/events",
            web::get()
                .to(async || stream_of(503, "text/event-stream", ["data: 1\n\n", "data: 2\n\n"])),
        )
        .service(web::scope("/failing").wrap(failing).route("/", web::get().to(async || "never")))
        .default_service(web::to(async || CatalogResponse::<KateError>::fallback(404)));
}

fn start(middleware: impl Fn() -> CatalogMiddleware<KateError> + Clone + Send + 'static) -> Client {
    let server = HttpServer::new(move || App::new().configure(routes).wrap(middleware()));
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    Client { address }
}

async fn what_it_says_by_itself() {
    let client = start(CatalogMiddleware::new);
    let kind = [("content-type", "application/json")];
    let long = b"[1,2,3,4,5,6,7,8,9]";
    for (method, path, headers, body, status, detail) in [
        ("GET", "/nowhere", &[][..], &b""[..], 404, "Not Found"),
        ("GET", "/runs/x", &[], b"", 404, "Not Found"),
        ("PUT", "/json", &[], b"", 405, "Method Not Allowed"),
        ("POST", "/json", &kind, b"{", 400, "Bad Request"),
        ("POST", "/json", &[], b"{}", 400, "Bad Request"),
        ("POST", "/json", &kind, long, 413, "Content Too Large"),
        ("POST", "/bytes", &[], long, 413, "Content Too Large"),
        ("GET", "/search?a=b", &[], b"", 400, "Bad Request"),
        ("GET", "/data", &[], b"", 500, "Internal Server Error"),
        ("GET", "/text", &[], b"", 500, "Internal Server Error"),
        ("GET", "/error", &[], b"", 409, "Conflict"),
        ("GET", "/leak", &[], b"", 500, "Internal Server Error"),
        ("GET", "/beside", &[], b"", 500, "Internal Server Error"),
        ("GET", "/page", &[], b"", 502, "Bad Gateway"),
        ("GET", "/failing/", &[], b"", 503, "Service Unavailable"),
        ("GET", "/row", &[], b"", 402, "Insufficient token balance. Required: 500, available: 120"),
        ("GET", "/by-hand", &[], b"", 404, "Run not found"),
        ("GET", "/mistyped", &[], b"", 404, "Run not found"),
    ] {
        let answer = client.ask(method, path, headers, body).await;
        answer.says(status, detail);
        assert_eq!(answer.header("vary"), Some("accept"), "{path}");
        assert_eq!(answer.header("etag"), None, "{path}");
    }
    let answer = client.ask("PUT", "/json", &[], b"").await;
    assert_eq!(answer.header("allow"), Some("POST"), "what actix-web says of a 405 is kept");
    assert_eq!(client.get("/text").await.header("x-kept"), Some("yes"));
    let head = client.ask("HEAD", "/nowhere", &[], b"").await;
    assert_eq!((head.status, head.body.len()), (404, 0));
}

#[test]
fn what_actix_answers_by_itself_is_in_the_catalog() {
    actix_web::rt::System::new().block_on(what_it_says_by_itself());
}

async fn untouched() {
    let client = start(CatalogMiddleware::new);
    for (path, status, body) in [
        ("/runs/7", 200, "7"),
        ("/success", 200, r#"{"detail":"Artifact deleted"}"#),
        ("/own", 422, r#"{"errors":["name"]}"#),
        ("/other-status", 410, r#"{"detail":"Run not found"}"#),
        ("/stream", 404, r#"{"a":1}"#),
        ("/events", 503, "data: 1\n\ndata: 2\n\n"),
    ] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.text()), (status, body), "{path}");
    }
}

#[test]
fn what_is_meant_passes() {
    actix_web::rt::System::new().block_on(untouched());
}

async fn problems() {
    let client = start(CatalogMiddleware::new);
    let accept = [("accept", "application/problem+json")];
    for (path, status, detail) in [
        ("/nowhere", 404, "Not Found"),
        ("/row", 402, "Insufficient token balance. Required: 500, available: 120"),
        ("/text", 500, "Internal Server Error"),
    ] {
        let answer = client.ask("GET", path, &accept, b"").await;
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let problem: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(problem["detail"], detail);
        assert_eq!(problem["status"], status);
        // Two errors have this message. The link is that of the error that the handler named.
        let link = problem["type"].as_str().unwrap();
        assert_eq!(link.ends_with("#query_insufficient_token_balance"), path == "/row", "{link}");
    }
}

#[test]
fn problems_go_to_those_who_ask_for_them() {
    actix_web::rt::System::new().block_on(problems());
}

async fn settings() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    let client = start(move || {
        let list = Arc::clone(&list);
        CatalogMiddleware::new()
            .replacement(413, KateError::FileTooLarge)
            .with_error_codes()
            .on_unlisted(move |unlisted| {
                let path = unlisted.path().to_owned();
                let body = unlisted.body().len();
                let entry =
                    (path, unlisted.status(), unlisted.reason(), unlisted.is_replaced(), body);
                list.lock().unwrap().push(entry);
            })
    });
    let answer = client.ask("POST", "/bytes", &[], b"more than 16 bytes").await;
    answer.says(400, "File too large");
    assert_eq!(answer.header("x-error-code"), Some("file_too_large"));
    told.lock().unwrap().clear();
    for path in
        ["/row", "/success", "/by-hand", "/text", "/own", "/page", "/events", "/other-status"]
    {
        client.get(path).await;
    }
    client.get("/failing/").await;
    let path = |path: &str| path.to_owned();
    assert_eq!(
        *told.lock().unwrap(),
        [
            (path("/text"), 500, UnlistedReason::NotJson, true, 23),
            (path("/own"), 422, UnlistedReason::NotInCatalog, false, 19),
            (path("/page"), 502, UnlistedReason::NotJson, true, 0),
            (path("/other-status"), 410, UnlistedReason::StatusDiffers, false, 26),
            // Here another middleware failed, and the request is not available.
            (path("/failing/"), 503, UnlistedReason::NotJson, true, 8),
        ]
    );
}

#[test]
fn what_is_in_no_catalog_is_told() {
    actix_web::rt::System::new().block_on(settings());
}

/// Sends the response of a case through the middleware.
fn case(case: Given) -> Taken {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&reports);
    let middleware = CatalogMiddleware::new().replacement(413, KateError::FileTooLarge);
    let middleware = if case.is_strict { middleware.replace_json() } else { middleware };
    let middleware =
        middleware.on_unlisted(move |unlisted| list.lock().unwrap().push(report!(unlisted)));
    let request = TestRequest::with_uri(ADDRESS).insert_header(("accept", case.accept));
    let answer = move || {
        let mut response = HttpResponse::build(StatusCode::from_u16(case.status).unwrap());
        for field in &case.headers {
            response.append_header(*field);
        }
        let response = response.body(case.body.clone());
        async { response }
    };
    let (status, headers, body) = actix_web::rt::System::new().block_on(async {
        let app = App::new().default_service(web::to(answer)).wrap(middleware);
        let response =
            test::call_service(&test::init_service(app).await, request.to_request()).await;
        let headers = response.headers().iter();
        let headers =
            headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
        let (status, headers) = (response.status().as_u16(), headers.collect());
        (status, headers, test::read_body(response).await.to_vec())
    });
    Taken { status, headers, body, reports: std::mem::take(&mut *reports.lock().unwrap()) }
}

/// Errors whose messages have values.
#[kate_errors::catalog("../catalogs/jobs.yaml")]
enum JobsError {}

/// Returns what the middleware reports about an error with this id, and the body that is sent.
async fn altered(id: &'static str, accept: &str) -> (Vec<String>, String) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    let middleware = CatalogMiddleware::<JobsError>::new()
        .on_unlisted(|unlisted| panic!("{unlisted:?}"))
        .on_sanitized(move |sanitized| {
            let (code, parameters) = (sanitized.code(), sanitized.parameters().join(","));
            let (method, path) = (sanitized.method(), sanitized.path());
            list.lock().unwrap().push(format!("{method} {path} {code}: {parameters}"));
        });
    let failing = async move || Err::<&str, _>(JobsError::JobNotFound { id: id.to_owned() });
    let app =
        App::new().default_service(web::to(failing)).wrap(middleware.clone()).wrap(middleware);
    let request = TestRequest::put().uri("/jobs/7?x=1").insert_header(("accept", accept));
    let app = test::init_service(app).await;
    let body = test::call_and_read_body(&app, request.to_request()).await;
    (std::mem::take(&mut *told.lock().unwrap()), String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn altered_values_are_told_of_once() {
    actix_web::rt::System::new().block_on(async {
        for accept in ["application/json", "application/problem+json"] {
            let (lines, body) = altered("job 7\n", accept).await;
            assert_eq!(lines, ["PUT /jobs/7 job_not_found: id"]);
            assert!(body.contains("Job job\u{FFFD}7\u{FFFD} not found"), "{body}");
            assert_eq!(altered("job-7", accept).await.0, [""; 0]);
        }
    });
}

#[test]
fn every_kind_of_response_is_treated_as_promised() {
    cases::check(case);
}

#[test]
fn a_replaced_body_takes_what_describes_it_along() {
    cases::check_headers(case);
}

#[kate_errors::catalog("../catalogs/requests.yaml")]
pub enum RequestsError {}

#[tokio::test]
async fn bodies_show_which_request_they_answer() {
    let middleware = CatalogMiddleware::<RequestsError>::new();
    let busy = || async { RequestsError::Busy.response() };
    let app = App::new()
        .wrap(middleware.request_value_from("request_id", "x-request-id"))
        .route("/busy", web::get().to(busy));
    let app = test::init_service(app).await;
    for (path, message) in [("/busy", "Too busy"), ("/nowhere", "Not Found")] {
        let request = TestRequest::get().uri(path).insert_header(("x-request-id", "7f3a"));
        let response = test::call_service(&app, request.to_request()).await;
        let body: Value = test::read_body_json(response).await;
        assert_eq!(body["error"]["message"], json!(message));
        assert_eq!(body["error"]["request_id"], json!("7f3a"), "{body}");
    }
}
