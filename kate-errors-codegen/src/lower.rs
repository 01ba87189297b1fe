//! The fourth stage: converts a checked document to a [`Catalog`].
//!
//! Lowering is total. On a document with mistakes, it leaves out what has no usable name and fills in what is
//! missing. The result is the skeleton that a macro emits next to its error message. In any case, a catalog has
//! at least one status, one section and one error, and no duplicate identifiers in one namespace.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use kate_errors_model::Retry;
use kate_errors_model::envelope::profiles;
use kate_errors_model::types::{Field, Type};

use crate::bases::Bases;
use crate::catalog::{
    Catalog, Choice, Choices, Context, FieldType, Headers, Identity, Operation, Param, Reserved,
    Retired, Row, Section, Status, StatusBasis, Template,
};
use crate::syntax::document::{self, Document, Text};
use crate::wire::{Envelopes, Members, around_messages};
use crate::{messages, names};

/// Returns the catalog that `document` describes.
pub(crate) fn lower(document: &Document, envelopes: &Envelopes) -> Catalog {
    // A body with mistakes is replaced by the default one.
    let envelope = envelopes.body.clone().unwrap_or_else(|| profiles::DETAIL.to_owned());
    let (statuses, contexts) = (statuses(document), contexts(document));
    let sections = usable(&document.sections, |section| phrase(section.name.as_ref()?));
    let rows = sections
        .iter()
        .enumerate()
        .flat_map(|(at, (section, _))| section.errors.iter().map(move |row| (at, row)));
    let rows: Vec<_> = usable(rows, |(_, row)| identifier(row.key.as_ref()?));
    let index = index(rows.iter().map(|((_, row), _)| value(row.key.as_ref())));
    let lowering = Lowering {
        bases: Bases::new(document),
        index,
        status_index: self::index(statuses.iter().map(|status| status.code)),
        context_index: self::index(contexts.iter().map(|context| context.name.clone())),
        statuses: &statuses,
        contexts: &contexts,
        identity: document.identity(),
        members: envelopes.members(document.identity()),
        around: around_messages(&envelope),
    };
    let mut rows: Vec<Row> =
        rows.into_iter().map(|((section, row), _)| lowering.row(section, row)).collect();
    if rows.is_empty() {
        rows.push(lowering.row(0, &document::Row::default()));
    }
    let mut sections: Vec<Section> = sections
        .into_iter()
        .map(|(section, variant)| Section {
            name: value(section.name.as_ref()).to_owned(),
            variant,
        })
        .collect();
    if sections.is_empty() {
        let variant = names::upper_camel_case(UNREADABLE);
        sections.push(Section { name: variant.clone(), variant });
    }
    let common = lowering.listed(&document.common);
    let operations = usable(&document.operations, |operation| identifier(&operation.name));
    Catalog {
        name: text(document.catalog.as_ref()).unwrap_or_else(|| "Unnamed".to_owned()),
        title: text(document.title.as_ref()),
        summary: text(document.summary.as_ref()),
        reference: text(document.reference.as_ref()),
        non_exhaustive: document.non_exhaustive,
        sections,
        operations: operations.into_iter().map(|(it, _)| lowering.operation(it, &common)).collect(),
        common,
        reserved: Reserved {
            codes: texts(&document.reserved.codes),
            details: texts(&document.reserved.details),
        },
        envelope,
        older_envelopes: envelopes.older_as_tried(document.identity()),
        media_type: document.media_type().to_owned(),
        success: document.success().map(|status| status.value),
        identity: document.identity(),
        code_header: document.header().map(|(name, value)| (name.to_owned(), value.to_owned())),
        extensions: document.extensions.clone(),
        statuses: lowering.with_fallbacks(document, &rows),
        rows,
        contexts,
    }
}

/// The code of the error in a catalog that has no usable one.
const UNREADABLE: &str = "unreadable";

