//! Tables of errors and of statuses: what their columns are, by their headings and by what stands in them.

use std::borrow::Cow;
use std::collections::HashSet;

use kate_errors_model::status;
use serde_json::{Number, Value};

use super::draft::{Draft, ErrorDraft, Place, Said};
use super::message::{Message, snake_case};

/// A table of a source.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What stands above it.
    pub(super) heading: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<Cell>,
}

/// A cell, and the name by which links lead to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) anchor: Option<String>,
    /// Where a link in it leads to.
    pub(super) link: Option<String>,
    /// A number of JSON.
    pub(super) number: Option<Number>,
}

impl Cell {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Status,
    Code,
    /// A code, or a status.
    CodeOrStatus,
    /// A message, or a code.
    Error,
    Message,
    /// The name of a status.
    Name,
    /// What a status or an error means; the message where nothing else is.
    Description,
    Cause,
    Fix,
    Section,
}

/// Headings, in small letters without anything else.
const HEADINGS: &[(Field, &[&str])] = &[
    (
        Field::Status,
        &[
            "status",
            "statuscode",
            "httpstatus",
            "httpstatuscode",
            "httpcode",
            "http",
            "responsecode",
            "httpresponse",
        ],
    ),
    (
        Field::Code,
        &[
            "errorcode",
            "errcode",
            "errorid",
            "id",
            "key",
            "identifier",
            "errorkey",
            "errorname",
            "symbol",
            "constant",
            "exception",
            "errortype",
            "type",
            "slug",
            "reasoncode",
        ],
    ),
    (Field::CodeOrStatus, &["code"]),
    (Field::Error, &["error", "errors"]),
    (
        Field::Message,
        &[
            "message",
            "errormessage",
            "detail",
            "details",
            "msg",
            "text",
            "errortext",
            "messagetext",
            "errordetail",
            "response",
        ],
    ),
    (Field::Name, &["name", "title", "statustext", "phrase", "reasonphrase"]),
    (
        Field::Description,
        &[
            "description",
            "meaning",
            "explanation",
            "summary",
            "errordescription",
            "definition",
            "overview",
        ],
    ),
    (
        Field::Cause,
        &[
            "cause",
            "causes",
            "possiblecause",
            "possiblecauses",
            "probablecause",
            "reason",
            "reasons",
            "why",
            "when",
            "whatitmeans",
            "whathappened",
            "whyithappens",
        ],
    ),
    (
        Field::Fix,
        &[
            "fix",
            "fixes",
            "solution",
            "solutions",
            "resolution",
            "action",
            "actions",
            "remedy",
            "whattodo",
            "howtofix",
            "howtoresolve",
            "recommendation",
            "recommendedaction",
            "suggestedaction",
            "suggestion",
            "recovery",
            "mitigation",
            "workaround",
            "userresponse",
            "nextsteps",
        ],
    ),
    (Field::Section, &["section", "category", "group", "area", "module", "component"]),
];

/// What a heading stands for.
fn field_of(heading: &str) -> Option<Field> {
    let plain: String = heading
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    HEADINGS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(field, _)| *field)
}

/// Whether a heading is one of a table of errors or statuses.
pub(super) fn is_known(heading: &str) -> bool {
    field_of(heading).is_some()
}

/// The columns of a table, by what they hold.
#[derive(Debug, Default)]
struct Columns {
    status: Option<usize>,
    code: Option<usize>,
    message: Option<usize>,
    name: Option<usize>,
    description: Option<usize>,
    cause: Option<usize>,
    fix: Option<usize>,
    section: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let fields: Vec<Option<Field>> = table.columns.iter().map(|it| field_of(it)).collect();
        let first = |field: Field| fields.iter().position(|it| *it == Some(field));
        let mut columns = Self {
            status: first(Field::Status),
            code: first(Field::Code),
            message: first(Field::Message),
            name: first(Field::Name),
            description: first(Field::Description),
            cause: first(Field::Cause),
            fix: first(Field::Fix),
            section: first(Field::Section),
        };
        if let Some(column) = first(Field::CodeOrStatus) {
            if columns.status.is_none() && table.all(column, |text| status_of(text).is_some()) {
                columns.status = Some(column);
            } else if columns.code.is_none() {
                columns.code = Some(column);
            }
        }
        if let Some(column) = first(Field::Error) {
            let others = columns.message.is_some() || columns.description.is_some();
            if others && columns.code.is_none() && table.all(column, is_code) {
                columns.code = Some(column);
            } else if columns.message.is_none() {
                columns.message = Some(column);
            } else if columns.name.is_none() {
                columns.name = Some(column);
            }
        }
        columns
    }

    /// Whether each row is a status: nothing else tells rows apart.
    fn is_of_statuses(&self, table: &Table) -> bool {
        let Some(status) = self.status else { return false };
        let mut seen = HashSet::new();
        self.code.is_none()
            && self.fix.is_none()
            && self.message.is_none()
            && (self.name.is_some() || self.description.is_some() || self.cause.is_some())
            && table
                .rows
                .iter()
                .all(|row| status_of(row.text(status)).is_some_and(|it| seen.insert(it)))
    }
}

