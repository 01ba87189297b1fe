//! A scanner over a JSON text. It checks the whole text, goes back nowhere, and does not recurse.

use super::string::plain_run;
use super::{Raw, Str};

/// How many arrays and objects may stand in one another: as many as `serde_json` reads.
pub const MAX_DEPTH: u32 = 128;

/// What stops the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The text ends in the middle of a value.
    Truncated,
    /// The byte at this place cannot stand there.
    Syntax(usize),
    /// Arrays and objects are nested too deeply, see [`MAX_DEPTH`](crate::json::MAX_DEPTH).
    TooDeep,
}

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    /// A scanner at the beginning of `text`.
    #[must_use]
    #[inline]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes have been read.
    #[must_use]
    #[inline]
    pub fn at(&self) -> usize {
        self.at
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte.
    #[must_use]
    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over white space, and says which byte stands behind it.
    #[inline]
    pub fn skip_space(&mut self) -> Option<u8> {
        loop {
            let next = self.peek();
            match next {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                _ => return next,
            }
        }
    }

    /// Passes over a byte that stands here.
    #[inline]
    pub(crate) fn pass(&mut self) {
        self.at += 1;
    }

    /// Passes over the byte if it stands here, and says whether it does.
    #[inline]
    pub fn eat(&mut self, byte: u8) -> bool {
        let stands = self.peek() == Some(byte);
        self.at += usize::from(stands);
        stands
    }

    /// Passes over the byte, which must stand here.
    ///
    /// # Errors
    ///
    /// If another byte stands here, or none.
    #[inline]
    pub fn require(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte) { Ok(()) } else { Err(self.fault()) }
    }

    /// What is wrong if no value can go on here.
    #[must_use]
    pub fn fault(&self) -> Fault {
        if self.peek().is_some() { Fault::Syntax(self.at) } else { Fault::Truncated }
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// If none stands here.
    #[inline]
    pub fn string(&mut self) -> Result<Str<'t>, Fault> {
        self.require(b'"')?;
        let start = self.at;
        let has_escapes = self.inside()?;
        let inside = self.text.get(start..self.at - 1).unwrap_or_default();
        Ok(Str { inside, has_escapes })
    }

    /// Passes over a string of which the first quote has been read. Whether it has escapes.
    pub(super) fn inside(&mut self) -> Result<bool, Fault> {
        self.at += plain_run(self.rest());
        let has_escapes = self.peek() != Some(b'"');
        if has_escapes {
            self.escapes()?;
        }
        self.at += 1;
        Ok(has_escapes)
    }

    /// Goes on to the closing quote of a string, from the first byte that is not plain.
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

    /// Reads the name of a member and the colon behind it.
    ///
    /// # Errors
    ///
    /// If none stands here.
    #[inline]
    pub fn name(&mut self) -> Result<Str<'t>, Fault> {
        self.skip_space();
        let name = self.string()?;
        self.skip_space();
        self.require(b':')?;
        Ok(name)
    }

    /// Passes over the name `name` and the colon behind it, and says whether the name stands here without escapes: most
    /// names do, and comparing bytes is quicker than looking for the end of a string. No quote, backslash or control
    /// character may be in `name`.
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

    /// Reads a value that stands in `depth` arrays and objects.
    ///
    /// # Errors
    ///
    /// If none stands here, or one that is not JSON.
    #[inline]
    pub fn value(&mut self, depth: u32) -> Result<Raw<'t>, Fault> {
        // Most values are strings, which need no record of what is open.
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
