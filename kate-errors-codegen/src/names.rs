//! Conversion of names in a catalog to identifiers of generated code.

/// Whether `name` is `snake_case`: ASCII words of lower-case letters and digits, and the first word begins with
/// a letter.
pub(crate) fn is_snake_case(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

/// Whether `name` is `UpperCamelCase` in ASCII.
pub(crate) fn is_upper_camel_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Converts a code to the name of its variant: `artifact_not_found` becomes `ArtifactNotFound`.
///
/// ```
/// use kate_errors_codegen::names::upper_camel_case;
///
/// assert_eq!(upper_camel_case("artifact_not_found"), "ArtifactNotFound");
/// ```
#[must_use]
pub fn upper_camel_case(snake_case: &str) -> String {
    let mut name = String::with_capacity(snake_case.len());
    for word in snake_case.split('_') {
        let mut characters = word.chars();
        name.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(characters.as_str());
    }
    name
}

/// Converts a name such as `NotFound` or `not-found` to `snake_case`. `None` if the result is not a usable
/// name, because it would begin with a digit or be a keyword of Rust.
#[must_use]
pub fn snake_case_of(name: &str) -> Option<String> {
    snake_case_or_keyword(name).filter(|better| !is_keyword(better))
}

/// Converts a name to `snake_case`, which may be a keyword of Rust.
pub(crate) fn snake_case_or_keyword(name: &str) -> Option<String> {
    let is_other = |character: char| !character.is_ascii() && character.is_alphanumeric();
    let better = snake_case_words(name);
    (!name.contains(is_other) && is_snake_case(&better)).then_some(better)
}

/// Converts words to `snake_case`: `userId` becomes `user_id`, and `ID` becomes `id`. What is no letter or digit of
/// ASCII separates words.
#[must_use]
pub fn snake_case_words(name: &str) -> String {
    let mut better = String::new();
    let mut after_small = false;
    for character in name.chars() {
        if character.is_ascii_uppercase() && after_small {
            better.push('_');
        }
        after_small = character.is_ascii_lowercase() || character.is_ascii_digit();
        better.push(if character.is_ascii_alphanumeric() {
            character.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    let words: Vec<&str> = better.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Returns the name of an error with this code: the code itself if it is `snake_case`, or else the nearest
/// name. `code_` is prepended if the name would not begin with a letter, or would be a keyword. `None` if the
/// code has no letters and digits, or is not ASCII.
///
/// ```
/// use kate_errors_codegen::names::name_of_code;
///
/// assert_eq!(name_of_code("NotFound").as_deref(), Some("not_found"));
/// assert_eq!(name_of_code("-32600").as_deref(), Some("code_32600"));
/// assert_eq!(name_of_code("type").as_deref(), Some("code_type"));
/// ```
#[must_use]
pub fn name_of_code(code: &str) -> Option<String> {
    if is_snake_case(code) && !is_keyword(code) {
        return Some(code.to_owned());
    }
    let has_name = code.is_ascii() && code.contains(|c: char| c.is_ascii_alphanumeric());
    if !has_name {
        return None;
    }
    snake_case_of(code).or_else(|| snake_case_of(&format!("code_{code}")))
}

/// `BillingError` becomes `billing_error`.
pub(crate) fn snake_case(upper_camel_case: &str) -> String {
    let mut name = String::new();
    for character in upper_camel_case.chars() {
        if character.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

/// Converts a phrase to an identifier: `Rate Limits` becomes `RateLimits`, `OK` becomes `Ok`, `I'm a Teapot`
/// becomes `ImATeapot`. `None` if the phrase has non-ASCII letters or does not begin with a letter.
#[must_use]
pub fn identifier_of_phrase(phrase: &str) -> Option<String> {
    if phrase.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
        return None;
    }
    let words = phrase.replace('\'', "");
    let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.map(phrase_word).collect();
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

fn phrase_word(word: &str) -> String {
    let shouted = !word.bytes().any(|b| b.is_ascii_lowercase());
    capitalize(&if shouted { word.to_ascii_lowercase() } else { word.to_owned() })
}

/// Returns the text with its first letter in upper case.
#[must_use]
pub fn capitalize(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// Whether `name` is an identifier in ASCII, or a keyword.
pub(crate) fn is_word(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// Whether the word is a keyword or reserved in any edition of Rust.
#[must_use]
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// The Rust Reference, "Keywords": strict and reserved ones, and the weak ones that cannot name a field or
/// type.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases() {
        let cases = [
            ("Rate Limits", Some("RateLimits")),
            ("OK", Some("Ok")),
            ("I'm a Teapot", Some("ImATeapot")),
            ("Non-Authoritative Information", Some("NonAuthoritativeInformation")),
            ("inProgress", Some("InProgress")),
            ("2xx", None),
            ("Überfällig", None),
            ("!", None),
        ];
        for (phrase, name) in cases {
            assert_eq!(identifier_of_phrase(phrase).as_deref(), name, "{phrase}");
        }
    }

    #[test]
    fn names_of_codes() {
        let cases = [
            ("artifact_not_found", Some("artifact_not_found")),
            ("DM-database-10001", Some("dm_database_10001")),
            ("M_FORBIDDEN", Some("m_forbidden")),
            ("NotFound", Some("not_found")),
            ("42P01", Some("code_42_p01")),
            ("10059", Some("code_10059")),
            ("-32601", Some("code_32601")),
            ("urn:jobs/not-found", Some("urn_jobs_not_found")),
            ("Type", Some("code_type")),
            ("--", None),
            ("über", None),
        ];
        for (code, name) in cases {
            assert_eq!(name_of_code(code).as_deref(), name, "{code}");
        }
    }

    #[test]
    fn codes() {
        assert!(is_snake_case("artifact_not_found"));
        assert!(is_snake_case("http2_error"));
        for wrong in ["", "_a", "a_", "a__b", "A", "a-b", "2a", "ä"] {
            assert!(!is_snake_case(wrong), "{wrong}");
        }
        assert_eq!(upper_camel_case("artifact_not_found"), "ArtifactNotFound");
        assert_eq!(snake_case("KateHub2"), "kate_hub2");
    }
}
