//! Reads pages that `generate html` wrote. They have the tables of the decoder, and cards with the rest.

use std::collections::{BTreeMap, HashMap};

use kate_errors_model::status::{HEADER_FIELDS, Retry};
use kate_errors_model::types::TYPES;
use serde_json::Value;

use super::Source;
use super::body::{self, Body};
use super::draft::{ContextDraft, Draft, ErrorDraft, OperationDraft, RetiredDraft, Said};
use super::fields;
use super::made_page::usual;
use super::message::{Kind, Message, ParamDraft, Piece, snake_case};
use super::names;
use super::node::Node;
use super::page::Page;
use super::table::{self, one_line};
use crate::messages::REMARKS;

/// Reads such a page. Returns `None` if something is missing.
pub(super) fn read(root: &Node, source: &Source<'_>, page: &Page) -> Option<Draft> {
    let all = root.all();
    let data = all.iter().find(|node| node.attribute("id") == Some("catalog-data"))?;
    let data: Value = serde_json::from_str(&data.raw_text()).ok()?;
    let mut draft =
        Draft { title: page.title.clone(), summary: page.summary.clone(), ..Draft::default() };
    draft.reference = data["reference"].as_str().map(str::to_owned);
    for table in &page.tables {
        table::draft(table, table::Writer::Us, &mut draft);
    }
    let cards: HashMap<&str, &Node> = root
        .named("article")
        .into_iter()
        .filter_map(|card| Some((card.attribute("id")?, card)))
        .collect();
    let errors = data["errors"].as_array()?;
    let names: Vec<String> = errors.iter().map(name).collect();
    let contexts = data["contexts"].as_array()?;
    let mut of_contexts: BTreeMap<usize, ContextDraft> = BTreeMap::new();
    draft.take_wire(data.get("wire").unwrap_or(&usual()));
    let format = draft.body.take();
    draft.extensions =
        root.named("header").first().map(|header| fields(header)).unwrap_or_default();
    for (at, row) in errors.iter().enumerate() {
        let card = cards.get(names[at].as_str()).copied();
        let described = card.map(values).unwrap_or_default();
        let own = params(&row["params"], &described);
        let mut error = ErrorDraft::new(
            source.line(card.map_or(0, |card| card.line)),
            message(&row["detail"], &own),
        );
        let found = card.zip(format.as_ref()).and_then(|(card, it)| example(card, &it.value));
        let code = found.as_ref().and_then(|found| found.code.clone().filter(Value::is_number));
        error.code = Some(Said::surely(code.unwrap_or_else(|| row["code"].clone())));
        error.without_code = row["without_code"] == true;
        if let Some(found) = found {
            error.members.add(&found);
        }
        error.name = row["name"].as_str().map(|name| Said::surely(name.to_owned()));
        error.statuses = statuses(row);
        let mut all_params = own.clone();
        if let Some(context) = index(&row["context"]) {
            let of_context = contexts.get(context).map(|it| params(it, &described));
            let of_context = of_context.unwrap_or_default();
            all_params.extend(of_context.clone());
            let new = || context_of(row, &own, &of_context);
            error.context = Some(of_contexts.entry(context).or_insert_with(new).name.value.clone());
        }
        error.cause = prose(&row["cause"], &all_params);
        error.fix = prose(&row["fix"], &all_params);
        let base = index(&row["base"]);
        error.same_as = base.and_then(|base| names.get(base)).cloned();
        error.former =
            row["former"].as_array().into_iter().flatten().map(|it| message(it, &own)).collect();
        error.retired = row["retired"].as_str().map(|reason| retired(reason, card));
        error.extensions = further(row, base.and_then(|base| errors.get(base)), card);
        draft.push(row["section"].as_str().unwrap_or_default(), error);
    }
    draft.contexts = of_contexts.into_values().collect();
    common_headers(&mut draft);
    if let Some(format) = format {
        draft.fit(&format.value);
        draft.body = Some(format);
    }
    draft.operations = operations(root);
    let section =
        all.iter().find(|node| node.attribute("aria-labelledby") == Some("the-operations"));
    let common =
        section.and_then(|section| section.children.iter().find(|it| it.has_class("chips")));
    draft.common = common.map(links).unwrap_or_default();
    Some(draft)
}

fn name(row: &Value) -> String {
    let name = row["name"].as_str().map(str::to_owned);
    name.or_else(|| row["code"].as_str().map(names::name_of_code)).unwrap_or_default()
}

fn index(value: &Value) -> Option<usize> {
    value.as_u64()?.try_into().ok()
}

