//! Reads the errors that Python source raises, found by `kate-errors-python`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;

use kate_errors_codegen::names::capitalize;
use kate_errors_python::{Guess, Json, Piece, Raised};
use serde_json::{Value, json};

use super::bodies::{Bodies, place as place_in};
use super::body::{self, Body};
use super::draft::{Draft, ErrorDraft, Place, Said};
use super::fields::of_catalog;
use super::members;
use super::message::{Kind, Message, ParamDraft};

/// Reads the files of packages, each with its path and its text.
pub(crate) fn read(files: &[(String, String)]) -> Draft {
    let mut draft = Draft::default();
    let mut found = Vec::new();
    let names = [body::MESSAGES, body::CODES].concat();
    for site in kate_errors_python::read(files, &names) {
        let place = Place { file: Rc::from(site.file.as_str()), line: site.line };
        match site.found {
            Ok(raised) => {
                let message = message(&raised.pieces);
                let body = raised.body.as_ref().and_then(|json| body(json, &message.source()));
                found.push((place, raised, message, body));
            }
            Err(reason) => draft.leave_out(&place, reason),
        }
    }
    let have_code = |body: &Option<Body>| body.as_ref().is_some_and(|body| body.code.is_some());
    let is_code_sent = found.iter().all(|(.., body)| have_code(body));
    let mut bodies = Bodies::default();
    for (place, .., body) in &mut found {
        let Some(body) = body else { continue };
        if !is_code_sent {
            members::without_some_codes(&mut body.template, false);
        }
        bodies.add(body, None, place);
    }
    let (mut messages, mut templates) = (HashMap::new(), Vec::new());
    for (place, raised, message, body) in found {
        let (fields, left_out) = fields(&raised);
        for name in left_out {
            draft.leave_out(&place, format!("the header field `{name}`"));
        }
        let section = section(&place.file);
        let mut error = ErrorDraft::new(place, message);
        error.extensions.extend(fields);
        error.statuses = vec![raised.status];
        if let Some(body) = &body {
            error.members.add(body);
        }
        let (sent, template) = body.map(|body| (body.code, body.template)).unzip();
        templates.push(template);
        let sent = sent.flatten();
        let code = sent.or_else(|| raised.code.map(Value::from));
        // A code that is not always sent does not distinguish messages.
        let form = error.message.form();
        let is_kept = |code: &Value| {
            is_code_sent
                || *messages.entry(code.to_string()).or_insert_with(|| form.clone()) == form
        };
        error.code = code.filter(is_kept).map(Said::surely);
        draft.push(&section, error);
    }
    let forms = bodies.forms(|template| draft.place_members(template));
    let mut forms = forms.into_iter().map(without_any);
    let usual = forms.next();
    draft.reads = forms.collect();
    for (error, template) in draft.errors_mut().zip(templates) {
        error.message_guess = match template {
            None => Some("an HTML page, unless a handler sends another format".into()),
            Some(template) => other_form(&template, usual.as_ref())
                .map(|form| format!("the source sends it as `{form}`").into()),
        };
    }
    let why = "that of most errors, unless a handler sends another one";
    draft.body = usual.map(|body| Said::guess(body, why));
    draft
}

/// Returns the form of a body, if its message is elsewhere than in most bodies.
fn other_form<'b>(body: &'b Value, usual: Option<&Value>) -> Option<&'b Value> {
    let place = |body| place_in(body, "{detail}");
    (usual.and_then(place) != place(body)).then_some(body)
}

/// Returns the places of message and code in a body.
fn body(json: &Json, message: &str) -> Option<Body> {
    body::read(&value(json, message), None, |text| text == message, |_| false)
}

fn value(json: &Json, message: &str) -> Value {
    match json {
        Json::Message => message.into(),
        Json::Text(text) => text.as_str().into(),
        Json::Number(number) => (*number).into(),
        Json::Bool(flag) => (*flag).into(),
        Json::Null => Value::Null,
        Json::Object(members) => {
            members.iter().map(|(name, json)| (name.clone(), value(json, message))).collect()
        }
        // No code or status, and never a constant.
        Json::Any => json!(0.5),
    }
}

/// Removes the members that differ: they are neither written nor read.
fn without_any(template: Value) -> Value {
    match template {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(_, value)| *value != body::any());
            kept.map(|(name, value)| (name, without_any(value))).collect()
        }
        other => other,
    }
}

fn message(pieces: &[Piece]) -> Message {
    let mut message = Message::default();
    for piece in pieces {
        match piece {
            Piece::Text(text) => message.push_text(text),
            Piece::Value { name, type_guess, from } => {
                message.push_value(param(name.clone(), *type_guess, from));
            }
        }
    }
    message
}

/// Returns the header fields that a catalog can have, and the names of the others.
fn fields(raised: &Raised) -> (BTreeMap<String, Value>, Vec<&str>) {
    let (mut fields, mut others) = (BTreeMap::new(), Vec::new());
    for (name, value) in &raised.headers {
        let value = value.as_ref().map(|value| Value::from(value.as_str()));
        match value.and_then(|value| of_catalog(name, &value, raised.status)) {
            Some((field, value)) => drop(fields.insert(field, value)),
            None => others.push(name.as_str()),
        }
    }
    (fields, others)
}

fn param(name: String, type_guess: Option<Guess>, from: &str) -> ParamDraft {
    let kind = match type_guess {
        Some(Guess::Int) => "i64",
        Some(Guess::Float) => "decimal",
        Some(Guess::Text) | None => "text",
    };
    let guess = Some(format!("taken from `{}`", from.escape_default()).into());
    ParamDraft { name, kind: Kind::Named(kind), guess, ..ParamDraft::default() }
}

/// Returns the section of the errors in a file: the name of the file or, for `__init__`, of its folder.
fn section(file: &str) -> String {
    let path = Path::new(file);
    let stem = path.file_stem().filter(|stem| *stem != "__init__");
    let name = stem.or_else(|| path.parent()?.file_name()).unwrap_or_default().to_string_lossy();
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    capitalize(&words.join(" "))
}
