//! Golden responses: what servers send, and what a client must read in it. They are for tests of clients
//! in any language.
//!
//! What is expected follows from how a response was made, not from a decoder that read it: the values
//! are those that were put in. A response that comes out as the sentence of another row too, which only
//! near misses and odd values do, is left out.

mod bodies;
mod near;
mod reading;
mod values;

use std::collections::BTreeSet;

use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{Param, Row};
use serde_json::{Map, Value, json};

use crate::visible::visible_json;

use super::sentences::{self, joined, render};
use reading::Readings;

/// The version of the file's own form.
const FORMAT: u32 = 1;

const ABOUT: &str = "\
Responses and what a client must read in them. `body` is the body as text (`body_base64` where it is not \
UTF-8). `expect.found` is `known`, `validation`, `unknown` or `not_an_error`. For `known`, `code` is the \
code of the error, `values` and `context_values` are the values of its parameters as they are spelled in the \
sentence (all of them texts, so that no number is rounded; `context_values` is null without context), \
`alternatives` are the codes of the errors that have the same sentence, and `findings` say what is unexpected. \
For `unknown`, `reason` says why.";

/// The vectors, as JSON.
pub(crate) fn file(catalog: &Catalog, mark: &str) -> String {
    let mut vectors = Vectors { catalog, readings: Readings::of(catalog), list: Vec::new() };
    for (index, row) in catalog.rows.iter().enumerate() {
        vectors.row(index, row);
    }
    vectors.list.extend(bodies::vectors(catalog));
    let head = json!({
        "x-generated-by": mark,
        "format": FORMAT,
        "catalog": catalog.name,
        "about": ABOUT,
    });
    // A line for each vector, so that a diff shows which of them have changed.
    let mut text = format!("{head:#}");
    text.truncate(text.trim_end_matches(['\n', '}']).len());
    text.push_str(",\n  \"vectors\": [\n");
    // Values that do not show are escaped, for the sake of editors and terminals.
    let lines: Vec<String> =
        vectors.list.iter().map(|it| format!("    {}", visible_json(&it.to_string()))).collect();
    text.push_str(&lines.join(",\n"));
    text.push_str("\n  ]\n}\n");
    text
}

/// A vector.
fn vector(name: &str, status: u16, body: &str, expect: &Value) -> Value {
    json!({ "name": name, "status": status, "body": body, "expect": expect })
}

/// The body of a sentence.
fn body_of(sentence: &str) -> String {
    json!({ "detail": sentence }).to_string()
}

struct Vectors<'c> {
    catalog: &'c Catalog,
    readings: Readings<'c>,
    list: Vec<Value>,
}

/// Which wording of a row a sentence is.
#[derive(Clone, Copy)]
enum Wording {
    Plain,
    WithContext,
    Former(usize),
}

