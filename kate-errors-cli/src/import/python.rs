//! Reads the errors that Python source raises, found by `kate-errors-python`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

use kate_errors_python::{Form, Guess, Piece, Raised};
use serde_json::{Value, json};

use super::draft::{Draft, ErrorDraft, Place, Said};
use super::fields::of_catalog;
use super::message::{Kind, Message, ParamDraft};

/// Reads the files of packages, each with its path and its text.
pub(crate) fn read(files: &[(String, String)]) -> Draft {
    let mut draft = Draft::default();
    let mut messages = HashMap::new();
    let mut forms = HashSet::new();
    for site in kate_errors_python::read(files) {
        let place = Place { file: Rc::from(site.file.as_str()), line: site.line };
        match site.found {
            Ok(mut raised) => {
                // A code that is not sent does not distinguish messages.
                let pieces = &raised.pieces;
                raised.code = raised.code.filter(|code| {
                    raised.is_code_sent
                        || messages.entry(code.clone()).or_insert_with(|| pieces.clone()) == pieces
                });
                forms.insert(raised.form);
                let (fields, left_out) = fields(&raised);
                for name in left_out {
                    draft.leave_out(&place, format!("the header field `{name}`"));
                }
                let error = ErrorDraft { fields, ..error(place, raised) };
                draft.push(&section(&site.file), error);
            }
            Err(reason) => draft.leave_out(&place, reason.to_string()),
        }
    }
    if forms.contains(&Form::Message) && !forms.contains(&Form::Detail) {
        let body = json!({ "message": "{detail}" });
        draft.body = Some(Said::guess(body, "Flask-RESTful and similar extensions send this"));
    }
    draft
}

fn error(place: Place, raised: Raised) -> ErrorDraft {
    let mut message = Message::default();
    for piece in raised.pieces {
        match piece {
            Piece::Text(text) => message.push_text(&text),
            Piece::Value { name, type_guess, from } => {
                message.push_value(param(name, type_guess, &from));
            }
        }
    }
    let mut error = ErrorDraft::new(place, message);
    error.code = raised.code.map(|code| Said::surely(code.into()));
    error.statuses = vec![raised.status];
    error.message_guess = match raised.form {
        Form::Detail => None,
        Form::Message => Some("in a body with `message`, unless a handler changes that".into()),
        Form::Page => Some("an HTML page, unless a handler sends another format".into()),
    };
    error
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
    let text = words.join(" ");
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(|| "Errors".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}
