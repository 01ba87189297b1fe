//! Finds the meaning of columns by their headings or, if a heading is ambiguous, by their contents.

use std::collections::HashSet;

use super::codes::is_code;
use super::message::snake_case;
use super::statuses::{
    error_status, has_name, is_class, is_status, status_named, status_of, statuses_of,
};
use super::table::{Row, Table};

/// What a column contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Status,
    Code,
    /// The name of an error in a program. It is a code if there is no other column for it.
    Symbol,
    /// A code, if the table also has messages or statuses. Otherwise it can be the type of a parameter.
    Kind,
    /// A code or a status.
    CodeOrStatus,
    /// A code or, less likely, a status.
    ErrorCode,
    /// A message or a code.
    Error,
    Message,
    /// The name of a status.
    Name,
    /// What a status or an error means. It is the message if there is no other column for it.
    Description,
    Cause,
    Fix,
    Section,
}

/// Headings, in lower case and without other characters than letters and digits. Neither an `s` at
/// the end nor `error` at the beginning matters.
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
            "statushttp",
            "statuses",
        ],
    ),
    (Field::Code, &["id", "key", "identifier", "slug", "reasoncode"]),
    (
        Field::Symbol,
        &[
            "errorname",
            "symbol",
            "constant",
            "exception",
            "errortype",
            "sqlstate",
            "errno",
            "errornumber",
        ],
    ),
    (Field::Kind, &["type"]),
    (Field::CodeOrStatus, &["code"]),
    (Field::ErrorCode, &["errorcode", "errcode", "bodycode", "defaultcode", "defaultbodycode"]),
    (Field::Error, &["error"]),
    (
        Field::Message,
        &[
            "message",
            "detail",
            "msg",
            "text",
            "messagetext",
            "defaultmessage",
            "shortmessage",
            "usermessage",
            "longmessage",
            "response",
        ],
    ),
    (Field::Name, &["name", "title", "statustext", "phrase", "reasonphrase"]),
    (
        Field::Description,
        &["description", "meaning", "explanation", "summary", "definition", "overview"],
    ),
    (
        Field::Cause,
        &[
            "cause",
            "reason",
            "trigger",
            "triggeredby",
            "condition",
            "why",
            "when",
            "whenitoccurs",
            "whenemitted",
            "whenreturned",
            "whensent",
            "whyithappens",
            "whatitmeans",
            "whathappened",
        ],
    ),
    (
        Field::Fix,
        &[
            "fix",
            "fixes",
            "solution",
            "resolution",
            "action",
            "remedy",
            "whattodo",
            "handling",
            "troubleshooting",
            "remediation",
            "recommendation",
            "suggestion",
            "recovery",
            "mitigation",
            "workaround",
            "userresponse",
            "nextstep",
        ],
    ),
    (Field::Section, &["section", "category", "group", "area", "module", "component"]),
];

/// The columns that can have the code. The first one that a table has is read: what is called the code of an error is
/// what a response contains, and the name in a program is not.
pub(super) const CODES: &[Field] =
    &[Field::ErrorCode, Field::Code, Field::CodeOrStatus, Field::Symbol];

/// Returns the meaning of a heading.
pub(super) fn field_of(heading: &str) -> Option<Field> {
    // A remark behind the heading does not change its meaning.
    let heading = heading.split_once(" (").map_or(heading, |(heading, _)| heading);
    let words = snake_case(heading);
    let advice = || match words.rsplit('_').next() {
        _ if words.starts_with("how_to_") => Some(Field::Fix),
        last => called(last?).filter(|it| matches!(it, Field::Cause | Field::Fix)),
    };
    // Otherwise the last word says enough, as in “Possible causes” and “Suggested action”.
    let plain = words.replace('_', "");
    called(&plain).or_else(|| called(plain.strip_prefix("error")?)).or_else(advice)
}

