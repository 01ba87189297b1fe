//! Bodies without an error of the catalog, and unusual bodies with one.

use kate_errors_codegen::Catalog;
use kate_errors_model::envelope::{Content, Form, Place, Slot};
use kate_errors_model::json::MAX_DEPTH;
use kate_errors_model::template::FREE_TEXT;
use serde_json::{Value, json};

use super::expect::{Expectations, Hints, NO_DETAIL, OTHER_MESSAGE, unknown};
use super::frame::Made;
use crate::messages;
use crate::publish::tables;

/// Bodies from which nothing is read, with the reason.
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
];

/// Objects with a member that is not in the envelope. Skipped if the envelope has a member with this name.
const OTHERS: &[(&str, &str, &str)] = &[
    ("an empty object", "", "{}"),
    ("another member", "error", "{\"error\":\"Rate limit exceeded: 1 per 1 hour\"}"),
    ("a member in other case", "Detail", "{\"Detail\":\"a\"}"),
    ("a nested member", "error", "{\"error\":{\"detail\":\"a\"}}"),
    ("a member of all objects", "__proto__", "{\"__proto__\":{\"detail\":\"a\"}}"),
];

/// Values in place of a message, with the reason why they are unknown.
const MESSAGES: &[(&str, &str, &str)] = &[
    ("detail is null", "null", "other_kind"),
    ("detail is a number", "42", "other_kind"),
    ("detail is a boolean", "true", "other_kind"),
    ("half a surrogate pair", "\"\\ud83d\"", "lone_surrogate"),
    ("an empty message", "\"\"", OTHER_MESSAGE),
    ("another message", "\"zq zq zq\"", OTHER_MESSAGE),
    ("names of members of objects", "\"__proto__\"", OTHER_MESSAGE),
    ("names of methods of objects", "\"constructor\"", OTHER_MESSAGE),
];

/// Values in place of a message that describe an invalid request.
const VALIDATION: &[(&str, &str)] = &[
    ("a list", "[{\"type\":\"missing\",\"loc\":[\"body\",\"name\"],\"msg\":\"Field required\"}]"),
    ("an empty list", "[]"),
    ("an object", "{\"code\":\"duplicate\",\"id\":7}"),
];

/// A response without a code.
const HINTS: Hints<'_> =
    Hints { status: 422, operation: None, section: None, code: None, error_code: None };

pub(super) fn vectors(catalog: &Catalog, expectations: &Expectations<'_>) -> Vec<Value> {
    let mut vectors = Vec::new();
    let is_array = catalog.envelope.starts_with('[');
    for (name, body, reason) in UNKNOWN.iter().filter(|(name, ..)| !is_array || *name != "an array")
    {
        vectors.push(vector(name, &HINTS, body, &unknown(reason, None)));
    }
    let many = MAX_DEPTH as usize + 1;
    for (name, brackets) in [
        ("many brackets in a text, and not JSON", format!("?\"\\\"{}\"", "[".repeat(many))),
        ("many lists, none in another, and not JSON", format!("?{}", "[]".repeat(many))),
    ] {
        vectors.push(vector(name, &HINTS, &brackets, &unknown("not_json", None)));
    }
    vectors.push(json!({
        "name": "not UTF-8", "status": HINTS.status, "body_base64": "eyJkZXRhaWwiOiL/In0=",
        "expect": unknown("not_json", None),
    }));
    // If the message of every error is free text, any message is known.
    let worded = catalog.rows.iter().position(|row| row.detail.source != FREE_TEXT);
    if let Some(at) = worded {
        let hints = Hints { status: HINTS.status, ..expectations.hints(at) };
        // Its bodies contain no values.
        let made = Made::of(catalog, at, "zq zq zq", &[]);
        vectors.extend(others(catalog, expectations));
        vectors.extend(in_place_of_messages(&made, expectations, &hints));
        vectors.extend(twice(&made));
    }
    vectors.extend(plain(catalog, expectations).into_iter().flatten());
    vectors
}

fn vector(name: &str, hints: &Hints<'_>, body: &str, expect: &Value) -> Value {
    let mut vector =
        json!({ "name": name, "status": hints.status, "body": body, "expect": expect });
    if let Some(code) = hints.error_code {
        vector["error_code"] = code.into();
    }
    vector
}

