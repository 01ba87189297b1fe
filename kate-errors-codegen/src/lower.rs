//! The fourth stage: a checked document becomes a [`Catalog`].
//!
//! Lowering is total. On a document with diagnostics it leaves out what has no usable name and fills in
//! what is missing, which gives the skeleton that a macro emits beside its error message. Either way a
//! catalog has at least one status, one section and one row, and no identifier twice in one place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use kate_errors_model::Retry;
use kate_errors_model::types::{Field, Type};

use crate::catalog::{
    Catalog, Choice, Choices, Context, FieldType, Headers, Operation, Param, Reserved, Retired,
    Row, Section, Status, StatusBasis, Template,
};
use crate::syntax::document::{self, Document, Text};
use crate::{messages, names, work};

/// The catalog that `document` describes.
pub(crate) fn lower(document: &Document) -> Catalog {
    Lowering::new(document).catalog()
}

/// The code of the row that stands for a catalog without any.
const UNREADABLE: &str = "unreadable";

/// How many bytes an error takes at most, with the number that says which variant it is: clippy warns of results
/// with errors of 128 bytes, at every function that returns one.
pub(crate) const MAX_ERROR: usize = 120;

/// The rows that have a usable code, and where each of them goes.
struct Lowering<'d> {
    document: &'d Document,
    rows: Vec<(usize, &'d document::Row)>,
    index: HashMap<&'d str, usize>,
    /// For each row the one at the end of its chain of `same_as`.
    bases: Vec<usize>,
    statuses: Vec<Status>,
    written_contexts: Vec<&'d document::Context>,
    contexts: Vec<Context>,
    status_index: HashMap<u16, usize>,
    context_index: HashMap<String, usize>,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document) -> Self {
        let (statuses, written_contexts) = (statuses(document), usable_contexts(document));
        let contexts: Vec<Context> =
            written_contexts.iter().map(|it| context(document, it)).collect();
        let mut lowering = Self {
            document,
            rows: Vec::new(),
            index: HashMap::new(),
            bases: Vec::new(),
            status_index: index(statuses.iter().map(|status| status.code)),
            context_index: index(contexts.iter().map(|context| context.name.clone())),
            statuses,
            contexts,
            written_contexts,
        };
        let mut variants = HashSet::new();
        for (section, row) in rows_in_usable_sections(document) {
            let Some(code) = row.code.as_ref().filter(|code| names::is_snake_case(&code.value))
            else {
                continue;
            };
            let variant = names::upper_camel_case(&code.value);
            if !names::is_keyword(&variant) && variants.insert(variant) {
                lowering.index.insert(&code.value, lowering.rows.len());
                lowering.rows.push((section, row));
            }
        }
        lowering.bases = lowering.bases();
        lowering
    }

    fn catalog(self) -> Catalog {
        let document = self.document;
        let owned = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let mut rows: Vec<Row> =
            self.rows.iter().map(|(section, row)| self.row(*section, row)).collect();
        if rows.is_empty() {
            rows.push(self.row(0, &document::Row::default()));
        }
        Catalog {
            name: owned(&document.catalog).unwrap_or_else(|| "Unnamed".to_owned()),
            title: owned(&document.title),
            summary: owned(&document.summary),
            reference: owned(&document.reference),
            sections: sections(document),
            operations: self.operations(),
            reserved: reserved(document),
            statuses: self.with_fallbacks(&rows),
            rows,
            contexts: self.contexts,
        }
    }

    fn row(&self, section: usize, row: &document::Row) -> Row {
        let code =
            row.code.as_ref().map_or_else(|| UNREADABLE.to_owned(), |code| code.value.clone());
        let same_as = self.base(row);
        let base = same_as.and_then(|base| self.rows.get(base)).map_or(row, |(_, base)| base);
        let base_variant = base.code.as_ref().map(|code| names::upper_camel_case(&code.value));
        let context = base.context.as_ref().and_then(|context| self.context(&context.value));
        let mut detail = lower_template(base.detail.as_ref(), &base.params);
        let beside = context.map_or(0, |context| fields_size(&self.contexts[context].params));
        let boxed = size(&base.params, false) + beside > room(context.is_some());
        let params = params(&base.params, &base_variant.unwrap_or_default(), boxed);
        let with_context = context.map(|context| {
            let written = self.written_contexts[context];
            let text = written.text.as_ref().map_or("", |text| &text.value);
            let context = messages::context(text, &written.params, base.params.len());
            let (alone, full) = detail.parsed.with_context(&context);
            detail.parsed = alone;
            full
        });
        let text =
            |text: &Option<Text>| text.as_ref().map_or_else(String::new, |it| it.value.clone());
        let status = base.status.as_ref().and_then(|status| self.status(status.value));
        let status = status.unwrap_or_default();
        Row {
            variant: names::upper_camel_case(&code),
            code,
            section,
            status,
            status_basis: base
                .status_basis
                .as_ref()
                .map_or(StatusBasis::Documented, |basis| basis.value),
            detail,
            context,
            with_context,
            same_as,
            former: row
                .former
                .iter()
                .map(|text| lower_template(Some(text), &base.params))
                .collect(),
            retired: row.retired.as_ref().map(|retired| self.retired(retired)),
            retry: row
                .retry
                .as_ref()
                .map_or_else(|| self.default_retry(status), |retry| retry.value),
            since: row.since.as_ref().map(|since| since.value.clone()),
            cause: text(&row.cause),
            fix: text(&row.fix),
            headers: headers(&row.headers).or(headers(&base.headers)).or(self
                .statuses
                .get(status)
                .map(|s| s.headers.clone())
                .unwrap_or_default()),
            params,
        }
    }

    /// The row that the `same_as` of a row leads to in the end.
    fn base(&self, row: &document::Row) -> Option<usize> {
        self.bases.get(self.next(row)?).copied()
    }

    /// The row that a row names as the one whose detail it has.
    fn next(&self, row: &document::Row) -> Option<usize> {
        self.index.get(row.same_as.as_ref()?.value.as_str()).copied()
    }

    /// For each row the one at the end of its chain of `same_as`, or any row of the circle it ends in.
    fn bases(&self) -> Vec<usize> {
        let mut ends: Vec<Option<usize>> = vec![None; self.rows.len()];
        for start in 0..self.rows.len() {
            let (mut at, mut path) = (start, Vec::new());
            let end = loop {
                work::count(1);
                if let Some(end) = ends[at] {
                    break end;
                }
                // What leads back here ends here.
                ends[at] = Some(at);
                path.push(at);
                match self.next(self.rows[at].1) {
                    Some(next) => at = next,
                    None => break at,
                }
            };
            for row in path {
                ends[row] = Some(end);
            }
        }
        ends.into_iter().flatten().collect()
    }

    /// The statuses, with the row that each of them names as its fallback.
    fn with_fallbacks(&self, rows: &[Row]) -> Vec<Status> {
        let mut statuses = self.statuses.clone();
        for written in &self.document.statuses {
            let Some(fallback) = &written.fallback else { continue };
            let Some(status) = self.status(written.code.value) else { continue };
            let row = self.index.get(fallback.value.as_str()).copied();
            statuses[status].fallback = row.filter(|row| {
                let row = &rows[*row];
                row.status == status && row.params.is_empty() && row.retired.is_none()
            });
        }
        statuses
    }

    fn status(&self, code: u16) -> Option<usize> {
        self.status_index.get(&code).copied()
    }

    fn context(&self, name: &str) -> Option<usize> {
        self.context_index.get(name).copied()
    }

    fn default_retry(&self, status: usize) -> Retry {
        Retry::of_status(self.statuses.get(status).map_or(0, |status| status.code))
    }

    fn retired(&self, retired: &document::Retired) -> Retired {
        let replaced_by = retired.replaced_by.as_ref();
        Retired {
            since: retired.since.as_ref().map(|since| since.value.clone()),
            reason: retired.reason.as_ref().map(|reason| reason.value.clone()).unwrap_or_default(),
            replaced_by: replaced_by.and_then(|code| self.index.get(code.value.as_str()).copied()),
        }
    }

    fn operations(&self) -> Vec<Operation> {
        let usable = |operation: &&document::Operation| names::is_snake_case(&operation.name.value);
        self.document
            .operations
            .iter()
            .filter(usable)
            .map(|operation| self.operation(operation))
            .collect()
    }

    fn operation(&self, operation: &document::Operation) -> Operation {
        let codes = operation.errors.iter();
        let mut rows: Vec<usize> =
            codes.filter_map(|code| self.index.get(code.value.as_str()).copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let route = operation.route.as_ref().map(|route| route.value.as_str()).unwrap_or_default();
        let (method, path) = route.split_once(' ').unwrap_or(("GET", route));
        Operation {
            name: operation.name.value.clone(),
            type_name: operation_type(&operation.name.value),
            method: method.to_owned(),
            path: path.trim_start().to_owned(),
            summary: operation.summary.as_ref().map(|summary| summary.value.clone()),
            rows,
        }
    }
}

