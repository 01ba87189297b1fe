//! Valid names for sections, operations, codes and catalogs that a source names differently.

use std::collections::{HashMap, HashSet};

use deunicode::deunicode_with_tofu;
use kate_errors_codegen::names::{
    self, identifier_of_phrase, is_keyword, snake_case_of, upper_camel_case,
};

use super::draft::{Draft, ErrorDraft, Said, SectionDraft};
use super::message::snake_case;

/// The section of errors without a section.
pub(super) const NO_SECTION: &str = "Errors";

/// Whether a text can be the name of a section or a status.
pub(super) fn is_phrase(text: &str) -> bool {
    identifier_of_phrase(text).is_some_and(|identifier| !is_keyword(&identifier))
}

/// Gives sections valid names, and joins sections with the same identifier.
pub(super) fn name_sections(draft: &mut Draft) {
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    let mut joined: Vec<SectionDraft> = Vec::new();
    for mut section in std::mem::take(&mut draft.sections) {
        if section.name.is_empty() {
            NO_SECTION.clone_into(&mut section.name);
        }
        if !is_phrase(&section.name) {
            let name = phrase_of(&section.name);
            let why = "an identifier is made of the name; the source has";
            section.name_guess = Some(format!("{why} `{}`", section.name).into());
            section.name = name;
        }
        let identifier = identifier_of_phrase(&section.name);
        let place = *places.entry(identifier).or_insert(joined.len());
        match joined.get_mut(place) {
            Some(first) => first.errors.extend(section.errors),
            None => joined.push(section),
        }
    }
    draft.sections = joined;
}

/// Returns the valid section name that is closest to a heading: `2. Runs` becomes `Runs`, `Läufe` becomes `Laufe`,
/// and `4xx errors` becomes `Section 4xx errors`.
fn phrase_of(heading: &str) -> String {
    let ascii = deunicode_with_tofu(heading, " ");
    let is_number = |word: &&str| !word.contains(|c: char| c.is_ascii_alphabetic());
    let words: Vec<&str> = ascii.split_whitespace().skip_while(is_number).collect();
    let name = if words.is_empty() { snake_case(&ascii) } else { words.join(" ") };
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    match name {
        "" => NO_SECTION.to_owned(),
        _ if is_phrase(name) => name.to_owned(),
        _ => format!("Section {name}"),
    }
}

/// Gives operations valid and unique names.
pub(super) fn name_operations(draft: &mut Draft) {
    // Otherwise an operation called like the catalog would collide with its type, such as `BooksError`.
    let catalog = draft.name.as_ref().map(|name| name.value.clone());
    let mut taken: Names = catalog.into_iter().collect();
    for operation in &mut draft.operations {
        let wanted = &operation.name.value;
        let is_name = snake_case_of(wanted).as_ref() == Some(wanted);
        if is_name && taken.taken.insert(upper_camel_case(wanted)) {
            continue;
        }
        let base =
            if is_name { wanted.clone() } else { format!("operation_{}", snake_case(wanted)) };
        let name = taken.free_as(&base, upper_camel_case);
        let why = format!("no operation here can have the name `{wanted}`");
        operation.name = Said::guess(name, why);
    }
}

/// Derives a code from a message.
pub(super) fn code_of_message(error: &ErrorDraft) -> String {
    let words = snake_case(&error.message.words().replace(['\'', '’'], ""));
    let words =
        words.split('_').filter(|word| !matches!(*word, "is" | "are" | "was" | "were" | ""));
    let code = words.take(8).collect::<Vec<&str>>().join("_");
    match code.as_str() {
        "" => "error".to_owned(),
        _ if !code.starts_with(|c: char| c.is_ascii_lowercase()) => format!("error_{code}"),
        _ if syn::parse_str::<syn::Ident>(&code).is_err() => format!("{code}_error"),
        _ => code,
    }
}

/// Names that are taken, and the last number of each name that several wanted.
#[derive(Default)]
pub(super) struct Names {
    pub(super) taken: HashSet<String>,
    numbers: HashMap<String, usize>,
}

impl FromIterator<String> for Names {
    fn from_iter<T: IntoIterator<Item = String>>(names: T) -> Self {
        Self { taken: names.into_iter().collect(), numbers: HashMap::new() }
    }
}

