//! The example bodies in an OpenAPI document: explicit ones, and those that can be derived from schemas.

use serde_json::{Map, Value, json};

use super::body::{self, Body, MESSAGES};
use super::codes::is_code_with_spaces;
use super::draft::{ErrorDraft, Said};
use super::message::snake_case;
use crate::publish::openapi::{MARK_MEMBER, MOST_REFERENCES, WIRE, resolved};

/// How deep schemas are searched; the next constant is the maximum number of bodies from one schema.
const DEEPEST: usize = 12;
const MOST_BODIES: usize = 256;

/// Names of examples without meaning.
const PLAIN_NAMES: &[&str] = &["example", "default", "response", "error", "value"];

/// An OpenAPI document.
#[derive(Clone, Copy)]
pub(super) struct Document<'d>(pub(super) &'d Value);

impl Default for Document<'_> {
    fn default() -> Self {
        Self(&Value::Null)
    }
}

/// An example of a body, with its description.
#[derive(Clone, Default)]
pub(super) struct Example<'d> {
    /// The path of member names from the media type to the example.
    pub(super) path: Vec<&'d str>,
    pub(super) name: Option<&'d str>,
    pub(super) summary: Option<&'d str>,
    pub(super) description: Option<&'d str>,
    pub(super) value: Value,
    pub(super) extensions: Vec<(String, Value)>,
    /// Whether it was put together from examples of members, which may belong to different errors.
    pub(super) is_assembled: bool,
}

impl Example<'_> {
    /// Splits the example into one for each error that the body lists. A JSON body may be given as a string.
    pub(super) fn each(mut self, media_type: &str) -> Vec<Self> {
        let text = self.value.as_str().filter(|_| media_type.contains("json"));
        let body = text.and_then(|text| serde_json::from_str(text).ok());
        let body = body.filter(Value::is_object).unwrap_or_else(|| self.value.take());
        body::each(body).into_iter().map(|value| Self { value, ..self.clone() }).collect()
    }
}