/// Returns the meaning of a heading without white space, in the singular or plural.
fn called(name: &str) -> Option<Field> {
    let is_it = |it: &str| it == name || name.strip_suffix('s') == Some(it);
    HEADINGS.iter().find(|(_, names)| names.iter().any(|it| is_it(it))).map(|(field, _)| *field)
}

/// Whether a heading can be that of a status.
pub(super) fn says_status(heading: &str) -> bool {
    matches!(field_of(heading), Some(Field::Status | Field::CodeOrStatus))
}

/// The columns of a table, by what they contain.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) status: Option<usize>,
    pub(super) code: Option<usize>,
    pub(super) message: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) cause: Option<usize>,
    pub(super) fix: Option<usize>,
    pub(super) section: Option<usize>,
}

impl Columns {
    pub(super) fn of(table: &Table) -> Self {
        let fields: Vec<Option<Field>> = table.columns.iter().map(|it| field_of(it)).collect();
        let (fields, status) = (&fields, status_column(table, &fields));
        let all = |field: Field| (0..fields.len()).filter(move |at| fields[*at] == Some(field));
        let first = |field: Field| all(field).find(|at| status != Some(*at));
        let says_message = |at: &usize| table.columns[*at].to_lowercase().contains("message");
        let mut columns = Self {
            status,
            code: CODES.iter().copied().find_map(first),
            // A message is one more than a text, a detail or a response is.
            message: all(Field::Message).find(says_message).or_else(|| first(Field::Message)),
            name: first(Field::Name),
            description: first(Field::Description),
            cause: first(Field::Cause),
            fix: first(Field::Fix),
            section: first(Field::Section).or_else(|| unnamed_section(table)),
        };
        // Of two descriptions, the first can be the name of the status.
        let mut descriptions = all(Field::Description);
        if let (Some(status), None, Some(one), Some(other)) =
            (status, columns.name, descriptions.next(), descriptions.next())
            && table.names_statuses(status, one)
        {
            (columns.name, columns.description) = (Some(one), Some(other));
        }
        // A name of the error can be that of its status.
        if let (Some(status), Some(code), None) = (status, columns.code, columns.name)
            && fields[code] == Some(Field::Symbol)
            && table.names_statuses(status, code)
        {
            columns.name = columns.code.take();
        }
        // The name of an error can be its code.
        if let (Some(_), None, Some(name)) = (status, columns.code, columns.name)
            && columns.message.or(columns.description).is_some()
            && table.most(name, |text| is_symbol(text) && status_named(text).is_none())
        {
            columns.code = columns.name.take();
        }
        columns.code = columns.code.or_else(|| {
            let stands_beside = columns.message.or(status).or(first(Field::Error)).is_some();
            first(Field::Kind).filter(|_| stands_beside)
        });
        if let Some(column) = first(Field::Error) {
            let others = columns.message.is_some() || columns.description.is_some();
            let is_name = status.is_some_and(|status| table.names_statuses(status, column));
            if others && columns.code.is_none() && table.has_codes(column, is_code) {
                columns.code = Some(column);
            } else if columns.message.is_none() && !is_name {
                columns.message = Some(column);
            } else if columns.name.is_none() {
                columns.name = Some(column);
            }
        }
        columns
    }

    /// Returns the columns that are read from a table of errors.
    pub(super) fn read(&self, message: Option<usize>) -> Vec<usize> {
        let description = self.description.filter(|_| self.cause.is_none());
        let all = [self.status, self.code, self.cause, self.fix, self.section, description];
        all.into_iter().flatten().chain(message).collect()
    }

    /// Whether most rows are about one status each, and nothing else distinguishes rows.
    pub(super) fn is_of_statuses(&self, table: &Table) -> bool {
        let Some(status) = self.status else { return false };
        let mut seen = HashSet::new();
        let texts: Vec<&str> = table.body().map(|row| row.text(status)).collect();
        let mut single = texts.iter().filter(|text| !is_class(text)).filter_map(|it| status_of(it));
        let are_once = single.all(|it| seen.insert(it));
        let count = texts.iter().filter(|text| is_class(text) || status_of(text).is_some()).count();
        self.code.is_none()
            && self.fix.is_none()
            && self.message.is_none()
            && (self.name.is_some() || self.description.is_some() || self.cause.is_some())
            && are_once
            && count * 2 > texts.len()
    }

