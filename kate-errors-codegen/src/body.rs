//! Response bodies of a catalog's errors.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

use kate_errors_model::envelope::{
    CodeHeader, Envelope, FieldPart, Fill, Member, Piece, Slot, profiles,
};
use kate_errors_model::json::push_escaped;
use kate_errors_model::template::fill;

use crate::catalog::{Catalog, Identity, Row};
use crate::envelope::{Parts, leaf};
use crate::wire::{lacks_code, with_optional_code};

impl Catalog {
    /// Whether bodies are `{"detail":"…"}`, and errors are identified by their messages.
    #[must_use]
    pub fn has_usual_bodies(&self) -> bool {
        self.envelope == profiles::DETAIL && self.identity == Identity::Detail
    }

    /// Returns the parts of the envelope.
    #[must_use]
    pub fn envelope(&self) -> Parts<'_> {
        // The template was checked.
        Parts::new(&self.envelope).unwrap_or_default()
    }

    /// Returns the template of the envelope with an optional code. So templates can be compared, although the code is
    /// only optional in a catalog with an error that has none.
    #[must_use]
    pub fn envelope_with_optional_code(&self) -> String {
        with_optional_code(&self.envelope)
    }

    /// Returns the parts of all envelopes that are read: the current one, then the older ones.
    pub fn envelopes(&self) -> impl Iterator<Item = Parts<'_>> {
        let older = self.older_envelopes.iter();
        std::iter::once(self.envelope()).chain(older.map(|it| Parts::new(it).unwrap_or_default()))
    }

    /// Returns the first older body from which errors are read by their messages, because it has no place for the
    /// code.
    #[must_use]
    pub fn older_without_code(&self) -> Option<&str> {
        let older = self.older_envelopes.iter().find(|it| lacks_code(it))?;
        (self.identity != Identity::Detail).then_some(older)
    }

    /// Returns the header field in which a response can have the code.
    #[must_use]
    pub fn error_code(&self) -> CodeHeader<'_> {
        let own = self.code_header.as_ref();
        // The template was checked.
        let own = own.and_then(|(name, value)| Some(CodeHeader { name, leaf: leaf(value)?.0 }));
        own.unwrap_or(CodeHeader::USUAL)
    }

    /// Returns the response body of an error with this message. `values` are those of the error's parameters
    /// and then of its context's; the last ones may be missing.
    ///
    /// ```
    /// # use kate_errors_codegen::compile;
    /// let catalog = compile("errors.yaml", b"").skeleton("Jobs");
    /// let body = catalog.body(&catalog.rows[0], "Job \"7\" not found", &[]);
    /// assert_eq!(body, r#"{"detail":"Job \"7\" not found"}"#);
    /// ```
    #[must_use]
    pub fn body(&self, row: &Row, message: &str, values: &[String]) -> String {
        self.body_as(&self.envelope().envelope(), row, message, values)
    }

    /// Replaces the placeholders in a text, such as a cause, with values in the order of [`body`](Self::body).
    #[must_use]
    pub fn filled(&self, row: &Row, text: &str, values: &[String]) -> String {
        let at = |name: &str| self.params(row).position(|param| param.name == name);
        fill(text, |name| values.get(at(name)?).map(Into::into))
    }

    /// Returns the body in another envelope, such as an older one.
    #[must_use]
    pub fn body_as(
        &self,
        envelope: &Envelope<'_>,
        row: &Row,
        message: &str,
        values: &[String],
    ) -> String {
        write(envelope, &BodyContent::of(self, row, message, values)).0
    }

    /// Returns the body with everything that it may have. This includes what only servers know: when to retry,
    /// the values of the request (here, the name of each), and an invalid field. Each `{any}` within a longer
    /// text becomes text.
    #[must_use]
    pub fn full_body(&self, row: &Row, message: &str, values: &[String]) -> String {
        const ALONE: &str = "\"{any}\"";
        let template: Vec<_> =
            self.envelope.split(ALONE).map(|it| it.replace("{any}", "any")).collect();
        let template = template.join(ALONE);
        let parts = Parts::new(&template).unwrap_or_else(|_| self.envelope());
        let request = |piece: &Piece<'_>| match piece {
            Piece::Slot(Slot::Request(name), _) => Some(format!("\"{name}\"")),
            _ => None,
        };
        let given = Some(parts.envelope().pieces.iter().filter_map(request).collect());
        write(
            &parts.envelope(),
            &BodyContent { given, ..BodyContent::of(self, row, message, values) },
        )
        .0
    }
}