/// Adds members to the end of a body. If it is an array, they are in its last element, or in a further one.
pub(super) fn with_more(body: &str, more: &str) -> String {
    match (body.strip_suffix("}]"), body.strip_suffix(']')) {
        (Some(inside), _) => format!("{inside},{more}}}]"),
        (_, Some(inside)) => format!("{inside},{{{more}}}]"),
        _ => format!("{},{more}}}", body.strip_suffix('}').unwrap_or(body)),
    }
}

/// Returns objects without a message or a code.
fn others(catalog: &Catalog, expectations: &Expectations<'_>) -> Vec<Value> {
    let parts = catalog.envelope();
    let places = parts.envelope().places;
    let nothing = Made::of(catalog, 0, "", &[]);
    let Some(expect) = expectations.other(NO_DETAIL, &HINTS, &nothing) else { return Vec::new() };
    let is_other = |(_, member, body): &&(&str, &str, &str)| {
        places.iter().all(|it| it.name != *member) && !is_read_as_older(catalog, body)
    };
    let others = OTHERS.iter().filter(is_other);
    let mut vectors: Vec<Value> =
        others.map(|(name, _, body)| vector(name, &HINTS, body, &expect)).collect();
    for place in outermost(places) {
        let other = match place.content {
            Content::Slot(_) => continue,
            Content::Array(_) => "{}",
            _ => "[]",
        };
        for value in ["null", "\"zq\"", other] {
            let name = format!("{} is {value}", place.name);
            let body = format!("{{\"{}\":{value}}}", place.name);
            if !is_read_as_older(catalog, &body) {
                vectors.push(vector(&name, &HINTS, &body, &expect));
            }
        }
    }
    vectors
}

/// Whether an older format finds a code or a message in a body, so that clients may read more from it.
fn is_read_as_older(catalog: &Catalog, body: &str) -> bool {
    catalog.envelopes().skip(1).any(|parts| {
        let found = parts.envelope().find(body.as_bytes());
        found.is_ok_and(|it| [Slot::Code, Slot::Detail].iter().any(|slot| it.raw(*slot).is_some()))
    })
}

/// Returns the members of a body with places: those that are not inside another one.
fn outermost<'p>(places: &'p [Place<'p>]) -> impl Iterator<Item = &'p Place<'p>> {
    tables::outermost(places).map(|(place, _)| place).filter(|place| !place.name.is_empty())
}

/// Returns bodies of an error with another value in place of its message.
fn in_place_of_messages(
    made: &Made<'_>,
    expectations: &Expectations<'_>,
    hints: &Hints<'_>,
) -> Vec<Value> {
    let (catalog, mut vectors) = (made.catalog, Vec::new());
    let mut push = |name: &str, hints: &Hints<'_>, body: Option<String>, expect: Option<Value>| {
        let both = body.zip(expect);
        vectors.extend(both.map(|(body, expect)| vector(name, hints, &body, &expect)));
    };
    let other = |reason: &str, hints: &Hints<'_>| expectations.other(reason, hints, made);
    // The message of an error can be just a value.
    let other_text = |text: &str, hints: &Hints<'_>| {
        (!expectations.is_known(text, hints)).then(|| other(OTHER_MESSAGE, hints)).flatten()
    };
    let parts = catalog.envelope();
    let member = parts.envelope().member();
    // Elements that are not strings are skipped.
    let is_element = member.is_empty();
    for (name, json, reason) in MESSAGES {
        let expect = match serde_json::from_str::<String>(json) {
            Ok(text) => other_text(&text, hints),
            Err(_) => other(if is_element { NO_DETAIL } else { reason }, hints),
        };
        push(name, hints, made.with_message(json), expect);
    }
    let is_alone = |body: &String| !is_read_as_older(catalog, body);
    // A code that identifies the error takes precedence over a list.
    let has_code = hints.code.or(hints.error_code).is_some() && catalog.identity.is_by_code();
    for (name, json) in VALIDATION {
        let body = made.with_message(json).filter(is_alone);
        let expect = if is_element || has_code {
            other(NO_DETAIL, hints)
        } else {
            Some(json!({ "outcome": "validation" }))
        };
        push(name, hints, body, expect);
    }
    for (name, second) in
        [("detail twice", member), ("detail twice, once escaped", &escaped_name(member))]
    {
        let body = made.with_message(&format!("\"a\",\"{second}\":\"a\""));
        let body = body.filter(|body| !member.is_empty() && is_alone(body));
        push(name, &HINTS, body, Some(unknown("duplicate_detail", None)));
    }
    let nested = |depth: u32| {
        let around = if catalog.envelope.starts_with('[') { 2 } else { 1 };
        let brackets = |bracket: &str| bracket.repeat(depth as usize - around);
        let more = format!("\"{}\":{}{}", unused(catalog, "x"), brackets("["), brackets("]"));
        made.with_message("\"zq\"").map(|body| with_more(&body, &more))
    };
    push("as deep as is read", hints, nested(MAX_DEPTH), other_text("zq", hints));
    push("deeper", &HINTS, nested(MAX_DEPTH + 1), Some(unknown("too_deep", None)));
    let mistaken = nested(MAX_DEPTH + 1).map(|body| format!("?{body}"));
    push("deeper, and not JSON", &HINTS, mistaken, Some(unknown("too_deep", None)));
    let large = "é".repeat(33_000);
    let body = made.with_message(&format!("\"{large}\""));
    push("more than 65536 bytes", hints, body, other_text(&large, hints));
    let named = Hints { error_code: Some(&made.row.code), ..*hints };
    let (body, expect) = (made.with_message("\"zq\""), other_text("zq", &named));
    push("another message, named", &named, body, expect);
    vectors
}

