//! Test vectors: responses with what a client must read from them, and errors with what a server must write. They are
//! for tests of clients and servers in any language.

mod bodies;
mod expect;
mod frame;
mod near;
mod values;
mod written;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Operation, Param, Row};
use kate_errors_model::template::{Segment, Template};
use serde_json::{Value, json};

use crate::messages::{self, render};
use crate::visible::visible_json;
use bodies::with_more;
use expect::{Expectations, Hints, OTHER_MESSAGE, has_many_digits, not_an_error, object};
use frame::Made;

/// The version of the file format.
const FORMAT: u32 = 2;

const ABOUT: &str = "\
`vectors` are responses and what a client must read in them. `body` is the body as text (`body_base64` where it is not \
UTF-8); `operation`, `section` and `error_code` (the header with the code) are what is known beside it. \
`expect.outcome` is `known`, `validation`, `unknown` or `not_an_error`. For `known`, `code` is the code of the error, \
`values` and `context_values` are the values of its parameters as they are spelled in the message (all of them texts, \
so that no number is rounded; `context_values` is null without context), `alternatives` are the codes of the errors \
that have the same message, and `notes` say what is unexpected. For `unknown`, `reason` says why, and `named` is the \
error that the response names; where errors are known by their codes, that is its `code` too. `written` are errors (`error` is the name of one whose \
code other errors have too; responses with one that is `without_code` have no code) with the message and the body that a server must write for them: values that cannot appear in the message as they are have been \
altered there, and `sanitized` names their parameters.";

/// The number of errors that get all vectors about decoder mistakes. Further errors get one in [`PART`], so the file
/// of a large catalog stays small.
const MOST_WHOLE: usize = 200;

/// Further errors get one of this many vectors.
const PART: usize = 16;

pub(crate) fn file(catalog: &Catalog, mark: &str) -> String {
    let head = json!({
        "x-generated-by": mark,
        "format": FORMAT,
        "catalog": catalog.name,
        "about": ABOUT,
    });
    let mut text = format!("{head:#}");
    text.truncate(text.trim_end_matches(['\n', '}']).len());
    text.push_str(",\n  \"vectors\": [");
    let mut vectors = Vectors {
        catalog,
        operations: messages::operations(catalog),
        expectations: Expectations::of(catalog),
        turn: 0,
        text,
        written: "[".to_owned(),
    };
    for at in 0..catalog.rows.len() {
        vectors.error(at);
    }
    for vector in bodies::vectors(catalog, &vectors.expectations) {
        push(&vector, &mut vectors.text);
    }
    // Writing to a string cannot fail.
    let _ = write!(vectors.text, "\n  ],\n  \"written\": {}\n  ]\n}}\n", vectors.written);
    vectors.text
}

/// Adds a vector on a line of its own, so that a diff shows which vectors have changed. Invisible characters are
/// escaped for editors and terminals.
fn push(vector: &Value, list: &mut String) {
    if !list.ends_with('[') {
        list.push(',');
    }
    list.push_str("\n    ");
    list.push_str(&visible_json(&vector.to_string()));
}

/// Whether the message is sent with these values, unaltered.
fn holds(template: &Template<'_>, values: &[String]) -> bool {
    let is_held = |segment: &Segment<'_>| {
        let value = &values[segment.param];
        template.sanitize(segment, value) == *value
    };
    template.segments.iter().all(is_held)
}

struct Vectors<'c> {
    catalog: &'c Catalog,
    /// For each error, the operations that list it.
    operations: Vec<Vec<&'c Operation>>,
    expectations: Expectations<'c>,
    turn: usize,
    /// The file so far.
    text: String,
    /// The lines of the second list.
    written: String,
}

