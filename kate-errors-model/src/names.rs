//! Converts names in a catalog to identifiers of generated code.

use alloc::string::String;

/// Converts a code to the name of its variant: `artifact_not_found` becomes `ArtifactNotFound`.
///
/// ```
/// use kate_errors_model::names::upper_camel_case;
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
