//! Rules about templates: valid braces, and a parameter for each placeholder and vice versa.

use std::collections::{HashMap, HashSet};

use kate_errors_model::template::{self, BraceErrorKind, Parsed, Part, Placeholder};

use super::{Checker, foreign, row_name};
use crate::diagnostic::Label;
use crate::names::{is_snake_case, snake_case_of};
use crate::rule;
use crate::syntax::document::{Param, Row, Text};

/// The unknown parameters of an error, and the indices of their diagnostics.
type Seen = HashMap<String, usize>;

impl<'d> Checker<'d> {
    pub(super) fn templates(&mut self) {
        for context in &self.document.contexts {
            if let Some(text) = &context.text {
                let parsed = self.template(text);
                if context.has_all_params {
                    self.declared(&parsed, text, &context.params, &mut HashMap::new());
                }
                self.used(&parsed, text, &context.params, "the text of the context");
            }
        }
        for row in self.document.rows() {
            self.row_templates(row);
        }
        self.contexts_exist();
    }

    fn row_templates(&mut self, row: &'d Row) {
        let mut seen = HashMap::new();
        if let Some(detail) = &row.detail {
            let parsed = if self.members.have_all(row) {
                self.parsed(detail)
            } else {
                self.template(detail)
            };
            if row.has_all_params {
                self.declared(&parsed, detail, &row.params, &mut seen);
            }
            self.used(&parsed, detail, &row.params, "the detail");
        }
        let Some(base) = self.bases.of(row) else { return };
        for former in &row.former {
            let parsed = self.template(former);
            if base.has_all_params {
                self.declared(&parsed, former, &base.params, &mut seen);
            }
            self.used_in_former(&parsed, former, &base.params);
        }
        let context = base.context.as_ref().map(|name| self.contexts.get(name.value.as_str()));
        let are_known = base.has_all_params
            && context.is_none_or(|context| context.is_some_and(|it| it.has_all_params));
        let of_context = context.flatten().map_or(&[][..], |context| &context.params);
        let params = [&base.params[..], of_context].concat();
        for (field, text) in [("cause", &row.cause), ("fix", &row.fix)] {
            let Some(text) = text else { continue };
            let parsed = template::parse(&text.value);
            self.braces(&parsed, text);
            self.foreign_placeholders(text, &params);
            for placeholder in unknown(&parsed, &params).filter(|_| are_known) {
                let name = &placeholder.name;
                let near = self.nearest(name, &params);
                let is_reported = near.is_some_and(|near| !is_snake_case(near));
                if is_reported || self.is_seen(placeholder, text, &mut seen) {
                    continue;
                }
                let message = format!("{} has no parameter `{name}`", row_name(row).0);
                let label = (text.part(&placeholder.range), "unknown parameter");
                let diagnostic = self.report(&rule::UNKNOWN_PARAMETER, message, label);
                if row.field(field).is_none() {
                    diagnostic.also((row_name(row).1, format!("has this {field}")));
                }
                diagnostic.help_if(near.map(|near| format!("did you mean `{{{near}}}`?")));
            }
        }
    }

    /// Parses a template that is rendered and read, and checks its braces and the text between placeholders.
    pub(super) fn template(&mut self, text: &Text) -> Parsed {
        let parsed = self.parsed(text);
        for pair in parsed.parts.windows(2) {
            if let [Part::Placeholder(left), Part::Placeholder(right)] = pair {
                let message = format!(
                    "there is no text between `{{{}}}` and `{{{}}}`",
                    left.name, right.name
                );
                let label = (text.part(&(left.range.start..right.range.end)), "adjacent");
                self.report(&rule::ADJACENT_PLACEHOLDERS, message, label);
            }
        }
        let names = parsed.placeholders().map(|it| (it.name.as_str(), text.part(&it.range)));
        self.repeated(&rule::REPEATED_PLACEHOLDER, names, |name, _| {
            format!("`{{{name}}}` is used twice in one template")
        });
        parsed
    }

    /// Parses a template from which no values are read.
    fn parsed(&mut self, text: &Text) -> Parsed {
        let parsed = template::parse(&text.value);
        self.braces(&parsed, text);
        parsed
    }

