//! Rendering the messages and bodies of errors, once for every catalog.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use kate_errors_model::envelope::{Envelope, FieldPart, Fill, Member};
use kate_errors_model::json::{Kind, Raw, push_escaped};
#[cfg(feature = "http")]
use kate_errors_model::template::parse;
use kate_errors_model::template::{Template, USUAL_SIZE, Value, Values, fill};

use crate::catalog::table::Param;
use crate::encode::shorten::{head, like, shorten};
use crate::encode::{Given, NOTHING, fallback};
use crate::{CatalogCode, CatalogError};

/// The mark in place of a sensitive value.
pub(crate) const HIDDEN: &str = "•••";

/// The template of an error's message with or without its context, if it has values.
fn template<C: CatalogCode>(code: C, values: Values<'_>) -> Option<&'static Template<'static>> {
    C::TABLE.message(code.__row(), values.context.is_some())
}

/// Calls `with` with the values of an error that may have some.
#[inline]
pub(super) fn with_values<E: CatalogError, R>(
    error: &E,
    mut with: impl FnMut(Values<'_>) -> Option<R>,
) -> Option<R> {
    error.code().__row().extras?;
    let mut result = None;
    error.__with_values(&mut |values| result = with(values));
    result
}

/// Calls `with` with the message and the values of an error, if the message has values.
pub(super) fn with_template<E: CatalogError, R>(
    error: &E,
    mut with: impl FnMut(&'static Template<'static>, Values<'_>) -> R,
) -> Option<R> {
    with_values(error, |values| Some(with(template(error.code(), values)?, values)))
}

pub(crate) fn detail<E: CatalogError>(error: &E) -> Cow<'static, str> {
    let rendered = with_template(error, Template::render);
    rendered.map_or_else(|| Cow::Borrowed(error.code().__row().detail()), Cow::Owned)
}

/// Calls `with` with the message and the values of an error, if the body has values.
#[inline]
pub(super) fn with_detail<E: CatalogError, R>(
    error: &E,
    mut with: impl FnMut(Detail<'_>, Values<'_>) -> R,
) -> Option<R> {
    let code = error.code();
    with_values(error, |values| match template(code, values) {
        Some(template) => Some(with(Detail::Template(template), values)),
        // Only members have values, the message has none.
        None if values.iter().next().is_some() => {
            Some(with(Detail::Text(code.__row().detail()), values))
        }
        None => None,
    })
}

pub(crate) fn body<E: CatalogError>(error: &E) -> Cow<'static, [u8]> {
    let row = error.code().__row();
    if row.extras.is_none() {
        return Cow::Borrowed(row.body());
    }
    body_with_values(error).map_or_else(|| Cow::Borrowed(row.body()), Cow::Owned)
}

/// The body of an error, if it has values.
#[inline(never)]
fn body_with_values<E: CatalogError>(error: &E) -> Option<Vec<u8>> {
    with_detail(error, |detail, values| {
        let mut body = Vec::with_capacity(const { E::Code::ENVELOPE.size() + USUAL_SIZE });
        push_body(error.code(), detail, values, &mut body);
        body
    })
}

pub(crate) fn write_body<E: CatalogError>(error: &E, out: &mut Vec<u8>) {
    let code = error.code();
    let rendered = with_detail(error, |detail, values| {
        push_body(code, detail, values, out);
    });
    if rendered.is_none() {
        out.extend_from_slice(error.code().__row().body());
    }
}

/// Writes the body of an error. Returns how many bytes of a value it has at most.
pub(super) fn push_body<C: CatalogCode>(
    code: C,
    detail: Detail<'_>,
    values: Values<'_>,
    out: &mut Vec<u8>,
) -> usize {
    let start = out.len();
    let content = BodyContent { values, ..BodyContent::new(Some(code), code.status(), detail) };
    // Most bodies are a message. It always fits, and programs need no code for what other envelopes have.
    if const { !C::ENVELOPE.around_message()[0].is_empty() } {
        let [head, tail] = const { C::ENVELOPE.around_message() };
        out.extend_from_slice(head.as_bytes());
        content.detail(out);
        out.extend_from_slice(tail.as_bytes());
        return usize::MAX;
    }
    C::ENVELOPE.fill(&content, out);
    if const { C::ENVELOPE.around().is_some() } {
        return usize::MAX;
    }
    shorten(&C::ENVELOPE, content, start, out)
}