fn statuses(row: &Value) -> Vec<u16> {
    let others = row["other_statuses"].as_array().into_iter().flatten();
    let all = std::iter::once(&row["status"]).chain(others);
    all.filter_map(|it| u16::try_from(it.as_u64()?).ok()).collect()
}

/// The descriptions and examples of values, by name.
type Values = HashMap<String, (Option<String>, Option<String>)>;

/// Returns the descriptions and examples of values in a card.
fn values(card: &Node) -> Values {
    let of_item = |item: &Node| {
        let name = item.children.iter().find(|it| it.has_class("name"))?.raw_text();
        let behind = item.children.iter().skip_while(|it| !it.has_class("kind")).skip(1);
        let (mut texts, mut example) = (String::new(), None);
        for node in behind {
            match node.name.as_str() {
                "" => texts.push_str(&node.raw_text()),
                "code" => example = Some(node.raw_text()),
                _ => {}
            }
        }
        let description = texts.trim_end().strip_suffix("; for example").unwrap_or(&texts);
        let description = description.strip_prefix("; ").unwrap_or_default();
        Some((name, (Some(one_line(description)).filter(|it| !it.is_empty()), example)))
    };
    card.named("li").into_iter().filter_map(of_item).collect()
}

fn params(rows: &Value, described: &Values) -> Vec<ParamDraft> {
    let param = |row: &Value| {
        let name = row["name"].as_str()?.to_owned();
        let choices = row["choices"].as_array().into_iter().flatten();
        let choices: Vec<String> =
            choices.filter_map(|it| it.as_str().map(str::to_owned)).collect();
        let kind = TYPES.iter().find(|info| row["type"] == info.name && choices.is_empty());
        let kind = kind.map_or_else(|| Kind::OneOf(choices), |info| Kind::Named(info.name));
        let (description, example) = described.get(&name).cloned().unwrap_or_default();
        let sensitive = row["sensitive"] == true;
        let member = row["member"].as_str().map(str::to_owned);
        let optional = row["optional"] == true;
        let guess = None;
        Some(ParamDraft { name, member, kind, description, example, sensitive, optional, guess })
    };
    rows.as_array().into_iter().flatten().filter_map(param).collect()
}

/// Reads a message: a literal, and segments, each with the index of a parameter and the literal after it.
fn message(row: &Value, params: &[ParamDraft]) -> Message {
    let mut message = Message { pieces: Vec::new(), params: params.to_vec() };
    for part in row.as_array().into_iter().flatten() {
        let Some(segment) = part.as_array() else {
            message.push_text(part.as_str().unwrap_or_default());
            continue;
        };
        let at = segment.first().and_then(index);
        message.pieces.extend(at.filter(|at| *at < params.len()).map(Piece::Value));
        message.push_text(segment.get(2).and_then(Value::as_str).unwrap_or_default());
    }
    message
}

/// Reads the context of an error: what the message with context has after the one without.
fn context_of(row: &Value, own: &[ParamDraft], of_context: &[ParamDraft]) -> ContextDraft {
    let all: Vec<ParamDraft> = own.iter().chain(of_context).cloned().collect();
    let (whole, detail) = (message(&row["full"], &all), message(&row["detail"], own));
    let text = whole.behind(&detail).unwrap_or_default().source();
    let text = Message::shown(&text.replace("{{", "{").replace("}}", "}"), of_context);
    let code = row["code"].as_str().map(names::name_of_code).unwrap_or_default();
    ContextDraft::unnamed(&code, text, "the page does not name it")
}

/// Reads a cause or fix: literals, and indices of parameters.
fn prose(row: &Value, params: &[ParamDraft]) -> Option<String> {
    let part = |part: &Value| match index(part).and_then(|at| params.get(at)) {
        Some(param) => format!("{{{}}}", param.name),
        None => part.as_str().unwrap_or_default().to_owned(),
    };
    Some(row.as_array()?.iter().map(part).collect()).filter(|text: &String| !text.is_empty())
}

fn retired(reason: &str, card: Option<&Node>) -> RetiredDraft {
    let mut retired = RetiredDraft { reason: reason.to_owned(), ..RetiredDraft::default() };
    let entry =
        card.map(entries).unwrap_or_default().into_iter().find(|(name, _)| name == "Retired");
    let Some((_, entry)) = entry else { return retired };
    let text = entry.raw_text();
    let behind = text.strip_prefix(reason).unwrap_or_default();
    let since = behind.strip_prefix(" (since ").and_then(|it| it.split_once(')'));
    retired.since = since.map(|(since, _)| since.to_owned());
    let link = entry.all().into_iter().find_map(|node| node.attribute("href")?.strip_prefix('#'));
    retired.replaced_by = link.map(str::to_owned);
    retired
}

