//! The header field that contains the code of a response.

use alloc::borrow::Cow;
use alloc::string::String;

use super::{Affix, Form, Leaf, Slot};

/// A header field with the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeHeader<'e> {
    /// Its name, in lower case.
    pub name: &'e str,
    /// How it contains the code.
    pub leaf: Leaf<'e>,
}

impl CodeHeader<'static> {
    /// The header of a catalog that does not name one.
    pub const USUAL: Self =
        Self { name: "x-error-code", leaf: Leaf::of_slot(Slot::Code, Form::Value) };
}

impl CodeHeader<'_> {
    /// Whether a field can contain a code: visible ASCII characters and spaces (RFC 9110, section 5.5).
    ///
    /// ```
    /// use kate_errors_model::envelope::CodeHeader;
    ///
    /// assert!(CodeHeader::can_hold("42P01") && !CodeHeader::can_hold("größe"));
    /// ```
    #[must_use]
    pub fn can_hold(code: &str) -> bool {
        code.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    }

    /// The value of the field for a code.
    ///
    /// ```
    /// use kate_errors_codegen::envelope::leaf;
    /// use kate_errors_model::envelope::CodeHeader;
    ///
    /// let (leaf, _) = leaf("{code}:{any}").unwrap();
    /// let header = CodeHeader { name: "x-vault-errortype", leaf };
    /// assert_eq!(header.value("Gone"), "Gone");
    /// assert_eq!(header.code(b" Gone:http://internal.example.com/ "), b"Gone");
    ///
    /// let (leaf, _) = kate_errors_codegen::envelope::leaf("urn:vault:{code}").unwrap();
    /// let header = CodeHeader { leaf, ..header };
    /// assert_eq!(header.value("Gone"), "urn:vault:Gone");
    /// assert_eq!(header.code(b"urn:vault:Gone"), b"Gone");
    /// ```
    #[must_use]
    pub fn value<'c>(&self, code: &'c str) -> Cow<'c, str> {
        let texts = [self.leaf.before, self.leaf.after].map(Affix::written);
        if texts.iter().all(String::is_empty) {
            return Cow::Borrowed(code);
        }
        let [before, after] = texts;
        Cow::Owned([&before, code, &after].concat())
    }

    /// The code in a value of the field, or the whole value if the text around the code is missing.
    #[must_use]
    pub fn code<'h>(&self, value: &'h [u8]) -> &'h [u8] {
        if self.leaf.before.is_empty() && self.leaf.after.is_empty() {
            return value;
        }
        let text = core::str::from_utf8(value).ok();
        let code = text.and_then(|text| self.leaf.strip(text.trim_ascii()));
        code.map_or(value, str::as_bytes)
    }
}
