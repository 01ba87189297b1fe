//! Reads OpenAPI documents: the responses with error statuses, and their examples. Swagger 2 documents are first
//! converted to version 3.
//!
//! If `generate openapi` added the errors, the examples have their codes, causes and fixes, and the patterns of the
//! schema have the types of values.

mod errors;

use std::collections::{HashMap, HashSet};

use kate_errors_codegen::envelope::leaf;
use kate_errors_model::envelope::{Leaf, Slot};
use kate_errors_model::status;
use serde_json::Value;

use super::Source;
use super::bodies::Bodies;
use super::body;
use super::draft::{Draft, ErrorDraft, OperationDraft, Said};
use super::examples::{Document, extensions, members};
use super::leaves::leaves;
use super::message::{Message, snake_case};
use super::names::{self, Names};
use super::patterns::Patterns;
use super::places::Places;
use super::statuses::{self, error_status, is_of_errors};
use super::swagger;
use super::table::one_line;
use crate::publish::openapi::{MARK_MEMBER, STATUS, WIRE, read_document};

/// Reads an OpenAPI document in YAML or JSON.
pub(super) fn read(source: &Source<'_>) -> Draft {
    let why = match read_document(source.text) {
        // `openapi: 3.1` is a number.
        Ok(document) if document["openapi"].to_string().trim_matches('"').starts_with("3.") => {
            return Reader::of(&document, Places::of(source)).read();
        }
        Ok(document) if swagger::is_one(&document) => {
            return Reader::of(&swagger::converted(document), Places::of(source)).read();
        }
        Ok(_) => {
            "this is not an OpenAPI document: it has neither `openapi: 3.…` nor `swagger: \"2.0\"`"
                .to_owned()
        }
        Err(why) => format!("the document cannot be read: {why}"),
    };
    let mut draft = Draft::default();
    draft.leave_out(&source.line(0), why);
    draft
}

/// The places of shared responses, in OpenAPI 3 and in Swagger 2.
const SHARED: [&[&str]; 2] = [&["components", "responses"], &["responses"]];

#[derive(Default)]
struct Reader<'d> {
    document: Document<'d>,
    places: Places,
    draft: Draft,
    /// The places of errors in the draft, by message and code.
    known: HashMap<(String, Option<String>), (usize, usize)>,
    codes: Names,
    /// Messages and codes, by the names of their examples.
    details: HashMap<String, (Message, Option<String>)>,
    /// The references of operations to shared responses.
    seen: HashSet<&'d str>,
    /// The names of contexts, by their texts.
    contexts: HashMap<String, String>,
    patterns: Patterns,
    /// The texts that values can have, by name.
    choices: HashMap<String, Vec<String>>,
    bodies: Bodies,
}

impl<'d> Reader<'d> {
    fn of(document: &'d Value, places: Places) -> Self {
        Self { document: Document(document), places, ..Self::default() }
    }

    fn read(mut self) -> Draft {
        self.head();
        for (path, item) in members(&self.document.0["paths"]) {
            let item = self.document.resolved(item);
            self.leads_nowhere(&["paths", path], item);
            for (method, operation) in members(item) {
                self.leads_nowhere(&["paths", path, method], operation);
                if operation["responses"].is_object() {
                    self.operation(path, method, operation);
                }
                for (name, callback) in members(&operation["callbacks"]) {
                    for (url, item) in members(self.document.resolved(callback)) {
                        let at = ["paths", path, method, "callbacks", name, url];
                        self.received("callback", &at, item);
                    }
                }
            }
        }
        for (name, item) in members(&self.document.0["webhooks"]) {
            self.received("webhook", &["webhooks", name], item);
        }
        // Responses to which no operation refers.
        for path in SHARED {
            let shared = path.iter().fold(self.document.0, |value, name| &value[name]);
            for (name, response) in members(shared) {
                if !self.seen.contains(format!("#/{}/{name}", path.join("/")).as_str()) {
                    let status = self.status_of(name, response);
                    let path = [path, &[name.as_str()][..]].concat();
                    self.response(name, &path, status, response, "Errors");
                }
            }
        }
        self.draft.take_bodies(self.bodies);
        for param in self.draft.errors_mut().flat_map(|error| &mut error.message.params) {
            param.choose_from(self.choices.get(&param.name));
        }
        self.draft
    }

    /// Whether the header field with the codes of a response lists that of an error.
    fn is_code_sent(&self, response: &Value, error: &ErrorDraft) -> bool {
        let code = error.code_text();
        let names = self.draft.header.iter().flat_map(members).map(|(name, _)| name);
        let codes = |name: &String| response["headers"][name]["schema"]["enum"].as_array();
        let mut codes = names.filter_map(codes).flatten();
        codes.any(|it| code.as_ref().is_some_and(|code| *it == **code))
    }

