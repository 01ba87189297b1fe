//! Completes a draft: infers codes, statuses, and aliases, which a catalog needs and the source lacks.
//!
//! Everything is inferred from the source in the same way for all formats, and marked as a guess.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::iter::repeat;

use kate_errors_codegen::names::identifier_of_phrase;
use kate_errors_model::status;
use serde_json::Value;

use super::bodies::place;
use super::draft::{Draft, ErrorDraft, LeftOut, Said, StatusDraft};
use super::message::snake_case;
use super::names::{
    NO_SECTION, Names, catalog_name, code_of_message, is_phrase, name_of, name_operations,
    name_sections, name_those_with_one_code, name_those_with_other_letters,
};
use super::statuses::names_of_statuses;

/// Statuses to choose from if the source lists none.
const USUAL: &[u16] = &[401, 403, 404, 405, 409, 410, 429, 500, 501, 503, 504];

/// The status of an error if there is no evidence for another one.
const FALLBACK: u16 = 400;

/// Words that are not characteristic of a status.
const COMMON_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "cannot", "do", "does", "doesn't",
    "don't", "e", "for", "g", "has", "have", "in", "into", "is", "isn't", "it", "no", "not", "of",
    "on", "or", "our", "request", "that", "the", "this", "to", "too", "tried", "was", "when",
    "with", "without", "you", "your",
];

/// Completes a draft as far as the source allows.
pub(super) fn complete(draft: &mut Draft) {
    draft.sections.retain(|section| !section.errors.is_empty());
    name_sections(draft);
    names_of_statuses(draft);
    free_texts(draft);
    guess_codes(draft);
    guess_identity(draft);
    name_those_with_other_letters(draft);
    one_of_each(draft);
    guess_statuses(draft);
    name_statuses(draft);
    if draft.name.is_none() {
        draft.name = Some(catalog_name(draft));
    }
    name_operations(draft);
}

/// Errors without messages are identified by their codes: all errors need one of their own for that. Otherwise those
/// without messages are left out.
fn free_texts(draft: &mut Draft) {
    let is_free = |error: &ErrorDraft| error.message.is_empty() && error.same_as.is_none();
    let is_by_code = draft.identity.as_ref().is_some_and(|identity| identity.value == "code");
    if is_by_code || !draft.errors().any(is_free) {
        return;
    }
    let mut codes = BTreeSet::new();
    let are_coded = draft.errors().all(|error| error.has_code() && codes.insert(error.code_text()));
    if are_coded && draft.identity.is_none() && draft.body_has_code() != Some(false) {
        draft.identity = Some(Said::guess("code", "not every error has a message in the source"));
        return;
    }
    draft.retain_errors(|_, error, left_out| {
        let code = error.code_text().unwrap_or_default();
        let why = || format!("`{code}` has no message, and codes do not identify all errors");
        left_out.extend(is_free(error).then(|| error.left_out(why())));
        !is_free(error)
    });
}

/// Derives codes from messages. If several errors have the same message, the section becomes a prefix.
fn guess_codes(draft: &mut Draft) {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    for error in draft.errors() {
        *wanted.entry(base_of(error)).or_default() += 1;
    }
    // The names that are derived from codes must be unique.
    let known = draft.errors().filter_map(ErrorDraft::code_text);
    let mut taken: Names = known.map(|code| snake_case(&code)).collect();
    for section in &mut draft.sections {
        // Errors without a section get no prefix.
        let name = if section.name == NO_SECTION { "" } else { section.name.as_str() };
        let owner = singular(&snake_case(name));
        for error in section.errors.iter_mut().filter(|error| error.code.is_none()) {
            let mut base = base_of(error);
            if wanted.get(&base).is_some_and(|count| *count > 1) && !owner.is_empty() {
                base = format!("{owner}_{base}");
            }
            let code = taken.free(&base);
            error.code = Some(Said::guess(Value::from(code), "derived from the message"));
        }
    }
}

/// Returns the code without the prefix of a section.
fn base_of(error: &ErrorDraft) -> String {
    error.code_text().map_or_else(|| code_of_message(error), |code| snake_case(&code))
}

/// Turns `queries` into `query`, and `runs` into `run`.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = word.strip_suffix('s').filter(|stem| !stem.ends_with('s'));
    stem.unwrap_or(word).to_owned()
}

/// Infers what identifies errors: the code if several errors share a message, or code and message if several errors
/// share a code. In both cases, bodies must contain the code.
fn guess_identity(draft: &mut Draft) {
    if draft.identity.is_none() && without_some_codes(draft) {
        return;
    }
    let has_code = draft.body_has_code();
    let are_given = draft.errors().all(ErrorDraft::has_code);
    if has_code != Some(true) && !are_given {
        // Another source has errors without codes.
        draft.identity = draft.identity.take().filter(|identity| identity.guess.is_none());
    }
    let are_guessed = has_code == Some(true) && most_have_codes(draft);
    if has_code == Some(false) || !are_given && !are_guessed {
        return;
    }
    let (mut of_messages, mut of_codes) = (HashMap::new(), HashMap::new());
    let (mut several_codes, mut several_messages) = (false, false);
    for error in draft.errors().filter(|it| it.has_code()) {
        let (code, message) =
            (error.code_text().unwrap_or_default().into_owned(), error.message.source());
        several_codes |=
            *of_messages.entry(message.clone()).or_insert_with(|| code.clone()) != code;
        several_messages |= *of_codes.entry(code).or_insert_with(|| message.clone()) != message;
    }
    let by = match (several_messages, several_codes && has_code == Some(true) && are_given) {
        (true, _) => Said::guess("code_and_detail", "several messages have one code"),
        (false, true) => Said::guess("code", "several codes have one message"),
        (false, false) => return,
    };
    draft.identity.get_or_insert(by);
    name_those_with_one_code(draft);
}

