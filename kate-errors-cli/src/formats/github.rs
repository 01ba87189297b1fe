//! Diagnostics as workflow commands, which GitHub shows at the lines of a pull request.
//!
//! A workflow command is one line, so a line break in a value could start another command. GitHub's
//! escapes prevent that.

use std::fmt::Write;
use std::path::Path;

use kate_errors_codegen::Diagnostic;

use crate::catalog_file::CatalogFile;
use crate::formats::{Region, uri};
use crate::visible::visible;

/// Renders the diagnostics of all `files`, one command per line.
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

/// Renders a command for a place in a file.
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

/// Escapes the text after the `::` of a command.
pub(crate) fn data(text: &str) -> String {
    escape(text, DATA)
}

/// Returns the message, followed by the related places and the help on separate lines.
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
