//! Facts about frameworks: which of their names are errors, and how these respond.

use kate_errors_model::status::{self, is_assigned, is_error};

use crate::values::Value;

/// Something in a framework that creates an HTTP error.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(crate) kind: Kind,
    /// The names of its parameters, in order.
    pub(crate) parameters: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// FastAPI, Starlette and Django Ninja: status and detail are arguments.
    Http,
    /// DRF: the class determines the status and a default text.
    Rest { status: u16, default: &'static str },
    /// DRF's error that responds with a list or an object.
    Validation,
    /// Django's own exceptions, which become DRF errors in modules that use DRF.
    Django { status: u16, default: &'static str },
    /// Werkzeug's classes: each has its own text, and all but the base class a status. Also Django's exceptions for
    /// which it sends a page, with DRF too.
    Werkzeug { status: Option<u16> },
    /// `abort(404, "…")`, a function; whether it sends `{ "message": … }`.
    Abort { sends_message: bool },
    /// A response, with its status if none is given. Treated as a function.
    Response { status: u16 },
    /// `functools.partial`: an error with some arguments that are given elsewhere.
    Partial,
}

impl Kind {
    /// Whether it is only called, and never raised or a base class.
    pub(crate) fn is_function(self) -> bool {
        matches!(self, Self::Abort { .. } | Self::Response { .. } | Self::Partial)
    }
}

/// Whether a path belongs to a framework, whatever names the package gives its own modules.
pub(crate) fn is_framework(path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    matches!(
        first,
        "fastapi"
            | "starlette"
            | "rest_framework"
            | "django"
            | "ninja"
            | "flask"
            | "flask_restful"
            | "flask_restx"
            | "flask_smorest"
            | "werkzeug"
            | "http"
    )
}

/// Returns what is known about a name such as `fastapi.HTTPException`.
pub(crate) fn known(path: &str) -> Option<Known> {
    let (module, name) = path.rsplit_once('.')?;
    // Names are also imported from other modules of a framework that import them themselves.
    let framework = module.split('.').next()?;
    let (kind, parameters): (_, &[&str]) = match (module, name) {
        (_, "HTTPException" | "StarletteHTTPException")
            if matches!(framework, "fastapi" | "starlette") =>
        {
            (Kind::Http, &["status_code", "detail", "headers"])
        }
        ("ninja.errors", "HttpError") => (Kind::Http, &["status_code", "message"]),
        ("rest_framework.exceptions" | "rest_framework.serializers", "ValidationError") => {
            (Kind::Validation, &["detail", "code"])
        }
        ("rest_framework.response", "Response") => {
            (RESPONSE, &["content", "status", "template_name", "headers"])
        }
        _ if framework == "rest_framework" => rest(name)?,
        (_, "Http404") if framework == "django" => {
            (Kind::Django { status: 404, default: "Not found." }, &["detail"])
        }
        ("django.core.exceptions", "PermissionDenied") => (
            Kind::Django {
                status: 403,
                default: "You do not have permission to perform this action.",
            },
            &["detail"],
        ),
        ("django.core.exceptions", "BadRequest" | "SuspiciousOperation") => {
            (Kind::Werkzeug { status: Some(400) }, &["description"])
        }
        ("flask" | "werkzeug.exceptions", "abort") => {
            (Kind::Abort { sends_message: false }, &["status", "description"])
        }
        (_, "abort") if matches!(framework, "flask_restful" | "flask_restx" | "flask_smorest") => {
            (Kind::Abort { sends_message: true }, &["status", "message"])
        }
        ("flask", "make_response") => (RESPONSE, RETURNED.parameters),
        ("flask" | "werkzeug" | "werkzeug.wrappers", "Response") => {
            (RESPONSE, &["response", "status", "headers"])
        }
        ("werkzeug.exceptions", "HTTPException") => {
            (Kind::Werkzeug { status: None }, &["description", "response"])
        }
        ("werkzeug.exceptions", _) => {
            (Kind::Werkzeug { status: Some(werkzeug(name)?) }, &["description", "response"])
        }
        (
            "fastapi.responses" | "starlette.responses",
            "JSONResponse" | "ORJSONResponse" | "UJSONResponse" | "PlainTextResponse"
            | "HTMLResponse" | "Response",
        )
        | ("fastapi", "Response") => (RESPONSE, &["content", "status", "headers"]),
        ("django.http" | "django.http.response", _) => {
            (Kind::Response { status: django(name)? }, &["content"])
        }
        ("functools", "partial") => (Kind::Partial, &[]),
        _ => return None,
    };
    Some(Known { kind, parameters })
}

const RESPONSE: Kind = Kind::Response { status: 200 };

/// A tuple that a Flask view returns.
pub(crate) const RETURNED: Known =
    Known { kind: RESPONSE, parameters: &["content", "status", "headers"] };

/// Whether a function makes JSON from its arguments.
pub(crate) fn makes_json(path: &str) -> bool {
    matches!(path, "flask.jsonify" | "flask.json.jsonify" | "json.dumps")
}

/// Returns the status of one of Django's response classes.
fn django(name: &str) -> Option<u16> {
    Some(match name {
        "HttpResponse" | "JsonResponse" => 200,
        "HttpResponseBadRequest" => 400,
        "HttpResponseForbidden" => 403,
        "HttpResponseNotFound" => 404,
        "HttpResponseGone" => 410,
        "HttpResponseServerError" => 500,
        _ => return None,
    })
}

/// Returns the kind and the parameters of a DRF exception, with the default texts of version 3.18.
fn rest(name: &str) -> Option<(Kind, &'static [&'static str])> {
    let (status, default) = match name {
        "APIException" => (500, "A server error occurred."),
        "ParseError" => (400, "Malformed request."),
        "AuthenticationFailed" => (401, "Incorrect authentication credentials."),
        "NotAuthenticated" => (401, "Authentication credentials were not provided."),
        "PermissionDenied" => (403, "You do not have permission to perform this action."),
        "NotFound" => (404, "Not found."),
        "MethodNotAllowed" => (405, "Method \"{method}\" not allowed."),
        "NotAcceptable" => (406, "Could not satisfy the request Accept header."),
        "UnsupportedMediaType" => (415, "Unsupported media type \"{media_type}\" in request."),
        "Throttled" => (429, "Request was throttled."),
        _ => return None,
    };
    let parameters: &[&str] = match name {
        "MethodNotAllowed" => &["method", "detail", "code"],
        "UnsupportedMediaType" => &["media_type", "detail", "code"],
        "Throttled" => &["wait", "detail", "code"],
        _ => &["detail", "code"],
    };
    Some((Kind::Rest { status, default }, parameters))
}

