//! Changing members of a YAML text line by line, so that all other lines stay as they are.
//!
//! This knows mappings in blocks, which is how documents are written, and gives up on others. It may be
//! wrong about a strange layout: who calls it reads the result.

use std::ops::Range;

use serde_json::{Map, Value};

use super::document::apply;
use super::merge::Edit;
use crate::publish::yaml_text;

/// `text`, which says `value`, with `edits` made; `None` where it is laid out in another way.
pub(super) fn splice(text: &str, value: &Value, edits: &[Edit]) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut value = value.clone();
    for edit in edits {
        make(&mut lines, &value, edit)?;
        apply(&mut value, edit);
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = lines.iter().map(|line| format!("{}{line_break}", line.trim_end_matches('\r')));
    Some(lines.collect())
}

/// A mapping in the lines: the lines of its members, and how deep they stand.
struct Block {
    lines: Range<usize>,
    indent: usize,
}

fn make(lines: &mut Vec<String>, mut value: &Value, edit: &Edit) -> Option<()> {
    let mut block = root(lines)?;
    for (depth, step) in edit.path.iter().enumerate() {
        let is_last = depth + 1 == edit.path.len();
        match member(lines, &block, step) {
            Some(found) if is_last => {
                let new = edit.value.as_ref().map(|value| rendered(step, value, block.indent));
                lines.splice(found, new.unwrap_or_default());
                return Some(());
            }
            Some(found) => {
                value = value.get(step)?;
                block = match inside(lines, found.clone(), block.indent) {
                    Some(inside) => inside,
                    None => unfolded(lines, found, step, value, block.indent)?,
                };
            }
            None => {
                let Some(nested) = edit.nested(depth + 1) else { return Some(()) };
                let at = end_of(lines, &block.lines);
                lines.splice(at..at, rendered(step, &nested, block.indent));
                return Some(());
            }
        }
    }
    None
}

/// Lays a member out in lines whose mapping stood between braces, or elsewhere. The others stay as they are.
fn unfolded(
    lines: &mut Vec<String>,
    found: Range<usize>,
    name: &str,
    value: &Value,
    indent: usize,
) -> Option<Block> {
    let new = rendered(name, value, indent);
    let place = found.start..found.start + new.len();
    lines.splice(found, new);
    inside(lines, place, indent)
}

fn rendered(name: &str, value: &Value, indent: usize) -> Vec<String> {
    let mut text = String::new();
    yaml_text::write(
        &Value::Object(Map::from_iter([(name.to_owned(), value.clone())])),
        indent,
        &mut text,
    );
    text.lines().map(str::to_owned).collect()
}

/// The mapping that the document is.
fn root(lines: &[String]) -> Option<Block> {
    let first = lines.iter().position(|line| line.starts_with("---")).map_or(0, |line| line + 1);
    let is_end = |line: &String| line.starts_with("...");
    let end = lines.iter().position(is_end).unwrap_or(lines.len());
    let first_member = (first..end).find(|line| !is_void(&lines[*line]))?;
    (depth_of(&lines[first_member]) == 0).then_some(Block { lines: first..end, indent: 0 })
}

/// The mapping that is the value of the member in the lines `found`, which stands `indent` deep.
fn inside(lines: &mut [String], found: Range<usize>, indent: usize) -> Option<Block> {
    let head = lines.get_mut(found.start)?;
    let (_, value) = key_of(head)?;
    let value = value.trim();
    if matches!(value, "{}" | "null" | "~") {
        let length = head.trim_end().len() - value.len();
        head.truncate(length);
        head.truncate(head.trim_end().len());
    } else if !value.is_empty() && !value.starts_with('#') {
        return None;
    }
    let first = (found.start + 1..found.end).find(|line| !is_void(&lines[*line]));
    let deeper = first.map_or(indent + 2, |line| depth_of(&lines[line]));
    (deeper > indent).then_some(Block { lines: found.start + 1..found.end, indent: deeper })
}

/// The lines of the member `name`, its value included.
fn member(lines: &[String], block: &Block, name: &str) -> Option<Range<usize>> {
    let is_member = |line: &usize| {
        let text = &lines[*line];
        !is_void(text) && depth_of(text) == block.indent && !is_item(text)
    };
    let mut members = block.lines.clone().filter(is_member).peekable();
    while let Some(line) = members.next() {
        if key_of(&lines[line]).is_some_and(|(key, _)| key == name) {
            let end = members.peek().copied().unwrap_or(block.lines.end);
            return Some(line..end_of(lines, &(line..end)));
        }
    }
    None
}

/// The end of a range without the comments and empty lines behind it: they belong to what follows.
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

fn depth_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The key of a line, and what stands behind its colon.
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
        None => Some((line.trim_end().strip_suffix(':')?.to_owned(), "")),
    }
}
