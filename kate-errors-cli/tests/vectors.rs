//! `generate vectors`: what the file covers, and what it costs.

mod common;

use std::collections::HashSet;
use std::fmt::Write as _;

use common::Sandbox;
use serde_json::Value;

const JOBS: &str = include_str!("../../tests/catalogs/jobs.yaml");
const TWINS: &str = include_str!("../../tests/catalogs/twins.yaml");

fn vectors(sandbox: &Sandbox) -> Value {
    let text = sandbox.run(&["generate", "vectors"]).exits(0).stdout;
    serde_json::from_str(&text).expect("it is JSON")
}

/// Names are unique, so that the vector of a failing test can be found.
#[test]
fn names_are_unique_and_every_hint_is_used() {
    for (catalog, has_operations) in [(JOBS, true), (TWINS, false)] {
        let file = vectors(&Sandbox::with(catalog));
        for list in ["vectors", "written"] {
            let all = file[list].as_array().expect("a list");
            let names: HashSet<&str> = all.iter().filter_map(|it| it["name"].as_str()).collect();
            assert_eq!(names.len(), all.len(), "{list}: a name repeats");
        }
        let has =
            |hint: &str| file["vectors"].as_array().unwrap().iter().any(|it| !it[hint].is_null());
        assert_eq!(has("operation"), has_operations);
        assert!(has("section") && has("error_code"));
    }
}

/// If codes identify errors, any text may be the message of thousands of them. Takes minutes if each is compared with
/// all others.
#[test]
fn thousands_of_errors_may_have_any_text_as_their_message() {
    let mut catalog = "catalog: Many\nwire: { use: detail_and_code, identity: code }\nstatuses:\n  404: { name: Not \
                       Found, description: Nothing }\nsections:\n  - name: All\n    errors:\n"
        .to_owned();
    for at in 0..4_000 {
        let _ = writeln!(catalog, "      - {{ code: error_{at}, status: 404, cause: a, fix: b }}");
    }
    let sandbox = Sandbox::with(catalog);
    let file = vectors(&sandbox);
    assert!(file["vectors"].as_array().is_some_and(|all| all.len() > 8_000));
}

