//! A compiled catalog as the source of decoding.

use std::borrow::Cow;
use std::ops::Range;

use kate_errors::__private::Texts;
use kate_errors::__private::decode::{BodyFormat, Message, Parameter, Row as SourceRow, Source};
use kate_errors_codegen::Catalog;
use kate_errors_codegen::catalog::{FieldType, Param, Row};
use kate_errors_model::index::{Index, Messages};
use kate_errors_model::json::Kind;
use kate_errors_model::template::{FREE_TEXT, Template, Value, Values};

use super::{Decoder, Known};
use crate::messages;

/// What the library's decoder reads bodies of a catalog with.
#[derive(Clone, Copy)]
pub(super) struct Compiled<'d> {
    pub(super) decoder: &'d Decoder<'d>,
    pub(super) format: BodyFormat<'d>,
    /// The errors that the operation lists.
    pub(super) operation: Option<&'d [usize]>,
    /// Whether the message is not in a body. Then free text, which matches everything, identifies no error.
    pub(super) is_alone: bool,
}

impl<'d> Messages<'d> for Compiled<'d> {
    fn constant(&self, message: u32) -> &'d [u8] {
        self.template(message).first.as_bytes()
    }

    fn template(&self, message: u32) -> &'d Template<'static> {
        self.decoder.lookup.template(message)
    }
}

impl<'d> Source<'d> for Compiled<'d> {
    type Error = Known;

    fn format(self) -> BodyFormat<'d> {
        self.format
    }

    fn index(self) -> &'d Index<'static> {
        &self.decoder.lookup.index
    }

    fn row(self, error: u32) -> Option<SourceRow<'d>> {
        let catalog = self.decoder.catalog;
        let row = catalog.rows.get(error as usize)?;
        let lists = self.decoder.lists.get(error as usize)?;
        Some(SourceRow {
            code: row.code.as_bytes(),
            sent_code: row.sent_code().map(str::as_bytes),
            detail: row.detail.constant().unwrap_or(&row.detail.source).as_bytes(),
            has_values: row.detail.constant().is_none(),
            status: catalog.statuses[row.status].code,
            other_statuses: &lists.other_statuses,
            is_retired: row.retired.is_some(),
            same_as: row.same_as.map(number),
            aliases: &lists.aliases,
            params: &lists.params,
            own: row.params.len(),
            is_alone: false,
        })
    }

    fn sent_with(self, code: &[u8]) -> impl Iterator<Item = u32> {
        let rows = str::from_utf8(code).ok().and_then(|code| self.decoder.codes.get(code));
        rows.into_iter().flatten().map(|row| number(*row))
    }

    fn constant_of(self, message: u32) -> Option<(u32, bool)> {
        let message = self.decoder.lookup.messages.get(message as usize)?;
        Some((number(message.row), message.is_former()))
    }

    fn message(self, message: u32) -> Option<Message<'d>> {
        let message = &self.decoder.lookup.messages[message as usize];
        let is_free_text = self.decoder.catalog.rows[message.row].detail.source == FREE_TEXT;
        let (error, template) = (number(message.row), message.template);
        (!self.is_alone || !is_free_text).then_some(Message { error, role: message.role, template })
    }

    fn messages_of(self, error: u32) -> Range<u32> {
        let Range { start, end } = self.decoder.lookup.numbers_of(error as usize);
        number(start)..number(end)
    }

    fn former_of(self, _: u32) -> impl Iterator<Item = &'d str> {
        // They are in the list of all messages.
        std::iter::empty()
    }

    fn docs_url(self, error: u32) -> Option<String> {
        self.decoder.catalog.docs_url(self.decoder.catalog.rows.get(error as usize)?)
    }

    fn has_in_scope(self, error: u32) -> Option<bool> {
        Some(self.operation?.contains(&(error as usize)))
    }

    fn create(self, error: u32, own: &Texts<'_>, context: Option<&Texts<'_>>) -> Option<Known> {
        let catalog = self.decoder.catalog;
        let row = catalog.rows.get(error as usize)?;
        let values = all_held(&row.params, own)?;
        let context = row.context.zip(context);
        let context = context.map(|(at, values)| all_held(&catalog.contexts[at].params, values));
        let context = context.map_or(Some(None), |values| values.map(Some))?;
        Some(Known { row: error as usize, values, context, ..Known::default() })
    }

    fn number(self, error: &Known) -> u32 {
        number(error.row)
    }

    fn detail(self, error: &Known) -> Cow<'static, str> {
        let row = &self.decoder.catalog.rows[error.row];
        let template = row.with_context.as_ref().filter(|_| error.context.is_some());
        // Missing values do not occur in the template.
        let values = error.values.iter().chain(error.context.iter().flatten());
        let values: Vec<String> = values.map(|value| value.clone().unwrap_or_default()).collect();
        messages::render(template.unwrap_or(&row.detail.parsed), &values).into()
    }

    fn with_values(self, error: &Known, with: &mut dyn FnMut(Values<'_>)) {
        let own = given(&error.values);
        let context = error.context.as_deref().map(given);
        with(Values { own: &own, context: context.as_deref() });
    }
}

fn given(values: &[Option<String>]) -> Vec<Value<'_>> {
    values.iter().map(|value| value.as_deref().map_or(Value::Absent, Value::Text)).collect()
}

/// What the rows of an error borrow.
pub(super) struct Lists<'c> {
    other_statuses: Vec<u16>,
    aliases: Vec<u32>,
    params: Vec<Parameter<'c>>,
}

impl<'c> Lists<'c> {
    pub(super) fn of(catalog: &'c Catalog) -> Vec<Self> {
        let lists = |(row, aliases): (&'c Row, Vec<usize>)| Self {
            other_statuses: messages::other_statuses(catalog, row).map(|it| it.code).collect(),
            aliases: aliases.into_iter().map(number).collect(),
            params: catalog.params(row).map(parameter).collect(),
        };
        catalog.rows.iter().zip(catalog.aliases()).map(lists).collect()
    }
}

fn parameter(param: &Param) -> Parameter<'_> {
    let kind = match param {
        _ if param.is_integer() => Kind::Number,
        _ if param.is_boolean() => Kind::Boolean,
        _ => Kind::String,
    };
    let (name, sensitive) = (param.name.as_str(), param.sensitive);
    Parameter { name, member: &param.member, sensitive, kind, is_optional: param.optional }
}

/// Returns the values as the fields hold them, if they can. Only optional ones can be missing.
fn all_held(params: &[Param], values: &Texts<'_>) -> Option<Vec<Option<String>>> {
    let held = |(at, param): (usize, &Param)| match values.get(at).copied().flatten() {
        Some(value) => held(param, value).map(Some),
        None => param.optional.then_some(None),
    };
    params.iter().enumerate().map(held).collect()
}

fn held(param: &Param, value: &str) -> Option<String> {
    let is_held = match &param.field {
        // Other spellings of numbers, such as leading zeros, are lost.
        FieldType::U64 => return Some(value.parse::<u64>().ok()?.to_string()),
        FieldType::I64 => return Some(value.parse::<i64>().ok()?.to_string()),
        FieldType::Choices(all) => all.choices.iter().any(|choice| choice.text == value),
        FieldType::Custom(_) => true,
        _ => param.ty.info().field.holds(value),
    };
    is_held.then(|| value.to_owned())
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
