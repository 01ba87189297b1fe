//! The published vectors, read by the decoder of this library. `kate-errors generate vectors` generates them from the
//! same catalogs, for clients in any language.

use std::collections::BTreeSet;
use std::fmt::Debug;

use data_encoding::BASE64;
use kate_errors::__private::Param;
use kate_errors::{
    CatalogCode, CatalogError, Decoded, DetailKind, KateError, Note, Scope, UnknownReason,
};
use serde_json::{Map, Value, json};

#[path = "vectors/families.rs"]
mod families;
#[path = "vectors/tool_results.rs"]
mod tool_results;

/// A catalog that uses every feature.
#[kate_errors::catalog("tests/catalogs/jobs.yaml")]
pub enum JobsError {}

/// Errors that are hard to tell apart.
mod twins {
    #[kate_errors::catalog("tests/catalogs/twins.yaml")]
    pub enum TwinsError {}
}

/// Codes that keep their spelling.
mod teams {
    #[kate_errors::catalog("tests/catalogs/teams.yaml")]
    pub enum TeamError {}
}

/// Values of every type.
mod types {
    #[kate_errors::catalog("tests/catalogs/types.yaml")]
    pub enum TypesError {}
}

/// Bodies with a code beside the message.
mod error_objects {
    #[kate_errors::catalog("tests/catalogs/error_objects.yaml")]
    pub enum ErrorObjectsError {}
}

/// Errors identified by a code, which is in an element of an array.
mod by_code {
    #[kate_errors::catalog("tests/catalogs/by_code.yaml")]
    pub enum ByCodeError {}
}

/// Bodies with only a code and a message.
mod azure {
    #[kate_errors::catalog("tests/catalogs/azure.yaml")]
    pub enum AzureError {}
}

/// Bodies with every slot.
mod every_slot {
    #[kate_errors::catalog("tests/catalogs/every_slot.yaml")]
    pub enum EverySlotError {}
}

/// Errors identified by code or message.
mod code_or_detail {
    #[kate_errors::catalog("tests/catalogs/code_or_detail.yaml")]
    pub enum MovingError {}
}

/// Errors identified by code and message together.
mod code_and_detail {
    #[kate_errors::catalog("tests/catalogs/code_and_detail.yaml")]
    pub enum TokensError {}
}

/// Codes that are numbers.
mod numbers {
    #[kate_errors::catalog("tests/catalogs/numbers.yaml")]
    pub enum NumbersError {}
}

/// Values of errors and requests in bodies.
mod requests {
    #[kate_errors::catalog("tests/catalogs/requests.yaml")]
    pub enum RequestsError {}
}

/// Errors with several statuses.
mod statuses {
    #[kate_errors::catalog("tests/catalogs/statuses.yaml")]
    pub enum StatusesError {}
}

/// Messages that identify errors, and values that they do not contain.
mod workshop {
    #[kate_errors::catalog("tests/catalogs/workshop.yaml")]
    pub enum WorkshopError {}
}

/// Messages that are any text.
mod free {
    #[kate_errors::catalog("tests/catalogs/free.yaml")]
    pub enum FreeError {}
}

/// Values in their own members.
mod members {
    #[kate_errors::catalog("tests/catalogs/members.yaml")]
    pub enum MembersError {}
}

/// Returns the operation or section of a name.
type ScopeOf<C> = fn(&str) -> Option<Scope<C>>;

/// Finds a scope by its name, among these operations and all sections.
macro_rules! scopes {
    ($section:path: $($operation:path),*) => {
        |name: &str| {
            let sections = <$section>::ALL.iter().map(|section| Scope::from(*section));
            let scopes: Vec<Scope<_>> = sections$(.chain([Scope::of_operation::<$operation>()]))*.collect();
            scopes.into_iter().find(|scope| scope.name() == name)
        }
    };
}

