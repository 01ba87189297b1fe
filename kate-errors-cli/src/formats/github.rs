//! Diagnostics as workflow commands, which GitHub shows at the lines of a pull request.
//!
//! A workflow command is one line, so a line break in a value could start another command. GitHub's
//! escapes prevent that.

use std::fmt::Write;

use kate_errors_codegen::Diagnostic;
use kate_errors_codegen::source::Span;

use crate::catalog_file::CatalogFile;
use crate::formats::{ends, uri};
use crate::visible::visible;

/// Renders the diagnostics of all `files`, one command per line.
pub(crate) fn render(files: &[CatalogFile]) -> String {
    let command = |file: &CatalogFile, it: &Diagnostic| {
        line(it.rule.severity.name(), file, it.primary.span, it.rule.id, &message(file, it))
    };
    let of_file = |file| CatalogFile::diagnostics(file).map(move |it| command(file, it));
    files.iter().flat_map(of_file).collect()
}

/// Renders a command for a place in a file.
pub(crate) fn line(
    kind: &str,
    file: &CatalogFile,
    place: Span,
    title: &str,
    message: &str,
) -> String {
    let [start, end] = ends(&file.compilation.source, place);
    let path = uri::repository_path(&file.path_at(place));
    format!(
        "::{kind} file={path},line={},col={},endLine={},endColumn={},title={title}::{message}\n",
        start.line,
        start.column,
        end.line,
        end.column,
        path = escape(&path.to_string_lossy(), PROPERTY),
        title = escape(title, PROPERTY),
        message = data(message),
    )
}

/// Escapes the text after the `::` of a command.
pub(crate) fn data(text: &str) -> String {
    escape(text, DATA)
}

/// Returns the message, followed by the related places and the help on separate lines.
fn message(file: &CatalogFile, diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    for label in &diagnostic.related {
        let source = &file.compilation.source;
        let [start, _] = ends(source, label.span);
        let is_here =
            source.file_index(label.span.start) == source.file_index(diagnostic.primary.span.start);
        let name = if is_here { String::new() } else { file.name_at(label.span) + ":" };
        // Writing to a string cannot fail.
        let _ = write!(message, "\n{name}{}:{}: {}", start.line, start.column, label.text);
    }
    message + "\nhelp: " + &diagnostic.help
}

/// The special characters after the `::` of a command.
const DATA: &str = "%\r\n";

/// The special characters in the value of a property.
const PROPERTY: &str = "%\r\n:,";

/// Percent-encodes `special` characters, which GitHub decodes. Other invisible characters are escaped
/// by [`visible`], because GitHub's log interprets them as a terminal does.
fn escape(text: &str, special: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(character) {
            let _ = write!(escaped, "%{:02X}", u32::from(character));
        } else {
            escaped.push_str(&visible(character.encode_utf8(&mut [0; 4])));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_in_their_place() {
        let text = "100%, a:b\r\n::error::\x1b[31m";
        assert_eq!(escape(text, PROPERTY), "100%25%2C a%3Ab%0D%0A%3A%3Aerror%3A%3A\\u{1b}[31m");
        assert_eq!(escape(text, DATA), "100%25, a:b%0D%0A::error::\\u{1b}[31m");
    }
}
