use actix_web::Responder as _;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::middleware::ErrorHandlerResponse;
use kate_errors::{CatalogResponse, KateError};

/// Puts the answer of the catalog in place of one that is no JSON: those of actix-web itself.
fn into_catalog<B>(answer: ServiceResponse<B>) -> actix_web::Result<ErrorHandlerResponse<B>> {
    let kind = answer.headers().get(CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    if kind == b"application/json" || kind == b"application/problem+json" {
        return Ok(ErrorHandlerResponse::Response(answer.map_into_left_body()));
    }
    let (request, answer) = answer.into_parts();
    let status = answer.status().as_u16();
    let mut response = CatalogResponse::<KateError>::fallback(status).respond_to(&request);
    for (name, value) in answer.headers() {
        // What is said about the body was true of the old one; `Allow`, cookies and the rest stay.
        if name != CONTENT_TYPE && name != CONTENT_LENGTH {
            response.headers_mut().append(name.clone(), value.clone());
        }
    }
    let response = ServiceResponse::new(request, response).map_into_right_body();
    Ok(ErrorHandlerResponse::Response(response))
}
