//! Converts a page with tables of errors, in any format, to a draft.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use kate_errors_model::template::CONTEXT_SEPARATOR;
use serde_json::Value;

use super::bodies::{Bodies, place};
use super::body::{self, Body};
use super::draft::{ContextDraft, Draft, ErrorDraft, Place, Said};
use super::examples::members;
use super::made_page;
use super::message::{Kind, Message, ParamDraft};
use super::names::name_of_code;
use super::pairs;
use super::patterns::{Patterns, with_examples};
use super::sentences::status_of_field;
use super::statuses::{has_name, status_of_heading};
use super::table::{self, Cell, Table, Writer, one_line, says_error};

/// The content of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) tables: Vec<Table>,
    /// What may be about errors and was not read: its place, its heading, and the reason.
    pub(super) unread: Vec<(Place, String, String)>,
    /// Headings that name a status and an error, with a text below them.
    pub(super) texts: Vec<(Place, String)>,
    /// The place of the current heading, until something begins below it.
    pub(super) head: Option<Place>,
    /// The heading above each heading, and the heading that each level has now.
    pub(super) above: HashMap<String, String>,
    pub(super) levels: BTreeMap<u8, String>,
    /// Headings that are below several others.
    pub(super) repeated: HashSet<String>,
    /// The paragraphs below the current heading.
    pub(super) paragraphs: Vec<(Place, Cell)>,
    /// Whether the current heading is formatted as code.
    pub(super) is_in_code: bool,
    /// Whether a list, a table or code is between it and the first text below it.
    pub(super) is_blocked: bool,
    /// Headings that can be codes, each with the first text below it.
    pub(super) headed: Vec<(Place, Cell)>,
    /// Those without a text, each with the heading and the reason why it is left out.
    pub(super) bare: Vec<(Place, String, String)>,
    /// Tables that were made of texts that begin with a message in quotes.
    pub(super) sentences: Vec<Table>,
    /// Texts that begin with a message in quotes: their place, the heading above them, and the message.
    pub(super) quoted: Vec<(Place, String, String)>,
    /// Headings with a list that was read, or an example, below them.
    pub(super) read: HashSet<String>,
    pub(super) examples: Vec<ExampleBody>,
    /// The status in a paragraph below the current heading.
    pub(super) status: Option<u16>,
    /// Whether the page was generated from a catalog, so that nothing is a guess.
    pub(super) is_made: bool,
    /// The settings of that catalog.
    pub(super) wire: Value,
}

/// A body in a block of code.
#[derive(Debug)]
pub(super) struct ExampleBody {
    place: Place,
    /// The status above it.
    status: Option<u16>,
    /// Whether the heading above it is about errors.
    is_of_errors: bool,
    value: Value,
}

impl Page {
    pub(super) fn draft(mut self, mut draft: Draft) -> Draft {
        self.end_paragraphs();
        self.take_headed();
        self.take_sentences();
        draft.title.clone_from(&self.title);
        draft.summary.clone_from(&self.summary);
        for table in &self.tables {
            if !(self.is_made && made_page::is_special(table)) {
                let writer = if self.is_made { Writer::Us } else { Writer::People };
                let turned =
                    pairs::of_table(table).filter(|it| !self.is_made && self.is_of_errors(it));
                let section = || self.section(&table.heading);
                let turned = turned.map(|it| Table { heading: section(), ..it });
                let read = table::read(turned.as_ref().unwrap_or(table), writer, &mut draft);
                let unread =
                    read.err().map(|why| (table.place.clone(), table.heading.clone(), why));
                self.unread.extend(unread);
            }
        }
        self.read.extend(self.tables.iter().map(|table| table.heading.clone()));
        for (place, heading) in std::mem::take(&mut self.texts) {
            let why = format!("the text below “{heading}” is not read");
            self.unread.extend((!self.read.contains(&heading)).then_some((place, heading, why)));
        }
        self.name_repeated(&mut draft);
        self.leave_out_quoted(&draft);
        self.leave_out_unread(&mut draft);
        if self.is_made {
            self.made(&mut draft);
        }
        self.examples(&mut draft);
        draft
    }