impl Table {
    /// Whether what is written in a column, if anything is, is so.
    fn all(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let mut texts =
            self.rows.iter().map(|row| row.text(column)).filter(|it| !it.is_empty()).peekable();
        texts.peek().is_some() && texts.all(is)
    }
}

impl Row {
    fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// A text for people: one line; nothing where a dash stands for nothing.
    fn prose(&self, column: Option<usize>) -> Option<String> {
        let text = one_line(self.text(column?));
        (!matches!(text.as_str(), "" | "-" | "–" | "—" | "N/A" | "n/a")).then_some(text)
    }
}

/// Words with single blanks between them, without characters that do not show.
pub(super) fn one_line(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    let text: String = text.chars().map(shown).collect();
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// What a table says of errors or statuses. Anchors are codes of errors on pages that are `made` from a catalog.
pub(super) fn draft(table: &Table, place: &Place, made: bool, draft: &mut Draft) {
    let columns = Columns::of(table);
    if columns.is_of_statuses(table) {
        return statuses(table, &columns, draft);
    }
    let description_is_message = columns.message.is_none();
    let Some(message) = columns.message.or(columns.description).or(columns.name) else {
        if columns.code.is_some() || columns.status.is_some() {
            draft.leave_out(
                place,
                format!("the table with the columns {} has none for messages", listed(table)),
            );
        }
        return;
    };
    if columns.status.is_none()
        && columns.code.is_none()
        && columns.cause.is_none()
        && columns.fix.is_none()
    {
        return;
    }
    let others = others(table, &columns, message);
    let why = description_is_message
        .then(|| format!("the column “{}”", one_line(&table.columns[message])));
    for row in &table.rows {
        let Some(error) = error(row, &columns, message, made, draft) else { continue };
        let section = row.prose(columns.section).unwrap_or_else(|| table.heading.clone());
        let own = others
            .iter()
            .filter_map(|(name, at)| Some((name.clone(), row.prose(Some(*at))?.into())));
        let extensions = own.collect();
        draft.push(
            &section,
            ErrorDraft { message_guess: why.clone().map(Cow::Owned), extensions, ..error },
        );
    }
}

fn listed(table: &Table) -> String {
    table.columns.iter().map(|it| format!("“{}”", one_line(it))).collect::<Vec<String>>().join(", ")
}

/// Columns for which a catalog has nothing of its own: they become fields of the user's own.
fn others(table: &Table, columns: &Columns, message: usize) -> Vec<(String, usize)> {
    let description = columns.description.filter(|_| columns.cause.is_none());
    let used = [
        columns.status,
        columns.code,
        columns.cause,
        columns.fix,
        columns.section,
        description,
        Some(message),
    ];
    let mut taken = HashSet::new();
    let named = table.columns.iter().enumerate().filter(|(at, _)| !used.contains(&Some(*at)));
    let named =
        named.map(|(at, heading)| (format!("x-{}", snake_case(heading).replace('_', "-")), at));
    named.filter(|(name, _)| name.len() > 2 && taken.insert(name.clone())).collect()
}

fn statuses(table: &Table, columns: &Columns, draft: &mut Draft) {
    for row in &table.rows {
        let (codes, named) = statuses_of(row.text(columns.status.unwrap_or_default()));
        let described = columns.description.or(columns.cause);
        let name = row.prose(columns.name).or(named);
        for code in codes {
            draft.status(code, name.clone(), row.prose(described));
        }
    }
}

fn error(
    row: &Row,
    columns: &Columns,
    message: usize,
    made: bool,
    draft: &mut Draft,
) -> Option<ErrorDraft> {
    let text = row.text(message);
    let text = if made { made_message(text) } else { unquoted(text) };
    if text.is_empty() {
        if row.cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            draft.leave_out(&row.place, "the row has no message");
        }
        return None;
    }
    let parsed = if made { Message::constant(text) } else { Message::of_others(text) };
    let mut error = ErrorDraft::new(row.place.clone(), parsed);
    if let Some(column) = columns.status {
        let cell = row.text(column);
        let (mut codes, named) = statuses_of(cell);
        if made {
            // Where errors travel with a success, its status is not theirs.
            codes.retain(|code| status::is_error(*code));
        } else if let Some(code) = codes.iter().find(|code| !status::is_error(**code)) {
            let why = format!("the status {code} of “{}” is not an error status", one_line(text));
            draft.leave_out(&row.place, why);
            return None;
        }
        if codes.is_empty() && !cell.is_empty() {
            draft.leave_out(&row.place, format!("“{}” is not a status", one_line(cell)));
        }
        for code in &codes {
            draft.status(*code, named.clone(), None);
        }
        error.statuses = codes;
    }
    error.code = code(row, columns, message, made, draft);
    let anchor = row.cells.get(message).and_then(|cell| cell.anchor.clone());
    error.name = anchor.filter(|_| made && columns.code.is_some()).map(Said::surely);
    let description = columns.description.filter(|it| *it != message);
    error.cause = row.prose(columns.cause).or_else(|| row.prose(description));
    error.fix = row.prose(columns.fix);
    Some(error)
}