    /// Lists a reference that was not resolved, such as one to another file.
    fn leads_nowhere(&mut self, own: &[&str], value: &Value) {
        if let Some(reference) = value["$ref"].as_str() {
            let what = own[1..].join(" ");
            let is_inside = reference.starts_with('#');
            let why = if is_inside { "leads nowhere" } else { "is in another file: bundle them" };
            let why = format!("{what}: `{reference}` {why}");
            self.draft.leave_out(&self.places.at(own), why);
        }
    }

    fn head(&mut self) {
        let info = &self.document.0["info"];
        let text = |value: &Value| value.as_str().map(one_line).filter(|it| !it.is_empty());
        self.draft.title = text(&info["title"]);
        self.draft.summary = text(&info["description"]);
        let marked = members(&self.document.0["components"]["schemas"]);
        // The first one has all messages.
        let ours = marked.into_iter().find(|(_, schema)| !schema[MARK_MEMBER].is_null());
        let ours = ours.and_then(|(name, schema)| Some((name.strip_suffix("Error")?, schema)));
        let Some((name, schema)) = ours else {
            let name = self.draft.title.as_deref().map(names::camel_name);
            self.draft.name = name.map(|name| Said::guess(name, "from the title of the document"));
            return;
        };
        // The default title of a catalog without a title.
        self.draft.title = self.draft.title.take().filter(|it| *it != format!("Errors of {name}"));
        self.draft.name = Some(Said::surely(name.to_owned()));
        self.draft.extensions = extensions(schema);
        self.patterns = Patterns::of(schema);
        self.draft.take_wire(&schema[WIRE]);
        let format = self.draft.body.as_ref().map(|body| &body.value);
        self.choices = format.map(|format| choices(schema, format)).unwrap_or_default();
    }

    fn operation(&mut self, path: &str, method: &str, operation: &'d Value) {
        let tag = operation["tags"].get(0).and_then(Value::as_str).map(one_line);
        let section = tag.filter(|it| !it.is_empty()).unwrap_or_else(|| "Errors".to_owned());
        let route = format!("{} {path}", method.to_ascii_uppercase());
        let mut errors = Vec::new();
        for (status, response) in members(&operation["responses"]) {
            let own_status = self.said_status(response);
            if own_status.is_none() && !is_of_errors(status) {
                continue;
            }
            let code = own_status.or_else(|| error_status(status));
            self.seen.extend(response["$ref"].as_str());
            let what = format!("{route}, {status}");
            let own = ["paths", path, method, "responses", status];
            for code in self.response(&what, &own, code, response, &section) {
                if !errors.contains(&code) {
                    errors.push(code);
                }
            }
        }
        if errors.is_empty() {
            return;
        }
        let id = operation["operationId"].as_str().map(snake_case).filter(|it| !it.is_empty());
        let name = match id {
            Some(name) => Said::surely(name),
            None => Said::guess(snake_case(&route), "the operation has no `operationId`"),
        };
        let summary = operation["summary"].as_str().map(one_line);
        // The default summary of an operation without a summary.
        let summary = summary.filter(|it| *it != name.value.replace('_', " ") && !it.is_empty());
        self.draft.operations.push(OperationDraft { name, route, summary, errors });
    }

    /// Lists the error responses to webhooks and callbacks. Who receives these sends them, not the API.
    fn received(&mut self, kind: &str, path: &[&str], item: &Value) {
        for (method, operation) in members(self.document.resolved(item)) {
            let statuses = members(&operation["responses"]).map(|(status, _)| status.as_str());
            let statuses: Vec<&str> = statuses.filter(|status| is_of_errors(status)).collect();
            if let Some(first) = statuses.first() {
                let place = self.places.at(&[path, &[method, "responses", first]].concat());
                let name = path.last().copied().unwrap_or_default();
                let what =
                    format!("{} {name}, {}", method.to_ascii_uppercase(), statuses.join(", "));
                self.draft
                    .leave_out(&place, format!("{what}: the receiver of the {kind} sends this"));
            }
        }
    }

    /// Returns the status that a generated response has.
    fn said_status(&self, response: &'d Value) -> Option<u16> {
        let status = self.document.resolved(response)[STATUS].as_u64()?.try_into().ok();
        status.filter(|status| (100..600).contains(status))
    }

