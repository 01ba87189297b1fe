//! The response to a path and a query.

use form_urlencoded::Serializer;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::CONTENT_TYPE;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::suggest;
use kate_errors_model::template::{Segment, Template};
use serde_json::json;

use crate::messages;

/// Parameters of the query that are no values: names of values begin with a letter.
const CONTEXT: &str = "_context";
const FORMER: &str = "_former";

const JSON: &str = "application/json";

pub(super) type Reply = Response<Full<Bytes>>;

pub(super) fn reply(catalog: &Catalog, path: &str, query: Option<&str>) -> Reply {
    if path == "/" {
        return list(catalog);
    }
    let Some(code) = path.strip_prefix("/errors/") else {
        return complaint(404, "there is `/`, which lists the errors, and `/errors/CODE`");
    };
    let Some(row) = catalog.rows.iter().find(|row| row.name == code || row.code == code) else {
        return complaint(404, &unknown_code(catalog, code));
    };
    match asked_for(catalog, row, query.unwrap_or_default()) {
        Ok((message, values)) => error(catalog, row, &message, &values),
        Err(why) => complaint(400, &why),
    }
}

/// What is said of a code that no error has. It is not repeated: anything may stand in an address.
fn unknown_code(catalog: &Catalog, code: &str) -> String {
    let codes = catalog.rows.iter().flat_map(|row| [row.name.as_str(), row.code.as_str()]);
    let near = suggest::nearest(code, codes).map(|near| format!("did you mean `{near}`? "));
    format!("no error of the catalog has this code; {}`/` lists them", near.unwrap_or_default())
}

/// The mock's own response: plain text, so that no client takes it for one of the catalog.
fn complaint(status: u16, why: &str) -> Reply {
    let body = format!("kate-errors mock: {why}\n");
    response(status, "text/plain; charset=utf-8", Vec::new(), body)
}

fn response(status: u16, content_type: &str, headers: Vec<(&str, String)>, body: String) -> Reply {
    let mut response = Response::builder().status(status).header(CONTENT_TYPE, content_type);
    for (name, value) in headers {
        // A challenge may hold any text that fits into a quoted string: the bytes of UTF-8 do.
        response = response.header(name, value.into_bytes());
    }
    // What a catalog says of status and header fields is valid.
    response.body(Full::from(body)).unwrap_or_default()
}

fn error(catalog: &Catalog, row: &Row, message: &str, values: &[String]) -> Reply {
    let name = messages::code_header(catalog);
    let mut headers = vec![(name, row.code.clone())];
    headers.extend(row.headers.fields());
    let status = catalog.statuses[row.status].code;
    response(status, &catalog.media_type, headers, catalog.body(row, message, values))
}

/// The message that a query asks for, and its values.
fn asked_for(catalog: &Catalog, row: &Row, query: &str) -> Result<(String, Vec<String>), String> {
    let params: Vec<&Param> = catalog.params(row).collect();
    let mut values = messages::examples(catalog, row);
    let (mut with_context, mut former, mut given) = (None, None, Vec::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == CONTEXT {
            with_context = Some(parsed(&name, &value, "true or false")?);
        } else if name == FORMER {
            former = Some(parsed(&name, &value, "the number of a former message, from 1")?);
        } else {
            let at = params.iter().position(|param| param.name == name);
            let at = at.ok_or_else(|| unknown(&name, &params))?;
            values[at] = value.into_owned();
            given.push(at);
        }
    }
    let has_context_value = given.iter().any(|at| *at >= row.params.len());
    let template = template(row, with_context.unwrap_or(has_context_value), former)?;
    let mut segments = template.segments.iter().filter(|segment| given.contains(&segment.param));
    if let Some(segment) = segments.find(|segment| !segment.can_hold(&values[segment.param])) {
        return Err(misfit(params[segment.param], segment));
    }
    let message = messages::render(template, &values);
    // Values of a context that the message does not have are not sent.
    let shown = template.segments.iter().map(|segment| segment.param + 1).max();
    values.truncate(shown.unwrap_or(0));
    Ok((message, values))
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

fn misfit(param: &Param, segment: &Segment<'_>) -> String {
    let end = match segment.mark() {
        "" => String::new(),
        mark => format!(", and ends at the next `{mark}`"),
    };
    format!("`{}` cannot hold this value; it holds {}{end}", param.name, messages::holds(param))
}

fn parsed<T: std::str::FromStr>(name: &str, value: &str, what: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("`{name}` is {what}"))
}

fn unknown(name: &str, params: &[&Param]) -> String {
    let mut names: Vec<&str> = params.iter().map(|param| param.name.as_str()).collect();
    names.extend([CONTEXT, FORMER]);
    format!("the error has no value `{}`, but: {}", name.escape_default(), names.join(", "))
}

/// Addresses of all errors, in the order of the catalog: with example values, with the context, and of each
/// former message.
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
        for number in 1..=row.former.len() {
            let former = and(FORMER, &number.to_string());
            addresses.push(address(row, &[own, &former].concat()));
        }
        let status = catalog.statuses[row.status].code;
        let detail = messages::shown(&row.detail.source);
        json!({ "code": row.code, "status": status, "detail": detail, "addresses": addresses })
    };
    let rows: Vec<serde_json::Value> = catalog.rows.iter().map(row).collect();
    let body = format!("{:#}\n", json!({ "errors": rows }));
    response(200, JSON, Vec::new(), body)
}

fn address(row: &Row, query: &[(String, String)]) -> String {
    let path = format!("/errors/{}", row.name);
    if query.is_empty() {
        return path;
    }
    let query = Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}
