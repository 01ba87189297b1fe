//! Edits members of a YAML text line by line, and keeps all other lines.
//!
//! It supports mappings in block style, which documents usually have, and gives up on others. It can be wrong about
//! unusual layouts, so the caller must parse the result.

use std::ops::Range;

use serde_json::{Map, Value};

use super::document::changed_within;
use crate::publish::yaml_text;

/// Changes `text`, which means `old`, so that it means `new`. Returns `None` if its layout is not supported. If it
/// `expands` aliases, what they refer to can be changed without changing them.
pub(super) fn splice(text: &str, old: &Value, new: &Value, expands: bool) -> Option<String> {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let block = root(&lines)?;
    let edited = edited(&lines[block.clone()], 0, old, new.as_object()?, expands)?;
    let before = lines[..block.start].iter();
    let all = before.chain(&edited).chain(&lines[block.end..]);
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(all.flat_map(|line| [line.trim_end_matches('\r'), line_break]).collect())
}

/// Returns the lines of a mapping whose members are indented by `indent`, edited to mean `new`.
fn edited(
    lines: &[String],
    indent: usize,
    old: &Value,
    new: &Map<String, Value>,
    expands: bool,
) -> Option<Vec<String>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut at = 0;
    let members = members(lines, indent);
    for (name, place) in &members {
        out.extend_from_slice(&lines[at..place.start]);
        let lines = &lines[place.clone()];
        let has_alias = expands && lines.iter().any(|line| is_with_alias(line));
        match (old.get(name), new.get(name)) {
            (old, None) if old.is_some() || has_alias => {}
            (Some(old), Some(new)) if old != new || has_alias => match changed_within(old, new) {
                Some(new) => out.extend(edited_member(lines, name, indent, old, new, expands)?),
                None => out.extend(rendered(name, new, indent)),
            },
            _ => out.extend_from_slice(lines),
        }
        at = place.end;
    }
    // Members that are new, or that the mapping has from another one (`<<`).
    let is_written = |name: &str| members.iter().any(|(member, _)| member == name);
    for (name, value) in new.iter().filter(|(name, _)| !is_written(name)) {
        if expands || old.get(name) != Some(value) {
            out.extend(rendered(name, value, indent));
        }
    }
    out.extend_from_slice(&lines[at..]);
    Some(out)
}

/// Returns the edited lines of a member. A mapping in flow style or behind an alias is first rewritten in block style.
fn edited_member(
    lines: &[String],
    name: &str,
    indent: usize,
    old: &Value,
    new: &Map<String, Value>,
    expands: bool,
) -> Option<Vec<String>> {
    let (head, body) = lines.split_first()?;
    let (_, behind) = key_of(head)?;
    let behind = behind.trim();
    let mut head = head.trim_end().to_owned();
    let comment = lines.last().and_then(|line| comment_after_value(line));
    let value = comment.and_then(|comment| behind.strip_suffix(comment)).unwrap_or(behind);
    if matches!(value, "{}" | "null" | "~") {
        head.truncate(head.len() - behind.len());
        head.truncate(head.trim_end().len());
        head.extend(comment);
    } else if !behind.is_empty() && !behind.starts_with('#') && !is_anchor(behind) {
        let mut laid_out = rendered(name, old, indent);
        laid_out[0].extend(comment);
        // Only mappings are rewritten.
        return (laid_out.len() > 1 || old.as_object().is_some_and(Map::is_empty))
            .then(|| edited_member(&laid_out, name, indent, old, new, expands))?;
    }
    let first = body.iter().find(|line| !is_void(line));
    let deeper = first.map_or(indent + 2, |line| depth_of(line));
    if deeper <= indent {
        return None;
    }
    let body = edited(body, deeper, old, new, expands)?;
    if new.is_empty() {
        head.push_str(if behind.starts_with('#') { return None } else { " {}" });
    }
    Some(std::iter::once(head).chain(body).collect())
}

/// Returns the comment after a value in flow style, an alias or nothing, with the blanks before it.
fn comment_after_value(line: &str) -> Option<&str> {
    let is_value = |text: &str| {
        let last = text.rsplit(' ').next().unwrap_or_default();
        matches!(last, "null" | "~") || last.starts_with('*') || last.ends_with('}')
    };
    let mut values = line.match_indices(" #").map(|(at, _)| line[..at].trim_end());
    line.get(values.find(|text| is_value(text))?.len()..)
}

fn rendered(name: &str, value: &Value, indent: usize) -> Vec<String> {
    let member = Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
    yaml_text::block(&member, indent).lines().map(str::to_owned).collect()
}

/// Returns the range of lines with the root mapping.
fn root(lines: &[String]) -> Option<Range<usize>> {
    let first = lines.iter().position(|line| line.starts_with("---")).map_or(0, |line| line + 1);
    let is_end = |line: &String| line.starts_with("...");
    let end = lines.iter().position(is_end).unwrap_or(lines.len());
    let first_member = (first..end).find(|line| !is_void(&lines[*line]))?;
    (depth_of(&lines[first_member]) == 0).then_some(first..end)
}

/// Returns the members that are indented by `indent`, with the lines of each including its value.
fn members(lines: &[String], indent: usize) -> Vec<(String, Range<usize>)> {
    let is_member = |line: &usize| {
        let text = &lines[*line];
        !is_void(text) && depth_of(text) == indent && !is_item(text)
    };
    let starts: Vec<usize> = (0..lines.len()).filter(is_member).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let member = |(start, end): (&usize, usize)| {
        let (name, _) = key_of(&lines[*start])?;
        Some((name, *start..end_of(lines, &(*start..end))))
    };
    starts.iter().zip(ends).filter_map(member).collect()
}

/// Returns the end of a range without trailing comments and empty lines: they belong to what follows.
fn end_of(lines: &[String], range: &Range<usize>) -> usize {
    range.clone().rev().find(|line| !is_void(&lines[*line])).map_or(range.start, |line| line + 1)
}

fn is_void(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn is_item(line: &str) -> bool {
    let line = line.trim();
    line == "-" || line.starts_with("- ")
}

/// Whether a text is only the anchor of the lines below.
fn is_anchor(text: &str) -> bool {
    text.starts_with('&') && text.split_once(' ').is_none_or(|(_, comment)| is_void(comment))
}

/// Whether a line may refer to an anchor.
fn is_with_alias(line: &str) -> bool {
    line.split([' ', '[', '{', ',']).any(|word| word.starts_with('*'))
}

fn depth_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns the key in a line and the text after its colon.
fn key_of(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix('\'') {
        let (key, behind) = rest.split_once('\'')?;
        return Some((key.to_owned(), behind.trim_start().strip_prefix(':')?));
    }
    if line.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(line).into_iter::<String>();
        let key = values.next()?.ok()?;
        let behind = line.get(values.byte_offset()..)?;
        return Some((key, behind.trim_start().strip_prefix(':')?));
    }
    match line.split_once(": ") {
        Some((key, value)) => Some((key.trim_end().to_owned(), value)),
        None => Some((line.trim_end().strip_suffix(':')?.trim_end().to_owned(), "")),
    }
}
