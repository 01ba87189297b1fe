//! Messages that are similar to one of the catalog.

use kate_errors_model::template::Template;

use super::values;

/// Returns similar messages, each with the difference.
pub(super) fn misses(message: &str) -> Vec<(String, String)> {
    let mut misses = vec![
        ("a full stop", format!("{message}.")),
        ("a space before", format!(" {message}")),
        ("a space behind", format!("{message} ")),
        ("a line break behind", format!("{message}\n")),
        ("other case", message.to_uppercase()),
        ("a control character", format!("{message}\u{7f}")),
    ];
    if let Some((first, rest)) = message.split_once(' ') {
        misses.push(("two spaces", format!("{first}  {rest}")));
        misses.push(("a no-break space", format!("{first}\u{A0}{rest}")));
    }
    let mut characters = message.chars();
    if characters.next_back().is_some() {
        misses.push(("cut short", characters.as_str().to_owned()));
    }
    misses.into_iter().map(|(what, message)| (what.to_owned(), message)).collect()
}

/// Returns messages with an invalid text in place of one value, each with the index of the parameter and the text.
pub(super) fn misfits(template: &Template<'_>, values: &[String]) -> Vec<(usize, String, String)> {
    let mut misses = Vec::new();
    for segment in values::places(template) {
        for misfit in values::misfits(segment) {
            let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
            values[segment.param] = misfit;
            misses.push((segment.param, misfit.to_owned(), spliced(template, &values)));
        }
    }
    misses
}

/// Returns the message with these texts, without validation.
fn spliced(template: &Template<'_>, values: &[&str]) -> String {
    let mut message = template.first.to_string();
    for segment in template.segments.iter() {
        message.push_str(values[segment.param]);
        message.push_str(&segment.literal);
    }
    message
}
