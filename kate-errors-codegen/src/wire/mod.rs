//! The envelope that a catalog describes: its template, and mistakes in it.

mod cut;
mod length;
mod missing;

use std::borrow::Cow;

use kate_errors_model::envelope::profiles::{self, DETAIL, PROFILES};
use kate_errors_model::envelope::{Envelope, Leaf, Place, Slot};
use kate_errors_model::json::Raw;
use kate_errors_model::status::HEADER_FIELDS;

use crate::challenge::is_token_character;
use crate::diagnostic::Diagnostic;
use crate::envelope::{self, Parts, expand};
use crate::rule;
use crate::source::Span;
use crate::suggest::{self, did_you_mean};
use crate::syntax::document::{Document, Identity, Row, Spanned, Text, Wire};
use crate::syntax::wire::Json;

/// The envelopes that a catalog describes.
#[derive(Debug)]
pub(crate) struct Envelopes {
    /// The template of the body, without white space, with the constants of the catalog inserted; `None` if it has
    /// mistakes.
    pub(crate) body: Option<String>,
    /// The templates of older bodies without mistakes, with their places.
    pub(crate) older: Vec<(String, Span)>,
    pub(crate) mistakes: Vec<Diagnostic>,
}

impl Envelopes {
    /// Returns the place of the first older body without a code.
    pub(crate) fn older_without_code(&self) -> Option<Span> {
        let found = self.older.iter().find(|(template, _)| lacks_code(template));
        found.map(|(_, place)| *place)
    }

    /// Returns the templates of older bodies in the order in which they are tried. If messages do not identify errors,
    /// those without a code come last: a code in another place counts more than the message.
    pub(crate) fn older_as_tried(&self, identity: Identity) -> Vec<String> {
        let older = self.older.iter();
        let mut older: Vec<String> = older.map(|(template, _)| template.clone()).collect();
        if !identity.is_by_detail() {
            older.sort_by_key(|it| lacks_code(it));
        }
        older
    }

    /// Returns the parameters that messages need not contain, because members have their values.
    pub(crate) fn members(&self, identity: Identity) -> Members<'_> {
        let body = self.body.as_deref().map(|body| Parts::new(body).unwrap_or_default());
        Members { body, decide: identity == Identity::Code }
    }
}

/// The parameters whose values are members of the body.
#[derive(Debug)]
pub(crate) struct Members<'e> {
    /// If the body has mistakes, it may have all members.
    body: Option<Parts<'e>>,
    /// Whether members take precedence over the message, because the code alone identifies the error.
    decide: bool,
}

impl Members<'_> {
    /// Whether the body has a member for the parameter.
    pub(crate) fn have(&self, name: &str) -> bool {
        self.body.as_ref().is_none_or(|body| body.envelope().reads_value(name))
    }

    /// Whether the value of the parameter is read from a member, although the message contains it.
    pub(crate) fn decide(&self, name: &str) -> bool {
        self.decide && self.have(name)
    }

    /// Whether the message of an error need not be read, because the code identifies the error and all its
    /// values are in members of the body.
    pub(crate) fn have_all(&self, row: &Row) -> bool {
        let is_plain = row.context.is_none() && row.former.is_empty();
        is_plain && row.params.iter().all(|param| self.decide(&param.name.value))
    }
}

fn mistake(message: impl Into<String>, label: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::new(&rule::INVALID_ENVELOPE, message, (span, label))
}

/// Makes the code of a template optional: not all errors have one.
pub(crate) fn with_optional_code(template: &str) -> String {
    template.replace("{code}", "{code?}").replace("{code:string}", "{code:string?}")
}

/// Whether a body has no place for the code.
pub(crate) fn lacks_code(template: &str) -> bool {
    !Parts::new(template).unwrap_or_default().envelope().reads(Slot::Code)
}

/// Returns the texts around messages in bodies that no value can contain, because messages begin or end there.
pub(crate) fn around_messages(template: &str) -> Cow<'static, [Cow<'static, str>]> {
    let parts = Parts::new(template).unwrap_or_default();
    let leaves = parts.envelope().places.iter().filter_map(Place::leaf);
    let marks = leaves.filter(|leaf| leaf.slot == Slot::Detail).flat_map(Leaf::marks);
    marks.map(|mark| Cow::Owned(mark.to_owned())).collect()
}

impl Document {
    /// Returns how errors are identified when a response is read.
    pub(crate) fn identity(&self) -> Identity {
        let identity = self.wire.as_ref().and_then(|wire| wire.identity);
        identity.map_or(Identity::Detail, |identity| identity.value)
    }

