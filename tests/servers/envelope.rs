//! A server whose bodies are not `{"detail":"…"}`, behind the layer.

use std::convert::Infallible;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use kate_errors::CatalogError;
use kate_errors::tower::CatalogLayer;
use serde_json::{Value, json};
use tower::{Layer as _, Service as _, service_fn};

#[kate_errors::catalog("tests/catalogs/by_code.yaml")]
pub enum ByCodeError {}

/// Returns what the layer makes of a handler's response: the status, the header field with the code, and the body.
async fn behind_the_layer(response: Response<Full<Bytes>>) -> (StatusCode, Option<String>, Value) {
    let service = service_fn(move |_: Request<()>| {
        let response = response.clone();
        async move { Ok::<_, Infallible>(response) }
    });
    let mut service = CatalogLayer::<ByCodeError>::new().layer(service);
    let request = Request::get("/").header("accept", "application/problem+json");
    let response = service.call(request.body(()).unwrap()).await.unwrap();
    // Problem details would not contain the code, and have another place for the message.
    assert_eq!(response.headers()["content-type"], "application/json");
    let mut codes = response.headers().get_all("x-shop-error").iter();
    let code = codes.next().map(|it| it.to_str().unwrap().to_owned());
    assert_eq!(codes.next(), None);
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, code, serde_json::from_slice(&body).unwrap())
}

fn plain(status: u16, media_type: &str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status).header("content-type", media_type);
    response.body(Full::new(body.into())).unwrap()
}

#[tokio::test]
async fn the_layer_keeps_errors_of_the_catalog_and_adds_their_code() {
    let error = ByCodeError::SoldOut { item: "Mug".to_owned(), left: 0 };
    let body = error.body().into_owned();
    let without = plain(409, "application/json", body.clone());
    let mut with = without.clone();
    with.headers_mut().insert("x-shop-error", http::HeaderValue::from_static("sold_out"));
    for response in [without, with] {
        let (status, code, kept) = behind_the_layer(response).await;
        assert_eq!((status, code.as_deref()), (StatusCode::CONFLICT, Some("sold_out")));
        assert_eq!(kept, serde_json::from_slice::<Value>(&body).unwrap());
    }
}

#[tokio::test]
async fn the_layer_writes_what_is_not_in_the_catalog_in_the_same_form() {
    let (status, code, body) = behind_the_layer(plain(404, "text/plain", "nothing here")).await;
    assert_eq!((status, code), (StatusCode::NOT_FOUND, None));
    assert_eq!(body["error"]["message"], json!("Not Found"));
    assert_eq!(body["error"]["details"][0]["domain"], json!("shop.example.com"));
}

#[kate_errors::catalog("tests/catalogs/requests.yaml")]
pub enum RequestsError {}