/// Returns the name of a member that no body has, by making this one longer.
fn unused(catalog: &Catalog, name: &str) -> String {
    let mut name = name.to_owned();
    while catalog.envelope.contains(&format!("\"{name}\"")) {
        name.push('x');
    }
    name
}

/// Escapes a character of a name, which does not change its meaning in JSON.
fn escaped_name(name: &str) -> String {
    let second = name.char_indices().nth(1).map_or(0, |(at, _)| at);
    let mut characters = name[second..].chars();
    let escaped = characters.next().map_or(0, u32::from);
    format!("{}\\u{escaped:04x}{}", &name[..second], characters.as_str())
}

/// Returns bodies that have a member on the path to the message or the code twice.
fn twice(made: &Made<'_>) -> Vec<Value> {
    let parts = made.catalog.envelope();
    let is_detail = |place: &Place<'_>| place.leaf().is_some_and(|leaf| leaf.slot == Slot::Detail);
    let members = outermost(parts.envelope().places).filter(|place| !is_detail(place));
    let twice = |place: &Place<'_>| {
        let name = format!("{} twice", place.name);
        let member = format!("\"{}\":null", place.name);
        let body = with_more(&made.body(), &format!("{member},{member}"));
        vector(&name, &HINTS, &body, &unknown("duplicate_member", None))
    };
    members.map(twice).collect()
}

/// Returns bodies of the first error whose message has no values and is unique.
fn plain(catalog: &Catalog, expectations: &Expectations<'_>) -> Option<Vec<Value>> {
    (0..).zip(&catalog.rows).find_map(|(at, row)| {
        let message = row.detail.constant()?;
        let hints = expectations.hints(at);
        let values = messages::examples(catalog, row);
        let values = &values[..row.params.len()];
        let made = Made::of(catalog, at, message, values);
        let expect = expectations.known(&made, &hints)?;
        let is_plain = expect["code"] == *row.code
            && expect["alternatives"].as_array().is_some_and(Vec::is_empty)
            && row.retired.is_none();
        is_plain.then(|| odd(&made, expectations, &hints, &expect))
    })
}