    fn braces(&mut self, parsed: &Parsed, text: &Text) {
        for error in &parsed.errors {
            let (rule, message) = match error.kind {
                BraceErrorKind::Unclosed => (&rule::UNCLOSED_BRACE, "this `{` is not closed"),
                BraceErrorKind::Stray => (&rule::STRAY_BRACE, "unmatched `}`"),
                BraceErrorKind::InvalidName => {
                    (&rule::INVALID_PLACEHOLDER, "this is not the name of a parameter")
                }
            };
            let label = (text.part(&error.range), "here");
            let written = text.value.get(error.range.clone()).unwrap_or_default();
            let help = placeholder_help(written).filter(|_| rule == &rule::INVALID_PLACEHOLDER);
            self.report(rule, message, label).help_if(help);
        }
    }

    fn declared(&mut self, parsed: &Parsed, text: &Text, params: &[Param], seen: &mut Seen) {
        let the_one_meant = the_one_meant(parsed, params);
        for placeholder in unknown(parsed, params) {
            let name = &placeholder.name;
            let near = self.nearest(name, params).or(the_one_meant);
            let help = match near {
                // If the intended name is not a valid one, that was already reported.
                Some(near) if !is_snake_case(near) => continue,
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => match snake_case_of(name) {
                    Some(better) if better == *name => {
                        format!("declare it: `params: {{ {name}: {{ type: … }} }}`")
                    }
                    Some(better) => format!(
                        "write `{{{better}}}`, and declare it: `params: {{ {better}: {{ type: … }} }}`"
                    ),
                    None => "choose another name, and declare it under `params`".to_owned(),
                },
            };
            if self.is_seen(placeholder, text, seen) {
                continue;
            }
            let message = format!("`{{{name}}}` has no parameter");
            let label = (text.part(&placeholder.range), "not declared");
            self.report(&rule::UNDECLARED_PLACEHOLDER, message, label).set_help(help);
        }
    }

    /// Whether an unknown parameter of an error was already reported. Adds this place to its report.
    fn is_seen(&mut self, placeholder: &Placeholder, text: &Text, seen: &mut Seen) -> bool {
        let next = self.diagnostics.len();
        let at = *seen.entry(placeholder.name.clone()).or_insert(next);
        let reported = self.diagnostics.get_mut(at);
        reported.map(|it| it.also((text.part(&placeholder.range), "here too"))).is_some()
    }

    fn used(&mut self, parsed: &Parsed, text: &Text, params: &[Param], owner: &str) {
        let used: HashSet<&str> = parsed.placeholders().map(|it| it.name.as_str()).collect();
        let unused: Vec<(usize, &str)> = params
            .iter()
            .enumerate()
            .filter(|(_, param)| !param.optional)
            .map(|(at, param)| (at, param.name.value.as_str()))
            .filter(|(_, name)| !used.contains(name) && !self.members.have(name))
            // One that is not a valid name was already reported.
            .filter(|(_, name)| is_snake_case(name))
            .collect();
        if unused.is_empty() {
            self.foreign_placeholders(text, params);
        }
        if unused.is_empty() || the_one_meant(parsed, params).is_some() {
            return;
        }
        // A misspelled or malformed placeholder was already reported.
        let written = unknown(parsed, params).map(|placeholder| placeholder.name.as_str()).chain(
            parsed.errors.iter().filter_map(|error| match error.kind {
                BraceErrorKind::Unclosed => {
                    text.value.get(error.range.end..)?.split(['{', '}']).next()
                }
                _ => text.value.get(error.range.clone()),
            }),
        );
        let words = written.flat_map(|it| it.split(|c: char| !c.is_alphanumeric() && c != '_'));
        let names = || unused.iter().map(|(_, name)| *name);
        let meant: HashSet<&str> =
            words.filter_map(|word| self.suggestions.nearest(word, &mut names())).collect();
        for (at, name) in unused.into_iter().filter(|(_, name)| !meant.contains(name)) {
            let message = format!("the parameter `{name}` has no placeholder in {owner}");
            let label = (params[at].name.span, format!("`{{{name}}}` is not in {owner}"));
            let help = match foreign::written_for(&text.value, name, at) {
                Some(other) => format!("write `{{{name}}}` instead of `{other}`"),
                None => {
                    format!("use it in the text or in `wire.body` as `{{{name}}}`, or delete it")
                }
            };
            self.report(&rule::UNUSED_PARAMETER, message, label).set_help(help);
        }
    }