/// Where each of some keys stands first.
fn index<K: Eq + Hash>(keys: impl Iterator<Item = K>) -> HashMap<K, usize> {
    let mut index = HashMap::new();
    for (at, key) in keys.enumerate() {
        index.entry(key).or_insert(at);
    }
    index
}

/// `subscribe` becomes `SubscribeError`.
pub(crate) fn operation_type(name: &str) -> String {
    format!("{}Error", names::upper_camel_case(name))
}

/// The name of the enum for a `one_of` of the row, or the context, whose type is `owner`.
pub(crate) fn choice_type(owner: &str, param: &str) -> String {
    format!("{owner}{}", names::upper_camel_case(param))
}

fn usable_sections(document: &Document) -> impl Iterator<Item = (&document::Section, String)> {
    let mut seen = HashSet::new();
    document.sections.iter().filter_map(move |section| {
        let variant = names::identifier_of_phrase(&section.name.as_ref()?.value)?;
        (!names::is_keyword(&variant) && seen.insert(variant.clone())).then_some((section, variant))
    })
}

fn rows_in_usable_sections(document: &Document) -> impl Iterator<Item = (usize, &document::Row)> {
    usable_sections(document)
        .enumerate()
        .flat_map(|(index, (section, _))| section.errors.iter().map(move |row| (index, row)))
}