/// The maximum size of an error in bytes, including its discriminant. Clippy warns about results with errors of
/// 128 bytes, in every function that returns one.
pub(crate) const MAX_ERROR: usize = 120;

/// The indices by which errors refer to other parts.
struct Lowering<'d, 'c> {
    bases: Bases<'d>,
    /// The errors with a usable name, by that name.
    index: HashMap<&'d str, usize>,
    status_index: HashMap<u16, usize>,
    context_index: HashMap<String, usize>,
    statuses: &'c [Status],
    contexts: &'c [Context],
    identity: Identity,
    members: Members<'c>,
    /// The texts around messages in bodies that no value can contain.
    around: Cow<'static, [Cow<'static, str>]>,
}

impl Lowering<'_, '_> {
    fn row(&self, section: usize, row: &document::Row) -> Row {
        let name = text(row.key.as_ref()).unwrap_or_else(|| UNREADABLE.to_owned());
        let written_base = row.same_as.as_ref().and_then(|_| self.bases.of(row));
        let same_as = written_base.and_then(|base| self.called(base.key.as_ref()));
        let base = same_as.and(written_base).unwrap_or(row);
        let context = self.context_index.get(value(base.context.as_ref())).copied();
        let mut detail = template(base.detail.as_ref(), &base.params);
        let of_context = context.map_or(&[][..], |context| &self.contexts[context].params);
        let beside: usize = of_context.iter().map(|param| param.field.size(param.optional)).sum();
        let boxed = size(&base.params, false) + beside > room(context.is_some());
        let params =
            params(&base.params, &names::upper_camel_case(value(base.key.as_ref())), boxed);
        let mut with_context = context.map(|context| {
            let context = &self.contexts[context].text.parsed;
            let context = messages::behind(context.clone(), base.params.len());
            let (alone, full) = detail.parsed.with_context(&context);
            detail.parsed = alone;
            full
        });
        let mut former: Vec<Template> =
            row.former.iter().map(|it| template(Some(it), &base.params)).collect();
        if self.identity == Identity::Code {
            let is_beside = self.members.have_all(base);
            let details = former.iter_mut().chain([&mut detail]).map(|it| &mut it.parsed);
            for template in details.chain(&mut with_context) {
                *template = messages::by_code(std::mem::take(template), is_beside);
            }
        }
        for template in [&mut detail.parsed].into_iter().chain(&mut with_context) {
            template.around.clone_from(&self.around);
        }
        let statuses = base.status.iter();
        let statuses = statuses.filter_map(|it| self.status_index.get(&it.value).copied());
        let status = statuses.clone().next().unwrap_or_default();
        let other_statuses = sorted(statuses.filter(|other| *other != status));
        let of_status = self.statuses.get(status);
        Row {
            variant: names::upper_camel_case(&name),
            code: text(row.code.as_ref()).unwrap_or_else(|| name.clone()),
            is_number: row.has_number,
            without_code: row.without_code.is_some(),
            name,
            origin: row.origin.clone(),
            section,
            status,
            other_statuses,
            status_basis: base.status_basis.map_or(StatusBasis::Documented, |basis| basis.value),
            detail,
            context,
            with_context,
            same_as,
            former,
            retired: row.retired.as_ref().map(|retired| Retired {
                since: text(retired.since.as_ref()),
                reason: text(retired.reason.as_ref()).unwrap_or_default(),
                replaced_by: self.called(retired.replaced_by.as_ref()),
            }),
            retry: row.retry.map_or_else(
                || Retry::of_status(of_status.map_or(0, |status| status.code)),
                |retry| retry.value,
            ),
            since: text(row.since.as_ref()),
            cause: text(row.cause.as_ref()).unwrap_or_default(),
            fix: text(row.fix.as_ref()).unwrap_or_default(),
            wire: row
                .wire
                .iter()
                .map(|(name, json)| (name.value.clone(), json.text.clone()))
                .collect(),
            headers: headers(&row.headers)
                .or(headers(&base.headers))
                .or(of_status.map(|status| status.headers.clone()).unwrap_or_default()),
            params,
            explanation: text(row.explanation.as_ref()),
            extensions: row.extensions.clone(),
        }
    }

