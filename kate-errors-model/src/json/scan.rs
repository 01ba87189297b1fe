//! A scanner over a JSON text. It validates the whole text, never goes back, and does not recurse.

use super::string::plain_run;
use super::{Raw, Str};

/// The maximum nesting of arrays and objects, which is that of `serde_json`.
pub const MAX_DEPTH: u32 = 128;

/// What stops the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text ends in the middle of a value.
    Truncated,
    /// The byte at this offset is not allowed there.
    Syntax(usize),
    /// Arrays and objects are nested too deeply, see [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    TooDeep,
}

/// A position in a JSON text.
#[derive(Clone, Debug)]
pub struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    /// Creates a scanner at the beginning of `text`.
    #[must_use]
    #[inline]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes have been read.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte.
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space. Returns the byte after it, which is not consumed.
    #[inline]
    pub(crate) fn skip_space(&mut self) -> Option<u8> {
        loop {
            let next = self.peek();
            match next {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                _ => return next,
            }
        }
    }

    /// Skips the next byte, which has been checked.
    #[inline]
    pub(crate) fn pass(&mut self) {
        self.at += 1;
    }

    /// Skips the byte if it is the next one. Returns whether it was.
    #[inline]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let stands = self.peek() == Some(byte);
        self.at += usize::from(stands);
        stands
    }

    /// Skips the byte, which must be the next one.
    #[inline]
    pub(crate) fn require(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte) { Ok(()) } else { Err(self.fault()) }
    }

    /// The fault if the text cannot continue like this.
    pub(crate) fn fault(&self) -> Fault {
        if self.peek().is_some() { Fault::Syntax(self.at) } else { Fault::Truncated }
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// If there is no valid string.
    #[inline]
    pub fn string(&mut self) -> Result<Str<'t>, Fault> {
        self.require(b'"')?;
        let start = self.at;
        let has_escapes = self.inside()?;
        let inside = self.text.get(start..self.at - 1).unwrap_or_default();
        Ok(Str { inside, has_escapes })
    }

    /// Skips a string after its opening quote. Returns whether it has escapes.
    pub(super) fn inside(&mut self) -> Result<bool, Fault> {
        self.at += plain_run(self.rest());
        let has_escapes = self.peek() != Some(b'"');
        if has_escapes {
            self.escapes()?;
        }
        self.at += 1;
        Ok(has_escapes)
    }

    /// Skips to the closing quote of a string, from the first byte that is not plain.
    #[cold]
    fn escapes(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek() {
                Some(b'"') => return Ok(()),
                Some(b'\\') => self.escape()?,
                _ => return Err(self.fault()),
            }
            self.at += plain_run(self.rest());
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        let digits = match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 0,
            Some(b'u') => 4,
            _ => return Err(self.fault()),
        };
        self.at += 1;
        for _ in 0..digits {
            if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return Err(self.fault());
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Reads the name of a member and the colon after it.
    #[inline]
    pub(crate) fn name(&mut self) -> Result<Str<'t>, Fault> {
        self.skip_space();
        let name = self.string()?;
        self.skip_space();
        self.require(b':')?;
        Ok(name)
    }

    /// Skips the name `name` and the colon after it. Returns `false` if there is another name, or the name has
    /// escapes. Most names have none, and comparing bytes is faster than searching for the end of a string.
    /// `name` must not contain a quote, a backslash or a control character.
    #[inline]
    pub(crate) fn eat_name(&mut self, name: &str) -> Result<bool, Fault> {
        let rest = self.rest().strip_prefix(b"\"");
        match rest.and_then(|rest| rest.strip_prefix(name.as_bytes())) {
            Some([b'"', b':', ..]) => self.at += name.len() + 3,
            Some([b'"', ..]) => {
                self.at += name.len() + 2;
                self.skip_space();
                self.require(b':')?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads a value inside `depth` arrays and objects.
    ///
    /// # Errors
    ///
    /// If there is no value, or it is not JSON.
    #[inline]
    pub fn value(&mut self, depth: u32) -> Result<Raw<'t>, Fault> {
        // Most values are strings, for which no open containers need to be recorded.
        if self.skip_space() != Some(b'"') {
            return self.other(depth);
        }
        let start = self.at;
        self.at += 1;
        let has_escapes = self.inside()?;
        Ok(Raw { text: self.text.get(start..self.at).unwrap_or_default(), has_escapes })
    }

    /// The value that was read from `start` on, which is not a string.
    pub(crate) fn since(&self, start: usize) -> Raw<'t> {
        Raw { text: self.text.get(start..self.at).unwrap_or_default(), has_escapes: false }
    }
}
