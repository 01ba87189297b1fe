//! The two catalogs that are compared.

use kate_errors_codegen::catalog::{FieldType, Row};
use kate_errors_codegen::{Catalog, Compilation};
use kate_errors_model::types::Type;

use super::finding::names;
use crate::decode::Decoder;
use crate::messages;

/// One of the two catalogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Which {
    Old,
    New,
}

impl Which {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }
}

/// A catalog with its client.
pub(crate) struct Side<'c> {
    pub(crate) compilation: &'c Compilation,
    pub(crate) catalog: &'c Catalog,
    pub(crate) decoder: Decoder<'c>,
    /// The error that servers send with the message of each one: itself, or else the first of its aliases that is not
    /// retired.
    senders: Vec<Option<usize>>,
}

impl<'c> Side<'c> {
    /// Returns `None` if the catalog does not compile.
    pub(crate) fn of(compilation: &'c Compilation) -> Option<Self> {
        let catalog = compilation.catalog()?;
        let current = || catalog.rows.iter().enumerate().filter(|(_, row)| row.retired.is_none());
        let mut senders = vec![None; catalog.rows.len()];
        current().for_each(|(at, _)| senders[at] = Some(at));
        for (at, base) in current().filter_map(|(at, row)| Some((at, row.same_as?))) {
            senders[base].get_or_insert(at);
        }
        Some(Self { compilation, catalog, decoder: Decoder::of(catalog), senders })
    }

    pub(crate) fn row(&self, at: usize) -> &'c Row {
        &self.catalog.rows[at]
    }

    /// Whether servers send the message of an error, if only with one of its aliases.
    pub(crate) fn is_sent(&self, row: usize) -> bool {
        self.senders[row].is_some()
    }

    /// Returns the error that servers send with the message of this one. A retired error is only sent by older servers.
    pub(crate) fn sender(&self, row: usize) -> usize {
        self.senders[row].unwrap_or(row)
    }

    /// Lists the names of errors, in words.
    pub(crate) fn names(&self, rows: impl IntoIterator<Item = usize>) -> String {
        names(rows.into_iter().map(|row| self.row(row).name.as_str()))
    }

    /// Returns example values of an error. They are distinct if possible, so that swapped values are noticed.
    pub(crate) fn examples(&self, row: usize) -> Vec<String> {
        let row = self.row(row);
        let mut values = messages::examples(self.catalog, row);
        for (at, param) in self.catalog.params(row).enumerate() {
            if !values[..at].contains(&values[at]) {
                continue;
            }
            let choices = messages::choices(param).unwrap_or_default();
            let longer = (2..10).map(|number| format!("{}{number}", values[at]));
            let digit = values[at].rfind(|it: char| it.is_ascii_digit());
            let digits = digit.into_iter().flat_map(|place| {
                let (before, after) = (&values[at][..place], &values[at][place + 1..]);
                (0..10).map(move |number| format!("{before}{number}{after}"))
            });
            let booleans = ["true", "false"].map(str::to_owned);
            let choices = choices.into_iter().map(str::to_owned);
            let mut others = choices.chain(longer).chain(digits).chain(booleans);
            let other = others.find(|value| {
                let fits = param.ty.holds(value) && messages::can_hold(row, at, value);
                fits && !values[..at].contains(value)
            });
            if let Some(other) = other {
                values[at] = other;
            }
        }
        values
    }

    /// Returns values that end elsewhere in other messages, or that messages cannot hold unchanged: with all or the
    /// beginning of what follows them, with blanks and a control character, and empty. Fields of other types can
    /// contain any text too, if they are strings.
    pub(crate) fn hostile(&self, row: usize) -> [Vec<String>; 4] {
        let (error, template) = (self.row(row), messages::whole(self.row(row)));
        let mut values = [(); 4].map(|()| self.examples(row));
        for (at, param) in self.catalog.params(error).enumerate() {
            if !matches!(param.ty, Type::Text | Type::Word | Type::Lines) {
                if matches!(param.field, FieldType::String | FieldType::BoxedStr) {
                    values[2][at] = String::from("\u{7}");
                }
                continue;
            }
            let segment = template.segments.iter().find(|segment| segment.param == at);
            let end = segment.map_or("", |segment| &*segment.literal);
            let example = &values[0][at];
            let first = end.chars().next().map(String::from).unwrap_or_default();
            let [partly, wholly] = [&*first, end].map(|end| format!("{example}{end}{example}"));
            values[0][at] = partly;
            values[1][at] = wholly;
            values[2][at] = format!(" a{end} b\u{7}");
            values[3][at] = String::new();
        }
        values
    }
}
