//! Bodies that are none of the catalog, and bodies that are odd and yet hold a sentence of it.

use kate_errors_codegen::Catalog;
use serde_json::{Value, json};

use super::vector;

/// Bodies in which there is no sentence, and the reason.
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
    ("an array", "[\"plain message\"]", "not_an_object"),
    ("a string", "\"plain message\"", "not_an_object"),
    ("null", "null", "not_an_object"),
    ("an empty object", "{}", "no_detail"),
    ("another member", "{\"error\":\"Rate limit exceeded: 1 per 1 hour\"}", "no_detail"),
    ("a member in other case", "{\"Detail\":\"a\"}", "no_detail"),
    ("a nested member", "{\"error\":{\"detail\":\"a\"}}", "no_detail"),
    ("detail twice", "{\"detail\":\"a\",\"detail\":\"a\"}", "duplicate_detail"),
    ("detail twice, once escaped", "{\"detail\":\"a\",\"d\\u0065tail\":\"a\"}", "duplicate_detail"),
    ("detail is null", "{\"detail\":null}", "other_kind"),
    ("detail is a number", "{\"detail\":42}", "other_kind"),
    ("detail is a truth value", "{\"detail\":true}", "other_kind"),
    ("half a surrogate pair", "{\"detail\":\"\\ud83d\"}", "lone_surrogate"),
    ("an empty sentence", "{\"detail\":\"\"}", "other_sentence"),
    ("another sentence", "{\"detail\":\"zq zq zq\"}", "other_sentence"),
    ("names of members of objects", "{\"detail\":\"__proto__\"}", "other_sentence"),
    ("names of methods of objects", "{\"detail\":\"constructor\"}", "other_sentence"),
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

pub(super) fn vectors(catalog: &Catalog) -> Vec<Value> {
    let unknown = |reason: &str| json!({ "found": "unknown", "reason": reason });
    let mut vectors = Vec::new();
    for (name, body, reason) in UNKNOWN {
        vectors.push(vector(name, STATUS, body, &unknown(reason)));
    }
    for (name, body) in VALIDATION {
        vectors.push(vector(name, STATUS, body, &json!({ "found": "validation" })));
    }
    let deep = format!("{{\"detail\":\"a\",\"x\":{}{}}}", "[".repeat(200), "]".repeat(200));
    vectors.push(vector("200 levels", STATUS, &deep, &unknown("too_deep")));
    let large = format!("{{\"detail\":\"{}\"}}", "é".repeat(33_000));
    vectors.push(vector("more than 65536 bytes", STATUS, &large, &unknown("too_large")));
    vectors.push(json!({
        "name": "not UTF-8", "status": STATUS, "body_base64": "eyJkZXRhaWwiOiL/In0=",
        "expect": unknown("not_json"),
    }));
    if let Some((row, sentence)) = plain(catalog) {
        vectors.extend(odd(catalog, row, &sentence));
    }
    vectors
}

/// The first error whose sentence no other one has, and the sentence.
fn plain(catalog: &Catalog) -> Option<(usize, String)> {
    let readings = super::Readings::of(catalog);
    catalog.rows.iter().enumerate().find_map(|(index, row)| {
        let sentence = row.detail.constant()?;
        let group = readings.group(index, false);
        let status = catalog.statuses.get(row.status)?.code;
        let alone = group == [index]
            && row.retired.is_none()
            && readings.are_meant(sentence, status, &group, false);
        alone.then(|| (index, sentence.to_owned()))
    })
}

/// Bodies that hold the sentence of a row in another spelling.
fn odd(catalog: &Catalog, row: usize, sentence: &str) -> Vec<Value> {
    let row = &catalog.rows[row];
    let status = catalog.statuses[row.status].code;
    let expect = |findings: Value| {
        json!({
            "found": "known", "code": row.code, "values": {},
            "context_values": null, "alternatives": [], "findings": findings,
        })
    };
    let text = Value::from(sentence);
    let escaped: Vec<String> =
        sentence.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let escaped = escaped.concat();
    let spellings = [
        ("a blank behind the colon", format!("{{\"detail\": {text}}}")),
        ("white space", format!(" {{\r\n\t\"detail\" : {text}\n}} ")),
        ("escaped", format!("{{\"detail\":\"{escaped}\"}}")),
        ("an escaped name", format!("{{\"d\\u0065tail\":{text}}}")),
        (
            "more members",
            format!("{{\"type\":null,\"detail\":{text},\"errors\":[{{\"detail\":1}}]}}"),
        ),
    ];
    let mut vectors: Vec<Value> = spellings
        .into_iter()
        .map(|(name, body)| vector(name, status, &body, &expect(json!([]))))
        .collect();
    let marked = format!("\u{FEFF}{{\"detail\":{text}}}");
    let finding = json!([{ "kind": "byte_order_mark" }]);
    vectors.push(vector("a byte order mark", status, &marked, &expect(finding)));
    vectors
}