    /// Reports what may be about errors and was not read, once per heading.
    fn leave_out_unread(&mut self, draft: &mut Draft) {
        self.unread.sort_by_key(|(place, ..)| place.line);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (_, heading, _) in &self.unread {
            *counts.entry(heading).or_default() += 1;
        }
        for (place, heading, why) in self.unread.iter().filter(|_| !self.is_made) {
            // Further ones below the same heading are only counted.
            let Some(count) = counts.remove(heading.as_str()) else { continue };
            let below = match one_line(heading) {
                heading if heading.is_empty() => "without a heading".to_owned(),
                heading => format!("below “{heading}”"),
            };
            draft.leave_out(
                place,
                match count - 1 {
                    0 => why.clone(),
                    1 => format!("{why}; 1 more {below} is not read"),
                    more => format!("{why}; {more} more {below} are not read"),
                },
            );
        }
    }

    /// Reads a paragraph, such as `HTTP status: 404`. `head` is the place of its heading if nothing else is between them.
    /// The first one below the title is the summary.
    pub(super) fn paragraph(&mut self, place: Place, head: Option<Place>, text: &str) {
        let heading = self.current();
        let is_first = self.summary.is_none() && self.tables.is_empty();
        if is_first && self.title.as_ref() == Some(&heading) && !text.is_empty() {
            self.summary = Some(one_line(text));
        }
        let names_error = status_of_heading(&heading).is_some() && !has_name(&heading);
        self.quote(&place, &heading, text);
        self.texts.extend(head.filter(|_| names_error).map(|head| (head, heading)));
        self.paragraphs.push((place, Cell::of(text)));
        self.status = status_of_field(text).or(self.status);
    }

    /// Adds example bodies. The heading above them can name their status, as can a paragraph or the head of a response before
    /// them.
    pub(super) fn example(&mut self, place: &Place, text: &str) {
        let heading = self.current();
        let head = text.find("\n{").filter(|_| text.starts_with("HTTP/"));
        let status = head.and_then(|_| text.split([' ', '\n']).nth(1)?.parse().ok());
        let status = status.or(self.status).or_else(|| status_of_heading(&heading));
        let is_comment = |line: &&str| line.trim_start().starts_with("//");
        let lines = text[head.unwrap_or_default()..].lines().filter(|line| !is_comment(line));
        let text = lines.collect::<Vec<_>>().join("\n");
        let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
        let values: Vec<Value> = values.collect::<Result<_, _>>().unwrap_or_default();
        let values = values.into_iter().flat_map(body::each);
        let is_of_errors = says_error(&heading);
        let example = |value| ExampleBody { place: place.clone(), status, is_of_errors, value };
        self.examples.extend(values.map(example));
        self.read.insert(heading);
    }

    /// Reads a list below a heading. Items with links are skipped: they are a table of contents.
    pub(super) fn list(&mut self, heading: &str, mut items: Vec<(Place, Cell)>) {
        items.retain(|(_, cell)| cell.link.is_none());
        let Some((place, _)) = items.first() else { return };
        let table = pairs::of_list(heading, &items).filter(|it| self.is_of_errors(it));
        if let Some(mut table) = table {
            table.heading = Some(table.heading)
                .filter(|it| !it.is_empty())
                .unwrap_or_else(|| self.section(heading));
            table.place = place.clone();
            self.tables.push(table);
            self.read.insert(heading.to_owned());
        } else if let Some(table) = pairs::messages(heading, &items) {
            self.sentences.push(table);
        } else if says_error(heading) {
            let why = format!("the list below “{}” is not a table", one_line(heading));
            self.unread.push((place.clone(), heading.to_owned(), why));
        }
        for (place, cell) in &items {
            self.quote(place, heading, &cell.text);
        }
    }