    /// Returns the success status with which errors are also sent.
    pub(crate) fn success(&self) -> Option<Spanned<u16>> {
        self.wire.as_ref()?.status.filter(|status| has_body(status.value))
    }

    /// Returns the envelopes that the catalog describes, and the mistakes in them.
    pub(crate) fn envelopes(&self) -> Envelopes {
        let mut mistakes = Vec::new();
        let body = self.body().map_err(|found| mistakes.extend(found)).ok();
        let mut older = Vec::new();
        for written in self.wire.iter().flat_map(|wire| &wire.reads) {
            match self.older_body(written) {
                Ok(template) => older.push((template, written.place(""))),
                Err(found) => mistakes.extend(found),
            }
        }
        Envelopes { body, older, mistakes }
    }

    /// Returns the template of the body. Mistakes in the header field, media type or status are also returned, without
    /// checking the body.
    fn body(&self) -> Result<String, Vec<Diagnostic>> {
        let mut mistakes = self.header_mistakes();
        mistakes.extend(self.media_type_mistake());
        mistakes.extend(self.success_mistake());
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let source = self.wire.as_ref().map(source).transpose()?.flatten();
        let source = source.unwrap_or_else(|| {
            let identity = self.wire.as_ref().and_then(|wire| wire.identity);
            Json::named(DETAIL, identity.map_or_else(Span::default, |identity| identity.span))
        });
        let mut template = self.template(&source)?;
        if self.rows().any(|row| row.without_code.is_some()) {
            template = with_optional_code(&template);
        }
        let parts = Parts::new(&template).unwrap_or_default();
        let missing = self.missing(&parts.envelope(), &source);
        if missing.is_empty() { Ok(template) } else { Err(missing) }
    }

    /// Returns the template of an older body.
    fn older_body(&self, written: &Json) -> Result<String, Vec<Diagnostic>> {
        let source = match written.as_text() {
            Some((name, span)) => of_profile(name, span)?,
            None => written.clone(),
        };
        let template = self.template(&source)?;
        let parts = Parts::new(&template).unwrap_or_default();
        let missing = self.missing_of_older(&parts.envelope(), &source);
        if missing.is_empty() { Ok(template) } else { Err(missing) }
    }

    /// Inserts the constants of the catalog, and verifies that the result is a valid envelope.
    fn template(&self, source: &Json) -> Result<String, Vec<Diagnostic>> {
        let with = self.wire.iter().flat_map(|wire| &wire.with);
        // YAML values are converted to valid JSON.
        let with =
            with.filter_map(|(name, json)| Some((&*name.value, Raw::parse(&json.text).ok()?)));
        let with: Vec<_> = with.collect();
        let raw = Raw::parse(&source.text).map_err(|_| Vec::new())?;
        let found = |mistakes: Vec<envelope::Mistake>| -> Vec<Diagnostic> {
            let located = |it: envelope::Mistake| {
                mistake(it.message, "in this place", source.place(&it.place))
            };
            mistakes.into_iter().map(located).collect()
        };
        let template = expand(raw, &with).map_err(found)?;
        Parts::new(&template).map_err(found)?;
        Ok(template)
    }

    /// Returns the header field that contains the code in every error response, and the template of its value.
    pub(crate) fn header(&self) -> Option<(&str, &str)> {
        let (name, value) = self.wire.as_ref()?.header.first()?;
        Some((&name.value, value.as_text()?.0))
    }

    /// Returns the media type of bodies.
    pub(crate) fn media_type(&self) -> &str {
        let wire = self.wire.as_ref();
        let profile = wire.and_then(|wire| profiles::named(&wire.profile.as_ref()?.value));
        let usual = profile.map_or(Envelope::DETAIL.media_type, |profile| profile.media_type);
        let written = wire.and_then(|wire| wire.media_type.as_ref());
        written.map_or(usual, |written| &written.value)
    }