#[test]
fn kate() {
    use kate_errors::{QueryError, Section, SubscribeError, UploadArtifactError, UploadSpansError};
    let scopes =
        scopes!(Section: SubscribeError, QueryError, UploadSpansError, UploadArtifactError);
    check::<KateError>(include_str!("vectors/kate.json"), scopes);
}

#[test]
fn jobs() {
    let scopes = scopes!(jobs_catalog::Section: StartJobError, ListRunsError);
    check::<JobsError>(include_str!("vectors/jobs.json"), scopes);
}

#[test]
fn teams() {
    use teams::{CreateStreamError, DeleteStreamError};
    let scopes = scopes!(teams::team_catalog::Section: CreateStreamError, DeleteStreamError);
    check::<teams::TeamError>(include_str!("vectors/teams.json"), scopes);
}

#[test]
fn twins() {
    let scopes = scopes!(twins::twins_catalog::Section:);
    check::<twins::TwinsError>(include_str!("vectors/twins.json"), scopes);
}

#[test]
fn types() {
    let scopes = scopes!(types::types_catalog::Section: types::PayError, types::RefundError);
    check::<types::TypesError>(include_str!("vectors/types.json"), scopes);
}

#[test]
fn error_objects() {
    let scopes = scopes!(error_objects::error_objects_catalog::Section:);
    check::<error_objects::ErrorObjectsError>(include_str!("vectors/error_objects.json"), scopes);
}

#[test]
fn by_code() {
    let scopes = scopes!(by_code::by_code_catalog::Section:);
    check::<by_code::ByCodeError>(include_str!("vectors/by_code.json"), scopes);
}

#[test]
fn azure() {
    let scopes = scopes!(azure::azure_catalog::Section:);
    check::<azure::AzureError>(include_str!("vectors/azure.json"), scopes);
}

#[test]
fn every_slot() {
    let scopes = scopes!(every_slot::every_slot_catalog::Section:);
    check::<every_slot::EverySlotError>(include_str!("vectors/every_slot.json"), scopes);
}

#[test]
fn code_or_detail() {
    let scopes = scopes!(code_or_detail::moving_catalog::Section:);
    check::<code_or_detail::MovingError>(include_str!("vectors/code_or_detail.json"), scopes);
}

#[test]
fn code_and_detail() {
    let scopes = scopes!(code_and_detail::tokens_catalog::Section:);
    check::<code_and_detail::TokensError>(include_str!("vectors/code_and_detail.json"), scopes);
}

#[test]
fn numbers() {
    let scopes = scopes!(numbers::numbers_catalog::Section:);
    check::<numbers::NumbersError>(include_str!("vectors/numbers.json"), scopes);
}

#[test]
fn requests() {
    let scopes = scopes!(requests::requests_catalog::Section:);
    check::<requests::RequestsError>(include_str!("vectors/requests.json"), scopes);
}

#[test]
fn statuses() {
    let scopes = scopes!(statuses::statuses_catalog::Section:);
    check::<statuses::StatusesError>(include_str!("vectors/statuses.json"), scopes);
}

#[test]
fn workshop() {
    let scopes = scopes!(workshop::workshop_catalog::Section:);
    check::<workshop::WorkshopError>(include_str!("vectors/workshop.json"), scopes);
}

#[test]
fn free() {
    let scopes = scopes!(free::free_catalog::Section:);
    check::<free::FreeError>(include_str!("vectors/free.json"), scopes);
}

#[test]
fn members() {
    let scopes = scopes!(members::members_catalog::Section:);
    check::<members::MembersError>(include_str!("vectors/members.json"), scopes);
}

