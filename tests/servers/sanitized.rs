//! Values that a message cannot contain unchanged: the layer and the event report their parameters.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use kate_errors::CatalogResponse;
use kate_errors::tower::CatalogLayer;
use tower::{Layer as _, Service as _, service_fn};

use crate::layer::JobsError;

/// Returns what the layer reports about an error, and the body that is sent, as JSON or as problem details.
fn told(error: &JobsError, accept: &'static str) -> (Vec<String>, String) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&told);
    let layer = CatalogLayer::<JobsError>::new()
        .on_unlisted(|unlisted| panic!("{unlisted:?}"))
        .on_sanitized(move |sanitized| {
            // The URI can contain secrets.
            let shown = format!("{sanitized:?}");
            assert!(shown.contains("PUT") && !shown.contains("x=1"), "{shown}");
            let (code, parameters) = (sanitized.code(), sanitized.parameters().join(","));
            let (method, path) = (sanitized.method(), sanitized.path());
            list.lock().unwrap().push(format!("{method} {path} {code}: {parameters}"));
        });
    let error = error.clone();
    let service = service_fn(move |_: Request<()>| {
        let response = Response::<Vec<u8>>::from(CatalogResponse::new(error.clone()));
        async { Ok::<_, Infallible>(response.map(|body| Full::new(Bytes::from(body)))) }
    });
    let request = Request::put("/jobs/7?x=1").header("accept", accept).body(()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let body = runtime.block_on(async {
        // Even with several layers, it is reported once.
        let response = layer.layer(layer.layer(service)).call(request).await.unwrap();
        response.into_body().collect().await.unwrap().to_bytes()
    });
    (std::mem::take(&mut *told.lock().unwrap()), String::from_utf8(body.to_vec()).unwrap())
}

#[test]
fn the_layer_tells_which_values_were_altered() {
    for accept in ["application/json", "application/problem+json"] {
        let id = "job 7\n".to_owned();
        let (lines, body) = told(&JobsError::JobNotFound { id }, accept);
        assert_eq!(lines, ["PUT /jobs/7 job_not_found: id"]);
        assert!(body.contains("Job job\u{FFFD}7\u{FFFD} not found"), "{body}");

        let (name, reason) = ("a\"b".to_owned(), "c\td".to_owned());
        let (lines, body) = told(&JobsError::BadName { name, reason }, accept);
        assert_eq!(lines, ["PUT /jobs/7 bad_name: name,reason"]);
        assert!(body.contains("Bad name \\\"a\u{FFFD}b\\\": c\u{FFFD}d"), "{body}");

        let id = "job-7".to_owned();
        assert_eq!(told(&JobsError::JobNotFound { id }, accept).0, [""; 0]);
    }
}
