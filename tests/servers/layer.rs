//! The layer with any service, any body and any catalog.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use kate_errors::tower::{CatalogBody, CatalogLayer};
use kate_errors::{CatalogError, KateError};
use tower::{Layer as _, Service as _, service_fn};

use crate::cases::{self, ADDRESS, Taken, report};

/// Errors of a catalog that uses every feature.
#[kate_errors::catalog("tests/catalogs/jobs.yaml")]
pub enum JobsError {}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

/// What a body without a known length says of it.
const MOST: u64 = 1 << 20;

/// A body that returns its frames one by one.
pub(crate) struct Frames {
    frames: std::vec::IntoIter<Frame>,
    is_sized: bool,
}

#[derive(Clone)]
pub(crate) enum Frame {
    Data(Bytes),
    Trailers(HeaderMap),
    Failure,
}

impl Frames {
    /// Creates a body without a known length.
    pub(crate) fn unsized_of(frames: Vec<Frame>) -> Self {
        Self { frames: frames.into_iter(), is_sized: false }
    }
}

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = &'static str;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, &'static str>>> {
        Poll::Ready(self.frames.next().map(|frame| match frame {
            Frame::Data(data) => Ok(http_body::Frame::data(data)),
            Frame::Trailers(trailers) => Ok(http_body::Frame::trailers(trailers)),
            Frame::Failure => Err("cut"),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.frames.as_slice().is_empty()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let data = self.frames.as_slice().iter().map(|frame| match frame {
            Frame::Data(data) => data.len() as u64,
            _ => 0,
        });
        if self.is_sized {
            http_body::SizeHint::with_exact(data.sum())
        } else {
            let mut hint = http_body::SizeHint::new();
            hint.set_upper(MOST);
            hint
        }
    }
}

fn data(text: impl Into<Bytes>) -> Frame {
    Frame::Data(text.into())
}

/// A response of the service.
#[derive(Clone)]
struct Given {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    frames: Vec<Frame>,
    is_sized: bool,
}

fn given(status: u16, content_type: &'static str, frames: Vec<Frame>) -> Given {
    Given { status, headers: vec![("content-type", content_type)], frames, is_sized: false }
}

/// Returns what the layer makes of a response.
async fn through<E: CatalogError>(
    layer: CatalogLayer<E>,
    given: Given,
) -> Response<CatalogBody<Frames>> {
    let service = service_fn(move |_: Request<()>| {
        let given = given.clone();
        async move {
            let body = Frames { frames: given.frames.into_iter(), is_sized: given.is_sized };
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::from_u16(given.status).unwrap();
            for (name, value) in given.headers {
                response.headers_mut().append(name, HeaderValue::from_static(value));
            }
            Ok::<_, Infallible>(response)
        }
    });
    layer.layer(service).call(Request::new(())).await.unwrap()
}

async fn body(response: Response<CatalogBody<Frames>>) -> Result<Bytes, &'static str> {
    Ok(response.into_body().collect().await?.to_bytes())
}

async fn kate(given: Given) -> Response<CatalogBody<Frames>> {
    through(CatalogLayer::<KateError>::new(), given).await
}

#[tokio::test]
async fn a_catalog_chooses_the_sentence_of_a_status() {
    let text = |status| given(status, "text/plain", vec![data("no")]);
    let response = through(CatalogLayer::<JobsError>::new(), text(400)).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Write {name} in \\braces\\"}"#);
    let response = through(CatalogLayer::<JobsError>::new(), text(404)).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Not Found"}"#);
    let response = through(CatalogLayer::<JobsError>::new(), text(429)).await;
    assert_eq!(response.headers()["retry-after"], "30");
    let response = through(CatalogLayer::<JobsError>::new(), text(418)).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Client Error"}"#);
    let response = through(CatalogLayer::<JobsError>::new(), text(599)).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Server Error"}"#);
}

#[tokio::test]
async fn sentences_with_values_are_known() {
    let said = data(r#"{"detail":"Job job-7 not found","trace":"abc"}"#);
    let response =
        through(CatalogLayer::<JobsError>::new(), given(404, "application/json", vec![said])).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Job job-7 not found","trace":"abc"}"#);
}

#[tokio::test]
async fn what_the_service_says_about_the_request_goes_before_the_catalog() {
    let mut given = given(401, "text/plain", vec![data("who are you")]);
    given.headers.extend([
        ("www-authenticate", "Basic realm=\"files\""),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("content-length", "11"),
        ("content-language", "en"),
        ("vary", "origin"),
        ("x-request-id", "7"),
    ]);
    let response = kate(given).await;
    let headers = response.headers();
    assert_eq!(headers["www-authenticate"], "Basic realm=\"files\"");
    assert_eq!(headers.get_all("set-cookie").iter().count(), 2);
    assert_eq!(headers["x-request-id"], "7");
    assert_eq!(headers["content-length"], "25");
    assert!(headers.get("content-language").is_none());
    assert_eq!(headers.get_all("vary").iter().collect::<Vec<_>>(), ["origin", "accept"]);
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Unauthorized"}"#);
}

#[tokio::test]
async fn head_gets_no_body_and_the_length_of_one() {
    let service = service_fn(|_: Request<()>| async {
        let mut response = Response::new(Frames::unsized_of(Vec::new()));
        *response.status_mut() = StatusCode::NOT_FOUND;
        Ok::<_, Infallible>(response)
    });
    let mut service = CatalogLayer::<KateError>::new().layer(service);
    let mut request = Request::new(());
    *request.method_mut() = http::Method::HEAD;
    let response = service.call(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.headers()["content-length"], "22");
    assert_eq!(body(response).await.unwrap(), "");
}

#[tokio::test]
async fn compressed_bodies_are_not_read() {
    let gzip = |status, content_type| Given {
        headers: vec![("content-type", content_type), ("content-encoding", "gzip")],
        ..given(status, content_type, vec![data(&b"\x1f\x8b\x08 whatever"[..])])
    };
    let response = kate(gzip(404, "text/html")).await;
    assert!(response.headers().get("content-encoding").is_none());
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Not Found"}"#);
    let response = kate(gzip(503, "application/json")).await;
    assert!(response.headers().get("content-encoding").is_none());
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Service Unavailable"}"#);
    let response = kate(gzip(404, "application/json")).await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(body(response).await.unwrap(), &b"\x1f\x8b\x08 whatever"[..]);
}

#[tokio::test]
async fn long_bodies_are_not_held() {
    let chunk = Bytes::from(vec![b'x'; 40_000]);
    let frames =
        || [data("{\"x\":\""), data(chunk.clone()), data(chunk.clone()), data("\"}")].to_vec();
    let whole = format!("{{\"x\":\"{}\"}}", "x".repeat(80_000));
    for is_sized in [false, true] {
        let json = |status| Given { is_sized, ..given(status, "application/json", frames()) };
        let response = kate(json(400)).await;
        assert_eq!(http_body::Body::size_hint(response.body()).exact().is_some(), is_sized);
        assert_eq!(body(response).await.unwrap(), whole, "kept as it is");
        assert_eq!(
            body(kate(json(500)).await).await.unwrap(),
            r#"{"detail":"Internal Server Error"}"#
        );
        let text = Given { is_sized, ..given(400, "text/plain", frames()) };
        assert_eq!(body(kate(text).await).await.unwrap(), r#"{"detail":"Bad Request"}"#);
    }
}

/// A body is read if clients would read it: only then is it known, and the response varies.
#[tokio::test]
async fn the_longest_body_that_clients_read_is_read() {
    for (length, is_read) in [(65_536, true), (65_537, false)] {
        let known = r#"{"detail":"Run not found"}"#;
        let whole = known.to_owned() + &" ".repeat(length - known.len());
        for is_sized in [false, true] {
            let json = given(404, "application/json", vec![data(whole.clone())]);
            let response = kate(Given { is_sized, ..json }).await;
            assert_eq!(response.headers().contains_key("vary"), is_read, "{length} {is_sized}");
            assert_eq!(body(response).await.unwrap(), whole);
        }
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_replaced_or_breaks_off() {
    let cut = |status, frames| given(status, "application/json", frames);
    let short = vec![data("{\"errors\":"), Frame::Failure];
    assert_eq!(body(kate(cut(400, short)).await).await.unwrap(), r#"{"detail":"Bad Request"}"#);
    // A failed body may have continued in any way, so even a complete error is not believed.
    let whole = vec![data(r#"{"detail":"Run not found"}"#), Frame::Failure];
    assert_eq!(body(kate(cut(404, whole)).await).await.unwrap(), r#"{"detail":"Not Found"}"#);
    let long = vec![data(vec![b'x'; 70_000]), Frame::Failure];
    assert_eq!(body(kate(cut(400, long)).await).await, Err("cut"));
}

#[tokio::test]
async fn trailers_are_kept_with_a_body_that_is_kept() {
    let mut trailers = HeaderMap::new();
    trailers.insert("x-checksum", HeaderValue::from_static("7"));
    let frames = vec![data(r#"{"errors":[]}"#), Frame::Trailers(trailers.clone())];
    let response = kate(given(400, "application/json", frames.clone())).await;
    let collected = response.into_body().collect().await.unwrap();
    assert_eq!(collected.trailers(), Some(&trailers));
    let response = kate(given(500, "application/json", frames)).await;
    assert_eq!(response.into_body().collect().await.unwrap().trailers(), None);
}

/// Whatever was read of a body, and whatever replaced it, its length and its end are those of the frames that follow.
#[tokio::test]
async fn a_body_says_how_long_it_is_and_where_it_ends() {
    let mut trailers = HeaderMap::new();
    trailers.insert("x-checksum", HeaderValue::from_static("7"));
    let long = || vec![data(vec![b'x'; 70_000]), data("y"), Frame::Trailers(trailers.clone())];
    let short = || vec![data(r#"{"errors":[]}"#), Frame::Trailers(trailers.clone())];
    let sized = |given| Given { is_sized: true, ..given };
    for (given, has_trailers) in [
        (sized(given(200, "text/plain", short())), true),
        (given(400, "application/json", short()), true),
        (given(500, "application/json", short()), false),
        (sized(given(400, "application/json", long())), true),
        (sized(given(400, "text/event-stream", long())), true),
    ] {
        let mut body = kate(given).await.into_body();
        let mut left = http_body::Body::size_hint(&body).exact().expect("a length");
        let (mut is_end, mut found) = (http_body::Body::is_end_stream(&body), None);
        while let Some(frame) = body.frame().await {
            assert!(!is_end, "{left} bytes are left");
            let frame = frame.unwrap();
            left -= frame.data_ref().map_or(0, |data| data.len() as u64);
            found = found.or(frame.into_trailers().ok());
            assert_eq!(http_body::Body::size_hint(&body).exact(), Some(left));
            is_end = http_body::Body::is_end_stream(&body);
        }
        assert_eq!((left, found), (0, Some(trailers.clone()).filter(|_| has_trailers)));
        assert!(is_end);
    }
    // A part of it was read.
    let frames = vec![data("x"), data(vec![b'x'; 70_000])];
    let mut body = kate(given(400, "application/json", frames)).await.into_body();
    for left in [70_001, 70_000] {
        let hint = http_body::Body::size_hint(&body);
        assert_eq!((hint.lower(), hint.upper()), (left, Some(MOST + left)));
        assert!(!http_body::Body::is_end_stream(&body));
        body.frame().await.unwrap().unwrap();
    }
    assert!(http_body::Body::is_end_stream(&body));
}

#[tokio::test]
async fn a_known_sentence_hides_nothing_beside_it_in_a_server_error() {
    let said = data(r#"{"detail":"Internal Server Error","trace":"at db.rs:7"}"#);
    let response = kate(given(500, "application/json", vec![said])).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"Internal Server Error"}"#);
}

#[tokio::test]
async fn the_layer_twice_is_the_layer_once() {
    let inner = CatalogLayer::<KateError>::new();
    let outer = inner.clone().on_unlisted(|unlisted| panic!("{unlisted:?}"));
    let service = service_fn(|_: Request<()>| async {
        let mut response = Response::new(http_body_util::Empty::<Bytes>::new());
        *response.status_mut() = StatusCode::NOT_FOUND;
        Ok::<_, Infallible>(response)
    });
    let response = outer.layer(inner.layer(service)).call(Request::new(())).await.unwrap();
    assert_eq!(response.headers().get_all("vary").iter().count(), 1);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, r#"{"detail":"Not Found"}"#);
}

/// A body that must not be read.
#[derive(Clone, Copy)]
enum Sealed {
    /// A body of this length.
    Sized(u64),
    /// A body that reports its end, but not its length.
    Ended,
}

impl http_body::Body for Sealed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
        panic!("the layer reads what needs no reading")
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Ended)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        match self {
            Self::Sized(length) => http_body::SizeHint::with_exact(*length),
            Self::Ended => http_body::SizeHint::new(),
        }
    }
}

/// Returns what the layer makes of a response with this head and a body that must not be read, to a `HEAD` or `GET`
/// request of a client that prefers problem details.
async fn sealed(method: &str, response: http::response::Builder, body: Sealed) -> (u16, HeaderMap) {
    let response = std::cell::Cell::new(Some(response.body(body).unwrap()));
    let service = service_fn(|_: Request<()>| {
        let response = response.take().unwrap();
        async { Ok::<_, Infallible>(response) }
    });
    let request = Request::builder().method(method).header("accept", "application/problem+json");
    let layer = CatalogLayer::<KateError>::new().propagate_panics();
    let response = layer.layer(service).call(request.body(()).unwrap()).await.unwrap();
    (response.status().as_u16(), response.headers().clone())
}

/// Returns the head of a response with an error of the catalog.
fn listed() -> http::response::Builder {
    let (parts, _) = KateError::RunNotFound.response().into_http().into_parts();
    let mut response = Response::builder().status(parts.status);
    *response.headers_mut().unwrap() = parts.headers;
    *response.extensions_mut().unwrap() = parts.extensions;
    response
}

#[tokio::test]
async fn a_response_of_the_catalog_is_not_read() {
    let service = service_fn(async |_: Request<()>| {
        Ok::<_, Infallible>(
            KateError::RunNotFound.response().into_http().map(|_| Sealed::Sized(26)),
        )
    });
    let layer = CatalogLayer::<KateError>::new().propagate_panics();
    let response = layer.layer(service).call(Request::new(())).await.unwrap();
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["vary"], "accept");
}

#[tokio::test]
async fn a_compressed_response_of_the_catalog_stays() {
    let response = listed().header("content-encoding", "gzip");
    let (status, headers) = sealed("GET", response, Sealed::Sized(40)).await;
    assert_eq!((status, &headers["content-type"]), (404, &JSON));
    assert_eq!(headers["vary"], "accept");
}

#[tokio::test]
async fn an_answer_to_head_whose_body_is_gone_stays() {
    let own = Response::builder().status(422).header("content-type", "application/json");
    let (status, headers) = sealed("HEAD", own, Sealed::Ended).await;
    assert_eq!((status, &headers["content-type"]), (422, &JSON));
    assert!(!headers.contains_key("vary"));
    let (status, headers) = sealed("HEAD", listed(), Sealed::Ended).await;
    assert_eq!((status, &headers["content-type"]), (404, &JSON));
    assert_eq!(headers["vary"], "accept");
    // A compressed body is not read, so the response to GET is known.
    let own = Response::builder().status(503).header("content-type", "application/json");
    let own = own.header("content-encoding", "gzip");
    let (status, headers) = sealed("HEAD", own, Sealed::Ended).await;
    assert_eq!((status, &headers["content-type"]), (503, &PROBLEM));
}

#[tokio::test]
async fn json_that_is_too_long_is_not_read() {
    let own = || Response::builder().header("content-type", "application/json");
    let (status, headers) = sealed("GET", own().status(422), Sealed::Sized(65_537)).await;
    assert_eq!((status, &headers["content-type"]), (422, &JSON));
    let (status, headers) = sealed("GET", own().status(503), Sealed::Sized(65_537)).await;
    assert_eq!((status, &headers["content-type"]), (503, &PROBLEM));
}

#[tokio::test]
async fn the_last_replacement_of_a_status_counts() {
    let layer = CatalogLayer::new()
        .replacement(413, KateError::RunNotFound)
        .replacement(413, KateError::FileTooLarge);
    let response = through(layer, given(413, "text/plain", vec![data("no")])).await;
    assert_eq!(body(response).await.unwrap(), r#"{"detail":"File too large"}"#);
}

#[tokio::test]
async fn an_error_of_the_service_itself_passes() {
    let service = service_fn(|_: Request<()>| async {
        Err::<Response<http_body_util::Empty<Bytes>>, _>("gone")
    });
    let answer = CatalogLayer::<KateError>::new().layer(service).call(Request::new(())).await;
    assert_eq!(answer.unwrap_err(), "gone");
}

/// Sends the response of a case through the layer.
fn case(case: cases::Given) -> Taken {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let list = Arc::clone(&reports);
    let layer = CatalogLayer::new().replacement(413, KateError::FileTooLarge);
    let layer = if case.is_strict { layer.replace_json() } else { layer };
    let layer = layer.on_unlisted(move |unlisted| list.lock().unwrap().push(report!(unlisted)));
    let request = Request::builder().uri(ADDRESS).header("accept", case.accept).body(()).unwrap();
    let service = service_fn(move |_: Request<()>| {
        let mut response = Response::builder().status(case.status);
        for (name, value) in &case.headers {
            response = response.header(*name, *value);
        }
        let response = response.body(Full::new(Bytes::from(case.body.clone()))).unwrap();
        async { Ok::<_, Infallible>(response) }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (head, body) = runtime.block_on(layer.layer(service).call(request)).unwrap().into_parts();
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    Taken {
        status: head.status.as_u16(),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: runtime.block_on(body.collect()).unwrap().to_bytes().to_vec(),
        reports: std::mem::take(&mut *reports.lock().unwrap()),
    }
}

#[test]
fn every_kind_of_response_is_treated_as_promised() {
    cases::check(case);
}

#[test]
fn a_replaced_body_takes_what_describes_it_along() {
    cases::check_headers(case);
}