    fn used_in_former(&mut self, parsed: &Parsed, former: &Text, params: &[Param]) {
        let used: HashSet<&str> = parsed.placeholders().map(|used| used.name.as_str()).collect();
        for param in params {
            let name = param.name.value.as_str();
            if !used.contains(name) && !param.optional && !self.members.have(name) {
                let message = format!("a former message lacks the parameter `{name}`");
                let label = (former.span, format!("no `{{{name}}}` here"));
                let help = "clients could not read the value from this message: \
                            move it to a retired error of its own";
                self.report(&rule::UNUSED_PARAMETER, message, label).set_help(help);
            }
        }
    }

    fn nearest<'p>(&mut self, name: &str, params: &'p [Param]) -> Option<&'p str> {
        self.suggestions.nearest(name, &mut params.iter().map(|param| param.name.value.as_str()))
    }

    fn contexts_exist(&mut self) {
        let mut used = HashSet::new();
        let mut all_read = self.whole;
        for row in self.document.rows() {
            let Some(context) = &row.context else {
                all_read &= row.field("context").is_none();
                continue;
            };
            used.insert(context.value.as_str());
            if !self.contexts.contains_key(context.value.as_str()) {
                let message = format!("there is no context `{}`", context.value);
                let known = self.document.contexts.iter().map(|known| known.name.value.as_str());
                // The intended context may be one that seems unused.
                all_read = false;
                self.report_unknown(&rule::UNKNOWN_CONTEXT, message, context, known);
            }
        }
        for context in &self.document.contexts {
            if all_read && !used.contains(context.name.value.as_str()) {
                let message = format!("no error uses the context `{}`", context.name.value);
                let label = Label::new(context.name.span, "not used");
                self.report(&rule::UNUSED_CONTEXT, message, label);
            }
        }
    }
}

fn unknown<'p>(parsed: &'p Parsed, params: &'p [Param]) -> impl Iterator<Item = &'p Placeholder> {
    let known: HashSet<&str> = params.iter().map(|param| param.name.value.as_str()).collect();
    parsed.placeholders().filter(move |placeholder| !known.contains(placeholder.name.as_str()))
}

/// Returns the only unused parameter, if exactly one placeholder is undeclared: then both are one mistake.
fn the_one_meant<'p>(parsed: &Parsed, params: &'p [Param]) -> Option<&'p str> {
    let used: HashSet<&str> = parsed.placeholders().map(|used| used.name.as_str()).collect();
    let mut unused = params.iter().filter(|param| !used.contains(param.name.value.as_str()));
    let only = unused.next().filter(|_| unused.next().is_none())?;
    (unknown(parsed, params).count() == 1).then_some(only.name.value.as_str())
}

/// Returns what to write instead of invalid text in braces.
fn placeholder_help(written: &str) -> Option<String> {
    let inside = written.strip_prefix('{')?.strip_suffix('}')?;
    let (name, rest) = match inside.split_once(':') {
        Some((name, rest)) => (name.trim(), Some(rest)),
        None => (inside.trim(), None),
    };
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!(
            "for a value, give the parameter a name, such as `{{id}}`, and declare it under `params`; for braces that \
             are text, write `{{{{{inside}}}}}`"
        ));
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        let dashed =
            name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        return snake_case_of(name).filter(|_| dashed).map(|name| format!("write `{{{name}}}`"));
    }
    let name = snake_case_of(name).unwrap_or_else(|| name.to_owned());
    Some(match rest {
        None => format!("write `{{{name}}}`, without spaces"),
        Some("u64" | "i64" | "word" | "text") => {
            format!("write `{{{name}}}`, and the type under `params`")
        }
        Some(_) => format!("write `{{{name}}}`: a value has one spelling, and no formatting"),
    })
}