impl<'d> Document<'d> {
    /// Returns the examples of a media type or, if there are none, those derived from its schema.
    pub(super) fn examples(self, content: &'d Value) -> Vec<Example<'d>> {
        let mut all = Vec::new();
        for (name, example) in members(&content["examples"]) {
            let example = self.resolved(example);
            let text = |member: &str| example[member].as_str();
            let is_plain = PLAIN_NAMES.contains(
                &name.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase().as_str(),
            );
            all.push(Example {
                path: vec!["examples", name],
                name: Some(name.as_str()).filter(|_| !is_plain),
                summary: text("summary"),
                description: text("description"),
                value: example.get("value").cloned().unwrap_or_default(),
                extensions: extensions(example),
                is_assembled: false,
            });
        }
        let unnamed = |value| Example { path: vec!["example"], value, ..Example::default() };
        if let Some(example) = content.get("example").filter(|_| all.is_empty()) {
            all.push(unnamed(example.clone()));
        }
        if all.is_empty() {
            let schema = self.resolved(&content["schema"]);
            let bodies = self.of_schema(schema, 0, &mut { MOST_BODIES }, true);
            let is_whole = ["example", "examples"].iter().any(|it| schema.get(*it).is_some());
            // Constants determine a body, examples do not.
            let sure = self.of_schema(schema, 0, &mut { MOST_BODIES }, is_whole);
            let example = |body| Example { is_assembled: !sure.contains(&body), ..unnamed(body) };
            all.extend(bodies.into_iter().map(example));
        }
        all
    }

    /// Returns the first example of a header, or else the only value that its schema allows or defaults to.
    pub(super) fn value_of(self, header: &'d Value) -> Option<Value> {
        let content = members(&header["content"]).next().map_or(header, |(_, content)| content);
        let example = self.examples(content).into_iter().next().map(|example| example.value);
        let default = || self.resolved(&content["schema"]).get("default").cloned();
        example.or_else(default).filter(|it| !it.is_null())
    }

    /// Returns the bodies that a schema describes by constants and, unless `takes_examples` is false, by examples.
    fn of_schema(
        self,
        schema: &'d Value,
        depth: usize,
        budget: &mut usize,
        takes_examples: bool,
    ) -> Vec<Value> {
        let schema = self.resolved(schema);
        if depth > DEEPEST || *budget == 0 {
            return Vec::new();
        }
        *budget -= 1;
        let list = |member: &str| schema[member].as_array().cloned().filter(|it| !it.is_empty());
        let single = |member: &str| schema.get(member).cloned().map(|it| vec![it]);
        let example = || single("example").or_else(|| list("examples"));
        let said = takes_examples
            .then(example)
            .flatten()
            .or_else(|| single("const"))
            .or_else(|| list("enum"));
        if let Some(said) = said {
            return said.into_iter().take(MOST_BODIES).collect();
        }
        let mut bodies: Vec<Value> = Vec::new();
        for choice in
            ["oneOf", "anyOf"].into_iter().filter_map(|it| schema[it].as_array()).flatten()
        {
            bodies.extend(self.of_schema(choice, depth + 1, budget, takes_examples));
        }
        if !bodies.is_empty() {
            return bodies;
        }
        let mut bodies = vec![Map::new()];
        for part in schema["allOf"].as_array().into_iter().flatten() {
            spread(&mut bodies, &self.of_schema(part, depth + 1, budget, takes_examples));
        }
        for (name, property) in members(&schema["properties"]) {
            let values = self.of_schema(property, depth + 1, budget, takes_examples).into_iter();
            let values: Vec<Value> = values.map(|value| json!({ name: value })).collect();
            spread(&mut bodies, &values);
        }
        bodies.into_iter().filter(|body| !body.is_empty()).map(Value::Object).collect()
    }

    /// Returns the member with the usual name of a message, if its schema is a list and no other candidate is a string.
    pub(super) fn list_for_message(self, content: &'d Value) -> Option<&'d str> {
        let schema = self.resolved(&content["schema"]);
        let kind = |name: &&str| {
            let property = schema["properties"].as_object()?.get_key_value(*name)?;
            Some((property.0.as_str(), self.resolved(property.1)["type"].as_str()?))
        };
        let kinds: Vec<(&str, &str)> = MESSAGES.iter().filter_map(kind).collect();
        let is_text = kinds.iter().any(|(_, kind)| *kind == "string");
        kinds.into_iter().find(|(_, kind)| *kind == "array" && !is_text).map(|(name, _)| name)
    }

    /// Returns the path of a response: that of its reference if it can be resolved, otherwise `own`.
    pub(super) fn path_to(self, own: &[&str]) -> Vec<String> {
        let own: Vec<String> = own.iter().map(|it| (*it).to_owned()).collect();
        resolved(self.0, own.clone()).map_or(own, |(path, _)| path)
    }

    /// Resolves a reference within the document.
    pub(super) fn resolved(self, value: &'d Value) -> &'d Value {
        let mut value = value;
        for _ in 0..MOST_REFERENCES {
            let Some(pointer) = value["$ref"].as_str().and_then(|it| it.strip_prefix('#')) else {
                break;
            };
            match self.0.pointer(pointer) {
                Some(found) => value = found,
                None => break,
            }
        }
        value
    }
}

/// Puts the members of an object into each body. A single body is copied for each of several objects.
fn spread(bodies: &mut Vec<Map<String, Value>>, objects: &[Value]) {
    if let ([body], [_, _, ..]) = (&bodies[..], objects) {
        *bodies = vec![body.clone(); objects.len()];
    }
    let objects = objects.iter().chain(objects.last().into_iter().cycle());
    for (body, object) in bodies.iter_mut().zip(objects) {
        body.extend(object.as_object().cloned().unwrap_or_default());
    }
}

/// Returns the members of an object.
pub(super) fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Returns user-defined fields.
pub(super) fn extensions(value: &Value) -> Vec<(String, Value)> {
    let is_ours = |name: &str| [MARK_MEMBER, WIRE].contains(&name);
    let own = members(value).filter(|(name, _)| name.starts_with("x-") && !is_ours(name));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Returns the name of an error that shares its code. In names of examples, it follows the code.
pub(super) fn variant_of(example: &Example<'_>, error: &ErrorDraft) -> Option<String> {
    let variant = example.name?.strip_prefix(&*error.code_text()?)?.strip_prefix('.')?;
    Some(snake_case(variant))
}

/// Returns the code of an error: the one in the body, or else the name of the example.
pub(super) fn code_of(example: &Example<'_>, found: &Body, is_ours: bool) -> Option<Said<Value>> {
    if let Some(code) = &found.code {
        return Some(Said::surely(code.clone()));
    }
    let name = example.name.filter(|name| is_code_with_spaces(name))?;
    if is_ours {
        return Some(Said::surely(Value::from(name)));
    }
    Some(Said::guess(Value::from(snake_case(name)), "the name of the example"))
}
