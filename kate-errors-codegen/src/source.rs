//! The first stage: bytes become text with lines and columns.
//!
//! What no later stage should have to think about is refused here: text that is not UTF-8, files over
//! the limit, and characters that do not show.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Label};
use crate::rule;

/// The largest catalog that is read, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How many unreadable places of one kind are reported before the rest is left out.
const MAX_UNREADABLE_PLACES: usize = 20;

/// A place in a [`Source`]: byte offsets into its text, the end exclusive.
///
/// ```
/// use kate_errors_codegen::source::Span;
///
/// let span = Span::new(3, 7);
/// assert!(span.contains(3) && !span.contains(7));
/// assert_eq!(span.range(), 3..7);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// The place from `start` up to, and without, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bytes of the place.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether `offset` lies inside.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// The text of a catalog file and the name it is reported under.
///
/// ```
/// use kate_errors_codegen::Source;
/// use kate_errors_codegen::source::{Position, Span};
///
/// let (source, diagnostics) = Source::read("errors.yaml", "catalog: Käse\nstatuses:\n".as_bytes());
/// assert!(diagnostics.is_empty());
/// assert_eq!((source.name(), source.line_count()), ("errors.yaml", 3));
/// assert_eq!(source.slice(Span::new(9, 14)), "Käse");
/// assert_eq!(source.position(source.line_span(1).start), Position { line: 2, column: 1 });
/// ```
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Reads `bytes` as the file called `name`, and says what makes it unreadable.
    ///
    /// One leading byte-order mark is accepted and left out of the text. The text is always usable
    /// for showing excerpts: what is not UTF-8 stands in it as U+FFFD.
    #[must_use]
    pub fn read(name: &str, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut diagnostics = Vec::new();
        let text = decode(&bytes[..bytes.len().min(MAX_BYTES)], &mut diagnostics);
        if bytes.len() > MAX_BYTES {
            diagnostics = vec![too_large(&text, bytes.len())];
        } else if diagnostics.is_empty() {
            diagnostics = invisible_characters(&text);
        }
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let name = name.to_owned();
        let source = Self { name, text, line_starts };
        (source, diagnostics)
    }

    /// The name the file is reported under, as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte-order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a place; empty where `span` is not inside the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The place, moved to the beginnings of characters inside of the text.
    pub(crate) fn snap(&self, span: Span) -> Span {
        let snap = |offset: usize| {
            let mut offset = offset.min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let start = snap(span.start);
        Span::new(start, snap(span.end).max(start))
    }

    /// The line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts[line];
        let before = self.text.get(start..offset.min(self.text.len()));
        Position { line: line + 1, column: before.unwrap_or_default().chars().count() + 1 }
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The number, from 0, of the line in which a byte offset lies.
    #[must_use]
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The place of a line, counted from 0, without its line break.
    #[must_use]
    pub fn line_span(&self, index: usize) -> Span {
        let Some(&start) = self.line_starts.get(index) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        Span::new(start, start + line.len())
    }
}

/// Decodes UTF-8 and reports each sequence that is none.
fn decode(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if invalid.is_empty() {
            continue;
        }
        let start = text.len();
        text.push(char::REPLACEMENT_CHARACTER);
        if diagnostics.len() < MAX_UNREADABLE_PLACES {
            diagnostics.push(not_utf8(bytes, invalid, Span::new(start, text.len())));
        }
    }
    if matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        // UTF-16 is one mistake, whatever its bytes are to UTF-8.
        diagnostics.truncate(1);
    }
    text
}

fn not_utf8(bytes: &[u8], invalid: &[u8], span: Span) -> Diagnostic {
    let shown: Vec<String> = invalid.iter().map(|byte| format!("0x{byte:02X}")).collect();
    let diagnostic = Diagnostic::new(
        &rule::NOT_UTF8,
        format!("the file is not UTF-8: {} is no character", shown.join(" ")),
        Label::new(span, "not UTF-8 from here"),
    );
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            diagnostic.help("the file looks like UTF-16; save it as UTF-8")
        }
        _ => diagnostic,
    }
}

fn too_large(text: &str, length: usize) -> Diagnostic {
    let mut last = text.len().saturating_sub(1);
    while !text.is_char_boundary(last) {
        last -= 1;
    }
    Diagnostic::new(
        &rule::TOO_LARGE,
        format!("the file has {length} bytes, more than the {MAX_BYTES} that are read"),
        Label::new(Span::new(last, text.len()), "the limit is reached here"),
    )
}

/// Reports characters that a reader of the file cannot see.
fn invisible_characters(text: &str) -> Vec<Diagnostic> {
    let mut characters = text.char_indices().peekable();
    let mut diagnostics = Vec::new();
    let mut lone_return = false;
    while let Some((start, character)) = characters.next() {
        if matches!(character, ' '..='~') {
            continue;
        }
        let followed_by_line_feed = matches!(characters.peek(), Some((_, '\n')));
        if matches!(character, '\n' | '\t') || character == '\r' && followed_by_line_feed {
            continue;
        }
        let span = Span::new(start, start + character.len_utf8());
        if character == '\r' {
            // A file with such line ends has one mistake, not one on each line.
            if !std::mem::replace(&mut lone_return, true) {
                diagnostics.push(carriage_return(span));
            }
        } else if let Some(kind) = Invisible::of(character) {
            diagnostics.push(InvisibleCharacter { character, kind }.diagnostic(span));
        }
    }
    diagnostics.truncate(MAX_UNREADABLE_PLACES);
    diagnostics
}

fn carriage_return(span: Span) -> Diagnostic {
    let label = Label::new(span, "a carriage return without a line feed");
    let message = "a line ends with a carriage return alone";
    Diagnostic::new(&rule::CONTROL_CHARACTER, message, label)
        .help("save the file with line feeds at the ends of its lines")
}

/// Why a character may not stand in a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invisible {
    /// A control character, a line separator or a byte-order mark.
    Control,
    /// A character that takes no room, so that two texts look alike that are not.
    Empty,
    /// A character that changes the direction of the text around it.
    Bidirectional,
}

impl Invisible {
    /// The reason against `character`, if there is one.
    pub(crate) fn of(character: char) -> Option<Self> {
        match character {
            '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' => Some(Self::Bidirectional),
            // Joiners are left out: words of some languages, and emoji, need them.
            '\u{AD}'
            | '\u{180E}'
            | '\u{200B}'
            | '\u{2060}'..='\u{2064}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}' => Some(Self::Empty),
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Some(Self::Control),
            _ if character.is_control() => Some(Self::Control),
            _ => None,
        }
    }

    /// The first character of `text` that may not stand in a catalog.
    pub(crate) fn find(text: &str) -> Option<InvisibleCharacter> {
        text.chars().find_map(|character| {
            Self::of(character).map(|kind| InvisibleCharacter { character, kind })
        })
    }
}

/// A character that may not stand in a catalog, and why.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InvisibleCharacter {
    character: char,
    kind: Invisible,
}

impl InvisibleCharacter {
    /// The diagnostic for the character, which stands at `span`.
    pub(crate) fn diagnostic(self, span: Span) -> Diagnostic {
        let code = u32::from(self.character);
        let (rule, kind) = match self.kind {
            Invisible::Control => (&rule::CONTROL_CHARACTER, "control"),
            Invisible::Empty => (&rule::CONTROL_CHARACTER, "invisible"),
            Invisible::Bidirectional => (&rule::BIDIRECTIONAL_CHARACTER, "bidirectional control"),
        };
        let message = format!("the {kind} character U+{code:04X} is not allowed");
        Diagnostic::new(rule, message, Label::new(span, "here"))
    }
}