/// Returns the body of an error, and the byte range of its message.
pub(crate) fn write(envelope: &Envelope<'_>, content: &BodyContent<'_>) -> (String, Range<usize>) {
    let mut body = Vec::new();
    envelope.fill(content, &mut body);
    let (start, end) = content.place.get();
    (String::from_utf8_lossy(&body).into_owned(), start..end)
}

pub(crate) struct BodyContent<'c> {
    catalog: &'c Catalog,
    row: &'c Row,
    message: &'c str,
    values: &'c [String],
    /// The byte range of the message in the body.
    place: Cell<(usize, usize)>,
    /// The values of the request as JSON, if what only servers know is written.
    given: Option<Vec<String>>,
}

impl<'c> BodyContent<'c> {
    pub(crate) fn of(
        catalog: &'c Catalog,
        row: &'c Row,
        message: &'c str,
        values: &'c [String],
    ) -> Self {
        Self { catalog, row, message, values, place: Cell::default(), given: None }
    }
}

impl Fill for BodyContent<'_> {
    fn code(&self) -> Option<(&str, bool)> {
        self.row.sent_code().map(|code| (code, self.row.is_number))
    }

    fn detail(&self, out: &mut Vec<u8>) {
        let start = out.len();
        push_escaped(self.message, out);
        self.place.set((start, out.len()));
    }

    fn status(&self) -> u16 {
        self.catalog.statuses[self.row.status].code
    }

    fn title(&self) -> &str {
        &self.catalog.statuses[self.row.status].name
    }

    fn docs_url(&self) -> Option<String> {
        self.catalog.docs_url(self.row)
    }

    fn cause(&self) -> Option<Cow<'_, str>> {
        Some(self.catalog.filled(self.row, &self.row.cause, self.values).into())
    }

    fn fix(&self) -> Option<Cow<'_, str>> {
        Some(self.catalog.filled(self.row, &self.row.fix, self.values).into())
    }

    fn retry_after(&self) -> Option<u64> {
        let own = self.row.headers.retry_after.map(u64::from);
        own.or_else(|| self.given.as_ref().map(|_| 30))
    }

    fn request(&self, name: &str) -> Option<&str> {
        let is_it = |json: &&String| json.trim_matches('"') == name;
        self.given.as_ref()?.iter().find(is_it).map(String::as_str)
    }

    fn wire(&self, name: &str) -> Option<&str> {
        self.row.wire.iter().find(|(known, _)| known == name).map(|(_, json)| json.as_str())
    }

    fn each_value(&self, with: &mut dyn FnMut(Member<'_>)) {
        for (param, text) in self.catalog.params(self.row).zip(self.values) {
            let is_bare = param.is_bare();
            with(Member { param: &param.name, name: &param.member, text, is_bare });
        }
    }

    fn fields(&self) -> usize {
        usize::from(self.given.is_some())
    }

    fn field(&self, _at: usize, part: FieldPart) -> Option<Cow<'_, str>> {
        let text = match part {
            FieldPart::Path => "name",
            FieldPart::Pointer => "/name",
            FieldPart::Fragment => "#/name",
            FieldPart::Loc => "[\"name\"]",
            FieldPart::Code => "missing",
            FieldPart::Message => "Field required",
        };
        Some(text.into())
    }
}
