//! Finds the format of bodies: what most bodies of a source have in common.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use kate_errors_codegen::envelope::leaf;
use serde_json::Value;

use super::body::{Body, any, merged};
use super::draft::{Draft, Place, Said};
use super::leaves::leaves;
use super::meaning::is_of_one_response;
use super::message::snake_case;

/// The bodies of a source, grouped by the place of the message or, if they have none, of the code.
#[derive(Debug, Default)]
pub(super) struct Bodies(Vec<Form>);

#[derive(Debug, Default)]
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
        let place = place_of_error(&body.template);
        let said = format!("{:?} {:?}", body.message, body.code);
        let media_type = media_type.unwrap_or(JSON);
        let known = self.0.iter().position(|form| form.place == place);
        let at = known.unwrap_or_else(|| {
            let (first, template) = (first.clone(), body.template.clone());
            self.0.push(Form { first, place, template, ..Form::default() });
            self.0.len() - 1
        });
        let form = &mut self.0[at];
        form.template = merged(form.template.take(), &body.template);
        if form.said.insert(said) {
            match form.media_types.iter_mut().find(|(it, _)| it == media_type) {
                Some((_, count)) => *count += 1,
                None => form.media_types.push((media_type.to_owned(), 1)),
            }
        }
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
}

impl Draft {
    /// Adds what most bodies of a source have in common, unless the source has their format. The others are left out.
    pub(super) fn take_bodies(&mut self, bodies: Bodies) {
        let Bodies(mut forms) = bodies;
        let place = match self.body.clone() {
            Some(given) => {
                self.fit(&given.value);
                place_of_error(&given.value)
            }
            None => self.conclude(&mut forms),
        };
        for form in forms.iter().filter(|form| form.place.is_none() || form.place != place) {
            self.leave_out(&form.first, form.why_left_out());
        }
    }

    /// Adds what the bodies of most errors have in common, and returns where these have the message.
    fn conclude(&mut self, forms: &mut [Form]) -> Option<String> {
        let is_mixed = forms.len() > 1;
        let forms = forms.iter_mut().rev().filter(|form| form.place.is_some());
        let form = forms.max_by_key(|form| form.said.len())?;
        let several = form.said.len() > 1;
        if several {
            self.place_members(&mut form.template);
        }
        let template = common("", form.template.clone(), several);
        let why = if several { "what the examples have in common" } else { "from one example" };
        let is_mixed = is_mixed || form.media_types.len() > 1;
        let most = form.media_types.iter().rev().max_by_key(|(_, count)| *count);
        self.media_type = most.filter(|(it, _)| it != JSON).map(|(it, _)| {
            let guess = is_mixed.then(|| "that of most examples".into());
            Said { value: it.clone(), guess }
        });
        if self.identity.is_none() && place(&template, "{detail}").is_none() {
            self.identity = Some(Said::guess("code", "bodies have no message"));
        }
        self.body = Some(Said::guess(template, why));
        form.place.clone()
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

/// Returns the place of the message or, if there is none, of the code.
fn place_of_error(template: &Value) -> Option<String> {
    place(template, "{detail}").or_else(|| place(template, "{code}"))
}

/// Keeps as constants only what bodies of other errors probably have too. `name` is the name of the member.
fn common(name: &str, mut template: Value, several: bool) -> Value {
    let is_any = |value: &Value| *value == any();
    let is_kept = match &mut template {
        Value::Object(members) => {
            for (name, below) in members.iter_mut() {
                *below = common(name, below.take(), several);
            }
            if members.is_empty() { several } else { !members.values().all(is_any) }
        }
        Value::Array(items) => {
            for below in items.iter_mut() {
                *below = common(name, below.take(), several);
            }
            if items.is_empty() { several } else { !items.iter().all(is_any) }
        }
        Value::String(text) => {
            let is_constant = MARKS.contains(&text.as_str()) || several;
            leaf(text).is_some() || is_constant && !is_of_one_response(name, text)
        }
        Value::Bool(_) => several || FLAGS.contains(&snake_case(name).as_str()),
        Value::Null => several,
        Value::Number(_) => true,
    };
    if is_kept { template } else { any() }
}
