//! Rejections of actix-web's extractors as errors of a catalog that name the field.

use actix_web::error::InternalError;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, Error, web};
use kate_errors::{CatalogResponse, FieldError, Located};
use serde::Deserialize;

mod list {
    #[kate_errors::catalog("../catalogs/fields/list.yaml")]
    pub enum FormsError {}
}
use list::FormsError;

#[derive(Deserialize)]
struct Order {
    _sizes: Vec<u8>,
}

#[derive(Deserialize)]
struct Page {
    _limit: u8,
}

/// The code that a server writes once for all its extractors.
fn invalid(rejection: impl std::error::Error + 'static) -> Error {
    let response: CatalogResponse<FormsError> =
        FormsError::InvalidRequest.response().with_fields(FieldError::of(&rejection));
    InternalError::from_response(rejection.to_string(), response.into_actix()).into()
}

/// Returns the fields that the response names.
async fn fields(request: TestRequest) -> Vec<String> {
    let app = App::new()
        .app_data(web::JsonConfig::default().error_handler(|error, _| invalid(error)))
        .app_data(web::QueryConfig::default().error_handler(|error, _| invalid(error)))
        .app_data(web::PathConfig::default().error_handler(|error, _| invalid(error)))
        .route("/", web::post().to(async |_: web::Json<Located<Order>>| "read"))
        .route("/page", web::get().to(async |_: web::Query<Located<Page>>| "read"))
        .route("/{_limit}", web::get().to(async |_: web::Path<Located<Page>>| "read"));
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status().as_u16();
    let body = read_body(response).await;
    if status == 200 {
        return vec!["read".to_owned()];
    }
    assert!(!String::from_utf8_lossy(&body).contains("hunter2"), "{body:?}");
    let received = FormsError::decode(status, &*body);
    assert_eq!(received.known(), Some(&FormsError::InvalidRequest));
    received.fields().iter().map(|field| format!("{} {}", field.pointer(), field.code())).collect()
}

#[tokio::test]
async fn a_body_that_cannot_be_read() {
    for (body, expected) in [
        (r#"{"_sizes":[1]}"#, "read"),
        (r#"{"_sizes":[1,"hunter2"]}"#, "/_sizes/1 wrong_type"),
        (r#"{"_sizes":[1000]}"#, "/_sizes/0 invalid"),
        ("{}", "/_sizes missing"),
        (r#"["hunter2"]"#, "/0 wrong_type"),
    ] {
        let request =
            TestRequest::post().uri("/").insert_header(("content-type", "application/json"));
        assert_eq!(fields(request.set_payload(body)).await, [expected], "{body}");
    }
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
        assert_eq!(fields(TestRequest::get().uri(path)).await, [expected], "{path}");
    }
}
