//! The reader and the writer of envelopes against `serde_json`.

use std::collections::BTreeMap;

use kate_errors_codegen::envelope::Parts;
use kate_errors_model::UnknownReason;
use kate_errors_model::envelope::{Envelope, Form, Found, Insides, Slot, Value};
use kate_errors_model::json;
use serde_json::value::RawValue;

use crate::mutate::{Random, scratch, shake};
use crate::oracle::{self, Answer, Answers, Leaf, Refusal};
use crate::shapes::shapes;

#[test]
fn some_bodies_are_read_as_serde_json_reads_them() {
    compare(if cfg!(miri) { 200 } else { 20_000 });
}

#[test]
#[ignore = "takes minutes: cargo test --release -p kate-errors-model --test envelopes -- --ignored"]
fn a_million_bodies_are_read_as_serde_json_reads_them() {
    compare(1_000_000);
}

#[test]
fn some_bodies_are_written_as_serde_json_would() {
    write_and_read(if cfg!(miri) { 50 } else { 5_000 });
}

#[test]
#[ignore = "takes minutes: cargo test --release -p kate-errors-model --test envelopes -- --ignored"]
fn many_bodies_are_written_as_serde_json_would() {
    write_and_read(200_000);
}

fn compare(count: usize) {
    let shapes = shapes();
    let parts: Vec<Parts<'_>> = shapes.iter().map(|shape| parts(&shape.template)).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut tally = BTreeMap::new();
    for number in 0..count {
        let at = number % shapes.len();
        // Some bodies are of another envelope.
        let of = if random.one_in(8) { random.below(shapes.len()) } else { at };
        let body = shapes[of].bodies[random.below(shapes[of].bodies.len())];
        let mut body = if random.one_in(3) { body.to_owned() } else { shake(body, &mut random) };
        if random.one_in(20) {
            body.insert(0, '\u{FEFF}');
        }
        let mut body = body.into_bytes();
        if random.one_in(2) {
            scratch(&mut body, &mut random);
        }
        *tally.entry(compare_one(&shapes[at].template, &parts[at], &body)).or_insert(0_usize) += 1;
    }
    println!("{tally:#?}");
    // A test whose mutations leave nothing to read would prove nothing.
    assert!(tally["read"] > count / 4 && tally["not JSON"] > count / 20, "{tally:?}");
    assert!(tally["duplicate"] > count / 100, "{tally:?}");
}

/// Compares the results of both readers for a body, and returns what kind of body it is.
fn compare_one(template: &str, parts: &Parts<'_>, body: &[u8]) -> &'static str {
    let envelope = parts.envelope();
    let ours = envelope.find(body);
    let shown = String::from_utf8_lossy(body);
    at_once(&envelope, body, &ours);
    let Ok(text) = std::str::from_utf8(body) else {
        let reason = ours.expect_err(&shown);
        let is_cut = reason == UnknownReason::Truncated;
        assert!(is_cut || matches!(reason, UnknownReason::InvalidUtf8 { .. }), "{shown}");
        return "not UTF-8";
    };
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let template: &RawValue = serde_json::from_str(template).expect(template);
    match (&ours, oracle::read(template, text)) {
        (Ok(found), Ok(theirs)) => {
            same(found, &theirs.answers, &shown);
            let others: Vec<Found<'_, '_>> = found.others().collect();
            assert_eq!(others.len(), theirs.others.len(), "{shown}");
            others.iter().zip(&theirs.others).for_each(|(one, other)| same(one, other, &shown));
            assert_eq!(found.has_mark, body.starts_with(b"\xEF\xBB\xBF"), "{shown}");
            "read"
        }
        (Err(reason), Err(Refusal::Duplicate)) => {
            let is_detail = *reason == UnknownReason::DuplicateDetail;
            assert!(is_detail || *reason == UnknownReason::DuplicateMember, "{reason:?} {shown}");
            "duplicate"
        }
        (Err(reason), Err(Refusal::NotAnObject)) => {
            assert_eq!(*reason, UnknownReason::NotAnObject, "{shown}");
            "not an object"
        }
        // serde_json decodes all member names, and rejects lone surrogates in them.
        (_, Err(Refusal::Json(error))) if error.to_string().contains("surrogate") => "a surrogate",
        (_, Err(Refusal::Json(error))) if error.to_string().contains("hex escape") => "a surrogate",
        (Err(reason), Err(Refusal::Json(error))) => {
            let is_cut = matches!(reason, UnknownReason::Truncated | UnknownReason::Empty);
            // serde_json reports an incomplete number as invalid, and reads the four digits of an escape at once.
            let is_number = error.to_string().starts_with("invalid number");
            let has_escape = text.bytes().rev().take(6).any(|byte| byte == b'\\');
            assert!(!is_cut || error.is_eof() || is_number, "{reason:?} {error} {shown}");
            assert!(is_cut || !error.is_eof() || has_escape, "{reason:?} {error} {shown}");
            "not JSON"
        }
        (ours, theirs) => panic!("{shown}\n{ours:?}\n{theirs:?}"),
    }
}

/// Checks that `Around::inside` returns the values that the full reader reads, if nothing in them is escaped. Then the
/// whole body is valid.
fn at_once(envelope: &Envelope<'_>, body: &[u8], ours: &Result<Found<'_, '_>, UnknownReason>) {
    let insides = envelope.around().and_then(|around| around.inside(body));
    let Some(Insides { code, detail, .. }) = insides else { return };
    if !json::is_plain_text(detail) || !code.is_none_or(json::is_plain_text) {
        return;
    }
    let shown = String::from_utf8_lossy(body);
    let found = ours.as_ref().unwrap_or_else(|reason| panic!("{reason:?} {shown}"));
    for (slot, text) in [(Slot::Detail, Some(detail)), (Slot::Code, code)] {
        let text = text.map(|text| Value::Text(String::from_utf8_lossy(text)));
        assert!(text.is_none() || found.get(slot) == text, "{shown}");
    }
}

fn same(found: &Found<'_, '_>, answers: &Answers, shown: &str) {
    for (leaf, _) in answers {
        let mut values = answers.iter().filter(|(other, _)| slot(other) == slot(leaf));
        let theirs: Vec<&Answer> = values.by_ref().filter_map(|answer| answer.1.as_ref()).collect();
        let ours = found.get(slot(leaf)).map(|value| Answer {
            is_text: matches!(value, Value::Text(_)),
            value: value.as_str().to_owned(),
        });
        assert_eq!(ours.as_ref(), theirs.first().copied(), "{leaf:?} {shown}");
    }
}

fn slot(leaf: &Leaf) -> Slot<'_> {
    match (&*leaf.name, leaf.form.as_deref()) {
        ("code", _) => Slot::Code,
        ("detail", _) => Slot::Detail,
        ("params", Some("string")) => Slot::ParamsAsStrings,
        ("params", _) => Slot::Params,
        ("retry_after", Some("ms")) => Slot::RetryAfterMillis,
        ("retry_after", _) => Slot::RetryAfter,
        (name, _) => match name.strip_prefix("request.") {
            Some(name) => Slot::Request(name),
            None => Slot::Param(leaf.key()),
        },
    }
}

