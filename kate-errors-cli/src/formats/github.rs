//! Diagnostics as workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! A workflow command is a line of text, so a line break in a value would begin a command of the
//! value's own making. GitHub's escapes keep every value in its place.

use std::fmt::Write;
use std::path::Path;

use kate_errors_codegen::Diagnostic;

use crate::catalog_file::CatalogFile;
use crate::formats::{Region, uri};
use crate::visible::visible;

/// The diagnostics of all `files`, one command a line.
pub(crate) fn render(files: &[CatalogFile]) -> String {
    let mut commands = String::new();
    for file in files {
        for diagnostic in &file.compilation.diagnostics {
            commands.push_str(&command(file, diagnostic));
        }
    }
    commands
}

fn command(file: &CatalogFile, diagnostic: &Diagnostic) -> String {
    let region = Region::of(&file.compilation.source, diagnostic.primary.span);
    let (rule, message) = (diagnostic.rule, message(file, diagnostic));
    let path = file.path_at(diagnostic.primary.span);
    line(rule.severity.name(), &path, region, rule.id, &message)
}

/// A command for a place in a file.
pub(crate) fn line(kind: &str, path: &Path, region: Region, title: &str, message: &str) -> String {
    format!(
        "::{kind} file={path},line={line},col={column},endLine={end_line},\
         endColumn={end_column},title={title}::{message}\n",
        path = escape(&uri::repository_path(path).to_string_lossy(), PROPERTY),
        line = region.line,
        end_line = region.end_line,
        column = region.column,
        end_column = region.end_column,
        title = escape(title, PROPERTY),
        message = data(message),
    )
}

/// A text as it stands behind the `::` of a command.
pub(crate) fn data(text: &str) -> String {
    escape(text, DATA)
}

/// The message, with the other places and the help on lines of their own.
fn message(file: &CatalogFile, diagnostic: &Diagnostic) -> String {
    let mut message = diagnostic.message.clone();
    for label in &diagnostic.related {
        let source = &file.compilation.source;
        let region = Region::of(source, label.span);
        let is_here =
            source.file_index(label.span.start) == source.file_index(diagnostic.primary.span.start);
        let name = if is_here { String::new() } else { file.name_at(label.span) + ":" };
        // Writing to a string cannot fail.
        let _ = write!(message, "\n{name}{}:{}: {}", region.line, region.column, label.text);
    }
    message + "\nhelp: " + &diagnostic.help
}

/// What is special in what follows the `::` of a command.
const DATA: &str = "%\r\n";

/// What is special in the value of a property of a command.
const PROPERTY: &str = "%\r\n:,";

/// Percent-encodes `special` characters, which GitHub decodes, and makes the others that do not show
/// visible, because GitHub's log draws them as a terminal does.
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