    /// Returns the status of a response without an operation, or guesses it from its name and its description.
    fn status_of(&self, name: &str, response: &'d Value) -> Option<u16> {
        if let Some(code) = self.said_status(response) {
            return Some(code);
        }
        let description = response["description"].as_str().unwrap_or_default();
        let plain = |text: &str| text.replace([' ', '_', '-'], "").to_lowercase();
        let number = name.get(..3).and_then(error_status);
        let is_it = |it: &str| description.starts_with(it) || plain(name).ends_with(&plain(it));
        let is_named = |code: &u16| statuses::names(*code).any(is_it);
        number.or_else(|| (400..=511).filter(|code| status::is_assigned(*code)).find(is_named))
    }

    /// Adds the errors of a response to the draft, and returns their names.
    fn response(
        &mut self,
        what: &str,
        own: &[&str],
        code: Option<u16>,
        response: &'d Value,
        section: &str,
    ) -> Vec<String> {
        let (place, path) = (self.places.at(own), self.document.path_to(own));
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let response = self.document.resolved(response);
        let is_ours = !response[MARK_MEMBER].is_null();
        let described = response["description"].as_str().unwrap_or_default();
        // The description continues with the codes of the errors.
        let head = described.split_once("\n\n").filter(|_| is_ours).map(|(head, _)| head);
        let described = one_line(head.unwrap_or(described));
        if let Some(code) = code {
            let said = is_ours.then(|| described.split_once(": ")).flatten();
            let (name, description) = said.unzip();
            self.draft.status(code, name.map(str::to_owned), description.map(str::to_owned));
            self.header_fields(response, code, &place);
        }
        let (mut names, mut is_said) = (Vec::new(), false);
        for (media_type, content) in members(&response["content"]) {
            let examples = self.document.examples(content).into_iter();
            for example in examples.flat_map(|example| example.each(media_type)) {
                let at = [&path[..], &["content", media_type], &example.path].concat();
                let at = self.places.at(&at);
                let ours = self.draft.body.as_ref().filter(|_| is_ours);
                let ours = ours.and_then(|it| body::read_as(&it.value, &example.value));
                let is_known = ours.is_some();
                // Successful responses have other examples, too.
                let is_error = code.is_none_or(status::is_error);
                let other = || self.body(&example).filter(|_| is_error);
                let Some(found) = ours.or_else(other) else {
                    let name = example.name.unwrap_or("the example");
                    if is_error {
                        self.draft.leave_out(&at, format!("{what}: {name} has no message"));
                    }
                    is_said = true;
                    continue;
                };
                if is_ours && self.is_context(&example, &found) {
                    is_said = true;
                    continue;
                }
                if !is_known {
                    self.bodies.add(&found, Some(media_type), &at);
                }
                let mut error = self.error_of(at, example, &found, is_ours);
                error.members.add(&found);
                error.without_code &= !self.is_code_sent(response, &error);
                error.statuses = code.into_iter().collect();
                names.push(self.error(section, error, is_ours));
            }
        }
        let contents = || members(&response["content"]).map(|(_, content)| content);
        let list = contents().find_map(|content| self.document.list_for_message(content));
        if let Some(member) = list.filter(|_| names.is_empty()) {
            let status = code.map_or_else(|| "default".to_owned(), |code| code.to_string());
            let why = format!("{status}: by its schema, `{member}` is a list, not a message");
            // Frameworks add this response to every operation.
            self.draft.leave_out_once(&place, why);
        } else if names.is_empty() && !described.is_empty() && code.is_some() {
            let message = Message::of_others(described.trim().trim_end_matches('.'));
            let mut error = ErrorDraft::new(self.places.at(&path), message);
            error.message_guess =
                Some("the description of the response, which has no example".into());
            error.statuses = code.into_iter().collect();
            names.push(self.error(section, error, false));
        } else if names.is_empty() && !is_said {
            let lacks = match (response["$ref"].as_str(), code) {
                (Some(reference), _) => format!("`{reference}` leads nowhere"),
                (None, None) => "it has neither an example nor a single status".to_owned(),
                (None, Some(_)) => "it has neither an example nor a description".to_owned(),
            };
            self.draft.leave_out(&place, format!("{what}: {lacks}"));
        }
        names
    }
}

/// Returns the texts that a schema lists for values, by the names that these have in the format of bodies.
fn choices(schema: &Value, format: &Value) -> HashMap<String, Vec<String>> {
    let mut all = HashMap::new();
    for place in leaves(format) {
        let Some((Leaf { slot: Slot::Param(name), .. }, _)) = place.text().and_then(leaf) else {
            continue;
        };
        let step = |name: &str| match name.parse::<usize>() {
            Ok(_) => "/items".to_owned(),
            Err(_) => format!("/properties/{name}"),
        };
        let path: String = place.pointer.split('/').skip(1).map(step).collect();
        let texts = schema.pointer(&path).and_then(|member| member["enum"].as_array());
        let texts = texts.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        all.insert(name.to_owned(), texts.collect());
    }
    all
}