fn write_and_read(count: usize) {
    let shapes = shapes();
    let parts: Vec<Parts<'_>> = shapes.iter().map(|shape| parts(&shape.template)).collect();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for number in 0..count {
        let at = number % shapes.len();
        let (envelope, template) = (parts[at].envelope(), &shapes[at].template);
        let seed = random.0;
        let ours = written(&envelope, seed);
        let theirs = oracle::write(template, &mut |leaf| {
            let form = leaf.form.as_deref().filter(|form| *form == "ms" || leaf.name == "params");
            value(leaf.key(), form, leaf.is_inside(), seed)
        });
        assert_eq!(ours, theirs.unwrap_or_else(|| "{}".to_owned()), "{template}");
        assert_eq!(compare_one(template, &parts[at], ours.as_bytes()), "read", "{ours}");
        random.below(1);
    }
}

fn written(envelope: &Envelope<'_>, seed: u64) -> String {
    let mut body = Vec::new();
    envelope.write(&mut body, |slot, form, out| {
        let (name, spelled) = match slot {
            Slot::Code => ("code".to_owned(), None),
            Slot::Detail => ("detail".to_owned(), None),
            Slot::Status => ("status".to_owned(), None),
            Slot::Title => ("title".to_owned(), None),
            Slot::DocsUrl => ("docs_url".to_owned(), None),
            Slot::Cause => ("cause".to_owned(), None),
            Slot::Fix => ("fix".to_owned(), None),
            Slot::RetryAfter => ("retry_after".to_owned(), None),
            Slot::RetryAfterMillis => ("retry_after".to_owned(), Some("ms")),
            Slot::Params => ("params".to_owned(), None),
            Slot::ParamsAsStrings => ("params".to_owned(), Some("string")),
            Slot::Param(name) => (name.to_owned(), None),
            Slot::Request(name) => (format!("request.{name}"), None),
            Slot::Wire(name) => (format!("wire.{name}"), None),
            Slot::Field(_) | Slot::NextField | Slot::MessageByField | Slot::MessagesByField => {
                return false;
            }
        };
        let Some(json) = value(&name, spelled, form == Form::Inside, seed) else { return false };
        let inside = &json[1..json.len() - 1];
        out.extend_from_slice(if form == Form::Inside { inside } else { &json }.as_bytes());
        true
    });
    String::from_utf8(body).expect("UTF-8")
}

/// Returns the JSON of a slot, which depends only on its name and the seed.
fn value(name: &str, form: Option<&str>, is_inside: bool, seed: u64) -> Option<String> {
    const TEXTS: &[&str] = &["", "x", "Run not found", "a\"b\\c\n\u{1}é😀", "com#x:y", "{\"}", "7"];
    let mixed = name.bytes().chain(form.unwrap_or_default().bytes());
    let mixed =
        mixed.fold(seed, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
    let mut random = Random(mixed | 1);
    random.below(1);
    if random.one_in(3) || name.starts_with("field.") {
        return None;
    }
    let text = serde_json::to_string(random.pick(TEXTS)).unwrap();
    Some(match name {
        _ if is_inside => text,
        "params" => random.pick(&["{}", r#"{"a":1,"b":[{}]}"#]).to_owned(),
        "status" | "retry_after" => "404".to_owned(),
        _ => random.pick(&[&*text, "10059", "true"]).to_owned(),
    })
}

pub(crate) fn parts(template: &str) -> Parts<'_> {
    Parts::new(template).unwrap_or_else(|mistakes| panic!("{template}: {mistakes:?}"))
}