/// Decodes every response of the file, and writes every error that the file asks for.
fn check<E: CatalogError + Debug>(file: &str, scope_of: ScopeOf<E::Code>) {
    let file: Value = serde_json::from_str(file).expect("the file is JSON");
    let list = |name: &str| file[name].as_array().expect("a list").clone();
    let (vectors, written) = (list("vectors"), list("written"));
    assert!(vectors.len() >= 100, "only {} vectors", vectors.len());
    covers_everything::<E>(&vectors);
    for list in [&vectors, &written] {
        let names: BTreeSet<&str> = list.iter().map(|it| text(it, "name").unwrap()).collect();
        assert_eq!(names.len(), list.len(), "a name stands twice");
    }
    for vector in &vectors {
        read::<E>(vector, scope_of);
    }
    for vector in &written {
        write::<E>(vector);
    }
}

/// Decodes a response of the file.
fn read<E: CatalogError + Debug>(vector: &Value, scope_of: ScopeOf<E::Code>) {
    let status = u16::try_from(vector["status"].as_u64().unwrap()).unwrap();
    let body = match &vector["body"] {
        Value::String(body) => body.clone().into_bytes(),
        _ => BASE64.decode(text(vector, "body_base64").unwrap().as_bytes()).unwrap(),
    };
    let mut decoder = kate_errors::Decoder::<E>::new().error_code(text(vector, "error_code"));
    if let Some(scope) = text(vector, "operation").or(text(vector, "section")) {
        decoder = decoder.within(scope_of(scope).expect("an operation or a section"));
    }
    let read = decoder.decode(status, &body);
    read.known().into_iter().chain(read.alternatives()).for_each(tool_results::go_both_ways);
    let result = reading(&read);
    assert_eq!(result, vector["expect"], "{}: {}", vector["name"], vector["body"]);
}

/// Writes an error that the file asks for.
fn write<E: CatalogError>(vector: &Value) -> E {
    let mut codes = E::Code::ALL.iter().copied();
    let is_called = |code: &E::Code| {
        let name = text(vector, "error").map(|name| name.replace('_', ""));
        name.is_none_or(|name| name.eq_ignore_ascii_case(&format!("{code:?}")))
    };
    let code = codes
        .find(|code| text(vector, "code") == Some(code.as_str()) && is_called(code))
        .expect("a code");
    let extras = code.__row().extras();
    let (own, of_context) = extras.params.split_at(extras.own_params().len());
    let values = Some(&vector["context_values"]).filter(|values| !values.is_null());
    let context = values.map(|values| texts(of_context, values));
    let error = E::__from_values(code, &texts(own, &vector["values"]), context.as_deref());
    let error = error.expect("an error");
    assert_eq!(error.detail(), text(vector, "detail").unwrap(), "{}", vector["name"]);
    assert_eq!(json!(error.sanitized_parameters()), vector["sanitized"], "{}", vector["name"]);
    if let Some(body) = text(vector, "body") {
        assert_eq!(String::from_utf8_lossy(&error.body()), body, "{}", vector["name"]);
    }
    tool_results::go_both_ways(&error);
    error
}

fn texts<'v>(params: &[Param], values: &'v Value) -> Vec<Option<&'v str>> {
    params.iter().map(|param| text(values, param.name)).collect()
}

fn text<'v>(vector: &'v Value, member: &str) -> Option<&'v str> {
    vector.get(member)?.as_str()
}

/// Asserts that the vectors contain every error, with everything that tells errors apart.
fn covers_everything<E: CatalogError>(vectors: &[Value]) {
    for code in E::Code::ALL {
        let is_read = |it: &Value| {
            let alternatives = &it["expect"]["alternatives"];
            it["expect"]["code"] == code.as_str()
                || alternatives.as_array().is_some_and(|it| it.contains(&code.as_str().into()))
        };
        assert!(vectors.iter().any(is_read), "no vector gives {code}");
    }
    for member in ["section", "error_code"] {
        let count = vectors.iter().filter(|it| it.get(member).is_some()).count();
        assert!(count >= E::Code::ALL.len(), "{member}: {count} vectors");
    }
}