    /// Whether a column other than the messages shows that the table is about errors.
    pub(super) fn are_of_errors(&self) -> bool {
        [self.status, self.code, self.cause, self.fix].iter().any(Option::is_some)
    }
}

/// Whether a text is a code of several words, such as `NO_BOOK`, `no.book` or `NoBook`.
fn is_symbol(text: &str) -> bool {
    let is_next = |c: char| c.is_ascii_uppercase() || matches!(c, '_' | '.');
    is_code(text) && text.chars().skip(1).any(is_next)
}

/// Returns the column of statuses: the one with this heading, or one that contains statuses. If the heading is
/// ambiguous, it must also contain the names of statuses, such as `404 Not Found`.
fn status_column(table: &Table, fields: &[Option<Field>]) -> Option<usize> {
    let has_one = |column: &usize| {
        let mut texts = table.texts(*column).peekable();
        let is_status = |text| is_class(text) || !statuses_of(text).0.is_empty();
        texts.peek().is_none() || texts.any(is_status)
    };
    let called = fields.iter().position(|field| *field == Some(Field::Status)).filter(has_one);
    let is_text = |field: &Option<Field>| {
        matches!(field, Some(Field::Message | Field::Description | Field::Error | Field::Name))
    };
    let texts = fields.iter().filter(|field| is_text(field)).count();
    let has_others = |column: usize| texts > usize::from(is_text(&fields[column]));
    called.or_else(|| {
        (0..fields.len()).find(|column| match fields[*column] {
            Some(Field::CodeOrStatus | Field::ErrorCode | Field::Error) => {
                table.most(*column, is_status)
                    || table.all(*column, |it| error_status(it).is_some())
            }
            Some(Field::Message | Field::Code | Field::Symbol | Field::Kind | Field::Name)
            | None => has_others(*column) && table.most(*column, has_name),
            _ => false,
        })
    })
}

/// Returns the first column, if it has no heading and there are rows with only this column.
fn unnamed_section(table: &Table) -> Option<usize> {
    let is_unnamed = table.columns.first().is_some_and(|heading| heading.trim().is_empty());
    let is_alone = |row: &Row| row.only() == Some(0);
    (is_unnamed && table.rows.iter().any(is_alone)).then_some(0)
}

impl Table {
    /// Returns the texts of a column, without its heading and the titles of sections.
    fn texts(&self, column: usize) -> impl Iterator<Item = &str> {
        self.body().map(move |row| row.text(column)).filter(|text| !text.is_empty())
    }

    /// Whether a column has texts, and all of them satisfy `is`.
    fn all(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let mut texts = self.texts(column).peekable();
        texts.peek().is_some() && texts.all(is)
    }

    /// Whether all texts of a column are codes by `is_code`. They can have notes behind them.
    pub(super) fn has_codes(&self, column: usize, is_code: fn(&str) -> bool) -> bool {
        let cells = self.body().filter_map(|row| row.cells.get(column));
        let texts = cells.map(|cell| cell.parted().0.trim()).filter(|text| !text.is_empty());
        let mut texts = texts.peekable();
        texts.peek().is_some() && texts.all(is_code)
    }

    /// Whether more than half of the texts of a column satisfy `is`.
    fn most(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let are = self.texts(column).filter(|text| is(text)).count();
        are * 2 > self.texts(column).count()
    }

    /// Whether more than half of the rows have the name of their status in the column, so it does not contain messages.
    fn names_statuses(&self, status: usize, column: usize) -> bool {
        let is_name = |row: &&Row| has_name(&format!("{} {}", row.text(status), row.text(column)));
        self.body().filter(is_name).count() * 2 > self.body().count()
    }
}