/// Whether so many errors have a code that those of the others can be guessed.
fn most_have_codes(draft: &Draft) -> bool {
    draft.errors().filter(|error| error.has_code()).count() * 4 >= draft.errors().count() * 3
}

/// If some errors have no code in bodies, their messages identify them. If messages do not, codes are not sent at all,
/// unless most errors have one.
/// Returns whether only some are sent.
fn without_some_codes(draft: &mut Draft) -> bool {
    let place = draft.body.as_ref().and_then(|body| place(&body.value, "{code}"));
    let Some(place) = place else { return false };
    let lacks_code = |error: &ErrorDraft| error.members.lack_code(&place);
    if !draft.errors().any(lacks_code) {
        return false;
    }
    let (mut codes, mut messages) = (BTreeSet::new(), BTreeSet::new());
    let are_sent = draft.errors().all(|error| {
        let has_own = lacks_code(error) || codes.insert(error.code_text());
        has_own && !error.message.is_empty() && messages.insert(error.message.form())
    });
    if are_sent {
        draft.identity = Some(Said::guess("code_or_detail", "some bodies have no code"));
        draft.errors_mut().for_each(|error| error.without_code = lacks_code(error));
    }
    let is_kept = !are_sent && most_have_codes(draft);
    if let Some(body) = draft.body.as_mut().filter(|_| !is_kept) {
        super::members::without_some_codes(&mut body.value, are_sent);
    }
    are_sent
}

/// Merges duplicates of an error. Errors with the message of another one become aliases of the first.
fn one_of_each(draft: &mut Draft) {
    let mut codes: HashMap<String, usize> = HashMap::new();
    let mut messages: HashMap<_, Vec<usize>> = HashMap::new();
    let mut names: Names = draft.errors().map(name_of).collect();
    let mut kept: Vec<(usize, ErrorDraft)> = Vec::new();
    let identity = draft.identity.as_ref().map(|identity| identity.value);
    let is_by_code = matches!(identity, Some("code" | "code_and_detail"));
    let sections = draft.sections.iter_mut().enumerate();
    let all =
        sections.flat_map(|(at, it)| std::mem::take(&mut it.errors).into_iter().zip(repeat(at)));
    for (mut error, section) in all {
        let mut code = name_of(&error);
        let message = error.message.form();
        let first = codes.get(&code).copied();
        if first.is_some_and(|first| has_other_code(&error, &kept[first].1)) {
            code = names.free(&code);
            error.name = Some(Said::guess(code.clone(), "another error has the name of its code"));
        } else if let Some(first) = first {
            draft.left_out.extend(merged(&mut kept[first].1, error));
            continue;
        }
        // Where codes identify errors, one with another code is another error.
        let told = error.code_text().filter(|_| is_by_code).map(Cow::into_owned);
        let same = messages.entry((message.clone(), told)).or_default();
        // The same message under another status is another error.
        let shares_status = |first: &&usize| {
            let other = &kept[**first].1;
            error.statuses.is_empty()
                || other.statuses.is_empty()
                || error.statuses.iter().any(|status| other.statuses.contains(status))
        };
        let first = same.iter().find(shares_status).copied();
        let place = kept.len();
        if let Some(at) = first.filter(|_| !message.is_empty()) {
            let first = &mut kept[at].1;
            let says_same = error.cause == first.cause && error.fix == first.fix;
            if says_same && !error.has_code() {
                draft.repeated += 1;
                draft.left_out.extend(merged(first, error));
                continue;
            }
            if first.same_as.as_ref() == Some(&name_of(&error)) {
                // The alias precedes the error whose message it shares.
                same.retain(|it| *it != at);
                same.push(place);
            } else {
                error.same_as = Some(name_of(first));
            }
        } else {
            same.push(place);
        }
        codes.insert(code, place);
        kept.push((section, error));
    }
    for (section, error) in kept {
        draft.sections[section].errors.push(error);
    }
    draft.sections.retain(|section| !section.errors.is_empty());
}

/// Whether two errors have different codes and messages, although their names are the same, as those of `1` and `-1`.
fn has_other_code(error: &ErrorDraft, first: &ErrorDraft) -> bool {
    let has_code = error.has_code() && first.has_code() && error.name.is_none();
    has_code
        && error.code_text() != first.code_text()
        && error.message.form() != first.message.form()
}

