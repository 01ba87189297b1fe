//! The static table: the errors with their texts, their messages with values, and the index of all messages.

use kate_errors_model::envelope::Envelope;
use kate_errors_model::index::Index;
use kate_errors_model::template::{End, Segment, Template};
use kate_errors_model::types::{Field, Type};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::lists::{Lists, Of};
use super::numbered::Numbered;
use super::{identifier, variant_of};
use crate::body::{BodyContent, write};
use crate::catalog::{Catalog, Headers, Param, Row, Status};
use crate::order::sorted_places;

pub(super) fn emit(catalog: &Catalog, lists: &mut Lists<'_>) -> TokenStream {
    let numbered = Numbered::new(catalog);
    let enum_name = catalog.enum_name();
    let reference = option(catalog.reference.as_ref().map(|reference| quote!(#reference)));
    let statuses = catalog.statuses.iter().map(status);
    let sections = catalog.sections.iter().map(|section| &section.name);
    let aliases = catalog.aliases();
    let index = numbered.index(catalog);
    let parts = catalog.envelope();
    let envelope = parts.envelope();
    let mut errors = catalog.rows.iter().enumerate().map(|(at, row)| {
        let is_shared = numbered.is_shared(&index, at);
        error(catalog, &envelope, row, numbered.places[at], &aliases[at], is_shared)
    });
    let errors = lists.list(Of::Expressions, 4, &mut errors);
    let rows = &catalog.rows;
    let by_code = sorted_places(rows.len(), &|a, b| rows[a].code.cmp(&rows[b].code));
    let by_code = by_code.into_iter().map(Literal::usize_unsuffixed);
    let mut messages = numbered.templates.iter().map(|(at, role, template)| {
        let (at, role) = (Literal::usize_unsuffixed(*at), identifier(role));
        let template = self::template(template);
        quote!(Message { error: #at, role: Role::#role, template: #template })
    });
    let messages = lists.list(Of::Expressions, 4, &mut messages);
    let former = numbered.former.iter().map(|(at, text)| {
        let at = Literal::usize_unsuffixed(*at);
        quote!((#at, #text))
    });
    let index = self::index(&index, lists);
    let envelope = super::envelope::emit(catalog);
    let code_header = super::envelope::code_header(catalog);
    let identity = variant_of(catalog.identity);
    quote! {
        const ENVELOPE: lib::Envelope<'static> = #envelope;
        const IDENTITY: lib::Identity = lib::Identity::#identity;
        const CODE_HEADER: lib::Option<lib::envelope::CodeHeader<'static>> = #code_header;

        static TABLE: lib::Table = {
            #[allow(unused_imports)]
            use self::lib::{
                Cow, Edge, End, ErrorRow, Extras, Group, Index, Message, Option, Param, Retry, Role, StatusRow,
                Table, Type, types,
            };

            Table {
                enum_name: #enum_name,
                reference: #reference,
                statuses: &[#(#statuses),*],
                sections: &[#(#sections),*],
                errors: &[#errors],
                by_code: &[#(#by_code),*],
                messages: &[#messages],
                former: &[#(#former),*],
                index: #index,
            }
        };
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    if let Some(value) = value { quote!(Option::Some(#value)) } else { quote!(Option::None) }
}

fn status(status: &Status) -> TokenStream {
    let (number, name) = (Literal::u16_unsuffixed(status.code), &status.name);
    let headers = headers(&status.headers);
    let fallback = option(status.fallback.map(Literal::usize_unsuffixed).map(|it| quote!(#it)));
    let text = &status.description;
    quote! {
        StatusRow {
            status: #number,
            name: #name,
            description: #text,
            headers: #headers,
            fallback: #fallback,
        }
    }
}

fn headers(headers: &Headers) -> TokenStream {
    let fields = headers.fields().into_iter().map(|(name, value)| quote!((#name, #value)));
    quote!(&[#(#fields),*])
}

fn error(
    catalog: &Catalog,
    envelope: &Envelope<'_>,
    row: &Row,
    places: [Option<usize>; 2],
    aliases: &[usize],
    is_shared: bool,
) -> TokenStream {
    let status = Literal::u16_unsuffixed(catalog.statuses[row.status].code);
    let section = Literal::usize_unsuffixed(row.section);
    let retry = variant_of(row.retry);
    let texts = Texts::of(catalog, envelope, row);
    let extras = match extras(catalog, row, places, aliases, texts.is_plain) {
        fields if !fields.is_empty() => {
            quote!(Option::Some(&Extras { #(#fields,)* ..Extras::NONE }))
        }
        _ if is_shared => quote!(Option::Some(&Extras::NONE)),
        _ => quote!(Option::None),
    };
    let cuts = texts.cuts.iter().map(|cut| Literal::usize_unsuffixed(*cut));
    let text = verbatim(&texts.text);
    quote! {
        ErrorRow {
            status: #status,
            section: #section,
            retry: Retry::#retry,
            cuts: [#(#cuts),*],
            extras: #extras,
            text: #text,
        }
    }
}

/// The texts of an error, separated by line breaks, and their boundaries.
struct Texts {
    text: String,
    cuts: [usize; 5],
    /// Whether the body contains the message without escapes.
    is_plain: bool,
}

impl Texts {
    fn of(catalog: &Catalog, envelope: &Envelope<'_>, row: &Row) -> Self {
        let mut text = String::new();
        let (start, end, is_plain) = if let Some(detail) = row.detail.constant() {
            let (body, place) = write(envelope, &BodyContent::of(catalog, row, detail, &[]));
            text.push_str(&body);
            (place.start, place.end, place.len() == detail.len())
        } else {
            text.push_str(&row.detail.source);
            (0, text.len(), true)
        };
        let mut cuts = [start, end, text.len(), 0, 0];
        for (cut, part) in cuts[3..].iter_mut().zip([&row.code, &row.cause]) {
            text.push('\n');
            text.push_str(part);
            *cut = text.len();
        }
        text.push('\n');
        text.push_str(&row.fix);
        Self { text, cuts, is_plain }
    }
}

/// Returns a literal that shows the text as it is, line by line. If it has characters that a raw literal cannot
/// show, they are escaped: only rejected texts have such characters.
fn verbatim(text: &str) -> Literal {
    let is_plain =
        |c: char| (c >= ' ' && c != '\u{7F}' && c < '\u{80}') || c == '\n' || c.is_alphanumeric();
    if !text.chars().all(is_plain) {
        return Literal::string(text);
    }
    let longest =
        text.split('"').skip(1).map(|rest| rest.bytes().take_while(|b| *b == b'#').count());
    let fence = "#".repeat(longest.max().map_or(0, |longest| longest + 1));
    let raw = format!("r{fence}\"{text}\"{fence}");
    raw.parse().unwrap_or_else(|_| Literal::string(text))
}

fn extras(
    catalog: &Catalog,
    row: &Row,
    [detail, with_context]: [Option<usize>; 2],
    aliases: &[usize],
    is_plain: bool,
) -> Vec<TokenStream> {
    let number = |number: usize| Literal::usize_unsuffixed(number).into_token_stream();
    let some = |name: &str, value: Option<TokenStream>| {
        let name = identifier(name);
        value.map(|value| quote!(#name: Option::Some(#value)))
    };
    let list = |name: &str, items: Vec<TokenStream>| {
        let name = identifier(name);
        (!items.is_empty()).then(|| quote!(#name: &[#(#items),*]))
    };
    let message = row.detail.constant().filter(|_| !is_plain);
    let params = catalog.params(row).next().map(|_| {
        let (params, own) = (params(catalog.params(row)), number(row.params.len()));
        quote!(params: #params, own: #own)
    });
    let statuses = row.other_statuses.iter().map(|at| catalog.statuses[*at].code);
    let statuses = statuses.map(|code| Literal::u16_unsuffixed(code).into_token_stream());
    let wire = row.wire.iter().map(|(name, json)| quote!((#name, #json)));
    let name = Some(&row.name).filter(|name| **name != row.code);
    let context = row.context.map(|context| &catalog.contexts[context].type_name);
    let has_headers = row.headers != catalog.statuses[row.status].headers;
    let fields = [
        some("message", message.map(ToTokens::to_token_stream)),
        params,
        row.is_number.then(|| quote!(is_number: true)),
        row.without_code.then(|| quote!(without_code: true)),
        list("statuses", statuses.collect()),
        list("wire", wire.collect()),
        some("anchor", name.map(ToTokens::to_token_stream)),
        some("context", context.map(ToTokens::to_token_stream)),
        some("detail", detail.map(number)),
        some("with_context", with_context.map(number)),
        some("same_as", row.same_as.map(number)),
        list("aliases", aliases.iter().copied().map(number).collect()),
        some("retired", row.retired.as_ref().map(|retired| retired.reason.to_token_stream())),
        some("headers", has_headers.then(|| headers(&row.headers))),
    ];
    fields.into_iter().flatten().collect()
}

/// Returns the parameters of an error or of a context.
pub(super) fn params<'p>(params: impl Iterator<Item = &'p Param>) -> TokenStream {
    let params = params.map(|param| {
        let (name, sensitive) = (&param.name, param.sensitive);
        let new = identifier(match param.ty.info().field {
            Field::U64 | Field::I64 => "number",
            Field::Bool => "boolean",
            Field::String | Field::Enum => "new",
        });
        let member = (param.member != param.name).then_some(&param.member).into_iter();
        let optional = param.optional.then(|| quote!(.optional()));
        quote!(Param::#new(#name, #sensitive) #(.in_member(#member))* #optional)
    });
    quote!(&[#(#params),*])
}

/// Returns a template as a constant.
pub(super) fn template(template: &Template<'_>) -> TokenStream {
    let first = &*template.first;
    let segments = template.segments.iter().map(segment);
    let around = template.around.iter().map(|text| &**text);
    let around = (!template.around.is_empty()).then(|| quote!(; #(#around),*));
    quote!(::kate_errors::__template!(#first #(, #segments)* #around))
}

fn segment(segment: &Segment<'_>) -> TokenStream {
    let (param, literal) = (Literal::usize_unsuffixed(segment.param), &*segment.literal);
    let ty = match &segment.ty {
        Type::Text => quote!(Type::Text),
        Type::Lines => quote!(Type::Lines),
        Type::Word => quote!(Type::Word),
        Type::Scalar(scalar) => {
            let name = identifier(&scalar.info.name.to_uppercase());
            quote!(Type::Scalar(&types::#name))
        }
        Type::OneOf(choices) => {
            let choices = choices.iter().map(|choice| {
                let choice = &**choice;
                quote!(Cow::Borrowed(#choice))
            });
            quote!(Type::OneOf(Cow::Borrowed(&[#(#choices),*])))
        }
    };
    let end = match &segment.end {
        End::Mark(length) => {
            let length = Literal::usize_unsuffixed(*length);
            quote!(End::Mark(#length))
        }
        End::Message => quote!(End::Message),
        End::Literal => quote!(End::Literal),
        End::Unread => quote!(End::Unread),
        End::Before(mark) => {
            let mark = &**mark;
            quote!(End::Before(Cow::Borrowed(#mark)))
        }
    };
    quote!([#param, #ty, #end, #literal])
}

fn index(index: &Index<'_>, lists: &mut Lists<'_>) -> TokenStream {
    let numbers = |numbers: &[u32]| {
        let numbers = numbers.iter().map(|number| Literal::u32_unsuffixed(*number));
        quote!(Cow::Borrowed(&[#(#numbers),*]))
    };
    let (slots, leaves) = (numbers(&index.slots), numbers(&index.leaves));
    let mut groups = index.groups.iter().map(|group| {
        let numbers = [group.message, group.segment, group.edge, group.edges, group.from];
        let numbers = numbers.map(Literal::u32_unsuffixed);
        quote!(Group::new([#(#numbers),*]))
    });
    let groups = lists.list(Of::Expressions, 6, &mut groups);
    let mut edges = index.edges.iter().map(|edge| {
        let numbers = [
            edge.message,
            edge.segment,
            edge.choice,
            edge.shorter,
            edge.group,
            edge.groups,
            edge.leaf,
            edge.leaves,
        ];
        let numbers = numbers.map(Literal::u32_unsuffixed);
        let head = Literal::u64_unsuffixed(edge.head);
        quote!(Edge::new(#head, [#(#numbers),*]))
    });
    let edges = lists.list(Of::Expressions, 6, &mut edges);
    quote! {
        Index {
            slots: #slots,
            groups: Cow::Borrowed(&[#groups]),
            edges: Cow::Borrowed(&[#edges]),
            leaves: #leaves,
        }
    }
}
