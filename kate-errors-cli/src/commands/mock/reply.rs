//! Computes the response to a request.

use std::borrow::Cow;
use std::collections::BTreeSet;

use form_urlencoded::Serializer;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ACCEPT, ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};
use kate_errors::__private::encode::{SHORT, head};
use kate_errors::Format;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param, Row};
use kate_errors_codegen::suggest;
use kate_errors_model::MAX_BODY;
use kate_errors_model::envelope::{CodeHeader, Envelope};
use kate_errors_model::template::{Segment, Template};
use kate_errors_model::types::Type;
use percent_encoding::percent_decode_str;
use serde_json::json;

use super::{cors, routes};
use crate::messages;

/// Query parameters that are not values. Names of values begin with a letter.
const CONTEXT: &str = "_context";
const FORMER: &str = "_former";
const STATUS: &str = "_status";
const ERROR: &str = "_error";

/// The header field with which a request selects an error: its code, optionally followed by `?` and values as in a
/// query.
const ERROR_HEADER: &str = "x-mock-error";

pub(super) type Reply = Response<Full<Bytes>>;

/// Returns the response to a request, and what to log about it, such as the code of the error.
pub(super) fn reply(catalog: &Catalog, request: &Parts) -> (Reply, String) {
    if cors::is_preflight(&request.method, &request.headers) {
        let mut reply = cors::preflight(&request.headers);
        cors::open(&request.headers, &mut reply);
        return (reply, "preflight".to_owned());
    }
    let (mut reply, what) = match found(catalog, request) {
        Ok(None) => (list(catalog), "list".to_owned()),
        Ok(Some((row, template, values))) => {
            (error(catalog, request, &row, &template, &values), row.code)
        }
        Err((status, why)) => (complaint(status, &why), format!("mock: {why}")),
    };
    let methods = routes::methods(catalog, request.uri.path());
    let is_wrong = !methods.is_empty() && !methods.contains(request.method.as_str());
    if is_wrong
        && reply.status() == StatusCode::METHOD_NOT_ALLOWED
        && let Ok(methods) = HeaderValue::from_str(&Vec::from_iter(methods).join(", "))
    {
        // It replaces the methods that the catalog lists for all routes.
        reply.headers_mut().insert(ALLOW, methods);
    }
    cors::open(&request.headers, &mut reply);
    (reply, what)
}

/// An error with the requested status, the template of its message, and its values.
type Found = (Row, Template<'static>, Vec<String>);

type Complaint = (u16, String);

/// Returns the error that a request asks for, or `None` if it asks for the list.
fn found(catalog: &Catalog, request: &Parts) -> Result<Option<Found>, Complaint> {
    let (path, query) = (request.uri.path(), request.uri.query().unwrap_or_default());
    if path == "/" {
        return Ok(None);
    }
    let asked = if let Some(code) = path.strip_prefix("/errors/") {
        let code = percent_decode_str(code).decode_utf8_lossy();
        let row = catalog.rows.iter().find(|row| is_called(row, &code));
        let row = row.ok_or_else(|| (404, unknown_code(catalog, &code)))?;
        asked_for(catalog, row, query, true)
    } else {
        of_operation(catalog, request, query)?
    };
    asked.map(Some).map_err(|why| (400, why))
}

/// Returns the requested error of an operation, or else its first one.
fn of_operation(
    catalog: &Catalog,
    request: &Parts,
    query: &str,
) -> Result<Result<Found, String>, Complaint> {
    let (method, path) = (request.method.as_str(), request.uri.path());
    let operations = routes::operations(catalog, method, path);
    if operations.is_empty() && !routes::methods(catalog, path).is_empty() {
        let named = catalog.statuses.iter().find(|it| it.code == 405).and_then(|it| it.fallback);
        let is_so = |row: &Row| catalog.statuses[row.status].code == 405;
        let row = named.or_else(|| catalog.rows.iter().position(is_so));
        let other_methods = || (405, "the catalog has this route with other methods".to_owned());
        let row = &catalog.rows[row.ok_or_else(other_methods)?];
        return Ok(asked_for(catalog, row, query, false));
    }
    if operations.is_empty() {
        let there_is = "there is `/`, which lists the errors and routes, and `/errors/CODE`";
        return Err((404, format!("the catalog has no such route; {there_is}")));
    }
    // The values are often in UTF-8, which a header can contain.
    let header = request.headers.get(ERROR_HEADER);
    let header = header.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let by_query = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == ERROR);
    let named = header.as_deref().map(|it| it.split_once('?').unwrap_or((it, "")));
    let (code, values, is_strict) = match (&named, &by_query) {
        (Some((code, values)), _) => (Some(*code), *values, true),
        (None, Some((_, code))) => (Some(&**code), query, false),
        // The query has only parameters of the API.
        (None, None) => (None, query, false),
    };
    let rows = || operations.iter().flat_map(|it| &it.rows).map(|row| &catalog.rows[*row]);
    let row = match code {
        None => rows().next(),
        Some(code) => rows().find(|row| is_called(row, code)),
    };
    let row = row.ok_or_else(|| {
        let codes: BTreeSet<&str> = rows().map(|row| row.code.as_str()).collect();
        let codes = codes.into_iter().collect::<Vec<&str>>().join(", ");
        let has = if codes.is_empty() { " none".to_owned() } else { format!(": {codes}") };
        (400, format!("the operation has no such error; it has{has}"))
    })?;
    Ok(asked_for(catalog, row, values, is_strict))
}

