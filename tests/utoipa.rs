//! The feature `utoipa`: the document that utoipa generates contains every error, and the decoder reads each of its
//! examples.

use kate_errors::{KateError, KateErrorCode, QueryError, SubscribeError};
use serde_json::Value;
use utoipa::{IntoResponses, OpenApi, PartialSchema, ToSchema};

#[allow(missing_docs, reason = "it is a test")]
mod jobs {
    /// Errors with values of every type.
    #[kate_errors::catalog("tests/catalogs/jobs.yaml")]
    pub enum JobsError {}
}

use jobs::{JobsError, JobsErrorCode};

/// Errors that share codes.
#[allow(missing_docs, reason = "it is a test")]
mod tokens {
    #[kate_errors::catalog("tests/catalogs/code_and_detail.yaml")]
    pub enum TokensError {}
}

/// Errors, some of which have no code.
#[allow(missing_docs, reason = "it is a test")]
mod harbour {
    #[kate_errors::catalog("tests/catalogs/families/harbour.yaml")]
    pub enum HarbourError {}
}

/// Errors with constants, and values that can be missing, in their bodies.
#[allow(missing_docs, reason = "it is a test")]
mod gauge {
    #[kate_errors::catalog("tests/catalogs/families/gauge.yaml")]
    pub enum GaugeError {}
}

/// Errors with constants in an array.
#[allow(missing_docs, reason = "it is a test")]
mod google {
    #[kate_errors::catalog("tests/catalogs/families/google.yaml")]
    pub enum DisksError {}
}

/// Errors with values that are in no message.
#[allow(missing_docs, reason = "it is a test")]
mod members {
    #[kate_errors::catalog("tests/catalogs/members.yaml")]
    pub enum MembersError {}
}

/// Errors with more than one status.
#[allow(missing_docs, reason = "it is a test")]
mod statuses {
    #[kate_errors::catalog("tests/catalogs/statuses.yaml")]
    pub enum StatusesError {}
}

/// Errors with values that are in no message, and with different headers.
#[allow(missing_docs, reason = "it is a test")]
mod tickets {
    #[kate_errors::catalog("tests/catalogs/tickets.yaml")]
    pub enum TicketsError {}
}

#[utoipa::path(post, path = "/subscribe", responses((status = 201, description = "Done"), SubscribeError))]
#[allow(dead_code, reason = "utoipa reads the attribute above it")]
fn subscribe() {}

#[derive(OpenApi)]
#[openapi(paths(subscribe), components(schemas(KateError)))]
struct Api;

fn json(responses: &impl serde::Serialize) -> Value {
    serde_json::to_value(responses).expect("it is JSON")
}

/// Returns the status, the name and the body of each example.
fn examples(responses: &Value) -> Vec<(u16, String, Value)> {
    let mut all = Vec::new();
    for (status, response) in responses.as_object().expect("an object") {
        let examples = &response["content"]["application/json"]["examples"];
        for (name, example) in examples.as_object().into_iter().flatten() {
            let status = status.parse().expect("a status");
            all.push((status, name.clone(), example["value"].clone()));
        }
    }
    all
}

#[test]
fn errors_that_share_a_status_all_survive() {
    let all = examples(&json(&KateError::responses()));
    for code in KateErrorCode::ALL {
        assert!(all.iter().any(|(status, name, _)| {
            (*status, name.as_str()) == (code.status(), code.as_str())
        }));
    }
    assert_eq!(all.len(), KateErrorCode::ALL.len() + 2, "two with their context");
    for (status, name, body) in all {
        let received = KateError::decode(status, body.to_string().into_bytes());
        let known = received.known().expect("a sentence of the catalog");
        let codes = received.alternatives().iter().chain([known]).map(|it| it.code().as_str());
        let code = name.strip_suffix(".with_context").unwrap_or(&name);
        assert!(codes.into_iter().any(|it| it == code), "{name}");
    }
}

#[test]
fn values_are_made_up_so_that_sentences_can_be_read() {
    let responses = json(&JobsError::responses());
    let all = examples(&responses);
    for (status, name, body) in &all {
        let received = JobsError::decode(*status, body.to_string().into_bytes());
        assert!(received.known().is_some(), "{name}: {body}");
    }
    let current = JobsErrorCode::ALL.iter().filter(|code| code.retired().is_none());
    assert_eq!(all.iter().filter(|(_, name, _)| !name.contains('.')).count(), current.count());
    let all = examples(&json(&members::MembersError::responses()));
    assert!(all.iter().any(|(_, name, body)| name == "too_many" && body["params"]["wanted"] == 7));
    assert_eq!(responses["429"]["headers"]["retry-after"]["description"], "such as `60`");
    assert_eq!(responses["429"]["description"], "Too Many Requests");
}