/// Returns the decoded response in the format of the vectors.
fn reading<E: CatalogError>(decoded: &Decoded<'_, E>) -> Value {
    if let Some(error) = decoded.known() {
        let (values, context_values) = values(error);
        let alternatives = decoded.alternatives().iter().map(|it| it.code().as_str());
        return json!({
            "outcome": "known",
            "code": error.code().as_str(),
            "values": values,
            "context_values": context_values,
            "alternatives": alternatives.collect::<Vec<_>>(),
            "notes": decoded.notes().iter().map(note).collect::<Vec<_>>(),
        });
    }
    if let Some(unknown) = decoded.unknown() {
        let named = unknown.named().map(CatalogCode::as_str);
        let mut reading = json!({
            "outcome": "unknown", "reason": reason(unknown.reason()), "named": named
        });
        if let Some(code) = decoded.code() {
            reading["code"] = json!(code.as_str());
        }
        return reading;
    }
    let outcome = if decoded.validation().is_some() { "validation" } else { "not_an_error" };
    assert_eq!(decoded.is_error(), outcome == "validation");
    json!({ "outcome": outcome })
}

/// Returns the values of an error, and those of its context if it has one.
fn values<E: CatalogError>(error: &E) -> (Value, Value) {
    let extras = error.code().__row().extras;
    let (own, all) = extras.map_or((&[][..], &[][..]), |it| (it.own_params(), it.params));
    let mut texts = Vec::new();
    error.__with_values(&mut |values| {
        texts = values.iter().map(|value| value.text_if_any().map(Value::from)).collect();
    });
    let object = |range: std::ops::Range<usize>| {
        let members = range.filter_map(|at| Some((all[at].name.to_owned(), texts[at].clone()?)));
        Value::Object(members.collect::<Map<_, _>>())
    };
    let has_context = texts.len() > own.len();
    let of_context = if has_context { object(own.len()..texts.len()) } else { Value::Null };
    (object(0..own.len()), of_context)
}

fn note<C: CatalogCode>(note: &Note<C>) -> Value {
    match note {
        Note::StatusDiffers { expected, received } => {
            json!({ "kind": "status_differs", "expected": expected, "received": received })
        }
        Note::FormerMessage { .. } => json!({ "kind": "former_message" }),
        Note::OtherMessage { .. } => json!({ "kind": "other_message" }),
        Note::Retired { .. } => json!({ "kind": "retired" }),
        Note::OutOfScope { .. } => json!({ "kind": "out_of_scope" }),
        Note::CodeContradicts { named } => {
            json!({ "kind": "code_contradicts", "named": named.as_str() })
        }
        Note::CodeUnknown { .. } => json!({ "kind": "code_unknown" }),
        Note::ValuesDiffer => json!({ "kind": "values_differ" }),
        Note::PlacesDiffer => json!({ "kind": "places_differ" }),
        Note::MoreErrors => json!({ "kind": "more_errors" }),
        Note::NoCode => json!({ "kind": "no_code" }),
        Note::ByteOrderMark => json!({ "kind": "byte_order_mark" }),
        other => panic!("no vector leads to {other}"),
    }
}

fn reason(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::OtherMessage => "other_message",
        UnknownReason::Empty => "empty",
        UnknownReason::NotJson { .. }
        | UnknownReason::Truncated
        | UnknownReason::TrailingBytes { .. }
        | UnknownReason::InvalidUtf8 { .. } => "not_json",
        UnknownReason::TooDeep => "too_deep",
        UnknownReason::NotAnObject => "not_an_object",
        UnknownReason::NoDetail => "no_detail",
        UnknownReason::DuplicateDetail => "duplicate_detail",
        UnknownReason::DuplicateMember => "duplicate_member",
        UnknownReason::NoCode => "no_code",
        UnknownReason::OtherCode => "other_code",
        UnknownReason::OtherKind(DetailKind::Null | DetailKind::Boolean | DetailKind::Number) => {
            "other_kind"
        }
        UnknownReason::LoneSurrogate => "lone_surrogate",
        UnknownReason::MissingValue => "missing_value",
        other => panic!("no vector leads to {other}"),
    }
}
