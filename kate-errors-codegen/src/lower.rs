//! The fourth stage: a checked document becomes a [`Catalog`].
//!
//! Lowering is total. On a document with diagnostics it leaves out what has no usable name and fills in
//! what is missing, which gives the skeleton that a macro emits beside its error message. Either way a
//! catalog has at least one status, one section and one row, and no identifier twice in one place.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::catalog::{
    Catalog, Choice, Choices, Context, Headers, Operation, Param, ParamKind, Piece, Reserved,
    Retired, Retry, Row, Section, Status, StatusBasis, Template,
};
use crate::names;
use crate::syntax::document::{self, Document, Text};
use crate::template::{self, Part};
use crate::work;

/// The catalog that `document` describes.
pub(crate) fn lower(document: &Document) -> Catalog {
    Lowering::new(document).catalog()
}

/// The code of the row that stands for a catalog without any.
const UNREADABLE: &str = "unreadable";

/// How a row is joined to its context on the wire: `detail. context`.
pub(crate) const CONTEXT_SEPARATOR: &str = ". ";

/// The rows that have a usable code, and where each of them goes.
struct Lowering<'d> {
    document: &'d Document,
    rows: Vec<(usize, &'d document::Row)>,
    index: HashMap<&'d str, usize>,
    /// For each row the one at the end of its chain of `same_as`.
    bases: Vec<usize>,
    statuses: Vec<Status>,
    contexts: Vec<Context>,
    status_index: HashMap<u16, usize>,
    context_index: HashMap<String, usize>,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document) -> Self {
        let (statuses, contexts) = (statuses(document), contexts(document));
        let mut lowering = Self {
            document,
            rows: Vec::new(),
            index: HashMap::new(),
            bases: Vec::new(),
            status_index: index(statuses.iter().map(|status| status.code)),
            context_index: index(contexts.iter().map(|context| context.name.clone())),
            statuses,
            contexts,
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
        let detail =
            base.detail.as_ref().map(|text| template::parse(&text.value)).unwrap_or_default();
        let tail = if context.is_some() { CONTEXT_SEPARATOR.chars().next() } else { None };
        let params = params(&base.params, &detail.parts, tail, &base_variant.unwrap_or_default());
        let template = |text: &Option<Text>| lower_template(text.as_ref(), &params);
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
            detail: template(&base.detail),
            context,
            same_as,
            former: row.former.iter().map(|text| lower_template(Some(text), &params)).collect(),
            retired: row.retired.as_ref().map(|retired| self.retired(retired)),
            retry: row
                .retry
                .as_ref()
                .map_or_else(|| self.default_retry(status), |retry| retry.value),
            since: row.since.as_ref().map(|since| since.value.clone()),
            cause: template(&row.cause),
            fix: template(&row.fix),
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
        // As `Retry::of_status` of the library has it, which tests hold it to.
        match self.statuses.get(status).map(|status| status.code) {
            Some(408 | 425 | 429 | 500 | 502..=504 | 509 | 512..) => Retry::Later,
            Some(405 | 410 | 501 | 505) => Retry::Never,
            _ => Retry::AfterFix,
        }
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

fn contexts(document: &Document) -> Vec<Context> {
    let mut seen: HashSet<String> = ["Status", "Section"].map(str::to_owned).into();
    let usable = document.contexts.iter().filter(|context| {
        let name = &context.name.value;
        names::is_snake_case(name) && !names::is_keyword(&names::upper_camel_case(name))
    });
    usable
        .filter(|context| seen.insert(names::upper_camel_case(&context.name.value)))
        .map(context)
        .collect()
}

fn context(context: &document::Context) -> Context {
    let type_name = names::upper_camel_case(&context.name.value);
    let text = context.text.as_ref();
    let parts = text.map(|text| template::parse(&text.value)).unwrap_or_default().parts;
    let params = params(&context.params, &parts, None, &type_name);
    Context {
        name: context.name.value.clone(),
        text: lower_template(text, &params),
        type_name,
        params,
    }
}

/// The parameters of a template whose parts are `parts`; `tail` is what follows the template itself.
fn params(
    declared: &[document::Param],
    parts: &[Part],
    tail: Option<char>,
    owner: &str,
) -> Vec<Param> {
    let usable = declared.iter().filter(|param| {
        names::is_snake_case(&param.name.value) && !names::is_keyword(&param.name.value)
    });
    usable
        .map(|param| Param {
            name: param.name.value.clone(),
            kind: param_kind(param, parts, tail, owner),
            description: param.description.as_ref().map(|text| text.value.clone()),
            example: param.example.as_ref().map(|text| text.value.clone()),
            sensitive: param.sensitive,
        })
        .collect()
}

fn param_kind(
    param: &document::Param,
    parts: &[Part],
    tail: Option<char>,
    owner: &str,
) -> ParamKind {
    match param.kind.as_ref().map(|kind| &kind.value) {
        Some(document::ParamKind::U64) => ParamKind::U64,
        Some(document::ParamKind::I64) => ParamKind::I64,
        Some(document::ParamKind::Word) => ParamKind::Word,
        Some(document::ParamKind::OneOf(choices)) => ParamKind::OneOf(Choices {
            type_name: choice_type(owner, &param.name.value),
            choices: unique_choices(choices),
        }),
        Some(document::ParamKind::Text) | None => {
            ParamKind::Text { ends_at: text_end(parts, &param.name.value, tail) }
        }
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

/// The character at which the parameter `name` ends: the one that stands behind its placeholder.
pub(crate) fn text_end(parts: &[Part], name: &str, tail: Option<char>) -> Option<char> {
    let at = parts
        .iter()
        .position(|part| matches!(part, Part::Placeholder(hole) if hole.name == name))?;
    match parts.get(at + 1) {
        Some(Part::Literal(literal)) => literal.chars().next(),
        Some(Part::Placeholder(_)) => None,
        None => tail,
    }
}

fn lower_template(text: Option<&Text>, params: &[Param]) -> Template {
    let Some(text) = text else { return Template::default() };
    let pieces = template::parse(&text.value).parts.into_iter().filter_map(|part| match part {
        Part::Literal(literal) => Some(Piece::Literal(literal)),
        Part::Placeholder(hole) => {
            params.iter().position(|param| param.name == hole.name).map(Piece::Hole)
        }
    });
    Template { source: text.value.clone(), pieces: pieces.collect() }
}