    /// Returns the index of the error with this name.
    fn called(&self, name: Option<&Text>) -> Option<usize> {
        self.index.get(value(name)).copied()
    }

    /// Returns the statuses, each with the error that is its fallback.
    fn with_fallbacks(&self, document: &Document, rows: &[Row]) -> Vec<Status> {
        let mut statuses = self.statuses.to_vec();
        for written in document.statuses.iter().filter(|status| status.fallback.is_some()) {
            let Some(status) = self.status_index.get(&written.code.value) else { continue };
            statuses[*status].fallback = self.called(written.fallback.as_ref()).filter(|row| {
                let row = &rows[*row];
                row.status == *status && row.params.is_empty() && row.retired.is_none()
            });
        }
        statuses
    }

    /// Returns the errors with these names, without duplicates and in the order of the catalog.
    fn listed(&self, names: &[Text]) -> Vec<usize> {
        sorted(names.iter().filter_map(|name| self.called(Some(name))))
    }

    fn operation(&self, operation: &document::Operation, common: &[usize]) -> Operation {
        let rows = self.listed(&operation.errors).into_iter().chain(common.iter().copied());
        let route = value(operation.route.as_ref());
        let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
        Operation {
            name: operation.name.value.clone(),
            type_name: operation_type(&operation.name.value),
            method: method.to_owned(),
            path: path.trim_start().to_owned(),
            summary: text(operation.summary.as_ref()),
            rows: sorted(rows),
        }
    }
}

fn sorted(rows: impl Iterator<Item = usize>) -> Vec<usize> {
    rows.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Maps each key to the index of its first occurrence.
fn index<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> HashMap<K, usize> {
    let mut index = HashMap::new();
    for (at, key) in keys.enumerate() {
        index.entry(key).or_insert(at);
    }
    index
}

/// Returns the items that have a usable identifier, each with its identifier. Keywords and repeated identifiers are
/// left out.
fn usable<T>(
    items: impl IntoIterator<Item = T>,
    identifier: impl Fn(&T) -> Option<String>,
) -> Vec<(T, String)> {
    let mut seen = HashSet::new();
    let named = items.into_iter().filter_map(|item| {
        let name = identifier(&item).filter(|name| !names::is_keyword(name))?;
        seen.insert(name.clone()).then_some((item, name))
    });
    named.collect()
}

/// Returns the identifier of a name in `snake_case`.
fn identifier(name: &Text) -> Option<String> {
    names::is_snake_case(&name.value).then(|| names::upper_camel_case(&name.value))
}

fn phrase(name: &Text) -> Option<String> {
    names::identifier_of_phrase(&name.value)
}

fn text(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.value.clone())
}

