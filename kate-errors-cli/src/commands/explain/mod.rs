//! `explain`: what a code, a status, a rule, a message, or a response means, and what to do.
//!
//! ```text
//! argument ─ passages ─► search ─► Answer ─ text, json
//! ```

mod answer;
mod json;
mod likeness;
mod passages;
mod search;
mod text;

use std::io::{self, IsTerminal};

use kate_errors_model::MAX_BODY;

use crate::catalog_file::{self, CatalogFile, read_limited};
use crate::cli::{ExplainArguments, Format};
use crate::failure::{Failure, Verdict};
use crate::output::Terminal;
use answer::{Answer, Rule};

pub(crate) fn run(
    arguments: &ExplainArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let question = question(arguments)?;
    let path = catalog_file::find(arguments.catalog.file.as_deref());
    let file = path.and_then(|path| CatalogFile::read(&path, terminal));
    if let Some(rule) = rule_in_question(&question, file.as_ref().ok()) {
        return show(&Answer::Rule(rule), arguments, terminal);
    }
    let file = file?;
    let Some(catalog) = file.catalog(terminal) else {
        return Ok(Verdict::Findings);
    };
    show(&answer::find(catalog, &question), arguments, terminal)
}

/// What is asked: the words of the argument, or what is piped in.
fn question(arguments: &ExplainArguments) -> Result<String, Failure> {
    let words: Vec<_> = arguments.what.iter().map(|word| word.to_string_lossy()).collect();
    let question = match words.join(" ").trim() {
        "" | "-" => piped_in(words.is_empty())?,
        question => question.to_owned(),
    };
    // A client reads no longer response either.
    if question.len() > MAX_BODY {
        return Err(Failure::LongQuestion { kibibytes: MAX_BODY >> 10 });
    }
    if question.is_empty() { Err(Failure::NoQuestion) } else { Ok(question) }
}

/// Standard input, unless a person sits there who does not expect to be read.
fn piped_in(unasked: bool) -> Result<String, Failure> {
    let input = io::stdin();
    if unasked && input.is_terminal() {
        return Ok(String::new());
    }
    let bytes = read_limited(input.lock(), "<stdin>")?;
    Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// The rule that is asked for. It needs no catalog: who asks has a broken one. Where a sound one has an
/// error with that code, the error is meant.
fn rule_in_question(question: &str, file: Option<&CatalogFile>) -> Option<Rule> {
    let rule = Rule::find(question)?;
    let catalog = file.and_then(|file| file.compilation.catalog());
    let is_code = catalog.is_some_and(|catalog| catalog.rows.iter().any(|row| row.code == rule.id));
    (!is_code).then_some(rule)
}

fn show(
    answer: &Answer<'_>,
    arguments: &ExplainArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let text = match arguments.format {
        Format::Json => json::render(answer, arguments.show_sensitive),
        Format::Text => text::render(answer, arguments.show_sensitive),
    };
    let is_nothing = matches!(answer, Answer::Nothing { .. });
    if is_nothing && arguments.format == Format::Text {
        terminal.err.note(text.trim_end());
    } else {
        terminal.out.print(&text)?;
    }
    Ok(if is_nothing { Verdict::Findings } else { Verdict::Clean })
}