fn sections(document: &Document) -> Vec<Section> {
    let name = |section: &document::Section| section.name.as_ref().map(|name| name.value.clone());
    let mut sections: Vec<Section> = usable_sections(document)
        .map(|(section, variant)| Section { name: name(section).unwrap_or_default(), variant })
        .collect();
    if sections.is_empty() {
        let variant = names::upper_camel_case(UNREADABLE);
        sections.push(Section { name: variant.clone(), variant });
    }
    sections
}

fn statuses(document: &Document) -> Vec<Status> {
    let mut seen = HashSet::new();
    let entries = document.statuses.iter().filter_map(|status| {
        let name = status.name.as_ref()?.value.clone();
        let variant = names::identifier_of_phrase(&name)?;
        let description = status.description.as_ref().map(|text| text.value.clone());
        let fresh = !names::is_keyword(&variant) && seen.insert(variant.clone());
        fresh.then_some(Status {
            code: status.code.value,
            name,
            variant,
            description: description.unwrap_or_default(),
            headers: headers(&status.headers),
            fallback: None,
        })
    });
    let mut statuses: Vec<Status> = entries.collect();
    if statuses.is_empty() {
        let variant = names::upper_camel_case(UNREADABLE);
        statuses.push(Status {
            code: 500,
            name: variant.clone(),
            variant,
            description: String::new(),
            headers: Headers::default(),
            fallback: None,
        });
    }
    statuses
}