fn texts(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// Returns the value of a text; empty if there is none.
fn value(text: Option<&Text>) -> &str {
    text.map_or("", |text| &text.value)
}

/// `subscribe` becomes `SubscribeError`.
pub(crate) fn operation_type(name: &str) -> String {
    format!("{}Error", names::upper_camel_case(name))
}

/// Returns the name of the enum for a `one_of` of the error or context whose type is `owner`.
pub(crate) fn choice_type(owner: &str, param: &str) -> String {
    format!("{owner}{}", names::upper_camel_case(param))
}

fn statuses(document: &Document) -> Vec<Status> {
    let code = document::Spanned { value: 500, ..document::Spanned::default() };
    let unreadable = document::Status { code, ..document::Status::default() };
    let mut usable = usable(&document.statuses, |status| phrase(status.name.as_ref()?));
    if usable.is_empty() {
        usable.push((&unreadable, names::upper_camel_case(UNREADABLE)));
    }
    let status = |(status, variant): (&document::Status, String)| Status {
        code: status.code.value,
        name: text(status.name.as_ref()).unwrap_or_else(|| variant.clone()),
        variant,
        description: text(status.description.as_ref()).unwrap_or_default(),
        headers: headers(&status.headers),
        fallback: None,
    };
    usable.into_iter().map(status).collect()
}

fn headers(headers: &document::Headers) -> Headers {
    Headers {
        www_authenticate: text(headers.www_authenticate.as_ref()),
        proxy_authenticate: text(headers.proxy_authenticate.as_ref()),
        allow: headers.allow.as_ref().map(|methods| texts(&methods.value)),
        retry_after: headers.retry_after,
    }
}

fn contexts(document: &Document) -> Vec<Context> {
    // For each context name, the maximum size in bytes of the values of its errors.
    let mut beside: HashMap<&str, usize> = HashMap::new();
    for row in document.rows() {
        let most = beside.entry(value(row.context.as_ref())).or_default();
        *most = size(&row.params, true).max(*most);
    }
    let type_name = |context: &&document::Context| {
        identifier(&context.name).filter(|name| !matches!(name.as_str(), "Status" | "Section"))
    };
    let context = |(context, type_name): (&document::Context, String)| {
        let beside = beside.get(context.name.value.as_str()).copied().unwrap_or_default();
        let boxed = size(&context.params, false) + beside > room(true);
        Context {
            name: context.name.value.clone(),
            text: template(context.text.as_ref(), &context.params),
            params: params(&context.params, &type_name, boxed),
            type_name,
        }
    };
    usable(&document.contexts, type_name).into_iter().map(context).collect()
}

/// Returns how many bytes the values of an error may take.
pub(crate) fn room(has_context: bool) -> usize {
    // The discriminant of the variant, and that of an optional context.
    MAX_ERROR - 8 - if has_context { 8 } else { 0 }
}

/// Returns the size in bytes of the fields for some parameters, with or without boxed texts.
pub(crate) fn size(params: &[document::Param], boxed: bool) -> usize {
    let size = |param: &document::Param| field(param, "", boxed).size(param.optional);
    params.iter().map(size).sum()
}

/// Returns the parameters with usable names. Enums of choices are named after the type `owner`.
fn params(declared: &[document::Param], owner: &str, boxed: bool) -> Vec<Param> {
    let is_usable = |param: &&document::Param| {
        names::is_snake_case(&param.name.value) && !names::is_keyword(&param.name.value)
    };
    let param = |param: &document::Param| Param {
        name: param.name.value.clone(),
        member: param.member().value.clone(),
        ty: param.ty.as_ref().map_or(Type::Text, |ty| ty.value.clone()),
        field: field(param, owner, boxed),
        description: text(param.description.as_ref()),
        example: text(param.example.as_ref()),
        sensitive: param.sensitive,
        optional: param.optional,
    };
    declared.iter().filter(is_usable).map(param).collect()
}

fn field(param: &document::Param, owner: &str, boxed: bool) -> FieldType {
    if let Some(path) = &param.rust {
        return FieldType::Custom(path.value.clone());
    }
    match param.ty.as_ref().map(|ty| ty.value.info().field) {
        Some(Field::U64) => FieldType::U64,
        Some(Field::I64) => FieldType::I64,
        Some(Field::Bool) => FieldType::Bool,
        Some(Field::Enum) => FieldType::Choices(Choices {
            type_name: choice_type(owner, &param.name.value),
            choices: unique_choices(&param.choices),
        }),
        Some(Field::String) | None if boxed => FieldType::BoxedStr,
        Some(Field::String) | None => FieldType::String,
    }
}

fn unique_choices(choices: &[Text]) -> Vec<Choice> {
    let choices = usable(choices, |choice| phrase(choice)).into_iter();
    choices.map(|(text, variant)| Choice { text: text.value.clone(), variant }).collect()
}

fn template(text: Option<&Text>, params: &[document::Param]) -> Template {
    let Some(text) = text else { return Template::default() };
    Template { source: text.value.clone(), parsed: messages::template(&text.value, params) }
}