/// Reads the example body in the card of an error.
fn example(card: &Node, format: &Value) -> Option<Body> {
    let body: Value = serde_json::from_str(&card.named("pre").first()?.raw_text()).ok()?;
    body::read_as(format, &body)
}

/// Returns the fields in a card whose names begin with `x-`.
fn fields(card: &Node) -> Vec<(String, Value)> {
    let own = entries(card).into_iter().filter(|(name, _)| name.starts_with("x-"));
    own.map(|(name, entry)| (name, value(entry))).collect()
}

/// Reads a value: a string, or JSON if it is formatted as code.
fn value(entry: &Node) -> Value {
    let text = entry.raw_text();
    let is_json = entry.children.first().is_some_and(|it| it.name == "code");
    serde_json::from_str(&text).ok().filter(|_| is_json).unwrap_or_else(|| Value::from(text))
}

/// Returns the entries of a description list, with their names.
fn entries(node: &Node) -> Vec<(String, &Node)> {
    let entry = |div: &'_ Node| match div.children.as_slice() {
        [dt, dd] if dt.name == "dt" && dd.name == "dd" => Some(dt.raw_text()),
        _ => None,
    };
    let all = node.named("div").into_iter();
    all.filter_map(|div| Some((entry(div)?, div.children.last()?))).collect()
}

/// Returns further properties of an error, as fields of a catalog.
fn further(row: &Value, base: Option<&Value>, card: Option<&Node>) -> Vec<(String, Value)> {
    let mut further = Vec::new();
    let status = row["status"].as_u64().and_then(|it| u16::try_from(it).ok()).unwrap_or_default();
    let usual = base.map_or_else(
        || Value::from(Retry::of_status(status).as_str()),
        |base| base["retry"].clone(),
    );
    if row["retry"] != usual {
        further.push(("retry".to_owned(), row["retry"].clone()));
    }
    for (name, entry) in card.map(entries).unwrap_or_default() {
        match name.as_str() {
            "Headers" if row["base"].is_null() => {
                let headers =
                    entry.named("li").into_iter().map(Node::raw_text).collect::<Vec<String>>();
                further.extend(headers.iter().filter_map(|header| header_field(header)));
            }
            label => {
                let remark = REMARKS.iter().find(|remark| remark.1 == label);
                further.extend(remark.map(|(name, ..)| ((*name).to_owned(), value(entry))));
            }
        }
    }
    further.extend(card.map(fields).unwrap_or_default());
    further
}

/// Converts a header field to a field of a catalog.
fn header_field(header: &str) -> Option<(String, Value)> {
    let (name, text) = header.split_once(": ")?;
    let key = snake_case(name);
    let value = fields::value_of(&key, &text.into())?;
    Some((key, value))
}

/// Moves header fields that all errors of a status share to the status.
fn common_headers(draft: &mut Draft) {
    for header in HEADER_FIELDS.iter().map(|field| field.key) {
        let mut values: BTreeMap<u16, Vec<Option<Value>>> = BTreeMap::new();
        for error in draft.errors().filter(|error| error.same_as.is_none()) {
            let value = error.extensions.iter().find(|(name, _)| name == header);
            let value = value.map(|(_, value)| value.clone());
            if let Some(status) = error.statuses.first() {
                values.entry(*status).or_default().push(value);
            }
        }
        values.retain(|_, values| {
            values[0].is_some() && values.iter().all(|value| *value == values[0])
        });
        for error in draft.errors_mut() {
            let is_common =
                error.statuses.first().is_some_and(|status| values.contains_key(status));
            error.extensions.retain(|(name, _)| !(is_common && name == header));
        }
        for (status, values) in values {
            let value = values.into_iter().next().flatten().unwrap_or_default();
            draft.statuses.entry(status).or_default().fields.insert(header.to_owned(), value);
        }
    }
}

fn operations(root: &Node) -> Vec<OperationDraft> {
    let operation = |item: &Node| {
        let name = item.attribute("id")?.strip_prefix("operation-")?.to_owned();
        let route = one_line(&item.named("h3").first()?.raw_text());
        let summary = item.named("p").first().map(|it| it.raw_text());
        Some(OperationDraft { name: Said::surely(name), route, summary, errors: links(item) })
    };
    root.named("li").into_iter().filter_map(operation).collect()
}

/// Returns the names of the errors to which links lead.
fn links(node: &Node) -> Vec<String> {
    let links = node.all().into_iter().filter_map(|node| node.attribute("href")?.strip_prefix('#'));
    links.map(str::to_owned).collect()
}
