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
    /// Too many arrays and objects stand in one another.
    TooDeep,
}

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub struct Scanner<'t> {
    text: &'t str,
    at: usize,
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

    /// Passes over white space.
    #[inline]
    pub fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
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
        self.at += plain_run(self.rest());
        let has_escapes = self.peek() != Some(b'"');
        if has_escapes {
            self.escapes()?;
        }
        let inside = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(Str { inside, has_escapes })
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
        let rest = rest.and_then(|rest| rest.strip_prefix(name.as_bytes()));
        let stands = matches!(rest, Some([b'"', ..]));
        if stands {
            self.at += name.len() + 2;
            self.skip_space();
            self.require(b':')?;
        }
        Ok(stands)
    }

    /// Reads a value that stands in `depth` arrays and objects.
    ///
    /// # Errors
    ///
    /// If none stands here, or one that is not JSON.
    #[inline]
    pub fn value(&mut self, depth: u32) -> Result<Raw<'t>, Fault> {
        self.skip_space();
        let start = self.at;
        // Most values are strings, which need no record of what is open.
        let has_escapes = match self.peek() {
            Some(b'"') => self.string()?.has_escapes,
            _ => self.other(depth)?,
        };
        Ok(Raw { text: self.text.get(start..self.at).unwrap_or_default(), has_escapes })
    }

    /// Reads a value that is not a string, so that it has no escapes of its own.
    fn other(&mut self, depth: u32) -> Result<bool, Fault> {
        let mut nest = Nest { open: 0, depth: 0, limit: MAX_DEPTH.saturating_sub(depth) };
        while !(self.begin(&mut nest)? && self.finish(&mut nest)?) {}
        Ok(false)
    }

    /// Reads a scalar or an empty container, or goes into a container. Whether a value ends here.
    fn begin(&mut self, nest: &mut Nest) -> Result<bool, Fault> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => self.string().map(|_| true),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            Some(open @ (b'{' | b'[')) => {
                nest.enter(open == b'{')?;
                self.at += 1;
                self.skip_space();
                // The closing bracket is two characters behind the opening one.
                let is_empty = self.eat(open + 2);
                if is_empty {
                    nest.leave();
                } else if open == b'{' {
                    self.name()?;
                }
                Ok(is_empty)
            }
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.fault()),
        }
    }

    /// Leaves the containers that end here. Whether the outermost value ends.
    fn finish(&mut self, nest: &mut Nest) -> Result<bool, Fault> {
        while nest.depth > 0 {
            self.skip_space();
            let in_object = nest.in_object();
            if self.eat(b',') {
                if in_object {
                    self.name()?;
                }
                return Ok(false);
            }
            self.require(if in_object { b'}' } else { b']' })?;
            nest.leave();
        }
        Ok(true)
    }

    fn word(&mut self, word: &str) -> Result<bool, Fault> {
        for byte in word.bytes() {
            self.require(byte)?;
        }
        Ok(true)
    }

    /// Reads a number (RFC 8259, section 6): its spelling alone, so none is too large.
    fn number(&mut self) -> Result<(), Fault> {
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.fault()) }
    }
}

/// The containers that are open, innermost in the last bit: 1 for an object, 0 for an array.
struct Nest {
    open: u128,
    depth: u32,
    limit: u32,
}

impl Nest {
    fn enter(&mut self, is_object: bool) -> Result<(), Fault> {
        if self.depth >= self.limit {
            return Err(Fault::TooDeep);
        }
        self.depth += 1;
        self.open = self.open << 1 | u128::from(is_object);
        Ok(())
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.open >>= 1;
    }

    fn in_object(&self) -> bool {
        self.open & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let read = |text| {
            let mut scanner = Scanner::new(text);
            scanner.value(0).map(|_| scanner.at())
        };
        let whole =
            ["0", "-0", "10", "1.5", "-0.0", "1e999", "1E+2", "1e-2", "123456789012345678901"];
        for text in whole {
            assert_eq!(read(text), Ok(text.len()), "{text}");
        }
        for text in ["", "-", ".5", "1.", "1e", "1e+", "+1", "-a", "1.x"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!(read("01"), Ok(1));
    }
}