    /// Returns the mistake in the media type, if any (RFC 9110, sections 5.6.6 and 8.3.1; RFC 6839, section 3.1).
    fn media_type_mistake(&self) -> Option<Diagnostic> {
        let written = self.wire.as_ref()?.media_type.as_ref()?;
        let (mut is_quoted, mut is_escaped) = (false, false);
        let mut parts = written.value.split(|it| {
            let ends = it == ';' && !is_quoted;
            is_quoted ^= it == '"' && !is_escaped;
            is_escaped = is_quoted && it == '\\' && !is_escaped;
            ends
        });
        let is_token = |name: &str| !name.is_empty() && name.bytes().all(is_token_character);
        let (kind, subtype) = parts.next()?.split_once('/').unwrap_or_default();
        let is_json = subtype.eq_ignore_ascii_case("json") || subtype.ends_with("+json");
        let is_parameter = |part: &str| {
            let (name, value) = part.trim_matches(' ').split_once('=').unwrap_or_default();
            is_token(name) && !value.is_empty() && value.bytes().all(|it| matches!(it, b' '..=b'~'))
        };
        let is_valid = is_token(kind) && is_token(subtype) && is_json && parts.all(is_parameter);
        (!is_valid || is_quoted).then(|| {
            let message = format!("`{written}` is not a media type of JSON");
            mistake(message, "such as `application/problem+json`", written.span)
        })
    }

    /// Returns the mistake in the success status, if any.
    fn success_mistake(&self) -> Option<Diagnostic> {
        let status = self.wire.as_ref()?.status.filter(|status| !has_body(status.value))?;
        let message = "`status` in `wire` must be a status from 200 to 399 that has a body";
        Some(mistake(message, "such as 200", status.span))
    }

    /// Returns the mistakes in the header field.
    fn header_mistakes(&self) -> Vec<Diagnostic> {
        let header = self.wire.iter().flat_map(|wire| &wire.header);
        let mistake_of = |(at, (name, value)): (usize, &(Text, Json))| {
            let is_token =
                name.value.bytes().all(|it| is_token_character(it) && !it.is_ascii_uppercase());
            let (message, label) = if at > 0 {
                ("only one header can contain the code", "a second one")
            } else if !is_token {
                (
                    "this is not a header name in lower case (RFC 9110, section 5.1)",
                    "such as `x-error`",
                )
            } else if is_taken(&name.value) {
                ("HTTP gives this header another meaning", "such as `x-error`")
            } else if !has_code(value) {
                return Some(mistake(
                    "the header must contain the code",
                    "write `\"{code}\"`, with visible ASCII characters around it",
                    value.place(""),
                ));
            } else {
                return None;
            };
            Some(mistake(message, label, name.span))
        };
        header.enumerate().filter_map(mistake_of).collect()
    }
}

/// Whether a header field cannot contain a code, because servers, proxies or the catalog use it (RFC 9110).
fn is_taken(name: &str) -> bool {
    const TAKEN: [&str; 18] = [
        "accept-ranges",
        "age",
        "cache-control",
        "connection",
        "date",
        "etag",
        "expires",
        "keep-alive",
        "location",
        "server",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "vary",
        "via",
        "last-modified",
    ];
    let is_of_status = HEADER_FIELDS.iter().any(|header| header.lower_case == name);
    is_of_status || TAKEN.contains(&name) || name.starts_with("content-")
}

/// Whether the value of a header field is a text with the code in it (RFC 9110, section 5.5).
fn has_code(value: &Json) -> bool {
    let text = value.as_text().map_or("", |(text, _)| text);
    let is_code = matches!(envelope::leaf(text), Some((leaf, false)) if leaf.slot == Slot::Code);
    let is_alone = text.replace("{any}", "").matches('{').count() == 1;
    is_code && is_alone && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether responses with the status have a body, although it is not an error status (RFC 9110, sections 15.3 and
/// 15.4). `PostgREST` sends errors with 300.
pub(crate) fn has_body(status: u16) -> bool {
    matches!(status, 200..=203 | 206..=303 | 305..=399)
}

/// Returns the template as it is written.
fn source(wire: &Wire) -> Result<Option<Json>, Vec<Diagnostic>> {
    let Some(profile) = &wire.profile else { return Ok(wire.body.clone()) };
    if let Some(body) = &wire.body {
        let message = "`use` and `body` both define the body";
        return Err(vec![mistake(message, "delete one of the two", body.place(""))]);
    }
    of_profile(&profile.value, profile.span).map(Some)
}

/// Returns the template of a well-known envelope.
fn of_profile(name: &str, span: Span) -> Result<Json, Vec<Diagnostic>> {
    if let Some(known) = profiles::named(name) {
        return Ok(Json::named(known.template, span));
    }
    let known = PROFILES.iter().map(|profile| profile.name);
    let near = suggest::nearest(name, known.clone());
    let all = || format!("the envelopes are {}", known.collect::<Vec<_>>().join(", "));
    let help = did_you_mean(near, all);
    Err(vec![mistake(format!("there is no envelope `{name}`"), help, span)])
}