fn code(
    row: &Row,
    columns: &Columns,
    message: usize,
    made: bool,
    draft: &mut Draft,
) -> Option<Said<Value>> {
    let cell = columns.code.and_then(|column| row.cells.get(column));
    if let Some(cell) = cell.filter(|cell| !cell.text.trim().is_empty()) {
        let text = cell.text.trim().trim_matches(['`', '"', '\'']);
        // Pages that are made from a catalog do not say whether a code is a number or a text of digits.
        let made_number = || text.parse().ok().filter(|it: &Number| made && it.to_string() == text);
        if let Some(number) = cell.number.clone().or_else(made_number) {
            return Some(Said::surely(Value::Number(number)));
        }
        if is_code(text) {
            return Some(Said::surely(Value::from(text)));
        }
        draft.leave_out(&row.place, format!("“{}” cannot be a code", one_line(text)));
    }
    let anchor = row.cells.get(message).and_then(|cell| cell.anchor.as_deref());
    let anchor = anchor.filter(|anchor| is_code(anchor)).map(Value::from)?;
    Some(if made {
        Said::surely(anchor)
    } else {
        Said::guess(anchor, "the anchor of the error on the page")
    })
}

/// Whether a text can be the code of an error: visible characters of ASCII, with a letter or a digit among them.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 100
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// The status that a text begins with: `404`, or `404 Not Found`.
pub(super) fn status_of(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = text.get(..3)?;
    let ends = !text[3..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
    let code: u16 = digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())??;
    (ends && (100..600).contains(&code)).then_some(code)
}

/// The statuses that a text begins with, and the name behind a single one: `404 Not Found`, `500, 502 - Server errors`.
fn statuses_of(text: &str) -> (Vec<u16>, Option<String>) {
    let mut codes = Vec::new();
    let mut rest = text.trim();
    while let Some(code) = status_of(rest) {
        if !codes.contains(&code) {
            codes.push(code);
        }
        rest = rest[3..].trim_start_matches(|c: char| c.is_whitespace() || ",/:;–—-".contains(c));
    }
    let name = Some(one_line(rest)).filter(|name| codes.len() == 1 && !name.is_empty());
    (codes, name)
}

/// A message of a page that was made from a catalog: quotes stand around it.
pub(super) fn made_message(text: &str) -> &str {
    text.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(text)
}

/// A message without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    const QUOTES: &[(char, char)] =
        &[('"', '"'), ('“', '”'), ('\'', '\''), ('`', '`'), ('«', '»'), ('‘', '’')];
    let text = text.trim();
    let inside =
        QUOTES.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    let inside = inside.filter(|it| !it.contains(['"', '“', '”', '`']) && !it.is_empty());
    inside.map_or(text, str::trim)
}
