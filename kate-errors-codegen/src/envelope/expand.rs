//! Constants of the catalog in a template.

use kate_errors_model::json::{Kind, Raw};

use super::Mistake;
use super::tree::enter;

/// The beginning of a placeholder for a constant.
const WITH: &str = "{with.";

/// Replaces `{with.…}` in a template by constants of the catalog: strings, numbers and booleans. A constant keeps
/// its type if the placeholder is the whole string, and is text among other text. The result has no white space.
///
/// ```
/// use kate_errors_codegen::envelope::expand;
/// use kate_errors_model::json::Raw;
///
/// let template = Raw::parse(r#"{ "domain": "{with.domain}", "docs": "https://{with.domain}/{code}" }"#).unwrap();
/// let with = [("domain", Raw::parse(r#""kate.example""#).unwrap())];
/// let expanded = expand(template, &with).unwrap();
/// assert_eq!(expanded, r#"{"domain":"kate.example","docs":"https://kate.example/{code}"}"#);
/// ```
///
/// # Errors
///
/// The places that name a constant that does not exist, or one that is not a scalar or contains a brace.
pub fn expand(template: Raw<'_>, with: &[(&str, Raw<'_>)]) -> Result<String, Vec<Mistake>> {
    let mut expansion =
        Expansion { with, out: String::new(), place: String::new(), mistakes: Vec::new() };
    expansion.value(template);
    if expansion.mistakes.is_empty() { Ok(expansion.out) } else { Err(expansion.mistakes) }
}

struct Expansion<'w> {
    with: &'w [(&'w str, Raw<'w>)],
    out: String,
    /// The current place as a JSON Pointer.
    place: String,
    mistakes: Vec<Mistake>,
}

impl<'w> Expansion<'w> {
    /// Writes a value. The scanner has already limited its depth.
    fn value(&mut self, value: Raw<'_>) {
        match value.kind() {
            Kind::Object => {
                self.out.push('{');
                for (index, (name, value)) in value.members().enumerate() {
                    self.out.push_str(if index == 0 { "\"" } else { ",\"" });
                    self.out.push_str(name.inside);
                    self.out.push_str("\":");
                    self.inner(name.inside, value);
                }
                self.out.push('}');
            }
            Kind::Array => {
                self.out.push('[');
                for (index, value) in value.elements().enumerate() {
                    self.out.push_str(if index == 0 { "" } else { "," });
                    self.inner(&index.to_string(), value);
                }
                self.out.push(']');
            }
            Kind::String => self.string(value),
            _ => self.out.push_str(value.as_str()),
        }
    }

    fn inner(&mut self, name: &str, value: Raw<'_>) {
        let outer = enter(&mut self.place, name);
        self.value(value);
        self.place.truncate(outer);
    }

    fn string(&mut self, string: Raw<'_>) {
        let mut rest = string.as_str();
        while let Some((before, (name, after))) =
            rest.split_once(WITH).and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            let constant = self.constant(name);
            let stands_alone = rest.len() == string.as_str().len() && [before, after] == ["\""; 2];
            if let (Some(constant), true) = (constant, stands_alone) {
                return self.out.push_str(constant.as_str());
            }
            self.out.push_str(before);
            self.out.push_str(constant.map_or("", text));
            rest = after;
        }
        self.out.push_str(rest);
    }

    fn constant(&mut self, name: &str) -> Option<Raw<'w>> {
        let constant = self.with.iter().find(|constant| constant.0 == name).map(|found| found.1);
        let message = match constant {
            None => format!("`with` has no `{name}`"),
            Some(constant) if !is_scalar(constant) => {
                format!(
                    "`{name}` of `with` is not a string, a number or a boolean, or holds a brace"
                )
            }
            Some(constant) => return Some(constant),
        };
        self.mistakes.push(Mistake { place: self.place.clone(), message });
        None
    }
}

fn is_scalar(constant: Raw<'_>) -> bool {
    let is_scalar = matches!(constant.kind(), Kind::String | Kind::Number | Kind::Boolean);
    is_scalar && !constant.as_str().contains(['{', '}'])
}

/// A constant as text among other text: the inside of a string.
fn text(constant: Raw<'_>) -> &str {
    constant.string().map_or(constant.as_str(), |string| string.inside)
}
