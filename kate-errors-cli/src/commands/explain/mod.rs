//! `explain`: explains a code, a status, a rule, a message or a response.
//!
//! ```text
//! argument, log ─ pasted ─► findings ─ summary ─► answers ─ text, json
//! ```

mod answer;
mod each;
mod json;
mod likeness;
mod summary;
mod text;

use std::io::{self, IsTerminal, Read};

use kate_errors_codegen::Catalog;

use crate::catalog_file::{CatalogFile, is_standard};
use crate::cli::{ExplainArguments, Format};
use crate::failure::{Failure, Verdict};
use crate::formats::to_json;
use crate::output::Terminal;
use crate::pasted::{BLOCK, Finding, Kind, Reader};
use answer::{Answer, Rule};
use summary::Summary;

/// How many different errors are explained. If there are more, only the summary is shown.
const MAX_EXPLAINED: usize = 3;

/// What to explain.
enum Question {
    Text(String),
    /// The beginning of a text that is read in blocks, and whether it continues on standard input.
    Log(Vec<u8>, bool),
}

pub(crate) fn run(
    arguments: &ExplainArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    if arguments.each {
        let file = CatalogFile::open(arguments.catalog.file.as_deref(), terminal)?;
        return each::run(file.catalog(terminal)?, terminal).map(|()| Verdict::Clean);
    }
    let question = question(arguments)?;
    let file = CatalogFile::open(arguments.catalog.file.as_deref(), terminal);
    if let Question::Text(text) = &question
        && let Some(rule) = rule_in_question(text, file.as_ref().ok())
    {
        terminal.out.print(&match arguments.format {
            Format::Json => to_json(&json::rule(&rule)),
            Format::Text => text::rule(&rule),
        })?;
        return Ok(Verdict::Clean);
    }
    let file = file?;
    let catalog = file.catalog(terminal)?;
    let (mut summary, mut reader) = (Summary::of(catalog), Reader::of(catalog));
    let show_sensitive = arguments.show_sensitive;
    let answers = match &question {
        Question::Text(text) => {
            answers_to(text, catalog, &mut reader, &mut summary, show_sensitive)
        }
        Question::Log(beginning, goes_on) => {
            let _progress = terminal.progress("reading standard input");
            let rest: Box<dyn Read> =
                if *goes_on { Box::new(io::stdin().lock()) } else { Box::new(io::empty()) };
            read_log(beginning.chain(rest), &mut reader, &mut summary)?;
            answers(catalog, &summary, show_sensitive, || answer::nothing(catalog, "", Vec::new()))
        }
    };
    show(&answers, &summary, arguments, terminal)
}

/// Returns the answers to a text that is read at once.
fn answers_to<'c>(
    text: &str,
    catalog: &'c Catalog,
    reader: &mut Reader<'c>,
    summary: &mut Summary<'c>,
    show_sensitive: bool,
) -> Vec<Answer<'c>> {
    reader.read_all(text).into_iter().for_each(|finding| summary.add(finding));
    let nothing = || answer::nothing(catalog, text, reader.texts_in(text));
    answers(catalog, summary, show_sensitive, nothing)
}

/// Returns the answer to each finding, or `nothing` if there are none.
fn answers<'c>(
    catalog: &'c Catalog,
    summary: &Summary<'c>,
    show_sensitive: bool,
    nothing: impl FnOnce() -> Answer<'c>,
) -> Vec<Answer<'c>> {
    if summary.count() == 0 {
        return vec![nothing()];
    }
    let answer = |finding: &Finding| Answer::of(catalog, finding.clone(), show_sensitive);
    summary.firsts().map(answer).collect()
}

/// Returns the explanation for agents, as text with escape sequences and as JSON. Without a valid catalog, only rules
/// are explained.
pub(super) fn explained(
    question: &str,
    file: Option<&CatalogFile>,
    show_sensitive: bool,
) -> Option<(String, serde_json::Value)> {
    if let Some(rule) = rule_in_question(question, file) {
        return Some((text::rule(&rule), json::rule(&rule)));
    }
    let catalog = file?.compilation.catalog()?;
    let (mut summary, mut reader) = (Summary::of(catalog), Reader::of(catalog));
    let answers = answers_to(question, catalog, &mut reader, &mut summary, show_sensitive);
    let summary = summary.if_several();
    Some((in_words(&answers, summary), json::render(&answers, summary)))
}