/// Returns the status of one of Werkzeug's exceptions.
fn werkzeug(name: &str) -> Option<u16> {
    if name == "RequestURITooLarge" { Some(414) } else { status_called(name) }
}

/// Returns the index of the argument that a function of this name translates, in any module.
pub(crate) fn translated(path: &str) -> Option<usize> {
    match path.rsplit('.').next()? {
        "_" | "gettext" | "gettext_lazy" | "gettext_noop" | "ugettext" | "ugettext_lazy" => Some(0),
        "pgettext" | "pgettext_lazy" => Some(1),
        _ => None,
    }
}

/// Returns a constant of a framework or of Python: `status.HTTP_404_NOT_FOUND`, `HTTPStatus.NOT_FOUND`.
pub(crate) fn constant<'a>(path: &str) -> Option<Value<'a>> {
    let name = path.rsplit('.').next()?;
    if let Some(status) = path.strip_prefix("http.HTTPStatus.") {
        return status_called(status).map(|status| Value::Number(i64::from(status)));
    }
    status_name(name)
}

/// Returns the status in a name such as `HTTP_404_NOT_FOUND`.
pub(crate) fn status_name<'a>(name: &str) -> Option<Value<'a>> {
    let digits = name.strip_prefix("HTTP_")?.get(..3)?;
    digits.parse().ok().map(Value::Number)
}

/// Returns the phrase of an error status in Python 3.11, whose names of some statuses are those before RFC 9110.
pub(crate) fn phrase(status: u16) -> Option<&'static str> {
    Some(match status {
        413 => "Request Entity Too Large",
        414 => "Request-URI Too Long",
        416 => "Requested Range Not Satisfiable",
        418 => "I'm a Teapot",
        422 => "Unprocessable Entity",
        _ if is_error(status) && is_assigned(status) => status::name(status),
        _ => return None,
    })
}

/// Returns the error status whose name, former or current, has the letters of a class or a constant.
fn status_called(name: &str) -> Option<u16> {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
    }
    let is_called = |phrase: &str| letters(phrase).eq(letters(name));
    (400..600).find(|status| {
        let is_current = is_assigned(*status) && is_called(status::name(*status));
        is_current || phrase(*status).is_some_and(is_called)
    })
}
