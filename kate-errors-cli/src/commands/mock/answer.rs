//! What is answered to a path and a query.

use form_urlencoded::Serializer;
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use kate_errors_codegen::suggest;
use serde_json::json;

use crate::fit;
use crate::publish::sentences;

/// Parameters of the query that are no values: names of values begin with a letter.
const CONTEXT: &str = "_context";
const FORMER: &str = "_former";

const JSON: &str = "application/json";

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

/// The answer to a request.
pub(super) fn answer(catalog: &Catalog, path: &str, query: Option<&str>) -> Answer {
    if path == "/" {
        return list(catalog);
    }
    let Some(code) = path.strip_prefix("/errors/") else {
        return complaint(404, "there is `/`, which lists the errors, and `/errors/CODE`");
    };
    let Some(row) = catalog.rows.iter().find(|row| row.code == code) else {
        return complaint(404, &unknown_code(catalog, code));
    };
    match asked_for(catalog, row, query.unwrap_or_default()) {
        Ok(sentence) => error(catalog, row, &sentence),
        Err(why) => complaint(400, &why),
    }
}

/// What is said of a code that no error has. It is not repeated: anything may stand in an address.
fn unknown_code(catalog: &Catalog, code: &str) -> String {
    let codes = catalog.rows.iter().map(|row| row.code.as_str());
    let near = suggest::nearest(code, codes).map(|near| format!("did you mean `{near}`? "));
    format!("no error of the catalog has this code; {}`/` lists them", near.unwrap_or_default())
}

/// The mock's own answer: plain text, so that no client takes it for one of the catalog.
fn complaint(status: u16, why: &str) -> Answer {
    let body = format!("kate-errors mock: {why}\n");
    Answer { status, content_type: "text/plain; charset=utf-8", headers: Vec::new(), body }
}

fn error(catalog: &Catalog, row: &Row, sentence: &str) -> Answer {
    let mut headers = vec![("x-error-code", row.code.clone())];
    headers.extend(row.headers.fields());
    let status = catalog.statuses[row.status].code;
    Answer { status, content_type: JSON, headers, body: json!({ "detail": sentence }).to_string() }
}

/// The sentence that a query asks for.
fn asked_for(catalog: &Catalog, row: &Row, query: &str) -> Result<String, String> {
    let context = sentences::context(catalog, row);
    let context_params = context.map(|it| it.params.as_slice()).unwrap_or_default();
    let mut values = sentences::examples(&row.params);
    let mut context_values = sentences::examples(context_params);
    let (mut with_context, mut former) = (None, None);
    let mut has_context_value = false;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == CONTEXT {
            with_context = Some(parsed(&name, &value, "true or false")?);
        } else if name == FORMER {
            former = Some(parsed(&name, &value, "the number of a former wording, from 1")?);
        } else {
            let own = put(&row.params, &mut values, &name, &value)?;
            let of_context = put(context_params, &mut context_values, &name, &value)?;
            has_context_value |= of_context && !own;
            if !own && !of_context {
                return Err(unknown(&name, row.params.iter().chain(context_params)));
            }
        }
    }
    if let Some(number) = former {
        let former = usize::checked_sub(number, 1).and_then(|index| row.former.get(index));
        let count = row.former.len();
        return former
            .map(|former| sentences::render(former, &values))
            .ok_or_else(|| format!("there is no former wording {number}: the error has {count}"));
    }
    let detail = sentences::render(&row.detail, &values);
    Ok(match context {
        Some(context) if with_context.unwrap_or(has_context_value) => {
            sentences::joined(&detail, &sentences::render(&context.text, &context_values))
        }
        None if with_context == Some(true) => return Err("the error has no context".to_owned()),
        _ => detail,
    })
}

fn parsed<T: std::str::FromStr>(name: &str, value: &str, what: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("`{name}` is {what}"))
}

/// Puts a value into its place; whether there is one.
fn put(params: &[Param], values: &mut [String], name: &str, value: &str) -> Result<bool, String> {
    let Some(index) = params.iter().position(|param| param.name == name) else { return Ok(false) };
    let param = &params[index];
    if !fit::fits(param, value) {
        return Err(format!("`{name}` cannot hold this value; it is: {}", sentences::kind(param)));
    }
    value.clone_into(&mut values[index]);
    Ok(true)
}

fn unknown<'p>(name: &str, params: impl Iterator<Item = &'p Param>) -> String {
    let mut names: Vec<&str> = params.map(|param| param.name.as_str()).collect();
    names.extend([CONTEXT, FORMER]);
    format!("the error has no value `{}`, but: {}", name.escape_default(), names.join(", "))
}

/// Addresses of all errors, in the order of the catalog: with example values, with the context, and of each
/// former wording.
fn list(catalog: &Catalog) -> Answer {
    let row = |row: &Row| {
        let examples = |params: &[Param]| -> Vec<(String, String)> {
            let names = params.iter().map(|param| param.name.clone());
            names.zip(sentences::examples(params)).collect()
        };
        let own = examples(&row.params);
        let mut addresses = vec![address(row, &own)];
        if let Some(context) = sentences::context(catalog, row) {
            let mut all = own.clone();
            all.extend(examples(&context.params));
            all.push((CONTEXT.to_owned(), "true".to_owned()));
            addresses.push(address(row, &all));
        }
        for number in 1..=row.former.len() {
            let mut all = own.clone();
            all.push((FORMER.to_owned(), number.to_string()));
            addresses.push(address(row, &all));
        }
        let status = catalog.statuses[row.status].code;
        let detail = sentences::shown(&row.detail, &row.params);
        json!({ "code": row.code, "status": status, "detail": detail, "addresses": addresses })
    };
    let rows: Vec<serde_json::Value> = catalog.rows.iter().map(row).collect();
    let body = format!("{:#}\n", json!({ "errors": rows }));
    Answer { status: 200, content_type: JSON, headers: Vec::new(), body }
}

fn address(row: &Row, query: &[(String, String)]) -> String {
    let path = format!("/errors/{}", row.code);
    if query.is_empty() {
        return path;
    }
    let query = Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{path}?{query}")
}
