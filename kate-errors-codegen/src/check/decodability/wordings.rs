//! The wordings of a catalog: every text that a sentence can have come from.

use std::collections::HashSet;

use super::characters::Exclusions;
use super::hole::Hole;
use super::tree::{Pattern, Piece};
use crate::check::Checker;
use crate::lower::{CONTEXT_SEPARATOR, text_end};
use crate::syntax::document::{Context, Param, ParamKind, Row, Text};
use crate::template::{self, Parsed, Part};

/// One text of a row, and the sentences that come from it.
#[derive(Clone, Debug)]
pub(super) struct Wording<'d> {
    /// The number of its row.
    pub(super) row: usize,
    /// The code of its row.
    pub(super) code: &'d str,
    pub(super) status: u16,
    pub(super) role: Role<'d>,
    /// The text in the file; of a detail with its context, the detail.
    pub(super) text: &'d Text,
    pub(super) pattern: Pattern,
}

/// What a wording is to its row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role<'d> {
    /// The sentence that servers send.
    Detail,
    /// The sentence with its second one.
    WithContext(&'d Context),
    /// A sentence that they sent before.
    Former,
}

impl Wording<'_> {
    pub(super) fn is_former(&self) -> bool {
        matches!(self.role, Role::Former)
    }
}

/// Every wording of every row, in the order of the file. Texts in which other rules find mistakes are
/// left out: what they mean is not certain.
pub(super) fn wordings<'d>(checker: &Checker<'d>) -> Vec<Wording<'d>> {
    let mut wordings = Vec::new();
    for (index, row) in checker.all_rows().enumerate() {
        collect(checker, index, row, &mut wordings);
    }
    wordings
}

fn collect<'d>(
    checker: &Checker<'d>,
    index: usize,
    row: &'d Row,
    wordings: &mut Vec<Wording<'d>>,
) -> Option<()> {
    let code = row.code.as_ref()?.value.as_str();
    let base = checker.base(row)?;
    let status = base.status.as_ref()?.value;
    let detail = base.detail.as_ref()?;
    let sentence = Sentence::of(base, detail)?;
    let mut push = |role, text, pattern| {
        wordings.push(Wording { row: index, code, status, role, text, pattern });
    };
    if row.same_as.is_none() {
        let pattern = sentence.pattern();
        if let Some(context) = base.context.as_ref() {
            let context = checker.contexts.get(context.value.as_str()).copied();
            if let Some((context, second)) = context.and_then(|c| Some((c, context_pattern(c)?))) {
                let separator = Piece::Literal(CONTEXT_SEPARATOR.to_owned());
                let full = pattern.iter().cloned().chain([separator]).chain(second).collect();
                push(Role::WithContext(context), detail, full);
            }
        }
        push(Role::Detail, detail, pattern);
    }
    let mut seen = HashSet::from([detail.value.as_str()]);
    for former in row.former.iter().filter(|former| seen.insert(&former.value)) {
        if let Some(pattern) = sentence.former_pattern(former) {
            push(Role::Former, former, pattern);
        }
    }
    Some(())
}

/// The sentences of a context alone.
pub(super) fn context_pattern(context: &Context) -> Option<Pattern> {
    let parsed = usable(context.text.as_ref()?, &context.params)?;
    let end = |name: &str| Exclusions::new(text_end(&parsed.parts, name, None), None);
    Some(pattern(&parsed.parts, &context.params, end))
}

/// The current sentence of a row, from which its parameters have their types.
struct Sentence<'d> {
    parsed: Parsed,
    params: &'d [Param],
    /// What follows the sentence, where a context may.
    tail: Option<char>,
}

impl<'d> Sentence<'d> {
    fn of(row: &'d Row, detail: &Text) -> Option<Self> {
        let parsed = usable(detail, &row.params)?;
        let tail = row.context.as_ref().and_then(|_| CONTEXT_SEPARATOR.chars().next());
        Some(Self { parsed, params: &row.params, tail })
    }

    /// The character at which a `text` ends, which its values cannot hold.
    fn end(&self, name: &str) -> Option<char> {
        text_end(&self.parsed.parts, name, self.tail)
    }

    fn pattern(&self) -> Pattern {
        pattern(&self.parsed.parts, self.params, |name| Exclusions::new(self.end(name), None))
    }

    /// A value in a former wording ends where that wording goes on, and must fit the type of today too.
    fn former_pattern(&self, former: &Text) -> Option<Pattern> {
        let parsed = usable(former, self.params)?;
        let has = |name: &str| parsed.placeholders().any(|hole| hole.name == name);
        let has_all = self.parsed.placeholders().all(|hole| has(&hole.name));
        let end = |name: &str| Exclusions::new(text_end(&parsed.parts, name, None), self.end(name));
        has_all.then(|| pattern(&parsed.parts, self.params, end))
    }
}

