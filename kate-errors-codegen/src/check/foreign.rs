//! Finds placeholders of other languages, which are plain text here: `%s`, `%(name)s`, `%{name}`, `${name}`,
//! `{{ name }}`.

use std::ops::Range;

use kate_errors_model::types::Type;

use super::Checker;
use crate::rule;
use crate::syntax::document::{Param, Text};

/// A placeholder of another language.
struct Foreign<'t> {
    range: Range<usize>,
    /// The name in the placeholder.
    name: Option<&'t str>,
}

impl Checker<'_> {
    /// Warns about placeholders of other languages. For messages, it is only called if every parameter has a
    /// placeholder; otherwise that was reported as the same mistake.
    pub(super) fn foreign_placeholders(&mut self, text: &Text, params: &[Param]) {
        for Foreign { range, name } in all(&text.value) {
            let written = &text.value[range.clone()];
            let sent = written.replace("{{", "{").replace("}}", "}");
            let parameter = name.and_then(|name| params.iter().find(|it| it.name.value == name));
            if written.starts_with("${") && parameter.is_none_or(is_amount) {
                continue;
            }
            let message = if written.ends_with('}') && !written.starts_with('{') {
                format!("the `{}` of `{written}` is sent before the value", &written[..1])
            } else if sent == *written {
                format!("`{written}` is not a placeholder here: it is sent literally")
            } else {
                format!("`{written}` is not a placeholder here: it is sent as `{sent}`")
            };
            let name = name.and_then(crate::names::snake_case_of);
            let known = |name: &&str| params.iter().any(|param| param.name.value == **name);
            let name = name.as_deref();
            let help = if let Some(name) = name.filter(known) {
                format!("write `{{{name}}}`")
            } else {
                let name = name.unwrap_or("name");
                format!(
                    "if a value is meant, write `{{{name}}}`, and declare `{name}` under `params`"
                )
            };
            let label = (text.part(&range), "plain text");
            self.report(&rule::FOREIGN_PLACEHOLDER, message, label).set_help(help);
        }
    }
}

/// Returns the text in which the `nth` parameter, `name`, is written as a placeholder of another language.
pub(super) fn written_for<'t>(text: &'t str, name: &str, nth: usize) -> Option<&'t str> {
    let forms = ["<_>", "[_]", "{{_}}", "%_%", "$_", ":_"].map(|form| form.replace('_', name));
    let named = forms.iter().find_map(|form| {
        let found = text.match_indices(form.as_str()).find(|(at, _)| {
            !text[at + form.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        });
        found.map(|(_, written)| written)
    });
    let foreign = all(text);
    let foreign = foreign.iter().find(|it| it.name == Some(name)).or_else(|| foreign.get(nth));
    named.or_else(|| foreign.map(|it| &text[it.range.clone()]))
}

fn all(text: &str) -> Vec<Foreign<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['%', '{', '$']) {
        let begin = at + next;
        let foreign = mustache(text, begin).or_else(|| percent(text, begin));
        let foreign = foreign.or_else(|| in_braces(text, begin, "${"));
        at = foreign.as_ref().map_or(begin + 1, |it| it.range.end);
        found.extend(foreign);
    }
    found
}

/// Reads `{{ name }}`, as in Mustache, Jinja and Handlebars, also with a filter or an index, and `{{ .name }}` as in Go.
fn mustache(text: &str, begin: usize) -> Option<Foreign<'_>> {
    let inside = text[begin..].strip_prefix("{{")?;
    let (inside, end) = inside.split_at(inside.find(['{', '}'])?);
    let bare = inside.trim_start_matches("- ").trim_end_matches(" -").trim();
    let (name, rest) = split_name(bare.trim_start_matches(['.', '$']));
    // Without spaces, these are escaped braces in this language.
    let is_foreign = if rest.is_empty() {
        inside.len() > name.len() || name.contains('.')
    } else {
        inside.len() > bare.len() && rest.trim_start().starts_with(['|', '['])
    };
    let range = begin..begin + inside.len() + 4;
    let is_foreign = is_foreign && end.starts_with("}}") && is_name(name);
    is_foreign.then_some(Foreign { range, name: Some(name) })
}

