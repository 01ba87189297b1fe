//! The first stage: decodes the bytes of a file to text with lines and columns.
//!
//! It rejects what no later stage could work with: text that is not UTF-8, and files that are too large.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::characters::{self, Invisible};
use crate::diagnostic::Diagnostic;
use crate::rule;
use crate::work;

/// The maximum size of a catalog, in bytes.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A place in a [`Source`]: byte offsets into its text. The end is exclusive.
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
    /// Creates the place from `start` to `end` (exclusive).
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns the byte range of the place.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the place moved by `by` bytes.
    pub(crate) const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Whether `offset` is inside the place.
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

/// The text of a catalog file, and the name under which it is reported.
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
///
/// The texts of imported catalogs follow that of the catalog, so that a [`Span`] also tells in which file it
/// is.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name of each file, and the offset at which its text begins.
    files: Vec<(String, usize)>,
    /// The end of the first file.
    own_end: usize,
    text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// Decodes `bytes` as the file called `name`, and reports what makes it unreadable.
    ///
    /// One leading byte-order mark is accepted and removed. The text can always be used for excerpts: bytes
    /// that are not UTF-8 are replaced with U+FFFD.
    #[must_use]
    pub fn read(name: &str, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]).into_owned();
        let mistake = if bytes.len() > MAX_BYTES {
            Some(too_large(&text, bytes.len()))
        } else {
            not_utf8(bytes)
        };
        let line_starts = std::iter::once(0).chain(line_breaks(&text).map(|at| at + 1)).collect();
        let files = vec![(name.to_owned(), 0)];
        (Self { files, own_end: text.len(), text, line_starts }, mistake.into_iter().collect())
    }

    /// Appends another file, and returns the offset of its text.
    pub(crate) fn add(&mut self, file: &Self) -> usize {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
            self.line_starts.push(self.text.len());
        }
        let base = self.text.len();
        self.text.push_str(&file.text);
        // The last line of this file, which is empty, is the first line of the other one.
        self.line_starts.extend(file.line_starts.iter().skip(1).map(|start| base + start));
        self.files.push((file.name().to_owned(), base));
        base
    }

    /// Whether one of the files has this text, ignoring line breaks at its end.
    pub(crate) fn has_file(&self, text: &str) -> bool {
        let ends = self.files.iter().skip(1).map(|(_, start)| *start).chain([self.text.len()]);
        let text = text.trim_end_matches('\n');
        self.files
            .iter()
            .zip(ends)
            .any(|((_, start), end)| self.text[*start..end].trim_end_matches('\n') == text)
    }

    /// Returns the name under which the file is reported, as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name_at(0)
    }

    /// Returns the name of the file that contains a byte offset. The name of an imported catalog is a path
    /// relative to the same folder as the name of the importing catalog.
    #[must_use]
    pub fn name_at(&self, offset: usize) -> &str {
        self.files.get(self.file_index(offset)).map_or("", |(name, _)| name)
    }

    /// Returns the index of the file that contains a byte offset: 0 for the catalog itself, then the imported
    /// catalogs in the order in which they are read.
    #[must_use]
    pub fn file_index(&self, offset: usize) -> usize {
        self.files.partition_point(|(_, start)| *start <= offset).saturating_sub(1)
    }

    /// Returns the text without a byte-order mark, followed by the texts of imported catalogs.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of the catalog alone, without those of imported catalogs.
    #[must_use]
    pub fn own_text(&self) -> &str {
        &self.text[..self.own_end]
    }

    /// Returns the text at `span`; empty if `span` is not inside the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        work::count(span.end.saturating_sub(span.start));
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns the place of the character at `offset`; empty at the end of the text.
    pub(crate) fn character_span(&self, offset: usize) -> Span {
        let rest = self.text.get(offset..).unwrap_or_default();
        Span::new(offset, offset + rest.chars().next().map_or(0, char::len_utf8))
    }

    /// Returns the line and column of a byte offset, in its file.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_index(offset);
        let start = self.line_starts[line];
        work::count(offset - start);
        let before = self.text.get(start..offset.min(self.text.len()));
        let column = before.unwrap_or_default().chars().count() + 1;
        Position { line: self.line_in_file(line), column }
    }

    /// Returns the number of a line in its file, counted from 1. `index` counts the lines of all files from 0.
    pub(crate) fn line_in_file(&self, index: usize) -> usize {
        let start = self.line_starts.get(index).copied().unwrap_or_default();
        let file = self.files.get(self.file_index(start)).map_or(0, |(_, start)| *start);
        index + 1 - self.line_index(file)
    }

    /// Returns the number of lines.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Returns the index, from 0, of the line that contains a byte offset.
    #[must_use]
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Returns the place of a line, counted from 0, without its line break.
    #[must_use]
    pub fn line_span(&self, index: usize) -> Span {
        let Some(&start) = self.line_starts.get(index) else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        Span::new(start, start + line.len())
    }

    /// Returns the place of the line that contains a byte offset, without its line break.
    pub(crate) fn line_around(&self, offset: usize) -> Span {
        self.line_span(self.line_index(offset))
    }

    /// Returns the text between `offset` and the end of its line.
    pub(crate) fn rest_of_line(&self, offset: usize) -> &str {
        self.slice(Span::new(offset, self.line_around(offset).end))
    }

    /// Reports characters that a reader of the file cannot see: one diagnostic for each character, with its
    /// places.
    pub(crate) fn invisible_characters(&self) -> Vec<Diagnostic> {
        let mut places: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for (at, character) in self.invisible_in(Span::new(0, self.text.len())) {
            places.entry(character).or_default().push(at);
        }
        places.iter().map(|(character, places)| self.invisible(*character, places)).collect()
    }

    /// Returns the characters in a place that a reader of the file cannot see.
    pub(crate) fn invisible_in(&self, place: Span) -> impl Iterator<Item = (usize, char)> {
        let characters = self.slice(place).char_indices();
        let characters = characters.map(move |(at, character)| (place.start + at, character));
        characters
            .filter(|(at, it)| characters::is_unreadable(*it) || self.is_lone_return(*at, *it))
    }

    /// Whether this is a carriage return without a line feed, which ends a line by itself.
    fn is_lone_return(&self, at: usize, character: char) -> bool {
        character == '\r' && !self.text[at + 1..].starts_with('\n')
    }

    fn invisible(&self, character: char, places: &[usize]) -> Diagnostic {
        let (first, others) = places.split_first().unwrap_or((&0, &[]));
        let mut diagnostic = invisible_character(character, self.character_span(*first));
        if !others.is_empty() {
            let message = &diagnostic.message;
            let plural = if others.len() == 1 { "" } else { "s" };
            diagnostic.message = format!("{message}, nor in {} other place{plural}", others.len());
        }
        diagnostic.also_at(others.iter().map(|at| (self.character_span(*at), "nor here")));
        diagnostic
    }
}