/// Returns bodies that contain an error in unusual spellings.
fn odd(
    made: &Made<'_>,
    expectations: &Expectations<'_>,
    hints: &Hints<'_>,
    expect: &Value,
) -> Vec<Value> {
    let (body, text) = (made.body(), Value::from(made.message));
    let parts = made.catalog.envelope();
    let envelope = parts.envelope();
    let member = Some(envelope.member()).filter(|member| !member.is_empty());
    let array = envelope.places.windows(2).find_map(|pair| match pair[0].content {
        Content::Array(constants) => Some((constants, pair[1].leaf().is_some())),
        _ => None,
    });
    let elements = |(_, are_values)| if are_values { "null,[]" } else { "null,7,\"zq\",[]" };
    let escaped = made.message.encode_utf16().map(|unit| format!("\\u{unit:04x}"));
    let escaped = escaped.collect::<Vec<_>>().concat();
    let key = |name: &str| format!("\"{name}\":");
    let [x, y] = ["x", "y"].map(|name| unused(made.catalog, name));
    let more = format!("\"{x}\":[{{\"detail\":1}}],\"{y}\":null");
    // The first array of a body is the one that is read, or it contains only constants.
    let mut is_outside = outside();
    let bracket = body.find(|character| is_outside(character) && character == '[');
    let with_elements = |elements: &str| {
        bracket.map(|at| format!("{}[{elements},{}", &body[..at], &body[at + 1..]))
    };
    let spellings = [
        ("a space behind the colon", made.with_message(&format!(" {text}"))),
        ("white space", Some(spaced(&body))),
        ("a line break at the end", Some(format!("{body}\n"))),
        ("escaped", made.with_message(&format!("\"{escaped}\""))),
        ("an escaped name", member.map(|it| body.replacen(&key(it), &key(&escaped_name(it)), 1))),
        ("more members", Some(with_more(&body, &more))),
        ("a byte order mark", Some(format!("\u{FEFF}{body}"))),
        ("other elements", array.and_then(|array| with_elements(elements(array)))),
        (
            "an element without the constants",
            array.filter(|(constants, _)| *constants > 0).and_then(|_| with_elements("{}")),
        ),
    ];
    let named = |what: &str| format!("{}: {what}", made.row.code);
    let vector_of = |(name, body): (&str, String)| {
        let mut expect = expect.clone();
        if body.starts_with('\u{FEFF}') {
            expect["notes"] = json!([{ "kind": "byte_order_mark" }]);
        }
        // An added string can be the code or message of another error.
        if envelope.find(body.as_bytes()).is_ok_and(|found| found.lists_others()) {
            expect["notes"] = json!([{ "kind": "more_errors" }]);
        }
        vector(&named(name), hints, &body, &expect)
    };
    let spellings = spellings.into_iter().filter_map(|(name, body)| Some((name, body?)));
    let mut vectors: Vec<Value> = spellings.map(vector_of).collect();
    vectors.extend(
        number(made, expectations, hints)
            .map(|(body, expect)| vector(&named("a number for the code"), hints, &body, &expect)),
    );
    vectors
}

/// Returns a body with a number as its code, if it has the code in only one place, and what is read from it.
fn number(
    made: &Made<'_>,
    expectations: &Expectations<'_>,
    hints: &Hints<'_>,
) -> Option<(String, Value)> {
    let parts = made.catalog.envelope();
    let leaves = parts.envelope().places.iter().filter_map(Place::leaf);
    let mut forms = leaves.filter(|leaf| leaf.slot == Slot::Code).map(|leaf| leaf.form);
    let (form, None) = (forms.next()?, forms.next()) else { return None };
    let at = made.catalog.rows.iter().position(|row| row.code == made.row.code)?;
    let first = Made::of(made.catalog, at, made.message, made.values);
    let hints = Hints { code: Some("7").filter(|_| form == Form::Value), ..*hints };
    Some((made.with_code("7")?, expectations.known(&first, &hints)?))
}

/// Adds white space to a JSON text wherever it is allowed.
fn spaced(json: &str) -> String {
    let (mut spaced, mut is_outside) = (String::from(" "), outside());
    for character in json.chars() {
        let is_mark = is_outside(character) && "{}[]:,".contains(character);
        spaced.push_str(if is_mark { "\r\n" } else { "" });
        spaced.push(character);
        spaced.push_str(if is_mark { "\t " } else { "" });
    }
    spaced
}

/// Returns a function for the characters of a JSON text, one after the other: whether each is outside of strings.
fn outside() -> impl FnMut(char) -> bool {
    let (mut is_inside, mut is_escaped) = (false, false);
    move |character| {
        let was_inside = is_inside;
        is_inside ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        !was_inside
    }
}
