//! Sentences that are almost one of the catalog.

/// What is different, and the sentence.
pub(super) fn misses(sentence: &str) -> Vec<(&'static str, String)> {
    let mut misses = vec![
        ("a full stop", format!("{sentence}.")),
        ("a blank before", format!(" {sentence}")),
        ("a blank behind", format!("{sentence} ")),
        ("a line break behind", format!("{sentence}\n")),
        ("other case", sentence.to_uppercase()),
        ("a control character", format!("{sentence}\u{7f}")),
    ];
    if let Some((first, rest)) = sentence.split_once(' ') {
        misses.push(("two blanks", format!("{first}  {rest}")));
        misses.push(("a no-break space", format!("{first}\u{A0}{rest}")));
    }
    let mut characters = sentence.chars();
    if characters.next_back().is_some() {
        misses.push(("cut short", characters.as_str().to_owned()));
    }
    misses
}