fn is_called(row: &Row, code: &str) -> bool {
    row.name == code || row.code == code
}

/// Describes that no error has the code. The code is not quoted: a URL can contain anything.
fn unknown_code(catalog: &Catalog, code: &str) -> String {
    let codes = catalog.rows.iter().flat_map(|row| [row.name.as_str(), row.code.as_str()]);
    let near = suggest::nearest(code, codes).map(|near| format!("did you mean `{near}`? "));
    format!("no error of the catalog has this code; {}`/` lists them", near.unwrap_or_default())
}

/// Returns an error of the mock itself. It is plain text, so that clients do not mistake it for one of the catalog.
fn complaint(status: u16, why: &str) -> Reply {
    let body = format!("kate-errors mock: {why}\n");
    response(status, "text/plain; charset=utf-8", Vec::new(), body)
}

fn response(status: u16, content_type: &str, headers: Vec<(&str, String)>, body: String) -> Reply {
    let mut response = Response::builder().status(status).header(CONTENT_TYPE, content_type);
    for (name, value) in headers {
        // A challenge may contain any text that fits into a quoted string, which includes UTF-8.
        response = response.header(name, value.into_bytes());
    }
    // Status and header fields of a catalog are valid.
    response.body(Full::from(body)).unwrap_or_default()
}

fn error(
    catalog: &Catalog,
    request: &Parts,
    row: &Row,
    template: &Template<'_>,
    values: &[String],
) -> Reply {
    let header = catalog.error_code();
    let code = row.sent_code().filter(|code| CodeHeader::can_hold(code));
    let code = code.map(|code| (header.name, header.value(code).into_owned()));
    let headers: Vec<_> = code.into_iter().chain(row.headers.fields()).collect();
    let status = catalog.statuses[row.status].code;
    let accepted = request.headers.get_all(ACCEPT).iter().map(HeaderValue::as_bytes);
    if catalog.has_usual_bodies() && Format::accepted(accepted) == Format::Problem {
        let mut body = body(catalog, &Envelope::PROBLEM, row, template, values);
        if catalog.reference.is_none() {
            // `about:blank` means that the problem has no semantics beyond its status (RFC 9457, section 4.2.1).
            body = body.replacen(r#""type":"""#, r#""type":"about:blank""#, 1);
        }
        return response(status, Format::Problem.content_type(), headers, body);
    }
    let body = body(catalog, &catalog.envelope().envelope(), row, template, values);
    response(status, &catalog.media_type, headers, body)
}

/// Returns the body of an error. If it is longer than clients read, its values are cut, as the library does it.
fn body(
    catalog: &Catalog,
    envelope: &Envelope<'_>,
    row: &Row,
    template: &Template<'_>,
    values: &[String],
) -> String {
    let write = |values: &[String]| {
        catalog.body_as(envelope, row, &messages::render(template, values), values)
    };
    let (mut body, mut longest) = (write(values), MAX_BODY);
    while body.len() > MAX_BODY && longest > SHORT {
        longest /= 4;
        let shorter = catalog.params(row).zip(values).map(|(param, value)| match param.ty {
            Type::OneOf(_) => value.clone(),
            _ => head(value, longest).to_owned(),
        });
        body = write(&shorter.collect::<Vec<String>>());
    }
    body
}

/// Returns the error with the status, the message and the values that a query asks for. Unless `is_strict`, unknown
/// parameters are ignored: they may belong to the API.
fn asked_for(catalog: &Catalog, row: &Row, query: &str, is_strict: bool) -> Result<Found, String> {
    let params: Vec<&Param> = catalog.params(row).collect();
    let mut values = messages::examples(catalog, row);
    let (mut with_context, mut former, mut given) = (None, None, Vec::new());
    let mut row = row.clone();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == CONTEXT {
            with_context = Some(parsed(&name, &value, "true or false")?);
        } else if name == FORMER {
            former = Some(parsed(&name, &value, "the number of a former message, from 1")?);
        } else if name == STATUS {
            let all = [row.status].into_iter().chain(row.other_statuses.iter().copied());
            let codes = all.clone().map(|at| catalog.statuses[at].code.to_string());
            let codes: Vec<String> = codes.collect();
            let mut all = all.zip(&codes);
            let wanted = all.find(|(_, code)| **code == value).map(|(at, _)| at);
            let what = || format!("`{STATUS}` must be a status of the error: {}", codes.join(", "));
            row.status = wanted.ok_or_else(what)?;
        } else {
            let Some(at) = params.iter().position(|param| param.name == name) else {
                if is_strict {
                    return Err(unknown(&name, &params));
                }
                continue;
            };
            values[at] = value.into_owned();
            given.push(at);
        }
    }
    let has_context_value = given.iter().any(|at| *at >= row.params.len());
    let template = template(&row, with_context.unwrap_or(has_context_value), former)?.clone();
    for at in given {
        let value = values[at].as_str();
        let mut places = template.segments.iter().filter(|segment| segment.param == at);
        // A value that is only too long is shortened, as servers do.
        let misfit_place =
            places.find(|segment| !value.starts_with(&*template.sanitize(segment, value)));
        // No message has the values that are only members of a body.
        if misfit_place.is_some() || !params[at].ty.holds(value) {
            return Err(misfit(params[at], misfit_place, &template.around));
        }
    }
    // If the message has no context, its values are not sent either.
    let own = row.params.len();
    if template.segments.iter().all(|segment| segment.param < own) {
        values.truncate(own);
    }
    Ok((row, template, values))
}