/// Merges a duplicate into the first occurrence of an error. Returns what differs and is left out.
fn merged(first: &mut ErrorDraft, error: ErrorDraft) -> Vec<LeftOut> {
    let place = error.place.clone();
    let there = first.place.seen_from(&place);
    let name = error.code_text().map_or_else(|| error.message.source(), Cow::into_owned);
    let other = |what: &str, is: &str, was: &str| {
        let why = format!("`{name}` has another {what}, `{is}`, than {there}, `{was}`");
        LeftOut { place: place.clone(), why }
    };
    if first.message.form() != error.message.form() {
        return vec![other("message", &error.message.source(), &first.message.source())];
    }
    first.add_statuses(error.statuses);
    let mut left_out = Vec::new();
    let texts = [("cause", &mut first.cause, error.cause), ("fix", &mut first.fix, error.fix)];
    for (what, was, is) in texts {
        let Some(is) = is else { continue };
        let was = was.get_or_insert_with(|| is.clone());
        left_out.extend((*was != is).then(|| other(what, &is, was)));
    }
    for (field, is) in error.extensions {
        match first.extensions.iter().find(|(it, _)| *it == field) {
            Some((_, was)) if *was == is => {}
            Some((_, was)) => {
                left_out.push(other(&format!("`{field}`"), &is.to_string(), &was.to_string()));
            }
            None => first.extensions.push((field, is)),
        }
    }
    left_out
}

/// Returns the words by which texts are compared.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words = words.map(|word| word.trim_matches('\'')).filter(|word| !word.is_empty());
    words.filter(|word| !COMMON_WORDS.contains(word)).map(str::to_owned).collect()
}

/// A status, with the texts that messages are compared with.
struct Candidate {
    code: u16,
    name: String,
    description: String,
    words: BTreeSet<String>,
}

fn candidates(draft: &Draft) -> Vec<Candidate> {
    let mut all = draft.statuses.clone();
    all.retain(|code, _| status::is_error(*code));
    if all.is_empty() {
        all.extend(USUAL.iter().map(|code| (*code, StatusDraft::default())));
    }
    let candidate = |(code, said): (u16, StatusDraft)| {
        let name = said.name.unwrap_or_else(|| status::name(code).to_owned());
        let description = said.description.unwrap_or_default();
        let words = words(&format!("{name} {description}"));
        Candidate {
            code,
            name: name.to_lowercase(),
            description: description.to_lowercase(),
            words,
        }
    };
    all.into_iter().map(candidate).collect()
}

/// Guesses the status of errors for which the source has none: the one in the table with which they share most words.
pub(super) fn guess_statuses(draft: &mut Draft) {
    if draft.errors().all(|error| !error.statuses.is_empty() || error.same_as.is_some()) {
        return;
    }
    let candidates = candidates(draft);
    let mut listed = draft.statuses.keys().copied().filter(|code| status::is_error(*code));
    let fallback = if draft.statuses.contains_key(&FALLBACK) { None } else { listed.next() };
    let fallback = fallback.unwrap_or(FALLBACK);
    let errors = draft.sections.iter_mut().flat_map(|section| &mut section.errors);
    for error in errors.filter(|error| error.statuses.is_empty() && error.same_as.is_none()) {
        let (status, why) = match likely(error, &candidates) {
            Some(candidate) => (candidate.code, "it shares words with the status"),
            None => (fallback, "the source does not say it"),
        };
        error.statuses = vec![status];
        error.status_guess = Some(why.into());
    }
}

/// Returns the only status that shares most words with the error: at least two, or its name.
fn likely<'c>(error: &ErrorDraft, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
    let message = error.message.words().to_lowercase();
    let cause = error.cause.as_deref().unwrap_or_default();
    let of_error = words(&format!("{message} {cause}"));
    let score = |candidate: &Candidate| {
        let named = message.contains(&candidate.name)
            || !candidate.description.is_empty() && message == candidate.description;
        let shared = of_error.intersection(&candidate.words).count();
        if named { shared + 10 } else { shared }
    };
    let scores: Vec<usize> = candidates.iter().map(score).collect();
    let most = *scores.iter().max().filter(|most| **most > 1)?;
    let mut best = candidates.iter().zip(scores).filter(|(_, score)| *score == most);
    best.next().filter(|_| best.next().is_none()).map(|(candidate, _)| candidate)
}

/// Adds all statuses of errors to the table, and gives them names.
fn name_statuses(draft: &mut Draft) {
    let used = draft.errors().flat_map(|error| error.statuses.clone()).chain(draft.success);
    for code in used.collect::<BTreeSet<u16>>() {
        draft.statuses.entry(code).or_default();
    }
    let mut names: BTreeSet<Option<String>> = BTreeSet::new();
    for (code, status) in &mut draft.statuses {
        let said = status.name.take().filter(|name| is_phrase(name));
        let name = said.unwrap_or_else(|| status::name(*code).to_owned());
        // Two statuses with the same name would be the same variant.
        let name =
            if names.insert(identifier_of_phrase(&name)) { name } else { format!("{name} {code}") };
        status.name = Some(name);
    }
}
