//! Values of a text that has been scanned.

use super::scan::{Fault, Scanner};
use super::string::Str;

/// A value as it is written, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Raw<'t>(pub(crate) &'t str);

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl<'t> Raw<'t> {
    pub(crate) fn kind(self) -> Kind {
        match self.0.as_bytes().first() {
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The string that the value is.
    pub(crate) fn string(self) -> Option<Str<'t>> {
        Scanner::new(self.0).string().ok()
    }

    /// The values of the array that the value is; none if it is no array.
    pub(crate) fn elements(self) -> impl Iterator<Item = Raw<'t>> {
        let mut scanner = Scanner::new(self.0);
        let mut more = self.kind() == Kind::Array && scanner.eat(b'[');
        core::iter::from_fn(move || {
            let value = element(&mut scanner, more).ok().flatten();
            more = value.is_some() && follows(&mut scanner);
            value
        })
    }

    /// The members of the object that the value is; none if it is no object.
    pub(crate) fn members(self) -> impl Iterator<Item = (Str<'t>, Raw<'t>)> {
        let mut scanner = Scanner::new(self.0);
        let mut more = self.kind() == Kind::Object && scanner.eat(b'{');
        core::iter::from_fn(move || {
            let member = member(&mut scanner, more).ok().flatten();
            more = member.is_some() && follows(&mut scanner);
            member
        })
    }
}

fn element<'t>(scanner: &mut Scanner<'t>, more: bool) -> Result<Option<Raw<'t>>, Fault> {
    scanner.blanks();
    if !more || scanner.peek() == Some(b']') {
        return Ok(None);
    }
    scanner.value(0).map(Some)
}

fn member<'t>(scanner: &mut Scanner<'t>, more: bool) -> Result<Option<(Str<'t>, Raw<'t>)>, Fault> {
    scanner.blanks();
    if !more || scanner.peek() == Some(b'}') {
        return Ok(None);
    }
    let name = scanner.name()?;
    Ok(Some((name, scanner.value(0)?)))
}

/// Whether a comma stands behind a value.
fn follows(scanner: &mut Scanner<'_>) -> bool {
    scanner.blanks();
    scanner.eat(b',')
}