fn template(
    row: &Row,
    with_context: bool,
    former: Option<usize>,
) -> Result<&Template<'static>, String> {
    let Some(number) = former else {
        let full = row.with_context.as_ref().ok_or("the error has no context");
        return if with_context { Ok(full?) } else { Ok(&row.detail.parsed) };
    };
    let former = number.checked_sub(1).and_then(|index| row.former.get(index));
    let count = row.former.len();
    former
        .map(|former| &former.parsed)
        .ok_or_else(|| format!("there is no former message {number}: the error has {count}"))
}

fn misfit(param: &Param, segment: Option<&Segment<'_>>, around: &[Cow<'_, str>]) -> String {
    let mark = segment.map(Segment::excluded).filter(|mark| !mark.is_empty());
    let marks = mark.into_iter().chain(around.iter().map(|text| &**text));
    let ends: Vec<String> = marks.map(|mark| format!(", and ends at the next `{mark}`")).collect();
    let (holds, ends) = (messages::holds(param), ends.concat());
    format!("`{}` cannot hold this value; it holds {holds}{ends}", param.name)
}

fn parsed<T: std::str::FromStr>(name: &str, value: &str, what: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("`{name}` must be {what}"))
}

fn unknown(name: &str, params: &[&Param]) -> String {
    let mut names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
    names.extend([CONTEXT, FORMER, STATUS]);
    format!("the error has no value `{}`; it has: {}", name.escape_default(), names.join(", "))
}

/// Lists URLs of all errors in catalog order: with example values, with the context, with each other status and
/// each former message.
fn list(catalog: &Catalog) -> Reply {
    let row = |row: &Row| {
        let names = catalog.params(row).map(|param| param.name.clone());
        let all: Vec<_> = names.zip(messages::examples(catalog, row)).collect();
        let own = &all[..row.params.len()];
        let and = |name: &str, value: &str| [(name.to_owned(), value.to_owned())];
        let mut addresses = vec![address(row, own)];
        if row.with_context.is_some() {
            addresses.push(address(row, &[&all[..], &and(CONTEXT, "true")].concat()));
        }
        for other in messages::other_statuses(catalog, row) {
            let status = and(STATUS, &other.code.to_string());
            addresses.push(address(row, &[own, &status].concat()));
        }
        for number in 1..=row.former.len() {
            let former = and(FORMER, &number.to_string());
            addresses.push(address(row, &[own, &former].concat()));
        }
        let status = catalog.statuses[row.status].code;
        let detail = messages::message(&row.detail.source);
        json!({ "code": row.code, "status": status, "detail": detail, "addresses": addresses })
    };
    let rows: Vec<serde_json::Value> = catalog.rows.iter().map(row).collect();
    let operation = |operation: &Operation| {
        let errors = operation.rows.iter().map(|row| catalog.rows[*row].name.as_str());
        let errors = errors.collect::<Vec<&str>>();
        json!({ "name": operation.name, "route": operation.route(), "errors": errors })
    };
    let operations: Vec<serde_json::Value> = catalog.operations.iter().map(operation).collect();
    let body = format!("{:#}\n", json!({ "errors": rows, "operations": operations }));
    response(200, Format::Json.content_type(), Vec::new(), body)
}

fn address(row: &Row, query: &[(String, String)]) -> String {
    let path = format!("/errors/{}", row.name);
    if query.is_empty() {
        return path;
    }
    let query = Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}
