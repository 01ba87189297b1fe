//! Skipping values that are not strings, without recursion.

use super::{Fault, MAX_DEPTH, Raw, Scanner};

impl<'t> Scanner<'t> {
    /// Reads a value that is not a string.
    pub(super) fn other(&mut self, depth: u32) -> Result<Raw<'t>, Fault> {
        let start = self.at;
        let mut nest = Nest { open: 0, depth: 0, limit: MAX_DEPTH.saturating_sub(depth) };
        while !(self.begin(&mut nest)? && self.finish(&mut nest)?) {}
        Ok(self.since(start))
    }

    /// Reads a scalar or an empty container, or enters a container. Returns whether a value ends here.
    fn begin(&mut self, nest: &mut Nest) -> Result<bool, Fault> {
        match self.skip_space() {
            Some(b'"') => {
                self.at += 1;
                self.inside().map(|_| true)
            }
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            Some(open @ (b'{' | b'[')) => {
                nest.enter(open == b'{')?;
                self.at += 1;
                self.skip_space();
                // In ASCII, the closing bracket is two characters after the opening one.
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

    /// Leaves the containers that end here. Returns whether the outermost value ends.
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

    /// Reads a number (RFC 8259, section 6). Only its syntax is checked, so no number is too large.
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

/// Whether more brackets than [`MAX_DEPTH`] are open somewhere outside of strings, whatever else the text is.
#[cold]
pub(crate) fn is_too_deep(text: &str) -> bool {
    let (mut opened, mut closed, mut in_string, mut bytes) = (0_usize, 0, false, text.bytes());
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => drop(bytes.next()),
            b'{' | b'[' if !in_string => opened += 1,
            b'}' | b']' if !in_string => closed += 1,
            _ => {}
        }
        if opened.saturating_sub(closed) > MAX_DEPTH as usize {
            return true;
        }
    }
    false
}

/// The open containers, with the innermost in the last bit: 1 for an object, 0 for an array.
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