    /// Reads the example bodies: their format, the contexts of messages, and codes.
    fn examples(self, draft: &mut Draft) {
        let messages = Patterns::of_messages(draft.errors().map(|error| &error.message));
        let is_table = self.is_made || draft.errors().next().is_some();
        let is_of_errors = self.title.as_deref().is_some_and(says_error);
        let codes: BTreeSet<String> =
            draft.errors().filter_map(|error| error.code_text().map(Cow::into_owned)).collect();
        let (mut known, mut others) = (Bodies::default(), Bodies::default());
        for example in self.examples {
            let place = example.place.clone();
            let is_known = |text: &str| cut(text, &messages, &[]).is_some();
            let is_code = |text: &str| codes.contains(text);
            let found = match &draft.body {
                Some(format) => body::read_as(&format.value, &example.value),
                None => body::read(&example.value, None, is_known, is_code),
            };
            let Some(found) = found else { continue };
            let message = found.message.clone();
            let cut = |message| (message, cut(message, &messages, &draft.contexts));
            match message.as_deref().map(cut) {
                Some((_, Some((message, behind)))) => {
                    learn(&message, behind, (&found, example.status), draft);
                }
                Some((message, None)) if has_message((&found, example.status), message, draft) => {}
                Some((message, None)) => {
                    let error = of_example(&example, message, &found, is_of_errors);
                    let Some(error) = error.filter(|_| !is_table) else {
                        if !self.is_made {
                            others.add(&found, None, &place);
                            draft.unknown_examples.push((place, message.to_owned()));
                        }
                        continue;
                    };
                    draft.push("", error);
                }
                None => {}
            }
            if !self.is_made {
                known.add(&found, None, &place);
            }
        }
        let bodies = if known.is_empty() { others } else { known };
        if self.is_made || !bodies.is_empty() {
            draft.take_bodies(bodies);
        }
        as_numbers(draft);
    }
}

/// Whether a body has the code of an error whose message the page does not say: it is this one instead of a guess, or it is
/// free text, of which this is an example.
fn has_message((found, status): (&Body, Option<u16>), message: &str, draft: &mut Draft) -> bool {
    let is_it = |error: &&mut ErrorDraft| {
        let codes = (error.code.as_ref().map(|code| &code.value), found.code.as_ref());
        let is_unsaid = error.message.is_empty() || error.message_guess.is_some();
        is_unsaid && matches!(codes, (Some(ours), Some(its)) if ours == its)
    };
    let Some(error) = draft.errors_mut().find(is_it) else { return false };
    if error.statuses.is_empty() {
        error.statuses.extend(status);
    }
    if !error.message.is_empty() {
        let read = Message::of_others(message);
        error.message_guess = read.number();
        let guessed = std::mem::replace(&mut error.message, read).source();
        error.cause = error.cause.take().or(Some(guessed));
    } else if error.message.params.is_empty() {
        error.message.params.push(ParamDraft {
            name: "detail".to_owned(),
            kind: Kind::Named("lines"),
            example: Some(message.to_owned()),
            ..ParamDraft::default()
        });
    }
    true
}

/// If the example of any error has a number as its code, all codes of digits are numbers.
fn as_numbers(draft: &mut Draft) {
    let is_number = |error: &ErrorDraft| error.code.as_ref().is_some_and(|it| it.value.is_number());
    if !draft.errors().any(is_number) {
        return;
    }
    for code in draft.errors_mut().filter_map(|error| error.code.as_mut()) {
        let number = code.value.as_str().and_then(|text| text.parse::<u64>().ok());
        let is_plain = |number: &u64| code.value.as_str() == Some(&number.to_string());
        if let Some(number) = number.filter(is_plain) {
            code.value = number.into();
        }
    }
}