impl Names {
    /// Takes `base`, or the first free name with a number appended.
    pub(super) fn free(&mut self, base: &str) -> String {
        self.free_as(base, str::to_owned)
    }

    /// Like [`free`](Self::free), for names of which only a form is compared.
    fn free_as(&mut self, base: &str, form: fn(&str) -> String) -> String {
        let mut name = base.to_owned();
        while !self.taken.insert(form(&name)) {
            let number = self.numbers.entry(base.to_owned()).or_insert(1);
            *number += 1;
            name = format!("{base}_{number}");
        }
        name
    }
}

/// Returns the name of an error in the catalog.
pub(super) fn name_of(error: &ErrorDraft) -> String {
    let code = error.code_text().unwrap_or_default();
    error.name.as_ref().map_or_else(|| name_of_code(&code), |name| name.value.clone())
}

/// Returns the name that the compiler derives from a code.
pub(super) fn name_of_code(code: &str) -> String {
    let of = |code: &str| names::name_of_code(code);
    of(code).or_else(|| of(&snake_case(code))).unwrap_or_default()
}

/// Gives names to errors that share their code with another one.
pub(super) fn name_those_with_one_code(draft: &mut Draft) {
    let mut taken: Names = draft.errors().map(name_of).collect();
    let mut first: HashMap<String, String> = HashMap::new();
    let mut names: HashMap<(String, String), String> = HashMap::new();
    for error in draft.errors_mut().filter(|error| error.name.is_none()) {
        let (code, message) =
            (error.code_text().unwrap_or_default().into_owned(), error.message.source());
        if *first.entry(code.clone()).or_insert_with(|| message.clone()) != message {
            let new = || taken.free(&code_of_message(error));
            let name = names.entry((code, message)).or_insert_with(new).clone();
            error.name = Some(Said::guess(name, "derived from the message"));
        }
    }
}

/// Gives names to errors from whose code the compiler derives none, because it is not ASCII.
pub(super) fn name_those_with_other_letters(draft: &mut Draft) {
    let lacks_name =
        |it: &ErrorDraft| it.name.is_none() && !it.code_text().is_none_or(|it| it.is_ascii());
    let mut taken: Names = draft.errors().filter(|it| !lacks_name(it)).map(name_of).collect();
    for error in draft.errors_mut().filter(|it| lacks_name(it)) {
        let base = Some(name_of(error)).filter(|name| !name.is_empty());
        let base = base.unwrap_or_else(|| code_of_message(error));
        let name = taken.free(&base);
        error.name = Some(Said::guess(name, "an identifier is made of the name"));
    }
}

/// Words before “API” that are not its name.
const NO_NAMES: &[&str] =
    &["The", "Our", "Your", "This", "An", "REST", "Rest", "HTTP", "Web", "Public", "JSON"];

/// Finds the name of the catalog, such as `Kate` in “returned by the Kate API”.
pub(super) fn catalog_name(draft: &Draft) -> Said<String> {
    let texts = [&draft.title, &draft.summary];
    let of_text = texts.into_iter().flatten().find_map(|text| {
        let (before, _) = text.split_once(" API")?;
        let name = before.rsplit(' ').next()?;
        let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
        let starts = name.starts_with(|c: char| c.is_ascii_uppercase());
        let is_type = !is_keyword(name) && !name.ends_with("Error");
        (is_name && is_type && starts && name.len() > 1 && !NO_NAMES.contains(&name))
            .then(|| name.to_owned())
    });
    match of_text {
        Some(name) => Said::guess(name, "from the title or the summary"),
        None => Said::guess("Imported".to_owned(), "choose the name; the enum is called after it"),
    }
}

/// Converts the title of an API to a name in `UpperCamelCase`.
pub(super) fn camel_name(title: &str) -> String {
    let words = snake_case(title);
    let words =
        words.split('_').filter(|word| !matches!(*word, "api" | "the" | "errors" | "error"));
    let name = upper_camel_case(&words.collect::<Vec<&str>>().join("_"));
    let is_type = name.starts_with(|c: char| c.is_ascii_uppercase()) && !is_keyword(&name);
    if is_type { name } else { format!("Api{name}") }
}
