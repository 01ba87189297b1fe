//! Rejections of axum's extractors as errors of a catalog that name the field.

use axum::Router;
use axum::body::Body;
use axum::extract::{Json, Path, Query, rejection::JsonRejection};
use axum::http::{Request, StatusCode};
use axum::routing::{get, post};
use http_body_util::BodyExt;
use kate_errors::tower::CatalogLayer;
use kate_errors::{CatalogResponse, FieldError, KateError, Located};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use tower::ServiceExt;

mod list {
    #[kate_errors::catalog("tests/catalogs/fields/list.yaml")]
    pub enum FormsError {}
}
use list::FormsError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    #[serde(default)]
    _name: String,
    _items: Vec<Item>,
    _size: Option<Item>,
    #[serde(default)]
    _more: BTreeMap<String, bool>,
    _shape: Option<Shape>,
}

#[derive(Deserialize)]
enum Shape {
    Round { _width: u8 },
}

#[derive(Deserialize)]
struct Item {
    _size: u8,
}

#[derive(Deserialize)]
struct Page {
    _limit: u8,
}

/// The code that a server writes once for all its extractors.
fn invalid(rejection: &(dyn Error + 'static)) -> CatalogResponse<FormsError> {
    FormsError::InvalidRequest.response().with_fields(FieldError::of(rejection))
}

async fn create(
    order: Result<Json<Order>, JsonRejection>,
) -> Result<(), CatalogResponse<FormsError>> {
    order.map(|_| ()).map_err(|rejection| invalid(&rejection))
}

/// Returns the fields that the response names.
async fn fields(request: Request<Body>) -> Vec<String> {
    let app = Router::new()
        .route("/", post(create))
        .route(
            "/located",
            post(async |order: Result<Json<Located<Order>>, JsonRejection>| {
                order.map(|_| ()).map_err(|rejection| invalid(&rejection))
            }),
        )
        .route(
            "/page",
            get(async |page: Result<Query<Page>, _>| {
                page.map(|_| ()).map_err(|rejection: axum::extract::rejection::QueryRejection| {
                    invalid(&rejection)
                })
            }),
        )
        .route(
            "/{_limit}",
            get(async |page: Result<Path<Located<Page>>, _>| {
                page.map(|_| ()).map_err(|rejection: axum::extract::rejection::PathRejection| {
                    invalid(&rejection)
                })
            }),
        );
    let response = app.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(!String::from_utf8_lossy(&body).contains("hunter2"), "{body:?}");
    if status == 200 {
        return vec!["read".to_owned()];
    }
    let received = FormsError::decode(status, &*body);
    assert_eq!(received.known(), Some(&FormsError::InvalidRequest));
    received.fields().iter().map(|field| format!("{} {}", field.pointer(), field.code())).collect()
}

#[tokio::test]
async fn a_body_that_cannot_be_read() {
    for (body, expected) in [
        (r#"{"_items":[]}"#, "read"),
        (r#"{"_items":[{"_size":1},{"_size":"hunter2"}]}"#, "/_items/1/_size wrong_type"),
        (r#"{"_items":[{"_size":1},{}]}"#, "/_items/1/_size missing"),
        (r#"{"_items":[{"_size":1000}]}"#, "/_items/0/_size invalid"),
        (r#"{"_more":{}}"#, "/_items missing"),
        (r#"{"_items":[],"_more":{"a.b/c":"hunter2"}}"#, "/_more/a.b~1c wrong_type"),
        (r#"{"_items":[],"hunter":2}"#, "/hunter unknown"),
        (r#"{"_items":[],"_items":[]}"#, "/_items duplicate"),
        (r#"{"_items":[],"_size":{}}"#, "/_size/_size missing"),
        (r#"{"_items":[],"_shape":{"Round":{"_width":"a"}}}"#, "/_shape/Round/_width wrong_type"),
        (r#""hunter2""#, " wrong_type"),
        (r#"{"_name":"unreadable field \"/x\": missing","_items":7}"#, "/_items wrong_type"),
    ] {
        for path in ["/", "/located"] {
            let request = Request::post(path).header("content-type", "application/json");
            let found = fields(request.body(body.into()).unwrap()).await;
            assert_eq!(found, [expected], "{path} {body}");
        }
    }
    // Without a JSON content type, no field is at fault.
    let request = Request::post("/").body(Body::from("{}")).unwrap();
    assert_eq!(fields(request).await, [""; 0]);
}

#[tokio::test]
async fn a_query_and_a_path_that_cannot_be_read() {
    for (path, expected) in [
        ("/page?_limit=7", "read"),
        ("/page?_limit=hunter2", "/_limit invalid"),
        ("/page", "/_limit missing"),
        ("/7", "read"),
        ("/hunter2", "/_limit invalid"),
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(fields(request).await, [expected], "{path}");
    }
}

/// The layer converts responses of other forms to problem details, and the fields are kept.
#[tokio::test]
async fn fields_go_through_the_layer() {
    let listed =
        async || KateError::RunNotFound.response().with_fields([FieldError::new("a", "x")]);
    let beside = || async {
        let body = r##"{"detail":"Run not found","errors":[{"pointer":"#/a","detail":"x"}]}"##;
        (StatusCode::NOT_FOUND, [("content-type", "application/json")], body)
    };
    let fallback = || async {
        let response = CatalogResponse::<KateError>::fallback(404);
        response.with_fields([FieldError::new("a", "x")])
    };
    let app = Router::new()
        .route("/listed", get(listed))
        .route("/beside", get(beside))
        .route("/fallback", get(fallback))
        .layer(CatalogLayer::<KateError>::new());
    for (path, accept, expected) in [
        ("/listed", "application/json", r#"{"detail":[{"loc":["a"],"msg":"x"}]}"#),
        // Here the list is in place of the message, but the response is marked with its error.
        (
            "/listed",
            "application/problem+json",
            r##""detail":"Run not found","errors":[{"pointer":"#/a","detail":"x"}]}"##,
        ),
        (
            "/beside",
            "application/problem+json",
            r##""detail":"Run not found","errors":[{"pointer":"#/a","detail":"x"}]}"##,
        ),
        (
            "/fallback",
            "application/problem+json",
            r##""detail":"Not Found","errors":[{"pointer":"#/a","detail":"x"}]}"##,
        ),
    ] {
        let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()["content-type"], accept);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert!(body.ends_with(expected.as_bytes()), "{body:?}");
    }
}
