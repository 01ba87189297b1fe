//! Decodes the vectors of every catalog that has some.

use std::fs;
use std::path::Path;

use kate_errors_codegen::names::upper_camel_case;
use kate_errors_codegen::{Compilation, compile};
use kate_errors_model::UnknownReason;
use serde_json::{Value, json};

use kate_errors_codegen::catalog::Param;

use super::*;

const CATALOGS: &[(&str, &str)] = include!("../../../conformance/catalogs.rs");

fn compiled(path: &str) -> Compilation {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    compile("errors.yaml", &fs::read(path).unwrap())
}

fn object<'p>(params: impl Iterator<Item = &'p Param>, values: &[Option<String>]) -> Value {
    let there = params.zip(values).filter(|(_, value)| value.is_some());
    there.map(|(param, value)| (param.name.clone(), json!(value))).collect()
}

fn reason(reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::OtherMessage => "other_message",
        UnknownReason::Empty => "empty",
        UnknownReason::TooDeep => "too_deep",
        UnknownReason::NotAnObject => "not_an_object",
        UnknownReason::NoDetail => "no_detail",
        UnknownReason::DuplicateDetail => "duplicate_detail",
        UnknownReason::DuplicateMember => "duplicate_member",
        UnknownReason::NoCode => "no_code",
        UnknownReason::OtherCode => "other_code",
        UnknownReason::OtherKind(_) => "other_kind",
        UnknownReason::LoneSurrogate => "lone_surrogate",
        UnknownReason::MissingValue => "missing_value",
        _ => "not_json",
    }
}

/// Converts a reading to the format of the vectors.
fn shown(catalog: &Catalog, reading: &Reading) -> Value {
    let code = |row: &usize| catalog.rows[*row].code.as_str();
    match reading {
        Reading::NotAnError => json!({ "outcome": "not_an_error" }),
        Reading::Validation(_) => json!({ "outcome": "validation" }),
        Reading::Unknown(why, named) => {
            let named = named.as_ref().map(|row| code(&(*row as usize)));
            let mut unknown =
                json!({ "outcome": "unknown", "reason": reason(*why), "named": named });
            if catalog.identity.is_by_code() && named.is_some() {
                unknown["code"] = json!(named);
            }
            unknown
        }
        Reading::Known(known, _) => {
            let row = &catalog.rows[known.row];
            let context = known.context.as_ref();
            let context =
                context.map(|values| object(catalog.params(row).skip(row.params.len()), values));
            json!({
                "outcome": "known",
                "code": row.code,
                "values": object(row.params.iter(), &known.values),
                "context_values": context,
                "alternatives": known.alternatives.iter().map(|it| code(&it.row)).collect::<Vec<_>>(),
                "notes": known.notes.iter().map(kind).collect::<Vec<_>>(),
            })
        }
    }
}

/// Returns the kind of a note: the name of its variant.
fn kind(note: &Note) -> String {
    format!("{note:?}").split('(').next().unwrap().to_owned()
}

/// Returns what a vector expects, with notes reduced to their kinds.
fn expected(vector: &Value) -> Value {
    let mut expect = vector["expect"].clone();
    if let Some(notes) = expect.get_mut("notes") {
        let kinds = notes
            .as_array()
            .unwrap()
            .iter()
            .map(|note| upper_camel_case(note["kind"].as_str().unwrap()));
        *notes = json!(kinds.collect::<Vec<_>>());
    }
    expect
}

/// Checks the vectors of a file and returns their number.
fn check(path: &str, file: &str) -> usize {
    let compilation = compiled(path);
    let catalog = compilation.catalog().unwrap();
    let decoder = Decoder::of(catalog);
    let file: Value = serde_json::from_str(file).unwrap();
    let mut count = 0;
    for vector in file["vectors"].as_array().unwrap() {
        let is_hinted = vector.get("operation").or(vector.get("section")).is_some();
        let Some(body) = vector["body"].as_str().filter(|_| !is_hinted) else { continue };
        let response = Response {
            status: vector["status"].as_u64().unwrap().try_into().unwrap(),
            header: vector["error_code"].as_str().map(str::to_owned),
            body: body.to_owned(),
        };
        let read = shown(catalog, &decoder.decode(&response));
        assert_eq!(read, expected(vector), "{path}: {} {response:?}", vector["name"]);
        count += 1;
    }
    count
}

#[test]
fn vectors_are_read_as_they_expect() {
    let of_catalog = |(_, path): &(&str, &str)| {
        let compilation = compiled(path);
        check(path, &crate::publish::vectors::file(compilation.catalog().unwrap(), "a test"))
    };
    let count: usize = CATALOGS.iter().map(of_catalog).sum();
    assert!(count > 4_000, "{count}");
}

/// Handwritten bodies in the style of other servers.
#[test]
fn bodies_of_families_are_read_as_they_expect() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let files = fs::read_dir(root.join("tests/catalogs/families")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    let mut count = 0;
    for file in files.filter(|path| path.extension().is_some_and(|it| it == "json")) {
        let catalog =
            format!("tests/catalogs/families/{}.yaml", file.file_stem().unwrap().display());
        count += check(&catalog, &fs::read_to_string(&file).unwrap());
    }
    assert!(count > 150, "{count}");
}

/// An alias shares a former message with the error that its `same_as` names.
#[test]
fn an_error_is_no_alternative_of_itself() {
    let catalog = "catalog: Shop
wire: { body: { code: \"{code}\", detail: \"{detail}\" }, identity: code }
statuses:
  404: { name: Not Found, description: There is no such thing }
sections:
  - name: Orders
    cause: It is gone
    fix: Start again
    errors:
      - { code: order_gone, status: 404, detail: The order is gone, former: [No such order] }
      - { code: basket_gone, same_as: order_gone, former: [No such order] }
";
    let compilation = compile("errors.yaml", catalog.as_bytes());
    let body = r#"{"code":"basket_gone","detail":"No such order"}"#.to_owned();
    let response = Response { status: 404, header: None, body };
    let reading = Decoder::of(compilation.catalog().unwrap()).decode(&response);
    let Reading::Known(known, _) = reading else { panic!("{reading:?}") };
    assert_eq!((known.row, known.alternatives), (1, Vec::new()));
}

/// At the end of a message, a choice can be the beginning of another one.
#[test]
fn an_alias_is_an_alternative_once() {
    let catalog = "catalog: Jobs
statuses:
  404: { name: Not Found, description: There is no such thing }
sections:
  - name: Jobs
    cause: It is gone
    fix: Start again
    errors:
      - { code: job_state, status: 404, detail: 'Job is {state}', params: { state: { one_of: [not, not yet] } } }
      - { code: run_state, same_as: job_state }
      - { code: job_number, status: 404, detail: 'Job is {number}', params: { number: u64 } }
      - { code: job_numbers, status: 404, detail: 'Job is {number} jobs', params: { number: u64 } }
";
    let compilation = compile("errors.yaml", catalog.as_bytes());
    let body = json!({ "detail": "Job is not yet" }).to_string();
    let response = Response { status: 404, header: None, body };
    let reading = Decoder::of(compilation.catalog().unwrap()).decode(&response);
    let Reading::Known(known, _) = reading else { panic!("{reading:?}") };
    assert_eq!(known.row, 0);
    assert_eq!(known.alternatives.iter().map(|it| it.row).collect::<Vec<_>>(), [1]);
}
