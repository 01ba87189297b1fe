//! Reading a body in one pass, which checks all of it and only keeps the values at the places of the envelope.

use super::{Content, Envelope, Found, Place, Slot};
use crate::UnknownReason;
use crate::json::{Fault, Raw, Scanner, is_too_deep};

/// The byte order mark, which RFC 8259, section 8.1 lets parsers ignore.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl<'e> Envelope<'e> {
    /// Reads all slots of any body of this envelope. Other members, their order and white space do not matter.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::Parts;
    /// use kate_errors_model::envelope::Slot;
    ///
    /// let parts = Parts::new(r#"{"error":{"code":"{code}","message":"{detail}"}}"#).unwrap();
    /// let body = br#"{"error": {"message": "Run not found", "code": 404}, "request": 7}"#;
    /// let found = parts.envelope().find(body)?;
    /// assert_eq!(found.get(Slot::Detail).unwrap().as_str(), "Run not found");
    /// assert_eq!(found.get(Slot::Code).unwrap().as_str(), "404");
    /// # Ok::<(), kate_errors_model::UnknownReason>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the body is not JSON, incomplete, or neither an object nor the array that the envelope is, or a member on
    /// the path to a slot is duplicated. A body without any slot is not an error: nothing is found.
    #[inline]
    pub fn find<'b>(&self, body: &'b [u8]) -> Result<Found<'e, 'b>, UnknownReason> {
        let mut found = Found::new(self.places);
        self.read_bytes(body, &mut found)?;
        Ok(found)
    }

    /// Reads the invalid fields of the request that a body lists; see [`Found::each_field`].
    ///
    /// # Errors
    ///
    /// Those of [`find`](Self::find).
    pub fn find_fields<'b>(&self, body: &'b [u8]) -> Result<Found<'e, 'b>, UnknownReason> {
        Envelope { places: self.fields, ..*self }.find(body)
    }

    /// A whole body that has nothing in the places of an error.
    #[must_use]
    pub fn body_of_no_error<'b>(&self, body: &'b [u8]) -> Option<Raw<'b>> {
        let found = self.find(body).ok()?;
        let is_of_none = (0..self.places.len()).all(|place| found.at(place).is_none());
        let text = core::str::from_utf8(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body)).ok()?;
        Raw::parse(text).ok().filter(|_| is_of_none)
    }

    #[inline]
    fn read_bytes<'b>(
        &self,
        body: &'b [u8],
        found: &mut Found<'e, 'b>,
    ) -> Result<(), UnknownReason> {
        let unmarked = body.strip_prefix(BYTE_ORDER_MARK);
        let rest = unmarked.unwrap_or(body);
        let start = body.len() - rest.len();
        let text = core::str::from_utf8(rest).map_err(|error| self.invalid(rest, start, error))?;
        found.has_mark = unmarked.is_some();
        self.read_text(text, found).map_err(|reason| match reason {
            // Readers that parse the whole text cannot tell which of two mistakes comes first.
            _ if is_too_deep(text) => UnknownReason::TooDeep,
            other => other.shift(start),
        })
    }

    /// A body that ends in the middle of a character is truncated rather than invalid.
    #[cold]
    fn invalid(&self, bytes: &[u8], start: usize, error: core::str::Utf8Error) -> UnknownReason {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let is_cut = error.error_len().is_none();
        let text = core::str::from_utf8(valid).unwrap_or_default();
        if is_cut
            && self.read_text(text, &mut Found::new(self.places)) == Err(UnknownReason::Truncated)
        {
            return UnknownReason::Truncated;
        }
        UnknownReason::InvalidUtf8 { at: start + error.valid_up_to() }
    }

    fn read_text<'b>(&self, text: &'b str, found: &mut Found<'e, 'b>) -> Result<(), UnknownReason> {
        let mut scanner = Scanner::new(text);
        let first = scanner.skip_space();
        let array = self.places.first().filter(|place| place.is_root());
        let mut reader = Reader { scanner, places: self.places, found, duplicate: None };
        match (first, array) {
            (None, _) => return Err(UnknownReason::Empty),
            (Some(b'{'), None) => reader.object(0, self.places.len(), 1)?,
            (Some(b'['), Some(array)) => reader.container(0, &array.content, 0)?,
            (Some(first), _) => {
                let scanner = &mut reader.scanner;
                scanner.value(0)?;
                // `500 Internal Server Error` begins like a number.
                end(scanner).map_err(|_| UnknownReason::NotJson { at: scanner.at() })?;
                // An object has nothing at the places of an array.
                return if first == b'{' { Ok(()) } else { Err(UnknownReason::NotAnObject) };
            }
        };
        end(&mut reader.scanner)?;
        reader.duplicate()
    }
}

fn end(scanner: &mut Scanner<'_>) -> Result<(), UnknownReason> {
    match scanner.skip_space() {
        None => Ok(()),
        Some(_) => Err(UnknownReason::TrailingBytes { at: scanner.at() }),
    }
}

/// The number of a member without a place.
const NOWHERE: usize = usize::MAX;

/// A body that is being read.
pub(super) struct Reader<'e, 'b, 'f> {
    scanner: Scanner<'b>,
    places: &'e [Place<'e>],
    found: &'f mut Found<'e, 'b>,
    /// The place of a duplicate member.
    duplicate: Option<usize>,
}