/// Calls `with` with the content of an error's body, including what is only known when it is sent.
pub(crate) fn with_content<E: CatalogError, R>(
    error: &E,
    given: &Given,
    with: impl Fn(BodyContent<'_, E::Code>) -> R,
) -> R {
    let code = error.code();
    let status = given.status.unwrap_or_else(|| code.status());
    let content = BodyContent { given, ..BodyContent::new(Some(code), status, Detail::Text("")) };
    let filled =
        with_detail(error, |detail, values| with(BodyContent { detail, values, ..content }));
    filled.unwrap_or_else(|| {
        with(BodyContent { detail: Detail::Text(code.__row().detail()), ..content })
    })
}

/// Writes a body with what is only known when it is sent.
pub(crate) fn body_given<C: CatalogCode>(content: BodyContent<'_, C>) -> Vec<u8> {
    // `FastAPI` sends a list of fields in place of the message.
    let is_list = C::IS_DETAIL && !content.given.fields.is_empty();
    let envelope = if is_list { Envelope::VALIDATION } else { C::ENVELOPE };
    let mut body = Vec::new();
    envelope.fill(&content, &mut body);
    shorten(&envelope, content, 0, &mut body);
    body
}

/// The content of a body: an error, or a status without one.
#[derive(Clone, Copy)]
pub(crate) struct BodyContent<'a, C> {
    pub(crate) code: Option<C>,
    pub(crate) status: u16,
    pub(crate) detail: Detail<'a>,
    pub(crate) values: Values<'a>,
    pub(crate) given: &'a Given,
    /// What replaces the URL of the error on the reference page if there is none.
    pub(crate) no_docs: Option<&'static str>,
    /// How many bytes causes, fixes and the texts of fields have at most.
    pub(crate) longest: usize,
}

#[derive(Clone, Copy)]
pub(crate) enum Detail<'a> {
    Text(&'a str),
    Template(&'static Template<'static>),
}

impl Detail<'_> {
    /// The message, if it has values.
    pub(super) fn template(self) -> Option<&'static Template<'static>> {
        match self {
            Self::Template(template) => Some(template),
            Self::Text(_) => None,
        }
    }
}

impl<'a, C: CatalogCode> BodyContent<'a, C> {
    pub(crate) const fn new(code: Option<C>, status: u16, detail: Detail<'a>) -> Self {
        let (values, given, longest) = (Values::NONE, &NOTHING, usize::MAX);
        Self { code, status, detail, values, given, no_docs: None, longest }
    }
}

impl<C: CatalogCode> BodyContent<'_, C> {
    fn explain(&self, text: fn(C) -> &'static str) -> Option<Cow<'_, str>> {
        let code = self.code?;
        Some(self.cut(explanation(code, self.values, text(code))))
    }

    fn cut<'t>(&self, text: Cow<'t, str>) -> Cow<'t, str> {
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(head(text, self.longest)),
            Cow::Owned(mut text) => {
                text.truncate(head(&text, self.longest).len());
                Cow::Owned(text)
            }
        }
    }
}