impl Vectors<'_> {
    fn row(&mut self, index: usize, row: &Row) {
        let examples = sentences::examples(&row.params);
        let context = sentences::context(self.catalog, row);
        let of_context = context.map(|context| sentences::examples(&context.params));
        self.known("example", index, Wording::Plain, &examples, None);
        if let Some(of_context) = &of_context {
            self.known("context", index, Wording::WithContext, &examples, Some(of_context));
        }
        for former in 0..row.former.len() {
            self.known("former wording", index, Wording::Former(former), &examples, None);
        }
        for values in hostile(&row.params, &examples) {
            self.known("hostile value", index, Wording::Plain, &values, None);
        }
        if let (Some(context), Some(of_context)) = (context, &of_context) {
            for values in hostile(&context.params, of_context) {
                self.known("hostile value", index, Wording::WithContext, &examples, Some(&values));
            }
        }
        self.other_status(index, row, &examples);
        let sentence = render(&row.detail, &examples);
        self.list.push(vector(
            &format!("{}: a success", row.code),
            200,
            &body_of(&sentence),
            &json!({ "found": "not_an_error" }),
        ));
        self.near_misses(row, &sentence);
    }

    /// A response whose sentence is a wording of the row, under its own status.
    fn known(
        &mut self,
        what: &str,
        index: usize,
        wording: Wording,
        values: &[String],
        of_context: Option<&[String]>,
    ) {
        let Some(row) = self.catalog.rows.get(index) else { return };
        let sentence = self.sentence(row, wording, values, of_context);
        let status = self.status(row);
        self.expect_known(what, index, status, &sentence, wording, values, of_context);
    }

    /// The sentence under a status that no row has with it.
    fn other_status(&mut self, index: usize, row: &Row, values: &[String]) {
        let status = if self.status(row) == 418 { 451 } else { 418 };
        let sentence = render(&row.detail, values);
        self.expect_known("other status", index, status, &sentence, Wording::Plain, values, None);
    }

    #[allow(clippy::too_many_arguments, reason = "it is what a response consists of")]
    fn expect_known(
        &mut self,
        what: &str,
        index: usize,
        status: u16,
        sentence: &str,
        wording: Wording,
        values: &[String],
        of_context: Option<&[String]>,
    ) {
        let Some(row) = self.catalog.rows.get(index) else { return };
        let is_former = matches!(wording, Wording::Former(_));
        let group = self.readings.group(index, is_former);
        // The row that is meant stands for all that have its sentence.
        let (Some(first), true) =
            (group.first().copied(), self.readings.are_meant(sentence, status, &group, is_former))
        else {
            return;
        };
        let chosen = &self.catalog.rows[first];
        let alternatives: Vec<&str> =
            group.iter().skip(1).map(|row| self.catalog.rows[*row].code.as_str()).collect();
        let mut findings = Vec::new();
        let own = self.status(chosen);
        if own != status {
            findings.push(json!({ "kind": "status_differs", "expected": own, "received": status }));
        }
        if is_former {
            findings.push(json!({ "kind": "former_wording" }));
        }
        if chosen.retired.is_some() {
            findings.push(json!({ "kind": "retired" }));
        }
        let context = sentences::context(self.catalog, row);
        let of_context =
            of_context.zip(context).map(|(values, context)| object(&context.params, values));
        let expect = json!({
            "found": "known",
            "code": chosen.code,
            "values": object(&row.params, values),
            "context_values": of_context,
            "alternatives": alternatives,
            "findings": findings,
        });
        self.list.push(vector(
            &format!("{}: {what}", row.code),
            status,
            &body_of(sentence),
            &expect,
        ));
    }

    /// Sentences that are almost the row's, and must not be taken for it.
    fn near_misses(&mut self, row: &Row, sentence: &str) {
        let status = self.status(row);
        let mut seen = BTreeSet::new();
        for (what, near) in near::misses(sentence) {
            if !self.readings.is_known(&near) && seen.insert(near.clone()) {
                let expect = json!({ "found": "unknown", "reason": "other_sentence" });
                let name = format!("{}: {what}", row.code);
                self.list.push(vector(&name, status, &body_of(&near), &expect));
            }
        }
    }

    fn sentence(
        &self,
        row: &Row,
        wording: Wording,
        values: &[String],
        of_context: Option<&[String]>,
    ) -> String {
        match (wording, sentences::context(self.catalog, row)) {
            (Wording::WithContext, Some(context)) => {
                let context = render(&context.text, of_context.unwrap_or_default());
                joined(&render(&row.detail, values), &context)
            }
            (Wording::Former(former), _) => {
                row.former.get(former).map(|it| render(it, values)).unwrap_or_default()
            }
            _ => render(&row.detail, values),
        }
    }

    fn status(&self, row: &Row) -> u16 {
        self.catalog.statuses.get(row.status).map_or(500, |status| status.code)
    }
}

fn object(params: &[Param], values: &[String]) -> Value {
    let members = params.iter().zip(values);
    let members = members.map(|(param, value)| (param.name.clone(), Value::from(value.as_str())));
    Value::Object(members.collect::<Map<_, _>>())
}

/// The values with one of them at a time made hostile, and all of them.
fn hostile(params: &[Param], examples: &[String]) -> Vec<Vec<String>> {
    let mut cases = Vec::new();
    let of_params: Vec<Vec<String>> = params.iter().map(values::hostile).collect();
    for (at, values) in of_params.iter().enumerate() {
        for value in values {
            let mut case = examples.to_vec();
            if let Some(place) = case.get_mut(at) {
                place.clone_from(value);
            }
            cases.push(case);
        }
    }
    let last: Option<Vec<String>> = of_params.iter().map(|values| values.last().cloned()).collect();
    cases.extend(last.filter(|case| case.len() > 1));
    cases
}