impl<'e, 'b> Reader<'e, 'b, '_> {
    /// Reads an element of the array at a place, if it has the constants.
    pub(super) fn element_of(
        places: &'e [Place<'e>],
        array: usize,
        element: Raw<'b>,
    ) -> Option<Found<'e, 'b>> {
        let mut found = Found::new(places);
        let Content::Array(constants) = places.get(array)?.content else { return None };
        let scanner = Scanner::new(element.as_str());
        let mut reader = Reader { scanner, places, found: &mut found, duplicate: None };
        let is_read = reader.element(array + 1, constants, 1).ok()?;
        (is_read && reader.duplicate.is_none()).then_some(found)
    }

    fn duplicate(&self) -> Result<(), UnknownReason> {
        let Some(number) = self.duplicate else { return Ok(()) };
        match self.places.get(number).and_then(Place::leaf) {
            Some(leaf) if leaf.slot == Slot::Detail => Err(UnknownReason::DuplicateDetail),
            _ => Err(UnknownReason::DuplicateMember),
        }
    }

    /// Reads an object. Its members have the places from `first` to `end`, and are inside `depth` containers.
    /// Returns how many constants it has.
    fn object(&mut self, first: usize, end: usize, depth: u32) -> Result<usize, Fault> {
        let (mut constants, mut next) = (0, first);
        self.scanner.pass();
        if self.scanner.skip_space() == Some(b'}') {
            self.scanner.pass();
            return Ok(0);
        }
        loop {
            // Members usually come in the order of the places.
            let (number, place) = match self.places.get(next).filter(|_| next < end) {
                Some(place) if self.scanner.eat_name(place.name)? => (next, Some(place)),
                _ => self.other_name(first, end)?,
            };
            next = place.map_or(next, |place| number + 1 + place.within);
            match place.map(|place| &place.content) {
                None | Some(Content::Slot(_)) => {
                    let value = self.scanner.value(depth)?;
                    match self.found.entry(number) {
                        Some(entry @ None) => *entry = Some(value),
                        Some(Some(_)) => self.duplicate = Some(number),
                        None => {}
                    }
                }
                Some(content) => constants += self.container(number, content, depth)?,
            }
            match self.scanner.skip_space() {
                Some(b',') => self.scanner.pass(),
                Some(b'}') => break,
                _ => return Err(self.scanner.fault()),
            }
            self.scanner.skip_space();
        }
        self.scanner.pass();
        Ok(constants)
    }

    /// Reads a name, and finds its place among those from `first` to `end`.
    #[inline(never)]
    fn other_name(
        &mut self,
        first: usize,
        end: usize,
    ) -> Result<(usize, Option<&'e Place<'e>>), Fault> {
        let name = self.scanner.name()?;
        let mut number = first;
        while let Some(place) = self.places.get(number).filter(|_| number < end) {
            if name.is(place.name) {
                return Ok((number, Some(place)));
            }
            number += 1 + place.within;
        }
        Ok((NOWHERE, None))
    }

    /// Reads the value at a place that is more than a slot. Returns how many constants it has.
    #[inline(never)]
    fn container(
        &mut self,
        number: usize,
        content: &Content<'e>,
        depth: u32,
    ) -> Result<usize, Fault> {
        let next = self.scanner.skip_space();
        let (start, end) = (self.scanner.at(), self.behind(number));
        if self.found.at(number).is_some() {
            self.duplicate = Some(number);
            return self.scanner.value(depth).map(|_| 0);
        }
        // The object itself is not needed, only whether there was one.
        self.found.set(number, Some(Raw::NULL));
        match (content, next) {
            (Content::Object, Some(b'{')) => return self.object(number + 1, end, depth + 1),
            (Content::Array(constants), Some(b'[')) => {
                self.array(number + 1, *constants, depth + 1)?;
                self.found.set(number, Some(self.scanner.since(start)));
            }
            (Content::Constant(json), _) => {
                return self.scanner.value(depth).map(|value| usize::from(value.is(json)));
            }
            _ => {
                let value = self.scanner.value(depth)?;
                self.found.set(number, Some(value));
            }
        }
        Ok(0)
    }

    /// The number of the place after this one and all places inside it.
    fn behind(&self, number: usize) -> usize {
        number + 1 + self.places.get(number).map_or(0, |place| place.within)
    }

    /// Reads an array whose elements are inside `depth` containers. The first element with the constants is read
    /// at the place `number`.
    fn array(&mut self, number: usize, constants: usize, depth: u32) -> Result<(), Fault> {
        self.scanner.pass();
        if self.scanner.skip_space() == Some(b']') {
            self.scanner.pass();
            return Ok(());
        }
        let mut is_read = false;
        loop {
            if is_read {
                self.scanner.value(depth)?;
            } else {
                is_read = self.element(number, constants, depth)?;
            }
            self.scanner.skip_space();
            if !self.scanner.eat(b',') {
                return self.scanner.require(b']');
            }
        }
    }

    /// Reads an element. Returns whether it is an object with the constants, or the value of a slot.
    fn element(&mut self, number: usize, constants: usize, depth: u32) -> Result<bool, Fault> {
        let next = self.scanner.skip_space();
        match (self.places.get(number).map(|place| &place.content), next) {
            (Some(Content::Object), Some(b'{')) => {
                let end = self.behind(number);
                let is_read = self.object(number + 1, end, depth + 1)? == constants;
                if !is_read {
                    (number + 1..end).for_each(|place| self.found.set(place, None));
                }
                Ok(is_read)
            }
            (Some(Content::Slot(leaf)), _) => {
                let value = self.scanner.value(depth)?;
                let is_read = leaf.value(value).is_some();
                self.found.set(number, Some(value).filter(|_| is_read));
                Ok(is_read)
            }
            _ => self.scanner.value(depth).map(|_| false),
        }
    }
}