impl<C: CatalogCode> Fill for BodyContent<'_, C> {
    fn code(&self) -> Option<(&str, bool)> {
        let row = self.code?.__row();
        row.sent_code().map(|code| (code, row.extras().is_number))
    }

    #[inline]
    fn detail(&self, out: &mut Vec<u8>) {
        match self.detail {
            Detail::Text(text) => push_escaped(text, out),
            Detail::Template(template) => template.render_json(self.values, out),
        }
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn title(&self) -> &str {
        fallback::name::<C>(self.status)
    }

    fn docs_url(&self) -> Option<String> {
        let docs_url = self.code.and_then(CatalogCode::docs_url);
        docs_url.or_else(|| Some(self.no_docs?.to_owned()))
    }

    fn cause(&self) -> Option<Cow<'_, str>> {
        self.explain(CatalogCode::cause_template)
    }

    fn fix(&self) -> Option<Cow<'_, str>> {
        self.explain(CatalogCode::fix_template)
    }

    fn retry_after(&self) -> Option<u64> {
        if self.given.retry_after.is_some() {
            return self.given.retry_after;
        }
        let mut headers = fallback::headers_under(self.code, self.status);
        headers.find(|(name, _)| *name == "retry-after")?.1.parse().ok()
    }

    fn request(&self, name: &str) -> Option<&str> {
        let value = self.given.request.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| value.as_json())
    }

    fn wire(&self, name: &str) -> Option<&str> {
        let wire = self.code?.__row().extras().wire;
        wire.iter().find(|(known, _)| *known == name).map(|(_, json)| *json)
    }

    fn each_value(&self, with: &mut dyn FnMut(Member<'_>)) {
        let params = self.code.map_or(&[][..], |code| code.__row().extras().params);
        for (param, value) in params.iter().zip(self.values.iter()) {
            if let Some(text) = value.text_if_any() {
                // The text of a type of another crate need not be a number.
                let is_bare = param.kind != Kind::String
                    && Raw::parse(&text).is_ok_and(|json| json.kind() == param.kind);
                with(Member { param: param.name, name: param.member, text: &text, is_bare });
            }
        }
    }

    fn fields(&self) -> usize {
        self.given.fields.len()
    }

    fn field(&self, at: usize, part: FieldPart) -> Option<Cow<'_, str>> {
        let text = self.given.fields.get(at)?.part(part)?;
        Some(if part == FieldPart::Loc { text } else { self.cut(text) })
    }
}

/// Writes the body of an error, or of a status without one, as problem details.
pub(crate) fn problem<C: CatalogCode>(content: BodyContent<'_, C>) -> Vec<u8> {
    let mut body = Vec::with_capacity(Envelope::PROBLEM.size() + USUAL_SIZE);
    let content = BodyContent { no_docs: Some("about:blank"), ..content };
    Envelope::PROBLEM.fill(&content, &mut body);
    shorten(&Envelope::PROBLEM, content, 0, &mut body);
    body
}

/// The message of an error, with a mark in place of each sensitive value.
pub(crate) fn redacted<E: CatalogError>(error: &E) -> Cow<'static, str> {
    let params = error.code().__row().extras().params;
    let rendered = with_template(error, |template, values| {
        let all = masked(values.iter(), params);
        template.render(like(values, &all))
    });
    rendered.map_or_else(|| Cow::Borrowed(error.code().__row().detail()), Cow::Owned)
}

/// Replaces the values of sensitive parameters by a mark.
pub(crate) fn masked<'v>(
    values: impl Iterator<Item = Value<'v>>,
    params: &[Param],
) -> Vec<Value<'v>> {
    let shown = |(value, param): (Value<'v>, &Param)| {
        if param.sensitive { Value::Fixed(HIDDEN) } else { value }
    };
    values.zip(params).map(shown).collect()
}

/// A cause or a fix with the values of an error. The placeholder of a parameter without a value, because the
/// error has no context, is kept.
pub(crate) fn explain<E: CatalogError>(error: &E, text: &'static str) -> Cow<'static, str> {
    if !text.contains(['{', '}']) {
        return Cow::Borrowed(text);
    }
    let mut explained = Cow::Borrowed("");
    error.__with_values(&mut |values| explained = explanation(error.code(), values, text));
    explained
}

fn explanation<C: CatalogCode>(
    code: C,
    values: Values<'_>,
    text: &'static str,
) -> Cow<'static, str> {
    if !text.contains(['{', '}']) {
        return Cow::Borrowed(text);
    }
    let params = code.__row().extras().params;
    let value = |name: &str| {
        let at = params.iter().position(|param| param.name == name)?;
        values.get(at).map(Value::text)
    };
    Cow::Owned(fill(text, value))
}

/// A cause or a fix, or `None` if it needs values.
#[cfg(feature = "http")]
pub(crate) fn without_values(text: &'static str) -> Option<Cow<'static, str>> {
    let needs_values = parse(text).placeholders().next().is_some();
    (!needs_values).then(|| fill(text, |_| None).into())
}