impl Vectors<'_> {
    fn error(&mut self, at: usize) {
        let catalog = self.catalog;
        let row = &catalog.rows[at];
        let values = messages::examples(catalog, row);
        let own = &values[..row.params.len()];
        self.known("example", at, &row.detail.parsed, false, own);
        if let Some(full) = &row.with_context {
            self.known("with context", at, full, false, &values);
        }
        for (number, former) in (1..).zip(&row.former) {
            self.known(&format!("former message {number}"), at, &former.parsed, true, own);
        }
        self.hostile("", at, &row.detail.parsed, own);
        if let Some(full) = &row.with_context {
            self.hostile("with context, ", at, full, &values);
        }
        let message = render(&row.detail.parsed, own);
        let made = Made::of(catalog, at, &message, own);
        self.hints(&made);
        self.near_misses(&made);
        let whole = messages::whole(row);
        if holds(whole, &values) {
            self.write("example", &Made::of(catalog, at, &render(whole, &values), &values), &[]);
        }
        self.altered(at, whole, &values);
        if row.params.iter().any(|param| param.optional) {
            self.without_optional(&made);
        }
    }

    /// Adds an error without its optional values, read and written.
    fn without_optional(&mut self, made: &Made<'_>) {
        let mut row = made.row.clone();
        let is_there = |(_, param): &(&String, &Param)| !param.optional;
        let kept = made.values.iter().zip(&row.params).filter(is_there);
        let values: Vec<String> = kept.map(|(value, _)| value.clone()).collect();
        row.params.retain(|param| !param.optional);
        (row.context, row.with_context) = (None, None);
        let hints = self.expectations.hints(made.at);
        let Some(mut expect) = self.expectations.known(made, &hints) else { return };
        let params: Vec<&Param> = row.params.iter().collect();
        expect["values"] = object(&params, &values);
        let what = "without values that can be missing";
        let kept = Made { row: &row, values: &values, ..*made };
        self.vector(what, &kept, hints, expect);
        self.write(what, &kept, &[]);
    }

    /// Returns the label of an error: its code, or its name if other errors share the code.
    fn label<'r>(&self, row: &'r Row) -> &'r str {
        if self.expectations.is_shared(&row.code) { &row.name } else { &row.code }
    }

    /// Whether to add an extra vector of an error.
    fn takes(&mut self, at: usize) -> bool {
        self.turn += 1;
        at < MOST_WHOLE || self.turn.is_multiple_of(PART)
    }

    /// Adds a response with a message of the error and its own status.
    fn known(
        &mut self,
        what: &str,
        at: usize,
        template: &Template<'_>,
        is_former: bool,
        values: &[String],
    ) {
        if holds(template, values) {
            let message = render(template, values);
            let made = Made { is_former, ..Made::of(self.catalog, at, &message, values) };
            self.response(what, &made, self.expectations.hints(at));
        }
    }

    fn response(&mut self, what: &str, made: &Made<'_>, hints: Hints<'_>) {
        if let Some(expect) = self.expectations.known(made, &hints) {
            self.vector(what, made, hints, expect);
        }
    }

    fn vector(&mut self, what: &str, made: &Made<'_>, hints: Hints<'_>, expect: Value) {
        let row = made.row;
        let body = match hints.code {
            Some(code) if code != row.code => made.with_code(&Value::from(code).to_string()),
            None if self.expectations.has_code && !row.without_code => made.with_code("null"),
            _ => Some(made.body()),
        };
        let Some(body) = body else { return };
        let name = format!("{}: {what}", self.label(row));
        let mut vector = json!({ "name": name, "status": hints.status, "body": body });
        let section = hints.section.map(|section| &self.catalog.sections[section].name);
        let known = [
            ("operation", hints.operation.map(|operation| json!(operation.name))),
            ("section", section.map(|name| json!(name))),
            ("error_code", hints.error_code.map(|code| in_header(self.catalog, code))),
        ];
        for (name, value) in known.into_iter().filter_map(|(name, it)| Some((name, it?))) {
            vector[name] = value;
        }
        vector["expect"] = expect;
        push(&vector, &mut self.text);
    }

    /// Adds responses with one hostile value at a time, and with all of them.
    fn hostile(&mut self, what: &str, at: usize, template: &Template<'_>, examples: &[String]) {
        let params: Vec<&Param> = self.catalog.params(&self.catalog.rows[at]).collect();
        let mut all = examples.to_vec();
        for segment in values::places(template) {
            for value in values::hostile(segment, self.turn) {
                // JavaScript loses digits of a number in a member, and the message does not have them either.
                let is_alone = template.is_unread() || !self.expectations.has_message;
                if is_alone && has_many_digits(params[segment.param], value) {
                    continue;
                }
                value.clone_into(&mut all[segment.param]);
                if self.takes(at) {
                    let mut values = examples.to_vec();
                    value.clone_into(&mut values[segment.param]);
                    let name = &params[segment.param].name;
                    let what = format!("{what}{name} = {}", Value::from(value));
                    self.known(&what, at, template, false, &values);
                }
            }
        }
        if template.segments.len() > 1 {
            self.known(&format!("{what}all values hostile"), at, template, false, &all);
        }
    }

    /// Adds the message with another status, with other hints, and as a successful response.
    fn hints(&mut self, made: &Made<'_>) {
        let (catalog, at, row) = (self.catalog, made.at, made.row);
        let status = self.expectations.status(at);
        let hints = self.expectations.hints(at);
        let lists = |operation: &&Operation| operation.rows.binary_search(&at).is_ok();
        let other_status = if status == 418 { 451 } else { 418 };
        let other_code =
            catalog.rows.iter().map(|row| row.code.as_str()).find(|it| *it != row.code);
        let spaced = format!(" {} ", row.code);
        let in_body = |code| Hints { code, ..hints };
        let cases = [
            ("under another status", Hints { status: other_status, ..hints }),
            ("in its section", Hints { section: Some(row.section), ..hints }),
            ("named by the header", Hints { error_code: Some(&spaced), ..hints }),
            ("with an unknown code", Hints { error_code: Some("no_such_code"), ..hints }),
            (
                "named by the header, under another status",
                Hints { status: other_status, error_code: Some(&row.code), ..hints },
            ),
        ];
        let section = (0..catalog.sections.len()).find(|section| *section != row.section);
        let listed = messages::other_statuses(catalog, row).next();
        let optional = [
            listed.map(|it| {
                ("under a further status of its own", Hints { status: it.code, ..hints })
            }),
            other_code.map(|code| ("with another code", Hints { error_code: Some(code), ..hints })),
            section.map(|other| ("in another section", Hints { section: Some(other), ..hints })),
            self.operations[at]
                .first()
                .map(|it| ("of an operation", Hints { operation: Some(it), ..hints })),
            catalog.operations.iter().find(|operation| !lists(operation)).map(|operation| {
                ("of another operation", Hints { operation: Some(operation), ..hints })
            }),
        ];
        let named = Hints { error_code: Some(&row.code), ..in_body(None) };
        // From an older format without a code, clients read more.
        let is_needed = catalog.older_without_code().is_none();
        let by_body = [
            Some(("with blanks around the code in the body", in_body(Some(&spaced)))),
            Some(("with an unknown code in the body", in_body(Some("no_such_code")))),
            is_needed.then(|| ("without a code in the body", in_body(None))),
            Some(("without a code in the body, named by the header", named)),
            other_code.map(|code| ("with another code in the body", in_body(Some(code)))),
        ];
        let by_body = by_body.into_iter().flatten().filter(|_| self.expectations.has_code);
        let by_body: Vec<_> = by_body.collect();
        for (what, hints) in cases.into_iter().chain(optional.into_iter().flatten()).chain(by_body)
        {
            if self.takes(at) {
                self.response(what, made, hints);
            }
        }
        if messages::names_beside(catalog) {
            let body = made.body();
            let url = catalog.docs_url(row).map(|url| ("type", url));
            for (member, value) in url.into_iter().chain([("code", row.code.clone())]) {
                let hints = Hints { error_code: Some(&row.code), ..hints };
                let Some(expect) = self.expectations.known(made, &hints) else { continue };
                let body = with_more(&body, &format!("\"{member}\":{}", json!(value)));
                let name = format!("{}: named by a member `{member}`", self.label(row));
                let vector =
                    json!({ "name": name, "status": status, "body": body, "expect": expect });
                push(&vector, &mut self.text);
            }
        }
        if self.takes(at) {
            // APIs with a success status send errors with it, so use the other one.
            let status = if catalog.success == Some(200) { 201 } else { 200 };
            let success = Hints { status, ..hints };
            self.vector("a success", made, success, not_an_error());
        }
    }

    /// Adds messages that are similar to the error's, and must not be read as it.
    fn near_misses(&mut self, made: &Made<'_>) {
        let Made { at, row, message, .. } = *made;
        let misfits = near::misfits(&row.detail.parsed, made.values).into_iter();
        let misfits = misfits.map(|(param, misfit, message)| {
            (format!("{} is not {}", row.params[param].name, Value::from(misfit)), message)
        });
        let hints = self.expectations.hints(at);
        // Without letters, a message is the same in upper case.
        let mut seen = BTreeSet::from([message.to_owned()]);
        for (what, near) in near::misses(message).into_iter().chain(misfits) {
            if self.takes(at)
                && seen.insert(near.clone())
                && !self.expectations.is_known(&near, &hints)
            {
                let made = Made { message: &near, ..*made };
                let Some(expect) = self.expectations.other(OTHER_MESSAGE, &hints, &made) else {
                    continue;
                };
                self.vector(&what, &made, hints, expect);
            }
        }
    }
}

/// Returns the value of the header field for a code, including the spaces around the code.
fn in_header(catalog: &Catalog, code: &str) -> Value {
    let bare = code.trim();
    code.replace(bare, &catalog.error_code().value(bare)).into()
}