/// Reads `%s` and the like, as in C, Go and Python, and `%(name)s` and `%{name}`.
fn percent(text: &str, begin: usize) -> Option<Foreign<'_>> {
    let behind = text[begin..].strip_prefix('%')?;
    // `100%d` is a percentage with a typing error.
    let is_number = text[..begin].ends_with(|c: char| c.is_ascii_digit() || c == '%');
    let (name, rest) = match behind.split_at_checked(1)? {
        ("(", rest) => {
            let (name, rest) = split_name(rest);
            (Some(name), rest.strip_prefix(')')?)
        }
        ("{", _) => return in_braces(text, begin, "%{"),
        _ => (None, behind),
    };
    let letter = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-+#.*$".contains(c));
    let letter = letter.trim_start_matches(['l', 'h', 'z']);
    // Behind digits, the others would be bytes of a URL: `%2e`.
    let rest = letter
        .strip_prefix(['s', 'd', 'i', 'u', 'f', 'v', 'q', 'x', 'g', '@'])
        .or_else(|| rest.strip_prefix(['w', 'r', 'T', 't', 'c', 'p', 'e', 'X', 'o', 'b']))?;
    let is_word = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let is_foreign = !is_number && !is_word && name.is_none_or(is_name);
    is_foreign.then(|| Foreign { range: begin..text.len() - rest.len(), name })
}

/// Reads `%{name}`, as in Ruby, and `${name}`, as in shells and JavaScript.
fn in_braces<'t>(text: &'t str, begin: usize, opening: &str) -> Option<Foreign<'t>> {
    let (name, rest) = split_name(text[begin..].strip_prefix(opening)?);
    let end = text.len() - rest.strip_prefix('}')?.len();
    is_name(name).then_some(Foreign { range: begin..end, name: Some(name) })
}

/// Whether the value can be an amount, which a dollar sign may precede.
fn is_amount(param: &Param) -> bool {
    let is_number = |ty: &Type<'_>| matches!(ty, Type::Scalar(_)) && ty.holds("1");
    param.ty.as_ref().is_none_or(|ty| is_number(&ty.value))
}

/// Splits a text into the characters of a name at its beginning, and the rest.
fn split_name(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

/// Whether the characters of a name begin with a letter or `_`.
fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_other_languages() {
        let found = |text: &'static str| -> Vec<&str> {
            all(text).into_iter().map(|it| &text[it.range]).collect()
        };
        assert_eq!(found("Order %s of %(user)s: %5.2f, %1$s"), ["%s", "%(user)s", "%5.2f", "%1$s"]);
        assert_eq!(
            found("{{ id }} and {{user.name}} and %{count}"),
            ["{{ id }}", "{{user.name}}", "%{count}"]
        );
        let other = [
            "{{ .ID }}",
            "{{.ID}}",
            "{{ $id }}",
            "{{ id | upper }}",
            "{{- id -}}",
            "{{ order[0] }}",
        ];
        let verbs = ["%w", "%r", "%T", "%t", "%c", "%p", "%e", "%X", "%o", "%b"];
        for form in other.into_iter().chain(verbs) {
            assert_eq!(found(form), [form]);
        }
        assert_eq!(found("${id} for $5 and ${} and $ {id}"), ["${id}"]);
        for plain in [
            "100% sure",
            "50%d",
            "%%s",
            "%discount",
            "a {{2,4}} b",
            "{id}",
            "%",
            "{{",
            "%(",
            "100%",
            "100% of",
            "50%x",
            "a%20b and %2e",
            "{{a|b}} or {{a[0]}}",
            "{{ a, b }}",
        ] {
            assert_eq!(found(plain), [""; 0], "{plain}");
        }
    }
}
