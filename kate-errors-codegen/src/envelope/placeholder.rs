//! Leaves of a template: `before{slot:form?}after`.

use std::ops::Range;

use kate_errors_model::envelope::{Affix, FieldPart, Form, Leaf, Slot};
use kate_errors_model::json::Str;

/// The meaning of a string in a template.
pub(super) enum Text<'t> {
    /// A constant.
    Constant,
    /// Anything: neither written nor read.
    Any,
    /// The value of a slot.
    Slot { leaf: Leaf<'t>, is_optional: bool },
    /// The values of several slots, with text between them.
    Slots { leaves: Vec<Leaf<'t>>, is_optional: bool },
}

/// The slots with a name of their own, each with its usual form. Any other name is that of a parameter.
pub const SLOTS: &[(&str, Slot<'static>, Form)] = &[
    ("code", Slot::Code, Form::Value),
    ("detail", Slot::Detail, Form::Inside),
    ("status", Slot::Status, Form::Value),
    ("title", Slot::Title, Form::Inside),
    ("docs_url", Slot::DocsUrl, Form::Inside),
    ("cause", Slot::Cause, Form::Inside),
    ("fix", Slot::Fix, Form::Inside),
    ("retry_after", Slot::RetryAfter, Form::Value),
    ("params", Slot::Params, Form::Value),
];

/// Parses a text of a template. Returns its slot, or the first of its slots, and whether it is optional; `None`
/// for a text without any.
///
/// ```
/// use kate_errors_codegen::envelope::leaf;
/// use kate_errors_model::envelope::{Form, Slot};
///
/// let (leaf, is_optional) = leaf("{status:string?}").unwrap();
/// assert_eq!((leaf.slot, leaf.form, is_optional), (Slot::Status, Form::Inside, true));
/// ```
#[must_use]
pub fn leaf(text: &str) -> Option<(Leaf<'_>, bool)> {
    match parse(Str { inside: text, has_escapes: false }) {
        Ok(Text::Slot { leaf, is_optional }) => Some((leaf, is_optional)),
        Ok(Text::Slots { leaves, is_optional }) => Some((*leaves.first()?, is_optional)),
        _ => None,
    }
}

/// The placeholder for anything.
pub(super) const ANY: &str = "{any}";

/// Parses a string of a template.
pub(super) fn parse(string: Str<'_>) -> Result<Text<'_>, String> {
    let text = string.inside;
    if !text.contains(['{', '}']) {
        return Ok(Text::Constant);
    }
    if text == ANY {
        return Ok(Text::Any);
    }
    if string.has_escapes {
        return Err(
            "the text around a placeholder must not contain a character that JSON escapes".into()
        );
    }
    let found = placeholders(text)?;
    let is_slot = |place: &&Range<usize>| text.get((*place).clone()) != Some(ANY);
    let slots: Vec<_> = found.iter().filter(is_slot).collect();
    if slots.is_empty() || !are_apart(&found) {
        let is_any = slots.len() < found.len();
        return Err(if is_any {
            "`{any}` needs text between it and another placeholder".into()
        } else {
            "two placeholders need text between them".into()
        });
    }
    let (mut leaves, mut is_optional) = (Vec::new(), false);
    for place in slots {
        let (leaf, may_be_missing) = leaf_at(text, place)?;
        is_optional |= may_be_missing;
        leaves.push(leaf);
    }
    match leaves.as_slice() {
        [leaf] => Ok(Text::Slot { leaf: *leaf, is_optional }),
        several if several.iter().any(|leaf| matches!(leaf.slot, Slot::Field(_))) => {
            Err("a text with a part of a field can have only one placeholder".into())
        }
        _ => Ok(Text::Slots { leaves, is_optional }),
    }
}

/// The mistake of a brace without its counterpart.
const STRAY: &str = "a brace that is not part of a placeholder";

/// The spans of the placeholders in a text, including their braces.
pub(super) fn placeholders(text: &str) -> Result<Vec<Range<usize>>, String> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, brace) in text.match_indices(['{', '}']) {
        match (open.take(), brace) {
            (None, "{") => open = Some(at),
            (Some(start), "}") => found.push(start..at + 1),
            _ => return Err(STRAY.into()),
        }
    }
    if open.is_some() { Err(STRAY.into()) } else { Ok(found) }
}

/// Whether there is text between all placeholders.
fn are_apart(placeholders: &[Range<usize>]) -> bool {
    placeholders.windows(2).all(|pair| matches!(pair, [one, other] if one.end < other.start))
}

/// Parses the placeholder at a span of a text. Returns the slot, and whether it is optional.
fn leaf_at<'t>(text: &'t str, place: &Range<usize>) -> Result<(Leaf<'t>, bool), String> {
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    let (before, after) = (part(0..place.start), part(place.end..text.len()));
    let placeholder = part(place.start + 1..place.end - 1);
    let (slot, mut form, is_optional) =
        slot(placeholder).ok_or_else(|| format!("there is no placeholder `{{{placeholder}}}`"))?;
    if !(before.is_empty() && after.is_empty()) {
        if matches!(slot, Slot::Params | Slot::ParamsAsStrings | Slot::Field(FieldPart::Loc)) {
            return Err("an object cannot be part of a text".into());
        }
        form = Form::Inside;
    }
    let before = match before.strip_prefix(ANY) {
        Some(text) => Affix { text, is_open: true },
        None => Affix { text: before, is_open: false },
    };
    let after = match after.strip_suffix(ANY).filter(|text| !text.contains('{')) {
        Some(text) => Affix { text, is_open: true },
        None => Affix { text: after, is_open: false },
    };
    Ok((Leaf { slot, form, before, after }, is_optional))
}