/// The parts of a text in which no other rule finds a mistake.
fn usable(text: &Text, params: &[Param]) -> Option<Parsed> {
    let parsed = template::parse(&text.value);
    let mut names = HashSet::new();
    let is_good = |hole: &template::Placeholder| {
        params.iter().any(|param| param.name.value == hole.name && param.kind.is_some())
    };
    let all_good = parsed.placeholders().all(|hole| is_good(hole) && names.insert(&hole.name));
    let adjacent = |parts: &[Part]| matches!(parts, [Part::Placeholder(_), Part::Placeholder(_)]);
    let is_usable = all_good && parsed.errors.is_empty() && !parsed.parts.windows(2).any(adjacent);
    is_usable.then_some(parsed)
}

fn pattern(parts: &[Part], params: &[Param], end: impl Fn(&str) -> Exclusions) -> Pattern {
    let piece = |part: &Part| match part {
        Part::Literal(literal) => Some(Piece::Literal(literal.clone())),
        Part::Placeholder(hole) => {
            let param = params.iter().find(|param| param.name.value == hole.name)?;
            let kind = &param.kind.as_ref()?.value;
            Some(Piece::Hole(hole.name.clone(), self::hole(kind, end(&hole.name))))
        }
    };
    parts.iter().filter_map(piece).collect()
}

fn hole(kind: &ParamKind, end: Exclusions) -> Hole {
    match kind {
        ParamKind::U64 => Hole::U64,
        ParamKind::I64 => Hole::I64,
        ParamKind::Word => Hole::Word,
        ParamKind::Text => Hole::Text(end),
        ParamKind::OneOf(choices) => {
            let mut choices: Vec<String> = choices.iter().map(|c| c.value.clone()).collect();
            choices.sort_unstable();
            choices.dedup();
            Hole::OneOf(choices)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::syntax;

    const HEAD: &str = "catalog: Jobs\nstatuses:\n  404: { name: Not Found, description: None }\n";

    /// The wordings as `code role: pieces`, a hole with what it cannot hold.
    fn shown(contexts: &str, rows: &str) -> Vec<String> {
        let text = format!("{HEAD}{contexts}sections:\n  - name: Jobs\n    errors:\n{rows}");
        let (source, findings) = Source::read("jobs.yaml", text.as_bytes());
        assert_eq!(findings, []);
        let syntax = syntax::read(&source);
        let checker = Checker::new(&syntax.document, syntax.whole);
        let piece = |piece: &Piece| match piece {
            Piece::Literal(literal) => literal.clone(),
            Piece::Hole(name, Hole::Text(end)) => {
                let excluded: String = (' '..'~').filter(|c| end.contains(*c)).collect();
                format!("<{name} not {excluded:?}>")
            }
            Piece::Hole(name, hole) => format!("<{name} {hole:?}>"),
        };
        let wording = |wording: &Wording<'_>| {
            let role = match wording.role {
                Role::Detail => "detail",
                Role::WithContext(_) => "with context",
                Role::Former => "former",
            };
            let pieces: String = wording.pattern.iter().map(piece).collect();
            format!("{} {role}: {pieces}", wording.code)
        };
        wordings(&checker).iter().map(wording).collect()
    }

    #[test]
    fn a_text_before_a_context_ends_at_the_separator() {
        let contexts =
            "contexts:\n  more:\n    text: \"{a}: {b}\"\n    params: { a: text, b: text }\n";
        let row = "      - code: failed\n        status: 404\n        detail: \"{job} failed, {why}\"\n        \
                   context: more\n        params: { job: text, why: text }\n";
        let expected = [
            "failed with context: <job not \" \"> failed, <why not \".\">. <a not \":\">: <b not \"\">",
            "failed detail: <job not \" \"> failed, <why not \".\">",
        ];
        assert_eq!(shown(contexts, row), expected);
    }

    #[test]
    fn a_text_in_a_former_wording_fits_the_type_of_today() {
        let row = "      - code: failed\n        status: 404\n        detail: \"{why}! failed\"\n        \
                   former: [\"failed, {why}\", \"{why}: failed\", \"{why}! failed\", \"failed\"]\n        \
                   params: { why: text }\n";
        let expected = [
            "failed detail: <why not \"!\">! failed",
            "failed former: failed, <why not \"!\">",
            "failed former: <why not \"!:\">: failed",
        ];
        assert_eq!(shown("", row), expected);
    }

    #[test]
    fn homonyms_have_their_former_wordings_alone() {
        let rows = "      - code: one\n        status: 404\n        detail: \"No {id}\"\n        \
                    params: { id: { one_of: [b, a, b] } }\n      - code: other\n        same_as: one\n        \
                    former: [\"Not {id}\"]\n";
        let expected = [
            "one detail: No <id OneOf([\"a\", \"b\"])>",
            "other former: Not <id OneOf([\"a\", \"b\"])>",
        ];
        assert_eq!(shown("", rows), expected);
    }

    #[test]
    fn what_other_rules_report_is_left_out() {
        let detail = |detail: &str| {
            format!(
                "      - code: one\n        status: 404\n        detail: \"{detail}\"\n        params: {{ a: word, b: word }}\n"
            )
        };
        for broken in ["{a} {", "{a}{b}", "{a} {b} {a}", "{a} {c}"] {
            assert_eq!(shown("", &detail(broken)), [""; 0], "{broken}");
        }
        assert_eq!(shown("", &detail("{a} {b}")).len(), 1);
    }
}
