//! Challenges, the values of `WWW-Authenticate` and `Proxy-Authenticate` (RFC 9110, section 11.6.1).
//!
//! Accepted text is safe to send in a header field: no character of it ends the field.

use std::collections::HashSet;
use std::ops::Range;

/// A mistake in a list of challenges, and its place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) place: Range<usize>,
    pub(crate) what: &'static str,
}

/// Checks a list of challenges, each a scheme followed by a token or parameters.
pub(crate) fn check(text: &str) -> Result<(), Fault> {
    if let Some((at, character)) = text.char_indices().find(|(_, c)| !matches!(c, ' '..='~')) {
        let place = at..at + character.len_utf8();
        return Err(Fault { place, what: "a header is ASCII only" });
    }
    let mut scanner = Scanner { text, at: 0 };
    loop {
        scanner.challenge()?;
        scanner.blanks();
        if scanner.at == text.len() {
            return Ok(());
        }
        if !scanner.eat(b',') {
            return Err(scanner.fault("a comma is missing before this"));
        }
        scanner.blanks();
    }
}

/// Whether a byte is allowed in a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn challenge(&mut self) -> Result<(), Fault> {
        let start = self.at;
        if self.run(is_token_character).is_empty() {
            return Err(self.fault("a scheme, such as `Bearer`, is missing here"));
        }
        if self.peek() == Some(b'=') {
            let what = "a scheme, such as `Bearer`, is missing before this parameter";
            return Err(Fault { place: start..self.at, what });
        }
        if self.peek() != Some(b' ') {
            return Ok(());
        }
        self.blanks();
        if matches!(self.peek(), None | Some(b',')) || self.is_token68() {
            return Ok(());
        }
        self.parameters()
    }

    /// Whether the text up to the next comma is a token68. If so, it is consumed.
    fn is_token68(&mut self) -> bool {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte);
        let start = self.at;
        let letters = self.run(is_letter).len();
        self.run(|byte| byte == b'=');
        let end = self.at;
        self.blanks();
        let ends = matches!(self.peek(), None | Some(b','));
        self.at = if letters > 0 && ends { end } else { start };
        letters > 0 && ends
    }

    fn parameters(&mut self) -> Result<(), Fault> {
        let mut seen: HashSet<String> = HashSet::new();
        loop {
            let start = self.at;
            let name = self.run(is_token_character).to_ascii_lowercase();
            if name.is_empty() {
                return Err(self.fault("a parameter, such as `realm=\"jobs\"`, is missing here"));
            }
            let place = start..self.at;
            if seen.contains(&name) {
                return Err(Fault { place, what: "this parameter is repeated" });
            }
            self.blanks();
            if !self.eat(b'=') {
                return Err(Fault { place, what: "`=` and a value are missing after this" });
            }
            self.blanks();
            self.value(&name)?;
            seen.insert(name);
            if !self.another_parameter_follows() {
                return Ok(());
            }
        }
    }

    fn value(&mut self, name: &str) -> Result<(), Fault> {
        let start = self.at;
        if !self.eat(b'"') {
            if self.run(is_token_character).is_empty() {
                return Err(self.fault("a value is missing here"));
            }
            if name == "realm" {
                let what = "a realm needs double quotes (RFC 9110, section 11.5)";
                return Err(Fault { place: start..self.at, what });
            }
            return Ok(());
        }
        loop {
            match self.next() {
                Some(b'"') => return Ok(()),
                Some(b'\\') if self.next().is_some() => {}
                Some(b'\\') | None => {
                    let place = start..self.text.len();
                    return Err(Fault { place, what: "this quote is not closed" });
                }
                Some(_) => {}
            }
        }
    }

    /// Whether a comma and another parameter follow. If so, the comma is consumed; otherwise a comma begins the
    /// next challenge.
    fn another_parameter_follows(&mut self) -> bool {
        let start = self.at;
        self.blanks();
        if self.eat(b',') {
            self.blanks();
            let name = self.at;
            let has_name = !self.run(is_token_character).is_empty();
            self.blanks();
            if has_name && self.peek() == Some(b'=') {
                self.at = name;
                return true;
            }
        }
        self.at = start;
        false
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_here = self.peek() == Some(byte);
        self.at += usize::from(is_here);
        is_here
    }

    fn blanks(&mut self) {
        self.run(|byte| byte == b' ');
    }

    fn run(&mut self, accepts: fn(u8) -> bool) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(accepts) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn fault(&self, what: &'static str) -> Fault {
        Fault { place: self.at..(self.at + 1).min(self.text.len()), what }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn challenges_of_the_registry_are_accepted() {
        for good in [
            "Bearer",
            "Negotiate",
            "Negotiate oYG2MIGzoAMKAQChCwYJKoZIgvcSAQICooGeBIGbYIGY==",
            "Bearer realm=\"kate\"",
            "Bearer realm = \"kate\" , error=invalid_token",
            "Basic realm=\"a, b\", charset=\"UTF-8\"",
            "Basic realm=\"say \\\"hi\\\"\"",
            "Bearer realm=\"a\", scope=\"x y\", Basic realm=\"b\"",
            "Negotiate, Basic realm=\"x\", ApiKey",
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, nonce=\"7yp\"",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn faults_have_their_place() {
        for (bad, part) in [
            ("", ""),
            ("Bearer realm=kate", "kate"),
            ("Bearer realm=\"kate", "\"kate"),
            ("Bearer realm=\"kate\\", "\"kate\\"),
            ("Bearer realm=\"kate\" x", "x"),
            ("Bearer realm=\"a\", realm=\"b\"", "realm"),
            ("Bearer realm=", ""),
            ("Bearer, ", ""),
            (", Bearer", ","),
            ("Bearer realm=\"é\"", "é"),
            ("Bearer a\tb", "\t"),
            ("\"Bearer\"", "\""),
            ("realm=\"jobs\"", "realm"),
            ("Bearer one two", "one"),
            ("Bearer: x", ":"),
        ] {
            let fault = check(bad);
            // By the grammar, `realm=` alone is a token68.
            if bad == "Bearer realm=" {
                assert_eq!(fault, Ok(()));
                continue;
            }
            assert_eq!(&bad[fault.expect_err(bad).place], part, "{bad}");
        }
    }

    #[test]
    fn nothing_that_is_accepted_can_end_a_header_field() {
        for byte in (0..=31_u8).chain([127]) {
            let text = format!("Bearer realm=\"a{}b\"", char::from(byte));
            assert!(check(&text).is_err(), "{byte}");
        }
    }
}