/// Returns the error in an example body, if the body is recognizable as an error.
fn of_example(
    example: &ExampleBody,
    message: &str,
    body: &Body,
    is_of_errors: bool,
) -> Option<ErrorDraft> {
    let ExampleBody { status, value, .. } = example;
    let in_body = || value.pointer(&place(&body.template, "{status}")?)?.as_u64()?.try_into().ok();
    let status = status.or_else(in_body);
    let is_named = is_of_errors || members(value).any(|(name, _)| says_error(name));
    if status.is_none() && !example.is_of_errors && !(is_named && body.code.is_some()) {
        return None;
    }
    let mut error = ErrorDraft::new(example.place.clone(), Message::of_others(message));
    error.message_guess = error.message.number();
    error.code = body.code.clone().map(Said::surely);
    error.statuses = status.into_iter().collect();
    error.members.add(body);
    Some(error)
}

/// How many possible beginnings of a context are tried in a text.
const MOST_CUTS: usize = 16;

/// Returns the possible messages with context in a text: each up to a separator, with the text behind it.
pub(super) fn cuts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let separators = text.match_indices(CONTEXT_SEPARATOR).take(MOST_CUTS);
    separators.map(|(at, separator)| (&text[..at], &text[at + separator.len()..]))
}

/// Splits the text of a body into the message, as written in the catalog, and the context. The last value of a message
/// can be any text, but does not contain a known context.
fn cut<'t>(
    text: &'t str,
    messages: &Patterns,
    contexts: &[ContextDraft],
) -> Option<(String, Option<&'t str>)> {
    let cuts = || {
        cuts(text).filter_map(|(message, behind)| {
            Some((messages.find(message)?.source(), Some(behind).filter(|it| !it.is_empty())))
        })
    };
    let is_context = |behind: &str| {
        contexts.iter().any(|context| with_examples(&context.text, behind).is_some())
    };
    let with_context = cuts().find(|(_, behind)| behind.is_some_and(is_context));
    let whole = || Some((messages.find(text)?.source(), None));
    with_context.or_else(whole).or_else(|| cuts().next())
}

/// Adds context, code and status from a body to the errors with its message.
fn learn(
    message: &str,
    behind: Option<&str>,
    (body, status): (&Body, Option<u16>),
    draft: &mut Draft,
) {
    let context = behind.map(|behind| context(message, behind, draft));
    let mut errors: Vec<&mut ErrorDraft> =
        draft.errors_mut().filter(|error| error.message.source() == message).collect();
    if let ([error], Some(code)) = (errors.as_mut_slice(), &body.code) {
        let text = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
        let named = error.code_text().map(Cow::into_owned);
        let name = name_of_code(&text);
        let is_its_own = named.as_deref().is_none_or(|named| named == name || code.is_number());
        if is_its_own && error.code.as_ref().is_none_or(|it| it.value != *code) {
            let other = named.filter(|named| *named != text).map(|named| name_of_code(&named));
            error.name = other.filter(|other| *other != name).map(Said::surely);
            error.code = Some(Said::surely(code.clone()));
        }
    }
    for error in errors {
        if body.code.is_none() || body.code == error.code.as_ref().map(|it| it.value.clone()) {
            error.members.add(body);
            if error.statuses.is_empty() {
                error.statuses.extend(status);
            }
        }
        error.context = error.context.take().or_else(|| context.clone());
    }
}

/// Returns the name of the context of which `behind` is an example, and creates it if necessary.
fn context(message: &str, behind: &str, draft: &mut Draft) -> String {
    let is_of = |context: &&ContextDraft| with_examples(&context.text, behind).is_some();
    if let Some(context) = draft.contexts.iter().find(is_of) {
        return context.name.value.clone();
    }
    let why = "from an example of a body; the name is invented";
    let context = ContextDraft::unnamed(&name_of_code(message), Message::of_others(behind), why);
    draft.contexts.push(context.clone());
    context.name.value
}
