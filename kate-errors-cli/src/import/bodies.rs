//! Finds the format of bodies: what most bodies of a source have in common.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use kate_errors_model::envelope::leaf;
use serde_json::Value;

use super::body::{Body, any, merged};
use super::draft::{Place, Said};
use super::leaves::leaves;
use super::meaning::is_of_one_response;
use super::message::snake_case;

/// The bodies of a source, grouped by the place of the message or, if they have none, of the code.
#[derive(Debug, Default)]
pub(super) struct Bodies(Vec<Form>);

#[derive(Debug)]
struct Form {
    /// The place of the first one in the source.
    first: Place,
    place: Option<String>,
    template: Value,
    /// The distinct contents of bodies, so that an example that is shown twice counts once.
    said: BTreeSet<String>,
    /// The media types, each with its number of examples.
    media_types: Vec<(String, usize)>,
}

/// What the catalog says about bodies.
#[derive(Debug, Default)]
pub(super) struct Common {
    pub(super) body: Option<Said<Value>>,
    pub(super) media_type: Option<Said<String>>,
    /// What identifies errors, if bodies have no message.
    pub(super) identity: Option<Said<&'static str>>,
    /// Why bodies in other formats are left out.
    pub(super) others: Vec<(Place, String)>,
}

/// The default media type of bodies.
const JSON: &str = "application/json";

/// Texts that mark a body as an error. None of them is a code.
pub(super) const MARKS: &[&str] = &["about:blank", "error", "errors", "fail", "failed", "failure"];

/// Boolean members that do the same.
const FLAGS: &[&str] = &["error", "failed", "is_error", "ok", "succeeded", "success"];

impl Bodies {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, body: &Body, media_type: Option<&str>, first: &Place) {
        let place = place(&body.template, "{detail}").or_else(|| place(&body.template, "{code}"));
        let said = format!("{:?} {:?}", body.message, body.code);
        let media_type = media_type.unwrap_or(JSON);
        if let Some(form) = self.0.iter_mut().find(|form| form.place == place) {
            form.template = merged(form.template.take(), &body.template);
            if form.said.insert(said) {
                match form.media_types.iter_mut().find(|(it, _)| it == media_type) {
                    Some((_, count)) => *count += 1,
                    None => form.media_types.push((media_type.to_owned(), 1)),
                }
            }
            return;
        }
        let template = body.template.clone();
        let first = first.clone();
        let (said, media_types) = (BTreeSet::from([said]), vec![(media_type.to_owned(), 1)]);
        self.0.push(Form { first, place, template, said, media_types });
    }

    /// Returns the forms of bodies, those of most errors first, after `place_members` has put placeholders into the first one.
    pub(super) fn forms(mut self, place_members: impl FnOnce(&mut Value)) -> Vec<Value> {
        self.0.sort_by_key(|form| Reverse(form.said.len()));
        if let Some(first) = self.0.first_mut().filter(|first| first.said.len() > 1) {
            place_members(&mut first.template);
        }
        let template = |form: Form| common("", form.template, form.said.len() > 1);
        self.0.into_iter().map(template).collect()
    }

    /// Returns why bodies that have the message elsewhere than a format are left out.
    pub(super) fn others_than(self, format: &Value) -> Vec<(Place, String)> {
        let its = place(format, "{detail}").or_else(|| place(format, "{code}"));
        let others = self.0.iter().filter(|form| form.place != its);
        others.map(|form| (form.first.clone(), form.why_left_out())).collect()
    }

    /// Returns what most bodies have in common, after `place_members` has put placeholders into it.
    pub(super) fn concluded(mut self, place_members: impl FnOnce(&mut Value)) -> Common {
        let forms = self.0.iter().enumerate().filter(|(_, form)| form.place.is_some());
        let most = forms.max_by_key(|(at, form)| (form.said.len(), Reverse(*at)));
        let most = most.map(|(at, _)| at).map(|at| self.0.remove(at));
        let others = self.0.iter().map(|form| (form.first.clone(), form.why_left_out())).collect();
        let Some(mut form) = most else { return Common { others, ..Common::default() } };
        let several = form.said.len() > 1;
        if several {
            place_members(&mut form.template);
        }
        let template = common("", form.template, several);
        let why = if several { "what the examples have in common" } else { "from one example" };
        let has_message = place(&template, "{detail}").is_some();
        let is_mixed = !self.0.is_empty() || form.media_types.len() > 1;
        let most = form.media_types.into_iter().rev().max_by_key(|(_, count)| *count);
        let media_type = most.map(|(it, _)| it).filter(|it| it != JSON).map(|value| {
            let guess = is_mixed.then(|| "that of most examples".into());
            Said { value, guess }
        });
        Common {
            body: Some(Said::guess(template, why)),
            media_type,
            identity: (!has_message).then(|| Said::guess("code", "bodies have no message")),
            others,
        }
    }
}

impl Form {
    fn why_left_out(&self) -> String {
        let bodies = crate::messages::counted(self.said.len(), "example");
        match &self.place {
            Some(_) => format!("{bodies} with bodies of another form, `{}`", self.template),
            None => format!("{bodies} with bodies that are texts, not objects"),
        }
    }
}

/// Returns the place of a placeholder in a template, as a JSON Pointer. It may be optional there.
pub(super) fn place(template: &Value, placeholder: &str) -> Option<String> {
    let is_it = |text: &str| text.replace("?}", "}") == placeholder;
    leaves(template)
        .into_iter()
        .find(|leaf| leaf.text().is_some_and(is_it))
        .map(|leaf| leaf.pointer)
}

/// Keeps as constants only what bodies of other errors probably have too. `name` is the name of the member.
fn common(name: &str, template: Value, several: bool) -> Value {
    let is_any = |value: &Value| *value == any();
    match template {
        Value::Object(members) => {
            let below = members.into_iter().map(|(name, value)| {
                let value = common(&name, value, several);
                (name, value)
            });
            let below: serde_json::Map<String, Value> = below.collect();
            let is_kept = if below.is_empty() { several } else { !below.values().all(is_any) };
            if is_kept { below.into() } else { any() }
        }
        Value::Array(items) => {
            let below: Vec<Value> =
                items.into_iter().map(|item| common(name, item, several)).collect();
            let is_kept = if below.is_empty() { several } else { !below.iter().all(is_any) };
            if is_kept { below.into() } else { any() }
        }
        Value::String(text) => {
            let is_placeholder = leaf(&text).is_some();
            let is_constant = MARKS.contains(&text.as_str()) || several;
            let is_kept = is_placeholder || is_constant && !is_of_one_response(name, &text);
            if is_kept { text.into() } else { any() }
        }
        Value::Bool(_) if !several && !FLAGS.contains(&snake_case(name).as_str()) => any(),
        Value::Null if !several => any(),
        other => other,
    }
}
