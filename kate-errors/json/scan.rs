//! A scanner over a JSON text. It checks the whole text, goes back nowhere, and does not recurse.

use super::number::number;
use super::string::{Str, plain_run};
use super::walk::Raw;

/// How many arrays and objects may stand in one another.
const MAX_DEPTH: u32 = 128;

/// Why a text is not JSON, or not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It ends where more must follow.
    Truncated,
    /// The byte at this place cannot stand there.
    Syntax(usize),
    /// More than [`MAX_DEPTH`] arrays and objects stand in one another.
    TooDeep,
}

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(crate) fn blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Whether `byte` stands here; if so, it is passed.
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let stands = self.peek() == Some(byte);
        self.at += usize::from(stands);
        stands
    }

    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte) { Ok(()) } else { Err(self.fault()) }
    }

    /// The fault that the byte here is, or the end.
    pub(crate) fn fault(&self) -> Fault {
        if self.peek().is_some() { Fault::Syntax(self.at) } else { Fault::Truncated }
    }

    /// A string, its quotes included.
    pub(crate) fn string(&mut self) -> Result<Str<'t>, Fault> {
        self.expect(b'"')?;
        let start = self.at;
        let mut has_escapes = false;
        loop {
            self.at += plain_run(self.rest());
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                _ => return Err(self.fault()),
            }
            has_escapes = true;
        }
        let inside = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(Str { inside, has_escapes })
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.fault());
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.fault()),
        }
        Ok(())
    }

    /// The name of a member, and the colon behind it.
    pub(crate) fn name(&mut self) -> Result<Str<'t>, Fault> {
        self.blanks();
        let name = self.string()?;
        self.blanks();
        self.expect(b':')?;
        Ok(name)
    }

    /// A value, in as many arrays and objects as `depth` says.
    pub(crate) fn value(&mut self, depth: u32) -> Result<Raw<'t>, Fault> {
        self.blanks();
        let start = self.at;
        let mut nest = Nest { open: 0, depth: 0, limit: MAX_DEPTH.saturating_sub(depth) };
        loop {
            if self.begin(&mut nest)? && self.finish(&mut nest)? {
                return Ok(Raw(self.text.get(start..self.at).unwrap_or_default()));
            }
        }
    }

    /// A value that is no array and no object; or the beginning of one, up to its first value. Whether
    /// a value ends here.
    fn begin(&mut self, nest: &mut Nest) -> Result<bool, Fault> {
        self.blanks();
        match self.peek() {
            Some(b'"') => self.string().map(|_| true),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            Some(b'{') => {
                nest.enter(true)?;
                self.at += 1;
                self.blanks();
                let empty = self.peek() == Some(b'}');
                if !empty {
                    self.name()?;
                }
                Ok(self.leave_empty(nest, empty))
            }
            Some(b'[') => {
                nest.enter(false)?;
                self.at += 1;
                self.blanks();
                let empty = self.peek() == Some(b']');
                Ok(self.leave_empty(nest, empty))
            }
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            _ => Err(self.fault()),
        }
    }

    fn leave_empty(&mut self, nest: &mut Nest, empty: bool) -> bool {
        if empty {
            self.at += 1;
            nest.leave();
        }
        empty
    }

    /// What follows a value: the ends of arrays and objects, up to the next value. Whether the outermost
    /// value ends here.
    fn finish(&mut self, nest: &mut Nest) -> Result<bool, Fault> {
        while nest.depth > 0 {
            self.blanks();
            let in_object = nest.in_object();
            if self.eat(b',') {
                if in_object {
                    self.name()?;
                }
                return Ok(false);
            }
            self.expect(if in_object { b'}' } else { b']' })?;
            nest.leave();
        }
        Ok(true)
    }

    fn word(&mut self, word: &str) -> Result<bool, Fault> {
        for byte in word.bytes() {
            self.expect(byte)?;
        }
        Ok(true)
    }

    fn number(&mut self) -> Result<(), Fault> {
        match number(self.rest()) {
            Ok(length) => self.at += length,
            Err(length) => {
                self.at += length;
                return Err(self.fault());
            }
        }
        Ok(())
    }
}

/// The arrays and objects that are open, a bit for each: whether it is an object.
struct Nest {
    open: u128,
    depth: u32,
    limit: u32,
}

impl Nest {
    fn enter(&mut self, object: bool) -> Result<(), Fault> {
        if self.depth >= self.limit {
            return Err(Fault::TooDeep);
        }
        self.depth += 1;
        self.open = self.open << 1 | u128::from(object);
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