/// Returns the words of the argument, or the text on standard input.
fn question(arguments: &ExplainArguments) -> Result<Question, Failure> {
    let words: Vec<_> = arguments.what.iter().map(|word| word.to_string_lossy()).collect();
    let mut goes_on = true;
    let mut bytes = match words.join(" ").trim() {
        "" | "-" if arguments.catalog.file.as_deref().is_some_and(is_standard) => {
            return Err(Failure::InputTwice);
        }
        "" | "-" => piped_in(words.is_empty())?,
        question => {
            goes_on = false;
            question.as_bytes().to_owned()
        }
    };
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = &*bytes {
        io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
        (bytes, goes_on) = (from_utf16(&bytes).into_bytes(), false);
    }
    if bytes.len() > BLOCK {
        return Ok(Question::Log(bytes, goes_on));
    }
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    if text.is_empty() { Err(Failure::NoQuestion) } else { Ok(Question::Text(text)) }
}

/// Decodes UTF-16 with a byte-order mark, in which Windows PowerShell writes files.
fn from_utf16(bytes: &[u8]) -> String {
    let unit = if bytes[0] == 0xFF { u16::from_le_bytes } else { u16::from_be_bytes };
    let units = bytes[2..].as_chunks().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Reads the beginning of standard input. If nobody asked for that, a terminal is not read.
fn piped_in(unasked: bool) -> Result<Vec<u8>, Failure> {
    let input = io::stdin();
    let mut bytes = Vec::new();
    if !unasked || !input.is_terminal() {
        let mut beginning = input.lock().take(BLOCK as u64 + 1);
        beginning.read_to_end(&mut bytes).map_err(unreadable)?;
    }
    Ok(bytes)
}

fn unreadable(reason: io::Error) -> Failure {
    Failure::Unreadable { name: "<stdin>".to_owned(), reason }
}

/// Reads a text of any length in blocks of whole lines.
fn read_log(
    mut input: impl Read,
    reader: &mut Reader<'_>,
    summary: &mut Summary<'_>,
) -> Result<(), Failure> {
    let mut block = Vec::new();
    loop {
        let wanted = (BLOCK - block.len()) as u64;
        let read = (&mut input).take(wanted).read_to_end(&mut block).map_err(unreadable)?;
        let is_last = read as u64 != wanted;
        // A line that is longer than a block is split.
        let end = block.iter().rposition(|byte| *byte == b'\n').map_or(block.len(), |at| at + 1);
        let end = if is_last { block.len() } else { end };
        reader.read(&String::from_utf8_lossy(&block[..end]));
        block.drain(..end);
        let findings = if is_last { reader.end() } else { reader.found() };
        let errors = findings.into_iter().filter(Finding::is_of_an_error);
        errors.for_each(|finding| summary.add(finding));
        if is_last {
            return Ok(());
        }
    }
}

/// Returns the rule with this id. Works without a catalog, because whoever asks may have one with errors. If a valid
/// catalog has an error with this code, the error takes precedence.
fn rule_in_question(question: &str, file: Option<&CatalogFile>) -> Option<Rule> {
    let rule = Rule::find(question)?;
    let catalog = file.and_then(|file| file.compilation.catalog());
    let is_code = catalog.is_some_and(|catalog| catalog.rows.iter().any(|row| row.code == rule.id));
    (!is_code).then_some(rule)
}

fn show(
    answers: &[Answer<'_>],
    summary: &Summary<'_>,
    arguments: &ExplainArguments,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let is_known = answers.iter().any(Answer::is_known);
    let summary = summary.if_several();
    let text = match arguments.format {
        Format::Json => to_json(&json::render(answers, summary)),
        Format::Text => in_words(answers, summary),
    };
    let is_nothing = answers.iter().all(|it| it.finding.kind == Kind::Unknown) && summary.is_none();
    if is_nothing && arguments.format == Format::Text {
        terminal.err.note(text.trim_end());
    } else {
        terminal.out.print(&text)?;
    }
    Ok(if is_known { Verdict::Clean } else { Verdict::Findings })
}

/// Renders the explanations, and the summary of everything that was found.
fn in_words(answers: &[Answer<'_>], summary: Option<&Summary<'_>>) -> String {
    let shown = answers.iter().filter(|_| answers.len() <= MAX_EXPLAINED);
    let mut texts: Vec<String> = shown.map(text::render).collect();
    texts.extend(summary.map(Summary::text));
    texts.join("\n")
}
