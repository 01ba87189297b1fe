//! Naming mistakes in how lines are laid out: columns, dashes, colons, and keys above lists.

use super::columns::{self, Level};
use super::draft::{Repair, Shift};
use super::failure::{Case, Named};
use super::field_names::{is_catalog_field, is_field_name};
use super::flow;
use super::line::{Line, is_key, split_entry};
use super::value::Value;
use super::yaml::ErrorKind;
use crate::diagnostic::{Diagnostic, Label};
use crate::rule;
use crate::source::Span;

/// What people write for the dash of a list item.
const DASHES: &[char] = &['*', '+', '–', '—', '•', '·', '‐', '−'];

impl Case<'_> {
    /// Names a mistake in the layout, the surest explanation first.
    pub(super) fn layout(&self) -> Option<Named> {
        self.late_begin()
            .or_else(|| self.other_dash())
            .or_else(|| self.block_text())
            .or_else(|| self.missing_colon(self.line))
            .or_else(|| self.missing_colon_above())
            .or_else(|| self.missing_parent())
            .or_else(|| self.missing_dash())
            .or_else(|| self.needs_quotes())
            .or_else(|| self.dash_too_many())
            .or_else(|| self.wrong_indentation())
    }

    /// A value on the failing line that YAML does not read as the text it is meant to be.
    fn needs_quotes(&self) -> Option<Named> {
        let line = self.line(self.line);
        let value = line.value()?;
        let reason = value.why_quotes()?;
        let diagnostic = behind_mapping(&value).or_else(|| missing_opening(&value));
        if let (None, Some(named)) = (&diagnostic, self.one_line_entries(&line, &value)) {
            return Some(named);
        }
        let diagnostic = diagnostic.unwrap_or_else(|| flow::needs_quotes(&value, reason));
        Some(Named { diagnostic, repair: Repair::Reject(self.line) })
    }

    /// Two entries on one line, or a comma behind an entry as in JSON.
    fn one_line_entries(&self, line: &Line<'_>, value: &Value<'_>) -> Option<Named> {
        if value.behind_quotes() == Some(",") {
            let end = line.content_span().end;
            let label = Label::new(Span::new(end - 1, end), "a comma");
            let message = "outside of braces, no comma ends an entry";
            let diagnostic = Diagnostic::new(&rule::ENTRIES_ON_ONE_LINE, message, label);
            let diagnostic = diagnostic.help("delete the comma");
            let text = line.with_content(line.content.trim_end_matches(','));
            return Some(Named { diagnostic, repair: Repair::Rewrite(self.line, text) });
        }
        let (comma, rest) = match value.text.split_once(", ") {
            Some((before, rest)) if !before.contains(['{', '[']) => {
                (value.span.start + before.len(), rest)
            }
            _ => return None,
        };
        let (key, _) = split_entry(rest)?;
        let bare = key.trim().trim_matches(['"', '\'']);
        is_field_name(bare).then(|| {
            let start = comma + 2;
            let label = Label::new(Span::new(start, start + key.len()), "a field of its own");
            let message = format!("`{bare}` stands on the line of another entry");
            let help = "write each entry on a line of its own, without commas";
            let diagnostic = Diagnostic::new(&rule::ENTRIES_ON_ONE_LINE, message, label).help(help);
            let first = line.content.strip_suffix(rest).unwrap_or_default();
            let text = line.with_content(first.trim_end_matches([',', ' ']));
            let text = format!("{text}\n{}{rest}", " ".repeat(line.entry_column()));
            Named { diagnostic, repair: Repair::Rewrite(self.line, text) }
        })
    }

    /// The first line is indented, and those below are not.
    fn late_begin(&self) -> Option<Named> {
        if !matches!(self.failure.kind, ErrorKind::ExpectedDocumentStart) {
            return None;
        }
        let here = self.line(self.line);
        let (first, line) =
            self.draft.above(self.line).filter(|(_, line)| line.is_entry()).last()?;
        let column = line.begin();
        if !here.is_entry() || here.begin() >= column || self.draft.is_changed(first) {
            return None;
        }
        let message = format!("the catalog begins in column {}", column + 1);
        let label = Label::new(line.content_span(), format!("begins in column {}", column + 1));
        let other = format!("this entry begins in column {}", here.begin() + 1);
        let diagnostic = Diagnostic::new(&rule::WRONG_INDENTATION, message, label)
            .related(Label::new(here.key_span(), other))
            .help(format!("begin it in column {}", here.begin() + 1));
        let shift = Shift { from: column, to: here.begin() };
        Some(Named { diagnostic, repair: Repair::Move(vec![first], shift) })
    }

    /// An item of a list that begins with something else than a dash and a blank.
    fn other_dash(&self) -> Option<Named> {
        let line = self.line(self.line);
        let content = line.content;
        let mark = content.chars().next()?;
        let rest = content[mark.len_utf8()..].trim_start();
        let blank = content[mark.len_utf8()..].starts_with(' ');
        let entry = split_entry(rest).map_or(rest.trim_end_matches(':'), |(key, _)| key);
        if !is_field_name(entry) || !(mark == '-' && !blank || DASHES.contains(&mark)) {
            return None;
        }
        let start = line.content_span().start;
        let label = Label::new(Span::new(start, start + mark.len_utf8()), "meant as a dash");
        let message = if mark == '-' {
            "no blank stands behind the dash".to_owned()
        } else {
            format!("`{mark}` begins no item of a list")
        };
        let diagnostic = Diagnostic::new(&rule::LIST_DASH, message, label);
        let diagnostic = diagnostic.help(format!("write `- {rest}`"));
        let text = line.with_content(&format!("- {rest}"));
        Some(Named { diagnostic, repair: Repair::Rewrite(self.line, text) })
    }

    /// The text of a `|` or `>` that is not deeper than its key.
    fn block_text(&self) -> Option<Named> {
        let here = self.line(self.line);
        let (_, above) = self.draft.above(self.line).next()?;
        let head = above.value()?;
        let column = above.entry_column();
        if here.is_entry() || !matches!(head.text, "|" | ">" | "|-" | ">-") || here.begin() > column
        {
            return None;
        }
        let message = "the text is no deeper than its key";
        let label = Label::new(here.content_span(), format!("begins in column {}", column + 1));
        let key = Label::new(above.key_span(), "the key");
        let diagnostic = Diagnostic::new(&rule::WRONG_INDENTATION, message, label).related(key);
        let diagnostic = diagnostic.help(format!("begin it in column {}", column + 3));
        let shift = Shift { from: here.begin(), to: column + 2 };
        Some(Named { diagnostic, repair: Repair::Move(vec![self.line], shift) })
    }

    /// A line that is no entry.
    fn missing_colon(&self, index: usize) -> Option<Named> {
        let line = self.line(index);
        let closes = line.content.starts_with(['}', ']', '|', '>', '"', '\'', '{', '[']);
        if line.content.is_empty() || line.is_entry() || closes || self.draft.is_changed(index) {
            return None;
        }
        let message = "this line has no `key: value`";
        let label = Label::new(line.content_span(), "no colon and blank after a key");
        let diagnostic = Diagnostic::new(&rule::MISSING_COLON, message, label);
        let suggestion = line.suggest_colon(is_field_name).or_else(|| self.key_of_block(index));
        if let Some(suggestion) = suggestion {
            let text = line.with_content(&suggestion);
            let diagnostic = diagnostic.help(format!("did you mean `{suggestion}`?"));
            return Some(Named { diagnostic, repair: Repair::Rewrite(index, text) });
        }
        let expected =
            matches!(self.failure.kind, ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey);
        if !expected && index == self.line {
            return None;
        }
        let comment = ["//", "/*", "<!--", "--", ";"];
        let help = if comment.iter().any(|mark| line.content.starts_with(mark)) {
            "a comment begins with `#`"
        } else {
            "write `key: value`; a text that goes on from the line above is indented deeper"
        };
        Some(Named { diagnostic: diagnostic.help(help), repair: Repair::TakeOut(index) })
    }

    /// The key that a name alone is meant as, where deeper lines stand below it.
    fn key_of_block(&self, index: usize) -> Option<String> {
        let line = self.line(index);
        let name = line.content.trim_end_matches([',', ';']);
        let (_, below) = self.draft.below(index).next()?;
        let block = line.begin() > 0
            && is_key(name)
            && below.is_entry()
            && below.begin() > line.entry_column();
        block.then(|| format!("{name}:"))
    }

    /// A line above the failing one that is no entry: the parser read it as text that goes on.
    fn missing_colon_above(&self) -> Option<Named> {
        let (index, above) = self.draft.above(self.line).next()?;
        let beside = !above.is_entry() && above.begin() == self.line(self.line).begin();
        let known = above.suggest_colon(is_field_name).is_some();
        if known || self.key_of_block(index).is_some() || beside && !above.has_dash() {
            return self.missing_colon(index);
        }
        None
    }

    /// A list or table whose key is missing above it.
    fn missing_parent(&self) -> Option<Named> {
        let here = self.line(self.line);
        let (_, above) = self.draft.above(self.line).next()?;
        let key = here.key()?;
        let number = key.len() == 3 && key.bytes().all(|byte| byte.is_ascii_digit());
        let parent = match key {
            "code" if here.has_dash() => "errors",
            "name" if here.has_dash() => "sections",
            _ if number && !here.has_dash() => "statuses",
            _ => return None,
        };
        let levels = columns::levels(self.draft, self.line);
        let fits = levels.iter().any(|level| level.dash == here.has_dash() && level.column > 0);
        let deeper = here.begin() > above.entry_column();
        let begun = if parent == "errors" { !deeper } else { fits };
        if above.opens_block() || begun {
            return None;
        }
        let column = if parent == "errors" { above.entry_column() } else { 0 };
        let message = format!("no line `{parent}:` stands above this");
        let label = Label::new(here.content_span(), format!("belongs below `{parent}:`"));
        let help = format!("write `{parent}:` on a line above it, in column {}", column + 1);
        let diagnostic = Diagnostic::new(&rule::MISSING_FIELD, message, label).help(help);
        let text = format!("{}{parent}:", " ".repeat(column));
        Some(Named { diagnostic, repair: Repair::Insert(self.line, text) })
    }

    /// An entry in the column of dashes that begins as the items there do.
    fn missing_dash(&self) -> Option<Named> {
        let here = self.line(self.line);
        let key = here.key().filter(|_| !here.has_dash())?;
        let levels = columns::levels(self.draft, self.line);
        let level = levels.iter().find(|level| level.dash && level.column == here.begin())?;
        let item = self.line(level.line);
        if here.opens_block() && !is_field_name(key) {
            return Some(self.key_for_item(&here, key, &item, level));
        }
        if item.key() != Some(key) {
            return None;
        }
        let message = format!("no dash stands before `{key}`");
        let label = Label::new(here.key_span(), "begins an item of the list");
        let diagnostic = Diagnostic::new(&rule::LIST_DASH, message, label)
            .related(Label::new(level.place, "the item above begins with a dash"))
            .help(format!("write `- {}`", here.content));
        let text = here.with_content(&format!("- {}", here.content));
        Some(Named { diagnostic, repair: Repair::Rewrite(self.line, text) })
    }

    /// A key in the column of dashes, as if the list were a mapping.
    fn key_for_item(&self, here: &Line<'_>, key: &str, item: &Line<'_>, level: &Level) -> Named {
        let first = item.key().unwrap_or("name");
        let message = format!("`{key}` stands in a list without a dash");
        let label = Label::new(here.key_span(), "meant as an item of the list");
        let above = Label::new(level.place, "the item above begins with a dash");
        let diagnostic = Diagnostic::new(&rule::LIST_DASH, message, label).related(above);
        let diagnostic = diagnostic.help(format!("write `- {first}: {key}`"));
        let text = here.with_content(&format!("- {first}: {key}"));
        Named { diagnostic, repair: Repair::Rewrite(self.line, text) }
    }

    /// A dash before an entry whose neighbours have none.
    fn dash_too_many(&self) -> Option<Named> {
        let here = self.line(self.line);
        let (index, above) = self.draft.above(self.line).next()?;
        let dash = above.dashes().next()?;
        // Fields have fixed names, so one in the column of a dash is too far left.
        let field = here.key().is_none_or(is_field_name);
        if field || here.has_dash() || here.begin() != dash {
            return None;
        }
        let message = "a dash stands before this entry, and none before its neighbours";
        let diagnostic =
            Diagnostic::new(&rule::LIST_DASH, message, Label::new(above.dash_span(dash), "a dash"))
                .related(Label::new(here.key_span(), "no dash"))
                .help("delete the dash, or write one before each item of a list");
        let text = format!("{}{}", " ".repeat(dash), above.content);
        Some(Named { diagnostic, repair: Repair::Rewrite(index, text) })
    }

    /// A line that begins in the column of no entry above it.
    fn wrong_indentation(&self) -> Option<Named> {
        use ErrorKind as K;
        if !matches!(
            self.failure.kind,
            K::ExpectedBlockMappingKey
                | K::ExpectedBlockSequenceEntry
                | K::InvalidIndentation
                | K::MappingValueNotAllowed
                | K::BlockSequenceEntryNotAllowed
                | K::InvalidSimpleKey
                | K::InvalidFlowScalarIndent
        ) {
            return None;
        }
        let culprit = self.stray_line_above().unwrap_or(self.line);
        let line = self.line(culprit);
        let levels = columns::levels(self.draft, culprit);
        let distance = |level: &&Level| level.column.abs_diff(line.begin());
        let kin = levels.iter().filter(|level| level.dash == line.has_dash());
        let level = if culprit == self.line { kin.min_by_key(distance) } else { levels.first() }?;
        if level.column == line.begin() || !line.is_entry() && !line.has_dash() {
            return None;
        }
        let lines = columns::aligned(self.draft, culprit, level.column);
        Some(columns::misplaced(&line, level, lines))
    }

    /// The line above, where that is the one that does not belong: the failing line goes on with the
    /// entries before it, and it stands at the top of the file with a key that no catalog has there.
    fn stray_line_above(&self) -> Option<usize> {
        let (index, above) = self.draft.above(self.line).next()?;
        let key = above.key()?;
        let stray = above.begin() == 0 && !is_catalog_field(key) && !self.draft.is_changed(index);
        let here = self.line(self.line).entry_column();
        let goes_on = columns::levels(self.draft, index).iter().any(|level| level.column == here);
        (stray && goes_on).then_some(index)
    }
}

/// Text behind the bracket that closes a mapping.
pub(super) fn behind_mapping(value: &Value<'_>) -> Option<Diagnostic> {
    let (rest, _) = value.behind_brackets().filter(|_| value.has_fields())?;
    let label = Label::new(Span::new(value.span.end - rest.len(), value.span.end), "text");
    let message = "text stands behind the bracket that ends the value";
    Some(Diagnostic::new(&rule::YAML_SYNTAX, message, label).help("delete it"))
}

/// A closing brace whose opening one was forgotten.
fn missing_opening(value: &Value<'_>) -> Option<Diagnostic> {
    if !value.text.ends_with('}') || value.text.contains('{') {
        return None;
    }
    let label = Label::new(Span::new(value.span.end - 1, value.span.end), "closes nothing");
    let start = Span::new(value.span.start, value.span.start);
    let diagnostic = Diagnostic::new(&rule::UNCLOSED_BRACKET, "this `}` was never opened", label);
    let diagnostic = diagnostic.related(Label::new(start, "`{` is missing before this"));
    Some(diagnostic.help(format!("write `{{ {}`", value.text)))
}
