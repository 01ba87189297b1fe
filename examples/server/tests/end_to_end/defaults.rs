//! Errors that axum itself responds with.

use kate_errors::client::{ErrorResponse, ReqwestExt as _};
use kate_errors::{KateError, UnknownReason};
use reqwest::{Body, Method, RequestBuilder};

use crate::process::Server;

struct Api {
    http: reqwest::Client,
    server: Server,
}

impl Api {
    fn start() -> Self {
        Self { http: reqwest::Client::new(), server: Server::start(&[]) }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.server.url));
        request.header("x-api-key", "kate-demo-ada")
    }
}

async fn refused(request: RequestBuilder) -> ErrorResponse<KateError> {
    let response = request.send().await.expect("a response comes");
    response.error_for_catalog().await.expect_err("the response is an error")
}

#[tokio::test]
async fn an_answer_of_axum_becomes_json_of_the_catalog() {
    let api = Api::start();
    let json = |path, body: &'static str| {
        api.request(Method::POST, path).header("content-type", "application/json").body(body)
    };
    let large = format!(r#"{{"title":"{}"}}"#, "x".repeat(3_000_000));
    let cases = [
        (api.request(Method::GET, "/nowhere"), 404, "Not Found"),
        (api.request(Method::PUT, "/wallet"), 405, "Method Not Allowed"),
        (json("/artifacts", "{"), 400, "Bad Request"),
        (json("/artifacts", r#"{"title":1}"#), 422, "Unprocessable Entity"),
        (api.request(Method::POST, "/artifacts").body("title"), 415, "Unsupported Media Type"),
        (api.request(Method::POST, "/artifacts/upload").body("x"), 400, "Bad Request"),
        (json("/artifacts", "").body(large), 413, "Content Too Large"),
        (api.request(Method::POST, "/agents/2/runs"), 403, "Forbidden"),
    ];
    for (request, status, detail) in cases {
        let error = refused(request).await;
        assert_eq!(error.status(), status, "{detail}");
        assert_eq!(error.raw_body(), format!(r#"{{"detail":"{detail}"}}"#).as_bytes());
        assert_eq!(error.headers()["content-type"], "application/json", "{detail}");
        // No error of the catalog has this message, so it is not decoded as one.
        let unknown = error.received().unknown().map(kate_errors::Unknown::reason);
        assert!(matches!(unknown, Some(UnknownReason::OtherMessage)), "{detail}: {unknown:?}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let api = Api::start();
    let error = refused(api.request(Method::DELETE, "/artifacts")).await;
    assert_eq!(error.status(), 405);
    assert_eq!(error.headers()["allow"], "GET,HEAD,POST");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_by_its_row_however_it_is_sent() {
    let api = Api::start();
    let upload = |body: Body| api.request(Method::POST, "/artifacts/upload?title=Large").body(body);
    let announced = refused(upload(Body::from(vec![b'.'; 20_000_001]))).await;
    assert_eq!(announced.known(), Some(&KateError::FileTooLarge));

    let pieces = (0..21).map(|_| Ok::<_, std::io::Error>(vec![b'.'; 1_000_000]));
    let pieces = Body::wrap_stream(futures_util::stream::iter(pieces));
    let unannounced = refused(upload(pieces)).await;
    assert_eq!(unannounced.known(), Some(&KateError::FileTooLarge));

    let largest = upload(Body::from(vec![b'.'; 20_000_000])).send().await;
    assert_eq!(largest.expect("a response comes").status(), 201);
}