/// Digits have no capital letters, so such a message cannot be altered, and JavaScript loses digits of numbers that no
/// message repeats.
#[test]
fn what_clients_cannot_tell_is_left_out() {
    let file = vectors(&Sandbox::with(catalog(r#"message: "{detail}", "#, "{left}{right}")));
    let (text, other) = (r#""message":"77""#, "other_message");
    for vector in file["vectors"].as_array().unwrap() {
        let is_same = vector["body"].as_str().is_some_and(|body| body.contains(text));
        assert!(!(is_same && vector["expect"].to_string().contains(other)), "{vector}");
    }
    let large = "9007199254740993";
    let file = vectors(&Sandbox::with(catalog("", "{left} and {right}")));
    for vector in file["vectors"].as_array().unwrap() {
        assert!(!vector["body"].to_string().contains(large), "{vector}");
    }
    // As an example, it may be in a member if the message has it too, or if no value is read.
    let example = |message: &str, detail| {
        let left = format!("left: {{ type: u64, example: {large} }}");
        vectors(&Sandbox::with(catalog(message, detail).replace("left: u64", &left)))
    };
    let message = r#"message: "{detail}", "#;
    for (message, detail) in
        [("", "{left}"), (message, "{left}{right}"), (message, "{left} x {right}")]
    {
        for vector in example(message, detail)["vectors"].as_array().unwrap() {
            let body: Value = vector["body"]
                .as_str()
                .and_then(|it| serde_json::from_str(it).ok())
                .unwrap_or_default();
            let is_in_member = body["values"]["left"].as_u64() == large.parse().ok();
            let right = &vector["expect"]["values"]["right"];
            let is_in_message =
                body["message"] == format!("{large} x {}", right.as_str().unwrap_or_default());
            let is_read = vector["expect"]["values"]["left"] == large;
            assert!(is_in_message || !(is_in_member && is_read), "{vector}");
        }
    }
}

/// A code that identifies the error takes precedence over a list in place of a message, also one in the header.
#[test]
fn a_list_is_no_validation_where_the_code_identifies_the_error() {
    let body = "wire: { body: { error: \"{code}\", ";
    let header =
        "wire: { header: { x-error: \"{code}\" }, reads: [{ old: \"{detail}\" }], body: { ";
    let catalog = catalog(r#"message: "{detail}", "#, "{left} and {right}");
    let has_list = |catalog: &str| {
        let file = vectors(&Sandbox::with(catalog));
        let all = file["vectors"].as_array().unwrap().clone();
        all.iter().any(|vector| vector["expect"]["outcome"] == "validation")
    };
    assert!(has_list(&catalog.replace("identity: code", "identity: detail")));
    assert!(!has_list(&catalog));
    assert!(!has_list(&catalog.replace(body, header)));
}

/// Returns a catalog whose values are numbers in members of bodies.
fn catalog(message: &str, detail: &str) -> String {
    format!(
        "catalog: Engine
wire: {{ body: {{ error: \"{{code}}\", {message}values: \"{{params}}\" }}, identity: code }}
statuses:
  400: {{ name: Bad Request, description: It is wrong, cause: It is wrong, fix: Correct it }}
sections:
  - name: Sums
    errors:
      - {{ code: SUM, status: 400, detail: \"{detail}\", params: {{ left: u64, right: u64 }} }}
"
    )
}

/// A context can be a text without values. Clients read that it is there.
#[test]
fn a_context_without_parameters_is_there() {
    let catalog = "catalog: A
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
contexts: { wait: { text: Wait } }
sections:
  - name: S
    errors: [{ code: gone, status: 404, detail: It is gone, context: wait }]
";
    let file = vectors(&Sandbox::with(catalog));
    let of_context = |vector: &&Value| vector["name"] == "gone: with context";
    let vector = file["vectors"].as_array().unwrap().iter().find(of_context).unwrap();
    assert_eq!(vector["expect"]["context_values"], serde_json::json!({}));
}

/// What ends a message in the body is altered in its values, so no client can read such a value.
#[test]
fn values_with_what_ends_the_message_in_the_body_are_left_out() {
    let catalog = "catalog: A
wire: { body: { message: \"{any}: {detail}\" } }
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
sections:
  - name: S
    errors:
      - { code: gone, status: 404, detail: \"[{name}] 1\", params: { name: text } }
      - { code: lost, status: 404, detail: \"[{name}] 2\", params: { name: text } }
";
    let file = vectors(&Sandbox::with(catalog));
    for vector in file["vectors"].as_array().unwrap() {
        let name = vector["expect"]["values"]["name"].as_str().unwrap_or_default();
        assert!(!name.contains(": "), "{vector}");
    }
}

/// An older body can have its code or message in a member that no other body has.
#[test]
fn older_bodies_are_not_other_bodies() {
    let catalog = "catalog: A
wire: { use: detail_and_code, identity: code, reads: [oauth] }
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
sections:
  - name: S
    errors: [{ code: gone, status: 404, detail: It is gone }]
";
    let file = vectors(&Sandbox::with(catalog));
    for vector in file["vectors"].as_array().unwrap() {
        let is_read = vector["body"].as_str().is_some_and(|body| body.starts_with(r#"{"error":"#));
        assert!(!(is_read && vector["expect"]["reason"] == "no_code"), "{vector}");
    }
}

/// A code can be the name of the member that has the message.
#[test]
fn the_name_of_a_member_is_escaped_not_the_code() {
    let catalog = "catalog: A
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code }
statuses: { 404: { name: Not Found, description: d, cause: c, fix: f } }
sections:
  - name: S
    errors: [{ code: detail, status: 404, detail: It is gone }]
";
    let file = vectors(&Sandbox::with(catalog));
    let is_it = |vector: &&Value| vector["name"] == "detail: an escaped name";
    let vector = file["vectors"].as_array().unwrap().iter().find(is_it).unwrap();
    assert_eq!(vector["body"], r#"{"code":"detail","d\u0065tail":"It is gone"}"#);
}