#[test]
fn errors_whose_values_are_in_no_message_survive() {
    let responses = json(&tickets::TicketsError::responses());
    let examples = &responses["409"]["content"]["application/json"]["examples"];
    let moved = &examples["moved"]["value"];
    let received = tickets::TicketsError::decode(409, moved.to_string().into_bytes());
    assert!(received.known().is_some(), "{moved}");
    assert_eq!(moved["params"]["is_free"], Value::Bool(true));
    // Only the catalog knows the choices, so there is no body.
    assert_eq!(
        examples["no_seat"],
        serde_json::json!({ "summary": "There is no seat in {place}" })
    );
}

#[test]
fn a_header_is_described_by_its_first_value() {
    let headers = &json(&tickets::TicketsError::responses())["401"]["headers"];
    let header = &headers["www-authenticate"];
    assert_eq!(header["description"], "such as `Bearer realm=\"tickets\"`", "that of the first");
}

#[test]
fn errors_that_share_a_code_all_survive() {
    let all = examples(&json(&tokens::TokensError::responses()));
    let names: Vec<&str> = all.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "invalid_client",
            "invalid_grant.GrantExpired",
            "invalid_grant.GrantUsed",
            "invalid_request",
            "invalid_client"
        ]
    );
}

#[test]
fn an_operation_has_its_own_errors() {
    let responses = json(&QueryError::responses());
    let statuses: Vec<&String> = responses.as_object().expect("an object").keys().collect();
    assert_eq!(statuses, ["402", "403", "404"]);
    assert_eq!(examples(&responses).len(), 4);
}

#[test]
fn a_document_has_them_beside_what_else_is_there() {
    let document = json(&Api::openapi());
    let responses = &document["paths"]["/subscribe"]["post"]["responses"];
    let statuses: Vec<&String> = responses.as_object().expect("an object").keys().collect();
    assert_eq!(statuses, ["201", "402", "404", "409"]);
    assert_eq!(KateError::name(), "KateError");
    assert_eq!(SubscribeError::name(), "KateError");
    assert_eq!(document["components"]["schemas"]["KateError"], json(&KateError::schema()));
    assert_eq!(json(&KateError::schema())["required"], serde_json::json!(["detail"]));
}

#[test]
fn an_error_is_an_example_of_each_of_its_statuses() {
    let mut all = examples(&json(&statuses::StatusesError::responses()));
    all.retain(|(_, name, _)| name == "no_access");
    let found: Vec<_> = all.iter().map(|(status, _, body)| (*status, &body["status"])).collect();
    assert_eq!(found, [(401, &Value::from(401)), (403, &Value::from(403))]);
}

/// What some bodies lack is not required.
#[test]
fn optional_members_are_not_required() {
    let schema = json(&harbour::HarbourError::schema());
    assert_eq!(schema["required"], serde_json::json!(["message"]));
    let members = schema["properties"].as_object().expect("an object").keys();
    assert_eq!(members.collect::<Vec<_>>(), ["berth", "error", "message", "ship"]);
    assert_eq!(schema["properties"]["error"].get("required"), None);
    let schema = json(&gauge::GaugeError::schema());
    assert_eq!(schema["required"], serde_json::json!(["msg", "code"]));
    let schema = json(&google::DisksError::schema());
    assert_eq!(schema["required"], serde_json::json!(["error"]));
    let details = &schema["properties"]["error"]["properties"]["details"]["items"];
    assert_eq!(details["required"], serde_json::json!(["@type", "reason", "domain"]));
    let tokens = json(&tokens::TokensError::schema());
    assert_eq!(tokens["required"], serde_json::json!(["error", "error_description"]));
}

/// The traits of version 6 return what those of version 5 do.
#[test]
fn both_versions_say_the_same() {
    fn responses<E: IntoResponses + utoipa_6::IntoResponses>() -> [Value; 2] {
        let old = json(&<E as IntoResponses>::responses());
        let new = json(&<E as utoipa_6::IntoResponses>::responses());
        [old, new]
    }
    for [old, new] in
        [responses::<KateError>(), responses::<JobsError>(), responses::<QueryError>()]
    {
        assert!(!examples(&new).is_empty());
        assert_eq!(old, new);
    }
    assert_eq!(
        json(&<KateError as PartialSchema>::schema()),
        json(&<KateError as utoipa_6::PartialSchema>::schema())
    );
    assert_eq!(<SubscribeError as utoipa_6::ToSchema>::name(), "KateError");
}