fn headers(headers: &document::Headers) -> Headers {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let methods = |list: &document::Spanned<Vec<Text>>| {
        list.value.iter().map(|method| method.value.clone()).collect()
    };
    Headers {
        www_authenticate: text(&headers.www_authenticate),
        proxy_authenticate: text(&headers.proxy_authenticate),
        allow: headers.allow.as_ref().map(methods),
        retry_after: headers.retry_after,
    }
}

/// The contexts that have a usable name.
fn usable_contexts(document: &Document) -> Vec<&document::Context> {
    let mut seen: HashSet<String> = ["Status", "Section"].map(str::to_owned).into();
    let mut is_usable = |context: &&document::Context| {
        let (name, type_name) = (&context.name.value, names::upper_camel_case(&context.name.value));
        names::is_snake_case(name) && !names::is_keyword(&type_name) && seen.insert(type_name)
    };
    document.contexts.iter().filter(|context| is_usable(context)).collect()
}

fn context(document: &Document, context: &document::Context) -> Context {
    let type_name = names::upper_camel_case(&context.name.value);
    let has_it = |row: &&document::Row| {
        row.context.as_ref().is_some_and(|name| name.value == context.name.value)
    };
    let rows = document.sections.iter().flat_map(|section| &section.errors).filter(has_it);
    let beside = rows.map(|row| size(&row.params, true)).max().unwrap_or_default();
    let boxed = size(&context.params, false) + beside > room(true);
    Context {
        name: context.name.value.clone(),
        text: lower_template(context.text.as_ref(), &context.params),
        params: params(&context.params, &type_name, boxed),
        type_name,
    }
}

/// How many bytes the values of an error may take.
pub(crate) fn room(has_context: bool) -> usize {
    // The number of the variant, and whether there is a context.
    MAX_ERROR - 8 - if has_context { 8 } else { 0 }
}

/// How many bytes the fields of some parameters take, their texts boxed or not.
pub(crate) fn size(params: &[document::Param], boxed: bool) -> usize {
    params.iter().map(|param| field(param, "", boxed).size()).sum()
}

fn fields_size(params: &[Param]) -> usize {
    params.iter().map(|param| param.field.size()).sum()
}

/// The parameters that have a usable name; `owner` is the type that the enums of choices are named after.
fn params(declared: &[document::Param], owner: &str, boxed: bool) -> Vec<Param> {
    let is_usable = |param: &&document::Param| {
        names::is_snake_case(&param.name.value) && !names::is_keyword(&param.name.value)
    };
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let param = |param: &document::Param| Param {
        name: param.name.value.clone(),
        ty: param.ty.as_ref().map_or(Type::Text, |ty| ty.value.clone()),
        field: field(param, owner, boxed),
        description: text(&param.description),
        example: text(&param.example),
        sensitive: param.sensitive,
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
        Some(Field::Enum) => FieldType::Choices(Choices {
            type_name: choice_type(owner, &param.name.value),
            choices: unique_choices(&param.choices),
        }),
        Some(Field::String) | None if boxed => FieldType::BoxedStr,
        Some(Field::String) | None => FieldType::String,
    }
}

fn reserved(document: &Document) -> Reserved {
    let values = |texts: &[Text]| texts.iter().map(|text| text.value.clone()).collect();
    let document::Reserved { codes, details } = &document.reserved;
    Reserved { codes: values(codes), details: values(details) }
}

fn unique_choices(choices: &[Text]) -> Vec<Choice> {
    let mut seen = HashSet::new();
    let choice = |text: &Text| {
        let variant = names::identifier_of_phrase(&text.value)?;
        let fresh = !names::is_keyword(&variant) && seen.insert(variant.clone());
        fresh.then(|| Choice { text: text.value.clone(), variant })
    };
    choices.iter().filter_map(choice).collect()
}

fn lower_template(text: Option<&Text>, params: &[document::Param]) -> Template {
    let Some(text) = text else { return Template::default() };
    Template { source: text.value.clone(), parsed: messages::template(&text.value, params) }
}