/// Returns the body of a response behind a layer that knows which header field has the request id.
async fn answered(response: Response<Full<Bytes>>, id: &'static [u8]) -> Value {
    let mut response = response;
    response.headers_mut().insert("etag", "\"of the body\"".parse().unwrap());
    let service = service_fn(move |_: Request<()>| {
        let response = response.clone();
        async move { Ok::<_, Infallible>(response) }
    });
    let layer =
        CatalogLayer::<RequestsError>::new().request_value_from("request_id", "x-request-id");
    let request = Request::get("/").header("x-request-id", id).body(()).unwrap();
    let response = layer.layer(service).call(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/vnd.requests+json");
    let is_written = response.headers().contains_key("content-length");
    assert_eq!(response.headers().contains_key("etag"), !is_written);
    let length = response.headers().get("content-length").map(|it| it.to_str().unwrap().to_owned());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(length.is_none_or(|length| length == body.len().to_string()));
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn the_layer_puts_the_id_of_the_request_into_bodies() {
    let retry = std::time::Duration::from_secs(40);
    let busy = || RequestsError::Busy.response().retry_after(retry);
    let body = answered(Response::from(busy()), b"7f\"3a").await;
    assert_eq!(
        body,
        json!({ "error": {
            "code": "busy", "type": "api_error", "message": "Too busy", "retry_in": 40, "request_id": "7f\"3a",
        } })
    );
    // The service can say how long to wait without an error of the catalog.
    let mut busy_service = plain(503, "text/plain", "busy");
    busy_service.headers_mut().insert("retry-after", "90".parse().unwrap());
    assert_eq!(answered(busy_service, b"7f").await["error"]["retry_in"], json!(90));
    // A value that the handler sets takes precedence.
    let known = busy().request_value("request_id", "mine");
    assert_eq!(answered(Response::from(known), b"7f").await["error"]["request_id"], json!("mine"));
    // So does one in a body that is written again, without what else it has.
    let body = json!({ "error": { "code": "busy", "message": "Too busy", "request_id": 7 }, "at": "db.rs:7" });
    let body = answered(plain(503, "application/json", body.to_string()), b"7f").await;
    assert_eq!((&body["error"]["request_id"], body.get("at")), (&json!(7), None));
    // Only a string or a number is such a value, unless it is empty. Anything else may contain what nobody should see.
    for id in [json!({ "at": "db.rs:7" }), json!("")] {
        let body = json!({ "error": { "code": "busy", "message": "Too busy", "request_id": id } });
        let body = answered(plain(503, "application/json", body.to_string()), b"7f").await;
        assert_eq!(body["error"]["request_id"], json!("7f"));
    }
    // A response that the layer writes itself.
    let body = answered(plain(404, "text/plain", "nothing here"), b"7f").await;
    assert_eq!(body["error"]["request_id"], json!("7f"));
    // Bytes that are not text.
    let body = answered(Response::from(busy()), b"\xFF").await;
    assert_eq!(body["error"].get("request_id"), None);
}

#[kate_errors::catalog("tests/catalogs/statuses.yaml")]
pub enum StatusesError {}

#[tokio::test]
async fn the_layer_keeps_the_status_that_a_server_names() {
    for (error, status) in [
        (StatusesError::NoAccess, StatusCode::UNAUTHORIZED),
        // From 500 on, other parts of a body may be internal, so the body is written again.
        (StatusesError::NoItem { item: "mug".into() }, StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let body = error.clone().response().with_status(status.as_u16()).body().into_owned();
        for response in [
            Response::from(error.clone().response().with_status(status.as_u16())),
            plain(status.as_u16(), "application/json", body.clone()),
        ] {
            let service = service_fn(move |_: Request<()>| {
                let response = response.clone();
                async move { Ok::<_, Infallible>(response) }
            });
            let mut service = CatalogLayer::<StatusesError>::new().layer(service);
            let response = service.call(Request::new(())).await.unwrap();
            assert_eq!(response.status(), status);
            let written = response.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(written, body);
        }
    }
}

#[kate_errors::catalog("tests/catalogs/families/slack.yaml")]
pub enum ChatError {}

#[kate_errors::catalog("tests/catalogs/families/moved.yaml")]
pub enum DepotError {}

/// Returns what a layer makes of a response: the status and the body.
async fn behind<E: CatalogError>(
    layer: CatalogLayer<E>,
    response: Response<Full<Bytes>>,
) -> (StatusCode, Value) {
    let service = service_fn(move |_: Request<()>| {
        let response = response.clone();
        async move { Ok::<_, Infallible>(response) }
    });
    let request = Request::get("/").header("x-trace", "7f3a").body(()).unwrap();
    let response = layer.layer(service).call(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn the_layer_completes_errors_that_travel_as_successes() {
    let layer = || CatalogLayer::<ChatError>::new().request_value_from("trace", "x-trace");
    let error = ChatError::MissingScope { needed: "chat:write".to_owned() };
    let needed =
        json!({ "ok": false, "error": "missing_scope", "needed": "chat:write", "trace": "7f3a" });
    assert_eq!(behind(layer(), Response::from(error.response())).await, (StatusCode::OK, needed));
    // What is not marked as an error of the catalog is a success.
    for success in ["{\"ok\":true}", "[1]", "{\"ok\":false,\"error\":\"is_archived\"}"] {
        let kept = serde_json::from_str(success).unwrap();
        let response = plain(200, "application/json", success);
        assert_eq!(behind(layer(), response).await, (StatusCode::OK, kept));
    }
    let page = plain(200, "text/html", "<p>");
    assert_eq!(behind(layer(), page).await, (StatusCode::OK, Value::Null), "it is no JSON");
}

#[kate_errors::catalog("tests/catalogs/families/harbour.yaml")]
pub enum HarbourError {}

#[kate_errors::catalog("tests/catalogs/families/quay.yaml")]
pub enum QuayError {}

/// Returns the media type, the header field with the code, and the message of a response behind the layer of a catalog
/// for a client that accepts problem details.
async fn accepting_problems<E: CatalogError>(
    response: Response<Full<Bytes>>,
    header: &str,
) -> [Option<String>; 2] {
    let service = service_fn(move |_: Request<()>| {
        let response = response.clone();
        async move { Ok::<_, Infallible>(response) }
    });
    let request = Request::get("/").header("accept", "application/problem+json").body(()).unwrap();
    let response = CatalogLayer::<E>::new().layer(service).call(request).await.unwrap();
    let text = |name: &str| response.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
    [text("content-type"), text(header)]
}

/// An error without a code has no header field for it either.
#[tokio::test]
async fn the_layer_adds_no_code_to_an_error_without_one() {
    let texts = |media_type: &str, code: Option<&str>| {
        [Some(media_type.to_owned()), code.map(str::to_owned)]
    };
    for (error, code) in
        [(HarbourError::BerthTaken { berth: 4 }, None), (HarbourError::TooDeep, Some("harbour:17"))]
    {
        let body = error.body().into_owned();
        for response in [plain(409, "application/json", body), Response::from(error.response())] {
            let found = accepting_problems::<HarbourError>(response, "x-harbour-code").await;
            assert_eq!(found, texts("application/json", code));
        }
    }
    // The layer converts the body, for which it reads the error again.
    for (error, code) in
        [(QuayError::CraneBusy { crane: 7 }, None), (QuayError::NoCrane, Some("no_crane"))]
    {
        let response = Response::from(error.response());
        let found = accepting_problems::<QuayError>(response, "x-quay-code").await;
        assert_eq!(found, texts("application/problem+json", code));
    }
}

#[tokio::test]
async fn the_layer_writes_older_bodies_anew() {
    for older in [
        "{\"detail\":\"Shelf B7 is full, 0 left\"}",
        "{\"error_code\":\"shelf_full\",\"message\":\"Shelf B7 is full, 0 left\",\"left\":0}",
    ] {
        let response = plain(409, "application/json", older);
        let (status, body) = behind(CatalogLayer::<DepotError>::new(), response).await;
        assert_eq!(status, StatusCode::CONFLICT);
        let message = "Shelf B7 is full, 0 left";
        assert_eq!(
            body,
            json!({ "error": { "code": "shelf_full", "message": message, "left": 0 } })
        );
    }
}

#[test]
#[should_panic(expected = "has no `{request.reqest_id}`")]
fn the_layer_refuses_a_misspelt_name_of_a_request_value() {
    let _ = CatalogLayer::<RequestsError>::new().request_value_from("reqest_id", "x-request-id");
}
