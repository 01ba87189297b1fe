//! Leaves of a template: `before{slot:form?}after`.

use alloc::borrow::ToOwned;

use super::{Affix, FieldPart, Form, Leaf, MistakeKind, Slot};
use crate::json::Str;

/// What a string of a template means.
pub(super) enum Text<'t> {
    /// What it says.
    Constant,
    /// What is neither written nor read.
    Any,
    /// The value of a slot.
    Slot { leaf: Leaf<'t>, is_optional: bool },
}

/// The slots that have a name of their own. Any other name is that of a parameter.
pub const SLOTS: &[(&str, Slot<'static>)] = &[
    ("code", Slot::Code),
    ("detail", Slot::Detail),
    ("status", Slot::Status),
    ("title", Slot::Title),
    ("docs_url", Slot::DocsUrl),
    ("cause", Slot::Cause),
    ("fix", Slot::Fix),
    ("retry_after", Slot::RetryAfter),
    ("params", Slot::Params),
];

/// The slot that a text of a template is, and whether it may be left out; `None` for a text that is none.
///
/// ```
/// use kate_errors_model::envelope::{Form, Slot, leaf};
///
/// let (leaf, is_optional) = leaf("{status:string?}").unwrap();
/// assert_eq!((leaf.slot, leaf.form, is_optional), (Slot::Status, Form::Inside, true));
/// ```
#[must_use]
pub fn leaf(text: &str) -> Option<(Leaf<'_>, bool)> {
    match parse(Str { inside: text, has_escapes: false }) {
        Ok(Text::Slot { leaf, is_optional }) => Some((leaf, is_optional)),
        _ => None,
    }
}

/// Reads a string of a template.
pub(super) fn parse(string: Str<'_>) -> Result<Text<'_>, MistakeKind> {
    const ANY: &str = "{any}";
    let text = string.inside;
    if !text.contains(['{', '}']) {
        return Ok(Text::Constant);
    }
    if text == ANY {
        return Ok(Text::Any);
    }
    if string.has_escapes {
        return Err(MistakeKind::Escape);
    }
    let rest = text.strip_prefix(ANY);
    let (opens_before, text) = (rest.is_some(), rest.unwrap_or(text));
    let rest = text.strip_suffix(ANY);
    let (opens_after, text) = (rest.is_some(), rest.unwrap_or(text));
    let Some((before, rest)) = text.split_once('{') else {
        return Err(if text.contains('}') { MistakeKind::Brace } else { MistakeKind::Any });
    };
    let (placeholder, after) = rest.split_once('}').ok_or(MistakeKind::Brace)?;
    if after.contains('{') {
        return Err(MistakeKind::TwoPlaceholders);
    }
    if [before, after].iter().any(|text| text.contains('}')) || placeholder.contains('{') {
        return Err(MistakeKind::Brace);
    }
    if opens_before && before.is_empty() || opens_after && after.is_empty() {
        return Err(MistakeKind::Any);
    }
    let (slot, mut form, is_optional) =
        slot(placeholder).ok_or_else(|| MistakeKind::Placeholder(placeholder.to_owned()))?;
    if !(before.is_empty() && after.is_empty()) {
        if matches!(slot, Slot::Params | Slot::ParamsAsStrings | Slot::Field(FieldPart::Loc)) {
            return Err(MistakeKind::ObjectInText);
        }
        form = Form::Inside;
    }
    let before = Affix { text: before, is_open: opens_before };
    let after = Affix { text: after, is_open: opens_after };
    Ok(Text::Slot { leaf: Leaf { slot, form, before, after }, is_optional })
}

/// Reads what stands between the braces.
fn slot(placeholder: &str) -> Option<(Slot<'_>, Form, bool)> {
    let required = placeholder.strip_suffix('?');
    let is_optional = required.is_some();
    let (name, form) = match required.unwrap_or(placeholder).split_once(':') {
        Some((name, form)) => (name, Some(form)),
        None => (required.unwrap_or(placeholder), None),
    };
    let slot = match SLOTS.iter().find(|(known, _)| *known == name) {
        Some((_, slot)) => *slot,
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
    let is_text = match slot {
        Slot::Field(part) => part != FieldPart::Loc,
        _ => matches!(slot, Slot::Detail | Slot::Title | Slot::DocsUrl | Slot::Cause | Slot::Fix),
    };
    let form = match form {
        Some(_) if matches!(slot, Slot::Field(_)) => return None,
        None if is_text => Form::Inside,
        None => Form::Value,
        Some("string") => Form::Inside,
        Some(_) => return None,
    };
    Some((slot, form, is_optional))
}

fn named(name: &str) -> Option<Slot<'_>> {
    let (slot, name): (fn(_) -> _, _) = match name.split_once('.') {
        None if name == "any" => return None,
        None => (Slot::Param, name),
        Some(("params", name)) => (Slot::Param, name),
        Some(("request", name)) => (Slot::Request, name),
        Some(("wire", name)) => (Slot::Wire, name),
        Some(("field", part)) => {
            let part = FieldPart::ALL.iter().find(|(name, _)| *name == part)?;
            return Some(Slot::Field(part.1));
        }
        Some(_) => return None,
    };
    is_name(name).then(|| slot(name))
}

/// Whether a parameter or a value of a server may have this name.
fn is_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.bytes().all(is_part)
}