/// Parses the text between the braces.
fn slot(placeholder: &str) -> Option<(Slot<'_>, Form, bool)> {
    let required = placeholder.strip_suffix('?');
    let is_optional = required.is_some();
    let (name, form) = match required.unwrap_or(placeholder).split_once(':') {
        Some((name, form)) => (name, Some(form)),
        None => (required.unwrap_or(placeholder), None),
    };
    let (slot, usual) = match SLOTS.iter().find(|(known, ..)| *known == name) {
        Some((_, slot, form)) => (*slot, *form),
        None => named(name)?,
    };
    match (slot, form) {
        (Slot::RetryAfter, Some("ms")) => {
            return Some((Slot::RetryAfterMillis, Form::Value, is_optional));
        }
        (Slot::Params, Some("string")) => {
            return Some((Slot::ParamsAsStrings, Form::Value, is_optional));
        }
        _ => {}
    }
    let form = match form {
        Some(_) if matches!(slot, Slot::Field(_)) => return None,
        None => usual,
        Some("string") => Form::Inside,
        Some(_) => return None,
    };
    Some((slot, form, is_optional))
}

/// Returns the slot with a name of several parts, or of a parameter, and its usual form.
fn named(name: &str) -> Option<(Slot<'_>, Form)> {
    let (slot, name): (fn(_) -> _, _) = match name.split_once('.') {
        None if name == "any" => return None,
        None => (Slot::Param, name),
        Some(("params", name)) => (Slot::Param, name),
        Some(("request", name)) => (Slot::Request, name),
        Some(("wire", name)) => (Slot::Wire, name),
        Some(("field", part)) => {
            let (_, part) = FieldPart::ALL.iter().find(|(name, _)| *name == part)?;
            let form = if *part == FieldPart::Loc { Form::Value } else { Form::Inside };
            return Some((Slot::Field(*part), form));
        }
        Some(_) => return None,
    };
    is_name(name).then(|| (slot(name), Form::Value))
}

/// Whether a parameter or a value of a server may have this name.
fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(is_part)
}
