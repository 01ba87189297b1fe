//! Bodies without an error of the catalog, and odd bodies that hold one.

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::Row;
use kate_errors_model::json::MAX_DEPTH;
use serde_json::{Value, json};

use super::expect::{Expectations, Hints, Made, unknown};

/// Bodies in which there is no message, and the reason.
const UNKNOWN: &[(&str, &str, &str)] = &[
    ("no body", "", "empty"),
    ("white space", " \r\n\t", "empty"),
    ("a page of a proxy", "<html><body><h1>502 Bad Gateway</h1></body></html>", "not_json"),
    ("plain text", "Internal Server Error", "not_json"),
    ("a number and text", "500 Internal Server Error", "not_json"),
    ("cut off", "{\"detail\":\"Artifact", "not_json"),
    ("two texts", "{\"detail\":\"a\"}{}", "not_json"),
    ("a comma at the end", "{\"detail\":\"a\",}", "not_json"),
    ("single quotes", "{'detail':'a'}", "not_json"),
    ("not a number", "{\"detail\":\"a\",\"x\":NaN}", "not_json"),
    ("an unknown escape", "{\"detail\":\"\\x41\"}", "not_json"),
    ("a raw line break", "{\"detail\":\"a\nb\"}", "not_json"),
    ("a leading zero", "{\"detail\":\"a\",\"x\":01}", "not_json"),
    ("another white space", "{\"detail\":\u{A0}\"a\"}", "not_json"),
    ("an array", "[\"plain message\"]", "not_an_object"),
    ("a string", "\"plain message\"", "not_an_object"),
    ("null", "null", "not_an_object"),
    ("an empty object", "{}", "no_detail"),
    ("another member", "{\"error\":\"Rate limit exceeded: 1 per 1 hour\"}", "no_detail"),
    ("a member in other case", "{\"Detail\":\"a\"}", "no_detail"),
    ("a nested member", "{\"error\":{\"detail\":\"a\"}}", "no_detail"),
    ("a member of all objects", "{\"__proto__\":{\"detail\":\"a\"}}", "no_detail"),
    ("detail twice", "{\"detail\":\"a\",\"detail\":\"a\"}", "duplicate_detail"),
    ("detail twice, once escaped", "{\"detail\":\"a\",\"d\\u0065tail\":\"a\"}", "duplicate_detail"),
    ("detail is null", "{\"detail\":null}", "other_kind"),
    ("detail is a number", "{\"detail\":42}", "other_kind"),
    ("detail is a boolean", "{\"detail\":true}", "other_kind"),
    ("half a surrogate pair", "{\"detail\":\"\\ud83d\"}", "lone_surrogate"),
    ("an empty message", "{\"detail\":\"\"}", "other_message"),
    ("another message", "{\"detail\":\"zq zq zq\"}", "other_message"),
    ("names of members of objects", "{\"detail\":\"__proto__\"}", "other_message"),
    ("names of methods of objects", "{\"detail\":\"constructor\"}", "other_message"),
];

/// Bodies that say what is wrong with a request.
const VALIDATION: &[(&str, &str)] = &[
    (
        "a list",
        "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"name\"],\"msg\":\"Field required\"}]}",
    ),
    ("an empty list", "{\"detail\":[]}"),
    ("an object", "{\"detail\":{\"code\":\"duplicate\",\"id\":7}}"),
];

const STATUS: u16 = 422;

pub(super) fn vectors(catalog: &Catalog, expectations: &Expectations<'_>) -> Vec<Value> {
    let vector = |name: &str, body: &str, expect: Value| json!({ "name": name, "status": STATUS, "body": body, "expect": expect });
    let mut vectors = Vec::new();
    for (name, body, reason) in UNKNOWN {
        vectors.push(vector(name, body, unknown(reason, None)));
    }
    for (name, body) in VALIDATION {
        vectors.push(vector(name, body, json!({ "outcome": "validation" })));
    }
    let nested = |depth: u32| {
        let brackets = |bracket: &str| bracket.repeat(depth as usize - 1);
        format!("{{\"detail\":\"zq\",\"x\":{}{}}}", brackets("["), brackets("]"))
    };
    let deepest = unknown("other_message", None);
    vectors.push(vector("as deep as is read", &nested(MAX_DEPTH), deepest));
    vectors.push(vector("deeper", &nested(MAX_DEPTH + 1), unknown("too_deep", None)));
    let body = |message: &str| json!({ "detail": message }).to_string();
    let large = body(&"é".repeat(33_000));
    vectors.push(vector("more than 65536 bytes", &large, unknown("other_message", None)));
    vectors.push(json!({
        "name": "not UTF-8", "status": STATUS, "body_base64": "eyJkZXRhaWwiOiL/In0=",
        "expect": unknown("not_json", None),
    }));
    if let Some(row) = catalog.rows.first() {
        let expect = unknown("other_message", Some(&row.code));
        let mut named = vector("another message, named", &body("zq zq zq"), expect);
        named["error_code"] = row.code.as_str().into();
        vectors.push(named);
    }
    vectors.extend(plain(catalog, expectations).into_iter().flatten());
    vectors
}

/// Bodies of the first error whose message has no values, and no other error has it.
fn plain(catalog: &Catalog, expectations: &Expectations<'_>) -> Option<Vec<Value>> {
    catalog.rows.iter().enumerate().find_map(|(at, row)| {
        let message = row.detail.constant()?;
        let status = catalog.statuses[row.status].code;
        let made = Made { row: at, is_former: false, message, values: &[] };
        let expect = expectations.known(&made, &Hints { status, ..Hints::default() })?;
        let is_plain = expect["code"] == *row.code
            && expect["alternatives"].as_array().is_some_and(Vec::is_empty)
            && row.retired.is_none();
        is_plain.then(|| odd(row, status, message, &expect))
    })
}

/// Bodies that hold a message in another spelling.
fn odd(row: &Row, status: u16, message: &str, expect: &Value) -> Vec<Value> {
    let text = Value::from(message);
    let escaped = message.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
    let escaped = escaped.collect::<Vec<_>>().concat();
    let spellings = [
        ("a space behind the colon", format!("{{\"detail\": {text}}}")),
        ("white space", format!(" {{\r\n\t\"detail\" : {text}\n}} ")),
        ("a line break at the end", format!("{{\"detail\":{text}}}\n")),
        ("escaped", format!("{{\"detail\":\"{escaped}\"}}")),
        ("an escaped name", format!("{{\"d\\u0065tail\":{text}}}")),
        (
            "more members",
            format!("{{\"type\":null,\"detail\":{text},\"errors\":[{{\"detail\":1}}]}}"),
        ),
        ("a byte order mark", format!("\u{FEFF}{{\"detail\":{text}}}")),
    ];
    let vector = |(name, body): (&str, String)| {
        let mut expect = expect.clone();
        if body.starts_with('\u{FEFF}') {
            expect["notes"] = json!([{ "kind": "byte_order_mark" }]);
        }
        let name = format!("{}: {name}", row.code);
        json!({ "name": name, "status": status, "body": body, "expect": expect })
    };
    spellings.into_iter().map(vector).collect()
}
