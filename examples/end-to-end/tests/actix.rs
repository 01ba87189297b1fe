//! The errors from a server on actix-web, and the errors that actix-web itself responds with.

use std::net::SocketAddr;

use actix_web::error::InternalError;
use actix_web::http::header;
use actix_web::{App, HttpResponse, HttpServer, web};
use kate_end_to_end::{Row, assert_is_row, http, refused, rows};
use kate_errors::client::ResponseReader;
use kate_errors::{CatalogResponse, KateError, ToApiError, TokenBalance};

/// The server's own errors.
#[derive(Debug, thiserror::Error, ToApiError)]
#[api_error(catalog = KateError)]
enum ServiceError {
    #[error("a wallet holds {available}")]
    #[api_error(query_insufficient_token_balance {
        context: TokenBalance { required: price, available }
    })]
    NoMoney { price: u64, available: u64 },
    #[error("the database failed")]
    #[api_error(internal)]
    Database(#[from] std::io::Error),
}

#[derive(serde::Deserialize)]
struct Question {
    question: String,
}

async fn row(code: web::Path<String>) -> Result<HttpResponse, KateError> {
    let found = rows().into_iter().find(|row| row.error.code().as_str() == *code);
    Err(found.expect("tests ask for rows of the catalog").error)
}

async fn query(question: web::Json<Question>) -> Result<String, ServiceError> {
    match question.question.as_str() {
        "broken" => Err(std::io::Error::other("10.0.0.7 refused the connection"))?,
        _ => Err(ServiceError::NoMoney { price: 30, available: 20 }),
    }
}

async fn wrong_method() -> HttpResponse {
    let mut response = CatalogResponse::<KateError>::fallback(405).into_actix();
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
    response
}

/// Converts the error of a body that cannot be read: over the limit, or not JSON.
fn unreadable(error: actix_web::error::JsonPayloadError) -> actix_web::Error {
    use actix_web::error::JsonPayloadError::{Overflow, OverflowKnownLength};
    let status = match error {
        Overflow { .. } | OverflowKnownLength { .. } => 413,
        _ => 400,
    };
    let response = CatalogResponse::<KateError>::fallback(status).into_actix();
    InternalError::from_response(error, response).into()
}

/// Starts a server, which stops with the runtime of the test.
fn start() -> SocketAddr {
    let server = HttpServer::new(|| {
        App::new()
            .app_data(
                web::JsonConfig::default().limit(1000).error_handler(|error, _| unreadable(error)),
            )
            .default_service(web::to(async || CatalogResponse::<KateError>::fallback(404)))
            .route("/rows/{code}", web::get().to(row))
            .service(
                web::resource("/query")
                    .route(web::post().to(query))
                    .default_service(web::to(wrong_method)),
            )
    });
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0));
    let server = server.expect("a port is free");
    let address = server.addrs()[0];
    tokio::spawn(server.run());
    address
}

#[actix_web::test]
async fn all_fifteen_rows_arrive_as_typed_values() {
    let (address, http) = (start(), http());
    assert_eq!(rows().len(), 15);
    for row in rows() {
        let code = row.error.code();
        let request = http.get(format!("http://{address}/rows/{}", code.as_str()));
        let response = refused(request, row.reader).await;
        assert_is_row(&response, &row);
        for (name, value) in row.error.headers() {
            assert_eq!(response.headers()[name], *value, "{}", code.as_str());
        }
    }
}

#[actix_web::test]
async fn errors_of_the_server_arrive_as_what_they_answer_with() {
    let (address, http) = (start(), http());
    let query = |question: &'static str| {
        let question = serde_json::json!({ "question": question });
        http.post(format!("http://{address}/query")).json(&question)
    };
    let reader = ResponseReader::new().operation::<kate_errors::QueryError>();
    let context = Some(TokenBalance { required: 30, available: 20 });
    let error = KateError::QueryInsufficientTokenBalance { context };
    assert_is_row(&refused(query("moon"), reader).await, &Row { error, reader });

    let response = refused(query("broken"), reader).await;
    assert_eq!(response.status(), 500);
    assert_eq!(response.raw_body(), br#"{"detail":"Internal Server Error"}"#);
}

#[actix_web::test]
async fn an_answer_of_actix_becomes_json_of_the_catalog() {
    let (address, http) = (start(), http());
    let request = |method, path| http.request(method, format!("http://{address}{path}"));
    let json = |body: String| {
        request(reqwest::Method::POST, "/query")
            .header("content-type", "application/json")
            .body(body)
    };
    let cases = [
        (request(reqwest::Method::GET, "/nowhere"), 404, "Not Found", None),
        (request(reqwest::Method::GET, "/query"), 405, "Method Not Allowed", Some("POST")),
        (json("{".to_owned()), 400, "Bad Request", None),
        (json(format!("{{\"question\":\"{:1000}\"}}", "")), 413, "Content Too Large", None),
    ];
    for (request, status, detail, allow) in cases {
        let response = refused(request, ResponseReader::new()).await;
        assert_eq!(response.status(), status, "{detail}");
        assert_eq!(response.raw_body(), format!(r#"{{"detail":"{detail}"}}"#).as_bytes());
        assert_eq!(response.headers()["content-type"], "application/json", "{detail}");
        let told = response.headers().get("allow").map(reqwest::header::HeaderValue::as_bytes);
        assert_eq!(told, allow.map(str::as_bytes), "{detail}");
    }
}