/// Returns the offsets of the last bytes of line breaks: line feeds, and carriage returns that no line feed
/// follows, as in YAML.
fn line_breaks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends_line = |at: &usize| match bytes[*at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(ends_line)
}

/// Reports the first sequence that is not UTF-8. Others are not counted: their number only depends on the
/// encoding.
fn not_utf8(bytes: &[u8]) -> Option<Diagnostic> {
    let chunk = bytes.utf8_chunks().find(|chunk| !chunk.invalid().is_empty())?;
    let shown: Vec<String> = chunk.invalid().iter().map(|byte| format!("0x{byte:02X}")).collect();
    let start = chunk.valid().len();
    let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("the file is not UTF-8: {} is not a character", shown.join(" "));
    let diagnostic = Diagnostic::new(&rule::NOT_UTF8, message, (span, "not UTF-8 from here"));
    Some(match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            diagnostic.help("the file looks like UTF-16; save it as UTF-8")
        }
        _ => diagnostic,
    })
}

fn too_large(text: &str, length: usize) -> Diagnostic {
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    let label = (Span::new(text.len() - last, text.len()), "the limit is reached here");
    let message = format!("the file has {length} bytes, more than the {MAX_BYTES} that are read");
    Diagnostic::new(&rule::TOO_LARGE, message, label)
}

/// Returns the diagnostic for the character at `span`, which is not allowed in a catalog.
pub(crate) fn invisible_character(character: char, span: Span) -> Diagnostic {
    let rule = match Invisible::of(character) {
        Some(Invisible::Bidirectional) => &rule::BIDIRECTIONAL_CHARACTER,
        _ => &rule::CONTROL_CHARACTER,
    };
    let message = format!("{} is not allowed here", characters::describe(character));
    let diagnostic = Diagnostic::new(rule, message, (span, "here"));
    match character {
        '\r' => diagnostic.help("save the file with line feeds at the ends of its lines"),
        _ if character == '\t' || characters::is_false_space(character) => {
            diagnostic.help("write an ordinary space in its place, or delete it")
        }
        _ => diagnostic,
    }
}
